"""The folder of the stored files, and how it is known again: another one in its place, as a disk that is not mounted
leaves behind, would take new files and lose them.

A mark in it names the database whose files it holds. Before anything was stored any folder is the right one.
"""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from hearing_portal.jobs.models import StoredFile

FOLDER_MARK = ".portal-files"
MOST_LOOKED_FOR = 50  # stored files that tell a folder without a mark


class FolderLost(OSError):
    """The folder of the stored files is gone, or another one stands in its place: what is put there would be lost when
    the right one is back."""


def require_folder() -> Path:
    """The folder that takes new files. Raises FolderLost; before anything was stored, a new folder is the right one."""
    if not folder_is_ours():
        if StoredFile.objects.exists():
            raise FolderLost(f"{settings.FILES_DIR} is not where files were stored")
        accept_folder()
    return Path(settings.FILES_DIR)


def folder_is_ours() -> bool:
    """Asks the database once for each process."""
    return _read_mark() == name_of_database()


def folder_may_be_ours() -> bool:
    """The same without asking: any mark will do in a process that does not know yet which is right."""
    mark = _read_mark()
    return bool(mark) and mark == _known_name.get(connection.alias, mark)


def know_folder() -> None:
    """When the portal starts: marks a folder where nothing was stored yet, and one without a mark that holds the files,
    as an earlier version or a copy without it leaves behind. Raises FolderLost for another one."""
    if folder_is_ours():
        return
    if StoredFile.objects.exists() and (_read_mark() or not _holds_stored_files()):
        raise FolderLost(f"{settings.FILES_DIR} is not where files were stored")
    accept_folder()


def accept_folder() -> None:
    """From now on this is the folder of the stored files."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside it, then renamed: never half a mark
    fresh = folder / f".new-{uuid.uuid4().hex}"
    fresh.touch(mode=0o600)
    fresh.write_text(name_of_database())
    fresh.replace(folder / FOLDER_MARK)


def count_lost_files() -> int:
    """How many of the stored files the folder does not hold."""
    return sum(not file.path.is_file() for file in StoredFile.objects.iterator())


_known_name: dict[str, str] = {}  # of this process


def name_of_database() -> str:
    """The moment at which the first migration was applied: no other database has it, and a copy that is restored keeps
    it."""
    if connection.alias not in _known_name:
        first = MigrationRecorder.Migration.objects.earliest("pk")
        _known_name[connection.alias] = first.applied.isoformat()
    return _known_name[connection.alias]


def _read_mark() -> str:
    try:
        return (Path(settings.FILES_DIR) / FOLDER_MARK).read_text(errors="replace")
    except OSError:
        return ""


def _holds_stored_files() -> bool:
    """At least half of some: they are chosen by their hashes, and one or the other may be damaged."""
    some = list(StoredFile.objects.order_by("pk")[:MOST_LOOKED_FOR])
    held = sum(file.path.is_file() for file in some)
    return 2 * held >= len(some)
