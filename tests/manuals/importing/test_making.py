"""Manuals made for the groups in the browser: what stands in them at first, and that nothing is overwritten."""

import sys

import pytest
from django.utils.timezone import localdate

from hearing_portal.acts.models import Act
from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from manuals.content import plain_text
from manuals.drafting.queries.contents import find_manuals_state, load_outline
from manuals.importing.forms import MAKE_KIND
from manuals.importing.process_text import read_process
from manuals.importing.refusals import ManualNotMade
from manuals.importing.services.making import Beginning, make_manuals
from manuals.importing.shipped import (
    find_shipped_group,
    read_shipped_lines,
    read_shipped_text,
)
from manuals.law.queries import load_repealed_laws
from manuals.law.services import load_legal_sources
from manuals.models import Clause, Manual, Section
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(
    transaction=True
)  # a job keeps its lease over a connection of its own
PAGE = "/desk/manuals/"


@pytest.fixture
def ten_groups(db) -> None:
    load_directory(by=None)


def state_of(key: str) -> tuple:
    [state] = [state for state in find_manuals_state() if state.group.key == key]
    return (
        state.is_missing,
        state.sections,
        state.processes,
        state.empty_processes,
        state.clauses,
    )


def group(key: str) -> WorkGroup:
    return WorkGroup.objects.get(key=key)


def test_page_shows_every_group_of_today_with_its_manual_or_none(
    sign_in, admin, dir_group, fin_group
):
    factories.make_group("OLD", valid_until=factories.FIRST_DAY)
    factories.make_process(factories.make_manual(dir_group), by=admin)

    page = markup(sign_in(admin).get(PAGE))

    assert "2\u00a0กลุ่มงาน · ยังไม่มีคู่มือ 1\u00a0กลุ่มงาน" in page
    assert "1\u00a0กระบวนงาน" in page
    assert page.count('name="groups"') == 1  # what stands in a manual is not made anew
    assert "กลุ่ม OLD" not in page


def test_page_without_groups_leads_to_where_they_are_added(sign_in, admin):
    page = markup(sign_in(admin).get(PAGE))
    assert "ยังไม่มีกลุ่มงานในระบบ จึงยังจัดทำคู่มือไม่ได้" in page
    assert 'name="groups"' not in page


def test_page_costs_the_same_with_one_group_and_with_three(
    sign_in, admin, dir_group, assert_same_queries
):
    client = sign_in(admin)
    factories.make_process(factories.make_manual(dir_group), by=admin)

    def add_two() -> None:
        for key in ("FIN", "LAW"):
            factories.make_process(
                factories.make_manual(factories.make_group(key)), by=admin
            )

    factories.make_legal_source("ระเบียบ 2517", year_be=2517, status="repealed")
    assert_same_queries(12, lambda: client.get(PAGE), add_two)


REPEALED_IN_TEXTS = "ข้อความบางข้ออ้างถึงกฎหมายที่ยกเลิกแล้ว {}\u00a0ฉบับ รวม {}\u00a0แห่ง"
REPEALED_IN_DRAFT = "ร่างคู่มืออ้างถึงกฎหมายที่ยกเลิกแล้ว {}\u00a0ฉบับ รวม {}\u00a0แห่ง"


def test_page_says_how_many_repealed_laws_the_texts_name_and_leads_to_where(
    sign_in, admin, ten_groups
):
    load_legal_sources(by=admin)
    page = markup(sign_in(admin).get(PAGE))
    assert REPEALED_IN_TEXTS.format(2, 3) in page
    assert "ร่างคู่มืออ้างถึงกฎหมาย" not in page

    make_manuals([group("DIR")], Beginning.TEXTS, by=admin)

    page = markup(sign_in(admin).get(PAGE))
    gate = sign_in(admin).get("/desk/draft/gate/")
    assert [blocker.kind for blocker in gate.context["blockers"]].count("repealed") == 2
    assert REPEALED_IN_DRAFT.format(1, 2) in page
    assert REPEALED_IN_TEXTS.format(1, 1) in page
    assert page.count('href="/desk/draft/gate/"') == 2


def test_lines_of_the_shipped_texts_name_the_laws_their_clauses_name(ten_groups, admin):
    """The page counts by lines, so that it opens at once; in the manual they stand in clauses."""
    load_legal_sources(by=admin)
    laws = load_repealed_laws()
    for each in WorkGroup.objects.valid_on(localdate()):
        shipped = find_shipped_group(each)
        assert shipped is not None
        in_clauses = []
        for path in shipped.texts:
            for clause in read_process(read_shipped_text(path)).clauses:
                in_clauses += laws.applied_in(plain_text(clause.content))
        in_lines = []
        for line in read_shipped_lines(shipped):
            in_lines += laws.applied_in(line)
        assert [law.source for law in in_lines] == [law.source for law in in_clauses]


def test_page_of_a_new_portal_reads_no_process(sign_in, admin, ten_groups):
    """Reading one means to mend its words, which takes seconds for all that is shipped: not while somebody waits."""
    load_legal_sources(by=admin)
    client = sign_in(admin)
    read_shipped_lines.cache_clear()
    called = set()

    def note(frame, event, argument):
        if event == "call":
            called.add(frame.f_code)

    sys.setprofile(note)
    try:
        page = markup(client.get(PAGE))
    finally:
        sys.setprofile(None)

    assert REPEALED_IN_TEXTS.format(2, 3) in page
    assert read_shipped_text.__code__ in called
    assert read_process.__code__ not in called


def test_several_empty_manuals_are_made_in_one_act(sign_in, admin, ten_groups):
    response = sign_in(admin).post(
        PAGE, {"groups": ["DIR", "LAW"], "beginning": "empty"}
    )

    assert (response.status_code, response["Location"]) == (303, PAGE)
    made = Manual.objects.order_by("work_group__order")
    assert list(made.values_list("key", "title", "work_group__key")) == [
        ("DIR", "คู่มือการปฏิบัติงานกลุ่มอำนวยการ", "DIR"),
        ("LAW", "คู่มือการปฏิบัติงานกลุ่มกฎหมายและคดี", "LAW"),
    ]
    log = Act.objects.filter(code="manual-created").order_by("pk")
    assert list(log.values_list("by__username", "subject_key", "work_group__key")) == [
        ("aree", "DIR", "DIR"),
        ("aree", "LAW", "LAW"),
    ]
    assert state_of("DIR") == (False, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("beginning", "processes", "units"), [("seen", 3, 1), ("listed", 11, 5)]
)
def test_shipped_titles_stand_in_their_units_without_clauses(
    admin, ten_groups, beginning, processes, units
):
    [manual] = make_manuals([group("DEV")], Beginning(beginning), by=admin)
    rows = load_outline(manual)
    assert sum(row.section.kind == "unit" for row in rows) == units
    assert sum(row.section.is_process for row in rows) == processes
    assert {row.clauses for row in rows} == {0}
    # Each process stands below its unit
    assert {row.depth for row in rows if row.section.is_process} == {1}


def test_shipped_texts_are_put_into_the_processes_they_are_about(admin, ten_groups):
    [manual] = make_manuals([group("DIR")], Beginning.TEXTS, by=admin)

    letters = Section.objects.get(manual=manual, data__doc_code="OPM-01-01")
    assert letters.title == "การรับหนังสือราชการด้วยระบบสารบรรณอิเล็กทรอนิกส์"
    assert letters.parent.title == "งานสารบรรณ"
    assert letters.origin == "kept"
    first = Clause.objects.filter(section=letters, part=2).order_by("rank").first()
    assert first.plain.startswith("เพื่อให้การรับหนังสือของสำนักงานเขตพื้นที่การศึกษาถูกต้อง")
    missing, _, processes, empty, clauses = state_of("DIR")
    assert (missing, processes, empty) == (False, 29, 27)
    assert clauses == Clause.objects.filter(section__manual=manual).count() > 90
    fronts = [row.section.title for row in load_outline(manual)][:2]
    assert fronts == ["พันธกิจ", "วัตถุประสงค์ของกลุ่ม"]


def test_manual_that_has_something_is_never_overwritten(sign_in, admin, ten_groups):
    process = factories.make_process(factories.make_manual(group("DIR")), by=admin)
    before = (process.version, Clause.objects.count())

    response = sign_in(admin).post(
        PAGE, {"groups": ["DIR", "LAW"], "beginning": "listed"}
    )

    assert response.status_code == 409
    page = markup(response)
    assert "มีคู่มืออยู่แล้ว ระบบไม่เขียนทับ: กลุ่มอำนวยการ" in page
    assert not Manual.objects.filter(key="LAW").exists()
    process.refresh_from_db()
    assert (process.version, Clause.objects.count()) == before
    assert 'value="LAW" checked' in page  # what was ticked stays ticked


def test_empty_manual_may_be_begun_with_titles(admin, ten_groups):
    make_manuals([group("ICT")], Beginning.EMPTY, by=admin)
    with pytest.raises(ManualNotMade):
        make_manuals([group("ICT")], Beginning.EMPTY, by=admin)

    make_manuals([group("ICT")], Beginning.LISTED, by=admin)

    assert Manual.objects.filter(key="ICT").count() == 1
    assert state_of("ICT")[2:4] == (9, 9)


def test_group_that_the_shipped_list_does_not_know_is_named(admin, ten_groups):
    own = factories.make_group("OWN", name="กลุ่มประสานงานพื้นที่พิเศษ")
    with pytest.raises(ManualNotMade, match="กลุ่มประสานงานพื้นที่พิเศษ"):
        make_manuals([group("DIR"), own], Beginning.LISTED, by=admin)
    assert Manual.objects.count() == 0


def test_group_under_another_key_is_found_by_its_name(admin, db):
    own = factories.make_group("G1", name="กลุ่มกฎหมายและคดี")
    [manual] = make_manuals([own], Beginning.LISTED, by=admin)
    assert (
        manual.key,
        len([row for row in load_outline(manual) if row.section.is_process]),
    ) == ("G1", 14)


def test_nothing_ticked_says_what_to_do(sign_in, admin, ten_groups):
    response = sign_in(admin).post(PAGE, {"beginning": "empty"})
    assert response.status_code == 422
    assert "โปรดเลือกกลุ่มงานอย่างน้อยหนึ่งกลุ่ม" in markup(response)


@committed
def test_texts_are_made_by_a_job_that_may_run_twice(sign_in, admin):
    load_directory(by=None)
    response = sign_in(User.objects.get(pk=admin.pk)).post(
        PAGE, {"groups": ["AUD"], "beginning": "texts"}
    )
    job = Job.objects.get()
    assert (job.kind, response["Location"]) == (MAKE_KIND, f"/jobs/{job.uuid}/")

    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    sections = Section.objects.count()
    with without_triggers():
        Job.objects.filter(pk=job.pk).update(
            state="queued", ended_at=None, lease_until=None, progress=0, total=None
        )
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    assert (job.state, Section.objects.count()) == ("done", sections)
    assert state_of("AUD")[2:4] == (11, 9)
