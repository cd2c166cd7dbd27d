"""What the tag `remembered` keeps is told apart by all that it shows: after whatever happened, and whoever looks, a
page of remembered pieces is the page that is written anew."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.recording import record_comment
from comments.commenting.services.supporting import support_comment, withdraw_support
from comments.moderating.services import hide_comment, reclass_comment, show_comment
from hearing_portal.templatetags import remembered
from hearing_portal.web.reader_choices import DIGITS_COOKIE
from manuals.content import Text
from tests import factories

TEMPLATES = Path(remembered.__file__).parents[2] / "templates"
# Other on every page, and left out of what is compared
MOVING = re.compile(
    r'name="(csrfmiddlewaretoken|client_key)" value="[^"]*"|<time[^>]*>[^<]*</time>'
    r"|ณ เวลา <span[^>]*>[^<]*</span>"  # the clock for readers without scripts
    r'|"X-CSRFToken": "[^"]*"|content="[A-Za-z0-9]{64}"|data-(?:at|new-rows)="[0-9]*"|[?]key=[0-9a-f-]{36}'
)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch) -> None:
    monkeypatch.setattr(remembered, "MEMORY", remembered.Memory())


@pytest.fixture
def pages(released, entry, process, manual, dir_group, comment, session) -> list[str]:
    return [
        reverse("process", args=[manual.key, process.uuid]),
        reverse("entry-comments", args=[entry.pk]),
        reverse("comment", args=[comment.uuid]),
        reverse("comment-new", args=[entry.pk]),
        reverse("my-comments"),
        reverse("group-queue", args=[manual.key]),
    ]


@pytest.fixture
def readers(delegate, secondary_delegate, facilitator, admin) -> list[Client]:
    clients = []
    for person in (delegate, facilitator, admin):
        client = Client()
        client.force_login(person)
        clients.append(client)
    in_thai_digits = Client()
    in_thai_digits.force_login(secondary_delegate)
    in_thai_digits.cookies[DIGITS_COOKIE] = "thai"
    return [*clients, in_thai_digits]


def shown(client: Client, page: str) -> str:
    return MOVING.sub("", client.get(page).content.decode())


def written_anew(client: Client, page: str, monkeypatch: Any) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(remembered, "MEMORY", remembered.Memory())
        return shown(client, page)


def test_remembered_pages_are_those_written_anew(
    pages,
    readers,
    session,
    entry,
    comment,
    delegate,
    secondary_delegate,
    facilitator,
    lampang,
    chonburi,
    hearing,
    dir_group,
    monkeypatch,
):
    def say(kind: str, **said: Any) -> None:
        factories.say(session, entry, secondary_delegate, f"ขอ {kind}", kind, **said)

    def decide(outcome: str, **fields: Any) -> Any:
        return factories.make_disposition(comment, outcome=outcome, **fields)

    def reply() -> None:
        record_comment(
            session=session,
            entry=entry,
            comment_input=CommentInput("ask", "ขอถามต่อ"),
            by=secondary_delegate,
            client_key=factories.uuids.uuid4(),
            parent=comment,
        )

    def rename_offices() -> None:
        for office, name in ((lampang, "สพป.ใหม่ เขต 9"), (chonburi, "สพม.ใหม่")):
            office.short_name = name
            office.save(update_fields=["short_name"])

    def publish() -> None:
        disposition = decide("referred", referred_to="สำนักงานใหญ่")
        publication = factories.make_publication(
            hearing, dir_group, objections_until=now() + timedelta(days=3)
        )
        disposition.publication = publication
        disposition.save(update_fields=["publication"])

    def close() -> None:
        factories.make_session_state(session, "closed", by=facilitator)

    acts: list[Callable[[], object]] = [
        lambda: None,
        lambda: say("amend", proposed=Text(body="ถ้อยคำที่ขอแก้")),
        lambda: say("add", proposed=Text(body="ข้อใหม่ที่ขอเพิ่ม")),
        lambda: say("delete", issue_class="overlap"),
        lambda: support_comment(comment, by=secondary_delegate),
        lambda: edit_comment(comment, CommentInput("agree", "เห็นชอบแล้ว"), by=delegate),
        lambda: support_comment(comment, by=secondary_delegate),
        lambda: withdraw_support(comment, by=secondary_delegate),
        reply,
        lambda: reclass_comment(
            comment, issue_class="new", by=facilitator, reason="เป็นงานใหม่ตามกฎหมาย"
        ),
        lambda: hide_comment(comment, by=facilitator, reason="กล่าวถึงบุคคล"),
        lambda: hide_comment(comment, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ"),
        lambda: show_comment(comment, by=facilitator),
        rename_offices,
        lambda: factories.make_discussion(session, entry, by=facilitator),
        lambda: factories.make_discussion(session, None, by=facilitator),
        publish,
        close,
    ]
    for number, act in enumerate(acts):
        act()
        for reader, client in enumerate(readers):
            for page in pages:
                kept = shown(client, page)
                fresh = written_anew(client, page, monkeypatch)
                assert kept == fresh, (number, reader, page)

    used = {key[0] for key in remembered.MEMORY._pieces}
    assert used == templates_with_pieces()


def templates_with_pieces() -> set[str]:
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        if "{% remembered" in path.read_text(encoding="utf-8"):
            found.add(str(path))
    return found
