"""A hundred rounds of two writers at a barrier on each way of writing: one wins each, the other is told what it met."""

import threading
import uuid as uuids
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import close_old_connections, connections

from comments.deciding.services.adopting import (
    Adoption,
    OutdatedAmendment,
    adopt_amendments,
)
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from manuals.content import Content, Text
from manuals.drafting.changes import Position, StaleClause, StaleSection
from manuals.drafting.presentation.conflict import load_conflict
from manuals.drafting.services.buffers import keep_buffer
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.sections import revise_section
from manuals.drafting.services.structure import (
    move_clause,
    restore_clause,
    retire_clause,
)
from manuals.drafting.sheets import Sheet
from manuals.importing.process_text import read_process
from manuals.importing.refusals import ProcessNotTaken
from manuals.importing.services.taking import Placement, take_processes
from manuals.models import Clause, ClauseChange, DraftBuffer, Section, SectionVersion
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 100
ROUNDS_OF_ONESELF = 25  # through the views, which are slow: 10 s for a hundred
PATIENCE = 20  # seconds until a test gives up

Act = Callable[[], object]


@pytest.fixture
def at_once() -> Iterator[Callable[[Act, Act], list[object]]]:
    """at_once(act, other): both begin at a barrier, each on a connection of its own; what each gave or refused."""
    start = threading.Barrier(2, timeout=PATIENCE)

    def run(act: Act) -> object:
        start.wait()
        try:
            return act()
        except Refusal as refused:
            return refused

    def leave() -> None:
        start.wait()
        connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as pool:
        yield lambda *acts: [
            future.result(PATIENCE)
            for future in [pool.submit(run, act) for act in acts]
        ]
        for future in [pool.submit(leave) for _ in range(2)]:
            future.result(PATIENCE)
    close_old_connections()


def fresh(clause: Clause) -> Clause:
    return Clause.objects.select_related("section__manual", "parent").get(pk=clause.pk)


def fresh_section(section: Section) -> Section:
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


def saving(clause: Clause, words: str, by: Any) -> Act:
    """The form of somebody who read the clause as it stands."""
    return partial(
        *(revise_clause, clause, clause.lock_version, Text(body=words)),
        numbering=clause.numbering,
        by=by,
        reason="แก้ไข",
    )


def restoring(section: Section, number: int, by: Any) -> Act:
    return partial(
        restore_section,
        section,
        number,
        by=by,
        reason="เรียกคืน",
        read_version=section.version,
    )


def moving(clause: Clause, by: Any, **place: uuids.UUID) -> Act:
    position = Position(clause.section, clause.part, **place)
    return partial(
        move_clause, clause, clause.lock_version, position, by=by, reason="ย้าย"
    )


def retiring(clause: Clause, by: Any) -> Act:
    return partial(retire_clause, clause, clause.lock_version, by=by, reason="ซ้ำกับข้ออื่น")


def renaming(section: Section, title: str, by: Any) -> Act:
    return partial(
        revise_section, section, section.version, {"title": title}, by=by, reason="แก้ชื่อ"
    )


def loser_of(outcomes: list[object], *kinds: type[Refusal]) -> Refusal:
    """The one refusal, which is a conflict (409) of one of the kinds."""
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert isinstance(refusal, kinds), refusal
    assert refusal.kind == RefusalKind.CONFLICT
    return refusal


def assert_merge_is_offered(
    refusal: Refusal,
    base: Content,
    mine: Content,
    theirs: str,
    *,
    read: int,
    user: User,
) -> None:
    assert isinstance(refusal, StaleClause)
    conflict = load_conflict(refusal.clause, base, mine, read=read, user=user)
    assert (conflict.base, conflict.mine, conflict.theirs.body) == (base, mine, theirs)
    assert conflict.merged is not None


def test_form_of_a_clause(process, drafter, second_drafter, at_once):
    clause = factories.make_clause(process, "ตรวจ หนังสือ ภายในวัน", part=5, by=drafter)
    for number in range(ROUNDS):
        clause = fresh(clause)
        base = Text(body=clause.body)
        words = [
            f"รอบ{number} {base.body.split(' ', 1)[-1]}",
            f"{base.body} ครั้งที่ {number}",
        ]
        outcomes = at_once(
            saving(clause, words[0], drafter), saving(clause, words[1], second_drafter)
        )
        lost = next(place for place in range(2) if isinstance(outcomes[place], Refusal))
        refusal = loser_of(outcomes, StaleClause)
        assert_merge_is_offered(
            refusal,
            base,
            Text(body=words[lost]),
            theirs=words[1 - lost],
            read=clause.lock_version,
            user=(drafter, second_drafter)[lost],
        )
        now = fresh(clause)
        assert (now.body, now.lock_version) == (
            words[1 - lost],
            clause.lock_version + 1,
        )
        if len(now.body) > 300:
            saving(now, "ตรวจ หนังสือ ภายในวัน", drafter)()


def test_different_clauses_of_a_process_never_disturb_each_other(
    process, drafter, second_drafter, at_once
):
    mine, theirs = (
        factories.make_clause(process, words, part=5, by=drafter)
        for words in ("ของข้าพเจ้า", "ของเขา")
    )
    version = fresh_section(process).version
    for number in range(ROUNDS):
        mine, theirs = fresh(mine), fresh(theirs)
        outcomes = at_once(
            saving(mine, f"ก {number}", drafter),
            saving(theirs, f"ข {number}", second_drafter),
        )
        assert [type(outcome) for outcome in outcomes] == [ClauseChange, ClauseChange]
    assert (fresh(mine).body, fresh(theirs).body) == (
        f"ก {ROUNDS - 1}",
        f"ข {ROUNDS - 1}",
    )
    assert fresh_section(process).version == version + 2 * ROUNDS


def test_button_pressed_twice_is_no_conflict_with_oneself(
    sign_in, clause, drafter, at_once
):
    clients = [sign_in(drafter), sign_in(drafter)]
    url = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"
    first_version = clause.lock_version
    for number in range(ROUNDS_OF_ONESELF):
        clause = fresh(clause)
        data = {
            "lock_version": clause.lock_version,
            "read_sha": clause.sha,
            "words-text": f"รอบ {number}",
        }
        data |= {"numbering": clause.numbering, "applies_to": "both", "reason": "แก้ไข"}
        answers = at_once(*[partial(client.post, url, data) for client in clients])
        assert [answer.status_code for answer in answers] == [303, 303]
    assert fresh(clause).lock_version == first_version + ROUNDS_OF_ONESELF


def test_kept_words_of_two_pages_of_one_person(clause, drafter, at_once):
    """One page types on in the copy that the other one was opened on: the words of both are there afterwards."""

    def keeping(sheet: Sheet, words: str) -> Act:
        values = {"words-text": [words]}
        return lambda: keep_buffer(
            clause.section,
            clause.uuid,
            values,
            sheet=sheet,
            clause=clause,
            base_lock_version=1,
            by=drafter,
        )

    for number in range(ROUNDS):
        DraftBuffer.objects.all().delete()
        first = Sheet(uuids.uuid4())
        shown = keeping(first, "เริ่ม")()
        assert isinstance(shown, DraftBuffer)
        at_once(
            keeping(first, f"พิมพ์ต่อ {number}"),
            keeping(Sheet.open(shown), f"หน้าที่สอง {number}"),
        )
        kept = sorted(
            buffer.values["words-text"][0] for buffer in DraftBuffer.objects.all()
        )
        assert kept == sorted([f"พิมพ์ต่อ {number}", f"หน้าที่สอง {number}"])


def test_restored_version_and_form(process, drafter, second_drafter, at_once):
    clause = factories.make_clause(process, "ถ้อยคำเดิม", part=5, by=drafter)
    old = fresh_section(process).version
    for number in range(ROUNDS):
        if fresh(clause).body == "ถ้อยคำเดิม":  # there is nothing to restore
            saving(fresh(clause), f"ระหว่าง {number}", drafter)()
        section, read = fresh_section(process), fresh(clause)
        outcomes = at_once(
            restoring(section, old, drafter),
            saving(read, f"{read.body} แก้ต่อ", second_drafter),
        )
        loser_of(outcomes, StaleSection, StaleClause)
        won_by_form = isinstance(outcomes[0], Refusal)
        assert fresh(clause).body == (
            f"{read.body} แก้ต่อ" if won_by_form else "ถ้อยคำเดิม"
        )


def test_imported_process_and_form(manual, process, drafter, second_drafter, at_once):
    clause = factories.clause_at(process, "5.2")
    words = clause.body
    for number in range(ROUNDS):
        draft = read_process(
            factories.PROCESS_TEXT.replace(words, f"{words} นำเข้ารอบที่ {number}")
        )
        section, read = fresh_section(process), fresh(clause)
        placement = Placement(target=section.uuid, version=section.version)
        outcomes = at_once(
            partial(take_processes, manual, [(draft, placement)], by=drafter),
            saving(read, f"{words} แก้ไขรอบที่ {number}", second_drafter),
        )
        loser_of(outcomes, ProcessNotTaken, StaleClause)
        winner = "แก้ไข" if isinstance(outcomes[0], Refusal) else "นำเข้า"
        assert fresh(clause).body == f"{words} {winner}รอบที่ {number}"


def test_adoption_and_form(session, entry, clause, drafter, second_drafter, at_once):
    for number in range(ROUNDS):
        amendment = factories.make_amendment(
            factories.make_comment(session, entry), f"นำเข้ารอบที่ {number}"
        )
        read = fresh(clause)
        content = Text(body=f"นำเข้ารอบที่ {number} ปรับแล้ว")
        adoption = Adoption(amendment, read.lock_version, content, on_current=True)
        outcomes = at_once(
            partial(
                adopt_amendments,
                [adoption],
                by=drafter,
                reason="ปรับถ้อยคำให้ชัดเจนตามข้อเสนอ",
            ),
            saving(read, f"แก้ไขรอบที่ {number}", second_drafter),
        )
        refusal = loser_of(outcomes, StaleClause, OutdatedAmendment)
        now = fresh(clause)
        assert now.lock_version == read.lock_version + 1
        if isinstance(outcomes[0], Refusal):
            assert now.body == f"แก้ไขรอบที่ {number}"
            assert not amendment.comment.answers.exists()
        else:
            assert now.body == content.body
            assert refusal.clause.body == now.body


def test_moved_and_retired_clause(process, drafter, second_drafter, at_once):
    first = factories.make_clause(process, "ข้อแรก", part=5, by=drafter)
    clause = factories.make_clause(process, "ข้อที่ย้าย", part=5, by=drafter)
    for number in range(ROUNDS):
        read = fresh(clause)
        target = {"before": first.uuid} if number % 2 == 0 else {"after": first.uuid}
        outcomes = at_once(
            moving(read, drafter, **target), retiring(read, second_drafter)
        )
        loser_of(outcomes, StaleClause)
        now = fresh(clause)
        assert (now.retired_id is None, now.lock_version) == (
            isinstance(outcomes[1], Refusal),
            read.lock_version + 1,
        )
        if now.retired_id is not None:
            restore_clause(now, now.lock_version, by=drafter, reason="เรียกคืน")
            now = fresh(clause)
            moving(now, drafter, **target)()


def test_facts_of_a_section(process, drafter, second_drafter, at_once):
    for number in range(ROUNDS):
        section = fresh_section(process)
        titles = [f"ชื่อ ก {number}", f"ชื่อ ข {number}"]
        outcomes = at_once(
            renaming(section, titles[0], drafter),
            renaming(section, titles[1], second_drafter),
        )
        refusal = loser_of(outcomes, StaleSection)
        now = fresh_section(process)
        assert (now.title in titles, now.version) == (True, section.version + 1)
        assert refusal.section.title == now.title
    assert (
        SectionVersion.objects.filter(section=process).count()
        == fresh_section(process).version
    )
