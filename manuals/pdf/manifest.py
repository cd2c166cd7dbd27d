"""What a printed document says about itself: what the book must know of it without reading its PDF. Imports no Django.

Pages count from 0, distances are points from the top left corner of the page.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

POINT = 0.75  # points in a CSS pixel


@dataclass(frozen=True, slots=True)
class NumberField:
    """An empty field for a page number, filled when the book is assembled; `mcid` is its marked content."""

    page: int
    mcid: int
    left: float
    right: float
    baseline: float
    size: float  # of the text


class PageSize(NamedTuple):
    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


class PagePosition(NamedTuple):
    page: int
    top: float


class Heading(NamedTuple):
    """An entry of the outline; level 1 is the highest."""

    level: int
    title: str
    page: int
    top: float


class GlyphText(NamedTuple):
    """What a glyph says; `is_alone`: seen in a cluster of its own, so this is all it says."""

    text: str
    is_alone: bool


@dataclass(slots=True)
class Manifest:
    """What stands where in a printed document."""

    pages: list[PageSize] = field(default_factory=list)
    anchors: dict[str, PagePosition] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    number_fields: dict[str, NumberField] = field(default_factory=dict)
    glyphs: dict[str, dict[int, GlyphText]] = field(
        default_factory=dict
    )  # font name → glyph → text

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Raises KeyError, TypeError or ValueError for anything else than `to_json` gives."""
        values: dict[str, Any] = json.loads(text)
        manifest = cls()
        manifest.pages = [PageSize(*size) for size in values["pages"]]
        manifest.headings = [Heading(*heading) for heading in values["headings"]]
        for name, position in values["anchors"].items():
            manifest.anchors[name] = PagePosition(*position)
        for name, number_field in values["number_fields"].items():
            manifest.number_fields[name] = NumberField(**number_field)
        for font, glyphs in values["glyphs"].items():
            # JSON has no numbers as keys
            manifest.glyphs[font] = {
                int(glyph): GlyphText(*known) for glyph, known in glyphs.items()
            }
        return manifest


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    pdf: bytes
    manifest: Manifest
