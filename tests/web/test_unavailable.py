"""A database that does not serve, and a full disk: 503 in Thai, with the text and whether it was stored."""

import errno
import html
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from hearing_portal.postgres.base import NotConnected, PatientConnection, ServerSilent
from hearing_portal.web.http import server_error
from hearing_portal.web.unavailable import (
    trouble_of,
    trouble_of_fault,
    unavailable_response,
)
from tests.markup import markup

TEXT = "ขอให้ตัดข้อนี้ออก\nเพราะซ้ำกับข้อ ๕.๓"
KEYED = {"text": TEXT, "client_key": "5d2c", "csrfmiddlewaretoken": "b" * 32}
FROM_HERE = {"headers": {"Origin": "http://testserver"}}


def wait_too_long(_request: HttpRequest) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(60)")


def lose_connection(_request: HttpRequest) -> None:
    raise OperationalError("gone") from psycopg.OperationalError(
        "server closed the connection unexpectedly"
    )


def find_no_server(_request: HttpRequest) -> None:
    raise OperationalError("none") from NotConnected("connection refused")


def fill_disk(_request: HttpRequest) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


ACTS = {
    "late": wait_too_long,
    "lost": lose_connection,
    "down": find_no_server,
    "full": fill_disk,
}


@csrf_exempt
def act(request: HttpRequest, name: str) -> HttpResponse:
    ACTS[name](request)
    return HttpResponse("done")


urlpatterns = [path("acts/<str:name>/", act), path("", include("hearing_portal.urls"))]
handler500 = server_error


@pytest.fixture
def client(db, settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client()


def is_offered_to_be_sent(page: HttpResponse) -> bool:
    return '<form class="kept" method="post"' in markup(page)


@pytest.mark.parametrize(
    ("name", "fields", "said", "resend"),
    [
        ("late", {"text": TEXT, "csrfmiddlewaretoken": "b" * 32}, "ยังไม่ได้บันทึก", True),
        ("down", KEYED, "ยังไม่ได้บันทึก", True),
        ("lost", KEYED, "ระบบจะไม่บันทึกซ้ำ", True),
        (
            "lost",
            {"text": TEXT, "csrfmiddlewaretoken": "b" * 32},
            "เปิดหน้าเดิมตรวจดูว่าบันทึกแล้วหรือยัง",
            False,
        ),
        ("full", KEYED, "พื้นที่เก็บข้อมูลของระบบเต็ม", True),
    ],
)
def test_post_is_told_whether_it_was_stored_and_keeps_its_text(
    client, name, fields, said, resend
):
    page = client.post(f"/acts/{name}/", fields, **FROM_HERE)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert said in page.content.decode()
    assert TEXT in html.unescape(page.content.decode())
    assert is_offered_to_be_sent(page) == resend


@pytest.mark.parametrize("was_begun", [True, False])
@pytest.mark.parametrize(
    ("path_", "said"),
    [
        ("/sign-in/", "ลองเข้าสู่ระบบอีกครั้ง"),
        ("/sign-out/", "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง"),
    ],
)
def test_sign_in_and_sign_out_are_told_to_try_again(path_, said, was_begun):
    request = RequestFactory().post(path_, {"username": "admin", "password": "ลับ"})
    page = unavailable_response(request, trouble_of(request, was_begun=was_begun))
    told = page.content.decode()
    assert page.status_code == 503
    assert said in told
    assert "บันทึกแล้วหรือยัง" not in told
    assert "ลับ" not in told
    assert ('href="/sign-in/"' in told) == (path_ == "/sign-in/")


@pytest.mark.parametrize(
    ("method", "path_", "said"),
    [
        ("GET", "/groups/GEN/", "ยังเปิดหน้านี้ไม่ได้ เพราะพื้นที่เก็บข้อมูลของระบบเต็ม"),
        ("POST", "/sign-in/", "ยังเข้าสู่ระบบไม่ได้ เพราะพื้นที่เก็บข้อมูลของระบบเต็ม"),
        (
            "POST",
            "/sign-out/",
            "ยังไม่ทราบว่าออกจากระบบแล้วหรือยัง เพราะพื้นที่เก็บข้อมูลของระบบเต็ม",
        ),
    ],
)
def test_full_disk_is_told_as_what_it_stopped(method, path_, said):
    request = RequestFactory().generic(method, path_)
    trouble = trouble_of_fault(
        request, OSError(errno.ENOSPC, "No space left on device")
    )
    told = unavailable_response(request, trouble).content.decode()
    assert said in told
    assert "ยังไม่ได้บันทึก" not in told
    assert 'href="/contact/"' in told


def test_text_of_another_site_is_not_offered_to_be_sent(client):
    page = client.post(
        "/acts/late/", KEYED, headers={"Origin": "https://elsewhere.example"}
    )
    assert page.status_code == 503
    assert not is_offered_to_be_sent(page)


def test_page_that_cannot_be_shown_leads_to_itself(client):
    page = client.get("/acts/late/?page=2")
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert 'href="/acts/late/?page=2"' in page.content.decode()


def test_htmx_gets_a_notice_and_programs_get_json(client):
    notice = client.post("/acts/lost/", KEYED, headers={"HX-Request": "true"})
    assert (notice.status_code, notice["HX-Retarget"]) == (503, "#notices")
    assert "<html" not in notice.content.decode()
    told = client.post("/acts/lost/", KEYED, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["status"]) == (503, 503)


def test_what_fails_outside_of_a_view_is_503_too():
    request = RequestFactory().post(
        "/acts/lost/", KEYED, headers={"Origin": "http://testserver"}
    )
    try:
        find_no_server(request)
    except OperationalError:
        assert server_error(request).status_code == 503
    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError:
        assert server_error(request).status_code == 500


def is_at_work(process: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot()"
        )  # a transaction sees those of its beginning
        cursor.execute("SELECT count(*) FROM pg_stat_get_activity(%s)", [process])
        return cursor.fetchone()[0] > 0


def test_silent_server_is_given_up(db, settings):
    settings.DATABASE_PATIENCE = 0.2
    options = connection.get_connection_params()
    with PatientConnection.connect(**options) as patient:
        process = patient.info.backend_pid
        with pytest.raises(ServerSilent):
            patient.execute("SELECT pg_sleep(600)")
        assert patient.closed
    deadline = time.monotonic() + 60
    while is_at_work(process):  # nobody waits for it any more
        assert time.monotonic() < deadline
        time.sleep(0.1)
