"""The words of clauses as lists, messages and choices show them: as written_words tells them, and what a reference
leads to by the number that it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    referenced_uuids,
    tell_markers,
)

from ..content import Content, plain_text, written_words
from ..models import Clause, EditionEntry, TextBlob
from ..queries import entry_view
from .presentation.links import clause_name

LOST = "[ไม่พบข้อที่อ้าง]"


@dataclass(frozen=True, slots=True)
class ToldWords:
    """`names` is {uuid of a node: what it is called} of all that the texts refer to."""

    names: Mapping[str, str]

    def fill(self, plain: str, body: str) -> str:
        """The plain text of a wording with this body, its references by their names."""
        if OBJECT_MARKER not in plain:
            return plain
        names = [self.names.get(uuid, LOST) for uuid in referenced_uuids(body)]
        if len(names) != plain.count(OBJECT_MARKER):
            return tell_markers(plain)
        return fill_object_markers(plain, iter(names))

    def fill_from(self, part: str, body: str, first: int) -> str:
        """A stretch of the plain text of this body, of which `first` references stand before it."""
        uuids = referenced_uuids(body)[first:]
        if len(uuids) < part.count(OBJECT_MARKER):
            return tell_markers(part)
        names = (self.names.get(uuid, LOST) for uuid in uuids)
        return fill_object_markers(part, names)

    def of_content(self, content: Content) -> str:
        filled = self.fill(plain_text(content), content.body)
        return written_words(content.kind, filled)

    def of_clause(self, clause: Clause) -> str:
        return written_words(clause.kind, self.fill(clause.plain, clause.body))

    def of_blob(self, blob: TextBlob) -> str:
        if OBJECT_MARKER not in blob.plain:
            return blob.words
        return self.of_content(blob.as_content)


def referenced_in(bodies: Iterable[str]) -> set[str]:
    """The UUIDs of all that these bodies refer to."""
    cited: set[str] = set()
    for body in bodies:
        cited.update(referenced_uuids(body))
    return cited


def tell_edition_words(entries: Iterable[EditionEntry]) -> dict[int, str]:
    """{id: what the entry says, references by the numbers of its own edition}, "" for one without words. The entries
    come with their wordings. One query, none where nothing refers."""
    rows = list(entries)
    cited: set[str] = set()
    for row in rows:
        if row.blob is not None and OBJECT_MARKER in row.blob.plain:
            cited.update(referenced_uuids(row.blob.as_content.body))
    names = load_edition_names({row.edition_id for row in rows}, cited)
    words = {}
    for row in rows:
        told = ToldWords(names.get(row.edition_id, {}))
        words[row.pk] = told.of_blob(row.blob) if row.blob is not None else ""
    return words


def load_edition_names(
    edition_ids: Iterable[int], cited: Iterable[str]
) -> dict[int, dict[str, str]]:
    """{edition: {uuid of a node: what it is called there}}. One query, none where nothing is cited."""
    names: dict[int, dict[str, str]] = {}
    uuids = set(cited)
    if not uuids:
        return names
    found = EditionEntry.objects.filter(edition__in=set(edition_ids), uuid__in=uuids)
    for target in found.select_related("blob"):
        name = target.title
        if target.kind == EditionEntry.Kind.CLAUSE:
            name = clause_name(entry_view(target))
        names.setdefault(target.edition_id, {})[str(target.uuid)] = name
    return names
