"""The hearing, its sessions and their states.

A session's state comes from two sources, and the later one counts: the latest act (SessionState) and the times
announced for the session. None is open before the hearing's first day, its last day ends all of them, and so does a
later final edition that goes to the public. So a session opens and closes on time even while the job that writes the
act down is late.
"""

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.dates import be_dates, day_range
from manuals.models import Edition, EditionEntry, EditionRelease

from ..limits import LONGEST_OBJECTION_TIME, SHORT_REASON_LIMIT


class Hearing(models.Model):
    """ประชาพิจารณ์: the event. `public` lets the public read the draft; `moderation` is for online sessions.

    `objection_days` count from the publication of answers; 0 is a rehearsal in which nobody can object.
    """

    class Kind(models.TextChoices):
        HEARING = "hearing", "ประชาพิจารณ์"
        DEMONSTRATION = "demonstration", "ข้อมูลสาธิต"

    class Moderation(models.TextChoices):
        HELD = "held", "ตรวจก่อนแสดง"
        SHOWN = "shown", "แสดงทันที"

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.HEARING)
    title = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    public = models.BooleanField(default=False)
    moderation = models.CharField(
        max_length=5, choices=Moderation, default=Moderation.SHOWN
    )
    venue = models.CharField(max_length=300, blank=True)
    chairperson = models.CharField(max_length=200, blank=True)
    organiser = models.CharField(max_length=200, blank=True)
    speakers = models.TextField(blank=True)  # วิทยากร, one a line
    programme = models.TextField(blank=True)
    objection_days = models.PositiveSmallIntegerField(default=14)
    extension_reason = models.CharField(
        max_length=SHORT_REASON_LIMIT, blank=True
    )  # of another last day, while that stands

    history = ActHistory()

    if TYPE_CHECKING:
        hears_edition: bool  # annotation of comments.hearings.queries

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="hearing_closes_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["hearing", "demonstration"]),
                name="hearing_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(objection_days__range=(0, LONGEST_OBJECTION_TIME)),
                name="objections_take_no_longer_than_sixty_days",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> str:
        """20 กันยายน 2565 – 22 กันยายน 2565, or the only day."""
        return be_dates(self.opens_on, self.closes_on)

    @property
    def speaker_names(self) -> list[str]:
        names = [line.strip() for line in self.speakers.splitlines()]
        return [name for name in names if name]

    @property
    def takes_objections(self) -> bool:
        return self.objection_days > 0

    @property
    def is_rehearsal(self) -> bool:
        return not self.takes_objections

    @property
    def is_demonstration(self) -> bool:
        return self.kind == self.Kind.DEMONSTRATION


class StateFacts(NamedTuple):
    """What a session's state follows from. `acted_*` tell the latest act, and are None before the first."""

    acted_state: str | None
    acted_at: datetime | None
    acted_reason: str | None
    first_day: date  # of the hearing
    last_day: date
    is_readable: bool  # its edition was released: to the hearing, or to everybody
    final_at: (
        datetime | None
    )  # when a final edition, sealed after its own, went to the public


class HearingSessionQuerySet(models.QuerySet["HearingSession"]):
    def with_state(self) -> Self:
        """Adds the StateFacts, so that asking for the state of a row costs no query."""
        return self.annotate(**_state_facts())


@cache  # every page of a group asks: to put them together takes longer than to answer
def _state_facts() -> dict[str, Any]:
    latest = SessionState.objects.filter(session=OuterRef("pk")).order_by("-id")
    finals = EditionRelease.objects.filter(
        audience=EditionRelease.Audience.PUBLIC,
        edition__kind=Edition.Kind.FINAL,
        edition__sealed_at__gt=OuterRef("edition__sealed_at"),
    ).order_by("at")
    return {
        "acted_state": Subquery(latest.values("state")[:1]),
        "acted_at": Subquery(latest.values("at")[:1]),
        "acted_reason": Subquery(latest.values("reason")[:1]),
        "first_day": F("hearing__opens_on"),
        "last_day": F("hearing__closes_on"),
        "is_readable": Exists(
            EditionRelease.objects.filter(edition=OuterRef("edition"))
        ),
        "final_at": Subquery(finals.values("at")[:1]),
    }


class HearingSession(models.Model):
    """เวที. Runs on one edition; a further round is a session on a later edition."""

    class Kind(models.TextChoices):
        ONLINE = "online", "ออนไลน์"
        ROOM = "room", "ห้องประชุมกลุ่ม"
        PLENARY = "plenary", "ที่ประชุมรวม"

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=7, choices=Kind)
    work_group = models.ForeignKey(
        WorkGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearing_sessions",
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="hearing_sessions"
    )
    venue = models.CharField(max_length=200, blank=True)
    opens_at = models.DateTimeField(
        null=True, blank=True
    )  # binding, as closes_at is; see the head of this file
    closes_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(
        max_length=SHORT_REASON_LIMIT, blank=True
    )  # of closes_at, while it stands

    history = ActHistory()
    objects = HearingSessionQuerySet.as_manager()

    if TYPE_CHECKING:
        # Annotations of with_state
        acted_state: str | None
        acted_at: datetime | None
        acted_reason: str | None
        first_day: date
        last_day: date
        is_readable: bool
        final_at: datetime | None

    class Meta:
        ordering = ["work_group__order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="plenary", work_group__isnull=True)
                | (~Q(kind="plenary") & Q(work_group__isnull=False)),
                name="plenary_session_has_no_work_group",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["online", "room", "plenary"]),
                name="session_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        """ออนไลน์ กลุ่มอำนวยการ, ห้องประชุม กลุ่มอำนวยการ, or ที่ประชุมรวม. In a sentence a space stands on either side of
        it."""
        if self.work_group is None:
            return self.get_kind_display()
        kind = KINDS_BESIDE_A_GROUP[self.Kind(self.kind)]
        return f"{kind} {self.work_group.name}"

    @property
    def state(self) -> str | None:
        """The state now, None before it was ever opened; a query unless the row came from `with_state()`."""
        return self.state_at(timezone.now())

    def state_at(self, moment: datetime) -> str | None:
        """The state by the latest act and by the announced times, whichever came later."""
        return self._state_by(self.state_facts, moment)

    def _state_by(self, facts: StateFacts, moment: datetime) -> str | None:
        if facts.final_at is not None and facts.final_at <= moment:
            return SessionState.State.CLOSED
        if timezone.localdate(moment) < facts.first_day:
            return (
                None
                if facts.acted_state == SessionState.State.OPENED
                else facts.acted_state
            )
        if timezone.localdate(moment) > facts.last_day:
            return SessionState.State.CLOSED
        if self.closes_at is not None and self.closes_at <= moment:
            return SessionState.State.CLOSED
        if self.opens_at is None or self.opens_at > moment:
            return facts.acted_state
        if facts.acted_at is not None and facts.acted_at >= self.opens_at:
            return facts.acted_state
        # Nobody reads what is not released, so nothing can be said about it either
        if not facts.is_readable:
            return facts.acted_state
        return SessionState.State.OPENED

    @property
    def state_facts(self) -> StateFacts:
        """Remembered after the first question, until `forget_state`."""
        if "acted_state" not in self.__dict__:
            loaded = HearingSession.objects.with_state().get(pk=self.pk)
            self.remember_state(loaded.state_facts)
        return StateFacts(
            acted_state=self.acted_state,
            acted_at=self.acted_at,
            acted_reason=self.acted_reason,
            first_day=self.first_day,
            last_day=self.last_day,
            is_readable=self.is_readable,
            final_at=self.final_at,
        )

    def remember_state(self, facts: StateFacts) -> None:
        for name, value in facts._asdict().items():
            setattr(self, name, value)

    def forget_state(self) -> None:
        """The next question asks the database again: somebody has acted."""
        for name in StateFacts._fields:
            self.__dict__.pop(name, None)

    @property
    def state_reason(self) -> str:
        """Why it is as it is: the reason of the latest act, empty where the times alone made the state."""
        facts = self.state_facts
        if self.state != facts.acted_state:
            return ""
        return facts.acted_reason or ""

    @property
    def is_open(self) -> bool:
        return self.state == SessionState.State.OPENED

    @property
    def opens_with_release(self) -> bool:
        """Whether it opens at once when its edition, which nobody may read yet, is released: its time has come."""
        if self.is_open:
            return False
        released = self.state_facts._replace(is_readable=True)
        return self._state_by(released, timezone.now()) == SessionState.State.OPENED

    @property
    def is_over(self) -> bool:
        """Whether its own time to close has come."""
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def moment_of_state(self) -> datetime:
        """When the announced time, the hearing's last day or the final edition brought about the state of now; for one
        they did."""
        if self.state == SessionState.State.OPENED and self.opens_at is not None:
            return self.opens_at
        _, end = day_range(self.state_facts.last_day)
        return min(self.closes_at or end, end, self.state_facts.final_at or end)

    @property
    def is_ended_by_final(self) -> bool:
        """Whether the public reads the final edition already, so that nothing more can be said here."""
        return self.state_facts.final_at is not None

    @property
    def is_opened_by_time(self) -> bool:
        """Whether it is open and no row tells it yet."""
        return (
            self.is_open and self.state_facts.acted_state != SessionState.State.OPENED
        )

    @property
    def is_room(self) -> bool:
        return self.kind == self.Kind.ROOM

    @property
    def holds_comments(self) -> bool:
        """Whether what is said in it waits for the facilitator: in a room always, elsewhere by the hearing's rule."""
        return self.is_room or self.hearing.moderation == Hearing.Moderation.HELD


# As they stand before a name that says กลุ่ม itself
KINDS_BESIDE_A_GROUP: dict[str, str] = {
    **{kind: str(kind.label) for kind in HearingSession.Kind},
    HearingSession.Kind.ROOM: "ห้องประชุม",
}


class SessionState(models.Model):
    """An act on a session; the latest one is its state. Append-only (trigger)."""

    class State(models.TextChoices):
        OPENED = "opened", "เปิดรับความคิดเห็น"
        PAUSED = "paused", "พักเวที"
        CLOSED = "closed", "ปิดเวทีแล้ว"

    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="states")
    state = models.CharField(max_length=6, choices=State)
    # Null where the announced time came: nobody acted
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Of what the time did the moment that was announced, however late it is written down
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=SHORT_REASON_LIMIT, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "-id"], name="session_state_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["opened", "paused", "closed"]),
                name="session_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.state}"


class Discussion(models.Model):
    """What everybody is looking at now: the latest row of a session is it; a null entry ends the discussion."""

    session = models.ForeignKey(
        HearingSession, models.PROTECT, related_name="discussions"
    )
    entry = models.ForeignKey(
        EditionEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Null where the session closed by itself and took the discussion with it
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "-id"], name="discussion_latest")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.entry_id}"
