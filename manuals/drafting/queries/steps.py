"""The steps of a process as its table begins with them."""

from collections.abc import Collection
from uuid import UUID

from ...content import Step
from ...models import Clause, Section, TextBlob
from ..step_table import STEP_PART


def find_step_clauses(section: Section) -> list[Clause]:
    """The rows of the table that stand in the working draft, in order. One query."""
    steps = Clause.objects.live().filter(
        section=section, part=STEP_PART, kind=Clause.Kind.STEP, parent=None
    )
    return list(steps.order_by("rank"))


def step_of(clause: Clause) -> Step:
    """The content of a clause that is a step."""
    content = clause.content
    assert isinstance(content, Step)
    return content


def find_steps_by_sha(shas: Collection[str]) -> dict[str, Step]:
    """{hash: step} of the wordings that are stored and are steps. One query."""
    steps = {}
    for blob in TextBlob.objects.filter(pk__in=set(shas)):
        content = blob.as_content
        if isinstance(content, Step):
            steps[blob.sha] = content
    return steps


def find_clauses_named(uuids: Collection[UUID]) -> dict[UUID, Clause]:
    """Of all sections, retired ones too, with their parents. One query."""
    clauses = Clause.objects.select_related("parent", "section").filter(uuid__in=uuids)
    return {clause.uuid: clause for clause in clauses}


def find_first_of_part(section: Section, *, but: Collection[int] = ()) -> UUID | None:
    """What stands first in part 9, step or note; None where there is nothing `but` the clauses given. One query."""
    standing = (
        Clause.objects.live()
        .filter(section=section, part=STEP_PART, parent=None)
        .exclude(pk__in=but)
    )
    return standing.order_by("rank").values_list("uuid", flat=True).first()
