"""A proposal its author gave up keeps its row and its history, and stands nowhere any more."""

import html
import re

import pytest
from django.urls import reverse

from comments.commenting.comment_input import CommentInput
from comments.commenting.forms.comment_form import load_initial_values
from comments.commenting.presentation.cards import CommentViewer, make_cards
from comments.commenting.presentation.versions import load_versions
from comments.commenting.queries.card_parts import load_shown_amendments
from comments.commenting.queries.comments import comments_visible_to
from comments.commenting.services.editing import edit_comment
from comments.deciding.queries.proposals import choose_current_amendment
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.ruling import DecisionRefused
from comments.models import Amendment, Answer, Comment
from hearing_portal.refusals import RefusalKind
from manuals.content import Text
from manuals.models import Clause
from tests import factories

WORDS = "ตรวจสอบความครบถ้วนของหนังสือ สิ่งที่ส่งมาด้วย และชั้นความเร็ว"
RIVAL = "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับ"


@pytest.fixture
def given_up(session, entry, delegate) -> Comment:
    """A comment that proposed WORDS and now only speaks."""
    comment = factories.say(session, entry, delegate, proposed=Text(body=WORDS))
    return edit_comment(comment, CommentInput("amend", "ขอให้ทบทวนข้อนี้ทั้งข้อ"), by=delegate)


@pytest.fixture
def rival(session, entry, secondary_delegate) -> Comment:
    return factories.say(session, entry, secondary_delegate, proposed=Text(body=RIVAL))


def current_amendment(comment: Comment) -> Amendment | None:
    return choose_current_amendment(comment, comment.amendments.all())


def seen_by(user, comment: Comment) -> Comment:
    found = comments_visible_to(user).get(pk=comment.pk)
    load_shown_amendments([found])
    return found


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (
            CommentInput("amend", "ขอแก้", proposed=Text(body=RIVAL)),
            [("replace", RIVAL)],
        ),
        (
            CommentInput("add", "ขอเพิ่ม", proposed=Text(body="ข้อใหม่")),
            [("insert_after", "ข้อใหม่")],
        ),
        (CommentInput("delete", "ขอตัด"), [("delete", None)]),
        (CommentInput("amend", "ขอแก้"), []),
        (CommentInput("add", "ขอเพิ่ม"), []),
        (CommentInput("ask", "ถาม"), []),
    ],
    ids=["words", "insertion", "deletion", "no words", "no insertion", "question"],
)
def test_what_stands_after_an_edit(session, entry, delegate, said, standing):
    comment = factories.say(session, entry, delegate, proposed=Text(body=WORDS))

    edit_comment(comment, said, by=delegate)

    rows = Amendment.objects.filter(comment=comment)
    assert rows.count() == 1
    assert [(row.op, row.proposed.get("body")) for row in rows.active()] == standing
    assert [row.is_active for row in rows] == [bool(standing)]


def test_deletion_given_up_is_none_any_more_and_may_be_asked_again(
    session, entry, delegate
):
    comment = factories.say(session, entry, delegate, type="delete")

    edit_comment(comment, CommentInput("ask", "ข้อนี้ใช้เมื่อใด"), by=delegate)
    assert not comment.amendments.active().exists()
    edit_comment(comment, CommentInput("delete", "ขอตัด"), by=delegate)

    assert comment.amendments.active().get().op == "delete"


def test_card_form_and_desk_show_no_words_and_the_history_keeps_them(
    given_up, delegate, facilitator
):
    [card] = make_cards([seen_by(delegate, given_up)], CommentViewer(delegate))
    assert card.proposals == []
    assert current_amendment(seen_by(facilitator, given_up)) is None
    assert not [
        name
        for name in load_initial_values(given_up)
        if name.startswith(("words-", "new-"))
    ]
    old = [
        segment.text
        for version in load_versions(given_up)
        for line in version.redlines
        for segment in line.before
    ]
    assert WORDS in old


def test_bench_of_another_proposal_lists_those_that_stand(
    session, entry, given_up, rival, drafter, expert, sign_in
):
    standing = factories.say(
        session, entry, expert, "ขอแก้เป็นอย่างอื่น", proposed=Text(body="ตรวจหนังสือให้ครบ")
    )
    client = sign_in(drafter)

    page = client.get(reverse("comment-adoption", args=[rival.uuid]))

    assert [row.comment for row in page.context["bench"].competing_amendments] == [
        standing
    ]


def test_bench_of_a_given_up_proposal_leads_to_the_ruling(given_up, drafter, sign_in):
    client = sign_in(drafter)

    page = client.get(reverse("comment-adoption", args=[given_up.uuid]))
    sent = client.post(
        reverse("comment-adoption", args=[given_up.uuid]), {"lock_version": 1}
    )

    said = html.unescape(re.sub(r"<[^>]+>", "", page.content.decode()))
    assert reverse("comment-disposition", args=[given_up.uuid]) in page.content.decode()
    assert "ขอให้ทบทวนข้อนี้ทั้งข้อ" in said
    assert WORDS not in said
    assert sent.status_code == 409


@pytest.mark.parametrize("content", [None, Text(body="ถ้อยคำที่คณะทำงานพิมพ์")])
def test_words_given_up_meanwhile_are_not_adopted(
    session, entry, clause, delegate, drafter, content
):
    """The drafter opened the bench, the author edited, the drafter pressed."""
    comment = factories.say(session, entry, delegate, proposed=Text(body=WORDS))
    read = Amendment.objects.get(comment=comment)
    edit_comment(comment, CommentInput("ask", "ขอถามก่อน"), by=delegate)
    lock_version = Clause.objects.get(pk=clause.pk).lock_version

    with pytest.raises(DecisionRefused, match="ถอนถ้อยคำที่เสนอ") as refused:
        adopt_amendments(
            [Adoption(read, lock_version, content)], by=drafter, reason="เห็นด้วยกับข้อเสนอ"
        )

    assert refused.value.refusal_kind == RefusalKind.CONFLICT
    assert Clause.objects.get(pk=clause.pk).lock_version == lock_version
    assert not Answer.objects.filter(comment=comment).exists()


def test_deletion_of_a_marked_span_proposes_the_rest_of_the_clause(
    session, entry, clause, delegate, drafter
):
    words = entry.blob.plain
    quote = words[-12:]
    span = (len(words) - 12, len(words))

    comment = factories.say(
        session, entry, delegate, type="delete", field="text", span=span, quote=quote
    )

    amendment = current_amendment(seen_by(drafter, comment))
    assert (amendment.op, amendment.proposed["body"]) == (
        "replace",
        words[:-12].rstrip(),
    )
    [card] = make_cards([seen_by(delegate, comment)], CommentViewer(delegate))
    assert any(line.removed for line in card.proposals)
    assert not [
        name for name in load_initial_values(comment) if name.startswith("words-")
    ]
    adopt_amendments(
        [Adoption(amendment, Clause.objects.get(pk=clause.pk).lock_version)], by=drafter
    )
    assert Clause.objects.get(pk=clause.pk).plain == words[:-12].rstrip()


def test_deletion_of_all_words_by_a_span_is_that_of_the_clause(
    session, entry, delegate
):
    words = entry.blob.plain

    comment = factories.say(
        session,
        entry,
        delegate,
        type="delete",
        field="text",
        span=(0, len(words)),
        quote=words,
    )

    assert comment.amendments.get().op == "delete"
