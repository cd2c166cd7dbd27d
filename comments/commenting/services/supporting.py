"""An office stands behind a comment, or takes its support back."""

from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, User

from ...models import Comment, Disposition, HearingSession, Support
from ..capacities import capacities_for
from ..refusals import AlreadyWithdrawn, CommentRefused, NotRegistered, SessionClosed


def support_comment(
    comment: Comment, *, by: User, office: AreaOffice | None = None, session: HearingSession | None = None
) -> tuple[Support, bool]:
    """An office stands behind a comment, once. Returns (support, whether it is new).

    `session` is the one to speak in now, when it is no longer the comment's own. Raises SessionClosed,
    NotRegistered, AlreadyWithdrawn, CommentRefused (a reply, a hidden one, one's own office's).
    """
    if not comment.session.is_open and not (session is not None and session.is_open):
        raise SessionClosed(session or comment.session, has_text=False)
    offices = [capacity.office for capacity in capacities_for(by, comment.entry.manual.work_group) if capacity.office]
    chosen = [candidate for candidate in offices if office is None or candidate == office]
    if not chosen:
        raise NotRegistered(comment.entry.manual.work_group)
    if comment.parent_id is not None:
        raise CommentRefused("สนับสนุนได้ที่ความเห็นหลัก")
    if comment.office_id == chosen[0].pk:
        raise CommentRefused("ความเห็นนี้เป็นของ สพท. ท่านอยู่แล้ว จึงนับเสียงของ สพท. ท่านครบแล้ว")
    if comment.is_hidden:
        raise CommentRefused("ความเห็นนี้ถูกซ่อนอยู่ จึงสนับสนุนไม่ได้")
    if comment.answers.filter(current=True, disposition__outcome=Disposition.Outcome.WITHDRAWN).exists():
        raise AlreadyWithdrawn
    return Support.objects.get_or_create(comment=comment, office=chosen[0], taken_back_at=None, defaults={"by": by})


def take_back_support(
    comment: Comment, *, by: User, office: AreaOffice | None = None, session: HearingSession | None = None
) -> bool:
    """An office no longer stands behind a comment; whoever of its people says so. Whether it did until now.

    Until the answer is published: from then the count is part of the record. Raises SessionClosed, NotRegistered,
    CommentRefused.
    """
    if not comment.session.is_open and not (session is not None and session.is_open):
        raise SessionClosed(session or comment.session, has_text=False)
    offices = [capacity.office for capacity in capacities_for(by, comment.entry.manual.work_group) if capacity.office]
    chosen = [candidate for candidate in offices if office is None or candidate == office]
    if not chosen:
        raise NotRegistered(comment.entry.manual.work_group)
    if comment.answers.filter(disposition__publication__isnull=False).exists():
        raise CommentRefused("ผลของความเห็นนี้เผยแพร่แล้ว จึงยกเลิกการสนับสนุนไม่ได้")
    supports = Support.objects.active().filter(comment=comment, office=chosen[0])
    return supports.update(taken_back_by=by, taken_back_at=timezone.now()) > 0
