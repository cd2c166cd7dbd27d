"""What was read from a file or a pasted text, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from ..content import AppliesTo, Content, Step


@dataclass(slots=True)
class ClauseDraft:
    """A clause as read. `source_label` is the number printed in the source, in Arabic digits."""

    part: int
    content: Content
    numbering: str = "none"
    parent: UUID | None = None
    source_label: str = ""
    uuid: UUID = field(default_factory=uuid4)


@dataclass(slots=True)
class ProcessDraft:
    """A process as read: title (part 1), headers, clauses in reading order, what a person should look at."""

    title: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    clauses: list[ClauseDraft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    repairs: int = 0

    @property
    def section_data(self) -> dict[str, str]:
        """Section.data as the headers tell it."""
        data = {}
        for key in ("doc_code", "indicator"):
            if self.headers.get(key):
                data[key] = self.headers[key]
        return data

    @property
    def applies_to(self) -> str:
        """The kind of office the header names; both where it says "ทั้งสองประเภท", or nothing that is known."""
        words = self.headers.get("applies_to", "")
        for kind in (AppliesTo.PRIMARY, AppliesTo.SECONDARY):
            if words == kind.label:
                return kind.value
        return AppliesTo.BOTH.value


def rename_branch_targets(content: Content, new_uuids: Mapping[UUID, UUID]) -> Content:
    """A step's branches under the new uuids of the steps they lead to; any other content as it is."""
    if not isinstance(content, Step):
        return content
    branches = []
    for branch in content.next:
        target = new_uuids[UUID(branch["to"])]
        branches.append({**branch, "to": str(target)})
    return replace(content, next=branches)
