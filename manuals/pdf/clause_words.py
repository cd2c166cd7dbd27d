"""The words a clause prints, and the words by which it is called elsewhere in the book."""

from collections.abc import Sequence

from hearing_portal.thai.numbering import Digits
from manuals.content import (
    SHAPES,
    Content,
    Definition,
    Figure,
    Form,
    Reference,
    Step,
    Table,
)
from manuals.entries import EntryView
from manuals.flowchart import short_text, step_text
from manuals.reading.names import clause_name, name_entries

from .typesetter import Labels, ReferenceLabel, Typesetter

AUDIENCES = {
    "both": "",
    "primary": "เฉพาะ สพป.",
    "secondary": "เฉพาะ สพม.",
}  # of EntryView.applies_to


def printed_text(
    entry: EntryView,
    labels: Labels | None = None,
    digits: Digits = "thai",
) -> str:
    """The words an entry prints, in the order of the page; compare without white space.

    This is what the printed book is held against: a new field of a clause must be printed, and named here.
    """
    typesetter = Typesetter(digits, labels or {})
    if entry.content is None:
        return typesetter.plain_text(entry.title)
    words = [
        typesetter.plain_text(entry.label),
        *_content_words(entry.content, typesetter),
        AUDIENCES[entry.applies_to],
    ]
    return "\n".join(word for word in words if word)


def _content_words(content: Content, typesetter: Typesetter) -> list[str]:
    text = typesetter.plain_text
    body = typesetter.plain_body(content.body)
    match content:
        case Definition() if content.term:
            return [text(content.term), content.verb_words, body]
        case Step():
            words = [
                shape_words(content, typesetter),
                body,
                text(content.duration_text),
                typesetter.plain_referring(content.standard),
                text(content.actor),
                typesetter.plain_referring(content.note),
            ]
            for phrase in branch_phrases(content, typesetter.labels):
                words.append(text(phrase))
            if content.system:
                words.append(text(f"ระบบ: {content.system}"))
            return words
        case Form():
            return [text(content.name), body, text(content.code)]
        case Reference():
            return [text(content.as_cited), body]
        case Table():
            words = [body]
            for column in content.columns:
                words.append(text(column["title"]))
            for row in content.rows:
                for column in content.columns:
                    cell = row["cells"].get(column["id"], "")
                    words.append(text(cell))
            return words
        case Figure():
            return [text(content.caption), body]
    return [body]


def shape_words(step: Step, typesetter: Typesetter) -> str:
    """What the shape of a step says in part 9's chart column: the step's words, as in the chart of part 6,
    unless `cell_shape` has to cut them further."""
    words = short_text(step_text(step)) or SHAPES[step.shape]
    return typesetter.plain_text(words)


def branch_phrases(step: Step, labels: Labels) -> list[str]:
    """What a step says about where the work goes on: "ไม่ครบ: ไปลำดับที่ 4". Unknown steps are left out."""
    phrases = []
    for branch in step.next:
        target = labels.get(str(branch.get("to", "")))
        row = target.row if target is not None else ""
        label = branch.get("label", "")
        if row:
            phrases.append(branch_phrase(label, row))
        elif label:
            phrases.append(label)
    return phrases


def branch_phrase(label: str, row: str, space: str = " ") -> str:
    way = f"ไปลำดับที่ {row}"
    return f"{label}:{space}{way}" if label else way


def own_labels(entries: Sequence[EntryView]) -> dict[str, ReferenceLabel]:
    """{uuid: how it is called in words that stand in the same section}."""
    labels: dict[str, ReferenceLabel] = {}
    for entry in entries:
        label = ReferenceLabel(entry.title)
        if entry.content is not None:
            row = entry.label if isinstance(entry.content, Step) else ""
            label = ReferenceLabel(clause_name(entry), row)
        for uuid in entry.names_it_answers_to:
            labels.setdefault(uuid, label)
    return labels


def outer_labels(
    entries: Sequence[EntryView], *, manual: str = ""
) -> dict[str, ReferenceLabel]:
    """As own_labels of sections, each before its clauses, for words that stand in another: ข้อ 5.1 ของกระบวนงาน …,
    ข้อ 1 ของพันธกิจกลุ่มอำนวยการ of the `manual`."""
    labels = {}
    for uuid, name in name_entries(entries, manual_title=manual).items():
        labels[uuid] = ReferenceLabel(name.read_in(None).text)
    return labels
