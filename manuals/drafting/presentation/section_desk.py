"""What stands around a section for those who may edit it: what they left unsaved, who else writes, what to add."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.shortening import shorten

from ...content import PARTS
from ...models import Clause, Section, SectionVersion
from ...models.survivors import find_survivors
from ...teamwork.queries.notes import count_all_notes, count_notes_by_clause
from ..part_kinds import KINDS_OF_PART, kinds_of_part
from ..queries.arranging import find_retired_clauses
from ..queries.buffers import Writer, each_once, find_own_buffers, find_writers
from ..queries.last_acts import find_undoable
from ..told_words import tell_clauses
from .clause_menu import ClauseMenu, load_clause_menus
from .links import ClauseLinks, section_url
from .unsaved import UnsavedWork, load_unsaved


@dataclass(frozen=True, slots=True)
class Addition:
    """A link that begins a new clause; `is_table` is the one to the table of steps, which stands open."""

    label: str
    url: str
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class RetiredClause:
    """A clause that can be brought back, its words, and how many notes of the team stand on it. `went_to` has its words
    now: how that begins, and where it is read."""

    clause: Clause
    words: str
    notes: int = 0
    went_to: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class SectionDesk:
    """`additions` is by part: {part: its links}, `menus` by the uuid of a clause. `retired` are the clauses that can be
    brought back, `undoable` the person's own last act while nobody touched what it did, `notes` how many notes wait, by
    the uuid of a clause."""

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
    """Six queries, three more where clauses left it, one where the person left a form, up to three where words refer to
    a clause. The section comes with its manual. `moved` is the uuid of the clause that was just shifted, `did` which
    way; what is added is to keep the promise of the key `promise`."""
    buffers = find_own_buffers(user, section)
    for buffer in buffers:
        buffer.section = section  # its clause may have been moved since
    retired = find_retired_clauses(section)
    survivors = find_survivors(retired)
    told = tell_clauses([*retired, *chain.from_iterable(survivors.values())])
    noted = count_all_notes(retired)
    parts = list(PARTS) if section.is_process else [0]
    links = ClauseLinks(section)
    additions = {}
    for part in parts:
        if part in KINDS_OF_PART:
            additions[part] = _find_additions(section, links, part, promise)
    return SectionDesk(
        section,
        unsaved=load_unsaved(buffers),
        writers=each_once(find_writers(section, but=user)),
        additions=additions,
        menus=load_clause_menus(section, links, moved=moved, did=did, promise=promise),
        retired=[
            RetiredClause(
                clause,
                told[clause.pk],
                noted.get(clause.pk, 0),
                went_to=[
                    (shorten(told[each.pk], 40), section_url(each.section, each.uuid))
                    for each in survivors.get(clause.pk, ())
                ],
            )
            for clause in retired
        ],
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
