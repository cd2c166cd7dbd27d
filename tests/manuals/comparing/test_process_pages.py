"""The table of processes: who may read it, finding an old process, the gap where nobody says why, the spreadsheet."""

import pytest

from hearing_portal.acts.models import Act
from hearing_portal.spreadsheets import read_table
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import move_section, rename_section
from manuals.models import DropReason, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
TABLE = "/comparisons/2553/2565/processes/"
GAP = "ยังไม่มีเหตุผล"


def drop(section: Section, by, reason: str = "") -> None:
    """Without a reason: in the words it was added with, as what a file brought is retired."""
    section.refresh_from_db()
    retire_section(
        section,
        section.version,
        by=by,
        reason=reason or section.versions.get(number=1).reason,
    )


@pytest.fixture
def newer(process, unit, manual, drafter, admin):
    """One was renamed and moved to another group, one dropped for a reason, one without, one is new."""
    silent = factories.make_section(
        manual, "การพิมพ์ดีด", kind="process", parent=unit, by=drafter
    )
    told = factories.make_section(
        manual, "การส่งโทรเลข", kind="process", parent=unit, by=drafter
    )
    basis = factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )
    fin = factories.make_manual(factories.make_group("FIN"))
    process.refresh_from_db()
    moved = move_section(
        process, process.version, manual=fin, by=admin, reason="ตามประกาศแบ่งส่วนราชการ"
    )
    rename_section(moved, moved.version, "การรับหนังสือเข้า", by=admin, reason="ชื่อสั้นลง")
    drop(silent, drafter)
    drop(told, drafter, "ยกเลิกบริการโทรเลขแล้ว")
    factories.make_section(manual, "=ระบบใหม่", kind="process", parent=unit, by=drafter)
    made = factories.make_edition("2565", title="คู่มือ พ.ศ. 2565", basis=basis, by=admin)
    for edition in (basis, made):
        factories.make_release(edition, "public", by=admin)
    return made


def test_everybody_reads_what_became_of_each_process(client, newer):
    page = markup(client.get(TABLE))
    assert "ย้ายกลุ่มงานและเปลี่ยนชื่อ" in page
    assert "การรับหนังสือเข้า</a>" in page
    assert "ตามประกาศแบ่งส่วนราชการ</p><p>ชื่อสั้นลง</p>" in page
    assert "ยกเลิกบริการโทรเลขแล้ว" in page
    assert page.count(f"{GAP}</p>") == 1
    assert "ระบุเหตุผล" not in page  # for those who draft
    assert f'<a class="button" href="{TABLE}">' in markup(
        client.get("/comparisons/2553/2565/")
    )


def test_counts_of_both_editions_add_up(client, newer):
    lines = client.get(TABLE).context["counts"]
    assert [(line.label, line.old, line.new) for line in lines] == [
        ("ย้ายกลุ่มงาน", 1, 1),
        ("ยกเลิก", 2, 0),
        ("เพิ่มใหม่", 0, 1),
        ("รวม", 3, 2),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=หนังสือราช", ["การรับหนังสือราชการ"]),
        ("q=หนังสือเข้า", ["การรับหนังสือราชการ"]),  # by what it is called now
        ("q=opm-๐๑-๐๑", ["การรับหนังสือราชการ"]),
        ("group=FIN", ["การรับหนังสือราชการ"]),
        ("fate=without-reason", ["การพิมพ์ดีด"]),
        ("fate=dropped&q=โทรเลข", ["การส่งโทรเลข"]),
        ("fate=x&group=y", ["การรับหนังสือราชการ", "การพิมพ์ดีด", "การส่งโทรเลข", ""]),
        ("q=ไม่มี", []),
    ],
)
def test_old_process_is_found_by_a_part_of_its_title(client, newer, asked, found):
    page = client.get(f"{TABLE}?{asked}").context["page"]
    assert [row.old.section.title if row.old else "" for row in page] == found


def test_nothing_found_says_what_to_do(client, newer):
    assert "ลองพิมพ์ชื่อให้สั้นลง" in client.get(f"{TABLE}?q=ไม่มี").content.decode()


def test_drafter_tells_afterwards_why_one_was_dropped(sign_in, client, newer, drafter):
    silent = Section.objects.get(title="การพิมพ์ดีด")
    link = f"{TABLE}{silent.uuid}/reason/"
    signed_in = sign_in(drafter)
    assert link in signed_in.get(TABLE).content.decode()
    before = list(silent.versions.values_list("reason", flat=True))

    empty = signed_in.post(link, {"reason": "  "})
    assert (empty.status_code, DropReason.objects.count()) == (422, 0)
    answer = signed_in.post(link, {"reason": "ใช้คอมพิวเตอร์ทั้งหมดแล้ว"})

    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{TABLE}?fate=dropped#p-")
    told = markup(client.get(f"{TABLE}?q=พิมพ์ดีด"))
    assert "<p>ใช้คอมพิวเตอร์ทั้งหมดแล้ว</p>" in told
    assert GAP not in told.partition("<table")[2].partition("</table>")[0]
    assert list(silent.versions.values_list("reason", flat=True)) == before
    assert (
        Act.objects.filter(
            code="drop-reason-given", by=drafter, reason="ใช้คอมพิวเตอร์ทั้งหมดแล้ว"
        ).count()
        == 1
    )
    assert "ใช้คอมพิวเตอร์ทั้งหมดแล้ว" in signed_in.get(link).content.decode()


def test_both_groups_tell_why_one_was_dropped_after_it_moved(
    sign_in, newer, process, drafter, admin
):
    other_drafter = factories.make_drafter(factories.make_group("FIN"))
    drop(process, admin, "เลิกใช้")
    factories.make_release(
        factories.make_edition("LATER", by=admin), "public", by=admin
    )
    link = f"/comparisons/2553/LATER/processes/{process.uuid}/reason/"
    outsider = factories.make_drafter(factories.make_group("LAW"))
    answers = [
        sign_in(person).get(link).status_code
        for person in (drafter, other_drafter, outsider)
    ]
    assert answers == [200, 200, 403]


def test_reason_is_asked_of_dropped_processes_only(sign_in, newer, admin, process):
    assert sign_in(admin).get(f"{TABLE}{process.uuid}/reason/").status_code == 404


def test_table_costs_the_same_with_more_processes(
    client, newer, manual, drafter, admin, assert_same_queries
):
    def more() -> None:
        for number in range(2):
            section = factories.make_section(
                manual, f"งานเพิ่ม {number}", kind="process", by=drafter
            )
            factories.make_clause(section, f"ข้อ {number}", by=drafter)
        drop(Section.objects.get(title="=ระบบใหม่"), drafter, "เลิกใช้")

    client.force_login(drafter)
    assert_same_queries(
        14, lambda: client.get("/comparisons/2565/working-draft/processes/"), more
    )


def test_sheet_has_a_line_for_each_pair_and_says_where_a_reason_is_missing(
    client, newer
):
    answer = client.get(TABLE + "table.xlsx")
    lines = [line.cells for line in read_table(answer.content)]
    dir_name, fin_name = "กลุ่มอำนวยการ", "กลุ่มบริหารงานการเงินและสินทรัพย์"
    moved = (
        "OPM-01-01",
        "การรับหนังสือราชการ",
        "งานสารบรรณ",
        dir_name,
        "ย้ายกลุ่มงานและเปลี่ยนชื่อ",
    )
    assert lines[1] == (
        *moved,
        *(
            "OPM-01-01",
            "การรับหนังสือเข้า",
            "",
            fin_name,
            "",
            "",
            "ตามประกาศแบ่งส่วนราชการ / ชื่อสั้นลง",
        ),
    )
    assert [(line[1], line[4], line[11]) for line in lines[2:4]] == [
        ("การพิมพ์ดีด", "ยกเลิก", GAP),
        ("การส่งโทรเลข", "ยกเลิก", "ยกเลิกบริการโทรเลขแล้ว"),
    ]
    assert lines[4][6] == "=ระบบใหม่"
