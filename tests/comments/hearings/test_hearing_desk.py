"""The hearing desk: what is announced, sessions, and what may still change once people have spoken."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.timezone import localdate

from comments.hearings.refusals import SessionRefused
from comments.hearings.services.announcing import (
    change_hearing,
    change_session,
    has_begun,
)
from comments.models import Hearing, HearingSession
from manuals.models import EditionRelease
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
DESK = "/desk/hearing/"
NEW = "/desk/hearing/sessions/new/"
YEAR = localdate().year + 1  # a hearing is announced for a day within three years
GOOD = {
    "title": "ประชาพิจารณ์คู่มือ พ.ศ. 2565",
    "opens_on": f"20/09/{YEAR + 543}",
    "closes_on": f"22/09/{YEAR + 543}",
    "reason": "กำหนดวันใหม่",
    "venue": "ห้องประชุม สพฐ. 1",
    "programme": "09.00 น. ลงทะเบียน\n10.00 น. เปิดเวที",
    "moderation": "held",
    "chairperson": "ประธานทดสอบ",
    "organiser": "กลุ่มพัฒนาระบบบริหาร",
    "speakers": "วิทยากรหนึ่ง\nวิทยากรสอง",
    "objection_days": "๗",
}


@pytest.fixture
def desk(sign_in, admin):
    client = sign_in(admin)
    return client


def edit_of(session: HearingSession) -> str:
    return f"/desk/hearing/sessions/{session.pk}/"


# -- who may come in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["delegate", "facilitator", "drafter", "expert"])
def test_only_admins_come_to_the_hearing_desk(sign_in, request, who, session):
    client = sign_in(request.getfixturevalue(who))
    for address in (DESK, NEW, edit_of(session)):
        assert (
            client.get(address).status_code,
            client.post(address, GOOD).status_code,
        ) == (403, 403)
    assert Hearing.objects.get().title != GOOD["title"]


def test_visitor_is_asked_to_sign_in(client, session):
    for address in (DESK, NEW, edit_of(session)):
        assert client.get(address)["Location"] == f"/sign-in/?next={address}"


# -- the hearing -----------------------------------------------------------------------------------------


def test_first_hearing_is_made_at_the_desk(desk, admin):
    assert "ตั้งการประชาพิจารณ์" in desk.get(DESK).content.decode()

    assert desk.post(DESK, GOOD).status_code == 303

    hearing = Hearing.objects.get()
    assert (hearing.key, hearing.opens_on, hearing.moderation, hearing.public) == (
        str(YEAR + 543),
        date(YEAR, 9, 20),
        "held",
        False,
    )
    assert hearing.programme == GOOD["programme"]
    assert (hearing.chairperson, hearing.organiser) == (
        "ประธานทดสอบ",
        "กลุ่มพัฒนาระบบบริหาร",
    )
    assert (hearing.speaker_names, hearing.objection_days) == (
        ["วิทยากรหนึ่ง", "วิทยากรสอง"],
        7,
    )
    assert hearing.history.get().history_user == admin


def test_second_hearing_of_a_year_gets_a_key_of_its_own(db):
    from comments.hearings.forms.announcing import HearingForm

    factories.make_hearing(key=str(YEAR + 543), closes_on=date(2022, 9, 22))
    form = HearingForm(GOOD, hearing=None)
    assert form.is_valid()
    assert form.save(by=factories.make_admin()).key == f"{YEAR + 543}-2"


def test_hearing_is_changed_and_its_history_says_by_whom(desk, admin, hearing):
    assert desk.post(DESK, GOOD).status_code == 303
    hearing.refresh_from_db()
    assert (hearing.title, hearing.venue) == (GOOD["title"], GOOD["venue"])
    assert [change.history_user for change in hearing.history.all()] == [admin, None]


def test_unchanged_hearing_leaves_no_history(admin, hearing):
    change_hearing(hearing, by=admin, title=hearing.title, public=False)
    assert hearing.history.count() == 1


def test_form_shows_what_is_announced_in_buddhist_era(desk, hearing):
    page = desk.get(DESK).content.decode()
    assert 'value="20/09/2565"' in page
    assert "20\u00a0กันยายน\u00a02565 – 22\u00a0กันยายน\u00a02642" in page


def test_public_hearing_releases_nothing_and_says_so(desk, session):
    page = desk.get(DESK).content.decode()
    assert "ไม่ใช่การเผยแพร่ฉบับ" in page

    desk.post(DESK, {**GOOD, "public": "on"})

    assert Hearing.objects.get().public is True
    assert not EditionRelease.objects.filter(audience="public").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": " "}, "โปรดกรอกชื่อ"),
        ({"opens_on": "2022-09-20"}, "รูปแบบวันที่ไม่ถูกต้อง"),
        ({"closes_on": f"19/09/{YEAR + 543}"}, "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น"),
        ({"closes_on": f"22/09/{YEAR + 546}"}, "เกิน 3 ปี โปรดตรวจปี พ.ศ. ที่กรอก"),
        ({"opens_on": "20/09/2512"}, "วันเริ่มต้นผ่านมาเกินหนึ่งปีแล้ว โปรดตรวจปี พ.ศ. ที่กรอก"),
        (
            {"opens_on": "20/09/2565", "closes_on": "22/09/2565"},
            "วันสิ้นสุดผ่านไปแล้ว จึงรับความคิดเห็นไม่ได้",
        ),
        ({"programme": "ก" * 10_001}, "เกิน 10,000 ตัวอักษร"),
        ({"venue": "ห้อง\x00"}, "NUL"),
        ({"moderation": "later"}, "id_moderation_error"),
        ({"objection_days": ""}, "โปรดกรอกจำนวนวัน 0 ถึง 60"),
        ({"objection_days": "61"}, "จำนวนวันต้องเป็นตัวเลข 0 ถึง 60"),
        ({"objection_days": "-1"}, "จำนวนวันต้องเป็นตัวเลข 0 ถึง 60"),
        ({"objection_days": "9" * 5000}, "จำนวนวันต้องเป็นตัวเลข 0 ถึง 60"),
        ({"speakers": "ก" * 2001}, "เกิน 2,000 ตัวอักษร"),
    ],
)
def test_wrong_hearing_is_refused_with_the_form_filled(desk, hearing, fields, told):
    response = desk.post(DESK, {**GOOD, **fields})
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert "10.00 น. เปิดเวที" in page or "programme" in fields
    hearing.refresh_from_db()
    assert hearing.title != GOOD["title"]


# -- sessions --------------------------------------------------------------------------------------------

ROOM = {
    "kind": "room",
    "work_group": "DIR",
    "edition": "HEARING-2565",
    "venue": "ห้อง 1",
}
TIMES = {
    "opens_day": "20/09/2642",
    "opens_clock": "9.00",
    "closes_day": "20/09/2642",
    "closes_clock": "16.30",
}


def test_session_is_set_up_with_announced_times_and_is_not_open(
    desk, admin, hearing, edition, dir_group
):
    assert desk.post(NEW, {**ROOM, **TIMES}).status_code == 303

    made = HearingSession.objects.get()
    assert (made.hearing, made.kind, made.work_group, made.edition, made.venue) == (
        hearing,
        "room",
        dir_group,
        edition,
        "ห้อง 1",
    )
    assert (made.opens_at, made.closes_at) == (
        datetime(2099, 9, 20, 2, tzinfo=UTC),
        datetime(2099, 9, 20, 9, 30, tzinfo=UTC),
    )
    assert not made.states.exists()
    assert made.history.get().history_user == admin


def test_plenary_has_no_group_even_when_one_is_sent(desk, hearing, edition):
    desk.post(NEW, {**ROOM, "kind": "plenary"})
    assert HearingSession.objects.get().work_group is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"work_group": ""}, "โปรดเลือกกลุ่มงานของเวทีนี้"),
        ({"work_group": "NONE"}, "id_work_group_error"),
        ({"edition": ""}, "โปรดเลือกฉบับ"),
        ({"edition": "OPEN"}, "id_edition_error"),
        ({"kind": "tent"}, "id_kind_error"),
        ({"opens_day": ""}, "โปรดกรอกวันที่ด้วย"),
        ({"opens_clock": "25.00"}, "รูปแบบเวลาไม่ถูกต้อง"),
        ({"closes_clock": "8.00"}, "เวลาปิดต้องหลังเวลาเปิด"),
        ({"opens_day": "20/09/2565"}, "เวลาเปิดผ่านไปแล้ว"),
        ({"opens_day": "20/09/2565", "closes_day": "20/09/2565"}, "เวลาปิดผ่านไปแล้ว"),
        (
            {"opens_day": "23/09/2642", "closes_day": ""},
            "วันเปิดต้องไม่เกินวันสิ้นสุดของการประชาพิจารณ์",
        ),
        ({"closes_day": "23/09/2642"}, "วันปิดต้องไม่เกินวันสิ้นสุดของการประชาพิจารณ์"),
    ],
)
def test_wrong_session_is_refused_with_the_form_filled(
    desk, hearing, edition, fields, told
):
    factories.make_unsealed_edition("OPEN")
    response = desk.post(NEW, {**ROOM, **TIMES, **fields})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert 'value="ห้อง 1"' in response.content.decode()
    assert not HearingSession.objects.exists()


def test_clock_that_is_no_time_is_not_told_to_be_past(desk, hearing, edition):
    today = localdate()
    day = f"{today.day}/{today.month}/{today.year + 543}"
    said = desk.post(
        NEW, {**ROOM, **TIMES, "opens_day": day, "opens_clock": "25.00"}
    ).content.decode()
    assert "รูปแบบเวลาไม่ถูกต้อง" in said
    assert "ผ่านไปแล้ว" not in said


def test_empty_post_is_a_wrong_form(desk, hearing, edition):
    assert desk.post(NEW).status_code == 422


def test_without_a_hearing_the_pages_of_sessions_lead_to_where_one_is_set_up(desk):
    for address in (NEW, "/desk/hearing/sessions/groups/"):
        page = desk.get(address)
        assert (page.status_code, desk.post(address, ROOM).status_code) == (200, 409)
        assert (
            f'<a class="button button--main" href="{DESK}">ตั้งประชาพิจารณ์</a>'
            in markup(page)
        )
        assert desk.get(f"{address}?hearing=2599").status_code == 404
    assert (
        desk.post("/desk/hearing/sessions/states/", {"state": "opened"}).status_code
        == 409
    )


def test_without_an_edition_no_session_is_asked_for_and_the_page_leads_to_where_one_is_made(
    desk, hearing
):
    page = markup(desk.get(NEW))

    assert "ยังไม่มีฉบับสำหรับการประชาพิจารณ์ครั้งนี้ โปรดจัดทำฉบับจากร่างก่อน" in page
    assert 'href="/desk/editions/"' in page
    assert 'name="edition"' not in page
    assert desk.post(NEW, ROOM).status_code == 409


def test_second_hearing_is_told_why_it_needs_an_edition_of_its_own(
    desk, session, admin
):
    second = factories.make_hearing(title="ครั้งที่สอง")
    for address in (NEW, "/desk/hearing/sessions/groups/"):
        page = desk.get(f"{address}?hearing={second.key}").content.decode()
        assert f"ฉบับที่มีอยู่ใช้ใน “{session.hearing.title}” แล้ว" in page
        assert 'href="/desk/editions/"' in page

    later = factories.make_edition("ROUND-2", by=admin)

    page = desk.get(f"{NEW}?hearing={second.key}").content.decode()
    assert (
        f'value="{later.code}"' in page,
        f'value="{session.edition.code}"' in page,
    ) == (True, False)


def test_session_nobody_began_may_change_in_everything(
    desk, hearing, edition, dir_group, fin_group, admin
):
    made = factories.make_session(edition, dir_group, hearing=hearing)
    factories.make_process(factories.make_manual(fin_group), by=admin)
    later = factories.make_edition("LATER", by=admin)
    desk.post(edit_of(made), {**ROOM, "work_group": "FIN", "edition": later.code})
    made.refresh_from_db()
    assert (made.kind, made.work_group) == ("room", fin_group)


def test_session_that_began_keeps_kind_group_and_edition(
    desk, session, comment, fin_group, edition
):
    """What the form sends for them counts for nothing; place and times are taken."""
    page = desk.get(edit_of(session)).content.decode()
    assert "เวทีนี้เริ่มแล้ว" in page
    assert page.count("disabled") == 3

    given = {
        **ROOM,
        **TIMES,
        "work_group": "FIN",
        "venue": "ห้อง 9",
        "reason": "ตามกำหนดการใหม่",
    }
    desk.post(edit_of(session), given)

    session.refresh_from_db()
    assert (session.kind, session.work_group.key, session.edition) == (
        "online",
        "DIR",
        edition,
    )
    assert (session.venue, session.opens_at) == (
        "ห้อง 9",
        datetime(2099, 9, 20, 2, tzinfo=UTC),
    )


def test_what_began_in_the_past_stays_so_and_nothing_is_moved_there(
    desk, edition, dir_group
):
    """The facts of a hearing that has ended and of a session that ran can still be corrected."""
    over = factories.make_hearing(closes_on=date(2022, 9, 22))
    began = datetime(2022, 9, 20, 2, tzinfo=UTC)
    ran = factories.make_session(
        edition,
        dir_group,
        hearing=over,
        opens_at=began,
        closes_at=began.replace(hour=9),
    )
    days = {"opens_on": "20/09/2565", "closes_on": "22/09/2565"}
    times = {
        "opens_day": "20/09/2565",
        "opens_clock": "9.00",
        "closes_day": "20/09/2565",
        "closes_clock": "16.00",
    }

    assert desk.post(DESK, {**GOOD, **days}).status_code == 303
    assert (
        desk.post(edit_of(ran), {**ROOM, **times, "venue": "ห้อง 9"}).status_code == 303
    )
    assert (
        desk.post(DESK, {**GOOD, **days, "closes_on": "23/09/2565"}).status_code == 422
    )
    assert (
        desk.post(edit_of(ran), {**ROOM, **times, "closes_clock": "16.30"}).status_code
        == 422
    )

    ran.refresh_from_db()
    assert (ran.hearing.title, ran.venue, ran.closes_at) == (
        GOOD["title"],
        "ห้อง 9",
        began.replace(hour=9),
    )


def test_hearing_that_has_ended_gets_no_session(desk, edition):
    factories.make_hearing(closes_on=date(2022, 9, 22))

    for address, given in (
        (NEW, ROOM),
        ("/desk/hearing/sessions/groups/", {"online": "on", "groups": ["DIR"]}),
    ):
        refused = desk.post(address, given)
        assert refused.status_code == 422
        assert (
            "การประชาพิจารณ์สิ้นสุดแล้วเมื่อ 22\u00a0กันยายน\u00a02565"
            in refused.content.decode()
        )
    assert not HearingSession.objects.exists()


def test_group_without_a_manual_in_the_edition_gets_no_session(
    desk, admin, hearing, edition, dir_group, fin_group
):
    response = desk.post(NEW, {**ROOM, "work_group": "FIN"})
    assert response.status_code == 422
    assert f"{fin_group.name}ยังไม่มีคู่มือใน{edition.title}" in response.content.decode()
    assert not HearingSession.objects.exists()

    made = factories.make_session(edition, dir_group, hearing=hearing)
    with pytest.raises(SessionRefused) as refused:
        change_session(made, by=admin, work_group=fin_group)
    assert refused.value.field == "work_group"
    made.refresh_from_db()
    assert made.work_group == dir_group


def test_service_refuses_what_the_form_cannot_send(admin, session, fin_group, edition):
    assert has_begun(session)
    with pytest.raises(SessionRefused, match="เริ่มแล้ว"):
        change_session(session, by=admin, work_group=fin_group)
    fresh = factories.make_session(edition, fin_group, hearing=session.hearing)
    with pytest.raises(SessionRefused, match="จัดทำ"):
        change_session(fresh, by=admin, edition=factories.make_unsealed_edition())
    change_session(session, by=admin, venue=session.venue)
    assert session.history.count() == 1


def test_desk_shows_who_opened_a_session_and_offers_what_may_follow(
    desk, session, facilitator, edition, fin_group
):
    factories.make_session(edition, fin_group, hearing=session.hearing)
    factories.make_session_state(session, "paused", by=facilitator, reason="พักเที่ยง")

    page = markup(desk.get(DESK))
    dir_row, fin_row = re.findall(
        r'<section class="session-rows".*?</section>', page, re.DOTALL
    )
    assert "พักเวที</span>" in dir_row
    tally = re.sub(r"<[^>]+>", "", page)
    assert "เปิดรับความคิดเห็น 0 · พักเวที 1 · ปิดเวทีแล้ว 0 · ยังไม่เปิด 1" in tally
    assert "โดย นางวิภา วาจาสุภาพ" in dir_row
    assert "wipa" not in dir_row
    assert "พักเที่ยง" in dir_row
    assert [
        value
        for value in ("opened", "paused", "closed")
        if f'value="{value}"' in dir_row
    ] == ["opened", "closed"]
    assert [
        value
        for value in ("opened", "paused", "closed")
        if f'value="{value}"' in fin_row
    ] == ["opened"]
    assert f'action="/sessions/{session.pk}/state/"' in dir_row
    assert 'href="/groups/DIR/queue/"' in dir_row


def test_sessions_stand_below_their_group_and_the_plenary_last(
    desk, hearing, edition, dir_group, fin_group
):
    for kind, group in (
        ("plenary", None),
        ("online", fin_group),
        ("room", dir_group),
        ("online", dir_group),
    ):
        factories.make_session(edition, group, hearing=hearing, kind=kind)

    page = markup(desk.get(DESK))

    found = re.findall(
        r'<h3 [^>]*>([^<]+)</h3>|class="session-rows__name"[^>]*>([^<]+)</a>', page
    )
    assert [head or name for head, name in found] == [
        *("กลุ่มอำนวยการ", "ห้องประชุมกลุ่ม", "ออนไลน์"),
        *("กลุ่มบริหารงานการเงินและสินทรัพย์", "ออนไลน์"),
        *("ที่ประชุมรวม", "ที่ประชุมรวม"),
    ]


def test_session_is_opened_from_the_desk_and_the_desk_comes_back(
    desk, hearing, edition, dir_group
):
    made = factories.make_session(edition, dir_group, hearing=hearing)
    response = desk.post(
        f"/sessions/{made.pk}/state/",
        {"state": "opened", "release": "on", "next": DESK},
    )
    assert (response.status_code, response["Location"]) == (303, DESK)
    assert HearingSession.objects.get(pk=made.pk).is_open


def test_desk_costs_the_same_for_one_session_and_three(
    desk, session, facilitator, edition, assert_same_queries
):
    def add_two() -> None:
        for key in ("FIN", "LAW"):
            group = factories.make_group(key)
            made = factories.make_session(edition, group, hearing=session.hearing)
            factories.open_session(made, by=facilitator)

    assert_same_queries(9, lambda: desk.get(DESK), add_two)


def test_desk_says_who_reads_the_draft_by_its_releases(desk, session, admin):
    """What is announced of the hearing is no release; and a release goes beyond what was announced."""

    def told() -> str:
        return str(desk.get(DESK).context["readers"].words)

    assert told() == "อ่านร่างได้เฉพาะผู้เข้าร่วม"
    with without_triggers():
        Hearing.objects.update(public=True)
    assert told() == "อ่านร่างได้เฉพาะผู้เข้าร่วม จนกว่าจะเผยแพร่ฉบับแก่ประชาชน"
    with without_triggers():
        Hearing.objects.update(public=False)
    factories.make_release(session.edition, "public", by=admin)
    assert told() == "ประชาชนอ่านร่างได้"
    page = desk.get(DESK).content.decode()
    assert "อ่านร่างได้เฉพาะผู้เข้าร่วม" not in page
    assert "ทุกคนเปิดเอกสารเหล่านี้ได้" in page
