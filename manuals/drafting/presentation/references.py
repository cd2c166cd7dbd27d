"""Cross-references while a clause is written: what ⟦1⟧ stands for, and the clauses that may be referred to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import write_placeholder, write_reference
from hearing_portal.thai.shortening import shorten, shorten_apart
from hearing_portal.web.choices import Option

from ...entries import EntryView
from ...models import Section
from ...queries import load_draft_clauses
from ...reading.names import LinkTarget, LinkTargets, clause_name
from ...reading.told_words import ToldWords, referenced_in
from ..forms.clause import ClauseForm
from ..queries.contents import load_outline
from ..queries.references import CitedClause, find_cited_clauses
from ..told_words import load_told_words

LETTERS_OF_CHOICE = 60
# For who may not know that process or section
UNTOLD_PROCESS = "ข้อในกระบวนงานอื่น"
UNTOLD_SECTION = "ข้อในหมวดอื่น"


@dataclass(frozen=True, slots=True)
class ReferenceHelp:
    """`legend` is [("⟦1⟧", the clause it leads to)]; `sections` and `clauses` are offered by their UUIDs, the clauses
    those of the section `shown`. `known` are the UUIDs that ⟦n⟧ counts through, joined by commas."""

    legend: Sequence[tuple[str, str]]
    sections: Sequence[Option]
    clauses: Sequence[Option]
    shown: str
    target: str
    known: str
    caret: str = ""  # where it stood in the words when another section was asked for
    is_open: bool = False


def load_reference_help(
    section: Section, form: ClauseForm, *, own: UUID | None = None
) -> ReferenceHelp:
    """The `own` clause is none to refer to. Three queries, five where the words refer to something."""
    values = form.data if form.is_bound else form.initial
    rows = []
    for row in load_outline(section.manual):
        if row.clauses or row.section.pk == section.pk:
            rows.append(row.section)
    shown = next(
        (row for row in rows if str(row.uuid) == values.get("reference_section")),
        section,
    )
    entries = []
    for entry in load_draft_clauses([shown])[shown.pk]:
        if entry.uuid != own:
            entries.append(entry)
    known = form.known_references
    cited = find_cited_clauses(known)
    told = load_told_words(_referring_texts([*entries, *_entries_of(cited)]))
    words = shorten_apart(
        [told.of_content(entry.clause_content, entry.section_id) for entry in entries],
        LETTERS_OF_CHOICE,
    )
    clauses = []
    for entry, said in zip(entries, words, strict=True):
        clauses.append(Option(str(entry.uuid), f"{clause_name(entry)} {said}".strip()))
    is_asked = form.acted in ("show-section", "insert-reference")
    return ReferenceHelp(
        write_legend(section, known, cited, told),
        sections=[Option(str(row.uuid), row.title) for row in rows],
        clauses=clauses,
        shown=str(shown.uuid),
        target=str(values.get("reference_target", "")),
        known=",".join(known),
        caret=_read_caret(values) if is_asked else "",
        is_open=is_asked,
    )


def _read_caret(values: Mapping[str, Any]) -> str:
    typed = str(values.get("caret", ""))
    return typed if typed.isascii() and typed.isdigit() else ""


def write_legend(
    section: Section,
    known: Sequence[str],
    cited: Mapping[str, CitedClause],
    told: ToldWords,
) -> Sequence[tuple[str, str]]:
    """[("⟦1⟧", what it stands for)] of the UUIDs that ⟦n⟧ counts through, for a form of this section; `told` are the
    words of what is cited."""
    legend = []
    for number, uuid in enumerate(known, start=1):
        words = "ข้อที่ไม่มีในร่างแล้ว"
        if uuid in cited:
            words = _words_of(cited[uuid].entry, told)
            if cited[uuid].section.pk != section.pk:
                words = f"{words} ({cited[uuid].section.title})"
            if cited[uuid].has_moved:
                words = f"{words} (ข้อที่อ้างไว้เดิมรวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ข้อนี้)"
        legend.append((write_placeholder(number), words))
    return legend


def tell_cited(cited: Mapping[str, CitedClause]) -> ToldWords:
    """For the legends of all that is cited. No query, up to three where that refers further."""
    return load_told_words(_referring_texts(_entries_of(cited)))


def _entries_of(cited: Mapping[str, CitedClause]) -> list[EntryView]:
    return [found.entry for found in cited.values()]


def _referring_texts(entries: Iterable[EntryView]) -> list[str]:
    return [entry.clause_content.referring for entry in entries]


def load_outer_targets(
    section: Section, entries: Sequence[EntryView], *, user: User | None = None
) -> LinkTargets:
    """What the references of a section's clauses to what is none of them say, leading where the user may read, for
    nobody nowhere. Queries as load_told_words, none without such references."""
    outer = map(write_reference, find_outer_uuids(entries))
    return load_told_words(outer, user).read_in(section.pk)


def load_known_targets(
    section: Section,
    entries: Sequence[EntryView],
    *,
    way_to: Callable[[CitedClause], str | None],
) -> LinkTargets:
    """As load_outer_targets, for who is shown no more of the draft than these words and what `way_to` gives an address
    of ("" for a name that leads nowhere). Of all else nothing is told, not even what it is called."""
    targets = {}
    for uuid, cited in find_cited_clauses(find_outer_uuids(entries)).items():
        href = way_to(cited)
        if cited.section.pk != section.pk and href is None:
            words = UNTOLD_PROCESS if cited.section.is_process else UNTOLD_SECTION
            targets[uuid] = LinkTarget(words, "")
        else:
            named = replace(cited.name, href=href or "")
            targets[uuid] = named.read_in(section.pk)
    return targets


def find_outer_uuids(
    entries: Iterable[EntryView], earlier: Iterable[EntryView] = ()
) -> set[str]:
    """What these entries, or those that stood here `earlier`, refer to and what is none of these entries."""
    own = list(entries)
    citing = [*own, *earlier]
    cited = referenced_in(entry.content.referring for entry in citing if entry.content)
    return cited - {str(entry.uuid) for entry in own}


def _words_of(entry: EntryView, told: ToldWords) -> str:
    text = told.of_content(entry.clause_content, entry.section_id)
    return f"{clause_name(entry)} {shorten(text, LETTERS_OF_CHOICE)}".strip()
