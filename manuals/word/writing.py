"""Writing a Word file that one may go on in: real headings, automatic numbers, a hidden bookmark for each clause, and
where something was changed, changes that Word itself can accept or reject."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from hearing_portal.thai.numbering import Digits

from ..source import ANSWER, BOOKMARK
from .blocks import (
    Author,
    Block,
    Cell,
    ListPlace,
    Mark,
    PageTurn,
    Paragraph,
    Picture,
    Row,
    Stretch,
    TableBlock,
    WordDocument,
    Words,
)

FONT = "TH Sarabun New"
LEVELS = 6
INDENT = 567  # twentieths of a point a level: a centimetre
# In twentieths of a point: A4, margins as in official letters
SHORT_SIDE, LONG_SIDE = 11906, 16838
LEFT, RIGHT, TOP, BOTTOM = 1701, 1134, 1418, 1418
MILLIMETRE = 36_000  # in the units of drawings
MOST_WIDTH, MOST_HEIGHT = 159.0, 235.0  # of a picture, in millimetres
LONG_ROW = 900  # letters: a row with more may go over a page's end
_FORMATS = {"thai": "thaiNumbers", "arabic": "decimal"}
# {numbering of a clause: (format of its numbers, what stands around them)}; "" is that of the digits
_SIGNS = {
    "decimal": ("", "%1"),
    "paren": ("", "%1)"),
    "parens": ("", "(%1)"),
    "letter": ("thaiLetters", "%1."),
    "letter_paren": ("thaiLetters", "%1)"),
    "letter_parens": ("thaiLetters", "(%1)"),
    "bullet": ("bullet", "•"),
}
# {style: (size in points, bold, space before and behind in twentieths of a point, how its lines stand)}
_STYLES = {
    "Normal": (16, False, 0, 60, "left"),
    "Title": (24, True, 0, 240, "center"),
    "Heading 1": (22, True, 240, 120, "center"),
    "Heading 2": (18, True, 240, 120, "left"),
    "Heading 3": (16, True, 160, 40, "left"),
}
_STYLE_IDS = {
    "title": "Title",
    "heading1": "Heading1",
    "heading2": "Heading2",
    "heading3": "Heading3",
    "text": "",
    "line": "",
}
# {mark: (element around its runs, element of a paragraph's end)}
_ELEMENTS: dict[Mark, str] = {
    "ins": "w:ins",
    "del": "w:del",
    "from": "w:moveFrom",
    "to": "w:moveTo",
}
# In the order of the schema. Thai is what Word calls a complex script, with a weight and a slant of its own
_LOOKS = {
    "strong": "<w:b/><w:bCs/>",
    "em": "<w:i/><w:iCs/>",
    "u": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}
_SPACES = nsdecls("w", "r", "wp", "a", "pic")


def write_word_file(
    document: WordDocument, digits: Digits = "thai", *, tracks_changes: bool = False
) -> bytes:
    """`tracks_changes`: whoever changes the file leaves a trace, unless they ask Word not to."""
    return _Writer(document, digits).write(tracks_changes=tracks_changes)


class _Writer:
    def __init__(self, source: WordDocument, digits: Digits) -> None:
        self.source = source
        self.digits = _FORMATS[digits]
        self.author = source.author or Author("", "")
        self.document = docx.Document()
        self.body = self.document.element.body
        self.numbering = self.document.part.numbering_part.element
        for child in list(self.numbering):
            self.numbering.remove(child)
        self.abstract: dict[tuple[str, int, bool], int] = {}
        self.lists: dict[str, int] = {}  # {name of a list: its w:num}
        self.table_styles: set[int] = set()
        self.ids = 0  # of bookmarks, changes and pictures
        self.moves: dict[str, int] = {}  # {key of what moved: its number}
        self.foot_id = ""
        self.is_wide = False

    def write(self, *, tracks_changes: bool) -> bytes:
        self._describe()
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:bidi"), "th-TH")
        self._set_styles()
        self._set_foot()
        last = self.body.sectPr
        for block in self.source.blocks:
            for xml in self._block(block):
                last.addprevious(parse_xml(xml))
        self.body.replace(last, parse_xml(self._section(self.is_wide)))
        if tracks_changes:
            settings = self.document.settings.element
            # Behind the zoom and before what the schema wants behind it
            settings.insert(1, parse_xml(f"<w:trackRevisions {nsdecls('w')}/>"))
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()

    def _next_id(self) -> int:
        self.ids += 1
        return self.ids

    # --- blocks

    def _block(self, block: Block) -> list[str]:
        match block:
            case Paragraph():
                return [self._paragraph(block)]
            case TableBlock():
                # Two tables without a paragraph between them would be one
                return [self._table(block), self._gap()]
            case Picture():
                return [self._picture(block)]
            case PageTurn():
                self.is_wide = not block.is_wide_before
                return [
                    f"<w:p {_SPACES}><w:pPr><w:spacing w:after='0' w:line='20' w:lineRule='exact'/>"
                    f"{self._section(block.is_wide_before)}</w:pPr></w:p>"
                ]

    def _gap(self) -> str:
        return f"<w:p {_SPACES}><w:pPr><w:spacing w:after='0' w:line='120' w:lineRule='exact'/></w:pPr></w:p>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        properties = ""
        style = _STYLE_IDS[paragraph.style]
        if style:
            properties += f'<w:pStyle w:val="{style}"/>'
        if paragraph.starts_page:
            properties += "<w:pageBreakBefore/>"
        if paragraph.place is not None:
            number = self._list_of(paragraph.place)
            level = paragraph.place.level
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        elif paragraph.depth:
            properties += f'<w:ind w:left="{INDENT * paragraph.depth}"/>'
        elif paragraph.style == "text":
            properties += f'<w:ind w:firstLine="{INDENT}"/>'
        properties += self._end_mark(paragraph.mark)
        runs = self._runs(paragraph.words, paragraph.stretches, paragraph.mark)
        if paragraph.mark in ("from", "to") and runs:
            runs = self._moved(paragraph, runs)
        is_gone = paragraph.mark in ("del", "from")
        if paragraph.bookmark is not None and not is_gone:
            runs = self._marked(f"{BOOKMARK}{paragraph.bookmark.hex}", runs)
        return f"<w:p {_SPACES}><w:pPr>{properties}</w:pPr>{runs}</w:p>"

    def _end_mark(self, mark: Mark) -> str:
        """That the end of a paragraph was put in or taken out with it."""
        if mark == "kept":
            return ""
        return f"<w:rPr><{_ELEMENTS[mark]} {self._made()}/></w:rPr>"

    def _table(self, table: TableBlock) -> str:
        is_gone = table.mark in ("del", "from")
        long = LONG_SIDE - LEFT - RIGHT
        width = long if table.is_wide else SHORT_SIDE - LEFT - RIGHT
        shares = sum(table.widths)
        widths = [width * share // shares for share in table.widths]
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        style = self._table_style(table.size)
        rows = ""
        for row in table.rows:
            mark = row.mark if table.mark == "kept" else table.mark
            rows += self._row(row, mark, widths, style, without_marks=is_gone)
        return (
            f'<w:tbl {_SPACES}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )

    def _row(
        self,
        row: Row,
        mark: Mark,
        widths: Sequence[int],
        style: str,
        *,
        without_marks: bool,
    ) -> str:
        # Word knows no moved rows
        mark = {"from": "del", "to": "ins"}.get(mark, mark)  # type: ignore[assignment]
        letters = sum(len(cell.words.text) for cell in row.cells)
        properties = "<w:cantSplit/>" if letters <= LONG_ROW else ""
        if row.height:
            properties += f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>'
        if row.is_head:
            properties += "<w:tblHeader/>"
        if mark != "kept":
            properties += f"<{_ELEMENTS[mark]} {self._made()}/>"
        cells = ""
        column = 0
        for cell in row.cells:
            width = sum(widths[column : column + cell.span])
            column += cell.span
            cells += self._cell(
                cell, mark, width, style, row, without_marks=without_marks
            )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(
        self,
        cell: Cell,
        mark: Mark,
        width: int,
        style: str,
        row: Row,
        *,
        without_marks: bool,
    ) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.span > 1:
            properties += f'<w:gridSpan w:val="{cell.span}"/>'
        if row.is_head or row.is_shaded:
            properties += '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/>'
        words = cell.words
        if row.is_head:
            words = Words(words.text, len(words.text))
        runs = self._runs(words, cell.stretches, mark)
        if cell.choices:
            runs = _choice(cell, runs)
        if cell.bookmark and mark != "del" and not without_marks:
            runs = self._marked(cell.bookmark, runs)
        paragraph = f'<w:pStyle w:val="{style}"/>'
        if row.is_shaded:
            paragraph += "<w:keepNext/>"
        if row.is_head:
            paragraph += '<w:jc w:val="center"/>'
        paragraph += self._end_mark(mark)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{runs}</w:p></w:tc>"

    def _picture(self, picture: Picture) -> str:
        relation, _ = self.document.part.get_or_add_image(io.BytesIO(picture.image))
        scale = min(1.0, MOST_WIDTH / picture.width, MOST_HEIGHT / picture.height)
        width = round(picture.width * scale * MILLIMETRE)
        height = round(picture.height * scale * MILLIMETRE)
        number = self._next_id()
        name = quoteattr(picture.name or f"Picture {number}")
        size = f'cx="{width}" cy="{height}"'
        run = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name={name} descr={quoteattr(picture.alt)}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        mark: Mark = {"from": "del", "to": "ins"}.get(picture.mark, picture.mark)  # type: ignore[assignment]
        if mark != "kept":
            run = f"<{_ELEMENTS[mark]} {self._made()}>{run}</{_ELEMENTS[mark]}>"
        return f'<w:p {_SPACES}><w:pPr><w:jc w:val="center"/>{self._end_mark(mark)}</w:pPr>{run}</w:p>'

    # --- words

    def _runs(self, words: Words, stretches: Sequence[Stretch], mark: Mark) -> str:
        if mark != "kept" or not stretches:
            stretches = words.cut(0, len(words.text), mark)
        runs = ""
        for stretch in stretches:
            if stretch.text:
                runs += self._run(stretch)
        return runs

    def _run(self, stretch: Stretch) -> str:
        text = "w:delText" if stretch.mark == "del" else "w:t"
        inner = ""
        for number, line in enumerate(stretch.text.split("\n")):
            if number:
                inner += "<w:br/>"
            if line:
                written = escape(line)
                inner += f'<{text} xml:space="preserve">{written}</{text}>'
        looks = "".join(xml for name, xml in _LOOKS.items() if name in stretch.looks)
        run = (
            f"<w:r><w:rPr>{looks}</w:rPr>{inner}</w:r>"
            if looks
            else f"<w:r>{inner}</w:r>"
        )
        if stretch.mark == "kept":
            return run
        element = _ELEMENTS[stretch.mark]
        return f"<{element} {self._made()}>{run}</{element}>"

    def _moved(self, paragraph: Paragraph, runs: str) -> str:
        """Word shows what stands between the two ends as moved, and pairs what has one name."""
        element = _ELEMENTS[paragraph.mark]
        move = self.moves.setdefault(paragraph.key, len(self.moves) + 1)
        number = self._next_id()
        return (
            f'<{element}RangeStart w:id="{number}" {self._author()} w:name="move{move}"/>{runs}'
            f'<{element}RangeEnd w:id="{number}"/>'
        )

    def _made(self) -> str:
        return f'w:id="{self._next_id()}" {self._author()}'

    def _author(self) -> str:
        return (
            f"w:author={quoteattr(self.author.name)} w:date={quoteattr(self.author.at)}"
        )

    def _marked(self, name: str, runs: str) -> str:
        number = self._next_id()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'

    # --- the document's looks

    def _describe(self) -> None:
        properties = self.document.core_properties
        properties.title = self.source.title
        properties.language = "th-TH"
        properties.author = ""
        properties.comments = ""
        properties.created = properties.modified = datetime.now(UTC)

    def _set_styles(self) -> None:
        """Thai is what Word calls a complex script, with a font, a size and a weight of its own."""
        styles = self.document.styles
        for name, (size, is_bold, before, behind, side) in _STYLES.items():
            style = styles[name].element
            for tag in ("w:rPr", "w:pPr"):
                old = style.find(qn(tag))
                if old is not None:
                    style.remove(old)
            outline = ""
            if name.startswith("Heading"):
                outline = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>'
            keep = "" if name == "Normal" else "<w:keepNext/><w:keepLines/>"
            style.append(
                parse_xml(
                    f'<w:pPr {nsdecls("w")}>{keep}<w:spacing w:before="{before}" w:after="{behind}" w:line="240"'
                    f' w:lineRule="auto"/><w:jc w:val="{side}"/>{outline}</w:pPr>'
                )
            )
            weight = "<w:b/><w:bCs/>" if is_bold else ""
            style.append(
                parse_xml(
                    f"<w:rPr {nsdecls('w')}>"
                    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
                    f'{weight}<w:color w:val="000000"/><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
                    '<w:lang w:val="en-US" w:bidi="th-TH"/></w:rPr>'
                )
            )

    def _table_style(self, size: int) -> str:
        style = f"TableText{size}"
        if size not in self.table_styles:
            self.table_styles.add(size)
            self.document.styles.element.append(
                parse_xml(
                    f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style}">'
                    f'<w:name w:val="Table Text {size}"/><w:basedOn w:val="Normal"/>'
                    '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
                    f'<w:rPr><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/></w:rPr></w:style>'
                )
            )
        return style

    def _set_foot(self) -> None:
        footer = self.document.sections[0].footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        for child in list(paragraph):
            paragraph.remove(child)
        style = self._table_style(14)
        for xml in (
            f'<w:pPr {nsdecls("w")}><w:pStyle w:val="{style}"/><w:jc w:val="center"/></w:pPr>',
            f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{escape(self.source.foot)} หน้า </w:t></w:r>',
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        ):
            paragraph.append(parse_xml(xml))
        reference = self.body.sectPr.find(qn("w:footerReference"))
        self.foot_id = reference.get(qn("r:id"))

    def _section(self, is_wide: bool) -> str:
        width, height = SHORT_SIDE, LONG_SIDE
        orientation = ""
        if is_wide:
            width, height = height, width
            orientation = ' w:orient="landscape"'
        return (
            f'<w:sectPr {nsdecls("w", "r")}><w:footerReference w:type="default" r:id="{self.foot_id}"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{orientation}/>'
            f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="709"'
            f' w:footer="709" w:gutter="0"/><w:pgNumType w:fmt="{self.digits}"/></w:sectPr>'
        )

    # --- numbers

    def _list_of(self, place: ListPlace) -> int:
        """A w:num that begins anew. Lists of one kind at one depth share what they look like."""
        number = self.lists.get(place.name)
        if number is not None:
            return number
        key = (place.kind, 0 if place.kind == "chain" else place.depth, place.has_dot)
        if key not in self.abstract:
            self.abstract[key] = self._add_abstract(place)
        number = len(self.lists) + 1
        self.lists[place.name] = number
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{self.abstract[key]}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return number

    def _add_abstract(self, place: ListPlace) -> int:
        abstract_id = len(self.abstract)
        levels = ""
        is_chain = place.kind == "chain"
        if is_chain:
            for level in range(LEVELS):
                text = ".".join(f"%{number + 1}" for number in range(level + 1))
                dot = "." if level == 0 and place.has_dot else ""
                levels += _level_xml(level, self.digits, f"{text}{dot}", level)
        else:
            number_format, text = _SIGNS[place.kind]
            levels = _level_xml(0, number_format or self.digits, text, place.depth)
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">'
            f'<w:multiLevelType w:val="{"multilevel" if is_chain else "singleLevel"}"/>{levels}</w:abstractNum>'
        )
        # All looks stand before all lists
        self.numbering.insert(abstract_id, element)
        return abstract_id


def bookmark_of(uuid: UUID) -> str:
    """That of a clause, a section or a manual. Word hides what begins with a line, and takes forty letters at most."""
    return f"{BOOKMARK}{uuid.hex}"


def answer_bookmark(uuid: UUID) -> str:
    """That of the row in a form where something is said about it."""
    return f"{ANSWER}{uuid.hex}"


def _choice(cell: Cell, runs: str) -> str:
    items = ""
    for choice in cell.choices:
        each = quoteattr(choice)
        items += f"<w:listItem w:displayText={each} w:value={each}/>"
    shown = runs or '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    properties = f"<w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
    return f"<w:sdt>{properties}<w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def _level_xml(level: int, number_format: str, text: str, depth: int) -> str:
    # Room for the number: 5.4.1.2 is wider than a centimetre
    hanging = INDENT + 170 * max(0, level - 1)
    left = INDENT * depth + hanging
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
