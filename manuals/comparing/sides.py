"""What is compared: an edition, or the working draft."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..editions.services.freezing import DraftNode, load_draft_nodes
from ..models import Edition, EditionEntry, Manual

WORKING_DRAFT = "working-draft"  # stands for it in addresses, where editions have their codes


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
    origin: str = ""
    parent: UUID | None = None
    unit: str = ""


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
        return "ร่างที่กำลังเขียน" if self.edition is None else self.edition.title

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
        rows: Iterable[tuple[UUID, int | None, int, str, dict[str, Any], str, UUID | None]]
        if self.edition is not None:
            entries = self.edition.entries.filter(kind=EditionEntry.Kind.SECTION).order_by("ordinal")
            rows = entries.values_list("uuid", "section", "manual", "title", "data", "label", "parent__uuid")
        else:
            rows = []
            for node in self.draft_nodes:
                if node.kind == EditionEntry.Kind.SECTION:
                    row = (
                        node.uuid,
                        node.section_id,
                        node.manual_id,
                        node.title,
                        node.data,
                        node.label,
                        node.parent_uuid,
                    )
                    rows.append(row)
        sections: dict[int, SideSection] = {}
        titles: dict[UUID | None, str] = {}
        for uuid, section_id, manual_id, title, data, number, parent in rows:
            assert section_id is not None, "the entry of a section has one"
            titles[uuid] = title
            is_below = parent in titles  # else the manual is above it
            sections[section_id] = SideSection(
                uuid=uuid,
                section_id=section_id,
                manual_id=manual_id,
                title=title,
                kind=data.get("kind", ""),
                number=number,
                code=data.get("doc_code", ""),
                origin=data.get("origin", ""),
                parent=parent if is_below else None,
                unit=titles.get(parent, ""),
            )
        return sections

    def sections_of(self, manual_id: int) -> list[SideSection]:
        """Of one manual, in reading order."""
        return [section for section in self.sections.values() if section.manual_id == manual_id]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two states of the book, the older one first."""

    old: Side
    new: Side

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
