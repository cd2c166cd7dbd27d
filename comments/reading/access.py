"""Fetching the manual that is read in the hearing, in the edition its reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of, kept_statement
from hearing_portal.web.http import NotVisible
from manuals.models import Edition, EditionEntry, Manual
from manuals.permissions import (
    ReadingRight,
    editions_readable_by,
    editions_readable_with,
    reading_right_of,
)
from manuals.queries import find_manual_by_key

from ..hearings.choosing import HearingChoice, choose_hearing
from ..hearings.queries import GroupSessions, find_group_sessions, sessions_with_state
from .queries import choose_released_final


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """A manual in the hearing: its session, the edition that is read there, and the edition it is compared with."""

    manual: Manual
    group_sessions: GroupSessions
    edition: Edition
    basis: Edition | None
    hearing_choice: HearingChoice

    @property
    def query(self) -> str:
        """What goes behind an address that leads on within the same hearing."""
        return self.hearing_choice.query

    @property
    def is_compared(self) -> bool:
        return self.basis is not None


def find_reading_context(
    user: Visitor, key: str, hearing_key: str = ""
) -> ReadingContext | None:
    """The manual of this key in the hearing of that key, without one in the current, or where only another takes
    comments on it now, there. None where a session runs on an edition that this reader may not read: see
    `find_way_out`. Raises NotVisible where there is nothing to read."""
    choice = choose_hearing(hearing_key)
    manual = find_manual_by_key(key)
    if manual is None:
        raise NotVisible
    group_sessions = find_group_sessions(choice.hearing, manual.work_group)
    if not hearing_key and not group_sessions.is_open:
        for other in choice.open_elsewhere:
            sessions_there = find_group_sessions(other, manual.work_group)
            if sessions_there.is_open:
                choice = replace(choice, hearing=other)
                group_sessions = sessions_there
                break
    session = group_sessions.session
    right = reading_right_of(user)
    if session is None:
        editions = _find_editions_with(manual.pk, right=right)
        edition = editions[0] if editions else None
    else:
        wanted = [session.edition_id]
        if session.edition.basis_id is not None:
            wanted.append(session.edition.basis_id)
        editions = _find_editions_among(wanted, manual.pk, right=right)
        edition = _edition_with_id(editions, session.edition_id)
    if edition is None:
        if session is not None:
            return None
        raise NotVisible
    basis = _edition_with_id(editions, edition.basis_id)
    return ReadingContext(manual, group_sessions, edition, basis, choice)


@kept_statement
def _find_editions_with(manual_id: int, *, right: ReadingRight) -> QuerySet[Edition]:
    entries = EditionEntry.objects.filter(edition=OuterRef("pk"), manual=manual_id)
    return editions_readable_with(right).filter(Exists(entries))


@kept_statement
def _find_editions_among(
    edition_ids: list[int], manual_id: int, *, right: ReadingRight
) -> QuerySet[Edition]:
    entries = EditionEntry.objects.filter(edition=OuterRef("pk"), manual=manual_id)
    editions = editions_readable_with(right).filter(is_any_of("pk", edition_ids))
    return editions.filter(Exists(entries))


def find_way_out(
    request: HttpRequest, key: str, section_uuid: UUID | None = None
) -> HttpResponse:
    """For who may not read what the hearing is about: the same place in the final edition that came of it, once that is
    released; before that a stranger may sign in. Raises NotVisible (docs/decisions/0054)."""
    final = find_released_final(request.user, key, request.GET.get("hearing", ""))
    if final is None:
        if request.user.is_authenticated:
            raise NotVisible
        return redirect_to_login(request.get_full_path())
    if (
        section_uuid is not None
        and final.entries.filter(kind="section", uuid=section_uuid).exists()
    ):
        return redirect("edition-section", final.code, section_uuid)
    return redirect("edition-manual", final.code, key)


def find_released_final(
    user: Visitor, key: str, hearing_key: str = ""
) -> Edition | None:
    """Where the draft of the hearing cannot be read: the final edition with this manual that came after it."""
    hearing = choose_hearing(hearing_key).hearing
    if hearing is None:
        return None
    sessions = sessions_with_state(hearing).filter(work_group__manual__key=key)
    readable = editions_readable_by(user).filter(entries__manual__key=key).distinct()
    return choose_released_final([session.edition for session in sessions], readable)


def _edition_with_id(editions: Iterable[Edition], pk: int | None) -> Edition | None:
    for edition in editions:
        if edition.pk == pk:
            return edition
    return None
