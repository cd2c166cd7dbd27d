"""What is drawn in a Word file and is no picture that a manual can keep: shapes and arrows, SmartArt, charts, pictures
of other kinds. Each is told with its place, and with the words in it."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from hearing_portal.thai.shortening import shorten

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_TEXT = f"{_DRAWING}main}}t"
_CHART = f"{_DRAWING}chart}}chart"
_SMART_ART = f"{_DRAWING}diagram}}relIds"
_DIAGRAM_DATA = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
)
_WORD_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SHAPES = frozenset(
    {
        f"{_WORD_SHAPE}wsp",
        *(
            f"{_VML}{name}"
            for name in (
                "shape",
                "line",
                "rect",
                "oval",
                "roundrect",
                "polyline",
                "arc",
            )
        ),
    }
)
MOST_SHOWN = 300  # letters of what is written in one
OTHER_KIND = "ไม่ใช่ PNG หรือ JPEG จึงไม่ได้นำเข้า โปรดบันทึกภาพเป็น PNG แล้วแนบในร่างหลังนำเข้า"
NOT_TAKEN = "ซึ่งไม่ได้นำเข้า โปรดบันทึกเป็นภาพ PNG แล้วแนบในร่างหลังนำเข้า"
LINES_LEFT = "ที่มีกล่องข้อความ {boxes} กล่อง อ่านเฉพาะข้อความ เส้นและลูกศรไม่ได้นำเข้า โปรดแนบเป็นภาพ PNG หากต้องใช้"
OTHER_KINDS = frozenset({"EMF", "WMF", "BMP", "GIF", "TIF", "TIFF", "SVG", "WDP"})


def told_of_other_kind(part_name: str) -> str:
    """Of a picture that is neither PNG nor JPEG."""
    kind = PurePosixPath(part_name).suffix.lstrip(".").upper()
    return f"ชนิด {kind} {OTHER_KIND}" if kind in OTHER_KINDS else OTHER_KIND


def told_of_shapes(drawing: Any, parts: Mapping[str, Any]) -> tuple[str, str]:
    """(what a drawing without a picture is, what becomes of it)."""
    diagram = next(drawing.iter(_SMART_ART), None)
    if diagram is not None:
        words = " / ".join(_words_of_part(parts.get(diagram.get(_DIAGRAM_DATA, ""))))
        return "ผัง SmartArt", _with_words(words)
    chart = next(drawing.iter(_CHART), None)
    if chart is not None:
        words = " / ".join(_words_of_part(parts.get(chart.get(qn("r:id"), ""))))
        return "แผนภูมิ", _with_words(words)
    if count_shapes(drawing):
        words = " ".join(
            each.get("string", "") for each in drawing.iter(f"{_VML}textpath")
        )
        return "รูปวาด", _with_words(words.strip())
    return "ภาพ", OTHER_KIND


def told_of_boxes(drawing: Any, boxes: int) -> str:
    """Of a drawing whose text boxes are read: what else is drawn in it; "" for a text box alone."""
    return LINES_LEFT.format(boxes=boxes) if count_shapes(drawing) > 1 else ""


def count_shapes(drawing: Any) -> int:
    """Boxes, lines and arrows; those that Word kept for its earlier versions are the same again."""
    return sum(1 for element in _of_this_version(drawing) if element.tag in _SHAPES)


def _of_this_version(element: Any) -> Iterator[Any]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
            continue
        yield child
        yield from _of_this_version(child)


def _with_words(words: str) -> str:
    return (
        f"ที่มีข้อความ “{shorten(words, MOST_SHOWN)}” {NOT_TAKEN}" if words else NOT_TAKEN
    )


def _words_of_part(part: Any) -> Iterator[str]:
    """The words that stand in a part of its own, and in none of the document's paragraphs."""
    raw: bytes = getattr(part, "blob", b"")
    if not raw:
        return
    for element in parse_xml(raw).iter(_TEXT):
        words = (element.text or "").strip()
        if words:
            yield words
