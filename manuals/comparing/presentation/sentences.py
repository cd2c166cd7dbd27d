"""What differs as sentences of amendment in official Thai: what is repealed, what stands instead, what is added, and
which numbers change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...content import PARTS
from ...entries import EntryView
from ...models import Manual, Section
from ..fates import Evidence, Fate
from ..queries.nodes import ComparedClause
from ..queries.process_descent import find_lineage
from ..queries.section_facts import ChangedSection, find_changed_sections
from ..sides import Sides, SideSection
from .amended_names import (
    is_numbered,
    new_entries,
    old_entries,
    own_number,
    quote_all,
    quote_words,
    runs_of,
    standing_rows,
    tell_name,
    tell_names,
    tell_part,
    tell_words_in,
    tops_of,
)
from .group import ComparedRow
from .official_words import (
    fact_commands,
    given_commands,
    has_other_words,
    section_commands,
)

TOLD_WITH_KIN = (Fate.SPLIT, Fate.JOINED)


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
    two editions, one more where a section came from another manual, and two where one is gone."""
    old = sides.old.sections
    new = {section.section_id: section for section in sides.new.sections_of(manual.pk)}
    rows_of: defaultdict[int | None, list[ComparedRow]] = defaultdict(list)
    known = {row.compared.pair.clause_id: row for row in rows}
    for row in rows:
        rows_of[_told_in(row, known)].append(row)
    changed = {
        section.new.section_id: section
        for section in find_changed_sections(sides, [manual.pk])
    }
    gone = []
    for section in sides.old.sections_of(manual.pk):
        if section.section_id not in sides.new.sections:
            gone.append(section.section_id)
    amendments = []
    joined_into = _find_joined(sides) if gone else {}
    for section_id in [*new, *gone]:
        amended = _amend_section(
            old.get(section_id),
            new.get(section_id),
            rows_of[section_id],
            changed.get(section_id),
            sides,
            joined_into.get(section_id),
        )
        if amended.sentences or amended.formatted:
            amendments.append(amended)
    return amendments


def _find_joined(sides: Sides) -> dict[int, SideSection]:
    """{section that is gone: the only one that it went into, with another one}: what the table of processes says of
    it, too. Two queries."""
    targets: defaultdict[int, set[int]] = defaultdict(set)
    sources: defaultdict[int, set[int]] = defaultdict(set)
    old, new = sides.old.sections, sides.new.sections
    for source, target, evidence in find_lineage(sides, old, new):
        if evidence == Evidence.RECORDED:
            targets[source].add(target)
            sources[target].add(source)
    joined = {}
    for source, into in targets.items():
        if source in new or len(into) != 1:
            continue
        [target] = into
        if target in old or len(sources[target]) > 1:
            joined[source] = new[target]
    return joined


def _told_in(row: ComparedRow, known: Mapping[int, ComparedRow]) -> int | None:
    """The section whose sentences tell it. What came out of a clause, or went into one, is told with that clause,
    wherever it stands itself."""
    kin = known.get(row.compared.kin)
    if row.fate in TOLD_WITH_KIN and kin is not None and kin.new is not None:
        return kin.compared.pair.section_id
    return row.compared.pair.section_id


def _amend_section(
    old: SideSection | None,
    new: SideSection | None,
    rows: Sequence[ComparedRow],
    changed: ChangedSection | None,
    sides: Sides,
    joined_into: SideSection | None = None,
) -> SectionAmendments:
    if new is None:
        assert old is not None, "a section stands on one side at least"
        command = f"ให้ยกเลิก{_call(old)}"
        if joined_into is not None:
            command = f"ให้รวม{_call(old)} เข้ากับ{_call(joined_into)}"
        return SectionAmendments(old.title, [AmendingSentence(command)])
    if old is None:
        kin = {row.compared.kin for row in rows if row.old is not None}
        added: list[ComparedRow] = []
        moved: list[ComparedRow] = []
        for row in rows:
            is_told = row.fate in TOLD_WITH_KIN and row.compared.kin in kin
            (added if row.old is None and not is_told else moved).append(row)
        return SectionAmendments(
            new.title,
            [
                *_adding_section(new, added),
                *amending_sentences(_call(new), moved, sides),
            ],
        )
    sentences = []
    if changed is not None:
        for command in section_commands(changed, _call(old)):
            sentences.append(AmendingSentence(command))
    sentences += amending_sentences(_call(old), rows, sides)
    formatted = [row.new_name for row in rows if row.fate == Fate.FORMATTED]
    return SectionAmendments(new.title, sentences, formatted)


def _adding_section(
    section: SideSection, added: Sequence[ComparedRow]
) -> Iterator[AmendingSentence]:
    """With its words, part by part, then what it says of itself."""
    name = _call(section)
    place = f"{name} ใน{section.unit}" if section.unit else name
    words = []
    part = 0
    for row, quoted in zip(standing_rows(added), quote_all(added), strict=True):
        assert row.new is not None, "only what stands is quoted"
        if row.new.part in PARTS and row.new.part != part:
            part = row.new.part
            quoted = f"“{tell_part(row.new)}\n{quoted.removeprefix('“')}"
        words.append(quoted)
    command = f"ให้เพิ่มความต่อไปนี้เป็น{place}" if words else f"ให้เพิ่ม{place}"
    yield AmendingSentence(command, words)
    for command in given_commands(section, name):
        yield AmendingSentence(command)


def _call(section: SideSection) -> str:
    """กระบวนงาน “การรับหนังสือราชการ”."""
    return f"{Section.Kind(section.kind).label} “{section.title}”"


# --- the sentences of one section


def amending_sentences(
    section: str, rows: Sequence[ComparedRow], sides: Sides
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
        is_repeal = row.fate in (Fate.RETIRED, Fate.JOINED) and not new_entries(
            together
        )
        (repeals if is_repeal else sentences).extend(
            _sentences_of(section, row, together, sides)
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
    section: str, row: ComparedRow, together: Sequence[ComparedRow], sides: Sides
) -> Iterator[AmendingSentence]:
    words = quote_all(together)
    old = old_entries(together)
    new = new_entries(together)
    match row.fate:
        case Fate.ADDED:
            yield AmendingSentence(_adding(section, together), words)
        case Fate.RETIRED:
            repealed = old_entries(tops_of(together))
            yield AmendingSentence(f"ให้ยกเลิก{tell_names(repealed)} ของ{section}")
        case Fate.SPLIT | Fate.JOINED if old and new:
            command = _becoming(row.fate, old, new, sides)
            yield AmendingSentence(f"{command} โดยให้ใช้ความต่อไปนี้แทน", words)
        case Fate.SPLIT | Fate.JOINED if new:  # its kin stands in another manual
            yield AmendingSentence(_adding(section, together), words)
        case Fate.JOINED:  # it went into a clause of another manual
            yield AmendingSentence(f"ให้ยกเลิก{tell_names(old)} ของ{section}")
        case Fate.REWORDED:
            assert row.old is not None, "a reworded clause stands on both sides"
            where = _call(row.moved_from) if row.moved_from else section
            if has_other_words(row):
                yield AmendingSentence(
                    f"ให้ยกเลิกความใน{tell_name(row.old)} ของ{where} และให้ใช้ความต่อไปนี้แทน",
                    # The number it gets is told afterwards
                    [quote_words(row, row.old)],
                )
    for each in together:
        if each.old is not None and each.new is not None:
            where = _call(each.moved_from) if each.moved_from else section
            for command in fact_commands(each, tell_name(each.old), where):
                yield AmendingSentence(command)
    is_told = row.fate in TOLD_WITH_KIN and row.moved_from is not None
    if is_told or not row.compared.is_moved:
        return
    if row.old is not None and row.new is not None:
        old_name = tell_name(row.old)
        new_name = tell_name(row.new)
        if row.moved_from:
            yield AmendingSentence(
                f"ให้ย้าย{old_name} ของ{_call(row.moved_from)} ไปเป็น{new_name} ของ{section}"
            )
        else:
            yield AmendingSentence(f"ให้ย้าย{old_name} ของ{section} ไปเป็น{new_name}")


def _becoming(
    fate: Fate, old: Sequence[EntryView], new: Sequence[EntryView], sides: Sides
) -> str:
    """ให้แยกข้อ 5.10 ของกระบวนงาน “ก” เป็นข้อ 5.1 และข้อ 5.2 ของกระบวนงาน “ข”; the latter only where it is another one."""
    products = tell_names(new)
    if {entry.section_id for entry in old} != {entry.section_id for entry in new}:
        products = _names_with_sections(new, sides.new.sections)
    verb = "แยก" if fate == Fate.SPLIT else "รวม"
    return f"ให้{verb}{_names_with_sections(old, sides.old.sections)} เป็น{products}"


def _names_with_sections(
    entries: Iterable[EntryView], sections: Mapping[int, SideSection]
) -> str:
    """ข้อ 1 และข้อ 2 ของกระบวนงาน “ก” กับข้อ 3 ของกระบวนงาน “ข”."""
    members: dict[int, list[EntryView]] = {}
    for entry in entries:
        assert entry.section_id is not None, "a clause stands in a section"
        members.setdefault(entry.section_id, []).append(entry)
    names = []
    for section_id, own in members.items():
        names.append(f"{tell_names(own)} ของ{_call(sections[section_id])}")
    return " กับ".join(names)


def _adding(section: str, rows: Sequence[ComparedRow]) -> str:
    added = new_entries(tops_of(rows))
    if all(is_numbered(entry) for entry in added):
        return f"ให้เพิ่มความต่อไปนี้เป็น{tell_names(added)} ของ{section}"
    return f"ให้เพิ่มความต่อไปนี้ใน{tell_part(added[0])} ของ{section}"


def _renumbering(
    section: str, rows: Sequence[ComparedRow]
) -> Iterator[AmendingSentence]:
    """Each number that changes once, behind all that takes or leaves a number: so it is the former ("เดิม") number that
    is named. What hangs below a clause goes with it, whichever sentence tells that one's number."""
    before = []
    after = []
    carried = set()  # what hangs below these has its number from theirs
    others: list[str] = []
    for row in rows:
        old = row.old
        new = row.new
        if old is None or new is None or old.cite == new.cite:
            continue
        carried.add(new.uuid)
        if row.fate in TOLD_WITH_KIN or row.compared.is_moved:
            continue  # the sentence about that tells the numbers itself
        has_same_number = own_number(old) == own_number(new)
        if has_same_number and row.compared.pair.new_parent in carried:
            continue
        if is_numbered(old) and is_numbered(new):
            before.append(old)
            after.append(new)
        elif is_numbered(old):
            others.append(
                f"ให้ยกเลิกเลข{tell_name(old)} เดิม ของ{section} โดยให้คงความไว้เป็นข้อความที่ไม่มีเลขข้อ"
            )
        elif is_numbered(new):
            others.append(
                f"ให้กำหนดเลขของ{tell_words_in(old)} ของ{section} เป็น{tell_name(new)}"
            )
    if before:
        runs = runs_of(before, after)
        in_turn = " ตามลำดับ" if len(before) > 1 else ""
        yield AmendingSentence(
            f"ให้เปลี่ยนเลข{tell_names(before, runs)} เดิม ของ{section}"
            f" เป็น{tell_names(after, runs)}{in_turn}"
        )
    for command in others:
        yield AmendingSentence(command)
