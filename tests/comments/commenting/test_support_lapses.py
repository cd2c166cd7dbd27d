"""A support belongs to the words it was given to: an author who makes something else of them loses it, and is told."""

import pytest
from django.urls import reverse

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.supporting import support_comment
from comments.models import Comment, Support
from manuals.content import Text
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.usefixtures("released")
SAID = "ขอให้แล้วเสร็จภายใน 15 วันทำการ"
PROPOSED = Text(body="ตรวจสอบภายใน ๑๕ วันทำการ")


@pytest.fixture
def supported(session, entry, delegate, secondary_delegate) -> Comment:
    said = factories.say(session, entry, delegate, SAID, proposed=PROPOSED)
    support_comment(said, by=secondary_delegate)
    return said


def edit(
    comment: Comment,
    text: str = SAID,
    type: str = "amend",
    proposed: Text | None = PROPOSED,
) -> Comment:
    return edit_comment(
        comment, CommentInput(type, text, proposed=proposed), by=comment.author
    )


@pytest.mark.parametrize(
    "change",
    [
        {"type": "ask", "proposed": None},
        {"text": "ขอให้แล้วเสร็จภายใน 3 วันทำการ"},
        {"proposed": Text(body="ตรวจสอบภายใน ๓ วันทำการ")},
        {"proposed": None},
    ],
    ids=["type", "number", "proposal", "proposal given up"],
)
def test_support_of_other_words_lapses(supported, change):
    edit(supported, **change)
    support = Support.objects.get()
    assert (support.lapsed, support.taken_back_by) == (True, supported.author)
    assert not Support.objects.active().exists()


def reworded(supported: Comment, before: str, after: str) -> bool:
    """Whether the office still stands behind the comment after its author has made the one of the other."""
    with without_triggers():
        Comment.objects.filter(pk=supported.pk).update(text=before)
    supported.refresh_from_db()
    edit(supported, text=after)
    return Support.objects.active().exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("เห็นชอบตามร่างข้อนี้", "ไม่เห็นชอบตามร่างข้อนี้"),
        ("เห็นด้วยกับข้อนี้", "คัดค้านข้อนี้"),
        ("ให้แล้วเสร็จภายในสิบห้าวัน", "ให้แล้วเสร็จภายในสามวัน"),
        ("ให้แล้วเสร็จภายในสิบห้าวัน", "ให้แล้วเสร็จภายใน 3 วัน"),
        ("ภายใน 15 วัน", "ภายใน 15 วันทำการ"),
        ("ภายในสามเดือน", "ภายในสามปี"),
        ("ขอให้ส่งสำเนาให้โรงเรียน", "ขอไม่ให้ส่งสำเนาให้โรงเรียน"),
        ("ขอให้ส่งสำเนาให้โรงเรียน", "ขอมิให้ส่งสำเนาให้โรงเรียน"),
        ("ให้ผู้อำนวยการลงนาม", "ห้ามผู้อำนวยการลงนาม"),
        ("ให้จัดประชุมชี้แจง", "ให้งดประชุมชี้แจง"),
        ("ขอให้ใช้ขั้นตอนนี้", "ขอให้ยกเลิกขั้นตอนนี้"),
        ("ขอให้คงข้อนี้ไว้", "ขอให้ตัดข้อนี้"),
        ("ต้องแจ้งผู้ยื่นคำขอ", "อาจแจ้งผู้ยื่นคำขอ"),
        ("ต้องแจ้งผู้ยื่นคำขอ", "ไม่ต้องแจ้งผู้ยื่นคำขอ"),
        ("ขอให้เพิ่มกำลังคน", "ขอให้ลดกำลังคน"),
        ("ไม่น้อยกว่าสามคน", "ไม่เกินสามคน"),
        ("แจ้งก่อนวันประชุม", "แจ้งหลังวันประชุม"),
        ("ส่งทุกกลุ่มงาน", "ส่งเฉพาะกลุ่มงาน"),
        ("ร้อยละแปดสิบของโรงเรียน", "ร้อยละหกสิบของโรงเรียน"),
        ("ภายใน 3-5 วัน", "ภายใน 30-50 วัน"),
        ("ประชุมเดือนละครั้ง", "ประชุมปีละครั้ง"),
        ("จัดซื้อ 15 ตู้", "จัดซื้อ 15 คัน"),
        ("ภายในเดือนมิถุนายน", "ภายในเดือน มิถุนายน ของแต่ละรอบ"),
        ("ขอให้ตัดคำว่า นะ ออก", "ขอให้ตัดคำว่า ออก"),
        ("ขอให้เติม “ครับ” ท้ายข้อ", "ขอให้เติม “ค่ะ” ท้ายข้อ"),
        ("ให้ใส่เครื่องหมาย , คั่น", "ให้ใส่เครื่องหมาย ; คั่น"),
        ("ให้จัดงานอย่างงดงาม", "ให้จัดงานให้เรียบร้อยสวยงาม"),
    ],
)  # fmt: skip
def test_support_lapses_with_the_words_it_hangs_on(supported, before, after):
    assert not reworded(supported, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ให้แล้วเสร็จภายในสิบห้าวัน", "ให้แล้วเสร็จภายใน 15 วัน"),
        ("ให้แล้วเสร็จภายใน 15 วัน", "ให้แล้วเสร็จภายใน ๑๕ (สิบห้า) วัน"),
        ("ค่าใช้จ่าย 1,500 บาท", "ค่าใช้จ่ายหนึ่งพันห้าร้อยบาท"),
        ("ขอไห้แก้คำผิดในข้อนี้", "ขอให้แก้คำผิดในข้อนี้"),
        ("ขอให้แก้ข้อนี้", "ขอความกรุณาโปรดแก้ข้อนี้ด้วยครับ"),
        ("ขอให้แก้  ข้อ นี้", "ขอให้แก้ข้อนี้"),
        ("ไม่เห็นด้วยกับข้อนี้", "ไม่เห็นชอบกับข้อนี้"),
        ("มิให้ส่งสำเนา", "ไม่ให้ส่งสำเนา"),
    ],
)  # fmt: skip
def test_support_stays_where_only_the_manner_changes(supported, before, after):
    assert reworded(supported, before, after)


@pytest.mark.parametrize("text", [SAID, "โปรดให้แล้วเสร็จภายใน ๑๕ วันทำการ"])
def test_support_stays_where_the_same_is_asked_for(supported, text):
    edit(supported, text=text)
    assert Support.objects.active().count() == 1


def test_office_is_told_and_may_support_the_new_words(
    sign_in, supported, secondary_delegate
):
    client = sign_in(secondary_delegate)
    assert "สิ้นผล" not in markup(client.get("/"))
    edit(supported, text="ขอให้แล้วเสร็จภายใน 3 วันทำการ")
    page = reverse("comment", args=[supported.uuid])

    home = markup(client.get("/"))
    assert "การสนับสนุนของ สพท. ของท่านสิ้นผล" in home
    assert f'href="{page}"' in home
    assert "การสนับสนุนนั้นจึงสิ้นผล" in markup(client.get(page))

    support_comment(supported, by=secondary_delegate)
    assert "สิ้นผล" not in markup(client.get("/")) + markup(client.get(page))


def test_author_is_told_before_and_after(sign_in, supported):
    client, url = (
        sign_in(supported.author),
        reverse("comment-edit", args=[supported.uuid]),
    )
    assert "มี 1 สพท. สนับสนุนข้อความเดิม" in markup(client.get(url))

    answer = client.post(
        url,
        {"type": "ask", "text": "ภายในกี่วัน", "client_key": supported.client_key},
        follow=True,
    )

    assert "การสนับสนุนของ 1 สพท. สิ้นผล" in markup(answer)
    assert "มี 1 สพท." not in markup(client.get(url))


def test_desk_sees_when_it_was_edited(sign_in, supported, facilitator):
    client, queue = sign_in(facilitator), reverse("group-queue", args=["DIR"])
    assert "ผู้เสนอแก้ไข" not in markup(client.get(queue))
    edit(supported, text="ขอให้แล้วเสร็จภายใน 3 วันทำการ")
    assert "ผู้เสนอแก้ไข" in markup(client.get(queue))
