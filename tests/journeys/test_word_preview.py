"""A Word file goes in, is put right in the preview and taken into the draft as one version, is compared with the
edition of 2553, goes out as Word, is changed there and comes in again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from manuals.models import Clause, ImportedProcess
from manuals.queries import load_draft_entries
from manuals.word.blocks import WordDocument
from manuals.word.writing import write_word_file
from manuals.word_export.document import DocumentOptions, make_blocks
from tests import factories
from tests.manuals.importing.test_previews import replaced_in_docx

pytestmark = pytest.mark.django_db(transaction=True)


def test_word_file_in_corrected_and_committed(
    settings, tmp_path: Path, signed_in, drafter, admin, process, work_off_jobs
):
    settings.VAR_DIR = tmp_path
    basis = factories.make_edition("2553", kind="baseline", by=admin)
    factories.make_release(basis, "public", by=admin)
    before = set(
        Clause.objects.live().filter(section=process).values_list("uuid", flat=True)
    )
    version = process.version
    blocks = make_blocks(load_draft_entries(process), DocumentOptions("arabic"))
    raw = write_word_file(WordDocument("การรับหนังสือราชการ", blocks))
    # A step says "วันละสองครั้ง" too
    raw = replaced_in_docx(raw, "อย่างน้อยวันละสองครั้ง", "อย่างน้อยวันละสามครั้งของสานักงาน")
    page = signed_in(drafter)

    send_file(page, "คู่มือ.docx", raw)
    work_off_jobs()
    page.get_by_role("link", name="ตรวจทีละข้อ").click()

    # Doubtful first; its match is told, and the words are put right
    doubtful = page.locator("section", has=page.locator("#doubtful")).locator("article")
    expect(doubtful).to_have_count(1)
    expect(doubtful).to_contain_text("ตรงตามรหัสข้อในไฟล์")
    doubtful.get_by_role("link", name="แก้ไข").click()
    words = page.locator("[name=words-0]")
    words.fill(words.input_value().replace("สานักงาน", "สำนักงาน"))
    page.get_by_role("button", name="บันทึกถ้อยคำ").click()
    expect(page.locator("#doubtful")).to_have_count(0)

    # A row goes in and out again, without leaving the page
    row = page.locator("article", has_text="จัดลำดับความเร่งด่วน").first
    row.get_by_role("button", name="เลื่อนเข้า").click()
    expect(row.get_by_role("button", name="เลื่อนออก")).to_be_visible()
    row.get_by_role("button", name="เลื่อนออก").click()
    expect(row.get_by_role("button", name="เลื่อนออก")).to_have_count(0)

    page.get_by_role("link", name="กลับไปนำเข้า").click()
    page.get_by_role("button", name="นำเข้าที่เลือก").click()
    page.wait_for_url("**/drafts/files/reports/**")
    work_off_jobs()
    expect(page.locator("h1")).to_have_text("นำเข้าแล้ว 1 กระบวนงาน")

    process.refresh_from_db()
    assert process.version == version + 1
    live = Clause.objects.live().filter(section=process)
    assert set(live.values_list("uuid", flat=True)) == before
    assert live.get(plain__contains="วันละสามครั้งของสำนักงาน")
    kept = ImportedProcess.objects.get()
    assert kept.taken_version.number == process.version
    page.goto(f"/groups/DIR/drafts/{process.uuid}/versions/")
    expect(page.locator(".happenings__item").first).to_contain_text("คู่มือ.docx")

    # What the file changed since 2553
    page.goto("/comparisons/2553/working-draft/manuals/DIR/")
    expect(page.locator("ins", has_text="สาม")).to_be_visible()

    # Out as Word, changed there, and in again: one clause differs, all are known
    page.goto("/exports/word/")
    page.locator("[name=edition]").select_option("working-draft")
    page.get_by_role("button", name="ส่งออกเป็น Word").click()
    page.wait_for_url("**/jobs/*/")
    work_off_jobs()
    with page.expect_download() as download:
        page.get_by_role("link", name="ดาวน์โหลด").click()
    changed = replaced_in_docx(
        download.value.path().read_bytes(),
        "วันละสามครั้งของสำนักงาน",
        "วันละสี่ครั้งของสำนักงาน",
    )
    send_file(page, "แก้ใน Word.docx", changed)
    work_off_jobs()
    page.get_by_role("button", name="นำเข้าที่เลือก").click()
    page.wait_for_url("**/drafts/files/reports/**")
    work_off_jobs()
    expect(page.locator("h1")).to_have_text("นำเข้าแล้ว 1 กระบวนงาน")
    live = Clause.objects.live().filter(section=process)
    assert set(live.values_list("uuid", flat=True)) == before
    assert live.get(plain__contains="วันละสี่ครั้งของสำนักงาน")
    process.refresh_from_db()
    assert process.version == version + 2


def send_file(page: Page, name: str, raw: bytes) -> None:
    page.goto("/groups/DIR/drafts/files/")
    page.locator("[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
    )
    page.get_by_role("button", name="ตรวจไฟล์").click()
    expect(page.locator("h1")).to_have_text("กำลังอ่านไฟล์")
