"""Writing a paper from its values as blocks, once for Word and PDF. The same layout written with the names of the
values in place of them is the form that an office begins its own with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hearing_portal.thai.numbering import Digits, display_digits
from manuals.word.blocks import (
    Block,
    Cell,
    PageTurn,
    Paragraph,
    Row,
    TableBlock,
    Words,
)

from ..values.plain import Row as ValuesRow
from ..values.plain import Values

type Column = tuple[str, int, str]  # heading, width, name of the value
ITEM = "row"  # what one of a list is called in a form


@dataclass
class PaperWriter:
    """`is_form` writes names in place of values."""

    values: Values
    is_form: bool = False
    digits: Digits = "arabic"
    blocks: list[Block] = field(default_factory=list)
    starts_page: bool = False
    is_wide: bool = False  # what was written last lies on its side

    def value(self, name: str) -> str:
        if self.is_form:
            return f"{{{{ {name} }}}}"
        found = self.values[name]
        assert isinstance(found, str), f"{name} is a list"
        return found

    def rows(self, name: str) -> list[ValuesRow]:
        found = self.values[name]
        assert isinstance(found, list), f"{name} is one value"
        return found

    def title(self, words: str) -> None:
        self._add(words, "title")

    def heading(self, words: str) -> None:
        self._add(words, "heading2")

    def minor_heading(self, words: str) -> None:
        self._add(words, "heading3")

    def text(self, words: str) -> None:
        for line in words.split("\n"):
            if line.strip():
                self._add(line, "text")

    def line(self, words: str, *, depth: int = 0) -> None:
        """Without an indent at its beginning; `depth` centimetres from the margin."""
        self._add(words, "line", depth=depth)

    def page(self) -> None:
        """What follows begins on a new page."""
        self.starts_page = True

    def _add(self, words: str, style: str, *, depth: int = 0) -> None:
        self._stand_upright()
        self.blocks.append(
            Paragraph(
                f"p{len(self.blocks)}",
                Words(display_digits(words, self.digits)),
                style,  # type: ignore[arg-type]
                depth=depth,
                starts_page=self.starts_page,
            )
        )
        self.starts_page = False

    def each(self, name: str, write: Callable[[Callable[[str], str]], None]) -> None:
        """Paragraphs for each of a list; `write` gets the function that reads a value of it."""
        if self.is_form:
            self.line(f"{{%p for {ITEM} in {name} %}}")
            write(lambda key: f"{{{{ {ITEM}.{key} }}}}")
            self.line("{%p endfor %}")
            return
        for row in self.rows(name):
            write(row.__getitem__)

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        size: int = 14,
        is_wide: bool = False,
    ) -> None:
        """A row for each of a list; an empty name is a column to write into by hand."""
        self._stand_upright()
        key = f"t{len(self.blocks)}"
        heads = [
            Cell(Words(display_digits(heading, self.digits)))
            for heading, _, _ in columns
        ]
        rows = [Row(f"{key}-head", heads, is_head=True)]
        if self.is_form:
            rows.append(self._whole_row(f"{{%tr for {ITEM} in {name} %}}", columns))
            cells = [
                Cell(Words(f"{{{{ {ITEM}.{each} }}}}" if each else ""))
                for _, _, each in columns
            ]
            rows.append(Row(f"{key}-row", cells))
            rows.append(self._whole_row("{%tr endfor %}", columns))
        else:
            for number, values in enumerate(self.rows(name)):
                cells = [
                    Cell(Words(values[each] if each else "")) for _, _, each in columns
                ]
                rows.append(Row(f"{key}-{number}", cells))
        widths = [width for _, width, _ in columns]
        self.blocks.append(TableBlock(key, rows, widths, size, is_wide))

    def wide_table(
        self,
        heading: str,
        name: str,
        columns: Sequence[Column],
    ) -> None:
        """On pages of its own that lie on their side; what follows stands upright again. Pages are turned back for
        what follows alone: at the end of a paper there would be an empty one."""
        if self.is_wide:
            self.is_wide = False
            self.page()
        else:
            self.blocks.append(PageTurn(f"w{len(self.blocks)}", is_wide_before=False))
        self.heading(heading)
        self.table(name, columns, size=12, is_wide=True)
        self.is_wide = True

    def _stand_upright(self) -> None:
        if self.is_wide:
            self.is_wide = False
            self.blocks.append(PageTurn(f"u{len(self.blocks)}", is_wide_before=True))

    def _whole_row(self, words: str, columns: Sequence[Column]) -> Row:
        return Row(words, [Cell(Words(words), span=len(columns))])
