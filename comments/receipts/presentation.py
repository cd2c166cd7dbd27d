"""What a receipt shows of one comment, to whoever has its link: nothing before its time, and never a name.

Until the group's answers are published it says how far the comment is; until a final edition is released it shows no
words of the comment and no office (product.md, "Capability links").
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from hearing_portal.thai.sentences import joined
from manuals.models import EditionEntry, PublishedBook
from manuals.reading.queries.editions import find_published_book, page_in
from manuals.reading.told_words import ToldWords, load_edition_words

from ..citations import cite_in_section
from ..commenting.presentation.cards import CommentViewer
from ..commenting.presentation.progress import (
    ANSWERED,
    CONSIDERED,
    IN_EDITION,
    SENT,
    TAKEN_UP,
    WITHDRAWN,
    CommentProgress,
    Milestone,
    load_progress,
)
from ..commenting.presentation.quotes import WordingLine, wording_lines
from ..links import edition_entry_url
from ..models import Comment, answers_are_public
from ..results import UNDER_REVIEW_WORDS
from .queries import ends_on, find_final_entries


@dataclass(frozen=True, slots=True)
class FinalPlace:
    """Where a clause stands in the final edition, with its words; `page` is printed in the book, "" without one."""

    entry: EditionEntry
    words: list[WordingLine]
    page: str
    book_url: str

    @property
    def citation(self) -> str:
        return cite_in_section(self.entry)

    @property
    def url(self) -> str:
        return edition_entry_url(self.entry)


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """`is_released` says that words may be shown; `places` are empty before."""

    progress: CommentProgress
    was_recommended: bool
    is_released: bool
    ends_on: date
    places: list[FinalPlace]

    @property
    def comment(self) -> Comment:
        return self.progress.card.comment

    @property
    def number(self) -> int:
        return self.comment.pk

    @property
    def is_answered(self) -> bool:
        return self.progress.status.is_answered

    @property
    def shows_words(self) -> bool:
        return self.is_released and not self.progress.card.is_hidden

    @property
    def milestones(self) -> list[Milestone]:
        status = self.progress.status
        steps = [(SENT, True)]
        if status.is_withdrawn:
            steps.append((WITHDRAWN, True))
        else:
            is_decided = status.is_answered or status.state == "unpublished"
            is_considered = is_decided or self.was_recommended
            was_read = is_considered or self.comment.is_triaged
            steps.append((TAKEN_UP, was_read))
            steps.append((CONSIDERED, is_considered))
            steps.append((ANSWERED, status.is_answered))
            is_final = status.is_answered and self.is_released
            # An answer that changed nothing is in no edition
            if self.progress.changes or not status.is_answered:
                steps.append((IN_EDITION, is_final))
        reached = [name for name, is_done in steps if is_done][-1]
        return [Milestone(name, done, name == reached) for name, done in steps]

    @property
    def state(self) -> str:
        """In a sentence, as far as it may be told."""
        if self.progress.status.is_withdrawn:
            return "ผู้เสนอถอนความคิดเห็นนี้แล้ว"
        if self.progress.status.is_reviewed:
            return joined("แจ้งผลการพิจารณาแล้ว", UNDER_REVIEW_WORDS)
        if self.is_answered and self.is_released:
            return "แจ้งผลการพิจารณาและเผยแพร่ฉบับสมบูรณ์แล้ว"
        if self.is_answered:
            return "แจ้งผลการพิจารณาแล้ว ถ้อยคำจะแสดงเมื่อเผยแพร่ฉบับสมบูรณ์"
        reached = next(step.name for step in self.milestones if step.is_current)
        return {
            SENT: "ได้รับความคิดเห็นแล้ว ผู้ดำเนินเวทีจะอ่านและรับเรื่องต่อไป",
            TAKEN_UP: "ผู้ดำเนินเวทีอ่านและรับเรื่องแล้ว",
            CONSIDERED: "คณะทำงานกำลังพิจารณา จะแจ้งผลพร้อมกันทั้งกลุ่มงาน",
        }[reached]


def load_receipt_page(comment: Comment) -> ReceiptPage:
    """Rows of `find_receipt`. The number of queries does not depend on what it shows beyond the answer."""
    viewer = CommentViewer(AnonymousUser())
    [progress] = load_progress([comment], viewer)
    progress.card.shows_author = False
    is_released = answers_are_public()
    places = []
    if is_released and progress.status.is_answered:
        places = _load_places(progress)
    return ReceiptPage(
        progress,
        was_recommended=comment.recommendations.exists(),
        is_released=is_released,
        ends_on=ends_on(comment),
        places=places,
    )


def _load_places(progress: CommentProgress) -> list[FinalPlace]:
    """Of the clauses that the answer changed, else of the one that the comment is about."""
    clause_ids = [row.change.clause_id for row in progress.changes]
    about = progress.card.comment.entry.clause_id
    if not clause_ids and about is not None:
        clause_ids = [about]
    entries = find_final_entries(clause_ids)
    book = find_published_book(entries[0].edition) if entries else None
    told = load_edition_words(entries)
    return [_place(entry, book, told[entry.edition_id]) for entry in entries]


def _place(
    entry: EditionEntry, book: PublishedBook | None, told: ToldWords
) -> FinalPlace:
    page = ""
    book_url = ""
    if book is not None:
        page = page_in(book, entry.uuid)
        address = reverse("edition-book", args=[entry.edition.code])
        book_url = f"{address}#nameddest=clause-{entry.uuid}"
    return FinalPlace(entry, wording_lines(entry, told), page, book_url)
