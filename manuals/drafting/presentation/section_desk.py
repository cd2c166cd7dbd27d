"""What stands around a section for those who may edit it: what they left unsaved, who else writes, what to add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.web.http import read_id

from ...content import PARTS
from ...models import Clause, DraftBuffer, Section, SectionVersion
from ...reading.names import part_name
from ...teamwork.queries.notes import count_notes_by_clause
from ..part_kinds import KINDS_OF_PART, kinds_of_part
from ..queries.arranging import find_retired_clauses
from ..queries.buffers import Writer, find_own_buffers, find_writers
from ..queries.last_acts import find_undoable
from ..told_words import tell_clauses
from .clause_menu import ClauseMenu, load_clause_menus
from .links import ClauseLinks


@dataclass(frozen=True, slots=True)
class UnsavedWork:
    """A form the person left: what it is of, where it goes on, and where they let go of it."""

    buffer: DraftBuffer
    name: str
    url: str
    drop_at: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A link that begins a new clause; `is_table` is the one to the table of steps, which stands open."""

    label: str
    url: str
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class RetiredClause:
    """A clause that can be brought back, and its words."""

    clause: Clause
    words: str


@dataclass(frozen=True, slots=True)
class SectionDesk:
    """`additions` is by part: {part: its links}, `menus` by the uuid of a clause. `retired` are the clauses that can be
    brought back, `undoable` the person's own act that nothing followed, `notes` how many notes wait, by the uuid of a
    clause."""

    section: Section
    unsaved: Sequence[UnsavedWork] = ()
    writers: Sequence[Writer] = ()
    additions: dict[int, list[Addition]] = field(default_factory=dict)
    menus: dict[UUID, ClauseMenu] = field(default_factory=dict)
    retired: Sequence[RetiredClause] = ()
    undoable: SectionVersion | None = None
    notes: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def own_additions(self) -> Sequence[Addition]:
        """Of a section that has no parts."""
        return self.additions.get(0, [])


def load_section_desk(
    section: Section, user: User, *, moved: str = "", did: str = "", promise: str = ""
) -> SectionDesk:
    """Six queries, up to three more where words refer to a clause. The section comes with its manual. `moved` is the
    uuid of the clause that was just shifted, `did`
    which way; what is added is to keep the promise of the key `promise`."""
    buffers = find_own_buffers(user, section)
    retired = find_retired_clauses(section)
    told = tell_clauses([*retired, *clauses_of_buffers(buffers)])
    parts = list(PARTS) if section.is_process else [0]
    links = ClauseLinks(section)
    additions = {}
    for part in parts:
        if part in KINDS_OF_PART:
            additions[part] = _find_additions(section, links, part, promise)
    return SectionDesk(
        section,
        unsaved=[describe_unsaved(section, buffer, told) for buffer in buffers],
        writers=find_writers(section, but=user),
        additions=additions,
        menus=load_clause_menus(section, links, moved=moved, did=did, promise=promise),
        retired=[RetiredClause(clause, told[clause.pk]) for clause in retired],
        undoable=find_undoable(section, user),
        notes=count_notes_by_clause(section),
    )


def _find_additions(
    section: Section, links: ClauseLinks, part: int, promise: str
) -> list[Addition]:
    asked = urlencode({"promise": promise}) if promise else ""
    additions = []
    for kind in kinds_of_part(part):
        if kind == Clause.Kind.STEP:  # steps are rows of their table
            table_url = reverse("step-table", args=[section.manual.key, section.uuid])
            if asked:
                table_url = f"{table_url}?{asked}"
            additions.append(Addition("กรอกตารางขั้นตอน", table_url, is_table=True))
            continue
        url = links.new(part, kind)
        if asked:
            url = f"{url}&{asked}"
        additions.append(Addition(str(kind.label), url))
    return additions


def clauses_of_buffers(buffers: Iterable[DraftBuffer]) -> list[Clause]:
    """The clauses that what was typed belongs to; the buffers come with them."""
    return [buffer.clause for buffer in buffers if buffer.clause is not None]


def describe_unsaved(
    section: Section, buffer: DraftBuffer, told: Mapping[int, str]
) -> UnsavedWork:
    """The section comes with its manual; `told` has the words of the buffer's clause, by its id."""
    args = [section.manual.key, section.uuid]
    drop_at = reverse("draft-buffer", args=[*args, buffer.subject])
    if buffer.subject == section.uuid:
        return UnsavedWork(
            buffer, "ตารางขั้นตอน", reverse("step-table", args=args), drop_at
        )
    if buffer.clause is None:
        [part] = buffer.values.get("part") or ["0"]
        url = f"{reverse('clause-new', args=args)}?{urlencode({'subject': str(buffer.subject)})}"
        return UnsavedWork(buffer, _name_in_part("ข้อใหม่", read_id(part)), url, drop_at)
    name = _name_in_part(
        f"ข้อที่ขึ้นต้นว่า “{told[buffer.clause.pk][:40]}”", buffer.clause.part
    )
    return UnsavedWork(
        buffer, name, reverse("clause-edit", args=[*args, buffer.clause.uuid]), drop_at
    )


def _name_in_part(name: str, part: int) -> str:
    return f"{part_name(part)} {name}".strip()
