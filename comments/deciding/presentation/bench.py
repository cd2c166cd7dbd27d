"""The bench: a proposal beside the words it was written on and the words of now, before it is adopted."""

from dataclasses import dataclass, field

from manuals.content import Content, content_from_json
from manuals.models import Clause, TextBlob

from ...citations import section_title
from ...merging import is_outdated, merge_contents, merged_content
from ...models import Amendment, Comment
from ...wording import Redline, redlines
from ..queries.comments import find_duplicates
from .detail import Detail

Op = Amendment.Op
OTHERS = 20  # further proposals for the same clause that are listed


@dataclass(slots=True)
class Bench:
    """`mine` is the proposal, or what the drafter typed when somebody else was quicker; `read` the words it stands
    on. Contents are None where there is nothing: a deletion proposes no words, a clash merges to none."""

    detail: Detail
    amendment: Amendment
    clause: Clause
    read: Content
    current: Content
    proposed: Content | None
    mine: Content | None
    others: list[Amendment] = field(default_factory=list)
    duplicates: list[Comment] = field(default_factory=list)

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
        return is_outdated(self.amendment, self.clause)

    @property
    def merged(self) -> Content | None:
        if not self.is_replacement or self.mine is None:
            return None
        return merge_contents(self.read, self.mine, self.current)

    @property
    def mine_changes(self) -> list[Redline]:
        """The proposal as a word diff from what it was written on."""
        if self.is_insertion:
            return redlines(None, self.mine)
        return redlines(self.read, self.mine)

    @property
    def current_changes(self) -> list[Redline]:
        """What others have changed since."""
        return redlines(self.read, self.current)

    @property
    def merged_changes(self) -> list[Redline]:
        """What adopting the merged words would change in the clause as it stands."""
        return redlines(self.current, self.merged) if self.merged is not None else []

    @property
    def words(self) -> list[tuple[str, str]]:
        """[(label, text)] of the clause as it stands."""
        return [(line.label, "".join(part.text for part in line.segments)) for line in redlines(None, self.current)]

    @property
    def rivals(self) -> list[tuple[Amendment, list[Redline]]]:
        """The other proposals for these words, each with what it changes in what its author read."""
        return [
            (other, redlines(other.base_blob.as_content, content_from_json(other.proposed))) for other in self.others
        ]

    def joined(self, words: Content, other: Amendment) -> Content | None:
        """`words` with what another proposal changes as well; None when both change the same words."""
        theirs = merged_content(other, self.clause)
        return None if theirs is None else merge_contents(self.current, words, theirs)

    def changes_to(self, content: Content | None) -> list[Redline]:
        """What adopting `content` would change."""
        return redlines(None if self.is_insertion else self.current, content)


def load_bench(detail: Detail) -> Bench | None:
    """None when the comment has no proposal for a clause that still stands."""
    amendment, clause = detail.amendment, detail.clause
    if amendment is None or clause is None or clause.retired_id is not None:
        return None
    current = clause.content
    read = amendment.base_blob.as_content if amendment.base_blob_id else current
    proposed = content_from_json(amendment.proposed) if amendment.proposed else None
    if proposed is None and amendment.op != Op.DELETE:
        return None
    return Bench(
        detail,
        amendment,
        clause,
        read,
        current,
        proposed,
        proposed,
        others=_others(amendment),
        duplicates=list(find_duplicates(detail.comment)),
    )


def rebase_on(bench: Bench, read: Content, mine: Content | None) -> Bench:
    """The bench again for a drafter whose words were overtaken: `mine` as typed, on the words they had `read`."""
    bench.read, bench.mine = read, mine
    return bench


def read_content(sha: str, otherwise: Content) -> Content:
    """The wording of that hash, or `otherwise` for one that nobody stored."""
    blob = TextBlob.objects.filter(pk=sha).first() if sha else None
    return blob.as_content if blob is not None else otherwise


def _others(amendment: Amendment) -> list[Amendment]:
    """Rewordings of the same clause by other comments that wait for a decision."""
    waiting = Comment.objects.undecided().exclude(pk=amendment.comment_id)
    rows = Amendment.objects.active().filter(clause=amendment.clause_id, op=Op.REPLACE, comment__in=waiting)
    rows = rows.select_related("comment__office", "base_blob").annotate(section_title=section_title("comment__entry__"))
    return list(rows.order_by("pk")[:OTHERS])
