"""Clauses that an office moved inside a returned copy, with the changes tracked or by cutting and pasting."""

import copy

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from comments.models import Comment
from tests.comments.returned_copies.taking import at, read, take
from tests.comments.returned_copies.word_files import (
    AUTHOR,
    marked,
    opened,
    paragraph_of,
    saved,
)

pytestmark = pytest.mark.django_db


def words_of(paragraph) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def move_tracked(paragraph, behind) -> None:
    """As Word does it: the old place keeps the name, the new one has the words alone."""
    words = words_of(paragraph)
    for run in list(paragraph.iter(qn("w:r"))):
        gone = parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="910" {AUTHOR}/>')
        run.addprevious(gone)
        gone.append(run)
    paragraph.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {nsdecls("w")}><w:moveFrom w:id="911" {AUTHOR}/></w:rPr>')
    )
    behind.addnext(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:rPr><w:moveTo w:id="912" {AUTHOR}/></w:rPr></w:pPr>'
            f'<w:moveTo w:id="913" {AUTHOR}><w:r><w:t>{words}</w:t></w:r></w:moveTo></w:p>'
        )
    )


def moves(copy) -> list:
    return [item for item in copy.returned.items if item.kind == "move"]


def test_tracked_move_is_told_from_where_to_where(
    session, process, exported, store, lampang, facilitator
) -> None:
    document = opened(exported)
    move_tracked(
        paragraph_of(document, at(process, "5.1").uuid),
        paragraph_of(document, at(process, "5.2").uuid),
    )
    [copy] = take(session, store, lampang, facilitator, saved(document))
    comment = Comment.objects.get()
    assert (comment.entry.uuid, comment.type) == (at(process, "5.1").uuid, "amend")
    assert comment.text.startswith("ขอย้ายข้อ ๕.๑ จากเดิม")
    assert comment.text.endswith("ไปต่อจากข้อ ๕.๒")
    assert copy.report["left_out"] == []


def test_clause_cut_and_pasted_takes_what_stands_below_it_along(
    session, process, exported, store
) -> None:
    """5.3 with its items goes to the front of part 5, without a trace and without a name."""
    document = opened(exported)
    first = paragraph_of(document, at(process, "5.1").uuid)
    for cite in ("5.3", "5.3 1)", "5.3 1) ก.", "5.3 1) ข.", "5.3 2)"):
        paragraph = paragraph_of(document, at(process, cite).uuid)
        for name in list(paragraph.iter(qn("w:bookmarkStart"))):
            name.getparent().remove(name)
        first.addprevious(paragraph)
    [copy] = read(session, store, saved(document))
    [item] = copy.returned.items
    assert (item.kind, item.uuid) == ("move", at(process, "5.3").uuid)
    assert "พร้อมข้อย่อย ๔ ข้อ จากเดิมต่อจากข้อ ๕.๒ ไปอยู่แรกสุดใต้" in item.words


def test_clause_that_went_into_another_part_and_a_step_that_went_up(
    session, process, exported, store
) -> None:
    """The last of a part is the first of the next one: only the name of the part between them tells."""
    document = opened(exported)
    last = paragraph_of(document, at(process, "2.1").uuid)
    scope = process.clauses.filter(part=3).order_by("rank").first()
    paragraph_of(document, scope.uuid).addprevious(last)
    steps = [
        next(marked(document, f"_portal_{step.uuid.hex}").iterancestors(qn("w:tr")))
        for step in process.clauses.filter(part=9).order_by("rank")
    ]
    steps[0].addprevious(steps[2])
    [copy] = read(session, store, saved(document))
    assert len(moves(copy)) == len(copy.returned.items) == 2
    part, step = moves(copy)
    assert part.uuid == at(process, "2.1").uuid
    assert "ไปอยู่แรกสุดใต้ “ขอบเขต" in part.words
    assert "ไปเป็นแถวแรกของตาราง" in step.words


def test_words_that_were_moved_and_changed_are_told_as_both(
    session, process, exported, store
) -> None:
    document = opened(exported)
    moved = paragraph_of(document, at(process, "5.1").uuid)
    next(moved.iter(qn("w:t"))).text += " ทุกวัน"
    paragraph_of(document, at(process, "5.3 2)").uuid).addnext(moved)
    [copy] = read(session, store, saved(document))
    kinds = {item.kind for item in copy.returned.items}
    assert kinds == {"amend", "move"}
    assert {item.uuid for item in copy.returned.items} == {at(process, "5.1").uuid}


def set_level(paragraph, level: int) -> None:
    """As the Tab key sets it in Word, at the beginning of a numbered paragraph."""
    paragraph.pPr.numPr.ilvl.val = level


def test_clause_that_was_put_a_level_down_is_told_of_itself(
    session, process, exported, store
) -> None:
    document = opened(exported)
    set_level(paragraph_of(document, at(process, "5.2").uuid), 2)
    [copy] = read(session, store, saved(document))
    [item] = copy.returned.items
    assert (item.kind, item.uuid) == ("move", at(process, "5.2").uuid)
    assert item.words == "ขอเปลี่ยนระดับของข้อ ๕.๒ ในไฟล์ขึ้นเลข “๕.๑.๑” แทน “๕.๒”"


def test_item_of_a_list_of_one_level_that_went_down_is_told_and_counted_once(
    session, process, exported, store
) -> None:
    """With numbers of the same kind there, as Word and other programs make them up."""
    document = opened(exported)
    for level in list(document.part.numbering_part.element.iter(qn("w:lvl"))):
        if len(level.getparent().findall(qn("w:lvl"))) == 1:
            below = copy.deepcopy(level)
            below.set(qn("w:ilvl"), "1")
            text = below.find(qn("w:lvlText"))
            text.set(qn("w:val"), text.get(qn("w:val")).replace("%1", "%2"))
            level.addnext(below)
    set_level(paragraph_of(document, at(process, "5.3 2)").uuid), 1)
    [returned] = [each.returned for each in read(session, store, saved(document))]
    [item] = returned.items
    assert (item.kind, item.uuid) == ("move", at(process, "5.3 2)").uuid)
    assert "ในไฟล์อยู่ระดับย่อยลงไป ขึ้นเลข “๑)” แทน “๒)”" in item.words
    # Its words are as they went out, and still the sum adds up
    assert (returned.spoken, returned.unspoken) == (1, returned.known - 1)


def test_clause_whose_number_was_taken_off_is_told_and_pasted_words_are_not(
    session, process, exported, store
) -> None:
    document = opened(exported)
    for cite in ("5.3 1)", "5.3 2)"):
        properties = paragraph_of(document, at(process, cite).uuid).pPr
        properties.remove(properties.numPr)
    pasted = paragraph_of(document, at(process, "5.3 1)").uuid)
    for name in list(pasted.iter(qn("w:bookmarkStart"))):
        name.getparent().remove(name)
    [copy] = read(session, store, saved(document))
    [item] = copy.returned.items
    assert (item.kind, item.uuid) == ("move", at(process, "5.3 2)").uuid)
    assert item.words.endswith("ในไฟล์ไม่มีเลข แทน “๒)”")
