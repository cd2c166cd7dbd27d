"""Where the sides of overlaps stand, as far as a reader may read there: the working draft at its own desks, else the
newest edition that is open to the reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.thai.numbering import arabic_digits, plain_cite
from manuals.entries import EntryView
from manuals.models import Clause, EditionEntry, Section
from manuals.permissions import can_read_draft, editions_readable_by
from manuals.queries import entry_view, load_draft_clauses

Role = RoleAssignment.Role


@dataclass(frozen=True)
class ReadablePlaces:
    """Sections and clauses by their ids. A draft's clauses are in `drafted`, an edition's rows in `printed`; a title
    stands in `titles` where the reader may know it."""

    titles: Mapping[int, str] = field(default_factory=dict)
    drafted: Mapping[int, EntryView] = field(default_factory=dict)
    printed: Mapping[int, EditionEntry] = field(default_factory=dict)
    printed_sections: Mapping[int, EditionEntry] = field(default_factory=dict)
    draft_sections: frozenset[int] = frozenset()


def load_readable_places(
    user: Visitor,
    sections: Iterable[Section | None],
    clauses: Iterable[Clause | None] = (),
    *,
    groups: Mapping[int, WorkGroup],
) -> ReadablePlaces:
    """`groups` is {manual: its group} of the sections. Two queries at most."""
    wanted = {section.pk: section for section in sections if section is not None}
    clause_ids = {clause.pk for clause in clauses if clause is not None}
    if not wanted:
        return ReadablePlaces()
    own = []
    for section in wanted.values():
        if can_read_draft(user, groups.get(section.manual_id)):
            own.append(section)
    drafted: dict[int, EntryView] = {}
    titles: dict[int, str] = {}
    if own and clause_ids:
        for views in load_draft_clauses(own).values():
            for view in views:
                if view.clause_id in clause_ids:
                    drafted[view.clause_id] = view
    printed: dict[int, EditionEntry] = {}
    printed_sections: dict[int, EditionEntry] = {}
    for row in _newest_rows(user, wanted, clause_ids):
        if row.kind == EditionEntry.Kind.CLAUSE and row.clause_id is not None:
            printed[row.clause_id] = row
        elif row.section_id is not None:
            printed_sections[row.section_id] = row
            titles[row.section_id] = row.title
    for section in own:
        titles[section.pk] = section.title
    return ReadablePlaces(
        titles,
        drafted,
        printed,
        printed_sections,
        frozenset(section.pk for section in own),
    )


def _newest_rows(
    user: Visitor, sections: Iterable[int], clauses: Iterable[int]
) -> QuerySet[EditionEntry]:
    """Of each node the row in the newest edition that this reader may read and that has it."""
    wanted = Q(kind=EditionEntry.Kind.SECTION, section__in=list(sections)) | Q(
        kind=EditionEntry.Kind.CLAUSE, clause__in=list(clauses)
    )
    rows = EditionEntry.objects.filter(
        wanted, edition__in=editions_readable_by(user).order_by().values("pk")
    )
    return (
        rows.select_related("blob", "edition", "section")
        .order_by("uuid", F("edition__sealed_at").desc(), "-edition")
        .distinct("uuid")
    )


def load_readable_clauses(user: Visitor, section: Section) -> Sequence[EntryView]:
    """The clauses of a process that comes with its manual and group, as the reader may read them. Two queries."""
    if can_read_draft(user, section.manual.work_group):
        return load_draft_clauses([section])[section.pk]
    newest = (
        EditionEntry.objects.filter(
            kind=EditionEntry.Kind.SECTION,
            section=section,
            edition__in=editions_readable_by(user).order_by().values("pk"),
        )
        .order_by("-edition__sealed_at")
        .first()
    )
    if newest is None:
        return []
    rows = EditionEntry.objects.filter(
        kind=EditionEntry.Kind.CLAUSE, edition=newest.edition_id, section=section
    )
    return [entry_view(row) for row in rows.select_related("blob").order_by("ordinal")]


def find_clause_by_number(clauses: Iterable[EntryView], number: str) -> int | None:
    """The id of the clause that is cited so: "5.4 1)", "ข้อ ๕.๔ (1)"; a row of part 9 by its number alone."""
    wanted = plain_cite(arabic_digits(number).removeprefix("ข้อ").strip())
    for clause in clauses:
        if plain_cite(clause.cite) == wanted:
            return clause.clause_id
    return None


def find_choosable_processes(user: Visitor) -> list[Section]:
    """The processes somebody may name as a side: of the drafts and editions that they may read, with manual and group,
    in the order of the book. One query."""
    roles = load_roles(user)
    sections = Section.objects.live().filter(kind=Section.Kind.PROCESS)
    if not roles.is_admin:
        own = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
        printed = EditionEntry.objects.filter(
            section=OuterRef("pk"),
            edition__in=editions_readable_by(user).order_by().values("pk"),
        )
        sections = sections.filter(Q(manual__work_group__in=own) | Q(Exists(printed)))
    return list(
        sections.filter(manual__work_group__isnull=False)
        .select_related("manual__work_group")
        .order_by("manual__work_group__order", "manual__key", "title")
    )
