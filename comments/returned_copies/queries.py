"""Rows about files that came back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from manuals.models import EditionEntry

from ..citations import with_section_title
from ..hearings.queries import entries_of_session
from ..models import HearingSession, ReturnedCopy


def entries_by_uuid(
    session: HearingSession, uuids: Iterable[UUID]
) -> dict[object, EditionEntry]:
    """Of the session's edition, as citations want them. One query."""
    entries = entries_of_session(session).select_related("blob", "manual__work_group")
    found = with_section_title(entries).filter(uuid__in=set(uuids))
    return {entry.uuid: entry for entry in found}


def copies_of_session(session: HearingSession) -> QuerySet[ReturnedCopy]:
    """With their office and `comments`, how many came out of each; the newest first. One query."""
    copies = session.returned_copies.select_related("office", "delegate", "by")
    return copies.annotate(comments=Count("returned_comments"))


def copies_of_shas(
    session: HearingSession, shas: Sequence[str]
) -> QuerySet[ReturnedCopy]:
    return copies_of_session(session).filter(sha__in=shas)
