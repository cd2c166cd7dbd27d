"""Links to the working draft: of their makers, and by their address."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, QuerySet
from django.utils.timezone import localdate

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles

from ..models import PreviewLink
from ..permissions import can_edit_draft

SHOWN = 200


def hash_secret(secret: str) -> str:
    """A secret of so many random bits needs no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()


def _with_things(links: QuerySet[PreviewLink]) -> QuerySet[PreviewLink]:
    return links.select_related(
        "manual__work_group", "section__retired", "by", "recall__by"
    )


def find_links_for(user: User) -> list[PreviewLink]:
    """Those the person made, all for an administrator, the newest first; each with `opened_at` and `times`. One
    query."""
    links = PreviewLink.objects.all()
    if not load_roles(user).is_admin:
        links = links.filter(by=user)
    counted = _with_things(links).annotate(
        opened_at=Max("openings__at"), times=Count("openings")
    )
    return list(counted.order_by("-id")[:SHOWN])


def is_recalled(link: PreviewLink) -> bool:
    """The link comes with its recall."""
    return hasattr(link, "recall")


def is_over(link: PreviewLink, day: date | None = None) -> bool:
    return link.ends_on < (day or localdate())


def is_gone(link: PreviewLink) -> bool:
    """Whether the section it shows left the manual; it comes with its retirement."""
    return link.section is not None and link.section.retired_id is not None


def find_link(secret: str) -> PreviewLink | None:
    """The link with this secret, whether it shows something or not. One query."""
    return _with_things(
        PreviewLink.objects.filter(secret_sha=hash_secret(secret))
    ).first()


def find_working_link(secret: str) -> PreviewLink | None:
    """The link with this secret, where it shows something today: it is not called back, its last day is not over, what
    it shows stands, and its maker may still write there. Two queries."""
    link = find_link(secret)
    if link is None or is_recalled(link) or is_over(link) or is_gone(link):
        return None
    if not link.by.is_active or not can_edit_draft(link.by, link.manual.work_group):
        return None
    return link
