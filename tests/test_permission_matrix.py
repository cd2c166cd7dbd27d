"""Every address × every role × method, against product.md's rights: 404 to strangers, 403 to bystanders.

A row is (url name, method) → what each person gets. `OPEN` is the session's state a row needs. A test below
makes sure that no address is missing here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from comments.hearings.services.session_states import close_session
from comments.models import (
    Comment,
    HearingSession,
    InvitationCard,
    Poll,
    SpeakerRequest,
)
from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from manuals.importing.services.receiving import discard_upload
from tests import factories
from tests.permission_rows import ROWS, Row

# The mark makes pytest-django set up the test database; the rows come from the module's fixture
pytestmark = pytest.mark.django_db

PEOPLE = (
    "anonymous",
    "nobody",
    "delegate",
    "office_mate",
    "other_office",
    "stranger",
    "office_head",
    "facilitator",
    "other_facilitator",
    "drafter",
    "second_drafter",
    "other_drafter",
    "expert",
    "central",
    "admin",
)


@dataclass
class Scene:
    """A small hearing: กลุ่มอำนวยการ with an open session and a comment, กลุ่มการเงิน beside it."""

    people: dict[str, Any]
    things: dict[str, Any]
    cookies: dict[str, str]  # {person: the cookie of their session}

    def client_of(self, person: str) -> Client:
        client = Client()
        if person in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[person]
        return client


@pytest.fixture(scope="module")
def scene(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """Made once for the module; every request below is rolled back to it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        with override_settings(FILES_DIR=tmp_path_factory.mktemp("files")):
            made = make_scene()
        connection.check_constraints()  # else every test would check all of its rows again
        yield made
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def make_scene() -> Scene:
    group, other = factories.make_group("DIR"), factories.make_group("FIN")
    office, second = (
        factories.make_office("สพป.ลำปาง เขต 1"),
        factories.make_office("สพม.ชลบุรี ระยอง"),
    )
    people = {
        "anonymous": None,
        "nobody": factories.make_user("nobody"),
        "delegate": factories.make_delegate(group, office, username="somsri"),
        "office_mate": factories.make_delegate(group, office, username="manee"),
        "other_office": factories.make_delegate(group, second, username="mana"),
        "stranger": factories.make_delegate(other, second, username="piti"),
        "office_head": factories.make_office_head(office, username="thawat"),
        "facilitator": factories.make_facilitator(group, username="wipa"),
        "other_facilitator": factories.make_facilitator(other, username="wichai"),
        "drafter": factories.make_drafter(group, username="prayoon"),
        "second_drafter": factories.make_drafter(group, username="chalor"),
        "other_drafter": factories.make_drafter(other, username="damrong"),
        "expert": factories.make_expert(group, username="suwit"),
        "central": _central("kanda"),
        "admin": factories.make_admin(username="aree"),
    }
    cookies = {
        name: _signed_in(person)
        for name, person in people.items()
        if person is not None
    }
    return Scene(people, _things(group, office, people), cookies)


def _signed_in(person: User) -> str:
    """The cookie of their session; signing in again for each request would take a third of the time."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _central(username: str) -> User:
    user = factories.make_user(username=username)
    factories.make_role(user, "central_bureau")
    return user


def _things(
    group: WorkGroup, office: AreaOffice, people: dict[str, Any]
) -> dict[str, Any]:
    """What the addresses name. The edition is released to the hearing only: the public reads nothing yet."""
    manual = factories.make_manual(group)
    unit = factories.make_section(manual, "งานสารบรรณ", by=people["drafter"])
    process = factories.make_process(unit=unit, by=people["drafter"])
    clause = factories.clause_at(process, "5.2")
    note = factories.make_team_note(clause, people["drafter"])
    preview = factories.make_preview_link(manual, by=people["drafter"])
    sent_preview = factories.make_import_preview(manual, by=people["drafter"])
    discarded_upload = factories.make_import_preview(
        manual, by=people["drafter"]
    ).file.upload
    discard_upload(discarded_upload, by=people["drafter"])
    review = factories.make_review_request(process, people["expert"], people["drafter"])
    edition = factories.make_edition("HEARING-2565", by=people["admin"])
    factories.make_release(edition, "hearing", by=people["admin"])
    session = factories.make_session(
        edition, group, hearing=factories.make_hearing(key="2565")
    )
    session = factories.open_session(session, by=people["facilitator"])
    entry = factories.entry_of(edition, clause)
    comment = factories.make_comment(session, entry, people["delegate"])
    factories.make_amendment(comment, "ลงทะเบียนรับในระบบสารบรรณอิเล็กทรอนิกส์ทันที")
    decided = factories.make_comment(
        session, entry, people["other_office"], text="ขอให้ตัดข้อนี้ออกทั้งข้อ"
    )
    disposition = factories.make_disposition(decided, decided_by=people["drafter"])
    advice_request = factories.make_advice_request(
        comment, people["expert"], by=people["facilitator"]
    )
    final = factories.make_edition("FINAL-2565", kind="final", by=people["admin"])
    job = factories.make_job(people["drafter"])
    source = factories.make_legal_source(
        "ระเบียบพัสดุ 2535", full_title="ระเบียบพัสดุ พ.ศ. 2535", year_be=2535
    )
    later = factories.make_legal_source(
        "พ.ร.บ.จัดซื้อจัดจ้าง", full_title="พ.ร.บ.จัดซื้อจัดจ้าง พ.ศ. 2560", year_be=2560
    )
    block = factories.make_block(group, by=people["drafter"])
    overlap = factories.make_overlap(clause, factories.make_group("FIN"))
    succession = factories.make_legal_succession(source, later)
    factories.make_hearing_day(session, people["delegate"], by=people["admin"])
    asked = SpeakerRequest.objects.get(person=people["delegate"])
    poll, card = Poll.objects.get(), InvitationCard.objects.get()
    return locals()


def _say_row(row: Row) -> str:
    when = " closed" * row.closed + " released" * row.released
    return f"{row.method} {row.name}{when}"


@pytest.mark.parametrize("row", ROWS, ids=_say_row)
def test_everybody_gets_what_product_md_says(scene, row: Row):
    expected = {person: row.outcome_for(person) for person in PEOPLE}
    found = {person: answer_for(scene, row, person) for person in PEOPLE}

    assert found == expected


def answer_for(scene: Scene, row: Row, person: str) -> int:
    """The status one person gets; nothing of it stays."""
    savepoint = transaction.savepoint_create()
    try:
        if row.closed:
            for session in HearingSession.objects.all():
                if session.is_open:
                    close_session(session, by=scene.people["facilitator"])
        if row.released:
            factories.make_release(
                scene.things["final"], "public", by=scene.people["admin"]
            )
        client = scene.client_of(person)
        url = reverse(row.name, args=row.args(scene.things))
        send = client.post if row.method == "POST" else client.get
        response = (
            send(url, row.data(scene.things))
            if row.method == "POST"
            else send(url, row.query)
        )
        return response.status_code
    finally:
        transaction.savepoint_rollback(savepoint)


def test_no_address_is_missing_from_the_matrix():
    assert set(_names(get_resolver())) == {row.name for row in ROWS}


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if str(pattern.pattern).startswith("backdoor/"):
            continue  # Django's own admin: tested as one, below
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name
        else:
            yield from _names(pattern)


def test_back_door_opens_for_superusers_only(scene, sign_in):
    keys = factories.make_user("keys", is_staff=True, is_superuser=True)
    found = {
        person: scene.client_of(person).get("/backdoor/").status_code
        for person in PEOPLE
    }

    assert found == dict.fromkeys(PEOPLE, 302)
    assert sign_in(keys).get("/backdoor/").status_code == 200


@pytest.mark.parametrize(
    "name", sorted({row.name for row in ROWS if row.method == "POST" and row.only_post})
)
def test_get_on_an_act_changes_nothing_and_says_so(scene, name):
    row = next(row for row in ROWS if row.name == name and row.method == "POST")
    before = Comment.objects.count()
    savepoint = transaction.savepoint_create()
    response = scene.client_of("admin").get(reverse(name, args=row.args(scene.things)))
    transaction.savepoint_rollback(savepoint)

    assert (response.status_code, Comment.objects.count()) == (405, before)
    assert "ที่อยู่เว็บนี้" in response.content.decode() or "POST" in response.headers["Allow"]
