"""The book in chunks: documents that are printed by themselves, and how their pages stand in the book."""

from dataclasses import dataclass
from typing import Literal

from .charts import ChartSource
from .manifest import PrintedDocument

PageNumbering = Literal[
    "", "letters", "figures"
]  # of the cover, the front matter, the body


@dataclass(frozen=True, slots=True)
class ChunkLayout:
    """How the pages of a chunk are numbered and marked."""

    numbering: PageNumbering = "figures"
    heading: str = ""  # an outline entry of its own at the first page
    level: int = 0  # of that entry; added to the level of the chunk's own headings
    group_no: int = 0  # the thumb tab of its upright pages
    opens: bool = False  # its first page has no thumb tab; printed on both sides, it is a right-hand page


@dataclass(frozen=True, slots=True)
class PlannedChunk:
    """A chunk before it is printed. `manual_key` is that of the group it belongs to."""

    name: str
    html: str
    layout: ChunkLayout
    chart: ChartSource | None = None
    manual_key: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed at one go. `name` is for people; a `chart` in the HTML is drawn to fill its pages."""

    name: str
    html: str
    tagged: bool = True
    chart: ChartSource | None = None


@dataclass(frozen=True, slots=True)
class PrintedChunk:
    document: PrintedDocument
    layout: ChunkLayout = ChunkLayout()


def tab_top(group_no: int) -> float:
    """Where the thumb tab of a group begins, in millimetres from the top of its pages and of the cover."""
    return 36 + 22.6 * (group_no - 1)
