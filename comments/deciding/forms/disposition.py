"""The form of a ruling that changes no words now, and of the change of words that keeps a promise to draft."""

import re
import uuid as uuids
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import PickRadio
from hearing_portal.web.forms import ThaiTextField, offer_choices
from manuals.models import EditionEntry
from manuals.reading.told_words import tell_edition_words

from ...citations import cite_entry
from ...limits import TEXT_LIMIT
from ...models import AnswerBlock, Disposition
from ...moderating.forms import OUTCOMES, OutcomeForm
from ..queries.where_words_went import tell_what_left
from ..services.ruling import ACCEPTING, Ruling
from .sharing import SharedAnswerForm

Outcome = Disposition.Outcome
Effect = Disposition.Effect
UUID_PATTERN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
OFFERED_LENGTH = 50  # code points of a clause in a choice


class DispositionForm(SharedAnswerForm, OutcomeForm):
    """The ruling on a comment and on the duplicates that share it (`also`). The service checks the rules."""

    outcome = forms.ChoiceField(
        label="ผลการพิจารณา",
        choices=OUTCOMES,
        widget=PickRadio,
        error_messages={
            "required": "โปรดเลือกผลการพิจารณา",
            "invalid_choice": "โปรดเลือกผลการพิจารณา",
        },
    )
    restoring_url = ""  # where words that stand by an answer of before are restored
    effect = forms.ChoiceField(
        label="ผลต่อถ้อยคำ",
        choices=[(Effect.NO_TEXT_CHANGE, "ไม่ต้องแก้ถ้อยคำ"), (Effect.TO_DRAFT, "ให้ยกร่าง")],
        widget=PickRadio,
        required=False,
        help_text="หากไม่ต้องแก้ถ้อยคำ ต้องระบุเหตุผล · หากให้ยกร่าง ต้องระบุผู้ยกร่างและวันครบกำหนด",
        error_messages={"invalid_choice": "โปรดเลือกผลต่อถ้อยคำจากรายการ"},
    )
    reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอ",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    points_to = forms.ChoiceField(
        label="ข้อที่กำหนดเรื่องนี้ไว้แล้ว",
        required=False,
        error_messages={"invalid_choice": "ไม่พบข้อนี้ โปรดเลือกใหม่"},
    )
    points_to_link = forms.CharField(
        label="หรือวางลิงก์ของข้อในกระบวนงานอื่น",
        max_length=400,
        required=False,
    )
    referred_to = ThaiTextField(
        label="ส่งต่อให้กลุ่มงานหรือหน่วยงาน", max_length=200, multiline=False, required=False
    )
    assignee = forms.ChoiceField(
        label="ผู้ยกร่าง",
        required=False,
        error_messages={"invalid_choice": "โปรดเลือกผู้ยกร่างของกลุ่มงานนี้"},
    )
    due = BeDateField(label="ภายในวันที่", required=False)
    # The answer block that the reason was begun with
    block = forms.IntegerField(required=False, widget=forms.HiddenInput)
    hints = {"reason": "อย่างน้อย 20 ตัวอักษร ไม่บังคับเมื่อเห็นชอบและให้ยกร่าง ผู้เสนอจะอ่านเหตุผลนี้ได้"}

    def __init__(
        self, data: Any = None, *, about: EditionEntry, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.about = about
        self.drafters = find_drafters(about)
        drafters = [("", "เลือกผู้ยกร่าง")]
        for key, user in self.drafters.items():
            drafters.append((key, user.get_full_name()))
        offer_choices(self, "assignee", drafters)
        offer_choices(self, "points_to", _entry_choices(about))

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("วันครบกำหนดต้องไม่เป็นวันที่ผ่านมาแล้ว")
        return due

    def clean_points_to_link(self) -> EditionEntry | None:
        """The last uuid of the address that names something in the edition the comment is about."""
        typed = self.cleaned_data["points_to_link"]
        if not typed.strip():
            return None
        named = [uuids.UUID(text) for text in UUID_PATTERN.findall(typed)]
        entries = {}
        for entry in self.about.edition.entries.filter(uuid__in=named):
            entries[entry.uuid] = entry
        for uuid in reversed(named):
            if uuid in entries:
                return entries[uuid]
        raise forms.ValidationError(
            "ไม่พบข้อตามลิงก์นี้ในฉบับเดียวกัน โปรดคัดลอกลิงก์จากหน้าอ่านอีกครั้ง"
        )

    def clean_block(self) -> AnswerBlock | None:
        """One of another group, or of none, is as if it were not there."""
        blocks = AnswerBlock.objects.filter(work_group=self.about.manual.work_group_id)
        return blocks.filter(pk=self.cleaned_data["block"]).first()

    @property
    def ruling(self) -> Ruling:
        """What the service takes; what belongs to another outcome is left out."""
        data = self.cleaned_data
        outcome = data["outcome"]
        effect = Effect.NONE
        if outcome in ACCEPTING and data["effect"]:
            effect = Effect(data["effect"])
        points_to = None
        if outcome == Outcome.ALREADY_COVERED:
            # The link beats the choice: who pasted one did so after seeing the choices
            points_to = data["points_to_link"]
            if points_to is None and data["points_to"]:
                points_to = self.about.edition.entries.get(pk=data["points_to"])
        is_promise = effect == Effect.TO_DRAFT
        return Ruling(
            outcome,
            data["reason"],
            effect,
            points_to=points_to,
            referred_to=data["referred_to"] if outcome == Outcome.REFERRED else "",
            assignee=self.drafters.get(data["assignee"]) if is_promise else None,
            due=data["due"] if is_promise else None,
            block=data["block"],
        )


def find_drafters(entry: EditionEntry) -> dict[str, User]:
    """{id as a form sends it: the group's drafters of today}."""
    assignments = RoleAssignment.objects.now().filter(
        role=RoleAssignment.Role.DRAFTER,
        work_group=entry.manual.work_group,
        user__is_active=True,
    )
    drafters = {}
    for assignment in assignments.select_related("user").order_by("user__username"):
        drafters[str(assignment.user_id)] = assignment.user
    return drafters


def _entry_choices(about: EditionEntry) -> list[tuple[str, str]]:
    """The clauses of the same process, as people cite them, with the beginning of their words, and which of them left
    the draft."""
    choices = [("", "เลือกข้อในกระบวนงานเดียวกัน")]
    if about.section_id is None:
        return choices
    clauses = EditionEntry.objects.filter(
        edition=about.edition_id,
        section=about.section_id,
        kind=EditionEntry.Kind.CLAUSE,
    )
    clauses = clauses.select_related("blob", "manual", "clause__section")
    rows = list(clauses.order_by("ordinal"))
    told = tell_edition_words(rows)
    left = tell_what_left(rows)
    for entry in rows:
        words = told[entry.pk][:OFFERED_LENGTH]
        if entry.pk in left:
            words = f"({left[entry.pk]}) {words}"
        choices.append((str(entry.pk), f"{cite_entry(entry)} {words}"))
    return choices


class DraftingDebtForm(forms.Form):
    """Which later change of words keeps a promise to draft."""

    change = forms.IntegerField(
        error_messages={
            "required": "โปรดเลือกการแก้ถ้อยคำ",
            "invalid": "โปรดเลือกการแก้ถ้อยคำจากรายการ",
        }
    )
