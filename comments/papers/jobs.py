"""The job that makes a paper."""

from datetime import date

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.media_types import DOCX, PDF
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import be_date_short
from hearing_portal.thai.numbering import Digits
from manuals.models import Edition

from ..citations import NO_BREAK_SPACE
from ..hearings.queries import find_hearing_by_key
from ..matrix.cells import MatrixReader
from ..matrix.queries.rows import MatrixScope
from ..models import Hearing, HearingSession
from ..permissions import can_work_at
from .kinds import ALL_OFFICES, EVERY_DAY, PAPERS, PaperKind
from .making import (
    PaperSubject,
    load_values,
    make_letters,
    make_pdf,
    make_word,
    pack_parts,
)
from .matrix_table import TITLE, matrix_as_pdf, matrix_as_word

NOT_YOURS = "ท่านไม่มีบทบาทที่จัดทำเอกสารนี้ได้แล้ว"
GONE = "ไม่มีเรื่องที่เลือกไว้แล้ว โปรดเลือกใหม่"


def run_paper_job(job: Job, progress: Progress) -> StoredFile:
    """Raises JobRefused with what is wrong, in Thai."""
    kind = PAPERS[job.params["paper"]]
    digits: Digits = job.params["digits"]
    hearing = find_hearing_by_key(job.params["hearing"])
    progress(0, 1)
    try:
        if kind.about == "office" and job.params["subject"] == ALL_OFFICES:
            _require_admin_of(job.asked_by)
            return _make_all_letters(hearing, digits, progress)
        subject = _find_subject(kind, job.params["subject"], hearing, job.asked_by)
        _require_desk(job.asked_by, kind, subject)
        values = load_values(kind, subject)
        name = f"{kind.title} {_name_subject(subject)}".strip()
        if job.params["format"] == "pdf":
            printed = make_pdf(kind, values, digits)
            if len(printed) == 1:
                return store_file(printed[0], media_type=PDF, name=f"{name}.pdf")
            packed = pack_parts(kind.title, printed)
            return store_file(packed, media_type="application/zip", name=f"{name}.zip")
        [written] = make_word(kind, [values], digits)
        return store_file(written, media_type=DOCX, name=f"{name}.docx")
    except Refusal as refused:
        raise JobRefused(refused.message_th) from refused


def run_matrix_table_job(
    job: Job, scope: MatrixScope, about: str, progress: Progress
) -> StoredFile:
    """The matrix as the official table; a long one as PDF in several parts."""
    reader = MatrixReader(job.asked_by)
    digits: Digits = job.params.get("digits", "thai")
    if job.params["format"] == "docx":
        written = matrix_as_word(scope, reader, about, digits, progress)
        return store_file(written, media_type=DOCX, name=f"{TITLE}.docx")
    printed, is_packed = matrix_as_pdf(scope, reader, about, digits, progress)
    if is_packed:
        return store_file(printed, media_type="application/zip", name=f"{TITLE}.zip")
    return store_file(printed, media_type=PDF, name=f"{TITLE}.pdf")


def _make_all_letters(
    hearing: Hearing | None, digits: Digits, progress: Progress
) -> StoredFile:
    if hearing is None:
        raise JobRefused(GONE)
    offices = list(AreaOffice.objects.valid_on(hearing.opens_on))
    packed = make_letters(hearing, offices, digits, progress)
    name = f"หนังสือแจ้งผลถึง สพท. {hearing.key}.zip"
    return store_file(packed, media_type="application/zip", name=name)


def _find_subject(
    kind: PaperKind, chosen: str, hearing: Hearing | None, asked_by: User
) -> PaperSubject:
    match kind.about:
        case "group":
            group = WorkGroup.objects.filter(key=chosen).first()
            found = PaperSubject(hearing, group=group)
            is_there = group is not None
        case "office":
            office = AreaOffice.objects.filter(key=chosen).first()
            found = PaperSubject(hearing, office=office)
            is_there = office is not None
        case "session":
            sessions = HearingSession.objects.select_related(
                "hearing", "work_group", "edition"
            )
            session = sessions.filter(pk=int(chosen), hearing=hearing).first()
            found = PaperSubject(hearing, session=session)
            is_there = session is not None
        case "edition":
            edition = Edition.objects.sealed().select_related("basis")
            row = edition.filter(
                code=chosen, kind=Edition.Kind.FINAL, releases__audience="public"
            ).first()
            found = PaperSubject(hearing, edition=row)
            is_there = row is not None
        case "day":
            day = None if chosen == EVERY_DAY else date.fromisoformat(chosen)
            found = PaperSubject(hearing, day=day, reader=asked_by)
            is_there = True
        case _:
            found = PaperSubject(hearing)
            is_there = True
    if not is_there:
        raise JobRefused(GONE)
    return found


def _require_desk(user: User, kind: PaperKind, subject: PaperSubject) -> None:
    """The person's groups of today, whatever they were when it was asked for."""
    if not kind.is_of_group:
        _require_admin_of(user)
        return
    group = subject.group
    if subject.session is not None:
        group = subject.session.work_group
    is_open = (
        load_roles(user).is_staff if kind.about == "day" else can_work_at(user, group)
    )
    if not is_open:
        raise JobRefused(NOT_YOURS)


def _require_admin_of(user: User) -> None:
    if not load_roles(user).is_admin:
        raise JobRefused(NOT_YOURS)


def _name_subject(subject: PaperSubject) -> str:
    name = ""
    if subject.group is not None:
        name = subject.group.short_name
    elif subject.office is not None:
        name = subject.office.short_name
    elif subject.session is not None:
        name = str(subject.session)
    elif subject.edition is not None:
        name = subject.edition.code
    elif subject.day is not None:
        name = be_date_short(subject.day).replace(NO_BREAK_SPACE, " ")
    elif subject.hearing is not None:
        name = subject.hearing.key
    return name.replace("/", "-").replace("\\", "-")
