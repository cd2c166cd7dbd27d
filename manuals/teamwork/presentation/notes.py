"""The page of a clause's notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ...models import Clause, Section, TeamNote
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.links import clause_anchor
from ..forms.texts import NoteAnswerForm
from ..queries.notes import find_notes, is_settled
from .wordings import read_clause_of_draft


@dataclass(frozen=True, slots=True)
class ShownNote:
    note: TeamNote
    is_settled: bool
    form: NoteAnswerForm
    is_answering: bool  # its form came back


@dataclass(frozen=True, slots=True)
class NotesPage:
    """`read` is the clause as it stands; `back` leads to it in the working draft."""

    section: Section
    clause: Clause
    read: ReadClause
    notes: Sequence[ShownNote]
    back: str

    @property
    def waiting(self) -> int:
        return sum(not shown.is_settled for shown in self.notes)


def load_notes_page(
    clause: Clause,
    *,
    answered: TeamNote | None = None,
    form: NoteAnswerForm | None = None,
) -> NotesPage:
    """Five queries. `form` is the one that came back, of the note `answered`."""
    section = clause.section
    notes = []
    for note in find_notes(clause):
        is_answering = form is not None and note == answered
        shown_form = (
            form
            if is_answering and form is not None
            else NoteAnswerForm(auto_id=f"answer-{note.pk}-%s")
        )
        notes.append(ShownNote(note, is_settled(note), shown_form, is_answering))
    page = reverse("draft", args=[section.manual.key, section.uuid])
    return NotesPage(
        section,
        clause,
        read_clause_of_draft(clause),
        notes,
        f"{page}#{clause_anchor(clause.uuid)}",
    )
