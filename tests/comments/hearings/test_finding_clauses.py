"""The page of a session finds a clause by what is typed; the form for speakers does so too."""

import html
import re

import pytest
from django.urls import reverse

from comments.models import Discussion, HearingSession
from manuals.models import EditionEntry
from manuals.searching.services import index_edition
from tests import factories
from tests.markup import markup


@pytest.fixture
def indexed(edition):
    index_edition(edition)
    return edition


@pytest.fixture
def room(hearing, indexed, dir_group, facilitator) -> HearingSession:
    made = factories.make_session(
        indexed, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )
    return factories.open_session(made, by=facilitator)


@pytest.fixture
def desk(sign_in, facilitator):
    """The facilitator's browser."""
    return sign_in(facilitator)


def offered(response) -> list[int]:
    """The entries that can be put under discussion, in their order."""
    agenda = (
        response.content.decode().partition('id="agenda"')[2].partition("</section>")[0]
    )
    return [int(pk) for pk in re.findall(r'name="entry"\s+value="(\d+)"', agenda)]


def words_of(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup(response))).split())


def at(edition, process, *cites: str) -> list[int]:
    return [
        factories.entry_of(edition, factories.clause_at(process, cite)).pk
        for cite in cites
    ]


@pytest.mark.parametrize("typed", ["5.2", "ข้อ ๕.๒", "ตรวจสอบความครบถ้วน", "๕.๒ ครบถ้วน"])
def test_clause_is_found_by_its_number_or_its_words(
    desk, room, edition, process, typed
):
    response = desk.get(reverse("session", args=[room.pk]), {"find": typed})

    assert offered(response)[0] == at(edition, process, "5.2")[0]
    assert "การรับหนังสือราชการ" in words_of(response)
    assert f'value="{typed}"' in response.content.decode()


def test_misspelt_words_find_what_was_meant(desk, room, edition, process):
    response = desk.get(
        reverse("session", args=[room.pk]), {"find": "ตรวดสอบความครบถ้วน"}
    )

    assert offered(response)[0] == at(edition, process, "5.2")[0]
    assert "ท่านหมายถึง ตรวจสอบความครบถ้วน" in words_of(response)


def test_process_is_found_by_its_title(desk, room, edition):
    response = desk.get(
        reverse("session", args=[room.pk]), {"find": "การรับหนังสือราชการ"}
    )

    assert (
        offered(response)[0]
        == edition.entries.get(kind="section", title="การรับหนังสือราชการ").pk
    )


def test_only_the_group_and_the_edition_of_the_session_are_looked_through(
    desk, room, process, fin_group, admin, hearing
):
    factories.make_process(factories.make_manual(fin_group), by=admin)
    factories.make_clause(process, "ลงทะเบียนหนังสือที่เพิ่มภายหลัง")
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    both = factories.make_session(later, hearing=hearing, kind="plenary")

    near = offered(
        desk.get(
            reverse("session", args=[room.pk]), {"find": "ลงทะเบียนหนังสือที่เพิ่มภายหลัง"}
        )
    )
    assert set(
        EditionEntry.objects.filter(pk__in=near).values_list("edition", flat=True)
    ) == {room.edition_id}
    in_later = factories.make_session(
        later, process.manual.work_group, hearing=hearing, kind="room"
    )
    assert (
        len(offered(desk.get(reverse("session", args=[in_later.pk]), {"find": "5.2"})))
        == 1
    )
    desk.force_login(admin)
    assert (
        len(offered(desk.get(reverse("session", args=[both.pk]), {"find": "5.2"}))) == 2
    )


def test_nothing_found_says_what_to_try_and_leads_back(desk, room):
    response = desk.get(reverse("session", args=[room.pk]), {"find": "ฮฮฮฮ"})

    assert offered(response) == []
    assert "ไม่พบ “ฮฮฮฮ”" in words_of(response)
    assert "ลองใช้คำสั้นลง หรือพิมพ์เลขข้อ" in words_of(response)
    assert (
        f'<a href="{reverse("session", args=[room.pk])}">แสดงทั้งกระบวนงาน</a>'
        in response.content.decode()
    )


@pytest.mark.parametrize(
    "typed", ["%", "'", "\\", "<script>alert(1)</script>", "ก" * 3000, "\u200b", " "]
)
def test_anything_can_be_typed(desk, room, typed):
    for name in ("session", "session-speakers"):
        response = desk.get(reverse(name, args=[room.pk]), {"find": typed})
        assert response.status_code == 200
        assert "<script>alert(1)" not in response.content.decode()


def test_found_clause_is_put_under_discussion_and_the_search_stays(
    desk, room, edition, process
):
    [pk] = at(edition, process, "5.2")
    url = reverse("session", args=[room.pk])
    page = desk.get(url, {"find": "5.2"}).content.decode()
    back = html.unescape(re.search(r'name="next" value="([^"]+\?find=[^"]+)"', page)[1])

    response = desk.post(
        reverse("session-discussion", args=[room.pk]), {"entry": pk, "next": back}
    )

    assert (response.status_code, response["Location"]) == (303, f"{url}?find=5.2")
    assert Discussion.objects.get().entry_id == pk


def test_found_clauses_are_offered_to_the_speakers_form(desk, room, edition, process):
    response = desk.get(reverse("session-speakers", args=[room.pk]), {"find": "5.2"})

    select = (
        response.content.decode().partition('id="entry"')[2].partition("</select>")[0]
    )
    assert [int(pk) for pk in re.findall(r'value="(\d+)"', select)] == at(
        edition, process, "5.2"
    )
    assert "การรับหนังสือราชการ" in select
    assert "เลือกข้อ</button>" in response.content.decode()
    [chosen] = at(edition, process, "5.2")
    url = reverse("session-speakers", args=[room.pk])
    assert "เปลี่ยนข้อ</button>" in desk.get(url, {"entry": chosen}).content.decode()


def test_looking_for_a_clause_costs_the_same_for_one_and_three(
    desk, room, hearing, process, dir_group, admin, assert_same_queries
):
    session = room

    def look() -> object:
        return desk.get(reverse("session", args=[session.pk]), {"find": "5.2"})

    def add_two() -> None:
        nonlocal session
        for title in ("การส่งหนังสือราชการ", "การจัดทำหนังสือราชการ"):
            text = factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", title)
            factories.make_process(process.manual, text, by=admin)
        later = factories.make_edition("LATER", by=admin)
        index_edition(later)
        later_room = factories.make_session(
            later, dir_group, hearing=hearing, kind="room"
        )
        session = factories.open_session(later_room, by=admin)
        assert len(offered(look())) == 3

    assert_same_queries(15, look, add_two)


def test_processes_are_numbered_as_in_the_book(desk, room, edition, process, dir_group):
    numbered = f"{dir_group.order}.1 {process.title}"
    for page in ("session", "session-speakers"):
        assert numbered in words_of(desk.get(reverse(page, args=[room.pk])))
    assert numbered in words_of(
        desk.get(reverse("edition-manual", args=[edition.code, "DIR"]))
    )
