"""Two hearings: which one pages are about, and that nothing of the first is lost or counted in the second."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from comments.deciding.queries.answers import count_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.hearings.queries import choose_current_hearing
from comments.hearings.refusals import DaysTaken, HearingRefused
from comments.hearings.services.announcing import change_hearing, create_hearing
from comments.models import (
    AnswerPublication,
    Comment,
    Hearing,
    HearingSession,
    Objection,
)
from comments.tallies import count_participation, tally_offices_by_entry
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

TODAY = date(2026, 6, 15)
TOMORROW = localdate() + timedelta(days=1)
REASON = "ระเบียบงานสารบรรณกำหนดเรื่องนี้ไว้แล้วในข้อ 35"


def hearing_of(opens: date, closes: date, pk: int = 1) -> Hearing:
    return Hearing(pk=pk, key=str(pk), opens_on=opens, closes_on=closes)


def test_hearing_that_runs_is_the_current_one_before_ended_and_coming_ones():
    ended = hearing_of(date(2026, 1, 1), date(2026, 6, 14), 1)
    running = hearing_of(date(2026, 6, 1), date(2026, 6, 15), 2)
    coming = hearing_of(date(2026, 6, 16), date(2026, 7, 1), 3)
    assert choose_current_hearing([coming, ended, running], TODAY) == running


def test_of_several_that_run_it_is_the_one_that_began_last():
    first = hearing_of(date(2026, 6, 1), date(2026, 12, 31), 1)
    second = hearing_of(date(2026, 6, 10), date(2026, 6, 15), 2)
    same_day = hearing_of(date(2026, 6, 10), date(2026, 6, 15), 3)
    assert choose_current_hearing([first, second], TODAY) == second
    assert choose_current_hearing([same_day, first, second], TODAY) == same_day


def test_of_those_that_run_one_with_an_open_session_comes_first_and_none_before_its_days():
    first = hearing_of(date(2026, 6, 1), date(2026, 12, 31), 1)
    second = hearing_of(date(2026, 6, 10), date(2026, 6, 15), 2)
    coming = hearing_of(date(2026, 6, 20), date(2026, 6, 30), 4)
    assert choose_current_hearing([first, second], TODAY, [first]) == first
    assert choose_current_hearing([first, second], TODAY, [first, second]) == second
    assert choose_current_hearing([first, coming], TODAY, [coming]) == first


def test_with_none_running_it_is_the_one_that_ended_last():
    long = hearing_of(date(2026, 1, 1), date(2026, 6, 1), 1)
    short = hearing_of(date(2026, 2, 1), date(2026, 2, 2), 2)
    coming = hearing_of(date(2026, 6, 16), date(2026, 7, 1), 3)
    assert choose_current_hearing([short, coming, long], TODAY) == long


def test_before_the_first_it_is_the_soonest_to_come():
    soon = hearing_of(date(2026, 6, 16), date(2026, 7, 1), 1)
    later = hearing_of(date(2026, 8, 1), date(2026, 9, 1), 2)
    assert choose_current_hearing([later, soon], TODAY) == soon
    assert choose_current_hearing([], TODAY) is None


# -- at the desk

# The step that confirms a publication, while the session is still open
KNOWINGLY = {"is_confirmed": "on", "while_open": "on"}


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def first(db) -> Hearing:
    return factories.make_hearing(
        key="2565", title="ครั้งแรก", closes_on=date(2022, 9, 22)
    )


@pytest.fixture
def second(first) -> Hearing:
    """It runs now."""
    return factories.make_hearing(
        key="2565-2", title="ครั้งที่สอง", opens_on=date(2023, 1, 1)
    )


def test_desk_lists_all_hearings_once_there_are_several(desk, first):
    assert "ประชาพิจารณ์ทั้งหมด" not in markup(desk.get(reverse("hearing-desk")))

    later = factories.make_hearing(
        key="2565-2", title="ครั้งที่สอง", opens_on=date(2023, 1, 1)
    )

    page = markup(desk.get(reverse("hearing-desk")))
    assert "<h1>ครั้งที่สอง</h1>" in page
    assert f'href="{reverse("hearing-edit", args=[first.key])}"' in page
    assert "สิ้นสุดแล้ว" in page
    earlier = markup(desk.get(reverse("hearing-edit", args=[first.key])))
    assert "<h1>ครั้งแรก</h1>" in earlier
    assert later.title in earlier


YEAR = localdate().year + 1
KEY = str(YEAR + 543)


def test_another_hearing_is_made_beside_the_first(desk, first):
    given = {
        "title": "ครั้งที่สอง",
        "opens_on": f"20/09/{KEY}",
        "closes_on": f"22/09/{KEY}",
        "moderation": "held",
        "objection_days": "0",
    }
    assert desk.post(reverse("hearing-new"), {**given, "title": ""}).status_code == 422

    response = desk.post(reverse("hearing-new"), given)

    assert response["Location"] == reverse("hearing-edit", args=[KEY])
    assert list(Hearing.objects.order_by("key").values_list("key", "title")) == [
        ("2565", "ครั้งแรก"),
        (KEY, "ครั้งที่สอง"),
    ]


SECOND = {"title": "ครั้งที่สอง", "moderation": "held", "objection_days": "14"}


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (f"20/09/{KEY}", f"21/09/{KEY}", "opens_on"),
        (f"18/09/{KEY}", f"19/09/{KEY}", "closes_on"),
    ],
)
def test_days_of_another_hearing_are_refused_with_the_way_there(
    desk, opens, closes, field
):
    first = factories.make_hearing(
        title="ครั้งแรก", opens_on=date(YEAR, 9, 19), closes_on=date(YEAR, 9, 20)
    )

    refused = desk.post(
        reverse("hearing-new"), {**SECOND, "opens_on": opens, "closes_on": closes}
    )

    page = refused.content.decode()
    assert refused.status_code == 422
    assert (
        f"วันที่กรอกอยู่ในช่วงของ “ครั้งแรก” (19\u00a0กันยายน\u00a0{KEY} – 20\u00a0กันยายน\u00a0{KEY})"
        in page
    )
    assert (f'id="id_{field}_error"' in page, 'value="ครั้งที่สอง"' in page) == (True, True)
    assert f'href="{reverse("hearing-edit", args=[first.key])}"' in page
    assert Hearing.objects.count() == 1
    days = {"opens_on": f"21/09/{KEY}", "closes_on": f"22/09/{KEY}"}
    assert desk.post(reverse("hearing-new"), {**SECOND, **days}).status_code == 303


def test_days_that_two_share_already_may_stay_and_grow_no_more(admin):
    first = factories.make_hearing(closes_on=date(2099, 9, 10))
    factories.make_hearing(opens_on=date(2099, 9, 5), closes_on=date(2099, 9, 15))
    third = factories.make_hearing(
        title="ครั้งที่สาม", opens_on=date(2099, 9, 20), closes_on=date(2099, 9, 25)
    )

    assert (
        change_hearing(
            first, by=admin, title="แก้ชื่อ", closes_on=date(2099, 9, 12), reason=REASON
        ).title
        == "แก้ชื่อ"
    )
    with pytest.raises(DaysTaken) as refused:
        change_hearing(first, by=admin, closes_on=date(2099, 9, 20), reason=REASON)
    assert (refused.value.other, refused.value.field) == (third, "closes_on")


def test_key_follows_the_year_until_there_are_sessions_and_old_addresses_lead_on(
    desk, edition, admin
):
    made = create_hearing(
        by=admin, title="ครั้งแรก", opens_on=date(2098, 9, 1), closes_on=date(2099, 9, 1)
    )
    assert made.key == "2641"

    made = change_hearing(made, by=admin, opens_on=date(2099, 8, 1))

    assert made.key == "2642"
    for name in ("hearing", "hearing-edit"):
        assert "<h1>ครั้งแรก</h1>" in markup(desk.get(reverse(name, args=["2641"])))
    other = create_hearing(
        by=admin, title="ครั้งที่สอง", opens_on=date(2098, 9, 1), closes_on=date(2098, 9, 2)
    )
    assert other.key == "2641-2"
    factories.make_session(edition, hearing=made)
    assert change_hearing(made, by=admin, opens_on=date(2098, 10, 1)).key == "2642"


def test_hearing_in_which_somebody_spoke_becomes_no_rehearsal(comment, hearing, admin):
    with pytest.raises(HearingRefused, match="เปลี่ยนเป็นการซ้อม") as refused:
        change_hearing(hearing, by=admin, objection_days=0)
    assert refused.value.field == "objection_days"
    assert change_hearing(hearing, by=admin, objection_days=7).objection_days == 7


def test_each_is_changed_at_its_own_address(desk, first, second):
    given = {
        "title": "ครั้งแรก (แก้ไข)",
        "opens_on": "20/09/2565",
        "closes_on": "22/09/2565",
        "moderation": "held",
        "objection_days": "14",
    }
    desk.post(reverse("hearing-edit", args=[first.key]), given)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, second.title) == ("ครั้งแรก (แก้ไข)", "ครั้งที่สอง")
    assert desk.get(reverse("hearing-edit", args=["2599"])).status_code == 404


def test_session_is_set_up_for_the_hearing_whose_desk_one_came_from(
    desk, first, second, edition, admin
):
    given = {"kind": "plenary", "edition": edition.code}
    with without_triggers():
        Hearing.objects.filter(pk=first.pk).update(closes_on=TOMORROW)
    desk.post(f"{reverse('session-new')}?hearing={first.key}", given)
    assert first.sessions.count() == 1
    later = factories.make_edition("ROUND-2", by=admin)
    desk.post(reverse("session-new"), {**given, "edition": later.code})
    assert second.sessions.count() == 1
    assert desk.post(f"{reverse('session-new')}?hearing=2599", given).status_code == 404


# -- what was said in the first while the second runs


@pytest.fixture
def two(hearing, session, comment, drafter, dir_group, admin, process):
    """The hearing of `session` and `comment` has ended; another runs on a later edition, with a comment of its own."""
    earlier = hearing
    with without_triggers():
        Hearing.objects.filter(pk=earlier.pk).update(closes_on=date(2022, 9, 22))
    factories.make_clause(process, "ข้อที่เพิ่มภายหลัง")
    later = factories.make_edition("ROUND-2", by=admin)
    running = factories.make_hearing(
        key="2569", title="ครั้งที่สอง", opens_on=date(2023, 1, 1)
    )
    stage = factories.open_session(
        factories.make_session(later, dir_group, hearing=running)
    )
    entry = later.entries.get(clause=comment.entry.clause)
    said = factories.make_comment(
        stage, entry, comment.author, text="ความคิดเห็นในครั้งที่สอง"
    )
    return earlier, running, said


def test_desk_shows_each_hearing_by_itself_and_offers_the_other(
    sign_in, drafter, two, comment
):
    _, _, said = two
    client = sign_in(drafter)
    url = reverse("group-queue", args=["DIR"])

    now = client.get(url).content.decode()
    assert (f"row-{said.uuid}" in now, f"row-{comment.uuid}" in now) == (True, False)
    assert "?hearing=2565" in now
    earlier = client.get(f"{url}?hearing=2565").content.decode()
    assert (f"row-{said.uuid}" in earlier, f"row-{comment.uuid}" in earlier) == (
        False,
        True,
    )
    assert client.get(f"{url}?hearing=9999").status_code == 404


def test_chosen_comment_brings_its_own_hearing(sign_in, drafter, two, comment):
    page = (
        sign_in(drafter)
        .get(f"{reverse('group-queue', args=['DIR'])}?comment={comment.uuid}")
        .content.decode()
    )
    assert f"row-{comment.uuid}" in page
    assert 'name="hearing" value="2565"' in page


def test_one_hearing_offers_no_choice(sign_in, drafter, delegate, comment):
    assert (
        "เลือกประชาพิจารณ์"
        not in sign_in(drafter)
        .get(reverse("group-queue", args=["DIR"]))
        .content.decode()
    )
    for name in ("my-comments", "office-comments"):
        assert (
            "เลือกประชาพิจารณ์"
            not in sign_in(delegate).get(reverse(name)).content.decode()
        )


def test_answers_of_the_first_are_published_and_objected_to_while_the_second_runs(
    sign_in, drafter, delegate, two, comment
):
    earlier, _, said = two
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    client = sign_in(drafter)
    url = reverse("group-answers", args=["DIR"])
    assert (
        'name="hearing" value="2565"'
        in client.get(f"{url}?hearing=2565").content.decode()
    )

    response = client.post(url, {"hearing": "2565", **KNOWINGLY})

    assert (response.status_code, response["Location"]) == (303, f"{url}?hearing=2565")
    publication = AnswerPublication.objects.get()
    assert publication.hearing == earlier
    objected = sign_in(delegate).post(
        reverse("comment-objection", args=[comment.uuid]),
        {"text": "ช้าเกินไป", "is_confirmed": "1"},
    )
    assert objected.status_code == 303
    assert Objection.objects.get().comment == comment
    assert not said.answers.exists()
    # The second has nothing decided yet: its own post is refused
    assert client.post(url, {"hearing": "2569"}).status_code == 409


def test_publishing_names_its_hearing_also_when_another_has_become_the_current_one(
    sign_in, drafter, two, comment
):
    decide_comments([two[2]], Ruling("deferred", REASON), by=drafter)
    client = sign_in(drafter)
    client.post(
        reverse("group-answers", args=["DIR"]), {"hearing": "2569", **KNOWINGLY}
    )
    assert AnswerPublication.objects.get().hearing == two[1]


def test_own_and_office_comments_tell_of_all_hearings_or_of_one(
    sign_in, delegate, two, comment
):
    client = sign_in(delegate)
    for name in ("my-comments", "office-comments"):
        page = client.get(reverse(name)).content.decode()
        assert (two[2].text in page, comment.text in page) == (True, True)
        assert "ทุกครั้ง" in page
        page = client.get(f"{reverse(name)}?hearing=2565").content.decode()
        assert (two[2].text in page, comment.text in page) == (False, True)


def test_group_comments_are_those_of_the_chosen_hearing(
    sign_in, delegate, two, comment
):
    client = sign_in(delegate)
    url = reverse("group-comments", args=["DIR"])
    page = client.get(url).content.decode()
    assert (two[2].text in page, comment.text in page) == (True, False)
    page = client.get(f"{url}?hearing=2565").content.decode()
    assert (two[2].text in page, comment.text in page) == (False, True)


def test_comment_of_the_first_is_read_in_its_own_edition_and_says_why_it_is_closed(
    sign_in, delegate, two, comment
):
    page = (
        sign_in(delegate).get(reverse("comment", args=[comment.uuid])).content.decode()
    )
    assert f"/editions/{comment.entry.edition.code}/sections/" in page
    assert "การประชาพิจารณ์สิ้นสุดแล้วเมื่อ 22\u00a0กันยายน\u00a02565" in page


def test_nothing_of_the_first_is_counted_in_the_second(two, comment):
    earlier, running, said = two
    group = comment.entry.manual.work_group
    assert count_answers(running, group).total == 1
    assert count_answers(earlier, group).total == 1
    assert tally_offices_by_entry([said.entry_id])[said.entry_id].comments == 1
    assert count_participation(said.entry.edition_id)[group.pk].comments == 1


def test_desk_costs_the_same_for_two_and_four_hearings(
    sign_in, drafter, session, comment, assert_same_queries
):
    client = sign_in(drafter)
    url = f"{reverse('group-queue', args=['DIR'])}?hearing=2565"

    factories.make_hearing(
        opens_on=date(2022, 12, 1)
    )  # of several that run it is asked which have an open session

    def add_two() -> None:
        factories.make_hearing(opens_on=date(2023, 1, 1))
        factories.make_hearing(opens_on=date(2024, 1, 1))

    assert_same_queries(33, lambda: client.get(url), add_two)


def test_first_is_read_at_its_own_addresses_and_links_stay_in_it(
    sign_in, delegate, two, process
):
    client = sign_in(delegate)
    group = client.get(
        f"{reverse('group', args=['DIR'])}?hearing=2565"
    ).content.decode()
    page = f"{reverse('process', args=['DIR', process.uuid])}?hearing=2565"
    assert f'href="{page}"' in group
    first = client.get(page).content.decode()
    assert "ข้อที่เพิ่มภายหลัง" not in first
    assert f'href="{reverse("group", args=["DIR"])}?hearing=2565"' in first
    assert (
        "ข้อที่เพิ่มภายหลัง"
        in client.get(reverse("process", args=["DIR", process.uuid])).content.decode()
    )
    assert (
        client.get(f"{reverse('group', args=['DIR'])}?hearing=2599").status_code == 404
    )


def test_one_speaks_in_the_hearing_of_the_edition_while_two_run(
    sign_in, delegate, two, session, comment
):
    with without_triggers():
        Hearing.objects.filter(pk=two[0].pk).update(closes_on=date(2099, 1, 1))
    given = {
        "client_key": str(uuid.uuid4()),
        "type": "ask",
        "text": "ขอทราบกำหนดเวลาของขั้นตอนนี้",
    }

    response = sign_in(delegate).post(
        reverse("entry-comments", args=[comment.entry_id]), given
    )

    assert response.status_code == 303
    assert Comment.objects.latest("pk").session == session


def test_open_session_of_an_overlapping_hearing_is_where_its_delegates_come(
    sign_in, delegate, stranger, two, session
):
    """The later hearing has an open session too, but of another group: each delegate comes to their own."""
    earlier, running, said = two
    with without_triggers():
        Hearing.objects.filter(pk=earlier.pk).update(closes_on=date(2099, 1, 1))
    with without_triggers():
        HearingSession.objects.filter(pk=said.session_id).update(
            work_group=stranger.roles.get().work_group
        )
    client = sign_in(delegate)

    home = client.get("/")
    assert home.context["hearing"] == running
    [row] = [row for row in home.context["rows"] if row.group.key == "DIR"]
    assert row.state.is_open
    page = client.get(reverse("group", args=["DIR"]))
    reading = page.context["reading"]
    assert (reading.group_sessions.session, reading.edition) == (
        session,
        session.edition,
    )
    assert "?hearing=2565" in page.content.decode()


def test_hearing_whose_sessions_are_open_is_the_current_one(
    sign_in, delegate, session, admin
):
    factories.make_hearing(title="ครั้งที่สอง", opens_on=date(2023, 1, 1))
    assert sign_in(delegate).get("/").context["hearing"] == session.hearing
