"""The words of a section as a link shows them."""

from django.urls import reverse

from ..drafting.presentation.references import load_known_targets
from ..drafting.queries.references import CitedClause
from ..models import PreviewLink, Section
from ..queries import load_draft_entries
from ..reading.presentation.links import clause_anchor
from ..reading.presentation.sections import ReadSection, read_section


def read_for_preview(link: PreviewLink, section: Section, secret: str) -> ReadSection:
    """What it refers to and its files are opened by the link too, as far as the link shows where that stands; of what
    it does not show not even the name is told. At most five queries; the section comes with its manual."""
    entries = load_draft_entries(section)

    def way_to(cited: CitedClause) -> str | None:
        if link.section_id is not None or cited.section.manual_id != link.manual_id:
            return None
        page = reverse("preview-section", args=[secret, cited.section.uuid])
        return f"{page}#{clause_anchor(cited.entry.uuid)}"

    targets = load_known_targets(section, entries, way_to=way_to)
    read = read_section(entries, outer_targets=targets)
    for clause in read.clauses:
        clause.own_file_url = reverse(
            "preview-file", args=[secret, section.uuid, clause.entry.uuid]
        )
    return read
