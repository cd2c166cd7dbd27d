"""The number of a process, as the book prints it."""

from collections import Counter
from collections.abc import Iterable

from ...models import EditionEntry, Section


def number_processes(sections: Iterable[EditionEntry]) -> dict[int, str]:
    """{entry id: "4.2"}: the place of the group in the announcement, then that of the process in its manual. Of
    sections in reading order, with their manuals and groups; what is no process, or belongs to no group, has none."""
    numbers: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for section in sections:
        group = section.manual.work_group
        if group is None or section.data.get("kind") != Section.Kind.PROCESS:
            continue
        counts[section.manual_id] += 1
        numbers[section.pk] = f"{group.order}.{counts[section.manual_id]}"
    return numbers
