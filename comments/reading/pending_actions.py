"""What waits for the reader on the first page: where to speak now, what became of the own comments, what lies on a
desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Edition

from ..commenting.queries.stages import STAGES, comments_by, count_stages
from ..desk.queries.group_queues import GroupQueue, count_group_queues
from ..hearings.presentation import session_status
from ..hearings.queries import GroupSessions
from ..models import Answer, Disposition, Hearing, Objection
from ..permissions import can_work_at, may_comment_in


@dataclass(frozen=True, slots=True)
class PendingAction:
    """One line: what it is, how it stands, and the one act that goes on with it."""

    title: str
    note: str
    url: str
    act: str


def find_pending_actions(
    user: User,
    hearing: Hearing | None,
    groups: Iterable[WorkGroup],
    sessions_by_group: Mapping[int | None, GroupSessions],
    draft: Edition | None,
) -> list[PendingAction]:
    """The matters of somebody signed in; `groups` with their manuals. Two queries for who speaks, one for desks."""
    groups = list(groups)
    spoken_in = [group for group in groups if may_comment_in(user, group)]
    desks = [group for group in groups if can_work_at(user, group)]
    found = []
    if spoken_in:
        found += _own_comments(user)
        if draft is not None:
            found += [_speaking(spoken_in, sessions_by_group)]
    if desks:
        found += _desks(count_group_queues(hearing, desks))
    return found


def _speaking(groups: list[WorkGroup], sessions_by_group: Mapping[int | None, GroupSessions]) -> PendingAction:
    """Where the person may comment at this hour, or when that begins."""
    states = [(group, session_status(sessions_by_group.get(group.pk) or GroupSessions(None, []))) for group in groups]
    is_open = [group for group, state in states if state.is_open]
    if len(groups) == 1:
        group, state = states[0]
        note = state.word if state.is_open else f"{state.word} {state.note}".strip()
        return PendingAction(group.name, note, reverse("group", args=[group.manual.key]), "เปิดอ่าน")
    title = f"แสดงความเห็นได้ {len(is_open)} กลุ่มงาน" if is_open else "ยังไม่มีกลุ่มงานที่เปิดรับความเห็น"
    names = " · ".join(group.name for group in (is_open or groups)[:3])
    more = len(is_open or groups) - 3
    return PendingAction(title, f"{names} และอีก {more} กลุ่ม" if more > 0 else names, "#toc", "ดูสารบัญ")


def _own_comments(user: User) -> list[PendingAction]:
    counts = count_stages(comments_by(user))
    number = sum(counts.values())
    if not number:
        return []
    note = " · ".join(f"{STAGES[reading]} {count}" for reading, count in counts.items() if count)
    objectable = _objectable(user) if counts["answered"] else 0
    if objectable:
        note = f"{note} · โต้แย้งได้ {objectable} เรื่อง"
    return [
        PendingAction(f"ความเห็นของท่าน {number} เรื่อง", note, reverse("my-comments"), "ดูผล" if objectable else "ดูทั้งหมด")
    ]


def _objectable(user: User) -> int:
    """Answers the person may still object to."""
    answers = Answer.objects.filter(
        comment__author=user, current=True, disposition__publication__objections_until__gte=timezone.now()
    ).exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    return answers.exclude(Exists(Objection.objects.filter(comment=OuterRef("comment")))).count()


def _desks(desks: list[GroupQueue]) -> list[PendingAction]:
    """A line for each desk; more than two are one line."""
    if len(desks) > 2:
        return [PendingAction("คิวความเห็นทุกกลุ่มงาน", _waiting(desks), reverse("queue"), "เปิดคิว")]
    return [
        PendingAction(f"คิวความเห็น {desk.title}", _waiting([desk]), reverse("group-queue", args=[desk.key]), "เปิดคิว")
        for desk in desks
    ]


def _waiting(desks: list[GroupQueue]) -> str:
    held, waiting, objected = (sum(getattr(desk, name) for desk in desks) for name in ("held", "open", "objected"))
    words = [(held, "รอตรวจก่อนแสดง"), (objected, "มีข้อโต้แย้ง"), (waiting, "รอพิจารณา")]
    return " · ".join(f"{word} {number}" for number, word in words if number) or "ไม่มีเรื่องค้าง"
