"""The number of a clause at the beginning of what somebody looks for: ข้อ 5.1, ๕.๑ การยืมเงิน. Pure: no database."""

import re
from dataclasses import dataclass

from hearing_portal.thai.text import spaced_search_form

from .search_query import SearchQuery, read_query

# 5.1, 5.10.2; a single number only behind the word ข้อ, since it may count anything. Behind it not a digit, a clock
# time's or a date's signs
_BELOW = (
    r"(?: ?(\(?(?:\d{1,2}|[ก-ฮ])\)|[ก-ฮ]\.(?![ก-ฮ])))?"  # 1), (1), ก. or (ก) below 5.4
)
_NUMBER = re.compile(
    rf"(?:ข้อ(?:ที่)? ?)?(\d{{1,2}}(?:\.\d{{1,2}})+)(?![\d%/:,-]|\.\d)\.?{_BELOW} ?(.*)"
)
_WITH_WORD = re.compile(rf"ข้อ(?:ที่)? ?(\d{{1,2}})(?![\d.%/:,-])\.?{_BELOW} ?(.*)")


@dataclass(frozen=True, slots=True)
class NumberedQuery:
    """`number` in Arabic digits, as a clause is cited ("5.4 1)"); `rest` is what else was typed, and may be empty."""

    number: str
    rest: SearchQuery

    @property
    def spellings(self) -> list[str]:
        """Nobody remembers brackets: 5.4 1) is looked for as 5.4 (1) too."""
        above, blank, below = self.number.partition(" ")
        if not blank:
            return [above]
        sign = below.strip("().")
        labels = [f"{sign})", f"({sign})"]
        if not sign.isdigit():
            labels.append(f"{sign}.")
        return [f"{above} {label}" for label in labels]


def read_clause_number(query: SearchQuery) -> NumberedQuery | None:
    """The clause that is meant when the query begins with a number like one; None for any other query."""
    form = spaced_search_form(query.typed)
    found = _NUMBER.fullmatch(form) or _WITH_WORD.fullmatch(form)
    if found is None:
        return None
    number = found[1]
    if found[2]:
        number = f"{number} {found[2]}"
    return NumberedQuery(number, read_query(found[3]))
