"""Files that came back, read and held against what went out: what is stored of them until somebody confirms."""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from manuals.comparing.sides import Side
from manuals.importing.reading_process import read_apart
from manuals.models import Manual
from manuals.source import SourceDocument, SourceNotRead
from manuals.word_export.returned import (
    ReturnedFile,
    SentWords,
    compare_returned,
    returned_from_json,
)
from manuals.word_export.sources import WordSource, load_word_source

from ..models import HearingSession, ReturnedCopy
from .comment_form import FORM

NOT_OURS = "ไม่พบข้อของคู่มือในไฟล์นี้ โปรดใช้ไฟล์ Word หรือแบบแสดงความคิดเห็นที่ส่งออกจากระบบ ของฉบับและกลุ่มงานเดียวกับเวที"
TWICE = "ไฟล์นี้เหมือนกับไฟล์ {name} ที่ส่งพร้อมกันทุกประการ จึงอ่านเพียงครั้งเดียว"
SECONDS = 8.0
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
    seconds: float = SECONDS,
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
            reading = pool.submit(read_apart, "docx", raw, seconds=seconds)
            waiting.append((copy, reading))
            # Of those that were read meanwhile nothing but the words is kept
            if len(waiting) > AT_ONCE:
                _compare_next(waiting, sent_words)
                progress(len(copies) - len(waiting), len(files))
        while waiting:
            _compare_next(waiting, sent_words)
            progress(len(copies) - len(waiting), len(files))
    return copies


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
    if returned.known:
        copy.returned = returned
    else:
        copy.refused = NOT_OURS


def load_session_source(session: HearingSession) -> WordSource:
    """What one may speak about in the session: its group's manual, in the plenary all."""
    manuals = None
    if session.work_group_id is not None:
        manuals = list(Manual.objects.filter(work_group=session.work_group_id))
    return load_word_source(Side(session.edition, manuals))


def find_taken_in(
    session: HearingSession, copies: Sequence[ReadCopy]
) -> dict[str, ReturnedCopy]:
    """{sha: the copy that was taken in before, in any session of the hearing}. One query."""
    taken = ReturnedCopy.objects.filter(
        session__hearing=session.hearing_id, sha__in=[copy.sha for copy in copies]
    )
    return {copy.sha: copy for copy in taken.select_related("office").order_by("pk")}
