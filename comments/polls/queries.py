"""Shows of hands of a session, and how the offices answered."""

from collections.abc import Mapping, Sequence

from django.db.models import Count

from hearing_portal.directory.models import AreaOffice

from ..models import HearingSession, Poll, Vote

SHOWN = 30
type Answers = dict[str, dict[str, int]]  # {kind of office: {answer: offices}}


def load_polls(session: HearingSession) -> list[Poll]:
    """The latest first. One query."""
    polls = Poll.objects.filter(session=session).select_related(
        "entry__manual", "entry__section"
    )
    return list(polls.order_by("-pk")[:SHOWN])


def find_latest_poll(session: HearingSession) -> Poll | None:
    """One query."""
    return Poll.objects.filter(session=session).order_by("-pk").first()


def no_answers() -> Answers:
    return {
        str(kind): {str(answer): 0 for answer in Vote.Answer}
        for kind in AreaOffice.Kind
    }


def count_votes(poll: Poll) -> Answers:
    """One query."""
    counted = (
        Vote.objects.filter(poll=poll)
        .order_by()
        .values_list("office_kind", "answer")
        .annotate(number=Count("pk"))
    )
    answers = no_answers()
    for kind, answer, number in counted:
        answers[kind][answer] = number
    return answers


def count_offices(answers: Mapping[str, Mapping[str, int]]) -> int:
    return sum(sum(by_answer.values()) for by_answer in answers.values())


def find_votes_of(poll: Poll, offices: Sequence[AreaOffice]) -> dict[int, Vote]:
    """{office: its vote}. One query."""
    votes = Vote.objects.filter(poll=poll, office__in=offices)
    return {vote.office_id: vote for vote in votes}


def find_ended_polls(session: HearingSession) -> list[Poll]:
    """In the order of their ends, for the minutes. One query."""
    polls = Poll.objects.filter(session=session, ended_at__isnull=False)
    with_things = polls.select_related("entry__section", "entry__manual", "entry__blob")
    return list(with_things.order_by("ended_at", "pk"))
