"""What was said in hearings of clauses that a drafter is about to take out or put elsewhere, counted, with the way to
it."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import AreaOffice
from hearing_portal.thai.shortening import shorten
from manuals.drafting.said_elsewhere import SaidAbout
from manuals.drafting.told_words import tell_clauses
from manuals.models import Section
from manuals.queries import load_draft_entries
from manuals.reading.names import clause_name

from ...links import desk_url
from ...models import Comment
from ..queries.pointing import (
    Pointing,
    find_pointing_to_clauses,
    find_pointing_to_sections,
)
from ..queries.said_counts import (
    OFFICE_KINDS,
    SaidCount,
    SaidOfOrigin,
    count_said_of_clauses,
    count_said_of_origins,
    count_said_of_section_origins,
    count_said_of_sections,
    find_origins_in_sections,
    find_origins_of_clauses,
)

NO_OFFICE = "ไม่สังกัดเขต"
LETTERS_NAMED = 40  # of a clause that is spoken of


class CommentsSaid:
    """Comments of all hearings but rehearsals: of what is touched, and of what was joined to it, or divided, before;
    and those that are answered by it."""

    def about_clauses(
        self, section: Section, clauses: Collection[UUID]
    ) -> Sequence[SaidAbout]:
        """Five queries at most, one for the answers that point there, and those of find_origins."""
        counts = count_said_of_clauses(clauses)
        of_origins: dict[UUID, list[SaidOfOrigin]] = {}
        origins = find_origins_of_clauses(clauses)
        for each in count_said_of_origins(origins):
            of_origins.setdefault(each.heir.uuid, []).append(each)
        pointing = find_pointing_to_clauses(clauses, origins)
        if not counts and not of_origins and not pointing:
            return ()
        before = list(chain.from_iterable(of_origins.values()))
        ways = _find_ways([*counts.values(), *(each.count for each in before)])
        words = tell_clauses(each.origin for each in before)
        told = []
        for entry in load_draft_entries(section)[1:]:
            name = clause_name(entry)
            if entry.uuid in counts:
                said = counts[entry.uuid]
                told.append(_tell(name, said, ways[said.comment_id], entry.uuid))
            for each in of_origins.get(entry.uuid, ()):
                begins = shorten(words[each.origin.pk], LETTERS_NAMED)
                source = f"{name} รับถ้อยคำจากข้อที่ขึ้นต้นว่า “{begins}”"
                if each.is_divided:
                    source = f"{name} แยกมาจากข้อที่ขึ้นต้นว่า “{begins}”"
                way = ways[each.count.comment_id]
                told.append(_tell(source, each.count, way, entry.uuid))
            if entry.uuid in pointing:
                told.append(_tell_pointing(name, pointing[entry.uuid], entry.uuid))
        return told

    def about_sections(self, sections: Collection[Section]) -> Sequence[SaidAbout]:
        """Five queries at most, and those of find_origins and find_section_origins."""
        counts = count_said_of_sections(sections)
        origins = find_origins_in_sections(sections)
        of_origins = count_said_of_section_origins(sections, origins)
        pointing = find_pointing_to_sections(sections, origins)
        for section in sections:  # what was joined within it is read in one list
            inner = of_origins.pop((section, section), None)
            if inner is not None:
                counts.setdefault(section.pk, SaidCount()).add(inner)
        every = [*counts.values(), *of_origins.values()]
        ways = _find_ways(every, of_section=True)
        told = []
        for section in sections:
            if section.pk in counts:
                said = counts[section.pk]
                told.append(_tell(section.title, said, ways[said.comment_id]))
            for (heir, source), said in of_origins.items():
                if heir == section:
                    name = f"“{section.title}” รับถ้อยคำจาก “{source.title}”"
                    told.append(_tell(name, said, ways[said.comment_id]))
            if section.pk in pointing:
                told.append(_tell_pointing(section.title, pointing[section.pk]))
        return told


def _tell_pointing(
    name: str, pointing: Pointing, clause: UUID | None = None
) -> SaidAbout:
    counts = f"ผลการพิจารณา “กำหนดไว้แล้ว” ที่ชี้มาที่นี่ {pointing.comments} เรื่อง"
    return SaidAbout(name, counts, "", desk_url(pointing.last), clause)


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
