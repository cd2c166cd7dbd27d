"""References in a text that was read ("ตามข้อ ๕.๓"): each leads to the clause that has this number in the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hearing_portal.thai.numbering import arabic_digits

from ..content import Step
from ..drafting.typed_references import (
    ClauseNumbers,
    NumbersByTitle,
    find_unnamed,
    link_typed_references,
    numbers_naming_one,
)
from ..labels import label_clauses
from .drafts import ClauseDraft


@dataclass(frozen=True, slots=True)
class PrintedNode:
    """A draft clause as labels.py wants it; the order of the file is the rank."""

    key: UUID
    parent_key: UUID | None
    part: int
    rank: str
    numbering: str
    kind: str
    draft: ClauseDraft


def nodes_of(drafts: Sequence[ClauseDraft]) -> list[PrintedNode]:
    nodes = []
    for position, draft in enumerate(drafts):
        node = PrintedNode(
            key=draft.uuid,
            parent_key=draft.parent,
            part=draft.part,
            rank=f"{position:06}",
            numbering=draft.numbering,
            kind=draft.content.kind,
            draft=draft,
        )
        nodes.append(node)
    return nodes


@dataclass(frozen=True, slots=True)
class LinkedDrafts:
    """Clauses whose references lead to each other, how many do, and those that name no clause, as typed."""

    clauses: list[ClauseDraft]
    linked: int
    unnamed: list[str]


def link_drafts(
    drafts: Sequence[ClauseDraft],
    outer_numbers: NumbersByTitle | None = None,
    said_outside: Mapping[str, str] | None = None,
) -> LinkedDrafts:
    """The drafts as they came where nothing is named. `outer_numbers` are those of the processes of the draft that they
    may name by title, `said_outside` what references to their clauses say."""
    numbers = _printed_numbers(drafts)
    said = {uuid: f"ข้อ {cite}" for cite, uuid in numbers.items()}
    said |= said_outside or {}
    clauses = []
    linked = 0
    unnamed: list[str] = []
    for draft in drafts:
        content = link_typed_references(draft.content, numbers, outer_numbers, said)
        clauses.append(
            replace(draft, content=content.content) if content.names else draft
        )
        linked += len(content.names)
        unnamed += find_unnamed(draft.content, numbers)
    return LinkedDrafts(clauses, linked, unnamed)


def reference_warnings(drafts: Sequence[ClauseDraft]) -> list[str]:
    """What a person should look at."""
    unnamed = dict.fromkeys(link_drafts(drafts).unnamed)
    return [f"อ้าง “{words}” แต่ไม่พบข้อที่มีเลขนี้ในกระบวนงาน" for words in unnamed]


def _printed_numbers(drafts: Sequence[ClauseDraft]) -> ClauseNumbers:
    """By the number that the text prints, which its references mean; where it prints none, by the one it gets."""
    cites: dict[UUID, str] = {}
    cited = []
    for labelled in label_clauses(nodes_of(drafts)):
        draft = labelled.node.draft
        if isinstance(draft.content, Step):
            continue
        cites[draft.uuid] = _printed_cite(draft, cites) or labelled.cite
        cited.append((cites[draft.uuid], draft.uuid))
    return numbers_naming_one(cited)


def _printed_cite(draft: ClauseDraft, cites: dict[UUID, str]) -> str:
    """ "" where no number was printed. Parents come before their children."""
    number = arabic_digits(draft.source_label)
    if not number or draft.numbering in ("bullet", "none"):
        return ""
    if draft.numbering == "decimal":
        return number
    label = f"{number})" if number.isdigit() else f"{number}."
    above = cites.get(draft.parent, "") if draft.parent else ""
    return f"{above} {label}".strip()
