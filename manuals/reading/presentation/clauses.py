"""A clause as a page shows it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hearing_portal.thai.diff import (
    DIGITS_ALONE,
    Segment,
    differ_in_digits_alone,
)
from hearing_portal.thai.markup import (
    fill_object_markers,
    mark_references,
    referenced_uuids,
    replace_references,
)
from hearing_portal.thai.text import map_inline_text

from ...content import (
    SHAPES,
    Content,
    Figure,
    Form,
    Reference,
    Step,
    Table,
    cell_field,
    column_field,
)
from ...entries import EntryView
from ...facts import NO_NAMES, ChangedFact, Names, clause_facts
from ...field_labels import short_field_label
from ...models import LegalSource
from ..names import LinkTarget, LinkTargets, clause_name, reference_words
from ..queries.sections import ReferredLaw
from .links import clause_anchor

KINDS_WITH_TEMPLATE = ("definition", "figure", "form", "note", "reference", "table")
# What became of a clause since the earlier edition
STATES = {
    "added": "เพิ่มใหม่",
    "removed": "ตัดออก",
    "reworded": "แก้ถ้อยคำ",
    "formatted": "แก้รูปแบบ",
    "moved": "ย้ายที่",
}


@dataclass
class ReadClause:
    """A clause on a page. `before` is its entry in the earlier edition, `redlines` its fields and facts with the words
    that came and went, `facts` what changed beside its words, told by the `names` of either side. References say what
    `targets` has; what they said before is in `targets_before`, where that is told apart. `sidebar` is whatever the
    page puts beside it: its `is_now` and `modifier` dress the clause."""

    entry: EntryView
    before: EntryView | None = None
    state: str = ""  # "" (as it was, or nothing to compare with) or one of STATES
    redlines: dict[str, list[Segment]] = field(default_factory=dict)
    facts: Sequence[ChangedFact] = ()
    targets: LinkTargets = field(default_factory=dict)
    targets_before: LinkTargets | None = None
    names: Names = field(default_factory=lambda: NO_NAMES)
    names_before: Names = field(default_factory=lambda: NO_NAMES)
    law: ReferredLaw | None = None
    repealed: Sequence[ReferredLaw] = ()  # that its words name
    sidebar: Any = None
    origin: str = ""  # in words, where another clause tells what became of it
    own_file_url: str = ""  # where its file is opened on a page of its own readers

    @cached_property
    def shown_key(self) -> Hashable:
        """Tells how its number and its words look in an edition, for the tag `remembered`: equal where they look the
        same. None in the working draft, and where facts changed, whose words are those of other clauses."""
        if self.entry.entry_id is None or self.facts:
            return None
        before = self.before
        cited = [
            *referenced_uuids(self.content.referring),
            *(referenced_uuids(before.clause_content.referring) if before else ()),
        ]
        law = self.law
        return (
            self.entry.uuid,
            self.entry.sha,
            self.name,
            self.entry.label,
            self.entry.applies_to,
            self.entry.depth,
            before.sha if before else "",
            self.is_gone,
            self.was,
            self.state,
            self.state_label,
            tuple(self.targets.get(uuid) for uuid in cited),
            tuple(self.branches),
            self.file_url,
            law_key(law.source) if law else None,
            tuple(law_key(source) for source in law.successors) if law else None,
            tuple(
                (law_key(named.source), *map(law_key, named.successors))
                for named in self.repealed
            ),
        )

    @property
    def anchor(self) -> str:
        return clause_anchor(self.entry.uuid)

    @property
    def is_gone(self) -> bool:
        """It stands here only to show that it stood here once."""
        return self.entry is self.before

    @property
    def content(self) -> Content:
        return self.entry.clause_content

    @property
    def name(self) -> str:
        return clause_name(self.entry)

    @property
    def was(self) -> str:
        """The number it had in the earlier edition, when it has another one now."""
        if self.before is None or self.before.cite == self.entry.cite:
            return ""
        return self.before.cite

    @property
    def state_label(self) -> str:
        if (
            self.state == "formatted"
            and self.differs_in_digits_alone
            and not self.origin
        ):
            return DIGITS_ALONE
        return self.origin or STATES.get(self.state, "")

    @property
    def differs_in_digits_alone(self) -> bool:
        """Whether its words differ, and in nothing but the style of their digits."""
        lines = self.redlines.values()
        return bool(lines) and all(differ_in_digits_alone(line) for line in lines)

    def html(self, name: str) -> SafeString:
        """A named field as safe HTML: the body with its marks, references as links, others as plain words."""
        attributes = dict(self.content.named)
        if attributes.get(name) == "body":
            return body_html(self.content.body, self.targets)
        if attributes.get(name) in self.content.may_refer:
            return referring_html(self.content.stored_text(name), self.targets)
        text = self.field_words(name)
        if isinstance(self.content, Reference) and attributes.get(name) == "as_cited":
            text = self.content.cited_words
        return mark_safe(escape(text).replace("\n", "<br>"))

    def field_words(self, name: str) -> str:
        """Plain words, references by what they lead to; a step's branches with where they lead."""
        if name == "branches":
            return next(
                fact.words
                for fact in clause_facts(self.content, self.names)
                if fact.name == name
            )
        told = self.content.told_fields(
            lambda uuid: reference_words(uuid, self.targets)
        )
        return dict(told).get(name, "")

    @property
    def side_fields(self) -> list[tuple[str, str]]:
        """(field or fact, its label) for a page that shows all of them in a row; the main text needs no label. Of the
        facts those that differ, and where a step leads."""
        labels = {}
        for name, _ in self.content.fields():
            labels[name] = short_field_label(name)
        if isinstance(self.content, Step) and self.content.next:
            labels["branches"] = short_field_label("branches")
        for name in self.redlines:
            labels[name] = short_field_label(name)
        return list(labels.items())

    @property
    def template(self) -> str:
        """What writes its words: kinds with one text share one."""
        kind = "text"
        if self.content.kind in KINDS_WITH_TEMPLATE:
            kind = self.content.kind
        return f"manuals/reading/clause_text/{kind}.html"

    @property
    def depth_modifier(self) -> str:
        return f"deep-{self.entry.depth}" if self.entry.depth else ""

    @property
    def old_name(self) -> str:
        """How people called it in the earlier edition."""
        return self.name if self.before is None else clause_name(self.before)

    @property
    def file_sha(self) -> str:
        """Of a form or a figure; "" for one without a file."""
        return self.content.file if isinstance(self.content, Form | Figure) else ""

    @property
    def file_url(self) -> str:
        if not self.file_sha:
            return ""
        return self.own_file_url or reverse(
            "clause-file", args=[self.entry.uuid, self.file_sha]
        )

    # --- of a step

    @property
    def shape_label(self) -> str:
        if not isinstance(self.content, Step):
            return ""
        return SHAPES[self.content.shape]

    @property
    def branches(self) -> list[tuple[str, LinkTarget]]:
        """(word on the arrow, where it leads) for each branch into a known row."""
        if not isinstance(self.content, Step):
            return []
        known = []
        for branch in self.content.next:
            target = self.targets.get(branch.get("to", ""))
            if target is not None and target.row:
                known.append((branch.get("label", ""), target))
        return known

    # --- of a table

    @property
    def columns(self) -> list[str]:
        """Names of the fields of its column titles."""
        if not isinstance(self.content, Table):
            return []
        return [column_field(column) for column in self.content.columns]

    @property
    def rows(self) -> list[list[str]]:
        """Names of the fields of its cells, row by row; of rows with words, now or before."""
        if not isinstance(self.content, Table):
            return []
        known = set(self.redlines).union(name for name, _ in self.content.fields())
        rows = []
        for row in self.content.rows:
            names = [cell_field(row, column) for column in self.content.columns]
            if known.intersection(names):
                rows.append(names)
        return rows


def law_key(source: LegalSource) -> Hashable:
    """What a clause shows of a law it cites."""
    return source.full_title, source.short_title, source.url, source.status


def body_html(body: str, targets: LinkTargets) -> SafeString:
    """A stored body as safe HTML: only the inline marks of the text policy, references as reference_html, lines
    broken."""
    safe = body
    if "<" in body or "&" in body:
        # Reads the marks and writes them again, so that nothing else can stand in the page
        safe = map_inline_text(body, lambda text: text)
    html = replace_references(safe, lambda uuid: reference_html(uuid, targets))
    return mark_safe(html.replace("\n", "<br>"))


def referring_html(stored: str, targets: LinkTargets) -> SafeString:
    """A stored plain text that may hold references, as body_html."""
    html = escape(mark_references(stored)).replace("\n", "<br>")
    uuids = referenced_uuids(stored)
    links = (reference_html(uuid, targets) for uuid in uuids)
    return mark_safe(fill_object_markers(html, links))


def reference_html(uuid: str, targets: LinkTargets) -> str:
    """A link, words alone where it leads nowhere."""
    target = targets.get(uuid)
    if target is None:
        return f'<span class="clause__lost">{reference_words(uuid, targets)}</span>'
    words = escape(target.text)
    return f'<a href="{escape(target.href)}">{words}</a>' if target.href else words
