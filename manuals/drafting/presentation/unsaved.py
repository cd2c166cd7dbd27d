"""Forms that a person left, each so called that it is told from all others: its place, how it begins, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.thai.shortening import shorten
from hearing_portal.web.http import read_id

from ...models import Clause, DraftBuffer, Section
from ...queries import load_draft_clauses
from ...reading.names import clause_name, part_name
from ..forms.clause import WORDS_PREFIX
from ..told_words import tell_clauses

LETTERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class UnsavedWork:
    """What it is of, where it goes on, and where they let go of it."""

    buffer: DraftBuffer
    name: str
    url: str
    drop_at: str


def load_unsaved(buffers: Sequence[DraftBuffer]) -> list[UnsavedWork]:
    """They come with their clauses, sections and manuals. One query for the numbers and what references cost, none
    where nothing was left."""
    told = tell_clauses(
        buffer.clause for buffer in buffers if buffer.clause is not None
    )
    sections = {buffer.section_id: buffer.section for buffer in buffers}
    names: dict[str, str] = {}
    if sections:
        for entries in load_draft_clauses(list(sections.values())).values():
            names |= {str(entry.uuid): clause_name(entry) for entry in entries}
    return [
        UnsavedWork(
            buffer,
            _name_work(buffer, told, names),
            writing_url(buffer),
            reverse("draft-buffer", args=[*_place(buffer), buffer.subject]),
        )
        for buffer in buffers
    ]


def writing_url(buffer: DraftBuffer) -> str:
    """Where one goes on with it."""
    place = _place(buffer)
    if buffer.subject == buffer.section.uuid:
        return reverse("step-table", args=place)
    if buffer.clause is None:
        asked = urlencode({"subject": str(buffer.subject)})
        return f"{reverse('clause-new', args=place)}?{asked}"
    return reverse("clause-edit", args=[*place, buffer.clause.uuid])


def _place(buffer: DraftBuffer) -> list[object]:
    section: Section = buffer.section
    return [section.manual.key, section.uuid]


def _name_work(
    buffer: DraftBuffer, told: Mapping[int, str], names: Mapping[str, str]
) -> str:
    """ส่วนที่ 5 … ข้อ 5.2 ที่ขึ้นต้นว่า “…”; ส่วนที่ 5 … ข้อใหม่ถัดจากข้อ 5.2 “…”."""
    if buffer.subject == buffer.section.uuid:
        return "ตารางขั้นตอน"
    clause = buffer.clause
    if clause is not None:
        number = names.get(str(clause.uuid), "")
        begins = f"ที่ขึ้นต้นว่า “{shorten(told[clause.pk], LETTERS_SHOWN)}”"
        # Without a number its part is all that it is called by
        name = f"{number} {begins}" if number.startswith("ข้อ ") else f"ข้อ{begins}"
        return f"{part_name(clause.part)} {name}".strip()
    part = part_name(read_id(_typed(buffer, "part") or "0"))
    return f"{part} {_name_new(buffer, names)}".strip()


def _name_new(buffer: DraftBuffer, names: Mapping[str, str]) -> str:
    kind = _typed(buffer, "kind")
    name = "ข้อใหม่"
    if kind in Clause.Kind and kind != Clause.Kind.TEXT:
        name = f"ข้อใหม่ ({Clause.Kind(kind).label})"
    behind = names.get(_typed(buffer, "after"))
    above = names.get(_typed(buffer, "parent"))
    if behind:
        name = f"{name} ถัดจาก{behind}"
    elif above:
        name = f"{name} ข้อย่อยของ{above}"
    words = shorten(" ".join(_typed_words(buffer)), LETTERS_SHOWN)
    return f"{name} “{words}”" if words else f"{name} (ยังไม่มีถ้อยคำ)"


def _typed(buffer: DraftBuffer, name: str) -> str:
    """A field as it was left; "" where it was not."""
    return next(iter(buffer.values.get(name) or ()), "")


def _typed_words(buffer: DraftBuffer) -> Iterable[str]:
    for name, values in buffer.values.items():
        if name.startswith(WORDS_PREFIX):
            yield from values
