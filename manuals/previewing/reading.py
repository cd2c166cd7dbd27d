"""The words of a section as a link shows them."""

from django.urls import reverse

from ..models import Section
from ..reading.presentation.sections import ReadSection
from ..reviewing.presentation import read_without_ways


def read_for_preview(section: Section, secret: str) -> ReadSection:
    """Its files are opened by the link too. At most five queries; the section comes with its manual."""
    read = read_without_ways(section)
    for clause in read.clauses:
        clause.own_file_url = reverse(
            "preview-file", args=[secret, section.uuid, clause.entry.uuid]
        )
    return read
