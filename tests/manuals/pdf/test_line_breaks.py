"""Thai lines: ๆ stays with its word, numbers with what they count, headings with their text."""

import pytest
from weasyprint.formatting_structure import boxes

from manuals.flowchart import text_width
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.fitting import lay_out_full_pages
from manuals.pdf.process import chart_source, process_html
from manuals.pdf.render import lay_out
from manuals.pdf.typesetter import Typesetter
from tests.manuals.pdf.book_factory import make_entries

WORDS = (
    "ให้ส่งหนังสือต่าง ๆ ตามพระราชบัญญัติ พ.ศ. 2540 มาตรา 9 และข้อ 5.4 ภายใน 30 นาที หรือ 3 วันทำการนับแต่วันที่รับ "
    "นับแต่วันที่ 20 กันยายน 2565 ในเรื่องอื่น ๆ ร้อยละ 95 ของแต่ละ ๆ ครั้งที่ 12 "
)
# What no line may end with, and the words it is kept with where a line has room for them
NEVER_LAST = {
    "พ.ศ.": "พ.ศ. ๒๕๔๐",
    "มาตรา": "มาตรา ๙",
    "ข้อ": "ข้อ ๕.๔",
    "ร้อยละ": "ร้อยละ ๙๕",
    "ครั้งที่": "ครั้งที่ ๑๒",
    "๓๐": "๓๐ นาที",
    "๒๐": "๒๐ กันยายน ๒๕๖๕",
    "๒๐ กันยายน": "๒๐ กันยายน ๒๕๖๕",
    "๓": "๓ วันทำการ",
    "วันทำ": "๓ วันทำการ",
}
EM = 11.5 / 72 * 25.4  # of running text, in millimetres


def lay(html: str):
    return lay_out(html, BookFetcher())


def lines_of(page) -> list[str]:
    body = page._page_box.children[0]
    lines = [box for box in body.descendants() if isinstance(box, boxes.LineBox)]
    inner = {
        id(each)
        for line in lines
        for each in line.descendants()
        if isinstance(each, boxes.LineBox) and each is not line
    }
    return [text_of(line) for line in lines if id(line) not in inner]


def text_of(line) -> str:
    return "".join(
        box.text for box in line.descendants() if isinstance(box, boxes.TextBox)
    ).strip()


@pytest.mark.parametrize("width", [*range(17, 40), *range(40, 161, 8)])
def test_no_line_begins_with_the_sign_of_repetition_or_parts_a_number_from_its_word(
    width,
):
    body = Typesetter("thai").text(WORDS * 3)
    paragraph = f'<p style="width:{width}mm">{body}</p>'
    lines = []
    for page in lay(f'<html lang="th"><title>ก</title>{paragraph}').pages:
        lines += lines_of(page)

    assert len(lines) > 3
    assert [line for line in lines if line.startswith("ๆ")] == []
    kept = [
        last for last, whole in NEVER_LAST.items() if text_width(whole) * EM <= width
    ]
    assert [line for line in lines if line.endswith(tuple(kept))] == []


@pytest.fixture(scope="module", params=["DIR/01-receive-letters", "FIN/03-loan"])
def pages(request):
    entries = make_entries(request.param)
    return lay_out_full_pages(
        process_html(entries), chart_source(entries[0], entries, "thai"), lay
    ).pages


def blocks_of(page) -> list:
    """The blocks of the page that hold lines, by their place."""
    body = page._page_box.children[0]
    held = [
        box for box in body.descendants() if isinstance(box, boxes.BlockContainerBox)
    ]
    return [
        box
        for box in held
        if box.children and isinstance(box.children[0], boxes.LineBox)
    ]


def is_chart(box) -> bool:
    return box.element is not None and box.element.get("class") == "chart"


def test_no_page_ends_with_a_heading(pages):
    for page in pages:
        headings = [
            box
            for box in blocks_of(page)
            if box.element_tag in ("h1", "h2", "h3", "h4")
        ]
        body = page._page_box.children[0]
        shown = [
            box
            for box in body.descendants()
            if isinstance(box, boxes.LineBox) or is_chart(box)
        ]
        lowest = max(box.position_y for box in shown)
        assert all(
            heading.position_y + heading.height <= lowest for heading in headings
        )


def test_no_line_of_a_paragraph_stands_alone_on_a_page(pages):
    parts: dict[int, list[int]] = {}
    for page in pages:
        for box in blocks_of(page):
            if box.element is not None and box.element_tag in ("p", "li"):
                parts.setdefault(id(box.element), []).append(len(box.children))

    divided = [lines for lines in parts.values() if len(lines) > 1]
    assert [lines for lines in divided if min(lines) < 2] == []


def test_head_of_the_summary_stands_on_each_of_its_pages(pages):
    wide = [lines_of(page) for page in pages if page.width > page.height]

    assert len(wide) > 1
    for lines in wide:
        assert "ผังขั้นตอน" in lines
        assert "รายละเอียดงาน" in lines
