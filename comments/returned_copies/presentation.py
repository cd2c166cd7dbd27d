"""What is shown of a file before and after it is taken in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.forms import BoundField

from hearing_portal.thai.diff import Segment, diff_tokens, segments
from manuals.models import EditionEntry
from manuals.word_export.returned import ReturnedItem

from ..citations import cite_entry
from ..commenting.refusals import CommentRefused
from ..issue_classes import ISSUE_CHOICES
from ..models import Comment, ReturnedCopy
from .answered_types import needs_type
from .choices import AS_READ, ItemChoice, load_choices
from .forms import ConfirmCopiesForm
from .inputs import comment_inputs, read_type, told_words
from .reading import ReadCopy, TakenBefore
from .same_office import OtherFile, find_other_files

KINDS = {
    "amend": "เสนอแก้ถ้อยคำ",
    "add": "เสนอเพิ่ม",
    "delete": "เสนอตัดออก",
    "remark": "ข้อความข้างข้อ",
    "answer": "กรอกในแบบ",
    "move": "เสนอย้าย",
}
MOST_SHOWN = 200  # of one file; of the rest only what somebody has to choose
UNPLACED = "ไม่ทราบข้อ"
TYPES = dict(Comment.Type.choices)
CLASSES = dict(ISSUE_CHOICES)


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
    place_in_file: int = 0
    type_read: str = ""  # as the file says it, whatever was chosen
    needs_type: bool = False  # the file says a type that nobody knows
    issue_class: str = ""
    is_left_out: bool = False
    is_unplaced: bool = False  # the file does not tell which entry it is about
    chosen_entry: str = ""  # uuid of the one that somebody said
    near: UUID | None = None
    near_citation: str = ""
    doubt: str = ""

    @property
    def waits_for_entry(self) -> bool:
        return self.is_unplaced and not (self.chosen_entry or self.is_left_out)

    @property
    def is_retyped(self) -> bool:
        return bool(self.type_read) and self.type != self.type_read

    @property
    def waits_for_type(self) -> bool:
        is_open = self.needs_type and not (self.type or self.is_left_out)
        return is_open and not self.waits_for_entry


@dataclass(slots=True)
class CopyCard:
    """A file: what is in it, or why it is not read; `taken` where it was taken in before."""

    copy: ReadCopy
    take: BoundField | None = None
    office: BoundField | None = None
    delegate: BoundField | None = None
    taken: ReturnedCopy | None = None
    alike: str = ""  # another file that says the same
    others: list[str] = field(default_factory=list)  # of the office, told
    rows: list[ItemRow] = field(default_factory=list)
    number: int = 0  # its place among those that were read

    @property
    def without_type(self) -> int:
        """How many things wait for somebody to choose their type."""
        return sum(row.waits_for_type for row in self.rows)

    @property
    def will_record(self) -> int:
        return len(self.placed) + self.more

    @property
    def left_out(self) -> int:
        return sum(row.is_left_out for row in self.rows)

    @property
    def placed(self) -> list[ItemRow]:
        return [row for row in self.rows if not row.waits_for_entry]

    @property
    def unplaced(self) -> list[ItemRow]:
        """What nobody has said yet which entry it is about."""
        return [row for row in self.rows if row.waits_for_entry]

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
    taken_in: TakenBefore,
    entries: Mapping[object, EditionEntry],
) -> list[CopyCard]:
    cards = []
    offices = {
        number: str(form[f"office-{number}"].value() or "") for number in form.numbers
    }
    others = find_other_files(form.session, form.copies, offices, entries)
    for number, copy in enumerate(form.copies):
        card = CopyCard(copy, taken=taken_in.same.get(copy.sha), number=number)
        card.alike = form.alike.get(number, "")
        if number in form.numbers:
            card.take = form[f"take-{number}"]
            card.office = form[f"office-{number}"]
            card.delegate = form[f"delegate-{number}"]
            card.rows = item_rows(copy, entries)
            if not card.alike:
                for other in others.get(number, []):
                    card.others.append(_tell_other(other, entries))
        cards.append(card)
    return cards


def _tell_other(other: OtherFile, entries: Mapping[object, EditionEntry]) -> str:
    told = f"ไฟล์ {other.name} {other.when} เป็นของ สพท. นี้ด้วย"
    if other.different:
        named = ", ".join(cite_entry(entries[uuid]) for uuid in other.different[:5])
        more = len(other.different) - 5
        and_more = f" และอีก {more} ข้อ" if more > 0 else ""
        told += f" ระบุต่างกันใน{named}{and_more}"
    if other.same:
        told += f" ระบุเหมือนกัน {other.same} เรื่อง ซึ่งจะบันทึกซ้ำ"
    return f"{told} โปรดตรวจกับ สพท. แล้วเว้นเรื่องที่ไม่ใช้ใน “เลือกทีละเรื่อง”"


def item_rows(copy: ReadCopy, entries: Mapping[object, EditionEntry]) -> list[ItemRow]:
    """As they will be recorded, by what was decided of them: first those of which nobody can tell what they are about,
    then the first others, and all of which the type is open."""
    chosen = load_choices(copy.upload)
    unplaced = []
    rows = []
    for place, item in enumerate(copy.returned.items):
        choice = chosen.get(place, AS_READ)
        if item.uuid is None:
            near = entries.get(item.near)
            row = _row_of(item, entries.get(choice.entry_of(item)), place, choice)
            row = replace(row, near_citation=cite_entry(near) if near else "")
            unplaced.append(row)
        elif place < MOST_SHOWN or needs_type(item):
            rows.append(_row_of(item, entries[item.uuid], place, choice))
    return [*unplaced, *rows]


def uuids_in_copies(copies: Iterable[ReadCopy]) -> set[UUID]:
    """Of all entries that the rows of these files name, with what somebody chose."""
    uuids = set()
    for copy in copies:
        chosen = load_choices(copy.upload)
        for place, item in enumerate(copy.returned.items):
            uuids.add(chosen.get(place, AS_READ).entry_of(item))
            uuids.add(item.near)
    return {uuid for uuid in uuids if uuid is not None}


def _row_of(
    item: ReturnedItem, entry: EditionEntry | None, place: int, choice: ItemChoice
) -> ItemRow:
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
    text = item.words if item.kind in ("remark", "answer", "move") else ""
    comment_type = type_read = ""
    try:
        type_read = _type_read(item, entry)
        if entry is not None:
            comment_type = TYPES[comment_inputs(item, entry, choice)[0].type]
    except CommentRefused as refusal:
        refused = refusal.message_th
    if entry is None:
        text, shown = told_words(item), []
    elif item.reason:
        text = f"{text} เหตุผล: {item.reason}".strip()
    return ItemRow(
        cite_entry(entry) if entry is not None else UNPLACED,
        comment_type,
        KINDS[item.kind],
        text,
        shown,
        item.place,
        refused,
        place,
        type_read,
        needs_type(item),
        CLASSES.get(choice.issue_class, ""),
        choice.is_left_out,
        is_unplaced=item.uuid is None,
        chosen_entry=choice.entry if item.uuid is None else "",
        near=item.near,
        doubt=item.doubt,
    )


def _type_read(item: ReturnedItem, entry: EditionEntry | None) -> str:
    if needs_type(item):
        return f"“{item.choice.strip()}”"
    if entry is None:
        return TYPES[read_type(item)]
    return TYPES[comment_inputs(item, entry)[0].type]
