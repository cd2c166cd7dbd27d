"""Making the manuals themselves; what stands in them is written by drafting.apply_changes."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup

from ...models import Manual
from .revisions import write_revision


def create_manual(
    key: str,
    title: str,
    *,
    by: User,
    work_group: WorkGroup | None = None,
) -> Manual:
    """A manual without sections, in a revision of its own; the existing one when the key is known."""
    known = Manual.objects.filter(key=key).first()
    if known is not None:
        return known
    with act(by=by):
        manual = Manual.objects.create(
            key=key,
            title=title,
            work_group=work_group,
        )
        write_revision([manual], by=by, reason=f"ตั้ง {title}")
    return manual
