"""Lists of people as offices keep them: other headings, titles inside names, spoilt numbers, hidden rows."""

import io
from datetime import date

import pytest
import xlsxwriter

from hearing_portal.directory.importing.jobs import run_import
from hearing_portal.directory.importing.names import split_full_name, split_title
from hearing_portal.directory.importing.services import import_people, plan_import
from hearing_portal.directory.models import User
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.jobs.models import Job
from hearing_portal.spreadsheets import write_table
from tests import factories

pytestmark = pytest.mark.django_db
OFFICE = "สพป.ลำปาง เขต 1"


@pytest.fixture(autouse=True)
def directory(dir_group, lampang) -> None:
    """กลุ่มอำนวยการ and สพป.ลำปาง เขต 1."""


def listed(head: list[str], *rows: list[str]) -> bytes:
    return write_table("รายชื่อ", head, rows)


def people(raw: bytes) -> list[tuple[str, str, str]]:
    plan = plan_import(raw)
    assert plan.errors == []
    return [
        (person.title, person.given_name, person.family_name) for person in plan.new
    ]


# -- headings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "ชื่อ - สกุล",
        "ชื่อ-นามสกุล",
        "ชื่อ – สกุล",
        "ชื่อ นามสกุล",
        "ชื่อสกุล",
        "ชื่อ สกุล",
        "ชื่อ/สกุล",
        "ชื่อ / นามสกุล",
    ],
)
def test_one_column_for_the_whole_name(name):
    raw = listed(
        [name, "สังกัด", "กลุ่มงาน"],
        ["นางสมศรี  ใจดี", OFFICE, "อำนวยการ"],
        ["มานะ ณ อยุธยา", OFFICE, "DIR"],
    )
    assert people(raw) == [("นาง", "สมศรี", "ใจดี"), ("", "มานะ", "ณ อยุธยา")]


def test_whole_name_without_a_space_is_asked_about():
    [error] = plan_import(
        listed(["ชื่อ - สกุล", "สังกัด", "กลุ่มงาน"], ["สมศรี", OFFICE, "DIR"])
    ).errors
    assert (error.column, "เว้นวรรคระหว่างชื่อกับนามสกุล" in error.message) == (
        "นามสกุล",
        True,
    )


def test_short_headings_are_understood():
    assert people(
        listed(["ชื่อ", "สกุล", "สังกัด", "กลุ่มงาน"], ["สมศรี", "ใจดี", OFFICE, "DIR"])
    ) == [("", "สมศรี", "ใจดี")]


@pytest.mark.parametrize("office", ["หน่วยงาน", "หน่วยงาน/สังกัด", "สังกัด / หน่วยงาน"])
def test_other_headings_of_the_office_and_a_surname_beside_a_name(office):
    assert people(
        listed(["ชื่อ", "ชื่อสกุล", office, "กลุ่มงาน"], ["สมศรี", "ใจดี", OFFICE, "DIR"])
    ) == [("", "สมศรี", "ใจดี")]


def test_vague_heading_beside_a_plain_one_is_another_column():
    head = ["ชื่อ", "สกุล", "สังกัด", "หน่วยงาน", "กลุ่มงาน"]
    assert people(listed(head, ["สมศรี", "ใจดี", OFFICE, "โรงเรียนบ้านหนอง", "DIR"])) == [
        ("", "สมศรี", "ใจดี")
    ]


@pytest.mark.parametrize(
    ("affiliation", "area"),
    [
        (OFFICE, ""),
        ("โรงเรียนบ้านหนอง", OFFICE),
        (OFFICE, OFFICE),
        ("สพป.ลำปาง", "เขต 1"),
    ],
)
def test_either_of_two_columns_names_the_office(affiliation, area):
    head = ["ชื่อ", "สกุล", "สังกัด", "เขตพื้นที่", "กลุ่มงาน"]
    plan = plan_import(listed(head, ["สมศรี", "ใจดี", affiliation, area, "DIR"]))
    assert plan.errors == []
    assert [person.office.short_name for person in plan.new] == ["สพป.ลำปาง เขต 1"]
    assert plan.unknown_columns == []


def test_two_columns_that_name_two_offices_or_none_are_asked_about():
    head = ["ชื่อ", "สกุล", "สังกัด", "เขตพื้นที่", "กลุ่มงาน"]
    factories.make_office("สพม.ชลบุรี ระยอง")
    rows = [
        ["สมศรี", "ใจดี", OFFICE, "สพม.ชลบุรี ระยอง", "DIR"],
        ["มานะ", "อดทน", "โรงเรียนบ้านหนอง", "ภาคเหนือ", "DIR"],
    ]
    two, none = plan_import(listed(head, *rows)).errors
    assert ("ต่างกัน" in two.message, "ไม่พบ สพท. จากช่อง" in none.message) == (True, True)


def test_heading_of_the_template_has_its_column():
    head = ["ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "สังกัด"]
    plan = plan_import(listed(head, ["สมศรี", "ใจดี", OFFICE, "DIR", "โรงเรียนบ้านหนอง"]))
    assert (plan.errors, [column.heading for column in plan.unknown_columns]) == (
        [],
        ["สังกัด"],
    )


# -- titles ----------------------------------------------------------------------------------------------

HEAD = ["คำนำหน้า", "ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "บทบาท", "ชื่อผู้ใช้"]


def row(title: str, name: str, role: str = "", username: str = "") -> list[str]:
    return [title, name, "ใจดี", OFFICE, "" if role else "DIR", role, username]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("นาง", "สมศรี"), ("", "นางสมศรี")),
        (("", "นางสาวสมศรี"), ("น.ส.", "สมศรี")),
        (("", "น.ส. สมศรี"), ("นางสาว", "สมศรี")),
        (("ว่าที่ ร.ต.", "สมชาย"), ("", "ว่าที่ร้อยตรีสมชาย")),
    ],
)
def test_title_inside_the_name_and_in_its_column_are_one_person(admin, first, second):
    plan = plan_import(listed(HEAD, row(*first), row(*second, role="ผอ.สพท.")))
    assert plan.errors == []
    [person] = plan.new
    assert len(person.roles) == 2
    import_people(listed(HEAD, row(*first)), by=admin)
    again = plan_import(listed(HEAD, row(*second)))
    assert (again.new, len(again.known)) == ([], 1)
    assert User.objects.get(family_name="ใจดี").given_name in ("สมศรี", "สมชาย")


@pytest.mark.parametrize("name", ["นายิกา", "ดรุณี", "นาง", "สมศรี"])
def test_name_that_begins_like_a_title_stays(name):
    assert split_title(name) == ("", name)


def test_title_that_contradicts_its_column_stays_in_the_name():
    assert people(listed(HEAD, row("ดร.", "นางสมศรี"))) == [("ดร.", "นางสมศรี", "ใจดี")]


def test_title_before_a_whole_name_stays_with_the_given_name():
    assert split_full_name("น.ส. สมศรี ใจดี") == ("น.ส. สมศรี", "ใจดี")


# -- usernames and rows ----------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["1.1E+12", "1,1E12", "1103700123450.0"])
def test_number_that_a_spreadsheet_spoilt_is_asked_about(username):
    [error] = plan_import(listed(HEAD, row("", "สมศรี", username=username))).errors
    assert (error.column, username in error.message) == ("ชื่อผู้ใช้", True)


def test_whole_number_is_a_username():
    [person] = plan_import(listed(HEAD, row("", "สมศรี", username="1103700123450"))).new
    assert person.username == "1103700123450"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1630123456789012345, "1630123456789011968"),
        (1.5, "1.5"),
        (12345, "12345"),
        (date(2022, 9, 20), "2022-09-20"),
    ],
)
def test_username_in_a_cell_of_numbers_is_asked_about(number, shown):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet("รายชื่อ")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, row("", "สมศรี"))
    if isinstance(number, date):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, HEAD.index("ชื่อผู้ใช้"), number, day)
    else:
        sheet.write_number(1, HEAD.index("ชื่อผู้ใช้"), number)
    book.close()

    plan = plan_import(packed.getvalue())

    [error] = plan.errors
    assert (error.column, shown in error.message, plan.new) == ("ชื่อผู้ใช้", True, [])
    # Only of a number that a cell holds exactly can somebody say that it is right
    confirmed = plan_import(packed.getvalue(), takes_numbers=True)
    can_be_right = shown == "12345"
    assert (plan.asked_usernames == [shown]) is can_be_right
    assert [person.username for person in confirmed.new] == [shown] * can_be_right


def test_numbers_that_are_right_are_taken_in_as_usernames(sign_in, admin):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet("รายชื่อ")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, row("", "สมศรี"))
    sheet.write_number(1, HEAD.index("ชื่อผู้ใช้"), 1103700123450)
    book.close()
    packed.seek(0)
    client = sign_in(admin)
    asked = client.post("/desk/people/import/", {"file": packed}, follow=True)
    assert "ไม่มีรายชื่อที่ต้องเพิ่มจากไฟล์นี้" in asked.content.decode()
    assert 'href="?usernames=numbers"' in asked.content.decode()

    confirmed = f"{asked.redirect_chain[-1][0]}?usernames=numbers"
    preview = client.get(confirmed).content.decode()
    assert 'data-label="ชื่อผู้ใช้">1103700123450<' in preview
    assert client.post(confirmed).status_code == 303
    run_import(Job.objects.get(), unwatched)
    assert User.objects.filter(username="1103700123450").exists()


def test_hidden_columns_and_a_hidden_sheet_are_read_and_told(sign_in, admin):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet("รายชื่อ")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, row("", "สมศรี"))
    sheet.set_column(0, 0, 20)
    sheet.set_column(3, 4, None, None, {"hidden": True})
    book.add_worksheet("อื่น").activate()
    book.worksheets()[1].set_first_sheet()
    sheet.hide()
    book.close()

    plan = plan_import(packed.getvalue())

    assert (len(plan.new), plan.hidden_columns, plan.is_sheet_hidden) == (
        1,
        ["สพท.", "กลุ่มงาน"],
        True,
    )
    packed.seek(0)
    preview = (
        sign_in(admin)
        .post("/desk/people/import/", {"file": packed}, follow=True)
        .content.decode()
    )
    assert "มีคอลัมน์ที่ซ่อนอยู่ในตาราง (สพท., กลุ่มงาน)" in preview
    assert "แผ่นงานที่ซ่อนอยู่" in preview


def test_hidden_rows_are_read_and_told(sign_in, admin):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.add_worksheet("รายชื่อ").write_row(0, 0, HEAD)
    sheet = book.worksheets()[0]
    for number, name in enumerate(["สมศรี", "มานะ", "ปิติ"], start=1):
        sheet.write_row(number, 0, row("", name))
    sheet.set_row(2, None, None, {"hidden": True})
    other = book.add_worksheet("อื่น")
    other.write(0, 0, "x")
    other.set_row(1, None, None, {"hidden": True})
    book.close()

    plan = plan_import(packed.getvalue())

    assert (len(plan.new), plan.hidden_lines) == (3, [3])
    client = sign_in(admin)
    packed.seek(0)
    preview = client.post(
        "/desk/people/import/", {"file": packed}, follow=True
    ).content.decode()
    assert "มีแถวที่ซ่อนอยู่ในตาราง" in preview
