"""A facilitator's acts: visible or not, another class, advice. Each is a row with who, when and why."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from comments.commenting.comment_input import CommentInput
from comments.commenting.refusals import AlreadyTriaged
from comments.commenting.services.editing import edit_comment
from comments.models import Comment, Moderation, Reclassing
from comments.moderating.services import (
    ModerationRefused,
    hide_comment,
    hide_comments,
    reclass_comment,
    recommend_outcome,
    show_comment,
    show_comments,
)
from tests import factories


def acts_on(comment: Comment) -> list[tuple[str, str, str]]:
    """Every Moderation of the comment as (visibility, reason, who)."""
    return list(
        comment.moderations.order_by("pk").values_list(
            "visibility", "reason", "by__username"
        )
    )


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


@pytest.fixture
def held(session, entry, delegate):
    return factories.make_comment(session, entry, delegate, visibility="held")


def test_showing_held_comment_is_its_first_triage(held, facilitator):
    show_comment(held, by=facilitator)

    assert acts_on(held) == [("held", "", "somsri"), ("shown", "", "wipa")]
    assert fresh(held).visibility == "shown"
    assert fresh(held).triaged_at is not None
    assert fresh(held).history.first().history_user == facilitator


def test_showing_what_is_shown_writes_no_second_row(held, facilitator):
    show_comment(held, by=facilitator)
    first_triage = fresh(held).triaged_at

    show_comment(held, by=facilitator)

    assert len(acts_on(held)) == 2
    assert fresh(held).triaged_at == first_triage


def test_hiding_keeps_reason_and_words(comment, facilitator):
    hide_comment(comment, by=facilitator, reason=" มีเลขประจำตัวประชาชนของบุคคลอื่น ")

    assert acts_on(comment)[-1] == ("hidden", "มีเลขประจำตัวประชาชนของบุคคลอื่น", "wipa")
    assert fresh(comment).is_hidden
    assert fresh(comment).text == comment.text


def test_hiding_again_with_another_reason_is_another_act(comment, facilitator):
    hide_comment(comment, by=facilitator, reason="มีชื่อบุคคล")
    hide_comment(comment, by=facilitator, reason="มีชื่อบุคคล")
    hide_comment(comment, by=facilitator, reason="มีเลขบัญชีธนาคาร")

    assert [reason for _, reason, _ in acts_on(comment)] == [
        "",
        "มีชื่อบุคคล",
        "มีเลขบัญชีธนาคาร",
    ]


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_hiding_without_reason_changes_nothing(comment, facilitator, reason):
    with pytest.raises(ModerationRefused):
        hide_comment(comment, by=facilitator, reason=reason)

    assert acts_on(comment) == [("shown", "", "somsri")]
    assert fresh(comment).triaged_at is None


def test_database_refuses_hidden_row_without_reason(comment, facilitator):
    with (
        pytest.raises(IntegrityError, match="hidden_comment_has_reason"),
        transaction.atomic(),
    ):
        Moderation.objects.create(
            comment=comment, visibility="hidden", reason="", by=facilitator
        )


def test_bulk_acts_take_every_comment_once(session, entry, delegate, facilitator):
    comments = [
        factories.make_comment(session, entry, delegate, visibility="held")
        for _ in range(3)
    ]

    show_comments([*reversed(comments), comments[0]], by=facilitator)
    hide_comments(comments[:2], by=facilitator, reason="ข้อความซ้ำจากการส่งผิดพลาด")

    assert [fresh(comment).visibility for comment in comments] == [
        "hidden",
        "hidden",
        "shown",
    ]
    assert [len(acts_on(comment)) for comment in comments] == [3, 3, 2]


def test_author_cannot_edit_after_first_act(comment, delegate, facilitator):
    show_comment(comment, by=facilitator)

    with pytest.raises(AlreadyTriaged):
        edit_comment(comment, CommentInput("amend", "ข้อความใหม่ทั้งหมด"), by=delegate)

    assert fresh(comment).text == comment.text


def test_reclassing_logs_reason_and_old_class_stays_in_history(
    session, entry, delegate, facilitator
):
    comment = factories.make_comment(session, entry, delegate, issue_class="complex")

    reclass_comment(comment, "overlap", by=facilitator, reason="กล่าวถึงงานของกลุ่มอื่น")

    row = Reclassing.objects.get(comment=comment)
    assert (row.issue_class, row.reason, row.by) == (
        "overlap",
        "กล่าวถึงงานของกลุ่มอื่น",
        facilitator,
    )
    assert fresh(comment).issue_class == "overlap"
    assert fresh(comment).triaged_at is not None
    assert "complex" in comment.history.values_list("issue_class", flat=True)


def test_class_may_be_taken_away(session, entry, delegate, facilitator):
    comment = factories.make_comment(session, entry, delegate, issue_class="technology")

    reclass_comment(comment, "", by=facilitator, reason="เป็นคำถามทั่วไป")

    assert fresh(comment).issue_class is None


@pytest.mark.parametrize(
    ("issue_class", "reason"), [("overlap", "  "), ("complex", "ไม่เปลี่ยน")]
)
def test_reclassing_without_reason_or_change_is_refused(
    session, entry, delegate, facilitator, issue_class, reason
):
    comment = factories.make_comment(session, entry, delegate, issue_class="complex")

    with pytest.raises(ModerationRefused):
        reclass_comment(comment, issue_class, by=facilitator, reason=reason)

    assert fresh(comment).issue_class == "complex"
    assert not Reclassing.objects.exists()
    assert fresh(comment).triaged_at is None


def test_facilitators_advice_is_triage_and_experts_is_not(
    session, entry, delegate, facilitator, expert
):
    advised = factories.make_comment(session, entry, delegate)
    triaged = factories.make_comment(session, entry, delegate)

    recommend_outcome(advised, "accepted", by=expert, reason="")
    recommend_outcome(
        triaged, "not_accepted", by=facilitator, reason="ระเบียบกำหนดไว้แล้ว"
    )

    assert fresh(advised).triaged_at is None
    assert fresh(triaged).triaged_at is not None
    assert list(
        triaged.recommendations.values_list("outcome", "reason", "by__username")
    ) == [("not_accepted", "ระเบียบกำหนดไว้แล้ว", "wipa")]


@pytest.mark.parametrize("outcome", ["withdrawn", "approved", ""])
def test_only_outcomes_of_the_list_can_be_advised(comment, facilitator, outcome):
    with pytest.raises(ModerationRefused):
        recommend_outcome(comment, outcome, by=facilitator, reason="")

    assert not comment.recommendations.exists()


def test_moderation_rows_cannot_be_rewritten(comment):
    row = comment.moderations.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        Moderation.objects.filter(pk=row.pk).update(visibility="held")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()

    assert acts_on(comment) == [("shown", "", "somsri")]
