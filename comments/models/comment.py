"""A comment, its visibility (moderation) and its supporters. What was decided about it is in disposition.py."""

import uuid
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import AreaOffice, RoleAssignment
from hearing_portal.directory.permissions import Visitor
from manuals.models import EditionEntry

from ..limits import SHORT_REASON_LIMIT, TEXT_LIMIT
from .hearing import HearingSession
from .visibility import Sight, Visibility, comments_seen_by, comments_within

if TYPE_CHECKING:
    from .amendment import Amendment
    from .disposition import Answer


class IssueClass(models.TextChoices):
    COMPLEX = "complex", "ซับซ้อน"
    NEW = "new", "เกิดขึ้นใหม่"
    ADDITIONAL = "additional", "เพิ่มเติม"
    OVERLAP = "overlap", "ทับซ้อน/ซ้ำซ้อน"
    LEGAL_BASIS = "legal_basis", "ข้อกฎหมาย"
    TECHNOLOGY = "technology", "เทคโนโลยี"
    OUTDATED = "outdated", "ไม่เป็นปัจจุบัน"


class CommentQuerySet(models.QuerySet["Comment"]):
    def with_visibility(self) -> Self:
        """Adds `visibility_now` and `hidden_reason` from the latest Moderation row; every comment has one."""
        return self.annotate(**_latest_moderation())

    def visible_to(self, user: Visitor) -> Self:
        """What this reader may see, hidden ones included as stubs: see visibility.py."""
        return self.with_visibility().filter(comments_seen_by(user))

    def seen_within(self, sight: Sight, seer_id: int, groups: list[int]) -> Self:
        """As visible_to, of the parts of `seer_of`: for statements that are kept."""
        return self.with_visibility().filter(comments_within(sight, seer_id, groups))

    def shown(self) -> Self:
        """Neither held back nor hidden. Rows of `with_visibility` or `visible_to`."""
        return self.filter(Q(visibility_now=Visibility.SHOWN))

    def undecided(self) -> Self:
        return self.exclude(answers__current=True)


@cache  # every list of comments asks: to put it together takes longer than to answer
def _latest_moderation() -> dict[str, Any]:
    latest = Moderation.objects.filter(comment=OuterRef("pk")).order_by("-id")
    return {
        "visibility_now": Subquery(latest.values("visibility")[:1]),
        "hidden_reason": Subquery(latest.values("reason")[:1]),
    }


class Comment(models.Model):
    """ความคิดเห็น on an entry of an edition: exactly the wording its author read."""

    class Type(models.TextChoices):
        AGREE = "agree", "เห็นชอบ"
        AMEND = "amend", "ขอแก้ไข"
        ADD = "add", "ขอเพิ่ม"
        DELETE = "delete", "ขอตัด"
        ASK = "ask", "สอบถาม"

    class Channel(models.TextChoices):
        WEB = "web", "ระบบออนไลน์"
        ROOM = "room", "ด้วยวาจาในห้องประชุม"
        PAPER = "paper", "แบบฟอร์มกระดาษ"
        SPREADSHEET = "spreadsheet", "ตารางคำนวณ"
        WORD = "word", "ไฟล์ Word"

    IssueClass = IssueClass

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="comments")
    entry = models.ForeignKey(EditionEntry, models.PROTECT, related_name="comments")
    field = models.CharField(max_length=80, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    type = models.CharField(max_length=6, choices=Type)
    issue_class = models.CharField(
        max_length=12, choices=IssueClass, null=True, blank=True
    )
    issue_data = models.JSONField(default=dict, blank=True)
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField()
    body_sha = models.CharField(max_length=64)
    role = models.CharField(max_length=14, choices=RoleAssignment.Role)
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    office_kind = models.CharField(
        max_length=10, choices=AreaOffice.Kind, null=True, blank=True
    )
    channel = models.CharField(max_length=11, choices=Channel, default=Channel.WEB)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(
        null=True, blank=True
    )  # by its author, the last time; the history has the words
    # Of the last edit and the key it was sent with: one whose answer got lost is known again when it comes again
    edit_sha = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )

    history = ActHistory()
    objects = CommentQuerySet.as_manager()

    if TYPE_CHECKING:
        # Annotations: there only on the rows of the query named
        visibility_now: str  # with_visibility
        hidden_reason: str  # with_visibility
        section_title: str | None  # comments.citations.with_section_title
        argument_id: int | None  # comments.commenting.queries.comments.with_argument
        awaits_advice: bool  # comments.desk.queries.queue
        has_advice: bool  # comments.desk.queries.queue
        # What cards show, given by comments.commenting.queries.card_parts
        shown_answers: list["Answer"]
        shown_amendments: list["Amendment"]

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["entry", "id"], name="comment_by_entry"),
            # Counting comments and who spoke reads this alone, not the rows with their texts (tests/benchmarks/web.py)
            models.Index(
                fields=["entry"],
                include=[
                    "id",
                    "session",
                    "type",
                    "office",
                    "office_kind",
                    "parent",
                    "issue_class",
                    "triaged_at",
                ],
                name="comment_counts",
            ),
            models.Index(fields=["author", "-id"], name="comment_by_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_by", "client_key"], name="one_comment_per_client_key"
            ),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(
                    span_start__isnull=False,
                    span_end__isnull=False,
                    span_end__gt=F("span_start"),
                ),
                name="span_is_whole_and_not_empty",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), TEXT_LIMIT),
                name="comment_text_within_limit",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(office__isnull=True, office_kind__isnull=True)
                | Q(office__isnull=False, office_kind__isnull=False),
                name="comment_of_office_keeps_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(type__in=["agree", "amend", "add", "delete", "ask"]),
                name="comment_type_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="comment_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def visibility(self) -> str:
        """What the latest Moderation says; a query unless the row came from `with_visibility()`."""
        if not hasattr(self, "visibility_now"):
            # Every comment has one: the first is made with it
            latest = self.moderations.order_by("-id")[0]
            self.visibility_now = latest.visibility
            self.hidden_reason = latest.reason
        return self.visibility_now

    @property
    def is_hidden(self) -> bool:
        return self.visibility == Moderation.Visibility.HIDDEN

    @property
    def is_held(self) -> bool:
        return self.visibility == Moderation.Visibility.HELD

    @property
    def is_triaged(self) -> bool:
        return self.triaged_at is not None

    @property
    def words_mark(self) -> str:
        """Which words of the comment a page shows: another one once its author edits it. What is said of a comment
        names the words it was said of."""
        return self.edited_at.isoformat() if self.edited_at else "first"


class Moderation(models.Model):
    """An act on the visibility of a comment; the latest one counts. The first is made with the comment."""

    Visibility = Visibility

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="moderations")
    visibility = models.CharField(max_length=6, choices=Visibility)
    reason = models.CharField(max_length=SHORT_REASON_LIMIT, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["comment", "-id"], name="moderation_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility="hidden") | ~Q(reason=""),
                name="hidden_comment_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["held", "shown", "hidden"]),
                name="visibility_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.visibility}"


class Reclassing(models.Model):
    """A facilitator's change of the issue class, with a reason; the latest one counts."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reclassings")
    issue_class = models.CharField(
        max_length=12, choices=IssueClass, null=True, blank=True
    )
    reason = models.CharField(max_length=SHORT_REASON_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="reclassing_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.issue_class}"


class SupportQuerySet(models.QuerySet["Support"]):
    def active(self) -> Self:
        """Without those taken back, or lapsed."""
        return self.filter(taken_back_at__isnull=True)

    def lapsed(self) -> Self:
        """Those of which the author changed the words, and the office has not supported the new ones."""
        again = Support.objects.active().filter(
            comment=OuterRef("comment"), office=OuterRef("office")
        )
        return self.filter(Q(lapsed=True), ~Exists(again))


class Support(models.Model):
    """An office stands behind a comment, once, whoever of its people pressed the button. Taken back it stays as a
    row; supporting again makes another."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="supports")
    # That of the comment, written by the database: by it a page finds the supports of its entries
    entry = models.ForeignKey(
        EditionEntry, models.PROTECT, related_name="+", editable=False, db_index=False
    )
    office = models.ForeignKey(AreaOffice, models.PROTECT, related_name="supports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # Nobody of the office took it back: the author, whom `taken_back_by` names, made of the words something else
    lapsed = models.BooleanField(default=False)
    # Of the device: what it sends again, because the answer got lost, is the support it gave already
    client_key = models.UUIDField(null=True, blank=True, editable=False)

    objects = SupportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["entry"],
                include=["comment", "office"],
                condition=Q(taken_back_at__isnull=True),
                name="active_supports",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "office"],
                condition=Q(taken_back_at__isnull=True),
                name="one_support_per_office_and_comment",
            ),
            models.UniqueConstraint(
                fields=["by", "client_key"], name="one_support_per_client_key"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="support_is_taken_back_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(lapsed=False) | Q(taken_back_at__isnull=False),
                name="lapsed_support_is_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} → {self.comment_id}"
