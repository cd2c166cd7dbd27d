"""Releasing an edition to the hearing or to the public."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from manuals.acts import EDITION_RELEASED, about_edition
from manuals.models import Edition, EditionRelease

from ..deciding.services.publishing import PublishingRefused
from .gate import release_blockers


def release_edition(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Release a sealed edition. A final one to the public only when nothing blocks it.

    Raises PublishingRefused with the blockers.
    """
    if edition.sealed_at is None:
        raise PublishingRefused("ฉบับนี้ยังไม่ได้ตรึง จึงออกฉบับไม่ได้")
    with act(by=by) as done:
        Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)  # two presses make one release
        existing = EditionRelease.objects.filter(edition=edition, audience=audience).first()
        if existing is not None:
            return existing
        if edition.kind == Edition.Kind.FINAL and audience == EditionRelease.Audience.PUBLIC:
            blockers = release_blockers(edition)
            if blockers:
                raise PublishingRefused(f"ยังออกฉบับไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
        release = EditionRelease.objects.create(edition=edition, audience=audience, by=by)
        done.record(EDITION_RELEASED, about_edition(edition), detail=audience)
    return release
