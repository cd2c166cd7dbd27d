"""The form for a comment on its page."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.web.forms import has_typed_text
from manuals.models import EditionEntry
from manuals.reading.told_words import load_edition_words
from manuals.wording import Redline

from ...citations import cite_entry, find_references
from ...hearings.commenting_context import CommentingContext
from ...hearings.presentation import tell_visibility
from ...hearings.refusals import explain_closed_session, explain_reopening
from ...models import Comment, HearingSession, Support
from ..capacities import Capacity, capacities_for
from ..forms.comment_form import CommentForm
from ..queries.comments import find_comments_by_others
from ..queries.similar import SHOWN, find_at_span, find_similar, words_of_comment
from .cards import CommentCard, CommentViewer, make_cards
from .quotes import WordingLine, tell_span, wording_lines


@dataclass(slots=True)
class Composer:
    """The form on its page: about which entry, in whose name, whether the session takes it, where it is sent."""

    form: CommentForm
    commenting_context: CommentingContext
    section_title: str  # of the process a clause stands in
    author: User
    capacities: list[Capacity]
    # Why one cannot send now, and when one can; empty while the session is open
    closed: str = ""
    is_refused: bool = False  # it was sent, and nothing was stored
    editing: Comment | None = None
    first: Comment | None = None  # what the same key stored before
    changes: list[Redline] | None = None  # the word diff asked for without JavaScript
    # What others said about the entry, before anything is written
    others: list[CommentCard] | None = None
    has_looked: bool = False  # for what is similar, by the button
    # What others said that is near to what is being written
    similar: list[CommentCard] | None = None
    at_same_span: set[int] = field(default_factory=set)  # those about the same words
    quotes_wording: bool = True  # false where the page itself quotes the clause

    @property
    def entry(self) -> EditionEntry:
        return self.commenting_context.entry

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def speaks_for_office(self) -> bool:
        """Whether supporting another comment counts for an office of the author: an expert has none."""
        return any(capacity.office is not None for capacity in self.capacities)

    @property
    def supports_at_stake(self) -> int:
        """How many offices support what is edited. One query."""
        if self.editing is None:
            return 0
        return Support.objects.active().filter(comment=self.editing).count()

    @property
    def joins(self) -> str:
        """The comment with which the one being written is ticked to be one argument."""
        return str(self.form["joins"].value() or "")

    @property
    def way_back(self) -> str:
        return self.commenting_context.reading_url

    @property
    def wording(self) -> list[WordingLine]:
        return wording_lines(self.entry)

    @property
    def quoted_wording(self) -> list[WordingLine]:
        if not self.quotes_wording:
            return []
        return self.wording

    @property
    def quoted(self) -> str:
        """The marked words, when the form came back with a span that fits. Queries as wording_lines, none without."""
        span = self.form.quoted
        if span is None:
            return ""
        told = load_edition_words([self.entry])[self.entry.edition_id]
        field = self.form["field"].value() or ""
        return tell_span(self.entry, field, span.start, span.quote, told)

    @property
    def references(self) -> list[tuple[int, str]]:
        return find_references(self.entry)

    @property
    def action(self) -> str:
        if self.editing is not None:
            return reverse("comment-edit", args=[self.editing.uuid])
        return reverse("entry-comments", args=[self.entry.pk])

    @property
    def draft_title(self) -> str:
        """What a draft of it is called among others."""
        title = f"{self.heading} {self.citation}"
        if self.entry.clause_id:
            return f"{title} {self.section_title}"
        return title

    @property
    def page_url(self) -> str:
        """The page on which a draft of it is gone on with."""
        if self.editing is not None:
            return self.action
        return reverse("comment-new", args=[self.entry.pk])

    @property
    def can_send(self) -> bool:
        return not self.closed

    @property
    def reopening(self) -> str:
        """When what was refused can be sent after all."""
        return explain_reopening(self.commenting_context.session)

    @property
    def told_session(self) -> HearingSession | None:
        """The session that the page tells of, and that takes what is sent; an edit stays where it was said."""
        if self.closed or self.editing is not None:
            return None
        return self.commenting_context.open_session

    @property
    def told_visibility(self) -> str:
        return tell_visibility(self.told_session)

    @property
    def keeps_text(self) -> bool:
        """Whether words that were sent stand in the form again."""
        return has_typed_text(self.form)

    @property
    def holds_nothing(self) -> bool:
        """Whether it came back as it was sent: with nothing written into it."""
        return self.form.is_bound and not self.keeps_text

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
    def key(self) -> object:
        """The client key that the form carries."""
        return self.form["client_key"].value()

    @property
    def title(self) -> str:
        return "แก้ไขความคิดเห็น" if self.editing else "แสดงความคิดเห็น"

    @property
    def heading(self) -> str:
        return "แก้ไขความคิดเห็นต่อ" if self.editing else "ความคิดเห็นต่อ"

    @property
    def send_label(self) -> str:
        if self.editing is not None:
            return "บันทึกการแก้ไข"
        if self.first is not None:
            return "ส่งเป็นความคิดเห็นอีกเรื่อง"
        return "ส่งความคิดเห็น"

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


def make_composer(
    user: User,
    commenting_context: CommentingContext,
    *,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    editing: Comment | None = None,
) -> Composer:
    """`data` is what was posted; without it the form is fresh and says while the session is closed."""
    entry = commenting_context.entry
    capacities = capacities_for(user, entry.manual.work_group)
    # A comment to be edited was fetched with the title, its entry was not
    titled: EditionEntry | Comment = entry
    if editing is not None:
        titled = editing
    closed = ""
    if not data:
        closed = find_closed_reason(commenting_context)
    return Composer(
        form=CommentForm(
            data,
            about=entry,
            capacities=capacities,
            initial=initial,
        ),
        commenting_context=commenting_context,
        section_title=titled.section_title or "",
        author=user,
        capacities=capacities,
        closed=closed,
        editing=editing,
    )


def find_closed_reason(commenting_context: CommentingContext) -> str:
    """Why nobody can comment now, and when one can; empty while the session is open. Two queries when it is not."""
    if commenting_context.open_session is not None:
        return ""
    return explain_closed_session(commenting_context.session)


MOST_OTHERS = 5


def load_others(composer: Composer) -> list[CommentCard]:
    """What others said about the same entry and did not withdraw, the most supported first; at most five."""
    by_others = find_comments_by_others(composer.entry, composer.author, MOST_OTHERS)
    viewer = CommentViewer(composer.author, composer.commenting_context.open_session)
    return make_cards(by_others, viewer, with_replies=False)


def load_similar(composer: Composer, form: CommentForm) -> list[CommentCard]:
    """What others said that is near to the words in the form, to stand behind it instead of repeating it. Never a
    barrier: what is written is sent all the same."""
    form.is_valid()  # as far as it could be read
    text = form.cleaned_data.get("text") or ""
    words_now = ""
    if composer.entry.blob is not None:
        words_now = composer.entry.blob.plain
    written = words_of_comment(text, form.proposed, words_now)
    similar = find_similar(written, composer.entry, composer.author)
    # Who marks what another has marked joins what is said there
    span = form.quoted
    if span is not None:
        field_name = form["field"].value() or ""
        marked = (span.start, span.end)
        joined = find_at_span(composer.entry, composer.author, field_name, marked)
        composer.at_same_span = {comment.pk for comment in joined}
        others = [each for each in similar if each.pk not in composer.at_same_span]
        similar = [*joined, *others][:SHOWN]
    if not similar:
        return []
    viewer = CommentViewer(composer.author, composer.commenting_context.open_session)
    return make_cards(similar, viewer, with_replies=False)
