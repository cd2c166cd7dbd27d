"""Uploaded files on their way from the first step of an import to the second.

Each waits under var/imports/ by a random name until it is taken in, an hour at most (once confirmed, another hour for
the worker); the link to it is signed and good only for the person who uploaded it.
"""

import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from hearing_portal.refusals import Refusal, RefusalKind

if TYPE_CHECKING:
    from hearing_portal.directory.models import User

KEPT_SECONDS = 3600


class UploadGone(Refusal):
    """The uploaded file was taken in already, has waited too long, or is another person's."""

    kind = RefusalKind.CONFLICT


class WaitingUploads:
    """The uploads of one kind of import. `salt` keeps their links apart from those of other kinds; `gone` is raised
    for a file that waits no more."""

    def __init__(self, salt: str, gone: type[UploadGone]) -> None:
        self.salt = salt
        self.gone = gone

    def store(self, raw: bytes, *, by: "User") -> str:
        """Keeps the file for its second step; returns the token that leads to it."""
        self.sweep()
        folder = self._folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = uuid.uuid4().hex
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as kept:
            kept.write(raw)
        return self.sign(name, by=by)

    def sign(self, name: str, *, by: "User") -> str:
        """The token that leads this person to the file, for another hour."""
        return signing.dumps([name, by.pk], salt=self.salt)

    def read(self, token: str, *, by: "User") -> bytes:
        """The file the token leads to. Raises UploadGone."""
        return self.read_queued(self.name_of(token, by=by))

    def name_of(self, token: str, *, by: "User") -> str:
        """The name the token leads to, whether the file is still there or not. Raises UploadGone."""
        try:
            signed: tuple[str, int] = signing.loads(
                token, salt=self.salt, max_age=KEPT_SECONDS
            )
        except signing.BadSignature:
            raise self.gone from None
        name, owner = signed
        if owner != by.pk:
            raise self.gone
        return name

    def keep_longer(self, name: str) -> None:
        """The file waits another hour from now. Raises UploadGone."""
        self.sweep()
        try:
            os.utime(self._folder() / name)
        except FileNotFoundError:
            raise self.gone from None

    def read_queued(self, name: str) -> bytes:
        """The file a job is to take in. Raises UploadGone."""
        self.sweep()
        try:
            return (self._folder() / name).read_bytes()
        except FileNotFoundError:
            raise self.gone from None

    def drop(self, name: str) -> None:
        (self._folder() / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Removes the files that were never taken in within the hour."""
        folder = self._folder()
        if not folder.exists():
            return
        oldest = time.time() - KEPT_SECONDS
        for path in folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _folder(self) -> Path:
        return Path(settings.VAR_DIR) / "imports"
