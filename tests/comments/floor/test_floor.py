"""Asking for the floor, giving it, and the page everybody follows the line on."""

import pytest
from django.db import transaction
from django.urls import reverse

from comments.floor.queries import load_line
from comments.floor.refusals import FloorRefused
from comments.floor.services import (
    ask_for_floor,
    end_request,
    give_floor,
    move_request,
    write_down_request,
)
from comments.hearings.refusals import SessionClosed
from comments.hearings.services.session_states import close_session, discuss_entry
from comments.models import SpeakerRequest
from hearing_portal.acts.models import Act
from tests import factories

pytestmark = pytest.mark.django_db


def offices_in_line(session) -> list[str]:
    return [place.request.office.short_name for place in load_line(session).places]


def test_a_delegate_is_heard(
    session, entry, delegate, secondary_delegate, facilitator, lampang, chonburi
) -> None:
    discuss_entry(session, entry, by=facilitator)
    first = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    again = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    assert (first, first.entry, first.office_kind) == (again, entry, "primary")
    with pytest.raises(FloorRefused):
        ask_for_floor(session, subject="procedure", office=lampang, by=delegate)
    ask_for_floor(session, subject="clause", office=chonburi, by=secondary_delegate)

    given = give_floor(first, minutes=3, by=facilitator)
    assert (load_line(session).speaking, given.minutes) == (first, 3)
    # Who is called while another speaks follows them: there is one speaker
    second = load_line(session).places[0].request
    give_floor(second, minutes=5, by=facilitator)
    line = load_line(session)
    assert (line.speaking, line.speeches, line.places) == (second, [first], [])
    end_request(second, by=facilitator)
    # Both offices spoke once; a hand in the room is written down, behind who never spoke
    write_down_request(session, subject="clause", office=lampang, by=facilitator)
    third = factories.make_office("สพม.ตาก", kind="secondary")
    write_down_request(session, subject="clause", office=third, by=facilitator)
    assert offices_in_line(session) == ["สพม.ตาก", lampang.short_name]
    with pytest.raises(FloorRefused):
        write_down_request(session, subject="clause", office=third, by=facilitator)


def test_line_is_changed_with_a_reason_and_left(
    session, delegate, secondary_delegate, facilitator, lampang, chonburi
) -> None:
    first = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    second = ask_for_floor(
        session, subject="clause", office=chonburi, by=secondary_delegate
    )
    move_request(second, before=first, reason="ต้องเดินทางกลับ", by=facilitator)
    assert offices_in_line(session) == [chonburi.short_name, lampang.short_name]
    assert Act.objects.get(code="speaker-moved").reason == "ต้องเดินทางกลับ"
    with pytest.raises(FloorRefused), transaction.atomic():
        move_request(second, before=second, reason="x", by=facilitator)

    assert end_request(first, by=delegate).ending == "withdrawn"
    assert end_request(second, by=facilitator).ending == "passed"
    assert end_request(first, by=facilitator).ending == "withdrawn"
    with pytest.raises(FloorRefused):
        give_floor(first, minutes=3, by=facilitator)
    close_session(session, by=facilitator)
    with pytest.raises(SessionClosed):
        ask_for_floor(session, subject="clause", office=lampang, by=delegate)


@pytest.mark.django_db(transaction=True)
def test_two_requests_and_two_calls_at_once_make_one(
    together, session, delegate, secondary_delegate, facilitator, lampang, chonburi
) -> None:
    asked = [
        together(
            lambda: ask_for_floor(
                session, subject="clause", office=lampang, by=delegate
            )
        )
        for _ in range(2)
    ]
    assert len({future.result(30).pk for future in asked}) == 1
    other = ask_for_floor(
        session, subject="clause", office=chonburi, by=secondary_delegate
    )
    called = [
        together(lambda request=request: give_floor(request, minutes=3, by=facilitator))
        for request in (asked[0].result(), other)
    ]
    for future in called:
        future.result(30)
    states = SpeakerRequest.objects.order_by("ending").values_list("ending", flat=True)
    assert list(states) == ["", "spoken"]


def test_page_shows_the_line_without_names_and_its_owner_their_place(
    sign_in, session, delegate, secondary_delegate, facilitator, admin, lampang
) -> None:
    url = reverse("floor", args=[session.pk])
    browser = sign_in(delegate)
    page = browser.get(url).content.decode()
    assert reverse("floor-requests", args=[session.pk]) in page
    wrong = browser.post(reverse("floor-requests", args=[session.pk]), {})
    assert (wrong.status_code, "โปรดเลือกว่าขอพูดเรื่องใด" in wrong.content.decode()) == (
        *(422, True),
    )
    sent = browser.post(
        reverse("floor-requests", args=[session.pk]), {"subject": "clause"}, follow=True
    )
    page = sent.content.decode()
    assert "ท่านอยู่ลำดับที่ 1" in page
    assert "ยังไม่ได้พูดในเวทีนี้" in page
    name = delegate.get_full_name()
    shown_to = {
        person: name in sign_in(person).get(url).content.decode()
        for person in (secondary_delegate, admin, facilitator)
    }
    assert list(shown_to.values()) == [False, False, True]

    # The facilitator gives the floor; a moment later the time is not over
    desk = sign_in(facilitator)
    request = SpeakerRequest.objects.get()
    desk.post(
        reverse("floor-speaker", args=[session.pk]),
        {"request": request.pk, "minutes": 5},
    )
    page = desk.get(url).content.decode()
    assert "ให้เวลา 5 นาที" in page
    assert "ครบเวลาแล้ว" not in page


def test_form_for_what_is_said_opens_filled_in(
    sign_in, session, entry, delegate, facilitator, lampang
) -> None:
    discuss_entry(session, entry, by=facilitator)
    request = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    give_floor(request, minutes=3, by=facilitator)
    discuss_entry(session, None, by=facilitator)  # the room has gone on meanwhile
    page = (
        sign_in(facilitator)
        .get(reverse("session-speakers", args=[session.pk]), {"floor": request.pk})
        .content.decode()
    )
    assert f'value="{lampang.short_name}" selected' in page
    assert f'value="{delegate.username}" selected' in page


def test_moving_on_the_page_asks_for_a_reason(
    sign_in, session, delegate, secondary_delegate, facilitator, lampang, chonburi
) -> None:
    first = ask_for_floor(session, subject="clause", office=lampang, by=delegate)
    second = ask_for_floor(
        session, subject="clause", office=chonburi, by=secondary_delegate
    )
    url = reverse("floor-moves", args=[session.pk])
    sent = {"move-request": second.pk, "move-before": first.pk}
    desk = sign_in(facilitator)
    refused = desk.post(url, sent)
    assert refused.status_code == 422
    assert "โปรดระบุเหตุผลที่เปลี่ยนลำดับ" in refused.content.decode()
    page = desk.post(url, {**sent, "move-reason": "ต้องเดินทางกลับ"}, follow=True)
    assert "ผู้ดำเนินเวทีจัดลำดับ เหตุผล: ต้องเดินทางกลับ" in page.content.decode()


def test_line_costs_the_same_queries_for_one_as_for_three(
    assert_same_queries, sign_in, session, facilitator, lampang
) -> None:
    write_down_request(session, subject="clause", office=lampang, by=facilitator)
    spoken = factories.make_office("สพป.ตาก เขต 1")
    end_request(
        give_floor(
            write_down_request(
                session, subject="clause", office=spoken, by=facilitator
            ),
            minutes=3,
            by=facilitator,
        ),
        by=facilitator,
    )

    def add_two() -> None:
        for number in (2, 3):
            office = factories.make_office(f"สพป.ตาก เขต {number}")
            made = write_down_request(
                session, subject="clause", office=office, by=facilitator
            )
            move_request(made, before=None, reason="x", by=facilitator)

    desk = sign_in(facilitator)
    url = reverse("floor", args=[session.pk])
    assert_same_queries(9, lambda: desk.get(url), add_two)
