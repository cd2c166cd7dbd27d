"""The form for a comment on its page."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import User
from manuals.models import EditionEntry

from ...citations import cite_entry, find_references
from ...hearings.open_session import CommentingContext
from ...hearings.refusals import explain_closed_session
from ...links import entry_url
from ...models import Comment
from ...wording import Redline, field_label
from ..capacities import Capacity
from ..forms import CommentForm
from .cards import CommentCard


class WordingLine(NamedTuple):
    """A field of a clause; `label` is empty where it is the only one."""

    field: str
    label: str
    text: str


@dataclass(slots=True)
class Composer:
    """The form on its page: about which entry, in whose name, whether the session takes it, where it is sent."""

    form: CommentForm
    commenting_context: CommentingContext
    author: User
    capacities: list[Capacity]
    closed: str = ""  # why one cannot send now, and when one can; empty while the session is open
    is_refused: bool = False  # it was sent, and nothing was stored
    editing: Comment | None = None
    first: Comment | None = None  # what the same key stored before
    changes: list[Redline] | None = None  # the word diff asked for without JavaScript
    others: list[CommentCard] | None = None  # what others said about the place, before anything is written
    has_looked: bool = False  # for what is similar, by the button
    similar: list[CommentCard] | None = None  # what others said that is near to what is being written
    quotes_wording: bool = True  # false where the page itself quotes the clause

    @property
    def entry(self) -> EditionEntry:
        return self.commenting_context.entry

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def way_back(self) -> str:
        return entry_url(self.entry, self.entry.manual)

    @property
    def wording(self) -> list[WordingLine]:
        return wording_lines(self.entry)

    @property
    def quoted_wording(self) -> list[WordingLine]:
        return self.wording if self.quotes_wording else []

    @property
    def references(self) -> list[tuple[int, str]]:
        return find_references(self.entry)

    @property
    def action(self) -> str:
        if self.editing is not None:
            return reverse("comment-edit", args=[self.editing.uuid])
        return reverse("entry-comments", args=[self.entry.pk])

    @property
    def can_send(self) -> bool:
        return not self.closed

    @property
    def close_url(self) -> str:
        if self.editing is not None:
            return reverse("comment", args=[self.editing.uuid])
        return self.way_back

    @property
    def draft_name(self) -> str:
        """What static/js/drafts.js keeps the words under."""
        if self.editing is not None:
            return f"edit-{self.editing.uuid}"
        return f"comment-{self.author.pk}-{self.entry.pk}"

    @property
    def title(self) -> str:
        return "แก้ไขความเห็น" if self.editing else "แสดงความเห็น"

    @property
    def heading(self) -> str:
        return "แก้ไขความเห็นต่อ" if self.editing else "ความเห็นต่อ"

    @property
    def send_label(self) -> str:
        return "บันทึกการแก้ไข" if self.editing else "ส่งความเห็น"

    @property
    def insertion_hint(self) -> str:
        if self.entry.clause_id:
            return "เขียนข้อใหม่ที่จะต่อจากข้อนี้"
        return "เขียนถ้อยคำหรือชื่อกระบวนงานที่ขอเพิ่ม"

    @property
    def can_delete_clause(self) -> bool:
        return bool(self.entry.clause_id) and self.editing is None

    @property
    def chooses_capacity(self) -> bool:
        return len(self.capacities) > 1 and self.editing is None

    @property
    def only_capacity(self) -> Capacity | None:
        """In whose name the comment will be, when there is no choice."""
        if self.editing is not None or len(self.capacities) != 1:
            return None
        return self.capacities[0]


def wording_lines(entry: EditionEntry) -> list[WordingLine]:
    """A clause as it stands in its edition, field by field, the empty ones left out; nothing for what is no clause."""
    if not entry.blob_id:
        return []
    content = entry.blob.as_content
    fields = list(content.fields())
    lines = []
    for name, text in fields:
        label = field_label(content, name) if len(fields) > 1 else ""
        lines.append(WordingLine(name, label, text))
    return lines


def closed_reason(commenting_context: CommentingContext) -> str:
    return "" if commenting_context.open_session else explain_closed_session(commenting_context.session)
