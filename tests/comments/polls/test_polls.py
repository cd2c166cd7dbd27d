"""A show of hands: one answer of each office, counted side by side, and a result that stays."""

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from comments.citations import cite_entry
from comments.hearings.refusals import SessionClosed
from comments.hearings.services.session_states import close_session, discuss_entry
from comments.models import Poll, Vote
from comments.papers.values.sessions import minutes_values
from comments.polls.refusals import PollEnded, PollRefused
from comments.polls.services import ask_poll, end_poll, vote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(session, entry, facilitator) -> Poll:
    return ask_poll(
        session, question="เห็นชอบถ้อยคำของข้อนี้ตามร่าง", entry=entry, by=facilitator
    )


def votes_of(poll: Poll) -> list[tuple[str, str, str]]:
    votes = Vote.objects.filter(poll=poll).order_by("office_kind")
    return list(votes.values_list("office_kind", "answer", "standing"))


def test_one_office_has_one_answer(
    poll, lampang, delegate, office_head, facilitator, dir_group
) -> None:
    mate = factories.make_delegate(dir_group, lampang, username="mate")
    vote(poll, office=lampang, answer="no", standing="recorded", by=facilitator)
    vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    for other, standing in ((mate, "delegate"), (facilitator, "recorded")):
        with pytest.raises(PollRefused), transaction.atomic():
            vote(poll, office=lampang, answer="no", standing=standing, by=other)
    vote(poll, office=lampang, answer="abstain", standing="delegate", by=delegate)
    vote(poll, office=lampang, answer="no", standing="head", by=office_head)
    with pytest.raises(PollRefused), transaction.atomic():
        vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    assert votes_of(poll) == [("primary", "no", "head")]


def test_result_stays_as_it_was_at_the_end(
    poll, session, entry, lampang, chonburi, delegate, secondary_delegate, facilitator
) -> None:
    with pytest.raises(PollRefused), transaction.atomic():
        ask_poll(session, question="อีกข้อ", entry=None, by=facilitator)
    vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    vote(poll, office=chonburi, answer="no", standing="delegate", by=secondary_delegate)
    ended = end_poll(poll, by=facilitator)
    assert ended.result == {
        "answers": {
            "primary": {"yes": 1, "no": 0, "abstain": 0},
            "secondary": {"yes": 0, "no": 1, "abstain": 0},
        },
        "registered": {"primary": 1, "secondary": 1},
        "present": {"primary": 0, "secondary": 0},
        "needed": 0,
    }
    with pytest.raises(PollEnded), transaction.atomic():
        vote(poll, office=lampang, answer="no", standing="delegate", by=delegate)
    for statement in (
        "UPDATE comments_poll SET result = '{}'",
        "UPDATE comments_vote SET answer = 'no'",
        "INSERT INTO comments_vote (poll_id, office_id, office_kind, answer, standing, by_id, at)"
        " SELECT poll_id, office_id + 1000, office_kind, answer, standing, by_id, at FROM comments_vote LIMIT 1",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert end_poll(poll, by=delegate).ended_by == facilitator
    told = [row["what"] for row in minutes_values(session)["moments"]]
    assert any(
        f"ยกมือ {cite_entry(entry)}" in words and "เห็นชอบ สพป. 1 เขต สพม. 0 เขต" in words
        for words in told
    )


def test_quorum_counts_half_of_the_offices(
    session, facilitator, delegate, secondary_delegate, lampang, chonburi, dir_group
) -> None:
    third = factories.make_delegate(dir_group, factories.make_office("สพป.ตาก เขต 1"))
    poll = ask_poll(
        session, question="พัก", entry=None, quorum="registered", by=facilitator
    )
    vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    assert third.pk
    assert end_poll(poll, by=facilitator).result["needed"] == 2


@pytest.mark.django_db(transaction=True)
def test_two_answers_of_one_office_at_once_count_once(
    together, session, entry, facilitator, lampang, delegate, dir_group
) -> None:
    mate = factories.make_delegate(dir_group, lampang, username="mate")
    poll = ask_poll(session, question="พัก", entry=entry, by=facilitator)

    def answer_by(person, answer: str):
        def act() -> str:
            try:
                vote(
                    poll, office=lampang, answer=answer, standing="delegate", by=person
                )
            except PollRefused:
                return "refused"
            return answer

        return act

    futures = [
        together(answer_by(delegate, "yes")),
        together(answer_by(mate, "no")),
    ]
    told = sorted(future.result(30) for future in futures)
    assert told in (["refused", "yes"], ["no", "refused"])
    [counted] = Vote.objects.values_list("answer", flat=True)
    assert counted in told
    # An answer that comes while the poll ends is in its result, or is refused
    ending = together(lambda: end_poll(poll, by=facilitator))
    head = factories.make_office_head(lampang)

    def answer_late() -> bool:
        try:
            vote(poll, office=lampang, answer="abstain", standing="head", by=head)
        except PollEnded:
            return False
        return True

    was_taken = together(answer_late).result(30)
    result = ending.result(30).result["answers"]["primary"]
    assert (result["abstain"] == 1) == was_taken
    close_session(session, by=facilitator)
    poll.session.forget_state()
    with pytest.raises(SessionClosed):
        vote(poll, office=lampang, answer="yes", standing="head", by=head)


def test_page_hides_counts_until_the_end(
    sign_in, session, entry, facilitator, delegate, office_head, lampang
) -> None:
    desk, phone = sign_in(facilitator), sign_in(delegate)
    url = reverse("polls", args=[session.pk])
    wrong = desk.post(url, {"asked": "as_drafted", "quorum": "none"})
    assert wrong.status_code == 422
    assert "ยังไม่มีข้อที่กำลังอภิปราย" in wrong.content.decode()
    discuss_entry(session, entry, by=facilitator)
    desk.post(url, {"asked": "as_drafted", "quorum": "present", "hides_counts": "on"})
    poll = Poll.objects.get()
    assert (poll.entry, poll.question) == (entry, "เห็นชอบถ้อยคำของข้อนี้ตามร่าง")
    vote_url = reverse("poll-vote", args=[session.pk, poll.pk])
    assert phone.post(vote_url, {"answer": "?"}).status_code == 422
    page = phone.post(vote_url, {"answer": "no"}, follow=True).content.decode()
    assert "ตอบแล้ว 1\xa0เขต" in page
    assert "ไม่ผูกพันผลการพิจารณา" in page
    assert "<table" not in page
    assert "<table" not in desk.get(url).content.decode()
    # The head's answer takes the delegate's place; who may not change it is told
    sign_in(office_head).post(vote_url, {"answer": "yes"})
    refused = phone.post(vote_url, {"answer": "abstain"})
    assert (refused.status_code, "เฉพาะ ผอ.สพท." in refused.content.decode()) == (
        *(409, True),
    )
    recorded = desk.post(
        reverse("poll-recorded", args=[session.pk, poll.pk]),
        {"recorded-office": lampang.short_name, "recorded-answer": "no"},
    )
    assert recorded.status_code == 409
    page = desk.post(
        reverse("poll-end", args=[session.pk, poll.pk]), follow=True
    ).content.decode()
    assert "<table" in page
    assert session.edition.title in page
    assert cite_entry(entry) in page
    assert phone.post(vote_url, {"answer": "no"}).status_code == 409


def test_results_cost_the_same_queries_for_one_as_for_three(
    assert_same_queries, sign_in, session, entry, facilitator
) -> None:
    def ask_and_end() -> None:
        made = ask_poll(session, question="พัก", entry=entry, by=facilitator)
        end_poll(made, by=facilitator)

    def add_two() -> None:
        ask_and_end()
        ask_and_end()

    ask_and_end()
    desk = sign_in(facilitator)
    url = reverse("polls", args=[session.pk])
    assert_same_queries(7, lambda: desk.get(url), add_two)


def test_answer_that_comes_again_takes_no_later_ones_place(
    poll, session, delegate, lampang, facilitator, sign_in
) -> None:
    client = sign_in(delegate)
    url = reverse("poll-vote", args=[session.pk, poll.pk])
    key = "7d1f3f6e-30a9-4b4f-9d0f-6f3f4b9b0c11"
    sent = {"answer": "yes", "seen": "none", "client_key": key, "sender": delegate.pk}
    htmx = {"HX-Request": "true"}

    def is_told_as_stored() -> bool:
        answer = client.post(url, sent, headers=htmx)
        return f'data-client-key="{key}"' in answer.content.decode()

    assert is_told_as_stored()
    assert is_told_as_stored()
    vote(poll, office=lampang, answer="no", standing="delegate", by=delegate)
    answer = client.post(url, sent, headers=htmx)
    assert answer.status_code == 409
    assert "ท่านตอบ “ไม่เห็นชอบ” จากหน้าอื่น" in answer.content.decode()
    assert votes_of(poll) == [("primary", "no", "delegate")]
    vote(poll, office=lampang, answer="yes", standing="delegate", by=delegate)
    end_poll(poll, by=facilitator)
    assert is_told_as_stored()
    assert client.post(url, sent | {"sender": 0}, headers=htmx).status_code == 401
