"""What the page of a group's queue shows."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from manuals.models import EditionEntry, Manual

from ..citations import cite_entry
from ..deciding.presentation.detail import Detail, Rights
from ..hearings.queries import GroupSessions
from ..issue_classes import MEANINGS
from ..models import Comment, Hearing, HearingSession
from .queries import NO_CLASS, OFFICE_TYPES, STATES, CommentedEntry, QueueFilter, QueuePage

Forms = dict[str, Form]


@dataclass(frozen=True, slots=True)
class CurrentDiscussion:
    """The entry under discussion and the clause after it, for who runs the session."""

    session: HearingSession
    entry: EditionEntry
    following: EditionEntry | None = None

    @property
    def place(self) -> str:
        return cite_entry(self.entry)

    @property
    def following_place(self) -> str:
        return cite_entry(self.following) if self.following else ""


@dataclass(slots=True)
class DeskPage:
    """Everything the page of a group's queue shows. `url` is this list without a chosen comment."""

    manual: Manual
    hearing: Hearing
    group_sessions: GroupSessions
    chosen: QueueFilter
    listed: QueuePage
    places: dict[str, list[CommentedEntry]]
    rights: Rights
    detail: Detail | None = None
    forms: Forms = field(default_factory=dict)
    discussed: CurrentDiscussion | None = None
    unplaced: int = 0

    @property
    def title(self) -> str:
        return self.manual.work_group.name if self.manual.work_group else self.manual.title

    @property
    def base(self) -> str:
        return reverse("group-queue", args=[self.manual.key])

    @property
    def query(self) -> QueryDict:
        """The filters and the page, as the address has them."""
        query = QueryDict(self.chosen.as_query(), mutable=True)
        if self.listed.page.number > 1:
            query["page"] = str(self.listed.page.number)
        return query

    @property
    def url(self) -> str:
        return self.url_of(None)

    def url_of(self, comment: Comment | None) -> str:
        """This list with a comment chosen."""
        query = self.query
        if comment is not None:
            query["comment"] = str(comment.uuid)
        return f"{self.base}?{query.urlencode()}" if query else self.base

    @property
    def here(self) -> str:
        return self.url_of(self.detail.comment if self.detail else None)

    @property
    def onward(self) -> str:
        """Where the work goes on after an act on the chosen comment."""
        return self.url_of(self.listed.after(self.detail.comment) if self.detail else None)

    @property
    def ticked(self) -> list[str]:
        """The boxes that were ticked when a bulk act was refused."""
        form = self.forms.get("bulk")
        return form.data.getlist("comment") if form is not None and form.is_bound else []

    @property
    def speakers(self) -> str:
        """Where what a speaker says is typed in, about the clause in sight; empty for who may not."""
        if self.group_sessions.session is None or not self.rights.record:
            return ""
        entry = self.discussed.entry if self.discussed else self.detail.comment.entry if self.detail else None
        url = reverse("session-speakers", args=[self.group_sessions.session.pk])
        return f"{url}?{urlencode({'entry': entry.pk})}" if entry else url

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """[(state, word, comments)], those without comments left out unless chosen."""
        counts = self.listed.counts
        return [
            (name, word, counts[name])
            for name, (word, _) in STATES.items()
            if counts[name] or name == self.chosen.state
        ]

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What the selects of the filter offer."""
        return {
            "type": [("", "ทุกประเภท"), *Comment.Type.choices],
            "issue": [("", "ทุกประเด็น"), *((m.value, m.word) for m in MEANINGS), (NO_CLASS, "ไม่ระบุประเด็น")],
            "office": [("", "ทุกเขต"), *OFFICE_TYPES.items()],
        }
