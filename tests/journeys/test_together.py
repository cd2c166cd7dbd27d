"""Working together in the browser: a note, a request to look that is answered, a link to the draft that is opened with
its password and called back."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from hearing_portal.thai.dates import be_year

pytestmark = pytest.mark.django_db(transaction=True)


def test_note_is_answered_and_settled_by_a_colleague(
    signed_in, drafter, second_drafter, process, clause
):
    notes = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/notes/"
    mine, theirs = signed_in(drafter), signed_in(second_drafter, width=360)
    mine.goto(notes)
    mine.locator("main form [name=text]").last.fill("ระยะเวลาตรงกับระเบียบหรือไม่")
    mine.get_by_role("button", name="บันทึก", exact=True).click()

    theirs.goto(notes)
    theirs.locator(".team-note summary").click()
    theirs.locator(".team-note [name=text]").fill("ตรงแล้ว ข้อ 35")
    theirs.get_by_role("button", name="บันทึกคำตอบ").click()
    expect(theirs.get_by_text("ตรงแล้ว ข้อ 35")).to_be_visible()
    theirs.get_by_role("button", name="เสร็จแล้ว").click()

    mine.goto(notes)
    expect(mine.locator(".team-note .state--yes")).to_have_text("เสร็จแล้ว")


def test_expert_is_asked_to_look_and_answers(signed_in, drafter, expert, process):
    asking, looking = signed_in(drafter), signed_in(expert, width=360)
    asking.goto(f"/groups/DIR/drafts/{process.uuid}/review-requests/new/")
    asking.locator("[name=asked]").select_option(str(expert.pk))
    asking.locator("[name=text]").fill("ขั้นตอนที่ 2 ครบถ้วนหรือไม่")
    asking.get_by_role("button", name="ส่งคำขอ").click()
    asking.wait_for_url("**/review-requests/*/")

    looking.goto("/review-requests/")
    looking.get_by_role("link", name=process.title).click()
    expect(looking.get_by_text("ขั้นตอนที่ 2 ครบถ้วนหรือไม่")).to_be_visible()
    looking.locator("main [name=text]").fill("ครบถ้วนแล้ว")
    looking.get_by_role("button", name="ส่งผลการตรวจ").click()
    expect(looking.get_by_role("heading", name="ผลการตรวจ", exact=True)).to_be_visible()

    asking.reload()
    expect(asking.get_by_text("ครบถ้วนแล้ว")).to_be_visible()
    asking.get_by_role("button", name="ปิดคำขอ").click()
    asking.wait_for_url("**/review-requests/")


def test_link_is_opened_with_its_password_and_called_back(
    signed_in, open_context, drafter, process
):
    page = signed_in(drafter)
    page.goto(f"/groups/DIR/preview-links/new/?section={process.uuid}")
    page.locator("[name=purpose]").fill("เสนอผู้บริหารพิจารณา")
    last = localdate() + timedelta(days=7)
    page.locator("[name=ends_on]").fill(f"{last.day}/{last.month}/{be_year(last)}")
    page.get_by_role("button", name="จัดทำลิงก์").click()
    address = page.locator(".secret-address").inner_text()
    password = page.locator(".one-time__word").inner_text()

    director = open_context(360).new_page()
    director.goto(f"/preview/{address.rstrip('/').rpartition('/')[2]}/")
    expect(director.get_by_text(process.title)).to_have_count(0)
    director.locator("[name=password]").fill(password.replace("-", ""))
    director.get_by_role("button", name="เปิดดูร่าง").click()
    expect(director.get_by_role("heading", name=process.title)).to_be_visible()
    expect(director.locator(".watermark__words").first).to_be_attached()

    page.goto("/preview-links/")
    page.get_by_role("button", name="เรียกคืน").click()
    page.wait_for_load_state("load")
    director.reload()
    expect(director.get_by_text("เรียกคืนลิงก์นี้แล้ว")).to_be_visible()
    expect(director.get_by_text(process.title)).to_have_count(0)
