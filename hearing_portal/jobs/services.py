"""Asking for long work, and taking the request back."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from hearing_portal.jobs.kinds import KINDS
from hearing_portal.jobs.models import Job
from hearing_portal.refusals import Refusal, RefusalKind, TooMuchAtOnce

if TYPE_CHECKING:
    from hearing_portal.directory.models import User


SHORTEST_JOB = 30  # seconds, about; who has much waiting may ask again then


class UnknownKind(LookupError):
    """No work is registered under this name."""


class JobHasEnded(Refusal):
    """Nothing is left to cancel."""

    kind = RefusalKind.CONFLICT

    def __init__(self, job: Job) -> None:
        super().__init__("งานนี้สิ้นสุดแล้ว จึงยกเลิกไม่ได้")
        self.job = job


def enqueue_job(
    kind: str, params: dict[str, Any], asked_by: "User", *, joins_running: bool = True
) -> Job:
    """Records the request and hands it to the workers, both with the caller's transaction or not at all.

    An equal request of the same person that is not done yet is the same one: its job is returned. With
    `joins_running=False` only while it waits, for work that reads what changes. People take turns: whoever has much
    waiting waits behind those who have less. `params` must be JSON values. Raises UnknownKind and TooMuchAtOnce.
    """
    from hearing_portal.jobs.tasks import perform

    if kind not in KINDS:
        raise UnknownKind(kind)
    with transaction.atomic():
        # One request of a person at a time
        get_user_model().objects.select_for_update(no_key=True).get(pk=asked_by.pk)
        own = Job.objects.unfinished().filter(asked_by=asked_by)
        equal = own.filter(kind=kind, params=params, cancel_asked=False)
        if not joins_running:
            equal = equal.filter(state=Job.State.QUEUED)
        joined = equal.first()
        if joined is not None:
            return joined
        unfinished = own.count()
        if unfinished >= settings.MOST_JOBS:
            raise TooMuchAtOnce(
                f"ท่านมีงานที่รออยู่ {unfinished} งานแล้ว จึงยังไม่ได้รับงานนี้ สั่งต่อได้เมื่องานใดงานหนึ่งเสร็จหรือท่านยกเลิกงานนั้น",
                retry_after=SHORTEST_JOB,
            )
        job = Job.objects.create(kind=kind, params=params, asked_by=asked_by)
        perform.configure(priority=-unfinished).defer(job_uuid=str(job.uuid))
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
