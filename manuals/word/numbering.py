"""Which number Word shows before a paragraph (ECMA-376 §17.9): lists, levels, restarts, overrides, and styles.

Paragraphs are asked in reading order, each once: asking counts.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from .numbers import write_number

LEVELS = 9
MOST_LINKS = 20  # styles based on styles; more is a circle


@dataclass(slots=True)
class Level:
    """A level of a list; `restart` is the level (from 1) after which it begins again, None for the one above."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class NumberedList:
    """A w:num: the levels it shows, and those whose count it begins anew."""

    abstract_id: str
    levels: dict[int, Level]
    start_overrides: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """What stands before a paragraph: "5.1", "(๑)", "•"; `unknown_format` is one that cannot be written here."""

    text: str
    level: int
    is_bullet: bool = False
    unknown_format: str = ""


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, numbering: Any, styles: "Styles") -> None:
        self.styles = styles
        self.abstract: dict[str, dict[int, Level]] = {}
        self.links: dict[str, str] = {}  # abstract list: the style that has its levels
        self.lists: dict[str, NumberedList] = {}
        self.counters: dict[str, dict[int, int]] = {}  # of each abstract list
        self.begun: set[tuple[str, int]] = set()  # overrides that have taken effect
        if numbering is not None:
            self._read(numbering)

    def show(self, paragraph: Any) -> ShownNumber | None:
        """Counts the paragraph. None for one without a number."""
        number_id, level = self.styles.find_list(paragraph, self)
        if number_id in ("", "0") or number_id not in self.lists:
            return None
        numbered = self.lists[number_id]
        if level not in numbered.levels:
            return None
        counters = self._count(number_id, numbered, level)
        return self._write(numbered, level, counters)

    def level_of_style(self, number_id: str, style: str) -> int | None:
        """The level of the list that belongs to a paragraph style."""
        numbered = self.lists.get(number_id)
        if numbered is None:
            return None
        for index, level in numbered.levels.items():
            if level.style == style:
                return index
        return None

    def _count(
        self, number_id: str, numbered: NumberedList, level: int
    ) -> dict[int, int]:
        counters = self.counters.setdefault(numbered.abstract_id, {})
        for index, start in numbered.start_overrides.items():
            # Where a list is taken up for the first time, its own beginnings count
            if index <= level and (number_id, index) not in self.begun:
                self.begun.add((number_id, index))
                counters[index] = start - 1
                for below in range(index + 1, LEVELS):
                    if below not in numbered.start_overrides:
                        counters.pop(below, None)
        for above in range(level):
            if above not in counters and above in numbered.levels:
                counters[above] = numbered.levels[above].start
        if level in counters:
            counters[level] += 1
        else:
            counters[level] = numbered.levels[level].start
        for below in range(level + 1, LEVELS):
            if below in counters and self._restarts(numbered, below, level):
                counters.pop(below)
        return counters

    def _restarts(self, numbered: NumberedList, level: int, after: int) -> bool:
        """Whether `level` begins again behind an item of the level `after`."""
        restart = numbered.levels[level].restart if level in numbered.levels else None
        if restart is None:
            return True
        return restart != 0 and after < restart

    def _write(
        self, numbered: NumberedList, level: int, counters: dict[int, int]
    ) -> ShownNumber:
        shown = numbered.levels[level]
        if shown.number_format == "bullet":
            return ShownNumber("•", level, is_bullet=True)
        unknown = ""

        def write(found: re.Match[str]) -> str:
            nonlocal unknown
            index = int(found[1]) - 1
            of_level = numbered.levels.get(index)
            if of_level is None:
                return ""
            number_format = of_level.number_format
            if shown.is_legal and number_format != "none":
                number_format = "decimal"
            value = counters.get(index, of_level.start)
            written = write_number(number_format, value)
            if written is None:
                unknown = number_format
                return str(value)
            return written

        text = re.sub(r"%([1-9])", write, shown.text)
        return ShownNumber(text.strip(), level, unknown_format=unknown)

    # --- reading the part

    def _read(self, numbering: Any) -> None:
        for each in numbering.findall(qn("w:abstractNum")):
            abstract_id = each.get(qn("w:abstractNumId"), "")
            levels = {}
            for level in each.findall(qn("w:lvl")):
                index = _integer(level.get(qn("w:ilvl")), 0)
                levels[index] = _read_level(level)
            self.abstract[abstract_id] = levels
            link = each.find(qn("w:numStyleLink"))
            if link is not None:
                self.links[abstract_id] = link.get(qn("w:val"), "")
        raw_lists = {}
        for each in numbering.findall(qn("w:num")):
            raw_lists[each.get(qn("w:numId"), "")] = each
        for number_id, each in raw_lists.items():
            self.lists[number_id] = self._read_list(each, raw_lists)

    def _read_list(self, element: Any, raw_lists: dict[str, Any]) -> NumberedList:
        abstract_id = _value(element, "w:abstractNumId")
        for _ in range(MOST_LINKS):
            link = self.links.get(abstract_id)
            if not link:
                break
            target = raw_lists.get(self.styles.list_of_style(link))
            if target is None:
                break
            abstract_id = _value(target, "w:abstractNumId")
        numbered = NumberedList(abstract_id, dict(self.abstract.get(abstract_id, {})))
        for override in element.findall(qn("w:lvlOverride")):
            index = _integer(override.get(qn("w:ilvl")), 0)
            level = override.find(qn("w:lvl"))
            if level is not None:
                numbered.levels[index] = _read_level(level)
            start = override.find(qn("w:startOverride"))
            if start is not None:
                numbered.start_overrides[index] = _integer(start.get(qn("w:val")), 1)
            elif level is not None:
                numbered.start_overrides[index] = numbered.levels[index].start
        return numbered


def _read_level(element: Any) -> Level:
    level = Level(start=_integer(_value(element, "w:start"), 0))
    number_format = element.find(qn("w:numFmt"))
    if number_format is None:
        # Formats of later versions stand in a choice of their own
        for each in element.iter(qn("w:numFmt")):
            number_format = each
    if number_format is not None:
        level.number_format = number_format.get(qn("w:val"), "decimal")
    level.text = _value(element, "w:lvlText")
    level.style = _value(element, "w:pStyle")
    restart = _value(element, "w:lvlRestart")
    if restart:
        level.restart = _integer(restart, 0)
    legal = element.find(qn("w:isLgl"))
    level.is_legal = legal is not None and _is_on(legal)
    return level


class Styles:
    """Paragraph styles: what each is based on, its list, its outline level."""

    def __init__(self, styles: Any) -> None:
        self.by_id: dict[str, Any] = {}
        self.usual = ""
        if styles is None:
            return
        for each in styles.findall(qn("w:style")):
            style_id = each.get(qn("w:styleId"), "")
            self.by_id[style_id] = each
            is_usual = each.get(qn("w:default")) in ("1", "true", "on")
            if each.get(qn("w:type")) == "paragraph" and is_usual:
                self.usual = style_id

    def chain(self, style_id: str) -> list[Any]:
        """The style and all it is based on, its own first."""
        chain = []
        for _ in range(MOST_LINKS):
            style = self.by_id.get(style_id)
            if style is None or style in chain:
                break
            chain.append(style)
            style_id = _value(style, "w:basedOn")
        return chain

    def style_of(self, paragraph: Any) -> str:
        properties = paragraph.find(qn("w:pPr"))
        named = _value(properties, "w:pStyle") if properties is not None else ""
        return named or self.usual

    def find_list(self, paragraph: Any, numbering: Numbering) -> tuple[str, int]:
        """(id of its w:num, level); ("", 0) for none."""
        properties = paragraph.find(qn("w:pPr"))
        own = properties.find(qn("w:numPr")) if properties is not None else None
        number_id = _value(own, "w:numId") if own is not None else ""
        level = _value(own, "w:ilvl") if own is not None else ""
        if number_id:
            return number_id, _integer(level, 0)
        for style in self.chain(self.style_of(paragraph)):
            of_style = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if of_style is None:
                continue
            number_id = _value(of_style, "w:numId")
            if not number_id:
                level = level or _value(of_style, "w:ilvl")
                continue
            if level:
                return number_id, _integer(level, 0)
            linked = numbering.level_of_style(number_id, style.get(qn("w:styleId"), ""))
            if linked is not None:
                return number_id, linked
            return number_id, _integer(_value(of_style, "w:ilvl"), 0)
        return "", 0

    def list_of_style(self, style_id: str) -> str:
        """The id of the w:num that a numbering style has."""
        for style in self.chain(style_id):
            of_style = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if of_style is not None:
                return _value(of_style, "w:numId")
        return ""

    def outline_level(self, paragraph: Any) -> int:
        """1 to 9 of a heading, 0 for none."""
        properties = paragraph.find(qn("w:pPr"))
        holders = [] if properties is None else [properties]
        for style in self.chain(self.style_of(paragraph)):
            of_style = style.find(qn("w:pPr"))
            if of_style is not None:
                holders.append(of_style)
        for holder in holders:
            level = _value(holder, "w:outlineLvl")
            if level:
                outline = _integer(level, 9)
                return outline + 1 if outline < LEVELS else 0
        return 0

    def indentation(self, paragraph: Any) -> int:
        """From the left, in twentieths of a point, as the paragraph itself says it."""
        properties = paragraph.find(qn("w:pPr"))
        own = properties.find(qn("w:ind")) if properties is not None else None
        if own is None:
            return 0
        left = own.get(qn("w:left")) or own.get(qn("w:start")) or "0"
        return _integer(left, 0)


def _value(element: Any, name: str) -> str:
    """w:val of a child; "" where there is none."""
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")


def _integer(text: str | None, usual: int) -> int:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return usual


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val"), "1") not in ("0", "false", "off")
