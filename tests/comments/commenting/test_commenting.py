"""The service: what is said is stored once, whole, in somebody's name, while the session is open; and what follows."""

import threading
import uuid as uuids
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from comments.commenting.capacities import capacities_for
from comments.commenting.comment_input import CommentInput
from comments.commenting.refusals import (
    AlreadyTriaged,
    AlreadyWithdrawn,
    CommentRefused,
    KeyReused,
    NotRegistered,
)
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.recording import record_comment, record_for_speaker
from comments.commenting.services.supporting import support_comment
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.hearings.refusals import SessionClosed, explain_closed_session
from comments.models import Amendment, Comment, HearingSession, Moderation, Support
from comments.moderating.services import hide_comment, show_comment
from hearing_portal.refusals import RefusalKind
from manuals.content import Step, Text
from tests import factories

WORDS = "ตรวจสอบความครบถ้วนของหนังสือ สิ่งที่ส่งมาด้วย และชั้นความเร็ว"


def _record(session, entry, by, *, key=None, **said):
    said = CommentInput(**{"type": "amend", "text": "ขอเพิ่มการตรวจชั้นความเร็ว", **said})
    return record_comment(
        session=session,
        entry=entry,
        comment_input=said,
        by=by,
        client_key=key or uuids.uuid4(),
    )


def test_comment_is_stored_with_its_wording_place_and_voice(
    session, entry, delegate, lampang
):
    comment, is_new = _record(
        session, entry, delegate, issue_class="complex", proposed=Text(body=WORDS)
    )

    comment = Comment.objects.get(pk=comment.pk)
    assert is_new
    assert (comment.entry, comment.session, comment.author, comment.recorded_by) == (
        entry,
        session,
        delegate,
        delegate,
    )
    assert (comment.role, comment.office, comment.office_kind, comment.channel) == (
        "delegate",
        lampang,
        "primary",
        "web",
    )
    assert (comment.type, comment.text, comment.issue_class) == (
        "amend",
        "ขอเพิ่มการตรวจชั้นความเร็ว",
        "complex",
    )
    assert comment.visibility == "shown"
    amendment = comment.amendments.get()
    assert (amendment.op, amendment.clause_id, amendment.base_blob_id) == (
        "replace",
        entry.clause_id,
        entry.blob_id,
    )
    assert amendment.proposed == Text(body=WORDS).as_json()
    assert [row.history_user for row in comment.history.all()] == [delegate]


def test_same_key_and_body_give_the_first_answer_again(session, entry, delegate):
    key = uuids.uuid4()
    first, _ = _record(session, entry, delegate, key=key, proposed=Text(body=WORDS))
    again, is_new = _record(
        session, entry, delegate, key=key, proposed=Text(body=WORDS)
    )

    assert (again, is_new) == (first, False)
    assert (
        Comment.objects.count(),
        Amendment.objects.count(),
        Moderation.objects.count(),
    ) == (1, 1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "ข้อความอื่น"},
        {"type": "ask"},
        {"issue_class": "new"},
        {"proposed": Text(body=WORDS)},
    ],
)
def test_same_key_with_another_body_is_refused(session, entry, delegate, other):
    key = uuids.uuid4()
    first, _ = _record(session, entry, delegate, key=key)

    with pytest.raises(KeyReused) as refusal:
        _record(session, entry, delegate, key=key, **other)

    assert (refusal.value.refusal_kind, refusal.value.first) == (
        RefusalKind.INVALID,
        first,
    )
    assert Comment.objects.count() == 1


def test_key_of_another_person_is_no_replay(
    session, entry, delegate, secondary_delegate
):
    key = uuids.uuid4()
    first, _ = _record(session, entry, delegate, key=key)
    other, is_new = _record(session, entry, secondary_delegate, key=key)

    assert is_new
    assert (first.author, other.author) == (delegate, secondary_delegate)


def test_replay_after_a_room_opened_and_all_closed_is_still_the_first_answer(
    session, hearing, edition, dir_group, entry, delegate, facilitator
):
    key = uuids.uuid4()
    first, _ = _record(session, entry, delegate, key=key)
    room = factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    )
    factories.make_session_state(session, "closed", by=facilitator)

    assert _record(room, entry, delegate, key=key) == (first, False)
    assert _record(
        HearingSession.objects.get(pk=session.pk), entry, delegate, key=key
    ) == (first, False)


@pytest.mark.django_db(transaction=True)
def test_same_key_from_two_threads_at_once_makes_one_comment(session, entry, delegate):
    key, together, results = uuids.uuid4(), threading.Barrier(2), []

    def send():
        try:
            together.wait(5)
            results.append(
                _record(session, entry, delegate, key=key, proposed=Text(body=WORDS))
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    [comment] = Comment.objects.all()
    assert sorted((made.pk, is_new) for made, is_new in results) == [
        (comment.pk, False),
        (comment.pk, True),
    ]
    assert (
        comment.amendments.count(),
        comment.moderations.count(),
        comment.history.count(),
    ) == (1, 1, 1)


# -- the session


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "เวทียังไม่เปิดรับความคิดเห็น ยังไม่ได้กำหนดเวลาเปิด"),
        (["opened", "paused"], "เวทีพักตั้งแต่"),
        (["opened", "closed"], "เวทีปิดแล้วเมื่อ"),
    ],
)
def test_closed_session_takes_nothing_and_says_why(
    hearing, edition, dir_group, entry, delegate, states, words
):
    session = factories.make_session(edition, dir_group, hearing=hearing)
    for state in states:
        factories.make_session_state(session, state)

    with pytest.raises(SessionClosed, match=words) as refusal:
        _record(session, entry, delegate)

    assert refusal.value.refusal_kind == RefusalKind.CONFLICT
    assert "ข้อความของท่านยังอยู่ครบ" in refusal.value.message_th
    assert Comment.objects.count() == 0


def test_reason_of_closing_and_the_next_opening_are_told(hearing, edition, dir_group):
    opens_at = timezone.now() + timedelta(days=2)
    session = factories.make_session(
        edition, dir_group, hearing=hearing, opens_at=opens_at
    )
    closed = factories.make_session(edition, dir_group, hearing=hearing)
    factories.make_session_state(closed, "closed", reason="ครบเวลา")

    assert explain_closed_session(session).startswith("เวทียังไม่เปิดรับความคิดเห็น กำหนดเปิด ")
    assert "(เหตุผล: ครบเวลา) เวทีถัดไปกำหนดเปิด " in explain_closed_session(closed)


def test_group_without_session_takes_nothing(entry, delegate):
    with pytest.raises(SessionClosed, match="ยังไม่ได้ตั้งเวที"):
        _record(None, entry, delegate)


def test_room_comment_waits_for_the_facilitator(
    hearing, edition, dir_group, entry, delegate
):
    room = factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    )

    comment, _ = _record(room, entry, delegate)

    assert comment.visibility == "held"


def test_online_comment_follows_the_rule_of_the_hearing(
    edition, dir_group, entry, delegate
):
    hearing = factories.make_hearing(moderation="held")
    session = factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing)
    )

    assert _record(session, entry, delegate)[0].visibility == "held"


# -- who


def test_stranger_of_the_group_is_refused(session, entry, stranger):
    with pytest.raises(NotRegistered):
        _record(session, entry, stranger)

    assert Comment.objects.count() == 0


def test_voices_head_before_delegate_and_expert_last(dir_group, lampang, delegate):
    factories.make_role(delegate, "office_head", office=lampang)
    factories.make_role(delegate, "expert", group=dir_group)

    assert [
        (voice.role, voice.office) for voice in capacities_for(delegate, dir_group)
    ] == [
        ("office_head", lampang),
        ("expert", None),
    ]


def test_person_with_several_voices_chooses(
    session, entry, delegate, dir_group, chonburi
):
    factories.make_role(delegate, "delegate", group=dir_group, office=chonburi)
    factories.make_role(delegate, "expert", group=dir_group)
    said = CommentInput(type="ask", text="ถามในนามใด")

    def record(**voice):
        values = {
            "session": session,
            "entry": entry,
            "comment_input": said,
            "by": delegate,
            "client_key": uuids.uuid4(),
        }
        comment, _ = record_comment(**values, **voice)
        return comment.role, comment.office

    assert record(office=chonburi) == ("delegate", chonburi)
    assert record(role="expert") == ("expert", None)


def test_speaker_is_recorded_by_the_facilitator_and_marked(
    session, entry, facilitator, delegate, chonburi
):
    said = CommentInput(type="ask", text="ใครเป็นผู้ตรวจ")
    key = uuids.uuid4()
    values = {
        "session": session,
        "entry": entry,
        "comment_input": said,
        "office": chonburi,
        "by": facilitator,
    }

    comment, _ = record_for_speaker(
        **values, client_key=key, channel="room", speaker=delegate
    )
    again, is_new = record_for_speaker(
        **values, client_key=key, channel="room", speaker=delegate
    )

    assert (comment.author, comment.recorded_by, comment.office, comment.channel) == (
        delegate,
        facilitator,
        chonburi,
        "room",
    )
    assert (again, is_new) == (comment, False)
    with pytest.raises(CommentRefused):
        record_for_speaker(**values, client_key=uuids.uuid4(), channel="web")


# -- the place


def test_entry_of_another_edition_is_refused(session, entry, delegate, clause, admin):
    later = factories.make_edition("LATER", kind="revised", by=admin)

    with pytest.raises(CommentRefused, match="ฉบับอื่น"):
        _record(session, factories.entry_of(later, clause), delegate)


def test_entry_of_another_group_is_refused(session, delegate, fin_group, admin):
    process = factories.make_process(factories.make_manual(fin_group))
    edition = factories.make_edition("BOTH", by=admin)
    other = factories.open_session(
        factories.make_session(edition, session.work_group, hearing=session.hearing)
    )
    factories.make_role(delegate, "delegate", group=fin_group, office=delegate.office)

    with pytest.raises(CommentRefused, match="กลุ่มงานอื่น"):
        _record(other, factories.entry_of(edition, process), delegate)


@pytest.mark.parametrize(
    ("span", "quote"),
    [
        ((0, 5), "ผิดถ้อยคำ"),
        ((0, 9999), "ตรวจ"),
        ((-4, -1), "วย"),
        ((5, 5), ""),
        ((4, 0), "ตรวจ"),
    ],
)
def test_span_that_is_not_the_quote_is_refused(session, entry, delegate, span, quote):
    with pytest.raises(CommentRefused, match="ช่วงข้อความ"):
        _record(session, entry, delegate, field="text", span=span, quote=quote)

    assert Comment.objects.count() == 0


def test_marked_span_is_kept_in_code_points(session, entry, delegate):
    comment, _ = _record(
        session, entry, delegate, field="text", span=(0, 8), quote="ตรวจสอบค"
    )

    assert (comment.field, comment.span_start, comment.span_end, comment.quote) == (
        "text",
        0,
        8,
        "ตรวจสอบค",
    )
    assert entry.blob.plain[0:8] == "ตรวจสอบค"


@pytest.mark.parametrize(("field", "quote"), [("ไม่มีช่องนี้", ""), ("", "ข้อความลอย")])
def test_field_or_quote_without_place_is_refused(
    session, entry, delegate, field, quote
):
    with pytest.raises(CommentRefused, match="ช่วงข้อความ"):
        _record(session, entry, delegate, field=field, quote=quote)


# -- the proposal


def test_wording_like_the_old_one_is_refused(session, entry, delegate):
    with pytest.raises(CommentRefused, match="เหมือนถ้อยคำเดิม"):
        _record(session, entry, delegate, proposed=entry.blob.as_content)


@pytest.mark.parametrize(
    ("kind", "proposed", "op"),
    [
        ("add", Text(body=WORDS), "insert_after"),
        ("add", None, None),
        ("delete", None, "delete"),
        ("amend", None, None),
        ("agree", None, None),
        ("ask", Text(body=WORDS), None),
    ],
)
def test_each_type_makes_its_own_kind_of_proposal(
    session, entry, delegate, kind, proposed, op
):
    comment, _ = _record(session, entry, delegate, type=kind, proposed=proposed)

    assert list(comment.amendments.values_list("op", flat=True)) == ([op] if op else [])


def test_process_and_manual_take_additions_without_clause(
    session, edition, process, manual, delegate
):
    of_process, _ = _record(
        session,
        factories.entry_of(edition, process),
        delegate,
        type="add",
        proposed=Text(body=WORDS),
    )
    of_manual, _ = _record(
        session,
        factories.entry_of(edition, manual),
        delegate,
        type="add",
        proposed=Text(body=WORDS),
    )

    assert of_process.amendments.get().op == "insert_after"
    assert of_manual.amendments.get().op == "new_process"
    assert (
        _record(session, factories.entry_of(edition, process), delegate, type="delete")[
            0
        ].amendments.count()
        == 0
    )


def test_step_is_amended_in_its_time(session, edition, process, delegate):
    entry = factories.entry_of(edition, factories.clause_at(process, "1", part=9))
    proposed = entry.blob.as_content.with_fields({"duration": "5 นาที"})

    comment, _ = _record(session, entry, delegate, proposed=proposed)

    stored = comment.amendments.get().proposed
    assert (stored["kind"], stored["data"]["duration"]) == (
        Step.kind,
        {"text": "5 นาที", "minutes": 5},
    )


# -- replies


def test_reply_hangs_on_the_comment_and_no_deeper(
    session, entry, comment, secondary_delegate
):
    def reply(parent):
        said = CommentInput(type="ask", text="เห็นด้วยกับเรื่องนี้")
        values = {
            "session": session,
            "entry": entry,
            "by": secondary_delegate,
            "client_key": uuids.uuid4(),
        }
        return record_comment(**values, comment_input=said, parent=parent)[0]

    first = reply(comment)

    assert (first.parent, first.amendments.count()) == (comment, 0)
    with pytest.raises(CommentRefused, match="หนึ่งชั้น"):
        reply(first)


def test_same_reply_again_is_the_first_whatever_its_key(
    session, entry, comment, delegate, secondary_delegate, facilitator
):
    """A page that is gone back to without a script is made again, and its replies have other keys."""

    def reply(text, by=secondary_delegate):
        return record_comment(
            session=session,
            entry=entry,
            comment_input=CommentInput(type="ask", text=text),
            by=by,
            client_key=uuids.uuid4(),
            parent=comment,
        )

    first, _ = reply("เห็นด้วย")

    assert reply("เห็นด้วย") == (first, False)
    theirs, is_new = reply("เห็นด้วย", by=delegate)
    assert is_new
    # Said again after somebody else spoke, it is another one
    second, is_new = reply("เห็นด้วย")
    assert is_new
    longer = CommentInput(type="ask", text="เห็นด้วยอย่างยิ่ง")
    edit_comment(second, longer, by=secondary_delegate, session=session)
    third, is_new = reply("เห็นด้วย")
    assert is_new
    withdraw_comment(third, by=secondary_delegate)
    fourth, is_new = reply("เห็นด้วย")
    assert is_new
    factories.make_session_state(session, "closed", by=facilitator)
    assert reply("เห็นด้วย") == (fourth, False)
    assert list(comment.replies.order_by("pk")) == [
        first,
        theirs,
        second,
        third,
        fourth,
    ]


@pytest.fixture
def refuse_reply(session, entry, secondary_delegate):
    """refuse_reply(comment, "…"): a reply to it is refused in these words, and nothing is stored."""

    def check(comment: Comment, words: str) -> None:
        with pytest.raises(CommentRefused, match=words):
            record_comment(
                session=session,
                entry=entry,
                comment_input=CommentInput(type="ask", text="ตอบ"),
                by=secondary_delegate,
                client_key=uuids.uuid4(),
                parent=Comment.objects.get(pk=comment.pk),
            )
        assert not comment.replies.exists()

    return check


def test_withdrawn_comment_takes_no_reply(refuse_reply, comment, delegate):
    withdraw_comment(comment, by=delegate)

    refuse_reply(comment, "ถอนความคิดเห็นนี้แล้ว")


def test_hidden_comment_takes_no_reply(refuse_reply, comment, facilitator):
    hide_comment(comment, by=facilitator, reason="มีข้อมูลส่วนบุคคล")

    refuse_reply(comment, "ซ่อนอยู่")


# -- editing and withdrawing


def test_edit_keeps_the_older_words_in_the_history(session, entry, delegate):
    comment, _ = _record(session, entry, delegate, proposed=Text(body=WORDS))

    edit_comment(
        comment,
        CommentInput(type="ask", text="ใครตรวจชั้นความเร็ว", issue_class="technology"),
        by=delegate,
    )

    edited = Comment.objects.get(pk=comment.pk)
    assert (edited.type, edited.text, edited.issue_class) == (
        "ask",
        "ใครตรวจชั้นความเร็ว",
        "technology",
    )
    assert [row.text for row in edited.history.order_by("history_id")] == [
        "ขอเพิ่มการตรวจชั้นความเร็ว",
        "ใครตรวจชั้นความเร็ว",
    ]
    amendment = edited.amendments.get()
    assert (amendment.op, amendment.proposed) == ("replace", {})
    assert [row.proposed for row in amendment.history.order_by("history_id")] == [
        Text(body=WORDS).as_json(),
        {},
    ]


def test_edit_rewrites_the_one_proposal(session, entry, delegate):
    comment, _ = _record(session, entry, delegate, proposed=Text(body=WORDS))
    said = {"type": "amend", "text": "ขอแก้อีกครั้ง"}

    edit_comment(
        comment, CommentInput(**said, proposed=Text(body="ตรวจให้ครบ")), by=delegate
    )
    edit_comment(comment, CommentInput(type="delete", text="ขอตัดดีกว่า"), by=delegate)
    edit_comment(comment, CommentInput(type="delete", text="ขอตัด"), by=delegate)

    amendment = comment.amendments.get()
    assert (amendment.op, amendment.proposed, amendment.history.count()) == (
        "delete",
        {},
        3,
    )


def test_edit_adds_a_proposal_where_there_was_none(session, entry, delegate):
    comment, _ = _record(session, entry, delegate, type="ask")

    edit_comment(
        comment,
        CommentInput(type="amend", text="ขอแก้", proposed=Text(body=WORDS)),
        by=delegate,
    )

    assert comment.amendments.get().proposed == Text(body=WORDS).as_json()


def test_triaged_comment_is_neither_edited_nor_withdrawn(
    session, entry, delegate, facilitator
):
    comment, _ = _record(session, entry, delegate)
    show_comment(comment, by=facilitator)

    with pytest.raises(AlreadyTriaged):
        edit_comment(comment, CommentInput(type="ask", text="เปลี่ยนใจ"), by=delegate)
    with pytest.raises(AlreadyTriaged):
        withdraw_comment(comment, by=delegate)
    assert Comment.objects.get(pk=comment.pk).text == "ขอเพิ่มการตรวจชั้นความเร็ว"


def test_decided_comment_is_neither_edited_nor_withdrawn(comment, delegate):
    factories.make_disposition(comment, outcome="accepted")

    with pytest.raises(AlreadyTriaged):
        edit_comment(comment, CommentInput(type="ask", text="เปลี่ยนใจ"), by=delegate)
    with pytest.raises(AlreadyTriaged):
        withdraw_comment(comment, by=delegate)


def test_edit_needs_an_open_session_and_the_author(
    session, comment, delegate, secondary_delegate, facilitator
):
    said = CommentInput(type="ask", text="เปลี่ยนใจ")
    with pytest.raises(NotRegistered):
        edit_comment(comment, said, by=secondary_delegate)
    factories.make_session_state(session, "closed", by=facilitator)
    closed = Comment.objects.get(pk=comment.pk)

    with pytest.raises(SessionClosed):
        edit_comment(closed, said, by=delegate)


def test_withdrawing_is_an_answer_and_the_comment_stays(
    comment, delegate, secondary_delegate
):
    with pytest.raises(NotRegistered):
        withdraw_comment(comment, by=secondary_delegate)
    first = withdraw_comment(comment, by=delegate)

    assert withdraw_comment(comment, by=delegate) == first
    assert first.outcome == "withdrawn"
    assert list(Comment.objects.filter(answers__current=True)) == [comment]
    with pytest.raises(AlreadyWithdrawn):
        edit_comment(comment, CommentInput(type="ask", text="เปลี่ยนใจ"), by=delegate)


# -- support


def test_office_supports_once_whoever_presses(
    comment, dir_group, chonburi, secondary_delegate
):
    colleague = factories.make_delegate(dir_group, chonburi, given_name="มานี")

    first, is_new = support_comment(comment, by=secondary_delegate)
    again, is_again_new = support_comment(comment, by=colleague)

    assert (is_new, is_again_new, again) == (True, False, first)
    assert list(Support.objects.values_list("comment", "office", "by")) == [
        (comment.pk, chonburi.pk, secondary_delegate.pk)
    ]


def test_support_is_refused_where_it_would_count_nothing(
    comment, session, delegate, stranger, expert, facilitator
):
    with pytest.raises(CommentRefused, match="ท่านอยู่แล้ว"):
        support_comment(comment, by=delegate)
    for person in (stranger, expert):
        with pytest.raises(NotRegistered):
            support_comment(comment, by=person)
    assert Support.objects.count() == 0


def test_hidden_withdrawn_and_replies_take_no_support(
    session, entry, comment, delegate, secondary_delegate, facilitator
):
    reply = factories.make_comment(session, entry, delegate, type="ask", parent=comment)
    withdrawn = factories.make_comment(session, entry, delegate)
    withdraw_comment(withdrawn, by=delegate)
    hide_comment(comment, by=facilitator, reason="มีข้อมูลส่วนบุคคล")

    for refused in (reply, withdrawn, Comment.objects.get(pk=comment.pk)):
        with pytest.raises(CommentRefused):
            support_comment(refused, by=secondary_delegate)
    assert Support.objects.count() == 0


def test_support_needs_an_open_session_but_not_the_one_of_the_comment(
    session, hearing, edition, dir_group, comment, secondary_delegate, facilitator
):
    factories.make_session_state(session, "closed", by=facilitator)
    closed = Comment.objects.get(pk=comment.pk)
    with pytest.raises(SessionClosed):
        support_comment(closed, by=secondary_delegate)
    room = factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    )

    support, is_new = support_comment(closed, by=secondary_delegate, session=room)

    assert (is_new, support.comment) == (True, comment)
