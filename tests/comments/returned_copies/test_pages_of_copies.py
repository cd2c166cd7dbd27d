"""Sending what offices returned, looking at what is in it, and taking it in: the pages of the facilitator."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comments.models import Comment, ReturnedCopy
from comments.returned_copies.comment_form import write_comment_form
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from tests import factories
from tests.comments.returned_copies.word_files import filled
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

    assert_same_queries(5, lambda: client.get(page_of(session)), add_two)
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
