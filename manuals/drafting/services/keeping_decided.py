"""An act that takes out what was decided is done knowingly: it is tried, looked at by the rule by which the words are
looked for afterwards, and undone as long as the person was not told."""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager

from django.db import transaction

from hearing_portal.refusals import Refusal

from ...models import Section
from ..adopted import FindKept, KeptDecision


class LosesDecided(Refusal):
    """The act would take out what was decided, and the person did not say that they know it. `lost` are {key: how it
    is kept} of all that it would take out."""

    def __init__(self, lost: Mapping[int, KeptDecision]) -> None:
        super().__init__(
            "การบันทึกนี้จะนำถ้อยคำที่เห็นชอบแล้วออก โปรดคงถ้อยคำนั้นไว้ หรือทำเครื่องหมายว่าทราบ แล้วบันทึกอีกครั้ง",
            field="knows",
        )
        self.lost = lost


@contextmanager
def keeping_decided(
    section: Section, find_kept: FindKept, *, known: Set[int]
) -> Iterator[None]:
    """Around an act on clauses of the section. Raises LosesDecided, and nothing is written, where something decided
    that is not `known` would be kept no more. The queries of `find_kept`, twice where something is kept."""
    before = find_kept([section.pk])
    if not before:
        yield
        return
    with transaction.atomic():
        yield
        after = find_kept([section.pk])
        lost = {key: kept for key, kept in before.items() if key not in after}
        if not lost.keys() <= known:
            raise LosesDecided(lost)
