"""Addresses of the rows that a figure counts: the existing lists, narrowed."""

from django.urls import reverse
from django.utils.http import urlencode

from hearing_portal.directory.models import WorkGroup
from manuals.models import Manual

from ...issue_classes import NO_CLASS


def comments_url(
    manual: Manual,
    hearing_key: str,
    *,
    issue: str | None = "",
    result: str = "",
    process: str = "",
) -> str:
    """The list of the manual's comments. `issue` None means those without a class, "" all; `hearing_key` is "" for the
    current hearing."""
    query = {
        "hearing": hearing_key,
        "issue": NO_CLASS if issue is None else issue,
        "result": result,
        "process": process,
    }
    query = {name: value for name, value in query.items() if value}
    address = reverse("group-comments", args=[manual.key])
    return f"{address}?{urlencode(query)}" if query else address


def conclusion_url(manual: Manual, hearing_key: str, part: str = "") -> str:
    """The conclusion of a group, at one of its parts."""
    address = reverse("group-conclusion", args=[manual.key])
    if hearing_key:
        address = f"{address}?{urlencode({'hearing': hearing_key})}"
    return f"{address}#{part}" if part else address


def register_url(group: WorkGroup | None) -> str:
    """The overlap register, narrowed to the group."""
    address = reverse("overlaps")
    return address if group is None else f"{address}?{urlencode({'group': group.key})}"
