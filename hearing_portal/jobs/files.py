"""Keeping bytes under their SHA-256, so that equal files are kept once and none is ever half written."""

import hashlib
import io
import logging
import os
import uuid
from pathlib import Path
from typing import BinaryIO

from hearing_portal.jobs.files_folder import (
    FolderLost,
    folder_may_be_ours,
    require_folder,
)
from hearing_portal.jobs.models import StoredFile
from hearing_portal.refusals import Refusal, RefusalKind

logger = logging.getLogger(__name__)
CHUNK = 1 << 20  # bytes


def store_file(
    source: BinaryIO | Path | bytes, *, media_type: str, name: str
) -> StoredFile:
    """Keeps the bytes and returns their row; bytes already kept keep the name and type they first came with. Raises
    FolderLost.

    The bytes are on the disk, under their final name, before the row exists.
    """
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return store_file(opened, media_type=media_type, name=name)
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    folder = require_folder()
    # Written under a name nobody looks for, then renamed: a reader sees all of a file or nothing
    fresh = folder / f".new-{uuid.uuid4().hex}"
    try:
        sha, size = _write(fresh, source)
        file = StoredFile(
            sha=sha,
            media_type=media_type,
            size=size,
            name=name[:255],
        )
        file.path.parent.mkdir(exist_ok=True, mode=0o700)
        fresh.replace(file.path)
        _sync_folder(file.path.parent)
    finally:
        fresh.unlink(missing_ok=True)
    kept, _ = StoredFile.objects.get_or_create(
        sha=sha, defaults={"media_type": media_type, "size": size, "name": file.name}
    )
    return kept


class FileLost(Refusal):
    """The bytes are gone from the disk, or are not those that were stored."""

    kind = RefusalKind.LOST

    def __init__(self, file: StoredFile) -> None:
        super().__init__("")
        self.file = file


def open_stored_file(file: StoredFile) -> BinaryIO:
    """The bytes as they were stored, checked against their SHA-256. Raises FileLost, and says so in the log; FolderLost
    where it is the whole folder that is gone: it may be back in a moment, with the file."""
    try:
        opened = file.path.open("rb")
    except OSError as error:
        if not folder_may_be_ours():
            raise FolderLost(f"{file.path} is not there: its folder is gone") from error
        logger.error("the stored file %s cannot be read: %s", file.sha, error)
        raise FileLost(file) from error
    if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha:
        opened.close()
        logger.error(
            "the stored file %s is not what was stored: %s", file.sha, file.path
        )
        raise FileLost(file)
    opened.seek(0)
    return opened


def read_stored_file(file: StoredFile) -> bytes | None:
    """The bytes as they were stored; None for a file that is lost. Raises FolderLost."""
    try:
        with open_stored_file(file) as opened:
            return opened.read()
    except FileLost:
        return None


def _write(path: Path, source: BinaryIO) -> tuple[str, int]:
    """Writes a new file and makes sure it is on the disk; returns (SHA-256 in hexadecimal, bytes)."""
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    """A rename is only sure to survive a power cut once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
