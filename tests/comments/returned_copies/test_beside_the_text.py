"""What offices write into a returned copy beside its paragraphs: told in the file's report, each with its place."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from comments.models import Comment
from manuals.word_export.beside_text import AT_HEAD_OR_FOOT
from manuals.word_export.returned import ReturnedFile, returned_from_json
from tests.comments.returned_copies.taking import at, read, take
from tests.comments.returned_copies.word_files import (
    AUTHOR,
    cut_tracked,
    marked,
    opened,
    paragraph_of,
    remark,
    saved,
)

pytestmark = pytest.mark.django_db

BOX = (
    "<w:r {ns}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_remark_beside_a_clause_that_was_taken_out_is_about_that_clause(
    session, process, exported, store
) -> None:
    """A paragraph, and a row of the table of steps."""
    document = opened(exported)
    clause = at(process, "5.3 2)")
    remark(document, paragraph_of(document, clause.uuid), "ซ้ำกับข้ออื่น")
    cut_tracked(paragraph_of(document, clause.uuid), whole=True)
    emptied = at(process, "5.1")
    remark(document, paragraph_of(document, emptied.uuid), "ไม่จำเป็นแล้ว")
    cut_tracked(paragraph_of(document, emptied.uuid))
    step = process.clauses.filter(part=9).order_by("rank")[1]
    cell = marked(document, f"_portal_{step.uuid.hex}")
    remark(document, cell, "รวมกับขั้นก่อนหน้า")
    row = next(cell.iterancestors(qn("w:tr")))
    row.get_or_add_trPr().append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="920" {AUTHOR}/>')
    )
    [copy] = read(session, store, saved(document))
    found = {(item.kind, item.uuid, item.words) for item in copy.returned.items}
    told = {
        clause.uuid: "ซ้ำกับข้ออื่น",
        emptied.uuid: "ไม่จำเป็นแล้ว",
        step.uuid: "รวมกับขั้นก่อนหน้า",
    }
    assert {("remark", *each) for each in told.items()} <= found
    assert {("delete", uuid, "") for uuid in told} <= found
    assert len(found) == 6


def test_heads_and_feet_text_boxes_and_footnotes_are_told(
    session, process, exported, store, lampang, facilitator
) -> None:
    document = opened(exported)
    section = document.sections[0]
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "ขอให้พิมพ์ตราของ สพท. ทุกหน้า"
    clause = at(process, "5.1")
    box = BOX.format(ns=nsdecls("w"), words="ควรระบุเวลา")
    paragraph_of(document, clause.uuid).append(parse_xml(box))
    [copy] = take(session, store, lampang, facilitator, saved(document))
    assert not Comment.objects.exists()
    head, boxed = sorted(copy.report["left_out"], key=lambda told: "กล่อง" in told)
    assert "ขอให้พิมพ์ตราของ สพท. ทุกหน้า" in head
    assert AT_HEAD_OR_FOOT in head
    assert "ควรระบุเวลา" in boxed
    assert "กล่องข้อความ" in boxed


def test_line_that_was_ended_by_hand_in_a_remark_stays_two_words(
    session, process, exported, store
) -> None:
    document = opened(exported)
    remark(document, paragraph_of(document, at(process, "5.1").uuid), "ข้อแรก")
    [note] = document.part._comments_part.element.iter(qn("w:comment"))
    run = docx.text.paragraph.Paragraph(next(note.iter(qn("w:p"))), document).runs[-1]
    run.add_break()
    run.add_text("ข้อสอง")
    [copy] = read(session, store, saved(document))
    assert [item.words for item in copy.returned.items] == ["ข้อแรก\nข้อสอง"]


def test_file_that_was_read_before_things_could_wait_for_a_clause_is_kept() -> None:
    kept = ReturnedFile().to_json() | {"unplaced": ["ข้อความเดิม"]}
    [item] = returned_from_json(kept).unplaced
    assert (item.words, item.uuid, item.near) == ("ข้อความเดิม", None, None)
    assert returned_from_json(returned_from_json(kept).to_json()).items == [item]
