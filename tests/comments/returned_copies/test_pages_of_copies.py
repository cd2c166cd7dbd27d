"""Sending what offices returned, looking at what is in it, and taking it in: the pages of the facilitator."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comments.models import Comment, ReturnedCopy
from comments.returned_copies.comment_form import write_comment_form
from comments.returned_copies.comment_sheet import write_comment_sheet
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from tests import factories
from tests.comments.returned_copies.test_comment_sheet_file import (
    changed,
    filled_in,
    rows_of,
)
from tests.comments.returned_copies.word_files import filled, opened, saved
from tests.manuals.importing.test_manual_files import words_of
from tests.manuals.office import OFFICE, Office
from tests.markup import markup


@pytest.fixture
def raw(session, process) -> bytes:
    """A form in which an office asks for another wording of 5.2."""
    answers = {
        factories.clause_at(process, "5.2").uuid: ["ขอแก้ไข", "สั้นลง", "ตรวจหนังสือ", ""]
    }
    return filled(write_comment_form(session.edition, group="DIR"), answers)


def page_of(session) -> str:
    return f"/sessions/{session.pk}/returned-copies/"


def sent(client, session, *files: tuple[str, bytes]) -> str:
    """The address where the files are looked at, once they are read."""
    uploads = [SimpleUploadedFile(name, raw) for name, raw in files]
    answer = client.post(page_of(session), {"sent": uploads})
    assert answer.status_code == 303
    run_pending_jobs()
    return answer["Location"]


@pytest.mark.django_db(transaction=True)
def test_facilitator_names_the_office_and_takes_the_file_in(
    sign_in, facilitator, delegate, lampang, session, raw, files_dir, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    address = sent(
        client, session, (f"{lampang.short_name}.docx", raw), ("x.docx", b"x")
    )
    page = markup(client.get(address))
    assert f'value="{lampang.short_name}"' in page  # the file's name is a hint
    assert "ไม่ได้อ่านไฟล์นี้" in page
    assert "<ins>ตรวจหนังสือ</ins>" in page
    assert not Comment.objects.exists()
    number = re.search(r'name="take-(\d+)"', page)[1]

    wrong = {f"take-{number}": "on", f"office-{number}": lampang.short_name}
    refused = client.post(address, {**wrong, f"delegate-{number}": "คนอื่น ใครก็ได้"})
    assert (refused.status_code, "ไม่พบผู้แทนชื่อนี้" in refused.content.decode()) == (
        422,
        True,
    )
    assert client.post(address, {f"take-{number}": "on"}).status_code == 422
    assert client.post(address, {}).status_code == 422
    right = {**wrong, f"delegate-{number}": delegate.get_full_name()}
    for _ in range(2):
        client.post(address, right)
    run_pending_jobs()

    comment = Comment.objects.get()
    assert (comment.office, comment.author, comment.recorded_by, comment.channel) == (
        lampang,
        delegate,
        facilitator,
        "word",
    )
    assert "นำเข้าแล้ว" in markup(client.get(address))
    assert lampang.short_name in markup(client.get(page_of(session)))
    again = sent(client, session, ("อีกครั้ง.docx", raw))
    assert "นำเข้าไฟล์นี้แล้ว" in markup(client.get(again))
    assert Job.objects.filter(kind="take_in_returned_copies").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_thing_of_a_file_is_left_out_and_another_recorded_as_something_else(
    sign_in, facilitator, lampang, session, process, files_dir, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    answers = {
        factories.clause_at(process, "2.1").uuid: ["สอบถาม", "มีผลเมื่อใด", "", ""],
        factories.clause_at(process, "5.1").uuid: ["ขอแก้ไข", "สั้นไป", "เปิดระบบทุกวัน", ""],
        factories.clause_at(process, "5.2").uuid: ["ขอแก้ไข", "ควรสั้นลง", "", ""],
    }
    raw = filled(write_comment_form(session.edition, group="DIR"), answers)
    address = sent(client, session, (f"{lampang.short_name}.docx", raw))
    items = f"{address}0/"
    assert items in markup(client.get(address))
    assert markup(client.get(items)).count('name="type-') == 3
    assert client.post(items, {"type-0": "poem"}).status_code == 422
    chosen = {
        "type-0": "leave-out",
        "type-1": "add",
        "type-2": "",
        "class-2": "complex",
    }
    assert client.post(items, chosen).status_code == 303
    assert ">เว้นไว้</span>" in markup(client.get(address))

    client.post(address, {"take-0": "on", "office-0": lampang.short_name})
    run_pending_jobs()

    said = Comment.objects.order_by("pk").values_list("type", "text", "issue_class")
    assert list(said) == [("add", "สั้นไป", None), ("amend", "ควรสั้นลง", "complex")]
    added = Comment.objects.get(type="add").amendments.get()
    assert added.proposed["body"] == "เปิดระบบทุกวัน"
    [copy] = ReturnedCopy.objects.all()
    assert ["มีผลเมื่อใด" in left for left in copy.report["left_out"]] == [True]
    # What was taken in is chosen no more
    assert client.get(items).status_code == 302
    assert client.get(f"{address}1/").status_code == 302


def in_sheet(session, clause, answer: list[str]) -> bytes:
    return filled_in(
        write_comment_sheet(session.edition, group="DIR"), {str(clause.uuid): answer}
    )


def in_word(session, clause, answer: list[str]) -> bytes:
    form = write_comment_form(session.edition, group="DIR")
    return filled(form, {clause.uuid: answer})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("fill", "ending"), [(in_word, "docx"), (in_sheet, "xlsx")])
def test_file_with_a_type_in_other_words_waits_until_somebody_chooses(
    sign_in,
    facilitator,
    lampang,
    session,
    process,
    files_dir,
    settings,
    tmp_path,
    fill,
    ending,
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    clause = factories.clause_at(process, "5.1")
    raw = fill(session, clause, ["ขอเพิ่ม/แก้", "ทุกวัน", "", ""])
    address = sent(client, session, (f"{lampang.short_name}.{ending}", raw))
    asked = {"take-0": "on", "office-0": lampang.short_name}
    assert "ไฟล์ระบุ “ขอเพิ่ม/แก้”" in words_of(client.get(address))
    refused = client.post(address, asked)
    assert (refused.status_code, "ยังไม่ทราบประเภท" in markup(refused)) == (422, True)
    items = f"{address}0/"
    assert "โปรดเลือกประเภท (ไฟล์ระบุ “ขอเพิ่ม/แก้”)" in markup(client.get(items))
    client.post(items, {"type-0": "add"})
    client.post(address, asked)
    run_pending_jobs()
    comment = Comment.objects.get()
    assert (comment.type, comment.text) == ("add", "ขอเพิ่ม/แก้\nทุกวัน")


@pytest.mark.django_db(transaction=True)
def test_row_of_which_nobody_can_tell_the_clause_is_given_one_by_hand(
    sign_in, facilitator, lampang, session, process, files_dir, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    clause = factories.clause_at(process, "5.2")
    rows = rows_of(write_comment_sheet(session.edition, group="DIR"))
    for words in ("หาข้อให้ด้วย", "ไม่ต้องบันทึก"):
        rows.append(["", "", "", "", "ขอแก้ไข", words, "ตรวจให้ครบถ้วน", ""])
    address = sent(client, session, (f"{lampang.short_name}.xlsx", changed(rows)))
    page = words_of(client.get(address))
    assert "ข้อความที่ไม่ทราบว่าเกี่ยวกับข้อใด 2 แห่ง" in page
    items = f"{address}0/"
    assert markup(client.get(items)).count('list="entries"') == 2
    for wrong in ({"entry-0": "ข้อ 99"}, {"type-0": "add"}):
        assert client.post(items, wrong).status_code == 422
    assert client.post(items, {"entry-0": "๕.๒", "type-0": ""}).status_code == 303
    assert "ข้อความที่ไม่ทราบว่าเกี่ยวกับข้อใด 1 แห่ง" in words_of(client.get(address))
    assert "ข้อ 5.2" in markup(client.get(items))

    client.post(address, {"take-0": "on", "office-0": lampang.short_name})
    run_pending_jobs()

    comment = Comment.objects.get()
    assert (comment.entry.uuid, comment.text) == (clause.uuid, "หาข้อให้ด้วย")
    assert comment.amendments.get().proposed["body"] == "ตรวจให้ครบถ้วน"
    [left] = ReturnedCopy.objects.get().report["left_out"]
    assert "ไม่ต้องบันทึก" in left


@pytest.mark.django_db(transaction=True)
def test_files_of_one_office_that_say_different_or_equal_things_are_told(
    sign_in, facilitator, lampang, session, process, files_dir, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    form = write_comment_form(session.edition, group="DIR")
    first, second = (factories.clause_at(process, cite) for cite in ("5.1", "5.2"))
    same = {second.uuid: ["ขอตัด", "ซ้ำ", "", ""]}
    one = filled(form, {first.uuid: ["ขอแก้ไข", "", "เปิดระบบทุกวัน", ""], **same})
    two = filled(form, {first.uuid: ["เห็นชอบ", "", "", ""], **same})
    name = lampang.short_name
    address = sent(client, session, (f"{name} ก.docx", one), (f"{name} ข.docx", two))
    cards = client.get(address).context["cards"]
    for card, other in zip(cards, ("ข", "ก"), strict=True):
        [told] = card.others
        assert f"ไฟล์ {name} {other}.docx ที่ส่งพร้อมกัน" in told
        assert "ระบุต่างกันในข้อ\u00a05.1 " in told
        assert "ระบุเหมือนกัน 1 เรื่อง" in told

    client.post(address, {"take-0": "on", "office-0": name})
    run_pending_jobs()

    [card] = client.get(address).context["cards"]
    [told] = card.others
    assert "ซึ่งนำเข้าแล้วเมื่อ" in told
    assert "ระบุต่างกันในข้อ\u00a05.1 " in told
    assert "ระบุเหมือนกัน 1 เรื่อง" in told


@pytest.mark.django_db(transaction=True)
def test_files_that_are_not_chosen_wait_and_one_that_was_saved_again_is_known(
    sign_in, facilitator, lampang, session, process, files_dir, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    form = write_comment_form(session.edition, group="DIR")
    first = filled(form, {process.uuid: ["สอบถาม", "มีผลเมื่อใด", "", ""]})
    other = filled(form, {process.uuid: ["สอบถาม", "ใช้แบบใด", "", ""]})
    again = saved_again(first, tmp_path)
    files = [("ก.docx", first), ("ข.docx", again), ("ค.docx", other)]
    address = sent(client, session, *files)
    page = client.get(address)
    assert [card.alike for card in page.context["cards"]] == [
        "",
        "ไฟล์ ก.docx ที่ส่งพร้อมกัน",
        "",
    ]
    assert [card.take.initial for card in page.context["cards"]] == [True, False, True]
    refused = client.post(address, {"take-2": "on"})
    assert "โปรดเลือก สพท. เจ้าของไฟล์ ค.docx" in markup(refused)

    client.post(address, {"take-0": "on", "office-0": lampang.short_name})
    run_pending_jobs()

    left = client.get(address)
    assert "นำเข้าแล้ว 1 ไฟล์" in words_of(left)
    assert "ยังมีไฟล์ที่ไม่ได้เลือก 2 ไฟล์" in words_of(left)
    assert [card.copy.name for card in left.context["cards"]] == ["ข.docx", "ค.docx"]
    assert "ซึ่งนำเข้าแล้วเมื่อ" in left.context["cards"][0].alike
    assert "ข.docx, ค.docx" in markup(client.get(page_of(session)))
    client.post(address, {"take-2": "on", "office-2": lampang.short_name})
    run_pending_jobs()
    assert Comment.objects.count() == 2
    client.post(address, {"act": "discard"})
    assert "ยังไม่ได้นำเข้า" not in markup(client.get(page_of(session)))
    assert "ยังมีไฟล์ที่ไม่ได้เลือก" not in markup(client.get(address))
    assert Comment.objects.count() == 2


def saved_again(raw: bytes, folder: Path) -> bytes:
    """By another program, where there is one."""
    if OFFICE is not None:
        return Office(folder).work(raw, "")
    document = opened(raw)
    # Saved within one moment the bytes may be the same
    document.core_properties.comments = "บันทึกอีกครั้ง"
    return saved(document)


@pytest.mark.django_db
def test_list_costs_the_same_for_one_copy_and_three(
    sign_in, facilitator, session, comment, assert_same_queries
):
    factories.make_returned_copy(comment)
    client = sign_in(facilitator)

    def add_two() -> None:
        for number in range(2):
            more = factories.make_comment(session, comment.entry, comment.author)
            factories.make_returned_copy(more, sha=str(number) * 64)

    assert_same_queries(6, lambda: client.get(page_of(session)), add_two)
    assert ReturnedCopy.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_preview_costs_the_same_for_one_file_and_three(
    sign_in, facilitator, session, raw, process, files_dir, settings, tmp_path,
    django_assert_max_num_queries,
):  # fmt: skip
    settings.VAR_DIR = tmp_path
    client = sign_in(facilitator)
    counts = []
    for number in (1, 3):
        files = []
        for name in range(number):
            answers = {process.uuid: ["สอบถาม", f"คำถามที่ {number}.{name}", "", ""]}
            form = filled(write_comment_form(session.edition, group="DIR"), answers)
            files.append((f"{name}.docx", form))
        address = sent(client, session, *files)
        with django_assert_max_num_queries(60) as counted:
            assert "คำถามที่" in markup(client.get(address))
        counts.append(len(counted))
    assert counts[0] == counts[1]
