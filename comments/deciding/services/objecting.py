"""The one objection to a published answer."""

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...limits import OBJECTION_DAYS
from ...models import Comment, Disposition, Objection
from .publishing import PublishingRefused


def find_published_answer(comment: Comment) -> Disposition | None:
    """What the commenter may read: the current disposition once it is published, else the last published one."""
    published = comment.answers.filter(disposition__publication__isnull=False).order_by("-id")
    answer = published.select_related("disposition__publication").first()
    return answer.disposition if answer else None


def object_to_answer(comment: Comment, text: str, *, by: User) -> Objection:
    """The commenter's one objection, within 14 days of the publication. Raises PublishingRefused."""
    with act(by=by):
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        if not is_own_comment(comment, by):
            raise PublishingRefused("โต้แย้งได้เฉพาะความเห็นของท่านเอง")
        disposition = find_published_answer(comment)
        publication = disposition.publication if disposition is not None else None
        if disposition is None or publication is None:
            raise PublishingRefused("ยังไม่มีผลที่เผยแพร่ จึงยังโต้แย้งไม่ได้")
        if Objection.objects.filter(comment=comment).exists():
            raise PublishingRefused("ท่านโต้แย้งผลนี้แล้ว โต้แย้งได้ครั้งเดียว")
        if disposition.outcome == Disposition.Outcome.WITHDRAWN:
            raise PublishingRefused("ท่านถอนความเห็นนี้แล้ว จึงไม่มีผลให้โต้แย้ง")
        if timezone.now() > publication.objections_until:
            raise PublishingRefused(f"พ้นกำหนดโต้แย้ง {OBJECTION_DAYS} วันแล้ว")
        if not text.strip():
            raise PublishingRefused("โปรดเขียนเหตุผลที่โต้แย้ง")
        return Objection.objects.create(comment=comment, text=text.strip())


def is_own_comment(comment: Comment, user: User) -> bool:
    """Whether the person said it. Who typed it in for a speaker without an account did not."""
    typed_for_another = comment.channel != Comment.Channel.WEB and comment.recorded_by_id == comment.author_id
    return comment.author_id == user.pk and not typed_for_another
