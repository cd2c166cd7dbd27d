"""What is new for a person: what became of their own comments, and what waits for them at a desk."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles

from ..commenting.queries.comments import find_lapsed_supports
from ..models import (
    AdviceRecall,
    AdviceRequest,
    Answer,
    Assignment,
    Comment,
    Digest,
    Disposition,
    Moderation,
)
from ..permissions import Role


@dataclass(frozen=True, slots=True)
class News:
    """Of one person, from a moment on. `answered` are published answers to their own comments, `hidden` own comments
    that a facilitator hid; `lapsed` comments that their office supported until their authors changed them, and may
    support again; `given` comments given to them to consider, `late` those whose day has passed;
    `asked` what their advice is asked on, `recalled` what it was asked on and is not any more; `to_confirm` how many
    refusals of their groups wait for a second person, decided since."""

    answered: list[Answer]
    hidden: list[Moderation]
    lapsed: list[Comment]
    given: list[Assignment]
    asked: list[AdviceRequest]
    recalled: list[AdviceRecall]
    late: int
    to_confirm: int

    @property
    def is_empty(self) -> bool:
        about_comments = (self.answered, self.hidden, self.lapsed)
        to_do = (self.given, self.asked, self.recalled)
        return not (any(about_comments) or any(to_do) or self.to_confirm)

    @property
    def about_own(self) -> int:
        return len(self.answered) + len(self.hidden)


def find_news(user: User, since: datetime) -> News:
    """Eight queries. What somebody was told once and did not act on is told no second time: `late` alone is no news."""
    answers = Answer.objects.filter(
        current=True,
        comment__author=user,
        disposition__publication__at__gte=since,
    ).exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    hidden = Moderation.objects.filter(
        comment__author=user, visibility=Moderation.Visibility.HIDDEN, at__gte=since
    ).exclude(by=user)
    answered = Answer.objects.filter(comment=OuterRef("comment"), current=True)
    waiting = Assignment.objects.standing().filter(~Exists(answered), assignee=user)
    given = waiting.filter(at__gte=since).exclude(by=user)
    asked = AdviceRequest.objects.waiting().filter(asked=user, at__gte=since)
    # Of what was asked before: what was asked and taken back since is no news
    recalled = AdviceRecall.objects.filter(
        request__asked=user, request__at__lt=since, at__gte=since
    )
    about = ("comment__entry__blob", "comment__entry__manual")
    return News(
        list(answers.select_related("disposition", *about).order_by("pk")),
        list(hidden.select_related(*about).order_by("pk")),
        list(find_lapsed_supports(user, since).select_related("entry__blob")),
        list(given.select_related(*about).order_by("due", "pk")),
        list(asked.select_related(*about).order_by("pk")),
        list(
            recalled.select_related(*[f"request__{each}" for each in about]).order_by(
                "pk"
            )
        ),
        waiting.filter(due__lt=timezone.localdate()).count(),
        _count_to_confirm(user, since),
    )


def _count_to_confirm(user: User, since: datetime) -> int:
    groups = load_roles(user).groups(Role.DRAFTER, Role.FACILITATOR)
    if not groups:
        return 0
    refused = Disposition.objects.filter(
        outcome=Disposition.Outcome.NOT_ACCEPTED,
        confirmed_by__isnull=True,
        decided_at__gte=since,
        answers__current=True,
        answers__comment__entry__manual__work_group__in=groups,
    )
    return refused.exclude(decided_by=user).distinct().count()


def find_last_digest(user: User) -> Digest | None:
    return Digest.objects.filter(user=user).order_by("-pk").first()


def find_people_to_tell(day: date) -> list[User]:
    """Active people with an address whom no digest was written to on the day. One query."""
    told = Digest.objects.filter(user=OuterRef("pk"), day=day)
    people = User.objects.filter(~Exists(told), is_active=True).exclude(email="")
    return list(people.order_by("pk"))
