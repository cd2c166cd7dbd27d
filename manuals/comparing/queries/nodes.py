"""Which clauses differ between two states of the book, and how: one query over identities and hashes."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hearing_portal.postgres.statements import is_any_of, kept_statement

from ...content import content_from_json
from ...facts import differ_in_format_alone
from ...models import ClauseLineage
from ...models.undone import lines_in_force
from ...ranks import longest_rising, rising_without
from ...reading.queries.sections import find_moved_clauses
from ..fates import Fate
from ..sides import Side, Sides
from .outlines import OutlineDifference, compare_outlines, load_outlines

# A side is the clauses of one state, its outline the sections and clauses with their ids. The number people cite is the
# last element of an entry's path. A working draft has no entries: there a node's id is its position.
EDITION_OUTLINE = """
    SELECT id, parent_id, uuid, kind, manual_id, section_id, part, split_part(path, '/', -1) AS cite, blob_id AS sha
    FROM manuals_editionentry
    WHERE edition_id = %({side}_edition)s AND kind <> 'manual'
      AND (%(sections)s::bigint[] IS NULL OR section_id = ANY(%(sections)s))
"""
EDITION_SIDE = """
    SELECT entry.uuid, entry.clause_id, entry.manual_id, entry.section_id, entry.part,
           (SELECT parent.uuid FROM manuals_editionentry parent WHERE parent.id = entry.parent_id) AS parent,
           entry.ordinal, split_part(entry.path, '/', -1) AS cite, entry.blob_id AS sha
    FROM manuals_editionentry entry WHERE entry.id = ANY(%({side}_ids)s)
"""
DRAFT_NODES = """
    SELECT * FROM unnest(
        %({side}_uuids)s::uuid[], %({side}_kinds)s::text[], %({side}_clauses)s::bigint[], %({side}_manuals)s::bigint[],
        %({side}_sections)s::bigint[], %({side}_parts)s::int[], %({side}_parents)s::uuid[],
        %({side}_parent_ids)s::int[], %({side}_cites)s::text[], %({side}_shas)s::text[]
    ) WITH ORDINALITY
    AS node (uuid, kind, clause_id, manual_id, section_id, part, parent, parent_id, cite, sha, id)
    WHERE kind <> 'manual'
"""
DRAFT_SIDE = (
    "SELECT uuid, clause_id, manual_id, section_id, part, parent, id AS ordinal, cite, sha"
    f" FROM ({DRAFT_NODES}) AS node WHERE id = ANY(%({{side}}_ids)s)"
)
EDITION_CLAUSES = """
    SELECT uuid, clause_id, section_id, blob_id AS sha
    FROM manuals_editionentry WHERE edition_id = %({side}_edition)s AND kind = 'clause'
"""
DRAFT_CLAUSES = f"SELECT uuid, clause_id, section_id, sha FROM ({DRAFT_NODES}) AS node WHERE kind = 'clause'"
# Of two editions the sections whose outlines tell all are left out (compare_outlines).
# How many clauses each section has, and the ids of those to be looked at: all where the tree may be another, elsewhere
# those that differ by themselves. A section's tree is the old one when nothing came or went and every id (its own among
# them) and every parent's id is as far from its counterpart's as all others: ids follow the reading order. So most of a
# book of thousands of clauses is read once, without a look at its tree.
OUTLINES = """
    WITH old AS ({old}), new AS ({new}), pair AS MATERIALIZED (
        SELECT coalesce(new.section_id, old.section_id) AS section_id,
               coalesce(new.manual_id, old.manual_id) AS manual_id,
               CASE WHEN old.kind = 'clause' THEN old.id END AS old_id,
               CASE WHEN new.kind = 'clause' THEN new.id END AS new_id,
               new.id - old.id AS distance,  -- null where a side is missing
               CASE WHEN new.kind = 'clause' THEN new.parent_id - old.parent_id END AS parent_distance,
               old.sha <> new.sha OR old.cite <> new.cite OR old.section_id <> new.section_id OR old.part <> new.part
                   AS differs
        FROM old FULL JOIN new USING (uuid)
    ), section AS (
        SELECT manual_id, count(old_id) AS olds, count(new_id) AS news,
               count(*) FILTER (WHERE old_id IS NOT NULL OR new_id IS NOT NULL) AS either,
               count(distance) < count(*)
                   OR least(min(distance), min(parent_distance)) <> greatest(max(distance), max(parent_distance))
                   AS is_rearranged,
               array_agg(old_id) AS old_ids, array_agg(new_id) AS new_ids,
               array_agg(old_id) FILTER (WHERE differs) AS old_differing,
               array_agg(new_id) FILTER (WHERE differs) AS new_differing
        FROM pair
        WHERE %(manuals)s::bigint[] IS NULL OR manual_id = ANY(%(manuals)s)
        GROUP BY section_id, manual_id
    )
    SELECT manual_id, olds, news, either,
           CASE WHEN is_rearranged THEN old_ids ELSE old_differing END,
           CASE WHEN is_rearranged THEN new_ids ELSE new_differing END
    FROM section
"""
# Of the clauses that stand at the same place on both sides, only brothers and sisters whose order is another one are
# fetched whole: which of them moved is then told by a longest run that kept its order.
PAIRS = """
    WITH old AS ({old}), new AS ({new}), pair AS MATERIALIZED (
        SELECT
            uuid, coalesce(new.clause_id, old.clause_id) AS clause_id,
            coalesce(new.manual_id, old.manual_id) AS manual_id,
            old.section_id AS old_section, new.section_id AS new_section,
            old.part AS old_part, new.part AS new_part, old.parent AS old_parent, new.parent AS new_parent,
            old.ordinal AS old_ordinal, new.ordinal AS new_ordinal, old.cite AS old_cite, new.cite AS new_cite,
            old.sha AS old_sha, new.sha AS new_sha,
            -- null where a side is missing
            (old.section_id, old.part, old.parent) = (new.section_id, new.part, new.parent) AS stayed
        FROM old FULL JOIN new USING (uuid)
    ), followed AS (
        SELECT new_parent, new_part,
               old_ordinal < lag(old_ordinal) OVER (PARTITION BY new_parent, new_part ORDER BY new_ordinal) AS overtook
        FROM pair WHERE stayed
    ), rearranged AS (
        SELECT new_parent AS parent, new_part AS part FROM followed GROUP BY 1, 2 HAVING bool_or(overtook)
    ), placed AS (
        -- what is gone stands behind the last one before it that is still there, or at the beginning of its section
        SELECT *, coalesce(
            new_ordinal,
            max(CASE WHEN stayed THEN new_ordinal END) OVER (PARTITION BY old_section ORDER BY old_ordinal),
            min(new_ordinal) OVER (PARTITION BY coalesce(new_section, old_section)) - 1
        ) AS place
        FROM pair
    )
    SELECT uuid, clause_id, manual_id, old_section, new_section, old_part, new_part, old_parent, new_parent,
           old_ordinal, new_ordinal, place, old_cite, new_cite, old_sha, new_sha, coalesce(stayed, false),
           CASE WHEN old_blob.text_sha = new_blob.text_sha
                  OR translate(old_blob.plain, '๐๑๒๓๔๕๖๗๘๙', '0123456789')
                     = translate(new_blob.plain, '๐๑๒๓๔๕๖๗๘๙', '0123456789')
                THEN jsonb_build_array(old_blob.content, new_blob.content) END
    FROM placed
    LEFT JOIN rearranged ON rearranged.parent = new_parent AND rearranged.part = new_part
    LEFT JOIN manuals_textblob old_blob ON old_blob.sha = old_sha AND old_sha <> new_sha
    LEFT JOIN manuals_textblob new_blob ON new_blob.sha = new_sha AND old_sha <> new_sha
    WHERE (stayed IS NOT TRUE OR old_sha <> new_sha OR old_cite <> new_cite OR rearranged.parent IS NOT NULL)
      AND (%(manuals)s::bigint[] IS NULL OR manual_id = ANY(%(manuals)s))
"""


class ClausePair(NamedTuple):
    """A clause as it stands on both sides, either None where it has none; a row of PAIRS."""

    uuid: UUID
    clause_id: int
    manual_id: int
    old_section: int | None
    new_section: int | None
    old_part: int | None
    new_part: int | None
    old_parent: UUID | None
    new_parent: UUID | None
    old_ordinal: int | None
    new_ordinal: int | None
    place: int | None  # on the newer side; None in a section that has no clause there
    old_cite: str | None
    new_cite: str | None
    old_sha: str | None
    new_sha: str | None
    stayed: bool
    contents: (
        str | None
    )  # JSON of both, where the texts are the same in whichever digits, and something else is not

    @property
    def has_same_meaning(self) -> bool:
        """Of one whose content differs: whether that is a matter of format alone."""
        if self.contents is None:
            return False
        old, new = json.loads(self.contents)
        return differ_in_format_alone(content_from_json(old), content_from_json(new))

    @property
    def section_id(self) -> int | None:
        return self.new_section if self.new_sha is not None else self.old_section


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A clause that differs. `is_moved` is told also of one whose words are what counts. `kin` is the id of the clause
    that it was split from or joined into; of that clause, and of every other, its own."""

    pair: ClausePair
    fate: Fate
    is_moved: bool = False
    kin: int = 0


class Totals(NamedTuple):
    """How many clauses a manual has on the old side, on the new one, and on either."""

    old: int = 0
    new: int = 0
    either: int = 0


@dataclass(frozen=True, slots=True)
class BookComparison:
    """The clauses that differ, in reading order of the newer side (those that are gone at their old place)."""

    clauses: Sequence[ComparedClause]
    totals: dict[int, Totals] = field(default_factory=dict)  # by manual


def compare_sides(
    sides: Sides, manual_ids: Collection[int] | None = None
) -> BookComparison:
    """Of the manuals given, or all that may be read. A query over the sides, one for what differs and one for
    lineage, as far as there is any; a working draft costs three more, an edition that this process has not compared
    before one."""
    compared = sides.manual_ids
    if manual_ids is not None:
        compared = list(manual_ids)
    known = OutlineDifference()
    sections: list[int] | None = None
    if sides.old.edition is not None and sides.new.edition is not None:
        known = compare_outlines(
            load_outlines(sides.old.edition),
            load_outlines(sides.new.edition),
            compared,
        )
        sections = known.rearranged
    parameters = side_parameters(sides) | {"manuals": compared, "sections": sections}
    totals = {key: Totals(n, n, n) for key, n in known.same.items() if n}
    old_ids, new_ids = known.old_ids, known.new_ids
    with connection.cursor() as cursor:
        if sections is None or sections:
            cursor.execute(
                sides_sql(OUTLINES, sides, EDITION_OUTLINE, DRAFT_NODES), parameters
            )
            for manual_id, *counts, old_touched, new_touched in cursor.fetchall():
                before = totals.get(manual_id, Totals())
                if any(counts):
                    totals[manual_id] = Totals(
                        *map(sum, zip(before, counts, strict=True))
                    )
                old_ids += [each for each in old_touched or () if each is not None]
                new_ids += [each for each in new_touched or () if each is not None]
        parameters |= {"old_ids": old_ids, "new_ids": new_ids}
        cursor.execute(sides_sql(PAIRS, sides, EDITION_SIDE, DRAFT_SIDE), parameters)
        pairs = [ClausePair(*row) for row in cursor.fetchall()]
    return BookComparison(list(_find_fates(pairs)), totals)


def sides_sql(query: str, sides: Sides, of_edition: str, of_draft: str) -> str:
    """The query with what its sides are read by: an edition's entries, or the nodes of a working draft."""
    old = of_edition if sides.old.edition else of_draft
    new = of_edition if sides.new.edition else of_draft
    return query.format(old=old.format(side="old"), new=new.format(side="new"))


def side_parameters(sides: Sides) -> dict[str, Any]:
    """What those ask for, by name."""
    return _parameters_of("old", sides.old) | _parameters_of("new", sides.new)


def _parameters_of(name: str, side: Side) -> dict[str, Any]:
    if side.edition is not None:
        return {f"{name}_edition": side.edition.pk}
    nodes = side.draft_nodes
    id_of = {node.uuid: position for position, node in enumerate(nodes, start=1)}
    return {
        f"{name}_uuids": [node.uuid for node in nodes],
        f"{name}_kinds": [node.kind for node in nodes],
        f"{name}_clauses": [node.clause_id for node in nodes],
        f"{name}_manuals": [node.manual_id for node in nodes],
        f"{name}_sections": [node.section_id for node in nodes],
        f"{name}_parts": [node.part for node in nodes],
        f"{name}_parents": [node.parent_uuid for node in nodes],
        f"{name}_parent_ids": [
            id_of[node.parent_uuid] if node.parent_uuid else None for node in nodes
        ],
        f"{name}_cites": [node.cite for node in nodes],
        f"{name}_shas": [node.blob for node in nodes],
    }


# --- what became of each


def _find_fates(pairs: Sequence[ClausePair]) -> Iterable[ComparedClause]:
    reordered = _find_reordered(pairs)
    split, joined = _find_split_and_joined(pairs)
    split_up = set(split.values())
    joined_into = set(joined.values())
    for pair in sorted(pairs, key=_reading_order):
        stands_on_both = pair.old_sha is not None and pair.new_sha is not None
        is_moved = pair.uuid in reordered or (stands_on_both and not pair.stayed)
        clause_id = pair.clause_id
        kin = clause_id
        if clause_id in split or clause_id in split_up:
            fate = Fate.SPLIT
            kin = split.get(clause_id, clause_id)
        elif clause_id in joined or clause_id in joined_into:
            fate = Fate.JOINED
            kin = joined.get(clause_id, clause_id)
        elif pair.old_sha is None:
            fate = Fate.ADDED
        elif pair.new_sha is None:
            fate = Fate.RETIRED
        elif pair.old_sha != pair.new_sha:
            fate = Fate.FORMATTED if pair.has_same_meaning else Fate.REWORDED
        elif is_moved:
            fate = Fate.MOVED
        elif pair.old_cite != pair.new_cite:
            fate = Fate.RENUMBERED
        else:
            fate = Fate.UNCHANGED
        if fate != Fate.UNCHANGED:
            yield ComparedClause(pair, fate, is_moved, kin)


def _reading_order(pair: ClausePair) -> tuple[int, bool, int, bool, int]:
    """By manual; sections of which nothing is left come last."""
    is_gone = pair.new_ordinal is None
    return (
        pair.manual_id,
        pair.place is None,
        pair.place or 0,
        is_gone,
        pair.old_ordinal or 0,
    )


def _find_reordered(pairs: Iterable[ClausePair]) -> set[UUID]:
    """As few as explain the new order among brothers and sisters: all but a longest run that kept its own; those that
    somebody moved before others. One query where there are some."""
    siblings: dict[tuple[UUID | None, int | None], list[ClausePair]] = {}
    for pair in pairs:
        if pair.stayed:
            siblings.setdefault((pair.new_parent, pair.new_part), []).append(pair)
    mixed = []
    for members in siblings.values():
        members.sort(key=lambda pair: pair.new_ordinal or 0)
        old_places = [pair.old_ordinal for pair in members]
        if len(longest_rising(old_places)) < len(members):
            mixed.append(members)
    if not mixed:
        return set()
    moved = find_moved_clauses([pair.uuid for members in mixed for pair in members])
    reordered = set()
    for members in mixed:
        places = [n for n, pair in enumerate(members) if pair.uuid in moved]
        in_order = set(rising_without([pair.old_ordinal for pair in members], places))
        for position, pair in enumerate(members):
            if position not in in_order:
                reordered.add(pair.uuid)
    return reordered


@kept_statement
def _find_lines(
    came: Sequence[int], went: Sequence[int]
) -> QuerySet[ClauseLineage, tuple[int, int, str]]:
    """(the clause before, the clause after, the kind) of splits that made a clause and joins that took one in."""
    is_split = Q(is_any_of("to_clause", came), kind=ClauseLineage.Kind.SPLIT)
    is_joined = Q(is_any_of("from_clause", went), kind=ClauseLineage.Kind.MERGED)
    # A join that was undone is told of the acts before it was, not where the clause left for another reason since
    still_counts = Q(from_clause__retired=None) | Q(pk__in=lines_in_force())
    lines = ClauseLineage.objects.filter(is_split | is_joined & still_counts)
    return lines.order_by("pk").values_list("from_clause", "to_clause", "kind")


def _find_split_and_joined(
    pairs: Iterable[ClausePair],
) -> tuple[dict[int, int], dict[int, int]]:
    """({what came out of a clause between the sides: that clause}, {what went into a clause: that clause}), ids. One
    query, none where no clause came or went."""
    came = {pair.clause_id for pair in pairs if pair.old_sha is None}
    went = {pair.clause_id for pair in pairs if pair.new_sha is None}
    if not came and not went:
        return {}, {}
    split: dict[int, int] = {}
    joined: dict[int, int] = {}
    for source, target, kind in _find_lines(list(came), list(went)):
        if kind == ClauseLineage.Kind.SPLIT and source not in came:
            split[target] = source
        elif (
            kind == ClauseLineage.Kind.MERGED
            and target not in went
            and target not in split
        ):
            joined[source] = target
    return split, joined
