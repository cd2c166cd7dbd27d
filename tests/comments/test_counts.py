"""What pages count by SQL is what one counts by hand, after any series of acts."""

import contextlib
import random
import uuid

import pytest

from comments.commenting.comment_input import CommentInput
from comments.commenting.refusals import CommentRefused
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.recording import record_comment
from comments.commenting.services.supporting import support_comment, withdraw_support
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.desk.queries.filters import (
    QueueFilter,
    QueueState,
    filter_kind,
    find_place,
)
from comments.desk.queries.queue import count_states, find_queue
from comments.models import Comment, Moderation, Support
from comments.moderating.services import hide_comment, show_comment
from comments.reading.queries import count_group
from comments.tallies import tally_offices_by_entry
from hearing_portal.refusals import Refusal
from manuals.models import EditionEntry
from tests import factories

CHANGES = ("amend", "add", "delete")
KINDS = (*CHANGES, "agree", "ask")
ACTS = 60


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_counted_by_hand(
    released,
    session,
    hearing,
    dir_group,
    manual,
    delegate,
    secondary_delegate,
    office_head,
    facilitator,
    drafter,
    seed,
):
    chance = random.Random(seed)
    people = [delegate, secondary_delegate, office_head]
    clauses = released.entries.filter(kind="clause").select_related(
        "manual__work_group"
    )
    entries = list(clauses[:4])
    for _ in range(ACTS):
        act_by_chance(chance, session, entries, people, facilitator, drafter)

    comments = list(Comment.objects.with_visibility().select_related("entry"))
    assert len(comments) > ACTS // 5
    for support in Support.objects.select_related("comment"):
        assert support.entry_id == support.comment.entry_id
    check_tallies(comments, entries)
    check_group(comments, released, manual)
    for kind in ("", "amend"):
        for entry in (None, entries[0]):
            clause = str(entry.pk) if entry else ""
            chosen = QueueFilter(clause=clause, type=kind)
            check_queue(comments, hearing, dir_group, chosen, facilitator)


def act_by_chance(chance, session, entries, people, facilitator, drafter) -> None:
    """One act of somebody on something; one that is refused changes nothing."""
    comments = list(Comment.objects.select_related("entry__manual__work_group"))
    person = chance.choice(people)
    if not comments or chance.random() < 0.4:
        parents = [comment for comment in comments if comment.parent_id is None]
        parent = chance.choice(parents) if parents and chance.random() < 0.2 else None
        said = CommentInput("ask" if parent else chance.choice(KINDS), "ขอเสนอ")
        entry = parent.entry if parent else chance.choice(entries)
        with contextlib.suppress(CommentRefused):
            record_comment(
                session=session,
                entry=entry,
                comment_input=said,
                by=person,
                client_key=uuid.uuid4(),
                parent=parent,
            )
        return
    comment = chance.choice(comments)
    acts = [
        lambda: support_comment(comment, by=person),
        lambda: support_comment(comment, by=person),
        lambda: withdraw_support(comment, by=person),
        lambda: edit_comment(
            comment, CommentInput(chance.choice(KINDS), "แก้แล้ว"), by=comment.author
        ),
        lambda: withdraw_comment(comment, by=comment.author),
        lambda: show_comment(comment, by=facilitator),
        lambda: hide_comment(comment, by=facilitator, reason="กล่าวถึงบุคคล"),
        lambda: factories.make_moderation(comment, "held", by=facilitator),
        lambda: decide(comment, chance, drafter),
    ]
    with contextlib.suppress(Refusal):
        chance.choice(acts)()


def decide(comment: Comment, chance: random.Random, drafter) -> None:
    if comment.parent_id is None and not comment.answers.exists():
        outcome = chance.choice(["not_accepted", "noted", "accepted"])
        factories.make_disposition(comment, outcome=outcome, decided_by=drafter)


def is_withdrawn(comment: Comment) -> bool:
    return comment.answers.filter(
        current=True, disposition__outcome="withdrawn"
    ).exists()


def check_tallies(comments: list[Comment], entries: list[EditionEntry]) -> None:
    found = tally_offices_by_entry([entry.pk for entry in entries])
    for entry in entries:
        behind: dict = {}
        number = 0
        for comment in comments:
            if comment.entry_id != entry.pk:
                continue
            number += comment.parent_id is None
            if is_withdrawn(comment):
                continue
            offices = [comment.office] if comment.office else []
            for support in comment.supports.filter(taken_back_at__isnull=True):
                offices.append(support.office)
            for office in offices:
                behind.setdefault(office, set()).add(comment.type)
        if not number:
            assert entry.pk not in found
            continue
        tallies = found[entry.pk]
        assert tallies.comments == number
        for kind in ("primary", "secondary"):
            said = [types for office, types in behind.items() if office.kind == kind]
            for_change = [types for types in said if types & set(CHANGES)]
            for_text = [
                types for types in said if "agree" in types and types not in for_change
            ]
            tally = getattr(tallies, kind)
            assert (tally.for_text, tally.for_change) == (
                len(for_text),
                len(for_change),
            )


def check_group(comments: list[Comment], edition, manual) -> None:
    counts = count_group(edition, manual)
    own = [comment for comment in comments if comment.parent_id is None]
    offices = {comment.office for comment in comments if comment.office}
    assert counts.participation == (
        len(own),
        sum(office.kind == "primary" for office in offices),
        sum(office.kind == "secondary" for office in offices),
    )
    for section_id, tally in counts.by_section.items():
        there = [comment for comment in own if comment.entry.section_id == section_id]
        decided = [comment for comment in there if comment.answers.filter(current=True)]
        triaged = [
            comment
            for comment in there
            if comment.triaged_at and comment not in decided
        ]
        assert (tally.comments, tally.decided, tally.triaged) == (
            len(there),
            len(decided),
            len(triaged),
        )


def check_queue(comments, hearing, group, chosen: QueueFilter, user) -> None:
    place = find_place(hearing, group, chosen, user)
    kind = filter_kind(chosen)
    counts = count_states(place, kind)
    there = []
    for comment in comments:
        if chosen.clause and comment.entry_id != int(chosen.clause):
            continue
        if chosen.type and comment.type != chosen.type:
            continue
        there.append(comment)
    rows = find_queue(place, kind)
    assert len(rows) == len(there)
    # A reply has a row, and is no comment of its own
    assert counts.total == sum(comment.parent_id is None for comment in there)
    assert rows.comments == counts.total
    assert {row.pk for row in rows} == {comment.pk for comment in there}
    for state in QueueState:
        by_hand = sum(stands_in(comment, state) for comment in there)
        assert counts.by_state[state] == by_hand, state


def stands_in(comment: Comment, state: QueueState) -> bool:
    visibility = Moderation.objects.filter(comment=comment).latest("pk").visibility
    answer = comment.answers.filter(current=True).first()
    decided = answer.disposition if answer else None
    match state:
        case QueueState.HELD:
            return visibility == "held" and not is_withdrawn(comment)
        case QueueState.OPEN:
            return answer is None and comment.parent_id is None
        case QueueState.ADVICE:
            return False  # nobody asks in these series
        case QueueState.UNCONFIRMED:
            return (
                decided is not None
                and decided.outcome == "not_accepted"
                and decided.confirmed_by_id is None
            )
        case QueueState.DECIDED:
            return decided is not None and decided.publication_id is None
        case QueueState.PUBLISHED:
            return decided is not None and decided.publication_id is not None
        case QueueState.OBJECTED:
            return hasattr(comment, "objection")
        case QueueState.HIDDEN:
            return visibility == "hidden"
