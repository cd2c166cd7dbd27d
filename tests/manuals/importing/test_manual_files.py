"""Processes taken out of uploaded files: what is read is shown first, and all that is ticked is taken in or nothing."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import User
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from hearing_portal.thai.markup import referenced_uuids
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.importing import uploaded_files
from manuals.importing.text_files import read_processes
from manuals.importing.uploaded_files import FilesRefused, read_uploaded
from manuals.models import Clause, Manual, Section
from manuals.source import texts_of
from tests import factories
from tests.factories import PROCESS_TEXT
from tests.manuals.word.docx_factory import Level, Num, Paragraph, make_docx
from tests.markup import markup

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(
    transaction=True
)  # a job keeps its lease over a connection of its own
UPLOAD = "/groups/DIR/drafts/files/"
SECOND = PROCESS_TEXT.replace("การรับหนังสือราชการ", "การส่งหนังสือราชการ").replace(
    "OPM-01-01", "OPM-01-02"
)
REVISED = PROCESS_TEXT.replace("อย่างน้อยวันละสองครั้ง", "ทุกชั่วโมงในเวลาราชการ").replace(
    "5.2 ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย\n", ""
)


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def empty_manual(dir_group) -> Manual:
    return factories.make_manual(dir_group)


def text_file(text: str, name: str = "การรับหนังสือ.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def send(client: Client, *files: SimpleUploadedFile) -> HttpResponse:
    return client.post(UPLOAD, {"sent": list(files)})


def words_of(response: HttpResponse) -> str:
    return " ".join(
        re.sub(r"<[^>]+>", " ", response.content.decode())
        .replace("\u00a0", " ")
        .split()
    )


def choices_of(page: HttpResponse) -> dict[str, str]:
    """What a browser would send back, had nobody touched the form."""
    form = page.context["form"]
    data = {}
    for card in page.context["cards"]:
        index = card.process.index
        if form.is_taken(card.process):
            data[f"take-{index}"] = "on"
        data[f"target-{index}"] = card.target.value() or ""
        data[f"unit-{index}"] = card.unit.value() or ""
        data[f"seen-{index}"] = str(card.seen)
        data[f"known-{index}"] = card.known
        data[f"compared-{index}"] = card.compared
    return data


def preview_of(client: Client, url: str, number: int = 0) -> HttpResponse:
    """The page of one process of the files, row by row."""
    kept = client.get(url).context["cards"][number].process.kept
    return client.get(f"/groups/DIR/drafts/previews/{kept.uuid}/")


def take(client: Client, url: str, data: dict[str, str]) -> HttpResponse:
    return client.post(url, {**data, "act": "take"})


def worked_off() -> Job:
    job = Job.objects.latest("pk")
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    return job


def test_references_of_a_pasted_text_are_linked_as_typed_ones(
    sign_in, drafter, process, unit
):
    """To its own clauses by the numbers that it prints, and to another process that it names."""
    text = factories.PROCESS_TEXT.replace(
        "การรับหนังสือราชการ", "การส่งหนังสือราชการ"
    ).replace(
        "เปิดระบบอย่างน้อยวันละสองครั้ง",
        "เปิดระบบตามข้อ ๕.๒ และข้อ 5.1 ของกระบวนงานการรับหนังสือราชการ",
    )
    client = sign_in(drafter)
    pasted = client.post("/groups/DIR/drafts/files/paste/", {"text": text})
    url = pasted["Location"]
    take(client, url, choices_of(client.get(url)))
    assert worked_off().state == "done"
    new = Section.objects.get(title="การส่งหนังสือราชการ")
    first, own = (factories.clause_at(new, cite) for cite in ("5.1", "5.2"))
    aim = factories.clause_at(process, "5.1")
    assert referenced_uuids(first.body) == [str(own.uuid), str(aim.uuid)]


def test_references_of_a_text_that_revises_a_process_are_linked_as_well(
    sign_in, drafter, process, unit
):
    text = factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", "การส่งหนังสือราชการ")
    revised = factories.make_process(text=text, unit=unit, by=drafter)
    text = text.replace(
        "เปิดระบบอย่างน้อยวันละสองครั้ง",
        "เปิดระบบตามข้อ ๕.๒ และข้อ 5.1 ของกระบวนงานการรับหนังสือราชการ",
    )
    client = sign_in(drafter)
    pasted = client.post("/groups/DIR/drafts/files/paste/", {"text": text})
    url = pasted["Location"]
    take(client, url, choices_of(client.get(url)))
    assert worked_off().state == "done"
    first, own = (factories.clause_at(revised, cite) for cite in ("5.1", "5.2"))
    aim = factories.clause_at(process, "5.1")
    assert referenced_uuids(first.body) == [str(own.uuid), str(aim.uuid)]


# -- what is read ----------------------------------------------------------------------------------------


def test_every_unreadable_file_is_named_with_what_to_do(empty_manual):
    read = read_uploaded(
        [
            ("ดี.txt", PROCESS_TEXT.encode()),
            ("คู่มือ.docx", b"PK\x03\x04word"),
            ("สแกน.jpg", b"\xff\xd8"),
            ("ฝรั่งเศส.txt", "1. Réception des documents".encode("latin-1")),
            ("ว่าง.txt", b"  \n"),
            ("จดหมาย.txt", "เรียน ผู้อำนวยการ".encode()),
            ("ชุด.zip", b"not a zip"),
            ("ซ้อน.zip", zipped(**{"ใน.zip": "PK"})),
            ("ชุด.rar", b"Rar!"),
            ("ดี.txt", SECOND.encode()),
        ]
    )
    assert [file.name for file in read.documents] == ["ดี.txt"]
    told = dict(read.unread)
    assert "Word" in told["คู่มือ.docx"]
    assert "รูปภาพ" in told["สแกน.jpg"]
    assert "UTF-8" in told["ฝรั่งเศส.txt"]
    assert "ว่าง" in told["ว่าง.txt"]
    assert "1. ชื่องาน (กระบวนงาน)" in told["จดหมาย.txt"]
    assert "ZIP" in told["ชุด.zip"]
    for name in ("ใน.zip", "ชุด.rar"):
        assert "โปรดแตกไฟล์ก่อน แล้วส่งไฟล์ที่อยู่ข้างใน" in told[name]
    assert "ตั้งชื่อไฟล์ให้ต่างกัน" in told["ดี.txt"]


def test_text_of_an_old_windows_program_is_read_as_thai(empty_manual):
    old = [("เก่า.txt", PROCESS_TEXT.encode("cp874"))]
    [file] = read_uploaded(old).documents
    assert "\n".join(texts_of(file.document.lines)) == "\n".join(
        line for line in PROCESS_TEXT.splitlines() if line.strip()
    )


def test_zip_of_a_folder_is_its_files_without_what_the_computer_put_there(empty_manual):
    raw = zipped(
        **{
            "คู่มือ/01.txt": PROCESS_TEXT,
            "คู่มือ/02.txt": SECOND,
            "__MACOSX/คู่มือ/._01.txt": "x",
            "คู่มือ/.DS_Store": "x",
            "คู่มือ/ภาพ.png": "x",
        }
    )
    read = read_uploaded([("คู่มือ.zip", raw)])
    assert [file.name for file in read.documents] == ["01.txt", "02.txt"]
    assert [file.name for file in read.unread] == ["ภาพ.png"]


def test_zip_that_unpacks_to_too_much_is_refused_whole(empty_manual, monkeypatch):
    monkeypatch.setattr(uploaded_files, "MAX_UNPACKED", 10_000)
    read = read_uploaded(
        [("ระเบิด.zip", zipped(**{"a.txt": PROCESS_TEXT, "b.txt": "ก" * 100_000}))]
    )
    assert (read.documents, [file.name for file in read.unread]) == ([], ["ระเบิด.zip"])


def test_zip_whose_data_is_damaged_is_told_like_one_that_cannot_be_opened(empty_manual):
    damaged = bytearray(zipped(**{"01.txt": PROCESS_TEXT}))
    begin = 30 + len("01.txt")  # behind the header of its first file
    damaged[begin : begin + 40] = b"\xff" * 40

    read = read_uploaded([("เสีย.zip", bytes(damaged))])

    assert ([file.name for file in read.unread], read.documents) == (["เสีย.zip"], [])
    assert "เปิดไฟล์ ZIP นี้ไม่ได้" in read.unread[0].message


def test_too_many_files_are_refused_together(empty_manual):
    many = [
        (f"{number}.txt", PROCESS_TEXT.encode())
        for number in range(uploaded_files.MAX_FILES + 1)
    ]
    with pytest.raises(FilesRefused, match="แบ่งส่งเป็นหลายครั้ง"):
        read_uploaded(many)


def test_too_many_processes_are_refused_together(empty_manual, monkeypatch):
    monkeypatch.setattr(uploaded_files, "MAX_PROCESSES", 1)
    with pytest.raises(FilesRefused, match="แบ่งส่งเป็นหลายครั้ง"):
        read_uploaded([("รวม.txt", (PROCESS_TEXT + SECOND).encode())])


def test_title_that_no_section_can_have_is_refused_by_name(empty_manual):
    [draft] = read_processes(
        PROCESS_TEXT.replace("\nการรับหนังสือราชการ\n2.", "\n" + "ยาว" * 101 + "\n2."), {}
    )
    assert [line.partition(" ยาวเกิน")[0] for line in draft.refusals] == ["ชื่อกระบวนงาน"]


def test_headers_of_the_second_process_of_a_file_are_its_own():
    first, second = read_processes(PROCESS_TEXT + "\n" + SECOND, {})
    assert (first.title, first.headers["doc_code"]) == ("การรับหนังสือราชการ", "OPM-01-01")
    assert (second.title, second.headers["doc_code"]) == (
        "การส่งหนังสือราชการ",
        "OPM-01-02",
    )
    alone = read_processes(PROCESS_TEXT, {})[0]
    assert (first.warnings, len(first.clauses)) == (alone.warnings, len(alone.clauses))


# -- the preview -----------------------------------------------------------------------------------------


def test_nothing_readable_stays_on_the_first_step(
    sign_in, drafter, empty_manual, var_dir
):
    response = send(sign_in(drafter), text_file("เรียน ผู้อำนวยการ", "จดหมาย.txt"))
    assert response.status_code == 422
    assert "ไม่มีไฟล์ที่อ่านได้" in words_of(response)
    assert "จดหมาย.txt ไม่พบหัวข้อ" in words_of(response)
    assert not var_dir.exists()


def test_no_file_says_so(sign_in, drafter, empty_manual):
    response = sign_in(drafter).post(UPLOAD, {})
    assert (response.status_code, "โปรดเลือกไฟล์" in words_of(response)) == (422, True)


def test_preview_shows_what_was_read_and_stores_nothing(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    damaged = PROCESS_TEXT.replace(
        "3. ขอบเขตของงาน\nครอบคลุมตั้งแต่การเปิดรับหนังสือจนถึงการส่งให้กลุ่มที่เกี่ยวข้อง\n", ""
    )
    sent = send(client, text_file(damaged), text_file("จดหมาย", "จดหมาย.txt"))
    assert sent.status_code == 303

    page = client.get(sent["Location"])

    words = words_of(page)
    assert "การรับหนังสือราชการ" in words
    assert "กระบวนงานใหม่ 16 ข้อ" in words
    assert "งานสารบรรณ (งานใหม่)" in words
    assert "ไม่พบส่วนที่ 3 ของกระบวนงาน" in words
    assert "อ่านไม่ได้ 1 ไฟล์" in words
    assert (Section.objects.count(), Clause.objects.count()) == (0, 0)


@pytest.mark.parametrize("verb", ["หมายถึง", "หมายความว่า"])
def test_preview_shows_a_definition_as_the_book_writes_it(
    sign_in, drafter, empty_manual, verb
):
    client = sign_in(drafter)
    text = PROCESS_TEXT.replace("หนังสือราชการ หมายถึง", f"หนังสือราชการ {verb}")
    page = preview_of(client, send(client, text_file(text))["Location"])

    assert f"หนังสือราชการ {verb} เอกสารที่เป็นหลักฐานในราชการ" in words_of(page)


@committed
def test_word_file_is_sent_seen_and_taken_like_a_text(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    inserted = '<w:ins w:id="1" w:author="สพป. หนึ่ง"><w:r><w:t>ทันที</w:t></w:r></w:ins>'
    raw = make_docx(
        [
            Paragraph("ชื่องาน (กระบวนงาน)", 1),
            Paragraph("การรับหนังสือราชการ"),
            Paragraph("วัตถุประสงค์", 1),
            Paragraph("เพื่อให้ส านักงานรับหนังสือถูกต้อง", 1, 1),
            Paragraph("", 1, 1, inner=f"<w:r><w:t>ส่งต่อ</w:t></w:r>{inserted}"),
        ],
        [[Level("thaiNumbers", "%1."), Level("thaiNumbers", "%1.%2")]],
        [Num()],
    )
    url = send(client, SimpleUploadedFile("คู่มือ.docx", raw))["Location"]
    assert "กำลังอ่านไฟล์" in words_of(client.get(url))
    assert worked_off().state == "done"
    rows = words_of(preview_of(client, url))
    assert "เพื่อให้สำนักงานรับหนังสือถูกต้อง" in rows
    assert "ส่งต่อทันที" in rows
    page = client.get(url)
    words = words_of(page)
    assert "ไฟล์มีการแก้ไขที่ติดตามไว้และข้อสังเกต 1 แห่ง" in words
    assert "อยู่ในผลการอ่านครบ 100 %" in words
    assert "โปรดเทียบก่อนและหลัง" in words
    [card] = page.context["cards"]
    assert [tuple(row)[1:] for row in card.noted] == [("เพิ่ม", "ทันที", "สพป. หนึ่ง")]
    assert [row.before for row in card.repairs] == ["เพื่อให้ส านักงานรับหนังสือถูกต้อง"]
    labels = preview_of(client, url).context["page"].cards
    assert {row.label for row in labels} == {"2.1", "2.2"}


def test_preview_says_what_a_revision_would_change(sign_in, drafter, process):
    client = sign_in(drafter)
    page = client.get(send(client, text_file(REVISED))["Location"])
    assert "ปรับปรุงจากในร่าง แก้ถ้อยคำ 1 ข้อ · ยกเลิก 1 ข้อ" in words_of(page)
    assert choices_of(page)["target-0"] == str(process.uuid)


def test_same_text_is_not_ticked(sign_in, drafter, process):
    client = sign_in(drafter)
    page = client.get(send(client, text_file(PROCESS_TEXT))["Location"])
    assert "เหมือนกับในร่างทุกข้อ" in words_of(page)
    assert "take-0" not in choices_of(page)


def test_other_choice_is_worked_out_anew_and_stores_nothing(sign_in, drafter, process):
    client = sign_in(drafter)
    url = send(client, text_file(REVISED))["Location"]
    choices = {**choices_of(client.get(url)), "target-0": "", "act": "preview"}

    page = client.post(url, choices)

    assert page.status_code == 200
    assert "กระบวนงานใหม่ 16 ข้อ" in words_of(page)
    assert Job.objects.count() == 0


def test_preview_costs_the_same_with_one_process_and_with_three(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)
    one = send(client, text_file(REVISED))["Location"]
    for title in ("การส่งหนังสือราชการ", "การยืมหนังสือราชการ"):
        text = PROCESS_TEXT.replace("การรับหนังสือราชการ", title)
        factories.make_process(process.manual, text, by=drafter)
    three = send(
        client,
        text_file(REVISED),
        text_file(REVISED.replace("การรับหนังสือราชการ", "การส่งหนังสือราชการ"), "2.txt"),
        text_file(REVISED.replace("การรับหนังสือราชการ", "การยืมหนังสือราชการ"), "3.txt"),
    )["Location"]
    urls = [one]
    assert_same_queries(11, lambda: client.get(urls[-1]), lambda: urls.append(three))


# -- taking in -------------------------------------------------------------------------------------------


@committed
def test_chosen_processes_are_taken_in_with_their_unit(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    url = send(client, text_file(PROCESS_TEXT + "\n" + SECOND))["Location"]

    asked = take(client, url, choices_of(client.get(url)))
    job = worked_off()

    assert (job.state, job.error) == ("done", "")
    sections = Section.objects.order_by("pk").values_list(
        "kind", "title", "parent__title"
    )
    assert list(sections) == [
        ("unit", "งานสารบรรณ", None),
        ("process", "การรับหนังสือราชการ", "งานสารบรรณ"),
        ("process", "การส่งหนังสือราชการ", "งานสารบรรณ"),
    ]
    assert asked["Location"] == f"{UPLOAD}reports/{job.uuid}/"
    report = client.get(asked["Location"])
    assert "นำเข้าแล้ว 2 กระบวนงาน" in words_of(report)
    assert f"/groups/DIR/drafts/{Section.objects.last().uuid}/" in markup(report)
    assert set(
        Act.objects.filter(code="text-changed").values_list("by__username", flat=True)
    ) == {"prayoon"}
    # The link of the second step leads on to the report, and the files are gone
    assert client.get(url)["Location"] == asked["Location"]


@committed
def test_revised_process_keeps_its_uuid_and_its_like_clauses(sign_in, drafter, process):
    client = sign_in(drafter)
    before = {
        clause.plain: clause.uuid for clause in Clause.objects.filter(section=process)
    }
    url = send(client, text_file(REVISED))["Location"]
    take(client, url, choices_of(client.get(url)))

    assert worked_off().state == "done"

    reworded = Clause.objects.live().get(
        section=process, plain__contains="ทุกชั่วโมงในเวลาราชการ"
    )
    assert reworded.uuid == before["เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง"]
    assert Clause.objects.filter(section=process, retired__isnull=False).count() == 1
    assert Section.objects.filter(kind="process").count() == 1


@committed
def test_one_process_that_cannot_be_taken_in_stops_all(sign_in, drafter, process):
    client = sign_in(drafter)
    url = send(client, text_file(SECOND, "1.txt"), text_file(REVISED, "2.txt"))[
        "Location"
    ]
    take(client, url, choices_of(client.get(url)))
    factories.make_clause(
        process, "ข้อที่เพิ่มเข้ามาระหว่างนั้น", by=drafter
    )  # before the worker comes

    job = worked_off()

    assert job.state == "failed"
    assert "มีผู้แก้ไข “การรับหนังสือราชการ”" in job.error
    assert not Section.objects.filter(title="การส่งหนังสือราชการ").exists()
    # The files wait on: the person looks again and takes them in
    assert client.get(url).status_code == 200


def test_change_since_the_preview_asks_to_look_again(sign_in, drafter, process):
    client = sign_in(drafter)
    url = send(client, text_file(REVISED))["Location"]
    choices = choices_of(client.get(url))
    factories.make_clause(process, "ข้อที่เพิ่มเข้ามาระหว่างนั้น", by=drafter)

    refused = take(client, url, choices)

    assert refused.status_code == 409
    assert "มีผู้แก้ไขกระบวนงานนี้หลังจากท่านเปิดหน้าตรวจ" in words_of(refused)
    assert take(client, url, choices_of(refused)).status_code == 303


def words_in(process) -> set[str]:
    return set(
        Clause.objects.live().filter(section=process).values_list("plain", flat=True)
    )


def reword(process, by, cite: str, words: str) -> None:
    clause = factories.clause_at(process, cite)
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=words),
        numbering=clause.numbering,
        by=by,
        reason="ตามหนังสือเวียน",
    )


@committed
@pytest.mark.parametrize("over", [False, True])
def test_stale_import_says_what_moved_and_keeps_it_unless_told_otherwise(
    sign_in, drafter, second_drafter, process, over
):
    client = sign_in(drafter)
    url = send(client, text_file(REVISED))["Location"]
    choices = choices_of(client.get(url))
    reword(process, second_drafter, "5.2", "ถ้อยคำที่เพื่อนร่วมงานเพิ่งแก้")

    refused = take(client, url, choices)

    told = words_of(refused)
    assert refused.status_code == 409
    assert second_drafter.get_full_name() in told
    assert "ข้อ 5.2" in told
    assert "ถ้อยคำที่เพื่อนร่วมงานเพิ่งแก้" in told
    assert "ตามหนังสือเวียน" in told
    assert "ไฟล์ที่ท่านส่งยังอยู่ครบ" in told
    again = choices_of(refused) | ({"over-0": "on"} if over else {})
    looked = client.post(url, again | {"act": "preview"})
    assert second_drafter.get_full_name() in words_of(looked)  # still told
    assert take(client, url, again).status_code == 303
    assert worked_off().state == "done"
    assert ("ถ้อยคำที่เพื่อนร่วมงานเพิ่งแก้" in words_in(process)) is not over


@committed
def test_import_that_was_overtaken_in_the_queue_leads_back_to_its_files(
    sign_in, drafter, second_drafter, process
):
    client = sign_in(drafter)
    url = send(client, text_file(REVISED))["Location"]
    report = take(client, url, choices_of(client.get(url)))["Location"]
    reword(process, second_drafter, "5.2", "ถ้อยคำที่เพื่อนร่วมงานเพิ่งแก้")
    assert worked_off().state == "failed"
    page = client.get(report)
    assert "ไฟล์ที่ส่งมายังอยู่" in words_of(page)
    preview = client.get(page.context["preview_url"])
    assert second_drafter.get_full_name() in words_of(preview)
    assert "ถ้อยคำที่เพื่อนร่วมงานเพิ่งแก้" in words_of(preview)


def test_process_of_the_same_title_since_the_preview_is_told_and_asked(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    url = send(client, text_file(PROCESS_TEXT))["Location"]
    choices = choices_of(client.get(url))
    made = factories.make_process(
        empty_manual, by=drafter
    )  # by another look at the same file

    refused = take(client, url, choices)

    assert refused.status_code == 409
    assert "มีผู้เพิ่มกระบวนงานชื่อเดียวกันนี้ในร่างหลังจากท่านเปิดหน้าตรวจ" in words_of(refused)
    assert f'value="{made.uuid}"' in markup(refused)
    assert Job.objects.count() == 0
    assert take(client, url, choices_of(refused)).status_code == 303  # seen, and wanted


@committed
def test_process_of_the_same_title_since_the_choice_stops_the_job(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    url = send(client, text_file(PROCESS_TEXT))["Location"]
    take(client, url, choices_of(client.get(url)))
    factories.make_process(empty_manual, by=drafter)  # before the worker comes

    job = worked_off()

    assert (job.state, "มีผู้เพิ่มกระบวนงานชื่อ “การรับหนังสือราชการ”" in job.error) == (
        "failed",
        True,
    )
    assert Section.objects.filter(kind="process").count() == 1


def test_nothing_ticked_and_two_for_one_process_are_refused(sign_in, drafter, process):
    client = sign_in(drafter)
    url = send(client, text_file(REVISED, "1.txt"), text_file(SECOND, "2.txt"))[
        "Location"
    ]
    choices = choices_of(client.get(url))

    nothing = take(
        client,
        url,
        {name: value for name, value in choices.items() if not name.startswith("take")},
    )
    twice = take(client, url, {**choices, "target-1": str(process.uuid)})

    assert (nothing.status_code, twice.status_code) == (422, 422)
    assert "โปรดเลือกกระบวนงานที่จะนำเข้าอย่างน้อยหนึ่งกระบวนงาน" in words_of(nothing)
    assert "เลือกปรับปรุงกระบวนงานเดียวกันนี้แล้ว" in words_of(twice)
    assert Job.objects.count() == 0


def test_text_with_characters_that_cannot_be_kept_is_refused_by_line(
    sign_in, drafter, empty_manual
):
    client = sign_in(drafter)
    url = send(
        client, text_file(PROCESS_TEXT.replace("5.2 ตรวจสอบ", "5.2 \ufffcตรวจสอบ"))
    )["Location"]
    page = client.get(url)
    choices = choices_of(page)

    assert "บรรทัดที่" in words_of(page)
    assert "take-0" not in choices
    refused = take(client, url, {**choices, "take-0": "on"})
    assert refused.status_code == 422
    assert "มีข้อความที่เก็บไม่ได้ โปรดแก้ไขไฟล์แล้วส่งใหม่" in words_of(refused)


def test_asked_twice_it_is_one_job(sign_in, drafter, empty_manual):
    client = sign_in(drafter)
    url = send(client, text_file(PROCESS_TEXT))["Location"]
    choices = choices_of(client.get(url))
    first, second = take(client, url, choices), take(client, url, choices)
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 1


def test_files_are_good_for_who_writes_the_manual_and_in_no_other_manual(
    sign_in, drafter, admin, empty_manual, fin_group
):
    client = sign_in(drafter)
    url = send(client, text_file(PROCESS_TEXT))["Location"]
    factories.make_manual(fin_group)
    assert sign_in(admin).get(url).status_code == 200
    factories.make_role(drafter, "drafter", group=fin_group)
    again = sign_in(User.objects.get(pk=drafter.pk))
    assert again.get(url.replace("/DIR/", "/FIN/")).status_code == 404


def test_title_that_another_process_has_is_told_before_it_is_taken_in(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    told = "ในร่างมีกระบวนงานชื่อเดียวกันนี้อยู่แล้ว"
    url = send(client, text_file(REVISED))["Location"]
    page = client.get(url)
    assert told not in words_of(page)  # it revises that one
    as_new = {**choices_of(page), "target-0": "", "act": "preview"}
    page = client.post(url, as_new)
    assert told in words_of(page)
    assert take(client, url, as_new).status_code == 409  # an older page
    assert (
        take(client, url, choices_of(page)).status_code == 303
    )  # warned, not forbidden
    spaced = SECOND.replace("การส่งหนังสือราชการ", "การส่ง หนังสือราชการ")
    both = send(client, text_file(SECOND, "1.txt"), text_file(spaced, "2.txt"))
    page = words_of(client.get(both["Location"]))
    assert "ไฟล์ที่ส่งมามีกระบวนงานชื่อเดียวกันนี้อีก (2.txt)" in page
    assert "ไฟล์ที่ส่งมามีกระบวนงานชื่อเดียวกันนี้อีก (1.txt)" in page
