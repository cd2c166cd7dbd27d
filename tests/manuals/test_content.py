"""The content form: one hash per content, fields in reading order, nothing malformed accepted."""

import hashlib
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearing_portal.thai.markup import OBJECT_MARKER
from manuals.content import (
    KINDS,
    SHAPES,
    Content,
    ContentRefused,
    Definition,
    Figure,
    Form,
    Note,
    Reference,
    Step,
    Table,
    Text,
    canonical_json,
    content_from_json,
    content_sha,
    plain_text,
    read_duration,
    written_words,
)

STEP = "7d4f7a52-6f9a-4a3e-9b0e-2d6a3c1b5e11"
REF = f'<span data-ref="{STEP}"></span>'

thai = st.text(alphabet="กขคงจฉชซ่้๊ะาิีเแโ 0123456789", max_size=20)
audience = st.sampled_from(["both", "primary", "secondary"])
ids = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(ids), draw(ids)
    return Table(
        body=draw(thai),
        columns=[{"id": column, "title": draw(thai)} for column in columns],
        rows=[
            {"id": row, "cells": {column: draw(thai) for column in columns}}
            for row in rows
        ],
    )


contents = st.one_of(
    st.builds(Text, body=thai, applies_to=audience),
    st.builds(Note, body=thai),
    st.builds(Definition, body=thai, term=thai),
    st.builds(
        Step,
        body=thai,
        shape=st.sampled_from(list(SHAPES)),
        actor=thai,
        system=thai,
        standard=thai,
        note=thai,
        duration=st.builds(read_duration, st.sampled_from(["", "30 นาที", "ตามภารกิจ"])),
        next=st.lists(
            st.fixed_dictionaries({"to": st.just(STEP), "label": thai}), max_size=2
        ),
        explains=st.lists(st.just(STEP), max_size=1),
    ),
    st.builds(Form, body=thai, name=thai, code=thai),
    st.builds(Reference, body=thai, source=thai, locator=thai, as_cited=thai),
    st.builds(Figure, body=thai, alt=thai, caption=thai, file=thai),
    tables(),
)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same JSON value with the keys of every object in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return (
        [shuffled(item, chance) for item in value] if isinstance(value, list) else value
    )


@given(contents, st.integers())
def test_content_survives_storage_with_one_hash_whatever_the_key_order(
    content: Content, seed: int
) -> None:
    stored = shuffled(json.loads(canonical_json(content)), random.Random(seed))
    again = content_from_json(stored)
    assert again == content
    assert canonical_json(again) == canonical_json(content)
    assert content_sha(again) == content_sha(content)
    assert again.fields() == content.fields()


@given(contents, contents)
def test_hashes_are_equal_only_for_equal_contents(one: Content, other: Content) -> None:
    assert (content_sha(one) == content_sha(other)) == (one == other)


@given(contents)
def test_field_names_are_unique_and_plain_text_is_their_texts(content: Content) -> None:
    names = [name for name, _ in content.fields()]
    assert len(names) == len(set(names))
    assert plain_text(content) == "\n".join(text for _, text in content.fields())


def test_every_kind_of_the_model_is_drawn_above() -> None:
    assert set(KINDS) == {
        "text",
        "definition",
        "step",
        "form",
        "reference",
        "table",
        "figure",
        "note",
    }


def test_canonical_json_is_sorted_thai_and_without_blanks() -> None:
    content = Definition(body="เอกสารของราชการ", term="หนังสือราชการ")
    expected = '{"applies_to":"both","body":"เอกสารของราชการ","data":{"term":"หนังสือราชการ"},"kind":"definition"}'
    assert canonical_json(content) == expected
    assert content_sha(content) == hashlib.sha256(expected.encode()).hexdigest()


def test_absent_and_empty_values_have_one_spelling() -> None:
    spelt = content_from_json(
        {"kind": "step", "body": "ก", "data": {"actor": "", "next": [], "duration": {}}}
    )
    assert content_sha(spelt) == content_sha(
        content_from_json({"kind": "step", "body": "ก"})
    )


def test_marker_counts_as_one_object_character() -> None:
    content = Text(body=f"ดูข้อ {REF} และ <strong>ข้ออื่น</strong>")
    assert content.fields() == [("text", f"ดูข้อ {OBJECT_MARKER} และ ข้ออื่น")]
    assert len(OBJECT_MARKER) == 1


def test_fields_of_a_step_are_in_the_order_of_the_standard_table() -> None:
    step = Step(
        body="ตรวจสอบ",
        shape="decision",
        actor="เจ้าพนักงานธุรการ",
        system="AMSS++",
        duration=read_duration("2 ชั่วโมง"),
        standard="ครบถ้วน",
        note="แบบ 3",
        next=[{"to": STEP, "label": "ครบ"}, {"to": STEP, "label": ""}],
    )
    assert step.fields() == [
        ("text", "ตรวจสอบ"),
        ("duration", "2 ชั่วโมง"),
        ("standard", "ครบถ้วน"),
        ("actor", "เจ้าพนักงานธุรการ"),
        ("note", "แบบ 3"),
        ("system", "AMSS++"),
        ("branches", "ครบ"),
    ]


TABLE = Table(
    body="อัตราค่าใช้จ่าย",
    columns=[{"id": "b", "title": "รายการ"}, {"id": "a", "title": "อัตรา"}],
    rows=[{"id": "1", "cells": {"a": "240 บาท", "b": "ค่าเบี้ยเลี้ยง"}}],
)


def test_fields_of_a_table_follow_its_columns() -> None:
    assert TABLE.fields() == [
        ("text", "อัตราค่าใช้จ่าย"),
        ("column:b", "รายการ"),
        ("column:a", "อัตรา"),
        ("cell:1:b", "ค่าเบี้ยเลี้ยง"),
        ("cell:1:a", "240 บาท"),
    ]


def test_with_fields_replaces_a_cell_a_title_and_the_body() -> None:
    changed = TABLE.with_fields(
        {"cell:1:a": "270 บาท", "column:a": "อัตราต่อวัน", "text": "อัตราใหม่"}
    )
    assert [text for _, text in changed.fields()] == [
        "อัตราใหม่",
        "รายการ",
        "อัตราต่อวัน",
        "ค่าเบี้ยเลี้ยง",
        "270 บาท",
    ]
    assert [text for _, text in TABLE.fields()][-1] == "240 บาท"


def test_with_fields_of_a_step_reads_its_duration() -> None:
    changed = Step(body="ลงทะเบียน").with_fields(
        {"duration": "๒ วันทำการ", "actor": "ธุรการ"}
    )
    assert (changed.duration, changed.actor) == (
        {"text": "๒ วันทำการ", "minutes": 840},
        "ธุรการ",
    )
    assert changed.with_fields({"duration": ""}).duration == {}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (Text(body="ก"), "term"),
        (Step(body="ก"), "branches"),
        (TABLE, "cell:1:z"),
        (TABLE, "cell:9:a"),
    ],
)
def test_with_fields_refuses_a_field_the_content_lacks(
    content: Content, name: str
) -> None:
    with pytest.raises(ContentRefused):
        content.with_fields({name: "ข"})


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "poem"},
        {"body": "ก"},
        {"kind": "text", "applies_to": "schools"},
        {"kind": "text", "colour": "red"},
        {"kind": "text", "data": ["ก"]},
        {"kind": "text", "data": {"term": "ก"}},
        {"kind": "text", "data": {"body": "ก"}},
        {"kind": "text", "body": 1},
        {"kind": "text", "body": None},
        {"kind": "definition", "data": {"term": None}},
        {"kind": "step", "data": {"shape": "circle"}},
        {"kind": "step", "data": {"next": [{"label": "ได้"}]}},
        {"kind": "step", "data": {"next": ["5"]}},
        {"kind": "step", "data": {"duration": {"minutes": "5"}}},
        {"kind": "step", "data": {"duration": {"text": 5}}},
        {"kind": "step", "data": {"duration": {"hours": 5}}},
        {"kind": "step", "data": {"explains": [1]}},
        {"kind": "table", "data": {"columns": [{"id": "a"}]}},
        {"kind": "table", "data": {"columns": [{"id": "a", "title": "ก"}] * 2}},
        {"kind": "table", "data": {"rows": [{"id": "1", "cells": {"a": "ก"}}]}},
        {"kind": "table", "data": {"rows": [{"id": "1", "cells": {}}] * 2}},
        {"kind": "table", "data": {"rows": ["ก"]}},
    ],
)
def test_malformed_content_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ContentRefused):
        content_from_json(value)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10 นาที", 10),
        ("๑๐ นาที", 10),
        ("2 ชั่วโมง", 120),
        ("1.5 ชม.", 90),
        ("3 วันทำการ", 1260),
        ("1,000 นาที", 1000),
        ("ภายใน 3 วัน", None),
        ("1.2.3 วัน", None),
        ("ตามภารกิจ", None),
    ],
)
def test_duration_has_minutes_only_when_it_is_one_number_and_unit(
    text: str, minutes: int | None
) -> None:
    expected = {"text": text} if minutes is None else {"text": text, "minutes": minutes}
    assert read_duration(text) == expected


def test_no_duration_is_nothing() -> None:
    assert read_duration("") == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            Definition(term="หนังสือราชการ", body="เอกสารที่เป็นหลักฐานในราชการ<br>ทุกชนิด"),
            "หนังสือราชการ หมายถึง เอกสารที่เป็นหลักฐานในราชการ\nทุกชนิด",
        ),
        (Definition(term="หนังสือราชการ"), "หนังสือราชการ"),
        (
            Definition(term="คำสั่ง", verb="หมายความว่า", body="การสั่ง"),
            "คำสั่ง หมายความว่า การสั่ง",
        ),
        (Definition(term="คำสั่ง", verb="หมายความว่า"), "คำสั่ง หมายความว่า"),
        (Text(body=f"ปฏิบัติตาม {REF} ก่อน<br>แล้วแจ้ง"), "ปฏิบัติตาม [ข้อที่อ้าง] ก่อน\nแล้วแจ้ง"),
    ],
)
def test_term_is_read_with_its_verb_and_a_reference_with_a_word(content, words):
    assert written_words(content.kind, plain_text(content)) == words
