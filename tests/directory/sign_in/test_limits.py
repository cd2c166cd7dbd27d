"""Guessing passwords slows down, and whoever guesses shuts nobody else out. Time passes by moving the stored rows."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.db.models import F
from django.test import Client
from django.utils import timezone

from hearing_portal.directory.models import SignInAttempt, User
from hearing_portal.directory.people.services import reset_password
from hearing_portal.directory.sign_in.devices import SALT
from hearing_portal.directory.sign_in.limits import (
    MOST_FROM_BUSY_ADDRESS,
    MOST_PER_ADDRESS,
    MOST_PER_PERSON,
    SignInPaused,
    Source,
    begin_attempt,
    forget_attempts,
)
from tests import factories

pytestmark = pytest.mark.django_db

HOME, GUESSER, HALL = "203.0.113.7", "198.51.100.66", "192.0.2.1"
RIGHT, PAUSED, WRONG = 303, 429, 422


@pytest.fixture
def somsri(dir_group, lampang) -> User:
    return factories.make_delegate(
        dir_group, lampang, username="somsri", password=factories.PASSWORD
    )


def attempt(
    address: str,
    username: str = "somsri",
    password: str = factories.PASSWORD,
    client: Client | None = None,
):
    client = client or Client()
    return client.post(
        "/sign-in/", {"username": username, "password": password}, REMOTE_ADDR=address
    )


def guess(
    address: str, times: int, username: str = "somsri", device: str = ""
) -> list[int]:
    """What each wrong password would be answered: the limit alone is asked, so that no password costs its hash."""
    return [_guess_once(Source(address, device), username) for _ in range(times)]


def _guess_once(source: Source, username: str) -> int:
    try:
        begin_attempt(username, source)
    except SignInPaused:
        return PAUSED
    return WRONG


def known_key(device: Client) -> str:
    return signing.loads(
        device.cookies[settings.KNOWN_DEVICE_COOKIE_NAME].value, salt=SALT
    )["key"]


def pass_time(minutes: float) -> None:
    SignInAttempt.objects.update(at=F("at") - timedelta(minutes=minutes))


# -- guessing slows down -----------------------------------------------------------------------------------


def test_sixth_password_from_one_address_waits_and_is_told_until_when(somsri):
    assert [
        attempt(GUESSER, password=f"เดา{number}").status_code for number in range(5)
    ] == [WRONG] * 5
    first = SignInAttempt.objects.earliest("at")

    response = attempt(GUESSER)

    assert response.status_code == PAUSED
    assert 290 < int(response["Retry-After"]) <= 300
    opens = timezone.localtime(first.at + timedelta(minutes=5)).replace(
        second=0, microsecond=0
    ) + timedelta(minutes=1)
    assert f"{opens:%H.%M}\u00a0น." in response.content.decode()


def test_right_password_is_not_checked_during_the_pause(somsri):
    guess(GUESSER, MOST_PER_PERSON)
    client = Client()

    assert attempt(GUESSER, client=client).status_code == PAUSED
    assert client.get("/account/").status_code == 302


def test_pause_ends_five_minutes_after_the_first_of_the_five(somsri):
    guess(GUESSER, 1)
    pass_time(4)
    guess(GUESSER, 4)
    assert attempt(GUESSER).status_code == PAUSED

    pass_time(1.1)

    assert attempt(GUESSER).status_code == RIGHT


def test_trying_during_the_pause_does_not_stretch_it(somsri):
    guess(GUESSER, MOST_PER_PERSON)
    for _ in range(4):
        pass_time(1)
        assert set(guess(GUESSER, 3)) == {PAUSED}
    assert SignInAttempt.objects.count() == MOST_PER_PERSON

    pass_time(1.1)

    assert attempt(GUESSER).status_code == RIGHT


def test_right_password_forgets_the_wrong_ones_before_it(somsri):
    guess(HOME, MOST_PER_PERSON - 1)
    assert attempt(HOME).status_code == RIGHT

    assert guess(HOME, MOST_PER_PERSON) == [WRONG] * MOST_PER_PERSON


def test_many_attempts_at_once_do_not_outrun_the_limit():
    """None of them has had its answer yet: each counts from its beginning."""
    begun = [begin_attempt("somsri", Source(GUESSER)) for _ in range(MOST_PER_PERSON)]

    with pytest.raises(SignInPaused):
        begin_attempt("somsri", Source(GUESSER))

    forget_attempts(begun[0])
    assert begin_attempt("somsri", Source(GUESSER))


def test_unknown_name_is_paused_like_a_known_one():
    assert guess(GUESSER, MOST_PER_PERSON + 1, "nobody-of-this-name")[-1] == PAUSED


def test_capitals_and_blanks_make_no_other_name(somsri):
    for username in ("somsri", "Somsri", "SOMSRI ", " somsri", "somSri"):
        begin_attempt(username, Source(GUESSER))

    with pytest.raises(SignInPaused):
        begin_attempt("somsri", Source(GUESSER))


def test_neighbours_of_one_ipv6_network_are_one_address():
    for number in range(MOST_PER_PERSON):
        begin_attempt("somsri", Source(f"2001:db8:1:1::{number}"))

    with pytest.raises(SignInPaused):
        begin_attempt("somsri", Source("2001:db8:1:1:ffff::1"))
    assert begin_attempt("somsri", Source("2001:db8:1:2::1"))


def test_ipv4_addresses_told_as_ipv6_are_different_ones():
    for number in range(MOST_PER_PERSON):
        begin_attempt("somsri", Source(f"::ffff:203.0.113.{number}"))

    assert begin_attempt("somsri", Source("203.0.113.0"))
    assert SignInAttempt.objects.values("address").distinct().count() == MOST_PER_PERSON


# -- and shuts nobody else out -----------------------------------------------------------------------------


def test_person_comes_in_from_another_address_while_somebody_guesses(somsri):
    guess(GUESSER, 20)

    assert attempt(HOME).status_code == RIGHT


def test_person_comes_in_at_a_known_device_from_the_address_of_the_guesser(somsri):
    device = Client()
    attempt(HALL, client=device)
    device.post("/sign-out/")
    guess(HALL, 20)
    assert attempt(HALL).status_code == PAUSED

    assert attempt(HALL, client=device).status_code == RIGHT


def test_known_device_comes_in_when_the_budget_of_its_address_is_spent(
    somsri, monkeypatch
):
    device = Client()
    attempt(HALL, client=device)
    device.post("/sign-out/")
    spend_budget(HALL)
    guess(HALL, MOST_FROM_BUSY_ADDRESS)
    assert attempt(HALL).status_code == PAUSED

    assert attempt(HALL, client=device).status_code == RIGHT


def test_guessing_at_a_known_device_is_limited_too_also_from_other_networks(somsri):
    device = Client()
    attempt(HALL, client=device)
    device.post("/sign-out/")

    assert attempt(HALL, password="เดา", client=device).status_code == WRONG
    key = known_key(device)
    assert guess(HALL, 2, device=key) + guess(HOME, 2, device=key) == [WRONG] * 4
    assert attempt(HALL, client=device).status_code == PAUSED
    assert attempt(HALL).status_code == RIGHT  # nobody guessed at another device


def test_device_is_known_for_its_own_people_only(somsri, dir_group, lampang):
    factories.make_delegate(
        dir_group, lampang, username="mana", password=factories.PASSWORD
    )
    device = Client()
    attempt(HALL, client=device)
    device.post("/sign-out/")
    guess(HALL, MOST_PER_PERSON, "mana")

    assert attempt(HALL, "mana", client=device).status_code == PAUSED


def test_device_knows_several_people(somsri, dir_group, lampang):
    factories.make_delegate(
        dir_group, lampang, username="mana", password=factories.PASSWORD
    )
    device = Client()
    for username in ("somsri", "mana"):
        attempt(HALL, username, client=device)
        device.post("/sign-out/")
        guess(HALL, MOST_PER_PERSON, username)

    assert [
        attempt(HALL, "somsri", client=device).status_code,
        device.post("/sign-out/").status_code,
    ] == [RIGHT, 303]
    assert attempt(HALL, "mana", client=device).status_code == RIGHT


def test_new_password_makes_the_device_unknown(somsri, admin):
    device = Client()
    attempt(HALL, client=device)
    device.post("/sign-out/")
    password = reset_password(somsri, by=admin)
    guess(HALL, MOST_PER_PERSON)

    assert attempt(HALL, "somsri", password, device).status_code == PAUSED


def test_device_stays_known_where_the_password_was_changed(somsri):
    device = Client()
    attempt(HALL, client=device)
    new = "ข้อเสนอดีดี-๒๕๖๕"
    form = {
        "old_password": factories.PASSWORD,
        "new_password1": new,
        "new_password2": new,
    }
    assert device.post("/account/password/", form).status_code == 303
    device.post("/sign-out/")
    guess(HALL, MOST_PER_PERSON)

    assert attempt(HALL, "somsri", new, device).status_code == RIGHT


def test_forged_device_is_unknown(somsri):
    device = Client()
    attempt(HALL, client=device)
    given = device.cookies[settings.KNOWN_DEVICE_COOKIE_NAME]
    device.post("/sign-out/")
    device.cookies[settings.KNOWN_DEVICE_COOKIE_NAME] = given.value[:-3] + "abc"
    guess(HALL, MOST_PER_PERSON)

    assert attempt(HALL, client=device).status_code == PAUSED


def test_cookie_of_the_device_is_out_of_reach_of_scripts_and_names_nobody(somsri):
    device = Client()
    attempt(HALL, client=device)
    cookie = device.cookies[settings.KNOWN_DEVICE_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) >= 300 * 24 * 3600
    assert "somsri" not in cookie.value
    assert somsri.password not in cookie.value


# -- the budget of an address ------------------------------------------------------------------------------


def spend_budget(address: str) -> None:
    """Somebody tried one password each for very many names."""
    one = begin_attempt("name-0", Source(address))
    many = [
        SignInAttempt(username=f"{number:064}", address=one.address, at=one.at)
        for number in range(MOST_PER_ADDRESS - 1)
    ]
    SignInAttempt.objects.bulk_create(many)


def test_guessing_many_names_from_one_address_slows_down(somsri):
    spend_budget(GUESSER)
    assert guess(GUESSER, 3) == [WRONG, WRONG, PAUSED]
    assert attempt(GUESSER).status_code == PAUSED
    assert attempt(HOME).status_code == RIGHT
    pass_time(5.1)
    assert attempt(GUESSER).status_code == RIGHT


def test_one_who_guesses_many_names_shuts_nobody_of_the_hall_out(somsri):
    spend_budget(HALL)
    assert attempt(HALL).status_code == RIGHT


def test_hall_that_signs_in_behind_one_address_does_not_spend_it(somsri):
    """A right password takes its attempt back, and a hundred wrong ones leave room."""
    for number in range(100):
        begin_attempt(f"delegate-{number}", Source(HALL))
    for number in range(MOST_PER_ADDRESS * 2):
        forget_attempts(begin_attempt(f"delegate-{number + 100}", Source(HALL)))

    assert attempt(HALL).status_code == RIGHT


# -- what is stored ----------------------------------------------------------------------------------------


def test_neither_names_nor_addresses_are_stored(somsri):
    guess(GUESSER, 1, "รหัสผ่านที่พิมพ์ผิดช่อง")
    stored = str(list(SignInAttempt.objects.values()))

    assert "รหัสผ่าน" not in stored
    assert GUESSER not in stored


def test_old_attempts_go():
    begin_attempt("somsri", Source(GUESSER))
    pass_time(61)

    latest = begin_attempt("mana", Source(GUESSER))

    assert list(SignInAttempt.objects.all()) == [latest]


def test_new_password_of_an_administrator_ends_the_pause(somsri, admin):
    guess(HOME, MOST_PER_PERSON)
    password = reset_password(somsri, by=admin)

    assert attempt(HOME, "somsri", password).status_code == RIGHT
