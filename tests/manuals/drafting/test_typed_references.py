"""References to clauses as they are typed: which become links, which are of a law, which name nothing."""

import pytest

from manuals.content import Definition, Reference, Step, Text
from manuals.drafting.typed_references import (
    find_of_unknown_processes,
    find_unnamed,
    link_typed_references,
)

UUID_OF = {
    "2.1": "00000000-0000-4000-8000-000000000021",
    "5.3": "00000000-0000-4000-8000-000000000053",
    "5.3 1)": "00000000-0000-4000-8000-000000000531",
    "5.3 1) ก.": "00000000-0000-4000-8000-000000005311",
    "5.4": "00000000-0000-4000-8000-000000000054",
    "5.4.1": "00000000-0000-4000-8000-000000000541",
    "5.12": "00000000-0000-4000-8000-000000000512",
}


def mark(cite: str) -> str:
    return f'<span data-ref="{UUID_OF[cite]}"></span>'


def linked(body: str) -> str:
    return link_typed_references(Text(body=body), UUID_OF).content.body


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ให้ตรวจตามข้อ 2.1 แล้วส่ง", f"ให้ตรวจตาม{mark('2.1')} แล้วส่ง"),
        ("ให้ตรวจตามข้อ ๒.๑", f"ให้ตรวจตาม{mark('2.1')}"),
        ("ตามข้อ5.12", f"ตาม{mark('5.12')}"),
        ("ดูข้อ 5.4.1.", f"ดู{mark('5.4.1')}."),
        ("ดูข้อ 5.3 1) ก. ก่อน", f"ดู{mark('5.3 1) ก.')} ก่อน"),
        ("ดูข้อ ๕.๓ (๑) (ก) ก่อน", f"ดู{mark('5.3 1) ก.')} ก่อน"),
        (
            "ตามข้อ 2.1 1) ตรวจ 2) ส่ง",
            f"ตาม{mark('2.1')} 1) ตรวจ 2) ส่ง",
        ),  # a list in the words
        ("ตามข้อ 2.1 พ.ศ. 2569", f"ตาม{mark('2.1')} พ.ศ. 2569"),
        ("ตามข้อ 2.1 และข้อ 5.4", f"ตาม{mark('2.1')} และ{mark('5.4')}"),
        ("ตามข้อ 2.1 ถึง 5.4", f"ตาม{mark('2.1')} ถึง {mark('5.4')}"),
        ("ตามข้อ 2.1 และ 5.4 ล้านบาท", f"ตาม{mark('2.1')} และ 5.4 ล้านบาท"),
        ("ข้อ 2.1 ของกระบวนงานนี้", f"{mark('2.1')} ของกระบวนงานนี้"),
        ("จัดทำประกาศตามข้อ 2.1", f"จัดทำประกาศตาม{mark('2.1')}"),
        ("ตาม<strong>ข้อ 2.1</strong> ทันที", f"ตาม<strong>{mark('2.1')}</strong> ทันที"),
        ("ตามข้อ <em>2.1</em>", f"ตาม{mark('2.1')}"),
        (f"ตาม{mark('5.4')}และข้อ 2.1", f"ตาม{mark('5.4')}และ{mark('2.1')}"),
        ("a &lt; b ตามข้อ 2.1", f"a &lt; b ตาม{mark('2.1')}"),
    ],
)
def test_number_of_one_clause_becomes_a_link(typed, stored):
    assert linked(typed) == stored
    assert linked(stored) == stored


OUTER = "00000000-0000-4000-8000-0000000000aa"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ตามข้อ ๕.๑ ของกระบวนงานการส่งหนังสือ ทันที", "ตาม{outer} ทันที"),
        ("ตามข้อ 5.1 ของการส่งหนังสือ", "ตาม{outer}"),
        ("ดูข้อ ๕.๓ และข้อ 5.1 ของการส่งหนังสือ", "ดู{own} และ{outer}"),
        ("ดูข้อ 5.1 และ 5.9 ของการส่งหนังสือ", "ดู{outer} และ 5.9 ของการส่งหนังสือ"),
        ("ดูข้อ 5.1 ของการส่งหนังสือราชการลับ", "ดูข้อ 5.1 ของการส่งหนังสือราชการลับ"),
        ("ดูข้อ 5.9 ของการส่งหนังสือ", "ดูข้อ 5.9 ของการส่งหนังสือ"),
        ("ข้อ 5.3 และข้อ 5.1 ของระเบียบ", "ข้อ 5.3 และข้อ 5.1 ของระเบียบ"),
        ("ตามข้อ ๕.๑ ของกระบวนงาน “การส่งหนังสือ” ทันที", "ตาม{outer} ทันที"),
        ('ตามข้อ 5.1 ของ"กระบวนงานการส่งหนังสือ"', "ตาม{outer}"),
        ("ข้อ 5.1 ของกระบวนงาน รหัส กจ. 01 ทันที", "{outer} ทันที"),
        ("ข้อ 5.1 ของกระบวนงาน “การส่งหนังสือลับ”", "ข้อ 5.1 ของกระบวนงาน “การส่งหนังสือลับ”"),
        ("ตามข้อ ๑ ของพันธกิจ", "ตาม{outer}"),
        ("ข้อ 3 ของพันธกิจ", "ข้อ 3 ของพันธกิจ"),
        ("ข้อ 1 ของผู้รับบริการ", "ข้อ 1 ของผู้รับบริการ"),
    ],
)
def test_number_of_a_clause_of_a_named_process_becomes_a_link(typed, stored):
    titles = {
        "การส่งหนังสือ": {"5.1": OUTER},
        "การส่ง": {"5.1": UUID_OF["2.1"]},
        "กจ. 01": {"5.1": OUTER},
        "พันธกิจ": {"1": OUTER},
    }
    linked = link_typed_references(Text(body=typed), UUID_OF, titles)
    outer = f'<span data-ref="{OUTER}"></span>'
    assert linked.content.body == stored.format(outer=outer, own=mark("5.3"))


@pytest.mark.parametrize(
    "typed",
    [
        "ข้อ 7 แห่งระเบียบสำนักนายกรัฐมนตรี",
        "ตามข้อ 2 ของระเบียบนี้",
        "ตามข้อ 2.1 แห่งระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ",
        "ตามข้อ 2.1 และข้อ 5.4 ของระเบียบพัสดุ",
        "ตามข้อ <em>2.1</em> แห่งระเบียบ",
        "ระเบียบว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ 2.1",
        "ระเบียบว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม (ข้อ 2.1)",
        "ตามระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ ข้อ 2.1",
        "ตามหลักเกณฑ์ฯ ข้อ 5.4",
        "ข้อ 5.4 ของกระบวนงานการส่งหนังสือ",
        "ข้อ 2.1 ในระเบียบ",
        "หัวข้อ 2.1",
        "ข้อ 5.4/2565",
        "ข้อมูล 2.1 รายการ",
        "ค่า 2.1",
        "ข้อ 5",
    ],
)
def test_what_is_of_a_law_or_no_number_of_a_clause_stays_and_lacks_nothing(typed):
    assert linked(typed) == typed
    assert find_unnamed(Text(body=typed), UUID_OF) == []


@pytest.mark.parametrize(
    ("typed", "unnamed"),
    [
        ("ตามข้อ 2.9", ["ข้อ 2.9"]),
        ("ตามข้อ ๕.๓ ๒)", ["ข้อ ๕.๓ ๒)"]),  # 5.3 has some below, not this one
        ("ตามข้อ 2.1 และ 2.8", ["ข้อ 2.8"]),
        ("ตามข้อ 2.10", ["ข้อ 2.10"]),
    ],
)
def test_number_of_no_clause_is_told(typed, unnamed):
    assert find_unnamed(Text(body=typed), UUID_OF) == unnamed


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        (
            "ตามข้อ 5.1 ของกระบวนงานการเบิกจ่าย ทันที",
            ["ข้อ 5.1 ของกระบวนงานการเบิกจ่าย"],
        ),
        ("ข้อ 2 ของ “การเบิก จ่าย” แล้ว", ["ข้อ 2 ของ “การเบิก จ่าย”"]),
        ("ข้อ 5.1 ของกระบวนงานการส่งหนังสือ", []),
        ("ข้อ 5.1 ของกระบวนงานดังกล่าว", []),
        ("ข้อ 2 ของกระบวนงานนี้", []),
        ("ข้อ 5.1 ของผู้รับบริการ", []),
        ("ข้อ 2 ของระเบียบนี้", []),
    ],
)
def test_reference_to_an_unknown_process_is_told(typed, unknown):
    titles = {"การส่งหนังสือ": {"5.1": OUTER}}
    assert find_of_unknown_processes(Text(body=typed), titles) == unknown


def test_number_of_two_clauses_names_none():
    twice = {cite: uuid for cite, uuid in UUID_OF.items() if cite != "2.1"}
    assert link_typed_references(Text(body="ตามข้อ 2.1"), twice).names == ()


def test_other_kinds_link_in_their_body_and_a_citation_never():
    step = link_typed_references(Step(body="ตรวจตามข้อ 2.1", note="ดูข้อ 2.1"), UUID_OF)
    assert (step.content.body, step.names) == (f"ตรวจตาม{mark('2.1')}", ("ข้อ 2.1",))
    assert isinstance(step.content, Step)
    assert step.content.note == "ดูข้อ 2.1"  # a cell is plain text
    assert find_unnamed(Step(body="ตรวจ", note="ดูข้อ 2.9"), UUID_OF) == ["ข้อ 2.9"]
    meaning = link_typed_references(Definition(term="ด่วน", body="ตามข้อ 5.4"), UUID_OF)
    assert meaning.content.body == f"ตาม{mark('5.4')}"
    citation = Reference(as_cited="ระเบียบ", body="ดูข้อ 2.9 และข้อ 2.1")
    assert link_typed_references(citation, UUID_OF).content == citation
    assert find_unnamed(citation, UUID_OF) == []
