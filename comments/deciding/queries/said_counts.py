"""How much was said of clauses of the draft, in all hearings but rehearsals, and what of it waits."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from hearing_portal.directory.models import AreaOffice
from manuals.models import Section

from ...models import Answer, Comment, Disposition
from .drafting_debts import find_owed


@dataclass(slots=True)
class SaidCount:
    """Comments by the kind of office that speaks, "" for none; how many have no result, and how many wait for words.
    `comment_id` is the last one, which leads to its hearing."""

    by_kind: Counter[str] = field(default_factory=Counter)
    undecided: int = 0
    owed: int = 0
    comment_id: int = 0

    @property
    def comments(self) -> int:
        return self.by_kind.total()


def count_said_of_clauses(clauses: Collection[UUID]) -> dict[UUID, SaidCount]:
    """{clause: what was said of it}, of those of which something was. One query, two more where
    some was decided, none for nothing."""
    if not clauses:
        return {}
    return _count(Q(entry__clause__uuid__in=list(clauses)), F("entry__clause__uuid"))


def count_said_of_sections(sections: Iterable[Section]) -> dict[int, SaidCount]:
    """{section id: what was said of it, and of the clauses that stand in it now}. Queries as count_said_of_clauses."""
    ids = [section.pk for section in sections]
    in_clauses = Q(entry__clause__section__in=ids, entry__clause__retired__isnull=True)
    of_section = Q(entry__clause=None, entry__section__in=ids)
    node = Coalesce("entry__clause__section", "entry__section")
    return _count(in_clauses | of_section, node)


def _count[Key](where: Q, node: Combinable) -> dict[Key, SaidCount]:
    """Replies and what its author took back count for nothing."""
    current = Answer.objects.filter(current=True, comment=OuterRef("pk"))
    withdrawn = current.filter(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    comments = Comment.objects.filter(where, ~Exists(withdrawn), parent__isnull=True)
    comments = comments.exclude(session__hearing__objection_days=0).order_by()
    rows = comments.annotate(node=node, is_decided=Exists(current))
    columns = ("node", "office_kind", "is_decided")
    counted = rows.values(*columns).annotate(number=Count("pk"), last=Max("pk"))
    found: dict[Key, SaidCount] = {}
    for key, kind, is_decided, number, last in counted.values_list(
        *columns, "number", "last"
    ):
        said = found.setdefault(key, SaidCount())
        said.by_kind[kind or ""] += number
        said.undecided += 0 if is_decided else number
        said.comment_id = max(said.comment_id, last)
    if not found:
        return found
    promised = [disposition.pk for disposition in find_owed(comments)]
    if promised:
        owed = rows.filter(Exists(current.filter(disposition__in=promised)))
        for key in owed.values_list("node", flat=True):
            found[key].owed += 1
    return found


OFFICE_KINDS = (*AreaOffice.Kind.values, "")
