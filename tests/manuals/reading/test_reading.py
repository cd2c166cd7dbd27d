"""Reading the manuals: editions, a section in its nine parts, two editions side by side, permanent links, drafts."""

import re

import pytest
from django.test import Client

from hearing_portal.directory.models import User, WorkGroup
from manuals.content import Text
from manuals.drafting.changes import Position, RetireClause, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, Edition, Manual, Section, SectionVersion
from manuals.queries import load_edition_entries
from manuals.reading.presentation.clauses import body_html
from manuals.reading.presentation.links import clause_anchor
from manuals.reading.presentation.sections import read_section
from manuals.reading.queries.sections import find_earlier_wording
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
NUL_UUID = "00000000-0000-4000-8000-000000000000"


def revise(clause: Clause, words: str, by: User) -> None:
    change = ReviseClause(clause, clause.lock_version, Text(body=words))
    apply_changes(by, SectionVersion.Action.EDIT, "ปรับถ้อยคำ", [change])


def retire(clause: Clause, reason: str, by: User) -> None:
    change = RetireClause(clause, clause.lock_version, reason=reason)
    apply_changes(by, SectionVersion.Action.RETIRE, reason, [change])


@pytest.fixture
def earlier(process: Section, admin: User) -> Edition:
    edition = factories.make_edition(
        "2553", kind="baseline", title="ฉบับ พ.ศ. 2553", by=admin
    )
    factories.make_release(edition, "public")
    return edition


@pytest.fixture
def later(earlier: Edition, process: Section, drafter: User, admin: User) -> Edition:
    """5.1 reworded, 5.2 retired, a new clause after 5.3, its 2) before 1)."""
    revise(
        factories.clause_at(process, "5.1"),
        "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสามครั้ง",
        drafter,
    )
    retire(
        factories.clause_at(process, "5.2"),
        "ระบบตรวจให้โดยอัตโนมัติ จึงไม่ต้องตรวจซ้ำ",
        drafter,
    )
    factories.make_clause(process, "ให้ระบบแจ้งเตือนก่อนครบกำหนด", by=drafter)
    second, first = (
        factories.clause_at(process, "5.2 2)"),
        factories.clause_at(process, "5.2 1)"),
    )
    position = Position(
        process,
        5,
        second.parent.uuid,
        first.rank[:-1] + "0" + first.rank[-1],
        second.numbering,
    )
    change = ReviseClause(second, second.lock_version, position=position)
    process.refresh_from_db()
    apply_changes(drafter, SectionVersion.Action.MOVE, "ย้ายลำดับ", [change])
    edition = factories.make_edition(
        "2565", title="ร่าง พ.ศ. 2565", by=admin, basis=earlier
    )
    factories.make_release(edition, "public")
    return edition


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return markup(response)


# -- who may read ------------------------------------------------------------------------------------


def pages(edition: Edition, process: Section) -> list[str]:
    return [
        f"/editions/{edition.code}/",
        f"/editions/{edition.code}/manuals/{process.manual.key}/",
        f"/editions/{edition.code}/sections/{process.uuid}/",
        f"/editions/{edition.code}/sections/{process.uuid}/compare/{edition.code}/",
    ]


def test_public_edition_is_read_by_everybody(
    client: Client, earlier: Edition, process: Section
) -> None:
    for path in pages(earlier, process):
        text(client, path)
    assert "ฉบับ พ.ศ. 2553" in text(client, "/editions/")


def test_edition_for_participants_asks_strangers_to_sign_in(
    client: Client, sign_in, edition: Edition, process: Section, delegate: User
) -> None:
    factories.make_release(edition, "hearing")
    for path in pages(edition, process):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/sign-in/?next={path}",
        )
    assert edition.title not in text(client, "/editions/")
    stranger, participant = sign_in(factories.make_user()), sign_in(delegate)
    for path in pages(edition, process):
        text(stranger, path, 404)
        text(participant, path)


def test_unreleased_edition_is_there_only_for_admins(
    client: Client,
    sign_in,
    edition: Edition,
    process: Section,
    delegate: User,
    admin: User,
) -> None:
    for reader, status in (
        (client, 404),
        (sign_in(delegate), 404),
        (sign_in(admin), 200),
    ):
        for path in pages(edition, process):
            text(reader, path, status)


def test_what_does_not_exist_is_not_found(
    client: Client, earlier: Edition, process: Section
) -> None:
    for path in (
        "/editions/NONE/",
        "/editions/2553/manuals/NONE/",
        f"/editions/2553/sections/{NUL_UUID}/",
        f"/editions/2553/sections/{process.uuid}/compare/NONE/",
        f"/clauses/{NUL_UUID}/",
        "/editions/2553/sections/not-a-uuid/",
    ):
        text(client, path, 404)


def test_reading_is_only_asked_for_never_posted(
    client: Client, earlier: Edition, process: Section
) -> None:
    for path in [*pages(earlier, process), "/editions/", "/search/"]:
        assert client.post(path).status_code == 405


# -- a section ---------------------------------------------------------------------------------------


def test_section_has_nine_parts_each_clause_anchored(
    client: Client, earlier: Edition, process: Section
) -> None:
    html = text(client, f"/editions/2553/sections/{process.uuid}/")
    assert re.findall(r'<section class="part[ \w-]*"\s+id="part-(\d)"', html) == list(
        "123456789"
    )
    assert re.findall(r'<a class="parts__link" href="#part-(\d)"', html) == list(
        "123456789"
    )
    clauses = [
        entry
        for entry in load_edition_entries(earlier, process)
        if entry.kind == "clause"
    ]
    for entry in clauses:
        assert html.count(f'id="{clause_anchor(entry.uuid)}"') == 1
        assert f'href="/clauses/{entry.uuid}/"' in html
    assert len(clauses) == 17


def test_digits_follow_the_reader(
    client: Client, earlier: Edition, process: Section
) -> None:
    path = f"/editions/2553/sections/{process.uuid}/"
    assert "ให้เสนอภายใน 30 นาที" in text(client, path)
    client.cookies["digits"] = "thai"
    html = text(client, path)
    assert "ให้เสนอภายใน ๓๐ นาที" in html
    assert "OPM-01-01" in html


def test_flow_chart_is_drawn_from_the_steps(
    client: Client, earlier: Edition, process: Section
) -> None:
    html = text(client, f"/editions/2553/sections/{process.uuid}/")
    chart = html[
        html.index('<svg class="flow-chart__drawing"') : html.index("</svg></div>")
    ]
    assert chart.count("flow-chart__shape") == 4
    assert chart.count("flow-chart__node--decision") == 1
    assert "ไม่ครบ" in chart
    assert "style=" not in chart
    section = read_section(load_edition_entries(earlier, process))
    heights = [node.y for node in section.chart.nodes if node.outline]
    ends = [
        float(line.head[1:].split()[1].split("L")[0]) for line in section.chart.lines
    ]
    assert any(end < heights[2] for end in ends[2:]), (
        "no branch leads back above the third box"
    )


def test_step_table_says_where_a_decision_leads(
    client: Client, earlier: Edition, process: Section
) -> None:
    html = text(client, f"/editions/2553/sections/{process.uuid}/")
    fourth = earlier.entries.get(part=9, label="4")
    assert (
        f'<a href="#{clause_anchor(fourth.uuid)}"><span class="visually-hidden">ไปขั้นตอนที่</span>4</a>'
        in html
    )
    assert html.count('data-label="ผู้รับผิดชอบ"') == 4


def test_hostile_words_stay_words(
    client: Client, process: Section, drafter: User, admin: User
) -> None:
    hostile = (
        '<img src=x onerror=alert(1)><script>alert("ก")</script>&amp;{{ 7|add:7 }}'
    )
    factories.make_clause(process, hostile, by=drafter)
    factories.make_section(process.manual, f"งาน{hostile}", kind="process", by=drafter)
    edition = factories.make_edition("HOSTILE", by=admin)
    factories.make_release(edition, "public")
    for path in [*pages(edition, process), "/search/?q=alert"]:
        html = text(client, path)
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert "14" not in re.findall(r"\{\{[^}]*\}\}", html)


def test_body_is_only_ever_inline_marks() -> None:
    body = '<strong onclick="x">หนา</strong><iframe src="x"></iframe> <a href="javascript:x">ลิงก์</a> ก &lt; ข'
    assert body_html(body, {}) == "<strong>หนา</strong> ลิงก์ ก &lt; ข"


def test_lost_reference_says_so() -> None:
    assert "ข้อที่ยกเลิก" in body_html(f'ตาม<span data-ref="{NUL_UUID}"></span>', {})


def test_reference_names_the_place_it_has_in_this_edition(
    client: Client, process: Section, drafter: User, admin: User
) -> None:
    target = factories.clause_at(process, "5.3 1)")
    factories.make_clause(
        process, Text(body=f'ตาม<span data-ref="{target.uuid}"></span>'), by=drafter
    )
    factories.make_release(factories.make_edition("REF", by=admin), "public")
    html = text(client, f"/editions/REF/sections/{process.uuid}/")
    assert f'ตาม<a href="#{clause_anchor(target.uuid)}">ข้อ 5.3 1)</a>' in html


def test_undrafted_process_says_so(
    client: Client, process: Section, drafter: User, admin: User
) -> None:
    bare = factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    factories.make_release(factories.make_edition("BARE", by=admin), "public")
    assert "ยังไม่ยกร่าง" in text(client, f"/editions/BARE/sections/{bare.uuid}/")
    assert "ยังไม่ยกร่าง" in text(client, f"/editions/BARE/manuals/{process.manual.key}/")
    assert "ยังไม่ยกร่าง" not in text(client, f"/editions/BARE/sections/{process.uuid}/")


# -- two editions ------------------------------------------------------------------------------------


def states(earlier: Edition, later: Edition, process: Section) -> list[tuple[str, str]]:
    entries = load_edition_entries(later, process)
    basis = find_earlier_wording(
        earlier, later, process.pk, [entry.uuid for entry in entries]
    )
    section = read_section(entries, basis)
    return [
        (clause.entry.cite, clause.state)
        for clause in section.clauses
        if clause.entry.part == 5
    ]


def test_comparison_tells_added_removed_reworded_and_moved(
    earlier: Edition, later: Edition, process: Section
) -> None:
    assert states(earlier, later, process) == [
        ("5.1", "reworded"),
        ("5.2", "removed"),
        ("5.2", ""),
        ("5.2 1)", "moved"),
        ("5.2 2)", ""),
        ("5.2 2) ก.", ""),
        ("5.2 2) ข.", ""),
        ("5.3", "added"),
    ]


def test_nothing_changed_between_an_edition_and_itself(
    earlier: Edition, process: Section
) -> None:
    assert {state for _, state in states(earlier, earlier, process)} == {""}


def test_compare_page_shows_words_of_each_side(
    client: Client, earlier: Edition, later: Edition, process: Section
) -> None:
    html = text(client, f"/editions/2565/sections/{process.uuid}/compare/2553/")
    assert "<del>สอง</del>" in html
    assert "<ins>สาม</ins>" in html
    row = html[html.index("<del>สอง</del>") : html.index("<ins>สาม</ins>")]
    assert "<ins>" not in row
    assert "<del>ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย</del>" in html
    assert html.count("ไม่มีในฉบับใหม่") == html.count("ไม่มีในฉบับเดิม") == 1


def test_change_of_digits_alone_says_so_and_shows_them(
    client: Client,
    process: Section,
    earlier: Edition,
    drafter: User,
    admin: User,
) -> None:
    clause = factories.make_clause(process, "ส่งภายใน ๑๐ วัน", by=drafter)
    before = factories.make_edition("A", by=admin, basis=earlier)
    revise(clause, "ส่งภายใน 10 วัน", drafter)
    factories.make_release(before, "public")
    after = factories.make_edition("B", by=admin, basis=before)
    factories.make_release(after, "public")

    html = text(client, f"/editions/B/sections/{process.uuid}/compare/A/")

    assert "เฉพาะรูปแบบเลข" in html
    assert '<del translate="no">๑๐</del>' in html
    assert '<ins translate="no">10</ins>' in html


def test_clause_in_another_process_now_is_moved_not_removed(
    earlier: Edition, process: Section, unit: Section, drafter: User, admin: User
) -> None:
    other = factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    clause = factories.clause_at(process, "5.2")
    change = ReviseClause(clause, clause.lock_version, position=Position(other, 5))
    apply_changes(drafter, SectionVersion.Action.MOVE, "ย้ายกระบวนงาน", [change])
    later = factories.make_edition("MOVED", by=admin)
    assert ("5.2", "moved") in states(earlier, later, process)
    assert ("5.2", "removed") not in states(earlier, later, process)


# -- permanent links ---------------------------------------------------------------------------------


def test_permanent_link_leads_to_the_newest_readable_place(
    client: Client,
    earlier: Edition,
    later: Edition,
    process: Section,
    drafter: User,
    admin: User,
) -> None:
    clause = factories.clause_at(process, "5.1")
    factories.make_edition("SECRET", by=admin)
    response = client.get(f"/clauses/{clause.uuid}/")
    assert response.status_code == 302
    assert (
        response["Location"]
        == f"/editions/2565/sections/{process.uuid}/#{clause_anchor(clause.uuid)}"
    )


def test_permanent_link_of_a_retired_clause_tells_why(
    client: Client, earlier: Edition, later: Edition, process: Section
) -> None:
    retired = Clause.objects.exclude(retired=None).get()
    html = text(client, f"/clauses/{retired.uuid}/")
    assert "ข้อนี้ยกเลิกแล้ว" in html
    assert "ระบบตรวจให้โดยอัตโนมัติ จึงไม่ต้องตรวจซ้ำ" in html
    assert "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย" in html


def test_permanent_link_survives_a_newer_edition_of_other_manuals(
    client: Client,
    earlier: Edition,
    process: Section,
    fin_group: WorkGroup,
    admin: User,
) -> None:
    other = factories.make_manual(fin_group)
    factories.make_section(other, "งานการเงิน")
    factories.make_release(
        factories.make_edition("FIN-ONLY", by=admin, manuals=[other]), "public"
    )
    clause = factories.clause_at(process, "5.2")
    assert client.get(f"/clauses/{clause.uuid}/")["Location"].startswith(
        "/editions/2553/"
    )


def test_clause_of_no_edition_is_found_only_by_its_writers(
    client: Client,
    sign_in,
    earlier: Edition,
    process: Section,
    drafter: User,
    delegate: User,
) -> None:
    clause = factories.make_clause(process, "ข้อที่ยังร่างอยู่", by=drafter)
    text(client, f"/clauses/{clause.uuid}/", 404)
    text(sign_in(delegate), f"/clauses/{clause.uuid}/", 404)
    writer = sign_in(drafter)
    position = f"/groups/{process.manual.key}/drafts/{process.uuid}/#{clause_anchor(clause.uuid)}"
    assert writer.get(f"/clauses/{clause.uuid}/")["Location"] == position


# -- the working draft -------------------------------------------------------------------------------


def test_draft_is_for_its_writers(
    client: Client,
    sign_in,
    process: Section,
    drafter: User,
    facilitator: User,
    expert: User,
    delegate: User,
    stranger: User,
) -> None:
    factories.make_clause(process, "ถ้อยคำที่ยังร่างอยู่", by=drafter)
    path = f"/groups/{process.manual.key}/drafts/{process.uuid}/"
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"
    nobody = factories.make_user()
    readers = [
        (drafter, 200),
        (facilitator, 200),
        (expert, 200),
        (delegate, 403),
        (stranger, 403),
        (nobody, 404),
    ]
    for user, status in readers:
        assert ("ถ้อยคำที่ยังร่างอยู่" in text(sign_in(user), path, status)) == (status == 200)


def test_draft_of_another_group_is_not_found_there(
    sign_in, process: Section, drafter: User
) -> None:
    client = sign_in(drafter)
    text(client, f"/groups/FIN/drafts/{process.uuid}/", 404)


# -- the cost ----------------------------------------------------------------------------------------


def test_pages_cost_the_same_for_one_clause_and_three(
    client: Client, manual: Manual, drafter: User, admin: User, assert_same_queries
) -> None:
    section = factories.make_section(manual, "การรับหนังสือ", kind="process", by=drafter)
    factories.make_clause(section, "ข้อเดียว", by=drafter)
    factories.make_release(factories.make_edition("A", by=admin), "public")
    code = "A"

    def read() -> None:
        for path in (
            f"/editions/{code}/sections/{section.uuid}/",
            f"/editions/{code}/sections/{section.uuid}/compare/A/",
        ):
            text(client, path)

    def add() -> None:
        nonlocal code
        code = "B"
        for words in ("ข้อที่สอง", "ข้อที่สาม"):
            factories.make_clause(section, words, by=drafter)
        factories.make_release(factories.make_edition("B", by=admin), "public")

    assert_same_queries(9, read, add)


def test_lists_cost_the_same_for_one_row_and_three(
    client: Client, process: Section, drafter: User, admin: User, assert_same_queries
) -> None:
    factories.make_release(factories.make_edition("A", by=admin), "public")
    code, key = "A", process.manual.key

    def read() -> None:
        for path in (
            "/editions/",
            f"/editions/{code}/",
            f"/editions/{code}/manuals/{key}/",
        ):
            text(client, path)

    def add() -> None:
        nonlocal code
        code = "C"
        for title in ("การส่งหนังสือ", "การเก็บหนังสือ"):
            factories.make_section(process.manual, title, kind="process", by=drafter)
        for made in ("B", "C"):
            factories.make_release(factories.make_edition(made, by=admin), "public")

    assert_same_queries(9, read, add)
