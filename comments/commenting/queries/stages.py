"""A person's or an office's comments by what they wait for."""

from collections.abc import Iterable

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from hearing_portal.directory.models import AreaOffice, User

from ...models import Answer, Comment, Disposition

STAGES = {
    "waiting": "รอพิจารณา",
    "considering": "กำลังพิจารณา",
    "answered": "มีผลแล้ว",
    "withdrawn": "ถอนแล้ว",
}


def with_stage(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Adds `stage`, one of STAGES: the sum over the stages is the number of comments."""
    answers = Answer.objects.filter(comment=OuterRef("pk"))
    withdrawn = answers.filter(current=True, disposition__outcome=Disposition.Outcome.WITHDRAWN)
    published = answers.filter(disposition__publication__isnull=False)
    return comments.annotate(
        stage=Case(
            When(Exists(withdrawn), then=Value("withdrawn")),
            When(Exists(published), then=Value("answered")),
            When(Q(triaged_at__isnull=False) | Exists(answers.filter(current=True)), then=Value("considering")),
            default=Value("waiting"),
        )
    )


def comments_by(user: User) -> QuerySet[Comment]:
    """A person's own comments, replies left out."""
    return with_stage(Comment.objects.visible_to(user).filter(author=user, parent__isnull=True))


def comments_from(offices: Iterable[AreaOffice], user: User) -> QuerySet[Comment]:
    """What the people of these offices said, as far as the reader may see it."""
    return with_stage(Comment.objects.visible_to(user).filter(office__in=list(offices), parent__isnull=True))


def stage_counts(comments: QuerySet[Comment]) -> dict[str, int]:
    """{stage: number} of all stages, those without comments too. One query."""
    counted = dict(comments.order_by().values_list("stage").annotate(number=Count("pk")))
    return {stage: counted.get(stage, 0) for stage in STAGES}
