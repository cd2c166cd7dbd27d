"""The bench of a clause: what waits for a decision on it, and what the proposals that are used give together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from hearing_portal.directory.models import User
from manuals.content import Content, ContentRefused
from manuals.drafting.told_words import told_redlines
from manuals.merging import merge_contents
from manuals.models import Clause
from manuals.wording import Redline, named_redlines

from ...limits import REASON_MINIMUM
from ...models import Comment
from ..forms.clause_bench import ClauseBenchForm, ToggleState, form_with_words
from ..queries.clause_proposals import find_waiting_comments
from ..services.merging_proposals import Merge, MergedShare
from ..word_shares import CombinedWords, TakenWords, share_words
from .waiting_comments import WaitingComment, load_waiting_comments
from .word_clashes import Clash, tell_clashes


@dataclass
class ClauseBench:
    """The page's state. `words` is what the clause would say."""

    clause: Clause
    waiting: list[WaitingComment]
    more: int
    form: ClauseBenchForm
    shared: CombinedWords
    words: Content
    keeps_own: bool = False  # the drafter's own words clash with what is used
    is_unseen: bool = False  # the words are others than those of the form that was sent
    is_overtaken: bool = False  # the clause changed since the form was made
    problems: list[str] = field(default_factory=list)

    @property
    def taken(self) -> list[WaitingComment]:
        return [each for each in self.waiting if each.is_taken and each.is_rewording]

    @property
    def taken_without_words(self) -> list[WaitingComment]:
        return [
            each for each in self.waiting if each.is_taken and not each.is_rewording
        ]

    @property
    def refused(self) -> list[WaitingComment]:
        lost = {
            each.key
            for number, each in enumerate(self.taken)
            if not self.shared.unresolved and self.shared.is_lost(number)
        }
        return [
            each
            for each in self.waiting
            if each.key in lost or (each.is_refused and not each.is_taken)
        ]

    @property
    def used(self) -> list[WaitingComment]:
        """Those that the words are changed for."""
        lost = {each.key for each in self.refused}
        used = [*self.taken, *self.taken_without_words]
        return [each for each in used if each.key not in lost]

    @property
    def accepts(self) -> list[Comment]:
        """All that are accepted, on other clauses too."""
        return self._with_fellows(self.used)

    @property
    def refuses(self) -> list[Comment]:
        """All that are not accepted."""
        answered = {comment.pk for comment in self.accepts}
        return self._with_fellows(self.refused, answered)

    def tell_shared_answers(self) -> None:
        """Tells each that waits whose answer it gets."""
        refused = self.refused
        for each in [*self.used, *refused]:
            fellows = each.fellows.all if each in refused else each.fellows.alike
            for other in self.waiting:
                if other.is_taken or other.is_refused or other.answered_with:
                    continue
                if other.comment in fellows:
                    other.answered_with = each.comment.pk

    @property
    def arrived_url(self) -> str:
        """Where the page asks what came since."""
        last = max((each.comment.pk for each in self.waiting), default=0)
        url = reverse("clause-bench-arrived", args=[self.clause.uuid])
        return f"{url}?after={last}"

    @cached_property
    def changes(self) -> list[Redline]:
        """The result as a word diff against the clause as it stands."""
        return named_redlines(
            told_redlines(self.clause.content, self.words, self.clause.section_id), ""
        )

    @property
    def clashes(self) -> list[Clash]:
        return tell_clashes(self.shared, self.taken, self.form)

    @property
    def decides_nothing(self) -> bool:
        return not any(each.is_taken or each.is_refused for each in self.waiting)

    def find_problems(self) -> list[str]:
        """What has to be done before the results can be saved."""
        problems = []
        if self.decides_nothing:
            problems.append("โปรดเลือกอย่างน้อยหนึ่งเรื่องที่จะใช้ หรือไม่เห็นชอบ")
        if self.shared.unresolved:
            problems.append("ข้อเสนอที่เลือกแก้คำเดียวกันหรือคำที่ติดกัน โปรดเลือกถ้อยคำที่จะใช้")
        if self.keeps_own:
            problems.append(
                "ถ้อยคำที่ท่านแก้เองและข้อเสนอที่เลือกแก้คำเดียวกันหรือคำที่ติดกัน จึงยังไม่ได้รวม โปรดเลือกข้อเสนอใหม่ หรือเริ่มจากถ้อยคำที่รวม"
            )
        is_reworded = self.words != self.clause.content
        if self.taken_without_words and self.words == self.shared.words:
            problems.append("โปรดแก้ถ้อยคำในช่องตามความคิดเห็นที่เลือก")
        elif is_reworded and not (self.taken or self.taken_without_words):
            problems.append("โปรดเลือกความคิดเห็นที่เป็นเหตุให้แก้ถ้อยคำ")
        return problems

    def merge(self) -> Merge:
        """What is decided, of a bench without problems. Raises ContentRefused."""
        reason = self.form.cleaned_data["reason"]
        refusal_reason = self.form.cleaned_data["refusal_reason"]
        refused = self.refused
        seen = {}
        for each in [*self.taken, *refused]:
            if each.proposal is not None:
                # As the page that was sent showed it
                fingerprint = self.form.seen.get(each.comment.uuid, each.fingerprint)
                seen[each.proposal.amendment.pk] = fingerprint
        return Merge(
            self.clause,
            self.clause.lock_version,
            self._shares(),
            self.refuses,
            reason,
            refusal_reason,
            seen,
        )

    def _shares(self) -> list[MergedShare]:
        taken = self.taken
        final = self.shared.words if self.taken_without_words else self.words
        shares = []
        answered: set[int] = set()  # a fellow of several goes with the first of them
        for share in self.shared.split(final, self.words):
            of = [taken[number] for number in share.proposals]
            amendments = [each.proposal.amendment for each in of if each.proposal]
            comments = self._with_fellows(of, answered)
            answered.update(comment.pk for comment in comments)
            shares.append(
                MergedShare(comments, share.words, amendments, share.is_altered)
            )
        asking = self._with_fellows(self.taken_without_words, answered)
        if asking:
            shares.append(MergedShare(asking, self.words))
        return shares

    def _with_fellows(
        self, decided: Sequence[WaitingComment], answered: Collection[int] = ()
    ) -> list[Comment]:
        """Their comments, and those that share the answer with them, where nothing else is chosen for these and they
        are not `answered` yet. Other words than those used are not accepted by it."""
        chosen = set(answered)
        for each in self.waiting:
            if each.is_taken or each.is_refused or each.is_held_back:
                chosen.add(each.comment.pk)
        comments = {each.comment.pk: each.comment for each in decided}
        refused = self.refused
        for each in decided:
            fellows = each.fellows.all if each in refused else each.fellows.alike
            for fellow in fellows:
                if fellow.pk not in chosen:
                    comments.setdefault(fellow.pk, fellow)
        return list(comments.values())

    @property
    def needs_reason(self) -> bool:
        """Whether what is used is not what was proposed, so that the answer says why."""
        return any(share.is_altered for share in self._shares())

    def add_reason_errors(self) -> None:
        """Tells the form which reasons are too short."""
        data = self.form.cleaned_data
        told = f"โปรดระบุเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะอ่านเหตุผลนี้ได้"
        if self.needs_reason and len(data["reason"].strip()) < REASON_MINIMUM:
            self.form.add_error("reason", told)
        if self.refused and len(data["refusal_reason"].strip()) < REASON_MINIMUM:
            self.form.add_error("refusal_reason", told)


def load_clause_bench(
    clause: Clause,
    user: User,
    data: QueryDict,
    *,
    opened_from: UUID | None = None,
    drops_own: bool = False,
) -> ClauseBench:
    """The bench as `data` (a form that was sent, or kept; empty for a fresh one) says. `opened_from` is the comment
    that a fresh one begins with; `drops_own` lets go of the drafter's own words."""
    sent = ClauseBenchForm(data, current=clause.content)
    is_fresh = "began" not in data
    chosen = {uuid for uuid, state in sent.states.items() if state != ToggleState.WAIT}
    if opened_from is not None:
        chosen.add(opened_from)
    rows, more = find_waiting_comments(clause, user, first=chosen)
    waiting = load_waiting_comments(rows, clause, user)
    for each in waiting:
        uuid = each.comment.uuid
        each.state = ToggleState(sent.states.get(uuid, ToggleState.WAIT))
        if uuid == opened_from and uuid not in sent.states:
            each.state = ToggleState.TAKE
        is_gone = each.is_taken and not each.may_be_taken
        if is_gone or each.state == ToggleState.EXCLUDED:
            each.state = ToggleState.WAIT
        each.is_new = not is_fresh and uuid not in sent.seen
    taken = [each for each in waiting if each.is_taken and each.is_rewording]
    proposed = [TakenWords(each.key, each.rebased) for each in taken if each.rebased]
    shared = share_words(clause.content, proposed, sent.choices, sent.own_words)
    return _make_bench(clause, waiting, more, sent, shared, drops_own=drops_own)


def _make_bench(
    clause: Clause,
    waiting: list[WaitingComment],
    more: int,
    sent: ClauseBenchForm,
    shared: CombinedWords,
    *,
    drops_own: bool,
) -> ClauseBench:
    problems = []
    try:
        combined = shared.words
    except ContentRefused:
        combined = clause.content
        problems.append("ข้อเสนอที่เลือกใช้ร่วมกันไม่ได้ โปรดเลือกใหม่")
    began = sent.base
    keeps_own = False
    words = typed = combined
    is_wrong = "began" in sent.data and not sent.is_valid()
    if is_wrong:
        form = sent
    else:
        typed = sent.cleaned_data["content"] if "began" in sent.data else began
        if typed != began and not drops_own:
            # What the drafter changed by hand goes over to the words of what is used now
            merged = merge_contents(began, typed, combined)
            keeps_own = merged is None
            words = typed if merged is None else merged
        form = form_with_words(
            sent.sent,
            words,
            began=began if keeps_own else combined,
            lock_version=clause.lock_version,
        )
    used = {each.comment.pk for each in waiting if each.is_taken}
    for each in waiting:
        shares_answer = any(fellow.pk in used for fellow in each.fellows.all)
        each.is_excluded = not shares_answer and _is_excluded(each, words, clause)
    version = sent.data.get("lock_version", "")
    bench = ClauseBench(
        clause,
        waiting,
        more,
        form,
        shared,
        words,
        keeps_own,
        is_unseen=typed != words,
        is_overtaken=bool(version) and version != str(clause.lock_version),
    )
    bench.problems = problems
    bench.tell_shared_answers()
    return bench


def _is_excluded(each: WaitingComment, words: Content, clause: Clause) -> bool:
    """Whether what is used leaves no room for it. What came meanwhile, or cannot be carried over, waits."""
    if each.is_new or each.state != ToggleState.WAIT or words == clause.content:
        return False
    if each.proposal is None or each.proposal.is_insertion:
        return False
    if each.proposal.is_deletion:
        return True
    if each.rebased is None:
        return False
    return merge_contents(clause.content, words, each.rebased) is None
