"""The page of comments that say the same: those put together, and those that may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.diff import Segment, diff_tokens, segments
from manuals.drafting.told_words import tell_redlines
from manuals.models import Manual
from manuals.wording import Redline, named_redlines, stored_content

from ..commenting.queries.arguments import find_arguments
from ..commenting.queries.offices import count_together, offices_behind
from ..models import Comment
from ..permissions import can_decide, can_moderate
from .queries import (
    SaidComment,
    SaidProposal,
    find_amendments,
    find_likely_groups,
    find_said,
    find_supporting_offices,
)

MOST_SHOWN = 20  # groups of either kind on one page
MOST_WORDINGS = 12  # of one group


class GroupWording(NamedTuple):
    """A text of the group, word by word against its first one, with the words it proposes, and who says it so."""

    ids: list[int]
    changes: list[Segment]
    proposed: list[Redline]

    @property
    def value(self) -> str:
        """How a form names its comments."""
        return ",".join(str(pk) for pk in self.ids)

    @property
    def number(self) -> int:
        return self.ids[0]

    @property
    def others(self) -> int:
        return len(self.ids) - 1


@dataclass(frozen=True, slots=True)
class SameComments:
    """Comments that say the same, or may: offices are counted once, of authors and supporters."""

    ids: list[int]
    text: str
    type_words: str
    primary: int
    secondary: int
    wordings: list[GroupWording]
    url: str = ""  # where its answer is written
    listed_url: str = ""  # all of them in the queue; of those that are put together
    answers: Sequence[str] = ()  # where those that are put together have not one answer

    @property
    def offices(self) -> int:
        return self.primary + self.secondary

    @property
    def more(self) -> int:
        """Comments in wordings that are not shown."""
        return len(self.ids) - sum(len(each.ids) for each in self.wordings)

    @property
    def rest(self) -> str:
        """The comments in wordings that are not shown, as a form names them."""
        shown = {pk for wording in self.wordings for pk in wording.ids}
        return ",".join(str(pk) for pk in self.ids if pk not in shown)


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    manual: Manual
    comments: int
    arguments: int  # comments, each group counted once
    groups: list[SameComments]
    likely: list[SameComments]
    more_groups: int
    more_likely: int
    may_group: bool

    @property
    def may_not_group(self) -> bool:
        return not self.may_group


def load_duplicates(manual: Manual, user: User) -> DuplicatesPage:
    """Six queries, two more where comments are put together, those of tell_redlines where proposed words refer
    to something."""
    may_decide = can_decide(user, manual.work_group)
    said = find_said(manual, user)
    standing: dict[int, list[int]] = {}
    for pk, comment in said.items():
        if comment.group_id is not None:
            standing.setdefault(comment.group_id, []).append(pk)
    grouped = [ids for ids in standing.values() if len(ids) > 1]
    grouped.sort(key=lambda ids: (-len(ids), ids[0]))
    likely = find_likely_groups(said)
    shown = [*grouped[:MOST_SHOWN], *likely[:MOST_SHOWN]]
    ids = {pk for each in shown for pk in each}
    supporters = find_supporting_offices(ids)
    proposed = _tell_proposed({pk: said[pk] for pk in ids})
    arguments = find_arguments([said[ids[0]].group_id for ids in grouped], user)
    urls = _urls_of(manual, grouped[:MOST_SHOWN], may_decide=may_decide)

    def make(ids: Sequence[int]) -> SameComments:
        return _same_comments(ids, said, supporters, proposed, urls)

    def make_group(ids: Sequence[int]) -> SameComments:
        queue = reverse("group-queue", args=[manual.key])
        query = urlencode({"argument": said[ids[0]].group_id})
        argument = arguments.get(said[ids[0]].group_id or 0)
        return replace(
            make(ids),
            listed_url=f"{queue}?{query}",
            answers=argument.known_answers if argument is not None else (),
        )

    saved = sum(len(each) - 1 for each in grouped)
    return DuplicatesPage(
        manual,
        comments=len(said),
        arguments=len(said) - saved,
        groups=[make_group(each) for each in grouped[:MOST_SHOWN]],
        likely=[make(each) for each in likely[:MOST_SHOWN]],
        more_groups=max(0, len(grouped) - MOST_SHOWN),
        more_likely=max(0, len(likely) - MOST_SHOWN),
        may_group=can_moderate(user, manual.work_group),
    )


def _urls_of(
    manual: Manual, groups: Sequence[Sequence[int]], *, may_decide: bool
) -> dict[int, str]:
    """{first comment of a group: where its answer is written, or at the desk where it is advised}. One query."""
    rows = Comment.objects.filter(pk__in=[ids[0] for ids in groups])
    urls = {}
    for pk, uuid in rows.values_list("pk", "uuid"):
        if may_decide:
            urls[pk] = reverse("comment-disposition", args=[uuid])
        else:
            urls[pk] = f"{reverse('group-queue', args=[manual.key])}?comment={uuid}"
    return urls


def _tell_proposed(
    said: Mapping[int, SaidComment],
) -> dict[SaidProposal | None, list[Redline]]:
    """{what is proposed: its changes word by word}; a cut is told by the type of the comment. One query, and those of
    tell_redlines."""
    first_of: dict[SaidProposal, SaidComment] = {}
    for comment in said.values():
        if comment.proposed is not None and comment.proposed.words:
            first_of.setdefault(comment.proposed, comment)
    compared = {}
    for amendment in find_amendments([each.pk for each in first_of.values()]):
        if amendment.comment_id is not None:
            comment = said[amendment.comment_id]
            base = None
            if amendment.base_blob is not None and amendment.op == "replace":
                base = amendment.base_blob.as_content
            words = stored_content(amendment.proposed)
            compared[comment.proposed] = (base, words, comment.section_id)
    told = tell_redlines(compared.values())
    lines = [named_redlines(each, "") for each in told]
    return dict(zip(compared, lines, strict=True))


def _same_comments(
    ids: Sequence[int],
    said: Mapping[int, SaidComment],
    supporters: Mapping[int, list[tuple[int, str]]],
    proposed: Mapping[SaidProposal | None, list[Redline]],
    urls: Mapping[int, str],
) -> SameComments:
    first = said[ids[0]]
    behind = []
    by_words: dict[tuple[str, SaidProposal | None], list[int]] = {}
    for pk in ids:
        comment = said[pk]
        by_words.setdefault((comment.text, comment.proposed), []).append(pk)
        supporting = dict(supporters.get(pk, ()))
        behind.append(
            offices_behind(comment.office_id, comment.office_kind, supporting)
        )
    counted = count_together(behind)
    wordings = []
    for (text, words), of in list(by_words.items())[:MOST_WORDINGS]:
        changes = segments(diff_tokens(first.text, text), first.text, text)
        wordings.append(GroupWording(of, changes, proposed.get(words, [])))
    return SameComments(
        list(ids),
        first.text,
        Comment.Type(first.type).label,
        counted.primary,
        counted.secondary,
        wordings,
        urls.get(first.pk, ""),
    )
