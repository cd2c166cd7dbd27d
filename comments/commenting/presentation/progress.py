"""How far a comment has come, from receipt to the changed words in an edition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.diff import diff_tokens, segments
from hearing_portal.thai.sentences import joined
from manuals.content import Content
from manuals.drafting.told_words import load_past_words
from manuals.models import ClauseChange, Edition, EditionEntry, TextBlob
from manuals.permissions import editions_readable_by
from manuals.reading.told_words import ToldWords, load_edition_words
from manuals.wording import Redline

from ...citations import cite_entry
from ...links import edition_entry_url
from ...models import AnchorResolution, Comment, Disposition, Objection
from ..objection_time import is_own_comment
from ..queries.enacted_words import EnactedChange, find_enacted_words
from .cards import CommentCard, CommentViewer, make_cards
from .moved_anchors import find_moved_anchors, has_left, has_other_digits_alone
from .quotes import tell_span
from .status import CommentStatus

# The steps of a comment's way, called so wherever it is shown: to its author, and on its receipt
SENT = "ส่งแล้ว"
WITHDRAWN = "ถอนแล้ว"
TAKEN_UP = "รับเรื่อง"
CONSIDERED = "พิจารณา"
ANSWERED = "แจ้งผลแล้ว"
IN_EDITION = "อยู่ในฉบับ"


@dataclass(slots=True)
class WordChange:
    """What an answer did to one clause, with all that went into it by the same act (`is_shared`): `change` is the last
    one of the clause that keeps its words. `edition` is the first sealed one that says it so, or None yet.

    `proposed_in` is the comment whose proposal was adopted, or None.
    """

    change: ClauseChange
    redlines: list[Redline]
    edition: Edition | None = None
    proposed_in: int | None = None
    is_shared: bool = False
    is_new: bool = False  # there was no clause before

    @property
    def is_cut(self) -> bool:
        return self.change.kind == ClauseChange.Kind.RETIRED

    @property
    def edition_note(self) -> str:
        if self.edition is None:
            return "จะปรากฏในฉบับถัดไป"
        return joined("ปรากฏใน", self.edition.title)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a comment's progress."""

    name: str
    is_done: bool
    is_current: bool = False


@dataclass(slots=True)
class CommentProgress:
    """A comment's card with the words it changed, where its anchor went, and the one objection."""

    card: CommentCard
    changes: list[WordChange]
    moved: AnchorResolution | None = None
    objection: Objection | None = None
    may_object: bool = False
    why_final: str = ""  # to its author, who did not ask for a review
    # What references are called in the edition the anchor moved to
    moved_words: ToldWords = field(default_factory=ToldWords)

    @property
    def status(self) -> CommentStatus:
        return self.card.status

    @property
    def moved_url(self) -> str:
        """Where the comment stands in the edition it was carried to; empty when it stands nowhere there."""
        if self.moved is None or self.moved.entry is None:
            return ""
        return edition_entry_url(self.moved.entry)

    @property
    def moved_citation(self) -> str:
        """What it is about there."""
        if self.moved is None or self.moved.entry is None:
            return ""
        entry = self.moved.entry
        title = getattr(self.moved, "section_title", None)
        if title and entry.section_id != self.card.comment.entry.section_id:
            return f"{cite_entry(entry)} {title}"
        return cite_entry(entry)

    @property
    def moved_note(self) -> str:
        """What became of it there, before its citation."""
        moved = self.moved
        if moved is None:
            return ""
        if self.has_other_digits:
            return "เปลี่ยนเฉพาะรูปแบบเลข"
        if moved.state != AnchorResolution.State.SAME:
            return moved.get_state_display()
        return "ข้อย้ายไป" if has_left(moved) else "เลขข้อเปลี่ยน"

    @property
    def has_other_digits(self) -> bool:
        return self.moved is not None and has_other_digits_alone(self.moved)

    @property
    def quote_redline(self) -> Redline | None:
        """The quoted words as they were, and what stands in their place; None where these are the same."""
        moved = self.moved
        if moved is None or moved.entry is None or moved.entry.blob is None:
            return None
        if moved.state != AnchorResolution.State.TEXT_CHANGED or moved.span is None:
            return None
        if self.has_other_digits:
            return None
        fields = dict(moved.entry.blob.as_content.fields())
        text = fields.get(moved.span["field"], "")
        now = text[moved.span["start"] : moved.span["end"]]
        now = tell_span(
            moved.entry, moved.span["field"], moved.span["start"], now, self.moved_words
        )
        quote = self.card.quote
        return Redline("", segments(diff_tokens(quote, now), quote, now))

    @property
    def clause_redlines(self) -> list[Redline]:
        """The whole clause as the comment's author read it, and as it stands now: of a comment that quotes nothing."""
        moved, entry = self.moved, self.card.comment.entry
        if moved is None or moved.entry is None or moved.entry.blob is None:
            return []
        is_changed = moved.state == AnchorResolution.State.TEXT_CHANGED
        if not is_changed or moved.span is not None or entry.blob is None:
            return []
        if self.has_other_digits:
            return []
        return self.moved_words.redlines(
            entry.blob.as_content, moved.entry.blob.as_content, moved.entry.section_id
        )

    @property
    def is_told(self) -> bool:
        """A reply is part of the talk: no answer to it will come, only its withdrawal is told."""
        return not self.card.is_reply or self.status.is_withdrawn

    @property
    def objection_note(self) -> str:
        if self.objection is not None and self.objection.answered_by_id:
            return "คณะทำงานพิจารณาคำขอทบทวนแล้ว"
        return "คณะทำงานกำลังพิจารณาคำขอทบทวน"

    @property
    def milestones(self) -> list[Milestone]:
        status = self.status
        steps = [(SENT, True)]
        if status.is_withdrawn:
            steps.append((WITHDRAWN, True))
        else:
            steps.append(
                (TAKEN_UP, self.card.comment.is_triaged or status.state != "waiting")
            )
            steps.append((CONSIDERED, status.is_answered))
            if status.is_answered and not self.changes:
                steps.append((ANSWERED, True))
            else:
                is_in_edition = any(
                    change.edition is not None for change in self.changes
                )
                steps.append(("แก้ถ้อยคำ", bool(self.changes)))
                steps.append((IN_EDITION, is_in_edition))

        last_done = ""
        for name, is_done in steps:
            if is_done:
                last_done = name
        milestones = []
        for step, has_passed in steps:
            milestones.append(Milestone(step, has_passed, step == last_done))
        return milestones


def load_progress(
    comments: Iterable[Comment],
    viewer: CommentViewer,
    *,
    with_replies: bool = False,
) -> list[CommentProgress]:
    """The progress of rows from `shown_comments`; the number of queries does not depend on the number of rows."""
    rows = list(comments)
    cards = make_cards(rows, viewer, with_replies=with_replies)
    changes = load_word_changes(
        [card.status.disposition for card in cards], viewer.user
    )
    moved = find_moved_anchors(rows, viewer.user)
    placed = [anchor.entry for anchor in moved.values() if anchor.entry is not None]
    # What was read is compared with it: both say what their references are called now
    read = [row.entry for row in rows if row.pk in moved]
    words_of_edition = load_edition_words([*placed, *read])
    objections = {}
    for objection in Objection.objects.filter(comment__in=rows):
        objections[objection.comment_id] = objection
    progress = []
    for card in cards:
        row = CommentProgress(card, changes=[], moved=moved.get(card.comment.pk))
        if row.moved is not None and row.moved.entry is not None:
            row.moved_words = words_of_edition[row.moved.entry.edition_id]
        disposition = card.status.disposition
        if disposition is not None and not card.is_stub:
            # A decision may adopt several proposals: one's own first, all of them for a duplicate without one
            caused = changes.get(disposition.pk, [])
            own = [change for change in caused if change.proposed_in == card.comment.pk]
            row.changes = own or caused
        # Others learn that there was an objection from the answer that followed it
        if card.is_mine or (card.status.earlier and not card.is_stub):
            row.objection = objections.get(card.comment.pk)
        if row.objection is None and is_own_comment(card.comment, viewer.user):
            row.may_object = card.status.takes_objections
            row.why_final = card.status.why_final
        progress.append(row)
    return progress


def load_word_changes(
    dispositions: Iterable[Disposition | None], user: Visitor
) -> dict[int, list[WordChange]]:
    """{disposition: what it changed}, with editions this reader may read; references as they were numbered right after
    that. Two queries and those of find_enacted_words, one when nothing changed, none without decisions; those of
    load_past_words where changed words refer to a clause."""
    disposition_ids = set()
    for disposition in dispositions:
        if disposition is not None:
            disposition_ids.add(disposition.pk)
    rows = find_enacted_words(disposition_ids).changes
    editions = _find_first_editions(rows, user)
    wordings = []
    for row in rows:
        for last in row.last:
            for blob in (row.first.from_blob, last.to_blob):
                if blob is not None:
                    wordings.append((blob.as_content.referring, last.revision_id))
    told = load_past_words(wordings)
    found: dict[int, list[WordChange]] = {}
    for row in rows:
        for change in row.last:
            word_change = WordChange(
                change,
                redlines=told[change.revision_id].redlines(
                    _content(row.first.from_blob),
                    _content(change.to_blob),
                    change.to_section_id or change.from_section_id,
                ),
                edition=editions.get(row.cause.pk),
                is_shared=row.is_shared,
                is_new=row.first.from_blob_id is None,
            )
            if row.cause.amendment is not None:
                word_change.proposed_in = row.cause.amendment.comment_id
            found.setdefault(row.cause.disposition_id, []).append(word_change)
    return found


def _content(blob: TextBlob | None) -> Content | None:
    if blob is None:
        return None
    return blob.as_content


def _find_first_editions(
    rows: Sequence[EnactedChange], user: Visitor
) -> dict[int, Edition]:
    """{cause: the first edition sealed after it that has the clause in the words of its act or in those of now, or
    without it, of those this reader may read}. Two queries, none without changes."""
    if not rows:
        return {}
    since = min(row.ended_in.revision.date_created for row in rows)
    editions = list(
        editions_readable_by(user).filter(sealed_at__gt=since).order_by("sealed_at")
    )
    clause_ids: set[int] = set()
    for row in rows:
        clause_ids.update(change.clause_id for change in (row.ended_in, *row.last))
    entries = EditionEntry.objects.filter(edition__in=editions, clause__in=clause_ids)
    wordings = {}
    for edition_id, clause_id, blob_id in entries.values_list(
        "edition", "clause", "blob"
    ):
        wordings[edition_id, clause_id] = blob_id
    first_editions = {}
    for row in rows:
        for edition in editions:
            if any(
                _says(edition, change, wordings) for change in (row.ended_in, *row.last)
            ):
                first_editions[row.cause.pk] = edition
                break
    return first_editions


def _says(
    edition: Edition,
    change: ClauseChange,
    wordings: Mapping[tuple[int, int], str | None],
) -> bool:
    if edition.sealed_at is None or edition.sealed_at <= change.revision.date_created:
        return False
    # None both for an edition without the clause and for a change that took it out
    return wordings.get((edition.pk, change.clause_id)) == change.to_blob_id
