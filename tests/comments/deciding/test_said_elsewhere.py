"""Who takes out or joins what the hearing spoke of is told how much was said, by which offices, and what waits."""

from datetime import date

import pytest

from comments.models import Comment
from manuals.content import Text
from manuals.drafting.services.dividing import join_sections
from manuals.drafting.services.structure import split_clause
from manuals.models import Clause, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(session, entry, comment, delegate, secondary, drafter, second_drafter):
    """Of clause 5.2: one undecided of a primary office, one owed of a secondary one, one that was taken back."""
    owed = factories.make_comment(session, entry, secondary)
    factories.make_disposition(
        owed,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=second_drafter,
    )
    back = factories.make_comment(session, entry, delegate, text="ขอถอน")
    factories.make_disposition(back, outcome="withdrawn", decided_by=delegate)
    factories.make_comment(session, entry, delegate, parent=comment, text="ตอบ")
    return comment


@pytest.fixture
def secondary():
    office = factories.make_office("สพม.ลำปาง", kind="secondary")
    return factories.make_delegate(office=office, username="delegate-s")


TOLD = (
    "ความคิดเห็น 2 เรื่อง (สพป. 1 · สพม. 1)",
    "ยังไม่มีผลการพิจารณา 1 เรื่อง",
    "รอยกร่าง 1 เรื่อง",
)


def split(clause: Clause, *bodies: str, by) -> list[Clause]:
    clause = Clause.objects.select_related("section__manual", "parent").get(
        pk=clause.pk
    )
    contents = [Text(body=body) for body in bodies]
    return split_clause(clause, clause.lock_version, contents, by=by, reason="แยก")


def draft_url(section: Section) -> str:
    return f"/groups/DIR/drafts/{section.uuid}/"


def test_retiring_a_process_tells_what_was_said_and_is_done_knowingly(
    sign_in, drafter, said, process
):
    client = sign_in(drafter)
    url = f"{draft_url(process)}retire/"
    page = markup(client.get(url))
    for words in TOLD:
        assert words in page
    queue = f"/groups/DIR/queue/?clause=process-{process.pk}&amp;hearing=2565"
    assert f'href="{queue}"' in page
    listed = client.get(queue.replace("&amp;", "&"))
    assert said.text[:30] in markup(listed)

    sent = {"version": process.version, "reason": "ยกเลิกภารกิจ"}
    refused = client.post(url, sent)
    assert (refused.status_code, "แล้วทำเครื่องหมายว่าทราบ" in markup(refused)) == (
        422,
        True,
    )
    process.refresh_from_db()
    assert process.retired_id is None
    assert client.post(url, {**sent, "knows": "on"}).status_code == 303


@pytest.mark.parametrize("act", ["retire/", "join/"])
def test_page_of_an_act_on_a_clause_tells_it(
    sign_in, drafter, said, clause, entry, act
):
    page = markup(
        sign_in(drafter).get(f"{draft_url(clause.section)}clauses/{clause.uuid}/{act}")
    )
    for words in TOLD:
        assert words in page
    assert f'href="/groups/DIR/queue/?clause={entry.pk}&amp;hearing=2565"' in page


def test_join_tells_it_of_the_clause_and_the_process_that_are_taken_in(
    sign_in, drafter, said, clause, process, unit
):
    client = sign_in(drafter)
    first = factories.clause_at(process, "5.1")
    page = markup(client.get(f"{draft_url(process)}clauses/{first.uuid}/join/"))
    assert TOLD[0] in page
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    assert TOLD[0] in markup(client.get(f"{draft_url(other)}join/"))


def test_table_of_steps_tells_it_where_a_row_is_cut(
    sign_in, drafter, session, edition, delegate, process
):
    step = Clause.objects.filter(section=process, kind="step").first()
    factories.make_comment(session, factories.entry_of(edition, step), delegate)
    client = sign_in(drafter)
    page = client.get(f"{draft_url(process)}steps/")
    rows = page.context["page"].rows
    told = [about.counts for row in rows for about in row.said]
    assert told == ["ความคิดเห็น 1 เรื่อง (สพป. 1)"]
    assert "ก่อนตัด โปรดดู <a" in markup(page)


def test_what_nobody_spoke_of_is_not_told(sign_in, drafter, process):
    client = sign_in(drafter)
    page = markup(client.get(f"{draft_url(process)}retire/"))
    assert "มีความคิดเห็นจากการประชาพิจารณ์" not in page
    sent = {"version": process.version, "reason": "ยกเลิกภารกิจ"}
    assert client.post(f"{draft_url(process)}retire/", sent).status_code == 303
    assert not Comment.objects.exists()


def retire_page(client, node: Clause | Section) -> str:
    if isinstance(node, Section):
        return markup(client.get(f"{draft_url(node)}retire/"))
    return markup(client.get(f"{draft_url(node.section)}clauses/{node.uuid}/retire/"))


def test_what_was_said_of_words_that_were_joined_is_told_where_they_leave(
    sign_in, drafter, said, clause, process, entry
):
    """Through two joins; and once they were divided again at the seam, of the part that has them alone."""
    first = factories.clause_at(process, "5.1")
    words = (first.body, clause.body)
    joined = factories.join_away(clause, first, by=drafter)
    client = sign_in(drafter)
    page = retire_page(client, joined)
    assert "ข้อ 5.1 รับถ้อยคำจากข้อที่ขึ้นต้นว่า" in page
    for told in TOLD:
        assert told in page
    assert f'href="/groups/DIR/queue/?clause={entry.pk}&amp;hearing=2565"' in page
    for told in TOLD:
        assert told in retire_page(client, process)
    url = f"{draft_url(process)}retire/"
    sent = {"version": process.version, "reason": "ยกเลิกภารกิจ"}
    assert client.post(url, sent).status_code in (409, 422)

    new = factories.make_clause(process, "ข้อสุดท้าย", by=drafter)
    again = factories.join_away(joined, new, by=drafter)
    assert TOLD[0] in retire_page(client, again)
    kept, part = split(again, f"{new.body} และ{words[0]}", words[1], by=drafter)
    assert TOLD[0] in retire_page(client, part)
    assert "มีความคิดเห็นจากการประชาพิจารณ์" not in retire_page(client, kept)


def test_what_was_said_before_words_were_split_off_is_told_of_the_part(
    sign_in, drafter, said, clause, delegate, dir_group, admin
):
    """And not what was said of the rest, in a book that has the part."""
    part = split(clause, "ตรวจสอบหนังสือ", "ตรวจสิ่งที่ส่งมาด้วย", by=drafter)[1]
    client = sign_in(drafter)
    page = retire_page(client, part)
    assert "ข้อ 5.3 แยกมาจากข้อที่ขึ้นต้นว่า" in page
    assert TOLD[0] in page
    later = factories.make_edition(by=admin)
    session = factories.make_session(later, dir_group)
    factories.make_comment(session, factories.entry_of(later, clause), delegate)
    assert TOLD[0] in retire_page(client, part)
    assert TOLD[0] not in retire_page(client, clause)


def test_what_was_said_of_a_process_that_was_joined_is_told_of_the_other(
    sign_in, drafter, session, edition, delegate, process, unit
):
    factories.make_comment(session, factories.entry_of(edition, process), delegate)
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    process.refresh_from_db()
    pair = [(other, other.version), (process, process.version)]
    join_sections(pair, by=drafter, reason="เป็นงานเดียวกัน")
    page = retire_page(sign_in(drafter), other)
    assert f"“การส่งหนังสือ” รับถ้อยคำจาก “{process.title}”: <a" in page
    assert "ความคิดเห็น 1 เรื่อง (สพป. 1)" in page


def test_answers_that_point_to_what_leaves_are_told(
    sign_in, drafter, session, edition, entry, process, clause, delegate
):
    """Also where it was joined to another one since."""
    about = factories.make_comment(
        session, factories.entry_of(edition, factories.clause_at(process, "5.3"))
    )
    factories.make_disposition(about, outcome="already_covered", points_to=entry)
    client = sign_in(drafter)
    told = 'ข้อ 5.2: <a href="/groups/DIR/queue/?comment='
    words = "“กำหนดไว้แล้ว” ที่ชี้มาที่นี่ 1 เรื่อง"
    page = retire_page(client, clause)
    assert (told in page, words in page) == (True, True)
    assert words in retire_page(client, process)
    assert words not in retire_page(client, factories.clause_at(process, "5.1"))
    joined = factories.join_away(
        clause, factories.clause_at(process, "5.1"), by=drafter
    )
    assert words in retire_page(client, joined)
