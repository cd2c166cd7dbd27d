"""What was said in hearings of clauses that a drafter is about to take out or put elsewhere, counted, with the way to
it."""

from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import AreaOffice
from manuals.drafting.said_elsewhere import SaidAbout
from manuals.models import Section
from manuals.queries import load_draft_entries
from manuals.reading.names import clause_name

from ...models import Comment
from ..queries.said_counts import (
    OFFICE_KINDS,
    SaidCount,
    count_said_of_clauses,
    count_said_of_sections,
)

NO_OFFICE = "ไม่สังกัดเขต"


class CommentsSaid:
    """Comments of all hearings but rehearsals."""

    def about_clauses(
        self, section: Section, clauses: Collection[UUID]
    ) -> Sequence[SaidAbout]:
        """Five queries at most, one where nothing was said."""
        counts = count_said_of_clauses(clauses)
        if not counts:
            return ()
        ways = _find_ways(counts.values())
        told = []
        for entry in load_draft_entries(section)[1:]:
            if entry.uuid in counts:
                said = counts[entry.uuid]
                way = ways[said.comment_id]
                told.append(_tell(clause_name(entry), said, way, entry.uuid))
        return told

    def about_sections(self, sections: Collection[Section]) -> Sequence[SaidAbout]:
        """Four queries at most, one where nothing was said."""
        counts = count_said_of_sections(sections)
        ways = _find_ways(counts.values(), of_section=True)
        told = []
        for section in sections:
            if section.pk in counts:
                said = counts[section.pk]
                told.append(_tell(section.title, said, ways[said.comment_id]))
        return told


def _tell(
    name: str, said: SaidCount, url: str, clause: UUID | None = None
) -> SaidAbout:
    kinds = []
    for kind in OFFICE_KINDS:
        if said.by_kind[kind]:
            label = str(AreaOffice.Kind(kind).label) if kind else NO_OFFICE
            kinds.append(f"{label} {said.by_kind[kind]}")
    waiting = []
    if said.undecided:
        waiting.append(f"ยังไม่มีผลการพิจารณา {said.undecided} เรื่อง")
    if said.owed:
        waiting.append(f"เห็นชอบแล้ว รอยกร่าง {said.owed} เรื่อง")
    counts = f"ความคิดเห็น {said.comments} เรื่อง ({' · '.join(kinds)})"
    return SaidAbout(name, counts, " · ".join(waiting), url, clause)


def _find_ways(
    counts: Iterable[SaidCount], *, of_section: bool = False
) -> dict[int, str]:
    """{comment: the queue of its hearing with all that was said of its clause, or of its section}. One query."""
    ids = {said.comment_id for said in counts}
    if not ids:
        return {}
    comments = Comment.objects.filter(pk__in=ids).select_related(
        "entry__manual", "session__hearing"
    )
    ways = {}
    for comment in comments:
        entry = comment.entry
        chosen = f"process-{entry.section_id}" if of_section else str(entry.pk)
        queue = reverse("group-queue", args=[entry.manual.key])
        asked = {"clause": chosen, "hearing": comment.session.hearing.key}
        ways[comment.pk] = f"{queue}?{urlencode(asked)}"
    return ways
