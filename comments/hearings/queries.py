"""Which hearing runs, which session of a group one speaks in, and what a session is about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, now

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.postgres.statements import is_any_of, kept_statement
from hearing_portal.thai.dates import day_range
from manuals.models import Edition, EditionEntry, EditionRelease, Manual

from ..models import (
    AnswerPublication,
    Comment,
    Discussion,
    Hearing,
    HearingSession,
    SessionState,
)


@dataclass(frozen=True, slots=True)
class GroupSessions:
    """What a page of a group needs to know of its sessions: the one to speak in (or None), all of them, and the
    entry under discussion."""

    session: HearingSession | None
    sessions: list[HearingSession]
    discussed: EditionEntry | None = None

    @property
    def is_open(self) -> bool:
        return self.session is not None and self.session.is_open

    @property
    def open_ones(self) -> list[HearingSession]:
        """Those one can speak in now, the one to speak in first."""
        if self.session is None or not self.session.is_open:
            return []
        others = []
        for session in self.sessions:
            if session.is_open and session.pk != self.session.pk:
                others.append(session)
        return [self.session, *others]

    @property
    def paused_ones(self) -> list[HearingSession]:
        paused = SessionState.State.PAUSED
        return [session for session in self.sessions if session.state == paused]

    @property
    def edition_id(self) -> int | None:
        if self.session is None:
            return None
        return self.session.edition_id


def is_heard_in_public(hearing: Hearing) -> bool:
    """Whether an edition that is heard was released to the public. One query."""
    heard = HearingSession.objects.filter(hearing=hearing).values("edition")
    return EditionRelease.objects.filter(
        edition__in=heard, audience=EditionRelease.Audience.PUBLIC
    ).exists()


def find_hearings() -> list[Hearing]:
    """All of them, the latest first. One query."""
    return _find_hearings()


@kept_statement
def _find_hearings() -> QuerySet[Hearing]:
    return Hearing.objects.order_by("-opens_on", "-pk")


def find_open_hearings(hearings: Sequence[Hearing]) -> list[Hearing]:
    """Those in which a session is open, where that decides which one is meant: of one that runs alone it is not asked,
    and before its first day or after its last none is open. One query at most."""
    today = localdate()
    running = []
    for hearing in hearings:
        if hearing.opens_on <= today <= hearing.closes_on:
            running.append(hearing)
    if len(running) < 2:
        return []
    sessions = HearingSession.objects.filter(hearing__in=running).with_state()
    open_in = {session.hearing_id for session in sessions if session.is_open}
    return [hearing for hearing in running if hearing.pk in open_in]


def choose_current_hearing(
    hearings: Iterable[Hearing],
    today: date,
    open_hearings: Collection[Hearing] = (),
) -> Hearing | None:
    """The hearing that runs today: of several one with an open session (`open_hearings`) before the others, and of
    these the one that began last. Else the one that ended last, whose comments are still being worked on; else the
    next to come."""
    running = []
    ended = []
    coming = []
    for hearing in hearings:
        if hearing.closes_on < today:
            ended.append(hearing)
        elif hearing.opens_on <= today:
            running.append(hearing)
        else:
            coming.append(hearing)
    if running:
        return max(
            running,
            key=lambda hearing: (
                hearing in open_hearings,
                hearing.opens_on,
                hearing.pk,
            ),
        )
    if ended:
        return max(ended, key=lambda hearing: (hearing.closes_on, hearing.pk))
    return min(coming, key=lambda hearing: (hearing.opens_on, hearing.pk), default=None)


def find_current_hearing() -> Hearing | None:
    """The one that pages are about when they name none, by the rule of `choose_current_hearing`. Two queries at
    most."""
    hearings = find_hearings()
    return choose_current_hearing(hearings, localdate(), find_open_hearings(hearings))


def choose_hearing_to_prepare(
    hearings: Iterable[Hearing], current: Hearing | None, today: date
) -> Hearing | None:
    """The current one; once that has ended, the next to come."""
    if current is None or current.closes_on >= today:
        return current
    coming = [hearing for hearing in hearings if hearing.opens_on > today]
    return choose_current_hearing(coming, today) or current


class HearingOfEdition(NamedTuple):
    """The hearing in which an edition is heard; the current one where nobody hears it. `is_open` says whether one can
    speak in it, or in a current one whether one reads it there."""

    hearing: Hearing | None
    is_current: bool
    is_open: bool = False


def find_hearing_of(edition_id: int) -> HearingOfEdition:
    """Two queries at most."""
    hearings = _find_hearings_about(edition_id)
    open_hearings = find_open_hearings(hearings)
    current = choose_current_hearing(hearings, localdate(), open_hearings)
    for hearing in hearings:
        if hearing.hears_edition:
            return HearingOfEdition(
                hearing, hearing == current, hearing in open_hearings
            )
    return HearingOfEdition(current, is_current=True)


@kept_statement
def _find_hearings_about(edition_id: int) -> QuerySet[Hearing]:
    """All of them, the latest first, each with whether it hears the edition."""
    sessions = HearingSession.objects.filter(hearing=OuterRef("pk"), edition=edition_id)
    hearings = Hearing.objects.annotate(**{"hears_edition": Exists(sessions)})
    return hearings.order_by("-opens_on", "-pk")


def find_overlapping(opens_on: date, closes_on: date) -> QuerySet[Hearing]:
    """The hearings that have a day of these, the first of them first."""
    return Hearing.objects.filter(
        opens_on__lte=closes_on, closes_on__gte=opens_on
    ).order_by("opens_on", "pk")


# --- the key of a hearing: its part of addresses


def find_free_key(year_be: int) -> str:
    """2565, or 2565-2 for a second hearing of the year. A key that a hearing had before is not free: its old addresses
    lead to it. Two queries."""
    taken = {
        *Hearing.objects.values_list("key", flat=True),
        *Hearing.history.values_list("key", flat=True),
    }
    key = str(year_be)
    number = 1
    while key in taken:
        number += 1
        key = f"{year_be}-{number}"
    return key


def find_hearing_by_key(key: str) -> Hearing | None:
    """The hearing that has this key, or had it before. One query, two for a key that none has."""
    hearing = Hearing.objects.filter(key=key).first()
    if hearing is not None:
        return hearing
    before = Hearing.history.filter(key=key).values("id")
    return Hearing.objects.filter(pk__in=before).first()


# --- the groups and the sessions of a hearing


def find_groups_with_manual(day: date) -> QuerySet[WorkGroup]:
    groups = WorkGroup.objects.valid_on(day).filter(manual__isnull=False)
    return groups.select_related("manual")


def find_group_sessions(
    hearing: Hearing | None, group: WorkGroup | None
) -> GroupSessions:
    """The group's sessions, and the one that `choose_session` takes. Two queries."""
    if hearing is None:
        return GroupSessions(None, [])
    sessions = _find_sessions_of_group(hearing.pk, group.pk if group else None)
    for session_of_group in sessions:
        session_of_group.hearing = hearing
        session_of_group.work_group = group
    session = choose_session(sessions)
    if session is None:
        return GroupSessions(None, sessions)
    latest = _find_latest_discussion([session.pk for session in sessions])
    if not latest:
        return GroupSessions(session, sessions)
    return GroupSessions(session, sessions, latest[0].entry)


@kept_statement
def _find_sessions_of_group(
    hearing_id: int, group_id: int | None
) -> QuerySet[HearingSession]:
    sessions = HearingSession.objects.filter(hearing=hearing_id, work_group=group_id)
    return sessions.with_state().select_related("edition").order_by("pk")


@kept_statement
def _find_latest_discussion(session_ids: list[int]) -> QuerySet[Discussion]:
    discussions = Discussion.objects.filter(is_any_of("session", session_ids))
    return discussions.select_related("entry__section").order_by("-pk")[:1]


def find_open_sessions_by_group(
    hearing: Hearing | None,
    beside: Iterable[Hearing],
) -> dict[int | None, GroupSessions]:
    """As find_sessions_by_group; for a group without an open session in the hearing, its open ones of the hearings
    `beside` it. Two queries a hearing."""
    found = find_sessions_by_group(hearing)
    for other in beside:
        for group_id, group_sessions in find_sessions_by_group(other).items():
            known = found.get(group_id)
            if group_sessions.is_open and (known is None or not known.is_open):
                found[group_id] = group_sessions
    return found


def find_sessions_by_group(hearing: Hearing | None) -> dict[int | None, GroupSessions]:
    """{work group id: its sessions} for all groups of a hearing. Two queries."""
    if hearing is None:
        return {}
    sessions_of_group: dict[int | None, list[HearingSession]] = {}
    for session in sessions_with_state(hearing):
        sessions_of_group.setdefault(session.work_group_id, []).append(session)
    discussed_by = _find_discussed_by_group(hearing)
    group_sessions = {}
    for group_id, sessions in sessions_of_group.items():
        group_sessions[group_id] = GroupSessions(
            choose_session(sessions),
            sessions,
            discussed_by.get(group_id),
        )
    return group_sessions


def _find_discussed_by_group(hearing: Hearing) -> dict[int | None, EditionEntry | None]:
    """{work group id: what the latest of its sessions' discussions is about}. One query."""
    latest_of_session = (
        Discussion.objects.filter(session__hearing=hearing)
        .select_related("session", "entry__section", "entry__manual")
        .order_by("session_id", "-pk")
        .distinct("session_id")
    )
    latest_of_group: dict[int | None, Discussion] = {}
    for discussion in latest_of_session:
        group_id = discussion.session.work_group_id
        known = latest_of_group.get(group_id)
        if known is None or known.pk < discussion.pk:
            latest_of_group[group_id] = discussion
    return {
        group_id: discussion.entry for group_id, discussion in latest_of_group.items()
    }


def sessions_with_state(hearing: Hearing) -> QuerySet[HearingSession]:
    sessions = HearingSession.objects.filter(hearing=hearing).with_state()
    return sessions.select_related("edition", "hearing", "work_group").order_by("pk")


NEVER_HEARD_KINDS = (Edition.Kind.BASELINE, Edition.Kind.FINAL)


def editions_free_for(hearing: Hearing) -> QuerySet[Edition]:
    """The sealed editions no other hearing uses, the newest first. What was in force, or is final, is not heard."""
    used = HearingSession.objects.exclude(hearing=hearing).values("edition")
    return (
        Edition.objects.sealed()
        .exclude(pk__in=used)
        .exclude(kind__in=NEVER_HEARD_KINDS)
    )


# What is heard, when nobody chooses something else
HEARD_KINDS = (Edition.Kind.HEARING, Edition.Kind.REVISED)


def drafts_free_for(hearing: Hearing) -> QuerySet[Edition]:
    """Of the editions no other hearing uses, those that are made to be heard, the newest first."""
    return editions_free_for(hearing).filter(kind__in=HEARD_KINDS)


def find_hearing_of_other_editions(hearing: Hearing) -> Hearing | None:
    """The other hearing that uses the newest edition; None where no other uses any. One query."""
    sessions = HearingSession.objects.exclude(hearing=hearing).select_related("hearing")
    session = sessions.order_by("-edition__sealed_at", "-edition_id", "-pk").first()
    return session.hearing if session is not None else None


@dataclass(frozen=True, slots=True)
class GroupReadiness:
    """Whether a group can get a session on an edition: its manual stands there; `kinds` are those it has already."""

    group: WorkGroup
    has_manual: bool
    kinds: frozenset[str]


def find_group_readiness(hearing: Hearing, edition: Edition) -> list[GroupReadiness]:
    """Of the groups of today. Three queries."""
    manuals = edition.entries.filter(kind=EditionEntry.Kind.MANUAL)
    with_manual = set(manuals.values_list("manual__work_group", flat=True))
    kinds_of: dict[int | None, set[str]] = {}
    sessions = HearingSession.objects.filter(hearing=hearing, edition=edition)
    for group_id, kind in sessions.values_list("work_group", "kind"):
        kinds_of.setdefault(group_id, set()).add(kind)
    readiness = []
    for group in WorkGroup.objects.valid_on(localdate()):
        kinds = frozenset(kinds_of.get(group.pk, ()))
        readiness.append(GroupReadiness(group, group.pk in with_manual, kinds))
    return readiness


def find_manuals_of(hearing: Hearing) -> list[Manual]:
    """The manuals of the groups that have a session in the hearing, in the order of the groups. One query."""
    groups = HearingSession.objects.filter(hearing=hearing).values("work_group")
    manuals = Manual.objects.filter(work_group__in=groups).select_related("work_group")
    return list(manuals.order_by("work_group__order"))


def find_sessions_beside(session: HearingSession) -> list[HearingSession]:
    """The other sessions of its group in the same hearing, with their states. One query."""
    sessions = sessions_with_state(session.hearing).filter(
        work_group=session.work_group_id
    )
    return list(sessions.exclude(pk=session.pk))


def find_closing_on(hearing: Hearing, day: date) -> QuerySet[HearingSession]:
    """The sessions of the hearing whose announced time to close lies on the day."""
    start, end = day_range(day)
    sessions = sessions_with_state(hearing)
    return sessions.filter(closes_at__gte=start, closes_at__lt=end)


def find_closing_ahead(hearing: Hearing) -> QuerySet[HearingSession]:
    """The sessions of the hearing that another last day could move: their time to close is still to come, or lies on
    the last day."""
    last_day, _ = day_range(hearing.closes_on)
    return hearing.sessions.filter(Q(closes_at__gte=last_day) | Q(closes_at__gt=now()))


def count_participants() -> int:
    """How many people have a role today: who reads what is released to a hearing. One query."""
    roles = RoleAssignment.objects.now().filter(user__is_active=True)
    return roles.values("user").distinct().count()


class Settlement(NamedTuple):
    """What a session led to, so that nothing more can be said in it: a final edition that everybody
    reads, or the published answers of its group."""

    final: Edition | None
    has_published_answers: bool


def find_settlements(sessions: Sequence[HearingSession]) -> dict[int, Settlement]:
    """{session id: what settled it}, of those that are settled. Four queries at most."""
    released = EditionRelease.objects.filter(
        edition=OuterRef("pk"), audience=EditionRelease.Audience.PUBLIC
    )
    finals = Edition.objects.sealed().filter(Exists(released), kind=Edition.Kind.FINAL)
    latest_final = finals.order_by("sealed_at", "pk").last()
    acts = (
        SessionState.objects.filter(session__in=sessions)
        .order_by("session_id", "pk")
        .distinct("session_id")
    )
    first_acts = {act.session_id: act.at for act in acts}
    published: dict[tuple[int, int | None], datetime] = {}
    publications = AnswerPublication.objects.filter(
        hearing__in={session.hearing_id for session in sessions}
    )
    for publication in publications.order_by("at"):
        published[publication.hearing_id, publication.work_group_id] = publication.at
    unopened = []
    for session in sessions:
        if session.pk not in first_acts and session.opens_at is None:
            unopened.append(session)
    begun = {**_find_set_up(unopened if published else ()), **first_acts}
    settlements = {}
    for session in sessions:
        final = None
        if latest_final is not None and _is_sealed_after(latest_final, session.edition):
            final = latest_final
        # Answers to what was said in it, or could have been; a further round that opened after them, is announced to
        # open after them or was set up after them is answered later
        opened = begun.get(session.pk, session.opens_at)
        answered = published.get((session.hearing_id, session.work_group_id))
        is_answered = opened is not None and answered is not None and answered >= opened
        if final is not None or is_answered:
            settlements[session.pk] = Settlement(final, is_answered)
    return settlements


def _find_set_up(sessions: Sequence[HearingSession]) -> dict[int, datetime]:
    """{session id: when it was set up}. One query, none for no session."""
    if not sessions:
        return {}
    ids = [session.pk for session in sessions]
    made = HearingSession.history.filter(id__in=ids, history_type="+")
    return dict(made.values_list("id", "history_date"))


def _is_sealed_after(later: Edition, edition: Edition) -> bool:
    return (
        later.sealed_at is not None
        and edition.sealed_at is not None
        and later.sealed_at > edition.sealed_at
    )


def count_comments_by_session(sessions: Sequence[HearingSession]) -> dict[int, int]:
    """{session id: comments said in it, without replies}. One query."""
    rows = Comment.objects.filter(session__in=sessions, parent__isnull=True).order_by()
    return dict(rows.values_list("session").annotate(comments=Count("pk")))


def find_latest_acts(sessions: Sequence[HearingSession]) -> dict[int, SessionState]:
    """{session id: what was last done to it, and by whom} of those that were opened ever. One query."""
    acts = SessionState.objects.filter(session__in=sessions).select_related("by")
    latest = acts.order_by("session_id", "-pk").distinct("session_id")
    return {act.session_id: act for act in latest}


def choose_session(sessions: Sequence[HearingSession]) -> HearingSession | None:
    """The one to speak in: an open room before the open online session, since who sits in the hall speaks there.

    With none open it is one that is paused, else one that was open, else any, so that a page can say why it is closed.
    """
    open_sessions = [session for session in sessions if session.is_open]
    open_rooms = [session for session in open_sessions if session.is_room]
    paused = [
        session for session in sessions if session.state == SessionState.State.PAUSED
    ]
    begun = [session for session in sessions if session.state is not None]
    for candidates in (open_rooms, open_sessions, paused, begun, sessions):
        if candidates:
            return candidates[0]
    return None


def entries_of_session(session: HearingSession) -> QuerySet[EditionEntry]:
    """The entries one may speak about in the session: of its group's manual, in the plenary of all."""
    entries = EditionEntry.objects.filter(edition=session.edition_id)
    if session.work_group_id is not None:
        entries = entries.filter(manual__work_group=session.work_group_id)
    return entries


class Neighbours(NamedTuple):
    before: EditionEntry | None
    after: EditionEntry | None


def find_neighbours(
    entries: QuerySet[EditionEntry], entry: EditionEntry | None
) -> Neighbours:
    """The clause before and the clause after, in reading order of the same manual. Two queries."""
    if entry is None:
        return Neighbours(None, None)
    clauses = entries.filter(kind="clause", manual=entry.manual_id)
    before = clauses.filter(ordinal__lt=entry.ordinal).order_by("-ordinal").first()
    after = clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal").first()
    return Neighbours(before, after)


def is_finished(hearing: Hearing, sessions: Sequence[HearingSession]) -> bool:
    """Whether nothing more can be said in it: its last day is over, or every session is closed for good. Four queries
    where every session is closed, else none."""
    if hearing.closes_on < localdate():
        return True
    if not sessions or any(
        session.state != SessionState.State.CLOSED for session in sessions
    ):
        return False
    return len(find_settlements(sessions)) == len(sessions)
