"""Notes at the foot of a page or at the end of a file: told at the clause that refers to them, and no clauses."""

from collections.abc import Sequence

from ..source import NOTE_OF, LeftOut, SourceLine
from .drafts import DoubtKind, ProcessDraft

REASON = "เชิงอรรถ แสดงไว้เป็นเรื่องที่โปรดตรวจของข้อที่อ้างถึง"
TOLD = "มีเชิงอรรถ “{words}” ซึ่งไม่ได้นำเข้าเป็นข้อ หากต้องใช้ โปรดเติมในถ้อยคำของข้อนี้"


def tell_footnotes(
    lines: Sequence[SourceLine], draft: ProcessDraft
) -> list[SourceLine]:
    """The lines without notes; each note is a doubt of the line that refers to it, and told as left out."""
    kept: list[SourceLine] = []
    by_place: dict[str, SourceLine] = {}
    for line in lines:
        if line.kind != "note":
            kept.append(line)
            by_place[line.place] = line
            continue
        told = TOLD.format(words=line.words)
        draft.left_out.append(LeftOut(line.place, line.words, REASON, True))
        anchor = by_place.get(line.place.removeprefix(NOTE_OF))
        if anchor is None:
            draft.doubt(DoubtKind.OTHER, told, line)
            anchor = line
        else:
            anchor.doubts.append(told)
        anchor.suspicions += line.suspicions
        anchor.doubts += line.doubts
    return kept
