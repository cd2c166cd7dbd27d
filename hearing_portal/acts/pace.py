"""How much one account may store in a minute: far above what a person types, far below what a program sends."""

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from hearing_portal.refusals import TooMuchAtOnce
from hearing_portal.thai.dates import be_time

WINDOW = timedelta(minutes=1)


class FindTimes(Protocol):
    def __call__(self, account_id: int, /, *, skipped: int) -> list[datetime]: ...


def require_pace(find_times: FindTimes, account_id: int, told: str) -> None:
    """Raises TooMuchAtOnce when the account stored `settings.MOST_A_MINUTE` rows within the last minute. `find_times`
    tells when its rows were stored, the newest first, without so many of the newest. `told`: that it did, in Thai,
    with {most} for how many."""
    most = settings.MOST_A_MINUTE
    found = find_times(account_id, skipped=most - 1)
    if not found or found[0] <= timezone.now() - WINDOW:
        return
    oldest_that_counts = found[0]
    until = oldest_that_counts + WINDOW
    # The full minute from which it can be sent
    shown = until.replace(second=0, microsecond=0) + timedelta(minutes=1)
    raise TooMuchAtOnce(
        f"{told.format(most=most)} ครั้งนี้จึงยังไม่ได้บันทึก ส่งต่อได้ตั้งแต่เวลา\u00a0{be_time(shown)}",
        retry_after=(until - timezone.now()).total_seconds(),
    )
