"""The one objection to a published answer."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...commenting.objection_time import explain_closed, is_own_comment
from ...models import Comment, Disposition, Objection
from .publishing import PublishingRefused


def find_published_answer(comment: Comment) -> Disposition | None:
    """What the commenter may read: the current disposition once it is published, else the last published one."""
    published = comment.answers.filter(disposition__publication__isnull=False).order_by(
        "-id"
    )
    answer = published.select_related("disposition__publication").first()
    return answer.disposition if answer else None


def object_to_answer(comment: Comment, text: str, *, by: User) -> Objection:
    """The commenter's one objection, within the hearing's days from the publication. Raises PublishingRefused."""
    with act(by=by):
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        require_objectable(comment, by)
        if not text.strip():
            raise PublishingRefused("โปรดระบุเหตุผลที่ขอให้ทบทวน")
        return Objection.objects.create(comment=comment, text=text.strip())


def require_objectable(comment: Comment, by: User) -> None:
    """Raises PublishingRefused where the person cannot object to what is published on the comment, or not any more."""
    if not is_own_comment(comment, by):
        raise PublishingRefused("ขอให้ทบทวนได้เฉพาะความคิดเห็นของท่านเอง")
    disposition = find_published_answer(comment)
    publication = disposition.publication if disposition is not None else None
    if disposition is None or publication is None:
        raise PublishingRefused("ยังไม่มีผลที่เผยแพร่ จึงยังขอให้ทบทวนไม่ได้")
    if Objection.objects.filter(comment=comment).exists():
        raise PublishingRefused("ท่านขอให้ทบทวนผลนี้แล้ว ขอได้ครั้งเดียว")
    if disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise PublishingRefused("ท่านถอนความคิดเห็นนี้แล้ว จึงไม่มีผลที่จะขอให้ทบทวน")
    closed = explain_closed(publication)
    if closed:
        raise PublishingRefused(closed)
