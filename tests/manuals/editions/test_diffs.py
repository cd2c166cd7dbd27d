"""Stored diffs: worked out once, read back the same, field by field."""

from collections.abc import Callable

import pytest

from hearing_portal.thai import words
from hearing_portal.thai.diff import segments
from manuals.content import Definition, Step, Table, read_duration
from manuals.editions.services.diffs import diff_blobs, load_diff, load_field_diffs
from manuals.models import TextBlob, TokenDiff
from tests.factories import make_blob

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[TextBlob, TextBlob]:
    old = Step(
        body="ตรวจสอบหนังสือ",
        duration=read_duration("2 ชั่วโมง"),
        standard="ครบถ้วน",
        note="แบบ 3",
    )
    new = Step(
        body="ตรวจสอบหนังสือทุกฉบับ",
        duration=read_duration("30 นาที"),
        standard="ครบถ้วน",
        system="AMSS++",
    )
    return make_blob(old), make_blob(new)


def redline(old: TextBlob, new: TextBlob) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            field.name,
            [tuple(piece) for piece in segments(field.ops, field.old, field.new)],
        )
        for field in load_field_diffs(old, new)
    ]


def test_redline_names_every_field_of_both_sides_in_order(
    pair: tuple[TextBlob, TextBlob],
) -> None:
    expected = [
        ("text", [("equal", "ตรวจสอบหนังสือ"), ("ins", "ทุกฉบับ")]),
        (
            "duration",
            [
                ("del", "2"),
                ("ins", "30"),
                ("equal", " "),
                ("del", "ชั่วโมง"),
                ("ins", "นาที"),
            ],
        ),
        ("standard", [("equal", "ครบถ้วน")]),
        ("note", [("del", "แบบ 3")]),
        ("system", [("ins", "AMSS++")]),
    ]
    assert redline(*pair) == expected
    assert redline(*pair) == expected  # read back from the store


def test_diff_is_stored_once_for_each_tokeniser(
    pair: tuple[TextBlob, TextBlob], django_assert_num_queries: Callable
) -> None:
    old, new = pair
    first = load_diff(old.sha, new.sha)
    with django_assert_num_queries(1):
        assert load_diff(old.sha, new.sha) == first
    [row] = TokenDiff.objects.all()
    assert (row.from_sha, row.to_sha, row.tokenizer) == (
        old.sha,
        new.sha,
        words.TOKENIZER,
    )


def test_diff_by_an_older_tokeniser_is_not_used(
    pair: tuple[TextBlob, TextBlob],
) -> None:
    old, new = pair
    TokenDiff.objects.create(
        from_sha=old.sha, to_sha=new.sha, tokenizer="newmm-1", ops=[["text", []]]
    )
    assert load_diff(old.sha, new.sha) == {
        field.name: field.ops for field in diff_blobs(old, new)
    }


def test_other_direction_is_another_diff(pair: tuple[TextBlob, TextBlob]) -> None:
    old, new = pair
    assert load_diff(old.sha, new.sha)["text"][-1].tag == "insert"
    assert load_diff(new.sha, old.sha)["text"][-1].tag == "delete"


def test_equal_wordings_differ_nowhere(pair: tuple[TextBlob, TextBlob]) -> None:
    assert not any(field.is_changed for field in load_field_diffs(pair[0], pair[0]))


def test_cells_are_compared_one_by_one() -> None:
    columns = [{"id": "a", "title": "รายการ"}, {"id": "b", "title": "อัตรา"}]
    rates = [
        make_blob(
            Table(columns=columns, rows=[{"id": "1", "cells": {"a": "ที่พัก", "b": rate}}])
        )
        for rate in ("800 บาท", "1,200 บาท")
    ]
    changed = [field.name for field in load_field_diffs(*rates) if field.is_changed]
    assert changed == ["cell:1:b"]


def test_change_of_kind_is_a_change_of_fields() -> None:
    old, new = (
        make_blob("หนังสือราชการคือเอกสาร"),
        make_blob(Definition(term="หนังสือราชการ", body="เอกสาร")),
    )
    assert [field.name for field in load_field_diffs(old, new)] == ["term", "text"]


def test_unknown_wording_does_not_exist(pair: tuple[TextBlob, TextBlob]) -> None:
    with pytest.raises(TextBlob.DoesNotExist):
        load_diff(pair[0].sha, "0" * 64)
