"""The figures that a summary is signed beside: kept with the signature, and counted again whenever it is read."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from hearing_portal.directory.models import AreaOffice, WorkGroup

from ...hearings.queries import sessions_with_state
from ...issue_classes import MEANINGS
from ...models import Conclusion, Disposition, Hearing, HearingSession
from ...results import Result, result_of
from .figures import HearingFigures, ManualFigures, count_recent_hearing

Outcome = Disposition.Outcome
# Who works at the desk learns of a decision at once, everybody else when it is published: each is told what changed of
# the figures that they may know
AT_DESK = "desk"
PUBLISHED = "published"
COMMENTS = "comments"
WITHOUT_CLASS = "class:"
# Within one result, what the papers count apart
COUNTED_OUTCOMES = {
    Outcome.ACCEPTED: "accepted",
    Outcome.ACCEPTED_WITH_CHANGES: "accepted",
    Outcome.NOT_ACCEPTED: "refused",
}
# {key: (what is counted, what it is counted in)}, in the order in which they are told
FIGURES: dict[str, tuple[str, str]] = {
    COMMENTS: ("ความคิดเห็น", "เรื่อง"),
    **{result.value: (result.label, "เรื่อง") for result in Result},
    "accepted": ("เห็นชอบ", "เรื่อง"),
    "refused": ("ไม่เห็นชอบ", "เรื่อง"),
    **{f"class:{each.value}": (f"ประเด็น{each.word}", "เรื่อง") for each in MEANINGS},
    WITHOUT_CLASS: ("ไม่ระบุประเด็น", "เรื่อง"),
    AreaOffice.Kind.PRIMARY.value: ("สพป. ที่แสดงความคิดเห็น", "เขต"),
    AreaOffice.Kind.SECONDARY.value: ("สพม. ที่แสดงความคิดเห็น", "เขต"),
}

type SignedFigures = dict[str, dict[str, int]]  # {AT_DESK or PUBLISHED: {key: number}}


class ChangedFigure(NamedTuple):
    """A figure that is another one now than when the summary was signed."""

    name: str
    before: int
    now: int
    unit: str

    @property
    def words(self) -> str:
        return f"{self.name} จาก {self.before:,} เป็น {self.now:,} {self.unit}"


def count_to_sign(hearing: Hearing, group: WorkGroup | None) -> SignedFigures:
    """As they are at this moment. Two queries, one more for a group."""
    sessions = list(sessions_with_state(hearing))
    manual_id = None
    if group is not None:
        manual_id = group.manual.pk
    figures = count_recent_hearing(hearing.pk, sessions, manual_id, is_now=True)
    return figures_beside(figures, manual_id)


def figures_beside(figures: HearingFigures, manual_id: int | None) -> SignedFigures:
    """Of one manual, or of all of the hearing."""
    if manual_id is None:
        manuals: Sequence[ManualFigures] = list(figures.by_manual.values())
        offices = figures.offices
    else:
        manuals = [figures.of_manual(manual_id)]
        offices = manuals[0].offices
    return {
        AT_DESK: dict(_count(manuals, sees_decisions=True) + Counter(offices)),
        PUBLISHED: dict(_count(manuals, sees_decisions=False) + Counter(offices)),
    }


def _count(manuals: Sequence[ManualFigures], *, sees_decisions: bool) -> Counter[str]:
    counted: Counter[str] = Counter()
    for manual in manuals:
        for row in manual.counted:
            result = result_of(
                row.outcome,
                is_published=row.is_published,
                sees_decisions=sees_decisions,
            )
            keys = [COMMENTS, result.value, f"class:{row.issue_class or ''}"]
            if result == Result.SETTLED and row.outcome in COUNTED_OUTCOMES:
                keys.append(COUNTED_OUTCOMES[Outcome(row.outcome)])
            for key in keys:
                counted[key] += row.number
    return counted


def find_changed(
    signed: Conclusion | None, now: SignedFigures, *, sees_decisions: bool
) -> list[ChangedFigure]:
    """What changed since the signature, as far as the reader may know it; nothing of a summary that was signed before
    figures were kept. No query."""
    if signed is None or signed.figures is None:
        return []
    reader = AT_DESK if sees_decisions else PUBLISHED
    before = signed.figures[reader]
    changed = []
    for key, (name, unit) in FIGURES.items():
        was, is_now = before.get(key, 0), now[reader].get(key, 0)
        if was != is_now:
            changed.append(ChangedFigure(name, was, is_now, unit))
    return changed


def find_published_changes(
    hearing: Hearing,
    sessions: Sequence[HearingSession],
    signed: Conclusion | None,
    manual_id: int | None,
) -> list[ChangedFigure]:
    """What everybody may know. One query, none where nothing is signed."""
    if signed is None:
        return []
    figures = count_recent_hearing(hearing.pk, sessions, manual_id)
    now = figures_beside(figures, manual_id)
    return find_changed(signed, now, sees_decisions=False)
