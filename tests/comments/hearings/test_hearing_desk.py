"""The hearing desk: what is announced, sessions, and what may still change once people have spoken."""

import re
from datetime import UTC, date, datetime

import pytest

from comments.hearings.refusals import SessionRefused
from comments.hearings.services.announcing import change_hearing, change_session, has_begun
from comments.models import Hearing, HearingSession
from manuals.models import EditionRelease
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
DESK = "/desk/hearing/"
NEW = "/desk/hearing/sessions/new/"
GOOD = {
    "title": "ประชาพิจารณ์คู่มือ พ.ศ. 2565",
    "opens_on": "20/09/2565",
    "closes_on": "22/09/2565",
    "venue": "ห้องประชุม สพฐ. 1",
    "programme": "09.00 น. ลงทะเบียน\n10.00 น. เปิดเวที",
    "moderation": "held",
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
        assert (client.get(address).status_code, client.post(address, GOOD).status_code) == (403, 403)
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
        "2565",
        date(2022, 9, 20),
        "held",
        False,
    )
    assert hearing.programme == GOOD["programme"]
    assert hearing.history.get().history_user == admin


def test_second_hearing_of_a_year_gets_a_key_of_its_own(db):
    from comments.hearings.forms import HearingForm

    factories.make_hearing(key="2565")
    form = HearingForm(GOOD, hearing=None)
    assert form.is_valid()
    assert form.save(by=factories.make_admin()).key == "2565-2"


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
    assert "20 กันยายน 2565 – 22 กันยายน 2565" in page


def test_public_hearing_releases_nothing_and_says_so(desk, session):
    page = desk.get(DESK).content.decode()
    assert "ไม่ได้ออกฉบับใด" in page

    desk.post(DESK, {**GOOD, "public": "on"})

    assert Hearing.objects.get().public is True
    assert not EditionRelease.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": " "}, "โปรดกรอกชื่อ"),
        ({"opens_on": "2022-09-20"}, "อ่านวันที่ไม่ออก"),
        ({"closes_on": "19/09/2565"}, "วันสุดท้ายมาก่อนวันแรก"),
        ({"programme": "ก" * 10_001}, "เกิน 10,000 ตัวอักษร"),
        ({"venue": "ห้อง\x00"}, "NUL"),
        ({"moderation": "later"}, "id_moderation_error"),
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

ROOM = {"kind": "room", "work_group": "DIR", "edition": "HEARING-2565", "venue": "ห้อง 1"}
TIMES = {"opens_day": "20/09/2565", "opens_clock": "9.00", "closes_day": "20/09/2565", "closes_clock": "16.30"}


def test_session_is_set_up_with_announced_times_and_is_not_open(desk, admin, hearing, edition, dir_group):
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
        datetime(2022, 9, 20, 2, tzinfo=UTC),
        datetime(2022, 9, 20, 9, 30, tzinfo=UTC),
    )
    assert made.state is None
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
        ({"opens_clock": "25.00"}, "อ่านเวลาไม่ออก"),
        ({"closes_clock": "8.00"}, "เวลาปิดต้องหลังเวลาเปิด"),
    ],
)
def test_wrong_session_is_refused_with_the_form_filled(desk, hearing, edition, fields, told):
    factories.make_unsealed_edition("OPEN")
    response = desk.post(NEW, {**ROOM, **TIMES, **fields})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert 'value="ห้อง 1"' in response.content.decode()
    assert not HearingSession.objects.exists()


def test_empty_post_is_a_wrong_form(desk, hearing):
    assert desk.post(NEW).status_code == 422


def test_without_a_hearing_there_is_no_session_to_set_up(desk):
    assert desk.get(NEW).status_code == 404


def test_session_nobody_began_may_change_in_everything(desk, hearing, edition, dir_group, fin_group):
    made = factories.make_session(edition, dir_group, hearing=hearing)
    desk.post(edit_of(made), {**ROOM, "work_group": "FIN"})
    made.refresh_from_db()
    assert (made.kind, made.work_group) == ("room", fin_group)


def test_session_that_began_keeps_kind_group_and_edition(desk, session, comment, fin_group, edition):
    """What the form sends for them counts for nothing; place and times are taken."""
    page = desk.get(edit_of(session)).content.decode()
    assert "เวทีนี้เริ่มแล้ว" in page
    assert page.count("disabled") == 3

    desk.post(edit_of(session), {**ROOM, **TIMES, "work_group": "FIN", "venue": "ห้อง 9"})

    session.refresh_from_db()
    assert (session.kind, session.work_group.key, session.edition) == ("online", "DIR", edition)
    assert (session.venue, session.opens_at) == ("ห้อง 9", datetime(2022, 9, 20, 2, tzinfo=UTC))


def test_service_refuses_what_the_form_cannot_send(admin, session, fin_group, edition):
    assert has_begun(session)
    with pytest.raises(SessionRefused, match="เริ่มแล้ว"):
        change_session(session, by=admin, work_group=fin_group)
    fresh = factories.make_session(edition, fin_group, hearing=session.hearing)
    with pytest.raises(SessionRefused, match="ตรึง"):
        change_session(fresh, by=admin, edition=factories.make_unsealed_edition())
    change_session(session, by=admin, venue=session.venue)
    assert session.history.count() == 1


def test_desk_shows_who_opened_a_session_and_offers_what_may_follow(desk, session, facilitator, edition, fin_group):
    factories.make_session(edition, fin_group, hearing=session.hearing)
    factories.make_session_state(session, "paused", by=facilitator, reason="พักเที่ยง")

    page = markup(desk.get(DESK))
    dir_row, fin_row = re.findall(r'<section class="session-rows".*?</section>', page, re.DOTALL)
    assert "พักเวที</span>" in dir_row
    tally = re.sub(r"<[^>]+>", "", page)
    assert "เปิดรับความเห็น 0 · พักเวที 1 · ปิดเวทีแล้ว 0 · ยังไม่เปิด 1" in tally
    assert "wipa" in dir_row
    assert "พักเที่ยง" in dir_row
    assert [value for value in ("opened", "paused", "closed") if f'value="{value}"' in dir_row] == ["opened", "closed"]
    assert [value for value in ("opened", "paused", "closed") if f'value="{value}"' in fin_row] == ["opened"]
    assert f'action="/sessions/{session.pk}/state/"' in dir_row
    assert 'href="/groups/DIR/queue/"' in dir_row


def test_sessions_stand_below_their_group_and_the_plenary_last(desk, hearing, edition, dir_group, fin_group):
    for kind, group in (("plenary", None), ("online", fin_group), ("room", dir_group), ("online", dir_group)):
        factories.make_session(edition, group, hearing=hearing, kind=kind)

    page = markup(desk.get(DESK))

    found = re.findall(r'<h3 [^>]*>([^<]+)</h3>|class="session-rows__name"[^>]*>([^<]+)</a>', page)
    assert [head or name for head, name in found] == [
        *("กลุ่มอำนวยการ", "ห้องประชุมกลุ่ม", "ออนไลน์"),
        *("กลุ่มบริหารงานการเงินและสินทรัพย์", "ออนไลน์"),
        *("ที่ประชุมรวม", "ที่ประชุมรวม"),
    ]


def test_session_is_opened_from_the_desk_and_the_desk_comes_back(desk, hearing, edition, dir_group):
    made = factories.make_session(edition, dir_group, hearing=hearing)
    response = desk.post(f"/sessions/{made.pk}/state/", {"state": "opened", "next": DESK})
    assert (response.status_code, response["Location"]) == (303, DESK)
    assert HearingSession.objects.get(pk=made.pk).is_open


def test_desk_costs_the_same_for_one_session_and_three(desk, session, facilitator, edition, assert_same_queries):
    def add_two() -> None:
        for key in ("FIN", "LAW"):
            group = factories.make_group(key)
            made = factories.make_session(edition, group, hearing=session.hearing)
            factories.open_session(made, by=facilitator)

    assert_same_queries(6, lambda: desk.get(DESK), add_two)
