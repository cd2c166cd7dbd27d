"""Support is taken back by the office while the session is open, counts nowhere then, and may be given again."""

import pytest
from django.urls import reverse

from comments.commenting.presentation.cards import CommentViewer, make_cards
from comments.commenting.queries.comments import find_comments_about
from comments.commenting.refusals import CommentRefused, NotRegistered
from comments.commenting.services.supporting import support_comment, withdraw_support
from comments.deciding.services.publishing import publish_answers
from comments.hearings.refusals import SessionClosed
from comments.models import Comment, Support
from comments.tallies import tally_offices_by_entry
from tests import factories

pytestmark = pytest.mark.usefixtures("released")


@pytest.fixture
def supported(comment, secondary_delegate) -> Comment:
    """สพป.ลำปาง เขต 1 asks for a change, สพม.ชลบุรี stands behind it."""
    support_comment(comment, by=secondary_delegate)
    return comment


def _counted(comment: Comment, user) -> tuple[int, int, int]:
    """สพม. on the card, สพม. for change at the clause, standing supports."""
    [card] = make_cards(
        find_comments_about(comment.entry, user, "support", 0, 30),
        CommentViewer(user, comment.session),
    )
    standing = tally_offices_by_entry([comment.entry_id])[comment.entry_id]
    return (
        card.secondary,
        standing.secondary.for_change,
        Support.objects.active().count(),
    )


def test_taken_back_counts_nowhere_and_stays_as_a_row(
    supported, secondary_delegate, chonburi
):
    assert _counted(supported, secondary_delegate) == (1, 1, 1)

    assert withdraw_support(supported, by=secondary_delegate) is True
    assert withdraw_support(supported, by=secondary_delegate) is False

    assert _counted(supported, secondary_delegate) == (0, 0, 0)
    row = Support.objects.get()
    assert (row.office, row.taken_back_by) == (chonburi, secondary_delegate)
    assert row.taken_back_at > row.at


def test_office_may_stand_behind_it_again(supported, secondary_delegate):
    withdraw_support(supported, by=secondary_delegate)

    support_comment(supported, by=secondary_delegate)

    assert _counted(supported, secondary_delegate) == (1, 1, 1)
    assert Support.objects.count() == 2


def test_order_by_support_counts_those_that_stand(
    supported, session, entry, delegate, secondary_delegate
):
    other = factories.make_comment(session, entry, delegate, text="อีกเรื่อง")
    withdraw_support(supported, by=secondary_delegate)
    support_comment(other, by=secondary_delegate)

    found = find_comments_about(entry, secondary_delegate, "support", 0, 30)
    assert found == [other, supported]


def test_refused_after_closing_publishing_and_to_strangers(
    supported,
    session,
    hearing,
    dir_group,
    drafter,
    facilitator,
    secondary_delegate,
    stranger,
    expert,
):
    for person in (stranger, expert):
        with pytest.raises(NotRegistered):
            withdraw_support(supported, by=person)
    factories.make_disposition(
        supported, outcome="out_of_scope", reason="อยู่นอกขอบเขตของคู่มือฉบับนี้ตามประกาศ"
    )
    publish_answers(hearing, dir_group, by=drafter)
    with pytest.raises(CommentRefused, match="เผยแพร่แล้ว"):
        withdraw_support(supported, by=secondary_delegate)
    factories.make_session_state(session, "closed", by=facilitator)
    with pytest.raises(SessionClosed):
        withdraw_support(Comment.objects.get(pk=supported.pk), by=secondary_delegate)
    assert Support.objects.active().count() == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_button_takes_back_and_offers_support_again(
    supported, secondary_delegate, chonburi, sign_in, htmx
):
    client = sign_in(secondary_delegate)
    url = reverse("comment-support-withdrawal", args=[supported.uuid])
    page = client.get(reverse("comment", args=[supported.uuid])).content.decode()
    headers = {"HX-Request": "true"} if htmx else {}

    response = client.post(
        url, {"office": chonburi.key}, headers=headers, follow=not htmx
    )

    assert f'action="{url}"' in page
    answered = response.content.decode()
    assert response.status_code == 200
    assert f'action="{reverse("comment-support", args=[supported.uuid])}"' in answered
    assert f'action="{url}"' not in answered
    assert not Support.objects.active().exists()


def test_nobody_takes_back_for_another_office(supported, delegate, chonburi, sign_in):
    url = reverse("comment-support-withdrawal", args=[supported.uuid])

    assert sign_in(delegate).post(url, {"office": chonburi.key}).status_code == 403
    assert Support.objects.active().count() == 1
