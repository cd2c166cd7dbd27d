"""What had the words of a clause that had left the draft, right after an act of long ago: the rule of
models/survivors.py (decision 0188), asked of the states and lines of descent that there were then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...models import ClauseChange, ClauseLineage
from ...models.undone import find_acts_of_lines

Kind = ClauseLineage.Kind


class Left(NamedTuple):
    """A clause that left by the act `left_by`, and the act right after which its words are looked for."""

    uuid: str
    left_by: int
    revision: int


class _Line(NamedTuple):
    """To what came of a clause, and the acts that wrote so."""

    to: str
    is_split: bool
    acts: set[int]


class _State(NamedTuple):
    """What an act left a clause as: its words, None where it left with that act."""

    act: int
    plain: str | None


def find_words_then(left: Iterable[Left]) -> dict[Left, str]:
    """{what had left: the nearest clause that stood then and had its words}. Those whose words nothing had are not in
    it. Three queries and one for each generation of what came of them, none for nothing."""
    asked = list(left)
    if not asked:
        return {}
    past = _load({each.uuid for each in asked})
    found = {}
    for each in asked:
        uuid = next(past.find_having(each), None)
        if uuid is not None:
            found[each] = uuid
    return found


@dataclass(frozen=True, slots=True)
class _Past:
    """The states of some clauses and of all that came of them, the earliest first, and the lines between them."""

    states: defaultdict[str, list[_State]]
    lines: defaultdict[str, list[_Line]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def find_having(self, left: Left) -> Iterator[str]:
        """The nearest first. What was divided since its words went there, and what nothing was joined to by the very
        act that took it out, has them only where it says them."""
        words = _squeezed(self._words_before(left.uuid, left.left_by))
        seen = {left.uuid}
        level = [(left.uuid, left.left_by, True)]
        while level:
            beyond = []
            for uuid, left_by, went_along in level:
                for line in self._lines_until(uuid, left.revision):
                    if line.to in seen:
                        continue
                    seen.add(line.to)
                    taken_in = not line.is_split and left_by in line.acts
                    along = went_along and taken_in
                    along = along and not self._is_divided(
                        line.to, left_by, left.revision
                    )
                    state = self._state_at(line.to, left.revision)
                    if state is None:
                        continue
                    says = bool(words) and words in _squeezed(state.plain or "")
                    if state.plain is not None and (along or says):
                        yield line.to
                    beyond.append((line.to, state.act, along))
            level = beyond

    def _lines_until(self, uuid: str, revision: int) -> list[_Line]:
        return [
            line
            for line in self.lines[uuid]
            if any(act <= revision for act in line.acts)
        ]

    def _is_divided(self, uuid: str, since: int, revision: int) -> bool:
        acts: set[int] = set()
        for line in self.lines[uuid]:
            if line.is_split:
                acts |= line.acts
        return any(since < act <= revision for act in acts)

    def _state_at(self, uuid: str, revision: int) -> _State | None:
        known = [state for state in self.states[uuid] if state.act <= revision]
        return known[-1] if known else None

    def _words_before(self, uuid: str, act: int) -> str:
        state = self._state_at(uuid, act - 1)
        return (state.plain or "") if state is not None else ""


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _load(uuids: Collection[str]) -> _Past:
    lines: dict[str, tuple[str, str, bool]] = {}
    generation = set(uuids)
    known = set(uuids)
    while generation:
        rows = ClauseLineage.objects.filter(from_clause__uuid__in=generation)
        rows = rows.exclude(kind=Kind.COPIED).order_by("pk")
        generation = set()
        for key, kind, source, target in rows.values_list(
            "pk", "kind", "from_clause__uuid", "to_clause__uuid"
        ):
            lines[str(key)] = (str(source), str(target), kind == Kind.SPLIT)
            generation.add(str(target))
        generation -= known
        known |= generation
    acts: defaultdict[str, set[int]] = defaultdict(set)
    for line, act in find_acts_of_lines(lines.keys()):
        acts[line].add(act)
    past = _Past(_load_states(known))
    for line, (came_of, came, is_split) in lines.items():
        past.lines[came_of].append(_Line(came, is_split, acts[line]))
    return past


def _load_states(uuids: Collection[str]) -> defaultdict[str, list[_State]]:
    states: defaultdict[str, list[_State]] = defaultdict(list)
    changes = ClauseChange.objects.filter(clause__uuid__in=uuids)
    for uuid, act, plain in changes.order_by("revision", "pk").values_list(
        "clause__uuid", "revision", "to_blob__plain"
    ):
        states[str(uuid)].append(_State(act, plain))
    return states
