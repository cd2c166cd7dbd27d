"""Publishing answers together, objecting once, the gate of a release, and what the book prints as causes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.presentation.blockers import show_answer_blocker
from comments.deciding.queries.answers import count_addressees, waiting_answers
from comments.deciding.queries.blockers import find_publication_blockers
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.clearing_debts import clear_drafting_debt
from comments.deciding.services.objecting import find_published_answer, object_to_answer
from comments.deciding.services.publishing import PublishingRefused, publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.models import AnswerPublication, Comment, Disposition, Objection
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.presentation.margin_notes import notes_and_reasons
from comments.releasing.queries.book import EditionBook
from comments.releasing.queries.gate import find_release_blockers
from comments.releasing.services import ReleaseRefused, release_edition
from manuals.content import Reference, Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Section
from tests import factories
from tests.database import without_triggers

REASON = "ระเบียบงานสารบรรณกำหนดเรื่องนี้ไว้แล้วในข้อ 35"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"


def live(clause: Clause) -> Clause:
    return Clause.objects.select_related("section").get(pk=clause.pk)


def kinds(blockers) -> list[tuple[str, int | None]]:
    """[(kind, the comment it is about)]."""
    found = []
    for blocker in blockers:
        comment = getattr(blocker, "comment", None)
        found.append((blocker.kind, comment.pk if comment else None))
    return found


@pytest.fixture
def deferred(comment, drafter) -> Disposition:
    return decide_comments([comment], Ruling("deferred", REASON), by=drafter)


@pytest.fixture
def published(deferred, hearing, dir_group, drafter) -> AnswerPublication:
    return publish_answers(hearing, dir_group, by=drafter)


def let_time_pass(publication: AnswerPublication, days: int) -> None:
    """As if it had been published `days` ago."""
    with without_triggers():
        publication.at -= timedelta(days=days)
        publication.objections_until -= timedelta(days=days)
        publication.save(update_fields=["at", "objections_until"])


# -- together ----------------------------------------------------------------------------------------


def test_answers_go_out_together(
    session, entry, comment, deferred, hearing, dir_group, drafter, second_drafter
):
    refused = factories.make_comment(session, entry)
    refusal = decide_comments([refused], Ruling("not_accepted", REASON), by=drafter)
    factories.confirm_refusal(refusal, by=second_drafter)
    before = timezone.now()

    publication = publish_answers(hearing, dir_group, by=drafter)

    assert set(publication.dispositions.all()) == {deferred, refusal}
    assert (publication.hearing, publication.work_group, publication.by) == (
        hearing,
        dir_group,
        drafter,
    )
    assert publication.objections_until - before >= timedelta(days=14)
    assert publication.objections_until - timezone.now() <= timedelta(days=14)
    assert deferred.history.first().history_user == drafter


def test_everything_missing_is_named_with_its_place(
    session, entry, comment, hearing, dir_group, drafter
):
    refused = factories.make_comment(session, entry)
    decide_comments([refused], Ruling("not_accepted", REASON), by=drafter)

    with pytest.raises(PublishingRefused) as blocked:
        publish_answers(hearing, dir_group, by=drafter)

    assert kinds(blocked.value.blockers) == [
        ("unanswered", comment.pk),
        ("unconfirmed", refused.pk),
    ]
    assert [show_answer_blocker(blocker).url for blocker in blocked.value.blockers] == [
        f"/groups/DIR/queue/?comment={row.uuid}" for row in (comment, refused)
    ]
    assert not AnswerPublication.objects.exists()
    assert not Disposition.objects.filter(publication__isnull=False).exists()


def test_database_refuses_an_unconfirmed_refusal_among_the_published(
    comment, hearing, dir_group, drafter
):
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    refusal.publication = factories.make_publication(hearing, dir_group)

    with (
        pytest.raises(IntegrityError, match="published_refusal_is_confirmed"),
        transaction.atomic(),
    ):
        refusal.save(update_fields=["publication"])


def test_replies_and_other_groups_do_not_hold_it_up(
    session, entry, comment, deferred, hearing, dir_group, fin_group, drafter, admin
):
    factories.make_comment(session, entry, parent=comment)
    foreign = factories.make_process(factories.make_manual(fin_group), by=admin)
    later = factories.make_edition("BOTH", by=admin)
    stage = factories.make_session(later, fin_group, hearing=hearing)
    factories.make_comment(stage, factories.entry_of(later, foreign))

    publish_answers(hearing, dir_group, by=drafter)

    assert len(find_publication_blockers(hearing, fin_group)) == 1


def test_withdrawn_comment_needs_no_decision(
    session, entry, comment, delegate, deferred, hearing, dir_group, drafter
):
    withdrawn = factories.make_comment(session, entry, delegate)
    withdraw_comment(withdrawn, by=delegate)

    publication = publish_answers(hearing, dir_group, by=drafter)

    assert publication.dispositions.count() == 2


def test_second_publication_takes_only_what_is_new(
    session, entry, comment, published, hearing, dir_group, drafter
):
    with pytest.raises(PublishingRefused, match="ไม่มีผลการพิจารณาใหม่"):
        publish_answers(hearing, dir_group, by=drafter)
    late = factories.make_comment(session, entry)
    disposition = decide_comments([late], Ruling("out_of_scope", REASON), by=drafter)

    second = publish_answers(hearing, dir_group, by=drafter)

    assert list(second.dispositions.all()) == [disposition]
    assert AnswerPublication.objects.count() == 2


def test_commenter_reads_the_published_answer_while_a_new_one_waits(
    comment, published, delegate, drafter, deferred
):
    assert find_published_answer(comment) == deferred
    object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate)
    decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)

    assert find_published_answer(Comment.objects.get(pk=comment.pk)) == deferred


def test_blockers_cost_the_same_for_one_and_three(
    session, entry, comment, hearing, dir_group, assert_same_queries
):
    def add() -> None:
        for _ in range(2):
            factories.make_comment(session, entry)

    assert_same_queries(2, lambda: find_publication_blockers(hearing, dir_group), add)


# -- objecting ---------------------------------------------------------------------------------------


def test_commenter_objects_once(comment, published, delegate):
    objection = object_to_answer(comment, " ฉบับหน้าช้าเกินไป ", by=delegate)

    assert (objection.comment, objection.text, objection.answered_by) == (
        comment,
        "ฉบับหน้าช้าเกินไป",
        None,
    )
    with pytest.raises(PublishingRefused, match="ครั้งเดียว"):
        object_to_answer(comment, "อีกครั้ง", by=delegate)
    assert Objection.objects.count() == 1


def test_only_the_commenter_objects(
    comment, published, secondary_delegate, facilitator
):
    for person in (secondary_delegate, facilitator):
        with pytest.raises(PublishingRefused, match="ของท่านเอง"):
            object_to_answer(comment, "ไม่เห็นด้วย", by=person)

    assert not Objection.objects.exists()


def test_who_typed_it_in_for_a_speaker_does_not_object(
    session, entry, lampang, facilitator, hearing, dir_group, drafter
):
    typed = factories.make_comment(
        session, entry, facilitator, channel="room", office=lampang
    )
    decide_comments([typed], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)

    with pytest.raises(PublishingRefused, match="ของท่านเอง"):
        object_to_answer(typed, "ไม่เห็นด้วย", by=facilitator)


def test_before_publication_there_is_nothing_to_object_to(comment, deferred, delegate):
    with pytest.raises(PublishingRefused, match="ยังไม่มีผล"):
        object_to_answer(comment, "ไม่เห็นด้วย", by=delegate)


def test_withdrawn_comment_has_no_answer_to_object_to(
    comment, delegate, hearing, dir_group, drafter
):
    withdraw_comment(comment, by=delegate)
    publish_answers(hearing, dir_group, by=drafter)

    with pytest.raises(PublishingRefused, match="ถอน"):
        object_to_answer(comment, "เปลี่ยนใจ", by=delegate)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_objection_says_something(comment, published, delegate, text):
    with pytest.raises(PublishingRefused, match="เหตุผลที่ขอให้ทบทวน"):
        object_to_answer(comment, text, by=delegate)


def test_silence_closes_it_after_fourteen_days(comment, published, delegate):
    let_time_pass(published, days=15)

    with pytest.raises(PublishingRefused, match="พ้นกำหนดขอทบทวนแล้วเมื่อ"):
        object_to_answer(comment, "เพิ่งเห็นผล", by=delegate)


@pytest.mark.parametrize("days", [0, 7, 14])
def test_hearing_says_how_long_one_may_object(
    deferred, hearing, dir_group, drafter, days
):
    hearing.objection_days = days
    with without_triggers():
        hearing.save(update_fields=["objection_days"])
    before = timezone.now()

    publication = publish_answers(hearing, dir_group, by=drafter)

    assert (
        timedelta(days=days)
        <= publication.objections_until - before
        < timedelta(days=days, minutes=5)
    )
    assert publication.takes_objections is (days > 0)
    edition = deferred.answers.get().comment.entry.edition
    running = [blocker.kind for blocker in find_release_blockers(EditionBook(edition))]
    assert ("objection_time" in running) is (days > 0)


def test_objection_time_is_over_at_once_where_nobody_may_object(
    session, entry, comment, published, delegate, hearing, dir_group, drafter
):
    object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate)
    decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)

    publication = publish_answers(hearing, dir_group, by=drafter)

    assert publication.dispositions.count() == 1
    assert (publication.took_objections, publication.takes_objections) == (False, False)
    later = factories.make_comment(session, entry)
    decide_comments([later], Ruling("deferred", REASON), by=drafter)
    assert publish_answers(hearing, dir_group, by=drafter).takes_objections


def test_answer_to_what_was_typed_in_for_somebody_without_an_account_is_final(
    session, entry, facilitator, delegate, hearing, dir_group, drafter
):
    unknown = factories.make_comment(
        session, entry, facilitator, recorded_by=facilitator, channel="paper"
    )
    decide_comments([unknown], Ruling("deferred", REASON), by=drafter)
    assert count_addressees(waiting_answers(hearing, dir_group)).final == 1
    publication = publish_answers(hearing, dir_group, by=drafter)

    assert publication.took_objections is False
    running = [
        blocker.kind for blocker in find_release_blockers(EditionBook(entry.edition))
    ]
    assert "objection_time" not in running

    # Who is known by name may object, whoever typed it
    known = factories.make_comment(
        session, entry, delegate, recorded_by=facilitator, channel="paper"
    )
    decide_comments([known], Ruling("deferred", REASON), by=drafter)
    assert publish_answers(hearing, dir_group, by=drafter).takes_objections


def test_rehearsal_takes_no_objection_and_the_gate_never_waits(
    comment, deferred, hearing, dir_group, drafter, delegate
):
    hearing.objection_days = 0
    with without_triggers():
        hearing.save(update_fields=["objection_days"])
    publish_answers(hearing, dir_group, by=drafter)

    with pytest.raises(PublishingRefused, match="ไม่เปิดให้ขอทบทวนผล"):
        object_to_answer(comment, "ไม่เห็นด้วย", by=delegate)

    assert not Objection.objects.exists()


def test_changing_the_days_leaves_what_is_published(
    published, comment, hearing, delegate
):
    hearing.objection_days = 0
    with without_triggers():
        hearing.save(update_fields=["objection_days"])

    assert object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate).pk
    hearing.objection_days = 61
    with (
        pytest.raises(IntegrityError, match="objections_take_no_longer"),
        transaction.atomic(),
    ):
        hearing.save(update_fields=["objection_days"])


def test_one_of_the_duplicates_may_object_alone(
    session, entry, comment, delegate, hearing, dir_group, drafter
):
    other = factories.make_comment(session, entry)
    shared = decide_comments([comment, other], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    objection = object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate)

    second = decide_comments(
        [comment], Ruling("accepted", REASON, "no_text_change"), by=drafter
    )
    publish_answers(hearing, dir_group, by=drafter)

    objection.refresh_from_db()
    assert objection.answered_by == second
    assert find_published_answer(comment) == second
    assert find_published_answer(other) == shared


# -- the gate ----------------------------------------------------------------------------------------


@pytest.fixture
def final(comment, clause, admin):
    """A final edition of the working draft."""
    return factories.make_edition("FINAL", kind="final", by=admin)


def test_gate_names_every_kind_of_blocker(
    session,
    entry,
    comment,
    process,
    unit,
    delegate,
    hearing,
    dir_group,
    drafter,
    second_drafter,
    admin,
):
    objected = factories.make_comment(session, entry, delegate)
    owed = factories.make_comment(session, entry)
    decide_comments([objected], Ruling("deferred", REASON), by=drafter)
    decide_comments(
        [owed],
        Ruling("accepted", "", "to_draft", assignee=second_drafter, due="2030-01-15"),
        by=drafter,
    )
    decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    object_to_answer(objected, "ไม่ตรงข้อเสนอ", by=delegate)
    open_comment = factories.make_comment(session, entry)
    source = factories.make_legal_source(
        "ระเบียบเก่า", full_title="ระเบียบเก่า พ.ศ. 2517", status="repealed"
    )
    factories.make_clause(
        process,
        Reference(source=source.key, as_cited="ระเบียบเก่า พ.ศ. 2517"),
        part=8,
        by=drafter,
    )
    broken = '<span data-ref="11111111-1111-4111-8111-111111111111"></span>'
    factories.make_clause(process, Text(body=f"ตาม {broken}"), by=drafter)
    bare = factories.make_section(
        title="การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    final = factories.make_edition("FINAL", kind="final", by=admin)

    blockers = find_release_blockers(EditionBook(final))

    assert kinds(blockers) == [
        ("unpublished", open_comment.pk),
        ("objection", objected.pk),
        ("objection_time", None),
        ("to_draft", owed.pk),
        ("repealed", None),
        ("missing_part", None),
        ("broken_reference", None),
    ]
    named = {blocker.kind: show_release_blocker(blocker) for blocker in blockers}
    assert f"comment={open_comment.uuid}" in named["unpublished"].url
    assert named["unpublished"].sentence == (
        f"การรับหนังสือราชการ ข้อ\u00a05.2 ความคิดเห็นเลขที่ {open_comment.pk} ยังไม่มีผลที่เผยแพร่"
    )
    assert (
        named["repealed"].sentence == "การรับหนังสือราชการ ข้อ 8.2 อ้างระเบียบเก่า ซึ่งยกเลิกแล้ว"
    )
    assert [
        blocker.place.entry.uuid
        for blocker in blockers
        if blocker.kind == "missing_part"
    ] == [bare.uuid]
    assert named["missing_part"].place == "การส่งหนังสือ"
    assert "วัตถุประสงค์" in named["missing_part"].text
    assert named["broken_reference"].place_url.startswith("/editions/FINAL/sections/")


def test_final_edition_is_released_when_nothing_blocks_it(
    comment, deferred, hearing, dir_group, drafter, final, admin
):
    with pytest.raises(ReleaseRefused) as refused:
        release_edition(final, "public", by=admin)
    assert kinds(refused.value.blockers) == [("unpublished", comment.pk)]
    assert not final.releases.exists()
    publication = publish_answers(hearing, dir_group, by=drafter)
    let_time_pass(publication, days=15)

    release = release_edition(final, "public", by=admin)

    assert (release.edition, release.audience, release.by) == (final, "public", admin)
    assert release_edition(final, "public", by=admin) == release
    assert release.history.get().history_user == admin


def test_comment_nobody_may_read_holds_the_final_edition_until_it_is_shown_or_hidden(
    session, entry, comment, delegate, deferred, hearing, dir_group, drafter, final
):
    held = factories.make_comment(session, entry, visibility="held")
    reply = factories.make_comment(session, entry, parent=comment, visibility="held")
    withdrawn = factories.make_comment(session, entry, delegate, visibility="held")
    withdraw_comment(withdrawn, by=delegate)
    decide_comments([held], Ruling("out_of_scope", REASON), by=drafter)
    let_time_pass(publish_answers(hearing, dir_group, by=drafter), days=15)

    assert kinds(find_release_blockers(EditionBook(final))) == [
        ("held", held.pk),
        ("held", reply.pk),
    ]

    factories.make_moderation(held, "shown", by=drafter)
    factories.make_moderation(reply, "hidden", by=drafter)
    assert find_release_blockers(EditionBook(final)) == []


def test_other_editions_and_the_hearing_need_no_gate(comment, edition, final, admin):
    release_edition(edition, "public", by=admin)
    release_edition(final, "hearing", by=admin)

    assert edition.releases.filter(audience="public").exists()
    assert [release.audience for release in final.releases.all()] == ["hearing"]


def test_unsealed_edition_is_not_released(admin):
    with pytest.raises(ReleaseRefused, match="จัดทำ"):
        release_edition(factories.make_unsealed_edition(), "public", by=admin)


def test_objection_time_does_not_run_for_those_who_objected_already(
    comment, published, delegate, hearing, dir_group, drafter, final
):
    object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate)
    decide_comments([comment], Ruling("accepted", REASON, "no_text_change"), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)

    assert find_release_blockers(EditionBook(final)) == []


def test_kept_promise_and_reworded_citation_no_longer_block(
    comment, clause, process, hearing, dir_group, drafter, second_drafter, admin
):
    ruling = Ruling(
        "accepted", "", "to_draft", assignee=second_drafter, due="2030-01-15"
    )
    debt = decide_comments([comment], ruling, by=drafter)
    let_time_pass(publish_answers(hearing, dir_group, by=drafter), days=15)
    source = factories.make_legal_source(
        "ระเบียบเก่า", full_title="ระเบียบเก่า พ.ศ. 2517", status="repealed"
    )
    cited = factories.make_clause(
        process, Reference(source=source.key, as_cited="เก่า"), part=8, by=drafter
    )
    early = factories.make_edition("EARLY", kind="final", by=admin)
    assert [blocker.kind for blocker in find_release_blockers(EditionBook(early))] == [
        "to_draft",
        "repealed",
    ]

    now = live(clause)
    [change] = apply_changes(
        second_drafter,
        "edit",
        "ยกร่าง",
        [ReviseClause(now, now.lock_version, Text(body=WORDS + "ตามที่รับไว้"))],
    )
    clear_drafting_debt(debt, change, by=second_drafter)
    retire_clause(live(cited), live(cited).lock_version, by=drafter, reason="ยกเลิกแล้ว")
    late = factories.make_edition("LATE", kind="final", by=admin)

    assert find_release_blockers(EditionBook(late)) == []
    assert [blocker.kind for blocker in find_release_blockers(EditionBook(early))] == [
        "repealed"
    ]  # what was frozen still says so


# -- causes in the book ------------------------------------------------------------------------------


def adopt(
    comment: Comment, words: str, *, by, reason: str = "", op: str = "replace"
) -> Disposition:
    amendment = factories.make_amendment(comment, words, op=op)
    clause = live(comment.entry.clause)
    return adopt_amendments(
        [Adoption(amendment, clause.lock_version)], by=by, reason=reason
    ).disposition


def test_book_names_the_comments_behind_a_change(
    session,
    edition,
    process,
    entry,
    comment,
    chonburi,
    hearing,
    dir_group,
    drafter,
    admin,
):
    second = factories.make_comment(
        session, entry, factories.make_delegate(dir_group, chonburi)
    )
    amendment = factories.make_amendment(comment, WORDS + "ก่อนลงทะเบียน")
    clause = live(entry.clause)
    adopt_amendments(
        [Adoption(amendment, clause.lock_version)],
        by=drafter,
        reason=REASON,
        also_answers=[second],
    )
    # A third office supports one of them and stands behind the change too; the second writes and supports
    third = factories.make_office("สพป.เชียงใหม่ เขต 1")
    factories.make_support(comment, third)
    factories.make_support(comment, chonburi)
    publish_answers(hearing, dir_group, by=drafter)
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)

    notes, reasons = notes_and_reasons(later)

    key = str(entry.uuid)
    assert notes == {
        key: [
            (
                "1",
                f"ตามความคิดเห็นเลขที่ {comment.pk}, {second.pk} (สพป. 2 เขต สพม. 1 เขต)",
                f"/editions/LATER/clauses/{entry.uuid}/chain/",
            )
        ]
    }
    assert reasons == {key: {"1": REASON}}

    section = Section.objects.get(pk=clause.section_id)
    restore_section(section, section.version - 1, by=drafter, reason="เรียกคืน")
    assert notes_and_reasons(later)[1] == {key: {"1": REASON}}  # as frozen
    restored = factories.make_edition("LAST", kind="revised", by=admin, basis=edition)
    assert notes_and_reasons(restored) == ({}, {})


def test_numbers_run_in_reading_order_within_a_process(
    session, edition, process, hearing, dir_group, drafter, admin
):
    made = {}
    for cite in ("5.3", "5.1"):
        clause = factories.clause_at(process, cite)
        comment = factories.make_comment(session, factories.entry_of(edition, clause))
        adopt(comment, f"ถ้อยคำใหม่ของข้อ {cite}", by=drafter)
        made[cite] = str(clause.uuid)
    publish_answers(hearing, dir_group, by=drafter)
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)

    notes, reasons = notes_and_reasons(later)

    assert [(uuid, lines[0][0]) for uuid, lines in notes.items()] == [
        (made["5.1"], "1"),
        (made["5.3"], "2"),
    ]
    assert reasons == {
        made["5.1"]: {"1": "เห็นชอบตามข้อเสนอ"},
        made["5.3"]: {"2": "เห็นชอบตามข้อเสนอ"},
    }


def test_unpublished_answers_are_not_told_by_the_book(comment, edition, drafter, admin):
    adopt(comment, WORDS + "ก่อนลงทะเบียน", by=drafter)
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)

    assert notes_and_reasons(later) == ({}, {})


def test_changes_before_the_basis_or_after_the_edition_are_left_out(
    session, edition, entry, comment, hearing, dir_group, drafter, admin
):
    adopt(comment, WORDS + "ครั้งที่หนึ่ง", by=drafter)
    middle = factories.make_edition("MIDDLE", kind="revised", by=admin, basis=edition)
    stage = factories.make_session(middle, dir_group, hearing=hearing)
    later_comment = factories.make_comment(
        stage, factories.entry_of(middle, entry.clause)
    )
    adopt(later_comment, WORDS + "ครั้งที่สอง", by=drafter)
    last = factories.make_edition("LAST", kind="revised", by=admin, basis=middle)
    publish_answers(hearing, dir_group, by=drafter)

    told = {
        found.code: [
            line[1] for line in notes_and_reasons(found)[0].get(str(entry.uuid), [])
        ]
        for found in (middle, last)
    }

    assert told == {
        "MIDDLE": [f"ตามความคิดเห็นเลขที่ {comment.pk} (สพป. 1 เขต สพม. 0 เขต)"],
        "LAST": [f"ตามความคิดเห็นเลขที่ {later_comment.pk} (สพป. 1 เขต สพม. 0 เขต)"],
    }


def test_deleted_clause_keeps_its_cause(
    comment, edition, entry, hearing, dir_group, drafter, admin
):
    amendment = factories.make_amendment(comment, op="delete", proposed={})
    adopt_amendments(
        [Adoption(amendment, live(entry.clause).lock_version)],
        by=drafter,
        reason=REASON,
    )
    publish_answers(hearing, dir_group, by=drafter)
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)

    assert notes_and_reasons(later)[1] == {str(entry.uuid): {"1": REASON}}
