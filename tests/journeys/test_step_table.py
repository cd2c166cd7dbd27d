"""The table of steps filled in by keyboard alone, pasted into from a spreadsheet, without a connection, and without
scripts."""

import pytest
from playwright.sync_api import Page, expect

from manuals.content import Step
from manuals.drafting.queries.steps import find_step_clauses
from manuals.models import DraftBuffer, Section
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "เขียนขั้นตอนครั้งแรก"


@pytest.fixture
def undrafted(unit, drafter) -> Section:
    return factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )


def open_table(page: Page, section: Section) -> None:
    page.goto(f"/groups/DIR/drafts/{section.uuid}/steps/")
    page.locator("[data-keys]:not([hidden])").wait_for(state="attached")


def save(page: Page) -> None:
    page.locator("[name=reason]").fill(REASON)
    page.locator(".button--main").click()
    page.wait_for_url("**/#part-9")


def paste(page: Page, text: str) -> None:
    """What a spreadsheet's cells are on the clipboard, into the cell that has the caret."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_process_is_filled_in_by_keyboard_alone(signed_in, drafter, undrafted):
    page = signed_in(drafter)
    open_table(page, undrafted)
    keys = page.keyboard
    page.locator("[data-cell=shape]").focus()
    keys.press("ArrowUp")  # กิจกรรม → เริ่มต้น
    keys.press("Tab")
    keys.type("ร่างหนังสือ")
    keys.press("ArrowRight")  # at the end of the text: on to the next cell
    keys.type("30 นาที")
    keys.press("Control+Enter")
    keys.type("ส่งหนังสือ")
    keys.press("Shift+Enter")
    keys.type("ทางระบบ")
    keys.press("Control+Enter")
    keys.type("ตรวจหนังสือ")
    keys.press("Alt+ArrowUp")
    keys.press("Tab")  # past the fold under the details, as in a spreadsheet
    keys.type("1 วัน")
    keys.press("ArrowDown")
    keys.type("2 ชั่วโมง")
    keys.press("Enter")  # in the last row: one more, in the same column
    keys.type("5 นาที")
    keys.press("Shift+Tab")
    keys.type("เก็บสำเนา")
    last = page.locator("tbody tr").last
    for name in ("duration", "standard", "actor", "system", "note"):
        keys.press("Tab")
        expect(last.locator(f"[data-cell={name}]")).to_be_focused()
    keys.press("Tab")
    expect(last.locator(".edit-table__branches > summary")).to_be_focused()
    keys.press("Tab")
    expect(page.get_by_role("button", name="เพิ่มแถว", exact=True)).to_be_focused()
    chart = page.locator("[data-side] .flow-chart")
    expect(chart).to_have_attribute(
        "aria-label",
        "ผังขั้นตอนการปฏิบัติงาน การส่งหนังสือ: 1 ร่างหนังสือ (เริ่มต้น), 2 ตรวจหนังสือ (กิจกรรม), 3 ส่งหนังสือ ทางระบบ (กิจกรรม), "
        "4 เก็บสำเนา (กิจกรรม)",
    )
    assert page.locator("tbody select[name$='-to']").first.locator(
        "option"
    ).all_text_contents() == [
        *("แถวถัดไป", "1 ร่างหนังสือ", "2 ตรวจหนังสือ", "3 ส่งหนังสือ ทางระบบ", "4 เก็บสำเนา"),
    ]
    save(page)
    steps = [clause.content for clause in find_step_clauses(undrafted)]
    assert [(step.body, step.duration_text) for step in steps] == [
        ("ร่างหนังสือ", "30 นาที"),
        ("ตรวจหนังสือ", "1 วัน"),
        ("ส่งหนังสือ\nทางระบบ", "2 ชั่วโมง"),
        ("เก็บสำเนา", "5 นาที"),
    ]
    assert steps[0].shape == "start"


def test_enter_saves_from_the_reason_alone_also_where_that_was_kept(
    signed_in, drafter, undrafted
):
    page = signed_in(drafter)
    open_table(page, undrafted)
    page.locator("[data-cell=text]").fill("ร่างหนังสือ")
    page.locator("[name=reason]").fill(REASON)
    page.get_by_role("button", name="เก็บร่างไว้ก่อน").click()
    page.wait_for_url("**/#part-9")
    open_table(page, undrafted)
    expect(page.locator("[name=reason]")).to_have_value(REASON)
    # Wherever the caret stands in the rows, Enter sends nothing
    row = page.locator("tbody tr").first
    row.locator("[data-cell=shape]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("tbody tr").last.locator("[data-cell=text]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)  # an empty last row is enough
    second = page.locator("tbody tr").nth(1)
    row.locator(".edit-table__menu > summary").click()
    row.locator("select[name$='-applies_to']").focus()
    page.keyboard.press("Enter")
    expect(second.locator("[data-cell=text]")).to_be_focused()
    row.locator(".edit-table__branches > summary").click()
    row.locator("textarea[name$='-label']").first.focus()
    page.keyboard.press("Enter")
    expect(second.locator("[data-cell=text]")).to_be_focused()
    second.locator("[data-cell=text]").fill("ส่งหนังสือ")
    second.locator(".edit-table__branches > summary").click()
    second.locator("textarea[name$='-label']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody tr").nth(2).locator("[data-cell=text]")).to_be_focused()
    assert not find_step_clauses(undrafted)
    # Untouched, as it came back
    page.locator("[name=reason]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#part-9")
    steps = [clause.content.body for clause in find_step_clauses(undrafted)]
    assert steps == ["ร่างหนังสือ", "ส่งหนังสือ"]


def test_cells_from_a_spreadsheet_fill_cells_and_rows(signed_in, drafter, undrafted):
    page = signed_in(drafter)
    open_table(page, undrafted)
    page.locator("[data-cell=text]").fill("เดิม")
    paste(
        page,
        'ร่าง\t30 นาที\tถูกต้อง\n"ตรวจ\nและ ""ลงนาม"""\t1 วันทำการ\r\nส่ง\t\t\tธุรการ\tAMSS++\n',
    )
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator("[data-undo]").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("[data-cell=text]")).to_have_value("เดิม")
    page.locator("[data-cell=text]").focus()
    paste(
        page,
        'ร่าง\t30 นาที\tถูกต้อง\n"ตรวจ\nและ ""ลงนาม"""\t1 วันทำการ\r\nส่ง\t\t\tธุรการ\tAMSS++\n',
    )
    save(page)
    assert [clause.content for clause in find_step_clauses(undrafted)] == [
        Step(body="ร่าง", duration={"text": "30 นาที", "minutes": 30}, standard="ถูกต้อง"),
        Step(body='ตรวจ\nและ "ลงนาม"', duration={"text": "1 วันทำการ", "minutes": 420}),
        Step(body="ส่ง", actor="ธุรการ", system="AMSS++"),
    ]


def test_pasted_cells_that_have_no_place_are_told(signed_in, drafter, undrafted):
    page = signed_in(drafter)
    open_table(page, undrafted)
    cells_of_row = page.locator("tbody tr").first.locator("[data-cell]")
    names = cells_of_row.evaluate_all("cells => cells.map(cell => cell.dataset.cell)")
    fits = len(names) - names.index("text")
    page.locator("[data-cell=text]").focus()
    cells = [f"ค่า{number}" for number in range(fits)]
    paste(page, "\t".join([*cells, "ผู้ตรวจ", "ผู้อนุมัติ"]) + "\n")
    told = page.locator("[data-told]")
    expect(told).to_contain_text("เกินคอลัมน์สุดท้ายของตาราง 2 คอลัมน์ จึงไม่ได้วาง 2 ช่อง")
    expect(told).to_contain_text(f"“ผู้ตรวจ” (แถวที่ 1 คอลัมน์ที่ {fits + 1} ของที่วาง)")
    expect(told).to_contain_text("“ผู้อนุมัติ”")

    page.locator("[data-cell=shape]").focus()
    paste(page, "รูปที่ไม่มี\tร่าง\n")
    expect(told).to_contain_text("ไม่มีในรายการให้เลือก จึงไม่ได้วาง 1 ช่อง: “รูปที่ไม่มี”")

    page.locator("[data-cell=text]").focus()
    paste(page, "".join(f"งาน\t{number} วัน\n" for number in range(103)))
    expect(told).to_contain_text("วาง 100 แถวแล้ว")
    expect(told).to_contain_text("อีก 3 แถวท้ายไม่ได้วาง")


def test_decision_is_drawn_with_its_branches(signed_in, drafter, process):
    page = signed_in(drafter)
    open_table(page, process)
    last = page.locator("tbody tr").last
    last.locator("[data-cell=shape]").select_option("decision")
    labels, targets = (
        last.locator("textarea[name$='-label']"),
        last.locator("select[name$='-to']"),
    )
    expect(labels).to_have_count(2)
    labels.first.fill("ผิดกลุ่ม")
    targets.first.select_option(index=1)
    expect(page.locator("[data-side] .flow-chart")).to_contain_text("ผิดกลุ่ม")
    save(page)
    first, *_, decision = find_step_clauses(process)
    assert decision.content.next == [{"to": str(first.uuid), "label": "ผิดกลุ่ม"}]


def test_cut_row_comes_back(signed_in, drafter, process):
    page = signed_in(drafter)
    open_table(page, process)
    row = page.locator("tbody tr").first
    words = row.locator("[data-cell=text]").input_value()
    row.locator("summary").first.press("Enter")
    row.locator("[name=cut]").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator("[data-undo]").click()
    expect(page.locator("tbody tr").first.locator("[data-cell=text]")).to_have_value(
        words
    )
    assert Section.objects.get(pk=process.pk).version == process.version


def test_table_typed_without_a_connection_comes_back(
    signed_in, drafter, undrafted, allow_outage
):
    page = signed_in(drafter)
    open_table(page, undrafted)
    page.clock.install()
    page.reload()
    open_table(page, undrafted)
    allow_outage(page)
    page.context.set_offline(True)
    page.locator("[data-cell=text]").fill("พิมพ์ระหว่างสายหลุด")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("แถวที่สอง")
    page.clock.run_for(10_000)
    expect(page.locator("[data-kept]")).to_contain_text("เก็บร่างไว้ในเครื่องนี้ก่อน")
    page.context.set_offline(False)
    page.goto("/account/")
    open_table(page, undrafted)
    expect(page.locator("[data-cell=text]").nth(1)).to_have_value("แถวที่สอง")
    expect(page.locator("[data-cell=text]").nth(0)).to_have_value("พิมพ์ระหว่างสายหลุด")
    assert DraftBuffer.objects.get().subject == undrafted.uuid


def test_table_is_filled_in_without_scripts(signed_in, drafter, undrafted):
    page = signed_in(drafter, width=360, java_script_enabled=False)
    page.goto(f"/groups/DIR/drafts/{undrafted.uuid}/steps/")
    page.locator("[name$='-text']").fill("ส่งหนังสือ")
    page.get_by_role("button", name="เพิ่มแถว", exact=True).click()
    page.locator("[name$='-text']").nth(1).fill("ร่างหนังสือ")
    page.locator("tbody tr").nth(1).locator("summary").first.click()
    page.locator("tbody tr").nth(1).get_by_role("button", name="ขึ้น").click()
    save(page)
    assert [clause.body for clause in find_step_clauses(undrafted)] == [
        "ร่างหนังสือ",
        "ส่งหนังสือ",
    ]
