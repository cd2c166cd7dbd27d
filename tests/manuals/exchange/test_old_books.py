"""Files of an old book straight into an archival edition, beside the working draft."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from manuals.editions.services.freezing import recompute_manifest_sha
from manuals.exchange.refusals import ArchivalRefused
from manuals.exchange.services.old_books import archive_upload
from manuals.importing.jobs import receive_files
from manuals.models import (
    Clause,
    Edition,
    EditionEntry,
    FileUpload,
    ImportedProcess,
    Section,
)
from tests import factories
from tests.factories import PROCESS_TEXT
from tests.manuals.importing.test_manual_files import choices_of, words_of

pytestmark = pytest.mark.django_db
OLD = PROCESS_TEXT.replace("อย่างน้อยวันละสองครั้ง", "เมื่อมีผู้นำส่ง")
SECOND = OLD.replace("การรับหนังสือราชการ", "การยืมหนังสือราชการ")


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def upload(process, drafter) -> FileUpload:
    files = [("1.txt", OLD.encode()), ("2.txt", SECOND.encode())]
    return receive_files(process.manual, files, by=drafter)


def url_of(upload: FileUpload) -> str:
    return f"/groups/DIR/drafts/files/{upload.uuid}/edition/"


def test_old_book_stands_beside_the_draft_with_the_same_clauses(upload, process, admin):
    before = dict(
        Clause.objects.live().filter(section=process).values_list("uuid", "sha")
    )
    version = process.version

    edition = archive_upload(upload, code="2553-DIR", title="เล่ม พ.ศ. 2553", by=admin)

    assert recompute_manifest_sha(edition) == edition.manifest_sha
    process.refresh_from_db()
    assert process.version == version
    live = Clause.objects.live().filter(
        section__manual=process.manual, section__retired=None
    )
    assert dict(live.values_list("uuid", "sha")) == before
    # The unit and the process, as before
    assert Section.objects.live().filter(manual=process.manual).count() == 2
    entries = EditionEntry.objects.filter(edition=edition)
    first = entries.get(kind="section", title="การรับหนังสือราชการ")
    assert first.uuid == process.uuid
    old = entries.get(blob__plain__contains="เมื่อมีผู้นำส่ง", section=process)
    assert old.uuid in before
    assert old.cite == "5.1"
    second = entries.get(kind="section", title="การยืมหนังสือราชการ")
    assert [first.label, second.label] == ["1.1", "1.2"]
    assert entries.get(label="1", kind="section").title == "งานสารบรรณ"
    references = entries.filter(section=second.section).exclude(kind="section")
    assert references.count() == entries.filter(section=process).count() - 1
    upload.refresh_from_db()
    assert upload.edition == edition
    with pytest.raises(ArchivalRefused, match="จัดทำเป็นฉบับแล้ว"):
        archive_upload(upload, code="2553-B", title="อีกฉบับ", by=admin)


def test_what_is_doubtful_or_taken_in_stops_it(process, drafter, admin):
    doubted = OLD.replace("5.2 ตรวจสอบ", "5.2 ตรวจสอบของสานักงาน")
    preview = factories.make_import_preview(process.manual, doubted, by=drafter)
    upload = preview.file.upload
    with pytest.raises(ArchivalRefused, match="ต้องตรวจ 1 เรื่อง"):
        archive_upload(upload, code="2553", title="เล่มเดิม", by=admin)
    assert Edition.objects.filter(code="2553").count() == 0


@pytest.mark.django_db(transaction=True)
def test_administrator_makes_it_in_the_browser(sign_in, upload, admin, drafter):
    client = sign_in(admin)
    preview = client.get(url_of(upload).removesuffix("edition/"))
    assert "จัดทำเป็นฉบับจดหมายเหตุ" in words_of(preview)
    refused = client.post(url_of(upload), {"code": "ก", "title": ""})
    assert (refused.status_code, "โปรดกรอกชื่อฉบับ" in words_of(refused)) == (422, True)
    asked = client.post(url_of(upload), {"code": "2553-DIR", "title": "เล่มเดิม"})
    job = Job.objects.latest("pk")
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert "2553-DIR" in words_of(client.get(asked["Location"]))
    url = url_of(upload).removesuffix("edition/")
    page = client.get(url)
    assert "จัดทำเป็นฉบับจดหมายเหตุ 2553-DIR แล้ว" in words_of(page)
    taken = client.post(url, {**choices_of(page), "act": "take"})
    assert taken.status_code == 409
    again = client.post(url_of(upload), {"code": "2553-DIR", "title": "เล่มเดิม"})
    assert (again.status_code, "เป็นของฉบับอื่นแล้ว" in words_of(again)) == (422, True)
    assert ImportedProcess.objects.filter(taken_at__isnull=False).count() == 0
    assert sign_in(drafter).get(url_of(upload)).status_code == 403


def test_command_makes_an_edition_of_a_file_or_of_nothing_at_all(
    process, admin, tmp_path, capsys
):
    old = tmp_path / "เก่า.txt"
    old.write_text(OLD, encoding="utf-8")
    options = {"group": "DIR", "edition": "2553-DIR", "archival": True, "json": True}
    call_command("import_manual", str(old), **options)
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    edition = Edition.objects.get(code="2553-DIR")
    assert made["manifest_sha"] == edition.manifest_sha
    assert made["counts"]["clauses"] == edition.entries.filter(kind="clause").count()

    old.write_text(
        OLD.replace("5.2 ตรวจสอบ", "5.2 ตรวจสอบของสานักงาน"), encoding="utf-8"
    )
    with pytest.raises(CommandError, match="ต้องตรวจ"):
        call_command("import_manual", str(old), **{**options, "edition": "2553-B"})
    assert Edition.objects.filter(code="2553-B").count() == 0
    assert FileUpload.objects.count() == 1
