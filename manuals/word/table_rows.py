"""The rows of a table of a Word file as lines: merged cells told, numbers and footnotes of a cell within its words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from ..source import (
    HIDDEN_ROW,
    PICTURE_IN_CELL,
    SourceLine,
    TrackedChange,
    without_blanks_around,
)
from .elements import (
    cells_of,
    is_in_box,
    is_row_hidden,
    is_row_taken_out,
    made,
    span_of,
    table_rows_of,
)
from .looks import doubts_of_looks
from .numbering import Numbering
from .paragraph_words import ParagraphWords, WordCollector

BETWEEN_CELLS = " | "


def standing_rows_of(table: Any) -> list[Any]:
    """Those that stand in the final wording."""
    return [row for row in table_rows_of(table) if not is_row_taken_out(row)]


def changes_of_gone_rows(table: Any, place: str) -> Iterator[tuple[str, TrackedChange]]:
    """Those that were taken out with the changes tracked, each as one change."""
    for number, row in enumerate(table_rows_of(table), start=1):
        if not is_row_taken_out(row):
            continue
        cells = []
        for cell in cells_of(row):
            texts = cell.iter(qn("w:t"), qn("w:delText"))
            cells.append("".join(each.text or "" for each in texts))
        words = BETWEEN_CELLS.join(cells)
        gone = row.find(f"{qn('w:trPr')}/{qn('w:del')}")
        change = TrackedChange("del", 0, 0, words, *made(gone))
        yield f"{place} แถวที่ {number}", change


def is_frame(rows: list[Any]) -> bool:
    """Whether it is a frame around text, of one cell a row."""
    return {len(list(cells_of(row))) for row in rows} <= {1}


class TableReader:
    """Reads the tables of one file. `read_boxes` reads what stands in text boxes of a cell, as lines of their own."""

    def __init__(
        self,
        collector: WordCollector,
        numbering: Numbering,
        footnotes: Mapping[str, str],
        read_boxes: Callable[[ParagraphWords], None],
    ) -> None:
        self.collector = collector
        self.numbering = numbering
        self.footnotes = footnotes
        self.read_boxes = read_boxes
        self.paragraphs = 0  # that were read in cells
        self.doubts: list[str] = []  # of rows without words

    def note_gone_rows(self, table: Any) -> None:
        """Remarks beside rows that were taken out."""
        for row in table_rows_of(table):
            if is_row_taken_out(row):
                self.collector.note_gone(row)

    def read(self, rows: list[Any], place: str) -> Iterator[SourceLine]:
        """One line for each row that has words."""
        above: dict[int, str] = {}  # {column: words of a cell that goes on downwards}
        for number, row in enumerate(rows, start=1):
            line = SourceLine(
                "", f"{place} แถวที่ {number}", kind="row", is_paragraph=True
            )
            for cell in cells_of(row):
                self._add_cell(cell, line, above)
            line.text = BETWEEN_CELLS.join(line.cells)
            if any(line.cells):
                if is_row_hidden(row):
                    line.doubts.append(HIDDEN_ROW)
                yield line
            else:
                self.doubts += [f"{line.place}: {doubt}" for doubt in line.doubts]

    def _add_cell(self, cell: Any, line: SourceLine, above: dict[int, str]) -> None:
        column = len(line.cells)
        properties = cell.find(qn("w:tcPr"))
        words = self._read_words(cell, line)
        before = sum(len(each) + len(BETWEEN_CELLS) for each in line.cells)
        self.collector.margin_notes.put_beside_cell(line, words, before)
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        if merge is not None and merge.get(qn("w:val")) != "restart":
            words = words or above.get(column, "")
            if words:
                line.doubts.append(
                    f"ช่องที่ {column + 1} ผสานกับแถวบน จึงใช้ข้อความเดียวกัน โปรดตรวจ"
                )
        elif merge is not None:
            above[column] = words
        else:
            above.pop(column, None)
        span = span_of(properties)
        if span > 1:
            line.doubts.append(
                f"ช่องที่ {column + 1} ผสาน {span} ช่อง โปรดตรวจว่าข้อความอยู่ถูกช่อง"
            )
        line.cells += [words, *[""] * (span - 1)]

    def _read_words(self, cell: Any, line: SourceLine) -> str:
        """Paragraphs of a cell, with their numbers, one below the other as one text."""
        texts = []
        for block in cell.iter(qn("w:p")):
            if is_in_box(block, cell):
                continue
            self.paragraphs += 1
            words = ParagraphWords()
            self.collector.collect(block, words)
            shown = self.numbering.show(block)
            text = without_blanks_around(
                words.text.replace("\t", " ").replace("\n", " ")
            )
            if shown is not None and shown.text and not shown.is_bullet:
                text = without_blanks_around(f"{shown.text} {text}")
            if text:
                texts.append(text)
            line.changes += words.changes
            looks = [look._replace(start=0, end=0) for look in words.looks]
            line.looks += looks
            line.doubts += doubts_of_looks(looks) + words.doubts
            line.bookmark = line.bookmark or words.bookmark
            for note in words.notes:
                texts.append(f"({self.footnotes.get(note, '')})")
            for picture in words.pictures:
                told = picture.told if picture.refused else PICTURE_IN_CELL
                if told not in line.doubts:
                    line.doubts.append(told)
            self.read_boxes(words)
        if cell.find(f".//{qn('w:tbl')}") is not None:
            line.doubts.append("มีตารางซ้อนอยู่ในช่อง อ่านต่อกันเป็นข้อความ โปรดตรวจ")
        return " ".join(texts)
