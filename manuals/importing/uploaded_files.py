"""Files that people upload for a manual: texts, or a ZIP of a folder of them. What they hold is taken as hostile."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from hearing_portal.jobs.kinds import unwatched
from hearing_portal.jobs.media_types import recognise_media_type
from hearing_portal.refusals import Refusal
from hearing_portal.zip_files import BROKEN_ZIP

from ..law.queries import load_sources_by_title
from ..models.sent_file import PASTED
from ..source import SourceDocument, SourceNotRead
from .drafts import ProcessDraft
from .formats import read_source
from .text_files import read_document_processes
from .text_source import read_text_source

MEGABYTE = 1024 * 1024
# Those of a folder too; the longest of the shipped lists has 29 processes
MAX_FILES = 40
# Of all files as they are sent. The texts of a manual are a hundredth of it, its pictures the rest; the reader of one
# file has 300 MB, of which twenty are the file and twenty its parts (reading_process.py)
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED = 40 * MEGABYTE  # of all files of a folder
MAX_PROCESSES = 120  # of all files; a manual has some thirty
MAX_PARTS = 400  # of a ZIP, with folders and what the computer put there
PACKED = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
)  # what files begin with that are no text, whatever their name
STRANGE_PATHS = (
    "ใน ZIP มีชื่อไฟล์ที่ออกนอกโฟลเดอร์ (..) จึงไม่ได้อ่าน โปรดบีบอัดโฟลเดอร์ใหม่แล้วส่งอีกครั้ง"
)
SYSTEM_FILES = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
READ_AT_ONCE = 100 * 1024  # bytes of plain text; whatever else is sent is read by a job
TEXT = "text/plain"


# Hears how many files are read; may raise to stop it
type Progress = Callable[[int], None]


class UnreadFile(NamedTuple):
    """A file nothing is taken from, and what to do about it."""

    name: str
    message: str


class SourceFile(NamedTuple):
    """A file that could be read, with its bytes as they came."""

    name: str
    document: SourceDocument
    raw: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file with the processes in it."""

    name: str
    drafts: list[ProcessDraft]


@dataclass(slots=True)
class ReadFiles:
    """What was sent for a manual: files that could be read, and those that could not."""

    documents: list[SourceFile] = field(default_factory=list)
    unread: list[UnreadFile] = field(default_factory=list)

    def read_drafts(self) -> list[ReadFile]:
        """The processes of each file."""
        sources = load_sources_by_title()
        files = []
        for file in self.documents:
            drafts = read_document_processes(file.document, sources)
            files.append(ReadFile(file.name, drafts))
        return files


class FilesRefused(Refusal):
    """None of the files is taken; `message_th` says why and what to do."""


def read_uploaded(
    files: Iterable[tuple[str, bytes]], *, progress: Progress = unwatched
) -> ReadFiles:
    """Each (name, bytes) as lines, or among the unread with a sentence. Raises FilesRefused when they are too many
    or too large together."""
    files = list(files)
    if sum(len(raw) for _, raw in files) > MAX_BYTES:
        raise FilesRefused(
            f"ไฟล์ทั้งหมดรวมกันเกิน {MAX_BYTES // MEGABYTE} MB โปรดแบ่งส่งเป็นหลายครั้ง"
        )
    read = ReadFiles()
    sources = load_sources_by_title()
    seen_names: set[str] = set()
    processes = 0
    for name, raw in _unpacked(files, read):
        if name in seen_names:
            read.unread.append(
                UnreadFile(name, "มีไฟล์ชื่อนี้แล้วในชุดเดียวกัน โปรดตั้งชื่อไฟล์ให้ต่างกัน")
            )
            continue
        seen_names.add(name)
        progress(len(seen_names) - 1)
        if len(seen_names) > MAX_FILES:
            raise FilesRefused(f"มีไฟล์เกิน {MAX_FILES} ไฟล์ โปรดแบ่งส่งเป็นหลายครั้ง")
        try:
            document = read_source(name, raw)
            # The lines are kept and read again; reading changes some of them
            processes += len(read_document_processes(deepcopy(document), sources))
        except SourceNotRead as refusal:
            read.unread.append(UnreadFile(name, refusal.message_th))
        else:
            media_type = recognise_media_type(io.BytesIO(raw)) or TEXT
            read.documents.append(SourceFile(name, document, raw, media_type))
        if processes > MAX_PROCESSES:
            raise FilesRefused(
                f"มีกระบวนงานเกิน {MAX_PROCESSES} กระบวนงาน โปรดแบ่งส่งเป็นหลายครั้ง"
            )
    return read


def read_pasted(text: str) -> ReadFiles:
    """A text that was pasted into a form, as the one file it would be. Raises FilesRefused and TextNotRead."""
    if len(text.encode()) > MAX_BYTES:
        raise FilesRefused(
            f"ข้อความยาวเกิน {MAX_BYTES // MEGABYTE} MB โปรดแบ่งวางเป็นหลายครั้ง"
        )
    document = read_text_source(text)
    drafts = read_document_processes(deepcopy(document), load_sources_by_title())
    if len(drafts) > MAX_PROCESSES:
        raise FilesRefused(
            f"มีกระบวนงานเกิน {MAX_PROCESSES} กระบวนงาน โปรดแบ่งวางเป็นหลายครั้ง"
        )
    return ReadFiles([SourceFile(PASTED, document, text.encode(), TEXT)])


def are_read_at_once(files: Sequence[tuple[str, bytes]]) -> bool:
    """Whether they are so little plain text that a page can wait for them."""
    total = 0
    for name, raw in files:
        total += len(raw)
        if PurePosixPath(name).suffix.lower() != ".txt" or raw[:4] in PACKED:
            return False
    return total <= READ_AT_ONCE


def _unpacked(
    files: Iterable[tuple[str, bytes]], read: ReadFiles
) -> Iterator[tuple[str, bytes]]:
    """The files, those of a ZIP in its place."""
    for name, raw in files:
        if PurePosixPath(name).suffix.lower() != ".zip":
            yield name, raw
            continue
        try:
            yield from _members(raw)
        except (FilesRefused, *BROKEN_ZIP) as error:
            message = (
                "เปิดไฟล์ ZIP นี้ไม่ได้ โปรดบีบอัดโฟลเดอร์เป็น ZIP ธรรมดาที่ไม่มีรหัสผ่าน แล้วส่งใหม่"
            )
            if isinstance(error, FilesRefused):
                message = error.message_th
            read.unread.append(UnreadFile(name, message))


def _members(raw: bytes) -> list[tuple[str, bytes]]:
    """(name, bytes) of a ZIP's files without what the computer put there. All of them or none."""
    left = MAX_UNPACKED
    members = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise FilesRefused(
                f"ใน ZIP มีเกิน {MAX_PARTS} รายการ โปรดบีบอัดเฉพาะโฟลเดอร์ของคู่มือเล่มนี้"
            )
        for part in sorted(parts, key=lambda part: part.filename):
            path = PurePosixPath(_name_of(part).replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in part.filename:
                raise FilesRefused(STRANGE_PATHS)
            is_of_system = path.name.startswith(".") or not SYSTEM_FILES.isdisjoint(
                path.parts
            )
            if part.is_dir() or is_of_system:
                continue
            if part.flag_bits & 1:
                raise FilesRefused("ไฟล์ ZIP นี้มีรหัสผ่าน โปรดบีบอัดใหม่โดยไม่ใส่รหัสผ่าน")
            # What the archive says of its own sizes may be false
            with archive.open(part) as source:
                content = source.read(left + 1)
            if len(content) > left:
                raise FilesRefused(
                    f"ไฟล์ใน ZIP รวมกันเกิน {MAX_UNPACKED // MEGABYTE} MB โปรดแบ่งเป็นหลายไฟล์"
                )
            left -= len(content)
            members.append((path.name, content))
    return members


def _name_of(part: zipfile.ZipInfo) -> str:
    """The name as it was typed: Windows writes Thai names in its own code page and does not say so."""
    if part.flag_bits & 0x800:
        return part.filename
    for encoding in ("utf-8", "cp874"):
        try:
            return part.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return part.filename
