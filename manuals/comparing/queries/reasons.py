"""Why clauses and processes were changed between two states of the book."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Subquery

from ...models import ClauseChange, Manual, SectionVersion
from ...models.version import OrderingReason
from ..fates import Fate
from ..sides import Sides, SideSection
from .nodes import ComparedClause

# Acts whose words are the portal's own ("นำเข้า …", the undoing of an act): they are nobody's reason
MACHINE_ACTS = (SectionVersion.Action.IMPORT, SectionVersion.Action.UNDO)

ORDERING_REASONS = frozenset(OrderingReason)

# Acts by which words that the clause had already stand elsewhere, or again: no reason for the words
SAME_WORDS = (ClauseChange.Kind.MOVED, ClauseChange.Kind.RESTORED)


class StandingSteps[State: Hashable]:
    """What became of a thing, act by act, without what was taken back: who returns to an earlier state leaves no trace
    of what lies between. What is done again without a word has the reason it was first done for."""

    def __init__(self, first: State) -> None:
        self.states: list[State] = [first]
        self.reasons: list[str] = [""]  # of coming to each state
        self.given: dict[State, str] = {}

    def come_to(self, state: State, reason: str) -> None:
        reason = reason or self.given.get(state, "")
        self.given[state] = reason
        if state in self.states:
            kept = self.states.index(state) + 1
            del self.states[kept:], self.reasons[kept:]
            return
        self.states.append(state)
        self.reasons.append(reason)

    @property
    def standing_reasons(self) -> list[str]:
        """The earliest first, each once."""
        return list(dict.fromkeys(reason for reason in self.reasons if reason))


def find_change_reasons(
    sides: Sides, clauses: Collection[ComparedClause]
) -> dict[int, list[str]]:
    """{clause id: why it is as the newer side has it}, the earliest first, each once: of the acts that changed its
    words and still stand, or its format or place where that alone is what differs. What left with its section has the
    section's reason. One query, two where a clause is gone."""
    rows = _find_changes(sides, [each.pair.clause_id for each in clauses])
    reasons = {}
    left_with_section = {}
    for each in clauses:
        changes = rows.get(each.pair.clause_id, [])
        if each.fate == Fate.MOVED:
            moves: dict[str, None] = {}
            for change in changes:
                if change.kind == ClauseChange.Kind.MOVED and change.reason:
                    moves[change.reason] = None
            reasons[each.pair.clause_id] = list(moves)
            continue
        steps = StandingSteps[str | None](each.pair.old_sha)
        last_kind = ""
        for change in changes:
            last_kind = change.kind
            if change.to_sha in steps.given and change.kind in SAME_WORDS:
                steps.come_to(change.to_sha, "")
                continue
            is_told = (
                change.kind != ClauseChange.Kind.FORMATTED
                or each.fate == Fate.FORMATTED
            )
            steps.come_to(change.to_sha, change.reason if is_told else "")
        reasons[each.pair.clause_id] = steps.standing_reasons
        was_retired = last_kind == ClauseChange.Kind.RETIRED
        if (
            each.pair.new_sha is None
            and each.pair.old_section is not None
            and not was_retired
        ):
            left_with_section[each.pair.clause_id] = each.pair.old_section
    if left_with_section:
        of_section = _find_retirement_reasons(sides, set(left_with_section.values()))
        for clause_id, section_id in left_with_section.items():
            reason = of_section.get(section_id, "")
            reasons[clause_id] = [reason] if reason else []
    return reasons


class _Change(NamedTuple):
    """`to_sha` is None where the clause was retired, `reason` empty where the portal gave it."""

    kind: str
    to_sha: str | None
    reason: str


def _find_changes(
    sides: Sides, clause_ids: Collection[int]
) -> dict[int, list[_Change]]:
    by_machine = SectionVersion.objects.filter(
        revision=OuterRef("revision"), action__in=MACHINE_ACTS
    )
    changes = ClauseChange.objects.filter(
        clause__in=clause_ids,
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    ).annotate(is_by_machine=Exists(by_machine))
    found: dict[int, list[_Change]] = {}
    rows = changes.order_by("revision_id", "pk").values_list(
        "clause", "kind", "to_blob", "reason", "is_by_machine"
    )
    for clause_id, kind, to_sha, reason, is_by_machine in rows:
        is_own = not is_by_machine and reason not in ORDERING_REASONS
        change = _Change(kind, to_sha, reason if is_own else "")
        found.setdefault(clause_id, []).append(change)
    return found


def _find_retirement_reasons(
    sides: Sides, section_ids: Collection[int]
) -> dict[int, str]:
    retirements = SectionVersion.objects.filter(
        section__in=section_ids,
        action=SectionVersion.Action.RETIRE,
        state__retired=True,
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    # The latest counts: a section may have come back in between
    return dict(retirements.order_by("number").values_list("section", "reason"))


@dataclass(slots=True)
class SectionPast:
    """`manual` is the key of the one a section stood in last; `reasons` are why it was moved, renamed or retired since
    the older side, as far as that still stands, the earliest first, each once."""

    manual: str = ""
    reasons: list[str] = field(default_factory=list)


type SectionState = tuple[
    str, str, str | None, bool
]  # title, manual, parent, whether it is retired


def find_section_pasts(
    sides: Sides,
    sections: Iterable[SideSection],
    manuals: Mapping[int, Manual],
    compared: Collection[int],
) -> dict[int, SectionPast]:
    """{section id: its past}, of sections as they stood on the older side. What was done in a manual that is not among
    the `compared` is not told, nor what has the words of the section's own beginning: taking in a file retires what it
    brings, and says why it was taken in. One query."""
    readable = {manuals[pk].key for pk in compared}
    pasts = {}
    steps: dict[int, StandingSteps[SectionState]] = {}
    for section in sections:
        manual = manuals[section.manual_id].key
        pasts[section.section_id] = SectionPast(manual)
        parent = str(section.parent) if section.parent else None
        steps[section.section_id] = StandingSteps(
            (section.title, manual, parent, False)
        )
    versions = SectionVersion.objects.filter(
        section__in=list(pasts),
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    first = SectionVersion.objects.filter(section=OuterRef("section"), number=1).values(
        "reason"
    )
    rows = versions.annotate(beginning=Subquery(first)).order_by("section", "number")
    for pk, state, reason, beginning, action in rows.values_list(
        "section", "state", "reason", "beginning", "action"
    ):
        past = pasts[pk]
        now = (state["title"], state["manual"], state["parent"], state["retired"])
        is_readable = past.manual in readable or state["manual"] in readable
        is_own_reason = (
            reason != beginning
            and action not in MACHINE_ACTS
            and reason not in ORDERING_REASONS
        )
        if now != steps[pk].states[-1]:
            steps[pk].come_to(now, reason if is_readable and is_own_reason else "")
        past.manual = state["manual"]
    for pk, past in pasts.items():
        past.reasons = steps[pk].standing_reasons
    return pasts


def find_move_reasons(
    sides: Sides, pairs: Collection[tuple[int, int]]
) -> dict[int, list[str]]:
    """{section id: why clauses of it moved to another section}, of [(from, to)]; the earliest first, each once. One
    query."""
    moves = ClauseChange.objects.filter(
        from_section__in={source for source, _ in pairs},
        to_section__in={target for _, target in pairs},
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    ).exclude(reason__in=["", *ORDERING_REASONS])
    rows = (
        moves.values_list("from_section", "to_section", "reason")
        .annotate(first=Min("pk"))
        .order_by("first")
    )
    reasons: dict[int, list[str]] = {}
    for source, target, reason, _ in rows:
        known = reasons.setdefault(source, [])
        if (source, target) in pairs and reason not in known:
            known.append(reason)
    return reasons
