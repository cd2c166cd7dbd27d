"""The registry of laws, rules and orders the manuals cite."""

from django.db import models
from django.db.models import F, Q

from hearing_portal.shipped_lists import ListedModel


class LegalSource(ListedModel):
    class Status(models.TextChoices):
        IN_FORCE = "in_force", "ใช้บังคับ"
        AMENDED = "amended", "ใช้บังคับ (มีฉบับแก้ไข)"
        REPEALED = "repealed", "ยกเลิกแล้ว"

    key = models.CharField(max_length=80, unique=True)
    full_title = models.CharField(max_length=400)
    short_title = models.CharField(max_length=120)
    year_be = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=8, choices=Status)
    in_force_from = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    url = models.URLField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-year_be", "short_title"]

    def __str__(self) -> str:
        return self.short_title

    @property
    def is_repealed(self) -> bool:
        return self.status == self.Status.REPEALED


class LegalSuccession(models.Model):
    class Kind(models.TextChoices):
        AMENDS = "amends", "แก้ไขเพิ่มเติม"
        REPLACES = "replaces", "ใช้แทน"

    from_source = models.ForeignKey(
        LegalSource, models.PROTECT, related_name="successions"
    )
    to_source = models.ForeignKey(
        LegalSource, models.PROTECT, related_name="precedents"
    )
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_source", "to_source"],
                name="one_succession_per_pair",
            ),
            models.CheckConstraint(
                condition=~Q(from_source=F("to_source")),
                name="source_does_not_succeed_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_source_id} → {self.to_source_id} ({self.kind})"

    @property
    def said_of_earlier(self) -> str:
        """แทนที่โดย, แก้ไขโดย: what the later source did to the earlier one."""
        if self.kind == self.Kind.REPLACES:
            return "แทนที่โดย"
        return "แก้ไขโดย"
