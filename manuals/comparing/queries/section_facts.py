"""What differs in what a section says of itself, and in where it stands: its title, its indicator, whom it is for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ...content import AppliesTo
from ...models import Manual, Section, SectionVersion
from ..sides import Sides, SideSection
from .reasons import MACHINE_ACTS, StandingSteps

TITLE = "ชื่อ"
PLACE = "อยู่ใน"
OFFICES = "ใช้กับ"
# Labels as the history of a section has them
TELLING: Mapping[str, Callable[[SideSection], str]] = {
    TITLE: lambda section: section.title,
    "ประเภท": lambda section: str(Section.Kind(section.kind).label),
    "รหัสเอกสาร": lambda section: section.code,
    "ตัวชี้วัด": lambda section: section.indicator,
    "ที่มา": lambda section: str(Section.Origin(section.origin).label),
    OFFICES: lambda section: str(AppliesTo(section.applies_to).label),
}


class SectionFact(NamedTuple):
    """Before and after, in words; either is "" where there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section that stands on both sides and tells something else of itself, or stands elsewhere."""

    old: SideSection
    new: SideSection
    facts: Sequence[SectionFact]
    reasons: Sequence[str] = ()

    @property
    def reason(self) -> str:
        return " / ".join(self.reasons)


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
    return [replace(each, reasons=reasons[each.new.section_id]) for each in found]


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


def _find_reasons(
    sides: Sides, changed: Sequence[ChangedSection]
) -> dict[int, list[str]]:
    """{section id: of the acts by which it came to be as it is, the earliest first, each once}; not those in manuals
    that this reader may not read. Two queries."""
    keys = dict(Manual.objects.values_list("pk", "key"))
    readable = {key for pk, key in keys.items() if _is_read(sides, pk)}
    steps = {}
    for each in changed:
        steps[each.old.section_id] = StandingSteps(_state(each.old, keys))
    versions = SectionVersion.objects.filter(
        section__in=list(steps),
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    rows = versions.order_by("section", "number")
    for pk, state, reason, action in rows.values_list(
        "section", "state", "reason", "action"
    ):
        now = _state_of_version(state)
        if now != steps[pk].states[-1]:
            is_told = action not in MACHINE_ACTS and state["manual"] in readable
            steps[pk].come_to(now, reason if is_told else "")
    return {pk: each.standing_reasons for pk, each in steps.items()}


def _is_read(sides: Sides, manual_id: int) -> bool:
    return sides.manual_ids is None or manual_id in sides.manual_ids


def _state(section: SideSection, keys: Mapping[int, str]) -> tuple[str, ...]:
    return (
        section.title,
        section.kind,
        section.code,
        section.indicator,
        section.origin,
        section.applies_to,
        keys[section.manual_id],
        str(section.parent or ""),
    )


def _state_of_version(state: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        state["title"],
        state["kind"],
        state["data"].get("doc_code", ""),
        state["data"].get("indicator", ""),
        state["origin"],
        state["applies_to"],
        state["manual"],
        str(state["parent"] or ""),
    )
