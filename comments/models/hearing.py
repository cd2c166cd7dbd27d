"""The hearing, its sessions and their states. The latest row of SessionState is the state."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import WorkGroup
from manuals.models import Edition, EditionEntry

from ..limits import SHORT_REASON_LIMIT


class Hearing(models.Model):
    """ประชาพิจารณ์: the event. `public` lets the public read the draft; `moderation` is for online sessions."""

    class Moderation(models.TextChoices):
        HELD = "held", "ตรวจก่อนแสดง"
        SHOWN = "shown", "แสดงทันที"

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    public = models.BooleanField(default=False)
    moderation = models.CharField(max_length=5, choices=Moderation, default=Moderation.SHOWN)
    venue = models.CharField(max_length=300, blank=True)
    programme = models.TextField(blank=True)

    history = ActHistory()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="hearing_closes_after_it_opened")
        ]

    def __str__(self) -> str:
        return self.title


class HearingSessionQuerySet(models.QuerySet["HearingSession"]):
    def with_state(self) -> Self:
        """Adds `state_now` (None before the first act) and `state_reason`."""
        latest = SessionState.objects.filter(session=OuterRef("pk")).order_by("-id")
        return self.annotate(
            state_now=Subquery(latest.values("state")[:1]),
            state_reason=Subquery(latest.values("reason")[:1]),
        )


class HearingSession(models.Model):
    """เวที. Runs on one edition; a further round is a session on a later edition."""

    class Kind(models.TextChoices):
        ONLINE = "online", "ออนไลน์"
        ROOM = "room", "ห้องประชุมกลุ่ม"
        PLENARY = "plenary", "ที่ประชุมรวม"

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=7, choices=Kind)
    work_group = models.ForeignKey(WorkGroup, models.PROTECT, null=True, blank=True, related_name="hearing_sessions")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="hearing_sessions")
    venue = models.CharField(max_length=200, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)  # as announced; the acts are SessionState rows
    closes_at = models.DateTimeField(null=True, blank=True)

    history = ActHistory()
    objects = HearingSessionQuerySet.as_manager()

    if TYPE_CHECKING:
        # Annotations: there only on the rows of the query named
        state_now: str | None  # with_state
        state_reason: str | None  # with_state

    class Meta:
        ordering = ["work_group__order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="plenary", work_group__isnull=True)
                | (~Q(kind="plenary") & Q(work_group__isnull=False)),
                name="plenary_session_has_no_work_group",
            ),
            models.CheckConstraint(condition=Q(kind__in=["online", "room", "plenary"]), name="session_kind_is_known"),
        ]

    def __str__(self) -> str:
        if self.work_group is None:
            return self.get_kind_display()
        return f"{self.get_kind_display()} {self.work_group.short_name}"

    @property
    def state(self) -> str | None:
        """The latest act's state; a query unless the row came from `with_state()`."""
        if not hasattr(self, "state_now"):
            states = self.states.order_by("-id").values_list("state", flat=True)
            self.state_now = states.first()
        return self.state_now

    @property
    def is_open(self) -> bool:
        return self.state == SessionState.State.OPENED

    @property
    def is_room(self) -> bool:
        return self.kind == self.Kind.ROOM


class SessionState(models.Model):
    """An act on a session; the latest one is its state. Append-only (trigger)."""

    class State(models.TextChoices):
        OPENED = "opened", "เปิดรับความเห็น"
        PAUSED = "paused", "พักเวที"
        CLOSED = "closed", "ปิดเวทีแล้ว"

    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="states")
    state = models.CharField(max_length=6, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=SHORT_REASON_LIMIT, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "-id"], name="session_state_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["opened", "paused", "closed"]), name="session_state_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.state}"


class Discussion(models.Model):
    """What everybody is looking at now: the latest row of a session is it; a null entry ends the discussion."""

    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="discussions")
    entry = models.ForeignKey(EditionEntry, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "-id"], name="discussion_latest")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.entry_id}"
