"""What a clause says beside its words: for whom it is, a step's shape and where it leads, a file, a cited law.

Together with the words and the references in them this is the whole content. What is none of it, bold words for one, is
format.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hearing_portal.thai.diff import Segment, diff_tokens, segments
from hearing_portal.thai.markup import referenced_uuids
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import inline_links

from .content import (
    SHAPES,
    AppliesTo,
    Content,
    Figure,
    Form,
    Reference,
    Step,
    Table,
    read_duration,
)
from .field_labels import fact_label
from .models import Clause

type Names = Mapping[
    str, str
]  # what the nodes are called, by uuid, the titles of laws, by key, and of files, by hash
NO_NAMES: Names = {}


class Fact(NamedTuple):
    """`value` is what is stored and compared, `words` is how it reads. A `is_usual` one is not worth telling of a
    clause that came or went."""

    name: str
    value: Any
    words: str
    is_usual: bool = False


class ChangedFact(NamedTuple):
    """A fact before and after, in words; either is "" where there was none."""

    name: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return fact_label(self.name)

    @property
    def redline(self) -> list[Segment]:
        if (
            self.before == self.after
        ):  # two that nobody can name: still one went and one came
            return [Segment("del", self.before), Segment("ins", self.after)]
        return segments(diff_tokens(self.before, self.after), self.before, self.after)


def clause_facts(content: Content, names: Names = NO_NAMES) -> list[Fact]:
    """Of any kind: everything in which two contents of the same words may differ, but for their references."""
    kind = str(Clause.Kind(content.kind).label)
    office = AppliesTo(content.applies_to)
    facts = [
        Fact("kind", content.kind, kind, is_usual=True),
        Fact(
            "applies_to",
            content.applies_to,
            str(office.label),
            is_usual=office == AppliesTo.BOTH,
        ),
    ]
    if isinstance(content, Step):
        facts += _step_facts(content, names)
    elif isinstance(content, Table):
        facts += _table_facts(content)
    elif isinstance(content, Reference):
        facts.append(
            Fact("source", content.source, names.get(content.source, content.source))
        )
        facts.append(Fact("locator", content.locator, content.locator))
    if isinstance(content, Form | Figure):
        shown = (
            names.get(content.file, f"รหัส {content.file[:8]}") if content.file else ""
        )
        facts.append(Fact("file", content.file, shown))
    links = inline_links(content.body)
    facts.append(Fact("links", links, " ".join(links)))
    return facts


def _step_facts(step: Step, names: Names) -> list[Fact]:
    branches = []
    for branch in step.next:
        target = names.get(branch["to"], "ขั้นตอนอื่น")
        branches.append(f"{branch.get('label', '')} ไป{target}".strip())
    # Only where it is not what the written time says
    minutes = step.duration.get("minutes")
    if minutes == read_duration(step.duration_text).get("minutes"):
        minutes = None
    explained = [names.get(uuid, "ข้ออื่น") for uuid in step.explains]
    return [
        Fact("shape", step.shape, SHAPES[step.shape], is_usual=step.shape == "task"),
        Fact("branches", step.next, "; ".join(branches)),
        Fact("minutes", minutes, "" if minutes is None else f"{minutes} นาทีทำการ"),
        Fact("explains", step.explains, " ".join(explained)),
    ]


def _table_facts(table: Table) -> list[Fact]:
    titles = []
    for number, column in enumerate(table.columns, start=1):
        titles.append(column["title"] or f"ช่องที่ {number}")
    rows = []
    for number, row in enumerate(table.rows, start=1):
        first = next((text for text in row["cells"].values() if text), "")
        rows.append(first or f"แถวที่ {number} ว่าง")
    column_ids = [column["id"] for column in table.columns]
    row_ids = [row["id"] for row in table.rows]
    return [
        Fact("columns", column_ids, " | ".join(titles), is_usual=True),
        Fact("rows", row_ids, " | ".join(rows), is_usual=True),
    ]


def changed_facts(
    old: Content, new: Content, old_names: Names = NO_NAMES, new_names: Names = NO_NAMES
) -> list[ChangedFact]:
    """Those that differ between two contents of a clause, in the order of the newer one."""
    before = {fact.name: fact for fact in clause_facts(old, old_names)}
    after = {fact.name: fact for fact in clause_facts(new, new_names)}
    changes = []
    for name in [*after, *(name for name in before if name not in after)]:
        was = before.get(name, Fact(name, None, ""))
        now = after.get(name, Fact(name, None, ""))
        has_none = not was.value and not now.value
        if was.value != now.value and not has_none:
            changes.append(ChangedFact(name, was.words, now.words))
    return changes


def differ_in_format_alone(old: Content, new: Content) -> bool:
    """Whether the words, what they refer to and all facts are the same; ๑๕ and 15 are."""
    return (
        _in_one_style(old) == _in_one_style(new)
        and referenced_uuids(old.referring) == referenced_uuids(new.referring)
        and not changed_facts(old, new)
    )


def _in_one_style(content: Content) -> list[tuple[str, str]]:
    return [(name, arabic_digits(text)) for name, text in content.fields()]


def told_facts(content: Content, names: Names = NO_NAMES) -> list[Fact]:
    """What is worth telling of a clause that came or went."""
    told = []
    for fact in clause_facts(content, names):
        if fact.words and not fact.is_usual:
            told.append(fact)
    return told


def find_named(contents: Sequence[Content]) -> tuple[set[str], set[str]]:
    """(uuids of nodes, keys of laws) that the facts of these contents are told by."""
    uuids: set[str] = set()
    keys: set[str] = set()
    for content in contents:
        if isinstance(content, Step):
            uuids.update(branch["to"] for branch in content.next)
            uuids.update(content.explains)
        elif isinstance(content, Reference) and content.source:
            keys.add(content.source)
    return uuids, keys
