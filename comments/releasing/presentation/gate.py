"""The page of an edition's release: its gates with what blocks them, and to whom it is or can be released."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.thai.dates import be_datetime_short
from manuals.content import PARTS
from manuals.models import Edition, EditionEntry, EditionRelease
from manuals.reading.presentation.links import clause_anchor

from ...deciding.presentation.blockers import FOREWORD, ShownBlocker, name_owner, show_comment_blocker
from ...deciding.queries.blockers import Blocker, CommentBlocker
from ...limits import OBJECTION_DAYS
from ..queries.gate import EntryBlocker, Gate, PublicationBlocker

SHOWN = 100  # of one gate; the others show up when these are done
SHORT = 5  # blockers that stand open at once
# What it means that a gate is passed
GATE_NAMES = {
    Gate.UNPUBLISHED: "ความเห็นมีผลที่เผยแพร่แล้ว",
    Gate.OBJECTION: "ข้อโต้แย้งพิจารณาแล้ว",
    Gate.OBJECTION_TIME: "พ้นกำหนดโต้แย้ง",
    Gate.TO_DRAFT: "เรื่องที่รับไว้ยกร่างแล้ว",
    Gate.REPEALED: "ไม่อ้างกฎหมายที่ยกเลิกแล้ว",
    Gate.MISSING_PART: "กระบวนงานมีส่วนบังคับครบ",
    Gate.BROKEN_REFERENCE: "การอ้างเลขข้อถูกต้อง",
}
# What is said of a comment that blocks a gate
COMMENT_WORDS: Mapping[str, str] = {
    Gate.UNPUBLISHED: "ยังไม่มีผลที่เผยแพร่",
    Gate.OBJECTION: "มีข้อโต้แย้งที่ยังไม่ได้พิจารณา",
    Gate.TO_DRAFT: "รับแล้วแต่ยังไม่ได้ยกร่าง",
}


# -- one blocker in words


def show_release_blocker(blocker: Blocker) -> ShownBlocker:
    if isinstance(blocker, CommentBlocker):
        return show_comment_blocker(blocker, COMMENT_WORDS[blocker.kind])
    if isinstance(blocker, PublicationBlocker):
        group = blocker.publication.work_group
        name = group.name if group is not None else FOREWORD
        text = f"{name} ยังอยู่ในกำหนดโต้แย้ง {OBJECTION_DAYS} วัน"
        return ShownBlocker(blocker.kind, text, group=name_owner(group))
    if isinstance(blocker, EntryBlocker):
        entry = blocker.entry
        if blocker.kind == Gate.REPEALED:
            text = f"ข้อ {entry.cite} อ้าง{blocker.source} ซึ่งยกเลิกแล้ว"
        elif blocker.kind == Gate.MISSING_PART:
            names = ", ".join(PARTS[part] for part in blocker.missing_parts)
            text = f"{entry.title} ยังขาด{names}"
        else:
            text = f"ข้อ {entry.cite} อ้างถึงข้อที่ไม่มีในฉบับนี้"
        return ShownBlocker(
            blocker.kind,
            text=text,
            url=edition_entry_url(entry),
            group=name_owner(entry.manual.work_group),
            is_of_book=True,
        )
    raise TypeError(f"no words for {blocker}")


def edition_entry_url(entry: EditionEntry) -> str:
    """Where the entry stands in its edition."""
    if entry.section is None:
        return reverse("edition", args=[entry.edition.code])
    page = reverse("edition-section", args=[entry.edition.code, entry.section.uuid])
    return f"{page}#{clause_anchor(entry.uuid)}"


# -- the gates


@dataclass(frozen=True, slots=True)
class ShownGate:
    """A gate with all that blocks it; without blockers it is passed."""

    name: str
    blockers: list[ShownBlocker]

    @property
    def is_passed(self) -> bool:
        return not self.blockers

    @property
    def is_short(self) -> bool:
        return len(self.blockers) <= SHORT

    @property
    def shares(self) -> list[tuple[str, int]]:
        """[(group, how many are its)], the most first."""
        counts = Counter(blocker.group for blocker in self.blockers)
        return counts.most_common()

    @property
    def shown(self) -> list[ShownBlocker]:
        return self.blockers[:SHOWN]

    @property
    def hides_some(self) -> bool:
        return len(self.blockers) > SHOWN


def show_gates(blockers: Iterable[Blocker]) -> list[ShownGate]:
    """Every gate in order, the passed ones too."""
    gates = {gate: ShownGate(name, []) for gate, name in GATE_NAMES.items()}
    for blocker in blockers:
        gate = gates[Gate(blocker.kind)]
        gate.blockers.append(show_release_blocker(blocker))
    return list(gates.values())


# -- to whom


@dataclass(frozen=True, slots=True)
class AudienceRelease:
    """Whether an edition is released to an audience, or can be."""

    audience: str
    word: str
    release: EditionRelease | None
    is_blocked: bool = False

    @property
    def note(self) -> str:
        if self.release is not None:
            return f"{be_datetime_short(self.release.at)} โดย {self.release.by.username}"
        if self.is_blocked:
            return "ยังออกไม่ได้ ต้องผ่านทุกด่านก่อน"
        if self.audience == EditionRelease.Audience.PUBLIC:
            return "ทุกคนอ่านได้โดยไม่ต้องเข้าสู่ระบบ"
        return "ผู้ที่มีบทบาทในการประชาพิจารณ์อ่านได้"


def load_audience_releases(edition: Edition, *, is_blocked: bool) -> list[AudienceRelease]:
    """One for each audience; `is_blocked` says that the public cannot have it yet. One query."""
    made = {release.audience: release for release in edition.releases.select_related("by")}
    rows = []
    for audience, word in EditionRelease.Audience.choices:
        blocks_this = is_blocked and audience == EditionRelease.Audience.PUBLIC
        rows.append(AudienceRelease(audience, word, made.get(audience), blocks_this))
    return rows
