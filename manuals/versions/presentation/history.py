"""A version of a section as a line of its history: what was done, by whom, when, why, and what it came from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.text import Truncator

from hearing_portal.directory.models import User

from ...content import AppliesTo, written_words
from ...drafting.told_words import tell_past_blobs
from ...models import ClauseChange, Section, SectionVersion, SentFile
from ..queries.sections import (
    find_changes_by_revision,
    find_files_taken_in,
    find_states_before,
)
from .causes import Cause, FindCauses

CHANGES_SHOWN = 3  # of one version; the version's own page has all
EXCERPT = 80
ICONS = {
    "add": "plus-lg",
    "edit": "pencil",
    "adopt": "chat-left-text",
    "split": "signpost-split",
    "join": "intersect",
    "move": "arrow-right",
    "retire": "trash3",
    "restore": "arrow-counterclockwise",
    "import": "file-earmark-spreadsheet",
    "undo": "arrow-return-left",
}


class FactChange(NamedTuple):
    """What a section says of itself, before and after; both empty where only that it changed is worth telling."""

    label: str
    before: str = ""
    after: str = ""


class LineOfChange(NamedTuple):
    """What was done to a clause: in words, the beginning of what it says, and where its own history is."""

    what: str
    excerpt: str
    url: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`changes` are the first few, `more` is how many there are beside them."""

    version: SectionVersion
    icon: str
    facts: Sequence[FactChange]
    changes: Sequence[LineOfChange]
    more: int
    causes: Sequence[Cause] = field(default=())
    file: SentFile | None = None  # that it was taken in from

    @property
    def number_before(self) -> int:
        """0 for a first version."""
        return self.version.number - 1


def load_version_lines(
    section: Section,
    versions: Sequence[SectionVersion],
    user: User,
    causes_of: FindCauses,
) -> list[VersionLine]:
    """Two queries, and what finding the causes costs; one more where something was taken in from a file, up to four
    more where words refer to a clause."""
    files = find_files_taken_in(versions)
    before = find_states_before(versions)
    changes_of = find_changes_by_revision(section, versions)
    change_ids = []
    wordings = []
    for changes in changes_of.values():
        change_ids += [change.pk for change in changes]
        for change in changes[:CHANGES_SHOWN]:
            blob = change.to_blob or change.from_blob
            if blob is not None:
                wordings.append((blob, change.revision_id))
    told = tell_past_blobs(wordings, section.pk)
    causes_of_change = causes_of(user, change_ids)
    lines = []
    for version in versions:
        changes = changes_of.get(version.revision_id, [])
        causes: list[Cause] = []
        for change in changes:
            causes += causes_of_change.get(change.pk, ())
        line = VersionLine(
            version,
            icon=ICONS[version.action],
            facts=fact_changes(before.get(version.number), version.state),
            changes=[
                _line_of_change(section, change, told)
                for change in changes[:CHANGES_SHOWN]
            ],
            more=max(0, len(changes) - CHANGES_SHOWN),
            causes=list(
                dict.fromkeys(causes)
            ),  # each once: an act may change several clauses for one reason
            file=files.get(version.pk),
        )
        lines.append(line)
    return lines


def _line_of_change(
    section: Section, change: ClauseChange, told: Mapping[tuple[str, int], str]
) -> LineOfChange:
    what = str(change.get_kind_display())
    source = change.from_section
    target = change.to_section
    if source is not None and target is not None and source != target:
        what = (
            f"ย้ายมาจาก {source.title}" if target == section else f"ย้ายไป {target.title}"
        )
    words = ""
    blob = change.to_blob or change.from_blob
    if blob is not None:
        plain = told[blob.pk, change.revision_id]
        words = written_words(change.clause.kind, plain).replace("\n", " ")
    excerpt = Truncator(words).chars(EXCERPT)
    home = change.clause.section
    # Where the clause stands today: its history may belong to another group by now
    url = ""
    if home.manual_id == section.manual_id:
        url = reverse(
            "clause-versions", args=[home.manual.key, home.uuid, change.clause.uuid]
        )
    return LineOfChange(what, excerpt, url)


# --- what a section says of itself


def fact_changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> list[FactChange]:
    """What differs between two rows of a section as SectionVersion.state keeps them; nothing for a first version."""
    if before is None:
        return []
    changes = []
    for label, tell in FACTS.items():
        words_before = tell(before)
        words_after = tell(after)
        if words_before != words_after:
            changes.append(FactChange(label, words_before, words_after))
    if any(before[name] != after[name] for name in ("parent", "manual", "rank")):
        changes.append(FactChange("ย้ายที่ในคู่มือ"))
    if before["retired"] != after["retired"]:
        kind = Section.Kind(after["kind"]).label
        verb = "ยกเลิก" if after["retired"] else "เรียกคืน"
        changes.append(FactChange(f"{verb}{kind}"))
    return changes


FACTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "ชื่อ": lambda row: str(row["title"]),
    "รหัสเอกสาร": lambda row: str(row["data"].get("doc_code", "")),
    "ตัวชี้วัด": lambda row: str(row["data"].get("indicator", "")),
    "ประเภท": lambda row: str(Section.Kind(row["kind"]).label),
    "ที่มา": lambda row: str(Section.Origin(row["origin"]).label),
    "ใช้กับ": lambda row: str(AppliesTo(row["applies_to"]).label),
}
