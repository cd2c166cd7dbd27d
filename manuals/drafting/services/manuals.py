"""Making the manuals themselves; what stands in them is written by drafting.apply_changes."""

from uuid import UUID, uuid4

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup

from ...acts import MANUAL_CREATED, about_manual
from ...models import Manual
from .revisions import write_revision


def create_manual(
    key: str,
    title: str,
    *,
    by: User,
    work_group: WorkGroup | None = None,
    uuid: UUID | None = None,
) -> Manual:
    """A manual without sections, in a revision of its own; the existing one when the key is known. `uuid` is given
    for one that another portal made."""
    known = Manual.objects.filter(key=key).first()
    if known is not None:
        return known
    with act(by=by) as done:
        manual = Manual.objects.create(
            key=key,
            title=title,
            work_group=work_group,
            uuid=uuid or uuid4(),
        )
        write_revision([manual], by=by, reason=f"จัดทำ {title}")
        done.record(MANUAL_CREATED, about_manual(manual))
    return manual
