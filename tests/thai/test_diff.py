from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai.diff import (
    Op,
    Segment,
    diff_fields,
    diff_sequences,
    diff_tokens,
    differ_in_digits_alone,
    map_span,
    segments,
    show_invisible,
    shown_segments,
)
from hearing_portal.thai.script import cluster_ends
from hearing_portal.thai.words import dictionary, tokenize, tokenize_both

some = settings(derandomize=True, max_examples=120, deadline=None)
words = [*sorted(dictionary())[::5000], " ", "ๆ", "30", "\n"]
prose = st.lists(st.sampled_from(words), max_size=14)
rough = st.text(st.sampled_from("กขเาำิ่้ 5\n\ufffc\u200b"), max_size=20)
texts = st.one_of(prose.map("".join), rough)


@st.composite
def rewordings(draw) -> tuple[str, str]:
    """A text and the same with some of its words replaced, left out or added to."""
    old = draw(prose)
    changes = [
        draw(st.sampled_from([[word], [word], [word], [], ["ใหม่"], [word, "เพิ่ม"]]))
        for word in old
    ]
    return "".join(old), "".join(word for change in changes for word in change)


pairs = st.one_of(rewordings(), st.tuples(texts, texts))


def applied(ops: list[Op], old: str, new: str) -> str:
    return "".join(
        old[op.old_start : op.old_end]
        if op.tag == "equal"
        else new[op.new_start : op.new_end]
        for op in ops
    )


@some
@given(pairs)
def test_applying_the_steps_gives_the_new_text(pair):
    old, new = pair
    ops = diff_tokens(old, new)

    assert applied(ops, old, new) == new
    assert all(
        old[op.old_start : op.old_end] == new[op.new_start : op.new_end]
        for op in ops
        if op.tag == "equal"
    )


@some
@given(pairs)
def test_steps_cover_both_texts_and_alternate(pair):
    old, new = pair
    ops = diff_tokens(old, new)
    starts = [(op.old_start, op.new_start) for op in ops] + [(len(old), len(new))]
    ends = [(0, 0)] + [(op.old_end, op.new_end) for op in ops]

    assert starts == ends
    assert all((a.tag == "equal") != (b.tag == "equal") for a, b in pairwise(ops))


@some
@given(pairs)
def test_no_step_splits_a_cluster(pair):
    old, new = pair
    ops = diff_tokens(old, new)

    assert {op.old_end for op in ops} <= {0, *cluster_ends(old)}
    assert {op.new_end for op in ops} <= {0, *cluster_ends(new)}


@some
@given(texts)
def test_text_against_itself_is_one_equal_step(text):
    assert diff_tokens(text, text) == (
        [Op("equal", 0, len(text), 0, len(text))] if text else []
    )


def test_only_runs_of_letters_that_differ_are_looked_up():
    old, new = (
        "ให้เสนอผู้อำนวยการ ภายในวันเดียว และเก็บสำเนา และ",
        "ให้เสนอผู้อำนวยการ ภายในสามวัน และเก็บสำเนา",
    )

    assert tokenize_both(old, new) == (
        [
            "ให้เสนอผู้อำนวยการ",
            " ",
            *tokenize("ภายในวันเดียว"),
            " ",
            "และเก็บสำเนา",
            " ",
            "และ",
        ],
        ["ให้เสนอผู้อำนวยการ", " ", *tokenize("ภายในสามวัน"), " ", "และเก็บสำเนา"],
    )
    assert tokenize_both("รับ รับ", "รับ")[0] == ["รับ", " ", "รับ"]


def test_word_edit_marks_the_words_only():
    old, new = "ให้เสนอผู้อำนวยการภายใน ๓๐ นาที", "ให้เสนอรองผู้อำนวยการภายใน ๖๐ นาที"

    assert segments(diff_tokens(old, new), old, new) == [
        ("equal", "ให้เสนอ"),
        ("del", "ผู้อำนวยการ"),
        ("ins", "รองผู้อำนวยการ"),
        ("equal", "ภายใน "),
        ("del", "๓๐"),
        ("ins", "๖๐"),
        ("equal", " นาที"),
    ]


@pytest.mark.parametrize(
    ("old", "added"), [("ให้ลงนาม", "."), ("ส่งเอกสาร", ")"), ("ติดต่อทางโทร", ".")]
)
def test_sign_behind_a_word_is_the_only_change(old, added):
    changed = [op for op in diff_tokens(old, old + added) if op.tag != "equal"]

    assert changed == [("insert", len(old), len(old), len(old), len(old) + 1)]


def test_very_long_lists_are_compared_with_little_memory():
    """Over 400 million cells another metric takes over: its steps hold the same promises."""
    old, new = (
        [str(n) for n in range(21_000)],
        [str(n) for n in range(21_000) if n % 1_000],
    )
    ops = diff_sequences(old, new)

    assert [old[op.old_start] for op in ops if op.tag != "equal"] == [
        str(n) for n in range(0, 21_000, 1_000)
    ]
    assert [
        old[i]
        for op in ops
        if op.tag == "equal"
        for i in range(op.old_start, op.old_end)
    ] == new


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "รับหนังสือ",
            "รับ\u200bหนังสือ",
            [("equal", "รับ"), ("ins", "␣U+200B"), ("equal", "หนังสือ")],
        ),
        ("ก ข", "ก  ข", [("equal", "ก"), ("del", "␣"), ("ins", "␣␣"), ("equal", "ข")]),
        (
            "ก ข",
            "ก\u00a0ข",
            [("equal", "ก"), ("del", "␣"), ("ins", "␣U+00A0"), ("equal", "ข")],
        ),
        ("ก", "ก\n", [("equal", "ก"), ("ins", "↵\n")]),
        ("รับ\tหนังสือ", "รับหนังสือ", [("equal", "รับ"), ("del", "⇥"), ("equal", "หนังสือ")]),
    ],
)
def test_invisible_difference_is_visible(old, new, shown):
    assert segments(diff_tokens(old, new), old, new) == shown


@some
@given(
    texts,
    st.sampled_from("\u200b\u200c\u00a0\u2028\ufe0f\u3164\u206a\x85"),
    st.integers(0, 20),
)
def test_any_inserted_invisible_character_shows(text, invisible, position):
    new = text[:position] + invisible + text[position:]
    changed = [
        part.text
        for part in segments(diff_tokens(text, new), text, new)
        if part.kind == "ins"
    ]

    assert f"␣U+{ord(invisible):04X}" in "".join(changed)


def test_emoji_are_not_spelt_out():
    assert (
        show_invisible("👩\u200d👩\u200d👧 ❤\ufe0f ก\u200dข")
        == "👩\u200d👩\u200d👧 ❤\ufe0f ก␣U+200Dข"
    )


def test_fields_are_compared_by_name():
    old = [("body", "รับหนังสือ"), ("rows.1.time", "๓๐ นาที"), ("note", "ก")]
    new = [("body", "รับหนังสือ"), ("note", "ข"), ("rows.2.time", "๑ วัน")]

    found = diff_fields(old, new)

    assert [(each.name, each.old, each.new, each.is_changed) for each in found] == [
        ("body", "รับหนังสือ", "รับหนังสือ", False),
        ("rows.1.time", "๓๐ นาที", "", True),
        ("note", "ก", "ข", True),
        ("rows.2.time", "", "๑ วัน", True),
    ]
    assert [[op.tag for op in each.ops] for each in found] == [
        ["equal"],
        ["delete"],
        ["replace"],
        ["insert"],
    ]


def test_removed_fields_keep_their_order():
    old = [(name, name) for name in "abcd"]

    assert [each.name for each in diff_fields(old, [("d", "d")])] == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_field_name_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        diff_fields([("a", ""), ("a", "")], [])


def test_span_shifts_with_its_words():
    old, new = "ให้เสนอภายใน ๓๐ นาที", "กรณีด่วน ให้เสนอภายใน ๓๐ นาที"
    ops = diff_tokens(old, new)

    assert map_span(ops, 3, 12) == (12, 21, 1.0)


def test_span_half_rewritten_reports_its_share():
    old, new = "เสนอภายใน ๓๐ นาที", "เสนอภายใน ๖๐ นาที"
    start, end, survived = map_span(diff_tokens(old, new), 10, 17)

    assert (new[start:end], round(survived, 3)) == (" นาที", round(5 / 7, 3))


def test_span_wholly_rewritten_is_gone():
    assert map_span(diff_tokens("เสนอภายใน ๓๐ นาที", "เสนอภายใน ๖๐ นาที"), 10, 12) is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_no_span_is_an_error(start, end):
    with pytest.raises(ValueError, match="no span"):
        map_span(diff_tokens("กขคงจ", "กขคงจ"), start, end)


@some
@given(pairs, st.data())
def test_mapped_span_begins_and_ends_with_survivors(pair, data):
    old, new = pair
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    ops = diff_tokens(old, new)
    same = [
        (op.old_start + i, op.new_start + i)
        for op in ops
        if op.tag == "equal"
        for i in range(op.old_end - op.old_start)
    ]
    kept = [there for here, there in same if start <= here < end]

    expected = (kept[0], kept[-1] + 1, len(kept) / (end - start)) if kept else None
    assert map_span(ops, start, end) == expected


def test_digits_of_a_redline_are_those_of_both_wordings():
    redline = [
        Segment("equal", "ตาม ISO "),
        Segment("del", "9001"),
        Segment("ins", "27001"),
        Segment("equal", " ภายใน "),
        Segment("del", "3"),
        Segment("ins", "5"),
        Segment("equal", " วัน"),
    ]

    shown = shown_segments(redline, "thai")

    texts = [stretch.text for stretch in shown]
    assert texts == ["ตาม ISO ", "9001", "27001", " ภายใน ", "๓", "๕", " วัน"]
    assert not differ_in_digits_alone(redline)


@pytest.mark.parametrize("style", ["thai", "arabic"])
def test_digits_of_the_other_style_alone_are_shown_as_they_are(style):
    old, new = "๑๕ วัน ข้อ 3", "15 วัน ข้อ 3"
    redline = segments(diff_tokens(old, new), old, new)

    shown = shown_segments(redline, style)

    changed = [(each.text, each.keeps_digits) for each in shown if each.kind != "equal"]
    assert changed == [("๑๕", True), ("15", True)]
    assert shown[-1].text == (" วัน ข้อ ๓" if style == "thai" else " วัน ข้อ 3")
    assert differ_in_digits_alone(redline)
