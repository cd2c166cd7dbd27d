"""Which pages may be kept for everybody, what stands in them, and how old they get."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from comments.hearings.services.session_states import close_session
from hearing_portal.directory.contact import foot
from hearing_portal.directory.contact.services import Contact, change_contact
from hearing_portal.web.kept_pages import KEPT, KeptPages
from hearing_portal.web.public_pages import PUBLIC
from tests import factories
from tests.markup import markup


@pytest.fixture
def public(released, session, process, admin):
    """{page: its address} of a hearing in public."""
    factories.make_release(released, "public", by=admin)
    code, uuid = released.code, process.uuid
    return {
        "home": "/",
        "guide": "/guide/",
        "hearing": f"/hearings/{session.hearing.key}/",
        "group": "/groups/DIR/",
        "process": f"/groups/DIR/processes/{uuid}/",
        "clean": f"/groups/DIR/processes/{uuid}/?view=clean",
        "editions": "/editions/",
        "edition": f"/editions/{code}/",
        "manual": f"/editions/{code}/manuals/DIR/",
        "section": f"/editions/{code}/sections/{uuid}/",
        "contact": "/contact/",
        "privacy": "/privacy/",
    }


def test_a_public_page_has_nothing_of_anybody(public, delegate):
    for address in public.values():
        response = Client().get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, PUBLIC), (
            address
        )
        assert not response.cookies, address
        assert "csrf" not in response.content.decode(), address
        assert response["ETag"]
        assert "Cookie" in response["Vary"]
        signed_in = Client()
        signed_in.force_login(delegate)
        assert {"private", "no-store"} <= set(
            signed_in.get(address)["Cache-Control"].split(", ")
        ), address
        assert not signed_in.get(address).has_header("ETag")


def test_refusals_and_redirects_are_not_offered(client, session):
    addresses = ("/groups/DIR/", "/groups/NONE/", "/editions/NONE/")
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [302, 404, 404]
    assert [answer.get("Cache-Control") for answer in answers] == [None] * 3


def test_what_an_act_came_to_is_told_to_one_person_only(public):
    client = Client()
    client.cookies["messages"] = "something"
    assert "no-store" in client.get("/")["Cache-Control"]


def test_the_choices_of_readers_change_the_name_of_a_page(public):
    names = set()
    for choice in ("", "digits", "theme"):
        client = Client()
        if choice:
            client.cookies[choice] = {"digits": "thai", "theme": "dark"}[choice]
        names.add(client.get(public["process"])["ETag"])
    assert len(names) == 3


# -- how old a kept page gets ----------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Reader:
    """Somebody who is not signed in, served from memory where a page is kept."""

    def __init__(self) -> None:
        self.clock = Clock()
        self._kept = KeptPages(self._make, clock=self.clock)

    async def _make(self, scope: Any, receive: Any, send: Any) -> None:
        response = Client().get(scope["path"])
        headers = [
            (name.lower().encode(), value.encode()) for name, value in response.items()
        ]
        await send(
            {
                "type": "http.response.start",
                "status": response.status_code,
                "headers": headers,
            }
        )
        await send({"type": "http.response.body", "body": response.content})

    def read(self, address: str) -> str:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        told = {
            "method": "GET",
            "scheme": "http",
            "raw_path": address.encode(),
            "query_string": b"",
            "headers": [],
        }
        scope: Any = {"type": "http", "path": address, **told}
        # Nothing in it waits: no event loop, in which the database could not be asked
        with pytest.raises(StopIteration):
            self._kept(scope, _receive, send).send(None)
        return sent[1]["body"].decode()

    def read_later(self, address: str) -> str:
        self.clock.now += KEPT
        return self.read(address)


async def _receive() -> Any:
    raise AssertionError("a page has no body to read")


def test_a_closed_session_shows_within_two_seconds(public, session, facilitator):
    reader = Reader()
    assert "เปิดรับความคิดเห็น" in reader.read(public["process"])
    close_session(session, by=facilitator, reason="ครบเวลา")
    assert "เปิดรับความคิดเห็น" in reader.read(public["process"])
    assert "ปิดเวทีแล้ว" in reader.read_later(public["process"])
    assert KEPT + foot.KEPT <= 2


def test_a_new_comment_is_counted_within_two_seconds(public, session, entry, delegate):
    reader = Reader()
    assert "ยังไม่มีความคิดเห็น" in reader.read(public["group"])
    factories.make_comment(
        session, factories.entry_of(entry.edition, entry.manual), delegate
    )
    assert "1\u00a0ความคิดเห็น" in reader.read_later(public["group"])


def test_a_new_edition_and_a_new_contact_show_within_two_seconds(public, admin):
    reader = Reader()
    assert "สายด่วนใหม่" not in reader.read("/editions/")
    edition = factories.make_edition("REVISED-2565", by=admin)
    factories.make_release(edition, "public", by=admin)
    change_contact(
        Contact(name="สายด่วนใหม่", telephone="02-288-5000", email="", line=""),
        by=admin,
        based_on=None,
    )
    cache.delete(foot.KEY)  # its second is over
    assert "REVISED-2565" not in reader.read("/editions/")
    later = reader.read_later("/editions/")
    assert "REVISED-2565" in later
    assert "สายด่วนใหม่" in later


# -- the switches in it ----------------------------------------------------------------------------------------


def test_the_switches_need_no_token(public):
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    page = client.get(public["process"])
    chosen = client.post(
        "/reader/digits/", {"choice": "thai", "next": public["process"]}
    )
    assert (chosen.status_code, chosen["Location"]) == (303, public["process"])
    assert 'data-digits="thai"' in markup(client.get(public["process"]))
    assert client.get(public["process"])["ETag"] != page["ETag"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_the_switches_of_another_site_change_nothing(db, headers):
    client = Client(enforce_csrf_checks=True, headers=headers)
    assert client.post("/reader/digits/", {"choice": "thai"}).status_code == 403
    assert not client.cookies
