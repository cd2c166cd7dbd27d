"""Where what is read in an edition is read in the hearing."""

from django.urls import reverse

from manuals.models import Edition, EditionEntry, Section
from manuals.reading.presentation.links import SectionPages, page_in_edition

from ...hearings.queries import find_current_hearing
from ...models import HearingSession


def pages_in_hearing(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read: where one can comment, if the group's session runs on this edition.
    Two queries."""
    sessions = HearingSession.objects.filter(hearing=find_current_hearing(), edition=edition)
    group_ids = set(sessions.values_list("work_group", flat=True))

    def page(entry: EditionEntry) -> str:
        if entry.manual.work_group_id not in group_ids:
            return page_in_edition(entry)
        if entry.data.get("kind") == Section.Kind.PROCESS:
            return reverse("process", args=[entry.manual.key, entry.uuid])
        return reverse("group", args=[entry.manual.key])

    return page
