"""Checking the file of an edition that was uploaded, and taking the edition in, as jobs: a whole book takes many
seconds to read."""

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.uploads import WaitingUploads
from hearing_portal.refusals import Refusal

from ..models import ArchivalRecord, FileUpload
from ..searching.services import index_edition
from .checking import CheckedFile, check_edition_file, checked_from_json
from .reading import read_edition_file
from .refusals import EditionFileGone
from .services.archiving import archive_edition
from .services.old_books import archive_upload

KIND = "import_edition"
CHECK_KIND = "check_edition"
WAITING_FILES = WaitingUploads("edition-files", EditionFileGone)


def keep_file(raw: bytes, *, by: User) -> str:
    """Returns the token that leads to it."""
    return WAITING_FILES.store(raw, by=by)


def check_kept_file(token: str, *, by: User) -> CheckedFile:
    """Of a small file. Raises EditionFileGone."""
    return check_edition_file(read_edition_file(WAITING_FILES.read(token, by=by)))


def ask_to_check(token: str, *, by: User) -> Job:
    """The job that reads the token's file and says what it would do."""
    name = WAITING_FILES.name_of(token, by=by)
    return enqueue_job(CHECK_KIND, {"upload": name, "token": token}, by)


def find_check_job(token: str, *, by: User) -> Job | None:
    """None for a file that was small enough to be read at once. Raises EditionFileGone."""
    name = WAITING_FILES.name_of(token, by=by)
    jobs = Job.objects.filter(kind=CHECK_KIND, asked_by=by, params__upload=name)
    return jobs.select_related("result").order_by("-pk").first()


def read_check(job: Job) -> CheckedFile:
    """What the job found. Of one that is done."""
    assert job.result is not None
    return checked_from_json(job.result.path.read_bytes())


def run_check_job(job: Job, progress: Progress) -> StoredFile:
    """The report. Nothing else is stored. Raises JobRefused with what is wrong with the file, in Thai."""
    progress(0, 2)
    try:
        file = read_edition_file(WAITING_FILES.read_queued(job.params["upload"]))
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused
    progress(1, 2)
    report = check_edition_file(file).as_json()
    progress(2, 2)
    name = f"edition-check-{job.uuid}.json"
    return store_file(report, media_type="application/json", name=name)


@transaction.atomic
def ask_to_archive(token: str, file: CheckedFile, code: str, *, by: User) -> Job:
    """The job that takes the token's file in; asked twice, the same job. Raises EditionFileGone."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    job = find_archival_job(token, by=by)
    if job is not None:
        return job
    name = WAITING_FILES.name_of(token, by=by)
    WAITING_FILES.keep_longer(name)
    params = {
        "upload": name,
        "code": code,
        "edition": file.code,
        "file_sha": file.file_sha,
    }
    return enqueue_job(KIND, params, by)


def find_archival_job(token: str, *, by: User) -> Job | None:
    """The job that takes or took in the file of this token, unless it came to nothing. Raises EditionFileGone."""
    name = WAITING_FILES.name_of(token, by=by)
    jobs = Job.objects.filter(kind=KIND, asked_by=by, params__upload=name)
    return jobs.exclude(state__in=[Job.State.FAILED, Job.State.CANCELLED]).first()


def ask_to_archive_upload(
    upload: FileUpload, code: str, title: str, *, by: User
) -> Job:
    """The job that makes an edition of what was sent; asked twice, the same job."""
    params = {"files": str(upload.uuid), "code": code, "edition": code, "title": title}
    return enqueue_job(KIND, params, by)


def _run_upload_job(job: Job, progress: Progress) -> None:
    uploads = FileUpload.objects.select_related("edition")
    upload = uploads.get(uuid=job.params["files"])
    edition = upload.edition
    # An earlier attempt of this job may have made it before its worker died
    if edition is None or edition.code != job.params["code"]:
        try:
            edition = archive_upload(
                upload,
                code=job.params["code"],
                title=job.params["title"],
                by=job.asked_by,
                progress=progress,
            )
        except Refusal as refused:
            raise JobRefused(refused.message_th) from refused
    index_edition(edition)


def run_archival_job(job: Job, progress: Progress) -> None:
    """Takes the edition in and makes it findable. Raises JobRefused with what the person can do, in Thai."""
    if not load_roles(job.asked_by).is_admin:
        raise JobRefused("ผู้สั่งนำเข้าไม่ได้เป็นผู้ดูแลระบบแล้ว จึงไม่ได้นำเข้าฉบับ")
    if "files" in job.params:
        _run_upload_job(job, progress)
        return
    upload = job.params["upload"]
    code = job.params["code"]
    # An earlier attempt of this job may have taken it in before its worker died
    taken_in = ArchivalRecord.objects.select_related("edition").filter(
        by=job.asked_by,
        at__gte=job.asked_at,
        file_sha=job.params["file_sha"],
        edition__code=code,
    )
    record = taken_in.first()
    if record is not None:
        edition = record.edition
    else:
        try:
            raw = WAITING_FILES.read_queued(upload)
            file = read_edition_file(raw)
            edition = archive_edition(
                file, by=job.asked_by, code=code, progress=progress
            )
        except Refusal as refused:
            raise JobRefused(refused.message_th) from refused
    index_edition(edition)
    WAITING_FILES.drop(upload)
