"""A proposal and the clause as it stands since: what they give together."""

from manuals.content import Content, content_from_json
from manuals.merging import merge_contents
from manuals.models import Clause

from .models import Amendment


def is_outdated(amendment: Amendment, clause: Clause) -> bool:
    """Whether the clause says something else now than when the proposal was written."""
    return amendment.base_blob_id != clause.sha


def merged_content(amendment: Amendment, clause: Clause) -> Content | None:
    """The proposal carried over to the clause as it stands, field by field, or None on a clash.

    An insertion brings words of its own: it stays as proposed whatever the clause before it says now.
    """
    if not amendment.proposed:
        return None
    proposed = content_from_json(amendment.proposed)
    if amendment.op != Amendment.Op.REPLACE or amendment.base_blob is None:
        return proposed
    return merge_contents(amendment.base_blob.as_content, proposed, clause.content)
