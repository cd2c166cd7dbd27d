"""Saying that what the similarity search proposes is no overlap."""

from collections.abc import Sequence

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import PAIRS_DISMISSED, about_group
from ...models import PairDismissal, SimilarPair
from ..refusals import OverlapRefused


def dismiss_pairs(pairs: Sequence[SimilarPair], *, by: User, reason: str) -> None:
    """Their wordings are proposed no more, wherever both stand; other wordings are. The pairs come with their clauses'
    groups. Raises OverlapRefused without a reason."""
    reason = reason.strip()
    if not reason:
        raise OverlapRefused("โปรดระบุเหตุผลที่ไม่ถือว่าซ้ำซ้อน", field="reason")
    with act(by=by, reason=reason) as done:
        dismissals = []
        for pair in pairs:
            low, high = sorted((pair.blob_a_id, pair.blob_b_id))
            dismissals.append(
                PairDismissal(low_id=low, high_id=high, reason=reason, by=by)
            )
        # Somebody may have dismissed one of them at the same moment: the first reason stays
        PairDismissal.objects.bulk_create(dismissals, ignore_conflicts=True)
        if pairs:
            group = pairs[0].clause_a.section.manual.work_group
            done.record(PAIRS_DISMISSED, about_group(group))
