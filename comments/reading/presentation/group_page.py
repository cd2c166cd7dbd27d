"""A group's page: its numbers, its tabs, and its processes with what was said about each."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.http import QueryDict

from hearing_portal.directory.models import WorkGroup
from hearing_portal.web.choices import FilterLink, query_with
from manuals.reading.presentation.overview import Overview, ProcessRow

from ..queries import SectionTally

# {which processes are shown: what is said when there are none}
NOTHING_SHOWN = {
    "changed": "ไม่มีกระบวนงานที่เปลี่ยนแปลงจากเดิม",
    "waiting": "ไม่มีกระบวนงานที่รอพิจารณา",
}
PROCESS_FILTERS = (
    ("", "ทั้งหมด"),
    ("changed", "ที่เปลี่ยนแปลง"),
    ("waiting", "รอพิจารณา"),
)


def process_filter_links(query: QueryDict, show: str) -> list[FilterLink]:
    """`show` is the filter in use; what else stands in the address stays there."""
    links = []
    for name, word in PROCESS_FILTERS:
        url = query_with(query, show=name or None)
        links.append(FilterLink(word, f"{url}#processes", name == show))
    return links


class ShownProcess(NamedTuple):
    """`differs`: whether primary and secondary offices want different things in it."""

    row: ProcessRow
    tally: SectionTally
    differs: bool


class ShownUnit(NamedTuple):
    title: str
    processes: list[ShownProcess]


def shown_units(
    overview: Overview,
    tallies: Mapping[int | None, SectionTally],
    differing: Collection[int],
    show: str,
) -> list[ShownUnit]:
    """The processes the reader asked for, unit by unit, without empty units."""
    units = []
    for unit in overview.units:
        processes = []
        for row in unit.processes:
            tally = tallies.get(row.section_id, SectionTally())
            is_changed = row.change is not None and row.change.is_change
            is_waiting = tally.state in ("waiting", "considering")
            if show == "changed" and not is_changed:
                continue
            if show == "waiting" and not is_waiting:
                continue
            processes.append(ShownProcess(row, tally, row.section_id in differing))
        if processes:
            units.append(ShownUnit(unit.title, processes))
    return units


class GroupStat(NamedTuple):
    """A number at the head of the page."""

    number: int
    word: str
    icon: str = ""


def group_stats(
    overview: Overview, total: SectionTally, *, is_compared: bool
) -> list[GroupStat]:
    stats = []
    if overview.processes:
        stats.append(GroupStat(len(overview.processes), "กระบวนงาน"))
        if is_compared:
            stats.append(GroupStat(overview.edited, "แก้ไขจากเดิม", "pencil"))
            stats.append(GroupStat(overview.new, "ใหม่หรือเพิ่มเติม", "plus-lg"))
            stats.append(GroupStat(overview.same, "คงเดิม", "dash-circle"))
            stats.append(GroupStat(len(overview.gone), "ยกเลิกหรือย้ายไป", "trash3"))
        stats.append(GroupStat(overview.undrafted, "ยังไม่ยกร่าง", "hourglass-split"))
    stats.append(GroupStat(total.comments, f"ความคิดเห็น พิจารณาแล้ว {total.decided}"))
    return stats


class PageTab(NamedTuple):
    """A part of the page: its address on it, and its title."""

    address: str
    title: str


def group_tabs(overview: Overview, group: WorkGroup | None) -> list[PageTab]:
    """Only of the parts the page has."""
    tabs = []
    if overview.processes:
        tabs.append(PageTab("#processes", "กระบวนงาน"))
    for number, section in enumerate(overview.front, start=1):
        tabs.append(PageTab(f"#front-{number}-section", section.entry.title))
    if group is not None and group.duties:
        tabs.append(PageTab("#duties-section", "หน้าที่"))
    if overview.forms:
        tabs.append(PageTab("#forms-section", "แบบฟอร์ม"))
    if overview.laws:
        tabs.append(PageTab("#laws-section", "กฎหมาย"))
    return tabs
