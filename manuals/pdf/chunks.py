"""One work process as a printable document: the nine parts, part 6 drawn, part 9 as the standard table.

Every function is pure: the same entries give the same HTML, so a chunk is printed again only when its words change.
Each entry's words stand in elements with the id `clause-UUID`; `printed_text` says exactly which words those are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from hearing_portal.thai.numbering import Digits
from manuals.content import PARTS, SHAPES, Definition, Figure, Form, Reference, Step, Table
from manuals.entries import EntryView
from manuals.flowchart import ChartCell, chart_column, steps_from_entries, text_width

from .charts import BEGIN, END, ChartSource, cell_style, chart_html, data_uri, draw
from .fetcher import NO_PICTURE
from .typeset import Typesetter

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "pdf"
AUDIENCE = {"both": "", "primary": "เฉพาะ สพป.", "secondary": "เฉพาะ สพม."}
ORIGINS = {
    "kept": ("คงเดิม", "none"),
    "revised": ("ปรับปรุง", ""),
    "new": ("ใหม่", "full"),
    "additional": ("เพิ่มเติม", "full"),
    "merged": ("รวมกระบวนงาน", "dash"),
}
Notes = Mapping[str, Sequence[tuple[str, str, str]]]  # clause uuid → (number, text, url)
Reasons = Mapping[str, str]  # clause uuid → why it was changed
STUB_EM, STUB_ROOM = 2.82, 12.0  # millimetres: 8 point letters, what stands free beside a shape
SHORT_TABLE = 6  # rows up to which a table is never split


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process stands in the book; `number` is its own ("1.4")."""

    group_name: str = ""
    unit: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """An entry ready for the template: `words` is its HTML, `children` the entries below it."""

    entry: EntryView
    label: SafeString
    words: SafeString
    children: list["Clause"] = field(default_factory=list)
    notes: list[tuple[str, SafeString]] = field(default_factory=list)
    reason: str = ""

    @property
    def anchor(self) -> str:
        return anchor_of(self.entry)


def anchor_of(entry: EntryView) -> str:
    return f"{entry.kind}-{entry.uuid}"


@cache
def engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def render(template: str, **context: Any) -> str:
    """A page of templates/pdf. Values are strings, lists and dataclasses, so no settings are needed."""
    return engine().get_template(template).render(Context(context))


def chunk_html(
    entries: Sequence[EntryView],
    *,
    digits: Digits = "thai",
    notes: Notes | None = None,
    reasons: Reasons | None = None,
    labels: Mapping[str, str] | None = None,
    place: Place = Place(),
    pictures: frozenset[str] = frozenset(),
    drawn: bool = True,
) -> str:
    """The document of one process; `entries[0]` is its section, the others its clauses in reading order. Where the
    chart is not `drawn`, its place is kept for fitting.py, which draws it to the room it finds."""
    typesetter = Typesetter(digits, labels or {})
    section, clauses = entries[0], list(entries[1:])
    maker = ClauseMaker(typesetter, notes or {}, reasons or {}, pictures)
    parts = [_part(number, section, clauses, maker, drawn) for number in PARTS]
    return render(
        "process.html",
        section=section,
        title=mark_safe(typesetter.tight(section.title)),
        plain_title=typesetter.plain_text(section.title),
        code=typesetter.plain_text(f"กระบวนงาน {place.number}") if place.number else "กระบวนงาน",
        meta=_meta(section, clauses, place, typesetter),
        group=typesetter.plain_text(place.group_name),
        digits=digits,
        parts=parts[:-1],
        summary=_summary(section, clauses, maker),
    )


@dataclass(frozen=True, slots=True)
class UndraftedUnit:
    """Processes of one unit that have no words yet: (uuid, number, title), ready to be printed."""

    title: str
    processes: list[tuple[str, str, str]]


def undrafted_html(units: Sequence[UndraftedUnit], *, key: str, group_name: str, digits: Digits) -> str:
    """One list of a group's processes that are not drafted yet, instead of an empty page for each."""
    typesetter = Typesetter(digits, {})
    shown = [
        {
            "title": typesetter.plain_text(unit.title),
            "processes": [
                {"uuid": uuid, "number": typesetter.plain_text(number), "title": mark_safe(typesetter.text(title))}
                for uuid, number, title in unit.processes
            ],
        }
        for unit in units
    ]
    return render(
        "undrafted.html",
        units=shown,
        key=key,
        plain_title="กระบวนงานที่ยังไม่ยกร่าง",
        group=typesetter.plain_text(group_name),
        digits=digits,
    )


def printed_text(entry: EntryView, labels: Mapping[str, str] | None = None, digits: Digits = "thai") -> str:
    """The words an entry prints, in the order of the page; compare without white space."""
    typesetter = Typesetter(digits, labels or {})
    content, text, body = entry.content, typesetter.plain_text, typesetter.plain_body
    if content is None:
        return text(entry.title)
    words = [text(entry.label)]
    match content:
        case Definition():
            words += [text(content.term), "หมายถึง" if content.term else "", body(content.body)]
        case Step():
            words += [SHAPES[content.shape], body(content.body), text(content.duration_text)]
            words += [text(content.standard), text(content.actor), text(content.note)]
            words += [text(branch) for branch in branch_words(content, typesetter.labels)]
            words += [text(f"ระบบ: {content.system}") if content.system else ""]
        case Form():
            words += [text(content.name), body(content.body), text(content.code)]
        case Reference():
            words += [text(content.as_cited), body(content.body)]
        case Table():
            words += [body(content.body), *(text(each["title"]) for each in content.columns)]
            for row in content.rows:
                words += [text(row["cells"].get(each["id"], "")) for each in content.columns]
        case Figure():
            words += [text(content.caption), body(content.body)]
        case _:
            words += [body(content.body)]
    words.append(AUDIENCE[entry.applies_to])
    return "\n".join(word for word in words if word)


def branch_words(step: Step, labels: Mapping[str, str]) -> list[str]:
    """What a step says about where the work goes on: "ไม่ครบ: ไปลำดับที่ 4". Unknown steps are left out."""
    said = []
    for branch in step.next:
        row = labels.get(str(branch.get("to", "")), "")
        word = branch.get("label", "")
        if row:
            said.append(f"{word}: ไปลำดับที่ {row}" if word else f"ไปลำดับที่ {row}")
        elif word:
            said.append(word)
    return said


def labels_of(entries: Sequence[EntryView]) -> dict[str, str]:
    """{uuid: words of a reference to it}: a step's row number, a clause's "ข้อ 5.4 1)", a process's name."""
    labels = {}
    for entry in entries:
        if isinstance(entry.content, Step):
            labels[str(entry.uuid)] = entry.label
        elif entry.content is not None:
            labels[str(entry.uuid)] = f"ข้อ {entry.cite}" if entry.cite else PARTS.get(entry.part, "")
        else:
            labels[str(entry.uuid)] = entry.title
    return labels


def working_time(minutes: int) -> str:
    """Working minutes as people say them; a working day has 420."""
    days, rest = divmod(minutes, 420)
    hours, left = divmod(rest, 60)
    parts = [f"{days} วันทำการ" if days else "", f"{hours} ชั่วโมง" if hours else ""]
    parts.append(f"{left} นาที" if left and not days else "")
    return " ".join(part for part in parts if part)


def total_minutes(entries: Sequence[EntryView]) -> int | None:
    """All steps together, or None when a step has no time in minutes."""
    steps = [entry.content for entry in entries if isinstance(entry.content, Step)]
    minutes = [step.duration.get("minutes") for step in steps]
    return sum(minutes) if steps and all(isinstance(each, int) for each in minutes) else None


class ClauseMaker:
    """Entries of one document into Clauses."""

    def __init__(self, typesetter: Typesetter, notes: Notes, reasons: Reasons, pictures: frozenset[str]) -> None:
        self.typesetter, self.notes, self.reasons, self.pictures = typesetter, notes, reasons, pictures

    def tree(self, entries: Sequence[EntryView]) -> list[Clause]:
        """Clauses nested by `depth`; an entry deeper than its neighbour allows goes one level down."""
        top: list[Clause] = []
        stack: list[tuple[int, Clause]] = []
        for entry in entries:
            clause = self.clause(entry)
            while stack and stack[-1][0] >= entry.depth:
                stack.pop()
            (stack[-1][1].children if stack else top).append(clause)
            stack.append((entry.depth, clause))
        return top

    def clause(self, entry: EntryView) -> Clause:
        typesetter, key = self.typesetter, str(entry.uuid)
        notes = [
            (typesetter.plain_text(str(number)), mark_safe(typesetter.text(text)))
            for number, text, _ in self.notes.get(key, ())
        ]
        return Clause(
            entry,
            mark_safe(escape(typesetter.plain_text(entry.label))),
            mark_safe(self.words(entry)),
            notes=notes,
            reason=mark_safe(typesetter.text(self.reasons.get(key, ""))),
        )

    def words(self, entry: EntryView) -> str:
        """The HTML of an entry without its label and children."""
        typesetter, content = self.typesetter, entry.content
        body = typesetter.body(content.body)
        match content:
            case Definition():
                term = f"<b>{typesetter.text(content.term)}</b> หมายถึง " if content.term else ""
                html = term + body
            case Form():
                code = f' <span class="code">{typesetter.text(content.code)}</span>' if content.code else ""
                html = f"{typesetter.text(content.name)} {body}{code}"
            case Reference():
                html = f"{typesetter.text(content.as_cited)} {body}"
            case Table():
                html = body + self._table(content)
            case Figure():
                html = self._figure(content) + body
            case _:
                html = body
        return html + self.audience(entry)

    def audience(self, entry: EntryView) -> str:
        words = AUDIENCE[entry.applies_to]
        return f' <span class="mark">{words}</span>' if words else ""

    def _table(self, table: Table) -> str:
        tight = self.typesetter.tight
        head = "".join(f"<th>{tight(column['title'])}</th>" for column in table.columns)
        rows = [
            "".join(f"<td>{tight(row['cells'].get(column['id'], ''))}</td>" for column in table.columns)
            for row in table.rows
        ]
        body = "".join(f"<tr>{cells}</tr>" for cells in rows)
        short = " short" if len(rows) <= SHORT_TABLE else ""
        return f'<table class="own rules{short}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _figure(self, figure: Figure) -> str:
        alt = escape(self.typesetter.plain_text(figure.alt or figure.caption or "ภาพประกอบ"))
        source = f"book:picture/{figure.file}" if figure.file in self.pictures else data_uri(NO_PICTURE)
        caption = f'<div class="caption">{self.typesetter.text(figure.caption)}</div>' if figure.caption else ""
        return f'<div class="figure"><img alt="{alt}" src="{escape(source)}">{caption}</div>'


def _meta(section: EntryView, clauses: Sequence[EntryView], place: Place, typesetter: Typesetter) -> list[SafeString]:
    steps = sum(isinstance(entry.content, Step) for entry in clauses)
    origin = ORIGINS.get(str(section.data.get("origin", "")), ("", ""))[0]
    parts = [
        typesetter.text(place.unit),
        f"รหัสเอกสาร <b>{typesetter.text(section.data['doc_code'])}</b>" if section.data.get("doc_code") else "",
        typesetter.text(f"{steps} ขั้นตอน") if steps else "",
        typesetter.text(origin) if origin != "คงเดิม" else "",
        AUDIENCE[section.applies_to],
    ]
    return [mark_safe(part) for part in parts if part]


@dataclass(frozen=True, slots=True)
class Part:
    number: str
    title: str
    kind: str  # name | clauses | forms | chart
    clauses: list[Clause] = field(default_factory=list)
    name: str = ""
    chart: str = ""
    forms: list["FormRow"] = field(default_factory=list)
    has_codes: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    anchor: str
    label: str
    name: SafeString
    code: SafeString


def _part(number: int, section: EntryView, entries: Sequence[EntryView], maker: ClauseMaker, drawn: bool) -> Part:
    typesetter = maker.typesetter
    own = [entry for entry in entries if entry.part == number and entry.content is not None]
    heading = typesetter.plain_text(str(number)), PARTS[number]
    if number == 1:
        return Part(*heading, "name", maker.tree(own), mark_safe(typesetter.tight(section.title)))
    if number == 6:
        source = chart_source(section, entries, typesetter.digits)
        return Part(*heading, "chart", maker.tree(own), chart=_chart(source, drawn))
    if number == 7 and own and all(isinstance(entry.content, Form) and not entry.depth for entry in own):
        forms = [_form_row(entry, maker) for entry in own]
        codes = any(entry.content.code for entry in own)
        return Part(*heading, "forms", forms=forms, has_codes=codes, is_short=len(own) <= SHORT_TABLE)
    return Part(*heading, "clauses", maker.tree(own))


def chart_source(section: EntryView, entries: Sequence[EntryView], digits: Digits) -> ChartSource:
    """What the chart of a process is drawn from, again with another height when its page is known."""
    return ChartSource("6", PARTS[6], section.title, tuple(steps_from_entries(entries)), digits)


def _chart(source: ChartSource, drawn: bool) -> SafeString:
    if not source.steps:
        return SafeString("")
    return mark_safe(chart_html(source, draw(source).panels) if drawn else BEGIN + END)


def _form_row(entry: EntryView, maker: ClauseMaker) -> FormRow:
    typesetter, form = maker.typesetter, entry.content
    name = f"{typesetter.tight(form.name)} {typesetter.body(form.body, tight=True)}"
    code = typesetter.tight(form.code) + maker.audience(entry)
    return FormRow(anchor_of(entry), typesetter.plain_text(entry.label), mark_safe(name), mark_safe(code))


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of the standard table; `chart` is the style of its chart cell, the words beside the arrows around it."""

    anchor: str
    label: str
    shape: str
    shape_name: str
    chart: SafeString
    above: bool
    word_below: SafeString
    word_back: SafeString
    word_ahead: SafeString
    detail: SafeString
    duration: SafeString
    standard: SafeString
    actor: SafeString
    note: SafeString
    branches: list[SafeString]
    system: SafeString


def _summary(section: EntryView, entries: Sequence[EntryView], maker: ClauseMaker) -> dict[str, Any]:
    """What summary.html shows: the head of the form, the rows, and whatever else stands in part 9."""
    typesetter = maker.typesetter
    own = [entry for entry in entries if entry.part == 9 and entry.content is not None]
    steps = [entry for entry in own if isinstance(entry.content, Step)]
    cells = {cell.step.uuid: cell for cell in chart_column(steps_from_entries(entries))}
    others = [entry for entry in own if not isinstance(entry.content, Step)]
    labels = {**labels_of(entries), **typesetter.labels}
    return {
        "number": typesetter.plain_text("9"),
        "title": PARTS[9],
        "code": typesetter.plain_text(section.data.get("doc_code", "")),
        "indicator": mark_safe(typesetter.tight(section.data.get("indicator", ""))),
        "rows": [_summary_row(entry, cells[str(entry.uuid)], maker, labels) for entry in steps],
        "clauses": maker.tree(others),
        "is_short": len(steps) <= SHORT_TABLE,
    }


def _over_stub(word: str) -> str:
    """A word that is too wide beside the shape is left out; the remarks of the row say it anyway."""
    return word if text_width(word) * STUB_EM <= STUB_ROOM else ""


def _summary_row(entry: EntryView, cell: ChartCell, maker: ClauseMaker, labels: Mapping[str, str]) -> SummaryRow:
    typesetter, step = maker.typesetter, entry.content

    def tight(text: str) -> SafeString:
        return mark_safe(typesetter.tight(text))

    system = f"ระบบ: {step.system}" if step.system else ""
    return SummaryRow(
        anchor=anchor_of(entry),
        label=typesetter.plain_text(entry.label),
        shape=step.shape,
        shape_name=SHAPES[step.shape],
        chart=mark_safe(cell_style(cell)),
        above=cell.above,
        word_below=tight(cell.word_below),
        word_back=tight(_over_stub(cell.word_back)),
        word_ahead=tight(_over_stub(cell.word_ahead)),
        detail=mark_safe(typesetter.body(step.body, tight=True)),
        duration=tight(step.duration_text),
        standard=tight(step.standard),
        actor=tight(step.actor),
        note=tight(step.note),
        branches=[tight(words) for words in branch_words(step, labels)],
        system=mark_safe(typesetter.tight(system) + maker.audience(entry)),
    )
