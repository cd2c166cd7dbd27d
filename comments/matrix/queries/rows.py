"""The rows of the matrix: which comments they are, and all that is told of each, some hundred at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of
from hearing_portal.thai.markup import OBJECT_MARKER
from manuals.content import Content
from manuals.models import ClauseChange, Edition, EditionEntry
from manuals.reading.names import CitedName
from manuals.reading.presentation.links import name_entry, name_last
from manuals.reading.queries.cited import find_entries_by_edition
from manuals.reading.told_words import ToldWords, referenced_in
from manuals.wording import stored_content

from ...citations import with_section_title
from ...commenting.queries.arguments import Argument, find_arguments
from ...commenting.queries.card_parts import find_supporters, load_shown_amendments
from ...commenting.queries.comments import with_argument
from ...commenting.queries.enacted_words import find_enacted_words
from ...desk.queries.filters import (
    QueueFilter,
    QueuePlace,
    argument_of,
    assignee_of,
    filter_kind,
    narrow_queue,
)
from ...models import (
    Amendment,
    Answer,
    Comment,
    Disposition,
    Hearing,
    Recommendation,
)
from ...standing.queries.fallen_words import Fall

BATCH = 200  # rows that are in memory at once
UNDECIDED = "none"  # of comments without a result


@dataclass(frozen=True, slots=True)
class MatrixScope:
    """Which comments the matrix is of: of a hearing, of an edition, or of both; None leaves out a condition. `queue`
    are filters of the desk, `outcome` is a result or UNDECIDED."""

    hearing: int | None = None
    edition: int | None = None
    groups: tuple[int, ...] | None = None
    queue: QueueFilter = field(default_factory=QueueFilter)
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class EnactedWords:
    """What a decision made of one clause. `words` are None where it was cut; `entry` is the clause in the newest
    edition, None where it is not in it yet."""

    words: str | None
    entry: EditionEntry | None


@dataclass(slots=True)
class MatrixFacts:
    """A comment with what the matrix tells of it. All words have their references by name."""

    comment: Comment
    wording: str = ""
    quote: str = ""
    proposed: str = ""
    proposes_cut: bool = False
    argument: Argument | None = None  # what it says together with others
    primary: int = 0  # offices that support it
    secondary: int = 0
    recommendation: Recommendation | None = None
    # What stands of it: {who advised: the latest of theirs}
    expert_advice: dict[int, Recommendation] = field(default_factory=dict)
    disposition: Disposition | None = None
    enacted: list[EnactedWords] = field(default_factory=list)
    fall: Fall | None = None  # why nothing stands of what the decision changed

    @property
    def is_objected(self) -> bool:
        """Its author asked for a review that is not answered yet."""
        objection = getattr(self.comment, "objection", None)
        return objection is not None and objection.answered_by_id is None


def find_matrix_comments(scope: MatrixScope) -> QuerySet[Comment]:
    """In the order of the manuals. Replies are no rows: nothing is decided on them."""
    comments: QuerySet[Comment] = Comment.objects.with_visibility()
    comments = comments.filter(parent__isnull=True)
    if scope.hearing is not None:
        comments = comments.filter(session__hearing=scope.hearing)
    if scope.edition is not None:
        comments = comments.filter(entry__edition=scope.edition)
    if scope.groups is not None:
        comments = comments.filter(
            is_any_of("entry__manual__work_group", list(scope.groups))
        )
    queue = replace(scope.queue, mine=False, differs=False)
    chosen = int(queue.clause.rpartition("-")[2] or 0)
    place = QueuePlace(
        scope.hearing or 0, None, chosen, 0, assignee_of(queue), argument_of(queue), []
    )
    comments = narrow_queue(comments, place, filter_kind(queue))
    if scope.outcome:
        answered = Answer.objects.filter(comment=OuterRef("pk"), current=True)
        if scope.outcome == UNDECIDED:
            comments = comments.filter(~Exists(answered))
        else:
            of_outcome = answered.filter(disposition__outcome=scope.outcome)
            comments = comments.filter(Exists(of_outcome))
    return comments.order_by(
        "entry__manual__work_group__order",
        "entry__manual",
        "entry__edition",
        "entry__ordinal",
        "pk",
    )


def find_heard_editions(hearing: Hearing | None) -> list[tuple[str, str]]:
    """(code, title) of those that the hearing's sessions run on, the latest first. One query."""
    heard = Edition.objects.filter(hearing_sessions__hearing=hearing).distinct()
    return list(heard.order_by("-sealed_at", "-pk").values_list("code", "title"))


def read_edition(code: str) -> int | None:
    """The edition that a filter names; None for none of that code. One query, none without a code."""
    if not code:
        return None
    return Edition.objects.filter(code=code).values_list("pk", flat=True).first()


def find_matrix_ids(scope: MatrixScope) -> list[int]:
    """Their numbers, in order. One query."""
    return list(find_matrix_comments(scope).values_list("pk", flat=True))


def find_newest_edition() -> Edition | None:
    """Where the final place of a clause is looked up. One query."""
    return Edition.objects.sealed().order_by("-sealed_at", "-pk").first()


def stream_matrix(
    ids: Sequence[int], reader: Visitor | None = None
) -> Iterator[MatrixFacts]:
    """The rows of these comments, BATCH of them in memory at once; as many queries for each batch, however much it
    has. What is said together is counted as far as `reader` sees it (None: the public)."""
    newest = find_newest_edition()
    for start in range(0, len(ids), BATCH):
        yield from load_matrix_facts(ids[start : start + BATCH], newest, reader)


def load_matrix_facts(
    ids: Sequence[int], newest: Edition | None, reader: Visitor | None = None
) -> list[MatrixFacts]:
    """In the order of the ids. Seven queries, one more where words refer to clauses, three more where to one that is in
    no edition, two where comments were put together."""
    comments_of_ids = Comment.objects.with_visibility().filter(
        is_any_of("pk", list(ids))
    )
    rows = with_section_title(with_argument(comments_of_ids), "entry__").select_related(
        "entry__blob",
        "entry__edition",
        "entry__manual__work_group",
        "office",
        "objection",
    )
    by_id = {comment.pk: MatrixFacts(comment) for comment in rows}
    facts = [by_id[pk] for pk in ids if pk in by_id]
    comments = [each.comment for each in facts]
    load_shown_amendments(comments)
    _give_supports(facts)
    _give_arguments(facts, reader)
    _give_advice(by_id)
    by_disposition = _give_answers(by_id)
    changes = _find_changes(by_disposition, newest)
    entries = _find_entries_in(newest, changes)
    _tell_words(facts, changes, entries, newest)
    return facts


def _give_supports(facts: Sequence[MatrixFacts]) -> None:
    supporters = find_supporters([each.comment for each in facts])
    for each in facts:
        found = supporters.get(each.comment.pk)
        if found is not None:
            kinds = list(found.kinds.values())
            each.primary = kinds.count(AreaOffice.Kind.PRIMARY)
            each.secondary = kinds.count(AreaOffice.Kind.SECONDARY)


def _give_arguments(facts: Sequence[MatrixFacts], reader: Visitor | None) -> None:
    ids = {each.comment.argument_id for each in facts}
    arguments = find_arguments(ids, reader or AnonymousUser())
    for each in facts:
        each.argument = arguments.get(each.comment.argument_id or 0)


def _give_advice(by_id: dict[int, MatrixFacts]) -> None:
    rows = Recommendation.objects.filter(is_any_of("comment", list(by_id)))
    for advice in rows.order_by("pk"):
        row = by_id[advice.comment_id]
        if advice.is_of_facilitator:
            row.recommendation = advice
        else:
            row.expert_advice[advice.by_id] = advice


def _give_answers(by_id: dict[int, MatrixFacts]) -> dict[int, list[MatrixFacts]]:
    """{disposition: the rows it answers}."""
    answers = Answer.objects.filter(is_any_of("comment", list(by_id)), current=True)
    answers = answers.select_related(
        "disposition__decided_by",
        "disposition__assignee",
        "disposition__publication",
        "disposition__points_to__blob",
        "disposition__points_to__manual",
    )
    by_disposition: dict[int, list[MatrixFacts]] = {}
    for answer in answers:
        row = by_id[answer.comment_id]
        row.disposition = answer.disposition
        by_disposition.setdefault(answer.disposition_id, []).append(row)
    return by_disposition


type ChangesOfRow = list[tuple[MatrixFacts, ClauseChange]]


def _find_changes(
    by_disposition: dict[int, list[MatrixFacts]], newest: Edition | None
) -> ChangesOfRow:
    """The words in which what stands ended: what the newest edition has, by what it says; what came after it, by the
    working draft. Each clause once for a comment."""
    sealed_at = newest.sealed_at if newest is not None else None
    found = find_enacted_words(by_disposition.keys(), sealed_at)
    for pk, fall in found.fallen.items():
        for row in by_disposition[pk]:
            row.fall = fall
    changes = {}
    for enacted in found.changes:
        for row in by_disposition[enacted.cause.disposition_id]:
            for change in enacted.last:
                changes[row.comment.pk, change.clause_id] = (row, change)
    return list(changes.values())


def _find_entries_in(
    newest: Edition | None, changes: ChangesOfRow
) -> dict[int, EditionEntry]:
    """{clause: how it stands in the newest edition}."""
    clause_ids = {change.clause_id for _, change in changes}
    found = EditionEntry.objects.filter(is_any_of("clause", list(clause_ids)))
    found = found.filter(edition=newest.pk if newest is not None else 0)
    entries = {}
    for entry in found.select_related("blob", "manual", "edition"):
        if entry.clause_id is not None:
            entries[entry.clause_id] = entry
    return entries


def _proposal_of(comment: Comment) -> tuple[bool, Content | None]:
    """(whether it proposes to cut the clause, the content it proposes)."""
    if not comment.shown_amendments:
        return False, None
    amendment = comment.shown_amendments[-1]
    if amendment.op == Amendment.Op.DELETE:
        return True, None
    return False, stored_content(amendment.proposed)


def _tell_words(
    facts: Sequence[MatrixFacts],
    changes: ChangesOfRow,
    entries: dict[int, EditionEntry],
    newest: Edition | None,
) -> None:
    """Words as of an edition name what they refer to as that edition does, final words as the newest one does."""
    referring = []
    proposals = {}
    for each in facts:
        blob = each.comment.entry.blob
        if blob is not None and OBJECT_MARKER in blob.plain:
            referring.append(blob.as_content.referring)
        each.proposes_cut, proposals[each.comment.pk] = _proposal_of(each.comment)
        proposed = proposals[each.comment.pk]
        if proposed is not None:
            referring.append(proposed.referring)
    for _, change in changes:
        if change.to_blob is not None and OBJECT_MARKER in change.to_blob.plain:
            referring.append(change.to_blob.as_content.referring)
    newest_id = newest.pk if newest is not None else 0
    editions = {each.comment.entry.edition_id for each in facts} | {newest_id}
    names, last = _name_cited(referenced_in(referring), editions)
    of_newest = last | names[newest_id]
    for each in facts:
        entry = each.comment.entry
        as_read = ToldWords(names[entry.edition_id])
        if entry.blob is not None:
            each.wording = as_read.of_blob(entry.blob, entry.section_id)
        each.quote = tell_quote(each.comment, as_read)
        told = ToldWords(of_newest | names[entry.edition_id])
        proposed = proposals[each.comment.pk]
        if proposed is not None:
            each.proposed = told.of_content(proposed, entry.section_id)
    for row, change in changes:
        entry = row.comment.entry
        told = ToldWords(names[entry.edition_id] | of_newest)
        words = None
        if change.to_blob is not None:
            words = told.of_blob(change.to_blob, entry.section_id)
        row.enacted.append(EnactedWords(words, entries.get(change.clause_id)))


type NamesByEdition = dict[int, dict[str, CitedName]]


def _name_cited(
    cited: set[str], editions: set[int]
) -> tuple[NamesByEdition, dict[str, CitedName]]:
    """(as each edition calls them, as the working draft calls what is in none). One query, none where nothing is
    cited, three more where something is in no edition."""
    found = find_entries_by_edition(cited, editions) if cited else {}
    names: NamesByEdition = {}
    known = set()
    for edition in editions:
        of_edition = {
            uuid: name_entry(row) for uuid, row in found.get(edition, {}).items()
        }
        names[edition] = of_edition
        known |= set(of_edition)
    return names, name_last(cited - known) if cited - known else {}


def tell_quote(comment: Comment, told: ToldWords) -> str:
    """The marked words with their references by name: the first of them is counted from the beginning of the field."""
    blob = comment.entry.blob
    if OBJECT_MARKER not in comment.quote or blob is None:
        return comment.quote
    content = blob.as_content
    start = comment.span_start or 0
    text = dict(content.fields()).get(comment.field, "")
    stored = content.stored_text(comment.field)
    return told.fill_span(comment.quote, text[:start], stored, comment.entry.section_id)
