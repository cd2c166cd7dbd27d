"""Where the words of an edition's clauses came from, as the edition itself keeps it: a reference to a clause that was
joined to another one is read by the number of that one wherever the edition is read, also in a portal that knows
nothing else (docs/decisions/0160-a-reference-follows-the-words.md)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from ...models import Clause, ClauseLineage, EditionEntry
from ...models.edition import HAS_WORDS_OF, SPLIT_FROM, SPLIT_REASON
from ...models.survivors import find_survivors
from ...models.taken_in import from_archives_alone
from ...models.undone import lines_in_force

LINEAGE_KEYS = (HAS_WORDS_OF, SPLIT_FROM, SPLIT_REASON)


class ClauseNode(Protocol):
    """A clause that will be an entry."""

    uuid: UUID
    clause_id: int | None
    data: dict[str, Any]


def hold_lineage(clauses: Iterable[ClauseNode]) -> None:
    """Write into the data of each of a book's clauses what it was split off from, where that is in the book too, and
    which clauses that stand nowhere any more it has the words of: what an edition from elsewhere tells of clauses that
    this portal never had is carried on. At most four queries, and those of find_survivors."""
    of_book = {clause.clause_id: clause for clause in clauses}
    lines = lines_in_force().exclude(kind=ClauseLineage.Kind.COPIED).order_by("pk")
    sources = set()
    for kind, source, target in lines.values_list("kind", "from_clause", "to_clause"):
        sources.add(source)
        is_split = kind == ClauseLineage.Kind.SPLIT
        if is_split and source in of_book and target in of_book:
            of_book[target].data.setdefault(SPLIT_FROM, str(of_book[source].uuid))
    held = _find_told_elsewhere(of_book)
    rows = Clause.objects.filter(pk__in=sources - of_book.keys())
    left = list(rows.select_related("section"))
    survivors = find_survivors(left)
    for clause in left:
        for survivor in survivors.get(clause.pk, ()):
            if survivor.pk in of_book:
                held.setdefault(survivor.pk, set()).add(str(clause.uuid))
    for survivor_id, uuids in held.items():
        of_book[survivor_id].data[HAS_WORDS_OF] = sorted(uuids)


def _find_told_elsewhere(
    of_book: Mapping[int | None, ClauseNode],
) -> dict[int, set[str]]:
    """{clause: uuids of clauses that never stood here, and whose words it has as an edition says}."""
    entries = EditionEntry.objects.filter(data__has_key=HAS_WORDS_OF)
    held: dict[int, set[str]] = {}
    rows = entries.values_list("clause", f"data__{HAS_WORDS_OF}").order_by()
    for clause, uuids in rows:
        if clause in of_book:
            held.setdefault(clause, set()).update(uuids)
    if not held:
        return {}
    told = set().union(*held.values())
    here = Clause.objects.filter(uuid__in=told)
    here = here.exclude(section__in=from_archives_alone())
    known = {str(uuid) for uuid in here.values_list("uuid", flat=True)}
    known |= {str(clause.uuid) for clause in of_book.values()}
    return {clause: uuids - known for clause, uuids in held.items() if uuids - known}


def clause_line_sha(sha: str, data: Mapping[str, Any]) -> str:
    """What a clause adds to the manifest: the hash of its wording, and where its words came from, since what a
    reference is called follows from that. Without it, the hash of the wording alone."""
    lineage = {key: data[key] for key in LINEAGE_KEYS if key in data}
    if not lineage:
        return sha
    own = json.dumps([sha, lineage], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(own.encode()).hexdigest()
