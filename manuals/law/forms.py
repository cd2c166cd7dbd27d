"""Forms of the registry of laws."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from hearing_portal.acts.overtaking import version_of
from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_year
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm, FormLayout
from hearing_portal.web.forms import ThaiTextField, VersionedForm

from ..models import LegalSource, LegalSuccession
from .field_words import SOURCE_WORDS, tell_source_value
from .queries import find_sources_by_title
from .services import (
    FACTS,
    SourceFacts,
    add_legal_source,
    add_legal_succession,
    change_legal_source,
)

# Offered while typing; others may be typed
KINDS = (
    "รัฐธรรมนูญ",
    "พระราชบัญญัติประกอบรัฐธรรมนูญ",
    "พระราชบัญญัติ",
    "พระราชกำหนด",
    "พระราชกฤษฎีกา",
    "กฎกระทรวง",
    "กฎ",
    "ระเบียบ",
    "ข้อบังคับ",
    "หลักเกณฑ์",
    "ประกาศ",
    "คำสั่ง",
    "มติคณะรัฐมนตรี",
    "หนังสือเวียน/หลักเกณฑ์",
)
MOST_NAMED = 5  # candidates a refusal names


class LegalSourceFilter(FilterForm):
    """What the registry is narrowed to; wrong choices narrow nothing."""

    q = ThaiTextField(label="ชื่อกฎหมาย", max_length=200, multiline=False, required=False)
    status = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[("", "ทั้งหมด"), *LegalSource.Status.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["type"] = "search"


class LegalSourceForm(VersionedForm):
    """A source as it is written down, new or corrected."""

    field_words = SOURCE_WORDS
    marked_optional = ("in_force_from", "until", "url", "note")

    full_title = ThaiTextField(
        label="ชื่อเต็ม",
        max_length=400,
        multiline=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "โปรดกรอกชื่อเต็มตามราชกิจจานุเบกษา"},
        help_text="ตามราชกิจจานุเบกษา พร้อมปี พ.ศ.",
    )
    short_title = ThaiTextField(
        label="ชื่อย่อ",
        max_length=120,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อย่อ เช่น ระเบียบสารบรรณ 2526"},
    )
    kind = ThaiTextField(
        label="ประเภท",
        max_length=40,
        multiline=False,
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
        error_messages={"required": "โปรดกรอกประเภท เช่น พระราชบัญญัติ ระเบียบ ประกาศ"},
        help_text="เช่น พระราชบัญญัติ ระเบียบ ประกาศ คำสั่ง",
    )
    year_be = forms.IntegerField(
        label="ปี พ.ศ.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "โปรดกรอกปี พ.ศ. เช่น 2526",
            "invalid": "โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2526",
        },
    )
    status = forms.ChoiceField(
        label="สถานะ",
        choices=LegalSource.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกสถานะ"},
    )
    in_force_from = BeDateField(label="วันที่ใช้บังคับ", required=False)
    until = BeDateField(label="วันที่สิ้นผลใช้บังคับ", required=False)
    url = forms.URLField(
        label="ที่อยู่เว็บของตัวบท",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        assume_scheme="https",
        error_messages={
            "invalid": "ที่อยู่เว็บไม่ถูกต้อง เช่น https://ratchakitcha.soc.go.th/…",
            "max_length": "ที่อยู่เว็บยาวได้ไม่เกิน 200 ตัวอักษร",
        },
    )
    note = ThaiTextField(
        label="หมายเหตุ",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, source: LegalSource | None
    ) -> None:
        initial: dict[str, Any] = {}
        if source is not None:
            initial = {name: getattr(source, name) for name in FACTS}
            initial["version"] = version_of(source, FACTS)
        super().__init__(data, initial=initial)
        self.source = source

    def tell(self, name: str, value: Any) -> str:
        return tell_source_value(name, value)

    def clean_year_be(self) -> int:
        year: int = self.cleaned_data["year_be"]
        latest = be_year(timezone.localdate()) + 1
        if not 2400 <= year <= latest:
            raise forms.ValidationError(f"โปรดกรอกปี พ.ศ. ระหว่าง 2400 ถึง {latest}")
        return year

    def clean(self) -> dict[str, Any]:
        for name in ("full_title", "short_title", "kind"):
            if name in self.cleaned_data:
                self.cleaned_data[name] = " ".join(self.cleaned_data[name].split())
        return self.cleaned_data

    def save(self, *, by: User) -> LegalSource:
        """Raises LawRefused, EditOvertaken."""
        values = {name: self.cleaned_data[name] for name in FACTS}
        facts = SourceFacts(**values)
        if self.source is None:
            return add_legal_source(facts, by=by)
        return change_legal_source(
            self.source, facts, by=by, version=self.cleaned_data["version"]
        )


class SuccessionForm(FormLayout, forms.Form):
    """A later source that amended or replaced this one."""

    kind = forms.ChoiceField(
        label="ความสัมพันธ์",
        choices=[
            (LegalSuccession.Kind.REPLACES.value, "แทนที่โดย"),
            (LegalSuccession.Kind.AMENDS.value, "แก้ไขโดย"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกแทนที่โดย หรือแก้ไขโดย"},
    )
    later = ThaiTextField(
        label="ฉบับหลัง",
        max_length=400,
        multiline=False,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        error_messages={"required": "โปรดกรอกชื่อของฉบับหลัง"},
        help_text="ชื่อเต็ม ชื่อย่อ หรือบางส่วนของชื่อที่มีในทะเบียน",
    )

    def __init__(self, data: QueryDict | None = None, *, source: LegalSource) -> None:
        super().__init__(data)
        self.source = source

    def clean_later(self) -> LegalSource:
        found = find_sources_by_title(self.cleaned_data["later"])
        if not found:
            raise forms.ValidationError(
                "ไม่พบกฎหมายชื่อนี้ในทะเบียน โปรดตรวจตัวสะกด หรือเพิ่มกฎหมายฉบับหลังก่อน"
            )
        if len(found) > 1:
            titles = [source.short_title for source in found[:MOST_NAMED]]
            names = ", ".join(titles)
            if len(found) > MOST_NAMED:
                names += f" และอีก {len(found) - MOST_NAMED:,} ฉบับ"
            raise forms.ValidationError(
                f"พบ {len(found):,} ฉบับ ได้แก่ {names} โปรดกรอกชื่อย่อให้ตรงฉบับใดฉบับหนึ่ง"
            )
        return found[0]

    def save(self, *, by: User) -> LegalSuccession:
        """Raises LawRefused."""
        kind = LegalSuccession.Kind(self.cleaned_data["kind"])
        return add_legal_succession(
            self.source, self.cleaned_data["later"], kind, by=by
        )
