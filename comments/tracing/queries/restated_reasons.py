"""The reasons of adopted words by the answers that are in force, for comparisons of editions."""

from collections.abc import Collection, Mapping
from datetime import datetime

from hearing_portal.postgres.statements import is_any_of

from ...models import ChangeCause
from ...standing.queries.counted_causes import answers_in_force, find_counted_causes
from ...standing.queries.fallen_words import leave_standing


def find_restated_reasons(
    change_ids: Collection[int], at: datetime
) -> Mapping[int, str]:
    """{change: why it stands at `at`} of those whose answer of then was replaced for some of the comments, or whose
    words stood no more. Two queries, and those of judge_causes; one where no decision led to the changes."""
    ids = sorted(change_ids)
    made = {}
    for cause in ChangeCause.objects.filter(
        is_any_of("change", ids), carried_from__isnull=True
    ):
        made[cause.change_id] = cause.pk
    if not made:
        return {}
    answers = answers_in_force(at)
    in_force = find_counted_causes(answers).filter(is_any_of("change", sorted(made)))
    rows = in_force.select_related("change", "disposition", "carried_from__disposition")
    reasons: dict[int, dict[str, None]] = {change_id: {} for change_id in made}
    first = set()
    for cause in leave_standing(list(rows.order_by("pk")), at, answers):
        first.add(cause.pk)
        if cause.reason:
            reasons[cause.change_id][cause.reason] = None
    restated = {}
    for change_id, told in reasons.items():
        # As the act said it where that answer alone is in force
        if made[change_id] not in first or len(told) > 1:
            restated[change_id] = " / ".join(told)
    return restated
