"""The bench of a clause: several proposals taken into it at once, each with its own answer and its own cause."""

import pytest
from django.urls import reverse
from lxml import html

from comments.commenting.presentation.progress import load_word_changes
from comments.deciding.services.ruling import DecisionRefused, Ruling, decide_comments
from comments.matrix.cells import tell_final_words
from comments.matrix.queries.rows import load_matrix_facts
from comments.models import Answer, BenchDraft, ChangeCause, Comment, Disposition
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.restoring import restore_section
from manuals.models import Clause, Section
from tests import factories

WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
LONGER = WORDS + "ก่อนลงทะเบียนรับ"
RIGHT = WORDS.replace("ความครบถ้วน", "ความถูกต้อง")
BOTH = RIGHT + "ก่อนลงทะเบียนรับ"
REASON = "ขั้นตอนนี้ยังจำเป็นตามระเบียบงานสารบรรณ ข้อ 35"


class Bench:
    """The bench as the drafter's browser has it."""

    def __init__(self, client, clause: Clause) -> None:
        self.client = client
        self.url = reverse("clause-bench", args=[clause.uuid])
        self.get()

    def get(self, **query: str) -> "Bench":
        return self.show(self.client.get(self.url, query))

    def post(self, button: str, **typed: str) -> "Bench":
        sent = self.values | typed | {button: "1"}
        return self.show(self.client.post(self.url, sent, follow=True))

    def show(self, response) -> "Bench":
        self.status = response.status_code
        self.page = html.fromstring(response.content.decode())
        self.form = self.page.get_element_by_id("bench")
        return self

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    @property
    def values(self) -> dict[str, str]:
        # A browser drops the line end with which a textarea begins
        return {name: text.removeprefix("\n") for name, text in self.form.form_values()}

    @property
    def words(self) -> str:
        return self.values["words-text"]

    def state(self, comment: Comment) -> str:
        return self.form.fields[f"state-{comment.uuid}"]


@pytest.fixture
def proposing(session, entry):
    """Makes comments that propose words for the clause."""

    def propose(words: str = "", **fields) -> Comment:
        comment = factories.make_comment(session, entry, **fields)
        if words:
            factories.make_amendment(comment, words)
        if comment.type == "delete":
            factories.make_amendment(comment, op="delete", proposed={})
        return comment

    return propose


@pytest.fixture
def bench(sign_in, drafter, clause, session) -> Bench:
    return Bench(sign_in(drafter), clause)


def state(comment: Comment) -> str:
    return f"state-{comment.uuid}"


def decision_on(comment: Comment) -> Disposition:
    return Answer.objects.get(comment=comment, current=True).disposition


def reword(clause: Clause, words: str, by) -> None:
    now = Clause.objects.select_related("section", "parent").get(pk=clause.pk)
    change = ReviseClause(now, now.lock_version, Text(body=words))
    apply_changes(by, "edit", "แก้ในหน้ายกร่าง", [change])


def test_two_proposals_go_in_together_and_the_one_that_cuts_is_refused_with_a_reason(
    bench, proposing, clause
) -> None:
    longer, right = proposing(LONGER), proposing(RIGHT)
    cut = proposing(type="delete")

    bench.get()
    inserted = " ".join(each.text_content() for each in bench.page.iter("ins"))
    assert "ก่อนลงทะเบียนรับ" in inserted
    assert "ถูกต้อง" in inserted
    bench.post("update", **{state(longer): "take", state(right): "take"})
    assert bench.words == BOTH
    assert bench.state(cut) == "excluded"
    bench.post("update", **{state(longer): "wait", state(right): "wait"})
    assert bench.state(cut) == "wait"  # nothing is in its way any more
    bench.post("update", **{state(longer): "take", state(right): "take"})

    bench.post("save")
    assert bench.status == 422
    assert not Answer.objects.exists()

    bench.post("save", refusal_reason=REASON)
    assert bench.status == 200
    clause.refresh_from_db()
    assert clause.plain == BOTH
    outcomes = [decision_on(each).outcome for each in (longer, right, cut)]
    assert outcomes == ["accepted", "accepted", "not_accepted"]
    causes = ChangeCause.objects.order_by("pk")
    assert [cause.change.to_blob.plain for cause in causes] == [LONGER, BOTH]
    assert [cause.amendment.comment for cause in causes] == [longer, right]
    assert decision_on(cut).reason == REASON
    assert "ไม่มีเรื่องที่รอพิจารณา" in bench.text


def test_every_comment_of_a_save_is_told_the_words_in_which_it_ended(
    bench, proposing, clause, drafter
) -> None:
    longer, right = proposing(LONGER), proposing(RIGHT)
    take = {state(longer): "take", state(right): "take"}
    bench.get().post("update", **take).post("save")

    def told(comment: Comment) -> tuple[str, list[tuple[str, str]]]:
        [row] = load_matrix_facts([comment.pk], None)
        disposition = decision_on(comment)
        changes = load_word_changes([disposition], drafter)[disposition.pk]
        wordings = []
        for change in changes:
            for line in change.redlines:
                before = "".join(segment.text for segment in line.before)
                wordings.append((before, "".join(each.text for each in line.after)))
        return tell_final_words(row, disposition), wordings

    assert told(longer) == told(right) == (BOTH, [(WORDS, BOTH)])
    # What is left of it where the state between its steps is restored
    section = Section.objects.get(pk=clause.section_id)
    restore_section(section, section.version - 1, by=drafter, reason=REASON)
    assert told(longer) == (LONGER, [(WORDS, LONGER)])


def test_only_what_clashes_is_chosen(bench, proposing, clause, drafter) -> None:
    longer, right = proposing(LONGER), proposing(RIGHT)
    quick = proposing(WORDS.replace("ความครบถ้วน", "ความเร่งด่วน"))
    take = {state(each): "take" for each in (longer, right, quick)}

    bench.get().post("update", **take)
    assert bench.words == LONGER  # what does not clash is in it
    [name] = [name for name in bench.form.fields if name.startswith("clash-")]
    bench.post("save")
    assert bench.status == 422
    assert "โปรดเลือกถ้อยคำที่จะใช้" in bench.text

    bench.post("update", **{name: str(quick.uuid)})
    assert bench.words == LONGER.replace("ความครบถ้วน", "ความเร่งด่วน")
    own = {name: "own", name.replace("clash", "own", 1): "ความเรียบร้อย"}
    bench.post("update", **own)
    assert bench.words == LONGER.replace("ความครบถ้วน", "ความเรียบร้อย")

    bench.post("save", reason=REASON)
    clause.refresh_from_db()
    assert clause.plain == LONGER.replace("ความครบถ้วน", "ความเรียบร้อย")
    assert decision_on(longer).outcome == "accepted"
    assert decision_on(right) == decision_on(quick)
    assert decision_on(quick).outcome == "accepted_with_changes"
    # Own words stand in the place of its own: what the save made of it is in the draft all the same
    refusal = Ruling("not_accepted", REASON)
    with pytest.raises(DecisionRefused, match="เรียกคืนถ้อยคำเดิม"):
        decide_comments([right, quick], refusal, by=drafter)


def test_what_was_chosen_and_typed_waits_for_the_person_and_others_do_not_see_it(
    bench, proposing, clause, sign_in, second_drafter
) -> None:
    longer = proposing(LONGER)
    other = proposing()
    bench.get().post("update", **{state(longer): "take"})
    bench.post("update", **{"words-text": "เจ้าหน้าที่" + LONGER, "reason": "ยังเขียนไม่จบ"})

    again = Bench(bench.client, clause)
    assert again.words == "เจ้าหน้าที่" + LONGER
    assert again.state(longer) == "take"
    assert again.values["reason"] == "ยังเขียนไม่จบ"
    # The other proposals go on combining with what was typed
    right = proposing(RIGHT)
    again.post("update", **{state(other): "wait"})
    assert "เข้ามาใหม่" in again.text
    again.post("update", **{state(right): "take"})
    assert again.words == "เจ้าหน้าที่" + BOTH
    assert Bench(sign_in(second_drafter), clause).words == WORDS

    again.post("restart")
    assert again.words == WORDS
    assert not BenchDraft.objects.exists()


def test_stale_proposal_is_carried_over_and_marked(
    bench, proposing, clause, second_drafter
) -> None:
    right = proposing(RIGHT)
    lost = proposing(WORDS.replace("ส่งมาด้วย", "แนบมา"))
    reword(clause, WORDS.replace("ส่งมาด้วย", "ส่งมาทั้งหมด"), second_drafter)
    bench.get()
    assert "ปรับเข้ากับถ้อยคำปัจจุบันแล้ว" in bench.text
    assert "จึงปรับให้ไม่ได้" in bench.text
    assert f"/comments/{lost.uuid}/adoption/" in html.tostring(bench.page).decode()
    bench.post("update", **{state(right): "take"})
    assert bench.words == RIGHT.replace("ส่งมาด้วย", "ส่งมาทั้งหมด")
    bench.post("save")
    clause.refresh_from_db()
    assert clause.plain == RIGHT.replace("ส่งมาด้วย", "ส่งมาทั้งหมด")
    assert decision_on(right).outcome == "accepted"


def test_words_are_changed_from_a_comment_without_any(bench, proposing, clause) -> None:
    asking = proposing(type="ask")
    bench.get(comment=str(asking.uuid))
    assert bench.state(asking) == "take"
    bench.post("save")
    assert "โปรดแก้ถ้อยคำในช่อง" in bench.text
    bench.post("save", **{"words-text": RIGHT})
    clause.refresh_from_db()
    assert clause.plain == RIGHT
    cause = ChangeCause.objects.get()
    assert cause.disposition == decision_on(asking)
    assert cause.amendment is None


def test_bench_without_a_comment_offers_nothing_to_save(bench, proposing) -> None:
    assert not bench.form.xpath(".//button[@name='save']")
    proposing("รับหนังสือภายในหนึ่งวัน")
    assert bench.get().form.xpath(".//button[@name='save']")


def test_comment_without_words_excuses_no_other_from_the_reason(
    bench, proposing, clause
) -> None:
    longer, asking = proposing(LONGER), proposing(type="ask")
    used = {state(longer): "take", state(asking): "take"}
    bench.get().post("update", **used)
    other = WORDS + "ภายในวันเดียวกัน"
    bench.post("save", **{"words-text": other})
    assert bench.status == 422
    assert not Answer.objects.exists()
    bench.post("save", reason=REASON)
    clause.refresh_from_db()
    assert clause.plain == other
    assert decision_on(longer).outcome == "accepted_with_changes"
    assert decision_on(asking).outcome == "accepted"


def test_clause_changed_meanwhile_is_merged_again_and_nothing_is_lost(
    bench, proposing, clause, second_drafter
) -> None:
    longer = proposing(LONGER)
    bench.get().post("update", **{state(longer): "take"})
    reword(clause, RIGHT, second_drafter)
    bench.post("save", reason="เหตุผลที่พิมพ์ไว้")
    assert bench.status == 409
    assert bench.words == BOTH
    assert bench.values["reason"] == "เหตุผลที่พิมพ์ไว้"
    bench.post("save")
    clause.refresh_from_db()
    assert clause.plain == BOTH


def test_proposal_reworded_by_its_author_is_read_again(bench, proposing) -> None:
    longer = proposing(LONGER)
    bench.get().post("update", **{state(longer): "take"})
    amendment = longer.amendments.get()
    amendment.proposed = Text(body=BOTH).as_json()
    amendment.save()
    bench.post("save")
    assert bench.status == 422
    assert not Answer.objects.exists()
    assert bench.words == BOTH


def test_comments_put_together_share_the_answer(bench, proposing, drafter) -> None:
    longer, same = proposing(LONGER), proposing()
    factories.make_comment_group(longer, same, by=drafter)
    bench.get()
    assert "มีเนื้อหาเดียวกันอีก 1 ความคิดเห็น" in bench.text
    bench.post("update", **{state(longer): "take"}).post("save")
    assert decision_on(same) == decision_on(longer)


def test_group_is_accepted_by_its_words_alone_and_the_page_says_of_whom(
    bench, proposing, drafter
) -> None:
    two, same, three = proposing(LONGER), proposing(LONGER), proposing(WORDS + "ทุกวัน")
    factories.make_comment_group(two, same, three, by=drafter)
    bench.get().post("update", **{state(two): "take"})
    assert "เสนอถ้อยคำอื่น" in bench.text
    assert "ใช้ถ้อยคำ 2 เรื่อง" in bench.text
    assert bench.text.count(f"ใช้ผลของเลขที่ {two.pk}") == 1
    assert bench.state(three) == "wait"
    bench.post("save")
    assert decision_on(same) == decision_on(two)
    assert decision_on(two).outcome == "accepted"
    assert not Answer.objects.filter(comment=three).exists()


def test_one_of_a_group_may_wait(bench, proposing, drafter) -> None:
    longer, same = proposing(LONGER), proposing(LONGER)
    factories.make_comment_group(longer, same, by=drafter)
    used = {state(longer): "take", state(same): "hold"}
    bench.get().post("update", **used)
    assert "ใช้ถ้อยคำ 1 เรื่อง" in bench.text
    bench.post("save")
    assert not Answer.objects.filter(comment=same).exists()


def test_comments_put_together_are_not_used_and_refused_at_once(
    bench, proposing, drafter, clause
) -> None:
    longer, right, waits = proposing(LONGER), proposing(RIGHT), proposing()
    factories.make_comment_group(longer, right, waits, by=drafter)
    bench.get().post("update", **{state(longer): "take", state(right): "refuse"})
    bench.post("save", refusal_reason=REASON)
    assert bench.status == 422
    named = f"ความคิดเห็นเลขที่ {longer.pk}, {right.pk}"
    assert named in bench.text
    assert "โปรดเลือกผลเดียวกัน" in bench.text
    assert bench.values["refusal_reason"] == REASON
    assert not Answer.objects.exists()

    # Each with its own words, the third with the first of them
    bench.post("update", **{state(right): "take", "refusal_reason": ""}).post("save")
    clause.refresh_from_db()
    assert clause.plain == BOTH
    assert decision_on(waits) == decision_on(longer)
    assert decision_on(right).outcome == "accepted"


def test_proposal_that_clashes_may_wait(bench, proposing, clause) -> None:
    right = proposing(RIGHT)
    quick = proposing(WORDS.replace("ความครบถ้วน", "ความเร่งด่วน"))
    bench.get().post("update", **{state(right): "take"})
    assert bench.state(quick) == "excluded"
    waiting = next(
        each.get("value")
        for each in bench.page.xpath(f"//*[@name='state-{quick.uuid}']")
        if "ยังไม่พิจารณา" in each.getparent().text_content()
    )
    bench.post("update", **{state(quick): waiting})
    assert bench.state(quick) == waiting
    assert "จึงเป็นไม่เห็นชอบ" not in bench.text
    bench.post("save")
    clause.refresh_from_db()
    assert clause.plain == RIGHT
    assert not Answer.objects.filter(comment=quick).exists()


@pytest.mark.parametrize("leaving", [0, 1, 2])
def test_words_of_a_save_are_taken_back_before_their_answer_is(
    bench, proposing, clause, drafter, leaving
) -> None:
    """The first of two shares, the last one, and one that proposed the same words as the first."""
    comments = [proposing(LONGER), proposing(RIGHT), proposing(LONGER)]
    take = {state(each): "take" for each in comments}
    bench.get().post("update", **take).post("save")
    clause.refresh_from_db()
    assert clause.plain == BOTH
    refusal = Ruling("not_accepted", REASON)
    with pytest.raises(DecisionRefused, match="เรียกคืนถ้อยคำเดิม"):
        decide_comments([comments[leaving]], refusal, by=drafter)
    reword(clause, WORDS, drafter)
    decide_comments([comments[leaving]], refusal, by=drafter)
    assert decision_on(comments[leaving]).outcome == "not_accepted"


def test_page_asks_for_what_came(bench, proposing, clause) -> None:
    first = proposing(LONGER)
    url = reverse("clause-bench-arrived", args=[clause.uuid])
    answer = bench.client.get(url, {"after": first.pk}).content.decode()
    assert "เข้ามาใหม่" not in answer
    proposing(RIGHT)
    answer = bench.client.get(url, {"after": first.pk}).content.decode()
    assert "เข้ามาใหม่" in answer


@pytest.mark.parametrize(("refers", "queries"), [(False, 13), (True, 15)])
def test_page_asks_the_database_as_often_for_three_as_for_one(
    bench, session, entry, process, assert_same_queries, refers, queries
) -> None:
    reference = write_reference(factories.clause_at(process, "5.1").uuid)
    ending = f"ตาม{reference}" if refers else ""

    def add(*words: str) -> None:
        for each in words:
            comment = factories.make_comment(session, entry)
            factories.make_amendment(comment, Text(body=each + ending))

    add(LONGER)
    assert_same_queries(queries, bench.get, lambda: add(RIGHT, BOTH))
