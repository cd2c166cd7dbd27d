"""Long work of the hearing. Imported by the jobs app when Django starts."""

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile
from manuals.models import Edition


@job_kind("export_book")
def export_book_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code), group (key or ""), process (uuid or ""), digits (thai or arabic)."""
    from manuals.services.book import BookWish, NothingToPrint

    from .services.book_export import export_book

    edition = Edition.objects.sealed().filter(code=job.params["edition"]).first()
    if edition is None:
        raise JobRefused("ไม่มีฉบับที่ตรึงแล้วตามรหัสนี้")
    wish = BookWish(
        group=job.params.get("group", ""),
        process=job.params.get("process", ""),
        digits=job.params.get("digits", "thai"),
    )
    try:
        book = export_book(edition, wish, progress=progress)
    except NothingToPrint as refused:
        raise JobRefused(str(refused)) from refused
    name = "-".join(filter(None, (edition.code, wish.group))) + ".pdf"
    return store_file(book.bytes, media_type="application/pdf", name=name)
