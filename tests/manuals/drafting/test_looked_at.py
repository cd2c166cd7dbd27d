"""Requests to look and preview links of what an act takes out or puts elsewhere are told before it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manuals.previewing.services import recall_preview_link
from manuals.reviewing.services import close_review
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REQUESTS, LINKS = "มีคำขอให้ตรวจที่ยังไม่ปิด", "มีลิงก์ดูร่างที่ยังใช้ได้"
STAYS, FOLLOWS = "แสดงถ้อยคำก่อนยกเลิก", "นำไปยังข้อที่รับถ้อยคำไว้"


@pytest.fixture
def told_at(sign_in, drafter):
    """What a page of an act says to the drafter."""
    client = sign_in(drafter)

    def read(name: str, *args: object) -> str:
        return markup(client.get(reverse(name, args=["DIR", *args])))

    return read


def test_retiring_and_joining_a_process_tell_who_looks_at_it(
    told_at, drafter, expert, outside, process, clause, unit
):
    """Also at a clause of it that another one took in; not what is done with, of another process or over."""
    first = factories.clause_at(process, "5.1")
    factories.make_review_request(process, expert, drafter)
    factories.make_review_request(process, expert, drafter, clause)
    factories.join_away(clause, first, by=drafter)
    closed = factories.make_review_request(process, expert, drafter, text="ปิดแล้ว")
    close_review(closed, by=drafter)
    factories.make_preview_link(process.manual, process, by=drafter, purpose="เสนอ ผอ.")
    recalled = factories.make_preview_link(
        process.manual, process, by=drafter, secret="b", purpose="เรียกคืน"
    )
    recall_preview_link(recalled, by=drafter)
    over = localdate() - timedelta(days=1)
    factories.make_preview_link(
        process.manual, process, by=drafter, secret="c", ends_on=over
    )

    page = told_at("section-retire", process.uuid)
    assert f"{REQUESTS} 2" in page
    assert f"“{process.title}” ทั้งกระบวนงาน" in page
    assert f"ข้อที่ขึ้นต้นว่า “{clause.plain[:10]}" in page
    assert STAYS in page
    assert f"{LINKS} 1" in page
    assert f"เสนอ ผอ. แสดง “{process.title}”" in page

    page = told_at("section-join", outside.uuid)
    assert f"{REQUESTS} 2" in page
    assert f"{LINKS} 1" in page
    assert FOLLOWS in page
    for other in ("section-retire", outside.uuid), ("section-join", process.uuid):
        page = told_at(*other)
        assert (REQUESTS in page, LINKS in page) == (False, False)


@pytest.fixture
def outside(drafter, unit):
    """A process of the same unit at which nobody looks."""
    return factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )


def test_retiring_joining_and_restoring_tell_who_was_asked_about_a_clause(
    told_at, drafter, expert, process, clause
):
    factories.make_review_request(process, expert, drafter, clause)
    factories.make_review_request(process, expert, drafter)
    before = factories.clause_at(process, "5.1")
    for page, act, told in (
        ("clause-retire", [process.uuid, clause.uuid], STAYS),
        ("clause-join", [process.uuid, before.uuid], FOLLOWS),
        ("section-restoration", [process.uuid, 1], STAYS),
    ):
        shown = told_at(page, *act)
        assert (page, f"{REQUESTS} 1" in shown, told in shown) == (page, True, True)
    assert REQUESTS not in told_at("clause-retire", process.uuid, before.uuid)


def test_leaving_out_titles_tells_who_looks_at_one(told_at, drafter, expert, outside):
    assert REQUESTS not in told_at("manual-titles")
    factories.make_review_request(outside, expert, drafter)
    factories.make_preview_link(outside.manual, outside, by=drafter)
    shown = told_at("manual-titles")
    assert (f"{REQUESTS} 1" in shown, f"{LINKS} 1" in shown) == (True, True)
