"""A comment's way from receipt to the changed words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from hearing_portal.directory.models import User
from manuals.content import Content
from manuals.models import ClauseChange, Edition, EditionEntry, TextBlob

from ...models import AnchorResolution, ChangeCause, Comment, Disposition, Objection
from ...wording import Redline, redlines
from .cards import CommentCard, Reader, make_cards
from .status import CommentStatus

MOVED = {  # states of a place worth telling about; "same" is no news
    AnchorResolution.State.SHIFTED,
    AnchorResolution.State.TEXT_CHANGED,
    AnchorResolution.State.TEXT_REMOVED,
    AnchorResolution.State.MOVED,
    AnchorResolution.State.SPLIT,
    AnchorResolution.State.JOINED,
    AnchorResolution.State.RETIRED,
}


@dataclass(frozen=True, slots=True)
class WordChange:
    """What an answer did to one clause; `edition` is the first sealed one that says it so, or None yet."""

    change: ClauseChange
    redlines: list[Redline]
    edition: Edition | None = None

    @property
    def edition_note(self) -> str:
        return f"อยู่ใน{self.edition.title}แล้ว" if self.edition else "จะอยู่ในฉบับถัดไป"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stop on the way of a comment."""

    name: str
    is_done: bool
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class CommentProgress:
    """A comment with its way: the card, the words it changed, where its place went, the one objection."""

    card: CommentCard
    changes: list[WordChange]
    moved: AnchorResolution | None = None
    objection: Objection | None = None
    may_object: bool = False

    @property
    def status(self) -> CommentStatus:
        return self.card.status

    @property
    def objection_note(self) -> str:
        if self.objection is not None and self.objection.answered_by_id:
            return "คณะทำงานพิจารณาข้อโต้แย้งแล้ว"
        return "คณะทำงานกำลังพิจารณาข้อโต้แย้ง"

    @property
    def milestones(self) -> list[Milestone]:
        return list(_milestones(self.card, self.changes))


def _milestones(card: CommentCard, changes: Sequence[WordChange]) -> Iterable[Milestone]:
    status = card.status
    if status.is_withdrawn:
        names = [("ส่งแล้ว", True), ("ถอนแล้ว", True)]
    else:
        names = [
            ("ส่งแล้ว", True),
            ("รับเรื่อง", card.comment.is_triaged or status.state != "waiting"),
            ("พิจารณา", status.is_answered),
        ]
        if changes or not status.is_answered:
            names.append(("แก้ถ้อยคำ", bool(changes)))
            names.append(("อยู่ในฉบับ", any(change.edition for change in changes)))
        else:
            names.append(("แจ้งผลแล้ว", True))
    last = max(at for at, (_, is_done) in enumerate(names) if is_done)
    for at, (name, is_done) in enumerate(names):
        yield Milestone(name, is_done, at == last)


def load_progress(comments: Iterable[Comment], reader: Reader, *, with_replies: bool = False) -> list[CommentProgress]:
    """The ways of rows from `shown_comments`; the number of queries does not depend on the number of rows."""
    rows = list(comments)
    cards = make_cards(rows, reader, with_replies=with_replies)
    changes = word_changes([card.status.disposition for card in cards if card.status.disposition])
    moved = _moved(rows)
    objections = {objection.comment_id: objection for objection in Objection.objects.filter(comment__in=rows)}
    return [_progress(card, changes, moved, objections, reader.user) for card in cards]


def _progress(
    card: CommentCard,
    changes: dict[int, list[tuple[int | None, WordChange]]],
    moved: dict[int, AnchorResolution],
    objections: dict[int, Objection],
    user: User,
) -> CommentProgress:
    comment, disposition = card.comment, card.status.disposition
    caused = changes.get(disposition.pk, []) if disposition else []
    # A decision may adopt several proposals: one's own first, all of them for a duplicate without one
    own = [change for commenter, change in caused if commenter == comment.pk]
    objection = objections.get(comment.pk)
    return CommentProgress(
        card,
        [] if card.is_stub else own or [change for _, change in caused],
        moved.get(comment.pk),
        objection if card.is_mine else None,
        may_object=card.is_mine and objection is None and _objections_open(disposition),
    )


def _objections_open(disposition: Disposition | None) -> bool:
    return disposition is not None and timezone.now() <= disposition.publication.objections_until


def word_changes(dispositions: Sequence[Disposition]) -> dict[int, list[tuple[int | None, WordChange]]]:
    """{disposition: [(comment whose proposal was adopted, the change)]}. Two queries, one when nothing changed."""
    causes = list(
        ChangeCause.objects.filter(disposition__in=[disposition.pk for disposition in dispositions])
        .select_related("change__from_blob", "change__to_blob", "change__revision", "amendment")
        .order_by("pk")
    )
    editions = _first_editions([cause.change for cause in causes])
    found: dict[int, list[tuple[int | None, WordChange]]] = {}
    for cause in causes:
        change = cause.change
        made = WordChange(change, redlines(_words(change.from_blob), _words(change.to_blob)), editions.get(change.pk))
        comment = cause.amendment.comment_id if cause.amendment else None
        found.setdefault(cause.disposition_id, []).append((comment, made))
    return found


def _words(blob: TextBlob | None) -> Content | None:
    return blob.as_content if blob is not None else None


def _first_editions(changes: Sequence[ClauseChange]) -> dict[int, Edition]:
    """{change: the first edition sealed after it that has the clause in its new wording, or without it}."""
    if not changes:
        return {}
    since = min(change.revision.date_created for change in changes)
    editions = list(Edition.objects.filter(sealed_at__gt=since).order_by("sealed_at"))
    entries = EditionEntry.objects.filter(edition__in=editions, clause__in=[change.clause_id for change in changes])
    wordings = {(edition, clause): blob for edition, clause, blob in entries.values_list("edition", "clause", "blob")}
    found = {}
    for change in changes:
        for edition in editions:
            says = wordings.get((edition.pk, change.clause_id))
            if edition.sealed_at > change.revision.date_created and says == change.to_blob_id:
                found.setdefault(change.pk, edition)
    return found


def _moved(comments: Sequence[Comment]) -> dict[int, AnchorResolution]:
    """{comment: where its place went in the latest edition}, as far as that is news."""
    resolutions = AnchorResolution.objects.filter(comment__in=comments).select_related("entry__manual", "edition")
    latest = {resolution.comment_id: resolution for resolution in resolutions.order_by("pk")}
    return {pk: resolution for pk, resolution in latest.items() if resolution.state in MOVED}
