"""A group's answer blocks with where they were used, and answers given before to comments that say nearly the same."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from hearing_portal.directory.models import User, WorkGroup
from manuals.wording import stored_content

from ..commenting.queries.similar import (
    FEWEST_SHARED,
    nearest_by_words,
    words_of_comment,
)
from ..models import (
    Amendment,
    Answer,
    AnswerBlock,
    AnswerBlockUse,
    Comment,
    Disposition,
)

CANDIDATES = 300  # answers that are compared, the latest first
MOST_OFFERED = 4
NO_MODEL = (Disposition.Outcome.NOTED, Disposition.Outcome.WITHDRAWN)


def find_blocks(group: WorkGroup | None) -> QuerySet[AnswerBlock]:
    """Those of the group, by name, each with `used`: how many decisions began with any wording of it. One query."""
    uses = AnswerBlockUse.objects.filter(block__uuid=OuterRef("uuid")).order_by()
    number = uses.values("block__uuid").annotate(number=Count("pk")).values("number")
    blocks = AnswerBlock.objects.standing().filter(work_group=group)
    return blocks.annotate(used=Subquery(number)).order_by("name", "pk")


def find_block(group: WorkGroup | None, uuid: UUID) -> AnswerBlock | None:
    blocks = AnswerBlock.objects.standing().filter(work_group=group, uuid=uuid)
    return blocks.select_related("by").first()


def find_uses(block: AnswerBlock) -> list[Answer]:
    """Where a wording of the block was given, the latest decision first: the current answers, with comment, entry and
    disposition. One query."""
    answers = Answer.objects.filter(
        current=True, disposition__block_uses__block__uuid=block.uuid
    )
    answers = answers.select_related(
        "disposition", "comment__office", "comment__entry__manual"
    )
    return list(answers.order_by("-disposition", "comment"))


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """A decision with its reason, and the comment that it answers."""

    disposition: Disposition
    comment: Comment


def find_earlier_answers(comment: Comment, user: User) -> list[EarlierAnswer]:
    """Decisions on comments that say nearly what this one says, the nearest first, at most MOST_OFFERED: of its own
    manual also those not published yet. Three queries, one where nothing is decided."""
    own = Q(comment__entry__manual=comment.entry.manual_id)
    published = Q(disposition__publication__isnull=False)
    answers = (
        Answer.objects.filter(own | published, current=True)
        .exclude(comment=comment.pk)
        .exclude(disposition__outcome__in=NO_MODEL)
        .exclude(disposition__reason="")
        .filter(comment__in=Comment.objects.visible_to(user).values("pk"))
        .order_by("-disposition", "pk")
        .select_related("disposition", "comment__office", "comment__entry")
    )
    candidates = {}
    decided = set()
    for answer in answers[:CANDIDATES]:
        # One of those that share an answer stands for it
        if answer.disposition_id not in decided:
            decided.add(answer.disposition_id)
            candidates[answer.comment_id] = answer
    if not candidates:
        return []
    written = _words_with_proposals([comment])[comment.pk]
    if len(written) < FEWEST_SHARED:
        return []
    words = _words_with_proposals([each.comment for each in candidates.values()])
    comparable = {}
    for pk, said in words.items():
        if len(said & written) >= FEWEST_SHARED:
            comparable[pk] = said
    nearest = nearest_by_words(written, comparable, at_most=MOST_OFFERED)
    return [
        EarlierAnswer(candidates[pk].disposition, candidates[pk].comment)
        for pk in nearest
    ]


def _words_with_proposals(comments: list[Comment]) -> dict[int, frozenset[str]]:
    """One query."""
    words = {comment.pk: words_of_comment(comment.text) for comment in comments}
    proposals = Amendment.objects.active().filter(comment__in=list(words))
    for pk, proposed, base in proposals.values_list(
        "comment", "proposed", "base_blob__plain"
    ):
        words[pk] |= words_of_comment("", stored_content(proposed), base or "")
    return words
