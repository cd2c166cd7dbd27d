"""The form by which repealed laws are replaced: which clauses, as they were read, and why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from hearing_portal.web.form_rendering import FormLayout

from ..services.replacing_laws import ReadReplacement
from .reason import ReasonField

# Before the id of a repealed law: the id of what stands in its place
INSTEAD = "instead-"
REASON = "แทนที่กฎหมายที่ยกเลิกแล้ว"


class ReadReplacementsField(forms.Field):
    """The ticked clauses. Cleans to ReadReplacements, one for each clause; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[ReadReplacement]:
        read = [_read_value(str(each)) for each in value or []]
        return list({each.uuid: each for each in read if each is not None}.values())


class ReplacementForm(FormLayout, forms.Form):
    clauses = ReadReplacementsField(
        error_messages={"required": "โปรดเลือกข้อที่จะแทนที่อย่างน้อยหนึ่งข้อ"}
    )
    reason = ReasonField(
        label="เหตุผล",
        initial=REASON,
        help_text="ปรากฏในประวัติของทุกข้อที่แทนที่ พร้อมชื่อกฎหมายเดิมและกฎหมายใหม่ของข้อนั้น",
        required_words="โปรดระบุเหตุผล เพื่อให้ผู้อ่านประวัติทราบ",
    )

    @property
    def ticked(self) -> set[UUID]:
        """Of a form that was sent."""
        read = ReadReplacementsField().to_python(self["clauses"].value())
        return {each.uuid for each in read}


def write_value(read: ReadReplacement) -> str:
    """What a ticked clause sends."""
    return f"{read.uuid}.{read.lock_version}.{read.sha}"


def _read_value(text: str) -> ReadReplacement | None:
    uuid, _, rest = text.partition(".")
    version, _, sha = rest.partition(".")
    try:
        return ReadReplacement(UUID(uuid), int(version), sha)
    except ValueError:
        return None


def read_wanted(data: Mapping[str, Any]) -> dict[int, int]:
    """{id of a repealed law: id of what is to stand in its place}, as the page sends it."""
    wanted = {}
    for name, value in data.items():
        repealed = name.removeprefix(INSTEAD)
        if name.startswith(INSTEAD) and _is_id(repealed) and _is_id(str(value)):
            wanted[int(repealed)] = int(value)
    return wanted


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
