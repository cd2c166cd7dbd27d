"""Where comments go when a later edition says something else: every state with a real later edition."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.anchoring.services.placing import PlacingRefused, place_comment
from comments.anchoring.services.resolving import find_anchor, resolve_comments
from comments.models import AnchorResolution, Comment
from manuals.content import Text
from manuals.drafting.changes import (
    AddClause,
    Position,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.sections import copy_section
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    rename_section,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, Edition, EditionEntry, Section, SectionVersion
from tests import factories

WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"


def live(clause: Clause) -> Clause:
    return Clause.objects.select_related("section", "parent").get(pk=clause.pk)


@pytest.fixture
def quoting(session, entry):
    """A comment on a stretch of clause 5.2."""

    def make(quote: str) -> Comment:
        start = WORDS.index(quote)
        return factories.make_comment(
            session,
            entry,
            field="text",
            span_start=start,
            span_end=start + len(quote),
            quote=quote,
        )

    return make


@pytest.fixture
def reworded(clause, drafter, admin):
    """The later edition in which clause 5.2 says `words`."""

    def make(words: str) -> Edition:
        now = live(clause)
        change = ReviseClause(now, now.lock_version, Text(body=words))
        apply_changes(drafter, SectionVersion.Action.EDIT, "ปรับถ้อยคำ", [change])
        return factories.make_edition("LATER", by=admin, kind="revised")

    return make


def resolved(comment: Comment) -> AnchorResolution:
    return AnchorResolution.objects.select_related("entry__blob").get(comment=comment)


def quoted_now(row: AnchorResolution) -> str:
    """The words that the resolution's span marks in the later edition."""
    text = dict(row.entry.blob.as_content.fields())[row.span["field"]]
    return text[row.span["start"] : row.span["end"]]


# -- every state -------------------------------------------------------------------------------------


def test_same_words_keep_place_and_span(quoting, clause, drafter, admin):
    comment = quoting("สิ่งที่ส่งมาด้วย")
    later = factories.make_edition("LATER", by=admin, kind="revised")

    assert resolve_comments(later) == 1

    row = resolved(comment)
    assert (row.state, row.method, row.entry.edition, row.entry.uuid) == (
        "same",
        "sha",
        later,
        clause.uuid,
    )
    assert quoted_now(row) == "สิ่งที่ส่งมาด้วย"


def test_words_put_before_the_span_shift_it(quoting, reworded):
    comment = quoting("สิ่งที่ส่งมาด้วย")

    resolve_comments(reworded("ให้เจ้าหน้าที่สารบรรณกลาง" + WORDS))

    row = resolved(comment)
    assert (row.state, row.method) == ("shifted", "diff")
    assert quoted_now(row) == "สิ่งที่ส่งมาด้วย"


@pytest.mark.parametrize(
    "words",
    [
        WORDS + "ทุกครั้ง",
        WORDS.removesuffix("และสิ่งที่ส่งมาด้วย"),
    ],
)
def test_quote_that_begins_where_it_began_is_the_same(quoting, reworded, words):
    comment = quoting("ความครบถ้วนของหนังสือ")

    resolve_comments(reworded(words))

    row = resolved(comment)
    assert (row.state, row.method) == ("same", "diff")
    assert quoted_now(row) == "ความครบถ้วนของหนังสือ"


def test_words_moved_inside_the_clause_are_found_by_their_quote(quoting, reworded):
    comment = quoting("ความครบถ้วนของหนังสือ")

    resolve_comments(
        reworded("สิ่งที่ส่งมาด้วยและเอกสารแนบทุกรายการให้ตรวจสอบก่อน แล้วจึงดูความครบถ้วนของหนังสือ")
    )

    row = resolved(comment)
    assert row.state == "shifted"
    assert quoted_now(row) == "ความครบถ้วนของหนังสือ"


def test_span_of_which_little_survives_says_text_changed(quoting, reworded):
    comment = quoting("ความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย")

    resolve_comments(reworded("ตรวจสอบรายการเอกสารแนบและสิ่งที่ส่งมาด้วย"))

    row = resolved(comment)
    assert (row.state, row.method) == ("text_changed", "diff")
    assert quoted_now(row) == "รายการเอกสารแนบและสิ่งที่ส่งมาด้วย"


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (WORDS.replace("และ", "หรือ"), "หนังสือหรือสิ่งที่ส่งมาด้วย"),
        (WORDS.replace("สิ่งที่ส่ง", "สิ่งที่ไม่ส่ง"), "หนังสือและสิ่งที่ไม่ส่งมาด้วย"),
        (f"ให้{WORDS}", "หนังสือและสิ่งที่ส่งมาด้วย"),
    ],
)
def test_span_is_shifted_only_while_all_its_words_stand_unchanged(
    quoting, reworded, words, marked
):
    comment = quoting("หนังสือและสิ่งที่ส่งมาด้วย")

    resolve_comments(reworded(words))

    row = resolved(comment)
    assert quoted_now(row) == marked
    assert row.state == ("shifted" if marked == comment.quote else "text_changed")


def test_quote_that_stood_twice_is_no_evidence(session, process, drafter, admin):
    """The second was commented on and is gone: the comment does not jump to the first."""
    person = "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    words = f"{person}มอบหมายเจ้าหน้าที่ แล้วเสนอ{person}"
    clause = factories.make_clause(process, words, part=0, numbering="none", by=drafter)
    edition = factories.make_edition(by=admin)
    stage = factories.make_session(edition, session.work_group, hearing=session.hearing)
    start = words.rindex(person)
    span = {
        "field": "text",
        "span_start": start,
        "span_end": start + len(person),
        "quote": person,
    }
    comment = factories.make_comment(stage, factories.entry_of(edition, clause), **span)
    _give_words(live(clause), f"{person}มอบหมายเจ้าหน้าที่", drafter)

    resolve_comments(factories.make_edition(by=admin))

    row = resolved(comment)
    assert (row.state, row.entry.uuid, row.span) == ("text_removed", clause.uuid, None)


def test_comment_on_the_whole_of_a_reworded_clause_says_text_changed(comment, reworded):
    resolve_comments(reworded(WORDS + "ทุกครั้ง"))

    row = resolved(comment)
    assert (row.state, row.method, row.span) == ("text_changed", "clause", None)


def test_span_of_which_nothing_survives_says_text_removed(quoting, clause, reworded):
    comment = quoting("สิ่งที่ส่งมาด้วย")

    resolve_comments(reworded("ตรวจสอบความครบถ้วนของหนังสือ"))

    row = resolved(comment)
    assert (row.state, row.entry.uuid, row.span) == ("text_removed", clause.uuid, None)


def test_moved_clause_keeps_its_comment(quoting, clause, unit, drafter, admin):
    other = factories.make_process(
        unit=unit, text=factories.PROCESS_TEXT.replace("การรับ", "การส่ง"), by=drafter
    )
    comment = quoting("สิ่งที่ส่งมาด้วย")
    move_clause(
        live(clause),
        live(clause).lock_version,
        Position(other, 5),
        by=drafter,
        reason="อยู่ผิดกระบวนงาน",
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    row = resolved(comment)
    assert (row.state, row.entry.section) == ("same", other)
    assert quoted_now(row) == "สิ่งที่ส่งมาด้วย"


def test_replaced_clause_hands_its_comment_on_as_moved(quoting, clause, drafter, admin):
    comment = quoting("สิ่งที่ส่งมาด้วย")
    now = live(clause)
    heir = AddClause(
        Text(body="ตรวจนับหนังสือและสิ่งที่ส่งมาด้วย"),
        Position(now.section, now.part, after=now.uuid),
        descends_from=[(now, "replaced")],
    )
    apply_changes(
        drafter, "edit", "เขียนใหม่ทั้งข้อ", [heir, RetireClause(now, now.lock_version)]
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    row = resolved(comment)
    assert (row.state, row.method, row.entry.uuid) == ("moved", "lineage", heir.uuid)
    assert quoted_now(row) == "สิ่งที่ส่งมาด้วย"


def test_split_hands_the_comment_to_the_part_that_has_its_words(
    quoting, clause, drafter, admin
):
    first, second = quoting("ความครบถ้วนของหนังสือ"), quoting("สิ่งที่ส่งมาด้วย")
    parts = [Text(body="ตรวจสอบความครบถ้วนของหนังสือ"), Text(body="ตรวจนับสิ่งที่ส่งมาด้วย")]
    kept, new = split_clause(
        live(clause), live(clause).lock_version, parts, by=drafter, reason="แยกสองเรื่อง"
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    stayed, went = resolved(first), resolved(second)
    assert (stayed.state, stayed.entry.uuid) == ("same", kept.uuid)
    assert (went.state, went.method, went.entry.uuid) == (
        "split",
        "lineage+quote",
        new.uuid,
    )
    assert (quoted_now(stayed), quoted_now(went)) == (
        "ความครบถ้วนของหนังสือ",
        "สิ่งที่ส่งมาด้วย",
    )


REGISTER = "ให้จัดทำทะเบียนการให้ข้อมูล ส่วนการให้แก่หน่วยงานภายนอกให้เสนอผู้อำนวยการ"
SECOND_HALF = "ส่วนการให้แก่หน่วยงานภายนอก"


def _split_register(session, process, drafter, admin, bodies) -> AnchorResolution:
    """What became of a comment on both halves of the clause that says REGISTER."""
    clause = factories.make_clause(
        process, REGISTER, part=0, numbering="none", by=drafter
    )
    edition = factories.make_edition(by=admin)
    stage = factories.make_session(edition, session.work_group, hearing=session.hearing)
    quote = f"ทะเบียนการให้ข้อมูล {SECOND_HALF}"
    start = REGISTER.index(quote)
    span = {"span_start": start, "span_end": start + len(quote), "quote": quote}
    entry = factories.entry_of(edition, clause)
    comment = factories.make_comment(stage, entry, field="text", **span)
    parts = [Text(body=body) for body in bodies]
    now = live(clause)
    split_clause(now, now.lock_version, parts, by=drafter, reason="แยกสองเรื่อง")
    resolve_comments(factories.make_edition(by=admin))
    return resolved(comment)


@pytest.mark.parametrize(
    ("first", "second", "placed"),
    [
        # The first half was deleted; the second is a clause of its own, or begins as one
        ("ให้เสนอผู้อำนวยการ", f"{SECOND_HALF}ให้แจ้งผล", "second"),
        ("ให้จัดทำทะเบียน", f"{SECOND_HALF} ให้เสนอผู้อำนวยการ", "second"),
        # So little may be said of anything, and so may what two clauses say
        ("ให้เสนอผู้อำนวยการ", "การให้แก่โรงเรียน", ""),
        (f"ให้บันทึกคำขอ {SECOND_HALF}", f"{SECOND_HALF}ให้เสนอ", "first"),
    ],
)
def test_quote_over_the_place_of_a_split_goes_to_the_piece_with_most_of_it(
    session, process, drafter, admin, first, second, placed
):
    row = _split_register(session, process, drafter, admin, [first, second])

    assert row.entry.blob.plain == (second if placed == "second" else first)
    assert row.state == ("text_changed" if placed else "text_removed")
    if placed == "second":
        assert (row.method, quoted_now(row)) == ("lineage+part", SECOND_HALF)


def test_long_quote_left_whole_with_a_piece_whatever_words_stay(
    session, process, drafter, admin
):
    row = _split_register(
        session,
        process,
        drafter,
        admin,
        ["ให้จัดทำทะเบียนการให้คำปรึกษา", f"ทะเบียนการให้ข้อมูล {SECOND_HALF}ให้แจ้งผล"],
    )

    assert (row.state, row.method) == ("split", "lineage+quote")
    assert quoted_now(row) == row.comment.quote


def test_joined_clause_hands_its_comment_to_the_one_that_took_it(
    quoting, clause, process, drafter, admin
):
    comment = quoting("สิ่งที่ส่งมาด้วย")
    first = factories.clause_at(process, "5.1")
    join_clauses(
        [(first, first.lock_version), (live(clause), live(clause).lock_version)],
        Text(body="เปิดระบบ แล้วตรวจสอบหนังสือและสิ่งที่ส่งมาด้วย"),
        by=drafter,
        reason="ทำต่อเนื่องกัน",
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    row = resolved(comment)
    assert (row.state, row.entry.uuid) == ("joined", first.uuid)
    assert quoted_now(row) == "สิ่งที่ส่งมาด้วย"


def test_lineage_is_followed_over_clauses_that_left_in_between(
    quoting, clause, process, drafter, admin
):
    comment = quoting("สิ่งที่ส่งมาด้วย")
    first, third = (
        factories.clause_at(process, "5.1"),
        factories.make_clause(process, "ลงทะเบียนรับ", by=drafter),
    )
    join_clauses(
        [(first, first.lock_version), (live(clause), live(clause).lock_version)],
        Text(body="เปิดระบบและตรวจสอบ"),
        by=drafter,
        reason="รวมครั้งที่หนึ่ง",
    )
    join_clauses(
        [(third, third.lock_version), (live(first), live(first).lock_version)],
        Text(body="ลงทะเบียนรับ เปิดระบบและตรวจสอบ"),
        by=drafter,
        reason="รวมครั้งที่สอง",
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    row = resolved(comment)
    assert (row.state, row.entry.uuid, row.span) == ("joined", third.uuid, None)


def test_copy_of_a_process_takes_no_comment_away(quoting, process, reworded, drafter):
    comment = quoting("สิ่งที่ส่งมาด้วย")
    copy_section(process, "การรับหนังสือลับ", by=drafter)

    resolve_comments(reworded("ตรวจสอบความครบถ้วน"))

    row = resolved(comment)
    assert (row.state, row.entry.section) == ("text_removed", process)


def test_retired_clause_without_successor_says_retired(comment, clause, drafter, admin):
    retire_clause(
        live(clause), live(clause).lock_version, by=drafter, reason="ซ้ำกับข้อ 5.3"
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    row = resolved(comment)
    assert (row.state, row.entry) == ("retired", None)


def test_several_successors_without_the_quote_wait_for_a_person(
    comment, quoting, clause, drafter, admin
):
    gone = quoting("ความครบถ้วน")
    now = live(clause)
    heirs = [
        AddClause(
            Text(body=words),
            Position(now.section, now.part),
            descends_from=[(now, "replaced")],
        )
        for words in ("ตรวจนับหนังสือ", "ตรวจนับสิ่งที่แนบ")
    ]
    apply_changes(
        drafter,
        "edit",
        "เขียนใหม่เป็นสองข้อ",
        [*heirs, RetireClause(now, now.lock_version)],
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    assert [(resolved(c).state, resolved(c).entry) for c in (comment, gone)] == [
        ("unplaced", None)
    ] * 2


def test_quote_that_stands_in_two_successors_waits_for_a_person(
    quoting, clause, drafter, admin
):
    comment = quoting("หนังสือ")
    now = live(clause)
    heirs = [
        AddClause(
            Text(body=words),
            Position(now.section, now.part),
            descends_from=[(now, "replaced")],
        )
        for words in ("ตรวจนับหนังสือภายใน", "ตรวจนับหนังสือภายนอก")
    ]
    apply_changes(
        drafter, "edit", "แยกตามที่มา", [*heirs, RetireClause(now, now.lock_version)]
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")

    resolve_comments(later)

    assert resolved(comment).state == "unplaced"


# -- comments on processes and manuals ---------------------------------------------------------------


def test_comments_on_a_process_follow_its_name_and_its_end(
    session, edition, process, unit, drafter, admin
):
    comment = factories.make_comment(session, factories.entry_of(edition, process))
    whole = factories.make_comment(session, factories.entry_of(edition, process.manual))
    process.refresh_from_db()
    rename_section(
        process, process.version, "การรับและคัดแยกหนังสือ", by=drafter, reason="ชื่อไม่ตรงงาน"
    )
    renamed = factories.make_edition("RENAMED", by=admin, kind="revised")
    process.refresh_from_db()
    heir = factories.make_section(
        unit.manual, "การรับหนังสืออิเล็กทรอนิกส์", kind="process", by=drafter
    )
    factories.make_section_lineage(process, heir, "merged")
    process.refresh_from_db()
    apply_changes(
        drafter,
        "retire",
        "รวมกระบวนงาน",
        [ReviseSection(process, process.version, {}, "รวมกับกระบวนงานใหม่")],
    )
    merged = factories.make_edition("MERGED", by=admin, kind="revised")

    resolve_comments(renamed)
    resolve_comments(merged)

    rows = AnchorResolution.objects.order_by("edition_id", "comment")
    assert [(row.comment, row.edition.code, row.state) for row in rows] == [
        (comment, "RENAMED", "text_changed"),
        (whole, "RENAMED", "same"),
        (comment, "MERGED", "joined"),
        (whole, "MERGED", "same"),
    ]
    assert rows[2].entry.section == Section.objects.get(pk=heir.pk)


# -- all of them -------------------------------------------------------------------------------------


def test_states_add_up_to_the_comments_and_repeating_changes_nothing(
    session, edition, process, quoting, clause, comment, drafter, admin
):
    for cite in ("5.1", "5.3", "5.3 1)"):
        factories.make_comment(
            session, factories.entry_of(edition, factories.clause_at(process, cite))
        )
    factories.make_comment(session, comment.entry, parent=comment)
    quoting("สิ่งที่ส่งมาด้วย")
    first = factories.clause_at(process, "5.1")
    retire_clause(first, first.lock_version, by=drafter, reason="ไม่ได้ปฏิบัติแล้ว")
    now = live(clause)
    apply_changes(
        drafter,
        "edit",
        "ปรับ",
        [ReviseClause(now, now.lock_version, Text(body="ให้" + WORDS))],
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")
    made_later = factories.make_comment(
        factories.make_session(later, session.work_group, hearing=session.hearing),
        factories.entry_of(later, clause),
    )

    made = resolve_comments(later)
    before = list(AnchorResolution.objects.order_by("pk").values())

    states = Counter(AnchorResolution.objects.values_list("state", flat=True))
    assert states == {"retired": 1, "same": 2, "text_changed": 2, "shifted": 1}
    assert (
        made
        == sum(states.values())
        == Comment.objects.exclude(pk=made_later.pk).count()
    )
    assert resolve_comments(later) == 0
    assert list(AnchorResolution.objects.order_by("pk").values()) == before


def test_resolving_more_comments_costs_no_more_queries(
    session, entry, clause, drafter, admin, django_assert_num_queries
):
    now = live(clause)
    for _ in range(3):
        factories.make_comment(
            session, entry, field="text", span_start=0, span_end=7, quote=WORDS[:7]
        )
    apply_changes(
        drafter,
        "edit",
        "ปรับ",
        [ReviseClause(now, now.lock_version, Text(body="ให้" + WORDS))],
    )
    later = factories.make_edition("LATER", by=admin, kind="revised")
    find_anchor(Comment.objects.first(), later)  # works the diff out and stores it

    # the comments, their entries, the lineage, the diff, the rows
    with django_assert_num_queries(5):
        resolve_comments(later)


# -- near-duplicates ---------------------------------------------------------------------------------

SENTENCES = [
    "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย",
    "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วยก่อนลงทะเบียน",
    "ตรวจสอบความครบถ้วนของหนังสือและสำเนา",
    "ตรวจสอบความถูกต้องของหนังสือและสิ่งที่ส่งมาด้วย",
]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    new_words=st.lists(st.sampled_from([*SENTENCES, None]), min_size=4, max_size=4),
    quote=st.sampled_from(["สิ่งที่ส่งมาด้วย", "ความครบถ้วนของหนังสือ", "ตรวจสอบ"]),
)
def test_near_duplicates_never_take_over_a_comment_in_silence(
    session, process, drafter, admin, new_words, quote
):
    """Clauses swap their words, take each other's, or go: a comment stays at its own clause, or says that it left."""
    clauses = [
        factories.make_clause(process, words, part=0, numbering="none", by=drafter)
        for words in SENTENCES
    ]
    edition = factories.make_edition(by=admin)
    stage = factories.make_session(edition, session.work_group, hearing=session.hearing)
    comments = []
    for clause, words in zip(clauses, SENTENCES, strict=True):
        at = words.find(quote)
        span = (
            {
                "field": "text",
                "span_start": at,
                "span_end": at + len(quote),
                "quote": quote,
            }
            if at >= 0
            else {}
        )
        comments.append(
            factories.make_comment(stage, factories.entry_of(edition, clause), **span)
        )
    for clause, words in zip(clauses, new_words, strict=True):
        _give_words(live(clause), words, drafter)
    later = factories.make_edition(by=admin)

    resolve_comments(later)

    rows = AnchorResolution.objects.filter(edition=later, comment__in=comments)
    assert rows.count() == len(comments)
    for row in rows.select_related("entry__blob", "comment__entry"):
        own = EditionEntry.objects.filter(
            edition=later, uuid=row.comment.entry.uuid
        ).first()
        assert row.entry == own
        assert (
            row.state == "retired"
            if own is None
            else row.state in ("same", "shifted", "text_changed", "text_removed")
        )
        if row.span and row.state in ("same", "shifted") and row.method != "diff":
            assert quoted_now(row) == quote


def _give_words(clause: Clause, words: str | None, by) -> None:
    if words is None:
        retire_clause(clause, clause.lock_version, by=by, reason="ไม่ใช้แล้ว")
    elif words != clause.plain:
        change = ReviseClause(clause, clause.lock_version, Text(body=words))
        apply_changes(by, "edit", "สลับถ้อยคำ", [change])


# -- a person decides --------------------------------------------------------------------------------


@pytest.fixture
def unplaced(comment, clause, admin) -> AnchorResolution:
    later = factories.make_edition("LATER", by=admin, kind="revised")
    return factories.make_resolution(comment, later)


def test_person_places_an_unplaced_comment_and_may_think_again(
    unplaced, process, facilitator
):
    entry = factories.entry_of(unplaced.edition, factories.clause_at(process, "5.1"))

    placed = place_comment(unplaced, entry, by=facilitator)
    gone = place_comment(placed, None, by=facilitator)

    assert (placed.state, placed.entry, placed.method) == ("moved", entry, "person")
    assert (gone.state, gone.entry, gone.decided_by) == ("retired", None, facilitator)


def test_comment_is_not_placed_in_another_edition_or_manual(
    unplaced, entry, fin_group, facilitator, admin
):
    factories.make_process(factories.make_manual(fin_group), by=admin)
    other = factories.make_edition("OTHER", by=admin, kind="revised")
    resolution = factories.make_resolution(unplaced.comment, other)
    foreign = other.entries.filter(manual__work_group=fin_group, kind="clause").first()

    for row, target in ((unplaced, entry), (resolution, foreign)):
        with pytest.raises(PlacingRefused):
            place_comment(row, target, by=facilitator)

    assert set(AnchorResolution.objects.values_list("state", "decided_by")) == {
        ("unplaced", None)
    }


def test_what_found_its_place_by_rule_is_not_moved_by_hand(
    comment, clause, facilitator, admin
):
    later = factories.make_edition("LATER", by=admin, kind="revised")
    resolve_comments(later)

    with pytest.raises(PlacingRefused):
        place_comment(resolved(comment), None, by=facilitator)

    assert resolved(comment).state == "same"


# -- whole words only --------------------------------------------------------------------------------


@pytest.fixture
def reanchored(session, process, drafter, admin):
    """What became of a comment on `quote` (the one at `nth`) when a clause that said `before` says `after`."""

    def run(before: str, after: str, quote: str, nth: int = 0) -> AnchorResolution:
        clause = factories.make_clause(
            process, before, part=0, numbering="none", by=drafter
        )
        edition = factories.make_edition(by=admin)
        stage = factories.make_session(
            edition, session.work_group, hearing=session.hearing
        )
        start = -1
        for _ in range(nth + 1):
            start = before.index(quote, start + 1)
        span = {"span_start": start, "span_end": start + len(quote), "quote": quote}
        entry = factories.entry_of(edition, clause)
        comment = factories.make_comment(stage, entry, field="text", **span)
        _give_words(live(clause), after, drafter)
        resolve_comments(factories.make_edition(by=admin))
        return resolved(comment)

    return run


@pytest.mark.parametrize(
    ("before", "after", "quote", "now"),
    [
        ("ไม่น้อยกว่า 1 วันทำการ", "ไม่น้อยกว่า 15 วันทำการ", "1", "15"),
        ("ภายใน ๕ วัน", "ภายใน ๑๕ วัน", "๕", "๑๕"),
        ("ไม่เกิน 5 บาท", "ไม่เกิน 500 บาท", "5", "500"),
        ("ไม่เกิน ๑๐๐ บาท", "ไม่เกิน ๑๐๐,๐๐๐ บาท", "๑๐๐", "๑๐๐,๐๐๐"),
        ("ภายใน ๗ วัน", "ภายใน ๗ วันทำการ", "๗ วัน", "๗ วันทำการ"),
        ("ให้ครูลงนาม", "ให้ครูผู้ช่วยลงนาม", "ครู", "ครูผู้ช่วย"),
        ("เสนอผู้อำนวยการลงนาม", "เสนอรองผู้อำนวยการลงนาม", "ผู้อำนวยการ", "รองผู้อำนวยการ"),
        (
            "เสนอผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาลงนาม",
            "เสนอรองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาลงนาม",
            "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
        ),
        ("ให้ส่งสำเนา", "ให้ไม่ส่งสำเนา", "ส่งสำเนา", "ไม่ส่งสำเนา"),
        ("ภายใน 5 วัน", "ภายใน 5/2 วัน", "5", "5/2"),
        ("ภายใน ๓๐ นาที", "ภายใน ๖๐ นาที", "๓๐ นาที", "๖๐ นาที"),
    ],
)
def test_words_that_became_a_part_of_others_are_words_changed(
    reanchored, before, after, quote, now
):
    row = reanchored(before, after, quote)

    assert (row.state, row.method, quoted_now(row)) == ("text_changed", "diff", now)


@pytest.mark.parametrize(
    ("before", "after", "quote"),
    [
        ("ภายใน ๕ วัน", "ให้แล้วเสร็จภายใน ๕ วัน", "๕"),
        ("ให้ครูลงนาม", "แล้วให้ครูลงนามทุกครั้ง", "ครู"),
        # Half a word was marked: it is looked for with the rest of its word
        ("เสนอผู้อำนวยการลงนาม", "แล้วเสนอผู้อำนวยการลงนาม", "อำนวยการ"),
    ],
)
def test_whole_words_elsewhere_are_shifted(reanchored, before, after, quote):
    row = reanchored(before, after, quote)

    assert (row.state, quoted_now(row)) == ("shifted", quote)


@pytest.mark.parametrize(
    ("before", "after", "quote", "now"),
    [
        ("วันที่ 10 พฤศจิกายน", "1 พฤศจิกายน และ 10 ธันวาคม", "10", None),
        ("ส่งวันที่ 10 พฤศจิกายน", "ส่งวันที่ 1 พฤศจิกายน และ 10 ธันวาคม", "10", None),
        (
            "ภายในวันที่ 10 พฤศจิกายน",
            "ภายในวันที่ 1 พฤศจิกายน และวันที่ 10 ธันวาคม",
            "10",
            None,
        ),
        (
            "ผู้อำนวยการตรวจสอบรายงานเพียงครั้งเดียวก่อนลงนาม",
            "โรงเรียนขอยืมครุภัณฑ์ได้เพียงครั้งเดียวต่อหนึ่งภาคเรียน",
            "เพียงครั้งเดียว",
            None,
        ),
        (
            "ผู้อำนวยการลงนามเพียงครั้งเดียว",
            "โรงเรียนขอยืมครุภัณฑ์ได้เพียงครั้งเดียว",
            "เพียงครั้งเดียว",
            None,
        ),
        # What stands beside it tells that it is the same
        ("ส่งภายใน 10 วันทำการ", "แจ้งผลใน 10 วันทำการ", "10", "10"),
        (
            "ตรวจสอบรายงาน แล้วเสนอผู้อำนวยการลงนาม",
            "ตรวจสอบเอกสาร แล้วเสนอผู้อำนวยการลงนาม",
            "ตรวจสอบ",
            "ตรวจสอบ",
        ),
    ],
)
def test_short_quote_among_other_words_is_words_changed(
    reanchored, before, after, quote, now
):
    row = reanchored(before, after, quote)

    told = quoted_now(row)
    state = "text_changed"
    if now:
        state = "same" if after.index(quote) == before.index(quote) else "shifted"
    assert (row.state, told == quote) == (state, bool(now)), told


@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        # Either of them may be the one that is left
        ("เสนอผู้อำนวยการ หรือผู้อำนวยการ", "เสนอ ผู้อำนวยการ", ["shifted", "text_removed"]),
        ("ส่งผู้อำนวยการและส่งผู้อำนวยการ", "ส่ง ผู้อำนวยการ", ["unplaced", "unplaced"]),
        ("เสนอผู้อำนวยการ หรือผู้อำนวยการลงนาม", "ผู้อำนวยการ ลงนาม", ["text_removed", "shifted"]),
        ("เสนอผู้อำนวยการ หรือผู้อำนวยการ", "เสนอผู้อำนวยการ และผู้อำนวยการ", ["same", "shifted"]),
        ("เสนอผู้อำนวยการ หรือผู้อำนวยการ", "เสนอ", ["text_removed", "text_removed"]),
    ],
)  # fmt: skip
def test_deleted_twin_does_not_jump(reanchored, before, after, states):
    for nth, state in enumerate(states):
        row = reanchored(before, after, "ผู้อำนวยการ", nth)

        assert row.state == state
        assert (row.span is None) == (state not in ("same", "shifted"))
