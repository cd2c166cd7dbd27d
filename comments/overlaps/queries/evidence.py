"""What shows an overlap, and what it changed, as far as a reader may know."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.permissions import Visitor
from manuals.models import ClauseChange, EditionEntry
from manuals.models.put_back import still_stands
from manuals.permissions import editions_readable_by

from ...citations import with_section_title
from ...models import Comment, Overlap, OverlapChange
from ...standing.queries.counted_causes import current_answers, find_counted_causes
from ...standing.queries.fallen_words import leave_standing

MOST_CANDIDATES = 60  # changes that are offered as caused by it, the latest first


def find_evidence_comments(user: Visitor, overlap: Overlap) -> QuerySet[Comment]:
    """Those the reader may see, with entry, office and `section_title`. One query."""
    comments = Comment.objects.visible_to(user).filter(overlap_row__overlap=overlap)
    comments = comments.select_related(
        "entry__manual__work_group", "entry__section", "entry__blob", "office"
    )
    return with_section_title(comments, "entry__").order_by("pk")


def find_readable_blobs(user: Visitor, blobs: Collection[str]) -> set[str]:
    """Those of the wordings that stand in an edition the reader may read. One query."""
    rows = EditionEntry.objects.filter(
        blob__in=list(blobs),
        edition__in=editions_readable_by(user).order_by().values("pk"),
    )
    return set(rows.order_by().values_list("blob", flat=True).distinct())


def find_overlap_changes(
    overlap: Overlap, *, published_only: bool
) -> list[ClauseChange]:
    """What was changed because of it, in the order in which it was: by the answers to its comments, and as somebody
    named it, without what was taken back since. `published_only` leaves out what answers changed that are not
    published. Two queries, and those of judge_causes."""
    answered = current_answers.filter(comment__overlap_row__overlap=overlap)
    causes = find_counted_causes(answered)
    if published_only:
        causes = causes.filter(disposition__publication__isnull=False)
    standing = leave_standing(list(causes.order_by("pk")))
    named = OverlapChange.objects.filter(overlap=overlap, change=OuterRef("pk"))
    changes = ClauseChange.objects.filter(
        Q(pk__in={cause.change_id for cause in standing})
        | Q(Exists(named), still_stands("pk"))
    )
    return list(_with_places(changes))


def find_change_candidates(
    overlap: Overlap, known: Iterable[ClauseChange]
) -> list[ClauseChange]:
    """Changes of the sides' processes since it was entered that stand, the latest first, without those known already.
    One query, none where no side names a process."""
    sections = [
        section
        for section in (overlap.section_a_id, overlap.section_b_id)
        if section is not None
    ]
    if not sections:
        return []
    changes = ClauseChange.objects.filter(
        still_stands("pk"),
        Q(clause__section__in=sections),
        revision__date_created__gte=overlap.entered_at,
    ).exclude(pk__in=[change.pk for change in known])
    return list(_with_places(changes).order_by("-pk")[:MOST_CANDIDATES])


def _with_places(changes: QuerySet[ClauseChange]) -> QuerySet[ClauseChange]:
    return changes.select_related(
        "clause__section__manual__work_group", "revision", "to_blob", "from_blob"
    ).order_by("pk")
