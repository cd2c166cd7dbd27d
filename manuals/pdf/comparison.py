"""A comparison printed: counts by group, then the groups, in one of three forms: marked words, the official table of
three columns, amending sentences. Before the sentences stands which process became which; it is printed alone, too."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.thai.diff import Segment, shown_segments

from ..comparing.presentation.group import ComparedRow, ComparedSection
from ..comparing.presentation.sentences import SectionAmendments
from ..comparing.queries.section_facts import ChangedSection
from .book import BookFile, print_chunks
from .chunks import ChunkLayout, PlannedChunk
from .comparison_processes import processes_html
from .comparison_source import (
    VARIANT_TITLES,
    WITH_PROCESSES,
    ComparedManual,
    ComparisonSource,
)
from .render_pool import warm_up
from .templates import render_template
from .typesetter import NO_HTML, Html, Typesetter, beside_marks_html

LONG_CELL = 900  # letters: a row with more may go over a page break
BOTH = ("equal", "ins", "del")
OLD = ("equal", "del")
NEW = ("equal", "ins")


@dataclass(frozen=True, slots=True)
class CountsRow:
    """A group, or the whole; `cells` are in the order of the heads, empty for none."""

    name: Html
    cells: Sequence[str]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A field of a clause with its words; the main text has no label."""

    label: str
    words: Html


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A clause that differs. `together` has the words of both sides, `old` and `new` those of one; `destination` is
    where those of one that is gone are now."""

    name: Html
    old_name: Html
    new_name: Html
    was: Html
    origin: Html
    destination: Html
    fate: str
    reason: Html
    together: Sequence[PrintedField]
    old: Sequence[PrintedField]
    new: Sequence[PrintedField]
    is_long: bool

    @property
    def origins(self) -> list[Html]:
        """What it was called before, where it came from, and where it went."""
        told = (self.was, self.origin, self.destination)
        return [words for words in told if words]

    @property
    def notes(self) -> list[Html]:
        """What stands below its fate."""
        return [words for words in (self.origin, self.reason) if words]


@dataclass(frozen=True, slots=True)
class PrintedSection:
    title: Html
    note: Html
    rows: Sequence[PrintedRow]


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """What a section says of itself, before and after."""

    section: Html
    label: Html
    before: Html
    after: Html
    reason: Html


@dataclass(frozen=True, slots=True)
class PrintedSentence:
    command: Html
    words: Sequence[Html]


@dataclass(frozen=True, slots=True)
class PrintedAmendments:
    """The sentences of a section; `formatted` names the clauses whose words are the same."""

    title: Html
    sentences: Sequence[PrintedSentence]
    formatted: Html


def print_comparison(
    source: ComparisonSource,
    *,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BookFile:
    """One tagged PDF; see `print_book`."""
    warm_up()
    return print_chunks(
        plan_comparison(source), source.book, cache_dir=cache_dir, progress=progress
    )


def plan_comparison(source: ComparisonSource) -> list[PlannedChunk]:
    """The counts, the table of processes where it is asked for, then a document for each group that differs. The same
    source gives the same HTML."""
    typesetter = Typesetter(source.book.digits)
    chunks = []
    if source.variant in WITH_PROCESSES:
        chunks.append(
            PlannedChunk("processes", processes_html(source, typesetter), ChunkLayout())
        )
    if source.variant != "processes":
        chunks.insert(
            0, PlannedChunk("counts", counts_html(source, typesetter), ChunkLayout())
        )
    for manual in source.manuals:
        layout = ChunkLayout(group_no=manual.group_no)
        html = manual_html(manual, source, typesetter)
        chunks.append(
            PlannedChunk(f"compared-{manual.key}", html, layout, manual_key=manual.key)
        )
    return chunks


def counts_html(source: ComparisonSource, typesetter: Typesetter) -> str:
    whole = source.counts.whole
    heads = [typesetter.text(what) for what, _ in whole.cells]
    rows = []
    for line in [*source.counts.lines, whole]:
        name = line.manual.display_name if line.manual else "รวม"
        cells = []
        for _, number in line.cells:
            cells.append(typesetter.plain_text(str(number)) if number else "")
        cells.append(typesetter.plain_text(str(line.totals.either)))
        cells.append(typesetter.plain_text(str(line.sections)) if line.sections else "")
        rows.append(
            CountsRow(typesetter.text(name), cells, is_total=line.manual is None)
        )
    return render_template(
        "comparison_counts.html",
        digits=typesetter.digits,
        plain_title=source.book.title,
        group=typesetter.plain_text(source.book.title),
        title=typesetter.text(source.book.title),
        old_title=typesetter.text(source.old_title),
        new_title=typesetter.text(source.new_title),
        heads=heads,
        rows=rows,
        differs=whole.differs,
    )


def manual_html(
    manual: ComparedManual, source: ComparisonSource, typesetter: Typesetter
) -> str:
    return render_template(
        f"comparison_{source.variant}.html",
        digits=typesetter.digits,
        plain_title=typesetter.plain_text(manual.name),
        group=typesetter.plain_text(VARIANT_TITLES[source.variant]),
        key=manual.key,
        name=typesetter.text(manual.name),
        old_title=typesetter.text(source.old_title),
        new_title=typesetter.text(source.new_title),
        facts=print_facts(manual.changed_sections, typesetter),
        sections=[print_section(section, typesetter) for section in manual.sections],
        amendments=[
            print_amendments(section, typesetter) for section in manual.amendments
        ],
    )


def print_facts(
    sections: Sequence[ChangedSection], typesetter: Typesetter
) -> list[PrintedFact]:
    facts = []
    for section in sections:
        for each in section.facts:
            fact = PrintedFact(
                section=typesetter.text(section.new.title),
                label=typesetter.text(each.label),
                before=typesetter.text(each.before),
                after=typesetter.text(each.after),
                reason=typesetter.text(each.reason),
            )
            facts.append(fact)
    return facts


def print_section(section: ComparedSection, typesetter: Typesetter) -> PrintedSection:
    note = ""
    if section.is_new:
        note = "เพิ่มใหม่ทั้งหมด"
    elif section.is_gone:
        note = "ยกเลิกทั้งหมด"
    elif section.is_renamed:
        note = f"เดิมชื่อ {section.old_title}"
    rows = [print_row(row, typesetter) for row in section.rows]
    return PrintedSection(typesetter.text(section.title), typesetter.text(note), rows)


def print_row(row: ComparedRow, typesetter: Typesetter) -> PrintedRow:
    was = NO_HTML
    if row.old_name and row.new_name and row.old_name != row.new_name:
        was = typesetter.text(f"เดิม {row.old_name}")
    return PrintedRow(
        name=typesetter.text(row.new_name or row.old_name),
        old_name=typesetter.text(row.old_name),
        new_name=typesetter.text(row.new_name),
        was=was,
        origin=typesetter.text(row.origin),
        destination=typesetter.text(row.destination),
        fate=row.fate_words,
        reason=typesetter.text(row.reason),
        together=print_fields(row, BOTH, typesetter),
        old=print_fields(row, OLD, typesetter) if row.old else [],
        new=print_fields(row, NEW, typesetter) if row.new else [],
        is_long=max(len(row.old_text), len(row.new_text)) > LONG_CELL,
    )


def print_fields(
    row: ComparedRow, kinds: Collection[str], typesetter: Typesetter
) -> list[PrintedField]:
    """The fields, and the facts that differ, that have words of these kinds."""
    fields = []
    for name, label in row.clause.side_fields:
        redline = row.clause.redlines.get(
            name, [Segment("equal", row.clause.field_words(name))]
        )
        words = "".join(
            print_stretch(stretch.kind, stretch.text)
            for stretch in shown_segments(redline, typesetter.digits)
            if stretch.kind in kinds
        )
        if words:
            fields.append(PrintedField(label, Html(words)))
    return fields


def print_stretch(kind: str, text: str) -> str:
    words = beside_marks_html(text)
    if kind == "equal" or not words:
        return words
    return f"<{kind}>{words}</{kind}>"


def print_amendments(
    section: SectionAmendments, typesetter: Typesetter
) -> PrintedAmendments:
    sentences = []
    for sentence in section.sentences:
        words = [typesetter.text(quoted) for quoted in sentence.words]
        sentences.append(PrintedSentence(typesetter.text(sentence.command), words))
    formatted = " ".join(section.formatted)
    return PrintedAmendments(
        typesetter.text(section.title), sentences, typesetter.text(formatted)
    )
