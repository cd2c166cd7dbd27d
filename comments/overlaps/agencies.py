"""When two names mean one outside agency: written apart or together, with dots or without, in full or in short."""

import unicodedata
from collections.abc import Iterable

from hearing_portal.thai.numbering import TO_ARABIC_DIGITS

# As keys. Only what is written so in official letters, and means one agency (or one kind of them, before a name)
SHORT_FORMS = {
    "อบจ": "องค์การบริหารส่วนจังหวัด",
    "อบต": "องค์การบริหารส่วนตำบล",
    "ศธจ": "สำนักงานศึกษาธิการจังหวัด",
    "ศธภ": "สำนักงานศึกษาธิการภาค",
    "สตง": "สำนักงานการตรวจเงินแผ่นดิน",
    "กคศ": "สำนักงานคณะกรรมการข้าราชการครูและบุคลากรทางการศึกษา",
    "ปปช": "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
    "สมศ": "สำนักงานรับรองมาตรฐานและประเมินคุณภาพการศึกษา",
    "สทศ": "สถาบันทดสอบทางการศึกษาแห่งชาติ",
}
_NOT_SAID = ("Z", "P", "C")  # categories of blanks, punctuation, invisible characters


def agency_key(name: str) -> str:
    """Equal for names that mean one agency."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFC", name).translate(TO_ARABIC_DIGITS)
        if unicodedata.category(letter)[0] not in _NOT_SAID
    ).casefold()
    for short, full in SHORT_FORMS.items():
        if bare.startswith(short):
            return full + bare.removeprefix(short)
    return bare


def same_agency(name: str, known: Iterable[str]) -> str:
    """The name as it is known already; as it is given where it is not."""
    key = agency_key(name)
    for each in known:
        if agency_key(each) == key:
            return each
    return name
