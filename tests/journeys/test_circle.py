"""The whole circle in a real browser: read → comment → show → adopt → freeze → print → publish → the commenter sees
old words, new words and the reason. Two delegates comment on one clause; the second proposal is told it is outdated."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comments.models import AnchorResolution, ChangeCause, Comment, Disposition
from hearing_portal.jobs.models import Job
from manuals.editions.verify_code import verify_code
from manuals.models import Clause, Edition, SectionVersion
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์ และบันทึกคำสั่งที่ให้นำส่งซ้ำทุกครั้ง"
OLD = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
OTHER = "ลงทะเบียนรับหนังสือในทะเบียนกลางภายในหนึ่งชั่วโมง"
WHY = "ขอให้ลงทะเบียนในระบบ เพราะสมุดทะเบียนค้นย้อนหลังไม่ได้ น้ำเสียงของผู้ใช้ตรงกันทุกเขต"
REASON = "เห็นชอบตามที่เสนอ ระเบียบงานสารบรรณ (ฉบับที่ 4) ให้ใช้ระบบอิเล็กทรอนิกส์เป็นหลัก"


def comment_on(page: Page, process, clause, text: str, words: str) -> None:
    """Read the process, press the clause's own button, write, send."""
    page.goto(f"/groups/DIR/processes/{process.uuid}/")
    place = page.locator(f'[id^="c-{str(clause.uuid)[:8]}"]')
    expect(place).to_contain_text(clause.plain)
    place.get_by_role("link", name=names.COMMENT_ON).click()
    page.locator("[name=type][value=amend]").check(force=True)
    page.locator("#id_text").fill(text)
    page.locator("[name^=words-]").first.fill(words)
    expect(page.locator(".composer__changes ins").first).to_be_visible()
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED).first).to_be_visible()


def test_whole_circle(
    signed_in,
    work_off_jobs,
    process,
    clause,
    delegate,
    secondary_delegate,
    facilitator,
    drafter,
    admin,
    hearing,
    dir_group,
):
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    room = factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )

    open_room(signed_in(facilitator), room)
    phone = signed_in(delegate, 360)
    comment_on(phone, process, clause, WHY, WORDS)
    comment_on(
        signed_in(secondary_delegate, 360), process, clause, "ขอกำหนดเวลาให้ชัด", OTHER
    )
    first, second = Comment.objects.order_by("pk")

    show(signed_in(facilitator), first)
    bench = signed_in(drafter)
    adopt(bench, first)
    assert_adopted(first, clause)
    assert_told_outdated(bench, second)
    refuse(bench, second)
    confirm(signed_in(facilitator), second)

    desk = signed_in(admin)
    freeze(desk, work_off_jobs)
    assert (
        AnchorResolution.objects.get(comment=first, edition__code="2565-R1").state
        == "text_changed"
    )
    text = print_book(desk, work_off_jobs)
    assert_printed(text)

    publish(bench)
    assert_fate_is_told(phone, first, clause)


def open_room(page: Page, room) -> None:
    page.goto(f"/sessions/{room.pk}/")
    page.get_by_role("button", name=names.OPEN_SESSION).click()
    expect(page.get_by_text(names.SESSION_IS_OPEN).first).to_be_visible()


def show(page: Page, comment: Comment) -> None:
    """Room comments are held: nobody else sees them until the facilitator shows them."""
    assert comment.is_held
    page.goto(f"/groups/DIR/queue/?comment={comment.uuid}")
    page.locator(".queue__acts").get_by_role("button", name=names.SHOW).click()
    expect(page.locator(f"#row-{comment.uuid} .state")).to_have_text(
        names.state("considering")
    )
    assert Comment.objects.get(pk=comment.pk).visibility == "shown"


def adopt(page: Page, comment: Comment) -> None:
    page.goto(f"/comments/{comment.uuid}/adoption/")
    expect(page.locator("ins:visible").first).to_be_visible()
    page.locator("#id_reason").fill(REASON)
    page.get_by_role("button", name=names.ADOPT).click()
    page.wait_for_url(lambda url: "/adoption/" not in url)


def assert_adopted(comment: Comment, clause: Clause) -> None:
    """Clause, version, disposition and cause at once."""
    clause.refresh_from_db()
    cause = ChangeCause.objects.get(amendment__comment=comment)
    assert clause.plain == WORDS
    assert (
        SectionVersion.objects.get(
            section=clause.section, number=clause.section.version
        ).action
        == "adopt"
    )
    assert (cause.disposition.outcome, cause.disposition.effect) == (
        "accepted",
        "changed",
    )
    assert cause.change.to_blob_id == clause.sha
    assert comment.answers.get(current=True).disposition == cause.disposition


def assert_told_outdated(page: Page, comment: Comment) -> None:
    """The second proposal was written on words that are gone: all three texts are shown, nothing is chosen."""
    page.goto(f"/comments/{comment.uuid}/adoption/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(names.WORDS_HAVE_CHANGED)
    expect(main).to_contain_text("ในระบบสารบรรณอิเล็กทรอนิกส์")
    expect(page.get_by_role("button", name=names.ADOPT)).to_be_disabled()


def refuse(page: Page, comment: Comment) -> None:
    page.goto(f"/comments/{comment.uuid}/disposition/")
    page.locator("[name=outcome][value=not_accepted]").check(force=True)
    page.locator("#id_reason").fill(
        "กำหนดให้ลงทะเบียนภายในวันที่ได้รับแล้ว หนึ่งชั่วโมงทำไม่ได้ในวันที่หนังสือมาก"
    )
    page.get_by_role("button", name=names.RULE).first.click()
    page.wait_for_url(lambda url: "/disposition/" not in url)
    assert comment.answers.get(current=True).disposition.needs_confirmation


def confirm(page: Page, comment: Comment) -> None:
    page.goto(f"/groups/DIR/queue/?comment={comment.uuid}")
    page.get_by_role("button", name=names.CONFIRM).click()
    expect(page.get_by_role("button", name=names.CONFIRM)).to_have_count(0)
    assert not comment.answers.get(current=True).disposition.needs_confirmation


def freeze(page: Page, work_off_jobs) -> None:
    page.goto("/desk/editions/")
    page.get_by_label(names.EDITION_CODE).fill("2565-R1")
    page.get_by_label(names.EDITION_TITLE).fill("ฉบับปรับปรุง พ.ศ. 2565")
    page.get_by_role("button", name=names.FREEZE).click()
    page.wait_for_url("**/jobs/**")
    work_off_jobs()
    expect(
        page.locator("#job:not([hx-get])")
    ).to_be_visible()  # the page came by itself
    assert Edition.objects.get(code="2565-R1").sealed_at is not None


def print_book(page: Page, work_off_jobs) -> str:
    """Ask for the group's book, watch the job, take the file: its text as pdftotext reads it."""
    page.goto("/exports/")
    book = page.locator("form").filter(
        has=page.get_by_role("button", name=names.PRINT_BOOK)
    )
    book.get_by_label(names.EDITION, exact=True).select_option(
        label="ฉบับปรับปรุง พ.ศ. 2565"
    )
    book.get_by_label(names.WORK_GROUP).select_option("DIR")
    book.get_by_role("button", name=names.PRINT_BOOK).click()
    page.wait_for_url("**/jobs/**")
    work_off_jobs()
    assert Job.objects.get(kind="export_book").state == "done", Job.objects.get(
        kind="export_book"
    ).error
    with page.expect_download() as download:
        page.get_by_role("link", name=names.DOWNLOAD).click()
    return pdf_text(Path(download.value.path()))


def pdf_text(path: Path) -> str:
    run = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    )
    return run.stdout


def assert_printed(text: str) -> None:
    """The new words stand in the book character for character (lines broken by the page joined), with its code."""
    joined = re.sub(r"\s+", "", text)
    code = verify_code(Edition.objects.get(code="2565-R1").manifest_sha)
    assert re.sub(r"\s+", "", WORDS) in joined
    assert re.sub(r"\s+", "", OLD) not in joined
    assert code in text


def publish(page: Page) -> None:
    page.goto("/groups/DIR/answers/")
    with page.expect_navigation():
        page.get_by_role("button", name=names.PUBLISH).click()
    # The session is open still, which is said knowingly
    page.locator("[name=while_open]").check()
    with page.expect_navigation():
        page.get_by_role("button", name=names.CONFIRM_PUBLISHING).click()
    assert Disposition.objects.filter(publication__isnull=True).count() == 0


def assert_fate_is_told(page: Page, comment: Comment, clause: Clause) -> None:
    """On the delegate's phone: what was said, the outcome, old words struck, new words underlined, and why."""
    page.goto("/my-comments/")
    page.locator(f'a[href*="{comment.uuid}"]').first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(WHY)
    expect(main).to_contain_text(REASON)
    expect(main.locator("ins").first).to_be_visible()
    expect(main.locator("del").first).to_be_visible()
    added = "".join(main.locator("ins").all_text_contents())
    assert "ระบบสารบรรณอิเล็กทรอนิกส์" in added
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
