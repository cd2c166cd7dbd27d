"""Fetching what those who draft work on together, with permission."""

from uuid import UUID

from hearing_portal.directory.models import User

from ..access import get_clause_of, get_manual_to_edit, get_section_of
from ..models import Clause, Section
from .refusals import TeamworkOvertaken


def get_standing_section(user: User, key: str, uuid: UUID) -> Section:
    """One that the person may write in. Raises TeamworkOvertaken for a retired one."""
    section = get_section_of(get_manual_to_edit(user, key), uuid)
    if section.retired_id is not None:
        raise TeamworkOvertaken("หมวดนี้ยกเลิกแล้ว โปรดเรียกคืนจากท้ายหน้าสารบัญของร่างก่อน")
    return section


def get_standing_clause(user: User, key: str, uuid: UUID, clause_uuid: UUID) -> Clause:
    """One of a section that the person may write in. Raises TeamworkOvertaken for a retired one."""
    clause = get_clause_of(get_standing_section(user, key, uuid), clause_uuid)
    if clause.retired_id is not None:
        raise TeamworkOvertaken("ข้อนี้ยกเลิกแล้ว โปรดเรียกคืนจากท้ายหน้าร่างของหมวดก่อน")
    return clause
