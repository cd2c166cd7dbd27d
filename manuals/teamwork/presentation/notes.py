"""The page of a clause's notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ...models import Clause, Retirement, Section, TeamNote
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.links import clause_anchor
from ..forms.texts import NoteAnswerForm
from ..queries.notes import find_notes, is_settled
from .wordings import read_clause_of_draft, tell_all_last_words, tell_last_words


@dataclass(frozen=True, slots=True)
class ShownNote:
    """`came_from` is what the clause said that it was written on, where that was joined to this one or divided."""

    note: TeamNote
    is_settled: bool
    form: NoteAnswerForm
    is_answering: bool  # its form came back
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class NotesPage:
    """`read` is the clause as it stands, None for one that left the manual: `words` are what it said. `back` leads to
    it in the working draft."""

    section: Section
    clause: Clause
    read: ReadClause | None
    words: str
    notes: Sequence[ShownNote]
    back: str

    @property
    def retirement(self) -> Retirement | None:
        return self.clause.retired or self.section.retired

    @property
    def waiting(self) -> int:
        return sum(not shown.is_settled for shown in self.notes)


def load_notes_page(
    clause: Clause,
    *,
    answered: TeamNote | None = None,
    form: NoteAnswerForm | None = None,
) -> NotesPage:
    """Six queries, up to three more for a retired clause, and for notes that came from another one. `form` is the one
    that came back, of the note `answered`."""
    section = clause.section
    notes = []
    found = find_notes(clause)
    elsewhere = {note.clause for note in found if note.clause_id != clause.pk}
    told = tell_all_last_words(elsewhere)
    for note in found:
        is_answering = form is not None and note == answered
        shown_form = (
            form
            if is_answering and form is not None
            else NoteAnswerForm(auto_id=f"answer-{note.pk}-%s")
        )
        came_from = told.get(note.clause_id, "")
        notes.append(
            ShownNote(note, is_settled(note), shown_form, is_answering, came_from)
        )
    read = read_clause_of_draft(clause)
    words = "" if read is not None else tell_last_words(clause)
    page = reverse("draft", args=[section.manual.key, section.uuid])
    return NotesPage(
        section,
        clause,
        read,
        words,
        notes,
        f"{page}#{clause_anchor(clause.uuid)}",
    )
