"""The form for speakers finds an office and a person by part of a name."""

import html
import re
import uuid as uuids

import pytest
from django.urls import reverse

from comments.models import Comment, HearingSession, SpeakerRequest
from tests import factories


@pytest.fixture
def room(hearing, edition, dir_group, facilitator) -> HearingSession:
    made = factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    return factories.open_session(made, by=facilitator)


@pytest.fixture
def url(room, entry) -> str:
    return f"{reverse('session-speakers', args=[room.pk])}?entry={entry.pk}"


@pytest.fixture
def cast(delegate, office_head, secondary_delegate, stranger) -> None:
    """Two offices with people of this group; another group's delegate, who may not speak here."""


@pytest.fixture
def desk(sign_in, facilitator):
    """The facilitator's browser."""
    return sign_in(facilitator)


def options(response, name: str) -> dict[str, str]:
    """{value: words} of a select, without the empty one."""
    select = (
        response.content.decode()
        .partition(f'<select name="{name}"')[2]
        .partition("</select>")[0]
    )
    found = re.findall(
        r'<option value="([^"]*)"[^>]*>(.*?)</option>', select, re.DOTALL
    )
    return {value: html.unescape(words).strip() for value, words in found if value}


def chosen(response, name: str) -> str:
    select = (
        response.content.decode()
        .partition(f'<select name="{name}"')[2]
        .partition("</select>")[0]
    )
    found = re.search(r'<option value="([^"]*)" selected', select)
    return found[1] if found else ""


def look(desk, url: str, entry, who: str, **typed: str):
    return desk.post(
        url,
        {
            "look": "1",
            "entry": entry.pk,
            "client_key": str(uuids.uuid4()),
            "who": who,
            **typed,
        },
    )


def test_everybody_who_may_speak_is_offered(
    desk, url, cast, delegate, office_head, secondary_delegate, lampang, chonburi
):
    response = desk.get(url)

    assert {lampang.short_name, chonburi.short_name} <= set(options(response, "office"))
    assert options(response, "speaker") == {
        person.username: f"{person.get_full_name()} ({office.short_name})"
        for person, office in (
            (delegate, lampang),
            (office_head, lampang),
            (secondary_delegate, chonburi),
        )
    }


def test_office_is_found_by_part_of_its_name(
    desk, url, entry, cast, lampang, delegate, office_head
):
    response = look(desk, url, entry, "ลำปาง 1")

    assert list(options(response, "office")) == [lampang.short_name]
    assert chosen(response, "office") == lampang.short_name  # the only one
    assert set(options(response, "speaker")) == {
        delegate.username,
        office_head.username,
    }


@pytest.mark.parametrize("who", ["สมศรี", "ลำปาง สมศรี", "somsri", "ศรี ๑"])
def test_person_is_found_by_part_of_a_name_and_brings_the_office(
    desk, url, entry, cast, lampang, delegate, who
):
    assert delegate.given_name == "สมศรี"
    response = look(desk, url, entry, who)

    assert list(options(response, "speaker")) == [delegate.username]
    assert list(options(response, "office")) == [lampang.short_name]


def test_looking_stores_nothing_and_keeps_what_was_typed(desk, url, entry, cast):
    response = look(
        desk, url, entry, "ลำปาง", text="ขอให้ระบุเวลา", type="ask", channel="paper"
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "ขอให้ระบุเวลา" in page
    assert 'value="ลำปาง"' in page
    assert 'aria-invalid="true"' not in page
    assert Comment.objects.count() == 0


def test_nobody_found_offers_all_and_says_so(desk, url, entry, cast, lampang, chonburi):
    response = look(desk, url, entry, "ไม่มีผู้นี้")

    assert {lampang.short_name, chonburi.short_name} <= set(options(response, "office"))
    assert "ไม่พบ สพท. หรือผู้แทนตามที่พิมพ์" in response.content.decode()


def test_office_chosen_before_stays_while_others_are_looked_for(
    desk, url, entry, cast, lampang, chonburi
):
    response = look(desk, url, entry, chonburi.short_name, office=lampang.short_name)

    assert chosen(response, "office") == lampang.short_name
    assert set(options(response, "office")) == {lampang.short_name, chonburi.short_name}


def test_refused_form_offers_no_office_that_does_not_exist(desk, url, entry, cast):
    response = desk.post(
        url, {"entry": entry.pk, "office": "สพป.ไม่มีจริง", "text": "ข้อความ"}
    )

    assert response.status_code == 422
    assert "สพป.ไม่มีจริง" not in options(response, "office")


def test_form_costs_the_same_for_one_person_and_three(
    desk, url, dir_group, delegate, assert_same_queries
):
    def add_two() -> None:
        for number in (2, 3):
            office = factories.make_office(f"สพป.ลำปาง เขต {number}")
            factories.make_delegate(dir_group, office)

    assert_same_queries(13, lambda: desk.get(url), add_two)


def test_experts_words_are_taken_from_the_line_of_speakers(
    desk, room, entry, expert, facilitator
):
    speech = SpeakerRequest.objects.create(
        session=room, person=expert, entry=entry, subject="clause", asked_by=expert
    )
    url = f"{reverse('session-speakers', args=[room.pk])}?floor={speech.pk}"

    form = desk.get(url)

    assert (chosen(form, "office"), chosen(form, "speaker")) == ("none", "suwit")
    assert "ผู้ทรงคุณวุฒิ" in options(form, "speaker")["suwit"]
    said = {
        "entry": entry.pk,
        "client_key": str(uuids.uuid4()),
        "office": "none",
        "channel": "room",
        "type": "ask",
        "text": "ระเบียบใดรองรับ",
    }
    refused = desk.post(url, said)
    assert refused.status_code == 422  # nobody is named, and no office either
    assert "โปรดเลือกชื่อผู้ทรงคุณวุฒิ" in refused.content.decode()
    assert desk.post(url, {**said, "speaker": "suwit"}).status_code == 303
    comment = Comment.objects.get()
    assert (comment.author, comment.recorded_by) == (expert, facilitator)
    assert (comment.role, comment.office, comment.channel) == ("expert", None, "room")


def test_experts_are_put_no_words_into_their_mouth_for_an_office(
    desk, url, entry, expert, lampang, cast
):
    said = {"entry": entry.pk, "channel": "room", "type": "ask", "text": "ข้อความ"}
    wrong = {**said, "office": lampang.short_name, "speaker": expert.username}

    assert desk.post(url, wrong).status_code == 422
    assert desk.post(url, {**said, "speaker": expert.username}).status_code == 422
    assert Comment.objects.count() == 0


def test_closed_session_tells_only_of_words_that_were_typed(
    desk, cast, room, url, entry, facilitator
):
    factories.make_session_state(room, "closed", by=facilitator)
    sent = {
        "client_key": uuids.uuid4(),
        "office": "สพป.ลำปาง เขต 1",
        "channel": "room",
        "entry": entry.pk,
    }

    opened = desk.get(url)
    agreed = desk.post(url, {**sent, "type": "agree"})
    asked = desk.post(url, {**sent, "type": "ask", "text": "ขอทราบเหตุผล"})

    assert [page.status_code for page in (opened, agreed, asked)] == [200, 409, 409]
    assert ["ยังอยู่ครบ" in page.content.decode() for page in (opened, agreed, asked)] == [
        False,
        False,
        True,
    ]


def test_title_of_a_process_stands_once(desk, room, edition, process):
    entry = factories.entry_of(edition, process)
    url = f"{reverse('session-speakers', args=[room.pk])}?entry={entry.pk}"

    page = desk.get(url).content.decode()

    head = page.partition('class="page-head__meta"')[2].partition("</p>")[0]
    assert head.count(entry.title) == 1
