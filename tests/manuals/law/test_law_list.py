"""A list of laws from a spreadsheet: judged row by row, looked at, taken in once."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearing_portal.acts.models import Act
from hearing_portal.directory.lists.services import (
    directory_list_template,
    import_directory_list,
    plan_directory_list,
)
from hearing_portal.spreadsheets import write_table
from manuals.law.listing import LAWS, write_law_list
from manuals.models import LegalSource, LegalSuccession
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
IMPORT = "/law/import/"
LOANS = [
    "ระเบียบกระทรวงการคลังว่าด้วยเงินยืม พ.ศ. 2561",
    "ระเบียบเงินยืม 2561",
    "2561",
    "ระเบียบ",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
]


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def letters(db) -> LegalSource:
    return factories.make_legal_source(
        "ระเบียบสารบรรณ 2526",
        full_title="ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
        year_be=2526,
        kind="ระเบียบ",
        status="in_force",
    )


def table(*rows: list[str]) -> bytes:
    return write_table("รายการ", list(LAWS.columns.headings.values()), rows)


def changed(row: list[str], **cells: str) -> list[str]:
    """The row with other cells, by their place: c0, c1, …"""
    return [cells.get(f"c{number}", cell) for number, cell in enumerate(row)]


def test_rows_are_new_changed_or_the_same(admin, letters) -> None:
    of_letters = [
        letters.full_title,
        letters.short_title,
        "๒๕๒๖",
        "ระเบียบ",
        "ยกเลิกแล้ว",
        "",
        "๑/๑/๒๕๗๐",
        "",
        "",
        "",
        "",
    ]
    acts = Act.objects.count()

    plan = import_directory_list(table(LOANS, of_letters), LAWS, by=admin)

    assert (
        [row.name for row in plan.new],
        [str(row.known) for row in plan.changed],
    ) == (
        ["ระเบียบเงินยืม 2561"],
        ["ระเบียบสารบรรณ 2526"],
    )
    loans = LegalSource.objects.get(short_title="ระเบียบเงินยืม 2561")
    assert (loans.full_title, loans.year_be, loans.kind, loans.status) == (
        LOANS[0],
        2561,
        "ระเบียบ",
        "in_force",
    )
    letters.refresh_from_db()
    assert (letters.status, letters.until, letters.year_be) == (
        "repealed",
        date(2027, 1, 1),
        2526,
    )
    lines = Act.objects.order_by("pk")[acts:].values_list("note", "reason")
    assert list(lines) == [
        ("เพิ่มกฎหมาย", "นำเข้ารายการ"),
        (
            "แก้สถานะจาก “ใช้บังคับ” เป็น “ยกเลิกแล้ว” วันที่สิ้นผลใช้บังคับจาก “ไม่ระบุ” เป็น “1\u00a0มกราคม\u00a02570”",
            "นำเข้ารายการ",
        ),
    ]
    again = import_directory_list(table(LOANS, of_letters), LAWS, by=admin)
    assert (again.good_lines, again.same, LegalSource.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (changed(LOANS, c0=""), "ชื่อเต็ม", "ช่องนี้ว่าง โปรดกรอกชื่อเต็ม"),
        (changed(LOANS, c2=""), "ปี พ.ศ.", "ช่องนี้ว่าง โปรดกรอกปี พ.ศ."),
        (changed(LOANS, c2="2018"), "ปี พ.ศ.", "โปรดกรอกปี พ.ศ. ระหว่าง 2400"),
        (changed(LOANS, c4="ไม่ทราบ"), "สถานะ", "ไม่พบสถานะ “ไม่ทราบ”"),
        (
            changed(LOANS, c5="1/1/2565", c6="1/1/2564"),
            "วันที่สิ้นผลใช้บังคับ",
            "วันที่สิ้นผลต้องไม่ก่อนวันนั้น",
        ),
        (changed(LOANS, c7="ราชกิจจา"), "ที่อยู่เว็บ", "ที่อยู่เว็บไม่ถูกต้อง"),
        (
            changed(LOANS, c1="ระเบียบสารบรรณ 2526", c0="ระเบียบอื่น", c2="2530"),
            "ปี พ.ศ.",
            "ปีของฉบับนี้ต้องไม่หลังปีนั้น",
        ),
    ],
)
def test_row_that_contradicts_the_registry_is_told(letters, row, column, told) -> None:
    factories.make_legal_succession(
        letters,
        factories.make_legal_source("ฉบับที่ 2", full_title="ฉบับที่ 2", year_be=2528),
    )

    plan = plan_directory_list(table(row), LAWS)

    assert plan.good_lines == 0
    assert [(error.line, error.column) for error in plan.errors] == [(2, column)]
    assert told in plan.errors[0].message


def test_titles_of_two_laws_in_one_row_and_one_law_in_two_rows_are_refused(
    letters,
) -> None:
    other = factories.make_legal_source("อื่น", full_title="กฎหมายอื่น", year_be=2540)
    mixed = changed(LOANS, c0=letters.full_title, c1=other.short_title)

    plan = plan_directory_list(table(LOANS, LOANS, mixed), LAWS)

    assert [(row.line, row.name) for row in plan.new] == [(2, LOANS[1])]
    assert [(error.line, error.column) for error in plan.errors] == [
        (3, "ชื่อเต็ม"),
        (3, "ชื่อย่อ"),
        (4, "ชื่อเต็ม"),
    ]
    assert "ของต่างฉบับกัน" in plan.errors[2].message


SECOND = [
    "ระเบียบสารบรรณ (ฉบับที่ 2) พ.ศ. 2548",
    "ระเบียบสารบรรณ ฉบับที่ 2",
    "2548",
    "ระเบียบ",
    *[""] * 7,
]
NEW = ["ระเบียบสารบรรณ พ.ศ. 2570", "ระเบียบสารบรรณ 2570", "2570", "ระเบียบ", *[""] * 7]


def links_of(plan) -> list[tuple[int, str]]:
    return [(link.line, link.name) for link in plan.links]


def stored() -> set[tuple[str, str, str]]:
    rows = LegalSuccession.objects.values_list(
        "from_source__short_title", "kind", "to_source__short_title"
    )
    return set(rows)


def test_rows_name_what_replaced_and_amended_them_also_below(admin, letters) -> None:
    first = [letters.full_title, letters.short_title, "2526", "ระเบียบ", *[""] * 5]
    rows = [[*first, NEW[0], SECOND[1]], changed(SECOND, c9=NEW[1]), NEW]
    in_force_still = "สถานะยังเป็น “ใช้บังคับ” หากยกเลิกแล้ว โปรดกรอกในคอลัมน์สถานะ"
    told = [
        (2, f"“ระเบียบสารบรรณ 2526” แทนที่โดย “ระเบียบสารบรรณ 2570” {in_force_still}"),
        (2, "“ระเบียบสารบรรณ 2526” แก้ไขโดย “ระเบียบสารบรรณ ฉบับที่ 2”"),
        (3, f"“ระเบียบสารบรรณ ฉบับที่ 2” แทนที่โดย “ระเบียบสารบรรณ 2570” {in_force_still}"),
    ]

    plan = plan_directory_list(table(*rows), LAWS)
    assert (links_of(plan), plan.errors, plan.same, plan.good_lines) == (told, [], 1, 3)
    assert stored() == set()

    import_directory_list(table(*rows), LAWS, by=admin)
    assert stored() == {
        (letters.short_title, "replaces", NEW[1]),
        (letters.short_title, "amends", SECOND[1]),
        (SECOND[1], "replaces", NEW[1]),
    }
    assert (
        Act.objects.filter(
            note__startswith="เพิ่ม “แทนที่โดย", reason="นำเข้ารายการ"
        ).count()
        == 2
    )
    again = plan_directory_list(write_law_list(), LAWS)
    assert (again.good_lines, again.same, again.errors) == (0, 3, [])


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"c9": "ระเบียบที่ไม่มี"}, "แทนที่โดย", "ไม่พบกฎหมาย “ระเบียบที่ไม่มี” ในทะเบียนและในไฟล์นี้"),
        ({"c10": SECOND[1]}, "แก้ไขโดย", "แก้ไขหรือใช้แทนตนเองไม่ได้"),
        (
            {"c10": "ระเบียบสารบรรณ 2526"},
            "แก้ไขโดย",
            "“ระเบียบสารบรรณ 2526” ออกในปี 2526 ก่อนฉบับนี้",
        ),
        ({"c9": NEW[1], "c10": NEW[0]}, "แก้ไขโดย", "โปรดเหลือไว้ครั้งเดียว"),
        ({"c10": "ฉบับที่แก้อยู่ 2548"}, "แก้ไขโดย", "เป็นฉบับก่อนของฉบับนี้อยู่แล้ว"),
        ({"c9": "ระเบียบเงินยืม 2561"}, "แทนที่โดย", "ซึ่งต้องแก้ก่อน"),
    ],
)
def test_what_a_row_says_of_others_is_judged_before(
    letters, cells, column, told
) -> None:
    second = factories.make_legal_source(
        SECOND[1], full_title=SECOND[0], year_be=2548, kind="ระเบียบ"
    )
    standing = factories.make_legal_source(
        "ฉบับที่แก้อยู่ 2548", full_title="ฉบับที่แก้อยู่ 2548", year_be=2548
    )
    factories.make_legal_succession(standing, second)
    bad = changed(LOANS, c3="")

    plan = plan_directory_list(table(changed(SECOND, **cells), bad, NEW), LAWS)

    assert links_of(plan) == []
    errors = [
        (error.line, error.column, error.message)
        for error in plan.errors
        if error.line == 2
    ]
    assert [(line, heading) for line, heading, _ in errors] == [(2, column)]
    assert told in errors[0][2]
    assert [row.name for row in plan.new] == [NEW[1]]


def test_wrong_row_of_a_known_law_does_not_lead_a_link_astray(admin, letters) -> None:
    """The link goes to the law as it stands, not as the wrong row would have it."""
    wrong = [
        f"{letters.full_title} แก้ชื่อ",
        letters.short_title,
        "ปีใด",
        "ระเบียบ",
        *[""] * 7,
    ]
    older = [
        "ระเบียบเดิม พ.ศ. 2510",
        "ระเบียบเดิม 2510",
        "2510",
        "ระเบียบ",
        *[""] * 5,
        letters.short_title,
        "",
    ]

    import_directory_list(table(wrong, older), LAWS, by=admin)

    assert stored() == {("ระเบียบเดิม 2510", "replaces", letters.short_title)}


def test_template_can_be_taken_in_as_it_is(db) -> None:
    assert len(plan_directory_list(directory_list_template(LAWS), LAWS).new) == 1


def test_judging_costs_the_same_for_one_row_and_three(
    letters, assert_same_queries
) -> None:
    rows = [LOANS]
    more = [
        changed(LOANS, c0=f"ระเบียบ {number}", c1=f"ร. {number}") for number in (1, 2)
    ]
    assert_same_queries(
        2, lambda: plan_directory_list(table(*rows), LAWS), lambda: rows.extend(more)
    )


def test_admin_looks_before_the_list_is_taken_in(
    sign_in, admin, letters, var_dir
) -> None:
    client = sign_in(admin)
    assert f'href="{IMPORT}"' in client.get("/law/").content.decode()
    second = factories.make_legal_source(SECOND[1], full_title=SECOND[0], year_be=2548)
    repealed = [
        letters.full_title,
        letters.short_title,
        "2526",
        "ระเบียบ",
        "ยกเลิกแล้ว",
        *[""] * 5,
        SECOND[0],
    ]
    upload = SimpleUploadedFile("laws.xlsx", table(LOANS, repealed))
    there = client.post(IMPORT, {"file": upload})["Location"]

    preview = markup(client.get(there))

    assert "เพิ่มใหม่ 1\u00a0ฉบับ" in preview
    assert "สถานะ จาก <del>ใช้บังคับ</del> เป็น <ins>ยกเลิกแล้ว</ins>" in preview
    assert "“ระเบียบสารบรรณ 2526” แก้ไขโดย “ระเบียบสารบรรณ ฉบับที่ 2”" in preview
    assert (LegalSource.objects.count(), stored()) == (2, set())

    assert client.post(there)["Location"] == "/law/"
    assert LegalSource.objects.count() == 3
    assert letters.successions.get().to_source == second
    assert list(var_dir.iterdir()) == []


def test_misspelled_column_of_successions_is_told(admin, letters, db) -> None:
    head = [
        "แทนที่ด้วย" if words == "แทนที่โดย" else words
        for words in LAWS.columns.headings.values()
    ]
    plan = plan_directory_list(
        write_table("รายการ", head, [changed(LOANS, c9=letters.short_title)]), LAWS
    )

    assert ([row.name for row in plan.new], plan.links) == (["ระเบียบเงินยืม 2561"], [])
    assert [column.message for column in plan.unknown_columns] == [
        "ไม่มีคอลัมน์ “แทนที่ด้วย” ในไฟล์ตัวอย่าง จึงไม่ได้อ่านข้อมูลในคอลัมน์นี้ หากหมายถึง “แทนที่โดย” โปรดแก้หัวตารางแล้วส่งใหม่"
    ]
    assert plan_directory_list(table(LOANS), LAWS).unknown_columns == []
