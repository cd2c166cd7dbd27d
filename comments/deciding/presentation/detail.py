"""One comment as the desk sees it: what was said and proposed, what was advised and decided, what may be done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Self

from django.urls import reverse

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Clause
from manuals.permissions import can_edit_draft
from manuals.reading.told_words import tell_edition_words
from manuals.wording import Redline, named_redlines

from ...advising.queries import find_requests_about
from ...commenting.presentation.cards import (
    Chip,
    CommentCard,
    CommentViewer,
    make_cards,
)
from ...commenting.presentation.status import say_kept_promise
from ...merging import is_outdated
from ...models import (
    AdviceRequest,
    Amendment,
    Comment,
    Disposition,
    Objection,
    Recommendation,
)
from ...permissions import (
    can_confirm,
    can_decide,
    can_moderate,
    can_recommend,
    may_record_for_others,
)
from ...tallies import OfficeTallies, tally_offices_by_entry
from ..forms.sharing import seen_value
from ..queries.drafting_debts import complete_debt
from ..queries.grouped import NO_FELLOWS, Fellows, find_fellows
from ..queries.lost_words import find_dispositions_with_lost_words, find_lost_words
from ..queries.proposals import choose_current_amendment, find_live_clause
from ..queries.recommendations import find_recommendations
from ..queries.refusals import find_current_answers
from .blockers import WritingWay
from .covering import CoveringClause, load_covering
from .lost_words import LOST, lost_words_url
from .objections import objection_to_weigh
from .promises import name_writing, promised_words_url
from .refusals import shown_value
from .writing import find_writing_way

Outcome = Disposition.Outcome


@dataclass(frozen=True, slots=True)
class DeskRights:
    """What the person at the desk may do with comments of the group, and whether with this one's disposition."""

    moderate: bool
    recommend: bool
    decide: bool
    record: bool
    confirm: bool = False

    @property
    def act_on_several(self) -> bool:
        return self.moderate or self.decide

    @classmethod
    def of(
        cls, user: User, group: WorkGroup | None, disposition: Disposition | None = None
    ) -> Self:
        confirm = False
        if disposition is not None and disposition.needs_confirmation:
            confirm = can_confirm(user, disposition, group)
        return cls(
            moderate=can_moderate(user, group),
            recommend=can_recommend(user, group),
            decide=can_decide(user, group),
            record=may_record_for_others(user, group),
            confirm=confirm,
        )


class Advice(NamedTuple):
    """What a facilitator or an expert advises, or what is asked of an expert, in words, and who."""

    text: str
    at: datetime
    icon: str = "signpost-split"
    recall_url: str = ""  # where the reader takes back what they asked


@dataclass(frozen=True, slots=True)
class CommentDetail:
    """`clause` is the live one the proposal is about, with the lock_version that an adoption must name."""

    card: CommentCard
    tallies: OfficeTallies
    rights: DeskRights
    disposition: Disposition | None = None
    kept: str = ""  # that promised words are written
    has_lost_words: bool = False  # adopted by it, and in the draft no more
    covering: CoveringClause | None = None  # what settles the matter already
    amendment: Amendment | None = None
    clause: Clause | None = None
    objection: Objection | None = None
    recommendations: list[Recommendation] = field(default_factory=list)
    advice_requests: list[AdviceRequest] = field(default_factory=list)  # that wait
    reader_id: int = 0

    @property
    def comment(self) -> Comment:
        return self.card.comment

    @property
    def words(self) -> str:
        """What the comment is about, as its edition says it. One query where it refers to a clause."""
        entry = self.comment.entry
        return tell_edition_words([entry])[entry.pk]

    @property
    def fellows(self) -> Fellows:
        """Those put together with it that wait for the same answer. Four queries, one where there are none."""
        return find_fellows([self.comment.pk]).get(self.comment.pk, NO_FELLOWS)

    @property
    def has_desk(self) -> bool:
        """Whether its reader works at the desk it lies at, and does not only advise there."""
        return self.rights.act_on_several

    @property
    def disposition_to_read(self) -> Disposition | None:
        """What is decided, for who works at the desk; who only advises there reads it once it is published."""
        disposition = self.disposition
        if disposition is None or self.has_desk:
            return disposition
        return disposition if disposition.publication_id is not None else None

    @property
    def seen_decision(self) -> str:
        """How a form beside it says which decision was shown."""
        return seen_value(self.comment.uuid, self.disposition)

    @property
    def clause_way(self) -> WritingWay | None:
        """Where all that waits on its clause is decided together, or what became of one that left the draft; None where
        it is about no clause, or decided. One query."""
        entry = self.comment.entry
        if not self.may_decide or self.disposition is not None:
            return None
        clause = self.clause or find_live_clause(entry.clause_id)
        if clause is None:
            return None
        if clause.retired_id is not None:
            section = clause.section
            args = [section.manual.key, section.uuid, clause.uuid]
            page = reverse("clause-edit", args=args)
            return WritingWay(page, "ข้อนี้ยกเลิกแล้วในร่าง ดูถ้อยคำและที่ไป")
        page = reverse("clause-bench", args=[entry.uuid])
        return WritingWay(f"{page}?comment={self.comment.uuid}", "ปรับถ้อยคำของข้อนี้")

    @property
    def is_reply(self) -> bool:
        return self.comment.parent_id is not None

    @property
    def is_outdated(self) -> bool:
        """The clause says something else now than when the proposal was written."""
        if self.amendment is None or self.clause is None:
            return False
        return is_outdated(self.amendment, self.clause)

    @property
    def is_withdrawn(self) -> bool:
        return (
            self.disposition is not None
            and self.disposition.outcome == Outcome.WITHDRAWN
        )

    @property
    def is_settled(self) -> bool:
        """Withdrawn, or published and not objected to: nothing can be decided any more."""
        is_published = (
            self.disposition is not None and self.disposition.publication_id is not None
        )
        return self.is_withdrawn or (is_published and not self.has_open_objection)

    @property
    def has_open_objection(self) -> bool:
        return self.objection is not None and self.objection.answered_by_id is None

    @property
    def objection_to_weigh(self) -> Objection | None:
        return objection_to_weigh(self.comment, self.disposition)

    @property
    def chips(self) -> list[Chip]:
        """What the desk is told of the comment at its head."""
        chips = [Chip("ตอบความคิดเห็น")] if self.is_reply else self.card.subject_chips
        if self.card.is_recorded:
            chips.append(Chip(self.comment.get_channel_display()))
        return chips

    @property
    def advice(self) -> list[Advice]:
        """The recommendation, and beside it what each expert advises: the latest of each stands, those before it are
        told as such. Then what is asked and not answered."""
        recommended: list[Advice] = []
        advised: list[Advice] = []
        advisers = set()
        for row in self.recommendations:
            if row.is_of_facilitator:
                title = "ข้อเสนอก่อนหน้า" if recommended else "ผลที่เสนอ"
                recommended.append(Advice(_say_advice(title, row), row.at))
                continue
            title = f"คำแนะนำของ{row.get_role_display()}"
            if row.by_id in advisers:
                title = f"คำแนะนำก่อนหน้าของ{row.get_role_display()}"
            advisers.add(row.by_id)
            advised.append(Advice(_say_advice(title, row), row.at, "person"))
        asked = [_say_request(each, self.reader_id) for each in self.advice_requests]
        return [*recommended, *advised, *asked]

    @property
    def shown_refusal(self) -> str:
        """How the form of the second person says that this comment was shown with its refusal; "" where the refusal
        answers others too, which are read on a page of their own. One query."""
        if self.disposition is None:
            return ""
        answers = find_current_answers([self.disposition])[self.disposition.pk]
        if list(answers) != [self.comment.pk]:
            return ""
        return shown_value(self.disposition.pk, list(answers.values()))

    @property
    def effect_words(self) -> str:
        """What the answer did to the words, or will; "" for one that does nothing to them."""
        if (
            self.disposition is None
            or self.disposition.effect == Disposition.Effect.NONE
        ):
            return ""
        if self.has_lost_words:
            return f"{LOST} โปรดแก้ไขตามผลอีกครั้ง หรือเปลี่ยนผลการพิจารณา"
        return self.kept or str(self.disposition.get_effect_display())

    @property
    def disposition_state(self) -> str:
        """What still has to happen to the answer, in words."""
        disposition = self.disposition
        if disposition is None:
            return ""
        state = "รอเผยแพร่"
        if disposition.publication_id is not None:
            state = "เผยแพร่แล้ว"
        elif disposition.needs_confirmation:
            state = "รอผู้ยืนยันคนที่สอง"
        if disposition.confirmed_at is None:
            return state
        return f"{state} · ยืนยันแล้ว"

    @property
    def why_settled(self) -> str:
        """Why nothing can be decided here, for the page of the ruling."""
        if self.is_reply:
            return "ความคิดเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง"
        if self.is_withdrawn:
            return "ผู้เสนอถอนความคิดเห็นนี้แล้ว"
        return "ผลเผยแพร่แล้วและไม่มีคำขอทบทวน จึงเปลี่ยนไม่ได้"

    @property
    def proposals(self) -> list[Redline]:
        """The proposed words, each under its name; the only field under what it is."""
        return named_redlines(self.card.proposals, "ถ้อยคำที่เสนอ")

    @property
    def proposals_at_desk(self) -> list[Redline]:
        name = "ถ้อยคำที่เสนอ"
        if self.comment.type == Comment.Type.ADD:
            name = "ถ้อยคำที่ขอเพิ่ม"
        return named_redlines(self.card.proposals, name)

    @property
    def adopt_label(self) -> str:
        if self.comment.type == Comment.Type.DELETE:
            return "เห็นชอบและตัดข้อนี้"
        if self.comment.type == Comment.Type.ADD:
            return "เห็นชอบและเพิ่มข้อ"
        return "เห็นชอบและแก้ถ้อยคำ"

    @property
    def may_enter_overlap(self) -> bool:
        """Whether the way into the overlap register stands beside it."""
        is_of_overlap = self.comment.issue_class == Comment.IssueClass.OVERLAP
        return is_of_overlap and not self.is_reply and self.rights.act_on_several

    @property
    def may_decide(self) -> bool:
        return self.rights.decide and not self.is_reply and not self.is_settled

    @property
    def may_ask_advice(self) -> bool:
        """Whether experts, who read what is shown, may be asked about it."""
        is_shown = not self.comment.is_held and not self.comment.is_hidden
        return self.has_desk and is_shown and not self.is_reply and not self.is_settled

    @property
    def may_note(self) -> bool:
        """Whether one press settles it: it only agrees, and nothing is decided yet."""
        return (
            self.may_decide
            and self.comment.type == Comment.Type.AGREE
            and self.disposition is None
        )

    @property
    def opens_ruling(self) -> bool:
        """Whether the ruling is the way to settle it: neither adopting nor noting does."""
        return not self.may_adopt and not self.may_note

    @property
    def may_adopt(self) -> bool:
        """Whether the proposal's words can go into the clause: it stands, and they are not in it already."""
        if (
            not self.may_decide
            or self.clause is None
            or self.clause.retired_id is not None
        ):
            return False
        is_adopted = (
            self.disposition is not None
            and self.disposition.effect == Disposition.Effect.CHANGED
        )
        return not is_adopted or self.has_open_objection


def _say_advice(title: str, row: Recommendation) -> str:
    words = f"{title}: {row.get_outcome_display()} โดย {row.by.get_full_name()}"
    return f"{words} เหตุผล: {row.reason}" if row.reason else words


def _say_request(request: AdviceRequest, reader_id: int) -> Advice:
    words = f"รอคำแนะนำของ {request.asked.get_full_name()}"
    if request.question:
        words = f"{words} เรื่องที่ขอ: {request.question}"
    recall_url = ""
    if request.by_id == reader_id:
        recall_url = reverse("advice-recall", args=[request.pk])
    return Advice(words, request.at, "person", recall_url)


def load_detail(
    comment: Comment, user: User, tallies: OfficeTallies | None = None
) -> CommentDetail:
    """From a row of `find_comment_at_desk`. Eight queries, one more without the tallies, those of load_covering."""
    [card] = make_cards([comment], CommentViewer(user))
    disposition = None
    kept = ""
    for answer in comment.shown_answers:
        if answer.current:
            disposition = answer.disposition
            kept = say_kept_promise(answer)
    amendment = choose_current_amendment(comment, comment.shown_amendments)
    if tallies is None:
        tallies_by_entry = tally_offices_by_entry([comment.entry_id])
        tallies = tallies_by_entry.get(comment.entry_id, OfficeTallies())
    return CommentDetail(
        card,
        tallies,
        DeskRights.of(user, comment.entry.manual.work_group, disposition),
        disposition=disposition,
        kept=kept,
        has_lost_words=_has_lost_words(disposition),
        covering=load_covering(disposition, user),
        amendment=amendment,
        clause=find_live_clause(amendment.clause_id if amendment else None),
        objection=getattr(comment, "objection", None),
        recommendations=find_recommendations(comment.pk),
        advice_requests=find_requests_about(comment),
        reader_id=user.pk,
    )


def _has_lost_words(disposition: Disposition | None) -> bool:
    """One query, none for a decision that changes no words."""
    if disposition is None or disposition.effect == Disposition.Effect.NONE:
        return False
    return bool(find_dispositions_with_lost_words([disposition.pk]))


def find_way_into_draft(detail: CommentDetail, user: User) -> WritingWay | None:
    """To where what the comment is about stands in the draft: where promised words are written, and lost ones again,
    else as find_writing_way. One query where the comment proposes nothing, and those of find_lost_words."""
    entry = detail.comment.entry
    clause = detail.clause or find_live_clause(entry.clause_id)
    disposition = detail.disposition
    is_owed = (
        disposition is not None
        and disposition.effect == Disposition.Effect.TO_DRAFT
        and not detail.kept
    )
    if (
        disposition is not None
        and is_owed
        and can_edit_draft(user, entry.manual.work_group)
    ):
        entry.clause = clause
        debt = complete_debt(disposition, [detail.comment])
        label = "ยกร่างตามผลนี้"
        if debt.retirement is not None:
            label = name_writing(debt)
        elif debt.has_moved:
            label = f"{label} {name_writing(debt).removeprefix('ยกร่าง')}"
        return WritingWay(promised_words_url(debt), label)
    if detail.has_lost_words and can_edit_draft(user, entry.manual.work_group):
        own = Comment.objects.filter(pk=detail.comment.pk)
        for lost in find_lost_words(own):
            return WritingWay(lost_words_url(lost), "แก้ไขตามผลนี้")
    return find_writing_way(entry, clause, user)
