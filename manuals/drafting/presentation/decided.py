"""Clauses that were written or cut because that was decided, before somebody takes them out or brings them back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from ...entries import EntryView
from ...models import Clause, Section
from ...queries import load_draft_entries
from ...reading.names import clause_name
from ..adopted import FindAdopted, KeptDecision
from ..queries.arranging import find_retired_together
from ..told_words import tell_clauses


class DecidedCut(NamedTuple):
    """The words of such a clause, and the comments that its being cut was decided for."""

    words: str
    source: str


def load_decided_cuts(clause: Clause, find_adopted: FindAdopted) -> list[DecidedCut]:
    """Of what would come back with the clause; none for one that stands. The queries of `find_adopted`, and two more,
    one a level and what their words cost (told_words)."""
    if clause.retired_id is None:
        return []
    adopted = find_adopted([clause.section_id])
    cut = [each for each in find_retired_together(clause) if each.uuid in adopted]
    told = tell_clauses(cut)
    return [DecidedCut(told[each.pk], adopted[each.uuid]) for each in cut]


class LeavingDecision(NamedTuple):
    """A clause by its name, and the comments that its words were adopted from."""

    name: str
    source: str


def name_kept(
    entries: Iterable[EntryView], kept: Mapping[int, KeptDecision]
) -> list[LeavingDecision]:
    """Of these clauses those that bear something of what is kept, in their order, each thing by itself. No query."""
    named = []
    for entry in entries:
        for decision in kept.values():
            if entry.uuid in decision.clauses:
                named.append(LeavingDecision(clause_name(entry), decision.source))
    return named


def name_lost(
    section: Section, lost: Mapping[int, KeptDecision]
) -> list[LeavingDecision]:
    """What an act on clauses of the section would take out, the clauses that it cut first: these have no name. One
    query."""
    entries = load_draft_entries(section)[1:]
    standing = {entry.uuid for entry in entries}
    cut = []
    for decision in lost.values():
        if standing.isdisjoint(decision.clauses):
            cut.append(LeavingDecision("ข้อที่เห็นชอบให้ตัดออก", decision.source))
    return [*cut, *name_kept(entries, lost)]


def name_decided_words(
    entries: Iterable[EntryView], adopted: Mapping[UUID, str]
) -> list[LeavingDecision]:
    """Of these clauses those whose words were decided, in their order. No query."""
    named = []
    for entry in entries:
        if entry.uuid in adopted:
            named.append(LeavingDecision(clause_name(entry), adopted[entry.uuid]))
    return named
