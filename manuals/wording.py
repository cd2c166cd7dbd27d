"""A clause's fields as plain texts a person edits, and the whole content made of them again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hearing_portal.thai.diff import (
    DIGITS_ALONE,
    Segment,
    diff_fields,
    differ_in_digits_alone,
    segments,
)
from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    read_placeholders,
    referenced_uuids,
    tell_stray_marks,
    write_placeholders,
    write_references,
)
from hearing_portal.thai.rewording import reworded_body
from hearing_portal.thai.text import (
    clean_text,
    escape_plain,
    without_leading_lines,
)

from .content import KINDS, Content, ContentRefused, Table, Text, content_from_json
from .facts import NO_NAMES, Names, changed_facts, told_facts
from .field_labels import FIELD_LABELS, fact_label
from .models import EditionEntry

WORDING_LIMIT = 20_000  # code points of all fields of one proposal together
NOT_EDITED = {"branches", "verb"}  # drawn, or chosen, in the form of its kind


# --- a content as texts


@dataclass(frozen=True, slots=True)
class WordingField:
    """One named text of a content as a person edits it. A cross-reference stands as "⟦1⟧", counted through all of its
    texts."""

    name: str
    label: str
    text: str = ""


def entry_content(entry: EditionEntry) -> Content | None:
    """The content of a clause as it stands in its edition; None for sections and manuals. Needs the blob."""
    if entry.blob is None:
        return None
    return entry.blob.as_content


def stored_content(proposed: Mapping[str, Any]) -> Content | None:
    """The content of an amendment's `proposed`; None when it was given up, or is none any more."""
    if not proposed:
        return None
    try:
        return content_from_json(proposed)
    except ContentRefused:
        return None


def wording_fields(content: Content) -> list[WordingField]:
    """Every field a proposal may reword, the empty ones too, with the words as they stand."""
    labels = FIELD_LABELS[content.kind]
    fields = []
    references = 0
    for name, attribute in content.named:
        if name in NOT_EDITED:
            continue
        text = content.text_of(attribute)
        shown = write_placeholders(text, first=references + 1)
        references += text.count(OBJECT_MARKER)
        fields.append(WordingField(name, labels[name], shown))
    if not isinstance(content, Table):
        return fields
    for number, column in enumerate(content.columns, start=1):
        fields.append(
            WordingField(
                f"column:{column['id']}", f"หัวตารางช่องที่ {number}", column["title"]
            )
        )
    for number, row in enumerate(content.rows, start=1):
        for column in content.columns:
            name = f"cell:{row['id']}:{column['id']}"
            label = f"แถวที่ {number} {column['title']}"
            text = row["cells"].get(column["id"], "")
            fields.append(WordingField(name, label, text))
    return fields


def body_field(content: Content) -> str:
    """What fields() calls the one text that may hold inline marks."""
    return next(name for name, attribute in content.named if attribute == "body")


def field_label(content: Content, name: str) -> str:
    """The Thai label of a field as fields() names it."""
    labels = FIELD_LABELS[content.kind]
    if name in labels:
        return labels[name]
    for field in wording_fields(content):
        if field.name == name:
            return field.label
    return "ถ้อยคำ"


def insertion_fields(content: Content | None) -> list[WordingField]:
    """The empty fields of a new clause after this one; a process or manual (None) takes one text."""
    fields = []
    for field in wording_fields(_blank_content(content)):
        fields.append(replace(field, text=""))
    return fields


def _blank_content(content: Content | None) -> Content:
    """An empty content of the kind that may stand beside `content`."""
    if content is None or content.kind in ("table", "figure"):
        return Text()
    return KINDS[content.kind](applies_to=content.applies_to)


# --- texts as a content


def changed_texts(content: Content, texts: Mapping[str, str]) -> dict[str, str]:
    """{field: text} of those texts that differ from the content's own."""
    changed = {}
    for field in wording_fields(content):
        text = texts.get(field.name, field.text)
        if text == field.text:
            continue
        text = as_stored(content, field.name, text)
        # Older words may be such as the text policy would put in order: that alone proposes nothing
        in_order = clean_text(field.text, max_length=len(field.text)).text
        if text != as_stored(content, field.name, in_order):
            changed[field.name] = text
    return changed


def as_stored(content: Content, name: str, text: str) -> str:
    """A text as it is stored in this field: a cell, a name or a term has no blanks around it, which nobody sees and
    which would count as other words."""
    text = without_leading_lines(text)
    return text if name == body_field(content) else text.strip()


def reworded_content(
    content: Content, texts: Mapping[str, str], *, new_references: Sequence[str] = ()
) -> Content | None:
    """The whole content with the texts that differ; None when none does. `new_references` are the UUIDs that "⟦n⟧"
    counts behind those of the content. Raises ContentRefused."""
    changed = changed_texts(content, texts)
    if not changed:
        return None
    attributes = dict(content.named)
    known = [*referenced_uuids(content.referring), *new_references]
    values = {}
    for name, text in changed.items():
        attribute = attributes.get(name)
        values[name] = text
        if attribute == "body":
            own = len(referenced_uuids(content.body))  # they are counted first
            values[name] = reworded_body(content.body, text, known[own:])
        elif attribute in content.may_refer:
            values[name] = write_references(*read_placeholders(text, known))
    reworded = content.with_fields(values)
    reworded.check()
    return reworded


def tell_stray_marks_of(content: Content, base: Content) -> dict[str, str]:
    """{field: why what looks like a mark of a reference is none} of a content that was made of `base` in a form without
    emphasis."""
    read = dict(base.fields())
    known = len(referenced_uuids(base.referring))
    told = {}
    for name, text in content.fields():
        told[name] = tell_stray_marks(
            text,
            read.get(name, ""),
            known if name in content.referring_fields else 0,
            has_emphasis=False,
        )
    return {name: words for name, words in told.items() if words}


def content_without_span(
    content: Content,
    name: str,
    start: int,
    end: int,
) -> Content | None:
    """The content with code points [start, end) of a field's text (as fields() gives it) cut out; None when nothing
    would be left of the field."""
    first = 1
    for each, text in content.fields():
        if each == name:
            break
        first += text.count(OBJECT_MARKER)
    else:
        return None
    # Cross-references keep their numbers whatever is cut before them
    references_cut = text[:end].count(OBJECT_MARKER)
    before = write_placeholders(text[:start], first=first)
    after = write_placeholders(text[end:], first=first + references_cut)
    # No two spaces where the span was, none at the beginning or the end
    if before.endswith(" ") or not before:
        after = after.lstrip(" ")
    remaining = (before + after).rstrip(" ")
    if not remaining:
        return None
    return reworded_content(content, {name: remaining})


def inserted_content(
    content: Content | None, texts: Mapping[str, str]
) -> Content | None:
    """The content of a new clause after `content`; None when nothing was written."""
    blank = _blank_content(content)
    attributes = dict(blank.named)
    written = {}
    for name, text in texts.items():
        if not text.strip():
            continue
        written[name] = as_stored(blank, name, text)
        if attributes[name] == "body":
            written[name] = escape_plain(written[name])
        elif attributes[name] in blank.may_refer:
            written[name] = write_references(written[name], [])
    if not written:
        return None
    return blank.with_fields(written)


# --- two contents compared


class Redline(NamedTuple):
    """The word diff of one field, which has a `name` where its words may refer to clauses; `removed` and `inserted`
    count its stretches. `label` is empty for a clause that is one text."""

    label: str
    segments: list[Segment]
    name: str = ""

    @property
    def label_suffix(self) -> str:
        """The label after the words that name the whole: ": ผู้รับผิดชอบ"."""
        return f": {self.shown_label}" if self.shown_label else ""

    @property
    def shown_label(self) -> str:
        """The label, and whether nothing but the style of digits differs."""
        if not self.differs_in_digits_alone:
            return self.label
        return f"{self.label} ({DIGITS_ALONE})" if self.label else DIGITS_ALONE

    @property
    def differs_in_digits_alone(self) -> bool:
        return differ_in_digits_alone(self.segments)

    @property
    def removed(self) -> int:
        return [segment.kind for segment in self.segments].count("del")

    @property
    def inserted(self) -> int:
        return [segment.kind for segment in self.segments].count("ins")

    @property
    def before(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind != "ins"]

    @property
    def after(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind != "del"]


def named_redlines(lines: list[Redline], only: str) -> list[Redline]:
    """The redlines with `only` as the name of a single one."""
    if len(lines) > 1:
        return lines
    return [line._replace(label=only) for line in lines]


def redlines(
    old: Content | None,
    new: Content | None,
    old_names: Names = NO_NAMES,
    new_names: Names = NO_NAMES,
) -> list[Redline]:
    """The fields and facts that differ; None is nothing at all, so that an insertion or a deletion is a redline too.
    The names are those that facts are told by."""
    known = new or old
    if known is None:
        return []
    old_fields = old.fields() if old is not None else []
    new_fields = new.fields() if new is not None else []
    has_cells = isinstance(known, Table)
    is_one_text = len(FIELD_LABELS[known.kind]) == 1 and not has_cells
    facts = {}
    for line in _fact_redlines(old, new, old_names, new_names):
        facts[line.label] = line
    lines = []
    for field in diff_fields(old_fields, new_fields):
        is_told_below = (
            field.name == "branches" and fact_label(field.name) in facts
        )  # with where they lead
        if field.is_changed and not is_told_below:
            label = "" if is_one_text else field_label(known, field.name)
            parts = segments(field.ops, field.old, field.new)
            lines.append(Redline(label, parts, field.name))
    return [*lines, *facts.values()]


def _fact_redlines(
    old: Content | None, new: Content | None, old_names: Names, new_names: Names
) -> Iterator[Redline]:
    if old is not None and new is not None:
        for change in changed_facts(old, new, old_names, new_names):
            yield Redline(change.label, change.redline)
    elif new is not None:
        for fact in told_facts(new, new_names):
            yield Redline(fact_label(fact.name), [Segment("ins", fact.words)])
    elif old is not None:
        for fact in told_facts(old, old_names):
            yield Redline(fact_label(fact.name), [Segment("del", fact.words)])
