"""Values of a JSON file that somebody else wrote: each is what it has to be, or the file is refused, in Thai."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hearing_portal.thai.text import TextRefused, clean_text, without_kept_before

from .refusals import EditionFileRefused

_SHA = re.compile("[0-9a-f]{64}")
_KEY = re.compile(r"[A-Za-z0-9_.-]+")
MOST_NODES_DEEP = 100
CUT_OFF = "ไฟล์ขาดตอนท้าย อาจดาวน์โหลดหรือคัดลอกมาไม่ครบ โปรดดาวน์โหลดจากต้นทางใหม่แล้วส่งอีกครั้ง"


def read_json(raw: bytes) -> Any:
    """Raises EditionFileRefused for what is no JSON, says a key twice, or is nested without end."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_at_end = error.end == len(error.object)
        if is_at_end and error.reason == "unexpected end of data":
            raise EditionFileRefused(CUT_OFF) from None  # within a letter
        raise EditionFileRefused(
            "ไฟล์นี้ไม่ใช่ข้อความ UTF-8 โปรดเลือกไฟล์ JSON ที่ส่งออกจากหน้า “พิมพ์เล่มและส่งออก”"
        ) from None
    try:
        return json.loads(
            text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant
        )
    except (
        ValueError,
        RecursionError,
    ) as error:  # a JSONDecodeError is a ValueError; so is a number of a million digits
        if _ends_too_early(text, error):
            raise EditionFileRefused(CUT_OFF) from None
        raise EditionFileRefused(
            "อ่านไฟล์ JSON นี้ไม่ได้ ไฟล์อาจไม่ครบหรือเสียหาย โปรดดาวน์โหลดจากต้นทางใหม่แล้วส่งอีกครั้ง"
        ) from None


def _ends_too_early(text: str, error: Exception) -> bool:
    """Whether all that there is was in order, and more was to come."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    is_open_text = error.msg.startswith("Unterminated string")
    return text.lstrip()[:1] in ("{", "[") and (
        is_open_text or error.pos >= len(text.rstrip())
    )


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values of one key counts, each reader decides for itself: so none is taken."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class Values:
    """The values of one JSON object. `where` tells the person which one it is."""

    def __init__(self, value: object, where: str, *, keys: Collection[str]) -> None:
        """Raises EditionFileRefused for what is no object, or has not exactly these keys."""
        if not isinstance(value, Mapping):
            raise malformed(where)
        missing = sorted(set(keys) - set(value))
        if missing:
            raise malformed(f"{where} ไม่มี {missing[0]}")
        unknown = sorted(set(value) - set(keys))
        if unknown:
            raise malformed(f"{where} มี {unknown[0][:40]} ซึ่งไม่มีในรูปแบบของไฟล์")
        self.values = value
        self.where = where

    def refuse(self, name: str) -> EditionFileRefused:
        return malformed(f"{self.where} {name}")

    def text(self, name: str, *, longest: int, may_be_empty: bool = False) -> str:
        """One line as the text policy keeps it; blanks alone say nothing."""
        value = self.values[name]
        if not isinstance(value, str) or not (value.strip() or may_be_empty):
            raise self.refuse(name)
        if len(value) > longest or not is_kept_text(value, multiline=False):
            raise self.refuse(name)
        return value

    def key(self, name: str, *, longest: int) -> str:
        """What stands in addresses and codes."""
        value = self.text(name, longest=longest)
        if not _KEY.fullmatch(value):
            raise self.refuse(name)
        return value

    def sha(self, name: str) -> str:
        value = self.values[name]
        if not isinstance(value, str) or not is_sha(value):
            raise self.refuse(name)
        return value

    def choice(self, name: str, choices: Collection[str]) -> str:
        value = self.values[name]
        if not isinstance(value, str) or value not in choices:
            raise self.refuse(name)
        return value

    def number(self, name: str, *, lowest: int, highest: int) -> int:
        value = self.values[name]
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not lowest <= value <= highest
        ):
            raise self.refuse(name)
        return value

    def uuid(self, name: str) -> UUID:
        """In its one spelling."""
        uuid = self._read(name, UUID)
        if str(uuid) != self.values[name]:
            raise self.refuse(name)
        return uuid

    def day(self, name: str) -> date:
        return self._read(name, date.fromisoformat)

    def moment(self, name: str) -> datetime:
        """With its time zone."""
        value = self._read(name, datetime.fromisoformat)
        if value.tzinfo is None:
            raise self.refuse(name)
        return value

    def optional[Value](self, name: str, read: Callable[[str], Value]) -> Value | None:
        """None where the file has null."""
        if self.values[name] is None:
            return None
        return read(name)

    def rows(
        self, name: str, *, most: int, keys: Collection[str]
    ) -> Iterator["Values"]:
        """The objects of a list, each to be read in its turn."""
        value = self.values[name]
        if not isinstance(value, list) or len(value) > most:
            raise self.refuse(name)
        for number, row in enumerate(value, start=1):
            yield Values(row, f"{name} ที่ {number}", keys=keys)

    def _read[Value](self, name: str, read: Callable[[str], Value]) -> Value:
        value = self.values[name]
        try:
            return read(value)
        except (
            ValueError,
            TypeError,
            AttributeError,
        ):  # of one that is no text, UUID complains of the attribute
            raise self.refuse(name) from None


def malformed(what: str) -> EditionFileRefused:
    return EditionFileRefused(
        f"ไฟล์ไม่เป็นไปตามรูปแบบของฉบับ ({what}) โปรดส่งออกฉบับจากต้นทางใหม่ และไม่แก้ไขไฟล์ก่อนนำเข้า"
    )


def is_sha(text: str) -> bool:
    """Whether it is a SHA-256 in its one spelling."""
    return _SHA.fullmatch(text) is not None


def are_kept_texts(value: object) -> bool:
    """Of all texts of plain JSON. Raises EditionFileRefused for what is nested without sense."""
    return all(is_kept_text(text) for text in texts_within(value))


def is_kept_text(text: str, *, multiline: bool = True) -> bool:
    """Whether the text policy, or an earlier one, would store it as it stands."""
    if (
        text.isascii() and text.isprintable()
    ):  # numbers, keys and hashes: most of a file
        return True
    text = without_kept_before(text)
    try:
        cleaned = clean_text(text, max_length=max(len(text), 1), multiline=multiline)
    except TextRefused:
        return False
    return cleaned.text == text


def texts_within(value: object, depth: int = 0) -> Iterator[str]:
    """All texts of plain JSON, the keys too. Raises EditionFileRefused for what is nested without sense."""
    if depth > MOST_NODES_DEEP:
        raise malformed("ซ้อนกันลึกเกินไป")
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from texts_within(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_within(inner, depth + 1)
