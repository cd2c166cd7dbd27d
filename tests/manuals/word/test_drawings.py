"""What is drawn in a Word file and no picture of a manual: told with its place and its words."""

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from manuals.source import SourceDocument
from manuals.word.reading import read_docx
from tests.manuals.word.docx_factory import saved

DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:a="{DRAWN}/main" xmlns:dgm="{DRAWN}/diagram" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
ARROW = "<wps:wsp><wps:cNvCnPr/></wps:wsp>"


def box(text: str) -> str:
    words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return f"<wps:wsp><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp>"


def read_drawing(inner: str, document=None) -> SourceDocument:
    document = document or docx.Document()
    run = parse_xml(f"<w:r {NAMES}>{inner}</w:r>")
    document.add_paragraph("ผังงาน")._p.append(run)
    return read_docx(saved(document))


def test_shapes_without_words_are_told_once_with_their_place() -> None:
    drawing = f"<w:drawing>{ARROW}</w:drawing>"
    [told] = read_drawing(f"{drawing}{drawing}").doubts
    assert told.startswith("ย่อหน้าที่ 1: มีรูปวาด")


def test_vml_line_is_told() -> None:
    [told] = read_drawing("<w:pict><v:line from='0,0' to='9,9'/></w:pict>").doubts
    assert told.startswith("ย่อหน้าที่ 1: มีรูปวาด")


def test_arrows_between_text_boxes_are_told_and_a_box_alone_is_no_drawing() -> None:
    read = read_drawing(f"<w:drawing>{box('รับคำขอ')}{ARROW}{box('ตรวจ')}</w:drawing>")
    assert [line.text for line in read.lines] == ["ผังงาน", "รับคำขอ", "ตรวจ"]
    assert [told for told in read.doubts if "เส้นและลูกศร" in told]
    assert read_drawing(f"<w:drawing>{box('รับคำขอ')}</w:drawing>").doubts == []


def test_row_that_was_taken_out_is_told_as_a_change() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, words in zip(table.rows[1].cells, ("กล้อง", "๒ ตัว"), strict=True):
        cell.text = words
    author = 'w:id="1" w:author="สพป. หนึ่ง" w:date="2026-11-01T09:00:00Z"'
    gone = parse_xml(f"<w:trPr {NAMES}><w:del {author}/></w:trPr>")
    table.rows[1]._tr.insert(0, gone)
    [(place, change)] = read_docx(saved(document)).changes_left
    assert place == "ตารางที่ 1 แถวที่ 2"
    assert (change.words, change.author) == ("กล้อง | ๒ ตัว", "สพป. หนึ่ง")


def test_smart_art_is_told_with_its_words() -> None:
    document = docx.Document()
    raw = f"<x {NAMES}><a:t>รับคำขอ</a:t><a:t>ตรวจ</a:t></x>".encode()
    part = Part(
        PackURI("/word/diagrams/data1.xml"),
        "application/xml",
        raw,
        document.part.package,
    )
    relation = document.part.relate_to(part, f"{DRAWN}/diagramData")
    [told] = read_drawing(
        f'<w:drawing><dgm:relIds r:dm="{relation}"/></w:drawing>', document
    ).doubts
    assert "SmartArt" in told
    assert "รับคำขอ / ตรวจ" in told
