"""Damaged Thai in the lines of a file: what is put right, what is doubtful, and what is no text any more."""

import re
from collections import Counter
from collections.abc import Iterator

from hearing_portal.thai.code_pages import (
    is_in_other_page,
    is_in_western_letters,
    read_in_thai_page,
    repair_page,
)
from hearing_portal.thai.damage import (
    HALF,
    Damage,
    MendedLine,
    Repair,
    Suspicion,
    damage_of,
    find_suspicions,
    is_beyond_repair,
    repair_line,
)
from hearing_portal.thai.shortening import shorten
from hearing_portal.thai.text import Cleaned, TextRefused, clean_text, is_visible

from ..source import MadeRepair, SourceDocument, SourceLine, texts_of
from .refusals import TextNotRead

LINE_LIMIT = 20_000  # code points of one clause
# Lines that show a kind of damage, from which on the text is known to have it
ENOUGH = 2
BEYOND_REPAIR = "ข้อความในไฟล์เสียหายมากจนอ่านเป็นคำไม่ได้ สระหรือวรรณยุกต์หายไปทั้งไฟล์ โปรดใช้ไฟล์ Word ต้นฉบับ แล้วนำเข้าอีกครั้ง"
OTHER_PAGE = "ข้อความในไฟล์ไม่ใช่อักษรไทย เพราะถูกบันทึกด้วยรหัสอักขระอื่นแล้วอ่านกลับไม่ได้ โปรดใช้ไฟล์ Word ต้นฉบับ หรือบันทึกใหม่เป็น UTF-8"
ONE_LINE_OF_OTHER_PAGE = (
    "“{words}” อาจเป็นข้อความไทยที่อ่านด้วยรหัสอักขระอื่น และอ่านกลับไม่ได้ โปรดพิมพ์ใหม่ตามต้นฉบับ"
)
MOST_SHOWN = 200  # letters of a line that was read again, before and after
_NOTHING_BUT_MARKS = re.compile("[\\s\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")


def in_thai_page(text: str, document: SourceDocument) -> str:
    """The text, in Thai where its bytes were read in another code page. Raises TextNotRead."""
    if not is_in_western_letters(text):
        return text
    decoded = read_in_thai_page(text)
    if decoded is None:
        # Part of it may be whole: then each line is read again by itself
        if is_in_western_letters("\n".join(map(_in_thai, text.splitlines()))):
            raise TextNotRead(OTHER_PAGE)
        return text
    start = text.strip()[:20]
    repair = Repair("page", start, decoded.strip()[:20])
    document.repairs.append(MadeRepair("ทั้งไฟล์", repair))
    return decoded


def _in_thai(line: str) -> str:
    return repair_page(line)[0]


def mend_lines(document: SourceDocument) -> None:
    """Puts the lines in order by the text policy, repairs what a rule can only be right about, and names what is
    doubtful line by line. Lines that cannot be kept are named in `refusals`. Raises TextNotRead for a text that is
    beyond repair."""
    kept: list[SourceLine] = []
    repaired: set[int] = set()
    for line in document.lines:
        marks = line.words if _NOTHING_BUT_MARKS.fullmatch(line.text) else ""
        try:
            repairs = _clean_line(line)
        except TextRefused as refused:
            document.refusals.append(f"{line.place}: {refused.message_th}")
            continue
        if marks:
            document.repairs.append(MadeRepair(line.place, Repair("stray", marks, "")))
            if kept:
                above = kept[-1]
                above.suspicions.append(Suspicion(shorten(above.words, 60)))
                above.doubts.append(
                    "สระหรือวรรณยุกต์ของบรรทัดนี้หลุดไปอยู่บรรทัดถัดไป โปรดเติมให้ถูกต้อง"
                )
            continue
        if any(repair.kind not in ("policy", "unseen") for repair in repairs):
            repaired.add(len(kept))
        for repair in repairs:
            document.repairs.append(MadeRepair(line.place, repair))
        if any(repair.kind in HALF for repair in repairs):
            line.doubts.append("ช่องว่างกลางคำอาจยังเหลืออยู่ โปรดตรวจถ้อยคำ")
        kept.append(line)
    document.lines = kept
    _doubt_other_pages(document)
    if is_beyond_repair(texts_of(kept)):
        raise TextNotRead(BEYOND_REPAIR)
    _suspect(kept, len(repaired))


def _clean_line(line: SourceLine) -> list[Repair]:
    """Each cell of a row by itself: no repair goes over the border of two cells."""
    repairs: list[Repair] = []
    _read_again(line, repairs)
    if line.cells:
        line.cells = [_mend(cell.rstrip(), repairs) for cell in line.cells]
        line.text = " | ".join(line.cells)
        return repairs
    pieces = re.split(r"(\|)", line.text.rstrip())
    line.text = "".join(_mend(piece, repairs) for piece in pieces)
    return repairs


def _read_again(line: SourceLine, repairs: list[Repair]) -> None:
    """Before the blanks at its end go: in other code pages they are letters. The cells of a row tell of each other."""
    text, read_again = repair_page("\n".join(line.cells) or line.text)
    for before, after in read_again:
        repairs.append(Repair("page", before[:MOST_SHOWN], after[:MOST_SHOWN]))
    if line.cells:
        line.cells = text.split("\n")
    else:
        line.text = text


def _mend(text: str, repairs: list[Repair]) -> str:
    cleaned: Cleaned = clean_text(text, max_length=LINE_LIMIT)
    repairs += _policy_repairs(text, cleaned)
    mended: MendedLine = repair_line(cleaned.text)
    repairs += mended.repairs
    return mended.text


def _policy_repairs(text: str, cleaned: Cleaned) -> Iterator[Repair]:
    """One for each word that the text policy put in order."""
    if not cleaned.changes:
        return
    before = text.split(" ")
    after = cleaned.text.split(" ")
    if len(before) != len(after):
        yield Repair("unseen", text.strip()[:60], cleaned.text.strip()[:60])
        return
    for old, new in zip(before, after, strict=True):
        if old != new:
            kind = "policy" if is_visible(old) else "unseen"
            yield Repair(kind, old, new)


def _doubt_other_pages(document: SourceDocument) -> None:
    """Where one line was read in another code page, two strange letters of the next are enough."""
    is_known = any(made.repair.kind == "page" for made in document.repairs)
    for line in document.lines:
        if is_in_other_page(line.text, is_known=is_known):
            words = shorten(line.words, 60)
            line.doubts.append(ONE_LINE_OF_OTHER_PAGE.format(words=words))


def _suspect(lines: list[SourceLine], repaired: int) -> None:
    """What a whole text suffers from is looked for more closely in each of its lines."""
    found = []
    seen: Counter[Damage] = Counter()
    for line in lines:
        suspicions = find_suspicions(line.text)
        found.append(suspicions)
        seen.update({damage_of(suspicion) for suspicion in suspicions})
    known = {damage for damage, times in seen.items() if times >= ENOUGH}
    if repaired >= ENOUGH:
        known.add(Damage.OTHER)
    for line, suspicions in zip(lines, found, strict=True):
        if known:
            suspicions = find_suspicions(line.text, known)
        for suspicion in suspicions:
            if suspicion not in line.suspicions:
                line.suspicions.append(suspicion)
