"""What a PDF says, read in two ways: along its structure tree, and by pdftotext."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from manuals.pdf.structure import structure_elements

MM = 72 / 25.4
INLINE = (
    "/Span",
    "/Link",
    "/Strong",
    "/Em",
    "/Sub",
    "/Ins",
    "/Del",
    "/Note",
    "/NonStruct",
)


def squeezed(text: str) -> str:
    """Without white space of any kind."""
    return "".join(text.split())


class Reader:
    """The marked content of every page, and the structure elements in reading order."""

    def __init__(self, pdf: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(pdf))
        self.pages = {
            page.obj.objgen: number for number, page in enumerate(self.file.pages)
        }
        self._texts: dict[tuple[int, int], dict[int, str]] = {}
        self._heights: dict[tuple[int, int], dict[int, float]] = {}
        for page in self.file.pages:
            self._texts[page.obj.objgen], self._heights[page.obj.objgen] = (
                _marked_texts(page)
            )

    def by_name(self) -> dict[str, str]:
        """{id of the HTML element: its text in order}, without elements of another id inside it.

        Parts on later pages are joined.
        """
        texts: dict[str, str] = {}
        for name, text in self._walk(
            self.file.Root.StructTreeRoot.K, self.file.pages[0].obj.objgen, ""
        ):
            base = name.partition("~")[0]
            texts[base] = texts.get(base, "") + text
        return texts

    def elements(self, kind: str) -> list[pikepdf.Dictionary]:
        return [
            element
            for element in structure_elements(self.file)
            if f"/{kind}" == element.S
        ]

    def paragraphs(self) -> list[list[str]]:
        """The lines of every block of text, as they stand on the page."""
        found: list[list[str]] = []
        places: list[
            tuple[tuple[int, int], float]
        ] = []  # of the lines of the last block

        def walk(node, page, lines) -> None:
            if isinstance(node, int):
                text = self._texts[page].get(node, "")
                place = (page, self._heights[page].get(node, 0.0))
                if text and places and lines and places[-1] == place:
                    lines[-1] += text
                elif text:
                    lines.append(text)
                    places.append(place)
            elif isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child, page, lines)
            elif isinstance(node, pikepdf.Dictionary) and "/K" in node:
                page = node.Pg.objgen if "/Pg" in node else page
                if str(node.S) not in INLINE:
                    places.clear()
                    lines = []
                    found.append(lines)
                walk(node.K, page, lines)

        walk(self.file.Root.StructTreeRoot.K, self.file.pages[0].obj.objgen, [])
        return [lines for lines in found if lines]

    def _walk(self, node, page, name: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, int):
            yield name, self._texts[page].get(node, "")
        elif isinstance(node, pikepdf.Array):
            for child in node:
                yield from self._walk(child, page, name)
        elif isinstance(node, pikepdf.Dictionary) and "/K" in node:
            page = node.Pg.objgen if "/Pg" in node else page
            own = "/ID" in node and node.S != "/TH"
            yield from self._walk(node.K, page, str(node.ID) if own else name)


def _marked_texts(page: pikepdf.Page) -> tuple[dict[int, str], dict[int, float]]:
    """({mcid: text}, {mcid: the height of its base line}) of a page.

    A span with ActualText says that instead of its glyphs.
    """
    fonts = {
        name: _unicode_of(font)
        for name, font in page.obj.Resources.get("/Font", {}).items()
    }
    texts: dict[int, str] = {}
    heights: dict[int, float] = {}
    stack: list[tuple[int | None, bool]] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                mcid = (
                    properties.get("/MCID")
                    if isinstance(properties, pikepdf.Dictionary)
                    else None
                )
                actual = (
                    properties.get("/ActualText")
                    if isinstance(properties, pikepdf.Dictionary)
                    else None
                )
                if actual is not None and (place := _place(stack)) is not None:
                    texts[place] = texts.get(place, "") + str(actual)
                stack.append(
                    (int(mcid) if mcid is not None else None, actual is not None)
                )
            case "EMC":
                stack.pop()
            case "Tf":
                font = fonts.get(operands[0], {})
            case "Tm":
                if (place := _place(stack)) is not None:
                    heights.setdefault(place, round(float(operands[5])))
            case "Tj" | "TJ":
                place = _place(stack)
                if place is not None and not any(actual for _, actual in stack):
                    texts[place] = texts.get(place, "") + _decode(operands[0], font)
    return texts, heights


def _place(stack: list[tuple[int | None, bool]]) -> int | None:
    return next((mcid for mcid, _ in reversed(stack) if mcid is not None), None)


def _decode(operand, font: dict[int, str]) -> str:
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            text += "".join(
                font.get(int.from_bytes(raw[at : at + 2]), "\ufffd")
                for at in range(0, len(raw), 2)
            )
    return text


def _unicode_of(font: pikepdf.Dictionary) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", table)
    return {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs
    }


def plain_text(path: Path, page: int, wide: bool) -> str:
    """The body of a page by pdftotext, in drawing order: what stands outside the margins is left out."""
    left, top, right, bottom = (24, 22, 278, 187) if wide else (29, 22, 191.5, 272)
    box = [str(round(value * MM)) for value in (left, top, right - left, bottom - top)]
    command = ["pdftotext", "-raw", "-f", str(page), "-l", str(page), "-r", "72"]
    command += ["-x", box[0], "-y", box[1], "-W", box[2], "-H", box[3], str(path), "-"]
    return subprocess.run(
        command, capture_output=True, check=True, text=True
    ).stdout.replace("\f", "")


def whole_text(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-raw", str(path), "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout


def words_on_pages(path: Path) -> list[list[tuple[str, float, float]]]:
    """(word, its left and its right edge in millimetres) of each page, in drawing order."""
    command = ["pdftotext", "-bbox", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    pages = []
    for page in text.split("<page ")[1:]:
        found = re.findall(
            r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>([^<]*)</word>',
            page,
        )
        pages.append(
            [(word, float(left) / MM, float(right) / MM) for left, right, word in found]
        )
    return pages


def strange_letters(text: str) -> list[str]:
    """Private-use characters, dotted circles and replacement characters."""
    return [
        letter
        for letter in text
        if unicodedata.category(letter) == "Co" or letter in "\u25cc\ufffd"
    ]
