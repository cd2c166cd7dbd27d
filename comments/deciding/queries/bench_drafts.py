"""What somebody left at a bench."""

from hearing_portal.directory.models import User
from manuals.models import Clause

from ...models import BenchDraft


def find_bench_draft(clause: Clause, user: User) -> BenchDraft | None:
    return BenchDraft.objects.filter(clause=clause, user=user).first()
