"""A show of hands by offices: the question, one answer of each office, and the result that is kept."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import AreaOffice
from manuals.models import EditionEntry

from .hearing import HearingSession


class Poll(models.Model):
    """ยกมือ: what the session asks its offices. It advises and decides nothing. Once ended nothing of it changes
    (trigger); its edition is its session's.

    `result` is None until the end, then {"answers": {"primary": {"yes": 3, "no": 1, "abstain": 0}, "secondary": …},
    "registered": {"primary": 10, "secondary": 4}, "present": …, "needed": offices, 0 without a quorum}.
    """

    class Quorum(models.TextChoices):
        NONE = "none", "ไม่กำหนด"
        REGISTERED = "registered", "กึ่งหนึ่งของเขตที่ลงทะเบียนไว้"
        PRESENT = "present", "กึ่งหนึ่งของเขตที่มาประชุม"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="polls")
    entry = models.ForeignKey(
        EditionEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(max_length=300)
    hides_counts = models.BooleanField(default=False)  # until it ends
    quorum = models.CharField(max_length=10, choices=Quorum, default=Quorum.NONE)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(ended_at__isnull=True),
                name="one_question_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(question=""), name="poll_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(quorum__in=["none", "registered", "present"]),
                name="quorum_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_at__isnull=True, ended_by__isnull=True, result__isnull=True
                )
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    result__isnull=False,
                ),
                name="ended_poll_has_its_result",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class Vote(models.Model):
    """The answer of one office. Changed until the poll ends, by whom its standing allows; then neither changed, added
    nor taken away (triggers)."""

    class Answer(models.TextChoices):
        YES = "yes", "เห็นชอบ"
        NO = "no", "ไม่เห็นชอบ"
        ABSTAIN = "abstain", "ไม่แสดงความคิดเห็น"

    class Standing(models.TextChoices):
        RECORDED = "recorded", "ผู้ดำเนินเวทีบันทึกแทน"
        DELEGATE = "delegate", "ผู้แทน"
        HEAD = "head", "ผอ.สพท."

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="votes")
    office = models.ForeignKey(AreaOffice, models.PROTECT, related_name="+")
    office_kind = models.CharField(max_length=10, choices=AreaOffice.Kind)
    answer = models.CharField(max_length=7, choices=Answer)
    standing = models.CharField(max_length=8, choices=Standing)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "office"], name="one_vote_per_office_and_poll"
            ),
            models.CheckConstraint(
                condition=Q(office_kind__in=["primary", "secondary"]),
                name="vote_keeps_the_kind_of_its_office",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no", "abstain"]),
                name="answer_to_poll_is_known",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["recorded", "delegate", "head"]),
                name="standing_of_vote_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.office_id} {self.answer}"

    @property
    def mark(self) -> str:
        """Which answer of the office a page shows: another one once it is changed."""
        return self.at.isoformat()
