"""Fetching jobs and their files, for whoever may have them now."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import Manual
from manuals.permissions import editions_readable_by

Role = RoleAssignment.Role
MAY_NOT_EXPORT_NOW = "ท่านไม่มีบทบาทที่ดาวน์โหลดไฟล์นี้ได้แล้ว หากยังต้องใช้ไฟล์ โปรดติดต่อผู้ดูแลระบบ"


def jobs_shown_to(user: User) -> QuerySet[Job]:
    """Who asked; admins see all (product.md, "a job and its download")."""
    if load_roles(user).is_admin:
        return Job.objects.all()
    return Job.objects.visible_to(user)


def get_job(user: User, uuid: str) -> Job:
    return get_object_or_404(jobs_shown_to(user).select_related("result"), uuid=uuid)


def get_file_of_job(user: User, uuid: str) -> StoredFile:
    """What came of a job, for who could ask for it now: a role may have ended since. Raises NotVisible where nothing
    came of it, and what `require_permission` does."""
    job = get_job(user, uuid)
    if job.result is None:
        raise NotVisible
    require_permission(_may_ask_now(user, job), MAY_NOT_EXPORT_NOW)
    return job.result


def _may_ask_now(user: User, job: Job) -> bool:
    roles = load_roles(user)
    if roles.is_admin:
        return True
    match job.kind:
        case "export_book" | "export_word" | "export_comment_form":
            own = [group.key for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
            return job.params.get("group") in own
        case "export_edition":
            return (
                roles.is_staff
                and editions_readable_by(user)
                .filter(code=job.params["edition"])
                .exists()
            )
        case "export_matrix":
            own = [group.key for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
            asked = job.params.get("groups", [])
            return bool(asked) and set(asked) <= set(own)
        case "make_paper":
            own = [group.key for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
            return bool(job.params["group"]) and job.params["group"] in own
        case "import_processes":
            drafted = Manual.objects.filter(work_group__in=roles.groups(Role.DRAFTER))
            return drafted.filter(key=job.params["manual"]).exists()
    return False
