"""The desk of a drafter: the manuals they write, what they promised, left unsaved, and what was decided lately."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from manuals.conformity.queries import Conformity, count_conformity
from manuals.drafting.presentation.unsaved import UnsavedWork, load_unsaved
from manuals.drafting.queries.buffers import Writer, find_buffers_of, find_writers_of
from manuals.drafting.queries.contents import (
    ManualState,
    describe_manuals,
    find_manuals_state,
)
from manuals.drafting.queries.lacks import find_lacks_of
from manuals.drafting.queries.references import CitedClause, find_cited_clauses
from manuals.law.queries import count_applying_clauses
from manuals.models import Clause, Manual, Section, SectionVersion
from manuals.models.survivors import find_survivors, where_written
from manuals.queries import live_processes
from manuals.reading.names import clause_name
from manuals.reviewing.presentation import ShownReview, show_reviews
from manuals.reviewing.queries import find_answers_to, find_waiting

from ...citations import cite_in_section
from ...deciding.presentation.lost_words import ShownLostWords, show_lost_words
from ...deciding.presentation.promises import promised_words_url, tell_retired
from ...deciding.presentation.writing import clause_writing_url, draft_place_url
from ...deciding.queries.drafting_debts import DraftingDebt
from ...links import desk_url
from ...models import Answer
from ..queries.drafting import (
    find_debts_of_groups,
    find_latest_answers,
    find_latest_versions,
    find_lost_words_of_groups,
)


@dataclass(frozen=True, slots=True)
class OwedWords:
    """Words that were promised: what of, by whom, until when, and where they are written. `stands_at` is where the
    clause stands by now, or what has its words, where that is not the place that was commented on, or says that it left
    the manual."""

    debt: DraftingDebt
    citation: str
    stands_at: str
    url: str
    is_mine: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class LateDecision:
    """A comment decided by somebody else, and where it stands at the desk."""

    answer: Answer
    citation: str
    url: str
    draft_url: str  # what it is about, in the draft


@dataclass(frozen=True, slots=True)
class DraftedManual:
    """A group's manual, how many of its clauses apply a repealed law, and how many of its processes were found to agree
    with the law, and not to."""

    state: ManualState
    repealed: int = 0
    conforming: int = 0
    not_conforming: int = 0

    @property
    def unchecked(self) -> int:
        return self.state.processes - self.conforming - self.not_conforming


@dataclass(frozen=True, slots=True)
class LackingProcess:
    """A process that is written and still lacks something, in words."""

    process: Section
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class LackingManual:
    """The written processes of a manual that still lack something."""

    manual: Manual
    processes: Sequence[LackingProcess]


@dataclass(frozen=True, slots=True)
class DraftingDesk:
    """`lost` are adopted words that the draft has no more. `asked` are the requests to look that wait for the person,
    `answered` their own that somebody answered. `lacking` are the manuals with written processes that lack something.
    `writers` type just now, `changed` are the latest versions."""

    manuals: Sequence[DraftedManual]
    owed: Sequence[OwedWords]
    lost: Sequence[ShownLostWords]
    unsaved: Sequence[UnsavedWork]
    asked: Sequence[ShownReview]
    answered: Sequence[ShownReview]
    decided: Sequence[LateDecision]
    lacking: Sequence[LackingManual]
    writers: Sequence[Writer]
    changed: Sequence[SectionVersion]
    is_admin: bool


def load_drafting_desk(user: User) -> DraftingDesk:
    """Of the manuals the person drafts; administrators have all of today's groups. Thirty-four queries
    at most, however many manuals there are."""
    roles = load_roles(user)
    if roles.is_admin:
        states = find_manuals_state()
    else:
        own = [group.pk for group in roles.groups(RoleAssignment.Role.DRAFTER)]
        states = describe_manuals(
            WorkGroup.objects.filter(pk__in=own).select_related("manual")
        )
    group_ids = [state.group.pk for state in states]
    manuals = [state.manual for state in states if state.manual is not None]
    today = localdate()
    return DraftingDesk(
        _describe_manuals(states),
        owed=_describe_debts(find_debts_of_groups(group_ids), user, today),
        lost=show_lost_words(find_lost_words_of_groups(group_ids)),
        unsaved=load_unsaved(find_buffers_of(user)),
        asked=show_reviews(find_waiting(user), to_drafter=True),
        answered=show_reviews(find_answers_to(user), to_drafter=True),
        decided=_describe_answers(find_latest_answers(group_ids, but_of=user)),
        lacking=_find_lacking(manuals),
        writers=find_writers_of(manuals, but=user),
        changed=find_latest_versions(manuals),
        is_admin=roles.is_admin,
    )


def _find_lacking(manuals: Sequence[Manual]) -> list[LackingManual]:
    """Of the processes that have words: what has a name only is counted beside its manual."""
    lacks = find_lacks_of(manuals)
    lacking: dict[int, list[LackingProcess]] = {}
    for process in live_processes(Section.objects.filter(manual__in=manuals)).order_by(
        "rank"
    ):
        lack = lacks[process.pk]
        if not lack.is_undrafted and not lack.is_complete:
            lacking.setdefault(process.manual_id, []).append(
                LackingProcess(process, lack.told)
            )
    found = []
    for manual in manuals:
        if manual.pk in lacking:
            found.append(LackingManual(manual, lacking[manual.pk]))
    return found


def _describe_manuals(states: Sequence[ManualState]) -> list[DraftedManual]:
    applying = count_applying_clauses()
    conformity = count_conformity(
        [state.manual for state in states if state.manual is not None]
    )
    manuals = []
    for state in states:
        if state.manual is None:
            manuals.append(DraftedManual(state))
            continue
        counts = conformity.get(state.manual.pk, Counter())
        checked = counts.total() - counts[Conformity.UNCHECKED]
        conforming = counts[Conformity.CONFORMING]
        repealed = applying.get(state.manual.pk, 0)
        manuals.append(DraftedManual(state, repealed, conforming, checked - conforming))
    return manuals


def _describe_debts(
    debts: Sequence[DraftingDebt], user: User, today: date
) -> list[OwedWords]:
    """Two queries, none without debts on clauses."""
    clauses = [debt.clause for debt in debts]
    standing = find_cited_clauses([str(each.uuid) for each in clauses if each])
    return [_describe_debt(debt, user, today, standing) for debt in debts]


def _describe_debt(
    debt: DraftingDebt, user: User, today: date, standing: Mapping[str, CitedClause]
) -> OwedWords:
    entry = debt.comments[0].entry
    due = debt.disposition.due
    citation = cite_in_section(entry)
    stands_at = tell_retired(debt)
    now = standing.get(str(debt.clause.uuid)) if debt.clause else None
    if now is not None and not stands_at:
        name = f"{clause_name(now.entry)} {now.section.title}"
        if debt.has_moved:
            stands_at = f"รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ {name}"
        elif name.split() != citation.split():
            stands_at = f"ขณะนี้อยู่ที่ {name}"
    elif debt.has_moved and debt.section is not None:
        stands_at = f"รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ {debt.section.title}"
    return OwedWords(
        debt,
        citation=citation,
        stands_at=stands_at,
        url=promised_words_url(debt),
        is_mine=debt.disposition.assignee_id == user.pk,
        is_overdue=due is not None and due < today,
    )


def _describe_answers(answers: Sequence[Answer]) -> list[LateDecision]:
    """No query, one for each generation where what was commented on left the manual."""
    survivors = find_survivors(
        answer.comment.entry.clause for answer in answers if answer.comment.entry.clause
    )
    return [_describe_answer(answer, survivors) for answer in answers]


def _describe_answer(
    answer: Answer, survivors: Mapping[int, Sequence[Clause]]
) -> LateDecision:
    entry = answer.comment.entry
    clause = where_written(entry.clause, survivors) if entry.clause else None
    return LateDecision(
        answer,
        cite_in_section(entry),
        desk_url(answer.comment),
        clause_writing_url(clause) if clause else draft_place_url(entry, None),
    )


def tell_unsaved(user: User) -> str:
    """To who signs out: how much they left unsaved, with the way back to it. One query."""
    number = len(find_buffers_of(user))
    if not number:
        return ""
    back = reverse("sign-in", query={"next": f"{reverse('drafting')}#unsaved"})
    return format_html(
        "ออกจากระบบแล้ว ร่างที่ท่านพิมพ์ค้างไว้ {}\u00a0รายการยังอยู่ครบ "
        '<a href="{}">เข้าสู่ระบบเพื่อเขียนต่อ</a>',
        number,
        back,
    )
