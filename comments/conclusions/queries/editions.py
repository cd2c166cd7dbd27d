"""What the conclusions tell of editions, which never change: steps with a digital system, and repealed laws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from hearing_portal.directory.permissions import Visitor
from manuals.edition_memory import kept_of_edition
from manuals.law.mentions import RepealedLaws
from manuals.law.queries import load_repealed_laws
from manuals.models import Edition
from manuals.permissions import editions_readable_by

from ...releasing.queries.book import EditionBook
from ...releasing.queries.gate import EntryBlocker, find_laws_not_in_force

# "ไม่มี (ทำด้วยมือ)" names no system; where the work begins and ends, and where the chart goes on elsewhere, nobody works
STEPS_SQL = """
    SELECT entry.manual_id, entry.section_id, count(*),
           count(*) FILTER (WHERE system NOT IN ('', '-', '–') AND system NOT LIKE 'ไม่มี%%')
    FROM manuals_editionentry entry
    JOIN manuals_textblob blob ON blob.sha = entry.blob_id,
    LATERAL (SELECT btrim(coalesce(blob.content -> 'data' ->> 'system', '')) AS system) AS named
    WHERE entry.edition_id = %(edition)s AND entry.kind = 'clause' AND blob.content ->> 'kind' = 'step'
        AND coalesce(blob.content -> 'data' ->> 'shape', '') NOT IN ('start', 'end', 'connector')
    GROUP BY entry.manual_id, entry.section_id
"""


@dataclass(frozen=True, slots=True)
class StepShare:
    """How many steps are done with a digital system, of how many."""

    digital: int = 0
    steps: int = 0

    @property
    def percent(self) -> int:
        if not self.steps:
            return 0
        return round(100 * self.digital / self.steps)

    def __add__(self, other: "StepShare") -> "StepShare":
        return StepShare(self.digital + other.digital, self.steps + other.steps)


class SectionSteps(NamedTuple):
    manual_id: int
    section_id: int | None
    share: StepShare


@kept_of_edition
def count_digital_steps(edition: Edition) -> tuple[SectionSteps, ...]:
    """By section. One query, none once this process has asked."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS_SQL, {"edition": edition.pk})
        rows = cursor.fetchall()
    return tuple(
        SectionSteps(manual_id, section_id, StepShare(digital, steps))
        for manual_id, section_id, steps, digital in rows
    )


def digital_by_manual(edition: Edition | None) -> dict[int, StepShare]:
    """{manual id: its share}; nothing without an edition."""
    shares: dict[int, StepShare] = {}
    if edition is not None:
        for row in count_digital_steps(edition):
            known = shares.get(row.manual_id, StepShare())
            shares[row.manual_id] = known + row.share
    return shares


def digital_by_section(edition: Edition | None, manual_id: int) -> dict[int, StepShare]:
    """{section id: its share} of one manual."""
    shares: dict[int, StepShare] = {}
    if edition is not None:
        for row in count_digital_steps(edition):
            if row.manual_id == manual_id and row.section_id is not None:
                shares[row.section_id] = row.share
    return shares


class ComparedEditions(NamedTuple):
    """The baseline before the hearing, and the newest edition that the reader may read."""

    before: Edition | None
    after: Edition | None


def find_compared_editions(user: Visitor) -> ComparedEditions:
    """One query."""
    before = None
    after = None
    for edition in editions_readable_by(user):  # the newest first
        if edition.kind == Edition.Kind.SNAPSHOT:
            continue
        if edition.kind == Edition.Kind.BASELINE:
            before = before or edition
        elif after is None:
            after = edition
    return ComparedEditions(before, after or before)


@kept_of_edition
def _find_conflicts(edition: Edition, laws: RepealedLaws) -> tuple[EntryBlocker, ...]:
    return tuple(find_laws_not_in_force(EditionBook(edition), laws))


def find_legal_conflicts(
    editions: Mapping[int, Edition],
) -> dict[int, list[EntryBlocker]]:
    """{manual id: the places of the edition heard of it that cite or name a repealed law}. One query, three for an
    edition that this process has not read under the present registry."""
    laws = load_repealed_laws()
    found: dict[int, list[EntryBlocker]] = {}
    for edition in _distinct(editions.values()):
        for blocker in _find_conflicts(edition, laws):
            manual_id = blocker.place.manual.pk
            heard = editions.get(manual_id)
            if heard is not None and heard.pk == edition.pk:
                found.setdefault(manual_id, []).append(blocker)
    return found


def _distinct(editions: Iterable[Edition]) -> list[Edition]:
    return list({edition.pk: edition for edition in editions}.values())
