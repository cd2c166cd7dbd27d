"""What stands around the processes: cover, foreword, contents, and the opening of each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from hearing_portal.thai.text import inline_plain
from manuals.content import Step
from manuals.entries import EntryView
from manuals.flowchart import text_width

from .chunks import ORIGINS, Clause, ClauseMaker, render, total_minutes, working_time
from .typeset import Typesetter

SHORT_OVERVIEW = 9  # lines of duties, units and processes that fit on the first page of a group
FIRST_PAGE = 130.0  # millimetres for mission and duties there
LEAD_EM, LEAD_LINE, LEAD_GAP = 30.0, 7.8, 4.2  # of the mission: width of a line, height in millimetres
DUTY_EM, DUTY_LINE = 35.0, 8.1


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents; `target` is the anchor whose page stands at its right. The title has no marks of its
    own: a link of several pieces would be several links."""

    number: str
    title: str
    target: str = ""
    kind: str = ""  # g: a group, s: a unit, "": a process


@dataclass(frozen=True, slots=True)
class Tab:
    number: str
    name: SafeString
    top: str


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    number: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class OverviewRow:
    number: str
    title: SafeString
    steps: str
    time: SafeString
    state: str
    state_class: str
    target: str


@dataclass(frozen=True, slots=True)
class OverviewUnit:
    title: SafeString
    rows: list[OverviewRow] = field(default_factory=list)


def cover_html(
    typesetter: Typesetter,
    *,
    title: str,
    year_line: str,
    edition_code: str,
    edition_title: str,
    draft_line: str,
    scope: str,
    groups: Sequence[tuple[int, str]],
    logo: str = "",
) -> str:
    """`groups` are (number, name): the key to the thumb tabs of the closed book."""
    tabs = [
        Tab(typesetter.plain_text(str(no)), mark_safe(typesetter.tight(name)), f"{36 + 22.6 * (no - 1):.1f}")
        for no, name in groups
    ]
    return render(
        "cover.html",
        digits=typesetter.digits,
        plain_title=typesetter.plain_text(title),
        group="",
        year_line=mark_safe(typesetter.text(year_line)),
        edition_code=typesetter.plain_text(edition_code),
        edition_title=mark_safe(typesetter.text(edition_title)),
        draft_line=mark_safe(typesetter.text(draft_line)),
        scope=mark_safe(typesetter.text(scope)),
        tabs=tabs,
        logo=logo,
    )


def foreword_html(entries: Sequence[EntryView], typesetter: Typesetter, title: str, date_line: str) -> str:
    clauses = _flat(entries, typesetter)
    return render(
        "foreword.html",
        digits=typesetter.digits,
        plain_title="คำนำ",
        group=typesetter.plain_text(title),
        clauses=clauses,
        date_line=typesetter.plain_text(date_line),
    )


def contents_html(rows: Sequence[ContentsRow], typesetter: Typesetter, title: str) -> str:
    return render(
        "contents.html",
        digits=typesetter.digits,
        plain_title="สารบัญ",
        group=typesetter.plain_text(title),
        rows=rows,
    )


def opening_html(
    typesetter: Typesetter,
    *,
    key: str,
    group_no: int,
    name: str,
    mission: Sequence[EntryView],
    duties: Sequence[Mapping[str, str]],
    units: Sequence[OverviewUnit],
    facts: Sequence[Fact],
) -> str:
    """The first pages of a group: its number, mission and duties, then all its processes."""
    lines = [
        {"label": typesetter.plain_text(each.get("clause", "")), "text": mark_safe(typesetter.text(each["text"]))}
        for each in duties
    ]
    return render(
        "opening.html",
        digits=typesetter.digits,
        plain_title=typesetter.plain_text(name),
        group=typesetter.plain_text(name),
        key=key,
        number=typesetter.plain_text(str(group_no)),
        name=mark_safe(typesetter.tight(name)),
        mission=_flat(mission, typesetter),
        duties=lines,
        units=units,
        facts=facts,
        follows=_is_long(mission, duties)
        or sum(2 * len(unit.rows) + 1 for unit in units) + len(duties) <= SHORT_OVERVIEW,
    )


def _is_long(mission: Sequence[EntryView], duties: Sequence[Mapping[str, str]]) -> bool:
    """Mission and duties go on overleaf, so that a page would be left half empty before the overview."""
    lead = [ceil(text_width(inline_plain(each.content.body)) / LEAD_EM) for each in mission if each.content]
    lines = [ceil(text_width(each["text"]) / DUTY_EM) for each in duties]
    used = sum(lead) * LEAD_LINE + len(lead) * LEAD_GAP + sum(lines) * DUTY_LINE
    return used > FIRST_PAGE


def overview_row(number: str, entries: Sequence[EntryView], target: str, typesetter: Typesetter) -> OverviewRow:
    """One process in the overview of its group."""
    section = entries[0]
    steps = sum(isinstance(entry.content, Step) for entry in entries)
    minutes = total_minutes(entries)
    state, state_class = ORIGINS.get(str(section.data.get("origin", "")), ("", ""))
    return OverviewRow(
        number=typesetter.plain_text(number),
        title=mark_safe(typesetter.tight(section.title)),
        steps=typesetter.plain_text(str(steps)) if steps else "–",
        time=mark_safe(typesetter.tight(working_time(minutes))) if minutes else mark_safe("–"),
        state=state,
        state_class=state_class,
        target=target,
    )


def stamps_html(typesetter: Typesetter, *, first_line: str, second_line: str, draft: bool, qr: str) -> str:
    """Two pages, portrait and landscape, that are laid over every page of the book."""
    context: dict[str, Any] = {
        "digits": typesetter.digits,
        "plain_title": "stamps",
        "group": "",
        "shapes": ["", "wide"],
        "first_line": typesetter.plain_text(first_line),
        "second_line": typesetter.plain_text(second_line),
        "draft": draft,
        "qr": qr,
    }
    return render("stamps.html", **context)


def _flat(entries: Sequence[EntryView], typesetter: Typesetter) -> list[Clause]:
    """The clauses of a foreword or mission, one below the other."""
    maker = ClauseMaker(typesetter, {}, {}, frozenset())
    return [maker.clause(entry) for entry in entries if entry.content is not None]
