"""What somebody changed and remarked in a Word file of ours, against what went out: told of the entry it is about.

Nothing here knows what becomes of it. Whether the changes were tracked makes no difference to what the file says: its
final words are held against what was exported; the traces tell who made them: a name in a file, no identity.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from ..content import Table
from ..entries import EntryView
from ..importing.matching import (
    FileWords,
    KnownWords,
    match_words,
)
from ..source import (
    IN_BOX,
    PERSON,
    SourceDocument,
    SourceLine,
    uuid_in_answer,
)
from .beside_text import tell_beside_text
from .comparing_form import FormComparison
from .comparison import Comparison
from .levels import tell_levels
from .moved import FoundLine, tell_moves
from .returned import ReturnedFile, ReturnedItem
from .returned_fields import (
    returned_texts,
    with_placeholders,
    without_mark,
    without_struck,
)
from .sent_words import KnownBlock, SentWords, cells_alike, squeezed

# {column of the table of steps: the field it is}; the others are computed or chosen from lists
STEP_FIELDS = {
    2: "text",
    3: "duration",
    4: "standard",
    5: "actor",
    6: "note",
    7: "system",
}
BOXED = "อยู่ในกล่องข้อความ"


def compare_returned(document: SourceDocument, sent: SentWords) -> ReturnedFile:
    """What the file says that did not go out."""
    lines = list(_whole_lines(document))
    said = [squeezed(line.text) for line in lines]
    way = max(sent.ways, key=lambda way: sum(each in way.texts for each in said))
    is_form = any(
        uuid_in_answer(line.bookmark) or line.bookmark.startswith(PERSON)
        for line in lines
    )
    compared = (FormComparison if is_form else _CopyComparison)(lines, sent, way)
    compared.tell()
    returned = compared.returned
    names = Counter[str]()
    for line in lines:
        names.update(change.author for change in line.changes)
        names.update(note.author for note in line.margin_notes)
    names.pop("", None)
    returned.authors = [name for name, _ in names.most_common()]
    tell_beside_text(document, lines, sent, returned)
    returned.count_spoken(compared.counted)
    return returned


def _whole_lines(document: SourceDocument) -> Iterator[SourceLine]:
    """A paragraph with lines that were ended by hand is one clause."""
    whole: SourceLine | None = None
    for line in document.lines:
        if line.kind == "figure":
            continue
        if whole is not None and line.kind == "text" and not line.is_paragraph:
            shift = len(whole.text) + 1
            whole.text += f"\n{line.text}"
            for note in line.margin_notes:
                moved = note._replace(start=note.start + shift, end=note.end + shift)
                whole.margin_notes.append(moved)
            whole.changes += line.changes
            for look in line.looks:
                moved_look = look._replace(
                    start=look.start + shift, end=look.end + shift
                )
                whole.looks.append(moved_look)
            continue
        if whole is not None:
            yield whole
        whole = SourceLine(
            line.text,
            line.place,
            line.kind,
            line.label,
            list_level=line.list_level,
            is_paragraph=True,
            cells=line.cells,
            changes=list(line.changes),
            margin_notes=list(line.margin_notes),
            looks=list(line.looks),
            bookmark=line.bookmark,
            doubts=list(line.doubts),
            is_moved_here=line.is_moved_here,
        )
    if whole is not None:
        yield whole


class _CopyComparison(Comparison):
    """Of a copy of the text."""

    def tell(self) -> None:
        matches = match_words(
            [
                FileWords(number, line.text, kind=line.kind, bookmark=line.bookmark)
                for number, line in enumerate(self.lines)
            ],
            [
                KnownWords(known.key, known.text, kind=known.kind)
                for known in self.known
            ],
        )
        found = {match.clause for match in matches.values()}
        sections = Counter(
            self.by_key[key].section
            for key in found
            if self.by_key[key].role != "fixed"
        )
        above: UUID | None = None
        in_order = []
        for number, line in enumerate(self.lines):
            match = matches.get(number)
            if match is not None:
                known = self.by_key[match.clause]
                in_order.append(FoundLine(line, known, self.way.places[known.key]))
                above = known.node
                self._compare(line, known)
                self.tell_remarks(line, known.node)
            elif line.text.strip():
                self._tell_new(line, above)
        self._tell_gone(found, sections)
        self.returned.items += tell_moves(in_order, self.way, self.entries)
        self.returned.items += tell_levels(in_order, self.way, self.entries)

    def _compare(self, line: SourceLine, known: KnownBlock) -> None:
        if known.role in ("clause", "step"):
            self.count(known.node)
        if any(look.kind == "struck" for look in line.looks):
            self._tell_struck(line, known)
            return
        before = squeezed(known.text)
        if known.role == "step":
            # Its number is counted
            is_same = cells_alike(known.cells[1:], line.cells[1:])
        else:
            is_same = before == squeezed(line.text)
        if is_same:
            self.returned.same += known.role in ("clause", "step")
            return
        if known.role == "fixed":
            # The title of a file, the name of a part: told, where nobody tells it of the section itself
            words = f"เสนอแก้ “{known.text}” เป็น “{line.text}”"
            self.add("remark", known.node, line, words)
        elif known.role == "heading":
            words = f"เสนอแก้ชื่อเป็น “{line.text}”"
            self.add("remark", known.node, line, words)
        elif known.role == "clause":
            entry = self.entries[known.node]
            texts = (
                returned_texts(entry, self.cited_in(entry), known.text, line.text) or {}
            )
            self.add("amend", known.node, line, line.text, texts, known.text)
        else:
            self._compare_cells(line, known)

    def _tell_struck(self, line: SourceLine, known: KnownBlock) -> None:
        """Words struck through by hand are meant to go, as those taken out with the changes tracked."""
        left = without_struck(line)
        if known.role in ("clause", "step") and not left.strip():
            self.add("delete", known.node, line, "", before=known.text)
        elif known.role == "clause":
            entry = self.entries[known.node]
            texts = returned_texts(entry, self.cited_in(entry), known.text, left) or {}
            self.add("amend", known.node, line, left, texts, known.text)
        else:
            self.remark_struck(line, known.node)
            if known.role in ("step", "cells"):
                self._compare_cells(line, known)

    def _compare_cells(self, line: SourceLine, known: KnownBlock) -> None:
        entry = self.entries[known.node]
        texts = {}
        others = []
        for column, before in enumerate(known.cells):
            after = line.cells[column] if column < len(line.cells) else ""
            if squeezed(before) == squeezed(after):
                continue
            name = self._field_of_cell(entry, known, column)
            if name:
                after = without_mark(entry.clause_content, after)
                texts[name] = with_placeholders(
                    entry, self.cited_in(entry), name, after
                )
            elif not (known.role == "step" and column == 0):
                others.append(f"“{before}” เป็น “{after}”")
        others += [f"เพิ่ม “{each}”" for each in line.cells[len(known.cells) :] if each]
        if texts:
            self.add("amend", known.node, line, line.text, texts, known.text)
        for words in others:
            self.add("remark", known.node, line, f"เสนอแก้ {words}")

    def _field_of_cell(self, entry: EntryView, known: KnownBlock, column: int) -> str:
        if known.role == "step":
            return STEP_FIELDS.get(column, "")
        table = entry.clause_content
        assert isinstance(table, Table)
        name = table.columns[column]["id"]
        return f"column:{name}" if known.row == "head" else f"cell:{known.row}:{name}"

    def _tell_new(self, line: SourceLine, above: UUID | None) -> None:
        if above is None:
            if squeezed(line.text) not in self.printed:
                self.returned.leave(line.text, line.place)
        elif IN_BOX in line.doubts:
            self.returned.leave(line.text, line.place, above, BOXED)
        elif line.kind == "note":
            self.add("remark", above, line, f"เชิงอรรถที่เพิ่ม: {line.text}")
        elif line.kind == "row":
            words = f"เสนอเพิ่มแถว: {line.text}"
            self.add("remark", above, line, words)
        elif left := without_struck(line):
            self.add("add", above, line, left, {"text": left})
        self.tell_remarks(line, above)

    def _tell_gone(self, found: set[UUID], sections: Mapping[UUID, int]) -> None:
        for known in self.known:
            if known.key in found or known.section not in sections:
                continue
            if known.kind == "row" and not any(known.cells):
                continue  # an empty row is no line of a file
            place = "ไม่อยู่ในไฟล์แล้ว"
            if known.role in ("clause", "step"):
                self.count(known.node)
                gone = ReturnedItem(
                    "delete", known.node, place, words_before=known.text
                )
                self.returned.items.append(gone)
            elif known.role == "cells":
                words = f"เสนอตัดแถว: {known.text}"
                self.returned.items.append(
                    ReturnedItem("remark", known.node, place, words)
                )
