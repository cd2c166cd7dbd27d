"""The frozen texts of an edition as plain data."""

from typing import Any

from ...models import Edition


def edition_json(edition: Edition) -> dict[str, Any]:
    """{"code", "kind", "title", "sealed_at", "manifest_sha", "entries": [{"kind", "uuid", "path", "label", "title",
    "part", "applies_to", "data", "sha", "content"}]} in the edition's order; content of clauses only."""
    return {
        "code": edition.code,
        "kind": edition.kind,
        "title": edition.title,
        "sealed_at": edition.sealed_at.isoformat(),
        "manifest_sha": edition.manifest_sha,
        "entries": [
            {
                "kind": entry.kind,
                "uuid": str(entry.uuid),
                "path": entry.path,
                "label": entry.label,
                "title": entry.title,
                "part": entry.part,
                "applies_to": entry.applies_to,
                "data": entry.data,
                "sha": entry.blob_id,
                "content": entry.blob.content if entry.blob_id else None,
            }
            for entry in edition.entries.select_related("blob").order_by("ordinal")
        ],
    }
