"""One node of a manual's tree, ready to be shown, printed or compared: from an edition or the working draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .content import AppliesTo, Content
from .labels import Labelled


@dataclass(frozen=True, slots=True)
class EntryView:
    """`label` is the node's own number ("1)"), `cite` the number people cite it by ("5.4 1)"), both in Arabic
    digits; `depth` counts from 0 within the part. `content` is None for manuals and sections."""

    uuid: UUID
    kind: str  # manual | section | clause
    title: str = ""
    part: int = 0
    label: str = ""
    cite: str = ""
    depth: int = 0
    numbering: str = "none"
    applies_to: str = AppliesTo.BOTH.value
    section_kind: str = ""  # front | mission | unit | process | chapter | annex
    data: Mapping[str, Any] = field(
        default_factory=dict
    )  # of a section: doc_code, indicator, origin; of a clause: depth, and where its words came from
    content: Content | None = None
    sha: str = ""
    entry_id: int | None = None  # EditionEntry.pk
    clause_id: int | None = None
    section_id: int | None = None

    @property
    def clause_content(self) -> Content:
        """The content of a clause; ValueError for a manual or a section, which have none."""
        if self.content is None:
            raise ValueError(
                f"{self.title} is a {self.kind}: only clauses have a content"
            )
        return self.content

    @property
    def names_it_answers_to(self) -> list[str]:
        """The UUIDs that references may know it by: its own, and those of what was joined to it before the book was
        made (models.edition.HAS_WORDS_OF)."""
        return [str(self.uuid), *self.data.get("has_words_of", ())]

    @property
    def applies_to_label(self) -> str:
        """The kind of area office it is for ("สพป."), in words."""
        return str(AppliesTo(self.applies_to).label)


@dataclass(frozen=True, slots=True)
class ClauseState:
    """A clause as it once stood in the working draft; the attributes labels.py wants are here too. `sha` is left out
    where the content is only as much of it as its number and name need."""

    key: UUID
    parent_key: UUID | None
    part: int
    rank: str
    numbering: str
    content: Content
    sha: str = ""

    @property
    def kind(self) -> str:
        return self.content.kind


def past_entry(labelled: Labelled[ClauseState], section_id: int) -> EntryView:
    """A clause as it once stood, with its number of then."""
    state = labelled.node
    return EntryView(
        uuid=state.key,
        kind="clause",
        part=state.part,
        label=labelled.label,
        cite=labelled.cite,
        depth=labelled.depth,
        numbering=state.numbering,
        applies_to=state.content.applies_to,
        content=state.content,
        sha=state.sha,
        section_id=section_id,
    )


def find_parents(clauses: Iterable[EntryView]) -> dict[UUID, UUID | None]:
    """{clause: the one it stands below}, from the depths of a section's clauses in reading order; None for one that
    stands below none."""
    parents: dict[UUID, UUID | None] = {}
    above: list[UUID] = []  # from the top of the part down to the clause before
    part = None
    for clause in clauses:
        if clause.part != part:
            part = clause.part
            above = []
        del above[clause.depth :]
        parents[clause.uuid] = above[-1] if above else None
        above.append(clause.uuid)
    return parents
