"""A whole hearing with three offices of each type, from the first comment to the line of the released book: the report,
the letters, and a commenter who reads by the receipt, without signing in, what became of it. In the browser stands what
the acts are about; what merely has to be there is made beside it."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from comments.anchoring.services.resolving import resolve_comments
from comments.commenting.services.supporting import support_comment
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.hearings.services.session_states import close_session
from comments.models import Comment, Disposition, Hearing
from comments.receipts.letters import receipt_letters
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.jobs.models import Job
from manuals.models import Edition, EditionRelease
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์ภายในวันที่ได้รับ"
WHY = "หนังสือส่วนใหญ่มาทางระบบอิเล็กทรอนิกส์แล้ว ขอให้เขียนให้ตรงกับที่ปฏิบัติ"
REASON = "เห็นชอบตามที่เสนอ ระเบียบงานสารบรรณให้ใช้ระบบอิเล็กทรอนิกส์เป็นหลัก"
REFUSAL = "ระยะเวลาที่เสนอยาวกว่าที่ระเบียบกำหนด จึงคงไว้ตามร่างเดิม"


@pytest.fixture
def delegates(dir_group) -> list[User]:
    """Three of primary offices, three of secondary ones."""
    offices = [
        *(factories.make_office(f"สพป.ลำปาง เขต {number}") for number in (1, 2, 3)),
        *(
            factories.make_office(f"สพม.{name}")
            for name in ("ชลบุรี ระยอง", "นครปฐม", "ลำพูน")
        ),
    ]
    return [factories.make_delegate(dir_group, office) for office in offices]


def test_whole_hearing_ends_in_the_book_the_papers_and_the_receipt(
    signed_in,
    open_context,
    work_off_jobs,
    process,
    clause,
    delegates,
    drafter,
    second_drafter,
    facilitator,
    admin,
    dir_group,
):
    edition = factories.make_edition("HEARING-2565", by=admin)
    hearing = factories.make_hearing(objection_days=0)
    online = factories.make_session(edition, dir_group, hearing=hearing)
    factories.open_session(online, by=facilitator)

    said = comment_on(signed_in(delegates[0], 360), process, clause)
    letters = receipt_letters(said, 0)
    others_speak(delegates, said, online)
    close_session(online, by=facilitator, reason="ครบกำหนดรับฟังความคิดเห็นแล้ว")
    bench = signed_in(drafter)
    adopt(bench, said)
    decide_the_rest(drafter, second_drafter)
    publish(bench)

    final = factories.make_edition(
        "2565", kind="final", title="ฉบับสมบูรณ์ พ.ศ. 2565", basis=edition, by=admin
    )
    resolve_comments(final)
    desk = signed_in(admin)
    release(desk, final)
    report = paper(desk, work_off_jobs, "report")
    assert_report_counts(report, hearing)
    assert_letters(paper(desk, work_off_jobs, "letter"), delegates)
    assert_receipt_tells(open_context(360).new_page(), said, letters)


def comment_on(page: Page, process, clause) -> Comment:
    page.goto(f"/groups/DIR/processes/{process.uuid}/")
    place = page.locator(f'[id^="c-{str(clause.uuid)[:8]}"]')
    place.get_by_role("link", name=names.COMMENT_ON).click()
    page.locator("[name=type][value=amend]").check(force=True)
    page.locator("#id_text").fill(WHY)
    page.locator("[name^=words-]").first.fill(WORDS)
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED).first).to_be_visible()
    return Comment.objects.get()


def others_speak(delegates: list[User], said: Comment, session) -> None:
    """Two offices stand behind it, three say something of their own."""
    for delegate in delegates[1:3]:
        support_comment(said, office=delegate.office, by=delegate)
    for delegate in delegates[3:]:
        factories.say(
            session,
            said.entry,
            delegate,
            text=f"ขอขยายเวลาเป็นสิบวันสำหรับ {delegate.office.short_name}",
        )


def adopt(page: Page, comment: Comment) -> None:
    page.goto(f"/comments/{comment.uuid}/adoption/")
    page.locator("#id_reason").fill(REASON)
    page.get_by_role("button", name=names.ADOPT).click()
    page.wait_for_url(lambda url: "/adoption/" not in url)
    assert comment.answers.get(current=True).disposition.effect == "changed"


def decide_the_rest(drafter: User, second: User) -> None:
    open_ones = list(Comment.objects.undecided())
    assert len(open_ones) == 3
    ruling = Ruling(Disposition.Outcome.NOT_ACCEPTED, REFUSAL)
    factories.confirm_refusal(decide_comments(open_ones, ruling, by=drafter), by=second)


def publish(page: Page) -> None:
    page.goto("/groups/DIR/answers/")
    with page.expect_navigation():
        page.get_by_role("button", name=names.PUBLISH).click()
    with page.expect_navigation():
        page.get_by_role("button", name=names.CONFIRM_PUBLISHING).click()
    assert not Disposition.objects.filter(publication__isnull=True).exists()


def release(page: Page, final: Edition) -> None:
    """The gate lets it through, and the code is typed."""
    page.goto(f"/desk/editions/{final.code}/gate/")
    with page.expect_navigation():
        page.locator("[name=audience][value=public]").click()
    page.locator("#release-code").fill(final.code)
    with page.expect_navigation():
        page.locator("[name=is_confirmed]").click()
    assert EditionRelease.objects.filter(edition=final, audience="public").exists()


def paper(page: Page, work_off_jobs, key: str) -> bytes:
    """Asked for as it is offered, and downloaded."""
    page.goto("/papers/")
    form = page.locator("form").filter(has=page.locator(f"[name=paper][value={key}]"))
    form.get_by_role("button").click()
    page.wait_for_url("**/jobs/**")
    work_off_jobs()
    job = Job.objects.latest("pk")
    assert job.state == "done", job.error
    with page.expect_download() as download:
        page.get_by_role("link", name=names.DOWNLOAD).click()
    return Path(download.value.path()).read_bytes()


def words_of(raw: bytes) -> str:
    document = docx.Document(io.BytesIO(raw))
    return "\n".join(text.text or "" for text in document.element.iter() if text.text)


def assert_report_counts(raw: bytes, hearing: Hearing) -> None:
    words = words_of(raw)
    assert hearing.title in words
    assert "มีความคิดเห็นทั้งหมด ๔ เรื่อง" in words
    assert "แสดงความคิดเห็นหรือสนับสนุน ๖ เขต (สพป. ๓ เขต สพม. ๓ เขต)" in words


def assert_letters(raw: bytes, delegates: list[User]) -> None:
    """One to each office, with what became of what it said; to a silent one as well."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        letters = {name: words_of(archive.read(name)) for name in archive.namelist()}
    assert len(letters) == AreaOffice.objects.count()
    own = {
        delegate.office.short_name: next(
            words
            for name, words in letters.items()
            if delegate.office.short_name in name
        )
        for delegate in delegates
    }
    assert REASON in own["สพป.ลำปาง เขต 1"]
    assert REFUSAL in own["สพม.นครปฐม"]
    assert REASON not in own["สพม.นครปฐม"]
    for words in own.values():
        for delegate in delegates:
            assert delegate.family_name not in words


def assert_receipt_tells(page: Page, comment: Comment, letters: str) -> None:
    """Whoever has the link, without an account: the answer, and the words of the released edition."""
    page.goto(f"/receipts/{comment.pk}/{letters}/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(REASON)
    expect(main.locator("blockquote").last).to_contain_text(
        re.compile(re.escape(WORDS))
    )
    expect(main).not_to_contain_text(comment.author.family_name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
