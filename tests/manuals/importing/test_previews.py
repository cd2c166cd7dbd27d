"""The preview of a process: what an official puts right in it, and what is taken in then."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import User
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from manuals.importing.jobs import receive_files, run_reading_job
from manuals.importing.services.correcting import (
    choose_target,
    join_row,
    leave_out_row,
    match_anew,
    match_row,
    reword_row,
)
from manuals.importing.services.receiving import discard_forgotten_uploads
from manuals.importing.uploaded_files import READ_AT_ONCE
from manuals.models import Clause, FileUpload, ImportedProcess, Manual, SentFile
from manuals.models.sent_file import FORGOTTEN_DAYS
from manuals.queries import load_draft_entries
from manuals.word.blocks import WordDocument
from manuals.word.writing import write_word_file
from manuals.word_export.document import DocumentOptions, make_blocks
from tests import factories
from tests.database import without_triggers
from tests.factories import PROCESS_TEXT
from tests.manuals.importing.test_manual_files import choices_of, words_of
from tests.markup import markup

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # a job keeps its lease elsewhere
UPLOAD = "/groups/DIR/drafts/files/"
DOUBTED = PROCESS_TEXT.replace(
    "5.2 ตรวจสอบความครบถ้วน", "5.2 ตรวจสอบของสานักงานความครบถ้วน"
)
REVISED = PROCESS_TEXT.replace("อย่างน้อยวันละสองครั้ง", "ทุกชั่วโมงในเวลาราชการ")


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path


@pytest.fixture
def empty_manual(dir_group) -> Manual:
    return factories.make_manual(dir_group)


def received(
    manual: Manual, text: str, by: User, name: str = "รับหนังสือ.txt"
) -> ImportedProcess:
    return factories.make_import_preview(manual, text, by=by, name=name)


def url_of(preview: ImportedProcess, row: str = "") -> str:
    url = f"/groups/DIR/drafts/previews/{preview.uuid}/"
    return f"{url}rows/{row}/" if row else url


def row_with(preview: ImportedProcess, words: str) -> dict:
    preview.refresh_from_db()
    [row] = [row for row in preview.rows if words in str(row["content"])]
    return row


def act_on(
    client: Client, preview: ImportedProcess, row: dict, act: str, **data: object
) -> HttpResponse:
    preview.refresh_from_db()
    sent = {"act": act, "version": preview.lock_version, **data}
    return client.post(url_of(preview, row["uuid"]), sent)


def worked_off() -> Job:
    job = Job.objects.latest("pk")
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    return job


def taken(client: Client, preview: ImportedProcess) -> Job:
    url = f"{UPLOAD}{preview.file.upload.uuid}/"
    client.post(url, {**choices_of(client.get(url)), "act": "take"})
    return worked_off()


# -- what is shown ---------------------------------------------------------------------------------------


def test_source_stands_beside_the_result_with_its_match(sign_in, drafter, process):
    preview = received(process.manual, REVISED, drafter)
    page = sign_in(drafter).get(url_of(preview))
    words = words_of(page)
    assert "5.1 เจ้าหน้าที่สารบรรณกลางเปิดระบบทุกชั่วโมงในเวลาราชการ" in words
    assert "ถ้อยคำคล้ายกัน" in words
    assert "(ข้อ 5.1 ของร่าง)" in words
    assert "<ins>" in markup(page)
    assert "<del>" in markup(page)
    assert "ถ้อยคำตรงกัน" in words
    assert preview.file.original_id[:12] in words
    assert page.context["page"].gone == []


def test_row_tells_another_level_and_number_and_is_not_called_sure(
    sign_in, drafter, process
):
    deeper = PROCESS_TEXT.replace("5.2 ตรวจสอบ", "5.1.1 ตรวจสอบ")
    preview = received(process.manual, deeper, drafter)
    page = sign_in(drafter).get(url_of(preview))
    cards = {card.row.words: card for card in page.context["page"].cards}
    moved = cards["ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"]
    assert moved.moves == ["ระดับเปลี่ยนจาก 1 เป็น 2", "เลขเปลี่ยนจาก 5.2 เป็น 5.1.1"]
    assert moved.sureness == "ที่หรือเลขเปลี่ยน"
    assert "ระดับเปลี่ยนจาก 1 เป็น 2" in words_of(page)
    stays = cards["เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง"]
    assert (list(stays.moves), stays.sureness) == ([], "แน่ใจ")


@committed
def test_title_stands_among_the_parts_and_may_be_put_right(sign_in, drafter, process):
    client = sign_in(drafter)
    preview = received(process.manual, PROCESS_TEXT, drafter)
    page = client.get(url_of(preview))
    told = {row.name: row.words for row in page.context["page"].title_rows}
    assert told["ชื่อกระบวนงาน"] == process.title
    assert told["รหัสเอกสาร"] == "OPM-01-01"
    stale = {"act": "retitle", "version": preview.lock_version}
    assert client.post(url_of(preview), {**stale, "title": " "}).status_code == 422
    done = client.post(url_of(preview), {**stale, "title": "การรับหนังสือ ทุกช่องทาง"})
    assert done.status_code == 303
    overtaken = client.post(url_of(preview), {**stale, "title": "ชื่อที่พิมพ์ค้าง"})
    assert (overtaken.status_code, "ชื่อที่พิมพ์ค้าง" in words_of(overtaken)) == (409, True)
    assert "<ins>" in markup(client.get(url_of(preview)))
    assert taken(client, preview).state == Job.State.DONE
    process.refresh_from_db()
    assert process.title == "การรับหนังสือ ทุกช่องทาง"


def test_doubtful_rows_come_first_and_hold_the_process_back(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    preview = received(empty_manual, DOUBTED, drafter)
    page = client.get(url_of(preview))
    body = markup(page)
    assert "ข้อที่อ่านไม่แน่ใจ 1 ข้อ" in words_of(page)
    assert "อาจเป็น “ตรวจสอบของสำนักงาน" in words_of(page)
    assert body.index("สานักงาน") < body.index('id="part-2"')
    url = f"{UPLOAD}{preview.file.upload.uuid}/"
    choices = choices_of(client.get(url))
    assert "take-0" not in choices
    refused = client.post(url, {**choices, "take-0": "on", "act": "take"})
    assert refused.status_code == 422
    assert "ยังมีข้อที่อ่านไม่แน่ใจ 1 ข้อ" in words_of(refused)


def test_page_costs_the_same_with_one_row_and_with_three(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)
    one = "1. ชื่องาน (กระบวนงาน)\nการรับหนังสือราชการ\n2. วัตถุประสงค์\n2.1 เพื่อให้การรับหนังสือถูกต้อง\n"
    three = f"{one}2.2 เพื่อให้รวดเร็วขึ้น\n3. ขอบเขตของงาน\n3.1 ทุกกลุ่ม ของสานักงาน ตามข้อ 2.1\n"
    urls = [url_of(received(process.manual, one, drafter))]
    assert_same_queries(
        7,
        lambda: client.get(urls[-1]),
        lambda: urls.append(url_of(received(process.manual, three, drafter))),
    )


def test_list_of_what_waits_costs_the_same_with_one_and_with_three(
    sign_in, drafter, empty_manual, assert_same_queries
):
    client = sign_in(drafter)
    received(empty_manual, PROCESS_TEXT, drafter)

    def two_more() -> None:
        received(empty_manual, PROCESS_TEXT, drafter, "2.txt")
        received(empty_manual, PROCESS_TEXT, drafter, "3.txt")

    assert_same_queries(6, lambda: client.get(UPLOAD), two_more)
    assert "รอนำเข้า 1 กระบวนงาน" in words_of(client.get(UPLOAD))


# -- what is put right -----------------------------------------------------------------------------------


def test_row_is_accepted_by_its_own_tick(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, DOUBTED, drafter)
    row = row_with(preview, "สานักงาน")
    nothing = client.post(url_of(preview), {"act": "accept", "version": 1})
    assert (nothing.status_code, "โปรดเลือกข้อที่ตรวจแล้ว" in words_of(nothing)) == (
        422,
        True,
    )
    done = client.post(
        url_of(preview), {"act": "accept", "version": 1, "accepted": row["uuid"]}
    )
    assert done.status_code == 303
    page = client.get(url_of(preview))
    assert page.context["page"].doubtful == []
    assert row_with(preview, "สานักงาน")["accepted"]


def test_each_act_works_by_a_plain_form(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, DOUBTED, drafter)
    row = row_with(preview, "สานักงาน")
    form = client.get(url_of(preview, row["uuid"]))
    assert "จับคู่กับข้อในร่าง" not in words_of(form)  # a new process has no draft
    reworded = act_on(
        client,
        preview,
        row,
        "reword",
        **{"words-0": "ตรวจสอบความครบถ้วน แล้วแจ้งผู้ส่ง"},
    )
    assert reworded["Location"].endswith(f"#row-{row['uuid']}")
    split = act_on(client, preview, row, "split", text="ตรวจสอบความครบถ้วน\n\nแล้วแจ้งผู้ส่ง")
    assert split.status_code == 303
    made = row_with(preview, "แล้วแจ้งผู้ส่ง")
    assert act_on(client, preview, made, "demote").status_code == 303
    assert row_with(preview, "แล้วแจ้งผู้ส่ง")["depth"] == 1
    assert act_on(client, preview, made, "promote").status_code == 303
    moved = act_on(client, preview, made, "move", part=3, kind="text", numbering="")
    assert moved.status_code == 303
    assert row_with(preview, "แล้วแจ้งผู้ส่ง")["part"] == 3
    assert act_on(client, preview, made, "leave").status_code == 303
    assert "เว้นไว้ ไม่นำเข้า 1 ข้อ" in words_of(client.get(url_of(preview)))
    assert act_on(client, preview, made, "back").status_code == 303
    count = len(preview.rows)
    assert act_on(client, preview, made, "join").status_code == 303
    preview.refresh_from_db()
    assert len(preview.rows) == count - 1
    assert Clause.objects.count() == 0


def test_act_that_cannot_be_done_says_why_and_changes_nothing(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    row = row_with(preview, "เปิดระบบอย่างน้อย")
    refused = act_on(client, preview, row, "promote")
    assert (refused.status_code, "บนสุดของส่วนแล้ว" in words_of(refused)) == (422, True)
    empty = act_on(client, preview, row, "reword", **{"words-0": " "})
    assert (empty.status_code, "ยังไม่มีถ้อยคำ" in words_of(empty)) == (422, True)
    cut = act_on(client, preview, row, "split", text="อื่น\n\nไป")
    assert (cut.status_code, "ถ้อยคำต่างจากเดิม" in words_of(cut)) == (422, True)
    assert act_on(client, preview, row, "dance").status_code == 404
    preview.refresh_from_db()
    assert preview.lock_version == 1


def test_htmx_gets_the_rows_alone(sign_in, drafter, empty_manual):
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    row = row_with(preview, "เปิดระบบอย่างน้อย")
    answered = sign_in(drafter).post(
        url_of(preview, row["uuid"]),
        {"act": "leave", "version": 1},
        headers={"HX-Request": "true"},
    )
    body = answered.content.decode()
    assert answered.status_code == 200
    assert 'id="preview-rows"' in body
    assert "<html" not in body


# -- two windows -----------------------------------------------------------------------------------------


def test_older_window_meets_409_and_keeps_its_words(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    row = row_with(preview, "เปิดระบบอย่างน้อย")
    reword_row(preview, row_uuid(row), 1, {"text": "จากหน้าต่างแรก"}, by=drafter)

    data = {"act": "reword", "version": 1, "words-0": "จากหน้าต่างที่สอง"}
    refused = client.post(url_of(preview, row["uuid"]), data)

    assert refused.status_code == 409
    body = markup(refused)
    assert "จากหน้าต่างแรก" in body
    assert "จากหน้าต่างที่สอง" in body
    assert 'name="version" value="2"' in body
    again = client.post(url_of(preview, row["uuid"]), {**data, "version": 2})
    assert again.status_code == 303
    assert row_with(preview, "จากหน้าต่างที่สอง")["uuid"] == row["uuid"]


def test_words_for_a_row_that_was_joined_away_are_shown_to_be_copied(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    row = row_with(preview, "ตรวจสอบความครบถ้วน")
    join_row(preview, row_uuid(row), 1, by=drafter)

    data = {"act": "reword", "version": 1, "words-0": "พิมพ์ไว้นาน"}
    refused = client.post(url_of(preview, row["uuid"]), data)

    assert refused.status_code == 409
    assert "พิมพ์ไว้นาน" in words_of(refused)
    assert client.get(url_of(preview, row["uuid"])).status_code == 404


def test_button_of_an_older_window_changes_nothing(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    row = row_with(preview, "เปิดระบบอย่างน้อย")
    leave_out_row(preview, row_uuid(row), 1, by=drafter)
    data = {"act": "back", "version": 1}
    refused = client.post(url_of(preview, row["uuid"]), data)
    assert refused.status_code == 409
    assert row_with(preview, "เปิดระบบอย่างน้อย")["left_out"]


@committed
def test_correction_behind_the_choice_stops_the_job(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    url = f"{UPLOAD}{preview.file.upload.uuid}/"
    client.post(url, {**choices_of(client.get(url)), "act": "take"})
    row = row_with(preview, "เปิดระบบอย่างน้อย")
    reword_row(preview, row_uuid(row), 1, {"text": "แก้หลังสั่ง"}, by=drafter)
    job = worked_off()
    assert (job.state, "หน้าต่างอื่น" in job.error) == ("failed", True)
    assert Clause.objects.count() == 0


# -- matching --------------------------------------------------------------------------------------------


def test_draft_that_changed_is_told_by_its_clauses_and_matched_anew(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    preview = received(process.manual, REVISED, drafter)
    factories.make_clause(process, "ข้อที่เพิ่มเข้ามาระหว่างนั้น", by=drafter)
    page = words_of(client.get(url_of(preview)))
    assert "มีผู้แก้ไขกระบวนงานนี้ในร่างหลังจากที่จับคู่ไว้" in page
    assert "“ข้อที่เพิ่มเข้ามาระหว่างนั้น”" in page
    match_anew(preview, 1, by=drafter)
    page = words_of(client.get(url_of(preview)))
    assert "มีผู้แก้ไขกระบวนงานนี้" not in page
    assert "ข้อในร่างที่ไม่มีในไฟล์ 1 ข้อ" in page


def test_chosen_match_outlives_another_matching(drafter, process):
    preview = received(process.manual, REVISED, drafter)
    row = row_with(preview, "ทุกชั่วโมง")
    other = Clause.objects.get(section=process, plain__startswith="ตรวจสอบความครบถ้วน")
    match_row(preview, row_uuid(row), 1, other.uuid, by=drafter)
    preview.refresh_from_db()
    match_anew(preview, preview.lock_version, by=drafter)
    row = row_with(preview, "ทุกชั่วโมง")
    assert (row["clause"], row["how"]) == (str(other.uuid), "chosen")
    used = [each["clause"] for each in preview.rows if each["clause"]]
    assert len(used) == len(set(used))


def test_clause_of_another_process_cannot_be_chosen(sign_in, drafter, process):
    client = sign_in(drafter)
    other = factories.make_process(
        process.manual, PROCESS_TEXT.replace("การรับหนังสือ", "การยืมหนังสือ"), by=drafter
    )
    preview = received(process.manual, REVISED, drafter)
    row = row_with(preview, "ทุกชั่วโมง")
    foreign = Clause.objects.filter(section=other).first()
    refused = act_on(client, preview, row, "match", clause=foreign.uuid)
    assert (refused.status_code, "ไม่มีในร่างแล้ว" in words_of(refused)) == (422, True)


def test_another_target_is_matched_at_once(drafter, process):
    preview = received(process.manual, REVISED, drafter)
    assert any(row["clause"] for row in preview.rows)
    choose_target(preview, 1, None, "", by=drafter)
    preview.refresh_from_db()
    assert not any(row["clause"] for row in preview.rows)
    assert (preview.target, preview.base_version) == (None, 0)


# -- taking in -------------------------------------------------------------------------------------------


@committed
def test_taken_in_as_it_was_put_right_one_version_with_its_file(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    before = {
        clause.plain: clause.uuid for clause in Clause.objects.filter(section=process)
    }
    version = process.version
    preview = received(process.manual, REVISED, drafter)
    row = row_with(preview, "ทุกชั่วโมง")
    reword_row(
        preview, row_uuid(row), 1, {"text": "เปิดระบบเมื่อเริ่มเวลาราชการทุกวัน"}, by=drafter
    )

    job = taken(client, preview)

    assert (job.state, job.error) == ("done", "")
    process.refresh_from_db()
    assert process.version == version + 1
    clause = Clause.objects.live().get(section=process, plain__contains="เมื่อเริ่มเวลา")
    assert clause.uuid == before["เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง"]
    unchanged = Clause.objects.live().filter(section=process).exclude(pk=clause.pk)
    assert {each.plain: each.uuid for each in unchanged} == {
        plain: uuid for plain, uuid in before.items() if uuid != clause.uuid
    }
    preview.refresh_from_db()
    assert (preview.taken_version.number, preview.taken_version.action) == (
        version + 1,
        "import",
    )
    history = words_of(client.get(f"/groups/DIR/drafts/{process.uuid}/versions/"))
    assert "รับหนังสือ.txt" in history
    original = client.get(f"{UPLOAD}{preview.file.upload.uuid}/originals/1/")
    assert b"".join(original.streaming_content).decode() == REVISED
    assert "attachment" in original["Content-Disposition"]
    page = client.get(url_of(preview))
    assert "นำเข้าแล้วเมื่อ" in words_of(page)
    assert act_on(client, preview, row, "leave").status_code == 409
    assert client.get(UPLOAD).context["waiting"] == []


@committed
def test_matched_by_bookmark_whatever_the_words(sign_in, drafter, process):
    """What a drafter changes in the exported Word file goes to the clause it came from."""
    client = sign_in(drafter)
    entries = load_draft_entries(process)
    uuids = {entry.uuid for entry in entries if entry.content is not None}
    blocks = make_blocks(entries, DocumentOptions("arabic"))
    raw = write_word_file(WordDocument("การรับหนังสือราชการ", blocks))
    changed = replaced_in_docx(
        raw, "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง", "งดใช้แล้ว"
    )
    receive_files(process.manual, [("คู่มือ.docx", changed)], by=drafter)
    assert worked_off().state == "done"
    preview = ImportedProcess.objects.latest("pk")
    row = row_with(preview, "งดใช้แล้ว")
    assert row["how"] == "bookmark"
    assert {row["clause"] for row in preview.rows if row["clause"]} == {
        str(uuid) for uuid in uuids
    }
    assert taken(client, preview).state == "done"
    live = Clause.objects.live().filter(section=process)
    assert {clause.uuid for clause in live} == uuids


@committed
def test_files_of_a_zip_are_previews_of_their_own(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, title in enumerate(("การรับหนังสือ", "การส่งหนังสือ", "การยืมหนังสือ")):
            text = PROCESS_TEXT.replace("การรับหนังสือราชการ", title)
            archive.writestr(f"คู่มือ/{number}.txt", text)
        archive.writestr("คู่มือ/ชั้นใน.zip", b"PK\x05\x06" + b"\x00" * 18)
    sent = SimpleUploadedFile("คู่มือ.zip", packed.getvalue())
    url = client.post(UPLOAD, {"sent": [sent]})["Location"]
    assert "กำลังอ่านไฟล์" in words_of(client.get(url))
    assert worked_off().state == "done"
    page = client.get(url)
    assert "รอนำเข้า 3 กระบวนงาน" in words_of(page)
    assert "ชั้นใน.zip" in words_of(page)
    assert SentFile.objects.count() == 3
    # One is taken in; the others wait on
    data = choices_of(page)
    data = {k: v for k, v in data.items() if k not in ("take-1", "take-2")}
    client.post(url, {**data, "act": "take"})
    assert worked_off().state == "done"
    page = words_of(client.get(url))
    assert "นำเข้าแล้ว 1 กระบวนงาน" in page
    assert "รอนำเข้า 2 กระบวนงาน" in page


@pytest.mark.parametrize(
    "name", ["../ออก.txt", "/ราก.txt", "a\\..\\b.txt", "C:\\x.txt"]
)
@committed
def test_zip_with_a_path_that_leads_out_is_refused_whole(
    sign_in, drafter, empty_manual, name
):
    client = sign_in(drafter)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ดี.txt", PROCESS_TEXT)
        archive.writestr(name, PROCESS_TEXT)
    sent = SimpleUploadedFile("คู่มือ.zip", packed.getvalue())
    url = client.post(UPLOAD, {"sent": [sent]})["Location"]
    assert worked_off().state == "done"
    page = words_of(client.get(url))
    assert "ออกนอกโฟลเดอร์" in page
    assert (SentFile.objects.count(), ImportedProcess.objects.count()) == (0, 0)


@committed
def test_reading_twice_keeps_one_reading(drafter, empty_manual):
    receive_files(empty_manual, [("ใหญ่.txt", long_text())], by=drafter)
    job = worked_off()
    assert job.state == "done"
    run_reading_job(job, lambda done, total: None)
    assert ImportedProcess.objects.count() == 1


@committed
def test_text_that_is_long_is_read_by_a_job(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    sent = SimpleUploadedFile("ใหญ่.txt", long_text())
    url = client.post(UPLOAD, {"sent": [sent]})["Location"]
    assert ImportedProcess.objects.count() == 0
    waiting = words_of(client.get(UPLOAD))
    assert "กำลังอ่านไฟล์" in waiting
    assert "ใหญ่.txt" in waiting
    assert worked_off().state == "done"
    assert "รอนำเข้า 1 กระบวนงาน" in words_of(client.get(url))


@committed
def test_files_that_cannot_be_read_by_the_job_are_told(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    sent = SimpleUploadedFile("คู่มือ.docx", b"PK\x03\x04word/document.xml")
    url = client.post(UPLOAD, {"sent": [sent]})["Location"]
    assert worked_off().state == "done"
    page = words_of(client.get(url))
    assert "อ่านไม่ได้ 1 ไฟล์" in page
    assert "ไม่มีกระบวนงานที่รอนำเข้า" in page


def test_discarded_files_are_offered_no_more(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    preview = received(empty_manual, PROCESS_TEXT, drafter)
    upload = preview.file.upload
    url = f"{UPLOAD}{upload.uuid}/"
    choices = choices_of(client.get(url))
    assert client.post(f"{url}discarding/").status_code == 303
    assert client.get(UPLOAD).context["waiting"] == []
    assert "ทิ้งแล้ว" in words_of(client.get(url))
    assert client.post(url, {**choices, "act": "take"}).status_code == 409
    assert client.post(f"{url}discarding/").status_code == 409
    assert act_on(client, preview, preview.rows[0], "leave").status_code == 409
    assert Act.objects.filter(code="files-discarded").count() == 1
    assert FileUpload.objects.get().discarded_by == drafter


def test_files_that_nobody_took_in_are_discarded_by_the_portal(
    sign_in, drafter, process
):
    """But not what was taken in whole, and what is younger."""
    old = received(process.manual, PROCESS_TEXT, drafter).file.upload
    taken_in = received(process.manual, PROCESS_TEXT, drafter)
    young = received(process.manual, PROCESS_TEXT, drafter).file.upload
    ImportedProcess.objects.filter(pk=taken_in.pk).update(
        taken_at=timezone.now(), taken_section=process
    )
    with without_triggers():
        past = timezone.now() - timedelta(days=FORGOTTEN_DAYS, minutes=1)
        FileUpload.objects.exclude(pk=young.pk).update(at=past)

    assert discard_forgotten_uploads() == 1
    assert discard_forgotten_uploads() == 0

    [gone] = FileUpload.objects.filter(discarded_at__isnull=False)
    assert (gone, gone.discarded_by) == (old, None)
    assert Act.objects.get(code="files-discarded").by is None
    page = sign_in(drafter).get(UPLOAD)
    assert [row.upload for row in page.context["waiting"]] == [young]
    assert "เก็บไว้ถึง" in words_of(page)


def test_stranger_of_another_group_finds_nothing(sign_in, stranger, drafter, process):
    preview = received(process.manual, REVISED, drafter)
    client = sign_in(stranger)
    upload = f"{UPLOAD}{preview.file.upload.uuid}/"
    for url in (url_of(preview), upload, f"{upload}originals/1/"):
        assert client.get(url).status_code in (403, 404)


# -- made files ------------------------------------------------------------------------------------------


def row_uuid(row: dict) -> UUID:
    return UUID(row["uuid"])


def long_text() -> bytes:
    items = []
    for number in range(1, 400):
        items.append(
            f"5.{number} ตรวจสอบความครบถ้วนของเอกสารชุดที่ {number} แล้วส่งต่อเจ้าหน้าที่"
        )
    text = PROCESS_TEXT
    start = text.index("5.1 ")
    end = text.index("6. ")
    raw = (text[:start] + "\n".join(items) + "\n" + text[end:]).encode()
    assert len(raw) > READ_AT_ONCE / 2
    return raw + b" " * max(0, READ_AT_ONCE - len(raw) + 1)


def replaced_in_docx(raw: bytes, before: str, after: str) -> bytes:
    """As if somebody had typed over the words."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(made, "w") as out:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            out.writestr(part, content)
    return made.getvalue()
