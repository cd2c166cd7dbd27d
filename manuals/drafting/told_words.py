"""What the references of clauses are called as the working draft is numbered now, for words in one line."""

from collections.abc import Iterable, Sequence

from hearing_portal.thai.markup import OBJECT_MARKER

from ..content import Content
from ..models import Clause, EditionEntry, TextBlob
from ..queries import entry_view
from ..reading.presentation.changes import fill_references
from ..reading.presentation.links import LinkTarget, LinkTargets, clause_name
from ..reading.queries.sections import find_newest_entries
from ..reading.told_words import ToldWords, referenced_in
from ..wording import Redline, redlines
from .queries.references import find_cited_clauses


def load_told_words(bodies: Iterable[str]) -> ToldWords:
    """For wordings with these bodies; what left the draft is called as the newest edition that has it does. Two
    queries, none where nothing refers, a third where something is not in the draft."""
    cited = referenced_in(bodies)
    names = {}
    for uuid, found in find_cited_clauses(cited).items():
        names[uuid] = clause_name(found.entry)
    for row in find_newest_entries(cited - set(names)):
        name = row.title
        if row.kind == EditionEntry.Kind.CLAUSE:
            name = clause_name(entry_view(row))
        names[str(row.uuid)] = name
    return ToldWords(names)


def tell_clauses(clauses: Iterable[Clause]) -> dict[int, str]:
    """{id: the clause's words}. Queries as load_told_words."""
    rows = list(clauses)
    told = load_told_words(row.body for row in rows)
    return {row.pk: told.of_clause(row) for row in rows}


def tell_clause(clause: Clause) -> str:
    return tell_clauses([clause])[clause.pk]


def tell_blobs(blobs: Iterable[TextBlob]) -> dict[str, str]:
    """{hash: the wording's plain text}; the blobs may come without their contents. Queries as load_told_words, and one
    for the contents where something refers."""
    plain = {blob.pk: blob.plain for blob in blobs}
    referring = [sha for sha, text in plain.items() if OBJECT_MARKER in text]
    contents = TextBlob.objects.in_bulk(referring) if referring else {}
    told = load_told_words(blob.as_content.body for blob in contents.values())
    for sha, blob in contents.items():
        plain[sha] = told.fill(blob.plain, blob.as_content.body)
    return plain


def told_redlines(old: Content | None, new: Content | None) -> list[Redline]:
    """As tell_redlines, for one."""
    return tell_redlines([(old, new)])[0]


def tell_redlines(
    pairs: Iterable[tuple[Content | None, Content | None]],
) -> list[list[Redline]]:
    """As redlines of wording for each (before, after), with what references lead to as it is numbered in the draft.
    Queries as load_told_words for all of them together, none where no line that differs refers to anything."""
    told = [(old, new, redlines(old, new)) for old, new in pairs]
    bodies = []
    for old, new, lines in told:
        if _name_references(lines):
            bodies += [_body_of(old), _body_of(new)]
    targets = load_told_targets(bodies)
    return [
        fill_redlines(lines, _body_of(old), _body_of(new), targets)
        for old, new, lines in told
    ]


def fill_redlines(
    lines: Sequence[Redline], old_body: str, new_body: str, targets: LinkTargets
) -> list[Redline]:
    """The lines with what their references are called."""
    filled = []
    for line in lines:
        parts = fill_references(list(line.segments), targets, old_body, new_body)
        filled.append(line._replace(segments=parts))
    return filled


def _name_references(lines: Iterable[Redline]) -> bool:
    return any(OBJECT_MARKER in part.text for line in lines for part in line.segments)


def _body_of(content: Content | None) -> str:
    return content.body if content is not None else ""


def load_told_targets(bodies: Iterable[str]) -> dict[str, LinkTarget]:
    """What the references of these bodies say, leading nowhere. Queries as load_told_words."""
    told = load_told_words(bodies)
    return {uuid: LinkTarget(name, "") for uuid, name in told.names.items()}
