"""What the hearing decided is not undone unasked by a file that was written before, or by an older version."""

import re
from datetime import date
from itertools import chain
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.deciding.queries.drafting_debts import find_drafting_debts
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.clearing_debts import clear_drafting_debt
from comments.models import ChangeCause
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import find_release_blockers
from hearing_portal.jobs.attempts import attempt_job
from hearing_portal.jobs.models import Job
from manuals.content import Step, Text
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import bring_back_section, retire_section
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
def test_agreed_words_taken_out_by_hand_are_lost_until_given_up(
    sign_in, drafter, process, decided
):
    """By an edit, a clause retired and a cut restored, each with its reason."""
    reword(process, ADOPTED, ADOPTED + "ในเวลาราชการ", drafter)
    assert lost(DraftBook()) == []  # polished, and kept

    reword(process, ADOPTED + "ในเวลาราชการ", "ผู้รับผิดชอบ", drafter)
    assert lost(DraftBook()) == decided[:1]

    client = sign_in(drafter)
    added = Clause.objects.live().get(section=process, plain=ADDED)
    send_act(client, process, added, "retire/")
    assert lost(DraftBook()) == decided[:2]

    cut = Clause.objects.get(section=process, plain=CUT)
    send_act(client, process, cut, "restore/")
    assert lost(DraftBook()) == decided
    desk = markup(client.get("/drafting/")).partition('id="lost"')[2]
    for comment in decided:
        assert f"ความคิดเห็นเลขที่ {comment.pk}" in desk

    reword(process, "ผู้รับผิดชอบ", ADOPTED, drafter)
    assert lost(DraftBook()) == decided[1:]

    decision = decided[1].answers.get(current=True).disposition_id
    given_up = {
        "key": str(uuid4()),
        "seen": f"{decided[1].uuid}:{decision}",
        "outcome": "accepted_with_changes",
        "effect": "no_text_change",
        "reason": "ไม่คงถ้อยคำนี้ เพราะกำหนดไว้แล้วในระเบียบงานสารบรรณ",
    }
    url = f"/comments/{decided[1].uuid}/disposition/"
    assert client.post(url, given_up).status_code == 303
    assert lost(DraftBook()) == decided[2:]


@pytest.mark.django_db
def test_agreed_words_are_lost_with_their_process_until_it_comes_back(
    sign_in, drafter, admin, process, decided
):
    """A cut clause is as gone as before."""
    before = factories.make_edition("BEFORE", kind="final", by=admin)
    process.refresh_from_db()
    retire_section(process, process.version, by=drafter, reason="ไม่ใช้แล้ว")

    assert lost(DraftBook()) == decided[:2]
    client = sign_in(drafter)
    desk = markup(client.get("/drafting/")).partition('id="lost"')[2]
    beside = markup(client.get(f"/groups/DIR/queue/?comment={decided[0].uuid}"))
    assert f"ความคิดเห็นเลขที่ {decided[1].pk}" in desk
    assert "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว โปรดแก้ไขตามผลอีกครั้ง" in beside
    for each in find_release_blockers(DraftBook()):
        if each.kind == "lost_words":
            [way, *_] = show_release_blocker(each).ways
            assert "เรียกคืน" in markup(client.get(way.url))
    after = factories.make_edition("AFTER", kind="final", by=admin)

    process.refresh_from_db()
    bring_back_section(process, process.version, by=drafter)

    assert lost(DraftBook()) == lost(EditionBook(before)) == []
    assert lost(EditionBook(after)) == decided[:2]


@pytest.mark.django_db
def test_agreed_words_go_with_their_clause_into_another(
    sign_in, drafter, process, decided
):
    client = sign_in(drafter)
    reworded = Clause.objects.live().get(section=process, plain=ADOPTED)
    added = Clause.objects.live().get(section=process, plain=ADDED)
    joined = {
        "next": added.uuid,
        "next_version": added.lock_version,
        "text": f"{ADOPTED} และ{ADDED}",
    }
    send_act(client, process, reworded, "join/", **joined)
    assert not Clause.objects.live().filter(pk=added.pk).exists()
    assert lost(DraftBook()) == []

    reworded.refresh_from_db()
    reword(process, reworded.plain, ADOPTED, drafter)
    assert lost(DraftBook()) == [decided[1]]


@pytest.mark.django_db
def test_who_takes_decided_words_out_is_told_whatever_was_done_to_their_clauses(
    sign_in, drafter, process, decided
):
    client = sign_in(drafter)
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    reworded = Clause.objects.live().get(section=process, plain=ADOPTED)
    added = Clause.objects.live().get(section=process, plain=ADDED)
    both = f"ความคิดเห็นเลขที่ {decided[0].pk}, {decided[1].pk}"

    joined = {
        "next": added.uuid,
        "next_version": added.lock_version,
        "text": f"{ADOPTED} และ{ADDED}",
    }
    send_act(client, process, reworded, "join/", **joined)

    for page in (f"{draft}retire/", f"{draft}clauses/{reworded.uuid}/retire/"):
        assert "แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว 1\xa0ข้อ" in markup(client.get(page))
        assert both in markup(client.get(page))
    process.refresh_from_db()
    client.post(f"{draft}undo/", {"version": process.version})

    assert "แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว 2\xa0ข้อ" in markup(client.get(f"{draft}retire/"))
    own = markup(client.get(f"{draft}clauses/{added.uuid}/retire/"))
    assert f"ความคิดเห็นเลขที่ {decided[1].pk}" in own


def reword(process, before: str, after: str, by) -> None:
    clause = Clause.objects.live().get(section=process, plain=before)
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=after),
        numbering=clause.numbering,
        by=by,
        reason="ตรงกับระเบียบใหม่",
    )


def send_act(client: Client, process, clause: Clause, act: str, **filled) -> None:
    url = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/{act}"
    data = {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "reason": "ซ้ำกับข้ออื่นของกระบวนงาน",
    }
    answer = client.post(url, data | filled)
    if answer.status_code == 200 and "known" in answer.context:
        answer = client.post(url, data | {"known": answer.context["known"]})
    assert answer.status_code == 303


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

    assert "(ความคิดเห็นเลขที่" not in told
    assert lost(DraftBook()) == []
    assert lost(EditionBook(final)) == decided


@pytest.mark.django_db
def test_older_version_tells_what_was_said_of_the_clauses_that_it_takes_out(
    sign_in, drafter, session, edition, process, decided
):
    """They went elsewhere and came back with what they went to, before that version was written."""
    waiting = Clause.objects.live().get(section=process, plain="จัดลำดับความเร่งด่วน")
    factories.make_comment(session, factories.entry_of(edition, waiting))
    added = Clause.objects.live().get(section=process, plain=ADDED)
    process.refresh_from_db()
    half = split_section(
        process,
        process.version,
        SplitPoint(5, added.uuid),
        "การแจ้งผู้ส่ง",
        uuid=uuid4(),
        by=drafter,
        reason="เป็นงานคนละขั้น",
    )
    process.refresh_from_db()
    number = process.version
    join_sections(
        [(process, number), (half, half.version)], by=drafter, reason="เป็นงานเดียวกัน"
    )
    client = sign_in(drafter)
    url = f"/groups/DIR/drafts/{process.uuid}/versions/{number}/restoration/"

    page = client.get(url)

    told = markup(page)
    assert "ความคิดเห็น 1 เรื่อง" in told
    assert "ยังไม่มีผลการพิจารณา 1 เรื่อง" in told
    assert f"(ความคิดเห็นเลขที่ {decided[1].pk})" in told
    data = {
        "version": page.context["form"]["version"].value(),
        "reason": "กลับไปใช้ร่างเดิม",
    }
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"knows": "on"}).status_code == 303


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
def test_edit_of_restored_words_leaves_the_agreed_ones_lost(
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
    assert lost(DraftBook()) == decided
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
    for back in (2, 3):  # either takes a clause out
        url = f"/groups/DIR/drafts/{process.uuid}/versions/{process.version - back}/restoration/"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.django_db
def test_lost_words_are_told_to_the_group_at_its_desks_at_the_same_cost(
    sign_in, drafter, process, decided
):
    process.refresh_from_db()
    client = sign_in(drafter)
    start = process.version
    told = "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว"
    queue = f"/groups/DIR/queue/?comment={decided[2].uuid}"  # lost each time
    pages = ("/drafting/", queue, "/groups/DIR/answers/")
    for page in pages:
        assert told not in markup(client.get(page))
    counted = []
    for back in (1, 3):
        restore(client, process, start - back)
        cost = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                shown = markup(client.get(page))
            cost.append(len(queries))
            in_list = shown.count(told) - shown.count(f"{told} โปรด")  # not beside it
            rows = in_list if "queue" in page else shown.count("ดูประวัติของข้อ")
            assert (page, rows) == (page, back)
        counted.append(cost)
    assert counted[0] == counted[1]
    clause = Clause.objects.get(plain=CUT, section=process, retired=None)
    desk = markup(client.get("/drafting/")).partition('id="lost"')[2]
    cause = ChangeCause.objects.get(disposition__answers__comment=decided[2])
    own = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/"
    assert f'href="{own}retire/?promise=lost-{cause.pk}"' in desk
    assert f'href="/groups/DIR/queue/?comment={decided[2].uuid}"' in desk


@pytest.mark.django_db
def test_lost_words_are_told_beside_the_queue_and_before_publishing(
    sign_in, drafter, process, decided, hearing
):
    process.refresh_from_db()
    client = sign_in(drafter)
    told = "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว"
    beside = f"/groups/DIR/queue/?comment={decided[2].uuid}"
    publish = {"hearing": hearing.key}
    assert "แก้ถ้อยคำแล้ว" in markup(client.get(beside))
    assert told not in markup(client.post("/groups/DIR/answers/", publish))

    restore(client, process, process.version - 1)

    shown = markup(client.get(beside)).partition('class="disposition ')[2]
    assert f"{told} โปรดแก้ไขตามผลอีกครั้ง" in shown.partition("</div>")[0]
    asked = markup(client.post("/groups/DIR/answers/", publish))
    assert "หรือไม่" in asked
    assert f"{told} 1" in asked
    assert f"?comment={decided[2].uuid}" in asked


@pytest.mark.django_db
def test_who_takes_decided_words_out_by_hand_is_told_of_the_comments(
    sign_in, drafter, process, decided
):
    client = sign_in(drafter)
    reworded, added, _ = (f"ความคิดเห็นเลขที่ {comment.pk}" for comment in decided)
    clause = Clause.objects.get(section=process, plain=ADOPTED)
    page = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/"
    retiring = markup(client.get(f"{page}retire/"))
    assert reworded in retiring
    assert added not in retiring
    both = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/retire/"))
    assert "แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว 2" in both
    assert added in both
    assert f"ผลการพิจารณา{reworded} หากแก้ไข" in markup(client.get(page))
    sent = {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "words-text": FIRST,
        "numbering": "none",
        "applies_to": clause.applies_to,
        "reason": "กลับไปใช้ถ้อยคำเดิม",
    }
    same = sent | {"words-text": ADOPTED}
    told = f"ถ้อยคำก่อนแก้เป็นไปตามผลการพิจารณา{reworded}"
    assert told not in markup(client.post(page, same, follow=True))
    clause.refresh_from_db()
    sent["lock_version"] = str(clause.lock_version)
    asked = client.post(page, sent)
    assert asked.status_code == 422
    assert "ถ้อยคำที่แก้ไขตามความคิดเห็นที่เห็นชอบแล้วออก 1\xa0แห่ง</strong>" in markup(asked)
    assert FIRST in markup(asked)
    clause.refresh_from_db()
    assert (clause.plain, lost(DraftBook())) == (ADOPTED, [])
    other = {"knows": "999999"}  # what was told is not what would be lost by now
    assert client.post(page, sent | other).status_code == 422
    knows = tick_of(asked)
    assert told in markup(client.post(page, sent | knows, follow=True))
    assert "แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว" not in markup(client.get(f"{page}retire/"))
    assert lost(DraftBook()) == decided[:1]


def tick_of(asked) -> dict[str, str]:
    """What the box of the page sends once it is ticked."""
    [tick] = re.findall(r'name="knows" value="([\d ]+)"', asked.content.decode())
    return {"knows": tick}


@pytest.mark.django_db
def test_who_joins_without_decided_words_is_told_before(
    sign_in, drafter, process, decided
):
    client = sign_in(drafter)
    clause = Clause.objects.live().get(section=process, plain=ADOPTED)
    added = Clause.objects.live().get(section=process, plain=ADDED)
    page = f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/join/"
    shown = markup(client.get(page))
    assert "มีส่วนที่แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว 2\xa0แห่ง" in shown
    sent = {
        "lock_version": clause.lock_version,
        "read_sha": clause.sha,
        "next": added.uuid,
        "next_version": added.lock_version,
        "next_sha": added.sha,
        "text": f"{ADOPTED} ทุกวันทำการ",
        "reason": "เป็นเรื่องเดียวกัน",
    }
    asked = client.post(page, sent)
    assert asked.status_code == 422
    [told] = asked.context["losses"]
    assert told.source == f"ความคิดเห็นเลขที่ {decided[1].pk}"
    assert client.post(page, sent | tick_of(asked)).status_code == 303
    assert lost(DraftBook()) == [decided[1]]


@pytest.mark.django_db
def test_who_cuts_a_decided_step_is_told_before(
    sign_in, session, edition, process, drafter
):
    step = factories.clause_at(process, "2", part=9)
    comment = factories.make_comment(session, factories.entry_of(edition, step))
    amendment = factories.make_amendment(comment, Step(body="แจ้งผู้ส่งทันที"))
    adoption = Adoption(amendment, step.lock_version, on_current=True)
    adopt_amendments([adoption], by=drafter, reason="เห็นชอบตามที่เสนอ")
    client = sign_in(drafter)
    url = f"/groups/DIR/drafts/{process.uuid}/steps/"
    page = client.get(url)
    source = f"ความคิดเห็นเลขที่ {comment.pk}"
    [row] = [each for each in page.context["page"].rows if each.decided]
    assert (row.number, row.decided) == (2, [source])
    assert f"แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว {source}" in markup(page)
    table = page.context["page"]
    sent = {
        "read": table.read,
        "row": [str(each.row.uuid) for each in table.rows if each.number != 2],
        "reason": "ไม่มีขั้นนี้แล้ว",
    }
    for each in table.rows:
        for bound in each.row.form:
            sent[bound.html_name] = bound.value() or ""

    asked = client.post(url, sent)

    assert asked.status_code == 422
    assert f"ขั้นตอนที่ 2 {source}" in markup(asked)
    assert lost(DraftBook()) == []
    assert client.post(url, sent | tick_of(asked)).status_code == 303
    assert lost(DraftBook()) == [comment]
