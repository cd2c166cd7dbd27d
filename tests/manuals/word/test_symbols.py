"""Signs of Word's symbol fonts: the character that looks so, or a doubt that says where one is missing."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from manuals.source import SourceDocument
from manuals.word.reading import read_docx
from tests.manuals.word.docx_factory import Paragraph, make_docx, saved


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def typed(font: str, text: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    return f"<w:r><w:rPr>{fonts}</w:rPr><w:t>{text}</w:t></w:r>"


def read(inner: str) -> SourceDocument:
    return read_docx(
        make_docx(
            [
                Paragraph(
                    "",
                    inner=f"{inner}<w:r><w:t xml:space='preserve'> อนุญาต</w:t></w:r>",
                )
            ]
        )
    )


@pytest.mark.parametrize(
    ("inner", "sign"),
    [
        (symbol("Wingdings", "F0A8"), "☐"),
        (symbol("Wingdings", "F0FE"), "☑"),
        (symbol("Wingdings", "00FE"), "☑"),
        (symbol("Wingdings", "F0E0"), "→"),
        (symbol("Wingdings 2", "F052"), "☑"),
        (symbol("Symbol", "F0B7"), "•"),
        (symbol("Symbol", "F0B3"), "≥"),
        (symbol("MS Gothic", "2610"), "☐"),
        (typed("Wingdings", "þ"), "☑"),
        (typed("Wingdings", "\uf0fe"), "☑"),
    ],
)
def test_sign_becomes_the_character_that_looks_so(inner: str, sign: str) -> None:
    [line] = read(inner).lines
    assert line.text == f"{sign} อนุญาต"
    assert line.doubts == []


@pytest.mark.parametrize(
    "inner",
    [symbol("Wingdings", "F030"), symbol("ฟอนต์ตรา", "F041"), typed("Wingdings", "0")],
)
def test_sign_that_is_not_known_is_doubted_where_it_stands(inner: str) -> None:
    [line] = read(f"<w:r><w:t>ให้ใส่</w:t></w:r>{inner}").lines
    assert line.text == "ให้ใส่ อนุญาต"
    assert [doubt for doubt in line.doubts if "หลัง “ให้ใส่”" in doubt]


def test_sign_in_a_cell_is_read_or_told() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, inner in ((0, symbol("Wingdings", "F0FE")), (1, symbol("X", "F041"))):
        paragraph = table.cell(cell, 0).paragraphs[0]._p
        paragraph.append(parse_xml(inner.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))
    read = read_docx(saved(document))
    assert [line.cells for line in read.lines] == [["☑", ""]]
    assert [doubt for doubt in read.doubts if "ตารางที่ 1 แถวที่ 2" in doubt]
