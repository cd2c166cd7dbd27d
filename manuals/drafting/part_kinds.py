"""What may stand where: the kinds of clauses of each of the nine parts, the usual one first."""

from ..content import KINDS, Content, Table
from ..models import Clause

Kind = Clause.Kind
PROSE = (Kind.TEXT, Kind.NOTE, Kind.TABLE, Kind.FIGURE)
KINDS_OF_PART = {
    0: PROSE,  # outside the nine parts
    2: PROSE,
    3: PROSE,
    4: (Kind.DEFINITION, *PROSE),
    5: PROSE,
    6: (Kind.NOTE, Kind.FIGURE),  # the chart itself is drawn from part 9
    7: (Kind.FORM, *PROSE),
    8: (Kind.REFERENCE, *PROSE),
    9: (Kind.STEP,),
}
NUMBERING_OF_KIND = {
    Kind.NOTE: Clause.Numbering.NONE,
    Kind.TABLE: Clause.Numbering.NONE,
    Kind.FIGURE: Clause.Numbering.NONE,
}


def kinds_of_part(part: int) -> tuple[Clause.Kind, ...]:
    """Empty for part 1, which is the process's name, and for what is no part."""
    return KINDS_OF_PART.get(part, ())


def usual_numbering(kind: str) -> str:
    """What a first clause of this kind is numbered by."""
    return NUMBERING_OF_KIND.get(Kind(kind), Clause.Numbering.DECIMAL)


def blank_content(kind: str) -> Content:
    """Nothing written yet; a table has two columns and two rows to write in."""
    if kind == Kind.TABLE:
        columns = [{"id": "c1", "title": ""}, {"id": "c2", "title": ""}]
        return Table(
            columns=columns, rows=[{"id": "r1", "cells": {}}, {"id": "r2", "cells": {}}]
        )
    return KINDS[kind]()
