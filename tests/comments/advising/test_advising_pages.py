"""An expert is asked for advice at the desk, finds the comment, advises, and stands beside the recommendation."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from comments.advising.services import AdviceRefused, ask_advice, recall_request
from comments.models import AdviceRecall, AdviceRequest, Comment, Recommendation
from comments.moderating.services import hide_comment, recommend_outcome
from comments.notices.queries import find_news
from comments.notices.telling import show_notices
from hearing_portal.acts.models import Act
from tests import factories
from tests.markup import markup

QUESTION = "ระยะเวลา 3 วันขัดกับระเบียบหรือไม่"
REASON = "ระเบียบงานสารบรรณกำหนดไว้เพียงเท่านี้"


def words_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup(response))))


def desk_of(comment: Comment) -> str:
    return reverse("group-queue", args=["DIR"], query={"comment": comment.uuid})


def ask(client, comment: Comment, **body: object):
    return client.post(
        reverse("comment-advice-request", args=[comment.uuid]),
        {"next": desk_of(comment), **body},
    )


def test_expert_is_asked_finds_the_comment_and_the_desk_sees_the_advice(
    sign_in, facilitator, expert, comment
):
    desk, adviser = sign_in(facilitator), sign_in(expert)
    form = reverse("comment-advice-request", args=[comment.uuid])
    assert form in markup(desk.get(desk_of(comment)))

    sent = ask(desk, comment, asked=expert.pk, question=QUESTION)

    assert sent["Location"] == desk_of(comment)
    told = words_of(desk.get(desk_of(comment)))
    assert f"รอคำแนะนำของ {expert.get_full_name()} เรื่องที่ขอ: {QUESTION}" in told
    assert Act.objects.latest("pk").code == "advice-asked"
    waiting = adviser.get(reverse("advice"))
    assert QUESTION in words_of(waiting)
    assert comment.text in words_of(waiting)
    page = reverse("comment-recommendation", args=[comment.uuid])
    assert page in markup(waiting)
    assert QUESTION in words_of(adviser.get(page))

    adviser.post(page, {"outcome": "deferred", "reason": REASON})

    assert not AdviceRequest.objects.waiting().exists()
    assert "ไม่มีเรื่องที่รอคำแนะนำของท่าน" in words_of(adviser.get(reverse("advice")))
    told = words_of(desk.get(desk_of(comment)))
    assert "คำแนะนำของผู้ทรงคุณวุฒิ: นำไปพิจารณาในการปรับปรุงครั้งต่อไป" in told
    assert f"โดย {expert.get_full_name()} เหตุผล: {REASON}" in told
    assert "มีคำแนะนำของผู้ทรงคุณวุฒิ" in told
    history = words_of(desk.get(reverse("comment-history", args=[comment.uuid])))
    assert f"ขอคำแนะนำจาก {expert.get_full_name()}" in history
    assert "ในฐานะผู้ทรงคุณวุฒิ" in history


def test_advice_stands_beside_the_recommendation_and_replaces_none(
    facilitator, expert, comment, sign_in
):
    recommend_outcome(comment, "accepted", by=facilitator, reason="")
    recommend_outcome(comment, "deferred", by=expert, reason=REASON, based_on=0)

    told = words_of(sign_in(facilitator).get(desk_of(comment)))

    assert f"ผลที่เสนอ: เห็นชอบตามที่เสนอ โดย {facilitator.get_full_name()}" in told
    assert "คำแนะนำของผู้ทรงคุณวุฒิ: นำไปพิจารณา" in told
    # Nor is a facilitator held up by what an expert said meanwhile
    recommend_outcome(comment, "not_accepted", by=facilitator, reason="", based_on=0)
    assert Recommendation.objects.by_facilitators().count() == 2


def test_matrix_has_the_recommendation_and_the_advice_apart(
    facilitator, expert, comment, sign_in
):
    recommend_outcome(comment, "accepted", by=facilitator, reason="")
    recommend_outcome(comment, "deferred", by=expert, reason=REASON)

    page = words_of(sign_in(facilitator).get(reverse("matrix")))

    told = "ผู้ทรงคุณวุฒิ: นำไปพิจารณาในการปรับปรุงครั้งต่อไป เหตุผล"
    assert f"เห็นชอบตามที่เสนอ {told}" in page
    assert expert.get_full_name() not in page


def test_asked_again_the_same_words_are_an_answer(facilitator, expert, comment):
    recommend_outcome(comment, "deferred", by=expert, reason=REASON)
    ask_advice(comment, expert, question=QUESTION, by=facilitator)
    ask_advice(comment, expert, question=QUESTION, by=facilitator)
    assert AdviceRequest.objects.waiting().count() == 1

    for _ in range(2):
        recommend_outcome(comment, "deferred", by=expert, reason=REASON)

    assert not AdviceRequest.objects.waiting().exists()
    assert Recommendation.objects.count() == 2


def test_only_who_may_read_and_advise_is_asked(
    sign_in, facilitator, delegate, expert, comment
):
    refused = ask(sign_in(facilitator), comment, asked=delegate.pk, question=QUESTION)
    assert refused.status_code == 422
    assert QUESTION in words_of(refused)
    with pytest.raises(AdviceRefused):
        ask_advice(comment, delegate, by=facilitator)

    hide_comment(comment, by=facilitator, reason="มีชื่อบุคคล")

    with pytest.raises(AdviceRefused):
        ask_advice(comment, expert, by=facilitator)
    assert not AdviceRequest.objects.exists()


def test_what_is_settled_is_asked_no_more(
    facilitator, expert, comment, drafter, hearing, dir_group
):
    ask_advice(comment, expert, by=facilitator)
    publication = factories.make_publication(hearing, dir_group, by=drafter)
    factories.make_disposition(comment, outcome="deferred", publication=publication)

    assert not AdviceRequest.objects.waiting().exists()
    with pytest.raises(AdviceRefused):
        ask_advice(comment, expert, question=QUESTION, by=facilitator)


def test_request_is_told_once(expert, facilitator, comment):
    request = ask_advice(comment, expert, by=facilitator)

    [notice] = show_notices(find_news(expert, request.at))

    assert notice.url == reverse("comment-recommendation", args=[comment.uuid])
    recommend_outcome(comment, "deferred", by=expert, reason=REASON)
    assert find_news(expert, request.at).is_empty


def test_comment_page_leads_advisers_to_their_form(sign_in, expert, delegate, comment):
    url = reverse("comment", args=[comment.uuid])
    form = reverse("comment-recommendation", args=[comment.uuid])

    assert form in markup(sign_in(expert).get(url))
    assert form not in markup(sign_in(delegate).get(url))


def test_page_costs_the_same_for_one_and_three(
    sign_in, expert, facilitator, session, entry, delegate, assert_same_queries
):
    def add(times: int = 2) -> None:
        for _ in range(times):
            one = factories.make_comment(session, entry, delegate)
            other = factories.make_comment(session, entry, delegate)
            ask_advice(one, expert, question=QUESTION, by=facilitator)
            recommend_outcome(other, "deferred", by=expert, reason=REASON)

    add(1)
    client = sign_in(expert)
    assert_same_queries(7, lambda: client.get(reverse("advice")), add)


def test_request_is_taken_back_by_who_asked_and_waits_for_nobody(
    sign_in, facilitator, drafter, expert, comment
):
    asked = ask_advice(comment, expert, question=QUESTION, by=facilitator)
    recall = reverse("advice-recall", args=[asked.pk])
    desk = sign_in(facilitator)
    assert recall in markup(desk.get(desk_of(comment)))
    assert recall not in markup(sign_in(drafter).get(desk_of(comment)))
    assert sign_in(drafter).post(recall).status_code == 403

    for _ in range(2):
        back = desk.post(recall, {"next": desk_of(comment)})
        assert back["Location"] == desk_of(comment)

    assert AdviceRecall.objects.get().request == asked
    assert Act.objects.filter(code="advice-recalled").count() == 1
    assert recall not in markup(desk.get(desk_of(comment)))
    assert QUESTION not in words_of(sign_in(expert).get(reverse("advice")))
    history = words_of(desk.get(reverse("comment-history", args=[comment.uuid])))
    assert f"ยกเลิกการขอคำแนะนำจาก {expert.get_full_name()}" in history
    # Who was told of it is told that it is gone; who was not is told nothing
    later = asked.at + timedelta(microseconds=1)
    [notice] = show_notices(find_news(expert, later))
    assert "ยกเลิกการขอคำแนะนำ" in notice.words
    assert find_news(expert, asked.at).is_empty


def test_advice_that_was_given_cannot_be_taken_back_by_who_asked(
    facilitator, expert, comment
):
    asked = ask_advice(comment, expert, by=facilitator)
    recommend_outcome(comment, "deferred", by=expert, reason=REASON)

    with pytest.raises(AdviceRefused, match="ตอบแล้ว"):
        recall_request(asked, by=facilitator)


def test_queue_is_narrowed_to_what_waits_for_advice_and_leaves_it_again(
    sign_in, facilitator, expert, session, entry, comment
):
    asked = factories.make_comment(session, entry, text="ขอให้ถามผู้ทรงคุณวุฒิก่อน")
    ask_advice(asked, expert, by=facilitator)
    desk = sign_in(facilitator)
    queue = reverse("group-queue", args=["DIR"])

    narrowed = desk.get(queue, {"state": "advice"})

    assert asked.text in words_of(narrowed)
    assert comment.text not in words_of(narrowed)
    assert f'href="{queue}"' in markup(narrowed)  # to all of them
    assert "?state=advice" in markup(desk.get(queue))
    recommend_outcome(asked, "deferred", by=expert, reason=REASON)
    assert "?state=advice" not in markup(desk.get(queue))
