"""The rows of a process in the preview: what was read of a file, as an official puts it right before it is taken in.

Pure: no database. Rows stand in reading order, part by part; a row hangs below the nearest one before it that is one
level further out. What is asked for and cannot be done raises RowRefused, in Thai.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from hearing_portal.thai.text import escape_plain

from ..content import (
    PARTS,
    Content,
    Definition,
    Figure,
    Form,
    Note,
    Reference,
    Step,
    Table,
    Text,
    content_from_json,
    plain_text,
    written_words,
)
from ..drafting.cutting import SEAM
from ..drafting.part_kinds import kinds_of_part, usual_numbering
from ..labels import Labelled, label_clauses
from ..models import Clause
from ..wording import reworded_content
from .drafts import ClauseDraft, ProcessDraft
from .process_text import content_for_part
from .reference_links import PrintedNode, nodes_of
from .refusals import RowRefused

MOST_ROWS = 3000  # of one process
DEEPEST = 5
CHOSEN = "chosen"  # how a row was matched, where a person said so
OF_WORDS = (Text.kind, Note.kind, Definition.kind, Form.kind, Reference.kind)
ALT_NEEDED = "ภาพต้องมีคำอธิบายแทนภาพก่อนยืนยัน โปรดกด “แก้ไข” ที่ภาพ แล้วกรอก"
PARTS_WITH_ROWS = tuple(part for part in PARTS if part != 1)


@dataclass(slots=True)
class PreviewRow:
    """A clause to be. `source` is (place, words) in the file, `repairs` are (what, before, after) of the reader;
    `clause` is the one of the working draft that it is, None for a new one, and `how` tells what says so."""

    uuid: UUID
    part: int
    content: Content
    depth: int = 0
    numbering: str = "none"
    printed: str = ""
    bookmark: str = ""
    source: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    repairs: list[tuple[str, str, str]] = field(default_factory=list)
    clause: UUID | None = None
    how: str = ""
    likeness: int = 0
    is_accepted: bool = False
    is_corrected: bool = False
    is_left_out: bool = False

    @property
    def words(self) -> str:
        """In one line, as it is read."""
        return written_words(self.content.kind, plain_text(self.content))

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has still to look at it. A picture is not taken in before somebody said what it shows."""
        if self.is_left_out:
            return False
        return self.lacks_alt or (bool(self.doubts) and not self.is_accepted)

    @property
    def lacks_alt(self) -> bool:
        return isinstance(self.content, Figure) and not self.content.alt.strip()

    @property
    def is_chosen(self) -> bool:
        return self.how == CHOSEN

    def to_json(self) -> dict[str, Any]:
        return {
            "uuid": str(self.uuid),
            "part": self.part,
            "content": self.content.as_json(),
            "depth": self.depth,
            "numbering": self.numbering,
            "printed": self.printed,
            "bookmark": self.bookmark,
            "source": self.source,
            "doubts": self.doubts,
            "repairs": self.repairs,
            "clause": str(self.clause) if self.clause else "",
            "how": self.how,
            "likeness": self.likeness,
            "accepted": self.is_accepted,
            "corrected": self.is_corrected,
            "left_out": self.is_left_out,
        }


def row_from_json(kept: Mapping[str, Any]) -> PreviewRow:
    """As to_json wrote it."""
    return PreviewRow(
        uuid=UUID(kept["uuid"]),
        part=kept["part"],
        content=content_from_json(kept["content"]),
        depth=kept["depth"],
        numbering=kept["numbering"],
        printed=kept["printed"],
        bookmark=kept["bookmark"],
        source=[(place, words) for place, words in kept["source"]],
        doubts=list(kept["doubts"]),
        repairs=[(what, before, after) for what, before, after in kept["repairs"]],
        clause=UUID(kept["clause"]) if kept["clause"] else None,
        how=kept["how"],
        likeness=kept["likeness"],
        is_accepted=kept["accepted"],
        is_corrected=kept["corrected"],
        is_left_out=kept["left_out"],
    )


def rows_of(draft: ProcessDraft, repair_names: Mapping[str, str]) -> list[PreviewRow]:
    """What was read, in the order in which it is numbered, with what was said of each line."""
    by_clause: dict[UUID, list[str]] = {}
    by_place: dict[str, list[str]] = {}
    for doubt in draft.doubts:
        if doubt.clause is not None:
            by_clause.setdefault(doubt.clause, []).append(doubt.message)
        elif doubt.place:
            by_place.setdefault(doubt.place, []).append(doubt.message)
    repairs: dict[str, list[tuple[str, str, str]]] = {}
    for place, repair in draft.repairs:
        made = (repair_names[repair.kind], repair.before, repair.after)
        repairs.setdefault(place, []).append(made)
    rows = []
    for labelled in label_clauses(nodes_of(draft.clauses)):
        clause = labelled.node.draft
        row = PreviewRow(
            uuid=clause.uuid,
            part=clause.part,
            content=clause.content,
            depth=labelled.depth,
            numbering=clause.numbering,
            printed=clause.source_label,
            bookmark=clause.bookmark,
            source=clause.source,
            doubts=by_clause.get(clause.uuid, []),
        )
        for place in dict.fromkeys(place for place, _ in clause.source):
            # Clauses of one line share what was said of it; the first one has it
            row.doubts = row.doubts + by_place.pop(place, [])
            row.repairs = row.repairs + repairs.pop(place, [])
        rows.append(row)
    return rows


def doubts_of_process(draft: ProcessDraft) -> list[str]:
    """What was said of no clause: of parts, of lines that became none."""
    told = set()
    for clause in draft.clauses:
        told |= {place for place, _ in clause.source}
    uuids = {clause.uuid for clause in draft.clauses}
    of_process = []
    for doubt in draft.doubts:
        if doubt.clause not in uuids and doubt.place not in told:
            of_process.append(doubt.words)
    return of_process


class PreviewRows:
    """The rows of one process, and what may be done to them. Each act names a row by its uuid."""

    def __init__(self, rows: Iterable[PreviewRow]) -> None:
        self.rows = list(rows)

    def find(self, uuid: UUID) -> PreviewRow:
        return self.rows[self._place_of(uuid)]

    @property
    def standing(self) -> list[PreviewRow]:
        """Those that are taken in."""
        return [row for row in self.rows if not row.is_left_out]

    @property
    def doubtful(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.is_doubtful]

    # --- what becomes of them

    def to_drafts(self) -> list[ClauseDraft]:
        """Without what is left out: what hung below goes one level out."""
        drafts: list[ClauseDraft] = []
        above: list[tuple[int, ClauseDraft]] = []  # (depth, row) that the next may be
        part = 0
        standing = {str(row.uuid) for row in self.standing}
        for row in self.standing:
            if row.part != part:
                part = row.part
                above = []
            while above and above[-1][0] >= row.depth:
                above.pop()
            draft = ClauseDraft(
                part=row.part,
                content=_without_lost_branches(row.content, standing),
                numbering=row.numbering,
                parent=above[-1][1].uuid if above else None,
                source_label=row.printed,
                place=row.source[0][0] if row.source else "",
                uuid=row.uuid,
                bookmark=row.bookmark,
            )
            drafts.append(draft)
            above.append((row.depth, draft))
        return drafts

    def labelled(self) -> Iterator[Labelled[PrintedNode]]:
        """With the numbers they get, in reading order."""
        return label_clauses(nodes_of(self.to_drafts()))

    # --- acts

    def promote(self, uuid: UUID) -> None:
        place = self._place_of(uuid)
        row = self._standing_row(place)
        if not row.depth:
            raise RowRefused("ข้อนี้อยู่ระดับบนสุดของส่วนแล้ว จึงเลื่อนออกไม่ได้")
        end = self._end_of_subtree(place)
        for below in self.rows[place:end]:
            below.depth -= 1
        self._number_like_neighbours(place)

    def demote(self, uuid: UUID) -> None:
        place = self._place_of(uuid)
        row = self._standing_row(place)
        before = self._standing_before(place)
        if row.content.kind == Step.kind:
            raise RowRefused("ขั้นตอนในผังไม่มีระดับ จึงเลื่อนเข้าไม่ได้")
        if before is None or before.depth < row.depth:
            raise RowRefused("ไม่มีข้อก่อนหน้าในระดับเดียวกัน จึงเลื่อนเข้าไม่ได้")
        end = self._end_of_subtree(place)
        if max(below.depth for below in self.rows[place:end]) >= DEEPEST:
            raise RowRefused(f"ข้อซ้อนกันได้ไม่เกิน {DEEPEST + 1} ระดับ จึงเลื่อนเข้าไม่ได้")
        for below in self.rows[place:end]:
            below.depth += 1
        self._number_like_neighbours(place)

    def join(self, uuid: UUID) -> PreviewRow:
        """With the row before it, which has the words of both."""
        place = self._place_of(uuid)
        row = self._standing_row(place)
        before = self._standing_before(place)
        if before is None:
            raise RowRefused("ไม่มีข้อก่อนหน้าในส่วนเดียวกัน จึงรวมไม่ได้")
        for each in (before, row):
            if each.content.kind not in OF_WORDS:
                raise RowRefused("รวมได้เฉพาะข้อที่เป็นข้อความ ไม่รวมตาราง ภาพ และขั้นตอนในผัง")
        before.content = _with_more_words(before.content, row.words)
        before.source = before.source + row.source
        before.doubts = before.doubts + row.doubts
        before.repairs = before.repairs + row.repairs
        before.is_accepted = before.is_accepted and (row.is_accepted or not row.doubts)
        before.is_corrected = True
        self.rows.pop(place)
        return before

    def split(self, uuid: UUID, typed: str) -> list[PreviewRow]:
        """At the empty lines in its words, which stay as they are. The first piece is the row itself."""
        place = self._place_of(uuid)
        row = self._standing_row(place)
        if row.content.kind not in OF_WORDS:
            raise RowRefused("แยกได้เฉพาะข้อที่เป็นข้อความ ไม่รวมตาราง ภาพ และขั้นตอนในผัง")
        if "".join(typed.split()) != "".join(row.words.split()):
            raise RowRefused(
                "ถ้อยคำต่างจากเดิม การแยกข้อใส่ได้เฉพาะบรรทัดว่าง โปรดคืนถ้อยคำเดิม แล้วแก้ถ้อยคำหลังแยกข้อ",
                field="text",
            )
        pieces = [piece for piece in SEAM.split(typed.strip()) if piece.strip()]
        if len(pieces) < 2:
            raise RowRefused(
                "ยังไม่มีบรรทัดว่าง โปรดเว้นบรรทัดว่างหนึ่งบรรทัดตรงที่จะแยก", field="text"
            )
        made = [row]
        row.content = _of_words(row, " ".join(pieces[0].split()))
        for piece in pieces[1:]:
            fresh = replace(
                row,
                uuid=uuid4(),
                printed="",
                bookmark="",
                clause=None,
                how="",
                likeness=0,
                is_corrected=True,
            )
            fresh.content = _of_words(row, " ".join(piece.split()))
            made.append(fresh)
        row.is_corrected = True
        # What hung below the row stays below the last piece
        self.rows[place + 1 : place + 1] = made[1:]
        return made

    def reword(self, uuid: UUID, texts: Mapping[str, str]) -> None:
        row = self._standing_row(self._place_of(uuid))
        content = reworded_content(row.content, texts)
        if content is not None:
            row.content = content
            row.is_corrected = True
        row.is_accepted = True

    def move(
        self,
        uuid: UUID,
        part: int,
        kind: str,
        numbering: str,
        sources: Mapping[str, str],
    ) -> None:
        """To the end of another part with all below it, as what usually stands there where no kind is named; or another
        kind or number where it stands."""
        place = self._place_of(uuid)
        row = self._standing_row(place)
        if part not in PARTS_WITH_ROWS:
            raise RowRefused("โปรดเลือกส่วนที่ 2 ถึง 9", field="part")
        is_elsewhere = part != row.part
        if is_elsewhere:
            place = self._move_subtree(place, part)
        end = self._end_of_subtree(place)
        for number, moved in enumerate(self.rows[place:end]):
            wanted = moved.content.kind
            if number == 0 and (kind or is_elsewhere):
                wanted = kind or usual_kind(moved.content.kind, part)
            moved.content = _recast(moved, part, wanted, sources)
        if row.content.kind == Step.kind:
            for moved in self.rows[place:end]:
                moved.depth = 0
        row.numbering = numbering or usual_numbering(row.content.kind)
        row.is_corrected = True

    def accept(self, uuids: Iterable[UUID]) -> int:
        """Knowingly as they are; how many of them were doubtful."""
        wanted = set(uuids)
        accepted = 0
        for row in self.rows:
            if row.uuid in wanted and row.is_doubtful:
                if row.lacks_alt:
                    raise RowRefused(ALT_NEEDED)
                row.is_accepted = True
                accepted += 1
        return accepted

    def leave_out(self, uuid: UUID) -> None:
        row = self._standing_row(self._place_of(uuid))
        row.is_left_out = True
        row.clause = None
        row.how = ""
        row.likeness = 0

    def take_back(self, uuid: UUID) -> None:
        self.find(uuid).is_left_out = False

    def choose_clause(self, uuid: UUID, clause: UUID | None) -> None:
        """Another row that was this clause is no more."""
        row = self._standing_row(self._place_of(uuid))
        for other in self.rows:
            if clause is not None and other is not row and other.clause == clause:
                other.clause = None
                other.how = ""
                other.likeness = 0
        row.clause = clause
        row.how = CHOSEN

    # --- places

    def _place_of(self, uuid: UUID) -> int:
        for place, row in enumerate(self.rows):
            if row.uuid == uuid:
                return place
        raise RowRefused("ไม่มีข้อนี้ในตัวอย่างแล้ว อาจรวมกับข้ออื่นไปแล้ว")

    def _standing_row(self, place: int) -> PreviewRow:
        row = self.rows[place]
        if row.is_left_out:
            raise RowRefused("ข้อนี้เว้นไว้ โปรดนำกลับเข้ามาก่อน")
        return row

    def _standing_before(self, place: int) -> PreviewRow | None:
        part = self.rows[place].part
        for row in reversed(self.rows[:place]):
            if row.part != part:
                return None
            if not row.is_left_out:
                return row
        return None

    def _end_of_subtree(self, place: int) -> int:
        row = self.rows[place]
        end = place + 1
        while end < len(self.rows):
            below = self.rows[end]
            if below.part != row.part or below.depth <= row.depth:
                break
            end += 1
        return end

    def _move_subtree(self, place: int, part: int) -> int:
        end = self._end_of_subtree(place)
        moved = self.rows[place:end]
        del self.rows[place:end]
        at = len(self.rows)
        for number, row in enumerate(self.rows):
            if row.part > part:
                at = number
                break
        depth = moved[0].depth
        for row in moved:
            row.depth -= depth
            row.part = part
        self.rows[at:at] = moved
        return at

    def _number_like_neighbours(self, place: int) -> None:
        """As its new siblings are numbered; the first of its level as is usual there."""
        row = self.rows[place]
        for others in (
            reversed(self.rows[:place]),
            self.rows[self._end_of_subtree(place) :],
        ):
            for other in others:
                if other.part != row.part or other.depth < row.depth:
                    break
                if other.depth == row.depth and not other.is_left_out:
                    row.numbering = other.numbering
                    return
        usual = usual_numbering(row.content.kind)
        is_below = row.depth and usual == Clause.Numbering.DECIMAL
        row.numbering = Clause.Numbering.PAREN if is_below else usual


def usual_kind(kind: str, part: int) -> str:
    """What a clause of this kind usually is in that part: a note, a table and a figure stay what they are."""
    if kind in (Table.kind, Figure.kind):
        return kind
    kinds = kinds_of_part(part)
    return kind if kind == Note.kind and kind in kinds else kinds[0].value


def _without_lost_branches(content: Content, standing: set[str]) -> Content:
    if not isinstance(content, Step):
        return content
    branches = [branch for branch in content.next if branch["to"] in standing]
    return replace(content, next=branches)


def _with_more_words(content: Content, words: str) -> Content:
    match content:
        case Form():
            return replace(content, name=f"{content.name} {words}".strip())
        case Reference():
            return replace(content, as_cited=f"{content.as_cited} {words}".strip())
    return replace(content, body=f"{content.body} {escape_plain(words)}".strip())


def _of_words(row: PreviewRow, words: str) -> Content:
    """A piece of the row's words, of the row's kind."""
    match row.content:
        case Form():
            return Form(name=words, applies_to=row.content.applies_to)
        case Reference():
            return Reference(as_cited=words, applies_to=row.content.applies_to)
        case Definition():
            piece = content_for_part(4, words, 0, {})
            return replace(piece, applies_to=row.content.applies_to)
    return replace(row.content, body=escape_plain(words))


def _recast(
    row: PreviewRow, part: int, kind: str, sources: Mapping[str, str]
) -> Content:
    """The row's words as a clause of that kind; as it is where it is one and may stand there."""
    if kind != row.content.kind and kind not in kinds_of_part(part):
        raise RowRefused("ชนิดของข้อนี้อยู่ในส่วนที่เลือกไม่ได้ โปรดเลือกใหม่", field="kind")
    if kind == row.content.kind and kind in kinds_of_part(part):
        return row.content
    words = " ".join(row.words.split("\n"))
    if kind not in OF_WORDS and kind != Step.kind:
        raise RowRefused(
            "ตารางและภาพย้ายไปส่วนนี้ไม่ได้ และข้อความเปลี่ยนเป็นตารางหรือภาพในหน้านี้ไม่ได้",
            field="kind",
        )
    match kind:
        case Text.kind if kind in kinds_of_part(part):
            return Text(body=escape_plain(words))
        case Note.kind if kind in kinds_of_part(part):
            return Note(body=escape_plain(words))
    depth = row.depth if kind not in kinds_of_part(part) else 0
    return content_for_part(part, words, depth, sources)


def refuse_rows(rows: Sequence[PreviewRow]) -> None:
    """Raises RowRefused for more than are kept."""
    if len(rows) > MOST_ROWS:
        raise RowRefused(
            f"กระบวนงานหนึ่งมีเกิน {MOST_ROWS:,} ข้อ โปรดตรวจว่าหัวข้อ “1. ชื่องาน” ของแต่ละกระบวนงานอยู่ครบ แล้วแบ่งไฟล์"
        )
