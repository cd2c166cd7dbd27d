"""What references of an edition say: an edition never changes, and neither do its numbers."""

import pytest

from hearing_portal.thai.markup import write_reference
from manuals.comparing.presentation.cited import name_cited_of
from manuals.comparing.sides import Side, Sides
from manuals.content import Text
from manuals.drafting.services.structure import retire_clause
from manuals.drafting.told_words import tell_clause
from manuals.models import Section
from manuals.pdf.sources import load_labels_from_outside
from manuals.queries import entry_view
from manuals.reading.presentation.links import name_in_editions
from manuals.reading.told_words import tell_edition_words
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

PROCESS = "ของกระบวนงาน การรับหนังสือราชการ"


@pytest.fixture
def citing(process, drafter):
    """A clause of another process that refers to 5.2 of the first."""
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind=Section.Kind.PROCESS, by=drafter
    )
    cited = factories.clause_at(process, "5.2")
    body = f"ตาม{write_reference(str(cited.uuid))}"
    return factories.make_clause(other, Text(body=body), by=drafter)


@pytest.fixture
def editions(process, citing, drafter, admin):
    """Two: 5.2 of the first is 5.1 of the second."""
    first = factories.make_edition("2553", by=admin)
    gone = factories.clause_at(process, "5.1")
    retire_clause(gone, gone.lock_version, by=drafter, reason="ซ้ำ")
    second = factories.make_edition("2565", basis=first, by=admin)
    for edition in (first, second):
        factories.make_release(edition, "public", by=admin)
    return first, second


def test_each_edition_has_its_own_numbers(client, citing, editions):
    for edition, number in zip(editions, ("5.2", "5.1"), strict=True):
        url = f"/editions/{edition.code}/sections/{citing.section.uuid}/"
        assert f"ข้อ {number} {PROCESS}</a>" in markup(client.get(url))
    rows = [factories.entry_of(edition, citing) for edition in editions]
    told = tell_edition_words(rows)
    assert [told[row.pk] for row in rows] == [
        f"ตามข้อ 5.2 {PROCESS}",
        f"ตามข้อ 5.1 {PROCESS}",
    ]


def test_edition_and_draft_say_the_same_of_what_does_not_stand_in_them(
    client, sign_in, process, citing, drafter, admin
):
    """Whatever else the database knows of it: the draft, the book, its page, a comparison and the file alone."""
    basis = factories.make_edition("2553", by=admin)
    cited = factories.clause_at(process, "5.2")
    retire_clause(cited, cited.lock_version, by=drafter, reason="ซ้ำ")
    edition = factories.make_edition("2565", basis=basis, by=admin)
    row = factories.entry_of(edition, citing)

    assert tell_edition_words([row]) == {row.pk: "ตามข้อที่ยกเลิก"}
    assert tell_clause(citing) == "ตามข้อที่ยกเลิก"
    before = factories.entry_of(basis, citing)
    assert tell_edition_words([before]) == {before.pk: f"ตามข้อ 5.2 {PROCESS}"}
    content = row.blob.as_content
    sides = Sides(Side(basis, [process.manual]), Side(edition, [process.manual]))
    named = name_cited_of(sides, [content])
    assert named.old.of_content(content, None) == f"ตามข้อ 5.2 {PROCESS}"
    assert named.new.of_content(content, None) == "ตามข้อที่ยกเลิก"
    assert load_labels_from_outside(edition, [], [entry_view(row)]) == {}
    for each in (basis, edition):
        factories.make_release(each, "public", by=admin)
    read = markup(client.get(f"/editions/2565/sections/{citing.section.uuid}/"))
    shown = 'ตาม<span class="clause__lost">ข้อที่ยกเลิก</span>'
    assert shown in read
    drafted = f"/groups/DIR/drafts/{citing.section.uuid}/"
    assert shown in markup(sign_in(drafter).get(drafted))


def test_names_cost_one_query_for_one_and_for_three(
    process, editions, assert_same_queries
):
    wanted = [str(factories.clause_at(process, "2.1").uuid)]

    def more() -> None:
        for cite in ("5.1", "1", "2"):
            part = 9 if cite in "12" else 0
            clause = factories.clause_at(process, cite, part=part)
            wanted.append(str(clause.uuid))

    first, _ = editions
    assert_same_queries(1, lambda: name_in_editions(set(wanted), [first.pk]), more)
