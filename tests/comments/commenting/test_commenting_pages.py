"""The pages of commenting: who sees what, what a send answers, what comes back, and how many queries it costs."""

import html
import re
import uuid as uuids
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments.citations import cite_entry
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.models import Amendment, Comment, Objection, Support
from comments.moderating.services import hide_comment, show_comment
from hearing_portal.acts import pace
from hearing_portal.thai import words as thai_words
from hearing_portal.thai.markup import write_reference
from manuals.content import Step, Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, EditionEntry, Manual
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.usefixtures("released")

SAID = "ขอเพิ่มการตรวจชั้นความเร็ว"


def _body(**values) -> dict[str, str]:
    return {"client_key": str(uuids.uuid4()), "type": "ask", "text": SAID, **values}


def _comments_url(entry) -> str:
    return reverse("entry-comments", args=[entry.pk])


def _text(response) -> str:
    """What the page says, without tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


# -- sending


def test_sending_stores_and_leads_to_the_comment(session, entry, delegate, sign_in):
    words = {
        "words-text": "ตรวจสอบความครบถ้วนของหนังสือ สิ่งที่ส่งมาด้วย และชั้นความเร็ว",
        "issue_class": "complex",
    }
    words |= {
        "issue-complex-step": "การตรวจ",
        "issue-complex-steps_now": "๕",
        "issue-overlap-group": "ไม่เกี่ยว",
    }

    response = sign_in(delegate).post(
        _comments_url(entry), _body(type="amend", **words)
    )

    comment = Comment.objects.get()
    assert (response.status_code, response["Location"]) == (
        303,
        reverse("comment", args=[comment.uuid]),
    )
    assert (comment.type, comment.text, comment.author, comment.entry) == (
        "amend",
        SAID,
        delegate,
        entry,
    )
    assert (comment.issue_class, comment.issue_data) == (
        "complex",
        {"step": "การตรวจ", "steps_now": 5},
    )
    assert comment.amendments.get().proposed == Text(body=words["words-text"]).as_json()


def test_sending_costs_few_queries(session, entry, delegate, sign_in):
    client = sign_in(delegate)
    body = _body(type="amend", **{"words-text": "ตรวจสอบความครบถ้วนของหนังสือ"})

    with CaptureQueriesContext(connection) as captured:
        client.post(_comments_url(entry), body)

    assert Comment.objects.count() == 1
    assert len(captured) == 20, "\n".join(query["sql"] for query in captured)


def test_replay_answers_as_the_first_time(session, entry, delegate, sign_in):
    client, body = sign_in(delegate), _body()

    first, again = (
        client.post(_comments_url(entry), body),
        client.post(_comments_url(entry), body),
    )

    assert (first.status_code, again.status_code) == (303, 303)
    assert again["Location"] == first["Location"]
    assert Comment.objects.count() == 1


def test_altered_replay_comes_back_with_its_text_and_a_new_key(
    session, entry, delegate, sign_in
):
    client, body = sign_in(delegate), _body()
    client.post(_comments_url(entry), body)

    response = client.post(_comments_url(entry), body | {"text": "ข้อความที่แก้แล้ว"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "ข้อความที่แก้แล้ว" in page
    assert "หากส่งอีกครั้งจะเป็นความคิดเห็นใหม่" in page
    assert reverse("comment", args=[Comment.objects.get().uuid]) in page
    assert body["client_key"] not in page
    assert Comment.objects.count() == 1


def test_htmx_gets_the_acknowledgement_with_its_key(session, entry, delegate, sign_in):
    body = _body()

    response = sign_in(delegate).post(
        _comments_url(entry), body, headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert f'data-client-key="{body["client_key"]}"' in response.content.decode()
    assert "ได้รับความคิดเห็นของท่านแล้ว" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_what_the_text_policy_changed_is_said_once(session, entry, delegate, sign_in):
    client, body = sign_in(delegate), _body(text="น\u0e49\u0e33\u200eใส เเก้")

    first = client.post(_comments_url(entry), body, follow=True)
    again = client.post(_comments_url(entry), body, follow=True)

    assert "ปรับรูปอักขระ 2 แห่ง" in first.content.decode()
    assert "ปรับรูปอักขระ" not in again.content.decode()
    assert Comment.objects.get().text == "น้ำใส แก้"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"type": "amend", "words-text": "ตรวจตาม⟦1⟧"}, "words-text"),
        ({"type": "amend", "words-text": "ตรวจ⟦หนา⟧ทุกวัน"}, "words-text"),
        ({"type": "add", "new-text": "แจ้งตาม⟦2"}, "new-text"),
    ],
)
def test_marks_that_are_no_references_are_not_proposed(
    session, entry, delegate, sign_in, sent, field
):
    answer = sign_in(delegate).post(_comments_url(entry), _body(**sent))
    assert answer.status_code == 422
    assert sent[field] in answer.content.decode()
    assert "โปรดลบออก" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_incomplete_form_comes_back_filled(session, entry, delegate, sign_in):
    words = "ถ้อยคำที่ตั้งใจเสนอ"
    response = sign_in(delegate).post(
        _comments_url(entry), _body(type="amend", text=" ", **{"words-text": words})
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "โปรดเขียนความคิดเห็น หรือเหตุผลของข้อเสนอ" in page
    assert words in page
    assert 'value="amend" checked' in page
    assert Comment.objects.count() == 0


TEXT_IS_KEPT = "ข้อความของท่านยังอยู่ครบ"


@pytest.mark.parametrize(
    ("typed", "is_kept"),
    [
        ({"text": ""}, False),
        ({"text": " \r\n "}, False),
        (
            {"text": "", "words-text": "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"},
            False,
        ),  # as the clause has it
        ({"text": "", "words-text": "ถ้อยคำที่ตั้งใจเสนอ"}, True),
        ({"text": "", "client_key": ""}, False),
        ({"text": SAID, "client_key": ""}, True),
    ],
)
def test_refusal_says_that_words_are_kept_where_there_are_some(
    session, entry, delegate, sign_in, typed, is_kept
):
    response = sign_in(delegate).post(
        _comments_url(entry), _body(type="amend", **typed)
    )

    assert response.status_code == 422
    assert (TEXT_IS_KEPT in _text(response)) == is_kept


@pytest.mark.parametrize(
    ("typed", "is_kept"),
    [({"type": "agree", "text": ""}, False), ({"type": "ask"}, True)],
)
def test_closed_session_says_that_words_are_kept_where_there_are_some(
    session, entry, delegate, facilitator, sign_in, typed, is_kept
):
    factories.make_session_state(session, "closed", by=facilitator, reason="ครบเวลา")

    response = sign_in(delegate).post(_comments_url(entry), _body(**typed))

    assert response.status_code == 409
    assert (TEXT_IS_KEPT in _text(response)) == is_kept


def test_agreement_needs_no_words(session, entry, delegate, sign_in):
    sign_in(delegate).post(_comments_url(entry), _body(type="agree", text=""))

    assert list(Comment.objects.values_list("type", "text")) == [("agree", "เห็นชอบ")]


@pytest.mark.parametrize(
    ("kind", "field", "advice"),
    [
        ("ask", "words-text", "โปรดเลือก “ขอแก้ไข”"),
        ("amend", "new-text", "โปรดเลือก “ขอเพิ่ม”"),
    ],
)
def test_words_typed_under_another_type_are_not_dropped(
    session, entry, delegate, sign_in, kind, field, advice
):
    response = sign_in(delegate).post(
        _comments_url(entry), _body(type=kind, **{field: "ถ้อยคำที่พิมพ์ไว้"})
    )

    assert response.status_code == 422
    assert advice in response.content.decode()
    assert "ถ้อยคำที่พิมพ์ไว้" in response.content.decode()
    assert Comment.objects.count() == 0


def test_unchanged_words_are_no_proposal(session, entry, delegate, sign_in):
    sign_in(delegate).post(
        _comments_url(entry), _body(type="amend", **{"words-text": entry.blob.plain})
    )

    assert Comment.objects.get().amendments.count() == 0


def test_insertion_becomes_a_clause_of_the_same_kind(
    session, edition, process, delegate, sign_in
):
    step = factories.entry_of(edition, factories.clause_at(process, "1", part=9))
    body = _body(
        type="add", **{"new-text": "ลงลายมือชื่ออิเล็กทรอนิกส์", "new-actor": "ผู้อำนวยการกลุ่ม"}
    )

    sign_in(delegate).post(_comments_url(step), body)

    proposed = Comment.objects.get().amendments.get().proposed
    assert (proposed["kind"], proposed["body"]) == ("step", "ลงลายมือชื่ออิเล็กทรอนิกส์")
    assert proposed["data"] == {"actor": "ผู้อำนวยการกลุ่ม", "shape": "task"}


def test_marked_span_is_stored_with_its_quote(session, entry, delegate, sign_in):
    sign_in(delegate).post(
        _comments_url(entry), _body(field="text", span_start="0", span_end="8")
    )

    comment = Comment.objects.get()
    assert (comment.field, comment.span_start, comment.span_end, comment.quote) == (
        "text",
        0,
        8,
        "ตรวจสอบค",
    )


def test_person_of_two_offices_chooses(
    session, entry, delegate, dir_group, chonburi, sign_in
):
    factories.make_role(delegate, "delegate", group=dir_group, office=chonburi)
    client = sign_in(delegate)

    assert (
        'name="capacity"'
        in client.get(reverse("comment-new", args=[entry.pk])).content.decode()
    )
    client.post(_comments_url(entry), _body(capacity=chonburi.key))

    assert Comment.objects.get().office == chonburi


def test_form_without_token_stores_nothing(session, entry, delegate, sign_in):
    client = sign_in(delegate, enforce_csrf_checks=True)

    response = client.post(_comments_url(entry), _body())

    assert response.status_code == 403
    assert SAID in response.content.decode()
    assert Comment.objects.count() == 0


# -- the session


def test_session_closing_while_typing_keeps_the_text(
    session, entry, delegate, facilitator, sign_in
):
    factories.make_session_state(session, "closed", by=facilitator, reason="ครบเวลา")

    response = sign_in(delegate).post(_comments_url(entry), _body())

    page = response.content.decode()
    assert response.status_code == 409
    assert "เวทีปิดแล้วเมื่อ" in page
    assert "เหตุผล: ครบเวลา" in page
    assert SAID in page
    assert Comment.objects.count() == 0


def test_reason_of_a_pause_stands_once_under_the_bar(
    session, entry, delegate, facilitator, sign_in
):
    factories.make_session_state(session, "paused", by=facilitator, reason="พักกลางวัน")
    page = " ".join(
        sign_in(delegate).get(_comments_url(entry)).content.decode().split()
    )
    bar, why = page.split('id="session-why"')
    assert '<span class="u-desk"> · พักกลางวัน</span>' in bar
    assert '<span class="u-phone">เหตุผล: พักกลางวัน</span>' in why


@pytest.mark.parametrize(("who", "counts"), [("delegate", True), ("expert", False)])
def test_supporting_counts_only_for_who_speaks_for_an_office(
    request, session, entry, secondary_delegate, sign_in, who, counts
):
    factories.make_comment(session, entry, secondary_delegate)
    client = sign_in(request.getfixturevalue(who))
    for address in (reverse("comment-new", args=[entry.pk]), reverse("guide")):
        assert ("นับ สพท. ของท่าน" in client.get(address).content.decode()) is counts


def test_closed_session_says_why_on_the_composer(
    session, entry, delegate, facilitator, sign_in
):
    factories.make_session_state(session, "paused", by=facilitator, reason="พักกลางวัน")

    response = sign_in(delegate).get(reverse("comment-new", args=[entry.pk]))

    page = response.content.decode()
    assert response.status_code == 200
    assert "เหตุผล: พักกลางวัน" in page
    assert "composer__send" in page
    assert "disabled" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "ส่งได้เมื่อเวทีเปิด โดยผู้ดำเนินเวทีเป็นผู้เปิด"),
        (-1, "เมื่อผู้ดูแลระบบเปลี่ยนวันสิ้นสุดของการประชาพิจารณ์แล้วเท่านั้น"),
    ],
)
def test_refusal_of_a_closed_session_says_who_can_open_it(
    session, hearing, entry, delegate, facilitator, sign_in, days, words
):
    factories.make_session_state(session, "paused", by=facilitator)
    hearing.opens_on = hearing.closes_on = timezone.localdate() + timedelta(days=days)
    hearing.save()

    page = sign_in(delegate).post(_comments_url(entry), _body()).content.decode()

    assert words in page
    assert "บันทึกแทน" not in page


def test_open_plenary_takes_what_the_closed_group_session_does_not(
    session, hearing, edition, entry, delegate, facilitator, sign_in
):
    factories.make_session_state(session, "closed", by=facilitator)
    plenary = factories.open_session(
        factories.make_session(edition, hearing=hearing, kind="plenary")
    )

    response = sign_in(delegate).post(_comments_url(entry), _body())

    assert response.status_code == 303
    assert Comment.objects.get().session == plenary


AT_ONCE = "ส่งเข้าเวทีออนไลน์ ผู้อื่นเห็นทันทีเมื่อส่ง"
LOOKED_AT_FIRST = "ส่งเข้าเวทีห้องประชุมกลุ่ม ผู้ดำเนินเวทีตรวจก่อน ผู้อื่นจึงเห็น"


@pytest.fixture
def room(session, hearing, edition, dir_group, facilitator):
    """The group's hall, open beside its online session."""
    made = factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    return factories.open_session(made, by=facilitator)


def _told_session(page: str) -> str:
    """Which session the form says it sends to."""
    found = re.search(r'name="session" value="(\d+)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("place", ["composer", "list", "reply"])
def test_form_says_before_sending_where_words_go_and_who_sees_them(
    request, session, entry, comment, secondary_delegate, sign_in, place
):
    client = sign_in(secondary_delegate)
    addresses = {
        "composer": reverse("comment-new", args=[entry.pk]),
        "list": _comments_url(entry),
        "reply": reverse("comment", args=[comment.uuid]),
    }

    page = client.get(addresses[place]).content.decode()
    assert AT_ONCE in page
    assert _told_session(page) == str(session.pk)

    room = request.getfixturevalue("room")
    page = client.get(addresses[place]).content.decode()
    assert LOOKED_AT_FIRST in page
    assert AT_ONCE not in page
    assert _told_session(page) == str(room.pk)


def test_hearing_that_looks_first_says_so_of_its_online_session(
    session, hearing, entry, delegate, sign_in
):
    hearing.moderation = "held"
    hearing.save()

    page = (
        sign_in(delegate).get(reverse("comment-new", args=[entry.pk])).content.decode()
    )

    assert "ส่งเข้าเวทีออนไลน์ ผู้ดำเนินเวทีตรวจก่อน ผู้อื่นจึงเห็น" in page


def test_comment_goes_where_its_page_said(session, entry, delegate, room, sign_in):
    """The hall opened after the page of the online session was read."""
    client = sign_in(delegate)

    client.post(_comments_url(entry), _body(session=str(session.pk)))

    stored = Comment.objects.with_visibility().get()
    assert (stored.session, stored.visibility_now) == (session, "shown")


def test_comment_of_a_page_whose_session_closed_goes_to_the_open_one(
    session, entry, delegate, facilitator, room, sign_in
):
    factories.make_session_state(session, "closed", by=facilitator)

    sign_in(delegate).post(_comments_url(entry), _body(session=str(session.pk)))

    assert Comment.objects.get().session == room


def test_comment_goes_to_the_plenary_its_page_told_of(
    session, hearing, edition, entry, delegate, facilitator, sign_in
):
    plenary = factories.make_session(edition, hearing=hearing, kind="plenary")
    factories.open_session(plenary, by=facilitator)

    sign_in(delegate).post(_comments_url(entry), _body(session=str(plenary.pk)))

    assert Comment.objects.get().session == plenary


def test_older_edition_takes_no_comment_while_a_later_round_is_open(
    session, hearing, entry, delegate, facilitator, admin, sign_in
):
    factories.make_session_state(session, "closed", by=facilitator)
    later = factories.make_edition("ROUND-2", by=admin)
    factories.open_session(
        factories.make_session(later, session.work_group, hearing=hearing)
    )

    response = sign_in(delegate).post(_comments_url(entry), _body())

    assert response.status_code == 422
    assert "ฉบับอื่น" in response.content.decode()
    assert SAID in response.content.decode()


# -- who


def test_stranger_to_the_group_reads_but_may_not_write(
    session, entry, comment, stranger, sign_in
):
    client = sign_in(stranger)

    page = client.get(_comments_url(entry))

    assert comment.text in page.content.decode()
    assert "จึงอ่านได้ แต่แสดงความคิดเห็นหรือสนับสนุนไม่ได้" in page.content.decode()
    assert client.get(reverse("comment-new", args=[entry.pk])).status_code == 403
    refused = client.post(_comments_url(entry), _body())
    assert refused.status_code == 403
    assert SAID in refused.content.decode()
    assert Comment.objects.count() == 1


def test_foreword_says_whose_it_is_to_speak_about(
    session, edition, admin, delegate, office_head, sign_in
):
    book = Manual.objects.create(key="BOOK", title="คู่มือทั้งเล่ม")
    later = factories.make_edition("LATER-2565", by=admin)
    factories.make_release(later, "hearing", by=admin)
    entry = later.entries.get(manual=book, kind="manual")
    new = reverse("comment-new", args=[entry.pk])

    refused = sign_in(delegate).get(new)
    read = sign_in(delegate).get(_comments_url(entry))

    assert (refused.status_code, read.status_code) == (403, 200)
    for page in (refused, read):
        assert "เป็นของทั้งเล่ม" in _text(page)
        assert "กลุ่มงานนี้" not in _text(page)
    assert sign_in(office_head).get(new).status_code == 200


def test_facilitator_is_led_to_the_speakers_form(session, entry, facilitator, sign_in):
    response = sign_in(facilitator).get(reverse("comment-new", args=[entry.pk]))

    assert response.status_code == 302
    assert (
        response["Location"]
        == f"{reverse('session-speakers', args=[session.pk])}?entry={entry.pk}"
    )


def test_anonymous_reader_is_asked_to_sign_in(
    session, entry, comment, edition, admin, client
):
    factories.make_release(edition, "public", by=admin)

    assert client.get(_comments_url(entry))["Location"].startswith(reverse("sign-in"))
    posted = client.post(_comments_url(entry), _body())
    assert posted.status_code == 401
    assert SAID in posted.content.decode()
    assert Comment.objects.count() == 1


def test_public_reads_comments_once_the_final_edition_is_released(
    session, entry, comment, edition, admin, client
):
    factories.make_release(edition, "public", by=admin)
    final = factories.make_edition("FINAL", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)

    page = client.get(_comments_url(entry)).content.decode()

    assert comment.text in page
    assert comment.author.family_name not in page


def test_names_stay_in_the_office_and_at_the_desk(
    session,
    entry,
    comment,
    delegate,
    secondary_delegate,
    office_head,
    facilitator,
    drafter,
    expert,
    admin,
    sign_in,
):
    name = delegate.get_full_name()

    def readers_of(url):
        people = {
            "author": delegate,
            "colleague": office_head,
            "facilitator": facilitator,
            "other office": secondary_delegate,
            "drafter": drafter,
            "expert": expert,
            "admin": admin,
        }
        # The head of every page says the reader's own name
        return [
            who
            for who, person in people.items()
            if _text(sign_in(person).get(url)).count(name) > (who == "author")
        ]

    expected = ["author", "colleague", "facilitator"]
    assert readers_of(_comments_url(entry)) == expected
    assert readers_of(reverse("comment", args=[comment.uuid])) == expected
    assert readers_of(reverse("group-comments", args=["DIR"])) == expected


def test_held_comment_is_seen_by_author_and_desk_only(
    session, entry, delegate, secondary_delegate, office_head, facilitator, sign_in
):
    held = factories.make_comment(
        session, entry, delegate, text="ความคิดเห็นที่รอตรวจ", visibility="held"
    )
    url = reverse("comment", args=[held.uuid])

    assert [
        sign_in(person).get(url).status_code for person in (delegate, facilitator)
    ] == [200, 200]
    assert [
        sign_in(person).get(url).status_code
        for person in (secondary_delegate, office_head)
    ] == [404, 404]
    assert (
        "ความคิดเห็นที่รอตรวจ"
        not in sign_in(secondary_delegate).get(_comments_url(entry)).content.decode()
    )
    assert (
        "ความคิดเห็นที่รอตรวจ"
        in sign_in(delegate).get(_comments_url(entry)).content.decode()
    )


def test_hidden_comment_leaves_a_stub_with_the_reason(
    session, entry, delegate, secondary_delegate, facilitator, sign_in
):
    secret = factories.make_comment(
        session,
        entry,
        delegate,
        text="หมายเลขโทรศัพท์ของเจ้าหน้าที่",
        issue_data={"step": "ขั้นที่ปิดไว้"},
        issue_class="complex",
    )
    factories.make_amendment(secret, "ถ้อยคำที่ปิดไว้")
    hide_comment(secret, by=facilitator, reason="มีข้อมูลส่วนบุคคล")
    hidden_words = ("หมายเลขโทรศัพท์", "ที่ปิดไว้", delegate.get_full_name())

    for url in (
        _comments_url(entry),
        reverse("comment", args=[secret.uuid]),
        reverse("group-comments", args=["DIR"]),
        reverse("comment-new", args=[entry.pk]),
    ):
        page = sign_in(secondary_delegate).get(url).content.decode()
        assert "มีข้อมูลส่วนบุคคล" in page
        assert [words for words in hidden_words if words in page] == []
    assert (
        "หมายเลขโทรศัพท์" in sign_in(delegate).get(_comments_url(entry)).content.decode()
    )


# -- the page of an entry


def test_composer_starts_with_the_words_of_the_clause(
    session, entry, delegate, sign_in
):
    page = (
        sign_in(delegate).get(reverse("comment-new", args=[entry.pk])).content.decode()
    )

    area = re.search(r'<textarea name="words-text"[^>]*>\s*([^<]*)</textarea>', page)
    assert area
    assert html.unescape(area[1]) == entry.blob.plain
    assert page.count('name="type"') == 5
    assert page.count('name="issue_class"') == 8
    assert re.search(r'name="client_key" value="[0-9a-f-]{36}"', page)


@pytest.mark.parametrize("digits", ["arabic", "thai"])
def test_clause_and_field_have_the_same_digits_and_unchanged_ones_change_nothing(
    clause,
    edition,
    dir_group,
    hearing,
    drafter,
    facilitator,
    admin,
    delegate,
    sign_in,
    digits,
):
    """A clause with digits of both kinds, as drafters write them."""
    words = "ยื่นก่อนวันใช้เงินไม่น้อยกว่า ๗ วันทำการ จำนวน 2 ฉบับ"
    now = Clause.objects.select_related("section", "parent").get(pk=clause.pk)
    change = ReviseClause(now, now.lock_version, Text(body=words))
    apply_changes(drafter, "edit", "ใส่จำนวนวัน", [change])
    later = factories.make_edition("LATER-2565", by=admin)
    factories.make_release(later, "hearing", by=admin)
    session = factories.make_session(later, dir_group, hearing=hearing)
    factories.open_session(session, by=facilitator)
    entry = factories.entry_of(later, clause)
    client = sign_in(delegate)
    client.cookies["digits"] = digits

    for url in (reverse("comment-new", args=[entry.pk]), _comments_url(entry)):
        page = client.get(url).content.decode()
        assert re.findall(r'data-field="text"[^>]*>([^<]*)<', page)
        assert set(re.findall(r'data-field="text"[^>]*>([^<]*)<', page)) == {words}
        assert (
            words
            in re.search(r'<textarea name="words-text".*?</textarea>', page, re.S)[0]
        )
    client.post(_comments_url(entry), _body(type="amend", **{"words-text": words}))
    assert Comment.objects.get().amendments.count() == 0


def test_references_in_the_words_are_explained_and_survive(
    hearing, dir_group, process, clause, drafter, facilitator, admin, delegate, sign_in
):
    """A clause that a drafter made cite another one, with a word in bold, goes through a delegate's form."""
    cited = process.clauses.exclude(pk=clause.pk).filter(part=5).first()
    marker = f'<span data-ref="{cited.uuid}"></span>'
    now = Clause.objects.select_related("section", "parent").get(pk=clause.pk)
    body = f"ตรวจ<strong>หนังสือ</strong>ตาม {marker} ก่อนลงทะเบียน"
    apply_changes(
        drafter,
        "edit",
        "อ้างข้ออื่น",
        [ReviseClause(now, now.lock_version, Text(body=body))],
    )
    edition = factories.make_edition("LATER-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing), by=facilitator
    )
    entry, place = (
        factories.entry_of(edition, clause),
        cite_entry(factories.entry_of(edition, cited)),
    )
    client = sign_in(delegate)
    client.cookies["digits"] = "arabic"

    page = client.get(reverse("comment-new", args=[entry.pk]))
    typed = "ตรวจหนังสือตาม ⟦1⟧ ให้เสร็จก่อนลงทะเบียน"
    client.post(_comments_url(entry), _body(type="amend", **{"words-text": typed}))

    named = place.replace("\u00a0", " ")
    assert f"⟦1⟧ แทนการอ้างถึง {named}" in _text(page)
    proposed = Comment.objects.get().amendments.get().proposed["body"]
    assert proposed == f"ตรวจ<strong>หนังสือ</strong>ตาม {marker} ให้เสร็จก่อนลงทะเบียน"


def test_references_in_the_remark_of_a_step_are_explained_and_survive(
    hearing, dir_group, process, drafter, facilitator, admin, delegate, sign_in
):
    mark = {
        cite: f'<span data-ref="{factories.clause_at(process, cite).uuid}"></span>'
        for cite in ("5.1", "5.2")
    }
    step = Step(body=f"ทำตาม{mark['5.1']}", note=f"ดู{mark['5.2']} ก่อน")
    clause = factories.make_clause(process, step, part=9, by=drafter)
    edition = factories.make_edition("LATER-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    session = factories.make_session(edition, dir_group, hearing=hearing)
    factories.open_session(session, by=facilitator)
    entry = factories.entry_of(edition, clause)
    client = sign_in(delegate)
    client.cookies["digits"] = "arabic"

    page = client.get(reverse("comment-new", args=[entry.pk]))
    note = dict(step.fields())["note"]
    words = {"words-text": "ทำตาม⟦1⟧", "words-note": "ดู⟦2⟧ และ⟦1⟧ ทุกครั้ง"}
    span = {"field": "note", "span_start": 0, "span_end": len(note)}
    client.post(_comments_url(entry), _body(type="amend", **words, **span))

    assert "⟦1⟧ แทนการอ้างถึง ข้อ 5.1" in _text(page)
    assert "⟦2⟧ แทนการอ้างถึง ข้อ 5.2" in _text(page)
    marked = "ดู<span data-reference>ข้อ 5.2</span> ก่อน"
    assert marked in page.content.decode()
    comment = Comment.objects.get()
    assert comment.quote == note
    proposed = comment.amendments.get().proposed
    assert proposed["data"]["note"] == f"ดู{mark['5.2']} และ{mark['5.1']} ทุกครั้ง"
    assert proposed["body"] == step.body
    shown = client.get(reverse("comment", args=[comment.uuid])).content.decode()
    assert "ดูข้อ 5.2 <del>ก่อน</del><ins>และข้อ 5.1 ทุกครั้ง</ins>" in shown


def test_step_has_a_field_for_each_of_its_texts(
    session, edition, process, delegate, sign_in
):
    step = factories.entry_of(edition, factories.clause_at(process, "1", part=9))

    page = (
        sign_in(delegate)
        .get(reverse("comment-new", args=[step.pk]), {"type": "amend"})
        .content.decode()
    )

    assert sorted(re.findall(r'name="words-(\w+)"', page)) == [
        "actor",
        "duration",
        "note",
        "standard",
        "system",
        "text",
    ]
    assert 'value="amend" checked' in page


def _times_tokenised() -> int:
    """How often the library of words was asked for in this process: every tokenised text asks once."""
    info = thai_words._loaded_nlpo3.cache_info()
    return info.hits + info.misses


@pytest.fixture
def marked_entry(
    hearing, dir_group, clause, drafter, facilitator, admin
) -> EditionEntry:
    """A clause with bold words, in an edition that is heard."""
    now = Clause.objects.select_related("section", "parent").get(pk=clause.pk)
    body = "ตรวจ<strong>หนังสือ</strong>ให้ครบก่อนลงทะเบียน"
    apply_changes(
        drafter, "edit", "เน้นคำ", [ReviseClause(now, now.lock_version, Text(body=body))]
    )
    edition = factories.make_edition("MARKED-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing), by=facilitator
    )
    return factories.entry_of(edition, clause)


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true"}], ids=["a page", "htmx"]
)
def test_request_that_stores_tokenises_nothing(
    marked_entry, delegate, secondary_delegate, sign_in, headers
):
    client = sign_in(delegate)
    amended = {"type": "amend", "words-text": "ตรวจหนังสือและสิ่งที่ส่งมาด้วยให้ครบก่อนลงทะเบียน"}
    deleted = {"type": "delete", "field": "text", "span_start": "4", "span_end": "11"}
    url = _comments_url(marked_entry)
    before = _times_tokenised()

    stored = [
        client.post(url, _body(**amended), headers=headers),
        client.post(url, _body(**deleted), headers=headers),
        client.post(url, _body(type="add", **{"new-text": "ข้อใหม่"}), headers=headers),
    ]
    comment = Comment.objects.get(type="amend")
    edit = {**_body(**amended), "words-text": "ตรวจหนังสือให้ครบถ้วนก่อนลงทะเบียน"}
    reply = {"client_key": str(uuids.uuid4()), "text": "เห็นด้วย"}
    stored.append(
        client.post(reverse("comment-edit", args=[comment.uuid]), edit, headers=headers)
    )
    other = sign_in(secondary_delegate)
    stored.append(
        other.post(
            reverse("comment-replies", args=[comment.uuid]), reply, headers=headers
        )
    )
    stored.append(
        other.post(reverse("comment-support", args=[comment.uuid]), headers=headers)
    )

    assert [
        response.status_code
        for response in stored
        if response.status_code not in (200, 204, 303)
    ] == []
    assert (Comment.objects.count(), Support.objects.count()) == (4, 1)
    proposals = Amendment.objects.order_by("pk").values_list("op", "proposed__body")
    assert list(proposals) == [
        ("replace", "ตรวจ<strong>หนังสือ</strong>ให้ครบถ้วนก่อนลงทะเบียน"),
        ("replace", "ตรวจให้ครบก่อนลงทะเบียน"),
        ("insert_after", "ข้อใหม่"),
    ]
    assert _times_tokenised() == before
    # … while the word diff, which stores nothing, does
    client.post(
        reverse("wording-diffs"),
        {**amended, "entry": marked_entry.pk},
        headers={"HX-Request": "true"},
    )
    assert _times_tokenised() > before


@pytest.mark.parametrize("node", ["process", "unit", "manual"])
def test_process_unit_and_manual_have_a_composer(
    request, session, edition, delegate, sign_in, node
):
    entry = factories.entry_of(edition, request.getfixturevalue(node))
    client = sign_in(delegate)

    assert client.get(reverse("comment-new", args=[entry.pk])).status_code == 200
    assert client.get(_comments_url(entry)).status_code == 200
    assert (
        client.post(
            _comments_url(entry), _body(type="add", **{"new-text": "ขอเพิ่มกระบวนงาน"})
        ).status_code
        == 303
    )


def test_list_of_an_entry_costs_the_same_for_one_and_three(
    session, entry, delegate, secondary_delegate, sign_in, assert_same_queries
):
    def add(number=1):
        for at in range(number):
            comment = factories.make_comment(
                session, entry, delegate, text=f"ความคิดเห็นที่ {at}"
            )
            factories.make_amendment(comment, f"ถ้อยคำ {at}")
            factories.make_support(comment)
            factories.make_comment(
                session,
                entry,
                secondary_delegate,
                type="ask",
                parent=comment,
                text="ตอบ",
            )
            factories.make_disposition(comment, outcome="accepted")

    add()
    client = sign_in(delegate)

    assert_same_queries(14, lambda: client.get(_comments_url(entry)), lambda: add(2))


@pytest.mark.parametrize(("listed", "queries"), [("entry", 16), ("group", 15)])
def test_lists_cost_the_same_for_one_and_three_proposals_that_refer_to_clauses(
    session, entry, process, delegate, sign_in, listed, queries, assert_same_queries
):
    cited = factories.clause_at(process, "5.1")
    url = _comments_url(entry)
    if listed == "group":
        url = reverse("group-comments", args=["DIR"])

    def add(number=1):
        for at in range(number):
            comment = factories.make_comment(
                session, entry, delegate, text=f"ความคิดเห็นที่ {at}"
            )
            words = f"ตรวจให้ครบตาม{write_reference(cited.uuid)}"
            factories.make_amendment(comment, Text(body=words))

    add()
    client = sign_in(delegate)

    assert_same_queries(queries, lambda: client.get(url), lambda: add(2))
    assert client.get(url).content.decode().count("ตามข้อ 5.1") == 3


def test_proposal_is_shown_with_the_number_that_its_clause_has_now(
    session, entry, process, clause, delegate, drafter, sign_in
):
    cited = factories.clause_at(process, "5.3")
    comment = factories.make_comment(session, entry, delegate)
    factories.make_amendment(
        comment, Text(body=f"ตรวจให้ครบตาม{write_reference(cited.uuid)}")
    )
    client = sign_in(delegate)
    assert "ตามข้อ 5.3" in client.get(_comments_url(entry)).content.decode()

    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")

    assert "ตามข้อ 5.2" in client.get(_comments_url(entry)).content.decode()


def test_group_list_costs_the_same_for_one_and_three(
    session, entry, delegate, sign_in, assert_same_queries
):
    def add(number=1):
        for at in range(number):
            comment = factories.make_comment(
                session, entry, delegate, text=f"ความคิดเห็นที่ {at}"
            )
            factories.make_amendment(comment, f"ถ้อยคำ {at}")
            factories.make_support(comment)

    add()
    client = sign_in(delegate)

    assert_same_queries(
        13, lambda: client.get(reverse("group-comments", args=["DIR"])), lambda: add(2)
    )


def test_entry_list_orders_by_support_or_age(
    session, entry, delegate, chonburi, sign_in
):
    old = factories.make_comment(session, entry, delegate, text="เรื่องเก่า")
    new = factories.make_comment(session, entry, delegate, text="เรื่องใหม่")
    factories.make_support(old, chonburi)
    client = sign_in(delegate)

    def order(value):
        return [
            card.comment
            for card in client.get(_comments_url(entry), {"order": value}).context[
                "cards"
            ]
        ]

    assert (order("new"), order("old"), order("support")) == (
        [new, old],
        [old, new],
        [old, new],
    )
    assert order("ไม่มี") == [new, old]


def test_group_list_filters_by_its_address(
    session, edition, entry, process, delegate, secondary_delegate, sign_in
):
    first = factories.make_comment(
        session, entry, delegate, type="ask", issue_class="complex"
    )
    second = factories.make_comment(session, entry, secondary_delegate, type="amend")
    unit_entry = edition.entries.get(kind="section", data__kind="unit")
    third = factories.make_comment(
        session, unit_entry, secondary_delegate, type="amend", issue_class="new"
    )
    client = sign_in(delegate)

    def found(**filters):
        cards = client.get(reverse("group-comments", args=["DIR"]), filters).context[
            "cards"
        ]
        return [card.comment for card in cards]

    assert found() == [third, first, second]
    assert found(type="ask") == [first]
    assert found(issue="none") == [second]
    assert found(office="secondary") == [third, second]
    assert found(process=entry.section_id) == [first, second]
    assert found(type="amend", office="secondary", issue="new") == [third]
    assert found(type="ไม่มี", process="x") == [third, first, second]
    assert client.get(reverse("group-comments", args=["NONE"])).status_code == 404


# -- the word diff


def test_word_diff_shows_and_stores_nothing(session, entry, delegate, sign_in):
    words = entry.blob.plain.replace("ความครบถ้วน", "ความถูกต้องครบถ้วน")
    body = {"entry": entry.pk, "words-text": words, "text": SAID, "type": "amend"}

    fragment = sign_in(delegate).post(
        reverse("wording-diffs"), body, headers={"HX-Request": "true"}
    )

    assert fragment.status_code == 200
    assert (
        "<ins>ความถูกต้อง</ins>" in fragment.content.decode()
        or "<ins>" in fragment.content.decode()
    )
    assert "<html" not in fragment.content.decode()
    assert Comment.objects.count() == 0


def test_word_diff_without_javascript_is_the_page_with_the_text_kept(
    session, entry, delegate, sign_in
):
    body = {
        "entry": entry.pk,
        "words-text": "ถ้อยคำใหม่ทั้งข้อ",
        "text": SAID,
        "type": "amend",
        "client_key": "x",
    }

    response = sign_in(delegate).post(reverse("wording-diffs"), body)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<ins>ถ้อยคำใหม่ทั้งข้อ</ins>" in page
    assert SAID in page
    assert f'action="{_comments_url(entry)}"' in page


def test_word_diff_is_refused_to_get_strangers_and_without_token(
    session, entry, delegate, sign_in
):
    url = reverse("wording-diffs")
    strict = sign_in(delegate, enforce_csrf_checks=True)

    assert strict.post(url, {"entry": entry.pk}).status_code == 403
    assert strict.get(url).status_code == 405
    assert Client().post(url, {"entry": entry.pk}).status_code == 401


# -- acts on a comment


def test_support_counts_the_office_once(
    session, entry, comment, secondary_delegate, chonburi, sign_in
):
    client, url = (
        sign_in(secondary_delegate),
        reverse("comment-support", args=[comment.uuid]),
    )

    first = client.post(url, {"office": chonburi.key}, headers={"HX-Request": "true"})
    again = client.post(
        url, headers={"referer": f"http://testserver{_comments_url(entry)}"}
    )

    assert "สพท. ของท่านสนับสนุนแล้ว" in first.content.decode()
    assert (again.status_code, again["Location"]) == (
        303,
        f"http://testserver{_comments_url(entry)}",
    )
    assert list(Support.objects.values_list("office", flat=True)) == [chonburi.pk]


def test_support_in_the_name_of_another_office_is_refused(
    session, comment, secondary_delegate, stranger, lampang, sign_in
):
    url = reverse("comment-support", args=[comment.uuid])

    assert (
        sign_in(secondary_delegate).post(url, {"office": lampang.key}).status_code
        == 403
    )
    assert sign_in(stranger).post(url).status_code == 403
    assert Support.objects.count() == 0


def test_reply_stands_below_its_comment(
    session, entry, comment, secondary_delegate, sign_in
):
    client, body = (
        sign_in(secondary_delegate),
        {"client_key": str(uuids.uuid4()), "text": "เห็นด้วยอย่างยิ่ง"},
    )
    url = reverse("comment-replies", args=[comment.uuid])

    first, again = client.post(url, body), client.post(url, body)

    reply = Comment.objects.get(parent=comment)
    assert (first.status_code, again.status_code, again["Location"]) == (
        303,
        303,
        first["Location"],
    )
    assert (reply.text, reply.author) == ("เห็นด้วยอย่างยิ่ง", secondary_delegate)
    [card] = client.get(_comments_url(entry)).context["cards"]
    assert [shown.comment for shown in card.replies] == [reply]
    detail = reverse("comment", args=[comment.uuid])
    # The comment's way and its answer stand once: no answer to a reply will come
    assert markup(client.get(detail)).count('aria-label="ความคืบหน้า"') == 1
    moved = client.get(reverse("comment", args=[reply.uuid]))
    assert moved["Location"] == f"{detail}#comment-{reply.uuid}"


def test_refused_reply_keeps_its_text(
    session, comment, secondary_delegate, facilitator, stranger, sign_in
):
    url = reverse("comment-replies", args=[comment.uuid])
    body = {"client_key": str(uuids.uuid4()), "text": "คำตอบที่พิมพ์ไว้"}

    assert sign_in(stranger).post(url, body).status_code == 403
    assert (
        sign_in(secondary_delegate).post(url, body | {"text": "  "}).status_code == 422
    )
    factories.make_session_state(session, "closed", by=facilitator)
    closed = sign_in(secondary_delegate).post(url, body)

    assert closed.status_code == 409
    assert "คำตอบที่พิมพ์ไว้" in closed.content.decode()
    assert Comment.objects.filter(parent=comment).count() == 0


def test_author_edits_until_triage(
    session, entry, comment, delegate, facilitator, sign_in
):
    client, url = sign_in(delegate), reverse("comment-edit", args=[comment.uuid])

    assert comment.text in client.get(url).content.decode()
    saved = client.post(url, _body(text="ข้อความที่แก้"))
    comment.refresh_from_db()
    assert (saved.status_code, comment.text) == (303, "ข้อความที่แก้")
    assert (
        f'data-done="edit-{comment.uuid}"'
        in client.get(saved["Location"]).content.decode()
    )
    show_comment(comment, by=facilitator)
    late = client.post(url, _body(text="แก้ไม่ทัน"))

    assert client.get(url).status_code == 409
    assert late.status_code == 409
    assert "แก้ไม่ทัน" in late.content.decode()
    assert Comment.objects.get().text == "ข้อความที่แก้"


def test_edit_offers_the_proposal_as_it_was_written(session, entry, delegate, sign_in):
    comment = factories.make_comment(session, entry, delegate)
    factories.make_amendment(comment, "ถ้อยคำที่เคยเสนอ")

    page = (
        sign_in(delegate)
        .get(reverse("comment-edit", args=[comment.uuid]))
        .content.decode()
    )

    area = re.search(r'<textarea name="words-text"[^>]*>\s*([^<]*)</textarea>', page)
    assert area
    assert area[1] == "ถ้อยคำที่เคยเสนอ"


def test_reply_is_edited_by_its_author(session, entry, comment, delegate, sign_in):
    reply = factories.make_comment(
        session, entry, delegate, type="ask", parent=comment, text="คำตอบเดิม"
    )
    client, url = sign_in(delegate), reverse("comment-edit", args=[reply.uuid])

    assert "คำตอบเดิม" in client.get(url).content.decode()
    assert (
        client.post(
            url, {"client_key": str(uuids.uuid4()), "text": "คำตอบใหม่"}
        ).status_code
        == 303
    )
    assert (
        client.post(url, {"client_key": str(uuids.uuid4()), "text": ""}).status_code
        == 422
    )
    assert Comment.objects.get(pk=reply.pk).text == "คำตอบใหม่"


def test_withdrawn_comment_says_so_and_is_closed_to_edits(
    session, entry, comment, delegate, sign_in
):
    client = sign_in(delegate)

    page = client.post(
        reverse("comment-withdrawal", args=[comment.uuid]), follow=True
    ).content.decode()

    assert "ผู้เสนอถอนแล้ว" in page
    assert reverse("comment-edit", args=[comment.uuid]) not in page
    assert client.get(reverse("comment-edit", args=[comment.uuid])).status_code == 409


def test_withdrawn_comments_are_not_offered_for_support(
    session, entry, comment, delegate, secondary_delegate, sign_in
):
    page = sign_in(secondary_delegate).get(f"/entries/{entry.pk}/comments/new/")
    assert comment.text in _text(page)

    withdraw_comment(comment, by=delegate)

    page = sign_in(secondary_delegate).get(f"/entries/{entry.pk}/comments/new/")
    assert comment.text not in _text(page)


@pytest.mark.parametrize(
    "act", ["comment-edit", "comment-withdrawal", "comment-objection"]
)
def test_acts_of_the_author_are_refused_to_others(
    session, comment, secondary_delegate, facilitator, sign_in, act
):
    url = reverse(act, args=[comment.uuid])

    for bystander in (secondary_delegate, facilitator):
        assert sign_in(bystander).post(url, _body(text="แก้ของคนอื่น")).status_code == 403
    assert (
        sign_in(secondary_delegate)
        .post(reverse(act, args=[uuids.uuid4()]), _body())
        .status_code
        == 404
    )
    assert Comment.objects.get().text == comment.text


def test_history_is_for_the_author_and_the_desk(
    session, comment, delegate, secondary_delegate, facilitator, sign_in
):
    before = comment.text
    sign_in(delegate).post(
        reverse("comment-edit", args=[comment.uuid]), _body(text="ข้อความใหม่ทั้งหมด")
    )
    url = reverse("comment", args=[comment.uuid])

    seen = {
        person.username: before in _text(sign_in(person).get(url))
        for person in (delegate, facilitator, secondary_delegate)
    }
    assert "ประวัติการแก้ไข" in sign_in(delegate).get(url).content.decode()
    assert "ประวัติการแก้ไข" in sign_in(facilitator).get(url).content.decode()
    assert "ประวัติการแก้ไข" not in sign_in(secondary_delegate).get(url).content.decode()
    assert seen["mana"] is False


# -- objections


def test_objection_once_within_its_time(
    session, hearing, dir_group, comment, delegate, sign_in
):
    future = factories.make_publication(
        hearing, dir_group, objections_until="2999-01-01T00:00:00Z"
    )
    factories.make_disposition(comment, outcome="deferred", publication=future)
    client, url = sign_in(delegate), reverse("comment-objection", args=[comment.uuid])

    assert client.post(url, {"text": " "}).status_code == 422
    sent = {"text": "เหตุผลไม่ตรงกับข้อเสนอ", "is_confirmed": "on"}
    first = client.post(url, sent, follow=True)
    second = client.post(url, {"text": "ขอให้ทบทวนอีกครั้ง"})

    assert "เหตุผลไม่ตรงกับข้อเสนอ" in first.content.decode()
    assert second.status_code == 409
    assert "ขอให้ทบทวนอีกครั้ง" in second.content.decode()
    assert list(Objection.objects.values_list("comment", "text")) == [
        (comment.pk, "เหตุผลไม่ตรงกับข้อเสนอ")
    ]


def test_objection_before_publication_and_after_its_time_is_refused(
    session, hearing, dir_group, comment, delegate, sign_in
):
    client, url = sign_in(delegate), reverse("comment-objection", args=[comment.uuid])
    disposition = factories.make_disposition(comment, outcome="deferred")

    assert client.post(url, {"text": "ขอให้ทบทวนก่อนเวลา"}).status_code == 409
    past = factories.make_publication(
        hearing, dir_group, objections_until="2022-01-01T00:00:00Z"
    )
    disposition.publication = past
    disposition.save()

    assert client.post(url, {"text": "ขอให้ทบทวนเลยเวลา"}).status_code == 409
    assert (
        "ขอให้ทบทวนผล"
        not in client.get(reverse("comment", args=[comment.uuid])).content.decode()
    )
    assert Objection.objects.count() == 0


def test_objection_is_shown_once_more_and_asked_to_be_explained_before_it_is_sent(
    comment, delegate, hearing, dir_group, sign_in
):
    publication = factories.make_publication(
        hearing, dir_group, objections_until="2999-01-01T00:00:00Z"
    )
    factories.make_disposition(comment, outcome="deferred", publication=publication)
    client, url = sign_in(delegate), reverse("comment-objection", args=[comment.uuid])
    whole = "ระเบียบใหม่ใช้บังคับแล้ว จึงรอการปรับปรุงครั้งต่อไปไม่ได้"

    step = client.post(url, {"text": "ขอให้ทบทวน"}).content.decode()

    assert not Objection.objects.exists()
    assert "ขอได้ครั้งเดียว" in step
    assert "โปรดอธิบายเพิ่มก่อนยืนยัน" in step
    assert "ขอให้ทบทวน</textarea>" in step
    assert "โปรดอธิบายเพิ่ม" not in client.post(url, {"text": whole}).content.decode()
    sent = client.post(url, {"text": whole, "is_confirmed": "on"})
    assert sent["Location"] == reverse("comment", args=[comment.uuid])
    assert Objection.objects.get().text == whole


def test_withdrawn_comment_takes_no_support(
    session, comment, delegate, secondary_delegate, sign_in
):
    withdraw_comment(comment, by=delegate)

    response = sign_in(secondary_delegate).post(
        reverse("comment-support", args=[comment.uuid])
    )

    assert response.status_code == 409
    assert Support.objects.count() == 0


def test_more_than_a_person_types_waits_and_keeps_its_text(
    session, entry, delegate, sign_in, settings, monkeypatch
):
    settings.MOST_A_MINUTE = 2
    client = sign_in(delegate)
    sent = [_body(text=f"ข้อเสนอที่ {number}") for number in range(3)]
    statuses = [client.post(_comments_url(entry), body).status_code for body in sent]
    assert statuses == [303, 303, 429]

    page = client.post(_comments_url(entry), sent[2])
    assert 0 < int(page["Retry-After"]) <= 60
    assert "ส่งต่อได้ตั้งแต่เวลา" in page.content.decode()
    assert "ข้อเสนอที่ 2</textarea>" in page.content.decode()
    # What is stored already is answered as it was
    assert client.post(_comments_url(entry), sent[0]).status_code == 303

    monkeypatch.setattr(pace, "WINDOW", timedelta())
    assert client.post(_comments_url(entry), sent[2]).status_code == 303
