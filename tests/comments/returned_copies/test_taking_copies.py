"""Files that offices sent back: what they changed and remarked becomes comments of theirs at the right clauses."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from comments.commenting.comment_input import AGREED
from comments.hearings.refusals import SessionClosed
from comments.hearings.services.session_states import close_session
from comments.models import Amendment, Comment, ReturnedCopy
from comments.returned_copies.comment_form import write_comment_form
from comments.returned_copies.inputs import comment_inputs
from comments.returned_copies.reading import NOT_THIS
from comments.returned_copies.refusals import CopiesRefused
from comments.returned_copies.services.taking import ConfirmedCopy, take_in_copies
from hearing_portal.acts.models import Act
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.models import StoredFile
from manuals.comparing.sides import Side
from manuals.content import Figure, Text, content_from_json, plain_text
from manuals.source import ANSWER
from manuals.word_export.beside_text import PICTURE_LEFT
from manuals.word_export.exporting import WordOptions, export_word
from manuals.word_export.returned import ReturnedItem
from tests import factories
from tests.comments.returned_copies.taking import at, read, take
from tests.comments.returned_copies.word_files import (
    add_tracked,
    cut_tracked,
    filled,
    marked,
    opened,
    paragraph_of,
    remark,
    saved,
    set_words,
    type_tracked,
)
from tests.manuals.word.test_hostile_word_files import HOSTILE

pytestmark = pytest.mark.django_db


def said() -> list[tuple[str, str, str]]:
    rows = []
    for comment in Comment.objects.order_by("pk").select_related("entry"):
        rows.append((comment.entry.cite, comment.type, comment.text))
    return rows


def proposed(cite: str) -> str:
    amendment = Amendment.objects.get(comment__entry__path__endswith=f"/{cite}")
    return plain_text(content_from_json(amendment.proposed))


def test_words_of_which_nothing_is_seen_are_not_stored(entry) -> None:
    item = ReturnedItem(
        "amend", entry.uuid, "หน้า 1", "\u3164", texts={"text": "\u3164\u2800"}
    )
    [told] = comment_inputs(item, entry)
    assert told.proposed is not None
    assert (told.text, told.proposed.body) == ("เสนอให้แก้ไขถ้อยคำของข้อนี้", "")


def test_tracked_changes_and_remarks_become_comments_of_the_office(
    session, process, exported, store, lampang, delegate, facilitator
) -> None:
    document = opened(exported)
    type_tracked(paragraph_of(document, at(process, "5.1").uuid), " ทุกวันทำการ")
    cut_tracked(paragraph_of(document, at(process, "5.3 1) ข.").uuid), whole=True)
    add_tracked(paragraph_of(document, at(process, "5.2").uuid), "แจ้งเตือนหนังสือค้าง")
    remark(document, paragraph_of(document, at(process, "2.1").uuid), "ควรมีตัวชี้วัดหรือไม่")
    [copy] = take(
        session, store, lampang, facilitator, saved(document), delegate=delegate
    )

    assert said() == [
        ("2.1", "ask", "ควรมีตัวชี้วัดหรือไม่"),
        ("5.1", "amend", "เสนอให้แก้ไขถ้อยคำของข้อนี้"),
        ("5.2", "add", "เสนอให้เพิ่มข้อความต่อจากข้อนี้"),
        ("5.3 1) ข.", "delete", "เสนอให้ตัดข้อนี้ออก"),
    ]
    assert proposed("5.1") == at(process, "5.1").plain + " ทุกวันทำการ"
    assert proposed("5.2") == "แจ้งเตือนหนังสือค้าง"
    for comment in Comment.objects.all():
        assert (comment.channel, comment.office, comment.role) == (
            "word",
            lampang,
            "delegate",
        )
        assert (comment.author, comment.recorded_by) == (delegate, facilitator)
    asked = Comment.objects.get(type="ask")
    assert asked.quote == at(process, "2.1").plain
    assert copy.returned_comments.count() == 4
    assert copy.report == {"left_out": [], "notes": []}


def test_copy_changed_without_tracking_is_held_against_what_was_exported(
    session, process, exported, store, lampang, facilitator
) -> None:
    document = opened(exported)
    definition = process.clauses.get(part=4)
    set_words(paragraph_of(document, definition.uuid), "หนังสือราชการ หมายถึง เอกสารทุกชนิด")
    paragraph = paragraph_of(document, at(process, "5.3 2)").uuid)
    paragraph.getparent().remove(paragraph)
    step = process.clauses.get(part=9, body__startswith="หนังสือครบถ้วน")
    row = next(
        marked(document, f"_portal_{step.uuid.hex}").iterancestors(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tr"
        )
    )
    duration = [child for child in row if child.tag.endswith("}tc")][3]
    set_words(duration, "๕ นาที")
    take(session, store, lampang, facilitator, saved(document))

    kinds = [(comment.entry.uuid, comment.type) for comment in Comment.objects.all()]
    assert sorted(kinds, key=str) == sorted(
        [
            (definition.uuid, "amend"),
            (at(process, "5.3 2)").uuid, "delete"),
            (step.uuid, "amend"),
        ],
        key=str,
    )
    amended = Amendment.objects.get(clause=step)
    assert amended.proposed["data"]["duration"]["text"] == "๕ นาที"
    assert Amendment.objects.get(clause=definition).proposed["body"] == "เอกสารทุกชนิด"
    # No delegate with an account was named: the recorder stands as author
    assert set(Comment.objects.values_list("author", flat=True)) == {facilitator.pk}


def test_words_struck_through_by_hand_are_proposed_to_go(
    session, process, exported, store
) -> None:
    document = opened(exported)
    part = paragraph_of(document, at(process, "5.1").uuid)
    words = at(process, "5.1").plain
    set_words(part, words)
    docx.text.paragraph.Paragraph(part, document).add_run(" ทุกวัน").font.strike = True
    whole = paragraph_of(document, at(process, "2.1").uuid)
    for each in docx.text.paragraph.Paragraph(whole, document).runs:
        each.font.strike = True
    first = paragraph_of(document, at(process, "5.2").uuid)
    kept = at(process, "5.2").plain
    set_words(first, kept[:5])
    paragraph = docx.text.paragraph.Paragraph(first, document)
    paragraph.add_run(kept[5:]).font.strike = True
    hidden = paragraph_of(document, at(process, "5.3").uuid)
    run = docx.text.paragraph.Paragraph(hidden, document).add_run(" ลับ")
    run.font.hidden = True
    [copy] = read(session, store, saved(document))
    found = {item.uuid: (item.kind, item.words) for item in copy.returned.items}
    assert found[at(process, "2.1").uuid] == ("delete", "")
    assert found[at(process, "5.2").uuid] == ("amend", kept[:5].strip())
    assert any("“ ลับ” ซ่อนไว้" in note for note in copy.returned.notes)


def test_unchanged_copy_says_nothing(
    session, exported, store, lampang, facilitator
) -> None:
    [found] = read(session, store, exported)
    assert (found.returned.items, found.returned.unplaced) == ([], [])
    assert found.returned.same == found.returned.known > 10
    take(session, store, lampang, facilitator, exported)
    assert (Comment.objects.count(), ReturnedCopy.objects.count()) == (0, 1)


def test_for_whom_a_clause_is_and_its_picture_are_no_words_of_it(
    process, store, admin, dir_group, hearing
) -> None:
    made = io.BytesIO()
    Image.new("L", (30, 20)).save(made, "PNG")
    file = store_file(made.getvalue(), media_type="image/png", name="ตรา.png")
    factories.make_clause(process, Figure(file=file.sha, alt="ตรา"), numbering="none")
    words = Text(body="ตรวจทุกวัน", applies_to="primary")
    clause = factories.make_clause(process, words)
    edition = factories.make_edition("2565-R1", by=admin)
    session = factories.make_session(edition, dir_group, hearing=hearing)
    raw = export_word(Side(edition), WordOptions(group="DIR"))
    [unchanged] = read(session, store, raw)
    assert unchanged.returned.items == unchanged.returned.notes == []
    document = opened(raw)
    set_words(paragraph_of(document, clause.uuid), "ตรวจทุกเช้า [เฉพาะ สพป.]")
    document.add_picture(io.BytesIO(made.getvalue()))
    [changed] = read(session, store, saved(document))
    [item] = changed.returned.items
    assert (item.uuid, item.texts) == (clause.uuid, {"text": "ตรวจทุกเช้า"})
    assert [PICTURE_LEFT in note for note in changed.returned.notes] == [True]


def test_filled_form_is_taken_in(
    session, process, store, lampang, delegate, facilitator
) -> None:
    raw = write_comment_form(session.edition, group="DIR")
    answers = {
        at(process, "5.1").uuid: ["เห็นชอบ", "", "", ""],
        at(process, "5.2").uuid: ["ขอแก้ไข", "ชัดเจนขึ้น", "ตรวจให้ครบ", "ลดเวลา"],
        at(process, "5.3").uuid: ["", "ใครเป็นผู้จัด", "", ""],
        process.uuid: ["ขอเพิ่ม", "ควรมีข้อยกเว้น", "", ""],
    }
    [copy] = read(session, store, filled(raw, answers))
    assert (copy.returned.unplaced, copy.returned.notes) == ([], [])
    take(session, store, lampang, facilitator, filled(raw, answers), delegate=delegate)
    assert said() == [
        ("5.1", "agree", AGREED),
        ("5.2", "amend", "ชัดเจนขึ้น\nเหตุผล: ลดเวลา"),
        ("5.3", "amend", "ใครเป็นผู้จัด"),
        ("1.1", "add", "ควรมีข้อยกเว้น"),
    ]
    assert proposed("5.2") == "ตรวจให้ครบ"


def test_type_in_other_words_is_never_guessed(
    session, process, store, lampang, facilitator
) -> None:
    typed = {
        "5.1": ["✓ เห็นด้วย", "", "", ""],
        "5.2": ["ไม่ขอแก้ไข", "", "ตรวจให้ครบ", ""],  # agrees, and proposes
        "5.3": ["ขอเพิ่ม/ขอแก้ไข", "ให้ชัด", "", ""],
        "2.1": ["เห็นชอบ/ขอแก้ไข", "", "", ""],
        "5.3 2)": ["-", "", "", ""],
        "5.3 1)": ["ขอให้ตัดออก", "", "", ""],
        "5.3 1) ข.": ["สอบถาม", "", "", ""],
    }
    answers = {at(process, cite).uuid: words for cite, words in typed.items()}
    raw = filled(write_comment_form(session.edition, group="DIR"), answers)
    [copy] = take(session, store, lampang, facilitator, raw)
    assert said() == [
        ("5.1", "agree", "✓ เห็นด้วย"),
        ("5.3 1)", "delete", "ขอให้ตัดออก"),
    ]
    left = " ".join(copy.report["left_out"])
    assert len(copy.report["left_out"]) == 5
    for words in ("ไม่ขอแก้ไข ตรวจให้ครบ", "ขอเพิ่ม/ขอแก้ไข ให้ชัด", "เห็นชอบ/ขอแก้ไข"):
        assert words in left
    assert "ไม่มีคำถาม" in left


def test_words_beside_the_cells_of_a_form_are_taken_in_too(
    session, process, store
) -> None:
    """In the clause's own cell, behind its words or among them, and in a row that lost its name but stands below its
    clause."""
    answers = {at(process, "5.2").uuid: ["ขอแก้ไข", "ชัดเจนขึ้น", "", ""]}
    raw = filled(write_comment_form(session.edition, group="DIR"), answers)
    document = opened(raw)
    answer = marked(document, f"{ANSWER}{at(process, '5.2').uuid.hex}")
    name = next(answer.iter(qn("w:bookmarkStart")))
    name.getparent().remove(name)
    asked = paragraph_of(document, at(process, "5.1").uuid)
    docx.text.paragraph.Paragraph(asked, document).add_run(" ควรระบุเวลา")
    edited = at(process, "5.3")
    words = list(paragraph_of(document, edited.uuid).iter(qn("w:t")))
    words[-1].text = words[-1].text.replace(edited.plain, f"ให้{edited.plain}")
    [copy] = read(session, store, saved(document))
    found = [(item.kind, item.uuid, item.words) for item in copy.returned.items]
    assert ("remark", at(process, "5.1").uuid, "ควรระบุเวลา") in found
    assert ("answer", at(process, "5.2").uuid, "ชัดเจนขึ้น") in found
    assert ("amend", edited.uuid, f"ให้{edited.plain}") in found
    assert (copy.returned.unplaced, copy.returned.notes) == ([], [])


def test_file_taken_in_before_is_known_and_stores_nothing_more(
    session, process, exported, store, lampang, facilitator
) -> None:
    document = opened(exported)
    type_tracked(paragraph_of(document, at(process, "5.1").uuid), " ทุกวัน")
    raw = saved(document)
    [first] = take(session, store, lampang, facilitator, raw)
    [again] = take(session, store, lampang, facilitator, raw)
    assert again == first
    assert (Comment.objects.count(), ReturnedCopy.objects.count()) == (1, 1)


def test_files_that_cannot_be_read_are_told_and_stop_no_other(
    session, process, exported, store
) -> None:
    document = opened(exported)
    type_tracked(paragraph_of(document, at(process, "5.1").uuid), " ทุกวัน")
    strange = saved(opened_blank())
    found = read(
        session, store, b"no word file", strange, saved(document), exported, exported
    )
    told = [bool(copy.refused) for copy in found]
    assert told == [True, True, False, False, True]
    assert "เหมือนกับไฟล์ สพท 3.docx" in found[4].refused
    assert len(found[2].returned.items) == 1
    assert not Comment.objects.exists()


def test_file_that_is_no_copy_of_this_edition_is_refused(
    session, process, exported, store
) -> None:
    draft = export_word(Side(None, [process.manual]), WordOptions(group="DIR"))
    unrelated = docx.Document()
    for cite in ("5.1", "5.2"):
        unrelated.add_paragraph(at(process, cite).plain)
    unrelated.add_paragraph("เรื่องอื่นที่ไม่อยู่ในคู่มือเล่มใด")
    bare = opened(exported)
    for each in list(bare.element.body.iter(qn("w:bookmarkStart"))):
        each.getparent().remove(each)
    found = read(session, store, draft, saved(unrelated), saved(bare))
    assert [copy.refused for copy in found] == [NOT_THIS, NOT_THIS, ""]
    assert [copy.returned.items for copy in found] == [[], [], []]


def opened_blank():
    document = docx.Document()
    document.add_paragraph("จดหมายเรื่องอื่น")
    return document


def test_hostile_files_are_answered_as_those_of_a_manual_and_leave_nothing(
    session, store, facilitator, lampang
) -> None:
    made = {make.__name__: (make(), told) for make, told in HOSTILE}
    # One of each answer: what else there is of it, the reader's own tests try
    chosen = {told: raw for raw, told in made.values()}
    copies = read(session, store, *chosen.values())
    assert sorted(copy.refused for copy in copies) == sorted(chosen)
    assert not any(copy.returned.items for copy in copies)
    with pytest.raises(CopiesRefused):
        take_in_copies(
            session,
            [ConfirmedCopy(copies[0], b"", lampang, None)],
            by=facilitator,
        )
    assert not ReturnedCopy.objects.exists()
    assert not StoredFile.objects.exists()


def test_without_an_open_session_only_with_a_reason(
    session, process, exported, store, lampang, facilitator
) -> None:
    document = opened(exported)
    type_tracked(paragraph_of(document, at(process, "5.1").uuid), " ทุกวัน")
    raw = saved(document)
    close_session(session, by=facilitator)
    session = type(session).objects.with_state().get(pk=session.pk)
    with pytest.raises((CopiesRefused, SessionClosed)):
        take(session, store, lampang, facilitator, raw)
    assert not ReturnedCopy.objects.exists()
    [copy] = take(
        session, store, lampang, facilitator, raw, reason="ไฟล์ส่งทางไปรษณีย์ถึงช้า"
    )
    assert (copy.reason, Comment.objects.count()) == ("ไฟล์ส่งทางไปรษณีย์ถึงช้า", 1)
    line = Act.objects.get(code="copy-taken-in")
    assert (line.reason, line.by) == ("ไฟล์ส่งทางไปรษณีย์ถึงช้า", facilitator)


def test_nobody_but_the_groups_facilitator_takes_in(
    session, exported, store, lampang, delegate, drafter, admin
) -> None:
    for person in (delegate, drafter, admin):
        with pytest.raises(CopiesRefused):
            take(session, store, lampang, person, exported)
    assert not ReturnedCopy.objects.exists()


def test_one_file_that_is_refused_stores_none(
    session, process, exported, store, lampang, facilitator
) -> None:
    """A key that stands for other words already: nothing of the act is kept."""
    first = opened(exported)
    type_tracked(paragraph_of(first, at(process, "5.1").uuid), " ทุกวัน")
    second = opened(exported)
    type_tracked(paragraph_of(second, at(process, "5.2").uuid), " ทุกวัน")
    found = read(session, store, saved(first), saved(second))
    raws = [store.kept[copy.upload] for copy in found]
    broken = found[1].returned.items[0]
    object.__setattr__(broken, "field", "text")
    object.__setattr__(broken, "start", 0)
    object.__setattr__(broken, "end", 10_000)
    confirmed = [
        ConfirmedCopy(copy, raw, lampang, None)
        for copy, raw in zip(found, raws, strict=True)
    ]
    with pytest.raises(Exception, match="ช่วงข้อความ"):
        take_in_copies(session, confirmed, by=facilitator)
    assert not Comment.objects.exists()
    assert not ReturnedCopy.objects.exists()


def test_long_remark_loses_no_letter(
    session, process, exported, store, lampang, facilitator
) -> None:
    words = " ".join(f"ข้อความที่ {number}" for number in range(700))
    document = opened(exported)
    remark(document, paragraph_of(document, at(process, "5.1").uuid), words)
    take(session, store, lampang, facilitator, saved(document))
    texts = [
        comment.text.partition(") ")[2] for comment in Comment.objects.order_by("pk")
    ]
    assert len(texts) > 1
    assert "".join("".join(texts).split()) == "".join(words.split())
