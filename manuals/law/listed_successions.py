"""What the rows of a list of laws say of each other: replaced by, amended by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hearing_portal.directory.importing.people_rows import bare_form
from hearing_portal.directory.lists.plans import NewLink
from hearing_portal.directory.lists.tables import RowCells

from ..models import LegalSource, LegalSuccession
from .field_words import SUCCESSION_WORDS

Kind = LegalSuccession.Kind
KINDS = {"replaced_by": Kind.REPLACES, "amended_by": Kind.AMENDS}
BETWEEN_TITLES = ";"


@dataclass(frozen=True, slots=True)
class ListedLaw:
    """A row of the list, as far as it was read. `known` is its law in the registry; `status` that it has once the list
    is taken in; `successions` are the cells of SUCCESSION_WORDS."""

    cells: RowCells
    known: LegalSource | None
    full_title: str
    short_title: str
    year_be: int | None
    status: LegalSource.Status
    successions: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        return not self.cells.errors


class NamedLaw(NamedTuple):
    """A law that a row names: of the registry, of the list, or of both."""

    source: LegalSource | None
    row: ListedLaw | None

    @property
    def full_title(self) -> str:
        """As it stands once the list is taken in."""
        row = self._row_taken_in
        if row is not None and row.full_title:
            return row.full_title
        return self.source.full_title if self.source is not None else ""

    @property
    def short_title(self) -> str:
        row = self._row_taken_in
        if row is not None and row.short_title:
            return row.short_title
        return self.source.short_title if self.source is not None else ""

    @property
    def year_be(self) -> int:
        row = self._row_taken_in
        if row is not None and row.year_be is not None:
            return row.year_be
        return self.source.year_be if self.source is not None else 0

    @property
    def _row_taken_in(self) -> ListedLaw | None:
        """A row that is wrong changes nothing of a law that stands already."""
        if self.row is not None and self.source is not None and not self.row.is_good:
            return None
        return self.row


class Named(NamedTuple):
    """A title in a cell of a row: `column` says what the later law did."""

    row: ListedLaw
    column: str
    later: NamedLaw


class ListedSuccessions:
    """One query, however many rows."""

    def __init__(
        self, rows: Sequence[ListedLaw], known: Mapping[str, LegalSource]
    ) -> None:
        """`known` are the laws of the registry by the bare form of either title."""
        self.rows = rows
        self.known = known
        self.row_of_title: dict[str, ListedLaw] = {}
        self.row_of_source: dict[int, ListedLaw] = {}
        for row in rows:
            for title in (row.full_title, row.short_title):
                if title:
                    self.row_of_title.setdefault(bare_form(title), row)
            if row.known is not None:
                self.row_of_source.setdefault(row.known.pk, row)
        self.stored: dict[tuple[int, int], str] = {}
        for earlier, later, kind in LegalSuccession.objects.values_list(
            "from_source", "to_source", "kind"
        ):
            self.stored[earlier, later] = kind

    def judge(self) -> list[NewLink]:
        """What is to be added; what is wrong goes to the cells of its row."""
        named = list(self._read_all())
        self._refuse_contradictions(named)
        self._refuse_what_waits(named)
        links = []
        for row, column, later in named:
            earlier = NamedLaw(row.known, row)
            stands_already = self._stored_kind(earlier, later) == KINDS[column]
            if row.is_good and not stands_already:
                words = f"“{earlier.short_title}” {SUCCESSION_WORDS[column]} “{later.short_title}”"
                if (
                    KINDS[column] == Kind.REPLACES
                    and row.status != LegalSource.Status.REPEALED
                ):
                    words = f"{words} สถานะยังเป็น “{row.status.label}” หากยกเลิกแล้ว โปรดกรอกในคอลัมน์สถานะ"
                values = {
                    "earlier": earlier.full_title,
                    "later": later.full_title,
                    "kind": KINDS[column],
                }
                links.append(NewLink(row.cells.line.number, words, values))
        return links

    def _read_all(self) -> Iterator[Named]:
        for row in self.rows:
            for column, typed in row.successions.items():
                for piece in typed.split(BETWEEN_TITLES):
                    title = piece.strip()
                    if not title:
                        continue
                    later = self._find(title)
                    if later is None:
                        message = f"ไม่พบกฎหมาย “{title}” ในทะเบียนและในไฟล์นี้ โปรดกรอกชื่อเต็มหรือชื่อย่อให้ตรงกัน"
                        row.cells.add_error(column, message)
                    else:
                        yield Named(row, column, later)

    def _find(self, title: str) -> NamedLaw | None:
        form = bare_form(title)
        source = self.known.get(form)
        row = self.row_of_title.get(form)
        if row is None and source is not None:
            row = self.row_of_source.get(source.pk)
        if source is None and row is not None:
            source = row.known
        if source is None and row is None:
            return None
        return NamedLaw(source, row)

    def _refuse_contradictions(self, named: Sequence[Named]) -> None:
        """By the rules of add_legal_succession, among the rows too."""
        pairs: dict[tuple[str, str], str] = {}
        for row, column, later in named:
            earlier = NamedLaw(row.known, row)
            titles = (bare_form(earlier.full_title), bare_form(later.full_title))
            message = ""
            if titles[0] == titles[1]:
                message = "กฎหมายแก้ไขหรือใช้แทนตนเองไม่ได้ โปรดกรอกฉบับอื่น"
            elif later.year_be < earlier.year_be:
                message = f"“{later.short_title}” ออกในปี {later.year_be} ก่อนฉบับนี้ จึงแก้ไขหรือใช้แทนฉบับนี้ไม่ได้"
            elif titles in pairs:
                message = f"ระบุ “{later.short_title}” ไว้แล้ว โปรดเหลือไว้ครั้งเดียว"
            elif titles[::-1] in pairs or self._stored_kind(later, earlier):
                message = (
                    f"“{later.short_title}” เป็นฉบับก่อนของฉบับนี้อยู่แล้ว จึงเป็นฉบับหลังด้วยไม่ได้"
                )
            elif self._stored_kind(earlier, later) not in ("", KINDS[column]):
                message = f"ทะเบียนบันทึก “{later.short_title}” ไว้เป็นอย่างอื่น โปรดนำรายการเดิมออกที่หน้าของฉบับนี้ก่อน"
            if message:
                row.cells.add_error(column, message)
            pairs[titles] = column

    def _refuse_what_waits(self, named: Sequence[Named]) -> None:
        """A row waits with a new one that it names until that one is mended; so does a row that names it in turn."""
        found = True
        while found:
            found = False
            for row, column, later in named:
                if (
                    row.is_good
                    and later.source is None
                    and later.row is not None
                    and not later.row.is_good
                ):
                    line = later.row.cells.line.number
                    message = (
                        f"“{later.short_title}” อยู่ที่แถว {line:,} ซึ่งต้องแก้ก่อน โปรดแก้แถวนั้น"
                    )
                    row.cells.add_error(column, message)
                    found = True

    def _stored_kind(self, earlier: NamedLaw, later: NamedLaw) -> str:
        """Empty where the registry tells of nothing between them."""
        if earlier.source is None or later.source is None:
            return ""
        return self.stored.get((earlier.source.pk, later.source.pk), "")
