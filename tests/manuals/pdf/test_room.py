"""Nothing printed leaves its cell, its box or its page, however long a word is."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from weasyprint.formatting_structure import boxes

from manuals.content import Form, Step, Table, read_duration
from manuals.entries import EntryView
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.fitting import MILLIMETRE, body_boxes, lay_out_full_pages
from manuals.pdf.lines_overleaf import chart_cells, has_shape, lead_lines_overleaf
from manuals.pdf.process import chart_source, process_html
from manuals.pdf.render import lay_out
from tests.manuals.pdf.book_factory import make_clause, make_section

ADDRESS = "https://docs.google.com/forms/d/e/1FAIpQLSfXq0r8Zk3VtYw2Jm5Hn7Bc9Dd1Ee4Ff6Gg8Hh0Ii2Jj4Kk/viewform"
SLACK = 0.3 * MILLIMETRE  # a space or mark at the end of a line


def steps_of(steps: list[Step], *, is_branched: bool = False) -> list[EntryView]:
    """A process of these steps. Where `is_branched`, the third leads past two others and the sixth back, with words."""
    uuids = [uuid4() for _ in steps]
    if is_branched:
        label = "ส่งกลับให้แก้ไขแล้วเสนอใหม่อีกครั้งภายในกำหนด"
        for at, (one, other) in {2: (3, 5), 5: (1, 6)}.items():
            ways = [{"to": str(uuids[to]), "label": label} for to in (one, other)]
            steps = [*steps[:at], replace(steps[at], next=ways), *steps[at + 1 :]]
    rows = [
        make_clause("", part=9, label=str(number), content=step, uuid=uuid)
        for number, (step, uuid) in enumerate(zip(steps, uuids, strict=True), start=1)
    ]
    return [
        make_section(f"การประชุม {ADDRESS}", doc_code=ADDRESS, indicator=ADDRESS),
        make_clause(f"ลงทะเบียนที่ {ADDRESS}", part=5, label="5.1"),
        make_clause("", part=7, label="7.1", content=Form(name=ADDRESS, code=ADDRESS)),
        *rows,
    ]


def laid_out(entries: list[EntryView]):
    source = chart_source(entries[0], entries, "thai")
    return lay_out_full_pages(
        process_html(entries), source, lambda html: lay_out(html, BookFetcher())
    )


def pages_of(steps: list[Step], *, is_branched: bool = False) -> list:
    return laid_out(steps_of(steps, is_branched=is_branched)).pages


def lines_in(box) -> list:
    return [
        each
        for each in within(box)
        if isinstance(each, boxes.TextBox) and each.text.strip()
    ]


def within(box) -> Iterator:
    """The boxes in it, those too that are placed by their coordinates."""
    for child in getattr(box, "children", []):
        yield child
        yield from within(child)


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


WORDS = {
    "address": ADDRESS,
    "letters": "W" * 70,
    "thai": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษามอบหมายเจ้าหน้าที่ตรวจสอบ" * 2,
    "digits": "เลขที่ 7777777777 จำนวน 7,777,777,777 บาท ภายใน 7,777 วันทำการ " * 2,
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_stay_in_the_outlines_of_both_charts(words):
    kinds = ["start", "task", "decision", "document", "connector", "decision", "end"]
    steps = [Step(body=words, shape=kind, actor=words) for kind in kinds]
    pages = pages_of(steps, is_branched=True)

    of_part_6 = of_part_9 = 0
    for page in pages:
        if page.width > page.height:
            assert "ผังขั้นตอน" in words_on(page)
        for box in body_boxes(page):
            if has_class(box, "box"):
                of_part_9 += 1
                assert_inside_outline(box)
            elif box.element is not None and has_class(parent_of(page, box), "chart"):
                of_part_6 += 1
                assert_inside(box)
    assert of_part_9 == len(kinds)
    assert of_part_6 >= 2 * len(kinds)


def assert_inside_outline(shape) -> None:
    """Of the chart column: the corners of every line, in a diamond too."""
    middle_x = shape.content_box_x() + shape.width / 2
    middle_y = shape.content_box_y() + shape.height / 2
    (words,) = [box for box in within(shape) if has_class(box, "words")]
    lines = [box for box in within(words) if isinstance(box, boxes.LineBox)]
    assert lines
    for line in lines:
        across = max(
            abs(line.position_x - middle_x),
            abs(line.position_x + line.width - middle_x),
        ) / (shape.width / 2)
        along = max(
            abs(line.position_y - middle_y),
            abs(line.position_y + line.height - middle_y),
        ) / (shape.height / 2)
        reach = across + along if has_class(shape, "decision") else max(across, along)
        assert reach <= 1.005, (words_of(line), reach)


def assert_inside(area) -> None:
    for line in within(area):
        if isinstance(line, boxes.LineBox) and words_of(line):
            assert line.position_x >= area.position_x - SLACK, words_of(line)
            assert line.position_x + line.width <= area.position_x + area.width + SLACK
            assert line.position_y >= area.position_y - SLACK, words_of(line)
            assert (
                line.position_y + line.height <= area.position_y + area.height + SLACK
            ), words_of(line)


def words_of(line) -> str:
    return "".join(each.text for each in lines_in(line))


def has_class(box, name: str) -> bool:
    return (
        box is not None
        and box.element is not None
        and name in (box.element.get("class") or "").split()
    )


def parent_of(page, box):
    """The block that holds the box itself, not one of its lines."""
    return next(
        (
            each
            for each in body_boxes(page)
            if isinstance(each, boxes.BlockBox)
            and any(child is box for child in each.children)
        ),
        None,
    )


LONG = "ตรวจสอบความถูกต้องครบถ้วนของเอกสาร " * 160


def test_row_longer_than_a_page_keeps_the_column_heads_and_leaves_no_empty_page():
    long = Step(body=LONG, standard="ครบถ้วน")
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


@pytest.mark.parametrize("words", [f"แบบที่ {ADDRESS} ครบหรือไม่", "W" * 140])
def test_shape_of_a_decision_finds_room_below_the_column_heads(words):
    uuids = [uuid4() for _ in range(3)]
    label = f"{words[:80]} ให้ส่งกลับ"
    ways = [{"to": str(uuids[to]), "label": label} for to in (0, 2)]
    asked = Step(body=words, shape="decision", next=ways)
    rows = [Step(body="เริ่ม", shape="start"), asked, Step(body="จบ", shape="end")]
    entries = [
        make_clause("", part=9, label=str(number), content=step, uuid=uuid)
        for number, (step, uuid) in enumerate(zip(rows, uuids, strict=True), start=1)
    ]

    document = laid_out([make_section("ก"), *entries])

    wide = [page for page in document.pages if page.width > page.height]
    for page in wide:
        assert "รายละเอียดงาน" in words_on(page)
        for box in body_boxes(page):
            if has_class(box, "decision"):
                assert_inside_outline(box)
    assert len(wide) == 1


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        # Its column is narrow: a third is longer than a page
        ("actor", LONG[: len(LONG) // 3]),
        ("note", LONG * 2),
        ("standard", LONG * 2),
        ("duration", LONG * 2),
    ],
)
def test_any_cell_may_be_longer_than_a_page(cell, words):
    long = Step(
        body="ตรวจ", **{cell: read_duration(words) if cell == "duration" else words}
    )

    pages = pages_of([Step(body="เริ่ม", shape="start"), long])

    assert_heads_and_no_gap(
        [page for page in pages if page.width > page.height], "รายละเอียดงาน"
    )


def test_long_rows_of_forms_and_of_own_tables_keep_their_heads():
    columns = [{"id": "a", "title": "รายการ"}, {"id": "b", "title": "คำอธิบาย"}]
    short = {"id": "1", "cells": {"a": "หนึ่ง", "b": "สั้น"}}
    table = Table(
        columns=columns, rows=[short, {"id": "2", "cells": {"a": "สอง", "b": LONG * 2}}]
    )
    own = [make_section("ก"), make_clause("", part=5, label="5.1", content=table)]
    forms = [
        make_section("ก"),
        make_clause("", part=7, label="7.1", content=Form(name="แบบหนึ่ง")),
        make_clause(
            "", part=7, label="7.2", content=Form(name="แบบสอง", body=LONG * 2)
        ),
    ]

    for entries, head in ((own, "คำอธิบาย"), (forms, "ชื่อแบบฟอร์ม")):
        pages = laid_out(entries).pages
        with_rows = [page for page in pages if "ตรวจสอบความ" in words_on(page)]
        assert len(with_rows) >= 3
        assert_heads_and_no_gap(with_rows, head)
        # The long row begins on the page of the heading, below the short one
        assert {"ก", "ตรวจสอบความ"} <= {
            each for each in ("ก", "ตรวจสอบความ") if each in words_on(pages[0])
        }


def assert_heads_and_no_gap(pages, head: str) -> None:
    assert len(pages) >= 2
    for page in pages:
        assert head in words_on(page)
    for page in pages[:-1]:
        lowest = max(
            line.position_y + line.height
            for line in lines_in(page._page_box.children[0])
        )
        assert lowest > page.height * 0.75


def words_on(page) -> str:
    return "".join(line.text for line in lines_in(page._page_box.children[0]))


def test_lines_of_the_chart_column_pass_a_row_that_goes_on_overleaf():
    begin = Step(body=LONG, shape="start")
    document = laid_out(steps_of([begin, Step(body="จบ", shape="end")]))
    lead_lines_overleaf(document)

    (parts,) = [parts for parts in chart_cells(document) if len(parts) > 1]
    with_shape, *further = parts
    assert has_shape(with_shape)
    for part in further:
        assert not has_shape(part)
        (line,) = part.background.layers
        assert line.position[1] == 0
        assert line.size[1] == pytest.approx(part.border_height(), abs=1)


def test_number_wider_than_its_cell_and_words_beside_a_mark_are_parted():
    duration = read_duration("12,345,678,901,234 วันทำการ")
    steps = [
        Step(body="เริ่ม", shape="start"),
        Step(body=f"ดูที่<strong>{ADDRESS}</strong>ต่อไป", duration=duration),
    ]
    document = laid_out(
        [
            *steps_of(steps),
            make_clause(f"<em>(</em><strong>{ADDRESS}</strong>)", part=5, label="5.1"),
        ]
    )

    for page in document.pages:
        for line in lines_in(page._page_box.children[0]):
            assert line.position_x + line.width <= page.width - 19.5 * MILLIMETRE
        for cell in body_boxes(page):
            if isinstance(cell, boxes.TableCellBox):
                for line in lines_in(cell):
                    assert (
                        line.position_x + line.width
                        <= cell.position_x + cell.border_width() + SLACK
                    ), line.text


def test_words_of_a_clause_stand_clear_of_a_wide_number():
    entries = [
        make_section("ก"),
        make_clause("คำแรก", part=5, label="5.10", depth=0),
        make_clause("คำสอง", part=5, label="(12)", depth=1),
        make_clause("คำสาม", part=5, label="5.10.10", depth=0),
    ]
    (page, *_) = laid_out(entries).pages
    left = {line.text.strip(): line for line in lines_in(page._page_box)}

    for number, word in (("๕.๑๐", "คำแรก"), ("(๑๒)", "คำสอง"), ("๕.๑๐.๑๐", "คำสาม")):
        right = left[number].position_x + left[number].width
        assert right + 0.3 * MILLIMETRE <= left[word].position_x, number


CODES = (
    "ISO 9001",
    "ISO/IEC 27001",
    "10 MB",
    "H1N1",
    "3G",
    "COVID-19",
    "A4",
    "GF07",
    "https://a.go.th/2565?no=1",
    "office1@obec2.go.th",
    "ISO <strong>9002</strong>",
)


def test_codes_in_latin_letters_keep_their_digits():
    entries = [
        make_section("ก"),
        make_clause(f"ตาม {' และ '.join(CODES)} ภายใน 3 วัน", part=5),
    ]

    words = "".join(
        line.text
        for page in laid_out(entries).pages
        for line in lines_in(page._page_box)
    )

    for code in CODES:
        plain = code.replace("<strong>", "").replace("</strong>", "")
        assert plain.replace(" ", "") in words.replace(" ", "")
    assert "๓ วัน" in words
