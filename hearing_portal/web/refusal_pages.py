"""The Thai pages of refused requests, 400 to 500: what happened, what to do, and the text that was typed."""

import re
from collections import Counter
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from .field_names import find_field_label, is_stamp
from .form_rendering import is_unbroken


class RefusalText(NamedTuple):
    """What a refusal says: a heading, what happened, what to do."""

    title: str
    message: str
    advice: str
    advice_in_place: str = ""  # where the page with the form stays as it is (htmx)


REFUSAL_TEXTS = {
    400: RefusalText(
        "อ่านคำขอนี้ไม่ได้",
        "ที่อยู่เว็บหรือข้อมูลที่ส่งมามีอักขระที่ระบบรับไม่ได้",
        "โปรดตรวจที่อยู่เว็บอีกครั้ง หรือเริ่มจากหน้ากลุ่มงาน",
    ),
    401: RefusalText(
        "ท่านยังไม่ได้เข้าสู่ระบบ",
        "หน้านี้หมดเวลาใช้งาน หรือท่านออกจากระบบในหน้าต่างอื่น สิ่งที่ส่งมาจึงยังไม่ได้บันทึก",
        "โปรดเปิดหน้าเข้าสู่ระบบในหน้าต่างใหม่ แล้วกลับมากดส่งอีกครั้งที่หน้านี้",
    ),
    403: RefusalText(
        "ท่านทำรายการนี้ไม่ได้",
        "สิทธิของท่านไม่ครอบคลุมรายการนี้",
        "ดูบทบาทของท่านที่หน้า “บัญชีของท่าน” หากไม่ตรงกับที่ได้รับแต่งตั้ง โปรดแจ้งผู้ดูแลระบบ",
    ),
    404: RefusalText(
        "ไม่พบหน้าที่ต้องการ",
        "หน้านี้ไม่มีอยู่ ย้ายไปแล้ว หรือท่านต้องเข้าสู่ระบบก่อนจึงจะเห็น",
        "โปรดตรวจที่อยู่เว็บอีกครั้ง ค้นหา หรือเริ่มจากหน้ากลุ่มงาน",
    ),
    405: RefusalText(
        "เปิดที่อยู่เว็บนี้โดยตรงไม่ได้",
        "ที่อยู่เว็บนี้ใช้รับข้อมูลที่ส่งจากหน้าอื่นเท่านั้น",
        "โปรดกลับไปหน้าเดิม แล้วกดปุ่มในหน้านั้น",
        "โปรดเปิดหน้านี้อีกครั้ง แล้วกดปุ่มในหน้านี้",
    ),
    409: RefusalText(
        "ยังไม่ได้บันทึก",
        "มีผู้อื่นบันทึกเรื่องนี้ก่อนท่าน ข้อมูลจึงเปลี่ยนไปแล้ว",
        "โปรดกลับไปหน้าเดิมเพื่อดูข้อมูลล่าสุด แล้วนำข้อความของท่านไปใช้ต่อ",
        "สิ่งที่ท่านกรอกและเลือกไว้ยังอยู่ในหน้านี้ โปรดคัดลอกข้อความเก็บไว้ แล้วเปิดหน้านี้อีกครั้งเพื่อดูข้อมูลล่าสุด",
    ),
    410: RefusalText(
        "ไฟล์นี้ใช้ไม่ได้แล้ว",
        "ไฟล์ที่เก็บไว้หายไปหรือเสียหาย จึงไม่ส่งให้ เพราะเนื้อหาอาจไม่ครบ",
        "หากเป็นไฟล์ที่สั่งจัดทำ โปรดสั่งใหม่ หากเป็นไฟล์ที่มีผู้นำเข้า โปรดแจ้งผู้ดูแลระบบเพื่อนำกลับมาจากสำเนา",
    ),
    413: RefusalText(
        "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป",
        "ระบบรับข้อมูลที่ส่งครั้งเดียวขนาดนี้ไม่ได้ จึงยังไม่ได้บันทึก",
        "โปรดกดย้อนกลับในเบราว์เซอร์ ข้อความของท่านยังอยู่ในหน้าเดิม คัดลอกเก็บไว้ก่อน แล้วแบ่งส่งทีละส่วน",
        "ข้อความของท่านยังอยู่ในหน้านี้ โปรดคัดลอกเก็บไว้ก่อน แล้วแบ่งส่งทีละส่วน",
    ),
    422: RefusalText(
        "ยังบันทึกไม่ได้",
        "ข้อมูลบางส่วนไม่ครบหรือไม่ถูกต้อง",
        "โปรดกลับไปหน้าเดิม แก้ไขแล้วส่งอีกครั้ง",
        "สิ่งที่ท่านกรอกและเลือกไว้ยังอยู่ในหน้านี้ โปรดแก้ไข แล้วส่งอีกครั้ง",
    ),
    429: RefusalText(
        "ส่งถี่เกินไป",
        "ระบบได้รับคำขอจากท่านหลายครั้งในเวลาสั้น จึงยังไม่ได้บันทึกครั้งนี้",
        "ข้อความของท่านยังอยู่ครบ เมื่อส่งต่อได้แล้ว โปรดส่งอีกครั้ง",
    ),
    500: RefusalText(
        "ระบบขัดข้อง",
        "ระบบทำรายการนี้ไม่สำเร็จ สิ่งที่บันทึกไว้แล้วก่อนหน้านี้ยังอยู่ครบ",
        "โปรดรอสักครู่แล้วลองอีกครั้ง หากยังไม่ได้ โปรดแจ้งผู้ดูแลระบบ",
    ),
}
# For who is signed in already; whether there is such a page at all is nobody's business
NOT_FOUND_SIGNED_IN = RefusalText(
    "ไม่พบหน้าที่ต้องการ",
    "หน้านี้ไม่มีอยู่ ย้ายไปแล้ว หรือบทบาทของท่านไม่ได้ให้สิทธิเปิดหน้านี้",
    "โปรดตรวจที่อยู่เว็บอีกครั้ง ค้นหา หรือเริ่มจากหน้ากลุ่มงาน ดูบทบาทของท่านได้ที่หน้า “บัญชีของท่าน”",
)
# Of a page that was asked for: nothing was typed that could be lost, corrected or sent again
NOT_OPENED = RefusalText(
    "เปิดหน้านี้ไม่ได้",
    "ข้อมูลเปลี่ยนไปแล้ว จึงทำรายการในหน้านี้ไม่ได้",
    "โปรดกลับไปหน้าเดิม แล้วเปิดหน้านั้นอีกครั้งเพื่อดูข้อมูลล่าสุด",
)
EXPIRED_FORM = RefusalText(
    "ยังไม่ได้ส่ง",
    "หน้านี้หมดเวลาใช้งานแล้ว โปรดส่งอีกครั้ง",
    "หากหน้านี้ไม่มีปุ่มส่ง โปรดกลับไปหน้าเดิมและเปิดหน้านั้นอีกครั้ง",
    "สิ่งที่ท่านกรอกและเลือกไว้ยังอยู่ในหน้านี้ โปรดส่งอีกครั้ง",
)


OTHER_ENCODING = RefusalText(
    "อ่านคำขอนี้ไม่ได้",
    "โปรแกรมที่ส่งใช้รหัสอักขระอื่น ระบบรับเฉพาะ UTF-8 จึงยังไม่ได้บันทึก",
    "โปรดส่งจากหน้าเว็บของระบบด้วยเบราว์เซอร์",
)


def too_large_message(
    exception: RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent,
) -> str:
    """Which limit the body is over, in the sizes people know."""
    if isinstance(exception, TooManyFieldsSent):
        return f"แบบที่ส่งมีเกิน {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} ช่อง จึงยังไม่ได้บันทึก"
    if isinstance(exception, TooManyFilesSent):
        return f"ส่งไฟล์พร้อมกันได้ไม่เกิน {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} ไฟล์ จึงยังไม่ได้บันทึก"
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    megabytes = limit / 2**20
    letters = (
        limit // 9 // 1_000 * 1_000
    )  # a Thai letter is nine bytes on its way (%E0%B8%81)
    return f"ข้อความที่ส่งในครั้งเดียวรวมกันได้ไม่เกิน {megabytes:.0f} MB (ราว {letters:,} ตัวอักษรไทย) ที่ส่งมาใหญ่กว่านั้น จึงยังไม่ได้บันทึก"


# Whoever is told to ask one is led to where they are reached
ADMINISTRATOR = "ผู้ดูแลระบบ"

_NAMELESS = "ข้อความของท่าน"

# Fields whose value no page may show again
_SECRET = re.compile(r"password|csrfmiddlewaretoken", re.IGNORECASE)
# Keys, numbers, dates and choices: nothing a person would miss
_MACHINE_VALUE = re.compile(r"[\w.:,/@+-]{0,64}", re.ASCII)


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment (a boosted link wants the whole page)."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Boosted") != "true"
    )


def retarget_to_notices(response: HttpResponse) -> HttpResponse:
    """For htmx: into #notices, whatever the form was aimed at. The form and its words stay as they are."""
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response


class SubmittedField(NamedTuple):
    """A field of a refused form. `is_text`: a person wrote it; otherwise a key, number or choice."""

    name: str
    value: str
    is_text: bool
    label: str = _NAMELESS  # no other field of the form has it

    @property
    def is_unbroken(self) -> bool:
        return is_unbroken(self.value)


def submitted_fields(request: HttpRequest) -> list[SubmittedField]:
    """What was posted, but for passwords and the token, in order. Empty when the body could not be read."""
    fields: list[SubmittedField] = []
    for name, values in request.POST.lists():
        if _SECRET.search(name):
            continue
        is_typed = not is_stamp(name, request.POST)
        for value in values:
            is_text = is_typed and not _MACHINE_VALUE.fullmatch(value)
            fields.append(SubmittedField(name, value, is_text))
    return _label_fields(fields)


def _label_fields(fields: list[SubmittedField]) -> list[SubmittedField]:
    """Those that share a label are numbered."""
    names = {field.name for field in fields}
    labels = [find_field_label(field.name, names) or _NAMELESS for field in fields]
    of_texts = Counter(
        label for field, label in zip(fields, labels, strict=True) if field.is_text
    )
    numbers: Counter[str] = Counter()
    labelled = []
    for field, label in zip(fields, labels, strict=True):
        if field.is_text and of_texts[label] > 1:
            numbers[label] += 1
            label = f"{label} ({numbers[label]})"
        labelled.append(field._replace(label=label))
    return labelled


MOST_KEPT_BYTES = (
    256 * 1024
)  # of a body that met a fault of ours; what is larger is a file, or no form of ours


def submitted_fields_of_fault(request: HttpRequest) -> list[SubmittedField]:
    """The kept fields for the page of a 500: whatever may be wrong with the request, that page must come."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if 0 < size <= MOST_KEPT_BYTES:
            return submitted_fields(request)
        return []
    except Exception:
        return []


def previous_page(request: HttpRequest) -> str:
    """The page the person came from when it is ours, else the first page."""
    referer = request.headers.get("Referer", "")
    if is_own_url(request, referer):
        return referer
    return "/"


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the form that was posted stands in a page of ours, as the browser says."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        ours = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    return origin == ours or origin.startswith(ours + "/")


def is_own_url(request: HttpRequest, url: str) -> bool:
    """Whether `url` leads to this site: the only kind of address a person is sent on to."""
    if not url:
        return False
    try:
        host = request.get_host()
    except DisallowedHost:
        return False
    return url_has_allowed_host_and_scheme(
        url, {host}, require_https=request.is_secure()
    )


def _words_for(request: HttpRequest, status: int) -> RefusalText:
    # A request that was refused before it had a user comes from nobody
    user = getattr(request, "user", None)
    if status == HTTPStatus.NOT_FOUND and user is not None and user.is_authenticated:
        return NOT_FOUND_SIGNED_IN
    if status in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY) and (
        request.method in ("GET", "HEAD")
    ):
        return NOT_OPENED
    return REFUSAL_TEXTS[status]


def refusal_response(
    request: HttpRequest,
    status: int,
    message_th: str = "",
    *,
    advice_th: str = "",
    words: RefusalText | None = None,
    resend: bool = False,
    template: str = "errors/refusal.html",
    **extra: object,
) -> HttpResponse:
    """The refusal as the asker can use it: a notice for htmx (the page and its form stay), JSON for programs,
    otherwise the page `template` with the submitted text to copy or, with `resend`, to send again."""
    words = words or _words_for(request, status)
    message = message_th or words.message
    advice = advice_th or words.advice
    if is_htmx(request) and not advice_th and words.advice_in_place:
        advice = words.advice_in_place
    if (
        request.get_preferred_type(["text/html", "application/json"])
        == "application/json"
    ):
        return JsonResponse({"status": status, "message": message}, status=status)
    kept = submitted_fields(request)
    context = {
        "status": status,
        "title": words.title,
        "message": message,
        "advice": advice,
        "kept": kept,
        "has_text": any(field.is_text for field in kept),
        "resend": resend,
        "back": previous_page(request),
        "names_administrator": ADMINISTRATOR in f"{message} {advice}",
        **extra,
    }
    if is_htmx(request):
        notice = render(request, f"{template}#notice", context, status=status)
        return retarget_to_notices(notice)
    return render(request, template, context, status=status)
