"""What the references of clauses are called as the working draft is numbered now, or was after an act, for words in
one line."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import OBJECT_MARKER

from ..content import Content
from ..models import Clause, TextBlob
from ..permissions import can_read_draft
from ..reading.names import CitedName
from ..reading.presentation.links import name_in_editions, name_past
from ..reading.queries.cited import Asked, find_past_clauses
from ..reading.told_words import ToldWords, referenced_in, referring_text_of
from ..wording import Redline, redlines
from .presentation.links import section_url
from .queries.references import find_cited_clauses

# --- as it is numbered now


def load_told_words(stored: Iterable[str], user: User | None = None) -> ToldWords:
    """For what these stored texts refer to. Names lead where the user may read the draft, for nobody nowhere. What does
    not stand in the draft has no name there, as in an edition. Two queries, none where nothing refers."""
    return ToldWords(_name_standing(referenced_in(stored), user))


def _name_standing(cited: Collection[str], user: User | None) -> dict[str, CitedName]:
    names = {}
    for uuid, found in find_cited_clauses(cited).items():
        href = ""
        if user is not None and can_read_draft(user, found.section.manual.work_group):
            href = section_url(found.section, found.entry.uuid)
        names[uuid] = replace(found.name, href=href)
    return names


def tell_clauses(clauses: Iterable[Clause]) -> dict[int, str]:
    """{id: the clause's words}. Queries as load_told_words."""
    rows = list(clauses)
    told = load_told_words(
        row.content.referring for row in rows if OBJECT_MARKER in row.plain
    )
    return {row.pk: told.of_clause(row) for row in rows}


def tell_clause(clause: Clause) -> str:
    return tell_clauses([clause])[clause.pk]


type Reworded = tuple[Content | None, Content | None, int | None]
"""Before, after, and the section in which both are read."""


def told_redlines(
    old: Content | None, new: Content | None, section_id: int | None
) -> list[Redline]:
    """As tell_redlines, for one."""
    return tell_redlines([(old, new, section_id)])[0]


def tell_redlines(reworded: Iterable[Reworded]) -> list[list[Redline]]:
    """As redlines of wording for each of them, with what references lead to as it is numbered in the draft. Queries as
    load_told_words for all of them together, none where no line that differs refers to anything."""
    compared = [(*each, redlines(*each[:2])) for each in reworded]
    stored = []
    for old, new, _, lines in compared:
        if _name_references(lines):
            stored += [referring_text_of(old), referring_text_of(new)]
    told = load_told_words(stored)
    return [
        told.fill_redlines(lines, old, new, section_id)
        for old, new, section_id, lines in compared
    ]


def _name_references(lines: Iterable[Redline]) -> bool:
    return any(OBJECT_MARKER in part.text for line in lines for part in line.segments)


# --- as it was numbered after an act


def load_past_words(
    wordings: Iterable[tuple[str, int]], user: User | None = None
) -> dict[int, ToldWords]:
    """{act: what references were called right after it} for wordings given as (stored text, act); see decision 0104.
    Names lead where the user may read what still stands in the draft. Queries as find_past_clauses, none where nothing
    refers; two more for a user, and one where something never stood in the draft: that is called as in the newest
    edition."""
    cited_at: defaultdict[int, set[str]] = defaultdict(set)
    for stored, act in wordings:
        cited_at[act] |= referenced_in([stored])
    asked = [Asked(uuid, act) for act, cited in cited_at.items() for uuid in cited]
    past = find_past_clauses(asked)
    never_stood = set(asked) - past.standing.keys() - past.gone
    now = name_in_editions({each.uuid for each in never_stood})
    standing = {}
    if user is not None:
        standing = _name_standing({each.uuid for each in asked}, user)
    words = {}
    for act, cited in cited_at.items():
        names = {}
        for uuid in cited:
            each = Asked(uuid, act)
            found = past.standing.get(each)
            name = now.get(uuid) if found is None else name_past(found)
            if name is not None and each not in past.gone:
                href = standing[uuid].href if uuid in standing else ""
                names[uuid] = replace(name, href=href)
        words[act] = ToldWords(names)
    return words


def tell_past_blobs(
    wordings: Iterable[tuple[TextBlob, int]], section_id: int | None
) -> dict[tuple[str, int], str]:
    """{(hash, act): the wording's plain text} as it was read in this section right after the act; the blobs may come
    without their contents. Queries as load_past_words, and one for the contents where something refers."""
    rows = list(wordings)
    referring = {blob.pk for blob, _ in rows if OBJECT_MARKER in blob.plain}
    contents = TextBlob.objects.in_bulk(referring) if referring else {}
    stored = {sha: blob.as_content.referring for sha, blob in contents.items()}
    told = load_past_words(
        (stored[blob.pk], act) for blob, act in rows if blob.pk in stored
    )
    words = {}
    for blob, act in rows:
        words[blob.pk, act] = blob.plain
        if blob.pk in stored:
            words[blob.pk, act] = told[act].fill(
                blob.plain, stored[blob.pk], section_id
            )
    return words
