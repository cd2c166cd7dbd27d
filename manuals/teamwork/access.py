"""Fetching what those who draft work on together, with permission."""

from uuid import UUID

from hearing_portal.directory.models import User

from ..access import get_clause_in, get_manual_to_edit, get_section_of
from ..models import Clause, Section
from .refusals import TeamworkOvertaken

SECTION_IS_GONE = "หมวดนี้ยกเลิกแล้ว โปรดเรียกคืนจากท้ายหน้าสารบัญของร่างก่อน"


def get_standing_section(user: User, key: str, uuid: UUID) -> Section:
    """One that the person may write in. Raises TeamworkOvertaken for a retired one."""
    section = get_section_of(get_manual_to_edit(user, key), uuid)
    if section.retired_id is not None:
        raise TeamworkOvertaken(SECTION_IS_GONE)
    return section


def get_noted_clause(user: User, key: str, uuid: UUID, clause_uuid: UUID) -> Clause:
    """One that the person may write in, where it stands by now, which may be another section of the manual than that of
    the address; a retired one too, whose notes stay to be read."""
    section = get_section_of(get_manual_to_edit(user, key), uuid)
    return get_clause_in(section.manual, clause_uuid)


def refuse_retired(clause: Clause) -> None:
    """Raises TeamworkOvertaken where nothing more is noted. It comes with its section."""
    if clause.section.retired_id is not None:
        raise TeamworkOvertaken(SECTION_IS_GONE)
    if clause.retired_id is not None:
        raise TeamworkOvertaken("ข้อนี้ยกเลิกแล้ว โปรดเรียกคืนจากท้ายหน้าร่างของหมวดก่อน")
