"""The nine-part texts of the fixtures, and what a draft read from one says, in a form two readings share."""

import csv
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.thai.markup import replace_references
from hearing_portal.thai.numbering import arabic_digits
from manuals.content import Step
from manuals.importing.drafts import ClauseDraft, ProcessDraft
from manuals.importing.process_text import read_process
from manuals.labels import Labelled, label_clauses
from manuals.ranks import ranks_after

ROOT = Path(__file__).resolve().parent.parent.parent
FIXTURES = ROOT / "fixtures" / "manuals"
TEXTS = Path(__file__).resolve().parent / "texts"
PROCESSES = sorted(FIXTURES.glob("25*/*/*.txt"))


def known_sources() -> dict[str, str]:
    """{full title: key} as services.legal_registry gives it, straight from the registry's file."""
    with (ROOT / "fixtures" / "legal" / "legal_sources.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return {row["full_title"]: row["short_title"] for row in csv.DictReader(file)}


def read_file(path: Path) -> ProcessDraft:
    return read_process(path.read_text(encoding="utf-8"), known_sources())


def name_of(path: Path) -> str:
    return "/".join(path.parts[-3:])


@dataclass(frozen=True)
class _Row:
    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str
    draft: ClauseDraft


def labelled(draft: ProcessDraft) -> list[Labelled[_Row]]:
    ranks = ranks_after("", len(draft.clauses))
    return list(
        label_clauses(
            _Row(
                clause.uuid,
                clause.parent,
                clause.part,
                rank,
                clause.numbering,
                clause.content.kind,
                clause,
            )
            for clause, rank in zip(draft.clauses, ranks, strict=True)
        )
    )


def said(draft: ProcessDraft) -> list[tuple]:
    """(part, cite, depth, numbering, content, targets) of every clause; targets are cites instead of uuids."""
    items = labelled(draft)
    cites = {str(item.node.key): item.cite for item in items}
    return [
        (
            item.node.part,
            item.cite,
            item.depth,
            item.node.numbering,
            *told(item.node.draft.content, cites),
        )
        for item in items
    ]


def told(content, cites: dict[str, str]) -> tuple:
    """References in a step's remark and standard by the number that they show; digits there are the reader's."""
    targets = content.next if isinstance(content, Step) else []
    values = {
        key: value for key, value in content.as_json()["data"].items() if key != "next"
    }
    for key in values.keys() & set(content.may_refer):
        shown = replace_references(values[key], lambda uuid: f"ข้อ {cites[uuid]}")
        values[key] = arabic_digits(shown)
    return (
        content.kind,
        content.body,
        content.applies_to,
        values,
        [(cites[branch["to"]], branch["label"]) for branch in targets],
    )
