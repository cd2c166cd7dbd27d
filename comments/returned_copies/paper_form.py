"""แบบแสดงความคิดเห็น on paper: blank, for a group or all, with the code of the group's page where the same is typed."""

from django.conf import settings
from django.urls import reverse

from manuals.models import Edition, Manual
from manuals.pdf.blank_form import BlankForm, BlankFormPage, print_blank_form
from manuals.word_export.sources import NothingToExport

from ..issue_classes import MEANINGS
from ..models import Comment
from .comment_form import TITLE

HELP_TEXTS = (
    "โปรดเขียนหนึ่งเรื่องต่อหนึ่งช่อง แล้วส่งคืนผู้ดำเนินเวที หรือสแกนรหัสเพื่อแสดงความคิดเห็นในระบบ",
)


def write_paper_form(edition: Edition, *, group: str = "") -> bytes:
    """A PDF for a group (its key), or all that the edition has. Raises NothingToExport and PrintFailed."""
    manuals = Manual.objects.filter(
        pk__in=edition.entries.values("manual"), work_group__isnull=False
    ).select_related("work_group")
    if group:
        manuals = manuals.filter(key=group)
    pages = []
    for manual in manuals.order_by("work_group__order"):
        address = settings.PORTAL_URL + reverse("group", args=[manual.key])
        pages.append(BlankFormPage(manual.display_name, address))
    if not pages:
        raise NothingToExport("ฉบับนี้ไม่มีกลุ่มงานที่ขอพิมพ์แบบ")
    form = BlankForm(
        title=TITLE,
        about=edition.title,
        help_texts=HELP_TEXTS,
        asked_of_person=("สพท.", "ชื่อ-สกุล ผู้แทน", "ตำแหน่ง"),
        choices=(
            ("ประเภท", [str(label) for label in Comment.Type.labels]),
            ("ประเด็น (ไม่บังคับ)", [meaning.word for meaning in MEANINGS]),
        ),
        spaces=(("ความคิดเห็นและเหตุผล", 3), ("ข้อความที่เสนอ", 2)),
        place="กระบวนงานและข้อ",
    )
    return print_blank_form(form, pages)
