"""Deciding: the rules of a disposition, and adopting words and answer in one act or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import reversion
from django.urls import reverse

from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.access import get_comments_sharing_answer
from comments.deciding.services.adopting import (
    Adoption,
    OutdatedAmendment,
    adopt_amendments,
)
from comments.deciding.services.clearing_debts import clear_drafting_debt
from comments.deciding.services.confirming import confirm_refusals
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import DecisionRefused, Ruling, decide_comments
from comments.hearings.services.session_states import BY_ANSWERS
from comments.merging import merged_content
from comments.models import Amendment, Answer, ChangeCause, Comment, Disposition
from hearing_portal.refusals import RefusalKind
from manuals.content import Step, Text
from manuals.drafting.changes import ChangeRefused, ReviseClause, StaleClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange, SectionVersion
from manuals.queries import load_draft_entries
from tests import factories
from tests.markup import markup

REASON = "ระเบียบงานสารบรรณกำหนดเรื่องนี้ไว้แล้วในข้อ 35"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"


def live(clause: Clause) -> Clause:
    return Clause.objects.select_related("section", "parent").get(pk=clause.pk)


def reword(clause: Clause, words: str, *, by) -> ClauseChange:
    """Somebody edits the clause in the editor."""
    now = live(clause)
    [change] = apply_changes(
        by,
        "edit",
        "แก้ในหน้ายกร่าง",
        [ReviseClause(now, now.lock_version, Text(body=words))],
    )
    return change


@dataclass(frozen=True)
class World:
    """Everything an act of deciding may write, to be compared before and after."""

    clauses: list
    versions: int
    changes: int
    dispositions: int
    answers: list
    causes: int
    amendments: list
    revisions: int

    @classmethod
    def now(cls) -> "World":
        return cls(
            list(
                Clause.objects.order_by("pk").values_list(
                    "pk", "sha", "lock_version", "retired"
                )
            ),
            SectionVersion.objects.count(),
            ClauseChange.objects.count(),
            Disposition.objects.count(),
            list(
                Answer.objects.order_by("pk").values_list(
                    "comment", "disposition", "current"
                )
            ),
            ChangeCause.objects.count(),
            list(
                Amendment.objects.order_by("pk").values_list("enacted_blob", "rebased")
            ),
            reversion.models.Revision.objects.count(),
        )


@pytest.fixture
def unchanged() -> Callable[[World], None]:
    def check(before: World) -> None:
        assert World.now() == before

    return check


@pytest.fixture
def amendment(comment) -> Amendment:
    return factories.make_amendment(comment, WORDS + "ก่อนลงทะเบียนรับ")


# -- adopting ----------------------------------------------------------------------------------------


def test_adopting_replacement_changes_words_version_and_answer_at_once(
    comment, amendment, clause, drafter
):
    before = live(clause)

    disposition = adopt_amendments(
        [Adoption(amendment, before.lock_version)], by=drafter
    ).disposition

    after = live(clause)
    assert after.plain == WORDS + "ก่อนลงทะเบียนรับ"
    assert after.lock_version == before.lock_version + 1
    assert (disposition.outcome, disposition.effect, disposition.decided_by) == (
        "accepted",
        "changed",
        drafter,
    )
    assert list(Answer.objects.values_list("comment", "disposition", "current")) == [
        (comment.pk, disposition.pk, True)
    ]
    cause = ChangeCause.objects.select_related("change__revision").get()
    assert (cause.disposition, cause.amendment) == (disposition, amendment)
    assert (
        cause.change.clause,
        cause.change.from_blob_id,
        cause.change.to_blob_id,
    ) == (clause, before.sha, after.sha)
    version = SectionVersion.objects.get(revision=cause.change.revision)
    assert (version.section, version.action, version.number) == (
        after.section,
        "adopt",
        after.section.version,
    )
    amendment.refresh_from_db()
    assert (amendment.enacted_blob_id, amendment.rebased) == (after.sha, None)
    assert disposition.history.get().history_user == drafter
    assert amendment.history.first().history_user == drafter


def test_adopting_insertion_adds_clause_right_behind(comment, clause, process, drafter):
    amendment = factories.make_amendment(
        comment, "บันทึกผลการตรวจสอบในระบบ", op="insert_after"
    )

    adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)

    texts = [
        entry.content.body
        for entry in load_draft_entries(process)[1:]
        if entry.part == 5 and entry.depth == 0
    ]
    assert texts[1:3] == [WORDS, "บันทึกผลการตรวจสอบในระบบ"]
    added = ChangeCause.objects.get().change
    assert (added.kind, added.from_blob, added.to_blob.plain) == (
        "added",
        None,
        "บันทึกผลการตรวจสอบในระบบ",
    )
    assert live(clause).plain == WORDS


def test_two_insertions_at_one_clause_stand_in_the_order_given(
    session, entry, delegate, clause, process, drafter
):
    amendments = [
        factories.make_amendment(
            factories.make_comment(session, entry, delegate), words, op="insert_after"
        )
        for words in ("ข้อที่หนึ่งที่ขอเพิ่ม", "ข้อที่สองที่ขอเพิ่ม")
    ]

    adopt_amendments(
        [Adoption(a, live(clause).lock_version) for a in amendments], by=drafter
    )

    texts = [
        entry.content.body
        for entry in load_draft_entries(process)[1:]
        if entry.part == 5 and entry.depth == 0
    ]
    assert texts[1:4] == [WORDS, "ข้อที่หนึ่งที่ขอเพิ่ม", "ข้อที่สองที่ขอเพิ่ม"]


def test_adopting_deletion_retires_the_clause_with_the_answers_reason(
    comment, clause, drafter
):
    amendment = factories.make_amendment(comment, op="delete", proposed={})

    adopt_amendments(
        [Adoption(amendment, live(clause).lock_version)], by=drafter, reason=REASON
    )

    gone = live(clause)
    assert gone.retired.reason == REASON
    cause = ChangeCause.objects.get()
    assert (cause.change.kind, cause.change.to_blob) == ("retired", None)
    amendment.refresh_from_db()
    assert amendment.enacted_blob is None


def test_duplicates_share_the_answer_of_the_adopted_one(
    session, entry, comment, amendment, clause, drafter
):
    others = [factories.make_comment(session, entry) for _ in range(2)]

    disposition = adopt_amendments(
        [Adoption(amendment, live(clause).lock_version)],
        by=drafter,
        also_answers=others,
    ).disposition

    answered = Answer.objects.filter(disposition=disposition, current=True).order_by(
        "comment"
    )
    assert [answer.comment for answer in answered] == [comment, *others]
    assert Disposition.objects.count() == 1


def test_group_with_different_words_is_not_accepted_as_proposed(
    session, entry, comment, amendment, clause, drafter, unchanged
):
    other = factories.make_comment(session, entry)
    factories.make_amendment(other, WORDS + "ทุกวัน")
    factories.make_comment_group(comment, other)
    assert get_comments_sharing_answer(drafter, comment, [], as_proposed=True) == []
    assert get_comments_sharing_answer(drafter, comment, []) == [other]
    before = World.now()

    with pytest.raises(DecisionRefused, match=f"เลขที่ {other.pk} เสนอถ้อยคำต่าง"):
        adopt_amendments(
            [Adoption(amendment, live(clause).lock_version)],
            by=drafter,
            also_answers=[other],
            reason=REASON,
        )
    ruling = Ruling("accepted", REASON, "no_text_change")
    with pytest.raises(DecisionRefused, match="เสนอถ้อยคำต่าง"):
        decide_comments([comment, other], ruling, by=drafter)
    unchanged(before)

    ruling = Ruling("accepted_with_changes", REASON, "no_text_change")
    decide_comments([comment, other], ruling, by=drafter)


def test_edited_words_are_accepted_with_changes_and_need_a_reason(
    amendment, clause, drafter, unchanged
):
    edited = Text(body=WORDS + "ก่อนลงทะเบียนรับทุกครั้ง")
    before = World.now()

    with pytest.raises(DecisionRefused):
        adopt_amendments(
            [Adoption(amendment, live(clause).lock_version, edited)],
            by=drafter,
            reason="สั้นไป",
        )
    unchanged(before)

    disposition = adopt_amendments(
        [Adoption(amendment, live(clause).lock_version, edited)],
        by=drafter,
        reason=REASON,
    ).disposition

    assert disposition.outcome == "accepted_with_changes"
    amendment.refresh_from_db()
    assert amendment.rebased == edited.as_json()
    assert amendment.proposed == Text(body=WORDS + "ก่อนลงทะเบียนรับ").as_json()
    assert live(clause).content == edited


def test_failing_answer_leaves_the_words_untouched(
    session, entry, amendment, clause, drafter, unchanged
):
    """The published duplicate refuses: nothing of the act is left, not even a version."""
    published = factories.make_comment(session, entry)
    publication = factories.make_publication(session.hearing, session.work_group)
    factories.make_disposition(published, outcome="deferred", publication=publication)
    before = World.now()

    with pytest.raises(DecisionRefused):
        adopt_amendments(
            [Adoption(amendment, live(clause).lock_version)],
            by=drafter,
            also_answers=[published],
            reason=REASON,
        )

    unchanged(before)


def test_second_of_two_adoptions_that_fails_undoes_the_first(
    session, process, edition, amendment, clause, drafter, unchanged
):
    parent = factories.clause_at(
        process, "5.3"
    )  # has sub-clauses: it cannot be deleted
    doomed = factories.make_amendment(
        factories.make_comment(session, factories.entry_of(edition, parent)),
        op="delete",
        proposed={},
    )
    before = World.now()

    with pytest.raises(ChangeRefused):
        adopt_amendments(
            [
                Adoption(amendment, live(clause).lock_version),
                Adoption(doomed, parent.lock_version),
            ],
            by=drafter,
            reason=REASON,
        )

    unchanged(before)


def test_stale_lock_is_refused_with_the_clause_of_now(
    amendment, clause, drafter, second_drafter, unchanged
):
    read = live(clause).lock_version
    reword(clause, WORDS + "โดยเร็ว", by=second_drafter)
    before = World.now()

    with pytest.raises(StaleClause) as stale:
        adopt_amendments([Adoption(amendment, read)], by=drafter)

    assert stale.value.clause.plain == WORDS + "โดยเร็ว"
    unchanged(before)


def test_outdated_proposal_is_refused_with_a_merged_text(
    amendment, clause, drafter, second_drafter, unchanged
):
    reword(clause, "เจ้าหน้าที่" + WORDS, by=second_drafter)
    before = World.now()

    with pytest.raises(OutdatedAmendment) as outdated:
        adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)

    assert outdated.value.merged == Text(body="เจ้าหน้าที่" + WORDS + "ก่อนลงทะเบียนรับ")
    unchanged(before)


def test_merged_text_is_none_where_both_changed_the_same_words(
    comment, clause, second_drafter
):
    amendment = factories.make_amendment(
        comment, "ตรวจทานความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
    )
    reword(clause, "ตรวจนับความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย", by=second_drafter)

    assert merged_content(amendment, live(clause)) is None


def test_rebased_proposal_is_adopted_on_the_words_of_now(
    amendment, clause, drafter, second_drafter
):
    reword(clause, "เจ้าหน้าที่" + WORDS, by=second_drafter)
    merged = merged_content(amendment, live(clause))

    disposition = adopt_amendments(
        [Adoption(amendment, live(clause).lock_version, merged)],
        by=drafter,
        reason=REASON,
    ).disposition

    assert live(clause).plain == "เจ้าหน้าที่" + WORDS + "ก่อนลงทะเบียนรับ"
    assert disposition.outcome == "accepted_with_changes"
    amendment.refresh_from_db()
    assert (amendment.rebased, amendment.enacted_blob_id) == (
        merged.as_json(),
        live(clause).sha,
    )


def test_outdated_deletion_needs_a_look_at_the_words_of_now(
    comment, clause, drafter, second_drafter
):
    amendment = factories.make_amendment(comment, op="delete", proposed={})
    reword(clause, WORDS + "ทุกฉบับ", by=second_drafter)

    with pytest.raises(OutdatedAmendment):
        adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)
    adopt_amendments(
        [Adoption(amendment, live(clause).lock_version, on_current=True)], by=drafter
    )

    assert live(clause).retired is not None


def test_proposal_for_retired_clause_is_refused(
    amendment, clause, session, entry, drafter, unchanged
):
    deletion = factories.make_amendment(
        factories.make_comment(session, entry), op="delete", proposed={}
    )
    adopt_amendments([Adoption(deletion, live(clause).lock_version)], by=drafter)
    before = World.now()

    with pytest.raises(DecisionRefused, match="ยกเลิก") as refused:
        adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)

    assert refused.value.refusal_kind == RefusalKind.CONFLICT
    unchanged(before)


def test_proposal_for_a_clause_joined_away_is_refused_by_the_name_of_what_has_it(
    sign_in, amendment, comment, clause, process, drafter
):
    first = factories.clause_at(process, "5.1")
    survivor = factories.join_away(clause, first, by=drafter)
    with pytest.raises(DecisionRefused, match=r"ถ้อยคำอยู่ที่ ข้อ 5\.1 ของ “การรับหนังสือ"):
        adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)
    client = sign_in(drafter)
    there = f"/groups/DIR/drafts/{process.uuid}/clauses/{survivor.uuid}/"
    for address, subject, status in (
        ("comment-adoption", comment, 200),
        ("clause-bench", clause, 409),
    ):
        page = client.get(reverse(address, args=[subject.uuid]))
        assert page.status_code == status
        told = markup(page)
        assert "ถ้อยคำอยู่ที่ ข้อ 5.1" in told or "ข้อนี้อยู่ที่ ข้อ 5.1" in told
        assert f'href="{there}"' in told
    desk = markup(client.get(reverse("comment-disposition", args=[comment.uuid])))
    assert reverse("clause-bench", args=[clause.uuid]) not in desk
    gone = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/"
    assert f'<a href="{gone}">ข้อนี้ยกเลิกแล้วในร่าง' in desk
    assert client.get(gone).status_code == 200


def test_adopting_twice_says_so_and_changes_nothing(
    amendment, clause, drafter, unchanged
):
    read = live(clause).lock_version
    adopt_amendments([Adoption(amendment, read)], by=drafter)
    before = World.now()

    with pytest.raises(DecisionRefused, match="นำเข้าในข้อแล้ว"):
        adopt_amendments([Adoption(amendment, read)], by=drafter)

    unchanged(before)


def test_two_proposals_for_one_clause_are_refused_together(
    session, entry, amendment, clause, drafter, unchanged
):
    rival = factories.make_amendment(
        factories.make_comment(session, entry), WORDS + "ทันที"
    )
    before = World.now()

    with pytest.raises(DecisionRefused, match="ข้อเดียวกัน"):
        adopt_amendments(
            [
                Adoption(amendment, live(clause).lock_version),
                Adoption(rival, live(clause).lock_version),
            ],
            by=drafter,
        )

    unchanged(before)


@pytest.mark.parametrize("op", ["move", "split", "join"])
def test_structural_proposals_belong_to_the_editor(
    comment, clause, drafter, op, unchanged
):
    amendment = factories.make_amendment(comment, op=op)
    before = World.now()

    with pytest.raises(DecisionRefused, match="หน้าแก้ไข"):
        adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)

    unchanged(before)


def test_step_cannot_be_put_outside_the_standard_table(
    comment, clause, drafter, unchanged
):
    replacement = factories.make_amendment(comment, Step(body="ลงทะเบียนรับ"))
    insertion = factories.make_amendment(
        comment, Step(body="ลงทะเบียนรับ"), op="insert_after"
    )
    before = World.now()

    for amendment in (replacement, insertion):
        with pytest.raises(DecisionRefused):
            adopt_amendments(
                [Adoption(amendment, live(clause).lock_version)], by=drafter
            )

    unchanged(before)


def test_proposal_without_clause_is_for_the_editor(
    session, edition, process, delegate, drafter, unchanged
):
    comment = factories.make_comment(
        session, factories.entry_of(edition, process), delegate, type="add"
    )
    amendment = factories.make_amendment(
        comment, op="insert_after", clause=None, base_blob=None
    )
    before = World.now()

    with pytest.raises(DecisionRefused, match="รอยกร่าง"):
        adopt_amendments([Adoption(amendment, 1)], by=drafter)

    unchanged(before)


def test_step_proposal_keeps_times_and_branches_of_both_sides(
    session, edition, process, drafter, second_drafter
):
    step = factories.clause_at(process, "2", part=9)
    entry = factories.entry_of(edition, step)
    longer = step.content.with_fields({"duration": "20 นาที"})
    amendment = factories.make_amendment(factories.make_comment(session, entry), longer)
    now = live(step)
    renamed = now.content.with_fields({"actor": "เจ้าพนักงานธุรการชำนาญงาน"})
    apply_changes(
        second_drafter,
        "edit",
        "ระบุระดับ",
        [ReviseClause(now, now.lock_version, renamed)],
    )

    merged = merged_content(amendment, live(step))

    assert merged.duration == {"text": "20 นาที", "minutes": 20}
    assert merged.actor == "เจ้าพนักงานธุรการชำนาญงาน"
    assert merged.next == step.content.next


# -- deciding without words --------------------------------------------------------------------------


def test_each_outcome_is_written_with_its_reason(
    session, entry, drafter, second_drafter
):
    rulings = [
        Ruling("accepted", REASON, "no_text_change"),
        Ruling(
            "accepted", "", "to_draft", assignee=second_drafter, due=date(2022, 10, 15)
        ),
        Ruling("accepted_with_changes", REASON, "no_text_change"),
        Ruling("already_covered", REASON, points_to=entry),
        Ruling("not_accepted", REASON),
        Ruling("referred", REASON, referred_to="กลุ่มบริหารงานการเงินและสินทรัพย์"),
        Ruling("deferred", REASON),
        Ruling("out_of_scope", REASON),
    ]

    for ruling in rulings:
        comment = factories.make_comment(session, entry)
        disposition = decide_comments([comment], ruling, by=drafter)
        assert comment.answers.get(current=True).disposition == disposition

    written = list(
        Disposition.objects.values_list("outcome", "effect", "reason").order_by("pk")
    )
    assert written == [
        (ruling.outcome, ruling.effect, ruling.reason) for ruling in rulings
    ]


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        (Ruling("not_accepted", "สั้นเกินไป"), "เหตุผลอย่างน้อย 20"),
        (Ruling("deferred"), "เหตุผลอย่างน้อย 20"),
        (Ruling("out_of_scope", " " * 40), "เหตุผลอย่างน้อย 20"),
        (Ruling("accepted", "", "no_text_change"), "เหตุผลอย่างน้อย 20"),
        (Ruling("accepted_with_changes", "", "to_draft"), "เหตุผลอย่างน้อย 20"),
        (Ruling("accepted", REASON), "เมื่อเห็นชอบแล้ว"),
        (Ruling("accepted", REASON, "changed"), "ต้องแก้ถ้อยคำพร้อมกัน"),
        (Ruling("accepted", REASON, "to_draft"), "ผู้ยกร่างและวันครบกำหนด"),
        (
            Ruling("accepted", REASON, "to_draft", due=date(2022, 10, 15)),
            "ผู้ยกร่างและวันครบกำหนด",
        ),
        (Ruling("not_accepted", REASON, "no_text_change"), "ไม่เปลี่ยนถ้อยคำ"),
        (Ruling("referred", REASON, referred_to="  "), "ที่ส่งต่อ"),
        (Ruling("already_covered", REASON), "ข้อที่กำหนดเรื่องนี้ไว้แล้ว"),
        (Ruling("withdrawn", REASON), "สิทธิของผู้แสดงความคิดเห็น"),
        (Ruling("approved", REASON), "โปรดเลือกผล"),
        (Ruling("", REASON), "โปรดเลือกผล"),
    ],
)
def test_incomplete_ruling_is_refused(comment, drafter, ruling, words, unchanged):
    before = World.now()

    with pytest.raises(DecisionRefused, match=words):
        decide_comments([comment], ruling, by=drafter)

    unchanged(before)


def test_reason_is_counted_in_code_points_without_the_spaces_around(comment, drafter):
    with pytest.raises(DecisionRefused):
        decide_comments(
            [comment], Ruling("deferred", "  " + "ก" * 19 + "  "), by=drafter
        )

    disposition = decide_comments(
        [comment], Ruling("deferred", "  " + "ก" * 20 + "  "), by=drafter
    )

    assert disposition.reason == "ก" * 20


def test_nothing_to_decide_is_refused(drafter):
    with pytest.raises(DecisionRefused, match="อย่างน้อยหนึ่งเรื่อง"):
        decide_comments([], Ruling("deferred", REASON), by=drafter)


def test_reply_has_no_answer_of_its_own(session, entry, comment, drafter, unchanged):
    reply = factories.make_comment(session, entry, parent=comment)
    before = World.now()

    with pytest.raises(DecisionRefused, match="ตอบกลับ"):
        decide_comments([comment, reply], Ruling("deferred", REASON), by=drafter)

    unchanged(before)


def test_withdrawn_comment_is_not_decided(comment, delegate, drafter, unchanged):
    withdraw_comment(comment, by=delegate)
    before = World.now()

    with pytest.raises(DecisionRefused, match="ถอนแล้ว"):
        decide_comments([comment], Ruling("deferred", REASON), by=drafter)

    unchanged(before)


def test_unpublished_answer_may_be_decided_again_and_the_old_one_is_kept(
    comment, drafter
):
    first = decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    second = decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)

    assert list(
        comment.answers.order_by("pk").values_list("disposition", "current")
    ) == [
        (first.pk, False),
        (second.pk, True),
    ]
    assert second.supersedes == first


def test_publishing_closes_the_paused_session_of_its_group_only(
    comment, hearing, dir_group, fin_group, drafter
):
    session = comment.session
    other = factories.make_session(session.edition, fin_group, hearing=hearing)
    for each in (session, other):
        factories.make_session_state(each, "paused")
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)

    publish_answers(hearing, dir_group, by=drafter)

    closing = session.states.last()
    assert (closing.state, closing.reason) == ("closed", BY_ANSWERS)
    assert other.states.last().state == "paused"


def test_published_answer_stands_unless_objected_to(
    comment, delegate, hearing, dir_group, drafter, unchanged
):
    first = decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    before = World.now()
    with pytest.raises(DecisionRefused, match="เผยแพร่แล้ว"):
        decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)
    unchanged(before)

    objection = object_to_answer(comment, "ฉบับหน้าช้าเกินไปสำหรับงานประจำ", by=delegate)
    second = decide_comments(
        [comment], Ruling("accepted", REASON, "no_text_change"), by=drafter
    )

    objection.refresh_from_db()
    assert (second.supersedes, objection.answered_by) == (first, second)
    publish_answers(hearing, dir_group, by=drafter)
    with pytest.raises(DecisionRefused):  # the one objection is used up
        decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)


def test_acceptance_is_not_taken_back_while_its_words_stand(
    amendment, comment, clause, drafter, unchanged
):
    adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)
    before = World.now()
    with pytest.raises(DecisionRefused, match="เรียกคืนถ้อยคำเดิม"):
        decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    unchanged(before)

    reword(clause, WORDS, by=drafter)
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)

    assert comment.answers.get(current=True).disposition == refusal


def test_one_duplicate_may_leave_while_another_explains_the_words(
    session, entry, amendment, comment, clause, drafter
):
    other = factories.make_comment(session, entry)
    adopted = adopt_amendments(
        [Adoption(amendment, live(clause).lock_version)],
        by=drafter,
        also_answers=[other],
    ).disposition

    decide_comments([other], Ruling("out_of_scope", REASON), by=drafter)

    assert comment.answers.get(current=True).disposition == adopted


# -- the second person, the debt ---------------------------------------------------------------------


def test_refusal_is_confirmed_by_a_second_person_only(comment, drafter, second_drafter):
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    with pytest.raises(DecisionRefused, match="ของตนเองไม่ได้"):
        factories.confirm_refusal(refusal, by=drafter)

    confirmed = factories.confirm_refusal(refusal, by=second_drafter)
    again = factories.confirm_refusal(refusal, by=second_drafter)

    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (
        second_drafter,
        again.confirmed_at,
    )
    assert confirmed.history.first().history_user == second_drafter


def test_what_needs_no_second_person_cannot_be_confirmed(
    comment, drafter, second_drafter
):
    deferred = decide_comments([comment], Ruling("deferred", REASON), by=drafter)

    with pytest.raises(DecisionRefused):
        factories.confirm_refusal(deferred, by=second_drafter)

    deferred.refresh_from_db()
    assert deferred.confirmed_by is None


def test_superseded_refusal_cannot_be_confirmed(comment, drafter, second_drafter):
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)

    with pytest.raises(DecisionRefused, match="ผลใหม่แทนแล้ว"):
        factories.confirm_refusal(refusal, by=second_drafter)


def test_refusal_is_confirmed_with_all_that_was_shown_of_it_and_no_more(
    comment, session, entry, drafter, second_drafter
):
    other = factories.make_comment(session, entry)
    refusal = decide_comments(
        [comment, other], Ruling("not_accepted", REASON), by=drafter
    )
    answers = {each.comment_id: each.pk for each in refusal.answers.all()}
    shown = {refusal.pk: [answers[comment.pk]]}

    with pytest.raises(DecisionRefused, match=f"เลขที่ {other.pk} ด้วย"):
        confirm_refusals(shown, by=second_drafter)
    refusal.refresh_from_db()
    assert refusal.confirmed_by is None

    decide_comments([other], Ruling("deferred", REASON), by=drafter)
    confirmation = confirm_refusals(shown, by=second_drafter)
    assert [each.confirmed_by for each in confirmation.now] == [second_drafter]


def test_several_refusals_are_confirmed_all_or_none(
    comment, session, entry, drafter, second_drafter
):
    """One of them is decided anew after the page was opened."""
    other = factories.make_comment(session, entry)
    shown = {}
    for each in (comment, other):
        refusal = decide_comments([each], Ruling("not_accepted", REASON), by=drafter)
        shown[refusal.pk] = [refusal.answers.get().pk]
    again = decide_comments([other], Ruling("not_accepted", REASON + "อีก"), by=drafter)

    with pytest.raises(DecisionRefused, match=f"เลขที่ {other.pk} มีผลใหม่แทนแล้ว"):
        confirm_refusals(shown, by=second_drafter)

    assert not Disposition.objects.filter(confirmed_by__isnull=False).exists()
    again.refresh_from_db()
    assert again.needs_confirmation


def test_drafting_debt_is_cleared_by_a_later_change_only(
    comment, clause, drafter, second_drafter
):
    early = reword(clause, WORDS + "ก่อนมีผล", by=drafter)
    debt = decide_comments(
        [comment],
        Ruling(
            "accepted", "", "to_draft", assignee=second_drafter, due=date(2022, 10, 15)
        ),
        by=drafter,
    )
    with pytest.raises(DecisionRefused, match="เกิดก่อน"):
        clear_drafting_debt(debt, early, by=drafter)
    later = reword(clause, WORDS + "หลังมีผล", by=second_drafter)

    cause = clear_drafting_debt(debt, later, by=second_drafter)

    assert (cause.change, cause.disposition, cause.amendment) == (later, debt, None)
    with pytest.raises(DecisionRefused, match="ผลอื่นแล้ว"):
        clear_drafting_debt(debt, later, by=second_drafter)
    assert ChangeCause.objects.count() == 1


def test_only_a_promise_to_draft_is_a_debt(comment, clause, drafter):
    deferred = decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    change = reword(clause, WORDS + "ภายหลัง", by=drafter)

    with pytest.raises(DecisionRefused, match="ไม่มีการยกร่างที่รอดำเนินการ"):
        clear_drafting_debt(deferred, change, by=drafter)


def test_comment_is_never_hidden_or_lost_by_deciding(
    comment, amendment, clause, drafter
):
    adopt_amendments([Adoption(amendment, live(clause).lock_version)], by=drafter)

    kept = Comment.objects.with_visibility().get()
    assert (kept.text, kept.visibility_now, kept.entry_id) == (
        comment.text,
        "shown",
        comment.entry_id,
    )
