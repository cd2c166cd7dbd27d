"""What the portal has stored of the day, beside what the players say of it."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from ..models import Comment, Event, Poll

KEY_IN_TEXT = re.compile(r"\(ซ้อม ([0-9a-f-]{36})\)$")  # written by the players


@dataclass(frozen=True, slots=True)
class StoredDay:
    """`missing`: acknowledged and not stored. `doubled`: stored more than once. `untold`: events that were stored and
    told to no telephone, once for each telephone that followed by then. `hands`: answers that count."""

    comments: int
    acknowledged: int
    missing: int
    doubled: int
    untold: int
    hands: int


def load_stored_day(played: dict[str, Any]) -> StoredDay:
    """Three queries. `played` is as comments/rehearsal/playing/result.py tells it."""
    stored: Counter[str] = Counter()
    for text in Comment.objects.values_list("text", flat=True).iterator():
        found = KEY_IN_TEXT.search(text)
        stored[found[1] if found else text] += 1
    acknowledged = [key for key, is_stored in played["posts"].items() if is_stored]
    return StoredDay(
        comments=stored.total(),
        acknowledged=len(acknowledged),
        missing=sum(key not in stored for key in acknowledged),
        doubled=sum(number > 1 for number in stored.values()),
        untold=_count_untold(played),
        hands=_count_hands(),
    )


def _count_untold(played: dict[str, Any]) -> int:
    told = {pk for rows in played["rooms"].values() for pk, _ in rows}
    joined = {session: sorted(moments) for session, moments in played["joined"].items()}
    untold = 0
    for pk, session_id, at in Event.objects.values_list("pk", "session_id", "at"):
        if pk not in told:
            moment = 1000 * at.timestamp()
            if moment > played["told_until"]:
                continue
            untold += bisect_left(joined.get(str(session_id), []), moment)
    return untold


def _count_hands() -> int:
    """As the results count them; what was not ended has its votes alone."""
    hands = 0
    for poll in Poll.objects.annotate(standing=Count("votes")):
        if poll.result is None:
            hands += poll.standing
            continue
        for answers in poll.result["answers"].values():
            hands += sum(answers.values())
    return hands
