"""An office stands behind a comment, or withdraws its support."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hearing_portal.acts.pace import require_pace
from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.postgres.statements import kept_statement

from ...hearings.commenting_context import require_open_session
from ...models import Comment, Disposition, HearingSession, Support
from ..capacities import require_office
from ..refusals import AlreadyWithdrawn, CommentRefused, OtherWordsNow


def support_comment(
    comment: Comment,
    *,
    by: User,
    office: AreaOffice | None = None,
    session: HearingSession | None = None,
    words: str = "",
    client_key: UUID | None = None,
) -> tuple[Support, bool]:
    """An office stands behind a comment, once. Returns (support, whether it is new). The same key gives the first
    again, whatever became of it since.

    `session` is the one to speak in now, when it is no longer the comment's own. `words` is the comment's words_mark
    as it was read, "" where nobody says. Raises SessionClosed, NotRegistered, AlreadyWithdrawn, OtherWordsNow,
    CommentRefused (a reply, a hidden one, one's own office's).
    """
    sent_before = _find_with_key(comment, by, client_key)
    if sent_before is not None:
        return sent_before, False
    with act(by=by):
        require_open_session(comment.session, session, has_text=False)
        supporter = require_office(by, comment.entry.manual.work_group, office)
        if comment.parent_id is not None:
            raise CommentRefused("สนับสนุนได้ที่ความคิดเห็นหลัก")
        if comment.office_id == supporter.pk:
            raise CommentRefused(
                "ความคิดเห็นนี้เป็นของ สพท. ของท่านอยู่แล้ว ระบบจึงนับ สพท. ของท่านแล้ว"
            )
        locked = _lock(comment)
        if locked.is_hidden:
            raise CommentRefused("ความคิดเห็นนี้ซ่อนอยู่ จึงสนับสนุนไม่ได้")
        if locked.answers.filter(
            current=True, disposition__outcome=Disposition.Outcome.WITHDRAWN
        ).exists():
            raise AlreadyWithdrawn
        if words and words != locked.words_mark:
            raise OtherWordsNow
        require_pace(_find_times, by.pk, "ท่านสนับสนุนครบ {most} ครั้งในหนึ่งนาทีแล้ว")
        return Support.objects.get_or_create(
            comment=comment,
            office=supporter,
            taken_back_at=None,
            defaults={"by": by, "client_key": client_key},
        )


def _find_with_key(
    comment: Comment, by: User, client_key: UUID | None
) -> Support | None:
    """What the person's device gave this comment under the key. One query, none without a key."""
    if client_key is None:
        return None
    given = Support.objects.filter(comment=comment, by=by, client_key=client_key)
    return given.select_related("office").first()


def withdraw_support(
    comment: Comment,
    *,
    by: User,
    office: AreaOffice | None = None,
    session: HearingSession | None = None,
) -> bool:
    """An office no longer stands behind a comment; whoever of its people says so. Whether it did until now.

    Until the answer is published: from then the count is part of the record. Raises SessionClosed, NotRegistered,
    CommentRefused.
    """
    with act(by=by):
        require_open_session(comment.session, session, has_text=False)
        supporter = require_office(by, comment.entry.manual.work_group, office)
        if (
            _lock(comment)
            .answers.filter(disposition__publication__isnull=False)
            .exists()
        ):
            raise CommentRefused("ผลของความคิดเห็นนี้เผยแพร่แล้ว จึงยกเลิกการสนับสนุนไม่ได้")
        supports = Support.objects.active().filter(comment=comment, office=supporter)
        withdrawn = supports.update(taken_back_by=by, taken_back_at=timezone.now())
    return withdrawn > 0


def let_supports_lapse(comment: Comment, *, by: User) -> None:
    """The author made of the comment what no office has supported. To be called inside the act that did it."""
    supports = Support.objects.active().filter(comment=comment)
    supports.update(lapsed=True, taken_back_by=by, taken_back_at=timezone.now())


def _lock(comment: Comment) -> Comment:
    """As it stands now: nobody rewrites, hides, withdraws or answers it while an office says that it stands by it."""
    return Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)


@kept_statement
def _find_times(by_id: int, *, skipped: int) -> QuerySet[Support, datetime]:
    """When the account supported comments, the newest first, without so many of the newest."""
    own = Support.objects.filter(by=by_id).order_by("-pk")
    return own.values_list("at", flat=True)[skipped : skipped + 1]
