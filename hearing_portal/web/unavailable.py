"""503: the database is down, locked or silent, a disk is full or gone. Said in Thai, with the text that was typed and
whether it was stored; needs neither database nor session, and no thread of the pages'."""

from enum import Enum

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control

from hearing_portal.full_disks import is_of_full_disk
from hearing_portal.jobs.files_folder import FolderLost
from hearing_portal.postgres.faults import is_of_database, stored_nothing
from hearing_portal.web.refusal_pages import (
    RefusalText,
    comes_from_here,
    is_htmx,
    retarget_to_notices,
    submitted_fields_of_fault,
)

RETRY_AFTER = 5  # seconds


class Trouble(Enum):
    """Why there is no answer, as far as the person who waits is concerned."""

    NOT_SHOWN = RefusalText(
        "ระบบไม่พร้อมชั่วคราว",
        "ยังเปิดหน้านี้ไม่ได้ เพราะระบบมีงานมากหรือฐานข้อมูลยังไม่ตอบ",
        "โปรดรอสักครู่ แล้วลองอีกครั้ง",
    )
    NOT_STORED = RefusalText(
        "ยังไม่ได้บันทึก",
        "ยังไม่ได้บันทึก เพราะระบบมีงานมากหรือฐานข้อมูลยังไม่ตอบ",
        "โปรดรอสักครู่ แล้วส่งอีกครั้ง",
    )
    UNKNOWN = RefusalText(
        "ยังไม่ทราบผลการส่ง",
        "ยังไม่ทราบว่าบันทึกแล้วหรือยัง เพราะระบบยังไม่ตอบในเวลาที่กำหนด",
        "โปรดรอสักครู่ แล้วเปิดหน้าเดิมตรวจดูว่าบันทึกแล้วหรือยัง ก่อนส่งอีกครั้ง",
    )
    UNKNOWN_BUT_KEYED = RefusalText(
        "ยังไม่ทราบผลการส่ง",
        "ยังไม่ทราบว่าบันทึกแล้วหรือยัง เพราะระบบยังไม่ตอบในเวลาที่กำหนด",
        "โปรดรอสักครู่ แล้วส่งอีกครั้ง หากบันทึกไว้แล้ว ระบบจะไม่บันทึกซ้ำ",
    )
    NOT_SIGNED_IN = RefusalText(
        "ยังเข้าสู่ระบบไม่ได้",
        "ยังเข้าสู่ระบบไม่ได้ เพราะระบบมีงานมากหรือฐานข้อมูลยังไม่ตอบ",
        "โปรดรอสักครู่ แล้วลองเข้าสู่ระบบอีกครั้ง",
    )
    NOT_SIGNED_OUT = RefusalText(
        "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง",
        "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง เพราะระบบมีงานมากหรือฐานข้อมูลยังไม่ตอบ",
        "โปรดรอสักครู่ แล้วออกจากระบบอีกครั้ง หากใช้เครื่องร่วมกับผู้อื่น โปรดอย่าเพิ่งลุกจากเครื่อง",
    )
    FULL = RefusalText(
        "ยังไม่ได้บันทึก",
        "ยังไม่ได้บันทึก เพราะพื้นที่เก็บข้อมูลของระบบเต็ม",
        "สิ่งที่บันทึกไว้แล้วก่อนหน้านี้ยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบ",
    )
    FOLDER_LOST = RefusalText(
        "ยังไม่ได้บันทึก",
        "ยังไม่ได้บันทึก เพราะที่เก็บไฟล์ของระบบไม่พร้อม",
        "สิ่งที่บันทึกไว้แล้วก่อนหน้านี้ยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบ แล้วส่งอีกครั้งเมื่อแก้ไขแล้ว",
    )
    FILES_NOT_SHOWN = RefusalText(
        "ระบบไม่พร้อมชั่วคราว",
        "ยังเปิดไฟล์ไม่ได้ เพราะที่เก็บไฟล์ของระบบไม่พร้อม",
        "ไฟล์ที่เก็บไว้แล้วไม่ได้หายไป โปรดแจ้งผู้ดูแลระบบ แล้วเปิดอีกครั้งเมื่อแก้ไขแล้ว",
    )
    NOT_SHOWN_AS_FULL = RefusalText(
        "ระบบไม่พร้อมชั่วคราว",
        "ยังเปิดหน้านี้ไม่ได้ เพราะพื้นที่เก็บข้อมูลของระบบเต็ม",
        "สิ่งที่บันทึกไว้แล้วก่อนหน้านี้ยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบ",
    )
    NOT_SIGNED_IN_AS_FULL = RefusalText(
        "ยังเข้าสู่ระบบไม่ได้",
        "ยังเข้าสู่ระบบไม่ได้ เพราะพื้นที่เก็บข้อมูลของระบบเต็ม",
        "สิ่งที่บันทึกไว้แล้วก่อนหน้านี้ยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบ",
    )
    NOT_SIGNED_OUT_AS_FULL = RefusalText(
        "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง",
        "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง เพราะพื้นที่เก็บข้อมูลของระบบเต็ม",
        "โปรดแจ้งผู้ดูแลระบบ หากใช้เครื่องร่วมกับผู้อื่น โปรดปิดเบราว์เซอร์ก่อนลุกจากเครื่อง",
    )


def trouble_of_fault(
    request: HttpRequest, fault: BaseException | None
) -> Trouble | None:
    """What a database or a disk that does not serve means for the person; None for a fault of our own."""
    if fault is None:
        return None
    if isinstance(fault, FolderLost):
        is_read = request.method in ("GET", "HEAD")
        return Trouble.FILES_NOT_SHOWN if is_read else Trouble.FOLDER_LOST
    if is_of_full_disk(fault):
        return _trouble_of_full_disk(request)
    if not is_of_database(fault):
        return None
    return trouble_of(request, was_begun=not stored_nothing(fault))


def _trouble_of_full_disk(request: HttpRequest) -> Trouble:
    if request.method in ("GET", "HEAD"):
        return Trouble.NOT_SHOWN_AS_FULL
    about_session = _TROUBLE_OF_SESSIONS.get(_view_name(request))
    if about_session is None:
        return Trouble.FULL
    return _AS_FULL[about_session]


def trouble_of(request: HttpRequest, *, was_begun: bool) -> Trouble:
    """`was_begun`: something of the request may have happened, or may still."""
    if request.method in ("GET", "HEAD"):
        return Trouble.NOT_SHOWN
    about_session = _TROUBLE_OF_SESSIONS.get(_view_name(request))
    if about_session is not None:
        return about_session
    if not was_begun:
        return Trouble.NOT_STORED
    fields = submitted_fields_of_fault(request)
    is_keyed = any(field.name == "client_key" for field in fields)
    return Trouble.UNKNOWN_BUT_KEYED if is_keyed else Trouble.UNKNOWN


# Posts by which nothing is stored that anybody wrote, and which are harmless a second time
_TROUBLE_OF_SESSIONS = {
    "sign-in": Trouble.NOT_SIGNED_IN,
    "sign-out": Trouble.NOT_SIGNED_OUT,
    "preview": Trouble.NOT_SHOWN,  # opened with its password
}
# The same where a disk is full
_AS_FULL = {
    Trouble.NOT_SIGNED_IN: Trouble.NOT_SIGNED_IN_AS_FULL,
    Trouble.NOT_SIGNED_OUT: Trouble.NOT_SIGNED_OUT_AS_FULL,
    Trouble.NOT_SHOWN: Trouble.NOT_SHOWN_AS_FULL,
}
_FOR_ADMINISTRATORS = {
    Trouble.FULL,
    Trouble.FOLDER_LOST,
    Trouble.FILES_NOT_SHOWN,
    *_AS_FULL.values(),
}


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def unavailable_response(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503 with Retry-After: a notice for htmx, JSON for programs, else a page with the text to copy or to send again.

    It is offered to be sent from there when that cannot store it twice, and never when it came from another site.
    """
    text = trouble.value
    if (
        request.get_preferred_type(["text/html", "application/json"])
        == "application/json"
    ):
        response: HttpResponse = JsonResponse(
            {"status": 503, "message": text.message}, status=503
        )
    else:
        response = HttpResponse(_page(request, trouble), status=503)
    if is_htmx(request):
        retarget_to_notices(response)
    response["Retry-After"] = str(RETRY_AFTER)
    patch_cache_control(response, no_store=True)
    # Django logs an answer of 503 as an error, unless it believes that it has done so
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own, unknown to its stubs
    return response


def _page(request: HttpRequest, trouble: Trouble) -> str:
    kept = submitted_fields_of_fault(request)
    # The one that was posted goes with the cookie still, and no other can be made without the session
    token = request.POST.get("csrfmiddlewaretoken", "") if kept else ""
    is_safe = trouble in (Trouble.NOT_STORED, Trouble.UNKNOWN_BUT_KEYED, Trouble.FULL)
    can_resend = (
        is_safe and bool(token) and not request.FILES and comes_from_here(request)
    )
    leads_back = trouble in (
        Trouble.NOT_SHOWN,
        Trouble.NOT_SHOWN_AS_FULL,
        Trouble.NOT_SIGNED_IN,
        Trouble.NOT_SIGNED_IN_AS_FULL,
    )
    context = {
        "request": request,
        "csrf_token": token,
        "title": trouble.value.title,
        "message": trouble.value.message,
        "advice": trouble.value.advice,
        "kept": kept,
        "has_text": any(field.is_text for field in kept),
        "resend": can_resend,
        "again": request.get_full_path() if leads_back else "",
        "names_administrator": trouble in _FOR_ADMINISTRATORS,
    }
    return render_to_string(
        "errors/503.html#notice" if is_htmx(request) else "errors/503.html", context
    )
