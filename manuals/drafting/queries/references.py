"""The clauses that a text refers to, as they are numbered in the working draft."""

from collections.abc import Collection
from dataclasses import dataclass

from ...entries import EntryView
from ...models import Clause, Section
from ...queries import load_draft_clauses


@dataclass(frozen=True, slots=True)
class CitedClause:
    """Its entry, and the section it stands in."""

    entry: EntryView
    section: Section


def find_cited_clauses(uuids: Collection[str]) -> dict[str, CitedClause]:
    """{uuid: clause} of those that stand in the working draft. Two queries, none for none."""
    if not uuids:
        return {}
    cited = Clause.objects.live().filter(uuid__in=uuids).values("section")
    sections = {
        section.pk: section for section in Section.objects.filter(pk__in=cited).select_related("manual__work_group")
    }
    found = {}
    for section_id, entries in load_draft_clauses(list(sections.values())).items():
        for entry in entries:
            if str(entry.uuid) in uuids:
                found[str(entry.uuid)] = CitedClause(entry, sections[section_id])
    return found
