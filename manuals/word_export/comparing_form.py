"""What somebody filled in and wrote into a form of ours, told of the entry that the row asks about."""

from collections.abc import Mapping
from uuid import UUID

from ..content import Step, Table
from ..entries import EntryView
from ..importing.matching import ALIKE, likeness_of
from ..source import PERSON, SourceLine, uuid_in_answer, uuid_in_bookmark
from ..word.blocks import Words
from .comparison import Comparison
from .document import clause_words
from .form import asked_words
from .form_rows import is_filled_row, words_put_behind
from .returned import ReturnedItem
from .returned_fields import returned_texts
from .sent_words import squeezed

STRUCK_ANSWER = "“{words}” ในแบบขีดฆ่าไว้ แต่ยังนำเข้า โปรดตรวจกับ สพท. เจ้าของไฟล์"
EDITED = "แก้ไขข้อความของคู่มือในแบบ"


class FormComparison(Comparison):
    """Of a form."""

    def tell(self) -> None:
        above: UUID | None = None  # what the rows below ask about
        section: UUID | None = None
        for line in self.lines:
            asked = uuid_in_answer(line.bookmark)
            node = uuid_in_bookmark(line.bookmark)
            if line.bookmark.startswith(PERSON):
                self.returned.person.append(" ".join(line.cells[1:]).strip())
            elif asked is not None:
                self._tell_answer(line, asked)
            elif node is None:
                is_printed = squeezed(" ".join(line.cells or [line.text]))
                if is_printed in self.printed:
                    above = section
                elif above is not None and is_filled_row(line.cells):
                    self._tell_answer(line, above)
                    continue
                else:
                    self.returned.leave(line.text, line.place, above)
                self.tell_remarks(line, None)
            elif node in self.entries:
                above = node
                if self.entries[node].content is None:
                    section = node
                self.count(node)
                self.tell_remarks(line, node)
                self.remark_struck(line, node)
                self._tell_around(line, self.entries[node])

    def _tell_around(self, line: SourceLine, entry: EntryView) -> None:
        """What was written where only the clause stands."""
        asked = Words(entry.title)
        if entry.content is not None:
            asked = asked_words(entry, self.cited_in(entry), "thai")
        found = " ".join(line.cells).strip() if line.cells else line.text
        added = words_put_behind(asked.text, found)
        if added:
            self.add("remark", entry.uuid, line, added)
        elif added is None:
            self._tell_edited(line, entry, asked, found)
        elif line.changes:
            self.returned.notes.append(f"{line.place}: {EDITED}")

    def _tell_edited(
        self, line: SourceLine, entry: EntryView, asked: Words, found: str
    ) -> None:
        """The clause's own words were changed in the form: another wording, where they still are like it."""
        before = asked.text[asked.bold :]
        after = words_put_behind(asked.text[: asked.bold], found)
        is_alike = after and likeness_of(before, after) >= ALIKE
        if entry.content is None and after:
            self.add("remark", entry.uuid, line, f"เสนอแก้ชื่อเป็น “{after}”")
        elif after and is_alike and not isinstance(entry.content, Step | Table):
            cited = self.cited_in(entry)
            texts = returned_texts(entry, cited, before, after) or {}
            self.add("amend", entry.uuid, line, after, texts, before)
        else:
            self.returned.leave(found, line.place, entry.uuid, EDITED)

    def _tell_answer(self, line: SourceLine, asked: UUID) -> None:
        choice, words, proposed, reason = [*line.cells, "", "", "", ""][:4]
        entry = self.entries.get(asked)
        if entry is None:
            self.returned.leave(line.text, line.place)
            return
        for look in line.looks:
            if look.kind == "struck":
                note = STRUCK_ANSWER.format(words=look.words.strip())
                self.returned.notes.append(f"{line.place}: {note}")
        texts: Mapping[str, str] = {}
        if proposed.strip():
            texts = {"text": proposed}
            if entry.content is not None:
                told = clause_words(entry.content, self.cited_in(entry)).text
                texts = (
                    returned_texts(entry, self.cited_in(entry), told, proposed) or texts
                )
        self.returned.items.append(
            ReturnedItem(
                "answer",
                asked,
                line.place,
                words,
                texts,
                choice=choice.strip(),
                reason=reason,
            )
        )
        self.tell_remarks(line, asked)
