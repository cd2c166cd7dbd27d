"""A Word file as lines: its final wording with the numbers Word shows, tables, notes, and what was changed in it."""

import hashlib
import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from manuals.content import Definition, Table, plain_text
from manuals.importing.label_sequence import NO_NUMBER, OTHER_LEVEL, read_labels
from manuals.importing.process_text import read_document
from manuals.importing.reading_process import read_apart
from manuals.source import HIDDEN_ROW, SourceDocument, document_from_json
from manuals.word import drawings, pictures
from manuals.word.reading import read_docx
from tests.manuals.nine_parts import labelled
from tests.manuals.word.docx_factory import (
    Level,
    Num,
    Paragraph,
    make_docx,
    saved,
    with_parts,
)

NINE_PARTS = [
    [
        Level("thaiNumbers", "%1."),
        Level("thaiNumbers", "%1.%2"),
        Level("thaiNumbers", "(%3)"),
    ]
]
AUTHOR = 'w:author="สพป. หนึ่ง" w:date="2026-11-01T09:00:00Z"'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def manual(*more: Paragraph) -> bytes:
    paragraphs = [
        Paragraph("ชื่องาน (กระบวนงาน)", 1),
        Paragraph("การยืมครุภัณฑ์"),
        Paragraph("วัตถุประสงค์", 1),
        Paragraph("เพื่อให้ยืมได้ถูกต้อง", 1, 1),
        Paragraph("เพื่อให้ส่งคืนครบ", 1, 1),
        Paragraph("ขอบเขตของงาน", 1),
        Paragraph("ทุกกลุ่ม"),
        Paragraph("คำจำกัดความ", 1),
        Paragraph("“ผู้ยืม” หมายความว่า ข้าราชการ"),
        Paragraph("ขั้นตอนการปฏิบัติงาน", 1),
        Paragraph("ยื่นคำขอ", 1, 1),
        Paragraph("คำขอ", 1, 2),
        Paragraph("หลักฐาน", 1, 2),
        *more,
    ]
    return make_docx(paragraphs, NINE_PARTS, [Num()])


def outline(document: SourceDocument) -> list[tuple[str, str]]:
    draft = read_document(document)
    return [
        (item.cite, plain_text(item.node.draft.content)) for item in labelled(draft)
    ]


def texts(document: SourceDocument) -> list[str]:
    return [line.text for line in document.lines]


def test_manual_with_automatic_numbers_is_read_with_them() -> None:
    document = read_docx(manual())
    draft = read_document(document)
    assert draft.title == "การยืมครุภัณฑ์"
    assert outline(read_docx(manual())) == [
        ("2.1", "เพื่อให้ยืมได้ถูกต้อง"),
        ("2.2", "เพื่อให้ส่งคืนครบ"),
        ("", "ทุกกลุ่ม"),
        ("", "ผู้ยืม\nหมายความว่า\nข้าราชการ"),
        ("5.1", "ยื่นคำขอ"),
        ("5.1 (1)", "คำขอ"),
        ("5.1 (2)", "หลักฐาน"),
    ]
    assert Definition(term="ผู้ยืม", verb="หมายความว่า", body="ข้าราชการ") in [
        clause.content for clause in draft.clauses
    ]
    assert draft.coverage.is_whole
    assert draft.repairs == []


def test_reading_apart_gives_the_same_lines() -> None:
    raw = manual()
    assert read_apart("docx", raw) == read_docx(raw)
    document = read_docx(raw)
    assert document_from_json(document.to_json()) == document


def test_typed_numbers_are_known_by_their_pattern() -> None:
    raw = make_docx(
        [
            Paragraph("๑. ชื่องาน (กระบวนงาน) การยืมครุภัณฑ์"),
            Paragraph("๕. ขั้นตอนการปฏิบัติงาน"),
            Paragraph("๕.๑ ยื่นคำขอ"),
            Paragraph("๕.๒ คะแนนเต็ม ๑๐๐ คะแนน"),
        ]
    )
    assert outline(read_docx(raw)) == [("5.1", "ยื่นคำขอ"), ("5.2", "คะแนนเต็ม ๑๐๐ คะแนน")]


def test_final_wording_is_read_and_each_change_kept_with_its_author() -> None:
    inner = (
        run("ยื่นคำขอ")
        + f'<w:del w:id="1" {AUTHOR}><w:r><w:delText>ห้าวัน</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" {AUTHOR}>{run("เจ็ดวัน")}</w:ins>'
        + run("ก่อนใช้")
    )
    document = read_docx(make_docx([Paragraph("", inner=inner)]))
    [line] = document.lines
    assert line.text == "ยื่นคำขอเจ็ดวันก่อนใช้"
    deleted, inserted = line.changes
    assert (deleted.kind, deleted.start, deleted.words) == ("del", 8, "ห้าวัน")
    assert inserted.kind == "ins"
    assert line.text[inserted.start : inserted.end] == inserted.words == "เจ็ดวัน"
    assert {change.author for change in line.changes} == {"สพป. หนึ่ง"}
    draft = read_document(read_docx(manual(Paragraph("", 1, 1, inner=inner))))
    assert [change.words for _, change in draft.changes] == ["ห้าวัน", "เจ็ดวัน"]


def test_paragraph_whose_end_was_taken_out_goes_on_in_the_next() -> None:
    mark = f'<w:rPr><w:del w:id="3" {AUTHOR}/></w:rPr>'
    gone = (
        f'<w:del w:id="4" {AUTHOR}><w:r><w:delText>ตัดทั้งย่อหน้า</w:delText></w:r></w:del>'
    )
    raw = make_docx(
        [
            Paragraph("หนึ่ง", 1),
            Paragraph("", 1, more=mark, inner=gone),
            Paragraph("สอง", 1),
        ],
        [[Level("thaiNumbers", "(%1)")]],
        [Num()],
    )
    document = read_docx(raw)
    assert texts(document) == ["หนึ่ง", "สอง"]
    assert [line.label.number for line in document.lines] == ["1", "2"]
    assert [change.words for change in document.lines[1].changes] == ["ตัดทั้งย่อหน้า"]


def test_remark_in_the_margin_is_kept_with_the_words_it_marks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("ยื่นคำขอภายใน")
    marked = paragraph.add_run("ห้าวัน")
    paragraph.add_run("ทำการ")
    document.add_comment(marked, text="สั้นเกินไป", author="สพป. สอง")
    [line] = read_docx(saved(document)).lines
    [note] = line.margin_notes
    assert line.text[note.start : note.end] == "ห้าวัน"
    assert (note.words, note.author) == ("สั้นเกินไป", "สพป. สอง")


def test_table_of_steps_is_read_by_its_head_and_merged_cells_are_doubted() -> None:
    document = docx.Document()
    for text in (
        "๑. ชื่องาน (กระบวนงาน)",
        "การยืมครุภัณฑ์",
        "๙. แบบสรุปมาตรฐานงาน",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=3, cols=4)
    rows = [
        ["ที่", "ผังขั้นตอน", "รายละเอียดงาน", "ผู้รับผิดชอบ"],
        ["๑", "เริ่มต้น", "ยื่นคำขอ", "ธุรการ"],
        ["๒", "สิ้นสุด", "ส่งคืน", ""],
    ]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3))
    draft = read_document(read_docx(saved(document)))
    assert [(step.content.body, step.content.actor) for step in draft.clauses] == [
        ("ยื่นคำขอ", "ธุรการ"),
        ("ส่งคืน", "ธุรการ"),
    ]
    assert any("ผสาน" in doubt.message for doubt in draft.doubts)


def test_table_between_clauses_is_a_table() -> None:
    document = docx.Document(io.BytesIO(manual()))
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells],
        ["รายการ", "จำนวน", "กล้อง", "๒ ตัว"],
        strict=True,
    ):
        cell.text = text
    draft = read_document(read_docx(saved(document)))
    [found] = [
        clause.content for clause in draft.clauses if isinstance(clause.content, Table)
    ]
    assert [column["title"] for column in found.columns] == ["รายการ", "จำนวน"]
    assert list(found.rows[0]["cells"].values()) == ["กล้อง", "๒ ตัว"]
    assert draft.coverage.is_whole


def test_text_box_is_doubted_and_its_words_come_once() -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p></w:txbxContent>'
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>ในกล่อง</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read_docx(make_docx([Paragraph("", inner=run("ก่อน") + box)]))
    assert texts(document) == ["ก่อน", "ในกล่อง"]
    assert "กล่องข้อความ" in document.lines[1].doubts[0]


def test_number_in_no_style_of_ours_stays_in_the_words_and_is_doubted() -> None:
    raw = make_docx(
        [Paragraph("ตรวจ", 1), Paragraph("เสนอ", 1)],
        [[Level("thaiCounting", "ข้อ %1")]],
        [Num()],
    )
    document = read_docx(raw)
    assert texts(document) == ["ข้อ หนึ่ง ตรวจ", "ข้อ สอง เสนอ"]
    assert all(line.doubts for line in document.lines)


def test_lines_ended_by_hand_are_lines_of_their_own() -> None:
    inner = f"{run('๕.๑ ตรวจ')}<w:r><w:br/></w:r>{run('๕.๒ เสนอ')}"
    assert texts(read_docx(make_docx([Paragraph("", inner=inner)]))) == [
        "๕.๑ ตรวจ",
        "๕.๒ เสนอ",
    ]


def picture_of(colour: int = 0, kind: str = "PNG") -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("L", (20, 20), colour).save(made, kind)
    return made.getvalue()


def with_pictures(*each: tuple[bytes, str]) -> bytes:
    """A file of one paragraph and pictures, each with what it says to who cannot see it."""
    document = docx.Document()
    document.add_paragraph("ตรวจ")
    for raw, alt in each:
        shape = document.add_picture(io.BytesIO(raw))
        shape._inline.docPr.set("descr", alt)
    return saved(document)


def test_page_head_is_told() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "คู่มือการปฏิบัติงาน"
    document.add_paragraph("ตรวจ")
    read = read_docx(saved(document))
    assert texts(read) == ["ตรวจ"]
    assert [left.words for left in read.left_out] == ["คู่มือการปฏิบัติงาน"]


def test_picture_is_a_figure_with_what_a_person_wrote_about_it() -> None:
    first, second = picture_of(0), picture_of(9, "JPEG")
    guess = "A picture containing text Description automatically generated"
    read = read_docx(
        with_pictures((first, "ผังการรับหนังสือ"), (second, guess), (second, "scan.JPG"))
    )
    figures = [line for line in read.lines if line.kind == "figure"]
    assert [line.text for line in figures] == ["ผังการรับหนังสือ", "", ""]
    shas = [hashlib.sha256(raw).hexdigest() for raw in (first, second)]
    assert [line.picture for line in figures] == [shas[0], shas[1], shas[1]]
    assert sorted(read.pictures) == sorted(shas)
    assert all(name.startswith("word/media/") for name in read.pictures.values())
    assert read.doubts == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (picture_of(kind="BMP"), drawings.OTHER_KIND),
        (picture_of()[:50], pictures.TOO_LARGE),
    ],
    ids=["bmp", "truncated"],
)
def test_picture_that_cannot_be_kept_is_told(raw: bytes, told: str) -> None:
    file = with_pictures((picture_of(), "ผัง"))
    [name] = read_docx(file).pictures.values()
    read = read_docx(with_parts(file, **{name: raw}))
    assert texts(read) == ["ตรวจ"]
    assert read.doubts == [f"ย่อหน้าที่ 2: มีภาพ “ผัง” {told}"]
    assert read.pictures == {}


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_note_at_the_foot_is_told_at_its_clause_and_is_none(kind: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    name = kind.removesuffix("s")
    reference = f'<w:r><w:{name}Reference w:id="2"/></w:r>'
    document = docx.Document(
        io.BytesIO(manual(Paragraph("", 1, 1, inner=run("ส่งคืน") + reference)))
    )
    xml = (
        f'<w:{kind} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:{name} w:id="2"><w:p>{run("ภายในเจ็ดวัน")}</w:p></w:{name}></w:{kind}>'
    )
    content_type = (
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    )
    part = Part(
        PackURI(f"/word/{kind}.xml"), content_type, xml.encode(), document.part.package
    )
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, kind.upper()))
    draft = read_document(read_docx(saved(document)))
    clause = draft.clauses[-1]
    assert plain_text(clause.content) == "ส่งคืน"
    [told] = [doubt for doubt in draft.doubts if "ภายในเจ็ดวัน" in doubt.message]
    assert told.place == clause.place
    assert [left.words for left in draft.left_out] == ["ภายในเจ็ดวัน"]
    assert draft.coverage.missing == [(f"เชิงอรรถของ{clause.place}", "ภายในเจ็ดวัน")]


def test_item_a_level_down_with_numbers_of_the_same_kind_is_doubted() -> None:
    same = [Level(text="%1)"), Level(text="%2)")]
    items = [
        Paragraph("ก", 1),
        Paragraph("ข", 1, 1),
        Paragraph("ค", 1),
        Paragraph("ง", 1, 4),
    ]
    lines = read_docx(make_docx(items, [same], [Num()])).lines
    assert [line.list_level for line in lines] == [0, 1, 0, 4]
    numbered = read_labels(lines, {"5"})
    assert [each.doubts for each in numbered] == [[], [OTHER_LEVEL], [], [NO_NUMBER]]


def test_hidden_row_is_told() -> None:
    def row(words: str, hidden: str = "") -> str:
        cell = f"<w:tc><w:p>{run(words)}</w:p></w:tc>"
        return f"<w:tr>{hidden}{cell}{cell}</w:tr>"

    hidden = "<w:trPr><w:hidden/></w:trPr>"
    document = docx.Document(io.BytesIO(make_docx([Paragraph("ก")])))
    for rows in (
        row("หัว")
        + row("ลับ", hidden)
        + row("ไม่ลับ", hidden.replace("/>", ' w:val="0"/>', 1)),
        f"<w:tr>{hidden}<w:tc><w:p>{run('กรอบ')}</w:p></w:tc></w:tr>",
    ):
        table = parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
        document.element.body.insert(0, table)
    lines = read_docx(saved(document)).lines
    told = [line.text for line in lines if HIDDEN_ROW in line.doubts]
    assert told == ["กรอบ", "ลับ | ลับ"]


def test_words_whose_look_changes_what_they_say_are_doubted() -> None:
    def looking(look: str, text: str) -> str:
        return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"

    raised = looking('<w:vertAlign w:val="superscript"/>', "๒")
    struck = looking("<w:strike/>", "ทุกวัน") + looking("<w:strike/>", "ทำการ")
    plain = looking('<w:strike w:val="0"/>', "ตามแบบ")
    looking_odd = [
        Paragraph("", inner=run("พื้นที่ ๑๐") + raised + run(" เมตร")),
        Paragraph("", inner=run("ตรวจ") + struck + plain),
        Paragraph("", inner=run("ส่ง") + looking("<w:vanish/>", "ลับ")),
    ]
    lines = read_docx(make_docx(looking_odd)).lines
    assert [[(look.kind, look.words) for look in line.looks] for line in lines] == [
        [("raised", "๒")],
        [("struck", "ทุกวันทำการ")],
        [("hidden", "ลับ")],
    ]
    for line, told in zip(lines, ("ตัวยก", "ขีดฆ่า", "ซ่อน"), strict=True):
        [look] = line.looks
        assert line.text[look.start : look.end] == look.words
        assert [told in doubt for doubt in line.doubts] == [True]
    # Until a person sees them
    draft = read_document(document_from_json(read_docx(manual(*looking_odd)).to_json()))
    told = " ".join(doubt.message for doubt in draft.doubts)
    assert all(word in told for word in ("ตัวยก", "ขีดฆ่า", "ซ่อน"))
