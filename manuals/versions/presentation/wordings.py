"""A clause's history: every wording it had, what came and went between them, and where it came from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import Truncator

from hearing_portal.directory.models import User
from hearing_portal.thai.diff import Segment
from hearing_portal.thai.markup import referenced_uuids
from hearing_portal.thai.sentences import joined

from ...content import Content
from ...drafting.told_words import load_past_words, tell_clauses
from ...facts import Names
from ...models import Clause, ClauseChange, ClauseLineage, Section, TextBlob
from ...permissions import can_read_draft
from ...queries import find_file_names, load_draft_entries
from ...reading.names import clause_name
from ...reading.presentation.links import clause_anchor
from ...reading.told_words import ToldWords
from ...wording import Redline, body_field, field_label, redlines
from ..queries.clauses import (
    find_relatives,
    find_version_numbers,
    find_words_before_split,
    is_born_of_split,
    load_wording_changes,
)
from .causes import Cause, FindCauses
from .history import EXCERPT

NUMBERINGS = {
    "decimal": "1.1",
    "paren": "1)",
    "letter": "ก.",
    "bullet": "•",
    "none": "ไม่มีเลข",
}
ICONS = {
    "added": "plus-lg",
    "reworded": "pencil",
    "formatted": "pencil",
    "moved": "arrow-right",
    "retired": "trash3",
    "restored": "arrow-counterclockwise",
    "split": "signpost-split",
    "joined": "intersect",
}
# {kind of descent: (of where the clause came from, of what came out of it)}
RELATIONS = {
    ClauseLineage.Kind.SPLIT: ("แยกออกมาจาก", "แยกออกไปเป็น"),
    ClauseLineage.Kind.MERGED: ("รวมเข้ามาจาก", "รวมเข้ากับ"),
    ClauseLineage.Kind.REPLACED: ("ใช้แทน", "แทนด้วย"),
    ClauseLineage.Kind.COPIED: ("คัดลอกจาก", "คัดลอกไปเป็น"),
}


@dataclass(frozen=True, slots=True)
class PastWording:
    """What an act did to the clause, or to one it came out of (`is_ancestor`). The words of a manual that this reader
    may not read are left out (`is_withheld`)."""

    change: ClauseChange
    icon: str
    lines: Sequence[Redline] = ()
    place: str = ""  # where it went, when that changed
    compared_at: str = ""  # the section before and after the act, at this clause
    causes: Sequence[Cause] = field(default=())
    is_ancestor: bool = False
    is_withheld: bool = False


class Relative(NamedTuple):
    """A clause that this one came out of, or that came out of it; `url` where this reader may read its history."""

    relation: str
    words: str
    url: str


def load_wording_lines(
    clause: Clause, ids: Sequence[int], user: User, causes_of: FindCauses
) -> list[PastWording]:
    """One for each of these changes, newest first. Three queries, four of a step, those of load_past_words where the
    words refer to clauses, one where there are files, and what finding the causes costs."""
    changes = load_wording_changes(ids)
    split = find_words_before_split(changes)
    causes = causes_of(user, [change.pk for change in changes])
    blobs = []
    for change in changes:
        for blob in (change.from_blob, change.to_blob):
            if blob is not None:
                blobs.append(blob)
    names = {
        **_name_steps(clause),
        **find_file_names([blob.as_content for blob in blobs]),
    }
    told = _tell_references([*changes, *split.values()])
    numbers = find_version_numbers(changes)
    lines = []
    for change in changes:
        is_ancestor = change.clause_id != clause.pk
        icon = ICONS[change.kind]
        may_read = _may_read(user, change.to_section) or _may_read(
            user, change.from_section
        )
        if not may_read:
            lines.append(
                PastWording(change, icon, is_ancestor=is_ancestor, is_withheld=True)
            )
            continue
        before = change.from_blob
        if is_born_of_split(change) and change.revision_id in split:
            before = split[change.revision_id].from_blob
        line = PastWording(
            change,
            icon,
            lines=_changed_words(change, before, names, told[change.revision_id]),
            place=_new_place(change),
            compared_at=_comparison_url(change, numbers),
            causes=causes.get(change.pk, ()),
            is_ancestor=is_ancestor,
        )
        lines.append(line)
    return lines


def _may_read(user: User, section: Section | None) -> bool:
    return section is not None and can_read_draft(user, section.manual.work_group)


def _name_steps(clause: Clause) -> dict[str, str]:
    """What the clauses beside a step are called today: a branch of then is told by them. Of others nothing. One
    query."""
    if clause.kind != Clause.Kind.STEP:
        return {}
    names = {}
    for entry in load_draft_entries(clause.section)[1:]:
        names[str(entry.uuid)] = clause_name(entry)
    return names


def _tell_references(changes: Sequence[ClauseChange]) -> dict[int, ToldWords]:
    """{act: what the references in these wordings were called right after it}. Queries as load_past_words."""
    wordings = []
    for change in changes:
        for blob in (change.from_blob, change.to_blob):
            if blob is not None:
                wordings.append((blob.as_content.referring, change.revision_id))
    return load_past_words(wordings)


def _comparison_url(
    change: ClauseChange, numbers: Mapping[tuple[int, int], int]
) -> str:
    """ "" of an act before which the section had no version."""
    section = change.to_section or change.from_section
    if section is None:
        return ""
    number = numbers.get((change.revision_id, section.pk), 0)
    if number < 2:
        return ""
    url = reverse(
        "section-versions-compared",
        args=[section.manual.key, section.uuid, number - 1, number],
    )
    return f"{url}#{clause_anchor(change.clause.uuid)}"


def _changed_words(
    change: ClauseChange, before: TextBlob | None, names: Names, told: ToldWords
) -> list[Redline]:
    """Of a clause that came or went as a whole, all its words; references by what they lead to."""
    old = before.as_content if before is not None else None
    new = change.to_blob.as_content if change.to_blob is not None else None
    lines = redlines(old, new, names, names)
    if old is not None and new is not None:
        lines += _refer_elsewhere(old, new, [line.name for line in lines])
    return told.fill_redlines(
        lines, old, new, change.to_section_id or change.from_section_id
    )


def _refer_elsewhere(
    old: Content, new: Content, told: Collection[str]
) -> Iterator[Redline]:
    """The texts beside those `told` that say the same and refer to other clauses: who fills in what references are
    called tells these apart."""
    texts = dict(new.fields())
    for name in new.referring_fields:
        before, now = old.stored_text(name), new.stored_text(name)
        if name not in told and referenced_uuids(before) != referenced_uuids(now):
            label = "" if name == body_field(new) else field_label(new, name)
            yield Redline(label, [Segment("equal", texts.get(name, ""))], name)


def _new_place(change: ClauseChange) -> str:
    if change.from_section is None or change.to_section is None:
        return ""
    if change.from_section_id != change.to_section_id:
        return f"จาก {change.from_section.title} ไป {change.to_section.title}"
    if change.kind == ClauseChange.Kind.MOVED:
        return f"ส่วนที่ {change.to_part} เลขหน้าข้อแบบ {NUMBERINGS[change.to_numbering]}"
    return ""


def load_clause_relatives(clause: Clause, user: User) -> list[Relative]:
    """Those it came out of first. One query, and what their references cost."""
    before = []
    after = []
    lines = find_relatives(clause)
    told = tell_clauses(
        other for line in lines for other in (line.from_clause, line.to_clause)
    )
    for line in lines:
        words_before, words_after = RELATIONS[ClauseLineage.Kind(line.kind)]
        if line.to_clause_id == clause.pk:
            before.append(_relative(words_before, line.from_clause, told, user))
        else:
            after.append(_relative(words_after, line.to_clause, told, user))
    return [*before, *after]


def _relative(
    relation: str, clause: Clause, told: Mapping[int, str], user: User
) -> Relative:
    section = clause.section
    if not _may_read(user, section):
        return Relative(relation, joined("ข้อใน", section.manual.display_name), "")
    words = Truncator(told[clause.pk].replace("\n", " ")).chars(EXCERPT)
    return Relative(
        relation,
        words or "ข้อที่ไม่มีถ้อยคำ",
        reverse(
            "clause-versions", args=[section.manual.key, section.uuid, clause.uuid]
        ),
    )
