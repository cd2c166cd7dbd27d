"""What became of a comment, as far as it is published."""

from dataclasses import dataclass
from typing import NamedTuple

from ...models import Comment, Disposition


class StatusSentence(NamedTuple):
    """A sentence of an answer; soft ones say that nothing happens, or nothing yet."""

    text: str
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class CommentStatus:
    """What became of a comment, as far as it is published. `state` names a badge of the `state_badge` tag."""

    state: str
    disposition: Disposition | None = None

    @property
    def is_answered(self) -> bool:
        return self.disposition is not None

    @property
    def takes_objections(self) -> bool:
        if self.disposition is None or self.disposition.publication is None:
            return False
        return self.disposition.publication.takes_objections

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Disposition.Outcome.WITHDRAWN

    @property
    def sentences(self) -> list[StatusSentence]:
        """The answer in words, or what its author waits for."""
        disposition = self.disposition
        if disposition is not None:
            sentences = []
            if disposition.reason:
                sentences.append(StatusSentence(disposition.reason))
            if disposition.referred_to:
                sentences.append(StatusSentence(f"ส่งต่อ {disposition.referred_to}"))
            if disposition.effect == Disposition.Effect.TO_DRAFT:
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
    """From the answers fetched by `shown_comments`. A decision not yet published is never told."""
    current = None
    published = None
    for answer in sorted(comment.answers.all(), key=lambda answer: answer.pk):
        if answer.current:
            current = answer.disposition
        if answer.disposition.publication_id is not None:
            published = answer.disposition  # the latest published one stays
    if current is not None and current.outcome == Disposition.Outcome.WITHDRAWN:
        return CommentStatus(Disposition.Outcome.WITHDRAWN)
    if published is not None:
        return CommentStatus(published.outcome, published)
    if current is not None:
        return CommentStatus("unpublished")
    if comment.is_triaged:
        return CommentStatus("considering")
    return CommentStatus("waiting")
