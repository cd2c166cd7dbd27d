"""Tickets: who was asked for their rights by Django is let in by the hub, which asks nobody."""

import time
from typing import NamedTuple

from django.core import signing

LIFE = 300  # seconds; then a stream ends, and its page asks Django for another ticket
_SALT = "hearing_portal.live"


class Ticket(NamedTuple):
    """What a stream may tell of, until `ends_at` (seconds since 1970). It names no person."""

    channel: str
    ends_at: float


class TicketRefused(Exception):
    """It is none of ours, or its life has ended."""


def make_ticket(channel: str, life: float = LIFE) -> str:
    return signing.dumps([channel, round(time.time() + life, 1)], salt=_SALT)


def read_ticket(text: str) -> Ticket:
    """Raises TicketRefused."""
    try:
        channel, ends_at = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise TicketRefused from error
    ticket = Ticket(str(channel), float(ends_at))
    if ticket.ends_at <= time.time():
        raise TicketRefused
    return ticket
