"""The screen of a room: what it shows to whoever has the link, and when it shows nothing."""

import pytest
from django.urls import reverse

from comments.hearings.services.session_states import discuss_entry, pause_session
from comments.models import WallRecall
from comments.wall.queries import wall_letters
from tests import factories

pytestmark = pytest.mark.django_db


def address_of(session, recalls: int = 0, name: str = "wall") -> str:
    return reverse(name, args=[session.pk, wall_letters(session, recalls)])


def test_wall_shows_the_clause_its_offices_and_no_name(
    client, session, comment, entry, facilitator
) -> None:
    """Without an account; kept by nobody, and found by no search engine."""
    discuss_entry(session, entry, by=facilitator)
    answer = client.get(address_of(session))
    page = answer.content.decode()
    assert f'<span class="visually-hidden">ข้อ </span>{entry.cite}</h1>' in page
    assert entry.blob.plain in page
    assert "จาก 1 เขต" in page
    for person in (facilitator, comment.author):
        assert person.given_name not in page
        assert person.username not in page
    assert comment.text not in page
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_wall_of_a_pause_says_why_and_shows_no_clause(
    client, session, entry, facilitator
) -> None:
    discuss_entry(session, entry, by=facilitator)
    pause_session(session, by=facilitator, reason="พักรับประทานอาหารกลางวัน")
    page = client.get(address_of(session)).content.decode()
    assert "พักเวที" in page
    assert "พักรับประทานอาหารกลางวัน" in page
    assert entry.blob.plain not in page


def test_recalled_link_and_that_of_another_room_show_nothing(
    client, session, edition, facilitator
) -> None:
    """At once, its stream as well; the new one shows the room."""
    other = factories.make_session(edition, session.work_group, hearing=session.hearing)
    client.force_login(facilitator)
    client.post(reverse("wall-recall", args=[session.pk]))
    assert WallRecall.objects.get().by == facilitator
    page = client.get(reverse("session-wall", args=[session.pk])).content.decode()
    assert address_of(session, 1) in page
    client.logout()
    dead = client.get(address_of(session))
    assert (dead.status_code, "เรียกคืนลิงก์นี้แล้ว" in dead.content.decode()) == (404, True)
    for name in ("wall-live", "wall-code"):
        assert client.get(address_of(session, 0, name)).status_code == 404
        assert client.get(address_of(session, 1, name)).status_code == 200
    elsewhere = reverse("wall", args=[session.pk, wall_letters(other, 1)])
    assert client.get(elsewhere).status_code == 404
