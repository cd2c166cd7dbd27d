"""Long work about people. Imported when Django starts, as the tasks of every app are."""

from hearing_portal.jobs.kinds import Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile

from .importing.jobs import KIND, run_import


@job_kind(KIND)
def import_people_job(job: Job, progress: Progress) -> StoredFile:
    """Params: upload (the name of the kept file)."""
    return run_import(job, progress)
