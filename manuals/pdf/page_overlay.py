"""What is laid over every page when the book is assembled: its number, the stamps, the thumb tab of its group."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from hearing_portal.thai.numbering import Digits, display_digits

from .book_fonts import BOLD, REGULAR, BookFonts, font_program
from .book_source import Sides
from .chunks import tab_top
from .manifest import PageSize, PrintedDocument

MILLIMETRE = 72 / 25.4  # points
A4 = PageSize(210 * MILLIMETRE, 297 * MILLIMETRE)
MIRRORED = (
    10 * MILLIMETRE
)  # a left-hand page has 20 millimetres at its left and 30 at its right
NUMBER_SIZE, TAB_SIZE = 12.0, 10.5
TAB_WIDTH, TAB_HEIGHT = 8 * MILLIMETRE, 14 * MILLIMETRE
# Right end and base line of the number, from the left and the top of the page
UPRIGHT_NUMBER = (190 * MILLIMETRE, 280.9 * MILLIMETRE)
LANDSCAPE_NUMBER = (277 * MILLIMETRE, 196.9 * MILLIMETRE)
INK, ACCENT, WHITE = (
    "0.078 0.094 0.122",
    "0.114 0.208 0.341",
    "1 1 1",
)  # red, green, blue
STAMP_FONTS = {
    REGULAR: "StampRegular",
    BOLD: "StampBold",
}  # names in the resources of a page


class PageOverlay:
    """Number, code and draft mark of a page, as one artefact over what the chunk printed.

    `stamps` has a portrait and a landscape page, which become forms that every page shows.
    """

    def __init__(
        self,
        out: Pdf,
        stamps: PrintedDocument,
        fonts: BookFonts,
        digits: Digits,
        sides: Sides,
    ) -> None:
        self.out = out
        self.fonts = fonts
        self.digits = digits
        self.sides = sides
        with pikepdf.open(io.BytesIO(stamps.pdf)) as source:
            taken = fonts.take_out(source)
            self.forms = [
                out.copy_foreign(page.as_form_xobject()) for page in source.pages
            ]
        for form in self.forms:
            fonts.put_in(form.Resources, taken)
        # WeasyPrint leaves its own matrix behind, so its content is wrapped in q … Q
        self.before = out.make_indirect(Stream(out, b"q\n"))
        move_left = f"q 1 0 0 1 {-MIRRORED:.2f} 0 cm\n"
        self.before_left = out.make_indirect(Stream(out, move_left.encode()))

    def prepare(self, resources: Object) -> None:
        """Name the forms and fonts in the resources that all pages of a chunk share."""
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        resources.XObject.StampPortrait = self.forms[0]
        resources.XObject.StampLandscape = self.forms[1]
        for face, name in STAMP_FONTS.items():
            resources.Font["/" + name] = self.fonts.fonts[face]

    def lay_over(
        self,
        page: Object,
        size: PageSize,
        position: int,
        number: str,
        group_no: int = 0,
    ) -> None:
        """`position` is that in the file, from 0; without a `group_no` the page has no thumb tab."""
        is_left = False
        if self.sides == 2 and not size.is_landscape:
            # The page at position 0 is a right-hand one
            is_left = position % 2 == 1
        form = "StampPortrait"
        number_right, number_top = UPRIGHT_NUMBER
        if size.is_landscape:
            form = "StampLandscape"
            number_right, number_top = LANDSCAPE_NUMBER
        tab = ""
        if group_no and not size.is_landscape:
            tab = self._tab(group_no, size, is_left)
        shift = ""
        before = self.before
        if is_left:
            shift = f"1 0 0 1 {-MIRRORED:.2f} 0 cm "
            before = self.before_left
            shift_links(page)
        number_width = font_program(BOLD).width(number) * NUMBER_SIZE
        x = number_right - number_width
        y = size.height - number_top
        shown_number = bold_text(
            number,
            NUMBER_SIZE,
            INK,
            x,
            y,
        )
        after = f"Q\n/Artifact BMC\n{tab}q {shift}/{form} Do {shown_number}Q\nEMC\n"
        stamp = Stream(self.out, after.encode())
        page.Contents = Array(
            [
                before,
                page.Contents,
                self.out.make_indirect(stamp),
            ]
        )

    def _tab(self, group_no: int, size: PageSize, is_left: bool) -> str:
        """The group's number on its height at the outer edge: the cover is the key to it."""
        top = tab_top(group_no) * MILLIMETRE
        left: float = size.width - TAB_WIDTH
        if is_left:
            left = 0
        bottom = size.height - top - TAB_HEIGHT
        number = display_digits(str(group_no), self.digits)
        number_width = font_program(BOLD).width(number) * TAB_SIZE
        x = left + (TAB_WIDTH - number_width) / 2
        # The middle of the digits, 0.3 of their size above the base line, is that of the tab
        y = bottom + TAB_HEIGHT / 2 - 0.3 * TAB_SIZE
        text = bold_text(
            number,
            TAB_SIZE,
            WHITE,
            x,
            y,
        )
        rectangle = f"{left:.2f} {bottom:.2f} {TAB_WIDTH:.2f} {TAB_HEIGHT:.2f} re f"
        return f"q {ACCENT} rg {rectangle} {text}Q\n"


def bold_text(
    text: str,
    size: float,
    colour: str,
    x: float,
    y: float,
) -> str:
    """PDF operators that show the text with its base line from x, y."""
    font = STAMP_FONTS[BOLD]
    glyphs = font_program(BOLD).hex_glyphs(text)
    return f"q BT {colour} rg /{font} {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj ET Q "


def shift_links(page: Object) -> None:
    """The links of a left-hand page move with its words."""
    for annotation in page.get("/Annots", Array()):
        left, bottom, right, top = (float(edge) for edge in annotation.Rect)
        new_left = round(left - MIRRORED, 2)
        new_right = round(right - MIRRORED, 2)
        annotation.Rect = Array([new_left, bottom, new_right, top])
