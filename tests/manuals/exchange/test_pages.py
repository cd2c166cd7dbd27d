"""Taking an edition in from the browser: file, preview, job, report; and asking for one as data."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from manuals.exchange import views
from manuals.exchange.checking import check_edition_file, checked_from_json
from manuals.exchange.reading import read_edition_file
from manuals.exchange.services.archiving import archive_edition
from manuals.models import Edition, Manual
from tests import factories
from tests.manuals.exchange.akoma_ntoso import read_valid
from tests.manuals.exchange.conftest import make_rich_edition
from tests.markup import markup

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
UPLOAD = "/desk/edition-files/"


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def upload(client: Client, raw: bytes):
    return client.post(UPLOAD, {"sent": SimpleUploadedFile("edition.json", raw)})


@committed
def test_admin_looks_at_a_file_and_takes_it_in(sign_in, foreign):
    client = sign_in(factories.make_admin())
    sent = upload(client, foreign)
    assert sent.status_code == 303
    preview = markup(client.get(sent.url))
    value = json.loads(foreign)
    clauses = sum(entry["kind"] == "clause" for entry in value["entries"])
    number = rf'<td class="data__n">{clauses}</td>'
    assert re.search(rf"ข้อ</th>\s*{number}\s*{number}", preview)
    assert "จะเพิ่มในทะเบียนกฎหมาย: ระเบียบงานสารบรรณ 2526" in preview
    assert Edition.objects.count() == 0

    asked = client.post(sent.url, {"code": "2565-D1"})
    assert asked.status_code == 303
    assert (
        client.post(sent.url, {"code": "2565-D1"}).url == asked.url
    )  # sent twice, done once
    assert "รอดำเนินการ" in markup(client.get(asked.url))
    run_pending_jobs()

    assert "ตรงกับต้นทาง" in markup(client.get(asked.url))
    assert Edition.objects.get().manifest_sha == value["manifest_sha"]
    assert "ฉบับจดหมายเหตุ" in markup(client.get("/desk/editions/"))
    assert "นำเข้าฉบับจดหมายเหตุ 2565-D1" in markup(client.get("/exports/"))
    assert client.get("/editions/2565-D1/").status_code == 200
    assert client.get("/editions/2565-D1/manuals/DIR/").status_code == 200
    job = Job.objects.get()
    assert (job.state, client.get(sent.url).url) == ("done", asked.url)


@committed
def test_large_file_is_checked_by_a_job_that_the_page_waits_for(
    sign_in, foreign, monkeypatch
):
    monkeypatch.setattr(views, "READ_AT_ONCE", 1000)
    client = sign_in(factories.make_admin())
    sent = upload(client, foreign)
    assert sent.status_code == 303
    waiting = markup(client.get(sent.url))
    assert "รอดำเนินการ" in waiting
    assert f'hx-get="{sent.url}"' in waiting
    assert "ระบบกำลังตรวจไฟล์ทั้งฉบับ" in waiting
    early = client.post(sent.url, {"code": "2565-D1"})
    assert "ระบบกำลังตรวจไฟล์ทั้งฉบับ" in markup(early)
    asked_again = client.get(sent.url, headers={"HX-Target": "progress"})
    assert asked_again.content.startswith(b"\n") or b"<html" not in asked_again.content
    run_pending_jobs()
    ended = client.get(sent.url, headers={"HX-Target": "progress"})
    assert ended["HX-Refresh"] == "true"
    preview = markup(client.get(sent.url))
    assert "จะเพิ่มในทะเบียนกฎหมาย: ระเบียบงานสารบรรณ 2526" in preview
    listed = markup(client.get("/exports/"))
    assert "ตรวจไฟล์ฉบับจดหมายเหตุ" in listed
    assert f'href="{sent.url}"' in listed
    assert Edition.objects.count() == 0

    asked = client.post(sent.url, {"code": "2565-D1"})
    assert asked.status_code == 303
    run_pending_jobs()
    assert "ตรงกับต้นทาง" in markup(client.get(asked.url))
    assert Edition.objects.get().manifest_sha == json.loads(foreign)["manifest_sha"]


@committed
def test_large_file_that_is_damaged_is_told_by_its_job(sign_in, foreign, monkeypatch):
    monkeypatch.setattr(views, "READ_AT_ONCE", 1000)
    client = sign_in(factories.make_admin())
    sent = upload(client, foreign[:-9])
    run_pending_jobs()
    page = markup(client.get(sent.url))
    assert "ไฟล์ขาดตอนท้าย" in page
    assert "ส่งไฟล์อีกครั้ง" in page
    assert Edition.objects.count() == 0


def test_checked_file_is_shown_and_asked_for_without_being_read_again(
    sign_in, admin, foreign
):
    checked = check_edition_file(read_edition_file(foreign))
    assert checked_from_json(checked.as_json()) == checked


def test_bad_file_is_refused_at_its_field(sign_in, admin, foreign):
    client = sign_in(admin)
    for raw, says in (
        (b"", "ไฟล์นี้ว่าง"),
        (b"%PDF", "อ่านไฟล์ JSON นี้ไม่ได้"),
        (foreign[:-9], "ไฟล์ขาดตอนท้าย"),
    ):
        refused = upload(client, raw)
        assert refused.status_code == 422
        assert says in markup(refused)
    assert client.post(UPLOAD, {}).status_code == 422


def test_clash_is_told_before_and_kept_from_being_done(sign_in, admin, foreign):
    factories.make_manual(factories.make_group("DIR"))
    client = sign_in(admin)
    sent = upload(client, foreign)
    assert "คนละเล่มกับในไฟล์" in markup(client.get(sent.url))
    refused = client.post(sent.url, {"code": "2565-D1"})
    assert refused.status_code == 422
    assert "คนละเล่มกับในไฟล์" in markup(refused)
    assert (Job.objects.count(), Manual.objects.count()) == (0, 1)


def test_edition_that_is_here_already_is_told_with_a_link(sign_in, admin, foreign):
    archive_edition(read_edition_file(foreign), by=admin, code="OLD")
    client = sign_in(admin)
    sent = upload(client, foreign)
    link = '<a href="/editions/OLD/">ฉบับ OLD</a>'
    assert link in markup(client.get(sent.url))
    refused = client.post(sent.url, {"code": "AGAIN"})
    assert (refused.status_code, link in markup(refused)) == (422, True)
    assert Job.objects.count() == 0


def test_another_code_is_taken_and_a_wrong_one_is_told(sign_in, admin, foreign):
    client = sign_in(admin)
    sent = upload(client, foreign)
    wrong = client.post(sent.url, {"code": "ฉบับที่ 1"})
    assert (wrong.status_code, 'value="ฉบับที่ 1"' in markup(wrong)) == (422, True)
    assert client.post(sent.url, {"code": "OLD"}).status_code == 303
    assert Job.objects.get().params["code"] == "OLD"


def test_the_file_is_only_for_who_sent_it(sign_in, admin, foreign):
    sent = upload(sign_in(admin), foreign)
    other = sign_in(factories.make_admin())
    assert other.get(sent.url).status_code == 404


@committed
def test_edition_is_asked_for_as_data_on_the_page_of_exports(sign_in, files_dir):
    edition = make_rich_edition()
    client = sign_in(factories.make_admin())
    for name in ("json", "akn"):
        asked = client.post(
            "/exports/", {"data": "1", "data-edition": edition.pk, "data-format": name}
        )
        assert asked.status_code == 303
    run_pending_jobs()
    akn, exported = Job.objects.order_by("-pk")
    names = [job.result.name for job in (exported, akn)]
    assert names == ["2565-D1.json", "2565-D1.akn.xml"]
    taken = client.get(f"/jobs/{akn.uuid}/file/")
    read_valid(b"".join(taken.streaming_content))
    assert "ข้อความฉบับ 2565-D1 (Akoma Ntoso)" in markup(client.get("/exports/"))


def test_whole_editions_are_for_who_may_read_them(sign_in, drafter, edition):
    client = sign_in(drafter)
    asked = {"data": "1", "data-edition": edition.pk, "data-format": "json"}
    assert client.post("/exports/", asked).status_code == 422
    factories.make_release(edition)
    assert client.post("/exports/", asked).status_code == 303
