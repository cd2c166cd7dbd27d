"""Whether the draft says what comments propose."""

from collections.abc import Sequence

from manuals.content import plain_text
from manuals.models import Clause
from manuals.wording import stored_content

from ...models import Amendment, Comment
from ...standing.adopted_pieces import is_said
from ...standing.queries.courses import Courses, load_courses
from .proposals import choose_current_amendment

Op = Amendment.Op


def find_unsaid_proposals(comments: Sequence[Comment]) -> list[Comment]:
    """Those of the comments that propose words for a clause which the draft does not say, or to cut one that stands; by
    the rule that tells whether adopted words stand. One query where nothing is proposed, else up to three more and one
    for each generation of clauses."""
    proposed: dict[int, list[Amendment]] = {}
    rows = Amendment.objects.filter(
        comment__in=comments, clause__isnull=False
    ).select_related("clause", "base_blob")
    for amendment in rows.order_by("pk"):
        proposed.setdefault(amendment.comment_id or 0, []).append(amendment)
    current = {}
    for comment in comments:
        chosen = choose_current_amendment(comment, proposed.get(comment.pk, ()))
        if chosen is not None:
            current[comment.pk] = chosen
    courses = load_courses({each.clause_id or 0 for each in current.values()})
    unsaid = []
    for comment in comments:
        asked = current.get(comment.pk)
        if asked is not None and not _is_in_draft(asked, courses):
            unsaid.append(comment)
    return unsaid


def _is_in_draft(amendment: Amendment, courses: Courses) -> bool:
    clause = amendment.clause
    assert clause is not None
    own = courses.of_clause[clause.pk].words
    words = courses.words_of(clause.pk)
    if amendment.op == Op.DELETE:
        return words is None
    content = stored_content(amendment.proposed)
    if content is None or amendment.op not in (Op.REPLACE, Op.INSERT_AFTER):
        return True
    after = plain_text(content)
    if amendment.op == Op.REPLACE:
        before = amendment.base_blob.plain if amendment.base_blob is not None else ""
        return is_said(before, after, own, words)
    # What was to be added may stand in any clause of the process
    standing = Clause.objects.live().filter(section=clause.section_id)
    return any(
        is_said("", after, plain, plain)
        for plain in standing.values_list("plain", flat=True)
    )
