"""Fetching what the editor is about, with permission to write."""

from uuid import UUID

from hearing_portal.directory.models import User

from ..access import get_clause_in, get_manual_to_edit, get_section_of
from ..models import Clause, Section
from .changes import ChangeRefused


def get_section_to_edit(user: User, key: str, uuid: UUID) -> Section:
    return get_section_of(get_manual_to_edit(user, key), uuid)


def get_clause_to_edit(user: User, key: str, uuid: UUID, clause_uuid: UUID) -> Clause:
    """Where it stands by now, which may be another section of the manual than that of the address."""
    return get_clause_in(get_section_to_edit(user, key, uuid).manual, clause_uuid)


def get_clause_to_arrange(
    user: User, key: str, uuid: UUID, clause_uuid: UUID, *, may_be_gone: bool = False
) -> Clause:
    """One that stands in the draft, or that stood there where it `may_be_gone`. Raises ChangeRefused for another one,
    and for a step."""
    clause = get_clause_to_edit(user, key, uuid, clause_uuid)
    if clause.kind == Clause.Kind.STEP:
        raise ChangeRefused("ขั้นตอนจัดลำดับในตารางขั้นตอน โปรดเปิดตารางขั้นตอนของกระบวนงานนี้")
    if clause.retired_id is not None and not may_be_gone:
        raise ChangeRefused("ข้อนี้ยกเลิกแล้ว โปรดเรียกคืนข้อก่อน")
    return clause
