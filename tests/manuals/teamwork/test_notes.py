"""Notes on a clause: written, answered, settled; told to those who draft the manual and to nobody else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from hearing_portal.acts.models import Act
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import retire_clause
from manuals.models import NoteAnswer, TeamNote
from manuals.teamwork.queries.notes import find_notes, is_settled
from manuals.teamwork.refusals import TeamworkOvertaken
from manuals.teamwork.services.notes import answer_note, settle_note
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
NOTE = "ระยะเวลา 1 วันทำการขัดกับระเบียบ ควรตรวจอีกครั้ง"


def notes_url(clause) -> str:
    return reverse("team-notes", args=["DIR", clause.section.uuid, clause.uuid])


def test_note_is_written_once_answered_settled_and_opened_again(
    sign_in, drafter, second_drafter, clause
):
    first, second = sign_in(drafter), sign_in(second_drafter)
    sent = {"uuid": str(uuid4()), "text": NOTE.replace("ำ", "ํา")}
    assert [first.post(notes_url(clause), sent).status_code for _ in range(2)] == [
        303,
        303,
    ]
    note = TeamNote.objects.get()
    assert (note.text, note.by, note.clause) == (NOTE, drafter, clause)

    answers = f"{notes_url(clause)}{note.uuid}/answers/"
    assert second.post(answers, {"text": "แก้แล้วในรุ่นล่าสุด"}).status_code == 303
    page = markup(first.get(notes_url(clause)))
    assert "แก้แล้วในรุ่นล่าสุด" in page
    assert second_drafter.get_full_name() in page

    settlement = f"{notes_url(clause)}{note.uuid}/settlement/"
    first.post(settlement)
    first.post(settlement)
    assert is_settled(find_notes(clause)[0])
    late = second.post(answers, {"text": "ยังมีอีกเรื่อง"})
    assert (
        late.status_code,
        "ยังมีอีกเรื่อง" in markup(late),
        NoteAnswer.objects.count(),
    ) == (409, True, 1)

    first.post(settlement, {"reopen": "1"})
    assert not is_settled(find_notes(clause)[0])
    codes = (
        Act.objects.filter(code__startswith="team-note")
        .order_by("id")
        .values_list("code", flat=True)
    )
    assert [code.removeprefix("team-note-") for code in codes] == [
        "written",
        "answered",
        "settled",
        "reopened",
    ]


def test_writer_is_told_what_the_text_policy_changed(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    client.post(notes_url(clause), {"uuid": str(uuid4()), "text": "ส\u200bวัส\u200bดี"})
    assert "บันทึกแล้ว ปรับรูปอักขระ 2 แห่ง" in markup(client.get(notes_url(clause)))
    answers = f"{notes_url(clause)}{TeamNote.objects.get().uuid}/answers/"
    client.post(answers, {"text": "แก้ไข\u200bแล้ว"})
    assert "บันทึกคำตอบแล้ว ปรับรูปอักขระ 1 แห่ง" in markup(client.get(notes_url(clause)))


def test_empty_note_comes_back_and_words_of_a_wrong_one_stay(sign_in, drafter, clause):
    client = sign_in(drafter)
    empty = client.post(notes_url(clause), {"uuid": str(uuid4()), "text": " "})
    long = client.post(notes_url(clause), {"uuid": str(uuid4()), "text": "ก" * 2001})
    assert (empty.status_code, "โปรดเขียนข้อความที่จะบันทึก" in markup(empty)) == (422, True)
    assert (long.status_code, "ก" * 2001 in markup(long), TeamNote.objects.count()) == (
        422,
        True,
        0,
    )


def test_counts_stand_where_one_writes_and_for_writers_only(
    sign_in, drafter, facilitator, expert, clause
):
    note = factories.make_team_note(clause, drafter, NOTE)
    factories.make_team_note(clause, drafter, "เรื่องที่สอง")
    pages = [
        reverse("manual-draft", args=["DIR"]),
        reverse("draft", args=["DIR", clause.section.uuid]),
        reverse("clause-edit", args=["DIR", clause.section.uuid, clause.uuid]),
    ]
    client = sign_in(drafter)
    assert "บันทึกของคณะทำงาน 2" in markup(client.get(pages[0]))
    assert "บันทึก 2" in markup(client.get(pages[1]))
    assert "บันทึกของคณะทำงาน 2" in markup(client.get(pages[2]))
    settle_note(note, by=drafter)
    assert "บันทึกของคณะทำงาน 1" in markup(client.get(pages[0]))
    for reader in (facilitator, expert):
        for page in pages[:2]:
            shown = markup(sign_in(reader).get(page))
            assert NOTE not in shown
            assert "บันทึกของคณะทำงาน" not in shown
        assert sign_in(reader).get(notes_url(clause)).status_code == 403


def test_note_of_another_clause_is_not_found(sign_in, drafter, clause):
    note = factories.make_team_note(clause, drafter)
    other = factories.clause_at(clause.section, "5.1")
    answer = sign_in(drafter).post(f"{notes_url(other)}{note.uuid}/settlement/")
    assert (answer.status_code, is_settled(find_notes(clause)[0])) == (404, False)


def test_notes_of_a_retired_clause_wait_for_nobody(sign_in, drafter, clause):
    factories.make_team_note(clause, drafter)
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    assert "บันทึกของคณะทำงาน" not in markup(
        sign_in(drafter).get(reverse("manual-draft", args=["DIR"]))
    )


def test_notes_of_a_retired_clause_stay_to_be_read_and_take_nothing_more(
    sign_in, drafter, second_drafter, clause
):
    note = factories.make_team_note(clause, drafter, NOTE)
    answer_note(note, "ขอตรวจกับระเบียบก่อน", by=second_drafter)
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    client = sign_in(drafter)
    desk = client.get(reverse("draft", args=["DIR", clause.section.uuid]))
    assert f'href="{notes_url(clause)}"' in markup(desk)
    page = client.get(notes_url(clause))
    shown = markup(page)
    assert page.status_code == 200
    assert "ข้อนี้ไม่อยู่ในร่างแล้ว" in shown
    for words in (clause.plain, NOTE, "ขอตรวจกับระเบียบก่อน"):
        assert words in shown
    assert "<form" not in shown.partition('id="main"')[2]

    text = "พิมพ์ค้างไว้ก่อนมีผู้ยกเลิก"
    late = {
        notes_url(clause): {"uuid": str(uuid4()), "text": text},
        f"{notes_url(clause)}{note.uuid}/answers/": {"text": text},
    }
    for url, sent in late.items():
        refused = client.post(url, sent)
        assert (refused.status_code, text in markup(refused)) == (409, True)
        assert "โปรดเรียกคืน" in markup(refused)
    assert client.post(f"{notes_url(clause)}{note.uuid}/settlement/").status_code == 409
    assert (TeamNote.objects.count(), NoteAnswer.objects.count()) == (1, 1)

    section = clause.section
    section.refresh_from_db()
    retire_section(section, section.version, by=drafter, reason="โอนภารกิจ")
    assert NOTE in markup(client.get(notes_url(clause)))


def test_settled_note_takes_no_answer(drafter, clause):
    note = factories.make_team_note(clause, drafter)
    settle_note(note, by=drafter)
    with pytest.raises(TeamworkOvertaken):
        answer_note(note, "ช้าไป", by=drafter)


def test_notes_cost_the_same_for_one_and_three(
    sign_in, drafter, second_drafter, clause, assert_same_queries
):
    def add_two() -> None:
        for by in (drafter, second_drafter):
            note = factories.make_team_note(clause, by)
            answer_note(note, "ตอบ", by=drafter)
            answer_note(note, "ตอบอีก", by=second_drafter)

    client = sign_in(drafter)
    answer_note(factories.make_team_note(clause, drafter), "ตอบ", by=drafter)
    client.get(notes_url(clause))
    assert_same_queries(12, lambda: client.get(notes_url(clause)), add_two)
