"""Nothing printed leaves its cell, its box or its page, however long a word is."""

import pytest
from weasyprint.formatting_structure import boxes

from manuals.content import Form, Step, read_duration
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.fitting import MILLIMETRE, body_boxes, lay_out_full_pages
from manuals.pdf.process import chart_source, process_html
from manuals.pdf.render import lay_out
from tests.manuals.pdf.book_factory import make_clause, make_section

ADDRESS = "https://docs.google.com/forms/d/e/1FAIpQLSfXq0r8Zk3VtYw2Jm5Hn7Bc9Dd1Ee4Ff6Gg8Hh0Ii2Jj4Kk/viewform"
SLACK = 0.3 * MILLIMETRE  # a space or mark at the end of a line


def pages_of(steps: list[Step]) -> list:
    entries = [
        make_section(f"การประชุม {ADDRESS}", doc_code=ADDRESS, indicator=ADDRESS),
        make_clause(f"ลงทะเบียนที่ {ADDRESS}", part=5, label="5.1"),
        make_clause("", part=7, label="7.1", content=Form(name=ADDRESS, code=ADDRESS)),
        *(
            make_clause("", part=9, label=str(number), content=step)
            for number, step in enumerate(steps, start=1)
        ),
    ]
    source = chart_source(entries[0], entries, "thai")
    document = lay_out_full_pages(
        process_html(entries), source, lambda html: lay_out(html, BookFetcher())
    )
    return document.pages


def lines_in(box) -> list:
    return [
        each
        for each in box.descendants()
        if isinstance(each, boxes.TextBox) and each.text.strip()
    ]


@pytest.mark.parametrize("shape", ["task", "decision", "document", "connector", "end"])
def test_long_address_stays_in_cells_shapes_and_pages(shape):
    step = Step(
        body=f"กรอกแบบที่ {ADDRESS}",
        shape=shape,
        duration=read_duration(ADDRESS),
        standard=ADDRESS,
        actor=ADDRESS,
        note=ADDRESS,
        system=ADDRESS,
    )
    pages = pages_of([Step(body="เริ่ม", shape="start"), step])

    cells = 0
    for page in pages:
        for line in lines_in(page._page_box.children[0]):
            assert line.position_x + line.width <= page.width - 19.5 * MILLIMETRE, (
                line.text
            )
        for box in body_boxes(page):
            if isinstance(box, boxes.TableCellBox):
                cells += 1
                for line in lines_in(box):
                    assert (
                        line.position_x + line.width
                        <= box.position_x + box.border_width() + SLACK
                    ), line.text
    assert cells > 20


def test_words_stay_in_the_boxes_of_the_chart():
    pages = pages_of(
        [
            Step(body=ADDRESS, shape="decision", actor=ADDRESS),
            Step(body=ADDRESS, shape="end"),
        ]
    )

    found = 0
    for page in pages:
        for box in body_boxes(page):
            if (
                box.element is None
                or "words" not in (box.element.get("class") or "").split()
            ):
                continue
            for line in lines_in(box):
                found += 1
                assert line.position_x >= box.position_x - SLACK
                assert (
                    line.position_x + line.width <= box.position_x + box.width + SLACK
                ), line.text
    assert found > 4


def test_row_longer_than_a_page_keeps_the_column_heads_and_leaves_no_empty_page():
    long = Step(body="ตรวจสอบความถูกต้องครบถ้วนของเอกสาร " * 160, standard="ครบถ้วน")
    pages = pages_of(
        [Step(body="เริ่ม", shape="start"), long, Step(body="จบ", shape="end")]
    )

    wide = [page for page in pages if page.width > page.height]
    assert len(wide) >= 2
    for page in wide:
        words = "".join(line.text for line in lines_in(page._page_box.children[0]))
        assert "รายละเอียดงาน" in words
        assert words.count("ตรวจสอบความ") > 3 or "จบ" in words or "เริ่ม" in words
        for line in lines_in(page._page_box.children[0]):
            assert line.position_y + line.height <= page.height - 23 * MILLIMETRE, (
                line.text
            )


def test_codes_in_latin_letters_keep_their_digits():
    entries = [
        make_section("ก"),
        make_clause("ตาม ISO 9001 และ ISO/IEC 27001 ขนาด 10 MB ภายใน 3 วัน", part=5),
    ]

    words = "".join(
        line.text
        for page in pages_of_entries(entries)
        for line in lines_in(page._page_box)
    )

    for code in ("ISO 9001", "27001", "10 MB", "๓ วัน"):
        assert code in words


def pages_of_entries(entries) -> list:
    return lay_out(process_html(entries), BookFetcher()).pages
