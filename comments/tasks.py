"""Long work of the hearing. Imported by the jobs app when Django starts."""

from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.periodic import every_minute
from manuals.comparing.sides import WORKING_DRAFT
from manuals.models import Edition, Manual
from manuals.permissions import can_read_draft


@every_minute("hearings.keep_session_times")
def open_and_close_on_time() -> None:
    """Sessions whose time has come open and close."""
    from .hearings.services.timekeeping import keep_session_times

    keep_session_times()


@every_minute("comments.search_similar_clauses")
def search_for_overlaps() -> None:
    """What was saved since the last minute is compared with the manuals of all other groups."""
    from .overlaps.services.searching import search_similar_clauses

    search_similar_clauses()


@every_minute("notices.send_digests")
def send_digests_of_the_day() -> None:
    """Once a day, to those for whom something is new."""
    from .notices.services import send_digests

    send_digests()


@job_kind("export_book")
def export_book_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code, or WORKING_DRAFT for a comparison), group (key or ""), process (uuid or "") with
    process_title, digits (thai or arabic), causes (true: with what led to its changes); of what differs from an older
    edition, variant and against (its code)."""
    # Inside: a web process never needs the printing libraries
    from manuals.pdf.sources import NothingToPrint, PrintOptions

    from .releasing.book_export import (
        export_book,
        export_comparison,
        export_draft_comparison,
    )

    is_of_draft = job.params["edition"] == WORKING_DRAFT
    edition = None if is_of_draft else _sealed_edition(job.params["edition"])
    variant = job.params.get("variant", "clean")
    print_options = PrintOptions(
        group=job.params.get("group", ""),
        process=job.params.get("process", ""),
        digits=job.params.get("digits", "thai"),
    )
    try:
        if edition is None:
            against = _sealed_edition(job.params["against"])
            manuals = _find_readable_manuals(job.asked_by)
            book = export_draft_comparison(
                against, manuals, variant, print_options, progress=progress
            )
        elif variant == "clean":
            book = export_book(
                edition,
                print_options,
                with_causes=bool(job.params.get("causes")),
                progress=progress,
            )
        else:
            against = _sealed_edition(job.params["against"])
            book = export_comparison(
                edition, against, variant, print_options, progress=progress
            )
    except NothingToPrint as refused:
        raise JobRefused(str(refused)) from refused
    name = "ร่าง" if edition is None else edition.code
    if print_options.group:
        name = f"{name}-{print_options.group}"
    if print_options.process:
        name = f"{name} {job.params.get('process_title', '')}".strip()
    if job.params.get("causes"):
        name = f"{name} ที่มา"
    if variant != "clean":
        name = f"{name} {variant} {job.params['against']}"
    return store_file(book.bytes, media_type="application/pdf", name=f"{name}.pdf")


@job_kind("publish_book")
def publish_book_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code). Prints its book for everybody who may read it."""
    from manuals.pdf.sources import NothingToPrint

    from .evidence.stands import keep_stand
    from .releasing.book_export import publish_book

    edition = _sealed_edition(job.params["edition"])
    proofs, stand = keep_stand(edition, progress)
    try:
        return publish_book(
            edition, by=job.asked_by, progress=progress, proofs=proofs, stand=stand
        ).file
    except NothingToPrint as refused:
        raise JobRefused(str(refused)) from refused


@job_kind("export_comment_form")
def export_comment_form_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code), group (key or ""), process (uuid or "") with process_title, digits, format ("sheet" for a
    spreadsheet, "paper" for a PDF to be filled in by hand)."""
    from hearing_portal.spreadsheets import XLSX_TYPE
    from manuals.word_export.exporting import WORD
    from manuals.word_export.sources import NothingToExport

    from .returned_copies.comment_form import TITLE, write_comment_form
    from .returned_copies.comment_sheet import write_comment_sheet
    from .returned_copies.paper_form import write_paper_form

    params = job.params
    edition = _sealed_edition(params["edition"])
    chosen = {"group": params["group"], "process": params["process"]}
    digits = params["digits"]
    progress(0, 1)
    try:
        match params.get("format"):
            case "sheet":
                form = write_comment_sheet(edition, **chosen, digits=digits)
                media_type, ending = XLSX_TYPE, "xlsx"
            case "paper":
                form = write_paper_form(edition, group=params["group"])
                media_type, ending = "application/pdf", "pdf"
            case _:
                form = write_comment_form(edition, **chosen, digits=digits)
                media_type, ending = WORD, "docx"
    except NothingToExport as refused:
        raise JobRefused(refused.message_th) from refused
    progress(1, 1)
    named = filter(
        None, (TITLE, edition.code, params["group"], params["process_title"])
    )
    return store_file(form, media_type=media_type, name=f"{' '.join(named)}.{ending}")


@job_kind("read_returned_copies")
def read_returned_copies_job(job: Job, progress: Progress) -> StoredFile:
    """Params: session (its id), files ([name, name of the kept file])."""
    from .returned_copies.jobs import run_read_job

    return run_read_job(job, progress)


@job_kind("take_in_returned_copies")
def take_in_returned_copies_job(job: Job, progress: Progress) -> None:
    """Params: session, read (uuid of the job that read them), chosen ([place, office, delegate or null,
    what was decided of single items]), reason."""
    from .returned_copies.jobs import run_take_job

    run_take_job(job, progress)


def _find_readable_manuals(user: User) -> list[Manual]:
    """Whose working draft the person may read now, whatever they might when they asked."""
    manuals = Manual.objects.select_related("work_group")
    return [manual for manual in manuals if can_read_draft(user, manual.work_group)]


def _sealed_edition(code: str) -> Edition:
    edition = Edition.objects.sealed().filter(code=code).first()
    if edition is None:
        raise JobRefused("ไม่มีฉบับที่จัดทำแล้วตามรหัสนี้")
    return edition


@job_kind("export_matrix")
def export_matrix_job(job: Job, progress: Progress) -> StoredFile:
    """Params: hearing (key), groups (keys; none for all), filters (the query of the page), format (xlsx, or docx or pdf
    for the official table), digits (of that table). Of the asker's groups of today, whatever they were when it was
    asked for."""
    from hearing_portal.spreadsheets import XLSX_TYPE

    from .hearings.queries import find_hearing_by_key
    from .matrix.access import find_matrix_groups
    from .matrix.cells import MatrixReader
    from .matrix.workbook import scope_of_request, written_matrix

    hearing = find_hearing_by_key(job.params["hearing"])
    groups = find_matrix_groups(job.asked_by)
    asked = job.params["groups"]
    if asked:
        groups = [group for group in groups if group.key in asked]
    if hearing is None or not groups:
        raise JobRefused("ไม่มีความคิดเห็นที่ท่านส่งออกได้")
    scope = scope_of_request(hearing, groups, job.params["filters"])
    name = f"ตารางสรุปความคิดเห็น {' '.join(asked)}".strip()
    if job.params.get("format", "xlsx") != "xlsx":
        from .papers.jobs import run_matrix_table_job

        return run_matrix_table_job(job, scope, f"{hearing.title} {name}", progress)
    with written_matrix(scope, MatrixReader(job.asked_by), progress) as path:
        return store_file(path, media_type=XLSX_TYPE, name=f"{name}.xlsx")


@job_kind("make_paper")
def make_paper_job(job: Job, progress: Progress) -> StoredFile:
    """Params: paper (its kind), hearing (key), subject (key, id or code of what it is about), group (key of whose desk
    it is, or ""), format (docx or pdf), digits. By the asker's roles of today."""
    from .papers.jobs import run_paper_job

    return run_paper_job(job, progress)


@job_kind("make_cards")
def make_cards_job(job: Job, progress: Progress) -> StoredFile:
    """Params: hearing (key), whom (key of a group, "heads" or "advisers"), most_uses (number, or null)."""
    from .arrivals.jobs import run_cards_job

    return run_cards_job(job, progress)


@job_kind("make_statistics")
def make_statistics_job(job: Job, progress: Progress) -> StoredFile:
    """Params: hearing (key), format (xlsx or csv)."""
    from .papers.statistics import run_statistics_job

    return run_statistics_job(job, progress)


@job_kind("make_evidence_pack")
def make_evidence_pack_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code), hearing (key)."""
    from .evidence.jobs import run_evidence_job

    return run_evidence_job(job, progress)


@job_kind("freeze_edition")
def freeze_edition_job(job: Job, progress: Progress) -> StoredFile | None:
    """Params: code, kind, title, basis (code or ""). Also places the earlier comments in the new edition, and
    compares what changed with the other manuals."""
    from manuals.editions.services.freezing import FreezeRefused, freeze_edition
    from manuals.searching.services import index_edition

    from .anchoring.services.resolving import resolve_comments
    from .overlaps.services.searching import search_similar_clauses

    params = job.params
    progress(0, 4)
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
    progress(1, 4)
    index_edition(edition)
    progress(2, 4)
    resolve_comments(edition)
    progress(3, 4)
    search_similar_clauses()
    progress(4, 4)
    return None
