"""The pages of a comparison: who may read them, what they say, the table as a spreadsheet, the amending sentences."""

import io
import re
from dataclasses import replace
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.template.loader import render_to_string

from hearing_portal.spreadsheets import read_table
from hearing_portal.thai.markup import write_reference
from manuals.comparing.fates import Fate
from manuals.comparing.presentation.book import BookCounts
from manuals.comparing.presentation.group import load_compared_rows
from manuals.comparing.presentation.sentences import load_amendments
from manuals.comparing.queries.nodes import Totals, compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.content import Step, Text
from manuals.drafting.changes import AddClause, Position, ReviseClause, ReviseSection
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.shifting import Direction, shift_clause
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    rename_section,
    restore_clause,
    retire_clause,
    split_clause,
)
from manuals.drafting.services.undoing import undo_last_act
from manuals.models import Clause, ClauseChange, Section
from manuals.own_reasons import BRINGING_BACK
from manuals.pdf.comparison import plan_comparison
from manuals.pdf.comparison_source import load_comparison_source
from manuals.pdf.sources import PrintOptions
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
BOTH = "/comparisons/2553/2565/"
DIR = BOTH + "manuals/DIR/"
PROCESS = "กระบวนงาน “การรับหนังสือราชการ”"


@pytest.fixture
def basis(process, admin):
    made = factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )
    factories.make_release(made, "public", by=admin)
    return made


def reword(clause: Clause, body: str, by, reason: str = "ปรับถ้อยคำ") -> None:
    clause.refresh_from_db()
    apply_changes(
        by, "edit", reason, [ReviseClause(clause, clause.lock_version, Text(body=body))]
    )


@pytest.fixture
def newer(process, clause, basis, drafter, admin):
    """Clause 5.2 was reworded, 2.2 retired, one added that begins like a formula."""
    reword(
        clause,
        "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย",
        drafter,
        reason="กันหนังสือตกหล่น",
    )
    reword(
        factories.clause_at(process, "5.3"),
        "ตามระเบียบ พ.ศ. ๒๕๒๖",
        drafter,
        reason="ระเบียบ พ.ศ. 2526",
    )
    retire_clause(
        factories.clause_at(process, "2.2"), 1, by=drafter, reason="ซ้ำกับข้อแรก"
    )
    added = AddClause(Text(body='=HYPERLINK("http://x")'), Position(process, 5))
    apply_changes(drafter, "add", "+ทดสอบ", [added])
    made = factories.make_edition("2565", title="คู่มือ พ.ศ. 2565", basis=basis, by=admin)
    factories.make_release(made, "public", by=admin)
    return made


def test_clauses_that_left_with_their_process_have_its_reason(
    client, process, basis, drafter, admin
):
    clause = factories.clause_at(process, "2.2")
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้อแรก")
    process.refresh_from_db()
    retire_section(process, process.version, by=drafter, reason="รวมกับกระบวนงานอื่น")
    factories.make_process(
        process.manual, factories.PROCESS_TEXT.replace("การรับ", "การส่ง"), by=drafter
    )
    made = factories.make_edition("2565", title="คู่มือ พ.ศ. 2565", basis=basis, by=admin)
    sides = Sides(Side(basis, [process.manual]), Side(made, [process.manual]))

    rows = [
        row
        for row in load_compared_rows(sides, compare_sides(sides).clauses)
        if row.new is None
    ]

    own = [row.reason for row in rows if row.compared.pair.clause_id == clause.pk]
    others = {row.reason for row in rows if row.compared.pair.clause_id != clause.pk}
    assert (own, others) == (["ซ้ำกับข้อแรก"], {"รวมกับกระบวนงานอื่น"})


# --- who may


def test_public_editions_are_compared_by_everybody(client, newer):
    for url in (
        BOTH,
        DIR,
        DIR + "?view=sides",
        DIR + "?view=table",
        DIR + "table.xlsx",
        DIR + "amendments/",
    ):
        assert client.get(url).status_code == 200, url


def test_edition_that_may_not_be_read_is_not_compared(
    client, sign_in, delegate, admin, newer
):
    factories.make_edition("SNAPSHOT", kind="snapshot", by=admin)
    assert client.get("/comparisons/2553/SNAPSHOT/").status_code == 404
    assert sign_in(delegate).get("/comparisons/2553/SNAPSHOT/").status_code == 404
    assert sign_in(admin).get("/comparisons/2553/SNAPSHOT/").status_code == 200


def test_working_draft_is_compared_by_its_readers_only(
    client, sign_in, delegate, drafter, expert, admin, newer
):
    draft = "/comparisons/2565/working-draft/"
    assert client.get(draft).status_code == 302
    assert sign_in(delegate).get(draft).status_code == 403
    assert sign_in(factories.make_user()).get(draft).status_code == 404
    for reader in (drafter, expert):
        assert sign_in(reader).get(draft + "manuals/DIR/").status_code == 200
    fin = factories.make_manual(factories.make_group("FIN"))
    secret = factories.make_section(fin, "การยืมเงินลับ", kind="process")
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    assert sign_in(drafter).get(draft + "manuals/FIN/").status_code == 403
    page = markup(sign_in(drafter).get(draft))
    assert "กลุ่มบริหารงานการเงิน" not in page
    assert "เฉพาะกลุ่มงานที่ท่านอ่านร่างได้" in page
    assert "รวมทั้งเล่ม" not in page
    assert "รวมทั้งเล่ม" in markup(sign_in(admin).get(draft))


# --- choosing


def test_choice_offers_what_may_be_read(client, sign_in, drafter, newer):
    page = client.get("/comparisons/").content.decode()
    assert "คู่มือ พ.ศ. 2553" in page
    assert "ร่างปัจจุบัน" not in page
    assert "ร่างปัจจุบัน" in sign_in(drafter).get("/comparisons/").content.decode()


@pytest.mark.parametrize("asked", ["old=2553&new=2565", "old=2565&new=2553"])
def test_choice_leads_to_the_older_one_first(client, newer, asked):
    assert client.get(f"/comparisons/?{asked}")["Location"] == BOTH


def test_wrong_choice_is_told(client, newer):
    answer = client.get("/comparisons/?old=2553&new=2553")
    assert answer.status_code == 422
    assert "โปรดเลือกสองฉบับที่ต่างกัน" in answer.content.decode()
    assert client.get("/comparisons/?old=2553&new=x").status_code == 422


def test_address_with_the_newer_one_first_is_turned(client, newer):
    answer = client.get("/comparisons/2565/2553/manuals/DIR/amendments/")
    assert answer["Location"] == DIR + "amendments/"


# --- what they say


def test_counts_of_the_book(client, newer):
    page = markup(client.get(BOTH))
    assert "ฉบับเดิม 17\xa0ข้อ ฉบับใหม่ 17\xa0ข้อ" in page
    assert "18\xa0ข้อ แต่ละข้อนับครั้งเดียว" in page
    assert f'<a href="{DIR}">กลุ่มอำนวยการ</a>' in page


def test_totals_of_a_large_book_have_commas(client, newer):
    answer = client.get(BOTH)
    names = answer.context.keys()
    context = {name: answer.context[name] for name in names}
    fates = {Fate.REWORDED: 1_234}
    line = answer.context["counts"].lines[0]
    whole = replace(line, manual=None, totals=Totals(2_000, 3_000, 4_567), fates=fates)
    context["counts"] = BookCounts([replace(whole, manual=line.manual)], whole)
    page = render_to_string("manuals/comparing/book.html", context, answer.wsgi_request)
    for number in ("1,234", "4,567", "3,333"):
        assert page.count(number) >= 2, number


def test_clauses_are_shown_with_what_changed_and_why(client, newer):
    page = markup(client.get(DIR))
    assert "หนังสือ<ins>ทุกฉบับ</ins>และ" in page
    assert "เหตุผล: กันหนังสือตกหล่น" in page
    assert "<del>เพื่อให้เจ้าหน้าที่ทุกกลุ่มปฏิบัติเป็นแนวเดียวกัน</del>" in page
    table = markup(client.get(DIR + "?view=table"))
    assert (
        '<th scope="col">ข้อความเดิม</th> <th scope="col">ข้อความใหม่</th> <th scope="col">เหตุผล</th>'
        in table
    )
    assert "ไม่มีในฉบับเดิม" in markup(client.get(DIR + "?view=sides"))


def test_one_fate_can_be_chosen(client, newer):
    page = markup(client.get(DIR + "?fate=retired"))
    assert "เพื่อให้เจ้าหน้าที่ทุกกลุ่ม" in page
    assert "ทุกฉบับ</ins>" not in page
    assert "ไม่มีข้อที่เปลี่ยนแบบนี้" in client.get(DIR + "?fate=joined").content.decode()
    assert client.get(DIR + "?view=x&page=99").status_code == 200


def test_every_view_says_where_a_clause_came_from_and_where_its_words_went(
    client, process, manual, basis, drafter, admin
):
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    one, two, last = (at(process, cite) for cite in ("5.1", "5.2", "5.3"))
    parts = [Text(body="บันทึกเลขรับ"), Text(body="บันทึกวันรับ")]
    split_clause(last, 1, parts, by=drafter, reason="เป็นสองเรื่อง")
    move_clause(
        at(process, "7.1"), 1, Position(other, 7), by=drafter, reason="เรื่องการส่ง"
    )
    whole = Text(body="เปิดระบบและตรวจสอบ")
    join_clauses([(one, 1), (two, 1)], whole, by=drafter, reason="เรื่องเดียวกัน")
    made = factories.make_edition("2565", basis=basis, by=admin)
    factories.make_release(made, "public", by=admin)

    origins = (f"ย้ายมาจาก{process.title}", "แยกจากข้อ 5.3")
    destination = "รวมไว้ในข้อ 5.1"
    views = [client.get(DIR + f"?view={view}") for view in ("", "sides", "table")]
    chain = client.get(f"/editions/2565/clauses/{two.uuid}/chain/")
    pages = [markup(page) for page in views]
    sheet = client.get(DIR + "table.xlsx").content
    pages.append("\n".join(" ".join(row.cells) for row in read_table(sheet) or ()))
    for variant in ("redline", "table"):
        options = PrintOptions(digits="arabic")
        source = load_comparison_source(basis, made, variant, options)
        html = "".join(chunk.html for chunk in plan_comparison(source))
        pages.append(re.sub(r"<[^>]+>", "", html))
    for page in pages:
        for words in (*origins, destination):
            assert words in page.replace("\xa0", " "), (words, page)
    assert destination in markup(chain)
    alone = markup(client.get(DIR + "?view=table&fate=joined&page=2"))
    assert destination in alone


def test_comparison_costs_the_same_with_more_changes_that_refer_to_clauses(
    client, process, newer, drafter, admin, assert_same_queries
):
    cited = write_reference(factories.clause_at(process, "2.1").uuid)

    def refer(*cites: str) -> None:
        for cite in cites:
            clause = factories.clause_at(process, cite)
            reword(clause, f"ถ้อยคำใหม่ของ {cite} ตาม{cited}", drafter)

    client.force_login(drafter)
    refer("5.2")
    url = "/comparisons/2565/working-draft/manuals/DIR/"
    assert_same_queries(18, lambda: client.get(url), lambda: refer("5.1", "5.3"))
    assert markup(client.get(url)).count("ข้อ 2.1") >= 3


def test_comparison_costs_the_same_with_more_changes(
    client, process, newer, drafter, admin, assert_same_queries
):
    def more() -> None:
        for cite in ("5.1", "5.3"):
            reword(factories.clause_at(process, cite), f"ถ้อยคำใหม่ของข้อ {cite}", drafter)

    client.force_login(drafter)
    reword(factories.clause_at(process, "2.1"), "เพื่อให้ถูกต้อง", drafter)
    url = "/comparisons/2565/working-draft/manuals/DIR/"
    assert_same_queries(15, lambda: client.get(url), more)


def test_each_side_calls_what_it_refers_to_by_its_own_number(
    client, process, clause, drafter, admin
):
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind=Section.Kind.PROCESS, by=drafter
    )
    bare = factories.make_clause(
        process, "ขอบเขต", part=3, numbering="none", by=drafter
    )
    body = "".join(f"ตาม{write_reference(str(each.uuid))}" for each in (clause, bare))
    own, lost = (
        factories.make_clause(other, Text(body=body), by=drafter) for _ in range(2)
    )
    basis = factories.make_edition("2553", kind="baseline", by=admin)
    first = factories.clause_at(process, "5.1")
    retire_clause(first, first.lock_version, by=drafter, reason="ซ้ำ")
    reword(own, f"{body}ทุกวัน", drafter)
    retire_clause(lost, lost.lock_version, by=drafter, reason="ซ้ำ")
    made = factories.make_edition("2565", basis=basis, by=admin)
    clause.refresh_from_db()
    retire_clause(clause, clause.lock_version, by=drafter, reason="หลังจากนั้น")
    for edition in (basis, made):
        factories.make_release(edition, "public", by=admin)

    place = "ของกระบวนงาน การรับหนังสือราชการ"
    part = f"ตามส่วนที่ 3 ขอบเขตของงาน {place}"
    before, now = f"ตามข้อ 5.2 {place}{part}", f"ตามข้อ 5.1 {place}{part}ทุกวัน"
    page = markup(client.get(DIR))
    assert f"ตาม<del>ข้อ 5.2 {place}</del><ins>ข้อ 5.1 {place}</ins>ตาม" in page
    assert f"<del>{before}</del>" in page
    sides = Sides(Side(basis, [process.manual]), Side(made, [process.manual]))
    texts = {
        row.compared.pair.uuid: (row.old_text, row.new_text)
        for row in load_compared_rows(sides, compare_sides(sides).clauses)
    }
    assert texts[own.uuid] == (before, now)
    assert texts[lost.uuid] == (before, "")


def test_reasons_come_in_the_order_of_their_acts(
    client, process, clause, basis, drafter, admin
):
    reword(clause, "ครั้งที่หนึ่ง", drafter, reason="เหตุแรก")
    reword(clause, "ครั้งที่สอง", drafter, reason="เหตุหลัง")
    made = factories.make_edition("2565", basis=basis, by=admin)
    factories.make_release(made, "public", by=admin)
    assert "เหตุผล: เหตุแรก / เหตุหลัง" in markup(client.get(DIR))


def reasons_of(process: Section, basis) -> dict[str, str]:
    """{number: the official reason} of what differs in the working draft."""
    sides = Sides(Side(basis), Side(None, [process.manual]))
    rows = load_compared_rows(sides, compare_sides(sides).clauses)
    return {(row.new or row.old).cite: row.reason for row in rows}


def test_reason_is_that_of_acts_which_changed_the_words_and_stand(
    process, clause, basis, drafter
):
    first, last = at(process, "5.1"), at(process, "5.3")
    reword(clause, "ลองเขียน", drafter, reason="ลอง")
    process.refresh_from_db()
    undo_last_act(process, process.version, by=drafter)
    reword(clause, "ตรวจสอบหนังสือทุกฉบับ", drafter, reason="กันตกหล่น")
    reword(clause, "<strong>ตรวจสอบ</strong>หนังสือทุกฉบับ", drafter, reason="เน้นคำ")
    clause.refresh_from_db()
    move_clause(
        clause,
        clause.lock_version,
        Position(process, 5, before=first.uuid),
        by=drafter,
        reason="เลื่อนขึ้น",
    )
    retire_clause(last, last.lock_version, by=drafter, reason="ซ้ำ")
    process.refresh_from_db()
    for again in (False, True):  # undone, and done again
        process.refresh_from_db()
        undo_last_act(process, process.version, again=again, by=drafter)
    found = reasons_of(process, basis)
    assert found["5.1"] == "กันตกหล่น"
    assert found["5.3"] == "ซ้ำ"


def test_moving_up_and_bringing_back_take_no_place_of_the_reason_of_the_words(
    process, basis, drafter
):
    added = factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    reason = ClauseChange.objects.get(clause=added).reason
    assert reason
    move_clause(
        added,
        1,
        Position(process, 5, before=at(process, "5.1").uuid),
        by=drafter,
        reason="เลื่อนขึ้น",
    )
    added.refresh_from_db()
    retire_clause(added, added.lock_version, by=drafter, reason="ซ้ำ")
    added.refresh_from_db()
    restore_clause(added, added.lock_version, by=drafter, reason="เรียกคืน")
    assert reasons_of(process, basis)["5.1"] == reason


def test_words_of_the_portal_are_no_reason(client, sign_in, process, basis, drafter):
    revised = ReviseClause(at(process, "5.1"), 1, Text(body="เปิดดูระบบทุกเช้า"))
    apply_changes(drafter, "import", "นำเข้า การรับหนังสือราชการ", [revised])
    found = reasons_of(process, basis)
    assert found["5.1"] == ""
    page = markup(
        sign_in(drafter).get("/comparisons/2553/working-draft/manuals/DIR/?view=table")
    )
    assert "นำเข้า" not in page
    assert "ยังไม่มีเหตุผล" in page


def test_what_a_file_says_itself_is_the_reason(process, basis, drafter):
    revised = ReviseClause(at(process, "5.1"), 1, Text(body="เปิดดูระบบทุกเช้า"))
    apply_changes(drafter, "import", "ระเบียบใหม่ใช้แทนระเบียบเดิม", [revised])
    silent = ReviseClause(at(process, "5.2"), 1, Text(body="ตรวจสอบทุกฉบับ"))
    apply_changes(drafter, "import", f"ปรับปรุง {process.title}", [silent])
    assert reasons_of(process, basis) == {"5.1": "ระเบียบใหม่ใช้แทนระเบียบเดิม", "5.2": ""}


def test_what_was_undone_and_then_brought_back_has_no_reason_of_the_undone_act(
    process, basis, drafter
):
    added = factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    process.refresh_from_db()
    undo_last_act(process, process.version, by=drafter)
    added.refresh_from_db()
    restore_clause(added, added.lock_version, by=drafter, reason=BRINGING_BACK)
    assert set(reasons_of(process, basis).values()) == {""}


def test_words_of_an_ordering_act_are_no_reason(process, basis, drafter):
    last = at(process, "5.3")
    shift_clause(last, last.lock_version, Direction.UP, by=drafter)
    rows = reasons_of(process, basis)
    assert set(rows.values()) == {""}


def test_reason_of_what_only_moved_is_that_of_the_move(process, basis, drafter):
    form = at(process, "7.1")
    other = factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    for again in (False, True):
        form.refresh_from_db()
        reason = "เป็นเรื่องการส่ง" if again else "ลองย้าย"
        move_clause(
            form, form.lock_version, Position(other, 7), by=drafter, reason=reason
        )
        if not again:
            other.refresh_from_db()
            undo_last_act(other, other.version, by=drafter)
    assert reasons_of(process, basis) == {"7.1": "เป็นเรื่องการส่ง"}


def test_reason_of_a_move_that_was_taken_back_by_hand_is_none(process, basis, drafter):
    form = at(process, "7.1")
    other = factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    for place, reason in (
        (Position(other, 7), "ลองย้าย"),
        (Position(process, 7, rank=form.rank), "ย้ายกลับ"),
        (Position(other, 7), "เป็นเรื่องการส่ง"),
    ):
        form.refresh_from_db()
        move_clause(form, form.lock_version, place, by=drafter, reason=reason)
    assert reasons_of(process, basis) == {"7.1": "เป็นเรื่องการส่ง"}


def test_sheet_has_no_formula(client, newer):
    answer = client.get(DIR + "table.xlsx")
    lines = [line.cells for line in read_table(answer.content)]
    assert lines[0] == (
        "กระบวนงาน",
        "ข้อ",
        "การเปลี่ยนแปลง",
        "ข้อความเดิม",
        "ข้อความใหม่",
        "เหตุผล",
    )
    assert (
        "การรับหนังสือราชการ",
        "ข้อ 5.2",
        "แก้ถ้อยคำ",
        "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย",
        "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย",
        "กันหนังสือตกหล่น",
    ) in lines
    assert ("ตามระเบียบ พ.ศ. 2526", "ระเบียบ พ.ศ. 2526") in [line[4:] for line in lines]
    assert (
        "การรับหนังสือราชการ",
        "ข้อ 5.4",
        "เพิ่ม",
        "",
        '=HYPERLINK("http://x")',
        "+ทดสอบ",
    ) in lines
    with ZipFile(io.BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


# --- sentences of amendment


def told(process: Section, basis) -> list[tuple[str, list[str]]]:
    """The sentences that make the working draft of the edition."""
    manual = process.manual
    sides = Sides(Side(basis), Side(None, [manual]))
    rows = load_compared_rows(sides, compare_sides(sides, [manual.pk]).clauses)
    found = []
    for section in load_amendments(sides, manual, rows):
        found += [
            (sentence.command, list(sentence.words)) for sentence in section.sentences
        ]
    return found


def at(process: Section, cite: str) -> Clause:
    return factories.clause_at(process, cite)


def test_sentence_of_other_words(process, basis, drafter):
    reword(at(process, "5.2"), "ตรวจสอบหนังสือทุกฉบับ", drafter)
    assert told(process, basis) == [
        (
            f"ให้ยกเลิกความในข้อ 5.2 ของ{PROCESS} และให้ใช้ความต่อไปนี้แทน",
            ["“5.2 ตรวจสอบหนังสือทุกฉบับ”"],
        )
    ]


def test_sentence_of_a_split_clause_whose_process_was_divided(process, basis, drafter):
    """It names the process in which the clause stood, and all that came out of it, wherever that stands."""
    parts = [Text(body="ชั่งน้ำหนัก"), Text(body="ติดแสตมป์"), Text(body="ลงทะเบียน")]
    clause = at(process, "5.2")
    *_, last = split_clause(
        clause, clause.lock_version, parts, by=drafter, reason="สามเรื่อง"
    )
    process.refresh_from_db()
    split_section(
        process,
        process.version,
        SplitPoint(5, clause=clause.uuid),
        "การส่งของ",
        uuid=uuid4(),
        by=drafter,
        reason="คนละงาน",
    )
    [split] = [row for row in told(process, basis) if "แยก" in row[0]]
    assert split == (
        f"ให้แยกข้อ 5.2 ของ{PROCESS} เป็นข้อ 5.1 ถึงข้อ 5.3 ของกระบวนงาน “การส่งของ”"
        " โดยให้ใช้ความต่อไปนี้แทน",
        ["“5.1 ชั่งน้ำหนัก”", "“5.2 ติดแสตมป์”", "“5.3 ลงทะเบียน”"],
    )

    last.refresh_from_db()
    back = Position(process, 5)
    move_clause(last, last.lock_version, back, by=drafter, reason="ยังอยู่งานเดิม")
    [split] = [command for command, _ in told(process, basis) if "แยก" in command]
    assert split.startswith(
        f"ให้แยกข้อ 5.2 ของ{PROCESS} เป็นข้อ 5.2 ของ{PROCESS} กับข้อ 5.1 และข้อ 5.2 ของกระบวนงาน “การส่งของ”"
    )


def test_process_that_went_into_another_is_joined_not_repealed(
    process, manual, drafter, admin
):
    """Empty ones too, whose clauses tell nothing."""
    first, second = (
        factories.make_section(manual, title, kind="process", by=drafter)
        for title in ("การส่งโทรเลข", "การส่งโทรสาร")
    )
    basis = factories.make_edition("2553", kind="baseline", by=admin)
    both = [(first, first.version), (second, second.version)]
    join_sections(both, by=drafter, reason="งานเดียวกัน")
    assert told(process, basis) == [
        ("ให้รวมกระบวนงาน “การส่งโทรสาร” เข้ากับกระบวนงาน “การส่งโทรเลข”", [])
    ]


def test_sentence_of_what_is_added_at_the_end(process, basis, drafter):
    for words in ("แจ้งเตือนหนังสือค้าง", "รายงานทุกสิ้นเดือน"):
        apply_changes(
            drafter, "add", "เพิ่ม", [AddClause(Text(body=words), Position(process, 5))]
        )
    assert told(process, basis) == [
        (
            f"ให้เพิ่มความต่อไปนี้เป็นข้อ 5.4 และข้อ 5.5 ของ{PROCESS}",
            ["“5.4 แจ้งเตือนหนังสือค้าง”", "“5.5 รายงานทุกสิ้นเดือน”"],
        )
    ]


def test_sentence_of_what_is_added_between_says_which_numbers_change(
    process, basis, drafter
):
    place = Position(process, 5, after=at(process, "5.1").uuid)
    apply_changes(drafter, "add", "เพิ่ม", [AddClause(Text(body="ลงทะเบียนรับ"), place)])
    assert told(process, basis) == [
        (f"ให้เพิ่มความต่อไปนี้เป็นข้อ 5.2 ของ{PROCESS}", ["“5.2 ลงทะเบียนรับ”"]),
        (
            f"ให้เปลี่ยนเลขข้อ 5.2 และข้อ 5.3 เดิม ของ{PROCESS} เป็นข้อ 5.3 และข้อ 5.4 ตามลำดับ",
            [],
        ),
    ]


def test_numbers_that_change_in_a_row_are_told_as_a_range(
    process, manual, drafter, admin
):
    for words in ("เสนอผู้บังคับบัญชา", "จัดเก็บหนังสือ", "รายงานทุกเดือน"):
        factories.make_clause(process, words, by=drafter)
    basis = factories.make_edition("2553", by=admin)

    def add_behind(cite: str) -> None:
        place = Position(process, 5, after=at(process, cite).uuid)
        added = AddClause(Text(body="ลงทะเบียนรับ"), place)
        apply_changes(drafter, "add", "เพิ่ม", [added])

    add_behind("5.1")
    *_, last = told(process, basis)
    assert last == (
        f"ให้เปลี่ยนเลขข้อ 5.2 ถึงข้อ 5.6 เดิม ของ{PROCESS} เป็นข้อ 5.3 ถึงข้อ 5.7 ตามลำดับ",
        [],
    )
    add_behind("5.3")  # the numbers on both sides follow each other no more
    *_, last = told(process, basis)
    assert last == (
        f"ให้เปลี่ยนเลขข้อ 5.2 และข้อ 5.3 ถึงข้อ 5.6 เดิม ของ{PROCESS}"
        " เป็นข้อ 5.3 และข้อ 5.5 ถึงข้อ 5.8 ตามลำดับ",
        [],
    )


def test_sentence_of_a_number_that_is_given_or_taken_away(process, basis, drafter):
    scope = Clause.objects.get(section=process, part=3)
    revise_clause(
        scope, 1, scope.content, numbering="decimal", by=drafter, reason="ให้เลข"
    )
    goal = at(process, "2.1")
    revise_clause(goal, 1, goal.content, numbering="none", by=drafter, reason="ไม่ใช้เลข")
    assert told(process, basis) == [
        (f"ให้เปลี่ยนเลขข้อ 2.2 เดิม ของ{PROCESS} เป็นข้อ 2.1", []),
        (
            f"ให้ยกเลิกเลขข้อ 2.1 เดิม ของ{PROCESS} โดยให้คงความไว้เป็นข้อความที่ไม่มีเลขข้อ",
            [],
        ),
        (
            "ให้กำหนดเลขของความในส่วนที่ 3 ขอบเขตของงาน ที่ขึ้นต้นว่า “ครอบคลุมตั้งแต่การเปิดรับหนังสือจนถึงการ…”"
            f" ของ{PROCESS} เป็นข้อ 3.1",
            [],
        ),
    ]


def test_what_hangs_below_a_clause_that_moved_goes_with_it(process, basis, drafter):
    first = Position(process, 5, before=at(process, "5.1").uuid)
    move_clause(at(process, "5.3"), 1, first, by=drafter, reason="ทำก่อน")
    assert told(process, basis) == [
        (f"ให้ย้ายข้อ 5.3 ของ{PROCESS} ไปเป็นข้อ 5.1", []),
        (
            f"ให้เปลี่ยนเลขข้อ 5.1 และข้อ 5.2 เดิม ของ{PROCESS} เป็นข้อ 5.2 และข้อ 5.3 ตามลำดับ",
            [],
        ),
    ]


def test_sentence_of_what_is_retired_with_what_hangs_below(process, basis, drafter):
    retire_clause(at(process, "5.3"), 1, by=drafter, reason="ซ้ำ")
    retire_clause(at(process, "2.1"), 1, by=drafter, reason="ซ้ำ")
    assert told(process, basis) == [
        (f"ให้ยกเลิกข้อ 2.1 ของ{PROCESS}", []),
        (f"ให้ยกเลิกข้อ 5.3 ของ{PROCESS}", []),
        (f"ให้เปลี่ยนเลขข้อ 2.2 เดิม ของ{PROCESS} เป็นข้อ 2.1", []),
    ]


def test_sentence_of_several_that_are_retired_in_a_row(process, basis, drafter):
    for cite in ("5.3", "5.2", "5.1"):
        retire_clause(at(process, cite), 1, by=drafter, reason="ซ้ำ")
    assert told(process, basis) == [(f"ให้ยกเลิกข้อ 5.1 ถึงข้อ 5.3 ของ{PROCESS}", [])]


def test_sentence_of_a_split(process, basis, drafter):
    clause = at(process, "5.3 2)")
    parts = [Text(body="หนังสือทั่วไป"), Text(body="หนังสือเวียน")]
    split_clause(clause, 1, parts, by=drafter, reason="เป็นสองเรื่อง")
    assert told(process, basis) == [
        (
            f"ให้แยกข้อ 5.3 2) ของ{PROCESS} เป็นข้อ 5.3 2) และข้อ 5.3 3) โดยให้ใช้ความต่อไปนี้แทน",
            ["“2) หนังสือทั่วไป”", "“3) หนังสือเวียน”"],
        )
    ]


def test_file_is_told_by_its_name(process, basis, drafter):
    stored = factories.make_stored_file(name="แบบ บ.1.pdf")
    form = at(process, "7.1")
    content = replace(form.content, file=stored.sha)
    apply_changes(
        drafter, "edit", "แนบแบบ", [ReviseClause(form, form.lock_version, content)]
    )
    assert [command for command, _ in told(process, basis)] == [
        f"ให้กำหนดไฟล์ ในข้อ 7.1 ของ{PROCESS} เป็น “แบบ บ.1.pdf”"
    ]


def test_number_is_repealed_before_a_split_takes_it(process, basis, drafter):
    parts = [Text(body="หนังสือทั่วไป"), Text(body="หนังสือเวียน")]
    gone = at(process, "2.2")
    split_clause(at(process, "2.1"), 1, parts, by=drafter, reason="เป็นสองเรื่อง")
    retire_clause(gone, gone.lock_version, by=drafter, reason="ซ้ำ")
    commands = [command for command, _ in told(process, basis)]
    assert commands == [
        f"ให้ยกเลิกข้อ 2.2 ของ{PROCESS}",
        f"ให้แยกข้อ 2.1 ของ{PROCESS} เป็นข้อ 2.1 และข้อ 2.2 โดยให้ใช้ความต่อไปนี้แทน",
    ]


def test_sentence_of_a_join_says_which_numbers_change(process, basis, drafter):
    one, two = at(process, "5.1"), at(process, "5.2")
    join_clauses(
        [(one, 1), (two, 1)],
        Text(body="เปิดระบบและตรวจสอบ"),
        by=drafter,
        reason="เรื่องเดียวกัน",
    )
    assert told(process, basis) == [
        (
            f"ให้รวมข้อ 5.1 และข้อ 5.2 ของ{PROCESS} เป็นข้อ 5.1 โดยให้ใช้ความต่อไปนี้แทน",
            ["“5.1 เปิดระบบและตรวจสอบ”"],
        ),
        (f"ให้เปลี่ยนเลขข้อ 5.3 เดิม ของ{PROCESS} เป็นข้อ 5.2", []),
    ]


def test_sentence_of_a_move_within_and_to_another_process(
    process, manual, basis, drafter
):
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    first, form = at(process, "5.1"), at(process, "7.1")
    move_clause(
        first,
        1,
        Position(process, 5, after=at(process, "5.3").uuid),
        by=drafter,
        reason="สลับ",
    )
    move_clause(form, 1, Position(other, 7), by=drafter, reason="เป็นเรื่องการส่ง")
    assert told(process, basis) == [
        (f"ให้ย้ายข้อ 5.1 ของ{PROCESS} ไปเป็นข้อ 5.3", []),
        (
            f"ให้เปลี่ยนเลขข้อ 5.2 และข้อ 5.3 เดิม ของ{PROCESS} เป็นข้อ 5.1 และข้อ 5.2 ตามลำดับ",
            [],
        ),
        ("ให้เพิ่มกระบวนงาน “การส่งหนังสือราชการ”", []),
        (f"ให้ย้ายข้อ 7.1 ของ{PROCESS} ไปเป็นข้อ 7.1 ของกระบวนงาน “การส่งหนังสือราชการ”", []),
    ]


def test_sentence_of_a_step_a_definition_and_a_paragraph_without_a_number(
    process, basis, drafter
):
    step = factories.clause_at(process, "3", part=9)
    retire_clause(step, 1, by=drafter, reason="เลิกส่งคืน")
    scope = Clause.objects.get(section=process, part=3)
    reword(scope, "ครอบคลุมทุกกลุ่ม", drafter)
    term = Clause.objects.get(section=process, part=4)
    retire_clause(term, 1, by=drafter, reason="ซ้ำกับระเบียบ")
    assert told(process, basis) == [
        (f"ให้ยกเลิกบทนิยามคำว่า “หนังสือราชการ” ของ{PROCESS}", []),
        (f"ให้ยกเลิกขั้นตอนที่ 3 ของ{PROCESS}", []),
        (
            "ให้ยกเลิกความในส่วนที่ 3 ขอบเขตของงาน ที่ขึ้นต้นว่า “ครอบคลุมตั้งแต่การเปิดรับหนังสือจนถึงการ…”"
            f" ของ{PROCESS} และให้ใช้ความต่อไปนี้แทน",
            ["“ครอบคลุมทุกกลุ่ม”"],
        ),
        (f"ให้เปลี่ยนเลขขั้นตอนที่ 4 เดิม ของ{PROCESS} เป็นขั้นตอนที่ 3", []),
    ]


def test_sentences_of_processes_as_wholes(process, unit, manual, basis, drafter, admin):
    rename_section(
        process, process.version, "การรับหนังสือเข้า", by=drafter, reason="ชื่อสั้นลง"
    )
    new = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", parent=unit, by=drafter
    )
    for words in ("ลงทะเบียนส่ง", "จัดเก็บ"):
        factories.make_clause(new, words, by=drafter)
    factories.make_clause(new, Step("ส่งหนังสือ"), part=9, by=drafter)
    new.refresh_from_db()
    facts = {"data": {**new.data, "indicator": "1 วันทำการ"}}
    apply_changes(drafter, "edit", "เพิ่ม", [ReviseSection(new, new.version, facts)])
    assert told(process, basis) == [
        (f"ให้เปลี่ยนชื่อ{PROCESS} เป็น “การรับหนังสือเข้า”", []),
        (
            "ให้เพิ่มความต่อไปนี้เป็นกระบวนงาน “การส่งหนังสือราชการ” ในงานสารบรรณ",
            [
                "“ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน\n5.1 ลงทะเบียนส่ง”",
                "“5.2 จัดเก็บ”",
                "“ส่วนที่ 9 แบบสรุปมาตรฐานงาน\nขั้นตอนที่ 1 ส่งหนังสือ”",
            ],
        ),
        ("ให้กำหนดตัวชี้วัด ของกระบวนงาน “การส่งหนังสือราชการ” เป็น “1 วันทำการ”", []),
    ]


def test_clause_that_was_reworded_and_gets_another_number_is_quoted_with_its_own(
    process, basis, drafter
):
    first = Position(process, 5, before=at(process, "5.1").uuid)
    moved, renumbered = at(process, "5.2"), at(process, "5.1")
    reword(moved, "ตรวจสอบหนังสือทุกฉบับ", drafter)
    move_clause(moved, 2, first, by=drafter, reason="ทำก่อน")
    reword(renumbered, "เปิดดูระบบทุกเช้า", drafter)
    quoted = dict(told(process, basis))
    replaced = f"ของ{PROCESS} และให้ใช้ความต่อไปนี้แทน"
    assert quoted[f"ให้ยกเลิกความในข้อ 5.2 {replaced}"] == ["“5.2 ตรวจสอบหนังสือทุกฉบับ”"]
    assert quoted[f"ให้ยกเลิกความในข้อ 5.1 {replaced}"] == ["“5.1 เปิดดูระบบทุกเช้า”"]
    assert f"ให้ย้ายข้อ 5.2 ของ{PROCESS} ไปเป็นข้อ 5.1" in quoted
    assert f"ให้เปลี่ยนเลขข้อ 5.1 เดิม ของ{PROCESS} เป็นข้อ 5.2" in quoted


def test_sentence_of_a_process_that_is_gone(process, manual, admin, drafter):
    gone = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    factories.make_clause(gone, "ลงทะเบียนส่ง", by=drafter)
    basis = factories.make_edition("2553", by=admin)
    for clause in Clause.objects.filter(section=gone):
        retire_clause(clause, clause.lock_version, by=drafter, reason="เลิกใช้")
    gone.refresh_from_db()
    apply_changes(
        drafter,
        "retire",
        "เลิกใช้",
        [ReviseSection(gone, gone.version, {}, retire_reason="เลิกใช้")],
    )
    assert told(process, basis) == [("ให้ยกเลิกกระบวนงาน “การส่งหนังสือราชการ”", [])]


def test_other_marks_alone_need_no_sentence(process, basis, drafter, sign_in):
    clause = at(process, "5.2")
    reword(clause, f"<strong>{clause.body}</strong>", drafter)
    assert told(process, basis) == []
    page = (
        sign_in(drafter)
        .get("/comparisons/2553/working-draft/manuals/DIR/amendments/")
        .content.decode()
    )
    assert "เปลี่ยนเฉพาะรูปแบบหรือการจัดวาง ถ้อยคำคงเดิม: ข้อ 5.2" in page
