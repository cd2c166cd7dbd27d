"""References to clauses as people type them ("ตามข้อ ๓.๒"): which of them are ones, and the marks they become.

A number alone ("ข้อ 7") is left as it is: most of those are of a law. So is what names its law, before it ("ระเบียบ… พ.ศ.
2526 ข้อ 7.2") or behind it ("ข้อ 7.2 แห่งระเบียบ…"). What names another process ("ข้อ 5.2 ของกระบวนงานการส่งหนังสือ") is one of
that process, where its title or its code says which, in quotation marks or without. A number alone may be one of a part
of the manual that is named ("ข้อ 1 ของพันธกิจ").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    referenced_uuids,
    replace_references,
    write_reference,
    write_references,
)
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS, arabic_digits, plain_cite
from hearing_portal.thai.sentences import joined
from hearing_portal.thai.text import (
    cut_inline,
    inline_plain,
    map_inline_text,
    sanitize_inline,
)

from ..content import Content, Reference, Step
from ..entries import EntryView
from ..models import ClauseChange
from ..reading.names import clause_name

# Of one process: {"5.3 1)": uuid of the one clause cited so}; 5.3 (1) stands as 5.3 1)
type ClauseNumbers = Mapping[str, str]
# Of other processes, each by its title as title_words gives it
type NumbersByTitle = Mapping[str, ClauseNumbers]

# Of a text, for the database: what may refer to a clause by number
TYPED_NUMBER = "ข้อ[ \t\u00a0]*[0-9๐-๙]{1,2}([.]|[ \t\u00a0]*ของ)"

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
# What may be the title of another process: "ข้อ 5.2 ของกระบวนงานการส่งหนังสือ", or its code: "ของกระบวนงาน รหัส กจ. 01"
_OF_THIS = r"(?:กระบวนงาน|กระบวนการ|งาน|คู่มือ|ส่วน)นี้"
_OF = (
    rf"{_BLANK}*ของ{_BLANK}*(?!{_RULE}|{_OF_THIS})"
    rf"(?P<word>(?:กระบวนงาน|กระบวนการ){_BLANK}*(?:รหัส{_BLANK}*)?)?"
)
_OF_A_PROCESS = re.compile(_OF)
# A number without a dot is one only of a part that is named
_BARE = re.compile(rf"{_HEAD}({_DIGITS})(?![0-9๐-๙./%)]){_OF}")
_OPENING = "“\"‘'"
_NO_NAME = re.compile("ดังกล่าว|เดียวกัน|อื่น|นั้น|ใด|ที่|ต่าง")
_CLOSING = "”\"’'"
_WORD = re.compile(r"[ก-\u0e4e0-9๐-๙A-Za-z]")
_BEHIND_A_LAW = re.compile(
    r"(?:พ\.?\s?ศ\.?\s?[0-9๐-๙]{4}|ฉบับที่\s?[0-9๐-๙]+|แก้ไขเพิ่มเติม|ฯ"
    r"|(?:ระเบียบ|ข้อบังคับ|ประกาศ|กฎกระทรวง|พระราชบัญญัติ|พระราชกฤษฎีกา|หลักเกณฑ์|คำสั่ง|ว่าด้วย)\S*"
    r"(?<!ตาม)(?<!ใน)(?<!และ)(?<!หรือ)(?<!กับ)(?<!ดู)(?<!โดย)(?<!จาก))[\s()]*$"
)


class TypedReference(NamedTuple):
    """Code points [start, end) of a text, and the clause that is named there: its number, and those below it. Where it
    is one of another process, that one's title begins at `title`; what names it ends the list that ends at `list_end`.
    """

    start: int
    end: int
    number: str
    below: tuple[tuple[str, int], ...]  # ("1)", where it ends in the text)
    title: int | None = None
    list_end: int = 0
    says_process: bool = False  # the word for one stands before the title

    @property
    def whole_end(self) -> int:
        return self.below[-1][1] if self.below else self.end


def find_typed_references(text: str) -> Iterator[TypedReference]:
    """Of the text's own process, in reading order. In a list ("ข้อ 5.1 และ 5.2") every number is one."""
    for typed in _find_references(text):
        if typed.title is None:
            yield typed


def find_outer_references(text: str) -> Iterator[TypedReference]:
    """What may be of another process."""
    for typed in _find_references(text):
        if typed.title is not None:
            yield typed


def _find_references(text: str) -> Iterator[TypedReference]:
    found = [*_find_numbered(text), *_find_bare(text)]
    yield from sorted(found, key=lambda typed: typed.start)


def _find_bare(text: str) -> Iterator[TypedReference]:
    for found in _BARE.finditer(text):
        if not _is_behind_a_law(text, found.start()):
            number = found[1].translate(TO_ARABIC_DIGITS)
            yield TypedReference(
                found.start(),
                found.end(1),
                number,
                (),
                found.end(),
                found.end(1),
                bool(found["word"]),
            )


def _is_behind_a_law(text: str, start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    return _BEHIND_A_LAW.search(text[line_start:start]) is not None


def _find_numbered(text: str) -> Iterator[TypedReference]:
    for found in _REFERENCES.finditer(text):
        if _is_behind_a_law(text, found.start()):
            continue
        outer = None
        if _OF_ANOTHER_TEXT.match(text, found.end()):
            outer = _OF_A_PROCESS.match(text, found.end())
            if outer is None:
                continue
        # "ข้อ 5.3 และข้อ 5.1 ของ…": only what follows the last "ข้อ" is of the other process
        last_head = text.rfind("ข้อ", found.start(), found.end())
        for one in _ONE.finditer(text, found.start(), found.end()):
            below = []
            for sub in _SUB.finditer(text, one.start(2), one.end(2)):
                label = plain_cite(sub.group().translate(TO_ARABIC_DIGITS))
                below.append((label, sub.end()))
            number = one[1].translate(TO_ARABIC_DIGITS)
            is_outer = outer is not None and one.start() >= last_head
            yield TypedReference(
                one.start(),
                one.end(1),
                number,
                tuple(below),
                outer.end() if outer and is_outer else None,
                found.end(),
                bool(outer and is_outer and outer["word"]),
            )


def title_words(title: str) -> str:
    """Of a process, as it is looked up: without the word before it that some write and some leave out."""
    words = " ".join(title.split())
    for word in ("กระบวนงาน", "กระบวนการ"):
        words = words.removeprefix(word).lstrip()
    return words


class _Title(NamedTuple):
    """One of the titles, as it stands in a text, and where it ends there with its quotation mark."""

    title: str
    end: int


def _match_title(text: str, start: int, numbers: NumbersByTitle) -> _Title | None:
    """The longest of the titles that stands there as a whole, with the word for a process in the marks or without."""
    is_quoted = text[start : start + 1] in tuple(_OPENING)
    if is_quoted:
        start += 1
        for word in ("กระบวนงาน", "กระบวนการ"):
            if text.startswith(word, start):
                start += len(word)
    for title in sorted(numbers, key=len, reverse=True):
        end = start + len(title)
        if not title or not text.startswith(title, start):
            continue
        if is_quoted and text[end : end + 1] in tuple(_CLOSING):
            return _Title(title, end + 1)
        if not is_quoted and not _WORD.match(text, end):
            return _Title(title, end)
    return None


def numbers_of(entries: Iterable[EntryView]) -> ClauseNumbers:
    """Of the clauses of one process as they stand."""
    cited = []
    for entry in entries:
        if entry.content is not None and not isinstance(entry.content, Step):
            cited.append((entry.cite, entry.uuid))
    return numbers_naming_one(cited)


def numbers_of_part(entries: Iterable[EntryView]) -> ClauseNumbers:
    """Of the clauses of a part of the manual that is no process: what is numbered 1) there is written ข้อ 1 as well."""
    numbers = dict(numbers_of(entries))
    for cite, uuid in list(numbers.items()):
        bare = cite.strip("()")
        if bare.isdecimal():
            numbers.setdefault(bare, uuid)
    return numbers


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
    unnamed: tuple[str, ...] = ()  # as typed, what seems a reference and names nothing
    beside: tuple[str, ...] = ()  # what names a clause where no link can stand


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


def unlinked_note(
    unnamed: Sequence[str],
    beside: Sequence[str] = (),
    *,
    fields: Sequence[str] = (),
) -> str:
    """What is said once after saving of what stayed words; empty for none. `fields` are what those are called that may
    hold references, the body first."""
    told = []
    if unnamed:
        told.append(
            f"ไม่พบข้อที่อ้าง: {_listed(unnamed)} จึงเก็บเป็นถ้อยคำ โปรดตรวจเลขข้อหรือชื่อกระบวนงาน"
        )
    if beside and len(fields) == 1:
        told.append(
            f"{_listed(beside)} เขียนไว้นอกช่อง “{fields[0]}” เลขข้อจึงไม่เปลี่ยนตาม หากต้องการให้เปลี่ยนตาม โปรดอ้างในช่องนั้น"
        )
    elif beside:
        *others, last = (f"“{label}”" for label in fields)
        told.append(
            f"{_listed(beside)} ยังเป็นถ้อยคำ เลขข้อจึงไม่เปลี่ยนตาม หากต้องการให้เปลี่ยนตาม "
            f"โปรดเขียนทีละข้อและเว้นวรรคแบบ “ข้อ 5.1” ในช่อง {' '.join(others)} หรือ {last}"
        )
    return " ".join(told)


def _listed(typed: Sequence[str]) -> str:
    """Without marks: some have marks of their own."""
    return ", ".join(dict.fromkeys(typed))


def may_refer(content: Content) -> bool:
    """Whether it is worth looking up numbers for. The words beside a citation are about the law."""
    if isinstance(content, Reference):
        return False
    return any(
        next(_find_references(text), None) is not None for _, text in content.fields()
    )


def may_refer_outside(content: Content) -> bool:
    """Whether it is worth looking up other processes for."""
    if isinstance(content, Reference):
        return False
    return any(
        next(find_outer_references(text), None) is not None
        for text in texts_with_references(content)
    )


def texts_with_references(content: Content) -> list[str]:
    """Its texts in which a number may become a reference."""
    return [content.text_of(attribute) for attribute in content.may_refer]


def find_texts_naming_others(content: Content) -> list[str]:
    """Its texts that may refer to another process by number."""
    if isinstance(content, Reference):
        return []
    texts = [text for _, text in content.fields()]
    return [text for text in texts if next(find_outer_references(text), None)]


def tell_apart[Process](
    processes: Iterable[tuple[str, int, Process]], manual_id: int
) -> dict[str, Process]:
    """{title: the process that it names in this manual} of processes with their titles and manuals: of two with one
    title the one of this manual, and none where that does not tell them apart."""
    found: dict[str, list[tuple[int, Process]]] = {}
    for title, of_manual, process in processes:
        found.setdefault(title_words(title), []).append((of_manual, process))
    named: dict[str, Process] = {}
    for title, same in found.items():
        own = [each for each in same if each[0] == manual_id]
        for choice in (own, same):
            if len(choice) == 1:
                named.setdefault(title, choice[0][1])
    return named


def link_typed_references(
    content: Content,
    numbers: ClauseNumbers,
    outer_numbers: NumbersByTitle | None = None,
    said: Mapping[str, str] | None = None,
) -> LinkedContent:
    """What names exactly one clause, of its own process or of another one that it names, becomes the reference to it;
    all else stays as typed. Plain texts change only where they read the same letter for letter: `said` is what a
    reference to a clause says there."""
    if isinstance(content, Reference):
        return LinkedContent(content)
    texts: dict[str, str] = {}
    names: list[str] = []
    for attribute in content.may_refer:
        text = content.text_of(attribute)
        found = _find_all_named(text, numbers, outer_numbers or {})
        stored = getattr(content, attribute)
        if attribute == "body":
            linked = _link_body(stored, text, found)
        else:
            linked = _link_plain(stored, text, found)
            if not _read_alike(stored, linked, said or {}):
                continue
        if linked != stored:
            texts[attribute] = linked
            names += [named.name for named in found]
    if not names:
        return LinkedContent(content)
    return LinkedContent(replace(content, **texts), tuple(names))


def _link_body(body: str, plain: str, found: Sequence["_Named"]) -> str:
    if not found:
        return body
    pieces: list[str] = []
    position = 0
    for named in found:
        pieces.append(cut_inline(body, position, named.start))
        words = cut_inline(body, named.start, named.end)
        pieces.append(_as_reference(words, named.uuid))
        position = named.end
    pieces.append(cut_inline(body, position, len(plain)))
    return sanitize_inline("".join(pieces))


def _link_plain(stored: str, plain: str, found: Sequence["_Named"]) -> str:
    if not found:
        return stored
    known = iter(referenced_uuids(stored))
    text = ""
    uuids: list[str] = []
    position = 0
    for named in found:
        before = plain[position : named.start]
        uuids += islice(known, before.count(OBJECT_MARKER))
        uuids.append(named.uuid)
        text += before + OBJECT_MARKER
        position = named.end
    return write_references(text + plain[position:], [*uuids, *known])


def _read_alike(one: str, other: str, said: Mapping[str, str]) -> bool:
    """Digits are the reader's."""
    words = []
    for stored in (one, other):
        told = replace_references(stored, lambda uuid: said.get(uuid, uuid))
        words.append(arabic_digits(told))
    return words[0] == words[1]


class _Named(NamedTuple):
    """The clause that typed words [start, end) name, and what it is called."""

    uuid: str
    start: int
    end: int
    name: str


def _find_all_named(
    text: str, numbers: ClauseNumbers, outer_numbers: NumbersByTitle
) -> list[_Named]:
    found = []
    for typed in _find_references(text):
        named = _find_named(text, typed, numbers, outer_numbers)
        if named is not None:
            found.append(named)
    return found


def _find_named(
    text: str,
    typed: TypedReference,
    numbers: ClauseNumbers,
    outer_numbers: NumbersByTitle,
) -> _Named | None:
    """The words of another process go into the reference, which is called with them wherever it stands."""
    if typed.title is None:
        named = _name_clause(typed, numbers)
        if named is None:
            return None
        cite, end = named
        return _Named(numbers[cite], typed.start, end, f"ข้อ {cite}")
    matched = _match_title(text, typed.title, outer_numbers)
    if matched is None:
        return None
    numbers = outer_numbers[matched.title]
    named = _name_clause(typed, numbers)
    if named is None or named[1] != typed.whole_end:
        return None
    cite, end = named
    if end == typed.list_end:
        end = matched.end
    name = joined(f"ข้อ {cite} ของ", matched.title)
    return _Named(numbers[cite], typed.start, end, name)


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


def find_unnamed_outside(content: Content, outer_numbers: NumbersByTitle) -> list[str]:
    """The references in its texts to one of these other processes that name no clause of it, as they were typed."""
    if isinstance(content, Reference):
        return []
    unnamed = []
    for _, text in content.fields():
        for typed in find_outer_references(text):
            assert typed.title is not None
            matched = _match_title(text, typed.title, outer_numbers)
            if matched is None or _name_clause(typed, outer_numbers[matched.title]):
                continue
            words = _typed_words(text, typed.start, typed.whole_end)
            whole_title = text[typed.list_end : matched.end].strip()
            unnamed.append(f"{words} {whole_title}")
    return unnamed


def find_of_unknown_processes(
    content: Content, outer_numbers: NumbersByTitle
) -> list[str]:
    """The references in its texts to a process that is none of these, as they were typed: the word for one, or
    quotation marks, say that a process is meant."""
    if isinstance(content, Reference):
        return []
    unknown = []
    for _, text in content.fields():
        for typed in find_outer_references(text):
            assert typed.title is not None
            is_quoted = text[typed.title : typed.title + 1] in tuple(_OPENING)
            if not (typed.says_process or is_quoted):
                continue
            if _NO_NAME.match(text, typed.title):
                continue
            if _match_title(text, typed.title, outer_numbers) is None:
                words = _typed_words(text, typed.start, typed.whole_end)
                unknown.append(words + _name_as_typed(text, typed, is_quoted))
    return unknown


def _name_as_typed(text: str, typed: TypedReference, is_quoted: bool) -> str:
    """From the word behind the number on, to the closing mark or the next blank."""
    assert typed.title is not None
    rest = text[typed.title + 1 :]
    ends = _CLOSING if is_quoted else " \t\u00a0\n"
    length = next((at for at, letter in enumerate(rest) if letter in ends), len(rest))
    name = text[typed.list_end : typed.title + 1 + length + is_quoted]
    return f" {name.strip()}"


def find_beside_body(content: Content, numbers: ClauseNumbers) -> list[str]:
    """The references in its other texts (a step's remark) that name a clause and do not follow its number: those of
    a text that holds none, or that would read otherwise with them."""
    if isinstance(content, Reference):
        return []
    beside = []
    body = inline_plain(content.body)
    for _, text in content.fields():
        if text == body:
            continue
        for typed in find_typed_references(text):
            named = _name_clause(typed, numbers)
            if named is not None:
                beside.append(_typed_words(text, typed.start, named[1]))
    return beside


def find_unlinked(
    content: Content, numbers: ClauseNumbers, said: Mapping[str, str] | None = None
) -> list[str]:
    """The references that name a clause by number and do not lead to it, as they were typed: the number means another
    clause as soon as one moves. Those of its body, and of other texts where saving links them (link_typed_references
    knows what is `said`)."""
    if isinstance(content, Reference):
        return []
    unlinked = []
    for attribute in content.may_refer:
        text = content.text_of(attribute)
        found = _find_all_named(text, numbers, {})
        if attribute != "body":
            stored = getattr(content, attribute)
            if not _read_alike(stored, _link_plain(stored, text, found), said or {}):
                continue
        unlinked += [_typed_words(text, named.start, named.end) for named in found]
    return unlinked


def say_numbers(entries: Iterable[EntryView]) -> dict[str, str]:
    """{uuid: what a reference to it says} of the clauses of one process, for who reads it there."""
    return {str(entry.uuid): clause_name(entry) for entry in entries if entry.content}


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
