"""Kinds of work for the tests, registered in the tests' process and in the workers they start."""

import time
from pathlib import Path

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import cancel_job


@job_kind("sample_letter")
def write_letter(job: Job, progress: Progress) -> StoredFile:
    """Two steps and a file."""
    progress(1, 2)
    progress(2, 2)
    return store_file(
        job.params["text"].encode(), media_type="text/plain", name="letter.txt"
    )


@job_kind("sample_failure")
def fail(job: Job, progress: Progress) -> None:
    """Fails as often as it is told to."""
    if job.attempt <= job.params["times"]:
        raise RuntimeError("the printer is on fire")


@job_kind("sample_refusal")
def refuse(job: Job, progress: Progress) -> None:
    """Cannot be done."""
    raise JobRefused("ไม่พบฉบับที่ขอ")


@job_kind("sample_taken_back")
def be_taken_back(job: Job, progress: Progress) -> None:
    """The person takes the request back in the middle of the work."""
    cancel_job(job)
    _wait_for_the_end(progress)


@job_kind("sample_lost")
def be_lost(job: Job, progress: Progress) -> StoredFile:
    """Another worker has been given the job in the meantime, and this one only finds out at the end."""
    Job.objects.filter(pk=job.pk).update(attempt=job.attempt + 1)
    return store_file(b"late", media_type="text/plain", name="late.txt")


@job_kind("sample_interruption")
def wait_the_first_time(job: Job, progress: Progress) -> StoredFile:
    """Leaves a mark, then never ends by itself the first time it runs; the second time it makes its file."""
    mark = Path(job.params["mark"])
    if not mark.exists():
        mark.write_text(str(job.attempt))
        _wait_for_the_end(progress)
    return store_file("เสร็จ".encode(), media_type="text/plain", name="done.txt")


def _wait_for_the_end(progress: Progress) -> None:
    for step in range(1200):
        progress(step, 1200)
        time.sleep(0.05)
    raise AssertionError("nobody stopped the work within a minute")
