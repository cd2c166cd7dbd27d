"""Where the shapes, arrows and words of a flow chart stand."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai.numbering import thai_digits
from manuals.flowchart import (
    MEDIA,
    Box,
    Chart,
    FlowStep,
    chart_column,
    layout,
    short_text,
    steps_from_entries,
)
from manuals.flowchart.measure import count_lines, line_spans, text_width
from manuals.pdf.book_fonts import FONT_FILES, font_program
from tests.manuals.pdf.book_factory import FIXTURES, make_entries

SOLID = ("shape", "side", "letter", "who")


def make_step(
    name: str, shape: str = "task", to: str = "", text: str = "ตรวจเอกสาร", **values
) -> FlowStep:
    """`to` is "b:ครบ c:ไม่ครบ"."""
    branches = tuple([*each.split(":"), ""][:2] for each in to.split())
    branches = tuple((uuid, word) for uuid, word in branches)
    return FlowStep(
        uuid=name, label=name, text=text, shape=shape, next=branches, **values
    )


def shapes(chart: Chart) -> dict[str, str]:
    return {
        box.uuid: box.role
        for panel in chart.panels
        for box in panel.boxes
        if box.role in ("shape", "side")
    }


def arrows(chart: Chart, source: str, target: str) -> list:
    return [
        edge
        for panel in chart.panels
        for edge in panel.edges
        if (edge.source, edge.target) == (source, target)
    ]


def assert_sound(chart: Chart) -> None:
    """Every box inside its panel, no two on top of each other, every line inside too."""
    for panel in chart.panels:
        boxes = [box for box in panel.boxes if box.role in SOLID]
        for box in boxes:
            assert box.x >= -0.01
            assert box.y >= -0.01
            assert box.x + box.width <= panel.width + 0.01
            assert box.y + box.height <= panel.height + 0.01
        for one, other in combinations(boxes, 2):
            beside = (
                one.x + one.width <= other.x + 0.01
                or other.x + other.width <= one.x + 0.01
            )
            apart = (
                one.y + one.height <= other.y + 0.01
                or other.y + other.height <= one.y + 0.01
            )
            assert beside or apart, (one, other)
        for edge in panel.edges:
            assert len(edge.points) >= 2
            assert all(-0.01 <= x <= panel.width + 0.01 for x, _ in edge.points)
            assert all(-0.01 <= y <= panel.height + 0.01 for _, y in edge.points)


@st.composite
def flows(draw) -> list[FlowStep]:
    count = draw(st.integers(1, 24))
    names = [f"s{number}" for number in range(count)]
    targets = st.sampled_from([*names, "nowhere"])
    words = st.sampled_from(["", "ครบ", "ไม่ครบถ้วน", "ส่งกลับให้แก้ไขแล้วเสนอใหม่อีกครั้ง"])
    branch = st.tuples(targets, words)
    shape = st.sampled_from(
        ["start", "task", "decision", "document", "connector", "end"]
    )
    text = st.sampled_from(
        ["รับ", "ตรวจความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย", "ก" * 90, "", "พิจารณา " * 30]
    )
    return [
        FlowStep(name, str(number), draw(text), draw(shape), draw(st.sampled_from(["", "เจ้าพนักงานธุรการ"])),
                 tuple(draw(st.lists(branch, max_size=4))))
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip


@settings(deadline=None)
@given(flows(), st.sampled_from(["print", "screen"]))
def test_any_flow_is_drawn_without_overlap_and_without_a_lost_branch(steps, medium):
    chart = layout(steps, medium)

    assert_sound(chart)
    assert sorted(shapes(chart)) == sorted(step.uuid for step in steps)
    for source, target in expected_branches(steps):
        lines = arrows(chart, source, target)
        assert len(lines) == 1, (source, target)
        if lines[0].letter:
            circles = [
                edge
                for panel in chart.panels
                for edge in panel.edges
                if not edge.source
            ]
            assert any(
                (each.target, each.letter) == (target, lines[0].letter)
                for each in circles
            )
    assert layout(steps, medium) == chart


def expected_branches(steps: list[FlowStep]) -> set[tuple[str, str]]:
    known = {step.uuid for step in steps}
    pairs = {(step.uuid, to) for step in steps for to, _ in step.next if to in known}
    for step, below in pairwise(steps):
        if not step.next and step.shape != "end":
            pairs.add((step.uuid, below.uuid))
    return pairs


@settings(deadline=None)
@given(flows())
def test_panel_is_higher_than_its_page_only_for_a_single_row(steps):
    for number, panel in enumerate(layout(steps, "print").panels):
        rows = sum(box.role == "shape" for box in panel.boxes)

        assert rows == 1 or panel.height <= (228.01 if number else 205.01)


def test_no_steps_give_no_panel():
    assert layout([]) == Chart(())
    assert chart_column([]) == []


def test_detour_of_a_decision_stands_beside_it_and_leads_back():
    steps = [
        make_step("a", "start"),
        make_step("b", "decision", "d:ครบ c:ไม่ครบ"),
        make_step("c", "task", "a"),
        make_step("d", "end"),
    ]

    chart = layout(steps)

    assert shapes(chart) == {"a": "shape", "b": "shape", "c": "side", "d": "shape"}
    assert [edge.letter for edge in arrows(chart, "c", "a")] == [""]
    assert {box.text for box in chart.panels[0].boxes if box.role == "word"} == {
        "ครบ",
        "ไม่ครบ",
    }


def test_second_end_stands_beside_its_decision():
    steps = [
        make_step("a", "start"),
        make_step("b", "decision", "d:ลับ c:ไม่ลับ"),
        make_step("c", "end"),
        make_step("d", "end"),
    ]

    assert shapes(layout(steps)) == {
        "a": "shape",
        "b": "shape",
        "c": "shape",
        "d": "side",
    }


def test_detour_that_joins_the_next_step_goes_down_into_it():
    steps = [
        make_step("a", "decision", "c:ตรง b:อ้อม"),
        make_step("b", "task"),
        make_step("c", "end"),
    ]

    chart = layout(steps)

    assert shapes(chart)["b"] == "side"
    (line,) = arrows(chart, "b", "c")
    assert line.points[0][1] < line.points[-1][1]


def test_branch_back_runs_in_the_lane_at_the_left():
    steps = [
        make_step("a", "start"),
        make_step("b"),
        make_step("c", "decision", "b:แก้ไข d:ผ่าน"),
        make_step("d", "end"),
    ]

    (line,) = arrows(layout(steps), "c", "b")

    assert min(x for x, _ in line.points) == MEDIA["print"].lanes[0]


@pytest.mark.parametrize("back", ["แก้ไข", "ส่งกลับให้แก้ไขแล้วเสนอใหม่"])
@pytest.mark.parametrize("ahead", ["ครบ", "แล้วเสร็จ", "ครบถ้วนและถูกต้องทุกรายการ"])
def test_words_at_the_tips_of_a_diamond_stay_off_its_slopes(back, ahead):
    steps = [
        make_step("s1", "start"),
        make_step(
            "s2",
            "decision",
            f"s1:{back} s3:ไม่ครบ s4:{ahead}",
            text="ตรวจความครบถ้วนของหนังสือหรือไม่",
        ),
        make_step("s3", to="s4"),
        make_step("s4", "end"),
    ]
    (panel,) = layout(steps, "screen").panels
    diamond = next(box for box in panel.boxes if box.uuid == "s2")
    middle, axis = diamond.x + diamond.width / 2, diamond.y + diamond.height / 2
    for word in (
        box for box in panel.boxes if box.role == "word" and box.text in (back, ahead)
    ):
        width = min(text_width(word.text) * 16, word.width)
        inner = word.x + width if word.align == "left" else word.x + word.width - width
        bottom = word.y + word.height
        assert (
            abs(inner - middle) / (diamond.width / 2)
            + (axis - bottom) / (diamond.height / 2)
            >= 1
        )


@pytest.mark.parametrize("shape", ["task", "start", "document", "decision"])
def test_long_words_beside_any_shape_stay_off_it_and_off_the_boxes(shape):
    long = "ส่งกลับให้แก้ไขแล้วเสนอใหม่อีกครั้งภายในกำหนดเวลา"
    steps = [
        make_step("a", "start"),
        make_step("b"),
        make_step("c", shape, f"b:{long} d:{long} e:{long}"),
        make_step("d", "decision", f"e:ครบ f:{long}"),
        make_step("e", to=f"g:{long}"),
        make_step("f", to=f"a:{long}"),
        make_step("g", "end"),
    ]
    labels = 0
    for panel in layout(steps, "print").panels:
        words = [box for box in panel.boxes if box.role == "word"]
        inks = [ink_of(box, MEDIA["print"]) for box in words]
        shown = [box for box in panel.boxes if box.role in SOLID]
        labels += len(inks)
        assert [
            (ink.text, box.role, box.text)
            for ink in inks
            for box in shown
            if touches(ink, box)
        ] == []
        assert all(ink.x >= 0 and ink.right <= panel.width for ink in inks)
    assert labels >= 5


def test_lines_that_would_cross_get_a_letter_at_both_ends():
    steps = [
        make_step("a", "start"),
        make_step("b"),
        make_step("c", "decision", "a:แก้ d:ผ่าน"),
        make_step("d", "decision", "b:แก้ e:ผ่าน"),
        make_step("e", "end"),
    ]

    chart = layout(steps)

    letters = [
        edge.letter for edge in [*arrows(chart, "c", "a"), *arrows(chart, "d", "b")]
    ]
    assert sorted(letters) == ["", "ก"]
    assert [box.text for box in chart.panels[0].boxes if box.role == "letter"] == [
        "ก",
        "ก",
    ]


def test_long_flow_goes_on_on_the_next_page_with_a_letter():
    steps = [make_step(f"s{number}", text="ตรวจเอกสาร") for number in range(30)]

    chart = layout(steps)

    assert len(chart.panels) == 3
    assert [
        len([b for b in panel.boxes if b.role == "shape"]) for panel in chart.panels
    ][-1] >= 3
    notes = [
        box.text for panel in chart.panels for box in panel.boxes if box.role == "note"
    ]
    assert notes == ["ต่อหน้าถัดไป", "ต่อจากหน้าก่อน", "ต่อหน้าถัดไป", "ต่อจากหน้าก่อน"]
    assert chart.panels[0].height <= 205.01
    assert all(panel.height <= 228.01 for panel in chart.panels)


def test_screen_has_one_narrow_panel_whatever_the_length():
    (panel,) = layout(
        [make_step(f"s{number}") for number in range(30)], "screen"
    ).panels

    assert panel.width == 340


def test_branch_to_an_unknown_step_is_left_out_and_told():
    chart = layout([make_step("a", to="x"), make_step("a"), make_step("b", "end")])

    assert chart.problems == (
        "step a stands twice",
        "step a leads to an unknown step 'x'",
    )
    assert shapes(chart) == {"a": "shape", "b": "shape"}


def test_long_text_is_cut_at_a_space_and_never_inside_a_letter():
    cut = short_text("พิจารณาความครบถ้วน " * 20)

    assert cut.endswith("พิจารณาความครบถ้วน…")
    assert len(cut) <= 140
    assert short_text("กำ้" * 100).rstrip("…")[-1] in "ำ้"


def test_rows_of_a_real_process_are_its_steps():
    steps = steps_from_entries(make_entries("DIR/01-receive-letters"))

    assert [step.label for step in steps] == [str(number) for number in range(1, 14)]
    assert steps[1].shape == "decision"
    assert [word for _, word in steps[1].next] == ["ลับ", "ไม่ลับ"]
    assert shapes(layout(steps))[steps[12].uuid] == "side"


@pytest.mark.parametrize(
    ("row", "back", "ahead", "words"),
    [
        (0, {"target"}, set(), ("", "", "")),
        (1, {"through"}, set(), ("ไม่ลับ", "", "")),
        (2, {"through"}, {"source"}, ("ไม่ครบถ้วน", "", "ครบถ้วน")),
        (3, {"source"}, {"through"}, ("", "", "")),
        (4, set(), {"target"}, ("", "", "")),
        (6, {"source"}, set(), ("เห็นชอบ", "แก้ไข", "")),
    ],
)
def test_chart_column_draws_what_does_not_overlap(row, back, ahead, words):
    cell = chart_column(steps_from_entries(make_entries("DIR/01-receive-letters")))[row]

    assert (cell.back, cell.ahead) == (back, ahead)
    assert (cell.word_below, cell.word_back, cell.word_ahead) == words


WRITTEN = sorted(
    f"{path.parts[-3]}/{path.parent.name}/{path.stem}"
    for path in FIXTURES.glob("25*/*/*.txt")
)


def ink_of(word: Box, medium) -> Box:
    """The room that the words of a label really take."""
    width = min(text_width(word.text) * medium.label_text_size, word.width)
    left = {
        "left": word.x,
        "right": word.right - width,
        "center": word.middle_x - width / 2,
    }[word.align]
    return Box(word.role, left, word.y, width, word.height, word.text)


def touches(ink: Box, other: Box) -> bool:
    """Words stand on, in or across the outline of a shape."""
    if other.shape == "decision":
        across = max(ink.x - other.middle_x, 0, other.middle_x - ink.right) / (
            other.width / 2
        )
        along = max(ink.y - other.middle_y, 0, other.middle_y - ink.bottom) / (
            other.height / 2
        )
        return across + along < 1
    return (
        ink.x < other.right
        and other.x < ink.right
        and ink.y < other.bottom
        and other.y < ink.bottom
    )


def test_written_processes_are_all_there():
    assert len(WRITTEN) == 20 + 12


@pytest.mark.parametrize("path", WRITTEN)
def test_labels_of_a_written_process_stand_clear_of_all_outlines_and_of_each_other(
    path,
):
    edition, _, name = path.partition("/")
    steps = steps_from_entries(make_entries(name, edition))
    for medium_name, medium in MEDIA.items():
        for panel in layout(steps, medium_name).panels:
            inks = [
                ink_of(box, medium)
                for box in panel.boxes
                if box.role in ("word", "note")
            ]
            shown = [box for box in panel.boxes if box.role in SOLID]
            assert [
                (ink.text, box.text)
                for ink in inks
                for box in shown
                if touches(ink, box)
            ] == []
            assert [
                (one.text, other.text)
                for one, other in combinations(inks, 2)
                if touches(one, other)
            ] == []
            if medium_name == "print":
                crossed = [
                    ink.text
                    for ink in inks
                    for edge in panel.edges
                    if crosses(edge.points, with_gap(ink, medium))
                ]
                assert crossed == []


def with_gap(ink: Box, medium) -> Box:
    """What of print no line may enter, that of the label's own branch neither: ไ stands out of its width at the left,
    a line is a third of a millimetre thick, and there is a gap between them."""
    beside = 0.3 + 0.3 / 2
    overhang = 0.065 * medium.label_text_size
    return Box(
        ink.role,
        ink.x - overhang - beside,
        ink.y,
        ink.width + overhang + 2 * beside,
        ink.height,
        ink.text,
    )


def crosses(points, ink: Box) -> bool:
    """A line runs through the words."""
    for (one_x, one_y), (other_x, other_y) in pairwise(points):
        in_width = min(one_x, other_x) < ink.right and ink.x < max(one_x, other_x)
        if (
            in_width
            and min(one_y, other_y) < ink.bottom
            and ink.y < max(one_y, other_y)
        ):
            return True
    return False


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("รับหนังสือ", 60, 1),
        ("รับหนังสือ รับหนังสือ", 24, 2),
        ("คณะกรรมการการศึกษา", 26, 2),
        ("คณะกรรมการการศึกษา", 30, 1),
        ("ก" * 90, 20, 9),
    ],
)
def test_lines_are_counted_by_words_that_stay_whole(text, width, lines):
    assert count_lines(text, width, 2.82) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ตรวจหนังสือ เสนอผู้บังคับบัญชา", 100, ["ตรวจหนังสือ เสนอผู้บังคับบัญชา"]),
        ("วันทำการ  เสนอ", 16, ["วันทำการ", "เสนอ"]),
        ("ส่งที่ (สพป.) ต่างๆ", 12, ["ส่งที่", "(สพป.)", "ต่างๆ"]),
        ("ระบบ e-GP เวอร์ชัน", 12, ["ระบบ", "e-GP", "เวอร์ชัน"]),
        ("พ.ร.บ.การศึกษา", 15, ["พ.ร.บ.", "การศึกษา"]),
        ("ก\nข", 100, ["ก", "ข"]),
    ],
)
def test_lines_end_between_words_and_only_what_is_too_long_is_broken(
    text, width, lines
):
    spans = line_spans(text, width, 2.82)

    assert [text[start:end] for start, end in spans] == lines
    assert all(text_width(line) * 2.82 <= width for line in lines)


def test_broken_words_keep_their_letters_whole():
    text = "ผู้บังคับบัญชา" * 3
    lines = [text[start:end] for start, end in line_spans(text, 8, 2.82)]

    assert "".join(lines) == text
    assert not any(line[0] in "ัิีืุู็่้๊๋์ำา" for line in lines)
    assert max(text_width(line) for line in lines) * 2.82 <= 8


def test_letters_are_measured_as_wide_as_the_fonts_of_the_book_have_them():
    letters = [chr(code) for code in (*range(0x20, 0x7F), *range(0x0E01, 0x0E3B))]
    letters += [chr(code) for code in range(0x0E3F, 0x0E4F)] + [*"“”‘’–—…•°"]
    faces = [font_program(face) for face in FONT_FILES]

    for letter in letters:
        if letter.isdigit():
            continue
        real = max(face.width(letter) for face in faces)
        assert real <= text_width(letter) + 0.001 <= real + 0.012, letter
    # Whichever of both digits is shown
    for digit in "0123456789":
        shown = max(text_width(each) for each in (digit, thai_digits(digit)))
        assert text_width(digit) == text_width(thai_digits(digit)) == shown
        assert text_width(digit) >= max(
            face.width(thai_digits(digit)) for face in faces
        )
