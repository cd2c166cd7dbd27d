"""Why clauses and processes were changed between two states of the book."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Min, OuterRef, Subquery

from ...models import ClauseChange, Manual, SectionVersion
from ..sides import Sides, SideSection


def find_change_reasons(sides: Sides, clause_ids: Iterable[int], gone: Mapping[int, int]) -> dict[int, list[str]]:
    """{clause id: the reasons of its changes, the earliest first, each once}. `gone` are {clause: its section} of those
    that the newer side has no more: what left with its section has the section's reason. One query, two with such."""
    changes = ClauseChange.objects.filter(
        clause__in=list(clause_ids),
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    ).exclude(reason="")
    reasons: dict[int, list[str]] = {}
    left_with_section = dict(gone)
    rows = changes.order_by("revision_id", "pk").values_list("clause", "reason", "kind")
    for clause_id, reason, kind in rows:
        if kind == ClauseChange.Kind.RETIRED:
            left_with_section.pop(clause_id, None)
        known = reasons.setdefault(clause_id, [])
        if reason not in known:
            known.append(reason)
    if not left_with_section:
        return reasons
    retirements = SectionVersion.objects.filter(
        section__in=set(left_with_section.values()),
        action=SectionVersion.Action.RETIRE,
        state__retired=True,
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    # The latest counts: a section may have come back in between
    of_section = dict(retirements.order_by("number").values_list("section", "reason"))
    for clause_id, section_id in left_with_section.items():
        reason = of_section.get(section_id, "")
        known = reasons.setdefault(clause_id, [])
        if reason and reason not in known:
            known.append(reason)
    return reasons


@dataclass(slots=True)
class SectionPast:
    """`manual` is the key of the one a section stood in last; `reasons` are why it was moved, renamed or retired since
    the older side, the earliest first, each once."""

    manual: str = ""
    reasons: list[str] = field(default_factory=list)


def find_section_pasts(
    sides: Sides,
    sections: Iterable[SideSection],
    manuals: Mapping[int, Manual],
    compared: Collection[int],
) -> dict[int, SectionPast]:
    """{section id: its past}, of sections as they stood on the older side. What was done in a manual that is not among
    the `compared` is not told, nor what has the words of the section's own beginning: taking in a file retires what it
    brings, and says why it was taken in. One query."""
    readable = {manuals[pk].key for pk in compared}
    pasts = {}
    states = {}
    for section in sections:
        manual = manuals[section.manual_id].key
        pasts[section.section_id] = SectionPast(manual)
        parent = str(section.parent) if section.parent else None
        states[section.section_id] = (section.title, manual, parent, False)
    versions = SectionVersion.objects.filter(
        section__in=list(pasts),
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    first = SectionVersion.objects.filter(section=OuterRef("section"), number=1).values("reason")
    rows = versions.annotate(beginning=Subquery(first)).order_by("section", "number")
    for pk, state, reason, beginning in rows.values_list("section", "state", "reason", "beginning"):
        past = pasts[pk]
        now = (state["title"], state["manual"], state["parent"], state["retired"])
        is_change = now != states[pk]
        is_readable = past.manual in readable or state["manual"] in readable
        is_own_reason = reason not in ("", beginning)
        if is_change and is_readable and is_own_reason and reason not in past.reasons:
            past.reasons.append(reason)
        states[pk] = now
        past.manual = state["manual"]
    return pasts


def find_move_reasons(sides: Sides, pairs: Collection[tuple[int, int]]) -> dict[int, list[str]]:
    """{section id: why clauses of it moved to another section}, of [(from, to)]; the earliest first, each once. One
    query."""
    moves = ClauseChange.objects.filter(
        from_section__in={source for source, _ in pairs},
        to_section__in={target for _, target in pairs},
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    ).exclude(reason="")
    rows = moves.values_list("from_section", "to_section", "reason").annotate(first=Min("pk")).order_by("first")
    reasons: dict[int, list[str]] = {}
    for source, target, reason, _ in rows:
        known = reasons.setdefault(source, [])
        if (source, target) in pairs and reason not in known:
            known.append(reason)
    return reasons
