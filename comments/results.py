"""What became of a comment, in the five words that conclusions count by: each comment has one, so that they add up."""

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices

from .models import Answer, Comment, Disposition, Objection

Outcome = Disposition.Outcome


class Result(TextChoices):
    """In the order in which they are shown."""

    SETTLED = "settled", "ได้ข้อยุติ"
    REFERRED = "referred", "ส่งต่อ"
    DEFERRED = "deferred", "พิจารณาครั้งต่อไป"
    OPEN = "open", "ยังไม่ได้ข้อยุติ"
    WITHDRAWN = "withdrawn", "ถอนแล้ว"


# A comment whose author asked for a review that is not answered yet: nothing is settled about it
UNDER_REVIEW = Objection.objects.filter(
    comment=OuterRef("pk"), answered_by__isnull=True
)
# The same of an answer
ANSWER_UNDER_REVIEW = Objection.objects.filter(
    comment=OuterRef("comment"), answered_by__isnull=True
)
# How that is told wherever a result stands: in lists, papers, letters and on receipts
UNDER_REVIEW_WORDS = "ยังไม่ได้ข้อยุติ – ขอให้ทบทวน"
# Every other outcome settles
RESULT_OF_OUTCOME = {
    Outcome.REFERRED: Result.REFERRED,
    Outcome.DEFERRED: Result.DEFERRED,
    Outcome.WITHDRAWN: Result.WITHDRAWN,
}


def result_of(
    outcome: str | None, *, is_published: bool, sees_decisions: bool
) -> Result:
    """`outcome` is that of the current answer, None also while a review of it is asked for. Who does not work at the
    desk learns of a decision once it is published; that a comment was withdrawn its author said."""
    if outcome is None:
        return Result.OPEN
    result = RESULT_OF_OUTCOME.get(Outcome(outcome), Result.SETTLED)
    if result == Result.WITHDRAWN or is_published or sees_decisions:
        return result
    return Result.OPEN


def with_result(
    comments: QuerySet[Comment], result: str, *, sees_decisions: bool
) -> QuerySet[Comment]:
    """Those of one result, by the same rule."""
    answers = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    withdrawn = Q(disposition__outcome=Outcome.WITHDRAWN)
    known = answers
    if not sees_decisions:
        known = answers.filter(withdrawn | Q(disposition__publication__isnull=False))
    reviewed = Exists(UNDER_REVIEW) & ~Exists(answers.filter(withdrawn))
    if result == Result.OPEN:
        return comments.filter(~Exists(known) | reviewed)
    comments = comments.filter(~reviewed)
    if result == Result.SETTLED:
        others = list(RESULT_OF_OUTCOME)
        return comments.filter(Exists(known.exclude(disposition__outcome__in=others)))
    outcomes = [
        outcome for outcome, other in RESULT_OF_OUTCOME.items() if other == result
    ]
    return comments.filter(Exists(known.filter(disposition__outcome__in=outcomes)))
