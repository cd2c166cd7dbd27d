"""What is compared: an edition, or the working draft."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from ..content import AppliesTo
from ..editions.services.freezing import DraftNode, load_draft_nodes
from ..models import Edition, EditionEntry, Manual
from ..models.edition import SPLIT_REASON

# Stands for it in addresses, where editions have their codes
WORKING_DRAFT = "working-draft"


@dataclass(frozen=True, slots=True)
class SideSection:
    """A section as it stands on one side. `number` is its own ("3.1"), `code` that of its document; `unit` is the title
    of the section above it, "" at the top of a manual."""

    uuid: UUID
    section_id: int
    manual_id: int
    title: str
    kind: str
    number: str = ""
    code: str = ""
    indicator: str = ""
    origin: str = ""
    applies_to: str = AppliesTo.BOTH.value
    parent: UUID | None = None
    unit: str = ""
    split_reason: str = ""  # as the edition tells it


class _SectionRow(NamedTuple):
    """What a side keeps of a section, whether it is an edition or the working draft."""

    uuid: UUID
    section_id: int | None
    manual_id: int
    title: str
    data: dict[str, Any]
    applies_to: str
    label: str
    parent: UUID | None


def _section_rows_of(nodes: Iterable[DraftNode]) -> list[_SectionRow]:
    rows = []
    for node in nodes:
        if node.kind == EditionEntry.Kind.SECTION:
            row = _SectionRow(
                uuid=node.uuid,
                section_id=node.section_id,
                manual_id=node.manual_id,
                title=node.title,
                data=node.data,
                applies_to=node.applies_to,
                label=node.label,
                parent=node.parent_uuid,
            )
            rows.append(row)
    return rows


@dataclass(frozen=True)
class Side:
    """`edition` is None for the working draft. `manuals` are those of it that this reader may read; None is all."""

    edition: Edition | None
    manuals: Collection[Manual] | None = None

    @property
    def code(self) -> str:
        return WORKING_DRAFT if self.edition is None else self.edition.code

    @property
    def title(self) -> str:
        return "ร่างปัจจุบัน" if self.edition is None else self.edition.title

    @property
    def at(self) -> datetime:
        """Up to when acts went into it."""
        return timezone.now() if self.edition is None else self.edition.seal.at

    @cached_property
    def draft_nodes(self) -> list[DraftNode]:
        """Of the working draft, in reading order; none of an edition. Three queries, once."""
        if self.edition is not None:
            return []
        return load_draft_nodes(list(self.manuals or ()))

    @cached_property
    def sections(self) -> dict[int, SideSection]:
        """By their ids, in reading order. One query for an edition, none more for a working draft that is loaded."""
        if self.edition is not None:
            entries = self.edition.entries.filter(
                kind=EditionEntry.Kind.SECTION
            ).order_by("ordinal")
            values = entries.values_list(
                "uuid",
                "section",
                "manual",
                "title",
                "data",
                "applies_to",
                "label",
                "parent__uuid",
            )
            rows = [_SectionRow(*row) for row in values]
        else:
            rows = _section_rows_of(self.draft_nodes)
        sections: dict[int, SideSection] = {}
        titles: dict[UUID | None, str] = {}
        for row in rows:
            assert row.section_id is not None, "the entry of a section has one"
            titles[row.uuid] = row.title
            is_below = row.parent in titles  # else the manual is above it
            sections[row.section_id] = SideSection(
                uuid=row.uuid,
                section_id=row.section_id,
                manual_id=row.manual_id,
                title=row.title,
                kind=row.data.get("kind", ""),
                number=row.label,
                code=row.data.get("doc_code", ""),
                indicator=row.data.get("indicator", ""),
                origin=row.data.get("origin", ""),
                applies_to=row.applies_to,
                parent=row.parent if is_below else None,
                unit=titles.get(row.parent, ""),
                split_reason=row.data.get(SPLIT_REASON, ""),
            )
        return sections

    def sections_of(self, manual_id: int) -> list[SideSection]:
        """Of one manual, in reading order."""
        sections = []
        for section in self.sections.values():
            if section.manual_id == manual_id:
                sections.append(section)
        return sections


@dataclass(frozen=True, slots=True)
class Sides:
    """Two states of the book, the older one first."""

    old: Side
    new: Side

    @property
    def are_successive(self) -> bool:
        """Whether the newer one is an edition that was made on the older one."""
        if self.old.edition is None or self.new.edition is None:
            return False
        return self.new.edition.basis_id == self.old.edition.pk

    @property
    def manual_ids(self) -> list[int] | None:
        """Those of the manuals that may be read on both; None is all."""
        readable: set[int] | None = None
        for side in (self.old, self.new):
            if side.manuals is None:
                continue
            ids = {manual.pk for manual in side.manuals}
            if readable is not None:
                ids &= readable
            readable = ids
        if readable is None:
            return None
        return sorted(readable)
