"""How far a process is: what its words say, what its drafters said, and who is told."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from comments.releasing.queries.unready import find_unready_manuals
from hearing_portal.acts.models import Act
from manuals.content import Step, Text
from manuals.drafting.queries.contents import find_manuals_state
from manuals.drafting.queries.readiness import find_readiness_lacks, lacks_key
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, DraftingState, DraftingStateChange
from manuals.teamwork.queries.states import find_state
from manuals.teamwork.refusals import TeamworkOvertaken, TeamworkRefused
from manuals.teamwork.services.states import declare_written_ready, set_drafting_state
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
NOT_BEGUN, BEGUN, IN_REVIEW, READY = DraftingState


@pytest.fixture
def empty(unit, drafter):
    return factories.make_section(
        unit.manual, "การส่งหนังสือราชการ", kind="process", parent=unit, by=drafter
    )


def say(process, state, by, reason="") -> None:
    set_drafting_state(
        process, state, read=find_state(process).read, by=by, reason=reason
    )


def test_words_say_whether_the_writing_has_begun(process, empty, drafter):
    assert find_state(process).state == BEGUN
    assert find_state(empty).state == NOT_BEGUN

    factories.make_clause(empty, by=drafter)

    assert find_state(empty).state == BEGUN


def test_first_words_leave_what_was_said_by_hand(empty, drafter):
    say(empty, BEGUN, drafter)
    assert find_state(empty).state == BEGUN
    factories.make_clause(empty, by=drafter)
    say(empty, IN_REVIEW, drafter)
    factories.make_clause(empty, "ลงทะเบียน", by=drafter)

    found = find_state(empty)
    assert (found.state, found.is_changed_since, found.change.by) == (
        IN_REVIEW,
        True,
        drafter,
    )

    say(empty, IN_REVIEW, drafter)
    assert find_state(empty).is_changed_since is False


def test_without_words_nothing_is_ready(empty, drafter):
    clause = factories.make_clause(empty, by=drafter)
    say(empty, READY, drafter)
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")

    assert find_state(empty).state == NOT_BEGUN
    with pytest.raises(TeamworkRefused, match="ยังไม่มีข้อใด"):
        say(empty, IN_REVIEW, drafter)


def test_written_process_cannot_be_said_to_be_not_begun(process, drafter):
    with pytest.raises(TeamworkRefused, match="มีข้อที่ยกร่างแล้ว"):
        say(process, NOT_BEGUN, drafter, "ลองใหม่")
    assert DraftingStateChange.objects.count() == 0


def test_step_back_has_a_reason_and_stands_in_the_log(process, drafter):
    say(process, READY, drafter)
    with pytest.raises(TeamworkRefused, match="โปรดระบุเหตุผล"):
        say(process, BEGUN, drafter)
    say(process, BEGUN, drafter, "ขาดขั้นตอนการส่งคืน")

    logged = Act.objects.filter(code="drafting-state-set").values_list(
        "detail", "reason", "subject_key"
    )
    assert set(logged) == {
        ("begun", "ขาดขั้นตอนการส่งคืน", str(process.uuid)),
        ("ready", "", str(process.uuid)),
    }


def test_second_drafter_is_told_what_the_first_said(process, drafter, second_drafter):
    read = find_state(process).read
    say(process, READY, drafter)
    with pytest.raises(TeamworkOvertaken, match="พร้อมประชาพิจารณ์"):
        set_drafting_state(
            process, IN_REVIEW, read=read, by=second_drafter, reason="ยังไม่ตรวจ"
        )
    assert find_state(process).state == READY


def test_what_was_said_never_changes(process, drafter):
    say(process, READY, drafter)
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftingStateChange.objects.update(state="begun")


def test_states_cost_the_same_for_one_process_and_three(
    process, drafter, assert_same_queries
):
    def add_two() -> None:
        for title in ("การส่งหนังสือราชการ", "การเก็บหนังสือราชการ"):
            made = factories.make_section(
                process.manual, title, kind="process", by=drafter
            )
            factories.make_clause(made, by=drafter)
            say(made, READY, drafter)

    say(process, READY, drafter)
    factories.make_section(
        process.manual, "การทำลายหนังสือราชการ", kind="process", by=drafter
    )
    assert_same_queries(4, find_unready_manuals, add_two)


def test_readiness_lapses_when_words_change(process, drafter):
    say(process, READY, drafter)
    factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    process.refresh_from_db()

    found = find_state(process)
    assert (found.state, found.has_lapsed, found.is_changed_since) == (
        IN_REVIEW,
        True,
        True,
    )
    assert find_manuals_state()[0].states == {IN_REVIEW: 1}
    assert [manual.unready for manual in find_unready_manuals()] == [1]

    say(process, READY, drafter)
    assert (find_state(process).state, find_state(process).has_lapsed) == (READY, False)


def test_form_says_it_and_refuses_kindly(sign_in, drafter, process, empty):
    client = sign_in(drafter)
    factories.make_team_note(factories.clause_at(process, "5.2"), by=drafter)
    factories.make_clause(
        process, Step("ตรวจ", actor="นิติกร", system="AMSS++"), part=9, by=drafter
    )
    url = reverse("drafting-state", args=[process.manual.key, process.uuid])
    assert "กำลังยกร่าง" in markup(client.get(url))

    asked = client.post(url, {"read": "0", "state": "ready", "reason": "ครบ\u200bแล้ว"})
    told = markup(asked)
    assert "ปรับรูปอักขระ 1 แห่ง" in told
    assert (asked.status_code, find_state(process).state) == (200, BEGUN)
    assert "1 ขั้นยังไม่มีเวลา" in told
    assert "บันทึกของคณะทำงานที่ยังไม่ปิด 1 เรื่อง" in told
    known = {
        "read": "0",
        "state": "ready",
        "known_lacks": lacks_key(find_readiness_lacks(process)),
    }
    factories.make_team_note(factories.clause_at(process, "5.1"), by=drafter)
    assert "ที่ยังไม่ปิด 2 เรื่อง" in markup(
        client.post(url, known)
    )  # something else is lacking by then
    known["known_lacks"] = lacks_key(find_readiness_lacks(process))
    answer = client.post(url, known)
    assert (answer.status_code, find_state(process).state) == (303, READY)

    back = client.post(url, {"read": str(find_state(process).read), "state": "begun"})
    assert (back.status_code, "โปรดระบุเหตุผลที่ย้อนสถานะ" in markup(back)) == (422, True)

    stale = client.post(url, {"read": "0", "state": "begun", "reason": "ขาดขั้นตอน"})
    assert (stale.status_code, "ขาดขั้นตอน" in markup(stale)) == (409, True)
    again = client.post(
        url,
        {"read": str(find_state(process).read), "state": "begun", "reason": "ขาดขั้นตอน"},
    )
    assert (again.status_code, find_state(process).state) == (303, BEGUN)

    other = reverse("drafting-state", args=[empty.manual.key, empty.uuid])
    assert "ยังไม่มีข้อใด" in markup(client.post(other, {"read": "0", "state": "ready"}))


def test_contents_and_desk_tell_the_states(sign_in, drafter, process, empty):
    say(process, IN_REVIEW, drafter)
    contents = markup(sign_in(drafter).get(reverse("manual-draft", args=["DIR"])))
    desk = markup(sign_in(drafter).get(reverse("drafting")))

    assert "ยังไม่ยกร่าง 1" in contents
    assert "รอตรวจ 1" in contents
    assert "รอตรวจ 1" in desk
    assert find_manuals_state()[0].states == {NOT_BEGUN: 1, IN_REVIEW: 1}


def test_warning_stands_beside_an_edition_until_all_is_ready(
    sign_in, admin, drafter, process, empty
):
    client = sign_in(admin)
    [found] = find_unready_manuals()
    assert (found.manual, found.states, found.processes) == (
        process.manual,
        {NOT_BEGUN: 1, BEGUN: 1},
        2,
    )
    for address in ("editions", "draft-gate"):
        assert "ยังไม่พร้อม 2 จาก 2" in markup(client.get(reverse(address)))
    edition = factories.make_edition(by=admin)
    gate = reverse("release-gate", args=[edition.code])
    assert "ยังไม่พร้อม 2 จาก 2" in markup(client.get(gate))

    factories.make_clause(empty, by=drafter)
    assert declare_written_ready([process, empty], by=admin, reason="ตรวจแล้ว") == 2

    assert find_unready_manuals() == []
    for address in (reverse("editions"), reverse("draft-gate"), gate):
        assert "ยังไม่พร้อมประชาพิจารณ์" not in markup(client.get(address))


def test_what_everybody_reads_in_the_final_edition_waits_for_no_hearing(
    sign_in, admin, drafter, process, empty
):
    final = factories.make_edition("2565-F", kind="final", by=admin)
    assert "ยังไม่พร้อม 2 จาก 2" in markup(sign_in(admin).get(reverse("editions")))

    factories.make_release(final, "public", by=admin)
    assert "ยังไม่พร้อมประชาพิจารณ์" not in markup(sign_in(admin).get(reverse("editions")))

    factories.make_clause(empty, by=drafter)
    assert "ยังไม่พร้อม 1 จาก 2" in markup(sign_in(admin).get(reverse("editions")))


def test_unready_processes_stop_no_hearing_edition(sign_in, admin, process):
    answer = sign_in(admin).post(
        reverse("editions"),
        {"code": "2565-H1", "kind": "hearing", "title": "ร่างรับฟังความคิดเห็น"},
    )
    assert answer.status_code == 303


def test_what_was_heard_before_there_were_states_is_ready(process, empty, edition):
    """The migration's own statement, on rows as an earlier portal left them."""
    from importlib import import_module

    migration = import_module("manuals.migrations.0007_drafting_states")
    with connection.cursor() as cursor:
        cursor.execute(migration.HEARD_BEFORE)
    assert (find_state(process).state, find_state(process).is_changed_since) == (
        READY,
        False,
    )
    assert find_state(empty).state == NOT_BEGUN
    assert Clause.objects.filter(section=empty).count() == 0


def test_nobody_says_ready_of_words_they_have_not_seen(
    sign_in, drafter, second_drafter, process
):
    client = sign_in(drafter)
    url = reverse("drafting-state", args=[process.manual.key, process.uuid])
    form = client.get(url).context["form"]
    sent = {bound.name: str(bound.value() or "") for bound in form} | {"state": "ready"}
    factories.make_clause(process, Text(body="ถ้อยคำใหม่"), part=5, by=second_drafter)
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "มีการแก้ไขกระบวนงานหลังจากที่ท่านเปิดหน้านี้" in markup(answer)
    sent["version"] = str(answer.context["form"]["version"].value())
    assert client.post(url, sent).status_code == 303


def test_owed_words_are_named_before_a_process_is_said_to_be_ready(
    sign_in, drafter, second_drafter, process, comment
):
    factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=second_drafter,
    )
    url = reverse("drafting-state", args=[process.manual.key, process.uuid])
    asked = sign_in(drafter).post(url, {"read": "0", "state": "ready"})
    assert (asked.status_code, find_state(process).state) == (200, BEGUN)
    owed = f"ยังไม่ได้ยกร่างตามผลการพิจารณา ความคิดเห็นเลขที่ {comment.pk}"
    assert owed in markup(asked)
