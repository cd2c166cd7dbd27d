"""The page on which a clause is written: what it is called, where it is sent and kept, who else writes there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Clause, Section
from ...queries import load_draft_entries
from ...reading.names import clause_name, part_name
from ...teamwork.queries.notes import count_notes_of
from ..cutting import can_be_cut
from ..part_hints import PART_HINTS
from ..place import NewClausePlace
from ..queries.arranging import find_next
from ..queries.buffers import Writer, find_writers
from ..step_table import STEP_PART
from .act_page import heading_of_act
from .decided import LeavingDecision
from .links import section_url
from .lost_place import LostPlace


@dataclass(frozen=True, slots=True)
class ClausePage:
    """`hidden` are [(name, value)] that the form carries besides its own fields. `hint` says of a clause to come what
    belongs into its part."""

    section: Section
    heading: str
    part_title: str
    send_to: str
    keep_at: str
    back: str
    clause: UUID | None = None  # None for one to come
    hidden: Sequence[tuple[str, str]] = ()
    writers: Sequence[Writer] = ()
    notes_url: str = ""  # where the notes of the team on a clause that stands are
    notes: int = 0  # that wait
    hint: str = ""
    file_url: str = ""  # of a form or a figure, as it is saved
    lost: LostPlace | None = None  # where one to come cannot stand as it was begun
    ways: Sequence[tuple[str, str]] = ()  # what may be done instead, by its address
    decided: str = ""  # the comments that the words were adopted from
    losses: Sequence[LeavingDecision] = ()  # of that, what the form would take out

    @property
    def save_label(self) -> str:
        return f"บันทึกเป็นรุ่นที่ {self.section.version + 1}"


def page_of_clause(clause: Clause, user: User) -> ClausePage:
    """Three queries. Others who write in this very clause are named."""
    section = clause.section
    names = {}
    for entry in load_draft_entries(section):
        names[entry.clause_id] = clause_name(entry)
    args = [section.manual.key, section.uuid]
    writers = []
    for writer in find_writers(section, but=user):
        if writer.clause_id == clause.pk:
            writers.append(writer)
    sha = clause.data.get("file", "")
    file_url = reverse("clause-file", args=[clause.uuid, sha]) if sha else ""
    return ClausePage(
        section,
        heading=heading_of_act("แก้ไข", names[clause.pk]),
        part_title=part_name(clause.part),
        send_to=reverse("clause-edit", args=[*args, clause.uuid]),
        keep_at=reverse("draft-buffer", args=[*args, clause.uuid]),
        back=section_url(section, clause.uuid),
        clause=clause.uuid,
        writers=writers,
        notes_url=reverse("team-notes", args=[*args, clause.uuid]),
        notes=count_notes_of(clause),
        file_url=file_url,
        ways=_other_ways(clause),
    )


def _other_ways(clause: Clause) -> list[tuple[str, str]]:
    """[(what else may be done with the clause than writing it, where)]; the last of its list has none to be joined
    with. One query for a kind that can be cut."""
    acts = [("ย้ายข้อ", "clause-move"), ("ยกเลิกข้อ", "clause-retire")]
    if can_be_cut(clause.kind):
        following = find_next(clause)
        if following is not None:
            acts.insert(0, ("รวมกับข้อถัดไป", "clause-join"))
        acts.insert(0, ("แยกข้อ", "clause-split"))
    args = [clause.section.manual.key, clause.section.uuid, clause.uuid]
    return [(label, reverse(name, args=args)) for label, name in acts]


def page_of_new_clause(
    section: Section, place: NewClausePlace, lost: LostPlace | None = None
) -> ClausePage:
    """No query."""
    args = [section.manual.key, section.uuid]
    kind = Clause.Kind(place.kind).label
    return ClausePage(
        section,
        heading=f"เพิ่ม{kind}",
        part_title=part_name(place.part),
        hint=""
        if place.part == STEP_PART
        else PART_HINTS.get(place.part, ""),  # rows have a table
        send_to=reverse("clause-new", args=args),
        keep_at=reverse("draft-buffer", args=[*args, place.subject]),
        back=f"{section_url(section)}#part-{place.part}",
        hidden=place.hidden_fields,
        lost=lost,
    )
