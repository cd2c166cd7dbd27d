"""How the laws of the registry follow one another: what amended each of them, and what replaced it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import LegalSource, LegalSuccession


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A law of a chain, with what amended or replaced it there; `is_here` of the law the chain is about."""

    source: LegalSource
    successions: list[LegalSuccession] = field(default_factory=list)
    is_here: bool = False


class Successions:
    """All successions of a registry, each with both of its laws."""

    def __init__(self, rows: Iterable[LegalSuccession]) -> None:
        self._later: dict[int, list[LegalSuccession]] = {}
        self._earlier: dict[int, list[LegalSuccession]] = {}
        for row in sorted(rows, key=lambda row: (row.to_source.year_be, row.pk)):
            self._later.setdefault(row.from_source_id, []).append(row)
            self._earlier.setdefault(row.to_source_id, []).append(row)

    def later_than(self, source: LegalSource) -> list[LegalSuccession]:
        """What amended or replaced the law itself, the earliest first."""
        return self._later.get(source.pk, [])

    def in_force_after(self, source: LegalSource) -> list[LegalSource]:
        """What replaced a repealed law, and if that is repealed too, what replaced that: the laws in force at the
        end."""
        in_force: list[LegalSource] = []
        seen = {source.pk}
        waiting = deque([source])
        while waiting:
            repealed = waiting.popleft()
            for succession in self.later_than(repealed):
                later = succession.to_source
                if succession.kind != LegalSuccession.Kind.REPLACES or later.pk in seen:
                    continue
                seen.add(later.pk)
                if later.is_repealed:
                    waiting.append(later)
                else:
                    in_force.append(later)
        return in_force

    def chain_of(self, source: LegalSource) -> list[ChainLink]:
        """The law with all that came before and after it, the earliest first; the law alone where nothing did."""
        laws = {source.pk: source}
        waiting = [source]
        while waiting:
            law = waiting.pop()
            for succession in self.later_than(law):
                later = succession.to_source
                if later.pk not in laws:
                    laws[later.pk] = later
                    waiting.append(later)
        waiting = [source]
        while waiting:
            law = waiting.pop()
            for succession in self._earlier.get(law.pk, []):
                earlier = succession.from_source
                if earlier.pk not in laws:
                    laws[earlier.pk] = earlier
                    waiting.append(earlier)
        links: list[ChainLink] = []
        for law in sorted(laws.values(), key=lambda law: (law.year_be, law.pk)):
            within = [row for row in self.later_than(law) if row.to_source_id in laws]
            links.append(ChainLink(law, within, is_here=law.pk == source.pk))
        return links
