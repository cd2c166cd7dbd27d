"""Comments that were put together, in the queue: which belong together, and the one answer that all of them get."""

import html
import re

import pytest
from django.urls import reverse

from comments.duplicates.services import separate_comments, unite_comments
from comments.models import Comment
from comments.moderating.services import hide_comment
from tests import factories
from tests.markup import markup

REASON = "ระยะเวลาสามวันเป็นไปตามระเบียบงานสารบรรณอยู่แล้ว"


@pytest.fixture
def desk(sign_in, facilitator, session):
    return sign_in(facilitator)


@pytest.fixture
def said(session, entry, delegate, secondary_delegate) -> list[Comment]:
    """Two that say the same, supported by a third office, and one that says something else."""
    make = factories.make_comment
    comments = [
        make(session, entry, delegate, text="ขอขยายเวลาเป็นเจ็ดวัน"),
        make(session, entry, secondary_delegate, text="ขอขยายเวลาเป็น 7 วัน"),
        make(session, entry, delegate, text="ขอเพิ่มช่องทางไปรษณีย์"),
    ]
    factories.make_support(comments[1], factories.make_office("สพม.ลำปาง ลำพูน"))
    return comments


@pytest.fixture
def group(said):
    return factories.make_comment_group(*said[:2])


def queue_url(**query: object) -> str:
    return reverse("group-queue", args=["DIR"], query=query)


def listed(response) -> list[str]:
    return re.findall(r'id="row-([0-9a-f-]{36})"', response.content.decode())


def uuids_of(*comments: Comment) -> list[str]:
    return [str(comment.uuid) for comment in comments]


def row_of(page: str, comment: Comment) -> str:
    [row] = re.findall(rf'<li[^>]*id="row-{comment.uuid}".*?</li>', page, re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)))


def test_row_says_with_how_many_of_how_many_offices_it_belongs(desk, said, group):
    page = markup(desk.get(queue_url()))

    for comment in said[:2]:
        assert "เรื่องเดียวกัน 2 ความคิดเห็น 3 เขต" in row_of(page, comment)
    assert "เรื่องเดียวกัน" not in row_of(page, said[2])


def test_queue_is_narrowed_to_what_was_put_together(desk, said, group):
    factories.make_comment_group(said[2])  # alone: nothing was put together with it

    assert listed(desk.get(queue_url(argument="any"))) == uuids_of(*said[:2])
    assert listed(desk.get(queue_url(argument=group.pk))) == uuids_of(*said[:2])
    assert len(listed(desk.get(queue_url(argument="nonsense")))) == len(said)


def test_what_was_taken_out_again_stands_alone(desk, said, group, facilitator):
    separate_comments([said[1].pk], by=facilitator)

    assert listed(desk.get(queue_url(argument="any"))) == []
    assert "เรื่องเดียวกัน" not in row_of(markup(desk.get(queue_url())), said[0])


def test_filter_of_a_group_is_kept_by_the_other_filters(desk, said, group):
    page = markup(desk.get(queue_url(argument=group.pk)))

    assert f'<input type="hidden" name="argument" value="{group.pk}">' in page
    assert "เรื่องเดียวกันชุดที่เลือก" in page


def test_answer_of_one_leads_to_all_that_it_answers(sign_in, drafter, said, group):
    client = sign_in(drafter)
    ruling = reverse("comment-disposition", args=[said[0].uuid])
    way = f"{reverse('group-queue', args=['DIR'])}?argument={group.pk}"
    assert way in markup(client.get(ruling))

    client.post(ruling, {"outcome": "deferred", "reason": REASON})

    beside = markup(client.get(queue_url(comment=said[0].uuid)))
    assert way in beside.partition('id="detail"')[2]
    decided = client.get(queue_url(argument=group.pk, state="decided"))
    assert listed(decided) == uuids_of(*said[:2])


def test_page_of_groups_leads_to_each_in_the_queue(desk, said, group):
    page = markup(desk.get(reverse("group-duplicates", args=["DIR"])))

    assert f"{reverse('group-queue', args=['DIR'])}?argument={group.pk}" in page


def test_expert_is_not_led_to_a_desk(sign_in, expert, said, group):
    page = markup(
        sign_in(expert).get(reverse("comment-recommendation", args=[said[0].uuid]))
    )

    assert "มีเนื้อหาเดียวกันอีก" in page
    assert reverse("group-duplicates", args=["DIR"]) not in page
    assert reverse("group-queue", args=["DIR"]) not in page


def test_hidden_words_are_read_by_no_adviser(sign_in, expert, facilitator, said):
    hide_comment(said[2], by=facilitator, reason="มีชื่อบุคคล")
    client = sign_in(expert)
    url = reverse("comment-recommendation", args=[said[2].uuid])

    assert client.get(url).status_code == 403
    sent = client.post(url, {"outcome": "accepted", "reason": "ควรทำ"})
    assert sent.status_code == 403
    page = markup(client.get(reverse("comment", args=[said[2].uuid])))
    assert url not in page


def test_groups_cost_the_same_for_one_and_three(
    desk, said, facilitator, session, entry, delegate, assert_same_queries
):
    factories.make_comment_group(*said[:2])

    def add() -> None:
        for words in ("ขอเพิ่มแบบฟอร์ม", "ขอลดขั้นตอน"):
            pair = [
                factories.make_comment(session, entry, delegate, text=words)
                for _ in range(2)
            ]
            unite_comments([each.pk for each in pair], by=facilitator)

    url = queue_url(comment=said[2].uuid)
    assert_same_queries(32, lambda: desk.get(url), add)
