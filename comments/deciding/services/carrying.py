"""What an acceptance takes over from the answer that it replaces: the changes of words that are still there."""

from collections.abc import Iterable

from ...models import Answer, ChangeCause, Disposition
from ...standing.queries.fallen_words import leave_standing
from ..queries.words_of_answers import find_causes_of_answer


def carry_causes(answers: Iterable[Answer], disposition: Disposition) -> None:
    """Make the disposition a cause of the words that stand by the answers that it replaces. These answers may go on for
    others, each with its own reason. Two queries for each answer at most, and those of judge_causes; none where nothing
    was answered before."""
    carried: dict[int, ChangeCause] = {}
    for answer in answers:
        for cause in leave_standing(find_causes_of_answer(answer)):
            carried.setdefault(
                cause.change_id,
                ChangeCause(
                    change=cause.change,
                    ended_in_id=cause.ended_in_id,
                    disposition=disposition,
                    amendment_id=cause.amendment_id,
                    carried_from_id=cause.carried_from_id or cause.pk,
                ),
            )
    if carried:
        ChangeCause.objects.bulk_create(carried.values())
