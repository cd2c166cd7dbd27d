"""Reading in the hearing: its notice with the ten groups, a group's overview, a process with what is said beside it."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.choices import FilterLink
from hearing_portal.web.http import NotVisible
from manuals.models import Edition, EditionEntry, Manual
from manuals.permissions import editions_readable_by
from manuals.queries import entry_view, load_edition_entries
from manuals.reading.presentation.overview import Overview, ProcessRow, load_overview
from manuals.reading.presentation.sections import ReadSection, read_section
from manuals.reading.queries.overview import load_front_sections
from manuals.reading.queries.sections import find_earlier_wording

from ..hearings.presentation import find_commenting_permission, session_status
from ..hearings.queries import GroupSessions, find_current_hearing, find_group_sessions, find_sessions_by_group
from ..issue_classes import MEANINGS
from ..limits import OBJECTION_DAYS
from ..models import AnswerPublication
from ..tallies import DIFFER_OFFICES, DIFFER_POINTS, count_participation
from .pending_actions import find_pending_actions
from .presentation import GroupRow, edition_stops, load_sidebars
from .queries import SectionTally, count_offices_by_kind, tally_comments_by_section

VIEWS = ("marked", "clean")
# Editions that are still to come: what they are called, and what comes before them
AHEAD = {
    Edition.Kind.REVISED: ("ร่างปรับปรุง", "หลังพิจารณาครบทุกความเห็น"),
    Edition.Kind.FINAL: ("ฉบับสมบูรณ์", "รวมทุกกลุ่มเป็นเล่มเดียว"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    hearing = find_current_hearing()
    sessions_by_group = find_sessions_by_group(hearing)
    editions = list(editions_readable_by(request.user))
    draft = _draft_of(sessions_by_group, editions)
    valid = WorkGroup.objects.valid_on(hearing.opens_on if hearing else localdate())
    groups = list(valid.filter(manual__isnull=False).select_related("manual"))
    rows = _group_rows(groups, sessions_by_group, draft)
    pending_actions = []
    if isinstance(request.user, User):
        pending_actions = find_pending_actions(request.user, hearing, groups, sessions_by_group, draft)
    context = {
        "hearing": hearing,
        "edition_stops": edition_stops(editions, draft, hearing),
        "draft": draft,
        "rows": rows,
        "ahead": [AHEAD[kind] for kind in AHEAD if not any(each.kind == kind for each in editions)],
        "rooms": [row for row in rows if row.discussed],
        "pending_actions": pending_actions,
        "processes": sum(row.processes for row in rows),
        "comments": sum(row.comments for row in rows),
        "has_foreword": draft is not None and draft.entries.filter(kind="manual", manual__work_group=None).exists(),
        "offices": count_offices_by_kind(),
    }
    return render(request, "comments/reading/home/page.html", context)


def _draft_of(sessions_by_group: dict[int | None, GroupSessions], editions: list[Edition]) -> Edition | None:
    """The newest readable edition that a session runs on; without sessions the newest that can be read."""
    used = {group_sessions.edition_id for group_sessions in sessions_by_group.values()}
    return next((each for each in editions if each.pk in used), None if used - {None} else next(iter(editions), None))


def _group_rows(
    groups: list[WorkGroup], sessions_by_group: dict[int | None, GroupSessions], draft: Edition | None
) -> list[GroupRow]:
    processes, voices = {}, {}
    if draft is not None:
        listed = draft.entries.filter(kind="section", data__kind="process").order_by()
        processes = dict(listed.values_list("manual__work_group").annotate(n=Count("pk")))
        voices = count_participation(draft.pk)
    rows = []
    for group in groups:
        group_sessions = sessions_by_group.get(group.pk) or GroupSessions(None, [])
        state = session_status(group_sessions)
        comments, primary, secondary = voices.get(group.pk, (0, 0, 0))
        discussed = group_sessions.discussed if state.is_open and draft else None
        rows.append(
            GroupRow(
                group,
                state,
                discussed,
                processes=processes.get(group.pk, 0),
                comments=comments,
                primary=primary,
                secondary=secondary,
            )
        )
    return rows


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to read, to comment and to follow a comment; for the desks, what is done there."""
    context = {
        "meanings": MEANINGS,
        "roles": load_roles(request.user),
        "objection_days": OBJECTION_DAYS,
        "differ": (DIFFER_POINTS, DIFFER_OFFICES),
    }
    return render(request, "comments/reading/guide.html", context)


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """A manual in the hearing: its session, the edition that is read there, and the edition it is compared with."""

    manual: Manual
    group_sessions: GroupSessions
    edition: Edition
    basis: Edition | None


def _reading_context(request: HttpRequest, key: str) -> ReadingContext | None:
    """None: signing in may help. Raises NotVisible for what this reader cannot know of."""
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    hearing = find_current_hearing()
    group_sessions = find_group_sessions(hearing, manual.work_group)
    readable = editions_readable_by(request.user).filter(entries__manual=manual).distinct()
    if group_sessions.session is not None:
        wanted = (group_sessions.session.edition_id, group_sessions.session.edition.basis_id)
        readable = readable.filter(pk__in=[pk for pk in wanted if pk])
    editions = list(readable)
    edition = (
        _find_edition(editions, group_sessions.edition_id) if group_sessions.session else next(iter(editions), None)
    )
    if edition is None:
        if not request.user.is_authenticated and group_sessions.session is not None:
            return None
        raise NotVisible
    return ReadingContext(manual, group_sessions, edition, _find_edition(editions, edition.basis_id))


def _find_edition(editions: list[Edition], pk: int | None) -> Edition | None:
    for edition in editions:
        if edition.pk == pk:
            return edition
    return None


@require_safe
def group(request: HttpRequest, key: str) -> HttpResponse:
    reading = _reading_context(request, key)
    if reading is None:
        return redirect_to_login(request.get_full_path())
    manual, group_sessions, edition = reading.manual, reading.group_sessions, reading.edition
    overview = load_overview(manual, edition, reading.basis)
    if overview is None:
        raise NotVisible
    commenting_permission = find_commenting_permission(request.user, group_sessions, manual.work_group)
    front = load_front_sections(manual, edition)
    whole = entry_view(overview.entry)
    sidebars = load_sidebars(
        [whole, *(view for views in front for view in views)], group_sessions, commenting_permission
    )
    overview.front = [read_section(views, sidebars=sidebars) for views in front]
    voices = tally_comments_by_section(edition, manual)
    show = request.GET.get("show", "")
    if show not in NOTHING_SHOWN:
        show = ""
    total = _total(voices)
    context = {
        "reading": reading,
        "overview": overview,
        "sidebar": sidebars(whole),
        "units": _shown_units(overview, voices, show),
        "show_links": [FilterLink(word, address, name == show) for name, word, address in SHOWN_PROCESSES],
        "nothing_shown": NOTHING_SHOWN.get(show, ""),
        "gone": [] if show == "waiting" else overview.gone,
        "stats": _stats(overview, total, is_compared=reading.basis is not None),
        "sections": _sections(overview, manual.work_group),
        "voices": total,
        "heard": count_participation(edition.pk, manual.pk).get(manual.work_group_id, (0, 0, 0)),
        "offices": count_offices_by_kind(),
        "publication": AnswerPublication.objects.filter(work_group=manual.work_group).last(),
    }
    return render(request, "comments/reading/group/page.html", context)


# {which processes are shown: what is said when there are none}
NOTHING_SHOWN = {"changed": "ไม่มีกระบวนงานที่เปลี่ยนจากเดิม", "waiting": "ไม่มีกระบวนงานที่รอพิจารณา"}
SHOWN_PROCESSES = (
    ("", "ทั้งหมด", "?#processes"),
    ("changed", "ที่เปลี่ยน", "?show=changed#processes"),
    ("waiting", "ยังรอพิจารณา", "?show=waiting#processes"),
)


def _stats(overview: Overview, total: SectionTally, *, is_compared: bool) -> list[tuple[int, str, str]]:
    """[(number, word, sign)] at the head of the page."""
    stats = []
    if overview.processes:
        stats.append((len(overview.processes), "กระบวนงาน", ""))
        if is_compared:
            stats.append((overview.edited, "แก้ไขจากเดิม", "pencil"))
            stats.append((overview.new, "ใหม่หรือเพิ่มเติม", "plus-lg"))
            stats.append((overview.same, "คงเดิม", "dash-circle"))
            stats.append((len(overview.gone), "ยกเลิกหรือย้ายไป", "trash3"))
        stats.append((overview.undrafted, "ยังไม่ยกร่าง", "hourglass-split"))
    stats.append((total.comments, f"ความเห็น พิจารณาแล้ว {total.decided}", ""))
    return stats


def _sections(overview: Overview, group: WorkGroup | None) -> list[tuple[str, str]]:
    """[(address on the page, title)] of what the page has."""
    sections = []
    if overview.processes:
        sections.append(("#processes", "กระบวนงาน"))
    for number, section in enumerate(overview.front, start=1):
        sections.append((f"#front-{number}-section", section.entry.title))
    if group is not None and group.duties:
        sections.append(("#duties-section", "หน้าที่"))
    if overview.forms:
        sections.append(("#forms-section", "แบบฟอร์ม"))
    if overview.laws:
        sections.append(("#laws-section", "กฎหมาย"))
    return sections


def _shown_units(
    overview: Overview, voices: dict[int | None, SectionTally], show: str
) -> list[tuple[str, list[tuple[ProcessRow, SectionTally]]]]:
    """[(unit, [(process, its voices)])], only those the reader asked for, without empty units."""
    units = []
    for unit in overview.units:
        rows = [(row, voices.get(row.section_id, SectionTally())) for row in unit.processes]
        if show == "changed":
            rows = [(row, comment_input) for row, comment_input in rows if row.change and row.change.is_change]
        elif show == "waiting":
            rows = [
                (row, comment_input) for row, comment_input in rows if comment_input.state in ("waiting", "considering")
            ]
        if rows:
            units.append((unit.title, rows))
    return units


def _total(voices: dict[int | None, SectionTally]) -> SectionTally:
    issues: dict[str, int] = {}
    for each in voices.values():
        for issue, number in each.issues:
            issues[issue] = issues.get(issue, 0) + number
    return SectionTally(
        sum(each.comments for each in voices.values()),
        sum(each.decided for each in voices.values()),
        issues=tuple(sorted(issues.items(), key=lambda item: -item[1])),
    )


@require_safe
def process(request: HttpRequest, key: str, uuid: str) -> HttpResponse:
    reading = _reading_context(request, key)
    if reading is None:
        return redirect_to_login(request.get_full_path())
    edition, group_sessions = reading.edition, reading.group_sessions
    node = get_object_or_404(
        edition.entries.select_related("section", "parent"),
        Q(kind="section", data__kind="process"),
        uuid=uuid,
        manual=reading.manual,
    )
    entries = load_edition_entries(edition, node.section)
    commenting_permission = find_commenting_permission(request.user, group_sessions, reading.manual.work_group)
    sidebars = load_sidebars(entries, group_sessions, commenting_permission)
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = "marked"
    basis = None
    if reading.basis and view == "marked":
        basis = find_earlier_wording(reading.basis, edition, node.section_id, [entry.uuid for entry in entries])
    now = group_sessions.discussed if group_sessions.is_open else None
    section = read_section(entries, basis, sidebars=sidebars, now=str(now.uuid) if now else "")
    sidebar = sidebars(entries[0])
    for part in section.parts:
        part.sidebar = sum(clause.sidebar.comments for clause in part.clauses if clause.sidebar)
        if part.is_title:
            part.sidebar = sidebar.comments if sidebar else 0
    is_marked = reading.basis is not None and section.is_drafted
    context = {
        "reading": reading,
        "node": node,
        "section": section,
        "sidebar": sidebar,
        "view_links": _view_links(view) if is_marked else [],
        "can_compare": is_marked and not section.is_new,
        "lead": _lead(section, reading.basis),
        "neighbours": _neighbours(node),
    }
    return render(request, "comments/reading/process.html", context)


def _view_links(view: str) -> list[FilterLink]:
    return [
        FilterLink("ร่างพร้อมรอยแก้", "?view=marked", view == "marked"),
        FilterLink("ร่างเรียบ", "?view=clean", view == "clean"),
    ]


def _lead(section: ReadSection, basis: Edition | None) -> str:
    """What changed since the earlier edition; empty where nothing is compared."""
    if basis is None or not section.is_drafted or not section.is_compared:
        return ""
    if section.is_new:
        return f"กระบวนงานใหม่ ไม่มีใน{basis.title}"
    if section.changes:
        return f"เปลี่ยนจาก{basis.title} {section.changes:,}\u00a0แห่ง"
    return f"ถ้อยคำเหมือน{basis.title}ทุกข้อ"


def _neighbours(node: EditionEntry) -> dict[str, EditionEntry | None]:
    """The processes before and after this one in the same manual. One query."""
    rows = list(
        EditionEntry.objects.filter(
            edition=node.edition_id, manual=node.manual_id, kind="section", data__kind="process"
        ).order_by("ordinal")
    )
    at = next(number for number, row in enumerate(rows) if row.pk == node.pk)
    return {"before": rows[at - 1] if at else None, "after": rows[at + 1] if at + 1 < len(rows) else None}
