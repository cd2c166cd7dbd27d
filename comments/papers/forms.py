"""Asking for a paper, and giving a form of the office's own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.thai.dates import be_date
from manuals.models import Edition

from ..models import Hearing, HearingSession
from .kinds import ALL_OFFICES, EVERY_DAY, PaperKind

REQUIRED = {"required": "โปรดเลือกจากรายการ", "invalid_choice": "โปรดเลือกจากรายการ"}


class PaperRequestForm(forms.Form):
    """What the paper is about, as its kind asks, and in which form: of this hearing and these groups alone."""

    subject = forms.ChoiceField(label="เรื่อง", error_messages=REQUIRED, required=False)
    format = forms.ChoiceField(
        label="รูปแบบไฟล์", choices=[("docx", "Word"), ("pdf", "PDF")], initial="docx"
    )
    digits = forms.ChoiceField(
        label="ตัวเลข",
        choices=[("thai", "เลขไทย ๑ ๒ ๓"), ("arabic", "เลขอารบิก 1 2 3")],
        initial="thai",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: PaperKind,
        hearing: Hearing | None,
        groups: Sequence[WorkGroup],
        all_groups: bool,
        **options: Any,
    ) -> None:
        """`all_groups` says that the person may have the plenary's papers too."""
        super().__init__(data, prefix=kind.key, **options)
        self.all_groups = all_groups
        self.kind = kind
        self.hearing = hearing
        self.groups = groups
        label, choices = self._subjects()
        if not choices:
            del self.fields["subject"]
            return
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)
        field.label = label
        field.required = True
        field.choices = choices

    def _subjects(self) -> tuple[str, list[tuple[str, str]]]:
        match self.kind.about:
            case "group":
                named = [(group.key, group.name) for group in self.groups]
                return "กลุ่มงาน", named or [("", "ไม่มีกลุ่มงาน")]
            case "office":
                day = localdate() if self.hearing is None else self.hearing.opens_on
                offices = AreaOffice.objects.valid_on(day)
                named = [(office.key, office.short_name) for office in offices]
                return "สพท.", [(ALL_OFFICES, "ทุก สพท. (ไฟล์ ZIP)"), *named]
            case "session":
                own = Q(work_group__in=self.groups)
                if self.all_groups:
                    own |= Q(work_group__isnull=True)
                sessions = HearingSession.objects.filter(own, hearing=self.hearing)
                sessions = sessions.select_related("work_group")
                named = [(str(each.pk), str(each)) for each in sessions]
                return "เวที", named or [("", "ยังไม่มีเวที")]
            case "day":
                return "วันที่พิจารณา", [(EVERY_DAY, "ทุกวัน"), *self._days()]
            case "edition":
                editions = Edition.objects.sealed().filter(
                    kind=Edition.Kind.FINAL, releases__audience="public"
                )
                named = [(each.code, each.title) for each in editions.distinct()]
                return "ฉบับ", named or [("", "ยังไม่มีฉบับสมบูรณ์ที่เผยแพร่แก่ประชาชน")]
        return "", []

    def _days(self) -> list[tuple[str, str]]:
        """Of the hearing, as far as they have come."""
        days: list[tuple[str, str]] = []
        if self.hearing is not None:
            day = self.hearing.opens_on
            while day <= min(self.hearing.closes_on, localdate()):
                days.append((day.isoformat(), be_date(day)))
                day += timedelta(days=1)
        return days

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        is_pdf = data.get("format") == "pdf"
        is_of_all = self.kind.about == "office" and data.get("subject") == ALL_OFFICES
        if is_pdf and is_of_all:
            self.add_error("format", "หนังสือถึงทุก สพท. จัดทำเป็น Word เท่านั้น")
        return data

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        subject = data.get("subject", "")
        params = {
            "paper": self.kind.key,
            "hearing": self.hearing.key if self.hearing is not None else "",
            "subject": subject,
            "group": self._group_of(subject),
            "format": data["format"],
            "digits": data["digits"],
        }
        return enqueue_job("make_paper", params, by, joins_running=False)

    def _group_of(self, subject: str) -> str:
        """Of whose desk the paper is."""
        if self.kind.about == "group":
            return subject
        if self.kind.about == "session":
            session = HearingSession.objects.select_related("work_group").get(
                pk=int(subject)
            )
            return session.work_group.key if session.work_group is not None else ""
        return ""


class PaperFormForm(forms.Form):
    """A Word file with fields."""

    file = forms.FileField(
        label="แบบของหน่วยงาน (.docx)",
        help_text="ไม่เกิน 5 MB ไม่มีมาโครและไม่อ้างไฟล์ภายนอก ระบบจะทดลองกรอกก่อนบันทึก",
        error_messages={"required": "โปรดเลือกไฟล์", "empty": "ไฟล์นี้ว่างเปล่า"},
    )
