"""A proposal of wording: a whole content, so a table cell or a step's time can be amended like a sentence."""

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import AreaOffice
from manuals.models import Clause, Section, TextBlob

from .comment import Comment


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def active(self) -> Self:
        """Without those given up: their comment was edited and proposes no words now (Amendment.is_active)."""
        return self.exclude(~Q(op=Amendment.Op.DELETE), proposed={})

    def with_is_adopted(self) -> Self:
        """Adds `is_adopted`: its words went into the clause, by an answer that counts and is not published yet."""
        adopted = Amendment.objects.filter(
            pk=OuterRef("pk"),
            causes__disposition__answers__current=True,
            causes__disposition__publication__isnull=True,
        )
        return self.annotate(is_adopted=Exists(adopted))


class Amendment(models.Model):
    """ข้อเสนอแก้ไขถ้อยคำ. `proposed` as written, `rebased` onto later words, `enacted_blob` what was adopted."""

    class Op(models.TextChoices):
        REPLACE = "replace", "แก้ถ้อยคำ"
        INSERT_AFTER = "insert_after", "เพิ่มต่อจากข้อนี้"
        DELETE = "delete", "ตัดออก"
        MOVE = "move", "ย้าย"
        SPLIT = "split", "แยก"
        JOIN = "join", "รวม"
        NEW_PROCESS = "new_process", "กระบวนงานใหม่"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comment = models.ForeignKey(
        Comment, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    base_blob = models.ForeignKey(
        TextBlob, models.PROTECT, null=True, blank=True, related_name="+"
    )
    op = models.CharField(max_length=12, choices=Op)
    proposed = models.JSONField(default=dict)
    rebased = models.JSONField(null=True, blank=True)
    enacted_blob = models.ForeignKey(
        TextBlob, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    history = ActHistory()
    objects = AmendmentQuerySet.as_manager()

    if TYPE_CHECKING:
        is_adopted: bool  # an annotation: there only on the rows of with_is_adopted

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(op__in=["replace", "delete"])
                | Q(clause__isnull=False, base_blob__isnull=False),
                name="replacement_and_deletion_have_clause_and_base",
            )
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.clause_id or self.section_id}"

    @property
    def is_active(self) -> bool:
        """Nothing said is deleted: a proposal given up stays as a row without words; a deletion never has any."""
        return bool(self.proposed) or self.op == self.Op.DELETE

    @property
    def fingerprint(self) -> str:
        """What is proposed, in a few characters, as a form sends it: its author may rewrite it where it stands."""
        proposed = json.dumps(
            [self.op, self.proposed], sort_keys=True, ensure_ascii=False
        )
        return hashlib.sha256(proposed.encode()).hexdigest()[:16]
