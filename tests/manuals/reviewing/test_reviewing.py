"""Asking somebody to look: sent, answered, closed or withdrawn; and what the asked person reaches by it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from hearing_portal.acts.models import Act
from hearing_portal.thai.markup import write_reference
from manuals.content import Figure, Text
from manuals.drafting.changes import Position, RetireClause, ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.positions import children_first
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import (
    move_clause,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, ReviewRequest, Section
from manuals.reviewing.queries import find_askable, find_waiting
from manuals.reviewing.seen_words import SeenWords
from manuals.reviewing.services import (
    ReviewRefused,
    answer_review,
    ask_for_review,
    close_review,
)
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
ASKED = "ขอให้ตรวจว่าระยะเวลาตรงกับระเบียบหรือไม่"
FOUND = "ตรงกับระเบียบข้อ 35 แล้ว"


@pytest.fixture
def outsider(fin_group):
    """An expert of another group: reads nothing of the draft of กลุ่มอำนวยการ but what is asked."""
    return factories.make_expert(
        fin_group, username="visit", given_name="วิสิทธิ์", family_name="มาเยือน"
    )


def standing(process) -> list[Clause]:
    """What may be retired one after the other."""
    clauses = Clause.objects.live().filter(section=process)
    return list(children_first(clauses.select_related("parent", "section__manual")))


def page_of(request) -> str:
    return reverse("review-request", args=[request.uuid])


def answer_of(request, text: str = FOUND) -> dict[str, str]:
    """What the form sends, of the words as they stand."""
    seen = SeenWords.of(ReviewRequest.objects.get(pk=request.pk))
    return {
        "version": str(seen.version),
        "words": seen.words,
        "text": text,
    }


def test_who_may_be_asked(
    drafter,
    second_drafter,
    expert,
    outsider,
    facilitator,
    delegate,
    dir_group,
    fin_group,
):
    factories.make_drafter(fin_group, username="damrong")
    assert set(find_askable(dir_group, by=drafter)) == {
        second_drafter,
        expert,
        outsider,
    }


def test_request_waits_on_the_desk_until_it_is_answered_and_closed(
    sign_in, drafter, second_drafter, process
):
    sender, asked = sign_in(drafter), sign_in(second_drafter)
    url = reverse("review-new", args=["DIR", process.uuid])
    sent = {"uuid": str(uuid4()), "asked": str(second_drafter.pk), "text": ASKED}
    assert [sender.post(url, sent).status_code for _ in range(2)] == [303, 303]
    request = ReviewRequest.objects.get()

    desk = markup(asked.get(reverse("drafting")))
    assert "ขอให้ท่านตรวจ 1" in desk
    assert drafter.get_full_name() in desk
    assert ASKED in markup(asked.get(page_of(request)))

    answer = reverse("review-answer", args=[request.uuid])
    empty = asked.post(answer, {"text": " "})
    assert (empty.status_code, "โปรดกรอกผลการตรวจ" in markup(empty)) == (422, True)
    assert asked.post(answer, answer_of(request)).status_code == 303
    assert "ขอให้ท่านตรวจ 0" in markup(asked.get(reverse("drafting")))
    again = asked.post(answer, answer_of(request, "อีกครั้ง"))
    assert (again.status_code, "ท่านตอบคำขอนี้แล้ว" in markup(again)) == (409, True)
    assert FOUND in markup(sender.get(page_of(request)))

    sender.post(reverse("review-closing", args=[request.uuid]))
    assert ReviewRequest.objects.get().closing.kind == "closed"
    codes = (
        Act.objects.filter(code__startswith="review")
        .order_by("id")
        .values_list("code", "detail")
    )
    assert list(codes) == [
        ("review-asked", ""),
        ("review-answered", ""),
        ("review-closed", "closed"),
    ]


def test_both_are_told_what_the_text_policy_changed(sign_in, drafter, expert, process):
    sender, asked = sign_in(drafter), sign_in(expert)
    url = reverse("review-new", args=["DIR", process.uuid])
    sent = sender.post(
        url, {"uuid": str(uuid4()), "asked": str(expert.pk), "text": "ขอให้\u200bตรวจ"}
    )
    assert "ตรวจแล้ว ปรับรูปอักขระ 1 แห่ง" in markup(sender.get(sent["Location"]))
    answered = asked.post(
        reverse("review-answer", args=[ReviewRequest.objects.get().uuid]),
        answer_of(ReviewRequest.objects.get(), "ตรง\u200bแล้ว"),
    )
    assert "ส่งผลการตรวจแล้ว ปรับรูปอักขระ 1 แห่ง" in markup(asked.get(answered["Location"]))


def test_expert_reaches_the_very_clause_and_nothing_more(
    sign_in, drafter, outsider, clause
):
    client = sign_in(outsider)
    asked = factories.make_review_request(
        clause.section, outsider, drafter, clause, ASKED
    )
    other = factories.clause_at(clause.section, "5.1")
    assert "ขอให้ท่านตรวจ" in markup(client.get(reverse("review-requests")))

    page = markup(client.get(page_of(asked)))
    assert clause.plain in page
    assert ASKED in page
    assert other.plain not in page
    assert drafter.get_full_name() not in page
    assert drafter.family_name not in page
    assert "ลิงก์ถาวร" not in page
    for name, args in (
        ("draft", ["DIR", clause.section.uuid]),
        ("manual-draft", ["DIR"]),
        ("clause-versions", ["DIR", clause.section.uuid, clause.uuid]),
        ("clause-edit", ["DIR", clause.section.uuid, clause.uuid]),
        ("drafting", []),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert (
        client.get(reverse("review-file", args=[asked.uuid, other.uuid])).status_code
        == 404
    )


def test_expert_reads_the_whole_process_where_that_is_asked(
    sign_in, drafter, outsider, clause
):
    asked = factories.make_review_request(clause.section, outsider, drafter)
    page = markup(sign_in(outsider).get(page_of(asked)))
    assert clause.plain in page
    assert factories.clause_at(clause.section, "5.1").plain in page
    assert (
        'href="/clauses/' not in sign_in(outsider).get(page_of(asked)).content.decode()
    )


def test_reference_to_another_process_is_named_for_who_may_read_it(
    sign_in, drafter, outsider, expert, process
):
    other = factories.make_section(process.manual, "การตรวจสอบพัสดุ", kind="process")
    mark = write_reference(str(factories.make_clause(other, "บันทึกผล").uuid))
    factories.make_clause(process, Text(body=f"ตาม{mark} ทุกวัน"))
    for person, told in (
        (outsider, "ตามข้อในกระบวนงานอื่น ทุกวัน"),
        (expert, "ตามข้อ 5.1 ของกระบวนงาน การตรวจสอบพัสดุ ทุกวัน"),
    ):
        asked = factories.make_review_request(process, person, drafter)
        page = markup(sign_in(person).get(page_of(asked)))
        assert told in page
        assert (other.title in page) == (person == expert)


def test_words_are_read_until_they_are_answered(sign_in, drafter, outsider, process):
    figure = factories.make_clause(
        process, Figure(file=factories.make_stored_file().sha, alt="ผังโต๊ะ"), by=drafter
    )
    asked = factories.make_review_request(process, outsider, drafter)
    client = sign_in(outsider)
    file = reverse("review-file", args=[asked.uuid, figure.uuid])
    first = factories.clause_at(process, "5.1").plain
    assert first in markup(client.get(page_of(asked)))
    assert f'"{file}"' in client.get(page_of(asked)).content.decode()

    answer_review(asked, FOUND, seen=SeenWords.of(asked), by=outsider)

    page = markup(client.get(page_of(asked)))
    assert (FOUND in page, "ท่านตอบคำขอนี้แล้ว" in page, first in page) == (
        True,
        True,
        False,
    )
    assert client.get(file).status_code == 404
    assert first in markup(sign_in(drafter).get(page_of(asked)))


def test_nobody_else_reads_by_the_request(
    sign_in, drafter, outsider, fin_group, clause
):
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    other = factories.make_expert(fin_group, username="other", given_name="อำพล")
    colleague = factories.make_drafter(fin_group, username="damrong")
    for person in (other, colleague):
        assert sign_in(person).get(page_of(asked)).status_code == 404
        assert (
            sign_in(person)
            .post(reverse("review-answer", args=[asked.uuid]), {"text": FOUND})
            .status_code
            == 404
        )


def test_withdrawn_request_is_gone_for_who_was_asked(
    sign_in, drafter, outsider, clause
):
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    assert close_review(asked, by=drafter).kind == "withdrawn"
    client = sign_in(outsider)
    assert client.get(page_of(asked)).status_code == 404
    assert (
        client.post(
            reverse("review-answer", args=[asked.uuid]), {"text": FOUND}
        ).status_code
        == 404
    )
    assert find_waiting(outsider) == []
    with pytest.raises(ReviewRefused, match="ปิดหรือถอน"):
        answer_review(asked, FOUND, seen=SeenWords.of(asked), by=outsider)
    assert "ถอนคำขอแล้ว" in markup(sign_in(drafter).get(page_of(asked)))


def test_asked_drafter_answers_and_does_not_end_the_request_of_another(
    sign_in, drafter, second_drafter, admin, process
):
    asked = factories.make_review_request(process, second_drafter, drafter)
    client = sign_in(second_drafter)
    closing = reverse("review-closing", args=[asked.uuid])
    assert "ถอนคำขอ" not in markup(client.get(page_of(asked)))
    assert client.post(closing).status_code == 403
    answer_review(asked, FOUND, seen=SeenWords.of(asked), by=second_drafter)
    assert "ปิดคำขอ" not in markup(client.get(page_of(asked)))
    assert client.post(closing).status_code == 403
    assert "ปิดคำขอ" in markup(sign_in(drafter).get(page_of(asked)))
    other = factories.make_review_request(process, drafter, second_drafter)
    assert close_review(other, by=admin).kind == "withdrawn"


def test_who_is_no_expert_any_more_reads_nothing(sign_in, drafter, outsider, clause):
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    with without_triggers():
        outsider.roles.update(valid_until=factories.FIRST_DAY)
    assert sign_in(outsider).get(page_of(asked)).status_code == 404


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("by_promise", [True, False])
def test_what_left_the_draft_is_read_as_it_stood_and_answered(
    sign_in, drafter, outsider, clause, whole, by_promise
):
    """Also where its clauses were retired one by one. Who read it before is told first."""
    process = clause.section
    asked = factories.make_review_request(
        process, outsider, drafter, None if whole else clause
    )
    other = factories.clause_at(process, "5.1").plain
    client = sign_in(outsider)
    form = client.get(page_of(asked)).context["form"]
    before = {bound.name: str(bound.value() or "") for bound in form} | {"text": FOUND}
    process.refresh_from_db()
    if by_promise:
        changes = [RetireClause(each, each.lock_version) for each in standing(process)]
        changes.append(ReviseSection(process, process.version, {}, retire_reason="ซ้ำ"))
        apply_changes(drafter, "retire", "ซ้ำ", changes)
    else:
        retire_section(process, process.version, by=drafter, reason="ซ้ำ")

    page = client.get(page_of(asked))
    shown = markup(page)
    what = "กระบวนงาน" if whole else "ข้อ"
    assert f"{what}ที่ขอให้ตรวจยกเลิกแล้ว" in shown
    assert "ไม่ได้ย้ายหรือรวมไปที่อื่นในร่าง" in shown
    assert (clause.plain in shown, other in shown) == (True, whole)
    assert "เหตุผล:" not in shown
    assert "เหตุผล: ซ้ำ" in markup(sign_in(drafter).get(page_of(asked)))
    assert "ซึ่งยกเลิกแล้ว" in markup(client.get(reverse("review-requests")))
    url = reverse("review-answer", args=[asked.uuid])
    assert client.post(url, before).status_code == 409
    sent = {bound.name: str(bound.value() or "") for bound in page.context["form"]}
    assert client.post(url, sent | {"text": FOUND}).status_code == 303
    closing = reverse("review-closing", args=[asked.uuid])
    assert sign_in(drafter).post(closing).status_code == 303


def test_request_about_a_retired_process_shows_what_went_elsewhere_before_and_the_rest(
    sign_in, drafter, outsider, clause, unit
):
    asked = factories.make_review_request(clause.section, outsider, drafter)
    first = factories.clause_at(clause.section, "5.1").plain
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    move_clause(
        clause, clause.lock_version, Position(other, 5), by=drafter, reason="ผิดที่"
    )
    process = Section.objects.get(pk=asked.section_id)
    retire_section(process, process.version, by=drafter, reason="ไม่ใช้แล้ว")
    page = markup(sign_in(outsider).get(page_of(asked)))
    assert "ซึ่งย้ายไปก่อนยกเลิก" in page
    assert page.index(clause.plain) < page.index("ต่อไปนี้ยกเลิกแล้ว") < page.index(first)


def test_same_person_is_not_asked_the_same_twice(drafter, expert, delegate, process):
    ask_for_review(process, None, expert, ASKED, uuid=uuid4(), by=drafter)
    with pytest.raises(ReviewRefused, match="ยังรอคำตอบ"):
        ask_for_review(process, None, expert, "อีกเรื่อง", uuid=uuid4(), by=drafter)
    with pytest.raises(ReviewRefused, match="โปรดเลือกผู้อื่น"):
        ask_for_review(process, None, delegate, ASKED, uuid=uuid4(), by=drafter)
    assert ReviewRequest.objects.count() == 1


def test_lists_cost_the_same_for_one_request_and_three(
    sign_in, drafter, second_drafter, process, assert_same_queries
):
    def add_two() -> None:
        for cite in ("5.1", "5.2"):
            clause = factories.clause_at(process, cite)
            factories.make_review_request(process, second_drafter, drafter, clause)
            factories.make_review_request(process, drafter, second_drafter, clause)

    factories.make_review_request(process, second_drafter, drafter)
    factories.make_review_request(process, drafter, second_drafter)
    client = sign_in(drafter)
    assert_same_queries(6, lambda: client.get(reverse("review-requests")), add_two)


def changed(clause, by, words: str) -> None:
    clause.refresh_from_db()
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=words),
        numbering=clause.numbering,
        by=by,
        reason="ปรับถ้อยคำ",
    )


@pytest.mark.parametrize("whole", [True, False])
def test_answer_is_about_the_words_that_its_page_showed(
    sign_in, drafter, outsider, clause, whole
):
    asked = factories.make_review_request(
        clause.section, outsider, drafter, None if whole else clause
    )
    client = sign_in(outsider)
    form = client.get(page_of(asked)).context["form"]
    sent = {bound.name: str(bound.value() or "") for bound in form} | {"text": FOUND}
    changed(clause, drafter, "ถ้อยคำที่ผู้ตรวจไม่เคยเห็น")
    url = reverse("review-answer", args=[asked.uuid])
    answer = client.post(url, sent)
    page = markup(answer)
    assert answer.status_code == 409
    assert "เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้" in page
    assert "ถ้อยคำที่ผู้ตรวจไม่เคยเห็น" in page
    assert FOUND in page
    form = answer.context["form"]
    again = {bound.name: str(bound.value() or "") for bound in form}
    assert client.post(url, again).status_code == 303
    clause.section.refresh_from_db()
    stored = ReviewRequest.objects.get().answer
    assert stored.at_version == clause.section.version


def test_answer_about_one_clause_is_not_disturbed_by_others(
    sign_in, drafter, outsider, clause
):
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    client = sign_in(outsider)
    form = client.get(page_of(asked)).context["form"]
    sent = {bound.name: str(bound.value() or "") for bound in form} | {"text": FOUND}
    changed(factories.clause_at(clause.section, "5.1"), drafter, "ข้อหนึ่ง")
    url = reverse("review-answer", args=[asked.uuid])
    assert client.post(url, sent).status_code == 303
    clause.section.refresh_from_db()
    shown = ReviewRequest.objects.get().answer.at_version
    assert shown == int(sent["version"]) == clause.section.version - 1


def test_request_follows_its_clause_to_another_process(
    sign_in, drafter, outsider, clause, unit
):
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    move_clause(
        clause, clause.lock_version, Position(other, 5), by=drafter, reason="ผิดที่"
    )
    client = sign_in(outsider)
    page = client.get(page_of(asked))
    shown = markup(page)
    assert (clause.plain in shown, "ยกเลิกแล้ว" in shown) == (True, False)
    assert "การส่งหนังสือ" in shown
    assert "การส่งหนังสือ" in markup(client.get(reverse("review-requests")))
    sent = {bound.name: str(bound.value() or "") for bound in page.context["form"]}
    url = reverse("review-answer", args=[asked.uuid])
    assert client.post(url, sent | {"text": FOUND}).status_code == 303
    other.refresh_from_db()
    clause.section.refresh_from_db()
    assert clause.section.version != other.version
    assert ReviewRequest.objects.get().answer.at_version == other.version
    desk = sign_in(drafter)
    later = "แก้ไขหลังจากนั้นแล้ว"
    assert later not in markup(desk.get(page_of(asked)))
    changed(clause, drafter, "ถ้อยคำใหม่")
    assert later in markup(desk.get(page_of(asked)))


def test_request_about_a_clause_shows_what_was_split_off_from_it_since(
    sign_in, drafter, outsider, clause
):
    """Wherever that went, and after the first part was retired; not what came in, nor what was split off before."""

    def split(clause, *bodies):
        clause = Clause.objects.select_related("section__manual", "parent").get(
            pk=clause.pk
        )
        texts = [Text(body=body) for body in bodies]
        return split_clause(
            clause, clause.lock_version, texts, by=drafter, reason="แยก"
        )

    clause = split(clause, "ตรวจสอบหนังสือและซอง", "ก่อนขอให้ตรวจ")[0]
    asked = factories.make_review_request(clause.section, outsider, drafter, clause)
    client = sign_in(outsider)
    form = client.get(page_of(asked)).context["form"]
    sent = {bound.name: str(bound.value() or "") for bound in form} | {"text": FOUND}
    kept, part = split(clause, "ตรวจสอบหนังสือ", "ตรวจสอบซอง")
    page = markup(client.get(page_of(asked)))
    assert "ข้อนี้แยกเป็นหลายข้อ" in page
    assert ("ตรวจสอบซอง" in page, "ก่อนขอให้ตรวจ" in page) == (True, False)
    url = reverse("review-answer", args=[asked.uuid])
    assert client.post(url, sent).status_code == 409

    part = factories.join_away(part, kept, by=drafter)
    split(part, "ตรวจสอบหนังสือ", "ตรวจสอบซอง")
    page = markup(client.get(page_of(asked)))
    assert "ตรวจสอบซอง" in page
    kept.refresh_from_db()
    retire_clause(kept, kept.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    page = client.get(page_of(asked))
    assert ("ตรวจสอบซอง" in markup(page), "ตรวจสอบหนังสือ" in markup(page)) == (
        True,
        False,
    )
    form = page.context["form"]
    sent = {bound.name: str(bound.value() or "") for bound in form} | {"text": FOUND}
    assert client.post(url, sent).status_code == 303
    last = Clause.objects.live().get(plain="ตรวจสอบซอง")
    desk = sign_in(drafter)
    later = "แก้ไขหลังจากนั้นแล้ว"
    assert later not in markup(desk.get(page_of(asked)))
    changed(last, drafter, "ถ้อยคำใหม่")
    assert later in markup(desk.get(page_of(asked)))
