"""What an edition and the working draft are as Word files: whose words, in which digits, with which pictures."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from lxml import etree

from hearing_portal.jobs.files import read_stored_file
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.thai.numbering import display_digits
from manuals.comparing.sides import Side
from manuals.content import PARTS, Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, Manual
from manuals.word.reading import read_docx
from manuals.word.writing import bookmark_of
from manuals.word_export.exporting import WordOptions, export_word, export_word_changes
from manuals.word_export.sources import NothingToExport
from tests import factories

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part_of(raw: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


def footer_of(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        [name] = [
            name
            for name in archive.namelist()
            if "footer" in name and "rels" not in name
        ]
        return archive.read(name).decode()


def bookmarked(raw: bytes) -> list[str]:
    """The UUIDs, as hexadecimal."""
    return re.findall(r'w:name="_portal_([0-9a-f]{32})"', part_of(raw))


def test_every_entry_of_an_edition_is_in_its_file_under_its_uuid(edition) -> None:
    raw = export_word(Side(edition), WordOptions())
    uuids = [entry.uuid.hex for entry in edition.entries.order_by("ordinal")]
    assert sorted(bookmarked(raw)) == sorted(uuids)


def test_headings_are_real_and_numbers_are_counted_in_the_digits_asked_for(
    edition,
) -> None:
    for digits, number_format in (("thai", "thaiNumbers"), ("arabic", "decimal")):
        raw = export_word(Side(edition), WordOptions(digits=digits))
        lines = read_docx(raw).lines
        headings = [(line.level, line.text) for line in lines if line.level]
        assert [text for level, text in headings if level == 3] == list(PARTS.values())
        assert (2, "การรับหนังสือราชการ") in headings
        formats = re.findall(
            r'w:numFmt w:val="(\w+)"', part_of(raw, "word/numbering.xml")
        )
        assert set(formats) <= {number_format, "thaiLetters", "bullet"}
        assert f'w:pgNumType w:fmt="{number_format}"' in part_of(raw)
        steps = next(line for line in lines if line.kind == "row" and "1" in line.text)
        assert steps.cells[0] == display_digits("1", digits) or digits == "thai"


def test_flow_chart_is_a_picture_that_tells_its_steps(edition) -> None:
    document = etree.fromstring(
        part_of(export_word(Side(edition), WordOptions())).encode()
    )
    [drawn] = [each for each in document.iter() if each.tag.endswith("}docPr")]
    step = Clause.objects.filter(kind="step").first()
    assert drawn.get("descr").startswith("ผังขั้นตอนการปฏิบัติงาน การรับหนังสือราชการ")
    assert step.plain.split("\n")[0] in drawn.get("descr")
    # It is drawn from the steps, so nobody is asked about it when the file comes back
    assert read_docx(export_word(Side(edition), WordOptions())).doubts == []


def test_words_keep_their_looks_and_tell_for_whom_they_are(process, admin) -> None:
    body = "ตรวจ<strong>ทุก<em>วัน</em></strong>ทำการ ม<sup>2</sup>"
    factories.make_clause(process, Text(body=body, applies_to="primary"))
    raw = export_word(Side(factories.make_edition(by=admin)), WordOptions())
    document = etree.fromstring(part_of(raw).encode())
    [paragraph] = [
        each
        for each in document.iter(f"{W}p")
        if "".join(each.itertext()) == "ตรวจทุกวันทำการ ม2 [เฉพาะ สพป.]"
    ]
    looks = []
    for run in paragraph.iter(f"{W}r"):
        marks = [mark.tag.removeprefix(W) for mark in run.iterfind(f"{W}rPr/*")]
        looks.append(("".join(run.itertext()), marks))
    assert looks == [
        ("ตรวจ", []),
        ("ทุก", ["b", "bCs"]),
        ("วัน", ["b", "bCs", "i", "iCs"]),
        ("ทำการ ม", []),
        ("2", ["vertAlign"]),
        (" [เฉพาะ สพป.]", []),
    ]


def test_pages_are_a4_and_lie_where_the_table_of_steps_is(edition) -> None:
    document = etree.fromstring(
        part_of(export_word(Side(edition), WordOptions())).encode()
    )
    sizes = []
    for size in document.iter(f"{W}pgSz"):
        sizes.append((size.get(f"{W}w"), size.get(f"{W}h")))
    assert sizes == [("11906", "16838"), ("16838", "11906")]
    body = document[0]
    tables = [number for number, each in enumerate(body) if each.tag == f"{W}tbl"]
    turns = [
        number
        for number, each in enumerate(body)
        if each.find(f".//{W}sectPr") is not None
    ]
    assert turns[0] < tables[-1]


def test_group_and_process_go_out_alone(process, fin_group, admin) -> None:
    other = factories.make_section(
        factories.make_manual(fin_group), "การยืมเงิน", kind="process"
    )
    factories.make_clause(other, "ตรวจสัญญาการยืมเงิน")
    edition = factories.make_edition(by=admin)
    of_group = export_word(Side(edition), WordOptions(group="FIN"))
    of_process = export_word(Side(edition), WordOptions(process=str(process.uuid)))
    assert "ตรวจสัญญาการยืมเงิน" in part_of(of_group)
    assert process.uuid.hex not in bookmarked(of_group)
    assert bookmarked(of_process)[0] == process.uuid.hex
    assert "ตรวจสัญญาการยืมเงิน" not in part_of(of_process)
    for options in (WordOptions(group="NONE"), WordOptions(process=str(admin.pk))):
        with pytest.raises(NothingToExport):
            export_word(Side(edition), options)


def test_working_draft_is_that_of_the_manuals_given(
    process, edition, fin_group, drafter
) -> None:
    secret = factories.make_section(
        factories.make_manual(fin_group), "การยืมเงินลับ", kind="process"
    )
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    manuals = list(Manual.objects.filter(key="DIR").select_related("work_group"))
    words = part_of(export_word(Side(None, manuals), WordOptions()))
    assert "แจ้งเตือนหนังสือค้าง" in words
    assert "วงเงินที่ยังไม่เปิดเผย" not in words
    # What is sealed is changed with a trace; a draft is the drafter's own
    settings = "word/settings.xml"
    draft = export_word(Side(None, manuals), WordOptions())
    sealed = export_word(Side(edition), WordOptions())
    assert "trackRevisions" not in part_of(draft, settings)
    assert "trackRevisions" in part_of(sealed, settings)


def test_changes_against_any_edition_are_tracked(
    process, clause, edition, fin_group, drafter, admin
) -> None:
    words = Text(body="ลงทะเบียนรับในระบบ")
    change = ReviseClause(clause, clause.lock_version, words)
    apply_changes(drafter, "edit", "", [change])
    factories.make_clause(process, "แจ้งเตือนหนังสือค้าง", by=drafter)
    manuals = list(Manual.objects.filter(key="DIR").select_related("work_group"))
    newer = factories.make_edition("FINAL-2565", kind="final", basis=edition, by=admin)
    for side in (Side(newer), Side(None, manuals)):
        raw = export_word_changes(Side(edition), side, WordOptions())
        assert "แจ้งเตือนหนังสือค้าง" in part_of(raw)
        changed = {line.bookmark for line in read_docx(raw).lines if line.changes}
        assert bookmark_of(clause.uuid) in changed
        assert f'w:author="{side.title}' in part_of(raw)
    # Backwards it is told what would be taken out
    raw = export_word_changes(Side(newer), Side(edition), WordOptions(group="DIR"))
    assert "<w:delText" in part_of(raw)
    with pytest.raises(NothingToExport):
        export_word_changes(Side(edition), Side(newer), WordOptions(group="FIN"))


def test_command_writes_the_file_and_tells_what_it_wrote(
    edition, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "เล่ม.docx"
    call_command("export_word", edition="HEARING-2565", out=out, json=True)
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["bytes"] == len(out.read_bytes())
    draft = {"edition": "working-draft", "group": "DIR", "out": out}
    call_command("export_word", **draft)
    assert "ร่างปัจจุบัน ณ วันที่" in part_of(out.read_bytes())
    call_command("export_word", against="HEARING-2565", **draft)
    assert "เทียบกับร่างรับฟังความคิดเห็น" in footer_of(out.read_bytes())


@pytest.mark.django_db(transaction=True)
def test_drafters_job_has_the_draft_of_their_own_groups(
    process, fin_group, drafter, files_dir
) -> None:
    secret = factories.make_section(
        factories.make_manual(fin_group), "การยืมเงินลับ", kind="process"
    )
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    params = {
        "edition": "working-draft",
        "group": "",
        "process": "",
        "process_title": "",
        "digits": "thai",
    }
    own = enqueue_job("export_word", params, drafter)
    other = enqueue_job("export_word", params | {"group": "FIN"}, drafter)
    run_pending_jobs()
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == ("done", "failed")
    assert own.result is not None
    words = part_of(read_stored_file(own.result))
    assert "การรับหนังสือราชการ" in words
    assert "วงเงินที่ยังไม่เปิดเผย" not in words
