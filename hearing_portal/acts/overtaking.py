"""Two people who edit one row: whoever saves later has first seen what the other one wrote."""

import hashlib
import json
from collections.abc import Sequence

from django.db.models import Model

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.shipped_lists import as_json
from hearing_portal.thai.dates import be_datetime
from hearing_portal.thai.sentences import joined

from .kinds import Subject
from .models import Act


class EditOvertaken(Refusal):
    """Somebody else saved the row after the person had read it. `row` is what stands now, with these `fields`."""

    kind = RefusalKind.CONFLICT

    def __init__(self, row: Model, fields: Sequence[str], latest: Act | None) -> None:
        self.row = row
        self.fields = fields
        changed = "มีผู้แก้ไขข้อมูลนี้"
        if latest is not None and latest.by is not None:
            changed = f"{joined(latest.by.shown_name, 'แก้ไขข้อมูลนี้เมื่อ')} {be_datetime(latest.at)}"
        super().__init__(
            f"{changed} หลังจากที่ท่านเปิดหน้านี้ จึงยังไม่ได้บันทึกข้อมูลของท่าน โปรดเทียบกับข้อมูลที่บันทึกไว้ แล้วกดบันทึกอีกครั้งหากจะใช้ข้อมูลของท่าน"
        )


def version_of(row: Model, fields: Sequence[str]) -> str:
    """Equal for equal values of the fields."""
    values = [as_json(getattr(row, name)) for name in fields]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def refuse_overtaken(
    row: Model, fields: Sequence[str], version: str, subject: Subject
) -> None:
    """`version` is what the person read, "" where nobody read anything (a list that is taken in); `subject` is the row
    in the log. Raises EditOvertaken. One query, when it does."""
    if not version or version == version_of(row, fields):
        return
    latest = (
        Act.objects.filter(subject=subject.kind, subject_key=subject.key)
        .select_related("by")
        .first()
    )
    raise EditOvertaken(row, fields, latest)
