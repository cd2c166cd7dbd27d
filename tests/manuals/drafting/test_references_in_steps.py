"""Numbers of clauses in the remark and the standard of a step: links that read as they were typed and follow a move."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    referenced_uuids,
    write_reference,
)
from hearing_portal.thai.numbering import arabic_digits
from manuals.combining import combine_contents
from manuals.comparing.sides import Side
from manuals.content import Step, content_from_json, content_sha
from manuals.drafting.changes import NothingChanged
from manuals.drafting.queries.lacks import find_lacks
from manuals.drafting.queries.references import find_referring
from manuals.drafting.queries.steps import find_step_clauses
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import copy_section
from manuals.drafting.services.structure import retire_clause
from manuals.drafting.told_words import tell_redlines
from manuals.entries import EntryView
from manuals.exchange.akoma_ntoso.document import write_akoma_ntoso
from manuals.facts import differ_in_format_alone
from manuals.importing.found_processes import find_processes
from manuals.importing.jobs import receive_reading
from manuals.importing.process_text import read_process
from manuals.importing.services.importing import import_process
from manuals.importing.services.revising import revise_process
from manuals.importing.uploaded_files import read_uploaded
from manuals.merging import merge_contents
from manuals.models import Clause, ClauseChange, Section
from manuals.pdf.clause_words import own_labels, printed_text
from manuals.pdf.documents import plan_chunks
from manuals.pdf.sources import PrintOptions, load_book_source
from manuals.queries import entry_view, load_draft_entries, load_edition_entries
from manuals.reading.told_words import tell_edition_words
from manuals.versions.presentation.wordings import load_wording_lines
from manuals.word.reading import read_docx
from manuals.word_export.exporting import WordOptions, export_word
from manuals.word_export.returned_fields import with_placeholders
from manuals.wording import (
    content_without_span,
    inserted_content,
    reworded_content,
    tell_stray_marks_of,
    wording_fields,
)
from tests import factories
from tests.manuals.exchange.akoma_ntoso import by_uuid, own_text, read_valid

pytestmark = pytest.mark.django_db
REMARK = "ดูข้อ ๕.๒ และข้อ 5.3 1) ถ้าเวลา < 3 วัน & มีเหตุ"
STANDARD = "ครบถ้วนตามข้อ 5.1 ทุกเรื่อง"

type Marks = dict[str, str]  # the reference to each clause, by the number it has


@pytest.fixture
def mark(process) -> Marks:
    cites = ("5.1", "5.2", "5.3", "5.3 1)")
    return {
        cite: write_reference(str(factories.clause_at(process, cite).uuid))
        for cite in cites
    }


def referring(mark: Marks) -> Step:
    return Step(
        body=f"<strong>เปิดระบบ</strong>ตาม{mark['5.3']}",
        standard=f"ครบถ้วนตาม{mark['5.1']} ทุกเรื่อง",
        actor="เจ้าพนักงานธุรการ",
        note=f"ดู{mark['5.2']} และ{mark['5.3 1)']} ถ้าเวลา < 3 วัน & มีเหตุ",
    )


def store(clause: Clause, content: Step) -> Clause:
    clause.refresh_from_db()
    return revise_clause(
        clause,
        clause.lock_version,
        content,
        numbering=clause.numbering,
        by=factories.make_drafter(clause.section.manual.work_group),
        reason="อ้างข้อ",
    )


@pytest.fixture
def step(process, mark) -> Clause:
    """The first of the process, whose detail, standard and remark refer to clauses."""
    clause = find_step_clauses(process)[0]
    store(clause, replace(referring(mark), next=clause.content.next))
    clause.refresh_from_db()
    return clause


def shown_row(client: Client, section: Section, url: str) -> str:
    """What a page says of the first step, without tags."""
    page = client.get(url).content.decode()
    uuid = find_step_clauses(section)[0].uuid
    start = page.index(f'id="c-{uuid.hex[:8]}"')
    row = page[start : page.index("</tr>", start)]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split())


def words_of(text: str) -> str:
    return "".join(text.split())


# --- as it is stored


def test_each_text_counts_its_own_references(mark):
    step = referring(mark)

    assert dict(step.fields()) == {
        "text": "เปิดระบบตาม\ufffc",
        "standard": "ครบถ้วนตาม\ufffc ทุกเรื่อง",
        "actor": "เจ้าพนักงานธุรการ",
        "note": "ดู\ufffc และ\ufffc ถ้าเวลา < 3 วัน & มีเหตุ",
    }
    names = {value: cite for cite, value in mark.items()}
    told = step.told_fields(lambda uuid: f"ข้อ {names[write_reference(uuid)]}")
    assert dict(told)["note"] == REMARK.replace("๕.๒", "5.2")
    assert dict(told)["standard"] == STANDARD
    assert content_sha(content_from_json(step.as_json())) == content_sha(step)


def test_what_was_stored_before_means_what_it_meant(mark):
    old = Step(note='ถ้า a < b && c > d ดู <span data-ref="5.1"></span> &lt;', body="ก")

    assert dict(old.fields())["note"] == old.note
    assert old.referring.count(OBJECT_MARKER) == 0
    assert content_from_json(old.as_json()) == old


def test_form_counts_references_through_all_texts_and_moves_them_between(mark):
    step = referring(mark)
    shown = {item.name: item.text for item in wording_fields(step)}
    assert (shown["text"], shown["standard"], shown["note"]) == (
        "เปิดระบบตาม⟦1⟧",
        "ครบถ้วนตาม⟦2⟧ ทุกเรื่อง",
        "ดู⟦3⟧ และ⟦4⟧ ถ้าเวลา < 3 วัน & มีเหตุ",
    )

    moved = reworded_content(
        step, {"text": "เปิดระบบตาม⟦4⟧", "note": "ดู⟦1⟧ ก่อน", "actor": "ตาม⟦1⟧"}
    )

    assert moved.body == f"<strong>เปิดระบบ</strong>ตาม{mark['5.3 1)']}"
    assert moved.note == f"ดู{mark['5.3']} ก่อน"
    assert moved.standard == step.standard
    assert list(tell_stray_marks_of(moved, step)) == ["actor"]
    assert reworded_content(step, shown) is None
    strange = reworded_content(step, {"note": "ดู⟦5⟧"})
    assert list(tell_stray_marks_of(strange, step)) == ["note"]


def test_words_cut_out_of_a_remark_leave_its_other_references(mark):
    step = referring(mark)
    note = dict(step.fields())["note"]

    cut = content_without_span(step, "note", 0, note.index("และ"))

    assert cut.note == f"และ{mark['5.3 1)']} ถ้าเวลา < 3 วัน & มีเหตุ"
    assert cut.body == step.body


def test_typed_markup_stays_words(mark):
    typed = f"พิมพ์ {mark['5.1']} เอง"
    reworded = reworded_content(Step(body="ก"), {"note": typed})
    inserted = inserted_content(Step(body="ก"), {"text": "ข", "note": typed})

    for content in (reworded, inserted):
        assert OBJECT_MARKER not in dict(content.fields())["note"]
        assert words_of(content.note) == words_of(typed)


def test_two_edits_of_a_remark_merge_around_its_references(mark):
    base = referring(mark)
    mine = replace(base, note=base.note.replace(mark["5.2"], mark["5.1"]))
    theirs = replace(base, note=base.note.replace("มีเหตุ", "มีเหตุจำเป็น"))

    both = base.note.replace(mark["5.2"], mark["5.1"]).replace("มีเหตุ", "มีเหตุจำเป็น")
    assert merge_contents(base, mine, theirs).note == both
    other = replace(base, note=base.note.replace(mark["5.2"], mark["5.3"]))
    assert merge_contents(base, mine, other) is None  # no mark is made of halves
    [piece] = combine_contents(base, [mine, other]).pieces
    assert {variant.value for variant in piece.variants} == {mark["5.1"], mark["5.3"]}
    assert not differ_in_format_alone(base, mine)


# --- as it is typed


def type_cell(client: Client, section: Section, **cells: str) -> str:
    """Saves the table with these words in its first row; what the next page says."""
    url = f"/groups/DIR/drafts/{section.uuid}/steps/"
    form = client.get(url).context["page"]
    data: dict[str, object] = {"read": form.read, "reason": "อ้างข้อ", "row": []}
    for row in form.rows:
        uuid = str(row.row.uuid)
        data["row"].append(uuid)
        for name in ("text", "duration", "standard", "actor", "system", "note"):
            data[f"{uuid}-{name}"] = row.row.form[name].value()
        data[f"{uuid}-shape"] = row.row.form["shape"].value()
        data[f"{uuid}-applies_to"] = row.row.form["applies_to"].value()
        data[f"{uuid}-label"] = [branch.label for branch in row.row.branches]
        data[f"{uuid}-to"] = [branch.to for branch in row.row.branches]
    for name, value in cells.items():
        data[f"{data['row'][0]}-{name}"] = value
    answer = client.post(url, data)
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def test_typed_numbers_read_as_typed_and_follow_a_move(sign_in, drafter, process, mark):
    client = sign_in(drafter)
    others = [clause.sha for clause in find_step_clauses(process)[1:]]

    told = type_cell(client, process, standard=STANDARD, note=REMARK)

    assert "เชื่อมข้อที่อ้าง 3 แห่ง: ข้อ 5.1, ข้อ 5.2, ข้อ 5.3 1)" in told
    first, *rest = find_step_clauses(process)
    assert first.content.note == referring(mark).note
    assert first.content.standard == referring(mark).standard
    assert [clause.sha for clause in rest] == others
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    client.cookies["digits"] = "arabic"
    row = words_of(shown_row(client, process, draft))
    assert words_of(REMARK.replace("๕.๒", "5.2")) in row
    assert words_of(STANDARD) in row

    gone = factories.clause_at(process, "5.1")
    [referring_step] = find_referring([gone.uuid])
    assert referring_step.entry.uuid == first.uuid
    retire_clause(gone, gone.lock_version, by=drafter, reason="ซ้ำ")

    assert words_of("ดูข้อ 5.1 และข้อ 5.2 1) ถ้า") in words_of(
        shown_row(client, process, draft)
    )
    first.refresh_from_db()
    assert first.content.note == referring(mark).note
    lacks = find_lacks(process.manual)[process.pk].told
    assert "ขั้นตอนที่ 1 อ้างถึงข้อที่ไม่มีในร่างแล้ว 1 แห่ง" in lacks
    # The row of the table says what its marks stand for
    page = client.get(f"/groups/DIR/drafts/{process.uuid}/steps/")
    assert "⟦2⟧ ข้อ 5.1 ตรวจสอบความครบถ้วน" in page.content.decode()


def test_what_would_read_otherwise_stays_words_and_is_told(
    sign_in, drafter, process, mark
):
    typed = {
        "note": "ข้อ5.1 ก่อน",  # a reference would have a space
        "standard": "ตามข้อ 5.1 และ 5.2",  # and would say "ข้อ" twice
        "actor": "ผู้ที่ระบุในข้อ 5.3",  # drawn in the chart
    }

    told = type_cell(sign_in(drafter), process, **typed)

    content = find_step_clauses(process)[0].content
    assert {name: getattr(content, name) for name in typed} == typed
    assert "เชื่อมข้อที่อ้าง" not in told
    assert "ข้อ 5.1, ข้อ 5.2, ข้อ 5.3, ข้อ5.1 ยังเป็นถ้อยคำ" in told
    assert "ในช่อง “รายละเอียดงาน” “มาตรฐานคุณภาพงาน” หรือ “หมายเหตุ”" in told


def test_number_stored_as_words_is_a_lack_until_its_row_is_saved(
    sign_in, drafter, process, mark
):
    clause = find_step_clauses(process)[0]
    store(clause, replace(clause.content, note=REMARK))
    lack = "ขั้นตอนที่ 1 เขียน “ข้อ ๕.๒”, “ข้อ 5.3 1)” ยังไม่ได้ผูกกับข้อ"
    assert lack in find_lacks(process.manual)[process.pk].told

    type_cell(sign_in(drafter), process)

    assert find_step_clauses(process)[0].content.note == referring(mark).note
    assert lack not in find_lacks(process.manual)[process.pk].told


def test_copied_process_refers_to_its_own_clauses(process, step, mark, drafter):
    copy = copy_section(process, "การรับหนังสือด่วน", by=drafter)

    own = {cite: factories.clause_at(copy, cite) for cite in mark}
    marks = {cite: write_reference(str(clause.uuid)) for cite, clause in own.items()}
    assert find_step_clauses(copy)[0].content.note == referring(marks).note


# --- as others read it

SHOWN = ("ดูข้อ 5.2 และข้อ 5.3 1) ถ้าเวลา < 3 วัน & มีเหตุ", STANDARD)


def assert_all_is_said(text: str) -> None:
    said = words_of(arabic_digits(text))
    for words in SHOWN:
        assert words_of(words) in said
    assert OBJECT_MARKER not in text
    assert "data-ref" not in text


def test_every_form_of_an_edition_says_the_numbers(process, step, admin):
    edition = factories.make_edition(by=admin)
    entry = factories.entry_of(edition, step)

    assert_all_is_said(tell_edition_words([entry])[entry.pk])
    book = load_book_source(edition, PrintOptions(process=str(process.uuid)))
    [html] = [chunk.html for chunk in plan_chunks(book) if "process-" in chunk.name]
    assert_all_is_said(unescape(re.sub(r"<[^>]+>", "", html)))
    view = entry_view(entry)
    entries = load_edition_entries(edition, process)
    assert_all_is_said(printed_text(view, own_labels(entries)))
    written = write_akoma_ntoso(edition)
    blocks = by_uuid(read_valid(written))[str(step.uuid)]
    assert_all_is_said(" ".join(own_text(blocks)))
    assert "ดู<ref href=" in written.decode()
    word = read_docx(export_word(Side(edition), WordOptions()))
    assert_all_is_said(" ".join(line.text for line in word.lines))


def test_redlines_and_past_versions_tell_each_text_by_its_own_references(
    sign_in, drafter, process, step, mark
):
    process.refresh_from_db()
    number = process.version
    note = step.content.note.replace(mark["5.2"], mark["5.1"])
    store(step, replace(step.content, note=note))

    change = ClauseChange.objects.filter(clause=step).latest("pk")
    [past] = load_wording_lines(step, [change.pk], drafter, lambda *_: {})
    said = [
        ("equal", "ดู"),
        ("del", "ข้อ 5.2"),
        ("ins", "ข้อ 5.1"),
        ("equal", " และข้อ 5.3 1) ถ้าเวลา < 3 วัน & มีเหตุ"),
    ]
    assert [(line.label, line.segments) for line in past.lines] == [("หมายเหตุ", said)]
    client = sign_in(drafter)
    client.cookies["digits"] = "arabic"
    compared = (
        f"/groups/DIR/drafts/{process.uuid}/versions/{number}/compare/{number + 1}/"
    )
    page = client.get(compared).content.decode()
    assert "ดู<del>ข้อ 5.2</del><ins>ข้อ 5.1</ins> และข้อ 5.3 1)" in page
    longer = replace(step.content, note=f"{note} จริง", standard="ครบ")
    [lines] = tell_redlines([(referring(mark), longer, process.pk)])
    told = {
        line.label: "".join(part.text for part in line.segments if part.kind != "ins")
        for line in lines
    }
    assert told["หมายเหตุ"] == SHOWN[0]
    assert told["มาตรฐานคุณภาพงาน"] == STANDARD
    past = f"/groups/DIR/drafts/{process.uuid}/versions/{number}/"
    assert words_of(SHOWN[0]) in words_of(shown_row(client, process, past))


def test_word_file_comes_back_as_it_went_out(process, step, mark, drafter):
    options = WordOptions(process=str(process.uuid))
    raw = export_word(Side(None, [process.manual]), options)

    name = "การรับหนังสือราชการ.docx"
    reading = receive_reading(
        process.manual, read_uploaded([(name, raw)]), [name], by=drafter
    )
    [found] = find_processes(reading)
    with pytest.raises(NothingChanged):
        revise_process(process, found.draft, by=drafter)

    # What a reader of the file wrote around a reference leaves it one
    cited = {}
    for cite, value in mark.items():
        cited[referenced_uuids(value)[0]] = f"ข้อ {cite}"
    texts = {
        each: with_placeholders(entry_of_draft(step), cited, each, words + " เสมอ")
        for each, words in zip(("note", "standard"), SHOWN, strict=True)
    }
    assert texts["note"].startswith("ดู⟦3⟧ และ⟦4⟧ ถ้า")
    reworded = reworded_content(step.content, texts)
    assert reworded.note == f"{step.content.note} เสมอ"
    assert reworded.standard == f"{step.content.standard} เสมอ"


def entry_of_draft(clause: Clause) -> EntryView:
    entries = load_draft_entries(clause.section)
    return next(entry for entry in entries if entry.uuid == clause.uuid)


def test_taken_in_text_links_what_it_names(process, drafter):
    text = factories.PROCESS_TEXT.replace(
        "เจ้าพนักงานธุรการ | | AMSS++ |\n2", f"เจ้าพนักงานธุรการ | {REMARK} | AMSS++ |\n2"
    )

    section = import_process(process.manual, read_process(text), by=drafter)

    own = {cite: factories.clause_at(section, cite) for cite in ("5.2", "5.3 1)")}
    first = find_step_clauses(section)[0].content
    assert first.note == REMARK.replace(
        "ข้อ ๕.๒", write_reference(str(own["5.2"].uuid))
    ).replace("ข้อ 5.3 1)", write_reference(str(own["5.3 1)"].uuid)))
