"""The fair order of those who asked for the floor, each with why they stand there. Knows no database.

First whoever speaks on the procedure (what is decided about it decides how all others go on), in the order of asking.
Then round by round: offices that have not spoken in the session before those that have; within a round primary and
secondary offices in turn, beginning with the kind that did not speak last; within a kind in the order of asking.
Experts, who speak for no office, come at the end of a round. What a facilitator moved stands where it was put.
docs/decisions/0149-a-fair-line-of-speakers.md
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..models import SpeakerMove, SpeakerRequest

type Speaker = tuple[str, int | None]  # ("office", its id) or ("person", their id)


@dataclass(frozen=True, slots=True)
class PlaceInLine:
    """Where a request stands in the line, from 1. `turns` is how often its office spoke or stands before it; `move` is
    set where a facilitator put it there."""

    request: SpeakerRequest
    number: int
    turns: int
    move: SpeakerMove | None = None


def speaker_of(request: SpeakerRequest) -> Speaker:
    if request.office_id is not None:
        return ("office", request.office_id)
    return ("person", request.person_id)


def order_requests(
    waiting: Sequence[SpeakerRequest],
    *,
    spoken: Mapping[Speaker, int],
    last_kind: str | None,
    moves: Iterable[SpeakerMove] = (),
) -> list[PlaceInLine]:
    """`waiting` in the order of asking; `spoken` tells how often each had the floor for a clause, `last_kind` which
    kind of office had it last; `moves` in the order of their making."""
    places = []
    rounds: dict[int, list[SpeakerRequest]] = {}
    taken = Counter(spoken)
    for request in waiting:
        if request.subject == SpeakerRequest.Subject.PROCEDURE:
            places.append(PlaceInLine(request, 0, 0))
            continue
        speaker = speaker_of(request)
        rounds.setdefault(taken[speaker], []).append(request)
        taken[speaker] += 1
    for turns, requests in sorted(rounds.items()):
        for request in _kinds_in_turn(requests, last_kind):
            places.append(PlaceInLine(request, 0, turns))
            last_kind = request.office_kind or last_kind
    _put_where_moved(places, moves)
    return [replace(place, number=at) for at, place in enumerate(places, start=1)]


def _kinds_in_turn(
    requests: Sequence[SpeakerRequest], last_kind: str | None
) -> list[SpeakerRequest]:
    """Without anybody who spoke before, the kind that asked first begins."""
    lines: dict[str, deque[SpeakerRequest]] = {"primary": deque(), "secondary": deque()}
    without_office = []
    for request in requests:
        if request.office_kind is None:
            without_office.append(request)
        else:
            lines[request.office_kind].append(request)
            if last_kind is None:
                last_kind = _other(request.office_kind)
    ordered: list[SpeakerRequest] = []
    while lines["primary"] or lines["secondary"]:
        kind = _other(last_kind or "secondary")
        if not lines[kind]:
            kind = _other(kind)
        ordered.append(lines[kind].popleft())
        last_kind = kind
    return [*ordered, *without_office]


def _other(kind: str) -> str:
    return "secondary" if kind == "primary" else "primary"


def _put_where_moved(places: list[PlaceInLine], moves: Iterable[SpeakerMove]) -> None:
    """The latest move of each, in the order they were made. Whom it was put before may have spoken since: then it is
    next."""
    latest: dict[int, SpeakerMove] = {}
    for move in moves:
        latest.pop(move.request_id, None)
        latest[move.request_id] = move
    for request_id, move in latest.items():
        at = _find(places, request_id)
        if at is None:
            continue
        place = replace(places.pop(at), move=move)
        if move.before_id is None:
            places.append(place)
        else:
            before = _find(places, move.before_id)
            places.insert(before or 0, place)


def _find(places: Sequence[PlaceInLine], request_id: int) -> int | None:
    for at, place in enumerate(places):
        if place.request.pk == request_id:
            return at
    return None
