"""Forms of those who make manuals and take files into them."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.timezone import localdate

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import choose_among

from ..drafting.adopted import FindAdopted, find_nothing_adopted
from ..models import Manual, Section
from .found_processes import FoundProcess
from .planning import DraftOfManual, Effect
from .refusals import PreviewOvertaken
from .services.making import Beginning, make_manuals, refuse_impossible
from .services.taking import NEW_UNIT, NO_UNIT, Placement
from .uploaded_files import MAX_BYTES, MAX_FILES, MEGABYTE

MAKE_KIND = "make_manuals"
BEGINNING_NOTES = {
    Beginning.EMPTY: "แล้วนำเข้าไฟล์ของกลุ่มงานเอง",
    Beginning.SEEN: "จัดตามงานย่อย ยังไม่มีเนื้อหา",
    Beginning.LISTED: "รวมชื่อที่มักมีในงานลักษณะนี้ ยังไม่มีเนื้อหา โปรดตรวจก่อนใช้",
    Beginning.TEXTS: "ส่วนนำ ชื่อกระบวนงานทั้งหมด และเนื้อหาของบางกระบวนงาน ใช้เวลาจัดทำครู่หนึ่ง",
}


class BeginningChoice(NamedTuple):
    """A way to begin as the page offers it; `brings_texts` where clauses come with it."""

    radio: BoundWidget
    note: str
    brings_texts: bool


class ManualsForm(forms.Form):
    """Which groups get a manual, and what stands in it at first."""

    groups = forms.ModelMultipleChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        to_field_name="key",
        error_messages={
            "required": "โปรดเลือกกลุ่มงานอย่างน้อยหนึ่งกลุ่ม",
            "invalid_choice": "ไม่มีกลุ่มงาน %(value)s ในวันนี้ โปรดเลือกใหม่จากรายการ",
            "invalid_pk_value": "โปรดเลือกกลุ่มงานจากรายการ",
        },
    )
    beginning = forms.ChoiceField(
        label="เริ่มต้นด้วย",
        choices=Beginning.choices,
        initial=Beginning.EMPTY,
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกว่าจะเริ่มต้นด้วยสิ่งใด",
            "invalid_choice": "โปรดเลือกว่าจะเริ่มต้นด้วยสิ่งใด",
        },
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        choose_among(self, "groups", WorkGroup.objects.valid_on(localdate()))

    @property
    def beginnings(self) -> list[BeginningChoice]:
        choices = []
        for radio in self["beginning"]:
            beginning = Beginning(radio.data["value"])
            brings_texts = beginning == Beginning.TEXTS
            choices.append(
                BeginningChoice(radio, BEGINNING_NOTES[beginning], brings_texts)
            )
        return choices

    @property
    def chosen_keys(self) -> list[str]:
        """As they were ticked, right or wrong."""
        return list(self["groups"].value() or [])

    def save(self, *, by: User) -> list[Manual] | Job:
        """The manuals made; the texts take longer, so a job makes those. Raises ManualNotMade."""
        groups = list(self.cleaned_data["groups"])
        beginning = Beginning(self.cleaned_data["beginning"])
        if beginning != Beginning.TEXTS:
            return make_manuals(groups, beginning, by=by)
        refuse_impossible(groups, beginning)
        params = {
            "groups": [group.key for group in groups],
            "beginning": beginning.value,
        }
        return enqueue_job(MAKE_KIND, params, by)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or many: a list of what each is, in the order sent."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        files = [data or None]
        if isinstance(data, list | tuple) and data:
            files = list(data)
        cleaned = []
        for file in files:
            cleaned.append(super().clean(file, initial))
        return cleaned


class ManualFilesForm(forms.Form):
    """The files of a manual, as (name, bytes)."""

    sent = SeveralFilesField(
        label="ไฟล์กระบวนงาน",
        help_text=(
            f"Word (.docx) PDF หรือข้อความล้วน (.txt) เลือกได้หลายไฟล์ หรือ ZIP ของโฟลเดอร์ ไม่เกิน {MAX_FILES} ไฟล์ "
            f"รวมไม่เกิน {MAX_BYTES // MEGABYTE} MB"
        ),
        allow_empty_file=True,
        widget=SeveralFilesInput(attrs={"accept": ".docx,.pdf,.txt,.zip"}),
        error_messages={
            "required": "โปรดเลือกไฟล์",
            "missing": "โปรดเลือกไฟล์",
            "invalid": "โปรดเลือกไฟล์",
        },
    )

    def clean_sent(self) -> list[tuple[str, bytes]]:
        uploads = self.cleaned_data["sent"]
        if sum(upload.size for upload in uploads) > MAX_BYTES:
            raise forms.ValidationError(
                f"ไฟล์ทั้งหมดรวมกันเกิน {MAX_BYTES // MEGABYTE} MB โปรดแบ่งส่งเป็นหลายครั้ง",
            )
        return [(upload.name, upload.read()) for upload in uploads]


NOTHING_PASTED = "โปรดวางข้อความของกระบวนงาน"


class PastedTextForm(FormLayout, forms.Form):
    """The text as it was pasted: the reader of files cleans it and says where it cannot."""

    autofocus = "text"
    text = forms.CharField(
        label="ข้อความของกระบวนงาน",
        strip=False,
        widget=forms.Textarea(attrs={"class": "input--tall", "rows": 20}),
        help_text="เริ่มที่ “1. ชื่องาน (กระบวนงาน)” ใช้เลขไทยหรือเลขอารบิกก็ได้ วางหลายกระบวนงานต่อกันได้",
        error_messages={"required": NOTHING_PASTED},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(NOTHING_PASTED)
        return text


class ProcessesForm(FormLayout, forms.Form):
    """What is taken out of the files, and where each process goes: three fields for each process, by its index,
    and one more where the text says otherwise than what was decided."""

    dense = True

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        found: Sequence[FoundProcess],
        manual: Manual,
        find_adopted: FindAdopted = find_nothing_adopted,
        overtaken: Collection[int] = (),
    ) -> None:
        """`overtaken` are the processes that were put right in another window since the page was read."""
        super().__init__(data)
        self.found = found
        self.overtaken = overtaken
        self.draft = DraftOfManual(manual, find_adopted)
        self.was_overtaken = bool(overtaken)
        read: dict[Section, int] = {}
        for process in found:
            self._add_choices(process)
            placement = self.placement(process)
            target = self.draft.find_process(str(placement.target))
            if target is not None:
                read[target] = process.kept.base_version
        self.draft.load_clauses(read)
        for process in found:
            self._add_tick(process)

    def _add_choices(self, process: FoundProcess) -> None:
        chosen = self.draft.placement_of(process.kept, process.draft)
        targets = [("", "เป็นกระบวนงานใหม่")]
        for section in self.draft.processes:
            targets.append((str(section.uuid), f"ปรับปรุง {section.title}"))
        self.fields[f"target-{process.index}"] = forms.ChoiceField(
            label="นำเข้า",
            choices=targets,
            required=False,
            initial=str(chosen.target or ""),
            error_messages={"invalid_choice": "กระบวนงานที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"},
        )
        units = [(NO_UNIT, "ไม่อยู่ในงานใด")]
        named = process.draft.headers.get("unit", "")
        if named and named not in {unit.title for unit in self.draft.units}:
            units.append((NEW_UNIT, f"{named} (งานใหม่)"))
        for unit in self.draft.units:
            units.append((str(unit.uuid), unit.title))
        self.fields[f"unit-{process.index}"] = forms.ChoiceField(
            label="อยู่ในงาน",
            choices=units,
            required=False,
            initial=chosen.unit,
            help_text="ใช้เมื่อเป็นกระบวนงานใหม่",
            error_messages={"invalid_choice": "งานที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"},
        )

    def _add_tick(self, process: FoundProcess) -> None:
        effect = self.effect(process)
        is_useful = (
            not process.draft.refusals and not process.doubtful and not effect.is_same
        )
        self.fields[f"take-{process.index}"] = forms.BooleanField(
            label=process.draft.title,
            required=False,
            initial=is_useful,
        )
        if effect.overtaken:
            self.fields[f"over-{process.index}"] = forms.BooleanField(
                label="ให้ข้อความในไฟล์แทนถ้อยคำที่ผู้อื่นเพิ่งแก้เหล่านี้",
                required=False,
                help_text="หากไม่เลือก ระบบจะคงถ้อยคำของผู้อื่นไว้ และนำเข้าเฉพาะส่วนที่เหลือ",
            )
        if effect.decided:
            self.fields[f"replace-{process.index}"] = forms.BooleanField(
                label="ให้ข้อความในไฟล์แทนถ้อยคำที่เห็นชอบแล้วเหล่านี้",
                required=False,
                help_text="หากไม่เลือก ระบบจะคงถ้อยคำที่เห็นชอบไว้ และนำเข้าเฉพาะส่วนที่เหลือ",
            )

    def placement(self, process: FoundProcess) -> Placement:
        """As it was chosen, compared with the draft of now. What the hearing decided stays, and what others changed
        since the two were compared first, unless the text is to replace it."""
        placement = self.draft.placement_of(process.kept, process.draft)
        return self.draft.keep_words(
            placement,
            decided=not self.data.get(f"replace-{process.index}"),
            overtaken=not self.data.get(f"over-{process.index}"),
        )

    def compared(self, process: FoundProcess) -> str:
        """The process it is compared with and its version, sent back with the choice."""
        target = self.draft.find_process(str(self.placement(process).target or ""))
        return f"{target.uuid}:{target.version}" if target is not None else ""

    def effect(self, process: FoundProcess) -> Effect:
        return self.draft.effect(process.draft, self.placement(process))

    def is_taken(self, process: FoundProcess) -> bool:
        return bool(self[f"take-{process.index}"].value())

    def clean(self) -> dict[str, Any]:
        taken = [process for process in self.found if self.is_taken(process)]
        if not taken:
            raise forms.ValidationError("โปรดเลือกกระบวนงานที่จะนำเข้าอย่างน้อยหนึ่งกระบวนงาน")
        revised_by: dict[UUID, str] = {}
        for process in taken:
            if process.draft.refusals:
                self.add_error(
                    f"take-{process.index}",
                    "มีข้อความที่เก็บไม่ได้ โปรดแก้ไขไฟล์แล้วส่งใหม่ หรือนำกระบวนงานนี้ออกจากที่เลือก",
                )
            if process.doubtful:
                self.add_error(
                    f"take-{process.index}",
                    f"ยังมีข้อที่อ่านไม่แน่ใจ {process.doubtful} ข้อ โปรดเปิด “ตรวจทีละข้อ” แล้วแก้ไขหรือยืนยันให้ครบ "
                    "หรือนำกระบวนงานนี้ออกจากที่เลือก",
                )
            placement = self.placement(process)
            field = f"target-{process.index}"
            if process.index in self.overtaken:
                self.add_error(f"take-{process.index}", PreviewOvertaken().message_th)
            if placement.target is None:
                seen = self.data.get(f"known-{process.index}", "")
                if placement.known is not None and seen != str(placement.known):
                    self.was_overtaken = True
                    self.add_error(
                        field,
                        "มีผู้เพิ่มกระบวนงานชื่อเดียวกันนี้ในร่างหลังจากท่านเปิดหน้าตรวจ "
                        "โปรดเลือกว่าจะปรับปรุงกระบวนงานนั้น หรือยืนยันเป็นกระบวนงานใหม่โดยนำเข้าอีกครั้ง",
                    )
                continue
            other = revised_by.setdefault(placement.target, process.draft.title)
            if other != process.draft.title:
                self.add_error(
                    field,
                    f"“{other}” เลือกปรับปรุงกระบวนงานเดียวกันนี้แล้ว โปรดเลือกกระบวนงานอื่น",
                )
            target, _, version = self.data.get(
                f"compared-{process.index}", ""
            ).partition(":")
            if target == str(placement.target) and version != str(placement.version):
                self.was_overtaken = True
                self.add_error(
                    field,
                    "มีผู้แก้ไขกระบวนงานนี้หลังจากท่านเปิดหน้าตรวจ ระบบเทียบไฟล์กับร่างล่าสุดให้แล้ว "
                    "โปรดดูข้อที่เปลี่ยนไปด้านล่าง แล้วนำเข้าอีกครั้ง",
                )
        return self.cleaned_data

    @property
    def placements(self) -> dict[int, Placement]:
        """{index: where it goes} of those that are taken."""
        placements = {}
        for process in self.found:
            if self.is_taken(process):
                placements[process.index] = self.placement(process)
        return placements
