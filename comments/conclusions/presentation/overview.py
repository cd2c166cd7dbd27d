"""ภาพรวมประชาพิจารณ์: all groups of a hearing on one page, in figures and charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.conformity.queries import Conformity, count_conformity
from manuals.models import Edition, Manual

from ...hearings.queries import GroupSessions
from ...issue_classes import MEANINGS
from ...models import Comment, Conclusion, Hearing, HearingSession
from ...overlaps.queries.register import OverlapCount
from ...permissions import can_work_at
from ...positions.presentation import offices_url
from ...positions.queries import PositionCounts, count_positions, editions_heard
from ...results import Result
from ..queries.editions import (
    ComparedEditions,
    StepShare,
    digital_by_manual,
    find_compared_editions,
    find_legal_conflicts,
)
from ..queries.figures import (
    HearingFigures,
    ManualFigures,
    ResultCounts,
    count_recent_hearing,
)
from ..queries.overlaps import count_registered_overlaps
from ..queries.provisional import tell_provisional_figures
from ..queries.signed_figures import ChangedFigure, figures_beside, find_changed
from ..queries.summaries import find_conclusions
from .charts import ChartColumn, ChartRow, FigureChart, LinkedFigure
from .group import WITHOUT_CLASS
from .links import comments_url, conclusion_url

Kind = AreaOffice.Kind
# The colour of each result's bars
RESULT_FAMILIES = {
    Result.SETTLED: "yes",
    Result.REFERRED: "elsewhere",
    Result.DEFERRED: "elsewhere",
    Result.OPEN: "wait",
    Result.WITHDRAWN: "wait",
}


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    """A group with all that its conclusion counts."""

    group: WorkGroup
    figures: ManualFigures
    counts: ResultCounts
    positions: PositionCounts
    before: StepShare
    after: StepShare
    conflicts: int
    checked: (
        int | None
    )  # processes that conflict with the law; None for who does not read the draft
    conclusion: Conclusion | None
    changed: list[ChangedFigure]  # since it was signed
    url: str
    positions_url: str  # empty for who does not work at the group's desk
    hearing_key: str

    @property
    def manual(self) -> Manual:
        return self.group.manual

    @property
    def differs(self) -> bool:
        return self.figures.tallies.differs

    @property
    def overlaps(self) -> LinkedFigure:
        issue = Comment.IssueClass.OVERLAP
        url = comments_url(self.manual, self.hearing_key, issue=issue)
        return LinkedFigure(self.counts.of_class(issue), url)

    @property
    def legal(self) -> LinkedFigure:
        url = conclusion_url(self.manual, self.hearing_key, "law")
        return LinkedFigure(self.conflicts + (self.checked or 0), url)


@dataclass(slots=True)
class HearingOverview:
    """`offices` is how many of each kind there are, `spoke` how many of them said something."""

    rows: list[OverviewGroup]
    counts: ResultCounts
    offices: Mapping[str, int]
    spoke: Mapping[str, int]
    editions: ComparedEditions
    conclusion: Conclusion | None
    changed: list[ChangedFigure]  # since it was signed
    registered: OverlapCount
    provisional: str  # that its figures may still change; "" where not
    charts: list[FigureChart] = field(default_factory=list)

    @property
    def settled(self) -> int:
        return self.counts.of_result(Result.SETTLED)

    @property
    def passed_on(self) -> int:
        """Referred, or left to another revision."""
        referred = self.counts.of_result(Result.REFERRED)
        return referred + self.counts.of_result(Result.DEFERRED)

    @property
    def open(self) -> int:
        return self.counts.of_result(Result.OPEN)

    @property
    def withdrawn(self) -> int:
        return self.counts.of_result(Result.WITHDRAWN)

    @property
    def signed(self) -> int:
        return sum(row.conclusion is not None for row in self.rows)

    @property
    def stale(self) -> int:
        """Groups whose figures changed since their summary was signed."""
        return sum(bool(row.changed) for row in self.rows)


def load_overview_of_hearing(
    hearing: Hearing,
    groups: Sequence[WorkGroup],
    sessions: Sequence[HearingSession],
    sessions_by_group: Mapping[int | None, GroupSessions],
    user: Visitor,
    hearing_key: str,
) -> HearingOverview:
    """Ten queries at most, however many groups and comments; more once for an edition this process has not read."""
    figures = count_recent_hearing(hearing.pk, sessions)
    editions = find_compared_editions(user)
    before = digital_by_manual(editions.before)
    after = digital_by_manual(editions.after)
    conflicts = find_legal_conflicts(_editions_spoken_of(groups, sessions_by_group))
    positions = count_positions(hearing, editions_heard(groups, sessions_by_group))
    conclusions = find_conclusions(hearing)
    roles = load_roles(user)
    checked: Mapping[int, Mapping[Conformity, int]] = {}
    if roles.is_admin:
        checked = count_conformity([group.manual for group in groups])
    total = ResultCounts()
    rows = []
    for group in groups:
        manual, conclusion = group.manual, conclusions.get(group.pk)
        works_here = can_work_at(user, group)
        of_manual = figures.of_manual(manual.pk)
        counts = of_manual.count(sees_decisions=works_here)
        total.add(counts)
        in_conflict = None
        if roles.is_admin:
            in_conflict = checked.get(manual.pk, {}).get(Conformity.CONFLICTING, 0)
        beside = figures_beside(figures, manual.pk)
        row = OverviewGroup(
            group=group,
            figures=of_manual,
            counts=counts,
            positions=positions[manual.pk],
            before=before.get(manual.pk, StepShare()),
            after=after.get(manual.pk, StepShare()),
            conflicts=len(conflicts.get(manual.pk, ())),
            checked=in_conflict,
            conclusion=conclusion,
            changed=find_changed(conclusion, beside, sees_decisions=works_here),
            url=conclusion_url(manual, hearing_key),
            positions_url=offices_url(manual, hearing_key, "") if works_here else "",
            hearing_key=hearing_key,
        )
        rows.append(row)
    overview = HearingOverview(
        rows=rows,
        counts=total,
        offices=_offices_of(positions),
        spoke=figures.offices,
        editions=editions,
        conclusion=conclusions.get(None),
        changed=find_changed(
            conclusions.get(None),
            figures_beside(figures, None),
            sees_decisions=roles.is_admin,
        ),
        registered=count_registered_overlaps(user, None),
        provisional=tell_provisional_figures(hearing, figures.by_manual.values()),
    )
    overview.charts = draw_charts(overview, figures)
    return overview


def _editions_spoken_of(
    groups: Sequence[WorkGroup], sessions_by_group: Mapping[int | None, GroupSessions]
) -> dict[int, Edition]:
    """{manual id: the edition of the group's session}."""
    heard: dict[int, Edition] = {}
    for group in groups:
        found = sessions_by_group.get(group.pk)
        if found is not None and found.session is not None:
            heard[group.manual.pk] = found.session.edition
    return heard


def _offices_of(positions: Mapping[int, PositionCounts]) -> dict[str, int]:
    for counts in positions.values():
        return {
            Kind.PRIMARY: counts.primary.offices,
            Kind.SECONDARY: counts.secondary.offices,
        }
    return {Kind.PRIMARY: 0, Kind.SECONDARY: 0}


def draw_charts(
    overview: HearingOverview, figures: HearingFigures
) -> list[FigureChart]:
    return [
        result_chart(overview),
        class_chart(overview),
        office_chart(overview),
        digital_chart(overview),
    ]


def result_chart(overview: HearingOverview) -> FigureChart:
    columns = [ChartColumn("ความคิดเห็น", "ink")]
    for result in Result:
        columns.append(ChartColumn(result.label, RESULT_FAMILIES[result]))
    rows = []
    for row in overview.rows:
        every = comments_url(row.manual, row.hearing_key)
        figures = [LinkedFigure(row.counts.total, every)]
        for result in Result:
            url = comments_url(row.manual, row.hearing_key, result=result)
            figures.append(LinkedFigure(row.counts.of_result(result), url))
        rows.append(ChartRow(row.group.short_name, figures, row.url))
    totals = [LinkedFigure(overview.counts.total)]
    for result in Result:
        totals.append(LinkedFigure(overview.counts.of_result(result)))
    rows.append(ChartRow("รวม", totals, is_total=True))
    return FigureChart("results", "ความคิดเห็นและผลการพิจารณา", columns, rows)


def class_chart(overview: HearingOverview) -> FigureChart:
    classes: list[tuple[str | None, str]] = [
        (meaning.value, meaning.word) for meaning in MEANINGS
    ]
    classes.append((None, WITHOUT_CLASS))
    columns = [ChartColumn(word) for _, word in classes]
    columns.append(ChartColumn("รวม", is_total=True))
    rows = []
    for row in overview.rows:
        figures = []
        for issue_class, _ in classes:
            url = comments_url(row.manual, row.hearing_key, issue=issue_class)
            figures.append(LinkedFigure(row.counts.of_class(issue_class), url))
        figures.append(
            LinkedFigure(row.counts.total, comments_url(row.manual, row.hearing_key))
        )
        rows.append(ChartRow(row.group.short_name, figures, row.url))
    totals = [LinkedFigure(overview.counts.of_class(each)) for each, _ in classes]
    totals.append(LinkedFigure(overview.counts.total))
    rows.append(ChartRow("รวม", totals, is_total=True))
    largest = 0
    for row in overview.rows:
        for issue_class, _ in classes:
            largest = max(largest, row.counts.of_class(issue_class))
    return FigureChart(
        "classes",
        "ประเด็นของแต่ละกลุ่มงาน",
        columns,
        rows,
        note="สีเข้มกว่าคือมีความคิดเห็นมากกว่า",
        is_shaded=True,
        most=largest,
    )


def office_chart(overview: HearingOverview) -> FigureChart:
    """Offices that spoke, and what their heads confirmed, primary and secondary side by side."""
    columns = [
        ChartColumn("สพป. แสดงความคิดเห็น", "primary"),
        ChartColumn("สพม. แสดงความคิดเห็น", "secondary"),
        ChartColumn("สพป. ยืนยันแล้ว", "primary"),
        ChartColumn("สพม. ยืนยันแล้ว", "secondary"),
    ]
    primary = overview.offices[Kind.PRIMARY]
    secondary = overview.offices[Kind.SECONDARY]
    rows = []
    for row in overview.rows:
        spoke = row.figures.offices
        positions = row.positions
        figures = [
            _of_all(spoke.get(Kind.PRIMARY, 0), primary),
            _of_all(spoke.get(Kind.SECONDARY, 0), secondary),
            _of_all(positions.primary.confirmed, primary, row.positions_url),
            _of_all(positions.secondary.confirmed, secondary, row.positions_url),
        ]
        rows.append(ChartRow(row.group.short_name, figures, row.url))
    return FigureChart(
        "offices",
        "จำนวนเขตที่แสดงความคิดเห็น และที่ยืนยันความคิดเห็นในนาม สพท.",
        columns,
        rows,
        unit="เขต",
        most=max(primary, secondary, 1),
    )


def _of_all(number: int, total: int, url: str = "") -> LinkedFigure:
    return LinkedFigure(number, url, f"{number:,} จาก {total:,}")


def digital_chart(overview: HearingOverview) -> FigureChart:
    before = overview.editions.before
    after = overview.editions.after
    columns = [
        ChartColumn(f"ก่อน: {before.title}" if before else "ก่อน", "wait"),
        ChartColumn(f"หลัง: {after.title}" if after else "หลัง", "yes"),
    ]
    rows = []
    total_before = StepShare()
    total_after = StepShare()
    for row in overview.rows:
        total_before += row.before
        total_after += row.after
        url = conclusion_url(row.manual, row.hearing_key, "technology")
        figures = [_share(row.before, url), _share(row.after, url)]
        rows.append(ChartRow(row.group.short_name, figures, row.url))
    totals = [_share(total_before), _share(total_after)]
    rows.append(ChartRow("รวม", totals, is_total=True))
    return FigureChart(
        "technology",
        "ขั้นตอนที่ดำเนินการด้วยระบบดิจิทัล",
        columns,
        rows,
        note="ร้อยละของขั้นตอนที่ระบุระบบที่ใช้ ไม่นับจุดเริ่มต้น จุดสิ้นสุด และจุดเชื่อมต่อ",
        unit="ขั้นตอน",
        most=100,
    )


def _share(share: StepShare, url: str = "") -> LinkedFigure:
    if not share.steps:
        return LinkedFigure(0, url, "ไม่มีขั้นตอน")
    words = f"ร้อยละ {share.percent} ({share.digital:,} จาก {share.steps:,})"
    return LinkedFigure(share.percent, url, words)
