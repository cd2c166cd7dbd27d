"""The texts of a form as the browser, or a program in its place, sent them: Django takes what is not UTF-8 for Latin-1
or puts U+FFFD in its place, and both would be stored."""

import codecs
from collections.abc import Buffer, Callable
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from hearing_portal.thai.byte_texts import NoText, decode_thai
from hearing_portal.thai.text import UNREADABLE

CODEC = "portal-form"
View = Callable[[HttpRequest], HttpResponseBase]


def read_form_text(raw: bytes) -> str:
    """The text of one field; where it is none, with UNREADABLE in it, which the text policy refuses with words."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    try:
        return decode_thai(raw)
    except NoText:
        return raw.decode(errors="replace").replace("\ufffd", UNREADABLE)


def _decode(raw: Buffer, _errors: str = "strict", /) -> tuple[str, int]:
    whole = bytes(raw)
    return read_form_text(whole), len(whole)


def _find_codec(name: str) -> codecs.CodecInfo | None:
    if name != CODEC.replace("-", "_"):
        return None
    return codecs.CodecInfo(codecs.utf_8_encode, _decode, name=CODEC)


codecs.register(_find_codec)


def read_forms_as_thai(get_response: View) -> View:
    """Fields that are not UTF-8 reach the views as the Thai they are, or as what the text policy refuses."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.content_type == "multipart/form-data":
            request.encoding = CODEC  # every field is decoded by itself
        elif request.content_type == "application/x-www-form-urlencoded":
            size = request.META.get("CONTENT_LENGTH") or "0"
            is_number = size.isascii() and size.isdigit()
            # What is larger is refused where it is read
            if is_number and int(size) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                _put_in_utf8(request)
        return get_response(request)

    return middleware


def _put_in_utf8(request: HttpRequest) -> None:
    # Percent signs stand for bytes: those of each field become text by themselves. Latin-1 keeps every byte
    fields = request.body.decode("latin-1")
    try:
        pairs = parse_qsl(fields, keep_blank_values=True, encoding="latin-1")
        is_utf8 = all(_is_utf8(name) and _is_utf8(value) for name, value in pairs)
    except ValueError:
        return
    if is_utf8:
        return
    texts = []
    for name, value in pairs:
        texts.append(
            (
                read_form_text(name.encode("latin-1")),
                read_form_text(value.encode("latin-1")),
            )
        )
    request._body = urlencode(
        texts
    ).encode()  # Django offers no other way before it reads the fields


def _is_utf8(bytes_as_latin: str) -> bool:
    if bytes_as_latin.isascii():
        return True
    try:
        bytes_as_latin.encode("latin-1").decode()
    except UnicodeDecodeError:
        return False
    return True
