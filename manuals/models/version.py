"""What was written when: immutable texts, and the acts that changed them."""

from collections.abc import Mapping
from enum import StrEnum

import reversion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..content import Content, content_from_json, written_words
from .clause import Clause
from .section import Section


class TextBlob(models.Model):
    """A content, stored once under its hash. Immutable by trigger."""

    sha = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()
    plain = models.TextField(blank=True)
    text_sha = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.sha[:12]

    @property
    def words(self) -> str:
        """As they are read: see written_words."""
        return written_words(self.content["kind"], self.plain)

    @property
    def as_content(self) -> Content:
        return content_from_json(self.content)


class BlobIndex(models.Model):
    """Search words of a blob. Derived and rebuildable: tokeniser versions change.

    `tokens` are the words in reading order, `tsv` the set of them, `search_text` the whole text: all three in the
    one form that search looks for (thai.text.search_form).
    """

    blob = models.ForeignKey(TextBlob, models.CASCADE, related_name="+")
    tokenizer = models.CharField(max_length=40)
    tokens = models.TextField()
    search_text = models.TextField(default="")
    tsv = SearchVectorField(null=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["search_text"],
                name="blob_index_by_phrase",
                opclasses=["gin_trgm_ops"],
                fastupdate=False,
            ),
            GinIndex(fields=["tsv"], name="blob_index_by_word", fastupdate=False),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["blob", "tokenizer"], name="one_index_per_blob_and_tokenizer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.blob_id[:12]} {self.tokenizer}"


class EditionWord(models.Model):
    """A word of an edition's clauses, in search form, with the number of clauses that have it: what somebody who spelt
    otherwise may have meant. Derived from BlobIndex and rebuildable, as that is."""

    edition = models.ForeignKey("manuals.Edition", models.CASCADE, related_name="+")
    tokenizer = models.CharField(max_length=40)
    word = models.CharField(max_length=100)
    clauses = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "tokenizer", "word"],
                name="one_count_per_word_and_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.clauses}"


class TokenDiff(models.Model):
    """A stored diff: [[field, [[tag, a0, a1, b0, b1], …]], …] in code points of the fields' texts."""

    from_sha = models.CharField(max_length=64)
    to_sha = models.CharField(max_length=64)
    tokenizer = models.CharField(max_length=40)
    ops = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_sha", "to_sha", "tokenizer"], name="one_diff_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_sha[:8]} → {self.to_sha[:8]}"


DONE_AGAIN = "ทำซ้ำ"  # begins the reason of an act that undid an undoing


class OrderingReason(StrEnum):
    """What the portal itself writes where somebody moves something one place, or one level: nobody's reason."""

    UP = "เลื่อนขึ้น"
    DOWN = "เลื่อนลง"
    IN = "เลื่อนเป็นข้อย่อย"
    OUT = "เลื่อนออกหนึ่งระดับ"


class SectionVersion(models.Model):
    """One row for each section an act touched. `number` is the section's version after the act. `undoes` is the act
    that this one undid or did again.

    `state` is the section's own row after the act (title, data, position), because a renamed process is a change
    too: {"title", "data", "kind", "origin", "applies_to", "manual", "parent", "rank", "retired"}.
    """

    class Action(models.TextChoices):
        ADD = "add", "เพิ่ม"
        EDIT = "edit", "แก้ไข"
        ADOPT = "adopt", "แก้ไขตามข้อเสนอ"
        SPLIT = "split", "แยกข้อ"
        JOIN = "join", "รวมข้อ"
        MOVE = "move", "ย้าย"
        RETIRE = "retire", "ยกเลิก"
        RESTORE = "restore", "เรียกคืน"
        IMPORT = "import", "นำเข้า"
        UNDO = "undo", "ย้อนกลับ"

    revision = models.ForeignKey(
        reversion.models.Revision, models.PROTECT, related_name="section_versions"
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    state = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    undoes = models.ForeignKey(
        reversion.models.Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undoings",
    )

    class Meta:
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="one_version_per_section_and_number",
            ),
            models.UniqueConstraint(
                fields=["revision", "section"],
                name="one_version_per_act_and_section",
            ),
            models.CheckConstraint(
                condition=Q(action="undo", undoes__isnull=False)
                | Q(~Q(action="undo"), undoes__isnull=True),
                name="undoing_names_what_it_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} รุ่นที่ {self.number}"

    @property
    def does_again(self) -> bool:
        """Whether this undid an undoing: the reason of such an act is the portal's own."""
        return self.action == self.Action.UNDO and self.reason.startswith(DONE_AGAIN)

    @property
    def told_action(self) -> str:
        """One query for a split or a join that does not come from with_reach."""
        if self.does_again:
            return DONE_AGAIN
        if self.action in ACTS_ON_PROCESSES:
            reaches: bool | None = getattr(self, "reaches_others", None)
            if reaches is None:
                others = self.revision.section_versions.exclude(pk=self.pk)
                reaches = others.exists()
            if reaches:
                return ACTS_ON_PROCESSES[self.action]
        return str(self.get_action_display())


# Clauses are split and joined within a process
ACTS_ON_PROCESSES: Mapping[str, str] = {
    SectionVersion.Action.SPLIT.value: "แยกกระบวนงาน",
    SectionVersion.Action.JOIN.value: "รวมกระบวนงาน",
}


def with_reach(versions: QuerySet[SectionVersion]) -> QuerySet[SectionVersion]:
    """Each with whether its act changed other sections too."""
    others = SectionVersion.objects.filter(revision=OuterRef("revision"))
    return versions.annotate(reaches_others=Exists(others.exclude(pk=OuterRef("pk"))))


class ClauseChange(models.Model):
    """What one act did to one clause. `to_*` is its position after the act; blobs are the wording before and after."""

    class Kind(models.TextChoices):
        ADDED = "added", "เพิ่ม"
        REWORDED = "reworded", "แก้ถ้อยคำ"
        FORMATTED = "formatted", "แก้รูปแบบ"
        MOVED = "moved", "ย้าย"
        RETIRED = "retired", "ยกเลิก"
        RESTORED = "restored", "เรียกคืน"
        SPLIT = "split", "แยก"
        JOINED = "joined", "รวม"

    revision = models.ForeignKey(
        reversion.models.Revision, models.PROTECT, related_name="clause_changes"
    )
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    from_blob = models.ForeignKey(
        TextBlob, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_blob = models.ForeignKey(
        TextBlob, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_part = models.PositiveSmallIntegerField(null=True, blank=True)
    to_parent = models.UUIDField(null=True, blank=True)
    to_rank = models.CharField(max_length=200, null=True, blank=True, db_collation="C")
    to_numbering = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "clause"],
                name="one_change_per_act_and_clause",
            ),
            models.CheckConstraint(
                condition=Q(from_blob__isnull=False) | Q(to_blob__isnull=False),
                name="change_has_a_wording",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.kind}"
