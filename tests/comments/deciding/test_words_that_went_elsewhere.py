"""What waits for a clause that was joined to another one, or divided and retired leads to what has its words."""

from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from comments.deciding.presentation.blockers import WritingWay
from comments.deciding.presentation.detail import find_way_into_draft, load_detail
from comments.deciding.queries.comments import find_comment_at_desk
from comments.deciding.queries.drafting_debts import find_drafting_debts
from comments.models import ChangeCause, Comment, Disposition
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook
from comments.releasing.queries.gate import DebtBlocker, find_release_blockers
from manuals.content import Text
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import retire_clause, split_clause
from manuals.models import Clause, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def owe(comment: Comment, drafter, second_drafter) -> Disposition:
    return factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=second_drafter,
    )


@pytest.fixture
def debt(comment, drafter, second_drafter) -> Disposition:
    """On clause 5.2."""
    return owe(comment, drafter, second_drafter)


@pytest.fixture
def first(process) -> Clause:
    return factories.clause_at(process, "5.1")


def url_of(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"


def owed_of(client):
    [owed] = client.get("/drafting/").context["desk"].owed
    return owed


def way_from_the_desk(comment: Comment, user) -> WritingWay:
    found = find_comment_at_desk(user, comment.uuid)
    assert found is not None
    way = find_way_into_draft(load_detail(found, user), user)
    assert way is not None
    return way


def sent(clause: Clause, debt: Disposition) -> dict[str, str]:
    return {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "words-text": "ลงทะเบียนและตรวจสอบในระบบสารบรรณอิเล็กทรอนิกส์",
        "numbering": clause.numbering,
        "applies_to": clause.applies_to,
        "reason": "ยกร่างตามผลการพิจารณา",
        "promise": str(debt.pk),
    }


def test_debt_of_a_joined_clause_is_written_where_its_words_are(
    sign_in, drafter, debt, clause, first
):
    survivor = factories.join_away(clause, first, by=drafter)
    client = sign_in(drafter)

    owed = owed_of(client)
    page = client.get(owed.url)

    assert owed.url == f"{url_of(survivor)}?promise={debt.pk}"
    assert owed.stands_at.startswith("รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ ข้อ 5.1")
    assert page.context["form"]["promise"].value() == str(debt.pk)
    assert "ข้อนี้รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ข้อ 5.1" in markup(page)
    data = sent(survivor, debt)
    assert client.post(url_of(survivor), data).status_code == 303
    assert ChangeCause.objects.get(disposition=debt).change.clause == survivor
    assert find_drafting_debts() == []


def test_every_way_of_the_debt_leads_there(
    sign_in, drafter, debt, comment, clause, first
):
    survivor = factories.join_away(clause, first, by=drafter)
    [blocker] = [
        each
        for each in find_release_blockers(DraftBook())
        if isinstance(each, DebtBlocker)
    ]
    shown = show_release_blocker(blocker)
    assert [way.label for way in shown.ways] == ["ยกร่างในข้อที่รับถ้อยคำไว้"]
    assert shown.ways[0].url == f"{url_of(survivor)}?promise={debt.pk}"
    assert shown.place_url.endswith(f"#c-{survivor.uuid.hex[:8]}")
    way = way_from_the_desk(comment, drafter)
    assert (way.url, way.label) == (
        f"{url_of(survivor)}?promise={debt.pk}",
        "ยกร่างตามผลนี้ ในข้อที่รับถ้อยคำไว้",
    )
    page = markup(sign_in(drafter).get("/groups/DIR/answers/?hearing=2565"))
    assert "ยกร่างในข้อที่รับถ้อยคำไว้" in page


def test_joined_again_it_leads_to_the_last_and_not_to_what_was_undone(
    sign_in, drafter, debt, clause, first, process
):
    client = sign_in(drafter)
    factories.join_away(clause, first, by=drafter)
    process.refresh_from_db()
    undo = f"/groups/DIR/drafts/{process.uuid}/undo/"
    assert client.post(undo, {"version": process.version}).status_code == 303
    assert owed_of(client).url == f"{url_of(clause)}?promise={debt.pk}"

    factories.join_away(clause, first, by=drafter)
    new = factories.make_clause(process, "ข้อที่เพิ่มไว้ก่อน", by=drafter)
    survivor = factories.join_away(first, new, by=drafter)
    assert owed_of(client).url == f"{url_of(survivor)}?promise={debt.pk}"


def test_debt_of_a_clause_joined_and_divided_is_written_in_the_part_that_says_it(
    sign_in, drafter, debt, clause, first
):
    words = [Text(body=first.body), Text(body=clause.body)]
    joined = factories.join_away(clause, first, by=drafter)
    _, part = split_clause(joined, joined.lock_version, words, by=drafter, reason="แยก")
    client = sign_in(drafter)
    owed = owed_of(client)
    assert owed.url == f"{url_of(part)}?promise={debt.pk}"
    assert owed.stands_at.startswith("รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ ข้อ 5.2")
    assert client.post(url_of(part), sent(part, debt)).status_code == 303
    assert find_drafting_debts() == []


def test_debt_of_a_divided_clause_that_left_leads_to_what_offers_the_rest_by_name(
    sign_in, drafter, debt, clause
):
    first, second = split_clause(
        clause,
        clause.lock_version,
        [Text(body="ตรวจสอบหนังสือ"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")],
        by=drafter,
        reason="แยก",
    )
    client = sign_in(drafter)
    assert owed_of(client).url == f"{url_of(first)}?promise={debt.pk}"
    retire_clause(first, first.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    owed = owed_of(client)
    assert owed.url == f"{url_of(first)}?promise={debt.pk}"
    assert "ถ้อยคำอยู่ที่" not in owed.stands_at
    page = markup(client.get(owed.url))
    assert "ไม่มีข้อใดในร่างมีถ้อยคำของข้อนี้ครบถ้วน" in page
    assert f'href="{url_of(second)}?promise={debt.pk}"' in page
    assert client.post(url_of(second), sent(second, debt)).status_code == 303
    assert find_drafting_debts() == []


def test_what_is_to_be_added_goes_behind_the_clause_that_has_the_words(
    sign_in, drafter, second_drafter, session, entry, delegate, clause, first
):
    asked = factories.make_comment(session, entry, delegate, type="add")
    debt = owe(asked, drafter, second_drafter)
    survivor = factories.join_away(clause, first, by=drafter)
    asked_of_page = parse_qs(urlsplit(owed_of(sign_in(drafter)).url).query)
    assert asked_of_page["after"] == [str(survivor.uuid)]
    assert asked_of_page["promise"] == [str(debt.pk)]


def test_what_is_to_go_is_not_taken_out_with_the_clause_it_was_joined_to(
    sign_in, drafter, second_drafter, session, entry, delegate, clause, first
):
    asked = factories.make_comment(session, entry, delegate, type="delete")
    debt = owe(asked, drafter, second_drafter)
    survivor = factories.join_away(clause, first, by=drafter)
    assert owed_of(sign_in(drafter)).url == f"{url_of(survivor)}?promise={debt.pk}"


def test_debt_of_a_joined_process_is_written_in_the_one_that_took_it_in(
    sign_in, drafter, second_drafter, session, edition, delegate, process, unit
):
    asked = factories.make_comment(
        session, factories.entry_of(edition, process), delegate, type="add"
    )
    debt = owe(asked, drafter, second_drafter)
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    process.refresh_from_db()
    survivor = join_sections(
        [(other, other.version), (process, process.version)],
        by=drafter,
        reason="เป็นงานเดียวกัน",
    )
    client = sign_in(drafter)
    owed = owed_of(client)
    assert owed.url == f"/groups/DIR/drafts/{survivor.uuid}/?promise={debt.pk}"
    assert owed.stands_at == "รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ การส่งหนังสือ"
    new = f"/groups/DIR/drafts/{survivor.uuid}/clauses/new/?part=5&amp;kind=text&amp;promise={debt.pk}"
    assert f'href="{new}"' in markup(client.get(owed.url))
    taken_in = factories.clause_at(Section.objects.get(pk=survivor.pk), "5.1")
    data = sent(taken_in, debt)
    assert client.post(url_of(taken_in), data).status_code == 303
    assert find_drafting_debts() == []


def test_comment_and_decision_lead_to_what_has_the_words(
    sign_in, drafter, second_drafter, comment, clause, first
):
    factories.make_disposition(comment, outcome="noted", decided_by=second_drafter)
    survivor = factories.join_away(clause, first, by=drafter)
    way = way_from_the_desk(comment, drafter)
    assert (way.url, way.label) == (url_of(survivor), "แก้ไขข้อที่รับถ้อยคำไว้ในร่าง")
    [decided] = sign_in(drafter).get("/drafting/").context["desk"].decided
    assert decided.draft_url == url_of(survivor)


def test_debt_of_a_divided_process_that_left_is_offered_to_the_other_half(
    sign_in, drafter, second_drafter, session, edition, delegate, process, clause
):
    asked = factories.make_comment(
        session, factories.entry_of(edition, process), delegate, type="add"
    )
    debt = owe(asked, drafter, second_drafter)
    process.refresh_from_db()
    half = split_section(
        process,
        process.version,
        SplitPoint(5, clause.uuid),
        "การตรวจรับหนังสือ",
        uuid=uuid4(),
        by=drafter,
        reason="เป็นงานคนละขั้น",
    )
    process.refresh_from_db()
    retire_section(process, process.version, by=drafter, reason="ไม่ใช้แล้ว")
    client = sign_in(drafter)
    owed = owed_of(client)
    asks = f"?promise={debt.pk}"
    assert owed.url == f"/groups/DIR/drafts/{process.uuid}/{asks}"
    assert "ถ้อยคำอยู่ที่" not in owed.stands_at
    there = f"/groups/DIR/drafts/{half.uuid}/{asks}"
    assert f'href="{there}"' in markup(client.get(owed.url))
    clause.refresh_from_db()
    data = sent(clause, debt)
    url = f"/groups/DIR/drafts/{half.uuid}/clauses/{clause.uuid}/"
    assert client.post(url, data).status_code == 303
    assert find_drafting_debts() == []
