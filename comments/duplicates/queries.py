"""Which comments of a manual say nearly the same, and which a person has put together."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hearing_portal.directory.models import User
from manuals.models import Manual
from manuals.wording import stored_content

from ..commenting.queries.comments import not_withdrawn
from ..commenting.queries.similar import FEWEST_SHARED, Words, words_of_comment
from ..models import Amendment, Comment, Grouping, Support
from ..overlaps.similarity import find_alike, weigh_words

# Of the words that either has: a circulated text with a few words of one's own stays above it, what two offices wrote
# by themselves about one step lies below (tests/comments/duplicates)
NEARLY_EQUAL = 0.6
BY_RARITY = 0.001  # what rarity adds to a word's weight
# Whose likely groups a process remembers: they change only with what was said, and many look at them meanwhile
MANUALS_KEPT = 20


class SaidProposal(NamedTuple):
    """What a comment proposes for a clause; `words` are its content as JSON, empty where it cuts the clause."""

    clause_id: int | None
    op: str
    words: str
    base: str  # what the clause said, as plain text


class SaidComment(NamedTuple):
    """A comment as it is compared: alike are only those of one type on one process (or manual) that propose the same
    words, or none."""

    pk: int
    text: str
    type: str
    section_id: int | None
    office_id: int | None
    office_kind: str | None
    group_id: int | None
    proposed: SaidProposal | None = None

    @property
    def kept_apart_by(self) -> tuple[str, int | None, SaidProposal | None]:
        """Where this differs, one answer cannot be right for both."""
        return self.type, self.section_id, self.proposed


def find_said(manual: Manual, user: User) -> dict[int, SaidComment]:
    """{id: comment} of the manual that the person may see, replies and withdrawn ones left out. Three queries."""
    comments = Comment.objects.visible_to(user).filter(
        entry__manual=manual, parent__isnull=True
    )
    groups = dict(
        Grouping.objects.standing()
        .filter(comment__entry__manual=manual)
        .values_list("comment", "group")
    )
    proposed = _find_proposed(manual)
    rows = not_withdrawn(comments).order_by("pk")
    said = {}
    for pk, text, kind, section, office, office_kind in rows.values_list(
        "pk", "text", "type", "entry__section", "office", "office_kind"
    ):
        group = groups.get(pk)
        said[pk] = SaidComment(
            pk, text, kind, section, office, office_kind, group, proposed.get(pk)
        )
    return said


def _find_proposed(manual: Manual) -> dict[int | None, SaidProposal]:
    """{comment: what it proposes now}. One query."""
    rows = Amendment.objects.active().filter(comment__entry__manual=manual)
    proposed: dict[int | None, SaidProposal] = {}
    for pk, clause, op, words, base in rows.order_by("pk").values_list(
        "comment", "clause", "op", "proposed", "base_blob__plain"
    ):
        told = json.dumps(words, sort_keys=True, ensure_ascii=False) if words else ""
        proposed[pk] = SaidProposal(clause, op, told, base or "")
    return proposed


def find_likely_groups(
    said: Mapping[int, SaidComment],
) -> tuple[tuple[int, ...], ...]:
    """Ids of comments that say nearly the same and are not one group yet, the largest first."""
    return _find_likely_groups(tuple(said.values()))


@lru_cache(maxsize=MANUALS_KEPT)
def _find_likely_groups(
    comments: tuple[SaidComment, ...],
) -> tuple[tuple[int, ...], ...]:
    said = {comment.pk: comment for comment in comments}
    words = _words_of(said)
    # Texts that many sent as they stand are compared once
    alike_words: defaultdict[tuple[object, Words], list[int]] = defaultdict(list)
    for pk, comment in said.items():
        if len(words[pk]) >= FEWEST_SHARED:
            alike_words[comment.kept_apart_by, words[pk]].append(pk)
    first_of = {ids[0]: ids for ids in alike_words.values()}
    neighbours = _neighbours(first_of, words, said)
    found: list[tuple[int, ...]] = []
    placed: set[int] = set()
    for head in sorted(first_of):
        if head in placed:
            continue
        placed.add(head)
        ids = list(first_of[head])
        for other in neighbours[head]:
            if other not in placed:
                placed.add(other)
                ids += first_of[other]
        groups = {said[pk].group_id for pk in ids}
        if len(ids) > 1 and (len(groups) > 1 or None in groups):
            found.append(tuple(sorted(ids)))
    found.sort(key=lambda ids: (-len(ids), ids[0]))
    return tuple(found)


def _neighbours(
    first_of: Mapping[int, list[int]],
    words: Mapping[int, Words],
    said: Mapping[int, SaidComment],
) -> dict[int, list[int]]:
    """{comment: those nearly equal to it}, the nearest first, of those that one answer can be right for."""
    near: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    # Each word weighs the same: those of a text that many sent are common, and its own words are rare. Rarity only says
    # which words are looked up first
    rarity = weigh_words({pk: words[pk] for pk in first_of})
    weights = {word: 1 + BY_RARITY * weight for word, weight in rarity.items()}
    # What one answer cannot be right for is not compared: a process has a few dozen comments, a manual thousands
    comparable: defaultdict[object, dict[int, Words]] = defaultdict(dict)
    for pk in first_of:
        comparable[said[pk].kept_apart_by][pk] = words[pk]
    for wordings in comparable.values():
        places = {pk: pk for pk in wordings}
        for pair in find_alike(
            wordings, places=places, least=NEARLY_EQUAL, weights=weights
        ):
            near[pair.first].append((-pair.likeness, pair.second))
            near[pair.second].append((-pair.likeness, pair.first))
    return {pk: [other for _, other in sorted(near[pk])] for pk in first_of}


def _words_of(said: Mapping[int, SaidComment]) -> dict[int, Words]:
    """The words of each comment and of what it proposes."""
    words = {}
    for pk, comment in said.items():
        proposed = comment.proposed
        if proposed is None or not proposed.words:
            words[pk] = words_of_comment(comment.text)
        else:
            content = stored_content(json.loads(proposed.words))
            words[pk] = words_of_comment(comment.text, content, proposed.base)
    return words


def find_amendments(comment_ids: Collection[int]) -> list[Amendment]:
    """Those of the comments that propose words, the latest last. One query, none without comments."""
    if not comment_ids:
        return []
    amendments = Amendment.objects.active().filter(comment__in=comment_ids)
    return list(amendments.select_related("base_blob").order_by("pk"))


def find_supporting_offices(
    comment_ids: Collection[int],
) -> dict[int, list[tuple[int, str]]]:
    """{comment: (office, its kind) of those that support it}. One query."""
    supports = Support.objects.active().filter(comment__in=list(comment_ids))
    offices: dict[int, list[tuple[int, str]]] = {}
    for comment, office, kind in supports.values_list(
        "comment", "office", "office__kind"
    ):
        offices.setdefault(comment, []).append((office, kind))
    return offices


def find_known_ids(manual: Manual, user: User, ids: Sequence[int]) -> list[int]:
    """Those of these comments that are the manual's and visible to the person. One query."""
    comments = Comment.objects.visible_to(user).filter(entry__manual=manual)
    return list(comments.filter(pk__in=ids).values_list("pk", flat=True))
