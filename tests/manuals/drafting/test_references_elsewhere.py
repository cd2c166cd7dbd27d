"""What a reference to a clause of another process says: the number alone would be the reader's own."""

import pytest

from hearing_portal.thai.markup import write_reference
from manuals.content import Definition, Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.sections import bring_back_section, retire_section
from manuals.drafting.services.structure import join_clauses, retire_clause
from manuals.drafting.told_words import (
    load_past_words,
    load_told_words,
    tell_clause,
    tell_redlines,
    told_redlines,
)
from manuals.models import Section
from manuals.reading.names import CitedName
from manuals.reading.presentation.clauses import body_html
from manuals.reading.told_words import tell_edition_words
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

ELSEWHERE = "ข้อ 5.1 ของกระบวนงาน การรับหนังสือราชการ"


@pytest.fixture
def cited(process):
    return factories.clause_at(process, "5.1")


@pytest.fixture
def elsewhere(process, drafter):
    """A process in which a clause is numbered like the one that is cited."""
    return factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind=Section.Kind.PROCESS, by=drafter
    )


def body_citing(*clauses) -> str:
    return "".join(f"ตาม{write_reference(str(clause.uuid))}" for clause in clauses)


def test_name_tells_the_section_outside_of_it():
    name = CitedName("ข้อ 5.1", 7, "กระบวนงาน การรับหนังสือ", "/x/")

    assert name.read_in(7).text == "ข้อ 5.1"
    for elsewhere in (8, None):
        assert name.read_in(elsewhere).text == "ข้อ 5.1 ของกระบวนงาน การรับหนังสือ"
    assert name.read_in(8).href == "/x/"
    assert CitedName("ข้อ 5.1").read_in(None).text == "ข้อ 5.1"


def test_clause_of_another_process_is_called_with_its_process(
    process, elsewhere, cited
):
    own = factories.make_clause(process, Text(body=body_citing(cited)))
    other = factories.make_clause(elsewhere, Text(body=body_citing(cited)))

    assert tell_clause(own) == "ตามข้อ 5.1"
    assert tell_clause(other) == f"ตาม{ELSEWHERE}"
    (line,) = told_redlines(None, other.content, elsewhere.pk)
    assert line.segments[0].text == f"ตาม{ELSEWHERE}"


def test_mission_is_called_with_its_group(process, fin_group, drafter, admin):
    """Every group has one: in the draft, in what was said once, and in an edition."""
    missions = [
        factories.make_section(manual, "พันธกิจ", kind="mission", by=drafter)
        for manual in (process.manual, factories.make_manual(fin_group))
    ]
    cited = [
        factories.make_clause(mission, "จัดระบบงาน", part=0, by=drafter)
        for mission in missions
    ]
    clause = factories.make_clause(process, Text(body=body_citing(*cited)), by=drafter)
    told = [f"ข้อ 1 ของพันธกิจ{group}" for group in ("กลุ่มอำนวยการ", fin_group.name)]
    words = "ตาม" + "ตาม".join(told)
    assert tell_clause(clause) == words

    change = clause.changes.get()
    past = load_past_words([(clause.body, change.revision_id)])
    assert past[change.revision_id].of_clause(clause) == words
    edition = factories.make_edition("2565", by=admin)
    entry = factories.entry_of(edition, clause)
    assert tell_edition_words([entry])[entry.pk] == words


def test_several_sections_of_a_page_are_told_apart(process, elsewhere, cited):
    words = Text(body=body_citing(cited))
    told = tell_redlines(
        [(None, words, section.pk) for section in (process, elsewhere)]
    )
    assert [lines[0].segments[0].text for lines in told] == [
        "ตามข้อ 5.1",
        f"ตาม{ELSEWHERE}",
    ]


def test_draft_leads_to_the_other_process_where_the_reader_may_read_it(
    sign_in, process, elsewhere, cited, drafter
):
    factories.make_clause(elsewhere, Text(body=body_citing(cited)), by=drafter)
    page = markup(sign_in(drafter).get(f"/groups/DIR/drafts/{elsewhere.uuid}/"))
    anchor = f"c-{cited.uuid.hex[:8]}"
    assert (
        f'<a href="/groups/DIR/drafts/{process.uuid}/#{anchor}">{ELSEWHERE}</a>' in page
    )


def test_draft_of_another_group_is_named_without_a_way(
    sign_in, fin_group, process, cited, drafter
):
    manual = factories.make_manual(fin_group)
    other = factories.make_section(manual, "การยืมเงิน", kind=Section.Kind.PROCESS)
    own = factories.make_drafter(fin_group)
    factories.make_clause(other, Text(body=body_citing(cited)), by=own)
    page = markup(sign_in(own).get(f"/groups/FIN/drafts/{other.uuid}/"))
    assert f"ตาม{ELSEWHERE}" in page
    assert str(process.uuid) not in page


def test_what_leads_nowhere_is_no_link():
    target = CitedName("ข้อ 5.1", 7, "กระบวนงาน ก").read_in(8)
    uuid = "0f0e0d0c-0b0a-4909-8807-060504030201"

    assert (
        body_html(f"ตาม{write_reference(uuid)}", {uuid: target})
        == "ตามข้อ 5.1 ของกระบวนงาน ก"
    )


def test_what_left_the_draft_has_no_number_there(
    process, elsewhere, cited, drafter, admin
):
    """Whatever an edition and its history call it: the number may be another clause's now."""
    factories.make_edition(by=admin)
    first = factories.clause_at(process, "5.2")
    body = body_citing(first)
    retire_clause(first, first.lock_version, by=drafter, reason="ซ้ำ")
    told = load_told_words([body])
    assert told.fill("ตาม\ufffc", body, process.pk) == "ตามข้อที่ยกเลิก"

    body = body_citing(cited)
    assert load_told_words([body]).fill("\ufffc", body, elsewhere.pk) == ELSEWHERE
    process.refresh_from_db()
    retire_section(process, process.version, by=drafter, reason="ซ้ำ")
    told = load_told_words([body])
    assert told.fill("ตาม\ufffc", body, elsewhere.pk) == "ตามข้อที่ยกเลิก"


def test_clause_without_a_number_is_called_by_its_part_or_its_term(process, elsewhere):
    scope = factories.make_clause(process, "ขอบเขต", part=3, numbering="none")
    item = factories.make_clause(process, "รายการ", part=4, numbering="bullet")
    term = factories.make_clause(
        process, Definition(term="สารบรรณ", body="งาน"), part=4, numbering="none"
    )
    body = body_citing(scope, item, term)

    told = load_told_words([body]).fill("\ufffc|\ufffc|\ufffc", body, elsewhere.pk)

    assert told.split("|") == [
        "ส่วนที่ 3 ขอบเขตของงาน ของกระบวนงาน การรับหนังสือราชการ",
        "ส่วนที่ 4 คำจำกัดความ ของกระบวนงาน การรับหนังสือราชการ",
        "คำว่า “สารบรรณ” ของกระบวนงาน การรับหนังสือราชการ",
    ]


def test_past_words_have_the_numbers_of_then(process, elsewhere, cited, drafter):
    second = factories.clause_at(process, "5.2")
    [before] = apply_changes(
        drafter,
        "edit",
        "แก้",
        [ReviseClause(second, second.lock_version, Text(body="แก้ครั้งแรก"))],
    )
    left = retire_clause(cited, cited.lock_version, by=drafter, reason="ซ้ำ")[0]
    body = body_citing(second, cited)

    told = load_past_words([(body, before.revision_id), (body, left.revision_id)])

    names = {
        act: words.fill("\ufffc|\ufffc", body, process.pk)
        for act, words in told.items()
    }
    assert names == {
        before.revision_id: "ข้อ 5.2|ข้อ 5.1",
        left.revision_id: "ข้อ 5.1|ข้อที่ยกเลิก",
    }


def test_past_words_follow_what_was_joined_or_left_with_its_process_as_the_draft_did(
    process, elsewhere, cited, drafter
):
    second = factories.clause_at(process, "5.2")
    section = Section.objects.get(pk=process.pk)
    body = body_citing(second)
    join_clauses(
        [(cited, cited.lock_version), (second, second.lock_version)],
        Text(body="รวมแล้ว"),
        by=drafter,
        reason="รวม",
    )
    told_then = load_told_words([body]).fill("\ufffc", body, elsewhere.pk)
    acts = [section.versions.latest("number").revision_id]
    section.refresh_from_db()
    retire_section(section, section.version, by=drafter, reason="เลิกทั้งกระบวนงาน")
    acts.append(section.versions.latest("number").revision_id)
    section.refresh_from_db()
    bring_back_section(section, section.version, by=drafter)
    acts.append(section.versions.latest("number").revision_id)

    told = load_past_words([(body, act) for act in acts])

    assert told_then == ELSEWHERE
    assert [told[act].fill("\ufffc", body, elsewhere.pk) for act in acts] == [
        told_then,
        "ข้อที่ยกเลิก",
        told_then,
    ]


def test_past_words_cost_the_same_for_one_act_and_for_three(
    process, cited, drafter, assert_same_queries
):
    body = body_citing(cited)
    acts = []

    def revise(times: int = 2) -> None:
        for _ in range(times):
            second = factories.clause_at(process, "5.2")
            change = ReviseClause(
                second, second.lock_version, Text(body=f"แก้ {len(acts)}")
            )
            [written] = apply_changes(drafter, "edit", "แก้", [change])
            acts.append(written.revision_id)

    revise(1)
    assert_same_queries(
        3, lambda: load_past_words([(body, act) for act in acts]), revise
    )
