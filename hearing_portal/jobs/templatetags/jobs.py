"""Long work in words: what was asked for, how far it is, and the way to what it made."""

from typing import NamedTuple

from django import template
from django.urls import reverse

from ..models import Job

register = template.Library()
State = Job.State

STATE_ICONS = {
    State.QUEUED: "circle",
    State.RUNNING: "hourglass-split",
    State.DONE: "check-circle-fill",
    State.FAILED: "exclamation-circle",
    State.CANCELLED: "slash-circle",
}
# {kind of job: url name and title of the page where it is asked for}; all others on the page of exports
ASKED_AT = {
    "freeze_edition": ("editions", "ออกฉบับ"),
    "import_people": ("people-import", "นำเข้ารายชื่อ"),
}


class JobLink(NamedTuple):
    url: str
    label: str


@register.filter
def job_title(job: Job) -> str:
    """What was asked for, in words."""
    params = job.params
    match job.kind:
        case "export_book":
            return f"เล่ม PDF {params.get('edition', '')} {params.get('group') or 'ทั้งสิบกลุ่ม'}"
        case "freeze_edition":
            return f"ตรึงฉบับ {params.get('code', '')}"
        case "import_people":
            return "นำเข้ารายชื่อผู้แทน"
        case "export_edition":
            return f"ข้อความฉบับ {params.get('edition', '')} (JSON)"
    return "งานเบื้องหลัง"


@register.filter
def asked_at_page(job: Job) -> JobLink:
    """The page where such work is asked for."""
    name, title = ASKED_AT.get(job.kind, ("exports", "พิมพ์เล่มและส่งออก"))
    return JobLink(reverse(name), title)


@register.inclusion_tag("components/job_state.html")
def job_state(job: Job) -> dict[str, object]:
    """The state by icon and word, with how far it is: {% job_state job %}."""
    return {
        "job": job,
        "icon_name": STATE_ICONS[State(job.state)],
        "tells_progress": bool(job.total) and not job.has_ended,
        "is_stopping": job.cancel_asked and not job.has_ended,
    }


@register.inclusion_tag("components/job_result.html")
def job_result(job: Job, main: bool = False) -> dict[str, object]:
    """The way to what a job made; `main` where this is what the page is for: {% job_result job main=True %}."""
    page = None
    if job.kind == "import_people":
        page = JobLink(reverse("people-import-report", args=[job.uuid]), "ดูผลการนำเข้า")
    elif job.kind == "freeze_edition":
        page = JobLink(reverse("editions"), "ดูฉบับทั้งหมด")
    return {"job": job, "page": page, "main": main, "modifier": "main" if main else "dense"}
