"""What nobody should send: each gets a clear Thai answer, is never a 500, never stored half, and stays in the form."""

import html
import re
import uuid as uuids
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from comments.commenting.forms.comment_form import CommentForm
from comments.models import Amendment, Comment, Support
from tests import factories

SAID = "ขอเพิ่มการตรวจชั้นความเร็ว"


@pytest.fixture
def client(sign_in, session, released, delegate) -> Client:
    """ครูสมศรี, signed in, in an open session."""
    return sign_in(delegate)


@pytest.fixture
def send(client, entry):
    def sent(**values):
        body = {"client_key": str(uuids.uuid4()), "type": "ask", "text": SAID, **values}
        return client.post(reverse("entry-comments", args=[entry.pk]), body)

    return sent


def _shown_in(response, name: str) -> str:
    """What stands in a control of the form that came back."""
    page = response.content.decode()
    area = re.search(
        rf'<textarea name="{re.escape(name)}"[^>]*>\n?([^<]*)</textarea>', page
    )
    assert area, f"no {name} on the page"
    return html.unescape(area[1]).replace("\r\n", "\n")


def _errors(response) -> str:
    found = re.search(
        r'<div class="error-summary".*?</div>', response.content.decode(), re.DOTALL
    )
    assert found, "the page says no reason"
    return html.unescape(re.sub(r"<[^>]+>", " ", found[0]))


def test_hundred_thousand_characters_are_refused_and_kept(send):
    text = "ก" * 100_000

    response = send(text=text)

    assert response.status_code == 422
    assert "ข้อความยาว 100,000 ตัวอักษร เกิน 4,000 ตัวอักษร" in _errors(response)
    assert _shown_in(response, "text") == text
    assert Comment.objects.count() == 0


def test_proposal_of_hundred_thousand_characters_is_refused_and_kept(send):
    response = send(type="amend", **{"words-text": "ข" * 100_000})

    assert response.status_code == 422
    assert "เกิน 20,000 ตัวอักษร" in _errors(response)
    assert _shown_in(response, "words-text") == "ข" * 100_000
    assert _shown_in(response, "text") == SAID
    assert Comment.objects.count() == 0


def test_more_than_two_megabytes_are_refused_before_reading(send):
    response = send(text="ก" * 800_000)

    assert response.status_code == 413
    assert "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in response.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("character", "word"),
    [("\x00", "NUL"), ("\ufffc", "U+FFFC"), ("\x1b", "U+001B"), ("\x85", "U+0085")],
)
def test_refused_characters_are_named_with_their_place(send, character, word):
    text = f"ขอแก้{character}ถ้อยคำ"

    response = send(text=text)

    assert response.status_code == 422
    assert word in _errors(response)
    assert "ตำแหน่งที่ 6" in _errors(response)
    assert "ถ้อยคำ" in _shown_in(response, "text")
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%80%81", b"%FF"])
@pytest.mark.parametrize("field", ["text", "words-text", "new-text"])
def test_bytes_that_are_no_text_are_refused(client, entry, raw, field):
    kind = {"text": "ask", "words-text": "amend", "new-text": "add"}[field]
    body = urlencode(
        {"client_key": str(uuids.uuid4()), "type": kind, "text": SAID}
    ).encode()
    body = body.replace(b"text=", b"unused=") if field == "text" else body
    body += f"&{field}={quote('ขอแก้')}".encode() + raw + quote("ถ้อยคำ").encode()

    response = client.post(
        reverse("entry-comments", args=[entry.pk]),
        body,
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 422
    assert "โปรดพิมพ์หรือวางข้อความใหม่" in _errors(response)
    assert _shown_in(response, field).startswith("ขอแก้")
    assert (Comment.objects.count(), Amendment.objects.count()) == (0, 0)


def test_lone_surrogate_in_the_form_itself_is_refused(entry, delegate):
    data = {"client_key": str(uuids.uuid4()), "type": "ask", "text": "ขอแก้\ud800ถ้อยคำ"}

    form = CommentForm(data, about=entry)

    assert not form.is_valid()
    assert "ขาดครึ่ง (U+D800)" in form.errors["text"][0]


def test_bidi_controls_are_removed_and_counted(client, send):
    response = send(text="ขอ\u202eแก้\u2066ไข")

    assert response.status_code == 303
    assert Comment.objects.get().text == "ขอแก้ไข"
    assert "ปรับรูปอักขระ 2 แห่ง" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "code",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ user }}{% now %}",
    ],
)
def test_code_is_stored_as_text_and_shown_as_text(client, entry, send, code):
    response = send(
        type="amend",
        text=code,
        **{"words-text": code, "issue_class": "new", "issue-new-law": code},
    )

    assert response.status_code == 303
    comment = Comment.objects.get()
    assert (comment.text, comment.issue_data) == (code, {"law": code})
    for url in (
        response["Location"],
        reverse("entry-comments", args=[entry.pk]),
        reverse("comment-edit", args=[comment.uuid]),
        reverse("my-comments"),
        reverse("office-comments"),
        reverse("group-comments", args=["DIR"]),
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert html.escape(code) in page or code in html.unescape(
            re.sub(r"</?(ins|del|br)>", "", page)
        )


def test_twenty_thousand_tone_marks_are_refused_or_collapsed(send):
    long = send(text="ก" + "\u0e48" * 20_000)
    short = send(text="ก" + "\u0e48" * 3_000)

    assert long.status_code == 422
    assert "เกิน 4,000 ตัวอักษร" in _errors(long)
    assert short.status_code == 303
    assert len(Comment.objects.get().text) < 10


def test_word_diff_of_twenty_thousand_digits_and_marks_answers(client, entry):
    url = reverse("wording-diffs")

    def diff(words):
        body = {"entry": entry.pk, "words-text": words}
        return client.post(url, body, headers={"HX-Request": "true"})

    assert diff("1" * 20_000).status_code == 200
    assert diff("ก" + "\u0e48" * 19_000).status_code == 200
    over = diff("ก" * 20_001)
    assert over.status_code == 422
    assert "เกิน 20,000 ตัวอักษร" in over.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("entry_id", ["", "0", "-1", "x", "๕", "9" * 30, "1;DROP"])
def test_word_diff_of_no_entry_is_not_found(client, entry_id):
    assert (
        client.post(
            reverse("wording-diffs"), {"entry": entry_id, "words-text": "ก"}
        ).status_code
        == 404
    )


@pytest.mark.parametrize("path", ["99999999999999999999", "0", "-1", "x"])
def test_entries_that_are_none_are_not_found(client, path):
    for url in (f"/entries/{path}/comments/", f"/entries/{path}/comments/new/"):
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": SAID}).status_code in (404, 405)


def test_comments_that_are_none_are_not_found(client):
    for act in (
        "comment",
        "comment-edit",
        "comment-withdrawal",
        "comment-support",
        "comment-replies",
    ):
        method = client.get if act == "comment" else client.post
        assert (
            method(reverse(act, args=[uuids.uuid4()]), {"text": SAID}).status_code
            == 404
        )
    assert client.get("/comments/not-a-uuid/").status_code == 404


@pytest.mark.parametrize("key", ["", "x", "0" * 40, "\x00", "' OR 1=1"])
def test_broken_key_comes_back_with_a_new_one(send, key):
    response = send(client_key=key)

    assert response.status_code == 422
    assert "โปรดส่งอีกครั้ง" in _errors(response)
    assert _shown_in(response, "text") == SAID
    assert re.search(
        r'name="client_key" value="[0-9a-f-]{36}"', response.content.decode()
    )
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"type": "ทำลาย"},
        {"type": ""},
        {"issue_class": "ไม่มี"},
        {"capacity": "สพฐ."},
        {"issue_class": "complex", "issue-complex-days_now": "สองวัน"},
        {"issue_class": "complex", "issue-complex-days_now": "-1"},
        {"issue_class": "complex", "issue-complex-days_now": "99999"},
        {"issue_class": "new", "issue-new-law": "ก" * 301},
    ],
)
def test_choices_nobody_offered_are_refused_with_the_text_kept(send, values):
    response = send(**values)

    assert response.status_code == 422
    assert _errors(response)
    assert _shown_in(response, "text") == SAID
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    "span",
    [
        ("0", "9999"),
        ("-3", "2"),
        ("5", "5"),
        ("9", "2"),
        ("x", "y"),
        ("0", ""),
        ("9" * 40, "9" * 41),
        ("1.5", "3"),
    ],
)
def test_span_outside_the_text_is_refused_with_the_text_kept(send, span):
    response = send(field="text", span_start=span[0], span_end=span[1])

    assert response.status_code == 422
    assert "ช่วงข้อความที่เลือกไม่ตรง" in _errors(response)
    assert _shown_in(response, "text") == SAID
    assert Comment.objects.count() == 0


def test_span_in_a_field_the_clause_has_not_is_refused(send):
    assert send(field="duration", span_start="0", span_end="2").status_code == 422
    assert Comment.objects.count() == 0


def test_fields_the_clause_has_not_are_ignored(send):
    response = send(
        type="amend",
        **{"words-actor": "ผู้บุกรุก", "words-cell:1:1": "x", "new-system": "y"},
    )

    assert response.status_code == 303
    assert Comment.objects.get().amendments.count() == 0


def test_reply_to_a_comment_of_another_place_stays_at_that_place(
    client, session, edition, process, secondary_delegate
):
    elsewhere = factories.entry_of(edition, factories.clause_at(process, "5.1"))
    other = factories.make_comment(session, elsewhere, secondary_delegate)

    client.post(
        reverse("comment-replies", args=[other.uuid]),
        {"client_key": str(uuids.uuid4()), "text": SAID},
    )

    assert Comment.objects.get(parent=other).entry == elsewhere


def test_entry_of_a_group_one_is_not_registered_for_is_refused(
    client, fin_group, hearing, admin
):
    process = factories.make_process(factories.make_manual(fin_group))
    later = factories.make_edition("FIN-DRAFT", by=admin)
    factories.make_release(later, "hearing", by=admin)
    factories.open_session(factories.make_session(later, fin_group, hearing=hearing))
    entry = factories.entry_of(later, process)

    response = client.post(
        reverse("entry-comments", args=[entry.pk]),
        {"client_key": str(uuids.uuid4()), "type": "ask", "text": SAID},
    )

    assert response.status_code == 403
    assert "ไม่ได้ลงทะเบียนเป็นผู้แทนของกลุ่มงานนี้" in response.content.decode()
    assert SAID in response.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    "act",
    [
        "comment-withdrawal",
        "comment-support",
        "comment-replies",
        "comment-objection",
        "wording-diffs",
    ],
)
def test_acts_are_not_done_by_opening_their_address(client, comment, act):
    url = reverse(act, args=[] if act == "wording-diffs" else [comment.uuid])

    response = client.get(url)

    assert response.status_code == 405
    assert "เปิดที่อยู่เว็บนี้โดยตรงไม่ได้" in response.content.decode()
    assert (Support.objects.count(), comment.answers.count()) == (0, 0)


def test_pages_with_odd_filters_answer(client, comment):
    for url in (
        reverse("my-comments"),
        reverse("office-comments"),
        reverse("group-comments", args=["DIR"]),
        reverse("entry-comments", args=[comment.entry_id]),
    ):
        for query in (
            "page=x",
            "page=-1",
            "page=99999",
            "stage=%27",
            "order=%3Cb%3E",
            "office=x&process=9" + "9" * 30,
        ):
            assert client.get(f"{url}?{query}").status_code == 200


def test_key_of_a_colleague_does_not_show_their_comment(
    client, session, entry, secondary_delegate
):
    held = factories.make_comment(
        session, entry, secondary_delegate, text="ยังไม่แสดง", visibility="held"
    )

    response = client.post(
        reverse("entry-comments", args=[entry.pk]),
        {"client_key": str(held.client_key), "type": "ask", "text": SAID},
        follow=True,
    )

    assert "ยังไม่แสดง" not in response.content.decode()
    assert Comment.objects.get(text=SAID).author.username == "somsri"
