"""Lists of groups and offices from a spreadsheet: looked at, taken in once, and what is left to mend."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from hearing_portal.acts.models import Act
from hearing_portal.directory.lists.services import (
    GROUPS,
    OFFICES,
    ListKind,
    directory_list_template,
    import_directory_list,
    plan_directory_list,
)
from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.directory.offices.services import change_office
from hearing_portal.spreadsheets import TableRefused, write_table
from tests.markup import markup

pytestmark = pytest.mark.django_db
IMPORT = "/desk/offices/import/"
LAMPANG = [
    "สพป.",
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
    "สพป.ลำปาง เขต 1",
    "ลำปาง",
    "1",
    "",
    "",
]
NAN = [
    "สพป.",
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาน่าน เขต 2",
    "สพป.น่าน เขต 2",
    "น่าน",
    "2",
    "55020",
    "18/08/2553",
]
DIR = ["DIR", "กลุ่มอำนวยการ", "อำนวยการ", "กลุ่ม", "1", "", ""]
AUD = ["aud", "หน่วยตรวจสอบภายใน", "ตรวจสอบภายใน", "", "", "หน่วย ตสน.; ตสน.", ""]


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


def table(kind: ListKind, *rows: list[str]) -> bytes:
    return write_table("รายการ", list(kind.columns.headings.values()), rows)


def changed(row: list[str], **cells: str) -> list[str]:
    """The row with other cells, by their place: c0, c1, …"""
    return [cells.get(f"c{number}", cell) for number, cell in enumerate(row)]


def errors(kind: ListKind, *rows: list[str]) -> list[tuple[int, str, str]]:
    plan = plan_directory_list(table(kind, *rows), kind)
    assert plan.good_lines == 0
    return [(error.line, error.column, error.message) for error in plan.errors]


# -- offices ---------------------------------------------------------------------------------------------


def test_rows_are_new_changed_or_the_same(admin, lampang, chonburi) -> None:
    rayong = ["", chonburi.name, "สพม.ชลบุรี ระยอง", "ชลบุรี ระยอง ตราด", "", "", ""]
    plan = import_directory_list(
        table(OFFICES, LAMPANG, NAN, rayong), OFFICES, by=admin
    )

    assert (
        [row.name for row in plan.new],
        [str(row.known) for row in plan.changed],
        plan.same,
    ) == (
        ["สพป.น่าน เขต 2"],
        ["สพม.ชลบุรี ระยอง"],
        1,
    )
    nan = AreaOffice.objects.get(short_name="สพป.น่าน เขต 2")
    assert (
        nan.key,
        nan.kind,
        nan.provinces,
        nan.area_no,
        nan.official_code,
        nan.valid_from,
    ) == (
        "P127",
        "primary",
        ["น่าน"],
        2,
        "55020",
        date(2010, 8, 18),
    )
    chonburi.refresh_from_db()
    assert chonburi.provinces == ["ชลบุรี", "ระยอง", "ตราด"]
    lines = (
        Act.objects.exclude(code="role-granted")
        .order_by("pk")
        .values_list("note", "reason")
    )
    assert list(lines) == [
        ("เพิ่ม สพป. รหัส P127", "นำเข้ารายการ"),
        ("แก้จังหวัดจาก “ชลบุรี ระยอง” เป็น “ชลบุรี ระยอง ตราด”", "นำเข้ารายการ"),
    ]


def test_same_file_again_changes_nothing(admin, lampang) -> None:
    raw = table(OFFICES, LAMPANG, NAN)
    import_directory_list(raw, OFFICES, by=admin)
    again = import_directory_list(raw, OFFICES, by=admin)
    assert (again.good_lines, again.same, AreaOffice.objects.count()) == (0, 2, 2)


def test_empty_cells_leave_what_stands_there(admin, lampang) -> None:
    change_office(lampang, by=admin, official_code="52010")
    row = changed(LAMPANG, c0="", c4="")
    assert plan_directory_list(table(OFFICES, row), OFFICES).same == 1


def test_official_code_finds_an_office_that_was_renamed(admin, lampang) -> None:
    change_office(lampang, by=admin, official_code="52010")
    row = changed(
        LAMPANG, c1="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง", c2="สพป.ลำปาง", c5="52010"
    )
    import_directory_list(table(OFFICES, row), OFFICES, by=admin)
    lampang.refresh_from_db()
    assert (lampang.short_name, AreaOffice.objects.count()) == ("สพป.ลำปาง", 1)


def test_kind_is_read_from_the_name_where_its_cell_is_empty(admin, db) -> None:
    import_directory_list(table(OFFICES, changed(NAN, c0="", c6="")), OFFICES, by=admin)
    assert AreaOffice.objects.get().kind == "primary"


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (changed(NAN, c0="สพฐ."), "ประเภท", "ไม่มีประเภท “สพฐ.”"),
        (changed(NAN, c0="สพม."), "ชื่อเต็ม", "ชื่อนี้เป็นของ สพป. แต่ประเภทเป็น สพม."),
        (
            changed(NAN, c0="", c1="สำนักงานน่าน", c2="น่าน"),
            "ประเภท",
            "โปรดกรอก สพป. หรือ สพม.",
        ),
        (changed(NAN, c1=""), "ชื่อเต็ม", "ช่องนี้ว่าง โปรดกรอกชื่อเต็ม"),
        (changed(NAN, c3=""), "จังหวัด", "ช่องนี้ว่าง โปรดกรอกจังหวัด"),
        (changed(NAN, c3="ก" * 61), "จังหวัด", "ยาวเกิน 60 ตัวอักษร"),
        (changed(NAN, c4="สอง"), "เลขเขต", "โปรดกรอกตัวเลข 1 ถึง 99"),
        (changed(NAN, c6="31/02/2564"), "วันจัดตั้ง", "ในปฏิทิน"),
        (changed(LAMPANG, c2="สพม.ชลบุรี ระยอง", c0=""), "ชื่อเต็ม", "เป็นของต่างเขตกัน"),
        (
            changed(LAMPANG, c6="02/09/2565"),
            "วันจัดตั้ง",
            "มีบุคคลที่มีบทบาทตั้งแต่ 1\u00a0กันยายน\u00a02565",
        ),
    ],
)
def test_wrong_row_is_told_by_its_number_and_what_to_do(
    delegate, lampang, chonburi, row, column, told
) -> None:
    found = errors(OFFICES, row)
    assert any(
        (line, where) == (2, column) and told in message
        for line, where, message in found
    ), found


def test_office_that_ended_is_not_changed_by_a_list(admin, lampang) -> None:
    change_office(lampang, by=admin, valid_until=date(2023, 1, 1))
    [(line, column, message)] = errors(OFFICES, LAMPANG)
    assert (line, column) == (2, "ชื่อเต็ม")
    assert "ยกเลิกเมื่อ 1\u00a0มกราคม\u00a02566" in message


def test_second_row_of_one_office_is_an_error(db) -> None:
    plan = plan_directory_list(table(OFFICES, NAN, changed(NAN, c3="แพร่")), OFFICES)
    assert [row.line for row in plan.new] == [2]
    assert {(error.line, error.column) for error in plan.errors} == {
        (3, "ชื่อเต็ม"),
        (3, "ชื่อย่อ"),
        (3, "รหัสหน่วยงาน"),
    }
    assert plan.bad_lines == 1


# -- groups ----------------------------------------------------------------------------------------------


def test_groups_are_added_and_changed(admin, dir_group, fin_group) -> None:
    plan = import_directory_list(
        table(GROUPS, changed(DIR, c2="อก."), AUD), GROUPS, by=admin
    )
    assert ([row.name for row in plan.new], len(plan.changed)) == (
        ["หน่วยตรวจสอบภายใน"],
        1,
    )
    dir_group.refresh_from_db()
    unit = WorkGroup.objects.get(key="AUD")
    assert (dir_group.short_name, unit.kind, unit.order, unit.aliases) == (
        "อก.",
        "unit",
        5,
        ["หน่วย ตสน.", "ตสน."],
    )


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (changed(AUD, c0="ตสน"), "รหัส", "รหัส “ตสน” ใช้ไม่ได้"),
        (changed(AUD, c0="BOOK"), "รหัส", "ใช้กับคำนำของเล่มแล้ว"),
        (changed(AUD, c0="PRIV"), "รหัส", "ยกเลิกเมื่อ 21\u00a0พฤศจิกายน\u00a02560"),
        (changed(AUD, c1="กลุ่มอำนวยการ"), "ชื่อเต็ม", "กลุ่มงานรหัส DIR ใช้ชื่อเต็มนี้แล้ว"),
        (changed(AUD, c2=""), "ชื่อย่อ", "ช่องนี้ว่าง"),
        (changed(AUD, c3="ฝ่าย"), "ประเภท", "ไม่มีประเภท “ฝ่าย”"),
        (changed(AUD, c4="0"), "ลำดับ", "โปรดกรอกตัวเลข 1 ถึง 999"),
        (changed(AUD, c5="ก" * 201), "ชื่ออื่น", "ไม่เกิน 200 ตัวอักษร"),
    ],
)
def test_wrong_group_is_told_by_its_number_and_what_to_do(
    dir_group, row, column, told
) -> None:
    WorkGroup.objects.create(
        key="PRIV",
        name="กลุ่มเอกชน",
        short_name="เอกชน",
        order=99,
        valid_from=date(2010, 9, 13),
        valid_until=date(2017, 11, 21),
    )
    found = errors(GROUPS, row)
    assert any(
        (line, where) == (2, column) and told in message
        for line, where, message in found
    ), found


# -- files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OFFICES, GROUPS], ids=["offices", "groups"])
def test_template_has_the_headings_and_an_example_that_is_good(admin, kind) -> None:
    raw = directory_list_template(kind)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    head, example = sheets.get_sheet_by_index(0).to_python()
    assert (head, example) == (list(kind.columns.headings.values()), kind.example)
    assert len(sheets.sheet_names) == 2
    assert len(import_directory_list(raw, kind, by=admin).new) == 1


def test_example_rows_are_the_same_as_what_is_shipped(admin) -> None:
    load_directory(by=admin)
    for kind in (OFFICES, GROUPS):
        assert plan_directory_list(directory_list_template(kind), kind).same == 1


def test_csv_with_a_title_above_its_head_is_read(lampang) -> None:
    text = "รายชื่อเขต พ.ศ. 2569\nชื่อย่อ;ชื่อเต็ม;จังหวัด (คั่นด้วยวรรค)\n" + ";".join(
        (LAMPANG[2], LAMPANG[1], "ลำปาง")
    )
    assert plan_directory_list(text.encode("cp874"), OFFICES).same == 1


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (write_table("ก", ["ชื่อเต็ม", "ชื่อย่อ"], [["ก", "ข"]]), "หัวตารางขาดคอลัมน์ จังหวัด"),
        (write_table("ก", ["ชื่อเต็ม", "ชื่อย่อ", "จังหวัด"], []), "ไฟล์มีเฉพาะหัวตาราง"),
        (write_table("ก", ["ชื่อเต็ม", "ชื่อย่อ", "จังหวัด", "จังหวัด"], [["ก"] * 4]), "สองครั้ง"),
        (
            write_table("ก", ["ชื่อเต็ม", "ชื่อย่อ", "จังหวัด"], [["ก"] * 3] * 1001),
            "เกิน 1,000 แถว",
        ),
    ],
)
def test_file_that_is_no_such_list_is_refused(db, raw, told) -> None:
    with pytest.raises(TableRefused) as refused:
        plan_directory_list(raw, OFFICES)
    assert told in refused.value.message_th


def test_judging_costs_the_same_for_one_row_and_three(
    lampang, chonburi, assert_same_queries
) -> None:
    rows = [LAMPANG]
    more = [NAN, changed(NAN, c1="สำนักงานน่าน", c2="สพป.น่าน", c5="")]
    assert_same_queries(
        2,
        lambda: plan_directory_list(table(OFFICES, *rows), OFFICES),
        lambda: rows.extend(more),
    )


# -- the three steps -------------------------------------------------------------------------------------


def upload(client, raw: bytes, path: str = IMPORT):
    return client.post(path, {"file": SimpleUploadedFile("รายการ.xlsx", raw)})


def test_admin_looks_takes_in_and_is_told_what_is_left(
    sign_in, admin, lampang, var_dir
) -> None:
    client = sign_in(admin)
    bad = changed(NAN, c1="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่", c2="", c5="")
    there = upload(
        client, table(OFFICES, changed(LAMPANG, c3="ลำปาง พะเยา"), NAN, bad)
    )["Location"]
    preview = markup(client.get(there))

    assert "ยังไม่ได้บันทึกข้อมูล" in preview
    assert "จังหวัด จาก <del>ลำปาง</del> เป็น <ins>ลำปาง พะเยา</ins>" in preview
    assert (
        'data-label="แถว">4</td> <td class="u-strong data-stack__run">ชื่อย่อ</td>'
        in preview
    )
    assert AreaOffice.objects.count() == 1

    taken_in = client.post(there)
    assert (taken_in.status_code, taken_in["Location"]) == (303, there)
    left = markup(client.get(there))
    assert "เพิ่ม 1 เขต แก้ไข 1 เขต เหลือ 1 แถวที่ต้องแก้" in left
    assert "นำเข้า 1" not in left
    assert 'data-label="แถว">4</td>' in left
    assert AreaOffice.objects.count() == 2


def test_list_without_mistakes_leads_back_and_its_file_is_gone(
    sign_in, admin, var_dir
) -> None:
    client = sign_in(admin)
    there = upload(client, table(GROUPS, DIR, AUD), "/desk/groups/import/")["Location"]
    assert client.post(there)["Location"] == "/desk/groups/"
    assert list(var_dir.iterdir()) == []
    assert client.get(there).status_code == 409


def test_file_of_another_list_is_refused_at_once(sign_in, admin, var_dir) -> None:
    response = upload(sign_in(admin), table(GROUPS, DIR))
    assert response.status_code == 422
    assert "หัวตารางขาดคอลัมน์ จังหวัด" in response.content.decode()


def test_token_of_one_list_shows_nothing_at_the_other(sign_in, admin) -> None:
    client = sign_in(admin)
    there = upload(client, table(GROUPS, DIR), "/desk/groups/import/")["Location"]
    assert client.get(there.replace("groups", "offices")).status_code == 422
