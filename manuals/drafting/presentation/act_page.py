"""The page of an act on a clause or a section that asks for more than a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ...models import Clause, Section
from ...queries import load_draft_entries
from ...reading.presentation.links import clause_name, part_name
from .links import section_url


@dataclass(frozen=True, slots=True)
class ActPage:
    """`about` is the clause's words, `also` are those of the clauses that the act takes along, by their names."""

    section: Section
    heading: str
    part_title: str
    send_to: str
    back: str
    save_label: str
    about: str = ""
    also: Sequence[tuple[str, str]] = ()


def page_of_act(
    clause: Clause,
    url_name: str,
    act: str,
    *,
    save_label: str,
    also: Sequence[Clause] = (),
) -> ActPage:
    """`act` is the word for it; `also` are the clauses it takes along, or the one it takes in. One query."""
    section = clause.section
    names = {entry.clause_id: clause_name(entry) for entry in load_draft_entries(section)}
    return ActPage(
        section,
        heading=f"{act} {names.get(clause.pk, '')}".strip(),
        part_title=part_name(clause.part),
        send_to=reverse(url_name, args=[section.manual.key, section.uuid, clause.uuid]),
        back=section_url(section, clause.uuid),
        save_label=save_label,
        about=clause.plain,
        also=[(names.get(other.pk, ""), other.plain) for other in also],
    )
