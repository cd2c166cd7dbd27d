"""Synthetic processes of any number for benchmarks: real sentences of fixtures/manuals, mixed by a seed."""

import random
from pathlib import Path
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User

from ..drafting.services.sections import add_section
from ..models import Manual, Section
from .drafts import ClauseDraft, ProcessDraft, rename_branch_targets
from .process_text import read_process
from .services.importing import import_process

PAGES_A_PROCESS = 7  # what a written process of the fixtures takes in the book


def make_processes(
    pages: int,
    seed: int,
    folder: Path,
    *,
    by: User,
) -> int:
    """Add about `pages` printed pages of processes to the manuals, the same for the same seed. Returns how many.

    Each takes part 9 (with its chart) from one process of the fixtures and every other part from another one.
    """
    choose = random.Random(seed)
    models = []
    for path in sorted(folder.glob("2565/*/*.txt")):
        models.append(read_process(path.read_text(encoding="utf-8")))
    manuals = list(
        Manual.objects.filter(work_group__isnull=False).order_by("work_group__order")
    )
    count = max(1, round(pages / PAGES_A_PROCESS))
    for position, manual in enumerate(manuals):
        # Consecutive numbers for each manual, as even as can be
        first = count * position // len(manuals)
        end = count * (position + 1) // len(manuals)
        if first == end:
            continue
        with transaction.atomic():
            unit = add_section(
                manual,
                Section.Kind.UNIT,
                f"งานสังเคราะห์ {seed}",
                by=by,
            )
            for number in range(first + 1, end + 1):
                draft = _mix_process(models, choose, number)
                import_process(manual, draft, by=by, unit=unit)
    return count


def _mix_process(
    models: list[ProcessDraft], choose: random.Random, number: int
) -> ProcessDraft:
    """Clauses stand under uuids of their own, parents and branches following."""
    title = f"{choose.choice(models).title} (ชุดที่ {number})"
    mixed = ProcessDraft(title=title)
    for part in range(2, 10):
        source = choose.choice(models)
        clauses = [clause for clause in source.clauses if clause.part == part]
        new_uuids = {}
        for clause in clauses:
            bits = choose.getrandbits(128)
            new_uuids[clause.uuid] = UUID(int=bits, version=4)
        for clause in clauses:
            copy = ClauseDraft(
                part=clause.part,
                content=rename_branch_targets(clause.content, new_uuids),
                numbering=clause.numbering,
                uuid=new_uuids[clause.uuid],
            )
            if clause.parent is not None:
                copy.parent = new_uuids.get(clause.parent)
            mixed.clauses.append(copy)
    return mixed
