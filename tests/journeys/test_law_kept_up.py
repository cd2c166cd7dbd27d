"""The law in the browser: a repealed source is replaced in one act, the process is found to agree with the law, and a
later change puts that back."""

import pytest
from playwright.sync_api import expect

from manuals.content import Reference, Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
REPEALED = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535"
IN_FORCE = "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"


@pytest.fixture
def citing(process, drafter) -> None:
    """Two clauses of the process cite a regulation that was replaced by an act."""
    old = factories.make_legal_source(
        "ระเบียบพัสดุ 2535", full_title=REPEALED, year_be=2535, status="repealed"
    )
    new = factories.make_legal_source(
        "พ.ร.บ.จัดซื้อจัดจ้าง", full_title=IN_FORCE, year_be=2560, status="in_force"
    )
    factories.make_legal_succession(old, new)
    factories.make_clause(
        process, Reference(source=old.key, as_cited=REPEALED), part=8, by=drafter
    )
    factories.make_clause(process, f"จัดหาวัสดุตาม{REPEALED}", part=3, by=drafter)


def test_repealed_law_is_replaced_and_the_process_found_to_agree(
    signed_in, drafter, process, clause, citing
):
    page = signed_in(drafter)
    page.goto("/drafting/")
    page.get_by_role("link", name="อ้างกฎหมายที่ยกเลิกแล้ว").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("[name=reason]").fill("กฎหมายใหม่ใช้บังคับแล้ว")
    page.get_by_role("button", name="แทนที่ในข้อที่เลือก").click()
    page.wait_for_load_state("load")
    page.goto(f"/groups/DIR/drafts/{process.uuid}/")
    expect(page.get_by_text(IN_FORCE).first).to_be_visible()
    expect(page.get_by_text(REPEALED)).to_have_count(0)

    check = f"/groups/DIR/conformity/{process.uuid}/"
    page.goto(check)
    page.get_by_label("สอดคล้อง – เป็นไปตามกฎหมายที่ใช้บังคับ").check()
    page.get_by_role("button", name="บันทึกผลการตรวจ").click()
    expect(page.locator(".page-head .state")).to_have_text("สอดคล้อง")

    clause.refresh_from_db()
    revised = ReviseClause(clause, clause.lock_version, Text(body="ตรวจสอบหนังสือทุกฉบับ"))
    apply_changes(drafter, "edit", "กันตกหล่น", [revised])
    page.goto(check)
    expect(page.locator(".page-head .state")).to_have_text("ยังไม่ตรวจ")
    expect(
        page.get_by_text("สอดคล้อง", exact=True).last
    ).to_be_visible()  # what was found stays in the history
