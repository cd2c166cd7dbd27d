"""What the hearing decided is not undone unasked by a file that was written before, or by an older version."""

from datetime import date
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.deciding.queries.drafting_debts import find_drafting_debts
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.clearing_debts import clear_drafting_debt
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import find_release_blockers
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.models import Clause, Section
from tests import factories
from tests.factories import PROCESS_TEXT
from tests.markup import markup

committed = pytest.mark.django_db(
    transaction=True
)  # a job keeps its lease over a connection of its own
UPLOAD = "/groups/DIR/drafts/files/"
FIRST = "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง"
CUT = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
ADOPTED = "ผู้รับผิดชอบเปิดดูหนังสือใหม่ทุกชั่วโมง"  # unlike what stood there
ADDED = "แจ้งผู้ส่งเมื่อได้รับหนังสือแล้ว"


@pytest.fixture
def decided(settings, tmp_path, session, edition, process, drafter):
    """Clause 5.1 reworded, one added behind it, 5.2 cut: by comments, in that order."""
    settings.VAR_DIR = tmp_path
    comments = []
    for words, op, proposed in (
        (FIRST, "replace", ADOPTED),
        (ADOPTED, "insert_after", ADDED),
        (CUT, "delete", ""),
    ):
        clause = Clause.objects.live().get(section=process, plain=words)
        comment = factories.make_comment(session, factories.entry_of(edition, clause))
        fields = {} if proposed else {"proposed": {}}
        amendment = factories.make_amendment(comment, proposed, op=op, **fields)
        adoption = Adoption(amendment, clause.lock_version, on_current=True)
        adopt_amendments([adoption], by=drafter, reason="เห็นชอบตามที่เสนอ")
        comments.append(comment)
    return comments


def words_of(process) -> list[str]:
    return list(
        Clause.objects.live()
        .filter(section=process, part=5, parent=None)
        .values_list("plain", flat=True)
    )


def import_old_text(client: Client, **ticks: str):
    url = client.post(
        UPLOAD, {"sent": SimpleUploadedFile("loan.txt", PROCESS_TEXT.encode())}
    )["Location"]
    page = client.get(url)
    [card] = page.context["cards"]
    data = {
        "take-0": "on",
        "target-0": card.target.value(),
        "unit-0": card.unit.value(),
        "compared-0": card.compared,
        "seen-0": card.seen,
    }
    assert client.post(url, {**data, **ticks, "act": "take"}).status_code == 303
    job = Job.objects.order_by("-pk")[0]
    attempt_job(job.uuid, must_stop=lambda: False)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    return page


def lost(book) -> list:
    return [
        each.comment
        for each in find_release_blockers(book)
        if each.kind == "lost_words"
    ]


@committed
def test_file_of_before_leaves_what_was_decided(sign_in, drafter, process, decided):
    page = import_old_text(sign_in(drafter))

    text = markup(page)
    [card] = page.context["cards"]
    assert {(row.place, row.words) for row in card.decided} == {
        ("ข้อ 5.1", ADOPTED),
        ("ข้อ 5.2", ADDED),
        ("ข้อที่เห็นชอบให้ตัดออก", CUT),
    }
    for comment in decided:
        assert f"ความคิดเห็นเลขที่ {comment.pk}" in text
    assert not card.replace.value()
    assert words_of(process) == [ADOPTED, ADDED, "จัดลำดับความเร่งด่วน"]
    assert lost(DraftBook()) == []


@committed
def test_file_takes_their_place_when_ticked_and_the_gate_tells(
    sign_in, drafter, admin, process, decided
):
    import_old_text(sign_in(drafter), **{"replace-0": "on"})

    assert words_of(process) == [FIRST, CUT, "จัดลำดับความเร่งด่วน"]
    assert lost(DraftBook()) == decided
    final = factories.make_edition("FINAL", kind="final", by=admin)
    assert lost(EditionBook(final)) == decided
    blockers = [
        each for each in find_release_blockers(DraftBook()) if each.kind == "lost_words"
    ]
    for way in chain.from_iterable(
        show_release_blocker(each).ways for each in blockers
    ):
        assert sign_in(drafter).get(way.url).status_code == 200


@committed
def test_file_that_brings_earlier_words_back_opens_the_promise(
    settings, tmp_path, sign_in, session, edition, process, drafter
):
    settings.VAR_DIR = tmp_path
    clause = Clause.objects.live().get(section=process, plain=FIRST)
    comment = factories.make_comment(session, factories.entry_of(edition, clause))
    debt = factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=drafter,
    )
    change = revise_clause(
        clause,
        clause.lock_version,
        Text(body=ADOPTED),
        numbering=clause.numbering,
        by=drafter,
        reason="ยกร่างตามผลการพิจารณา",
    )
    clear_drafting_debt(debt, change, by=drafter)
    assert find_drafting_debts() == []

    import_old_text(sign_in(drafter), **{"replace-0": "on"})

    assert [owed.disposition for owed in find_drafting_debts()] == [debt]


@pytest.mark.django_db
def test_person_who_rewords_with_a_reason_knows_it(drafter, process, decided):
    clause = Clause.objects.live().get(section=process, plain=ADOPTED)
    content = Text(body=ADOPTED + "ในเวลาราชการ")
    numbering = clause.numbering
    revise_clause(
        clause,
        clause.lock_version,
        content,
        numbering=numbering,
        by=drafter,
        reason="ตรงกับระเบียบใหม่",
    )

    assert lost(DraftBook()) == []


# -- an older version restored


def restore(client: Client, section: Section, number: int) -> str:
    """What the page said before it was done."""
    url = f"/groups/DIR/drafts/{section.uuid}/versions/{number}/restoration/"
    page = client.get(url)
    version = page.context["form"]["version"].value()
    data = {"version": version, "reason": "กลับไปใช้ร่างเดิม"}
    assert client.post(url, data).status_code == 303
    return markup(page)


@pytest.mark.django_db
def test_older_version_names_what_it_takes_back_and_the_gate_tells(
    sign_in, drafter, admin, process, decided
):
    client = sign_in(drafter)
    process.refresh_from_db()
    newest = process.version

    told = restore(client, process, newest - 3)

    assert "การเรียกคืนนี้จะเปลี่ยนถ้อยคำที่เห็นชอบแล้วกลับ 3\xa0ข้อ" in told
    for comment in decided:
        assert f"(ความคิดเห็นเลขที่ {comment.pk})" in told
    assert words_of(process) == [FIRST, CUT, "จัดลำดับความเร่งด่วน"]
    assert lost(DraftBook()) == decided
    final = factories.make_edition("FINAL", kind="final", by=admin)

    told = restore(client, process, newest)

    assert "ความคิดเห็นเลขที่" not in told
    assert lost(DraftBook()) == []
    assert lost(EditionBook(final)) == decided


@pytest.mark.django_db
def test_older_version_takes_back_only_what_came_after_it(
    sign_in, drafter, process, decided
):
    process.refresh_from_db()
    told = restore(sign_in(drafter), process, process.version - 1)
    assert f"(ความคิดเห็นเลขที่ {decided[2].pk})" in told
    assert f"(ความคิดเห็นเลขที่ {decided[0].pk})" not in told
    assert lost(DraftBook()) == decided[2:]


@pytest.mark.django_db
def test_edit_that_is_undone_leaves_restored_words_lost(
    sign_in, drafter, process, decided
):
    process.refresh_from_db()
    client = sign_in(drafter)
    restore(client, process, process.version - 3)
    clause = Clause.objects.live().get(section=process, plain=FIRST)
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=FIRST + "ในเวลาราชการ"),
        numbering=clause.numbering,
        by=drafter,
        reason="ตรงกับระเบียบใหม่",
    )
    assert lost(DraftBook()) == decided[1:]
    process.refresh_from_db()
    undo = f"/groups/DIR/drafts/{process.uuid}/undo/"
    assert client.post(undo, {"version": process.version}).status_code == 303
    assert lost(DraftBook()) == decided


@pytest.mark.django_db
def test_page_that_restores_asks_the_same_for_more_decisions(
    sign_in, drafter, process, decided
):
    process.refresh_from_db()
    client = sign_in(drafter)
    counted = []
    for back in (1, 3):
        url = f"/groups/DIR/drafts/{process.uuid}/versions/{process.version - back}/restoration/"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted.append(len(queries))
    assert counted[0] == counted[1]
