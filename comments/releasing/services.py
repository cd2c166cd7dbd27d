"""Releasing an edition to the hearing or to the public."""

from collections.abc import Sequence

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from manuals.acts import EDITION_RELEASED, about_edition
from manuals.models import Edition, EditionRelease

from ..deciding.queries.blockers import Blocker
from .queries.gate import find_release_blockers


class ReleaseRefused(Refusal):
    """Something still stands in the way; `blockers` name each."""

    kind = RefusalKind.CONFLICT

    def __init__(self, message_th: str, blockers: Sequence[Blocker] = ()) -> None:
        super().__init__(message_th)
        self.blockers = list(blockers)


def release_edition(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Release a sealed edition; safe to repeat. A final one to the public only when nothing blocks it.

    Raises ReleaseRefused with the blockers.
    """
    if edition.sealed_at is None:
        raise ReleaseRefused("ฉบับนี้ยังไม่ได้ตรึง จึงออกฉบับไม่ได้")
    with act(by=by) as done:
        Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)  # two presses make one release
        existing = EditionRelease.objects.filter(edition=edition, audience=audience).first()
        if existing is not None:
            return existing
        needs_gate = edition.kind == Edition.Kind.FINAL and audience == EditionRelease.Audience.PUBLIC
        if needs_gate:
            blockers = find_release_blockers(edition)
            if blockers:
                raise ReleaseRefused(f"ยังออกฉบับไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
        release = EditionRelease.objects.create(edition=edition, audience=audience, by=by)
        done.record(EDITION_RELEASED, about_edition(edition), detail=audience)
    return release
