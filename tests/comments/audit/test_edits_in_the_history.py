"""Each edit of a comment is told with old and new, and with the supports that lapsed by it; the queue names it."""

import pytest
from django.urls import reverse

from comments.commenting.comment_input import CommentInput
from comments.commenting.presentation.versions import load_versions
from comments.commenting.queries.edits import find_edits
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.supporting import support_comment
from comments.models import Comment
from comments.moderating.services import reclass_comment
from manuals.content import Text
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.usefixtures("released")
SAID = "ขอให้กำหนดเวลา"
FIFTEEN = Text(body="ตรวจสอบภายใน ๑๕ วันทำการ")
THREE = Text(body="ตรวจสอบภายใน ๓ วันทำการ")


@pytest.fixture
def said(session, entry, delegate) -> Comment:
    return factories.say(session, entry, delegate, SAID, proposed=FIFTEEN)


def edit(comment: Comment, type: str = "amend", text: str = SAID, **said) -> None:
    edit_comment(comment, CommentInput(type, text, **said), by=comment.author)
    comment.refresh_from_db()


def told(comment: Comment) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """[(what was edited, [(name, old, new)])], the earliest first."""
    versions = []
    for version in reversed(load_versions(comment)):
        lines = []
        for line in version.redlines:
            old = "".join(each.text for each in line.before)
            new = "".join(each.text for each in line.after)
            lines.append((line.label, old, new))
        versions.append((version.what, lines))
    return versions


def test_edits_are_told_old_and_new(said, facilitator):
    edit(said, proposed=THREE)
    edit(said, "delete", issue_class="complex", issue_data={"days_proposed": 3})
    edit(said, "ask", "ภายในกี่วัน", issue_class="complex", issue_data={"days_now": 9})

    assert told(said) == [
        ("แก้ไขถ้อยคำที่เสนอ", [("ถ้อยคำที่เสนอ", FIFTEEN.body, THREE.body)]),
        (
            "แก้ไขประเภท ประเด็น รายละเอียดของประเด็น และถ้อยคำที่เสนอ",
            [
                ("ประเภท", "ขอแก้ไข", "ขอตัด"),
                ("ประเด็น", "ไม่ระบุประเด็น", "ซับซ้อน"),
                ("จำนวนวันที่เสนอ", "", "3"),
                ("ถ้อยคำที่เสนอ", THREE.body, ""),
            ],
        ),
        (
            "แก้ไขข้อความ ประเภท รายละเอียดของประเด็น และถ้อยคำที่เสนอ",
            [
                ("ข้อความ", SAID, "ภายในกี่วัน"),
                ("ประเภท", "ขอตัด", "สอบถาม"),
                ("จำนวนวันที่เสนอ", "3", ""),
                ("จำนวนวันในร่าง", "", "9"),
            ],
        ),
    ]


def test_facilitators_class_is_no_edit_and_names_the_one_before(
    said, facilitator, sign_in
):
    edit(said, proposed=FIFTEEN, issue_class="new")
    reclass_comment(said, "overlap", by=facilitator, reason="งานซ้ำกัน")
    said.refresh_from_db()

    assert [what for what, _ in told(said)] == ["แก้ไขประเด็น"]
    page = sign_in(facilitator).get(reverse("comment-history", args=[said.uuid]))
    assert "เปลี่ยนประเด็นจาก เกิดขึ้นใหม่ เป็น ทับซ้อน/ซ้ำซ้อน" in markup(page)


def test_supports_that_lapsed_stand_with_the_edit_they_lapsed_by(
    said, secondary_delegate, facilitator, sign_in
):
    support_comment(said, by=secondary_delegate)
    edit(said, proposed=THREE)
    edit(said, "ask")

    lapsed = [(each.primary, each.secondary) for each in load_versions(said)]
    assert lapsed == [(0, 0), (0, 1)]
    page = sign_in(facilitator).get(reverse("comment-history", args=[said.uuid]))
    assert markup(page).count("การสนับสนุนข้อความเดิมสิ้นผล") == 1
    # In the digits that were typed, as the words themselves are
    assert ">๑๕</del>" in markup(page)
    own = sign_in(said.author).get(reverse("comment", args=[said.uuid]))
    assert ">๑๕</del>" in markup(own)


def test_queue_names_what_was_edited_and_leads_to_it(said, facilitator, sign_in):
    queue = reverse("group-queue", args=["DIR"])
    client = sign_in(facilitator)
    history = f'href="{reverse("comment-history", args=[said.uuid])}"'
    others = markup(client.get(queue)).count(history)

    edit(said, proposed=THREE)
    edit(said, "ask", issue_class="new")

    page = markup(client.get(queue))
    assert "ผู้เสนอแก้ไขถ้อยคำที่เสนอ ประเภท และประเด็น" in page
    assert page.count(history) == others + 1


def test_edits_of_one_and_three_cost_two_queries(
    said, session, entry, delegate, django_assert_num_queries
):
    others = [factories.say(session, entry, delegate, f"ขอ {n}") for n in range(2)]
    with django_assert_num_queries(0):
        assert find_edits(others) == {}
    for each in (said, *others):
        edit(each, "ask")
    with django_assert_num_queries(2):
        find_edits([said])
    with django_assert_num_queries(2):
        assert len(find_edits([said, *others])) == 3
