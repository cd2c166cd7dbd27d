"""What differs in a manual, clause by clause: the words of both sides with what came and went, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hearing_portal.thai.diff import DIGITS_ALONE
from hearing_portal.thai.sentences import joined

from ...content import Content, Step, Text
from ...editions.services.freezing import DraftNode
from ...entries import EntryView
from ...facts import NO_NAMES, Names, find_named
from ...models import EditionEntry, LegalSource, TextBlob
from ...queries import entry_view, find_file_names
from ...reading.names import clause_name
from ...reading.presentation.changes import (
    compare_clause,
    fill_references,
    whole_redlines,
)
from ...reading.presentation.clauses import ReadClause
from ..fates import Fate
from ..queries.nodes import ClausePair, ComparedClause
from ..queries.reasons import find_change_reasons
from ..sides import Side, Sides, SideSection
from .cited import CitedOfSides, name_cited_of, name_kin

STEPS_PART = 9


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A clause that differs. `old` and `new` are how it stands on each side; `moved_from` is the section it stood in,
    where that is another one. `kin_name` is what the clause is called that it came out of, or that took it in."""

    compared: ComparedClause
    clause: ReadClause
    old: EntryView | None
    new: EntryView | None
    reasons: Sequence[str] = ()
    moved_from: SideSection | None = None
    kin_name: str = ""

    @property
    def fate(self) -> Fate:
        return self.compared.fate

    @property
    def modifier(self) -> str:
        """What colours the word of its fate."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return str(self.fate)

    @property
    def old_name(self) -> str:
        return clause_name(self.old) if self.old else ""

    @property
    def new_name(self) -> str:
        return clause_name(self.new) if self.new else ""

    @property
    def name(self) -> str:
        """What it is called on the newer side, or was on the older one."""
        return self.new_name or self.old_name

    @property
    def was(self) -> str:
        """What it was called before, where it is called otherwise now."""
        if self.new is None or self.old_name == self.new_name:
            return ""
        return self.old_name

    @property
    def origin(self) -> str:
        """Where it came from, "" where it stood here: ย้ายมาจากการรับหนังสือราชการ, แยกจากข้อ 5.1."""
        if self.moved_from is not None:
            return joined("ย้ายมาจาก", self.moved_from.title)
        if self.old is None and self.kin_name:
            return joined("แยกจาก", self.kin_name)
        return ""

    @property
    def destination(self) -> str:
        """Where the words of one that was joined are now: รวมไว้ในข้อ 5.1."""
        if self.new is None and self.kin_name:
            return joined("รวมไว้ใน", self.kin_name)
        return ""

    @property
    def fate_words(self) -> str:
        """With what is true of it besides: แก้ถ้อยคำและย้าย."""
        words = str(self.fate.label)
        if self.fate == Fate.FORMATTED and self.clause.differs_in_digits_alone:
            words = DIGITS_ALONE
        if self.compared.is_moved and self.fate != Fate.MOVED:
            return joined(words, "และย้าย")
        return words

    @property
    def reason(self) -> str:
        return " / ".join(self.reasons)

    @property
    def lacks_reason(self) -> bool:
        """A number that changed needs none."""
        return not self.reasons and self.fate != Fate.RENUMBERED

    @property
    def old_text(self) -> str:
        return self._text(self.old, "del")

    @property
    def new_text(self) -> str:
        return self._text(self.new, "ins")

    def _text(self, side: EntryView | None, own: str) -> str:
        """All words of one side, and the facts that differ, without marks: what a spreadsheet takes. `own` are the
        stretches that only this side has."""
        if side is None:
            return ""
        lines = []
        for name, label in self.clause.side_fields:
            words = self.words_of_side(name, own)
            if words:
                lines.append(f"{label}: {words}" if label else words)
        return "\n".join(lines)

    def words_of_side(self, name: str, own: str) -> str:
        """Of one field; "" where that side has none."""
        if name not in self.clause.redlines:
            return self.clause.field_words(name)
        return "".join(
            stretch.text
            for stretch in self.clause.redlines[name]
            if stretch.kind in ("equal", own)
        )


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """The rows of a section, under the title it has on the newer side, or had on the older one."""

    title: str
    rows: Sequence[ComparedRow]
    old_title: str = ""
    is_new: bool = False
    is_gone: bool = False

    @property
    def is_renamed(self) -> bool:
        return bool(self.old_title) and self.old_title != self.title


def load_compared_rows(
    sides: Sides, clauses: Sequence[ComparedClause]
) -> list[ComparedRow]:
    """With the words of both sides and the reasons. Six queries at most, three more where steps branch off or laws are
    cited, two to four where words refer to clauses, and four where those stand on neither side; one for those that
    came out of a clause or went into one, and as many as references cost."""
    contents = _load_contents(clauses)
    cited = name_cited_of(sides, contents.values())
    names = _find_names(sides, list(contents.values()))
    reasons = find_change_reasons(sides, clauses)
    kin_names = name_kin(sides, clauses)
    rows = []
    for each in clauses:
        pair = each.pair
        old = _entry(
            pair,
            contents,
            sha=pair.old_sha,
            cite=pair.old_cite,
            part=pair.old_part,
            section_id=pair.old_section,
        )
        new = _entry(
            pair,
            contents,
            sha=pair.new_sha,
            cite=pair.new_cite,
            part=pair.new_part,
            section_id=pair.new_section,
        )
        moved_from = None
        if old is not None and new is not None and pair.old_section != pair.new_section:
            moved_from = sides.old.sections.get(pair.old_section or 0)
        row = ComparedRow(
            compared=each,
            clause=_read(old, new, cited, names),
            old=old,
            new=new,
            reasons=reasons.get(pair.clause_id, ()),
            moved_from=moved_from,
            kin_name=kin_names.get(pair.clause_id, ""),
        )
        rows.append(row)
    return rows


def _load_contents(clauses: Iterable[ComparedClause]) -> dict[str, Content]:
    """{sha: content} of both sides. One query."""
    shas = set()
    for each in clauses:
        shas.add(each.pair.old_sha)
        shas.add(each.pair.new_sha)
    shas.discard(None)
    blobs = TextBlob.objects.in_bulk(shas)
    return {sha: blob.as_content for sha, blob in blobs.items()}


def _entry(
    pair: ClausePair,
    contents: Mapping[str, Content],
    *,
    sha: str | None,
    cite: str | None,
    part: int | None,
    section_id: int | None,
) -> EntryView | None:
    """The clause as it stands on one side; None where it does not."""
    if sha is None:
        return None
    return EntryView(
        uuid=pair.uuid,
        kind="clause",
        part=part or 0,
        label=cite or "",
        cite=cite or "",
        content=contents[sha],
        sha=sha,
        clause_id=pair.clause_id,
        section_id=section_id,
    )


@dataclass(frozen=True, slots=True)
class _NamesOfSides:
    """What the facts of each side are told by; of what a side has not, the other one's name."""

    old: Names = field(default_factory=lambda: NO_NAMES)
    new: Names = field(default_factory=lambda: NO_NAMES)


def _find_names(sides: Sides, contents: Sequence[Content]) -> _NamesOfSides:
    uuids, keys = find_named(contents)
    titles: dict[str, str] = {}
    if keys:
        for source in LegalSource.objects.filter(key__in=keys):
            titles[source.key] = source.full_title
    titles |= find_file_names(contents)
    old = _names_on(sides.old, uuids)
    new = _names_on(sides.new, uuids)
    return _NamesOfSides(titles | new | old, titles | old | new)


def _names_on(side: Side, uuids: Collection[str]) -> dict[str, str]:
    """{uuid: what the clause is called on this side} of those that stand there. One query for an edition."""
    if not uuids:
        return {}
    if side.edition is not None:
        rows = EditionEntry.objects.filter(
            edition=side.edition, uuid__in=list(uuids)
        ).select_related("blob")
        return {str(row.uuid): clause_name(entry_view(row)) for row in rows}
    names = {}
    for node in side.draft_nodes:
        if str(node.uuid) in uuids:
            names[str(node.uuid)] = _name_node(node)
    return names


def _name_node(node: DraftNode) -> str:
    content = Step() if node.part == STEPS_PART else Text()
    entry = EntryView(
        node.uuid,
        node.kind,
        part=node.part,
        label=node.label,
        cite=node.cite,
        content=content,
    )
    return clause_name(entry)


def _read(
    old: EntryView | None,
    new: EntryView | None,
    cited: CitedOfSides,
    names: _NamesOfSides,
) -> ReadClause:
    """References are called as they are read in the section that the clause has on each side."""
    if new is not None:
        clause = ReadClause(
            new,
            before=old,
            targets=cited.new.read_in(new.section_id),
            targets_before=cited.old.read_in(old.section_id) if old else None,
            names=names.new,
            names_before=names.old,
        )
        compare_clause(clause)
        return clause
    assert old is not None, "a clause that differs stands on one side at least"
    targets = cited.old.read_in(old.section_id)
    redlines = whole_redlines("del", old, names.old)
    for name, redline in redlines.items():
        stored = old.clause_content.stored_text(name)
        redlines[name] = fill_references(redline, targets, stored, "")
    return ReadClause(
        old,
        before=old,
        state="removed",
        redlines=redlines,
        targets=targets,
        names=names.old,
    )


def group_by_section(
    sides: Sides, rows: Sequence[ComparedRow]
) -> list[ComparedSection]:
    """In the order of the rows. Two queries for two editions."""
    sections = []
    for section_id, members in groupby(
        rows, key=lambda row: row.compared.pair.section_id
    ):
        old = sides.old.sections.get(section_id or 0)
        new = sides.new.sections.get(section_id or 0)
        shown = new or old
        section = ComparedSection(
            title=shown.title if shown else "",
            rows=list(members),
            old_title=old.title if old and new else "",
            is_new=old is None,
            is_gone=new is None,
        )
        sections.append(section)
    return sections
