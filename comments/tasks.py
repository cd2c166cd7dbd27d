"""Long work of the hearing. Imported by the jobs app when Django starts."""

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile
from manuals.models import Edition


@job_kind("export_book")
def export_book_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code), group (key or ""), process (uuid or ""), digits (thai or arabic)."""
    # Inside: a web process never needs the printing libraries
    from manuals.pdf.sources import NothingToPrint, PrintOptions

    from .releasing.book_export import export_book

    editions = Edition.objects.sealed()
    edition = editions.filter(code=job.params["edition"]).first()
    if edition is None:
        raise JobRefused("ไม่มีฉบับที่ตรึงแล้วตามรหัสนี้")
    print_options = PrintOptions(
        group=job.params.get("group", ""),
        process=job.params.get("process", ""),
        digits=job.params.get("digits", "thai"),
    )
    try:
        book = export_book(edition, print_options, progress=progress)
    except NothingToPrint as refused:
        raise JobRefused(str(refused)) from refused
    name = edition.code
    if print_options.group:
        name = f"{name}-{print_options.group}"
    return store_file(book.bytes, media_type="application/pdf", name=f"{name}.pdf")


@job_kind("freeze_edition")
def freeze_edition_job(job: Job, progress: Progress) -> StoredFile | None:
    """Params: code, kind, title, basis (code or ""). Also places the earlier comments in the new edition."""
    from manuals.editions.services.freezing import FreezeRefused, freeze_edition
    from manuals.searching.services import index_edition

    from .anchoring.services.resolving import resolve_comments

    params = job.params
    progress(0, 3)
    # An earlier attempt of this job may have sealed the edition before its worker died
    sealed_before = Edition.objects.filter(
        code=params["code"],
        made_by=job.asked_by,
        sealed_at__gte=job.asked_at,
    )
    edition = sealed_before.first()
    if edition is None:
        try:
            edition = freeze_edition(
                code=params["code"],
                kind=params["kind"],
                title=params["title"],
                by=job.asked_by,
                basis=Edition.objects.sealed().filter(code=params["basis"]).first(),
            )
        except FreezeRefused as refused:
            raise JobRefused(refused.message_th) from refused
    progress(1, 3)
    index_edition(edition)
    progress(2, 3)
    resolve_comments(edition)
    progress(3, 3)
    return None
