"""What the similarity search proposes, two processes at a time, with their words beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.markup import OBJECT_MARKER, tell_markers
from manuals.models import Clause, Section, TextBlob
from manuals.permissions import can_read_draft
from manuals.queries import entry_view
from manuals.reading.names import clause_name

from ...models import OverlapPair, SimilarPair
from ..queries.evidence import find_readable_blobs
from ..queries.places import ReadablePlaces, load_readable_places
from ..queries.suggestions import MOST_PAIRS, SectionPair
from ..shared_words import SharedStretch, mark_shared_words
from .sides import UNTOLD_PROCESS

UNTOLD_WORDS = "ถ้อยคำนี้อยู่ในร่างที่ยังไม่เปิดให้ท่านอ่าน"


@dataclass(frozen=True, slots=True)
class ShownWording:
    """One side of a pair: what its clause is called and says, with what the other says too."""

    clause: str
    stretches: list[SharedStretch]


@dataclass(frozen=True, slots=True)
class ShownPair:
    id: int
    percent: int
    first: ShownWording
    second: ShownWording


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two processes with clauses alike; `more` are pairs that are not shown."""

    first: Section
    second: Section
    first_title: str
    second_title: str
    pairs: list[ShownPair]
    count: int
    nearest: int

    @property
    def more(self) -> int:
        return self.count - len(self.pairs)

    @property
    def enter_url(self) -> str:
        query = urlencode({"first": self.first.uuid, "second": self.second.uuid})
        return f"{reverse('overlap-new')}?{query}"


def load_suggestions(
    user: User,
    section_pairs: Iterable[SectionPair],
    pairs_of: Mapping[tuple[int, int], list[SimilarPair]],
) -> list[Suggestion]:
    """Three queries."""
    shown_pairs: list[SimilarPair] = []
    for pairs in pairs_of.values():
        shown_pairs += pairs[:MOST_PAIRS]
    shown = {pair.id: pair for pair in load_shown_pairs(user, shown_pairs)}
    suggestions = []
    for row in section_pairs:
        pairs = pairs_of.get((row.first, row.second), [])
        if not pairs:
            continue
        first = pairs[0].clause_a.section
        second = pairs[0].clause_b.section
        of_row = [shown[pair.pk] for pair in pairs[:MOST_PAIRS]]
        suggestions.append(
            Suggestion(
                first,
                second,
                _title(user, first, of_row, "first"),
                _title(user, second, of_row, "second"),
                of_row,
                row.pairs,
                row.nearest,
            )
        )
    return suggestions


def load_shown_pairs(
    user: Visitor, pairs: Iterable[SimilarPair | OverlapPair]
) -> list[ShownPair]:
    """With the words that this reader may read: of the drafts of their desks, else of an edition that is open to them.
    Three queries."""
    rows = list(pairs)
    blobs = {row.blob_a_id for row in rows} | {row.blob_b_id for row in rows}
    readable = find_readable_blobs(user, blobs) if blobs else set()
    clauses = [clause for row in rows for clause in (row.clause_a, row.clause_b)]
    sections = {clause.section_id: clause.section for clause in clauses}
    groups = {}
    for section in sections.values():
        if section.manual.work_group is not None:
            groups[section.manual_id] = section.manual.work_group
    places = load_readable_places(user, sections.values(), clauses, groups=groups)
    shown = []
    for row in rows:
        first = _readable_words(user, row.clause_a, row.blob_a, readable)
        second = _readable_words(user, row.clause_b, row.blob_b, readable)
        if first and second:
            marked = mark_shared_words(first, second)
        else:
            marked = mark_shared_words(first or UNTOLD_WORDS, second or UNTOLD_WORDS)
        shown.append(
            ShownPair(
                row.pk,
                row.percent,
                ShownWording(_name(row.clause_a, places), marked.first),
                ShownWording(_name(row.clause_b, places), marked.second),
            )
        )
    return shown


def _readable_words(
    user: Visitor, clause: Clause, blob: TextBlob, readable: set[str]
) -> str:
    is_readable = blob.pk in readable or can_read_draft(
        user, clause.section.manual.work_group
    )
    if not is_readable:
        return ""
    words = blob.words
    return tell_markers(words) if OBJECT_MARKER in words else words


def _name(clause: Clause, places: ReadablePlaces) -> str:
    """Its number where the reader may read it; "" for what stands there no more."""
    drafted = places.drafted.get(clause.pk)
    if drafted is not None:
        return clause_name(drafted)
    printed = places.printed.get(clause.pk)
    if printed is None or clause.section_id in places.draft_sections:
        return ""
    return clause_name(entry_view(printed))


def _title(user: User, section: Section, pairs: list[ShownPair], side: str) -> str:
    """Told where the draft may be read, or where some of its words are open: so is the process."""
    if can_read_draft(user, section.manual.work_group):
        return section.title
    for pair in pairs:
        wording: ShownWording = getattr(pair, side)
        if any(stretch.text != UNTOLD_WORDS for stretch in wording.stretches):
            return section.title
    return UNTOLD_PROCESS
