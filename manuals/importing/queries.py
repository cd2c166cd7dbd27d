"""Uploads of a manual that wait, and what their previews are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from hearing_portal.jobs.models import Job
from hearing_portal.web.http import parse_uuid

from ..models import FileUpload, ImportedProcess, Manual

MOST_SHOWN = 30
READ_KIND = "read_files"


@dataclass(frozen=True, slots=True)
class WaitingUpload:
    """An upload with how many of its processes wait; `job` reads it, or came to nothing."""

    upload: FileUpload
    names: Sequence[str]
    waiting: int
    job: Job | None = None


def find_waiting_uploads(manual: Manual) -> list[WaitingUpload]:
    """Those of which something may still be taken in, the latest first. Two queries, a third where some are not read
    yet."""
    waiting = ImportedProcess.objects.filter(
        file__upload=OuterRef("pk"), taken_at__isnull=True
    )
    uploads = list(
        FileUpload.objects.filter(manual=manual, discarded_at=None, edition=None)
        .filter(Q(read_at__isnull=True) | Exists(waiting))
        .select_related("by")
        .prefetch_related("files")
        .annotate(
            waiting=Count(
                "files__processes", filter=Q(files__processes__taken_at__isnull=True)
            )
        )
        .order_by("-pk")[:MOST_SHOWN]
    )
    unread = [str(upload.uuid) for upload in uploads if upload.read_at is None]
    jobs: dict[str, Job] = {}
    if unread:
        found = Job.objects.filter(kind=READ_KIND, params__upload__in=unread)
        for reading in found.order_by("pk"):
            jobs[reading.params["upload"]] = reading
    rows = []
    for upload in uploads:
        job = jobs.get(str(upload.uuid))
        names = [file.shown_name for file in upload.files.all()]
        if job is not None:
            names = [name for name, _ in job.params["files"]]
        rows.append(WaitingUpload(upload, names, upload.waiting, job))
    return rows


def find_taken(upload: FileUpload) -> list[ImportedProcess]:
    """Those of its processes that were taken in."""
    processes = ImportedProcess.objects.filter(
        file__upload=upload, taken_at__isnull=False
    )
    return list(processes.select_related("taken_section").order_by("number"))


def find_upload_of(job: Job) -> FileUpload | None:
    """What the job was to take in, where it can still be looked at."""
    uploads = FileUpload.objects.filter(discarded_at=None, edition=None)
    uuid = parse_uuid(job.params.get("upload", ""))
    if uuid is None:
        return None
    return uploads.select_related("manual").filter(uuid=uuid).first()
