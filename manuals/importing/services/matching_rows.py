"""Rows of a preview matched to the clauses of the process that they revise. What a person chose stays."""

from collections import defaultdict

from ...drafting.told_words import tell_clauses
from ...models import Clause, ClauseChange, Section
from ..kept_facts import as_kind_of
from ..preview_rows import PreviewRow, PreviewRows
from .revising import load_clauses_by_section, match_drafts


def match_rows(rows: PreviewRows, target: Section | None) -> None:
    """As the draft stands now. What says the same as a clause that was cut is that one, and none of those that stand.
    Five queries; none without a target."""
    if target is None:
        for row in rows.rows:
            _forget(row)
        return
    clauses = load_clauses_by_section([target]).get(target.pk, [])
    live = {clause.uuid for clause in clauses}
    chosen = set()
    for row in rows.rows:
        is_there = row.clause is None or row.clause in live
        if row.is_chosen and is_there and not row.is_left_out:
            chosen.add(row.uuid)
            if row.clause is not None:
                live.discard(row.clause)
        else:
            _forget(row)
    cut = list(Clause.objects.filter(section=target, retired__isnull=False))
    drafts = [draft for draft in rows.to_drafts() if draft.uuid not in chosen]
    matches = match_drafts(
        drafts,
        [*(clause for clause in clauses if clause.uuid in live), *cut],
        earlier=_load_earlier_words(target),
        told=tell_clauses(clauses) | {clause.pk: clause.plain for clause in cut},
    )
    cut_uuids = {clause.uuid for clause in cut}
    by_uuid = {clause.uuid: clause for clause in clauses}
    for row in rows.rows:
        match = matches.get(row.uuid)
        if match is not None and match.clause not in cut_uuids:
            row.clause = match.clause
            row.how = match.how.value
            row.likeness = match.likeness
            known = by_uuid[match.clause]
            # Whoever put a row right said of what kind it is
            if row.part == known.part and not row.is_corrected:
                row.content = as_kind_of(row.content, known.content)


def _forget(row: PreviewRow) -> None:
    row.clause = None
    row.how = ""
    row.likeness = 0


def _load_earlier_words(section: Section) -> dict[int, list[str]]:
    """{clause: the words it had before}: a file may have been written then."""
    earlier: defaultdict[int, list[str]] = defaultdict(list)
    changes = ClauseChange.objects.filter(
        clause__section=section, clause__retired=None, from_blob__isnull=False
    )
    for clause_id, words in changes.values_list("clause", "from_blob__plain"):
        earlier[clause_id].append(words)
    return earlier
