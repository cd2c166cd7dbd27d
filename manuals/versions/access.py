"""Fetching sections and clauses whose past somebody reads, with permission to read the working draft."""

from uuid import UUID

from hearing_portal.directory.models import User

from ..access import get_clause_in, get_manual_to_read, get_section_of
from ..models import Clause, Section


def get_section_to_read(user: User, key: str, uuid: UUID) -> Section:
    return get_section_of(get_manual_to_read(user, key), uuid)


def get_clause_to_read(user: User, key: str, uuid: UUID, clause_uuid: UUID) -> Clause:
    """Where it stands by now, which may be another section of the manual than that of the address."""
    return get_clause_in(get_section_to_read(user, key, uuid).manual, clause_uuid)
