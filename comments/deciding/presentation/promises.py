"""The promises to draft, as the editor offers them: a change of words that keeps one closes it in the same act."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined
from hearing_portal.thai.shortening import shorten
from manuals.content import Content
from manuals.drafting.part_kinds import kinds_of_part
from manuals.drafting.promises import Promise, PromisedWords
from manuals.drafting.queries.references import find_cited_clauses
from manuals.drafting.step_table import STEP_PART
from manuals.drafting.told_words import load_told_words
from manuals.models import Clause, ClauseChange, Section
from manuals.models.survivors import find_survivors
from manuals.reading.names import clause_name
from manuals.reading.told_words import ToldWords, referring_text_of
from manuals.wording import stored_content

from ...citations import cite_entry
from ...models import Amendment, Comment, Disposition
from ..queries.drafting_debts import DraftingDebt, find_debts_of_section
from ..queries.lost_words import find_lost_words_of_section
from ..queries.proposals import choose_current_amendment
from ..services.clearing_debts import bring_words_back, clear_drafting_debt
from ..services.ruling import DecisionRefused
from .lost_words import promise_lost_words
from .writing import clause_writing_url, draft_place_url

LETTERS_SHOWN = 60


def promised_words_url(debt: DraftingDebt) -> str:
    """Where promised words are written in the working draft: in the clause that was commented on, wherever it stands
    by now, in the one that has its words where it was joined to another, or in a new one behind it where something is
    to be added; a clause that is to go is left out on a page of its own, one that has its words by writing in it. Rows
    of the table of steps are written in the table."""
    comment = debt.comments[0]
    clause = debt.clause
    asked = {"promise": str(debt.disposition.pk)}
    if debt.retirement is not None and _is_to_go(debt):
        group = reverse("group-answers", args=[comment.entry.manual.key])
        hearing = urlencode({"hearing": comment.session.hearing.key})
        return f"{group}?{hearing}#debts"
    if clause is None:
        return draft_place_url(comment.entry, None, asked, section=debt.section)
    section = clause.section
    is_gone = clause.retired is not None and section.retired is None
    if clause.part == STEP_PART:
        if is_gone:
            args = [section.manual.key, section.uuid]
            return f"{reverse('step-table', args=args)}?{urlencode(asked)}"
        return clause_writing_url(clause, asked=asked)
    if _is_to_go(debt) and not debt.has_moved:
        return clause_writing_url(clause, "clause-retire", asked)
    if comment.type != Comment.Type.ADD:
        return clause_writing_url(clause, asked=asked)
    place = {"part": str(clause.part), "kind": kinds_of_part(clause.part)[0].value}
    if not is_gone:
        place["after"] = str(clause.uuid)
    new = reverse("clause-new", args=[section.manual.key, section.uuid])
    return f"{new}?{urlencode({**place, **asked})}"


def _is_to_go(debt: DraftingDebt) -> bool:
    """Whether the clause or section was to leave as a whole."""
    comment = debt.comments[0]
    return comment.type == Comment.Type.DELETE and comment.span_start is None


def name_writing(debt: DraftingDebt) -> str:
    """What the way there is called."""
    if debt.retirement is not None:
        return "บันทึกว่ายกร่างแล้ว" if _is_to_go(debt) else "เรียกคืนหรือยกร่างใหม่"
    if not debt.has_moved:
        return "ยกร่าง"
    what = "กระบวนงาน" if debt.clause is None else "ข้อ"
    return f"ยกร่างใน{what}ที่รับถ้อยคำไว้"


def tell_retired(debt: DraftingDebt) -> str:
    """That what it is about left the manual, when, by whom and why; "" where it stands, or something has its words."""
    retirement = debt.retirement
    if retirement is None:
        return ""
    left = "ข้อนี้ยกเลิกแล้วในร่าง"
    if debt.section is not None and debt.section.retired is not None:
        left = "กระบวนงานนี้ยกเลิกแล้วในร่าง"
        if not debt.section.is_process:
            left = "หมวดนี้ยกเลิกแล้วในร่าง"
    by = joined(f"{be_date(retirement.at)} โดย", retirement.by.get_full_name())
    return f"{left} {by} เหตุผล: {retirement.reason}"


class DraftingPromises:
    """Those of comments on the section or a clause that stands in it, on what was joined into these, and of comments on
    its whole manual; and the adopted words that were written there and are lost."""

    def find(self, section: Section) -> Sequence[Promise]:
        debts = find_debts_of_section(section)
        debts.sort(key=lambda debt: debt.disposition.due or date.max)
        proposed = _find_proposed(debts)
        told = load_told_words(map(referring_text_of, proposed.values()))
        moved = _tell_moved(debts)
        promises = [_describe(debt, proposed, told, moved, section) for debt in debts]
        return [*promises, *promise_lost_words(section)]

    def keep(self, key: str, changes: Sequence[ClauseChange], *, by: User) -> None:
        """The changes of the very clauses that the comments are about, or that have the words of these, and of what is
        split off from them, where there are some; else all of the act."""
        touched = {change.clause.section for change in changes}
        for change in changes:
            if change.from_section is not None:  # a clause that was moved away
                touched.add(change.from_section)
        # As the draft stood when it was offered: the act may say the very words that were there once
        before = changes[0].revision.date_created - timedelta(microseconds=1)
        for section in touched:
            for debt in find_debts_of_section(section, before):
                if key == str(debt.disposition.pk):
                    _keep_promise(debt.disposition, changes, by)
                    return
            for lost in find_lost_words_of_section(section, before):
                if key == lost.key:
                    about = {lost.change.clause_id, lost.clause.pk}
                    for change in _choose_keeping(changes, about):
                        bring_words_back(lost.cause, change, by=by)
                    return
        raise DecisionRefused(
            "เรื่องที่เลือกยกร่างแล้วหรือไม่ได้รอยกร่าง โปรดเลือกจากรายการอีกครั้ง",
            field="promise",
        )


def _keep_promise(
    disposition: Disposition, changes: Sequence[ClauseChange], by: User
) -> None:
    for change in _choose_keeping(changes, _find_clauses_about(disposition)):
        clear_drafting_debt(disposition, change, by=by)


def _choose_keeping(
    changes: Sequence[ClauseChange], about: Collection[int]
) -> list[ClauseChange]:
    keeping = []
    for change in changes:
        # What was split off from such a clause has its words as well
        if change.clause_id in about or change.kind == ClauseChange.Kind.SPLIT:
            keeping.append(change)
    return keeping or list(changes)


def _find_clauses_about(disposition: Disposition) -> set[int]:
    """Ids of the clauses that the comments want to change, and of those that have their words by now."""
    comments = Comment.objects.filter(
        answers__disposition=disposition,
        answers__current=True,
        entry__clause__isnull=False,
    ).exclude(type=Comment.Type.ADD)
    clauses = list(
        Clause.objects.select_related("section").filter(
            pk__in=comments.values("entry__clause")
        )
    )
    about = {clause.pk for clause in clauses}
    for survivors in find_survivors(clauses).values():
        about.update(clause.pk for clause in survivors)
    return about


def _tell_moved(debts: Sequence[DraftingDebt]) -> dict[int, str]:
    """{a clause that left: where its words are, in words}. Two queries, none where none left."""
    clauses: dict[int, Clause] = {}
    for debt in debts:
        for clause_id, survivors in debt.clauses_now.items():
            clauses[clause_id] = survivors[0]
    if not clauses:
        return {}
    standing = find_cited_clauses([str(clause.uuid) for clause in clauses.values()])
    moved = {}
    for clause_id, clause in clauses.items():
        now = standing.get(str(clause.uuid))
        if now is not None:
            moved[clause_id] = f"ข้อนี้รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่{clause_name(now.entry)}"
    return moved


def _describe(
    debt: DraftingDebt,
    proposed: Mapping[int, Content | None],
    told: ToldWords,
    moved: Mapping[int, str],
    section: Section,
) -> Promise:
    comment = debt.comments[0]
    text = shorten(comment.text, LETTERS_SHOWN)
    due = debt.disposition.due
    until = f" ภายใน {be_date(due)}" if due else ""
    retired = tell_retired(debt)
    behind = None
    if comment.type == Comment.Type.ADD and comment.entry.clause_id is not None:
        behind = debt.clause.uuid if debt.clause else comment.entry.uuid
    asked_for = []
    for said in debt.comments:
        entry = said.entry
        name = f"ความคิดเห็นเลขที่ {said.pk} {cite_entry(entry)} {said.get_type_display()}: {said.text}"
        if entry.clause is not None and entry.clause.pk in moved:
            name = f"{name}\n{moved[entry.clause.pk]}"
        asked_for.append(PromisedWords(name, proposed.get(said.pk), told, section.pk))
    return Promise(
        str(debt.disposition.pk),
        f"ความคิดเห็นเลขที่ {comment.pk}: {text}{until}"
        + (f" ({retired})" if retired else ""),
        asked_for=asked_for,
        behind=behind,
        is_of_manual=all(each.entry.section_id is None for each in debt.comments),
        url=promised_words_url(debt),
    )


def _find_proposed(debts: Sequence[DraftingDebt]) -> dict[int, Content | None]:
    """{comment: the words it proposes now}. One query, none without debts."""
    comments = {}
    for debt in debts:
        for comment in debt.comments:
            comments[comment.pk] = comment
    if not comments:
        return {}
    amendments: dict[int, list[Amendment]] = {}
    for amendment in Amendment.objects.filter(comment__in=comments).order_by("pk"):
        if amendment.comment_id is not None:
            amendments.setdefault(amendment.comment_id, []).append(amendment)
    proposed = {}
    for comment_id, made in amendments.items():
        current = choose_current_amendment(comments[comment_id], made)
        if current is not None:
            proposed[comment_id] = stored_content(current.proposed)
    return proposed
