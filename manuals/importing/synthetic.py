"""Synthetic processes of any number for benchmarks: real sentences of fixtures/manuals, mixed by a seed."""

import random
import uuid as uuids
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from hearing_portal.directory.models import User

from ..models import Manual, Section
from .process_text import ClauseDraft, ProcessDraft, read_process
from .services import add_section, import_process, with_targets

PAGES_A_PROCESS = 7  # what a written process of the fixtures takes in the book


def make_processes(pages: int, seed: int, folder: Path, *, by: User) -> int:
    """Add about `pages` printed pages of processes to the manuals, the same for the same seed. Returns how many.

    Each takes part 9 (with its chart) from one process of the fixtures and every other part from another one.
    """
    choose = random.Random(seed)
    models = [read_process(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("2565/*/*.txt"))]
    manuals = list(Manual.objects.filter(work_group__isnull=False).order_by("work_group__order"))
    count = max(1, round(pages / PAGES_A_PROCESS))
    for manual, numbers in _share(manuals, count):
        with transaction.atomic():
            unit = add_section(manual, Section.Kind.UNIT, f"งานสังเคราะห์ {seed}", by=by)
            for number in numbers:
                import_process(manual, _mixed(models, choose, number), by=by, unit=unit)
    return count


def _share(manuals: list[Manual], count: int) -> Iterator[tuple[Manual, range]]:
    """Consecutive numbers for each manual, as even as can be."""
    borders = [count * position // len(manuals) for position in range(len(manuals) + 1)]
    for manual, first, last in zip(manuals, borders, borders[1:], strict=False):
        if last > first:
            yield manual, range(first + 1, last + 1)


def _mixed(models: list[ProcessDraft], choose: random.Random, number: int) -> ProcessDraft:
    title = f"{choose.choice(models).title} (ชุดที่ {number})"
    clauses: list[ClauseDraft] = []
    for part in range(2, 10):
        source = choose.choice(models)
        clauses += _copied([clause for clause in source.clauses if clause.part == part], choose)
    return ProcessDraft(title=title, clauses=clauses)


def _copied(clauses: list[ClauseDraft], choose: random.Random) -> Iterator[ClauseDraft]:
    """The clauses under uuids of their own, parents and branches following."""
    own = {clause.uuid: uuids.UUID(int=choose.getrandbits(128), version=4) for clause in clauses}
    for clause in clauses:
        yield ClauseDraft(
            clause.part,
            with_targets(clause.content, own),
            clause.numbering,
            own.get(clause.parent) if clause.parent else None,
            uuid=own[clause.uuid],
        )
