"""The room is one: what the facilitator does is on the delegates' screens by itself, and nobody is disturbed by it."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import expect

from comments.hearings.services.session_states import discuss_entry, pause_session
from comments.links import entry_url
from comments.live.queries import MOST_TOLD
from comments.wall.queries import wall_letters
from hearing_portal.launch.web import PunctualProtocol, Server
from hearing_portal.live.hub import Hub, find_source
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import BundledStaticFiles

pytestmark = pytest.mark.django_db(transaction=True)
STREAM = re.compile(r"/live/\?ticket=")
WORDS = "ขอให้เพิ่มระยะเวลาตรวจสอบเอกสาร"


@pytest.fixture
def portal() -> Iterator[str]:
    """The address of pages and the hub behind one port, as the portal serves them."""
    hub = Hub(find_source)
    django = BundledStaticFiles(get_wsgi_application())

    def pages_of_django(environ, start_response):
        try:
            yield from django(environ, start_response)
        finally:
            connections.close_all()

    pages = WSGIMiddleware(pages_of_django, workers=4)

    async def application(scope, receive, send) -> None:
        if scope["path"].startswith("/live/"):
            await hub.serve(scope, receive, send)
        else:
            await pages(scope, receive, send)

    config = uvicorn.Config(
        application, http=PunctualProtocol, lifespan="off", log_level="error"
    )
    server = Server(config, hub)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener]))
    )
    thread.start()
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


def test_phone_follows_the_room(
    portal, session, edition, entry, process, facilitator, delegate, admin, signed_in
) -> None:
    """The line tells the next clause and the pause, the clause what is new; who writes goes on."""
    factories.make_release(edition, "public", by=admin)
    discuss_entry(session, entry, by=facilitator)
    clauses = edition.entries.filter(kind="clause", section=process)
    following = clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal")[0]

    reader = signed_in(delegate, width=360)
    reader.goto(f"{portal}/groups/DIR/processes/{process.uuid}/")
    line = reader.locator("#session-bar")
    expect(line).to_contain_text(f"ข้อ {entry.cite} กำลังอภิปราย")
    writer = signed_in(delegate, width=360)
    writer.goto(f"{portal}/entries/{entry.pk}/comments/new/?type=ask")
    writer.locator("#id_text").press_sequentially(WORDS)
    place = writer.evaluate("window.scrollY")

    with reader.expect_response("**/session/live/**"):
        reader.reload()
    discuss_entry(session, following, by=facilitator)
    for page in (reader, writer):
        bar = page.locator("#session-bar")
        expect(bar).to_contain_text(f"ข้อ {following.cite} กำลังอภิปราย")
    expect(line.get_by_role("link", name="ไปที่ข้อนี้")).to_have_attribute(
        "href", entry_url(following, following.manual)
    )
    assert writer.evaluate("document.activeElement.id") == "id_text"
    assert writer.evaluate("window.scrollY") == place
    expect(writer.locator("#id_text")).to_have_value(WORDS)

    writer.get_by_role("button", name=names.SEND).click()
    news = reader.get_by_text("มีความคิดเห็นใหม่ 1 เรื่อง")
    expect(news).to_be_visible()
    expect(news.get_by_role("link", name="แสดง")).to_have_attribute(
        "href", f"/entries/{entry.pk}/comments/"
    )
    pause_session(session, by=facilitator, reason="พักรับประทานอาหารกลางวัน")
    expect(line).to_contain_text("พักเวที")


@pytest.fixture
def places(unit, process, drafter, hearing, dir_group, facilitator, admin):
    """(session, a clause of one process, a clause of another one)"""
    text = factories.PROCESS_TEXT.replace("การรับหนังสือ", "การส่งหนังสือ")
    other = factories.make_process(text=text, unit=unit, by=drafter)
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "public", by=admin)
    made = factories.make_session(edition, dir_group, hearing=hearing)
    clauses = [factories.clause_at(section, "5.2") for section in (process, other)]
    entries = [factories.entry_of(edition, clause) for clause in clauses]
    return factories.open_session(made, by=facilitator), *entries


def test_who_follows_is_taken_to_another_process_and_who_writes_is_asked(
    places, portal, facilitator, delegate, signed_in
) -> None:
    """And who switched following off on this device stays."""
    session, entry, elsewhere = places
    discuss_entry(session, entry, by=facilitator)
    here, there = (
        f"{portal}{entry_url(each, each.manual)}" for each in (entry, elsewhere)
    )
    reader, marker, stayer = (signed_in(delegate, width=360) for _ in range(3))
    for page in (reader, marker, stayer):
        with page.expect_response("**/session/live/**"):
            page.goto(here)
    marker.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    switch = stayer.get_by_role("button", name="ตามผู้ดำเนินเวที")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")

    discuss_entry(session, elsewhere, by=facilitator)

    expect(reader).to_have_url(there)
    offer = marker.get_by_role("link", name="ไปที่ข้อนั้น")
    expect(offer).to_be_visible()
    expect(stayer.locator("#session-bar a").first).to_have_attribute(
        "href", entry_url(elsewhere, elsewhere.manual)
    )
    expect(stayer.get_by_role("link", name="ไปที่ข้อนั้น")).to_have_count(0)
    discuss_entry(session, entry, by=facilitator)
    expect(reader).to_have_url(here)
    expect(marker).to_have_url(here)
    stayer.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_phone_without_a_stream_asks_for_itself(
    portal, session, edition, entry, facilitator, delegate, admin, signed_in
) -> None:
    """Behind a proxy that lets no stream through: every 15 seconds, by the page's own clock."""
    factories.make_release(edition, "public", by=admin)
    page = signed_in(delegate, width=360)
    page.clock.install()
    page.route(STREAM, lambda route: route.abort())
    with page.expect_response("**/session/live/**"):
        page.goto(f"{portal}/entries/{entry.pk}/comments/")
    discuss_entry(session, entry, by=facilitator)
    bar = page.locator("#session-bar")
    for _ in range(2):  # it is tried three times
        with page.expect_request(STREAM):
            page.clock.run_for(3_000)
    with page.expect_response("**/session/live/**"):
        page.clock.run_for(16_000)
    expect(bar).to_contain_text("กำลังอภิปราย")


def test_page_is_current_after_a_long_cut(
    portal,
    session,
    edition,
    entry,
    process,
    facilitator,
    delegate,
    admin,
    signed_in,
    allow_outage,
) -> None:
    """More happened meanwhile than is told one by one: the line is right, and nothing is counted wrongly or twice."""
    factories.make_release(edition, "public", by=admin)
    discuss_entry(session, entry, by=facilitator)
    following = edition.entries.filter(
        kind="clause", section=process, ordinal__gt=entry.ordinal
    ).order_by("ordinal")[0]
    page = signed_in(delegate, width=360)
    page.route(STREAM, lambda route: route.abort())  # offline keeps one that is open
    with page.expect_response("**/session/live/**"):
        page.goto(f"{portal}/groups/DIR/processes/{process.uuid}/")
    allow_outage(page)
    page.context.set_offline(True)
    for _ in range(MOST_TOLD + 20):
        factories.make_event(session, kind="comment", about=str(entry.pk))
    discuss_entry(session, following, by=facilitator)

    page.context.set_offline(False)

    expect(page.locator("#session-bar")).to_contain_text(following.cite)
    link = page.get_by_role("link", name="ดูข้อมูลล่าสุด")
    expect(link).to_have_count(1)
    expect(page.get_by_text("มีความคิดเห็นใหม่")).to_have_count(0)
    link.click()
    expect(link).to_have_count(0)
    expect(page.locator("#session-bar")).to_contain_text(following.cite)


def test_room_is_run_by_keys_and_everybody_sees_it(
    portal,
    session,
    edition,
    entry,
    process,
    lampang,
    facilitator,
    delegate,
    admin,
    signed_in,
    open_context,
) -> None:
    """Facilitator, wall and phone: the next clause, a speaker with the time left, and what the meeting holds."""
    factories.make_release(edition, "public", by=admin)
    discuss_entry(session, entry, by=facilitator)
    clauses = edition.entries.filter(kind="clause", section=process)
    following = clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal")[0]
    address = f"{portal}/sessions/{session.pk}"

    wall = open_context().new_page()
    wall.goto(f"{address}/wall/{wall_letters(session, 0)}/")
    phone = signed_in(delegate, width=360)
    phone.goto(f"{address}/floor/")
    noting = signed_in(facilitator, width=360)
    noting.goto(f"{address}/motions/")
    noting.get_by_label("ที่ประชุมเห็นควร").fill("ให้คงไว้")
    desk = signed_in(facilitator, width=360)
    desk.goto(f"{address}/")

    # A letter in a field is a letter, and one that is switched off is nothing
    desk.locator("#find").press_sequentially("n")
    desk.locator("#find").press("Escape")
    desk.keyboard.press("?")
    desk.get_by_role("button", name="ปิดใช้ปุ่มลัด").click()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).not_to_be_visible()
    assert session.discussions.count() == 1
    desk.get_by_role("button", name="ปุ่มลัดทั้งหมด").click()
    desk.get_by_role("button", name="เปิดใช้ปุ่มลัด").click()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    expect(wall.locator(".projector__number")).to_contain_text(following.cite)
    expect(phone.locator("#session-bar")).to_contain_text(following.cite)
    expect(desk.locator(".room__clause")).to_contain_text(following.cite)
    # Who notes something on the clause before is not disturbed
    expect(noting.locator("#session-bar")).to_contain_text(following.cite)
    expect(noting.get_by_label("ที่ประชุมเห็นควร")).to_have_value("ให้คงไว้")
    expect(noting.locator("#note")).to_contain_text(entry.cite)

    desk.keyboard.press("t")
    expect(wall.get_by_text("เวลาของข้อนี้ 10 นาที")).to_be_visible()
    desk.keyboard.press("f")
    desk.wait_for_url("**/floor/")
    phone.get_by_role("button", name="ขอพูด").click()
    expect(desk.get_by_role("heading", name="ผู้ขอพูด 1 ราย")).to_be_visible()
    expect(desk.locator("[data-keys]")).to_be_visible()  # its script listens
    desk.keyboard.press("g")
    for page in (wall, phone, desk):
        expect(page.get_by_text("กำลังพูด").first).to_be_visible()
        expect(page.get_by_role("timer").first).to_contain_text("เหลือ")
    expect(wall.get_by_text(lampang.short_name)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    # The keys lead from page to page; what is written or cannot be undone is only gone to
    desk.keyboard.press("h")
    desk.wait_for_url("**/hands/")
    desk.keyboard.press("a")
    expect(desk.locator("#id_asked")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("m")
    desk.wait_for_url("**/motions/")
    desk.keyboard.press("a")
    expect(desk.get_by_label("ที่ประชุมเห็นควร")).to_be_focused()
    desk.get_by_label("ที่ประชุมเห็นควร").fill("ให้กำหนดเวลา")
    desk.get_by_label("ถ้อยคำที่เสนอ").fill(f"{following.blob.plain} ภายใน 3 วัน")
    desk.get_by_role("button", name="บันทึกมติ").click()
    expect(wall.get_by_text("ที่ประชุมเห็นควรให้กำหนดเวลา")).to_be_visible()
    expect(wall.locator("ins").first).to_be_visible()

    late = open_context().new_page()
    late.clock.install()
    late.goto(f"{address}/wall/{wall_letters(session, 0)}/")
    expect(late.get_by_role("timer").first).to_contain_text("เหลือ")
    late.clock.run_for(200_000)
    expect(late.get_by_role("timer").first).to_contain_text("ครบเวลาแล้ว เกิน")
    expect(late.locator("p.visually-hidden[role=status]")).to_have_text("ครบเวลาแล้ว")
