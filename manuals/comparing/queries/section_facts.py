"""What differs in what a section says of itself, and in where it stands: its title, its indicator, whom it is for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ...content import AppliesTo
from ...models import Manual, Section, SectionVersion
from ...own_reasons import own_reason
from ..sides import Sides, SideSection
from .reasons import StandingSteps

TITLE = "ชื่อ"
PLACE = "อยู่ใน"
KIND = "ประเภท"
CODE = "รหัสเอกสาร"
INDICATOR = "ตัวชี้วัด"
ORIGIN = "ที่มา"
OFFICES = "ใช้กับ"
# Labels as the history of a section has them
TELLING: Mapping[str, Callable[[SideSection], str]] = {
    TITLE: lambda section: section.title,
    KIND: lambda section: str(Section.Kind(section.kind).label),
    CODE: lambda section: section.code,
    INDICATOR: lambda section: section.indicator,
    ORIGIN: lambda section: str(Section.Origin(section.origin).label),
    OFFICES: lambda section: str(AppliesTo(section.applies_to).label),
}


class SectionFact(NamedTuple):
    """Before and after, in words; either is "" where there was none. `reasons` are those of the acts by which this very
    fact came to be as it is, the earliest first, each once."""

    label: str
    before: str
    after: str
    reasons: Sequence[str] = ()

    @property
    def reason(self) -> str:
        return " / ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section that stands on both sides and tells something else of itself, or stands elsewhere."""

    old: SideSection
    new: SideSection
    facts: Sequence[SectionFact]


def find_changed_sections(
    sides: Sides, manual_ids: Collection[int] | None = None
) -> list[ChangedSection]:
    """Of the manuals given, or all that may be read, as the newer side has them; without reasons. One query where some
    went to another manual."""
    wanted = sides.manual_ids if manual_ids is None else manual_ids
    pairs = []
    for section_id, new in sides.new.sections.items():
        old = sides.old.sections.get(section_id)
        if old is not None and (wanted is None or new.manual_id in wanted):
            pairs.append((old, new))
    names = _names_of_manuals(pairs)
    changed = []
    for old, new in pairs:
        facts = _changed_facts(old, new, names)
        if facts:
            changed.append(ChangedSection(old, new, facts))
    return changed


def load_changed_sections(
    sides: Sides, manual_ids: Collection[int] | None = None
) -> list[ChangedSection]:
    """With why they were changed. Two queries more than finding them, none where nothing differs."""
    found = find_changed_sections(sides, manual_ids)
    if not found:
        return []
    reasons = _find_reasons(sides, found)
    told = []
    for each in found:
        of_section = reasons[each.new.section_id]
        facts = [
            fact._replace(reasons=of_section.get(fact.label, ())) for fact in each.facts
        ]
        told.append(replace(each, facts=facts))
    return told


def _names_of_manuals(
    pairs: Sequence[tuple[SideSection, SideSection]],
) -> dict[int, str]:
    """Of those between which a section went."""
    wanted = set()
    for old, new in pairs:
        if old.manual_id != new.manual_id:
            wanted |= {old.manual_id, new.manual_id}
    if not wanted:
        return {}
    manuals = Manual.objects.select_related("work_group").in_bulk(wanted)
    return {pk: manual.display_name for pk, manual in manuals.items()}


def _changed_facts(
    old: SideSection, new: SideSection, names: Mapping[int, str]
) -> list[SectionFact]:
    facts = []
    for label, tell in TELLING.items():
        before, after = tell(old), tell(new)
        if before != after:
            facts.append(SectionFact(label, before, after))
    if old.manual_id != new.manual_id:
        before = f"{old.unit} {names[old.manual_id]}".strip()
        after = f"{new.unit} {names[new.manual_id]}".strip()
        facts.append(SectionFact(PLACE, before, after))
    elif old.parent != new.parent:
        facts.append(SectionFact(PLACE, old.unit, new.unit))
    return facts


# --- why


type FactStates = dict[str, tuple[str, ...]]  # {label of a fact: what it is}


def _find_reasons(
    sides: Sides, changed: Sequence[ChangedSection]
) -> dict[int, dict[str, list[str]]]:
    """{section id: {label of a fact: why it came to be as it is}}; not the reasons of acts in manuals that this reader
    may not read, nor what the portal itself wrote. Two queries."""
    keys = dict(Manual.objects.values_list("pk", "key"))
    readable = {key for pk, key in keys.items() if _is_read(sides, pk)}
    steps: dict[int, dict[str, StandingSteps[tuple[str, ...]]]] = {}
    for each in changed:
        states = _states(each.old, keys)
        steps[each.old.section_id] = {
            label: StandingSteps(state) for label, state in states.items()
        }
    versions = SectionVersion.objects.filter(
        section__in=list(steps),
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    rows = versions.order_by("section", "number")
    for pk, state, reason, action in rows.values_list(
        "section", "state", "reason", "action"
    ):
        told = ""
        if state["manual"] in readable:
            told = own_reason(action, reason, state["title"])
        is_again = action == SectionVersion.Action.UNDO
        for label, now in _states_of_version(state).items():
            if now != steps[pk][label].states[-1]:
                steps[pk][label].come_to(now, told, again=is_again)
    reasons = {}
    for pk, of_section in steps.items():
        reasons[pk] = {label: own.standing_reasons for label, own in of_section.items()}
    return reasons


def _is_read(sides: Sides, manual_id: int) -> bool:
    return sides.manual_ids is None or manual_id in sides.manual_ids


def _states(section: SideSection, keys: Mapping[int, str]) -> FactStates:
    return {
        TITLE: (section.title,),
        KIND: (section.kind,),
        CODE: (section.code,),
        INDICATOR: (section.indicator,),
        ORIGIN: (section.origin,),
        OFFICES: (section.applies_to,),
        PLACE: (keys[section.manual_id], str(section.parent or "")),
    }


def _states_of_version(state: Mapping[str, Any]) -> FactStates:
    return {
        TITLE: (state["title"],),
        KIND: (state["kind"],),
        CODE: (state["data"].get("doc_code", ""),),
        INDICATOR: (state["data"].get("indicator", ""),),
        ORIGIN: (state["origin"],),
        OFFICES: (state["applies_to"],),
        PLACE: (state["manual"], str(state["parent"] or "")),
    }
