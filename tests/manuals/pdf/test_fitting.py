"""Pages fill: charts are cut to the room they find, nearly empty pages are spared, the contents flow."""

from dataclasses import replace

import pytest
from weasyprint.formatting_structure import boxes

from manuals.pdf.book_source import ManualSource, UnitSource
from manuals.pdf.charts import ChartSource, draw_chart
from manuals.pdf.documents import plan_chunks
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.fitting import (
    BOTTOM,
    end_tables_at_their_rows,
    fitted_html,
    lay_out_full_pages,
    suiting_chart,
)
from manuals.pdf.process import chart_source, process_html
from manuals.pdf.render import lay_out, render_chunk
from tests.manuals.pdf.book_factory import (
    make_book,
    make_clause,
    make_entries,
    make_section,
    steady,
)

MM = 72 / 25.4


def pages_of(html: str):
    return lay_out(html, BookFetcher())


@pytest.fixture(scope="module")
def loan() -> ChartSource:
    entries = make_entries("FIN/03-loan")
    return chart_source(entries[0], entries, "thai")


def rows_of(chart) -> list[int]:
    return [sum(box.role == "shape" for box in panel.boxes) for panel in chart.panels]


def shown(chart) -> set[str]:
    return {
        box.uuid
        for panel in chart.panels
        for box in panel.boxes
        if box.role in ("shape", "side")
    }


@pytest.mark.parametrize("room", [110, 130, 150.3, 170, 190, 202.775])
def test_first_panel_takes_the_room_the_clauses_leave(room, loan):
    chart = suiting_chart(loan, room)

    assert room - 40 < chart.panels[0].height <= room + 0.1
    assert rows_of(chart)[0] >= 3
    assert shown(chart) == shown(draw_chart(loan)) == {step.uuid for step in loan.steps}


@pytest.mark.parametrize("room", [-20, 0, 40, 74, 90])
def test_chart_has_a_page_of_its_own_where_there_is_no_room(room, loan):
    assert suiting_chart(loan, room) == draw_chart(loan)


def test_short_chart_stays_whole_unless_half_a_page_is_free():
    entries = make_entries("DIR/01-receive-letters")
    source = chart_source(entries[0], entries, "thai")
    short = replace(
        source,
        steps=tuple(replace(step, next=(), shape="task") for step in source.steps[:9]),
    )
    whole = draw_chart(short)
    assert len(whole.panels) == 1
    assert whole.panels[0].height > 130

    assert suiting_chart(short, 119) == whole
    assert len(suiting_chart(short, 125).panels) == 2
    assert suiting_chart(short, whole.panels[0].height + 12) == whole


def make_process(clauses: int) -> tuple[str, ChartSource]:
    """The loan process with as many clauses of two lines before its chart."""
    entries = make_entries("FIN/03-loan")
    words = "ผู้ยืมต้องจัดทำสัญญาการยืมเงินตามแบบที่กระทรวงการคลังกำหนด " * 3
    texts = [
        make_clause(words, part=5, label=f"5.{n}", uuid=steady(f"fit{n}"))
        for n in range(1, clauses + 1)
    ]
    steps = [entry for entry in entries[1:] if entry.part == 9]
    entries = [entries[0], *texts, *steps]
    return process_html(entries), chart_source(entries[0], entries, "thai")


@pytest.mark.parametrize("clauses", [6, 10])
def test_chart_begins_on_the_page_where_the_clauses_end(clauses):
    html, source = make_process(clauses)

    headings = {
        title: page
        for _, title, page, _ in render_chunk(html, chart=source).manifest.headings
    }
    last = render_chunk(html, chart=source).manifest.anchors[
        f"clause-{steady(f'fit{clauses}')}"
    ][0]

    assert headings["๖ Flow Chart การปฏิบัติงาน"] == last


def test_every_length_of_clauses_gives_full_pages_before_the_chart():
    """Less than half a page stays empty below the clauses, whatever they take."""
    for clauses in (2, 5, 9, 11):
        html, source = make_process(clauses)
        pages = pages_of(fitted_html(html, source, pages_of)).pages
        chart = next(
            number
            for number, page in enumerate(pages)
            if any(is_chart(box) for box in boxes_of(page))
        )
        if chart:
            assert lowest(pages[chart - 1]) > 135, clauses


def boxes_of(page):
    return page._page_box.children[0].descendants()


def is_chart(box) -> bool:
    return box.element is not None and box.element.get("class") == "chart"


def lowest(page) -> float:
    """Millimetres from the top of the page to its last line or picture."""
    ends = [
        box.position_y + box.height
        for box in boxes_of(page)
        if isinstance(box, boxes.LineBox)
    ]
    return max(ends) * 25.4 / 96


def make_paragraphs(count: int) -> str:
    lines = "<p>กรณีที่ต้องปฏิบัติตามระเบียบ</p>" * count
    head = '<html lang="th" class="digits-thai"><head><title>ก</title></head>'
    return f"{head}<body><article>{lines}</article></body></html>"


def test_a_line_on_a_page_of_their_own_are_brought_back():
    count = next(
        n for n in range(10, 60) if len(pages_of(make_paragraphs(n)).pages) == 2
    )
    document = lay_out_full_pages(make_paragraphs(count), None, pages_of)

    assert len(document.pages) == 1
    assert (
        "tight" in document.pages[0]._page_box.children[0].element.get("class").split()
    )
    assert lowest(document.pages[0]) <= BOTTOM


def test_pages_are_not_set_tighter_without_gain():
    document = lay_out_full_pages(make_paragraphs(8), None, pages_of)

    assert document.pages[0]._page_box.children[0].element.get("class") == "digits-thai"


def test_closing_rule_stands_right_below_the_last_row_of_each_page():
    row = "<tr{}><td>ก<br>ข<br>ค</td></tr>"
    for count in range(12, 18):
        rows = (
            row.format("") * (count - 2) + row.format(' class="kept"') + row.format("")
        )
        html = f'<html lang="th"><title>ก</title><table><thead><tr><th>ก</th></tr></thead><tbody>{rows}</tbody></table>'
        document = pages_of(html)
        end_tables_at_their_rows(document)
        for page in document.pages:
            (table,) = [
                box for box in boxes_of(page) if isinstance(box, boxes.TableBox)
            ]
            last = table.children[-1].children[-1]
            assert table.content_box_y() + table.height == pytest.approx(
                last.position_y + last.height
            )


def make_uneven_book():
    """Ten groups of one to forty processes that have no words yet."""
    manuals = []
    for number, count in enumerate([29, 12, 9, 22, 17, 8, 14, 40, 1, 11], start=1):
        processes = [[make_section(f"กระบวนงานที่ {n} ของกลุ่ม")] for n in range(count)]
        half = len(processes) // 2
        units = [
            UnitSource("งานที่หนึ่ง", processes[:half]),
            UnitSource("งานที่สอง", processes[half:]),
        ]
        manuals.append(
            ManualSource(number, f"G{number}", f"กลุ่มที่ {number}", units=units)
        )
    return make_book(manuals=manuals)


def test_contents_flow_as_one_table():
    (contents,) = [
        chunk
        for chunk in plan_chunks(make_uneven_book())
        if chunk.name.startswith("contents")
    ]
    printed = render_chunk(contents.html)

    last_of: dict[int, float] = {}
    for slot in printed.manifest.number_fields.values():
        last_of[slot.page] = max(last_of.get(slot.page, 0), slot.baseline / MM)
    *full, _ = [last_of[page] for page in range(len(printed.manifest.pages))]
    assert len(full) == 5
    assert min(full) > 250
    assert [title for _, title, _, _ in printed.manifest.headings] == ["สารบัญ"]


def test_no_page_of_the_contents_ends_with_the_name_of_a_unit():
    (contents,) = [
        chunk for chunk in plan_chunks(make_uneven_book()) if chunk.name == "contents"
    ]

    for page in pages_of(contents.html).pages:
        rows = [box for box in boxes_of(page) if isinstance(box, boxes.TableRowBox)]
        assert rows[-1].element.get("class", "") == ""
