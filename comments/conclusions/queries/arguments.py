"""What several comments of a manual say together, as a reader sees it."""

from collections.abc import Sequence
from typing import NamedTuple

from hearing_portal.directory.permissions import Visitor
from manuals.models import Manual

from ...commenting.queries.arguments import Argument, find_arguments
from ...models import Comment, Grouping, HearingSession

MOST_SHOWN = 20


class SharedArgument(NamedTuple):
    """`first` speaks for all of them: the first one that the reader may see."""

    first: Comment
    argument: Argument


def find_shared_arguments(
    manual: Manual, sessions: Sequence[HearingSession], user: Visitor
) -> list[SharedArgument]:
    """Those that most offices stand behind first, at most MOST_SHOWN. Two queries, two more where there are any."""
    standing = Grouping.objects.standing().filter(
        comment__entry__manual=manual, comment__session__in=sessions
    )
    group_of = dict(standing.values_list("comment", "group"))
    comments = Comment.objects.visible_to(user).shown().filter(pk__in=group_of)
    firsts: dict[int, Comment] = {}
    for comment in comments.select_related("office").order_by("pk"):
        firsts.setdefault(group_of[comment.pk] or 0, comment)
    arguments = find_arguments(firsts, user)
    shared = [SharedArgument(firsts[pk], each) for pk, each in arguments.items()]
    shared.sort(key=lambda each: (-len(each.argument.kinds), each.first.pk))
    return shared[:MOST_SHOWN]
