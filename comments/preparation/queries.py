"""What a hearing has so far, and what a delegate still waits for before they can comment: rows and counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from hearing_portal.directory.contact.queries import (
    current_privacy_notice,
    find_missing_contact_fields,
)
from hearing_portal.directory.models import AreaOffice, RoleAssignment, WorkGroup
from hearing_portal.directory.people.services import people_without_password
from manuals.drafting.queries.contents import find_manuals_state
from manuals.law.queries import count_legal_sources
from manuals.models import DraftingState, Edition, EditionEntry, EditionRelease

from ..hearings.choosing import choose_to_prepare
from ..hearings.queries import (
    HEARD_KINDS,
    drafts_free_for,
    find_hearing_of_other_editions,
    is_finished,
    sessions_with_state,
)
from ..models import Hearing, HearingSession
from ..tallies import count_offices_by_kind

Role = RoleAssignment.Role
# Who is counted by group: without a facilitator nobody runs its session, without a drafter nobody writes its manual
GROUP_ROLES = (Role.DELEGATE, Role.FACILITATOR, Role.DRAFTER)


@dataclass(frozen=True, slots=True)
class GroupPreparation:
    """What one work group has so far. `titles` counts those of its processes that have no words yet, `ready` those that
    are said to be ready for the hearing; `sessions` are its own ones of the current hearing, with their states;
    `people` are {role: active people who hold it for the group today}, and `able_delegates` the delegates among them
    who have a password to sign in with."""

    group: WorkGroup
    has_manual: bool
    processes: int
    titles: int
    ready: int
    is_in_edition: bool
    sessions: Sequence[HearingSession]
    people: Counter[str]
    able_delegates: int

    @property
    def manual_key(self) -> str:
        """Of the manual there is."""
        return self.group.manual.key

    @property
    def takes_part(self) -> bool:
        """Its manual can be commented on: only then does it need a session and people."""
        return self.is_in_edition

    @property
    def can_be_commented_on(self) -> bool:
        """A delegate of the group who signed in now could send a comment."""
        if not self.is_in_edition or not self.able_delegates:
            return False
        return any(
            session.is_open and session.state_facts.is_readable
            for session in self.sessions
        )


@dataclass(frozen=True, slots=True)
class Preparation:
    """All of it. `edition` is the one the hearing is on: of its sessions, else the newest draft that no other hearing
    uses; where there is none, `used_in` is the other hearing that uses those there are; `audiences` are those it is
    released to. `offices` and
    `offices_with_delegate` are {kind: offices of today}, `without_password` the people who cannot sign in yet.
    `is_finished` says that nothing is to be prepared any more: the hearing's last day is over, or all that was said in
    it is answered or in a public book."""

    groups: list[GroupPreparation]
    offices: dict[str, int]
    offices_with_delegate: dict[str, int]
    without_password: int
    legal_sources: int
    missing_contact: list[str]
    has_own_privacy_notice: bool
    hearing: Hearing | None
    edition: Edition | None
    used_in: Hearing | None
    audiences: set[str]
    is_finished: bool

    @property
    def is_released(self) -> bool:
        return bool(self.audiences)

    @property
    def is_public(self) -> bool:
        return EditionRelease.Audience.PUBLIC in self.audiences

    @property
    def taking_part(self) -> list[GroupPreparation]:
        return [group for group in self.groups if group.takes_part]

    @property
    def commentable(self) -> list[GroupPreparation]:
        return [group for group in self.groups if group.can_be_commented_on]

    @property
    def next_opening(self) -> datetime | None:
        """When the next session opens by its announced time; None where none is announced."""
        now = timezone.now()
        moments = []
        for group in self.taking_part:
            for session in group.sessions:
                if session.opens_at is not None and session.opens_at > now:
                    moments.append(session.opens_at)
        return min(moments, default=None)


def find_preparation(hearing: Hearing | None = None) -> Preparation:
    """As it stands now for the hearing, without one for that which is prepared. Sixteen queries at most, however many
    groups, offices and people there are."""
    today = timezone.localdate()
    hearing = hearing or choose_to_prepare("").hearing
    sessions = list(sessions_with_state(hearing)) if hearing is not None else []
    edition = _find_edition(hearing, sessions)
    used_in = None
    if edition is None and hearing is not None:
        used_in = find_hearing_of_other_editions(hearing)
    audiences: set[str] = set()
    if edition is not None:
        releases = EditionRelease.objects.filter(edition=edition)
        audiences = set(releases.values_list("audience", flat=True))
    notice = current_privacy_notice()
    return Preparation(
        groups=_find_groups(today, edition, sessions),
        offices=count_offices_by_kind(),
        offices_with_delegate=_count_offices_with_delegate(today),
        without_password=people_without_password().count(),
        legal_sources=count_legal_sources(),
        missing_contact=find_missing_contact_fields(),
        has_own_privacy_notice=notice is not None,
        hearing=hearing,
        edition=edition,
        used_in=used_in,
        audiences=audiences,
        is_finished=hearing is not None and is_finished(hearing, sessions),
    )


def _find_edition(
    hearing: Hearing | None, sessions: Sequence[HearingSession]
) -> Edition | None:
    """Of the sessions the latest, else what the hearing, or one to come, may be on."""
    if sessions:
        editions = [session.edition for session in sessions]
        return max(editions, key=lambda edition: edition.pk)
    if hearing is not None:
        return drafts_free_for(hearing).first()
    return Edition.objects.sealed().filter(kind__in=HEARD_KINDS).first()


def _find_groups(
    today: date,
    edition: Edition | None,
    sessions: Sequence[HearingSession],
) -> list[GroupPreparation]:
    """Seven queries, six without an edition."""
    in_edition: set[int | None] = set()
    if edition is not None:
        manuals = edition.entries.filter(kind=EditionEntry.Kind.MANUAL)
        in_edition = set(manuals.values_list("manual__work_group", flat=True))
    people, able_delegates = _count_people_by_group()
    groups = []
    for state in find_manuals_state(today):
        group = state.group
        prepared = GroupPreparation(
            group=group,
            has_manual=not state.is_missing,
            processes=state.processes,
            titles=state.empty_processes,
            ready=state.states.get(DraftingState.READY, 0),
            is_in_edition=group.pk in in_edition,
            sessions=[
                session for session in sessions if session.work_group_id == group.pk
            ],
            people=people.get(group.pk, Counter()),
            able_delegates=able_delegates[group.pk],
        )
        groups.append(prepared)
    return groups


def _count_people_by_group() -> tuple[dict[int, Counter[str]], Counter[int]]:
    """{work group id: {role: active people who hold it today}}, and {work group id: delegates who can sign in}. One
    query."""
    roles = RoleAssignment.objects.now().filter(
        role__in=GROUP_ROLES, user__is_active=True
    )
    waits = Q(user__in=people_without_password().order_by())
    counted = (
        roles.order_by()
        .values_list("work_group", "role")
        .annotate(
            people=Count("user", distinct=True),
            able=Count("user", filter=~waits, distinct=True),
        )
    )
    people: dict[int, Counter[str]] = {}
    able_delegates: Counter[int] = Counter()
    for group_id, role, number, able in counted:
        if group_id is None:
            continue
        people.setdefault(group_id, Counter())[role] = number
        if role == Role.DELEGATE:
            able_delegates[group_id] = able
    return people, able_delegates


def _count_offices_with_delegate(today: date) -> dict[str, int]:
    delegates = RoleAssignment.objects.now().filter(
        role=Role.DELEGATE, user__is_active=True
    )
    offices = (
        AreaOffice.objects.valid_on(today)
        .filter(pk__in=delegates.values("office"))
        .order_by()
    )
    return dict(offices.values_list("kind").annotate(number=Count("pk")))
