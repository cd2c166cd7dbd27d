"""Long work of the manuals. Imported by the jobs app when Django starts."""

import json

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress, job_kind
from hearing_portal.jobs.models import Job, StoredFile

from .models import Edition


@job_kind("export_edition")
def export_edition(job: Job, progress: Progress) -> StoredFile:
    """Params: edition (code). The frozen texts as JSON."""
    from .editions.services.exporting import load_edition_json

    edition = Edition.objects.sealed().filter(code=job.params["edition"]).first()
    if edition is None:
        raise JobRefused("ไม่มีฉบับที่ตรึงแล้วตามรหัสนี้")
    progress(0, 1)
    exported = load_edition_json(edition)
    text = json.dumps(exported, ensure_ascii=False, indent=1)
    stored = store_file(text.encode(), media_type="application/json", name=f"{edition.code}.json")
    progress(1, 1)
    return stored
