"""Forms of the administrators about area offices."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm, FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..models import AreaOffice, User
from ..people.forms import ANY
from ..people.queries import list_provinces
from .services import OfficeRefused, change_office, split_provinces


class OfficeFilter(FilterForm):
    """What the list of offices is narrowed to; wrong choices narrow nothing."""

    q = ThaiTextField(
        label="ชื่อหรือรหัส",
        max_length=100,
        multiline=False,
        required=False,
    )
    kind = forms.ChoiceField(
        label="ประเภท",
        required=False,
        choices=[*ANY, *AreaOffice.Kind.choices],
    )
    province = forms.ChoiceField(label="จังหวัด", required=False)
    empty = forms.BooleanField(label="เฉพาะเขตที่ยังไม่มีผู้แทน", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "ทุกจังหวัด")]
        choices += [(name, name) for name in list_provinces()]
        cast(forms.ChoiceField, self.fields["province"]).choices = choices
        self.fields["q"].widget.attrs["type"] = "search"


class OfficeForm(FormLayout, forms.Form):
    """What may be corrected of an office."""

    marked_optional = ("official_code", "valid_until")

    name = ThaiTextField(
        label="ชื่อเต็ม", max_length=200, multiline=False, error_messages={"required": "โปรดกรอกชื่อเต็มของ สพท."}
    )
    short_name = ThaiTextField(
        label="ชื่อย่อ",
        max_length=100,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อย่อ เช่น สพป.ลำปาง เขต 1"},
        help_text="ชื่อที่แสดงทุกหน้า และใช้จับคู่เมื่อนำเข้ารายชื่อ",
    )
    provinces = ThaiTextField(
        label="จังหวัด",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกจังหวัดอย่างน้อยหนึ่งจังหวัด"},
        help_text="หลายจังหวัดคั่นด้วยวรรคหรือจุลภาค เช่น ชลบุรี ระยอง",
    )
    official_code = ThaiTextField(
        label="รหัสหน่วยงาน",
        max_length=20,
        multiline=False,
        required=False,
    )
    valid_until = BeDateField(
        label="วันสุดท้ายของเขต",
        required=False,
        help_text="กรอกเมื่อเขตนี้ถูกยุบหรือรวม เว้นว่างถ้ายังมีอยู่",
    )

    def __init__(self, data: QueryDict | None = None, *, office: AreaOffice) -> None:
        initial = {name: getattr(office, name) for name in self.base_fields}
        initial["provinces"] = " ".join(office.provinces)
        super().__init__(data, initial=initial)
        self.office = office

    def clean(self) -> dict[str, Any]:
        for name in ("name", "short_name", "official_code"):
            if name in self.cleaned_data:
                self.cleaned_data[name] = " ".join(self.cleaned_data[name].split())
        return self.cleaned_data

    def clean_provinces(self) -> list[str]:
        names = split_provinces(self.cleaned_data["provinces"])
        if not names or max(len(name) for name in names) > 60:
            raise forms.ValidationError("โปรดกรอกชื่อจังหวัด เช่น ชลบุรี ระยอง")
        return names

    def save(self, *, by: User) -> AreaOffice | None:
        """None when the act was refused: the form then says why."""
        values = {**self.cleaned_data, "official_code": self.cleaned_data["official_code"] or None}
        try:
            return change_office(self.office, by=by, **values)
        except OfficeRefused as refusal:
            self.add_error(refusal.field, refusal.message_th)
            return None
