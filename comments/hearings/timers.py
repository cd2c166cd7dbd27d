"""How much of a given time is left, of what is discussed or of a speech. It stands still while the session does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import ClauseTimer, HearingSession, SessionState


@dataclass(frozen=True, slots=True)
class GivenTime:
    """By the portal's clock. `stood` is how long the session did not run meanwhile, up to `stands_since` where it
    stands now; None while it runs."""

    minutes: int
    began_at: datetime
    now: datetime
    stood: timedelta = timedelta()
    stands_since: datetime | None = None

    @property
    def until(self) -> datetime:
        """When it is over; while it stands, when it would have been."""
        return self.began_at + timedelta(minutes=self.minutes) + self.stood

    @property
    def is_over(self) -> bool:
        return self.left <= timedelta()

    @property
    def stands(self) -> bool:
        return self.stands_since is not None

    @property
    def left(self) -> timedelta:
        """Negative once it is over."""
        return self.until - (self.stands_since or self.now)

    @property
    def told_left(self) -> str:
        """What is left while it stands: เหลือ 3:20 นาที, as static/js/countdown.js tells it."""
        seconds = round(abs(self.left.total_seconds()))
        clock = f"{seconds // 60}:{seconds % 60:02} นาที"
        return f"ครบเวลาแล้ว เกิน {clock}" if self.is_over else f"เหลือ {clock}"


def measure_time(
    session: HearingSession, minutes: int, began_at: datetime
) -> GivenTime:
    """The time given at a moment at which the session ran, as it stands now. One query."""
    stood = timedelta()
    stands_since: datetime | None = None
    states = session.states.filter(at__gt=began_at).order_by("pk")
    for state, at in states.values_list("state", "at"):
        if state != SessionState.State.OPENED:
            stands_since = stands_since or at
        elif stands_since is not None:
            stood += at - stands_since
            stands_since = None
    return GivenTime(minutes, began_at, timezone.now(), stood, stands_since)


def find_clause_timer(session: HearingSession) -> GivenTime | None:
    """None where nobody gave a time, or ended it, or another clause is discussed. Two queries."""
    latest = session.discussions.order_by("-pk").values("pk")[:1]
    timers = ClauseTimer.objects.filter(discussion__in=latest)
    timer = timers.order_by("-pk").first()
    if timer is None or timer.minutes == 0:
        return None
    return measure_time(session, timer.minutes, timer.at)
