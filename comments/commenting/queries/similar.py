"""Comments that say nearly the same: found while somebody writes, to stand behind instead of repeating."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from hearing_portal.directory.models import User
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.content import Content, plain_text
from manuals.models import EditionEntry
from manuals.searching.search_query import search_words
from manuals.wording import stored_content

from ...models import Amendment, Comment, Seer, Sight, seer_of
from .comments import not_withdrawn, shown_comments

# Comments that are compared: those on the same entry first, the latest first
CANDIDATES = 150
SHOWN = 3
FEWEST_SHARED = 2  # words two comments must have in common, whatever their weight
# Measured on the demonstration's hundred comments: of pairs on one process that speak of different things, 1 % share
# more than 0.21, while paraphrases of a long comment in one sentence cover 0.5 of their own words and more.
ALIKE = 0.25  # share of both sides' weight, as the geometric mean
COVERED = 0.5  # share of what is being written that the other has said already
_COMMON = (
    "ไม่ ได้ มี ให้ แล้ว ที่ ต้อง มา เรา ไป ใน ของ ข้อ นี้ กับ จาก และ เป็น ขอ ก็ แต่ จะ กัน ว่า ขอให้ ไว้ ถ้า อยู่ การ หรือ "
    "ตาม ทุก ทำ คือ ก่อน เลย อีก ควร ด้วย เพราะ ถึง ผู้ ความ โดย เพื่อ ซึ่ง เห็น เห็นด้วย เห็นชอบ เพิ่ม แก้ แก้ไข ตัด เสนอ "
    "เนื่องจาก ทั้ง ยัง คง นั้น แก่ ต่อ เมื่อ เรื่อง ครับ ค่ะ คะ"
)
COMMON_WORDS = frozenset(_COMMON.split())  # words of every comment, and of no subject
type Words = frozenset[str]


def words_of_comment(
    text: str, proposed: Content | None = None, base: str = ""
) -> Words:
    """The words that carry what a comment says: those of its text, and those that its proposal adds to the clause
    (`base` is the clause's plain text)."""
    words = _telling_words(text)
    if proposed is not None:
        words |= _telling_words(plain_text(proposed)) - _telling_words(base)
    return words


@lru_cache(maxsize=4096)
def _telling_words(text: str) -> Words:
    return frozenset(search_words(text)) - COMMON_WORDS


def find_similar(written: Words, entry: EditionEntry, user: User) -> list[Comment]:
    """Shown comments of others on the same entry or process that say nearly the same, the nearest first; at most
    SHOWN, as rows of `shown_comments`. Five queries, two when nobody said anything alike, none for too few words."""
    if len(written) < FEWEST_SHARED:
        return []
    seer = seer_of(user)
    comparable = {}
    for pk, words in _find_words_near(entry, seer).items():
        shared = words & written
        if len(shared) >= FEWEST_SHARED:
            comparable[pk] = words
    nearest = nearest_by_words(written, comparable, at_most=SHOWN)
    if not nearest:
        return []
    found = _find_rows(nearest, seer.id, seer.groups, sight=seer.sight)
    rows = {comment.pk: comment for comment in found}
    return [rows[pk] for pk in nearest if pk in rows]


def find_at_span(
    entry: EditionEntry, user: User, field: str, span: tuple[int, int]
) -> list[Comment]:
    """Shown comments of others about the very same words of the entry, the latest first; at most SHOWN, as rows of
    `shown_comments`. Two queries."""
    start, end = span
    comments = Comment.objects.visible_to(user).shown()
    comments = comments.filter(
        entry=entry,
        field=field,
        span_start=start,
        span_end=end,
        parent__isnull=True,
    ).exclude(author=user)
    return list(shown_comments(not_withdrawn(comments)).order_by("-pk")[:SHOWN])


def _find_words_near(entry: EditionEntry, seer: Seer) -> dict[int, Words]:
    """{comment: its words} of what stands near the entry in its edition: not hidden, not withdrawn, not one's own.
    Two queries."""
    said = _find_texts_near(
        entry.pk,
        entry.edition_id,
        entry.section_id or 0,
        seer.id,
        seer.groups,
        sight=seer.sight,
        is_in_process=entry.section_id is not None,
    )
    words_by_comment = {pk: words_of_comment(text) for pk, text in said}
    for pk, proposed, base in _find_proposed(list(words_by_comment)):
        words_by_comment[pk] |= words_of_comment(
            "", stored_content(proposed), base or ""
        )
    return words_by_comment


@kept_statement
def _find_texts_near(
    entry_id: int,
    edition_id: int,
    section_id: int,
    seer_id: int,
    groups: list[int],
    *,
    sight: Sight,
    is_in_process: bool,
) -> QuerySet[Comment, tuple[int, str]]:
    near = Q(entry__edition=edition_id, entry__section=section_id)
    if not is_in_process:
        near = Q(entry=entry_id)  # a whole manual: what was said about it as a whole
    comments = Comment.objects.seen_within(sight, seer_id, groups).shown()
    comments = comments.filter(near, parent__isnull=True).exclude(author=seer_id)
    is_on_entry = Case(
        When(entry=entry_id, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    latest_first = not_withdrawn(comments).annotate(is_on_entry=is_on_entry)
    latest_first = latest_first.order_by("-is_on_entry", "-pk")
    return latest_first.values_list("pk", "text")[:CANDIDATES]


@kept_statement
def _find_proposed(
    comment_ids: list[int],
) -> QuerySet[Amendment, tuple[int, dict[str, Any], str | None]]:
    proposals = Amendment.objects.active().filter(is_any_of("comment", comment_ids))
    return proposals.values_list("comment", "proposed", "base_blob__plain")


@kept_statement
def _find_rows(
    comment_ids: list[int], seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment]:
    comments = Comment.objects.seen_within(sight, seer_id, groups)
    return shown_comments(comments).filter(is_any_of("pk", comment_ids))


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much each word says."""

    by_word: Mapping[str, float]

    def of(self, words: Iterable[str]) -> float:
        return sum(self.by_word[word] for word in words)


def nearest_by_words(
    written: Words, others: Mapping[int, Words], *, at_most: int
) -> list[int]:
    """The comments that are near enough, the nearest first."""
    counts: Counter[str] = Counter()
    for words in others.values():
        counts.update(words)
    # A rare word says more than one that all of them use
    by_word = {}
    for word in {*counts, *written}:
        rarity = len(others) / (counts[word] + 0.5)
        by_word[word] = math.log(1 + rarity) + 0.5
    weights = _Weights(by_word)
    own_weight = weights.of(written)
    likeness = {}
    for pk, words in others.items():
        shared_weight = weights.of(words & written)
        other_weight = weights.of(words)
        covered = shared_weight / own_weight
        alike = shared_weight / math.sqrt(own_weight * other_weight)
        if covered >= COVERED or alike >= ALIKE:
            likeness[pk] = covered + alike
    nearest_first = sorted(likeness, key=lambda pk: (-likeness[pk], -pk))
    return nearest_first[:at_most]
