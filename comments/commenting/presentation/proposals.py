"""What a comment proposes, as it is shown."""

from manuals.drafting.told_words import told_redlines
from manuals.wording import Redline, stored_content

from ...models import Amendment, Comment


def proposed_redlines(comment: Comment) -> list[Redline]:
    """The proposal that came with the comment as a word diff; empty when it has none (or gave it up).

    From the amendments given by `load_shown_amendments`.
    """
    amendments = comment.shown_amendments
    if not amendments:
        return []
    amendment = amendments[-1]
    base = None
    if amendment.base_blob is not None:
        base = amendment.base_blob.as_content
    if amendment.op == Amendment.Op.DELETE:
        return told_redlines(base, None)
    proposed = stored_content(amendment.proposed)
    if proposed is None:
        return []
    if amendment.op == Amendment.Op.REPLACE:
        return told_redlines(base, proposed)
    return told_redlines(None, proposed)
