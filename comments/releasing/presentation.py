"""The notes and reasons beside an edition's changed clauses; they come with the hearing's result."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q
from django.urls import reverse

from manuals.models import Edition

from ..models import Answer, ChangeCause, Comment

Notes = dict[str, list[tuple[str, str, str]]]
Reasons = dict[str, str]


def notes_and_reasons(edition: Edition) -> tuple[Notes, Reasons]:
    """What the book prints beside a changed clause: {clause uuid: [(number, text, url)]} and {clause uuid: why}.

    Only published answers, and only changes made since the edition's basis was sealed. Numbers run within a
    process, so that one more change never touches the pages of another.
    """
    notes: Notes = {}
    reasons: dict[str, list[str]] = {}
    counted: dict[int | None, int] = {}
    for cause in _published_causes(edition):
        uuid, section = str(cause.change.clause.uuid), cause.change.clause.section_id
        counted[section] = counted.get(section, 0) + 1
        comments = sorted((answer.comment for answer in cause.disposition.answers.all()), key=lambda c: c.pk)
        url = reverse("comment", args=[comments[0].uuid]) if comments else ""
        notes.setdefault(uuid, []).append((str(counted[section]), _note(comments), url))
        why = cause.disposition.reason or cause.change.reason
        if why and why not in reasons.setdefault(uuid, []):
            reasons[uuid].append(why)
    return notes, {uuid: " / ".join(texts) for uuid, texts in reasons.items() if texts}


def _published_causes(edition: Edition) -> list[ChangeCause]:
    """In the reading order of the edition; clauses that left it come last."""
    window = Q(change__revision__date_created__lte=edition.sealed_at)
    if edition.basis_id is not None:
        window &= Q(change__revision__date_created__gt=edition.basis.sealed_at)
    causes = list(
        ChangeCause.objects.filter(window, disposition__publication__isnull=False)
        .select_related("change__clause", "disposition")
        .prefetch_related(Prefetch("disposition__answers", Answer.objects.select_related("comment")))
        .order_by("pk")
    )
    order = dict(edition.entries.filter(kind="clause").values_list("clause_id", "ordinal"))
    last = len(order) + 1_000_000
    return sorted(causes, key=lambda cause: (order.get(cause.change.clause_id, last), cause.pk))


def _note(comments: Iterable[Comment]) -> str:
    """Which comments, and how many offices of each type: both are named, even when one is 0."""
    comments = list(comments)
    offices = {kind: {c.office_id for c in comments if c.office_kind == kind} for kind in ("primary", "secondary")}
    numbers = ", ".join(str(comment.pk) for comment in comments[:3])
    more = f" และอีก {len(comments) - 3} เรื่อง" if len(comments) > 3 else ""
    counts = f"สพป. {len(offices['primary'])} เขต สพม. {len(offices['secondary'])} เขต"
    return f"ตามความเห็นที่ {numbers}{more} ({counts})" if comments else "ตามผลการพิจารณา"
