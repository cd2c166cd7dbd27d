"""What can be printed: the edition one most likely wants, and the processes written out in an edition."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Clause, Edition, EditionEntry, EditionRelease
from manuals.permissions import editions_readable_by
from manuals.queries import live_processes

from ...hearings.queries import find_current_hearing
from ...models import HearingSession


class ExportableProcess(NamedTuple):
    uuid: str
    title: str
    group: WorkGroup


def find_edition_to_export() -> Edition | None:
    """The newest final edition that is released to the public, unless a later one is heard; else the newest that the
    current hearing's sessions run on, else the newest of all. At most four queries."""
    sealed = Edition.objects.sealed().order_by("-sealed_at", "-pk")
    released = sealed.filter(
        kind=Edition.Kind.FINAL, releases__audience=EditionRelease.Audience.PUBLIC
    ).first()
    hearing = find_current_hearing()
    if hearing is not None:
        sessions = HearingSession.objects.filter(hearing=hearing)
        heard = sealed.filter(pk__in=sessions.values("edition")).first()
        if heard is not None and (released is None or heard.seal.at > released.seal.at):
            return heard
    return released or sealed.first()


def find_printable_editions(user: User) -> QuerySet[Edition]:
    """Those that staff may print, the newest first. A snapshot that nobody released is a matter of who made it: its
    pages are there for nobody else, and so is its print."""
    printable = ~Q(kind=Edition.Kind.SNAPSHOT) | Q(pk__in=editions_readable_by(user))
    return Edition.objects.sealed().filter(printable).order_by("-sealed_at", "-pk")


def find_exportable_processes(
    edition: Edition, groups: Iterable[WorkGroup]
) -> list[ExportableProcess]:
    """In the order of the book, without those nobody has written yet. One query."""
    clauses = EditionEntry.objects.filter(
        edition=OuterRef("edition"),
        section=OuterRef("section"),
        kind=EditionEntry.Kind.CLAUSE,
    )
    rows = EditionEntry.objects.filter(
        Exists(clauses),
        edition=edition,
        kind=EditionEntry.Kind.SECTION,
        data__kind="process",
        manual__work_group__in=groups,
    )
    rows = rows.select_related("manual__work_group").order_by(
        "manual__work_group__order", "ordinal"
    )
    processes = []
    for row in rows:
        if row.manual.work_group is not None:
            processes.append(
                ExportableProcess(str(row.uuid), row.title, row.manual.work_group)
            )
    return processes


def find_drafted_processes(groups: Iterable[WorkGroup]) -> list[ExportableProcess]:
    """The same of the working draft. One query."""
    clauses = Clause.objects.live().filter(section=OuterRef("pk")).order_by()
    sections = live_processes().filter(
        Exists(clauses), manual__work_group__in=list(groups)
    )
    sections = sections.select_related("manual__work_group").order_by(
        "manual__work_group__order", "parent__rank", "rank"
    )
    processes = []
    for section in sections:
        if section.manual.work_group is not None:
            processes.append(
                ExportableProcess(
                    str(section.uuid), section.title, section.manual.work_group
                )
            )
    return processes
