"""Writing, rewording and putting away the answers that a group gives often."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import ANSWER_BLOCK_KEPT, ANSWER_BLOCK_PUT_AWAY, about_group
from ..limits import REASON_MINIMUM
from ..models import AnswerBlock


class BlockRefused(Refusal):
    """The block lacks something, or was changed meanwhile."""


def write_block(group: WorkGroup, name: str, text: str, *, by: User) -> AnswerBlock:
    """Raises BlockRefused."""
    _check(name, text)
    with act(by=by) as done:
        WorkGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
        if AnswerBlock.objects.standing().filter(work_group=group, name=name).exists():
            raise BlockRefused(
                "มีคำตอบมาตรฐานชื่อนี้แล้ว โปรดตั้งชื่ออื่น หรือแก้ไขรายการเดิม", field="name"
            )
        block = AnswerBlock.objects.create(
            work_group=group, name=name, text=text, by=by
        )
        done.record(ANSWER_BLOCK_KEPT, about_group(group), detail=name)
    return block


def reword_block(block: AnswerBlock, name: str, text: str, *, by: User) -> AnswerBlock:
    """A later wording of it; answers given with an earlier one keep that. Raises BlockRefused."""
    _check(name, text)
    with act(by=by) as done:
        _refuse_overtaken(block)
        if (block.name, block.text) == (name, text):
            return block
        latest = AnswerBlock.objects.create(
            uuid=block.uuid, work_group=block.work_group, name=name, text=text, by=by
        )
        done.record(ANSWER_BLOCK_KEPT, about_group(block.work_group), detail=name)
    return latest


def put_block_away(block: AnswerBlock, *, by: User) -> None:
    """It is offered no more. Raises BlockRefused."""
    with act(by=by) as done:
        _refuse_overtaken(block)
        AnswerBlock.objects.create(
            uuid=block.uuid,
            work_group=block.work_group,
            name=block.name,
            text=block.text,
            is_put_away=True,
            by=by,
        )
        about = about_group(block.work_group)
        done.record(ANSWER_BLOCK_PUT_AWAY, about, detail=block.name)


def _check(name: str, text: str) -> None:
    if not name.strip():
        raise BlockRefused("โปรดตั้งชื่อคำตอบมาตรฐาน", field="name")
    if len(text.strip()) < REASON_MINIMUM:
        raise BlockRefused(
            f"โปรดเขียนคำตอบอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะอ่านข้อความนี้",
            field="text",
        )


def _refuse_overtaken(block: AnswerBlock) -> None:
    """One person of a group at a time: two do not write the next wording of one block."""
    groups = WorkGroup.objects.select_for_update(no_key=True)
    groups.filter(pk=block.work_group_id or 0).first()
    if not AnswerBlock.objects.standing().filter(pk=block.pk).exists():
        raise BlockRefused(
            "มีผู้แก้ไขคำตอบมาตรฐานนี้หลังจากที่ท่านเปิดหน้านี้ โปรดเปิดหน้านี้อีกครั้งเพื่อดูข้อความล่าสุด",
            kind=RefusalKind.CONFLICT,
        )
