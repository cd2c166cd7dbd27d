"""The receipt that lives: what the link of a comment shows to whoever has it, and when."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.models import ReceiptRecall
from comments.moderating.services import hide_comment, show_comment
from comments.receipts.letters import receipt_letters
from comments.receipts.services import recall_receipt
from hearing_portal.acts.models import Act
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "ระเบียบกำหนดให้ตรวจชั้นความเร็วก่อนลงทะเบียนรับทุกครั้ง"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย รวมทั้งชั้นความเร็ว"


@pytest.fixture
def publication(hearing, dir_group):
    return factories.make_publication(
        hearing, dir_group, objections_until="2999-01-01T00:00:00Z"
    )


def link_of(comment, recalls: int = 0) -> str:
    return reverse("receipt", args=[comment.pk, receipt_letters(comment, recalls)])


def told(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup(response)))


def steps(response) -> list[str]:
    return [
        step.name for step in response.context["receipt"].milestones if step.is_done
    ]


def test_link_says_how_far_the_comment_is_and_nothing_of_its_words(
    session, entry, delegate, facilitator
):
    comment = factories.make_comment(
        session, entry, delegate, text="ข้อความลับก่อนเวลา", visibility="held"
    )
    anybody = Client()
    page = anybody.get(link_of(comment))
    assert (page.status_code, steps(page)) == (200, ["ส่งแล้ว"])
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"

    show_comment(comment, by=facilitator)
    page = anybody.get(link_of(comment))
    assert steps(page) == ["ส่งแล้ว", "รับเรื่อง"]

    factories.make_disposition(comment, outcome="not_accepted", reason=REASON)
    page = anybody.get(link_of(comment))
    assert steps(page) == ["ส่งแล้ว", "รับเรื่อง", "พิจารณา"]
    for secret in (
        "ข้อความลับก่อนเวลา",
        REASON,
        "ไม่เห็นชอบตามที่เสนอ",
        delegate.family_name,
        comment.office.short_name,
        entry.section.title,
    ):
        assert secret not in told(page)


def test_published_answer_is_told_without_words_until_the_final_edition_is_released(
    session, entry, clause, delegate, drafter, publication, admin, process
):
    comment = factories.make_comment(
        session, entry, delegate, text="ขอให้เพิ่มการตรวจชั้นความเร็ว"
    )
    amendment = factories.make_amendment(comment, WORDS)
    disposition = adopt_amendments(
        [Adoption(amendment, clause.lock_version)], by=drafter, reason=REASON
    ).disposition
    disposition.publication = publication
    disposition.save()
    anybody = Client()

    page = anybody.get(link_of(comment))
    assert "แจ้งผลแล้ว" in steps(page)
    assert REASON in told(page)
    for secret in (
        "ขอให้เพิ่มการตรวจชั้นความเร็ว",
        WORDS,
        comment.office.short_name,
    ):
        assert secret not in told(page)

    final = factories.make_edition("2565-F", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)
    factories.make_published_book(final, pages={str(clause.uuid): "12"})

    page = anybody.get(link_of(comment))
    assert steps(page)[-1] == "อยู่ในฉบับ"
    for words in (
        "ขอให้เพิ่มการตรวจชั้นความเร็ว",
        WORDS,
        comment.office.short_name,
        "หน้า 12",
    ):
        assert words in told(page)
    assert f'href="/editions/2565-F/book/#nameddest=clause-{clause.uuid}"' in markup(
        page
    )
    assert delegate.family_name not in told(page)


def test_comment_that_changed_nothing_leads_to_the_clause_as_it_stands(
    comment, entry, clause, publication, admin
):
    disposition = factories.make_disposition(comment, outcome="deferred", reason=REASON)
    disposition.publication = publication
    disposition.save()
    final = factories.make_edition("2565-F", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)

    page = Client().get(link_of(comment))

    [place] = page.context["receipt"].places
    assert (place.entry.clause_id, place.page) == (clause.pk, "")
    assert clause.body in told(page)
    assert told(page).count(REASON) == 1
    assert told(page).count(disposition.get_outcome_display()) == 1


def test_hidden_comment_shows_no_words_after_the_release_either(
    session, entry, delegate, facilitator, publication, admin
):
    comment = factories.make_comment(session, entry, delegate, text="ข้อความที่ซ่อน")
    hide_comment(comment, by=facilitator, reason="มีข้อมูลส่วนบุคคลของผู้อื่น")
    disposition = factories.make_disposition(
        comment, outcome="out_of_scope", reason=REASON
    )
    disposition.publication = publication
    disposition.save()
    final = factories.make_edition("2565-F", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)

    page = Client().get(link_of(comment))

    assert page.status_code == 200
    assert "ข้อความที่ซ่อน" not in told(page)
    assert "มีข้อมูลส่วนบุคคลของผู้อื่น" in told(page)


def test_link_is_called_back_at_once_and_another_one_opens(comment, delegate, sign_in):
    client = sign_in(delegate)
    own = reverse("comment-receipt", args=[comment.uuid])
    assert link_of(comment) in markup(client.get(own))

    recalled = client.post(reverse("receipt-recall", args=[comment.uuid]))

    assert (recalled.status_code, recalled["Location"]) == (303, own)
    assert link_of(comment, recalls=1) in markup(client.get(own))
    old = Client().get(link_of(comment))
    assert old.status_code == 404
    assert "เรียกคืนลิงก์นี้แล้ว" in told(old)
    assert Client().get(link_of(comment, recalls=1)).status_code == 200
    assert Act.objects.filter(code="receipt-recalled", by=delegate).count() == 1
    assert ReceiptRecall.objects.get().by == delegate


def test_other_letters_numbers_and_replies_open_nothing(
    comment, session, entry, secondary_delegate
):
    reply = factories.make_comment(
        session, entry, secondary_delegate, parent=comment, text="เห็นด้วย"
    )
    letters = receipt_letters(comment, 0)
    for address in (
        f"/receipts/{comment.pk}/{letters[:-1]}2a/",
        f"/receipts/{comment.pk + 99}/{letters}/",
        link_of(comment, recalls=1),
        link_of(reply),
    ):
        page = Client().get(address)
        assert page.status_code == 404
        assert "ไม่พบใบรับ" in told(page)
    # Typed from paper
    typed = letters.upper().replace("-", "")
    assert Client().get(f"/receipts/{comment.pk}/{typed}/").status_code == 200


def test_link_ends(comment, hearing):
    hearing.opens_on -= timedelta(days=1000)
    hearing.closes_on = hearing.opens_on
    hearing.save()
    page = Client().get(link_of(comment))
    assert page.status_code == 404
    assert "หมดอายุแล้ว" in told(page)


def test_only_who_sent_it_has_the_receipt(
    comment, delegate, secondary_delegate, facilitator, sign_in
):
    own = reverse("comment-receipt", args=[comment.uuid])
    code = reverse("comment-receipt-code", args=[comment.uuid])
    for person in (secondary_delegate, facilitator):
        assert sign_in(person).get(own).status_code == 403
        assert sign_in(person).get(code).status_code == 403
    drawn = sign_in(delegate).get(code)
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    assert b"<svg" in drawn.content


@pytest.mark.usefixtures("released")
def test_acknowledgement_shows_the_code_and_the_way_to_the_receipt(
    session, entry, delegate, sign_in
):
    client = sign_in(delegate)
    answer = client.post(
        f"/entries/{entry.pk}/comments/",
        {
            "type": "agree",
            "text": "เห็นชอบ",
            "client_key": "8c7a5d40-5b0e-4e2c-9f7d-3a8c25a6a001",
        },
        headers={"HX-Request": "true"},
    )
    [comment] = entry.comments.all()
    assert f"/comments/{comment.uuid}/receipt/code/" in markup(answer)
    assert f'href="/comments/{comment.uuid}/receipt/"' in markup(answer)


def test_page_costs_the_same_after_one_recall_and_three(
    comment, delegate, assert_same_queries
):
    recalls = [recall_receipt(comment, by=delegate)]

    def recall_twice() -> None:
        recalls.extend(recall_receipt(comment, by=delegate) for _ in range(2))

    assert_same_queries(
        9, lambda: Client().get(link_of(comment, len(recalls))), recall_twice
    )
