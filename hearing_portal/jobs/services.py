"""Asking for long work, and taking the request back."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from hearing_portal.jobs.kinds import KINDS
from hearing_portal.jobs.models import Job
from hearing_portal.refusals import Refusal, RefusalKind

if TYPE_CHECKING:
    from hearing_portal.directory.models import User


class UnknownKind(LookupError):
    """No work is registered under this name."""


class JobHasEnded(Refusal):
    """Nothing is left to cancel."""

    kind = RefusalKind.CONFLICT

    def __init__(self, job: Job) -> None:
        super().__init__("งานนี้สิ้นสุดแล้ว จึงยกเลิกไม่ได้")
        self.job = job


def enqueue_job(kind: str, params: dict[str, Any], asked_by: "User") -> Job:
    """Records the request and hands it to the workers, both with the caller's transaction or not at all.

    `params` must be JSON values. Raises UnknownKind.
    """
    from hearing_portal.jobs.tasks import perform

    if kind not in KINDS:
        raise UnknownKind(kind)
    with transaction.atomic():
        job = Job.objects.create(kind=kind, params=params, asked_by=asked_by)
        perform.defer(job_uuid=str(job.uuid))
    return job


def cancel_job(job: Job) -> Job:
    """Ends a waiting job at once; a running one stops at its next step. Raises JobHasEnded."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.has_ended:
            raise JobHasEnded(job)
        job.cancel_asked = True
        if job.state == Job.State.QUEUED:
            job.state = Job.State.CANCELLED
            job.ended_at = timezone.now()
        job.save(update_fields=["cancel_asked", "state", "ended_at"])
    return job
