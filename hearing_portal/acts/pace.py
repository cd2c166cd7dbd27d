"""How much one account may store in a minute: far above what a person types, far below what a program sends."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from hearing_portal.refusals import TooMuchAtOnce
from hearing_portal.thai.dates import be_time

WINDOW = timedelta(minutes=1)


def require_pace[M: Model](own_rows: QuerySet[M], time_field: str, told: str) -> None:
    """Raises TooMuchAtOnce when the account stored `settings.MOST_A_MINUTE` of these rows within the last minute.
    `told`: that it did, in Thai, with {most} for how many."""
    most = settings.MOST_A_MINUTE
    newest_first = own_rows.order_by("-pk").values_list(time_field, flat=True)
    oldest_that_counts: datetime | None = next(
        iter(newest_first[most - 1 : most]), None
    )
    if oldest_that_counts is None or oldest_that_counts <= timezone.now() - WINDOW:
        return
    until = oldest_that_counts + WINDOW
    # The full minute from which it can be sent
    shown = until.replace(second=0, microsecond=0) + timedelta(minutes=1)
    raise TooMuchAtOnce(
        f"{told.format(most=most)} ครั้งนี้จึงยังไม่ได้บันทึก ส่งต่อได้ตั้งแต่เวลา {be_time(shown)}",
        retry_after=(until - timezone.now()).total_seconds(),
    )
