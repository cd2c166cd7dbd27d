"""What is typed and not saved: one's own, to go on with, and whose work is going on beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from hearing_portal.directory.models import User

from ...models import DraftBuffer, Manual, Section
from ...permissions import can_edit_draft

AT_WORK = timedelta(minutes=2)  # an open editor keeps what was typed every ten seconds


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody else who is writing: in which clause (None for a new one or the table), and when they last typed."""

    person: User
    clause_id: int | None
    seen_at: datetime
    section: Section


def find_copies(user: User, subject: UUID) -> list[DraftBuffer]:
    """All that the person typed of it, the latest first: more than one where two pages or devices did not know of each
    other. One query."""
    return list(
        DraftBuffer.objects.filter(user=user, subject=subject).order_by("-saved_at")
    )


def find_own_buffers(user: User, section: Section) -> list[DraftBuffer]:
    """The latest first, one for each subject, with their clauses: of those that stand in the section now, wherever they
    stood when it was typed. One query."""
    of_clause = Q(clause__section=section)
    of_section = Q(clause=None, section=section)
    buffers = DraftBuffer.objects.filter(of_clause | of_section, user=user)
    return _latest_copies(buffers.select_related("clause"))


def find_buffers_of(user: User) -> list[DraftBuffer]:
    """All the person left unsaved and may go on with, the latest first, one for each subject, with clause, section and
    manual: the section is the one that the clause stands in by now. One query."""
    buffers = DraftBuffer.objects.filter(user=user).select_related(
        "clause__section__manual__work_group", "section__manual__work_group"
    )
    own = []
    for buffer in _latest_copies(buffers):
        if buffer.clause is not None:
            buffer.section = buffer.clause.section
        if can_edit_draft(user, buffer.section.manual.work_group):
            own.append(buffer)
    return own


def _latest_copies(buffers: QuerySet[DraftBuffer]) -> list[DraftBuffer]:
    latest: dict[UUID, DraftBuffer] = {}
    for buffer in buffers.order_by("-saved_at"):
        latest.setdefault(buffer.subject, buffer)
    return list(latest.values())


def find_writers(section: Section, *, but: User) -> Sequence[Writer]:
    """Everybody else who typed in this section within the last two minutes, the latest first; who types on two pages
    stands there once. One query."""
    return _writers_of(DraftBuffer.objects.filter(section=section), but=but)


def find_writers_in(sections: Collection[Section], *, but: User) -> Sequence[Writer]:
    """The same of several sections. One query."""
    return _writers_of(DraftBuffer.objects.filter(section__in=sections), but=but)


def each_once(writers: Iterable[Writer]) -> list[Writer]:
    """Where it matters who writes and not what: somebody with two pages open stands there once, as they typed last."""
    latest: dict[int, Writer] = {}
    for writer in writers:
        latest.setdefault(writer.person.pk, writer)
    return list(latest.values())


def find_writers_of(manuals: Collection[Manual], *, but: User) -> Sequence[Writer]:
    """The same of whole manuals, with the section of each. One query."""
    return _writers_of(DraftBuffer.objects.filter(section__manual__in=manuals), but=but)


def _writers_of(buffers: QuerySet[DraftBuffer], *, but: User) -> Sequence[Writer]:
    since = now() - AT_WORK
    at_work = buffers.filter(saved_at__gte=since).exclude(user=but)
    writers: dict[tuple[int, UUID], Writer] = {}
    for buffer in at_work.select_related("user", "section__manual").order_by(
        "-saved_at"
    ):
        writer = Writer(buffer.user, buffer.clause_id, buffer.saved_at, buffer.section)
        writers.setdefault((buffer.user_id, buffer.subject), writer)
    return list(writers.values())
