"""Words of a clause that a comment quotes: a reference in them reads as what it is called, wherever they are shown."""

import re

import pytest
from django.urls import reverse

from comments.commenting.presentation.quotes import ShownQuotes
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

CALLED = "ข้อ 5.1 ของกระบวนงาน การรับหนังสือราชการ"
QUOTE = "\ufffc ทุกวัน"
READ = f"“{CALLED} ทุกวัน”"


@pytest.fixture
def citing(process, drafter):
    """Of another process: ตาม ข้อ 5.1 ทุกวัน และตาม ข้อ 2.1."""
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind=Section.Kind.PROCESS, by=drafter
    )
    first, second = (
        write_reference(str(factories.clause_at(process, cite).uuid))
        for cite in ("5.1", "2.1")
    )
    body = f"ตาม{second}และตาม{first} ทุกวัน"
    return factories.make_clause(other, Text(body=body), by=drafter)


@pytest.fixture
def asked(citing, admin, dir_group, hearing, facilitator):
    """Its entry, and an open session."""
    edition = factories.make_edition("CITED-1", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    made = factories.make_session(edition, dir_group, hearing=hearing)
    session = factories.open_session(made, by=facilitator)
    return factories.entry_of(edition, citing), session


@pytest.fixture
def quoting(asked, delegate):
    return quote(*asked, delegate)


def quote(entry, session, author):
    text = entry.blob.plain
    start = text.index(QUOTE)
    return factories.make_comment(
        session,
        entry,
        author,
        field="text",
        span_start=start,
        span_end=start + len(QUOTE),
        quote=QUOTE,
    )


def test_quote_reads_as_what_the_reference_is_called(
    sign_in, quoting, asked, delegate, facilitator, drafter
):
    entry, _ = asked
    queue = reverse("group-queue", args=["DIR"])
    pages = {
        "own": sign_in(delegate).get(reverse("comment", args=[quoting.uuid])),
        "entry": sign_in(delegate).get(reverse("entry-comments", args=[entry.pk])),
        "queue": sign_in(facilitator).get(f"{queue}?comment={quoting.uuid}"),
        "bench": sign_in(drafter).get(
            reverse("comment-disposition", args=[quoting.uuid])
        ),
    }
    for name, page in pages.items():
        assert READ in markup(page), name
        assert "ไม่พบข้อที่อ้าง" not in markup(page), name
        assert "[ข้อที่อ้าง]" not in markup(page), name
        assert "\ufffc" not in markup(page), name


def test_wording_to_mark_has_one_element_for_a_reference(sign_in, asked, delegate):
    entry, _ = asked
    page = markup(sign_in(delegate).get(reverse("comment-new", args=[entry.pk])))
    assert (
        f'data-field="text" translate="no">ตาม<span data-reference>ข้อ 2.1 ของกระบวนงาน '
        f"การรับหนังสือราชการ</span>และตาม<span data-reference>{CALLED}</span> ทุกวัน</p>"
    ) in page
    # The legend of the form of words
    assert f"⟦2⟧ แทนการอ้างถึง {CALLED}" in page


def test_receipt_repeats_the_quote_as_it_reads(sign_in, asked, delegate):
    entry, _ = asked
    start = entry.blob.plain.index(QUOTE)
    client = sign_in(delegate)
    sent = {
        "client_key": "0f0e0d0c-0b0a-4909-8807-060504030201",
        "type": "ask",
        "text": "หมายถึงวันทำการหรือไม่",
        "field": "text",
        "span_start": str(start),
        "span_end": str(start + len(QUOTE)),
    }
    url = reverse("entry-comments", args=[entry.pk])
    answer = client.post(url, sent, headers={"HX-Request": "true"})
    assert READ in markup(answer)
    again = client.post(url, sent | {"client_key": "", "text": ""})
    assert READ in markup(again) or "“<span" in markup(again)
    assert f'composer__quoted">{CALLED} ทุกวัน</span>' in markup(again)


def test_quote_that_was_reworded_is_compared_as_both_read(
    sign_in, quoting, citing, process, drafter, admin, delegate
):
    body = citing.body.replace("ทุกวัน", "ทุกวันทำการ")
    citing.refresh_from_db()
    apply_changes(
        drafter,
        "edit",
        "ให้ชัดเจน",
        [ReviseClause(citing, citing.lock_version, Text(body=body))],
    )
    later = factories.make_edition("CITED-2", by=admin)
    factories.make_release(later, "hearing", by=admin)
    moved = factories.entry_of(later, citing)
    now = "\ufffc ทุกวันทำการ"
    start = moved.blob.plain.index(now)
    factories.make_resolution(
        quoting,
        later,
        moved,
        state="text_changed",
        method="diff",
        span={"field": "text", "start": start, "end": start + len(now)},
    )
    page = markup(sign_in(delegate).get(reverse("comment", args=[quoting.uuid])))
    before, now = (
        re.sub("<[^>]*>", "", words)
        for words in re.findall(r'compare__text">(.*?)</p>', page)[:2]
    )
    assert (before, now) == (f"{CALLED} ทุกวัน", f"{CALLED} ทุกวันทำการ")


def test_quotes_cost_the_same_for_one_and_for_three(
    asked, delegate, secondary_delegate, assert_same_queries
):
    comments = [quote(*asked, delegate)]

    def more() -> None:
        for _ in range(2):
            comments.append(quote(*asked, secondary_delegate))

    def read() -> list[str]:
        quotes = ShownQuotes(comments)
        return [quotes.words_of(comment) for comment in comments]

    assert_same_queries(1, read, more)
    assert set(read()) == {f"{CALLED} ทุกวัน"}
