"""The one content form of everything a person can comment on.

A clause's content is `{kind, body, data, applies_to}`. Its canonical JSON (sorted keys, no spaces, UTF-8) is
hashed to `sha`; `fields(content)` gives the named texts that are diffed, merged, searched and marked one by
one; `plain` is those texts joined by newlines. Inline markers (cross-references, footnotes) count as one
U+FFFC in a text, so a change of somebody else's label never changes this clause's hash.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, replace
from dataclasses import fields as dataclass_fields
from typing import Any, ClassVar, Self

from django.db.models import TextChoices

from hearing_portal.thai.markup import (
    fill_object_markers,
    mark_references,
    referenced_uuids,
    tell_markers,
)
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import inline_plain


class AppliesTo(TextChoices):
    """The kind of area office a section or a clause is for."""

    BOTH = "both", "สพป. และ สพม."
    PRIMARY = "primary", "สพป."
    SECONDARY = "secondary", "สพม."

    @property
    def mark(self) -> str:
        """What stands behind the words of what is for one kind alone, in a file that comes back; "" for both."""
        return "" if self == AppliesTo.BOTH else f"[เฉพาะ {self.label}]"


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

MEANS = "หมายถึง"  # between a term and its meaning; the portal writes it
# What statutes write in its place
STATUTORY_VERBS = (
    "หมายความว่า",
    "หมายความถึง",
    "หมายความรวมถึง",
    "หมายรวมถึง",
    "ให้หมายความว่า",
    "ให้หมายความถึง",
    "ให้หมายความรวมถึง",
    "ให้หมายรวมถึง",
    "หมายความว่ารวมถึง",
    "หมายความและรวมถึง",
    "หมายความว่าและรวมถึง",
)

# A working day has seven hours
WORKING_MINUTES = {"นาที": 1, "ชั่วโมง": 60, "ชม.": 60, "วันทำการ": 420, "วัน": 420}
_DURATION = re.compile(
    r"([\d,.]+)\s*(" + "|".join(map(re.escape, WORKING_MINUTES)) + ")"
)


class ContentRefused(ValueError):
    """A mapping is not content: the message says which key is wrong."""


@dataclass(frozen=True, slots=True)
class Content:
    """What every kind has. `body` is sanitised inline HTML; subclasses add the fields of their `data`, plain texts.
    References to clauses may stand in the attributes of `may_refer`, in each as thai/markup.py stores them."""

    kind: ClassVar[str] = ""
    may_refer: ClassVar[tuple[str, ...]] = ("body",)
    # [(name of the field in fields(), attribute that holds it)] in reading order; "text" is the main text
    named: ClassVar[tuple[tuple[str, str], ...]] = (("text", "body"),)

    body: str = ""
    applies_to: str = AppliesTo.BOTH.value

    def data(self) -> dict[str, Any]:
        """The kind's own values as plain JSON, without the empty ones (so absence has one spelling)."""
        data = {}
        for key, value in asdict(self).items():
            is_own = key not in ("body", "applies_to")
            if is_own and value not in ("", None, [], {}, ()):
                data[key] = value
        return data

    def as_json(self) -> dict[str, Any]:
        return {
            "applies_to": self.applies_to,
            "body": self.body,
            "data": self.data(),
            "kind": self.kind,
        }

    def fields(self) -> list[tuple[str, str]]:
        """[(name, text)] in reading order; inline marks are dropped, references are one U+FFFC each."""
        named_texts = []
        for name, attribute in self.named:
            text = self.text_of(attribute)
            if text:
                named_texts.append((name, text))
        return named_texts

    def text_of(self, attribute: str) -> str:
        """One of the named texts as fields() gives it."""
        text: str = getattr(self, attribute)
        if attribute == "body":
            return inline_plain(text)
        return mark_references(text) if attribute in self.may_refer else text

    def told_fields(self, words_of: Callable[[str], str]) -> list[tuple[str, str]]:
        """As fields(), with what `words_of` says of its uuid for each reference."""
        told = []
        for name, text in self.fields():
            uuids = referenced_uuids(self.stored_text(name))
            if uuids:
                text = fill_object_markers(text, map(words_of, uuids))
            told.append((name, text))
        return told

    @property
    def referring_fields(self) -> list[str]:
        """The names of the texts that may refer to clauses."""
        return [name for name, attribute in self.named if attribute in self.may_refer]

    def stored_text(self, name: str) -> str:
        """A named text that may refer to clauses as it is stored; "" for any other."""
        attribute = dict(self.named).get(name, "")
        text: str = getattr(self, attribute) if attribute in self.may_refer else ""
        return text

    @property
    def referring(self) -> str:
        """All that is stored of the texts that may refer to clauses, for who asks for its references: they stand there
        as in plain_text, one behind the other."""
        if len(self.may_refer) == 1:
            return self.body
        return "\n".join(getattr(self, attribute) for attribute in self.may_refer)

    def check(self) -> None:
        """Raises ContentRefused when a value is not of its field's type, or contradicts another."""
        for item in dataclass_fields(self):
            default = item.default
            if item.default_factory is not MISSING:
                default = item.default_factory()
            value = getattr(self, item.name)
            _expect(isinstance(value, type(default)), f"{item.name} is malformed")
        _expect(
            self.applies_to in AppliesTo.values,
            f"unknown applies_to {self.applies_to!r}",
        )

    def with_fields(self, values: Mapping[str, str]) -> Self:
        """The same content with some named texts replaced, as a form sends them. Bodies are inline HTML."""
        attributes = dict(self.named)
        replaced = {}
        for name in sorted(values):
            if name not in attributes:
                raise ContentRefused(f"{self.kind} has no field {name}")
            replaced[attributes[name]] = values[name]
        return replace(self, **replaced)


@dataclass(frozen=True, slots=True)
class Text(Content):
    kind: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Note(Content):
    kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class Definition(Content):
    """`verb` is what stands between the term and its sense, as typed: หมายความว่า, หมายความรวมถึง. "" is หมายถึง."""

    kind: ClassVar[str] = "definition"
    named: ClassVar = (("term", "term"), ("verb", "verb"), ("text", "body"))
    term: str = ""
    verb: str = ""

    @property
    def verb_words(self) -> str:
        return self.verb or MEANS


@dataclass(frozen=True, slots=True)
class Step(Content):
    """One row of the standard table (part 9) = one box of the flow chart. `body` is the detail of the work.
    `may_refer` is in the order of `named`.

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
    may_refer: ClassVar = ("body", "standard", "note")
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
        text: str = self.duration.get("text", "")
        return text

    @property
    def branch_labels(self) -> str:
        labels = []
        for branch in self.next:
            if branch.get("label"):
                labels.append(branch["label"])
        return "; ".join(labels)

    def check(self) -> None:
        Content.check(self)
        _expect(self.shape in SHAPES, f"unknown shape {self.shape!r}")
        _expect(set(self.duration) <= {"text", "minutes"}, "duration is malformed")
        _expect(isinstance(self.duration.get("text", ""), str), "duration is malformed")
        _expect(
            isinstance(self.duration.get("minutes", 0), int), "duration is malformed"
        )
        for branch in self.next:
            _expect(_is_texts(branch, {"to"}, {"to", "label"}), "next is malformed")
        for uuid in self.explains:
            _expect(isinstance(uuid, str), "explains is malformed")

    def with_fields(self, values: Mapping[str, str]) -> Self:
        if "branches" in values:
            raise ContentRefused("branches are drawn in the step's own form")
        values = dict(values)
        duration = values.pop("duration", None)
        changed = Content.with_fields(self, values)
        if duration is None:
            return changed
        return replace(changed, duration=read_duration(duration))


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

    @property
    def cited_words(self) -> str:
        """As it is read: with the place in the law, where the words do not say it themselves."""
        said = "".join(arabic_digits(self.as_cited).split())
        if not self.locator or "".join(arabic_digits(self.locator).split()) in said:
            return self.as_cited
        return f"{self.as_cited} {self.locator}".strip()


@dataclass(frozen=True, slots=True)
class Table(Content):
    """`columns` = [{"id", "title"}], `rows` = [{"id", "cells": {column id: text}}]; ids name the cells."""

    kind: ClassVar[str] = "table"
    columns: list[dict[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def check(self) -> None:
        Content.check(self)
        column_ids = set()
        for column in self.columns:
            _expect(
                _is_texts(column, {"id", "title"}, {"id", "title"}),
                "columns are malformed",
            )
            column_ids.add(column["id"])
        _expect(len(column_ids) == len(self.columns), "a column's id occurs twice")
        row_ids = set()
        for row in self.rows:
            _expect(
                isinstance(row, Mapping) and set(row) == {"id", "cells"},
                "rows are malformed",
            )
            _expect(isinstance(row["id"], str), "rows are malformed")
            _expect(_is_texts(row["cells"], set(), column_ids), "cells are malformed")
            row_ids.add(row["id"])
        _expect(len(row_ids) == len(self.rows), "a row's id occurs twice")

    def fields(self) -> list[tuple[str, str]]:
        """The body, the titles of the columns, then the cells row by row in the columns' order."""
        named_texts = Content.fields(self)
        for column in self.columns:
            if column["title"]:
                named_texts.append((column_field(column), column["title"]))
        for row in self.rows:
            for column in self.columns:
                text = row["cells"].get(column["id"], "")
                if text:
                    named_texts.append((cell_field(row, column), text))
        return named_texts

    def with_fields(self, values: Mapping[str, str]) -> Self:
        others = dict(values)
        columns = []
        for column in self.columns:
            title = others.pop(column_field(column), column["title"])
            columns.append({**column, "title": title})
        rows = []
        for row in self.rows:
            cells = dict(row["cells"])
            for column in self.columns:
                name = cell_field(row, column)
                if name in others:
                    cells[column["id"]] = others.pop(name)
            rows.append({**row, "cells": cells})
        changed = replace(self, columns=columns, rows=rows)
        return Content.with_fields(changed, others)


def column_field(column: Mapping[str, str]) -> str:
    """What fields() calls the title of a table's column."""
    return f"column:{column['id']}"


def cell_field(row: Mapping[str, Any], column: Mapping[str, str]) -> str:
    """What fields() calls a table's cell."""
    return f"cell:{row['id']}:{column['id']}"


@dataclass(frozen=True, slots=True)
class Figure(Content):
    kind: ClassVar[str] = "figure"
    named: ClassVar = (("caption", "caption"), ("alt", "alt"), ("text", "body"))
    file: str = ""
    alt: str = ""
    caption: str = ""


KINDS: dict[str, type[Content]] = {
    "text": Text,
    "definition": Definition,
    "step": Step,
    "form": Form,
    "reference": Reference,
    "table": Table,
    "figure": Figure,
    "note": Note,
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
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ContentRefused(f"unknown kind {kind!r}")
    _expect(set(value) <= {"kind", "body", "data", "applies_to"}, "unknown key")
    data = value.get("data") or {}
    _expect(
        isinstance(data, Mapping) and not set(data) & {"body", "applies_to"},
        "data is malformed",
    )
    body = value.get("body", "")
    applies_to = value.get("applies_to", AppliesTo.BOTH.value)
    try:
        content = KINDS[kind](body=body, applies_to=applies_to, **data)
    except TypeError as error:
        # A key of `data` that the kind does not have
        raise ContentRefused(str(error)) from error
    content.check()
    return content


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise ContentRefused(what)


def _is_texts(value: object, required: set[str], allowed: set[str]) -> bool:
    """Whether `value` is a mapping from these keys to texts."""
    if not isinstance(value, Mapping) or not required <= set(value) <= allowed:
        return False
    return all(isinstance(text, str) for text in value.values())


def read_duration(text: str) -> dict[str, object]:
    """{"text", "minutes"}; minutes only for one number and one unit. A working day is 7 hours."""
    if not text:
        return {}
    match = _DURATION.fullmatch(arabic_digits(text))
    if not match:
        return {"text": text}
    try:
        number = float(match[1].replace(",", ""))
    except ValueError:
        return {"text": text}
    minutes = number * WORKING_MINUTES[match[2]]
    return {"text": text, "minutes": round(minutes)}


def canonical_json(content: Content) -> str:
    """Sorted keys, no spaces, real Thai characters: equal content has equal bytes."""
    return json.dumps(
        content.as_json(),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def content_sha(content: Content) -> str:
    """SHA-256 (64 hex digits) of the canonical JSON in UTF-8."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def plain_text(content: Content) -> str:
    """The fields' texts joined by newlines: what is counted, searched and hashed as `text_sha`."""
    return "\n".join(text for _, text in content.fields())


def written_words(kind: str, plain: str) -> str:
    """A clause's plain text as it is read where nothing else tells of it (a list, a quotation): a term with its verb,
    and a word for each reference. `kind` tells whether there is a term."""
    if kind == Definition.kind:
        term, _, rest = plain.partition("\n")
        verb, _, sense = rest.partition("\n")
        if verb not in STATUTORY_VERBS:
            verb, sense = MEANS, rest
        if rest:
            plain = f"{term} {verb} {sense}".rstrip()
    return tell_markers(plain)
