"""Why processes left the manuals, or were split off, as the edition itself keeps it: no act tells it in a portal that
took the edition in (docs/decisions/0215-an-edition-tells-why-its-processes-left.md)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from ...models import DropReason, EditionEntry, Section, SectionVersion
from ...models.edition import LEFT, SPLIT_FROM, SPLIT_REASON
from ...models.taken_in import from_archives_alone
from ...own_reasons import own_reason

type Reasons = dict[str, list[str]]  # by the uuids of processes


class HeldNode(Protocol):
    """A manual or a section that will be an entry."""

    kind: str
    uuid: UUID
    manual_id: int
    section_id: int | None
    data: dict[str, Any]


def hold_reasons(nodes: Iterable[HeldNode]) -> None:
    """Write into the data of each manual why the processes left that earlier editions have and the book has not, and
    into that of each section that was split off why that was done. What an edition from elsewhere tells of those whose
    acts are not here is carried on. At most seven queries."""
    manuals = {}
    sections = []
    for node in nodes:
        if node.kind == EditionEntry.Kind.MANUAL:
            manuals[node.manual_id] = node
        elif node.section_id is not None:
            sections.append(node)
    _hold_split_reasons([node for node in sections if SPLIT_FROM in node.data])
    in_book = {str(node.uuid) for node in sections}
    for manual_id, reasons in _find_left(manuals.keys(), in_book).items():
        manuals[manual_id].data[LEFT] = reasons


def _hold_split_reasons(sections: Sequence[HeldNode]) -> None:
    if not sections:
        return
    ids = [node.section_id for node in sections]
    told = EditionEntry.objects.filter(section__in=ids, data__has_key=SPLIT_REASON)
    reasons = dict(
        told.order_by("edition").values_list("section", f"data__{SPLIT_REASON}")
    )
    acts = SectionVersion.objects.filter(
        section__in=ids, number=1, action=SectionVersion.Action.SPLIT
    )
    reasons |= dict(acts.exclude(reason="").values_list("section", "reason"))
    for node in sections:
        if node.section_id in reasons:
            node.data[SPLIT_REASON] = reasons[node.section_id]


def _find_left(manual_ids: Iterable[int], in_book: set[str]) -> dict[int, Reasons]:
    """By the manuals in which they stood last."""
    ids = list(manual_ids)
    known = EditionEntry.objects.filter(section=OuterRef("pk"))
    rows = Section.objects.filter(
        Exists(known),
        manual__in=ids,
        kind=Section.Kind.PROCESS,
        retired__isnull=False,
    )
    rows = rows.exclude(uuid__in=in_book)
    left = {section.pk: section for section in rows}
    acted = rows.exclude(pk__in=from_archives_alone()).values_list("pk", flat=True)
    reasons = _find_given(left)
    for pk, reason in _find_act_reasons(set(acted), left).items():
        reasons[pk] = list(dict.fromkeys([reason, *reasons.get(pk, ())]))
    found: dict[int, Reasons] = {}
    for pk, section in left.items():
        if pk in reasons:
            told = found.setdefault(section.manual_id, {})
            told[str(section.uuid)] = reasons[pk]
    stood = {str(left[pk].uuid) for pk in acted}
    for manual_id, told in _find_told(ids).items():
        for uuid, carried in told.items():
            if uuid not in in_book | stood:
                found.setdefault(manual_id, {}).setdefault(uuid, carried)
    return found


def _find_act_reasons(ids: set[int], sections: Mapping[int, Section]) -> dict[int, str]:
    """Of the acts by which these left, as far as somebody gave one: none has the words of the section's own beginning,
    as the portal gives them."""
    versions = SectionVersion.objects.filter(section__in=ids)
    beginning = versions.filter(section=OuterRef("section"), number=1)
    last = versions.annotate(beginning=Subquery(beginning.values("reason")))
    last = last.order_by("section", "-number").distinct("section")
    reasons = {}
    rows = last.values_list("section", "action", "reason", "beginning")
    for pk, action, reason, first in rows:
        own = own_reason(action, reason, sections[pk].title)
        if own and own != first:
            reasons[pk] = own
    return reasons


def _find_given(sections: Mapping[int, Section]) -> dict[int, list[str]]:
    """What was told afterwards, the latest."""
    given = DropReason.objects.filter(section__in=sections.keys()).order_by("pk")
    return {pk: [reason] for pk, reason in given.values_list("section", "reason")}


def _find_told(manual_ids: Sequence[int]) -> dict[int, Reasons]:
    """As editions tell that are here, the latest last."""
    entries = EditionEntry.objects.filter(
        kind=EditionEntry.Kind.MANUAL, manual__in=manual_ids, data__has_key=LEFT
    )
    told: dict[int, Reasons] = {}
    rows = entries.order_by("edition").values_list("manual", f"data__{LEFT}")
    for manual_id, reasons in rows:
        told.setdefault(manual_id, {}).update(reasons)
    return told
