"""The chain of a clause in an edition: its words before and after, and all that led from the ones to the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.comparing.fates import Fate
from manuals.comparing.presentation.group import ComparedRow, load_compared_rows
from manuals.comparing.queries.nodes import compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.models import Clause, Edition, EditionEntry
from manuals.permissions import editions_readable_by
from manuals.reading.queries.editions import find_published_book, page_in
from manuals.reading.told_words import load_edition_words

from ...citations import cite_entry
from ...commenting.presentation.cards import CommentCard, CommentViewer, make_cards
from ...commenting.presentation.quotes import WordingLine, wording_lines
from ...commenting.queries.comments import comments_visible_to
from ...commenting.queries.offices import (
    Offices,
    count_together,
    find_offices_behind,
)
from ...links import edition_entry_url
from ...models import Comment, Disposition, answers_are_public
from ...permissions import can_work_at
from ...standing.queries.fallen_words import Fall
from ..queries.chains import ChangeOfClause, find_changes_of, find_entries_of

FALLEN_WORDS = {
    Fall.LOST: "ถ้อยคำตามผลนี้ไม่อยู่ในฉบับนี้",
    Fall.REPLACED: "ถ้อยคำตามผลนี้แก้อีกครั้งตามผลการพิจารณาอื่น",
}


@dataclass(slots=True)
class DecisionOfChain:
    """A published decision with the comments it answers: those this reader may see, and how many there are. `decider`
    names a person to those who work at the group's desk; everybody else reads whose drafters decided. `fall` says why
    its words stand no more in the edition, "" where they do."""

    disposition: Disposition
    cards: list[CommentCard]
    comments: int
    primary: int  # offices that stand behind the comments, each counted once
    secondary: int
    reason: str  # as the annex of the book prints it
    decider: str = ""
    fall: str = ""

    @property
    def unseen(self) -> int:
        return self.comments - len(self.cards)


@dataclass(slots=True)
class StepOfChain:
    """One act that changed the clause. `reason` is empty where a decision says it, and of what the portal did;
    `waits` says that the decision is not told to this reader yet, `was_overruled` that it was replaced by another one.
    """

    kind: str
    at: datetime
    reason: str
    decisions: list[DecisionOfChain] = field(default_factory=list)
    waits: bool = False
    was_overruled: bool = False


@dataclass(frozen=True, slots=True)
class PlaceInEdition:
    """The clause in one edition."""

    edition: Edition
    url: str
    is_current: bool


@dataclass(slots=True)
class ClauseChain:
    """`row` has both wordings, and is None where nothing differs or there is no older edition to read; `entry` is None
    where the clause left."""

    edition: Edition
    basis: Edition | None
    clause: Clause
    entry: EditionEntry | None
    citation: str
    section_title: str
    group: WorkGroup | None
    row: ComparedRow | None
    words: list[WordingLine]
    steps: list[StepOfChain]
    places: list[PlaceInEdition]
    page: str  # printed in the book for everybody, "" without one
    sees_answers: bool

    @property
    def entry_url(self) -> str:
        return edition_entry_url(self.entry) if self.entry is not None else ""

    @property
    def book_url(self) -> str:
        book = reverse("edition-book", args=[self.edition.code])
        return f"{book}#nameddest=clause-{self.clause.uuid}"

    @property
    def is_unchanged(self) -> bool:
        """Between two editions that were compared."""
        return self.basis is not None and self.row is None

    @property
    def lacks_cause(self) -> bool:
        """Its words differ and neither a decision nor a drafter says why."""
        if self.row is None or self.row.fate == Fate.RENUMBERED or self.row.reasons:
            return False
        decisions = [each for step in self.steps for each in step.decisions]
        return all(each.fall for each in decisions)


def load_clause_chain(
    edition: Edition, clause: Clause, user: Visitor
) -> ClauseChain | None:
    """None for a clause that stands in neither edition. About twenty queries, however much was said."""
    entries = find_entries_of(clause, user)
    by_edition = {entry.edition_id: entry for entry in entries}
    entry = by_edition.get(edition.pk)
    before = by_edition.get(edition.basis_id or 0)
    known = entry or before
    if known is None:
        return None
    readable = {each.edition_id: each.edition for each in entries}
    basis = readable.get(edition.basis_id or 0)
    if basis is None and edition.basis is not None and _may_read(edition.basis, user):
        basis = edition.basis
    since = edition.basis.sealed_at if edition.basis is not None else None
    changes = find_changes_of(clause, since, edition.seal.at)
    sees_answers = bool(load_roles(user).rows) or answers_are_public()
    group = known.manual.work_group
    book = find_published_book(edition)
    words: list[WordingLine] = []
    if entry is not None:
        words = wording_lines(entry, load_edition_words([entry])[edition.pk])
    return ClauseChain(
        edition=edition,
        basis=basis,
        clause=clause,
        entry=entry,
        citation=cite_entry(known),
        section_title=_title_of(known),
        group=group,
        row=_compare(basis, edition, known, clause) if basis is not None else None,
        words=words,
        steps=_make_steps(changes, group, user, sees_answers=sees_answers),
        places=[_place(each, edition) for each in entries],
        page=page_in(book, clause.uuid) if book is not None else "",
        sees_answers=sees_answers,
    )


def _may_read(edition: Edition, user: Visitor) -> bool:
    return editions_readable_by(user).filter(pk=edition.pk).exists()


def _title_of(entry: EditionEntry) -> str:
    """The section as that edition calls it."""
    sections = EditionEntry.objects.filter(
        edition=entry.edition_id, section=entry.section_id, kind="section"
    )
    return str(sections.values_list("title", flat=True).first() or "")


def _place(entry: EditionEntry, shown: Edition) -> PlaceInEdition:
    url = reverse("clause-chain", args=[entry.edition.code, entry.uuid])
    return PlaceInEdition(entry.edition, url, entry.edition_id == shown.pk)


def _compare(
    basis: Edition, edition: Edition, known: EditionEntry, clause: Clause
) -> ComparedRow | None:
    sides = Sides(Side(basis), Side(edition))
    found = compare_sides(sides, [known.manual_id])
    own = [each for each in found.clauses if each.pair.clause_id == clause.pk]
    rows = load_compared_rows(sides, own)
    return rows[0] if rows else None


def _make_steps(
    changes: Sequence[ChangeOfClause],
    group: WorkGroup | None,
    user: Visitor,
    *,
    sees_answers: bool,
) -> list[StepOfChain]:
    asked: set[int] = set()
    for change in changes:
        for cause in change.causes:
            asked.update(each.comment_id for each in cause.disposition.answers.all())
    seen: dict[int, CommentCard] = {}
    behind: dict[int, Offices] = {}
    if sees_answers and asked:
        seen = _load_cards(asked, user)
        behind = find_offices_behind(list(Comment.objects.filter(pk__in=asked)))
    names_decider = can_work_at(user, group)
    steps = []
    for change in changes:
        decisions = []
        is_untold = change.was_overruled and not sees_answers
        for cause in change.causes if sees_answers else []:
            numbers = [each.comment_id for each in cause.disposition.answers.all()]
            offices = count_together(behind.get(number, {}) for number in numbers)
            decider = ""
            if names_decider:
                decider = cause.disposition.decided_by.shown_name
            decision = DecisionOfChain(
                cause.disposition,
                [seen[number] for number in numbers if number in seen],
                comments=len(numbers),
                primary=offices.primary,
                secondary=offices.secondary,
                reason=cause.reason,
                decider=decider,
                fall=_tell_fall(change.fallen.get(cause.pk)),
            )
            decisions.append(decision)
        steps.append(
            StepOfChain(
                kind=change.change.get_kind_display(),
                at=change.change.revision.date_created,
                reason="" if change.is_caused else change.reason,
                decisions=decisions,
                waits=(change.is_caused or is_untold) and not decisions,
                was_overruled=change.was_overruled,
            )
        )
    return steps


def _tell_fall(fall: Fall | None) -> str:
    return FALLEN_WORDS[fall] if fall is not None else ""


def _load_cards(numbers: Iterable[int], user: Visitor) -> dict[int, CommentCard]:
    visible = comments_visible_to(user).filter(pk__in=list(numbers))
    rows = list(visible.order_by("pk"))
    cards = make_cards(rows, CommentViewer(user), with_replies=False)
    for card in cards:
        card.shows_author = False  # an office speaks here, whoever looks
    return {card.comment.pk: card for card in cards}
