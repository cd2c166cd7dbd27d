"""The page of the table of steps: its rows with where each may lead, the chart drawn of them, and what they lack."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids
from hearing_portal.thai.shortening import shorten_apart
from hearing_portal.thai.text import inline_plain
from hearing_portal.web.form_rendering import first_wrong_field

from ...content import SHAPES, AppliesTo, Step
from ...entries import EntryView
from ...flowchart.svg import Drawing
from ...models import Section
from ...queries import draft_section_view
from ...reading.presentation.sections import draw_screen_chart
from ...wording import Redline
from ..adopted import NOTHING_KEPT, KeptDecision
from ..forms.step_table import (
    BRANCHES_OF_DECISION,
    FormRow,
    StepTableForm,
    blank_row,
)
from ..queries.buffers import Writer, each_once, find_writers
from ..queries.references import find_cited_clauses
from ..said_elsewhere import SaidAbout
from ..step_lacks import StepLack, find_step_lacks
from ..step_merging import RowClash
from ..step_table import STEP_PART, StepRow
from ..told_words import Reworded, tell_redlines
from .references import tell_cited, write_legend

TO_BE_NAMED = UUID(int=0)  # the uuid in the row that the browser copies for a new one
LETTERS_OF_TARGET = 30
NEXT_ROW = "แถวถัดไป"


@dataclass(frozen=True, slots=True)
class BranchFields:
    """The fields of one branch; `lost` is where it leads when that is no row."""

    label: str
    to: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class ClashOnPage:
    """Both people's changes to one row, against what both had read: words as redlines, the rest as it is now."""

    clash: RowClash
    numbers: Mapping[str, int]  # of the rows by their uuid
    their_changes: Sequence[Redline]
    my_changes: Sequence[Redline]
    is_own: bool = False  # saved by the same person in another window

    @property
    def is_cut_by_them(self) -> bool:
        return self.clash.theirs is None

    @property
    def is_cut_by_me(self) -> bool:
        return self.clash.mine is None

    @property
    def their_choices(self) -> list[tuple[str, str]]:
        return self._choices_of(self.clash.theirs)

    @property
    def my_choices(self) -> list[tuple[str, str]]:
        return self._choices_of(self.clash.mine)

    def _choices_of(self, step: Step | None) -> list[tuple[str, str]]:
        """[(what was chosen, what it is now)] of what is no text."""
        choices: list[tuple[str, str]] = []
        if step is None:
            return choices
        if step.shape != self.clash.base.shape:
            choices.append(("รูปในผัง", SHAPES[step.shape]))
        if step.applies_to != self.clash.base.applies_to:
            choices.append(("ใช้กับ", str(AppliesTo(step.applies_to).label)))
        if step.next != self.clash.base.next:
            ways = []
            for branch in step.next:
                number = self.numbers.get(branch["to"], "ที่ไม่มีในตาราง")
                ways.append(f"{branch.get('label', '')} ไปขั้น {number}".strip())
            told = "; ".join(ways) or NEXT_ROW
            choices.append(("ขั้นต่อไป", told))
        return choices


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """`number` is 0 for the row that the browser copies. `legend` is [("⟦1⟧", the clause it leads to)]. `said` is what
    was said of the row elsewhere, and of what it came of."""

    number: int
    row: FormRow
    branches: Sequence[BranchFields]
    clash: ClashOnPage | None = None
    legend: Sequence[tuple[str, str]] = ()
    said: Sequence[SaidAbout] = ()
    decided: Sequence[str] = ()  # the comments that its words were adopted from

    @property
    def anchor(self) -> str:
        return f"row-{self.row.uuid}"

    @property
    def shows_branches(self) -> bool:
        return bool(self.row.branches) or self.row.form["shape"].value() == "decision"


@dataclass(frozen=True, slots=True)
class StepSide:
    """What is made of the table while it is filled in; `chart` is None without rows."""

    chart: Drawing | None
    lacks: Sequence[StepLack]


@dataclass(frozen=True, slots=True)
class StepPage:
    """`read` and `seen` are the values of the hidden fields of those names; `choices` are the options of every branch,
    written once for all of them."""

    section: Section
    table: StepTableForm
    rows: Sequence[RowOnPage]
    new_row: RowOnPage
    choices: SafeString
    side: StepSide
    writers: Sequence[Writer] = ()
    clashes: int = 0
    are_own: bool = False  # every clash is with what the person saved themselves
    mistakes: Sequence[tuple[str, str]] = field(
        default_factory=list
    )  # (words, id of the field or row, or "")

    @property
    def _args(self) -> list[object]:
        return [self.section.manual.key, self.section.uuid]

    @property
    def send_to(self) -> str:
        return reverse("step-table", args=self._args)

    @property
    def draw_at(self) -> str:
        return reverse("step-chart", args=self._args)

    @property
    def keep_at(self) -> str:
        return reverse("draft-buffer", args=[*self._args, self.section.uuid])

    @property
    def back(self) -> str:
        return f"{reverse('draft', args=self._args)}#part-{STEP_PART}"

    @property
    def save_label(self) -> str:
        return f"บันทึกเป็นรุ่นที่ {self.section.version + 1}"

    @property
    def read(self) -> list[str]:
        return [f"{row.uuid}:{row.lock_version}:{row.sha}" for row in self.table.read]

    @property
    def seen(self) -> list[str]:
        return [f"{uuid}:{version}" for uuid, version in self.table.seen.items()]


def load_step_page(
    section: Section,
    table: StepTableForm,
    user: User,
    *,
    clashes: Sequence[RowClash] = (),
    own: Collection[UUID] = (),
    said: Iterable[SaidAbout] = (),
    kept: Mapping[int, KeptDecision] = NOTHING_KEPT,
) -> StepPage:
    """One query, up to nine where rows and clashes refer to clauses. `own` are those of the clashing rows that the
    person alone changed, in another window."""
    numbers = {str(row.uuid): number for number, row in enumerate(table.rows, start=1)}
    clash_of = _show_clashes(section, clashes, numbers, own)
    steps = [StepRow(row.uuid, table.step_of_row(row)) for row in table.rows]
    known = {str(step.uuid) for step in steps}
    wrong = next(
        (row for row in table.rows if row.form.is_bound and row.form.errors), None
    )
    if wrong is not None:
        wrong.form.autofocus = first_wrong_field(wrong.form)
    referred = {
        uuid: referenced_uuids(step.referring) for uuid, step in table.bases.items()
    }
    cited = find_cited_clauses(set().union(*referred.values()))
    told = tell_cited(cited)
    said_of: dict[UUID | None, list[SaidAbout]] = {}
    for about in said:
        said_of.setdefault(about.clause, []).append(about)
    rows = []
    for number, row in enumerate(table.rows, start=1):
        row.form.number = number
        if row.uuid == table.focus:
            row.form.autofocus = "text"
        on_page = RowOnPage(
            number,
            row,
            branches=_branch_fields(row, known),
            clash=clash_of.get(row.uuid),
            legend=write_legend(section, referred.get(row.uuid, []), cited, told),
            said=said_of.get(row.uuid, ()),
            decided=[each.source for each in kept.values() if row.uuid in each.clauses],
        )
        rows.append(on_page)
    blank = blank_row(TO_BE_NAMED)
    return StepPage(
        section,
        table,
        rows=rows,
        new_row=RowOnPage(0, blank, _branch_fields(blank, known)),
        choices=_write_choices(steps),
        side=_side_of(section, steps),
        writers=each_once(find_writers(section, but=user)),
        clashes=len(clashes),
        are_own=bool(clashes) and all(clash.uuid in own for clash in clashes),
        mistakes=_mistakes(table),
    )


def _show_clashes(
    section: Section,
    clashes: Sequence[RowClash],
    numbers: Mapping[str, int],
    own: Collection[UUID],
) -> dict[UUID, ClashOnPage]:
    """{row: its clash}. Queries as tell_redlines."""
    compared: list[Reworded] = []
    for clash in clashes:
        for saved in (clash.theirs, clash.mine):
            compared.append((clash.base, saved, section.pk))
    told = iter(tell_redlines(compared))
    shown = {}
    for clash in clashes:
        shown[clash.uuid] = ClashOnPage(
            clash,
            numbers,
            their_changes=next(told),
            my_changes=next(told),
            is_own=clash.uuid in own,
        )
    return shown


def side_of_table(section: Section, table: StepTableForm) -> StepSide:
    """No query."""
    return _side_of(
        section, [StepRow(row.uuid, table.step_of_row(row)) for row in table.rows]
    )


def _side_of(section: Section, steps: Sequence[StepRow]) -> StepSide:
    """Rows that nobody wrote into yet are left out, as they are when the table is saved."""
    written = [row for row in steps if row.content.fields() or row.content.next]
    entries = []
    for number, row in enumerate(steps, start=1):
        if row not in written:
            continue
        entry = EntryView(
            row.uuid, "clause", part=STEP_PART, label=str(number), content=row.content
        )
        entries.append(entry)
    return StepSide(
        draw_screen_chart(draft_section_view(section), entries),
        find_step_lacks(written),
    )


def _branch_fields(row: FormRow, known: set[str]) -> list[BranchFields]:
    """Those it has, and as many empty ones as its shape needs."""
    fields = []
    for branch in row.branches:
        lost = "" if branch.to in known else branch.to
        fields.append(BranchFields(branch.label, branch.to, lost=lost))
    least = BRANCHES_OF_DECISION if row.form["shape"].value() == "decision" else 1
    fields += [BranchFields("", "")] * (least - len(fields))
    return fields


def _write_choices(steps: Sequence[StepRow]) -> SafeString:
    choices = [("", NEXT_ROW)]
    texts = [inline_plain(row.content.body).replace(OBJECT_MARKER, "") for row in steps]
    shown = shorten_apart(texts, LETTERS_OF_TARGET)
    for number, (row, words) in enumerate(zip(steps, shown, strict=True), start=1):
        choices.append((str(row.uuid), f"{number} {words}".strip()))
    return format_html_join("", '<option value="{}">{}</option>', choices)


def _mistakes(table: StepTableForm) -> list[tuple[str, str]]:
    mistakes = []
    for number, row in enumerate(table.rows, start=1):
        if row.form.is_bound:
            for bound in row.form:
                place = f"ขั้นที่ {number}"
                for error in bound.errors:
                    words = str(error)
                    if place not in words:  # else it says itself where it is
                        words = f"{place} {bound.label}: {words}"
                    mistakes.append((words, bound.auto_id))
        mistakes += [(words, f"row-{row.uuid}") for words in row.mistakes]
    if table.reason.is_bound:
        mistakes += [(str(error), "") for error in table.reason.non_field_errors()]
        for bound in table.reason:
            mistakes += [
                (f"{bound.label}: {error}", bound.auto_id) for error in bound.errors
            ]
    return mistakes
