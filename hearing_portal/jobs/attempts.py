"""One attempt at a job: taking it up, keeping the lease, and writing down how it ended.

Every change of a running job's row is made for this attempt only: a worker that was thought dead and comes
back finds that the job is no longer its own, and changes nothing.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from hearing_portal.full_disks import is_of_full_disk
from hearing_portal.jobs.files_folder import FolderLost
from hearing_portal.jobs.kinds import KINDS, JobRefused
from hearing_portal.jobs.models import MAX_ATTEMPTS, Job, StoredFile

logger = logging.getLogger(__name__)
FOLDER_IS_LOST = "ที่เก็บไฟล์ของระบบไม่พร้อม จึงจัดทำไฟล์ไม่ได้ โปรดแจ้งผู้ดูแลระบบ แล้วสั่งใหม่เมื่อแก้ไขแล้ว"
DISK_IS_FULL = "พื้นที่เก็บข้อมูลของระบบเต็ม จึงจัดทำไฟล์ไม่ได้ โปรดแจ้งผู้ดูแลระบบ แล้วสั่งใหม่เมื่อมีพื้นที่"
LOOK_EVERY = 0.5  # seconds between writing down progress and asking whether to stop


class TryAgain(Exception):
    """The attempt failed, but not the last one."""


class Interrupted(Exception):
    """The worker is to stop: the job goes back to the queue, and the attempt does not count."""


class _Cancelled(Exception):
    """The person took the request back."""


class _Lost(Exception):
    """The job has been given to another worker."""


def attempt_job(job_uuid: UUID, must_stop: Callable[[], bool]) -> None:
    """Runs a job once, unless it has ended. TryAgain and Interrupted ask the queue to bring it back."""
    job = _take_up(job_uuid)
    if job is None:
        return
    lease = Lease(job, must_stop)
    try:
        with lease:
            result = KINDS[job.kind].work(job, lease.progress)
        # Work that said how much it is has now done all of it
        done = lease.done if lease.total is None else lease.total
        _end(job, Job.State.DONE, result=result, progress=done, total=lease.total)
    except _Cancelled:
        _end(job, Job.State.CANCELLED)
    except _Lost:
        logger.warning("job %s was given to another worker", job.uuid)
    except Interrupted:
        _change(
            job,
            state=Job.State.QUEUED,
            lease_until=None,
            attempt=job.attempt - 1,
        )
        raise
    except JobRefused as refusal:
        _end(job, Job.State.FAILED, error=str(refusal))
    except Exception as fault:
        logger.exception(
            "job %s (%s) failed at attempt %s", job.uuid, job.kind, job.attempt
        )
        if isinstance(fault, FolderLost):
            _end(job, Job.State.FAILED, error=FOLDER_IS_LOST)
            return
        if is_of_full_disk(fault):
            _end(job, Job.State.FAILED, error=DISK_IS_FULL)
            return
        if job.attempt < MAX_ATTEMPTS:
            _change(
                job,
                state=Job.State.QUEUED,
                lease_until=None,
                error="ขัดข้อง ระบบจะดำเนินการอีกครั้ง",
            )
            raise TryAgain from fault
        _end(job, Job.State.FAILED, error=_apology(job))


def _take_up(job_uuid: UUID) -> Job | None:
    """The job, now running; None when nothing is to be done for it any more."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(uuid=job_uuid).first()
        if job is None or job.has_ended:
            return None
        if job.cancel_asked:
            _end(job, Job.State.CANCELLED)
            return None
        if (
            job.attempt >= MAX_ATTEMPTS
        ):  # its workers were killed, so none could write down the end
            _end(job, Job.State.FAILED, error=_apology(job))
            return None
        job.state = Job.State.RUNNING
        job.attempt += 1
        job.progress = 0
        job.total = None
        job.lease_until = _lease_end()
        job.save(update_fields=["state", "attempt", "progress", "total", "lease_until"])
    return job


def _apology(job: Job) -> str:
    return (
        f"ดำเนินการไม่สำเร็จหลังจากพยายาม {MAX_ATTEMPTS} ครั้ง "
        f"โปรดแจ้งผู้ดูแลระบบพร้อมรหัส {str(job.uuid)[:8]} ซึ่งใช้ค้นสาเหตุในบันทึกของระบบได้"
    )


def _end(
    job: Job,
    state: Job.State,
    *,
    error: str = "",
    result: StoredFile | None = None,
    **fields: int | None,
) -> None:
    _change(
        job,
        state=state,
        lease_until=None,
        ended_at=timezone.now(),
        error=error,
        result=result,
        **fields,
    )


def _change(job: Job, **fields: Any) -> None:
    """Writes to the row only while it is as this attempt left it."""
    Job.objects.unfinished().filter(pk=job.pk, attempt=job.attempt).update(**fields)


def _lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE)


class Lease:
    """Keeps a running job's lease and progress in the database, from a thread with a connection of its own.

    The work itself may hold one long transaction (an export reads one snapshot): written through that,
    progress would be seen only at the end, and a request to cancel not at all.
    """

    def __init__(self, job: Job, must_stop: Callable[[], bool]) -> None:
        self.job = job
        self.must_stop = must_stop
        self.done: int = 0
        self.total: int | None = None
        # Set by the thread, raised in the work's own at its next step
        self._reason_to_stop: type[Exception] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=self._keep, name=f"lease {job.pk}", daemon=True
        )

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def progress(self, done: int, total: int | None = None) -> None:
        """Notes how far the work is; raises when it is to stop."""
        if self._reason_to_stop:
            raise self._reason_to_stop
        if self.must_stop():
            raise Interrupted
        if total is not None:
            done = min(done, total)  # the row may not say more than all
        self.done = done
        self.total = total

    def _keep(self) -> None:
        with closing(connection.copy()) as own:
            while not self._over.wait(LOOK_EVERY):
                try:
                    self._reason_to_stop = self._renew(own)
                except DatabaseError:  # a restart of the database: the lease outlasts it, or the job is lost
                    logger.warning(
                        "job %s: the lease could not be renewed", self.job.uuid
                    )
                    own.close()
                if self._reason_to_stop:
                    return

    def _renew(self, own: BaseDatabaseWrapper) -> type[Exception] | None:
        """Writes down the progress and a new end of the lease. Returns why the work is to stop, if it is."""
        with own.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET progress = %s, total = %s, lease_until = %s"
                " WHERE id = %s AND attempt = %s AND state = 'running' RETURNING cancel_asked",
                [
                    self.done,
                    self.total,
                    _lease_end(),
                    self.job.pk,
                    self.job.attempt,
                ],
            )
            row = cursor.fetchone()
        if row is None:
            return _Lost
        cancel_asked = row[0]
        return _Cancelled if cancel_asked else None
