"""Where what is read in an edition is read in the hearing."""

from django.urls import reverse

from manuals.models import Edition, EditionEntry, Section
from manuals.reading.presentation.links import SectionPages, page_in_edition

from ...hearings.queries import find_hearing_of
from ...models import HearingSession


def pages_in_hearing(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read: where one can comment, if the group's session runs on this edition in
    the current hearing, or in another that is open. Three queries at most."""
    heard_in = find_hearing_of(edition.pk)
    group_ids: set[int | None] = set()
    query = ""
    if heard_in.hearing is not None and (heard_in.is_current or heard_in.is_open):
        sessions = HearingSession.objects.filter(
            hearing=heard_in.hearing, edition=edition
        )
        group_ids = set(sessions.values_list("work_group", flat=True))
        if not heard_in.is_current:
            query = f"?hearing={heard_in.hearing.key}"

    def page(entry: EditionEntry) -> str:
        if entry.manual.work_group_id not in group_ids:
            return page_in_edition(entry)
        if entry.data.get("kind") == Section.Kind.PROCESS:
            return reverse("process", args=[entry.manual.key, entry.uuid]) + query
        return reverse("group", args=[entry.manual.key]) + query

    return page
