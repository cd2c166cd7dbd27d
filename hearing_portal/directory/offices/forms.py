"""Forms of the administrators about area offices."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from hearing_portal.acts.overtaking import EditOvertaken, version_of
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm
from hearing_portal.web.forms import ThaiTextField, VersionedForm

from ..field_words import OFFICE_WORDS, tell_value
from ..models import AreaOffice, User
from ..people.forms import ANY
from ..people.queries import list_provinces
from .services import (
    CORRECTABLE,
    OfficeFacts,
    OfficeRefused,
    add_office,
    change_office,
    split_provinces,
)


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


class OfficeForm(VersionedForm):
    """What may be corrected of an office."""

    field_words = OFFICE_WORDS
    marked_optional = ("area_no", "official_code", "valid_until")

    name = ThaiTextField(
        label="ชื่อเต็ม",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อเต็มของ สพท."},
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
    area_no = forms.IntegerField(
        label="เลขเขต",
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "โปรดกรอกเลขเขต 1 ถึง 99 หรือเว้นว่าง"
        ),
    )
    official_code = ThaiTextField(
        label="รหัสหน่วยงาน",
        max_length=20,
        multiline=False,
        required=False,
    )
    valid_from = BeDateField(
        label="วันจัดตั้ง",
        error_messages={"required": "โปรดกรอกวันจัดตั้งของเขต"},
    )
    valid_until = BeDateField(
        label="วันสิ้นสุดของเขต",
        required=False,
        help_text="กรอกเมื่อเขตนี้ยุบหรือรวมกับเขตอื่น เว้นว่างหากยังมีอยู่",
    )

    def __init__(
        self, data: QueryDict | None = None, *, office: AreaOffice | None
    ) -> None:
        initial: dict[str, Any] = {}
        if office is not None:
            initial = {name: getattr(office, name) for name in CORRECTABLE}
            initial["provinces"] = " ".join(office.provinces)
            initial["version"] = version_of(office, CORRECTABLE)
        super().__init__(data, initial=initial)
        self.office = office

    def tell(self, name: str, value: Any) -> str:
        return tell_value(name, value)

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
        values = {
            **self.cleaned_data,
            "official_code": self.cleaned_data["official_code"] or None,
        }
        try:
            if self.office is None:
                return add_office(OfficeFacts(**values), by=by)
            return change_office(self.office, by=by, **values)
        except OfficeRefused as refusal:
            self.add_error(refusal.field, refusal.message_th)
        except EditOvertaken as refusal:
            self.take_overtaken(refusal)
        return None


class NewOfficeForm(OfficeForm):
    """An office the directory does not know yet. Its kind is asked once: comments are counted by it."""

    kind = forms.ChoiceField(
        label="ประเภท",
        choices=AreaOffice.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือก สพป. หรือ สพม."},
        help_text="เปลี่ยนภายหลังไม่ได้",
    )
    field_order = (
        "kind",
        "name",
        "short_name",
        "provinces",
        "area_no",
        "official_code",
        "valid_from",
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, office=None)
        del self.fields["valid_until"]
        del self.fields["version"]
