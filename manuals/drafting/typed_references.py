"""References to clauses as people type them ("ตามข้อ ๓.๒"): which of them are ones, and the marks they become.

A number alone ("ข้อ 7") is left as it is: most of those are of a law. So is what names its law, before it ("ระเบียบ… พ.ศ.
2526 ข้อ 7.2") or behind it ("ข้อ 7.2 แห่งระเบียบ…"), and what belongs to another process ("ข้อ 5.2 ของกระบวนงานการส่งหนังสือ").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    write_reference,
)
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS, plain_cite
from hearing_portal.thai.text import (
    cut_inline,
    inline_plain,
    map_inline_text,
    sanitize_inline,
)

from ..content import Content, Reference, Step
from ..entries import EntryView
from ..models import ClauseChange

# Of one process: {"5.3 1)": uuid of the one clause cited so}; 5.3 (1) stands as 5.3 1)
type ClauseNumbers = Mapping[str, str]

_BLANK = r"[ \t\u00a0]"
_DIGITS = "[0-9๐-๙]{1,2}"
# 5.3 and 5.3.1, but not the start of 5.3/2565, 5.30% or 5.3.2569
_NUMBER = rf"{_DIGITS}(?:\.{_DIGITS})+(?![0-9๐-๙/%]|\.[0-9๐-๙])"
# 1), (1), ก. and (ก) behind it; "พ.ศ." is none
_SUB_NUMBER = rf"\(?{_DIGITS}\)|\(?[ก-ฮ]\)|[ก-ฮ]\.(?![ก-ฮ])"
_ITEM = rf"{_NUMBER}(?:{_BLANK}?(?:{_SUB_NUMBER}))*"
_AND = rf"{_BLANK}*(?:,|และ|หรือ|ถึง|กับ|[-–—]){_BLANK}*"
_NO_AMOUNT = (
    rf"(?!{_BLANK}*(?:ล้าน|แสน|หมื่น|พัน|บาท|วัน|ชั่วโมง|นาที|คะแนน|เท่า|เมตร|กิโล|นาฬิกา|น\.))"
)
_HEAD = rf"(?<!หัว)ข้อ{_BLANK}*"
_REFERENCES = re.compile(
    rf"{_HEAD}{_ITEM}(?:{_AND}(?:{_HEAD}{_ITEM}|{_ITEM}{_NO_AMOUNT}))*"
)
_ONE = re.compile(rf"(?:{_HEAD})?({_NUMBER})((?:{_BLANK}?(?:{_SUB_NUMBER}))*)")
_SUB = re.compile(_SUB_NUMBER)

_RULE = r"(?:ระเบียบ|ข้อบังคับ|ประกาศ|กฎ|พระราช|พ\.ร\.|หลักเกณฑ์|คำสั่ง|มติ|หนังสือ|รัฐธรรมนูญ|สัญญา)"
_OF_ANOTHER_TEXT = re.compile(
    rf"{_BLANK}*(?:(?:แห่ง|ของ)(?!(?:กระบวนงาน|กระบวนการ|งาน|คู่มือ|ส่วน)นี้)|(?:ใน|ท้าย|ตาม){_RULE})"
)
_BEHIND_A_LAW = re.compile(
    r"(?:พ\.?\s?ศ\.?\s?[0-9๐-๙]{4}|ฉบับที่\s?[0-9๐-๙]+|แก้ไขเพิ่มเติม|ฯ"
    r"|(?:ระเบียบ|ข้อบังคับ|ประกาศ|กฎกระทรวง|พระราชบัญญัติ|พระราชกฤษฎีกา|หลักเกณฑ์|คำสั่ง|ว่าด้วย)\S*"
    r"(?<!ตาม)(?<!ใน)(?<!และ)(?<!หรือ)(?<!กับ)(?<!ดู)(?<!โดย)(?<!จาก))[\s()]*$"
)


class TypedReference(NamedTuple):
    """Code points [start, end) of a text, and the clause that is named there: its number, and those below it."""

    start: int
    end: int
    number: str
    below: tuple[tuple[str, int], ...]  # ("1)", where it ends in the text)


def find_typed_references(text: str) -> Iterator[TypedReference]:
    """In reading order. In a list ("ข้อ 5.1 และ 5.2") every number is one."""
    for found in _REFERENCES.finditer(text):
        line_start = text.rfind("\n", 0, found.start()) + 1
        if _OF_ANOTHER_TEXT.match(text, found.end()) or _BEHIND_A_LAW.search(
            text[line_start : found.start()]
        ):
            continue
        for one in _ONE.finditer(text, found.start(), found.end()):
            below = []
            for sub in _SUB.finditer(text, one.start(2), one.end(2)):
                label = plain_cite(sub.group().translate(TO_ARABIC_DIGITS))
                below.append((label, sub.end()))
            number = one[1].translate(TO_ARABIC_DIGITS)
            yield TypedReference(one.start(), one.end(1), number, tuple(below))


def numbers_of(entries: Iterable[EntryView]) -> ClauseNumbers:
    """Of the clauses of one process as they stand."""
    cited = []
    for entry in entries:
        if entry.content is not None and not isinstance(entry.content, Step):
            cited.append((entry.cite, entry.uuid))
    return numbers_naming_one(cited)


def numbers_naming_one(cited: Iterable[tuple[str, UUID]]) -> ClauseNumbers:
    """Of the clauses of one process, each with the number by which it is cited; one that two of them have names
    none."""
    uuids: dict[str, list[str]] = {}
    for cite, uuid in cited:
        uuids.setdefault(plain_cite(cite), []).append(str(uuid))
    return {cite: found[0] for cite, found in uuids.items() if len(found) == 1}


@dataclass(frozen=True, slots=True)
class LinkedContent:
    """A content whose typed references lead to their clauses, and what those were called ("ข้อ 5.3 1)")."""

    content: Content
    names: tuple[str, ...] = ()


class LinkedAct(NamedTuple):
    """What an act stored, and what the clauses are called that its words refer to by number: those references lead to
    them now."""

    changes: list[ClauseChange]
    names: Sequence[str]


def linked_note(names: Sequence[str]) -> str:
    """What is said once after references were linked; empty when none was."""
    if not names:
        return ""
    return f"เชื่อมข้อที่อ้าง {len(names):,} แห่ง: {', '.join(dict.fromkeys(names))}"


def may_refer(content: Content) -> bool:
    """Whether it is worth looking up numbers for. The words beside a citation are about the law."""
    if isinstance(content, Reference):
        return False
    return any(
        next(find_typed_references(text), None) is not None
        for _, text in content.fields()
    )


def link_typed_references(content: Content, numbers: ClauseNumbers) -> LinkedContent:
    """What names exactly one clause becomes the reference to it; all else stays as typed."""
    if isinstance(content, Reference):
        return LinkedContent(content)
    plain = inline_plain(content.body)
    pieces: list[str] = []
    names: list[str] = []
    position = 0
    for typed in find_typed_references(plain):
        named = _name_clause(typed, numbers)
        if named is None:
            continue
        cite, end = named
        pieces.append(cut_inline(content.body, position, typed.start))
        pieces.append(
            _as_reference(cut_inline(content.body, typed.start, end), numbers[cite])
        )
        names.append(f"ข้อ {cite}")
        position = end
    if not names:
        return LinkedContent(content)
    pieces.append(cut_inline(content.body, position, len(plain)))
    body = sanitize_inline("".join(pieces))
    return LinkedContent(replace(content, body=body), tuple(names))


def find_unnamed(content: Content, numbers: ClauseNumbers) -> list[str]:
    """The references in its texts that name no clause, as they were typed."""
    if isinstance(content, Reference):
        return []
    unnamed = []
    for _, text in content.fields():
        for typed in find_typed_references(text):
            if _name_clause(typed, numbers) is None:
                end = typed.below[-1][1] if typed.below else typed.end
                unnamed.append(_typed_words(text, typed.start, end))
    return unnamed


def find_unlinked(content: Content, numbers: ClauseNumbers) -> list[str]:
    """The references in its body that name a clause by number and do not lead to it, as they were typed: the number
    means another clause as soon as one moves."""
    if isinstance(content, Reference):
        return []
    text = inline_plain(content.body)
    unlinked = []
    for typed in find_typed_references(text):
        named = _name_clause(typed, numbers)
        if named is not None:
            unlinked.append(_typed_words(text, typed.start, named[1]))
    return unlinked


def _typed_words(text: str, start: int, end: int) -> str:
    words = text[start:end]
    return words if words.startswith("ข้อ") else f"ข้อ {words}"


def _name_clause(
    typed: TypedReference, numbers: ClauseNumbers
) -> tuple[str, int] | None:
    """The number by which the clause is cited, and where that ends in the text.

    "1)" behind a number names what stands below the clause, where something does; else it begins a list in the words.
    """
    cites = [(typed.number, typed.end)]
    for label, end in typed.below:
        cites.append((f"{cites[-1][0]} {label}", end))
    for place, (cite, end) in reversed(list(enumerate(cites))):
        if cite not in numbers:
            continue
        is_whole = place == len(cites) - 1
        has_some_below = any(other.startswith(f"{cite} ") for other in numbers)
        return (cite, end) if is_whole or not has_some_below else None
    return None


def _as_reference(typed: str, uuid: str) -> str:
    """The inline body of the typed words, as the reference that takes their place: bold where they were."""
    marker = iter([OBJECT_MARKER])
    marked = map_inline_text(typed, lambda _: next(marker, ""))
    return fill_object_markers(marked, iter([write_reference(uuid)]))
