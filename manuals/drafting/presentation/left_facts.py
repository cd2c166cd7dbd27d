"""What a process says of itself and does not take along where it is joined to another one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...content import AppliesTo
from ...models import Section
from ..facts_merging import facts_of
from ..forms.sections import SectionFactsForm

CHOICES = {"applies_to": AppliesTo, "origin": Section.Origin}


class LeftFacts(NamedTuple):
    """A process, and what it alone says: [(what it is called in the form, what it says)]."""

    section: Section
    facts: Sequence[tuple[str, str]]


def list_left_facts(staying: Section, leaving: Iterable[Section]) -> list[LeftFacts]:
    """Of those that may leave, as far as the one that stays says otherwise. No query."""
    stays = facts_of(staying)
    left = []
    for section in leaving:
        facts = []
        for name, value in facts_of(section).items():
            if name == "title" or value in ("", stays.get(name, "")):
                continue
            label = str(SectionFactsForm.base_fields[name].label)
            told = str(CHOICES[name](value).label) if name in CHOICES else value
            facts.append((label, told))
        if facts:
            left.append(LeftFacts(section, facts))
    return left
