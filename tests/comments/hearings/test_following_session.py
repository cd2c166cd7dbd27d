"""Where a page asks how to follow a session: what it is told, and what a 304 saves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.deciding.services.ruling import Ruling, decide_comments
from comments.hearings.services.session_states import (
    discuss_entry,
    open_session,
    pause_session,
)
from comments.live.queries import MOST_TOLD
from hearing_portal.live.tickets import read_ticket
from tests import factories

pytestmark = pytest.mark.django_db


def test_page_is_told_what_happened_since_it_was_shown(
    client, session, entry, comment, delegate, facilitator
) -> None:
    address = reverse("group-session-live", args=[session.hearing.key, "DIR"])
    client.force_login(delegate)
    first = client.get(address).json()
    assert (first["state"], first["entry"], first["events"]) == ("opened", None, [])
    ticket = read_ticket(first["stream"].partition("ticket=")[2].replace("%3A", ":"))
    assert ticket.channel == f"session-{session.pk}"
    discuss_entry(session, entry, by=facilitator)
    answer = client.get(address, {"since": first["at"]})
    told = answer.json()
    assert told["entry"] == entry.pk
    assert [(event["kind"], event["about"]) for event in told["events"]] == [
        ("clause", str(entry.pk))
    ]
    with CaptureQueriesContext(connection) as unchanged:
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, len(unchanged)) == (304, b"", 8)
    pause_session(session, by=facilitator)
    changed = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (changed.status_code, changed.json()["state"]) == (200, "paused")


def test_who_missed_more_than_is_told_is_told_so(client, session, delegate) -> None:
    address = reverse("group-session-live", args=[session.hearing.key, "DIR"])
    client.force_login(delegate)
    since = client.get(address).json()["at"]
    for _ in range(MOST_TOLD):
        factories.make_event(session, kind="comment")
    told = client.get(address, {"since": since}).json()
    assert (len(told["events"]), told["missed"]) == (MOST_TOLD, False)
    factories.make_event(session, kind="comment")
    told = client.get(address, {"since": since}).json()
    assert (len(told["events"]), told["missed"]) == (MOST_TOLD, True)


def test_what_nobody_may_read_yet_is_told_without_its_place(
    client, session, entry, delegate, drafter, facilitator
) -> None:
    """A held comment and a decision before its publication: that something happened, and not where."""
    room = factories.make_session(
        session.edition, session.work_group, hearing=session.hearing, kind="room"
    )
    open_session(room, by=facilitator)
    held = factories.say(room, entry, delegate, "ขอให้เพิ่มระยะเวลา")
    shown = factories.say(session, entry, delegate, "ขอให้ลดขั้นตอน")
    decide_comments(
        [shown], Ruling("out_of_scope", "อยู่นอกขอบเขตของคู่มือฉบับนี้ตามประกาศ"), by=drafter
    )
    told = {
        of.pk: list(of.events.order_by("id").values_list("kind", "about"))
        for of in (room, session)
    }
    assert held.session_id == room.pk
    assert told == {
        room.pk: [("state", ""), ("comment", "")],
        session.pk: [("state", ""), ("comment", str(entry.pk)), ("decision", "")],
    }
