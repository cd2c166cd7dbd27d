"""What several comments say together: filed there by an author who confirms it, shown as one, nothing left out."""

import uuid as uuids

import pytest
from django.urls import reverse

from comments.duplicates.services import separate_comments
from comments.models import Comment, Grouping
from tests import factories
from tests.markup import markup

SAID = "ขอให้เพิ่มช่องทางรับหนังสือทางไปรษณีย์อิเล็กทรอนิกส์กลาง"


@pytest.fixture
def open_comment(session, comment, facilitator) -> Comment:
    factories.open_session(session, by=facilitator)
    return comment


def send(client, entry, **body):
    typed = {"type": "amend", "text": SAID, "client_key": str(uuids.uuid4()), **body}
    return client.post(reverse("entry-comments", args=[entry.pk]), typed)


def standing() -> dict[int, int | None]:
    return dict(Grouping.objects.standing().values_list("comment", "group"))


def test_author_confirms_that_it_is_the_same_and_it_is_filed_there(
    sign_in, open_comment, entry, secondary_delegate, facilitator
):
    office = sign_in(secondary_delegate)
    similar = office.post(
        reverse("similar-comments"), {"entry": entry.pk, "text": SAID, "type": "amend"}
    )
    assert f'name="joins" value="{open_comment.uuid}"' in markup(similar)

    response = send(office, entry, joins=str(open_comment.uuid))

    assert response.status_code in (302, 303)
    made = Comment.objects.latest("pk")
    groups = standing()
    assert set(groups) == {open_comment.pk, made.pk}
    assert len(set(groups.values())) == 1
    third = send(office, entry, joins=str(made.uuid), text=SAID + " โดยเร็ว")
    assert third.status_code in (302, 303)
    assert len(set(standing().values())) == 1
    assert len(standing()) == 3
    separate_comments([made.pk], by=facilitator)
    assert made.pk not in standing()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"type": "delete"}, "ไม่ใช่เรื่องเดียวกัน"),
        ({"joins": str(uuids.uuid4())}, "ไม่อยู่แล้ว"),
    ],
)
def test_what_is_not_the_same_is_refused_with_its_words(
    sign_in, open_comment, entry, secondary_delegate, changes, told
):
    body = {"joins": str(open_comment.uuid), **changes}

    response = send(sign_in(secondary_delegate), entry, **body)

    page = markup(response)
    assert (response.status_code, told in page, SAID in page) == (422, True, True)
    assert Comment.objects.count() == 1
    assert standing() == {}


def test_argument_is_one_on_the_clause_in_the_matrix_and_in_the_conclusion(
    sign_in, session, entry, comment, delegate, secondary_delegate, facilitator
):
    other = factories.make_comment(session, entry, secondary_delegate, text=SAID)
    alone = factories.make_comment(
        session, entry, delegate, text="ขอคงไว้", type="agree"
    )
    factories.make_comment_group(comment, other, by=facilitator)
    held = factories.make_comment(session, entry, visibility="held")
    factories.make_comment_group(held, by=facilitator)
    reader = sign_in(delegate)

    page = markup(reader.get(reverse("entry-comments", args=[entry.pk])))

    for each in (comment, other, alone):
        assert page.count(f'id="comment-{each.uuid}"') == 1
    assert page.count("เรื่องเดียวกัน 2\u00a0ความคิดเห็น") == 2
    assert "อีก 1\u00a0ความคิดเห็น ที่เป็นเรื่องเดียวกัน" in page
    conclusion = markup(reader.get(reverse("group-conclusion", args=["DIR"])))
    assert "เรื่องเดียวกันที่หลายความคิดเห็นเสนอ" in conclusion
    assert f"ความคิดเห็นเลขที่ {comment.pk}" in conclusion
    desk = sign_in(facilitator)
    matrix = markup(desk.get(reverse("matrix")))
    assert matrix.count("2 ความคิดเห็น สพป. 1 เขต สพม. 1 เขต") == 2


def test_comments_on_the_same_words_stand_together(sign_in, session, entry, delegate):
    def on(start: int, end: int) -> Comment:
        quote = entry.blob.plain[start:end]
        span = {"field": "text", "span_start": start, "span_end": end, "quote": quote}
        return factories.make_comment(session, entry, delegate, **span)

    first, elsewhere, again = on(0, 7), on(7, 12), on(0, 7)
    url = reverse("entry-comments", args=[entry.pk])

    page = markup(sign_in(delegate).get(url, {"order": "words"}))

    places = [page.index(f"comment-{each.uuid}") for each in (first, again, elsewhere)]
    assert places == sorted(places)
