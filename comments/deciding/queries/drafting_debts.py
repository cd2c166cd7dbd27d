"""Promises to draft: dispositions that accepted a comment and whose change of words is still owed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.models import WorkGroup
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import (
    Clause,
    ClauseChange,
    ClauseLineage,
    Retirement,
    Section,
    SectionLineage,
)
from manuals.models.section_survivors import find_section_survivors, find_standing_kin
from manuals.models.survivors import find_survivors, stands, where_written

from ...models import Answer, ChangeCause, Comment, Disposition
from ...standing.queries.fallen_words import Fall, judge_causes


@dataclass(frozen=True, slots=True)
class DraftingDebt:
    """A disposition whose draft is still owed, with the comments it answers now. `clauses_now` and `sections_now` are
    those that have the words of what left the manual, by the id of what left; `kin_now` may have to keep what was
    promised of a section whose words are nowhere."""

    disposition: Disposition
    comments: list[Comment]
    clauses_now: Mapping[int, Sequence[Clause]] = field(default_factory=dict)
    sections_now: Mapping[int, Sequence[Section]] = field(default_factory=dict)
    kin_now: Mapping[int, Sequence[Section]] = field(default_factory=dict)

    @property
    def clause(self) -> Clause | None:
        """Where it is written now: in the clause of the first comment, or in the one that has its words."""
        clause = self.comments[0].entry.clause
        return None if clause is None else where_written(clause, self.clauses_now)

    @property
    def section(self) -> Section | None:
        """Where that clause, or what is written of a whole section, stands; None for a whole manual."""
        if self.clause is not None:
            return self.clause.section
        section = self.comments[0].entry.section
        if section is None:
            return None
        return next(iter(self.sections_now.get(section.pk, ())), section)

    @property
    def retirement(self) -> Retirement | None:
        """Of the clause or section, where it left the manual and nothing has its words."""
        if self.section is not None and self.section.retired is not None:
            return self.section.retired
        return None if self.clause is None else self.clause.retired

    @property
    def has_moved(self) -> bool:
        """Whether what the first comment is about was joined into something else, or divided and left."""
        entry = self.comments[0].entry
        if entry.clause is not None:
            return self.clause != entry.clause
        return self.section != entry.section

    def is_written_in(self, section: Section) -> bool:
        """Whether one of its comments is about the section, a clause of it, what came into it, or its whole manual."""
        for comment in self.comments:
            entry = comment.entry
            if entry.clause is not None:
                clauses = [entry.clause, *self.clauses_now.get(entry.clause.pk, ())]
                if section.pk in {clause.section_id for clause in clauses}:
                    return True
            elif entry.section is not None:
                pk = entry.section.pk
                sections = self.sections_now.get(pk, ()) or self.kin_now.get(pk, ())
                if section in (entry.section, *sections):
                    return True
            elif entry.manual_id == section.manual_id:
                return True
        return False


def find_drafting_debts(
    comments: QuerySet[Comment] | None = None,
) -> list[DraftingDebt]:
    """All debts, or those that answer one of `comments`; with assignee and the comments' entry (section, words,
    manual, group, its clause where that stands now, and who retired it), office and hearing. A promise of whose words
    nothing stands is owed again. Two queries, one where nothing is promised; those of judge_causes where a promise was
    kept, and one more for each generation where what they are about left the manual."""
    return _load_debts(find_owed(comments))


def find_debts_of_section(
    section: Section, at: datetime | None = None
) -> list[DraftingDebt]:
    """The same of comments on the section or a clause that stands in it, on what was joined into these, and of comments
    on its whole manual. Those that were owed as the draft stood at `at`, where an act since then may have kept them."""
    promises = _find_promises_of_section(section.pk, section.manual_id)
    debts = _load_debts(_leave_owed(promises, at))
    return [debt for debt in debts if debt.is_written_in(section)]


def complete_debt(
    disposition: Disposition, comments: Iterable[Comment]
) -> DraftingDebt:
    """With where its words are written. The comments come with their entries' clauses and sections. No query, one for
    each generation where these left the manual."""
    [debt] = _find_places([DraftingDebt(disposition, list(comments))])
    return debt


@kept_statement
def _find_promises_of_section(section_id: int, manual_id: int) -> QuerySet[Disposition]:
    """And those of whatever was joined to something, wherever: they are few."""
    in_section = Q(entry__section=section_id, entry__clause=None)
    of_manual = Q(entry__manual=manual_id, entry__section=None)
    lines = ClauseLineage.objects.filter(from_clause=OuterRef("entry__clause"))
    section_lines = SectionLineage.objects.filter(
        from_section=OuterRef("entry__section")
    )
    clause_is_gone = Q(entry__clause__retired__isnull=False)
    section_is_gone = Q(entry__section__retired__isnull=False)
    return _find_promises(
        Comment.objects.filter(
            Q(entry__clause__section=section_id)
            | in_section
            | of_manual
            | clause_is_gone & Exists(lines)
            | Q(entry__clause=None) & section_is_gone & Exists(section_lines)
        )
    )


def find_owed(comments: QuerySet[Comment] | None = None) -> list[Disposition]:
    """The dispositions of find_drafting_debts."""
    return _leave_owed(_find_promises(comments))


def find_owed_of(disposition_ids: list[int]) -> set[int]:
    """Those of these promises that are owed. No query without promises."""
    if not disposition_ids:
        return set()
    promises = _find_promises().filter(is_any_of("pk", disposition_ids))
    return {disposition.pk for disposition in _leave_owed(promises)}


def _find_promises(
    comments: QuerySet[Comment] | None = None,
) -> QuerySet[Disposition]:
    """With `made_for_it`, the ids of the causes by which they were kept: what was carried from an answer of before was
    there when the promise was given, and keeps none."""
    of_interest = Answer.objects.filter(current=True, disposition=OuterRef("pk"))
    if comments is not None:
        of_interest = of_interest.filter(comment__in=comments)
    kept_by = ChangeCause.objects.filter(
        carried_from__isnull=True, disposition=OuterRef("pk")
    )
    promises = Disposition.objects.filter(
        Exists(of_interest), effect=Disposition.Effect.TO_DRAFT
    )
    promises = promises.annotate(made_for_it=ArraySubquery(kept_by.values("pk")))
    return promises.select_related("assignee").order_by("pk")


def _leave_owed(
    promises: Iterable[Disposition], at: datetime | None = None
) -> list[Disposition]:
    """Those that nothing was made for, or of which nothing stands, and some of it was lost without a decision."""
    rows = list(promises)
    causes = {row.pk: set(getattr(row, "made_for_it", ())) for row in rows}
    fallen = judge_causes(set().union(*causes.values()), at).fallen
    owed = []
    for row in rows:
        falls = {fallen.get(pk) for pk in causes[row.pk]}
        if not falls or (None not in falls and Fall.LOST in falls):
            owed.append(row)
    return owed


def _load_debts(dispositions: Iterable[Disposition]) -> list[DraftingDebt]:
    """With the comments that they answer. One query, none without; those of _find_places."""
    debts = {}
    for disposition in dispositions:
        debts[disposition.pk] = DraftingDebt(disposition, [])
    if not debts:
        return []
    answers = Answer.objects.filter(current=True, disposition__in=list(debts))
    answers = answers.select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__section__retired__by",
        "comment__entry__clause__section__manual",
        "comment__entry__clause__section__retired__by",
        "comment__entry__clause__retired__by",
        "comment__entry__blob",
        "comment__office",
        "comment__session__hearing",
    )
    for answer in answers.order_by("comment_id"):
        debts[answer.disposition_id].comments.append(answer.comment)
    return _find_places(debts.values())


def _find_places(debts: Iterable[DraftingDebt]) -> list[DraftingDebt]:
    rows = list(debts)
    entries = [comment.entry for debt in rows for comment in debt.comments]
    clauses = find_survivors(entry.clause for entry in entries if entry.clause)
    whole = [
        entry.section
        for entry in entries
        if entry.section is not None and entry.clause_id is None
    ]
    sections = find_section_survivors(whole)
    kin = find_standing_kin(
        each for each in whole if not stands(each) and each.pk not in sections
    )
    return [
        replace(debt, clauses_now=clauses, sections_now=sections, kin_now=kin)
        for debt in rows
    ]


def find_later_changes(
    debts: Sequence[DraftingDebt], group: WorkGroup | None
) -> list[ClauseChange]:
    """Changes of the group's words since the first of these promises that no disposition has caused yet, the newest
    first. One query, none without debts."""
    if not debts:
        return []
    since = min(debt.disposition.decided_at for debt in debts)
    changes = ClauseChange.objects.filter(
        clause__section__manual__work_group=group,
        causes__isnull=True,
        revision__date_created__gte=since,
    )
    return list(
        changes.select_related(
            "revision", "clause__section", "to_blob", "from_blob"
        ).order_by("-pk")
    )


def changes_that_may_keep(
    debt: DraftingDebt, changes: Sequence[ClauseChange]
) -> list[ClauseChange]:
    """Those made after the promise in the process of one of its comments, or where its clause or its words stand now;
    for a comment on the whole manual, anywhere in the manual."""
    section_ids = {comment.entry.section_id for comment in debt.comments}
    is_about_manual = None in section_ids
    fitting = []
    for change in changes:
        is_later = change.revision.date_created >= debt.disposition.decided_at
        section = change.clause.section
        is_in_process = section.pk in section_ids or debt.is_written_in(section)
        is_in_process |= is_about_manual
        if is_later and is_in_process:
            fitting.append(change)
    return fitting
