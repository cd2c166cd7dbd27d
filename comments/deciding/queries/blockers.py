"""What stands in the way of publishing a group's answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from hearing_portal.directory.models import WorkGroup
from manuals.models import EditionEntry

from ...links import desk_url
from ...models import Answer, Comment, Disposition, Hearing


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that must be done first. `kind` groups them; `comment` or `entry` (ids) and `url` say where, `group`
    (its short name) whose it is."""

    kind: str
    text: str
    comment: int | None = None
    entry: int | None = None
    url: str = ""
    group: str = ""

    @property
    def book_text(self) -> str:
        """The text, where it quotes the book: it stands in the reader's digits."""
        return self.text if self._is_of_book else ""

    @property
    def other_text(self) -> str:
        return "" if self._is_of_book else self.text

    @property
    def _is_of_book(self) -> bool:
        return self.comment is None and self.kind != "objection_time"


def about_comment(kind: str, comment: Comment, text: str) -> Blocker:
    words = f"ความเห็นที่ {comment.pk} {text}"
    return Blocker(kind, words, comment=comment.pk, url=desk_url(comment), group=owner_name(comment.entry))


def owner_name(entry: EditionEntry) -> str:
    """Needs the manual and its group."""
    group = entry.manual.work_group
    return group.short_name if group else "คำนำของเล่ม"


def comments_of_group(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of a hearing about the group's manual, replies left out: a reply is part of the talk, not a proposal."""
    return Comment.objects.filter(session__hearing=hearing, entry__manual__work_group=group, parent__isnull=True)


def publication_blockers(hearing: Hearing, group: WorkGroup | None) -> list[Blocker]:
    """What must be done before the group's answers can be published: the unanswered, the unconfirmed."""
    return list(_unanswered(comments_of_group(hearing, group)))


def waiting_dispositions(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Disposition]:
    """Decided, not published yet."""
    answered = Answer.objects.filter(
        disposition=OuterRef("pk"), current=True, comment__in=comments_of_group(hearing, group)
    )
    return Disposition.objects.filter(Exists(answered), publication__isnull=True).order_by("pk")


def _unanswered(comments: QuerySet[Comment]) -> Iterator[Blocker]:
    comments = comments.select_related("entry__manual__work_group").order_by("pk")
    answered = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    for comment in comments.filter(~Exists(answered)):
        yield about_comment("unanswered", comment, "ยังไม่มีผลการพิจารณา")
    unconfirmed = answered.filter(
        disposition__outcome=Disposition.Outcome.NOT_ACCEPTED, disposition__confirmed_by__isnull=True
    )
    for comment in comments.filter(Exists(unconfirmed)):
        yield about_comment("unconfirmed", comment, "ผล “ไม่รับ” ยังไม่มีผู้ยืนยันคนที่สอง")


def open_debts() -> QuerySet[Disposition]:
    """Accepted and still to be drafted; each with its current answers and their comments."""
    answers = (
        Answer.objects.filter(current=True).select_related("comment__entry__manual__work_group").order_by("comment_id")
    )
    return (
        Disposition.objects.filter(
            Exists(Answer.objects.filter(disposition=OuterRef("pk"), current=True)),
            effect=Disposition.Effect.TO_DRAFT,
        )
        .annotate(drafted=Count("changes"))
        .filter(drafted=0)
        .prefetch_related(Prefetch("answers", answers, to_attr="current_answers"))
        .order_by("pk")
    )
