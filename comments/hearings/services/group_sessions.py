"""Setting up the sessions of several groups in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from manuals.editions.services.releasing import release_to
from manuals.models import Edition, EditionRelease

from ...models import Hearing, HearingSession
from .announcing import create_session


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session of a group, before it is a row."""

    work_group: WorkGroup
    kind: str
    venue: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def create_group_sessions(
    hearing: Hearing,
    edition: Edition,
    planned: Sequence[PlannedSession],
    *,
    by: User,
    releases_edition: bool = False,
) -> list[HearingSession]:
    """The sessions that were made: a group that has one of the kind on the edition keeps it and gets no second.

    All or none. `releases_edition` lets the participants read the edition in the same act, where they may not yet.
    Raises SessionRefused as create_session does.
    """
    made = []
    with act(by=by):
        # Two administrators at once: the second sees what the first has made
        Hearing.objects.select_for_update().get(pk=hearing.pk)
        sessions = HearingSession.objects.filter(hearing=hearing, edition=edition)
        taken = set(sessions.values_list("work_group_id", "kind"))
        for plan in planned:
            if (plan.work_group.pk, plan.kind) in taken:
                continue
            session = create_session(
                hearing=hearing,
                kind=plan.kind,
                work_group=plan.work_group,
                edition=edition,
                by=by,
                venue=plan.venue,
                opens_at=plan.opens_at,
                closes_at=plan.closes_at,
            )
            made.append(session)
        if releases_edition:
            release_to(edition, EditionRelease.Audience.HEARING, by=by)
    return made
