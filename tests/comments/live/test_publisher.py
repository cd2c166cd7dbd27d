"""What is written down for those who follow a session, and the numbers it gets."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from comments.hearings.services.session_states import discuss_entry, pause_session
from comments.links import entry_url
from comments.live.publisher import publish_events
from comments.live.services import record_event
from comments.models import Event, HearingSession
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds


@pytest.fixture
def room(session, edition) -> HearingSession:
    """A session in which nothing has happened; what happened elsewhere is told."""
    publish_events()
    return factories.make_session(edition, session.work_group, hearing=session.hearing)


def numbered(*sessions: HearingSession) -> list[tuple[str, int | None]]:
    events = Event.objects.filter(session__in=sessions)
    return list(events.order_by("id").values_list("about", "number"))


def test_event_belongs_to_its_act(room) -> None:
    """An act that is rolled back is told to nobody, and outside an act nothing is told at all."""
    with transaction.atomic():
        record_event(room, Event.Kind.CLAUSE, "7")
    with transaction.atomic():
        record_event(room, Event.Kind.CLAUSE, "8")
        transaction.set_rollback(True)
    with pytest.raises(RuntimeError, match="the transaction of its act"):
        record_event(room, Event.Kind.CLAUSE, "9")
    assert numbered(room) == [("7", None)]


def test_what_commits_late_is_numbered_late(room, session) -> None:
    """Two acts at once: the one that wrote first commits last, and nobody waits for the other."""
    has_written, may_commit = threading.Event(), threading.Event()

    def slow_act(room: HearingSession) -> None:
        with transaction.atomic():
            record_event(room, Event.Kind.COMMENT, "1")
            has_written.set()
            assert may_commit.wait(PATIENCE)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_act, room)
        assert has_written.wait(PATIENCE)
        for about, of in (("2", room), ("3", session), ("4", room)):
            with transaction.atomic():
                record_event(of, Event.Kind.COMMENT, about)
        assert publish_events() == 3
        assert numbered(room) == [("2", 1), ("4", 2)]
        assert numbered(session) == [("", 1), ("3", 2)]
        may_commit.set()
        slow.result(PATIENCE)
    assert publish_events() == 1
    assert numbered(room) == [("1", 3), ("2", 1), ("4", 2)]
    assert publish_events() == 0


def test_one_publisher_at_a_time(room) -> None:
    with transaction.atomic():
        record_event(room, Event.Kind.STATE)
    holds, may_end = threading.Event(), threading.Event()

    def publish_slowly() -> int:
        with transaction.atomic():
            published = publish_events()
            holds.set()
            assert may_end.wait(PATIENCE)
        connections.close_all()
        return published

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(publish_slowly)
        assert holds.wait(PATIENCE)
        assert publish_events() == 0
        may_end.set()
        assert slow.result(PATIENCE) == 1
    assert numbered(room) == [("", 1)]


def test_words_go_with_what_was_told_last(session, entry, facilitator) -> None:
    """So that nobody has to ask for them: a hall that asks at once waits for itself."""
    publish_events()
    discuss_entry(session, None, by=facilitator)
    discuss_entry(session, entry, by=facilitator)
    discuss_entry(session, entry, by=facilitator)  # tells nothing new
    pause_session(session, by=facilitator)
    told = []
    connection.ensure_connection()
    connection.connection.add_notify_handler(lambda notice: told.append(notice.payload))
    with connection.cursor() as cursor:
        cursor.execute("LISTEN portal_live")
        assert publish_events() == 2
        cursor.execute("UNLISTEN *")
    [payload] = told
    clause, state = json.loads(payload)["events"]
    assert (clause["kind"], clause["about"], clause["n"]) == (
        "clause",
        str(entry.pk),
        2,
    )
    assert clause["citation"] == f"ข้อ {entry.cite}"
    assert clause["url"] == entry_url(entry, entry.manual)
    assert (state["kind"], state["state"], state["word"]) == (
        "state",
        "paused",
        "พักเวที",
    )
