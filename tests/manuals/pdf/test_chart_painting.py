"""Charts as pictures for Word: what the book's panels have, painted."""

import io

import pytest
from PIL import Image, ImageStat, features

from manuals.flowchart import FlowStep, Panel
from manuals.pdf import chart_painting
from manuals.pdf.chart_painting import DOTS, DOTS_A_MILLIMETRE, paint_panel
from manuals.pdf.charts import MARGIN, ChartSource, draw_chart

STEPS = (
    FlowStep("1", "1", "รับหนังสือ", "start", "เจ้าหน้าที่ธุรการ"),
    FlowStep(
        "2",
        "2",
        "ตรวจความครบถ้วนของเอกสาร",
        "decision",
        "เจ้าหน้าที่ธุรการ",
        (("3", "ไม่ครบ"), ("4", "ครบ")),
    ),
    FlowStep("3", "3", "ส่งคืน", "document", "ผู้อำนวยการกลุ่ม", (("2", "แก้แล้ว"),)),
    FlowStep("4", "4", "ส่งต่อ", "connector", "เจ้าหน้าที่ธุรการ"),
    FlowStep("5", "5", "จัดเก็บ", "end", "เจ้าหน้าที่ธุรการ"),
)


@pytest.fixture(scope="module")
def panel() -> Panel:
    [only] = draw_chart(ChartSource("6", "ผัง", "การรับหนังสือ", STEPS, "thai")).panels
    return only


def test_panel_has_its_size_and_ink_wherever_something_stands(panel: Panel) -> None:
    picture = Image.open(io.BytesIO(paint_panel(panel, "thai")))
    assert picture.width == round((panel.width + 2 * MARGIN) * DOTS_A_MILLIMETRE)
    assert [round(dots) for dots in picture.info["dpi"]] == [DOTS, DOTS]
    for box in panel.boxes:
        edges = (box.x, box.y, box.right, box.bottom)
        area = picture.crop([(at + MARGIN) * DOTS_A_MILLIMETRE for at in edges])
        [(darkest, _)] = ImageStat.Stat(area).extrema
        assert darkest < 100, box
    # The lower right corner is beside everything
    assert picture.getpixel((picture.width - 1, picture.height - 1)) == 255


def test_numbers_are_painted_in_the_digits_asked_for(panel: Panel) -> None:
    assert paint_panel(panel, "thai") != paint_panel(panel, "arabic")


def test_marks_above_and_below_take_no_room() -> None:
    assert features.check("raqm")
    font = chart_painting._font(10.0, is_bold=False)
    assert font.getlength("ที่") == font.getlength("ท")
