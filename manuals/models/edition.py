"""Editions: frozen states of the whole tree. An edition never changes once sealed (database triggers)."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.acts.history import ActHistory

from ..content import AppliesTo
from .clause import Clause
from .manual import Manual
from .section import Section
from .version import TextBlob

# What a clause's entry keeps of where its words came from, in its data: uuids of clauses that the book has no more and
# whose words this one has, sorted, and of the one in the book that it was split off from
HAS_WORDS_OF = "has_words_of"
SPLIT_FROM = "split_from"
SPLIT_REASON = "split_reason"  # of a section that was split off: why
# What a manual's entry keeps: {uuid of a process that left before: why, a list of texts}
LEFT = "left"


class Seal(NamedTuple):
    """When an edition was sealed, and the hash of all it says (64 hex digits)."""

    at: datetime
    manifest_sha: str


class EditionQuerySet(models.QuerySet["Edition"]):
    def sealed(self) -> Self:
        return self.filter(sealed_at__isnull=False)


class Edition(models.Model):
    """ฉบับ. Inserted unsealed, entries inserted, then sealed once, in one transaction. Release is a row of its own."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", "ฉบับเดิม"
        HEARING = "hearing", "ร่างรับฟังความคิดเห็น"
        REVISED = "revised", "ฉบับปรับปรุง"
        FINAL = "final", "ฉบับสมบูรณ์"
        SNAPSHOT = "snapshot", "ร่าง ณ วันที่จัดทำ"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200)
    basis = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derived"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    manifest_sha = models.CharField(max_length=64, null=True, blank=True)
    policy_version = models.CharField(max_length=40)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-sealed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, manifest_sha__isnull=True)
                | Q(sealed_at__isnull=False, manifest_sha__isnull=False),
                name="sealed_edition_has_its_manifest_sha",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def seal(self) -> Seal:
        """ValueError while the edition is being made: nobody but freezing sees it then."""
        if self.sealed_at is None or self.manifest_sha is None:
            raise ValueError(f"{self.code} is not sealed yet")
        return Seal(self.sealed_at, self.manifest_sha)

    @property
    def is_draft(self) -> bool:
        """Whether its pages carry the frame "ร่าง"."""
        return self.kind not in (self.Kind.BASELINE, self.Kind.FINAL)


class ArchivalRecord(models.Model):
    """Where an archival edition came from: a file, not this portal's working draft. Immutable by trigger."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="archival_record"
    )
    code = models.CharField(
        max_length=40
    )  # in the portal that sealed it; here it may have got another one
    basis_code = models.CharField(
        max_length=40, blank=True
    )  # there, whether that edition is here or not
    file_sha = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.code} {self.file_sha[:12]}"


class EditionRelease(models.Model):
    class Audience(models.TextChoices):
        HEARING = "hearing", "ผู้เข้าร่วมประชาพิจารณ์"
        PUBLIC = "public", "ประชาชน"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="releases")
    audience = models.CharField(max_length=7, choices=Audience)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    history = ActHistory()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "audience"],
                name="one_release_per_edition_and_audience",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.audience}"


class EditionEntry(models.Model):
    """A manual, section or clause as it stood in an edition: what a comment points to."""

    class Kind(models.TextChoices):
        MANUAL = "manual", "คู่มือ"
        SECTION = "section", "หมวด/กระบวนงาน"
        CLAUSE = "clause", "ข้อ"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=7, choices=Kind)
    manual = models.ForeignKey(Manual, models.PROTECT, related_name="+")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    uuid = models.UUIDField()
    part = models.PositiveSmallIntegerField(default=0)
    ordinal = models.PositiveIntegerField()
    path = models.CharField(
        max_length=400
    )  # "DIR/3.1/5.4 1)": manual, section's number, clause as cited
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    # A section's own facts, frozen with it: {"kind", "doc_code", "indicator", "origin"}; a clause's: {"depth"}, and
    # where its words came from
    data = models.JSONField(default=dict, blank=True)
    applies_to = models.CharField(
        max_length=9, choices=AppliesTo, default=AppliesTo.BOTH
    )
    numbering = models.CharField(max_length=16, blank=True)
    blob = models.ForeignKey(
        TextBlob, models.PROTECT, null=True, blank=True, related_name="+"
    )

    if TYPE_CHECKING:
        section_title: (
            str | None
        )  # an annotation: there only on the rows of queries that add it

    class Meta:
        ordering = ["edition", "ordinal"]
        indexes = [
            models.Index(
                fields=["edition"],
                condition=Q(data__has_key=HAS_WORDS_OF),
                name="entries_that_took_words_in",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "uuid"],
                name="one_entry_per_edition_and_node",
            ),
            models.UniqueConstraint(
                fields=["edition", "ordinal"],
                name="one_entry_per_edition_and_ordinal",
            ),
            models.CheckConstraint(
                condition=Q(kind="clause", clause__isnull=False, blob__isnull=False)
                | (~Q(kind="clause") & Q(clause__isnull=True, blob__isnull=True)),
                name="clause_entry_has_clause_and_blob",
            ),
            models.CheckConstraint(
                condition=Q(kind="manual") | Q(section__isnull=False),
                name="entry_below_manual_has_section",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["manual", "section", "clause"]),
                name="entry_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    @property
    def cite(self) -> str:
        """The number as people cite it ("5.4 1)"): of a clause the last element of the path, blanks kept."""
        if self.kind == self.Kind.CLAUSE:
            return self.path.rpartition("/")[2]
        return self.label

    @property
    def clause_blob(self) -> TextBlob:
        """The wording of a clause's entry; ValueError for a manual or a section, which have none."""
        if self.blob is None:
            raise ValueError(
                f"{self.path} is a {self.kind}: only clauses have a wording"
            )
        return self.blob

    @property
    def depth(self) -> int:
        """How deep a clause stands below the top of its part; frozen in the path."""
        return int(self.data.get("depth", 0))
