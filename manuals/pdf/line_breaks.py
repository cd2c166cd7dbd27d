"""No line ends inside a term of hearing_portal/thai/line_ends.py.

WeasyPrint leaves the lines to Pango, which takes away the breaks inside a stretch that has its attribute
`allow_breaks` off. Unlike an inline-block or a word joiner this makes no break possible that was not, and it leaves
the words of the document alone.
"""

import math
from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from hearing_portal.thai.line_ends import kept_spans
from manuals.flowchart import text_width

from .text_layer import require_version

ORIGINAL_SET_TEXT = line_break.Layout.set_text
ORIGINAL_SPLIT = line_break.split_first_line
room = (
    math.inf
)  # em of the widest term that is kept, while a line is made that is too narrow for one
OVER = 0.01  # CSS pixels by which a line is not too wide yet
ffi.cdef("""
    PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);
    PangoAttrList * pango_attr_list_copy (PangoAttrList *list);
""")


def install_line_breaks() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    line_break.Layout.set_text = set_text
    inline.split_first_line = split_first_line


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """WeasyPrint's function of the same name; a term that is wider than a line of its own is parted after all."""
    asked = (context, max_width, justification_spacing, is_line_start, minimum)
    line = ORIGINAL_SPLIT(text, style, *asked)
    width = line[3]
    is_too_wide = max_width is not None and width > max_width + OVER
    if not (is_line_start and is_too_wide and kept_spans(text)):
        return line
    global room
    room = max_width / style["font_size"]
    try:
        return ORIGINAL_SPLIT(text, style, *asked)
    finally:
        room = math.inf


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """WeasyPrint's method of the same name, with the terms kept whole."""
    # A layout may get another text: then the attributes of the one before are taken off
    if hasattr(layout, "attributes_without_terms"):
        pango.pango_layout_set_attributes(
            layout.layout, layout.attributes_without_terms
        )
        del layout.attributes_without_terms
    ORIGINAL_SET_TEXT(layout, text, justify)
    spans = []
    for start, end in kept_spans(layout.text):
        if text_width(layout.text[start:end]) <= room:
            spans.append((start, end))
    if not spans:
        return
    before = pango.pango_layout_get_attributes(layout.layout)
    if before == ffi.NULL:
        layout.attributes_without_terms = ffi.NULL
        attributes = pango.pango_attr_list_new()
    else:
        layout.attributes_without_terms = ffi.gc(
            pango.pango_attr_list_copy(before), pango.pango_attr_list_unref
        )
        attributes = pango.pango_attr_list_copy(before)
    attributes = ffi.gc(attributes, pango.pango_attr_list_unref)
    for start, end in spans:
        attribute = pango.pango_attr_allow_breaks_new(False)
        attribute.start_index = len(layout.text[:start].encode())
        attribute.end_index = len(layout.text[:end].encode())
        pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
