"""What a process still lacks."""

import re

import pytest

from hearing_portal.thai.markup import write_reference
from manuals.content import Reference, Step, Text
from manuals.drafting.queries.lacks import find_lacks
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Section
from tests import factories

pytestmark = pytest.mark.django_db


def test_process_that_nobody_wrote(drafter, unit):
    empty = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    lacks = find_lacks(unit.manual)
    assert list(lacks) == [empty.pk]  # a unit lacks nothing
    assert lacks[empty.pk].is_undrafted
    assert lacks[empty.pk].told == ["ยังไม่ยกร่าง"]


def test_parts_and_cells_that_are_empty_are_named(drafter, process):
    for clause in Clause.objects.filter(section=process, part=3):
        retire_clause(clause, clause.lock_version, by=drafter, reason="เขียนใหม่ทั้งส่วน")
    for step in (
        Step(body="ตรวจ", actor="เจ้าหน้าที่", system="ระบบ"),
        Step(body="จบ", shape="end"),
    ):
        factories.make_clause(process, step, part=9, by=drafter)
    found = find_lacks(process.manual)[process.pk]
    assert found.missing_parts == [3]
    assert found.steps["duration"] == 1
    assert not found.is_complete
    assert "ยังไม่มีส่วนที่ 3" in found.told
    assert "1 ขั้นยังไม่มีเวลา" in found.told


def test_ends_and_ways_that_the_chart_lacks_are_named(drafter, unit):
    process = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    for part in (2, 3, 4, 5, 7, 8):
        factories.make_clause(process, Text(body="ข้อความ"), part=part, by=drafter)
    work = {"duration": {"n": 1, "unit": "hour"}, "actor": "ธุรการ", "system": "ระบบ"}
    factories.make_clause(
        process, Step(body="ตรวจ", shape="process", **work), part=9, by=drafter
    )
    factories.make_clause(
        process, Step(body="ครบหรือไม่", shape="decision", **work), part=9, by=drafter
    )
    found = find_lacks(process.manual)[process.pk]
    assert found.told == [
        "ผังยังไม่มีจุดเริ่มต้น",
        "ผังยังไม่มีจุดสิ้นสุด",
        "ขั้นตอนที่ 2 เป็นขั้นตัดสินใจ แต่มีทางไปไม่ถึงสองทาง",
    ]
    assert not found.is_complete


def test_repealed_law_is_named_once(drafter, process):
    law = factories.make_legal_source(
        "ระเบียบเก่า", key="old", status="repealed", year_be=2517
    )
    for place in ("ข้อ 1", "ข้อ 2"):
        reference = Reference(source=law.key, locator=place, as_cited="ระเบียบเก่า")
        factories.make_clause(process, reference, part=8, by=drafter)
    assert (
        find_lacks(process.manual)[process.pk].told[0]
        == "อ้างกฎหมายที่ยกเลิกแล้ว: ระเบียบเก่า"
    )


def test_repealed_law_that_a_text_names_is_a_lack(drafter, process):
    factories.make_legal_source(
        "ระเบียบความลับ 2517", full_title="ระเบียบว่าด้วยความลับ พ.ศ. 2517", status="repealed"
    )
    factories.make_clause(process, "ถือปฏิบัติตามระเบียบว่าด้วยความลับ พ.ศ. ๒๕๑๗", by=drafter)
    assert (
        find_lacks(process.manual)[process.pk].told[0]
        == "อ้างกฎหมายที่ยกเลิกแล้ว: ระเบียบความลับ 2517"
    )


def test_references_that_lead_nowhere_are_lacks_of_the_draft_and_of_the_contents(
    sign_in, drafter, process, unit, assert_same_queries
):
    gone, own = (
        factories.make_clause(process, words, part=5, by=drafter)
        for words in ("จะเลิก", "จะอยู่")
    )
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    outer = factories.make_clause(other, "ตรวจชื่อผู้รับ", part=5, by=drafter)
    marks = "".join(write_reference(str(clause.uuid)) for clause in (gone, own, outer))
    factories.make_clause(
        process,
        Text(body=f"ตาม{marks} และข้อ 2.9 ดูข้อ 2.1 แล้วดูข้อ 7.1 ของระเบียบ"),
        part=3,
        by=drafter,
    )
    retire_clause(gone, gone.lock_version, by=drafter, reason="ซ้ำ")

    words = "ข้อ 3.1 อ้างถึงข้อที่ไม่มีในร่างแล้ว 1 แห่ง และอ้าง “ข้อ 2.9” ซึ่งไม่มีในกระบวนงานนี้ และเขียน “ข้อ 2.1” ยังไม่ได้ผูกกับข้อ"
    assert find_lacks(process.manual)[process.pk].told[0] == words
    client = sign_in(drafter)
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    assert words in words_of(client.get("/groups/DIR/drafts/"))
    assert words in words_of(client.get(draft))
    version = Section.objects.get(pk=other.pk).version
    retire_section(other, version, by=drafter, reason="โอนภารกิจ")
    assert words.replace("แล้ว 1 แห่ง", "แล้ว 2 แห่ง") in words_of(client.get(draft))

    def add_two() -> None:
        for _ in range(2):
            factories.make_clause(
                process, Text(body=f"ตาม{marks} และข้อ 2.8"), part=3, by=drafter
            )

    manual = process.manual
    assert_same_queries(8, lambda: find_lacks(manual), add_two)


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode()).split())


def test_cost_is_the_same_for_one_process_and_three(
    drafter, process, assert_same_queries
):
    def add_two() -> None:
        for _ in range(2):
            factories.make_process(process.manual, by=drafter)

    manual = process.manual
    assert_same_queries(4, lambda: find_lacks(manual), add_two)
