"""Which process of the older state is which of the newer one: the counts of both sides, and what is told of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict
from django.urls import reverse

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.sentences import joined
from hearing_portal.thai.text import search_form, search_terms
from hearing_portal.web.choices import FilterLink, query_with

from ...models import Manual
from ...permissions import can_edit_draft
from ..fates import Evidence, ProcessFate
from ..forms import WITHOUT_REASON
from ..queries.processes import ComparedProcess, ProcessComparison, ProcessLink
from ..sides import Side, Sides, SideSection

MEANINGS = {
    ProcessFate.SPLIT: "กระบวนงานเดิมหนึ่งกระบวนงาน เป็นหลายกระบวนงาน",
    ProcessFate.JOINED: "กระบวนงานเดิมหลายกระบวนงาน เป็นกระบวนงานเดียว",
    ProcessFate.REPLACED: "กระบวนงานใหม่ใช้แทนกระบวนงานเดิม",
    ProcessFate.MOVED: "ไปอยู่กลุ่มงานอื่น",
    ProcessFate.REARRANGED: "ไปอยู่งานอื่นในกลุ่มงานเดิม",
    ProcessFate.RENAMED: "อยู่ที่เดิม ใช้ชื่อใหม่",
    ProcessFate.KEPT: "อยู่ที่เดิม ชื่อเดิม ถ้อยคำอาจปรับปรุง",
    ProcessFate.DROPPED: "ไม่มีในฉบับใหม่",
    ProcessFate.NEW: "ไม่มีในฉบับเดิม",
}
BY_CLAUSE = "ดูเหตุผลที่แต่ละข้อ"


@dataclass(frozen=True, slots=True)
class ProcessCounts:
    """How many processes of each side have a fate; of all (`fate` None) their sum."""

    fate: ProcessFate | None
    old: int
    new: int

    @property
    def label(self) -> str:
        return str(self.fate.label) if self.fate else "รวม"

    @property
    def meaning(self) -> str:
        return MEANINGS[self.fate] if self.fate else ""


@dataclass(frozen=True, slots=True)
class ProcessPlace:
    """A process on one side. `evidence` says what tells it, where that is not its identity."""

    section: SideSection
    group: str
    url: str = ""
    evidence: str = ""

    @property
    def number(self) -> str:
        """OPM-01-02; the number in its manual where its document has none."""
        return self.section.code or self.section.number

    @property
    def where(self) -> str:
        """งานสารบรรณ กลุ่มอำนวยการ."""
        return f"{self.section.unit} {self.group}".strip()


@dataclass(frozen=True, slots=True)
class CorrespondenceRow:
    """A row of the table. `reason_url` is where a reader who may say why it was dropped says it."""

    process: ComparedProcess
    old: ProcessPlace | None
    news: Sequence[ProcessPlace]
    partners: Sequence[ProcessPlace]
    clauses_url: str = ""
    reason_url: str = ""

    @property
    def partner_words(self) -> str:
        """What it was joined with, each with its group."""
        return ", ".join(
            f"{partner.section.title} ({partner.group})" for partner in self.partners
        )

    @property
    def fate(self) -> ProcessFate:
        return self.process.fate

    @property
    def modifier(self) -> str:
        """What colours the word of its fate."""
        if self.fate == ProcessFate.NEW:
            return "added"
        if self.fate == ProcessFate.DROPPED:
            return "removed"
        return str(self.fate)

    @property
    def fate_words(self) -> str:
        """With what is true of it besides: ย้ายกลุ่มงานและเปลี่ยนชื่อ."""
        words = str(self.fate.label)
        if self.old is None or self.fate in (ProcessFate.RENAMED, ProcessFate.REPLACED):
            return words
        before = self.old.section
        for place in self.news:
            now = place.section
            if now.uuid == before.uuid and now.title != before.title:
                return joined(words, "และเปลี่ยนชื่อ")
        return words

    @property
    def reasons(self) -> list[str]:
        """Of the acts, then what was told afterwards: of that only the latest."""
        reasons = list(self.process.reasons)
        if self.process.given:
            latest = self.process.given[0]
            if latest.reason not in reasons:
                reasons.append(latest.reason)
        return reasons

    @property
    def tells_why(self) -> bool:
        """Whether there is a reason, or should be one."""
        return bool(self.reasons) or self.fate == ProcessFate.DROPPED

    @property
    def tells_by_clause(self) -> str:
        """Where the reasons are those of its clauses alone."""
        if self.tells_why or not self.clauses_url:
            return ""
        return BY_CLAUSE

    @property
    def elsewhere(self) -> str:
        """The group it went to, where that one's manual is not compared."""
        return self.process.elsewhere.display_name if self.process.elsewhere else ""

    @property
    def anchor(self) -> str:
        shown = self.old or self.news[0]
        return f"p-{shown.section.uuid.hex[:8]}"

    def is_of(self, manual_key: str, manuals: Mapping[int, Manual]) -> bool:
        keys = {manuals[place.section.manual_id].key for place in self.places}
        return manual_key in keys

    @property
    def search_words(self) -> str:
        words = [f"{place.number} {place.section.title}" for place in self.places]
        return search_form(" ".join(words))

    @property
    def places(self) -> list[ProcessPlace]:
        """On both sides, the older one first."""
        if self.old is None:
            return list(self.news)
        return [self.old, *self.news]


def process_counts(comparison: ProcessComparison) -> list[ProcessCounts]:
    """Of the fates that are there; the sum last."""
    lines = []
    for fate in ProcessFate:
        old = comparison.old.get(fate, 0)
        new = comparison.new.get(fate, 0)
        if old or new:
            lines.append(ProcessCounts(fate, old, new))
    lines.append(ProcessCounts(None, comparison.old_total, comparison.new_total))
    return lines


def process_rows(
    sides: Sides, comparison: ProcessComparison, reader: Visitor | None = None
) -> list[CorrespondenceRow]:
    """In the order of the comparison. Without a reader nobody is offered to say a reason."""
    manuals = comparison.manuals
    rows = []
    for process in comparison.processes:
        old = _place(sides.old, process.old, manuals) if process.old else None
        if process.new is not None:
            news = [_place(sides.new, process.new, manuals)]
        else:
            news = []
            for link in process.links:
                news.append(_place(sides.new, link.new, manuals, _evidence(link)))
        partners = [_place(sides.old, partner, manuals) for partner in process.partners]
        clauses_url = ""
        if process.changed_clauses and news:
            key = manuals[news[0].section.manual_id].key
            clauses_url = reverse(
                "manual-comparison", args=[sides.old.code, sides.new.code, key]
            )
        row = CorrespondenceRow(
            process,
            old,
            news,
            partners,
            clauses_url=clauses_url,
            reason_url=_reason_url(sides, process, manuals, reader),
        )
        rows.append(row)
    return rows


def _place(
    side: Side, section: SideSection, manuals: Mapping[int, Manual], evidence: str = ""
) -> ProcessPlace:
    manual = manuals[section.manual_id]
    if side.edition is not None:
        url = reverse("edition-section", args=[side.code, section.uuid])
    else:
        url = reverse("draft", args=[manual.key, section.uuid])
    return ProcessPlace(section, manual.display_name, url, evidence)


def _evidence(link: ProcessLink) -> str:
    match link.evidence:
        case Evidence.SAME:
            return ""
        case Evidence.CLAUSES:
            return joined(
                str(link.evidence.label), f"{link.clauses} จาก {link.total} ข้อ"
            )
        case _:
            return str(link.evidence.label)


def _reason_url(
    sides: Sides,
    process: ComparedProcess,
    manuals: Mapping[int, Manual],
    reader: Visitor | None,
) -> str:
    if process.fate != ProcessFate.DROPPED or process.old is None or reader is None:
        return ""
    manual = manuals[process.old.manual_id]
    if not can_edit_draft(reader, manual.work_group):
        return ""
    return reverse(
        "drop-reason", args=[sides.old.code, sides.new.code, process.old.uuid]
    )


# --- finding one


def find_rows(
    rows: Iterable[CorrespondenceRow],
    manuals: Mapping[int, Manual],
    *,
    words: str = "",
    group: str = "",
) -> list[CorrespondenceRow]:
    """Those whose titles, old or new, have all the words, of one group on either side."""
    wanted = search_terms(words)
    found = []
    for row in rows:
        if group and not row.is_of(group, manuals):
            continue
        if wanted and not all(word in row.search_words for word in wanted):
            continue
        found.append(row)
    return found


def is_chosen(row: CorrespondenceRow, fate: str) -> bool:
    """`fate` is a value of ProcessFate, WITHOUT_REASON or "" for all."""
    if fate == WITHOUT_REASON:
        return row.process.lacks_reason
    return fate in ("", row.fate)


def process_fate_links(
    query: QueryDict, rows: Sequence[CorrespondenceRow], chosen: str
) -> list[FilterLink]:
    """The fates of these rows to choose from, with how many have each; the chosen one also when none has it."""
    link = partial(query_with, query, page=None)
    links = [FilterLink("ทั้งหมด", link(fate=None), chosen == "", len(rows))]
    for value, label in [*ProcessFate.choices, (WITHOUT_REASON, "ยกเลิกโดยยังไม่มีเหตุผล")]:
        number = sum(is_chosen(row, value) for row in rows)
        if number or chosen == value:
            links.append(
                FilterLink(str(label), link(fate=value), chosen == value, number)
            )
    return links
