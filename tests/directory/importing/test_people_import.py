"""Importing a list of people: every bad row named, the good ones taken in once, nothing half stored."""

import io
import json
import os
import re
import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hearing_portal.acts.models import Act
from hearing_portal.directory.importing.jobs import ask_for_import, read_report
from hearing_portal.directory.importing.people_rows import ImportPlan, NewRole
from hearing_portal.directory.importing.services import (
    COLUMNS,
    import_people,
    import_template,
    plan_import,
)
from hearing_portal.directory.importing.uploads import WAITING_LISTS, ImportGone
from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.directory.people.services import create_person
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.services import cancel_job
from hearing_portal.spreadsheets import TableRefused, write_table
from tests import factories
from tests.database import as_owner, without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(
    transaction=True
)  # a job keeps its lease over a connection of its own
HEAD = list(COLUMNS.values())
IMPORT = "/desk/people/import/"


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def groups(dir_group, fin_group):
    """อำนวยการ and การเงินฯ, and one that is no more."""
    private = factories.make_group(
        "PRIV",
        name="กลุ่มส่งเสริมสถานศึกษาเอกชน",
        short_name="เอกชน",
        valid_from=date(2010, 9, 13),
        valid_until=date(2017, 11, 21),
    )
    return dir_group, fin_group, private


@pytest.fixture
def offices(lampang, chonburi):
    return lampang, chonburi


def row(**cells: str) -> list[str]:
    """A good row, but for the cells given by column key."""
    good = {
        "title": "นาง",
        "given_name": "ก้องเกียรติ",
        "family_name": "ตั้งใจ",
        "position": "นักวิชาการศึกษา",
        "office": "สพป.ลำปาง เขต 1",
        "groups": "อำนวยการ",
    }
    return [({**good, **cells}).get(key, "") for key in COLUMNS]


def listed(*rows: list[str], head: list[str] = HEAD) -> bytes:
    return write_table("รายชื่อ", head, rows)


def roles_of(plan: ImportPlan) -> list[NewRole]:
    return [role for person in plan.new for role in person.roles]


def errors(raw: bytes) -> list[tuple[int, str, str]]:
    return [
        (error.line, error.column, error.message) for error in plan_import(raw).errors
    ]


def work_off(job: Job) -> Job:
    """The job as it stands after a worker's attempt at it."""
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    return job


def asked_for(raw: bytes, by: User) -> Job:
    return ask_for_import(WAITING_LISTS.store(raw, by=by), by=by)


def report_of(job: Job) -> str:
    return f"{IMPORT}reports/{job.uuid}/"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def upload(client: Client, raw: bytes, name: str = "รายชื่อ.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, raw)})


# -- the journey -----------------------------------------------------------------------------------------


def five_hundred() -> list[list[str]]:
    """Five hundred delegates of two offices; seven rows are bad, each in its own way."""
    rows = [
        row(
            given_name=f"ชื่อที่{number}",
            office="สพม.ชลบุรี ระยอง" if number % 2 else "สพป.ลำปาง เขต 1",
            groups="อำนวยการ, FIN" if number % 3 else "การเงินฯ",
        )
        for number in range(1, 501)
    ]
    rows[9] = row(given_name="ชื่อที่10", office="สพป.ลำพัง เขต 1")
    rows[50] = row(given_name="ชื่อที่51", groups="กลุ่มการบิน")
    rows[99] = row(given_name="")
    rows[200] = row(given_name="ชื่อที่1", office="สพม.ชลบุรี ระยอง")
    rows[300] = row(given_name="ชื่อที่301", valid_from="29/02/2568")
    rows[400] = row(given_name="ชื่อที่401", office="สพม.ลำปาง เขต 1")
    rows[499] = row(
        given_name="ชื่อที่500", valid_from="20/09/2565", valid_until="01/09/2565"
    )
    return rows


@committed
def test_admin_imports_five_hundred_delegates_with_seven_bad_rows(
    sign_in, admin, groups, offices
):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    client = sign_in(User.objects.get(pk=admin.pk))
    raw = listed(*five_hundred())
    before = User.objects.count()

    uploaded = upload(client, raw)
    assert uploaded.status_code == 303
    preview = markup(client.get(uploaded["Location"]))

    assert User.objects.count() == before
    assert "นำเข้า 493 คน" in preview
    for line, column in (
        (11, "สพท."),
        (52, "กลุ่มงาน"),
        (101, "ชื่อ"),
        (202, "ชื่อ"),
        (302, "วันเริ่มต้น"),
        (402, "สพท."),
        (501, "วันสิ้นสุด"),
    ):
        assert (
            f'data-label="แถว">{line}</td> <td class="u-strong data-stack__run">{column}</td>'
            in preview
        )
    assert "ต้องแก้ 7\u00a0แถว" in preview

    asked = client.post(uploaded["Location"])
    job = Job.objects.get()
    assert (asked.status_code, asked["Location"]) == (303, report_of(job))
    assert User.objects.count() == before
    waiting = markup(client.get(report_of(job)))
    assert "รอดำเนินการ ยังไม่ได้บันทึกข้อมูล" in text_of(waiting)
    work_off(job)
    page = markup(client.get(report_of(job)))
    assert "<h1>นำเข้า 493 คนแล้ว</h1>" in page
    assert "ต้องแก้ 7\u00a0แถว" in page
    assert "493\u00a0คนยังไม่มีรหัสผ่าน" in markup(client.get("/desk/people/"))

    assert User.objects.count() == before + 493
    delegates = RoleAssignment.objects.filter(
        role="delegate", user__given_name__startswith="ชื่อที่"
    )
    assert delegates.values("user").distinct().count() == 493
    expected = sum(
        len(cells[HEAD.index("กลุ่มงาน")].split(","))
        for at, cells in enumerate(five_hundred())
        if at not in BAD
    )
    assert delegates.count() == expected
    assert set(delegates.values_list("office__short_name", flat=True)) == {
        "สพป.ลำปาง เขต 1",
        "สพม.ชลบุรี ระยอง",
    }


BAD = {9, 50, 99, 200, 300, 400, 499}


def test_importing_again_changes_nothing(client, admin, groups, offices):
    raw = listed(*five_hundred())
    import_people(raw, by=admin)
    state = everything()

    again = import_people(raw, by=admin)

    assert (len(again.new), len(again.known), again.bad_lines) == (0, 493, 7)
    assert everything() == state
    assert [known.missing for known in again.known if known.missing] == []


def everything() -> list[str]:
    tables = (
        "directory_user",
        "directory_roleassignment",
        "directory_historicalroleassignment",
        "django_admin_log",
    )
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY id")
            found += [text for (text,) in cursor.fetchall()]
    return found


def test_corrected_file_adds_only_the_rows_that_were_bad(admin, groups, offices):
    import_people(listed(*five_hundred()), by=admin)
    corrected = five_hundred()
    for at in BAD:
        corrected[at] = row(given_name=f"แก้แล้ว{at}")

    plan = import_people(listed(*corrected), by=admin)

    assert (len(plan.new), len(plan.known), plan.bad_lines) == (7, 493, 0)
    assert {person.given_name for person in plan.new} == {f"แก้แล้ว{at}" for at in BAD}


def test_history_and_log_say_who_imported_and_hold_no_names(admin, groups, offices):
    import_people(listed(row(given_name="กนกวลี"), row(given_name="ขจร")), by=admin)

    histories = RoleAssignment.history.filter(history_change_reason="นำเข้ารายชื่อ")
    assert set(
        histories.values_list("history_user__username", "history_type", "role")
    ) == {("aree", "+", "delegate")}
    assert list(
        Act.objects.filter(code="account").order_by("pk").values_list("label", "note")
    ) == [
        ("p126-01", "นำเข้ารายชื่อ"),
        ("p126-02", "นำเข้ารายชื่อ"),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%กนกวลี%"]
            )
            found += [table] * cursor.fetchone()[0]
    assert found == ["directory_user"]


def test_failure_in_the_middle_stores_nothing(admin, groups, offices):
    """The second of two roles breaks a rule of the database after the people were made."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_fin() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'the disk is full'; END $$;"
            f" CREATE TRIGGER refuse_fin BEFORE INSERT ON directory_roleassignment FOR EACH ROW"
            f" WHEN (NEW.work_group_id = {groups[1].pk}) EXECUTE FUNCTION refuse_fin()"
        )
    state = everything()
    with pytest.raises(Exception, match="the disk is full"):
        import_people(listed(row(), row(given_name="ขจร", groups="FIN")), by=admin)
    assert everything() == state


# -- the job ---------------------------------------------------------------------------------------------


def test_two_clicks_ask_for_one_job(sign_in, admin, groups, offices):
    client = sign_in(admin)
    preview = upload(client, listed(row()))["Location"]

    assert (
        client.post(preview)["Location"]
        == client.post(preview)["Location"]
        == report_of(Job.objects.get())
    )


@committed
def test_job_run_again_after_a_killed_worker_tells_the_same_and_adds_nobody(
    admin, groups, offices
):
    """The worker dies after the commit and before it wrote down the end."""
    job = work_off(asked_for(listed(*five_hundred()), admin))
    told, state = read_report(job), everything()
    with without_triggers():
        Job.objects.filter(pk=job.pk).update(
            state="queued", result=None, ended_at=None, lease_until=None
        )

    job = work_off(job)

    assert (job.state, job.attempt) == ("done", 2)
    assert (read_report(job), everything()) == (told, state)
    assert (told.new, told.known, told.bad_lines) == (493, 0, 7)


@committed
def test_job_cancelled_on_its_way_leaves_nobody(admin, groups, offices):
    job = asked_for(listed(*five_hundred()), admin)
    state = everything()
    cancel_job(job)

    assert work_off(job).state == "cancelled"
    assert everything() == state


def test_import_stopped_in_its_second_half_stores_nothing(admin, groups, offices):
    state, heard = everything(), []

    def stop_late(done: int, total: int) -> None:
        heard.append((done, total))
        if done > total // 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        import_people(listed(*five_hundred()), by=admin, progress=stop_late)
    assert heard == [(0, 500), (496, 500)]
    assert everything() == state


@committed
def test_job_of_somebody_no_longer_admin_is_refused(admin, groups, offices):
    job = asked_for(listed(row()), admin)
    with without_triggers():
        RoleAssignment.objects.filter(user=admin).update(valid_until=date(2022, 9, 2))

    job = work_off(job)

    assert (job.state, "ไม่ได้เป็นผู้ดูแลระบบแล้ว" in job.error) == ("failed", True)
    assert not User.objects.filter(given_name="ก้องเกียรติ").exists()


@committed
def test_job_whose_file_is_gone_says_so(sign_in, admin, groups, offices, var_dir):
    job = asked_for(listed(row()), admin)
    for kept in var_dir.iterdir():
        os.utime(kept, (0, 0))

    job = work_off(job)

    assert job.state == "failed"
    client = sign_in(admin)
    page = text_of(client.get(report_of(job)).content.decode())
    assert "โปรดส่งไฟล์อีกครั้ง" in page
    assert "ดูผลการนำเข้า" not in page


@committed
def test_kept_report_names_lines_and_holds_nothing_of_the_cells(
    sign_in, admin, groups, offices, delegate
):
    """A shifted table has names where offices and groups belong."""
    known = row(
        given_name=delegate.given_name,
        family_name=delegate.family_name,
        groups="DIR, FIN",
    )
    raw = listed(
        row(office="กนกวลี ใจดี"),
        known,
        row(given_name="ขจร", groups="อำนวยการ, กนกวลี ใจดี"),
    )
    job = work_off(asked_for(raw, admin))

    assert "กนกวลี" not in StoredFile.objects.get().path.read_text()
    report = read_report(job)
    assert [(error.line, error.column) for error in report.errors] == [
        (2, "สพท."),
        (4, "กลุ่มงาน"),
    ]
    assert report.errors[0].message.startswith("ไม่พบ “…” โปรดตรวจตัวสะกด")
    assert report.differing == [
        (3, delegate.pk, "somsri", [groups[1].short_name], "delegate")
    ]
    client = sign_in(admin)
    page = client.get(report_of(job)).content.decode()
    assert f'<a href="/desk/people/{delegate.pk}/">somsri</a>' in page


def test_report_is_for_admins_and_of_imports_only(
    sign_in, admin, drafter, groups, offices
):
    job = asked_for(listed(row()), admin)
    client = sign_in(drafter)
    assert client.get(report_of(job)).status_code == 403
    client = sign_in(admin)
    other = Job.objects.create(kind="export_book", asked_by=admin)
    assert client.get(report_of(other)).status_code == 404


@committed
def test_page_asks_for_itself_until_the_job_has_ended(sign_in, admin, groups, offices):
    job = asked_for(listed(row()), admin)
    client = sign_in(admin)
    asking = {"HX-Request": "true", "HX-Target": "progress"}

    before = client.get(report_of(job), headers=asking)
    work_off(job)
    after = client.get(report_of(job), headers=asking)

    assert 'hx-trigger="every 1s"' in before.content.decode()
    assert ("HX-Refresh" in before, after["HX-Refresh"]) == (False, "true")
    assert "hx-get" not in after.content.decode()


def test_import_costs_as_many_queries_for_three_rows_as_for_one(
    admin, groups, offices, assert_same_queries
):
    rows = [row(given_name="ก")]
    number = iter(range(9))

    def take_in() -> None:
        suffix = str(next(number))
        import_people(
            listed(*(row(given_name=cells[1] + suffix) for cells in rows)), by=admin
        )

    # begin and end, lock; offices, groups, usernames, people, roles held; people, roles, their history, log
    assert_same_queries(
        12, take_in, lambda: rows.extend([row(given_name="ข"), row(given_name="ค")])
    )


@committed
def test_first_step_reads_the_head_only_and_the_list_of_work_leads_to_the_report(
    sign_in, admin, groups, offices
):
    client = sign_in(admin)
    client.post(upload(client, listed(row()))["Location"])
    job = Job.objects.get()
    assert "นำเข้ารายชื่อ" in markup(client.get("/exports/"))

    work_off(job)

    for page in ("/exports/", f"/jobs/{job.uuid}/"):
        assert f'href="{report_of(job)}">ดูผลการนำเข้า</a>' in markup(client.get(page))


def test_usernames_of_a_whole_office_are_made_in_one_count(admin, groups, offices):
    plan = plan_import(
        listed(*(row(given_name=f"คนที่{number}") for number in range(1200)))
    )
    assert [person.username for person in plan.new][::400] == [
        "p126-01",
        "p126-401",
        "p126-801",
    ]


def test_only_the_first_unknown_offices_get_a_hint(admin, groups, offices):
    plan = plan_import(
        listed(*(row(office=f"สพป.ลำพาง เขต {number}") for number in range(300)))
    )
    hinted = ["ใกล้เคียงที่สุด" in error.message for error in plan.errors]
    assert (len(hinted), sum(hinted), hinted[199], hinted[200]) == (
        300,
        200,
        True,
        False,
    )


# -- what is wrong in a row ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"given_name": "  "}, "ชื่อ", "ช่องนี้ว่าง โปรดกรอกชื่อ"),
        ({"family_name": ""}, "นามสกุล", "ช่องนี้ว่าง"),
        ({"office": ""}, "สพท.", "ช่องนี้ว่าง"),
        ({"groups": " , ;"}, "กลุ่มงาน", "ช่องนี้ว่าง"),
        ({"family_name": "ก" * 101}, "นามสกุล", "เกิน 100 ตัวอักษร"),
        ({"position": "ครู\ufffc"}, "ตำแหน่ง", "U+FFFC"),
        ({"office": "สพป.ลำปาง เขต 9"}, "สพท.", "ใกล้เคียงที่สุดคือ “สพป.ลำปาง เขต 1”"),
        ({"office": "โรงเรียนบ้านไร่"}, "สพท.", "ไม่พบ “โรงเรียนบ้านไร่”"),
        (
            {"office": "สพม.ลำปาง เขต 1"},
            "สพท.",
            "แต่มี “สพป.ลำปาง เขต 1” โปรดตรวจว่าเป็น สพป. หรือ สพม.",
        ),
        ({"groups": "อำนวยการ, กลุ่มการบิน"}, "กลุ่มงาน", "ไม่มีกลุ่มงาน “กลุ่มการบิน”"),
        ({"groups": "เอกชน"}, "กลุ่มงาน", "ยกเลิกเมื่อ 21\u00a0พฤศจิกายน\u00a02560"),
        ({"valid_from": "01/08/2565"}, "กลุ่มงาน", "จัดตั้งเมื่อ 1\u00a0กันยายน\u00a02565"),
        ({"valid_from": "20/09/2022"}, "วันเริ่มต้น", "พ.ศ."),
        ({"valid_until": "31/06/2570"}, "วันสิ้นสุด", "ไม่มีวันที่ 31\u00a0มิถุนายน"),
        ({"username": "มี ช่องว่าง"}, "ชื่อผู้ใช้", "ไม่มีช่องว่าง"),
        ({"username": "AREE"}, "ชื่อผู้ใช้", "เป็นของผู้อื่นแล้ว"),
    ],
)
def test_bad_cell_is_named_with_line_column_and_what_to_do(
    admin, groups, offices, cells, column, told
):
    [(line, where, message)] = errors(listed(row(given_name="ขจร"), row(**cells)))
    assert (line, where) == (3, column)
    assert told in message


def test_nul_in_a_csv_cell_is_named(groups, offices):
    raw = (",".join(HEAD) + "\n" + ",".join(row(given_name="สม\x00ศรี"))).encode()
    [(line, column, message)] = errors(raw)
    assert (line, column) == (2, "ชื่อ")
    assert "NUL" in message


def test_every_wrong_cell_of_a_row_is_named(groups, offices):
    raw = listed(
        row(given_name="", office="ที่ไหนสักแห่ง", groups="การบิน", valid_until="อีกนาน")
    )
    assert [column for _, column, _ in errors(raw)] == [
        "ชื่อ",
        "สพท.",
        "กลุ่มงาน",
        "วันสิ้นสุด",
    ]


def test_second_row_about_one_person_names_the_first(groups, offices):
    raw = listed(
        row(),
        row(given_name="ขจร"),
        row(title="นาย", given_name="ก้องเกียรติ ", groups="FIN"),
    )
    [(line, column, message)] = errors(raw)
    assert (line, column) == (4, "ชื่อ")
    assert "แถว 2" in message


def test_second_row_with_one_username_names_the_first(groups, offices):
    raw = listed(row(username="kong"), row(given_name="ขจร", username="Kong"))
    assert [(line, column) for line, column, _ in errors(raw)] == [(3, "ชื่อผู้ใช้")]


def test_namesake_with_another_username_is_asked_about(
    admin, groups, offices, delegate
):
    raw = listed(
        row(
            given_name=delegate.given_name,
            family_name=delegate.family_name,
            username="other",
        )
    )
    [(line, column, message)] = errors(raw)
    assert (line, column) == (2, "ชื่อผู้ใช้")
    assert "ชื่อผู้ใช้ somsri" in message


# -- what is understood ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "office",
    [
        "สพป.ลำปาง เขต 1",
        "สพป. ลำปาง เขต ๑",
        "สพปลำปางเขต1",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        "p126",
    ],
)
def test_office_is_known_by_its_names_however_spaced(groups, offices, office):
    [person] = plan_import(listed(row(office=office))).new
    assert person.office == offices[0]


def test_groups_are_known_by_key_name_short_name_and_each_once(groups, offices):
    [person] = plan_import(
        listed(row(groups="dir, การเงินฯ; กลุ่มอำนวยการ,บริหารงานการเงินและสินทรัพย์"))
    ).new
    assert [group.key for group in person.roles[0].groups] == ["DIR", "FIN"]


def test_dates_are_read_as_text_as_excel_dates_and_in_either_era(groups, offices):
    head, cells = (
        ["ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "วันเริ่มต้น"],
        ["ใจดี", "สพป.ลำปาง เขต 1", "DIR"],
    )
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"in_memory": True, "default_date_format": "d/m/yyyy"}
    )
    sheet = book.add_worksheet()
    days = ["20/09/2565", date(2022, 9, 20), date(2565, 9, 20), "20 กันยายน 2565"]
    for number, cells_of_row in enumerate(
        [head, *([f"คนที่{at}", *cells, day] for at, day in enumerate(days))]
    ):
        sheet.write_row(number, 0, cells_of_row)
    book.close()

    plan = plan_import(packed.getvalue())

    assert plan.errors == []
    assert [role.valid_from for role in roles_of(plan)] == [date(2022, 9, 20)] * 4
    assert {role.valid_until for role in roles_of(plan)} == {None}


def test_heading_of_the_example_of_earlier_days_is_still_read(groups, offices):
    head = ["ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "วันเริ่ม"]
    cells = ["มานะ", "ใจดี", "สพป.ลำปาง เขต 1", "DIR", "20/09/2565"]
    plan = plan_import(listed(cells, head=head))
    assert [role.valid_from for role in roles_of(plan)] == [date(2022, 9, 20)]


def test_empty_first_day_is_today(groups, offices):
    [role] = roles_of(plan_import(listed(row())))
    assert role.valid_from == timezone.localdate()


def test_head_may_stand_below_a_title_and_in_another_order(groups, offices):
    raw = "รายชื่อผู้แทน สพป.ลำปาง เขต 1,,,\n,,,\nกลุ่มงาน,สพท.,นามสกุล *,ชื่อ (ไม่มีคำนำหน้า)\nDIR,P126,ใจดี,ขจร\n"
    [person] = plan_import(raw.encode()).new
    assert (person.roles[0].line, person.given_name, person.family_name) == (
        4,
        "ขจร",
        "ใจดี",
    )


def test_column_that_nobody_reads_is_told(sign_in, admin, groups, offices, var_dir):
    """Below a misspelled heading a facilitator would silently become a delegate."""
    head = ["บทบาทหน้าที่" if words == "บทบาท" else words for words in HEAD]
    client = sign_in(admin)
    preview = upload(
        client, listed([*row(role="ผู้ดำเนินเวที"), "0812345678"], head=[*head, "โทรศัพท์"])
    )["Location"]
    said = text_of(markup(client.get(preview)))

    assert (
        "ไม่มีคอลัมน์ “บทบาทหน้าที่” ในไฟล์ตัวอย่าง จึงไม่ได้อ่านข้อมูลในคอลัมน์นี้ หากหมายถึง “บทบาท” โปรดแก้หัวตารางแล้วส่งใหม่"
        in said
    )
    assert "ไม่มีคอลัมน์ “โทรศัพท์” ในไฟล์ตัวอย่าง จึงไม่ได้อ่านข้อมูลในคอลัมน์นี้" in said
    assert "ทุกแถวถูกต้อง" not in said


def test_sheet_as_offices_send_it_is_understood(groups, offices):
    """A merged title, a blank line, a column of our own numbers, one office merged for two people, Thai digits."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, 5, "บัญชีรายชื่อผู้แทน สพป.ลำปาง เขต ๑")
        sheet.write_row(2, 0, ["ลำดับที่", "ชื่อ", "นามสกุล", "สพท.", "กลุ่มงาน", "วันเริ่มต้น"])
        sheet.write_row(3, 0, ["๑", "สมชาย", "ใจงาม", "", "กลุ่มอำนวยการ", "๒๐/๐๙/๒๕๖๕"])
        sheet.write_row(4, 0, ["๒", "สมหญิง ", "ใจงาม", "", "การเงินฯ", "20 ก.ย. 2565"])
        sheet.merge_range(3, 3, 4, 3, "สพป. ลำปาง เขต ๑")
        sheet.write_row(6, 0, ["", "รวม ๒ คน"])

    plan = plan_import(packed.getvalue())

    assert [
        (row.roles[0].line, row.given_name, row.office, row.roles[0].valid_from)
        for row in plan.new
    ] == [
        (4, "สมชาย", offices[0], date(2022, 9, 20)),
        (5, "สมหญิง", offices[0], date(2022, 9, 20)),
    ]
    assert {(error.line, error.column) for error in plan.errors} == {
        (7, "นามสกุล"),
        (7, "สพท."),
        (7, "กลุ่มงาน"),
    }


def test_formula_in_a_name_stays_text(admin, groups, offices):
    import_people(listed(row(given_name="=1+1")), by=admin)
    assert User.objects.filter(given_name="=1+1").count() == 1


def test_person_of_the_file_with_more_groups_is_pointed_out_and_not_changed(
    admin, groups, offices, delegate
):
    raw = listed(
        row(
            given_name=delegate.given_name,
            family_name=delegate.family_name,
            groups="DIR, FIN",
        )
    )
    plan = import_people(raw, by=admin)
    assert [
        (known.pk, [group.key for group in known.missing]) for known in plan.differing
    ] == [(delegate.pk, ["FIN"])]
    assert delegate.roles.count() == 1


def test_given_and_made_usernames_do_not_clash(admin, groups, offices):
    factories.make_user("p126-02")
    plan = import_people(
        listed(row(username="p126-01"), row(given_name="ขจร"), row(given_name="คม")),
        by=admin,
    )
    assert [person.username for person in plan.new] == ["p126-01", "p126-03", "p126-04"]


# -- the roles -------------------------------------------------------------------------------------------


def granted(username: str) -> list[tuple[str, str | None, str | None]]:
    """The roles somebody holds: role, key of the group, short name of the office."""
    held = RoleAssignment.objects.filter(user__username=username).order_by(
        "role", "work_group__order"
    )
    return list(held.values_list("role", "work_group__key", "office__short_name"))


LAMPANG = "สพป.ลำปาง เขต 1"


@pytest.mark.parametrize(
    ("cells", "roles"),
    [
        ({"role": ""}, [("delegate", "DIR", LAMPANG)]),
        ({"role": "ผู้แทน"}, [("delegate", "DIR", LAMPANG)]),
        ({"role": "ผู้แทนเขต"}, [("delegate", "DIR", LAMPANG)]),
        ({"role": "ผู้ดำเนินเวที"}, [("facilitator", "DIR", None)]),
        (
            {"role": "ผู้ดำเนินรายการ", "office": "", "groups": "DIR, FIN"},
            [("facilitator", "DIR", None), ("facilitator", "FIN", None)],
        ),
        ({"role": "คณะทำงานยกร่าง", "office": ""}, [("drafter", "DIR", None)]),
        ({"role": "ผู้ยกร่าง"}, [("drafter", "DIR", None)]),
        ({"role": "คณะทำงาน"}, [("drafter", "DIR", None)]),
        ({"role": "ผอ.สพท.", "groups": ""}, [("office_head", None, LAMPANG)]),
        ({"role": "ผู้อำนวยการ สพป.", "groups": ""}, [("office_head", None, LAMPANG)]),
        ({"role": "ผู้ทรงคุณวุฒิ", "office": "", "groups": ""}, [("expert", None, None)]),
        ({"role": " ผู้ทรงคุณวุฒิ", "groups": "FIN"}, [("expert", "FIN", None)]),
        (
            {"role": "ผู้แทนสำนักส่วนกลาง", "office": "", "groups": " ,"},
            [("central_bureau", None, None)],
        ),
        ({"role": "สำนักส่วนกลาง", "groups": "DIR"}, [("central_bureau", "DIR", None)]),
    ],
)
def test_row_grants_its_role_for_what_the_role_is_for(
    admin, groups, offices, cells, roles
):
    plan = import_people(listed(row(username="kong", **cells)), by=admin)

    assert plan.errors == []
    assert granted("kong") == roles
    expected = cells.get("office", LAMPANG) or None
    assert (
        User.objects.values_list("office__short_name", flat=True).get(username="kong")
        == expected
    )


def test_list_without_the_column_is_of_delegates_and_gives_the_same_as_with_an_empty_one(
    groups, offices
):
    at = HEAD.index("บทบาท")
    rows = five_hundred()
    old_rows = [cells[:at] + cells[at + 1 :] for cells in rows]

    old = plan_import(listed(*old_rows, head=HEAD[:at] + HEAD[at + 1 :]))

    assert old == plan_import(listed(*rows))
    assert (len(old.new), old.bad_lines, old.people_by_role) == (
        493,
        7,
        {"delegate": 493},
    )


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        (
            {"role": "ผู้อำนวยการ"},
            "บทบาท",
            "ไม่มีบทบาท “ผู้อำนวยการ” โปรดใช้บทบาทใดบทบาทหนึ่ง: ผู้ดำเนินเวที, คณะทำงานยกร่าง, ผู้แทน,",
        ),
        ({"role": "ผู้แทน, คณะทำงาน"}, "บทบาท", "ให้แยกแถวละบทบาท"),
        ({"role": "ผู้ดูแลระบบ"}, "บทบาท", "โปรดลบแถวนี้ แล้วเพิ่มบทบาทที่หน้าของบุคคลนั้น"),
        ({"groups": ""}, "กลุ่มงาน", "โปรดกรอกกลุ่มงาน เพราะบทบาทผู้แทนต้องระบุ"),
        ({"office": ""}, "สพท.", "โปรดกรอก สพท. เพราะบทบาทผู้แทนต้องระบุ"),
        ({"role": "ผู้ดำเนินเวที", "groups": ""}, "กลุ่มงาน", "เพราะบทบาทผู้ดำเนินเวทีต้องระบุ"),
        (
            {"role": "คณะทำงานยกร่าง", "groups": ""},
            "กลุ่มงาน",
            "เพราะบทบาทคณะทำงานยกร่างต้องระบุ",
        ),
        (
            {"role": "ผอ.สพท.", "groups": "", "office": ""},
            "สพท.",
            "เพราะบทบาท ผอ.สพท. ต้องระบุ",
        ),
        ({"role": "ผอ.สพท."}, "กลุ่มงาน", "บทบาท ผอ.สพท. ไม่ต้องระบุกลุ่มงาน โปรดเว้นช่องนี้ว่าง"),
        ({"role": "ผู้ทรงคุณวุฒิ", "groups": "การบิน"}, "กลุ่มงาน", "ไม่มีกลุ่มงาน “การบิน”"),
        (
            {"role": "ผู้ทรงคุณวุฒิ", "office": "สพป.ลำปาง เขต 9"},
            "สพท.",
            "ใกล้เคียงที่สุดคือ “สพป.ลำปาง เขต 1”",
        ),
    ],
)
def test_role_and_what_it_lacks_are_told_by_line_and_what_to_do(
    groups, offices, cells, column, told
):
    [(line, where, message)] = errors(listed(row(given_name="ขจร"), row(**cells)))
    assert (line, where) == (3, column)
    assert told in message


def test_two_rows_of_one_name_and_office_make_one_person_with_two_roles(
    admin, groups, offices
):
    raw = listed(
        row(position=""),
        row(given_name="ขจร"),
        row(role="คณะทำงานยกร่าง", groups="FIN", position="นิติกร"),
    )

    plan = import_people(raw, by=admin)

    assert (len(plan.new), plan.rows, plan.errors) == (2, 3, [])
    assert plan.people_by_role == {"drafter": 1, "delegate": 2}
    assert granted("p126-01") == [
        ("delegate", "DIR", LAMPANG),
        ("drafter", "FIN", None),
    ]
    assert User.objects.get(username="p126-01").position == "นิติกร"
    again = import_people(raw, by=admin)
    assert (again.new, len(again.known), again.known_people, again.differing) == (
        [],
        3,
        2,
        [],
    )


def test_two_rows_of_one_username_make_one_person_where_one_names_no_office(
    admin, groups, offices
):
    facilitator = row(username="kong", role="ผู้ดำเนินเวที", office="")
    delegate = row(username="Kong")
    head = row(username="kong", role="ผอ.สพท.", groups="", office="สพม.ชลบุรี ระยอง")

    plan = import_people(listed(facilitator, delegate, head), by=admin)

    assert [(error.line, error.column) for error in plan.errors] == [(4, "ชื่อผู้ใช้")]
    assert granted("kong") == [
        ("delegate", "DIR", LAMPANG),
        ("facilitator", "DIR", None),
    ]
    assert User.objects.get(username="kong").office == offices[0]


def test_namesakes_of_two_offices_stay_two_people(groups, offices):
    plan = plan_import(listed(row(), row(role="ผู้ดำเนินเวที", office="")))
    assert [(person.username, person.office) for person in plan.new] == [
        ("p126-01", offices[0]),
        ("person-01", None),
    ]


def test_two_rows_of_one_person_with_two_usernames_are_asked_about(groups, offices):
    [(line, column, message)] = errors(
        listed(row(username="kong"), row(username="king", role="ผู้ยกร่าง"))
    )
    assert (line, column) == (3, "ชื่อผู้ใช้")
    assert "แถว 2 แล้ว ชื่อผู้ใช้ kong" in message


def test_bad_first_row_leaves_the_second_role_of_the_person(groups, offices):
    plan = plan_import(listed(row(groups="การบิน"), row(role="ผู้ยกร่าง")))
    assert [(role.line, role.role) for role in roles_of(plan)] == [(3, "drafter")]
    assert [error.line for error in plan.errors] == [2]


@committed
def test_somebody_known_with_another_role_is_pointed_out_and_not_changed(
    sign_in, admin, groups, offices, delegate, drafter
):
    """Known by name and office, or by name where neither the row nor the person has one; or by username."""
    known = {"given_name": delegate.given_name, "family_name": delegate.family_name}
    unattached = {
        "given_name": drafter.given_name,
        "family_name": drafter.family_name,
        "office": "",
    }
    raw = listed(
        row(**known),
        row(**known, role="ผอ.สพท.", groups=""),
        row(**{**known, "office": ""}, role="ผู้ดำเนินเวที", username="somsri"),
        row(**unattached, role="คณะทำงานยกร่าง"),
        row(**{**unattached, "groups": "DIR, FIN"}, role="ผู้ทรงคุณวุฒิ"),
    )
    client = sign_in(admin)
    preview = upload(client, raw)["Location"]
    page = text_of(markup(client.get(preview)))

    assert "แถว 3 somsri ยังไม่มีบทบาท ผอ.สพท. หากต้องการเพิ่มบทบาทนี้ โปรดเพิ่มที่หน้าบุคคล" in page
    job = work_off(asked_for(raw, admin))
    report = read_report(job)
    assert (report.new, report.known, report.errors, report.people_by_role) == (
        0,
        2,
        [],
        {},
    )
    assert report.differing == [
        (3, delegate.pk, "somsri", [], "office_head"),
        (4, delegate.pk, "somsri", ["อำนวยการ"], "facilitator"),
        (6, drafter.pk, "prayoon", ["อำนวยการ", groups[1].short_name], "expert"),
    ]
    assert "แถว 4 somsri ยังไม่มีบทบาท ผู้ดำเนินเวที อำนวยการ หาก" in text_of(
        markup(client.get(report_of(job)))
    )
    assert (granted("somsri"), granted("prayoon")) == (
        [("delegate", "DIR", LAMPANG)],
        [("drafter", "DIR", None)],
    )


@committed
def test_preview_and_report_show_the_roles(sign_in, admin, groups, offices):
    client = sign_in(admin)
    raw = listed(
        row(),
        row(role="ผู้ดำเนินรายการ"),
        row(given_name="ขจร", role="ผู้ทรงคุณวุฒิ", office="", groups=""),
    )
    preview = upload(client, raw)["Location"]
    page = markup(client.get(preview))
    assert "ทุกแถวถูกต้อง" in page
    assert "ในไฟล์ตัวอย่าง จึงไม่ได้อ่าน" not in page

    told = "บทบาทของผู้ที่เพิ่มใหม่: ผู้ดำเนินเวที 1\u00a0คน, ผู้แทน 1\u00a0คน, ผู้ทรงคุณวุฒิ 1\u00a0คน"
    assert "นำเข้า 2 คน" in page
    assert " ".join(told.split()) in text_of(page)
    assert all(
        f"<td>{label}</td>" in page for label in ("ผู้แทน", "ผู้ดำเนินเวที", "ผู้ทรงคุณวุฒิ")
    )
    client.post(preview)
    job = work_off(Job.objects.get())
    report = text_of(markup(client.get(report_of(job))))
    assert "นำเข้า 2 คนแล้ว" in report
    assert " ".join(told.split()) in report


@committed
def test_report_of_an_earlier_version_is_of_delegates(
    sign_in, admin, groups, offices, delegate
):
    job = work_off(asked_for(listed(row()), admin))
    earlier = {
        "new": 1,
        "known": 1,
        "errors": [],
        "differing": [[3, delegate.pk, "somsri", ["การเงินฯ"]]],
    }
    job.result.path.write_text(json.dumps(earlier))

    report = read_report(job)

    assert report.people_by_role == {"delegate": 1}
    assert [(row.role_label, row.groups) for row in report.differing] == [
        ("ผู้แทน", ["การเงินฯ"])
    ]
    client = sign_in(admin)
    assert "ยังไม่มีบทบาท ผู้แทน การเงินฯ" in text_of(markup(client.get(report_of(job))))


def test_roles_cost_as_many_queries_as_delegates(
    admin, groups, offices, assert_same_queries
):
    rows = [row(given_name="กมล", role="ผู้ดำเนินเวที")]
    more = [
        row(given_name="ขจร"),
        row(given_name="ขจร", role="ผู้ยกร่าง", groups="DIR, FIN"),
        row(given_name="คม", role="ผู้ทรงคุณวุฒิ", office="", groups=""),
    ]
    taken = iter([rows, more])
    assert_same_queries(
        12, lambda: import_people(listed(*next(taken)), by=admin), lambda: None
    )


# -- files that are no lists -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("ก,ข\n1,2\n".encode(), "หัวตารางขาดคอลัมน์ ชื่อ, นามสกุล, สพท., กลุ่มงาน"),
        ("ชื่อ,นามสกุล,สพท.\nก,ข,ค\n".encode(), "ขาดคอลัมน์ กลุ่มงาน"),
        ("ชื่อ,ชื่อ,นามสกุล,สพท.,กลุ่มงาน\nก,ก,ข,ค,ง\n".encode(), "คอลัมน์ ชื่อ สองครั้ง"),
        ("ชื่อ,นามสกุล,สพท.,กลุ่มงาน\n".encode(), "กรอกรายชื่อใต้หัวตาราง"),
        (
            "ชื่อ,นามสกุล,สพท.,กลุ่มงาน\n".encode() + "ก,ข,ค,ง\n".encode() * 5001,
            "เกิน 5,000 แถว",
        ),
        (b"PK\x03\x04nonsense", "เปิดไฟล์ไม่ได้"),
    ],
)
def test_file_without_a_list_is_refused_and_the_page_says_why(
    sign_in, admin, var_dir, raw, told
):
    with pytest.raises(TableRefused) as refused:
        plan_import(raw)
    assert told in refused.value.message_th

    client = sign_in(admin)
    page = upload(client, raw)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not var_dir.exists()


def test_no_file_and_too_big_a_file_are_refused(sign_in, admin):
    client = sign_in(admin)
    assert "โปรดเลือกไฟล์" in client.post(IMPORT).content.decode()
    page = upload(client, b"x" * (5 * 1024 * 1024 + 1))
    assert page.status_code == 422
    assert "ใหญ่เกิน 5 MB" in page.content.decode()


# -- the file on its way -----------------------------------------------------------------------------------


@committed
def test_file_is_gone_after_it_was_taken_in_and_its_link_leads_to_the_report(
    sign_in, admin, groups, offices, var_dir
):
    client = sign_in(admin)
    preview = upload(client, listed(row()))["Location"]
    [kept] = var_dir.iterdir()
    assert (kept.stat().st_mode & 0o777, var_dir.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )

    client.post(preview)
    job = work_off(Job.objects.get())

    assert (job.state, list(var_dir.iterdir())) == ("done", [])
    assert client.post(preview)["Location"] == report_of(job)
    assert client.get(preview)["Location"] == report_of(job)
    assert User.objects.filter(given_name="ก้องเกียรติ").count() == 1


def test_file_that_waited_too_long_is_to_be_sent_again(
    sign_in, admin, groups, offices, var_dir
):
    client = sign_in(admin)
    preview = upload(client, listed(row()))["Location"]
    [kept] = var_dir.iterdir()
    os.utime(kept, (0, 0))

    for again in (client.post(preview), client.get(preview)):
        assert again.status_code == 409
        assert "ส่งไฟล์อีกครั้ง" in again.content.decode()
    assert not Job.objects.exists()


def test_file_waits_an_hour_at_most(admin, var_dir):
    token = WAITING_LISTS.store(b"x", by=admin)
    [kept] = var_dir.iterdir()
    assert WAITING_LISTS.read(token, by=admin) == b"x"
    old = time.time() - 3601
    os.utime(kept, (old, old))

    with pytest.raises(ImportGone):
        WAITING_LISTS.read(token, by=admin)
    assert list(var_dir.iterdir()) == []


def test_file_of_another_admin_and_forged_links_lead_nowhere(sign_in, admin, var_dir):
    other = factories.make_admin(username="other")
    token = WAITING_LISTS.store("ชื่อ\n".encode(), by=other)
    client = sign_in(admin)

    for address in (token, token[:-2] + "xx", "..%2F..%2Fsecret-key", "x"):
        assert client.get(f"{IMPORT}{address}/").status_code in (404, 409)
    with pytest.raises(Http404):
        WAITING_LISTS.name_of(token, by=admin)
    assert len(list(var_dir.iterdir())) == 1


def test_preview_is_not_kept_by_browsers(sign_in, admin, groups, offices):
    client = sign_in(admin)
    response = client.get(upload(client, listed(row()))["Location"])
    assert "no-store" in response["Cache-Control"]


# -- the template ------------------------------------------------------------------------------------------


def test_template_has_the_columns_and_says_how_to_fill_them_in(groups):
    book = CalamineWorkbook.from_filelike(io.BytesIO(import_template()))
    assert book.get_sheet_by_index(0).to_python() == [HEAD]
    notes = "\n".join(str(line[0]) for line in book.get_sheet_by_index(1).to_python())
    assert "กลุ่มอำนวยการ" in notes
    assert "เอกชน" not in notes
    assert "คณะทำงานยกร่าง: ต้องกรอกกลุ่มงาน สพท. เว้นว่างได้" in notes
    assert "ผอ.สพท.: เว้นกลุ่มงานว่าง ต้องกรอก สพท." in notes


def test_examples_of_the_template_stand_apart_and_each_is_right(groups, offices):
    book = CalamineWorkbook.from_filelike(io.BytesIO(import_template()))
    head, *rows = book.get_sheet_by_name("ตัวอย่าง").to_python()

    plan = plan_import(listed(*rows, head=head))

    assert (head, plan.errors) == (HEAD, [])
    importable = [
        "facilitator",
        "drafter",
        "delegate",
        "office_head",
        "expert",
        "central_bureau",
    ]
    assert [role.role for role in roles_of(plan)] == importable


def test_filled_in_template_can_be_imported(sign_in, admin, groups, offices):
    client = sign_in(admin)
    given = client.get("/desk/people/import/template/")
    assert given["Content-Disposition"] == 'attachment; filename="people-template.xlsx"'
    assert plan_import(listed(row())).errors == []
    with pytest.raises(TableRefused, match="กรอกรายชื่อใต้หัวตาราง"):
        plan_import(given.content)


def test_plan_costs_the_same_queries_for_one_row_and_three(
    groups, offices, assert_same_queries
):
    rows = [row()]
    assert_same_queries(
        5,
        lambda: plan_import(listed(*rows)),
        lambda: rows.extend([row(given_name="ขจร"), row(given_name="คม")]),
    )


def test_import_costs_the_same_queries_for_one_row_and_three(
    admin, groups, offices, assert_same_queries
):
    rows = [row(given_name="กมล")]
    taken = iter([rows, [row(given_name=name) for name in ("ขจร", "คม", "งาม")]])
    assert_same_queries(
        12, lambda: import_people(listed(*next(taken)), by=admin), lambda: None
    )


def test_people_added_by_hand_are_known_to_the_import(admin, groups, offices):
    from hearing_portal.directory.people.services import Naming

    create_person(Naming("ก้องเกียรติ", "ตั้งใจ", office=offices[0]), by=admin)
    plan = import_people(listed(row()), by=admin)
    assert (plan.new, [known.username for known in plan.known]) == ([], ["p126-01"])
