"""What the page of a group's queue shows."""

from dataclasses import dataclass, field
from itertools import starmap
from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from hearing_portal.web.choices import FilterLink, Option, query_with
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
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def following_citation(self) -> str:
        return cite_entry(self.following) if self.following else ""


@dataclass(slots=True)
class DeskPage:
    """Everything the page of a group's queue shows. `url` is this list without a chosen comment."""

    manual: Manual
    hearing: Hearing
    group_sessions: GroupSessions
    chosen: QueueFilter
    listed: QueuePage
    commented_entries: dict[str, list[CommentedEntry]]
    rights: Rights
    detail: Detail | None = None
    forms: Forms = field(default_factory=dict)
    discussed: CurrentDiscussion | None = None
    unplaced: int = 0

    @property
    def title(self) -> str:
        return self.manual.display_name

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
    def filter_links(self) -> list[FilterLink]:
        """By state (those without comments left out unless chosen), by what differs, by what one did oneself."""
        chosen = self.chosen
        links = [FilterLink("ทั้งหมด", self._narrowed(state=None), not chosen.state, self.listed.counts["all"])]
        for name, (word, _) in STATES.items():
            number = self.listed.counts[name]
            if number or name == chosen.state:
                links.append(FilterLink(word, self._narrowed(state=name), name == chosen.state, number))
        differs = self._narrowed(differs=None if chosen.differs else "1")
        mine = self._narrowed(mine=None if chosen.mine else "1")
        links.append(FilterLink("สพป. และ สพม. เห็นต่างกัน", differs, chosen.differs, icon="flag"))
        links.append(FilterLink("ที่ฉันทำ", mine, chosen.mine, icon="person"))
        return links

    def _narrowed(self, **changes: str | None) -> str:
        return self.base + query_with(self.query, page=None, comment=None, **changes)

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        """(name, value) of the filters that are no selects: the form of the selects sends them along."""
        kept = []
        if self.chosen.state:
            kept.append(("state", self.chosen.state))
        if self.chosen.mine:
            kept.append(("mine", "1"))
        if self.chosen.differs:
            kept.append(("differs", "1"))
        return kept

    @property
    def clause_options(self) -> list[Option]:
        options = [Option("", "ทุกข้อ")]
        for title, entries in self.commented_entries.items():
            for entry in entries:
                number = f"({entry.comments})" if entry.comments else ""
                options.append(Option(entry.value, entry.words, number, group=title))
        return options

    @property
    def type_options(self) -> list[Option]:
        return [Option("", "ทุกประเภท"), *starmap(Option, Comment.Type.choices)]

    @property
    def issue_options(self) -> list[Option]:
        issues = [Option(meaning.value, meaning.word) for meaning in MEANINGS]
        return [Option("", "ทุกประเด็น"), *issues, Option(NO_CLASS, "ไม่ระบุประเด็น")]

    @property
    def office_options(self) -> list[Option]:
        return [Option("", "ทุกเขต"), *starmap(Option, OFFICE_TYPES.items())]
