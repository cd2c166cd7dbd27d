"""What the meeting has considered: what is told, to whom, and what never is."""

from datetime import UTC, date, datetime

import lxml.html
import pytest

from comments.deciding.services.publishing import publish_answers
from comments.models import Discussion
from comments.papers.values.considered import considered_values
from comments.polls.services import ask_poll, end_poll
from tests import factories
from tests.database import without_triggers

pytestmark = pytest.mark.django_db

PAGE = "/considered/"
REASON = "ระเบียบกำหนดไว้แล้ว จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"
PROPOSED = "ให้แล้วเสร็จภายใน 7 วันทำการ"
UNPUBLISHED = "เหตุผลที่ยังไม่เผยแพร่ ห้ามผู้ใดอ่านก่อนเวลา"


def take_up(session, entry, at=None):
    discussion = factories.make_discussion(session, entry)
    if at is not None:
        with without_triggers():
            Discussion.objects.filter(pk=discussion.pk).update(at=at)


def words(response, path="//main"):
    page = lxml.html.fromstring(response.content.decode())
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


@pytest.fixture
def clauses(released):
    return list(released.entries.filter(kind="clause").order_by("ordinal")[:4])


def test_board_tells_what_was_considered_and_only_answers_that_are_published(
    session, clauses, delegate, secondary_delegate, drafter, facilitator, sign_in
):
    first, second, *_ = clauses
    answered = factories.make_comment(session, first, delegate, type="amend")
    factories.make_disposition(
        answered, outcome="already_covered", reason=REASON, decided_by=drafter
    )
    publish_answers(session.hearing, session.work_group, by=drafter)
    factories.make_comment(session, first, secondary_delegate, type="agree")
    decided = factories.make_comment(session, second, delegate, type="amend")
    factories.make_disposition(
        decided, outcome="already_covered", reason=UNPUBLISHED, decided_by=drafter
    )
    for entry in (first, second, first):
        take_up(session, entry)
    poll = ask_poll(
        session, question="ควรคงข้อความเดิมหรือไม่", by=facilitator, entry=first
    )
    client = sign_in(delegate)
    assert "ที่ประชุมยกมือ" not in client.get(PAGE).content.decode()  # until it ends
    end_poll(poll, by=facilitator)
    told = words(client.get(PAGE), "//article")
    assert "ที่ประชุมยกมือ “ควรคงข้อความเดิมหรือไม่”" in told[0]
    assert len(told) == 2  # what was not taken up is not told; twice taken up is one
    assert first.cite in told[0]
    assert "กำลังพิจารณา" in told[0]
    assert told[0].count("พิจารณาในเวที") == 2
    assert REASON in told[0]
    assert "กำหนดไว้แล้ว" in told[0]
    assert "สพป. เห็นชอบ 0 จาก 1 เขต" in told[0]
    assert "สพม. เห็นชอบ 1 จาก 1 เขต" in told[0]
    assert second.cite in told[1]
    assert "ยังไม่เผยแพร่ผลการพิจารณา" in told[1]
    assert UNPUBLISHED not in client.get(PAGE).content.decode()
    assert delegate.family_name not in " ".join(told)
    paper = considered_values(session.hearing, reader=delegate)
    [row, other] = paper["rows"]
    assert row["answers"] == f"กำหนดไว้แล้ว (1 ความคิดเห็น) {REASON}"
    assert row["secondary"] == "1 จาก 1 เขต"
    assert other["answers"] == "ยังไม่เผยแพร่ผลการพิจารณา"
    # Nothing is settled of what its author asks to be reviewed
    factories.make_objection(answered)
    row, _ = considered_values(session.hearing, reader=delegate)["rows"]
    assert "(1 ความคิดเห็น) ยังไม่ได้ข้อยุติ – ขอให้ทบทวน" in row["answers"]
    # Nothing of what is hidden afterwards
    factories.make_moderation(answered, "hidden", by=drafter)
    assert REASON not in client.get(PAGE).content.decode()


def test_board_tells_what_the_meeting_noted_as_it_was_corrected_last(
    session, clauses, delegate, facilitator, sign_in
):
    first, second, *_ = clauses
    for entry in (second, first):
        take_up(session, entry)
    wrong = factories.make_motion(session, first, "ให้ขยายเวลาเป็น 9 วัน")
    factories.make_motion(
        session, first, "ให้ขยายเวลาเป็น 7 วัน", proposed=PROPOSED, replaces=wrong
    )

    page = sign_in(delegate).get(PAGE)

    told = words(page, "//article")
    assert "ที่ประชุมเห็นควรให้ขยายเวลาเป็น 7 วัน" in told[0]
    assert "<ins>" in page.content.decode()
    assert "9 วัน" not in told[0]
    assert "ที่ประชุมเห็นควร" not in told[1]
    row, _ = considered_values(session.hearing, reader=delegate)["rows"]
    assert f"โดยให้ใช้ถ้อยคำว่า “{PROPOSED}”" in row["times"]


def test_board_is_narrowed_by_group_and_day_and_lists_by_group(
    session, clauses, delegate, sign_in
):
    first, second, *_ = clauses
    take_up(session, first, datetime(2022, 9, 20, 3, tzinfo=UTC))
    take_up(session, second, datetime(2022, 9, 21, 3, tzinfo=UTC))
    take_up(session, None, datetime(2022, 9, 21, 4, tzinfo=UTC))
    client = sign_in(delegate)
    [later, earlier] = words(client.get(PAGE), "//article/h3/a")
    assert second.cite in later
    assert first.cite in earlier
    [only] = words(client.get(f"{PAGE}?group=DIR&day=2022-09-20"), "//article")
    assert first.cite in only
    assert "20 ก.ย. 2565 10.00 น." in only
    [ended] = words(client.get(f"{PAGE}?day=2022-09-21"), "//article")
    assert "10.00 น. – 11.00 น." in ended
    assert "กำลังพิจารณา" not in ended
    paper = considered_values(session.hearing, date(2022, 9, 20), delegate)
    assert [row["clause"] for row in paper["rows"]] == [f"ข้อ\u00a0{first.cite}"]
    # What nobody offers narrows nothing
    assert len(words(client.get(f"{PAGE}?group=XX&day=สามวันก่อน"), "//article")) == 2


def test_board_takes_the_same_queries_for_one_and_for_three(
    session, clauses, delegate, drafter, sign_in, assert_same_queries
):
    client = sign_in(delegate)

    def consider(entry):
        comment = factories.make_comment(session, entry, delegate, type="amend")
        factories.make_disposition(
            comment, outcome="already_covered", reason=REASON, decided_by=drafter
        )
        publish_answers(session.hearing, session.work_group, by=drafter)
        take_up(session, entry)
        factories.make_motion(session, entry, "ให้คงไว้", proposed=PROPOSED)

    def consider_two() -> None:
        for entry in clauses[1:3]:
            consider(entry)

    consider(clauses[0])
    assert_same_queries(13, lambda: client.get(PAGE), consider_two)
