"""Answers that a group gives often, where each was used, and answers given before to what says nearly the same."""

import pytest
from django.urls import reverse

from comments.models import AnswerBlock, AnswerBlockUse, Disposition
from tests import factories
from tests.markup import markup

TEXT = "เรื่องนี้ระเบียบงานสารบรรณกำหนดไว้แล้ว จึงไม่เขียนซ้ำในคู่มือ"
LIKE = "ขอให้เพิ่มช่องทางรับหนังสือทางไปรษณีย์อิเล็กทรอนิกส์กลางของ สพท."


@pytest.fixture
def desk(sign_in, drafter):
    return sign_in(drafter)


@pytest.fixture
def block(dir_group, drafter) -> AnswerBlock:
    return factories.make_block(dir_group, by=drafter, text=TEXT)


def ruling_page(desk, comment, **query):
    return desk.get(reverse("comment-disposition", args=[comment.uuid]), query)


def test_answer_written_once_begins_a_reason_and_tells_where_it_was_used(
    desk, comment, dir_group, session, entry, delegate
):
    url = reverse("answer-blocks", args=["DIR"])
    assert desk.post(url, {"name": "กำหนดไว้แล้ว", "text": "สั้น"}).status_code == 422
    assert desk.post(url, {"name": "กำหนดไว้แล้ว", "text": TEXT}).status_code == 302
    assert desk.post(url, {"name": "กำหนดไว้แล้ว", "text": TEXT}).status_code == 422
    block = AnswerBlock.objects.get(work_group=dir_group)

    page = ruling_page(desk, comment, block=block.pk)

    assert f'name="block" value="{block.pk}"' in markup(page)
    assert f"{TEXT}</textarea>" in markup(page)
    body = {
        "outcome": "out_of_scope",
        "reason": TEXT + " โปรดดูข้อ 5.1",
        "block": block.pk,
    }
    ruling = reverse("comment-disposition", args=[comment.uuid])
    assert desk.post(ruling, body).status_code == 303
    use = AnswerBlockUse.objects.get()
    assert (use.block, use.disposition) == (block, Disposition.objects.get())
    other = factories.make_comment(session, entry, delegate, text="ขอให้ตัดออก")
    own_words = {**body, "reason": "ไม่ใช่เรื่องของคู่มือเล่มนี้ โปรดเสนอที่กลุ่มอื่น"}
    desk.post(reverse("comment-disposition", args=[other.uuid]), own_words)

    uses = markup(desk.get(reverse("answer-block", args=["DIR", block.uuid])))

    assert "ใช้แล้ว 2\u00a0ความคิดเห็น" in uses
    assert uses.count("ปรับข้อความแล้ว") == 1


def test_later_wording_leaves_answers_alone_and_one_put_away_is_offered_no_more(
    desk, comment, block
):
    disposition = factories.make_disposition(comment, reason=TEXT)
    factories.make_block_use(disposition, block, by=block.by)
    url = reverse("answer-block", args=["DIR", block.uuid])
    later = TEXT + " ทั้งนี้ให้ถือปฏิบัติตามระเบียบ"

    response = desk.post(url, {"name": block.name, "text": later, "seen": block.pk})

    assert response.status_code == 302
    overtaken = desk.post(url, {"name": "อื่น", "text": TEXT, "seen": block.pk})
    assert (overtaken.status_code, "มีผู้แก้ไข" in markup(overtaken)) == (409, True)
    disposition.refresh_from_db()
    assert disposition.reason == TEXT
    assert later in markup(desk.get(url))
    assert "ใช้แล้ว 1\u00a0ความคิดเห็น" in markup(desk.get(url))
    away = reverse("answer-block-putting-away", args=["DIR", block.uuid])
    assert desk.post(away).status_code == 302
    assert desk.get(url).status_code == 404
    assert later not in markup(ruling_page(desk, comment))


def test_block_of_another_group_is_not_used(desk, comment, fin_group, drafter):
    foreign = factories.make_block(fin_group, by=drafter)
    body = {"outcome": "out_of_scope", "reason": TEXT, "block": foreign.pk}

    desk.post(reverse("comment-disposition", args=[comment.uuid]), body)

    assert Disposition.objects.count() == 1
    assert AnswerBlockUse.objects.count() == 0


def test_answer_to_a_comment_that_says_nearly_the_same_is_offered(
    desk, comment, session, entry, delegate, fin_group, admin
):
    like = factories.make_comment(session, entry, delegate, text=LIKE)
    unlike = factories.make_comment(
        session, entry, delegate, text="ระยะเวลาสามวันสั้นเกินไปสำหรับโรงเรียนห่างไกล"
    )
    given = factories.make_disposition(like, outcome="deferred", reason=TEXT)
    factories.make_disposition(unlike, reason="โรงเรียนห่างไกลขอขยายเวลาได้ตามระเบียบ")

    page = markup(ruling_page(desk, comment))

    assert TEXT in page
    assert "โรงเรียนห่างไกลขอขยายเวลาได้" not in page
    taken = markup(ruling_page(desk, comment, answer=given.pk))
    assert f"{TEXT}</textarea>" in taken
    assert AnswerBlockUse.objects.count() == 0
