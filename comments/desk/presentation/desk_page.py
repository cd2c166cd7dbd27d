"""All that the page of a group's queue shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.sentences import listed
from hearing_portal.web.choices import FilterLink, Option, query_with
from manuals.models import EditionEntry, Manual

from ...assigning.queries import Waiting
from ...citations import cite_entry
from ...deciding.presentation.blockers import WritingWay
from ...deciding.presentation.detail import CommentDetail, DeskRights
from ...hearings.choosing import HearingChoice
from ...hearings.queries import GroupSessions
from ...issue_classes import MEANINGS, NO_CLASS
from ...models import Comment, HearingSession
from ...moderating.forms import listed_uuids
from ...motions.presentation import ShownMotion
from ...tallies import NO_OFFICE
from ..queries.filters import (
    ANY_ARGUMENT,
    NOBODY,
    WHOLE_SECTION,
    QueueFilter,
    QueueState,
)
from ..queries.queue import CommentedEntry
from .queue import QueuePage
from .states import STATE_WORDS

type Forms = dict[
    str, Form
]  # by the name of the act: bulk, assignment, visibility, reclass, recommendation, advice_request, disposition
OFFICE_WORDS = {"primary": "สพป.", "secondary": "สพม.", NO_OFFICE: "ผู้ทรงคุณวุฒิและส่วนกลาง"}


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


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The queue under its filters (`chosen`, `listed`), and the chosen comment beside it (`detail`, `forms`)."""

    manual: Manual
    choice: HearingChoice
    group_sessions: GroupSessions
    chosen: QueueFilter
    listed: QueuePage
    commented_entries: list[CommentedEntry]
    rights: DeskRights
    detail: CommentDetail | None
    motions: Sequence[ShownMotion]  # on its clause
    forms: Forms
    discussed: CurrentDiscussion | None
    unplaced: int
    people: Sequence[User]  # who works at the desk
    waiting: dict[int, Waiting]  # what is given to each of them and not considered yet
    user: User
    way: WritingWay | None = None  # into the draft, at what the chosen comment is about

    @property
    def title(self) -> str:
        return self.manual.display_name

    # -- addresses

    @property
    def _queue_path(self) -> str:
        return reverse("group-queue", args=[self.manual.key])

    @property
    def queue_url(self) -> str:
        """The queue without filters."""
        return self._queue_path + self.choice.query

    @property
    def answers_url(self) -> str:
        return reverse("group-answers", args=[self.manual.key]) + self.choice.query

    @property
    def discussed_url(self) -> str:
        """The comments on what is discussed; empty while nothing is."""
        if self.discussed is None:
            return ""
        return self._clause_url(self.discussed.entry)

    @property
    def following_url(self) -> str:
        """The comments on the clause after what is discussed."""
        if self.discussed is None or self.discussed.following is None:
            return ""
        return self._clause_url(self.discussed.following)

    def _clause_url(self, entry: EditionEntry) -> str:
        query = QueryDict(
            QueueFilter(clause=str(entry.pk), hearing=self.chosen.hearing).as_query()
        )
        return f"{self._queue_path}?{query.urlencode()}"

    @property
    def query(self) -> QueryDict:
        """The filters and the page, as the address has them."""
        query = QueryDict(self.chosen.as_query(), mutable=True)
        if self.listed.page.number > 1:
            query["page"] = str(self.listed.page.number)
        return query

    def url_with(self, comment: Comment | None) -> str:
        """This list with a comment chosen."""
        query = self.query
        if comment is not None:
            query["comment"] = str(comment.uuid)
        if not query:
            return self.queue_url
        return f"{self._queue_path}?{query.urlencode()}"

    @property
    def list_url(self) -> str:
        return self.url_with(None)

    @property
    def current_url(self) -> str:
        """This list with the comment that is chosen now."""
        return self.url_with(self.detail.comment if self.detail is not None else None)

    @property
    def next_url(self) -> str:
        """Where the work goes on after an act on the chosen comment."""
        following = None
        if self.detail is not None:
            following = self.listed.after(self.detail.comment)
        return self.url_with(following)

    @property
    def named_sessions(self) -> str:
        """Those of the group that are open; while none is, those that are paused, else the one that opens next or was
        open last."""
        sessions = self.group_sessions.open_ones or self.group_sessions.paused_ones
        if not sessions and self.group_sessions.session is not None:
            sessions = [self.group_sessions.session]
        return _name_sessions(sessions)

    @property
    def named_paused(self) -> str:
        """Those of the group that stay paused while another is open."""
        paused = self.group_sessions.paused_ones
        if not paused or not self.group_sessions.is_open:
            return ""
        return _name_sessions(paused)

    @property
    def speakers_url(self) -> str:
        """Where what a speaker says is typed in, about the clause in sight; empty for who may not."""
        session = self.group_sessions.session
        if session is None or not self.rights.record:
            return ""
        url = reverse("session-speakers", args=[session.pk])
        if self.discussed is not None:
            return f"{url}?{urlencode({'entry': self.discussed.entry.pk})}"
        if self.detail is not None:
            return f"{url}?{urlencode({'entry': self.detail.comment.entry_id})}"
        return url

    # -- the list

    @property
    def ticked(self) -> list[str]:
        """The boxes that were ticked when a bulk act was refused."""
        refused = self._refused_bulk_form
        return listed_uuids(refused, "comment") if refused is not None else []

    @property
    def is_whole(self) -> bool:
        """Whether it was meant for all that the filters leave."""
        refused = self._refused_bulk_form
        return refused is not None and bool(refused["whole"].value())

    @property
    def _refused_bulk_form(self) -> Form | None:
        for name in ("noting", "assignment", "bulk"):
            if name in self.forms and self.forms[name].is_bound:
                return self.forms[name]
        return None

    # -- what the filters offer

    @property
    def filter_links(self) -> list[FilterLink]:
        """By state (those without comments left out unless chosen), by what differs, by what one did oneself."""
        chosen = self.chosen
        counts = self.listed.counts
        links = [
            FilterLink(
                "ทั้งหมด", self._narrowed(state=None), not chosen.state, counts.total
            )
        ]
        for state, word in STATE_WORDS.items():
            number = counts.by_state[state]
            is_chosen = state == chosen.state
            if number or is_chosen:
                links.append(
                    FilterLink(word, self._narrowed(state=state), is_chosen, number)
                )
        own = self.waiting.get(self.user.pk)
        key = str(self.user.pk)
        if own is not None or chosen.assignee == key:
            url = self._narrowed(
                assignee=None if chosen.assignee == key else key,
                state=None if chosen.assignee == key else QueueState.OPEN,
            )
            word = "มอบหมายให้ท่าน ยังไม่พิจารณา"
            number = own.comments if own is not None else 0
            links.append(FilterLink(word, url, chosen.assignee == key, number))
        differs = self._narrowed(differs=None if chosen.differs else "1")
        mine = self._narrowed(mine=None if chosen.mine else "1")
        links.append(
            FilterLink("สพป. และ สพม. เห็นต่างกัน", differs, chosen.differs, icon="flag")
        )
        links.append(FilterLink("ที่ท่านดำเนินการ", mine, chosen.mine, icon="person"))
        links.append(self._argument_link)
        return links

    @property
    def _argument_link(self) -> FilterLink:
        """To all that were put together with others; from one group of them back to all comments."""
        argument = self.chosen.argument
        words = "ที่รวมเป็นเรื่องเดียวกัน"
        if argument and argument != ANY_ARGUMENT:
            words = "เรื่องเดียวกันชุดที่เลือก"
        url = self._narrowed(argument=None if argument else ANY_ARGUMENT)
        return FilterLink(words, url, bool(argument), icon="layers")

    def _narrowed(self, **changes: str | None) -> str:
        return self._queue_path + query_with(
            self.query, page=None, comment=None, **changes
        )

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        """(name, value) of the filters that are no selects: the form of the selects sends them along."""
        kept = []
        if self.chosen.hearing:
            kept.append(("hearing", self.chosen.hearing))
        if self.chosen.state:
            kept.append(("state", self.chosen.state))
        if self.chosen.argument:
            kept.append(("argument", self.chosen.argument))
        if self.chosen.mine:
            kept.append(("mine", "1"))
        if self.chosen.differs:
            kept.append(("differs", "1"))
        return kept

    @property
    def clause_options(self) -> list[Option]:
        return clause_options(self.commented_entries)

    @property
    def type_options(self) -> list[Option]:
        return [Option("", "ทุกประเภท"), *starmap(Option, Comment.Type.choices)]

    @property
    def issue_options(self) -> list[Option]:
        issues = [Option(meaning.value, meaning.word) for meaning in MEANINGS]
        return [Option("", "ทุกประเด็น"), *issues, Option(NO_CLASS, "ไม่ระบุประเด็น")]

    @property
    def assignee_options(self) -> list[Option]:
        """Each with how much of what was given to them is not considered yet."""
        options = [Option("", "ทุกผู้พิจารณา"), Option(NOBODY, "ยังไม่มอบหมาย")]
        for person in self.people:
            note = ""
            waiting = self.waiting.get(person.pk)
            if waiting is not None:
                note = f"(ยังไม่พิจารณา {waiting.comments})"
                if waiting.late:
                    note = f"(ยังไม่พิจารณา {waiting.comments} เลยกำหนด {waiting.late})"
            options.append(Option(str(person.pk), person.get_full_name(), note))
        return options

    @property
    def office_options(self) -> list[Option]:
        return [Option("", "ทุกเขต"), *starmap(Option, OFFICE_WORDS.items())]


def clause_options(commented: Iterable[CommentedEntry]) -> list[Option]:
    """The entries with comments under the titles of their processes; before them the process with all in it."""
    options_of_title: dict[str, list[Option]] = {}
    for row in commented:
        options = options_of_title.setdefault(row.title, [])
        if not options and row.section_id is not None:
            whole = f"{WHOLE_SECTION}{row.section_id}"
            options.append(Option(whole, "ทั้งกระบวนงาน", group=row.title))
        options.append(
            Option(
                str(row.entry_id), row.citation, f"({row.comments})", group=row.title
            )
        )
    offered = [Option("", "ทุกข้อ")]
    for options in options_of_title.values():
        offered.extend(options)
    return offered


def _name_sessions(sessions: Sequence[HearingSession]) -> str:
    names = []
    for session in sessions:
        names.append(f"{session.get_kind_display()} {session.venue}".strip())
    return listed(names)
