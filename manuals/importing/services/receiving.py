"""Files that are sent for a manual: kept as they came, read, and laid out as previews that may be put right."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file

from ...acts import FILES_DISCARDED, FILES_SENT, about_manual
from ...models import FileUpload, ImportedProcess, Manual, Section, SentFile
from ...models.sent_file import FORGOTTEN_DAYS
from ..drafts import ProcessDraft
from ..kept_readings import first_rows, reading_of, rows_json
from ..planning import DraftOfManual
from ..preview_rows import PreviewRows, refuse_rows
from ..refusals import PreviewGone
from ..uploaded_files import ReadFiles
from .matching_rows import match_rows

NAMES_TOLD = 3


def send_files(manual: Manual, names: Sequence[str], *, by: User) -> FileUpload:
    """The upload, before anything of it is read."""
    told = ", ".join(names[:NAMES_TOLD])
    if len(names) > NAMES_TOLD:
        told += f" และอีก {len(names) - NAMES_TOLD} ไฟล์"
    with act(by=by) as done:
        upload = FileUpload.objects.create(manual=manual, by=by)
        done.record(FILES_SENT, about_manual(manual), note=told[:300])
    return upload


@transaction.atomic
def keep_reading(upload: FileUpload, files: ReadFiles) -> None:
    """What was read of the upload's files, with the files themselves; a second time nothing. Each process is compared
    with the one of the draft that it most likely is. Raises RowRefused."""
    upload = FileUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.read_at is not None:
        return
    draft_of_manual = DraftOfManual(upload.manual)
    number = 0
    for file_number, read in enumerate(files.read_drafts(), start=1):
        source = files.documents[file_number - 1]
        original = store_file(
            source.raw, media_type=source.media_type, name=source.name
        )
        file = SentFile.objects.create(
            upload=upload, number=file_number, name=read.name[:255], original=original
        )
        for draft in read.drafts:
            _keep_process(file, number, draft, draft_of_manual)
            number += 1
    upload.unread = [list(each) for each in files.unread]
    upload.read_at = timezone.now()
    upload.save(update_fields=["unread", "read_at"])


def _keep_process(
    file: SentFile, number: int, draft: ProcessDraft, draft_of_manual: DraftOfManual
) -> ImportedProcess:
    rows = PreviewRows(first_rows(draft))
    refuse_rows(rows.rows)
    guess = draft_of_manual.guess(draft)
    target: Section | None = None
    if guess.target is not None:
        target = draft_of_manual.find_process(str(guess.target))
    match_rows(rows, target)
    return ImportedProcess.objects.create(
        file=file,
        number=number,
        title=draft.title[:300],
        reading=reading_of(draft),
        rows=rows_json(rows.rows),
        target=target,
        base_version=target.version if target is not None else 0,
        unit=guess.unit,
    )


def discard_upload(upload: FileUpload, *, by: User) -> None:
    """It is offered no more; what was taken in stays. Raises PreviewGone."""
    _discard(upload, by=by)


def discard_forgotten_uploads() -> int:
    """Those that nobody took in, or read, for so long; how many. What was taken in of them stays."""
    waiting = ImportedProcess.objects.filter(
        file__upload=OuterRef("pk"), taken_at__isnull=True
    )
    forgotten = FileUpload.objects.filter(
        Q(read_at__isnull=True) | Exists(waiting),
        discarded_at=None,
        edition=None,
        at__lt=timezone.now() - timedelta(days=FORGOTTEN_DAYS),
    )
    discarded = 0
    for upload in forgotten.order_by("pk"):
        with suppress(PreviewGone):  # somebody was quicker
            _discard(upload, by=None)
            discarded += 1
    return discarded


def _discard(upload: FileUpload, *, by: User | None) -> None:
    with act(by=by) as done:
        upload = (
            FileUpload.objects.select_for_update(of=("self",))
            .select_related("manual")
            .get(pk=upload.pk)
        )
        if upload.discarded_at is not None or upload.edition_id is not None:
            raise PreviewGone
        upload.discarded_by = by
        upload.discarded_at = timezone.now()
        upload.save(update_fields=["discarded_by", "discarded_at"])
        done.record(FILES_DISCARDED, about_manual(upload.manual))
