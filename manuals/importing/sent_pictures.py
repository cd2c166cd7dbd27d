"""Pictures out of a file as it was sent: what stands in a preview is read from it, and kept by itself once taken in."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from hearing_portal.jobs.files import read_stored_file, store_file
from hearing_portal.jobs.media_types import JPEG, PNG, recognise_media_type
from hearing_portal.zip_files import BROKEN_ZIP

from ..content import Figure
from ..models import ImportedProcess
from .kept_readings import load_rows

MOST_BYTES = 10 * 1024 * 1024  # the reader took none that is larger
SHOWN = (PNG, JPEG)


def read_picture(raw: bytes, name: str, sha: str) -> tuple[str, bytes] | None:
    """(media type, bytes) of a part of a Word file; None where it is not what was read."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(raw)) as archive,
            archive.open(name) as opened,
        ):
            content = opened.read(MOST_BYTES + 1)
    except BROKEN_ZIP:
        return None
    media_type = recognise_media_type(io.BytesIO(content))
    if media_type not in SHOWN or hashlib.sha256(content).hexdigest() != sha:
        return None
    return media_type, content


def find_picture(process: ImportedProcess, sha: str) -> tuple[str, bytes] | None:
    """One that a row of the preview has. Without a query where its file is loaded."""
    name = process.reading.get("pictures", {}).get(sha)
    raw = read_stored_file(process.file.original) if name else None
    return read_picture(raw, name, sha) if raw is not None else None


def keep_pictures(raw: bytes, pictures: Mapping[str, str]) -> None:
    """`pictures` are {hash: name inside the file}."""
    for sha, name in pictures.items():
        found = read_picture(raw, name, sha)
        if found is not None:
            media_type, content = found
            store_file(content, media_type=media_type, name=PurePosixPath(name).name)


def keep_pictures_of(processes: Iterable[ImportedProcess]) -> None:
    """Those of the figures that are taken in; what was left out is kept nowhere but in its file."""
    for process in processes:
        known = process.reading.get("pictures", {})
        wanted = {}
        for row in load_rows(process).standing if known else ():
            if isinstance(row.content, Figure) and row.content.file in known:
                wanted[row.content.file] = known[row.content.file]
        raw = read_stored_file(process.file.original) if wanted else None
        if raw is not None:
            keep_pictures(raw, wanted)
