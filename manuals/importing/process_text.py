"""The nine-part form of a process: of our fixtures, of texts pasted from old manuals, of PDF and Word files.

Reads Thai and Arabic numbering, sub-items, definitions, steps with branches, forms and references. Pure: no
database, nothing stored. What is doubtful is named in `doubts` (shown to a person), never dropped.
"""

import re
from collections.abc import Mapping, Sequence

from hearing_portal.thai.text import escape_plain

from ..content import (
    MEANS,
    PARTS,
    STATUTORY_VERBS,
    Content,
    Definition,
    Form,
    Note,
    Step,
    Text,
)
from ..source import SourceDocument, SourceLine
from .accounting import measure_draft
from .clause_tree import read_tree
from .drafts import ClauseDraft, DoubtKind, ProcessDraft
from .figures import add_chart_figures, leave_out_figures, without_figures
from .footnotes import tell_footnotes
from .label_sequence import NumberedLine, read_labels
from .law_citations import CitationReader, is_locator
from .line_joining import join_lines
from .part_lines import Parts, split_parts
from .process_title import read_title
from .step_table import read_chart_notes, read_steps
from .text_source import read_text_source
from .wrapped_lines import Wrapping, find_wrapping_of_file

PARTS_OF_LISTS = (7, 8)  # of forms, of laws: each line is one, with a number
# What stands there and is none
_INTRODUCES = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|ประกอบด้วย|:)\s*$|^[\s(-]*(?:ไม่มี)?[\s)-]*$"
)
BESIDE_NOTHING = "ไม่อยู่ข้างข้อความใด"
_VERBS = sorted((MEANS, *STATUTORY_VERBS), key=len, reverse=True)
# The sense may follow in items below
DEFINITION = re.compile(
    r"^(?P<term>.{1,200}?)(?:\s+|(?<=[”’\"']))"
    rf"(?P<verb>{'|'.join(_VERBS)})\s*:?\s*(?P<sense>.*)$"
)
QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))


def read_process(text: str, sources: Mapping[str, str] | None = None) -> ProcessDraft:
    """Read one process of a plain text. `sources` is {full title of a legal source: its key}, for references.

    Raises TextNotRead when there is no nine-part structure at all.
    """
    return read_document(read_text_source(text), sources)


def read_document(
    document: SourceDocument, sources: Mapping[str, str] | None = None
) -> ProcessDraft:
    """The one process of these lines. Raises TextNotRead when there is no nine-part structure at all."""
    draft = ProcessDraft(
        refusals=list(document.refusals),
        repairs=list(document.repairs),
        left_out=list(document.left_out),
    )
    for doubt in document.doubts:
        draft.doubt(DoubtKind.OTHER, doubt)
    for line in document.lines:
        draft.changes += [(line.place, change) for change in line.changes]
        draft.margin_notes += [(line.place, note) for note in line.margin_notes]
    draft.changes += document.changes_left
    for note in document.margin_notes_left:
        draft.margin_notes.append((BESIDE_NOTHING, note))
    lines = tell_footnotes(document.lines, draft)
    parts = split_parts(lines, draft)
    for part in (0, 1):
        if part in parts:
            parts[part].lines = leave_out_figures(parts[part].lines, draft)
    read_title(parts, draft)
    wrapping = find_wrapping_of_file([parts[part].lines for part in parts])
    _read_clauses(parts, wrapping, sources or {}, draft)
    _doubt_words(lines, draft)
    _doubt_missing_parts(parts, draft)
    draft.coverage = measure_draft(document.lines, parts, draft)
    _name_sources(parts, draft)
    files = {getattr(clause.content, "file", "") for clause in draft.clauses}
    draft.pictures = {
        sha: name for sha, name in document.pictures.items() if sha in files
    }
    return draft


def _doubt_missing_parts(parts: Parts, draft: ProcessDraft) -> None:
    # Part 6 is drawn from part 9: nothing is missing without it
    missing = []
    for part in PARTS:
        if part not in (1, 6) and part not in parts:
            missing.append(str(part))
    if missing:
        numbers = ", ".join(missing)
        draft.doubt(
            DoubtKind.PART,
            f"ไม่พบส่วนที่ {numbers} ของกระบวนงาน หากมีในไฟล์ โปรดย้ายข้อไปส่วนนั้น",
        )


def _doubt_words(lines: Sequence[SourceLine], draft: ProcessDraft) -> None:
    """Words that may be damaged, and whatever else the reader of the file doubted."""
    for line in lines:
        for suspicion in line.suspicions:
            message = f"“{suspicion.words}” อาจพิมพ์ผิดหรือเสียหาย โปรดตรวจ"
            if suspicion.proposal:
                message += f" อาจเป็น “{suspicion.proposal}”"
            draft.doubt(DoubtKind.WORDS, message, line)
        for doubt in line.doubts:
            draft.doubt(DoubtKind.OTHER, doubt, line)


# --- the clauses


def _read_clauses(
    parts: Parts, wrapping: Wrapping, sources: Mapping[str, str], draft: ProcessDraft
) -> None:
    def lines_of(part: int) -> list[NumberedLine]:
        return _numbered_lines(part, parts, wrapping, draft)

    for part in (2, 3, 5):
        read_tree(part, lines_of(part), _read_text, draft)
    read_tree(4, lines_of(4), _read_definition, draft)
    read_tree(7, lines_of(7), _read_form, draft, numbering="decimal")
    citations = CitationReader(sources, draft)
    read_tree(
        8,
        lines_of(8),
        citations.read,
        draft,
        numbering="decimal",
        is_about_parent=is_locator,
    )
    chart_lines, step_lines = _lines_of(6, parts), _lines_of(9, parts)
    steps = read_steps(without_figures(step_lines), draft)
    draft.clauses += steps
    draft.clauses += read_chart_notes(without_figures(chart_lines), steps, draft)
    add_chart_figures(chart_lines, step_lines, draft)
    draft.clauses.sort(key=lambda clause: clause.part)


def _name_sources(parts: Parts, draft: ProcessDraft) -> None:
    """The lines that each clause was read from: its own, and those behind it that began no other."""
    for part, part_lines in parts.items():
        at_place: dict[str, list[ClauseDraft]] = {}
        for clause in draft.clauses:
            if clause.part == part:
                at_place.setdefault(clause.place, []).append(clause)
        current: ClauseDraft | None = None
        for line in part_lines.lines:
            own = at_place.get(line.place, [])
            if own:
                current = own.pop(0) if len(own) > 1 else own[0]
            elif part in (6, 9):
                current = None  # its words stand elsewhere, or say nothing
            if current is not None:
                label = f"{line.label.number} " if line.label is not None else ""
                current.source.append((line.place, f"{label}{line.words}"))


def _lines_of(part: int, parts: Parts) -> list[SourceLine]:
    return parts[part].lines if part in parts else []


def _numbered_lines(
    part: int, parts: Parts, wrapping: Wrapping, draft: ProcessDraft
) -> list[NumberedLine]:
    if part not in parts:
        return []
    own_numbers = {str(part)}
    heading = parts[part].heading
    if heading is not None and heading.number:
        own_numbers.add(heading.number)
    lines = read_labels(parts[part].lines, own_numbers, cites=part == 8)
    lines = join_lines(lines, DEFINITION if part == 4 else None, wrapping, draft)
    for numbered in lines:
        if part in PARTS_OF_LISTS and numbered.line is parts[part].rest:
            _read_introduction(part, numbered, lines)
        if numbered.label is not None and numbered.label.word:
            draft.understood.append(numbered.label.word)
        for doubt in numbered.doubts:
            draft.doubt(DoubtKind.LABEL, doubt, numbered.line)
    return lines


def _read_introduction(
    part: int, numbered: NumberedLine, lines: Sequence[NumberedLine]
) -> None:
    """Words behind the heading of a list: they introduce it where its items follow, or are the first of them."""
    has_numbers = any(each.label is not None for each in lines)
    if has_numbers or _INTRODUCES.search(numbered.words):
        numbered.is_introduction = True
        told = "ไม่ใช่ข้อในรายการ"
    else:
        told = f"ถือเป็นข้อแรกของส่วนที่ {part}"
    numbered.doubts.append(f"ข้อความต่อท้ายหัวข้อของส่วนที่ {part} {told} โปรดตรวจ")


def content_for_part(
    part: int, words: str, depth: int, sources: Mapping[str, str]
) -> Content:
    """What these words are in that part, of the kind that usually stands there."""
    if part == 4 and not depth:
        return _read_definition(words, depth)
    if part == 6:
        return Note(body=escape_plain(words))
    if part == 7:
        return _read_form(words, depth)
    if part == 8:
        return CitationReader(sources, ProcessDraft()).read(words, depth)
    if part == 9:
        return Step(body=escape_plain(words))
    return _read_text(words, depth)


def _read_text(words: str, depth: int) -> Content:
    return Text(body=escape_plain(words))


def _read_form(words: str, depth: int) -> Content:
    return Text(body=escape_plain(words)) if depth else Form(name=words)


def _read_definition(words: str, depth: int) -> Content:
    match = DEFINITION.match(words)
    if match is None:
        return Text(body=escape_plain(words))
    verb = match["verb"]
    return Definition(
        term=_without_quotes(match["term"]),
        verb="" if verb == MEANS else verb,
        body=escape_plain(match["sense"]),
    )


def _without_quotes(term: str) -> str:
    """Wherever a term is shown it is quoted already: one pair around the whole of it goes."""
    words = term.removeprefix("คำว่า").strip()
    for opening, closing in QUOTES:
        inner = words[1:-1]
        is_quoted = len(words) > 2 and words[0] == opening and words[-1] == closing
        if is_quoted and opening not in inner and closing not in inner:
            return inner.strip()
    return term
