"""Asking for a Word file: of which edition, group and process."""

import re

import pytest

from hearing_portal.jobs.models import Job
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
WORD = "/exports/word/"


def choices(page: str, name: str) -> list[str]:
    select = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([^"]*)"', select)


def test_drafter_asks_for_the_word_file_of_the_own_group(
    sign_in, drafter, edition, process
):
    client = sign_in(drafter)
    page = markup(client.get(WORD))
    assert choices(page, "edition") == ["", str(edition.pk), "working-draft"]
    assert choices(page, "group") == ["", "DIR"]
    assert choices(page, "process") == ["", str(process.uuid)]

    asked = {"edition": edition.pk, "group": "DIR", "process": "", "digits": "arabic"}
    answer = client.post(WORD, asked)

    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.uuid}/"
    assert (job.kind, job.params["edition"], job.params["digits"]) == (
        "export_word",
        "HEARING-2565",
        "arabic",
    )
    assert "ไฟล์ Word HEARING-2565" in client.get("/exports/").content.decode()


def test_processes_offered_are_those_of_the_side_chosen(
    sign_in, drafter, edition, unit, process
):
    new = factories.make_section(parent=unit, title="การส่งหนังสือ", kind="process")
    factories.make_clause(new, "ส่งทางระบบ")
    client = sign_in(drafter)
    of_both = markup(client.get(WORD))
    assert choices(of_both, "process") == ["", str(process.uuid), str(new.uuid)]
    assert "การส่งหนังสือ (มีเฉพาะในร่างปัจจุบัน)" in of_both
    of_edition = markup(client.get(f"{WORD}?edition={edition.pk}"))
    of_draft = markup(client.get(f"{WORD}?edition=working-draft"))
    assert choices(of_edition, "process") == ["", str(process.uuid)]
    assert choices(of_draft, "process") == ["", str(process.uuid), str(new.uuid)]

    asked = {"edition": "working-draft", "process": new.uuid, "digits": "thai"}
    client.post(WORD, asked | {"group": "DIR"})
    job = Job.objects.get()
    assert (job.params["edition"], job.params["process_title"]) == (
        "working-draft",
        "การส่งหนังสือ",
    )


def test_nobody_asks_for_another_groups_file(sign_in, drafter, fin_group, edition):
    factories.make_manual(fin_group)
    client = sign_in(drafter)
    for group in ("FIN", ""):
        asked = {"edition": edition.pk, "group": group, "digits": "thai"}
        assert client.post(WORD, asked).status_code == 422
    assert not Job.objects.exists()


def test_process_of_another_group_than_the_one_chosen_is_told(
    sign_in, admin, fin_group, process
):
    factories.make_manual(fin_group)
    edition = factories.make_edition(by=admin)
    asked = {"edition": edition.pk, "group": "FIN", "process": process.uuid}
    answer = sign_in(admin).post(WORD, asked | {"digits": "thai"})
    assert (answer.status_code, "โปรดเลือกให้ตรงกัน" in answer.content.decode()) == (
        422,
        True,
    )


def test_page_costs_the_same_for_one_process_and_three(
    sign_in, drafter, edition, unit, assert_same_queries
):
    client = sign_in(drafter)

    def add_two() -> None:
        for title in ("การส่งหนังสือ", "การทำลายหนังสือ"):
            process = factories.make_section(parent=unit, title=title, kind="process")
            factories.make_clause(process, "ดำเนินการ")

    assert_same_queries(
        11, lambda: client.get(f"{WORD}?edition=working-draft"), add_two
    )


def test_changes_are_asked_for_against_another_edition(
    sign_in, drafter, edition, admin
):
    newer = factories.make_edition("FINAL-2565", kind="final", basis=edition, by=admin)
    client = sign_in(drafter)
    asked = {"group": "DIR", "digits": "thai", "edition": newer.pk}
    refused = client.post(WORD, asked | {"against": newer.pk})
    assert refused.status_code == 422
    client.post(WORD, asked | {"against": edition.pk})
    client.post(WORD, asked | {"edition": "working-draft", "against": newer.pk})
    first, second = Job.objects.order_by("pk")
    assert (first.params["edition"], first.params["against"]) == (
        "FINAL-2565",
        "HEARING-2565",
    )
    assert (second.params["edition"], second.params["against"]) == (
        "working-draft",
        "FINAL-2565",
    )
