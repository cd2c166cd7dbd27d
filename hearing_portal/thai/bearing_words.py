"""The words on which it hangs what a sentence asks for: whether yes or no, must or may, more or less, how much. Two
texts that differ in them may mean opposite things, however alike they look; what else a sentence means no program
judges. One list, for whoever must know whether words given before still stand."""

import re
from collections.abc import Iterator

from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.words import tokenize

# {what is told apart: words that say it}; words of one line say the same
_SAID_BY = {
    "ไม่": "ไม่ มิ มิได้ มิให้ มิใช่ มิควร มิต้อง ใช่ว่า ไร้ ปราศจาก",
    "ห้าม": "ห้าม",
    "งด": "งด งดเว้น ละเว้น เว้น",
    "ยกเว้น": "ยกเว้น เว้นแต่ นอกจาก",
    "ยกเลิก": "ยกเลิก เลิก เพิกถอน",
    "ระงับ": "ระงับ หยุด ยุติ",
    "ตัด": "ตัด ตัดออก ลบ ลบออก",
    "ถอน": "ถอน ถอดถอน",
    "เห็นชอบ": "เห็นชอบ เห็นด้วย เห็นพ้อง",
    "คัดค้าน": "คัดค้าน ค้าน ปฏิเสธ โต้แย้ง เห็นต่าง เห็นแย้ง",
    "สนับสนุน": "สนับสนุน",
    "ยอมรับ": "ยอมรับ",
    "อนุมัติ": "อนุมัติ",
    "อนุญาต": "อนุญาต",
    "ต้อง": "ต้อง จำเป็น บังคับ จำต้อง",
    "ควร": "ควร พึง สมควร",
    "อาจ": "อาจ อาจจะ",
    "เพิ่ม": "เพิ่ม เพิ่มเติม เพิ่มขึ้น",
    "ลด": "ลด ลดลง",
    "ขยาย": "ขยาย",
    "ย่น": "ย่น ร่น",
    "คง": "คง คงเดิม คงไว้",
    "ก่อน": "ก่อน",
    "หลัง": "หลัง ภายหลัง",
    "มากกว่า": "มากกว่า เกิน เกินกว่า สูงกว่า",
    "น้อยกว่า": "น้อยกว่า ต่ำกว่า",
    "อย่างน้อย": "อย่างน้อย",
    "อย่างมาก": "อย่างมาก มากที่สุด",
    "ทุก": "ทุก ทั้งหมด ทั้งสิ้น ทั้งปวง",
    "บาง": "บาง บางส่วน",
    "เฉพาะ": "เฉพาะ เพียง",
    "ร้อยละ": "ร้อยละ เปอร์เซ็นต์ %",
}
_BEARING = {word: said for said, words in _SAID_BY.items() for word in words.split()}
_NO = "ไม่"
# What a number counts belongs to it: fifteen days are not fifteen months
_UNITS = frozenset(
    [
        "นาที",
        "ชั่วโมง",
        "วัน",
        "วันทำการ",
        "สัปดาห์",
        "เดือน",
        "ไตรมาส",
        "ภาคเรียน",
        "ปี",
        "ปีงบประมาณ",
        "บาท",
        "คน",
        "ครั้ง",
        "ฉบับ",
        "ชุด",
        "ขั้นตอน",
        "ขั้น",
        "เท่า",
        "แห่ง",
    ]
)
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
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
_SPELT_NUMBER = re.compile(f"(?:{_NUMBER_WORD.pattern})+")


def bearing_words(text: str) -> list[str]:
    """What the text hangs on, in its order: numbers as digits, however they are written, with what they count, and
    each word by the first of those that say the same."""
    found: list[str] = []
    for word in _told_apart(text):
        # "15 (สิบห้า) วัน" is one number; what is forbidden once more by "ห้ามมิให้" is forbidden once
        is_said_already = bool(found) and (
            (word.isdigit() and found[-1] == word)
            or (word == _NO and found[-1] == "ห้าม")
        )
        if not is_said_already:
            found.append(word)
    return found


def _told_apart(text: str) -> Iterator[str]:
    words = [word for word in tokenize(text) if word.strip(" \t\n()[]")]
    at = 0
    counts = False  # whether what follows is what a number counts
    while at < len(words):
        spelt = ""
        while at < len(words) and _SPELT_NUMBER.fullmatch(words[at]):
            spelt += words[at]
            at += 1
        if spelt:
            yield str(_value_of(spelt))
            counts = True
            continue
        word = words[at]
        at += 1
        if _DIGITS.fullmatch(arabic_digits(word)):
            yield arabic_digits(word).replace(",", "")
            counts = True
            continue
        if word == "วัน" and words[at : at + 1] == ["ทำการ"]:
            word = "วันทำการ"
            at += 1
        if counts and word in _UNITS:
            yield word
        yield from _parts_of(word)
        counts = False


def _parts_of(word: str) -> Iterator[str]:
    """The dictionary has words that begin with a negation: ไม่ต้อง is ไม่ and ต้อง."""
    if word in _BEARING:
        yield _BEARING[word]
    elif word.startswith(_NO):
        yield _NO
        yield from _parts_of(word.removeprefix(_NO))


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
