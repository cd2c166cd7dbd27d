"""What became of a comment, as far as it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.timezone import localdate

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ...citations import cite_in_section
from ...models import Answer, Comment, Disposition
from ...results import UNDER_REVIEW_WORDS
from ..objection_time import explain_closed


class StatusSentence(NamedTuple):
    """A sentence of an answer; soft ones say that nothing happens, or nothing yet."""

    text: str
    is_soft: bool = False


def say_kept_promise(answer: Answer) -> str:
    """That promised words are written, by when and where; "" of a promise that is open. The answer comes from
    `load_kept_promises`."""
    kept_at = getattr(answer, "kept_at", None)
    if answer.disposition.effect != Disposition.Effect.TO_DRAFT or kept_at is None:
        return ""
    words = f"ยกร่างถ้อยคำตามผลนี้แล้ว เมื่อ {be_date(localdate(kept_at))}"
    version = getattr(answer, "kept_version", None)
    if version is not None:
        words = f"{words} (รุ่นที่ {version})"
    edition = getattr(answer, "kept_edition", None)
    if edition is None:
        return f"{words} จะปรากฏในฉบับถัดไป"
    return joined(f"{words} ปรากฏใน", str(edition))


@dataclass(frozen=True, slots=True)
class CommentStatus:
    """What became of a comment, as far as it is published. `state` names a badge of the `state_badge` tag; `kept` says
    that words which were promised are written. `earlier` are the published answers that this one took the place of, the
    first one first: what was published once stays to be read. An overtaken one promises no words. `is_reviewed`: its
    author waits for a review, so that nothing is settled by it."""

    state: str
    disposition: Disposition | None = None
    kept: str = ""
    earlier: tuple["CommentStatus", ...] = ()
    is_overtaken: bool = False
    is_reviewed: bool = False
    has_changes: bool = False  # words stood by it, whatever its effect was

    @property
    def is_answered(self) -> bool:
        return self.disposition is not None

    @property
    def takes_objections(self) -> bool:
        if self.disposition is None or self.disposition.publication is None:
            return False
        if self.is_withdrawn:
            return False
        return self.disposition.publication.takes_objections

    @property
    def why_final(self) -> str:
        """Why its author cannot ask for a review any more; "" while they can, and of what is not published."""
        if self.disposition is None or self.disposition.publication is None:
            return ""
        return "" if self.is_withdrawn else explain_closed(self.disposition.publication)

    @property
    def covered_by(self) -> str:
        """What says it already, as it is cited: also a clause without a number."""
        if self.disposition is None or self.disposition.points_to is None:
            return ""
        return cite_in_section(self.disposition.points_to)

    @property
    def covered_no_more(self) -> str:
        """That the newest public edition has no such clause; "" where it has, or nothing is said to settle it."""
        if self.disposition is None or self.disposition.points_to is None:
            return ""
        missing_in: str = getattr(self.disposition.points_to, "missing_in", None) or ""
        return joined("ข้อนี้ไม่มีแล้วใน", missing_in) if missing_in else ""

    @property
    def keeps_words(self) -> bool:
        """Whether the answer gives the reason why no words were changed."""
        disposition = self.disposition
        if disposition is None or not disposition.reason or self.has_changes:
            return False
        if disposition.outcome in (
            Disposition.Outcome.NOTED,
            Disposition.Outcome.WITHDRAWN,
        ):
            return False
        return disposition.effect in (
            Disposition.Effect.NONE,
            Disposition.Effect.NO_TEXT_CHANGE,
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Disposition.Outcome.WITHDRAWN

    @property
    def sentences(self) -> list[StatusSentence]:
        """The answer in words, or what its author waits for."""
        disposition = self.disposition
        if disposition is not None:
            sentences = []
            if self.is_reviewed:
                sentences.append(StatusSentence(UNDER_REVIEW_WORDS))
            if disposition.outcome == Disposition.Outcome.NOTED:
                sentences.append(StatusSentence("คณะทำงานรับทราบการเห็นชอบนี้แล้ว"))
            if disposition.reason:
                sentences.append(StatusSentence(disposition.reason))
            if disposition.referred_to:
                sentences.append(StatusSentence(f"ส่งต่อ {disposition.referred_to}"))
            if self.kept:
                sentences.append(StatusSentence(self.kept))
            elif (
                disposition.effect == Disposition.Effect.TO_DRAFT
                and not self.is_overtaken
            ):
                sentences.append(StatusSentence("คณะทำงานจะยกร่างถ้อยคำตามผลนี้"))
            elif disposition.effect == Disposition.Effect.NO_TEXT_CHANGE:
                sentences.append(StatusSentence("ไม่ต้องแก้ถ้อยคำ", is_soft=True))
            return sentences
        if self.is_withdrawn:
            return [StatusSentence("ผู้เสนอถอนแล้ว ข้อความยังเก็บไว้ในประวัติ")]
        if self.state == "waiting":
            return [StatusSentence("ผู้ดำเนินเวทียังไม่ได้รับเรื่อง", is_soft=True)]
        return [StatusSentence("ผลจะเผยแพร่พร้อมกันทั้งกลุ่มงาน", is_soft=True)]


def comment_status(comment: Comment) -> CommentStatus:
    """From the answers given by `load_shown_answers`. A decision not yet published is never told."""
    current = None
    published = []
    for answer in comment.shown_answers:
        if answer.current:
            current = answer.disposition
        if answer.disposition.publication_id is not None:
            published.append(answer)
    if current is not None and current.outcome == Disposition.Outcome.WITHDRAWN:
        return CommentStatus(Disposition.Outcome.WITHDRAWN)
    if published:
        return _status_of_published(published)
    if current is not None:
        return CommentStatus("unpublished")
    if comment.is_triaged:
        return CommentStatus("considering")
    return CommentStatus("waiting")


def _status_of_published(answers: Sequence[Answer]) -> CommentStatus:
    """The latest one, with those before it."""
    earlier = []
    for answer in answers[:-1]:
        disposition = answer.disposition
        status = CommentStatus(
            disposition.outcome,
            disposition,
            say_kept_promise(answer),
            is_overtaken=True,
        )
        earlier.append(status)
    latest = answers[-1]
    disposition = latest.disposition
    return CommentStatus(
        disposition.outcome,
        disposition,
        say_kept_promise(latest),
        tuple(earlier),
        is_reviewed=getattr(latest, "is_reviewed", False),
        has_changes=getattr(latest, "has_changes", False),
    )
