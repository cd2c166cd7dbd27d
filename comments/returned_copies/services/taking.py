"""Taking in what offices sent back: every file that was confirmed, or none."""

import uuid as uuids
from collections.abc import Callable, Sequence
from typing import NamedTuple

from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.jobs.files import store_file

from ...acts import COPY_TAKEN_IN, about_session
from ...commenting.refusals import CommentRefused
from ...commenting.services.recording import record_from_file
from ...hearings.commenting_context import hold_session, require_open_session
from ...hearings.queries import entries_of_session, find_settlements
from ...models import HearingSession, ReturnedComment, ReturnedCopy
from ...permissions import may_record_for_others
from ..inputs import comment_inputs
from ..reading import ReadCopy
from ..refusals import CopiesRefused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SETTLED = "เวทีนี้มีผลการพิจารณาแล้ว จึงนำเข้าความคิดเห็นเพิ่มไม่ได้ โปรดนำเข้าในเวทีครั้งต่อไป"
NEEDS_REASON = "เวทีปิดรับความคิดเห็นแล้ว โปรดระบุเหตุผลที่นำเข้าภายหลัง"
NOT_FACILITATOR = "นำเข้าความคิดเห็นจากไฟล์ Word ได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def _tell_nobody(done: int, total: int | None) -> None:
    pass


class ConfirmedCopy(NamedTuple):
    """A file with whose it is, as the uploader says: the office, and its delegate where they have an account."""

    copy: ReadCopy
    raw: bytes
    office: AreaOffice
    delegate: User | None


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
    returned = read.returned
    entries = entries_of_session(session).select_related("blob", "manual__work_group")
    by_uuid = {
        entry.uuid: entry
        for entry in entries.filter(uuid__in={item.uuid for item in returned.items})
    }
    left_out = list(returned.unplaced)
    said = []
    for number, item in enumerate(returned.items):
        try:
            inputs = comment_inputs(item, by_uuid[item.uuid])
        except CommentRefused as refused:
            left_out.append(f"{item.place}: {item.words} ({refused.message_th})")
        else:
            said.append((number, item, inputs))
    copy = ReturnedCopy.objects.create(
        session=session,
        sha=read.sha,
        name=read.name,
        file=store_file(confirmed.raw, media_type=WORD, name=read.name),
        office=confirmed.office,
        delegate=confirmed.delegate,
        report={"left_out": left_out, "notes": list(returned.notes)},
        reason=reason,
        by=by,
    )
    for number, item, inputs in said:
        for part, comment_input in enumerate(inputs):
            # The same file taken in again gives the same keys
            key = uuids.uuid5(copy_namespace(session, read.sha), f"{number}:{part}")
            comment, _ = record_from_file(
                session=session,
                entry=by_uuid[item.uuid],
                comment_input=comment_input,
                office=confirmed.office,
                by=by,
                client_key=key,
                speaker=confirmed.delegate,
                is_late=is_late,
            )
            ReturnedComment.objects.create(
                copy=copy, comment=comment, place=item.place[:80]
            )
    return copy


def copy_namespace(session: HearingSession, sha: str) -> uuids.UUID:
    return uuids.uuid5(uuids.NAMESPACE_OID, f"{session.pk}:{sha}")
