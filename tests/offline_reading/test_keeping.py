"""What the portal tells a device of the pages it keeps for reading without a network."""

import pytest
from django.conf import settings
from django.test import Client

from hearing_portal.offline_reading.keeping import KEEP_HEADER, READER_HEADER
from tests import factories

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
PASSWORD = "กระดาษ สะพาน ดอกคูน"


@pytest.fixture
def page(released, process, manual) -> str:
    return f"/groups/{manual.key}/processes/{process.uuid}/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_process_of_ones_own_group_may_be_kept(page, delegate, admin, dir_group):
    for reader in (delegate, admin):
        assert signed_in(reader).get(page)[KEEP_HEADER] == "yes"
    stranger = factories.make_delegate(factories.make_group("OTHER"), username="other")
    assert not signed_in(stranger).get(page).has_header(KEEP_HEADER)
    assert not Client().get(page).has_header(KEEP_HEADER)


def test_answers_name_the_sign_in_they_go_to(page, delegate):
    client = signed_in(delegate)
    named = client.get(page)[READER_HEADER]
    assert client.get("/account/")[READER_HEADER] == named
    assert signed_in(delegate).get(page)[READER_HEADER] != named
    assert client.session.session_key not in named
    assert not Client().get(page).has_header(READER_HEADER)


def test_nobody_is_named_after_signing_out(page, delegate):
    client = signed_in(delegate)
    assert not client.post("/sign-out/").has_header(READER_HEADER)
    assert not client.get(page).has_header(READER_HEADER)


def test_shared_device_keeps_nothing_and_its_session_ends_with_the_browser(
    page, delegate
):
    delegate.set_password(PASSWORD)
    delegate.save(update_fields=["password"])
    typed = {"username": delegate.username, "password": PASSWORD}
    client = Client()
    entered = client.post(SIGN_IN, {**typed, "is_shared": "on"})
    assert entered.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert not client.get(page).has_header(READER_HEADER)
    told = client.get("/offline/", HTTP_HOST="127.0.0.1").content.decode()
    assert "เครื่องนี้มีผู้อื่นใช้ร่วม" in told

    client.post("/sign-out/")
    entered = client.post(SIGN_IN, typed)
    assert entered.cookies[settings.SESSION_COOKIE_NAME]["max-age"] > 0
    assert client.get(page).has_header(READER_HEADER)


def test_page_of_the_group_says_whether_it_can_be_read_without_a_network(
    page, delegate, manual, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    group = f"/groups/{manual.key}/"
    client = signed_in(delegate)
    assert "/offline/" in client.get(group, HTTP_HOST="127.0.0.1").content.decode()
    over_http = client.get(group, HTTP_HOST="10.0.0.5").content.decode()
    assert "อ่านเมื่อไม่มีสัญญาณไม่ได้ เพราะระบบนี้เปิดผ่าน http" in over_http
    told = client.get("/offline/", HTTP_HOST="10.0.0.5").content.decode()
    assert "ใช้ไม่ได้ที่ที่อยู่เว็บนี้" in told
    secure = client.get(group, HTTP_HOST="10.0.0.5", secure=True).content.decode()
    assert "เพราะระบบนี้เปิดผ่าน http" not in secure
    assert "/offline/" not in Client().get(group).content.decode()


def test_service_worker_is_asked_for_anew(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
