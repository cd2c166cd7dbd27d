"""What the authors of comments changed in them, read from the histories of comments and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from hearing_portal.postgres.statements import is_any_of, kept_statement

from ...models import Amendment, Comment

# As an edit is named, in this order; `proposed` is asked of the proposal's own history
TEXT, TYPE, ISSUE, DETAILS, PROPOSED = (
    "ข้อความ",
    "ประเภท",
    "ประเด็น",
    "รายละเอียดของประเด็น",
    "ถ้อยคำที่เสนอ",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. `before` and `after` are rows of the comment's history; `proposed_before` and `proposed_after` those
    of its proposal's, None where nothing was proposed. `until` is when the next row of the comment was written, None
    for the last one."""

    before: Any
    after: Any
    proposed_before: Any
    proposed_after: Any
    until: datetime | None

    @property
    def at(self) -> datetime:
        moment: datetime = self.after.history_date
        return moment

    @property
    def parts(self) -> list[str]:
        """The names of what it changed."""
        before, after = self.before, self.after
        differs = {
            TEXT: before.text != after.text,
            TYPE: before.type != after.type,
            ISSUE: (before.issue_class or "") != (after.issue_class or ""),
            DETAILS: before.issue_data != after.issue_data,
            PROPOSED: _said_in(self.proposed_before) != _said_in(self.proposed_after),
        }
        return [name for name, is_other in differs.items() if is_other]


def find_edits(comments: Sequence[Comment]) -> dict[int, list[Edit]]:
    """{id: the edits of those that were edited, the earliest first}. Two queries, none where none was edited.

    An edit is told from another act on the comment, as a facilitator's change of its issue class, by `edited_at`;
    histories of before that was kept tell it by what only an author changes. A proposal is stored in the same act,
    right after its comment."""
    edited = [comment.pk for comment in comments if comment.edited_at is not None]
    if not edited:
        return {}
    rows: dict[int, list[Any]] = {}
    for row in _find_rows(edited):
        rows.setdefault(row.id, []).append(row)
    proposals: dict[int, list[Any]] = {}
    for proposal in _find_proposals(edited):
        proposals.setdefault(proposal.comment_id, []).append(proposal)
    return {pk: _edits_in(found, proposals.get(pk, [])) for pk, found in rows.items()}


def _edits_in(rows: Sequence[Any], proposals: Sequence[Any]) -> list[Edit]:
    edits = []
    ends = [row.history_date for row in rows[2:]]
    for (before, after), until in zip(pairwise(rows), [*ends, None], strict=False):
        stood = [row for row in proposals if row.history_date < after.history_date]
        stands = [row for row in proposals if until is None or row.history_date < until]
        edit = Edit(before, after, _last_active(stood), _last_active(stands), until)
        parts = edit.parts
        is_own = before.edited_at != after.edited_at or {TEXT, TYPE, PROPOSED} & {
            *parts
        }
        if parts and is_own:
            edits.append(edit)
    return edits


def _last_active(proposals: Sequence[Any]) -> Any:
    """None where the last one was given up."""
    if not proposals:
        return None
    last = proposals[-1]
    return last if last.proposed or last.op == Amendment.Op.DELETE else None


def _said_in(proposal: Any) -> tuple[str, Any] | None:
    return None if proposal is None else (proposal.op, proposal.proposed)


@kept_statement
def _find_rows(comment_ids: list[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = Comment.history.filter(is_any_of("id", comment_ids))
    return rows.select_related("history_user").order_by("history_date", "history_id")


@kept_statement
def _find_proposals(comment_ids: list[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = Amendment.history.filter(is_any_of("comment_id", comment_ids))
    return rows.order_by("history_date", "history_id")
