"""Saying something: comments, proposals, support, editing and withdrawing. Acknowledged = committed."""

import hashlib
import json
import uuid as uuids
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import roles_of
from manuals.content import Content, ContentRefused, content_from_json, content_sha
from manuals.models import EditionEntry
from manuals.services.blobs import store_blobs

from ..models import Amendment, Answer, Comment, Disposition, HearingSession, Moderation, Support

Role = RoleAssignment.Role
OFFICE_ROLES = (Role.DELEGATE, Role.OFFICE_HEAD)


class CommentRefused(Exception):
    """What was said cannot be taken as it is; the person's text stays with them. 422 unless said otherwise."""

    http_status = 422

    def __init__(self, message_th: str) -> None:
        super().__init__(message_th)
        self.message_th = message_th


class SessionClosed(CommentRefused):
    http_status = 409

    def __init__(self, session: HearingSession) -> None:
        paused = session.state == "paused"
        super().__init__(
            "เวทีพักอยู่ ข้อความของท่านยังอยู่ครบ โปรดส่งอีกครั้งเมื่อเวทีเปิดต่อ"
            if paused
            else "เวทีไม่ได้เปิดรับความเห็นในขณะนี้ ข้อความของท่านยังอยู่ครบ โปรดเก็บไว้หรือส่งให้ผู้ดำเนินเวที"
        )
        self.session = session


class NotRegistered(CommentRefused):
    http_status = 403

    def __init__(self) -> None:
        super().__init__("ท่านไม่ได้ลงทะเบียนเป็นผู้แทนของกลุ่มงานนี้ จึงแสดงความเห็นในนาม สพท. ไม่ได้")


class KeyReused(CommentRefused):
    """The same client key came with another body: never silently the first answer again."""

    def __init__(self) -> None:
        super().__init__("ความเห็นนี้เคยส่งแล้วด้วยข้อความอื่น โปรดเปิดหน้าใหม่แล้วส่งเป็นความเห็นใหม่")


class AlreadyTriaged(CommentRefused):
    http_status = 409

    def __init__(self) -> None:
        super().__init__("ผู้ดำเนินเวทีรับเรื่องนี้ไปพิจารณาแล้ว จึงแก้ไขหรือถอนไม่ได้ ท่านเพิ่มความเห็นใหม่ได้")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, before it is a row. `proposed` is a whole content for amend and add."""

    type: str
    text: str
    issue_class: str | None = None
    issue_data: dict[str, Any] = field(default_factory=dict)
    field: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    proposed: Content | None = None

    def sha(self, session: HearingSession, entry: EditionEntry, parent: Comment | None, extra: Any) -> str:
        """Equal bodies have equal hashes: what tells a replayed key from a reused one."""
        body = asdict(self) | {"proposed": self.proposed.as_json() if self.proposed else None}
        body |= {"session": session.pk, "entry": entry.pk, "parent": parent.pk if parent else None, "x": extra}
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose name: the role, and the office that is counted (none for experts and the central bureau)."""

    role: str
    office: AreaOffice | None = None


def voices_of(user: User, group: WorkGroup | None) -> list[Voice]:
    """The voices a person may use for a group, the office ones first."""
    roles = roles_of(user)
    voices = []
    for office in roles.delegate_offices(group):
        voices.append(Voice(Role.OFFICE_HEAD if roles.heads(office) else Role.DELEGATE, office))
    if roles.advises(group):
        voices.append(Voice(Role.EXPERT if roles.is_expert else Role.CENTRAL_BUREAU))
    return voices


def record_comment(
    *,
    session: HearingSession,
    entry: EditionEntry,
    said: Said,
    by: User,
    client_key: uuids.UUID,
    office: AreaOffice | None = None,
    parent: Comment | None = None,
) -> tuple[Comment, bool]:
    """A person's own comment. Returns (comment, whether it is new): the same key and body give the first again.

    Raises SessionClosed, NotRegistered, KeyReused, CommentRefused. Committed when it returns.
    """
    group = session.work_group or entry.manual.work_group
    voices = voices_of(by, group)
    chosen = [voice for voice in voices if office is None or voice.office == office]
    if not chosen:
        raise NotRegistered
    return _record(
        _Recording(session, entry, said, chosen[0], author=by, recorded_by=by, client_key=client_key, parent=parent)
    )


def record_for_speaker(
    *,
    session: HearingSession,
    entry: EditionEntry,
    said: Said,
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
    return _record(
        _Recording(
            session,
            entry,
            said,
            Voice(Role.DELEGATE, office),
            author=speaker or by,
            recorded_by=by,
            client_key=client_key,
            channel=channel,
        )
    )


@dataclass(frozen=True, slots=True)
class _Recording:
    session: HearingSession
    entry: EditionEntry
    said: Said
    voice: Voice
    author: User
    recorded_by: User
    client_key: uuids.UUID
    channel: str = Comment.Channel.WEB
    parent: Comment | None = None

    @property
    def body_sha(self) -> str:
        extra = [self.voice.office.pk if self.voice.office else None, self.channel, self.author.pk]
        return self.said.sha(self.session, self.entry, self.parent, extra)


def _record(recording: _Recording) -> tuple[Comment, bool]:
    if first := _first_with_key(recording):
        return first, False
    _check(recording)
    try:
        with transaction.atomic():
            comment = _insert(recording)
    except IntegrityError:
        # The same key arrived twice at once; the other request was first
        if first := _first_with_key(recording):
            return first, False
        raise
    return comment, True


def _first_with_key(recording: _Recording) -> Comment | None:
    first = Comment.objects.filter(
        recorded_by=recording.recorded_by, client_key=recording.client_key
    ).first()
    if first is not None and first.body_sha != recording.body_sha:
        raise KeyReused
    return first


def _check(recording: _Recording) -> None:
    session, entry, said, parent = recording.session, recording.entry, recording.said, recording.parent
    if not session.is_open:
        raise SessionClosed(session)
    if entry.edition_id != session.edition_id:
        raise CommentRefused("ข้อนี้อยู่ในฉบับอื่น โปรดเปิดหน้าใหม่เพื่ออ่านฉบับที่กำลังรับฟังความเห็น")
    if session.work_group_id not in (None, entry.manual.work_group_id):
        raise CommentRefused("ข้อนี้เป็นของกลุ่มงานอื่น โปรดแสดงความเห็นในเวทีของกลุ่มนั้น")
    if parent is not None and (parent.parent_id is not None or parent.entry_id != entry.pk):
        raise CommentRefused("ตอบได้หนึ่งชั้น โปรดตอบที่ความเห็นหลัก")
    if said.span is not None and not _span_fits(entry, said):
        raise CommentRefused("ช่วงข้อความที่เลือกไม่ตรงกับถ้อยคำของข้อนี้ โปรดเลือกใหม่")
    if said.type == Comment.Type.AMEND and said.proposed is not None and entry.blob_id:
        if content_sha(said.proposed) == entry.blob_id:
            raise CommentRefused("ถ้อยคำที่เสนอเหมือนถ้อยคำเดิมทุกตัวอักษร โปรดแก้ถ้อยคำ หรือส่งเป็นความเห็นอย่างเดียว")


def _span_fits(entry: EditionEntry, said: Said) -> bool:
    """The quote is exactly the span's code points in the field it names."""
    if entry.blob is None or said.span is None:
        return False
    texts = dict(entry.blob.as_content.fields())
    start, end = said.span
    return texts.get(said.field, "")[start:end] == said.quote != ""


def _insert(recording: _Recording) -> Comment:
    said, voice = recording.said, recording.voice
    comment = Comment(
        session=recording.session,
        entry=recording.entry,
        field=said.field,
        span_start=said.span[0] if said.span else None,
        span_end=said.span[1] if said.span else None,
        quote=said.quote,
        type=said.type,
        issue_class=said.issue_class or None,
        issue_data=said.issue_data,
        text=said.text,
        author=recording.author,
        recorded_by=recording.recorded_by,
        client_key=recording.client_key,
        body_sha=recording.body_sha,
        role=voice.role,
        office=voice.office,
        office_kind=voice.office.kind if voice.office else None,
        channel=recording.channel,
        parent=recording.parent,
    )
    comment._history_user = recording.recorded_by
    comment.save(force_insert=True)
    Moderation.objects.create(
        comment=comment, visibility=first_visibility(recording.session), by=recording.recorded_by
    )
    _propose(comment, said)
    return comment


def first_visibility(session: HearingSession) -> str:
    """Room comments wait for the facilitator; online ones follow the hearing's rule (product.md, "Sessions")."""
    return Moderation.Visibility.HELD if session.is_room else session.hearing.moderation


def _propose(comment: Comment, said: Said) -> Amendment | None:
    """The proposal that comes with a comment: new words, an insertion after the clause, or its deletion."""
    op = {
        Comment.Type.AMEND: Amendment.Op.REPLACE,
        Comment.Type.ADD: Amendment.Op.INSERT_AFTER,
        Comment.Type.DELETE: Amendment.Op.DELETE,
    }.get(said.type)
    entry = comment.entry
    if op is None or comment.parent_id or (said.proposed is None and op != Amendment.Op.DELETE):
        return None
    if entry.clause_id is None and op != Amendment.Op.INSERT_AFTER:
        return None
    if said.proposed is not None:
        store_blobs([said.proposed])
    amendment = Amendment(
        comment=comment,
        clause_id=entry.clause_id,
        section_id=entry.section_id,
        base_blob_id=entry.blob_id,
        op=op,
        proposed=said.proposed.as_json() if said.proposed else {},
        author=comment.author,
        office=comment.office,
    )
    amendment._history_user = comment.recorded_by
    amendment.save(force_insert=True)
    return amendment


@transaction.atomic
def edit_comment(comment: Comment, said: Said, *, by: User) -> Comment:
    """New words for one's own comment until a facilitator's first act; the old ones stay in its history.

    Raises AlreadyTriaged, SessionClosed, NotRegistered.
    """
    comment = Comment.objects.select_for_update().select_related("entry__blob", "session").get(pk=comment.pk)
    if comment.author_id != by.pk and comment.recorded_by_id != by.pk:
        raise NotRegistered
    if comment.is_triaged or comment.answers.exists():
        raise AlreadyTriaged
    if not comment.session.is_open:
        raise SessionClosed(comment.session)
    comment.type, comment.text = said.type, said.text
    comment.issue_class, comment.issue_data = said.issue_class or None, said.issue_data
    comment._history_user = by
    comment.save(update_fields=["type", "text", "issue_class", "issue_data"])
    _replace_proposal(comment, said, by)
    return comment


def _replace_proposal(comment: Comment, said: Said, by: User) -> None:
    amendment = comment.amendments.order_by("-id").first()
    before = None
    if amendment is not None and amendment.proposed:
        try:
            before = content_from_json(amendment.proposed)
        except ContentRefused:
            before = None
    if before != said.proposed or (amendment is None) != (said.proposed is None):
        _propose(comment, said)


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: User) -> Disposition:
    """The author takes it back before triage: a disposition "withdrawn"; the comment itself stays and counts."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.author_id != by.pk:
        raise NotRegistered
    if comment.is_triaged or comment.answers.exists():
        raise AlreadyTriaged
    disposition = Disposition(outcome=Disposition.Outcome.WITHDRAWN, decided_by=by)
    disposition._history_user = by
    disposition.save()
    Answer.objects.create(comment=comment, disposition=disposition)
    return disposition


def support_comment(comment: Comment, *, by: User, office: AreaOffice | None = None) -> tuple[Support, bool]:
    """An office stands behind a comment, once. Returns (support, whether it is new)."""
    if not comment.session.is_open:
        raise SessionClosed(comment.session)
    offices = [voice.office for voice in voices_of(by, comment.entry.manual.work_group) if voice.office]
    chosen = [candidate for candidate in offices if office is None or candidate == office]
    if not chosen:
        raise NotRegistered
    if comment.office_id == chosen[0].pk:
        raise CommentRefused("ความเห็นนี้เป็นของ สพท. ท่านอยู่แล้ว จึงนับเสียงของ สพท. ท่านครบแล้ว")
    return Support.objects.get_or_create(comment=comment, office=chosen[0], defaults={"by": by})
