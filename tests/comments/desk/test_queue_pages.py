"""The pages of the facilitator: the queue, acts on visibility and class, sessions, speakers, history, places."""

import html
import re
import uuid as uuids
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import PublishingRefused, publish_answers
from comments.hearings.services.session_states import close_session
from comments.models import (
    AnchorResolution,
    Answer,
    AnswerPublication,
    Comment,
    Discussion,
    Disposition,
    HearingSession,
    Moderation,
    Reclassing,
    Recommendation,
    SessionState,
)
from comments.moderating.services import hide_comment, reclass_comment, show_comment
from comments.reading.queries import count_objectable_answers
from comments.releasing.queries.gate import find_running_objection_times
from hearing_portal.acts.models import Act
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from tests import factories
from tests.database import as_owner, without_triggers
from tests.markup import markup


@pytest.fixture
def desk(sign_in, facilitator, session):
    """The facilitator's browser."""
    return sign_in(facilitator)


def queue_url(**query: str) -> str:
    return reverse("group-queue", args=["DIR"], query=query or None)


def listed(response) -> list[str]:
    """The uuids of the list, in its order."""
    return re.findall(r'id="row-([0-9a-f-]{36})"', response.content.decode())


def chosen(response) -> str:
    """The uuid of the row that is marked as chosen."""
    found = re.search(
        r'id="row-([0-9a-f-]{36})" aria-current="true"', response.content.decode()
    )
    return found[1] if found else ""


def words_of(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup(response)))


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def uuids_of(*comments: Comment) -> list[str]:
    return [str(comment.uuid) for comment in comments]


# -- who may come in ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("facilitator", 200),
        ("drafter", 200),
        ("admin", 200),
        ("delegate", 403),
        ("office_head", 403),
        ("expert", 403),
        ("stranger", 403),
    ],
)
def test_queue_is_for_those_who_work_at_it(request, sign_in, comment, person, status):
    client = sign_in(request.getfixturevalue(person))

    assert client.get(queue_url()).status_code == status
    assert client.get(reverse("group-unplaced", args=["DIR"])).status_code == status
    assert (
        client.get(reverse("comment-history", args=[comment.uuid])).status_code
        == status
    )


def test_visitor_signs_in_and_somebody_without_a_role_finds_nothing(sign_in, comment):
    assert Client().get(queue_url())["Location"].startswith(reverse("sign-in"))
    assert sign_in(factories.make_user()).get(queue_url()).status_code == 404


def test_queue_of_another_group_is_not_mine(sign_in, comment, fin_group):
    other = factories.make_facilitator(fin_group)
    factories.make_manual(fin_group)
    client = sign_in(other)

    assert client.get(queue_url()).status_code == 403
    assert (
        client.post(
            reverse("comment-visibility", args=[comment.uuid]), {"visibility": "shown"}
        ).status_code
        == 403
    )
    assert fresh(comment).triaged_at is None


def test_one_desk_is_opened_at_once_and_several_are_listed(
    sign_in, comment, dir_group, fin_group, manual
):
    factories.make_manual(fin_group)
    both = factories.make_facilitator(dir_group)
    single = sign_in(both).get(reverse("queue"))
    assert single["Location"] == queue_url()

    factories.make_role(both, "drafter", group=fin_group)
    page = words_of(sign_in(both).get(reverse("queue")))

    assert page.index("กลุ่มอำนวยการ") < page.index("กลุ่มบริหารงานการเงินและสินทรัพย์")
    assert "รอพิจารณา  1" in page
    assert "รอพิจารณา  0" in page


# -- the list ----------------------------------------------------------------------------------------


@pytest.fixture
def mixed(
    session, edition, process, entry, delegate, secondary_delegate, expert, facilitator
):
    """{name: comment} that differ in everything one can filter by, made against the reading order."""
    last = factories.entry_of(edition, factories.clause_at(process, "5.3"))
    first = factories.entry_of(edition, factories.clause_at(process, "2.1"))
    made = {
        "last": factories.make_comment(
            session, last, secondary_delegate, type="add", issue_class="overlap"
        ),
        "held": factories.make_comment(
            session, entry, delegate, type="ask", visibility="held"
        ),
        "expert": factories.make_comment(session, entry, expert, type="delete"),
        "first": factories.make_comment(
            session, first, delegate, type="agree", issue_class="complex"
        ),
        "typed": factories.make_comment(
            session, entry, delegate, recorded_by=facilitator, channel="room"
        ),
    }
    made["reply"] = factories.make_comment(
        session, entry, delegate, parent=made["typed"], type="ask"
    )
    factories.make_disposition(made["expert"], outcome="not_accepted")
    hide_comment(made["last"], by=factories.make_facilitator(), reason="มีชื่อบุคคล")
    return made


def test_queue_stands_in_reading_order_and_replies_are_there(desk, mixed):
    names = ["first", "held", "expert", "typed", "reply", "last"]

    response = desk.get(queue_url())

    assert listed(response) == uuids_of(*(mixed[name] for name in names))
    # A reply is part of the talk on a comment, and no comment of its own where these are counted
    context = response.context["desk"]
    assert context.filter_links[0].rows == len(names) - 1
    assert sum(each.comments for each in context.commented_entries) == len(names) - 1
    # The list says what it counts, and offers to act on the comments alone
    shown = words_of(response)
    assert "5\u00a0ความคิดเห็น และตอบกลับ 1\u00a0รายการ" in shown
    assert "ทุกเรื่องตามที่กรอง (5)" in shown
    assert chosen(response) == str(mixed["first"].uuid)
    # A reply gets no answer, so it waits for none
    rows = [
        row for group in response.context["desk"].listed.groups for row in group.rows
    ]
    assert [row.state for row in rows] == [
        "waiting",
        "held",
        "not_accepted",
        "waiting",
        "shown",
        "hidden",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"type": "agree"}, ["first"]),
        ({"type": "add"}, ["last"]),
        ({"issue": "overlap"}, ["last"]),
        ({"issue": "none"}, ["held", "expert", "typed", "reply"]),
        ({"office": "secondary"}, ["last"]),
        ({"office": "primary", "type": "ask"}, ["held", "reply"]),
        ({"office": "none"}, ["expert"]),
        ({"state": "held"}, ["held"]),
        ({"state": "hidden"}, ["last"]),
        ({"state": "open"}, ["first", "held", "typed", "last"]),
        ({"state": "unconfirmed"}, ["expert"]),
        ({"state": "decided"}, ["expert"]),
        ({"state": "published"}, []),
        ({"mine": "1"}, ["typed"]),
        ({"differs": "1"}, []),
        ({"state": "nonsense", "type": "x" * 500, "clause": "๑", "page": "-9"}, None),
        ({"clause": "process-9999999999"}, []),
        ({"clause": "' OR 1=1"}, None),
    ],
)
def test_filters_of_the_address(desk, mixed, query, names):
    everything = ["first", "held", "expert", "typed", "reply", "last"]

    response = desk.get(queue_url(**query))

    assert listed(response) == uuids_of(
        *(mixed[name] for name in (everything if names is None else names))
    )


def test_clause_filter_takes_one_place_or_a_whole_process(desk, mixed, entry, process):
    one = desk.get(queue_url(clause=str(entry.pk)))
    whole = desk.get(queue_url(clause=f"process-{process.pk}"))

    assert listed(one) == uuids_of(
        *(mixed[name] for name in ("held", "expert", "typed", "reply"))
    )
    assert len(listed(whole)) == len(mixed)


def test_comments_differ_filter_finds_clauses_where_office_types_differ(
    desk, session, entry, mixed, dir_group
):
    for number in range(10):
        for kind, stand in (("สพป.", "agree"), ("สพม.", "amend")):
            office = factories.make_office(f"{kind}ทดสอบ {number}")
            author = factories.make_delegate(dir_group, office)
            factories.make_comment(session, entry, author, type=stand)

    response = desk.get(queue_url(differs="1"))

    assert (
        len(listed(response)) == 20 + 4
    )  # all of clause 5.2, none of the other clauses
    assert "สพป. และ สพม. เห็นต่างกัน" in words_of(response)


def test_office_types_stand_side_by_side(
    desk, session, entry, delegate, secondary_delegate, chonburi
):
    comment = factories.make_comment(session, entry, delegate)
    factories.make_comment(session, entry, secondary_delegate, type="agree")
    factories.make_support(comment, factories.make_office("สพม.ลำปาง ลำพูน"))

    page = markup(desk.get(queue_url()))

    assert "สพป. เห็นชอบ 0 จาก 1 เขต" in page
    assert "สพม. เห็นชอบ 1 จาก 2 เขต" in page
    assert re.search(r"สพป\. 1 เขต.*?สพม\. 1 เขต", page, re.DOTALL)


def test_chosen_comment_stays_when_the_filter_no_longer_lists_it(desk, mixed):
    response = desk.get(queue_url(state="held", comment=str(mixed["first"].uuid)))

    assert listed(response) == uuids_of(mixed["held"])
    assert mixed["first"].text in words_of(response)


@pytest.mark.parametrize(
    "wanted", ["nonsense", "11111111-1111-4111-8111-111111111111", ""]
)
def test_unknown_chosen_comment_gives_the_first_of_the_list(desk, mixed, wanted):
    assert chosen(desk.get(queue_url(comment=wanted))) == str(mixed["first"].uuid)


def test_comment_of_another_group_is_not_shown_beside_my_queue(
    sign_in, admin, hearing, edition, comment, fin_group
):
    foreign_manual = factories.make_manual(fin_group)
    foreign = factories.make_process(foreign_manual, by=admin)
    later = factories.make_edition("BOTH", by=admin)
    stage = factories.make_session(later, fin_group, hearing=hearing)
    secret = factories.make_comment(
        stage, factories.entry_of(later, foreign), text="ความคิดเห็นของกลุ่มอื่น"
    )

    page = words_of(sign_in(admin).get(queue_url(comment=str(secret.uuid))))

    assert "ความคิดเห็นของกลุ่มอื่น" not in page


def test_commenter_is_named_to_the_facilitator_only(
    sign_in, comment, facilitator, drafter, admin
):
    pages = {
        person: words_of(sign_in(person).get(queue_url()))
        for person in (facilitator, drafter, admin)
    }

    assert "นางสมศรี ใจดี" in pages[facilitator]
    assert "ใจดี" not in pages[drafter]
    assert "ใจดี" not in pages[admin]


def test_queue_costs_the_same_for_one_comment_and_three(
    desk, session, entry, delegate, assert_same_queries
):
    factories.make_support(factories.make_comment(session, entry, delegate))

    def add() -> None:
        for _ in range(2):
            row = factories.make_comment(
                session, entry, delegate, issue_class="complex"
            )
            factories.make_support(row)
            factories.make_disposition(row, outcome="deferred")

    assert_same_queries(30, lambda: desk.get(queue_url(clause=str(entry.pk))), add)


def test_pages_go_on_after_fifty(desk, session, entry, delegate):
    comments = [factories.make_comment(session, entry, delegate) for _ in range(51)]

    first, second = desk.get(queue_url()), desk.get(queue_url(page="2"))

    assert listed(first) == uuids_of(*comments[:50])
    assert listed(second) == uuids_of(comments[50])
    assert "page=2" in second.content.decode()


def test_empty_queue_says_so_and_how_to_go_on(desk):
    assert "ยังไม่มีความคิดเห็นของกลุ่มงานนี้" in words_of(desk.get(queue_url()))
    assert "ไม่มีความคิดเห็นตามที่กรอง" in words_of(desk.get(queue_url(state="held")))


def test_queue_without_a_hearing_sends_nobody_astray(sign_in, facilitator, manual):
    response = sign_in(facilitator).get(queue_url())

    assert response.status_code == 200


def test_reading_writes_nothing(desk, mixed, session):
    before = [
        model.objects.count()
        for model in (Moderation, Reclassing, Recommendation, Discussion, SessionState)
    ]

    for url in (
        queue_url(),
        reverse("comment-history", args=[mixed["first"].uuid]),
        reverse("comment-recommendation", args=[mixed["first"].uuid]),
        reverse("session", args=[session.pk]),
        reverse("session-speakers", args=[session.pk]),
        reverse("group-unplaced", args=["DIR"]),
        reverse("group-answers", args=["DIR"]),
    ):
        assert desk.get(url).status_code == 200, url

    after = [
        model.objects.count()
        for model in (Moderation, Reclassing, Recommendation, Discussion, SessionState)
    ]
    assert after == before
    assert (
        not Comment.objects.filter(triaged_at__isnull=False)
        .exclude(pk=mixed["last"].pk)
        .exists()
    )


def test_acts_cannot_be_opened_as_pages(desk, comment, session):
    for name, argument in (
        ("comment-visibility", comment.uuid),
        ("comment-issue-class", comment.uuid),
        ("queue-visibility", "DIR"),
        ("session-state", session.pk),
        ("session-discussion", session.pk),
    ):
        assert desk.get(reverse(name, args=[argument])).status_code == 405, name


# -- htmx --------------------------------------------------------------------------------------------


def test_keys_fetch_only_the_comment_at_the_side(desk, mixed):
    url = queue_url(comment=str(mixed["held"].uuid))

    page = desk.get(
        url, headers={"HX-Request": "true", "HX-Target": "detail"}
    ).content.decode()

    assert page.lstrip().startswith('<div class="queue__detail" id="detail"')
    assert "queue__item" not in page


def test_act_by_htmx_is_answered_with_the_desk_and_the_news(desk, comment):
    body = {"visibility": "shown", "next": queue_url(state="held")}
    url = reverse("comment-visibility", args=[comment.uuid])

    response = desk.post(
        url, body, headers={"HX-Request": "true", "HX-Target": "desk"}, follow=True
    )

    page = response.content.decode()
    assert response.redirect_chain == [(queue_url(state="held"), 303)]
    assert page.lstrip().startswith('<div id="desk"')
    assert "แสดงความคิดเห็นแล้ว" in page
    assert 'hx-swap-oob="innerHTML"' in page


# -- showing and hiding ------------------------------------------------------------------------------


def test_showing_goes_on_where_the_form_said(desk, mixed):
    url = reverse("comment-visibility", args=[mixed["held"].uuid])

    response = desk.post(url, {"visibility": "shown", "next": queue_url(state="held")})

    assert (response.status_code, response["Location"]) == (
        303,
        queue_url(state="held"),
    )
    assert fresh(mixed["held"]).visibility == "shown"


def test_page_offers_the_next_comment_of_the_list(desk, mixed):
    page = desk.get(
        queue_url(type="ask", comment=str(mixed["held"].uuid))
    ).content.decode()

    onward = html.escape(queue_url(type="ask", comment=str(mixed["reply"].uuid)))
    assert f'name="next" value="{onward}"' in page


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"],
)
def test_nobody_is_sent_to_another_site(desk, comment, wanted):
    url = reverse("comment-visibility", args=[comment.uuid])

    response = desk.post(url, {"visibility": "shown", "next": wanted})

    assert response["Location"] == queue_url(comment=str(comment.uuid))


def test_hiding_needs_a_reason_and_leaves_a_stub(
    desk, sign_in, secondary_delegate, comment, admin, edition
):
    url = reverse("comment-visibility", args=[comment.uuid])

    refused = desk.post(url, {"visibility": "hidden", "reason": "  "})
    assert (refused.status_code, fresh(comment).visibility) == (422, "shown")
    assert "โปรดระบุเหตุผลที่ซ่อน" in words_of(refused)
    assert chosen(refused) == str(comment.uuid)

    done = desk.post(url, {"visibility": "hidden", "reason": "มีเลขประจำตัวประชาชน"})

    factories.make_release(edition, "hearing", by=admin)
    stub = words_of(
        sign_in(secondary_delegate).get(reverse("comment", args=[comment.uuid]))
    )
    assert (done.status_code, fresh(comment).visibility) == (303, "hidden")
    assert "มีเลขประจำตัวประชาชน" in stub
    assert comment.text not in stub
    assert comment.text in words_of(desk.get(queue_url()))


@pytest.mark.parametrize("reason", ["ก" * 501, "มีอักขระ\x00แฝง", "สัญลักษณ์ \ufffc"])
def test_reason_that_cannot_be_kept_is_refused_with_its_words(desk, comment, reason):
    url = reverse("comment-visibility", args=[comment.uuid])

    response = desk.post(url, {"visibility": "hidden", "reason": reason})

    assert response.status_code == 422
    assert fresh(comment).visibility == "shown"
    assert reason[:9] in response.content.decode()


@pytest.mark.parametrize("name", ["comment-visibility", "queue-visibility"])
def test_what_another_facilitator_did_meanwhile_is_told_before_it_is_replaced(
    desk, mixed, name
):
    held = mixed["held"]
    shown = f'name="seen_visibility" value="({held.uuid}:[a-z]+)"'
    seen = re.search(shown, desk.get(queue_url()).content.decode()).group(1)
    show_comment(
        held, by=factories.make_facilitator(given_name="มานี", family_name="ตรวจก่อน")
    )
    url = reverse(name, args=["DIR" if name == "queue-visibility" else held.uuid])
    body = {
        "comment": held.uuid,
        "visibility": "hidden",
        "reason": "มีชื่อบุคคล",
        "next": queue_url(),
    }

    refused = desk.post(url, {**body, "seen_visibility": seen})

    assert (refused.status_code, fresh(held).visibility) == (409, "shown")
    assert f"มานี ตรวจก่อน แสดงความคิดเห็นเลขที่ {held.pk} แล้วเมื่อ" in words_of(refused)
    assert "มีชื่อบุคคล" in refused.content.decode()

    told = re.search(shown, refused.content.decode()).group(1)
    assert (
        desk.post(url, {**body, "seen_visibility": told}).status_code,
        fresh(held).visibility,
    ) == (303, "hidden")


def test_bulk_act_takes_all_chosen(desk, mixed):
    url = reverse("queue-visibility", args=["DIR"])

    chosen = {
        "comment": uuids_of(mixed["held"], mixed["first"]),
        "visibility": "hidden",
        "reason": "ส่งซ้ำสองครั้ง",
    }
    response = desk.post(url, chosen)

    assert (response.status_code, response["Location"]) == (303, queue_url())
    assert "ซ่อนแล้ว 2 ความคิดเห็น" in words_of(desk.get(queue_url()))
    again = words_of(desk.post(url, chosen, follow=True))
    assert "ซ่อนไว้เช่นนี้อยู่แล้ว ไม่มีความคิดเห็นใดเปลี่ยน" in again
    assert [fresh(mixed[name]).visibility for name in ("held", "first", "typed")] == [
        "hidden",
        "hidden",
        "shown",
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"visibility": "shown"}, 422),
        ({"visibility": "hidden", "comment": "held"}, 422),
        ({"visibility": "gone", "comment": "held"}, 422),
        ({"visibility": "shown", "comment": "not-a-uuid"}, 422),
        (
            {"visibility": "shown", "comment": "11111111-1111-4111-8111-111111111111"},
            404,
        ),
    ],
)
def test_bulk_act_that_is_not_whole_changes_nothing(desk, mixed, body, status):
    if body.get("comment") == "held":
        body = {**body, "comment": str(mixed["held"].uuid)}
    elif "comment" in body:
        body = {**body, "comment": [str(mixed["held"].uuid), body["comment"]]}
    before = Moderation.objects.count()

    response = desk.post(reverse("queue-visibility", args=["DIR"]), body)

    assert response.status_code == status
    assert Moderation.objects.count() == before


def test_bulk_act_of_201_is_refused(desk, comment):
    many = [str(uuids.uuid4()) for _ in range(201)]

    response = desk.post(
        reverse("queue-visibility", args=["DIR"]),
        {"comment": many, "visibility": "shown"},
    )

    assert response.status_code == 422
    assert "ไม่เกิน 200" in words_of(response)


# -- noting what only agrees ---------------------------------------------------------------------------


@pytest.fixture
def drafting(sign_in, drafter, session):
    """The drafter's browser."""
    return sign_in(drafter)


@pytest.fixture
def agreeing(session, entry, delegate) -> Comment:
    return factories.make_comment(session, entry, delegate, type="agree")


def noting_url(comment: Comment) -> str:
    return reverse("comment-noting", args=[comment.uuid])


def outcomes() -> list[tuple[int, str, str]]:
    answers = Answer.objects.filter(current=True).order_by("comment_id")
    return list(
        answers.values_list("comment_id", "disposition__outcome", "disposition__reason")
    )


def test_agreeing_comment_is_noted_with_one_press_and_no_words(
    drafting, agreeing, drafter
):
    page = markup(drafting.get(queue_url(comment=str(agreeing.uuid))))
    assert f'action="{noting_url(agreeing)}"' in page
    assert 'data-key="n"' in page

    for _ in range(2):
        assert drafting.post(noting_url(agreeing)).status_code == 303

    assert outcomes() == [(agreeing.pk, "noted", "")]
    disposition = Disposition.objects.get()
    assert (disposition.decided_by, disposition.effect) == (drafter, "none")
    assert Act.objects.filter(code="decided", detail="noted").count() == 1
    after = markup(drafting.get(queue_url(comment=str(agreeing.uuid))))
    assert "รับทราบ" in after
    assert f'action="{noting_url(agreeing)}"' not in after


def test_keys_are_told_to_whom_they_serve(
    sign_in, facilitator, drafting, admin, comment
):
    def keys(client: Client) -> list[str]:
        page = markup(client.get(queue_url()))
        told = re.findall(r"<kbd>(\w)</kbd>", page[page.index("<footer") :])
        explained = re.findall(r"<kbd>(\w)</kbd>", page[page.index("<dialog") :])
        assert set(told) <= set(explained)
        return told

    assert keys(sign_in(facilitator)) == ["J", "K", "X", "S", "H", "A", "R"]
    assert keys(drafting) == ["J", "K", "X", "A", "N"]
    assert keys(sign_in(admin)) == ["J", "K", "X", "S", "H", "A", "N", "R"]


def test_others_have_no_button_and_need_their_words(drafting, comment):
    assert f'action="{noting_url(comment)}"' not in markup(
        drafting.get(queue_url(comment=str(comment.uuid)))
    )

    response = drafting.post(noting_url(comment))

    assert (response.status_code, outcomes()) == (422, [])
    assert "โปรดพิจารณาและระบุเหตุผล" in words_of(response)


def test_several_are_noted_at_once_or_none(
    drafting, session, entry, delegate, agreeing, comment
):
    second = factories.make_comment(session, entry, delegate, type="agree")
    url = reverse("queue-noting", args=["DIR"])

    refused = drafting.post(
        url, {"comment": uuids_of(agreeing, comment), "next": queue_url(type="agree")}
    )
    assert (refused.status_code, outcomes()) == (422, [])
    page = markup(refused)
    assert f"ความคิดเห็นเลขที่ {comment.pk} ไม่ใช่ “เห็นชอบ”" in words_of(refused)
    assert "กลับไปหน้าเดิม" not in page
    ticks = re.findall(
        r'<input type="checkbox"[^>]* value="([\w-]+)"[^>]* checked', page
    )
    assert ticks == [str(agreeing.uuid)]  # under the filter it came from
    assert [
        drafting.post(url, body).status_code for body in ({}, {"comment": "x"})
    ] == [422, 422]

    assert (
        drafting.post(url, {"comment": uuids_of(agreeing, second)}).status_code == 303
    )
    assert outcomes() == sorted([(agreeing.pk, "noted", ""), (second.pk, "noted", "")])


def test_every_comment_that_cannot_be_noted_is_named(
    drafting, session, entry, delegate, agreeing, comment, drafter
):
    asking = factories.make_comment(session, entry, delegate)
    decided = factories.make_comment(session, entry, delegate, type="agree")
    factories.make_disposition(decided, outcome="deferred", decided_by=drafter)
    withdrawn = factories.make_comment(
        session, entry, delegate, type="agree", visibility="held"
    )
    withdraw_comment(withdrawn, by=delegate)

    chosen = uuids_of(agreeing, comment, asking, decided, withdrawn)
    refused = drafting.post(reverse("queue-noting", args=["DIR"]), {"comment": chosen})

    said = words_of(refused)
    for words in (
        f"ความคิดเห็นเลขที่ {comment.pk}, {asking.pk} ไม่ใช่ “เห็นชอบ”",
        f"ความคิดเห็นเลขที่ {decided.pk} มีผลหรือคำขอทบทวนแล้ว",
        f"ความคิดเห็นเลขที่ {withdrawn.pk} ผู้เสนอถอนแล้ว",
        f"เลขที่ {agreeing.pk}",  # of its row
    ):
        assert words in said
    assert Disposition.objects.filter(outcome="noted").count() == 0

    # The one that was taken back while it was held says so, cannot be ticked, and waits for nobody
    assert re.search(rf'value="{withdrawn.uuid}"[^>]* disabled', markup(refused))
    assert "รอตรวจก่อนแสดง" not in row_of(refused, withdrawn)
    assert "ถอนแล้ว" in row_of(refused, withdrawn)
    assert listed(drafting.get(queue_url(state="held"))) == []


def row_of(response, comment: Comment) -> str:
    """The comment's row of the list, in markup."""
    page = markup(response)
    row = page[page.index(f'id="row-{comment.uuid}"') :]
    return row[: row.index("</li>")]


def test_what_is_decided_otherwise_is_not_noted(drafting, agreeing, drafter):
    factories.make_disposition(agreeing, outcome="deferred", decided_by=drafter)

    assert drafting.post(noting_url(agreeing)).status_code == 409

    assert [outcome for _, outcome, _ in outcomes()] == ["deferred"]


def test_noting_is_no_choice_of_the_ruling(drafting, agreeing):
    assert 'value="noted"' not in markup(
        drafting.get(reverse("comment-disposition", args=[agreeing.uuid]))
    )

    response = drafting.post(
        reverse("comment-disposition", args=[agreeing.uuid]), {"outcome": "noted"}
    )

    assert (response.status_code, outcomes()) == (422, [])


def test_author_reads_that_it_was_noted_once_it_is_published(
    drafting, sign_in, agreeing, delegate, hearing, dir_group, drafter
):
    drafting.post(noting_url(agreeing))
    publish_answers(hearing, dir_group, by=drafter)

    page = words_of(sign_in(delegate).get(reverse("comment", args=[agreeing.uuid])))

    assert "คณะทำงานรับทราบการเห็นชอบนี้แล้ว" in page
    assert "แจ้งผลแล้ว" in page
    # An answer like any other (product.md): open to one objection, and a release waits for its days
    assert "ขอให้ทบทวนได้ 1 ครั้ง ถึง" in page
    assert count_objectable_answers(delegate) == 1
    assert len(list(find_running_objection_times(Comment.objects.all()))) == 1
    object_to_answer(agreeing, "เห็นชอบเฉพาะข้อ ก. เท่านั้น", by=delegate)
    assert count_objectable_answers(delegate) == 0
    # It is considered anew with words: noting it again would say nothing to them
    assert drafting.post(noting_url(agreeing)).status_code == 409


@pytest.mark.parametrize(
    ("days", "why"), [(0, "ไม่เปิดให้ขอทบทวนผล"), (14, "พ้นกำหนดขอทบทวนแล้วเมื่อ")]
)
def test_author_reads_why_no_review_can_be_asked_for(
    sign_in, agreeing, delegate, hearing, dir_group, drafter, days, why
):
    until = timezone.now() + timedelta(days=days and -1)
    publication = factories.make_publication(
        hearing, dir_group, by=drafter, objections_until=until
    )
    if days:
        with without_triggers():
            AnswerPublication.objects.update(at=until - timedelta(days=days))
    factories.make_disposition(agreeing, outcome="noted", publication=publication)

    page = words_of(sign_in(delegate).get(reverse("comment", args=[agreeing.uuid])))

    assert why in page
    assert "ส่งคำขอทบทวน" not in page
    with pytest.raises(PublishingRefused, match=why):
        object_to_answer(agreeing, "เปลี่ยนใจ", by=delegate)


def test_who_typed_it_in_for_another_is_offered_no_review(
    sign_in, facilitator, session, entry, hearing, dir_group, drafter
):
    typed = factories.make_comment(
        session, entry, facilitator, recorded_by=facilitator, channel="room"
    )
    publication = factories.make_publication(hearing, dir_group, by=drafter)
    factories.make_disposition(typed, outcome="deferred", publication=publication)

    page = words_of(sign_in(facilitator).get(reverse("comment", args=[typed.uuid])))

    assert "ขอให้ทบทวนได้" not in page


def test_drafter_does_not_moderate(sign_in, drafter, comment):
    client = sign_in(drafter)

    single = client.post(
        reverse("comment-visibility", args=[comment.uuid]), {"visibility": "shown"}
    )
    many = client.post(
        reverse("queue-visibility", args=["DIR"]),
        {"comment": comment.uuid, "visibility": "shown"},
    )
    reclassed = client.post(
        reverse("comment-issue-class", args=[comment.uuid]),
        {"issue_class": "new", "reason": "x"},
    )

    assert [single.status_code, many.status_code, reclassed.status_code] == [
        403,
        403,
        403,
    ]
    assert Moderation.objects.count() == 1
    assert "แสดงที่เลือก" not in words_of(client.get(queue_url()))


# -- another class, advice ---------------------------------------------------------------------------


def test_reclassing_logs_its_reason(desk, comment, facilitator):
    url = reverse("comment-issue-class", args=[comment.uuid])

    response = desk.post(
        url, {"issue_class": "overlap", "reason": "งานเดียวกับกลุ่มนโยบายและแผน"}
    )

    row = Reclassing.objects.get()
    assert response.status_code == 303
    assert (row.issue_class, row.reason, row.by) == (
        "overlap",
        "งานเดียวกับกลุ่มนโยบายและแผน",
        facilitator,
    )


@pytest.mark.parametrize(
    "body",
    [
        {"issue_class": "overlap", "reason": ""},
        {"issue_class": "none", "reason": "เปลี่ยนเป็นสิ่งที่เป็นอยู่แล้ว"},
        {"issue_class": "ซับซ้อน", "reason": "ไม่มีในรายการ"},
        {"reason": "ไม่ได้เลือก"},
    ],
)
def test_refused_reclassing_keeps_what_was_typed(desk, comment, body):
    response = desk.post(reverse("comment-issue-class", args=[comment.uuid]), body)

    assert response.status_code == 422
    assert not Reclassing.objects.exists()
    assert body["reason"] in response.content.decode()


def test_class_that_another_facilitator_chose_meanwhile_is_told_before_it_is_replaced(
    desk, comment
):
    url = reverse("comment-issue-class", args=[comment.uuid])
    other = factories.make_facilitator(given_name="มานี", family_name="ตรวจก่อน")
    reclass_comment(comment, "overlap", by=other, reason="งานซ้ำกับกลุ่มอื่น")
    body = {"issue_class": "new", "reason": "เป็นเรื่องใหม่"}

    refused = desk.post(url, {**body, "seen_class": "none"})

    assert (refused.status_code, fresh(comment).issue_class) == (409, "overlap")
    assert "มานี ตรวจก่อน เปลี่ยนประเด็นของความคิดเห็นเลขที่" in words_of(refused)
    assert 'name="seen_class" value="overlap"' in refused.content.decode()
    assert (
        desk.post(url, {**body, "seen_class": "overlap"}).status_code,
        fresh(comment).issue_class,
    ) == (303, "new")


def test_facilitator_advises_from_the_queue(desk, comment, facilitator):
    url = reverse("comment-recommendation", args=[comment.uuid])

    refused = desk.post(url, {"reason": "ให้ระบบออกเลข", "next": queue_url()})
    assert refused.status_code == 422
    assert "ให้ระบบออกเลข" in words_of(refused)
    assert chosen(refused) == str(comment.uuid)

    done = desk.post(
        url, {"outcome": "accepted", "reason": "ให้ระบบออกเลข", "next": queue_url()}
    )

    assert done["Location"] == queue_url()
    assert list(Recommendation.objects.values_list("outcome", "reason", "by")) == [
        ("accepted", "ให้ระบบออกเลข", facilitator.pk)
    ]


def test_advice_from_a_page_that_is_out_of_date_is_told_what_another_proposed(
    desk, comment, facilitator, dir_group
):
    url = reverse("comment-recommendation", args=[comment.uuid])
    page = desk.get(queue_url(comment=comment.uuid)).content.decode()
    assert 'name="seen_recommendation" value="0"' in page
    colleague = factories.make_facilitator(given_name="มานี", family_name="ตรวจก่อน")
    other = factories.make_recommendation(comment, "not_accepted", by=colleague)
    mine = {"outcome": "accepted", "reason": "ให้ระบบออกเลข", "next": queue_url()}

    refused = desk.post(url, {**mine, "seen_recommendation": "0"})

    assert (refused.status_code, Recommendation.objects.count()) == (409, 1)
    assert "มานี ตรวจก่อน เสนอผล “ไม่เห็นชอบตามที่เสนอ”" in words_of(refused)
    assert "ให้ระบบออกเลข" in words_of(refused)
    seen = f'name="seen_recommendation" value="{other.pk}"'
    assert seen in refused.content.decode()
    # Who has read it proposes something else; pressed twice, it is one proposal
    for _ in range(2):
        sent = desk.post(url, {**mine, "seen_recommendation": str(other.pk)})
        assert sent.status_code == 303
    assert Recommendation.objects.count() == 2
    told = words_of(desk.get(queue_url(comment=comment.uuid)))
    newest = told.index(f"ผลที่เสนอ: เห็นชอบตามที่เสนอ โดย {facilitator.get_full_name()}")
    assert newest < told.index(
        f"ข้อเสนอก่อนหน้า: ไม่เห็นชอบตามที่เสนอ โดย {colleague.get_full_name()}"
    )


def test_expert_advises_from_a_page_of_its_own(sign_in, expert, comment):
    client = sign_in(expert)
    url = reverse("comment-recommendation", args=[comment.uuid])
    assert comment.text in words_of(client.get(url))

    refused = client.post(url, {"outcome": "withdrawn", "reason": "ลองเสนอถอน"})
    done = client.post(url, {"outcome": "deferred", "reason": ""})

    assert (refused.status_code, done.status_code) == (422, 303)
    assert done["Location"] == reverse("comment", args=[comment.uuid])
    assert list(Recommendation.objects.values_list("outcome", "by")) == [
        ("deferred", expert.pk)
    ]


def test_expert_reads_a_result_once_it_is_published(
    sign_in, expert, drafter, comment, dir_group
):
    factories.make_disposition(comment, outcome="deferred", decided_by=drafter)
    url = reverse("comment-recommendation", args=[comment.uuid])
    told = "ผลเดิม"
    assert told not in words_of(sign_in(expert).get(url))

    publish_answers(comment.session.hearing, dir_group, by=drafter)

    assert told in words_of(sign_in(expert).get(url))


def test_delegates_do_not_advise(sign_in, delegate, comment):
    response = sign_in(delegate).post(
        reverse("comment-recommendation", args=[comment.uuid]), {"outcome": "accepted"}
    )

    assert response.status_code == 403
    assert not Recommendation.objects.exists()


# -- sessions ----------------------------------------------------------------------------------------


@pytest.fixture
def room(hearing, edition, dir_group) -> HearingSession:
    factories.make_release(edition, "hearing")
    return factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )


def test_session_is_opened_paused_and_closed_with_reasons(desk, room, facilitator):
    url = reverse("session-state", args=[room.pk])

    for state, reason in (
        ("opened", ""),
        ("paused", "พักรับประทานอาหาร"),
        ("opened", ""),
        ("closed", "ครบทุกข้อ"),
    ):
        response = desk.post(
            url, {"state": state, "reason": reason, "is_confirmed": "on"}
        )
        assert (response.status_code, response["Location"]) == (
            303,
            reverse("session", args=[room.pk]),
        )

    assert list(room.states.order_by("pk").values_list("state", "reason", "by")) == [
        ("opened", "", facilitator.pk),
        ("paused", "พักรับประทานอาหาร", facilitator.pk),
        ("opened", "", facilitator.pk),
        ("closed", "ครบทุกข้อ", facilitator.pk),
    ]
    page = words_of(desk.get(reverse("session", args=[room.pk])))
    assert "พักรับประทานอาหาร" in page
    assert "นางวิภา วาจาสุภาพ" in page


def test_state_that_does_not_fit_comes_back_with_the_reason_typed(desk, room):
    closing = {"state": "closed", "reason": "ปิดก่อนเวลา", "is_confirmed": "on"}
    late = desk.post(reverse("session-state", args=[room.pk]), closing)
    wrong = desk.post(
        reverse("session-state", args=[room.pk]),
        {"state": "ended", "reason": "ปิดก่อนเวลา"},
    )

    assert (late.status_code, wrong.status_code) == (409, 422)
    assert "ปิดก่อนเวลา" in late.content.decode()
    assert "ปิดก่อนเวลา" in wrong.content.decode()
    assert not room.states.exists()


def test_clause_is_put_under_discussion_and_seen_in_the_queue(
    desk, room, entry, comment
):
    desk.post(reverse("session-state", args=[room.pk]), {"state": "opened"})
    url = reverse("session-discussion", args=[room.pk])

    desk.post(url, {"entry": entry.pk})

    page = desk.get(queue_url())
    assert "กำลังอภิปราย" in words_of(page)
    assert f"{queue_url()}?clause={entry.pk}" in page.content.decode()
    assert "ข้อ\u00a05.3" in words_of(page)  # the clause after it

    desk.post(url, {"entry": ""})
    assert list(Discussion.objects.values_list("entry", flat=True)) == [entry.pk, None]


@pytest.mark.parametrize("wanted", ["9999999", "x", "\x00", "99999999999999999999999"])
def test_unknown_clause_is_not_put_under_discussion(desk, room, wanted):
    response = desk.post(
        reverse("session-discussion", args=[room.pk]), {"entry": wanted}
    )

    assert response.status_code == 409
    assert not Discussion.objects.exists()


def test_only_who_runs_the_session_controls_it(
    sign_in, room, entry, drafter, delegate, stranger, admin
):
    for person, status in (
        (drafter, 403),
        (delegate, 403),
        (stranger, 403),
        (factories.make_user(), 404),
    ):
        client = sign_in(person)
        assert client.get(reverse("session", args=[room.pk])).status_code == status
        assert (
            client.post(
                reverse("session-state", args=[room.pk]), {"state": "opened"}
            ).status_code
            == status
        )
        assert (
            client.post(
                reverse("session-discussion", args=[room.pk]), {"entry": entry.pk}
            ).status_code
            == status
        )
    assert not room.states.exists()

    assert (
        sign_in(admin)
        .post(reverse("session-state", args=[room.pk]), {"state": "opened"})
        .status_code
        == 303
    )


def test_plenary_is_run_by_admins_and_offers_every_manual(
    sign_in, hearing, edition, entry, facilitator, admin
):
    plenary = factories.make_session(edition, hearing=hearing, kind="plenary")

    assert (
        sign_in(facilitator).get(reverse("session", args=[plenary.pk])).status_code
        == 403
    )
    assert "การรับหนังสือราชการ" in words_of(
        sign_in(admin).get(reverse("session", args=[plenary.pk]))
    )


def test_session_page_costs_the_same_for_one_act_and_three(
    desk, room, facilitator, assert_same_queries
):
    factories.make_session_state(room, "opened", by=facilitator)

    def add() -> None:
        factories.make_session_state(room, "paused", by=facilitator)
        factories.make_session_state(room, "opened", by=facilitator)

    assert_same_queries(11, lambda: desk.get(reverse("session", args=[room.pk])), add)


# -- for a speaker -----------------------------------------------------------------------------------


@pytest.fixture
def open_room(room, facilitator) -> HearingSession:
    return factories.open_session(room, by=facilitator)


def spoken(entry, **values) -> dict[str, object]:
    return {
        "client_key": str(uuids.uuid4()),
        "entry": entry.pk,
        "type": "ask",
        "text": "หนังสือด่วนนอกเวลาราชการให้แจ้งทางใด",
        "office": "สพป.ลำปาง เขต 1",
        "channel": "room",
        **values,
    }


def test_words_of_a_speaker_are_typed_in_and_marked_so(
    desk, open_room, entry, lampang, facilitator
):
    url = reverse("session-speakers", args=[open_room.pk])

    response = desk.post(url, spoken(entry, show="on"))

    comment = Comment.objects.get()
    location = response["Location"].partition("&key=")[0]  # of the next words
    assert (response.status_code, location) == (
        303,
        f"{url}?entry={entry.pk}",
    )
    assert (comment.channel, comment.recorded_by, comment.author) == (
        "room",
        facilitator,
        facilitator,
    )
    assert (comment.office, comment.office_kind, comment.role) == (
        lampang,
        "primary",
        "delegate",
    )
    assert comment.visibility == "shown"
    assert comment.triaged_at is not None


def test_without_the_tick_a_room_comment_waits_to_be_shown(
    desk, open_room, entry, lampang
):
    desk.post(
        reverse("session-speakers", args=[open_room.pk]), spoken(entry, channel="paper")
    )

    comment = Comment.objects.get()
    assert (comment.visibility, comment.channel, comment.triaged_at) == (
        "held",
        "paper",
        None,
    )


def test_proposal_of_a_speaker_is_taken_with_it(desk, open_room, entry, lampang):
    words = "ตรวจสอบความครบถ้วนของหนังสือ สิ่งที่ส่งมาด้วย และชั้นความเร็ว"

    desk.post(
        reverse("session-speakers", args=[open_room.pk]),
        spoken(entry, type="amend", **{"words-text": words}),
    )

    assert Comment.objects.get().amendments.get().proposed["body"] == words


def test_delegate_with_an_account_owns_what_was_typed(
    desk, sign_in, open_room, entry, delegate
):
    desk.post(
        reverse("session-speakers", args=[open_room.pk]),
        spoken(entry, speaker="somsri"),
    )

    assert Comment.objects.get().author == delegate


@pytest.mark.parametrize("speaker", ["piti", "prayoon", "nobody", "ก" * 100, "a\x00b"])
def test_word_is_put_into_nobody_elses_mouth(
    desk, open_room, entry, lampang, stranger, drafter, speaker
):
    response = desk.post(
        reverse("session-speakers", args=[open_room.pk]), spoken(entry, speaker=speaker)
    )

    assert response.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"office": ""},
        {"office": "สพป.ไม่มีจริง เขต 9"},
        {"office": "\x00"},
        {"channel": "web"},
        {"text": ""},
        {"type": ""},
    ],
)
def test_incomplete_form_comes_back_with_its_words(
    desk, open_room, entry, lampang, wrong
):
    body = spoken(entry, **wrong)

    response = desk.post(reverse("session-speakers", args=[open_room.pk]), body)

    assert response.status_code == 422
    assert not Comment.objects.exists()
    assert body["text"] in words_of(response)


def test_what_is_typed_for_a_speaker_is_stored_and_shown_in_one_act(
    desk, open_room, entry, lampang
):
    """Where showing fails, nothing is left that the next attempt would take for done."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION break_showing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'the disk is full'; END $$;"
            " CREATE TRIGGER break_showing BEFORE INSERT ON comments_moderation FOR EACH ROW"
            " WHEN (NEW.visibility = 'shown') EXECUTE FUNCTION break_showing()"
        )
    url, body = (
        reverse("session-speakers", args=[open_room.pk]),
        spoken(entry, show="on"),
    )
    with pytest.raises(DatabaseError, match="the disk is full"):
        desk.post(url, body)
    assert not Comment.objects.exists()

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; DROP TRIGGER break_showing ON comments_moderation;"
            " SET CONSTRAINTS ALL DEFERRED"
        )
    desk.post(url, body)
    assert Comment.objects.get().visibility == "shown"


def test_sending_twice_stores_once_and_another_body_is_refused(
    desk, open_room, entry, lampang
):
    url, body = (
        reverse("session-speakers", args=[open_room.pk]),
        spoken(entry, show="on"),
    )

    assert [desk.post(url, body).status_code for _ in range(2)] == [303, 303]
    other = desk.post(url, {**body, "text": "ถามเรื่องอื่นด้วยรหัสเดิม"})

    assert Comment.objects.count() == 1
    assert other.status_code == 422
    assert "ถามเรื่องอื่นด้วยรหัสเดิม" in words_of(other)


def test_closed_room_keeps_what_was_typed(desk, open_room, entry, lampang, facilitator):
    close_session(open_room, by=facilitator, reason="หมดเวลา")

    response = desk.post(
        reverse("session-speakers", args=[open_room.pk]), spoken(entry)
    )

    assert response.status_code == 409
    assert "หนังสือด่วนนอกเวลาราชการให้แจ้งทางใด" in words_of(response)
    assert not Comment.objects.exists()


def test_form_starts_at_the_clause_under_discussion(
    desk, open_room, entry, facilitator
):
    url = reverse("session-speakers", args=[open_room.pk])
    assert "โปรดเลือกข้อ" in words_of(desk.get(url))

    factories.make_discussion(open_room, entry, by=facilitator)

    assert f'name="entry" value="{entry.pk}"' in desk.get(url).content.decode()
    assert desk.get(f"{url}?entry=9999999").status_code == 404


def test_admin_opens_sessions_but_speaks_for_nobody(
    sign_in, admin, open_room, entry, lampang
):
    response = sign_in(admin).post(
        reverse("session-speakers", args=[open_room.pk]), spoken(entry)
    )

    assert response.status_code == 403
    assert not Comment.objects.exists()


# -- history -----------------------------------------------------------------------------------------


def test_history_tells_who_when_and_why(
    desk, sign_in, comment, delegate, facilitator, second_drafter
):
    edit_comment(
        comment,
        CommentInput("amend", "ข้อความที่แก้แล้ว"),
        by=delegate,
        session=comment.session,
    )
    hide_comment(comment, by=facilitator, reason="มีชื่อบุคคล")
    factories.make_reclassing(comment, by=facilitator)
    factories.make_recommendation(comment, by=facilitator, reason="ระเบียบกำหนดไว้แล้ว")
    factories.make_disposition(comment, decided_by=second_drafter)

    page = words_of(desk.get(reverse("comment-history", args=[comment.uuid])))

    places = [
        page.index(words)
        for words in (
            "แสดงความคิดเห็น",
            "แก้ไขข้อความ",
            "มีชื่อบุคคล",
            "เปลี่ยนประเด็นจาก ไม่ระบุประเด็น เป็น ทับซ้อน/ซ้ำซ้อน",
            "เสนอผล “เห็นชอบตามที่เสนอ”",
            "บันทึกผลการพิจารณา “ไม่เห็นชอบตามที่เสนอ”",
        )
    ]
    assert places == sorted(places)
    assert comment.text in page  # the words before the edit
    assert "นางวิภา วาจาสุภาพ" in page
    assert second_drafter.get_full_name() in page


def test_what_happened_at_one_moment_stands_in_the_order_of_a_comment(
    desk, comment, drafter, second_drafter
):
    """As where several acts are one, or a clock is coarse."""
    said_at = comment.history.get().history_date
    factories.make_disposition(comment, decided_by=drafter)
    with without_triggers():
        Disposition.objects.update(
            decided_at=said_at, confirmed_by=second_drafter, confirmed_at=said_at
        )

    page = words_of(desk.get(reverse("comment-history", args=[comment.uuid])))

    events = ("แสดงความคิดเห็น", "บันทึกผลการพิจารณา “", "ยืนยันผลโดยผู้ยืนยันคนที่สอง")
    places = [page.index(words) for words in events]
    assert places == sorted(places)


def test_history_tells_of_withdrawing(desk, comment, delegate):
    withdraw_comment(comment, by=delegate)

    assert "ถอนความคิดเห็น" in words_of(
        desk.get(reverse("comment-history", args=[comment.uuid]))
    )


def test_names_in_the_history_follow_the_rights(
    sign_in, comment, facilitator, drafter, admin
):
    url = reverse("comment-history", args=[comment.uuid])
    pages = {
        person: words_of(sign_in(person).get(url))
        for person in (facilitator, drafter, admin)
    }

    assert "สมศรี" in pages[facilitator]
    assert "สมศรี" not in pages[drafter]
    assert "สพป.ลำปาง เขต 1" in pages[drafter]
    assert "สมศรี" not in pages[admin]


def test_admins_look_at_a_name_is_written_down(sign_in, comment, admin, facilitator):
    url = reverse("comment-author", args=[comment.uuid])
    assert sign_in(facilitator).post(url).status_code == 403
    looks = Act.objects.filter(code="author-revealed")
    assert not looks.exists()

    page = words_of(sign_in(admin).post(url))

    assert "นางสมศรี ใจดี" in page
    assert list(looks.values_list("by", "subject", "subject_key")) == [
        (admin.pk, "comment", str(comment.uuid))
    ]


def test_history_costs_the_same_for_one_act_and_three(
    desk, comment, facilitator, assert_same_queries
):
    factories.make_recommendation(comment, by=facilitator)

    def add() -> None:
        for outcome in ("deferred", "not_accepted"):
            factories.make_recommendation(comment, outcome, by=facilitator)
        factories.make_moderation(comment, "hidden", by=facilitator)
        factories.make_reclassing(comment, by=facilitator)

    assert_same_queries(
        19, lambda: desk.get(reverse("comment-history", args=[comment.uuid])), add
    )


# -- places in a later edition -----------------------------------------------------------------------


@pytest.fixture
def lost(comment, clause, process, admin) -> AnchorResolution:
    factories.make_lineage(clause, factories.clause_at(process, "5.1"), "replaced")
    return factories.make_resolution(
        comment, factories.make_edition("LATER", by=admin, kind="revised")
    )


def test_unplaced_comment_is_placed_by_a_person(
    desk, lost, comment, process, facilitator
):
    url = reverse("group-unplaced", args=["DIR"])
    heir = factories.entry_of(lost.edition, factories.clause_at(process, "5.1"))
    page = desk.get(url).content.decode()
    assert (
        page.index("ข้อที่มาจากข้อเดิม")
        < page.index(f'<option value="{heir.pk}"')
        < page.index("ข้ออื่นในกระบวนงาน")
    )
    assert "ระบุข้อของความคิดเห็น 1 เรื่อง" in words_of(desk.get(queue_url()))

    response = desk.post(url, {"resolution": lost.pk, "entry": heir.pk})

    lost.refresh_from_db()
    assert response.status_code == 303
    assert (lost.state, lost.entry, lost.decided_by) == ("moved", heir, facilitator)
    assert "ความคิดเห็นทุกเรื่องระบุข้อ" in words_of(desk.get(url))


def test_comment_may_have_no_place_any_more(desk, lost):
    desk.post(
        reverse("group-unplaced", args=["DIR"]),
        {"resolution": lost.pk, "entry": "gone"},
    )

    lost.refresh_from_db()
    assert (lost.state, lost.entry) == ("retired", None)


@pytest.mark.parametrize("wanted", ["", "99999999", "x", "-1", "99999999999999999999"])
def test_wrong_place_is_refused(desk, lost, wanted):
    response = desk.post(
        reverse("group-unplaced", args=["DIR"]),
        {"resolution": lost.pk, "entry": wanted},
    )

    lost.refresh_from_db()
    assert (response.status_code, lost.state) == (422, "unplaced")


def test_placing_is_the_facilitators(sign_in, drafter, lost):
    url = reverse("group-unplaced", args=["DIR"])

    assert (
        sign_in(drafter).post(url, {"resolution": lost.pk, "entry": "gone"}).status_code
        == 403
    )
    lost.refresh_from_db()
    assert lost.state == "unplaced"


def test_unplaced_page_costs_the_same_for_one_and_three(
    desk, lost, session, entry, delegate, assert_same_queries
):
    def add() -> None:
        for _ in range(2):
            factories.make_resolution(
                factories.make_comment(session, entry, delegate), lost.edition
            )

    assert_same_queries(
        9, lambda: desk.get(reverse("group-unplaced", args=["DIR"])), add
    )


# -- forms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["facilitator", "drafter", "admin"])
def test_every_form_carries_its_token(request, sign_in, comment, session, person):
    """The browsers of these tests ask for none; a real one does."""
    factories.make_amendment(comment)
    client = sign_in(request.getfixturevalue(person))
    names = ["comment-history", "comment-disposition", "comment-adoption"]
    urls = [
        queue_url(),
        reverse("group-answers", args=["DIR"]),
        reverse("session", args=[session.pk]),
    ]
    urls += [reverse(name, args=[comment.uuid]) for name in names]

    pages = [
        response.content.decode()
        for url in urls
        if (response := client.get(url)).status_code == 200
    ]

    forms = [
        form
        for page in pages
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    ]
    assert len(forms) > 12
    # The switches of how one reads stand in pages kept for everybody; see docs/decisions/0075
    acts = [form for form in forms if 'action="/reader/' not in form]
    assert [form[:80] for form in acts if "csrfmiddlewaretoken" not in form] == []


def test_words_under_a_comment_say_the_number_that_a_reference_leads_to(
    sign_in, facilitator, process, drafter, admin, hearing, dir_group, delegate
):
    target = factories.clause_at(process, "5.1")
    reference = write_reference(str(target.uuid))
    own = factories.make_clause(process, Text(body=f"ตาม{reference} ทุกวัน"), by=drafter)
    edition = factories.make_edition(by=admin)
    made = factories.make_session(edition, dir_group, hearing=hearing)
    session = factories.open_session(made, by=facilitator)
    comment = factories.make_comment(
        session, factories.entry_of(edition, own), delegate
    )
    client = sign_in(facilitator)
    pages = [
        client.get(queue_url(comment=str(comment.uuid))),
        client.get(reverse("session", args=[session.pk])),
        sign_in(drafter).get(reverse("comment-disposition", args=[comment.uuid])),
    ]
    for page in map(markup, pages):
        assert "ตามข้อ 5.1 ทุกวัน" in page
        assert "\ufffc" not in page
    proposing = factories.make_comment(
        session, factories.entry_of(edition, own), delegate
    )
    factories.make_amendment(proposing, Text(body=f"ตาม{reference} ทุกวันทำการ"))
    for page in (
        client.get(queue_url(comment=str(proposing.uuid))),
        sign_in(drafter).get(reverse("comment-adoption", args=[proposing.uuid])),
        sign_in(delegate).get(reverse("comment", args=[proposing.uuid])),
    ):
        assert "ตามข้อ 5.1 " in markup(page)
        assert "\ufffc" not in markup(page)
