"""The whole book, printed once and read again: words, structure, numbers, links, fonts."""

import re
import subprocess
from collections import Counter

import lxml.html
import pikepdf
import pytest

from manuals.content import Definition, Figure, Form, Note, Reference, Table, Text
from manuals.entries import EntryView
from manuals.pdf.book import BookFile, print_book
from manuals.pdf.book_source import (
    BookSource,
    ManualSource,
    UnitSource,
    numbered_processes,
)
from manuals.pdf.clause_words import own_labels, printed_text
from manuals.pdf.clauses import entry_anchor
from manuals.pdf.documents import book_labels, plan_chunks
from manuals.pdf.fetcher import BookFetcher
from manuals.pdf.fitting import fitted_html
from manuals.pdf.process import process_html
from manuals.pdf.render import lay_out, render_chunk, thai_lines_break
from manuals.pdf.sources import PrintOptions, load_book_source
from tests import factories
from tests.manuals.pdf.book_factory import make_book, make_clause, make_section
from tests.manuals.pdf.pdf_reader import (
    Reader,
    plain_text,
    squeezed,
    strange_letters,
    whole_text,
)


@pytest.fixture(scope="module")
def source() -> BookSource:
    return make_book()


@pytest.fixture(scope="module")
def book(source) -> BookFile:
    return print_book(source)


@pytest.fixture(scope="module")
def path(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.pdf"
    path.write_bytes(book.bytes)
    return path


@pytest.fixture(scope="module")
def reader(book) -> Reader:
    return Reader(book.bytes)


def all_entries(source: BookSource) -> list[EntryView]:
    processes = [
        process.entries
        for manual in source.manuals
        for process in numbered_processes(manual)
    ]
    missions = [entry for manual in source.manuals for entry in manual.mission_entries]
    return [
        *source.foreword_entries,
        *missions,
        *(entry for entries in processes for entry in entries),
    ]


def test_every_clause_says_its_stored_words_along_the_structure(source, reader):
    labels, texts = book_labels(source), reader.by_name()
    rows = own_labels(all_entries(source))  # no clause refers to another section

    clauses = [entry for entry in all_entries(source) if entry.kind == "clause"]
    assert len(clauses) == 155
    for entry in clauses:
        assert squeezed(texts[entry_anchor(entry)]) == squeezed(
            printed_text(entry, {**labels, **rows}, "thai")
        ), entry.cite


def test_pages_of_the_processes_say_all_their_words_to_pdftotext(source, path, reader):
    """Character for character: what the documents say, and the heads of tables that go on overleaf."""
    for name, pages in process_pages(reader).items():
        (chunk,) = [
            chunk
            for chunk in plan_chunks(source)
            if chunk.name == name.replace("section", "process")
        ]
        shown = fitted_html(
            chunk.html, chunk.chart, lambda html: lay_out(html, BookFetcher())
        )
        body = lxml.html.fromstring(shown).body
        overleaf = sum(is_wide(reader, number) for number in pages) - 1
        expected = (
            squeezed(body.text_content())
            + squeezed(body.find(".//section//thead").text_content()) * overleaf
        )

        printed = "".join(
            plain_text(path, number + 1, is_wide(reader, number)) for number in pages
        )

        assert Counter(squeezed(printed)) == Counter(expected)


def process_pages(reader: Reader) -> dict[str, range]:
    """{section-UUID: its pages, from 0}, by the named destinations of the book."""
    places = destinations(reader)
    starts = sorted(
        page for name, page in places.items() if name.startswith(("section-", "group-"))
    )
    ends = dict(zip(starts, [*starts[1:], len(reader.pages)], strict=True))
    return {
        name: range(page, ends[page])
        for name, page in places.items()
        if name.startswith("section-")
    }


def destinations(reader: Reader) -> dict[str, int]:
    names = list(reader.file.Root.Names.Dests.Names)
    return {
        str(name): reader.pages[place[0].objgen]
        for name, place in zip(names[::2], names[1::2], strict=True)
    }


def is_wide(reader: Reader, number: int) -> bool:
    _, _, width, height = reader.file.pages[number].mediabox
    return width > height


def test_no_private_use_letter_and_no_dotted_circle(path):
    assert strange_letters(whole_text(path)) == []


def test_only_sarabun_is_embedded_once_for_each_weight(path):
    lines = subprocess.run(
        ["pdffonts", str(path)], capture_output=True, check=True, text=True
    ).stdout.splitlines()

    fonts = [line.split() for line in lines[2:]]
    assert [(font[0], font[-5]) for font in fonts] == [
        ("Sarabun-Regular", "yes"),
        ("Sarabun-Bold", "yes"),
    ]


def test_file_is_sound(path):
    checked = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_file_has_title_language_tags_and_page_labels(book, reader):
    root = reader.file.Root
    assert str(root.Lang) == "th"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with reader.file.open_metadata() as metadata:
        assert metadata["dc:title"] == "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา"
    labels = [str(label.P) for label in list(root.PageLabels.Nums)[1::2]]
    assert labels[:5] == ["ปก", "ก", "ข", "๑", "๒"]
    assert len(labels) == book.pages == len(reader.pages)


def test_every_page_leads_back_into_the_structure(reader):
    nums = list(reader.file.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(nums[::2], nums[1::2], strict=True))

    for number, page in enumerate(reader.file.pages):
        owners = [
            owner for owner in parents[page.obj.StructParents] if owner is not None
        ]
        assert owners
        assert all(owner.Pg.objgen == page.obj.objgen for owner in owners), number
        for annotation in page.obj.get("/Annots", []):
            assert parents[annotation.StructParent].S == "/Link"


def test_running_heads_and_heads_overleaf_are_read_once(source, reader):
    texts = reader.by_name()

    assert (
        len(reader.elements("THead")) == 2 * 3 + 2 + 1
    )  # forms and steps of three processes, overviews, contents
    for entry in all_entries(source):
        if entry.kind == "section":
            head = squeezed(f"{entry.title} (ต่อ)")
            assert [
                name for name, text in texts.items() if head in squeezed(text)
            ] == []


def test_every_id_is_listed_once(reader):
    names = [
        str(name) for name in list(reader.file.Root.StructTreeRoot.IDTree.Names)[::2]
    ]
    ids = [str(each.ID) for kind in ("LI", "TR", "TH", "P", "Sect", "Art", "Span") for each in reader.elements(kind)
           if "/ID" in each]  # fmt: skip

    assert len(ids) == len(set(ids))
    assert set(ids) <= set(names)
    assert names == sorted(names, key=str.encode)


def test_every_picture_says_what_it_shows(reader):
    said = [str(figure.Alt) for figure in reader.elements("Figure")]

    charts = [alt for alt in said if alt.startswith("ผังขั้นตอนการปฏิบัติงาน")]
    assert len(charts) == 7
    assert "๒ เป็นหนังสือที่มีชั้นความลับหรือไม่ (ตัดสินใจ)" in charts[0]
    assert all(said)


def test_outline_has_groups_processes_and_parts(reader):
    with reader.file.open_outline() as outline:
        top = [item.title for item in outline.root]
        group = outline.root[3]
        processes = [item.title for item in group.children]
        parts = [item.title for item in group.children[0].children]

    assert top == ["ปก", "คำนำ", "สารบัญ", "กลุ่มอำนวยการ", "กลุ่มบริหารงานการเงินและสินทรัพย์"]
    assert processes == [
        "การรับหนังสือราชการด้วยระบบสารบรรณอิเล็กทรอนิกส์",
        "การขอใช้รถราชการ (รถส่วนกลาง) ด้วยระบบจองรถออนไลน์",
    ]
    assert parts[0] == "๑ ชื่องาน (กระบวนงาน)"
    assert parts[5] == "๖ Flow Chart การปฏิบัติงาน"
    assert len(parts) == 9


def test_contents_say_the_page_on_which_each_thing_stands(source, reader):
    texts, places = reader.by_name(), destinations(reader)
    body = min(place for name, place in places.items() if name.startswith("group-"))
    rows = {
        name.partition("--")[2]: text
        for name, text in texts.items()
        if name.startswith("pn-toc-")
    }

    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    wanted = {
        name: str(places[name] - body + 1).translate(thai)
        for name in rows
        if name != "foreword"
    }
    assert len(wanted) == 5
    assert rows == {"foreword": "ก", **wanted}


def test_links_lead_to_places_in_the_book_only(reader):
    places = destinations(reader)
    annotations = [
        each for page in reader.file.pages for each in page.obj.get("/Annots", [])
    ]

    assert {str(each.Dest) for each in annotations} <= set(places)
    assert len(annotations) == 6
    assert not any("/A" in each for each in annotations)
    assert "/EmbeddedFiles" not in reader.file.Root.Names
    assert [words for words in strings_of(reader.file) if "://" in words] == []


def strings_of(file: pikepdf.Pdf) -> list[str]:
    """Every string outside the content streams."""
    found: list[str] = []
    for value in file.objects:
        if isinstance(value, pikepdf.Dictionary):
            found += [
                str(each) for each in value.values() if isinstance(each, pikepdf.String)
            ]
    return found


def test_foot_of_every_page_has_codes_and_draft_mark(book, path):
    pages = whole_text(path).split("\f")[: book.pages]

    assert ["รหัสตรวจสอบ 7F3K-91QD" in page for page in pages] == [False] + [True] * (
        book.pages - 1
    )
    assert all("ร่างครั้งที่ ๒ วันที่ ๒๐ กันยายน ๒๕๖๕" in page for page in pages[1:])
    assert all("ร่าง" in page.split() for page in pages[1:])


def test_same_source_gives_same_bytes(source, book):
    assert print_book(source).sha256 == book.sha256


def test_final_edition_in_arabic_digits_has_no_draft_mark(tmp_path):
    manuals = [make_book().manuals[1]]
    final = make_book(
        draft=False, digits="arabic", manuals=manuals, edition_title="ฉบับสมบูรณ์"
    )
    path = tmp_path / "final.pdf"
    path.write_bytes(print_book(final).bytes)
    text = whole_text(path)

    assert not re.search("[๐-๙]", text)
    assert "ร่าง" not in text.split()
    assert "พ.ศ. 2565" in text


ODD = "<strong>ตัวหนา</strong> 5 &lt; 6 &amp; น้ำ <sub>2</sub> อื่น ๆ"


@pytest.mark.parametrize("digits", ["thai", "arabic"])
@pytest.mark.parametrize(
    "content",
    [
        Text(body=ODD),
        Note(body="หมายเหตุ"),
        Definition(term="น้ำ", body="ของเหลว"),
        Form(name="แบบคำขอ", code="แบบ 7131", body="ใช้สองฉบับ"),
        Reference(as_cited="พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540", body="มาตรา 9"),
        Table(
            body="ตาราง",
            columns=[{"id": "a", "title": "รายการ"}, {"id": "b", "title": "จำนวน 1"}],
            rows=[{"id": str(row), "cells": {"a": f"คำที่ {row}", "b": "กำ"}} for row in range(60)],
        ),
        Figure(file="missing", alt="แผนที่", caption="แผนที่สำนักงาน 1"),
        Text(body="ก่อน <a href='https://example.org/x'>ที่นี่</a> <span data-ref='%s'></span> หลัง"),
    ],
    ids=lambda content: content.kind,
)  # fmt: skip
@pytest.mark.parametrize("part", [2, 7])
def test_every_kind_of_content_says_its_words(content, part, digits):
    section = make_section("กระบวนงานทดสอบ")
    other = make_clause("ปลายทาง", part=5, label="5.1", cite="5.1")
    if "%s" in content.body:
        content = Text(body=content.body % other.uuid)
    entry = EntryView(
        uuid=section.uuid, kind="clause", part=part, label=f"{part}.1", cite=f"{part}.1", applies_to="primary",
        content=content,
    )  # fmt: skip
    entries = [section, entry, other]
    labels = own_labels(entries)

    printed = render_chunk(process_html(entries, digits=digits, labels=labels))

    words = printed_text(entry, labels, digits)
    assert squeezed(Reader(printed.pdf).by_name()[entry_anchor(entry)]) == squeezed(
        words
    )
    assert "เฉพาะ สพป." in words


def test_reference_is_printed_with_the_words_of_its_label():
    target = make_clause("ปลายทาง", part=5, label="1)", cite="5.4 1)")
    entry = make_clause(f'ให้ทำตาม<span data-ref="{target.uuid}"></span>')

    assert printed_text(entry, own_labels([target]), "thai") == "ให้ทำตามข้อ ๕.๔ ๑)"


def test_reference_to_another_process_is_printed_with_its_process():
    letters, parcels = make_section("การรับหนังสือ"), make_section("การตรวจสอบพัสดุ")
    target = make_clause("ปลายทาง", part=5, label="5.1", cite="5.1")
    scope = make_clause("ขอบเขต", part=3, label="•", cite="•")
    refer = "".join(
        f'ตาม<span data-ref="{each.uuid}"></span>' for each in (target, scope)
    )
    own, other, mission = (make_clause(refer, part=part) for part in (5, 5, 0))
    manual = ManualSource(
        1,
        "DIR",
        "กลุ่มอำนวยการ",
        [mission],
        [UnitSource("งาน", [[letters, target, scope, own], [parcels, other]])],
    )

    html = {
        chunk.name: chunk.html for chunk in plan_chunks(make_book(manuals=[manual]))
    }

    inside = "ตามข้อ ๕.๑ตามส่วนที่ ๓ ขอบเขตของงาน"
    outside = (
        "ตามข้อ ๕.๑ ของกระบวนงาน การรับหนังสือ"
        "ตามส่วนที่ ๓ ขอบเขตของงาน ของกระบวนงาน การรับหนังสือ"
    )
    assert inside in html[f"process-{letters.uuid}"]
    assert outside not in html[f"process-{letters.uuid}"]
    assert outside in html[f"process-{parcels.uuid}"]
    assert outside in html["opening-DIR"]


@pytest.mark.django_db
def test_book_of_one_process_names_what_it_does_not_print(process, drafter, admin):
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind="process", by=drafter
    )
    target = factories.make_clause(other, "บันทึกผล", by=drafter)
    body = f'ตาม<span data-ref="{target.uuid}"></span>'
    factories.make_clause(process, Text(body=body), by=drafter)
    edition = factories.make_edition(by=admin)

    book = load_book_source(edition, PrintOptions(process=str(process.uuid)))

    [html] = [chunk.html for chunk in plan_chunks(book) if "process-" in chunk.name]
    assert "ตามข้อ ๕.๑ ของกระบวนงาน การตรวจสอบพัสดุ" in html


def test_hostile_words_stay_words():
    hostile = '<script>alert(1)</script><img src="file:///etc/passwd"><style>@import url(http://x)</style>'
    section = make_section(
        '<img src="file:///etc/passwd">"><b>ก',
        doc_code="<i>",
        indicator="</div><object data='x'>",
    )
    entries = [
        section,
        make_clause(hostile, part=2, label="2.1"),
        make_clause("&lt;b&gt;", part=3),
    ]

    text = squeezed(
        "".join(Reader(render_chunk(process_html(entries)).pdf).by_name().values())
    )

    assert '<imgsrc="file:///etc/passwd">"><b>ก' in text
    assert "</div><objectdata='x'>" in text
    assert "<b>" in text


def test_notes_and_reason_stand_under_their_clause():
    entry = make_clause("รับหนังสือ", part=2, label="2.1")
    notes = {
        str(entry.uuid): [("12", "ขอให้เพิ่มช่องทางรับหนังสือ", "https://example.org/c/12")]
    }
    html = process_html(
        [make_section("ก"), entry],
        notes=notes,
        reasons={str(entry.uuid): {"12": "ระเบียบใหม่"}},
    )

    texts = Reader(render_chunk(html).pdf).by_name()

    assert (
        squeezed(texts[f"causes-{entry.uuid}"])
        == "๑๒ขอให้เพิ่มช่องทางรับหนังสือเหตุผล:ระเบียบใหม่"
    )
    assert squeezed(texts[entry_anchor(entry)]) == "๒.๑รับหนังสือ"


def test_empty_process_prints_its_nine_headings():
    texts = Reader(render_chunk(process_html([make_section("กระบวนงานว่าง")])).pdf)

    assert len(texts.elements("H3")) == 9


def test_draft_without_a_date_and_book_without_manuals_are_printed():
    assert (
        print_book(make_book(draft_date=None, manuals=[], foreword_entries=[])).pages
        == 2
    )


def test_progress_is_told_after_each_chunk():
    told: list[tuple[int, int]] = []
    print_book(
        make_book(manuals=[]), progress=lambda done, total: told.append((done, total))
    )

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_thai_lines_break_on_this_machine():
    assert thai_lines_break()
