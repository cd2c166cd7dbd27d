"""The page of one preview: what stands in the file beside what becomes of it, doubtful rows first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator

from hearing_portal.thai.dates import be_datetime
from hearing_portal.thai.diff import Segment, diff_tokens, segments

from ..content import PARTS, AppliesTo, Content, Figure, Step
from ..drafting.told_words import tell_clauses, tell_redlines
from ..entries import EntryView
from ..field_labels import short_field_label
from ..models import Clause, ImportedProcess, Manual
from ..queries import load_draft_clauses
from ..reading.names import clause_name
from ..wording import Redline
from .coverage import MissingWords
from .drafts import ProcessDraft
from .kept_readings import draft_of, load_rows
from .matching import How
from .meanwhile import NOTHING, Meanwhile, load_meanwhile
from .preview_rows import CHOSEN, OF_WORDS, PreviewRow, PreviewRows
from .reference_links import reference_warnings
from .reporting import coverage_words
from .services.revising import align_clauses, final_contents, load_clauses_by_section
from .text_files import label_warnings

LETTERS_SHOWN = 120
HOW_WORDS = {
    How.BOOKMARK.value: "ตรงตามรหัสข้อในไฟล์",
    How.SAME.value: "ถ้อยคำตรงกัน",
    How.EARLIER.value: "ตรงกับถ้อยคำก่อนแก้ไข",
    How.ALIKE.value: "ถ้อยคำคล้ายกัน",
    CHOSEN: "ผู้ตรวจเลือก",
}
SECTION_FACTS = {"doc_code": "รหัสเอกสาร", "indicator": "ตัวชี้วัด"}
LITTLE_ALIKE = 75  # below it a match is worth a look


@dataclass(slots=True)
class RowCard:
    """A row beside the words of the file; `redlines` tell what a matched clause gets, empty where it stays as it is."""

    row: PreviewRow
    url: str
    label: str = ""
    picture_url: str = ""
    matched_name: str = ""
    redlines: Sequence[Redline] = ()
    can_promote: bool = False
    can_demote: bool = False
    can_join: bool = False
    is_changed_meanwhile: bool = False
    moves: Sequence[
        str
    ] = ()  # where the matched clause stands in the draft, where that changes

    @property
    def anchor(self) -> str:
        return f"row-{self.row.uuid}"

    @property
    def name(self) -> str:
        if self.label and self.row.content.kind != Step.kind:
            return f"ข้อ {self.label}"
        if self.label:
            return f"ขั้นตอนที่ {self.label}"
        return "ข้อไม่มีเลข"

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(label, text); the label of the main words is empty."""
        if self.row.content.kind == "definition":
            return [("", self.row.words)]
        named = []
        for name, text in self.row.content.fields():
            named.append((short_field_label(name), text))
        return named

    @property
    def sureness(self) -> str:
        """How sure the reading is, in words."""
        if self.row.is_left_out:
            return "เว้นไว้"
        if self.row.lacks_alt:
            return "ขาดคำอธิบายภาพ"
        if self.row.is_doubtful:
            return "ไม่แน่ใจ"
        if self.row.is_corrected:
            return "แก้ไขแล้ว"
        if self.row.doubts:
            return "ตรวจแล้ว"
        if self.row.repairs:
            return "ซ่อมอักขระแล้ว"
        if self.moves:
            return "ที่หรือเลขเปลี่ยน"
        return "แน่ใจ"

    @property
    def match_words(self) -> str:
        """ "" in a process that is new."""
        row = self.row
        if row.clause is None:
            return ""
        how = HOW_WORDS.get(row.how, "")
        if row.how == How.ALIKE.value:
            how = f"{how} {row.likeness} %"
        return how

    @property
    def is_weak_match(self) -> bool:
        return self.row.how == How.ALIKE.value and self.row.likeness < LITTLE_ALIKE

    @property
    def is_of_words(self) -> bool:
        return self.row.content.kind in OF_WORDS


@dataclass(frozen=True, slots=True)
class RowPart:
    number: int
    cards: Sequence[RowCard]

    @property
    def name(self) -> str:
        return PARTS[self.number]


@dataclass(frozen=True, slots=True)
class GoneClause:
    """A clause of the draft that the file does not have; it is retired when the file is taken in."""

    uuid: UUID
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class TitleRow:
    """What the file says of the process itself, beside the draft: name, words, and as the draft has it where it is
    something else."""

    name: str
    words: str
    segments: Sequence[Segment] = ()


@dataclass(slots=True)
class PreviewPage:
    process: ImportedProcess
    draft: ProcessDraft
    rows: PreviewRows
    cards: list[RowCard]
    gone: list[GoneClause] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    clauses: list[tuple[UUID, str]] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        target = self.process.target
        return target is not None and target.version != self.process.base_version

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be put right any more."""
        upload = self.process.file.upload
        return bool(self.process.taken_at or upload.discarded_at or upload.edition_id)

    @property
    def title_rows(self) -> list[TitleRow]:
        """The title, and what stands above part 1 as far as it is kept."""
        told = {"ชื่อกระบวนงาน": self.draft.title}
        before = {}
        for key, name in SECTION_FACTS.items():
            told[name] = self.draft.section_data.get(key, "")
        told["ใช้กับ"] = ""
        if "applies_to" in self.draft.headers:
            told["ใช้กับ"] = AppliesTo(self.draft.applies_to).label
        target = self.process.target
        if target is not None:
            before = {"ชื่อกระบวนงาน": target.title}
            for key, name in SECTION_FACTS.items():
                before[name] = target.data.get(key, "")
            if told["ใช้กับ"]:
                before["ใช้กับ"] = AppliesTo(target.applies_to).label
        rows = []
        for name, words in told.items():
            was = before.get(name, words)
            changed: Sequence[Segment] = ()
            if was != words:
                changed = segments(diff_tokens(was, words), was, words)
            if words or changed:
                rows.append(TitleRow(name, words, changed))
        return rows

    @property
    def doubtful(self) -> list[RowCard]:
        return [card for card in self.cards if card.row.is_doubtful]

    @property
    def left_out(self) -> list[RowCard]:
        return [card for card in self.cards if card.row.is_left_out]

    @property
    def parts(self) -> list[RowPart]:
        """Those that stand, part by part."""
        of_part: dict[int, list[RowCard]] = {}
        for card in self.cards:
            if not card.row.is_left_out:
                of_part.setdefault(card.row.part, []).append(card)
        return [RowPart(part, of_part[part]) for part in sorted(of_part)]

    @property
    def coverage(self) -> str:
        return coverage_words(self.draft.coverage)

    @property
    def missing(self) -> list[MissingWords]:
        return self.draft.coverage.missing

    @property
    def remarks(self) -> list[str]:
        """What was said of no row: of parts, numbers and references."""
        of_rows = {doubt for row in self.rows.rows for doubt in row.doubts}
        told = [doubt.message for doubt in self.draft.doubts]
        remarks = [words for words in told if words not in of_rows]
        return (
            remarks
            + label_warnings(self.draft)
            + reference_warnings(self.draft.clauses)
        )

    def card_of(self, uuid: UUID) -> RowCard | None:
        for card in self.cards:
            if card.row.uuid == uuid:
                return card
        return None


def preview_page(manual: Manual, process: ImportedProcess) -> PreviewPage:
    """About nine queries for a process that revises another one, one for a new one."""
    rows = load_rows(process)
    draft = draft_of(process, rows)
    labels = {}
    for labelled in rows.labelled():
        labels[labelled.node.key] = labelled.label
    cards = []
    for row in rows.rows:
        url = reverse("import-preview-row", args=[manual.key, process.uuid, row.uuid])
        card = RowCard(row, url, labels.get(row.uuid, ""))
        if isinstance(row.content, Figure) and row.content.file in draft.pictures:
            card.picture_url = reverse(
                "import-preview-picture",
                args=[manual.key, process.uuid, row.content.file],
            )
        cards.append(card)
    _tell_possible(cards)
    page = PreviewPage(process, draft, rows, cards)
    if process.target is not None:
        _compare(page)
    return page


def _tell_possible(cards: Sequence[RowCard]) -> None:
    """Which buttons do something."""
    before: RowCard | None = None
    for card in cards:
        row = card.row
        if row.is_left_out:
            continue
        is_step = row.content.kind == Step.kind
        if before is not None and before.row.part == row.part:
            card.can_demote = before.row.depth >= row.depth and not is_step
            card.can_join = card.is_of_words and before.is_of_words
        card.can_promote = row.depth > 0
        before = card


def _compare(page: PreviewPage) -> None:
    """With the process of the draft that it revises."""
    target = page.process.target
    assert target is not None
    clauses = load_clauses_by_section([target]).get(target.pk, [])
    by_uuid = {clause.uuid: clause for clause in clauses}
    views = _load_views(page.process)
    names = {clause: clause_name(view) for clause, view in views.items()}
    told = tell_clauses(clauses)
    matched = set()
    page.clauses = []
    for clause in clauses:
        words = Truncator(told[clause.pk]).chars(LETTERS_SHOWN)
        page.clauses.append(
            (clause.uuid, f"{names.get(clause.pk, '')} {words}".strip())
        )
    found = load_meanwhile({target: page.process.base_version})
    meanwhile = found.get(target.pk, NOTHING)
    changed = {change.clause.uuid for change in meanwhile.changes}
    pairs = align_clauses(clauses, page.draft)
    contents = final_contents(page.draft, pairs, target.manual_id)
    compared: list[tuple[RowCard, Content, Content]] = []
    for card in page.cards:
        matched_clause = by_uuid.get(card.row.clause) if card.row.clause else None
        if matched_clause is None:
            continue
        matched.add(matched_clause.uuid)
        card.matched_name = names.get(matched_clause.pk, "")
        card.is_changed_meanwhile = matched_clause.uuid in changed
        if matched_clause.pk in views and not card.row.is_left_out:
            card.moves = _tell_moves(card, views[matched_clause.pk])
        new = contents.get(card.row.uuid)
        if new is not None and new != matched_clause.content:
            compared.append((card, matched_clause.content, new))
    lines = tell_redlines([(old, new, target.pk) for _, old, new in compared])
    for (card, _, _), redlines in zip(compared, lines, strict=True):
        card.redlines = redlines
    page.gone = _gone(clauses, matched, names, told)
    page.changed = _tell_meanwhile(meanwhile, names, told)


def _gone(
    clauses: Sequence[Clause],
    matched: set[UUID],
    names: Mapping[int, str],
    told: Mapping[int, str],
) -> list[GoneClause]:
    gone = []
    for clause in clauses:
        if clause.uuid not in matched:
            gone.append(
                GoneClause(clause.uuid, names.get(clause.pk, ""), told[clause.pk])
            )
    return gone


def _tell_meanwhile(
    meanwhile: Meanwhile, names: Mapping[int, str], told: Mapping[int, str]
) -> list[str]:
    """แก้ถ้อยคำ ข้อ 5.1 “…” ประยูร 30 พ.ย. 2569 of each clause that others changed since the two were compared."""
    words = []
    for change in meanwhile.changes:
        name = names.get(change.clause_id, "")
        said = told.get(change.clause_id, change.clause.plain)
        said = f"“{Truncator(said).chars(LETTERS_SHOWN)}”"
        user = change.revision.user
        by = user.get_full_name() if user is not None else ""
        when = be_datetime(change.revision.date_created)
        parts = (str(change.get_kind_display()), name, said, by, when)
        words.append(" ".join(filter(None, parts)))
    return words


def _tell_moves(card: RowCard, view: EntryView) -> list[str]:
    """Part, level and number, each as it is in the draft and as it will be."""
    row = card.row
    told = []
    if row.part != view.part:
        told.append(f"ย้ายจากส่วนที่ {view.part} ไปส่วนที่ {row.part}")
    if row.depth != view.depth:
        told.append(f"ระดับเปลี่ยนจาก {view.depth + 1} เป็น {row.depth + 1}")
    if card.label != view.label:
        before, now = view.label or "ไม่มีเลข", card.label or "ไม่มีเลข"
        told.append(f"เลขเปลี่ยนจาก {before} เป็น {now}")
    return told


def _load_views(process: ImportedProcess) -> dict[int, EntryView]:
    """{clause: it as the draft has it}."""
    found: dict[int, EntryView] = {}
    if process.target is None:
        return found
    for views in load_draft_clauses([process.target]).values():
        for view in views:
            if view.clause_id is not None:
                found[view.clause_id] = view
    return found
