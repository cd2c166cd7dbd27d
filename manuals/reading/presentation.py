"""A section as a page shows it: its parts and clauses, and what was changed in them since an earlier edition."""

import uuid as uuids
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hearing_portal.thai.diff import Segment, diff_fields, diff_tokens, segments
from hearing_portal.thai.markup import OBJECT_MARKER, fill_object_markers, referenced_uuids, replace_references
from hearing_portal.thai.text import map_inline_text

from ..content import PARTS, SHAPES, Content, Definition, Reference, Step
from ..entries import EntryView
from ..flowchart import alt_text, layout, steps_from_entries
from ..flowchart.svg import Drawing, draw_panel
from ..models import Edition, EditionEntry, LegalSource, Section
from ..queries import entry_view
from ..ranks import longest_rising

FIELD_LABELS = {
    "duration": "เวลา",
    "standard": "มาตรฐานคุณภาพงาน",
    "actor": "ผู้รับผิดชอบ",
    "system": "ระบบที่ใช้",
    "note": "หมายเหตุ",
    "branches": "ทางแยก",
    "code": "รหัสแบบ",
    "term": "คำ",
    "caption": "ชื่อภาพ",
    "alt": "คำบรรยายภาพ",
}
KINDS_WITH_TEMPLATE = ("definition", "figure", "form", "note", "reference", "table")
CHART_PART = 6
STATES = {"added": "เพิ่มใหม่", "removed": "ตัดออก", "reworded": "แก้ถ้อยคำ", "moved": "ย้ายที่"}


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference in the text leads to: its words and where they link to."""

    text: str
    href: str


Targets = Mapping[str, Target]


@dataclass(slots=True)
class ReadClause:
    """A clause on a page. `before` is its entry in the earlier edition, `redlines` its fields with the words that
    came and went; `aside` is whatever the page puts beside it."""

    entry: EntryView
    before: EntryView | None = None
    state: str = ""  # "" (as it was, or nothing to compare with) or one of STATES
    redlines: dict[str, list[Segment]] = field(default_factory=dict)
    targets: Targets = field(default_factory=dict)
    source: LegalSource | None = None
    sidebar: Any = None

    @property
    def anchor(self) -> str:
        return anchor_of(self.entry.uuid)

    @property
    def is_gone(self) -> bool:
        """It stands here only to show that it stood here once."""
        return self.entry is self.before

    @property
    def content(self) -> Content:
        return self.entry.content

    @property
    def name(self) -> str:
        """How people call it: ข้อ 5.4 1), ขั้นตอนที่ 3, or the first words of one without a number."""
        return clause_name(self.entry)

    @property
    def was(self) -> str:
        """The number it had in the earlier edition, when it has another one now."""
        return self.before.cite if self.before and self.before.cite != self.entry.cite else ""

    @property
    def state_label(self) -> str:
        return STATES.get(self.state, "")

    def html(self, name: str) -> SafeString:
        """A named field as safe HTML: the body with its marks and references, others as plain words."""
        content = self.content
        if dict(content.named).get(name) == "body":
            return body_html(content.body, self.targets)
        return mark_safe(escape(dict(content.fields()).get(name, "")).replace("\n", "<br>"))

    @property
    def shape_label(self) -> str:
        return SHAPES[self.content.shape]

    @property
    def side_fields(self) -> list[tuple[str, str]]:
        """(field, its label) for a page that shows all fields in a row; the main text needs no label."""
        names = dict.fromkeys([*(name for name, _ in self.content.fields()), *self.redlines])
        return [(name, FIELD_LABELS.get(name, "")) for name in names]

    @property
    def template(self) -> str:
        """What writes its words: kinds with one text share one."""
        kind = self.content.kind if self.content.kind in KINDS_WITH_TEMPLATE else "text"
        return f"manuals/reading/clause_text/{kind}.html"

    @property
    def depth_modifier(self) -> str:
        return f"deep-{self.entry.depth}" if self.entry.depth else ""

    @property
    def old_name(self) -> str:
        """How people called it in the earlier edition."""
        return f"ข้อ {self.before.cite}" if self.before and self.before.cite else self.name

    @property
    def columns(self) -> list[str]:
        """Names of a table's title fields."""
        return [f"column:{column['id']}" for column in self.content.columns]

    @property
    def rows(self) -> list[list[str]]:
        """Names of a table's cell fields, row by row."""
        ids = [column["id"] for column in self.content.columns]
        return [[f"cell:{row['id']}:{each}" for each in ids] for row in self.content.rows]

    @property
    def branches(self) -> list[tuple[str, Target]]:
        """Of a step: (word on the arrow, where it leads) for each branch into a known row."""
        known = [(branch.get("label", ""), self.targets.get(branch.get("to", ""))) for branch in self.content.next]
        return [(word, target) for word, target in known if target]


@dataclass(slots=True)
class ReadPart:
    """One of the nine parts, or part 0: all of a section that has none."""

    number: int
    title: str
    clauses: list[ReadClause]
    sidebar: Any = None
    chart: Drawing | None = None

    @property
    def heading_id(self) -> str:
        return f"part-{self.number}-head"

    @property
    def is_title(self) -> bool:
        """The first part of a process has no clauses: it is the name and its facts."""
        return self.number == 1

    @property
    def is_empty(self) -> bool:
        """Whether the page says that nothing stands in it."""
        return self.number > 1 and not self.clauses and self.chart is None

    @property
    def steps(self) -> list[ReadClause]:
        return [clause for clause in self.clauses if clause.content.kind == "step"]

    @property
    def others(self) -> list[ReadClause]:
        return [clause for clause in self.clauses if clause.content.kind != "step"]


@dataclass(slots=True)
class ReadSection:
    """`chart` is part 6, drawn from part 9; None without steps. `title_redline` only where the title changed."""

    entry: EntryView
    parts: list[ReadPart]
    chart: Drawing | None = None
    before: EntryView | None = None
    is_compared: bool = False
    title_redline: list[Segment] = field(default_factory=list)

    @property
    def clauses(self) -> Iterator[ReadClause]:
        return (clause for part in self.parts for clause in part.clauses)

    @property
    def is_process(self) -> bool:
        return self.entry.section_kind == Section.Kind.PROCESS

    @property
    def is_drafted(self) -> bool:
        return any(not clause.is_gone for clause in self.clauses)

    @property
    def is_undrafted_process(self) -> bool:
        return self.is_process and not self.is_drafted

    @property
    def has_nine_parts(self) -> bool:
        """Whether the page leads to each of them."""
        return self.is_process and self.is_drafted

    @property
    def shown_parts(self) -> list[ReadPart]:
        """All nine of a drafted process, only its name of one that nobody wrote yet."""
        return self.parts if self.is_drafted else self.parts[:1]

    @property
    def parts_with_clauses(self) -> list[ReadPart]:
        return [part for part in self.parts if part.clauses]

    @property
    def is_new(self) -> bool:
        """There is an earlier edition, and it does not have this section."""
        return self.is_compared and self.before is None

    @property
    def changes(self) -> int:
        return sum(clause.state != "" for clause in self.clauses)


def anchor_of(uuid: uuids.UUID) -> str:
    """The id of a clause on every page: the same in all editions."""
    return f"c-{uuid.hex[:8]}"


type SectionPages = Callable[[EditionEntry], str]  # of a section's row, with its edition and manual: where it is read


def page_in_edition(row: EditionEntry) -> str:
    return reverse("edition-section", args=[row.edition.code, row.uuid])


def pages_in_edition(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read. An app that shows an edition in its own pages gives the views of
    searching and of permanent links another function like this one."""
    return page_in_edition


def clause_name(entry: EntryView) -> str:
    if isinstance(entry.content, Step):
        return f"ขั้นตอนที่ {entry.label}"
    if any(letter.isalnum() for letter in entry.cite):
        return f"ข้อ {entry.cite}"
    if isinstance(entry.content, Definition) and entry.content.term:
        return f"คำว่า “{entry.content.term}”"
    return PARTS.get(entry.part, "ย่อหน้า")


def body_html(body: str, targets: Targets) -> SafeString:
    """A stored body as safe HTML: only the inline marks of the text policy, references as links, lines broken."""

    def link(uuid: str) -> str:
        target = targets.get(uuid)
        if target is None:
            return '<span class="clause__lost">[ไม่พบข้อที่อ้าง]</span>'
        return f'<a href="{escape(target.href)}">{escape(target.text)}</a>'

    safe = map_inline_text(body, _as_it_is) if "<" in body or "&" in body else body
    return mark_safe(replace_references(safe, link).replace("\n", "<br>"))


def _as_it_is(text: str) -> str:
    return text


# --- what stood in the earlier edition


@dataclass(frozen=True, slots=True)
class Basis:
    """The earlier wording of a section: its own entries then and those of clauses that stand in it today.

    `moved_away` are the clauses that stand in another section of the edition that is read.
    """

    entries: list[EntryView]
    moved_away: frozenset[uuids.UUID] = frozenset()


def basis_of(earlier: Edition, edition: Edition, section_id: int, present: Iterable[uuids.UUID]) -> Basis:
    """What `earlier` says of a section of `edition` and of the nodes `present` in it. One query."""
    elsewhere = EditionEntry.objects.filter(edition=edition, uuid=OuterRef("uuid"))
    rows = (
        earlier.entries.filter(Q(section=section_id) | Q(uuid__in=list(present)))
        .select_related("blob")
        .annotate(is_elsewhere=Exists(elsewhere))
        .order_by("ordinal")
    )
    views = [(entry_view(row), row.is_elsewhere) for row in rows]
    return Basis([view for view, _ in views], frozenset(view.uuid for view, moved in views if moved))


# --- making the page


def read_section(
    entries: Sequence[EntryView],
    basis: Basis | None = None,
    *,
    sidebars: Callable[[EntryView], Any] = lambda entry: None,
    now: str = "",
) -> ReadSection:
    """The section from its entries (itself first, then its clauses in reading order).

    With `basis`, words that came and went are marked; clauses that are gone stand where they stood. `asides` says
    what the page puts beside an entry, `now` is the uuid of the step that is highlighted. At most two queries.
    """
    section, clauses = entries[0], list(entries[1:])
    sources = _sources(clauses)
    targets = _targets(entries, [*clauses, *(basis.entries if basis else [])])
    before = {view.uuid: view for view in basis.entries} if basis else {}
    read = [
        ReadClause(entry, before.get(entry.uuid), targets=targets, source=sources.get(_source_key(entry)))
        for entry in clauses
    ]
    # A section that is new as a whole is read, not compared: everything would be underlined
    if basis is not None and section.uuid in before:
        for clause in read:
            _compare(clause)
        _find_moved(read, basis)
        read = _with_removed(read, basis, targets)
    for clause in read:
        clause.sidebar = None if clause.is_gone else sidebars(clause.entry)
    made = ReadSection(section, _parts(section, read), before=before.get(section.uuid))
    made.is_compared = basis is not None
    if made.before and made.before.title != section.title:
        ops = diff_tokens(made.before.title, section.title)
        made.title_redline = segments(ops, made.before.title, section.title)
    steps = steps_from_entries(clauses)
    if steps:
        made.chart = draw_panel(layout(steps, "screen").panels[0], alt_text(steps, section.title, 1, 1), now)
        for part in made.parts:
            if part.number == CHART_PART:
                part.chart = made.chart
    return made


def _parts(section: EntryView, clauses: list[ReadClause]) -> list[ReadPart]:
    if section.section_kind != Section.Kind.PROCESS:
        return [ReadPart(0, "", clauses)]
    parts = {number: ReadPart(number, title, []) for number, title in PARTS.items()}
    for clause in clauses:
        parts.setdefault(clause.entry.part, ReadPart(clause.entry.part, "", [])).clauses.append(clause)
    return [parts[number] for number in sorted(parts)]


def _source_key(entry: EntryView) -> str:
    return entry.content.source if isinstance(entry.content, Reference) else ""


def _sources(clauses: Sequence[EntryView]) -> dict[str, LegalSource]:
    keys = {key for key in map(_source_key, clauses) if key}
    return {source.key: source for source in LegalSource.objects.filter(key__in=keys)}


def _targets(entries: Sequence[EntryView], citing: Sequence[EntryView]) -> dict[str, Target]:
    """Where references and branches lead: within the section to the clause itself, else to its permanent link."""
    targets = {
        str(entry.uuid): Target(entry.label if isinstance(entry.content, Step) else clause_name(entry),
                                f"#{anchor_of(entry.uuid)}")
        for entry in entries[1:]
    }  # fmt: skip
    cited = {uuid for entry in citing if entry.content for uuid in referenced_uuids(entry.content.body)}
    outside = cited - set(targets)
    if outside:
        rows = EditionEntry.objects.filter(uuid__in=outside).order_by("edition_id")
        for row in rows.select_related("blob"):
            text = clause_name(entry_view(row)) if row.kind == "clause" else row.title
            href = reverse("clause", args=[row.uuid]) if row.kind == "clause" else ""
            targets[str(row.uuid)] = Target(text, href)
    return targets


def _compare(clause: ReadClause) -> None:
    old, new = clause.before, clause.entry
    if old is None:
        clause.state = "added"
        clause.redlines = {name: [Segment("ins", text)] for name, text in new.content.fields()}
    elif old.sha != new.sha:
        clause.state = "reworded"
        clause.redlines = redlines(old.content, new.content)
    elif (old.section_id, old.part) != (new.section_id, new.part):
        clause.state = "moved"
    clause.redlines = {
        name: _with_targets(stretches, clause.targets, old.content.body if old else "", new.content.body)
        for name, stretches in clause.redlines.items()
    }


def _find_moved(read: list[ReadClause], basis: Basis) -> None:
    """Of clauses that kept their words: those that stand before one they used to follow."""
    place = {view.uuid: number for number, view in enumerate(basis.entries)}
    kept = [clause for clause in read if clause.state in ("", "reworded")]
    in_order = set(longest_rising([place[clause.entry.uuid] for clause in kept]))
    for number, clause in enumerate(kept):
        if number not in in_order and not clause.state:
            clause.state = "moved"


def redlines(old: Content, new: Content) -> dict[str, list[Segment]]:
    """{field: its redline} for every field of either wording that differs."""
    return {
        found.name: segments(found.ops, found.old, found.new)
        for found in diff_fields(old.fields(), new.fields())
        if found.is_changed
    }


def _with_targets(stretches: list[Segment], targets: Targets, old: str, new: str) -> list[Segment]:
    """References counted as one character each; here they get their words again."""
    if not any(OBJECT_MARKER in stretch.text for stretch in stretches):
        return stretches
    old_uuids = iter(referenced_uuids(old))
    new_uuids = iter(referenced_uuids(new))
    filled: list[Segment] = []
    for kind, text in stretches:
        words: list[str] = []
        for _ in range(text.count(OBJECT_MARKER)):
            uuid = ""
            if kind != "ins":
                uuid = next(old_uuids, "")
            if kind != "del":  # what stayed is counted in both bodies
                uuid = next(new_uuids, "")
            target = targets.get(uuid)
            words.append(target.text if target else "[ไม่พบข้อที่อ้าง]")
        filled.append(Segment(kind, fill_object_markers(text, iter(words))))
    return filled


def _with_removed(read: list[ReadClause], basis: Basis, targets: Targets) -> list[ReadClause]:
    """Clauses of the earlier edition that are gone, each after the one it followed then."""
    present = {clause.entry.uuid for clause in read}
    section_id = next((view.section_id for view in basis.entries if view.kind == "section"), None)
    after: dict[uuids.UUID | None, list[ReadClause]] = {}
    anchor: uuids.UUID | None = None
    for view in basis.entries:
        if view.kind != "clause" or view.section_id != section_id:
            continue
        if view.uuid in present:
            anchor = view.uuid
            continue
        gone = ReadClause(view, view, "moved" if view.uuid in basis.moved_away else "removed", targets=targets)
        gone.redlines = {name: [Segment("del", text)] for name, text in view.content.fields()}
        after.setdefault(anchor, []).append(gone)
    merged = after.get(None, [])
    for clause in read:
        merged.append(clause)
        merged += after.get(clause.entry.uuid, [])
    return merged
