"""What a hearing decided and a restored version would take back, and what was said of the clauses that it takes out: an
app above the manuals knows it, and hands it to the view that restores."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from ...drafting.adopted import FindAdopted
from ...drafting.presentation.looked_at import LookedAt, load_clauses_looked_at
from ...drafting.said_elsewhere import SaidAbout, SaidElsewhere
from ...models import Clause, Section
from ...reading.presentation.clauses import ReadClause
from .comparison import VersionComparison

# {clause: what changed it after this version of the section, in words}
type FindDecided = Callable[[Section, int], Mapping[UUID, str]]


def find_nothing_decided(section: Section, number: int) -> Mapping[UUID, str]:
    """Where nobody decides anything."""
    return {}


class DecidedWords(NamedTuple):
    """A clause that would lose what was decided for it."""

    clause: ReadClause
    source: str


class ToldOfRestoring(NamedTuple):
    """`said` and `looked_at` are of the clauses that would leave the draft."""

    decided: Sequence[DecidedWords]
    said: Sequence[SaidAbout]
    looked_at: LookedAt

    @property
    def asks(self) -> bool:
        """Whether something of that waits, so that it is done knowingly."""
        return any(about.waiting for about in self.said)


def tell_restoring(
    comparison: VersionComparison,
    find_decided: FindDecided,
    find_adopted: FindAdopted,
    said: SaidElsewhere,
) -> ToldOfRestoring:
    """Of the clauses that going back to the comparison's newer version would change, or take out. The queries of
    `find_decided`, and where some are taken out those of the others and of load_clauses_looked_at."""
    section = comparison.newer.section
    changed = comparison.changed_clauses
    leaving = {clause.entry.uuid for clause in changed if clause.is_gone}
    # One that only moves is shown where it stood, too
    leaving -= {clause.entry.uuid for clause in changed if not clause.is_gone}
    sources = dict(find_decided(section, comparison.newer.number))
    about: Sequence[SaidAbout] = ()
    looked_at = LookedAt()
    if leaving:
        # Words of one that came from elsewhere may have been decided there, before this version
        for uuid, adopted in find_adopted([section.pk]).items():
            if uuid in leaving:
                sources.setdefault(uuid, adopted)
        about = said.about_clauses(section, leaving)
        looked_at = load_clauses_looked_at(Clause.objects.filter(uuid__in=leaving))
    decided = []
    for clause in changed:
        source = sources.get(clause.entry.uuid)
        if source is not None:
            decided.append(DecidedWords(clause, source))
    return ToldOfRestoring(decided, about, looked_at)
