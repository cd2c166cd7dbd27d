"""Forms of the administrators: freezing an edition, asking for a book or for the sheet of one process."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import ThaiTextField, choose_among
from manuals.comparing.sides import WORKING_DRAFT
from manuals.models import Edition, Manual

from .queries.exportable import ExportableProcess
from .queries.next_edition import suggest_edition_kind

if TYPE_CHECKING:
    EditionChoices = forms.ModelChoiceField[Edition]
    EditionIterator = ModelChoiceIterator[Edition]
else:  # generic for type checkers alone
    EditionChoices = forms.ModelChoiceField
    EditionIterator = ModelChoiceIterator


class FreezeForm(forms.Form):
    """A new edition from the working draft. `save` asks a job to do it."""

    code = forms.SlugField(
        label="รหัสฉบับ",
        max_length=40,
        help_text="ตัวอักษรละติน ตัวเลข และขีด เช่น 2565-D2 ใช้ซ้ำไม่ได้",
        error_messages={
            "required": "โปรดกรอกรหัสฉบับ",
            "invalid": "ใช้ได้เฉพาะตัวอักษรละติน ตัวเลข และขีด เช่น 2565-D2",
            "max_length": "รหัสฉบับยาวเกิน 40 ตัวอักษร โปรดตัดให้สั้นลง",
        },
    )
    kind = forms.ChoiceField(
        label="ประเภทฉบับ", choices=Edition.Kind.choices, initial=suggest_edition_kind
    )
    title = ThaiTextField(
        label="ชื่อฉบับ",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อฉบับ เช่น ฉบับปรับปรุง พ.ศ. 2565"},
    )
    basis = forms.ModelChoiceField(
        label="เทียบกับฉบับ",
        queryset=Edition.objects.none(),
        required=False,
        empty_label="ไม่เทียบ",
        help_text="ฉบับก่อนหน้าที่ใช้เปรียบเทียบการแก้ไข",
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        choose_among(self, "basis", Edition.objects.sealed())

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        # Two codes that differ by large and small letters are one to who reads them aloud
        if Edition.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(
                "มีฉบับรหัสนี้แล้ว และฉบับที่จัดทำแล้วเปลี่ยนไม่ได้ โปรดใช้รหัสอื่น"
            )
        return code

    @cached_property
    def manuals(self) -> int:
        """How many manuals stand in the working draft: there is nothing to freeze without one."""
        return Manual.objects.count()

    def clean(self) -> dict[str, Any]:
        if not self.manuals:
            raise forms.ValidationError(
                "ยังไม่มีคู่มือในร่าง จึงจัดทำฉบับไม่ได้ โปรดจัดทำคู่มือของกลุ่มงานที่หน้า “คู่มือ” ก่อน"
            )
        return self.cleaned_data

    @property
    def is_final(self) -> bool:
        """Of a valid form."""
        return bool(self.cleaned_data["kind"] == Edition.Kind.FINAL)

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        params = {
            "code": data["code"],
            "kind": data["kind"],
            "title": data["title"],
            "basis": data["basis"].code if data["basis"] else "",
        }
        return enqueue_job("freeze_edition", params, by)


def _edition_field(label: str) -> "forms.ModelChoiceField[Edition]":
    return forms.ModelChoiceField(
        label=label,
        queryset=Edition.objects.none(),
        empty_label="เลือกฉบับ",
        error_messages={
            "required": "โปรดเลือกฉบับ",
            "invalid_choice": "ไม่มีฉบับนี้แล้ว โปรดเลือกจากรายการ",
        },
    )


def _against_field(
    label: str, *, empty_label: str, help_text: str
) -> "forms.ModelChoiceField[Edition]":
    return forms.ModelChoiceField(
        label=label,
        queryset=Edition.objects.none(),
        required=False,
        empty_label=empty_label,
        help_text=help_text,
        error_messages={"invalid_choice": "เทียบกับฉบับนี้ไม่ได้ โปรดเลือกฉบับเดิมจากรายการ"},
    )


def _group_field() -> "forms.ModelChoiceField[WorkGroup]":
    return forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        required=False,
        to_field_name="key",
        error_messages={"required": "โปรดเลือกกลุ่มงานของท่าน"},
    )


def _digits_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("thai", "เลขไทย ๑ ๒ ๓"), ("arabic", "เลขอารบิก 1 2 3")],
        initial="thai",
    )


class DraftOrEdition(EditionChoices):
    """An edition, or WORKING_DRAFT: the working draft can be compared, though it is no row."""

    class _Choices(EditionIterator):
        def __iter__(self) -> Iterator[Any]:
            yield from super().__iter__()
            assert isinstance(self.field, DraftOrEdition)
            yield WORKING_DRAFT, self.field.draft_label

    iterator = _Choices
    draft_label = "ร่างปัจจุบัน (เฉพาะการเทียบ)"

    def to_python(self, value: Any) -> Any:
        return value if value == WORKING_DRAFT else super().to_python(value)


COMMENT_FORMS = (
    "form",
    "sheet",
    "paper",
)  # of the exports of texts: those to be filled in
VARIANTS = [
    ("clean", "เล่มคู่มือ"),
    ("redline", "ข้อความที่เปลี่ยนจากฉบับเดิม แสดงส่วนที่เพิ่มและตัดออก"),
    ("table", "ตารางสามช่อง ข้อความเดิม ข้อความใหม่ เหตุผล"),
    ("changes", "ข้อความแก้ไขเพิ่มเติม พร้อมตารางเทียบกระบวนงาน"),
    ("processes", "ตารางเทียบกระบวนงาน"),
]


class BookForm(forms.Form):
    """A book of an edition, or what differs from an older one: the groups the person may export, digits."""

    edition = DraftOrEdition(
        label="ฉบับ",
        queryset=Edition.objects.none(),
        empty_label="เลือกฉบับ",
        error_messages={
            "required": "โปรดเลือกฉบับ",
            "invalid_choice": "ไม่มีฉบับนี้แล้ว โปรดเลือกจากรายการ",
        },
    )
    variant = forms.ChoiceField(
        label="รูปแบบ", choices=VARIANTS, initial="clean", required=False
    )
    against = _against_field(
        "เทียบกับฉบับเดิม",
        empty_label="ไม่เทียบ",
        help_text="เฉพาะรูปแบบที่แสดงการเปลี่ยนแปลง",
    )
    group = _group_field()
    digits = _digits_field("ตัวเลขในเล่ม")
    causes = forms.BooleanField(
        label="แสดงที่มาของการแก้ไข",
        required=False,
        help_text="เลขกำกับใต้ข้อที่แก้ไข และภาคผนวกที่บอกความคิดเห็นและเหตุผล เฉพาะผลที่เผยแพร่แล้ว",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        groups: QuerySet[WorkGroup],
        all_groups: bool,
        editions: QuerySet[Edition],
        **options: Any,
    ) -> None:
        """`all_groups` says that the person may have the whole book. All `editions` may be chosen to compare with:
        which is older is known only once the edition to print is chosen, by somebody without JavaScript too."""
        super().__init__(data, **options)
        choose_among(self, "edition", editions)
        choose_among(self, "against", editions)
        choose_among(self, "group", groups)
        group = self.fields["group"]
        group.required = not all_groups
        if isinstance(group, forms.ModelChoiceField):
            group.empty_label = "ทุกกลุ่มงานในเล่มเดียว" if all_groups else "เลือกกลุ่มงาน"

    def clean_variant(self) -> str:
        return self.cleaned_data["variant"] or "clean"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        is_of_draft = data.get("edition") == WORKING_DRAFT
        if is_of_draft and data.get("variant") == "clean":
            self.add_error(
                "variant",
                "ร่างปัจจุบันพิมพ์ได้เฉพาะการเทียบกับฉบับเดิม โปรดเลือกรูปแบบที่แสดงการเปลี่ยนแปลง",
            )
        if data.get("causes") and data.get("variant") not in (None, "clean"):
            self.add_error(
                "causes", "แสดงที่มาได้เฉพาะรูปแบบเล่มคู่มือ โปรดเลือกเล่มคู่มือ หรือไม่เลือกช่องนี้"
            )
        if (
            data.get("variant") in (None, "clean")
            or not data.get("edition")
            or "against" not in data
        ):
            return data
        if data["against"] is None:
            self.add_error("against", "โปรดเลือกฉบับเดิมที่จะเทียบ")
        elif not is_of_draft and data["against"].seal.at >= data["edition"].seal.at:
            self.add_error("against", "ฉบับนี้ไม่ได้จัดทำก่อนฉบับที่สั่งพิมพ์ โปรดเลือกฉบับที่เก่ากว่า")
        return data

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        is_of_draft = data["edition"] == WORKING_DRAFT
        params = {
            "edition": WORKING_DRAFT if is_of_draft else data["edition"].code,
            "group": data["group"].key if data["group"] else "",
            "digits": data["digits"],
        }
        if data["causes"]:
            params["causes"] = True
        if data["variant"] != "clean":
            params |= {"variant": data["variant"], "against": data["against"].code}
        return enqueue_job("export_book", params, by, joins_running=not is_of_draft)


class ProcessSheetForm(forms.Form):
    """One process by itself, to be put up where people see it: the processes are those of the edition chosen."""

    edition = _edition_field("จากฉบับ")
    process = forms.ChoiceField(
        label="กระบวนงาน",
        error_messages={
            "required": "โปรดเลือกกระบวนงาน",
            "invalid_choice": "ฉบับที่เลือกไม่มีกระบวนงานนี้ รายการเปลี่ยนตามฉบับแล้ว โปรดเลือกใหม่",
        },
    )
    digits = _digits_field("ตัวเลขในแผ่นพิมพ์")

    def __init__(
        self,
        data: Any = None,
        *,
        processes: Sequence[ExportableProcess],
        editions: QuerySet[Edition],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        choose_among(self, "edition", editions)
        self.processes = {process.uuid: process for process in processes}
        process = self.fields["process"]
        if isinstance(process, forms.ChoiceField):
            process.choices = _process_choices(processes, "เลือกกระบวนงาน")

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        process = self.processes[data["process"]]
        params = {
            "edition": data["edition"].code,
            "group": process.group.key,
            "process": process.uuid,
            "process_title": process.title,
            "digits": data["digits"],
        }
        return enqueue_job("export_book", params, by)


class WordForm(forms.Form):
    """An edition or the working draft as a Word file: the groups the person may export, or one process of them."""

    edition = DraftOrEdition(
        label="ฉบับ",
        queryset=Edition.objects.none(),
        empty_label="เลือกฉบับ",
        error_messages={
            "required": "โปรดเลือกฉบับ",
            "invalid_choice": "ไม่มีฉบับนี้แล้ว โปรดเลือกจากรายการ",
        },
    )
    variant = forms.ChoiceField(
        label="รูปแบบ",
        choices=[
            ("text", "เนื้อหาคู่มือ"),
            ("form", "แบบแสดงความคิดเห็น มีแถวว่างใต้ทุกข้อให้กรอก"),
            ("sheet", "แบบแสดงความคิดเห็น เป็นตารางคำนวณ (XLSX)"),
            ("paper", "แบบแสดงความคิดเห็น กรอกด้วยมือ พร้อมรหัส QR ของกลุ่มงาน (PDF)"),
        ],
        initial="text",
        required=False,
    )
    against = _against_field(
        "แสดงการแก้ไขเทียบกับฉบับ",
        empty_label="ไม่แสดงการแก้ไข",
        help_text="ผู้เปิดไฟล์ยอมรับหรือปฏิเสธการแก้ไขแต่ละแห่งใน Word ได้",
    )
    group = _group_field()
    process = forms.ChoiceField(
        label="กระบวนงาน",
        required=False,
        error_messages={
            "invalid_choice": "ฉบับที่เลือกไม่มีกระบวนงานนี้ รายการเปลี่ยนตามฉบับแล้ว โปรดเลือกใหม่",
        },
    )
    digits = _digits_field("ตัวเลขของลำดับข้อ")

    def __init__(
        self,
        data: Any = None,
        *,
        groups: QuerySet[WorkGroup],
        all_groups: bool,
        processes: Sequence[ExportableProcess],
        editions: QuerySet[Edition],
        **options: Any,
    ) -> None:
        """`all_groups` says that the person may have the whole book."""
        super().__init__(data, **options)
        edition = self.fields["edition"]
        if isinstance(edition, DraftOrEdition):
            edition.draft_label = "ร่างปัจจุบัน"
        choose_among(self, "edition", editions)
        choose_among(self, "against", editions)
        choose_among(self, "group", groups)
        group = self.fields["group"]
        group.required = not all_groups
        if isinstance(group, forms.ModelChoiceField):
            group.empty_label = "ทุกกลุ่มงานในไฟล์เดียว" if all_groups else "เลือกกลุ่มงาน"
        self.processes = {process.uuid: process for process in processes}
        process = self.fields["process"]
        if isinstance(process, forms.ChoiceField):
            process.choices = _process_choices(processes, "ทุกกระบวนงาน")

    def clean_variant(self) -> str:
        return self.cleaned_data["variant"] or "text"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("variant") in COMMENT_FORMS:
            if data.get("edition") == WORKING_DRAFT:
                self.add_error(
                    "edition", "แบบแสดงความคิดเห็นจัดทำจากฉบับ โปรดเลือกฉบับที่รับฟังความคิดเห็น"
                )
            if data.get("against"):
                self.add_error(
                    "against", "แบบแสดงความคิดเห็นไม่แสดงการแก้ไข โปรดเลือกไม่แสดงการแก้ไข"
                )
        process = self.processes.get(data.get("process", ""))
        group = data.get("group")
        if process is not None and group is not None and process.group != group:
            self.add_error(
                "process",
                joined("กระบวนงานนี้เป็นของ", process.group.name) + " โปรดเลือกให้ตรงกัน",
            )
        if data.get("against") and data.get("edition") == data["against"]:
            self.add_error("against", "เทียบกับฉบับเดียวกันไม่ได้ โปรดเลือกฉบับอื่น")
        return data

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        is_of_draft = data["edition"] == WORKING_DRAFT
        process = self.processes.get(data["process"])
        group = data["group"] or (process.group if process else None)
        params = {
            "edition": WORKING_DRAFT if is_of_draft else data["edition"].code,
            "group": group.key if group else "",
            "process": process.uuid if process else "",
            "process_title": process.title if process else "",
            "digits": data["digits"],
        }
        if data["variant"] in COMMENT_FORMS:
            params["format"] = data["variant"]
            return enqueue_job("export_comment_form", params, by)
        if data["against"]:
            params["against"] = data["against"].code
        return enqueue_job("export_word", params, by, joins_running=not is_of_draft)


def _process_choices(
    processes: Sequence[ExportableProcess], empty: str
) -> list[tuple[str, Any]]:
    """[(group, [(uuid, title)])] after the choice of none, as a select shows them."""
    by_group: dict[str, list[tuple[str, str]]] = {}
    for each in processes:
        of_group = by_group.setdefault(each.group.name, [])
        of_group.append((each.uuid, each.title))
    return [("", empty), *by_group.items()]


class EditionDataForm(forms.Form):
    """A whole edition as data: those that the person may read as a whole."""

    edition = _edition_field("ฉบับ")
    format = forms.ChoiceField(
        label="รูปแบบ",
        choices=[
            ("json", "JSON นำเข้าเป็นฉบับจดหมายเหตุได้"),
            ("akn", "Akoma Ntoso (XML ของกฎหมาย)"),
        ],
        initial="json",
        error_messages={
            "required": "โปรดเลือกรูปแบบ",
            "invalid_choice": "โปรดเลือกรูปแบบจากรายการ",
        },
    )

    def __init__(
        self, data: Any = None, *, editions: QuerySet[Edition], **options: Any
    ) -> None:
        super().__init__(data, **options)
        choose_among(self, "edition", editions.order_by("-sealed_at", "-pk"))

    def save(self, *, by: User) -> Job:
        params = {
            "edition": self.cleaned_data["edition"].code,
            "format": self.cleaned_data["format"],
        }
        return enqueue_job("export_edition", params, by)
