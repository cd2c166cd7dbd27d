"""Fetching what a page of the working draft is about, with permission."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
)

from .models import Clause, Manual, Section
from .permissions import can_edit_draft, can_read_draft

READERS_ONLY = "ร่างปัจจุบันอ่านได้เฉพาะคณะทำงานยกร่าง ผู้ดำเนินเวที และผู้ทรงคุณวุฒิของกลุ่มงานนี้"
WRITERS_ONLY = "คณะทำงานยกร่างของกลุ่มงานนี้และผู้ดูแลระบบเท่านั้นที่แก้ไขร่างได้"


def get_manual_to_read(user: User, key: str) -> Manual:
    manual = _get_manual(user, key)
    require_permission(can_read_draft(user, manual.work_group), READERS_ONLY)
    return manual


def get_manual_to_edit(user: User, key: str) -> Manual:
    manual = _get_manual(user, key)
    require_permission(can_edit_draft(user, manual.work_group), WRITERS_ONLY)
    return manual


def get_section_of(manual: Manual, uuid: UUID) -> Section:
    """With its manual and that one's group; a retired one too."""
    sections = Section.objects.select_related("manual__work_group", "parent", "retired")
    return get_object_or_404(sections, uuid=uuid, manual=manual)


def get_clause_in(manual: Manual, uuid: UUID) -> Clause:
    """In whichever section of the manual it stands, with that section, manual and parent; a retired one too."""
    return get_object_or_404(_whole_clauses(), uuid=uuid, section__manual=manual)


def lead_to_clause(
    request: AuthenticatedHttpRequest, clause: Clause, uuid: UUID, page: str
) -> HttpResponseRedirect | None:
    """From an address that names the section in which a clause stood before somebody moved it, to the same page where
    it stands now; None where `uuid` is its section. What is sent is never led on."""
    section = clause.section
    if request.method == "POST" or section.uuid == uuid:
        return None
    url = reverse(page, args=[section.manual.key, section.uuid, clause.uuid])
    asked = request.GET.urlencode()
    return HttpResponseRedirect(f"{url}?{asked}" if asked else url)


def _whole_clauses() -> QuerySet[Clause]:
    return Clause.objects.select_related(
        *("section__manual__work_group", "section__parent", "section__retired"),
        *("parent", "retired"),
    )


def _get_manual(user: User, key: str) -> Manual:
    """To somebody without a role no working draft exists."""
    if not load_roles(user).rows:
        raise NotVisible
    return get_object_or_404(Manual.objects.select_related("work_group"), key=key)
