"""The one content form of everything a person can comment on.

A clause's content is `{kind, body, data, applies_to}`. Its canonical JSON (sorted keys, no spaces, UTF-8) is
hashed to `sha`; `fields(content)` gives the named texts that are diffed, merged, searched and marked one by
one; `plain` is those texts joined by newlines. Inline markers (cross-references, footnotes) count as one
U+FFFC in a text, so a change of somebody else's label never changes this clause's hash.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, replace
from dataclasses import fields as dataclass_fields
from typing import Any, ClassVar, Self

from hearing_portal.thai.markup import OBJECT_MARKER
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import inline_plain

MARKER = OBJECT_MARKER
APPLIES_TO = ("both", "primary", "secondary")
PARTS = {
    1: "ชื่องาน (กระบวนงาน)",
    2: "วัตถุประสงค์",
    3: "ขอบเขตของงาน",
    4: "คำจำกัดความ",
    5: "ขั้นตอนการปฏิบัติงาน",
    6: "Flow Chart การปฏิบัติงาน",
    7: "แบบฟอร์มที่ใช้",
    8: "เอกสาร/หลักฐานอ้างอิง",
    9: "แบบสรุปมาตรฐานงาน",
}


WORKING_MINUTES = {"นาที": 1, "ชั่วโมง": 60, "ชม.": 60, "วันทำการ": 420, "วัน": 420}
_DURATION = re.compile(r"([\d,.]+)\s*(" + "|".join(map(re.escape, WORKING_MINUTES)) + ")")


class ContentRefused(ValueError):
    """A mapping is not content: the message says which key is wrong."""


@dataclass(frozen=True, slots=True)
class Content:
    """What every kind has. `body` is sanitised inline HTML; subclasses add the fields of their `data`."""

    kind: ClassVar[str] = ""
    # (name of the field in fields(), attribute) in reading order; "text" is the body
    named: ClassVar[tuple[tuple[str, str], ...]] = (("text", "body"),)

    body: str = ""
    applies_to: str = "both"

    def data(self) -> dict[str, Any]:
        """The kind's own values as plain JSON, without the empty ones (so absence has one spelling)."""
        values = asdict(self)
        del values["body"], values["applies_to"]
        return {key: value for key, value in values.items() if value not in ("", None, [], {}, ())}

    def as_json(self) -> dict[str, Any]:
        return {"applies_to": self.applies_to, "body": self.body, "data": self.data(), "kind": self.kind}

    def fields(self) -> list[tuple[str, str]]:
        """[(name, text)] in reading order; inline marks are dropped, markers are one U+FFFC each."""
        return [
            (name, inline_plain(self.body) if attribute == "body" else getattr(self, attribute))
            for name, attribute in self.named
            if getattr(self, attribute)
        ]

    def check(self) -> None:
        """Raises ContentRefused when a value is not of its field's type, or contradicts another."""
        for item in dataclass_fields(self):
            default = item.default if item.default is not MISSING else item.default_factory()
            _expect(isinstance(getattr(self, item.name), type(default)), f"{item.name} is malformed")
        _expect(self.applies_to in APPLIES_TO, f"unknown applies_to {self.applies_to!r}")

    def with_fields(self, values: Mapping[str, str]) -> Self:
        """The same content with some named texts replaced, as a form sends them. Bodies are inline HTML."""
        attributes = dict(self.named)
        unknown = set(values) - set(attributes)
        if unknown:
            raise ContentRefused(f"{self.kind} has no field {sorted(unknown)[0]}")
        return replace(self, **{attributes[name]: text for name, text in values.items()})


@dataclass(frozen=True, slots=True)
class Text(Content):
    kind: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Note(Content):
    kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class Definition(Content):
    kind: ClassVar[str] = "definition"
    named: ClassVar = (("term", "term"), ("text", "body"))
    term: str = ""


@dataclass(frozen=True, slots=True)
class Step(Content):
    """One row of the standard table (part 9) = one box of the flow chart. `body` is the detail of the work.

    `next` is [{"to": uuid of a step, "label": text}]; empty means the row below. `duration` is
    {"text": as written, "minutes": working minutes or absent}; a working day is 420 minutes.
    """

    kind: ClassVar[str] = "step"
    named: ClassVar = (
        ("text", "body"),
        ("duration", "duration_text"),
        ("standard", "standard"),
        ("actor", "actor"),
        ("note", "note"),
        ("system", "system"),
        ("branches", "branch_labels"),
    )
    shape: str = "task"
    actor: str = ""
    system: str = ""
    duration: dict[str, Any] = field(default_factory=dict)
    standard: str = ""
    note: str = ""
    next: list[dict[str, str]] = field(default_factory=list)
    explains: list[str] = field(default_factory=list)

    @property
    def duration_text(self) -> str:
        return self.duration.get("text", "")

    @property
    def branch_labels(self) -> str:
        return "; ".join(branch["label"] for branch in self.next if branch.get("label"))

    def check(self) -> None:
        Content.check(self)
        _expect(self.shape in SHAPES, f"unknown shape {self.shape!r}")
        _expect(set(self.duration) <= {"text", "minutes"}, "duration is malformed")
        _expect(isinstance(self.duration.get("text", ""), str), "duration is malformed")
        _expect(isinstance(self.duration.get("minutes", 0), int), "duration is malformed")
        _expect(all(_is_texts(branch, {"to"}, {"to", "label"}) for branch in self.next), "next is malformed")
        _expect(all(isinstance(uuid, str) for uuid in self.explains), "explains is malformed")

    def with_fields(self, values: Mapping[str, str]) -> Self:
        values = dict(values)
        if "branches" in values:
            raise ContentRefused("branches are drawn in the step's own form")
        changed = self
        if "duration" in values:
            changed = replace(changed, duration=read_duration(values.pop("duration")))
        return Content.with_fields(changed, values)


@dataclass(frozen=True, slots=True)
class Form(Content):
    kind: ClassVar[str] = "form"
    named: ClassVar = (("text", "name"), ("code", "code"), ("note", "body"))
    name: str = ""
    code: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reference(Content):
    """`source` is the key of a LegalSource (or ""), `as_cited` the words as they stand in the manual."""

    kind: ClassVar[str] = "reference"
    named: ClassVar = (("text", "as_cited"), ("note", "body"))
    source: str = ""
    locator: str = ""
    as_cited: str = ""


@dataclass(frozen=True, slots=True)
class Table(Content):
    """`columns` = [{"id", "title"}], `rows` = [{"id", "cells": {column id: text}}]; ids name the cells."""

    kind: ClassVar[str] = "table"
    columns: list[dict[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def check(self) -> None:
        Content.check(self)
        keys = {"id", "title"}
        _expect(all(_is_texts(column, keys, keys) for column in self.columns), "columns are malformed")
        columns = [column["id"] for column in self.columns]
        _expect(len(set(columns)) == len(columns), "a column's id occurs twice")
        for row in self.rows:
            _expect(isinstance(row, Mapping) and set(row) == {"id", "cells"}, "rows are malformed")
            _expect(isinstance(row["id"], str), "rows are malformed")
            _expect(_is_texts(row["cells"], set(), set(columns)), "cells are malformed")
        _expect(len({row["id"] for row in self.rows}) == len(self.rows), "a row's id occurs twice")

    def fields(self) -> list[tuple[str, str]]:
        """The body, the titles of the columns, then the cells row by row in the columns' order."""
        named = Content.fields(self)
        named += [(f"column:{column['id']}", column["title"]) for column in self.columns if column["title"]]
        for row in self.rows:
            cells = [(column["id"], row["cells"].get(column["id"], "")) for column in self.columns]
            named += [(f"cell:{row['id']}:{column}", text) for column, text in cells if text]
        return named

    def with_fields(self, values: Mapping[str, str]) -> Self:
        names = {f"column:{column['id']}" for column in self.columns}
        names |= {f"cell:{row['id']}:{column['id']}" for row in self.rows for column in self.columns}
        columns = [
            {**column, "title": values.get(f"column:{column['id']}", column["title"])} for column in self.columns
        ]
        rows = [{**row, "cells": row["cells"] | _cells_among(values, f"cell:{row['id']}:")} for row in self.rows]
        others = {name: text for name, text in values.items() if name not in names}
        return Content.with_fields(replace(self, columns=columns, rows=rows), others)


@dataclass(frozen=True, slots=True)
class Figure(Content):
    kind: ClassVar[str] = "figure"
    named: ClassVar = (("caption", "caption"), ("alt", "alt"), ("text", "body"))
    file: str = ""
    alt: str = ""
    caption: str = ""


KINDS: dict[str, type[Content]] = {
    form.kind: form for form in (Text, Definition, Step, Form, Reference, Table, Figure, Note)
}
SHAPES = {
    "start": "เริ่มต้น",
    "task": "กิจกรรม",
    "decision": "ตัดสินใจ",
    "document": "เอกสาร",
    "connector": "เชื่อมต่อ",
    "end": "สิ้นสุด",
}


def content_from_json(value: Mapping[str, Any]) -> Content:
    """The dataclass of a stored or submitted mapping. Raises ContentRefused when it is none."""
    kind, data = value.get("kind"), value.get("data") or {}
    _expect(isinstance(kind, str) and kind in KINDS, f"unknown kind {kind!r}")
    _expect(set(value) <= {"kind", "body", "data", "applies_to"}, "unknown key")
    _expect(isinstance(data, Mapping) and not set(data) & {"body", "applies_to"}, "data is malformed")
    try:
        content = KINDS[kind](body=value.get("body", ""), applies_to=value.get("applies_to", "both"), **data)
    except TypeError as error:
        raise ContentRefused(str(error)) from error
    content.check()
    return content


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise ContentRefused(what)


def _is_texts(value: object, required: set[str], allowed: set[str]) -> bool:
    """Whether `value` is a mapping from these keys to texts."""
    return (
        isinstance(value, Mapping)
        and required <= set(value) <= allowed
        and all(isinstance(text, str) for text in value.values())
    )


def _cells_among(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name[len(prefix) :]: text for name, text in values.items() if name.startswith(prefix)}


def read_duration(text: str) -> dict[str, object]:
    """{"text", "minutes"}; minutes only for one number and one unit. A working day is 7 hours."""
    if not text:
        return {}
    match = _DURATION.fullmatch(arabic_digits(text))
    if not match:
        return {"text": text}
    try:
        minutes = float(match[1].replace(",", "")) * WORKING_MINUTES[match[2]]
    except ValueError:
        return {"text": text}
    return {"text": text, "minutes": round(minutes)}


def canonical_json(content: Content) -> str:
    """Sorted keys, no spaces, real Thai characters: equal content has equal bytes."""
    return json.dumps(content.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_sha(content: Content) -> str:
    """SHA-256 (64 hex digits) of the canonical JSON in UTF-8."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def plain_text(content: Content) -> str:
    """The fields' texts joined by newlines: what is counted, searched and hashed as `text_sha`."""
    return "\n".join(text for _, text in content.fields())
