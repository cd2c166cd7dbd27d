"""The form of the table of steps: a form for each row, named by the row's uuid, and why the table is saved.

row      the uuids of the rows, in their order
read     "uuid:version:hash" of each row as the table was opened
seen     "uuid:version" of the clashes that the person was shown
UUID-…   the fields of a row; UUID-label and UUID-to once for each of its branches
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict

from hearing_portal.thai.markup import referenced_uuids, tell_stray_marks
from hearing_portal.thai.text import (
    Cleaned,
    TextRefused,
    clean_text,
    visible_text,
)
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, text_changes

from ...content import SHAPES, AppliesTo, Step, content_sha
from ...field_labels import FIELD_LABELS
from ...models import Clause
from ...wording import WORDING_LIMIT, reworded_content, wording_fields
from ..queries.steps import step_of
from ..step_table import MOST_ROWS, ReadRow, StepRow, WrittenTable
from .knows import KnowsForm
from .promise import PromiseForm
from .reason import ReasonField
from .step_cell import StepCell

CELLS = (
    "text",
    "duration",
    "standard",
    "actor",
    "system",
    "note",
)  # the texts of a row, in the table's order
CELL_LIMIT = 2000  # code points of every text but the detail of the work
LABEL_LIMIT = 60
BRANCHES_OF_DECISION = 2

type TableData = MultiValueDict[str, str]


class Branch(NamedTuple):
    """Where a step leads: the word on the arrow, and the uuid of a row; "" is the row below."""

    label: str
    to: str


class StepRowForm(FormLayout, forms.Form):
    """One row. Its labels are seen on a narrow screen only: a wide one has them at the head of the table."""

    dense = True
    bound_field_class = StepCell
    number = 0  # of the row, for its labels

    shape = forms.ChoiceField(label="รูปในผัง", choices=list(SHAPES.items()))
    applies_to = forms.ChoiceField(label="ใช้กับ", choices=AppliesTo.choices)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        labels = FIELD_LABELS["step"]
        for name in CELLS:
            is_detail = name == "text"
            self.fields[name] = ThaiTextField(
                label=labels[name],
                max_length=WORDING_LIMIT if is_detail else CELL_LIMIT,
                multiline=is_detail,
                required=False,
            )

    @property
    def cells(self) -> list[forms.BoundField]:
        """What stands in the columns behind the detail of the work."""
        return [self[name] for name in CELLS[1:]]


class ReasonForm(FormLayout, KnowsForm, PromiseForm):
    """Why the table is saved, and which promise it keeps."""

    reason = ReasonField(
        label="เหตุผลหรือสิ่งที่แก้",
        help_text="ปรากฏในประวัติของหมวด และในตารางเหตุผลของการแก้ไข",
        required_words="โปรดระบุเหตุผลหรือสิ่งที่แก้ เพื่อให้ผู้อ่านประวัติทราบ",
    )


@dataclass(slots=True)
class FormRow:
    """A row of the form: as typed, and what is wrong with it."""

    uuid: UUID
    form: StepRowForm
    branches: list[Branch]
    # In how many places the text policy changed the labels of its branches
    label_changes: int = 0
    mistakes: list[str] = field(default_factory=list)  # of its branches


@dataclass(slots=True)
class StepTableForm:
    """The whole table as it is on the page. `bases` are the steps of the hashes that were read."""

    rows: list[FormRow]
    read: list[ReadRow]
    bases: Mapping[UUID, Step]
    reason: ReasonForm
    seen: dict[UUID, int] = field(default_factory=dict)
    focus: UUID | None = None  # the row that the person works on

    # --- what it becomes

    def is_valid(self) -> bool:
        """Every row is looked at, so that all that is wrong is told at once."""
        is_right = self.reason.is_valid()
        for number, row in enumerate(self.rows, start=1):
            has_right_cells = row.form.is_valid()
            if not self._check_row(row, number) or not has_right_cells:
                is_right = False
        return is_right

    @property
    def text_changes(self) -> int:
        """In how many places the text policy changed what came in."""
        changes = text_changes(self.reason)
        for row in self.rows:
            changes += text_changes(row.form) + row.label_changes
        return changes

    def as_written(self) -> WrittenTable:
        """Rows that nobody wrote anything into are left out."""
        rows = []
        for row in self.rows:
            step = self.step_of_row(row)
            if row.uuid in self.bases or step.fields() or step.next:
                rows.append(StepRow(row.uuid, step))
        return WrittenTable(self.read, rows, self.bases, self.seen)

    def step_of_row(self, row: FormRow) -> Step:
        """What the row says, valid or not: what the policy refuses is left as it was."""
        base = self.bases.get(row.uuid, Step())
        texts = {}
        for name in CELLS:
            if _is_sent(row.form, name):  # else it keeps its words
                texts[name] = _cleaned(row.form, name)
        reworded = reworded_content(base, texts) or base
        assert isinstance(reworded, Step)
        shape = _cleaned(row.form, "shape")
        applies_to = _cleaned(row.form, "applies_to")
        branches = []
        for branch in row.branches:
            branches.append(branch._replace(to=branch.to or self._row_below(row)))
        return replace(
            reworded,
            shape=shape if shape in SHAPES else base.shape,
            applies_to=applies_to
            if applies_to in AppliesTo.values
            else base.applies_to,
            next=_next_of(branches, base),
        )

    def _check_row(self, row: FormRow, number: int) -> bool:
        row.mistakes = []
        for branch in row.branches:
            if not branch.to and not self._row_below(row):
                row.mistakes.append(
                    f"โปรดเลือกขั้นที่ไปของทาง “{branch.label}” ของขั้นที่ {number} หรือลบข้อความนั้น"
                )
            if len(branch.label) > LABEL_LIMIT:
                row.mistakes.append(
                    f"ข้อความบนทางของขั้นที่ {number} ยาวเกิน {LABEL_LIMIT} ตัวอักษร โปรดตัดให้สั้นลง"
                )
            base = self.bases.get(row.uuid, Step())
            read = " ".join(way.get("label", "") for way in base.next)
            told = tell_stray_marks(branch.label, read, 0, has_emphasis=False)
            if told:
                row.mistakes.append(f"ข้อความบนทางของขั้นที่ {number}: {told}")
        self._check_marks(row)
        is_empty = not self.step_of_row(row).fields() and not row.form.errors
        if row.uuid in self.bases and is_empty:
            row.form.add_error(
                "text",
                f"โปรดกรอกรายละเอียดงานของขั้นที่ {number} หากไม่ต้องการขั้นนี้แล้ว โปรดตัดแถว",
            )
        return not row.mistakes and not row.form.errors

    def _check_marks(self, row: FormRow) -> None:
        """Half a mark of a reference, or one that leads nowhere, is not stored as words untold."""
        base = self.bases.get(row.uuid, Step())
        known = len(referenced_uuids(base.referring))
        read = dict(base.fields())
        written = dict(self.step_of_row(row).fields())
        for name in CELLS:
            if name in base.referring_fields:
                told = tell_stray_marks(
                    written.get(name, ""), read.get(name, ""), known
                )
            else:
                typed = _cleaned(row.form, name)
                told = tell_stray_marks(typed, read.get(name, ""), 0)
            if told and name not in row.form.errors:
                row.form.add_error(name, told)

    def _row_below(self, row: FormRow) -> str:
        """Where a step leads that says nothing else; "" for the last row."""
        below = self.rows[self.rows.index(row) + 1 :]
        return str(below[0].uuid) if below else ""

    # --- what its buttons do

    def add_row(self, after: UUID | None, new: UUID, step: Step | None = None) -> None:
        """A row right behind the one given, or last: empty, or with what a step says."""
        if len(self.rows) >= MOST_ROWS:
            return
        place = self._place_of(after)
        self.rows.insert(
            len(self.rows) if place is None else place + 1,
            row_on_step(new, step or Step()),
        )
        self.focus = new

    def move_row(self, uuid: UUID, by: int) -> None:
        place = self._place_of(uuid)
        if place is None:
            return
        row = self.rows.pop(place)
        self.rows.insert(max(0, place + by), row)
        self.focus = uuid

    def cut_row(self, uuid: UUID) -> None:
        """The row that takes its place is the one the person works on."""
        place = self._place_of(uuid)
        if place is None:
            return
        self.rows.pop(place)
        if self.rows:
            self.focus = self.rows[min(place, len(self.rows) - 1)].uuid

    def add_branch(self, uuid: UUID) -> None:
        place = self._place_of(uuid)
        if place is not None:
            self.rows[place].branches.append(Branch("", ""))
            self.focus = uuid

    def take_row(self, clause: Clause) -> None:
        """What stands in the working draft by now, instead of what was typed."""
        place = self._place_of(clause.uuid)
        if place is None:
            return
        self.rows[place] = row_on_step(clause.uuid, step_of(clause))
        self.note_read([clause])
        self.seen.pop(clause.uuid, None)
        self.focus = clause.uuid

    def note_read(self, clauses: Iterable[Clause]) -> None:
        """The rows count as read in their present version."""
        now = {clause.uuid: _read_row(clause) for clause in clauses}
        known = {row.uuid for row in self.read}
        self.read = [now.get(row.uuid, row) for row in self.read]
        self.read += [row for uuid, row in now.items() if uuid not in known]
        self.bases = {
            **self.bases,
            **{clause.uuid: step_of(clause) for clause in clauses},
        }

    def _place_of(self, uuid: UUID | None) -> int | None:
        for place, row in enumerate(self.rows):
            if row.uuid == uuid:
                return place
        return None


# --- making one


def table_on_clauses(clauses: Sequence[Clause]) -> StepTableForm:
    """A fresh form on the rows as they stand."""
    return StepTableForm(
        rows=[row_on_step(clause.uuid, step_of(clause)) for clause in clauses],
        read=[_read_row(clause) for clause in clauses],
        bases={clause.uuid: step_of(clause) for clause in clauses},
        reason=ReasonForm(),
    )


def table_as_sent(
    data: TableData, steps: Mapping[str, Step], *, checked: bool = False
) -> StepTableForm:
    """The form as it came in, or as it was kept; `steps` are those that read_hashes named. Rows show what is wrong
    with them only where they are to be `checked`."""
    read = _read_rows(data)
    bases = {row.uuid: steps[row.sha] for row in read if row.sha in steps}
    rows = []
    for uuid in _uuids(data.getlist("row"))[:MOST_ROWS]:
        branches = _read_branches(data, uuid)
        rows.append(
            FormRow(
                uuid,
                _row_form(data, uuid, checked=checked),
                branches.branches,
                branches.changes,
            )
        )
    kept = {"reason": data.get("reason", ""), "promise": data.get("promise", "")}
    reason = ReasonForm(data) if checked else ReasonForm(initial=kept)
    return StepTableForm(rows, read, bases, reason, seen=_read_seen(data))


def hashes_read(data: TableData) -> list[str]:
    """Of the steps that the rows of this form began as."""
    return [row.sha for row in _read_rows(data)]


def row_on_step(uuid: UUID, step: Step) -> FormRow:
    initial = {"shape": step.shape, "applies_to": step.applies_to}
    initial |= {item.name: item.text for item in wording_fields(step)}
    branches = [Branch(branch.get("label", ""), branch["to"]) for branch in step.next]
    return FormRow(uuid, StepRowForm(initial=initial, prefix=str(uuid)), branches)


def blank_row(uuid: UUID) -> FormRow:
    return row_on_step(uuid, Step())


# --- reading what came in


def _row_form(data: TableData, uuid: UUID, *, checked: bool) -> StepRowForm:
    if checked:
        return StepRowForm(data, prefix=str(uuid))
    initial = {}
    for name in ("shape", "applies_to", *CELLS):
        if f"{uuid}-{name}" in data:
            initial[name] = data[f"{uuid}-{name}"]
    return StepRowForm(initial=initial, prefix=str(uuid))


class _ReadBranches(NamedTuple):
    branches: list[Branch]
    changes: int  # of the text policy


def _read_branches(data: TableData, uuid: UUID) -> _ReadBranches:
    """Empty ones are left out: the page offers as many as the row's shape may need."""
    labels = data.getlist(f"{uuid}-label")
    targets = data.getlist(f"{uuid}-to")
    branches = []
    changes = 0
    for label, typed in zip_longest(labels, targets, fillvalue=""):
        cleaned = _clean_line(label)
        words = visible_text(cleaned.text).strip()
        changes += cleaned.changes
        target = "".join(str(uuid) for uuid in _uuids([typed]))
        if words or target:
            branches.append(Branch(words, target))
    return _ReadBranches(branches, changes)


def _next_of(branches: Sequence[Branch], base: Step) -> list[dict[str, str]]:
    """As a step stores them: the same list where nothing changed, in whatever spelling it was stored."""
    if branches == [
        Branch(branch.get("label", ""), branch["to"]) for branch in base.next
    ]:
        return base.next
    return [
        {"to": branch.to, "label": branch.label} for branch in branches if branch.to
    ]


def _is_sent(form: StepRowForm, name: str) -> bool:
    if form.is_bound:
        return form.add_prefix(name) in form.data
    return name in form.initial


def _cleaned(form: StepRowForm, name: str) -> str:
    """What is typed in a field, under the text policy; "" for what the policy refuses."""
    typed = str(form[name].value() or "")
    if name not in CELLS:
        return typed
    field = form.fields[name]
    assert isinstance(field, ThaiTextField)
    try:
        return field.to_python(typed)
    except forms.ValidationError:
        return ""


def _clean_line(text: str) -> Cleaned:
    try:
        return clean_text(text, max_length=CELL_LIMIT, multiline=False)
    except TextRefused:
        return Cleaned("", 0)


def _read_row(clause: Clause) -> ReadRow:
    return ReadRow(clause.uuid, clause.lock_version, content_sha(step_of(clause)))


def _read_rows(data: TableData) -> list[ReadRow]:
    rows = []
    for text in data.getlist("read"):
        uuid, _, rest = text.partition(":")
        version, _, sha = rest.partition(":")
        found = _uuids([uuid])
        if found and _is_version(version) and sha.isascii() and sha.isalnum():
            rows.append(ReadRow(found[0], int(version), sha))
    return rows


def _read_seen(data: TableData) -> dict[UUID, int]:
    seen = {}
    for text in data.getlist("seen"):
        uuid, _, version = text.partition(":")
        found = _uuids([uuid])
        if found and _is_version(version):
            seen[found[0]] = int(version)
    return seen


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _uuids(texts: Iterable[str]) -> list[UUID]:
    """Those that are uuids, each once."""
    uuids: dict[UUID, None] = {}
    for text in texts:
        try:
            uuids[UUID(text)] = None
        except ValueError:
            continue
    return list(uuids)
