"""Pages on paper: they say when and where they were read, and are words only."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from hearing_portal.thai.dates import be_year
from hearing_portal.web.printing import imprint_of
from manuals.drafting.services.structure import retire_clause
from tests import factories

WIDTH_OF_PAPER = 673  # CSS pixels between the margins of A4, upright
WAYS_TO_ACT = "button, .button, main nav, .masthead, .session-bar, .action-bar, meter, .clause__acts, .colophon, .menu"


def test_address_is_the_one_the_reader_asked_and_can_be_read():
    request = RequestFactory().get(
        "/search/?q=%E0%B9%80%E0%B8%87%E0%B8%B4%E0%B8%99",
        headers={"host": "localhost:8431"},
    )
    assert (
        imprint_of(request, request.get_full_path()).address
        == "http://localhost:8431/search/?q=เงิน"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["delegate", "facilitator"])
def test_printed_pages_say_when_and_where_and_leave_out_what_is_for_the_screen(
    who, request, process, session, comment, released, signed_in, live_server, tmp_path
):
    page = signed_in(request.getfixturevalue(who))
    addresses = {
        "delegate": [
            "/",
            "/groups/DIR/",
            f"/groups/DIR/processes/{process.uuid}/",
            f"/comments/{comment.uuid}/",
        ],
        "facilitator": ["/groups/DIR/queue/", f"/entries/{comment.entry_id}/comments/"],
    }
    for address in addresses[who]:
        page.goto(address)
        page.emulate_media(media="print")
        seen = page.locator(WAYS_TO_ACT).evaluate_all(
            "found => found.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))"
        )
        assert seen == [], address
        if (
            "/processes/" in address
        ):  # its words, without what stands in the margin and what explains that
            expect(
                page.locator(".clause__margin, .step-table__voices, .legend").filter(
                    visible=True
                )
            ).to_have_count(0)
        words = printed(page, tmp_path)
        assert "แถบและตัวเลข" not in words, address  # no bars stand there
        assert re.search(r"ข้อมูล ณ วันที่ \d+ \S+ 25\d\d เวลา \d\d\.\d\d\sน\.", words), (
            address
        )
        assert f"{live_server.url}{address}" in words
        page.emulate_media(media="screen")
        assert not page.locator(".imprint").is_visible()


@pytest.mark.django_db(transaction=True)
def test_no_clause_is_parted_from_its_number_nor_a_heading_from_its_first_clause(
    process, drafter, admin, signed_in, reader_of_all, tmp_path
):
    for number in range(30):
        factories.make_clause(
            process, f"เก็บสำเนาหนังสือเรื่องที่ {number} ไว้ในกลุ่ม " * 6, by=drafter
        )
    edition = factories.make_edition("2566", by=admin)
    factories.make_release(edition, "public", by=admin)
    page = signed_in(reader_of_all)
    page.goto(f"/editions/2566/sections/{process.uuid}/")
    pages = printed(page, tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    for text in pages:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        # The last line above the page's number is no heading, and no number of a clause without words
        last = lines[-2]
        assert not re.fullmatch(r"\d(\.\d+)?( \S+)?|\d+\)", last), last


@pytest.mark.django_db(transaction=True)
def test_columns_of_the_contents_stand_apart_and_the_chart_goes_straight_down(
    process, session, comment, released, delegate, signed_in
):
    page = signed_in(delegate, width=WIDTH_OF_PAPER)
    page.goto("/")
    page.emulate_media(media="print")
    state = page.locator(".contents__state > *").first.bounding_box()
    meters = page.locator(".contents__meters").first.bounding_box()
    assert state["x"] + state["width"] < meters["x"]

    page.goto(f"/groups/DIR/processes/{process.uuid}/")
    strips = [
        strip.bounding_box() for strip in page.locator(".flow-chart__drawing").all()
    ]
    assert len(strips) > 2
    for upper, lower in pairwise(strips):
        assert (lower["x"], lower["y"]) == (
            upper["x"],
            pytest.approx(upper["y"] + upper["height"], abs=1),
        )


@pytest.mark.django_db(transaction=True)
def test_sheets_of_the_working_draft_are_marked_on_every_page(
    process, clause, drafter, signed_in, open_context, live_server, tmp_path
):
    for number in range(30):
        factories.make_clause(
            process, f"เก็บสำเนาหนังสือเรื่องที่ {number} ไว้ในกลุ่ม " * 6, by=drafter
        )
    gone = factories.make_clause(process, "ข้อที่ยกเลิกไปแล้ว", by=drafter)
    retire_clause(gone, gone.lock_version, by=drafter, reason="ซ้ำ")
    factories.make_draft_buffer(drafter, clause)
    factories.make_team_note(clause, by=drafter)
    factories.make_preview_link(
        process.manual, process, by=drafter, secret="a-secret-of-an-address"
    )
    page = signed_in(drafter)
    director = open_context(1280).new_page()
    director.goto(reverse("preview", args=["a-secret-of-an-address"]))
    director.locator("[name=password]").fill(factories.PREVIEW_PASSWORD)
    director.locator("main button").click()
    director.locator("#part-5").wait_for()
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    sheets = [(director, None)]
    today = localdate()
    on_day = f"/groups/DIR/drafts/at/?day={today.day}/{today.month}/{be_year(today)}"
    contents = ("/groups/DIR/drafts/", on_day)
    for address in (draft, f"{draft}versions/2/", *contents):
        sheets.append((page, address))
    for shown, address in sheets:
        if address is not None:
            shown.goto(address)
        shown.emulate_media(media="print")
        seen = shown.locator(f"{WAYS_TO_ACT}, form, #retired").evaluate_all(
            "found => found.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))"
        )
        assert seen == [], address
        pages = printed(shown, tmp_path, "-raw").split("\f")[:-1]
        assert len(pages) > (0 if address in contents else 2)
        for text in pages:
            assert text.count("ร่าง ห้ามใช้อ้างอิง") >= 9, address
        words = " ".join(pages)
        assert re.search(r"ข้อมูล ณ วันที่ \d+ \S+ 25\d\d", words), address
        for left_out in ("ข้อที่ยกเลิกไปแล้ว", "พิมพ์ค้างไว้", "บันทึกของคณะทำงาน"):
            assert left_out not in words, address
        shown.emulate_media(media="screen")
        if address is not None:
            expect(
                shown.locator(".watermark__words").filter(visible=True)
            ).to_have_count(0)
        assert "a-secret" not in words


@pytest.fixture
def reader_of_all(db):
    return factories.make_user("reader", "อ่าน", "ทุกเล่ม")


def printed(page, folder: Path, order: str = "-layout") -> str:
    """The words of the page's PDF, as Chromium prints it: a form feed after each page. In the `order` "-raw" what is
    written askew stays together."""
    path = folder / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True, format="A4")
    done = subprocess.run(
        ["pdftotext", order, path, "-"], capture_output=True, check=True, text=True
    )
    return done.stdout
