"""The kinds of clauses that are more than words: tables, forms and figures with their files, citations by name."""

import os
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hearing_portal.jobs.models import StoredFile
from hearing_portal.thai.markup import write_reference
from hearing_portal.web.choices import Option
from manuals.content import Figure, Form, Reference, Table, Text
from manuals.drafting.services.structure import retire_clause
from manuals.models import Citation, Clause
from manuals.tasks import sweep_unsaved_files
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "เขียนให้ครบ"


def new_url(process) -> str:
    return f"/groups/DIR/drafts/{process.uuid}/clauses/new/"


def edit_url(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"


def as_shown(answer) -> dict[str, str]:
    """The form as the page shows it, ready to be sent."""
    form, page = answer.context["form"], answer.context["page"]
    shown = {bound.html_name: bound.value() for bound in form if bound.name != "upload"}
    return {
        name: "" if value is None else value
        for name, value in (shown | dict(page.hidden)).items()
    } | {"reason": REASON}


# --- tables


def test_table_is_made_cell_by_cell(sign_in, drafter, process):
    client = sign_in(drafter)
    answer = client.get(new_url(process), {"part": "5", "kind": "table"}, follow=True)
    assert (
        len(answer.context["form"].heads) == len(answer.context["form"].table_rows) == 2
    )
    typed = as_shown(answer) | {
        "words-column:c1": "ประเภท",
        "words-cell:r1:c1": "ด่วน",
        "act": "add-column",
    }
    answer = client.post(new_url(process), typed)
    answer = client.post(new_url(process), as_shown(answer) | {"act": "add-row"})
    answer = client.post(new_url(process), as_shown(answer) | {"act": "cut-column:c2"})
    form = answer.context["form"]
    assert (len(form.heads), len(form.table_rows)) == (2, 3)
    assert form["words-cell:r1:c1"].value() == "ด่วน"
    assert not Clause.objects.filter(kind="table").exists()

    third = form.heads[1][0]
    data = as_shown(answer) | {
        f"words-column:{third}": "เวลา",
        f"words-cell:r2:{third}": "1 วัน",
    }
    assert client.post(new_url(process), data).status_code == 303
    content = Clause.objects.get(kind="table").content
    last = form.table_rows[2].id
    assert content == Table(
        columns=[{"id": "c1", "title": "ประเภท"}, {"id": third, "title": "เวลา"}],
        rows=[
            {"id": "r1", "cells": {"c1": "ด่วน"}},
            {"id": "r2", "cells": {third: "1 วัน"}},
            {"id": last, "cells": {}},
        ],
    )


@pytest.fixture
def table(process, drafter) -> Clause:
    columns = [{"id": "a", "title": "ประเภท"}, {"id": "b", "title": "เวลา"}]
    rows = [
        {"id": "x", "cells": {"a": "ด่วน", "b": "1 วัน"}},
        {"id": "y", "cells": {"a": "ปกติ"}},
    ]
    return factories.make_clause(
        process, Table(columns=columns, rows=rows), part=5, by=drafter
    )


def test_page_and_note_name_the_field_that_holds_references_and_emphasis(
    sign_in, drafter, table, clause
):
    """A cell holds neither: what is told of it must work."""
    client = sign_in(drafter)
    page = client.get(edit_url(table))
    shown = markup(page)
    assert "ตามที่พิมพ์ในช่อง “ข้อความเหนือตาราง”" in shown
    assert "ช่องอื่นเน้นคำไม่ได้" in shown
    assert "แทรกในช่อง “ข้อความเหนือตาราง”" in shown
    typed = as_shown(page)
    cell = next(name for name in typed if name.startswith("words-cell:"))
    act = {"act": "bold", "emphasis_words": "ด่วน", cell: "ด่วน ตามข้อ 5.1"}
    answer = markup(client.post(edit_url(table), typed | act))
    assert "ไม่พบ “ด่วน” ในช่อง “ข้อความเหนือตาราง”" in answer
    sent = typed | {cell: "ด่วน ตามข้อ 5.1"}
    told = markup(client.post(edit_url(table), sent, follow=True))
    assert "ข้อ 5.1 เขียนไว้นอกช่อง “ข้อความเหนือตาราง”" in told

    alone = markup(client.get(edit_url(clause)))
    assert "ตามที่พิมพ์ในช่อง “ถ้อยคำ”" in alone
    assert "ช่องอื่น" not in alone


def test_cells_of_two_people_are_merged(sign_in, drafter, second_drafter, table):
    mine, theirs = sign_in(drafter), sign_in(second_drafter)
    read = as_shown(mine.get(edit_url(table)))
    assert (
        theirs.post(edit_url(table), read | {"words-cell:y:b": "3 วัน"}).status_code
        == 303
    )
    answer = mine.post(edit_url(table), read | {"words-cell:x:b": "2 วัน"})
    assert answer.status_code == 409
    merged = answer.context["conflict"].merged
    assert [row["cells"] for row in merged.rows] == [
        {"a": "ด่วน", "b": "2 วัน"},
        {"a": "ปกติ", "b": "3 วัน"},
    ]


def test_table_left_with_another_shape_comes_back_so(sign_in, drafter, table):
    client = sign_in(drafter)
    grown = client.post(
        edit_url(table), as_shown(client.get(edit_url(table))) | {"act": "add-row"}
    )
    client.post(edit_url(table), as_shown(grown) | {"keep": "1"})
    assert len(client.get(edit_url(table)).context["form"].table_rows) == 3


def test_last_row_is_not_cut(sign_in, drafter, table):
    client = sign_in(drafter)
    answer = client.post(
        edit_url(table), as_shown(client.get(edit_url(table))) | {"act": "cut-row:y"}
    )
    answer = client.post(edit_url(table), as_shown(answer) | {"act": "cut-row:x"})
    assert [row.id for row in answer.context["form"].table_rows] == ["x"]


# --- files


def damaged(length: int | None = None) -> SimpleUploadedFile:
    """A picture cut off behind `length` bytes, or one whose head tells another size than it has."""
    raw = bytearray(factories.make_picture())
    if length is None:
        raw[16:24] = (60_000).to_bytes(4) * 2
    return SimpleUploadedFile("ผัง.png", bytes(raw[:length]))


def vast() -> SimpleUploadedFile:
    """Whole, of one colour, and of more points than are taken."""
    raw = BytesIO()
    Image.new("1", (7_500, 7_500)).save(raw, "PNG")
    return SimpleUploadedFile("ผัง.png", raw.getvalue())


def picture(kind: str = "PNG") -> SimpleUploadedFile:
    raw = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(raw, kind)
    return SimpleUploadedFile("ผัง.png", raw.getvalue())


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("แบบที่ 13.pdf", b"%PDF-1.7 form")


def document(name: str) -> SimpleUploadedFile:
    """A DOCX, whatever it is called."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return SimpleUploadedFile(name, raw.getvalue())


def begun(client, process, kind: str, part: str) -> dict[str, str]:
    return as_shown(
        client.get(new_url(process), {"part": part, "kind": kind}, follow=True)
    )


def test_form_is_saved_with_its_file_which_readers_open(
    sign_in, drafter, expert, stranger, process
):
    client = sign_in(drafter)
    data = begun(client, process, "form", "7") | {
        "words-text": "ทะเบียนหนังสือรับ",
        "upload": pdf(),
    }
    assert client.post(new_url(process), data).status_code == 303
    form = Clause.objects.filter(kind="form").order_by("-pk").first()
    file = StoredFile.objects.get()
    assert isinstance(form.content, Form)
    assert form.content.file == file.sha
    url = f"/clauses/{form.uuid}/files/{file.sha}/"
    assert f'href="{url}"' in markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    opened = sign_in(expert).get(url)
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert opened["Content-Disposition"].startswith("attachment")
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 form"
    assert sign_in(stranger).get(url).status_code == 404


def test_figure_needs_words_for_who_cannot_see_it_and_its_file_is_not_sent_again(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    data = begun(client, process, "figure", "5") | {
        "words-caption": "ภาพที่ 1",
        "upload": picture(),
    }
    refused = client.post(new_url(process), data)
    assert refused.status_code == 422
    assert "โปรดกรอกคำอธิบายแทนภาพ" in refused.content.decode()
    again = as_shown(refused) | {"words-alt": "ผังที่ตั้งสำนักงาน"}
    assert client.post(new_url(process), again).status_code == 303
    figure = Clause.objects.get(kind="figure")
    assert isinstance(figure.content, Figure)
    assert figure.content.file == StoredFile.objects.get().sha
    shown = client.get(f"/clauses/{figure.uuid}/files/{figure.content.file}/")
    assert (shown["Content-Type"], "attachment" in shown["Content-Disposition"]) == (
        "image/png",
        False,
    )
    assert 'alt="ผังที่ตั้งสำนักงาน"' in markup(
        client.get(f"/groups/DIR/drafts/{process.uuid}/")
    )


@pytest.mark.parametrize(
    ("kind", "part", "upload", "told"),
    [
        ("figure", "5", pdf(), "ภาพต้องเป็นไฟล์ PNG หรือ JPEG"),
        (
            "form",
            "7",
            SimpleUploadedFile("แบบ.pdf", b"<script>"),
            "ต้องเป็นไฟล์ PDF, DOCX, PNG หรือ JPEG",
        ),
        (
            "form",
            "7",
            SimpleUploadedFile("แบบ.pdf", b"%PDF-" + b"0" * 10 * 1024 * 1024),
            "ไฟล์ใหญ่เกิน 10 MB",
        ),
        ("form", "7", SimpleUploadedFile("แบบ.pdf", b""), "ไฟล์นี้ว่าง ไม่มีเนื้อหา"),
        ("figure", "5", SimpleUploadedFile("ผัง.png", b""), "โปรดเลือกไฟล์ PNG หรือ JPEG"),
        ("figure", "5", document("ผัง.png"), "ภาพต้องเป็นไฟล์ PNG หรือ JPEG"),
        ("figure", "5", damaged(60), "เปิดภาพ “ผัง.png” ไม่ได้"),
        ("form", "7", damaged(60), "เปิดภาพ “ผัง.png” ไม่ได้"),
        ("figure", "5", damaged(), "ภาพใหญ่เกิน 50 ล้านจุด"),
        ("figure", "5", vast(), "ภาพใหญ่เกิน 50 ล้านจุด"),
        ("form", "7", document("แบบ.png"), "มีเนื้อหาเป็น DOCX แต่ชื่อไฟล์ลงท้ายเป็นชนิดอื่น"),
        ("form", "7", document("แบบ.png"), "เลือกไฟล์ PDF, DOCX, PNG หรือ JPEG"),
    ],
    ids=[
        "document as figure",
        "page as document",
        "too large",
        "empty form",
        "empty figure",
        "renamed document as figure",
        "half a figure",
        "half a picture as form",
        "figure with another size in its head",
        "figure of too many points",
        "renamed document",
        "what is taken instead",
    ],
)
def test_file_that_is_not_taken_is_told_and_the_text_stays(
    sign_in, drafter, process, kind, part, upload, told
):
    client = sign_in(drafter)
    upload.seek(0)
    first = "words-alt" if kind == "figure" else "words-text"
    answer = client.post(
        new_url(process),
        begun(client, process, kind, part) | {first: "พิมพ์ไว้แล้ว", "upload": upload},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "พิมพ์ไว้แล้ว" in page
    assert not StoredFile.objects.exists()


def test_all_that_a_figure_lacks_is_told_at_once(sign_in, drafter, process):
    client = sign_in(drafter)
    data = begun(client, process, "figure", "5") | {
        "words-caption": "ก" * 20_001,
        "reason": "",
        "upload": document("ผัง.png"),
    }
    answer = client.post(new_url(process), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in (
        "ภาพต้องเป็นไฟล์ PNG หรือ JPEG",
        "โปรดกรอกคำอธิบายแทนภาพ",
        "ยาว",
        "โปรดระบุเหตุผลหรือสิ่งที่แก้",
    ):
        assert told in page, told


def test_file_that_is_never_saved_is_swept_after_a_month(
    sign_in, drafter, process, settings
):
    client = sign_in(drafter)
    first = begun(client, process, "form", "7") | {"words-text": "", "upload": pdf()}
    refused = client.post(new_url(process), first)
    assert refused.status_code == 422
    assert not StoredFile.objects.exists()
    waiting = Path(settings.FILES_DIR) / "waiting"
    [file] = [path for path in waiting.iterdir() if path.suffix == ""]

    sweep_unsaved_files()
    assert file.exists()
    month_ago = time.time() - 31 * 24 * 60 * 60
    for path in waiting.iterdir():
        os.utime(path, (month_ago, month_ago))
    sweep_unsaved_files()
    assert list(waiting.iterdir()) == []

    answer = client.post(
        new_url(process), as_shown(refused) | {"words-text": "ทะเบียน", "reason": "เพิ่ม"}
    )
    assert answer.status_code == 422
    assert "โปรดเลือกไฟล์อีกครั้ง" in answer.content.decode()


def test_file_of_somebody_else_is_not_had_by_naming_it(sign_in, drafter, process):
    secret = factories.make_stored_file(b"%PDF-1.7 secret")
    client = sign_in(drafter)
    data = begun(client, process, "form", "7") | {
        "words-text": "แบบ",
        "file": secret.sha,
    }
    assert client.post(new_url(process), data).status_code == 303
    assert Clause.objects.filter(kind="form").order_by("-pk").first().content.file == ""


def test_file_is_taken_off(sign_in, drafter, process):
    form = factories.make_clause(
        process, Form(name="แบบ", file="a" * 64), part=7, by=drafter
    )
    client = sign_in(drafter)
    dropped = client.post(
        edit_url(form), as_shown(client.get(edit_url(form))) | {"act": "drop-file"}
    )
    assert client.post(edit_url(form), as_shown(dropped)).status_code == 303
    form.refresh_from_db()
    assert form.content.file == ""


# --- laws by their name

PASTED = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ และที่แก้ไขเพิ่มเติม"


@pytest.fixture
def saraban():
    title = "ระเบียบสำนักนายกรัฐมนตรี ว่าด้วยงานสารบรรณ พ.ศ. 2526"
    return factories.make_legal_source(
        "ระเบียบงานสารบรรณ 2526", key="saraban", full_title=title
    )


def test_law_is_found_by_its_pasted_name_and_taken_by_a_button(
    sign_in, drafter, process, saraban
):
    client = sign_in(drafter)
    data = begun(client, process, "reference", "8") | {
        "law_words": PASTED,
        "act": "find-law",
    }
    found = client.post(new_url(process), data)
    assert list(found.context["law"].found) == [saraban]
    assert f"พบ {saraban.full_title}" in " ".join(found.content.decode().split())
    taken = client.post(new_url(process), as_shown(found) | {"act": "take-law:saraban"})
    assert taken.context["form"]["words-text"].value() == PASTED
    assert client.post(new_url(process), as_shown(taken)).status_code == 303
    assert Citation.objects.get(source=saraban).clause.content.as_cited == PASTED


def test_pasted_name_alone_is_enough(sign_in, drafter, process, saraban):
    client = sign_in(drafter)
    data = begun(client, process, "reference", "8") | {
        "law_words": PASTED,
        "locator": "ข้อ 35",
    }
    assert client.post(new_url(process), data).status_code == 303
    citation = Citation.objects.get(source=saraban)
    assert (citation.locator, citation.clause.content.as_cited) == ("ข้อ 35", PASTED)


def test_name_of_no_law_is_kept_as_words(sign_in, drafter, process, saraban):
    client = sign_in(drafter)
    words = "หนังสือเวียนภายในที่ไม่มีในทะเบียน"
    looked = client.post(
        new_url(process),
        begun(client, process, "reference", "8")
        | {"law_words": words, "act": "find-law"},
    )
    assert "ไม่พบชื่อนี้ในทะเบียนกฎหมาย" in looked.content.decode()
    assert client.post(new_url(process), as_shown(looked)).status_code == 303
    kept = Clause.objects.filter(kind="reference").order_by("-pk").first().content
    assert (kept.as_cited, kept.source) == (words, "")


def test_repealed_law_warns_with_what_is_in_force_instead(sign_in, drafter, process):
    old, middle, new = (
        factories.make_legal_source(
            f"ระเบียบพัสดุ {year}", key=str(year), year_be=year, status=status
        )
        for year, status in ((2535, "repealed"), (2549, "repealed"), (2560, "in_force"))
    )
    factories.make_legal_succession(old, middle)
    factories.make_legal_succession(middle, new)
    client = sign_in(drafter)
    data = begun(client, process, "reference", "8") | {
        "source": old.key,
        "words-text": "ระเบียบพัสดุ",
        "act": "find-law",
    }
    warned = client.post(new_url(process), data)
    assert list(warned.context["law"].successors) == [new]
    assert "ระเบียบพัสดุ 2535 ยกเลิกแล้ว" in warned.content.decode()
    taken = client.post(
        new_url(process), as_shown(warned) | {"act": f"take-law:{new.key}"}
    )
    assert taken.context["form"]["source"].value() == new.key


def test_clause_left_open_keeps_its_shape_and_subject(sign_in, drafter, process):
    client = sign_in(drafter)
    subject = str(uuid4())
    data = begun(client, process, "table", "5") | {"subject": subject, "act": "add-row"}
    grown = client.post(new_url(process), data)
    client.post(new_url(process), as_shown(grown) | {"keep": "1"})
    back = client.get(new_url(process), {"subject": subject})
    assert len(back.context["form"].table_rows) == 3


# --- cross-references


def test_reference_is_put_in_and_follows_renumbering(sign_in, drafter, process, clause):
    target = factories.clause_at(process, "5.3")
    client = sign_in(drafter)
    insert = {"reference_target": str(target.uuid), "act": "insert-reference"}
    typed = as_shown(client.get(edit_url(clause))) | {"words-text": "ดำเนินการตาม"}
    placed = client.post(edit_url(clause), typed | insert)
    assert placed.context["form"]["words-text"].value() == "ดำเนินการตาม ⟦1⟧"
    [(mark, words)] = placed.context["references"].legend
    assert (mark, words.startswith("ข้อ 5.3 ")) == ("⟦1⟧", True)
    again = client.post(
        edit_url(clause),
        as_shown(placed)
        | {"reference_target": str(target.uuid), "act": "insert-reference"},
    )
    assert again.context["form"]["words-text"].value() == "ดำเนินการตาม ⟦1⟧ ⟦1⟧"
    assert client.post(edit_url(clause), as_shown(placed)).status_code == 303
    clause.refresh_from_db()
    assert clause.body == f'ดำเนินการตาม <span data-ref="{target.uuid}"></span>'

    draft = f"/groups/DIR/drafts/{process.uuid}/"
    assert "ดำเนินการตาม ข้อ 5.3" in words_of(client.get(draft))
    first = factories.clause_at(process, "5.1")
    retire_clause(first, first.lock_version, by=drafter, reason="ซ้ำ")
    assert "ดำเนินการตาม ข้อ 5.2" in words_of(client.get(draft))


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode()).split())


def test_reference_to_another_section_is_numbered_as_in_the_draft(
    sign_in, drafter, process, clause, unit
):
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    target = factories.make_clause(other, "ตรวจชื่อผู้รับ", part=5, by=drafter)
    client = sign_in(drafter)
    shown = client.post(
        edit_url(clause),
        as_shown(client.get(edit_url(clause)))
        | {"reference_section": str(other.uuid), "act": "show-section"},
    )
    assert shown.context["references"].clauses == [
        Option(str(target.uuid), "ข้อ 5.1 ตรวจชื่อผู้รับ")
    ]
    data = as_shown(shown) | {
        "words-text": "ตาม",
        "reference_target": str(target.uuid),
        "act": "insert-reference",
    }
    placed = client.post(edit_url(clause), data)
    assert client.post(edit_url(clause), as_shown(placed)).status_code == 303
    page = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert f'href="/groups/DIR/drafts/{other.uuid}/#c-{target.uuid.hex[:8]}"' in page


def test_reference_of_mine_stays_when_my_words_are_taken_after_a_conflict(
    sign_in, drafter, second_drafter, process, clause
):
    one, two = factories.clause_at(process, "5.1"), factories.clause_at(process, "5.3")
    mine, theirs = sign_in(drafter), sign_in(second_drafter)
    read = as_shown(mine.get(edit_url(clause)))
    their_words = read | {"words-text": "ของเขาตาม⟦1⟧", "references": str(one.uuid)}
    assert theirs.post(edit_url(clause), their_words).status_code == 303
    data = read | {"words-text": "ของฉันตาม⟦1⟧", "references": str(two.uuid)}
    assert mine.post(edit_url(clause), data).status_code == 409
    taken = mine.post(edit_url(clause), data | {"take": "mine"})
    assert taken.context["form"]["words-text"].value() == "ของฉันตาม⟦2⟧"  # ⟦1⟧ is theirs
    assert mine.post(edit_url(clause), as_shown(taken)).status_code == 303
    clause.refresh_from_db()
    assert clause.body == f'ของฉันตาม<span data-ref="{two.uuid}"></span>'


def test_reference_is_picked_from_the_own_process_first_and_never_to_itself(
    sign_in, drafter, process, clause, unit
):
    client = sign_in(drafter)
    bare = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    help_of_new = client.get(
        new_url(bare), {"part": "5", "kind": "text"}, follow=True
    ).context["references"]
    assert (help_of_new.shown, help_of_new.clauses) == (str(bare.uuid), [])
    assert str(bare.uuid) in [section.value for section in help_of_new.sections]
    shown = client.get(edit_url(clause))
    offered = shown.context["references"].clauses
    assert str(clause.uuid) not in [option.value for option in offered]
    read = as_shown(shown) | {"reference_target": ""}
    acted = client.post(edit_url(clause), read | {"act": "insert-reference"})
    assert "โปรดเลือกข้อที่อ้างถึง" in acted.content.decode()
    assert acted.context["references"].is_open
    refused = client.post(edit_url(clause), read | {"reason": ""})
    assert not refused.context["references"].is_open
    for words, told in {
        "": "โปรดพิมพ์คำที่จะเน้น",
        "ไม่มีคำนี้": "ไม่พบ “ไม่มีคำนี้” ในช่อง “ถ้อยคำ”",
    }.items():
        acted = client.post(
            edit_url(clause), read | {"act": "bold", "emphasis_words": words}
        )
        assert told in acted.content.decode()


def test_excerpts_say_the_number_that_a_reference_leads_to(
    sign_in, drafter, second_drafter, process, clause
):
    target = factories.clause_at(process, "5.1")
    own = factories.make_clause(
        process,
        Text(body=f'ตาม<span data-ref="{target.uuid}"></span> ทุกวัน'),
        by=drafter,
    )
    factories.make_draft_buffer(drafter, own)
    factories.make_review_request(process, drafter, second_drafter, own)
    client, draft = sign_in(drafter), f"/groups/DIR/drafts/{process.uuid}/"
    for url in (
        draft,
        "/drafting/",
        "/review-requests/",
        f"{draft}review-requests/new/?clause={own.uuid}",
        f"{draft}versions/",
        f"{edit_url(clause)}move/",
        f"{edit_url(own)}retire/",
        edit_url(clause),
    ):
        page = client.get(url).content.decode()
        assert "\ufffc" not in page, url
        assert "ตามข้อ 5.1 ทุกวัน" in page, url
    retire_clause(own, own.lock_version, by=drafter, reason="ซ้ำ")
    page = client.get(draft).content.decode()
    assert "ตามข้อ 5.1 ทุกวัน" in page
    assert "\ufffc" not in page


def test_excerpt_tells_what_left_the_draft(sign_in, drafter, admin, process, clause):
    target = factories.clause_at(process, "5.1")
    own = factories.make_clause(
        process, Text(body=f"ตาม{write_reference(str(target.uuid))} ทุกวัน"), by=drafter
    )
    factories.make_edition(by=admin)
    retire_clause(target, target.lock_version, by=drafter, reason="ซ้ำ")
    retire_clause(own, own.lock_version, by=drafter, reason="ซ้ำ")
    page = sign_in(drafter).get(f"/groups/DIR/drafts/{process.uuid}/")
    assert "ตามข้อที่ยกเลิก ทุกวัน" in page.content.decode()


def test_clash_of_words_that_refer_says_the_numbers(
    sign_in, drafter, second_drafter, process
):
    target = factories.clause_at(process, "5.1")
    reference = write_reference(str(target.uuid))
    own = factories.make_clause(
        process, Text(body=f"ตาม{reference} ภายใน 15 วัน"), by=drafter
    )
    client = sign_in(drafter)
    read = as_shown(client.get(edit_url(own))) | {"reason": REASON}
    sign_in(second_drafter).post(
        edit_url(own), read | {"words-text": "ตาม⟦1⟧ ภายใน 7 วัน"}
    )
    clash = client.post(edit_url(own), read | {"words-text": "ตาม⟦1⟧ ภายใน 3 วัน"})
    assert clash.status_code == 409
    assert markup(clash).count("ตามข้อ 5.1 ภายใน") == 2
    assert "\ufffc" not in markup(clash)


def test_word_that_is_explained_twice_or_begins_with_means_is_told(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    data = begun(client, process, "definition", "4") | {"words-term": "หนังสือราชการ"}
    refused = client.post(new_url(process), data | {"words-text": "หมายถึง เอกสาร"})
    assert refused.status_code == 422
    assert "ระบบเขียนคำว่า “หมายถึง” ให้แล้ว" in refused.content.decode()
    told = client.post(
        new_url(process), data | {"words-text": "เอกสาร"}, follow=True
    ).content.decode()
    assert "คำว่า “หนังสือราชการ” มีความหมายไว้แล้วอีกข้อหนึ่ง" in told


@pytest.mark.parametrize(
    "named",
    [
        "ระเบียบพัสดุ พ.ศ. 2535\nระเบียบสมมติ พ.ศ. 2570",
        "ระเบียบพัสดุ พ.ศ. 2535 และระเบียบสมมติ พ.ศ. 2570",
    ],
)
def test_two_laws_in_one_field_are_refused(sign_in, drafter, process, named):
    data = begun(sign_in(drafter), process, "reference", "8") | {"law_words": named}
    answer = sign_in(drafter).post(new_url(process), data)
    assert answer.status_code == 422
    assert "พบชื่อกฎหมายมากกว่าหนึ่งฉบับ" in answer.content.decode()


def test_unknown_law_is_told_and_the_place_in_it_is_read(sign_in, drafter, process):
    client = sign_in(drafter)
    named = "ระเบียบสมมติว่าด้วยการทดสอบ พ.ศ. 2570 (ฉบับที่ 2) พ.ศ. 2571 และที่แก้ไขเพิ่มเติม"
    data = begun(client, process, "reference", "8") | {
        "law_words": named,
        "locator": "ข้อ 7",
    }
    told = client.post(new_url(process), data, follow=True).content.decode()
    assert "ไม่พบชื่อที่วางในทะเบียนกฎหมาย" in told
    assert f"{named} ข้อ 7" in told
    assert (
        Reference(as_cited="ระเบียบ ข้อ ๗", locator="ข้อ 7").cited_words == "ระเบียบ ข้อ ๗"
    )


def test_reference_to_nothing_is_refused(sign_in, drafter, clause):
    client = sign_in(drafter)
    data = as_shown(client.get(edit_url(clause))) | {
        "words-text": "ตาม⟦1⟧",
        "references": str(uuid4()),
    }
    answer = client.post(edit_url(clause), data)
    assert answer.status_code == 422
    assert "ไม่พบข้อที่อ้างถึง" in answer.content.decode()


def test_all_that_a_definition_and_a_citation_lack_is_told_at_once(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    missing = "โปรดระบุเหตุผลหรือสิ่งที่แก้"
    definition = begun(client, process, "definition", "4") | {
        "words-text": "หมายถึง หนังสือที่มีมาจากภายนอก",
        "reason": "",
        "numbering": "roman",
    }
    page = client.post(new_url(process), definition).content.decode()
    assert missing in page
    assert "ระบบเขียนคำว่า “หมายถึง” ให้แล้ว" in page
    empty = begun(client, process, "text", "5") | {"words-text": "", "reason": ""}
    page = client.post(new_url(process), empty).content.decode()
    assert missing in page
    assert "โปรดกรอกถ้อยคำ" in page
