"""Freezing the working draft into a sealed edition."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.text import POLICY_VERSION

from ...acts import EDITION_FROZEN, about_edition
from ...content import AppliesTo
from ...drafting.services.locking import hold_off_acts
from ...labels import label_clauses
from ...models import Clause, Edition, EditionEntry, Manual, Section
from .left_reasons import hold_reasons
from .lineage import clause_line_sha, hold_lineage
from .section_lineage import hold_section_lineage


class FreezeRefused(Refusal):
    """The working draft cannot be frozen under this code; the message says why, in Thai."""


def freeze_edition(
    *,
    code: str,
    kind: str,
    title: str,
    by: User,
    basis: Edition | None = None,
    manuals: Iterable[Manual] = (),
) -> Edition:
    """Freeze all manuals (or those given) into a sealed edition. Raises FreezeRefused when the code is taken."""
    with act(by=by) as done:
        hold_off_acts()
        if Edition.objects.filter(code=code).exists():
            raise FreezeRefused(
                f"มีฉบับรหัส {code} อยู่แล้ว และฉบับที่จัดทำแล้วเปลี่ยนไม่ได้ โปรดใช้รหัสอื่น"
            )

        nodes = load_draft_nodes(list(manuals))
        if not nodes:
            raise FreezeRefused("ยังไม่มีคู่มือในร่าง จึงจัดทำฉบับไม่ได้")
        hold_lineage(node for node in nodes if node.clause_id is not None)
        hold_section_lineage(node for node in nodes if node.kind == "section")
        hold_reasons(node for node in nodes if node.clause_id is None)
        edition = Edition.objects.create(
            code=code,
            kind=kind,
            title=title,
            made_by=by,
            basis=basis,
            policy_version=POLICY_VERSION,
        )
        copy_entries(edition, nodes)
        edition.manifest_sha = manifest_sha(node.manifest_line for node in nodes)
        edition.sealed_at = timezone.now()
        edition.save(update_fields=["manifest_sha", "sealed_at"])
        done.record(EDITION_FROZEN, about_edition(edition), detail=edition.kind)
        return edition


# --- the manifest


class ManifestLine(NamedTuple):
    """What one entry adds to the edition's hash. `sha` is that of clause_line_sha(), or section_sha()."""

    label: str
    kind: str
    uuid: UUID
    sha: str
    manual_id: int
    section_id: int | None


def manifest_sha(lines: Iterable[ManifestLine]) -> str:
    """The edition's hash from its entries in order. SHA-256, 64 hex digits.

    Lines of a section hash to its sha; a manual's own line and its sections' shas to the manual's; those to
    the edition's.
    """
    section_lines: dict[tuple[int, int | None], list[bytes]] = {}
    for label, kind, uuid, sha, manual_id, section_id in lines:
        line = f"{label}\t{kind}\t{uuid}\t{sha}\n".encode()
        section_lines.setdefault((manual_id, section_id), []).append(line)

    # Both dicts keep the order in which the book names its sections and manuals
    section_digests: dict[int, list[bytes]] = {}
    for (manual_id, _), lines_of_section in section_lines.items():
        digest = hashlib.sha256(b"".join(lines_of_section)).digest()
        section_digests.setdefault(manual_id, []).append(digest)

    edition = hashlib.sha256()
    for digests in section_digests.values():
        manual = hashlib.sha256(b"".join(digests))
        edition.update(manual.digest())
    return edition.hexdigest()


def section_sha(title: str, data: dict[str, Any], applies_to: str) -> str:
    """The hash of what a section or a manual says of itself."""
    own = json.dumps([title, data, applies_to], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(own.encode()).hexdigest()


def recompute_manifest_sha(edition: Edition) -> str:
    """The manifest's hash from the stored entries: equals `edition.manifest_sha` unless somebody tampered."""
    lines = []
    for entry in edition.entries.order_by("ordinal"):
        if entry.blob_id is None:
            sha = section_sha(entry.title, entry.data, entry.applies_to)
        else:
            sha = clause_line_sha(entry.blob_id, entry.data)
        line = ManifestLine(
            entry.label,
            entry.kind,
            entry.uuid,
            sha,
            entry.manual_id,
            entry.section_id,
        )
        lines.append(line)
    return manifest_sha(lines)


# --- the working draft in reading order


@dataclass(frozen=True, slots=True)
class _ClauseRow:
    """A clause of the draft as labels.py wants it, and what its entry keeps."""

    key: int
    parent_key: int | None
    part: int
    rank: str
    numbering: str
    kind: str
    uuid: UUID
    section_id: int
    applies_to: str
    sha: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """The live rows of the working draft by what they hang below: sections by (manual, parent), clauses by section."""

    manuals: Sequence[Manual]
    sections: dict[tuple[int, int | None], list[Section]]
    clauses: dict[int, list[_ClauseRow]]


@dataclass(slots=True)
class DraftNode:
    """A manual, section or clause of the working draft: a future EditionEntry."""

    kind: str
    uuid: UUID
    manual_id: int
    parent_uuid: UUID | None = None
    section_id: int | None = None
    clause_id: int | None = None
    part: int = 0
    label: str = ""
    path: str = ""
    title: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    applies_to: str = AppliesTo.BOTH.value
    numbering: str = ""
    blob: str | None = None

    @property
    def cite(self) -> str:
        """The number people cite, the last element of the path."""
        return self.path.rpartition("/")[2]

    @property
    def manifest_line(self) -> ManifestLine:
        if self.blob is None:
            sha = section_sha(self.title, self.data, self.applies_to)
        else:
            sha = clause_line_sha(self.blob, self.data)
        return ManifestLine(
            self.label,
            self.kind,
            self.uuid,
            sha,
            self.manual_id,
            self.section_id,
        )


def load_draft_nodes(wanted: list[Manual]) -> list[DraftNode]:
    """All manuals of the working draft, or those wanted, in the order in which they would be frozen now. Three
    queries."""
    draft = _load_draft(wanted)
    nodes = []
    for manual in draft.manuals:
        node = DraftNode(
            kind="manual",
            uuid=manual.uuid,
            manual_id=manual.pk,
            path=manual.key,
            title=manual.title,
        )
        nodes.append(node)
        nodes += _walk_sections(draft, manual, node)
    return nodes


def _load_draft(wanted: list[Manual]) -> _Draft:
    """All manuals, or those wanted. Three queries."""
    manuals = Manual.objects.order_by("work_group__order", "key")
    sections = Section.objects.live().order_by("rank")
    clauses = Clause.objects.live().order_by()
    if wanted:
        manual_ids = [manual.pk for manual in wanted]
        manuals = manuals.filter(pk__in=manual_ids)
        sections = sections.filter(manual__in=manual_ids)
        clauses = clauses.filter(section__manual__in=manual_ids)

    sections_below: dict[tuple[int, int | None], list[Section]] = {}
    for section in sections:
        parent = (section.manual_id, section.parent_id)
        sections_below.setdefault(parent, []).append(section)

    # Without their words: a whole book would be tens of megabytes
    rows = clauses.values_list(
        "pk",
        "parent_id",
        "part",
        "rank",
        "numbering",
        "kind",
        "uuid",
        "section_id",
        "applies_to",
        "sha",
    )
    clauses_in: dict[int, list[_ClauseRow]] = {}
    for values in rows.iterator(chunk_size=5000):
        row = _ClauseRow(*values)
        clauses_in.setdefault(row.section_id, []).append(row)
    return _Draft(list(manuals), sections_below, clauses_in)


def _walk_sections(
    draft: _Draft, manual: Manual, parent: DraftNode
) -> Iterator[DraftNode]:
    """The sections below a manual or a section, each with its clauses and the sections below it."""
    sections = draft.sections.get((manual.pk, parent.section_id), [])
    for ordinal, section in enumerate(sections, start=1):
        # A manual has no label: its first section is 1, the first below that 1.1
        label = f"{parent.label}.{ordinal}".lstrip(".")
        node = DraftNode(
            kind="section",
            uuid=section.uuid,
            manual_id=manual.pk,
            parent_uuid=parent.uuid,
            section_id=section.pk,
            label=label,
            path=f"{manual.key}/{label}",
            title=section.title,
            data={**section.data, "kind": section.kind, "origin": section.origin},
            applies_to=section.applies_to,
        )
        yield node
        yield from _walk_clauses(draft.clauses.get(section.pk, []), node)
        yield from _walk_sections(draft, manual, node)


def _walk_clauses(rows: list[_ClauseRow], section: DraftNode) -> Iterator[DraftNode]:
    uuid_of_row: dict[int | None, UUID] = {}
    for row in rows:
        uuid_of_row[row.key] = row.uuid
    for labelled in label_clauses(rows):
        row = labelled.node
        node = DraftNode(
            kind="clause",
            uuid=row.uuid,
            manual_id=section.manual_id,
            parent_uuid=uuid_of_row.get(row.parent_key, section.uuid),
            section_id=row.section_id,
            clause_id=row.key,
            part=row.part,
            label=labelled.label,
            path=f"{section.path}/{labelled.cite}",
            applies_to=row.applies_to,
            numbering=row.numbering,
            blob=row.sha,
        )
        if labelled.depth:
            node.data = {"depth": labelled.depth}
        yield node


def copy_entries(edition: Edition, nodes: list[DraftNode]) -> None:
    """COPY is the quickest way in; ids are drawn first so that parents can be named."""
    table = EditionEntry._meta.db_table
    columns = (
        "id, edition_id, parent_id, kind, manual_id, section_id, clause_id, uuid, part, ordinal, path, label,"
        " title, data, applies_to, numbering, blob_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, len(nodes)],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
        id_of: dict[UUID | None, int] = {}
        for node, pk in zip(nodes, ids, strict=True):
            id_of[node.uuid] = pk

        with (
            connection.wrap_database_errors,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for ordinal, node in enumerate(nodes, start=1):
                values = (
                    id_of[node.uuid],
                    edition.pk,
                    id_of.get(node.parent_uuid),
                    node.kind,
                    node.manual_id,
                    node.section_id,
                    node.clause_id,
                    node.uuid,
                    node.part,
                    ordinal,
                    node.path,
                    node.label,
                    node.title,
                    json.dumps(node.data, ensure_ascii=False),
                    node.applies_to,
                    node.numbering,
                    node.blob,
                )
                copy.write_row(values)
