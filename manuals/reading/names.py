"""What clauses are called, at home and elsewhere. Imports no Django: the printer's documents are written by it, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearing_portal.thai.sentences import joined

from ..content import PARTS, Definition, Step
from ..entries import EntryView

# A reference to what does not stand in the book that is read: the same words in every form of it, which need nothing
# but the book itself (docs/decisions/0156-a-book-says-what-it-holds.md)
LOST = "ข้อที่ยกเลิก"
MANUAL_OF = "คู่มือการปฏิบัติงาน"  # before the name of a group, in the title of its manual


def clause_name(entry: EntryView) -> str:
    """How people call it: ข้อ 5.4 1), ขั้นตอนที่ 3, or the part of one without a number: ส่วนที่ 3 ขอบเขตของงาน."""
    if isinstance(entry.content, Step) and entry.label:
        return f"ขั้นตอนที่ {entry.label}"
    if any(letter.isalnum() for letter in entry.cite):
        return f"ข้อ {entry.cite}"
    if isinstance(entry.content, Definition) and entry.content.term:
        return f"คำว่า “{entry.content.term}”"
    return part_name(entry.part) or "ย่อหน้า"


def part_name(part: int) -> str:
    """ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน; "" outside the nine parts."""
    if part not in PARTS:
        return ""
    return f"ส่วนที่ {part} {PARTS[part]}"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a reference in the text leads to: its words, and where they link to, "" for nowhere. `row` is the number of
    a step, which a branch is told by."""

    text: str
    href: str
    row: str = ""


type LinkTargets = Mapping[str, LinkTarget]  # by the uuid of the node


def reference_words(uuid: str, targets: LinkTargets) -> str:
    """What stands for a reference in plain words."""
    return targets[uuid].text if uuid in targets else LOST


@dataclass(frozen=True, slots=True)
class CitedName:
    """What a reference calls a node: by its `name` in its own section; elsewhere with the words of that `section` as
    well, because "ข้อ 5.1" alone is the reader's own 5.1 to everybody. "" where there is none to name. It is opened at
    `href`, "" where it is not to be opened."""

    name: str
    section_id: int | None = None
    section: str = ""
    href: str = ""

    def read_in(self, section_id: int | None) -> LinkTarget:
        """For words that stand in this section, None for those that stand in no section."""
        is_own = section_id is not None and section_id == self.section_id
        if is_own or not self.section:
            return LinkTarget(self.name, self.href)
        return LinkTarget(joined(f"{self.name} ของ", self.section), self.href)


type CitedNames = Mapping[str, CitedName]  # by the uuid of the node


def name_cited(
    entry: EntryView,
    *,
    section_title: str,
    section_kind: str,
    manual_title: str = "",
    href: str = "",
) -> CitedName:
    """Of a clause, with what its section is called where it stands."""
    section = section_words(section_title, section_kind, manual_title)
    return CitedName(clause_name(entry), entry.section_id, section, href)


def section_words(title: str, kind: str, manual_title: str = "") -> str:
    """A section as a reference names it: กระบวนงาน การรับหนังสือราชการ. Every group has a mission: one that is no process
    is named with the group of its manual, พันธกิจกลุ่มอำนวยการ, where its title does not say it."""
    if kind == "process":
        return title if title.startswith("กระบวนงาน") else f"กระบวนงาน {title}"
    group = manual_title.removeprefix(MANUAL_OF).strip()
    if not title or not group or group in title:
        return title
    return joined(title, group)


def name_entries(
    entries: Iterable[EntryView], *, manual_title: str = ""
) -> dict[str, CitedName]:
    """Of entries in reading order, each section before its clauses, also by what they have the words of; of the manual
    of this title where none of them is one."""
    names: dict[str, CitedName] = {}
    joined: dict[str, CitedName] = {}
    section = None
    for entry in entries:
        if entry.kind == "manual":
            manual_title = entry.title
        if entry.content is None:
            section = entry
            words = section_words(entry.title, entry.section_kind, manual_title)
            name = CitedName(words)
        else:
            name = name_cited(
                entry,
                section_title=section.title if section else "",
                section_kind=section.section_kind if section else "",
                manual_title=manual_title,
            )
        names[str(entry.uuid)] = name
        for uuid in entry.names_it_answers_to[1:]:
            joined.setdefault(uuid, name)
    return joined | names


def read_names_in(names: CitedNames, section_id: int | None) -> dict[str, LinkTarget]:
    return {uuid: name.read_in(section_id) for uuid, name in names.items()}
