"""The page of comments without an anchor in a later edition, each with the clauses that may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.text import Truncator

from hearing_portal.web.choices import Option
from manuals.models import EditionEntry, Manual
from manuals.reading.told_words import tell_edition_words

from ..citations import cite_entry
from ..commenting.presentation.quotes import ShownQuotes
from ..models import AnchorResolution, Hearing
from .forms import PlacingForm
from .queries.unplaced import find_candidates, find_successor_ids, find_unplaced

PAGE_SIZE = 20
OFFERED_LENGTH = 60  # code points of a clause in a choice
QUOTED_LENGTH = 200


@dataclass(frozen=True, slots=True)
class UnplacedComment:
    """`likely` are the successors of its clause, `nearby` the other clauses of its process in the later edition."""

    resolution: AnchorResolution
    likely: list[EditionEntry]
    nearby: list[EditionEntry]
    words: Mapping[int, str]  # of the entries, by id
    quotes: ShownQuotes

    @property
    def citation(self) -> str:
        return cite_entry(self.resolution.comment.entry)

    @property
    def quoted_words(self) -> str:
        """What the comment quotes; else the beginning of the clause it was written on, empty where there is none."""
        comment = self.resolution.comment
        if comment.quote:
            return f"“{self.quotes.words_of(comment)}”"
        if comment.entry.blob is None:
            return ""
        return Truncator(self.words[comment.entry_id]).chars(QUOTED_LENGTH)

    @property
    def entry_options(self) -> list[Option]:
        """The clauses that may be meant, the likely ones first, and that there is none."""
        options = [Option("", "เลือกข้อ")]
        options.extend(
            _option(entry, self.words, group="ข้อที่มาจากข้อเดิม") for entry in self.likely
        )
        options.extend(
            _option(entry, self.words, group="ข้ออื่นในกระบวนงานเดียวกัน")
            for entry in self.nearby
        )
        options.append(Option(PlacingForm.GONE, "ไม่มีข้อที่ตรงกันในฉบับนี้"))
        return options


def _option(entry: EditionEntry, told: Mapping[int, str], *, group: str) -> Option:
    words = told[entry.pk][:OFFERED_LENGTH]
    return Option(str(entry.pk), f"{cite_entry(entry)} {words}", group=group)


@dataclass(frozen=True, slots=True)
class UnplacedPage:
    rows: list[UnplacedComment]
    page: Page[AnchorResolution]


def load_unplaced_page(
    manual: Manual,
    number: str | int | None = 1,
    hearing: Hearing | None = None,
) -> UnplacedPage:
    """Five queries, however many rows, those of load_edition_words where words refer to clauses."""
    page = Paginator(find_unplaced(manual, hearing), PAGE_SIZE).get_page(number)
    resolutions = list(page.object_list)
    successors = find_successor_ids(resolutions)
    candidates = find_candidates(resolutions, successors)
    commented = [resolution.comment.entry for resolution in resolutions]
    told = tell_edition_words([*commented, *candidates])
    quotes = ShownQuotes([resolution.comment for resolution in resolutions])
    rows = []
    for resolution in resolutions:
        commented_on = resolution.comment.entry
        own_successors = successors.get(commented_on.clause_id, set())
        likely = []
        nearby = []
        for entry in candidates:
            if entry.edition_id != resolution.edition_id:
                continue
            # What stood in one process mostly still does: its clauses are offered after the successors
            if entry.clause_id in own_successors:
                likely.append(entry)
            elif entry.section_id == commented_on.section_id:
                nearby.append(entry)
        rows.append(UnplacedComment(resolution, likely, nearby, told, quotes))
    return UnplacedPage(rows, page)
