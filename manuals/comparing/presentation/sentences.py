"""What differs as sentences of amendment in official Thai: what is repealed, what stands instead, what is added, and
which numbers change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...content import PARTS, Definition, Step
from ...entries import EntryView
from ...models import Manual, Section
from ..fates import Fate
from ..queries.nodes import ComparedClause
from ..sides import Sides, SideSection
from .group import ComparedRow
from .official_words import fact_commands, has_other_words, official_words

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


def load_amendments(
    sides: Sides, manual: Manual, rows: Sequence[ComparedRow]
) -> list[SectionAmendments]:
    """Of the sections of a manual that differ, in the order of the newer side; what is gone comes last. Two queries for
    two editions."""
    old = {section.section_id: section for section in sides.old.sections_of(manual.pk)}
    new = {section.section_id: section for section in sides.new.sections_of(manual.pk)}
    rows_of: defaultdict[int | None, list[ComparedRow]] = defaultdict(list)
    for row in rows:
        rows_of[row.compared.pair.section_id].append(row)
    gone = [section_id for section_id in old if section_id not in new]
    amendments = []
    for section_id in [*new, *gone]:
        section = _amend_section(
            old.get(section_id), new.get(section_id), rows_of[section_id]
        )
        if section.sentences or section.formatted:
            amendments.append(section)
    return amendments


def _amend_section(
    old: SideSection | None, new: SideSection | None, rows: Sequence[ComparedRow]
) -> SectionAmendments:
    if new is None:
        assert old is not None, "a section stands on one side at least"
        repeal = AmendingSentence(f"ให้ยกเลิก{_call(old)}")
        return SectionAmendments(old.title, [repeal])
    if old is None:
        added = [row for row in rows if row.old is None]
        moved = [row for row in rows if row.old is not None]
        addition = AmendingSentence(f"ให้เพิ่ม{_call(new)}", _quoted(added))
        return SectionAmendments(
            new.title, [addition, *amending_sentences(_call(new), moved)]
        )
    sentences = []
    if old.title != new.title:
        sentences.append(AmendingSentence(f"ให้เปลี่ยนชื่อ{_call(old)} เป็น “{new.title}”"))
    sentences += amending_sentences(_call(old), rows)
    formatted = [row.new_name for row in rows if row.fate == Fate.FORMATTED]
    return SectionAmendments(new.title, sentences, formatted)


def _call(section: SideSection) -> str:
    """กระบวนงาน “การรับหนังสือราชการ”."""
    return f"{Section.Kind(section.kind).label} “{section.title}”"


# --- the sentences of one section


def amending_sentences(
    section: str, rows: Sequence[ComparedRow]
) -> list[AmendingSentence]:
    """Repeals first, since what comes after may take their numbers; then in reading order, the change of numbers last.
    `section` as the sentences call it."""
    repeals: list[AmendingSentence] = []
    sentences: list[AmendingSentence] = []
    done: set[int] = set()
    for row in rows:
        clause = row.compared
        if clause.pair.clause_id in done:
            continue
        together = _rows_together(clause, rows)
        done.update(each.compared.pair.clause_id for each in together)
        is_repeal = row.fate in (Fate.RETIRED, Fate.JOINED) and not _new_entries(
            together
        )
        (repeals if is_repeal else sentences).extend(
            _sentences_of(section, row, together)
        )
    return [*repeals, *sentences, *_renumbering(section, rows)]


def _rows_together(
    clause: ComparedClause, rows: Sequence[ComparedRow]
) -> list[ComparedRow]:
    """Those that one sentence is about: what was split from or joined into one clause; what was added in a run, or
    retired in one."""
    together: list[ComparedRow] = []
    if clause.fate in (Fate.SPLIT, Fate.JOINED):
        for row in rows:
            if row.fate == clause.fate and row.compared.kin == clause.kin:
                together.append(row)
        return together
    for row in rows:
        if row.compared is clause:
            together = [row]
        elif (
            together
            and row.fate == clause.fate
            and clause.fate in (Fate.ADDED, Fate.RETIRED)
        ):
            if not _follows(together[-1].compared, row.compared):
                break
            together.append(row)
    return together


def _follows(before: ComparedClause, after: ComparedClause) -> bool:
    """Whether nothing stands between the two, in one part."""
    first = before.pair
    second = after.pair
    if before.fate == Fate.ADDED:
        return (
            first.new_part == second.new_part
            and (first.new_ordinal or 0) + 1 == second.new_ordinal
        )
    return (
        first.old_part == second.old_part
        and (first.old_ordinal or 0) + 1 == second.old_ordinal
    )


def _sentences_of(
    section: str, row: ComparedRow, together: Sequence[ComparedRow]
) -> Iterator[AmendingSentence]:
    words = _quoted(together)
    old = _old_entries(together)
    new = _new_entries(together)
    match row.fate:
        case Fate.ADDED:
            yield AmendingSentence(_adding(section, together), words)
        case Fate.RETIRED:
            repealed = _old_entries(_tops(together))
            yield AmendingSentence(f"ให้ยกเลิก{_names(repealed)} ของ{section}")
        case Fate.SPLIT if old:
            command = f"ให้แยก{_names(old)} ของ{section} เป็น{_names(new)}"
            yield AmendingSentence(f"{command} โดยให้ใช้ความต่อไปนี้แทน", words)
        case Fate.SPLIT:  # what it was split from stands in another section
            yield AmendingSentence(_adding(section, together), words)
        case Fate.JOINED if new:
            command = f"ให้รวม{_names(old)} ของ{section} เป็น{_names(new)}"
            yield AmendingSentence(f"{command} โดยให้ใช้ความต่อไปนี้แทน", words)
        case Fate.JOINED:  # it went into a clause of another section
            yield AmendingSentence(f"ให้ยกเลิก{_names(old)} ของ{section}")
        case Fate.REWORDED:
            assert row.old is not None, "a reworded clause stands on both sides"
            where = _call(row.moved_from) if row.moved_from else section
            if has_other_words(row):
                yield AmendingSentence(
                    f"ให้ยกเลิกความใน{_name(row.old)} ของ{where} และให้ใช้ความต่อไปนี้แทน",
                    words,
                )
    for each in together:
        if each.old is not None and each.new is not None:
            where = _call(each.moved_from) if each.moved_from else section
            for command in fact_commands(each, _name(each.old), where):
                yield AmendingSentence(command)
    if row.compared.is_moved and row.old is not None and row.new is not None:
        old_name = _name(row.old)
        new_name = _name(row.new)
        if row.moved_from:
            yield AmendingSentence(
                f"ให้ย้าย{old_name} ของ{_call(row.moved_from)} ไปเป็น{new_name} ของ{section}"
            )
        else:
            yield AmendingSentence(f"ให้ย้าย{old_name} ของ{section} ไปเป็น{new_name}")


def _adding(section: str, rows: Sequence[ComparedRow]) -> str:
    added = _new_entries(_tops(rows))
    if all(_is_numbered(entry) for entry in added):
        return f"ให้เพิ่มความต่อไปนี้เป็น{_names(added)} ของ{section}"
    return f"ให้เพิ่มความต่อไปนี้ใน{_part_name(added[0])} ของ{section}"


def _renumbering(
    section: str, rows: Sequence[ComparedRow]
) -> Iterator[AmendingSentence]:
    """Of those that stayed where they are; what hangs below a clause goes with it."""
    before = []
    after = []
    renumbered = set()
    for row in rows:
        old = row.old
        new = row.new
        if old is None or new is None or row.compared.is_moved or old.cite == new.cite:
            continue
        renumbered.add(new.uuid)
        if row.fate in (
            Fate.SPLIT,
            Fate.JOINED,
        ):  # the sentence about that tells the numbers itself
            continue
        has_same_number = _own_number(old) == _own_number(new)
        if has_same_number and row.compared.pair.new_parent in renumbered:
            continue
        if _is_numbered(old) and _is_numbered(new):
            before.append(old)
            after.append(new)
    if not before:
        return
    in_turn = " ตามลำดับ" if len(before) > 1 else ""
    yield AmendingSentence(
        f"ให้เปลี่ยนเลข{_names(before)} ของ{section} เป็น{_names(after)}{in_turn}"
    )


# --- what a clause is called, and what it says


def _tops(rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Without what hangs below another of them."""
    uuids = {row.compared.pair.uuid for row in rows}
    tops = []
    for row in rows:
        pair = row.compared.pair
        parent = pair.old_parent if row.new is None else pair.new_parent
        if parent not in uuids:
            tops.append(row)
    return tops


def _old_entries(rows: Iterable[ComparedRow]) -> list[EntryView]:
    return [row.old for row in rows if row.old is not None]


def _new_entries(rows: Iterable[ComparedRow]) -> list[EntryView]:
    return [row.new for row in rows if row.new is not None]


def _names(entries: Iterable[EntryView]) -> str:
    """ข้อ 1 ข้อ 2 และข้อ 3."""
    names = [_name(entry) for entry in entries]
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    return f"{' '.join(others)} และ{last}"


def _name(entry: EntryView) -> str:
    """A paragraph or an item without a number is named by how it begins."""
    content = entry.clause_content
    if isinstance(content, Step) and entry.cite:
        return f"ขั้นตอนที่ {entry.cite}"
    if _is_numbered(entry):
        return f"ข้อ {entry.cite}"
    if isinstance(content, Definition) and content.term:
        return f"บทนิยามคำว่า “{content.term}”"
    beginning = dict(content.fields()).get("text", "")
    if len(beginning) > BEGINNING:
        beginning = f"{beginning[:BEGINNING]}…"
    place = _part_name(entry)
    above, _, _ = entry.cite.rpartition(" ")
    if above:
        place = f"ข้อ {above}"
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


def _quoted(rows: Iterable[ComparedRow]) -> list[str]:
    """“5.4 แจ้งเตือนหนังสือ…”, with the number that it has on the newer side; of what stands there."""
    quoted = []
    for row in rows:
        if row.new is None:
            continue
        words = official_words(row)
        if isinstance(row.new.content, Step):
            words = f"{_name(row.new)} {words}"
        elif _is_numbered(row.new):
            words = f"{_own_number(row.new)} {words}"
        quoted.append(f"“{words}”")
    return quoted
