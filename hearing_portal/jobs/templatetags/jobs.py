"""Long work in words: what was asked for, how far it is, and the way to what it made."""

from collections.abc import Mapping
from typing import NamedTuple

from django import template
from django.urls import reverse

from ..models import Job
from ..naming import name_groups

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
    "freeze_edition": ("editions", "เผยแพร่ฉบับ"),
    "publish_book": ("editions", "เผยแพร่ฉบับ"),
    "import_people": ("people-import", "นำเข้ารายชื่อ"),
    "make_manuals": ("manuals", "คู่มือ"),
    "import_processes": ("drafting", "ยกร่าง"),
    "export_matrix": ("matrix", "ตารางสรุปความคิดเห็น"),
    "make_paper": ("papers", "เอกสารหลังประชาพิจารณ์"),
    "make_statistics": ("papers", "เอกสารหลังประชาพิจารณ์"),
    "make_evidence_pack": ("papers", "เอกสารหลังประชาพิจารณ์"),
    "make_cards": ("hearing-desk", "ประชาพิจารณ์"),
    "check_edition": ("editions", "เผยแพร่ฉบับ"),
    "import_edition": ("editions", "เผยแพร่ฉบับ"),
}
COMPARISONS = {
    "redline": "ข้อความที่เปลี่ยน",
    "table": "ตารางสามช่อง",
    "changes": "ข้อความแก้ไขเพิ่มเติม",
}

PAPER_NAMES = {
    "report": "รายงานผลการประชาพิจารณ์",
    "group-summary": "สรุปประเด็นรายกลุ่ม",
    "letter": "หนังสือแจ้งผลถึง สพท.",
    "minutes": "รายงานการประชุม",
    "register": "บัญชีลงทะเบียน",
    "announcement": "ประกาศใช้คู่มือ",
}

WORKING_DRAFT = "working-draft"  # as a job names it in place of an edition
DATA_FORMATS = {"json": "JSON", "akn": "Akoma Ntoso"}


class JobLink(NamedTuple):
    url: str
    label: str


@register.filter
def job_title(job: Job) -> str:
    """What was asked for, in words. One query for a job whose groups nobody named (titles.name_groups)."""
    if job.group_names is None:
        name_groups([job])
    names = job.group_names or {}
    params = job.params
    match job.kind:
        case "export_book" if params.get("process"):
            return f"กระบวนงาน {params.get('process_title', '')} {params.get('edition', '')}"
        case "export_book" if params.get("variant"):
            what = COMPARISONS.get(params["variant"], "เปรียบเทียบข้อความ")
            edition = params.get("edition", "")
            newer = "ร่างปัจจุบัน" if edition == WORKING_DRAFT else edition
            return f"{what} {newer} เทียบกับ {params.get('against', '')}"
        case "export_book" if params.get("causes"):
            return f"เล่ม PDF พร้อมที่มา {params.get('edition', '')} {_name(params.get('group'), names) or 'ทุกกลุ่มงาน'}"
        case "export_book":
            return f"เล่ม PDF {params.get('edition', '')} {_name(params.get('group'), names) or 'ทุกกลุ่มงาน'}"
        case "publish_book":
            return f"เล่ม PDF {params.get('edition', '')} สำหรับประชาชน"
        case "export_comment_form":
            what = params.get("process_title") or _name(params.get("group"), names)
            return f"แบบแสดงความคิดเห็น {params.get('edition', '')} {what or 'ทุกกลุ่มงาน'}"
        case "export_word":
            edition = params.get("edition", "")
            side = "ร่างปัจจุบัน" if edition == WORKING_DRAFT else edition
            what = params.get("process_title") or _name(params.get("group"), names)
            if params.get("against"):
                side = f"{side} เทียบกับ {params['against']}"
            return f"ไฟล์ Word {side} {what or 'ทุกกลุ่มงาน'}"
        case "freeze_edition":
            return f"จัดทำฉบับ {params.get('code', '')}"
        case "import_people":
            return "นำเข้ารายชื่อ"
        case "make_manuals":
            return f"จัดทำคู่มือ {' '.join(_name(key, names) for key in params.get('groups', []))}"
        case "import_processes":
            return f"นำเข้ากระบวนงาน {_name(params.get('manual'), names)}"
        case "export_matrix":
            groups = " ".join(_name(key, names) for key in params.get("groups", []))
            return f"ตารางสรุปความคิดเห็น {groups or 'ทุกกลุ่มงาน'}"
        case "make_paper":
            what = PAPER_NAMES.get(params.get("paper", ""), "เอกสาร")
            return f"{what} {_name(params.get('group'), names)}".strip()
        case "make_statistics":
            return "สถิติความคิดเห็น"
        case "make_evidence_pack":
            return f"ชุดหลักฐาน {params.get('edition', '')}"
        case "read_files":
            return f"ตรวจไฟล์ {_name(params.get('manual'), names)}"
        case "export_edition":
            form = DATA_FORMATS.get(params.get("format", "json"), "")
            return f"ข้อความฉบับ {params.get('edition', '')} ({form})"
        case "read_returned_copies":
            return f"อ่านไฟล์ Word ที่ สพท. ส่งคืน {len(params.get('files', []))} ไฟล์"
        case "take_in_returned_copies":
            return "นำเข้าความคิดเห็นจากไฟล์ Word"
        case "check_edition":
            return "ตรวจไฟล์ฉบับจดหมายเหตุ"
        case "import_edition":
            return f"นำเข้าฉบับจดหมายเหตุ {params.get('code', '')}"
    return "งานของระบบ"


def _name(key: str | None, names: Mapping[str, str]) -> str:
    """Of a work group; its key where there is no such group any more."""
    return names.get(key or "", key or "")


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
    elif job.kind == "import_processes":
        report = reverse("manual-files-report", args=[job.params["manual"], job.uuid])
        page = JobLink(report, "ดูผลการนำเข้า")
    elif job.kind == "read_files":
        preview = reverse(
            "manual-files-preview", args=[job.params["manual"], job.params["upload"]]
        )
        page = JobLink(preview, "ดูผลการตรวจ")
    elif job.kind in ("read_returned_copies", "take_in_returned_copies"):
        read = job.params.get("read", job.uuid)
        address = reverse("returned-copies-preview", args=[job.params["session"], read])
        page = JobLink(address, "ดูผลการอ่านไฟล์")
    elif job.kind == "make_manuals":
        page = JobLink(reverse("manuals"), "ดูคู่มือ")
    elif job.kind == "check_edition":
        check = reverse("edition-import-preview", args=[job.params["token"]])
        page = JobLink(check, "ดูผลการตรวจ")
    elif job.kind == "import_edition":
        page = JobLink(reverse("edition-import-report", args=[job.uuid]), "ดูผลการนำเข้า")
    elif job.kind == "freeze_edition":
        page = JobLink(reverse("editions"), "ดูฉบับทั้งหมด")
    return {
        "job": job,
        "page": page,
        "main": main,
        "modifier": "main" if main else "dense",
    }
