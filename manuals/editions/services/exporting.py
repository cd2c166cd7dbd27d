"""The frozen texts of an edition as plain data."""

from typing import Any

from ...models import Edition


def load_edition_json(edition: Edition) -> dict[str, Any]:
    """{"code", "kind", "title", "sealed_at", "manifest_sha", "entries": [{"kind", "uuid", "path", "label", "title",
    "part", "applies_to", "data", "sha", "content"}]} in the edition's order; content of clauses only. One query."""
    entries = []
    for entry in edition.entries.select_related("blob").order_by("ordinal"):
        exported = {
            "kind": entry.kind,
            "uuid": str(entry.uuid),
            "path": entry.path,
            "label": entry.label,
            "title": entry.title,
            "part": entry.part,
            "applies_to": entry.applies_to,
            "data": entry.data,
            "sha": entry.blob_id,
            "content": None,
        }
        if entry.blob is not None:
            exported["content"] = entry.blob.content
        entries.append(exported)
    return {
        "code": edition.code,
        "kind": edition.kind,
        "title": edition.title,
        "sealed_at": edition.seal.at.isoformat(),
        "manifest_sha": edition.seal.manifest_sha,
        "entries": entries,
    }
