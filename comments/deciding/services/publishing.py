"""Publishing a group's answers together."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind

from ...acts import ANSWER_PUBLISHED, ANSWERS_PUBLISHED, about_comment, about_group
from ...limits import OBJECTION_DAYS
from ...models import Answer, AnswerPublication, Comment, Hearing
from ..queries.blockers import CommentBlocker, comments_of_group, find_publication_blockers, waiting_dispositions


class PublishingRefused(Refusal):
    """Something still stands in the way; `blockers` name each."""

    kind = RefusalKind.CONFLICT

    def __init__(self, message_th: str, blockers: Sequence[CommentBlocker] = ()) -> None:
        super().__init__(message_th)
        self.blockers = list(blockers)


def publish_answers(hearing: Hearing, group: WorkGroup | None, *, by: User) -> AnswerPublication:
    """Publish all answers of the group that are not published yet. Raises PublishingRefused with the blockers."""
    with act(by=by) as done:
        # Deciding locks the comments too: nothing is decided differently while the set is put together
        comments = comments_of_group(hearing, group).select_for_update(of=("self",)).order_by("pk")
        list(comments.values_list("pk"))
        blockers = find_publication_blockers(hearing, group)
        if blockers:
            raise PublishingRefused(f"ยังเผยแพร่ไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
        waiting = list(waiting_dispositions(hearing, group))
        if not waiting:
            raise PublishingRefused("ไม่มีผลการพิจารณาใหม่ที่จะเผยแพร่")
        publication = AnswerPublication.objects.create(
            hearing=hearing,
            work_group=group,
            by=by,
            objections_until=timezone.now() + timedelta(days=OBJECTION_DAYS),
        )
        # {disposition: the first comment it answers}
        first_comments: dict[int, Comment] = {}
        answers = Answer.objects.filter(disposition__in=waiting).select_related("comment__entry__manual")
        for answer in answers.order_by("pk"):
            first_comments.setdefault(answer.disposition_id, answer.comment)
        for disposition in waiting:
            disposition.publication = publication
            disposition.save(update_fields=["publication"])
            answered = about_comment(first_comments[disposition.pk])
            done.record(ANSWER_PUBLISHED, answered, detail=disposition.outcome)
        done.record(ANSWERS_PUBLISHED, about_group(group))
    return publication
