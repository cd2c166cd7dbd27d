"""The proposal of wording that comes with a comment: made of the texts a form kept, stored, and replaced."""

from collections.abc import Mapping
from dataclasses import dataclass

from hearing_portal.acts.services import RunningAct
from manuals.content import Content, ContentRefused, content_sha
from manuals.models import EditionEntry
from manuals.wording import (
    content_without_span,
    entry_content,
    inserted_content,
    reworded_content,
)

from ...acts import AMENDMENT_CHANGED, AMENDMENT_PROPOSED, about_comment
from ...models import Amendment, Comment
from ..comment_input import CommentInput
from ..refusals import CommentRefused


def proposed_content(
    entry: EditionEntry,
    comment_type: str,
    *,
    reworded: Mapping[str, str],
    inserted: Mapping[str, str],
) -> Content | None:
    """The whole content that a comment of this type proposes; None when it proposes no words.

    `reworded` are the texts typed for the clause itself, `inserted` those for a new one after it, by field. No word
    is tokenised. Raises CommentRefused.
    """
    content = entry_content(entry)
    try:
        if comment_type == Comment.Type.AMEND and content is not None:
            return reworded_content(content, reworded)
        if comment_type == Comment.Type.ADD:
            return inserted_content(content, inserted)
    except ContentRefused as refusal:
        raise CommentRefused("ถ้อยคำที่เสนอมีช่องที่ข้อนี้ไม่มี โปรดเปิดหน้านี้อีกครั้ง") from refusal
    return None


def refuse_same_words(entry: EditionEntry, comment_input: CommentInput) -> None:
    """Raises CommentRefused for a rewording that is the wording there is."""
    if comment_input.type != Comment.Type.AMEND or comment_input.proposed is None:
        return
    if (
        entry.blob_id is not None
        and content_sha(comment_input.proposed) == entry.blob_id
    ):
        raise CommentRefused(
            "ถ้อยคำที่เสนอเหมือนถ้อยคำเดิมทุกตัวอักษร โปรดแก้ถ้อยคำ หรือส่งเป็นความคิดเห็นอย่างเดียว"
        )


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What is to be done to the clause, and with which words (none for a deletion)."""

    op: str
    content: Content | None = None

    @property
    def as_json(self) -> dict[str, object]:
        if self.content is None:
            return {}
        return self.content.as_json()


def record_proposal(
    comment: Comment, proposed: Content | None, done: RunningAct
) -> None:
    """The proposal that comes with a comment: new words, an insertion after the clause, or its deletion; nothing for
    a comment that proposes nothing."""
    proposal = _proposal_for(comment, proposed)
    if proposal is None:
        return
    amendment = Amendment(
        comment=comment,
        clause_id=comment.entry.clause_id,
        section_id=comment.entry.section_id,
        base_blob_id=comment.entry.blob_id,
        op=proposal.op,
        proposed=proposal.as_json,
        author=comment.author,
        office=comment.office,
    )
    amendment.save(force_insert=True)
    done.record(AMENDMENT_PROPOSED, about_comment(comment))


def replace_proposal(
    comment: Comment,
    proposed: Content | None,
    done: RunningAct,
) -> bool:
    """One proposal a comment: rewritten where it stands, its history keeps the older one. Nothing said is deleted, so
    a proposal given up stays as a row without words (`proposed` empty, and no deletion). Whether another one stands
    now."""
    amendment = comment.amendments.order_by("-id").first()
    if amendment is None:
        record_proposal(comment, proposed, done)
        return proposed is not None
    proposal = _proposal_for(comment, proposed)
    if proposal is None:
        # Given up: no words, and of an operation that needs none
        proposal = _Proposal(Amendment.Op.INSERT_AFTER)
        if amendment.clause_id is not None:
            proposal = _Proposal(Amendment.Op.REPLACE)
    if amendment.op == proposal.op and amendment.proposed == proposal.as_json:
        return False
    amendment.op = proposal.op
    amendment.proposed = proposal.as_json
    amendment.save(update_fields=["op", "proposed"])
    done.record(AMENDMENT_CHANGED, about_comment(comment))
    return True


def _proposal_for(comment: Comment, proposed: Content | None) -> _Proposal | None:
    """What a comment of this type proposes; None for one that proposes nothing."""
    if comment.parent_id is not None:
        return None
    is_clause = comment.entry.clause_id is not None
    if comment.type == Comment.Type.DELETE and is_clause:
        # The marked span alone, where one is marked and something else is left; else the whole clause
        content = entry_content(comment.entry)
        remaining = None
        if (
            content is not None
            and comment.span_start is not None
            and comment.span_end is not None
        ):
            remaining = content_without_span(
                content, comment.field, comment.span_start, comment.span_end
            )
        if remaining is None:
            return _Proposal(Amendment.Op.DELETE)
        return _Proposal(Amendment.Op.REPLACE, remaining)
    if proposed is None:
        return None
    if comment.type == Comment.Type.AMEND and is_clause:
        return _Proposal(Amendment.Op.REPLACE, proposed)
    if comment.type == Comment.Type.ADD:
        is_process = comment.entry.data.get("kind") == "process"
        if is_clause or is_process:
            return _Proposal(Amendment.Op.INSERT_AFTER, proposed)
        return _Proposal(Amendment.Op.NEW_PROCESS, proposed)
    return None
