"""Comments and entries a reader may see, with all that a card needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
)

from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.models import EditionEntry, Manual
from manuals.permissions import editions_readable_by

from ...citations import with_section_title
from ...models import (
    Amendment,
    Answer,
    Comment,
    Disposition,
    Support,
    answers_are_public,
)

# What the comments on an entry are ordered by
ORDERS = {
    "new": ("-pk",),
    "old": ("pk",),
    "support": ("-supporters", "-pk"),
}


def readable_entries(user: Visitor) -> QuerySet[EditionEntry]:
    """Entries of the editions the reader may read, with words, group and `section_title`."""
    entries = EditionEntry.objects.filter(edition__in=editions_readable_by(user))
    entries = entries.select_related("blob", "manual__work_group", "edition", "section")
    return with_section_title(entries)


def readable_entries_with_comments(user: Visitor) -> QuerySet[EditionEntry]:
    """Those, and for people without a role, once answers are public, also the entries of other editions that shown
    comments are about: the public reads comments with their words (docs/decisions/0054)."""
    if load_roles(user).rows or not answers_are_public():
        return readable_entries(user)
    shown = Comment.objects.with_visibility().shown().filter(entry=OuterRef("pk"))
    readable = Q(edition__in=editions_readable_by(user)) | Exists(shown)
    entries = EditionEntry.objects.filter(readable)
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
    """The rows with all that a card shows, and `section_title`: three queries for the whole list, one more where an
    answer names what says it already."""
    comments = comments.select_related(
        "entry__blob", "entry__manual__work_group", "entry__section"
    )
    return with_section_title(_with_what_cards_show(comments), "entry__")


def _with_what_cards_show(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """All but the entry."""
    points_to = EditionEntry.objects.select_related("blob", "manual", "section")
    answers = Answer.objects.select_related("disposition__publication")
    answers = answers.prefetch_related(
        Prefetch("disposition__points_to", queryset=points_to)
    )
    amendments = Amendment.objects.active().select_related("base_blob").order_by("id")
    comments = comments.select_related("office", "author", "session")
    return comments.prefetch_related(
        Prefetch("answers", queryset=answers),
        Prefetch("amendments", queryset=amendments),
    )


def comments_about(
    entry: EditionEntry,
    user: Visitor,
    order: str = "new",
) -> QuerySet[Comment]:
    """The entry's comments this reader may see, as `shown_comments` has them, replies left out. `order` is one of
    ORDERS."""
    comments = entry.comments.visible_to(user).filter(
        parent__isnull=True
    )  # each has this very entry
    if order == "support":
        comments = comments.annotate(
            supporters=Count("supports", filter=Q(supports__taken_back_at__isnull=True))
        )
    title = {
        "section_title": Value(
            getattr(entry, "section_title", None), output_field=TextField()
        )
    }
    return _with_what_cards_show(comments).annotate(**title).order_by(*ORDERS[order])


def comments_visible_to(user: Visitor) -> QuerySet[Comment]:
    """Every comment the reader may see, replies too, with all that a page of one shows."""
    return shown_comments(Comment.objects.visible_to(user)).select_related(
        "parent__author"
    )


def not_withdrawn(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    withdrawn = Answer.objects.filter(
        comment=OuterRef("pk"),
        current=True,
        disposition__outcome=Disposition.Outcome.WITHDRAWN,
    )
    return comments.exclude(Exists(withdrawn))


@dataclass(slots=True)
class Supporters:
    """The offices that support a comment ({office: its kind}), and those that did until its author changed it."""

    kinds: dict[int, str] = field(default_factory=dict)
    lapsed: set[int] = field(default_factory=set)


def find_supporters(comments: Sequence[Comment]) -> dict[int, Supporters]:
    """{comment: its supporters} of those that are or were supported. One query."""
    supports = Support.objects.filter(
        Q(taken_back_at__isnull=True) | Q(lapsed=True), comment__in=comments
    )
    supporters: dict[int, Supporters] = {}
    columns = ("comment_id", "office_id", "office__kind", "taken_back_at")
    for comment_id, office_id, kind, taken_back_at in supports.values_list(*columns):
        of_comment = supporters.setdefault(comment_id, Supporters())
        if taken_back_at is None:
            of_comment.kinds[office_id] = kind
        else:
            of_comment.lapsed.add(office_id)
    return supporters


def count_lapsed_by_edit(comment: Comment) -> int:
    """Supports that ended with the latest edit of the comment, as it was just stored. One query."""
    if comment.edited_at is None:
        return 0
    return comment.supports.filter(
        lapsed=True, taken_back_at__gte=comment.edited_at
    ).count()


def find_lapsed_supports(user: Visitor) -> list[Comment]:
    """Comments that an office of the person supported before their authors changed them, as long as nothing is decided
    on them. One query."""
    offices = load_roles(user).offices
    lapsed = Support.objects.lapsed().filter(comment=OuterRef("pk"), office__in=offices)
    comments = Comment.objects.visible_to(user).filter(Exists(lapsed))
    undecided = comments.exclude(Exists(Answer.objects.filter(comment=OuterRef("pk"))))
    return list(undecided.select_related("entry__manual").order_by("-edited_at"))


def find_current_disposition(comment: Comment) -> Disposition | None:
    """What is decided about the comment as of now, published or not. One query."""
    answer = comment.answers.filter(current=True).select_related("disposition").first()
    if answer is None:
        return None
    return answer.disposition
