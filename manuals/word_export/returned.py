"""What somebody changed and remarked in a Word file of ours, against what went out: told of the entry it is about.

Nothing here knows what becomes of it. Whether the changes were tracked makes no difference to what the file says: its
final words are held against what was exported; the traces tell who made them: a name in a file, no identity.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal
from uuid import UUID, uuid5

from hearing_portal.thai.markup import referenced_uuids, write_placeholder
from hearing_portal.thai.numbering import Digits, display_digits

from ..content import Content, Definition, Figure, Form, Reference, Step, Table
from ..entries import EntryView
from ..importing.matching import FileWords, KnownWords, match_words
from ..reading.names import read_names_in
from ..source import (
    PERSON,
    SourceDocument,
    SourceLine,
    uuid_in_answer,
    uuid_in_bookmark,
)
from ..word.blocks import Paragraph, Row, TableBlock
from ..word.reading import BETWEEN_CELLS
from .document import DocumentOptions, clause_words, make_blocks
from .sources import WordSource

type ItemKind = Literal["amend", "add", "delete", "remark", "answer"]
# {column of the table of steps: the field it is}; the others are computed or chosen from lists
STEP_FIELDS = {
    2: "text",
    3: "duration",
    4: "standard",
    5: "actor",
    6: "note",
    7: "system",
}


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """Something the file says of the entry `uuid`, found at `place` of the file.

    - words: what was written; of what was taken out, nothing
    - texts: {field: text} of the proposed wording as a form sends it; empty where the words do not tell which field
    - field, start, end: of a remark, the code points of the entry's text it stands beside
    - choice, reason: the first and the last column of a form
    - author: as the file names somebody
    - words_before: of a change, what was there
    """

    kind: ItemKind
    uuid: UUID
    place: str
    words: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    start: int | None = None
    end: int | None = None
    choice: str = ""
    reason: str = ""
    author: str = ""
    words_before: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "uuid": str(self.uuid)}


def item_from_json(kept: Mapping[str, Any]) -> ReturnedItem:
    return ReturnedItem(**{**kept, "uuid": UUID(kept["uuid"])})


@dataclass(slots=True)
class ReturnedFile:
    """All that one file says. `person` is what stands in the form where it asks who fills it in, `authors` whom the
    traces and remarks name, the most frequent first. `unplaced` are words of which nobody can tell what they are about.
    """

    items: list[ReturnedItem] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same: int = 0  # entries whose words are as they went out
    known: int = 0  # of our entries in the file, before it was changed

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "items": [item.to_json() for item in self.items]}


def returned_from_json(kept: Mapping[str, Any]) -> ReturnedFile:
    """As to_json wrote it."""
    items = [item_from_json(each) for each in kept["items"]]
    return ReturnedFile(**{**kept, "items": items})


class SentWords:
    """What went out, ready for many files to be held against it: `source` is what was exported, or more (a process or
    group that a file does not have was not in it), `printed` are words of the form itself."""

    def __init__(self, source: WordSource, printed: Collection[str] = ()) -> None:
        self.entries = {entry.uuid: entry for entry in source.entries}
        self.printed = {_squeezed(words) for words in (source.title, *printed)}
        for entry in source.entries:
            if entry.content is None:
                self.printed.add(_squeezed(entry.title))
        # Numbers in the words went out in one of two ways
        self.ways = [_SentInDigits(source, digits) for digits in DIGITS]


def compare_returned(document: SourceDocument, sent: SentWords) -> ReturnedFile:
    """What the file says that did not go out."""
    lines = list(_whole_lines(document))
    squeezed = [_squeezed(line.text) for line in lines]
    way = max(sent.ways, key=lambda way: sum(each in way.texts for each in squeezed))
    compared = _Comparison(lines, sent, way)
    compared.tell()
    returned = compared.returned
    names = Counter[str]()
    for line in lines:
        names.update(change.author for change in line.changes)
        names.update(note.author for note in line.margin_notes)
    names.pop("", None)
    returned.authors = [name for name, _ in names.most_common()]
    for left in document.margin_notes_left:
        returned.unplaced.append(left.words)
    returned.notes += document.refusals
    return returned


DIGITS: tuple[Digits, ...] = ("thai", "arabic")


def _whole_lines(document: SourceDocument) -> Iterator[SourceLine]:
    """A paragraph with lines that were ended by hand is one clause."""
    whole: SourceLine | None = None
    for line in document.lines:
        if whole is not None and line.kind == "text" and not line.is_paragraph:
            shift = len(whole.text) + 1
            whole.text += f"\n{line.text}"
            for note in line.margin_notes:
                moved = note._replace(start=note.start + shift, end=note.end + shift)
                whole.margin_notes.append(moved)
            whole.changes += line.changes
            continue
        if whole is not None:
            yield whole
        whole = SourceLine(
            line.text,
            line.place,
            line.kind,
            is_paragraph=True,
            cells=line.cells,
            changes=list(line.changes),
            margin_notes=list(line.margin_notes),
            bookmark=line.bookmark,
        )
    if whole is not None:
        yield whole


@dataclass(frozen=True, slots=True)
class _Known:
    """A paragraph or row that went out: of which entry it is, and what."""

    key: UUID
    node: UUID
    section: UUID
    role: Literal["clause", "step", "cells", "heading", "fixed"]
    text: str
    kind: Literal["text", "row"]
    cells: Sequence[str] = ()
    row: str = ""  # the key of a table's row


class _SentInDigits:
    """What went out with these digits in its references."""

    def __init__(self, source: WordSource, digits: Digits) -> None:
        self.digits = digits
        self.names = source.names
        self.cited: dict[int | None, dict[str, str]] = {}  # by section
        self.known = _known_of(source, digits)
        self.by_key = {known.key: known for known in self.known}
        self.texts = {_squeezed(known.text) for known in self.known}

    def cited_in(self, entry: EntryView) -> dict[str, str]:
        """{uuid: what a reference to it says} in the section of the entry."""
        cited = self.cited.get(entry.section_id)
        if cited is None:
            targets = read_names_in(self.names, entry.section_id)
            cited = {
                uuid: display_digits(target.text, self.digits)
                for uuid, target in targets.items()
            }
            self.cited[entry.section_id] = cited
        return cited


class _Comparison:
    def __init__(
        self, lines: Sequence[SourceLine], sent: SentWords, way: _SentInDigits
    ) -> None:
        self.lines = lines
        self.entries = sent.entries
        self.printed = sent.printed
        self.cited_in = way.cited_in
        self.known = way.known
        self.by_key = way.by_key
        self.returned = ReturnedFile()
        self.is_form = any(uuid_in_answer(line.bookmark) for line in lines)

    def tell(self) -> None:
        if self.is_form or any(line.bookmark.startswith(PERSON) for line in self.lines):
            self._tell_form()
        else:
            self._tell_copy()

    # --- a form

    def _tell_form(self) -> None:
        for line in self.lines:
            if line.bookmark.startswith(PERSON):
                self.returned.person.append(" ".join(line.cells[1:]).strip())
                continue
            asked = uuid_in_answer(line.bookmark)
            if asked is None:
                node = uuid_in_bookmark(line.bookmark)
                if node is None:
                    is_printed = _squeezed(" ".join(line.cells or [line.text]))
                    if is_printed not in self.printed:
                        self.returned.unplaced.append(line.text)
                    self.returned.unplaced += [n.words for n in line.margin_notes]
                elif node in self.entries:
                    self.returned.known += 1
                    self._tell_remarks(line, node)
                    if line.changes:
                        note = (
                            "แก้ไขข้อความของคู่มือในแบบ ไม่ได้นำเข้า โปรดเสนอในช่องข้อความที่เสนอ"
                        )
                        self.returned.notes.append(f"{line.place}: {note}")
                continue
            self._tell_answer(line, asked)

    def _tell_answer(self, line: SourceLine, asked: UUID) -> None:
        choice, words, proposed, reason = [*line.cells, "", "", "", ""][:4]
        entry = self.entries.get(asked)
        if entry is None:
            self.returned.unplaced.append(line.text)
            return
        texts: Mapping[str, str] = {}
        if proposed.strip():
            texts = {"text": proposed}
            if entry.content is not None:
                told = clause_words(entry.content, self.cited_in(entry)).text
                texts = self._texts_of(entry, told, proposed) or texts
        self.returned.items.append(
            ReturnedItem(
                "answer",
                asked,
                line.place,
                words,
                texts,
                choice=choice.strip(),
                reason=reason,
            )
        )
        self._tell_remarks(line, asked)

    # --- a copy of the text

    def _tell_copy(self) -> None:
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
        for number, line in enumerate(self.lines):
            match = matches.get(number)
            if match is not None:
                known = self.by_key[match.clause]
                above = known.node
                self._compare(line, known)
                self._tell_remarks(line, known.node)
            elif line.text.strip():
                self._tell_new(line, above)
        self._tell_gone(found, sections)

    def _compare(self, line: SourceLine, known: _Known) -> None:
        if known.role in ("clause", "step"):
            self.returned.known += 1
        before = _squeezed(known.text)
        if known.role == "step":
            # Its number is counted
            is_same = _cells_alike(known.cells[1:], line.cells[1:])
        else:
            is_same = before == _squeezed(line.text)
        if is_same:
            self.returned.same += known.role in ("clause", "step")
            return
        if known.role == "fixed":
            # The title of a file, the name of a part: told, where nobody tells it of the section itself
            words = f"เสนอแก้ “{known.text}” เป็น “{line.text}”"
            self._add("remark", known.node, line, words)
        elif known.role == "heading":
            words = f"เสนอแก้ชื่อเป็น “{line.text}”"
            self._add("remark", known.node, line, words)
        elif known.role == "clause":
            entry = self.entries[known.node]
            texts = self._texts_of(entry, known.text, line.text) or {}
            self._add("amend", known.node, line, line.text, texts, known.text)
        else:
            self._compare_cells(line, known)

    def _compare_cells(self, line: SourceLine, known: _Known) -> None:
        entry = self.entries[known.node]
        texts = {}
        others = []
        for column, before in enumerate(known.cells):
            after = line.cells[column] if column < len(line.cells) else ""
            if _squeezed(before) == _squeezed(after):
                continue
            name = self._field_of_cell(entry, known, column)
            if name:
                texts[name] = self._with_placeholders(entry, name, after)
            elif not (known.role == "step" and column == 0):
                others.append(f"“{before}” เป็น “{after}”")
        others += [f"เพิ่ม “{each}”" for each in line.cells[len(known.cells) :] if each]
        if texts:
            self._add("amend", known.node, line, line.text, texts, known.text)
        for words in others:
            self._add("remark", known.node, line, f"เสนอแก้ {words}")

    def _field_of_cell(self, entry: EntryView, known: _Known, column: int) -> str:
        if known.role == "step":
            return STEP_FIELDS.get(column, "")
        table = entry.clause_content
        assert isinstance(table, Table)
        name = table.columns[column]["id"]
        return f"column:{name}" if known.row == "head" else f"cell:{known.row}:{name}"

    def _tell_new(self, line: SourceLine, above: UUID | None) -> None:
        if above is None:
            if _squeezed(line.text) not in self.printed:
                self.returned.unplaced.append(line.text)
        elif line.kind == "row":
            words = f"เสนอเพิ่มแถว: {line.text}"
            self._add("remark", above, line, words)
        else:
            texts = {"text": line.text}
            self._add("add", above, line, line.text, texts)
        if above is not None:
            self._tell_remarks(line, above)
        else:
            self.returned.unplaced += [note.words for note in line.margin_notes]

    def _tell_gone(self, found: set[UUID], sections: Mapping[UUID, int]) -> None:
        for known in self.known:
            if known.key in found or known.section not in sections:
                continue
            place = "ไม่อยู่ในไฟล์แล้ว"
            if known.role in ("clause", "step"):
                self.returned.known += 1
                gone = ReturnedItem(
                    "delete", known.node, place, words_before=known.text
                )
                self.returned.items.append(gone)
            elif known.role == "cells":
                words = f"เสนอตัดแถว: {known.text}"
                self.returned.items.append(
                    ReturnedItem("remark", known.node, place, words)
                )

    # --- what both ask

    def _tell_remarks(self, line: SourceLine, node: UUID) -> None:
        entry = self.entries[node]
        for note in line.margin_notes:
            quote = line.text[note.start : note.end]
            name, start = _find_quote(entry, line, quote, note.start)
            end = None if start is None else start + len(quote)
            self.returned.items.append(
                ReturnedItem(
                    "remark",
                    node,
                    line.place,
                    note.words,
                    field=name,
                    start=start,
                    end=end,
                    author=note.author,
                )
            )

    def _add(
        self,
        kind: ItemKind,
        node: UUID,
        line: SourceLine,
        words: str,
        texts: Mapping[str, str] | None = None,
        before: str = "",
    ) -> None:
        author = next((each.author for each in line.changes if each.author), "")
        self.returned.items.append(
            ReturnedItem(
                kind,
                node,
                line.place,
                words,
                texts or {},
                author=author,
                words_before=before,
            )
        )

    def _texts_of(self, entry: EntryView, before: str, after: str) -> dict[str, str]:
        """Which fields of the clause the words are; none where that cannot be told."""
        pieces = _pieces_of(entry.clause_content, before)
        rest = after
        start, end = 0, len(pieces)
        while end - start > 1 and rest.endswith(f" {pieces[end - 1][1]}"):
            rest = rest[: -len(pieces[end - 1][1]) - 1]
            end -= 1
        while end - start > 1 and rest.startswith(f"{pieces[start][1]} "):
            rest = rest[len(pieces[start][1]) + 1 :]
            start += 1
        if end - start == 1:
            name = pieces[start][0]
            if not name:
                return {}
            return {name: self._with_placeholders(entry, name, rest)}
        verb = f" {pieces[1][1]} " if len(pieces) == 3 and not pieces[1][0] else ""
        if verb and (start, end) == (0, 3) and verb in rest:
            term, _, body = rest.partition(verb)
            return {"term": term, "text": self._with_placeholders(entry, "text", body)}
        return {}

    def _with_placeholders(self, entry: EntryView, name: str, text: str) -> str:
        """As a form has it: ⟦1⟧ for a reference whose words stand as they were."""
        content = entry.clause_content
        if dict(content.named).get(name) != "body":
            return text
        cited = self.cited_in(entry)
        position = 0
        for number, uuid in enumerate(referenced_uuids(content.body), start=1):
            words = cited.get(uuid, "")
            at = text.find(words, position) if words else -1
            if at < 0:
                continue
            mark = write_placeholder(number)
            text = f"{text[:at]}{mark}{text[at + len(words) :]}"
            position = at + len(mark)
        return text


def _known_of(source: WordSource, digits: Digits) -> list[_Known]:
    sections = {}
    section = UUID(int=0)
    for entry in source.entries:
        if entry.content is None:
            section = entry.uuid
        sections[entry.uuid] = section
    known = []
    for block in make_blocks(
        source.entries, DocumentOptions(digits, names=source.names)
    ):
        if isinstance(block, Paragraph):
            node = UUID(block.key.partition(":")[0])
            role: Literal["clause", "heading", "fixed"] = "fixed"
            key = uuid5(node, block.key)
            if block.bookmark is not None:
                key = block.bookmark
                role = "clause" if block.style == "text" else "heading"
            known.append(
                _Known(key, node, sections[node], role, block.words.text, "text")
            )
        elif isinstance(block, TableBlock):
            node = UUID(block.key.partition(":")[0])
            is_steps = block.key.endswith(":steps")
            for row in block.rows:
                known.append(_known_row(row, node, sections[node], block, is_steps))
    return known


def _known_row(
    row: Row, node: UUID, section: UUID, table: TableBlock, is_steps: bool
) -> _Known:
    cells = [cell.words.text for cell in row.cells]
    text = BETWEEN_CELLS.join(cells)
    # A table of one column is read as paragraphs
    kind: Literal["text", "row"] = "row" if len(cells) > 1 else "text"
    if is_steps and not row.is_head:
        step = UUID(row.key)
        return _Known(step, step, section, "step", text, kind, cells)
    role: Literal["cells", "fixed"] = "fixed" if is_steps else "cells"
    key = uuid5(node, f"{table.key}:{row.key}")
    return _Known(key, node, section, role, text, kind, cells, row.key)


def _pieces_of(content: Content, shown: str) -> list[tuple[str, str]]:
    """[(field, its words)] that stand one behind the other in what is shown; "" for words that are no field."""
    match content:
        case Figure() | Step():
            return [("", shown)]
        case Definition() if content.term:
            body = shown.removeprefix(f"{content.term} {content.verb_words} ")
            return [("term", content.term), ("", content.verb_words), ("text", body)]
        case Form():
            head, tail = ("text", content.name), ("code", content.code)
        case Reference() if content.cited_words == content.as_cited:
            head, tail = ("text", content.as_cited), ("", "")
        case Reference():
            return [("", shown)]
        case _:
            return [("text", shown)]
    body = shown
    if head[1]:
        body = body.removeprefix(head[1]).removeprefix(" ")
    if tail[1]:
        body = body.removesuffix(tail[1]).removesuffix(" ")
    pieces = [head, ("note", body), tail]
    return [piece for piece in pieces if piece[1]]


def _find_quote(
    entry: EntryView, line: SourceLine, quote: str, start: int
) -> tuple[str, int | None]:
    """(field, place of the words in it) where they stand there once, or at the same place; ("", None) elsewhere."""
    if entry.content is None or not quote.strip():
        return "", None
    places = []
    for name, text in entry.content.fields():
        at = text.find(quote)
        while at >= 0:
            places.append((name, at))
            if text == line.text and at == start:
                return name, at
            at = text.find(quote, at + 1)
    return places[0] if len(places) == 1 else ("", None)


def _squeezed(text: str) -> str:
    """However its spaces stand: a program that saves a file may put others."""
    return " ".join(text.split())


def _cells_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return [_squeezed(each) for each in one] == [_squeezed(each) for each in other]
