"""What somebody asked to have as Word → the bytes of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hearing_portal.thai.numbering import Digits

from ..comparing.sides import Side
from ..entries import EntryView
from ..pdf.chart_pictures import draw_chart_pictures
from ..word.blocks import Paragraph, Picture, WordDocument, Words
from ..word.writing import BOOKMARK, write_word_file
from .document import DocumentOptions, make_blocks
from .sources import WordSource, load_word_source

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
type Told = Callable[[int, int | None], None]  # called with (done, total)


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Which group (its key) or process (its uuid) of a side; all of it without."""

    group: str = ""
    process: str = ""
    digits: Digits = "thai"


def _tell_nobody(done: int, total: int | None) -> None:
    pass


def export_word(
    side: Side, options: WordOptions, *, progress: Told = _tell_nobody
) -> bytes:
    """The texts of an edition or of the working draft. Whoever changes what was sealed leaves a trace in the file.

    Raises NothingToExport.
    """
    source = load_word_source(side, options.group, options.process)
    return write_source(
        source,
        options.digits,
        tracks_changes=side.edition is not None,
        progress=progress,
    )


def write_source(
    source: WordSource,
    digits: Digits,
    *,
    tracks_changes: bool = False,
    progress: Told = _tell_nobody,
) -> bytes:
    charts = ChartDrawer(source, digits, progress)
    blocks = make_blocks(
        source.entries, DocumentOptions(digits, charts.draw, source.labels)
    )
    title = Paragraph("title", Words(source.title), "title")
    document = WordDocument(source.title, [title, *blocks], source.title)
    return write_word_file(document, digits, tracks_changes=tracks_changes)


class ChartDrawer:
    """Draws the charts of processes, and tells how far it is: nothing else of a file takes long."""

    def __init__(self, source: WordSource, digits: Digits, progress: Told) -> None:
        self.digits = digits
        self.progress = progress
        self.total = 0
        self.done = 0
        for entry in source.entries:
            if entry.section_kind == "process" and entry.content is None:
                self.total += 1

    def draw(self, section: EntryView, clauses: Sequence[EntryView]) -> list[Picture]:
        pictures = []
        drawn = draw_chart_pictures(section, clauses, self.digits)
        for number, picture in enumerate(drawn, start=1):
            pictures.append(
                Picture(
                    f"{section.uuid}:chart{number}",
                    picture.png,
                    picture.alt,
                    picture.width,
                    picture.height,
                    f"{BOOKMARK}chart",
                )
            )
        self.done += 1
        self.progress(self.done, self.total)
        return pictures
