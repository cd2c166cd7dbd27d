"""An edition as JSON: all that another portal needs to have the same edition, under the same manifest hash.

The same edition gives the same bytes, whatever became of the working draft since. Keys are sorted, entries stand in the
edition's order, all else in the order of its keys. What the registry of laws and the list of groups say today of what
the edition names is in it too, but only what does not change by itself: names and dates, not whether a law is in force.

    format, format_version      what the file is
    code, kind, title, sealed_at, policy_version, basis (code or null), manifest_sha
    manuals                     [{key, uuid, group}]: the group's key or null
    groups                      [{key, name, short_name, kind, order, valid_from, valid_until}]
    entries                     [{kind, uuid, parent, path, label, numbering, title, part, applies_to, data, sha,
                                content}]: parent is the uuid of an earlier entry; sha and content of clauses only;
                                data of a clause says how deep it stands (depth), and since version 2 which clauses
                                that the edition has not it has the words of (has_words_of, uuids in order), and which
                                one it was split off from (split_from); of a section the same; since version 3 why a
                                section was split off (split_reason), also from one that the edition has not, and of
                                a manual why processes of it left before (left, {uuid: [why]})
    legal_sources               [{key, full_title, short_title, year_be, kind, in_force_from}]: those that clauses cite
    files                       [{sha, media_type, name, base64}]: of figures and forms, inside the file
    file_sha                    SHA-256 of the rest, see file_digest
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any, Protocol
from uuid import UUID

from hearing_portal.jobs.files import read_stored_file
from hearing_portal.jobs.models import StoredFile

from ..editions.services.lineage import LINEAGE_KEYS
from ..models import Edition, EditionEntry, LegalSource, Manual
from ..models.edition import LEFT, SPLIT_FROM, SPLIT_REASON

FORMAT = "hearing-portal-edition"
FORMAT_VERSION = 1
WITH_LINEAGE = (
    2  # only where a clause or a section says where it came from: others read as ever
)
WITH_REASONS = 3  # only where it says why processes left or were split off
GROUP_KEYS = ("key", "name", "short_name", "kind", "order", "valid_from", "valid_until")
SOURCE_KEYS = ("key", "full_title", "short_title", "year_be", "kind", "in_force_from")


def dump_edition(edition: Edition) -> bytes:
    """The bytes of the file, in UTF-8."""
    return write_json(load_edition_json(edition))


def write_json(value: Mapping[str, Any]) -> bytes:
    """As the file is written: for people to read and for version control to compare, one value a line."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def file_digest(value: Mapping[str, Any]) -> str:
    """The hash of all of a file but the hash itself, however its lines are broken."""
    rest = dict(value)
    rest.pop("file_sha", None)
    canonical = json.dumps(
        rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def load_edition_json(edition: Edition) -> dict[str, Any]:
    """The edition as plain JSON values. At most seven queries, however many entries."""
    rows = list(edition.entries.select_related("blob").order_by("ordinal"))
    manual_ids = {entry.manual_id for entry in rows}
    manuals = Manual.objects.select_related("work_group").in_bulk(manual_ids)
    uuid_of_entry: dict[int | None, str] = {entry.pk: str(entry.uuid) for entry in rows}
    exported = {
        "format": FORMAT,
        "format_version": find_format_version(rows),
        "code": edition.code,
        "kind": edition.kind,
        "title": edition.title,
        "sealed_at": edition.seal.at.astimezone(UTC).isoformat(),
        "policy_version": edition.policy_version,
        "basis": _find_basis_code(edition),
        "manifest_sha": edition.seal.manifest_sha,
        "manuals": _describe_manuals(rows, manuals),
        "groups": _describe_groups(manuals.values()),
        "entries": [_describe_entry(entry, uuid_of_entry) for entry in rows],
        "legal_sources": _describe_sources(rows),
        "files": _describe_files(rows),
    }
    exported["file_sha"] = file_digest(exported)
    return exported


class DataEntry(Protocol):
    @property
    def uuid(self) -> UUID: ...
    @property
    def data(self) -> dict[str, Any]: ...


def find_format_version(entries: Sequence[DataEntry]) -> int:
    """The lowest in which all can be said that these entries say: the file reads as ever where nothing is new."""
    uuids = {str(entry.uuid) for entry in entries}
    version = FORMAT_VERSION
    for entry in entries:
        if LEFT in entry.data or SPLIT_REASON in entry.data:
            return WITH_REASONS
        if entry.data.get(SPLIT_FROM, next(iter(uuids))) not in uuids:
            return WITH_REASONS
        if any(key in entry.data for key in LINEAGE_KEYS):
            version = WITH_LINEAGE
    return version


def _find_basis_code(edition: Edition) -> str | None:
    """Of an archival edition the one it had where it was sealed."""
    record = getattr(edition, "archival_record", None)
    if record is not None:
        return record.basis_code or None
    if edition.basis is not None:
        return edition.basis.code
    return None


def _describe_manuals(
    rows: Iterable[EditionEntry], manuals: Mapping[int, Manual]
) -> list[dict[str, Any]]:
    """In the book's order."""
    described = []
    for entry in rows:
        if entry.kind != EditionEntry.Kind.MANUAL:
            continue
        manual = manuals[entry.manual_id]
        group = None
        if manual.work_group is not None:
            group = manual.work_group.key
        described.append({"key": manual.key, "uuid": str(manual.uuid), "group": group})
    return described


def _describe_groups(manuals: Iterable[Manual]) -> list[dict[str, Any]]:
    groups = {}
    for manual in manuals:
        group = manual.work_group
        if group is not None:
            groups[group.key] = _values_of(group, GROUP_KEYS)
    return [groups[key] for key in sorted(groups)]


def _describe_entry(
    entry: EditionEntry, uuid_of_entry: Mapping[int | None, str]
) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "uuid": str(entry.uuid),
        "parent": uuid_of_entry.get(entry.parent_id),
        "path": entry.path,
        "label": entry.label,
        "numbering": entry.numbering,
        "title": entry.title,
        "part": entry.part,
        "applies_to": entry.applies_to,
        "data": entry.data,
        "sha": entry.blob_id,
        "content": entry.blob.content if entry.blob is not None else None,
    }


def _values_named(rows: Iterable[EditionEntry], name: str) -> list[str]:
    """What the clauses have in this key of their data, each once, sorted."""
    found = set()
    for entry in rows:
        if entry.blob is None:
            continue
        value = entry.blob.content["data"].get(name)
        if isinstance(value, str) and value:
            found.add(value)
    return sorted(found)


def _describe_sources(rows: Iterable[EditionEntry]) -> list[dict[str, Any]]:
    """Those that are in the registry."""
    keys = _values_named(rows, "source")
    sources = LegalSource.objects.in_bulk(keys, field_name="key")
    return [_values_of(sources[key], SOURCE_KEYS) for key in sorted(sources)]


def _describe_files(rows: Iterable[EditionEntry]) -> list[dict[str, Any]]:
    """Those whose bytes are there: a file that is lost from the disk does not keep the words from being exported."""
    described = []
    shas = _values_named(rows, "file")
    for file in StoredFile.objects.filter(sha__in=shas).order_by("sha"):
        raw = read_stored_file(file)
        if raw is None:
            continue
        content = base64.b64encode(raw)
        described.append(
            {
                "sha": file.sha,
                "media_type": file.media_type,
                "name": file.name,
                "base64": content.decode(),
            }
        )
    return described


def _values_of(row: object, names: Iterable[str]) -> dict[str, Any]:
    values = {}
    for name in names:
        value = getattr(row, name)
        if isinstance(value, date):
            value = value.isoformat()
        values[name] = value
    return values
