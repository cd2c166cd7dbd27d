"""The page of an act on a clause or a section that asks for more than a button."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Clause, Section
from ...models.survivors import find_joined_into
from ...queries import load_draft_entries
from ...reading.names import clause_name, part_name
from ..queries.buffers import Writer, find_writers
from ..queries.references import find_referring
from ..told_words import tell_clauses
from .links import section_url


@dataclass(frozen=True, slots=True)
class ReferringClause:
    """A clause whose words refer to what an act takes out of the manual."""

    name: str
    section: Section
    url: str
    is_elsewhere: bool  # in another section than the act
    is_own: bool = (
        False  # the clause that the act is on, which takes in what it refers to
    )


def load_referring(
    section: Section, gone: Collection[UUID], own: UUID | None = None
) -> list[ReferringClause]:
    """To the clauses that leave the section, or to what was joined to them: those references lead there. Three queries
    at most, those of find_joined_into."""
    joined = find_joined_into(Clause.objects.filter(uuid__in=gone))
    meant = {*gone, *(each.uuid for each in chain.from_iterable(joined.values()))}
    referring = []
    for cited in find_referring(meant):
        referring.append(
            ReferringClause(
                clause_name(cited.entry),
                cited.section,
                section_url(cited.section, cited.entry.uuid),
                is_elsewhere=cited.section.pk != section.pk,
                is_own=cited.entry.uuid == own,
            )
        )
    return referring


@dataclass(frozen=True, slots=True)
class ActPage:
    """`about` is the clause's words, `also` are those of the clauses that the act takes along, by their names;
    `referring` are the clauses that refer to what will be gone, `writers` who is writing there now."""

    section: Section
    heading: str
    part_title: str
    send_to: str
    back: str
    save_label: str
    about: str = ""
    also: Sequence[tuple[str, str]] = ()
    referring: Sequence[ReferringClause] = ()
    writers: Sequence[Writer] = ()


def page_of_act(
    clause: Clause,
    url_name: str,
    act: str,
    *,
    save_label: str,
    also: Sequence[Clause] = (),
    gone: Sequence[Clause] = (),
    user: User | None = None,
) -> ActPage:
    """`act` is the word for it; `also` are the clauses it takes along, or the one it takes in, `gone` those that leave
    the manual; others than the `user` who write in one of these are named. One query, those of load_referring and one
    more where some leave, and what their references cost (told_words)."""
    section = clause.section
    names = {}
    for entry in load_draft_entries(section):
        names[entry.clause_id] = clause_name(entry)
    told = tell_clauses([clause, *also])
    return ActPage(
        section,
        heading=heading_of_act(act, names.get(clause.pk, "")),
        part_title=part_name(clause.part),
        send_to=reverse(url_name, args=[section.manual.key, section.uuid, clause.uuid]),
        back=section_url(section, clause.uuid),
        save_label=save_label,
        about=told[clause.pk],
        also=[(names.get(other.pk, ""), told[other.pk]) for other in also],
        referring=load_referring(section, [each.uuid for each in gone], clause.uuid)
        if gone
        else (),
        writers=_writers_in(gone, section, user) if gone and user else (),
    )


def heading_of_act(act: str, name: str) -> str:
    """ยกเลิกข้อ 5.6, but ยกเลิก ขอบเขตของงาน: what has no number begins with a word of its own."""
    is_numbered = name.startswith(("ข้อ ", "ขั้นตอนที่ "))
    return f"{act}{name}" if is_numbered else f"{act} {name}".strip()


def _writers_in(
    clauses: Sequence[Clause], section: Section, user: User
) -> list[Writer]:
    ids = {clause.pk for clause in clauses}
    writers = []
    for writer in find_writers(section, but=user):
        if writer.clause_id in ids:
            writers.append(writer)
    return writers
