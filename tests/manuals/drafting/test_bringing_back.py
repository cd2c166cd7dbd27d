"""Bringing back what was joined to something else: where its words are is told first."""

import pytest
from django.urls import reverse

from hearing_portal.thai.shortening import shorten
from manuals.content import Text
from manuals.drafting.changes import Position
from manuals.drafting.presentation.links import section_url
from manuals.drafting.services.dividing import join_sections
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(unit, drafter) -> Section:
    """A process of the same unit with one clause."""
    section = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    factories.make_clause(section, "ปิดผนึก", by=drafter)
    return section


def join(first: Section, second: Section, by) -> Section:
    for section in (first, second):
        section.refresh_from_db()
    pair = [(first, first.version), (second, second.version)]
    join_sections(pair, by=by, reason="เป็นงานเดียวกัน")
    second = Section.objects.select_related("manual").get(pk=second.pk)
    assert second.retired_id is not None
    return second


def live(section: Section) -> int:
    return Clause.objects.live().filter(section=section).count()


def restore_url(section: Section) -> str:
    return reverse("section-restore", args=["DIR", section.uuid])


def test_joined_process_says_that_it_would_come_back_empty(
    sign_in, drafter, second_drafter, process, other
):
    clauses = live(process)
    gone = join(other, process, drafter)
    client = sign_in(second_drafter)
    listed = markup(client.get("/groups/DIR/drafts/"))
    assert f'· ไปอยู่ใน <a href="/groups/DIR/drafts/{other.uuid}/">' in listed

    assert restore_url(gone) in markup(client.get(f"/groups/DIR/drafts/{gone.uuid}/"))
    asked = client.post(restore_url(gone), {"version": gone.version})
    page = markup(asked)
    assert asked.status_code == 200
    assert "เรียกคืนแล้วจะได้เพียงชื่อ ไม่มีข้อใดกลับมาด้วย" in page
    assert f"ข้อที่ไปจากกระบวนงานนี้ {clauses}" in page
    assert f'href="/groups/DIR/drafts/{other.uuid}/"' in page
    assert f'href="/groups/DIR/drafts/{other.uuid}/split/"' in page
    assert "ย้อนการรวมแทน" not in page
    gone.refresh_from_db()
    assert gone.retired_id is not None

    known = asked.context["elsewhere"].known
    sent = {"version": gone.version, "known": known}
    assert client.post(restore_url(gone), sent).status_code == 303
    gone.refresh_from_db()
    assert (gone.retired_id, live(gone), live(other)) == (None, 0, clauses + 1)


def test_who_joined_two_processes_may_undo_that_instead(
    sign_in, drafter, process, other
):
    clauses = live(process)
    gone = join(other, process, drafter)
    client = sign_in(drafter)
    page = client.post(restore_url(gone), {"version": gone.version})
    assert "ย้อนการรวมแทน" in markup(page)
    undoable = page.context["elsewhere"].undoable
    undo = reverse("section-undo", args=["DIR", gone.uuid])
    assert client.post(undo, {"version": undoable.number}).status_code == 303
    gone.refresh_from_db()
    assert (gone.retired_id, live(gone), live(other)) == (None, clauses, 1)


def test_process_that_left_with_its_clauses_comes_back_at_once(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    clauses = live(process)
    url = reverse("section-retire", args=["DIR", process.uuid])
    sent = {"version": process.version, "reason": "ไม่มีงานนี้แล้ว"}
    assert client.post(url, sent).status_code == 303
    process.refresh_from_db()
    back = client.post(restore_url(process), {"version": process.version})
    assert (back.status_code, live(process)) == (303, clauses)


def test_joined_clause_says_that_its_words_would_stand_twice(
    sign_in, drafter, second_drafter, process, clause
):
    first = factories.clause_at(process, "5.1")
    factories.make_clause(
        process, Text(body="ข้อย่อย"), parent=clause, numbering="paren", by=drafter
    )
    survivor = factories.join_away(clause, first, by=drafter)
    client = sign_in(second_drafter)
    draft = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert "· ถ้อยคำรวมหรือแยกไปที่ <a" in draft
    assert f"ข้อที่ขึ้นต้นว่า “{shorten(survivor.plain, 40)}”</a>" in draft

    clause.refresh_from_db()
    url = reverse("clause-restore", args=["DIR", process.uuid, clause.uuid])
    asked = client.post(url, {"lock_version": clause.lock_version})
    page = markup(asked)
    assert asked.status_code == 200
    assert "ถ้อยคำเดียวกันจึงอยู่ในร่างสองแห่ง" in page
    assert "พร้อมข้อย่อยเดิมซึ่งไม่กลับมาด้วย 1" in page
    assert "ข้อ 5.1" in page
    clause.refresh_from_db()
    assert clause.retired_id is not None
    sent = {"lock_version": clause.lock_version, "known": asked.context["known"]}
    assert client.post(url, sent).status_code == 303
    clause.refresh_from_db()
    assert clause.retired_id is None


def test_clause_that_left_by_itself_comes_back_at_once(
    sign_in, drafter, process, clause
):
    retire_clause(clause, clause.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    clause.refresh_from_db()
    url = reverse("clause-restore", args=["DIR", process.uuid, clause.uuid])
    sent = {"lock_version": clause.lock_version}
    assert sign_in(drafter).post(url, sent).status_code == 303


def test_page_of_what_is_gone_leads_on_with_the_promise_it_was_asked_for(
    sign_in, drafter, process, clause, other
):
    """Through a second join; and where the whole process was joined."""
    first = factories.clause_at(process, "5.1")
    factories.join_away(clause, first, by=drafter)
    new = factories.make_clause(process, "ข้อสุดท้าย", by=drafter)
    survivor = factories.join_away(first, new, by=drafter)
    client = sign_in(drafter)
    page = f"/groups/DIR/drafts/{process.uuid}/clauses/"
    gone = markup(client.get(f"{page}{clause.uuid}/?promise=7"))
    assert f'href="{page}{survivor.uuid}/?promise=7"' in gone
    join(other, process, drafter)
    steps = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/steps/?promise=7"))
    assert f'href="/groups/DIR/drafts/{other.uuid}/?promise=7"' in steps


def restore(client, clause: Clause, **sent):
    clause = Clause.objects.select_related("section").get(pk=clause.pk)
    url = reverse("clause-restore", args=["DIR", clause.section.uuid, clause.uuid])
    return client.post(url, {"lock_version": clause.lock_version, **sent})


def retire(clause: Clause, by) -> None:
    clause = Clause.objects.select_related("section").get(pk=clause.pk)
    retire_clause(clause, clause.lock_version, by=by, reason="ไม่ใช้แล้ว")


def test_clause_that_took_words_in_says_that_they_stand_again(
    sign_in, drafter, process, clause
):
    """Whatever was polished in joining; not where it says again what it said before."""
    first = factories.clause_at(process, "5.1")
    read = [(first, first.lock_version), (clause, clause.lock_version)]
    survivor = join_clauses(read, Text(body="ทำทั้งสองอย่าง"), by=drafter, reason="รวม")
    retire(survivor, drafter)
    client = sign_in(drafter)
    assert restore(client, clause).status_code == 303  # nothing that stands has them

    asked = restore(client, survivor)
    page = markup(asked)
    assert asked.status_code == 200
    assert "ข้อที่จะเรียกคืนมีถ้อยคำของข้อที่อยู่ในร่างแล้ว" in page
    assert "ข้อนี้รวมกับข้ออื่นแล้ว" not in page
    place = section_url(process, clause.uuid)
    assert f'<a class="listing__name" href="{place}">ข้อ 5.1</a>' in page
    survivor.refresh_from_db()
    assert survivor.retired_id is not None
    known = asked.context["known"]
    assert restore(client, survivor, known=known).status_code == 303

    survivor.refresh_from_db()
    revise_clause(
        survivor,
        survivor.lock_version,
        first.content,
        numbering=survivor.numbering,
        by=drafter,
        reason="ตัดที่ซ้ำ",
    )
    retire(survivor, drafter)
    assert restore(client, survivor).status_code == 303


def test_process_with_a_clause_that_took_words_in_says_it_too(
    sign_in, drafter, process, clause, other
):
    survivor = factories.join_away(
        clause, factories.clause_at(process, "5.1"), by=drafter
    )
    client = sign_in(drafter)
    asked = restore(client, clause)
    assert restore(client, clause, known=asked.context["known"]).status_code == 303
    back = Clause.objects.select_related("section").get(pk=clause.pk)
    place = Position(other, 5)
    move_clause(back, back.lock_version, place, by=drafter, reason="ย้าย")
    process.refresh_from_db()
    retire_section(process, process.version, by=drafter, reason="ยกเลิก")
    process.refresh_from_db()
    asked = client.post(restore_url(process), {"version": process.version})
    page = markup(asked)
    assert "ข้อที่จะกลับมาด้วยมีถ้อยคำของข้อที่อยู่ในร่างแล้ว" in page
    assert "รวมกับกระบวนงานอื่นแล้ว" not in page
    assert f"{other.title}</a>" in page
    sent = {"version": process.version, "known": asked.context["elsewhere"].known}
    assert client.post(restore_url(process), sent).status_code == 303
    survivor.refresh_from_db()
    assert survivor.retired_id is None


def test_part_whose_words_are_whole_again_says_so(sign_in, drafter, process, clause):
    """After an older version of the process was restored, which is no undoing."""
    process.refresh_from_db()
    before = process.version
    stands = Clause.objects.select_related("section__manual", "parent").get(
        pk=clause.pk
    )
    bodies = [Text(body="ตรวจสอบหนังสือ"), Text(body=clause.body)]
    parts = split_clause(stands, stands.lock_version, bodies, by=drafter, reason="แยก")
    process.refresh_from_db()
    restore_section(process, before, by=drafter, reason="กลับไปเป็นอย่างเดิม")
    asked = restore(sign_in(drafter), parts[1])
    assert "ข้อที่จะเรียกคืนมีถ้อยคำของข้อที่อยู่ในร่างแล้ว" in markup(asked)
