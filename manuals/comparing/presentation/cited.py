"""What the clauses are called on each side that words refer to, or that a clause came out of or went into."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from ...content import Content
from ...drafting.queries.references import find_cited_clauses
from ...models import Clause
from ...reading.names import CitedName
from ...reading.presentation.links import name_entry
from ...reading.queries.cited import find_cited_entries
from ...reading.told_words import ToldWords, referenced_in
from ..fates import Fate
from ..queries.nodes import ComparedClause
from ..sides import Side, Sides


@dataclass(frozen=True, slots=True)
class CitedOfSides:
    """What references are called on each side. What a side has not is not named there, as whoever reads that side alone
    reads it."""

    old: ToldWords
    new: ToldWords


def name_cited_of(sides: Sides, contents: Iterable[Content]) -> CitedOfSides:
    """Of the references of these contents. One query for an edition, two for a working draft, none where nothing
    refers."""
    cited = referenced_in(content.referring for content in contents)
    return CitedOfSides(
        ToldWords(_cited_on(sides.old, cited)), ToldWords(_cited_on(sides.new, cited))
    )


def _cited_on(side: Side, cited: Collection[str]) -> dict[str, CitedName]:
    """Of what stands on this side; in a working draft it leads where this reader may read."""
    names = {}
    if side.edition is not None:
        for uuid, row in find_cited_entries(cited, [side.edition.pk]).items():
            names[uuid] = name_entry(row)
        return names
    readable = {manual.pk for manual in side.manuals or ()}
    for uuid, found in find_cited_clauses(cited).items():
        href = ""
        if found.section.manual_id in readable:
            href = reverse("clause", args=[found.entry.uuid])
        names[uuid] = replace(found.name, href=href)
    return names


def name_kin(sides: Sides, clauses: Iterable[ComparedClause]) -> dict[int, str]:
    """{clause: what the one is called that it came out of, or that took it in}: where that stood then, or stands now.
    None of a manual that this reader may not read."""
    kin_of = {}
    for each in clauses:
        if each.kin not in (0, each.pair.clause_id):
            kin_of[each.pair.clause_id] = each
    if not kin_of:
        return {}
    ids = {each.kin for each in kin_of.values()}
    uuids = dict(Clause.objects.filter(pk__in=ids).values_list("pk", "uuid"))
    wanted: dict[Fate, set[str]] = {Fate.SPLIT: set(), Fate.JOINED: set()}
    for each in kin_of.values():
        wanted[each.fate].add(str(uuids[each.kin]))
    split_from = _cited_on(sides.old, wanted[Fate.SPLIT])
    joined_into = _cited_on(sides.new, wanted[Fate.JOINED])
    names = {}
    for clause_id, each in kin_of.items():
        cited = split_from if each.fate == Fate.SPLIT else joined_into
        found = cited.get(str(uuids[each.kin]))
        if found is not None and found.href:
            names[clause_id] = found.read_in(each.pair.section_id).text
    return names
