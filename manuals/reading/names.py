"""What clauses are called, at home and elsewhere. Imports no Django: the printer's documents are written by it, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearing_portal.thai.sentences import joined

from ..content import PARTS, Definition, Step
from ..entries import EntryView

LOST = "[ไม่พบข้อที่อ้าง]"  # a reference of which nothing is known any more


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
    entry: EntryView, *, section_title: str, section_kind: str, href: str = ""
) -> CitedName:
    """Of a clause, with what its section is called where it stands."""
    section = section_words(section_title, section_kind)
    return CitedName(clause_name(entry), entry.section_id, section, href)


def section_words(title: str, kind: str) -> str:
    """A section as a reference names it: กระบวนงาน การรับหนังสือราชการ."""
    if kind != "process" or title.startswith("กระบวนงาน"):
        return title
    return f"กระบวนงาน {title}"


def name_entries(entries: Iterable[EntryView]) -> dict[str, CitedName]:
    """Of entries in reading order, each section before its clauses."""
    names = {}
    section = None
    for entry in entries:
        if entry.content is None:
            section = entry
            name = CitedName(section_words(entry.title, entry.section_kind))
        else:
            name = name_cited(
                entry,
                section_title=section.title if section else "",
                section_kind=section.section_kind if section else "",
            )
        names[str(entry.uuid)] = name
    return names


def read_names_in(names: CitedNames, section_id: int | None) -> dict[str, LinkTarget]:
    return {uuid: name.read_in(section_id) for uuid, name in names.items()}
