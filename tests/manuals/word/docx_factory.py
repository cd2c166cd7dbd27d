"""Word files made for tests: paragraphs with real automatic numbering, changes, remarks, tables."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

INS = 'w:ins w:id="9{number}" w:author="สพป. หนึ่ง" w:date="2026-11-01T09:00:00Z"'


@dataclass(frozen=True)
class Level:
    number_format: str = "decimal"
    text: str = "%1."
    start: int = 1
    more: str = ""


@dataclass(frozen=True)
class Num:
    """A w:num: the abstract list it shows, and {level: where it begins anew}."""

    abstract: int = 0
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Paragraph:
    text: str
    num: int | None = None
    level: int = 0
    style: str = ""
    more: str = ""  # in w:pPr
    inner: str = ""  # instead of a plain run
    is_inserted: bool = False


def make_docx(
    paragraphs: Sequence[Paragraph],
    lists: Sequence[Sequence[Level]] = (),
    nums: Sequence[Num] = (),
    styles: str = "",
) -> bytes:
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    if lists:
        _put_lists(document, lists, nums)
    if styles:
        for style in parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"):
            document.styles.element.append(style)
    for number, paragraph in enumerate(paragraphs):
        body.insert(number, parse_xml(_paragraph_xml(paragraph, number)))
    return saved(document)


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _put_lists(document, lists, nums) -> None:
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for abstract_id, levels in enumerate(lists):
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}"><w:multiLevelType w:val="multilevel"/>'
        for index, level in enumerate(levels):
            xml += (
                f'<w:lvl w:ilvl="{index}"><w:start w:val="{level.start}"/><w:numFmt w:val="{level.number_format}"/>'
                f'{level.more}<w:lvlText w:val="{level.text}"/></w:lvl>'
            )
        numbering.append(parse_xml(f"{xml}</w:abstractNum>"))
    for number, num in enumerate(nums, start=1):
        xml = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{num.abstract}"/>'
        for level, start in num.starts.items():
            xml += f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        numbering.append(parse_xml(f"{xml}</w:num>"))


def _paragraph_xml(paragraph: Paragraph, number: int) -> str:
    properties = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
    if paragraph.num is not None:
        properties += f'<w:numPr><w:ilvl w:val="{paragraph.level}"/><w:numId w:val="{paragraph.num}"/></w:numPr>'
    properties += paragraph.more
    run = (
        paragraph.inner
        or f'<w:r><w:t xml:space="preserve">{paragraph.text}</w:t></w:r>'
    )
    if paragraph.is_inserted:
        mark = INS.format(number=number)
        properties += f"<w:rPr><{mark}/></w:rPr>"
        run = f"<{mark}>{run}</w:ins>"
    return f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{run}</w:p>"


def with_parts(raw: bytes, **parts: bytes | None) -> bytes:
    """The package with other parts, by their names; None takes one out."""
    made = io.BytesIO()
    replaced = dict(parts)
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = replaced.pop(part.filename, old.read(part.filename))
            if content is not None:
                new.writestr(part.filename, content)
        for name, content in replaced.items():
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()
