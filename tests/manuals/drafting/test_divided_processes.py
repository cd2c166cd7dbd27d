"""A process that left is where its clauses are, and a request to look at one keeps what it was asked about."""

from uuid import uuid4

import pytest
from django.urls import reverse

from manuals.comparing.queries.processes import compare_processes
from manuals.comparing.sides import Side, Sides
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.presentation.gone import load_gone_page
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.sections import bring_back_section, retire_section
from manuals.models import Clause, Section
from manuals.models.section_survivors import find_section_survivors
from manuals.reviewing.presentation import read_asked_words
from manuals.reviewing.queries import changed_since_answer
from manuals.reviewing.seen_words import SeenWords
from manuals.reviewing.services import answer_review
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def outsider(fin_group):
    """Reads nothing of the draft of กลุ่มอำนวยการ but what is asked."""
    return factories.make_expert(fin_group, username="visit")


@pytest.fixture
def other(process, drafter) -> Section:
    """Another process of the unit, with one clause."""
    made = factories.make_section(
        process.manual,
        "การส่งหนังสือ",
        kind="process",
        parent=process.parent,
        by=drafter,
    )
    factories.make_clause(made, "บรรจุซองและจ่าหน้า", by=drafter)
    return made


def now(section: Section) -> Section:
    return Section.objects.select_related("manual", "parent", "retired").get(
        pk=section.pk
    )


def divide(
    section: Section, clause: Clause, by, title: str = "ส่วนที่แยก", *, alone: bool = False
) -> Section:
    """At the clause, which is in its fifth part; that part `alone`, or all behind it."""
    section = now(section)
    return split_section(
        section,
        section.version,
        SplitPoint(5, clause.uuid, of_part_alone=alone),
        title,
        uuid=uuid4(),
        by=by,
        reason="เป็นงานคนละขั้น",
    )


def join(into: Section, away: Section, by) -> None:
    into, away = now(into), now(away)
    read = [(into, into.version), (away, away.version)]
    join_sections(read, by=by, reason="เป็นเรื่องเดียวกัน")


def retire(section: Section, by) -> Section:
    section = now(section)
    retire_section(section, section.version, by=by, reason="ไม่ใช้แล้ว")
    return now(section)


def where(section: Section) -> list[Section]:
    return find_section_survivors([now(section)]).get(section.pk, [])


def test_divided_and_retired_it_is_not_in_its_other_half(process, clause, drafter):
    half = divide(process, clause, drafter)
    gone = retire(process, drafter)
    assert where(gone) == []
    page = load_gone_page(gone, drafter, gone.uuid, None)
    assert not page.successors
    assert [name for name, _ in page.descendants] == [f"กระบวนงาน “{half.title}”"]


def test_joined_and_divided_at_the_seam_it_is_the_half_with_its_clauses(
    process, other, drafter
):
    clause = factories.clause_at(other, "5.1")
    join(process, other, drafter)
    assert where(other) == [process]
    half = divide(process, clause, drafter)
    assert where(other) == [half]
    # And further, by another name
    third = factories.make_section(
        process.manual, "รวมท้าย", kind="process", parent=process.parent, by=drafter
    )
    join(third, half, drafter)
    assert where(other) == where(half) == [third]


def test_titles_without_clauses_are_what_they_were_joined_to(process, unit, drafter):
    titles = [
        factories.make_section(
            process.manual, title, kind="process", parent=process.parent, by=drafter
        )
        for title in ("หนึ่ง", "สอง")
    ]
    for title in titles:
        join(process, title, drafter)
    assert find_section_survivors([now(title) for title in titles]) == {
        title.pk: [process] for title in titles
    }
    divide(process, factories.clause_at(process, "5.2"), drafter)
    assert where(titles[0]) == []


def test_request_to_look_keeps_what_it_was_asked_about(
    sign_in, process, clause, other, drafter, outsider
):
    first = factories.clause_at(process, "5.1")
    foreign = factories.clause_at(other, "5.1")
    asked = factories.make_review_request(process, outsider, drafter)
    half = divide(process, clause, drafter)
    join(process, other, drafter)
    factories.make_clause(process, "ส่งต่อผู้รับผิดชอบ", by=drafter)

    def shown() -> str:
        page = sign_in(outsider).get(reverse("review-request", args=[asked.uuid]))
        return markup(page)

    page = shown()
    assert first.plain in page
    assert half.title in page.partition(clause.plain)[0]
    assert "ส่งต่อผู้รับผิดชอบ" in page
    assert foreign.plain not in page
    assert "มีเฉพาะข้อที่ขอให้ตรวจ" in page
    step = Clause.objects.filter(section=half, kind="step").order_by("rank").first()
    assert step.content.duration_text in page.partition("<table")[2]
    asked = type(asked).objects.select_related("section").get(pk=asked.pk)
    read = {each.entry.clause_id for each in read_asked_words(asked, outsider).clauses}
    assert {first.pk, clause.pk} <= read
    assert foreign.pk not in read

    # Whole and gone, it is still those words; and others beside them disturb no answer
    third = factories.make_section(
        process.manual, "รวมท้าย", kind="process", parent=process.parent, by=drafter
    )
    seen = SeenWords.of(asked)
    factories.make_clause(half, "เพิ่มในส่วนที่แยก", by=drafter)
    assert seen.says_the_same(SeenWords.of(asked))
    join(third, process, drafter)
    page = shown()
    assert (first.plain in page, foreign.plain in page) == (True, False)
    asked = type(asked).objects.select_related("section").get(pk=asked.pk)
    answer_review(asked, "ถูกต้อง", seen=SeenWords.of(asked), by=outsider)
    answered = type(asked).objects.select_related("section", "answer").get(pk=asked.pk)
    factories.make_clause(third, "ข้อของเรื่องอื่น", by=drafter)
    assert not changed_since_answer(answered)


def told(old, new) -> dict[str, tuple[str, list[str]]]:
    found = compare_processes(Sides(Side(old), Side(new)))
    return {
        (each.old or each.news[0]).title: (
            each.fate.value,
            [section.title for section in each.news],
        )
        for each in found.processes
    }


def test_divided_joined_and_brought_back_nothing_came_of_it(
    process, clause, drafter, admin
):
    old = factories.make_edition("2553", by=admin)
    half = divide(process, clause, drafter)
    divided = factories.make_edition("DIVIDED", by=admin)
    join(process, half, drafter)
    bring_back_section(now(half), now(half).version, by=drafter)
    both = [process.title, half.title]
    assert told(old, divided) == {process.title: ("split", both)}
    assert told(old, factories.make_edition(by=admin)) == {
        process.title: ("kept", [process.title]),
        half.title: ("new", [half.title]),
    }


def test_joined_and_divided_at_the_seam_it_went_into_the_new_half(
    process, other, drafter, admin
):
    old = factories.make_edition("2553", by=admin)
    clause = factories.clause_at(other, "5.1")
    join(process, other, drafter)
    half = divide(process, clause, drafter, title="การส่งหนังสือใหม่", alone=True)
    fates = told(old, factories.make_edition(by=admin))
    assert fates[other.title] == ("replaced", [half.title])
    assert fates[process.title][1] == [process.title]
