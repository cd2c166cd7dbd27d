"""Proposed wording: a clause's fields as plain texts a person edits, and the whole content made of them again."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from hearing_portal.thai.diff import Segment, diff_fields, diff_tokens, segments
from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    read_placeholders,
    referenced_uuids,
    replace_references,
    write_placeholders,
    write_reference,
)
from hearing_portal.thai.text import clean_text, escape_plain, inline_plain, map_inline_text, sanitize_inline
from manuals.content import KINDS, Content, Table, Text

WORDING_LIMIT = 20_000  # code points of all fields of one proposal together

LABELS = {
    "text": {"text": "ถ้อยคำ"},
    "note": {"text": "ถ้อยคำ"},
    "definition": {"term": "คำ", "text": "ความหมาย"},
    "step": {
        "text": "รายละเอียดงาน",
        "duration": "เวลาดำเนินการ",
        "standard": "มาตรฐานคุณภาพงาน",
        "actor": "ผู้รับผิดชอบ",
        "note": "หมายเหตุ",
        "system": "ระบบที่ใช้",
        "branches": "ทางเลือกของขั้นตอน",
    },
    "form": {"text": "ชื่อแบบฟอร์ม", "code": "รหัส", "note": "หมายเหตุ"},
    "reference": {"text": "เอกสาร/หลักฐานอ้างอิง", "note": "หมายเหตุ"},
    "table": {"text": "ข้อความเหนือตาราง"},
    "figure": {"caption": "คำบรรยายภาพ", "alt": "คำอธิบายแทนภาพ", "text": "ข้อความ"},
}
NOT_EDITED = {"branches"}  # drawn in the step's own form


@dataclass(frozen=True, slots=True)
class WordingField:
    """One named text of a content as a person edits it. A marker stands as "⟦1⟧"."""

    name: str
    label: str
    text: str = ""


def wording_fields(content: Content) -> list[WordingField]:
    """Every field a proposal may reword, the empty ones too, with the words as they stand."""
    labels = LABELS[content.kind]
    fields = [
        WordingField(name, labels[name], write_placeholders(_plain(content, attribute)))
        for name, attribute in content.named
        if name not in NOT_EDITED
    ]
    return [*fields, *_cells(content)] if isinstance(content, Table) else fields


def _cells(table: Table) -> Iterator[WordingField]:
    for number, column in enumerate(table.columns, start=1):
        yield WordingField(f"column:{column['id']}", f"หัวตารางช่องที่ {number}", column["title"])
    for number, row in enumerate(table.rows, start=1):
        for column in table.columns:
            text = row["cells"].get(column["id"], "")
            yield WordingField(f"cell:{row['id']}:{column['id']}", f"แถวที่ {number} {column['title']}", text)


def field_label(content: Content, name: str) -> str:
    """The Thai label of a field as fields() names it."""
    if name in LABELS[content.kind]:
        return LABELS[content.kind][name]
    return next((field.label for field in wording_fields(content) if field.name == name), "ถ้อยคำ")


class Redline(NamedTuple):
    """The word diff of one field; `removed` and `inserted` count its stretches. `label` is empty for a clause that
    is one text."""

    label: str
    segments: list[Segment]

    @property
    def label_suffix(self) -> str:
        """The label after the words that name the whole: ": ผู้รับผิดชอบ"."""
        return f": {self.label}" if self.label else ""

    @property
    def removed(self) -> int:
        return sum(segment.kind == "del" for segment in self.segments)

    @property
    def inserted(self) -> int:
        return sum(segment.kind == "ins" for segment in self.segments)

    @property
    def before(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind != "ins"]

    @property
    def after(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind != "del"]


def named_redlines(lines: list[Redline], only: str) -> list[Redline]:
    """The redlines with `only` as the name of a single one."""
    return [line._replace(label=only) for line in lines] if len(lines) == 1 else lines


def redlines(old: Content | None, new: Content | None) -> list[Redline]:
    """The fields that differ; None is nothing at all, so that an insertion or a deletion is a redline too."""
    known = new or old
    fields = diff_fields(old.fields() if old else [], new.fields() if new else [])
    return [
        Redline(
            "" if _is_one_text(known) else field_label(known, field.name), segments(field.ops, field.old, field.new)
        )
        for field in fields
        if field.is_changed
    ]


def _is_one_text(content: Content) -> bool:
    return len(LABELS[content.kind]) == 1 and not isinstance(content, Table)


def blank_wording(content: Content | None) -> list[WordingField]:
    """The fields of a new clause after this one; a process or manual takes one text."""
    return [replace(field, text="") for field in wording_fields(_blank(content))]


def _blank(content: Content | None) -> Content:
    """An empty content of the kind that may stand beside `content`."""
    if content is None or content.kind in ("table", "figure"):
        return Text()
    return KINDS[content.kind](applies_to=content.applies_to)


def reworded(content: Content, texts: Mapping[str, str]) -> Content | None:
    """The whole content with the texts that differ; None when none does. Raises ContentRefused."""
    changed = {field.name: texts[field.name] for field in wording_fields(content) if _differs(field, texts)}
    if not changed:
        return None
    attributes = dict(content.named)
    values = {}
    for name, text in changed.items():
        is_body = attributes.get(name) == "body"
        values[name] = reworded_body(content.body, text) if is_body else text
    made = content.with_fields(values)
    made.check()
    return made


def without_span(content: Content, name: str, start: int, end: int) -> Content | None:
    """The content with code points [start, end) of a field's text (as fields() gives it) cut out; None when nothing
    would be left of the field."""
    text = dict(content.fields()).get(name, "")
    cut = text[:end].count(OBJECT_MARKER)  # references keep their numbers whatever is cut before them
    before = write_placeholders(text[:start])
    after = write_placeholders(text[end:], first=cut + 1)
    if before.endswith(" ") or not before:
        after = after.lstrip(" ")
    left = (before + after).rstrip(" ")
    return reworded(content, {name: left}) if left else None


def _differs(field: WordingField, texts: Mapping[str, str]) -> bool:
    """Older words may be such as the text policy would put in order: that alone proposes nothing."""
    if field.name not in texts or texts[field.name] == field.text:
        return False
    return texts[field.name] != clean_text(field.text, max_length=len(field.text)).text


def added(content: Content | None, texts: Mapping[str, str]) -> Content | None:
    """A new content for an insertion after `content`; None when nothing was written."""
    written = {name: text for name, text in texts.items() if text.strip()}
    if not written:
        return None
    blank = _blank(content)
    attributes = dict(blank.named)
    values = {name: escape_plain(text) if attributes[name] == "body" else text for name, text in written.items()}
    return blank.with_fields(values)


def _plain(content: Content, attribute: str) -> str:
    value = getattr(content, attribute)
    return inline_plain(value) if attribute == "body" else value


def reworded_body(body: str, text: str) -> str:
    """The inline body with `text` as its words. Marks and links stay on the words that stand unchanged, word by
    word; the markers named by "⟦n⟧" stay where they were put."""
    plain, kept = read_placeholders(text, referenced_uuids(body))
    made = _with_words(replace_references(body, lambda _: OBJECT_MARKER), plain)
    return sanitize_inline(fill_object_markers(made, map(write_reference, kept)))


def _with_words(body: str, text: str) -> str:
    runs = _runs(body)
    if not runs:
        return escape_plain(text)
    made = iter(_spread(runs, text))
    return map_inline_text(body, lambda _: next(made))


def _runs(body: str) -> list[str]:
    """The stretches of a body between its tags, in the order map_inline_text gives them."""
    runs: list[str] = []
    map_inline_text(body, lambda run: runs.append(run) or run)
    return runs


def _spread(runs: list[str], text: str) -> list[str]:
    """`text` cut into a new text for each run: words that stayed in their run, new ones in that of their neighbours."""
    old, ends = "".join(runs), [*accumulate(map(len, runs))]
    made = [""] * len(runs)
    for op in diff_tokens(old, text):
        removed, new = old[op.old_start : op.old_end], text[op.new_start : op.new_end]
        start = _common(removed, new)
        end = _common(removed[start:][::-1], new[start:][::-1])
        first, last = op.old_start + start, op.old_end - end
        _keep(made, ends, op.old_start, new[:start])
        if middle := new[start : len(new) - end]:
            made[_run_of_new(ends, first, last)] += middle
        _keep(made, ends, last, new[len(new) - end :])
    return made


def _keep(made: list[str], ends: list[int], at: int, words: str) -> None:
    """Words that stand unchanged from code point `at` on: each in the run it was in."""
    while words:
        run = bisect_right(ends, at)
        stretch = words[: ends[run] - at]
        made[run] += stretch
        words, at = words[len(stretch) :], at + len(stretch)


def _run_of_new(ends: list[int], first: int, last: int) -> int:
    """New words take the marks of most of what they replace; words put between two runs, those of the run before."""
    if first == last:
        return bisect_left(ends, first)
    starts = [0, *ends]
    shares = [min(last, end) - max(first, start) for start, end in zip(starts, ends, strict=False)]
    return shares.index(max(shares))


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
