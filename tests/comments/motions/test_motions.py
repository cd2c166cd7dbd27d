"""What the meeting holds on a clause, in its minutes and on its wall; and two who run a room."""

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from comments.floor.services import ask_for_floor, give_floor
from comments.hearings.refusals import WentOnMeanwhile
from comments.hearings.services.clause_timers import start_clause_timer
from comments.hearings.services.session_states import close_session, discuss_entry
from comments.models import Discussion, Motion
from comments.motions.refusals import MotionRefused
from comments.motions.services import correct_motion, note_motion
from comments.papers.values.sessions import minutes_values
from comments.polls.services import ask_poll, end_poll, vote
from comments.wall.queries import wall_letters

pytestmark = pytest.mark.django_db
HELD = "ให้เพิ่มระยะเวลาตรวจสอบ"


@pytest.fixture
def following(edition, entry, process):
    clauses = edition.entries.filter(kind="clause", section=process)
    return clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal")[0]


def page_of(client, name: str, session, *more) -> str:
    return client.get(reverse(name, args=[session.pk, *more])).content.decode()


def test_motion_is_noted_on_what_is_discussed_and_corrected_by_another_row(
    client, session, entry, following, facilitator, delegate
) -> None:
    """The words stay in the form where the room went on meanwhile; the minutes tell both rows."""
    discuss_entry(session, entry, by=facilitator)
    client.force_login(facilitator)
    address = reverse("motions", args=[session.pk])
    words = {"words": HELD, "proposed": f"{entry.blob.plain} ภายใน 3 วัน"}
    client.post(address, {**words, "entry": entry.pk})
    client.post(address, {**words, "entry": entry.pk})  # pressed twice
    noted = Motion.objects.get()
    assert (noted.entry, noted.by, noted.proposed) == (
        entry,
        facilitator,
        words["proposed"],
    )

    discuss_entry(session, following, by=facilitator)
    late = client.post(address, {"words": "ให้คงไว้", "entry": entry.pk})
    assert (late.status_code, Motion.objects.count()) == (409, 1)
    assert 'value="ให้คงไว้"' in late.content.decode()

    close_session(session, by=facilitator)
    correction = reverse("motion", args=[session.pk, noted.pk])
    client.post(correction, {"words": "ให้คงไว้ตามร่าง", "proposed": ""})
    assert Motion.objects.count() == 2
    with pytest.raises(MotionRefused), transaction.atomic():
        correct_motion(noted, words="อีกครั้ง", by=facilitator)
    told = [moment["what"] for moment in minutes_values(session)["moments"]]
    assert sum(f"ที่ประชุมเห็นควร{HELD}" in what for what in told) == 2
    assert any("แก้มติ" in what and "ให้คงไว้ตามร่าง" in what for what in told)
    client.force_login(delegate)
    page = page_of(client, "motions", session)
    assert "ที่ประชุมเห็นควรให้คงไว้ตามร่าง" in page
    assert HELD not in page
    assert facilitator.given_name not in page
    for statement in (
        "UPDATE comments_motion SET words = 'x'",
        "DELETE FROM comments_motion",
    ):
        with (
            pytest.raises(Error),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_words_as_they_stand_are_no_proposal(
    client, session, entry, facilitator
) -> None:
    """The form begins with them."""
    discuss_entry(session, entry, by=facilitator)
    client.force_login(facilitator)
    said = {"words": HELD, "proposed": entry.blob.plain, "entry": entry.pk}
    client.post(reverse("motions", args=[session.pk]), said)
    assert Motion.objects.get().proposed == ""


def test_wall_shows_the_meeting_and_no_name(
    client, session, entry, lampang, delegate, facilitator
) -> None:
    """Who speaks, the times, what is asked with counts once they are not hidden, and the motion as a redline."""
    discuss_entry(session, entry, by=facilitator)
    wall = [session.pk, wall_letters(session, 0)]
    asked = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    give_floor(asked, minutes=3, by=facilitator)
    start_clause_timer(session, minutes=15, by=facilitator)
    note_motion(
        session,
        entry,
        words=HELD,
        proposed=f"{entry.blob.plain} ภายใน 3 วัน",
        by=facilitator,
    )
    poll = ask_poll(
        session, question="พร้อมหรือไม่", entry=entry, hides_counts=True, by=facilitator
    )
    vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    page = client.get(reverse("wall", args=wall)).content.decode()
    for words in (lampang.short_name, "เวลาของข้อนี้ 15 นาที", "พร้อมหรือไม่", HELD):
        assert words in page
    assert page.count("data-until=") == 2
    assert "<ins>" in page
    assert "ไม่แสดงความคิดเห็น" not in page
    for person in (delegate, facilitator):
        assert person.given_name not in page
    end_poll(poll, by=facilitator)
    start_clause_timer(session, minutes=0, by=facilitator)
    page = client.get(reverse("wall", args=wall)).content.decode()
    assert "ไม่แสดงความคิดเห็น" in page
    assert page.count("data-until=") == 1


def test_second_facilitator_does_nothing_twice(
    client, session, entry, following, lampang, delegate, facilitator
) -> None:
    """Each acts on what the page showed: what went on meanwhile is told, and stays."""
    first = discuss_entry(session, entry, by=facilitator)
    client.force_login(facilitator)
    address = reverse("session-discussion", args=[session.pk])
    gone_on = {"entry": following.pk, "seen": first.pk}
    client.post(address, gone_on)
    late = client.post(address, {"entry": "", "seen": first.pk}, follow=True)
    assert "ระบบจึงไม่เปลี่ยนซ้ำ" in late.content.decode()
    assert Discussion.objects.filter(session=session).count() == 2
    with pytest.raises(WentOnMeanwhile), transaction.atomic():
        discuss_entry(session, entry, by=facilitator, seen=first.pk)

    asked = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    other = ask_for_floor(session, subject="clause", office=lampang, by=facilitator)
    give_floor(other, minutes=3, by=facilitator)
    given = {"request": asked.pk, "speaking": "0"}
    late = client.post(
        reverse("floor-speaker", args=[session.pk]), given, follow=True
    ).content.decode()
    assert "ระบบจึงยังไม่ได้เชิญ" in late
    other.refresh_from_db()
    assert other.is_speaking
