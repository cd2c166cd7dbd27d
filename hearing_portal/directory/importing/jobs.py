"""Taking in a confirmed list as a job: five thousand rows take three seconds, and a request may take one.

What is left of it is a report: counts, and where the file is wrong. It is kept for good, so it holds no name.
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.spreadsheets import TableRefused

from ..models import RoleAssignment, User
from ..permissions import load_roles
from .people_rows import ImportPlan, RowError
from .services import Progress, import_people
from .uploads import WAITING_LISTS, ImportGone

KIND = "import_people"


class DifferingRow(NamedTuple):
    """A row about somebody known who lacks its role, or lacks it for these groups (short names)."""

    line: int
    person_pk: int
    username: str
    groups: list[str]
    role: str = (
        RoleAssignment.Role.DELEGATE
    )  # the only one in reports of earlier versions

    @property
    def role_label(self) -> str:
        return RoleAssignment.Role(self.role).label


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    new: int
    known: int
    errors: list[RowError]
    differing: list[DifferingRow]
    people_by_role: dict[RoleAssignment.Role, int]

    @property
    def bad_lines(self) -> int:
        return len({error.line for error in self.errors})


@transaction.atomic
def ask_for_import(token: str, *, by: User, takes_numbers: bool = False) -> Job:
    """The job that takes in the file of this token (`takes_numbers`: as for plan_import); asked twice, the same job.
    Raises ImportGone."""
    # Against two requests at once; people's names may be read and pointed to meanwhile
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    job = find_import(token, by=by)
    if job is not None:
        return job
    name = WAITING_LISTS.name_of(token, by=by)
    WAITING_LISTS.keep_longer(name)
    return enqueue_job(KIND, {"upload": name, "takes_numbers": takes_numbers}, by)


def find_import(token: str, *, by: User) -> Job | None:
    """The job that takes or took in the file of this token, unless it came to nothing. Raises ImportGone."""
    name = WAITING_LISTS.name_of(token, by=by)
    jobs = Job.objects.filter(kind=KIND, asked_by=by, params__upload=name)
    came_to_nothing = [Job.State.FAILED, Job.State.CANCELLED]
    return jobs.exclude(state__in=came_to_nothing).first()


def run_import(job: Job, progress: Progress) -> StoredFile:
    """The report. People and report are stored together, so a second run after a killed worker finds both."""
    done = StoredFile.objects.filter(name=_report_name(job)).first()
    if done is not None:
        return done
    if not load_roles(job.asked_by).is_admin:
        raise JobRefused("ผู้สั่งนำเข้าไม่ได้เป็นผู้ดูแลระบบแล้ว จึงไม่ได้นำเข้า")
    try:
        raw = WAITING_LISTS.read_queued(job.params["upload"])
        with transaction.atomic():
            plan = import_people(
                raw,
                by=job.asked_by,
                takes_numbers=job.params.get("takes_numbers", False),
                progress=progress,
            )
            report = _store_report(job, plan)
    except (ImportGone, TableRefused) as refused:
        raise JobRefused(refused.message_th) from refused
    WAITING_LISTS.drop(job.params["upload"])
    return report


def _report_name(job: Job) -> str:
    return f"people-import-{job.uuid}.json"


def _store_report(job: Job, plan: ImportPlan) -> StoredFile:
    errors = []
    for error in plan.errors:
        errors.append((error.line, error.column, error.message_to_keep))
    differing: list[DifferingRow] = []
    for row in plan.differing:
        groups = [group.short_name for group in row.missing]
        differing.append(DifferingRow(row.line, row.pk, row.username, groups, row.role))
    report = {
        "job": str(job.uuid),
        "new": len(plan.new),
        "known": plan.known_people,
        "errors": errors,
        "differing": differing,
        "people_by_role": plan.people_by_role,
    }
    content = json.dumps(report, ensure_ascii=False).encode()
    return store_file(content, media_type="application/json", name=_report_name(job))


def read_report(job: Job) -> ImportReport | None:
    """What run_import stored; None while the job has not ended well."""
    if job.result is None:
        return None
    kept: dict[str, Any] = json.loads(job.result.path.read_bytes())
    counted: dict[str, int] = kept.get("people_by_role", {})
    if not counted and kept["new"]:
        # Reports of earlier versions do not say; theirs were delegates
        counted = {RoleAssignment.Role.DELEGATE: kept["new"]}
    people_by_role = {}
    for role, number in counted.items():
        people_by_role[RoleAssignment.Role(role)] = number
    return ImportReport(
        new=kept["new"],
        known=kept["known"],
        errors=[RowError(*error) for error in kept["errors"]],
        differing=[DifferingRow(*row) for row in kept["differing"]],
        people_by_role=people_by_role,
    )
