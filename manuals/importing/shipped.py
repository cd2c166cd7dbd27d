"""What comes with the portal in fixtures/manuals: the list of processes, and texts of some of them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.text import escape_plain

from ..content import Text
from ..models import Clause
from ..ranks import ranks_after
from .drafts import ClauseDraft

SHIPPED_MANUALS = Path(settings.BASE_DIR) / "fixtures" / "manuals"
SEEN = "seen"  # in processes.csv: read in manuals of area offices; the others are typical of such a unit
FIRST_PART = re.compile(r"^[1๑]\.", re.MULTILINE)
type Key = tuple[str, str]  # (group, title)


@dataclass(frozen=True, slots=True)
class ListedProcess:
    """A line of processes.csv with the rank it has in its unit."""

    group: str
    unit: str
    title: str
    rank: str
    is_seen: bool
    origin: str  # of Section.Origin: new in substance, an addition, or "" for work that offices always did

    @property
    def key(self) -> Key:
        return self.group, self.title


@dataclass(frozen=True, slots=True)
class ShippedGroup:
    """What the shipped files have for one group, by the key it has there."""

    key: str
    number: int  # in the announcement's order
    name: str
    processes: tuple[ListedProcess, ...]
    texts: tuple[Path, ...]
    front_text: Path | None

    @property
    def seen(self) -> tuple[ListedProcess, ...]:
        return tuple(process for process in self.processes if process.is_seen)


def find_shipped_group(group: WorkGroup) -> ShippedGroup | None:
    """By the group's key; by its name, where the office keeps it under another one."""
    shipped = _read_shipped_groups()
    if group.key in shipped:
        return shipped[group.key]
    for candidate in shipped.values():
        if candidate.name == group.name:
            return candidate
    return None


@cache
def _read_shipped_groups() -> dict[str, ShippedGroup]:
    """They come with the code, so they are read once."""
    processes: dict[str, list[ListedProcess]] = {}
    for process in read_listed_processes(SHIPPED_MANUALS):
        processes.setdefault(process.group, []).append(process)
    groups = {}
    for row in _read_rows(SHIPPED_MANUALS.parent / "directory" / "work_groups.csv"):
        key = row["key"]
        front_text = SHIPPED_MANUALS / "groups" / f"{key}.txt"
        groups[key] = ShippedGroup(
            key=key,
            number=int(row["no"]),
            name=row["name_th"],
            processes=tuple(processes.get(key, [])),
            texts=tuple(sorted(SHIPPED_MANUALS.glob(f"2565/{key}/*.txt"))),
            front_text=front_text if front_text.exists() else None,
        )
    return groups


@cache
def read_shipped_lines(shipped: ShippedGroup) -> tuple[str, ...]:
    """What the nine parts of a group's texts say, line by line: a clause stands on a line, and to read them as
    processes takes seconds, which a page has not."""
    lines: list[str] = []
    for path in shipped.texts:
        text = read_shipped_text(path)
        # What stands before the first part is said about the process, and goes into no clause
        _, *parts = FIRST_PART.split(text, maxsplit=1)
        for part in parts:
            lines.extend(part.splitlines())
    return tuple(lines)


# ๗.๑ ทะเบียนคุมเรื่องความรับผิดทางละเมิด (ลม. ๑ รหัสสาธิต)
DEMONSTRATION_CODE = re.compile(
    r"^\s*[\d.]+\s+(?P<name>.+?) \((?:แบบที่ )?(?P<code>[^()]+) รหัสสาธิต\)", re.MULTILINE
)


def read_shipped_text(path: Path) -> str:
    """The text of a process for a manual of an office's own: a form is called by its name, without the code that was
    made up for the demonstration."""
    text = path.read_text(encoding="utf-8")
    for form in DEMONSTRATION_CODE.finditer(text):
        text = text.replace(f" ({form['code']} รหัสสาธิต)", "").replace(
            f" (แบบที่ {form['code']} รหัสสาธิต)", ""
        )
        named = rf"(?:แบบ(?:ที่)?\s*)?{re.escape(form['code'])}(?![\d-])"
        text = re.sub(named, form["name"], text)
    return text


def read_front_parts(path: Path) -> Iterator[tuple[str, list[ClauseDraft]]]:
    """(heading, paragraphs and numbered lines) of a group's front text: a heading is a line ending in a colon."""
    title = ""
    drafts: list[ClauseDraft] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if line.endswith(":"):
            if title:
                yield title, drafts
            title = line[:-1]
            drafts = []
            continue
        numbered = re.match(r"\d+\.\s+(.*)", line)
        numbering = Clause.Numbering.NONE
        words = line
        if numbered:
            numbering = Clause.Numbering.DECIMAL
            words = numbered[1]
        content = Text(body=escape_plain(words))
        drafts.append(ClauseDraft(0, content, numbering))
    if title:
        yield title, drafts


def read_listed_processes(folder: Path) -> Iterator[ListedProcess]:
    """The lines of processes.csv, unit by unit."""
    key_of_number = {}
    for row in _read_rows(folder.parent / "directory" / "work_groups.csv"):
        key_of_number[row["no"]] = row["key"]
    rows_by_unit: dict[Key, list[dict[str, str]]] = {}
    for row in _read_rows(folder / "processes.csv"):
        group = key_of_number[row["group_no"]]
        unit_key = (group, row["unit_th"])
        rows_by_unit.setdefault(unit_key, []).append(row)
    for (group, unit), rows in rows_by_unit.items():
        ranks = ranks_after("", len(rows))
        for row, rank in zip(rows, ranks, strict=True):
            is_seen = row["evidence"] == SEEN
            yield ListedProcess(
                group, unit, row["process_th"], rank, is_seen, row["origin"]
            )


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
