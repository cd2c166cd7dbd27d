"""Spreadsheets people upload: what is read, and what hostile files are told. What is written stays text."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from hearing_portal import spreadsheets
from hearing_portal.refusals import RefusalKind
from hearing_portal.spreadsheets import Line, TableRefused, read_table, write_table

MB = 1024 * 1024


def workbook(*rows: tuple) -> bytes:
    """An XLSX file as Excel writes it; dates become date cells."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"in_memory": True, "default_date_format": "d/m/yyyy"}
    )
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return packed.getvalue()


def changed(raw: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the parts whose name ends so changed: sheet1=…, workbook=…"""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            content = source.read(name)
            change = parts.get(name.rpartition("/")[2].removesuffix(".xml"))
            copy.writestr(name, change(content) if change else content)
    return packed.getvalue()


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    packed = io.BytesIO(raw)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def refusal(raw: bytes) -> str:
    with pytest.raises(TableRefused) as refused:
        read_table(raw)
    assert refused.value.refusal_kind == RefusalKind.INVALID
    return refused.value.message_th


# -- what is read ----------------------------------------------------------------------------------------


def test_workbook_gives_lines_by_their_numbers_in_the_sheet():
    raw = workbook((), ("ชื่อ", "วันเริ่ม", "เลข"), (), ("สมศรี", datetime(2022, 9, 20), 5))

    assert read_table(raw) == [
        Line(2, ("ชื่อ", "วันเริ่ม", "เลข")),
        Line(4, ("สมศรี", date(2022, 9, 20), "5")),
    ]


def merging(*ranges: str) -> Callable[[bytes], bytes]:
    """Changes a sheet so that these cells are merged."""
    cells = "".join(f'<mergeCell ref="{cells}"/>' for cells in ranges).encode()
    return lambda sheet: sheet.replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + cells + b"</mergeCells>"
    )


def test_cell_merged_over_rows_stands_in_each_that_says_anything():
    raw = workbook(
        ("รายชื่อ", "", ""),
        ("สพป.ลำปาง เขต 1", "สมศรี", 1),
        ("", "มานะ", 2),
        (),
        ("", "ปิติ", 3),
        ("", "ชูใจ", 4),
    )
    raw = changed(raw, sheet1=merging("A1:C1", "A2:A5", "C5:C900000"))

    office = "สพป.ลำปาง เขต 1"
    assert [line.cells for line in read_table(raw)] == [
        ("รายชื่อ", "", ""),
        (office, "สมศรี", "1"),
        (office, "มานะ", "2"),
        (office, "ปิติ", "3"),
        ("", "ชูใจ", "3"),
    ]


def test_merged_cells_that_overlap_without_end_are_refused():
    rows = [("ก",)] * 5_000
    raw = changed(workbook(*rows), sheet1=merging(*["A1:A5000"] * 100))
    assert "เปิดไฟล์ไม่ได้" in refusal(raw)


def test_cell_beyond_the_row_is_empty():
    assert Line(1, ("ก",)).cell(3) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_with_the_delimiters_of_thai_excel(
    encoding, delimiter
):
    text = f'ชื่อ{delimiter}กลุ่มงาน\r\nสมศรี{delimiter}"อำนวยการ\nนโยบายและแผน"\r\nมานะ{delimiter}บุคคล\r\n'

    assert read_table(text.encode(encoding)) == [
        Line(1, ("ชื่อ", "กลุ่มงาน")),
        Line(2, ("สมศรี", "อำนวยการ\nนโยบายและแผน")),
        Line(4, ("มานะ", "บุคคล")),
    ]


@pytest.mark.parametrize("text", ["ชื่อ\nGünther\n", "nom,prénom\nAndré,Zoë\n"])
def test_csv_in_a_code_page_of_other_letters_is_refused(text):
    with pytest.raises(TableRefused, match="CSV UTF-8"):
        read_table(text.encode("latin-1", errors="ignore"))


def test_text_that_looks_like_a_formula_stays_text():
    assert read_table("ชื่อ\n=1+1\n".encode()) == [Line(1, ("ชื่อ",)), Line(2, ("=1+1",))]


def test_formula_without_a_value_is_refused_with_its_cell():
    """As programs write it that compute nothing: read, it would be an empty cell."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["ชื่อ", "เขต"])
    sheet.write_formula("B2", "=A1&A1", None, "")
    book.close()
    raw = changed(
        packed.getvalue(),
        sheet1=lambda xml: xml.replace(b' t="str"', b"").replace(b"<v></v>", b""),
    )
    with pytest.raises(TableRefused, match="ช่อง B2 เป็นสูตรที่ไม่มีค่า"):
        read_table(raw)


def test_formatted_but_empty_rows_far_below_are_passed_over():
    """LibreOffice writes such a row at the very end of the sheet."""
    last = b'<row r="1048576" ht="12.8"><c r="A1048576" s="1"/></row></sheetData>'
    raw = changed(
        workbook(("ชื่อ",)), sheet1=lambda xml: xml.replace(b"</sheetData>", last)
    )

    assert read_table(raw) == [Line(1, ("ชื่อ",))]


# -- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04" + b"\x00" * 200,
        b"PK",
        workbook(("ชื่อ",))[:-40],
        changed(workbook(("ชื่อ",)), workbook=lambda xml: b"<workbook"),
        changed(workbook(("ชื่อ",)), sheet1=lambda xml: xml[: len(xml) // 2]),
        changed(
            workbook(("ชื่อ",)),
            sheet1=lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        ),
        changed(
            workbook(("ชื่อ",)),
            sheet1=lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE a><worksheet", 1),
        ),
    ],
    ids=[
        "no zip",
        "two letters",
        "cut off",
        "broken book",
        "broken sheet",
        "UTF-16",
        "document type",
    ],
)
def test_broken_workbook_is_refused_in_words(raw):
    assert refusal(raw).startswith("เปิดไฟล์ไม่ได้")


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\x00\x81\x82", b"%PDF-1.7\n%\x81\x8d\x9d"]
)
def test_file_of_another_kind_is_refused(raw):
    assert "บันทึกเป็น .xlsx หรือ CSV UTF-8" in refusal(raw)


def test_old_excel_or_file_with_password_is_refused():
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0" + b"\x00" * 1000)


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_workbook_with_macros_is_refused(name):
    assert "มาโคร" in refusal(with_part(workbook(("ชื่อ",)), name, b"Sub Auto_Open()"))


def test_file_above_five_megabytes_is_refused_before_it_is_opened():
    assert "5 MB" in refusal(b"PK" + b"\x00" * (5 * MB))


def test_hundred_megabytes_in_a_small_file_are_never_unpacked():
    raw = changed(workbook(("ชื่อ",)), sheet1=lambda xml: xml + b" " * (100 * MB))
    assert len(raw) < 1 * MB
    assert "ใหญ่ผิดปกติ" in refusal(raw)


def test_size_that_is_only_claimed_is_not_trusted():
    """The directory says ten bytes; what stands behind it is a hundred megabytes."""
    raw = bytearray(
        changed(workbook(("ชื่อ",)), sheet1=lambda xml: xml + b" " * (100 * MB))
    )
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        claimed = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    raw = bytes(raw).replace(claimed.to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refusal(raw).startswith("เปิดไฟล์ไม่ได้")


def test_many_parts_are_refused():
    raw = workbook(("ชื่อ",))
    packed = io.BytesIO(raw)
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(spreadsheets.MAX_PARTS):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert refusal(packed.getvalue()).startswith("เปิดไฟล์ไม่ได้")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (b'<c r="A1048576"', "แถวที่ 1,048,576"),
        (b'<c r="XFD2"', "คอลัมน์ XFD"),
        (b'<c r="A99999999999999999999"', "เปิดไฟล์ไม่ได้"),
        (b'<c r="7C"', "เปิดไฟล์ไม่ได้"),
        (b"<c r='ZZ900'", "คอลัมน์ ZZ"),
        (b'<c s="1"r="ZZ900"', "เปิดไฟล์ไม่ได้"),
        (b'<c s="1"', "เปิดไฟล์ไม่ได้"),
        (b"""<c a="r='1'" """, "เปิดไฟล์ไม่ได้"),
        (b'<x:c r="A900000"', "แถวที่ 900,000"),
    ],
)
def test_cell_far_out_is_refused_before_the_rectangle_is_allotted(place, told):
    """Calamine would ask for hundreds of GB and abort the process."""
    raw = changed(
        workbook(("ก", "ข")), sheet1=lambda xml: xml.replace(b'<c r="B1"', place)
    )
    assert told in refusal(raw)


def test_sheet_that_claims_to_be_huge_is_read_as_it_is():
    def claim(xml: bytes) -> bytes:
        return xml.replace(
            b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>'
        )

    raw = changed(workbook(("ชื่อ",)), sheet1=claim)
    assert b"XFD1048576" in zipfile.ZipFile(io.BytesIO(raw)).read(
        "xl/worksheets/sheet1.xml"
    )
    assert read_table(raw) == [Line(1, ("ชื่อ",))]


def test_more_rows_than_the_limit_are_refused():
    assert "5,000 แถว" in refusal(
        "ชื่อ\n".encode() * (spreadsheets.MAX_ROWS + spreadsheets.HEAD_ROWS + 1)
    )
    assert "5,000 แถว" in refusal(
        workbook(*[("ก",)] * (spreadsheets.MAX_ROWS + spreadsheets.HEAD_ROWS + 1))
    )


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a" + b"," * 200, "แถวที่ 1 มีเกิน 60 ช่อง"),
        (b'a,b\n"' + b"x" * 200_000, "อ่านแถวที่ 2 ไม่ได้"),
        (b"", "ไม่พบข้อมูล"),
        (b"\r\n,,\r\n", "ไม่พบข้อมูล"),
    ],
    ids=["many commas", "quote without end", "empty", "only commas"],
)
def test_broken_csv_is_refused_with_its_line(raw, told):
    assert told in refusal(raw)


# -- what is written -------------------------------------------------------------------------------------


def test_written_table_is_text_throughout_and_formulas_are_quoted():
    raw = write_table(
        "รายชื่อ",
        ["ชื่อ", "เลข"],
        [("=HYPERLINK(1)", "007"), ("@x", "-1")],
        notes=["อ่านก่อน"],
    )

    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert book.sheet_names == ["รายชื่อ", "คำอธิบาย"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["ชื่อ", "เลข"],
        ["=HYPERLINK(1)", "007"],
        ["@x", "-1"],
    ]
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert archive.read("xl/styles.xml").count(b'quotePrefix="1"') == 1
    assert (
        archive.read("xl/worksheets/sheet1.xml").count(b's="2"') == 3
    )  # the three that look like formulas
