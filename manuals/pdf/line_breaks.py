"""No line ends inside a term of hearing_portal/thai/line_ends.py.

WeasyPrint leaves the lines to Pango, which takes away the breaks inside a stretch that has its attribute
`allow_breaks` off. Unlike an inline-block or a word joiner this makes no break possible that was not, and it leaves
the words of the document alone.
"""

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from hearing_portal.thai.line_ends import kept_spans

from .text_layer import require_version

ORIGINAL_SET_TEXT = line_break.Layout.set_text
ffi.cdef("""
    PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);
    PangoAttrList * pango_attr_list_copy (PangoAttrList *list);
""")


def install_line_breaks() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    line_break.Layout.set_text = set_text


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """WeasyPrint's method of the same name, with the terms kept whole."""
    # A layout may get another text: then the attributes of the one before are taken off
    if hasattr(layout, "attributes_without_terms"):
        pango.pango_layout_set_attributes(
            layout.layout, layout.attributes_without_terms
        )
        del layout.attributes_without_terms
    ORIGINAL_SET_TEXT(layout, text, justify)
    spans = kept_spans(layout.text)
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
