"""Names and words made into Thai sentences: written together, as Thai is."""

import re
from collections.abc import Iterable

# สพป., ผอ.สพท., พ.ศ.: nothing touches it
_ABBREVIATION = re.compile(r"[ก-ฮ]{1,4}\.")


def joined(*pieces: str) -> str:
    """กลุ่มอำนวยการ and ยังไม่มีคู่มือ become กลุ่มอำนวยการยังไม่มีคู่มือ; a space stands only beside a Latin letter, a digit
    or an abbreviation: บันทึกแทน สพป.ลำปาง เขต 1 แล้ว. Empty pieces are left out."""
    sentence = ""
    for piece in pieces:
        if not piece:
            continue
        if sentence and _stand_apart(sentence, piece):
            sentence += " "
        sentence += piece
    return sentence


def listed(names: Iterable[str]) -> str:
    """กลุ่มอำนวยการ กลุ่มนโยบายและแผน และกลุ่มกฎหมายและคดี: at least one name; names hold และ, so they stand apart."""
    *before, last = names
    if not before:
        return last
    return f"{' '.join(before)} {joined('และ', last)}"


def _stand_apart(before: str, piece: str) -> bool:
    last, first = before[-1], piece[0]
    if last.isspace() or first.isspace():
        return False
    if last == "." or _ABBREVIATION.match(piece):
        return True
    return _is_foreign(last) or _is_foreign(first)


def _is_foreign(character: str) -> bool:
    """A digit of either script, or a letter that is not Thai."""
    return character.isdigit() or (
        character.isalpha() and not "\u0e00" <= character <= "\u0e7f"
    )
