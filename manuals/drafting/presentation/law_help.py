"""What the form of a clause says of laws: repealed ones that its words name; and of a citation, those that were pasted,
and what became of the one it cites."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ...content import Content, plain_text
from ...entries import EntryView
from ...law.queries import find_laws_named, find_successors_in_force
from ...models import LegalSource
from ...reading.queries.sections import ReferredLaw, find_referred_laws
from ..forms.clause import ClauseForm
from ..forms.reference import ReferenceForm


def find_repealed_in_words(clause: UUID, content: Content) -> Sequence[ReferredLaw]:
    """The repealed laws that the words of a clause name, with what is in force instead. Two queries at most, none
    without words."""
    if not plain_text(content).strip():
        return []
    view = EntryView(clause, "clause", content=content)
    return find_referred_laws([view]).named.get(clause, [])


@dataclass(frozen=True, slots=True)
class LawHelp:
    """`found` are the laws named by what was pasted; `repealed` the chosen one if it is, with its `successors`."""

    was_searched: bool = False
    found: Sequence[LegalSource] = ()
    repealed: LegalSource | None = None
    successors: Sequence[LegalSource] = ()


def load_law_help(form: ClauseForm) -> LawHelp | None:
    """None for a form of another kind. No query where nothing is pasted and nothing is chosen."""
    if not isinstance(form, ReferenceForm):
        return None
    chosen = None
    if form.chosen:
        chosen = LegalSource.objects.filter(key=form.chosen).first()
    repealed = chosen if chosen is not None and chosen.is_repealed else None
    return LawHelp(
        was_searched=bool(form.named.strip()),
        found=find_laws_named(form.named),
        repealed=repealed,
        successors=find_successors_in_force(repealed) if repealed is not None else [],
    )
