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
from django.http import Http404

from hearing_portal.refusals import Refusal, RefusalKind

if TYPE_CHECKING:
    from hearing_portal.directory.models import User

KEPT_SECONDS = 3600


class UploadGone(Refusal):
    """The uploaded file was taken in already, or has waited too long."""

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
        """The file the token leads to. Raises UploadGone, and Http404 for another person's."""
        return self.read_queued(self.name_of(token, by=by))

    def name_of(self, token: str, *, by: "User") -> str:
        """The name the token leads to, whether the file is still there or not. Raises UploadGone, and Http404 for
        another person's: to them it was never there."""
        try:
            signed: tuple[str, int] = signing.loads(
                token, salt=self.salt, max_age=KEPT_SECONDS
            )
        except signing.BadSignature:
            raise self.gone from None
        name, owner = signed
        if owner != by.pk:
            raise Http404
        return name

    def keep_longer(self, name: str, seconds: int = KEPT_SECONDS) -> None:
        """The file waits another hour from now, or so long, and what was noted beside it. Raises UploadGone."""
        self.sweep()
        if not self.waits(name):
            raise self.gone
        until = time.time() + seconds - KEPT_SECONDS  # sweep counts an hour from here
        for path in self._with_notes(name):
            os.utime(path, (until, until))

    def waits(self, name: str) -> bool:
        return (self._folder() / name).exists()

    def read_queued(self, name: str) -> bytes:
        """The file a job is to take in. Raises UploadGone."""
        self.sweep()
        try:
            return (self._folder() / name).read_bytes()
        except FileNotFoundError:
            raise self.gone from None

    def put_note(self, name: str, about: str, raw: bytes) -> None:
        """A few words beside a file, in place of those before; they go with it. Raises UploadGone."""
        self.sweep()
        if not self.waits(name):
            raise self.gone
        until = max(time.time(), (self._folder() / name).stat().st_mtime)
        fresh = self._folder() / f".new-{uuid.uuid4().hex}"
        fresh.write_bytes(raw)
        noted = fresh.replace(self._folder() / f"{name}.{about}")
        for path in (noted, self._folder() / name):
            os.utime(path, (until, until))

    def read_note(self, name: str, about: str) -> bytes:
        """Empty without one. Raises UploadGone where the file waits no more."""
        self.sweep()
        path = self._folder() / name
        if not path.exists():
            raise self.gone
        note = path.with_name(f"{name}.{about}")
        return note.read_bytes() if note.exists() else b""

    def drop(self, name: str) -> None:
        for path in self._with_notes(name):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Removes the files that were never taken in within the hour."""
        folder = self._folder()
        if not folder.exists():
            return
        oldest = time.time() - KEPT_SECONDS
        for path in folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _with_notes(self, name: str) -> list[Path]:
        folder = self._folder()
        return [folder / name, *folder.glob(f"{name}.*")]

    def _folder(self) -> Path:
        return Path(settings.VAR_DIR) / "imports"
