"""Notes and requests about a clause that was joined to another one stand at the one that has its words."""

from uuid import uuid4

import pytest
from django.urls import reverse

from manuals.drafting.services.dividing import join_sections
from manuals.drafting.services.structure import restore_clause, retire_clause
from manuals.models import NoteAnswer, NoteSettlement, ReviewAnswer, ReviewRequest
from manuals.reviewing.queries import changed_since_answer
from manuals.reviewing.seen_words import SeenWords
from manuals.teamwork.queries.notes import (
    count_notes_by_clause,
    count_notes_by_section,
    count_notes_of,
)
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(process):
    return factories.clause_at(process, "5.1")


def notes_url(clause) -> str:
    return reverse("team-notes", args=["DIR", clause.section.uuid, clause.uuid])


def test_notes_are_read_answered_and_settled_where_the_words_are(
    sign_in, drafter, clause, first, process
):
    note = factories.make_team_note(clause, drafter, text="ระยะเวลาขัดกับระเบียบ")
    survivor = factories.join_away(clause, first, by=drafter)
    client = sign_in(drafter)

    led = client.get(notes_url(clause))
    assert (led.status_code, led["Location"]) == (303, notes_url(survivor))
    page = markup(client.get(led["Location"]))
    assert "ระยะเวลาขัดกับระเบียบ" in page
    assert f"คือข้อที่ขึ้นต้นว่า “{clause.plain[:20]}" in page
    assert count_notes_of(survivor) == 1
    assert count_notes_by_clause(process) == {survivor.uuid: 1}
    assert count_notes_by_section(process.manual) == {process.pk: 1}

    at_note = f"{notes_url(survivor)}{note.uuid}/"
    answered = client.post(f"{at_note}answers/", {"text": "แก้แล้ว"})
    assert (answered.status_code, NoteAnswer.objects.get().note) == (303, note)
    assert client.post(f"{at_note}settlement/").status_code == 303
    assert NoteSettlement.objects.get().note == note
    assert count_notes_by_section(process.manual) == {}


def test_notes_of_joined_clauses_stay_with_the_words_when_these_are_retired(
    sign_in, drafter, clause, first, process
):
    """They are read where the words stood last, and come back with them."""
    note = factories.make_team_note(clause, drafter, text="ระยะเวลาขัดกับระเบียบ")
    survivor = factories.join_away(clause, first, by=drafter)
    retire_clause(survivor, survivor.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    client = sign_in(drafter)

    assert note.text in markup(client.get(notes_url(survivor)))
    assert count_notes_by_section(process.manual) == {}
    page = client.get(reverse("draft", args=["DIR", process.uuid]))
    [row] = [
        each for each in page.context["desk"].retired if each.clause.pk == survivor.pk
    ]
    assert row.notes == 1

    survivor.refresh_from_db()
    restore_clause(survivor, survivor.lock_version, by=drafter, reason="ใช้ต่อ")
    assert count_notes_by_clause(process) == {survivor.uuid: 1}


def test_request_shows_the_clause_that_has_the_words_and_is_answered_on_it(
    sign_in, drafter, expert, clause, first
):
    asked = factories.make_review_request(clause.section, expert, drafter, clause)
    survivor = factories.join_away(clause, first, by=drafter)
    client = sign_in(expert)

    listed = markup(client.get(reverse("review-requests")))
    assert f"ข้อที่ขึ้นต้นว่า “{survivor.plain[:20]}" in listed
    assert "ซึ่งรับถ้อยคำที่ขอให้ตรวจไว้" in listed
    page = client.get(reverse("review-request", args=[asked.uuid]))
    assert "รวมหรือแยกไปแล้ว ข้างล่างนี้คือข้อที่รับถ้อยคำไว้" in markup(page)
    assert page.context["clause"].entry.uuid == survivor.uuid
    asked = ReviewRequest.objects.get()
    answer = {"text": "ถูกต้อง", **SeenWords.of(asked)._asdict()}
    sent = client.post(reverse("review-answer", args=[asked.uuid]), answer)
    assert sent.status_code == 303
    asked = ReviewRequest.objects.get()
    assert ReviewAnswer.objects.get().at_version == survivor.section.version
    assert not changed_since_answer(asked)


def test_request_about_a_joined_process_shows_the_one_that_took_it_in(
    sign_in, drafter, expert, process, unit
):
    asked = factories.make_review_request(process, expert, drafter)
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    process.refresh_from_db()
    join_sections(
        [(other, other.version), (process, process.version)],
        by=drafter,
        reason="เป็นงานเดียวกัน",
    )
    page = markup(sign_in(expert).get(reverse("review-request", args=[asked.uuid])))
    assert "มีเฉพาะข้อที่ขอให้ตรวจ" in page
    assert "การส่งหนังสือ" in page


def test_request_that_begins_at_a_joined_clause_is_about_what_has_its_words(
    sign_in, drafter, expert, clause, first
):
    survivor = factories.join_away(clause, first, by=drafter)
    url = reverse("review-new", args=["DIR", clause.section.uuid])
    url = f"{url}?clause={clause.uuid}"
    sent = {"uuid": str(uuid4()), "asked": str(expert.pk), "text": "ถูกต้องหรือไม่"}
    client = sign_in(drafter)
    assert client.get(url).context["clause"] == survivor
    asked = client.post(url, sent)["Location"]
    assert client.get(asked).context["clause"].entry.uuid == survivor.uuid
