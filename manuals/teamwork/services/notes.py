"""Noting something on a clause for those who draft it, answering, and being done with it."""

from uuid import UUID

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import (
    NOTE_ANSWERED,
    NOTE_REOPENED,
    NOTE_SETTLED,
    NOTE_WRITTEN,
    about_section,
)
from ...models import Clause, NoteAnswer, NoteSettlement, TeamNote
from ..refusals import TeamworkOvertaken


def write_note(clause: Clause, text: str, *, uuid: UUID, by: User) -> TeamNote:
    """The clause comes with its section and manual. Sent twice under one uuid, it is stored once."""
    with act(by=by) as done:
        note, is_new = TeamNote.objects.get_or_create(
            uuid=uuid, defaults={"clause": clause, "text": text, "by": by}
        )
        if is_new:
            done.record(NOTE_WRITTEN, about_section(clause.section))
    return note


def answer_note(note: TeamNote, text: str, *, by: User) -> NoteAnswer:
    """Raises TeamworkOvertaken when it is settled."""
    with act(by=by) as done:
        note = _lock(note)
        if NoteSettlement.objects.filter(note=note).exists():
            raise TeamworkOvertaken(
                "บันทึกนี้มีผู้กำหนดว่าเสร็จแล้ว หากยังมีเรื่องต้องหารือ โปรดเปิดบันทึกนี้อีกครั้งก่อนตอบ",
                field="text",
            )
        answer = NoteAnswer.objects.create(note=note, text=text, by=by)
        done.record(NOTE_ANSWERED, about_section(note.clause.section))
    return answer


def settle_note(note: TeamNote, *, by: User) -> None:
    """Once; who settles it again changes nothing."""
    with act(by=by) as done:
        note = _lock(note)
        _, is_new = NoteSettlement.objects.get_or_create(note=note, defaults={"by": by})
        if is_new:
            done.record(NOTE_SETTLED, about_section(note.clause.section))


def reopen_note(note: TeamNote, *, by: User) -> None:
    with act(by=by) as done:
        note = _lock(note)
        deleted, _ = NoteSettlement.objects.filter(note=note).delete()
        if deleted:
            done.record(NOTE_REOPENED, about_section(note.clause.section))


def _lock(note: TeamNote) -> TeamNote:
    """By its clause: the row itself never changes, so the portal's role may not lock it."""
    notes = TeamNote.objects.select_related(
        "clause__section__manual"
    ).select_for_update(of=("clause",))
    return notes.get(pk=note.pk)
