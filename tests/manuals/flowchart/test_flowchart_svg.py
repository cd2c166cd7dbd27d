"""The drawing for the screen is made of strips, so that paper ends between shapes."""

import re

import pytest

from manuals.flowchart import layout, steps_from_entries
from manuals.flowchart.svg import Drawing, draw_panel
from tests.manuals.pdf.book_factory import FIXTURES, make_entries

CHARTS = sorted(
    str(path.relative_to(FIXTURES / "2565").with_suffix(""))
    for path in FIXTURES.glob("2565/*/*.txt")
)


def make_drawing(path: str) -> Drawing:
    return draw_panel(
        layout(steps_from_entries(make_entries(path)), "screen").panels[0], "ผัง"
    )


@pytest.mark.parametrize("path", CHARTS)
def test_every_shape_and_word_lies_within_one_strip(path):
    drawing = make_drawing(path)

    placed = [(each, strip) for strip in drawing.strips for each in strip.nodes]
    assert sorted(map(id, (each for each, _ in placed))) == sorted(
        map(id, drawing.nodes)
    )
    for each, strip in placed:
        assert strip.top <= each.y
        assert each.y + each.height <= strip.top + strip.height


@pytest.mark.parametrize("path", CHARTS[::4])
def test_strips_stand_on_each_other_and_make_the_whole_drawing(path):
    drawing = make_drawing(path)

    ends = [strip.top + strip.height for strip in drawing.strips]
    assert [strip.top for strip in drawing.strips] == [-2, *ends[:-1]]
    assert ends[-1] == drawing.height - 2
    assert all(strip.height == int(strip.height) for strip in drawing.strips)
    assert max(strip.height for strip in drawing.strips) < 600, (
        "a strip is lower than a page"
    )


@pytest.mark.parametrize("path", CHARTS[::4])
def test_every_line_is_drawn_in_each_strip_it_passes(path):
    drawing = make_drawing(path)

    for line in drawing.lines:
        heights = [float(y) for y in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", line.path)]
        passed = [
            s
            for s in drawing.strips
            if min(heights) < s.top + s.height and s.top < max(heights)
        ]
        assert all(line in strip.lines for strip in passed)
        assert passed
