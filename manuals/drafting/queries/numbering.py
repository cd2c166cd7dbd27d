"""How a clause is numbered where it comes to stand."""

from ...models import Clause

Kind = Clause.Kind
Numbering = Clause.Numbering
NEVER_NUMBERED = (Kind.NOTE, Kind.TABLE, Kind.FIGURE)
ONE_LEVEL_DOWN = {
    Numbering.DECIMAL: Numbering.PAREN,
    Numbering.PAREN: Numbering.LETTER,
    Numbering.PARENS: Numbering.LETTER_PARENS,
    Numbering.LETTER: Numbering.BULLET,
    Numbering.LETTER_PAREN: Numbering.BULLET,
    Numbering.LETTER_PARENS: Numbering.BULLET,
}


def numbering_beside(neighbour: Clause, clause: Clause) -> str:
    """As its neighbour is."""
    if clause.kind in NEVER_NUMBERED or neighbour.kind in NEVER_NUMBERED:
        return clause.numbering
    return neighbour.numbering


def numbering_below(parent: Clause, clause: Clause) -> str:
    """As those that stand there are, else one level down from the parent. One query."""
    if clause.kind in NEVER_NUMBERED:
        return clause.numbering
    standing = (
        Clause.objects.live()
        .filter(parent=parent)
        .exclude(kind__in=NEVER_NUMBERED)
        .exclude(pk=clause.pk)
    )
    last = standing.order_by("-rank").values_list("numbering", flat=True).first()
    return last or one_level_down(parent)


def one_level_down(parent: Clause) -> str:
    """How the first clause below this one is numbered."""
    return ONE_LEVEL_DOWN.get(Numbering(parent.numbering), parent.numbering)


def numbering_on_top(section_id: int, part: int, clause: Clause) -> str:
    """As the clauses at the top of the part are. One query."""
    if clause.kind in NEVER_NUMBERED:
        return clause.numbering
    standing = Clause.objects.live().filter(section=section_id, part=part, parent=None)
    standing = standing.exclude(kind__in=NEVER_NUMBERED).exclude(pk=clause.pk)
    first = standing.order_by("rank").values_list("numbering", flat=True).first()
    return first or Numbering.DECIMAL
