"""Saying how far the writing of a process is."""

from collections.abc import Iterable

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import DRAFTING_STATE_SET, about_section
from ...models import Clause, DraftingState, DraftingStateChange, Section
from ..queries.states import find_state, find_states
from ..refusals import TeamworkOvertaken, TeamworkRefused

AFTER_WORDS = (
    DraftingState.IN_REVIEW,
    DraftingState.READY,
)  # states of what is written


def set_drafting_state(
    section: Section,
    state: DraftingState,
    *,
    read: int,
    seen: int | None = None,
    by: User,
    reason: str = "",
) -> None:
    """The process is in that state from now on. `read` is ProcessState.read of the page, `seen` the version of the
    words then, where it had one; a step back has a reason.

    Raises TeamworkOvertaken when somebody said otherwise meanwhile, or wrote what nobody has seen that is to be ready;
    TeamworkRefused where it cannot be said.
    """
    with act(by=by, reason=reason) as done:
        section = (
            Section.objects.select_for_update(of=("self",))
            .select_related("manual")
            .get(pk=section.pk)
        )
        if not section.is_process or section.retired_id is not None:
            raise TeamworkOvertaken(
                "กำหนดสถานะได้เฉพาะกระบวนงานที่ยังใช้อยู่ในร่าง โปรดเปิดหน้าสารบัญของร่างอีกครั้ง"
            )
        now = find_state(section)
        if now.read != read:
            raise TeamworkOvertaken(
                f"มีผู้กำหนดสถานะเป็น “{now.state.label}” หลังจากที่ท่านเปิดหน้านี้ โปรดตรวจอีกครั้งแล้วกดบันทึกหากจะเปลี่ยน",
                field="state",
            )
        if state == DraftingState.READY and seen not in (None, section.version):
            raise TeamworkOvertaken(
                f"มีการแก้ไขกระบวนงานหลังจากที่ท่านเปิดหน้านี้ (ปัจจุบันรุ่นที่ {section.version}) "
                "โปรดอ่านร่างล่าสุด แล้วกดบันทึกอีกครั้งหากพร้อม",
                field="state",
            )
        _refuse_untrue(section, state)
        if state.step < now.state.step and not done.reason:
            raise TeamworkRefused(
                "โปรดระบุเหตุผลที่ย้อนสถานะ เพื่อให้ผู้ร่วมยกร่างทราบ", field="reason"
            )
        if state == now.state and not now.is_changed_since:
            return
        DraftingStateChange.objects.create(
            section=section,
            state=state,
            reason=done.reason,
            at_version=section.version,
            by=by,
        )
        done.record(DRAFTING_STATE_SET, about_section(section), detail=state)


def _refuse_untrue(section: Section, state: DraftingState) -> None:
    has_words = Clause.objects.live().filter(section=section).exists()
    if state in AFTER_WORDS and not has_words:
        raise TeamworkRefused(
            "กระบวนงานนี้ยังไม่มีข้อใด จึงยังส่งตรวจหรือกำหนดว่าพร้อมไม่ได้ โปรดยกร่างก่อน",
            field="state",
        )
    if state == DraftingState.NOT_BEGUN and has_words:
        raise TeamworkRefused(
            "กระบวนงานนี้มีข้อที่ยกร่างแล้ว โปรดเลือก “กำลังยกร่าง” แทน", field="state"
        )


def declare_written_ready(
    processes: Iterable[Section], *, by: User, reason: str
) -> int:
    """Of those that have words and of which nobody said anything, each is ready; how many. They come with their
    manuals."""
    sections = list(processes)
    states = find_states(sections)
    with act(by=by, reason=reason) as done:
        rows = []
        for section in sections:
            found = states[section.pk]
            if found.state == DraftingState.BEGUN and found.change is None:
                row = DraftingStateChange(
                    section=section,
                    state=DraftingState.READY,
                    reason=done.reason,
                    at_version=section.version,
                    by=by,
                )
                rows.append(row)
                done.record(
                    DRAFTING_STATE_SET,
                    about_section(section),
                    detail=DraftingState.READY,
                )
        DraftingStateChange.objects.bulk_create(rows)
    return len(rows)
