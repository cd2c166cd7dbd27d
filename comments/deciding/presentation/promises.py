"""The promises to draft, as the editor offers them: a change of words that keeps one closes it in the same act."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_date
from manuals.content import Content
from manuals.drafting.part_kinds import kinds_of_part
from manuals.drafting.promises import Promise, PromisedWords
from manuals.drafting.step_table import STEP_PART
from manuals.drafting.told_words import load_told_words
from manuals.models import ClauseChange, Section
from manuals.reading.told_words import ToldWords
from manuals.wording import stored_content

from ...citations import cite_entry
from ...models import Amendment, Comment, Disposition
from ..queries.drafting_debts import DraftingDebt, find_drafting_debts
from ..queries.proposals import choose_current_amendment
from ..services.clearing_debts import clear_drafting_debt
from ..services.ruling import DecisionRefused
from .writing import clause_writing_url, draft_place_url

LETTERS_SHOWN = 60


def promised_words_url(debt: DraftingDebt) -> str:
    """Where promised words are written in the working draft: in the clause that was commented on, wherever it stands
    by now, or in a new one behind it where something is to be added; a clause that is to go is left out on a page of
    its own. Rows of the table of steps are written in the table."""
    comment = debt.comments[0]
    entry = comment.entry
    clause = entry.clause
    asked = {"promise": str(debt.disposition.pk)}
    if clause is None:
        return draft_place_url(entry, None, asked)
    if clause.part == STEP_PART:
        return clause_writing_url(clause, asked=asked)
    if comment.type == Comment.Type.DELETE and comment.span_start is None:
        return clause_writing_url(clause, "clause-retire", asked)
    if comment.type != Comment.Type.ADD:
        return clause_writing_url(clause, asked=asked)
    section = clause.section
    place = {
        "part": str(clause.part),
        "kind": kinds_of_part(clause.part)[0],
        "after": str(clause.uuid),
    }
    new = reverse("clause-new", args=[section.manual.key, section.uuid])
    return f"{new}?{urlencode({**place, **asked})}"


class DraftingPromises:
    """Those of comments on the section or a clause that stands in it, and of comments on its whole manual."""

    def find(self, section: Section) -> Sequence[Promise]:
        of_manual = Q(entry__manual=section.manual_id)
        in_section = Q(entry__section=section, entry__clause=None)
        of_section = Comment.objects.filter(
            Q(entry__clause__section=section)
            | of_manual & (in_section | Q(entry__section=None))
        )
        debts = find_drafting_debts(of_section)
        debts.sort(key=lambda debt: debt.disposition.due or date.max)
        proposed = _find_proposed(debts)
        bodies = [content.body for content in proposed.values() if content is not None]
        told = load_told_words(bodies)
        return [_describe(debt, proposed, told, section) for debt in debts]

    def keep(self, key: str, changes: Sequence[ClauseChange], *, by: User) -> None:
        """The changes of the very clauses that the comments are about, where there are some; else all of the act."""
        touched = {change.clause.section for change in changes}
        for change in changes:
            if change.from_section is not None:  # a clause that was moved away
                touched.add(change.from_section)
        offered: set[str] = set()
        for section in touched:
            offered.update(promise.key for promise in self.find(section))
        if key not in offered:
            raise DecisionRefused(
                "เรื่องที่เลือกยกร่างแล้วหรือไม่ได้รอยกร่าง โปรดเลือกจากรายการอีกครั้ง",
                field="promise",
            )
        disposition = Disposition.objects.get(pk=int(key))
        about = set(
            Comment.objects.filter(
                answers__disposition=disposition, answers__current=True
            )
            .exclude(type=Comment.Type.ADD)
            .values_list("entry__clause", flat=True)
        )
        keeping = [change for change in changes if change.clause_id in about] or list(
            changes
        )
        for change in keeping:
            clear_drafting_debt(disposition, change, by=by)


def _describe(
    debt: DraftingDebt,
    proposed: Mapping[int, Content | None],
    told: ToldWords,
    section: Section,
) -> Promise:
    comment = debt.comments[0]
    text = comment.text[:LETTERS_SHOWN]
    due = debt.disposition.due
    until = f" ภายใน {be_date(due)}" if due else ""
    behind = None
    if comment.type == Comment.Type.ADD and comment.entry.clause_id is not None:
        behind = comment.entry.uuid
    asked_for = []
    for said in debt.comments:
        name = f"ความคิดเห็นเลขที่ {said.pk} {cite_entry(said.entry)} {said.get_type_display()}: {said.text}"
        asked_for.append(PromisedWords(name, proposed.get(said.pk), told, section.pk))
    return Promise(
        str(debt.disposition.pk),
        f"ความคิดเห็นเลขที่ {comment.pk}: {text}{until}",
        asked_for=asked_for,
        behind=behind,
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
