"""What the matrix is narrowed to, in its address; and the file that comes back."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms

from hearing_portal.directory.importing.forms import SpreadsheetField
from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.web.forms import offer_choices

from ..commenting.forms.filters import CommentFilterForm
from ..desk.queries.filters import (
    ENTRY,
    WHOLE_SECTION,
    filter_kind,
    read_filter,
)
from ..models import Disposition, Hearing
from ..tallies import NO_OFFICE
from .queries.rows import UNDECIDED, MatrixScope, read_edition


class MatrixFilterForm(CommentFilterForm):
    field_order = ("edition", "group", "clause", "type", "issue", "outcome", "office")
    edition = forms.ChoiceField(label="ฉบับ", required=False)
    group = forms.ChoiceField(label="กลุ่มงาน", required=False)
    clause = forms.ChoiceField(label="กระบวนงาน", required=False)
    outcome = forms.ChoiceField(
        label="ผลการพิจารณา",
        required=False,
        choices=[
            ("", "ทุกผล"),
            (UNDECIDED, "ยังไม่พิจารณา"),
            *Disposition.Outcome.choices,
        ],
    )
    office = forms.ChoiceField(
        label="สพท.",
        required=False,
        choices=[
            ("", "สพป. และ สพม."),
            (AreaOffice.Kind.PRIMARY, "สพป."),
            (AreaOffice.Kind.SECONDARY, "สพม."),
            (NO_OFFICE, "ผู้ทรงคุณวุฒิและส่วนกลาง"),
        ],
    )

    def __init__(self, data: Mapping[str, Any], *, groups: Sequence[WorkGroup]) -> None:
        super().__init__(data, auto_id=False)
        self.groups = groups
        every = [("", "ทุกกลุ่มงาน")] if len(groups) != 1 else []
        named = [(group.key, group.short_name) for group in groups]
        offer_choices(self, "group", [*every, *named])
        self.offer_sections([])
        self.offer_editions([])

    def offer_editions(self, editions: Sequence[tuple[str, str]]) -> None:
        """`editions` are (code, title)."""
        offer_choices(self, "edition", [("", "ทุกฉบับ"), *editions])

    def offer_sections(self, sections: Sequence[tuple[str, str]]) -> None:
        """`sections` are (section, its number and title) of the chosen group. A clause that the address names is
        offered too: links lead to it."""
        offered = [("", "ทุกกระบวนงาน")]
        for section, name in sections:
            offered.append((f"{WHOLE_SECTION}{section}", name))
        chosen = read_filter({"clause": self.data.get("clause", "")})
        if filter_kind(chosen).clause == ENTRY:
            offered.append((chosen.clause, "ข้อที่เลือก"))
        elif chosen.clause and chosen.clause not in dict(offered):
            offered.append((chosen.clause, "กระบวนงานที่เลือก"))
        offer_choices(self, "clause", offered)

    @property
    def group_chosen(self) -> WorkGroup | None:
        if len(self.groups) == 1:
            return self.groups[0]
        typed = self.data.get("group", "")
        return next((group for group in self.groups if group.key == typed), None)

    @property
    def chosen(self) -> dict[str, str]:
        """{name: value} of the filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    def scope(self, hearing: Hearing | None) -> MatrixScope:
        """Of these groups and no other, whatever is chosen."""
        chosen = self.chosen
        groups = self.groups
        if self.group_chosen is not None:
            groups = [self.group_chosen]
        return MatrixScope(
            hearing=hearing.pk if hearing is not None else 0,
            groups=tuple(group.pk for group in groups),
            edition=read_edition(chosen.get("edition", "")),
            queue=read_filter(chosen),
            outcome=chosen.get("outcome", ""),
        )


class MatrixFileForm(forms.Form):
    """The file that comes back, as bytes."""

    file = SpreadsheetField(
        label="ไฟล์ตารางสรุปความคิดเห็นที่แก้ไขแล้ว",
        help_text="XLSX ที่ส่งออกจากระบบ ไม่เกิน 5 MB และ 5,000 แถว",
    )
