"""A form that was filled in as a spreadsheet: what its rows say, and all else that somebody wrote into the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.spreadsheets import (
    MOST_SHEETS,
    Line,
    ReadSheet,
    TableRefused,
    read_sheets,
)
from hearing_portal.web.http import parse_uuid
from manuals.word_export.form_rows import words_put_behind
from manuals.word_export.returned import ReturnedFile, ReturnedItem
from manuals.word_export.sent_words import SentWords

from ..models import Comment
from .answered_types import answered_type
from .beside_cells import HIDDEN_SHEET, SheetPlaces, leave_drawn, tell_marks
from .comment_form import FORM, TITLE
from .comment_sheet import CITE, CODE, FILLED_IN, SECTION, WORDS
from .refusals import NOT_THIS
from .sheet_rows import (
    ABOUT_ALL,
    SentRow,
    SentRows,
    are_alike,
    joined_cells,
    same_words,
    with_digits_of,
)

NOT_A_FORM = "ไม่พบหัวตารางของแบบแสดงความคิดเห็นในไฟล์นี้ โปรดใช้แบบตารางคำนวณที่ส่งออกจากระบบ"
CHANGED_CODE = "รหัสข้อไม่ตรงกับฉบับของเวที"
OTHER_CLAUSE = "รหัสข้อในแถวเป็นของอีกข้อหนึ่ง ไม่ตรงกับถ้อยคำที่แสดง"
OTHER_WORDS = "ช่องถ้อยคำไม่ใช่ถ้อยคำของข้อนี้"
EMPTIED = "ช่องถ้อยคำว่าง โปรดสอบถาม สพท. เจ้าของไฟล์ว่าขอตัดข้อนี้หรือไม่"
RENUMBERED = "ช่อง “ข้อ” เขียนว่า “{now}” แต่แถวนี้เป็นของข้อ {was} โปรดตรวจกับ สพท. เจ้าของไฟล์"
RENAMED = "ช่อง “กระบวนงาน” เขียนว่า “{now}” ไม่ได้นำเข้า โปรดเสนอในแถวของกระบวนงาน"
HIDDEN_ROWS = "{rows} ซ่อนไว้ในไฟล์แต่ยังนำเข้า โปรดตรวจกับ สพท. เจ้าของไฟล์"
MORE_SHEETS = f"อ่านเพียง {MOST_SHEETS} แผ่นงานแรก โปรดตรวจว่าแผ่นงานอื่นไม่มีความคิดเห็น"
HALF = 2


def read_comment_sheet(raw: bytes, sent: SentWords) -> ReturnedFile:
    """All that the file says. Raises TableRefused, also for the form of another edition."""
    sheets = read_sheets(raw)
    heads = [_find_head(sheet) for sheet in sheets]
    if not any(heads):
        raise TableRefused(NOT_A_FORM)
    is_this = _is_of_edition(sheets, sent)
    returned = ReturnedFile()
    counted: set[UUID] = set()
    rows = SentRows(sent)
    is_one = sum(head is not None for head in heads) == 1
    strange = 0
    for sheet, head in zip(sheets, heads, strict=True):
        name = f"แผ่นงาน “{sheet.marks.name}” "
        if head is None:
            _leave_sheet(sheet, name, sent, returned)
            continue
        reader = _SheetReader(sheet, head, rows, returned, "" if is_one else name)
        reader.read()
        strange += reader.strange
        counted |= reader.counted
    if not is_this and strange * HALF > returned.known:
        # Most words are not those that went out: nobody rewrites half a book in a form
        raise TableRefused(NOT_THIS)
    if len(sheets) == MOST_SHEETS:
        returned.notes.append(MORE_SHEETS)
    returned.count_spoken(counted)
    return returned


def _find_head(sheet: ReadSheet) -> Line | None:
    wanted = {CODE, *FILLED_IN}
    for line in sheet.lines:
        if wanted <= {str(cell).strip() for cell in line.cells}:
            return line
    return None


def _is_of_edition(sheets: Sequence[ReadSheet], sent: SentWords) -> bool:
    """Codes are the same in all editions: which one a form is of, the page of explanations says, where nobody took it
    away. Raises TableRefused for another edition's."""
    for sheet in sheets:
        told = [joined_cells(line.cells) for line in sheet.lines[:2]]
        if len(told) == 2 and told[0] == TITLE:
            if not same_words(told[1], sent.title):
                raise TableRefused(NOT_THIS)
            return True
    return False


def _leave_sheet(
    sheet: ReadSheet, name: str, sent: SentWords, returned: ReturnedFile
) -> None:
    """A sheet that is no form: the explanations, and whatever somebody added."""
    printed = [TITLE, sent.title, *FORM.help_texts]
    has_words = False
    for line in sheet.lines:
        words = joined_cells(line.cells)
        if not any(same_words(words, each) for each in printed):
            returned.leave(words, f"{name}แถวที่ {line.number}")
            has_words = True
    if has_words and sheet.is_hidden:
        returned.notes.append(HIDDEN_SHEET.format(name=sheet.marks.name))
    for (number, _), words in sheet.marks.notes.items():
        returned.leave(words, f"{name}บันทึกย่อในแถวที่ {number}")
    leave_drawn(sheet, name, returned)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the cells of a row that are to be filled in say."""

    choice: str
    words: str
    proposal: str
    reason: str

    @property
    def said(self) -> str:
        return joined_cells((self.choice, self.words, self.proposal, self.reason))


class _SheetReader:
    """A sheet with the form's head. `strange` counts rows whose words are not those that went out."""

    def __init__(
        self,
        sheet: ReadSheet,
        head: Line,
        rows: SentRows,
        returned: ReturnedFile,
        name: str,
    ) -> None:
        self.sheet = sheet
        self.head = head
        self.rows = rows
        self.returned = returned
        self.places = SheetPlaces(name, head)
        self.strange = 0
        self.counted: set[UUID] = set()
        self.columns: dict[str, int] = {}
        for place, cell in enumerate(head.cells):
            # Of a column that was copied the first one counts, the other is one that was added
            self.columns.setdefault(str(cell).strip(), place)
        ours = (CODE, SECTION, CITE, WORDS, *FILLED_IN)
        self.ours = {self.columns[name] for name in ours if name in self.columns}

    def read(self) -> None:
        near: UUID | None = None
        by_number: dict[int, UUID | None] = {}
        hidden = []
        for line in self.sheet.lines:
            if line.number == self.head.number:
                continue
            if line.number < self.head.number:
                self.returned.leave(
                    joined_cells(line.cells), self.places.row(line.number)
                )
                continue
            code = parse_uuid(self._cell(line, CODE))
            row = self.rows.by_uuid.get(code) if code is not None else None
            if row is None:
                has_words = self._leave_row(line, near)
            else:
                near = row.entry.uuid
                has_words = self._read_row(line, row)
            by_number[line.number] = near
            has_words |= self._leave_extra(line, near)
            if has_words and line.is_hidden:
                hidden.append(str(line.number))
        if hidden:
            rows = f"{self.places.name}แถวที่ {', '.join(hidden)}"
            self.returned.notes.append(HIDDEN_ROWS.format(rows=rows))
        tell_marks(self.sheet, self.places, self.columns, by_number, self.returned)

    # --- rows

    def _read_row(self, line: Line, row: SentRow) -> bool:
        """Whether it says anything."""
        self.returned.known += 1
        self.counted.add(row.entry.uuid)
        answer = self._answer(line)
        uuid = row.entry.uuid
        section, cite, words = self._shown(line, row)
        is_same = same_words(words, row.words)
        other = self.rows.seen_as(section, cite, words)
        if other not in (None, uuid):
            # Sorted or copied without the column that is hidden: nobody can tell which of both is meant
            if answer.said:
                self._add_answer(line, None, answer, near=other, doubt=OTHER_CLAUSE)
            else:
                self.returned.same += 1
            return bool(answer.said)
        if is_same and not answer.said:
            self.returned.same += 1
        if is_same:
            self._tell_other_cells(line, row, section, cite)
            if answer.said:
                self._add_answer(line, uuid, answer)
            return bool(answer.said)
        self.strange += row.entry.content is not None and bool(words)
        self._read_edited(line, row, answer, words)
        return True

    def _shown(self, line: Line, row: SentRow) -> tuple[str, str, str]:
        """Process, number and words as the row shows them; of a column that was deleted, as they went out."""
        seen = []
        for name, sent in (
            (SECTION, row.section),
            (CITE, row.cite),
            (WORDS, row.words),
        ):
            seen.append(self._cell(line, name) if name in self.columns else sent)
        return seen[0], seen[1], seen[2]

    def _tell_other_cells(
        self, line: Line, row: SentRow, section: str, cite: str
    ) -> None:
        """What somebody wrote over the name of the process or the number."""
        place = self.places.row(line.number)
        if not same_words(cite, row.cite):
            told = RENUMBERED.format(now=cite, was=row.cite)
            self.returned.notes.append(f"{place}: {told}")
        if same_words(section, row.section):
            return
        if row.entry.content is None and section:
            words = f"เสนอแก้ชื่อเป็น “{section}”"
            self.returned.items.append(
                ReturnedItem("remark", row.entry.uuid, place, words)
            )
        else:
            self.returned.notes.append(f"{place}: {RENAMED.format(now=section)}")

    def _read_edited(
        self, line: Line, row: SentRow, answer: _Answer, words: str
    ) -> None:
        """Somebody wrote into the cell of the clause's own words: a wording that is proposed, or a doubt."""
        uuid = row.entry.uuid
        place = self.places.row(line.number)
        if row.entry.content is None or not words:
            if words:
                added = words_put_behind(ABOUT_ALL, words) or words
                self.returned.items.append(ReturnedItem("remark", uuid, place, added))
            else:
                self.returned.notes.append(f"{place}: {EMPTIED}")
            if answer.said:
                self._add_answer(line, uuid, answer)
            return
        if not are_alike(row.words, words):
            self.returned.leave(words, place, uuid, OTHER_WORDS)
            if answer.said:
                self._add_answer(line, uuid, answer)
            return
        edited = with_digits_of(row.words, words)
        texts = self.rows.proposed(row.entry, edited)
        if answer.said and not answer.proposal and texts and self._asks(answer):
            self._add_answer(line, uuid, answer, texts=texts)
            return
        if answer.said:
            self._add_answer(line, uuid, answer)
        if not same_words(edited, answer.proposal):
            self.returned.items.append(
                ReturnedItem(
                    "amend", uuid, place, edited, texts, words_before=row.words
                )
            )

    def _asks(self, answer: _Answer) -> bool:
        """Whether the row asks for a change, which the edited words may then be."""
        item = ReturnedItem(
            "answer", None, "", answer.words, choice=answer.choice, reason=answer.reason
        )
        return answered_type(item) == Comment.Type.AMEND

    def _leave_row(self, line: Line, near: UUID | None) -> bool:
        """A row without a code of this edition: the number beside it may stand in two processes, so a person says which
        clause it is about. Offered is the one that it looks like, else the one above."""
        answer = self._answer(line)
        section, cite, words = (
            self._cell(line, name) for name in (SECTION, CITE, WORDS)
        )
        known = self.rows.seen_as(section, cite, words)
        if answer.said:
            # Words of nobody's clause are what the office proposes
            is_new = words and known is None and not answer.proposal
            texts = {"text": words} if is_new else None
            self._add_answer(line, None, answer, texts, known or near, CHANGED_CODE)
            return True
        rest = [cell for place, cell in enumerate(line.cells) if place in self.ours]
        if known is None and (told := joined_cells(rest)):
            self.returned.leave(told, self.places.row(line.number), near, CHANGED_CODE)
            return True
        return False

    def _add_answer(
        self,
        line: Line,
        uuid: UUID | None,
        answer: _Answer,
        texts: dict[str, str] | None = None,
        near: UUID | None = None,
        doubt: str = "",
    ) -> None:
        if texts is None and answer.proposal:
            texts = {"text": answer.proposal}
            row = self.rows.by_uuid.get(uuid) if uuid is not None else None
            if row is not None and row.entry.content is not None:
                texts = self.rows.fields_in(row.entry, answer.proposal) or texts
        self.returned.items.append(
            ReturnedItem(
                "answer",
                uuid,
                self.places.row(line.number),
                answer.words,
                texts or {},
                choice=answer.choice,
                reason=answer.reason,
                near=near,
                doubt=doubt,
            )
        )

    # --- beside the columns of the form

    def _leave_extra(self, line: Line, near: UUID | None) -> bool:
        has_words = False
        for place, cell in enumerate(line.cells):
            words = str(cell).strip()
            if place in self.ours or not words:
                continue
            where = f"{self.places.row(line.number)} {self.places.column(place)}"
            self.returned.leave(words, where, near)
            has_words = True
        return has_words

    def _answer(self, line: Line) -> _Answer:
        return _Answer(*self._filled_in(line))

    def _filled_in(self, line: Line) -> Iterator[str]:
        for name in FILLED_IN:
            yield self._cell(line, name)

    def _cell(self, line: Line, name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else str(line.cell(place)).strip()
