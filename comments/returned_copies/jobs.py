"""The two jobs of files that came back: reading them, and taking in those that were confirmed."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.jobs.files import read_stored_file, store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.refusals import Refusal

from ..models import HearingSession
from .choices import choices_from_json, choices_json, load_choices
from .reading import (
    ReadCopy,
    SentCopy,
    copies_from_json,
    copies_to_json,
    find_taken_in,
    find_waiting_copies,
    read_copies,
)
from .refusals import CopiesGone
from .services.taking import ConfirmedCopy, take_in_copies
from .waiting import WAITING_FILES, WAITING_SECONDS

READ_KIND = "read_returned_copies"
TAKE_KIND = "take_in_returned_copies"
MOST_SETS = 10  # of one session, that are looked through for files that wait


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
    for copy in copies:
        if not copy.refused and WAITING_FILES.waits(copy.upload):
            WAITING_FILES.keep_longer(copy.upload, WAITING_SECONDS)
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
    """`chosen`: the place of a file among those that were read, and whose it is. Asked twice, the same job; those that
    were not chosen may be asked for later. Raises CopiesGone."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    asked = find_take_job(read, by=by)
    if asked is not None and not asked.has_ended:
        return asked
    uploads = [copy.upload for copy in read_found(read)]
    for number, _, _ in chosen:
        WAITING_FILES.keep_longer(uploads[number], WAITING_SECONDS)
    params: dict[str, Any] = {
        "read": str(read.uuid),
        "session": read.params["session"],
        "reason": reason,
        "chosen": [
            [
                number,
                office.pk,
                delegate.pk if delegate else None,
                choices_json(load_choices(uploads[number])),
            ]
            for number, office, delegate in chosen
        ],
    }
    return enqueue_job(TAKE_KIND, params, by)


def find_take_job(read: Job, *, by: User) -> Job | None:
    """The last job that takes or took in what this one read, unless it came to nothing."""
    jobs = Job.objects.filter(kind=TAKE_KIND, asked_by=by, params__read=str(read.uuid))
    told = jobs.exclude(state__in=[Job.State.FAILED, Job.State.CANCELLED])
    return told.order_by("-pk").first()


def find_sets_left(session: HearingSession, *, by: User) -> list[tuple[Job, list[str]]]:
    """[(the job that read them, names of the files that wait)] of what this person sent last for the session. Two
    queries, one without such a job."""
    jobs = Job.objects.filter(
        kind=READ_KIND, asked_by=by, params__session=session.pk, state=Job.State.DONE
    )
    sets = []
    for job in jobs.select_related("result").order_by("-pk")[:MOST_SETS]:
        with suppress(CopiesGone):
            sets.append((job, read_found(job)))
    if not sets:
        return []
    taken_in = find_taken_in(session, [copy for _, copies in sets for copy in copies])
    left = []
    for job, copies in sets:
        names = [
            copies[number].name for number in find_waiting_copies(copies, taken_in)
        ]
        if names:
            left.append((job, names))
    return left


def discard_waiting(copies: Sequence[ReadCopy], waiting: Sequence[int]) -> None:
    """Files that nobody wants to take in. Nothing of them was stored."""
    for number in waiting:
        WAITING_FILES.drop(copies[number].upload)


def run_take_job(job: Job, progress: Progress) -> None:
    """Raises JobRefused with what the person can do, in Thai."""
    session = _session_of(job)
    read = Job.objects.select_related("result").get(uuid=job.params["read"])
    confirmed = []
    try:
        copies = read_found(read)
        # Jobs that were asked for before things could be left out have no choices
        for number, office, delegate, *choices in job.params["chosen"]:
            copy = copies[number]
            confirmed.append(
                ConfirmedCopy(
                    copy,
                    WAITING_FILES.read_queued(copy.upload),
                    AreaOffice.objects.get(pk=office),
                    User.objects.get(pk=delegate) if delegate else None,
                    choices_from_json(choices[0] if choices else ""),
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
    for confirmed_copy in confirmed:
        # Not at once: a worker that is killed here does all of it again
        WAITING_FILES.keep_longer(confirmed_copy.copy.upload)


def _session_of(job: Job) -> HearingSession:
    sessions = HearingSession.objects.select_related(
        "hearing", "work_group", "edition"
    ).with_state()
    return sessions.get(pk=job.params["session"])
