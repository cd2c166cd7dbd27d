"""The list of a manual's processes with their states, and the page on which one is checked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from hearing_portal.web.choices import FilterLink, query_with

from ..models import ConformityCheck, LegalSource, Section
from ..reading.names import clause_name
from ..reading.presentation.links import clause_anchor
from .queries import Conformity, ProcessConformity, find_checks, load_process_laws
from .standings import standings_token

FAMILIES = {
    Conformity.UNCHECKED: ("wait", "circle"),
    Conformity.CONFORMING: ("yes", "check-circle-fill"),
    Conformity.CONFLICTING: ("no", "x-circle"),
    Conformity.OUTDATED: ("no", "clock-history"),
    Conformity.NO_BASIS: ("elsewhere", "exclamation-circle"),
}


@dataclass(frozen=True, slots=True)
class ConformityBadge:
    """A state in a word, with its sign and its family of colours; `lapse` says why an earlier check counts no more."""

    words: str
    family: str
    icon: str
    lapse: str = ""


@dataclass(frozen=True, slots=True)
class ConformityRow:
    """A process with its state and the latest check, which may count no more."""

    section: Section
    badge: ConformityBadge
    check: ConformityCheck | None


@dataclass(frozen=True, slots=True)
class LawOfProcess:
    """A law that a process applies, and where: [(name of a clause, where it stands)]."""

    source: LegalSource
    successors: Sequence[LegalSource]
    places: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """`read` is the token of what stands on the page."""

    row: ConformityRow
    laws: Sequence[LawOfProcess]
    checks: Sequence[ConformityCheck]
    read: str


def badge_of(conformity: ProcessConformity) -> ConformityBadge:
    family, icon = FAMILIES[conformity.state]
    check = conformity.check
    lapse = ""
    if check is not None and conformity.is_lapsed:
        reasons = []
        if conformity.has_new_words:
            reasons.append(f"ถ้อยคำเปลี่ยนเป็นรุ่นที่ {conformity.section.version}")
        if conformity.changed_laws:
            titles = ", ".join(conformity.changed_laws)
            reasons.append(f"สถานะของ {titles} เปลี่ยนไป")
        because = "และ".join(reasons)
        lapse = f"เดิมตรวจแล้วว่า{check.get_status_display()} แต่{because}"
    return ConformityBadge(
        words=str(conformity.state.label),
        family=family,
        icon=icon,
        lapse=lapse,
    )


def row_of(conformity: ProcessConformity) -> ConformityRow:
    return ConformityRow(conformity.section, badge_of(conformity), conformity.check)


def state_links(
    processes: Iterable[ProcessConformity], query: QueryDict
) -> list[FilterLink]:
    """All, and each state, with how many processes are in it."""
    counts = Counter(process.state for process in processes)
    wanted = query.get("state", "")
    is_unnarrowed = wanted not in Conformity.values
    links = [
        FilterLink(
            "ทั้งหมด", query_with(query, state=None), is_unnarrowed, counts.total()
        )
    ]
    for state in Conformity:
        _, icon = FAMILIES[state]
        link = FilterLink(
            label=str(state.label),
            url=query_with(query, state=state.value),
            is_current=wanted == state,
            rows=counts[state],
            icon=icon,
        )
        links.append(link)
    return links


def load_check_page(conformity: ProcessConformity) -> CheckPage:
    """The section comes with its manual. Four queries."""
    section = conformity.section
    found = load_process_laws(section)
    draft_page = reverse("draft", args=[section.manual.key, section.uuid])
    laws = []
    for law in found.laws:
        places = []
        for clause in law.clauses:
            url = f"{draft_page}#{clause_anchor(clause.uuid)}"
            places.append((clause_name(clause), url))
        laws.append(LawOfProcess(law.source, law.successors, places))
    return CheckPage(
        row=row_of(conformity),
        laws=laws,
        checks=find_checks(section),
        read=standings_token(section.version, found.standings),
    )


def check_url(section: Section) -> str:
    """The section comes with its manual."""
    return reverse("conformity-check", args=[section.manual.key, section.uuid])
