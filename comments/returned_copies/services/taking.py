"""Taking in what offices sent back: every file that was confirmed, or none."""

import uuid as uuids
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.jobs.files import store_file
from hearing_portal.spreadsheets import XLSX_TYPE
from manuals.models import EditionEntry
from manuals.word_export.returned import ReturnedItem

from ...acts import COPY_TAKEN_IN, about_session
from ...commenting.comment_input import CommentInput
from ...commenting.refusals import CommentRefused
from ...commenting.services.recording import record_from_file
from ...hearings.commenting_context import hold_session, require_open_session
from ...hearings.queries import entries_of_session, find_settlements
from ...models import Comment, HearingSession, ReturnedComment, ReturnedCopy
from ...permissions import may_record_for_others
from ..choices import AS_READ, Choices
from ..comment_sheet import is_comment_sheet
from ..inputs import comment_inputs, told_words
from ..reading import ReadCopy
from ..refusals import CopiesRefused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SETTLED = "เวทีนี้มีผลการพิจารณาแล้ว จึงนำเข้าความคิดเห็นเพิ่มไม่ได้ โปรดนำเข้าในเวทีครั้งต่อไป"
NEEDS_REASON = "เวทีปิดรับความคิดเห็นแล้ว โปรดระบุเหตุผลที่นำเข้าภายหลัง"
LEFT_OUT = "ผู้นำเข้าเว้นไว้"
UNPLACED = "ไม่ทราบว่าเกี่ยวกับข้อใด"
NOT_FACILITATOR = "นำเข้าความคิดเห็นจากไฟล์ได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def _tell_nobody(done: int, total: int | None) -> None:
    pass


class ConfirmedCopy(NamedTuple):
    """A file with whose it is, as the uploader says: the office, and its delegate where they have an account."""

    copy: ReadCopy
    raw: bytes
    office: AreaOffice
    delegate: User | None
    choices: Choices = {}


def take_in_copies(
    session: HearingSession,
    confirmed: Sequence[ConfirmedCopy],
    *,
    by: User,
    reason: str = "",
    progress: Callable[[int, int | None], None] = _tell_nobody,
) -> list[ReturnedCopy]:
    """One act. A file that was taken in before in this session is given as it is, and stores nothing more. Without an
    open session only with a `reason`.

    Raises CopiesRefused and SessionClosed; nothing is stored then.
    """
    if not may_record_for_others(by, session.work_group):
        raise CopiesRefused(NOT_FACILITATOR)
    for each in confirmed:
        if each.copy.refused:
            raise CopiesRefused(f"{each.copy.name}: {each.copy.refused}")
    taken = []
    with act(by=by, reason=reason) as done:
        is_late = _require_time(session, reason)
        known = {
            copy.sha: copy
            for copy in session.returned_copies.filter(
                sha__in=[each.copy.sha for each in confirmed]
            )
        }
        for number, each in enumerate(confirmed):
            progress(number, len(confirmed))
            copy = known.get(each.copy.sha)
            if copy is None:
                copy = _take_in(session, each, by=by, reason=reason, is_late=is_late)
                known[each.copy.sha] = copy
                done.record(COPY_TAKEN_IN, about_session(session), detail=session.kind)
            taken.append(copy)
    progress(len(confirmed), len(confirmed))
    return taken


def _require_time(session: HearingSession, reason: str) -> bool:
    """Whether it is late: the session takes nothing more by itself."""
    hold_session(session)
    if session.is_open:
        require_open_session(session)
        return False
    if session.pk in find_settlements([session]):
        raise CopiesRefused(SETTLED)
    if not reason.strip():
        raise CopiesRefused(NEEDS_REASON)
    return True


def _take_in(
    session: HearingSession,
    confirmed: ConfirmedCopy,
    *,
    by: User,
    reason: str,
    is_late: bool,
) -> ReturnedCopy:
    read = confirmed.copy
    said, left_out = _sort_items(session, confirmed)
    is_sheet = is_comment_sheet(confirmed.raw)
    channel = Comment.Channel.SPREADSHEET if is_sheet else Comment.Channel.WORD
    copy = ReturnedCopy.objects.create(
        session=session,
        sha=read.sha,
        content_sha=read.content_sha,
        name=read.name,
        file=store_file(
            confirmed.raw, media_type=XLSX_TYPE if is_sheet else WORD, name=read.name
        ),
        office=confirmed.office,
        delegate=confirmed.delegate,
        report={"left_out": left_out, "notes": list(read.returned.notes)},
        reason=reason,
        by=by,
    )
    for each in said:
        for part, comment_input in enumerate(each.inputs):
            # The same file taken in again gives the same keys
            name = f"{each.number}:{part}"
            comment, _ = record_from_file(
                session=session,
                entry=each.entry,
                comment_input=comment_input,
                office=confirmed.office,
                by=by,
                client_key=uuids.uuid5(copy_namespace(session, read.sha), name),
                speaker=confirmed.delegate,
                is_late=is_late,
                channel=channel,
            )
            place = each.item.place[:80]
            ReturnedComment.objects.create(copy=copy, comment=comment, place=place)
    return copy


class _SaidItem(NamedTuple):
    """Something of a file that becomes comments on `entry`."""

    number: int
    item: ReturnedItem
    entry: EditionEntry
    inputs: Sequence[CommentInput]


def _sort_items(
    session: HearingSession, confirmed: ConfirmedCopy
) -> tuple[list[_SaidItem], list[str]]:
    """What becomes comments, and what is left out and why. One query."""
    items = confirmed.copy.returned.items
    chosen = [confirmed.choices.get(number, AS_READ) for number in range(len(items))]
    about = [choice.entry_of(item) for choice, item in zip(chosen, items, strict=True)]
    wanted = {uuid for uuid in about if uuid is not None}
    entries = entries_of_session(session).select_related("blob", "manual__work_group")
    by_uuid: dict[UUID | None, EditionEntry] = {}
    by_uuid |= {entry.uuid: entry for entry in entries.filter(uuid__in=wanted)}
    said = []
    left_out = []
    for number, (item, choice) in enumerate(zip(items, chosen, strict=True)):
        entry = by_uuid.get(about[number])
        if choice.is_left_out:
            left_out.append(_told_left_out(item, LEFT_OUT))
            continue
        if entry is None:
            left_out.append(_told_left_out(item, item.doubt or UNPLACED))
            continue
        try:
            inputs = comment_inputs(item, entry, choice)
        except CommentRefused as refused:
            left_out.append(_told_left_out(item, refused.message_th))
        else:
            said.append(_SaidItem(number, item, entry, inputs))
    return said, left_out


def _told_left_out(item: ReturnedItem, why: str) -> str:
    place = f"{item.place}: " if item.place else ""
    return f"{place}{told_words(item)} ({why})"


def copy_namespace(session: HearingSession, sha: str) -> uuids.UUID:
    return uuids.uuid5(uuids.NAMESPACE_OID, f"{session.pk}:{sha}")
