"""แบบแสดงความคิดเห็น: an empty row below every clause, which is known again when the form comes back."""

import pytest
from django.core.management import call_command
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from comments.models import Comment
from comments.returned_copies.comment_form import COLUMNS, write_comment_form
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from manuals.source import uuid_in_answer
from manuals.word.reading import read_docx
from manuals.word_export.sources import NothingToExport
from tests import factories
from tests.comments.returned_copies.taking import read
from tests.comments.returned_copies.word_files import filled, opened, saved

pytestmark = pytest.mark.django_db


def test_every_clause_and_process_has_a_row_to_fill_in(edition, process) -> None:
    raw = write_comment_form(edition)
    asked = [
        entry.uuid
        for entry in edition.entries.order_by("ordinal")
        if entry.kind == "clause" or entry.uuid == process.uuid
    ]
    answers = {uuid: ["ขอแก้ไข", "ปรับ", "", ""] for uuid in asked}
    found = []
    for line in read_docx(filled(raw, answers)).lines:
        uuid = uuid_in_answer(line.bookmark)
        if uuid is not None:
            assert line.cells == ["ขอแก้ไข", "ปรับ", "", ""]
            found.append(uuid)
    assert sorted(found) == sorted(asked)


def test_hidden_row_that_was_filled_in_is_told(session, process, store) -> None:
    asked = factories.clause_at(process, "5.2").uuid
    raw = write_comment_form(session.edition, group="DIR")
    document = opened(filled(raw, {asked: ["ขอแก้ไข", "ปรับ", "", ""]}))
    for row in document.element.iter(qn("w:tr")):
        properties = row.get_or_add_trPr()
        properties.append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    [copy] = read(session, store, saved(document))
    told = [note for note in copy.returned.notes if "ซ่อนไว้ในไฟล์แต่ยังนำเข้า" in note]
    assert (len(told), [item.uuid for item in copy.returned.items]) == (1, [asked])
    assert copy.returned.spoken == 1


def test_rows_ask_what_the_official_form_asks(edition) -> None:
    document = read_docx(write_comment_form(edition, group="DIR"))
    rows = [line.cells for line in document.lines if line.kind == "row"]
    assert rows[:3] == [["สพท.", ""], ["ชื่อ-สกุล ผู้แทน", ""], ["ตำแหน่ง", ""]]
    assert [title for title, _ in COLUMNS] in rows
    # An empty row says nothing
    assert not [line for line in document.lines if uuid_in_answer(line.bookmark)]
    words = " ".join(line.text for line in document.lines)
    assert all(str(label) in words for label in Comment.Type.labels)
    assert "ข้อ ๕.๒" in words


def test_form_of_another_group_or_of_one_process(edition, process, tmp_path) -> None:
    with pytest.raises(NothingToExport):
        write_comment_form(edition, group="FIN")
    out = tmp_path / "แบบ.docx"
    call_command(
        "export_comment_form",
        edition="HEARING-2565",
        process=str(process.uuid),
        out=out,
    )
    assert process.title in [line.text for line in read_docx(out.read_bytes()).lines]


@pytest.mark.django_db(transaction=True)
def test_form_is_asked_for_where_word_files_are(
    sign_in, drafter, edition, files_dir
) -> None:
    client = sign_in(drafter)
    asked = {"group": "DIR", "digits": "thai", "variant": "form"}
    for refused in ({"edition": "working-draft"}, {"against": edition.pk}):
        page = client.post(
            "/exports/word/", {**asked, "edition": edition.pk, **refused}
        )
        assert page.status_code == 422
    client.post("/exports/word/", {**asked, "edition": edition.pk})
    run_pending_jobs()
    job = Job.objects.select_related("result").get()
    assert (job.state, job.result.name) == (
        "done",
        "แบบแสดงความคิดเห็น HEARING-2565 DIR.docx",
    )
    assert client.get(f"/jobs/{job.uuid}/file/").status_code == 200
