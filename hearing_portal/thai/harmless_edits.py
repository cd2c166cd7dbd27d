"""Whether an edit leaves a text asking for the same. No program judges meaning: an edit is harmless when it is shown to
be so, and any other is not."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from hearing_portal.thai.words import is_word, tokenize

_ARABIC = TO_ARABIC_DIGITS | str.maketrans("０１２３４５６７８９", "0123456789")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
# They part words and say nothing; of other signs (- + / % × = ?) each may say something
_PUNCTUATION = frozenset(".,;!()[]{}\"'“”‘’«»…ฯ\u200b\ufeff")
# Who speaks of words and signs means them: of ขอให้ตัดคำว่า นะ ออก, นะ is no politeness
_OF_WORDS = frozenset(
    [
        *["คำ", "คำว่า", "ถ้อยคำ", "พยางค์", "อักษร", "ตัวอักษร", "เครื่องหมาย", "สัญลักษณ์"],
        *"\"'“”‘’«»",
    ]
)
_PARTICLES = frozenset(
    [
        *["ครับ", "ครับผม", "ค่ะ", "คะ", "นะ", "น่ะ", "จ้ะ", "จ้า", "ฮะ"],
        *["นะครับ", "นะคะ", "นะค่ะ"],
    ]
)
_REQUESTS = frozenset(
    ["โปรด", "กรุณา", "ได้โปรด", "ขอความกรุณา", "ขอได้โปรด", "ขอความกรุณาโปรด", "โปรดกรุณา"]
)
_ASKING = frozenset(
    ["ขอ", "ให้", "ไห้", "ขอให้"]
)  # the third is often typed for the second
# {word: words that say exactly the same}
_SAME = {
    "มิ": ("ไม่",),
    "มิให้": ("ไม่", "ให้"),
    "ไม่ให้": ("ไม่", "ให้"),
    "มิได้": ("ไม่", "ได้"),
    "ไม่ได้": ("ไม่", "ได้"),
    "มิใช่": ("ไม่", "ใช่"),
    "ไม่ใช่": ("ไม่", "ใช่"),
    "เห็นด้วย": ("เห็นชอบ",),
}
# A misspelt word is never corrected into one that turns what is asked for
_TURNING = frozenset(
    [
        *["ไม่", "มิ", "ห้าม", "อย่า", "งด", "เว้น", "ไร้", "เลิก", "ลด", "เพิ่ม", "ตัด", "ลบ"],
        *["ถอน", "ค้าน", "คง", "ต้อง", "ควร", "อาจ", "ก่อน", "หลัง", "เกิน", "สูง", "ต่ำ"],
        *["มาก", "น้อย", "กว่า", "ทุก", "บาง", "เฉพาะ", "เพียง", "ครึ่ง", "ละ", "และ", "หรือ"],
        *["วินาที", "นาที", "ชั่วโมง", "ชม.", "วัน", "วันทำการ", "สัปดาห์", "เดือน", "ปี"],
    ]
)
_ONES = dict(
    zip(
        ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"],
        range(10),
        strict=True,
    )
) | {
    "เอ็ด": 1,
    "ยี่": 2,
}
_TENS = dict(zip(["สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน"], range(1, 7), strict=True))
_NUMBER_WORD = re.compile("|".join([*_ONES, *_TENS]))
_SEVERAL_ONES = re.compile(f"(?:{'|'.join(_ONES)}){{2}}")  # สามสี่คน are not 34
_SPELT_NUMBER = re.compile(f"(?:{_NUMBER_WORD.pattern})+")
_THAI = re.compile("[\u0e01-\u0e4e]+")
_LONG_WORD = 6  # code points from which two may be wrong in a word


def is_harmless_edit(before: str, after: str) -> bool:
    """Whether nothing but spaces, punctuation, words of politeness, the way a number is written, a word said twice or
    the spelling of a word that the dictionary does not have was changed."""
    if before == after:
        return True
    speaks_of_words = not _OF_WORDS.isdisjoint([*tokenize(before), *tokenize(after)])
    old = _said_words(before, drops_politeness=not speaks_of_words)
    new = _said_words(after, drops_politeness=not speaks_of_words)
    if _joined(old) == _joined(new):
        return True
    for op in diff_sequences(old, new):
        if op.tag == "equal":
            continue
        removed = old[op.old_start : op.old_end]
        put = new[op.new_start : op.new_end]
        if not _corrects_spelling(removed, put):
            return False
    return True


def _joined(words: list[str]) -> str:
    """Blanks between words say nothing, but for those beside numbers and codes: 1 5 is not 15."""
    said = ""
    for word in words:
        said += word if _THAI.fullmatch(word) else f" {word} "
    return said


def _said_words(text: str, *, drops_politeness: bool) -> list[str]:
    """The words without what says nothing, numbers in one way of writing."""
    words = tokenize(text.translate(_ARABIC))
    meant: Iterator[str] = (word for word in words if word.strip())
    if drops_politeness:
        meant = _without_politeness(words)
    said: list[str] = []
    for word in _with_numbers(meant):
        is_said_twice = _is_plain_word(word) and said[-1:] == [word]
        if not is_said_twice:
            said.append(word)
    return said


def _is_plain_word(word: str) -> bool:
    is_thai = _THAI.fullmatch(word) is not None
    return is_thai and word not in _TURNING and not _SPELT_NUMBER.fullmatch(word)


def _without_politeness(words: list[str]) -> Iterator[str]:
    """Without blanks, punctuation and politeness. What begins with ขอ, โปรด or ให้ asks for something, as a comment
    does anyhow; inside a sentence these words stay."""
    begins = True  # of the text, of a sentence, or after a word of politeness
    for at, word in enumerate(words):
        following = next(
            (each for each in words[at + 1 :] if each.strip()),
            "",
        )
        if word in _PARTICLES or word in _REQUESTS:
            begins = True
        elif (begins and word in _ASKING) or (
            word == "ด้วย" and following in _PARTICLES
        ):
            continue
        elif not word.strip() or word in _PUNCTUATION:
            begins = begins or "\n" in word
        else:
            begins = False
            yield word


def _with_numbers(words: Iterator[str]) -> Iterator[str]:
    """Numbers in figures. One that stands in figures and in words, 15 (สิบห้า), is one number."""
    last_figures = last_spelt = spelt = ""
    for word in [*words, ""]:
        if _SPELT_NUMBER.fullmatch(word):
            spelt += word
            continue
        if spelt:
            number = spelt if _SEVERAL_ONES.search(spelt) else str(_value_of(spelt))
            if number != last_figures:
                yield number
            last_figures, last_spelt, spelt = "", number, ""
        figures = word.replace(",", "") if _GROUPED.fullmatch(word) else word
        if not figures[:1].isdigit():
            yield from _as_said(word)
        elif figures != last_spelt:
            yield figures
        last_figures, last_spelt = figures, ""


def _as_said(word: str) -> Sequence[str]:
    if word.endswith("ๆ") and word != "ๆ":
        return (word[:-1], "ๆ")
    return _SAME.get(word, (word,) if word else ())


def _corrects_spelling(removed: list[str], put: list[str]) -> bool:
    """Whether a word that is none became the word that it nearly was."""
    old, new = "".join(removed), "".join(put)
    if not _THAI.fullmatch(old) or not _THAI.fullmatch(new):
        return False
    if all(is_word(word) for word in removed):
        return False
    if not all(_is_plain_word(word) and is_word(word) for word in put):
        return False
    limit = 2 if len(old) >= _LONG_WORD else 1
    return Levenshtein.distance(old, new) <= limit


def _value_of(spelt: str) -> int:
    """สองพันห้าร้อยหกสิบห้า → 2565."""
    millions = total = digit = 0
    has_digit = False
    for part in _NUMBER_WORD.findall(spelt):
        if part in _ONES:
            digit = digit * 10 + _ONES[part] if has_digit else _ONES[part]
            has_digit = True
            continue
        power = _TENS[part]
        if part == "ล้าน":
            millions = (millions + total + digit or 1) * 10**power
            total = 0
        else:
            total += (digit if has_digit else 1) * 10**power
        digit, has_digit = 0, False
    return millions + total + digit
