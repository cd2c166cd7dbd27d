"""The chart column of part 9: shapes that hold their step's words, labels clear of them, in every written process."""

import re

import pytest

from manuals.flowchart import chart_column, steps_from_entries
from manuals.flowchart.measure import count_lines, text_width
from manuals.pdf.summary_shapes import (
    BORDER,
    COLUMN,
    LANE,
    MOST_HEIGHT,
    STROKE,
    TEXT_SIZE,
    CellLabel,
    CellShape,
    cell_shape,
    line_height,
)
from tests.manuals.flowchart.test_flowchart import WRITTEN, make_step
from tests.manuals.pdf.book_factory import make_entries

NEAR = 0.3  # millimetres that a label keeps from an outline or a line
THICK = 0.8 / 72 * 25.4  # a line of .8 point
OVERHANG = 0.065 * TEXT_SIZE  # of ไ and ใ in the book's font: its left side bearing


def shapes_of(steps) -> list[CellShape]:
    return [cell_shape(cell) for cell in chart_column(steps)]


def is_clear(label: CellLabel, shape: CellShape) -> bool:
    """The label keeps off the outline of its own shape, and off what stands above and below."""
    if label.y < -shape.gap - 0.01 or label.bottom > shape.height + shape.gap + 0.01:
        return False
    middle_x, axis = shape.width / 2, shape.height / 2
    across = max(label.x - middle_x, 0, middle_x - label.right)
    along = max(label.y - axis, 0, axis - label.bottom)
    if shape.kind == "decision":
        return across / middle_x + along / axis >= 1
    return across >= middle_x or along >= axis


def assert_sound(shape: CellShape) -> None:
    left_border, right_border = -shape.left, COLUMN - BORDER - shape.left
    area = shape.area
    assert shape.height + 2 * shape.gap <= MOST_HEIGHT
    lines = count_lines(shape.text, area.width, shape.em)
    assert lines <= shape.most_lines
    assert lines * line_height(shape.em) <= area.height + 0.01
    if shape.kind == "decision":  # the corners of the words stand inside the diamond
        assert (
            area.width / shape.width + lines * line_height(shape.em) / shape.height
            <= 1.001
        )
    for label in shape.labels:
        assert is_clear(label, shape), label
        # ไ stands out of its width at the left; its own branch's line is as thick as it is drawn
        ink_begins = label.x - OVERHANG
        assert ink_begins >= left_border + LANE + THICK + NEAR, label
        assert label.right <= right_border - LANE - THICK - NEAR, label
        if label.name == "leaves":  # left of the main line
            assert label.right <= shape.width / 2 - THICK / 2 - NEAR, label
            assert label.y >= shape.height
        if label.name == "yes":
            assert ink_begins >= shape.width / 2 + THICK / 2 + NEAR, label
        if label.name != "yes" and label.y < 0:  # above the shape the arrow comes in
            assert (
                abs((label.x + label.right) / 2 - shape.width / 2)
                - (label.right - label.x) / 2
                >= 1.1 + NEAR
            ), label


@pytest.mark.parametrize("path", WRITTEN)
def test_every_step_of_a_written_process_has_its_words_in_its_shape(path):
    edition, _, name = path.partition("/")
    steps = steps_from_entries(make_entries(name, edition))

    shapes = shapes_of(steps)

    assert [shape.text for shape in shapes] == [step.text for step in steps]
    for shape in shapes:
        assert_sound(shape)


@pytest.mark.parametrize("path", WRITTEN)
def test_every_branch_of_a_written_process_is_seen_where_it_leaves_and_comes(path):
    edition, _, name = path.partition("/")
    steps = steps_from_entries(make_entries(name, edition))
    rows = {step.uuid: step.label for step in steps}

    cells = {cell.step.label: cell for cell in chart_column(steps)}

    for cell in cells.values():
        words = [cell.word_below, cell.word_back, cell.word_ahead]
        said = {row for _, row in cell.leaving}
        for uuid, label in cell.step.next:
            if rows[uuid] in said:
                assert (label, rows[uuid]) in cell.leaving
                assert cell.step.label in cells[rows[uuid]].coming
            else:
                assert any(label in word for word in words)


@pytest.mark.parametrize("kind", ["task", "decision", "document", "connector"])
@pytest.mark.parametrize("is_reached", [True, False])
def test_branch_without_a_line_is_said_at_both_ends(kind, is_reached):
    steps = [
        make_step("1", "start"),
        make_step("2", kind, "3:ไม่ลับ 7:ลับ 9:ลับที่สุดและต้องส่งต่อโดยเร็ว"),
        make_step("3", "decision", "4:ไม่ครบ 5:ครบ"),
        make_step("4"),
        make_step("5"),
        make_step("6", "end" if not is_reached else "task"),
        make_step("7", kind, "8:ครบ 5:ไม่ครบ"),
        make_step("8"),
        make_step("9", "end"),
    ]

    shapes = shapes_of(steps)

    for shape in shapes:
        assert_sound(shape)
    (leaves,) = [label for label in shapes[1].labels if label.name == "leaves"]
    assert "ลับ:\nไปลำดับที่ 7" in leaves.text
    (comes,) = [label for label in shapes[6].labels if label.name == "comes"]
    assert comes.text == "จากลำดับที่ 2"
    (back,) = [label for label in shapes[6].labels if label.name == "no"]
    assert comes.bottom < back.y
    for shape in (shapes[1], shapes[6]):
        assert shape.ways_svg.count("<path") == 2
    assert not shapes[0].ways_svg


@pytest.mark.parametrize(
    "kind", ["start", "task", "decision", "document", "connector", "end"]
)
@pytest.mark.parametrize(
    "text", ["", "รับ", "ตรวจความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย" * 3, "W" * 140]
)
@pytest.mark.parametrize("word", ["ครบ", "ส่งกลับให้แก้ไขแล้วเสนอใหม่อีกครั้ง", "W" * 140])
def test_labels_of_any_shape_stand_clear(kind, text, word):
    steps = [
        make_step("a", "start"),
        make_step("b"),
        make_step("c", kind, f"a:{word} d:{word} e:{word}", text=text),
        make_step("d"),
        make_step("e", "end"),
    ]

    shape = shapes_of(steps)[2]

    assert {label.name for label in shape.labels} == {"yes", "no", "ahead"}
    assert_sound(shape)
    assert all(
        text_width(label.text) * TEXT_SIZE > label.width or label.height < 4
        for label in shape.labels
    )


def test_each_kind_has_an_outline_of_its_own():
    kinds = ["start", "task", "decision", "document", "connector"]
    drawn = [
        shape.svg for shape in shapes_of([make_step(kind, kind) for kind in kinds])
    ]

    assert len(set(drawn)) == len(kinds)
    assert all(
        "'" in svg and '"' not in svg for svg in drawn
    )  # it stands in an attribute


def test_wave_of_a_document_stands_whole_in_its_picture():
    (cell,) = chart_column([make_step("1", shape="document", text="หนังสือส่ง")])
    shape = cell_shape(cell)
    low, trough = re.search(r"V([\d.]+)C.*S[\d.]+[ ,]([\d.]+) ", shape.svg).groups()
    # A curve with both its control points in one reaches three quarters of the way to it
    lowest = float(low) + 0.75 * (float(trough) - float(low))

    assert float(trough) > float(low)
    assert lowest + STROKE / 2 <= shape.height + 0.01
