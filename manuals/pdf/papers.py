"""A paper made of blocks as PDF: what Word shows of the same blocks, printed here. Imports no Django."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hearing_portal.thai.numbering import Digits
from manuals.word.blocks import (
    Block,
    PageTurn,
    Paragraph,
    Row,
    TableBlock,
    WordDocument,
    Words,
)

from .render import render_chunk
from .templates import render_template
from .typesetter import Html, as_html

HEADINGS = {"title": "h1", "heading1": "h1", "heading2": "h2", "heading3": "h3"}
LONG_ROW = 900  # letters: a row with more may go over a page's end


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    html: Html


def print_paper(document: WordDocument, digits: Digits = "thai") -> bytes:
    """Paragraphs and tables; of a paper there is nothing else."""
    html = render_template(
        "paper.html",
        digits=digits,
        plain_title=document.title,
        foot=document.foot,
        counter="thai" if digits == "thai" else "decimal",
        blocks=[PrintedBlock(Html(each)) for each in _blocks_html(document.blocks)],
    )
    return render_chunk(html).pdf


def _blocks_html(blocks: Iterable[Block]) -> Iterator[str]:
    yield '<div class="upright">'
    for block in blocks:
        match block:
            case PageTurn():
                way = "upright" if block.is_wide_before else "wide"
                yield f'</div><div class="{way}">'
            case Paragraph():
                yield _paragraph_html(block)
            case TableBlock():
                yield _table_html(block)
            case _:
                raise TypeError(f"no paper has {block}")
    yield "</div>"


def _paragraph_html(paragraph: Paragraph) -> str:
    tag = HEADINGS.get(paragraph.style, "p")
    looks = f"margin-left:{paragraph.depth}cm;" if paragraph.depth else ""
    if paragraph.starts_page:
        looks += "break-before:page;"
    style = f' style="{looks}"' if looks else ""
    words = _words_html(paragraph.words) or "&#160;"
    return f'<{tag} class="{paragraph.style}"{style}>{words}</{tag}>'


def _words_html(words: Words) -> str:
    bold = as_html(words.text[: words.bold])
    rest = as_html(words.text[words.bold :])
    return f"<b>{bold}</b>{rest}" if bold else rest


def _table_html(table: TableBlock) -> str:
    total = sum(table.widths)
    columns = "".join(
        f'<col style="width:{100 * width / total:.2f}%">' for width in table.widths
    )
    heads = "".join(_row_html(row, "th") for row in table.rows if row.is_head)
    rows = "".join(_row_html(row, "td") for row in table.rows if not row.is_head)
    return (
        f'<table class="rules" style="font-size:{table.size * 0.75:.1f}pt"><colgroup>{columns}</colgroup>'
        f"<thead>{heads}</thead><tbody>{rows}</tbody></table>"
    )


def _row_html(row: Row, tag: str) -> str:
    letters = sum(len(cell.words.text) for cell in row.cells)
    looks = ' class="tall"' if letters > LONG_ROW else ""
    scope = ' scope="col"' if tag == "th" else ""
    cells = "".join(
        f"<{tag}{scope}>{_words_html(cell.words)}</{tag}>" for cell in row.cells
    )
    return f"<tr{looks}>{cells}</tr>"
