"""Files that came back, read and held against what went out: what is stored of them until somebody confirms."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django.db.models import Q

from hearing_portal.spreadsheets import TableRefused
from manuals.comparing.sides import Side
from manuals.importing.reading_process import read_apart
from manuals.models import Manual
from manuals.source import SourceDocument, SourceNotRead
from manuals.word_export.comparing_returned import compare_returned
from manuals.word_export.recognising import is_copy_of
from manuals.word_export.returned import ReturnedFile, returned_from_json
from manuals.word_export.sent_words import SentWords
from manuals.word_export.sources import WordSource, load_word_source

from ..models import HearingSession, ReturnedCopy
from .comment_form import FORM
from .comment_sheet import is_comment_sheet
from .inputs import told_words
from .refusals import NOT_OURS, NOT_THIS
from .sheet_reading import read_comment_sheet
from .waiting import WAITING_FILES

TWICE = "ไฟล์นี้เหมือนกับไฟล์ {name} ที่ส่งพร้อมกันทุกประการ จึงอ่านเพียงครั้งเดียว"
AT_ONCE = 2


class SentCopy(NamedTuple):
    """A file as it was sent; `upload` names the kept bytes."""

    name: str
    upload: str


@dataclass(slots=True)
class ReadCopy:
    """What is known of a file before it is taken in; with a refusal nothing was read of it."""

    name: str
    upload: str
    sha: str
    refused: str = ""
    returned: ReturnedFile = field(default_factory=ReturnedFile)

    @property
    def content_sha(self) -> str:
        """Of what the file says: the same after Word or another program saved it again. "" where it says nothing."""
        if not self.returned.items:
            return ""
        unplaced = [told_words(item) for item in self.returned.unplaced]
        said: list[object] = [self.returned.person, unplaced]
        for item in self.returned.placed:
            # Empty lines that a program leaves out or puts in move the place
            kept = {**item.to_json(), "place": ""}
            said.append({k: v for k, v in kept.items() if k not in ("near", "doubt")})
        told = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(" ".join(told.split()).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "upload": self.upload,
            "sha": self.sha,
            "refused": self.refused,
            "returned": self.returned.to_json(),
        }


def copies_to_json(copies: Sequence[ReadCopy]) -> bytes:
    return json.dumps([copy.to_json() for copy in copies], ensure_ascii=False).encode()


def copies_from_json(raw: bytes) -> list[ReadCopy]:
    copies = []
    for kept in json.loads(raw):
        returned = returned_from_json(kept["returned"])
        copies.append(ReadCopy(**{**kept, "returned": returned}))
    return copies


def read_copies(
    session: HearingSession,
    files: Sequence[SentCopy],
    load: Callable[[str], bytes],
    *,
    progress: Callable[[int, int | None], None],
) -> list[ReadCopy]:
    """In the order of the names. `load` gives the bytes of a kept file."""
    sent_words = SentWords(load_session_source(session), FORM.printed)
    copies: list[ReadCopy] = []
    names: dict[str, str] = {}  # {sha: name}
    waiting: list[tuple[ReadCopy, Future[SourceDocument] | None]] = []
    # Each file is read in a process of its own: two cores read two
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for sent in sorted(files, key=lambda sent: sent.name):
            raw = load(sent.upload)
            sha = hashlib.sha256(raw).hexdigest()
            copy = ReadCopy(PurePosixPath(sent.name).name[:200], sent.upload, sha)
            copies.append(copy)
            if sha in names:
                copy.refused = TWICE.format(name=names[sha])
                waiting.append((copy, None))
                continue
            names[sha] = copy.name
            if is_comment_sheet(raw):
                _read_sheet(copy, raw, sent_words)
                waiting.append((copy, None))
                continue
            reading = pool.submit(read_apart, "docx", raw)
            waiting.append((copy, reading))
            # Of those that were read meanwhile nothing but the words is kept
            if len(waiting) > AT_ONCE:
                _compare_next(waiting, sent_words)
                progress(len(copies) - len(waiting), len(files))
        while waiting:
            _compare_next(waiting, sent_words)
            progress(len(copies) - len(waiting), len(files))
    return copies


def _read_sheet(copy: ReadCopy, raw: bytes, sent: SentWords) -> None:
    try:
        copy.returned = read_comment_sheet(raw, sent)
    except TableRefused as refused:
        copy.refused = refused.message_th
    else:
        if not copy.returned.known:
            copy.returned = ReturnedFile()
            copy.refused = NOT_OURS


def _compare_next(
    waiting: list[tuple[ReadCopy, Future[SourceDocument] | None]], sent: SentWords
) -> None:
    copy, reading = waiting.pop(0)
    if reading is None:
        return
    try:
        document = reading.result()
    except SourceNotRead as refused:
        copy.refused = refused.message_th
        return
    returned = compare_returned(document, sent)
    if not returned.known:
        copy.refused = NOT_OURS
    elif not is_copy_of(document, returned, sent):
        copy.refused = NOT_THIS
    else:
        copy.returned = returned


def load_session_source(session: HearingSession) -> WordSource:
    """What one may speak about in the session: its group's manual, in the plenary all."""
    manuals = None
    if session.work_group_id is not None:
        manuals = list(Manual.objects.filter(work_group=session.work_group_id))
    return load_word_source(Side(session.edition, manuals))


class TakenBefore(NamedTuple):
    """{sha: the copy that was taken in before, in any session of the hearing}: of the same file, and of one that says
    the same. Two offices may say the same: a person decides about those."""

    same: Mapping[str, ReturnedCopy]
    alike: Mapping[str, ReturnedCopy]


def find_taken_in(session: HearingSession, copies: Sequence[ReadCopy]) -> TakenBefore:
    """One query."""
    contents = [copy.content_sha for copy in copies if copy.content_sha]
    taken = ReturnedCopy.objects.filter(
        Q(sha__in=[copy.sha for copy in copies]) | Q(content_sha__in=contents),
        session__hearing=session.hearing_id,
    )
    same, alike = {}, {}
    for copy in taken.select_related("office").order_by("pk"):
        same[copy.sha] = copy
        if copy.content_sha:
            alike[copy.content_sha] = copy
    return TakenBefore(same, alike)


def find_waiting_copies(copies: Sequence[ReadCopy], taken_in: TakenBefore) -> list[int]:
    """The places of those that may still be taken in: they were read, and nobody took them in or discarded them."""
    waiting = []
    for number, copy in enumerate(copies):
        is_open = not copy.refused and copy.sha not in taken_in.same
        if is_open and WAITING_FILES.waits(copy.upload):
            waiting.append(number)
    return waiting
