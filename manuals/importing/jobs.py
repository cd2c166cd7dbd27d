"""Reading files that were sent, and taking in the chosen processes, as jobs: forty files take many seconds, and a
request may take one."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.uploads import WaitingUploads
from hearing_portal.refusals import Refusal

from ..models import FileUpload, ImportedProcess, Manual
from ..permissions import can_edit_draft
from .found_processes import FoundProcess
from .kept_readings import draft_of
from .queries import READ_KIND
from .refusals import FilesGone, PreviewGone, PreviewOvertaken
from .sent_pictures import keep_pictures_of
from .services.receiving import keep_reading, send_files
from .services.revising import RevisionCounts
from .services.taking import (
    ImportOutcome,
    Placement,
    TakenProcess,
    mark_taken,
    take_processes,
)
from .uploaded_files import ReadFiles, are_read_at_once, read_uploaded

KIND = "import_processes"
WAITING_FILES = WaitingUploads("manual-files", FilesGone)
NO_RIGHT = "ผู้สั่งนำเข้าแก้ไขร่างของกลุ่มงานนี้ไม่ได้แล้ว จึงไม่ได้นำเข้า"
CAME_TO_NOTHING = (Job.State.FAILED, Job.State.CANCELLED)


# -- reading ---------------------------------------------------------------------------------------------


class NothingRead(Refusal):
    """Of none of the files anything was read; `files` says why of each."""

    def __init__(self, files: ReadFiles) -> None:
        super().__init__("ไม่มีไฟล์ที่อ่านได้ โปรดแก้ไขตามรายการด้านล่างแล้วส่งใหม่")
        self.files = files


def receive_files(
    manual: Manual, files: Sequence[tuple[str, bytes]], *, by: User
) -> FileUpload:
    """A little plain text is read at once, anything else by a job. Raises FilesRefused and NothingRead."""
    names = [name for name, _ in files]
    if are_read_at_once(files):
        return receive_reading(manual, read_uploaded(files), names, by=by)
    tokens = []
    for name, raw in files:
        token = WAITING_FILES.store(raw, by=by)
        tokens.append([name, WAITING_FILES.name_of(token, by=by)])
    with transaction.atomic():
        upload = send_files(manual, names, by=by)
        params = {"manual": manual.key, "upload": str(upload.uuid), "files": tokens}
        enqueue_job(READ_KIND, params, by)
    return upload


def receive_reading(
    manual: Manual, files: ReadFiles, names: Sequence[str], *, by: User
) -> FileUpload:
    """Raises NothingRead, and RowRefused for a process of far too many clauses."""
    if not files.documents:
        raise NothingRead(files)
    with transaction.atomic():
        upload = send_files(manual, names, by=by)
        keep_reading(upload, files)
    return upload


def find_reading_job(upload: FileUpload) -> Job | None:
    """None for what was read at once."""
    jobs = Job.objects.filter(kind=READ_KIND, params__upload=str(upload.uuid))
    return jobs.select_related("asked_by").order_by("-pk").first()


def run_reading_job(job: Job, progress: Progress) -> None:
    """The previews. They are stored once, however often this runs."""
    params = job.params
    upload = FileUpload.objects.select_related("manual").get(uuid=params["upload"])
    if upload.read_at is not None:
        return
    total = len(params["files"])
    progress(0, total)
    try:
        files = []
        for name, kept in params["files"]:
            files.append((name, WAITING_FILES.read_queued(kept)))
        read = read_uploaded(files, progress=lambda done: progress(done, None))
        keep_reading(upload, read)
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused
    for _, kept in params["files"]:
        WAITING_FILES.drop(kept)


# -- taking in -------------------------------------------------------------------------------------------


@transaction.atomic
def ask_to_take(
    upload: FileUpload,
    found: Sequence[FoundProcess],
    placements: dict[int, Placement],
    *,
    by: User,
) -> Job:
    """The job that takes these processes in; asked twice, the same job."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    job = find_job(upload)
    if job is not None:
        return job
    chosen = []
    for process in found:
        if process.index not in placements:
            continue
        placement = placements[process.index]
        target = str(placement.target) if placement.target else ""
        known = str(placement.known) if placement.known else ""
        kept = [str(uuid) for uuid in placement.kept]
        row = process.kept
        chosen.append(
            [
                *(str(row.uuid), row.lock_version, target, placement.version),
                *(placement.unit, kept, known),
            ]
        )
    params = {
        "manual": upload.manual.key,
        "upload": str(upload.uuid),
        "chosen": chosen,
    }
    return enqueue_job(KIND, params, by)


def find_job(upload: FileUpload) -> Job | None:
    """The one that takes in processes of this upload right now."""
    jobs = Job.objects.unfinished().filter(kind=KIND)
    return jobs.filter(params__upload=str(upload.uuid)).first()


def find_last_job(upload: FileUpload) -> Job | None:
    """The one that took in processes of it last."""
    jobs = Job.objects.filter(kind=KIND, state=Job.State.DONE)
    return jobs.filter(params__upload=str(upload.uuid)).order_by("-pk").first()


def run_job(job: Job, progress: Progress) -> StoredFile:
    """The report. Processes and report are stored together, so a second run after a killed worker finds both."""
    done = StoredFile.objects.filter(name=_report_name(job)).first()
    if done is not None:
        return done
    params = job.params
    manual = Manual.objects.select_related("work_group").get(key=params["manual"])
    if not can_edit_draft(job.asked_by, manual.work_group):
        raise JobRefused(NO_RIGHT)
    total = len(params["chosen"])
    progress(0, total)
    try:
        with transaction.atomic():
            upload = FileUpload.objects.select_for_update().get(uuid=params["upload"])
            if upload.discarded_at or upload.edition_id:
                raise PreviewGone
            chosen = _lock_chosen(params["chosen"])
            keep_pictures_of(process for process, _ in chosen)
            taken = take_processes(
                manual,
                [(draft_of(process), placement) for process, placement in chosen],
                by=job.asked_by,
                progress=lambda done: progress(done, total),
            )
            for (process, _), result in zip(chosen, taken, strict=True):
                mark_taken(process, result)
            left = ImportedProcess.objects.filter(
                file__upload=upload, taken_at=None
            ).count()
            report = _store_report(job, taken, left)
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused
    return report


def _lock_chosen(
    chosen: Sequence[Sequence[Any]],
) -> list[tuple[ImportedProcess, Placement]]:
    """As they stood when they were asked for. Raises PreviewOvertaken and PreviewGone."""
    uuids = [row[0] for row in chosen]
    processes = ImportedProcess.objects.select_related("file__original")
    locked = processes.select_for_update(of=("self",)).filter(uuid__in=uuids)
    by_uuid = {str(process.uuid): process for process in locked.order_by("pk")}
    found = []
    for uuid, lock_version, target, version, unit, kept, known in chosen:
        process = by_uuid[uuid]
        if process.taken_at is not None:
            raise PreviewGone
        if process.lock_version != lock_version:
            raise PreviewOvertaken
        placement = Placement(
            target=UUID(target) if target else None,
            version=version,
            unit=unit,
            kept=tuple(UUID(uuid) for uuid in kept),
            known=UUID(known) if known else None,
        )
        found.append((process, placement))
    return found


# -- the report ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What was taken in; `left` is how many processes of the files were not chosen."""

    taken: list[TakenProcess]
    left: int


def _report_name(job: Job) -> str:
    return f"manual-files-{job.uuid}.json"


def _store_report(job: Job, taken: list[TakenProcess], left: int) -> StoredFile:
    rows: list[list[Any]] = []
    for process in taken:
        counts = asdict(process.counts)
        rows.append([str(process.uuid), process.title, process.outcome.value, counts])
    report = {"job": str(job.uuid), "taken": rows, "left": left}
    content = json.dumps(report, ensure_ascii=False).encode()
    return store_file(content, media_type="application/json", name=_report_name(job))


def read_files_report(job: Job) -> FilesReport | None:
    """What run_job stored; None while the job has not ended well."""
    if job.result is None:
        return None
    kept: dict[str, Any] = json.loads(job.result.path.read_bytes())
    taken = []
    for uuid, title, outcome, counts in kept["taken"]:
        process = TakenProcess(
            uuid=UUID(uuid),
            title=title,
            outcome=ImportOutcome(outcome),
            counts=RevisionCounts(**counts),
        )
        taken.append(process)
    return FilesReport(taken, kept["left"])
