"""The page of an edition's release: its gates with what blocks them, and to whom it is or can be released."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hearing_portal.thai.dates import be_datetime_short
from manuals.models import Edition, EditionRelease

from ..deciding.queries.blockers import Blocker

SHOWN = 100  # of one gate; the others show up when these are done
SHORT = 5  # blockers that stand open at once
OTHER_GATE = "เรื่องอื่น"
# Every gate a final edition passes, in the order of product.md, and its name
GATES = {
    "unpublished": "ความเห็นมีผลที่เผยแพร่แล้ว",
    "objection": "ข้อโต้แย้งพิจารณาแล้ว",
    "objection_time": "พ้นกำหนดโต้แย้ง",
    "to_draft": "เรื่องที่รับไว้ยกร่างแล้ว",
    "repealed": "ไม่อ้างกฎหมายที่ยกเลิกแล้ว",
    "missing_part": "กระบวนงานมีส่วนบังคับครบ",
    "broken_reference": "การอ้างเลขข้อถูกต้อง",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate with all that blocks it; without blockers it is passed."""

    name: str
    blockers: list[Blocker]

    @property
    def is_passed(self) -> bool:
        return not self.blockers

    @property
    def is_short(self) -> bool:
        return len(self.blockers) <= SHORT

    @property
    def shares(self) -> list[tuple[str, int]]:
        """[(group, how many are its)], the most first."""
        return Counter(blocker.group for blocker in self.blockers).most_common()

    @property
    def shown(self) -> list[Blocker]:
        return self.blockers[:SHOWN]

    @property
    def hides_some(self) -> bool:
        return len(self.blockers) > SHOWN


def make_gates(blockers: Iterable[Blocker]) -> list[Gate]:
    """Every gate in order, the passed ones too; kinds without a gate of their own come last."""
    found: dict[str, list[Blocker]] = {kind: [] for kind in GATES}
    for blocker in blockers:
        found.setdefault(blocker.kind, []).append(blocker)
    others = sorted(kind for kind in found if kind not in GATES)
    return [Gate(GATES.get(kind, OTHER_GATE), found[kind]) for kind in (*GATES, *others)]


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


def audience_releases(edition: Edition, *, is_blocked: bool) -> list[AudienceRelease]:
    """One for each audience; `is_blocked` says that the public cannot have it yet. One query."""
    done = {release.audience: release for release in edition.releases.select_related("by")}
    rows = []
    for audience, word in EditionRelease.Audience.choices:
        blocked = is_blocked and audience == EditionRelease.Audience.PUBLIC
        rows.append(AudienceRelease(audience, word, done.get(audience), blocked))
    return rows
