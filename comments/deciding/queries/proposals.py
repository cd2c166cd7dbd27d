"""What a comment proposes for a clause, and the clause as it stands now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from hearing_portal.directory.models import User
from hearing_portal.postgres.statements import kept_statement
from manuals.content import Content, content_from_json
from manuals.models import Clause

from ...merging import is_outdated
from ...models import Amendment, Comment

Op = Amendment.Op
# What a comment of each type may propose. Cutting a marked span out of a clause rewords the clause.
OPS_OF_TYPE: Mapping[str, Collection[str]] = {
    Comment.Type.AMEND: {Op.REPLACE},
    Comment.Type.ADD: {Op.INSERT_AFTER},
    Comment.Type.DELETE: {Op.DELETE, Op.REPLACE},
}
COMPETING_SHOWN = 20


@dataclass(frozen=True)
class Proposal:
    """Words that a comment proposes for a clause that still stands. A deletion proposes none."""

    amendment: Amendment
    comment: Comment
    clause: Clause
    proposed: Content | None

    @property
    def is_replacement(self) -> bool:
        return self.amendment.op == Op.REPLACE

    @property
    def is_insertion(self) -> bool:
        return self.amendment.op == Op.INSERT_AFTER

    @property
    def is_deletion(self) -> bool:
        return self.amendment.op == Op.DELETE

    @property
    def is_outdated(self) -> bool:
        """Whether the clause says something else now than when the proposal was written."""
        return is_outdated(self.amendment, self.clause)

    @cached_property
    def current(self) -> Content:
        """What the clause says now."""
        return self.clause.content

    @cached_property
    def base(self) -> Content:
        """What the clause said when the proposal was written."""
        if self.amendment.base_blob is None:
            return self.current
        return self.amendment.base_blob.as_content


def choose_current_amendment(
    comment: Comment, amendments: Iterable[Amendment]
) -> Amendment | None:
    """The latest of a comment's amendments (in the order of their ids) that fits what the comment asks for now:
    editing the comment may have given an older one up."""
    ops = OPS_OF_TYPE.get(comment.type, ())
    current = None
    for amendment in amendments:
        if amendment.is_active and amendment.op in ops:
            current = amendment
    return current


def make_proposal(
    amendment: Amendment, comment: Comment, clause: Clause | None
) -> Proposal | None:
    """None where nothing can be adopted: no clause, a retired one, or no words for it."""
    if clause is None or clause.retired_id is not None:
        return None
    proposed = None
    if amendment.proposed:
        proposed = content_from_json(amendment.proposed)
    if proposed is None and amendment.op != Op.DELETE:
        return None
    return Proposal(amendment, comment, clause, proposed)


def find_proposal(user: User, comment_uuid: UUID) -> Proposal | None:
    """What the comment proposes now; None without a proposal, or when the person may not see the comment.

    One query, with the comment's entry, manual and group, and the clause.
    """
    comments = Comment.objects.visible_to(user).filter(uuid=comment_uuid)
    amendments = Amendment.objects.filter(comment__in=comments).select_related(
        "comment__entry__manual__work_group",
        "clause",
        "base_blob",
    )
    candidates = list(amendments.order_by("pk"))
    comment = candidates[0].comment if candidates else None
    if comment is None:
        return None
    amendment = choose_current_amendment(comment, candidates)
    if amendment is None:
        return None
    return make_proposal(amendment, comment, amendment.clause)


def find_live_clause(clause_id: int | None) -> Clause | None:
    """The clause that something is about, as it stands now, retired or not, with section, manual and group. One query,
    none without a clause."""
    if clause_id is None:
        return None
    [clause] = _find_clauses(clause_id)
    return clause


@kept_statement
def _find_clauses(clause_id: int) -> QuerySet[Clause]:
    return Clause.objects.select_related("section__manual__work_group").filter(
        pk=clause_id
    )


def find_competing_amendments(amendment: Amendment) -> list[Amendment]:
    """Rewordings of the same clause by other comments that wait for a decision."""
    competing = (
        Amendment.objects.active()
        .filter(
            clause=amendment.clause_id,
            op=Op.REPLACE,
            comment__in=Comment.objects.undecided(),
        )
        .exclude(comment=amendment.comment_id)
        .select_related("comment__office", "base_blob")
    )
    return list(competing.order_by("pk")[:COMPETING_SHOWN])
