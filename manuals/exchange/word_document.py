"""An edition as a Word file: chapters and processes under real headings, clauses with numbers that Word counts."""

from collections.abc import Iterable, Mapping, Sequence

from hearing_portal.thai.markup import fill_object_markers, referenced_uuids
from hearing_portal.thai.numbering import Digits
from hearing_portal.thai.text import inline_plain

from ..content import (
    PARTS,
    SHAPES,
    Content,
    Definition,
    Figure,
    Form,
    Reference,
    Step,
    Table,
)
from ..entries import EntryView
from ..models import Edition
from ..queries import load_edition_entries
from ..reading.names import LOST, CitedNames, name_entries
from ..reading.presentation.links import name_in_editions
from ..reading.told_words import referenced_in
from ..word.writing import WordWriter

STEP_COLUMNS = (
    "ที่", "ผังขั้นตอน", "รายละเอียดงาน", "เวลาดำเนินการ", "มาตรฐานคุณภาพงาน",
    "ผู้รับผิดชอบ", "หมายเหตุ", "ระบบที่ใช้", "ขั้นต่อไป",
)  # fmt: skip
type Citations = Mapping[str, str]  # {uuid: what a reference to it says here}


def write_word(edition: Edition) -> bytes:
    entries = load_edition_entries(edition)
    cited = referenced_in(entry.content.body for entry in entries if entry.content)
    lost = cited - {str(entry.uuid) for entry in entries}
    gone = name_in_editions(lost, [edition.pk])
    return write_entries(edition.title, entries, gone=gone)


def write_entries(
    title: str,
    entries: Sequence[EntryView],
    digits: Digits = "thai",
    *,
    gone: CitedNames | None = None,
) -> bytes:
    """The entries of an edition, or of one process, in reading order. `gone` is referred to and is none of them."""
    writer = WordWriter(title, digits)
    writer.add_title(title)
    cited = {**(gone or {}), **name_entries(entries)}
    section: list[EntryView] = []
    for entry in entries:
        if entry.content is None:
            _write_clauses(writer, section, cited)
            section = []
            _write_heading(writer, entry)
        section.append(entry)
    _write_clauses(writer, section, cited)
    return writer.save()


def _write_heading(writer: WordWriter, entry: EntryView) -> None:
    if entry.kind == "manual":
        writer.add_heading(entry.title, 1, entry.uuid)
        return
    writer.add_heading(entry.title, 2, entry.uuid)
    for name, key in (("รหัสเอกสาร", "doc_code"), ("ตัวชี้วัด", "indicator")):
        if entry.data.get(key):
            writer.add_text(f"{name}: {entry.data[key]}")


def _write_clauses(
    writer: WordWriter, entries: Sequence[EntryView], names: CitedNames
) -> None:
    """A section's own entry, then its clauses; a process has its nine parts, whatever stands in them."""
    if not entries:
        return
    head, *clauses = entries
    cited = {uuid: name.read_in(None).text for uuid, name in names.items()}
    for entry in clauses:
        cited[str(entry.uuid)] = names[str(entry.uuid)].name
    if head.section_kind != "process":
        writer.begin_chain(0)
        _write_part(writer, clauses, cited)
        return
    writer.begin_chain()
    for part, name in PARTS.items():
        writer.add_part(name)
        if part == 1:
            writer.add_text(head.title)
        of_part = [entry for entry in clauses if entry.part == part]
        _write_part(writer, of_part, cited)


def _write_part(
    writer: WordWriter, clauses: Iterable[EntryView], cited: Citations
) -> None:
    steps = []
    for entry in clauses:
        if isinstance(entry.content, Step):
            steps.append(entry)
        else:
            _write_clause(writer, entry, cited)
    if steps:
        _write_steps(writer, steps, cited)


def _write_clause(writer: WordWriter, entry: EntryView, cited: Citations) -> None:
    content = entry.clause_content
    if isinstance(content, Table):
        _write_table(writer, entry, content, cited)
        return
    text, bold = _words_of(content, cited)
    is_chained = entry.numbering == "decimal" and (
        "." in entry.label or (not entry.part and not entry.depth)
    )
    if is_chained:
        writer.add_chained(text, entry.label.count("."), entry.uuid, bold)
        return
    kind = "plain" if entry.numbering == "decimal" else entry.numbering
    writer.add_item(text, kind, entry.depth, entry.uuid, bold)


def _words_of(content: Content, cited: Citations) -> tuple[str, str]:
    """(all words, the bold ones they begin with)."""
    body = _body_words(content, cited)
    match content:
        case Definition() if content.term:
            return f"{content.term} {content.verb_words} {body}".rstrip(), content.term
        case Form():
            return " ".join(filter(None, (content.name, body, content.code))), ""
        case Reference():
            return " ".join(filter(None, (content.cited_words, body))), ""
        case Figure():
            caption = content.caption or content.alt
            return " ".join(filter(None, (f"[ภาพ: {caption}]", body))), ""
    return body, ""


def _body_words(content: Content, cited: Citations) -> str:
    names = [cited.get(uuid, LOST) for uuid in referenced_uuids(content.body)]
    return fill_object_markers(inline_plain(content.body), iter(names))


def _write_table(
    writer: WordWriter, entry: EntryView, table: Table, cited: Citations
) -> None:
    if table.body:
        writer.add_item(_body_words(table, cited), "none", entry.depth, entry.uuid)
    if not table.columns:
        return
    head = [column["title"] for column in table.columns]
    rows = []
    for row in table.rows:
        rows.append([row["cells"].get(column["id"], "") for column in table.columns])
    writer.add_table(head, rows)


def _write_steps(
    writer: WordWriter, steps: Sequence[EntryView], cited: Citations
) -> None:
    numbers = {str(entry.uuid): entry.label for entry in steps}
    rows = []
    for entry in steps:
        step = entry.clause_content
        assert isinstance(step, Step)
        following = []
        for branch in step.next:
            label = branch.get("label", "")
            number = numbers.get(branch["to"], "")
            following.append(f"{label}: {number}" if label else number)
        rows.append(
            [
                entry.label,
                SHAPES[step.shape],
                _body_words(step, cited),
                step.duration_text,
                step.standard,
                step.actor,
                step.note,
                step.system,
                "; ".join(following),
            ]
        )
    writer.add_table(STEP_COLUMNS, rows, [entry.uuid for entry in steps])
