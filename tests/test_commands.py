"""The commands of the contract (README): what they print, what they do, how they refuse."""

import json
from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from manuals.editions.services.freezing import recompute_manifest_sha
from manuals.models import Clause, Edition, EditionEntry, Section
from tests import factories

pytestmark = pytest.mark.django_db

LOAN = """1. ชื่องาน (กระบวนงาน)
การยืมเงินราชการ
2. วัตถุประสงค์
2.1 เพื่อให้การยืมเงินเป็นไปตามระเบียบ
3. ขอบเขตของงาน
ตั้งแต่ยื่นสัญญาจนล้างลูกหนี้
4. คำจำกัดความ
ผู้ยืม หมายถึง ข้าราชการในสังกัด
5. ขั้นตอนการปฏิบัติงาน
5.1 ยื่นสัญญายืมเงิน
    ๑) แนบโครงการ
    ๒) แนบประมาณการ
5.2 เสนออนุมัติ
6. Flow Chart การปฏิบัติงาน
เริ่มต้น -> ยื่นสัญญายืมเงิน -> เสนออนุมัติ -> สิ้นสุด
7. แบบฟอร์มที่ใช้
7.1 สัญญายืมเงิน
8. เอกสาร/หลักฐานอ้างอิง
8.1 ระเบียบเบิกเงิน
9. แบบสรุปมาตรฐานงาน
ที่ | ผังขั้นตอน | รายละเอียดงาน | เวลาดำเนินการ | มาตรฐานคุณภาพงาน | ผู้รับผิดชอบ | หมายเหตุ | ระบบที่ใช้ | ขั้นต่อไป
1 | เริ่มต้น | ยื่นสัญญายืมเงิน | 10 นาที | เอกสารครบ | ผู้ยืม | | |
2 | สิ้นสุด | เสนออนุมัติ | 1 วันทำการ | ภายในกำหนด | เจ้าหน้าที่การเงิน | | e-GP |
"""


def run(*words: str) -> dict | list:
    """The JSON value a command prints last."""
    out = StringIO()
    call_command(*words, stdout=out)
    return json.loads(out.getvalue().strip().splitlines()[-1])


@pytest.fixture
def loan_file(tmp_path: Path) -> Path:
    path = tmp_path / "loan.txt"
    path.write_text(LOAN, encoding="utf-8")
    return path


def test_dry_run_shows_what_was_read_and_stores_nothing(manual, admin, loan_file):
    result = run(
        "import_manual", str(loan_file), "--group", "DIR", "--dry-run", "--json"
    )

    assert result["sections"][0]["title"] == "การยืมเงินราชการ"
    assert [
        (c["part"], c["label"], c["kind"], c["text"])
        for c in result["sections"][0]["clauses"]
    ] == [
        (2, "2.1", "text", "เพื่อให้การยืมเงินเป็นไปตามระเบียบ"),
        (3, "", "text", "ตั้งแต่ยื่นสัญญาจนล้างลูกหนี้"),
        (4, "", "definition", "ผู้ยืม หมายถึง ข้าราชการในสังกัด"),
        (5, "5.1", "text", "ยื่นสัญญายืมเงิน"),
        (5, "1)", "text", "แนบโครงการ"),
        (5, "2)", "text", "แนบประมาณการ"),
        (5, "5.2", "text", "เสนออนุมัติ"),
        (7, "7.1", "form", "สัญญายืมเงิน"),
        (8, "8.1", "reference", "ระเบียบเบิกเงิน"),
        (9, "1", "step", "ยื่นสัญญายืมเงิน"),
        (9, "2", "step", "เสนออนุมัติ"),
    ]
    assert (result["repairs"], result["refusals"]) == ([], [])
    assert Section.objects.count() == 0


def test_import_stores_what_the_dry_run_showed_and_again_revises_it(
    manual, admin, loan_file
):
    first = run("import_manual", str(loan_file), "--group", "DIR", "--json")
    section = Section.objects.get(kind="process")
    stored = list(
        Clause.objects.live().filter(section=section).values_list("uuid", flat=True)
    )
    loan_file.write_text(
        LOAN.replace("5.2 เสนออนุมัติ", "5.2 เสนออนุมัติต่อผู้มีอำนาจ"), encoding="utf-8"
    )
    run("import_manual", str(loan_file), "--group", "DIR", "--json")

    section.refresh_from_db()
    assert len(first["sections"][0]["clauses"]) == len(stored) == 11
    assert set(
        Clause.objects.live().filter(section=section).values_list("uuid", flat=True)
    ) == set(stored)
    assert Clause.objects.filter(plain="เสนออนุมัติต่อผู้มีอำนาจ", part=5).exists()


@pytest.mark.parametrize(
    ("name", "raw", "words", "status", "says"),
    [
        ("a.odt", b"PK", [], 2, "LibreOffice"),
        ("a.docx", b"PK", [], 1, "Word"),
        ("a.pdf", b"%PDF", [], 1, "PDF"),
        ("a.txt", "ไม่มีหัวข้อ".encode(), [], 1, "เก้าส่วน"),
        ("a.txt", "1. Tâche".encode("latin-1"), [], 1, "UTF-8"),
        ("a.txt", LOAN.encode(), ["--edition", "OLD"], 2, "จดหมายเหตุ"),
        ("a.txt", LOAN.encode(), ["--archival"], 2, "จดหมายเหตุ"),
    ],
)
def test_import_refuses_in_thai_with_a_status(
    manual, admin, tmp_path, name, raw, words, status, says
):
    path = tmp_path / name
    path.write_bytes(raw)

    with pytest.raises(CommandError, match=says) as refused:
        run("import_manual", str(path), "--group", "DIR", "--json", *words)

    assert refused.value.returncode == status
    assert Section.objects.count() == 0


def test_tracked_changes_and_remarks_of_a_word_file_are_told(manual, admin, tmp_path):
    document = docx.Document()
    for line in ("1. ชื่องาน (กระบวนงาน)", "การยืม", "5. ขั้นตอนการปฏิบัติงาน"):
        document.add_paragraph(line)
    paragraph = document.add_paragraph("5.1 ยื่นคำขอ")
    document.add_comment(paragraph.runs[0], text="ยื่นที่ใด", author="สพป. สอง")
    author = 'w:id="9" w:author="สพป. หนึ่ง" w:date="2026-11-01T09:00:00Z"'
    for change in (
        f"<w:ins {nsdecls('w')} {author}><w:r><w:t>ยืม</w:t></w:r></w:ins>",
        f"<w:del {nsdecls('w')} {author}><w:r><w:delText>เงิน</w:delText></w:r></w:del>",
    ):
        paragraph._p.append(parse_xml(change))
    gone = document.add_paragraph("")
    gone._p.append(parse_xml(change.replace("เงิน", "ทั้งย่อหน้า")))
    path = tmp_path / "loan.docx"
    document.save(str(path))

    command = ("import_manual", str(path), "--group", "DIR", "--dry-run")
    told = run(*command, "--json")
    assert [
        (each["kind"], each["words"], each["author"]) for each in told["changes"]
    ] == [
        ("ins", "ยืม", "สพป. หนึ่ง"),
        ("del", "เงิน", "สพป. หนึ่ง"),
        ("del", "ทั้งย่อหน้า", "สพป. หนึ่ง"),
    ]
    [note] = told["margin_notes"]
    assert (note["words"], note["author"]) == ("ยื่นที่ใด", "สพป. สอง")
    out = StringIO()
    call_command(*command, stdout=out)
    for words in ("เพิ่ม “ยืม” โดย สพป. หนึ่ง", "ตัด “เงิน”", "ข้อสังเกต “ยื่นที่ใด”"):
        assert words in out.getvalue()


def test_text_that_cannot_be_kept_is_refused_whole(manual, admin, loan_file):
    loan_file.write_text(
        LOAN.replace("แนบโครงการ", "แนบโครงการ\ufffc"), encoding="utf-8"
    )

    with pytest.raises(CommandError, match="U\\+FFFC"):
        run("import_manual", str(loan_file), "--group", "DIR", "--json")

    assert Section.objects.count() == 0


def test_freeze_lists_and_exports_an_edition(process, admin, tmp_path):
    frozen = run("freeze_edition", "2565-D9", "--kind", "hearing", "--json")
    listed = run("list_editions", "--json")
    call_command(
        "export_edition",
        "2565-D9",
        "--format",
        "json",
        "--out",
        str(tmp_path / "e.json"),
        stdout=StringIO(),
    )
    exported = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))

    edition = Edition.objects.get(code="2565-D9")
    assert [row["code"] for row in listed] == ["2565-D9"]
    assert (
        frozen["manifest_sha"]
        == listed[0]["manifest_sha"]
        == recompute_manifest_sha(edition)
    )
    assert frozen["counts"]["clause"] == Clause.objects.live().count()
    assert [entry["uuid"] for entry in exported["entries"]] == [
        str(uuid)
        for uuid in edition.entries.order_by("ordinal").values_list("uuid", flat=True)
    ]


def test_freezing_under_a_taken_code_changes_nothing(process, admin):
    run("freeze_edition", "2565-D9", "--kind", "hearing", "--json")
    entries = EditionEntry.objects.count()

    with pytest.raises(CommandError, match="2565-D9"):
        run("freeze_edition", "2565-D9", "--kind", "final", "--json")

    assert EditionEntry.objects.count() == entries


def test_answers_and_release_say_what_is_missing(comment, edition, admin):
    final = factories.make_edition("F1", kind="final", by=admin)
    out = StringIO()
    with pytest.raises(CommandError, match="1 เรื่อง"):
        call_command("publish_answers", "--group", "DIR", "--json", stdout=out)
    blockers = json.loads(out.getvalue())["blockers"]
    release = StringIO()
    with pytest.raises(CommandError):
        call_command("release_edition", "F1", "--json", stdout=release)

    assert [blocker["kind"] for blocker in blockers] == ["unanswered"]
    assert "unpublished" in {
        blocker["kind"] for blocker in json.loads(release.getvalue())["blockers"]
    }
    assert final.releases.count() == 0


def test_what_comes_later_is_said_clearly(edition, tmp_path):
    out = str(tmp_path / "b.pdf")
    words = ("--edition", edition.code, "--out", out, "--for", "primary")
    with pytest.raises(CommandError, match="รุ่นนี้ยัง") as refused:
        call_command("export_book", *words, stdout=StringIO())
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_freezing_a_final_edition_tells_what_is_missing_and_goes_on(
    unit, process, admin
):
    factories.make_section(title="การส่งหนังสือ", kind="process", parent=unit, by=admin)
    told = StringIO()

    call_command(
        "freeze_edition",
        "2565-F",
        "--kind",
        "final",
        "--json",
        stdout=StringIO(),
        stderr=told,
    )

    assert "ยังเหลือ 1 เรื่อง" in told.getvalue()
    assert "การส่งหนังสือ ยังขาด" in told.getvalue()
    assert Edition.objects.get(code="2565-F").sealed_at is not None
