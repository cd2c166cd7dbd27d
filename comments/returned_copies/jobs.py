"""The two jobs of files that came back: reading them, and taking in those that were confirmed."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.jobs.files import read_stored_file, store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.uploads import WaitingUploads
from hearing_portal.refusals import Refusal

from ..models import HearingSession
from .reading import ReadCopy, SentCopy, copies_from_json, copies_to_json, read_copies
from .refusals import CopiesGone
from .services.taking import ConfirmedCopy, take_in_copies

READ_KIND = "read_returned_copies"
TAKE_KIND = "take_in_returned_copies"
WAITING_FILES = WaitingUploads("returned-copies", CopiesGone)


def ask_to_read(
    session: HearingSession, files: Sequence[tuple[str, bytes]], *, by: User
) -> Job:
    """The job that says what is in the files; nothing else is stored."""
    sent = []
    for name, raw in files:
        token = WAITING_FILES.store(raw, by=by)
        sent.append([name, WAITING_FILES.name_of(token, by=by)])
    params = {"session": session.pk, "files": sent}
    return enqueue_job(READ_KIND, params, by, joins_running=False)


def run_read_job(job: Job, progress: Progress) -> StoredFile:
    """Raises JobRefused with what is wrong, in Thai."""
    session = _session_of(job)
    files = [SentCopy(*sent) for sent in job.params["files"]]
    try:
        copies = read_copies(
            session, files, WAITING_FILES.read_queued, progress=progress
        )
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused
    name = f"returned-copies-{job.uuid}.json"
    return store_file(copies_to_json(copies), media_type="application/json", name=name)


def read_found(job: Job) -> list[ReadCopy]:
    """What the job found. Of one that is done."""
    assert job.result is not None
    raw = read_stored_file(job.result)
    if raw is None:
        raise CopiesGone
    return copies_from_json(raw)


@transaction.atomic
def ask_to_take_in(
    read: Job,
    chosen: Sequence[tuple[int, AreaOffice, User | None]],
    reason: str,
    *,
    by: User,
) -> Job:
    """`chosen`: the place of a file among those that were read, and whose it is. Asked twice, the same job. Raises
    CopiesGone."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    asked = find_take_job(read, by=by)
    if asked is not None:
        return asked
    for _, upload in read.params["files"]:
        WAITING_FILES.keep_longer(upload)
    params: dict[str, Any] = {
        "read": str(read.uuid),
        "session": read.params["session"],
        "reason": reason,
        "chosen": [
            [number, office.pk, delegate.pk if delegate else None]
            for number, office, delegate in chosen
        ],
    }
    return enqueue_job(TAKE_KIND, params, by)


def find_take_job(read: Job, *, by: User) -> Job | None:
    """The job that takes or took in what this one read, unless it came to nothing."""
    jobs = Job.objects.filter(kind=TAKE_KIND, asked_by=by, params__read=str(read.uuid))
    return jobs.exclude(state__in=[Job.State.FAILED, Job.State.CANCELLED]).first()


def run_take_job(job: Job, progress: Progress) -> None:
    """Raises JobRefused with what the person can do, in Thai."""
    session = _session_of(job)
    read = Job.objects.select_related("result").get(uuid=job.params["read"])
    confirmed = []
    try:
        copies = read_found(read)
        for number, office, delegate in job.params["chosen"]:
            copy = copies[number]
            confirmed.append(
                ConfirmedCopy(
                    copy,
                    WAITING_FILES.read_queued(copy.upload),
                    AreaOffice.objects.get(pk=office),
                    User.objects.get(pk=delegate) if delegate else None,
                )
            )
        take_in_copies(
            session,
            confirmed,
            by=job.asked_by,
            reason=job.params["reason"],
            progress=progress,
        )
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused


def _session_of(job: Job) -> HearingSession:
    sessions = HearingSession.objects.select_related(
        "hearing", "work_group", "edition"
    ).with_state()
    return sessions.get(pk=job.params["session"])
