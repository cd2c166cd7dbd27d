"""Files of an old book straight into an archival edition: the working draft stays as it is."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.kinds import unwatched

from ...importing.sent_pictures import keep_pictures_of
from ...models import Edition, FileUpload, ImportedProcess
from ..old_books import make_old_book
from ..refusals import ArchivalRefused
from .archiving import Progress, archive_edition


def archive_upload(
    upload: FileUpload,
    *,
    code: str,
    title: str,
    by: User,
    progress: Progress = unwatched,
) -> Edition:
    """All processes of the upload as they were put right, as one edition. Raises ArchivalRefused."""
    with act(by=by):
        upload = (
            FileUpload.objects.select_for_update(of=("self",))
            .select_related("manual__work_group")
            .get(pk=upload.pk)
        )
        if upload.discarded_at is not None or upload.edition_id is not None:
            raise ArchivalRefused("ไฟล์ชุดนี้จัดทำเป็นฉบับแล้ว หรือมีผู้ทิ้งแล้ว")
        processes = (
            ImportedProcess.objects.select_for_update(of=("self",))
            .filter(file__upload=upload)
            .select_related("file__original", "target")
            .order_by("number")
        )
        book = make_old_book(upload, list(processes), code, title)
        keep_pictures_of(processes)
        edition = archive_edition(book, by=by, code=code, progress=progress)
        upload.edition = edition
        upload.save(update_fields=["edition"])
    return edition
