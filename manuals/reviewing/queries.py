"""Who may be asked to look, and what waits for whom."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles

from ..models import ClauseChange, ReviewRequest, SectionVersion
from .places import find_asked_clauses

Role = RoleAssignment.Role
ADVISING = (Role.EXPERT, Role.CENTRAL_BUREAU)
SHOWN = 50  # requests that are done with


def find_askable(group: WorkGroup | None, *, by: User) -> QuerySet[User]:
    """Other drafters of the group, and experts and people of the central bureau, as they are today."""
    roles = RoleAssignment.objects.now().filter(
        Q(role__in=ADVISING) | Q(role=Role.DRAFTER, work_group=group)
    )
    people = User.objects.filter(is_active=True, pk__in=roles.values("user")).exclude(
        pk=by.pk
    )
    return people.order_by(
        Collate("given_name", "th-x-icu"), Collate("family_name", "th-x-icu"), "pk"
    )


def may_be_asked(user: User, group: WorkGroup | None) -> bool:
    """Whether the person still is what they were asked as."""
    roles = RoleAssignment.objects.now().filter(
        Q(role__in=ADVISING) | Q(role=Role.DRAFTER, work_group=group)
    )
    return user.is_active and roles.filter(user=user).exists()


def _with_all(requests: QuerySet[ReviewRequest]) -> QuerySet[ReviewRequest]:
    return requests.select_related(
        "section__manual__work_group",
        "section__retired",
        "clause__retired",
        "clause__section__manual__work_group",
        "asked",
        "by",
        "answer",
        "closing__by",
    )


def find_waiting(user: User) -> list[ReviewRequest]:
    """What the person is asked and did not answer, the oldest first. One query."""
    waiting = ReviewRequest.objects.filter(
        asked=user, answer__isnull=True, closing__isnull=True
    )
    return list(_with_all(waiting).order_by("id"))


def find_sent(user: User) -> Sequence[ReviewRequest]:
    """What the person asked others: those not done with first, then the newest. One query."""
    sent = list(
        _with_all(ReviewRequest.objects.filter(by=user)).order_by("-id")[:SHOWN]
    )
    return sorted(sent, key=is_done)


def find_answers_to(user: User) -> list[ReviewRequest]:
    """What the person asked others, who answered, and is not done with: the earliest answer first. One query."""
    answered = ReviewRequest.objects.filter(
        by=user, answer__isnull=False, closing__isnull=True
    )
    return list(_with_all(answered).order_by("answer__id"))


def find_answered(user: User) -> Sequence[ReviewRequest]:
    """What the person answered, and who asked is not done with. One query."""
    answered = ReviewRequest.objects.filter(
        asked=user, answer__isnull=False, closing__isnull=True
    )
    return list(_with_all(answered)[:SHOWN])


def is_done(request: ReviewRequest) -> bool:
    """The request comes with its closing."""
    return hasattr(request, "closing")


def is_answered(request: ReviewRequest) -> bool:
    """The request comes with its answer."""
    return hasattr(request, "answer")


def may_end(request: ReviewRequest, user: User) -> bool:
    """Of those who draft: who asked, or an administrator, withdraws it; an answered one is closed by any but who
    answered. The request comes with its answer."""
    if user.pk == request.by_id or load_roles(user).is_admin:
        return True
    return is_answered(request) and user.pk != request.asked_id


def changed_since_answer(request: ReviewRequest) -> bool:
    """Whether what was asked about, or what has its words, changed after it was answered: of one clause, whatever came
    around it. The request comes with its answer."""
    since = {"revision__date_created__gt": request.answer.at}
    asked = find_asked_clauses(request)
    if request.clause is not None:
        changes = ClauseChange.objects.filter(
            clause__in=[request.clause, *asked.clauses]
        )
        return changes.filter(**since).exists()
    if asked.is_whole:
        versions = SectionVersion.objects.filter(section=request.section, **since)
        return versions.exists()
    changes = ClauseChange.objects.filter(
        Q(clause__in=asked.clauses) | Q(from_section=request.section), **since
    )
    return changes.exists()
