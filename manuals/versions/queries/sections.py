"""A section's versions with what each of them did, and its clauses as they stood after one."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ...drafting.services.history import SectionState, load_section_at
from ...entries import EntryView, past_entry
from ...labels import label_clauses
from ...models import (
    ClauseChange,
    ClauseLineage,
    ImportedProcess,
    Section,
    SectionVersion,
    SentFile,
)
from ...models.undone import lines_in_force
from ...models.version import with_reach


def find_section_versions(section: Section) -> QuerySet[SectionVersion]:
    """Newest first, each with who made it and when."""
    versions = with_reach(SectionVersion.objects.filter(section=section))
    return versions.select_related("revision__user").order_by("-number")


def find_states_before(versions: Sequence[SectionVersion]) -> dict[int, dict[str, Any]]:
    """{number: the section's own row as it was before that version}, without first versions. One query."""
    numbers = [version.number - 1 for version in versions]
    section_ids = {version.section_id for version in versions}
    before = SectionVersion.objects.filter(section__in=section_ids, number__in=numbers)
    states = {}
    for number, state in before.values_list("number", "state"):
        states[number + 1] = state
    return states


def find_files_taken_in(versions: Iterable[SectionVersion]) -> dict[int, SentFile]:
    """{version id: the file that it was taken in from}. One query, none where nothing was taken in."""
    imports = [
        version.pk
        for version in versions
        if version.action == SectionVersion.Action.IMPORT
    ]
    if not imports:
        return {}
    taken = ImportedProcess.objects.filter(taken_version__in=imports)
    files = {}
    for process in taken.select_related("file").defer("rows", "reading"):
        assert process.taken_version_id is not None
        files[process.taken_version_id] = process.file
    return files


def find_changes_by_revision(
    section: Section, versions: Iterable[SectionVersion]
) -> dict[int, list[ClauseChange]]:
    """{revision id: what it did to clauses of the section}, without their whole contents. One query."""
    touched = Q(to_section=section) | Q(from_section=section)
    revisions = [version.revision_id for version in versions]
    changes = (
        ClauseChange.objects.filter(touched, revision__in=revisions)
        .select_related(
            "clause__section__manual",
            "to_blob",
            "from_blob",
            "to_section",
            "from_section",
        )
        .defer("to_blob__content", "from_blob__content")
        .order_by("pk")
    )
    by_revision: dict[int, list[ClauseChange]] = {}
    for change in changes:
        by_revision.setdefault(change.revision_id, []).append(change)
    return by_revision


# --- a section at one of its versions


def load_version_entries(
    section: Section, number: int
) -> tuple[SectionState, list[EntryView]]:
    """The section as it stood after its version, as a page reads it: itself first, then its clauses in reading order.
    Two queries. Raises SectionVersion.DoesNotExist."""
    state = load_section_at(section, number)
    row = state.row
    section_view = EntryView(
        uuid=section.uuid,
        kind="section",
        title=row["title"],
        section_kind=row["kind"],
        data={**row["data"], "origin": row["origin"]},
        applies_to=row["applies_to"],
        section_id=section.pk,
    )
    clauses = []
    for labelled in label_clauses(state.clauses):
        clauses.append(past_entry(labelled, section.pk))
    return state, [section_view, *clauses]


def find_moved_in(
    section: Section, older: int, newer: int, uuids: Iterable[UUID]
) -> list[EntryView]:
    """Of these clauses, those that came from another section between the two versions: as they stood there, without
    the number they had. One query."""
    between = SectionVersion.objects.filter(
        section=section, number__gt=older, number__lte=newer
    )
    changes = (
        ClauseChange.objects.filter(
            to_section=section,
            from_section__isnull=False,
            clause__uuid__in=list(uuids),
            revision__in=between.values("revision"),
        )
        .exclude(from_section=section)
        .select_related("clause", "from_blob")
        .order_by("pk")
    )
    entries: dict[UUID, EntryView] = {}
    for change in changes:
        uuid = change.clause.uuid
        blob = change.from_blob
        if uuid in entries or blob is None:
            continue
        entries[uuid] = EntryView(
            uuid=uuid,
            kind="clause",
            content=blob.as_content,
            sha=blob.sha,
            section_id=change.from_section_id,
        )
    return list(entries.values())


def find_split_and_joined(
    came: Collection[UUID], went: Collection[UUID]
) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
    """({what came: the clause it was split from}, {what went: the clause it was joined into}). One query."""
    is_split = Q(kind=ClauseLineage.Kind.SPLIT, to_clause__uuid__in=came)
    is_joined = Q(kind=ClauseLineage.Kind.MERGED, from_clause__uuid__in=went)
    # A join that was undone is told of the acts before it was, not where the clause left for another reason since
    still_counts = Q(from_clause__retired=None) | Q(pk__in=lines_in_force())
    lines = ClauseLineage.objects.filter(is_split | is_joined & still_counts).order_by(
        "pk"
    )
    sources: dict[UUID, UUID] = {}
    targets: dict[UUID, UUID] = {}
    for source, target, kind in lines.values_list(
        "from_clause__uuid", "to_clause__uuid", "kind"
    ):
        if kind == ClauseLineage.Kind.SPLIT:
            sources[target] = source
        else:
            targets[source] = target
    return sources, targets
