"""What is new: on a page always, by mail once a day where an address is, and what a mail server refused."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_string, policy

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.supporting import support_comment
from comments.models import Digest, MailRefusal
from comments.notices.services import send_digests
from tests import factories
from tests.markup import markup

REFUSED = "nobody@obec.go.th"


class _Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs: it takes all mail but that to one address."""

    def handle(self) -> None:
        self._say("220 mail.test")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("DATA"):
                self._say("354 go on")
                lines = []
                while (text := self.rfile.readline().decode()).strip() != ".":
                    lines.append(text)
                self.server.taken.append("".join(lines))
                self._say("250 taken")
            elif verb.startswith("RCPT") and REFUSED in line:
                self._say("550 no such user")
            elif verb.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 mail.test")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def taken(settings) -> Iterator[list[str]]:
    """The messages that the mail server has."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.taken = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PORTAL_SMTP = f"smtp://127.0.0.1:{server.server_address[1]}"
        settings.MAIL_FROM = "portal@obec.go.th"
        settings.DIGEST_HOUR = 0
        yield server.taken
        server.shutdown()


def texts(taken: list[str]) -> list[tuple[str, str]]:
    parsed = [message_from_string(raw, policy=policy.default) for raw in taken]
    return [(each["To"], each.get_content()) for each in parsed]


@pytest.fixture
def with_address(delegate, drafter):
    for person in (delegate, drafter):
        person.email = f"{person.username}@obec.go.th"
        person.save(update_fields=["email"])


@pytest.fixture
def answered(comment, session, drafter, second_drafter):
    """Two comments of one person, answered and published; one of them given to a drafter before."""
    other = factories.make_comment(session, comment.entry, comment.author)
    for each in (comment, other):
        factories.make_disposition(
            each,
            outcome="deferred",
            publication=factories.make_publication(session.hearing),
            decided_by=second_drafter,
        )
    waiting = factories.make_comment(session, comment.entry)
    factories.make_assignment(waiting, drafter, by=second_drafter)
    return [comment, other]


def test_one_mail_a_day_tells_all_that_is_new_and_names_nobody(
    taken, with_address, answered, delegate, drafter
):
    assert send_digests() == 2
    assert send_digests() == 0  # today is done

    mails = dict(texts(taken))
    assert set(mails) == {delegate.email, drafter.email}
    told = mails[delegate.email]
    for comment in answered:
        assert f"เลขที่ {comment.pk}" in told
        assert f"/comments/{comment.uuid}/" in told
        assert comment.text not in told
    assert "มอบหมายให้ท่านพิจารณา" in mails[drafter.email]
    for text in mails.values():
        assert delegate.given_name not in text
        assert drafter.given_name not in text

    assert send_digests(tomorrow()) == 0  # nothing is new
    assert Digest.objects.count() == 2


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def test_refusals_are_kept_shown_and_stop_nobody_else(
    taken, with_address, answered, delegate, drafter, admin, sign_in
):
    delegate.email = REFUSED
    delegate.save(update_fields=["email"])

    assert send_digests() == 1

    assert [to for to, _ in texts(taken)] == [drafter.email]
    refusal = MailRefusal.objects.get()
    assert (refusal.address, refusal.words) == (REFUSED, "550 no such user")
    desk = sign_in(admin)
    assert "550 no such user" in markup(desk.get(reverse("mail")))
    sent = desk.post(reverse("mail"), {"email": "aree@obec.go.th"})
    assert (sent.status_code, texts(taken)[-1][0]) == (302, "aree@obec.go.th")
    refused = desk.post(reverse("mail"), {"email": REFUSED})
    assert (refused.status_code, "550 no such user" in markup(refused)) == (422, True)
    assert MailRefusal.objects.count() == 2


def test_server_that_is_not_there_loses_nothing(
    settings, taken, with_address, answered, delegate, admin, sign_in
):
    port = settings.PORTAL_SMTP
    settings.PORTAL_SMTP = "smtp://127.0.0.1:1"

    assert send_digests() == 0

    refusal = MailRefusal.objects.get()
    assert (refusal.address, bool(refusal.words)) == ("", True)
    assert Digest.objects.count() == 0
    page = sign_in(admin).post(reverse("mail"), {"email": "aree@obec.go.th"})
    assert page.status_code == 422
    settings.PORTAL_SMTP = port
    assert send_digests(tomorrow()) == 2  # what was new yesterday too


def test_page_tells_without_any_address_and_address_is_ones_own(
    answered, delegate, stranger, sign_in
):
    page = sign_in(delegate)
    url = reverse("notices")

    told = markup(page.get(url))

    assert all(f"เลขที่ {comment.pk}" in told for comment in answered)
    assert "ยังไม่มีเรื่องใหม่" in markup(sign_in(stranger).get(url))
    assert page.post(url, {"email": "somsri"}).status_code == 422
    assert page.post(url, {"email": "somsri@obec.go.th"}).status_code == 302
    delegate.refresh_from_db()
    assert delegate.email == "somsri@obec.go.th"
    assert page.post(url, {"email": ""}).status_code == 302
    delegate.refresh_from_db()
    assert delegate.email == ""


def test_support_that_lapsed_is_news_until_it_is_given_again(
    released, session, entry, delegate, secondary_delegate, sign_in
):
    said = factories.say(session, entry, delegate, "ขอให้แล้วเสร็จภายใน 15 วันทำการ")
    support_comment(said, by=secondary_delegate)
    page, url = sign_in(secondary_delegate), reverse("notices")
    assert "ยังไม่มีเรื่องใหม่" in markup(page.get(url))

    other = CommentInput("amend", "ขอให้แล้วเสร็จภายใน 3 วันทำการ")
    edit_comment(said, other, by=delegate)

    told = markup(page.get(url))
    assert "การสนับสนุนของ สพท. ของท่านจึงสิ้นผล" in told
    assert f'href="{reverse("comment", args=[said.uuid])}"' in told
    assert "สิ้นผล" not in markup(sign_in(delegate).get(url))
    support_comment(said, by=secondary_delegate)
    assert "ยังไม่มีเรื่องใหม่" in markup(page.get(url))


def test_page_costs_the_same_for_one_answer_and_three(
    comment, session, delegate, sign_in, assert_same_queries
):
    publication = factories.make_publication(session.hearing)

    def add() -> None:
        made = factories.make_comment(session, comment.entry, delegate)
        factories.make_disposition(made, outcome="deferred", publication=publication)

    def add_two() -> None:
        add()
        add()

    add()
    page = sign_in(delegate)
    assert_same_queries(10, lambda: page.get(reverse("notices")), add_two)
