"""The matrix on the screen, and asking for it as a file."""

import pytest

from hearing_portal.acts.services import act
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.spreadsheets import read_table
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_page_shows_comments_with_their_results(
    sign_in, drafter, comment, delegate, hearing
):
    factories.make_disposition(comment, outcome="deferred", decided_by=drafter)
    page = markup(sign_in(drafter).get("/matrix/"))
    assert comment.text in page
    assert "นำไปพิจารณาในการปรับปรุงครั้งต่อไป" in page
    assert delegate.family_name not in page


def test_filters_stand_in_the_address(sign_in, admin, session, entry, delegate):
    agreed = factories.make_comment(session, entry, delegate, type="agree", text="ดีแล้ว")
    asked = factories.make_comment(session, entry, delegate, type="ask", text="ถามว่า")
    client = sign_in(admin)
    page = markup(client.get("/matrix/?type=agree&group=DIR"))
    assert agreed.text in page
    assert asked.text not in page
    assert '<option value="agree" selected>' in page
    for nothing in ("type=none", "group=FIN", "clause=process-x", "outcome=1"):
        assert asked.text in markup(client.get(f"/matrix/?{nothing}"))
    chosen = markup(client.get(f"/matrix/?clause={entry.pk}&outcome=none"))
    assert asked.text in chosen


def test_desk_sees_its_own_group_alone(
    sign_in, facilitator, fin_group, session, comment
):
    other = factories.make_facilitator(fin_group, username="other")
    factories.make_manual(fin_group)
    client = sign_in(other)
    for query in ("", "?group=DIR"):
        assert comment.text not in markup(client.get(f"/matrix/{query}"))
    assert comment.text in markup(sign_in(facilitator).get("/matrix/"))


def test_page_costs_the_same_for_one_comment_and_three(
    sign_in, drafter, session, entry, delegate, chonburi, assert_same_queries
):
    def add(number=1):
        for _ in range(number):
            said = factories.make_comment(session, entry, delegate)
            factories.make_support(said, chonburi)
            factories.make_disposition(said, decided_by=drafter)

    add()
    client = sign_in(drafter)
    assert_same_queries(19, lambda: client.get("/matrix/"), lambda: add(2))


@pytest.mark.django_db(transaction=True)
def test_file_has_the_rows_that_the_page_shows(
    sign_in, drafter, session, entry, delegate, hearing
):
    kept = factories.make_comment(session, entry, delegate, type="agree")
    factories.make_comment(session, entry, delegate, type="ask")
    client = sign_in(drafter)
    answer = client.post("/matrix/exports/", {"type": "agree", "group": "DIR"})
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.uuid}/"
    assert job.params == {
        "hearing": "2565",
        "groups": ["DIR"],
        "filters": "type=agree",
        "format": "xlsx",
        "digits": "thai",
    }

    run_pending_jobs()

    file = client.get(f"/jobs/{job.uuid}/file/")
    _, *lines = read_table(b"".join(file.streaming_content))
    assert [line.cell(0) for line in lines] == [str(kept.pk)]
    assert "ตารางสรุปความคิดเห็น กลุ่มอำนวยการ" in markup(client.get("/exports/"))


@pytest.mark.django_db(transaction=True)
def test_file_is_given_to_who_may_ask_for_it_now(
    sign_in, drafter, comment, fin_group, facilitator
):
    client = sign_in(drafter)
    client.post("/matrix/exports/", {})
    job = Job.objects.get()
    assert job.params["groups"] == ["DIR"]
    run_pending_jobs()
    assert sign_in(facilitator).get(f"/jobs/{job.uuid}/file/").status_code == 404
    role = drafter.roles.get()
    with act(by=None):
        role.valid_until = factories.FIRST_DAY
        role.save()
    assert client.get(f"/jobs/{job.uuid}/file/").status_code == 403


def test_edition_filter_leaves_the_comments_on_that_edition(
    sign_in, drafter, comment, session, admin, dir_group
):
    later = factories.make_edition("LATER", by=admin, kind="revised")
    second = factories.make_session(later, dir_group, hearing=session.hearing)
    entry = factories.entry_of(later, comment.entry.clause)
    other = factories.make_comment(second, entry, text="ต่อฉบับหลัง")
    desk = sign_in(drafter)

    page = markup(desk.get("/matrix/", {"edition": "LATER"}))

    assert other.text in page
    assert comment.text not in page
    assert '<option value="LATER" selected' in page
