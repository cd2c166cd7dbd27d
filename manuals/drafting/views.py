"""The working draft of a section, for those who write it and those who advise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, require_permission

from ..models import Section
from ..permissions import can_read_draft
from ..queries import load_draft_entries
from ..reading.presentation.sections import read_section


@login_required
@require_safe
def draft(request: AuthenticatedHttpRequest, key: str, uuid: str) -> HttpResponse:
    if not load_roles(request.user).rows:
        raise NotVisible
    sections = Section.objects.select_related("manual__work_group", "parent", "retired")
    node = get_object_or_404(sections, uuid=uuid, manual__key=key)
    message = "ร่างที่กำลังเขียนอ่านได้เฉพาะคณะทำงานยกร่าง ผู้ดำเนินเวที และผู้ทรงคุณวุฒิของกลุ่มงานนี้"
    require_permission(can_read_draft(request.user, node.manual.work_group), message)
    section = read_section(load_draft_entries(node))
    context = {"node": node, "section": section}
    return render(request, "manuals/drafting/draft.html", context)
