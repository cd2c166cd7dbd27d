"""What waits for the reader on the first page: where one can comment now, what became of one's comments, what waits at
the desks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.dates import be_date, be_datetime
from hearing_portal.thai.sentences import joined
from manuals.drafting.queries.buffers import find_buffers_of
from manuals.models import Edition, ReviewRequest
from manuals.reviewing.access import has_desk_of_reviews
from manuals.reviewing.places import find_places
from manuals.reviewing.queries import find_answers_to, find_waiting

from ...citations import cite_entry
from ...commenting.queries.comments import find_lapsed_supports
from ...commenting.queries.stages import STAGES, comments_by, count_stages
from ...desk.queries.group_queues import GroupQueue, count_group_queues
from ...hearings.presentation import session_status
from ...hearings.queries import GroupSessions
from ...models import Hearing
from ...permissions import can_work_at, may_comment_in
from ...positions.presentation import last_day_words
from ...positions.queries import (
    PositionTime,
    count_unconfirmed,
    find_answered_groups,
    find_positions_of,
    judge_time,
)
from ..queries import count_objectable_answers

GROUPS_NAMED = 3
DESKS_LISTED = 2
SUPPORTS_LISTED = 3
REVIEWS_LISTED = 2


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
    groups: Sequence[WorkGroup],
    sessions_by_group: Mapping[int | None, GroupSessions],
    draft: Edition | None,
) -> list[PendingAction]:
    """For somebody signed in; `groups` with their manuals. At most five queries for a commenter, one for desks, three
    for who writes, asks others to look or may be asked."""
    commented_in = [group for group in groups if may_comment_in(user, group)]
    desks = [group for group in groups if can_work_at(user, group)]
    actions = []
    if has_desk_of_reviews(user):
        actions += words_left_unsaved(user)
        actions += requests_to_answer(find_waiting(user))
        actions += answers_to_read(find_answers_to(user))
    if commented_in:
        actions += find_comments_to_follow(user)
        actions += find_supports_to_renew(user)
        if draft is not None:
            actions.append(sessions_to_comment_in(commented_in, sessions_by_group))
        if hearing is not None:
            actions += positions_to_confirm(user, hearing, groups, sessions_by_group)
    if desks:
        actions += queues_to_work_on(count_group_queues(hearing, desks))
    return actions


def words_left_unsaved(user: User) -> list[PendingAction]:
    """One line for all that the person typed into the editor and did not save. One query."""
    buffers = find_buffers_of(user)
    if not buffers:
        return []
    action = PendingAction(
        title=f"ร่างที่ท่านพิมพ์ค้างไว้ {len(buffers)} รายการ",
        note=f"ล่าสุด {buffers[0].section.title} {be_datetime(buffers[0].saved_at)}",
        url=f"{reverse('drafting')}#unsaved",
        act="เขียนต่อ",
    )
    return [action]


def requests_to_answer(waiting: Sequence[ReviewRequest]) -> list[PendingAction]:
    """Each request to look that the person has not answered; more than a few are one line."""
    places = find_places(waiting)
    actions = []
    for request in waiting:
        section = places[request.pk].section
        action = PendingAction(
            title=f"ขอให้ท่านตรวจ {section.title}",
            note=f"{section.manual.display_name} · {be_date(request.at)}",
            url=reverse("review-request", args=[request.uuid]),
            act="เปิดคำขอ",
        )
        actions.append(action)
    return _as_one_line(actions, f"ขอให้ท่านตรวจ {len(actions)} เรื่อง")


def answers_to_read(answered: Sequence[ReviewRequest]) -> list[PendingAction]:
    """Each answer to a request of the person that they are not done with; more than a few are one line."""
    places = find_places(answered)
    actions = []
    for request in answered:
        action = PendingAction(
            title=f"มีผลการตรวจ {places[request.pk].section.title}",
            note=f"{request.asked.shown_name} · {be_date(request.answer.at)}",
            url=reverse("review-request", args=[request.uuid]),
            act="อ่านผลการตรวจ",
        )
        actions.append(action)
    return _as_one_line(actions, f"มีผลการตรวจที่ท่านขอไว้ {len(actions)} เรื่อง")


def _as_one_line(actions: list[PendingAction], title: str) -> list[PendingAction]:
    if len(actions) <= REVIEWS_LISTED:
        return actions
    [first, *_] = actions
    note = f"เรื่องแรก: {first.note}"
    return [PendingAction(title, note, reverse("review-requests"), "ดูทั้งหมด")]


def find_comments_to_follow(user: User) -> list[PendingAction]:
    """One line with the person's comments by stage; none for who has not commented yet. At most two queries."""
    counts = count_stages(comments_by(user))
    number = sum(counts.values())
    if not number:
        return []
    words = [f"{STAGES[stage]} {count}" for stage, count in counts.items() if count]
    act = "ดูทั้งหมด"
    if counts["answered"]:
        objectable = count_objectable_answers(user)
        if objectable:
            words.append(f"ขอให้ทบทวนได้ {objectable} เรื่อง")
            act = "ดูผล"
    action = PendingAction(
        title=f"ความคิดเห็นของท่าน {number} เรื่อง",
        note=" · ".join(words),
        url=reverse("my-comments"),
        act=act,
    )
    return [action]


def find_supports_to_renew(user: User) -> list[PendingAction]:
    """Comments that the person's office stood behind until their authors changed them. One query."""
    comments = list(find_lapsed_supports(user))
    actions = []
    for comment in comments[:SUPPORTS_LISTED]:
        action = PendingAction(
            title="การสนับสนุนของ สพท. ของท่านสิ้นผล เพราะผู้เสนอแก้ไขข้อความ",
            note=f"{cite_entry(comment.entry)} ความคิดเห็นเลขที่ {comment.pk} หากยังเห็นด้วย โปรดสนับสนุนอีกครั้ง",
            url=reverse("comment", args=[comment.uuid]),
            act="อ่านข้อความใหม่",
        )
        actions.append(action)
    if len(comments) > SUPPORTS_LISTED:
        actions[-1] = replace(
            actions[-1],
            title=f"{actions[-1].title} และอีก {len(comments) - SUPPORTS_LISTED} เรื่อง",
        )
    return actions


def sessions_to_comment_in(
    groups: Sequence[WorkGroup],
    sessions_by_group: Mapping[int | None, GroupSessions],
) -> PendingAction:
    """Where the person may comment at this hour; with one group only, also when that begins."""
    statuses = {}
    for group in groups:
        group_sessions = sessions_by_group.get(group.pk, GroupSessions(None, []))
        statuses[group] = session_status(group_sessions)
    if len(groups) == 1:
        group = groups[0]
        status = statuses[group]
        note = status.word
        if not status.is_open:
            note = f"{status.word} {status.note}".strip()
        url = reverse("group", args=[group.manual.key])
        return PendingAction(group.name, note, url, "เปิดอ่าน")

    open_groups = [group for group in groups if statuses[group].is_open]
    title = "ยังไม่มีกลุ่มงานที่เปิดรับความคิดเห็น"
    if open_groups:
        title = f"แสดงความคิดเห็นได้ {len(open_groups)} กลุ่มงาน"
    named = open_groups or groups
    note = " · ".join(group.name for group in named[:GROUPS_NAMED])
    if len(named) > GROUPS_NAMED:
        note = f"{note} และอีก {len(named) - GROUPS_NAMED} กลุ่ม"
    return PendingAction(title, note, "#toc", "ดูสารบัญ")


def positions_to_confirm(
    user: User,
    hearing: Hearing,
    groups: Sequence[WorkGroup],
    sessions_by_group: Mapping[int | None, GroupSessions],
) -> list[PendingAction]:
    """A line for each office of the person whose head has not confirmed what it says of a manual. Two queries, none
    where nothing can be confirmed or the person speaks for no office."""
    roles = load_roles(user)
    open_groups = []
    for group in groups:
        found = sessions_by_group.get(group.pk)
        if found is None or found.session is None:
            continue
        is_here = found.session.hearing_id == hearing.pk
        time = judge_time(hearing, found, is_answered=False)
        if is_here and time == PositionTime.OPEN:
            open_groups.append((group, found.edition_id))
    if not open_groups or not roles.offices:
        return []
    answered = find_answered_groups(hearing)
    editions = {}
    for group, edition_id in open_groups:
        if group.pk not in answered:
            editions[group.manual.pk] = edition_id
    positions = find_positions_of(roles.offices, hearing)
    actions = []
    for office in roles.offices:
        waiting = count_unconfirmed(positions, office, editions)
        if not waiting:
            continue
        note = last_day_words(hearing)
        act = "ยืนยัน"
        if not roles.heads(office):
            note = f"ผอ.สพท. เป็นผู้ยืนยัน {note}"
            act = "ดูรายการ"
        action = PendingAction(
            title=joined(
                office.short_name, f"ยังไม่ได้ยืนยันความคิดเห็นในนาม สพท. {waiting} เล่ม"
            ),
            note=note,
            url=f"{reverse('office-positions')}?office={office.key}",
            act=act,
        )
        actions.append(action)
    return actions


def queues_to_work_on(queues: Sequence[GroupQueue]) -> list[PendingAction]:
    """A line for each desk; more than two are one line."""
    if len(queues) > DESKS_LISTED:
        return [
            PendingAction(
                "รายการรอดำเนินการทุกกลุ่มงาน",
                _describe_waiting(queues),
                reverse("queue"),
                "เปิดรายการ",
            )
        ]
    actions = []
    for queue in queues:
        action = PendingAction(
            title=f"รายการรอดำเนินการ {queue.title}",
            note=_describe_waiting([queue]),
            url=reverse("group-queue", args=[queue.key]),
            act="เปิดรายการ",
        )
        actions.append(action)
    return actions


def _describe_waiting(queues: Iterable[GroupQueue]) -> str:
    held = 0
    objected = 0
    undecided = 0
    for queue in queues:
        held += queue.held
        objected += queue.objected
        undecided += queue.open
    words = []
    if held:
        words.append(f"รอตรวจก่อนแสดง {held}")
    if objected:
        words.append(f"มีคำขอทบทวน {objected}")
    if undecided:
        words.append(f"รอพิจารณา {undecided}")
    if not words:
        return "ไม่มีเรื่องรอดำเนินการ"
    return " · ".join(words)
