"""Every page of the portal in every state a person can meet it: one list for axe, for measures and for pictures.

A screen is an address, the person who opens it, the hearing it is opened in (scenes.py), and what they do there
before one looks. `{process.uuid}` in an address is the scene's own.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image
from playwright.sync_api import Page

from comments.returned_copies.comment_form import write_comment_form
from hearing_portal.directory.groups.services import change_work_group
from hearing_portal.directory.people.services import reset_password
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.thai.dates import be_year
from hearing_portal.thai.text import escape_plain
from hearing_portal.web.http import server_error
from hearing_portal.web.unavailable import Trouble, unavailable_response
from manuals.content import Text, read_duration
from manuals.drafting.changes import RetireClause, ReviseClause
from manuals.drafting.queries.steps import find_step_clauses
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.shifting import Direction, shift_clause
from manuals.drafting.services.structure import split_clause
from manuals.exchange.checking import READ_AT_ONCE
from manuals.exchange.edition_json import file_digest, load_edition_json, write_json
from manuals.exchange.jobs import CHECK_KIND
from manuals.models import Clause, Edition
from tests import factories
from tests.comments.returned_copies.word_files import filled
from tests.journeys.scenes import LONG_REASON, Scene, revise

Steps = Callable[[Page, Scene], object]
# Every page of these screens begins without drafts, but in a window of this name
KEEPING = "keeping"
REFUSED = ".field__error:visible, .error-summary:visible, .notice--no:visible"


@dataclass(frozen=True)
class Screen:
    name: str
    who: str
    path: str
    steps: Steps | None = None
    scene: str = "busy"

    @property
    def url_name(self) -> str:
        """The name of the address in the urlconf; empty for one that is none."""
        path = self.path.format_map(_Anything())
        return (
            resolve(path.partition("?")[0]).url_name or ""
            if path != "/no-such-page/"
            else ""
        )

    def reach(self, page: Page, scene: Scene) -> None:
        page.goto(self.path.format_map(vars(scene)))
        if self.steps:
            self.steps(page, scene)
        page.wait_for_load_state(
            "load"
        )  # the words of an answer stand there before its style sheets do


class _Anything(dict):
    """What an address needs to be resolved without a database."""

    def __missing__(self, key: str) -> "_Anything | str":
        return self

    def __getattr__(self, name: str) -> str:
        return {
            "uuid": "00000000-0000-4000-8000-000000000000",
            "pk": "1",
            "code": "CODE",
            "key": "DIR",
        }[name]

    def __format__(self, spec: str) -> str:
        return "WORD"


# -- steps ---------------------------------------------------------------------------------------------------


def send(
    form: str, *, by: str = "", opened: str = "", until: str = REFUSED, **fields: str
) -> Steps:
    """Fill `fields` of the form and send it (`by`: the button), after opening the details around it."""

    def act(page: Page, scene: Scene) -> None:
        if opened:
            page.locator(opened).first.evaluate("details => details.open = true")
        target = page.locator(form).first
        for name, value in fields.items():
            _fill(target.locator(f"[name={name}]"), value)
        if by:
            target.locator(by).click()
        else:
            target.evaluate("form => form.requestSubmit()")
        page.locator(until).first.wait_for()

    return act


def _fill(field: object, value: str) -> None:
    kind = field.first.evaluate("field => field.type")
    if kind in ("radio", "checkbox"):
        field.and_(field.page.locator(f"[value='{value}']")).check(force=True)
    elif kind == "select-one":
        field.select_option(value)
    elif kind == "hidden":
        field.evaluate("(field, value) => field.value = value", value)
    else:
        field.fill(value)


def unfold(selector: str) -> Steps:
    return lambda page, scene: page.locator(selector).first.evaluate(
        "details => details.open = true"
    )


def click(selector: str, until: str) -> Steps:
    def act(page: Page, scene: Scene) -> None:
        page.locator(selector).first.click()
        page.locator(until).first.wait_for()

    return act


def menu(page: Page, scene: Scene) -> None:
    page.locator(".masthead__menu").click()
    page.locator("#menu:popover-open").wait_for()


def keys_help(page: Page, scene: Scene) -> None:
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()


def signed_out_elsewhere(page: Page, scene: Scene) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send(".composer", until="[role=alert]")(page, scene)


def lost_cookies(page: Page, scene: Scene) -> None:
    page.context.clear_cookies()
    send("main form", until=".kept", username="somsri", password="x")(page, scene)


def show_passwords(page: Page, scene: Scene) -> None:
    page.locator(".secret__button").nth(
        1
    ).wait_for()  # the script puts one beside each field
    for button in page.locator(".secret__button").all():
        button.click()
    page.locator("[name=password2][type=text]").wait_for()


def first_password(page: Page, scene: Scene) -> None:
    """Comes in with a password that an administrator has just made."""
    password = reset_password(scene.mate, by=scene.admin)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    send(
        "main form",
        until="[name=new_password1]",
        username=scene.mate.username,
        password=password,
    )(page, scene)


def too_big(page: Page, scene: Scene) -> None:
    page.locator("main [name=next]").evaluate(
        "field => field.value = 'ก'.repeat(1000000)"
    )
    send("main form", until="[role=alert]")(page, scene)


def fault(page: Page, scene: Scene) -> None:
    """The page of our own faults, as the handler makes it."""
    page.route(
        "**/livez",
        lambda route: route.fulfill(
            body=server_error(HttpRequest()).content, content_type="text/html"
        ),
    )
    page.goto("/livez")


def unavailable(page: Page, scene: Scene) -> None:
    """The page of a database that was silent while somebody sent a comment, as the event loop answers."""
    fields = {
        "text": "ขอให้เพิ่มขั้นตอนนี้",
        "client_key": "5d2c",
        "csrfmiddlewaretoken": "b" * 32,
    }
    request = RequestFactory().post(
        "/entries/1/comments/", fields, headers={"Origin": "http://testserver"}
    )
    body = unavailable_response(request, Trouble.UNKNOWN_BUT_KEYED).content
    page.route(
        "**/livez", lambda route: route.fulfill(body=body, content_type="text/html")
    )
    page.goto("/livez")


def composed(**fields: str) -> Steps:
    return send(".composer", **fields)


def sent_comment(page: Page, scene: Scene) -> None:
    composed(type="ask", text="ขอทราบกำหนดเวลาของขั้นตอนนี้", until=".composer--sent")(
        page, scene
    )


def word_diff(page: Page, scene: Scene) -> None:
    page.locator(".composer [name=type][value=amend]").check(force=True)
    page.locator("[name^=words-]").first.fill("ตรวจสอบหนังสือในระบบสารบรรณอิเล็กทรอนิกส์")
    page.locator(".composer__changes ins").first.wait_for()


def issue_open(page: Page, scene: Scene) -> None:
    page.locator("[name=issue_class][value=overlap]").check(force=True)


def session_closes(page: Page, scene: Scene) -> None:
    """The facilitator closes while somebody writes."""
    factories.make_session_state(scene.session, "closed", by=scene.facilitator)
    composed(type="ask", text="ขอทราบกำหนดเวลา")(page, scene)
    factories.make_session_state(scene.session, "opened", by=scene.facilitator)


def draft_left(page: Page, scene: Scene) -> None:
    page.goto(f"/entries/{scene.entry.pk}/comments/new/")
    page.locator("#id_text").fill("ขอทราบกำหนดเวลา")
    page.get_by_text("เก็บร่างไว้ในเครื่องนี้").wait_for()
    page.evaluate(f"name = '{KEEPING}'")
    page.goto("/my-comments/")
    page.locator("[data-drafts] .notice").wait_for()


def all_open(page: Page, scene: Scene) -> None:
    """The room opens, the online session is open already."""
    hearing, group = scene.session.hearing, scene.session.work_group
    factories.make_session(scene.session.edition, group, hearing=hearing, kind="room")
    page.reload()
    page.locator("details:has([value=opened]) > summary").click()
    click("details[open] [value=opened]", "[name=is_confirmed]")(page, scene)


def overtaken(page: Page, scene: Scene) -> None:
    """Somebody else changes the words while the drafter is at the bench."""
    revise(scene, "5.2", "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย")
    send(".bench", reason=LONG_REASON, until="[role=alert]")(page, scene)


def preview(page: Page, scene: Scene) -> None:
    send(".bench", by="[name=preview]", until=".bench__column [role=status]")(
        page, scene
    )


def bad_rows(page: Page, scene: Scene) -> None:
    """A list of delegates with good rows and bad ones, looked at and not yet taken in."""
    path = Path(scene.folder) / "รายชื่อ.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(IMPORT_ROWS):
            sheet.write_row(row, 0, cells)
    page.locator("[type=file]").set_input_files(path)
    send("main form", until=".stat-bar")(page, scene)


IMPORT_ROWS = [
    ("คำนำหน้า", "ชื่อ", "นามสกุล", "ตำแหน่ง", "สพท.", "กลุ่มงาน", "วันเริ่มต้น"),
    (
        "นางสาว",
        "กานต์ธิดา",
        "ณ น่าน",
        "นักจัดการงานทั่วไป",
        "สพป.ลำปาง เขต 1",
        "อำนวยการ, FIN",
        "",
    ),
    ("นาย", "ปัญญา", "เรืองศรี", "เจ้าพนักงานธุรการ", "สพม.ชลบุรี ระยอง", "อำนวยการ", ""),
    ("นาย", "", "ไม่มีชื่อ", "", "สพป.ลำพัง เขต 1", "กลุ่มการบิน", "31/02/2569"),
]


def upload_rows(rows: list[tuple[str, ...]], until: str = ".stat-bar") -> Steps:
    """A list of groups or offices, looked at and not yet taken in."""

    def act(page: Page, scene: Scene) -> None:
        path = Path(scene.folder) / "รายการ.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
        page.locator("[type=file]").set_input_files(path)
        send("main form", until=until)(page, scene)

    return act


listed_offices = upload_rows(
    [
        ("ประเภท", "ชื่อเต็ม", "ชื่อย่อ", "จังหวัด", "เลขเขต", "รหัสหน่วยงาน", "วันจัดตั้ง"),
        (
            "สพป.",
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาน่าน เขต 2",
            "สพป.น่าน เขต 2",
            "น่าน",
            "2",
            "55020",
            "",
        ),
        (
            "สพป.",
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
            "สพป.ลำปาง เขต 1",
            "ลำปาง พะเยา",
            "1",
            "",
            "",
        ),
        (
            "สพม.",
            "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาชลบุรี ระยอง",
            "สพม.ชลบุรี ระยอง",
            "ชลบุรี ระยอง",
            "",
            "",
            "",
        ),
        (
            "สพม.",
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่ เขต 1",
            "",
            "แพร่",
            "หนึ่ง",
            "",
            "31/02/2564",
        ),
    ]
)
listed_groups = upload_rows(
    [
        ("รหัส", "ชื่อเต็ม", "ชื่อย่อ", "ประเภท", "ลำดับ", "ชื่ออื่น", "วันจัดตั้ง"),
        ("AUD", "หน่วยตรวจสอบภายใน", "ตรวจสอบภายใน", "", "9", "", ""),
        ("DIR", "กลุ่มอำนวยการ", "อก.", "กลุ่ม", "1", "กลุ่มบริหารทั่วไป", ""),
        ("กลุ่ม", "กลุ่มอำนวยการ", "", "ฝ่าย", "", "", ""),
    ]
)

listed_laws = upload_rows(
    [
        ("ชื่อเต็ม", "ชื่อย่อ", "ปี พ.ศ.", "ประเภท", "สถานะ"),
        (
            "ระเบียบกระทรวงการคลังว่าด้วยเงินยืม พ.ศ. 2561",
            "ระเบียบเงินยืม 2561",
            "2561",
            "ระเบียบ",
            "",
        ),
        ("ประกาศเรื่องมาตรฐานงาน", "", "2018", "ประกาศ", "ไม่ทราบ"),
    ]
)


def taken_in_offices(page: Page, scene: Scene) -> None:
    """What is left of the list, once its good rows are taken in."""
    listed_offices(page, scene)
    send("main form", until=".notice, .messages")(page, scene)


def no_table(page: Page, scene: Scene) -> None:
    files = [
        {
            "name": "รูป.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": b"no table",
        }
    ]
    page.locator("[type=file]").set_input_files(files)
    send("main form")(page, scene)


def edition_file(
    until: str, *, damaged: bool = False, code: str = "", is_large: bool = False
) -> Steps:
    """An edition's file, looked at and not yet taken in: the scene's own, under another code where one is given. A
    large one is checked by a job."""

    def act(page: Page, scene: Scene) -> None:
        value = load_edition_json(Edition.objects.sealed().order_by("pk")[0])
        value["code"] = code or value["code"]
        value["file_sha"] = file_digest(value)
        raw = write_json(value)
        if is_large:
            raw += b" " * READ_AT_ONCE
        files = [
            {
                "name": "ฉบับ.json",
                "mimeType": "application/json",
                "buffer": raw[:-100] if damaged else raw,
            }
        ]
        page.locator("[type=file]").set_input_files(files)
        send("main form", until=until)(page, scene)

    return act


def check_failed(page: Page, scene: Scene) -> None:
    """The job that checks a large file found it damaged."""
    edition_file("#progress", code="ARCHIVE", is_large=True)(page, scene)
    Job.objects.filter(kind=CHECK_KIND).update(
        state=Job.State.FAILED,
        ended_at=timezone.now(),
        error="ไฟล์ JSON นี้ไม่ครบหรือเสียหาย โปรดดาวน์โหลดจากต้นทางใหม่ทั้งไฟล์",
    )
    page.reload()
    page.get_by_text("ส่งไฟล์อีกครั้ง").wait_for()


def archival_asked(page: Page, scene: Scene) -> None:
    edition_file("main table.data", code="ARCHIVE")(page, scene)
    send("main form", until="#progress")(page, scene)


def work_off() -> None:
    """The worker's part, in a thread of its own: Playwright's event loop runs in this one."""

    def work() -> None:
        run_pending_jobs()
        connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(work).result()


def returned_form(page: Page, scene: Scene) -> None:
    """A form that an office filled in, read and not yet taken in."""
    clause = factories.clause_at(scene.process, "5.2")
    answers = {clause.uuid: ["ขอแก้ไข", "ควรสั้นลง", "ตรวจหนังสือให้ครบถ้วน", "ลดเวลา"]}
    edition = scene.session.edition
    raw = filled(write_comment_form(edition, process=str(scene.process.uuid)), answers)
    files = []
    for name, content in (("สพป.ลำปาง เขต 1.docx", raw), ("ไฟล์เสีย.docx", b"PK")):
        files.append(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
    page.locator("[type=file]").set_input_files(files)
    send("main form", until="#progress")(page, scene)
    work_off()
    page.reload()
    page.locator("main details").first.evaluate("each => each.open = true")


def returned_items(page: Page, scene: Scene) -> None:
    """What the form says, thing by thing, one of it left out."""
    returned_form(page, scene)
    page.get_by_role("link", name="เลือกทีละเรื่อง").first.click()
    page.get_by_label("บันทึกเป็น").first.select_option("leave-out")


def returned_form_taken(page: Page, scene: Scene) -> None:
    returned_form(page, scene)
    send("main form", until="#progress")(page, scene)
    work_off()
    page.reload()


def unreadable_files(page: Page, scene: Scene) -> None:
    files = [
        {
            "name": "คู่มือกลุ่มอำนวยการ.txt",
            "mimeType": "text/plain",
            "buffer": b"  ",
        },
        {
            "name": "หนังสือนำส่ง.txt",
            "mimeType": "text/plain",
            "buffer": "เรียน ผู้อำนวยการ".encode(),
        },
    ]
    page.locator("[type=file]").set_input_files(files)
    send("main form")(page, scene)


def several_files(page: Page, scene: Scene) -> None:
    """One that revises, one new with something to look at, one that cannot be kept, and one that is no process."""
    text = factories.PROCESS_TEXT
    other = text.replace("การรับหนังสือราชการ", "การส่งหนังสือราชการ").replace(
        "งานสารบรรณ\n", "งานช่วยอำนวยการ\n", 1
    )
    texts = {
        "01-รับหนังสือ.txt": text,
        "02-ส่งหนังสือ.txt": other.replace(
            "7. แบบฟอร์มที่ใช้\n7.1 ทะเบียนหนังสือรับ (แบบที่ 13)\n", ""
        ),
        "03-ยืมหนังสือ.txt": text.replace("การรับหนังสือราชการ", "การยืมหนังสือ").replace(
            "5.2 ", "5.2 \ufffc"
        ),
        "หนังสือนำส่ง.txt": "เรียน ผู้อำนวยการ",
    }
    files = []
    for name, words in texts.items():
        files.append({"name": name, "mimeType": "text/plain", "buffer": words.encode()})
    page.locator("[type=file]").set_input_files(files)
    send("main form", until=".process-card")(page, scene)


def files_being_read(page: Page, scene: Scene) -> None:
    file = {
        "name": "คู่มือ.docx",
        "mimeType": "application/octet-stream",
        "buffer": b"PK\x03\x04",
    }
    page.locator("[type=file]").set_input_files(file)
    send("main form", until="#progress")(page, scene)


def opened_preview(page: Page, scene: Scene) -> None:
    """A process that revises one, with a doubtful row and a clause that the file does not have."""
    text = factories.PROCESS_TEXT.replace("5.2 ตรวจสอบ", "5.2 ตรวจสอบของสานักงาน")
    text = text.replace("วันละสองครั้ง", "ทุกชั่วโมง").replace("2.2 ", "", 1)
    file = {"name": "รับหนังสือ.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("[type=file]").set_input_files(file)
    send("main form", until=".process-card")(page, scene)
    page.get_by_role("link", name="ตรวจทีละข้อ").click()
    page.locator("#preview-rows").wait_for()


def opened_row(page: Page, scene: Scene) -> None:
    opened_preview(page, scene)
    page.locator(".import-row__acts a").first.click()
    page.locator("[value=reword]").wait_for()


def emptied_words(page: Page, scene: Scene) -> None:
    opened_row(page, scene)
    page.locator("[name=words-0]").fill("")
    page.locator("[value=reword]").click()
    page.locator(REFUSED).first.wait_for()


def old_book(page: Page, scene: Scene) -> None:
    several_files(page, scene)
    page.get_by_role("link", name="จัดทำเป็นฉบับจดหมายเหตุ").click()
    page.locator("[name=code]").wait_for()


def old_book_unready(page: Page, scene: Scene) -> None:
    old_book(page, scene)
    page.locator("[name=code]").fill("2553-DIR")
    page.locator("[name=title]").fill("คู่มือการปฏิบัติงาน พ.ศ. 2553")
    page.locator("main form button").click()
    page.locator(REFUSED).first.wait_for()


def too_long(page: Page, scene: Scene) -> None:
    page.locator("#id_text").fill("ขอให้ตรวจสอบในระบบสารบรรณอิเล็กทรอนิกส์ " * 110)
    page.locator(".composer__count--over").wait_for()


def edited_meanwhile(page: Page, scene: Scene) -> None:
    """Another administrator saves first."""
    change_work_group(scene.group, by=scene.admin, short_name="อก.", order=7)
    send("main form", name="กลุ่มอำนวยการและบริการ")(page, scene)


def removal_of_a_mistake(page: Page, scene: Scene) -> None:
    factories.make_group("OOPS", name="กลุ่มที่เพิ่มผิด", short_name="เพิ่มผิด")
    page.goto("/desk/groups/OOPS/")
    click(
        "#removal ~ form button, form[action$='/removal/'] button",
        "[name=is_confirmed]",
    )(page, scene)


def nothing_ticked(page: Page, scene: Scene) -> None:
    several_files(page, scene)
    for tick in page.locator("[type=checkbox]").all():
        tick.uncheck()
    page.locator("[value=take]").click()
    page.locator(".error-summary").wait_for()


def emptied_row(page: Page, scene: Scene) -> None:
    """Nothing is left in the first row, and a branch leads nowhere."""
    first = page.locator(".edit-table__row").first
    for cell in first.locator("textarea").all():
        cell.evaluate("field => field.value = ''")
    page.locator(".edit-table__row").last.locator("textarea[name$='-label']").evaluate(
        "field => field.value = 'ครบ'"
    )
    page.locator("#step-form").evaluate("form => form.requestSubmit()")
    page.locator(".error-summary").wait_for()


def picture_without_words(page: Page, scene: Scene) -> None:
    raw = BytesIO()
    Image.new("RGB", (400, 200), "navy").save(raw, "PNG")
    files = [{"name": "ผัง.png", "mimeType": "image/png", "buffer": raw.getvalue()}]
    page.locator("[name=upload]").set_input_files(files)
    send("#clause-form", reason="เพิ่มภาพ")(page, scene)


def overtaken_rows(page: Page, scene: Scene) -> None:
    """Somebody else changes a cell that this person changes too, and cuts a row they write in."""
    clauses = find_step_clauses(scene.process)
    words = replace(
        clauses[0].content, duration=read_duration("20 นาที"), actor="นักจัดการงานทั่วไป"
    )
    changes = [ReviseClause(clauses[0], 1, words), RetireClause(clauses[2], 1)]
    apply_changes(scene.colleague, "edit", "ปรับเวลา", changes)
    page.locator("[data-cell=duration]").first.fill("5 นาที")
    page.locator("[data-cell=note]").nth(2).fill("แจ้งทางระบบ")
    send("#step-form", reason="ปรับเวลาให้ตรงกับที่ปฏิบัติจริง", until="[role=alert]")(
        page, scene
    )


def overtaken_clause(page: Page, scene: Scene) -> None:
    """Somebody else saves other words while this person writes theirs."""
    clause = Clause.objects.get(pk=scene.clause.pk)
    words = Text(body=escape_plain("ถ้อยคำของผู้อื่น"))
    apply_changes(
        scene.colleague,
        "edit",
        "ปรับถ้อยคำ",
        [ReviseClause(clause, clause.lock_version, words)],
    )
    fields = {"words-text": "ถ้อยคำที่พิมพ์ไว้", "reason": "ปรับถ้อยคำให้ชัด"}
    send("main form[method=post]", **fields)(page, scene)


def overtaken_act(page: Page, scene: Scene) -> None:
    """Somebody else adds words to the clause while this person splits it, or joins it with the next one."""
    clause = Clause.objects.get(pk=scene.clause.pk)
    words = replace(clause.content, body=f"{clause.body} ทั้งนี้ภายในวันทำการเดียวกัน")
    change = ReviseClause(clause, clause.lock_version, words)
    apply_changes(scene.colleague, "edit", "ปรับเวลา", [change])
    text = page.locator("[name=text]")
    typed = text.input_value()
    middle = typed.index("และ") if "และ" in typed else len(typed) // 2
    text.fill(f"{typed[:middle]}\n\n{typed[middle:]}")
    send("#clause-form", reason="แยกตามขั้นตอน", until="[role=alert]")(page, scene)


def shifted_meanwhile(page: Page, scene: Scene) -> None:
    """Somebody else moves the next clause while this person's page still shows it there."""
    section = Clause.objects.get(pk=scene.clause.pk).section
    first, last = (factories.clause_at(section, cite) for cite in ("5.1", "5.3"))
    shift_clause(last, last.lock_version, Direction.UP, by=scene.colleague)
    form = page.locator(f"form[action*='{first.uuid}/shift/']")
    form.locator("xpath=ancestor::details").evaluate("details => details.open = true")
    form.locator("[value=down]").click()
    page.locator("[role=alert]").wait_for()


def split_meanwhile(page: Page, scene: Scene) -> None:
    """Somebody else splits the clause while this person writes in it."""
    clause = Clause.objects.get(pk=scene.clause.pk)
    first, joint, second = clause.plain.partition("และ")
    pieces = [Text(body=first), Text(body=joint + second)]
    split_clause(
        clause, clause.lock_version, pieces, by=scene.colleague, reason="แยกตามขั้นตอน"
    )
    fields = {"words-text": f"ให้{clause.plain}", "reason": "ปรับถ้อยคำให้ชัด"}
    send("#clause-form", until="#pieces", **fields)(page, scene)


def soon() -> str:
    day = localdate() + timedelta(days=14)
    return f"{day.day}/{day.month}/{be_year(day)}"


def open_preview(until: str) -> Steps:
    """The password of a link, as somebody types it who has got it."""
    return send("form.stack", until=until, password=factories.PREVIEW_PASSWORD)


def first_process(page: Page, scene: Scene) -> None:
    """Of a manual, once its password was given."""
    open_preview("#main .outline")(page, scene)
    page.locator(".outline__row--process a").first.click()
    page.locator("#part-5").wait_for()


def typed(
    path: str, name: str, who: str, /, *, scene: str = "busy", **fields: str
) -> Screen:
    """A plain form, sent and refused."""
    return Screen(name, who, path, send("main form[method=post]", **fields), scene)


STEP_TABLE = "/groups/DIR/drafts/{process.uuid}/steps/"
PROCESS = "/groups/DIR/processes/{process.uuid}/"
QUEUE = "/groups/DIR/queue/"
DRAFT = "/groups/DIR/drafts/{process.uuid}/"
COMPOSER = "/entries/{entry.pk}/comments/new/"
PAST = "/groups/DIR/drafts/{process.uuid}/versions/"
BETWEEN = "/comparisons/2553/{edition.code}/"
FLOOR = "/sessions/{session.pk}/floor/"
HANDS = "/sessions/{session.pk}/hands/"
MOTIONS = "/sessions/{session.pk}/motions/"
EDITION = "/editions/{edition.code}/"
SECTION = EDITION + "sections/{process.uuid}/"

SHELL = [
    Screen("menu", "nobody", "/", menu),
    Screen("menu-signed-in", "admin", "/account/", menu),
    Screen("sign-in", "nobody", "/sign-in/"),
    typed("/sign-in/", "sign-in-wrong", "nobody", username="somsri", password="ผิด"),
    typed("/sign-in/", "sign-in-empty", "nobody"),
    typed("/sign-in/", "locked-out-429", "nobody", username="locked", password="ผิด"),
    Screen("expired-form-403", "nobody", "/sign-in/", lost_cookies),
    Screen("too-big-413", "nobody", "/sign-in/", too_big),
    Screen("fault-500", "nobody", "/livez", fault),
    Screen("unavailable-503", "nobody", "/livez", unavailable),
    Screen("not-found-404", "nobody", "/no-such-page/"),
    Screen("hostile-400", "nobody", "/?q=%00"),
    Screen("method-405", "delegate", "/comments/{comment.uuid}/withdrawal/"),
    Screen("forbidden-403", "delegate", QUEUE),
    Screen(
        "signed-out-401",
        "delegate",
        "/comments/{comment.uuid}/edit/",
        signed_out_elsewhere,
    ),
    Screen("account", "delegate", "/account/"),
    Screen("offline-pages", "delegate", "/offline/"),
    Screen("account-no-role", "reader", "/account/"),
    Screen("password", "delegate", "/account/password/"),
    typed(
        "/account/password/",
        "password-refused",
        "delegate",
        old_password="ผิด",
        new_password1="1",
        new_password2="2",
    ),
    Screen("first-password", "mate", "/account/password/", first_password),
    Screen("contact", "nobody", "/contact/"),
    Screen("contact-unwritten", "nobody", "/contact/", scene="silent"),
    Screen("privacy", "nobody", "/privacy/"),
    Screen("setup-without-link", "nobody", "/setup/", scene="empty"),
    Screen("home-empty", "nobody", "/", scene="empty"),
    Screen("first-admin", "nobody", "/setup/{setup_token}/", scene="empty"),
    Screen(
        "first-admin-shown",
        "nobody",
        "/setup/{setup_token}/",
        show_passwords,
        scene="empty",
    ),
    typed(
        "/setup/{setup_token}/",
        "first-admin-refused",
        "nobody",
        scene="empty",
        username="ชื่อ ไทย",
        password1="สั้น",
    ),
    Screen("setup-closed", "nobody", "/setup/{setup_token}/"),
    Screen("verify", "nobody", "/verify/"),
    Screen("verify-known", "nobody", "/verify/{verify_code}/"),
    Screen("verify-wrong", "nobody", "/verify/AAAA-BBBB/"),
]

READING = [
    Screen("home", "nobody", "/"),
    Screen("guide", "nobody", "/guide/"),
    Screen("guide-signed-in", "delegate", "/guide/"),
    Screen("home-signed-in", "delegate", "/"),
    Screen("home-silent", "delegate", "/", scene="silent"),
    Screen("home-bare", "nobody", "/", scene="bare"),
    Screen("home-coming", "delegate", "/", scene="coming"),
    Screen("home-closed", "delegate", "/", scene="closed"),
    Screen("group", "nobody", "/groups/DIR/"),
    Screen("group-filtered", "delegate", "/groups/DIR/?show=waiting"),
    Screen("group-silent", "delegate", "/groups/DIR/", scene="silent"),
    Screen("process", "nobody", PROCESS),
    Screen("process-signed-in", "delegate", PROCESS),
    Screen("process-clean", "delegate", PROCESS + "?view=clean"),
    Screen("process-undrafted", "delegate", "/groups/DIR/processes/{undrafted.uuid}/"),
    Screen("process-silent", "delegate", PROCESS, scene="silent"),
    Screen("process-coming", "delegate", PROCESS, scene="coming"),
    Screen("process-paused", "delegate", PROCESS, scene="paused"),
    Screen("process-closed", "delegate", PROCESS, scene="closed"),
    Screen("process-stranger", "stranger", PROCESS),
    Screen("edition-list", "reader", "/editions/"),
    Screen("edition-list-empty", "nobody", "/editions/", scene="bare"),
    Screen("edition", "reader", EDITION),
    Screen("edition-manual", "reader", EDITION + "manuals/DIR/"),
    Screen("edition-section", "reader", SECTION),
    Screen("section-compare", "reader", SECTION + "compare/{basis.code}/"),
    Screen("clause-retired", "nobody", "/clauses/{gone.uuid}/"),
    Screen("draft", "drafter", "/groups/DIR/drafts/{process.uuid}/"),
    Screen("search", "reader", "/search/"),
    Screen("search-found", "reader", "/search/?q=หนังสือ"),
    Screen("search-meant", "reader", "/search/?q=หนังสือราชกาน"),
    Screen("search-number", "reader", "/search/?q=ข้อ ๕.๑"),
    Screen("search-nothing", "reader", "/search/?q=ฬฬฬ"),
    Screen("search-bare", "nobody", "/search/?q=หนังสือ", scene="bare"),
]

COMMENTING = [
    Screen("composer", "second", COMPOSER),
    Screen("composer-word-diff", "second", COMPOSER, word_diff),
    Screen("composer-issue", "second", COMPOSER, issue_open),
    Screen("composer-empty-refused", "second", COMPOSER, composed()),
    Screen("composer-untouched-words", "second", COMPOSER, composed(type="amend")),
    Screen("composer-too-long", "second", COMPOSER, too_long),
    Screen("composer-sent", "second", COMPOSER, sent_comment),
    Screen("composer-closed-meanwhile", "second", COMPOSER, session_closes),
    Screen("composer-first", "delegate", COMPOSER, scene="silent"),
    Screen(
        "composer-step",
        "delegate",
        "/entries/{step_entry.pk}/comments/new/",
        scene="silent",
    ),
    Screen(
        "composer-process",
        "delegate",
        "/entries/{process_entry.pk}/comments/new/",
        scene="silent",
    ),
    Screen("composer-coming", "delegate", COMPOSER, scene="coming"),
    Screen("composer-paused", "delegate", COMPOSER, scene="paused"),
    Screen("composer-head", "head", COMPOSER),
    Screen("entry-comments", "delegate", "/entries/{entry.pk}/comments/"),
    Screen(
        "entry-comments-writing",
        "delegate",
        "/entries/{entry.pk}/comments/",
        unfold("details.ask"),
    ),
    Screen(
        "entry-comments-silent",
        "delegate",
        "/entries/{entry.pk}/comments/",
        scene="silent",
    ),
    Screen(
        "entry-comments-closed",
        "second",
        "/entries/{entry.pk}/comments/",
        scene="closed",
    ),
    Screen("entry-comments-reader", "nobody", "/entries/{entry.pk}/comments/"),
    Screen("comment", "delegate", "/comments/{comment.uuid}/"),
    Screen("comment-receipt", "delegate", "/comments/{comment.uuid}/receipt/"),
    Screen("receipt-unknown", "nobody", "/receipts/1/aaaa-bbbb-cccc-dddd/"),
    Screen("comment-edited", "delegate", "/comments/{edited.uuid}/"),
    Screen("comment-hidden", "delegate", "/comments/{hidden.uuid}/"),
    Screen("comment-hidden-own", "second", "/comments/{hidden.uuid}/"),
    Screen("comment-held-own", "second", "/comments/{held.uuid}/"),
    Screen("comment-withdrawn", "delegate", "/comments/{withdrawn.uuid}/"),
    Screen("comment-published", "delegate", "/comments/{published.uuid}/"),
    Screen(
        "comment-objecting",
        "delegate",
        "/comments/{published.uuid}/",
        unfold("#objection"),
    ),
    Screen(
        "comment-objection-refused",
        "delegate",
        "/comments/{published.uuid}/",
        send("#objection form", opened="#objection"),
    ),
    Screen(
        "comment-objection-step",
        "delegate",
        "/comments/{published.uuid}/",
        send("#objection form", opened="#objection", until=".notice", text="ขอให้ทบทวน"),
    ),
    Screen("comment-objected", "delegate", "/comments/{objected.uuid}/"),
    Screen(
        "comment-replying",
        "second",
        "/comments/{comment.uuid}/",
        unfold(".comment__replies > details"),
    ),
    Screen(
        "comment-reply-refused",
        "second",
        "/comments/{comment.uuid}/",
        send(".comment__replies > details form", opened=".comment__replies > details"),
    ),
    Screen("comment-closed", "second", "/comments/{comment.uuid}/", scene="closed"),
    Screen("comment-edit", "delegate", "/comments/{comment.uuid}/edit/"),
    Screen("comment-edit-settled-409", "delegate", "/comments/{published.uuid}/edit/"),
    Screen(
        "comment-edit-refused",
        "delegate",
        "/comments/{edited.uuid}/edit/",
        composed(type="ask", text=""),
    ),
    Screen("reply-edit", "second", "/comments/{reply.uuid}/edit/"),
    Screen("my-comments", "delegate", "/my-comments/"),
    Screen("my-comments-draft", "delegate", "/my-comments/", draft_left),
    Screen("my-comments-no-such-stage", "stranger", "/my-comments/?stage=waiting"),
    Screen("my-comments-empty", "mate", "/my-comments/"),
    Screen("office-comments", "head", "/office-comments/"),
    Screen("office-comments-empty", "delegate", "/office-comments/", scene="silent"),
    Screen("office-positions", "head", "/office-positions/"),
    Screen("office-positions-delegate", "delegate", "/office-positions/"),
    Screen("office-position", "head", "/office-positions/DIR/"),
    Screen(
        "office-position-refused",
        "head",
        "/office-positions/DIR/",
        send("main form.stack", stance="object", until=REFUSED),
        scene="silent",
    ),
    Screen("office-position-delegate", "delegate", "/office-positions/DIR/"),
    Screen("office-position-empty", "head", "/office-positions/DIR/", scene="silent"),
    Screen("group-positions", "facilitator", "/groups/DIR/positions/"),
    Screen(
        "group-positions-none-found",
        "facilitator",
        "/groups/DIR/positions/?stance=support&kind=secondary",
    ),
    Screen("overview", "admin", "/overview/"),
    Screen("overview-delegate", "delegate", "/overview/"),
    Screen("overview-empty", "admin", "/overview/", scene="silent"),
    Screen("considered", "delegate", "/considered/"),
    Screen("considered-none-found", "delegate", "/considered/?day=2022-09-20"),
    Screen("considered-empty", "delegate", "/considered/", scene="silent"),
    Screen("conclusion", "facilitator", "/groups/DIR/conclusion/"),
    Screen(
        "conclusion-refused",
        "facilitator",
        "/groups/DIR/conclusion/",
        send("main form.stack", opened="details:has(form)", summary=" "),
    ),
    Screen("conclusion-delegate", "delegate", "/groups/DIR/conclusion/"),
    Screen("group-comments", "delegate", "/groups/DIR/comments/"),
    Screen(
        "group-comments-none-found",
        "delegate",
        "/groups/DIR/comments/?type=agree&office=none",
    ),
    Screen("group-comments-empty", "delegate", "/groups/DIR/comments/", scene="silent"),
]

MODERATING = [
    Screen("queues", "admin", "/queue/", scene="bare"),
    Screen("queue", "facilitator", QUEUE),
    Screen("queue-empty", "facilitator", QUEUE, scene="silent"),
    Screen("queue-none-found", "facilitator", QUEUE + "?type=agree&mine=1"),
    Screen("queue-keys", "facilitator", QUEUE, keys_help),
    Screen(
        "queue-hiding",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        unfold("details[data-key=h]"),
    ),
    Screen(
        "queue-hide-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("details[data-key=h] form", opened="details[data-key=h]"),
    ),
    Screen(
        "queue-reclass-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("details[data-key=r] form", opened="details[data-key=r]"),
    ),
    Screen(
        "queue-advice-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("#detail form[hx-post*=recommendation]"),
    ),
    Screen("queue-bulk-hiding", "facilitator", QUEUE, unfold("details[data-bulk=h]")),
    Screen(
        "queue-bulk-refused",
        "facilitator",
        QUEUE,
        send("#bulk", by="button[value=hidden]", opened="details[data-bulk=h]"),
    ),
    Screen("queue-hidden-comment", "facilitator", QUEUE + "?comment={hidden.uuid}"),
    Screen("queue-objected", "drafter", QUEUE + "?comment={objected.uuid}"),
    Screen("queue-drafter", "drafter", QUEUE + "?comment={comment.uuid}"),
    Screen("queue-outdated", "drafter", QUEUE + "?comment={outdated.uuid}"),
    Screen("queue-refused-answer", "colleague", QUEUE + "?comment={refused.uuid}"),
    Screen(
        "queue-ruling-refused",
        "drafter",
        QUEUE + "?comment={other.uuid}",
        send("#detail form[hx-post*=disposition]", opened="#detail details.ask--wide"),
    ),
    Screen("queue-closed", "facilitator", QUEUE, scene="closed"),
    Screen("advice", "expert", "/advice/"),
    Screen("advice-none", "expert", "/advice/", scene="silent"),
    Screen(
        "queue-asking-advice-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send(
            "#detail form[hx-post*=advice-request]",
            opened="details:has(> form[hx-post*=advice-request])",
        ),
    ),
    Screen("recommendation", "expert", "/comments/{comment.uuid}/recommendation/"),
    typed(
        "/comments/{comment.uuid}/recommendation/", "recommendation-refused", "expert"
    ),
    Screen("disposition", "drafter", "/comments/{other.uuid}/disposition/"),
    Screen(
        "disposition-adoptable",
        "drafter",
        "/comments/{comment.uuid}/disposition/?also={other.uuid}",
    ),
    typed("/comments/{other.uuid}/disposition/", "disposition-refused", "drafter"),
    typed(
        "/comments/{other.uuid}/disposition/",
        "disposition-draft-refused",
        "drafter",
        outcome="accepted",
        effect="to_draft",
    ),
    typed(
        "/comments/{other.uuid}/disposition/",
        "disposition-no-reason",
        "drafter",
        outcome="not_accepted",
        reason="สั้น",
    ),
    Screen("disposition-settled", "drafter", "/comments/{published.uuid}/disposition/"),
    Screen("adoption-outdated", "drafter", "/comments/{outdated.uuid}/adoption/"),
    Screen("adoption-no-proposal", "drafter", "/comments/{other.uuid}/adoption/"),
    Screen(
        "adoption-refused",
        "drafter",
        "/comments/{comment.uuid}/adoption/",
        send(".bench", **{"words-text": ""}),
    ),
    Screen(
        "adoption-preview", "drafter", "/comments/{comment.uuid}/adoption/", preview
    ),
    Screen("adoption", "drafter", "/comments/{comment.uuid}/adoption/"),
    Screen("clause-bench", "drafter", "/clauses/{clause.uuid}/bench/"),
    Screen(
        "clause-bench-refused",
        "drafter",
        "/clauses/{clause.uuid}/bench/",
        send(".bench", **{"words-text": ""}),
    ),
    Screen("duplicates", "facilitator", "/groups/DIR/duplicates/"),
    Screen("notices", "delegate", "/notices/"),
    Screen("notices-none", "expert", "/notices/", scene="silent"),
    typed("/notices/", "notices-refused", "delegate", email="somsri"),
    Screen("mail", "admin", "/desk/mail/"),
    Screen("answer-blocks", "drafter", "/groups/DIR/answer-blocks/"),
    Screen("answer-block", "drafter", "/groups/DIR/answer-blocks/{block.uuid}/"),
    Screen(
        "adoption-overtaken-409",
        "drafter",
        "/comments/{comment.uuid}/adoption/",
        overtaken,
    ),
    Screen("history", "facilitator", "/comments/{comment.uuid}/history/"),
    Screen("history-edited", "drafter", "/comments/{edited.uuid}/history/"),
    Screen(
        "history-revealed",
        "admin",
        "/comments/{comment.uuid}/history/",
        click(
            "main form button",
            "main form + section, main:not(:has(form[action$='author/']))",
        ),
    ),
    Screen("answers", "drafter", "/groups/DIR/answers/"),
    Screen("answers-facilitator", "facilitator", "/groups/DIR/answers/"),
    Screen("answers-empty", "drafter", "/groups/DIR/answers/", scene="silent"),
    Screen(
        "answers-blocked-409",
        "drafter",
        "/groups/DIR/answers/",
        send("form[action$='answers/']", until="[role=alert]"),
    ),
    Screen("refusals", "drafter", "/groups/DIR/refusals/"),
    Screen("refusals-empty", "drafter", "/groups/DIR/refusals/", scene="silent"),
    Screen(
        "refusals-refused",
        "drafter",
        "/groups/DIR/refusals/",
        send("form[action*='/refusals/']"),
    ),
    Screen("unplaced", "facilitator", "/groups/DIR/unplaced/"),
    typed("/groups/DIR/unplaced/", "unplaced-refused", "facilitator"),
    Screen("unplaced-empty", "facilitator", "/groups/DIR/unplaced/", scene="silent"),
    Screen("session", "facilitator", "/sessions/{session.pk}/"),
    Screen("session-wall", "facilitator", "/sessions/{session.pk}/wall/"),
    Screen("wall", "nobody", "/sessions/{session.pk}/wall/{wall_letters}/"),
    Screen("wall-unknown", "nobody", "/sessions/{session.pk}/wall/unknown/"),
    Screen("session-found", "facilitator", "/sessions/{session.pk}/?find=5.1"),
    Screen("session-found-nothing", "facilitator", "/sessions/{session.pk}/?find=ฬฬฬ"),
    Screen("session-extension", "facilitator", "/sessions/{session.pk}/extension/"),
    Screen("floor", "delegate", FLOOR),
    Screen("floor-desk", "facilitator", FLOOR),
    Screen("floor-asking", "head", FLOOR),
    Screen("floor-empty", "delegate", FLOOR, scene="silent"),
    Screen("floor-closed", "delegate", FLOOR, scene="closed"),
    Screen(
        *("floor-moves-refused", "facilitator", FLOOR),
        send("form[action$='/moves/']"),
    ),
    Screen("polls", "delegate", HANDS),
    Screen("polls-desk", "facilitator", HANDS),
    Screen("polls-empty", "delegate", HANDS, scene="silent"),
    Screen(*("poll-vote-refused", "head", HANDS), send("form[action$='/vote/']")),
    Screen(
        *("poll-new", "facilitator", HANDS),
        send(
            "form[action$='/end/']",
            until="form[action$='/hands/']",
        ),
    ),
    Screen("motions", "delegate", MOTIONS),
    Screen("motions-desk", "facilitator", MOTIONS),
    Screen("motions-empty", "delegate", MOTIONS, scene="silent"),
    Screen(
        *("motions-refused", "facilitator", MOTIONS), send("form[action$='/motions/']")
    ),
    Screen("motion-correction", "facilitator", MOTIONS + "{motion.pk}/"),
    Screen("attendance", "facilitator", "/sessions/{session.pk}/attendance/"),
    Screen(
        "attendance-nobody",
        "facilitator",
        "/sessions/{session.pk}/attendance/?find=ฬฬฬ",
    ),
    Screen("cards", "admin", "/desk/hearings/{hearing.key}/cards/"),
    Screen("card", "nobody", "/cards/{card_secret}/"),
    Screen("card-at-desk", "facilitator", "/cards/{card_secret}/"),
    Screen("card-unknown", "nobody", "/cards/no-such-card/"),
    typed(
        "/sessions/{session.pk}/extension/", "session-extension-refused", "facilitator"
    ),
    Screen("session-coming", "facilitator", "/sessions/{session.pk}/", scene="coming"),
    Screen("session-closed", "facilitator", "/sessions/{session.pk}/", scene="closed"),
    Screen(
        "session-refused",
        "facilitator",
        "/sessions/{session.pk}/",
        lambda page, scene: (
            page.locator("[name=state]").last.evaluate("button => button.value = 'x'"),
            send("form[action$='state/']", by="[value=x]")(page, scene),
        ),
        scene="silent",
    ),
    Screen(
        "speaker", "facilitator", "/sessions/{session.pk}/speakers/?entry={entry.pk}"
    ),
    Screen("returned-copies", "facilitator", "/sessions/{session.pk}/returned-copies/"),
    Screen(
        "returned-copies-read",
        "facilitator",
        "/sessions/{session.pk}/returned-copies/",
        returned_form,
    ),
    Screen(
        "returned-copy-items",
        "facilitator",
        "/sessions/{session.pk}/returned-copies/",
        returned_items,
    ),
    Screen(
        "returned-copy-items-gone",
        "facilitator",
        "/sessions/{session.pk}/returned-copies/00000000-0000-4000-8000-000000000000/0/",
    ),
    Screen(
        "returned-copies-taken",
        "facilitator",
        "/sessions/{session.pk}/returned-copies/",
        returned_form_taken,
    ),
    Screen(
        "returned-copies-gone",
        "facilitator",
        "/sessions/{session.pk}/returned-copies/00000000-0000-4000-8000-000000000000/",
    ),
    Screen(
        "speaker-found",
        "facilitator",
        "/sessions/{session.pk}/speakers/?entry={entry.pk}&find=5.1",
    ),
    Screen(
        "speaker-no-entry",
        "facilitator",
        "/sessions/{session.pk}/speakers/",
        scene="silent",
    ),
    Screen(
        "speaker-wording",
        "facilitator",
        "/sessions/{session.pk}/speakers/?entry={entry.pk}",
        unfold("details.ask"),
    ),
    typed(
        "/sessions/{session.pk}/speakers/?entry={entry.pk}",
        "speaker-refused",
        "facilitator",
        text="",
    ),
    Screen(
        "speaker-closed",
        "facilitator",
        "/sessions/{session.pk}/speakers/?entry={entry.pk}",
        scene="closed",
    ),
]

DRAFTING = [
    Screen("drafting", "admin", "/drafting/"),
    Screen("manual-draft", "drafter", "/groups/DIR/drafts/"),
    Screen("manual-draft-reader", "expert", "/groups/DIR/drafts/"),
    Screen("conformity", "drafter", "/groups/DIR/conformity/"),
    Screen("conformity-none-found", "expert", "/groups/DIR/conformity/?state=no_basis"),
    Screen("conformity-empty", "admin", "/groups/FIN/conformity/", scene="begun"),
    Screen("conformity-check", "drafter", "/groups/DIR/conformity/{process.uuid}/"),
    Screen(
        "conformity-check-reader", "expert", "/groups/DIR/conformity/{undrafted.uuid}/"
    ),
    typed(
        "/groups/DIR/conformity/{process.uuid}/",
        "conformity-check-refused",
        "drafter",
        status="conforming",
    ),
    Screen("law-replacements", "drafter", "/groups/DIR/drafts/law/"),
    typed("/groups/DIR/drafts/law/", "law-replacements-refused", "drafter", reason=" "),
    Screen("law-replacements-reader", "expert", "/groups/DIR/drafts/law/"),
    Screen("law-replacements-none", "admin", "/groups/FIN/drafts/law/", scene="begun"),
    Screen("manual-draft-empty", "admin", "/groups/FIN/drafts/", scene="begun"),
    Screen("manual-titles", "admin", "/groups/DIR/drafts/titles/?all=1", scene="begun"),
    Screen(
        "manual-titles-refused",
        "admin",
        "/groups/DIR/drafts/titles/",
        send("main form"),
        scene="begun",
    ),
    Screen(
        "manual-titles-none", "drafter", "/groups/FIN/drafts/titles/", scene="begun"
    ),
    Screen("manuals-begun", "admin", "/desk/manuals/", scene="begun"),
    Screen("drafting-begun", "admin", "/drafting/", scene="begun"),
    Screen("drafting-bare", "admin", "/drafting/", scene="groupless"),
    Screen("home-begun", "delegate", "/", scene="begun"),
    Screen("group-titles-only", "delegate", "/groups/DIR/", scene="begun"),
    Screen("group-empty", "stranger", "/groups/FIN/", scene="begun"),
    Screen(
        "process-title-only",
        "delegate",
        "/groups/DIR/processes/{undrafted.uuid}/",
        scene="begun",
    ),
    Screen(
        "edition-manual-empty",
        "admin",
        "/editions/{edition.code}/manuals/FIN/",
        scene="begun",
    ),
    Screen("exports-begun", "admin", "/exports/", scene="begun"),
    Screen("search-begun", "delegate", "/search/?q=หนังสือ", scene="begun"),
    Screen("step-table", "drafter", STEP_TABLE),
    Screen("step-table-empty", "drafter", "/groups/DIR/drafts/{undrafted.uuid}/steps/"),
    Screen("step-table-refused", "drafter", STEP_TABLE, emptied_row),
    Screen("step-table-409", "drafter", STEP_TABLE, overtaken_rows),
    Screen("step-table-menu", "drafter", STEP_TABLE, unfold(".edit-table__menu")),
    Screen("draft-undrafted", "drafter", "/groups/DIR/drafts/{undrafted.uuid}/"),
    Screen(
        "clause-promised",
        "drafter",
        "/drafting/",
        click("a[href*='promise=']", until="#promised"),
    ),
    Screen("clause-edit", "drafter", DRAFT + "clauses/{clause.uuid}/"),
    typed(
        DRAFT + "clauses/{clause.uuid}/", "clause-edit-refused", "drafter", reason=" "
    ),
    Screen(
        "clause-edit-409", "drafter", DRAFT + "clauses/{clause.uuid}/", overtaken_clause
    ),
    Screen("clause-table", "drafter", DRAFT + "clauses/new/?part=5&kind=table"),
    Screen(
        "clause-figure-refused",
        "drafter",
        DRAFT + "clauses/new/?part=5&kind=figure",
        picture_without_words,
    ),
    Screen(
        *(
            "clause-law-repealed",
            "drafter",
            DRAFT + "clauses/new/?part=8&kind=reference",
        ),
        send(
            "#clause-form",
            by="[value=find-law]",
            until="[role=status]:visible",
            law_words="ระเบียบพัสดุ พ.ศ. ๒๕๓๕",
        ),
    ),
    Screen(
        *("clause-refers", "drafter", DRAFT + "clauses/{clause.uuid}/"),
        send(
            "#clause-form",
            by="[data-insert]",
            opened="#references details",
            until="[data-legend] li",
        ),
    ),
    Screen("clause-new", "drafter", DRAFT + "clauses/new/?part=8&kind=reference"),
    Screen(
        "manual-draft-menu",
        "drafter",
        "/groups/DIR/drafts/",
        unfold(".outline__row--process .outline__menu"),
    ),
    Screen(
        "draft-menu", "drafter", DRAFT, unfold("[id^=c-]:has([value=out]) details.ask")
    ),
    Screen("draft-retired", "drafter", DRAFT, unfold("#retired")),
    Screen("section-new", "drafter", "/groups/DIR/drafts/new/?kind=process"),
    typed(
        "/groups/DIR/drafts/new/?kind=process",
        "section-new-refused",
        "drafter",
        title=" ",
    ),
    Screen("section-new-unit", "drafter", "/groups/DIR/drafts/new/?kind=unit"),
    Screen("section-facts", "drafter", DRAFT + "facts/"),
    typed(
        DRAFT + "facts/", "section-facts-409", "drafter", version="0", title="ชื่อที่พิมพ์ไว้"
    ),
    Screen("section-move", "drafter", DRAFT + "move/"),
    Screen("section-split", "drafter", DRAFT + "split/"),
    Screen(
        "section-split-asks",
        "drafter",
        DRAFT + "split/",
        send(
            "main form[method=post]",
            until=".notice[role=status]",
            start="part-5",
            title="การตรวจรับหนังสือ",
            reason="เป็นงานคนละขั้น",
        ),
    ),
    Screen("section-join", "drafter", DRAFT + "join/"),
    typed(DRAFT + "move/", "section-move-refused", "drafter"),
    Screen("section-retire", "drafter", DRAFT + "retire/"),
    Screen("section-retire-waits", "drafter", "/groups/DIR/drafts/{unit.uuid}/retire/"),
    Screen("clause-split", "drafter", DRAFT + "clauses/{clause.uuid}/split/"),
    typed(
        DRAFT + "clauses/{clause.uuid}/split/",
        "clause-split-refused",
        "drafter",
        reason="แยกตามขั้นตอน",
    ),
    Screen(
        "clause-edit-split-409",
        "drafter",
        DRAFT + "clauses/{clause.uuid}/",
        split_meanwhile,
    ),
    Screen(
        "clause-split-409",
        "drafter",
        DRAFT + "clauses/{clause.uuid}/split/",
        overtaken_act,
    ),
    Screen("clause-shift-409", "drafter", DRAFT, shifted_meanwhile),
    Screen("clause-join", "drafter", DRAFT + "clauses/{clause.uuid}/join/"),
    Screen(
        "clause-join-409",
        "drafter",
        DRAFT + "clauses/{clause.uuid}/join/",
        overtaken_act,
    ),
    Screen(
        "clause-move",
        "drafter",
        DRAFT + "clauses/{clause.uuid}/move/",
        unfold("details.ask"),
    ),
    Screen("clause-retire", "drafter", DRAFT + "clauses/{family.uuid}/retire/"),
    typed(
        DRAFT + "clauses/{clause.uuid}/retire/",
        "clause-retire-409",
        "drafter",
        lock_version="0",
        reason="ซ้ำกัน",
    ),
    Screen("drafting-asked", "drafter", "/drafting/"),
    Screen("drafting-state", "drafter", DRAFT + "state/"),
    typed(
        "/groups/DIR/drafts/{undrafted.uuid}/state/",
        "drafting-state-refused",
        "drafter",
        state="ready",
    ),
    Screen("team-notes", "drafter", DRAFT + "clauses/{clause.uuid}/notes/"),
    Screen("team-notes-empty", "drafter", DRAFT + "clauses/{family.uuid}/notes/"),
    Screen(
        *("team-notes-refused", "drafter", DRAFT + "clauses/{clause.uuid}/notes/"),
        send("form:has([name=uuid])", text=" "),
    ),
    Screen(
        "review-new", "drafter", DRAFT + "review-requests/new/?clause={clause.uuid}"
    ),
    typed(
        DRAFT + "review-requests/new/",
        "review-new-refused",
        "drafter",
        text="ขอให้ตรวจระยะเวลา",
    ),
    Screen("review-requests", "drafter", "/review-requests/"),
    Screen("review-requests-expert", "expert", "/review-requests/"),
    Screen("review-requests-empty", "admin", "/review-requests/"),
    Screen("review-request", "expert", "/review-requests/{review.uuid}/"),
    Screen(
        "review-request-clause", "drafter", "/review-requests/{clause_review.uuid}/"
    ),
    Screen(
        *("review-request-refused", "expert", "/review-requests/{review.uuid}/"),
        send("form.stack", text=" "),
    ),
    Screen("preview-links", "drafter", "/preview-links/"),
    Screen("preview-links-admin", "admin", "/preview-links/"),
    Screen("preview-links-empty", "colleague", "/preview-links/"),
    Screen("preview-new", "drafter", "/groups/DIR/preview-links/new/"),
    typed(
        "/groups/DIR/preview-links/new/",
        "preview-new-refused",
        "drafter",
        purpose="เสนอผู้บริหาร",
        ends_on="เมื่อวาน",
    ),
    Screen(
        *("preview-made", "drafter", "/groups/DIR/preview-links/new/"),
        send("form.stack", until=".one-time", purpose="เสนอผู้บริหาร", ends_on=soon()),
    ),
    Screen("preview", "nobody", "/preview/process-secret/"),
    typed("/preview/process-secret/", "preview-refused", "nobody", password="nope"),
    Screen("preview-dead", "nobody", "/preview/recalled/"),
    Screen(
        "preview-contents",
        "nobody",
        "/preview/manual-secret/",
        open_preview("#main .outline"),
    ),
    Screen(
        "preview-opened", "nobody", "/preview/process-secret/", open_preview("#part-5")
    ),
    Screen(
        "preview-section",
        "nobody",
        "/preview/manual-secret/sections/{process.uuid}/",
        first_process,
    ),
    Screen("manual-paste", "drafter", "/groups/DIR/drafts/files/paste/"),
    typed(
        "/groups/DIR/drafts/files/paste/",
        "manual-paste-refused",
        "drafter",
        text="เรียน ผู้อำนวยการ",
    ),
    Screen("section-versions", "drafter", PAST),
    Screen("section-versions-reader", "expert", PAST),
    Screen("section-versions-refused", "drafter", PAST + "?older=2&newer=2"),
    Screen("section-version", "drafter", PAST + "2/"),
    Screen("section-versions-compared", "drafter", PAST + "2/compare/5/"),
    Screen("section-versions-beside", "drafter", PAST + "2/compare/5/?view=sides"),
    Screen("section-restoration", "drafter", PAST + "2/restoration/"),
    typed(PAST + "2/restoration/", "section-restoration-refused", "drafter"),
    typed(
        PAST + "2/restoration/",
        "section-restoration-409",
        "drafter",
        version="2",
        reason="ของเดิมถูกต้อง",
    ),
    Screen(
        "clause-versions",
        "drafter",
        "/groups/DIR/drafts/{process.uuid}/clauses/{entry.uuid}/versions/",
    ),
    Screen(
        "clause-versions-retired",
        "drafter",
        "/groups/DIR/drafts/{process.uuid}/clauses/{gone.uuid}/versions/",
    ),
    Screen("manual-draft-at", "drafter", "/groups/DIR/drafts/at/"),
    Screen("manual-draft-at-day", "drafter", "/groups/DIR/drafts/at/?day=1/1/2600"),
    Screen(
        "manual-draft-at-refused", "drafter", "/groups/DIR/drafts/at/?day=31/2/2565"
    ),
    Screen("comparisons", "drafter", "/comparisons/"),
    Screen("comparisons-one", "nobody", "/comparisons/", scene="empty"),
    Screen("comparisons-refused", "drafter", "/comparisons/?old=2553&new=2553"),
    Screen("comparison", "drafter", BETWEEN),
    Screen("comparison-draft", "drafter", "/comparisons/2553/working-draft/"),
    Screen("manual-comparison", "drafter", BETWEEN + "manuals/DIR/"),
    Screen("manual-comparison-sides", "drafter", BETWEEN + "manuals/DIR/?view=sides"),
    Screen("manual-comparison-table", "drafter", BETWEEN + "manuals/DIR/?view=table"),
    Screen("manual-comparison-none", "drafter", BETWEEN + "manuals/DIR/?fate=split"),
    Screen("process-comparison", "drafter", BETWEEN + "processes/"),
    Screen("process-comparison-reader", "nobody", BETWEEN + "processes/?q=รับหนังสือ"),
    Screen("process-comparison-none", "nobody", BETWEEN + "processes/?q=ฬฬฬ"),
    Screen("drop-reason", "drafter", BETWEEN + "processes/{dropped.uuid}/reason/"),
    typed(
        BETWEEN + "processes/{dropped.uuid}/reason/", "drop-reason-refused", "drafter"
    ),
    Screen("manual-amendments", "drafter", BETWEEN + "manuals/DIR/amendments/"),
    Screen("manual-files", "drafter", "/groups/DIR/drafts/files/"),
    typed("/groups/DIR/drafts/files/", "manual-files-none", "drafter"),
    Screen(
        "manual-files-unread", "drafter", "/groups/DIR/drafts/files/", unreadable_files
    ),
    Screen(
        "manual-files-preview", "drafter", "/groups/DIR/drafts/files/", several_files
    ),
    Screen(
        "manual-files-refused", "drafter", "/groups/DIR/drafts/files/", nothing_ticked
    ),
    Screen(
        "manual-files-done",
        "drafter",
        "/groups/DIR/drafts/files/reports/{done_files.uuid}/",
    ),
    Screen(
        "manual-files-failed",
        "drafter",
        "/groups/DIR/drafts/files/reports/{failed_files.uuid}/",
    ),
    Screen(
        "manual-files-waiting",
        "drafter",
        "/groups/DIR/drafts/files/reports/{waiting_files.uuid}/",
    ),
    Screen(
        "manual-files-reading", "drafter", "/groups/DIR/drafts/files/", files_being_read
    ),
    Screen("rows-preview", "drafter", "/groups/DIR/drafts/files/", opened_preview),
    Screen("import-preview-row", "drafter", "/groups/DIR/drafts/files/", opened_row),
    Screen(
        "import-preview-row-refused",
        "drafter",
        "/groups/DIR/drafts/files/",
        emptied_words,
    ),
    Screen("edition-of-files", "admin", "/groups/DIR/drafts/files/", old_book),
    Screen(
        "edition-of-files-refused",
        "admin",
        "/groups/DIR/drafts/files/",
        old_book_unready,
    ),
]

ADMINISTERING = [
    Screen("manuals", "admin", "/desk/manuals/"),
    typed("/desk/manuals/", "manuals-refused", "admin"),
    Screen("manuals-bare", "admin", "/desk/manuals/", scene="bare"),
    Screen("manuals-groupless", "admin", "/desk/manuals/", scene="groupless"),
    Screen("people", "admin", "/desk/people/"),
    Screen("people-unused", "admin", "/desk/people/", unfold("main details")),
    Screen("people-none-found", "admin", "/desk/people/?q=ไม่มีคนนี้"),
    Screen("person-new", "admin", "/desk/people/new/"),
    typed("/desk/people/new/", "person-new-refused", "admin", username="ชื่อ ไทย"),
    Screen("person", "admin", "/desk/people/{delegate.pk}/"),
    Screen("person-no-role", "admin", "/desk/people/{reader.pk}/"),
    typed("/desk/people/{delegate.pk}/", "person-refused", "admin", given_name=""),
    Screen(
        "person-password",
        "admin",
        "/desk/people/{delegate.pk}/",
        send("form[action$='password/']", until=".one-time"),
    ),
    Screen("role-new", "admin", "/desk/people/{reader.pk}/roles/"),
    typed("/desk/people/{reader.pk}/roles/", "role-refused", "admin"),
    Screen("role-end", "admin", "/desk/people/{delegate.pk}/roles/{role.pk}/end/"),
    typed(
        "/desk/people/{delegate.pk}/roles/{role.pk}/end/",
        "role-end-refused",
        "admin",
        last_day="31/02/2569",
    ),
    Screen("contact-edit", "admin", "/desk/contact/"),
    Screen("contact-edit-unwritten", "admin", "/desk/contact/", scene="silent"),
    typed(
        "/desk/contact/", "contact-edit-refused", "admin", telephone="", email="psd@"
    ),
    Screen("privacy-edit", "admin", "/desk/privacy/"),
    typed("/desk/privacy/", "privacy-edit-refused", "admin", text=""),
    Screen("import", "admin", "/desk/people/import/"),
    typed("/desk/people/import/", "import-no-file", "admin"),
    Screen("import-no-table", "admin", "/desk/people/import/", no_table),
    Screen("import-preview", "admin", "/desk/people/import/", bad_rows),
    Screen("import-done", "admin", "/desk/people/import/reports/{done_import.uuid}/"),
    Screen(
        "import-failed", "admin", "/desk/people/import/reports/{failed_import.uuid}/"
    ),
    Screen(
        "import-waiting", "admin", "/desk/people/import/reports/{waiting_import.uuid}/"
    ),
    Screen("import-gone-409", "admin", "/desk/people/import/gone/"),
    Screen("offices", "admin", "/desk/offices/"),
    Screen("offices-none-found", "admin", "/desk/offices/?kind=primary&empty=on"),
    Screen("office", "admin", "/desk/offices/{office.key}/"),
    Screen("office-empty", "admin", "/desk/offices/{empty_office.key}/"),
    Screen("preparation", "admin", "/desk/preparation/"),
    Screen("preparation-bare", "admin", "/desk/preparation/", scene="bare"),
    Screen("offices-before-any", "admin", "/desk/offices/", scene="groupless"),
    Screen("office-new", "admin", "/desk/offices/new/"),
    typed(
        "/desk/offices/new/",
        "office-new-refused",
        "admin",
        kind="secondary",
        name="สพป.ลำปาง เขต 1",
        area_no="ก",
    ),
    Screen("offices-import", "admin", "/desk/offices/import/"),
    typed("/desk/offices/import/", "offices-import-no-file", "admin"),
    Screen("offices-import-preview", "admin", "/desk/offices/import/", listed_offices),
    Screen("offices-import-left", "admin", "/desk/offices/import/", taken_in_offices),
    Screen("offices-import-gone-409", "admin", "/desk/offices/import/gone/"),
    Screen("groups-import-gone-409", "admin", "/desk/groups/import/gone/"),
    Screen("groups-import", "admin", "/desk/groups/import/"),
    Screen("groups-import-preview", "admin", "/desk/groups/import/", listed_groups),
    Screen("directory-shipped", "admin", "/desk/directory/shipped/"),
    Screen("work-groups", "admin", "/desk/groups/"),
    Screen("work-groups-before-any", "admin", "/desk/groups/", scene="groupless"),
    Screen("work-group", "admin", "/desk/groups/DIR/"),
    typed(
        "/desk/groups/DIR/", "work-group-end-refused", "admin", valid_until="20/09/2565"
    ),
    Screen("work-group-overtaken-409", "admin", "/desk/groups/DIR/", edited_meanwhile),
    Screen("work-group-removal", "admin", "/desk/groups/DIR/", removal_of_a_mistake),
    Screen("work-group-new", "admin", "/desk/groups/new/"),
    typed(
        "/desk/groups/new/",
        "work-group-new-refused",
        "admin",
        name="กลุ่มอำนวยการ",
        short_name="อก.",
        key="กลุ่ม",
    ),
    Screen("overlaps", "admin", "/overlaps/"),
    Screen("overlaps-reader", "delegate", "/overlaps/"),
    Screen("overlaps-none-found", "admin", "/overlaps/?kind=same_form"),
    Screen("overlaps-before-any", "drafter", "/overlaps/", scene="silent"),
    Screen("overlap-matrix", "admin", "/overlaps/matrix/"),
    Screen("overlap-agencies", "admin", "/overlaps/agencies/"),
    Screen("overlap-suggestions", "drafter", "/overlaps/suggestions/"),
    Screen("overlap-new", "drafter", "/overlaps/new/"),
    Screen(
        "overlap-from-comment",
        "facilitator",
        "/overlaps/new/?comment={comment.uuid}",
    ),
    typed("/overlaps/new/", "overlap-new-refused", "drafter", agency="เทศบาล"),
    Screen("overlap", "admin", "/overlaps/{overlap.uuid}/"),
    Screen("overlap-at-desk", "drafter", "/overlaps/{overlap.uuid}/"),
    Screen("overlap-settled", "delegate", "/overlaps/{settled.uuid}/"),
    Screen("overlap-settled-admin", "admin", "/overlaps/{settled.uuid}/"),
    Screen("overlap-edit", "drafter", "/overlaps/{overlap.uuid}/edit/"),
    Screen("legal-sources", "admin", "/law/"),
    Screen("law-import", "admin", "/law/import/"),
    Screen("law-import-gone-409", "admin", "/law/import/gone/"),
    Screen("law-import-preview", "admin", "/law/import/", listed_laws),
    Screen("legal-sources-reader", "drafter", "/law/"),
    Screen("legal-sources-none-found", "admin", "/law/?q=ไม่มีกฎหมายนี้&status=repealed"),
    Screen("legal-sources-before-any", "admin", "/law/", scene="groupless"),
    Screen("legal-source", "admin", "/law/{source.pk}/"),
    Screen("legal-source-reader", "drafter", "/law/{source.pk}/"),
    Screen(
        "succession-refused",
        "admin",
        "/law/{source.pk}/",
        send("form:has([name=later])", opened="main details", later="ระเบียบ"),
    ),
    Screen(
        "legal-source-refused",
        "admin",
        "/law/{source.pk}/",
        send("form:has([name=full_title])", year_be="ปีนี้", in_force_from="31/02/2569"),
    ),
    Screen("legal-source-new", "admin", "/law/new/"),
    typed("/law/new/", "legal-source-new-refused", "admin"),
    Screen("legal-sources-shipped", "admin", "/law/shipped/"),
    Screen("hearing-desk", "admin", "/desk/hearing/"),
    Screen("hearing-desk-all-open", "admin", "/desk/hearing/", all_open),
    Screen("hearing-desk-bare", "admin", "/desk/hearing/", scene="bare"),
    typed(
        "/desk/hearing/",
        "hearing-refused",
        "admin",
        scene="bare",
        opens_on="31/02/2569",
    ),
    Screen("hearing-edit", "admin", "/desk/hearings/{hearing.key}/"),
    Screen(
        "document-refused",
        "admin",
        "/desk/hearings/{hearing.key}/",
        send("form[enctype]", title="กำหนดการ"),
    ),
    Screen("hearing-new", "admin", "/desk/hearings/new/"),
    typed("/desk/hearings/new/", "hearing-new-refused", "admin"),
    typed(
        "/desk/hearings/new/",
        "hearing-days-taken",
        "admin",
        title="รอบที่สอง",
        opens_on=f"01/09/{localdate().year + 544}",
        closes_on=f"30/09/{localdate().year + 544}",
    ),
    Screen("group-sessions", "admin", "/desk/hearing/sessions/groups/"),
    Screen(
        "group-sessions-bare", "admin", "/desk/hearing/sessions/groups/", scene="coming"
    ),
    Screen(
        "sessions-without-hearing",
        "admin",
        "/desk/hearing/sessions/groups/",
        scene="bare",
    ),
    typed(
        "/desk/hearing/sessions/groups/",
        "group-sessions-refused",
        "admin",
        online_opens_day="31/02/2569",
    ),
    Screen("hearing", "nobody", "/hearings/{hearing.key}/"),
    Screen("session-new", "admin", "/desk/hearing/sessions/new/"),
    typed("/desk/hearing/sessions/new/", "session-new-refused", "admin"),
    Screen("session-edit", "admin", "/desk/hearing/sessions/{session.pk}/"),
    Screen(
        "session-edit-coming",
        "admin",
        "/desk/hearing/sessions/{session.pk}/",
        scene="coming",
    ),
    Screen("audit", "admin", "/desk/audit/"),
    Screen(
        "audit-none-found", "admin", "/desk/audit/?since=01/01/2400&until=01/01/2401"
    ),
    Screen("audit-wrong", "admin", "/desk/audit/?by=ไม่มี&since=31/02/2569"),
    Screen("editions-desk", "admin", "/desk/editions/"),
    Screen("editions-desk-bare", "admin", "/desk/editions/", scene="bare"),
    typed("/desk/editions/", "edition-refused", "admin"),
    Screen(
        *("edition-final-lacks", "admin", "/desk/editions/"),
        send(
            "main form",
            until="[name=is_confirmed]",
            code="2565-F9",
            kind="final",
            title="ฉบับสมบูรณ์ พ.ศ. 2565",
        ),
    ),
    Screen("draft-gate", "admin", "/desk/draft/gate/"),
    Screen("draft-gate-bare", "admin", "/desk/draft/gate/", scene="bare"),
    Screen("gate", "admin", "/desk/editions/{edition.code}/gate/"),
    Screen("trace-report", "admin", "/desk/editions/{edition.code}/traces/"),
    Screen(
        "clause-chain",
        "admin",
        "/editions/{edition.code}/clauses/{clause.uuid}/chain/",
    ),
    Screen("gate-final", "admin", "/desk/editions/{final.code}/gate/"),
    Screen(
        "gate-refused",
        "admin",
        "/desk/editions/{final.code}/gate/",
        lambda page, scene: (
            page.locator("[name=audience]").first.evaluate(
                "button => button.value = 'public'"
            ),
            send("form[action$='releases/']", by="[value=public]", until=".notice--no")(
                page, scene
            ),
        ),
    ),
    Screen(
        "gate-no-audience-422",
        "admin",
        "/desk/editions/{final.code}/gate/",
        send("form[action$='releases/']", until="[role=alert]"),
    ),
]

ARCHIVAL = [
    Screen("edition-import", "admin", "/desk/edition-files/"),
    Screen(
        "edition-import-damaged",
        "admin",
        "/desk/edition-files/",
        edition_file(REFUSED, damaged=True),
    ),
    Screen(
        "edition-import-preview",
        "admin",
        "/desk/edition-files/",
        edition_file("main table.data", code="ARCHIVE"),
    ),
    Screen(
        "edition-import-clash",
        "admin",
        "/desk/edition-files/",
        edition_file("main table.data"),
    ),
    Screen(
        "edition-import-checking",
        "admin",
        "/desk/edition-files/",
        edition_file("#progress", code="ARCHIVE", is_large=True),
    ),
    Screen(
        "edition-import-check-failed", "admin", "/desk/edition-files/", check_failed
    ),
    Screen("edition-import-asked", "admin", "/desk/edition-files/", archival_asked),
    Screen("edition-import-gone-409", "admin", "/desk/edition-files/gone/"),
    Screen(
        "edition-import-done",
        "admin",
        "/desk/edition-files/reports/{done_archive.uuid}/",
    ),
    Screen(
        "edition-import-failed",
        "admin",
        "/desk/edition-files/reports/{failed_archive.uuid}/",
    ),
]

JOBS = [
    Screen("exports", "drafter", "/exports/"),
    Screen(
        "export-data-refused",
        "drafter",
        "/exports/",
        send("form:has([name=data])", by="[name=data]", **{"data-edition": ""}),
    ),
    typed("/exports/", "export-refused", "drafter", edition=""),
    Screen(
        "export-sheet-refused",
        "drafter",
        "/exports/",
        send("form:has([name=sheet])", by="[name=sheet]"),
    ),
    Screen("exports-empty", "facilitator", "/exports/", scene="silent"),
    Screen("word-exports", "drafter", "/exports/word/"),
    typed("/exports/word/", "word-exports-refused", "admin", edition=""),
    Screen("matrix", "drafter", "/matrix/"),
    Screen("matrix-filtered", "admin", "/matrix/?group=DIR&outcome=none"),
    Screen("matrix-files", "drafter", "/matrix/files/"),
    Screen("matrix-empty", "facilitator", "/matrix/", scene="silent"),
    Screen("papers", "admin", "/papers/"),
    Screen("papers-desk", "facilitator", "/papers/", scene="silent"),
    Screen("paper-form", "admin", "/papers/forms/letter/"),
    typed("/papers/forms/letter/", "paper-form-refused", "admin"),
    Screen("pack-verification", "reader", "/evidence/verify/"),
    Screen("exports-admin", "admin", "/exports/"),
    Screen("job-waiting", "drafter", "/jobs/{waiting_job.uuid}/"),
    Screen("job-running", "drafter", "/jobs/{running_job.uuid}/"),
    Screen("job-done", "drafter", "/jobs/{done_job.uuid}/"),
    Screen("job-failed", "drafter", "/jobs/{failed_job.uuid}/"),
    Screen("job-cancelled", "drafter", "/jobs/{cancelled_job.uuid}/"),
]

SCREENS = [
    *SHELL,
    *READING,
    *COMMENTING,
    *MODERATING,
    *DRAFTING,
    *ADMINISTERING,
    *ARCHIVAL,
    *JOBS,
]
