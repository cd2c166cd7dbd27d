"""Remarks in the margin of a Word file, and the words they stand beside."""

from typing import Any

from docx.oxml.ns import qn

from ..source import MarginNote, SourceLine
from .notes import plain_texts

MARKS = (
    qn("w:commentRangeStart"),
    qn("w:commentRangeEnd"),
    qn("w:commentReference"),
)


class MarginNotes:
    """The remarks of one file. Each begins and ends somewhere in the words of a paragraph, and waits there until the
    line is known that has these words."""

    def __init__(self, notes: Any) -> None:
        self.notes = _notes_by_id(notes)
        self.told: set[str] = set()  # those that found their words
        self.open: dict[str, int] = {}  # {note: where its words begin}
        self.pending: list[MarginNote] = []  # of the paragraph that is being read

    def _end(self, note_id: str, at: int) -> None:
        note = self.notes.get(note_id)
        if note is None or note_id in self.told:
            return
        self.told.add(note_id)
        start = self.open.pop(note_id, 0)
        # A note over several paragraphs is told at the last of them
        self.pending.append(note._replace(start=min(start, at), end=at))

    def mark(self, sign: Any, at: int) -> None:
        """One of MARKS in the words of a paragraph."""
        note_id = sign.get(qn("w:id"), "")
        if sign.tag == qn("w:commentRangeStart"):
            self.open[note_id] = at
            return
        # The sign of a note has no words where nothing else says so
        self.open.setdefault(note_id, at)
        self._end(note_id, at)

    def name_those_of_gone(self, first: int, bookmark: str) -> None:
        """Those that wait from `first` on stand beside words that were taken out whole, and go with the next line."""
        for place in range(first, len(self.pending)):
            note = self.pending[place]
            own = note.bookmark or bookmark
            self.pending[place] = note._replace(start=0, end=0, bookmark=own)

    def put_beside(self, line: SourceLine, start: int, end: int, shift: int) -> None:
        """Those of words [start, end) of the paragraph, by their places in the line: `shift` less."""
        kept = []
        for note in self.pending:
            if start <= note.start < end or (note.start >= end - 1 == note.end):
                moved = note._replace(
                    start=max(0, note.start - shift),
                    end=min(len(line.text), max(0, note.end - shift)),
                )
                line.margin_notes.append(moved)
            else:
                kept.append(note)
        self.pending = kept

    def put_beside_cell(self, line: SourceLine, words: str, before: int) -> None:
        """Those of a cell, by their places in the words of the row; `before` is where the cell's begin."""
        for note in self.pending:
            start = before + min(note.start, len(words))
            end = before + min(note.end, len(words))
            line.margin_notes.append(note._replace(start=start, end=end))
        self.pending = []

    def left(self) -> list[MarginNote]:
        """Remarks beside no words: in a head of pages, or beside what is gone."""
        left = list(self.pending)
        for note_id, note in self.notes.items():
            if note_id not in self.told:
                left.append(note)
        return left


def _notes_by_id(notes: Any) -> dict[str, MarginNote]:
    if notes is None:
        return {}
    found = {}
    for note in notes:
        words = "\n".join(plain_texts(note))
        author = note.get(qn("w:author"), "")
        made_at = note.get(qn("w:date"), "")
        found[note.get(qn("w:id"), "")] = MarginNote(0, 0, words, author, made_at)
    return found
