"""Who considers which comment until when: given at the desk, one or all of a filter, and what each has left."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from comments.assigning.services import AssignmentRefused, assign_comments
from comments.models import Assignment, Comment
from hearing_portal.acts.models import Act
from tests import factories
from tests.markup import markup


@pytest.fixture
def three(session, entry, delegate, comment):
    make = factories.make_comment
    return [
        comment,
        make(session, entry, delegate, type="delete"),
        make(session, entry, delegate, type="delete"),
    ]


def given() -> dict[int, int | None]:
    rows = Assignment.objects.standing().values_list("comment", "assignee")
    return dict(rows)


def send(client, body: dict, query: str = ""):
    next_page = reverse("group-queue", args=["DIR"]) + query
    return client.post(
        reverse("queue-assignment", args=["DIR"]), {**body, "next": next_page}
    )


def test_all_that_a_filter_leaves_is_given_and_each_sees_what_is_left_to_them(
    sign_in, three, facilitator, drafter, second_drafter
):
    desk = sign_in(facilitator)
    yesterday = localdate() - timedelta(days=1)
    factories.make_assignment(three[1], second_drafter, due=yesterday)

    response = send(desk, {"assignee": drafter.pk, "whole": "1"}, "?type=delete")

    assert response.status_code == 303
    assert given() == dict.fromkeys([three[1].pk, three[2].pk], drafter.pk)
    factories.make_assignment(three[0], second_drafter, due=yesterday)
    factories.make_disposition(three[2], decided_by=drafter)
    page = markup(desk.get(reverse("group-queue", args=["DIR"])))
    assert f"{drafter.get_full_name()} (ยังไม่พิจารณา 1)" in page
    assert f"{second_drafter.get_full_name()} (ยังไม่พิจารณา 1 เลยกำหนด 1)" in page
    own = sign_in(drafter).get(reverse("group-queue", args=["DIR"]))
    assert "มอบหมายให้ท่าน ยังไม่พิจารณา" in markup(own)
    listed = sign_in(drafter).get(
        reverse("group-queue", args=["DIR"]), {"assignee": drafter.pk, "state": "open"}
    )
    assert f"row-{three[1].uuid}" in markup(listed)
    assert f"row-{three[0].uuid}" not in markup(listed)
    nobodys = sign_in(drafter).get(
        reverse("group-queue", args=["DIR"]), {"assignee": "nobody"}
    )
    assert f"row-{three[0].uuid}" not in markup(nobodys)


def test_giving_again_what_is_given_says_that_nothing_changed(
    sign_in, comment, facilitator, drafter
):
    desk = sign_in(facilitator)
    body = {"assignee": drafter.pk, "comment": [comment.uuid]}
    queue = reverse("group-queue", args=["DIR"])
    send(desk, body)
    assert "แล้ว 1 ความคิดเห็น" in markup(desk.get(queue))
    send(desk, body)
    told = markup(desk.get(queue))
    assert "มอบหมายไว้เช่นนี้อยู่แล้ว" in told
    assert "แล้ว 0 ความคิดเห็น" not in told


def test_bulk_acts_take_all_that_a_filter_leaves(
    sign_in, session, entry, comment, facilitator, drafter
):
    held = [factories.make_comment(session, entry, visibility="held") for _ in "ab"]
    agreeing = [factories.make_comment(session, entry, type="agree") for _ in "ab"]
    queue = reverse("group-queue", args=["DIR"])

    def act(person, name: str, query: str, **body: str) -> int:
        sent = {"whole": "1", "next": queue + query, **body}
        return sign_in(person).post(reverse(name, args=["DIR"]), sent).status_code

    shown = act(facilitator, "queue-visibility", "?state=held", visibility="shown")
    noted = act(drafter, "queue-noting", "?type=agree")

    assert (shown, noted) == (303, 303)
    assert [Comment.objects.get(pk=each.pk).is_held for each in held] == [False, False]
    outcomes = [each.answers.get().disposition.outcome for each in agreeing]
    assert outcomes == ["noted", "noted"]
    assert not comment.answers.exists()


def test_ticked_ones_are_given_with_a_day_and_taken_back(sign_in, three, drafter):
    desk = sign_in(drafter)
    day = localdate() + timedelta(days=3)
    body = {
        "comment": [str(three[0].uuid)],
        "assignee": drafter.pk,
        "assigned_due": f"{day.day}/{day.month}/{day.year + 543}",
    }

    assert send(desk, body).status_code == 303

    row = Assignment.objects.get()
    assert (row.comment, row.assignee, row.due, row.by) == (
        three[0],
        drafter,
        day,
        drafter,
    )
    assert Act.objects.latest("pk").code == "comment-assigned"
    send(desk, body)  # the same again is no second act
    assert Assignment.objects.count() == 1
    send(desk, {"comment": [str(three[0].uuid)], "assignee": "nobody"})
    assert given() == {}
    three[0].refresh_from_db()
    assert three[0].triaged_at is None  # its author may still write


@pytest.mark.parametrize(
    "wrong",
    [
        {"assignee": ""},
        {"assignee": "nobody", "assigned_due": "1/1/2600"},
        {"assignee": "drafter", "comment": []},
        {"assignee": "drafter", "assigned_due": "1/1/2550"},
        {"assignee": "delegate"},
    ],
)
def test_what_is_not_whole_comes_back_and_gives_nothing(
    sign_in, three, facilitator, drafter, delegate, wrong
):
    people = {"drafter": drafter.pk, "delegate": delegate.pk}
    body = {"comment": [str(three[0].uuid)], **wrong}
    body["assignee"] = people.get(body["assignee"], body["assignee"])

    response = send(sign_in(facilitator), body)

    assert response.status_code == 422
    assert "ยังไม่ได้มอบหมาย" in markup(response)
    assert Assignment.objects.count() == 0


def test_nobody_of_another_group_considers_it(comment, fin_group, facilitator):
    other = factories.make_drafter(fin_group)

    with pytest.raises(AssignmentRefused, match="ของกลุ่มงานนี้"):
        assign_comments([comment.pk], other, None, by=facilitator)
