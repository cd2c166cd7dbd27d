"""Entries as the blocks of a Word file: chapters and processes under real headings, clauses with numbers that Word
counts, charts as pictures."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.markup import fill_object_markers, referenced_uuids
from hearing_portal.thai.numbering import Digits, display_digits
from hearing_portal.thai.text import marked_texts

from ..content import (
    PARTS,
    SHAPES,
    AppliesTo,
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
from ..source import TABLE
from ..word.blocks import (
    Block,
    Cell,
    ListPlace,
    LookSpan,
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
STEP_DETAIL = 2  # the column of the words
STEP_SIZE, TABLE_SIZE = 13, 14  # points
CHART_PART, STEP_PART = 6, 9


class FigurePicture(NamedTuple):
    """A figure's picture with its size on paper in millimetres."""

    image: bytes
    width: float
    height: float


type DrawCharts = Callable[[EntryView, Sequence[EntryView]], Sequence[Picture]]


def draw_nothing(section: EntryView, clauses: Sequence[EntryView]) -> list[Picture]:
    return []


class DocumentOptions(NamedTuple):
    """`draw` gives the pictures of a process's chart; `pictures` are those of figures by their hash."""

    digits: Digits = "thai"
    draw: DrawCharts = draw_nothing
    names: CitedNames = {}  # what references lead to beside the entries
    pictures: Mapping[str, FigurePicture] = {}


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
        self.pictures = options.pictures
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
        told = {"doc_code": "รหัสเอกสาร", "indicator": "ตัวชี้วัด"}
        facts = {name: entry.data.get(key) for key, name in told.items()}
        if entry.applies_to != AppliesTo.BOTH:
            # As a file that is taken in says it
            facts["ใช้กับ"] = AppliesTo(entry.applies_to).label
        for name, fact in facts.items():
            if fact:
                words = Words(f"{name}: {fact}")
                self.blocks.append(Paragraph(f"{entry.uuid}:{name}", words))

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
        if isinstance(content, Figure) and content.file in self.pictures:
            image, width, height = self.pictures[content.file]
            alt = content.alt or content.caption
            # Its name tells which clause it is, when the file comes back
            name = bookmark_of(entry.uuid)
            self.blocks.append(
                Picture(f"{entry.uuid}:picture", image, alt, width, height, name)
            )

    def _add_steps(self, head: EntryView, steps: Sequence[EntryView]) -> None:
        numbers = {str(entry.uuid): entry.label for entry in steps}
        cells = [Cell(Words(title)) for title in STEP_COLUMNS]
        rows = [Row("head", cells, is_head=True)]
        for entry in steps:
            texts = step_texts(entry, numbers, self.cited)
            texts[0] = display_digits(texts[0], self.digits)
            texts[-1] = display_digits(texts[-1], self.digits)
            cells = [Cell(Words(text)) for text in texts]
            cells[STEP_DETAIL] = Cell(
                _with_mark(
                    _body_words(entry.clause_content, self.cited), entry.clause_content
                )
            )
            cells[0] = Cell(cells[0].words, bookmark_of(entry.uuid))
            rows.append(Row(str(entry.uuid), cells))
        self.blocks.append(
            TableBlock(f"{head.uuid}:steps", rows, STEP_WIDTHS, STEP_SIZE, self.is_wide)
        )


def clause_words(content: Content, cited: Mapping[str, str]) -> Words:
    """All words with their looks, and for whom they are where that is one kind of office alone."""
    body = _body_words(content, cited)
    match content:
        case Table() if not body.text:
            return body  # no paragraph stands above it to say so
        case Definition() if content.term:
            words = _behind(f"{content.term} {content.verb_words} ", body)
            text = words.text.rstrip()
            return _with_mark(Words(text, len(content.term), words.spans), content)
        case Form():
            body = _behind(f"{content.name} " if content.name else "", body)
            text = " ".join(filter(None, (body.text.rstrip(), content.code)))
            body = Words(text, spans=body.spans)
        case Reference():
            cited_words = content.cited_words
            body = _behind(f"{cited_words} " if cited_words else "", body)
            body = Words(body.text.rstrip(), spans=body.spans)
        case Figure():
            body = _behind(f"[ภาพ: {content.caption or content.alt}] ", body)
            body = Words(body.text.rstrip(), spans=body.spans)
    return _with_mark(body, content)


def _behind(before: str, body: Words) -> Words:
    shift = len(before)
    spans = []
    for start, end, looks in body.spans:
        spans.append(LookSpan(start + shift, end + shift, looks))
    return Words(before + body.text, spans=spans)


def _with_mark(words: Words, content: Content) -> Words:
    mark = AppliesTo(content.applies_to).mark
    if not mark:
        return words
    return Words(f"{words.text} {mark}".lstrip(), words.bold, words.spans)


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
    told = dict(told_fields(step, cited))
    return [
        entry.label,
        SHAPES[step.shape],
        _body_words(step, cited).text,
        step.duration_text,
        told.get("standard", ""),
        step.actor,
        told.get("note", ""),
        step.system,
        "; ".join(following),
    ]


def told_fields(content: Content, cited: Mapping[str, str]) -> list[tuple[str, str]]:
    """Its fields, references by what they are called."""
    return content.told_fields(lambda uuid: cited.get(uuid, LOST))


def _body_words(content: Content, cited: Mapping[str, str]) -> Words:
    names = iter([cited.get(uuid, LOST) for uuid in referenced_uuids(content.body)])
    text = ""
    spans = []
    for stretch in marked_texts(content.body):
        start = len(text)
        text += fill_object_markers(stretch.text, names)
        if stretch.marks:
            spans.append(LookSpan(start, len(text), stretch.marks))
    return Words(text, spans=spans)


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
    elif titles:
        titles[0] = Cell(titles[0].words, f"{TABLE}{entry.uuid.hex}")
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
