"""Cards to be cut out, eight on an A4 sheet, each with a code, and the list of them for a desk. What they are for is
told by who makes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .chunks import Document
from .front_matter import qr_code
from .render_pool import print_documents
from .templates import render_template

A_SHEET = 8


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """`address` is where its code leads; it stands on the card in letters too, and never in the list."""

    number: str
    name: str
    office: str
    groups: str
    uses: str
    address: str

    @property
    def qr(self) -> str:
        return qr_code(self.address)


def print_cards(title: str, about: str, cards: Sequence[PrintedCard]) -> bytes:
    """The PDF: the sheets, then the list. Raises PrintFailed."""
    sheets = [cards[start : start + A_SHEET] for start in range(0, len(cards), A_SHEET)]
    html = render_template(
        "cards.html",
        plain_title=f"บัตรเข้าร่วมประชุม {title}",
        title=title,
        about=about,
        sheets=sheets,
        cards=cards,
        across=[15, 105, 195],
        down=[18.5, 83.5, 148.5, 213.5, 278.5],
    )
    [printed], _ = print_documents([Document("บัตรเข้าร่วมประชุม", html)])
    return printed.pdf
