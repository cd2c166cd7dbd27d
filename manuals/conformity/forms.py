"""What a person found of a process, and what the list of processes is narrowed to."""

from django import forms

from hearing_portal.directory.models import User
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..models import ConformityCheck, Section
from .services import check_conformity

NOTE_LIMIT = 2_000
EXPLAINED = {
    ConformityCheck.Status.CONFORMING: "สอดคล้อง – เป็นไปตามกฎหมายที่ใช้บังคับ",
    ConformityCheck.Status.CONFLICTING: "ขัด – ถ้อยคำขัดหรือแย้งกับกฎหมาย",
    ConformityCheck.Status.OUTDATED: "ล้าสมัย – เป็นไปตามกฎหมายเดิมที่แก้ไขหรือยกเลิกแล้ว",
    ConformityCheck.Status.NO_BASIS: "ไม่มีฐานกฎหมาย – ไม่มีกฎหมายกำหนดให้ปฏิบัติ",
}


class ConformityForm(FormLayout, forms.Form):
    """`read` is the token of what the person has before them."""

    hints = {"note": "ระบุข้อและกฎหมายที่เกี่ยวข้อง เว้นว่างได้เฉพาะผลสอดคล้อง"}

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    status = forms.ChoiceField(
        label="ผลการตรวจ",
        choices=list(EXPLAINED.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกผลการตรวจ",
            "invalid_choice": "โปรดเลือกผลการตรวจจากรายการ",
        },
    )
    note = ThaiTextField(
        label="หมายเหตุ",
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def save(self, section: Section, *, by: User) -> ConformityCheck:
        """Raises CheckRefused, CheckOvertaken."""
        data = self.cleaned_data
        status = ConformityCheck.Status(data["status"])
        return check_conformity(section, status, data["note"], read=data["read"], by=by)
