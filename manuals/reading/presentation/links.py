"""What clauses are called, and where they and their sections are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from hearing_portal.thai.markup import referenced_uuids

from ...content import PARTS, Definition, Step
from ...entries import EntryView
from ...models import Edition, EditionEntry
from ...queries import entry_view
from ..queries.sections import find_newest_entries

type SectionPages = Callable[
    [EditionEntry], str
]  # of a section's row, with its edition and manual: where it is read


def clause_anchor(uuid: UUID) -> str:
    """The id of a clause on every page: the same in all editions."""
    return f"c-{uuid.hex[:8]}"


def clause_name(entry: EntryView) -> str:
    """How people call it: ข้อ 5.4 1), ขั้นตอนที่ 3, or the part of one without a number."""
    if isinstance(entry.content, Step) and entry.label:
        return f"ขั้นตอนที่ {entry.label}"
    if any(letter.isalnum() for letter in entry.cite):
        return f"ข้อ {entry.cite}"
    if isinstance(entry.content, Definition) and entry.content.term:
        return f"คำว่า “{entry.content.term}”"
    return PARTS.get(entry.part, "ย่อหน้า")


def part_name(part: int) -> str:
    """ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน; "" outside the nine parts."""
    if part not in PARTS:
        return ""
    return f"ส่วนที่ {part} {PARTS[part]}"


def page_in_edition(row: EditionEntry) -> str:
    return reverse("edition-section", args=[row.edition.code, row.uuid])


def pages_in_edition(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read. An app that shows an edition in its own pages gives the views of
    searching and of permanent links another function like this one."""
    return page_in_edition


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a reference in the text leads to: its words and where they link to."""

    text: str
    href: str


type LinkTargets = Mapping[str, LinkTarget]  # by the uuid of the node


def reference_words(uuid: str, targets: LinkTargets) -> str:
    """What stands for a reference in plain words."""
    return targets[uuid].text if uuid in targets else "[ไม่พบข้อที่อ้าง]"


def find_link_targets(
    clauses: Sequence[EntryView],
    citing: Iterable[EntryView],
    outer: LinkTargets | None = None,
) -> dict[str, LinkTarget]:
    """Where the references of `citing` and the branches of steps lead: within the section to the clause itself, else
    where `outer` says, else to its permanent link. One query, none when nothing is left for the last."""
    targets = dict(outer or {})
    for clause in clauses:
        text = clause_name(clause)
        if isinstance(clause.content, Step):
            text = clause.label
        anchor = clause_anchor(clause.uuid)
        targets[str(clause.uuid)] = LinkTarget(text, f"#{anchor}")

    cited: set[str] = set()
    for entry in citing:
        if entry.content is not None:
            cited.update(referenced_uuids(entry.content.body))
    for row in find_newest_entries(cited - set(targets)):
        text = row.title
        href = ""
        if row.kind == EditionEntry.Kind.CLAUSE:
            text = clause_name(entry_view(row))
            href = reverse("clause", args=[row.uuid])
        targets[str(row.uuid)] = LinkTarget(text, href)
    return targets
