"""How often passwords may be tried: guessing slows down, and shuts nobody else out.

Five wrong passwords for one username from one address in five minutes, then a pause for just these two. Somebody else
at another address, and the person at a device they signed in from before, are counted apart. Where one address was
wrong very often for all usernames together, each username there has two tries in five minutes: guessing through many
names slows down, and who was not guessed at comes in, so that nobody shuts out the hall of 2,450 people behind their
address. A password that was right takes its attempts back.

A pause is no new beginning: what is tried meanwhile is neither checked nor counted.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import SignInAttempt

WINDOW = timedelta(minutes=5)
# Wrong passwords for one username from one address, or from one known device
MOST_PER_PERSON = 5
MOST_PER_ADDRESS = 300  # wrong passwords from one address, whatever the usernames; beyond, for each username:
MOST_FROM_BUSY_ADDRESS = 2
KEPT = timedelta(hours=1)
IPV6_HOUSEHOLD = 64  # bits; whoever has one address has all the others of it


class SignInPaused(Exception):
    """Too many wrong passwords: none is checked before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    @property
    def shown_until(self) -> datetime:
        """The full minute from which one is checked again."""
        return self.until.replace(second=0, microsecond=0) + timedelta(minutes=1)

    @property
    def retry_after(self) -> str:
        """The value of the header: seconds, at least one."""
        return str(max(1, ceil((self.until - timezone.now()).total_seconds())))


@dataclass(frozen=True, slots=True)
class Source:
    """Where somebody tries from: the network's address, and the key of a device the person is known at ("" else)."""

    address: str
    device: str = ""


def begin_attempt(username: str, source: Source) -> SignInAttempt:
    """Counts an attempt before the password is checked, so that many at once cannot outrun the limit. Raises
    SignInPaused. `forget_attempts` takes it back when the password was right."""
    attempt = SignInAttempt(
        username=_hashed("username", username.strip().lower()),
        address=_hashed("address", _household(source.address)),
        device=_hashed("device", source.device) if source.device else "",
    )
    with transaction.atomic():
        # One password at a time for one username from one source, until the transaction ends
        key = f"{attempt.username}{attempt.device or attempt.address}"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key]
            )
        most = MOST_PER_PERSON
        if not attempt.device:
            of_address = SignInAttempt.objects.filter(address=attempt.address)
            if _leaves_room_at(of_address, MOST_PER_ADDRESS) is not None:
                most = MOST_FROM_BUSY_ADDRESS
        # When the next password is checked, or None when it may be now
        until = _leaves_room_at(_attempts_of(attempt), most)
        if until is not None:
            raise SignInPaused(until)
        attempt.save()
    _drop_old_attempts()
    return attempt


def forget_attempts(attempt: SignInAttempt) -> None:
    """The password was right: nothing stands against the username from there any more."""
    _attempts_of(attempt).delete()


def forget_attempts_for(username: str) -> None:
    """From wherever they came: somebody has got a new password."""
    SignInAttempt.objects.filter(
        username=_hashed("username", username.strip().lower())
    ).delete()


def _attempts_of(attempt: SignInAttempt) -> QuerySet[SignInAttempt]:
    return SignInAttempt.objects.filter(
        username=attempt.username,
        # A known device moves from network to network
        **(
            {"device": attempt.device}
            if attempt.device
            else {"device": "", "address": attempt.address}
        ),
    )


def _leaves_room_at(attempts: QuerySet[SignInAttempt], most: int) -> datetime | None:
    """When fewer than `most` of them lie in the window; None when it is so already."""
    since = timezone.now() - WINDOW
    times = attempts.filter(at__gt=since).order_by("-at").values_list("at", flat=True)
    oldest = next(iter(times[most - 1 : most]), None)
    return oldest + WINDOW if oldest is not None else None


def _drop_old_attempts() -> None:
    """A few at a time; another request may be at it."""
    old = SignInAttempt.objects.filter(at__lt=timezone.now() - KEPT)
    with transaction.atomic():
        some = list(
            old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:100]
        )
        if some:
            SignInAttempt.objects.filter(pk__in=some).delete()


def _household(address: str) -> str:
    """The address itself; of IPv6 the network that a household or a phone is given as a whole."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, IPV6_HOUSEHOLD), strict=False))


def _hashed(kind: str, value: str) -> str:
    """People type passwords into the wrong field: what was typed is not stored as it is."""
    return hmac.new(
        f"sign-in {kind} {settings.SECRET_KEY}".encode(), value.encode(), sha256
    ).hexdigest()
