"""A whole hearing carried into the edition after it: 5,000 comments on 500 sentences that look alike."""

import random
import uuid as uuids
from collections import Counter

import pytest

from comments.anchoring.services.resolving import resolve_comments
from comments.models import AnchorResolution, Comment
from hearing_portal.thai.quotes import find_whole
from manuals.content import Text
from manuals.drafting.changes import AddClause, Position, RetireClause, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, EditionEntry, SectionVersion
from tests import factories

SENTENCES = 500
COMMENTS_EACH = 10
DOING = ["ตรวจสอบ", "ตรวจทาน", "รวบรวม", "จัดทำ", "บันทึก", "เสนอ"]
THING = ["หนังสือราชการ", "เอกสารประกอบ", "ทะเบียนคุม", "บัญชีรายชื่อ", "แบบรายงาน"]
WHERE = ["ของสถานศึกษา", "ของสำนักงานเขต", "จากหน่วยงานภายนอก", "ของกลุ่มงาน"]
WHEN = ["ภายใน 3 วันทำการ", "ภายใน 5 วันทำการ", "ก่อนสิ้นเดือน", "ทุกภาคเรียน"]
QUOTES = [*DOING, *THING, *WHERE, *WHEN]
LEFT_ALONE, REWORDED, TAKES_ANOTHERS, RETIRED = range(4)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(2565)


def _sentence(chance: random.Random) -> str:
    parts = (chance.choice(words) for words in (DOING, THING, WHERE, WHEN))
    return "".join(parts)


def _write_clauses(process, chance, drafter) -> list[Clause]:
    place = Position(process, 0, None, None, "none")
    changes = [AddClause(Text(body=_sentence(chance)), place) for _ in range(SENTENCES)]
    written = apply_changes(drafter, SectionVersion.Action.ADD, "เพิ่มข้อ", changes)
    return [change.clause for change in written]


def _comment_on(clauses, session, edition, author, chance) -> list[Comment]:
    """Ten comments on each sentence, most of them on words of it; past the rules of recording, in one statement."""
    entries = {
        entry.clause_id: entry
        for entry in EditionEntry.objects.filter(edition=edition, clause__in=clauses)
    }
    made = []
    for clause in clauses:
        entry = entries[clause.pk]
        for number in range(COMMENTS_EACH):
            comment = Comment(
                session=session,
                entry=entry,
                type="amend",
                text=f"ขอปรับถ้อยคำ เรื่องที่ {number + 1}",
                author=author,
                recorded_by=author,
                client_key=uuids.uuid4(),
                body_sha="0" * 64,
                role="delegate",
            )
            quote = chance.choice([words for words in QUOTES if words in clause.plain])
            if number:  # the first of them is on the whole clause
                comment.field = "text"
                comment.quote = quote
                comment.span_start = clause.plain.index(quote)
                comment.span_end = comment.span_start + len(quote)
            made.append(comment)
    return Comment.objects.bulk_create(made)


def _revise(clauses, chance, drafter) -> None:
    """As a draft is revised: most is left, some is reworded, some says by now what another said, some goes."""
    changes = []
    fates = chance.choices(range(4), weights=(60, 25, 10, 5), k=len(clauses))
    for clause, fate in zip(clauses, fates, strict=True):
        words = clause.plain
        if fate == REWORDED:
            words = chance.choice(["ให้", ""]) + words
            words = words.replace(chance.choice(WHEN), chance.choice([*WHEN, ""]))
        elif fate == TAKES_ANOTHERS:
            words = chance.choice(clauses).plain
        if fate == RETIRED:
            changes.append(RetireClause(clause, clause.lock_version))
        elif words != clause.plain:
            changes.append(ReviseClause(clause, clause.lock_version, Text(body=words)))
    apply_changes(drafter, SectionVersion.Action.EDIT, "ปรับปรุงตามมติ", changes)


def test_none_of_500_lookalikes_takes_a_comment_and_97_of_100_need_no_person(
    session, process, drafter, delegate, admin, chance
):
    clauses = _write_clauses(process, chance, drafter)
    edition = factories.make_edition(by=admin)
    stage = factories.make_session(edition, session.work_group, hearing=session.hearing)
    comments = _comment_on(clauses, stage, edition, delegate, chance)
    live = Clause.objects.filter(pk__in=[clause.pk for clause in clauses])
    _revise(list(live.select_related("section").order_by("pk")), chance, drafter)
    later = factories.make_edition("LATER", by=admin, kind="revised")

    made = resolve_comments(later)

    rows = AnchorResolution.objects.filter(edition=later, comment__in=comments)
    states = Counter(rows.values_list("state", flat=True))
    assert made == sum(states.values()) == SENTENCES * COMMENTS_EACH
    assert set(states) >= {
        "same",
        "shifted",
        "text_changed",
        "text_removed",
        "retired",
    }
    assert made - states["unplaced"] >= 0.97 * made, states
    own = {entry.uuid: entry.pk for entry in EditionEntry.objects.filter(edition=later)}
    misplaced = []
    for row in rows.select_related("entry__blob", "comment__entry"):
        home = own.get(row.comment.entry.uuid)
        if row.entry_id != home or not _says_true(row):
            misplaced.append(row)
    assert misplaced == []


def _says_true(row: AnchorResolution) -> bool:
    """Whether the state is what a reader finds: the quoted words stand where it says, or stand there no more."""
    quote = row.comment.quote
    if row.entry is None:
        return row.state == "retired"
    text = row.entry.blob.plain
    if row.state in ("same", "shifted") and quote:
        return text[row.span["start"] : row.span["end"]] == quote
    if row.state == "text_changed" and quote:
        return text[row.span["start"] : row.span["end"]] != quote
    if row.state == "text_removed":
        return not find_whole(quote, text)
    return True
