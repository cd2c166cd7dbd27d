"""What a clause is called in an amending sentence, and how its words are quoted there."""

import re
from collections.abc import Iterable, Sequence

from ...content import PARTS, Definition, Step
from ...entries import EntryView
from .group import ComparedRow
from .official_words import official_words

LEAST_IN_RANGE = 3
LAST_NUMBER = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.DOTALL)  # of a citation
BEGINNING = 40  # letters by which an unnumbered paragraph is named


def tops_of(rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Without what hangs below another of them."""
    uuids = {row.compared.pair.uuid for row in rows}
    tops = []
    for row in rows:
        pair = row.compared.pair
        parent = pair.old_parent if row.new is None else pair.new_parent
        if parent not in uuids:
            tops.append(row)
    return tops


def old_entries(rows: Iterable[ComparedRow]) -> list[EntryView]:
    return [row.old for row in rows if row.old is not None]


def new_entries(rows: Iterable[ComparedRow]) -> list[EntryView]:
    return [row.new for row in rows if row.new is not None]


def tell_names(entries: Sequence[EntryView], runs: Sequence[range] = ()) -> str:
    """ข้อ 1 ถึงข้อ 4 และข้อ 6: three or more that follow each other are named by the first and the last. `runs` of
    these entries where others decide it too."""
    names = []
    for run in runs or runs_of(entries):
        if len(run) >= LEAST_IN_RANGE:
            names.append(
                f"{tell_name(entries[run[0]])} ถึง{tell_name(entries[run[-1]])}"
            )
        else:
            names += [tell_name(entries[position]) for position in run]
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    return f"{' '.join(others)} และ{last}"


def runs_of(*sides: Sequence[EntryView]) -> list[range]:
    """The positions by stretches in which the numbers follow each other, on all the sides alike."""
    runs: list[range] = []
    for position in range(len(sides[0])):
        if runs and all(
            _succeeds(side[position - 1], side[position]) for side in sides
        ):
            runs[-1] = range(runs[-1].start, position + 1)
        else:
            runs.append(range(position, position + 1))
    return runs


def _succeeds(before: EntryView, after: EntryView) -> bool:
    """5.4 behind 5.3, 2) behind 1); two of one kind of name."""
    if isinstance(before.content, Step) != isinstance(after.content, Step):
        return False
    first = LAST_NUMBER.fullmatch(before.cite)
    second = LAST_NUMBER.fullmatch(after.cite)
    if first is None or second is None:
        return False
    has_same_frame = first.group(1, 3) == second.group(1, 3)
    return has_same_frame and int(first[2]) + 1 == int(second[2])


def tell_name(entry: EntryView) -> str:
    """A paragraph or an item without a number is named by how it begins."""
    content = entry.clause_content
    if isinstance(content, Step) and entry.cite:
        return f"ขั้นตอนที่ {entry.cite}"
    if is_numbered(entry):
        return f"ข้อ {entry.cite}"
    return tell_words_in(entry).removeprefix("ความใน")


def tell_words_in(entry: EntryView) -> str:
    """Of one without a number: ความในส่วนที่ 3 ขอบเขตของงาน ที่ขึ้นต้นว่า “ครอบคลุม…”."""
    content = entry.clause_content
    if isinstance(content, Definition) and content.term:
        return f"บทนิยามคำว่า “{content.term}”"
    beginning = dict(content.fields()).get("text", "")
    if len(beginning) > BEGINNING:
        beginning = f"{beginning[:BEGINNING]}…"
    place = tell_part(entry)
    above, _, _ = entry.cite.rpartition(" ")
    if above:
        place = f"ข้อ {above}"
    return f"ความใน{place} ที่ขึ้นต้นว่า “{beginning}”"


def is_numbered(entry: EntryView) -> bool:
    return any(letter.isalnum() for letter in own_number(entry))


def own_number(entry: EntryView) -> str:
    """1) of 5.4 1)."""
    return entry.cite.rpartition(" ")[2]


def tell_part(entry: EntryView) -> str:
    if entry.part not in PARTS:
        return "เนื้อหา"
    return f"ส่วนที่ {entry.part} {PARTS[entry.part]}"


def quote_all(rows: Iterable[ComparedRow]) -> list[str]:
    """“5.4 แจ้งเตือนหนังสือ…”, with the number that it has on the newer side; of what stands there."""
    return [
        quote_words(row, row.new) for row in standing_rows(rows) if row.new is not None
    ]


def standing_rows(rows: Iterable[ComparedRow]) -> list[ComparedRow]:
    return [row for row in rows if row.new is not None]


def quote_words(row: ComparedRow, numbered: EntryView) -> str:
    """The newer words, with the number of one side."""
    words = official_words(row)
    if isinstance(numbered.content, Step):
        words = f"{tell_name(numbered)} {words}"
    elif is_numbered(numbered):
        words = f"{own_number(numbered)} {words}"
    return f"“{words}”"
