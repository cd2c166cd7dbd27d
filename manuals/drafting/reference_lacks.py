"""References of a section that lead nowhere in the working draft, or nowhere for certain. None stops a save."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hearing_portal.thai.markup import referenced_uuids

from ..content import Step
from ..entries import EntryView
from .typed_references import (
    NumbersByTitle,
    find_unlinked,
    find_unnamed,
    find_unnamed_outside,
    numbers_of,
    say_numbers,
)


@dataclass(frozen=True, slots=True)
class ReferenceLack:
    """`entry` refers to `lost` clauses that stand in the draft no more, to `followed` ones that were joined to another,
    whose number is shown, by number to what is none in its process
    (`unnamed`) or in another one that it names (`unnamed_outside`), or by number to a clause that it is not linked to
    (`unlinked`): saving it in the editor links it."""

    entry: EntryView
    lost: int = 0
    unnamed: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    unnamed_outside: tuple[str, ...] = ()
    followed: int = 0

    @property
    def is_step(self) -> bool:
        return isinstance(self.entry.content, Step)

    @property
    def place(self) -> str:
        """What its clause is called; "" for one without a number."""
        if self.is_step and self.entry.label:
            return f"ขั้นตอนที่ {self.entry.label}"
        if any(letter.isalnum() for letter in self.entry.cite):
            return f"ข้อ {self.entry.cite}"
        return ""

    @property
    def words(self) -> str:
        told = []
        if self.lost:
            told.append(f"อ้างถึงข้อที่ไม่มีในร่างแล้ว {self.lost} แห่ง")
        if self.followed:
            told.append(
                f"อ้างถึงข้อที่รวมหรือแยกไปแล้ว {self.followed} แห่ง จึงแสดงเลขของข้อที่รับถ้อยคำไว้ โปรดตรวจว่ายังตรงเรื่อง"
            )
        told += tell_unnamed(self.unnamed, self.unnamed_outside)
        if self.unlinked:
            told.append(f"เขียน {_quoted(self.unlinked)} ยังไม่ได้ผูกกับข้อ")
        return " และ".join(told)


def tell_unnamed(own: Collection[str], outside: Collection[str]) -> list[str]:
    """Of references by number to what is none in their own process, and in others."""
    told = []
    if own:
        told.append(f"อ้าง {_quoted(own)} ซึ่งไม่มีในกระบวนงานนี้")
    if outside:
        told.append(f"อ้าง {_quoted(outside)} ซึ่งไม่มีในกระบวนงานนั้น")
    return told


def _quoted(references: Iterable[str]) -> str:
    return ", ".join(f"“{words}”" for words in references)


def find_reference_lacks(
    entries: Iterable[EntryView],
    standing: Collection[str],
    *,
    is_process: bool,
    outside: NumbersByTitle | None = None,
    followed: Collection[str] = (),
) -> list[ReferenceLack]:
    """`entries` are the section's own, `standing` the uuids of what stands elsewhere and is referred to, `followed` of
    what was joined to another and is to be told, `outside` the numbers of the other processes that it names. Numbers
    are looked at in processes only: elsewhere nothing says whose they are."""
    clauses = [entry for entry in entries if entry.content is not None]
    known = {str(entry.uuid) for entry in clauses} | {*standing, *followed}
    numbers = numbers_of(clauses)
    said = say_numbers(clauses)
    lacks = []
    for entry in clauses:
        content = entry.clause_content
        cited = referenced_uuids(content.referring)
        lost = sum(uuid not in known for uuid in cited)
        moved = sum(uuid in followed for uuid in cited)
        unnamed = tuple(find_unnamed(content, numbers)) if is_process else ()
        unlinked = tuple(find_unlinked(content, numbers, said)) if is_process else ()
        strange: tuple[str, ...] = ()
        if is_process and outside:
            strange = tuple(find_unnamed_outside(content, outside))
        if lost or unnamed or unlinked or strange or moved:
            lacks.append(ReferenceLack(entry, lost, unnamed, unlinked, strange, moved))
    return lacks
