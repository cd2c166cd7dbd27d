"""Whoever comes in with a password that somebody else made replaces it first."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.test import Client

from hearing_portal.directory.models import PasswordSetting, SignInAttempt, User
from hearing_portal.directory.people.services import (
    hand_out_first_passwords,
    reset_password,
)
from hearing_portal.directory.sign_in.limits import MOST_PER_PERSON, WINDOW
from tests import factories

pytestmark = pytest.mark.django_db

NEW = "ข้อเสนอดีดี-๒๕๖๕"
PASSWORD_PAGE = "/account/password/"


@pytest.fixture
def somsri(dir_group, lampang) -> User:
    return factories.make_delegate(dir_group, lampang, username="somsri")


def come_in(username: str, password: str, next_page: str = "") -> Client:
    client = Client()
    response = client.post(
        "/sign-in/", {"username": username, "password": password, "next": next_page}
    )
    assert response.status_code == 303
    return client


def change(client: Client, old: str, new: str = NEW, **fields: str):
    return client.post(
        PASSWORD_PAGE,
        {"old_password": old, "new_password1": new, "new_password2": new, **fields},
    )


@pytest.fixture
def temporary(somsri, admin) -> str:
    return reset_password(somsri, by=admin)


def test_temporary_password_leads_to_the_page_of_an_own_one_and_back(temporary):
    client = come_in("somsri", temporary)

    response = client.get("/account/?tab=1")
    assert (response.status_code, response["Location"]) == (
        303,
        f"{PASSWORD_PAGE}?next=%2Faccount%2F%3Ftab%3D1",
    )
    page = client.get(response["Location"]).content.decode()
    assert "ตั้งรหัสผ่านของท่าน</h1>" in page
    assert "รหัสผ่านที่ได้รับ" in page
    assert 'name="next" value="/account/?tab=1"' in page

    changed = change(client, temporary, next="/account/?tab=1")
    assert (changed.status_code, changed["Location"]) == (303, "/account/?tab=1")
    assert client.get("/account/").status_code == 200


def test_old_password_is_guessed_no_more_often_than_at_signing_in(temporary):
    """At a device that somebody left signed in."""
    client = come_in("somsri", temporary)
    wrong = [change(client, f"เดารหัสผ่าน-{number}") for number in range(MOST_PER_PERSON)]
    assert {response.status_code for response in wrong} == {422}

    right = change(client, temporary)

    assert (right.status_code, int(right["Retry-After"]) > 0) == (429, True)
    assert "โปรดลองอีกครั้งตั้งแต่เวลา" in right.content.decode()
    SignInAttempt.objects.update(at=F("at") - WINDOW)
    assert change(client, temporary).status_code == 303
    assert not SignInAttempt.objects.exists()


def test_own_password_is_not_asked_for_again(temporary):
    change(come_in("somsri", temporary), temporary)

    assert come_in("somsri", NEW).get("/account/").status_code == 200


def test_first_password_of_the_list_is_replaced_too(somsri, admin):
    somsri.set_unusable_password()
    somsri.save(update_fields=["password"])
    [(_, password)] = [
        row for row in hand_out_first_passwords(by=admin) if row[0] == somsri
    ]
    client = come_in("somsri", password)

    assert client.get("/account/")["Location"].startswith(PASSWORD_PAGE)


def test_reset_makes_it_asked_for_again(temporary, somsri, admin):
    change(come_in("somsri", temporary), temporary)
    again = reset_password(somsri, by=admin)

    assert come_in("somsri", again).get("/account/").status_code == 303


def test_same_password_again_is_refused(temporary):
    client = come_in("somsri", temporary)
    response = change(client, temporary, temporary)

    assert response.status_code == 422
    assert "ต้องไม่ซ้ำกับรหัสผ่านเดิม" in response.content.decode()
    assert client.get("/account/").status_code == 303


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ("somsri12345", 422),
        ("1234-SomSri", 422),
        ("somsri@๒๕๖๕๐๐", 422),
        ("somsrisomsri", 422),
        ("สมศรี1234567", 422),
        ("somsri-rain-1", 303),
    ],
)
def test_name_with_digits_is_no_password(somsri, temporary, new, status):
    User.objects.filter(pk=somsri.pk).update(given_name="สมศรี")
    refused = change(come_in("somsri", temporary), temporary, new)
    assert refused.status_code == status
    assert ("รหัสผ่านมีเพียงชื่อหรือชื่อผู้ใช้ของท่าน" in refused.content.decode()) is (
        status == 422
    )
    assert "รหัสผ่านคล้ายชื่อ" not in refused.content.decode()  # one fault, one message


@pytest.mark.parametrize(
    "new",
    ["aaaaaaaaaaaa", "กกกกกกกกกกกก", "กก่กก้กก๊กก๋", "AaAaAaAaAaAa", "............"],
)
def test_one_letter_repeated_is_no_password(temporary, new):
    refused = change(come_in("somsri", temporary), temporary, new)

    assert refused.status_code == 422
    assert (
        refused.content.decode().count("รหัสผ่านเป็นอักษรตัวเดียวซ้ำกัน") == 2
    )  # at the field and in the summary
    assert "ใช้กันทั่วไป" not in refused.content.decode()


PATTERN = "รหัสผ่านเป็นอักษรชุดเดียวซ้ำกัน"
KEYS = "รหัสผ่านเรียงตามแป้นพิมพ์"


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        *[(new, PATTERN) for new in ("xoxoxoxoxo", "12721272127", "Xyqxyqxyqx", "มานะมานะมานะ")],
        *[(new, PATTERN) for new in ("paper-paper-", "1xoxoxoxo1!", "catdogcatdog", "๒๗๒๗๒๗๒๗๒๗")],
        *[(new, PATTERN) for new in ("ababababab", "1212121212", "abcabcabcabc", "123123123123")],
        *[(new, KEYS) for new in ("qwertyuiop", "QwertyUiop12", "asdfghjkl123", "1qaz2wsx3edc")],
        *[(new, KEYS) for new in ("ฟหกดเ้่าสวง", "ๆไำพะัีรนย", "กขคงจฉชซฌญ", "0987654321", "๑๒๓๔๕๖๗๘๙๐")],
        *[(new, KEYS) for new in ("qazwsxedc1234", "aabbccddeeff", "poiuytrewq", "!@#$%^&*()")],
    ],
)  # fmt: skip
def test_patterns_and_rows_of_keys_are_no_password(temporary, new, fault):
    refused = change(come_in("somsri", temporary), temporary, new)

    assert refused.status_code == 422
    page = refused.content.decode()
    assert page.count(fault) == 2  # at the field and in the summary
    assert "โปรดใช้คำที่ไม่เกี่ยวข้องกันสามคำขึ้นไป" in page
    assert "ใช้กันทั่วไป" not in page


@pytest.mark.parametrize(
    "new",
    ["rain-post-grass", "ฝนตกรถติดกาแฟ", "k3v9x2m7qd", "xx93847561", "Asdf-hall-2565"],
)
def test_other_passwords_are_taken(temporary, new):
    assert change(come_in("somsri", temporary), temporary, new).status_code == 303


def test_what_is_posted_meanwhile_is_not_stored_and_not_lost(
    temporary, somsri, released, session, entry
):
    client = come_in("somsri", temporary)
    said = {
        "client_key": "0b0e4a5c-7f0b-4f0e-9f0e-0123456789ab",
        "type": "ask",
        "text": "ขอทราบกำหนดเวลาของขั้นตอนนี้",
    }
    response = client.post(f"/entries/{entry.pk}/comments/", said)
    page = response.content.decode()

    assert response.status_code == 403
    assert "โปรดตั้งรหัสผ่านของท่านก่อน" in page
    assert "ขอทราบกำหนดเวลาของขั้นตอนนี้" in page
    assert f'href="{PASSWORD_PAGE}"' in page
    assert not entry.comments.exists()


@pytest.mark.parametrize("page", ["/contact/", "/privacy/", PASSWORD_PAGE])
def test_contact_privacy_and_the_password_page_stay_open(temporary, page):
    assert come_in("somsri", temporary).get(page).status_code == 200


def test_signing_out_stays_open(temporary):
    client = come_in("somsri", temporary)

    assert client.post("/sign-out/").status_code == 303
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_account_without_record_is_left_alone(somsri):
    """The demonstration's people, and those of a portal of before."""
    somsri.set_password(factories.PASSWORD)
    somsri.save(update_fields=["password"])

    assert come_in("somsri", factories.PASSWORD).get("/account/").status_code == 200


def test_pages_cost_no_query_for_it(temporary, django_assert_num_queries):
    client = come_in("somsri", temporary)
    with django_assert_num_queries(1):  # the session
        assert client.get("/account/").status_code == 303
    change(client, temporary)

    with django_assert_num_queries(
        4
    ):  # session, person, roles, office: as for everybody
        assert client.get("/account/").status_code == 200


def test_record_is_append_only(temporary):
    for act in (
        lambda: PasswordSetting.objects.update(at="2022-09-20T00:00Z"),
        lambda: PasswordSetting.objects.all().delete(),
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            act()
