"""The similarity search over the working drafts: it proposes, forgets with the words, and never decides."""

import pytest

from comments.models import Overlap, SimilarPair
from comments.overlaps.queries.suggestions import waiting_pairs
from comments.overlaps.services.dismissing import dismiss_pairs
from comments.overlaps.services.searching import search_similar_clauses
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import enqueue_job
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Section
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "เมื่อพบความเสียหายให้รวบรวมพยานหลักฐานทั้งพยานเอกสาร พยานวัตถุ และพยานบุคคล พร้อมคำนวณมูลค่าความเสียหาย"
NEARLY = f"คณะกรรมการ{WORDS}ทุกระดับ"
OTHER = "ลงทะเบียนคุมการเบิกวัสดุสำนักงานตามใบเบิก และตรวจนับวัสดุคงเหลือทุกสิ้นไตรมาส"


@pytest.fixture
def pair(process, fin_group) -> tuple[Clause, Clause]:
    """A clause of กลุ่มอำนวยการ and nearly the same of กลุ่มการเงิน, not compared yet."""
    other = make_other(fin_group)
    first = factories.make_clause(process, WORDS)
    return first, factories.make_clause(other, NEARLY)


def make_other(group) -> Section:
    return factories.make_section(
        factories.make_manual(group), "การสอบสวน", kind=Section.Kind.PROCESS
    )


def revise(clause: Clause, words: str, by) -> None:
    clause.refresh_from_db()
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=words),
        numbering=clause.numbering,
        by=by,
        reason="ถ้อยคำอื่น",
    )


def found() -> list[tuple[int, int]]:
    return list(SimilarPair.objects.values_list("clause_a", "clause_b"))


def test_finds_two_groups_with_nearly_the_same_words(pair) -> None:
    assert search_similar_clauses() == 1
    assert found() == [(pair[0].pk, pair[1].pk)]
    row = SimilarPair.objects.get()
    assert (row.blob_a_id, row.blob_b_id) == (pair[0].sha, pair[1].sha)
    assert 45 <= row.percent < 100
    assert Overlap.objects.count() == 0


def test_one_group_is_not_compared_with_itself(process) -> None:
    factories.make_clause(process, WORDS)
    factories.make_clause(process, NEARLY)
    search_similar_clauses()
    assert found() == []


def test_runs_again_only_when_words_changed(pair, django_assert_num_queries) -> None:
    search_similar_clauses()
    with django_assert_num_queries(5):  # with the savepoint of the test's transaction
        assert search_similar_clauses() == 0
    assert len(found()) == 1


def test_pair_goes_with_its_words_and_comes_again(pair, drafter) -> None:
    search_similar_clauses()
    revise(pair[0], OTHER, drafter)
    search_similar_clauses()
    assert found() == []
    revise(pair[0], WORDS, drafter)
    search_similar_clauses()
    assert len(found()) == 1


def test_pair_goes_with_a_clause_that_left(pair, drafter) -> None:
    search_similar_clauses()
    retire_clause(pair[1], pair[1].lock_version, by=drafter, reason="ซ้ำ")
    search_similar_clauses()
    assert found() == []


def test_copy_of_the_same_wording_is_found(process, fin_group) -> None:
    """Its words were compared before, at another place."""
    factories.make_clause(process, WORDS)
    search_similar_clauses()
    other = make_other(fin_group)
    factories.make_clause(other, WORDS)
    search_similar_clauses()
    assert SimilarPair.objects.get().percent == 100


def test_short_rows_and_phrases_of_all_manuals_are_left_out(process, fin_group) -> None:
    other = make_other(fin_group)
    factories.make_clause(process, "ตรวจสอบเอกสาร")
    factories.make_clause(other, "ตรวจสอบเอกสาร")
    for _ in range(7):
        factories.make_clause(process, OTHER)
        factories.make_clause(other, OTHER)
    search_similar_clauses()
    assert found() == []


def test_dismissed_words_are_proposed_no_more(pair, admin, drafter) -> None:
    search_similar_clauses()
    dismiss_pairs(list(waiting_pairs(admin)), by=admin, reason="คนละขั้นตอนของเรื่อง")
    assert list(waiting_pairs(admin)) == []
    # The same two wordings at another place
    again = factories.make_clause(pair[0].section, WORDS)
    search_similar_clauses()
    assert SimilarPair.objects.filter(clause_a=again).exists()
    assert list(waiting_pairs(admin)) == []
    # Other words are other words
    revise(again, f"{WORDS} ภายใน 7 วัน", drafter)
    search_similar_clauses()
    assert waiting_pairs(admin).count() == 1


def test_desk_sees_pairs_of_its_own_group(pair, drafter, stranger) -> None:
    search_similar_clauses()
    other = factories.make_drafter(factories.make_group("LAW"), username="kosol")
    assert waiting_pairs(drafter).count() == 1
    assert waiting_pairs(other).count() == 0


@pytest.mark.django_db(transaction=True)
def test_freezing_compares_what_changed(pair, admin) -> None:
    params = {
        "code": "2565-D9",
        "kind": "hearing",
        "title": "ร่างรับฟังความคิดเห็น",
        "basis": "",
    }
    enqueue_job("freeze_edition", params, admin)
    run_pending_jobs()
    assert len(found()) == 1
