"""Why clauses and processes were changed between two states of the book."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from ...models import ClauseChange, Manual, SectionVersion
from ...models.undone import is_undone
from ...own_reasons import own_reason
from ..fates import Fate
from ..restated_reasons import RestatedReasons
from ..sides import Sides, SideSection
from .nodes import ComparedClause

# Acts by which words that the clause had already stand elsewhere, or again: no reason for the words
SAME_WORDS = (ClauseChange.Kind.MOVED, ClauseChange.Kind.RESTORED)


class StandingSteps[State: Hashable]:
    """What became of a thing, act by act, without what was taken back: who returns to an earlier state leaves no trace
    of what lies between. What is done again without a word has the reason it was first done for."""

    def __init__(self, first: State) -> None:
        self.states: list[State] = [first]
        self.reasons: list[str] = [""]  # of coming to each state
        self.given: dict[State, str] = {}

    def come_to(self, state: State, reason: str, *, again: bool = False) -> None:
        """`again`: by an act that says nothing of its own."""
        if again:
            reason = self.given.get(state, "")
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
    section's reason. One query, two where a clause is gone, and those of RestatedReasons where words were adopted."""
    moved = {each.pair.clause_id for each in clauses if each.fate == Fate.MOVED}
    rows = _find_changes(sides, [each.pair.clause_id for each in clauses], moved)
    reasons = {}
    left_with_section = {}
    for each in clauses:
        clause_id = each.pair.clause_id
        changes = rows.get(clause_id, [])
        if each.fate == Fate.MOVED:
            reasons[clause_id] = _reasons_of_place(changes)
            continue
        reasons[clause_id] = _reasons_of_words(each, changes)
        was_retired = bool(changes) and changes[-1].kind == ClauseChange.Kind.RETIRED
        if each.pair.new_sha is None and each.pair.old_section and not was_retired:
            left_with_section[clause_id] = each.pair.old_section
    if left_with_section:
        of_section = _find_retirement_reasons(sides, set(left_with_section.values()))
        for clause_id, section_id in left_with_section.items():
            reason = of_section.get(section_id, "")
            reasons[clause_id] = [reason] if reason else []
    return reasons


def _reasons_of_words(
    compared: ComparedClause, changes: Iterable["_Change"]
) -> list[str]:
    steps = StandingSteps[str | None](compared.pair.old_sha)
    for change in changes:
        is_again = change.to_sha in steps.given and change.kind in SAME_WORDS
        is_told = (
            change.kind != ClauseChange.Kind.FORMATTED
            or compared.fate == Fate.FORMATTED
        )
        steps.come_to(change.to_sha, change.reason if is_told else "", again=is_again)
    return steps.standing_reasons


def _reasons_of_place(changes: Iterable["_Change"]) -> list[str]:
    """Of one that stands on both sides, from where it stood on the older one."""
    steps: StandingSteps[_Place] | None = None
    for change in changes:
        if change.place is None:
            continue  # retired, and brought back since
        if steps is None:
            steps = StandingSteps(change.place)
        if change.place != steps.states[-1]:
            steps.come_to(change.place, change.reason)
    return steps.standing_reasons if steps is not None else []


type _Place = tuple[
    int | None, int | None, str, str | None
]  # section, part, parent, rank


class _Change(NamedTuple):
    """`to_sha` and `place` are None where the clause was retired, `reason` empty where the portal gave it."""

    kind: str
    to_sha: str | None
    reason: str
    place: _Place | None


def _find_changes(
    sides: Sides, clause_ids: Collection[int], moved: Collection[int]
) -> dict[int, list[_Change]]:
    """{clause id: what was done to it between the sides}, without the acts that were undone, and those that undid them.
    Of those that are `moved`, with the last one before, which put it where it stood."""
    between = Q(revision__date_created__gt=sides.old.at) | Q(clause__in=moved)
    changes = ClauseChange.objects.filter(
        between, clause__in=clause_ids, revision__date_created__lte=sides.new.at
    )
    standing = _standing_changes(changes, sides).annotate(act=act_of_change())
    rows = list(
        standing.order_by("revision_id", "pk").values_list(
            "clause",
            "kind",
            "to_blob",
            "reason",
            "act",
            "revision__date_created",
            "to_section",
            "to_part",
            "to_parent",
            "to_rank",
            "pk",
        )
    )
    restated = _find_restated({row[-1]: row[4] for row in rows}, sides)
    found: dict[int, list[_Change]] = {}
    for row in rows:
        clause_id, kind, to_sha, reason, act, at, section, part, parent, rank, pk = row
        place = None
        if to_sha is not None:
            place = (section, part, str(parent or ""), rank)
        if at <= sides.old.at:
            found[clause_id] = [_Change(kind, to_sha, "", place)]
            continue
        told = restated.get(pk, own_reason_of(act, reason))
        change = _Change(kind, to_sha, told, place)
        found.setdefault(clause_id, []).append(change)
    return found


def _find_restated(
    acts: Mapping[int, Mapping[str, str] | None], sides: Sides
) -> Mapping[int, str]:
    """Of changes of these acts, by which proposals were adopted: whoever did so may have said another reason since. No
    query without such a change."""
    adopting = []
    for change_id, act in acts.items():
        if act is not None and act["action"] == SectionVersion.Action.ADOPT:
            adopting.append(change_id)
    return RestatedReasons.find(adopting, sides.new.at) if adopting else {}


def _standing_changes(
    changes: QuerySet[ClauseChange], sides: Sides
) -> QuerySet[ClauseChange]:
    """Those of acts that were not undone up to the newer side, and that did not undo one."""
    undoing = SectionVersion.objects.filter(
        revision=OuterRef("revision"), undoes__isnull=False
    )
    return changes.filter(~Exists(undoing), ~is_undone("revision", sides.new.at))


def act_of_change() -> Subquery:
    """Of a row of changes: its act, as own_reason_of reads it."""
    act = SectionVersion.objects.filter(
        revision=OuterRef("revision"),
        section=Coalesce(OuterRef("to_section"), OuterRef("from_section")),
    )
    told = act.values(told=JSONObject(action="action", title="state__title"))
    return Subquery(told[:1])


def own_reason_of(act: Mapping[str, str] | None, reason: str) -> str:
    """What somebody said of a change; "" where the portal wrote it."""
    assert act is not None, "an act on a clause is one on its section"
    return own_reason(act["action"], reason, act["title"])


def _find_retirement_reasons(
    sides: Sides, section_ids: Collection[int]
) -> dict[int, str]:
    retirements = SectionVersion.objects.filter(
        ~is_undone("revision", sides.new.at),
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


type Stand = tuple[str, ...]  # a title; manual and parent; whether it is retired


class _SectionSteps:
    """What became of a section, one fact at a time: who takes back a new name takes back nothing else."""

    def __init__(self, *stand: Stand) -> None:
        self.facts = [StandingSteps(each) for each in stand]
        self.first_told: dict[str, int] = {}
        self.whole: list[str] = []  # reasons for the words as a whole

    def come_to(
        self, number: int, stand: Iterable[Stand], reason: str, *, again: bool
    ) -> None:
        """With the version of this number."""
        self.first_told.setdefault(reason, number)
        for fact, now in zip(self.facts, stand, strict=True):
            if now != fact.states[-1]:
                fact.come_to(now, reason, again=again)

    @property
    def standing_reasons(self) -> list[str]:
        """The earliest first, each once."""
        reasons = {*self.whole}
        for fact in self.facts:
            reasons.update(fact.standing_reasons)
        return sorted(reasons, key=lambda reason: self.first_told[reason])


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
    steps: dict[int, _SectionSteps] = {}
    for section in sections:
        manual = manuals[section.manual_id].key
        pasts[section.section_id] = SectionPast(manual)
        steps[section.section_id] = _SectionSteps(
            (section.title,), (manual, str(section.parent or "")), ("False",)
        )
    rows = _find_versions(sides, list(pasts))
    for pk, number, state, reason, beginning, action, takes_part in rows:
        past = pasts[pk]
        stand = (
            (state["title"],),
            (state["manual"], str(state["parent"] or "")),
            (str(state["retired"]),),
        )
        told = ""
        is_readable = past.manual in readable or state["manual"] in readable
        if is_readable and reason != beginning:
            told = own_reason(action, reason, state["title"])
        is_again = action == SectionVersion.Action.UNDO
        steps[pk].come_to(number, stand, told, again=is_again)
        if told and takes_part:
            steps[pk].whole.append(told)
        past.manual = state["manual"]
    for pk, past in pasts.items():
        past.reasons = steps[pk].standing_reasons
    return pasts


def _find_versions(
    sides: Sides, section_ids: Sequence[int]
) -> QuerySet[SectionVersion, tuple[int, int, dict[str, Any], str, str, str, bool]]:
    """Of these sections between the sides: (section, number, state, reason, reason of the first version, action,
    whether it took in a file of which words stand)."""
    versions = SectionVersion.objects.filter(
        section__in=section_ids,
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    first = SectionVersion.objects.filter(section=OuterRef("section"), number=1)
    later = ClauseChange.objects.filter(
        clause=OuterRef("clause"),
        pk__gt=OuterRef("pk"),
        revision__date_created__lte=sides.new.at,
    )
    standing = ClauseChange.objects.filter(
        ~Exists(later), revision=OuterRef("revision")
    )
    is_import = Q(action=SectionVersion.Action.IMPORT)
    rows = versions.annotate(
        beginning=Subquery(first.values("reason")),
        takes_part=Case(When(is_import, then=Exists(standing)), default=False),
    ).order_by("section", "number")
    return rows.values_list(
        "section", "number", "state", "reason", "beginning", "action", "takes_part"
    )


def find_move_reasons(
    sides: Sides, pairs: Collection[tuple[int, int]]
) -> dict[int, list[str]]:
    """{section id: why clauses of it moved to another section, where they stand yet}, of [(from, to)]; the earliest
    first, each once. One query."""
    between = ClauseChange.objects.filter(
        revision__date_created__gt=sides.old.at,
        revision__date_created__lte=sides.new.at,
    )
    there = between.filter(
        from_section__in={source for source, _ in pairs},
        to_section__in={target for _, target in pairs},
    )
    moves = between.filter(
        clause__in=there.values("clause"),
        from_section__isnull=False,
        to_section__isnull=False,
    ).exclude(from_section=F("to_section"))
    standing = _standing_changes(moves, sides).annotate(act=act_of_change())
    rows = standing.order_by("pk")
    steps: dict[int, StandingSteps[int]] = {}
    given: dict[str, None] = {}  # in their order
    for clause, source, target, reason, act in rows.values_list(
        "clause", "from_section", "to_section", "reason", "act"
    ):
        told = own_reason_of(act, reason)
        given[told] = None
        own = steps.setdefault(clause, StandingSteps(source))
        own.come_to(target, told)
    found: dict[int, set[str]] = {}
    for own in steps.values():
        for step, reason in zip(pairwise(own.states), own.reasons[1:], strict=True):
            if reason and step in pairs:
                found.setdefault(step[0], set()).add(reason)
    return {
        source: [reason for reason in given if reason in reasons]
        for source, reasons in found.items()
    }
