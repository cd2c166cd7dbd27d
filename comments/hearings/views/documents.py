"""The documents of a hearing: opened by who may read its edition, added and taken away at its desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...models import HearingDocument
from ..access import documents_open_to, get_hearing
from ..choosing import choose_hearing
from ..forms.announcing import HearingDocumentForm, HearingForm
from ..services.documents import remove_document
from .announcing import desk_page


@require_safe
def hearing_document(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """Always as a download: what somebody uploaded never runs in the portal's pages."""
    document = (
        documents_open_to(request.user).filter(hearing=get_hearing(key), pk=pk).first()
    )
    if document is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise NotVisible
    return FileResponse(
        open_stored_file(document.file),
        as_attachment=True,
        filename=document.download_name,
        content_type=document.media_type,
    )


@login_required
@require_POST
def hearing_documents(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    require_admin(request.user)
    choice = choose_hearing(key)
    hearing = choice.hearing
    if hearing is None:
        raise NotVisible
    form = HearingDocumentForm(request.POST, request.FILES, auto_id="document-%s")
    if not form.is_valid() or form.save(hearing, by=request.user) is None:
        return desk_page(
            request,
            choice,
            HearingForm(hearing=hearing),
            document_form=form,
            status=422,
        )
    tell_done(request, "เพิ่มเอกสารแล้ว", form)
    return see_other(_documents_at_desk(key))


@login_required
@require_POST
def document_removal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    require_admin(request.user)
    document = get_object_or_404(
        HearingDocument.objects.select_related("hearing"), pk=pk
    )
    remove_document(document, by=request.user)
    messages.success(request, f"นำเอกสาร “{document.title}” ออกแล้ว")
    return see_other(_documents_at_desk(document.hearing.key))


def _documents_at_desk(key: str) -> str:
    return f"{reverse('hearing-edit', args=[key])}#documents"
