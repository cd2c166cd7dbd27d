"""After an objection a comment is answered again: everything that tells what became of it tells the same, and what is
true of those who did not object stays so."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from comments.commenting.presentation.progress import load_word_changes
from comments.deciding.presentation.promises import DraftingPromises
from comments.deciding.queries.drafting_debts import find_drafting_debts
from comments.deciding.queries.lost_words import find_lost_words
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.merging_proposals import (
    Merge,
    MergedShare,
    merge_proposals,
)
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import (
    DecisionRefused,
    Ruling,
    WordsStand,
    decide_comments,
)
from comments.matrix.cells import MatrixReader, matrix_cells
from comments.matrix.queries.rows import load_matrix_facts
from comments.models import ChangeCause, Comment
from comments.releasing.presentation.margin_notes import notes_and_reasons
from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import find_release_blockers
from comments.tracing.presentation.chain import load_clause_chain
from comments.tracing.queries.gaps import Lack, count_accepted_comments
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.structure import join_clauses, split_clause
from manuals.models import Clause
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
OLD = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
WORDS = OLD + " ภายในหนึ่งชั่วโมงหลังได้รับแจ้งจากระบบสารบรรณอิเล็กทรอนิกส์"
FIRST = "ระเบียบกำหนดให้ตรวจทันทีที่ได้รับ จึงเห็นชอบตามที่เสนอ"
SECOND = "เวลาหนึ่งชั่วโมงเป็นไปตามมติคณะกรรมการ จึงคงถ้อยคำไว้"
REFUSAL = "สำนักงานขนาดเล็กไม่มีผู้ตรวจตลอดเวลา จึงคงถ้อยคำเดิม"


def reword(clause: Clause, words: str, by, promise: str = "") -> None:
    now = Clause.objects.select_related("section").get(pk=clause.pk)
    revise_clause(
        now,
        now.lock_version,
        Text(body=words),
        numbering=now.numbering,
        by=by,
        reason="ปรับตามผลการพิจารณา",
        promises=DraftingPromises(),
        promise=promise,
    )


def publish_and_object(comment: Comment, hearing, group, drafter) -> None:
    publish_answers(hearing, group, by=drafter)
    object_to_answer(comment, "เหตุผลที่ตอบไม่ตรงกับข้อเสนอ", by=comment.author)


@pytest.fixture
def adopted(comment, clause, drafter):
    amendment = factories.make_amendment(comment, WORDS)
    adoption = Adoption(amendment, clause.lock_version)
    return adopt_amendments([adoption], by=drafter, reason=FIRST).disposition


@pytest.fixture
def objected(adopted, comment, hearing, dir_group, drafter) -> Comment:
    publish_and_object(comment, hearing, dir_group, drafter)
    return Comment.objects.get(pk=comment.pk)


def check_constraints() -> None:
    """As at the end of a request: what was to hold until then is settled."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def final_words(comment: Comment, edition=None) -> str:
    [facts] = load_matrix_facts([comment.pk], edition)
    return matrix_cells(facts, MatrixReader())["final_words"]


def gates_of(*comments: Comment) -> list[tuple[str, int]]:
    found = []
    for each in find_release_blockers(DraftBook()):
        if each.kind in ("lost_words", "to_draft"):
            found.append((str(each.kind), each.comment.pk))
    return found


def test_words_kept_after_an_objection_have_the_reason_of_the_last_answer(
    objected,
    clause,
    edition,
    manual,
    hearing,
    dir_group,
    delegate,
    drafter,
    admin,
    sign_in,
):
    between = factories.make_edition("BETWEEN", kind="revised", by=admin, basis=edition)
    again = Ruling("accepted", SECOND, "no_text_change")
    answer = decide_comments([objected], again, by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    key = str(clause.uuid)
    for book, reason in ((between, FIRST), (final, SECOND)):
        assert notes_and_reasons(book)[1] == {key: {"1": reason}}
        chain = load_clause_chain(book, clause, admin)
        assert chain.row.reasons == [reason]
        [step] = chain.steps
        assert [(each.reason, each.comments) for each in step.decisions] == [
            (reason, 1)
        ]
        counted = count_accepted_comments(book, [manual])
        assert (counted.changed, counted.unmet) == (1, [])
    assert final_words(objected, final) == WORDS
    [change] = load_word_changes([answer], admin)[answer.pk]
    assert (change.change.to_blob.plain, change.edition) == (WORDS, between)
    own = markup(sign_in(delegate).get(reverse("comment", args=[objected.uuid])))
    assert SECOND in own
    assert "ไม่แก้ไข เพราะ" not in own
    assert gates_of() == []


def test_book_asks_as_often_for_three_second_answers_as_for_one(
    session,
    edition,
    process,
    hearing,
    dir_group,
    drafter,
    admin,
    assert_same_queries,
):
    made = []

    def make(*cites):
        for cite in cites:
            clause = factories.clause_at(process, cite)
            comment = factories.make_comment(
                session, factories.entry_of(edition, clause)
            )
            words = f"ถ้อยคำใหม่ทั้งหมดของข้อ {cite} ตามที่สำนักงานเสนอ"
            amendment = factories.make_amendment(comment, words)
            adoption = Adoption(amendment, clause.lock_version, on_current=True)
            adopt_amendments([adoption], by=drafter, reason=FIRST)
            publish_and_object(comment, hearing, dir_group, drafter)
            again = Ruling("accepted", SECOND, "no_text_change")
            decide_comments([comment], again, by=drafter)
            publish_answers(hearing, dir_group, by=drafter)
            reword(clause, f"{words}ทุกแห่ง", drafter)
        code = f"L{len(made)}"
        made.append(
            factories.make_edition(code, kind="revised", by=admin, basis=edition)
        )

    make("5.1")
    assert_same_queries(
        7,
        lambda: notes_and_reasons(made[-1]),
        lambda: make("5.3", "2.1"),
    )
    notes, reasons = notes_and_reasons(made[-1])
    assert len(notes) == 3
    assert {text for told in reasons.values() for text in told.values()} == {SECOND}


@pytest.mark.parametrize("is_accepted_again", [True, False])
def test_refused_words_leave_the_draft_before_their_answer_does(
    objected, clause, drafter, sign_in, is_accepted_again
):
    if is_accepted_again:
        again = Ruling("accepted", SECOND, "no_text_change")
        decide_comments([objected], again, by=drafter)
        check_constraints()
    reword(clause, WORDS + "ทุกฉบับ", drafter)  # polished: as the gate says, they stand

    with pytest.raises(WordsStand, match=r"ข้อ 5\.2"):
        decide_comments([objected], Ruling("not_accepted", REFUSAL), by=drafter)

    address = reverse("clause-edit", args=["DIR", clause.section.uuid, clause.uuid])
    now = objected.answers.get(current=True).disposition_id
    sent = {
        "key": str(uuid4()),
        "seen": f"{objected.uuid}:{now}",
        "outcome": "not_accepted",
        "reason": REFUSAL,
    }
    url = reverse("comment-disposition", args=[objected.uuid])
    page = sign_in(drafter).post(url, sent)
    assert page.status_code == 409
    assert f'href="{address}"' in markup(page)

    reword(clause, OLD, drafter)
    decide_comments([objected], Ruling("not_accepted", REFUSAL), by=drafter)


def test_nothing_proves_what_was_refused_in_the_end(
    objected,
    clause,
    edition,
    manual,
    hearing,
    dir_group,
    drafter,
    second_drafter,
    admin,
):
    reword(clause, OLD + " โดยเร็ว", drafter)
    refusal = decide_comments([objected], Ruling("not_accepted", REFUSAL), by=drafter)
    factories.confirm_refusal(refusal, by=second_drafter)
    publish_answers(hearing, dir_group, by=drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    assert notes_and_reasons(final) == ({}, {})
    chain = load_clause_chain(final, clause, admin)
    assert chain.row.reasons == ["ปรับตามผลการพิจารณา"]
    assert [step.decisions for step in chain.steps] == [[], []]
    assert [step.was_overruled for step in chain.steps] == [True, False]
    assert FIRST not in {step.reason for step in chain.steps}
    assert count_accepted_comments(final, [manual]).total == 0
    assert final_words(objected, final) == "ไม่แก้ไข"
    assert load_word_changes([refusal], admin) == {}
    assert gates_of() == []


def test_others_keep_their_answer_and_its_reason(
    session, entry, comment, clause, edition, hearing, dir_group, drafter, admin
):
    other = factories.make_comment(session, entry)
    amendment = factories.make_amendment(comment, WORDS)
    adopt_amendments(
        [Adoption(amendment, clause.lock_version)],
        by=drafter,
        reason=FIRST,
        also_answers=[other],
    )
    publish_and_object(comment, hearing, dir_group, drafter)
    again = Ruling("accepted", SECOND, "no_text_change")
    decide_comments([comment], again, by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    notes, reasons = notes_and_reasons(final)

    key = str(clause.uuid)
    assert reasons == {key: {"1": FIRST, "2": SECOND}}
    assert [text.partition(" (")[0] for _, text, _ in notes[key]] == [
        f"ตามความคิดเห็นเลขที่ {each.pk}" for each in (other, comment)
    ]
    assert load_clause_chain(final, clause, admin).row.reasons == [
        f"{FIRST} / {SECOND}"
    ]


def test_refused_words_that_come_back_stand_in_the_way_of_a_release(
    objected, clause, edition, hearing, dir_group, drafter, admin, sign_in
):
    reword(clause, OLD, drafter)
    decide_comments([objected], Ruling("not_accepted", REFUSAL), by=drafter)
    assert left_in(DraftBook()) == []
    reword(clause, WORDS, drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    for book in (DraftBook(), EditionBook(final)):
        assert left_in(book) == [objected]
    page = markup(sign_in(admin).get(reverse("release-gate", args=[final.code])))
    assert "แต่ถ้อยคำที่แก้ตามผลเดิมยังอยู่ในข้อ" in page
    assert f"/clauses/{clause.uuid}/versions/" in page
    reword(clause, OLD, drafter)
    assert left_in(DraftBook()) == []
    assert left_in(EditionBook(final)) == [objected]


def left_in(book) -> list[Comment]:
    found = find_release_blockers(book)
    return [each.comment for each in found if each.kind == "left_words"]


def test_note_stands_where_the_words_went(
    adopted, comment, clause, process, edition, hearing, dir_group, drafter, admin
):
    """Joined to another clause, then divided from it: at what has the words, and at what left nothing is told."""
    publish_answers(hearing, dir_group, by=drafter)
    clause.refresh_from_db()
    before = factories.clause_at(process, "5.1")
    words = before.plain, clause.plain
    join_clauses(
        [(before, before.lock_version), (clause, clause.lock_version)],
        Text(body=" ".join(words)),
        by=drafter,
        reason="เป็นเรื่องเดียวกัน",
    )
    joined = factories.make_edition("JOINED", kind="revised", by=admin, basis=edition)
    before.refresh_from_db()
    [_, piece] = split_clause(
        before,
        before.lock_version,
        [Text(body=each) for each in words],
        by=drafter,
        reason="เป็นสองเรื่อง",
    )
    divided = factories.make_edition("DIVIDED", kind="final", by=admin, basis=edition)

    notes = {book.code: [*notes_and_reasons(book)[0]] for book in (joined, divided)}

    assert notes == {"JOINED": [str(before.uuid)], "DIVIDED": [str(piece.uuid)]}


@pytest.mark.parametrize(
    ("asked", "op", "proposed"),
    [
        ("amend", "replace", WORDS),
        ("add", "insert_after", "บันทึกผลการตรวจสอบในระบบ"),
        ("delete", "delete", ""),
    ],
)
def test_as_proposed_without_a_change_is_said_of_what_the_draft_says(
    session, entry, clause, drafter, asked, op, proposed
):
    fields = {} if proposed else {"proposed": {}}
    comment = factories.make_comment(session, entry, type=asked)
    amendment = factories.make_amendment(comment, proposed, op=op, **fields)
    unchanged = Ruling("accepted", SECOND, "no_text_change")

    with pytest.raises(DecisionRefused, match="ร่างยังไม่เป็นไปตามที่"):
        decide_comments([comment], unchanged, by=drafter)

    adopt_amendments([Adoption(amendment, clause.lock_version)], by=drafter)
    decide_comments([comment], unchanged, by=drafter)


def test_promise_given_after_an_objection_is_not_kept_by_the_words_of_before(
    objected, clause, drafter
):
    promise = Ruling(
        "accepted_with_changes", SECOND, "to_draft", assignee=drafter, due=localdate()
    )
    given = decide_comments([objected], promise, by=drafter)
    assert [debt.disposition for debt in find_drafting_debts()] == [given]

    reword(clause, OLD, drafter)
    assert gates_of() == [("to_draft", objected.pk)]  # and not lost besides

    reword(clause, OLD + " ภายในวันทำการ", drafter, promise=str(given.pk))
    assert gates_of() == []


# -- several proposals in one clause


@pytest.fixture
def joined(session, entry, clause, hearing, dir_group, drafter) -> list[Comment]:
    """Three proposals went into the clause at once; the second one was refused after its objection, and the clause got
    its words of before."""
    shares = []
    words = OLD
    for added in (" ก่อนลงทะเบียนรับ", " โดยเจ้าหน้าที่สองคน", " และบันทึกเวลาที่ตรวจ"):
        each = factories.make_comment(session, entry)
        words += added
        amendment = factories.make_amendment(each, OLD + added)
        shares.append(MergedShare([each], Text(body=words), [amendment]))
    merge_proposals(
        Merge(clause, clause.lock_version, shares, reason=FIRST), by=drafter
    )
    comments = [share.comments[0] for share in shares]
    publish_and_object(comments[1], hearing, dir_group, drafter)
    reword(clause, OLD, drafter)
    decide_comments([comments[1]], Ruling("not_accepted", REFUSAL), by=drafter)
    return comments


def test_words_of_others_that_went_along_are_proven_nowhere(
    joined, clause, edition, manual, admin
):
    first, _, third = joined
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    assert gates_of() == [("lost_words", first.pk), ("lost_words", third.pk)]
    counted = count_accepted_comments(final, [manual])
    assert [(each.answer.comment, each.lack) for each in counted.unmet] == [
        (first, Lack.LOST),
        (third, Lack.LOST),
    ]
    assert notes_and_reasons(final) == ({}, {})
    for each in (first, third):
        assert final_words(each, final) == "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว"
        answer = each.answers.get(current=True).disposition
        assert load_word_changes([answer], admin) == {}


def test_words_of_others_that_stay_are_told_without_those_that_went(
    session, joined, clause, edition, manual, drafter, admin
):
    first, _, third = joined
    kept = OLD + " ก่อนลงทะเบียนรับ และบันทึกเวลาที่ตรวจ"
    reword(clause, kept, drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)

    assert gates_of() == []
    for each in (first, third):
        assert final_words(each, final) == kept
        answer = each.answers.get(current=True).disposition
        [change] = load_word_changes([answer], admin)[answer.pk]
        assert (change.change.to_blob.plain, change.edition) == (kept, final)
    assert count_accepted_comments(final, [manual]).changed == 2


def test_lost_words_may_be_brought_back_in_others(
    joined, clause, manual, edition, drafter, admin, sign_in
):
    first, _, third = joined
    client = sign_in(drafter)
    other = OLD + " ก่อนส่งเข้าระบบ"
    for each in (first, third):
        [lost] = find_lost_words(Comment.objects.filter(pk=each.pk))
        desk = client.get(f"/groups/DIR/queue/?comment={each.uuid}").content.decode()
        address = reverse("clause-edit", args=["DIR", clause.section.uuid, clause.uuid])
        assert f"{address}?promise={lost.key}" in desk
        form = client.get(f"{address}?promise={lost.key}").context["form"]
        assert form["promise"].value() == lost.key
        other += " ตามลำดับ"
        reword(clause, other, drafter, promise=lost.key)
        assert ("lost_words", each.pk) not in gates_of()
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)
    assert gates_of() == []
    assert final_words(first, final) == final_words(third, final) == other
    counted = count_accepted_comments(final, [manual])
    assert (counted.changed, counted.unmet) == (2, [])

    reword(clause, OLD, drafter)  # lost once more, and told once each
    assert gates_of() == [("lost_words", first.pk), ("lost_words", third.pk)]


def test_answers_of_before_are_carried_when_the_database_is_migrated(
    adopted, comment, clause, drafter
):
    """Where nobody reworded the clause without a decision in between."""
    carry = import_module("comments.migrations.0041_carried_causes").CARRY
    comment.answers.update(current=False)
    again = factories.make_disposition(comment, outcome="accepted", decided_by=drafter)

    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(carry)

    [made] = adopted.changes.all()
    [carried] = again.changes.all()
    assert (carried.change, carried.carried_from) == (made.change, made)
    assert carried.amendment == made.amendment
    assert ChangeCause.objects.count() == 2
