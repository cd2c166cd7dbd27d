"""What is stopped, locked or full keeps nobody waiting and loses nothing. Asks for the outcome; how long it takes is
printed by `./portal bench faults`."""

import html
import os
import re
import shutil
import signal
import socket
import time
from typing import Any

import pytest

from tests.faults.world import Answer, FaultyPortal, at_once, until

pytestmark = pytest.mark.django_db  # whose tables the portal's are copied from
STATIC = "/static/css/screens.css"


def assert_is_unavailable(answer: Answer) -> None:
    assert (answer.status, answer.headers.get("retry-after")) == (503, "5"), answer
    assert re.search(r"<h1>[ก-๙ ]+</h1>", answer.text), answer.text


def sign_in_as_told(portal: FaultyPortal, *who: str, **how: Any) -> Answer:
    """A busy machine may answer 503 and when to come again: people do."""
    while (answer := portal.sign_in(*who, **how)).status == 503:
        assert_is_unavailable(answer)
        time.sleep(int(answer.headers["retry-after"]))
    return answer


def fields_offered(answer: Answer) -> dict[str, str]:
    """What the form of a page that could not store would send again."""
    form = answer.text.partition('<form class="kept" method="post"')[2]
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    typed = re.findall(
        r'<textarea[^>]* name="([\w-]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    )
    return {name: html.unescape(value) for name, value in [*hidden, *typed]}


def assert_is_stored_once_when_sent_again(
    portal: FaultyPortal, answer: Answer, text: str, by: str
) -> None:
    fields = fields_offered(answer)
    assert fields["text"] == text
    for _ in range(2):
        assert portal.ask(portal.comments_path, fields, by=by).status == 303
    assert portal.stored(text) == 1


def test_locked_table_keeps_only_its_own_pages_waiting(portal):
    text = "ขอให้เพิ่มขั้นตอนนี้ขณะตารางถูกล็อก"
    with portal.locked_table("comments_comment"):
        send = [
            lambda by=by: portal.ask(
                portal.comments_path, portal.comment(text + by), by=by
            )
            for by in ("d0", "d1")
        ]
        posts = at_once(*send)
        assert [portal.ask(path).status for path in ("/livez", STATIC)] == [200, 200]
        until(lambda: portal.checks().get("tables") is False)
        not_ready = portal.ask("/readyz")
        assert (not_ready.status, not_ready.headers["retry-after"]) == (503, "5")
        answers = posts.results()
    for answer, by in zip(answers, ("d0", "d1"), strict=True):
        assert_is_unavailable(answer)
        assert_is_stored_once_when_sent_again(portal, answer, text + by, by)
    assert portal.ask("/readyz").status == 200


def test_stopped_database_keeps_nobody_waiting(portal):
    texts = {by: f"ขอให้ตัดขั้นตอนนี้ขณะฐานข้อมูลหยุด {by}" for by in ("d0", "d1", "d2")}
    with portal.stopped_database():
        send = [
            lambda by=by, text=text: portal.ask(
                portal.comments_path, portal.comment(text), by=by
            )
            for by, text in texts.items()
        ]
        posts = at_once(*send)
        assert [portal.ask(path).status for path in ("/livez", STATIC, "/readyz")] == [
            200,
            200,
            503,
        ]
        checks = portal.checks()
        assert (checks["web"], checks["files"], checks["database"]) == (
            True,
            True,
            False,
        )
        assert {checks[name] for name in ("tables", "migrations", "worker")} == {None}
        assert_is_unavailable(portal.ask(portal.reading_path))
        answers = posts.results()
    until(lambda: portal.ask("/readyz").status == 200)
    for answer, (by, text) in zip(answers, texts.items(), strict=True):
        assert_is_unavailable(answer)
        assert_is_stored_once_when_sent_again(portal, answer, text, by)


def test_stopped_web_process_is_told_and_replaced(portal):
    before = portal.web_processes
    os.kill(before[0], signal.SIGSTOP)
    assert portal.checks()["web"] is False
    assert [
        portal.ask(path).status for path in ("/livez", STATIC, portal.reading_path)
    ] == [200] * 3
    until(
        lambda: len(portal.web_processes) == 2 and before[0] not in portal.web_processes
    )
    until(lambda: portal.ask("/readyz").status == 200)


def test_stopped_worker_is_replaced(portal):
    (before,) = portal.processes("run_worker")
    os.kill(before, signal.SIGSTOP)
    until(lambda: portal.processes("run_worker") not in ([], [before]))
    until(lambda: portal.ask("/readyz").status == 200)


def test_hall_signs_in_while_others_mistype(portal):
    wrong = at_once(
        *[
            lambda name=f"nobody{at}": sign_in_as_told(portal, name, "wrong")
            for at in range(30)
        ]
    )
    right = at_once(
        *[lambda name=f"d{at}": sign_in_as_told(portal, name) for at in range(12)]
    )
    assert portal.ask(portal.reading_path).status == 200
    assert {answer.status for answer in right.results()} == {303}
    assert {answer.status for answer in wrong.results()} == {422}


def test_guessing_shuts_nobody_out(portal):
    device = portal.sign_in("admin", source="127.0.0.3").headers["set-cookie"]
    name, _, value = re.search(r"device-\w+=[^;]+", device)[0].partition("=")
    guesses = at_once(
        *[
            lambda at=at: sign_in_as_told(
                portal, "admin", f"guess{at}", source="127.0.0.2"
            )
            for at in range(20)
        ]
    )
    assert sign_in_as_told(portal, "admin", source="127.0.0.4").status == 303
    assert (
        sign_in_as_told(
            portal, "admin", source="127.0.0.2", cookies={name: value}
        ).status
        == 303
    )
    assert sign_in_as_told(portal, "d1", source="127.0.0.2").status == 303
    statuses = sorted(answer.status for answer in guesses.results())
    assert statuses == [422] * 5 + [429] * 15
    assert portal.sign_in("admin", source="127.0.0.2").status == 429


@pytest.mark.parametrize("fill", ["full_disk", "limited_files"])
def test_full_disk_is_named_and_loses_nothing(portal, fill):
    text = f"ขอให้เพิ่มขั้นตอนนี้ขณะพื้นที่เต็ม {fill}"
    asked = {
        "data": "1",
        "data-edition": str(portal.hall["edition"]),
        "data-format": "json",
    }
    with getattr(portal, fill)():
        checks = portal.checks()
        assert checks == dict.fromkeys(checks, True) | {"files": False}
        assert portal.ask("/readyz").status == 503
        job = portal.ask("/exports/", asked, by="admin").headers["location"]
        until(lambda: "พื้นที่เก็บข้อมูลของระบบเต็ม" in portal.ask(job, by="admin").text)
        assert (
            portal.ask(portal.comments_path, portal.comment(text), by="d0").status
            == 303
        )
    assert portal.stored(text) == 1
    until(lambda: portal.ask("/readyz").status == 200)
    job = portal.ask("/exports/", asked, by="admin").headers["location"]
    until(lambda: portal.ask(f"{job}file/", by="admin").status == 200)


@pytest.mark.parametrize("is_replaced", [False, True])
def test_lost_folder_of_files_is_named_until_it_comes_back(portal, is_replaced):
    folder, away = portal.var / "files", portal.var / "files-away"
    asked = {
        "data": "1",
        "data-edition": str(portal.hall["edition"]),
        "data-format": "json",
    }
    # Before something was stored any folder is right
    job = portal.ask("/exports/", asked, by="admin").headers["location"]
    until(lambda: portal.ask(f"{job}file/", by="admin").status == 200)
    folder.rename(away)
    if is_replaced:
        folder.mkdir()
    try:
        until(lambda: portal.checks().get("files") is False)
        assert portal.ask("/readyz").status == 503
        job = portal.ask("/exports/", asked, by="admin").headers["location"]
        until(lambda: "ที่เก็บไฟล์ของระบบไม่พร้อม" in portal.ask(job, by="admin").text)
        assert folder.exists() == is_replaced
    finally:
        if is_replaced:
            shutil.rmtree(folder)
        away.rename(folder)
    until(lambda: portal.ask("/readyz").status == 200)


def test_head_that_is_never_finished_is_given_up(portal):
    with socket.create_connection(("127.0.0.1", portal.port), timeout=120) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert line.recv(1000) == b""


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "base64"])
def test_request_in_another_encoding_is_refused(portal, charset):
    headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
    assert (
        portal.ask(
            portal.comments_path, portal.comment("ก"), by="d0", headers=headers
        ).status
        == 400
    )
    assert portal.ask("/?q=a", headers=headers).status == 400


def test_two_ideas_of_where_a_request_ends_are_refused(portal):
    both = {"Transfer-Encoding": "chunked", "Content-Length": "0"}
    assert portal.ask("/sign-in/", headers=both).status == 400


HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        CHUNKED + b"zz\r\n",
        CHUNKED + b"-5\r\nhello\r\n",
        CHUNKED + b"5\r\nhello, and more than five",
        CHUNKED + b"\xe0\xb8\x81\r\n",
        HEAD + b"Content-Length: five\r\n\r\nhello",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        HEAD + b"no colon\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_request_that_cannot_be_understood_costs_one_line_of_the_log(portal, request_):
    before = len(portal.log.read_text())
    with socket.create_connection(("127.0.0.1", portal.port), timeout=120) as line:
        line.sendall(request_)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while part := line.recv(1000):
            answer += part
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert portal.ask("/livez").status == 200  # whatever came after it is written
    [told] = portal.log.read_text()[before:].strip().splitlines()
    assert told.endswith("Invalid HTTP request received.")
