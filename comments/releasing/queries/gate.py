"""What stands in the way of releasing a final edition to the public. product.md names the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from manuals.drafting.typed_references import (
    TYPED_NUMBER,
    find_texts_naming_others,
    find_unnamed,
    find_unnamed_outside,
    numbers_of,
    tell_apart,
)
from manuals.law.mentions import RepealedLaws
from manuals.law.queries import load_repealed_laws

from ...deciding.queries.answers import OBJECTABLE
from ...deciding.queries.blockers import Blocker, CommentBlocker
from ...deciding.queries.drafting_debts import DraftingDebt, find_drafting_debts
from ...deciding.queries.held import find_held_comments
from ...deciding.queries.lost_words import LostWords, find_lost_words
from ...deciding.queries.words_of_answers import LeftWords, find_left_words
from ...models import (
    Answer,
    AnswerPublication,
    Comment,
    Overlap,
    OverlapComment,
    OverlapPair,
)
from .book import Book, BookEntry, KeyedClause

MANDATORY_PARTS = {2, 3, 5, 9}


class Gate(StrEnum):
    """Every gate a final edition passes, in the order of product.md."""

    UNPUBLISHED = "unpublished"  # a comment without a published answer
    HELD = "held"  # a comment nobody has looked at before it is shown
    OBJECTION = "objection"  # an objection that waits for a new decision
    OBJECTION_TIME = "objection_time"  # somebody may still object
    TO_DRAFT = "to_draft"  # an accepted comment whose words are not drafted yet
    LOST_WORDS = "lost_words"  # adopted words that are in the book no more
    LEFT_WORDS = "left_words"  # words of an overruled acceptance that stand in the book
    OVERLAP = "overlap"  # an overlap without a resolution
    REPEALED = "repealed"  # a clause cites or names a law that is repealed
    NO_PROCESS = "no_process"  # there is nothing in the book
    MISSING_PART = "missing_part"  # a process lacks a mandatory part
    BROKEN_REFERENCE = "broken_reference"  # a cross-reference leads nowhere


@dataclass(frozen=True, slots=True)
class DebtBlocker(CommentBlocker):
    """Words that were promised to the comment and are not drafted yet."""

    debt: DraftingDebt


@dataclass(frozen=True, slots=True)
class LostWordsBlocker(CommentBlocker):
    """Words that were adopted from the comment and are not in the book any more."""

    lost: LostWords


@dataclass(frozen=True, slots=True)
class LeftWordsBlocker(CommentBlocker):
    """Words that were written for the comment, which is not accepted any more, and that stand in the book."""

    left: LeftWords


@dataclass(frozen=True, slots=True)
class PublicationBlocker(Blocker):
    """Answers of a group that may still be objected to; the publication comes with its group."""

    publication: AnswerPublication


@dataclass(frozen=True, slots=True)
class OverlapBlocker(Blocker):
    """An overlap of the register that nobody has settled; it comes with its sides."""

    overlap: Overlap


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a clause that name something, `text[start:end]`."""

    text: str
    start: int
    end: int


class Unnamed(NamedTuple):
    """References of a clause as they were typed, by a number that is none in its own process, or in another one that
    they name."""

    own: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryBlocker(Blocker):
    """Something wrong with an entry of the book.

    `source` is the short title of a repealed law and `passage` where a running text names it; `missing_parts` are the
    numbers of the parts a process lacks; `unnamed` are the references by number to what is none, and `is_broken` says
    that a link leads nowhere.
    """

    place: BookEntry
    source: str = ""
    passage: Passage | None = None
    missing_parts: tuple[int, ...] = ()
    unnamed: Unnamed | None = None
    is_broken: bool = False


def find_release_blockers(book: Book) -> list[Blocker]:
    """All that stands in the way of releasing the book, gate by gate. Twenty-two queries at most for an edition,
    twenty-seven for the working draft, those of find_left_words where such words stand, and one for each generation of
    clauses that something refers to and that were joined to others."""
    comments = find_counted_comments(book)
    processes = book.load_processes()
    return [
        *find_unpublished_comments(comments),
        *find_comments_to_show(comments),
        *find_open_objections(comments),
        *find_running_objection_times(comments),
        # One for each disposition, named by the first comment it answers
        *[
            DebtBlocker(Gate.TO_DRAFT, debt.comments[0], debt)
            for debt in find_drafting_debts(comments)
        ],
        *find_undone_words(book, comments),
        *find_overruled_words(book, comments),
        *find_unresolved_overlaps(book, comments),
        *find_repealed_sources(book),
        *find_unwritten_processes(book, processes),
        *find_broken_references(book, processes),
    ]


# -- the hearing


def find_counted_comments(book: Book) -> QuerySet[Comment]:
    """What was said about the book's manuals, in whichever edition and hearing. What was said in a rehearsal holds no
    release back (docs/decisions/0046-each-hearing-by-itself.md)."""
    return Comment.objects.filter(entry__manual__in=book.manuals).exclude(
        session__hearing__objection_days=0
    )


def find_unpublished_comments(comments: QuerySet[Comment]) -> Iterator[CommentBlocker]:
    """Comments without a published answer that still counts."""
    published = Answer.objects.filter(
        comment=OuterRef("pk"),
        current=True,
        disposition__publication__isnull=False,
    )
    for comment in _with_owner(comments).filter(~Exists(published)):
        yield CommentBlocker(Gate.UNPUBLISHED, comment)


def find_comments_to_show(comments: QuerySet[Comment]) -> Iterator[CommentBlocker]:
    """Nobody else would read them with the book, or what was answered to them: replies too."""
    for comment in find_held_comments(_with_place(comments)):
        yield CommentBlocker(Gate.HELD, comment)


def find_open_objections(comments: QuerySet[Comment]) -> Iterator[CommentBlocker]:
    objected = _with_owner(comments).filter(
        objection__isnull=False, objection__answered_by__isnull=True
    )
    for comment in objected:
        yield CommentBlocker(Gate.OBJECTION, comment)


def _with_owner(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Replies left out: they are part of the talk and get no answer."""
    return _with_place(comments.filter(parent__isnull=True)).order_by("pk")


def _with_place(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related(
        "entry__manual__work_group", "entry__section", "entry__blob"
    )


def find_running_objection_times(
    comments: QuerySet[Comment],
) -> Iterator[PublicationBlocker]:
    """Time runs only while somebody may still object: an answer to an objection cannot be objected to again."""
    may_object = Answer.objects.filter(
        disposition__publication=OuterRef("pk"),
        current=True,
        comment__in=comments,
    ).filter(OBJECTABLE)
    running = AnswerPublication.objects.filter(
        Exists(may_object), objections_until__gt=timezone.now()
    )
    for publication in running.select_related("work_group", "hearing").order_by("pk"):
        yield PublicationBlocker(Gate.OBJECTION_TIME, publication)


def find_undone_words(
    book: Book, comments: QuerySet[Comment]
) -> Iterator[LostWordsBlocker]:
    """By the rule of find_lost_words, up to when the book was frozen."""
    sealed_at = book.edition.sealed_at if book.edition is not None else None
    for lost in find_lost_words(comments, sealed_at):
        yield LostWordsBlocker(Gate.LOST_WORDS, lost.comment, lost)


def find_overruled_words(
    book: Book, comments: QuerySet[Comment]
) -> Iterator[LeftWordsBlocker]:
    """By the rule of find_left_words, up to when the book was frozen."""
    sealed_at = book.edition.sealed_at if book.edition is not None else None
    for left in find_left_words(comments, sealed_at):
        yield LeftWordsBlocker(Gate.LEFT_WORDS, left.comment, left)


def find_unresolved_overlaps(
    book: Book, comments: QuerySet[Comment]
) -> Iterator[OverlapBlocker]:
    """With a side of one of the book's groups; what is known from a rehearsal alone holds no release back."""
    groups = book.manuals.order_by().values("work_group")
    of_book = Q(work_group_a__in=groups) | Q(work_group_b__in=groups)
    evidence = OverlapComment.objects.filter(overlap=OuterRef("pk"))
    counted = evidence.filter(comment__in=comments)
    pairs = OverlapPair.objects.filter(overlap=OuterRef("pk"))
    is_known = Exists(counted) | Exists(pairs) | ~Exists(evidence)
    rows = Overlap.objects.filter(of_book, is_known, resolution="")
    for overlap in rows.select_related(
        "work_group_a", "work_group_b", "section_a", "section_b"
    ).order_by("pk"):
        yield OverlapBlocker(Gate.OVERLAP, overlap)


# -- the book's words


def find_repealed_sources(book: Book) -> Iterator[EntryBlocker]:
    """By what the book says, not by what the draft cites today: a reference to a repealed law, and a running text
    that names one. A law counts once in a clause."""
    return find_laws_not_in_force(book, load_repealed_laws())


def find_laws_not_in_force(book: Book, laws: RepealedLaws) -> Iterator[EntryBlocker]:
    """Where the book cites or names one of these laws."""
    if not laws.by_key:
        return
    found: dict[int, list[tuple[str, Passage | None]]] = {}
    for key, plain, cited in book.find_words(laws.hint, laws.by_key):
        for source, mention in laws.applied_in(plain, cited):
            passage = None
            if mention is not None:
                passage = Passage(plain, mention.start, mention.end)
            found.setdefault(key, []).append((source.short_title, passage))
    if not found:
        return
    for key, place in book.load_clauses(found):
        for title, passage in found[key]:
            yield EntryBlocker(Gate.REPEALED, place, source=title, passage=passage)


def find_unwritten_processes(
    book: Book, processes: Sequence[BookEntry]
) -> Iterator[Blocker]:
    """Processes that lack a mandatory part, and a book that has no process at all. A manual without processes beside
    one that has some is a group that does not take part (docs/decisions/0048)."""
    if not processes:
        yield Blocker(Gate.NO_PROCESS)
        return
    parts_of_section = book.find_parts()
    for place in processes:
        missing = MANDATORY_PARTS - parts_of_section.get(place.section.pk, set())
        if missing:
            yield EntryBlocker(
                Gate.MISSING_PART, place, missing_parts=tuple(sorted(missing))
            )


def find_broken_references(
    book: Book, processes: Sequence[BookEntry]
) -> Iterator[EntryBlocker]:
    """A clause once, however many of its references lead nowhere, or name by number what is none."""
    broken = _find_broken_links(book)
    unnamed = _find_unnamed(book, processes)
    if not broken and not unnamed:
        return
    for key, place in book.load_clauses({*broken, *unnamed}):
        yield EntryBlocker(
            Gate.BROKEN_REFERENCE,
            place,
            unnamed=unnamed.get(key),
            is_broken=key in broken,
        )


def _find_broken_links(book: Book) -> set[int]:
    referring = {}
    for key, uuids in book.find_references():
        referring[key] = set(uuids)
    if not referring:
        return set()
    missing = book.find_missing(set().union(*referring.values()))
    return {key for key, uuids in referring.items() if uuids & missing}


def _find_unnamed(book: Book, processes: Sequence[BookEntry]) -> dict[int, Unnamed]:
    """{clause: what it refers to by a number that is none}. Another process is known by its title."""
    manuals = {place.section.pk: place.manual.pk for place in processes}
    suspects = book.find_sections_with(TYPED_NUMBER) & manuals.keys()
    if not suspects:
        return {}
    clauses = book.load_clauses_of(suspects)
    named = _find_processes_named(clauses, processes)
    others = {pk for titles in named.values() for pk in titles.values()}
    if others - suspects:
        clauses |= book.load_clauses_of(others - suspects)
    numbers = {}
    for section_id, keyed in clauses.items():
        numbers[section_id] = numbers_of(each.entry for each in keyed)
    found = {}
    for section_id in suspects:
        outside = {}
        for title, other in named.get(manuals[section_id], {}).items():
            outside[title] = numbers[other]
        for key, entry in clauses[section_id]:
            content = entry.clause_content
            unnamed = Unnamed(
                tuple(find_unnamed(content, numbers[section_id])),
                tuple(find_unnamed_outside(content, outside)),
            )
            if any(unnamed):
                found[key] = unnamed
    return found


def _find_processes_named(
    clauses: Mapping[int, Sequence[KeyedClause]], processes: Sequence[BookEntry]
) -> dict[int, dict[str, int]]:
    """{manual: {title: the process}} of those that words of the manual may refer to by number."""
    texts: dict[int, list[str]] = {}
    for place in processes:
        for _, entry in clauses.get(place.section.pk, ()):
            texts.setdefault(place.manual.pk, []).extend(
                find_texts_naming_others(entry.clause_content)
            )
    titled = []
    for place in processes:
        titled.append((place.section_title, place.manual.pk, place.section.pk))
    named: dict[int, dict[str, int]] = {}
    for manual_id, of_manual in texts.items():
        if not of_manual:
            continue
        for title, section_id in tell_apart(titled, manual_id).items():
            if title and any(title in text for text in of_manual):
                named.setdefault(manual_id, {})[title] = section_id
    return named
