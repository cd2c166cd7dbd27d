"""Confirming what an office says as a whole about a manual: the head's act."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime
from manuals.models import Manual

from ..acts import POSITION_CONFIRMED, about_position
from ..hearings.queries import find_group_sessions
from ..models import Hearing, OfficePosition
from .queries import (
    PositionTime,
    find_answered_groups,
    find_office_comments,
    find_position,
    judge_time,
)

Stance = OfficePosition.Stance
ONLY_HEADS = "ผู้ยืนยันความคิดเห็นในนาม สพท. คือ ผอ.สพท. ของ สพท. นั้น"
WHY_NOT = {
    PositionTime.NO_SESSION: "ยังไม่มีเวทีของกลุ่มงานนี้ จึงยังยืนยันไม่ได้",
    PositionTime.COMING: "เวทีของกลุ่มงานนี้ยังไม่เปิด จึงยังยืนยันไม่ได้",
    PositionTime.ANSWERED: "เผยแพร่ผลการพิจารณาของกลุ่มงานนี้แล้ว จึงยืนยันหรือแก้ไขไม่ได้อีก",
    PositionTime.OVER: "ประชาพิจารณ์สิ้นสุดแล้ว จึงยืนยันหรือแก้ไขไม่ได้อีก",
}


class PositionRefused(Refusal):
    """The position cannot be confirmed, or lacks something."""


class PositionOvertaken(PositionRefused):
    """Another head of the office confirmed something after the page was opened."""

    kind = RefusalKind.CONFLICT


@dataclass(frozen=True, slots=True)
class PositionInput:
    """What a head confirms, before it is a row. `seen` is when the position on the page was confirmed ("" for none);
    None asks nothing."""

    stance: str
    comment_ids: Collection[int] = ()
    words: str = ""
    seen: str | None = None


def confirm_position(
    office: AreaOffice,
    hearing: Hearing,
    manual: Manual,
    position_input: PositionInput,
    *,
    by: User,
) -> OfficePosition:
    """The first one, or another one in its place; the same again changes nothing. Raises PositionRefused."""
    with act(by=by) as done:
        # One office at a time: also the first confirmation finds that of another head
        AreaOffice.objects.select_for_update(no_key=True).get(pk=office.pk)
        if not load_roles(by).heads(office):
            raise PositionRefused(ONLY_HEADS, kind=RefusalKind.FORBIDDEN)
        group = manual.work_group
        sessions = find_group_sessions(hearing, group)
        is_answered = manual.work_group_id in find_answered_groups(hearing)
        time = judge_time(hearing, sessions, is_answered=is_answered)
        if time != PositionTime.OPEN or sessions.session is None:
            raise PositionRefused(WHY_NOT[time], kind=RefusalKind.CONFLICT)
        edition = sessions.session.edition
        chosen = _check_input(office, hearing, manual, position_input, by)
        position = find_position(office, hearing, edition.pk, manual)
        _refuse_overtaken(position, position_input.seen)
        if position is None:
            position = OfficePosition(
                hearing=hearing,
                edition=edition,
                manual=manual,
                office=office,
                office_kind=office.kind,
            )
        elif (position.stance, position.comment_ids, position.words) == (
            position_input.stance,
            chosen,
            position_input.words,
        ):
            return position
        position.stance = position_input.stance
        position.comment_ids = chosen
        position.words = position_input.words
        position.confirmed_by = by
        position.confirmed_at = timezone.now()
        position.save()
        done.record(
            POSITION_CONFIRMED, about_position(office, manual), detail=position.stance
        )
    return position


def _check_input(
    office: AreaOffice,
    hearing: Hearing,
    manual: Manual,
    position_input: PositionInput,
    by: User,
) -> list[int]:
    """The chosen comments in the order of their ids."""
    if position_input.stance not in Stance.values:
        raise PositionRefused("โปรดเลือกความคิดเห็นในนาม สพท.", field="stance")
    chosen = sorted(set(position_input.comment_ids))
    known = {
        comment.pk for comment in find_office_comments(office, hearing, manual, by)
    }
    if not known.issuperset(chosen):
        raise PositionRefused(
            "ความคิดเห็นที่เลือกบางเรื่องถอนไปแล้ว หรือไม่ใช่ของ สพท. นี้ โปรดตรวจสอบอีกครั้ง",
            field="comments",
        )
    if position_input.stance != Stance.SUPPORT and not (chosen or position_input.words):
        raise PositionRefused(
            "โปรดเลือกความคิดเห็นที่เป็นของ สพท. หรือเขียนข้อความ เพื่อให้คณะทำงานทราบว่าขอแก้ไขเรื่องใดหรือไม่เห็นชอบเพราะเหตุใด",
            field="words",
        )
    return chosen


def _refuse_overtaken(position: OfficePosition | None, seen: str | None) -> None:
    if seen is None or position is None or seen == seen_position(position):
        return
    raise PositionOvertaken(
        f"มีผู้ยืนยัน “{position.get_stance_display()}” ในนาม สพท. นี้แล้วเมื่อ {be_datetime(position.confirmed_at)}"
        " หลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบแล้วยืนยันอีกครั้งหากยังต้องการแก้ไข"
    )


def seen_position(position: OfficePosition | None) -> str:
    """What a page's form says of the position it shows."""
    return "" if position is None else position.confirmed_at.isoformat()
