"""The uploaded list on its way from the first step of an import to the second.

It waits under var/imports/ by a random name until it is taken in, an hour at most (once confirmed, another hour for
the worker); the link to it is signed and good only for the person who uploaded it. Names stand in the table of people
and nowhere else for longer.
"""

import os
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core import signing

from hearing_portal.refusals import Refusal, RefusalKind

from ..models import User

KEPT_SECONDS = 3600
_SALT = "people-import"


class ImportGone(Refusal):
    """The uploaded file was taken in already, has waited too long, or is another person's."""

    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("ไฟล์นี้นำเข้าไปแล้ว หรือรอนานเกินหนึ่งชั่วโมง โปรดส่งไฟล์อีกครั้ง ส่งซ้ำได้ ไม่มีใครถูกเพิ่มสองครั้ง")


def store_upload(raw: bytes, *, by: User) -> str:
    """Keeps the file for its second step; returns the token that leads to it."""
    sweep_uploads()
    folder = _uploads()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = uuid.uuid4().hex
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as kept:
        kept.write(raw)
    return signing.dumps([name, by.pk], salt=_SALT)


def read_upload(token: str, *, by: User) -> bytes:
    """The file the token leads to. Raises ImportGone."""
    return read_queued_upload(upload_name(token, by=by))


def upload_name(token: str, *, by: User) -> str:
    """The name the token leads to, whether the file is still there or not. Raises ImportGone."""
    try:
        signed: tuple[str, int] = signing.loads(token, salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise ImportGone from None
    name, owner = signed
    if owner != by.pk:
        raise ImportGone
    return name


def keep_longer(name: str) -> None:
    """The file waits another hour from now. Raises ImportGone."""
    sweep_uploads()
    try:
        os.utime(_uploads() / name)
    except FileNotFoundError:
        raise ImportGone from None


def read_queued_upload(name: str) -> bytes:
    """The file a job is to take in. Raises ImportGone."""
    sweep_uploads()
    try:
        return (_uploads() / name).read_bytes()
    except FileNotFoundError:
        raise ImportGone from None


def drop_upload(name: str) -> None:
    (_uploads() / name).unlink(missing_ok=True)


def sweep_uploads() -> None:
    """Removes the files that were never taken in within the hour."""
    folder = _uploads()
    if not folder.exists():
        return
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _uploads() -> Path:
    return Path(settings.VAR_DIR) / "imports"
