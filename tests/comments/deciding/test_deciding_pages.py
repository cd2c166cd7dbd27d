"""The pages of the drafter: the ruling, the bench, the second person, and publishing a group's answers."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.hearings.services.session_states import close_session
from comments.models import Answer, AnswerPublication, ChangeCause, Comment, Disposition
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.shifting import Direction, shift_clause
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, SectionVersion
from manuals.queries import load_draft_entries
from tests import factories
from tests.markup import markup

REASON = "ระเบียบงานสารบรรณกำหนดเรื่องนี้ไว้แล้วในข้อ 35"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
PROPOSED = WORDS + "ก่อนลงทะเบียนรับ"


@pytest.fixture
def desk(sign_in, drafter, session) -> Client:
    """The drafter's browser."""
    return sign_in(drafter)


@pytest.fixture
def amendment(comment):
    return factories.make_amendment(comment, PROPOSED)


def live(clause: Clause) -> Clause:
    return Clause.objects.select_related("section", "parent").get(pk=clause.pk)


def reword(clause: Clause, words: str, by) -> None:
    now = live(clause)
    apply_changes(
        by,
        "edit",
        "แก้ในหน้ายกร่าง",
        [ReviseClause(now, now.lock_version, Text(body=words))],
    )


def words_of(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup(response)))


def ruling_url(comment: Comment, **query: str) -> str:
    return reverse("comment-disposition", args=[comment.uuid], query=query or None)


def bench_url(comment: Comment) -> str:
    return reverse("comment-adoption", args=[comment.uuid])


def queue_url(**query: str) -> str:
    return reverse("group-queue", args=["DIR"], query=query or None)


def sent_by(response) -> dict[str, str]:
    """What the bench's form would send, as a browser does: hidden fields, textareas, ticked boxes."""
    page = response.content.decode()
    form = re.search(r'<form class="bench.*?</form>', page, re.DOTALL)[0]
    sent = dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    )
    sent |= {
        name: text.lstrip("\n")
        for name, text in re.findall(
            r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
        )
    }
    return {
        name: html.unescape(value)
        for name, value in sent.items()
        if name != "csrfmiddlewaretoken"
    }


# -- who may decide ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("drafter", 200),
        ("admin", 200),
        ("facilitator", 403),
        ("delegate", 403),
        ("expert", 403),
        ("stranger", 403),
    ],
)
def test_deciding_is_the_drafters(request, sign_in, comment, amendment, person, status):
    client = sign_in(request.getfixturevalue(person))
    before = Disposition.objects.count()

    assert client.get(ruling_url(comment)).status_code == status
    assert client.get(bench_url(comment)).status_code == status
    if status != 200:
        body = {"outcome": "deferred", "reason": REASON}
        assert client.post(ruling_url(comment), body).status_code == status
        assert (
            client.post(
                bench_url(comment), {"lock_version": 1, "as_proposed": 1}
            ).status_code
            == status
        )
        assert Disposition.objects.count() == before


def test_drafter_of_another_group_decides_nothing_here(sign_in, comment, fin_group):
    other = sign_in(factories.make_drafter(fin_group))

    assert (
        other.post(
            ruling_url(comment), {"outcome": "deferred", "reason": REASON}
        ).status_code
        == 403
    )
    assert not Disposition.objects.exists()


def test_held_comment_does_not_exist_for_other_groups(
    sign_in, session, entry, delegate, fin_group
):
    held = factories.make_comment(session, entry, delegate, visibility="held")

    assert (
        sign_in(factories.make_drafter(fin_group)).get(ruling_url(held)).status_code
        == 404
    )


# -- the ruling --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ({"outcome": "not_accepted"}, ("not_accepted", "none", "")),
        ({"outcome": "deferred", "effect": "no_text_change"}, ("deferred", "none", "")),
        (
            {"outcome": "accepted", "effect": "no_text_change"},
            ("accepted", "no_text_change", ""),
        ),
        (
            {"outcome": "referred", "referred_to": "กลุ่มกฎหมายและคดี"},
            ("referred", "none", "กลุ่มกฎหมายและคดี"),
        ),
    ],
)
def test_ruling_is_written_and_the_work_goes_on(desk, comment, drafter, body, written):
    onward = queue_url(state="open")

    response = desk.post(
        ruling_url(comment), {**body, "reason": REASON, "next": onward}
    )

    disposition = Disposition.objects.get()
    assert (response.status_code, response["Location"]) == (303, onward)
    assert (disposition.outcome, disposition.effect, disposition.referred_to) == written
    assert (disposition.reason, disposition.decided_by) == (REASON, drafter)
    assert comment.answers.get(current=True).disposition == disposition


def test_promise_to_draft_has_its_person_and_day(desk, comment, second_drafter):
    body = {
        "outcome": "accepted",
        "effect": "to_draft",
        "assignee": second_drafter.pk,
        "due": "15/01/2573",
    }

    desk.post(ruling_url(comment), body)

    disposition = Disposition.objects.get()
    assert (disposition.effect, disposition.assignee, str(disposition.due)) == (
        "to_draft",
        second_drafter,
        "2030-01-15",
    )


def test_answer_may_point_to_a_clause_of_the_process_or_by_link(
    desk, session, comment, entry, edition, process
):
    near = factories.entry_of(edition, factories.clause_at(process, "5.3"))
    other = factories.make_comment(session, entry)
    covered = {"outcome": "already_covered", "reason": REASON}

    desk.post(ruling_url(comment), {**covered, "points_to": near.pk})
    desk.post(
        ruling_url(other),
        {
            **covered,
            "points_to_link": f"https://portal.example/clauses/{entry.uuid}/#x",
        },
    )

    assert list(
        Disposition.objects.order_by("pk").values_list("points_to", flat=True)
    ) == [near.pk, entry.pk]


def test_answer_that_points_to_what_left_the_draft_says_where_its_words_are(
    desk, comment, edition, process, drafter
):
    """At the desk, and in the choice of the form: named while its words stand, else as what left."""
    first, second = (factories.clause_at(process, cite) for cite in ("5.1", "5.2"))
    near = factories.entry_of(edition, second)
    body = {"outcome": "already_covered", "reason": REASON, "points_to": near.pk}
    desk.post(ruling_url(comment), body)
    url = f"/groups/DIR/queue/?comment={comment.uuid}"
    page = markup(desk.get(url))
    assert f'กำหนดไว้แล้วที่ <a href="/entries/{near.pk}/comments/">' in page
    assert "ไม่อยู่ในร่างแล้ว" not in page

    survivor = factories.join_away(second, first, by=drafter)
    page = markup(desk.get(url))
    assert "ข้อนั้นไม่อยู่ในร่างแล้ว</strong> ถ้อยคำอยู่ที่ <a" in page
    assert f'#c-{survivor.uuid.hex[:8]}">ข้อ 5.1 ของ “{process.title}”</a>' in page
    form = markup(desk.get(ruling_url(comment)))
    assert f"ข้อ\u00a05.2 (ในร่าง ถ้อยคำอยู่ที่ข้อ 5.1 {process.title})" in form

    retire_clause(survivor, survivor.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    assert "หรือเปลี่ยนผลการพิจารณา" in markup(desk.get(url))
    assert "(ยกเลิกแล้วในร่าง)" in markup(desk.get(ruling_url(comment)))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"outcome": "withdrawn", "reason": REASON}, 422),
        ({"outcome": "not_accepted", "reason": "สั้นไป"}, 422),
        ({"outcome": "accepted", "reason": REASON}, 422),
        ({"outcome": "accepted", "effect": "changed", "reason": REASON}, 422),
        ({"outcome": "accepted", "effect": "to_draft", "reason": REASON}, 422),
        (
            {
                "outcome": "accepted",
                "effect": "to_draft",
                "assignee": "1",
                "due": "15/01/2573",
                "reason": REASON,
            },
            422,
        ),
        (
            {
                "outcome": "accepted",
                "effect": "to_draft",
                "due": "01/01/2544",
                "reason": REASON,
            },
            422,
        ),
        (
            {
                "outcome": "accepted",
                "effect": "to_draft",
                "due": "31/02/2573",
                "reason": REASON,
            },
            422,
        ),
        ({"outcome": "already_covered", "reason": REASON}, 422),
        (
            {"outcome": "already_covered", "points_to": "99999999", "reason": REASON},
            422,
        ),
        (
            {
                "outcome": "already_covered",
                "points_to_link": "ไม่ใช่ลิงก์",
                "reason": REASON,
            },
            422,
        ),
        ({"outcome": "referred", "referred_to": " ", "reason": REASON}, 422),
        ({"outcome": "deferred", "reason": "ก" * 4001}, 422),
        ({"outcome": "deferred", "reason": REASON + "\x00"}, 422),
        ({"outcome": "deferred", "reason": REASON, "also": "not-a-uuid"}, 422),
        (
            {
                "outcome": "deferred",
                "reason": REASON,
                "also": "11111111-1111-4111-8111-111111111111",
            },
            422,
        ),
    ],
)
@pytest.mark.parametrize("at", ["", "desk"])
def test_refused_ruling_keeps_what_was_written(desk, comment, at, body, status):
    response = desk.post(ruling_url(comment), {**body, "at": at})

    assert response.status_code == status
    assert not Disposition.objects.exists()
    assert body.get("reason", "")[:40] in html.unescape(response.content.decode())
    assert ('id="desk"' in response.content.decode()) == (at == "desk")


def test_duplicates_are_answered_once(desk, session, entry, comment, delegate):
    others = [factories.make_comment(session, entry) for _ in range(2)]
    alone = factories.make_comment(session, entry)
    page = desk.get(ruling_url(comment)).content.decode()
    assert all(
        f'name="also" value="{other.uuid}"' in page for other in [*others, alone]
    )

    desk.post(
        ruling_url(comment),
        {
            "outcome": "deferred",
            "reason": REASON,
            "also": [other.uuid for other in others],
        },
    )

    disposition = Disposition.objects.get()
    assert set(Answer.objects.values_list("comment", "disposition")) == {
        (row.pk, disposition.pk) for row in (comment, *others)
    }


def test_chosen_comments_of_the_queue_come_to_one_ruling(desk, session, entry, comment):
    other = factories.make_comment(session, entry)
    url = reverse("queue-disposition", args=["DIR"])

    response = desk.get(
        url, {"comment": [comment.uuid, other.uuid], "next": queue_url()}
    )

    assert response["Location"].startswith(ruling_url(comment, also=str(other.uuid)))
    assert (
        f'value="{other.uuid}" checked'
        in desk.get(response["Location"]).content.decode()
    )
    assert desk.get(url)["Location"] == queue_url()
    assert desk.get(url, {"comment": "x"}).status_code == 404


def test_comment_of_another_group_does_not_share_the_answer(
    sign_in, hearing, comment, dir_group, fin_group, admin
):
    foreign = factories.make_process(factories.make_manual(fin_group), by=admin)
    edition = factories.make_edition("BOTH", by=admin)
    stage = factories.make_session(edition, fin_group, hearing=hearing)
    other = factories.make_comment(stage, factories.entry_of(edition, foreign))
    both = factories.make_drafter(dir_group)
    factories.make_role(both, "drafter", group=fin_group)

    response = sign_in(both).post(
        ruling_url(comment),
        {"outcome": "deferred", "reason": REASON, "also": other.uuid},
    )

    assert response.status_code == 422
    assert not Disposition.objects.exists()


def test_published_answer_is_shown_as_settled_until_objected_to(
    desk, comment, drafter, delegate, hearing, dir_group
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)

    assert "เปลี่ยนไม่ได้" in words_of(desk.get(ruling_url(comment)))
    refused = desk.post(
        ruling_url(comment), {"outcome": "out_of_scope", "reason": REASON}
    )
    assert refused.status_code == 409
    assert Disposition.objects.count() == 1

    object_to_answer(comment, "ฉบับหน้าช้าเกินไป", by=delegate)

    page = desk.get(ruling_url(comment))
    assert "ฉบับหน้าช้าเกินไป" in words_of(page)
    seen = re.search(r'name="seen" value="([^"]+)"', markup(page))[1]
    again = desk.post(
        ruling_url(comment), {"outcome": "out_of_scope", "reason": REASON, "seen": seen}
    )
    assert again.status_code == 303


def test_ruling_page_costs_the_same_for_one_duplicate_and_three(
    desk, session, entry, comment, assert_same_queries
):
    factories.make_comment(session, entry)

    def add() -> None:
        for _ in range(2):
            factories.make_comment(session, entry)

    assert_same_queries(18, lambda: desk.get(ruling_url(comment)), add)


# -- the second person -------------------------------------------------------------------------------


def refusals_url(**query: object) -> str:
    return reverse("group-refusals", args=["DIR"], query=query or None)


def test_second_person_confirms_and_the_first_cannot(
    desk, sign_in, comment, drafter, facilitator, delegate, stranger
):
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    url = reverse("disposition-confirmation", args=[refusal.pk])
    assert desk.post(url).status_code == 403
    assert sign_in(delegate).post(url).status_code == 403
    assert sign_in(stranger).post(url).status_code == 403
    second = sign_in(facilitator)
    assert second.post(url).status_code == 409  # nothing of it was shown

    page = second.get(queue_url(comment=str(comment.uuid)))
    shown = re.search(r'name="confirm" value="([^"]+)"', markup(page))[1]
    following = {"next": queue_url(state="unconfirmed")}
    response = second.post(url, {"confirm": shown, **following})

    refusal.refresh_from_db()
    assert response["Location"] == queue_url(state="unconfirmed")
    assert refusal.confirmed_by == facilitator
    assert second.get(url).status_code == 405


def test_refusal_of_several_is_confirmed_where_all_of_them_are_read(
    desk, sign_in, session, entry, comment, drafter, facilitator
):
    texts = {"ขอให้ใช้แบบฟอร์มเดียวกันทุกเขต", "ขอตัดการลงนามซ้ำออก"}
    others = [factories.make_comment(session, entry, text=text) for text in texts]
    together = [comment, *others]
    refusal = decide_comments(together, Ruling("not_accepted", REASON), by=drafter)
    second = sign_in(facilitator)

    at_desk = markup(second.get(queue_url(comment=str(comment.uuid))))
    assert 'name="confirm"' not in at_desk
    assert refusals_url(disposition=refusal.pk) in at_desk
    page = second.get(refusals_url(disposition=refusal.pk))
    words = words_of(page)
    assert all(each.text in words for each in together)
    assert REASON in words
    assert 'name="confirm"' not in markup(desk.get(refusals_url()))  # who decided

    nothing = second.post(refusals_url())
    assert nothing.status_code == 422
    [shown] = re.findall(r'name="confirm" value="([^"]+)"', markup(page))
    done = second.post(refusals_url(), {"confirm": shown}, follow=True)
    refusal.refresh_from_db()
    assert refusal.confirmed_by == facilitator
    assert "ยืนยันผล “ไม่เห็นชอบตามที่เสนอ” แล้ว 1 ผล" in words_of(done)

    # Of the same page once more, or from the desk: what is done already is said to be, and by whom
    again = words_of(second.post(refusals_url(), {"confirm": shown}, follow=True))
    assert "“ไม่เห็นชอบตามที่เสนอ” แล้ว 1 ผล" not in again
    assert "“ไม่เห็นชอบตามที่เสนอ” 1 ผล ยืนยันไว้แล้วโดยท่าน เมื่อ" in again
    third = sign_in(factories.make_facilitator(session.work_group))
    url = reverse("disposition-confirmation", args=[refusal.pk])
    late = words_of(third.post(url, {"confirm": shown}, follow=True))
    assert f"ยืนยันไว้แล้วโดย {facilitator.get_full_name()} เมื่อ" in late


def test_second_person_reads_the_objection_that_the_refusal_answers(
    desk, sign_in, session, entry, comment, dir_group, drafter, facilitator
):
    """At the desk beside one, on the page of several; also when it was decided anew twice before it is published."""
    other = factories.make_comment(session, entry, text=comment.text)
    told = factories.make_publication(session.hearing, dir_group, by=drafter)
    factories.make_disposition(comment, outcome="deferred", publication=told)
    factories.make_objection(comment, text="เขตเกาะไม่มีเรือทุกวัน")
    elsewhere = Ruling("referred", REASON, referred_to="สำนักนโยบายและแผน")
    decide_comments([comment], elsewhere, by=drafter)
    connection.check_constraints()  # as the commit does
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    second = sign_in(facilitator)

    at_desk = second.get(queue_url(comment=str(comment.uuid)))

    assert 'name="confirm"' in markup(at_desk)
    assert "เขตเกาะไม่มีเรือทุกวัน" in words_of(at_desk)
    page = words_of(second.get(refusals_url(disposition=refusal.pk)))
    assert "เขตเกาะไม่มีเรือทุกวัน" in page
    # Who lets it share the answer of another comment reads it too
    chosen = words_of(desk.get(ruling_url(other, also=str(comment.uuid))))
    assert "เขตเกาะไม่มีเรือทุกวัน" in chosen


def test_refusals_of_another_group_are_confirmed_at_its_own_desk(
    sign_in, comment, drafter, fin_group
):
    factories.make_manual(fin_group)
    refusal = decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    both = factories.make_facilitator(fin_group)
    url = reverse("group-refusals", args=["FIN"])
    value = f"{refusal.pk}:{refusal.answers.get().pk}"

    assert sign_in(both).post(url, {"confirm": value}).status_code == 404


def test_refusals_page_costs_the_same_for_one_refusal_and_three(
    sign_in, session, entry, comment, drafter, facilitator, assert_same_queries
):
    decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)
    second = sign_in(facilitator)

    def add() -> None:
        for _ in range(2):
            other = factories.make_comment(session, entry)
            decide_comments([other], Ruling("not_accepted", REASON), by=drafter)

    assert_same_queries(12, lambda: second.get(refusals_url()), add)


def test_confirming_what_is_not_there_is_404(desk):
    assert (
        desk.post(reverse("disposition-confirmation", args=[999999])).status_code == 404
    )


# -- the bench ---------------------------------------------------------------------------------------


def test_bench_shows_the_proposal_and_adopts_it(
    desk, comment, amendment, clause, drafter
):
    page = desk.get(bench_url(comment))
    assert "<ins>" in page.content.decode()
    sent = sent_by(page)
    assert sent["words-text"] == PROPOSED

    response = desk.post(bench_url(comment), {**sent, "next": queue_url(state="open")})

    cause = ChangeCause.objects.get()
    assert (response.status_code, response["Location"]) == (
        303,
        queue_url(state="open"),
    )
    assert live(clause).plain == PROPOSED
    assert (cause.amendment, cause.disposition.outcome) == (amendment, "accepted")
    assert (
        SectionVersion.objects.filter(section=clause.section, action="adopt").count()
        == 1
    )


def test_number_in_adopted_words_becomes_the_reference_its_author_meant(
    desk, comment, clause, process
):
    first = factories.clause_at(process, "5.1")
    factories.make_amendment(comment, "ตรวจตามข้อ 5.1 ทันที")
    sent = sent_by(desk.get(bench_url(comment)))

    answer = desk.post(bench_url(comment), sent)

    assert live(clause).body == f"ตรวจตาม{write_reference(first.uuid)} ทันที"
    assert (
        ChangeCause.objects.get().disposition.outcome == "accepted"
    )  # the words are those proposed
    assert "เชื่อมข้อที่อ้าง 1 แห่ง: ข้อ 5.1" in desk.get(answer["Location"]).content.decode()


def test_number_that_another_clause_has_by_now_stays_text(
    desk, comment, clause, process, drafter
):
    first = factories.clause_at(process, "5.1")
    shift_clause(first, first.lock_version, Direction.DOWN, by=drafter)
    factories.make_amendment(comment, "ตรวจตามข้อ 5.1 ทันที")

    desk.post(bench_url(comment), sent_by(desk.get(bench_url(comment))))

    assert live(clause).plain == "ตรวจตามข้อ 5.1 ทันที"


def test_edited_words_need_a_reason_and_keep_what_was_typed(
    desk, comment, amendment, clause
):
    sent = {**sent_by(desk.get(bench_url(comment))), "words-text": PROPOSED + "ทุกฉบับ"}

    refused = desk.post(bench_url(comment), {**sent, "reason": "สั้น"})
    assert (refused.status_code, live(clause).plain) == (422, WORDS)
    assert sent_by(refused)["words-text"] == PROPOSED + "ทุกฉบับ"

    desk.post(bench_url(comment), {**sent_by(refused), "reason": REASON})

    assert live(clause).plain == PROPOSED + "ทุกฉบับ"
    assert Disposition.objects.get().outcome == "accepted_with_changes"


def test_word_diff_can_be_asked_for_and_writes_nothing(
    desk, comment, amendment, clause
):
    sent = sent_by(desk.get(bench_url(comment)))

    response = desk.post(
        bench_url(comment), {**sent, "words-text": "ตรวจสอบหนังสือ", "preview": "1"}
    )

    assert "สิ่งที่จะเปลี่ยนเมื่อบันทึกผล" in words_of(response)
    assert sent_by(response)["words-text"] == "ตรวจสอบหนังสือ"
    assert (live(clause).plain, Disposition.objects.count()) == (WORDS, 0)


def test_overtaken_drafter_sees_three_versions_and_nothing_is_chosen(
    desk, comment, amendment, clause, second_drafter
):
    typed = PROPOSED + "ทุกฉบับ"
    sent = {
        **sent_by(desk.get(bench_url(comment))),
        "words-text": typed,
        "reason": REASON,
    }
    reword(clause, "เจ้าหน้าที่" + WORDS, second_drafter)

    response = desk.post(bench_url(comment), sent)

    page = words_of(response)
    assert response.status_code == 409
    assert "ของท่าน" in page
    assert "ถ้อยคำปัจจุบัน" in page
    assert "รวมให้แล้ว" in page
    assert sent_by(response)["words-text"] == typed
    assert sent_by(response)["reason"] == REASON
    assert "บันทึกผลและแก้ถ้อยคำ" not in page
    assert (live(clause).plain, Disposition.objects.count()) == ("เจ้าหน้าที่" + WORDS, 0)


@pytest.mark.parametrize(
    ("take", "words"),
    [
        ("mine", PROPOSED + "ทุกฉบับ"),
        ("current", "เจ้าหน้าที่" + WORDS),
        ("merged", "เจ้าหน้าที่" + PROPOSED + "ทุกฉบับ"),
    ],
)
def test_chosen_version_is_a_form_first_and_adopted_by_a_second_act(
    desk, comment, amendment, clause, second_drafter, take, words
):
    sent = {
        **sent_by(desk.get(bench_url(comment))),
        "words-text": PROPOSED + "ทุกฉบับ",
        "reason": REASON,
    }
    reword(clause, "เจ้าหน้าที่" + WORDS, second_drafter)
    conflict = sent_by(desk.post(bench_url(comment), sent))

    chosen = desk.post(bench_url(comment), {**conflict, "take": take})

    assert chosen.status_code == 200
    assert (sent_by(chosen)["words-text"], sent_by(chosen)["reason"]) == (words, REASON)
    assert (live(clause).plain, Disposition.objects.count()) == ("เจ้าหน้าที่" + WORDS, 0)

    final = sent_by(chosen)
    if take == "current":  # the words of now are no change: the drafter goes on writing
        final["words-text"] += "โดยเร็ว"
    assert desk.post(bench_url(comment), final).status_code == 303
    assert live(clause).plain == final["words-text"]


def test_words_of_now_are_no_adoption(desk, comment, amendment, clause, second_drafter):
    reword(clause, "เจ้าหน้าที่" + WORDS, second_drafter)
    chosen = desk.post(
        bench_url(comment), {**sent_by(desk.get(bench_url(comment))), "take": "current"}
    )

    response = desk.post(bench_url(comment), {**sent_by(chosen), "reason": REASON})

    assert response.status_code == 422
    assert "เหมือนเดิมทุกตัวอักษร" in words_of(response)
    assert not Disposition.objects.exists()


def test_outdated_proposal_offers_versions_before_anything_is_typed(
    desk, comment, amendment, clause, second_drafter
):
    reword(clause, "เจ้าหน้าที่" + WORDS, second_drafter)

    page = desk.get(bench_url(comment))
    assert "words-text" not in sent_by(page)
    assert "เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว" in words_of(page)
    refused = desk.post(bench_url(comment), {**sent_by(page), "reason": REASON})
    assert refused.status_code == 422
    assert "เลือกถ้อยคำที่จะใช้ก่อน" in words_of(refused)
    assert not Disposition.objects.exists()

    chosen = desk.post(
        bench_url(comment), {**sent_by(page), "take": "merged", "reason": REASON}
    )
    assert sent_by(chosen)["words-text"] == "เจ้าหน้าที่" + PROPOSED
    desk.post(bench_url(comment), sent_by(chosen))

    assert live(clause).plain == "เจ้าหน้าที่" + PROPOSED


def test_clash_offers_no_merged_text(desk, comment, clause, second_drafter):
    factories.make_amendment(comment, WORDS.replace("ตรวจสอบ", "ตรวจทาน"))
    reword(clause, WORDS.replace("ตรวจสอบ", "ตรวจนับ"), second_drafter)

    page = desk.get(bench_url(comment)).content.decode()

    assert "ร่างปัจจุบันและข้อเสนอแก้คำเดียวกันหรือคำที่ติดกัน" in page
    assert 'value="merged"' not in page
    assert 'value="mine"' in page
    assert 'value="current"' in page


def test_one_key_adopts_as_proposed_from_the_queue(desk, comment, amendment, clause):
    page = desk.get(queue_url()).content.decode()
    form = re.search(r'<form class="queue__adopt".*?</form>', page, re.DOTALL)[0]
    sent = dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    )
    assert sent["as_proposed"] == "1"

    response = desk.post(bench_url(comment), sent)

    assert response.status_code == 303
    assert live(clause).plain == PROPOSED


def test_one_key_on_an_outdated_proposal_leads_to_the_bench(
    desk, comment, amendment, clause, second_drafter
):
    reword(clause, "เจ้าหน้าที่" + WORDS, second_drafter)
    body = {"lock_version": live(clause).lock_version, "as_proposed": "1"}

    response = desk.post(bench_url(comment), body)

    assert response.status_code == 409
    assert 'value="merged"' in response.content.decode()
    assert (live(clause).plain, Disposition.objects.count()) == ("เจ้าหน้าที่" + WORDS, 0)


def test_second_press_tells_that_it_is_done(desk, comment, amendment, clause):
    sent = sent_by(desk.get(bench_url(comment)))
    desk.post(bench_url(comment), sent)

    again = desk.post(bench_url(comment), sent)

    assert again.status_code == 409
    assert "นำเข้าในข้อแล้ว" in words_of(again)
    assert "ข้อเสนอนี้มีผลแล้ว จึงไม่ได้บันทึกซ้ำ" in words_of(again)
    assert "ยังไม่ได้บันทึกผล" not in words_of(again)
    assert Disposition.objects.count() == 1


def test_insertion_is_adopted_behind_its_clause(
    desk, session, entry, delegate, clause, process
):
    comment = factories.make_comment(session, entry, delegate, type="add")
    factories.make_amendment(comment, "บันทึกผลการตรวจสอบในระบบ", op="insert_after")
    sent = sent_by(desk.get(bench_url(comment)))
    assert sent["words-text"] == "บันทึกผลการตรวจสอบในระบบ"

    desk.post(bench_url(comment), sent)

    texts = [
        view.content.body
        for view in load_draft_entries(process)[1:]
        if view.part == 5 and view.depth == 0
    ]
    assert texts[1:3] == [WORDS, "บันทึกผลการตรวจสอบในระบบ"]


def test_deletion_of_words_that_changed_is_adopted_after_reading_them(
    desk, session, entry, delegate, clause, second_drafter
):
    comment = factories.make_comment(session, entry, delegate, type="delete")
    factories.make_amendment(comment, op="delete", proposed={})
    first = sent_by(desk.get(bench_url(comment)))
    reword(clause, WORDS + "ทุกฉบับ", second_drafter)

    overtaken = desk.post(bench_url(comment), {**first, "reason": REASON})
    assert (overtaken.status_code, live(clause).retired_id) == (409, None)
    assert "โปรดอ่านถ้อยคำปัจจุบัน แล้วพิจารณาอีกครั้ง" in words_of(overtaken)
    assert "โปรดเลือกถ้อยคำที่จะใช้" not in words_of(overtaken)  # a deletion has none
    read = desk.post(bench_url(comment), {**sent_by(overtaken), "take": "mine"})
    assert "ทุกฉบับ" in words_of(read)
    desk.post(bench_url(comment), sent_by(read))

    assert live(clause).retired.reason == REASON


def test_duplicates_share_the_adoption(desk, session, entry, comment, amendment):
    other = factories.make_comment(session, entry)
    sent = sent_by(desk.get(bench_url(comment)))

    desk.post(bench_url(comment), {**sent, "also": other.uuid})

    assert set(Answer.objects.values_list("comment", flat=True)) == {
        comment.pk,
        other.pk,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"lock_version": "x"},
        {"lock_version": ""},
        {"words-text": ""},
        {"words-text": "ก" * 20_001},
        {"words-text": "มีอักขระ\x00แฝง"},
        {"began": "nonsense"},
        {"also": "x"},
    ],
)
def test_broken_bench_form_changes_nothing(desk, comment, amendment, clause, wrong):
    sent = {**sent_by(desk.get(bench_url(comment))), "reason": REASON}

    response = desk.post(bench_url(comment), {**sent, **wrong})

    assert response.status_code == 422
    assert (live(clause).plain, Disposition.objects.count()) == (WORDS, 0)
    assert sent_by(response)["reason"] == REASON


def test_markup_typed_into_the_words_is_text(desk, comment, amendment, clause):
    sent = {**sent_by(desk.get(bench_url(comment))), "reason": REASON}

    desk.post(
        bench_url(comment),
        {**sent, "words-text": PROPOSED + " <script>alert(1)</script>"},
    )

    assert live(clause).plain == PROPOSED + " <script>alert(1)</script>"
    assert "<script>alert" not in desk.get(queue_url()).content.decode()


def test_comment_without_a_proposal_is_sent_to_the_ruling(
    desk, session, entry, delegate
):
    asked = factories.make_comment(session, entry, delegate, type="ask")

    page = desk.get(bench_url(asked))
    assert page.status_code == 200
    assert ruling_url(asked) in page.content.decode()
    assert desk.post(bench_url(asked), {"lock_version": 1}).status_code == 409


def test_bench_costs_the_same_for_one_rival_proposal_and_three(
    desk, session, entry, comment, amendment, assert_same_queries
):
    factories.make_amendment(factories.make_comment(session, entry), WORDS + "ทันที")

    def add() -> None:
        for words in ("โดยเร็ว", "ภายในวันเดียวกัน"):
            factories.make_amendment(
                factories.make_comment(session, entry), WORDS + words
            )

    assert_same_queries(15, lambda: desk.get(bench_url(comment)), add)


def test_bench_costs_the_same_for_one_rival_and_three_that_refer_to_clauses(
    desk, session, entry, comment, amendment, process, assert_same_queries
):
    reference = write_reference(factories.clause_at(process, "5.1").uuid)

    def add(*words: str) -> None:
        for proposed in words:
            factories.make_amendment(
                factories.make_comment(session, entry),
                Text(body=f"{WORDS}{proposed}ตาม{reference}"),
            )

    add("ทันที")
    assert_same_queries(
        17,
        lambda: desk.get(bench_url(comment)),
        lambda: add("โดยเร็ว", "ภายในวันเดียวกัน"),
    )
    assert words_of(desk.get(bench_url(comment))).count("ตามข้อ 5.1") == 3


def test_other_proposals_join_the_words_and_share_the_answer(
    desk, session, entry, comment, amendment, clause
):
    rival = factories.make_comment(session, entry, text="ขอเพิ่มคำว่าทุกฉบับ")
    factories.make_amendment(rival, "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย")
    sent = sent_by(desk.get(bench_url(comment)))

    page = desk.post(bench_url(comment), {**sent, "join": rival.uuid, "reason": REASON})

    both = "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วยก่อนลงทะเบียนรับ"
    assert (page.status_code, sent_by(page)["words-text"]) == (200, both)
    assert f'value="{rival.uuid}" checked' in page.content.decode()
    assert "สิ่งที่จะเปลี่ยนเมื่อบันทึกผล" in words_of(page)
    assert (live(clause).plain, Disposition.objects.count()) == (WORDS, 0)

    desk.post(bench_url(comment), {**sent_by(page), "also": rival.uuid})

    disposition = Disposition.objects.get()
    assert live(clause).plain == both
    assert set(disposition.answers.values_list("comment", flat=True)) == {
        comment.pk,
        rival.pk,
    }
    assert (disposition.outcome, disposition.reason) == (
        "accepted_with_changes",
        REASON,
    )


def test_proposal_that_changes_the_same_words_does_not_join(
    desk, session, entry, comment, amendment, clause
):
    rival = factories.make_comment(session, entry)
    factories.make_amendment(rival, WORDS + "ภายในวันเดียวกัน")
    sent = sent_by(desk.get(bench_url(comment)))

    page = desk.post(bench_url(comment), {**sent, "join": rival.uuid})

    assert (page.status_code, sent_by(page)["words-text"]) == (409, PROPOSED)
    assert "แก้คำเดียวกับถ้อยคำในช่อง" in words_of(page)
    assert f'value="{rival.uuid}" checked' not in page.content.decode()


@pytest.mark.parametrize(
    "joined", ["", "x", "00000000-0000-4000-8000-000000000000", "the proposal itself"]
)
def test_what_is_no_other_proposal_does_not_join(desk, comment, amendment, joined):
    sent = sent_by(desk.get(bench_url(comment)))
    page = desk.post(
        bench_url(comment),
        {**sent, "join": comment.uuid if joined.startswith("the") else joined},
    )
    assert (page.status_code, sent_by(page)["words-text"]) == (422, PROPOSED)


# -- publishing --------------------------------------------------------------------------------------


def test_answers_page_names_what_is_missing_with_links(
    desk, session, entry, comment, drafter
):
    refused = factories.make_comment(session, entry)
    decide_comments([refused], Ruling("not_accepted", REASON), by=drafter)

    page = desk.get(reverse("group-answers", args=["DIR"])).content.decode()

    assert f"ความคิดเห็นเลขที่ {comment.pk} ยังไม่มีผลการพิจารณา" in page
    assert f"ความคิดเห็นเลขที่ {refused.pk} ผล “ไม่เห็นชอบตามที่เสนอ” ยังไม่มีผู้ยืนยันคนที่สอง" in page
    assert all(
        html.escape(queue_url(comment=str(row.uuid))) in page
        for row in (comment, refused)
    )
    # What "the following" are stands below it; the button, which stands elsewhere, leads there
    lead, _ = page.split("ยังไม่มีผลการพิจารณา 1 เรื่อง")
    assert lead.rstrip().endswith("<strong>")
    assert "โปรดดำเนินการตามรายการต่อไปนี้ให้ครบก่อนเผยแพร่" in lead
    assert page.count("ต่อไปนี้") == 1
    assert 'เผยแพร่ได้เมื่อดำเนินการครบทั้ง 2 เรื่อง <a href="#missing">' in " ".join(
        page.split()
    )
    assert re.search(
        r"<button[^>]* disabled>[^<]*<svg.*?เผยแพร่ผลการพิจารณา", page, re.DOTALL
    )


def confirm(response) -> dict[str, str]:
    """What the confirming step sends when it is confirmed."""
    confirmed = re.search(
        r'<input type="hidden" name="confirmed" value="(\w+)"', markup(response)
    )
    sent = {"confirmed": confirmed[1]}
    return {**sent, "is_confirmed": "on"}


def test_what_was_published_is_counted_in_comments(
    desk, session, entry, comment, secondary_delegate, drafter
):
    """Two comments share one decision."""
    other = factories.make_comment(session, entry, secondary_delegate)
    decide_comments([comment, other], Ruling("deferred", REASON), by=drafter)
    answers = reverse("group-answers", args=["DIR"])

    sent = {**confirm(desk.post(answers)), "while_open": "on"}
    done = desk.post(answers, sent, follow=True)

    words = words_of(done).replace("\u00a0", " ")
    assert "เผยแพร่ผลแล้ว 2 ความคิดเห็น" in words
    published = words.split("เผยแพร่แล้ว เรียก")[-1].rsplit("เผยแพร่แล้ว", 1)[-1]
    assert "2 ความคิดเห็น" in published


def test_publishing_tells_first_to_whom_and_changes_nothing(
    desk, session, entry, comment, secondary_delegate, drafter
):
    other = factories.make_comment(session, entry, secondary_delegate)
    decide_comments([comment, other], Ruling("deferred", REASON), by=drafter)

    step = desk.post(reverse("group-answers", args=["DIR"]))

    words = words_of(step)
    assert step.status_code == 200
    assert "เผยแพร่ผลการพิจารณา 2 ความคิดเห็นหรือไม่" in words
    assert "สพป. 1 เขต" in words
    assert "สพม. 1 เขต" in words
    assert "ขอให้ทบทวนผลได้ 1 ครั้ง ถึง" in words
    assert "เรียกคืนหรือแก้ไขไม่ได้" in words
    assert not AnswerPublication.objects.exists()


def test_publishing_names_what_nobody_else_may_read_yet(
    desk, session, entry, comment, delegate, drafter
):
    held = factories.make_comment(session, entry, visibility="held")
    withdrawn = factories.make_comment(session, entry, delegate, visibility="held")
    withdraw_comment(withdrawn, by=delegate)
    decide_comments([comment, held], Ruling("deferred", REASON), by=drafter)
    url = reverse("group-answers", args=["DIR"])
    queue = f"/groups/DIR/queue/?state=held&amp;hearing={session.hearing.key}"
    named = f"1 ความคิดเห็นที่พิจารณาแล้วยังรอตรวจก่อนแสดง (เลขที่ {held.pk})"
    everybody = "ผู้เสนอและผู้อ่านทุกคนเห็นผลและเหตุผลทันที"

    for page in (desk.get(url), desk.post(url)):
        assert named in words_of(page)
        assert f'href="{queue}"' in markup(page)
    assert everybody not in words_of(desk.post(url))
    assert desk.get(queue.replace("&amp;", "&")).status_code == 200

    factories.make_moderation(held, "shown", by=drafter)
    assert everybody in words_of(desk.post(url))
    assert "รอตรวจก่อนแสดง" not in words_of(desk.get(url))


def test_publishing_tells_all_together(
    desk, session, entry, comment, drafter, hearing, dir_group, facilitator
):
    other = factories.make_comment(session, entry)
    decide_comments([comment, other], Ruling("deferred", REASON), by=drafter)
    close_session(session, by=facilitator)
    url = reverse("group-answers", args=["DIR"])
    sent = confirm(desk.post(url))

    response = desk.post(url, sent)

    publication = AnswerPublication.objects.get()
    assert (response.status_code, response["Location"]) == (303, url)
    assert (publication.hearing, publication.work_group, publication.by) == (
        hearing,
        dir_group,
        drafter,
    )
    assert Disposition.objects.get().publication == publication
    assert "เผยแพร่แล้ว 2" in words_of(desk.get(url))

    # The same confirmed twice is one publication, and no refusal
    assert desk.post(url, sent).status_code == 303
    assert AnswerPublication.objects.get() == publication


def test_answer_to_an_objection_is_announced_as_final(
    desk, session, entry, comment, drafter, hearing, dir_group
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    factories.make_objection(comment)
    decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)
    url = reverse("group-answers", args=["DIR"])

    alone = words_of(desk.post(url))
    final = "1\u00a0ความคิดเห็น ผลเป็นที่สุด ขอให้ทบทวนอีกไม่ได้"
    assert final in alone
    assert "ขอให้ทบทวนผลได้" not in alone
    assert "ผลเหล่านี้เป็นที่สุด ขอให้ทบทวนอีกไม่ได้" in words_of(desk.get(url))

    others = [factories.make_comment(session, entry) for _ in range(2)]
    decide_comments(others, Ruling("deferred", REASON), by=drafter)
    step = desk.post(url)
    assert re.search(r"2\u00a0ความคิดเห็น\s+ผู้เสนอขอให้ทบทวนผลได้ 1 ครั้ง ถึง", words_of(step))
    assert final in words_of(step)

    done = desk.post(url, {**confirm(step), "while_open": "on"}, follow=True)
    assert "ภายใน 14 วัน จำนวน 2 ความคิดเห็น อีก 1 ความคิดเห็นผลเป็นที่สุด" in words_of(done)


def test_publishing_while_the_session_is_open_is_said_knowingly(
    desk, session, comment, drafter
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    url = reverse("group-answers", args=["DIR"])
    step = desk.post(url)
    assert f"เวที{session} ยังเปิดรับความคิดเห็นอยู่" in words_of(step)

    refused = desk.post(url, confirm(step))
    assert (refused.status_code, AnswerPublication.objects.count()) == (422, 0)
    # Said below the box, and above what would be published: the page is longer than a screen
    assert words_of(refused).count("เวทียังเปิดอยู่ โปรดปิดเวทีก่อน") == 2
    assert "ยังไม่ได้เผยแพร่ผล" in words_of(refused)
    assert "ยังไม่ได้เผยแพร่ผล" not in words_of(step)

    assert desk.post(url, {**confirm(step), "while_open": "on"}).status_code == 303
    assert AnswerPublication.objects.count() == 1


def test_publishing_tells_before_that_the_paused_session_closes(
    desk, session, comment, drafter
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    factories.make_session_state(session, "paused")

    step = desk.post(reverse("group-answers", args=["DIR"]))

    assert f"เวที{session} ซึ่งพักอยู่จะปิดพร้อมกับการเผยแพร่ผล" in words_of(step)


def test_admin_is_led_to_the_open_session_and_the_drafter_is_not(
    desk, sign_in, session, comment, drafter, admin
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    url = reverse("group-answers", args=["DIR"])
    session_page = reverse("session", args=[session.pk])
    assert [
        f'href="{session_page}"' in markup(client.post(url))
        for client in (desk, sign_in(admin))
    ] == [False, True]


def test_answers_that_changed_meanwhile_are_told_again(
    desk, session, entry, comment, drafter, facilitator
):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    late = factories.make_comment(session, entry)
    decided_later = decide_comments([late], Ruling("out_of_scope", REASON), by=drafter)
    close_session(session, by=facilitator)
    url = reverse("group-answers", args=["DIR"])
    sent = confirm(desk.post(url))
    decide_comments([late], Ruling("deferred", REASON), by=drafter)

    response = desk.post(url, sent)

    assert (response.status_code, AnswerPublication.objects.count()) == (409, 0)
    assert "ผลที่รอเผยแพร่เปลี่ยนไป" in words_of(response)
    assert desk.post(url, confirm(response)).status_code == 303
    decided_later.refresh_from_db()
    assert decided_later.publication is None


def test_publishing_with_something_missing_is_refused(desk, comment):
    response = desk.post(reverse("group-answers", args=["DIR"]))

    assert response.status_code == 409
    assert f"ความคิดเห็นเลขที่ {comment.pk}" in words_of(response)
    assert not AnswerPublication.objects.exists()


def test_publishing_is_the_drafters(sign_in, comment, drafter, facilitator, delegate):
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    url = reverse("group-answers", args=["DIR"])

    assert [
        sign_in(person).post(url).status_code for person in (facilitator, delegate)
    ] == [403, 403]
    assert not AnswerPublication.objects.exists()


def test_promise_to_draft_is_kept_from_the_answers_page(
    desk, comment, clause, drafter, second_drafter
):
    body = {
        "outcome": "accepted",
        "effect": "to_draft",
        "assignee": second_drafter.pk,
        "due": "15/01/2573",
    }
    desk.post(ruling_url(comment), body)
    url = reverse("group-answers", args=["DIR"])
    assert "ยังไม่มีการแก้ถ้อยคำ" in words_of(desk.get(url))
    reword(clause, WORDS + "ตามที่รับไว้", second_drafter)
    offered = re.search(r'<option value="(\d+)"', markup(desk.get(url)))[1]

    response = desk.post(
        reverse("disposition-drafting", args=[Disposition.objects.get().pk]),
        {"change": offered},
    )

    assert (response.status_code, response["Location"]) == (303, url)
    assert ChangeCause.objects.get().change.to_blob.plain == WORDS + "ตามที่รับไว้"
    assert "เห็นชอบแล้ว รอยกร่าง" not in words_of(desk.get(url))


@pytest.mark.parametrize(
    ("change", "status"), [("", 422), ("x", 422), ("99999999", 404)]
)
def test_wrong_change_keeps_no_promise(desk, comment, second_drafter, change, status):
    body = {
        "outcome": "accepted",
        "effect": "to_draft",
        "assignee": second_drafter.pk,
        "due": "15/01/2573",
    }
    desk.post(ruling_url(comment), body)

    response = desk.post(
        reverse("disposition-drafting", args=[Disposition.objects.get().pk]),
        {"change": change},
    )

    assert response.status_code == status
    assert not ChangeCause.objects.exists()


def test_answers_page_costs_the_same_for_one_and_three(
    desk, session, entry, comment, drafter, second_drafter, clause, assert_same_queries
):
    def promise() -> None:
        row = factories.make_comment(session, entry)
        factories.make_disposition(
            row,
            outcome="accepted",
            effect="to_draft",
            assignee=second_drafter,
            due="2030-01-15",
            decided_by=drafter,
        )
        factories.make_comment(session, entry)

    promise()

    def add() -> None:
        promise()
        promise()

    assert_same_queries(
        15, lambda: desk.get(reverse("group-answers", args=["DIR"])), add
    )


def test_adopted_words_and_their_cause_are_in_the_history(
    desk, comment, amendment, clause, drafter
):
    adopt_amendments(
        [Adoption(amendment, live(clause).lock_version)], by=drafter, reason=REASON
    )

    page = words_of(desk.get(reverse("comment-history", args=[comment.uuid])))

    assert "บันทึกผลการพิจารณา “เห็นชอบตามที่เสนอ” · แก้ถ้อยคำแล้ว" in page
    assert REASON in page


def test_answers_are_ready_only_where_there_is_something_to_publish(
    desk, comment, drafter, hearing, dir_group
):
    url = reverse("group-answers", args=["DIR"])

    def heading() -> str:
        return re.search(r'id="missing">([^<]*)<', desk.get(url).content.decode())[1]

    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    assert heading() == "พร้อมเผยแพร่"
    publish_answers(hearing, dir_group, by=drafter)
    assert heading() == "เผยแพร่ครบแล้ว"

    factories.make_objection(comment)
    assert heading() == "รอพิจารณาคำขอทบทวน"
    page = desk.get(url)
    assert "คำขอทบทวนที่ยังไม่ได้พิจารณา 1 เรื่อง" in words_of(page)
    assert f'href="{queue_url(state="objected")}"' in markup(page)
    decide_comments([comment], Ruling("out_of_scope", REASON), by=drafter)
    assert heading() == "พร้อมเผยแพร่"
    publish_answers(hearing, dir_group, by=drafter)
    assert heading() == "เผยแพร่ครบแล้ว"


def test_answers_of_a_group_without_comments_are_not_ready(desk):
    page = desk.get(reverse("group-answers", args=["DIR"])).content.decode()
    assert ("ยังไม่มีผลการพิจารณาที่จะเผยแพร่" in page, "พร้อมเผยแพร่" in page) == (True, False)


@pytest.mark.parametrize("at", ["", "desk"])
def test_second_of_two_open_pages_does_not_overwrite_the_first_decision(
    desk, comment, drafter, at
):
    shown = desk.get(ruling_url(comment)).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]
    first = {"outcome": "deferred", "reason": REASON, "seen": seen, "at": at}
    assert desk.post(ruling_url(comment), first).status_code == 303

    typed = "เรื่องนี้อยู่นอกขอบเขตของคู่มือปฏิบัติงานฉบับนี้"
    second = {**first, "outcome": "out_of_scope", "reason": typed}
    refused = desk.post(ruling_url(comment), second)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert f"{drafter.get_full_name()}บันทึกผลของเรื่องนี้แล้ว" in words_of(refused)
    assert REASON in words_of(refused)
    assert typed in page
    assert comment.answers.get(current=True).disposition.outcome == "deferred"

    # Who has seen the first decision may put another in its place
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert desk.post(ruling_url(comment), {**second, "seen": seen}).status_code == 303
    assert comment.answers.get(current=True).disposition.outcome == "out_of_scope"


def test_adoption_does_not_overwrite_a_decision_nobody_has_read(
    desk, session, entry, comment, amendment, clause, second_drafter
):
    typed = {"words-text": PROPOSED + "ทุกฉบับ", "reason": REASON}
    sent = {**sent_by(desk.get(bench_url(comment))), **typed}
    one_key = {
        "lock_version": sent["lock_version"],
        "as_proposed": "1",
        "seen": f"{comment.uuid}:0",
    }
    decide_comments(
        [comment], Ruling("out_of_scope", "เรื่องนี้อยู่นอกขอบเขตของคู่มือ"), by=second_drafter
    )

    assert desk.post(bench_url(comment), one_key).status_code == 409
    refused = desk.post(bench_url(comment), sent)

    page = words_of(refused)
    assert refused.status_code == 409
    assert f"{second_drafter.get_full_name()}บันทึกผลของเรื่องนี้แล้ว" in page
    assert "เรื่องนี้อยู่นอกขอบเขตของคู่มือ" in page
    assert "ยังไม่ได้บันทึกผล" in page
    assert sent_by(refused).items() >= typed.items()
    assert (
        live(clause).plain,
        comment.answers.get(current=True).disposition.outcome,
    ) == (WORDS, "out_of_scope")

    # Looking at the changes is not reading the decision anew; who was told of it may put another in its place
    assert (
        sent_by(desk.post(bench_url(comment), {**sent, "preview": 1}))["seen"]
        == sent["seen"]
    )
    assert desk.post(bench_url(comment), sent_by(refused)).status_code == 303
    assert (
        comment.answers.get(current=True).disposition.outcome == "accepted_with_changes"
    )


@pytest.mark.parametrize("page_url", [bench_url, ruling_url])
def test_comments_sharing_an_answer_are_compared_with_what_was_shown(
    desk, session, entry, comment, amendment, clause, second_drafter, page_url
):
    others = [factories.make_comment(session, entry) for _ in range(4)]
    sent = {
        "also": [other.uuid for other in others],
        "reason": REASON,
        "outcome": "deferred",
    }
    if page_url is bench_url:
        sent |= sent_by(desk.get(page_url(comment)))
        sent["reason"] = REASON
    decide_comments(
        others, Ruling("out_of_scope", "เรื่องนี้อยู่นอกขอบเขตของคู่มือ"), by=second_drafter
    )

    refused = desk.post(page_url(comment), sent)

    page = words_of(refused)
    assert (refused.status_code, comment.answers.count()) == (409, 0)
    assert (
        f"{second_drafter.get_full_name()}บันทึกผลของความคิดเห็นเลขที่ {others[0].pk} แล้วเมื่อ"
        in page
    )
    assert "อีก 1 เรื่อง" in page
    shown = markup(refused)
    for other in others:
        assert re.search(rf'name="also" value="{other.uuid}"\s+checked', shown)
    seen = re.findall(r'name="seen" value="([^"]+)"', shown)
    assert len(seen) == (5 if page_url is bench_url else 4)
    assert desk.post(page_url(comment), {**sent, "seen": seen}).status_code == 303
    shared = comment.answers.get().disposition
    assert [other.answers.get(current=True).disposition for other in others] == [
        shared
    ] * 4


def test_words_the_author_rewrote_meanwhile_are_read_before_they_are_adopted(
    desk, comment, amendment, clause
):
    sent = sent_by(desk.get(bench_url(comment)))
    queue = re.search(
        r'<form class="queue__adopt".*?</form>',
        desk.get(queue_url()).content.decode(),
        re.DOTALL,
    )[0]
    one_key = dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', queue)
    )
    amendment.proposed = {**amendment.proposed, "body": PROPOSED + "ทุกเรื่อง"}
    amendment.save(update_fields=["proposed"])

    pressed, refused = (
        desk.post(bench_url(comment), one_key),
        desk.post(bench_url(comment), sent),
    )

    for response in (pressed, refused):
        assert response.status_code == 409
        assert "ผู้เสนอแก้ถ้อยคำที่เสนอหลังจากที่ท่านเปิดหน้านี้" in words_of(response)
        assert "ทุกเรื่อง" in words_of(response)
    assert (live(clause).plain, Disposition.objects.count()) == (WORDS, 0)
    assert sent_by(refused)["words-text"] == PROPOSED
    # Who has read the new words decides on them: here on their own, which are others now
    again = {**sent_by(refused), "reason": REASON}
    assert desk.post(bench_url(comment), again).status_code == 303
    assert Disposition.objects.get().outcome == "accepted_with_changes"
