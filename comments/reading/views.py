"""Reading in the hearing: its notice with the ten groups, a group's overview, a process with its comments."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.directory.setup.queries import has_admin
from hearing_portal.offline_reading.keeping import offer_to_keep, offline_reading_of
from hearing_portal.web.http import NotVisible
from hearing_portal.web.public_pages import public_page
from manuals.permissions import can_read_draft, editions_readable_by
from manuals.queries import entry_view, load_section_entries
from manuals.reading.presentation.overview import load_overview
from manuals.reading.presentation.sections import read_section
from manuals.reading.queries.overview import load_front_sections
from manuals.reading.queries.sections import find_earlier_wording

from ..hearings.choosing import choose_hearing
from ..hearings.presentation import find_commenting_permission, objection_rule
from ..hearings.queries import (
    find_current_hearing,
    find_groups_with_manual,
    find_open_sessions_by_group,
)
from ..issue_classes import MEANINGS
from ..models import HearingSession
from ..permissions import can_read_conclusions
from ..tallies import (
    DIFFER_OFFICES,
    DIFFER_POINTS,
    count_offices_by_kind,
    do_offices_differ,
    find_differing_sections,
)
from .access import find_reading_context, find_way_out
from .presentation.group_page import (
    NOTHING_SHOWN,
    group_stats,
    group_tabs,
    process_filter_links,
    shown_units,
)
from .presentation.home import (
    contents_parts,
    edition_stops,
    editions_ahead,
    home_tabs,
    load_group_rows,
)
from .presentation.pending_actions import find_pending_actions
from .presentation.process_page import (
    VIEWS,
    describe_changes,
    set_comment_counts,
    view_links,
)
from .presentation.sidebars import load_sidebars
from .queries import (
    add_tallies,
    choose_draft,
    choose_released_final,
    count_recent_group,
    find_latest_publication,
    find_neighbouring_processes,
    find_process,
    has_foreword,
)


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    choice = choose_hearing("")
    hearing = choice.hearing
    sessions_by_group = find_open_sessions_by_group(hearing, choice.open_elsewhere)
    editions = list(editions_readable_by(request.user))
    draft = choose_draft(sessions_by_group, editions)
    # A hearing shows the groups of its own day, also when they have changed since
    groups = list(find_groups_with_manual(hearing.opens_on if hearing else localdate()))
    rows = load_group_rows(groups, sessions_by_group, draft)
    pending_actions = []
    if isinstance(request.user, User):
        pending_actions = find_pending_actions(
            request.user, hearing, groups, sessions_by_group, draft
        )
    sessions: list[HearingSession] = []
    for of_group in sessions_by_group.values():
        sessions += of_group.sessions
    released_final = choose_released_final(
        [session.edition for session in sessions], editions
    )
    context = {
        "hearing": hearing,
        "other_hearings": choice.others,
        "draft": draft,
        "released_final": released_final,
        "is_participant": bool(load_roles(request.user).rows),
        "rows": rows,
        "parts": contents_parts(rows, request.user),
        "tabs": home_tabs(rows, pending_actions, hearing),
        "discussed_rows": [row for row in rows if row.discussed],
        "pending_actions": pending_actions,
        "processes": sum(row.processes for row in rows),
        "comments": sum(row.comments for row in rows),
        "edition_stops": edition_stops(editions, draft, hearing, sessions),
        "ahead": editions_ahead(editions),
        "has_foreword": draft is not None and has_foreword(draft),
        "offices": count_offices_by_kind(),
        "is_admin": load_roles(request.user).is_admin,
        # Asked only where nothing stands: every other portal has, or had, an administrator
        "needs_first_admin": not editions and not rows and not has_admin(),
    }
    return render(request, "comments/reading/home/page.html", context)


@public_page
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to read, to comment and to follow a comment; for the desks, what is done there."""
    context = {
        "meanings": MEANINGS,
        "roles": load_roles(request.user),
        "objection_rule": objection_rule(find_current_hearing()),
        "differ": (DIFFER_POINTS, DIFFER_OFFICES),
    }
    return render(request, "comments/reading/guide.html", context)


@public_page
@require_safe
def group(request: HttpRequest, key: str) -> HttpResponse:
    reading = find_reading_context(request.user, key, request.GET.get("hearing", ""))
    if reading is None:
        return find_way_out(request, key)
    manual = reading.manual
    edition = reading.edition
    overview = load_overview(manual, edition, reading.basis)
    if overview is None:
        raise NotVisible

    manual_entry = entry_view(overview.entry)
    front_sections = load_front_sections(edition, manual)
    commented_on = [manual_entry]
    for entries in front_sections:
        commented_on += entries
    commenting_permission = find_commenting_permission(
        request.user, reading.group_sessions, manual.work_group
    )
    sidebars = load_sidebars(
        commented_on,
        reading.group_sessions,
        commenting_permission,
        reading.hearing_choice.hearing,
    )
    overview.front = [
        read_section(entries, sidebars=sidebars, editions=[edition.pk])
        for entries in front_sections
    ]

    show = request.GET.get("show", "")
    if show not in NOTHING_SHOWN:
        show = ""
    counts = count_recent_group(edition, manual)
    tallies = counts.by_section
    total = add_tallies(tallies.values())
    context = {
        "reading": reading,
        "overview": overview,
        "sidebar": sidebars(manual_entry),
        "units": shown_units(
            overview, tallies, find_differing_sections(edition.pk, manual.pk), show
        ),
        "show_links": process_filter_links(request.GET, show),
        "nothing_shown": NOTHING_SHOWN.get(show, ""),
        "gone": [] if show == "waiting" else overview.gone,
        "stats": group_stats(overview, total, is_compared=reading.is_compared),
        "tabs": group_tabs(overview, manual.work_group),
        "total": total,
        "participation": counts.participation,
        "offices": count_offices_by_kind(),
        "shows_conclusion": can_read_conclusions(request.user),
        "can_read_draft": can_read_draft(request.user, manual.work_group),
        "offline_reading": offline_reading_of(request, manual.work_group),
        "publication": find_latest_publication(
            reading.hearing_choice.hearing, manual.work_group
        ),
    }
    page = render(request, "comments/reading/group/page.html", context)
    offer_to_keep(request, page, manual.work_group)
    return page


@public_page
@require_safe
def process(request: HttpRequest, key: str, uuid: UUID) -> HttpResponse:
    reading = find_reading_context(request.user, key, request.GET.get("hearing", ""))
    if reading is None:
        return find_way_out(request, key, uuid)
    edition = reading.edition
    group_sessions = reading.group_sessions
    node = find_process(edition, reading.manual, uuid)
    if node is None:
        raise NotVisible
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = "marked"

    entries = load_section_entries(edition, node.section_id)
    commenting_permission = find_commenting_permission(
        request.user, group_sessions, reading.manual.work_group
    )
    sidebars = load_sidebars(
        entries, group_sessions, commenting_permission, reading.hearing_choice.hearing
    )
    earlier = None
    if reading.basis is not None and view == "marked":
        present = [entry.uuid for entry in entries]
        earlier = find_earlier_wording(reading.basis, edition, node.section_id, present)
    now = ""
    if group_sessions.is_open and group_sessions.discussed is not None:
        now = str(group_sessions.discussed.uuid)
    editions = [edition.pk]
    if reading.basis is not None:
        editions.append(reading.basis.pk)
    section = read_section(
        entries, earlier, sidebars=sidebars, now=now, editions=editions
    )
    sidebar = sidebars(entries[0])
    set_comment_counts(section, sidebar)

    is_compared = reading.is_compared and section.is_drafted
    context = {
        "reading": reading,
        "node": node,
        "section": section,
        "sidebar": sidebar,
        "view_links": view_links(request.GET, view) if is_compared else [],
        "can_compare": is_compared and not section.is_new,
        "lead": describe_changes(section, reading.basis),
        "neighbours": find_neighbouring_processes(node),
        "differs": do_offices_differ(edition.pk, node),
    }
    page = render(request, "comments/reading/process.html", context)
    offer_to_keep(request, page, reading.manual.work_group)
    return page
