"""The request for review that a decision answers, as whoever decides, shares or confirms it has to read it."""

from ...models import Comment, Disposition, Objection


def objection_to_weigh(
    comment: Comment, decision: Disposition | None
) -> Objection | None:
    """The author's objection, until what was decided on it is published. `decision` is the one that counts now. No
    query for a comment that comes with its objection.

    One may be decided anew several times before it is published: what the objection was answered by first says
    nothing of what waits for a second person now."""
    objection: Objection | None = getattr(comment, "objection", None)
    if objection is None or objection.answered_by_id is None:
        return objection
    is_published = decision is not None and decision.publication_id is not None
    return None if is_published else objection
