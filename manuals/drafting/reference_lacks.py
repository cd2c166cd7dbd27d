"""References of a section's clauses that lead nowhere in the working draft. Nothing of it stops saving."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hearing_portal.thai.markup import referenced_uuids

from ..content import Step
from ..entries import EntryView
from .typed_references import find_unnamed, numbers_of


@dataclass(frozen=True, slots=True)
class ReferenceLack:
    """`entry` refers to `lost` clauses that stand in the draft no more, or by number to what is none (`unnamed`)."""

    entry: EntryView
    lost: int = 0
    unnamed: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """What its clause is called; "" for one without a number."""
        if isinstance(self.entry.content, Step):
            return f"ขั้นตอนที่ {self.entry.label}"
        if any(letter.isalnum() for letter in self.entry.cite):
            return f"ข้อ {self.entry.cite}"
        return ""

    @property
    def words(self) -> str:
        told = []
        if self.lost:
            told.append(f"อ้างถึงข้อที่ไม่มีในร่างแล้ว {self.lost} แห่ง")
        if self.unnamed:
            named = ", ".join(f"“{words}”" for words in self.unnamed)
            told.append(f"อ้าง {named} ซึ่งไม่มีในกระบวนงานนี้")
        return " และ".join(told)


def find_reference_lacks(
    entries: Iterable[EntryView], standing: Collection[str], *, is_process: bool
) -> list[ReferenceLack]:
    """`entries` are the section's own, `standing` the uuids of what stands elsewhere and is referred to. Numbers are
    looked at in processes only: elsewhere nothing says whose they are."""
    clauses = [entry for entry in entries if entry.content is not None]
    known = {str(entry.uuid) for entry in clauses} | set(standing)
    numbers = numbers_of(clauses)
    lacks = []
    for entry in clauses:
        content = entry.clause_content
        lost = sum(uuid not in known for uuid in referenced_uuids(content.body))
        unnamed = tuple(find_unnamed(content, numbers)) if is_process else ()
        if lost or unnamed:
            lacks.append(ReferenceLack(entry, lost, unnamed))
    return lacks
