"""Files that came with a form which is not saved yet: they wait under their hash, and are kept with the clause.

A kept file is never deleted; so one that no clause ever had is never made one.
"""

import hashlib
import time
import uuid
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.files_folder import require_folder
from hearing_portal.jobs.media_types import recognise_media_type
from hearing_portal.jobs.models import StoredFile

from ...content import Content, Figure, Form
from ..changes import ChangeRefused

WAITING_DAYS = 30
SECONDS_A_DAY = 24 * 60 * 60
NAME_ENDING = ".name"  # of the small file beside it that says what it was called


def put_waiting(file: BinaryIO, *, name: str) -> str:
    """The hash under which the file waits. Sent again, it waits from now on. Raises FolderLost."""
    require_folder()
    file.seek(0)
    content = file.read()
    sha = hashlib.sha256(content).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for place, written in (
        (folder / (sha + NAME_ENDING), name.encode()),
        (folder / sha, content),
    ):
        # Written under a name nobody looks for, then renamed: never half a file
        fresh = folder / f".new-{uuid.uuid4().hex}"
        fresh.write_bytes(written)
        fresh.replace(place)
    return sha


def keep_file_of(content: Content) -> None:
    """The file that the content names is kept from now on. Raises ChangeRefused when it has waited too long."""
    if not isinstance(content, Form | Figure) or not content.file:
        return
    if StoredFile.objects.filter(sha=content.file).exists():
        return
    path = _folder() / content.file
    try:
        name = path.with_name(path.name + NAME_ENDING).read_text()
        with path.open("rb") as file:
            media_type = recognise_media_type(file) or ""
    except FileNotFoundError as error:
        raise ChangeRefused(
            f"ไฟล์ที่แนบรอการบันทึกนานเกิน {WAITING_DAYS} วัน โปรดเลือกไฟล์อีกครั้ง"
        ) from error
    store_file(
        path, media_type=media_type, name=name
    )  # the sweep takes the waiting one


def sweep_waiting_files() -> None:
    """Removes the files that no clause was saved with in time."""
    folder = _folder()
    if not folder.exists():
        return
    oldest = time.time() - WAITING_DAYS * SECONDS_A_DAY
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.FILES_DIR) / "waiting"
