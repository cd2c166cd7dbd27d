"""The page on which repealed laws are replaced: the laws, and clause by clause what the words would be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from ...models import Manual, Section
from ...reading.names import clause_name
from ...wording import Redline
from ..forms.law_replacements import write_value
from ..queries.law_replacements import (
    PlannedClause,
    RepealedLaw,
    ReplacementPlan,
    sections_of,
)
from ..services.replacing_laws import ReadReplacement
from ..told_words import tell_redlines
from .links import section_url

MOST_SHOWN = 100  # clauses; the others show up when these are done


@dataclass(frozen=True, slots=True)
class AppliedPair:
    """A repealed law that a clause applies, and what would stand in its place; "" where nothing is in force."""

    repealed: str
    instead: str


@dataclass(frozen=True, slots=True)
class ReplacementRow:
    """`value` is what the ticked row sends, "" where a person has to change the words. `warnings` say what to check."""

    uuid: UUID
    name: str
    url: str
    edit_url: str
    pairs: Sequence[AppliedPair]
    lines: Sequence[Redline]
    value: str = ""
    warnings: Sequence[str] = ()
    is_ticked: bool = False
    is_overtaken: bool = False


@dataclass(frozen=True, slots=True)
class ReplacementPage:
    """`sections` are [(section, its address, its rows)]; `hidden` is how many clauses are not shown yet."""

    laws: Sequence[RepealedLaw]
    sections: Sequence[tuple[Section, str, Sequence[ReplacementRow]]]
    clauses: int
    hidden: int = 0

    @property
    def has_choice(self) -> bool:
        """Whether more than one law may stand in the place of one of these."""
        return any(len(law.offered) > 1 for law in self.laws)

    @property
    def can_replace(self) -> bool:
        return any(row.value for _, _, rows in self.sections for row in rows)


def page_of_replacements(
    plan: ReplacementPlan,
    *,
    ticked: Collection[UUID] | None = None,
    overtaken: Collection[UUID] = (),
) -> ReplacementPage:
    """`ticked` are those of a form that comes back, where one does; else all that needs no look are."""
    shown = ReplacementPlan(plan.laws, plan.clauses[:MOST_SHOWN])
    lines_of = _changes_of(shown.clauses)
    sections = []
    for section, planned in sections_of(shown).items():
        rows = [
            _describe(row, plan, lines_of.get(row.clause.pk, []), ticked, overtaken)
            for row in planned
        ]
        sections.append((section, section_url(section), rows))
    return ReplacementPage(
        plan.laws, sections, len(plan.clauses), max(0, len(plan.clauses) - MOST_SHOWN)
    )


def _changes_of(rows: Sequence[PlannedClause]) -> dict[int, list[Redline]]:
    """{clause id: what replacing would change in it}, of those where it can be done. Queries as tell_redlines."""
    clause_ids = []
    compared = []
    for row in rows:
        if row.replaced is not None:
            clause_ids.append(row.clause.pk)
            clause = row.clause
            compared.append((clause.content, row.replaced.content, clause.section_id))
    return dict(zip(clause_ids, tell_redlines(compared), strict=True))


def _describe(
    row: PlannedClause,
    plan: ReplacementPlan,
    lines: Sequence[Redline],
    ticked: Collection[UUID] | None,
    overtaken: Collection[UUID],
) -> ReplacementRow:
    clause = row.clause
    section = clause.section
    is_overtaken = clause.uuid in overtaken
    value = ""
    is_ticked = False
    if row.replaced is not None:
        value = write_value(ReadReplacement(clause.uuid, clause.lock_version, row.sha))
        is_ticked = (
            not row.replaced.needs_a_look
            if ticked is None
            else clause.uuid in ticked and not is_overtaken
        )
    pairs = []
    for law in row.applied:
        successor = plan.successors.get(law.source.pk)
        pairs.append(
            AppliedPair(
                law.source.short_title, successor.short_title if successor else ""
            )
        )
    return ReplacementRow(
        clause.uuid,
        clause_name(row.entry),
        url=section_url(section, clause.uuid),
        edit_url=reverse(
            "clause-edit", args=[section.manual.key, section.uuid, clause.uuid]
        ),
        pairs=pairs,
        lines=lines,
        value=value,
        warnings=_warnings(row, pairs),
        is_ticked=is_ticked,
        is_overtaken=is_overtaken,
    )


def _warnings(row: PlannedClause, pairs: Sequence[AppliedPair]) -> list[str]:
    warnings = []
    if row.replaced is None:
        if any(pair.instead for pair in pairs):
            return ["ระบบแทนที่ถ้อยคำข้อนี้ให้ไม่ได้ โปรดแก้ไขถ้อยคำเอง"]
        return [
            "ทะเบียนยังไม่มีฉบับที่ใช้แทน โปรดแก้ไขถ้อยคำเอง หรือแจ้งผู้ดูแลระบบให้เพิ่มฉบับที่ใช้แทนในทะเบียนกฎหมาย"
        ]
    if row.replaced.lost_locator:
        warnings.append(
            f"“{row.replaced.lost_locator}” เป็นเลขของกฎหมายเดิม จะตัดออก โปรดระบุเลขของกฎหมายใหม่ภายหลัง"
        )
    if row.replaced.names_a_number:
        warnings.append(
            "ถ้อยคำอ้างเลขข้อหรือมาตราของกฎหมายเดิม โปรดตรวจเลขในกฎหมายใหม่ แล้วจึงเลือกข้อนี้"
        )
    if any(not pair.instead for pair in pairs):
        warnings.append("กฎหมายอีกฉบับในข้อนี้ยังไม่มีฉบับที่ใช้แทน จะคงไว้ตามเดิม")
    return warnings


def replacements_url(manual: Manual) -> str:
    return reverse("law-replacements", args=[manual.key])
