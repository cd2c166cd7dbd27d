"""Sessions of all groups in one act: what is made, what is skipped, and that a refusal leaves nothing."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from comments.hearings.queries import count_participants
from comments.hearings.refusals import SessionRefused
from comments.hearings.services.announcing import create_session
from comments.hearings.services.group_sessions import (
    PlannedSession,
    create_group_sessions,
)
from comments.models import HearingSession
from manuals.models import EditionRelease
from tests import factories
from tests.markup import markup

URL = "/desk/hearing/sessions/groups/"
TIMES = {
    "online_opens_day": "20/09/2642",
    "online_opens_clock": "8.30",
    "online_closes_day": "22/09/2642",
    "online_closes_clock": "16.30",
}
IN_ROOM = {"room": "on", "room_opens_day": "20/09/2642", "room_opens_clock": "9.00"}


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def two_groups(process, fin_group, admin):
    """An edition with the manuals of กลุ่มอำนวยการ and กลุ่มการเงิน; a third group has none."""
    factories.make_process(factories.make_manual(fin_group), by=admin)
    factories.make_group("ICT")
    return factories.make_edition("BOTH", by=admin)


def made() -> list[tuple[str, str, str]]:
    sessions = HearingSession.objects.order_by("work_group__key", "kind")
    return [
        (session.work_group.key, session.kind, session.venue) for session in sessions
    ]


def test_sessions_of_all_groups_are_made_in_one_act(desk, hearing, two_groups, admin):
    given = {
        **TIMES,
        "online": "on",
        **IN_ROOM,
        "groups": ["DIR", "FIN"],
        "venue_DIR": "ห้อง 1",
        "venue_FIN": "",
    }
    response = desk.post(URL, given)

    assert (response.status_code, response["Location"]) == (
        303,
        reverse("hearing-edit", args=[hearing.key]),
    )
    assert made() == [
        ("DIR", "online", ""),
        ("DIR", "room", "ห้อง 1"),
        ("FIN", "online", ""),
        ("FIN", "room", ""),
    ]
    online = HearingSession.objects.filter(kind="online").first()
    assert (online.edition, online.hearing) == (two_groups, hearing)
    assert (online.opens_at, online.closes_at) == (
        datetime(2099, 9, 20, 1, 30, tzinfo=UTC),
        datetime(2099, 9, 22, 9, 30, tzinfo=UTC),
    )
    room = HearingSession.objects.filter(kind="room").first()
    assert (room.opens_at, room.closes_at) == (
        datetime(2099, 9, 20, 2, tzinfo=UTC),
        None,
    )


def test_two_groups_in_one_room_are_named_and_have_to_be_confirmed(
    desk, hearing, two_groups
):
    given = {
        **IN_ROOM,
        "groups": ["DIR", "FIN"],
        "venue_DIR": "ห้อง 1",
        "venue_FIN": "ห้อง 1",
    }
    assert 'name="shares_rooms"' not in desk.get(URL).content.decode()

    asked = desk.post(URL, given)

    assert (asked.status_code, made()) == (422, [])
    assert "ใช้ห้อง “ห้อง 1” ในเวลาเดียวกัน" in markup(asked)
    assert 'name="shares_rooms"' in asked.content.decode()
    assert desk.post(URL, {**given, "shares_rooms": "on"}).status_code == 303
    assert made() == [("DIR", "room", "ห้อง 1"), ("FIN", "room", "ห้อง 1")]


ROOM_OF_FIN = {
    "kind": "room",
    "work_group": "FIN",
    "venue": "ห้อง 1",
    "opens_day": "20/09/2642",
    "opens_clock": "10.00",
}


@pytest.fixture
def room_of_dir(hearing, two_groups, dir_group):
    return factories.make_session(
        two_groups,
        dir_group,
        hearing=hearing,
        kind="room",
        venue="ห้อง 1",
        opens_at=datetime(2099, 9, 20, 2, tzinfo=UTC),
        closes_at=datetime(2099, 9, 20, 5, tzinfo=UTC),
    )


def test_room_in_which_another_group_sits_is_named_where_one_session_is_made_or_changed(
    desk, room_of_dir, two_groups, fin_group
):
    given = {**ROOM_OF_FIN, "edition": two_groups.code}
    new = reverse("session-new")

    asked = desk.post(new, given)

    assert (asked.status_code, len(made())) == (422, 1)
    assert "ใช้ห้อง “ห้อง 1” ในเวลาเดียวกัน" in markup(asked)
    later = {**given, "opens_clock": "12.00"}  # once the others have gone
    assert desk.post(new, later).status_code == 303
    changed = HearingSession.objects.get(work_group=fin_group)
    edit = reverse("session-edit", args=[changed.pk])
    assert desk.post(edit, given).status_code == 422
    assert desk.post(edit, {**given, "shares_room": "on"}).status_code == 303
    changed.refresh_from_db()
    assert changed.opens_at == datetime(2099, 9, 20, 3, tzinfo=UTC)
    # What was confirmed is not asked again by a change of something else
    assert 'name="shares_room"' not in desk.get(edit).content.decode()
    assert desk.post(edit, {**given, "closes_day": ""}).status_code == 303


def test_room_in_which_a_standing_session_sits_is_named_for_all_groups_too(
    desk, room_of_dir, two_groups
):
    given = {**TIMES, **IN_ROOM, "groups": ["FIN"], "venue_FIN": "ห้อง 1"}
    asked = desk.post(URL, given)
    assert (asked.status_code, len(made())) == (422, 1)
    assert "ใช้ห้อง “ห้อง 1” ในเวลาเดียวกัน" in markup(asked)


def test_closed_session_leaves_its_room(desk, room_of_dir, two_groups):
    factories.make_session_state(room_of_dir, "closed")
    given = {**ROOM_OF_FIN, "edition": two_groups.code}
    assert desk.post(reverse("session-new"), given).status_code == 303


def test_new_session_says_what_will_open_it(desk, hearing, two_groups, admin):
    given = {**ROOM_OF_FIN, "edition": two_groups.code}
    told = markup(desk.post(reverse("session-new"), given, follow=True))
    assert "ตั้งเวทีแล้ว ผู้เข้าร่วมยังอ่านฉบับนี้ไม่ได้" in told
    session = HearingSession.objects.get()
    edit = reverse("session-edit", args=[session.pk])
    assert "จึงเปิดไม่ได้แม้ถึงเวลา" in markup(desk.get(edit))

    factories.make_release(two_groups, "hearing", by=admin)
    assert "จึงเปิดไม่ได้แม้ถึงเวลา" not in markup(desk.get(edit))
    other = {**given, "work_group": "DIR", "venue": "ห้อง 2"}
    told = markup(desk.post(reverse("session-new"), other, follow=True))
    assert "ตั้งเวทีแล้ว เวทีจะเปิดเอง 20\u00a0กันยายน\u00a02642 เวลา\u00a010.00" in told


def test_group_that_has_a_session_keeps_it_and_the_page_says_so(
    desk, hearing, two_groups, dir_group
):
    kept = factories.make_session(two_groups, dir_group, hearing=hearing, venue="เดิม")
    assert "มีเวทีออนไลน์ในฉบับนี้แล้ว จะไม่ตั้งซ้ำ" in markup(desk.get(URL))

    desk.post(URL, {**TIMES, "online": "on", "groups": ["DIR", "FIN"]})
    desk.post(URL, {**TIMES, "online": "on", "groups": ["DIR", "FIN"]})

    assert made() == [("DIR", "online", "เดิม"), ("FIN", "online", "")]
    assert HearingSession.objects.filter(pk=kept.pk).exists()


def test_group_without_a_manual_is_shown_and_gets_none(desk, hearing, two_groups):
    page = markup(desk.get(URL))
    assert "ยังไม่มีคู่มือในฉบับนี้" in page
    assert 'value="ICT"' not in page

    response = desk.post(URL, {**TIMES, "online": "on", "groups": ["DIR", "ICT"]})

    assert response.status_code == 422
    assert "มีกลุ่มงานที่ยังไม่มีคู่มือในฉบับนี้" in response.content.decode()
    assert made() == []


def test_refusal_in_the_middle_leaves_nothing(hearing, two_groups, dir_group, admin):
    planned = [
        PlannedSession(dir_group, "online"),
        PlannedSession(factories.make_group("ICT"), "online"),
    ]

    with pytest.raises(SessionRefused, match="ยังไม่มีคู่มือ") as refused:
        create_group_sessions(hearing, two_groups, planned, by=admin)

    assert refused.value.field == "work_group"
    assert made() == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"online": ""}, "โปรดเลือกประเภทเวทีอย่างน้อยหนึ่งประเภท"),
        ({"groups": []}, "โปรดเลือกกลุ่มงานอย่างน้อยหนึ่งกลุ่ม"),
        ({"online_opens_day": ""}, "มีเวลาแล้ว โปรดกรอกวันที่ด้วย"),
        ({"online_closes_day": "19/09/2642"}, "เวลาปิดต้องหลังเวลาเปิด"),
        ({"online_opens_day": "20/09/2565"}, "เวลาเปิดผ่านไปแล้ว โปรดเลือกเวลาที่ยังไม่ถึง"),
        (
            {"online_opens_day": "20/09/2565", "online_closes_day": "20/09/2565"},
            "เวลาปิดผ่านไปแล้ว",
        ),
        ({"online_closes_day": "23/09/2642"}, "วันปิดต้องไม่เกินวันสิ้นสุดของการประชาพิจารณ์"),
        ({"online_opens_clock": "25.00"}, "รูปแบบเวลาไม่ถูกต้อง"),
        ({"venue_DIR": "ก" * 201, "room": "on"}, "เกิน 200 ตัวอักษร"),
    ],
)
def test_wrong_form_comes_back_filled_and_stores_nothing(
    desk, hearing, two_groups, fields, told
):
    given = {
        **TIMES,
        "online": "on",
        "groups": ["DIR"],
        "venue_DIR": "ห้อง 1",
        "venue_FIN": "ห้องสอง",
    }
    response = desk.post(URL, {**given, **fields})

    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert 'value="ห้องสอง"' in page
    assert made() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"room_closes_clock": "25.99"},
            "โปรดเลือก “ตั้งเวทีในห้องประชุมกลุ่ม” หรือล้างช่องที่กรอก",
        ),
        ({"venue_DIR": "ห้อง 9"}, "โปรดเลือก “ตั้งเวทีในห้องประชุมกลุ่ม” หรือล้างช่องที่กรอก"),
        (
            {**IN_ROOM, "online": "", "online_closes_clock": "15.30"},
            "โปรดเลือก “ตั้งเวทีออนไลน์” หรือล้างช่องที่กรอก",
        ),
        ({**IN_ROOM, "venue_FIN": "ห้อง 9"}, "โปรดเลือกกลุ่มงานนี้ หรือล้างช่องนี้"),
    ],
)
def test_what_is_typed_but_not_ticked_is_said_and_its_text_stays(
    desk, hearing, two_groups, typed, told
):
    refused = desk.post(URL, {**TIMES, "online": "on", "groups": ["DIR"], **typed})
    page = refused.content.decode()

    assert (refused.status_code, made()) == (422, [])
    assert told in page
    name = [*typed][-1]
    assert f'name="{name}" value="{typed[name]}"' in page
    assert "รูปแบบเวลาไม่ถูกต้อง" not in page


def test_proposed_times_of_what_is_not_ticked_are_left_alone(desk, hearing, two_groups):
    hearing.opens_on = hearing.closes_on = date(2099, 9, 20)
    hearing.save()
    form = desk.get(URL).context["form"]
    proposed = {
        name: form[name].value() for name in form.fields if name.startswith("room_")
    }
    assert proposed["room_opens_clock"] == "08.30"

    given = {"online": "on", "groups": ["DIR"], **proposed}
    assert desk.post(URL, given).status_code == 303
    assert made() == [("DIR", "online", "")]


def test_edition_is_released_in_the_same_act_where_one_asks_for_it(
    desk, hearing, two_groups
):
    page = desk.get(URL).content.decode()
    assert 'name="release"' in page
    people = count_participants()
    assert people > 0
    assert f"ผู้มีบทบาทในการประชาพิจารณ์ {people} คน จะอ่านฉบับนี้ได้ทันที" in page
    desk.post(URL, {**TIMES, "online": "on", "groups": ["DIR"], "release": "on"})

    assert EditionRelease.objects.get(edition=two_groups).audience == "hearing"
    assert 'name="release"' not in desk.get(URL).content.decode()


def test_times_that_are_over_are_not_proposed(desk, hearing, two_groups):
    """The hearing runs since 2565: what is proposed can be sent as it stands."""
    form = desk.get(URL).context["form"]

    assert (form["online_opens_day"].value(), form["online_closes_day"].value()) == (
        None,
        "22/09/2642",
    )
    assert (
        desk.post(
            URL, {"online": "on", "groups": ["DIR"], "online_closes_day": "22/09/2642"}
        ).status_code
        == 303
    )


def test_without_an_edition_the_page_says_where_to_make_one(desk, hearing):
    page = markup(desk.get(URL))
    assert "โปรดจัดทำฉบับจากร่างก่อน" in page
    assert reverse("editions") in page


def test_edition_of_another_hearing_is_not_offered_and_refused(
    desk, hearing, two_groups, dir_group, admin
):
    earlier = factories.make_hearing(title="ครั้งแรก")
    factories.make_session(two_groups, dir_group, hearing=earlier)

    assert two_groups.title not in markup(desk.get(f"{URL}?hearing={hearing.key}"))
    with pytest.raises(SessionRefused, match="ใช้ใน “ครั้งแรก” แล้ว") as refused:
        create_session(
            hearing=hearing,
            kind="online",
            work_group=dir_group,
            edition=two_groups,
            by=admin,
        )
    assert refused.value.field == "edition"


def test_page_costs_the_same_for_one_and_three_groups(
    desk, hearing, edition, fin_group, admin, assert_same_queries
):
    url = f"{URL}?edition={edition.code}"

    def add_two() -> None:
        for key in ("FIN", "ICT"):
            factories.make_session(edition, factories.make_group(key), hearing=hearing)

    assert_same_queries(11, lambda: desk.get(url), add_two)
