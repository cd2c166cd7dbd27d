"""Proposed wording: a clause's fields as texts, and back to a content without losing marks or markers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.issue_classes import MEANINGS, issue_details
from comments.models.comment import IssueClass
from hearing_portal.thai.rewording import reworded_body
from hearing_portal.thai.text import inline_plain
from hearing_portal.thai.words import tokenize
from manuals.content import (
    KINDS,
    Definition,
    Figure,
    Form,
    Reference,
    Step,
    Table,
    Text,
)
from manuals.field_labels import FIELD_LABELS
from manuals.wording import (
    content_without_span,
    field_label,
    inserted_content,
    insertion_fields,
    redlines,
    reworded_content,
    wording_fields,
)
from tests.manuals.nine_parts import PROCESSES, name_of, read_file

REF = '<span data-ref="0f4b6a52-94a8-4c06-a1e6-5e7f5d1c2a10"></span>'
MARKED = "ก่อน <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้าย"
TABLE = Table(
    body="หัวตาราง",
    columns=[{"id": "a", "title": "ขั้น"}, {"id": "b", "title": "เวลา"}],
    rows=[
        {"id": "1", "cells": {"a": "รับ", "b": "๕ นาที"}},
        {"id": "2", "cells": {"a": "ส่ง"}},
    ],
)
CONTENTS = [
    Text(body=MARKED),
    Definition(term="หนังสือรับ", body="หนังสือที่ได้รับเข้ามา"),
    Step(
        body="เปิดระบบ",
        actor="ธุรการ",
        duration={"text": "10 นาที", "minutes": 10},
        next=[{"to": "x", "label": "ครบ"}],
    ),
    Form(name="ทะเบียนหนังสือรับ", code="แบบที่ 13"),
    Reference(as_cited="ระเบียบงานสารบรรณ", source="saraban"),
    Figure(caption="ผังอาคาร", alt="ผังสองชั้น"),
    TABLE,
]


def _texts(content) -> dict[str, str]:
    return {field.name: field.text for field in wording_fields(content)}


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.kind)
def test_texts_sent_back_unchanged_propose_nothing(content):
    assert reworded_content(content, _texts(content)) is None
    assert reworded_content(content, {}) is None


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.kind)
def test_one_changed_field_changes_that_field_alone(content):
    for field in wording_fields(content):
        changed = reworded_content(content, _texts(content) | {field.name: "ถ้อยคำใหม่"})

        before, after = dict(content.fields()), dict(changed.fields())
        assert after.pop(field.name) == "ถ้อยคำใหม่"
        assert {
            name: text for name, text in before.items() if name != field.name
        } == after


def test_every_kind_names_every_field_it_has():
    for kind, form in KINDS.items():
        assert set(FIELD_LABELS[kind]) == {name for name, _ in form.named}
    assert field_label(TABLE, "cell:1:b") == "แถวที่ 1 เวลา"


def test_cells_and_column_heads_are_fields_of_a_table():
    changed = reworded_content(TABLE, {"cell:2:b": "๑๐ นาที", "column:b": "ระยะเวลา"})

    assert changed.rows[1]["cells"] == {"a": "ส่ง", "b": "๑๐ นาที"}
    assert changed.columns[1] == {"id": "b", "title": "ระยะเวลา"}


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("ก่อน สำคัญ น้ำ H2O ท้ายสุด", "ก่อน <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้ายสุด"),
        (
            "ต้น ก่อน สำคัญ น้ำ H2O ท้าย",
            "ต้น ก่อน <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้าย",
        ),
        ("ก่อน น้ำ H2O ท้าย", "ก่อน น้ำ H<sub>2</sub>O ท้าย"),
        ("ใหม่ทั้งหมด", "ใหม่ทั้งหมด"),
        (
            "ก่อนอื่น สำคัญ น้ำ H2O ท้ายสุด",
            "ก่อนอื่น <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้ายสุด",
        ),
        (
            "ก่อน จำเป็น น้ำ H2SO4 ท้าย",
            "ก่อน <strong>จำเป็น</strong> น้ำ H<sub>2</sub>SO4 ท้าย",
        ),
        ("สำคัญ", "<strong>สำคัญ</strong>"),
        (
            "ก่อน <b>&amp; สำคัญ น้ำ H2O ท้าย",
            "ก่อน &lt;b&gt;&amp;amp; <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้าย",
        ),
        ("", ""),
    ],
)
def test_marks_stay_where_their_words_stayed(typed, body):
    assert reworded_body(MARKED, typed) == body


def test_no_letter_of_a_deleted_bold_word_stays_bold():
    """The words before end as the deleted one does, and after other changes: which ง went is open."""
    body = "แก้ไข จนถึง<strong>การออกคำสั่ง</strong>เรียกให้ชำระเงิน"

    assert reworded_body(body, "ปรับปรุง จนถึงเรียกให้ชำระเงิน") == "ปรับปรุง จนถึงเรียกให้ชำระเงิน"


@given(st.text("กข 2Hสำ<&", max_size=30))
def test_reworded_body_says_exactly_what_was_typed(typed):
    assert inline_plain(reworded_body(MARKED, typed)) == typed
    assert inline_plain(reworded_body("", typed)) == typed


def test_markers_are_shown_as_numbers_and_come_back():
    content = Text(body=f"ดู {REF} และ {REF} ก่อน")
    [field] = wording_fields(content)

    assert field.text == "ดู ⟦1⟧ และ ⟦2⟧ ก่อน"
    assert reworded_content(content, {"text": "ก่อนอื่น ดู ⟦2⟧"}).body == f"ก่อนอื่น ดู {REF}"
    assert reworded_content(content, {"text": "ดู ⟦7⟧"}).body == "ดู ⟦7⟧"


OTHER_REF = REF.replace("2c10", "2c11")
CITING = f"ให้<strong>ธุรการ</strong>ตรวจตาม {REF} และ <strong>เสนอ{OTHER_REF}ทันที</strong> ภายใน 3 วัน"


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        (
            "ให้เจ้าหน้าที่ธุรการตรวจตาม ⟦1⟧ และ เสนอ⟦2⟧ทันที ภายใน 5 วันทำการ",
            CITING.replace("ให้", "ให้เจ้าหน้าที่", 1).replace("3 วัน", "5 วันทำการ"),
        ),
        (
            "ให้ธุรการตรวจ และ เสนอ⟦2⟧ทันที ตาม ⟦1⟧",
            f"ให้<strong>ธุรการ</strong>ตรวจ และ <strong>เสนอ{OTHER_REF}ทันที</strong> ตาม {REF}",
        ),
        ("ให้ธุรการเสนอทันที", "ให้<strong>ธุรการเสนอทันที</strong>"),
    ],
    ids=["words around", "markers moved", "markers removed"],
)
def test_marks_and_markers_live_together(typed, body):
    assert reworded_body(CITING, typed) == body


@pytest.mark.parametrize("path", PROCESSES[:6], ids=name_of)
def test_bold_and_reference_of_real_clauses_outlive_a_reworded_neighbour(path):
    """In every clause of a real process: two words bold, a reference before the last word, the first word reworded."""
    bodies = [draft.content.body for draft in read_file(path).clauses]
    tried = 0
    for words in map(tokenize, filter(None, bodies)):
        if len(words) < 8 or {"<", "&"} & set("".join(words)):
            continue
        tried += 1
        middle, last = "".join(words[4:-1]), words[-1]
        body = f"{''.join(words[:2])}<strong>{''.join(words[2:4])}</strong>{middle}{REF}{last}"
        [field] = wording_fields(Text(body=body))
        typed = "ให้กลุ่มงาน" + field.text.removeprefix(words[0])

        made = reworded_content(Text(body=body), {"text": typed})

        assert made.body == "ให้กลุ่มงาน" + body.removeprefix(words[0])
    assert tried > 5


def test_old_words_the_policy_would_put_in_order_propose_nothing():
    content = Form(name="น\u0e49\u0e33ดื่ม")

    assert reworded_content(content, {"text": "น้ำดื่ม"}) is None


def test_words_begin_with_words():
    """Whatever is typed before them: a browser would swallow it when it shows them again."""
    content = Text(body="รับหนังสือ")
    assert reworded_content(content, {"text": " \n\nรับหนังสือ"}) is None
    assert reworded_content(content, {"text": "\nรับ\n\nส่ง"}) == Text(body="รับ\n\nส่ง")
    assert inserted_content(content, {"text": "\n \nส่ง"}) == Text(body="ส่ง")
    old = Text(body="\nรับหนังสือ")  # stored before this was so
    assert reworded_content(old, {"text": "รับหนังสือ"}) is None


@pytest.mark.parametrize(
    ("beside", "kind"),
    [
        (Step(), "step"),
        (Definition(), "definition"),
        (TABLE, "text"),
        (Figure(), "text"),
        (None, "text"),
    ],
)
def test_insertion_is_of_the_kind_that_may_stand_there(beside, kind):
    made = inserted_content(
        beside,
        {"text": "ข้อความ <ใหม่>", "note": "  "}
        if kind == "step"
        else {"text": "ข้อความ <ใหม่>"},
    )

    assert (made.kind, dict(made.fields())) == (kind, {"text": "ข้อความ <ใหม่>"})
    assert (
        inserted_content(
            beside, {field.name: " " for field in insertion_fields(beside)}
        )
        is None
    )


def test_redlines_name_the_field_but_for_a_clause_of_one_text():
    [line] = redlines(Text(body="ตรวจหนังสือ"), Text(body="ตรวจสอบหนังสือ"))
    [step] = redlines(Step(actor="ธุรการ"), Step(actor="ผู้อำนวยการ"))
    [new] = redlines(None, Text(body="ข้อใหม่"))

    assert (line.label, step.label) == ("", "ผู้รับผิดชอบ")
    assert "".join(segment.text for segment in line.before) == "ตรวจหนังสือ"
    assert "".join(segment.text for segment in line.after) == "ตรวจสอบหนังสือ"
    assert (new.removed, new.inserted) == (0, 1)


def test_every_issue_class_has_its_meaning_and_an_example():
    assert sorted(meaning.value for meaning in MEANINGS) == sorted(IssueClass.values)
    assert all(meaning.sense and meaning.example for meaning in MEANINGS)
    assert [(meaning.stem, meaning.rest) for meaning in MEANINGS][:2] == [
        ("ซับ", "ซ้อน"),
        ("ทับ", "ซ้อน/ซ้ำซ้อน"),
    ]


def test_answers_are_told_in_the_order_of_the_questions():
    answers = {"days_now": 5, "step": "ลงนาม", "days_proposed": 0, "other": "ไม่ใช่คำถาม"}

    assert issue_details("complex", answers) == [
        ("ขั้นตอนใด", "ลงนาม"),
        ("จำนวนวันในร่าง", 5),
        ("จำนวนวันที่เสนอ", 0),
    ]
    assert issue_details(None, answers) == []


@pytest.mark.parametrize(
    ("content", "span", "left"),
    [
        (Text(body=MARKED), (0, 5), "<strong>สำคัญ</strong> น้ำ H<sub>2</sub>O ท้าย"),
        (Text(body=MARKED), (5, 10), "ก่อน น้ำ H<sub>2</sub>O ท้าย"),
        (Text(body=MARKED), (19, 24), "ก่อน <strong>สำคัญ</strong> น้ำ H<sub>2</sub>O"),
        (Text(body=f"ดู {REF} หรือ {OTHER_REF} ก่อน"), (0, 9), f"{OTHER_REF} ก่อน"),
        (Text(body=MARKED), (0, 23), None),
    ],
    ids=["beginning", "middle", "end", "before a marker", "everything"],
)
def test_span_is_cut_out_and_the_rest_keeps_its_marks(content, span, left):
    made = content_without_span(content, "text", *span)

    assert (made.body if made else None) == left


def test_cells_names_and_terms_have_no_blanks_around_them():
    step = Step(body="เปิดระบบ", duration={"text": "2 วันทำการ", "minutes": 840})
    assert reworded_content(step, {"duration": "  2 วันทำการ "}) is None
    written = reworded_content(step, {"duration": "  3 วันทำการ ", "actor": " ธุรการ"})
    assert (written.duration["text"], written.actor) == ("3 วันทำการ", "ธุรการ")
    table = reworded_content(TABLE, {"cell:1:a": " รับ", "cell:2:a": " ส่งคืน "})
    assert table.rows[1]["cells"]["a"] == "ส่งคืน"
    before = Step(body="เปิดระบบ", duration={"text": "  2 วันทำการ"})  # stored once
    assert reworded_content(before, {"duration": "2 วันทำการ"}) is None
    new = inserted_content(Definition(), {"term": " หนังสือรับ ", "text": "ที่รับเข้ามา"})
    assert new.term == "หนังสือรับ"
