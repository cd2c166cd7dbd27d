"""What somebody asked to have as Word → the bytes of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from hearing_portal.thai.numbering import Digits

from ..comparing.sides import Side
from ..entries import EntryView
from ..pdf.chart_pictures import draw_chart_pictures
from ..source import BOOKMARK
from ..word.blocks import Author, Block, Paragraph, Picture, WordDocument, Words
from ..word.tracking import mark_differences
from ..word.writing import write_word_file
from .document import DocumentOptions, make_blocks
from .sources import NothingToExport, WordSource, load_word_source

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


def export_word_changes(
    old: Side, new: Side, options: WordOptions, *, progress: Told = _tell_nobody
) -> bytes:
    """The newer side with all that differs from the older one as tracked changes: of the newer side, on its day.

    Raises NothingToExport where neither has what is asked for.
    """
    olds = load_word_source(old, options.group, options.process, may_be_empty=True)
    news = load_word_source(new, options.group, options.process, may_be_empty=True)
    if not olds.entries and not news.entries:
        raise NothingToExport.on(new)
    charts = ChartDrawer([olds, news], options.digits, progress)
    blocks = mark_differences(
        _blocks_of(olds, options.digits, charts),
        _blocks_of(news, options.digits, charts),
    )
    at = new.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    foot = f"{news.title} เทียบกับ{olds.title}"
    document = WordDocument(news.title, blocks, foot, Author(news.title, at))
    return write_word_file(document, options.digits)


def write_source(
    source: WordSource,
    digits: Digits,
    *,
    tracks_changes: bool = False,
    progress: Told = _tell_nobody,
) -> bytes:
    charts = ChartDrawer([source], digits, progress)
    blocks = _blocks_of(source, digits, charts)
    document = WordDocument(source.title, blocks, source.title)
    return write_word_file(document, digits, tracks_changes=tracks_changes)


def _blocks_of(
    source: WordSource, digits: Digits, charts: "ChartDrawer"
) -> list[Block]:
    title = Paragraph("title", Words(source.title), "title")
    options = DocumentOptions(digits, charts.draw, source.names)
    return [title, *make_blocks(source.entries, options)]


class ChartDrawer:
    """Draws the charts of processes, and tells how far it is: nothing else of a file takes long."""

    def __init__(
        self, sources: Sequence[WordSource], digits: Digits, progress: Told
    ) -> None:
        self.digits = digits
        self.progress = progress
        self.total = 0
        self.done = 0
        for source in sources:
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
