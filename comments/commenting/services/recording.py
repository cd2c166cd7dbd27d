"""Recording what somebody said: a comment of one's own, or one typed in for a speaker. Acknowledged = committed."""

import uuid as uuids
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from hearing_portal.acts.pace import require_pace
from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.postgres.statements import kept_statement
from manuals.models import EditionEntry
from manuals.wording import entry_content

from ...acts import COMMENT_WRITTEN, about_comment
from ...hearings.commenting_context import hold_session, require_open_session
from ...live.services import record_comment_events
from ...models import Comment, Disposition, HearingSession, Moderation
from ..capacities import (
    Capacity,
    Role,
    require_advising_capacity,
    require_capacity,
)
from ..comment_input import CommentInput
from ..queries.comments import find_current_disposition
from ..refusals import CommentRefused, KeyReused
from .joining import join_argument
from .proposing import record_proposal, refuse_same_words


def record_comment(
    *,
    session: HearingSession | None,
    entry: EditionEntry,
    comment_input: CommentInput,
    by: User,
    client_key: uuids.UUID,
    office: AreaOffice | None = None,
    role: str | None = None,
    parent: Comment | None = None,
    joins: uuids.UUID | None = None,
) -> tuple[Comment, bool]:
    """A person's own comment. Returns (comment, whether it is new): the same key and body give the first again,
    whatever became of the session since. So does a reply with the words of the one that stands last, from the same
    person: gone back to without a script, a page of comments has other keys.

    `joins` names a comment on the same entry that says the same, as its author confirms: from then on they are one
    argument. `office` and `role` choose among several capacities; the first one speaks otherwise. Without a session
    nobody can.
    Raises SessionClosed, NotRegistered, KeyReused, CommentRefused. Committed when it returns.
    """
    office_id = office.pk if office is not None else None
    sender = [office_id, role, Comment.Channel.WEB, by.pk]
    body_sha = comment_input.body_sha(entry, parent=parent, sender=sender)
    first = _find_first_with_key(by, client_key, body_sha)
    if first is None and parent is not None:
        first = _find_last_reply_with(body_sha, to=parent)
    if first is not None:
        return first, False
    capacity = require_capacity(by, entry.manual.work_group, office=office, role=role)
    comment = _new_comment(
        comment_input,
        entry=entry,
        capacity=capacity,
        author=by,
        recorded_by=by,
        client_key=client_key,
        body_sha=body_sha,
        parent=parent,
    )
    return _record(comment, comment_input, session, joins=joins)


def record_for_speaker(
    *,
    session: HearingSession,
    entry: EditionEntry,
    comment_input: CommentInput,
    office: AreaOffice | None,
    by: User,
    client_key: uuids.UUID,
    channel: str,
    speaker: User | None = None,
    and_then: Callable[[Comment], object] | None = None,
) -> tuple[Comment, bool]:
    """What a speaker said in the room or a paper form says, typed in by a facilitator and marked so.

    `speaker` is the delegate who spoke, when they have an account; else the recorder stands as author. Without an
    office it is an expert or somebody of the central bureau, who is named. `and_then` is done with a new comment in the
    same act. Raises NotRegistered for who speaks for no office and is none of these.
    """
    if channel == Comment.Channel.WEB:
        raise CommentRefused("โปรดเลือกว่าเป็นความคิดเห็นด้วยวาจาหรือแบบฟอร์มกระดาษ")
    author = speaker or by
    if office is not None:
        capacity = Capacity(Role.DELEGATE, office)
    else:
        capacity = require_advising_capacity(author, entry.manual.work_group)
    sender = [office.pk if office is not None else None, channel, author.pk]
    body_sha = comment_input.body_sha(entry, parent=None, sender=sender)
    first = _find_first_with_key(by, client_key, body_sha)
    if first is not None:
        return first, False
    comment = _new_comment(
        comment_input,
        entry=entry,
        capacity=capacity,
        author=author,
        recorded_by=by,
        client_key=client_key,
        body_sha=body_sha,
        channel=channel,
    )
    return _record(comment, comment_input, session, and_then)


def record_from_file(
    *,
    session: HearingSession,
    entry: EditionEntry,
    comment_input: CommentInput,
    office: AreaOffice,
    by: User,
    client_key: uuids.UUID,
    speaker: User | None = None,
    is_late: bool = False,
    channel: str = Comment.Channel.WORD,
) -> tuple[Comment, bool]:
    """What an office wrote in a file, as part of the act that takes the file in. `speaker` as in
    `record_for_speaker`. `is_late`: the session need not be open; the act has the reason.

    Raises SessionClosed, CommentRefused, KeyReused: then nothing of the act is stored.
    """
    author = speaker or by
    sender = [office.pk, channel, author.pk]
    body_sha = comment_input.body_sha(entry, parent=None, sender=sender)
    first = _find_first_with_key(by, client_key, body_sha)
    if first is not None:
        return first, False
    comment = _new_comment(
        comment_input,
        entry=entry,
        capacity=Capacity(Role.DELEGATE, office),
        author=author,
        recorded_by=by,
        client_key=client_key,
        body_sha=body_sha,
        channel=channel,
    )
    with act(by=by) as done:
        if is_late:
            hold_session(session)
            comment.session = session
        else:
            comment.session = require_open_session(session)
        _store(comment, comment_input, done)
    return comment, True


def _find_first_with_key(
    recorded_by: User,
    client_key: uuids.UUID,
    body_sha: str,
) -> Comment | None:
    """What the key stored before. Raises KeyReused when that had another body."""
    for first in _find_with_key(recorded_by.pk, client_key):
        if first.body_sha != body_sha:
            raise KeyReused(first)
        return first
    return None


def _find_last_reply_with(body_sha: str, *, to: Comment) -> Comment | None:
    """The last reply, where it says just this (whose words they are is part of the hash) and still stands so."""
    last = to.replies.order_by("-pk").first()
    if last is None or last.body_sha != body_sha or last.edited_at is not None:
        return None
    disposition = find_current_disposition(last)
    if disposition is not None and disposition.outcome == Disposition.Outcome.WITHDRAWN:
        return None
    return last


@kept_statement
def _find_with_key(recorded_by_id: int, client_key: uuids.UUID) -> QuerySet[Comment]:
    return Comment.objects.filter(recorded_by=recorded_by_id, client_key=client_key)


@kept_statement
def _find_times(recorded_by_id: int, *, skipped: int) -> QuerySet[Comment, datetime]:
    """When the account stored its comments, the newest first, without so many of the newest."""
    own = Comment.objects.filter(recorded_by=recorded_by_id).order_by("-pk")
    return own.values_list("made_at", flat=True)[skipped : skipped + 1]


def _new_comment(
    comment_input: CommentInput,
    *,
    entry: EditionEntry,
    capacity: Capacity,
    author: User,
    recorded_by: User,
    client_key: uuids.UUID,
    body_sha: str,
    channel: str = Comment.Channel.WEB,
    parent: Comment | None = None,
) -> Comment:
    """The row, not stored yet, and in no session yet."""
    span_start, span_end = comment_input.span or (None, None)
    comment = Comment(
        entry=entry,
        field=comment_input.field,
        span_start=span_start,
        span_end=span_end,
        quote=comment_input.quote,
        type=comment_input.type,
        issue_class=comment_input.issue_class or None,
        issue_data=comment_input.issue_data,
        text=comment_input.text,
        author=author,
        recorded_by=recorded_by,
        client_key=client_key,
        body_sha=body_sha,
        role=capacity.role,
        channel=channel,
        parent=parent,
    )
    if capacity.office is not None:
        comment.office = capacity.office
        comment.office_kind = capacity.office.kind
    return comment


def _record(
    comment: Comment,
    comment_input: CommentInput,
    session: HearingSession | None,
    and_then: Callable[[Comment], object] | None = None,
    joins: uuids.UUID | None = None,
) -> tuple[Comment, bool]:
    """Store the comment with its first moderation and its proposal. Returns (comment, whether it is new)."""
    by = comment.recorded_by
    require_pace(_find_times, by.pk, "ท่านส่งความคิดเห็นครบ {most} เรื่องในหนึ่งนาทีแล้ว")
    try:
        with act(by=by) as done:
            comment.session = require_open_session(
                session, has_text=comment_input.has_words
            )
            _store(comment, comment_input, done)
            if joins is not None:
                join_argument(comment, joins, done)
            if and_then is not None:
                and_then(comment)
    except IntegrityError:
        # The same key arrived twice at once; the other request was first
        first = _find_first_with_key(by, comment.client_key, comment.body_sha)
        if first is None:
            raise
        return first, False
    return comment, True


def _store(comment: Comment, comment_input: CommentInput, done: RunningAct) -> None:
    _refuse_misplaced(comment)
    refuse_same_words(comment.entry, comment_input)
    comment.save(force_insert=True)
    done.record(COMMENT_WRITTEN, about_comment(comment), detail=comment.type)
    visibility = Moderation.Visibility.SHOWN
    if comment.session.holds_comments:
        visibility = Moderation.Visibility.HELD
    Moderation.objects.create(
        comment=comment,
        visibility=visibility,
        by=comment.recorded_by,
    )
    comment.visibility_now = visibility
    comment.hidden_reason = ""
    record_comment_events(
        [comment], can_be_read=visibility == Moderation.Visibility.SHOWN
    )
    record_proposal(comment, comment_input.proposed, done)


def _refuse_misplaced(comment: Comment) -> None:
    """Raises CommentRefused where the session, the comment answered or the quoted words are not those of the entry."""
    session = comment.session
    entry = comment.entry
    if entry.edition_id != session.edition_id:
        raise CommentRefused("ข้อนี้อยู่ในฉบับอื่น โปรดเปิดหน้านี้อีกครั้งเพื่ออ่านฉบับที่กำลังรับฟังความคิดเห็น")
    if session.work_group_id not in (None, entry.manual.work_group_id):
        raise CommentRefused("ข้อนี้เป็นของกลุ่มงานอื่น โปรดแสดงความคิดเห็นในเวทีของกลุ่มนั้น")
    if comment.parent is not None:
        _require_answerable(comment.parent, entry)
    _require_quoted_words(comment)


def _require_answerable(parent: Comment, entry: EditionEntry) -> None:
    # Who hides or withdraws it locks it: until the reply is stored neither happens
    parent = Comment.objects.select_for_update(no_key=True).get(pk=parent.pk)
    if parent.parent_id is not None or parent.entry_id != entry.pk:
        raise CommentRefused("ตอบได้หนึ่งชั้น โปรดตอบที่ความคิดเห็นหลัก")
    if parent.is_hidden:
        raise CommentRefused("ความคิดเห็นนี้ซ่อนอยู่ จึงตอบไม่ได้")
    disposition = find_current_disposition(parent)
    if disposition is not None and disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise CommentRefused(
            "ผู้เสนอถอนความคิดเห็นนี้แล้ว จึงตอบไม่ได้ หากต้องการเสนอเรื่องเดียวกัน โปรดเขียนเป็นความคิดเห็นใหม่"
        )


def _require_quoted_words(comment: Comment) -> None:
    """The clause must have the field named, and the quote must be exactly the span's code points in it."""
    refusal = CommentRefused("ช่วงข้อความที่เลือกไม่ตรงกับถ้อยคำของข้อนี้ โปรดเลือกใหม่")
    start = comment.span_start
    end = comment.span_end
    if start is None or end is None:
        if comment.quote:
            raise refusal
        if not comment.field:
            return
    content = entry_content(comment.entry)
    if content is None:
        raise refusal
    texts = dict(content.fields())
    if start is None or end is None:
        if comment.field not in texts:
            raise refusal
        return
    text = texts.get(comment.field, "")
    if not 0 <= start < end <= len(text):
        raise refusal
    if text[start:end] != comment.quote:
        raise refusal
