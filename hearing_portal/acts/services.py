"""The one way to act: `with act(by=…, reason=…) as done:` opens the transaction, names the history's user, and
writes what was done to the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from .kinds import ActKind, Subject
from .models import Act


@dataclass(slots=True)
class RunningAct:
    """Who acts and why, and what was done so far. Nested acts (adopting changes words) share one list: the log is
    written once, when the outermost ends, in the transaction that did it all."""

    by: AbstractBaseUser | None
    reason: str
    lines: list[Act] = field(default_factory=list)

    def record(
        self,
        kind: ActKind,
        subject: Subject,
        *,
        detail: str = "",
        note: str = "",
        reason: str | None = None,
        by: AbstractBaseUser | None = None,
        at: datetime | None = None,
    ) -> None:
        """One line of the log. `reason` and `by` are the act's own unless given: a bulk act may have others. `at` is
        when it came about, where that was before now."""
        actor = by or self.by
        self.lines.append(
            Act(
                at=at or timezone.now(),
                by_id=actor.pk if actor is not None else None,
                code=kind.code,
                category=kind.category,
                subject=subject.kind,
                subject_key=subject.key,
                label=subject.label[:500],
                manual=subject.manual,
                work_group_id=subject.work_group_id,
                detail=detail,
                note=note,
                reason=self.reason if reason is None else reason,
            )
        )


_running: ContextVar[RunningAct | None] = ContextVar("running_act", default=None)


@contextmanager
def act(*, by: AbstractBaseUser | None, reason: str = "") -> Iterator[RunningAct]:
    """One act of one person, all of it or nothing. `by` is None for what the portal does itself.

    Committed when the outermost one ends. What is raised inside undoes the outermost act too, also when somebody in
    between catches it (no savepoint): an act inside another is a part of it, never a try.
    """
    outer = _running.get()
    done = RunningAct(by, reason.strip(), outer.lines if outer is not None else [])
    with transaction.atomic(savepoint=outer is None):
        token = _running.set(done)
        try:
            yield done
        finally:
            _running.reset(token)
        if outer is None:
            Act.objects.bulk_create(done.lines)


def acting_person() -> AbstractBaseUser | None:
    """Who acts at this moment; None outside an act."""
    running = _running.get()
    return running.by if running is not None else None
