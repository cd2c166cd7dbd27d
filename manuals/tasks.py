"""Long work of the manuals. Imported by the jobs app when Django starts."""

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.periodic import every_minute

from .models import Edition, Manual


@every_minute("manuals.sweep_waiting_files")
def sweep_unsaved_files() -> None:
    """Files that came with a form nobody saved go after a month."""
    from .drafting.services.waiting_files import sweep_waiting_files

    sweep_waiting_files()


@every_minute("manuals.discard_forgotten_uploads")
def discard_forgotten_files() -> None:
    """Files that were sent for a manual and never taken in are offered no more after two months."""
    from .importing.services.receiving import discard_forgotten_uploads

    discard_forgotten_uploads()


@every_minute("manuals.index_editions")
def index_editions() -> None:
    """After an upgrade that reads words otherwise, editions are found again without anybody doing anything."""
    from .searching.services import index_unindexed

    index_unindexed()


@job_kind("export_edition")
def export_edition(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code), format (json or akn; json without it). The frozen texts."""
    from .exchange.exporting import FORMATS, file_name

    edition = _sealed_edition(job.params["edition"])
    progress(0, 1)
    name = job.params.get("format", "json")
    exported = FORMATS[name].write(edition)
    stored = store_file(
        exported, media_type=FORMATS[name].media_type, name=file_name(edition, name)
    )
    progress(1, 1)
    return stored


@job_kind("export_word")
def export_word_job(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code, or WORKING_DRAFT), group (key or ""), process (uuid or "") with process_title, digits;
    of a file that shows what changed, against (code)."""
    from .comparing.sides import WORKING_DRAFT, Side
    from .permissions import can_read_draft
    from .word_export.exporting import (
        WORD,
        WordOptions,
        export_word,
        export_word_changes,
    )
    from .word_export.sources import NothingToExport

    params = job.params
    options = WordOptions(params["group"], params["process"], params["digits"])
    if params["edition"] == WORKING_DRAFT:
        manuals = Manual.objects.select_related("work_group")
        # Whose working draft the person may read now, whatever they might when they asked
        readable = [
            manual
            for manual in manuals
            if can_read_draft(job.asked_by, manual.work_group)
        ]
        side = Side(None, readable)
        name = "ร่าง"
    else:
        side = Side(_sealed_edition(params["edition"]))
        name = side.code
    try:
        if params.get("against"):
            older = Side(_sealed_edition(params["against"]))
            name = f"{name} เทียบ {older.code}"
            exported = export_word_changes(older, side, options, progress=progress)
        else:
            exported = export_word(side, options, progress=progress)
    except NothingToExport as refused:
        raise JobRefused(refused.message_th) from refused
    named = filter(None, (name, options.group, params.get("process_title", "")))
    return store_file(exported, media_type=WORD, name=f"{' '.join(named)}.docx")


def _sealed_edition(code: str) -> Edition:
    edition = Edition.objects.sealed().filter(code=code).first()
    if edition is None:
        raise JobRefused("ไม่มีฉบับที่จัดทำแล้วตามรหัสนี้")
    return edition


@job_kind("import_edition")
def import_edition_job(job: Job, progress: Progress) -> None:
    """Params: upload (the name of the kept file), code, edition (the file's own code), file_sha."""
    from .exchange.jobs import run_archival_job

    run_archival_job(job, progress)


@job_kind("check_edition")
def check_edition_job(job: Job, progress: Progress) -> StoredFile:
    """Params: upload (the name of the kept file), token (which leads to it)."""
    from .exchange.jobs import run_check_job

    return run_check_job(job, progress)


@job_kind("make_manuals")
def make_manuals_job(job: Job, progress: Progress) -> StoredFile | None:
    """Params: groups (keys), beginning."""
    from hearing_portal.directory.models import WorkGroup
    from hearing_portal.directory.permissions import load_roles

    from .importing.refusals import ManualNotMade
    from .importing.services.making import Beginning, make_manuals, were_begun

    if not load_roles(job.asked_by).is_admin:
        raise JobRefused("ผู้สั่งจัดทำไม่ได้เป็นผู้ดูแลระบบแล้ว จึงไม่ได้จัดทำคู่มือ")
    groups = list(WorkGroup.objects.filter(key__in=job.params["groups"]))
    # An earlier attempt of this job may have made them all before its worker died
    if were_begun(groups, by=job.asked_by, since=job.asked_at):
        return None
    total = len(groups)
    progress(0, total)
    try:
        make_manuals(
            groups,
            Beginning(job.params["beginning"]),
            by=job.asked_by,
            progress=lambda made: progress(made, total),
        )
    except ManualNotMade as refused:
        raise JobRefused(refused.message_th) from refused
    return None


@job_kind("read_files")
def read_files_job(job: Job, progress: Progress) -> None:
    """Params: manual (key), upload (uuid), files ([name, name of the kept file])."""
    from .importing.jobs import run_reading_job

    run_reading_job(job, progress)


@job_kind("import_processes")
def import_processes_job(job: Job, progress: Progress) -> StoredFile:
    """Params: manual (key), upload (uuid), chosen ([uuid, lock version, target, version, unit, kept, known])."""
    from .importing.jobs import run_job

    return run_job(job, progress)
