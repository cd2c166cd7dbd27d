"""Comments that say nearly the same: found while somebody writes, to stand behind instead of repeating."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import BooleanField, Case, Q, Value, When

from hearing_portal.directory.models import User
from manuals.content import Content, ContentRefused, content_from_json, plain_text
from manuals.models import EditionEntry
from manuals.searching.search_query import search_words

from ...models import Amendment, Comment, Moderation
from .comments import not_withdrawn, shown_comments

CANDIDATES = 150  # comments that are compared: those on the same place first, the latest first
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
SAID_BY_ALL = frozenset(_COMMON.split())  # words of every comment, and of no subject
Words = frozenset[str]


def words_of_comment(text: str, proposed: Content | None = None, base: str = "") -> Words:
    """The words that carry what was said: those of the comment, and those a proposal brings to the words of now."""
    words = _words(text)
    return words | (_words(plain_text(proposed)) - _words(base)) if proposed is not None else words


@lru_cache(maxsize=4096)
def _words(text: str) -> Words:
    return frozenset(search_words(text)) - SAID_BY_ALL


def find_similar(said: Words, entry: EditionEntry, user: User) -> list[Comment]:
    """Shown comments of others on the same place or process that say nearly the same, the nearest first; at most
    SHOWN, as rows of `shown_comments`. Five queries, two when nobody said anything alike, none for too few words."""
    if len(said) < FEWEST_SHARED:
        return []
    candidates = _candidates(entry, user)
    nearest = _nearest(said, {pk: words for pk, words in _words_of(candidates).items() if len(words & said) > 1})
    rows = shown_comments(Comment.objects.visible_to(user)).in_bulk(nearest) if nearest else {}
    return [rows[pk] for pk in nearest if pk in rows]


def _candidates(entry: EditionEntry, user: User) -> list[tuple[int, str]]:
    """[(comment, text)] of what stands near the entry in its edition: not hidden, not withdrawn, not one's own."""
    near = Comment.objects.visible_to(user).filter(_around(entry), parent__isnull=True)
    near = near.filter(visibility_now=Moderation.Visibility.SHOWN).exclude(author=user)
    here = Case(When(entry=entry, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = not_withdrawn(near).annotate(here=here).order_by("-here", "-pk")
    return list(rows.values_list("pk", "text")[:CANDIDATES])


def _around(entry: EditionEntry) -> Q:
    """The entry's section; for a whole manual, what was said about it as a whole."""
    if entry.section_id is None:
        return Q(entry=entry)
    return Q(entry__edition=entry.edition_id, entry__section=entry.section_id)


def _words_of(candidates: Iterable[tuple[int, str]]) -> dict[int, Words]:
    found = {pk: words_of_comment(text) for pk, text in candidates}
    proposals = Amendment.objects.active().filter(comment__in=list(found))
    for pk, proposed, base in proposals.values_list("comment", "proposed", "base_blob__plain"):
        found[pk] |= words_of_comment("", _content(proposed), base or "")
    return found


def _content(proposed: Mapping[str, object]) -> Content | None:
    try:
        return content_from_json(proposed) if proposed else None
    except ContentRefused:
        return None


def _nearest(said: Words, others: Mapping[int, Words]) -> list[int]:
    """A rare word says more than one that all of them use."""
    counted = Counter(word for words in others.values() for word in words)
    weights = {word: math.log(1 + len(others) / (counted[word] + 0.5)) + 0.5 for word in {*counted, *said}}
    own = sum(weights[word] for word in said)
    likeness = {}
    for pk, words in others.items():
        shared = sum(weights[word] for word in words & said)
        covered, alike = shared / own, shared / math.sqrt(own * sum(weights[word] for word in words))
        if covered >= COVERED or alike >= ALIKE:
            likeness[pk] = covered + alike
    return sorted(likeness, key=lambda pk: (-likeness[pk], -pk))[:SHOWN]
