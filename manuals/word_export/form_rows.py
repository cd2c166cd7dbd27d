"""What somebody wrote in a form beside the cells that ask for it."""

from collections.abc import Sequence

from hearing_portal.thai.numbering import arabic_digits

LONGEST_CHOICE = 40
_NUMBERED = ("ข้อ ", "ลำดับที่ ")  # what the row of a clause begins with


def words_put_behind(before: str, now: str) -> str | None:
    """What stands behind the words that went out, "" for nothing; None where those were changed themselves. However
    their spaces and digits are written."""
    asked, found = _bare(before), _bare(now)
    if not found.startswith(asked):
        return None
    left = len(asked)
    for at, letter in enumerate(now):
        if not left:
            return now[at:].strip()
        left -= not letter.isspace()
    return ""


def is_filled_row(cells: Sequence[str]) -> bool:
    """Whether a row without a name of ours is an answer, and not a clause over all columns."""
    if len(cells) < 2:
        return False
    if any(cell.strip() for cell in cells[1:]):
        return True
    first = cells[0].strip()
    return 0 < len(first) <= LONGEST_CHOICE and not first.startswith(_NUMBERED)


def _bare(words: str) -> str:
    return "".join(arabic_digits(words).split())
