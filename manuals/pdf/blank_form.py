"""A form to be printed and filled in by hand, a page for each group, with the code of its page in the portal. What it
asks is told by who makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .chunks import Document
from .front_matter import qr_code
from .render_pool import print_documents
from .templates import render_template


@dataclass(frozen=True, slots=True)
class BlankFormPage:
    """What stands on the pages of one group, and where its code leads."""

    group: str
    address: str

    @property
    def qr(self) -> str:
        return qr_code(self.address)


@dataclass(frozen=True, slots=True)
class BlankForm:
    """`asked_of_person` are lines to be filled in once; each of `entries` blocks has the choices, a row of boxes each
    with its name, and the `spaces` to write in: (name, lines)."""

    title: str
    about: str
    help_texts: Sequence[str]
    asked_of_person: Sequence[str]
    choices: Sequence[tuple[str, Sequence[str]]]
    spaces: Sequence[tuple[str, int]]
    place: str
    entries: int = 6

    @property
    def blocks(self) -> range:
        return range(1, self.entries + 1)

    @property
    def ruled(self) -> list[tuple[str, range]]:
        return [(name, range(lines)) for name, lines in self.spaces]


def print_blank_form(form: BlankForm, pages: Sequence[BlankFormPage]) -> bytes:
    """The PDF. Raises PrintFailed."""
    html = render_template(
        "blank_form.html", form=form, pages=pages, plain_title=form.title
    )
    [printed], _ = print_documents([Document(form.title, html)])
    return printed.pdf
