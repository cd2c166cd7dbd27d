"""The book for print on both sides: mirrored margins, right-hand openings, tabs at the outer edge."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from manuals.pdf.book import BookFile, print_book
from manuals.pdf.book_source import ManualSource, UnitSource
from tests.manuals.pdf.book_factory import (
    MISSION,
    make_book,
    make_clause,
    make_section,
    steady,
)
from tests.manuals.pdf.pdf_reader import Reader

MM = 72 / 25.4
ACCENT = (29, 53, 87)


def make_groups():
    """Three groups without written processes: openings and lists."""
    manuals = []
    for number, key in ((1, "DIR"), (4, "FIN"), (10, "LEG")):
        processes = [[make_section(f"กระบวนงานที่ {n}")] for n in range(30)]
        mission = [make_clause(MISSION, uuid=steady(f"mission-{key}"))]
        unit = UnitSource("งานสารบรรณ", processes)
        manuals.append(ManualSource(number, key, f"กลุ่มที่ {number}", mission, [unit]))
    return manuals


@pytest.fixture(scope="module")
def book() -> BookFile:
    return print_book(make_book(manuals=make_groups(), sides=2))


@pytest.fixture(scope="module")
def path(book, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sides") / "book.pdf"
    path.write_bytes(book.bytes)
    return path


@pytest.fixture(scope="module")
def reader(book) -> Reader:
    return Reader(book.bytes)


def destinations(reader: Reader) -> dict[str, int]:
    names = list(reader.file.Root.Names.Dests.Names)
    return {
        str(name): reader.pages[place[0].objgen]
        for name, place in zip(names[::2], names[1::2], strict=True)
    }


def words_of(path: Path, number: int) -> list[tuple[float, float, str]]:
    """(left, top, word) in millimetres of a page, from 0."""
    command = [
        "pdftotext",
        "-bbox",
        "-f",
        str(number + 1),
        "-l",
        str(number + 1),
        str(path),
        "-",
    ]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', text
    )
    return [(float(left) / MM, float(top) / MM, word) for left, top, word in found]


def body_left(path: Path, number: int) -> float:
    return min(
        left for left, top, _ in words_of(path, number) if 21 < top < 265 and left > 9
    )


def test_front_matter_and_groups_open_on_the_right(reader):
    places = destinations(reader)

    opened = {
        name: place % 2
        for name, place in places.items()
        if name.startswith("group-") or name == "foreword"
    }
    assert opened == {"foreword": 0, "group-DIR": 0, "group-FIN": 0, "group-LEG": 0}


def test_left_hand_pages_have_their_margins_mirrored(path, reader):
    places = destinations(reader)
    group = places["group-DIR"]

    assert body_left(path, group + 1) == pytest.approx(20, abs=2.2)
    assert body_left(path, group + 2) == pytest.approx(30, abs=2.2)


def test_foot_moves_with_its_page(path, reader):
    group = destinations(reader)["group-DIR"]
    lines = [
        min(left for left, _, word in words_of(path, page) if word.startswith("รหัสฉบับ"))
        for page in (group, group + 1)
    ]

    assert lines[0] - lines[1] == pytest.approx(10, abs=0.1)


def test_blank_pages_are_blank_and_counted(book, path, reader):
    texts = [
        {word for _, _, word in words_of(path, number)} for number in range(book.pages)
    ]
    labels = [str(label.P) for label in list(reader.file.Root.PageLabels.Nums)[1::2]]
    blank = [
        number
        for number, page in enumerate(reader.file.pages)
        if "/StructParents" not in page.obj
    ]

    assert blank[0] == 1
    assert len(blank) > 1
    assert all(number % 2 == 1 for number in blank)
    assert [texts[number] for number in blank] == [set()] * len(blank)
    assert all(labels[number] for number in blank)


def test_printed_numbers_have_no_gap_and_right_hand_pages_are_odd(reader):
    labels = [str(label.P) for label in list(reader.file.Root.PageLabels.Nums)[1::2]]
    first = destinations(reader)["group-DIR"]

    thai = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    assert [int(label.translate(thai)) for label in labels[first:]] == list(
        range(1, len(labels) - first + 1)
    )
    assert labels[:3] == ["ปก", "ปก", "ก"]
    assert first % 2 == 0


def test_thumb_tab_stands_at_the_outer_edge_on_its_height(path, reader, tmp_path):
    group = destinations(reader)["group-FIN"]
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            "25.4",
            "-png",
            "-f",
            str(group + 1),
            "-l",
            str(group + 3),
            str(path),
            tmp_path / "p",
        ],
        check=True,
    )
    pages = [
        Image.open(file).convert("RGB") for file in sorted(tmp_path.glob("p-*.png"))
    ]

    edges = [(page.getpixel((1, 105)), page.getpixel((208, 105))) for page in pages]
    white = (255, 255, 255)
    assert edges == [(white, white), (ACCENT, white), (white, ACCENT)]
    assert pages[1].getpixel((1, 101)) == white
    assert pages[1].getpixel((1, 120)) == white


def test_links_move_with_their_page(reader, path):
    for number, page in enumerate(reader.file.pages):
        for annotation in page.obj.get("/Annots", []):
            left = float(annotation.Rect[0]) / MM
            assert left == pytest.approx(35 if number % 2 else 45, abs=1.5)


def test_one_side_keeps_every_page_as_it_is(path):
    single = print_book(make_book(manuals=make_groups()))

    with pikepdf.open(path) as double:
        assert single.pages < len(double.pages)
    file = Reader(single.bytes).file
    assert all("/StructParents" in page.obj for page in file.pages)


def test_file_for_two_sides_is_sound(path):
    checked = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
