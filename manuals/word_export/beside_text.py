"""What a file that came back says beside the text: in heads and feet of pages, hidden, as a picture, in the margin of
nothing. Each is told, so that nothing of it is lost in silence."""

import re
from collections.abc import Sequence

from ..source import (
    HIDDEN_ROW,
    PICTURE_IN_CELL,
    SourceDocument,
    SourceLine,
    uuid_in_answer,
    uuid_in_bookmark,
)
from .returned import ReturnedFile, ReturnedItem
from .sent_words import SentWords, squeezed

PICTURE_LEFT = "มีภาพที่ สพท. เพิ่มเข้ามา ไม่ได้นำเข้าเป็นความคิดเห็น ภาพยังอยู่ในไฟล์ต้นฉบับ"
HIDDEN = "“{words}” ซ่อนไว้ในไฟล์ จึงไม่แสดงใน Word โปรดตรวจกับ สพท. เจ้าของไฟล์"
HIDDEN_ROWS = "{places} ซ่อนไว้ในไฟล์แต่ยังนำเข้า โปรดตรวจกับ สพท. เจ้าของไฟล์"
AT_HEAD_OR_FOOT = "ไม่ใช่ข้อความของไฟล์ที่ส่งออก"
_NUMBERS = re.compile(r"[\d\s.,:/–-]+")
_PICTURE = "ภาพ"
_OF_PAGE = "หน้า"  # what stands before the number of a page
_COMPARED = "เทียบกับ"  # and behind the title of a file with two editions


def tell_beside_text(
    document: SourceDocument,
    lines: Sequence[SourceLine],
    sent: SentWords,
    returned: ReturnedFile,
) -> None:
    """Adds it to what was found. `lines` are those of the document, each a whole paragraph."""
    for note in document.margin_notes_left:
        node = uuid_in_bookmark(note.bookmark) or uuid_in_answer(note.bookmark)
        if node in sent.entries:
            returned.items.append(
                ReturnedItem("remark", node, "", note.words, author=note.author)
            )
        else:
            returned.leave(note.words, "ข้อความข้างหน้ากระดาษ")
    for left in document.left_out:
        words = _without_printed(left.words, sent)
        if words:
            returned.leave(left.words, left.place, doubt=AT_HEAD_OR_FOOT)
    for line in lines:
        for look in line.looks:
            if look.kind == "hidden":
                told = HIDDEN.format(words=look.words)
                returned.notes.append(f"{line.place}: {told}")
    hidden = [line.place for line in lines if _is_hidden_row(line, sent)]
    if hidden:
        returned.notes.append(HIDDEN_ROWS.format(places=", ".join(hidden)))
    for line in document.lines:
        if (
            line.kind == "figure" and not line.bookmark
        ) or PICTURE_IN_CELL in line.doubts:
            returned.notes.append(f"{line.place}: {PICTURE_LEFT}")
    for doubt in document.doubts:
        # What to do with a picture that cannot be read is told for a manual, not for what an office says of one
        is_picture = _PICTURE in doubt
        place = doubt.partition(":")[0]
        returned.notes.append(f"{place}: {PICTURE_LEFT}" if is_picture else doubt)
    returned.notes += document.refusals


def _is_hidden_row(line: SourceLine, sent: SentWords) -> bool:
    """Of those that say something: a row of a form that is empty, and one as it went out, do not."""
    if HIDDEN_ROW not in line.doubts:
        return False
    words = squeezed(line.text)
    is_as_sent = any(words in way.texts for way in sent.ways)
    is_printed = words in sent.printed or uuid_in_bookmark(line.bookmark) is not None
    is_form = any(cell.strip() for cell in line.cells) or not line.cells
    return is_form and not (is_as_sent or is_printed)


def _without_printed(words: str, sent: SentWords) -> str:
    """What of a head or foot did not go out with the file, however its numbers are written."""
    left = _bare(words)
    if left.partition(_bare(_COMPARED))[0] == _bare(sent.title):
        return ""  # and the title of the other edition
    for printed in sorted(map(_bare, sent.printed), key=len, reverse=True):
        left = left.replace(printed, "", 1) if printed else left
    return left.replace(_OF_PAGE, "", 1)


def _bare(words: str) -> str:
    return _NUMBERS.sub("", words)
