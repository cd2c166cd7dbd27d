"""Where entries and comments are found in the hearing."""

from urllib.parse import urlencode

from django.urls import reverse

from manuals.models import EditionEntry, Manual, Section
from manuals.reading.presentation.links import clause_anchor

from .models import Comment


def entry_url(entry: EditionEntry, manual: Manual) -> str:
    """Where an entry is read in the hearing: its process's page, else its group's. `entry.section` is needed."""
    if entry.section is None:
        return reverse("group", args=[manual.key])
    is_process = entry.section.kind == Section.Kind.PROCESS
    page = reverse("group", args=[manual.key])
    if is_process:
        page = reverse("process", args=[manual.key, entry.section.uuid])
    return f"{page}#{clause_anchor(entry.uuid)}" if entry.kind == EditionEntry.Kind.CLAUSE else page


def desk_url(comment: Comment) -> str:
    """The comment at the desk of its group, where it can be decided."""
    return f"{reverse('group-queue', args=[comment.entry.manual.key])}?{urlencode({'comment': comment.uuid})}"
