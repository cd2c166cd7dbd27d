"""Computed numbers: Thai legal numbering, in reading order whatever the order of the rows."""

import random
from dataclasses import dataclass

from manuals.labels import label_clauses


@dataclass(frozen=True)
class Node:
    key: str
    parent_key: str | None = None
    part: int = 5
    rank: str = "V"
    numbering: str = "decimal"
    kind: str = "text"


def labelled(*nodes: Node) -> list[tuple[str, str, str, int]]:
    return [
        (item.node.key, item.label, item.cite, item.depth)
        for item in label_clauses(nodes)
    ]


SECTION = (
    Node("aim 1", part=2, rank="A"),
    Node("aim 2", part=2, rank="B"),
    Node("scope", part=3, numbering="none"),
    Node("open", rank="A"),
    Node("sort", rank="B"),
    Node("urgent", "sort", rank="A", numbering="paren"),
    Node("many groups", "urgent", rank="A", numbering="letter"),
    Node("unclear", "urgent", rank="B", numbering="letter"),
    Node("common", "sort", rank="B", numbering="paren"),
    Node("detail", "common", rank="A", numbering="bullet"),
    Node("send", rank="C"),
    Node("send now", "send", rank="A"),
    Node("at once", "send now", rank="A", numbering="paren"),
    Node("form", part=7, kind="form"),
    Node("row 1", part=9, rank="A", kind="step"),
    Node("row 2", part=9, rank="B", kind="step", numbering="none"),
    Node("remark", part=9, rank="C", kind="note", numbering="none"),
)
LABELS = [
    ("aim 1", "2.1", "2.1", 0),
    ("aim 2", "2.2", "2.2", 0),
    ("scope", "", "", 0),
    ("open", "5.1", "5.1", 0),
    ("sort", "5.2", "5.2", 0),
    ("urgent", "1)", "5.2 1)", 1),
    ("many groups", "ก.", "5.2 1) ก.", 2),
    ("unclear", "ข.", "5.2 1) ข.", 2),
    ("common", "2)", "5.2 2)", 1),
    ("detail", "•", "5.2 2) •", 2),
    ("send", "5.3", "5.3", 0),
    ("send now", "5.3.1", "5.3.1", 1),
    ("at once", "1)", "5.3.1 1)", 2),
    ("form", "7.1", "7.1", 0),
    ("row 1", "1", "1", 0),
    ("row 2", "2", "2", 0),
    ("remark", "", "", 0),
]


def test_nine_parts_are_numbered_as_thai_manuals_are() -> None:
    assert labelled(*SECTION) == LABELS


def test_labels_follow_rank_and_part_not_the_order_of_the_rows() -> None:
    rows = list(SECTION)
    random.Random(9).shuffle(rows)
    assert labelled(*rows) == LABELS


def test_chapter_outside_the_nine_parts_has_no_part_number() -> None:
    assert labelled(
        Node("first", part=0, rank="A"),
        Node("below", "first", part=0, rank="A"),
        Node("second", part=0, rank="B"),
    ) == [("first", "1", "1", 0), ("below", "1.1", "1.1", 1), ("second", "2", "2", 0)]


def test_decimal_below_a_letter_starts_its_own_numbers() -> None:
    assert labelled(
        Node("top", numbering="letter"),
        Node("below", "top", rank="A"),
        Node("deeper", "below", rank="A"),
    ) == [
        ("top", "ก.", "ก.", 0),
        ("below", "1", "ก. 1", 1),
        ("deeper", "1.1", "ก. 1.1", 2),
    ]


def test_unnumbered_sibling_takes_no_number() -> None:
    assert labelled(
        Node("one", rank="A"),
        Node("aside", rank="B", numbering="none"),
        Node("two", rank="C"),
    ) == [
        ("one", "5.1", "5.1", 0),
        ("aside", "", "", 0),
        ("two", "5.2", "5.2", 0),
    ]


def test_letters_skip_those_official_numbering_skips() -> None:
    rows = [
        Node(str(index), rank=f"{index:02}V", numbering="letter") for index in range(8)
    ]
    assert [label for _, label, _, _ in labelled(*rows)] == [
        "ก.", "ข.", "ค.", "ง.", "จ.", "ฉ.", "ช.", "ซ.",
    ]  # fmt: skip
