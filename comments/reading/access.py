"""Fetching the manual that is read in the hearing, in the edition its reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from hearing_portal.directory.permissions import Visitor
from hearing_portal.web.http import NotVisible
from manuals.models import Edition, Manual
from manuals.permissions import editions_readable_by

from ..hearings.queries import GroupSessions, find_current_hearing, find_group_sessions


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """A manual in the hearing: its session, the edition that is read there, and the edition it is compared with."""

    manual: Manual
    group_sessions: GroupSessions
    edition: Edition
    basis: Edition | None

    @property
    def is_compared(self) -> bool:
        return self.basis is not None


def find_reading_context(user: Visitor, key: str) -> ReadingContext | None:
    """None: signing in may help. Raises NotVisible for what this reader cannot know of."""
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    group_sessions = find_group_sessions(find_current_hearing(), manual.work_group)
    session = group_sessions.session
    readable = editions_readable_by(user).filter(entries__manual=manual).distinct()
    if session is None:
        editions = list(readable)
        edition = editions[0] if editions else None
    else:
        editions = list(readable.filter(pk__in=[session.edition_id, session.edition.basis_id]))
        edition = _edition_with_id(editions, session.edition_id)
    if edition is None:
        if session is not None and not user.is_authenticated:
            return None
        raise NotVisible
    basis = _edition_with_id(editions, edition.basis_id)
    return ReadingContext(manual, group_sessions, edition, basis)


def _edition_with_id(editions: Iterable[Edition], pk: int | None) -> Edition | None:
    for edition in editions:
        if edition.pk == pk:
            return edition
    return None
