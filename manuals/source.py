"""What was read of a file, whatever its format: lines in reading order, before anybody knows what they mean.

Readers of formats (text, PDF, Word) make a SourceDocument; importing/ makes processes of it. Pure: no database.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple
from uuid import UUID

from hearing_portal.refusals import Refusal
from hearing_portal.thai.damage import Repair, Suspicion
from hearing_portal.thai.numbering import Label

BOOKMARK = "_portal_"  # what the names of our bookmarks in a Word file begin with
ANSWER = "_answer_"  # those of rows in a form, where something is said about a clause
PERSON = "_person_"  # and where a form asks who says it
TABLE = "_table_"  # those of a table whose words stand in a paragraph of its own
# What the place of a footnote begins with, before that of its line
NOTE_OF = "เชิงอรรถของ"
IN_TABLE = "อยู่ในตารางหรือกรอบของ PDF ซึ่งไม่บอกว่าช่องใดอยู่แถวใด โปรดเทียบกับไฟล์ แล้วแก้ไขหรือเว้นไว้"
IN_BOX = "ข้อความนี้อยู่ในกล่องข้อความ โปรดตรวจว่าอยู่ถูกที่"  # the doubt of a line in a text box
# the doubt of a table's row that Word does not show
HIDDEN_ROW = "แถวนี้ซ่อนไว้ในไฟล์แต่ยังอ่าน โปรดตัดออกหากไม่ใช่ข้อความที่ใช้"
PICTURE_IN_CELL = "มีภาพในช่อง ซึ่งไม่ได้นำเข้า"
CHART = f"{BOOKMARK}chart"  # what the names of charts begin with, which are drawn and no figures


def uuid_in_bookmark(name: str) -> UUID | None:
    """The clause that a bookmark of ours names; None for any other name."""
    return _uuid_behind(BOOKMARK, name)


def uuid_in_answer(name: str) -> UUID | None:
    """What the row of a form asks about; None for any other name."""
    return _uuid_behind(ANSWER, name)


def uuid_in_table(name: str) -> UUID | None:
    """The clause whose table it is, where the paragraph above is that clause too; None for any other name."""
    return _uuid_behind(TABLE, name)


def _uuid_behind(beginning: str, name: str) -> UUID | None:
    if not name.startswith(beginning):
        return None
    try:
        return UUID(name.removeprefix(beginning))
    except ValueError:
        return None


# Letters of other code pages, among which U+00A0 is no blank: on a Mac it is ส
_OTHER = "\u00a1-\u0dff\u2010-\u22ff\u25ca\uf8ff\ufb01\ufb02"
_LETTERS_AT_END = re.compile(f"(?<=[{_OTHER}])\u00a0+(?=\\s*$)")
_LETTERS_AT_BEGINNING = re.compile(f"\u00a0+(?=[{_OTHER}])")


def without_blanks_behind(text: str) -> str:
    """A line as it comes, before it is known in which code page it was written."""
    stripped = text.rstrip()
    letters = _LETTERS_AT_END.match(text, len(stripped))
    return stripped + letters[0] if letters is not None else stripped


def without_blanks_around(text: str) -> str:
    text = without_blanks_behind(text)
    stripped = text.lstrip()
    gone = text[: len(text) - len(stripped)]
    letters = _LETTERS_AT_BEGINNING.search(text, 0)
    is_letters = letters is not None and letters.end() == len(gone)
    return text[letters.start() :] if letters is not None and is_letters else stripped


class SourceNotRead(Refusal):
    """Nothing is read of the file; `message_th` says why and what to do."""


type LineKind = Literal["text", "row", "figure", "note"]


class MadeRepair(NamedTuple):
    """A repair, and where it was made."""

    place: str
    repair: Repair


class TrackedChange(NamedTuple):
    """Words of a line that somebody put in or took out with the changes tracked: code points [start, end) of the line
    for what was put in; for what was taken out, where it stood and what it was."""

    kind: Literal["ins", "del"]
    start: int
    end: int
    words: str
    author: str = ""
    made_at: str = ""  # as the file says it


class OddLook(NamedTuple):
    """Code points [start, end) of a line that look as no plain text does: raised or lowered, struck through by hand, or
    hidden. In a table's row only the words are known, and both places are 0."""

    kind: Literal["raised", "lowered", "struck", "hidden"]
    start: int
    end: int
    words: str


class MarginNote(NamedTuple):
    """A remark in the margin of code points [start, end) of a line. The author is a name in a file, no identity. Beside
    words that were taken out whole it has their `bookmark`: the line it is told with is only the next one."""

    start: int
    end: int
    words: str
    author: str = ""
    made_at: str = ""
    bookmark: str = ""


@dataclass(slots=True)
class SourceLine:
    """A line or paragraph. `place` is how a person finds it in the file; a table's row has `cells`.

    - label: the number in front of it where the file itself knows it (automatic numbering); a typed one is in `text`
    - level: that of a heading, 0 for none
    - list_level: how far down it is in its list, as the file itself says it; 0 for its first level, and for no list
    - is_paragraph: the file says where it begins and ends
    - is_behind_blank: an empty line stands before it
    - may_go_on: it ends where the page did, so the next one may be the rest of the sentence
    - bookmark: names a clause of ours
    - is_moved_here: it was put here with the changes tracked, as a move
    - picture: of a figure, the hash of its picture; its `text` is what the file says to who cannot see it
    """

    text: str
    place: str
    kind: LineKind = "text"
    label: Label | None = None
    level: int = 0
    list_level: int = 0
    is_indented: bool = False
    is_paragraph: bool = False
    is_behind_blank: bool = False
    may_go_on: bool = False
    page: int = 0  # 0 where the file has none
    cells: list[str] = field(default_factory=list)
    suspicions: list[Suspicion] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    margin_notes: list[MarginNote] = field(default_factory=list)
    looks: list[OddLook] = field(default_factory=list)
    bookmark: str = ""
    picture: str = ""
    is_moved_here: bool = False

    @property
    def words(self) -> str:
        return self.text.strip()


class LeftOut(NamedTuple):
    """Words of the file that are no text of a process, and why. `is_missing` are those that would be: they are counted
    among the words of the file that stand nowhere."""

    place: str
    words: str
    reason: str
    is_missing: bool = False


@dataclass(slots=True)
class SourceDocument:
    """The lines of a file with what was put right in them, and what was left out on purpose."""

    lines: list[SourceLine] = field(default_factory=list)
    repairs: list[MadeRepair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)  # of the whole file
    margin_notes_left: list[MarginNote] = field(
        default_factory=list
    )  # remarks that no line has
    changes_left: list[tuple[str, TrackedChange]] = field(
        default_factory=list
    )  # (place, change) of paragraphs of which nothing is left
    pictures: dict[str, str] = field(
        default_factory=dict
    )  # {hash of a picture: its name inside the file}

    def part(self, start: int, end: int) -> "SourceDocument":
        """Lines [start, end) with what was put right in them; the first part has what was said of the whole file."""
        lines = self.lines[start:end]
        places = {line.place for line in lines}
        all_places = {line.place for line in self.lines}
        is_first = start == 0
        repairs = []
        for made in self.repairs:
            if made.place in places or (is_first and made.place not in all_places):
                repairs.append(made)
        return SourceDocument(
            lines=lines,
            repairs=repairs,
            left_out=list(self.left_out) if is_first else [],
            refusals=list(self.refusals) if is_first else [],
            doubts=list(self.doubts) if is_first else [],
            margin_notes_left=list(self.margin_notes_left) if is_first else [],
            changes_left=list(self.changes_left) if is_first else [],
            pictures=dict(self.pictures),
        )

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "lines": [_line_json(line) for line in self.lines]}


def _line_json(line: SourceLine) -> dict[str, Any]:
    """Without what is as usual: most lines have a text and a place."""
    usual = asdict(SourceLine("", ""))
    kept = {}
    for name, value in asdict(line).items():
        if value != usual[name]:
            kept[name] = value
    return kept


def document_from_json(kept: dict[str, Any]) -> SourceDocument:
    """As to_json wrote it."""
    lines = []
    for each in kept["lines"]:
        line = SourceLine(**{"text": "", "place": "", **each})
        if line.label is not None:
            line.label = Label(*line.label)
        line.suspicions = [Suspicion(*suspicion) for suspicion in line.suspicions]
        line.changes = [TrackedChange(*change) for change in line.changes]
        line.margin_notes = [MarginNote(*comment) for comment in line.margin_notes]
        line.looks = [OddLook(*look) for look in line.looks]
        lines.append(line)
    repairs = []
    for place, repair in kept["repairs"]:
        repairs.append(MadeRepair(place, Repair(*repair)))
    return SourceDocument(
        lines=lines,
        repairs=repairs,
        left_out=[LeftOut(*left) for left in kept["left_out"]],
        margin_notes_left=[
            MarginNote(*note) for note in kept.get("margin_notes_left", ())
        ],
        changes_left=[
            (place, TrackedChange(*change))
            for place, change in kept.get("changes_left", ())
        ],
        refusals=list(kept["refusals"]),
        doubts=list(kept["doubts"]),
        pictures=dict(kept.get("pictures", {})),
    )


def texts_of(lines: Iterable[SourceLine]) -> list[str]:
    return [line.text for line in lines]
