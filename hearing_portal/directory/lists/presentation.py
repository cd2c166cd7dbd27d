"""What a list would change of what is known, in words, and what its pages are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hearing_portal.web.shipped_cards import DifferenceWords

from ..field_words import GROUP_WORDS, OFFICE_WORDS, tell_value
from .plans import ListPlan


@dataclass(frozen=True, slots=True)
class ListWords:
    """How pages speak of one kind of list: `fields` are the words of its fields, `tell` a value of one."""

    title: str
    back: str  # the list these rows belong to
    back_url: str
    what: str  # what is counted
    url: str  # names of the three addresses
    template_url: str
    preview_url: str
    fields: Mapping[str, str]
    tell: Callable[[str, Any], str]


OFFICES_WORDS = ListWords(
    title="นำเข้ารายการ สพท.",
    back="สพท.",
    back_url="offices",
    what="เขต",
    url="offices-import",
    template_url="offices-import-template",
    preview_url="offices-import-preview",
    fields=OFFICE_WORDS,
    tell=tell_value,
)
GROUPS_WORDS = ListWords(
    title="นำเข้ารายการกลุ่มงาน",
    back="กลุ่มงาน",
    back_url="work-groups",
    what="กลุ่ม",
    url="groups-import",
    template_url="groups-import-template",
    preview_url="groups-import-preview",
    fields=GROUP_WORDS,
    tell=tell_value,
)


@dataclass(frozen=True, slots=True)
class ChangedRowCard:
    line: int
    name: str
    differences: list[DifferenceWords]


def changed_row_cards(plan: ListPlan, words: ListWords) -> list[ChangedRowCard]:
    cards: list[ChangedRowCard] = []
    for row in plan.changed:
        differences: list[DifferenceWords] = []
        for name, stored, listed in row.differences:
            differences.append(
                DifferenceWords(
                    words.fields[name],
                    words.tell(name, stored),
                    words.tell(name, listed),
                )
            )
        cards.append(ChangedRowCard(row.line, str(row.known), differences))
    return cards
