"""Words that reach a clause another way than through its editor: the numbers in them become references too, told."""

import pytest
from django.test import Client

from hearing_portal.thai.markup import referenced_uuids, write_reference
from manuals.content import Text
from manuals.drafting.forms.law_replacements import write_value
from manuals.drafting.queries.lacks import find_lacks
from manuals.drafting.queries.law_replacements import plan_replacements
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.replacing_laws import ReadReplacement
from manuals.drafting.services.sections import revise_section
from manuals.models import Clause
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
WORDS = "ตรวจให้ครบตามข้อ ๕.๑ แล้วส่ง"
TOLD = "เชื่อมข้อที่อ้าง 1 แห่ง: ข้อ 5.1"


@pytest.fixture
def first(process) -> Clause:
    return factories.clause_at(process, "5.1")


@pytest.fixture
def typed(process) -> Clause:
    """5.4, whose words name 5.1 by its number: stored before numbers were looked for."""
    return factories.make_clause(process, Text(body=WORDS))


def linked(first: Clause, words: str = WORDS) -> str:
    return words.replace("ข้อ ๕.๑", write_reference(first.uuid))


def send(client: Client, url: str, **data: object) -> str:
    answer = client.post(url, data)
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def test_split_words_lead_to_the_clauses_they_name(
    sign_in, drafter, process, first, typed
):
    url = f"/groups/DIR/drafts/{process.uuid}/clauses/{typed.uuid}/split/"
    text = WORDS.replace(" แล้วส่ง", "\n\nแล้วส่ง")

    page = send(
        sign_in(drafter),
        url,
        lock_version=typed.lock_version,
        text=text,
        reason="เป็นสองเรื่อง",
    )

    typed.refresh_from_db()
    assert typed.body == linked(first, "ตรวจให้ครบตามข้อ ๕.๑")
    assert TOLD in page


def test_joined_words_lead_to_the_clauses_they_name(
    sign_in, drafter, process, first, typed
):
    third = factories.clause_at(process, "5.3")
    url = f"/groups/DIR/drafts/{process.uuid}/clauses/{third.uuid}/join/"
    both = {
        "lock_version": third.lock_version,
        "next": typed.uuid,
        "next_version": typed.lock_version,
    }

    page = send(sign_in(drafter), url, **both, text=WORDS, reason="ทำพร้อมกัน")

    third.refresh_from_db()
    assert third.body == linked(first)
    assert TOLD in page


def test_restored_words_come_back_to_the_letter_and_are_a_lack_until_saved(
    sign_in, drafter, process, first, typed
):
    process.refresh_from_db()
    number = process.version
    revise_clause(
        typed,
        typed.lock_version,
        Text(body="ส่ง"),
        numbering="decimal",
        by=drafter,
        reason="ย่อ",
    )
    process.refresh_from_db()
    client = sign_in(drafter)
    url = f"/groups/DIR/drafts/{process.uuid}/versions/{number}/restoration/"
    send(client, url, version=process.version, reason="ของเดิมถูกต้อง")
    typed.refresh_from_db()
    assert typed.body == WORDS

    lack = "ข้อ 5.4 เขียน “ข้อ ๕.๑” ยังไม่ได้ผูกกับข้อ"
    assert find_lacks(process.manual)[process.pk].told[0] == lack
    edit = f"/groups/DIR/drafts/{process.uuid}/clauses/{typed.uuid}/"
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    page = client.get(draft).content.decode()
    assert "ยังไม่ได้ผูกกับข้อ" in page
    assert f'<a href="{edit}">เปิดเพื่อผูกกับข้อ</a>' in page
    read = {
        "lock_version": typed.lock_version,
        "read_sha": typed.sha,
        "numbering": "decimal",
        "applies_to": "both",
    }
    page = send(client, edit, **read, **{"words-text": WORDS, "reason": "ผูกเลขข้อ"})
    typed.refresh_from_db()
    assert typed.body == linked(first)
    assert TOLD in page
    assert "ยังไม่ได้ผูกกับข้อ" not in page


def test_number_written_before_its_clause_is_a_lack_when_the_clause_is_there(
    drafter, process
):
    factories.make_clause(process, Text(body="ส่งตามข้อ 5.5"), by=drafter)
    assert (
        "ข้อ 5.4 อ้าง “ข้อ 5.5” ซึ่งไม่มีในกระบวนงานนี้"
        in find_lacks(process.manual)[process.pk].told
    )
    factories.make_clause(process, Text(body="จัดเก็บ"), by=drafter)
    assert (
        "ข้อ 5.4 เขียน “ข้อ 5.5” ยังไม่ได้ผูกกับข้อ"
        in find_lacks(process.manual)[process.pk].told
    )


def test_words_with_another_law_lead_to_the_clauses_they_name(
    sign_in, drafter, manual, process, first
):
    old = factories.make_legal_source(
        "ระเบียบพัสดุ 2535",
        full_title="ระเบียบว่าด้วยการพัสดุ พ.ศ. 2535",
        year_be=2535,
        status="repealed",
    )
    new = factories.make_legal_source(
        "พ.ร.บ.พัสดุ 2560", full_title="พระราชบัญญัติพัสดุ พ.ศ. 2560", year_be=2560
    )
    factories.make_legal_succession(old, new)
    named = factories.make_clause(process, Text(body=f"{WORDS}ตาม{old.full_title}"))
    [planned] = plan_replacements(manual, {}).clauses
    ticked = write_value(ReadReplacement(named.uuid, named.lock_version, planned.sha))

    page = send(
        sign_in(drafter), "/groups/DIR/drafts/law/", clauses=ticked, reason="ปรับกฎหมาย"
    )

    named.refresh_from_db()
    assert named.body == linked(first, f"{WORDS}ตาม{new.full_title}")
    assert TOLD in page


def test_what_is_named_by_marks_code_or_part_leads_there_and_what_names_nothing_is_told(
    sign_in, drafter, manual, process, clause
):
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    revise_section(
        other, other.version, {"data": {"doc_code": "DIR-02"}}, by=drafter, reason="รหัส"
    )
    aim = factories.make_clause(other, "ส่งภายในวันทำการ", part=1, by=drafter)
    mission = factories.make_section(manual, "พันธกิจ", kind="mission", by=drafter)
    first = factories.make_clause(
        mission, "จัดระบบงาน", part=0, numbering="paren", by=drafter
    )
    words = (
        "ตามข้อ 1.1 ของกระบวนงาน “การส่งหนังสือราชการ” ข้อ 1.1 ของกระบวนงาน DIR-02 "
        "และข้อ 1 ของพันธกิจ หรือข้อ 1 ของพันธกิจกลุ่มอำนวยการ"
    )
    client = sign_in(drafter)
    url = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/"
    sent = {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "numbering": clause.numbering,
        "applies_to": clause.applies_to,
        "reason": "อ้างให้ครบ",
    }
    told = markup(client.post(url, sent | {"words-text": words}, follow=True))
    clause.refresh_from_db()
    assert "ไม่พบข้อที่อ้าง" not in told
    assert referenced_uuids(clause.body) == [str(aim.uuid)] * 2 + [str(first.uuid)] * 2

    sent |= {"lock_version": str(clause.lock_version), "read_sha": clause.sha}
    nothing = "ตามข้อ 9.9 และข้อ 5.1 ของกระบวนงานการเบิกจ่าย"
    told = markup(client.post(url, sent | {"words-text": nothing}, follow=True))
    assert "ไม่พบข้อที่อ้าง: ข้อ 9.9, ข้อ 5.1 ของกระบวนงานการเบิกจ่าย จึงเก็บ" in told
