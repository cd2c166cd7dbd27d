"""What an office's own form is made of, looked at before anybody opens it: nothing in it may fetch or run something.

A Word file tells its fields in pieces, as many as Word likes, and Word reads them joined; so does this."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from hearing_portal.jobs.media_types import DOCX, recognise_media_type
from hearing_portal.zip_files import BROKEN_ZIP

from .refusals import FormRefused

LARGEST_FORM = 5 << 20  # bytes
LARGEST_UNPACKED = 40 << 20
# Fields that show what stands in the file itself, or nothing but the reader's clock and name
_HARMLESS_FIELD = re.compile(
    r"ADVANCE|AUTHOR|AUTONUM|AUTONUMLGL|AUTONUMOUT|BIDIOUTLINE|COMMENTS|COMPARE|CREATEDATE|DATE|"
    r"DOCPROPERTY|DOCVARIABLE|EDITTIME|EQ|FILENAME|FILESIZE|FORMCHECKBOX|FORMDROPDOWN|FORMTEXT|HYPERLINK|"
    r"IF|INDEX|INFO|KEYWORDS|LASTSAVEDBY|LISTNUM|MERGEFIELD|NOTEREF|NUMCHARS|NUMPAGES|NUMWORDS|PAGE|"
    r"PAGEREF|PRINTDATE|QUOTE|REF|REVNUM|SAVEDATE|SECTION|SECTIONPAGES|SEQ|SET|SHAPE|STYLEREF|SUBJECT|"
    r"SYMBOL|TA|TC|TIME|TITLE|TOA|TOC|USERADDRESS|USERINITIALS|USERNAME|XE"
    r"|=.*",
    re.IGNORECASE,
)
_CUT = "\ufffc"  # where another field stands inside the name of one
# Parts that bring another document, a program or a source of data into this one, also from inside the file
_FOREIGN_RELATIONS = (
    "/aFChunk",
    "/activeXControlBinary",
    "/attachedTemplate",
    "/control",
    "/frame",
    "/mailMergeSource",
    "/oleObject",
    "/package",
    "/recipientData",
    "/subDocument",
    "/vbaProject",
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False}

NOT_WORD = "ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx) หรือมีมาโคร โปรดเลือกไฟล์ .docx"
TOO_LARGE = "แบบมีขนาดใหญ่เกินไป ใช้ได้ไม่เกิน 5 MB"
BROKEN = "เปิดแบบไม่ได้ ไฟล์เสียหาย โปรดเปิดด้วย Word แล้วบันทึกใหม่"
DECLARES = "แบบนี้มีคำสั่ง XML ที่ไม่อนุญาต (DTD) โปรดเปิดด้วย Word แล้วบันทึกเป็น .docx ใหม่"
FETCHES = "แบบนี้อ้างไฟล์หรือเว็บภายนอก หรือมีวัตถุฝังอยู่ โปรดนำออกก่อน"
FIELD_FETCHES = (
    "แบบนี้มีฟิลด์ของ Word “{name}” ซึ่งอาจเปิดไฟล์อื่น เว็บ หรือโปรแกรม "
    "โปรดลบฟิลด์นั้น หรือเลือกฟิลด์แล้วกด Ctrl+Shift+F9 เพื่อคงไว้เป็นข้อความ"
)
FIELD_FILLED = (
    "แบบนี้มีช่องข้อมูลของระบบอยู่ในคำสั่งของฟิลด์ Word “{name}” โปรดย้ายช่องข้อมูลออกมาเป็นข้อความ"
)


def check_form(raw: bytes) -> None:
    """By what it is made of, without filling it. Raises FormRefused."""
    if len(raw) > LARGEST_FORM:
        raise FormRefused(TOO_LARGE)
    if recognise_media_type(io.BytesIO(raw)) != DOCX:
        raise FormRefused(NOT_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise FormRefused(TOO_LARGE)
            for part in archive.infolist():
                _check_part(part.filename.lower(), archive.read(part))
    except BROKEN_ZIP as error:
        raise FormRefused(BROKEN) from error


def check_filled(raw: bytes) -> None:
    """The fields of a paper that was made by a form: its commands may have put their pieces together otherwise than
    they stood. Raises FormRefused."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                _check_fields(_parse(archive.read(name)))


def is_same_paper(first: bytes, second: bytes) -> bool:
    """Whether two papers that were made by a form say the same."""
    with (
        zipfile.ZipFile(io.BytesIO(first)) as one,
        zipfile.ZipFile(io.BytesIO(second)) as other,
    ):
        parts = [name for name in one.namelist() if name.startswith("word/")]
        return all(one.read(name) == other.read(name) for name in parts)


def _check_part(name: str, content: bytes) -> None:
    if "/embeddings/" in name or "/activex/" in name or "/afchunk" in name:
        raise FormRefused(FETCHES)
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if _DECLARED.search(content.replace(b"\x00", b"")):
        raise FormRefused(DECLARES)
    root = _parse(content)
    if name.endswith(".rels"):
        _check_relations(root)
    elif name == "[content_types].xml":
        _check_content_types(root)
    else:
        _check_fields(root)
        _check_drawings(root)


def _parse(content: bytes) -> Any:
    try:
        return etree.fromstring(content, etree.XMLParser(**_PARSER_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise FormRefused(BROKEN) from error


def _check_relations(root: Any) -> None:
    for relation in root.iter("{*}Relationship"):
        kind = relation.get("Type", "")
        is_external = relation.get("TargetMode", "").lower() == "external"
        if kind.endswith(_FOREIGN_RELATIONS):
            raise FormRefused(FETCHES)
        if is_external and not kind.endswith("/hyperlink"):
            raise FormRefused(FETCHES)


def _check_content_types(root: Any) -> None:
    """What is XML is called so: a part under another name would not have been looked at."""
    for part in root.iter("{*}Override", "{*}Default"):
        name = part.get("PartName") or f".{part.get('Extension', '')}"
        is_xml = part.get("ContentType", "").lower().endswith(("+xml", "/xml"))
        if is_xml and not name.lower().endswith((".xml", ".rels", ".svg", ".vml")):
            raise FormRefused(FETCHES)


def _check_drawings(root: Any) -> None:
    """Old drawings may name their picture by its address."""
    for drawing in root.iter("{urn:schemas-microsoft-com:vml}*"):
        if drawing.get("src"):
            raise FormRefused(FETCHES)


def _check_fields(root: Any) -> None:
    for instruction in find_instructions(root):
        words = instruction.split()
        name = words[0] if words else ""
        shown = " ".join(instruction.replace(_CUT, " ").split())[:60]
        if "{" in instruction or "}" in instruction:
            raise FormRefused(FIELD_FILLED.format(name=shown))
        if name and not _HARMLESS_FIELD.fullmatch(name):
            raise FormRefused(FIELD_FETCHES.format(name=shown))


class _Field:
    """A field while it is read: its instruction, then what it shows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.shows = False


def find_instructions(root: Any) -> Iterator[str]:
    """What each field of a part does, its pieces joined. What a field inside it shows belongs to it: Word reads it
    so."""
    around: list[_Field] = []
    for element in root.iter(
        "{*}fldSimple", "{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}t"
    ):
        match etree.QName(element).localname:
            case "fldSimple":
                _cut_name(around)
                yield _attribute(element, "instr")
            case "fldChar":
                kind = _attribute(element, "fldCharType")
                if kind == "begin":
                    _cut_name(around)
                    around.append(_Field())
                elif kind == "separate" and around:
                    around[-1].shows = True
                elif kind == "end" and around:
                    yield "".join(around.pop().pieces)
            case "t":
                _add_shown(around, element.text or "")
            case _ if around:
                around[-1].pieces.append(element.text or "")
            case _:
                yield element.text or ""
    for left in around:
        yield "".join(left.pieces)


def _cut_name(around: list[_Field]) -> None:
    """A field begins inside another: what it will show may become the other's name."""
    if around and not around[-1].shows:
        so_far = "".join(around[-1].pieces).lstrip()
        if not re.search(r"\s", so_far):
            around[-1].pieces.append(_CUT)


def _add_shown(around: list[_Field], text: str) -> None:
    for each in reversed(around):
        if not each.shows:
            each.pieces.append(text)
            return


def _attribute(element: Any, name: str) -> str:
    """Of whichever name of the language of Word."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""
