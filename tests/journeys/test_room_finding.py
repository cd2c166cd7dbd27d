"""Who runs a room finds a clause while typing, and a speaker by part of the name."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from manuals.searching.services import index_edition
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(hearing, edition, dir_group, facilitator, admin):
    factories.make_release(edition, "hearing", by=admin)
    index_edition(edition)
    session = factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )
    return factories.open_session(session, by=facilitator)


def test_clause_is_found_while_typing_and_put_under_discussion(
    room, signed_in, facilitator
):
    page = signed_in(facilitator)
    page.goto(f"/sessions/{room.pk}/")
    page.get_by_label("ค้นหาข้อ").press_sequentially("๕.๒")
    row = page.locator("#agenda .agenda__row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("ตรวจสอบความครบถ้วน")

    row.get_by_role("button").click()

    expect(page.locator(".room__clause")).to_contain_text("5.2")
    expect(page.get_by_label("ค้นหาข้อ")).to_have_value("๕.๒")


def test_speaker_is_found_while_typing(
    room, entry, signed_in, facilitator, delegate, secondary_delegate, lampang
):
    page = signed_in(facilitator)
    page.goto(f"/sessions/{room.pk}/speakers/?entry={entry.pk}")
    office, speaker = page.get_by_label("สพท. ของผู้แทน"), page.locator("#id_speaker")

    page.get_by_label("ค้นหา สพท. หรือผู้แทน").press_sequentially("สมศรี")

    expect(office).to_have_value(lampang.short_name)
    expect(speaker).to_have_value(delegate.username)
    expect(speaker.locator("option")).to_have_count(2)  # the person, and nobody
    expect(page.locator("[data-narrowed]")).to_contain_text("พบ สพท. 1 เขต ผู้แทน 1 คน")

    page.get_by_label("ค้นหา สพท. หรือผู้แทน").fill("ฬฬฬ")
    expect(page.locator("[data-narrowed]")).to_contain_text("ไม่พบ")
    expect(speaker).to_have_value(delegate.username)  # what was chosen stays

    page.get_by_label("ค้นหา สพท. หรือผู้แทน").fill("")
    speaker.select_option(secondary_delegate.username)
    expect(office).to_have_value(secondary_delegate.office.short_name)


def test_gone_back_without_javascript_a_speakers_words_are_stored_once(
    room, entry, open_context, facilitator, lampang, live_server
):
    context = open_context(360, java_script_enabled=False)
    sign_in_browser(context, facilitator, live_server.url)
    page = context.new_page()
    page.goto(f"/sessions/{room.pk}/speakers/?entry={entry.pk}")
    page.wait_for_url("**key=*")

    def record(text: str) -> None:
        page.get_by_label(names.SPEAKERS_OFFICE).select_option(lampang.short_name)
        page.locator("[name=type][value=ask]").check(force=True)
        page.locator("#id_text").fill(text)
        page.get_by_role("button", name=names.RECORD_COMMENT).click()

    record("พูดครั้งเดียว")
    told = page.get_by_text(names.RECORDED_FOR)
    expect(told.first).to_be_visible()
    page.go_back()
    record("พูดครั้งเดียว")
    expect(told.first).to_be_visible()
    assert Comment.objects.get().text == "พูดครั้งเดียว"
    # The page it came to has another key: the next speaker's words are another comment, the same or not
    record("พูดครั้งเดียว")
    expect(told.first).to_be_visible()
    assert Comment.objects.count() == 2
    page.go_back()
    record("พูดอย่างอื่น")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_text")).to_have_value("พูดอย่างอื่น")
    assert Comment.objects.count() == 2
