"""What a process says of itself, compared: shown, counted, in the spreadsheet and in the sentences of amendment."""

import pytest

from hearing_portal.spreadsheets import read_table
from manuals.drafting.changes import ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
BOTH = "/comparisons/2553/2565/"
DIR = BOTH + "manuals/DIR/"
PROCESS = "กระบวนงาน “การรับหนังสือราชการ”"


def make_public(code: str, admin, **fields):
    made = factories.make_edition(code, title=f"คู่มือ พ.ศ. {code}", by=admin, **fields)
    factories.make_release(made, "public", by=admin)
    return made


def revise(section: Section, by, reason: str, **fields) -> None:
    section.refresh_from_db()
    change = ReviseSection(section, section.version, fields)
    apply_changes(by, "edit", reason, [change])


def test_facts_of_a_process_are_compared(client, process, drafter, admin):
    revise(process, drafter, "ตั้งต้น", data={"indicator": "ร้อยละ 80"})
    basis = make_public("2553", admin, kind="baseline")
    unit = factories.make_section(process.manual, "งานคลัง", by=drafter)
    before = process.parent.title if process.parent else ""
    data = {"indicator": "ร้อยละ 95", "doc_code": "DIR-01"}
    revise(process, drafter, "ตัวชี้วัดใหม่", data=data)
    revise(process, drafter, "ใช้ทุกเขต", applies_to="primary")
    revise(process, drafter, "ย้ายให้ตรงงาน", parent=unit)
    make_public("2565", admin, basis=basis)

    book = markup(client.get(BOTH))
    assert 'data-label="ข้อมูลกระบวนงานหรืองานที่เปลี่ยน">1<' in book
    for view in ("", "?view=sides", "?view=table"):
        page = markup(client.get(DIR + view)).replace("\N{NO-BREAK SPACE}", " ")
        assert "และเปลี่ยนข้อมูลของกระบวนงานหรืองาน 1 รายการ" in page
        for words in ("ตัวชี้วัด", "ร้อยละ 80", "ร้อยละ 95", "DIR-01", "งานคลัง"):
            assert words in page, words
        rows = page.partition('id="section-facts"')[2].partition("</table>")[0]
        told = [row for row in rows.split("<tr>") if "ตัวชี้วัดใหม่" in row]
        assert ["ร้อยละ 95" in row for row in told] == [False, True]  # and its code
        assert "ใช้ทุกเขต" not in "".join(told)
        assert "<p>ทุกข้อเหมือนกันทั้งสองฉบับ</p>" not in page

    lines = [row.cells for row in read_table(client.get(DIR + "table.xlsx").content)]
    own = [cells for cells in lines if cells[2] == "แก้ข้อมูลกระบวนงาน"]
    assert [(cells[1], cells[5]) for cells in own] == [
        ("รหัสเอกสาร", "ตัวชี้วัดใหม่"),
        ("ตัวชี้วัด", "ตัวชี้วัดใหม่"),
        ("ใช้กับ", "ใช้ทุกเขต"),
        ("อยู่ใน", "ย้ายให้ตรงงาน"),
    ]

    amendments = markup(client.get(DIR + "amendments/"))
    source = f"จาก “{before}” " if before else ""
    for sentence in (
        f"ให้แก้ไขตัวชี้วัด ของ{PROCESS} จาก “ร้อยละ 80” เป็น “ร้อยละ 95”",
        f"ให้กำหนดรหัสเอกสาร ของ{PROCESS} เป็น “DIR-01”",
        f"ให้แก้ไขประเภทสำนักงานเขตที่ใช้ ของ{PROCESS} จาก",
        f"ให้ย้าย{PROCESS} {source}ไปอยู่ใน “งานคลัง”",
    ):
        assert sentence in amendments, sentence


def test_facts_put_back_as_they_were_are_no_change(client, process, drafter, admin):
    basis = make_public("2553", admin, kind="baseline")
    revise(process, drafter, "ลอง", applies_to="primary")
    revise(process, drafter, "กลับ", applies_to="both")
    make_public("2565", admin, basis=basis)
    assert "ทุกข้อเหมือนกันทั้งสองฉบับ" in markup(client.get(DIR))
    assert "ไม่มีสิ่งที่ต้องแก้ไขเพิ่มเติม" in markup(client.get(DIR + "amendments/"))
