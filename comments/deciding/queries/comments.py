"""Comments, proposals and clauses a decision is about."""

from django.db.models import QuerySet

from hearing_portal.directory.models import User
from manuals.models import Clause

from ...commenting.queries.comments import comments_visible_to
from ...models import Amendment, Comment
from ...permissions import can_work_at


def desk_comment(user: User, uuid: object) -> Comment | None:
    """A comment the person may see, as far as it lies at a desk where they work; None otherwise."""
    comment = comments_visible_to(user).select_related("objection").filter(uuid=uuid).first()
    if comment is None or not can_work_at(user, comment.entry.manual.work_group):
        return None
    return comment


OPS = {
    Comment.Type.AMEND: {Amendment.Op.REPLACE},
    Comment.Type.ADD: {Amendment.Op.INSERT_AFTER},
    Comment.Type.DELETE: {Amendment.Op.DELETE, Amendment.Op.REPLACE},  # of the clause, of a marked span
}


def current_proposal(comment: Comment) -> Amendment | None:
    """The latest proposal that fits what the comment asks for now: editing may have given an older one up."""
    fitting = [row for row in comment.amendments.all() if row.is_active and row.op in OPS.get(comment.type, ())]
    return fitting[-1] if fitting else None


def find_live_clause(amendment: Amendment | None) -> Clause | None:
    if amendment is None or amendment.clause_id is None:
        return None
    return Clause.objects.select_related("section__manual").get(pk=amendment.clause_id)


def find_duplicates(comment: Comment) -> QuerySet[Comment]:
    """Other comments on the same place that may share its answer: the undecided ones, replies left out."""
    others = Comment.objects.with_visibility().filter(entry=comment.entry_id, parent__isnull=True)
    return others.exclude(pk=comment.pk).undecided().select_related("office").order_by("pk")
