"""Cards that bring people in, and who is present in a session."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from comments.arrivals.queries import OfficeNumbers, count_present_offices
from comments.arrivals.refusals import ArrivalRefused, CardRefused
from comments.arrivals.services import (
    issue_cards,
    recall_card,
    record_arrival,
    record_leaving,
    require_usable,
    use_card,
)
from comments.models import Attendance, CardUse, InvitationCard
from comments.papers.values.people import register_values
from hearing_portal.acts.models import Act
from hearing_portal.directory.models import SignInAttempt
from hearing_portal.directory.sign_in.limits import MOST_PER_PERSON
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(hearing, edition, dir_group, facilitator):
    made = factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    return factories.open_session(made, by=facilitator)


@pytest.fixture
def card(hearing, delegate, admin):
    [made] = issue_cards(hearing, [delegate], most_uses=1, by=admin)
    return made


def address(made) -> str:
    return reverse("card", args=[made.secret])


def is_signed_in(browser: Client) -> bool:
    return browser.get(reverse("account")).status_code == 200


def test_looking_at_a_card_signs_nobody_in_and_its_button_does(card, delegate) -> None:
    phone = Client()
    for method in (phone.get, phone.head):
        seen = method(address(card))
        assert (seen.status_code, seen["Cache-Control"]) == (200, "no-store, private")
    assert not is_signed_in(phone)
    page = phone.get(address(card)).content.decode()
    assert delegate.family_name not in page
    assert not CardUse.objects.exists()

    assert phone.post(address(card)).status_code == 303
    assert is_signed_in(phone)
    assert phone.session.get_expiry_age() <= 14 * 24 * 3600
    # The same phone opens it again; another one does not: the card was for one
    assert phone.post(address(card)).status_code == 303
    other = Client()
    refused = other.post(address(card))
    assert (refused.status_code, is_signed_in(other)) == (409, False)
    assert "ใช้ครบจำนวนครั้งแล้ว" in refused.content.decode()
    assert card.secret not in str(InvitationCard.objects.values())


def test_card_called_back_ends_what_it_began(
    card, hearing, delegate, admin, sign_in
) -> None:
    phone = Client()
    phone.post(address(card))
    page = sign_in(admin).get(reverse("cards", args=[hearing.key])).content.decode()
    assert "1 จาก 1 เครื่อง" in page
    cards_with = partial(sign_in(admin).get, reverse("cards", args=[hearing.key]))
    assert "1 จาก 1 เครื่อง" in cards_with({"find": "สมศรีใจ ดี"}).content.decode()
    assert "1 จาก 1 เครื่อง" not in cards_with({"find": "มานะ"}).content.decode()
    recalled = sign_in(admin).post(reverse("card-recall", args=[card.card.uuid]))
    assert recalled.status_code == 303
    assert not is_signed_in(phone)
    assert Client().post(address(card)).status_code == 410
    assert Act.objects.filter(code="card-recalled").count() == 1
    # With the password the person is as welcome as before, and a new card is another one
    own = sign_in(delegate)
    assert is_signed_in(own)
    [again] = issue_cards(hearing, [delegate], most_uses=None, by=admin)
    [third] = issue_cards(hearing, [delegate], most_uses=None, by=admin)
    assert Client().post(address(again)).status_code == 410
    for _ in range(3):
        assert Client().post(address(third)).status_code == 303


def test_card_is_for_its_days_and_for_no_desk(
    hearing, delegate, facilitator, admin, card
) -> None:
    made = issue_cards(hearing, [delegate, facilitator, admin], most_uses=1, by=admin)
    assert [each.card.person for each in made] == [delegate]
    [made] = made
    today = localdate()
    for first, last in ((1, 2), (-2, -1)):
        made.card.hearing.opens_on = today + timedelta(days=first)
        made.card.hearing.closes_on = today + timedelta(days=last)
        with pytest.raises(CardRefused):
            require_usable(made.card, today)
    # Whoever got a desk since then comes in by password
    factories.make_role(delegate, "admin")
    assert Client().post(address(made)).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_use_a_card_for_one_once(
    together, hearing, delegate, admin
) -> None:
    [made] = issue_cards(hearing, [delegate], most_uses=1, by=admin)

    def use() -> bool:
        try:
            use_card(made.card, localdate())
        except CardRefused:
            return False
        return True

    futures = [together(use), together(use)]
    assert sorted(future.result(30) for future in futures) == [False, True]
    recall_card(made.card, by=admin)
    with pytest.raises(CardRefused):
        use_card(made.card, localdate())


def test_guessing_cards_is_slowed_down_and_holds_up_no_card(card) -> None:
    wrong = reverse("card", args=["x" * 22])
    phone = Client()
    found = [phone.get(wrong).status_code for _ in range(MOST_PER_PERSON + 1)]
    assert found == [*[404] * MOST_PER_PERSON, 429]
    assert phone.get(address(card)).status_code == 200
    assert SignInAttempt.objects.count() == MOST_PER_PERSON


def test_arrival_is_counted_by_offices_and_stands_in_the_register(
    room, card, delegate, secondary_delegate, stranger, facilitator, lampang, dir_group
) -> None:
    mate = factories.make_delegate(dir_group, lampang, username="mate")
    phone = Client()
    page = phone.get(address(card)).content.decode()
    assert f'value="{room.pk}" selected' in page
    to = phone.post(address(card), {"session": room.pk})
    assert to["Location"] == reverse("floor", args=[room.pk])
    record_arrival(room, mate, method="hand", by=facilitator)
    record_arrival(room, mate, method="hand", by=facilitator)
    assert count_present_offices(room) == OfficeNumbers(1, 0)
    record_arrival(room, secondary_delegate, method="hand", by=facilitator)
    record_leaving(room, secondary_delegate, by=facilitator)
    record_leaving(room, mate, by=facilitator)
    assert count_present_offices(room) == OfficeNumbers(1, 0)
    with pytest.raises(ArrivalRefused), transaction.atomic():
        record_arrival(room, stranger, method="hand", by=facilitator)
    states = Attendance.objects.order_by("pk").values_list("method", "state")
    assert list(states) == [
        ("card", "arrived"),
        ("hand", "arrived"),
        ("hand", "arrived"),
        ("hand", "left"),
        ("hand", "left"),
    ]
    values = register_values(room.hearing)
    assert (values["present"], values["present_offices"]) == ("3", "2")
    arrived = {row["name"]: row["arrived"] for row in values["rows"]}
    assert re.search(r"\d\d\.\d\d", arrived[delegate.get_full_name()])
    assert arrived[stranger.get_full_name()] == ""


def test_desk_records_by_hand_and_by_scanning(
    sign_in, room, card, delegate, secondary_delegate, facilitator
) -> None:
    desk = sign_in(facilitator)
    url = reverse("attendance", args=[room.pk])
    page = desk.get(url, {"find": "ชลบุรี"}).content.decode()
    assert secondary_delegate.get_full_name() in page
    assert delegate.get_full_name() not in page
    desk.post(url, {"arrived": secondary_delegate.pk})
    # The desk scans the card of who has no phone: it is not the desk that is signed in by it
    seen = desk.get(address(card)).content.decode()
    assert delegate.get_full_name() in seen
    told = desk.post(address(card), {"session": room.pk})
    assert "บันทึกการมาถึง" in told.content.decode()
    assert not CardUse.objects.exists()
    page = desk.get(url).content.decode()
    assert page.count("มาแล้ว 1 จาก 1\xa0เขต") == 2
    desk.post(url, {"left": delegate.pk})
    assert count_present_offices(room) == OfficeNumbers(0, 1)


def test_lists_cost_the_same_queries_for_one_as_for_three(
    assert_same_queries, sign_in, room, card, hearing, lampang, dir_group, admin
) -> None:
    record_arrival(room, card.card.person, method="hand", by=admin)

    def add_two() -> None:
        for number in (2, 3):
            office = factories.make_office(f"สพป.ตาก เขต {number}")
            person = factories.make_delegate(dir_group, office)
            issue_cards(hearing, [person], most_uses=1, by=admin)
            record_arrival(room, person, method="hand", by=admin)

    desk = sign_in(admin)

    def look() -> None:
        desk.get(reverse("attendance", args=[room.pk]))
        desk.get(reverse("cards", args=[hearing.key]))

    assert_same_queries(15, look, add_two)
