"""What one process still lacks before it can be called ready for the hearing."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from ...models import Section
from ...teamwork.queries.notes import count_notes_by_section
from ..promises import NO_PROMISES, Promises
from .lacks import find_lacks


class ReadinessLack(NamedTuple):
    """In words; `url` leads to where it is put right, where that is not the draft of the process."""

    words: str
    url: str = ""


def find_readiness_lacks(
    process: Section, promises: Promises = NO_PROMISES
) -> list[ReadinessLack]:
    """The words that were promised of it, what its parts, its table of steps and its chart lack, the notes
    of the team that wait. The process comes with its manual. At most five queries, and those of the promises."""
    told = []
    for promise in promises.find(process):
        if not promise.is_of_manual:
            words = f"ยังไม่ได้ยกร่างตามผลการพิจารณา {promise.words}"
            told.append(ReadinessLack(words, promise.url))
    told += map(ReadinessLack, find_lacks(process.manual)[process.pk].told)
    notes = count_notes_by_section(process.manual).get(process.pk, 0)
    if notes:
        told.append(ReadinessLack(f"บันทึกของคณะทำงานที่ยังไม่ปิด {notes} เรื่อง"))
    return told


def lacks_key(lacks: Sequence[ReadinessLack]) -> str:
    """What a form names, to be told when something else is lacking by then."""
    words = "\n".join(lack.words for lack in lacks)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
