"""The book that the gates judge: as an edition says it, or as the working draft says it today."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from django.db.models import Q, QuerySet

from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids
from manuals.content import content_from_json
from manuals.entries import EntryView
from manuals.models import Clause, Edition, EditionEntry, Manual, Section
from manuals.models.edition import HAS_WORDS_OF
from manuals.models.survivors import find_survivors_named
from manuals.queries import (
    draft_section_view,
    entry_view,
    load_draft_clauses,
    load_draft_sections,
)

from ...citations import with_section_title


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A process or a clause of the book; the manual comes with its group. `section_title` is what its section is
    called there. `edition` is None in the working draft; `is_retired` says that the draft has it no more."""

    entry: EntryView
    manual: Manual
    section: Section
    section_title: str
    edition: Edition | None
    is_retired: bool = False


class ClauseWords(NamedTuple):
    """A clause by its key in the book: its texts, and the key of the legal source it is a reference to, or ""."""

    key: int
    plain: str
    source: str


class ClauseReferences(NamedTuple):
    key: int
    uuids: list[str]  # of all that its words refer to


class KeyedClause(NamedTuple):
    key: int
    entry: EntryView


class Book(Protocol):
    """What the gates ask of a book. `key`s are its own: of rows, good for `load_clauses`."""

    @property
    def edition(self) -> Edition | None:
        """None for the working draft."""

    @property
    def manuals(self) -> QuerySet[Manual]:
        """Those that stand in it."""

    def find_words(
        self, pattern: str, sources: Collection[str]
    ) -> Iterator[ClauseWords]:
        """The clauses whose text fits the regular expression, or that are references to one of the sources."""

    def find_references(self) -> Iterator[ClauseReferences]:
        """The clauses with cross-references in their words."""

    def find_missing(self, uuids: Iterable[str]) -> set[str]:
        """Those of these nodes that the book does not have, nor their words in another clause that they were joined
        to."""

    def find_sections_with(self, pattern: str) -> set[int]:
        """Those in which a clause's text fits the regular expression."""

    def load_clauses_of(
        self, section_ids: Collection[int]
    ) -> dict[int, list[KeyedClause]]:
        """{section: all its clauses with their keys, in reading order}."""

    def find_parts(self) -> dict[int, set[int]]:
        """{section: the numbers of the parts in which it has clauses}."""

    def load_processes(self) -> list[BookEntry]:
        """In reading order."""

    def load_clauses(self, keys: Collection[int]) -> list[tuple[int, BookEntry]]:
        """[(key, the clause)] in reading order."""


@dataclass(frozen=True, slots=True)
class EditionBook:
    """An edition's entries. One query a question."""

    edition: Edition

    @property
    def manuals(self) -> QuerySet[Manual]:
        entries = self.edition.entries.filter(kind=EditionEntry.Kind.MANUAL)
        return Manual.objects.filter(pk__in=entries.values("manual"))

    @property
    def _clauses(self) -> QuerySet[EditionEntry]:
        return self.edition.entries.filter(kind=EditionEntry.Kind.CLAUSE).order_by()

    def find_words(
        self, pattern: str, sources: Collection[str]
    ) -> Iterator[ClauseWords]:
        fitting = Q(blob__plain__regex=pattern) | Q(
            blob__content__data__source__in=list(sources)
        )
        rows = self._clauses.filter(fitting).values_list(
            "pk", "blob__plain", "blob__content__data__source"
        )
        for key, plain, source in rows:
            yield ClauseWords(key, plain, source or "")

    def find_references(self) -> Iterator[ClauseReferences]:
        rows = self._clauses.filter(blob__plain__contains=OBJECT_MARKER)
        for key, content in rows.values_list("pk", "blob__content"):
            referring = content_from_json(content).referring
            yield ClauseReferences(key, referenced_uuids(referring))

    def find_missing(self, uuids: Iterable[str]) -> set[str]:
        wanted = set(uuids)
        entries = self.edition.entries
        known = entries.filter(uuid__in=wanted).values_list("uuid", flat=True)
        missing = wanted - {str(uuid) for uuid in known}
        if missing:
            has_words = entries.filter(data__has_key=HAS_WORDS_OF)
            for held in has_words.values_list(f"data__{HAS_WORDS_OF}", flat=True):
                missing -= set(held)
        return missing

    def find_sections_with(self, pattern: str) -> set[int]:
        fitting = self._clauses.filter(
            blob__plain__regex=pattern, section__isnull=False
        )
        return set(fitting.values_list("section_id", flat=True))

    def load_clauses_of(
        self, section_ids: Collection[int]
    ) -> dict[int, list[KeyedClause]]:
        clauses: dict[int, list[KeyedClause]] = {pk: [] for pk in section_ids}
        rows = self._clauses.filter(section__in=list(section_ids))
        for row in rows.select_related("blob").order_by("ordinal"):
            assert row.section_id is not None
            clauses[row.section_id].append(KeyedClause(row.pk, entry_view(row)))
        return clauses

    def find_parts(self) -> dict[int, set[int]]:
        return _collect_parts(
            self._clauses.values_list("section_id", "part").distinct()
        )

    def load_processes(self) -> list[BookEntry]:
        processes = self.edition.entries.filter(
            kind=EditionEntry.Kind.SECTION, data__kind=Section.Kind.PROCESS
        )
        return [entry for _, entry in self._load(processes)]

    def load_clauses(self, keys: Collection[int]) -> list[tuple[int, BookEntry]]:
        return self._load(self._clauses.filter(pk__in=keys))

    def _load(self, entries: QuerySet[EditionEntry]) -> list[tuple[int, BookEntry]]:
        loaded = []
        rows = with_section_title(
            entries.select_related("blob", "section", "clause", "manual__work_group")
        )
        for row in rows.order_by("ordinal"):
            if row.section is None:
                continue
            is_retired = row.section.retired_id is not None
            if row.clause is not None and row.clause.retired_id is not None:
                is_retired = True
            title = row.section_title or ""
            entry = BookEntry(
                entry_view(row),
                row.manual,
                row.section,
                title,
                self.edition,
                is_retired,
            )
            loaded.append((row.pk, entry))
        return loaded


@dataclass(frozen=True)
class DraftBook:
    """The working draft of all manuals. Two queries for its sections, then one a question."""

    edition: None = field(default=None, init=False)

    @property
    def manuals(self) -> QuerySet[Manual]:
        return Manual.objects.all()

    @cached_property
    def _sections(self) -> Sequence[Section]:
        return load_draft_sections()

    @property
    def _clauses(self) -> QuerySet[Clause]:
        standing = [section.pk for section in self._sections]
        return Clause.objects.live().filter(section__in=standing).order_by()

    def find_words(
        self, pattern: str, sources: Collection[str]
    ) -> Iterator[ClauseWords]:
        fitting = Q(plain__regex=pattern) | Q(data__source__in=list(sources))
        for key, plain, source in self._clauses.filter(fitting).values_list(
            "pk", "plain", "data__source"
        ):
            yield ClauseWords(key, plain, source or "")

    def find_references(self) -> Iterator[ClauseReferences]:
        for clause in self._clauses.filter(plain__contains=OBJECT_MARKER):
            yield ClauseReferences(
                clause.pk, referenced_uuids(clause.content.referring)
            )

    def find_missing(self, uuids: Iterable[str]) -> set[str]:
        wanted = set(uuids)
        manuals = Manual.objects.filter(uuid__in=wanted).values_list("uuid", flat=True)
        clauses = self._clauses.filter(uuid__in=wanted).values_list("uuid", flat=True)
        known = {str(uuid) for uuid in (*manuals, *clauses)}
        known.update(str(section.uuid) for section in self._sections)
        standing = {section.pk for section in self._sections}
        for uuid, survivor in find_survivors_named(wanted - known).items():
            if survivor.section_id in standing:
                known.add(uuid)
        return wanted - known

    def find_sections_with(self, pattern: str) -> set[int]:
        fitting = self._clauses.filter(plain__regex=pattern)
        return set(fitting.values_list("section_id", flat=True))

    def load_clauses_of(
        self, section_ids: Collection[int]
    ) -> dict[int, list[KeyedClause]]:
        sections = [section for section in self._sections if section.pk in section_ids]
        clauses: dict[int, list[KeyedClause]] = {}
        for section_id, views in load_draft_clauses(sections).items():
            clauses[section_id] = []
            for view in views:
                assert view.clause_id is not None
                clauses[section_id].append(KeyedClause(view.clause_id, view))
        return clauses

    def find_parts(self) -> dict[int, set[int]]:
        return _collect_parts(
            self._clauses.values_list("section_id", "part").distinct()
        )

    def load_processes(self) -> list[BookEntry]:
        processes = []
        for section in self._sections:
            if section.is_process:
                view = draft_section_view(section)
                processes.append(
                    BookEntry(view, section.manual, section, section.title, None)
                )
        return processes

    def load_clauses(self, keys: Collection[int]) -> list[tuple[int, BookEntry]]:
        wanted = set(keys)
        section_ids = set(
            self._clauses.filter(pk__in=wanted).values_list("section_id", flat=True)
        )
        # A number is counted from all clauses before it
        sections = [section for section in self._sections if section.pk in section_ids]
        clauses_of_section = load_draft_clauses(sections)
        loaded = []
        for section in sections:
            for view in clauses_of_section[section.pk]:
                if view.clause_id in wanted:
                    entry = BookEntry(
                        view, section.manual, section, section.title, None
                    )
                    loaded.append((view.clause_id, entry))
        return loaded


def _collect_parts(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    parts: dict[int, set[int]] = {}
    for section_id, part in rows:
        parts.setdefault(section_id, set()).add(part)
    return parts
