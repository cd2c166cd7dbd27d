"""Merging two rewordings of a clause, value by value: both are kept, or nothing is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuals.content import Definition, Step, Table, Text
from manuals.merging import merge_contents

WORDS = ["ตรวจสอบ", "หนังสือ", "ภายใน", "วันทำการ", "ผู้อำนวยการ", "ลงนาม", "สำเนา"]
sentences = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
STEP = Step(
    body="ตรวจสอบหนังสือ",
    duration={"text": "15 นาที", "minutes": 15},
    actor="เจ้าพนักงานธุรการ",
)
TABLE = Table(
    columns=[{"id": "a", "title": "เอกสาร"}, {"id": "b", "title": "จำนวน"}],
    rows=[
        {"id": "1", "cells": {"a": "หนังสือนำ", "b": "1 ฉบับ"}},
        {"id": "2", "cells": {"a": "สำเนา"}},
    ],
)
REF = "5f1d1c64-2565-4920-8a10-000000000001"


@settings(deadline=None)  # the first call loads the dictionary
@given(sentences, sentences, sentences)
def test_merge_keeps_both_sides_or_refuses(base, mine, theirs):
    old, ours, others = Text(body=base), Text(body=mine), Text(body=theirs)

    assert merge_contents(old, ours, old) == ours
    assert merge_contents(old, old, others) == others
    assert merge_contents(old, ours, ours) == ours
    assert merge_contents(old, ours, others) == merge_contents(old, others, ours)


def test_different_values_of_a_step_are_both_taken():
    mine = replace(STEP, body="ตรวจสอบหนังสือให้ครบถ้วน", shape="decision")
    theirs = replace(STEP, duration={"text": "30 นาที", "minutes": 30}, system="AMSS++")

    merged = merge_contents(STEP, mine, theirs)

    assert merged == replace(
        mine, duration={"text": "30 นาที", "minutes": 30}, system="AMSS++"
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"body": "ตรวจทานหนังสือ"}, {"body": "ตรวจนับหนังสือ"}),
        (
            {"duration": {"text": "20 นาที", "minutes": 20}},
            {"duration": {"text": "30 นาที", "minutes": 30}},
        ),
        ({"shape": "decision"}, {"shape": "document"}),
        ({"applies_to": "primary"}, {"applies_to": "secondary"}),
    ],
)
def test_same_value_changed_twice_is_a_clash(mine, theirs):
    assert merge_contents(STEP, replace(STEP, **mine), replace(STEP, **theirs)) is None


def test_cells_of_a_table_merge_one_by_one():
    mine = TABLE.with_fields({"cell:1:b": "2 ฉบับ"})
    theirs = TABLE.with_fields({"cell:2:b": "1 ชุด", "column:b": "จำนวนที่ใช้"})

    merged = merge_contents(TABLE, mine, theirs)

    assert dict(merged.fields()) == {
        "column:a": "เอกสาร",
        "column:b": "จำนวนที่ใช้",
        "cell:1:a": "หนังสือนำ",
        "cell:1:b": "2 ฉบับ",
        "cell:2:a": "สำเนา",
        "cell:2:b": "1 ชุด",
    }
    assert merge_contents(TABLE, mine, TABLE.with_fields({"cell:1:b": "3 ฉบับ"})) is None


def test_a_row_added_on_one_side_survives_and_on_both_sides_clashes():
    longer = replace(TABLE, rows=[*TABLE.rows, {"id": "3", "cells": {"a": "บัญชีแนบ"}}])
    other = replace(TABLE, rows=[*TABLE.rows, {"id": "4", "cells": {"a": "แผนที่"}}])

    assert merge_contents(TABLE, longer, TABLE) == longer
    assert merge_contents(TABLE, longer, other) is None


def test_marks_and_references_of_a_body_stay_whole():
    base = Text(
        body=f'ให้<strong>เจ้าหน้าที่</strong>ตรวจสอบตาม <span data-ref="{REF}"></span> ทุกวัน'
    )
    mine = Text(body=base.body.replace("ทุกวัน", "ทุกวันทำการ"))
    theirs = Text(
        body=base.body.replace("<strong>เจ้าหน้าที่</strong>", "<strong>เจ้าพนักงาน</strong>")
    )

    merged = merge_contents(base, mine, theirs)

    assert merged.body == (
        f'ให้<strong>เจ้าพนักงาน</strong>ตรวจสอบตาม <span data-ref="{REF}"></span> ทุกวันทำการ'
    )


def test_kinds_that_differ_never_merge():
    assert (
        merge_contents(
            Text(body="คำ"), Text(body="คำใหม่"), Definition(term="คำ", body="ความหมาย")
        )
        is None
    )
