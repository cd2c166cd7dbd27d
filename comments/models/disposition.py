"""What was recommended, decided, changed, published and objected to. Visibility is another thing (comment.py)."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import RoleAssignment, WorkGroup
from manuals.models import ClauseChange, Edition, EditionEntry

from ..limits import REASON_MINIMUM
from .amendment import Amendment
from .comment import Comment
from .hearing import Hearing


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", "เห็นชอบตามที่เสนอ"
    ACCEPTED_WITH_CHANGES = "accepted_with_changes", "เห็นชอบโดยปรับถ้อยคำ"
    ALREADY_COVERED = "already_covered", "กำหนดไว้แล้ว"
    NOT_ACCEPTED = "not_accepted", "ไม่เห็นชอบตามที่เสนอ"
    REFERRED = "referred", "ส่งต่อ"
    DEFERRED = "deferred", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"
    OUT_OF_SCOPE = "out_of_scope", "นอกขอบเขต"
    NOTED = "noted", "รับทราบ"
    WITHDRAWN = "withdrawn", "ถอนแล้ว"


class AnswerPublication(models.Model):
    """The answers of a group, published together. Objections are open until `objections_until`: the moment of the
    publication itself where the hearing takes none."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="publications")
    work_group = models.ForeignKey(
        WorkGroup, models.PROTECT, null=True, blank=True, related_name="publications"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    objections_until = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.work_group_id}"

    @property
    def took_objections(self) -> bool:
        """Whether there ever was a time to object."""
        return self.objections_until > self.at

    @property
    def takes_objections(self) -> bool:
        return timezone.now() < self.objections_until


class Disposition(models.Model):
    """ผลการพิจารณา. An accepted one says what it did to the words (`effect`)."""

    class Effect(models.TextChoices):
        CHANGED = "changed", "แก้ถ้อยคำแล้ว"
        NO_TEXT_CHANGE = "no_text_change", "ไม่ต้องแก้ถ้อยคำ"
        TO_DRAFT = "to_draft", "รอยกร่าง"
        NONE = "none", "ไม่มีผลต่อถ้อยคำ"

    Outcome = Outcome

    outcome = models.CharField(max_length=24, choices=Outcome)
    reason = models.TextField(blank=True)
    points_to = models.ForeignKey(
        EditionEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    referred_to = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=14, choices=Effect, default=Effect.NONE)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    publication = models.ForeignKey(
        AnswerPublication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dispositions",
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    history = ActHistory()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "noted", "withdrawn"])
                | Q(GreaterThanOrEqual(Length("reason"), REASON_MINIMUM)),
                name="disposition_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("decided_by")),
                name="second_person_confirms",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_accepted", publication__isnull=False)
                | Q(confirmed_by__isnull=False),
                name="published_refusal_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(
                    outcome__in=["accepted", "accepted_with_changes"], effect="none"
                ),
                name="accepted_disposition_says_what_it_did",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="noted") | Q(effect="none"),
                name="noted_disposition_changes_no_words",
            ),
            models.CheckConstraint(
                condition=~Q(effect="no_text_change")
                | Q(GreaterThanOrEqual(Length("reason"), REASON_MINIMUM)),
                name="no_text_change_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(effect="to_draft")
                | Q(assignee__isnull=False, due__isnull=False),
                name="drafting_debt_has_assignee_and_date",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmation_has_person_and_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "accepted",
                        "accepted_with_changes",
                        "already_covered",
                        "not_accepted",
                        "referred",
                        "deferred",
                        "out_of_scope",
                        "noted",
                        "withdrawn",
                    ]
                ),
                name="outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def needs_confirmation(self) -> bool:
        """A refusal needs a second person before it may be published (product.md)."""
        return self.outcome == Outcome.NOT_ACCEPTED and self.confirmed_by_id is None

    @property
    def family(self) -> str:
        """yes, no, elsewhere or wait: the four colours of an outcome (design-language.md)."""
        if self.outcome in (
            Outcome.ACCEPTED,
            Outcome.ACCEPTED_WITH_CHANGES,
            Outcome.NOTED,
        ):
            return "yes"
        if self.outcome in (Outcome.NOT_ACCEPTED, Outcome.OUT_OF_SCOPE):
            return "no"
        if self.outcome in (Outcome.DEFERRED, Outcome.WITHDRAWN):
            return "wait"
        return "elsewhere"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def by_facilitators(self) -> Self:
        return self.filter(role=RoleAssignment.Role.FACILITATOR)

    def by_advisers(self) -> Self:
        """Of experts and the central bureau: it stands beside those of the facilitators and replaces none."""
        return self.exclude(role=RoleAssignment.Role.FACILITATOR)


class Recommendation(models.Model):
    """What a facilitator recommends, or an expert or the central bureau advises; kept apart from the decision.

    `role` is as whom, at that time: facilitator, expert or central_bureau.
    """

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="recommendations")
    role = models.CharField(max_length=14, choices=RoleAssignment.Role)
    outcome = models.CharField(max_length=24, choices=Outcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["facilitator", "expert", "central_bureau"]),
                name="recommendation_is_of_an_adviser",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.outcome}"

    @property
    def is_of_facilitator(self) -> bool:
        return self.role == RoleAssignment.Role.FACILITATOR


class Answer(models.Model):
    """Which disposition answers a comment. Several comments may share one; one is current."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="answers")
    disposition = models.ForeignKey(Disposition, models.PROTECT, related_name="answers")
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(current=True),
                name="one_current_answer_per_comment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} ← {self.disposition_id}"


class ChangeCause(models.Model):
    """Why a change of words was made: a disposition, and the proposal it adopted. A change may have several: each of
    the comments that it answers is decided again by itself.

    `ended_in` is the last change that the same act made of the clause: several proposals taken together change it step
    by step, and only the last step says what was saved. It is `change` itself where there is one step.

    `carried_from` is the cause by which the change was made, where a later answer of the same comment took its place
    and left the words as they were; None for that cause itself."""

    change = models.ForeignKey(ClauseChange, models.PROTECT, related_name="causes")
    ended_in = models.ForeignKey(ClauseChange, models.PROTECT, related_name="+")
    disposition = models.ForeignKey(Disposition, models.PROTECT, related_name="changes")
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="causes"
    )
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried"
    )

    if TYPE_CHECKING:
        comments: int  # annotation of comments.reading.queries

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "disposition"],
                name="disposition_causes_a_change_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_id} ← {self.disposition_id}"

    @property
    def reason(self) -> str:
        """Why, as the decision says; where it says nothing, as whoever changed the words does. What the answer of
        before said is no reason any more."""
        if self.disposition.reason:
            return self.disposition.reason
        made_for = self.carried_from
        if made_for is not None and made_for.disposition.reason:
            return ""
        return self.change.reason


class Objection(models.Model):
    """The one objection a commenter may make to a published answer."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="objection")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        Disposition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_objections",
    )

    def __str__(self) -> str:
        return self.text[:60]


class AnchorResolution(models.Model):
    """Where a comment's anchor went in a later edition. Never guessed: unplaced waits for a person."""

    class State(models.TextChoices):
        SAME = "same", "ถ้อยคำเดิม"
        SHIFTED = "shifted", "ข้อความที่อ้างเลื่อนที่"
        TEXT_CHANGED = "text_changed", "ถ้อยคำเปลี่ยน"
        TEXT_REMOVED = "text_removed", "ข้อความที่อ้างตัดออกแล้ว"
        MOVED = "moved", "ย้ายไปข้ออื่น"
        SPLIT = "split", "แยกเป็นหลายข้อ"
        JOINED = "joined", "รวมกับข้ออื่น"
        RETIRED = "retired", "ยกเลิกข้อ"
        UNPLACED = "unplaced", "รอผู้ตรวจ"

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="resolutions")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        EditionEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State)
    span = models.JSONField(
        null=True, blank=True
    )  # {"field", "start", "end"} in code points
    method = models.CharField(max_length=20)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "edition"], name="one_resolution_per_edition"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unplaced", "retired"]) | Q(entry__isnull=False),
                name="placed_comment_has_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.state}"
