"""What has the words of a clause that left the draft, by its name, for who would have decided on them there."""

from collections.abc import Iterable
from dataclasses import dataclass

from manuals.drafting.queries.references import find_cited_clauses
from manuals.models import Clause, EditionEntry
from manuals.models.survivors import find_survivors, stands
from manuals.reading.names import clause_name


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """`clause` has the words now; `name` is what it is called, with its process."""

    clause: Clause
    name: str


def find_where_words_went(clause: Clause) -> WordsPlace | None:
    """None where nothing has them, and for a clause that stands. One query for each generation, and two."""
    for survivor in find_survivors([clause]).get(clause.pk, ()):
        cited = find_cited_clauses([str(survivor.uuid)]).get(str(survivor.uuid))
        if cited is not None:
            name = f"{clause_name(cited.entry)} ของ “{cited.section.title}”"
            return WordsPlace(survivor, name)
    return None


def tell_what_left(entries: Iterable[EditionEntry]) -> dict[int, str]:
    """{entry: that its clause left the draft, and what has its words there}, of those that left. No query where all
    stand; the entries come with their clauses and the sections of these."""
    left: dict[int, Clause] = {}
    for entry in entries:
        if entry.clause is not None and not stands(entry.clause):
            left[entry.pk] = entry.clause
    survivors = find_survivors(left.values())
    cited = find_cited_clauses(
        {str(found[0].uuid) for found in survivors.values() if found}
    )
    told = {}
    for pk, clause in left.items():
        told[pk] = "ยกเลิกแล้วในร่าง"
        for survivor in survivors.get(clause.pk, ())[:1]:
            now = cited.get(str(survivor.uuid))
            if now is not None:
                told[pk] = f"ในร่าง ถ้อยคำอยู่ที่{clause_name(now.entry)} {now.section.title}"
    return told
