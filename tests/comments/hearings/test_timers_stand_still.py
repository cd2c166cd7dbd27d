"""A time that was given stands still while the session does, by the portal's clock, wherever it is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.floor.services import ask_for_floor, give_floor
from comments.hearings.services.clause_timers import start_clause_timer
from comments.hearings.services.session_states import (
    discuss_entry,
    open_session,
    pause_session,
)
from comments.hearings.timers import measure_time
from comments.wall.queries import wall_letters
from tests import factories

pytestmark = pytest.mark.django_db
STANDS = "หยุดเวลาไว้ · เหลือ"


def test_pauses_are_no_part_of_the_time(session, facilitator) -> None:
    now = timezone.now()
    began = now - timedelta(minutes=20)
    for state, minutes in (("paused", 18), ("opened", 15), ("paused", 10)):
        factories.make_session_state(
            session, state, by=facilitator, at=now - timedelta(minutes=minutes)
        )

    time = measure_time(session, 15, began)

    assert time.stood == timedelta(minutes=3)
    assert time.stands_since == now - timedelta(minutes=10)
    assert time.left == timedelta(minutes=8)
    assert time.told_left == "เหลือ 8:00 นาที"
    assert not time.is_over
    factories.make_session_state(session, "opened", by=facilitator, at=now)
    assert measure_time(session, 15, began).until == now + timedelta(minutes=8)


def test_every_page_shows_it_standing_and_going_on(
    client, session, edition, entry, facilitator, delegate, lampang, admin
) -> None:
    factories.make_release(edition, "public", by=admin)
    discuss_entry(session, entry, by=facilitator)
    start_clause_timer(session, minutes=10, by=facilitator)
    request = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    give_floor(request, minutes=3, by=facilitator)
    client.force_login(facilitator)
    addresses = [
        (reverse("session", args=[session.pk]), 1),
        (reverse("floor", args=[session.pk]), 1),
        (reverse("wall", args=[session.pk, wall_letters(session, 0)]), 2),
    ]

    def told(words: str) -> list[int]:
        return [client.get(url).content.decode().count(words) for url, _ in addresses]

    expected = [number for _, number in addresses]
    assert told("data-until") == expected
    pause_session(session, by=facilitator, reason="พักกลางวัน")
    assert told(STANDS) == expected
    assert told("data-until") == [0, 0, 0]
    open_session(session, by=facilitator)
    assert told(STANDS) == [0, 0, 0]
    assert told("data-until") == expected
