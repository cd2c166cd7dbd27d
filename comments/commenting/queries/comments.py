"""Comments and entries a reader may see, with all that a card needs."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.postgres.statements import kept_statement, number_of_rows
from manuals.models import EditionEntry, Manual
from manuals.permissions import (
    ReadingRight,
    editions_readable_with,
    reading_right_of,
)

from ...citations import with_section_title
from ...models import (
    Answer,
    Comment,
    Disposition,
    Grouping,
    Sight,
    Support,
    answers_are_public,
    seer_of,
)

# What the comments on an entry are ordered by
ORDERS = {
    "new": ("-pk",),
    "old": ("pk",),
    "support": ("-supporters", "-pk"),
    # Those on the same words stand together, those on the whole clause last
    "words": ("field", "span_start", "span_end", "pk"),
}


def find_readable_entry(user: Visitor, entry_id: int) -> EditionEntry | None:
    """Of the editions the reader may read, with words, group and `section_title`. One query."""
    found = _find_readable_entries(entry_id, right=reading_right_of(user))
    return next(iter(found), None)


def find_entry_to_look_at(user: Visitor, entry_id: int) -> EditionEntry | None:
    """As find_readable_entry, and for people without a role, once answers are public, also one of another edition that
    a shown comment is about: the public reads comments with their words (docs/decisions/0054). One query."""
    if load_roles(user).rows or not answers_are_public():
        return find_readable_entry(user, entry_id)
    found = _find_entries_with_comments(entry_id, right=reading_right_of(user))
    return next(iter(found), None)


@kept_statement
def _find_readable_entries(
    entry_id: int, *, right: ReadingRight
) -> QuerySet[EditionEntry]:
    readable = Q(edition__in=editions_readable_with(right))
    return _with_what_pages_show(EditionEntry.objects.filter(readable, pk=entry_id))


@kept_statement
def _find_entries_with_comments(
    entry_id: int, *, right: ReadingRight
) -> QuerySet[EditionEntry]:
    shown = Comment.objects.with_visibility().shown().filter(entry=OuterRef("pk"))
    readable = Q(edition__in=editions_readable_with(right)) | Exists(shown)
    return _with_what_pages_show(EditionEntry.objects.filter(readable, pk=entry_id))


def _with_what_pages_show(entries: QuerySet[EditionEntry]) -> QuerySet[EditionEntry]:
    entries = entries.select_related("blob", "manual__work_group", "edition", "section")
    return with_section_title(entries)


def find_section_names(edition_id: int | None, manual: Manual) -> list[tuple[str, str]]:
    """[(section id, its number and title)] of the manual in the edition. One query."""
    sections = EditionEntry.objects.filter(
        edition=edition_id,
        manual=manual,
        kind=EditionEntry.Kind.SECTION,
    )
    names = []
    for section_id, label, title in sections.order_by("ordinal").values_list(
        "section_id", "label", "title"
    ):
        names.append((str(section_id), f"{label} {title}"))
    return names


def shown_comments(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """The rows as `make_cards` takes them, with `section_title`. One query."""
    comments = comments.select_related(
        "entry__blob", "entry__manual__work_group", "entry__section"
    )
    comments = comments.select_related("office", "author", "session")
    return with_section_title(with_argument(comments), "entry__")


def with_argument(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Adds `argument_id`: the group of comments that say the same, None for one that stands alone."""
    return comments.annotate(**_argument())


@cache  # every list of comments asks: to put it together takes longer than to answer
def _argument() -> dict[str, Any]:
    latest = Grouping.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    return {"argument_id": Subquery(latest.values("group")[:1])}


def count_comments_about(entry: EditionEntry, user: Visitor) -> int:
    """How many of the entry this reader may see, replies left out. One query."""
    seer = seer_of(user)
    [number] = _count_about(entry.pk, seer.id, seer.groups, sight=seer.sight)
    return number


def find_comments_about(
    entry: EditionEntry, user: Visitor, order: str, start: int, stop: int
) -> list[Comment]:
    """Some of those, as `shown_comments` has them. `order` is one of ORDERS. One query."""
    seer = seer_of(user)
    comments = _find_about(
        entry.pk,
        seer.id,
        seer.groups,
        sight=seer.sight,
        order=order,
        start=start,
        stop=stop,
    )
    return _give_entry(comments, entry)


def find_comments_by_others(
    entry: EditionEntry, user: User, most: int
) -> list[Comment]:
    """What others said about the entry and did not withdraw, the most supported first. One query."""
    seer = seer_of(user)
    comments = _find_by_others(
        entry.pk, seer.id, seer.groups, sight=seer.sight, most=most
    )
    return _give_entry(comments, entry)


def _give_entry(comments: list[Comment], entry: EditionEntry) -> list[Comment]:
    """Each has this very entry."""
    for comment in comments:
        comment.entry = entry
        comment.section_title = getattr(entry, "section_title", None)
    return comments


def _about(
    entry_id: int, seer_id: int, groups: list[int], sight: Sight
) -> QuerySet[Comment]:
    comments = Comment.objects.seen_within(sight, seer_id, groups)
    return comments.filter(entry=entry_id, parent__isnull=True)


def _some_in_order(
    comments: QuerySet[Comment], order: str, start: int, stop: int
) -> QuerySet[Comment]:
    """Those from `start` to `stop`. They are chosen by their numbers first: what a card needs is read of the few rows
    that are shown, not of all that were counted."""
    chosen = _ordered(comments.values("pk"), order).values("pk")[start:stop]
    rows = Comment.objects.with_visibility().filter(pk__in=chosen)
    rows = rows.select_related("office", "author")
    return _ordered(with_argument(rows), order)


def _ordered(comments: QuerySet[Any], order: str) -> QuerySet[Any]:
    if order == "support":
        comments = comments.annotate(supporters=Coalesce(_supporters(), 0))
    return comments.order_by(*ORDERS[order])


@cache
def _supporters() -> Subquery:
    active = Support.objects.filter(comment=OuterRef("pk"), taken_back_at=None)
    by_comment = active.order_by().values("comment").annotate(number=Count("pk"))
    return Subquery(by_comment.values("number"))


@kept_statement
def _count_about(
    entry_id: int, seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment, int]:
    comments = _about(entry_id, seer_id, groups, sight).order_by()
    return comments.values_list(number_of_rows(), flat=True)


@kept_statement
def _find_about(
    entry_id: int,
    seer_id: int,
    groups: list[int],
    *,
    sight: Sight,
    order: str,
    start: int,
    stop: int,
) -> QuerySet[Comment]:
    comments = _about(entry_id, seer_id, groups, sight)
    return _some_in_order(comments, order, start, stop)


@kept_statement
def _find_by_others(
    entry_id: int, seer_id: int, groups: list[int], *, sight: Sight, most: int
) -> QuerySet[Comment]:
    comments = not_withdrawn(_about(entry_id, seer_id, groups, sight))
    comments = comments.exclude(author=seer_id)
    return _some_in_order(comments, "support", 0, most)


def comments_visible_to(user: Visitor) -> QuerySet[Comment]:
    """Every comment the reader may see, replies too, with all that a page of one shows."""
    return shown_comments(Comment.objects.visible_to(user)).select_related(
        "parent__author"
    )


def find_visible_comment(user: Visitor, uuid: UUID) -> Comment | None:
    """One of those, with its objection. One query."""
    seer = seer_of(user)
    found = _find_visible(uuid, seer.id, seer.groups, sight=seer.sight)
    return next(iter(found), None)


@kept_statement
def _find_visible(
    uuid: UUID, seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment]:
    comments = shown_comments(Comment.objects.seen_within(sight, seer_id, groups))
    comments = comments.select_related("parent__author", "objection")
    return comments.filter(uuid=uuid)


def not_withdrawn(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    withdrawn = Answer.objects.filter(
        comment=OuterRef("pk"),
        current=True,
        disposition__outcome=Disposition.Outcome.WITHDRAWN,
    )
    return comments.exclude(Exists(withdrawn))


def count_lapsed_by_edit(comment: Comment) -> int:
    """Supports that ended with the latest edit of the comment, as it was just stored. One query."""
    if comment.edited_at is None:
        return 0
    return comment.supports.filter(
        lapsed=True, taken_back_at__gte=comment.edited_at
    ).count()


def find_lapsed_supports(
    user: User, since: datetime | None = None
) -> QuerySet[Comment]:
    """Comments that an office of the person supported before their authors changed them, as long as nothing is decided
    on them; `since` when the supports lapsed, None for whenever."""
    offices = load_roles(user).offices
    lapsed = Support.objects.lapsed().filter(comment=OuterRef("pk"), office__in=offices)
    if since is not None:
        lapsed = lapsed.filter(taken_back_at__gte=since)
    comments = Comment.objects.visible_to(user).filter(Exists(lapsed))
    undecided = comments.exclude(Exists(Answer.objects.filter(comment=OuterRef("pk"))))
    return undecided.select_related("entry__manual").order_by("-edited_at")


def find_current_disposition(comment: Comment) -> Disposition | None:
    """What is decided about the comment as of now, published or not. One query."""
    answer = comment.answers.filter(current=True).select_related("disposition").first()
    if answer is None:
        return None
    return answer.disposition
