"""Reading the manuals: trees of the working draft and of editions as EntryViews."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hearing_portal.jobs.models import StoredFile
from hearing_portal.postgres.statements import kept_statement

from .content import Content, Figure, Form
from .edition_memory import kept_of_edition
from .entries import EntryView
from .labels import Labelled, label_clauses
from .models import Clause, Edition, EditionEntry, Manual, Section, TextBlob


@dataclass(frozen=True, slots=True)
class _ClauseNode:
    """A clause's row as labels.py wants it."""

    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str
    clause: Clause


def load_draft_entries(section: Section) -> list[EntryView]:
    """The section as it stands in the working draft: its own view first, then its clauses in reading order. One
    query."""
    return [draft_section_view(section), *load_draft_clauses([section])[section.pk]]


def draft_section_view(section: Section) -> EntryView:
    return EntryView(
        uuid=section.uuid,
        kind="section",
        title=section.title,
        section_kind=section.kind,
        data={**section.data, "origin": section.origin},
        applies_to=section.applies_to,
        section_id=section.pk,
    )


def load_draft_clauses(
    sections: Collection[Section], *, without: UUID | None = None
) -> dict[int, list[EntryView]]:
    """{section id: its clauses of the working draft in reading order}, of each section given, numbered as if there were
    none of the uuid `without`. One query."""
    clauses_of_section: dict[int, list[Clause]] = {
        section.pk: [] for section in sections
    }
    # label_clauses sorts them
    clauses = (
        Clause.objects.live().filter(section__in=list(clauses_of_section)).order_by()
    )
    if without is not None:
        clauses = clauses.exclude(uuid=without)
    for clause in clauses:
        clauses_of_section[clause.section_id].append(clause)
    return {pk: view_clauses(rows) for pk, rows in clauses_of_section.items()}


def view_clauses(clauses: Iterable[Clause]) -> list[EntryView]:
    """These clauses of one section in reading order, numbered as if they were all that stands there. No query."""
    nodes = map(_node_of, clauses)
    return [_draft_clause_view(labelled) for labelled in label_clauses(nodes)]


def view_without_number(clause: Clause) -> EntryView:
    """A clause that stands nowhere, as it stood last. No query."""
    return _draft_clause_view(Labelled(_node_of(clause), label="", cite="", depth=0))


def _node_of(clause: Clause) -> _ClauseNode:
    return _ClauseNode(
        key=clause.pk,
        parent_key=clause.parent_id,
        part=clause.part,
        rank=clause.rank,
        numbering=clause.numbering,
        kind=clause.kind,
        clause=clause,
    )


def _draft_clause_view(labelled: Labelled[_ClauseNode]) -> EntryView:
    clause = labelled.node.clause
    return EntryView(
        uuid=clause.uuid,
        kind="clause",
        part=clause.part,
        label=labelled.label,
        cite=labelled.cite,
        depth=labelled.depth,
        numbering=clause.numbering,
        applies_to=clause.applies_to,
        content=clause.content,
        sha=clause.sha,
        clause_id=clause.pk,
        section_id=clause.section_id,
    )


def load_draft_sections() -> list[Section]:
    """All sections that stand in the working draft, in reading order, each with its manual and that one's group. Two
    queries."""
    sections_below: dict[tuple[int, int | None], list[Section]] = {}
    for section in (
        Section.objects.live().select_related("manual__work_group").order_by("rank")
    ):
        sections_below.setdefault((section.manual_id, section.parent_id), []).append(
            section
        )
    manuals = Manual.objects.order_by("work_group__order", "key").values_list(
        "pk", flat=True
    )

    standing: list[Section] = []
    waiting: list[Section] = []  # the next one last
    for manual_id in manuals:
        waiting.extend(reversed(sections_below.get((manual_id, None), [])))
        while waiting:
            section = waiting.pop()
            standing.append(section)
            waiting.extend(reversed(sections_below.get((manual_id, section.pk), [])))
    return standing


def load_edition_entries(
    edition: Edition, section: Section | None = None
) -> list[EntryView]:
    """The entries of an edition (of one section, or all) in its frozen order. One query, none for a section that this
    process has read already."""
    if section is not None:
        return list(load_section_entries(edition, section.pk))
    entries = edition.entries.select_related("blob").order_by("ordinal")
    return [entry_view(entry) for entry in entries]


@kept_of_edition
def load_section_entries(
    edition: Edition, section_id: int | None
) -> Sequence[EntryView]:
    """As load_edition_entries of one section."""
    entries = (
        edition.entries.select_related("blob")
        .filter(section=section_id)
        .order_by("ordinal")
    )
    return tuple(entry_view(entry) for entry in entries)


def entry_view(entry: EditionEntry) -> EntryView:
    """Needs the entry's blob."""
    content = None
    if entry.blob is not None:
        content = entry.blob.as_content
    return EntryView(
        uuid=entry.uuid,
        kind=entry.kind,
        title=entry.title,
        part=entry.part,
        label=entry.label,
        cite=entry.cite,
        depth=entry.depth,
        numbering=entry.numbering or "none",
        applies_to=entry.applies_to,
        section_kind=entry.data.get("kind", ""),
        data=entry.data,
        content=content,
        sha=entry.blob_id or "",
        entry_id=entry.pk,
        clause_id=entry.clause_id,
        section_id=entry.section_id,
    )


def find_manual_by_key(key: str) -> Manual | None:
    """With its group. One query."""
    return next(iter(_find_manuals(key)), None)


@kept_statement
def _find_manuals(key: str) -> QuerySet[Manual]:
    return Manual.objects.filter(key=key).select_related("work_group")


def find_wording(sha: str) -> Content | None:
    """The wording stored under a hash from a form; None for one that nobody stored."""
    if len(sha) != 64 or not sha.isalnum():
        return None
    blob = TextBlob.objects.filter(pk=sha).first()
    return blob.as_content if blob is not None else None


def find_file_names(contents: Iterable[Content]) -> dict[str, str]:
    """{hash: name} of the files of forms and figures among these. One query, none without files."""
    files = set()
    for content in contents:
        if isinstance(content, Form | Figure) and content.file:
            files.add(content.file)
    if not files:
        return {}
    return dict(StoredFile.objects.filter(pk__in=files).values_list("pk", "name"))


def live_processes(sections: QuerySet[Section] | None = None) -> QuerySet[Section]:
    """The processes of the working draft, or those among `sections`."""
    if sections is None:
        sections = Section.objects.all()
    return sections.filter(retired__isnull=True, kind=Section.Kind.PROCESS)
