"""Days and times bind: a session opens and closes itself, an extension has a reason, nothing comes in afterwards."""

import re
import uuid as uuids
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.recording import record_comment
from comments.hearings.agenda import find_agenda
from comments.hearings.commenting_context import require_open_session
from comments.hearings.forms.announcing import HearingForm, SessionForm
from comments.hearings.queries import editions_free_for
from comments.hearings.refusals import (
    EditionNotReadable,
    HearingRefused,
    SessionClosed,
    SessionRefused,
    explain_closed_session,
)
from comments.hearings.services.announcing import (
    change_hearing,
    change_session,
    create_session,
)
from comments.hearings.services.session_states import (
    BY_FINAL,
    close_session,
    discuss_entry,
    extend_session,
    open_session,
    pause_session,
)
from comments.hearings.services.timekeeping import keep_session_times
from comments.models import Comment, Discussion, Hearing, HearingSession, SessionState
from comments.releasing.services import release_edition
from hearing_portal.acts.models import Act
from hearing_portal.thai.dates import be_datetime, be_datetime_short, to_utc
from hearing_portal.web.date_fields import split_moment
from manuals.models import EditionRelease
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

HOUR = timedelta(hours=1)
REASON = "ผู้แทนยังรอแสดงความคิดเห็นอีกหลายคน"


def now():
    return timezone.now()


def again(session: HearingSession) -> HearingSession:
    """The session with nothing remembered."""
    return HearingSession.objects.get(pk=session.pk)


def timed(
    edition, group, hearing, *, opens=None, closes=None, **fields
) -> HearingSession:
    return factories.make_session(
        edition, group, hearing=hearing, opens_at=opens, closes_at=closes, **fields
    )


@pytest.fixture
def readable(edition):
    factories.make_release(edition)
    return edition


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (None, None, None),
        (HOUR, 2 * HOUR, None),
        (-HOUR, HOUR, "opened"),
        (-HOUR, None, "opened"),
        (-2 * HOUR, -HOUR, "closed"),
        (None, -HOUR, "closed"),
    ],
)
def test_state_follows_the_announced_times_before_anybody_acts(
    readable, dir_group, hearing, opens, closes, state
):
    moments = [None if each is None else now() + each for each in (opens, closes)]
    session = timed(readable, dir_group, hearing, opens=moments[0], closes=moments[1])

    assert again(session).state == state


def test_by_hand_it_opens_earlier_and_pauses_after_its_time(
    readable, dir_group, hearing, facilitator
):
    session = timed(readable, dir_group, hearing, opens=now() + HOUR)
    open_session(session, by=facilitator)
    assert again(session).is_open

    session = timed(readable, dir_group, hearing, opens=now() - HOUR)
    pause_session(session, by=facilitator, reason="พักกลางวัน")
    assert (again(session).state, again(session).state_reason) == ("paused", "พักกลางวัน")


def test_time_opens_nothing_that_cannot_be_read(edition, dir_group, hearing):
    session = timed(edition, dir_group, hearing, opens=now() - HOUR)

    assert again(session).state is None


def test_opening_needs_an_edition_its_participants_may_read(
    edition, dir_group, hearing, facilitator, admin
):
    session = factories.make_session(edition, dir_group, hearing=hearing)

    with pytest.raises(EditionNotReadable):
        open_session(session, by=facilitator)
    assert not session.states.exists()

    open_session(session, by=admin, releases_edition=True)

    assert EditionRelease.objects.get().audience == "hearing"
    assert again(session).is_open


def test_after_its_time_nothing_is_accepted(
    readable, dir_group, hearing, entry, delegate, facilitator
):
    session = timed(readable, dir_group, hearing, closes=now() + HOUR)
    open_session(session, by=facilitator)
    with without_triggers():
        HearingSession.objects.update(closes_at=now() - HOUR)

    with pytest.raises(SessionClosed) as refused:
        record_comment(
            session=again(session),
            entry=entry,
            comment_input=CommentInput("amend", "ขอแก้ไข"),
            by=delegate,
            client_key=uuids.uuid4(),
        )

    assert "ตามเวลาที่กำหนด" in refused.value.message_th
    assert not Comment.objects.exists()


def test_after_the_last_day_everything_is_closed_until_the_hearing_is_extended(
    readable, dir_group, hearing, facilitator, admin
):
    session = factories.make_session(readable, dir_group, hearing=hearing)
    open_session(session, by=facilitator)
    hearing.closes_on = timezone.localdate() - timedelta(days=1)
    hearing.save(update_fields=["closes_on"])

    assert again(session).state == "closed"
    with pytest.raises(SessionRefused, match="ขยายวันสิ้นสุด"):
        open_session(again(session), by=facilitator)

    change_hearing(hearing, by=admin, closes_on=timezone.localdate(), reason=REASON)
    assert again(session).is_open


def test_opening_after_its_time_asks_for_an_extension(
    readable, dir_group, hearing, facilitator
):
    session = timed(readable, dir_group, hearing, closes=now() - HOUR)

    with pytest.raises(SessionRefused, match="ขยายเวลา"):
        open_session(session, by=facilitator)


def test_extension_opens_what_the_time_closed_and_keeps_its_reason(
    readable, dir_group, hearing, facilitator
):
    session = timed(
        readable, dir_group, hearing, opens=now() - 2 * HOUR, closes=now() - HOUR
    )
    until = now() + HOUR

    extend_session(session, until, by=facilitator, reason=REASON)

    session = again(session)
    assert (session.closes_at, session.state, session.state_reason) == (
        until,
        "opened",
        REASON,
    )
    assert (
        Act.objects.filter(
            code="session-extended", by=facilitator, reason=REASON
        ).count()
        == 1
    )


@pytest.mark.parametrize("extended_by", [extend_session, change_session, "last day"])
def test_what_the_time_closed_stays_in_the_history_when_extended_before_the_job(
    readable, dir_group, hearing, facilitator, admin, extended_by
):
    session = timed(readable, dir_group, hearing)
    factories.open_session(session, by=facilitator)
    closed_at = now() - HOUR
    if extended_by == "last day":
        hearing.closes_on = timezone.localdate() - timedelta(days=1)
        hearing.save(update_fields=["closes_on"])
        closed_at = to_utc(timezone.localdate(), time(0))
    else:
        HearingSession.objects.update(closes_at=closed_at)
        session = again(session)

    if extended_by is extend_session:
        extend_session(session, now() + HOUR, by=facilitator, reason=REASON)
    elif extended_by is change_session:
        change_session(session, by=admin, reason=REASON, closes_at=now() + HOUR)
    else:
        change_hearing(hearing, by=admin, closes_on=timezone.localdate(), reason=REASON)

    rows = list(session.states.order_by("id").values_list("state", "by", "at"))
    assert [row[0] for row in rows] == ["opened", "closed", "opened"]
    assert rows[1][1:] == (None, closed_at)
    closing = Act.objects.get(code="session-closed")
    assert (closing.by, closing.at, closing.reason) == (
        None,
        closed_at,
        "ตามเวลาที่กำหนด",
    )
    assert again(session).is_open


def test_extension_leaves_closed_what_somebody_closed(
    readable, dir_group, hearing, facilitator
):
    session = timed(readable, dir_group, hearing, closes=now() + HOUR)
    open_session(session, by=facilitator)
    close_session(session, by=facilitator, reason="ครบทุกข้อ")

    extend_session(session, now() + 2 * HOUR, by=facilitator, reason=REASON)

    assert again(session).state == "closed"


@pytest.mark.parametrize(
    ("hours", "reason", "field"),
    [
        (1, " ", "reason"),
        (-1, REASON, "until_day"),
        (24 * 365 * 100, REASON, "until_day"),
    ],
)
def test_extension_is_refused(
    readable, dir_group, hearing, facilitator, hours, reason, field
):
    session = timed(readable, dir_group, hearing, closes=now() - 2 * HOUR)
    before = session.closes_at

    with pytest.raises(SessionRefused) as refused:
        extend_session(session, now() + hours * HOUR, by=facilitator, reason=reason)

    assert refused.value.field == field
    assert again(session).closes_at == before


def test_what_the_time_did_is_written_down_once(
    readable, dir_group, hearing, entry, facilitator
):
    opening = timed(readable, dir_group, hearing, opens=now() - HOUR)
    closing = timed(readable, dir_group, hearing, closes=now() + HOUR)
    open_session(closing, by=facilitator)
    discuss_entry(closing, entry, by=facilitator)
    with without_triggers():
        HearingSession.objects.filter(pk=closing.pk).update(closes_at=now() - HOUR)
    never_opened = timed(
        readable, dir_group, hearing, opens=now() - 2 * HOUR, closes=now() - HOUR
    )

    keep_session_times()
    keep_session_times()

    rows = SessionState.objects.filter(by=None).order_by("session")
    assert [(row.session_id, row.state) for row in rows] == [
        (opening.pk, "opened"),
        (closing.pk, "closed"),
    ]
    assert not never_opened.states.exists()
    assert Discussion.objects.latest("pk").entry is None
    acts = Act.objects.filter(
        by=None, code__in=["session-opened", "session-closed"]
    ).order_by("subject_key")
    assert sorted(acts.values_list("at", flat=True)) == sorted(row.at for row in rows)


# -- the pages


@pytest.fixture
def room(readable, dir_group, hearing, facilitator) -> HearingSession:
    session = factories.make_session(
        readable, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )
    return factories.open_session(session, by=facilitator)


@pytest.fixture
def online(readable, dir_group, hearing, facilitator) -> HearingSession:
    return factories.open_session(
        factories.make_session(readable, dir_group, hearing=hearing), by=facilitator
    )


def test_pausing_the_room_offers_to_pause_the_online_session_too(
    room, online, sign_in, facilitator
):
    client = sign_in(facilitator)
    page = client.get(reverse("session", args=[room.pk])).content.decode()
    assert f'name="also" value="{online.pk}"' in page

    client.post(
        reverse("session-state", args=[room.pk]),
        {"state": "paused", "also": [online.pk]},
    )

    assert (again(room).state, again(online).state) == ("paused", "paused")


@pytest.mark.parametrize("why", ["closed", "over"])
def test_what_is_settled_is_not_offered_beside(
    room, online, readable, dir_group, hearing, sign_in, facilitator, why
):
    """A closed session can come along when the room opens again, unless it can open no more."""
    if why == "closed":
        close_session(online, by=facilitator)
    else:
        with without_triggers():
            HearingSession.objects.filter(pk=online.pk).update(closes_at=now() - HOUR)
    client = sign_in(facilitator)
    address = reverse("session", args=[room.pk])
    offer = f'name="also" value="{online.pk}"'
    assert offer not in client.get(address).content.decode()

    close_session(room, by=facilitator)
    assert (offer in client.get(address).content.decode()) is (why == "closed")

    factories.make_publication(hearing, dir_group, by=facilitator)
    further = factories.make_session(readable, dir_group, hearing=hearing, kind="room")
    assert (
        offer not in client.get(reverse("session", args=[further.pk])).content.decode()
    )


def test_session_that_closed_since_the_page_was_read_stops_nobody(
    room, online, sign_in, facilitator
):
    close_session(online, by=facilitator)

    sign_in(facilitator).post(
        reverse("session-state", args=[room.pk]),
        {"state": "paused", "also": [online.pk]},
    )

    assert (again(room).state, again(online).state) == ("paused", "closed")


def test_pausing_one_says_which_session_stays_open(room, online, sign_in, facilitator):
    client = sign_in(facilitator)

    page = client.post(
        reverse("session-state", args=[room.pk]), {"state": "paused"}, follow=True
    ).content.decode()

    assert "เวทีออนไลน์ของกลุ่มนี้ยังเปิดรับความคิดเห็นอยู่" in page
    assert (again(room).state, again(online).state) == ("paused", "opened")


def test_closing_is_told_before_it_is_done(room, entry, sign_in, facilitator):
    said = factories.make_comment(room, entry)
    factories.make_comment(room, entry, parent=said)  # a reply is no comment of its own
    client = sign_in(facilitator)
    url = reverse("session-state", args=[room.pk])

    told = client.post(url, {"state": "closed", "reason": "ครบทุกข้อ"})
    assert told.status_code == 200
    assert 'value="ครบทุกข้อ"' in told.content.decode()
    assert '<span class="u-soft">1\u00a0ความคิดเห็น</span>' in markup(told)
    assert again(room).is_open

    client.post(url, {"state": "closed", "reason": "ครบทุกข้อ", "is_confirmed": "on"})
    assert again(room).state_reason == "ครบทุกข้อ"


def test_closing_one_tells_before_which_session_stays_open(
    room, online, sign_in, facilitator
):
    client = sign_in(facilitator)
    url = reverse("session-state", args=[room.pk])
    stays = f"เวที{online} ไม่ได้เลือกไว้ จะยังเปิดรับความคิดเห็นต่อไป"

    alone = client.post(url, {"state": "closed"}).content.decode()
    together = client.post(
        url, {"state": "closed", "also": [online.pk]}
    ).content.decode()

    assert (stays in alone, stays in together) == (True, False)
    assert f"เวที{online}" in together


def test_all_groups_pause_and_open_in_one_act(
    room, online, readable, fin_group, hearing, sign_in, admin
):
    unopened = factories.make_session(readable, fin_group, hearing=hearing)
    client = sign_in(admin)
    url = reverse("all-session-states")

    told = client.post(
        url,
        {"state": "paused", "kinds": ["online", "room"], "reason": "พักกลางวัน"},
        follow=True,
    )
    assert "พักแล้ว 2 เวที เหตุผลหรือหมายเหตุ: พักกลางวัน" in told.content.decode()
    assert [again(each).state for each in (room, online, unopened)] == [
        "paused",
        "paused",
        None,
    ]

    client.post(url, {"state": "opened", "kinds": ["room"], "is_confirmed": "on"})
    assert [again(each).state for each in (room, online, unopened)] == [
        "opened",
        "paused",
        None,
    ]

    told = client.post(url, {"state": "closed", "kinds": ["online", "room"]})
    assert (told.status_code, again(room).state) == (200, "opened")
    client.post(
        url, {"state": "closed", "kinds": ["online", "room"], "is_confirmed": "on"}
    )
    assert [again(each).state for each in (room, online, unopened)] == [
        "closed",
        "closed",
        None,
    ]


def test_all_groups_are_told_which_sessions_of_the_other_kinds_stay_open(
    room, online, sign_in, admin
):
    client = sign_in(admin)
    url = reverse("all-session-states")
    told = f"เวทีที่ยังเปิดรับความคิดเห็นอยู่ 1 เวที ได้แก่ {online}"

    paused = client.post(url, {"state": "paused", "kinds": ["room"]}, follow=True)
    asked = client.post(url, {"state": "closed", "kinds": ["room"]})
    closed = client.post(
        url, {"state": "closed", "kinds": ["room"], "is_confirmed": "on"}, follow=True
    )
    nothing_left = client.post(
        url, {"state": "paused", "kinds": ["online"]}, follow=True
    )

    assert [
        told in page.content.decode() for page in (paused, closed, nothing_left)
    ] == [True, True, False]
    assert f"เวที{online} ไม่ได้เลือกไว้ จะยังเปิด" in asked.content.decode()


def test_all_groups_open_on_what_is_released_in_the_same_step(
    edition, dir_group, fin_group, hearing, sign_in, admin
):
    sessions = [
        factories.make_session(edition, group, hearing=hearing)
        for group in (dir_group, fin_group)
    ]
    client = sign_in(admin)
    url = reverse("all-session-states")
    desk = client.get(reverse("hearing-desk")).content.decode()
    assert f'href="{reverse("release-gate", args=[edition.code])}"' in desk

    refused = client.post(
        url, {"state": "opened", "kinds": ["online"], "reason": "เริ่มแล้ว"}
    )

    page = refused.content.decode()
    assert refused.status_code == 409
    assert (
        f"จึงเปิดเวทีของ{dir_group.name} และ{fin_group.name}ไม่ได้ โปรดเลือกเผยแพร่ฉบับพร้อมกับเปิดเวที"
        in page
    )
    assert (
        'name="release"' in page,
        'value="เริ่มแล้ว"' in page,
        "ผู้ดูแลระบบให้" in page,
    ) == (True, True, False)
    assert not SessionState.objects.exists()

    opened = {"state": "opened", "kinds": ["online"], "release": "on"}
    told = client.post(url, opened).content.decode()
    assert f"{edition.title} ({edition.code}) เผยแพร่แก่ผู้มีบทบาทในการประชาพิจารณ์" in told
    assert 'name="release" value="on"' in told
    client.post(url, {**opened, "is_confirmed": "on"})
    assert [again(session).state for session in sessions] == ["opened", "opened"]
    assert EditionRelease.objects.get(edition=edition).audience == "hearing"
    assert 'name="release"' not in client.get(reverse("hearing-desk")).content.decode()


def test_opening_one_tells_each_person_what_they_can_do(
    edition, dir_group, hearing, sign_in, facilitator, admin
):
    session = factories.make_session(edition, dir_group, hearing=hearing)
    later = factories.make_edition("ROUND-2", by=admin)
    beside = factories.make_session(later, dir_group, hearing=hearing)
    url = reverse("session-state", args=[session.pk])

    by_facilitator = sign_in(facilitator).post(url, {"state": "opened"})
    by_admin = sign_in(admin).post(url, {"state": "opened"})

    assert (by_facilitator.status_code, by_admin.status_code) == (409, 409)
    assert "โปรดแจ้งผู้ดูแลระบบให้เผยแพร่ฉบับนี้" in by_facilitator.content.decode()
    assert 'name="release"' not in by_facilitator.content.decode()
    assert "โปรดเลือกเผยแพร่ฉบับพร้อมกับเปิดเวที" in by_admin.content.decode()
    assert 'name="release"' in by_admin.content.decode()

    sign_in(admin).post(url, {"state": "opened", "also": [beside.pk], "release": "on"})
    assert (again(session).state, again(beside).state) == ("opened", "opened")


def test_extension_page_keeps_what_was_typed(timed_room, sign_in, facilitator):
    room = timed_room
    client = sign_in(facilitator)
    url = reverse("session-extension", args=[room.pk])
    told = f"รับความคิดเห็นถึง {be_datetime(room.closes_at)}"
    assert told in client.get(url).content.decode()

    refused = client.post(
        url, {"until_day": "01/01/2550", "until_clock": "16.30", "reason": REASON}
    )
    assert refused.status_code == 422
    assert REASON in refused.content.decode()

    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = f"{tomorrow.day:02}/{tomorrow.month:02}/{tomorrow.year + 543}"
    assert (
        client.post(
            url, {"until_day": typed, "until_clock": "16.30", "reason": REASON}
        ).status_code
        == 303
    )
    assert timezone.localdate(again(room).closes_at) == tomorrow


def test_session_without_a_time_to_close_is_open_as_long_as_it_can_be(
    room, facilitator
):
    with pytest.raises(
        SessionRefused,
        match="รับความคิดเห็นถึงสิ้นวันที่ 22\u00a0กันยายน\u00a02642 อยู่แล้ว ไม่ต้องขยายเวลา",
    ):
        extend_session(room, now() + HOUR, by=facilitator, reason=REASON)


def test_earlier_last_day_is_told_to_who_comes_too_late(
    readable, dir_group, delegate, entry
):
    over = factories.make_hearing(opens_on=date(2020, 1, 1), closes_on=date(2020, 1, 2))
    session = factories.make_session(readable, dir_group, hearing=over)

    with pytest.raises(SessionClosed, match="สิ้นสุดแล้ว"):
        record_comment(
            session=session,
            entry=entry,
            comment_input=CommentInput("amend", "ขอแก้ไข"),
            by=delegate,
            client_key=uuids.uuid4(),
        )


# -- the days of the hearing ------------------------------------------------------------------------------------


def test_nothing_opens_before_the_first_day(readable, dir_group, facilitator, admin):
    hearing = factories.make_hearing(opens_on=date(2099, 9, 20))
    session = factories.make_session(readable, dir_group, hearing=hearing)
    with pytest.raises(
        SessionRefused, match=r"20\u00a0กันยายน\u00a02642 จึงยังเปิดเวทีไม่ได้.*แจ้งผู้ดูแลระบบ"
    ):
        open_session(session, by=facilitator)
    with pytest.raises(SessionRefused, match="โปรดเปลี่ยนวันเริ่มต้นที่หน้าประชาพิจารณ์"):
        open_session(session, by=admin)
    assert again(session).state is None


def test_days_hold_what_the_sessions_promise(readable, dir_group, hearing, admin):
    timed(readable, dir_group, hearing, opens=now(), closes=now() + 48 * HOUR)
    today = timezone.localdate()
    with pytest.raises(HearingRefused, match="หลังวันสิ้นสุดที่กรอก") as refused:
        change_hearing(hearing, by=admin, closes_on=today, reason=REASON)
    assert refused.value.field == "closes_on"
    with pytest.raises(HearingRefused, match="ก่อนวันเริ่มต้นที่กรอก"):
        change_hearing(hearing, by=admin, opens_on=today + timedelta(days=1))
    last = today + timedelta(days=3)
    assert (
        change_hearing(hearing, by=admin, closes_on=last, reason=REASON).closes_on
        == last
    )


def test_final_and_former_editions_are_not_heard(edition, hearing, admin):
    factories.make_edition("2565-F", kind="final", by=admin)
    factories.make_edition("2553", kind="baseline", by=admin)
    assert list(editions_free_for(hearing)) == [edition]


def test_session_of_a_hearing_that_was_moved_later_is_not_open(room, hearing):
    hearing.opens_on = timezone.localdate() + timedelta(days=1)
    hearing.save(update_fields=["opens_on"])

    assert again(room).state is None
    assert explain_closed_session(again(room)).startswith(
        "เวทียังไม่เปิดรับความคิดเห็น การประชาพิจารณ์เริ่มวันที่"
    )


# -- a later end has a reason, and delegates read it ------------------------------------------------------------


@pytest.fixture
def timed_room(readable, dir_group, hearing, facilitator) -> HearingSession:
    """Open, and announced to close tomorrow at noon."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    session = timed(
        readable,
        dir_group,
        hearing,
        kind="room",
        venue="ห้อง 1",
        closes=to_utc(tomorrow, time(12)),
    )
    return factories.open_session(session, by=facilitator)


def edited(
    session: HearingSession, closes_at: datetime | None, reason: str = ""
) -> dict[str, str]:
    form = SessionForm(hearing=session.hearing, session=session)
    given = {name: form[name].value() or "" for name in form.fields}
    day, clock = split_moment(closes_at)
    given["closes_day"] = f"{day.day}/{day.month}/{day.year + 543}" if day else ""
    given["closes_clock"] = f"{clock:%H.%M}" if clock else ""
    return {
        **given,
        "work_group": session.work_group.key,
        "edition": session.edition.code,
        "reason": reason,
    }


def test_reason_of_an_extension_stands_where_delegates_read_the_time(
    timed_room, process, sign_in, facilitator, delegate, admin, hearing
):
    until = timed_room.closes_at + HOUR
    extend_session(timed_room, until, by=facilitator, reason=f"เพราะ{REASON}")
    change_hearing(
        hearing, by=admin, closes_on=date(2099, 9, 25), reason="3 กลุ่มยังพิจารณาไม่แล้วเสร็จ"
    )
    client = sign_in(delegate)

    group = markup(client.get(reverse("group", args=["DIR"])))
    assert f"ห้อง 1 ถึง {be_datetime_short(until)}" in group
    assert (
        f'id="session-why">เปลี่ยนเวลาปิดเป็น {be_datetime(until)} เพราะ{REASON}</p>'
        in group
    )
    for address in ("/", reverse("hearing", args=[hearing.key])):
        assert (
            "เปลี่ยนวันสิ้นสุดเป็น 25\u00a0กันยายน\u00a02642 เพราะ 3 กลุ่มยังพิจารณาไม่แล้วเสร็จ"
            in client.get(address).content.decode()
        )
    running = (
        sign_in(facilitator)
        .get(reverse("session", args=[timed_room.pk]))
        .content.decode()
    )
    assert f"เปลี่ยนเวลาปิดเป็น {be_datetime(until)} เพราะ{REASON}" in running


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (timedelta(minutes=30), "session-extended"),
        (None, "session-extended"),
        (-HOUR, "session-changed"),
    ],
)
def test_another_end_of_a_session_asks_for_a_reason_also_where_it_is_edited(
    timed_room, sign_in, admin, later, code
):
    client = sign_in(admin)
    url = reverse("session-edit", args=[timed_room.pk])
    until = timed_room.closes_at + later if later else None

    refused = client.post(url, edited(timed_room, until))
    assert (refused.status_code, again(timed_room).closes_at) == (
        422,
        timed_room.closes_at,
    )
    assert "โปรดระบุเหตุผลที่เปลี่ยนเวลาปิด ผู้แทนจะเห็นเหตุผลนี้" in refused.content.decode()

    assert client.post(url, edited(timed_room, until, REASON)).status_code == 303
    session = again(timed_room)
    assert (session.closes_at, session.extension_reason) == (until, REASON)
    assert list(Act.objects.filter(reason=REASON).values_list("code", flat=True)) == [
        code
    ]


def test_first_closing_time_of_a_session_that_had_none_is_a_shortening(
    room, sign_in, admin, delegate
):
    """It took comments until the last day of the hearing was over."""
    tomorrow = to_utc(timezone.localdate() + timedelta(days=1), time(12))
    client = sign_in(admin)
    url = reverse("session-edit", args=[room.pk])

    assert client.post(url, edited(room, tomorrow)).status_code == 422
    assert client.post(url, edited(room, tomorrow, REASON)).status_code == 303

    page = sign_in(delegate).get(reverse("group", args=["DIR"])).content.decode()
    assert f"เปลี่ยนเวลาปิดเป็น {be_datetime(tomorrow)} เพราะ{REASON}" in page
    assert Act.objects.get(code="session-changed", reason=REASON).note == be_datetime(
        tomorrow
    )


def test_reason_is_marked_as_required_once_the_end_differs(timed_room, hearing):
    session_form = SessionForm(
        edited(timed_room, None), hearing=hearing, session=timed_room
    )
    assert " required" in str(session_form["reason"])
    as_it_is = SessionForm(
        edited(timed_room, timed_room.closes_at), hearing=hearing, session=timed_room
    )
    assert " required" not in str(as_it_is["reason"])

    fresh = HearingForm(hearing=hearing)
    given = {name: fresh[name].value() for name in fresh.fields}
    assert " required" not in str(HearingForm(given, hearing=hearing)["reason"])
    assert " required" in str(
        HearingForm({**given, "closes_on": "21/9/2642"}, hearing=hearing)["reason"]
    )


def test_what_was_paused_together_goes_on_and_ends_together(
    room, online, sign_in, facilitator, delegate
):
    client = sign_in(facilitator)
    address = reverse("session", args=[room.pk])
    pause_session(room, by=facilitator)
    pause_session(online, by=facilitator)
    ticked = f'name="also" value="{online.pk}" id="id_also_0" checked'
    bar = markup(sign_in(delegate).get(reverse("group", args=["DIR"])))
    assert "ห้อง 1 และทางออนไลน์" in bar
    assert ticked in markup(client.get(address))

    # Left as it is, it is told wherever one looks
    url = reverse("session-state", args=[room.pk])
    told = markup(client.post(url, {"state": "opened"}, follow=True))
    assert "เวทีออนไลน์ของกลุ่มนี้ยังพักอยู่ หากจะรับความคิดเห็นทางเวทีนั้นด้วย" in told
    queue = markup(client.get(reverse("group-queue", args=["DIR"])))
    assert "ห้องประชุมกลุ่ม ห้อง 1 · เปิดรับความคิดเห็น · ออนไลน์ · พักเวที" in queue

    assert ticked in markup(client.get(address))
    step = markup(client.post(url, {"state": "closed"}))
    assert f"เวที{online} ไม่ได้เลือกไว้ จะยังพักอยู่" in step
    ended = {"state": "closed", "is_confirmed": "on"}
    told = markup(client.post(url, ended, follow=True))
    assert "เวทีออนไลน์ของกลุ่มนี้ยังพักอยู่ ผู้แทนยังรอให้เปิดต่อ" in told

    with without_triggers():
        room.states.filter(state="closed").delete()
    client.post(url, {**ended, "also": [online.pk]})
    assert (again(room).state, again(online).state) == ("closed", "closed")


def test_all_sessions_tell_which_stay_paused(room, online, hearing, sign_in, admin):
    pause_session(room, by=admin)
    pause_session(online, by=admin)
    sent = {"hearing": hearing.key, "kinds": ["room"], "is_confirmed": "on"}
    desk = sign_in(admin)
    url = reverse("all-session-states")

    step = desk.post(url, {**sent, "state": "opened", "is_confirmed": ""})
    assert "ไม่ได้เลือกเวทีประเภทนี้ จะยังพักอยู่ต่อไป" in markup(step)
    for state in ("resumed", "closed"):
        told = markup(desk.post(url, {**sent, "state": state}, follow=True))
        assert f"เวทีที่ยังพักอยู่ 1 เวที ได้แก่ {online}" in told


def test_page_of_a_session_tells_what_holds_of_its_state(
    timed_room, sign_in, facilitator
):
    client = sign_in(facilitator)
    address = reverse("session", args=[timed_room.pk])
    assert "เปิดเมื่อผู้ดำเนินเวทีกดเปิด" not in markup(client.get(address))

    close_session(timed_room, by=facilitator)

    until = be_datetime(timed_room.closes_at)
    page = markup(client.get(address))
    assert f"กำหนดรับความคิดเห็นถึง {until} ขณะนี้ปิดแล้ว" in page


def test_bar_names_each_of_several_open_sessions(
    timed_room, online, sign_in, delegate, facilitator
):
    until = be_datetime_short(timed_room.closes_at)
    page = markup(sign_in(delegate).get(reverse("group", args=["DIR"])))
    assert f"ห้อง 1 ถึง {until} และทางออนไลน์" in page

    queue = markup(sign_in(facilitator).get(reverse("group-queue", args=["DIR"])))
    assert "ห้องประชุมกลุ่ม ห้อง 1 และออนไลน์ · เปิดรับความคิดเห็น" in queue
    pause_session(timed_room, by=facilitator)
    queue = markup(sign_in(facilitator).get(reverse("group-queue", args=["DIR"])))
    assert "ออนไลน์ · เปิดรับความคิดเห็น · ห้องประชุมกลุ่ม ห้อง 1 · พักเวที" in queue


def test_end_edited_later_opens_what_the_time_had_closed(timed_room, admin):
    with without_triggers():
        HearingSession.objects.filter(pk=timed_room.pk).update(closes_at=now() - HOUR)
    keep_session_times()

    change_session(again(timed_room), by=admin, closes_at=now() + HOUR, reason=REASON)

    assert again(timed_room).is_open


def test_later_last_day_asks_for_a_reason_and_opens_what_it_had_closed(
    room, online, hearing, sign_in, admin, facilitator
):
    close_session(online, by=facilitator, reason="ครบทุกข้อ")
    yesterday = timezone.localdate() - timedelta(days=1)
    with without_triggers():
        Hearing.objects.filter(pk=hearing.pk).update(closes_on=yesterday)
    keep_session_times()
    client = sign_in(admin)
    url = reverse("hearing-edit", args=[hearing.key])
    tomorrow = yesterday + timedelta(days=2)
    given = {
        "title": hearing.title,
        "opens_on": "20/09/2565",
        "closes_on": f"{tomorrow.day}/{tomorrow.month}/{tomorrow.year + 543}",
        "moderation": "held",
        "objection_days": "14",
    }

    assert client.post(url, given).status_code == 422
    assert again(room).state == "closed"
    assert client.post(url, {**given, "reason": REASON}).status_code == 303

    assert (again(room).state, again(online).state) == ("opened", "closed")
    assert Hearing.objects.get().extension_reason == REASON
    assert Act.objects.filter(code="hearing-extended", reason=REASON).count() == 1


def test_earlier_last_day_asks_for_a_reason_too_and_the_delegates_read_it(
    hearing, sign_in, admin, delegate
):
    change_hearing(
        hearing, by=admin, closes_on=date(2099, 9, 25), reason="ผู้แทนยังส่งไม่ครบ"
    )
    with pytest.raises(HearingRefused, match="โปรดระบุเหตุผลที่เปลี่ยนวันสิ้นสุด") as refused:
        change_hearing(hearing, by=admin, closes_on=date(2099, 9, 24))
    assert (refused.value.field, Hearing.objects.get().closes_on) == (
        "reason",
        date(2099, 9, 25),
    )

    change_hearing(
        hearing, by=admin, closes_on=date(2099, 9, 24), reason="ผู้แทนส่งครบแล้ว"
    )

    page = sign_in(delegate).get("/").content.decode()
    assert "เปลี่ยนวันสิ้นสุดเป็น 24\u00a0กันยายน\u00a02642 เพราะผู้แทนส่งครบแล้ว" in page
    assert "ผู้แทนยังส่งไม่ครบ" not in page
    assert (
        Act.objects.filter(
            code="hearing-changed",
            reason="ผู้แทนส่งครบแล้ว",
            note="24\u00a0กันยายน\u00a02642",
        ).count()
        == 1
    )


def test_times_of_a_hearing_to_come_are_planned_without_reasons(
    readable, dir_group, admin
):
    hearing = factories.make_hearing(
        opens_on=date(2099, 9, 20), closes_on=date(2099, 9, 21)
    )
    change_hearing(hearing, by=admin, closes_on=date(2099, 9, 22))
    session = timed(
        readable, dir_group, hearing, closes=to_utc(date(2099, 9, 20), time(12))
    )
    change_session(session, by=admin, closes_at=to_utc(date(2099, 9, 20), time(16)))

    assert "reason" not in SessionForm(hearing=hearing, session=session).fields
    assert "reason" not in HearingForm(hearing=hearing).fields
    with pytest.raises(SessionRefused, match="เวทีจึงเปิดก่อนวันนั้นไม่ได้") as refused:
        change_session(session, by=admin, opens_at=to_utc(date(2099, 9, 19), time(9)))
    assert refused.value.field == "opens_day"


def test_what_the_time_did_is_told_at_the_moment_it_did_it(
    timed_room, sign_in, facilitator
):
    closed_at = now() - HOUR
    began_at = closed_at - HOUR
    with without_triggers():
        HearingSession.objects.filter(pk=timed_room.pk).update(
            opens_at=began_at, closes_at=closed_at
        )
    keep_session_times()

    assert SessionState.objects.latest("pk").at == closed_at
    assert explain_closed_session(again(timed_room)).startswith(
        f"เวทีปิดแล้วเมื่อ {be_datetime(closed_at)}"
    )


def test_history_tells_what_the_time_did_before_what_somebody_did_after_it(
    readable, dir_group, hearing, facilitator
):
    opened_at = now() - HOUR
    session = timed(readable, dir_group, hearing, opens=opened_at)

    pause_session(session, by=facilitator)

    paused, opened = find_agenda(again(session)).acts
    assert (opened.state, opened.at, opened.by) == ("opened", opened_at, None)
    assert (paused.state, paused.by) == ("paused", facilitator)


def test_history_tells_what_the_time_did_before_a_row_does(
    readable, dir_group, hearing, sign_in, facilitator
):
    session = timed(readable, dir_group, hearing, opens=now() - HOUR)
    page = markup(sign_in(facilitator).get(reverse("session", args=[session.pk])))
    assert ("ยังไม่มีผู้เปิดเวทีนี้" in page, "ตามเวลาที่กำหนด" in page) == (False, True)


def test_button_to_open_stands_only_where_it_opens(
    readable, dir_group, fin_group, hearing, sign_in, admin
):
    settled = _open_and_close(
        timed(readable, dir_group, hearing, closes=now() + HOUR), admin
    )
    factories.make_publication(hearing, dir_group, by=admin)
    over = timed(
        readable,
        dir_group,
        hearing,
        closes=now() - HOUR,
        kind="room",
    )
    waiting = factories.make_session(readable, fin_group, hearing=hearing)
    client = sign_in(admin)

    desk = markup(client.get(reverse("hearing-edit", args=[hearing.key])))
    opening = f'value="opened" aria-label="เปิด {waiting}"'
    assert re.findall(r'value="opened"\s+aria-label="[^"]*"', desk) == [opening]
    assert "เปิดอีกไม่ได้ เพราะเผยแพร่ผลการพิจารณาแล้ว" in desk
    assert "สิ้นสุดเวลาแล้ว ต้องขยายเวลาก่อนเปิด" in desk

    for session, why in (
        (settled, "โปรดตั้งเวทีใหม่"),
        (over, "โปรดขยายเวลาพร้อมระบุเหตุผลก่อน"),
    ):
        page = markup(client.get(reverse("session", args=[session.pk])))
        assert ('value="opened"' in page, why in page, 'name="reason"' in page) == (
            False,
            True,
            False,
        )
        # What is settled is not offered more time either
        extension = reverse("session-extension", args=[session.pk])
        assert (extension in page) == (session == over)
        assert '<a href="#state"' in page
    assert 'value="opened"' in markup(client.get(reverse("session", args=[waiting.pk])))


def test_session_is_named_with_its_group_and_a_space_on_either_side(
    readable, dir_group, hearing, admin
):
    session = timed(readable, dir_group, hearing, closes=now() - HOUR)
    assert str(session) == f"ออนไลน์ {dir_group.name}"
    with pytest.raises(
        SessionRefused, match=f"เวทีออนไลน์ {dir_group.name} สิ้นสุดเวลาแล้วเมื่อ"
    ):
        open_session(session, by=admin)


# -- two equal sessions -----------------------------------------------------------------------------------------


def test_room_cannot_hold_a_group_twice_at_once(
    readable, dir_group, fin_group, hearing, admin, facilitator
):
    day = date(2099, 9, 20)
    morning = {"opens_at": to_utc(day, time(9)), "closes_at": to_utc(day, time(12))}
    first = factories.make_session(
        readable, dir_group, hearing=hearing, kind="room", venue="ห้อง 1", **morning
    )
    made = {
        "hearing": hearing,
        "kind": "room",
        "work_group": dir_group,
        "edition": readable,
        "by": admin,
    }

    with pytest.raises(SessionRefused) as refused:
        create_session(**made, venue="ห้อง 1", opens_at=to_utc(day, time(11)))
    assert refused.value.message_th == (
        "มีเวทีห้องประชุม กลุ่มอำนวยการ ที่ ห้อง 1 อยู่แล้ว "
        "ตั้งแต่ 20\u00a0กันยายน\u00a02642 เวลา\u00a009.00\u00a0น. ถึง 20\u00a0กันยายน\u00a02642 เวลา\u00a012.00\u00a0น. "
        "โปรดกำหนดเวลาหรือห้องไม่ให้ตรงกัน หรือแก้เวทีเดิมแทนการตั้งเวทีใหม่"
    )
    with pytest.raises(SessionRefused):
        create_session(**made)  # neither room nor time is known
    second = create_session(**made, venue="ห้อง 2", **morning)
    create_session(**made, venue="ห้อง 1", opens_at=to_utc(day, time(12)))
    with pytest.raises(SessionRefused):
        change_session(second, by=admin, venue="ห้อง 1")
    assert change_session(first, by=admin, venue="ห้อง 1").venue == "ห้อง 1"


def test_equal_online_session_is_refused_in_the_form_while_the_first_is_not_closed(
    readable, dir_group, online, sign_in, admin, facilitator
):
    client = sign_in(admin)
    given = {
        "kind": "online",
        "work_group": "DIR",
        "edition": readable.code,
        "venue": "ช่องทางใหม่",
    }

    refused = client.post(reverse("session-new"), given)

    assert (refused.status_code, HearingSession.objects.count()) == (422, 1)
    assert "ซึ่งไม่ได้กำหนดเวลาเปิดและปิด โปรดกำหนดเวลาไม่ให้ตรงกัน" in refused.content.decode()
    assert 'value="ช่องทางใหม่"' in refused.content.decode()
    close_session(online, by=facilitator)
    assert client.post(reverse("session-new"), given).status_code == 303


# -- words of times and reasons ---------------------------------------------------------------------------------


def test_desk_shows_a_time_also_where_only_the_end_is_announced(
    timed_room, sign_in, admin
):
    page = sign_in(admin).get(reverse("hearing-desk")).content.decode()
    assert f"ถึง {be_datetime_short(timed_room.closes_at)}" in page


def test_closing_all_repeats_the_reason_before_it_is_done(room, online, sign_in, admin):
    given = {"state": "closed", "kinds": ["online", "room"], "reason": "ครบทุกข้อ"}
    told = sign_in(admin).post(reverse("all-session-states"), given).content.decode()
    assert "เหตุผลหรือหมายเหตุ: “ครบทุกข้อ”" in " ".join(told.split())


def test_opening_all_tells_first_which_open_and_which_do_not(
    room, online, readable, dir_group, fin_group, hearing, sign_in, admin
):
    close_session(online, by=admin)
    room_of_other = factories.make_session(
        readable, fin_group, hearing=hearing, kind="room"
    )
    unopened = factories.make_session(readable, fin_group, hearing=hearing)
    over = timed(
        readable, dir_group, hearing, opens=now() - 2 * HOUR, closes=now() - HOUR
    )
    asked = {
        "hearing": hearing.key,
        "state": "opened",
        "kinds": ["online"],
        "reason": "เริ่มแล้ว",
    }

    told = sign_in(admin).post(reverse("all-session-states"), asked)

    page = markup(told)
    assert (told.status_code, again(unopened).state) == (200, None)
    assert "เปิด 1 เวทีต่อไปนี้หรือไม่" in page
    opening, staying = page.split("เวทีที่สถานะคงเดิม")
    assert f"<strong>เวที{unopened}</strong>" in opening
    for session, why in [
        (room, "เปิดอยู่แล้ว"),
        (online, "ปิดแล้ว หากต้องการรับฟังต่อ โปรดเปิดทีละเวที"),
        (over, "สิ้นสุดเวลาแล้ว ต้องขยายเวลาก่อนเปิด"),
        (room_of_other, "ไม่ได้เลือกเวทีประเภทนี้"),
    ]:
        assert f'เวที{session} <span class="u-soft">{why}</span>' in staying
    assert 'name="reason" value="เริ่มแล้ว"' in staying


def _open_and_close(session: HearingSession, by) -> HearingSession:
    open_session(session, by=by)
    close_session(session, by=by)
    return again(session)


def test_what_is_answered_is_not_heard_again(readable, dir_group, hearing, admin):
    session = _open_and_close(
        factories.make_session(readable, dir_group, hearing=hearing), admin
    )
    factories.make_publication(hearing, dir_group, by=admin)

    with pytest.raises(SessionRefused, match="เผยแพร่ผลการพิจารณาของกลุ่มงานนี้แล้ว"):
        open_session(session, by=admin)
    assert again(session).state == "closed"

    # A further round that opened after the answers may be opened again
    further = timed(readable, dir_group, hearing, kind="room")
    open_session(_open_and_close(further, admin), by=admin)
    assert again(further).is_open


def test_after_the_public_final_no_session_opens_again(
    readable, dir_group, hearing, admin
):
    session = _open_and_close(
        factories.make_session(readable, dir_group, hearing=hearing), admin
    )
    final = factories.make_edition(kind="final")
    factories.make_release(final, "hearing")
    open_session(session, by=admin)  # only the participants read it
    session = again(session)
    close_session(session, by=admin)
    factories.make_release(final, "public")

    with pytest.raises(SessionRefused, match="แก่ประชาชนแล้ว"):
        open_session(session, by=admin)
    assert again(session).state == "closed"


@pytest.mark.parametrize("begun", [True, False])
def test_what_is_answered_is_not_opened_though_nobody_closed_it(
    readable, dir_group, hearing, admin, sign_in, begun
):
    session = factories.make_session(readable, dir_group, hearing=hearing)
    if begun:
        open_session(session, by=admin)
        pause_session(session, by=admin)
    factories.make_publication(hearing, dir_group, by=admin)
    other = factories.make_session(
        readable, factories.make_group("LAW"), hearing=hearing
    )

    page = markup(sign_in(admin).get(reverse("hearing-edit", args=[hearing.key])))
    assert "เปิดอีกไม่ได้ เพราะเผยแพร่ผลการพิจารณาแล้ว" in page
    with pytest.raises(SessionRefused, match="เผยแพร่ผลการพิจารณาของกลุ่มงานนี้แล้ว"):
        open_session(again(session), by=admin)

    sent = {
        "hearing": hearing.key,
        "state": "opened",
        "kinds": ["online"],
        "is_confirmed": "on",
    }
    told = sign_in(admin).post(reverse("all-session-states"), sent, follow=True)
    assert again(other).is_open
    assert not again(session).is_open
    assert "เปิดอีกไม่ได้ เพราะเผยแพร่ผลการพิจารณาแล้ว ได้แก่" in markup(told)

    # A round that is set up after the answers, or announced to open after them, is another one
    further = factories.make_session(readable, dir_group, hearing=hearing, kind="room")
    open_session(further, by=admin)


@pytest.mark.parametrize("state", ["opened", "paused", None])
def test_public_final_ends_every_session_on_the_editions_before_it(
    readable, dir_group, hearing, admin, sign_in, state
):
    session = factories.make_session(readable, dir_group, hearing=hearing)
    if state is not None:
        open_session(session, by=admin)
        factories.make_session_state(session, state)
    final = factories.make_edition(kind="final")
    factories.make_release(final, "public")

    assert again(session).state == "closed"
    with pytest.raises(SessionRefused, match="แก่ประชาชนแล้ว"):
        open_session(again(session), by=admin)
    with pytest.raises(SessionClosed, match="เพราะเผยแพร่ฉบับสมบูรณ์แก่ประชาชนแล้ว"):
        require_open_session(again(session))

    keep_session_times()
    written = list(session.states.filter(state="closed").values_list("reason", "by"))
    assert written == ([] if state is None else [(BY_FINAL, None)])


def test_releasing_the_final_edition_closes_what_is_still_open(
    readable, dir_group, hearing, admin
):
    session = factories.make_session(readable, dir_group, hearing=hearing)
    open_session(session, by=admin)
    final = factories.make_edition(kind="final")

    release_edition(final, "hearing", by=admin)
    assert again(session).is_open
    release_edition(final, "public", by=admin)

    closing = session.states.last()
    assert (closing.state, closing.reason, closing.by) == ("closed", BY_FINAL, admin)


def test_extending_opens_nothing_that_is_answered(readable, dir_group, hearing, admin):
    session = timed(readable, dir_group, hearing, closes=now() + HOUR)
    open_session(session, by=admin)
    with without_triggers():
        HearingSession.objects.filter(pk=session.pk).update(closes_at=now())
    factories.make_publication(hearing, dir_group, by=admin)

    with pytest.raises(SessionRefused, match="เผยแพร่ผลการพิจารณา"):
        extend_session(again(session), now() + HOUR, by=admin, reason=REASON)
    change_session(again(session), by=admin, reason=REASON, closes_at=now() + HOUR)
    assert not session.states.filter(state="opened", reason=REASON).exists()


def test_all_sessions_opened_at_once_leave_the_closed_ones_closed(
    readable, dir_group, hearing, admin, sign_in
):
    closed = _open_and_close(
        factories.make_session(readable, dir_group, hearing=hearing), admin
    )
    other = factories.make_session(
        readable, factories.make_group("FIN"), hearing=hearing
    )
    asked = {
        "hearing": hearing.key,
        "state": "opened",
        "kinds": ["online"],
        "is_confirmed": "on",
    }

    page = (
        sign_in(admin)
        .post(reverse("all-session-states"), asked, follow=True)
        .content.decode()
    )

    assert (again(closed).state, again(other).state) == ("closed", "opened")
    assert "เปิดแล้ว 1 เวที" in page
    assert f"เวทีที่ปิดแล้วยังปิดอยู่ ได้แก่ {closed}" in page


def test_what_was_paused_opens_again_without_what_nobody_opened_yet(
    readable, dir_group, hearing, admin, sign_in
):
    paused = factories.make_session(readable, dir_group, hearing=hearing)
    open_session(paused, by=admin)
    unopened = factories.make_session(
        readable, factories.make_group("FIN"), hearing=hearing
    )
    client = sign_in(admin)
    asked = {"hearing": hearing.key, "kinds": ["online"]}
    desk = reverse("hearing-edit", args=[hearing.key])
    assert 'value="resumed"' not in client.get(desk).content.decode()
    client.post(reverse("all-session-states"), {**asked, "state": "paused"})
    page = client.get(desk).content.decode()
    assert (
        "เปิดต่อเฉพาะเวทีที่พัก 1\u00a0เวที" in page,
        "ที่ยังไม่เคยเปิด 1\u00a0เวที" in page,
    ) == (True, True)

    done = client.post(
        reverse("all-session-states"), {**asked, "state": "resumed"}, follow=True
    ).content.decode()

    assert (again(paused).state, again(unopened).state) == ("opened", None)
    assert "เปิดแล้ว 1 เวที" in done


def test_earlier_last_day_names_all_sessions_after_it_and_moves_them_in_the_same_act(
    readable, dir_group, fin_group, admin
):
    today = timezone.localdate()
    sooner = today + timedelta(days=1)
    hearing = factories.make_hearing(
        opens_on=today, closes_on=today + timedelta(days=3)
    )
    last = timed(
        readable, dir_group, hearing, closes=to_utc(hearing.closes_on, time(16, 30))
    )
    between = timed(
        readable, fin_group, hearing, closes=to_utc(today + timedelta(days=2), time(12))
    )
    with pytest.raises(HearingRefused) as refused:
        change_hearing(hearing, by=admin, closes_on=sooner, reason=REASON)
    assert f"{last} และ{between}" in refused.value.message_th

    change_hearing(
        hearing, by=admin, closes_on=sooner, reason=REASON, moves_sessions=True
    )

    assert again(last).closes_at == to_utc(sooner, time(16, 30))
    assert again(between).closes_at == to_utc(sooner, time(12))
    assert again(between).extension_reason == REASON


def test_sessions_move_with_the_last_day_of_their_hearing(
    readable, dir_group, admin, sign_in
):
    today = timezone.localdate()
    last = today + timedelta(days=3)
    hearing = factories.make_hearing(
        opens_on=today, closes_on=today + timedelta(days=1)
    )
    ending = timed(
        readable, dir_group, hearing, closes=to_utc(hearing.closes_on, time(16, 30))
    )
    sooner = timed(
        readable, dir_group, hearing, closes=to_utc(today, time(23, 59)), kind="room"
    )
    form = HearingForm(hearing=hearing)
    assert form["moves_sessions"].initial is True

    change_hearing(
        hearing, by=admin, closes_on=last, reason=REASON, moves_sessions=True
    )

    assert again(ending).closes_at == to_utc(last, time(16, 30))
    assert again(ending).extension_reason == REASON
    assert again(sooner).closes_at == to_utc(today, time(23, 59))
    open_session(again(ending), by=admin)
    page = sign_in(admin).get("/").content.decode()
    closes_at = again(ending).closes_at
    assert (
        f'รับความคิดเห็นถึง <time datetime="{closes_at.isoformat()}">{be_datetime(closes_at)}</time>'
        in page
    )


@pytest.mark.parametrize(
    ("chosen", "state"), [({}, "closed"), ({"reopen": "on"}, "opened")]
)
def test_extending_what_was_closed_by_hand_says_that_it_stays_closed(
    timed_room, sign_in, facilitator, chosen, state
):
    close_session(timed_room, by=facilitator, reason="ครบทุกข้อ")
    client = sign_in(facilitator)
    url = reverse("session-extension", args=[timed_room.pk])
    assert 'name="reopen"' in client.get(url).content.decode()

    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = f"{tomorrow.day:02}/{tomorrow.month:02}/{tomorrow.year + 543}"
    asked = {"until_day": typed, "until_clock": "16.30", "reason": REASON, **chosen}
    page = client.post(url, asked, follow=True).content.decode()

    assert again(timed_room).state == state
    assert ("เวทียังปิดอยู่" in page) == (state == "closed")
