"""What is shown of a file before and after it is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.forms import BoundField

from hearing_portal.thai.diff import Segment, diff_tokens, segments
from manuals.models import EditionEntry
from manuals.word_export.returned import ReturnedItem

from ..citations import cite_entry
from ..commenting.refusals import CommentRefused
from ..models import Comment, ReturnedCopy
from .forms import ConfirmCopiesForm
from .inputs import comment_inputs
from .reading import ReadCopy

KINDS = {
    "amend": "เสนอแก้ถ้อยคำ",
    "add": "เสนอเพิ่ม",
    "delete": "เสนอตัดออก",
    "remark": "ข้อความข้างข้อ",
    "answer": "กรอกในแบบ",
}
MOST_SHOWN = 200  # of one file; the rest is counted
TYPES = dict(Comment.Type.choices)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something a file says, as it will be recorded; `refused` where it cannot be."""

    citation: str
    type: str
    kind: str
    text: str
    segments: Sequence[Segment]
    place: str
    refused: str = ""


@dataclass(slots=True)
class CopyCard:
    """A file: what is in it, or why it is not read; `taken` where it was taken in before."""

    copy: ReadCopy
    take: BoundField | None = None
    office: BoundField | None = None
    delegate: BoundField | None = None
    taken: ReturnedCopy | None = None
    rows: list[ItemRow] = field(default_factory=list)

    @property
    def more(self) -> int:
        return max(0, len(self.copy.returned.items) - len(self.rows))

    @property
    def hints(self) -> str:
        """Whom the file names."""
        names = [*self.copy.returned.person[:2], *self.copy.returned.authors[:3]]
        return ", ".join(dict.fromkeys(name for name in names if name))


def copy_cards(
    form: ConfirmCopiesForm,
    taken_in: Mapping[str, ReturnedCopy],
    entries: Mapping[object, EditionEntry],
) -> list[CopyCard]:
    cards = []
    for number, copy in enumerate(form.copies):
        card = CopyCard(copy, taken=taken_in.get(copy.sha))
        if number in form.numbers:
            card.take = form[f"take-{number}"]
            card.office = form[f"office-{number}"]
            card.delegate = form[f"delegate-{number}"]
            for item in copy.returned.items[:MOST_SHOWN]:
                card.rows.append(_row_of(item, entries[item.uuid]))
        cards.append(card)
    return cards


def _row_of(item: ReturnedItem, entry: EditionEntry) -> ItemRow:
    shown: list[Segment] = []
    if item.kind == "amend":
        steps = diff_tokens(item.words_before, item.words)
        shown = segments(steps, item.words_before, item.words)
    elif item.kind == "add":
        shown = [Segment("ins", item.words)]
    elif item.kind == "delete":
        shown = [Segment("del", item.words_before)]
    elif item.texts:
        shown = [Segment("ins", words) for words in item.texts.values()]
    refused = ""
    text = item.words if item.kind in ("remark", "answer") else ""
    comment_type = ""
    try:
        first = comment_inputs(item, entry)[0]
        comment_type = TYPES[first.type]
    except CommentRefused as refusal:
        refused = refusal.message_th
    if item.reason:
        text = f"{text} เหตุผล: {item.reason}".strip()
    return ItemRow(
        cite_entry(entry),
        comment_type,
        KINDS[item.kind],
        text,
        shown,
        item.place,
        refused,
    )
