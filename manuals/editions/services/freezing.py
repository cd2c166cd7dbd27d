"""Freezing the working draft into a sealed edition."""

import hashlib
import json
import uuid as uuids
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.text import POLICY_VERSION

from ...acts import EDITION_FROZEN, about_edition
from ...drafting.services.apply_changes import FREEZE_LOCK
from ...labels import label_clauses
from ...models import Clause, Edition, EditionEntry, Manual, Section


class FreezeRefused(Refusal):
    """The working draft cannot be frozen under this code; the message says why, in Thai."""


@dataclass(slots=True)
class _Node:
    """A future EditionEntry, and for clauses what labels.py wants to know."""

    kind: str
    uuid: uuids.UUID
    manual_id: int
    section_id: int | None = None
    clause_id: int | None = None
    part: int = 0
    label: str = ""
    path: str = ""
    title: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    applies_to: str = "both"
    numbering: str = ""
    blob: str | None = None
    parent_uuid: uuids.UUID | None = None

    @property
    def sha(self) -> str:
        """Of a clause its content's hash; of a section or manual the hash of what it says of itself."""
        if self.blob:
            return self.blob
        own = json.dumps([self.title, self.data, self.applies_to], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(own.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _ClauseRow:
    key: int
    parent_key: int | None
    part: int
    rank: str
    numbering: str
    kind: str
    uuid: uuids.UUID
    section_id: int
    applies_to: str
    sha: str


def freeze_edition(
    *, code: str, kind: str, title: str, by: User, basis: Edition | None = None, manuals: Iterable[Manual] = ()
) -> Edition:
    """Freeze all manuals (or those given) into a sealed edition. Raises FreezeRefused when the code is taken."""
    with act(by=by) as done:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FREEZE_LOCK])
        if Edition.objects.filter(code=code).exists():
            raise FreezeRefused(f"มีฉบับรหัส {code} อยู่แล้ว และฉบับที่ตรึงแล้วเปลี่ยนไม่ได้ โปรดใช้รหัสอื่น")
        nodes = list(_walk_draft([manual.pk for manual in manuals]))
        if not nodes:
            raise FreezeRefused("ยังไม่มีคู่มือในร่าง จึงตรึงฉบับไม่ได้")
        edition = Edition.objects.create(
            code=code, kind=kind, title=title, made_by=by, basis=basis, policy_version=POLICY_VERSION
        )
        _copy_entries(edition, nodes)
        edition.manifest_sha = manifest_sha(
            (node.label, node.kind, node.uuid, node.sha, node.manual_id, node.section_id) for node in nodes
        )
        edition.sealed_at = timezone.now()
        edition.save(update_fields=["manifest_sha", "sealed_at"])
        done.record(EDITION_FROZEN, about_edition(edition), detail=edition.kind)
        return edition


def _walk_draft(manual_ids: list[int]) -> Iterator[_Node]:
    manuals = Manual.objects.select_related("work_group").order_by("work_group__order", "key")
    sections = Section.objects.live().order_by("rank")
    clauses = Clause.objects.live()
    if manual_ids:
        manuals = manuals.filter(pk__in=manual_ids)
        sections, clauses = sections.filter(manual__in=manual_ids), clauses.filter(section__manual__in=manual_ids)
    rows: dict[int, list[_ClauseRow]] = {}
    values = clauses.values_list(
        "pk", "parent_id", "part", "rank", "numbering", "kind", "uuid", "section_id", "applies_to", "sha"
    )
    for value in values.order_by().iterator(chunk_size=5000):
        row = _ClauseRow(*value)
        rows.setdefault(row.section_id, []).append(row)
    children: dict[tuple[int, int | None], list[Section]] = {}
    for section in sections:
        children.setdefault((section.manual_id, section.parent_id), []).append(section)
    for manual in manuals:
        yield _Node("manual", manual.uuid, manual.pk, path=manual.key, title=manual.title)
        yield from _walk_sections(manual, None, manual.uuid, manual.key, "", children, rows)


def _walk_sections(
    manual: Manual,
    parent_id: int | None,
    parent_uuid: uuids.UUID,
    path: str,
    number: str,
    children: dict[tuple[int, int | None], list[Section]],
    rows: dict[int, list[_ClauseRow]],
) -> Iterator[_Node]:
    for ordinal, section in enumerate(children.get((manual.pk, parent_id), ()), start=1):
        own = f"{number}.{ordinal}".lstrip(".")
        place = f"{path.partition('/')[0]}/{own}"
        yield _Node(
            "section",
            section.uuid,
            manual.pk,
            section.pk,
            label=own,
            path=place,
            title=section.title,
            data={**section.data, "kind": section.kind, "origin": section.origin},
            applies_to=section.applies_to,
            parent_uuid=parent_uuid,
        )
        yield from _walk_clauses(manual, section, place, rows.get(section.pk, []))
        yield from _walk_sections(manual, section.pk, section.uuid, place, own, children, rows)


def _walk_clauses(manual: Manual, section: Section, place: str, rows: list[_ClauseRow]) -> Iterator[_Node]:
    by_key = {row.key: row.uuid for row in rows}
    for item in label_clauses(rows):
        row = item.node
        yield _Node(
            "clause",
            row.uuid,
            manual.pk,
            section.pk,
            row.key,
            part=row.part,
            label=item.label,
            path=f"{place}/{item.cite}",
            data={"depth": item.depth} if item.depth else {},
            applies_to=row.applies_to,
            numbering=row.numbering,
            blob=row.sha,
            parent_uuid=by_key.get(row.parent_key, section.uuid),
        )


def _copy_entries(edition: Edition, nodes: list[_Node]) -> None:
    """COPY is the quickest way in; ids are drawn first so that parents can be named."""
    table = EditionEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(nodes)]
        )
        ids = [row[0] for row in cursor.fetchall()]
        id_of = {node.uuid: pk for node, pk in zip(nodes, ids, strict=True)}
        columns = (
            "id, edition_id, parent_id, kind, manual_id, section_id, clause_id, uuid, part, ordinal, path, label,"
            " title, data, applies_to, numbering, blob_id"
        )
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for ordinal, (node, pk) in enumerate(zip(nodes, ids, strict=True), start=1):
                copy.write_row(
                    (
                        pk,
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
                )


def manifest_sha(rows: Iterable[tuple[str, str, uuids.UUID, str, int, int | None]]) -> str:
    """Edition sha from (label, kind, uuid, sha, manual, section) in order.

    Lines of a section hash to its sha; a manual's own line and its sections' shas to the manual's; those to
    the edition's. SHA-256, 64 hex digits.
    """
    manuals: dict[int, Any] = {}
    sections: dict[tuple[int, int | None], Any] = {}
    for label, kind, uuid, sha, manual, section in rows:
        line = f"{label}\t{kind}\t{uuid}\t{sha}\n".encode()
        manuals.setdefault(manual, hashlib.sha256())
        sections.setdefault((manual, section), hashlib.sha256()).update(line)
    for (manual, _), digest in sections.items():
        manuals[manual].update(digest.digest())
    whole = hashlib.sha256()
    for digest in manuals.values():
        whole.update(digest.digest())
    return whole.hexdigest()


def recomputed_manifest_sha(edition: Edition) -> str:
    """The manifest's hash from the stored entries: equals `edition.manifest_sha` unless somebody tampered."""
    rows = []
    for entry in edition.entries.order_by("ordinal"):
        node = _Node(entry.kind, entry.uuid, entry.manual_id, title=entry.title, data=entry.data)
        node.applies_to, node.blob = entry.applies_to, entry.blob_id
        rows.append((entry.label, entry.kind, entry.uuid, node.sha, entry.manual_id, entry.section_id))
    return manifest_sha(rows)
