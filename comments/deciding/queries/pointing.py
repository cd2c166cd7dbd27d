"""Answers that say of a clause of the draft that it settles the matter already."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from manuals.models import Clause, EditionEntry, Section
from manuals.models.survivors import stands

from ...models import Answer, Comment
from .said_counts import Origins


@dataclass(slots=True)
class Pointing:
    """How many comments are answered so, and the last of them, with manual."""

    last: Comment
    comments: int = 0


def find_pointing_to_clauses(
    clauses: Collection[UUID], origins: Origins
) -> dict[UUID, Pointing]:
    """{clause: who is answered by it, or by what was joined to it}. One query."""
    joined = {pk: heir.uuid for pk, heir in _joined_to(origins).items()}
    answers = _answers_by(Q(clause__uuid__in=list(clauses)) | Q(clause__in=joined))
    return _count(answers, lambda clause: joined.get(clause.pk, clause.uuid))


def find_pointing_to_sections(
    sections: Collection[Section], origins: Origins
) -> dict[int, Pointing]:
    """{section id: the same of all clauses that stand in it}. One query."""
    joined = {pk: heir.section_id for pk, heir in _joined_to(origins).items()}
    standing = Q(clause__section__in=list(sections), clause__retired=None)
    answers = _answers_by(standing | Q(clause__in=joined))
    return _count(answers, lambda clause: joined.get(clause.pk, clause.section_id))


def _joined_to(origins: Origins) -> dict[int, Clause]:
    """{id of a clause that left: what has its words}."""
    heirs: dict[int, Clause] = {}
    for heir, found in origins.items():
        for origin in found:
            if not stands(origin.node):
                heirs.setdefault(origin.node.pk, heir)
    return heirs


def _answers_by(entries: Q) -> QuerySet[Answer]:
    """Those that say that one of these entries settles it, but in rehearsals."""
    answers = Answer.objects.filter(
        current=True, disposition__points_to__in=EditionEntry.objects.filter(entries)
    )
    answers = answers.exclude(comment__session__hearing__objection_days=0)
    answers = answers.select_related(
        "comment__entry__manual", "disposition__points_to__clause"
    )
    return answers.order_by("comment")


def _count[Key](
    answers: Iterable[Answer], key_of: Callable[[Clause], Key]
) -> dict[Key, Pointing]:
    found: dict[Key, Pointing] = {}
    for answer in answers:
        points_to = answer.disposition.points_to
        assert points_to is not None
        assert points_to.clause is not None
        key = key_of(points_to.clause)
        pointing = found.setdefault(key, Pointing(answer.comment))
        pointing.last = answer.comment
        pointing.comments += 1
    return found
