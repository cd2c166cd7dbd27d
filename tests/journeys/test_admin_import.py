"""An admin takes in five hundred delegates from a real XLSX file, seven rows of it bad; then the same file again."""

from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.jobs.models import Job
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = "**/desk/people/import/reports/*/"

HEAD = (
    "คำนำหน้า",
    "ชื่อ",
    "นามสกุล",
    "ตำแหน่ง",
    "สพท.",
    "กลุ่มงาน",
    "ชื่อผู้ใช้",
    "วันเริ่มต้น",
    "วันสิ้นสุด",
)
# {line of the sheet: (column that is wrong, what stands there, what the admin is told)}; line 1 is the head
BAD = {
    11: ("สพท.", "สพป.ลำพัง เขต 1", "สพป.ลำพัง เขต 1"),
    52: ("กลุ่มงาน", "กลุ่มการบิน", "กลุ่มการบิน"),
    101: ("ชื่อ", "", "ชื่อ"),
    202: ("นามสกุล", "", "นามสกุล"),
    302: ("วันเริ่มต้น", "29/02/2568", "29\u00a0กุมภาพันธ์\u00a02568"),
    402: ("สพท.", "สพม.ลำปาง เขต 1", "สพม.ลำปาง เขต 1"),
    501: ("วันสิ้นสุด", "31/02/2569", "31\u00a0กุมภาพันธ์\u00a02569"),
}


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> None:
    """Uploads wait for the second step where pytest cleans up."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def sheet(dir_group, fin_group, lampang, chonburi, tmp_path: Path) -> Path:
    """500 rows as an office would send them: two offices, one or two groups each."""
    path = tmp_path / "รายชื่อผู้แทน.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("รายชื่อ")
        page.write_row(0, 0, HEAD)
        for line in range(2, 502):
            page.write_row(line - 1, 0, cells_of(line))
    return path


def cells_of(line: int) -> list[str]:
    cells = {
        "คำนำหน้า": "นางสาว" if line % 2 else "นาย",
        "ชื่อ": f"กานต์ธิดา{line}",
        "นามสกุล": "ณ น่าน",
        "ตำแหน่ง": "นักจัดการงานทั่วไป",
        "สพท.": "สพม.ชลบุรี ระยอง" if line % 2 else "สพป.ลำปาง เขต 1",
        "กลุ่มงาน": "อำนวยการ, FIN" if line % 3 else "การเงินฯ",
    }
    if line in BAD:
        column, words, _ = BAD[line]
        cells[column] = words
    return [cells.get(column, "") for column in HEAD]


def look_at(page: Page, sheet: Path) -> None:
    page.goto("/desk/people/import/")
    page.locator("[type=file]").set_input_files(sheet)
    page.get_by_role("button", name=names.CHECK_FILE).click()
    page.wait_for_url("**/desk/people/import/*/")


def stored() -> tuple[int, int, int]:
    return (
        User.objects.count(),
        RoleAssignment.objects.count(),
        RoleAssignment.history.count(),
    )


def told(page: Page) -> dict[int, str]:
    """{line: column and message} of the table of wrong rows."""
    page.wait_for_load_state()
    wrong = page.get_by_label(names.ROWS_TO_MEND).locator("tbody tr")
    rows = [row.locator("td").all_text_contents() for row in wrong.all()]
    return {int(line): f"{column}: {message}" for line, column, message in rows}


def test_admin_imports_five_hundred_and_seven_rows_are_named(
    sheet, signed_in, admin, work_off_jobs
):
    page = signed_in(admin)
    before = User.objects.count()
    look_at(page, sheet)

    wrong = told(page)
    assert sorted(wrong) == sorted(BAD)
    for line, (column, _, words) in BAD.items():
        assert wrong[line].startswith(f"{column}: "), wrong[line]
        assert words in wrong[line]
    assert User.objects.count() == before

    page.get_by_role("button", name=names.import_people(493)).click()
    page.wait_for_url(REPORT)
    expect(page.get_by_text(Job.State.QUEUED.label, exact=True)).to_be_visible()
    assert User.objects.count() == before
    work_off_jobs()
    expect(
        page.get_by_role("heading", name=names.imported_people(493))
    ).to_be_visible()  # the page came by itself
    assert sorted(told(page)) == sorted(BAD)
    assert User.objects.count() == before + 493
    given_names = set(
        User.objects.filter(family_name="ณ น่าน").values_list("given_name", flat=True)
    )
    assert given_names == {
        f"กานต์ธิดา{line}" for line in range(2, 502) if line not in BAD
    }

    assert_second_time_changes_nothing(page, sheet)


def assert_second_time_changes_nothing(page: Page, sheet: Path) -> None:
    now = stored()
    look_at(page, sheet)
    expect(page.get_by_text(names.NOBODY_TO_ADD)).to_be_visible()
    expect(page.get_by_role("heading", name=names.ALREADY_THERE)).to_contain_text("493")
    expect(page.get_by_role("button", name=names.IMPORT)).to_have_count(0)
    assert sorted(told(page)) == sorted(BAD)
    assert stored() == now


def test_corrected_file_takes_in_the_seven_only(
    sheet, signed_in, admin, tmp_path, monkeypatch, work_off_jobs
):
    page = signed_in(admin)
    look_at(page, sheet)
    page.get_by_role("button", name=names.import_people(493)).click()
    page.wait_for_url(REPORT)
    work_off_jobs()
    expect(page.get_by_role("heading", name=names.imported_people(493))).to_be_visible()
    monkeypatch.setitem(globals(), "BAD", {})
    mended = tmp_path / "แก้แล้ว.xlsx"
    with xlsxwriter.Workbook(mended) as book:
        book.add_worksheet().write_row(0, 0, HEAD)
        for line in range(2, 502):
            book.worksheets()[0].write_row(line - 1, 0, cells_of(line))

    look_at(page, mended)
    page.get_by_role("button", name=names.import_people(7)).click()
    page.wait_for_url(REPORT)
    work_off_jobs()

    expect(page.get_by_role("heading", name=names.imported_people(7))).to_be_visible()
    expect(page.locator(".stat-bar")).to_contain_text("493")
    assert User.objects.filter(family_name="ณ น่าน").count() == 500
