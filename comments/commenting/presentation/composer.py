"""The form for a comment on its page."""

from dataclasses import dataclass

from django.urls import reverse

from manuals.models import EditionEntry

from ...citations import cite_entry, find_references
from ...links import entry_url
from ...models import Comment
from ...wording import Redline, field_label
from ..capacities import Capacity
from ..forms import CommentForm
from ..queries.context import CommentingContext
from ..refusals import why_closed
from .cards import CommentCard


@dataclass(slots=True)
class Composer:
    """The form on its page: about which entry, in whose name, whether the session takes it, where it is sent."""

    form: CommentForm
    commenting_context: CommentingContext
    capacities: list[Capacity]
    closed: str = ""  # why one cannot send now, and when one can; empty while the session is open
    is_refused: bool = False  # it was sent, and nothing was stored
    editing: Comment | None = None
    first: Comment | None = None  # what the same key stored before
    changes: list[Redline] | None = None  # the word diff asked for without JavaScript
    others: list[CommentCard] | None = None  # what others said about the place, before anything is written
    has_looked: bool = False  # for what is similar, by the button
    similar: list[CommentCard] | None = None  # what others said that is near to what is being written

    @property
    def entry(self) -> EditionEntry:
        return self.commenting_context.entry

    @property
    def place(self) -> str:
        return cite_entry(self.entry)

    @property
    def way_back(self) -> str:
        return entry_url(self.entry, self.entry.manual)

    @property
    def words(self) -> list[tuple[str, str, str]]:
        return wording_of(self.entry)

    @property
    def references(self) -> list[tuple[int, str]]:
        return find_references(self.entry)

    @property
    def action(self) -> str:
        if self.editing is not None:
            return reverse("comment-edit", args=[self.editing.uuid])
        return reverse("entry-comments", args=[self.entry.pk])


def wording_of(entry: EditionEntry) -> list[tuple[str, str, str]]:
    """[(field, label, text)] of a clause as it stands in its edition, the empty fields left out."""
    content = entry.blob.as_content if entry.blob_id else None
    return [(name, field_label(content, name), text) for name, text in content.fields()] if content else []


def closed_reason(commenting_context: CommentingContext) -> str:
    return "" if commenting_context.open_session else why_closed(commenting_context.session)
