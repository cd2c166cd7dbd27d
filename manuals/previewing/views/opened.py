"""What somebody sees who follows a link to the working draft: the password first, then the words, watermarked.

The pages lead nowhere else, tell no name, and are kept by nobody: not by search engines, caches or other sites.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.directory.sign_in.limits import SignInPaused
from hearing_portal.thai.dates import be_date
from hearing_portal.web.capability_pages import kept_by_nobody
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import NotVisible
from hearing_portal.web.redirects import see_other

from ...drafting.queries.contents import load_outline
from ...models import PreviewLink, Section
from ...reading.clause_files import open_file_of
from ..access import is_opened, remember_opened
from ..forms import PreviewPasswordForm
from ..presentation import tell_left
from ..queries import find_link, find_working_link, is_gone, is_over, is_recalled
from ..reading import read_for_preview
from ..services import open_preview_link

FRAME = "manuals/previewing/frame.html"
WRONG = "รหัสผ่านไม่ถูกต้อง โปรดตรวจกับผู้ที่ส่งลิงก์ให้ท่าน แล้วลองอีกครั้ง"


@sensitive_post_parameters("password")
@kept_by_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """The password, then the process, or the contents of the manual."""
    link = find_working_link(secret)
    if link is None:
        return _dead_page(request, secret)
    if request.method == "POST":
        return _enter(request, link, secret)
    if not is_opened(request, link):
        return _password_page(request, PreviewPasswordForm())
    if link.section is not None:
        return _section_page(request, link, link.section, secret)
    rows = load_outline(link.manual)
    context = {"link": link, "secret": secret, "rows": rows, "frame": FRAME}
    return render(request, "manuals/previewing/contents.html", context)


@kept_by_nobody
@require_safe
def preview_section(request: HttpRequest, secret: str, uuid: UUID) -> HttpResponse:
    """A section of the manual that the link shows."""
    link = find_working_link(secret)
    if link is None:
        return _dead_page(request, secret)
    if not is_opened(request, link):
        return _begin_at_password(secret)
    section = _find_shown_section(link, uuid)
    if section is None:
        return _dead_page(request, secret)
    if section.retired is not None:
        return _tell_left(request, section, reverse("preview", args=[secret]))
    return _section_page(request, link, section, secret)


@kept_by_nobody
@require_safe
def preview_file(
    request: HttpRequest, secret: str, uuid: UUID, clause_uuid: UUID
) -> HttpResponseBase:
    """The file of a form or a figure, as it stands among the words that the link shows."""
    link = find_working_link(secret)
    if link is None or not is_opened(request, link):
        return _dead_page(request, secret)
    section = _find_shown_section(link, uuid)
    if section is None or section.retired is not None:
        return _dead_page(request, secret)
    try:
        return open_file_of(
            clause_uuid, read_for_preview(link, section, secret).clauses
        )
    except NotVisible:
        return _dead_page(request, secret)


def _enter(request: HttpRequest, link: PreviewLink, secret: str) -> HttpResponse:
    form = PreviewPasswordForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        try:
            is_right = open_preview_link(
                link,
                form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
            )
        except SignInPaused as pause:
            page = render(
                request,
                "manuals/previewing/paused.html",
                {"until": pause.shown_until},
                status=429,
            )
            page["Retry-After"] = pause.retry_after
            return page
        if is_right:
            remember_opened(request, link)
            return _begin_at_password(secret)
        form.add_error("password", WRONG)
        status = 422
    return _password_page(request, form, status=status)


def _begin_at_password(secret: str) -> HttpResponse:
    return see_other(reverse("preview", args=[secret]))


def _password_page(
    request: HttpRequest, form: PreviewPasswordForm, *, status: int = 200
) -> HttpResponse:
    page = render(
        request, "manuals/previewing/password.html", {"form": form}, status=status
    )
    page["Referrer-Policy"] = "same-origin"
    return page


def _dead_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Who has the whole address of a link that was is told why it shows nothing; of another it is told that it is none.
    That tells nobody more: the secret cannot be guessed."""
    link = find_link(secret)
    if link is None:
        return _tell_dead(request, "")
    if is_recalled(link):
        return _tell_dead(request, "คณะทำงานยกร่างเรียกคืนลิงก์นี้แล้ว")
    if is_over(link):
        told = f"ลิงก์นี้ดูได้ถึง {be_date(link.ends_on)} และหมดอายุแล้ว"
        return _tell_dead(request, told)
    if link.section is not None and is_gone(link):
        return _tell_left(request, link.section)
    if find_working_link(secret) is None:
        return _tell_dead(request, "ผู้จัดทำลิงก์ไม่ได้ยกร่างคู่มือนี้แล้ว")
    return _tell_dead(request, "")


def _tell_dead(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "manuals/previewing/dead.html", {"why": why}, status=404)


def _tell_left(
    request: HttpRequest, section: Section, contents_url: str = ""
) -> HttpResponse:
    """What the link shows, or a part of it, left the draft: neither its name nor that of another process is told."""
    context = {
        "why": tell_left(section),
        "contents_url": contents_url,
    }
    return render(request, "manuals/previewing/dead.html", context, status=410)


def _section_page(
    request: HttpRequest, link: PreviewLink, section: Section, secret: str
) -> HttpResponse:
    context = {
        "link": link,
        "secret": secret,
        "node": section,
        "section": read_for_preview(link, section, secret),
        "frame": FRAME,
        "hides_links": True,
    }
    return render(request, "manuals/previewing/section.html", context)


def _find_shown_section(link: PreviewLink, uuid: UUID) -> Section | None:
    """What the link shows under this uuid, or showed before that left the draft; None for everything else."""
    if link.section is not None:
        return link.section if link.section.uuid == uuid else None
    sections = Section.objects.filter(manual=link.manual).exclude(
        kind=Section.Kind.UNIT
    )
    return (
        sections.select_related("manual__work_group", "parent", "retired")
        .filter(uuid=uuid)
        .first()
    )
