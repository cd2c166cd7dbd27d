"""Finding a clause of a session's edition by what is typed: its number, its words, the title of its process."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from manuals.models import EditionEntry, Manual
from manuals.searching.answering import find_answer
from manuals.searching.queries import find_titles
from manuals.searching.search_query import read_query

from ..citations import with_section_title
from ..models import HearingSession


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """`typed` is empty when nothing was looked for. `meant` is what somebody who spelt it otherwise meant."""

    typed: str = ""
    meant: str = ""
    entries: list[EditionEntry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.typed)


def find_entries(
    session: HearingSession, entries: QuerySet[EditionEntry], typed: str
) -> FoundEntries:
    """Of `entries`, those of the session, the first page of what a search in its edition finds: processes by their
    title, then clauses. `section_title` is on each."""
    query = read_query(typed)
    if not query:
        return FoundEntries(typed.strip())
    manual = None
    if session.work_group_id is not None:
        manual = Manual.objects.filter(work_group=session.work_group_id).first()
        if manual is None:
            return FoundEntries(typed)
    answer = find_answer(query, session.edition, manual)
    found = answer.found
    processes = find_titles(found.query, session.edition, manual)
    ids = [process.pk for process in processes] + found.page(1)
    rows = with_section_title(entries).in_bulk(ids)
    in_order = [rows[pk] for pk in ids if pk in rows]
    meant = answer.meant if answer.is_of_meant else ""
    return FoundEntries(typed, meant, in_order)
