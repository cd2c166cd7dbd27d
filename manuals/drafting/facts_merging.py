"""Two people's changes of what a section says of itself: value by value, and in a text word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearing_portal.thai.merge import merge

from ..models import Section

TEXTS = ("title", "indicator")


@dataclass(frozen=True, slots=True)
class MergedFacts:
    """`values` by the names of the form's fields; where both changed one differently it is mine, and `clashes` names
    it. `is_untouched` where nobody but me changed anything."""

    values: Mapping[str, str]
    clashes: frozenset[str]
    is_untouched: bool


def facts_of(section: Section) -> dict[str, str]:
    return _facts(
        section.title, section.data, section.applies_to, section.origin, section.kind
    )


def facts_of_state(state: Mapping[str, Any]) -> dict[str, str]:
    """Of a version as SectionVersion.state keeps it."""
    return _facts(
        state["title"],
        state["data"],
        state["applies_to"],
        state["origin"],
        state["kind"],
    )


def _facts(
    title: str, data: Mapping[str, Any], applies_to: str, origin: str, kind: str
) -> dict[str, str]:
    facts = {"title": title}
    if kind == Section.Kind.PROCESS:
        facts |= {
            "doc_code": data.get("doc_code", ""),
            "indicator": data.get("indicator", ""),
            "applies_to": applies_to,
            "origin": origin,
        }
    return facts


def merge_facts(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> MergedFacts:
    """What `mine` does not name stays as it is in `theirs`."""
    values = {}
    clashes = set()
    for name, standing in theirs.items():
        before = base.get(name, "")
        typed = mine.get(name, standing)
        values[name] = typed
        if typed == before:
            values[name] = standing
        elif standing not in (before, typed):
            both = merge(before, typed, standing).text if name in TEXTS else None
            values[name] = typed if both is None else both
            if both is None:
                clashes.add(name)
    return MergedFacts(values, frozenset(clashes), is_untouched=base == theirs)
