"""Pictures in clauses: from the store onto the page, with caption and words for who cannot see them."""

import io

import pikepdf
import pytest
from PIL import Image
from weasyprint.formatting_structure import boxes

from hearing_portal.jobs.files import store_file
from manuals.content import Figure
from manuals.entries import EntryView
from manuals.pdf.book import print_book
from manuals.pdf.clauses import entry_anchor
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.process import process_html
from manuals.pdf.render import lay_out, render_chunk
from manuals.pdf.sources import PrintOptions, load_book_source
from tests import factories
from tests.manuals.pdf.book_factory import make_clause, make_section
from tests.manuals.pdf.pdf_reader import Reader, squeezed

MM = 96 / 25.4
FIGURE = Figure(
    file="map",
    alt="แผนที่ตั้งสำนักงาน 3 อาคาร",
    caption="ภาพที่ 1 ที่ตั้งสำนักงาน",
    body="ดูประกอบข้อ 5.1",
)


def png(width: int, height: int, form: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "#1d3557").save(drawn, form)
    return drawn.getvalue()


def make_figure(
    figure: Figure = FIGURE, before: int = 0
) -> tuple[EntryView, str, dict[str, tuple[str, bytes]]]:
    """The clause, the document of its process, and the picture as the printer takes it."""
    entry = make_clause("", part=5, label="5.2", content=figure)
    texts = [make_clause("รับหนังสือแล้วลงทะเบียน", part=5) for _ in range(before)]
    pictures = {"map": ("image/png", png(800, 600))}
    html = process_html(
        [make_section("กระบวนงาน"), *texts, entry], pictures=frozenset(pictures)
    )
    return entry, html, pictures


def images(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every picture in the file; pages of a document share their resources."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = {
            image.objgen: image
            for page in file.pages
            for image in page.get_images().values()
        }
        return [(int(image.Width), int(image.Height)) for image in found.values()]


def words_for_pictures(pdf: bytes) -> list[str]:
    reader = Reader(pdf)
    return [str(each.Alt) for each in reader.elements("Figure")]


def test_picture_is_printed_with_its_caption_and_words():
    entry, html, pictures = make_figure()

    printed = render_chunk(html, pictures)

    assert images(printed.pdf) == [(800, 600)]
    assert words_for_pictures(printed.pdf) == ["แผนที่ตั้งสำนักงาน ๓ อาคาร"]
    assert squeezed(Reader(printed.pdf).by_name()[entry_anchor(entry)]) == squeezed(
        "๕.๒ภาพที่ ๑ ที่ตั้งสำนักงานดูประกอบข้อ ๕.๑"
    )


@pytest.mark.parametrize(
    ("figure", "alt"),
    [
        (Figure(file="map", caption="ภาพที่ 2"), "ภาพที่ ๒"),
        (Figure(file="map"), "ภาพประกอบ"),
        (Figure(file="map", alt='<b>"ตรา"</b>'), '<b>"ตรา"</b>'),
    ],
)
def test_picture_always_has_words(figure, alt):
    _, html, pictures = make_figure(figure)

    assert words_for_pictures(render_chunk(html, pictures).pdf) == [alt]


def test_missing_picture_leaves_its_frame_caption_and_words():
    entry, html, _ = make_figure(Figure(file="lost", alt="แผนที่", caption="ภาพที่ 1"))

    printed = render_chunk(html)

    assert words_for_pictures(printed.pdf) == ["แผนที่"]
    assert squeezed(Reader(printed.pdf).by_name()[entry_anchor(entry)]) == squeezed(
        "๕.๒ภาพที่ ๑"
    )


def test_broken_picture_breaks_no_page():
    entry, html, _ = make_figure()

    printed = render_chunk(html, {"map": ("image/png", png(800, 600)[:300])})

    assert images(printed.pdf) == []
    assert "ภาพที่๑ที่ตั้งสำนักงาน" in squeezed(
        Reader(printed.pdf).by_name()[entry_anchor(entry)]
    )


@pytest.mark.parametrize(("width", "height"), [(4000, 500), (500, 4000), (60, 40)])
@pytest.mark.parametrize("before", [0, 16])
def test_picture_fits_its_column_and_stays_with_its_caption(width, height, before):
    _, html, _ = make_figure(before=before)

    pages = lay_out(html, BookFetcher({"map": ("image/png", png(width, height))})).pages

    (page,) = [
        page
        for page in pages
        if any(is_picture(box) for box in page._page_box.descendants())
    ]
    (picture,) = [box for box in page._page_box.descendants() if is_picture(box)]
    words = "".join(
        box.text
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    )
    assert picture.width / picture.height == pytest.approx(width / height)
    assert picture.position_x + picture.width <= 190.1 * MM
    assert picture.height <= 150.1 * MM
    assert picture.position_y + picture.height <= 270 * MM
    assert "ภาพที่ ๑" in words


def is_picture(box) -> bool:
    return (
        isinstance(box, boxes.ReplacedBox)
        and box.element.get("src") == "book:picture/map"
    )


@pytest.fixture
def figures(process, drafter, files_dir):
    """Figures of a process with a stored picture, a stored document, and a file nobody has."""
    kept = store_file(png(40, 30, "JPEG"), media_type="image/jpeg", name="map.jpg")
    document = store_file(b"<svg/>", media_type="image/svg+xml", name="drawing.svg")
    for file in (kept.sha, document.sha, "0" * 64, ""):
        factories.make_clause(
            process, Figure(file=file, alt="แผนที่", caption="ที่ตั้ง"), by=drafter
        )
    return kept


def test_book_takes_the_pictures_of_its_figures_from_the_store(figures, admin):
    edition = factories.make_edition("PICTURES", by=admin)

    source = load_book_source(edition, PrintOptions())

    assert source.pictures == {figures.sha: ("image/jpeg", png(40, 30, "JPEG"))}
    assert images(print_book(source).bytes) == [(40, 30)]


def test_picture_lost_from_the_disk_is_left_out(figures, admin):
    edition = factories.make_edition("PICTURES", by=admin)
    figures.path.unlink()

    assert load_book_source(edition, PrintOptions()).pictures == {}
