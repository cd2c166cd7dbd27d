"""The conclusion of one group: what was said by class and result, the processes named, law, technology, the summary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Visitor
from manuals.conformity.queries import Conformity, count_conformity
from manuals.models import Edition, Manual
from manuals.permissions import can_read_draft

from ...commenting.forms.filters import WHOLE_MANUAL
from ...commenting.queries.comments import find_section_names
from ...hearings.queries import GroupSessions
from ...issue_classes import MEANINGS
from ...models import Comment, Conclusion, Hearing, HearingSession
from ...permissions import can_work_at
from ...positions.presentation import counted_stances
from ...positions.queries import count_positions
from ...releasing.queries.gate import EntryBlocker
from ...results import Result
from ..queries.arguments import find_shared_arguments
from ..queries.editions import (
    ComparedEditions,
    StepShare,
    digital_by_section,
    find_compared_editions,
    find_legal_conflicts,
)
from ..queries.figures import (
    MOST_QUOTED,
    NAMED_CLASSES,
    NamedProcess,
    ResultCounts,
    count_recent_hearing,
    find_named_processes,
)
from ..queries.overlaps import count_registered_overlaps
from ..queries.provisional import tell_provisional_figures
from ..queries.signed_figures import figures_beside, find_changed
from .charts import LinkedFigure
from .links import comments_url, conclusion_url, register_url

WITHOUT_CLASS = "ไม่ระบุประเด็น"


class ClassRow(NamedTuple):
    """A class (None: without one) with its figures by result, and all of them together."""

    issue_class: str | None
    word: str
    figures: list[LinkedFigure]
    total: LinkedFigure


def class_rows(
    counts: ResultCounts, manual: Manual, hearing_key: str
) -> list[ClassRow]:
    """Every class, those without comments too: the rows add up to all comments."""
    classes: list[tuple[str | None, str]] = [
        (meaning.value, meaning.word) for meaning in MEANINGS
    ]
    rows = []
    for issue_class, word in [*classes, (None, WITHOUT_CLASS)]:
        figures = []
        for result in Result:
            number = counts.numbers[issue_class, result]
            url = comments_url(manual, hearing_key, issue=issue_class, result=result)
            figures.append(LinkedFigure(number, url, of=result.label))
        total = LinkedFigure(
            counts.of_class(issue_class),
            comments_url(manual, hearing_key, issue=issue_class),
        )
        rows.append(ClassRow(issue_class, word, figures, total))
    return rows


def result_figures(
    counts: ResultCounts, manual: Manual, hearing_key: str
) -> list[LinkedFigure]:
    """One for each result, in its order; they add up to all comments."""
    figures = []
    for result in Result:
        url = comments_url(manual, hearing_key, result=result)
        figures.append(LinkedFigure(counts.of_result(result), url, of=result.label))
    return figures


class NamedRow(NamedTuple):
    """A process that comments of a class are about, with some of them."""

    title: str
    figure: LinkedFigure
    quotes: list[Comment]


@dataclass(frozen=True, slots=True)
class NamedClass:
    """The processes said to be too complex, newly arisen or additional."""

    issue_class: str
    word: str
    sense: str
    figure: LinkedFigure
    rows: Sequence[NamedRow]


def load_named_classes(
    manual: Manual,
    sessions: Sequence[HearingSession],
    edition: Edition | None,
    hearing_key: str,
    user: Visitor,
) -> list[NamedClass]:
    """Of the three classes that the announcement asks for. Three queries. Comments that the reader does not see are
    counted, and not quoted."""
    found = find_named_processes(manual.pk, sessions)
    titles = dict(find_section_names(edition.pk if edition else None, manual))
    quotes = _find_quotes(found, user)
    named = []
    for meaning in MEANINGS:
        if meaning.value not in NAMED_CLASSES:
            continue
        rows = []
        for process in found:
            if process.issue_class == meaning.value:
                rows.append(_named_row(process, titles, quotes, manual, hearing_key))
        figure = LinkedFigure(
            sum(row.figure.number for row in rows),
            comments_url(manual, hearing_key, issue=meaning.value),
        )
        named.append(
            NamedClass(meaning.value, meaning.word, meaning.sense, figure, rows)
        )
    return named


def _named_row(
    process: NamedProcess,
    titles: Mapping[str, str],
    quotes: Mapping[int, Comment],
    manual: Manual,
    hearing_key: str,
) -> NamedRow:
    key = str(process.section_id)
    title = titles.get(key, "กระบวนงานที่ไม่มีในฉบับนี้แล้ว")
    if process.section_id is None:
        key, title = WHOLE_MANUAL, "คู่มือทั้งเล่ม"
    url = ""
    if key == WHOLE_MANUAL or key in titles:
        issue = process.issue_class
        url = comments_url(manual, hearing_key, issue=issue, process=key)
    shown = [quotes[pk] for pk in process.first if pk in quotes]
    return NamedRow(title, LinkedFigure(process.comments, url), shown[:MOST_QUOTED])


def _find_quotes(found: Sequence[NamedProcess], user: Visitor) -> dict[int, Comment]:
    ids: list[int] = []
    for process in found:
        ids += process.first
    comments = Comment.objects.visible_to(user).shown().filter(pk__in=ids)
    return {comment.pk: comment for comment in comments.select_related("office")}


class ConflictRow(NamedTuple):
    """A place of the edition that cites or names a repealed law."""

    citation: str
    title: str
    law: str
    url: str


def conflict_rows(conflicts: Sequence[EntryBlocker]) -> list[ConflictRow]:
    rows = []
    for blocker in conflicts:
        place = blocker.place
        entry = place.entry
        citation = f"ข้อ {entry.cite}" if entry.cite else ""
        url = reverse("clause", args=[entry.uuid])
        rows.append(ConflictRow(citation, place.section_title, blocker.source, url))
    return rows


class CheckedProcesses(NamedTuple):
    """How many processes of the working draft were found to conflict with the law, or to have no basis in it."""

    conflicting: int
    without_basis: int
    url: str

    @property
    def number(self) -> int:
        return self.conflicting + self.without_basis


def find_checked_processes(user: User, manual: Manual) -> CheckedProcesses | None:
    """None for who does not read the working draft. Four queries at most."""
    if not can_read_draft(user, manual.work_group):
        return None
    counts: Counter[Conformity] = Counter()
    counts.update(count_conformity([manual]).get(manual.pk, {}))
    return CheckedProcesses(
        counts[Conformity.CONFLICTING],
        counts[Conformity.NO_BASIS],
        reverse("conformity", args=[manual.key]),
    )


class DigitalRow(NamedTuple):
    """A process with the share of its steps that are done with a system, before and after."""

    title: str
    before: StepShare
    after: StepShare


def digital_rows(editions: ComparedEditions, manual: Manual) -> list[DigitalRow]:
    """The processes of the newest edition in book order, then those that only the baseline had. Two queries, more once
    for an edition."""
    before = digital_by_section(editions.before, manual.pk)
    after = digital_by_section(editions.after, manual.pk)
    rows = []
    shown = set()
    for edition in (editions.after, editions.before):
        if edition is None:
            continue
        for key, title in find_section_names(edition.pk, manual):
            section_id = int(key)
            known = section_id in before or section_id in after
            if known and section_id not in shown:
                shown.add(section_id)
                rows.append(
                    DigitalRow(
                        title,
                        before.get(section_id, StepShare()),
                        after.get(section_id, StepShare()),
                    )
                )
    return rows


def digital_of(editions: ComparedEditions, manual: Manual) -> DigitalRow:
    """All steps of the manual together."""
    before = StepShare()
    for share in digital_by_section(editions.before, manual.pk).values():
        before += share
    after = StepShare()
    for share in digital_by_section(editions.after, manual.pk).values():
        after += share
    return DigitalRow("ทั้งเล่ม", before, after)


def load_group_conclusion(
    manual: Manual,
    hearing: Hearing,
    sessions: Sequence[HearingSession],
    of_group: GroupSessions,
    hearing_key: str,
    user: Visitor,
    signed: Conclusion | None,
) -> dict[str, Any]:
    """What the page of a group shows beside the signed summaries, `signed` being the latest; `sessions` are all of the
    hearing."""
    group = manual.work_group
    edition = of_group.session.edition if of_group.session else None
    works_here = can_work_at(user, group)
    of_hearing = count_recent_hearing(hearing.pk, sessions, manual.pk)
    figures = of_hearing.of_manual(manual.pk)
    beside = figures_beside(of_hearing, manual.pk)
    counts = figures.count(sees_decisions=works_here)
    editions = find_compared_editions(user)
    positions = count_positions(hearing, {manual.pk: of_group.edition_id})[manual.pk]
    conflicts = find_legal_conflicts({manual.pk: edition} if edition else {})
    checked = None
    if isinstance(user, User):
        checked = find_checked_processes(user, manual)
    overlap = Comment.IssueClass.OVERLAP
    return {
        "manual": manual,
        "hearing": hearing,
        "edition": edition,
        "figures": figures,
        "counts": counts,
        "provisional": tell_provisional_figures(hearing, [figures]),
        "changed": find_changed(signed, beside, sees_decisions=works_here),
        "results": result_figures(counts, manual, hearing_key),
        "classes": class_rows(counts, manual, hearing_key),
        "named": load_named_classes(manual, sessions, edition, hearing_key, user),
        "shared": find_shared_arguments(manual, sessions, user),
        "overlaps": counts.of_class(overlap),
        "overlaps_url": comments_url(manual, hearing_key, issue=overlap),
        "registered": count_registered_overlaps(user, group),
        "register_url": register_url(group),
        "conflicts": conflict_rows(conflicts.get(manual.pk, [])),
        "checked": checked,
        "editions": editions,
        "digital": digital_of(editions, manual),
        "digital_rows": digital_rows(editions, manual),
        "positions": positions,
        "stances": counted_stances(positions, manual, hearing_key),
        "works_here": works_here,
        "all_url": comments_url(manual, hearing_key),
        "here": conclusion_url(manual, hearing_key),
        "sees_signers": works_here,
    }
