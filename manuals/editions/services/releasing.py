"""Letting the people of a hearing, or everybody, read an edition."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import EDITION_RELEASED, about_edition
from ...models import Edition, EditionRelease


def release_to(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Safe to repeat: the first release of the edition to the audience stands.

    Whether a final edition may be released to the public is asked before, by comments/releasing: only there is known
    what the hearing still owes. Call it within an act that holds `lock_edition`, or for the hearing.
    """
    with act(by=by) as done:
        lock_edition(edition)
        existing = EditionRelease.objects.filter(
            edition=edition, audience=audience
        ).first()
        if existing is not None:
            return existing
        release = EditionRelease.objects.create(
            edition=edition, audience=audience, by=by
        )
        done.record(EDITION_RELEASED, about_edition(edition), detail=audience)
    return release


def lock_edition(edition: Edition) -> None:
    """Until the act ends nobody else releases the edition."""
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
