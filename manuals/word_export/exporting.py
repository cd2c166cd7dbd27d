"""What somebody asked to have as Word → the bytes of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from hearing_portal.jobs.files import read_stored_file
from hearing_portal.jobs.media_types import JPEG, PNG
from hearing_portal.jobs.models import StoredFile
from hearing_portal.thai.numbering import Digits
from hearing_portal.thai.sentences import joined

from ..comparing.sides import Side
from ..content import Figure
from ..entries import EntryView
from ..pdf.chart_pictures import ChartPicture, draw_chart_pictures
from ..source import CHART
from ..word.blocks import Author, Block, Paragraph, Picture, WordDocument, Words
from ..word.pictures import paper_size
from ..word.tracking import mark_differences
from ..word.writing import write_word_file
from .document import DocumentOptions, DrawCharts, FigurePicture, make_blocks
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
    foot = f"{news.title} {joined('เทียบกับ', olds.title)}"
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
    options = DocumentOptions(
        digits, charts.draw_for(source), source.names, _load_pictures(source)
    )
    return [title, *make_blocks(source.entries, options)]


def _load_pictures(source: WordSource) -> dict[str, FigurePicture]:
    """Those of the figures, by their hash; one that is lost leaves its words. One query, none without figures."""
    shas = set()
    for entry in source.entries:
        if isinstance(entry.content, Figure) and entry.content.file:
            shas.add(entry.content.file)
    pictures = {}
    files = StoredFile.objects.filter(sha__in=shas, media_type__in=(PNG, JPEG))
    for file in files if shas else ():
        raw = read_stored_file(file)
        size = paper_size(raw) if raw is not None else None
        if raw is not None and size is not None:
            pictures[file.sha] = FigurePicture(raw, *size)
    return pictures


class ChartDrawer:
    """The charts of all processes, drawn together before the first is asked for: nothing else of a file takes long."""

    def __init__(
        self, sources: Sequence[WordSource], digits: Digits, progress: Told
    ) -> None:
        # Two states of a process are two charts
        self.drawn: dict[tuple[int, UUID], list[ChartPicture]] = {}
        self.places = {id(source): place for place, source in enumerate(sources)}
        for place, source in enumerate(sources):
            pictures = draw_chart_pictures(
                _processes_of(source), digits, progress=progress
            )
            for uuid, each in pictures.items():
                self.drawn[place, uuid] = each

    def draw_for(self, source: WordSource) -> DrawCharts:
        place = self.places[id(source)]

        def draw(section: EntryView, clauses: Sequence[EntryView]) -> list[Picture]:
            pictures = []
            drawn = self.drawn.get((place, section.uuid), [])
            for number, picture in enumerate(drawn, start=1):
                pictures.append(
                    Picture(
                        f"{section.uuid}:chart{number}",
                        picture.png,
                        picture.alt,
                        picture.width,
                        picture.height,
                        # LibreOffice gives another name to a second one of the same
                        f"{CHART}_{section.uuid.hex}_{number}",
                    )
                )
            return pictures

        return draw


def _processes_of(
    source: WordSource,
) -> dict[UUID, tuple[EntryView, list[EntryView]]]:
    processes: dict[UUID, tuple[EntryView, list[EntryView]]] = {}
    clauses: list[EntryView] = []
    for entry in source.entries:
        if entry.content is not None:
            clauses.append(entry)
            continue
        clauses = []
        if entry.section_kind == "process":
            processes[entry.uuid] = (entry, clauses)
    return processes
