"""Three offices' copies of one Word file come in, each under its own office, and are decided at the bench."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from comments.models import ChangeCause, Comment
from manuals.comparing.sides import Side
from manuals.word_export.exporting import WordOptions, export_word
from tests import factories
from tests.comments.returned_copies.word_files import (
    opened,
    paragraph_of,
    remark,
    saved,
    set_words,
    type_tracked,
)
from tests.journeys.test_circle import adopt, refuse

pytestmark = pytest.mark.django_db(transaction=True)

OFFICES = ("สพป.ลำปาง เขต 1", "สพป.ลำปาง เขต 2", "สพม.ลำปาง ลำพูน")


def test_three_offices_copies_in_and_decided(
    settings,
    tmp_path: Path,
    signed_in,
    work_off_jobs,
    session,
    process,
    facilitator,
    drafter,
):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    clause = factories.clause_at(process, "5.1")
    words = f"{clause.plain} ทุกวันทำการ"
    raw = export_word(Side(session.edition), WordOptions(group="DIR"))
    tracked, untracked, remarked = opened(raw), opened(raw), opened(raw)
    type_tracked(paragraph_of(tracked, clause.uuid), " ทุกวันทำการ")
    set_words(paragraph_of(untracked, clause.uuid), "เปิดระบบรับหนังสือวันละครั้ง")
    remark(remarked, paragraph_of(remarked, clause.uuid), "ใช้กับวันหยุดด้วยหรือไม่")
    files = []
    for name, document in zip(OFFICES, (tracked, untracked, remarked), strict=True):
        factories.make_office(name)
        files.append(
            {
                "name": f"{name}.docx",
                "mimeType": "application/octet-stream",
                "buffer": saved(document),
            }
        )

    page = signed_in(facilitator)
    page.goto(f"/sessions/{session.pk}/returned-copies/")
    page.locator("[type=file]").set_input_files(files)
    page.get_by_role("button", name="อ่านไฟล์").click()
    expect(page.locator("#progress")).to_be_visible()
    work_off_jobs()
    page.reload()
    # The names of the files are hints; who uploads them says whose they are
    offices = page.get_by_label("สพท. เจ้าของไฟล์")
    expect(offices).to_have_count(3)
    for number, name in enumerate(OFFICES):
        expect(offices.nth(number)).to_have_value(name)
    page.get_by_role("button", name="นำเข้าเป็นความคิดเห็นของ สพท.").click()
    expect(page.locator("#progress")).to_be_visible()
    work_off_jobs()
    page.reload()
    expect(page.locator("h1")).to_have_text("นำเข้าแล้ว 3 ไฟล์")
    said = {comment.office.short_name: comment for comment in Comment.objects.all()}
    assert {name: comment.type for name, comment in said.items()} == dict(
        zip(OFFICES, ("amend", "amend", "ask"), strict=True)
    )
    assert {comment.entry.uuid for comment in said.values()} == {clause.uuid}

    bench = signed_in(drafter)
    adopt(bench, said[OFFICES[0]])
    refuse(bench, said[OFFICES[1]])
    clause.refresh_from_db()
    assert clause.plain == words
    cause = ChangeCause.objects.get()
    assert cause.amendment.comment == said[OFFICES[0]]
    assert cause.change.to_blob_id == clause.sha
