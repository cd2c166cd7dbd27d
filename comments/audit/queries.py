"""What was done, newest first: one table, read by its indexes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import User, WorkGroup


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for; empty means everything. `subject` is (kind of thing, its key): ("comment", uuid)."""

    by: User | None = None
    category: str = ""
    group: WorkGroup | None = None
    since: datetime | None = None
    until: datetime | None = None  # excluded
    subject: tuple[str, str] | None = None


def acts_matching(wanted: AuditFilter) -> QuerySet[Act]:
    """The acts that fit, the newest first, with the person and the group."""
    acts = Act.objects.select_related("by", "work_group").order_by("-pk")
    if wanted.by is not None:
        acts = acts.filter(by=wanted.by)
    if wanted.category:
        acts = acts.filter(category=wanted.category)
    if wanted.group is not None:
        acts = acts.filter(work_group=wanted.group)
    if wanted.since is not None:
        acts = acts.filter(at__gte=wanted.since)
    if wanted.until is not None:
        acts = acts.filter(at__lt=wanted.until)
    if wanted.subject is not None:
        kind, key = wanted.subject
        acts = acts.filter(subject=kind, subject_key=key)
    return acts
