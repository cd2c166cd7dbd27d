"""What a device sends again because the answer got lost: supports and edits are stored once, and never on words that
are no more."""

from uuid import uuid4

import pytest

from comments.commenting.services.supporting import withdraw_support
from comments.models import Comment, SessionState, Support
from tests import factories

pytestmark = pytest.mark.usefixtures("released")
HTMX = {"HX-Request": "true"}


def support_of(comment: Comment, person, **fields: object) -> dict[str, object]:
    key = uuid4()
    return {
        "words": comment.words_mark,
        "client_key": key,
        "sender": person.pk,
    } | fields


def shows_stored(answer, key: object) -> bool:
    return f'data-client-key="{key}"' in answer.content.decode()


def test_support_that_comes_again_is_the_first_whatever_became_of_it(
    comment, session, facilitator, secondary_delegate, sign_in
):
    client = sign_in(secondary_delegate)
    url = f"/comments/{comment.uuid}/support/"
    sent = support_of(comment, secondary_delegate)
    assert shows_stored(client.post(url, sent, headers=HTMX), sent["client_key"])
    withdraw_support(comment, by=secondary_delegate)
    factories.make_session_state(session, SessionState.State.PAUSED, by=facilitator)

    again = client.post(url, sent, headers=HTMX)

    assert shows_stored(again, sent["client_key"])
    assert Support.objects.count() == 1
    assert not Support.objects.active().exists()


def test_support_waits_for_no_other_words(
    comment, delegate, secondary_delegate, sign_in
):
    sent = support_of(comment, secondary_delegate)
    author = sign_in(delegate)
    author.post(
        f"/comments/{comment.uuid}/edit/", edit_of(comment, "ขอให้คงไว้ตามร่างเดิม")
    )

    answer = sign_in(secondary_delegate).post(
        f"/comments/{comment.uuid}/support/", sent, headers=HTMX
    )

    assert answer.status_code == 409
    assert "แก้ไขข้อความหลังจากที่ท่านอ่าน" in answer.content.decode()
    assert not Support.objects.exists()


def test_act_of_who_was_signed_in_before_is_nobodys(
    comment, delegate, secondary_delegate, sign_in
):
    sent = support_of(comment, delegate)

    answer = sign_in(secondary_delegate).post(
        f"/comments/{comment.uuid}/support/", sent, headers=HTMX
    )

    assert answer.status_code == 401
    assert not Support.objects.exists()


def edit_of(comment: Comment, text: str, **fields: object) -> dict[str, object]:
    key = uuid4()
    return {
        "type": comment.type,
        "text": text,
        "words": comment.words_mark,
        "client_key": key,
    } | fields


def test_edit_that_comes_again_is_stored_once(
    comment, delegate, facilitator, session, sign_in
):
    client = sign_in(delegate)
    url = f"/comments/{comment.uuid}/edit/"
    sent = edit_of(comment, "แก้ครั้งแรก")
    assert shows_stored(client.post(url, sent, headers=HTMX), sent["client_key"])
    comment.refresh_from_db()
    client.post(url, edit_of(comment, "แก้ครั้งที่สอง"))
    factories.make_session_state(session, SessionState.State.PAUSED, by=facilitator)

    assert shows_stored(client.post(url, sent, headers=HTMX), sent["client_key"])

    comment.refresh_from_db()
    assert comment.text == "แก้ครั้งที่สอง"
    assert comment.history.filter(text="แก้ครั้งแรก").count() == 1


@pytest.mark.parametrize("is_reply", [False, True])
def test_edit_of_older_words_is_refused_with_its_text_and_stored_when_sent_knowingly(
    comment, session, entry, delegate, sign_in, is_reply
):
    if is_reply:
        comment = factories.make_comment(session, entry, delegate, parent=comment)
    client = sign_in(delegate)
    url = f"/comments/{comment.uuid}/edit/"
    stale = edit_of(comment, "จากเครื่องที่หลุด")
    client.post(url, edit_of(comment, "จากเครื่องอื่น"))

    answer = client.post(url, stale)

    page = answer.content.decode()
    comment.refresh_from_db()
    assert answer.status_code == 409
    assert comment.text == "จากเครื่องอื่น"
    assert "ข้อความที่บันทึกไว้ขณะนี้คือ “จากเครื่องอื่น”" in page
    assert "จากเครื่องที่หลุด</textarea>" in page
    assert f'name="words" value="{comment.words_mark}"' in page.replace("&#x2B;", "+")
    client.post(url, stale | {"words": comment.words_mark})
    comment.refresh_from_db()
    assert comment.text == "จากเครื่องที่หลุด"
