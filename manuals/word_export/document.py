"""Entries as the blocks of a Word file: chapters and processes under real headings, clauses with numbers that Word
counts, charts as pictures."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.markup import fill_object_markers, referenced_uuids
from hearing_portal.thai.numbering import Digits, display_digits
from hearing_portal.thai.text import inline_plain

from ..content import (
    PARTS,
    SHAPES,
    Content,
    Definition,
    Figure,
    Form,
    Reference,
    Step,
    Table,
)
from ..entries import EntryView, find_parents
from ..reading.names import LOST, CitedNames, name_entries
from ..word.blocks import (
    Block,
    Cell,
    ListPlace,
    PageTurn,
    Paragraph,
    Picture,
    Row,
    TableBlock,
    Words,
)
from ..word.writing import bookmark_of

STEP_COLUMNS = (
    "ที่", "ผังขั้นตอน", "รายละเอียดงาน", "เวลาดำเนินการ", "มาตรฐานคุณภาพงาน",
    "ผู้รับผิดชอบ", "หมายเหตุ", "ระบบที่ใช้", "ขั้นต่อไป",
)  # fmt: skip
STEP_WIDTHS = (5, 9, 25, 9, 17, 12, 10, 9, 10)
STEP_SIZE, TABLE_SIZE = 13, 14  # points
CHART_PART, STEP_PART = 6, 9

type DrawCharts = Callable[[EntryView, Sequence[EntryView]], Sequence[Picture]]


def draw_nothing(section: EntryView, clauses: Sequence[EntryView]) -> list[Picture]:
    return []


class DocumentOptions(NamedTuple):
    """`draw` gives the pictures of a process's chart; `pictures` are those of figures by their hash."""

    digits: Digits = "thai"
    draw: DrawCharts = draw_nothing
    names: CitedNames = {}  # what references lead to beside the entries


def make_blocks(entries: Sequence[EntryView], options: DocumentOptions) -> list[Block]:
    """The entries of an edition, of a group or of one process, in reading order."""
    writer = _BlockWriter(options, {**name_entries(entries), **options.names})
    section: list[EntryView] = []
    for entry in entries:
        if entry.content is None:
            writer.add_section(section)
            section = []
        section.append(entry)
    writer.add_section(section)
    return writer.blocks


class _BlockWriter:
    def __init__(self, options: DocumentOptions, names: CitedNames) -> None:
        self.digits = options.digits
        self.draw = options.draw
        self.names = names
        self.elsewhere = {
            uuid: self._in_digits(name.read_in(None).text)
            for uuid, name in names.items()
        }
        self.cited = self.elsewhere  # what a reference says in the section at hand
        self.blocks: list[Block] = []
        self.is_wide = False

    def add_section(self, entries: Sequence[EntryView]) -> None:
        """A manual's or section's own entry, then its clauses."""
        if not entries:
            return
        head, *clauses = entries
        own = {}
        for entry in clauses:
            own[str(entry.uuid)] = self._in_digits(self.names[str(entry.uuid)].name)
        self.cited = {**self.elsewhere, **own}
        self._turn_page(head, is_wide=False)
        self._add_heading(head)
        if head.section_kind == "process":
            self._add_parts(head, clauses)
        else:
            self._add_clauses(head, clauses)

    def _in_digits(self, words: str) -> str:
        return display_digits(words, self.digits)

    def _add_heading(self, entry: EntryView) -> None:
        is_manual = entry.kind == "manual"
        before = self.blocks[-1] if self.blocks else None
        # Below a heading its first process stands on the same page
        is_below_heading = before is None or (
            isinstance(before, Paragraph) and before.style != "text"
        )
        starts_page = is_manual or entry.section_kind == "process"
        self.blocks.append(
            Paragraph(
                str(entry.uuid),
                Words(entry.title),
                "heading1" if is_manual else "heading2",
                bookmark=entry.uuid,
                starts_page=starts_page and not is_below_heading,
            )
        )
        for name, key in (("รหัสเอกสาร", "doc_code"), ("ตัวชี้วัด", "indicator")):
            if entry.data.get(key):
                words = Words(f"{name}: {entry.data[key]}")
                self.blocks.append(Paragraph(f"{entry.uuid}:{key}", words))

    def _add_parts(self, head: EntryView, clauses: Sequence[EntryView]) -> None:
        """A process has its nine parts, whatever stands in them."""
        for part, name in PARTS.items():
            of_part = [entry for entry in clauses if entry.part == part]
            if part == STEP_PART and of_part:
                self._turn_page(head, is_wide=True)
            place = ListPlace(str(head.uuid), "chain")
            self.blocks.append(
                Paragraph(f"{head.uuid}:part{part}", Words(name), "heading3", place)
            )
            if part == 1:
                self.blocks.append(Paragraph(f"{head.uuid}:name", Words(head.title)))
            self._add_clauses(head, of_part)
            if part == CHART_PART:
                self.blocks += self.draw(head, clauses)

    def _add_clauses(self, head: EntryView, clauses: Sequence[EntryView]) -> None:
        parents = find_parents(clauses)
        steps = []
        for entry in clauses:
            if isinstance(entry.content, Step):
                steps.append(entry)
            else:
                self._add_clause(head, entry, parents[entry.uuid])
        if steps:
            self._add_steps(head, steps)

    def _turn_page(self, head: EntryView, *, is_wide: bool) -> None:
        if is_wide != self.is_wide:
            way = "wide" if is_wide else "high"
            turn = PageTurn(f"{head.uuid}:{way}", is_wide_before=self.is_wide)
            self.blocks.append(turn)
            self.is_wide = is_wide

    def _add_clause(
        self, head: EntryView, entry: EntryView, parent: UUID | None
    ) -> None:
        content = entry.clause_content
        words = clause_words(content, self.cited)
        is_table = isinstance(content, Table)
        if words.text or entry.label or not is_table:
            place = _place_of(head, entry, parent)
            paragraph = Paragraph(
                str(entry.uuid), words, "text", place, entry.depth, entry.uuid
            )
            self.blocks.append(paragraph)
        if isinstance(content, Table) and content.columns:
            is_named = bool(words.text or entry.label)
            self.blocks.append(_table_of(entry, content, self.is_wide, is_named))

    def _add_steps(self, head: EntryView, steps: Sequence[EntryView]) -> None:
        numbers = {str(entry.uuid): entry.label for entry in steps}
        cells = [Cell(Words(title)) for title in STEP_COLUMNS]
        rows = [Row("head", cells, is_head=True)]
        for entry in steps:
            texts = step_texts(entry, numbers, self.cited)
            texts[0] = display_digits(texts[0], self.digits)
            texts[-1] = display_digits(texts[-1], self.digits)
            cells = [Cell(Words(text)) for text in texts]
            cells[0] = Cell(cells[0].words, bookmark_of(entry.uuid))
            rows.append(Row(str(entry.uuid), cells))
        self.blocks.append(
            TableBlock(f"{head.uuid}:steps", rows, STEP_WIDTHS, STEP_SIZE, self.is_wide)
        )


def clause_words(content: Content, cited: Mapping[str, str]) -> Words:
    """All words, of which the first may be bold."""
    body = _body_words(content, cited)
    match content:
        case Definition() if content.term:
            text = f"{content.term} {content.verb_words} {body}".rstrip()
            return Words(text, len(content.term))
        case Form():
            return Words(" ".join(filter(None, (content.name, body, content.code))))
        case Reference():
            return Words(" ".join(filter(None, (content.cited_words, body))))
        case Figure():
            caption = content.caption or content.alt
            return Words(" ".join(filter(None, (f"[ภาพ: {caption}]", body))))
    return Words(body)


def step_texts(
    entry: EntryView, numbers: Mapping[str, str], cited: Mapping[str, str]
) -> list[str]:
    """In the order of STEP_COLUMNS. `numbers` are those of the steps by uuid."""
    step = entry.clause_content
    assert isinstance(step, Step)
    following = []
    for branch in step.next:
        label = branch.get("label", "")
        number = numbers.get(branch["to"], "")
        following.append(f"{label}: {number}" if label else number)
    return [
        entry.label,
        SHAPES[step.shape],
        _body_words(step, cited),
        step.duration_text,
        step.standard,
        step.actor,
        step.note,
        step.system,
        "; ".join(following),
    ]


def _body_words(content: Content, cited: Mapping[str, str]) -> str:
    names = [cited.get(uuid, LOST) for uuid in referenced_uuids(content.body)]
    return fill_object_markers(inline_plain(content.body), iter(names))


def _place_of(
    head: EntryView, entry: EntryView, parent: UUID | None
) -> ListPlace | None:
    """Where Word counts it; None for a clause without a number."""
    numbering = entry.numbering
    if numbering == "none":
        return None
    is_chained = numbering == "decimal" and (
        "." in entry.label or (not entry.part and not entry.depth)
    )
    if is_chained:
        level = entry.label.count(".")
        return ListPlace(
            str(head.uuid), "chain", level, has_dot=head.section_kind == "process"
        )
    depth = entry.depth + (1 if entry.part else 0)
    name = f"{parent or head.uuid}:{entry.part}:{numbering}"
    return ListPlace(name, numbering, depth=depth)  # type: ignore[arg-type]


def _table_of(
    entry: EntryView, table: Table, is_wide: bool, is_named: bool
) -> TableBlock:
    """`is_named`: a paragraph before it has the clause's bookmark."""
    titles = [Cell(Words(column["title"])) for column in table.columns]
    if not is_named:
        titles[0] = Cell(titles[0].words, bookmark_of(entry.uuid))
    rows = [Row("head", titles, is_head=True)]
    for row in table.rows:
        cells = []
        for column in table.columns:
            cells.append(Cell(Words(row["cells"].get(column["id"], ""))))
        rows.append(Row(row["id"], cells))
    columns = ",".join(column["id"] for column in table.columns)
    return TableBlock(
        f"{entry.uuid}:table:{columns}",
        rows,
        [1] * len(table.columns),
        TABLE_SIZE,
        is_wide,
    )
