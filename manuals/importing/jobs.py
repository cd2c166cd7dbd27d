"""Taking in the chosen processes as a job: forty files take many seconds, and a request may take one."""

import json
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.uploads import WaitingUploads
from hearing_portal.refusals import Refusal

from ..models import Manual
from ..permissions import can_edit_draft
from .drafts import ProcessDraft
from .reference_links import link_drafts, reference_warnings
from .refusals import FilesGone
from .services.revising import RevisionCounts
from .services.taking import ImportOutcome, Placement, TakenProcess, take_processes
from .text_files import label_warnings
from .uploaded_files import ReadFiles, from_json

KIND = "import_processes"
WAITING_FILES = WaitingUploads("manual-files", FilesGone)


def keep_files(manual: Manual, files: ReadFiles, *, by: User) -> str:
    """Returns the token that leads to them."""
    return WAITING_FILES.store(files.to_json(manual.key), by=by)


def read_kept_files(manual: Manual, token: str, *, by: User) -> ReadFiles:
    """Raises FilesGone."""
    raw = WAITING_FILES.read(token, by=by)
    return _of_manual(manual, raw)


def _of_manual(manual: Manual, raw: bytes) -> ReadFiles:
    key, files = from_json(raw)
    if key != manual.key:
        raise FilesGone
    return files


@dataclass(frozen=True, slots=True)
class FoundProcess:
    """A process of the files, by its place among all of them."""

    index: int
    file_name: str
    draft: ProcessDraft

    @property
    def warnings(self) -> list[str]:
        """As `import_manual --dry-run` tells them."""
        return (
            self.draft.warnings
            + label_warnings(self.draft)
            + reference_warnings(self.draft.clauses)
        )

    @property
    def linked(self) -> int:
        """How many references to its own clauses will follow their numbers."""
        return link_drafts(self.draft.clauses).linked


def find_processes(files: ReadFiles) -> list[FoundProcess]:
    found: list[FoundProcess] = []
    for file in files.read_drafts():
        for draft in file.drafts:
            found.append(FoundProcess(len(found), file.name, draft))
    return found


@transaction.atomic
def ask_to_take(
    manual: Manual, token: str, placements: dict[int, Placement], *, by: User
) -> Job:
    """The job that takes these processes of the token's files in; asked twice, the same job. Raises FilesGone."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    job = find_earlier_jobs(token, by=by).job
    if job is not None:
        return job
    name = WAITING_FILES.name_of(token, by=by)
    WAITING_FILES.keep_longer(name)
    chosen = []
    for index, placement in placements.items():
        target = str(placement.target) if placement.target else ""
        known = str(placement.known) if placement.known else ""
        kept = [str(uuid) for uuid in placement.kept]
        chosen.append([index, target, placement.version, placement.unit, kept, known])
    return enqueue_job(
        KIND, {"manual": manual.key, "upload": name, "chosen": chosen}, by
    )


class EarlierJobs(NamedTuple):
    """With the files of one token: `job` takes or took them in, `failed` is the last one that came to nothing."""

    job: Job | None
    failed: Job | None


def find_earlier_jobs(token: str, *, by: User) -> EarlierJobs:
    """One query. Raises FilesGone."""
    name = WAITING_FILES.name_of(token, by=by)
    job = failed = None
    for each in Job.objects.filter(kind=KIND, asked_by=by, params__upload=name):
        if each.state == Job.State.FAILED:
            failed = each if failed is None or each.pk > failed.pk else failed
        elif each.state != Job.State.CANCELLED:
            job = each
    return EarlierJobs(job, failed)


def versions_read(job: Job | None) -> dict[str, int]:
    """{process: the version it was read at} of those that the job was to revise."""
    read: dict[str, int] = {}
    if job is None:
        return read
    for _, target, version, *_ in job.params.get("chosen", ()):
        if target:
            read[target] = version
    return read


def find_token(job: Job, *, by: User) -> str:
    """What leads who asked for the job back to its files, while these wait; "" without."""
    name = job.params.get("upload", "")
    if job.asked_by_id != by.pk or not WAITING_FILES.waits(name):
        return ""
    return WAITING_FILES.sign(name, by=by)


def run_job(job: Job, progress: Progress) -> StoredFile:
    """The report. Processes and report are stored together, so a second run after a killed worker finds both."""
    done = StoredFile.objects.filter(name=_report_name(job)).first()
    if done is not None:
        return done
    params = job.params
    manual = Manual.objects.select_related("work_group").get(key=params["manual"])
    if not can_edit_draft(job.asked_by, manual.work_group):
        raise JobRefused("ผู้สั่งนำเข้าแก้ไขร่างของกลุ่มงานนี้ไม่ได้แล้ว จึงไม่ได้นำเข้า")
    try:
        raw = WAITING_FILES.read_queued(params["upload"])
        found = find_processes(_of_manual(manual, raw))
        chosen = []
        for index, target, version, unit, kept, known in params["chosen"]:
            placement = Placement(
                target=UUID(target) if target else None,
                version=version,
                unit=unit,
                kept=tuple(UUID(uuid) for uuid in kept),
                known=UUID(known) if known else None,
            )
            chosen.append((found[index].draft, placement))
        total = len(chosen)
        progress(0, total)
        with transaction.atomic():
            taken = take_processes(
                manual,
                chosen,
                by=job.asked_by,
                progress=lambda done: progress(done, total),
            )
            report = _store_report(job, taken, total_found=len(found))
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused
    WAITING_FILES.drop(params["upload"])
    return report


# -- the report ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What was taken in; `left` is how many processes of the files were not chosen."""

    taken: list[TakenProcess]
    left: int


def _report_name(job: Job) -> str:
    return f"manual-files-{job.uuid}.json"


def _store_report(
    job: Job, taken: list[TakenProcess], *, total_found: int
) -> StoredFile:
    rows: list[list[Any]] = []
    for process in taken:
        counts = asdict(process.counts)
        rows.append([str(process.uuid), process.title, process.outcome.value, counts])
    report = {"job": str(job.uuid), "taken": rows, "left": total_found - len(taken)}
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
