"""An office begins with an empty portal and ends with a released final edition, its book, and an answered comment, all
in the browser: nobody needs a shell after the first link."""

import io
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from comments.models import Comment, Hearing
from hearing_portal.directory.models import User
from hearing_portal.directory.setup.links import setup_path
from hearing_portal.jobs.models import Job
from manuals.models import Clause, Edition
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN_PASSWORD = "เริ่มต้นประชาพิจารณ์-๖๕"
OWN_PASSWORD = "ข้อเสนอดีดี-๒๕๖๕"
WHY = "ขอให้ตรวจในระบบ เพราะสมุดทะเบียนค้นย้อนหลังไม่ได้"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วยในระบบสารบรรณอิเล็กทรอนิกส์"
REASON = "เห็นชอบตามที่เสนอ ระเบียบงานสารบรรณให้ใช้ระบบอิเล็กทรอนิกส์เป็นหลัก"
PEOPLE = [
    ("นางสาว", "สมศรี", "ใจดี", "สพป.ลำปาง เขต 1", "กลุ่มอำนวยการ", "ผู้แทน", "somsri"),
    ("นาง", "วิภา", "วาจาสุภาพ", "", "กลุ่มอำนวยการ", "ผู้ดำเนินเวที", "wipa"),
    ("นาย", "ประยูร", "เขียนชัด", "", "กลุ่มอำนวยการ", "คณะทำงานยกร่าง", "prayoon"),
]


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> None:
    """Uploads wait for their second step where pytest cleans up."""
    settings.VAR_DIR = tmp_path


def test_from_an_empty_portal_to_the_released_book(
    open_context, work_off_jobs, tmp_path
):
    office = begin(open_context)
    take_in_shipped_lists(office)
    say_whom_to_ask(office)
    make_manual(office, work_off_jobs, tmp_path)
    freeze(
        office, work_off_jobs, "2569-D1", "ร่างรับฟังความคิดเห็น พ.ศ. 2569", kind="hearing"
    )
    announce(office)
    set_up_sessions(office)
    passwords = take_in_people(office, work_off_jobs, tmp_path)
    assert_checklist_waits_for_the_door(office)
    release(office, "2569-D1", "hearing")
    open_all(office)
    assert_checklist_is_complete(office)

    somsri = enter(open_context, "somsri", passwords["somsri"], width=360)
    comment = send_comment(somsri)
    decide(enter(open_context, "prayoon", passwords["prayoon"]), comment)
    close_all(office)
    publish(enter_again(open_context, "prayoon"))
    assert_answer_is_told(somsri, comment)

    freeze(office, work_off_jobs, "2569-F1", "ฉบับสมบูรณ์ พ.ศ. 2569", kind="final")
    release_to_the_public(office, "2569-F1")
    assert_book_holds_the_words(office, work_off_jobs)
    assert_public_reads_the_final_edition(open_context)


# -- the first day ---------------------------------------------------------------------------------------


def begin(open_context: Callable[..., BrowserContext]) -> Page:
    """The link that is printed beside "Portal ready" makes the first administrator, and leads to the checklist."""
    office = open_context().new_page()
    office.goto(setup_path())
    main = office.get_by_role("main")
    main.get_by_label("ชื่อ", exact=True).fill("อารี")
    main.get_by_label("นามสกุล").fill("ดูแลดี")
    main.get_by_label(names.USERNAME).fill("aree")
    main.get_by_label("รหัสผ่าน", exact=True).fill(ADMIN_PASSWORD)
    main.get_by_label("รหัสผ่านอีกครั้ง").fill(ADMIN_PASSWORD)
    main.get_by_role("button", name="สร้างบัญชีและเข้าสู่ระบบ").click()
    office.wait_for_url("**/desk/preparation/")
    expect(office.locator("[aria-current=step]")).to_contain_text("กลุ่มงานและ สพท.")
    return office


def take_in_shipped_lists(office: Page) -> None:
    office.get_by_role("button", name="เติมทุกรายการ").click()
    expect(office.get_by_role("main")).to_contain_text(
        "10 กลุ่มงาน · สพป. 183 เขต · สพม. 62 เขต"
    )


def say_whom_to_ask(office: Page) -> None:
    office.get_by_role("link", name="ข้อมูลติดต่อ").first.click()
    main = office.get_by_role("main")
    main.get_by_label("ผู้ติดต่อ").fill("กลุ่มพัฒนาระบบบริหาร")
    main.get_by_label("โทรศัพท์").fill("0 2288 5861")
    main.get_by_role("button", name=names.SAVE).click()
    expect(office.get_by_role("contentinfo")).to_contain_text("0 2288 5861")
    office.get_by_role("link", name="แก้ไขประกาศความเป็นส่วนตัว").click()
    main.get_by_label("ใช้ข้อความที่มากับระบบ").check()
    main.get_by_role("button", name=names.SAVE).click()
    office.wait_for_url("**/privacy/")


def make_manual(office: Page, work_off_jobs: Callable[[], None], folder: Path) -> None:
    """An empty manual for one group of the ten, then a text file with its nine parts."""
    office.goto("/desk/preparation/")
    office.get_by_role("main").get_by_role("link", name="คู่มือ", exact=True).last.click()
    office.wait_for_url("**/desk/manuals/")
    office.locator("[name=groups][value=DIR]").check()
    office.locator("[name=beginning][value=empty]").check(force=True)
    office.get_by_role("button", name=names.MAKE_MANUALS).click()
    office.wait_for_load_state()
    file = folder / "การรับหนังสือราชการ.txt"
    file.write_text(factories.PROCESS_TEXT, encoding="utf-8")
    office.goto("/groups/DIR/drafts/files/")
    office.locator("[type=file]").set_input_files(file)
    office.get_by_role("main").locator("form button").first.click()
    expect(office.get_by_role("heading", name="ตรวจก่อนนำเข้า")).to_be_visible()
    office.get_by_role("button", name="นำเข้าที่เลือก").click()
    office.wait_for_url("**/drafts/files/reports/**")
    work_off_jobs()
    expect(office.get_by_role("link", name="การรับหนังสือราชการ").first).to_be_visible()
    assert Clause.objects.live().filter(section__title="การรับหนังสือราชการ").count() > 10


def freeze(
    office: Page, work_off_jobs: Callable[[], None], code: str, title: str, *, kind: str
) -> None:
    office.goto("/desk/editions/")
    office.get_by_label(names.EDITION_CODE).fill(code)
    office.get_by_label(names.EDITION_TITLE).fill(title)
    office.get_by_label("ประเภทฉบับ").select_option(kind)
    office.get_by_role("button", name=names.FREEZE).click()
    office.wait_for_url("**/jobs/**")
    work_off_jobs()
    expect(office.locator("#job:not([hx-get])")).to_be_visible()
    assert Edition.objects.get(code=code).sealed_at is not None


def announce(office: Page) -> None:
    """A rehearsal: it begins today, and nobody can object."""
    office.goto("/desk/hearing/")
    main = office.get_by_role("main")
    main.get_by_label("ชื่อการประชาพิจารณ์").fill("ประชาพิจารณ์คู่มือการปฏิบัติงาน พ.ศ. 2569")
    main.get_by_label("วันเริ่มต้น").fill(typed(localdate()))
    main.get_by_label("วันสิ้นสุด").fill(typed(localdate()))
    main.get_by_label("สถานที่").fill("ห้องประชุมใหญ่")
    main.get_by_label("หน่วยงานผู้จัด").fill("กลุ่มพัฒนาระบบบริหาร")
    main.get_by_label("จำนวนวันที่ขอให้ทบทวนผลได้").fill("0")
    main.get_by_role("button", name=names.SAVE, exact=True).click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("พ.ศ. 2569")
    assert Hearing.objects.get().objection_days == 0


def typed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def set_up_sessions(office: Page) -> None:
    """One act for all groups of the edition: here one, the other nine have no manual in it."""
    office.goto("/desk/preparation/")
    office.get_by_role("link", name="ตั้งเวทีของทุกกลุ่ม").click()
    for name in ("opens_day", "opens_clock", "closes_day", "closes_clock"):
        office.locator(f"[name=online_{name}]").fill("")
    expect(office.locator("[name=groups]")).to_have_count(1)
    office.get_by_role("button", name="ตั้งเวทีตามที่เลือก").click()
    office.wait_for_url(re.compile("/desk/hearings?/"))


def take_in_people(
    office: Page, work_off_jobs: Callable[[], None], folder: Path
) -> dict[str, str]:
    """{username: first password} of the delegate, the facilitator and the drafter."""
    path = folder / "รายชื่อ.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(
            0, 0, ("คำนำหน้า", "ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "บทบาท", "ชื่อผู้ใช้")
        )
        for line, row in enumerate(PEOPLE, start=1):
            sheet.write_row(line, 0, row)
    office.goto("/desk/people/import/")
    office.locator("[type=file]").set_input_files(path)
    office.get_by_role("button", name=names.CHECK_FILE).click()
    office.get_by_role("button", name=names.import_people(3)).click()
    office.wait_for_url("**/desk/people/import/reports/*/")
    work_off_jobs()
    assert User.objects.filter(username__in=["somsri", "wipa", "prayoon"]).count() == 3
    office.goto("/desk/people/")
    with office.expect_download() as download:
        office.get_by_role("button", name="ออกรหัสผ่านแรกเข้า").click()
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(download.value.path().read_bytes()))
        .get_sheet_by_index(0)
        .to_python()
    )
    return {str(row[0]): str(row[1]) for row in rows[1:]}


def assert_checklist_waits_for_the_door(office: Page) -> None:
    office.goto("/desk/preparation/")
    expect(office.locator("[aria-current=step]")).to_contain_text("เผยแพร่ร่างแก่ผู้เข้าร่วม")


def release(office: Page, code: str, audience: str) -> None:
    office.goto(f"/desk/editions/{code}/gate/")
    office.locator(f"button[name=audience][value={audience}]").click()
    office.locator("button[name=is_confirmed]").click()
    office.wait_for_url("**/desk/editions/")
    assert Edition.objects.get(code=code).releases.filter(audience=audience).exists()


def open_all(office: Page) -> None:
    office.goto("/desk/hearing/")
    office.get_by_role("main").locator(
        ".session-rows__acts button[value=opened]"
    ).click()
    expect(office.locator(".session-rows__acts button[value=paused]")).to_be_visible()


def assert_checklist_is_complete(office: Page) -> None:
    office.goto("/desk/preparation/")
    expect(office.get_by_text("ผู้แทนแสดงความคิดเห็นได้แล้ว")).to_be_visible()
    expect(office.locator("[aria-current=step]")).to_have_count(0)


# -- the hearing -----------------------------------------------------------------------------------------


def enter(
    open_context: Callable[..., BrowserContext],
    username: str,
    password: str,
    *,
    width: int = 1280,
) -> Page:
    """Signs in with the first password and sets an own one, as everybody must."""
    page = sign_in(open_context(width).new_page(), username, password)
    main = page.get_by_role("main")
    main.get_by_label("รหัสผ่านที่ได้รับ").fill(password)
    main.get_by_label("รหัสผ่านใหม่", exact=True).fill(OWN_PASSWORD)
    main.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill(OWN_PASSWORD)
    main.get_by_role("button", name="ตั้งรหัสผ่านของท่าน").click()
    page.wait_for_url(lambda url: "/password/" not in url)
    return page


def enter_again(open_context: Callable[..., BrowserContext], username: str) -> Page:
    page = sign_in(open_context().new_page(), username, OWN_PASSWORD)
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def sign_in(page: Page, username: str, password: str) -> Page:
    page.goto("/sign-in/")
    main = page.get_by_role("main")
    main.get_by_label(names.USERNAME).fill(username)
    main.get_by_label(names.PASSWORD, exact=True).fill(password)
    main.get_by_role("button", name=names.SIGN_IN, exact=True).click()
    return page


def send_comment(page: Page) -> Comment:
    page.goto("/groups/DIR/")
    page.get_by_role("link", name="การรับหนังสือราชการ").first.click()
    stored = Clause.objects.live().get(
        body__startswith="ตรวจสอบความครบถ้วนของหนังสือ", part=5
    )
    place = page.locator(f'[id^="c-{str(stored.uuid)[:8]}"]')
    place.get_by_role("link", name=names.COMMENT_ON).click()
    page.locator("[name=type][value=amend]").check(force=True)
    page.locator("#id_text").fill(WHY)
    page.locator("[name^=words-]").first.fill(WORDS)
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED).first).to_be_visible()
    return Comment.objects.get()


def decide(page: Page, comment: Comment) -> None:
    page.goto(f"/comments/{comment.uuid}/adoption/")
    page.locator("#id_reason").fill(REASON)
    page.get_by_role("button", name=names.ADOPT).click()
    page.wait_for_url(lambda url: "/adoption/" not in url)
    assert comment.answers.get(current=True).disposition.outcome == "accepted"


def close_all(office: Page) -> None:
    """Closing says what it means first."""
    office.goto("/desk/hearing/")
    office.get_by_role("main").locator(
        ".session-rows__acts button[value=closed]"
    ).click()
    office.locator("[name=is_confirmed]").last.click()
    office.wait_for_load_state()
    office.goto("/desk/hearing/")
    expect(office.locator(".session-rows__state").first).to_contain_text("ปิดเวทีแล้ว")


def publish(page: Page) -> None:
    page.goto("/groups/DIR/answers/")
    page.get_by_role("button", name=names.PUBLISH).click()
    expect(page.get_by_text("ไม่เปิดให้ขอทบทวนผล").first).to_be_visible()
    page.get_by_role("button", name=names.CONFIRM_PUBLISHING).click()
    expect(page.get_by_text("เผยแพร่ผลแล้ว").first).to_be_visible()


def assert_answer_is_told(page: Page, comment: Comment) -> None:
    page.goto("/my-comments/")
    page.locator(f'a[href*="{comment.uuid}"]').first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(WHY)
    expect(main).to_contain_text(REASON)
    expect(main.locator("ins").first).to_be_visible()


# -- the final edition -----------------------------------------------------------------------------------


def release_to_the_public(office: Page, code: str) -> None:
    office.goto(f"/desk/editions/{code}/gate/")
    expect(office.get_by_text("ครบทุกรายการ")).to_be_visible()
    office.locator("button[name=audience][value=public]").click()
    office.locator("[name=code]").fill(code)
    office.locator("button[name=is_confirmed]").click()
    office.wait_for_url("**/desk/editions/")
    assert Edition.objects.get(code=code).releases.filter(audience="public").exists()


def assert_book_holds_the_words(
    office: Page, work_off_jobs: Callable[[], None]
) -> None:
    office.goto("/exports/")
    office.get_by_label(names.EDITION, exact=True).first.select_option(
        label="ฉบับสมบูรณ์ พ.ศ. 2569"
    )
    office.get_by_role("button", name=names.PRINT_BOOK).click()
    office.wait_for_url("**/jobs/**")
    work_off_jobs()
    assert Job.objects.get(kind="export_book").state == "done", Job.objects.get(
        kind="export_book"
    ).error
    with office.expect_download() as download:
        office.get_by_role("link", name=names.DOWNLOAD).click()
    run = subprocess.run(
        ["pdftotext", "-layout", download.value.path(), "-"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert re.sub(r"\s+", "", WORDS) in re.sub(r"\s+", "", run.stdout)


def assert_public_reads_the_final_edition(
    open_context: Callable[..., BrowserContext],
) -> None:
    reader = open_context(360).new_page()
    reader.goto("/editions/2569-F1/")
    reader.get_by_role("link", name="อำนวยการ").first.click()
    reader.get_by_role("link", name="การรับหนังสือราชการ").first.click()
    expect(reader.get_by_role("main")).to_contain_text("ในระบบสารบรรณอิเล็กทรอนิกส์")
    assert Client().get("/editions/2569-D1/").status_code == 302
