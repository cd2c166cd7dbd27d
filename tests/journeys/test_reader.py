"""Somebody without an account looks for a clause by what is half remembered, and lands on that very clause."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from manuals.models import Edition
from manuals.searching.services import index_edition
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

CLAUSE = "หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที"  # as shown: Arabic digits unless the reader switches
MISORDERED = "ท่ีสุด"  # the tone typed before the vowel


@pytest.fixture
def edition(process, admin) -> Edition:
    """Public and indexed; long enough that the clause is far below the first screen."""
    for number in range(40):
        factories.make_clause(
            process, f"เก็บสำเนาหนังสือเรื่องที่ {number} ไว้ในแฟ้มของกลุ่ม", by=admin
        )
    made = factories.make_edition("2565", by=admin)
    factories.make_release(made, "public", by=admin)
    index_edition(made)
    return made


def look_for(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=names.SEARCH).first.click()
    page.get_by_label(names.SEARCHED_WORDS).fill(words)
    page.get_by_label(names.SEARCHED_WORDS).press("Enter")
    page.wait_for_url("**/search/?*")


@pytest.mark.parametrize(
    ("words", "width"),
    [
        ("ให้เสนอภายใน ๓๐ นาที", 1280),
        (f"หนังสือด่วน{MISORDERED}", 360),
        (f"ด่วน{MISORDERED} ๓๐ นาที", 360),
        ("เสนอ 30 นาที ด่วน", 360),
    ],
)
def test_half_remembered_phrase_leads_to_the_clause(
    words, width, edition, process, open_context
):
    assert MISORDERED != "ที่สุด"
    clause = factories.clause_at(process, "5.3 1)")
    page = open_context(width).new_page()
    look_for(page, words)
    first = page.locator(".found__item").filter(has=page.locator(".found__place")).first
    expect(first).to_contain_text(CLAUSE)
    expect(first.locator("mark").first).to_be_visible()

    first.locator(".found__place").click()

    page.wait_for_url("**/sections/**")
    anchor = urlsplit(page.url).fragment
    assert anchor.startswith(f"c-{str(clause.uuid)[:8]}")
    place = page.locator(f"#{anchor}")
    expect(place).to_contain_text(CLAUSE)
    expect(place).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').id") == anchor
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_title_and_document_code_lead_to_the_process(edition, process, open_context):
    page = open_context(360).new_page()
    look_for(page, "opm-๐๑-๐๑")
    page.get_by_role("link", name="การรับหนังสือราชการ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("การรับหนังสือราชการ")
    assert str(process.uuid) in page.url


def test_finding_nothing_says_what_to_try(edition, open_context):
    page = open_context(360).new_page()
    look_for(page, "เครื่องบินโดยสาร")
    expect(page.get_by_role("heading", name=names.NOTHING_FOUND)).to_be_visible()
    expect(page.get_by_text(names.TRY_SHORTER)).to_be_visible()
    expect(page.get_by_label(names.SEARCHED_WORDS)).to_have_value("เครื่องบินโดยสาร")
