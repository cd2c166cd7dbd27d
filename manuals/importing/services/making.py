"""Making the manuals of work groups: empty, with the shipped list's titles, or with the shipped texts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.thai.sentences import joined

from ...content import AppliesTo
from ...drafting.changes import AddSection
from ...drafting.queries.contents import ManualState, describe_manuals
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.manuals import create_manual
from ...law.queries import load_sources_by_title
from ...models import Manual, Section, SectionVersion
from ...own_reasons import tell_taking_in
from ...ranks import ranks_after
from ..drafts import ProcessDraft
from ..process_text import read_process
from ..refusals import ManualNotMade
from ..shipped import (
    ListedProcess,
    ShippedGroup,
    find_shipped_group,
    read_front_parts,
    read_shipped_text,
)
from .importing import import_clauses

FRONT_RANKS = "1234"
BEHIND_FRONT = "5"  # units rank behind the front matter
MOST_UNITS = 60


class Beginning(TextChoices):
    """What stands in a manual at first."""

    EMPTY = "empty", "คู่มือว่าง"
    SEEN = "seen", "ชื่อกระบวนงานที่พบในคู่มือของ สพท."
    LISTED = "listed", "ชื่อกระบวนงานทั้งหมดในรายการ"
    TEXTS = "texts", "ข้อความตั้งต้นที่มากับระบบ"


# Hears how many manuals are made; may raise to stop it
type Progress = Callable[[int], None]


def make_manuals(
    groups: Sequence[WorkGroup],
    beginning: Beginning,
    *,
    by: User,
    progress: Progress = unwatched,
) -> list[Manual]:
    """The manuals of these groups in one act, all or none. What stands in a manual is never overwritten: one that
    is there already may only be begun when nothing stands in it.

    Raises ManualNotMade.
    """
    words = Beginning(beginning).label
    with act(by=by, reason=f"จัดทำคู่มือ: {words}"):
        # Two administrators who make the same manual wait for each other
        locked = WorkGroup.objects.select_for_update(of=("self",), no_key=True)
        locked = locked.filter(pk__in=[group.pk for group in groups]).select_related(
            "manual"
        )
        states = describe_manuals(locked.order_by("pk"))
        shipped = _find_what_may_be_made(states, beginning)
        sources = load_sources_by_title() if beginning == Beginning.TEXTS else {}
        manuals = []
        for state in sorted(states, key=lambda state: state.group.order):
            group = state.group
            manual = state.manual
            if manual is None:
                title = joined("คู่มือการปฏิบัติงาน", group.name)
                manual = create_manual(group.key, title, by=by, work_group=group)
            if group.pk in shipped:
                _begin(manual, shipped[group.pk], beginning, sources, by=by)
            manuals.append(manual)
            progress(len(manuals))
    return manuals


def were_begun(groups: Sequence[WorkGroup], *, by: User, since: datetime) -> bool:
    """Whether this person put something into the manual of each of them since then."""
    first_versions = SectionVersion.objects.filter(
        number=1,
        section__manual__work_group__in=groups,
        revision__user=by,
        revision__date_created__gte=since,
    )
    return first_versions.values("section__manual").distinct().count() == len(groups)


def refuse_impossible(groups: Sequence[WorkGroup], beginning: Beginning) -> None:
    """For whoever asks for it to be made later. Raises ManualNotMade as make_manuals would."""
    found = WorkGroup.objects.filter(pk__in=[group.pk for group in groups])
    states = describe_manuals(found.select_related("manual"))
    _find_what_may_be_made(states, beginning)


def _find_what_may_be_made(
    states: Sequence[ManualState], beginning: str
) -> Mapping[int, ShippedGroup]:
    """{group id: what the shipped files have for it}; empty for manuals that begin empty. Raises ManualNotMade."""
    taken = []
    for state in states:
        is_begun = state.is_empty and beginning != Beginning.EMPTY
        if not state.is_missing and not is_begun:
            taken.append(state.group.name)
    if taken:
        names = ", ".join(taken)
        raise ManualNotMade(
            f"มีคู่มืออยู่แล้ว ระบบไม่เขียนทับ: {names} โปรดนำกลุ่มงานดังกล่าวออกจากที่เลือก แล้วจัดทำอีกครั้ง",
        )
    if beginning == Beginning.EMPTY:
        return {}
    found = {}
    unknown = []
    for state in states:
        shipped = find_shipped_group(state.group)
        if shipped is not None and _processes_to_list(shipped, beginning):
            found[state.group.pk] = shipped
        else:
            unknown.append(state.group.name)
    if unknown:
        names = ", ".join(unknown)
        raise ManualNotMade(
            f"รายการที่มากับระบบไม่มี “{Beginning(beginning).label}” ของ {names} "
            "โปรดเลือกการเริ่มต้นแบบอื่นสำหรับกลุ่มงานดังกล่าว หรือนำกลุ่มงานดังกล่าวออกจากที่เลือก",
        )
    return found


def _processes_to_list(
    shipped: ShippedGroup, beginning: str
) -> Sequence[ListedProcess]:
    if beginning == Beginning.SEEN:
        return shipped.seen
    return shipped.processes


def _begin(
    manual: Manual,
    shipped: ShippedGroup,
    beginning: str,
    sources: Mapping[str, str],
    *,
    by: User,
) -> None:
    drafts: dict[str, ProcessDraft] = {}
    if beginning == Beginning.TEXTS:
        for path in shipped.texts:
            draft = read_process(read_shipped_text(path), sources)
            drafts[draft.headers["process"]] = draft
        _add_front_matter(manual, shipped, by=by)
    processes = _processes_to_list(shipped, beginning)
    sections = _add_processes(manual, shipped, processes, drafts, by=by)
    for title, draft in drafts.items():
        import_clauses(
            sections[title], draft.clauses, by=by, reason=tell_taking_in(draft.title)
        )


def _add_front_matter(manual: Manual, shipped: ShippedGroup, *, by: User) -> None:
    if shipped.front_text is None:
        return
    parts = list(read_front_parts(shipped.front_text))
    changes = []
    for (title, _), rank in zip(parts, FRONT_RANKS, strict=False):
        changes.append(AddSection(manual, Section.Kind.MISSION, title, rank=rank))
    apply_changes(by, SectionVersion.Action.ADD, "เพิ่มส่วนนำ", changes)
    sections = _load_sections([change.uuid for change in changes])
    for (title, drafts), change in zip(parts, changes, strict=False):
        import_clauses(
            sections[change.uuid], drafts, by=by, reason=tell_taking_in(title)
        )


def _add_processes(
    manual: Manual,
    shipped: ShippedGroup,
    processes: Sequence[ListedProcess],
    drafts: Mapping[str, ProcessDraft],
    *,
    by: User,
) -> dict[str, Section]:
    """Units and processes in one act, the processes without clauses. {listed title: section}."""
    units: dict[str, AddSection] = {}
    unit_ranks = ranks_after(BEHIND_FRONT, MOST_UNITS)
    changes: dict[str, AddSection] = {}
    for process in processes:
        if process.unit not in units:
            rank = unit_ranks[len(units)]
            units[process.unit] = AddSection(
                manual, Section.Kind.UNIT, process.unit, rank=rank
            )
        # Its number in the whole list, so that it is the same however many of the list are taken
        number = 1 + shipped.processes.index(process)
        title = process.title
        data = {"doc_code": f"OPM-{shipped.number:02}-{number:02}"}
        applies_to = AppliesTo.BOTH.value
        draft = drafts.get(process.title)
        if draft is not None:
            title = draft.title
            data = draft.section_data
            applies_to = draft.applies_to
        changes[process.title] = AddSection(
            manual,
            Section.Kind.PROCESS,
            title,
            parent=units[process.unit].uuid,
            rank=process.rank,
            data=data,
            applies_to=applies_to,
        )
    added = [*units.values(), *changes.values()]
    apply_changes(by, SectionVersion.Action.ADD, "เพิ่มตามรายการที่มากับระบบ", added)
    sections = _load_sections([change.uuid for change in changes.values()])
    return {title: sections[change.uuid] for title, change in changes.items()}


def _load_sections(uuids: Sequence[UUID]) -> dict[UUID, Section]:
    found = Section.objects.select_related("manual").filter(uuid__in=uuids)
    return {section.uuid: section for section in found}
