"""Keeping what a drafter has chosen at the bench and not saved. No act: nothing of it is in the log."""

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.timezone import now

from hearing_portal.directory.models import User
from manuals.models import Clause

from ...models import BenchDraft

SIZE_LIMIT = 400_000  # code points of a form: the longest clause has 20,000


@transaction.atomic
def keep_bench_draft(
    clause: Clause, values: Mapping[str, Sequence[str]], *, by: User
) -> None:
    """What is too long to be kept stays on the page alone."""
    kept = {}
    for name, texts in values.items():
        if "\x00" not in name:
            kept[name] = [text.replace("\x00", "") for text in texts]
    if len(json.dumps(kept, ensure_ascii=False)) > SIZE_LIMIT:
        return
    BenchDraft.objects.update_or_create(
        user=by, clause=clause, defaults={"values": kept, "saved_at": now()}
    )


def drop_bench_draft(clause: Clause, *, by: User) -> None:
    """The results are saved, or the person begins anew."""
    BenchDraft.objects.filter(user=by, clause=clause).delete()
