"""A person's or an office's comments by what they wait for."""

from collections.abc import Iterable

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from hearing_portal.directory.models import AreaOffice, User

from ...models import Answer, Comment, Disposition, Hearing

STAGES = {
    "waiting": "รอพิจารณา",
    "considering": "กำลังพิจารณา",
    "answered": "มีผลแล้ว",
    "withdrawn": "ถอนแล้ว",
}


def with_stage(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Adds `stage`, one of STAGES: the sum over the stages is the number of comments."""
    # A value for each comment by its index: for EXISTS the database read the answers of the whole hearing
    answers = Answer.objects.filter(comment=OuterRef("pk")).order_by()
    current = answers.filter(current=True).values("disposition__outcome")[:1]
    published = answers.filter(disposition__publication__isnull=False).values("pk")[:1]
    comments = comments.alias(
        current_outcome=Subquery(current), published_answer=Subquery(published)
    )
    is_withdrawn = Q(current_outcome=Disposition.Outcome.WITHDRAWN)
    is_considered = Q(triaged_at__isnull=False) | Q(current_outcome__isnull=False)
    return comments.annotate(
        stage=Case(
            When(is_withdrawn, then=Value("withdrawn")),
            When(published_answer__isnull=False, then=Value("answered")),
            When(is_considered, then=Value("considering")),
            default=Value("waiting"),
        )
    )


def in_stage(comments: QuerySet[Comment], stage: str) -> QuerySet[Comment]:
    """Those of `with_stage` that are in one stage."""
    return comments.filter(Q(stage=stage))


def comments_by(user: User) -> QuerySet[Comment]:
    """A person's own comments with their stage, replies left out."""
    visible = Comment.objects.visible_to(user)
    return with_stage(visible.filter(author=user, parent__isnull=True))


def comments_from(offices: Iterable[AreaOffice], user: User) -> QuerySet[Comment]:
    """What the people of these offices said, with its stage, as far as the reader may see it."""
    visible = Comment.objects.visible_to(user)
    return with_stage(visible.filter(office__in=list(offices), parent__isnull=True))


def of_hearing(
    comments: QuerySet[Comment], hearing: Hearing | None
) -> QuerySet[Comment]:
    """Those said in one hearing; all of them without one."""
    if hearing is None:
        return comments
    return comments.filter(session__hearing=hearing)


def count_stages(comments: QuerySet[Comment]) -> dict[str, int]:
    """{stage: number} of all stages, those without comments too. Takes rows of `with_stage`. One query."""
    counts = dict.fromkeys(STAGES, 0)
    counted = comments.order_by().values_list(F("stage")).annotate(number=Count("pk"))
    for stage, number in counted:
        counts[stage] = number
    return counts
