"""Sessions: who opens, pauses and closes; which clause is under discussion."""

from datetime import date

import pytest

from comments.hearings.queries import find_group_sessions
from comments.hearings.refusals import SessionRefused
from comments.hearings.services.announcing import create_hearing, create_session
from comments.hearings.services.session_states import (
    close_session,
    discuss_entry,
    open_session,
    pause_session,
    set_session_state,
)
from comments.models import Discussion, HearingSession, SessionState
from tests import factories


@pytest.fixture
def room(hearing, edition, dir_group) -> HearingSession:
    """Nobody has opened it yet. Its participants may read its edition."""
    factories.make_release(edition)
    return factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )


def states_of(session: HearingSession) -> list[tuple[str, str, str]]:
    return list(
        session.states.order_by("pk").values_list("state", "reason", "by__username")
    )


def test_session_is_opened_paused_reopened_and_closed(room, facilitator):
    open_session(room, by=facilitator)
    pause_session(room, by=facilitator, reason=" พักรับประทานอาหารกลางวัน ")
    open_session(room, by=facilitator)
    close_session(room, by=facilitator, reason="ครบทุกข้อ")
    open_session(room, by=facilitator, reason="มีผู้ขอพูดเพิ่ม")

    assert states_of(room) == [
        ("opened", "", "wipa"),
        ("paused", "พักรับประทานอาหารกลางวัน", "wipa"),
        ("opened", "", "wipa"),
        ("closed", "ครบทุกข้อ", "wipa"),
        ("opened", "มีผู้ขอพูดเพิ่ม", "wipa"),
    ]
    assert room.is_open


def test_asking_for_the_state_it_has_changes_nothing(room, facilitator):
    first = open_session(room, by=facilitator)

    assert open_session(room, by=facilitator) == first
    assert states_of(room) == [("opened", "", "wipa")]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ([], "paused"),
        ([], "closed"),
        (["opened", "closed"], "paused"),
        (["opened"], "ended"),
        ([], ""),
    ],
)
def test_state_that_does_not_fit_is_refused(room, facilitator, before, wanted):
    for state in before:
        set_session_state(room, state, by=facilitator)

    with pytest.raises(SessionRefused):
        set_session_state(room, wanted, by=facilitator)

    assert [state for state, _, _ in states_of(room)] == before


def test_instance_knows_its_new_state_at_once(room, facilitator):
    assert room.state is None

    open_session(room, by=facilitator)
    assert room.is_open
    close_session(room, by=facilitator)
    assert not room.is_open


def test_discussed_entry_is_seen_by_the_group_and_ends_with_the_session(
    room, hearing, dir_group, entry, facilitator
):
    open_session(room, by=facilitator)
    discuss_entry(room, entry, by=facilitator)
    assert find_group_sessions(hearing, dir_group).discussed == entry

    close_session(room, by=facilitator)

    assert find_group_sessions(hearing, dir_group).discussed is None
    assert list(Discussion.objects.values_list("entry", flat=True)) == [entry.pk, None]


def test_discussing_the_same_entry_again_writes_no_second_row(room, entry, facilitator):
    discuss_entry(room, entry, by=facilitator)
    discuss_entry(room, entry, by=facilitator)

    assert Discussion.objects.count() == 1


def test_entry_of_another_edition_is_refused(room, clause, facilitator, admin):
    later = factories.make_edition("LATER", by=admin)

    with pytest.raises(SessionRefused):
        discuss_entry(room, factories.entry_of(later, clause), by=facilitator)

    assert not Discussion.objects.exists()


def test_entry_of_another_group_is_refused_but_plenary_takes_all(
    hearing, process, dir_group, fin_group, facilitator, admin
):
    foreign = factories.make_process(factories.make_manual(fin_group), by=admin)
    edition = factories.make_edition("BOTH", by=admin)
    room = factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    plenary = factories.make_session(edition, hearing=hearing, kind="plenary")
    entry = factories.entry_of(edition, foreign)

    with pytest.raises(SessionRefused):
        discuss_entry(room, entry, by=facilitator)
    discuss_entry(plenary, entry, by=admin)

    assert list(Discussion.objects.values_list("session", "entry")) == [
        (plenary.pk, entry.pk)
    ]


def test_nothing_is_put_under_discussion_in_a_closed_session(room, entry, facilitator):
    open_session(room, by=facilitator)
    close_session(room, by=facilitator)

    with pytest.raises(SessionRefused):
        discuss_entry(room, entry, by=facilitator)
    discuss_entry(room, None, by=facilitator)

    assert not Discussion.objects.exists()


def test_session_needs_a_sealed_edition(hearing, process, dir_group, admin):
    open_edition = factories.make_unsealed_edition()

    with pytest.raises(SessionRefused):
        create_session(
            hearing=hearing,
            kind="room",
            work_group=dir_group,
            edition=open_edition,
            by=admin,
        )

    assert not HearingSession.objects.exists()


def test_hearing_and_session_are_made_with_their_history(edition, dir_group, admin):
    hearing = create_hearing(
        by=admin,
        key="2566",
        title="ประชาพิจารณ์ 2566",
        opens_on=date(2023, 1, 5),
        closes_on=date(2023, 1, 6),
    )
    session = create_session(
        hearing=hearing,
        kind="online",
        work_group=dir_group,
        edition=edition,
        by=admin,
        venue="ระบบออนไลน์",
    )

    assert hearing.history.get().history_user == admin
    assert session.history.get().history_user == admin
    assert not SessionState.objects.filter(session=session).exists()
