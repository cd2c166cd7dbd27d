"""Asking for books and watching long work: who may ask for what, who sees whose, what comes down the line."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from comments.tasks import export_book_job
from hearing_portal.directory.people.services import end_role
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.files_folder import FOLDER_MARK
from hearing_portal.jobs.kinds import JobRefused
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.templatetags.jobs import job_title
from tests import factories
from tests.manuals.pdf.pdf_reader import squeezed, whole_text
from tests.markup import markup

pytestmark = pytest.mark.django_db
EXPORTS = "/exports/"


def done(job: Job, content: bytes = b"%PDF-1.7 book") -> Job:
    """The job with its result, as a worker leaves it."""
    file = store_file(content, media_type="application/pdf", name="2565-D1-การเงินฯ.pdf")
    Job.objects.filter(pk=job.pk).update(
        state="done", result=file, ended_at=timezone.now(), progress=2, total=2
    )
    job.refresh_from_db()
    return job


def of(job: Job, part: str = "") -> str:
    return f"/jobs/{job.uuid}/{part}"


# -- asking ----------------------------------------------------------------------------------------------


def test_drafter_asks_for_the_book_of_the_own_group(
    sign_in, drafter, edition, fin_group
):
    factories.make_manual(fin_group)
    client = sign_in(drafter)
    page = client.get(EXPORTS).content.decode()
    assert ('value="DIR"' in page, 'value="FIN"' in page) == (True, False)

    response = client.post(
        EXPORTS, {"edition": edition.pk, "group": "DIR", "digits": "arabic"}
    )

    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, of(job))
    assert (job.kind, job.asked_by) == ("export_book", drafter)
    assert job.params == {"edition": "HEARING-2565", "group": "DIR", "digits": "arabic"}


def test_what_differs_from_an_older_edition_is_asked_for_like_a_book(
    sign_in, drafter, edition, admin
):
    newer = factories.make_edition("FINAL-2565", kind="final", basis=edition, by=admin)
    client = sign_in(drafter)
    link = "?edition=FINAL-2565&against=HEARING-2565&variant=table&group=DIR"
    page = markup(client.get(EXPORTS + link))
    chosen = re.findall(r'<option value="([^"]*)" selected>', page)
    assert chosen[:4] == [str(newer.pk), "table", str(edition.pk), "DIR"]
    older = page.partition('name="against"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="([^"]*)"', older)
    assert offered == ["", str(newer.pk), str(edition.pk)]

    asked = {
        "edition": newer.pk,
        "against": edition.pk,
        "variant": "table",
        "group": "DIR",
        "digits": "thai",
    }
    client.post(EXPORTS, asked)

    job = Job.objects.get()
    assert job.params["against"] == "HEARING-2565"
    assert (
        "ตารางสามช่อง FINAL-2565 เทียบกับ HEARING-2565"
        in client.get(EXPORTS).content.decode()
    )


def test_working_draft_is_printed_against_an_edition(
    sign_in, drafter, edition, process, fin_group, files_dir
):
    secret = factories.make_section(
        factories.make_manual(fin_group), "การยืมเงินลับ", kind="process"
    )
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    factories.make_release(edition, "public")
    client = sign_in(drafter)
    comparison = client.get("/comparisons/HEARING-2565/working-draft/manuals/DIR/")
    link = "?edition=working-draft&against=HEARING-2565&variant=table&group=DIR"
    assert (
        f'href="/exports/{link.replace("&", "&amp;")}"' in comparison.content.decode()
    )
    page = markup(client.get(EXPORTS + link))
    assert re.findall(r'<option value="([^"]*)" selected>', page)[:3] == [
        "working-draft",
        "table",
        str(edition.pk),
    ]

    asked = {
        "edition": "working-draft",
        "against": edition.pk,
        "variant": "table",
        "group": "DIR",
        "digits": "arabic",
    }
    refused = client.post(EXPORTS, asked | {"variant": "clean"})
    assert (
        refused.status_code,
        "เฉพาะการเทียบกับฉบับเดิม" in refused.content.decode(),
    ) == (422, True)
    client.post(EXPORTS, asked)
    printed = export_book_job(Job.objects.get(), lambda done, total: None)

    text = squeezed(whole_text(printed.path))
    assert "แจ้งเตือนหนังสือค้าง" in text
    assert "ร่างปัจจุบัน" in text
    assert "ตารางสามช่อง ร่างปัจจุบัน เทียบกับ HEARING-2565" in markup(client.get(EXPORTS))


def test_hearing_draft_may_be_the_base_of_the_working_draft_and_private_snapshots_are_not_offered(
    sign_in, drafter, admin, session, edition
):
    factories.make_release(edition, "hearing")
    snapshot = factories.make_edition("SNAP-1", kind="snapshot", by=admin)
    option = f'value="{snapshot.pk}"'

    def offered(user, field: str, page: str = EXPORTS) -> str:
        chosen = markup(sign_in(user).get(page)).partition(f'name="{field}"')[2]
        return chosen.partition("</select>")[0]

    assert f'value="{edition.pk}" selected' in offered(drafter, "edition")
    assert f'value="{edition.pk}"' in offered(drafter, "against")
    for field in ("edition", "against", "sheet-edition"):
        assert option not in offered(drafter, field)
        assert option in offered(admin, field)
    assert option not in offered(drafter, "edition", f"{EXPORTS}word/")


def test_draft_of_another_group_is_not_printed(drafter, edition, fin_group):
    secret = factories.make_section(
        factories.make_manual(fin_group), "การยืมเงินลับ", kind="process"
    )
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    params = {
        "edition": "working-draft",
        "against": edition.code,
        "variant": "table",
        "group": "FIN",
    }
    with pytest.raises(JobRefused, match="ไม่มีกลุ่มงานที่ขอพิมพ์"):
        export_book_job(
            factories.make_job(drafter, params=params), lambda done, total: None
        )


@pytest.mark.parametrize("chosen", ["none", "newer", "same"])
def test_only_an_older_edition_can_be_compared_with(
    sign_in, drafter, edition, admin, chosen
):
    newer = factories.make_edition("FINAL-2565", kind="final", basis=edition, by=admin)
    against = {"none": "", "newer": newer.pk, "same": edition.pk}[chosen]
    asked = {
        "edition": edition.pk,
        "against": against,
        "variant": "redline",
        "group": "DIR",
        "digits": "thai",
    }

    response = sign_in(drafter).post(EXPORTS, asked)

    assert (response.status_code, Job.objects.count()) == (422, 0)
    assert "id_against_error" in response.content.decode()


def test_released_final_edition_is_chosen_at_first(
    sign_in, drafter, session, edition, admin
):
    final = factories.make_edition("FINAL-2565", kind="final", basis=edition, by=admin)

    def chosen() -> str:
        return re.findall(
            r'<option value="([^"]*)" selected>', markup(sign_in(drafter).get(EXPORTS))
        )[0]

    assert chosen() == str(edition.pk)
    factories.make_release(final, "public", by=admin)
    assert chosen() == str(final.pk)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"group": "FIN"}, "id_group_error"),
        ({"group": ""}, "โปรดเลือกกลุ่มงานของท่าน"),
        ({"edition": ""}, "โปรดเลือกฉบับ"),
        ({"edition": "999999"}, "id_edition_error"),
        ({"digits": "roman"}, "id_digits_error"),
    ],
)
def test_what_is_not_the_askers_or_does_not_exist_is_refused(
    sign_in, facilitator, edition, fin_group, fields, told
):
    factories.make_manual(fin_group)
    client = sign_in(facilitator)
    response = client.post(
        EXPORTS, {"edition": edition.pk, "group": "DIR", "digits": "thai", **fields}
    )
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Job.objects.exists()


def test_admin_asks_for_all_groups_in_one_book(sign_in, admin, edition):
    client = sign_in(admin)
    client.post(EXPORTS, {"edition": edition.pk, "group": "", "digits": "thai"})
    assert Job.objects.get().params["group"] == ""


def test_administrators_are_told_of_another_folder_and_the_way_out(
    sign_in, admin, drafter, files_dir
):
    said = "โฟลเดอร์ไฟล์ไม่ใช่โฟลเดอร์เดิม"
    assert said not in sign_in(admin).get(EXPORTS).content.decode()
    (files_dir / FOLDER_MARK).unlink()

    page = sign_in(admin).get(EXPORTS).content.decode()

    assert said in page
    assert "./portal manage accept_files" in page
    assert said not in sign_in(drafter).get(EXPORTS).content.decode()


@pytest.mark.parametrize("who", ["delegate", "office_head", "expert"])
def test_who_works_at_no_desk_asks_for_nothing(sign_in, request, who, edition):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(EXPORTS).status_code, client.post(EXPORTS, {}).status_code) == (
        403,
        403,
    )
    assert not Job.objects.exists()


def test_visitor_is_asked_to_sign_in(client, drafter):
    job = factories.make_job(drafter)
    for address in (EXPORTS, of(job), of(job, "file/")):
        assert client.get(address)["Location"] == f"/sign-in/?next={address}"


# -- one process ------------------------------------------------------------------------------------------


def chosen(page: str, name: str) -> list[str]:
    """The words of the options that are selected in the select of this name."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(
        r"<option[^>]*selected[^>]*>([^<]*)</option>", select.group() if select else ""
    )


def test_edition_of_the_hearing_is_chosen_already_else_the_newest(
    sign_in, drafter, hearing, dir_group, edition, process
):
    newer = factories.make_edition("2566", title="ฉบับปรับปรุง พ.ศ. 2566", by=drafter)
    client = sign_in(drafter)
    page = client.get(EXPORTS).content.decode()
    assert (chosen(page, "edition"), chosen(page, "sheet-edition")) == (
        [str(newer)],
        [str(newer)],
    )
    assert chosen(page, "group") == [
        dir_group.name
    ]  # who works at one desk has nothing to choose

    factories.make_session(edition, dir_group, hearing=hearing)

    page = client.get(EXPORTS).content.decode()
    assert (chosen(page, "edition"), chosen(page, "sheet-edition")) == (
        [str(edition)],
        [str(edition)],
    )


def test_drafter_asks_for_the_sheet_of_one_written_process_of_the_own_group(
    sign_in, drafter, process, edition, fin_group
):
    factories.make_section(
        process.manual, "การส่งหนังสือ", kind="process", by=drafter
    )  # written by nobody yet
    theirs = factories.make_process(factories.make_manual(fin_group), by=drafter)
    edition = factories.make_edition("2566", by=drafter)
    client = sign_in(drafter)
    page = client.get(EXPORTS).content.decode()
    assert (f'value="{process.uuid}"' in page, f'value="{theirs.uuid}"' in page) == (
        True,
        False,
    )
    assert "การส่งหนังสือ</option>" not in page

    sent = {
        "sheet-edition": edition.pk,
        "sheet-process": process.uuid,
        "sheet-digits": "thai",
        "sheet": "1",
    }
    response = client.post(EXPORTS, sent)
    refused = client.post(EXPORTS, {**sent, "sheet-process": theirs.uuid})

    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, of(job))
    assert job.params == {
        "edition": "2566",
        "group": "DIR",
        "process": str(process.uuid),
        "process_title": "การรับหนังสือราชการ",
        "digits": "thai",
    }
    assert refused.status_code == 422
    assert "รายการเปลี่ยนตามฉบับแล้ว โปรดเลือกใหม่" in refused.content.decode()
    assert "กระบวนงาน การรับหนังสือราชการ 2566" in client.get(EXPORTS).content.decode()


def test_processes_offered_are_those_of_the_edition_chosen(
    sign_in, drafter, process, edition
):
    text = factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", "การเก็บหนังสือราชการ")
    later = factories.make_process(process.manual, text, by=drafter)
    newer = factories.make_edition("2566", by=drafter)
    client = sign_in(drafter)
    for chosen_edition, offered in ((edition, False), (newer, True)):
        page = client.get(
            EXPORTS, {"sheet-edition": chosen_edition.pk}
        ).content.decode()
        assert (f'value="{later.uuid}"' in page) == offered
        assert chosen(page, "sheet-edition") == [str(chosen_edition)]


# -- whose work one sees ---------------------------------------------------------------------------------


@pytest.fixture
def theirs(second_drafter, files_dir) -> Job:
    """A colleague's finished book of the same group."""
    return done(factories.make_job(second_drafter, params={"edition": "ของผู้อื่น"}))


def test_work_of_another_person_does_not_exist(sign_in, drafter, theirs):
    client = sign_in(drafter)
    waiting = factories.make_job(theirs.asked_by)
    asked = [
        client.get(of(theirs)),
        client.get(of(theirs, "file/")),
        client.post(of(waiting, "cancellation/")),
    ]
    assert {response.status_code for response in asked} == {404}
    assert "ของผู้อื่น" not in client.get(EXPORTS).content.decode()
    assert Job.objects.get(pk=waiting.pk).cancel_asked is False


def test_admin_sees_everybodys_work_and_whose_it_is(sign_in, admin, theirs):
    client = sign_in(admin)
    page = markup(client.get(EXPORTS))
    assert "ของผู้อื่น" in page
    assert f"โดย {theirs.asked_by.get_full_name()}" in page
    assert client.get(of(theirs, "file/")).status_code == 200


def test_work_that_does_not_exist_is_404(sign_in, admin):
    client = sign_in(admin)
    assert client.get("/jobs/00000000-0000-4000-8000-000000000000/").status_code == 404


# -- progress, cancelling, the file ----------------------------------------------------------------------


def test_progress_is_shown_and_asked_for_again_while_it_runs(sign_in, drafter):
    job = factories.make_job(
        drafter,
        state="running",
        attempt=1,
        lease_until=timezone.now(),
        progress=131,
        total=214,
    )
    client = sign_in(drafter)
    page = markup(client.get(of(job)))
    assert "131 จาก 214" in page
    assert 'max="214" value="131"' in page
    assert 'hx-trigger="every 1s"' in page
    fragment = markup(client.get(of(job), headers={"HX-Request": "true"}))
    assert "<html" not in fragment
    assert 'id="job"' in fragment


def test_list_asks_for_itself_only_while_something_is_unfinished(
    sign_in, drafter, files_dir
):
    client = sign_in(drafter)
    job = factories.make_job(drafter)
    assert 'hx-trigger="every 2s"' in client.get(EXPORTS).content.decode()
    done(job)
    assert 'hx-trigger="every 2s"' not in client.get(EXPORTS).content.decode()
    part = client.get(
        EXPORTS, headers={"HX-Request": "true", "HX-Target": "jobs"}
    ).content.decode()
    assert "<html" not in part
    assert "ดาวน์โหลด" in part


def test_waiting_work_is_cancelled_and_finished_work_is_not(
    sign_in, drafter, files_dir
):
    client = sign_in(drafter)
    waiting, finished = factories.make_job(drafter), done(factories.make_job(drafter))

    assert client.post(of(waiting, "cancellation/"))["Location"] == of(waiting)
    assert client.post(of(finished, "cancellation/")).status_code == 303

    waiting.refresh_from_db()
    finished.refresh_from_db()
    assert (waiting.state, finished.state) == ("cancelled", "done")
    assert client.get(of(waiting, "cancellation/")).status_code == 405


def test_file_comes_down_with_its_name_and_type(sign_in, drafter, files_dir):
    job = done(
        factories.make_job(drafter, params={"group": "DIR"}), b"%PDF-1.7 the very bytes"
    )
    client = sign_in(drafter)

    response = client.get(of(job, "file/"))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 the very bytes"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''2565-D1-"
    )
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("export_book", {"edition": "HEARING-2565", "group": "DIR"}),
        ("export_edition", {"edition": "HEARING-2565", "format": "json"}),
        ("import_processes", {"manual": "DIR", "upload": "", "chosen": []}),
    ],
)
def test_file_is_for_who_may_ask_for_it_now(
    sign_in, drafter, admin, released, files_dir, kind, params
):
    job = done(factories.make_job(drafter, kind=kind, params=params))
    client = sign_in(drafter)
    assert client.get(of(job, "file/")).status_code == 200

    end_role(drafter.roles.get(), localdate() - timedelta(days=1), by=admin)

    refused = client.get(of(job, "file/"))
    assert (refused.status_code, "โปรดติดต่อผู้ดูแลระบบ" in refused.content.decode()) == (
        403,
        True,
    )
    assert sign_in(admin).get(of(job, "file/")).status_code == 200


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("export_book", {"edition": "HEARING-2565", "group": ""}),
        ("export_book", {"edition": "HEARING-2565", "group": "FIN"}),
        ("import_people", {}),
    ],
)
def test_file_asked_for_as_an_admin_is_not_a_drafters(
    sign_in, drafter, files_dir, kind, params
):
    job = done(factories.make_job(drafter, kind=kind, params=params))
    assert sign_in(drafter).get(of(job, "file/")).status_code == 403


def test_work_without_a_file_has_none_to_give(sign_in, drafter):
    client = sign_in(drafter)
    assert client.get(of(factories.make_job(drafter), "file/")).status_code == 404


def test_failed_work_says_why_in_list_and_page(sign_in, drafter):
    failed = factories.make_job(
        drafter, state="failed", error="ตารางในข้อ ๙ กว้างเกินหน้า", ended_at=timezone.now()
    )
    client = sign_in(drafter)
    for address in (EXPORTS, of(failed)):
        assert "ตารางในข้อ ๙ กว้างเกินหน้า" in client.get(address).content.decode()


def test_jobs_are_told_by_the_names_of_their_groups(
    sign_in, admin, dir_group, fin_group, assert_same_queries
):
    desk = sign_in(admin)
    factories.make_job(admin, params={"edition": "2565", "group": "DIR"})

    def add_two() -> None:
        factories.make_job(
            admin,
            kind="make_manuals",
            params={"groups": ["DIR", "FIN"], "beginning": "texts"},
        )
        factories.make_job(
            admin,
            kind="import_processes",
            params={"manual": "FIN", "upload": "", "chosen": []},
        )

    assert_same_queries(9, lambda: desk.get("/exports/"), add_two)
    page = desk.get("/exports/").content.decode()
    for title in (
        f"เล่ม PDF 2565 {dir_group.name}",
        f"จัดทำคู่มือ {dir_group.name} {fin_group.name}",
        f"นำเข้ากระบวนงาน {fin_group.name}",
    ):
        assert f">{title}</a>" in page
        job = next(job for job in Job.objects.all() if job_title(job) == title)
        assert heading_of(desk.get(f"/jobs/{job.uuid}/").content.decode()) == title


def heading_of(page: str) -> str:
    heading = re.search(r"<h1>(.*)</h1>", page).group(1)
    return re.sub(r"<[^>]+>", "", heading)


def test_params_are_escaped(sign_in, drafter):
    job = factories.make_job(drafter, params={"edition": "<script>", "group": '"><b>'})
    client = sign_in(drafter)
    for address in (EXPORTS, of(job)):
        page = client.get(address).content.decode()
        without_spans = re.sub(r"</?span[^>]*>", "", page)
        assert "เล่ม PDF &lt;script&gt; &quot;&gt;&lt;b&gt;" in without_spans
        assert "PDF <script>" not in page


def test_without_an_edition_there_is_nothing_to_print_and_the_page_says_what_to_do(
    sign_in, admin, drafter
):
    for who, offered in ((admin, True), (drafter, False)):
        client = sign_in(who)
        page = client.get(EXPORTS).content.decode()
        assert "ยังไม่ได้จัดทำฉบับใด จึงยังพิมพ์เล่มไม่ได้" in page
        assert (
            'href="/desk/editions/">จัดทำฉบับแรก' in page,
            "สั่งพิมพ์เล่ม</button>" in page,
        ) == (offered, False)


def test_list_costs_the_same_for_one_job_and_three(
    sign_in, drafter, edition, files_dir, assert_same_queries
):
    done(factories.make_job(drafter))
    client = sign_in(drafter)
    assert_same_queries(
        14,
        lambda: client.get(EXPORTS),
        lambda: [
            done(factories.make_job(drafter), content) for content in (b"one", b"two")
        ],
    )


@pytest.mark.django_db(transaction=True)
def test_texts_of_an_edition_are_exported_by_the_worker(
    sign_in, admin, edition, files_dir
):
    job = enqueue_job("export_edition", {"edition": "HEARING-2565"}, admin)
    missing = enqueue_job("export_edition", {"edition": "NONE"}, admin)

    run_pending_jobs()

    client = sign_in(admin)
    given = client.get(of(job, "file/"))
    assert (given.status_code, given["Content-Type"]) == (200, "application/json")
    assert "ตรวจสอบความครบถ้วนของหนังสือ" in b"".join(given.streaming_content).decode()
    missing.refresh_from_db()
    assert (missing.state, missing.attempt) == ("failed", 1)
    assert "ไม่มีฉบับที่จัดทำแล้วตามรหัสนี้" in client.get(EXPORTS).content.decode()
