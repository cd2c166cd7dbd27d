"""Where entries and comments are found in the hearing."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from manuals.models import Edition, EditionEntry, Manual, Section
from manuals.reading.presentation.links import clause_anchor

from .models import Comment


def entry_url(entry: EditionEntry, manual: Manual) -> str:
    """Where an entry is read in the hearing: its process's page, else its group's. `entry.section` is needed."""
    group_page = reverse("group", args=[manual.key])
    if entry.section is None:
        return group_page
    page = group_page
    if entry.section.kind == Section.Kind.PROCESS:
        page = reverse("process", args=[manual.key, entry.section.uuid])
    if entry.kind != EditionEntry.Kind.CLAUSE:
        return page
    return f"{page}#{clause_anchor(entry.uuid)}"


def edition_entry_url(entry: EditionEntry) -> str:
    """Where the entry stands in its edition."""
    if entry.section is None:
        return reverse("edition", args=[entry.edition.code])
    return edition_section_url(entry.edition, entry.section, entry.uuid)


def edition_section_url(edition: Edition, section: Section, uuid: UUID) -> str:
    """A section of an edition, at the entry of this uuid."""
    page = reverse("edition-section", args=[edition.code, section.uuid])
    return f"{page}#{clause_anchor(uuid)}"


def desk_url(comment: Comment) -> str:
    """The comment at the desk of its group, where it can be decided."""
    queue = reverse("group-queue", args=[comment.entry.manual.key])
    query = urlencode({"comment": comment.uuid})
    return f"{queue}?{query}"
