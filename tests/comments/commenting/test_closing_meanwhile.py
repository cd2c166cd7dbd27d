"""A session that somebody closes at the same moment takes nothing more: what is stored was said while it was open."""

from collections.abc import Callable

import pytest
from django.db import transaction

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.supporting import support_comment
from comments.hearings.refusals import SessionClosed
from comments.hearings.services.session_states import close_session
from comments.models import Comment, HearingSession, Support
from tests import factories
from tests.database import PATIENCE, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("act", ["say", "edit", "support"])
def test_nothing_is_stored_in_a_session_that_is_closed_meanwhile(
    session,
    comment,
    entry,
    delegate,
    secondary_delegate,
    facilitator,
    together: Callable,
    act,
):
    # As a page read it: open
    opened = HearingSession.objects.with_state().get(pk=session.pk)
    assert opened.is_open
    comment = Comment.objects.select_related(
        "session", "entry__manual__work_group"
    ).get(pk=comment.pk)
    acts = {
        "say": lambda: factories.say(opened, entry, secondary_delegate),
        "edit": lambda: edit_comment(
            comment, CommentInput("ask", "เหตุใด"), by=delegate, session=opened
        ),
        "support": lambda: support_comment(
            comment, by=secondary_delegate, session=opened
        ),
    }
    with transaction.atomic():
        close_session(session, by=facilitator, reason="หมดเวลา")
        sent = together(acts[act])
        wait_until_somebody_waits()

    with pytest.raises(SessionClosed):
        sent.result(PATIENCE)
    assert [row.text for row in Comment.objects.all()] == [comment.text]
    assert not Support.objects.exists()


def test_who_closes_waits_for_what_is_being_stored(
    session, entry, delegate, facilitator, together: Callable
):
    with transaction.atomic():
        said = factories.say(session, entry, delegate)
        closed = together(
            lambda: close_session(session, by=facilitator, reason="หมดเวลา")
        )
        wait_until_somebody_waits()
    assert closed.result(PATIENCE).at > Comment.objects.get(pk=said.pk).made_at


def test_comments_of_one_session_do_not_wait_for_each_other(
    session, entry, delegate, secondary_delegate, together: Callable
):
    with transaction.atomic():
        factories.say(session, entry, delegate)
        together(lambda: factories.say(session, entry, secondary_delegate)).result(
            PATIENCE
        )
    assert Comment.objects.count() == 2
