"""A line of descent says nothing of where words went that were divided, or brought back, since."""

import pytest

from hearing_portal.thai.markup import write_reference
from hearing_portal.thai.shortening import shorten
from manuals.content import Text
from manuals.drafting.presentation.bringing_back import tell_clause_elsewhere
from manuals.drafting.presentation.gone import load_gone_page
from manuals.drafting.queries.references import find_cited_clauses
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.structure import (
    join_clauses,
    retire_clause,
    split_clause,
)
from manuals.drafting.told_words import tell_clause
from manuals.models import Clause, Edition
from manuals.models.survivors import find_joined_into, find_survivors
from manuals.reading.told_words import tell_edition_words
from manuals.reviewing.places import find_asked_place
from manuals.teamwork.queries.notes import (
    count_notes_by_clause,
    count_notes_of,
    find_notes,
)
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(process) -> Clause:
    return factories.clause_at(process, "5.1")


@pytest.fixture
def citing(process, clause, drafter) -> Clause:
    """A last clause of the process that says "ตามข้อ 5.2"."""
    body = f"ตาม{write_reference(str(clause.uuid))}"
    return factories.make_clause(process, Text(body=body), by=drafter)


def split(clause: Clause, *bodies: str, by) -> list[Clause]:
    clause = Clause.objects.select_related("section__manual", "parent").get(
        pk=clause.pk
    )
    contents = [Text(body=body) for body in bodies]
    return split_clause(clause, clause.lock_version, contents, by=by, reason="แยก")


def words_in(edition: Edition, clause: Clause) -> str:
    row = factories.entry_of(edition, clause)
    return tell_edition_words([row])[row.pk]


def test_joined_and_divided_again_it_is_the_part_that_says_the_words(
    process, clause, first, citing, drafter, expert, admin
):
    note = factories.make_team_note(clause, drafter, text="ตรวจอีกครั้ง")
    asked = factories.make_review_request(process, expert, drafter, clause)
    words = (first.body, clause.body)
    joined = factories.join_away(clause, first, by=drafter)
    assert tell_clause(citing) == "ตามข้อ 5.1"
    kept, part = split(joined, words[0], f"  {words[1]} ", by=drafter)

    assert tell_clause(citing) == "ตามข้อ 5.2"
    cited = find_cited_clauses([str(clause.uuid)])[str(clause.uuid)]
    assert (cited.entry.uuid, cited.has_moved) == (part.uuid, True)
    assert words_in(factories.make_edition(by=admin), citing) == "ตามข้อ 5.2"
    assert count_notes_by_clause(process) == {part.uuid: 1}
    assert (find_notes(part), find_notes(kept)) == ([note], [])
    assert (count_notes_of(part), count_notes_of(kept)) == (1, 0)
    asked.clause.refresh_from_db()
    assert find_asked_place(asked).clause == part


def test_divided_elsewhere_than_at_the_seam_nothing_has_the_words(
    process, clause, first, citing, drafter, admin
):
    joined = factories.join_away(clause, first, by=drafter)
    half = len(clause.body) // 2
    parts = split(
        joined,
        f"{first.body} และ{clause.body[:half]}",
        clause.body[half:],
        by=drafter,
    )
    clause.refresh_from_db()
    assert find_survivors([clause]) == {}
    assert find_joined_into(parts) == {}
    assert tell_clause(citing) == "ตามข้อที่ยกเลิก"
    assert words_in(factories.make_edition(by=admin), citing) == "ตามข้อที่ยกเลิก"
    # What may be meant is offered by name
    page = load_gone_page(process, drafter, clause.uuid, clause)
    assert not page.successors
    assert [name for name, _ in page.descendants] == [
        f"ข้อที่ขึ้นต้นว่า “{shorten(part.plain, 40)}”" for part in parts
    ]


def test_divided_and_retired_it_leads_nowhere_and_not_by_a_join_taken_back(
    process, clause, first, citing, drafter, admin
):
    note = factories.make_team_note(clause, drafter, text="ตรวจอีกครั้ง")
    process.refresh_from_db()
    before = process.version
    factories.join_away(clause, first, by=drafter)
    restore_section(process, before, by=drafter, reason="กลับไปเป็นอย่างเดิม")
    kept, _ = split(clause, "ตรวจสอบหนังสือ", "ตรวจสอบสิ่งที่ส่งมาด้วย", by=drafter)
    retire_clause(kept, kept.lock_version, by=drafter, reason="ไม่ใช้แล้ว")

    clause = Clause.objects.select_related("section__manual").get(pk=clause.pk)
    assert find_survivors([clause]) == {}
    assert tell_clause(citing) == "ตามข้อที่ยกเลิก"
    assert find_cited_clauses([str(clause.uuid)]) == {}
    edition = factories.make_edition(by=admin)
    assert words_in(edition, citing) == "ตามข้อที่ยกเลิก"
    assert not edition.entries.filter(data__has_key="has_words_of").exists()
    assert count_notes_by_clause(process) == {}
    assert find_notes(clause) == [note]
    assert tell_clause_elsewhere(clause, drafter) is None
    offered = load_gone_page(process, drafter, clause.uuid, clause).descendants
    assert [name for name, _ in offered] == ["ข้อที่ขึ้นต้นว่า “ตรวจสอบสิ่งที่ส่งมาด้วย”"]


def test_divided_and_retired_it_leads_to_a_part_that_says_all_of_it(
    clause, citing, drafter
):
    kept, part = split(clause, "ตรวจสอบ", "ตรวจสอบและลงทะเบียน", by=drafter)
    retire_clause(kept, kept.lock_version, by=drafter, reason="ซ้ำกัน")
    clause.refresh_from_db()
    assert find_survivors([clause]) == {clause.pk: [part]}


def test_join_that_nobody_divided_is_followed_whatever_was_polished(
    process, clause, first, citing, drafter
):
    """Also where the words were changed in joining."""
    read = [(first, first.lock_version), (clause, clause.lock_version)]
    joined = join_clauses(read, Text(body="ทำทั้งสองอย่าง"), by=drafter, reason="รวม")
    assert tell_clause(citing) == "ตามข้อ 5.1"
    clause.refresh_from_db()
    assert find_survivors([clause]) == {clause.pk: [joined]}


def test_as_many_queries_for_three_as_for_one(
    process, clause, first, drafter, django_assert_num_queries
):
    gone = []
    for words in ("หนึ่ง", "สอง", "สาม"):
        into = factories.make_clause(process, f"รับ{words}", by=drafter)
        away = factories.make_clause(process, f"ไป{words}", by=drafter)
        joined = factories.join_away(away, into, by=drafter)
        split(joined, f"รับ{words}", f"ไป{words}", by=drafter)
        gone.append(Clause.objects.select_related("section").get(pk=away.pk))
    for clauses in (gone[:1], gone):
        with django_assert_num_queries(2):
            assert len(find_survivors(clauses)) == len(clauses)


@pytest.mark.parametrize("is_retired", [False, True])
def test_permanent_link_names_only_what_has_the_words(
    client, process, clause, first, drafter, admin, is_retired
):
    before = factories.make_edition("BEFORE", by=admin)
    if is_retired:
        kept, part = split(clause, "ตรวจสอบหนังสือ", "ตรวจสิ่งที่ส่งมาด้วย", by=drafter)
        retire_clause(kept, kept.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    else:
        words = (first.body, clause.body)
        joined = factories.join_away(clause, first, by=drafter)
        kept, part = split(joined, *words, by=drafter)
    after = factories.make_edition("AFTER", by=admin)
    for edition in (before, after):
        factories.make_release(edition, "public", by=admin)

    page = markup(client.get(f"/clauses/{clause.uuid}/"))
    assert f'href="/clauses/{part.uuid}/"' in page or is_retired
    assert ("ข้อที่ใช้แทน" in page) is not is_retired
    assert f'href="/clauses/{first.uuid}/"' not in page
