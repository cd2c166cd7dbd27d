"""Forms of the drafter: the ruling on a comment, and the final words of an adopted proposal."""

import re
import uuid as uuids
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField
from manuals.content import Content, ContentRefused
from manuals.models import EditionEntry, TextBlob

from ..citations import cite_entry
from ..limits import TEXT_LIMIT
from ..models import Disposition
from ..moderating.forms import OUTCOMES, OutcomeForm, UUIDListField
from ..wording import WORDING_LIMIT, reworded_content, wording_fields
from .services.ruling import ACCEPTING, Ruling

Effect = Disposition.Effect
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class DispositionForm(OutcomeForm):
    """The ruling on a comment and on the duplicates that share it (`also`). The service checks the rules."""

    outcome = forms.ChoiceField(
        label="ผลการพิจารณา",
        choices=OUTCOMES,
        widget=PickRadio,
        error_messages={"required": "โปรดเลือกผลการพิจารณา", "invalid_choice": "โปรดเลือกผลการพิจารณา"},
    )
    effect = forms.ChoiceField(
        label="ผลต่อถ้อยคำ",
        choices=[(Effect.NO_TEXT_CHANGE, "ไม่ต้องแก้ถ้อยคำ"), (Effect.TO_DRAFT, "ให้ยกร่าง")],
        widget=PickRadio,
        required=False,
        help_text="ไม่ต้องแก้ถ้อยคำ ต้องบอกเหตุผล · ให้ยกร่าง ต้องระบุผู้ยกร่างและวัน",
        error_messages={"invalid_choice": "โปรดเลือกผลต่อถ้อยคำจากรายการ"},
    )
    reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอ",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    points_to = forms.ChoiceField(
        label="ข้อที่มีเรื่องนี้อยู่แล้ว",
        required=False,
        error_messages={"invalid_choice": "ไม่พบข้อนี้ โปรดเลือกใหม่"},
    )
    points_to_link = forms.CharField(
        label="หรือวางลิงก์ของข้อในกระบวนงานอื่น",
        max_length=400,
        required=False,
    )
    referred_to = ThaiTextField(label="ส่งต่อให้กลุ่มงานหรือหน่วยงาน", max_length=200, multiline=False, required=False)
    assignee = forms.ChoiceField(
        label="ผู้ยกร่าง", required=False, error_messages={"invalid_choice": "โปรดเลือกผู้ยกร่างของกลุ่มงานนี้"}
    )
    due = BeDateField(label="ภายในวันที่", required=False)
    also = UUIDListField(required=False)
    hints = {"reason": "อย่างน้อย 20 ตัวอักษร ไม่บังคับเมื่อรับและยกร่าง ผู้เสนอจะได้อ่าน"}

    def __init__(self, data: Any = None, *, about: EditionEntry, **options: Any) -> None:
        super().__init__(data, **options)
        self.about = about
        self.drafters = find_drafters(about)
        self.fields["points_to"].choices = [("", "เลือกข้อในกระบวนงานเดียวกัน"), *_entry_choices(about)]
        self.fields["assignee"].choices = [
            ("", "เลือกผู้ยกร่าง"),
            *((str(user.pk), user.get_full_name()) for user in self.drafters.values()),
        ]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("วันครบกำหนดต้องไม่เป็นวันที่ผ่านมาแล้ว")
        return due

    def clean_points_to_link(self) -> EditionEntry | None:
        """The last uuid of the address that names something in the edition the comment is about."""
        typed = self.cleaned_data["points_to_link"]
        if not typed.strip():
            return None
        named = [uuids.UUID(text) for text in _UUID.findall(typed)]
        entries = {entry.uuid: entry for entry in self.about.edition.entries.filter(uuid__in=named)}
        found = next((entries[uuid] for uuid in reversed(named) if uuid in entries), None)
        if found is None:
            raise forms.ValidationError("ไม่พบข้อตามลิงก์นี้ในฉบับเดียวกัน โปรดคัดลอกลิงก์จากหน้าอ่านอีกครั้ง")
        return found

    @property
    def ruling(self) -> Ruling:
        """What the service takes; what belongs to another outcome is left out."""
        data = self.cleaned_data
        outcome = data["outcome"]
        accepts = outcome in ACCEPTING
        effect = (data["effect"] or Effect.NONE) if accepts else Effect.NONE
        drafts = effect == Effect.TO_DRAFT
        return Ruling(
            outcome,
            data["reason"],
            effect,
            points_to=self._pointed_to() if outcome == Disposition.Outcome.ALREADY_COVERED else None,
            referred_to=data["referred_to"] if outcome == Disposition.Outcome.REFERRED else "",
            assignee=self.drafters.get(data["assignee"]) if drafts else None,
            due=data["due"] if drafts else None,
        )

    def _pointed_to(self) -> EditionEntry | None:
        data = self.cleaned_data
        if data["points_to_link"] is not None or not data["points_to"]:
            return data["points_to_link"]
        return self.about.edition.entries.get(pk=data["points_to"])


def find_drafters(entry: EditionEntry) -> dict[str, User]:
    """{id as a form sends it: the group's drafters of today}."""
    rows = RoleAssignment.objects.now().filter(
        role=RoleAssignment.Role.DRAFTER, work_group=entry.manual.work_group, user__is_active=True
    )
    return {str(row.user_id): row.user for row in rows.select_related("user").order_by("user__username")}


def _entry_choices(about: EditionEntry) -> list[tuple[str, str]]:
    """The clauses of the same process, as people cite them, with the beginning of their words."""
    if about.section_id is None:
        return []
    rows = EditionEntry.objects.filter(edition=about.edition_id, section=about.section_id, kind="clause")
    return [
        (str(entry.pk), f"{cite_entry(entry)} {entry.blob.plain[:50]}")
        for entry in rows.select_related("blob", "manual").order_by("ordinal")
    ]


class AdoptionForm(FormLayout, forms.Form):
    """The final words of a proposal, field by field ("words-NAME"), and what the drafter had read.

    `start` is the content the fields began from: its cross-references and marks stay where the words stay.
    """

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    read_sha = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    began = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[("", ""), ("proposed", ""), ("current", ""), ("merged", "")],
    )
    as_proposed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอ",
        max_length=TEXT_LIMIT,
        required=False,
        help_text="จำเป็นเมื่อถ้อยคำที่ใช้ต่างจากที่เสนอ อย่างน้อย 20 ตัวอักษร",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    also = UUIDListField(required=False)

    def __init__(self, data: Any = None, *, start: Content | None, **options: Any) -> None:
        super().__init__(data, **options)
        self.start = start
        self.wording = wording_fields(start) if start is not None else []
        for item in self.wording:
            rows = max(1, min(12, len(item.text) // 60 + 1))
            self.fields[f"words-{item.name}"] = ThaiTextField(
                label=item.label,
                max_length=max(WORDING_LIMIT, 2 * len(item.text)),
                required=False,
                initial=item.text,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    @property
    def wording_bound(self) -> list[BoundField]:
        return [self[f"words-{item.name}"] for item in self.wording]

    def hides_label(self, name: str) -> bool:
        return name.startswith("words-") and len(self.wording) == 1

    def clean_read_sha(self) -> str:
        sha = self.cleaned_data["read_sha"]
        return sha if sha and TextBlob.objects.filter(pk=sha).exists() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["content"] = None
        if self.start is None or cleaned.get("as_proposed") or self.errors:
            return cleaned
        texts = {item.name: cleaned[f"words-{item.name}"] for item in self.wording if f"words-{item.name}" in self.data}
        try:
            cleaned["content"] = reworded_content(self.start, texts) or self.start
        except ContentRefused as refusal:
            raise forms.ValidationError("ถ้อยคำที่ส่งมีช่องที่ข้อนี้ไม่มี โปรดเปิดหน้าใหม่") from refusal
        if not any(text.strip() for _, text in cleaned["content"].fields()):
            self.add_error(f"words-{self.wording[0].name}", "ถ้อยคำว่างไม่ได้ ถ้าต้องการตัดทั้งข้อ โปรดรับข้อเสนอที่ขอตัด")
        return cleaned


class DebtForm(forms.Form):
    """Which later change of words keeps a promise to draft."""

    change = forms.IntegerField(
        error_messages={"required": "โปรดเลือกการแก้ถ้อยคำ", "invalid": "โปรดเลือกการแก้ถ้อยคำจากรายการ"}
    )
