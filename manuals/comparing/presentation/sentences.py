"""What differs as sentences of amendment in official Thai: what is repealed, what stands instead, what is added, and
which numbers change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...content import PARTS, Definition, Step
from ...entries import EntryView
from ...models import Manual, Section
from ..fates import Fate
from ..queries.nodes import ComparedClause
from ..sides import Sides, SideSection
from .group import ComparedRow

BEGINNING = 40  # letters by which an unnumbered paragraph is named


@dataclass(frozen=True, slots=True)
class AmendingSentence:
    """`words` are the new wordings it brings in, each in quotation marks."""

    command: str
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SectionAmendments:
    """Of one section, in the order in which they are carried out; `formatted` are the names of clauses whose words are
    the same, and which need no sentence."""

    title: str
    sentences: Sequence[AmendingSentence] = ()
    formatted: Sequence[str] = field(default=())


def load_amendments(sides: Sides, manual: Manual, rows: Sequence[ComparedRow]) -> list[SectionAmendments]:
    """Of the sections of a manual that differ, in the order of the newer side; what is gone comes last. Two queries for
    two editions."""
    old = {section.section_id: section for section in sides.old.sections_of(manual.pk)}
    new = {section.section_id: section for section in sides.new.sections_of(manual.pk)}
    rows_of: dict[int | None, list[ComparedRow]] = {}
    for row in rows:
        rows_of.setdefault(row.compared.pair.section_id, []).append(row)
    amendments = []
    for section_id in [*new, *(section_id for section_id in old if section_id not in new)]:
        section = _amend_section(old.get(section_id), new.get(section_id), rows_of.get(section_id, []))
        if section.sentences or section.formatted:
            amendments.append(section)
    return amendments


def _amend_section(old: SideSection | None, new: SideSection | None, rows: Sequence[ComparedRow]) -> SectionAmendments:
    sentences = []
    if old is None and new is not None:
        added = [row for row in rows if row.old is None]
        moved = [row for row in rows if row.old is not None]
        sentences.append(AmendingSentence(f"ให้เพิ่ม{_call(new)}", [_quoted(row) for row in added]))
        sentences += amending_sentences(_call(new), moved)
        return SectionAmendments(new.title, sentences)
    if old is not None and new is None:
        sentences.append(AmendingSentence(f"ให้ยกเลิก{_call(old)}"))
        return SectionAmendments(old.title, sentences)
    assert old is not None, "a section stands on one side at least"
    assert new is not None, "a section that is gone was told above"
    if old.title != new.title:
        sentences.append(AmendingSentence(f"ให้เปลี่ยนชื่อ{_call(old)} เป็น “{new.title}”"))
    sentences += amending_sentences(_call(old), rows)
    formatted = [row.new_name for row in rows if row.fate == Fate.FORMATTED]
    return SectionAmendments(new.title, sentences, formatted)


def _call(section: SideSection) -> str:
    """กระบวนงาน “การรับหนังสือราชการ”."""
    return f"{Section.Kind(section.kind).label} “{section.title}”"


# --- the sentences of one section


def amending_sentences(section: str, rows: Sequence[ComparedRow]) -> list[AmendingSentence]:
    """In reading order, the change of numbers last. `section` as the sentences call it."""
    sentences: list[AmendingSentence] = []
    done: set[int] = set()
    for row in rows:
        clause = row.compared
        if clause.pair.clause_id in done:
            continue
        together = _rows_together(clause, rows)
        done.update(each.compared.pair.clause_id for each in together)
        sentences += _sentences_of(section, row, together)
    sentences += _renumbering(section, rows)
    return sentences


def _rows_together(clause: ComparedClause, rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Those that one sentence is about: what was split from or joined into one clause; what was added in a run, or
    retired in one."""
    if clause.fate in (Fate.SPLIT, Fate.JOINED):
        return [row for row in rows if row.fate == clause.fate and row.compared.kin == clause.kin]
    together: list[ComparedRow] = []
    for row in rows:
        if row.compared is clause:
            together = [row]
        elif together and row.fate == clause.fate and clause.fate in (Fate.ADDED, Fate.RETIRED):
            if not _follows(together[-1].compared, row.compared):
                break
            together.append(row)
    return together


def _follows(before: ComparedClause, after: ComparedClause) -> bool:
    """Whether nothing stands between the two, in one part."""
    one, other = before.pair, after.pair
    if before.fate == Fate.ADDED:
        return one.new_part == other.new_part and (one.new_ordinal or 0) + 1 == other.new_ordinal
    return one.old_part == other.old_part and (one.old_ordinal or 0) + 1 == other.old_ordinal


def _sentences_of(section: str, row: ComparedRow, together: Sequence[ComparedRow]) -> Iterator[AmendingSentence]:
    words = [_quoted(each) for each in together if each.new is not None]
    match row.fate:
        case Fate.ADDED:
            yield AmendingSentence(_adding(section, together), words)
        case Fate.RETIRED:
            yield AmendingSentence(f"ให้ยกเลิก{_names(_tops(together))} ของ{section}")
        case Fate.SPLIT:
            old = [each.old for each in together if each.old is not None]
            new = [each.new for each in together if each.new is not None]
            if old:
                command = f"ให้แยก{_and(map(_name, old))} ของ{section} เป็น{_and(map(_name, new))}"
                yield AmendingSentence(f"{command} โดยให้ใช้ความต่อไปนี้แทน", words)
            else:  # what it was split from stands in another section
                yield AmendingSentence(_adding(section, together), words)
        case Fate.JOINED:
            old = [each.old for each in together if each.old is not None]
            new = [each.new for each in together if each.new is not None]
            if new:
                command = f"ให้รวม{_and(map(_name, old))} ของ{section} เป็น{_and(map(_name, new))}"
                yield AmendingSentence(f"{command} โดยให้ใช้ความต่อไปนี้แทน", words)
            else:  # it went into a clause of another section
                yield AmendingSentence(f"ให้ยกเลิก{_names(together)} ของ{section}")
        case Fate.REWORDED:
            assert row.old is not None, "a reworded clause stands on both sides"
            where = _call(row.moved_from) if row.moved_from else section
            yield AmendingSentence(f"ให้ยกเลิกความใน{_name(row.old)} ของ{where} และให้ใช้ความต่อไปนี้แทน", words)
    if row.compared.is_moved and row.old is not None and row.new is not None:
        yield AmendingSentence(_moving(section, row, row.old, row.new))


def _adding(section: str, rows: Sequence[ComparedRow]) -> str:
    tops = _tops(rows)
    new = [row.new for row in tops if row.new is not None]
    if all(_is_numbered(entry) for entry in new):
        return f"ให้เพิ่มความต่อไปนี้เป็น{_and(map(_name, new))} ของ{section}"
    return f"ให้เพิ่มความต่อไปนี้ใน{_part_name(new[0])} ของ{section}"


def _moving(section: str, row: ComparedRow, old: EntryView, new: EntryView) -> str:
    if row.moved_from:
        return f"ให้ย้าย{_name(old)} ของ{_call(row.moved_from)} ไปเป็น{_name(new)} ของ{section}"
    return f"ให้ย้าย{_name(old)} ของ{section} ไปเป็น{_name(new)}"


def _renumbering(section: str, rows: Sequence[ComparedRow]) -> Iterator[AmendingSentence]:
    """Of those that stayed where they are; what hangs below a clause goes with it."""
    pairs = []
    renumbered = set()
    for row in rows:
        old, new = row.old, row.new
        if old is None or new is None or row.compared.is_moved or old.cite == new.cite:
            continue
        renumbered.add(new.uuid)
        follows_parent = row.compared.pair.new_parent in renumbered and _own_number(old) == _own_number(new)
        # A sentence about splitting or joining tells the numbers itself
        is_told = row.fate in (Fate.SPLIT, Fate.JOINED)
        if not follows_parent and not is_told and _is_numbered(old) and _is_numbered(new):
            pairs.append((_name(old), _name(new)))
    if not pairs:
        return
    before = _and(old for old, _ in pairs)
    after = _and(new for _, new in pairs)
    in_turn = " ตามลำดับ" if len(pairs) > 1 else ""
    yield AmendingSentence(f"ให้เปลี่ยนเลข{before} ของ{section} เป็น{after}{in_turn}")


# --- what a clause is called, and what it says


def _tops(rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Without what hangs below another of them."""
    uuids = {row.compared.pair.uuid for row in rows}
    tops = []
    for row in rows:
        pair = row.compared.pair
        parent = pair.new_parent if row.new is not None else pair.old_parent
        if parent not in uuids:
            tops.append(row)
    return tops


def _names(rows: Iterable[ComparedRow]) -> str:
    return _and(_name(row.old) for row in rows if row.old is not None)


def _and(names: Iterable[str]) -> str:
    """ข้อ 1 ข้อ 2 และข้อ 3."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return f"{' '.join(listed[:-1])} และ{listed[-1]}"


def _name(entry: EntryView) -> str:
    """A paragraph or an item without a number is named by how it begins."""
    content = entry.clause_content
    if isinstance(content, Step):
        return f"ขั้นตอนที่ {entry.cite}"
    if _is_numbered(entry):
        return f"ข้อ {entry.cite}"
    if isinstance(content, Definition) and content.term:
        return f"บทนิยามคำว่า “{content.term}”"
    text = dict(content.fields()).get("text", "")
    beginning = text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"
    above = entry.cite.rpartition(" ")[0]
    place = f"ข้อ {above}" if above else _part_name(entry)
    return f"{place} ที่ขึ้นต้นว่า “{beginning}”"


def _is_numbered(entry: EntryView) -> bool:
    return any(letter.isalnum() for letter in _own_number(entry))


def _own_number(entry: EntryView) -> str:
    """1) of 5.4 1)."""
    return entry.cite.rpartition(" ")[2]


def _part_name(entry: EntryView) -> str:
    if entry.part not in PARTS:
        return "เนื้อหา"
    return f"ส่วนที่ {entry.part} {PARTS[entry.part]}"


def _quoted(row: ComparedRow) -> str:
    """“5.4 แจ้งเตือนหนังสือ…”, with the number that it has on the newer side."""
    assert row.new is not None, "only what stands on the newer side is quoted"
    if isinstance(row.new.content, Step) or not _is_numbered(row.new):
        return f"“{row.new_text}”"
    return f"“{_own_number(row.new)} {row.new_text}”"
