"""Saying something: comments and proposals, editing and withdrawing. Acknowledged = committed."""

import hashlib
import json
import uuid as uuids
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import AreaOffice, User
from manuals.content import Content, content_sha
from manuals.models import EditionEntry

from ...acts import (
    AMENDMENT_CHANGED,
    AMENDMENT_PROPOSED,
    COMMENT_CHANGED,
    COMMENT_REWORDED,
    COMMENT_WRITTEN,
    DECIDED,
    about_comment,
)
from ...models import Amendment, Answer, Comment, Disposition, HearingSession, Moderation
from ...wording import content_without_span
from ..capacities import Capacity, Role, capacities_for
from ..refusals import AlreadyTriaged, AlreadyWithdrawn, CommentRefused, KeyReused, NotRegistered, SessionClosed


@dataclass(frozen=True, slots=True)
class CommentInput:
    """What a person said, before it is a row. `proposed` is a whole content for amend and add."""

    type: str
    text: str
    issue_class: str | None = None
    issue_data: dict[str, Any] = field(default_factory=dict)
    field: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    proposed: Content | None = None

    def sha(self, entry: EditionEntry, parent: Comment | None, extra: Any) -> str:
        """Equal bodies have equal hashes: what tells a replayed key from a reused one.

        The session is no part of it: the portal chooses it, and a room may have opened before the replay.
        """
        body = asdict(self) | {"proposed": self.proposed.as_json() if self.proposed else None}
        body |= {"entry": entry.pk, "parent": parent.pk if parent else None, "x": extra}
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


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
) -> tuple[Comment, bool]:
    """A person's own comment. Returns (comment, whether it is new): the same key and body give the first again,
    whatever became of the session since.

    `office` and `role` choose among several capacities; the first one speaks otherwise. Without a session nobody can.
    Raises SessionClosed, NotRegistered, KeyReused, CommentRefused. Committed when it returns.
    """
    body_sha = comment_input.sha(entry, parent, [office.pk if office else None, role, Comment.Channel.WEB, by.pk])
    if first := _first_with_key(by, client_key, body_sha):
        return first, False
    capacities = capacities_for(by, entry.manual.work_group)
    chosen = [capacity for capacity in capacities if capacity.matches(office, role)]
    if not chosen:
        raise NotRegistered(entry.manual.work_group)
    if session is None:
        raise SessionClosed(None)
    return _record(_Recording(session, entry, comment_input, chosen[0], by, by, client_key, body_sha, parent=parent))


def record_for_speaker(
    *,
    session: HearingSession,
    entry: EditionEntry,
    comment_input: CommentInput,
    office: AreaOffice,
    by: User,
    client_key: uuids.UUID,
    channel: str,
    speaker: User | None = None,
) -> tuple[Comment, bool]:
    """What a speaker said in the room or a paper form says, typed in by a facilitator and marked so.

    `speaker` is the delegate who spoke, when they have an account; else the recorder stands as author.
    """
    if channel == Comment.Channel.WEB:
        raise CommentRefused("โปรดเลือกว่าเป็นคำพูดในห้องหรือแบบฟอร์มกระดาษ")
    author = speaker or by
    body_sha = comment_input.sha(entry, None, [office.pk, channel, author.pk])
    if first := _first_with_key(by, client_key, body_sha):
        return first, False
    capacity = Capacity(Role.DELEGATE, office)
    return _record(
        _Recording(session, entry, comment_input, capacity, author, by, client_key, body_sha, channel=channel)
    )


@dataclass(frozen=True, slots=True)
class _Recording:
    session: HearingSession
    entry: EditionEntry
    comment_input: CommentInput
    capacity: Capacity
    author: User
    recorded_by: User
    client_key: uuids.UUID
    body_sha: str
    channel: str = Comment.Channel.WEB
    parent: Comment | None = None


def _first_with_key(recorded_by: User, client_key: uuids.UUID, body_sha: str) -> Comment | None:
    first = Comment.objects.filter(recorded_by=recorded_by, client_key=client_key).first()
    if first is not None and first.body_sha != body_sha:
        raise KeyReused(first)
    return first


def _record(recording: _Recording) -> tuple[Comment, bool]:
    _check(recording)
    try:
        with act(by=recording.recorded_by) as done:
            return _insert(recording, done), True
    except IntegrityError:
        # The same key arrived twice at once; the other request was first
        first = _first_with_key(recording.recorded_by, recording.client_key, recording.body_sha)
        if first is None:
            raise
        return first, False


def _check(recording: _Recording) -> None:
    session, entry, comment_input, parent = (
        recording.session,
        recording.entry,
        recording.comment_input,
        recording.parent,
    )
    if not session.is_open:
        raise SessionClosed(session)
    if entry.edition_id != session.edition_id:
        raise CommentRefused("ข้อนี้อยู่ในฉบับอื่น โปรดเปิดหน้าใหม่เพื่ออ่านฉบับที่กำลังรับฟังความเห็น")
    if session.work_group_id not in (None, entry.manual.work_group_id):
        raise CommentRefused("ข้อนี้เป็นของกลุ่มงานอื่น โปรดแสดงความเห็นในเวทีของกลุ่มนั้น")
    if parent is not None:
        _check_parent(parent, entry)
    if not _place_fits(entry, comment_input):
        raise CommentRefused("ช่วงข้อความที่เลือกไม่ตรงกับถ้อยคำของข้อนี้ โปรดเลือกใหม่")
    _refuse_same_words(entry, comment_input)


def _refuse_same_words(entry: EditionEntry, comment_input: CommentInput) -> None:
    if comment_input.type != Comment.Type.AMEND or comment_input.proposed is None or not entry.blob_id:
        return
    if content_sha(comment_input.proposed) == entry.blob_id:
        raise CommentRefused("ถ้อยคำที่เสนอเหมือนถ้อยคำเดิมทุกตัวอักษร โปรดแก้ถ้อยคำ หรือส่งเป็นความเห็นอย่างเดียว")


def _check_parent(parent: Comment, entry: EditionEntry) -> None:
    if parent.parent_id is not None or parent.entry_id != entry.pk:
        raise CommentRefused("ตอบได้หนึ่งชั้น โปรดตอบที่ความเห็นหลัก")
    if parent.is_hidden:
        raise CommentRefused("ความเห็นนี้ถูกซ่อนอยู่ จึงตอบไม่ได้")


def _place_fits(entry: EditionEntry, comment_input: CommentInput) -> bool:
    """Whether the words have the field named, and the quote is exactly the span's code points in it."""
    if comment_input.span is None:
        return not comment_input.quote and (
            not comment_input.field or (entry.blob is not None and comment_input.field in _texts(entry))
        )
    if entry.blob is None:
        return False
    text, (start, end) = _texts(entry).get(comment_input.field, ""), comment_input.span
    return 0 <= start < end <= len(text) and text[start:end] == comment_input.quote


def _texts(entry: EditionEntry) -> dict[str, str]:
    return dict(entry.blob.as_content.fields())


def _insert(recording: _Recording, done: RunningAct) -> Comment:
    comment_input, capacity = recording.comment_input, recording.capacity
    comment = Comment(
        session=recording.session,
        entry=recording.entry,
        field=comment_input.field,
        span_start=comment_input.span[0] if comment_input.span else None,
        span_end=comment_input.span[1] if comment_input.span else None,
        quote=comment_input.quote,
        type=comment_input.type,
        issue_class=comment_input.issue_class or None,
        issue_data=comment_input.issue_data,
        text=comment_input.text,
        author=recording.author,
        recorded_by=recording.recorded_by,
        client_key=recording.client_key,
        body_sha=recording.body_sha,
        role=capacity.role,
        office=capacity.office,
        office_kind=capacity.office.kind if capacity.office else None,
        channel=recording.channel,
        parent=recording.parent,
    )
    comment.save(force_insert=True)
    done.record(COMMENT_WRITTEN, about_comment(comment), detail=comment.type)
    visibility = first_visibility(recording.session)
    Moderation.objects.create(comment=comment, visibility=visibility, by=recording.recorded_by)
    comment.visibility_now, comment.hidden_reason = visibility, ""
    _propose(comment, comment_input, done)
    return comment


def first_visibility(session: HearingSession) -> str:
    """Room comments wait for the facilitator; online ones follow the hearing's rule (product.md, "Sessions")."""
    return Moderation.Visibility.HELD if session.is_room else session.hearing.moderation


def _propose(comment: Comment, comment_input: CommentInput, done: RunningAct) -> Amendment | None:
    """The proposal that comes with a comment: new words, an insertion after the clause, or its deletion."""
    proposal = _proposal(comment, comment_input)
    if proposal is None:
        return None
    op, content = proposal
    amendment = Amendment(
        comment=comment,
        clause_id=comment.entry.clause_id,
        section_id=comment.entry.section_id,
        base_blob_id=comment.entry.blob_id,
        op=op,
        proposed=content.as_json() if content else {},
        author=comment.author,
        office=comment.office,
    )
    amendment.save(force_insert=True)
    done.record(AMENDMENT_PROPOSED, about_comment(comment))
    return amendment


def _proposal(comment: Comment, comment_input: CommentInput) -> tuple[str, Content | None] | None:
    """(op, words) of what is proposed; None for a comment that proposes nothing."""
    is_clause = comment.entry.clause_id is not None
    if comment.parent_id:
        return None
    if comment_input.type == Comment.Type.DELETE:
        return _deletion(comment) if is_clause else None
    if comment_input.proposed is None:
        return None
    if comment_input.type == Comment.Type.AMEND:
        return (Amendment.Op.REPLACE, comment_input.proposed) if is_clause else None
    if comment_input.type != Comment.Type.ADD:
        return None
    in_process = comment.entry.data.get("kind") == "process"
    return Amendment.Op.INSERT_AFTER if is_clause or in_process else Amendment.Op.NEW_PROCESS, comment_input.proposed


def _deletion(comment: Comment) -> tuple[str, Content | None]:
    """Of the marked span alone, where one is marked and something else is left; else of the whole clause."""
    if comment.span_start is None:
        return Amendment.Op.DELETE, None
    words = comment.entry.blob.as_content
    left = content_without_span(words, comment.field, comment.span_start, comment.span_end)
    return (Amendment.Op.REPLACE, left) if left else (Amendment.Op.DELETE, None)


def edit_comment(
    comment: Comment, comment_input: CommentInput, *, by: User, session: HearingSession | None = None
) -> Comment:
    """New words for one's own comment until a facilitator's first act; the old ones stay in its history.

    `session` is the one to speak in now, when it is no longer the comment's own. The marked span stays.
    Raises AlreadyTriaged, AlreadyWithdrawn, SessionClosed, NotRegistered.
    """
    with act(by=by) as done:
        locked = Comment.objects.select_for_update(of=("self",))
        comment = locked.select_related("entry__blob", "entry__manual", "session").get(pk=comment.pk)
        if comment.author_id != by.pk and comment.recorded_by_id != by.pk:
            raise NotRegistered(comment.entry.manual.work_group)
        refuse_settled(comment)
        if not comment.session.is_open and not (session is not None and session.is_open):
            raise SessionClosed(session or comment.session)
        _refuse_same_words(comment.entry, comment_input)
        is_reworded = comment.text != comment_input.text or comment.type != comment_input.type
        comment.type = comment_input.type
        comment.text = comment_input.text
        comment.issue_class = comment_input.issue_class or None
        comment.issue_data = comment_input.issue_data
        comment.save(update_fields=["type", "text", "issue_class", "issue_data"])
        kind = COMMENT_REWORDED if is_reworded else COMMENT_CHANGED
        done.record(kind, about_comment(comment), detail=comment.type)
        _replace_proposal(comment, comment_input, done)
    return comment


def refuse_settled(comment: Comment) -> None:
    """An answer exists or a facilitator acted: the comment stands as it is."""
    current = comment.answers.filter(current=True).select_related("disposition").first()
    if current is not None and current.disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise AlreadyWithdrawn
    if comment.is_triaged or current is not None:
        raise AlreadyTriaged


def _replace_proposal(comment: Comment, comment_input: CommentInput, done: RunningAct) -> None:
    """One proposal a comment: rewritten in place, its history keeps the older one. Nothing said is deleted, so
    a proposal given up stays as a row without words (`proposed` empty, and no deletion)."""
    amendment = comment.amendments.order_by("-id").first()
    if amendment is None:
        _propose(comment, comment_input, done)
        return
    given_up = Amendment.Op.REPLACE if amendment.clause_id else Amendment.Op.INSERT_AFTER
    op, content = _proposal(comment, comment_input) or (given_up, None)
    proposed = content.as_json() if content else {}
    if (amendment.op, amendment.proposed) == (op, proposed):
        return
    amendment.op, amendment.proposed = op, proposed
    amendment.save(update_fields=["op", "proposed"])
    done.record(AMENDMENT_CHANGED, about_comment(comment))


def withdraw_comment(comment: Comment, *, by: User) -> Disposition:
    """The author takes it back before triage: a disposition "withdrawn"; the comment itself stays and counts.

    Withdrawing twice gives the first one again. Raises AlreadyTriaged, NotRegistered.
    """
    with act(by=by) as done:
        locked = Comment.objects.select_for_update(of=("self",)).select_related("entry__manual")
        comment = locked.get(pk=comment.pk)
        if comment.author_id != by.pk:
            raise NotRegistered(comment.entry.manual.work_group)
        try:
            refuse_settled(comment)
        except AlreadyWithdrawn:
            return comment.answers.get(current=True).disposition
        disposition = Disposition.objects.create(outcome=Disposition.Outcome.WITHDRAWN, decided_by=by)
        Answer.objects.create(comment=comment, disposition=disposition)
        done.record(DECIDED, about_comment(comment), detail=disposition.outcome)
    return disposition
