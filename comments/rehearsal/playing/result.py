"""What the players found, as one JSON value for who judges it."""

from collections.abc import Iterable
from typing import Any

from .day import HearingDay
from .figures import Figures, quantile
from .streams import ToldEvent

STILL_ON_ITS_WAY = 3.0  # seconds, as long as the day has to be calm at its end


def describe_result(day: HearingDay, seconds: float) -> dict[str, Any]:
    """`posts`: {client key: whether it was acknowledged}. `rooms`: {session: [[event, at in ms]]} of what anybody was
    told. `behind`: telephones that do not follow at the end; `joined`: {session: [ms]}, when each of the others began;
    `lost`: events that somebody else of the room was told of and one of those was not, until
    `told_until`, in ms."""
    figures = day.figures
    events = [event for log in day.logs for event in log.events.values()]
    return {
        "seconds": round(seconds, 1),
        "people": len(day.phones),
        "web_processes": len(day.web_processes),
        "posts": {post.key: post.stored_at is not None for post in figures.posts},
        "refused": sum(bool(post.refused) for post in figures.posts),
        "sent_again": sum(post.tries > 1 for post in figures.posts),
        "seen": _delays_of_comments(figures, events),
        "followed": _spread(
            delay
            for event in events
            if event.kind == "clause"
            for delay in event.delays
        ),
        "stored": _spread(_waits(figures, is_last_call=False)),
        "last_call": _spread(_waits(figures, is_last_call=True)),
        "pages": _spread(figures.pages),
        "pages_opened_again": figures.pages_opened_again,
        "pages_lost": figures.pages_lost,
        "doors": _describe_doors(figures),
        "doors_shut": figures.doors_shut,
        "cut": figures.cut,
        "catching_up": _spread(figures.catching_up),
        "killed": figures.killed,
        "replaced_after": figures.replaced_after,
        "streams": {
            "most": figures.most_streams,
            "lost": figures.streams_lost,
            "gaps": figures.streams_told_of_gap,
            "renewed": figures.streams_renewed,
            "told_twice": figures.told_twice,
        },
        "clauses": figures.clauses,
        "clauses_refused": figures.clauses_refused,
        "hands": {"asked": figures.hands_asked, "raised": figures.hands_raised},
        "statuses": {str(key): number for key, number in figures.statuses.items()},
        **_describe_events(day),
        "machine": day.machine.tell(seconds),
    }


def _spread(values: Iterable[float]) -> dict[str, float | int | None]:
    found = list(values)
    told: dict[str, float | int | None] = {"number": len(found)}
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1.0)):
        value = quantile(found, share)
        told[name] = None if value is None else round(value, 3)
    return told


def _waits(figures: Figures, *, is_last_call: bool) -> Iterable[float]:
    """From writing to the acknowledgement for the last call, else from the sending that was acknowledged: who had no
    network waited for that."""
    for post in figures.posts:
        if post.stored_at is not None and post.is_last_call == is_last_call:
            yield post.stored_at - (post.written_at if is_last_call else post.sent_at)


def _delays_of_comments(
    figures: Figures, events: list[ToldEvent]
) -> dict[str, float | int | None]:
    """From sending to each other telephone. Which event is a comment's own is not told: it is about the same clause,
    and was written while the portal had the comment."""
    sent: dict[str, list[tuple[float, float]]] = {}
    for post in figures.posts:
        if post.stored_at is not None:
            moments = (post.sent_at, post.stored_at)
            sent.setdefault(str(post.entry), []).append(moments)
    delays: list[float] = []
    for event in sorted(events, key=lambda event: event.at):
        if event.kind != "comment":
            continue
        before = 0.0
        waiting = sent.get(event.about, [])
        for moments in sorted(waiting):
            if moments[0] <= event.at <= moments[1]:
                before = event.at - moments[0]
                waiting.remove(moments)
                break
        delays += [before + delay for delay in event.delays]
    return _spread(delays)


def _describe_doors(figures: Figures) -> dict[str, Any]:
    """`a_second` is the pace at which people came through, from the first who was in to the last."""
    ends = sorted(ended for _, ended in figures.doors)
    pace = None
    if len(ends) > 1 and ends[-1] > ends[0]:
        pace = round((len(ends) - 1) / (ends[-1] - ends[0]), 1)
    waits = [ended - began for began, ended in figures.doors]
    return {"a_second": pace, **_spread(waits)}


def _describe_events(day: HearingDay) -> dict[str, Any]:
    rooms = {}
    joined: dict[str, list[int]] = {}
    lost = 0
    # The portal may still have been at work on what was sent last
    until = day.ended_at - STILL_ON_ITS_WAY
    for room, log in zip(day.plan.rooms, day.logs, strict=True):
        rows = [[event.id, int(1000 * event.at)] for event in log.events.values()]
        rooms[str(room.session)] = rows
    for phone in day.phones:
        since = phone.followed_since
        if since is None or phone.number in day.behind:
            continue
        joined.setdefault(str(phone.room.session), []).append(int(1000 * since))
        for event in day.logs[phone.person.room].events.values():
            if since < event.at < until and event.id not in phone.heard:
                lost += 1
    return {
        "rooms": rooms,
        "joined": joined,
        "lost": lost,
        "told_until": int(1000 * until),
        "behind": len(day.behind),
    }
