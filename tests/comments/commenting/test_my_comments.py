"""One's own comments with their fate, and those of one's office: what is told, when, and to whom."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.anchoring.services.resolving import resolve_comments
from comments.commenting.presentation.cards import CommentViewer
from comments.commenting.presentation.progress import load_progress
from comments.commenting.queries.comments import shown_comments
from comments.commenting.queries.stages import comments_by, count_stages
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.models import Comment
from comments.moderating.services import show_comment
from hearing_portal.thai.markup import write_reference
from manuals.content import PARTS, Text
from manuals.drafting.changes import Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import move_clause
from manuals.reading.presentation.links import clause_anchor
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.usefixtures("released")

REASON = "ระเบียบกำหนดให้ตรวจชั้นความเร็วก่อนลงทะเบียนรับทุกครั้ง"
FINAL_REASON = "ข้อนี้กำหนดให้ตรวจก่อนลงทะเบียนรับไว้แล้ว"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย รวมทั้งชั้นความเร็ว"
MINE, OFFICE = "/my-comments/", "/office-comments/"


@pytest.fixture
def publication(hearing, dir_group):
    return factories.make_publication(
        hearing, dir_group, objections_until="2999-01-01T00:00:00Z"
    )


def _way(user, comment):
    [way] = load_progress(
        shown_comments(comments_by(user).filter(pk=comment.pk)), CommentViewer(user)
    )
    return way


def _text(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup(response)))


def _stops(way) -> list[tuple[str, bool]]:
    return [(stop.name, stop.is_done) for stop in way.milestones]


def test_fate_goes_from_waiting_over_considering_to_the_answer(
    comment, delegate, facilitator, publication
):
    assert _way(delegate, comment).status.state == "waiting"
    show_comment(comment, by=facilitator)
    assert _way(delegate, comment).status.state == "considering"
    disposition = factories.make_disposition(comment, outcome="deferred", reason=REASON)
    assert (
        _way(delegate, comment).status.state,
        _way(delegate, comment).status.disposition,
    ) == ("unpublished", None)
    disposition.publication = publication
    disposition.save()

    way = _way(delegate, comment)

    assert (way.status.state, way.status.disposition, way.may_object) == (
        "deferred",
        disposition,
        True,
    )
    assert _stops(way) == [
        ("ส่งแล้ว", True),
        ("รับเรื่อง", True),
        ("พิจารณา", True),
        ("แจ้งผลแล้ว", True),
    ]


def test_decision_is_not_told_before_its_publication(comment, delegate, sign_in):
    factories.make_disposition(comment, outcome="not_accepted", reason=REASON)
    client = sign_in(delegate)

    for url in (
        MINE,
        OFFICE,
        reverse("comment", args=[comment.uuid]),
        f"/entries/{comment.entry_id}/comments/",
    ):
        said = _text(client.get(url))
        assert "อยู่ระหว่างพิจารณา" in said
        assert REASON not in said
        assert "ไม่เห็นชอบตามที่เสนอ" not in said


def test_adopted_proposal_tells_old_words_new_words_and_the_reason(
    session, entry, clause, delegate, drafter, publication, admin, sign_in
):
    comment = factories.make_comment(session, entry, delegate)
    amendment = factories.make_amendment(comment, WORDS)
    disposition = adopt_amendments(
        [Adoption(amendment, clause.lock_version)], by=drafter, reason=REASON
    ).disposition
    disposition.publication = publication
    disposition.save()
    way = _way(delegate, comment)
    [change] = way.changes
    [line] = change.redlines

    assert "".join(segment.text for segment in line.before) == entry.blob.plain
    assert "".join(segment.text for segment in line.after) == WORDS
    assert change.edition is None
    assert _stops(way)[-2:] == [("แก้ถ้อยคำ", True), ("อยู่ในฉบับ", False)]
    page = sign_in(delegate).get(MINE).content.decode()
    assert (
        REASON in page,
        "ถ้อยคำเดิม" in page,
        "ถ้อยคำใหม่" in page,
        "จะปรากฏในฉบับถัดไป" in page,
    ) == (True,) * 4

    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง พ.ศ. 2565", by=admin
    )
    # Frozen only: the delegate may not read it, so it is not named
    factories.make_resolution(
        comment, revised, factories.entry_of(revised, clause), state="text_changed"
    )
    way = _way(delegate, comment)
    assert (way.changes[0].edition, way.moved) == (None, None)
    factories.make_release(revised, "hearing", by=admin)
    way = _way(delegate, comment)
    assert way.moved.edition == revised
    assert way.changes[0].edition == revised
    assert _stops(way)[-1] == ("อยู่ในฉบับ", True)
    assert "ปรากฏในร่างปรับปรุง พ.ศ. 2565" in _text(sign_in(delegate).get(MINE))


def test_adopted_cut_says_that_the_clause_is_gone(
    session, entry, clause, delegate, drafter, publication, sign_in
):
    comment = factories.make_comment(session, entry, delegate)
    amendment = factories.make_amendment(comment, op="delete", proposed={})
    disposition = adopt_amendments(
        [Adoption(amendment, clause.lock_version)], by=drafter, reason=REASON
    ).disposition
    disposition.publication = publication
    disposition.save()

    [change] = _way(delegate, comment).changes
    assert (change.is_cut, change.is_new) == (True, False)
    assert re.search(r"ถ้อยคำใหม่\s*ยกเลิก", _text(sign_in(delegate).get(MINE)))


def test_duplicate_without_proposal_sees_the_words_its_answer_changed(
    session, entry, clause, delegate, secondary_delegate, drafter, publication
):
    first = factories.make_comment(session, entry, delegate)
    second = factories.make_comment(session, entry, secondary_delegate)
    amendment = factories.make_amendment(first, WORDS)
    disposition = adopt_amendments(
        [Adoption(amendment, clause.lock_version)],
        by=drafter,
        reason=REASON,
        also_answers=[second],
    ).disposition
    disposition.publication = publication
    disposition.save()

    way = _way(secondary_delegate, second)

    assert (
        "".join(segment.text for segment in way.changes[0].redlines[0].after) == WORDS
    )


def test_moved_place_is_told(comment, entry, delegate, admin, sign_in):
    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง", by=admin
    )
    factories.make_release(revised, "hearing", by=admin)
    factories.make_resolution(
        comment, revised, factories.entry_of(revised, entry.clause), state="moved"
    )

    assert "ในร่างปรับปรุง ย้ายไปข้ออื่น" in _text(sign_in(delegate).get(MINE))


def test_comment_whose_clause_moved_in_the_same_words_says_where_it_stands(
    session, edition, process, delegate, drafter, admin, sign_in
):
    moved = factories.clause_at(process, "5.3 1)")
    renumbered = factories.clause_at(process, "5.3 2)")
    for_moved, for_renumbered = (
        factories.make_comment(session, factories.entry_of(edition, each), delegate)
        for each in (moved, renumbered)
    )
    place = Position(process, 5, None, None, "decimal")
    move_clause(moved, moved.lock_version, place, by=drafter, reason="เป็นขั้นตอนของตนเอง")
    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง", by=admin
    )
    factories.make_release(revised, "hearing", by=admin)
    resolve_comments(revised)

    assert {row.state for row in for_moved.resolutions.all()} == {"same"}
    for comment, told in (
        (for_moved, "ในร่างปรับปรุง ข้อย้ายไป อยู่ที่ ข้อ 5.4"),
        (for_renumbered, "ในร่างปรับปรุง เลขข้อเปลี่ยน อยู่ที่ ข้อ 5.3 1)"),
    ):
        page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))
        assert told in re.sub(r"\s+", " ", _text(page))


def test_changed_words_are_shown_as_they_were_and_as_they_are(
    session, entry, clause, delegate, drafter, admin, sign_in
):
    quote = "ความครบถ้วนของหนังสือ"
    start = entry.blob.plain.index(quote)
    span = {"span_start": start, "span_end": start + len(quote), "quote": quote}
    comment = factories.make_comment(session, entry, delegate, field="text", **span)
    words = entry.blob.plain.replace("ความครบถ้วน", "ความถูกต้อง")
    clause.refresh_from_db()
    change = ReviseClause(clause, clause.lock_version, Text(body=words))
    apply_changes(drafter, "edit", "ปรับถ้อยคำ", [change])
    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง", by=admin
    )
    factories.make_release(revised, "hearing", by=admin)
    resolve_comments(revised)

    page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))

    line = _way(delegate, comment).quote_redline
    assert "".join(each.text for each in line.before) == quote
    assert "".join(each.text for each in line.after) == "ความถูกต้องของหนังสือ"
    assert "ถ้อยคำเปลี่ยน" in _text(page)
    assert re.search(r"ข้อความที่อ้างเดิม\s*ความครบถ้วนของหนังสือ", _text(page))
    assert re.search(r"ข้อความในฉบับนี้\s*ความถูกต้องของหนังสือ", _text(page))
    there = reverse("edition-section", args=["REVISED", entry.section.uuid])
    link = f'href="{there}#{clause_anchor(entry.uuid)}"'
    assert link in page.content.decode()
    assert sign_in(delegate).get(there).status_code == 200


@pytest.mark.parametrize("quote", ["ภายใน 30 นาที", ""])
def test_other_digits_alone_are_no_changed_words(
    session, edition, process, delegate, drafter, admin, sign_in, quote
):
    clause = factories.clause_at(process, "5.3 1)")
    entry = factories.entry_of(edition, clause)
    span = {}
    if quote:
        start = entry.blob.plain.index(quote)
        span = {"field": "text", "span_start": start, "span_end": start + len(quote)}
    comment = factories.make_comment(session, entry, delegate, quote=quote, **span)
    words = entry.blob.plain.replace("30", "๓๐")
    change = ReviseClause(clause, clause.lock_version, Text(body=words))
    apply_changes(drafter, "edit", "ใช้เลขไทย", [change])
    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง", by=admin
    )
    factories.make_release(revised, "hearing", by=admin)
    resolve_comments(revised)

    page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))

    assert comment.resolutions.get().state == "text_changed"
    told = re.sub(r"\s+", " ", _text(page))
    assert "ในร่างปรับปรุง เปลี่ยนเฉพาะรูปแบบเลข อยู่ที่" in told
    assert "ถ้อยคำเปลี่ยน" not in told
    assert "ข้อความในฉบับนี้" not in told


def test_comment_on_a_whole_clause_shows_the_clause_as_it_was_and_as_it_is(
    comment, entry, clause, delegate, drafter, admin, sign_in
):
    words = entry.blob.plain.replace("ความครบถ้วน", "ความถูกต้อง")
    change = ReviseClause(clause, clause.lock_version, Text(body=words))
    apply_changes(drafter, "edit", "ปรับถ้อยคำ", [change])
    revised = factories.make_edition(
        "REVISED", kind="revised", title="ร่างปรับปรุง", by=admin
    )
    factories.make_release(revised, "hearing", by=admin)
    resolve_comments(revised)

    page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))

    [line] = _way(delegate, comment).clause_redlines
    assert "".join(each.text for each in line.before) == entry.blob.plain
    assert "".join(each.text for each in line.after) == words
    assert re.search(r"ข้อความเดิม\s*ตรวจสอบความครบถ้วน", _text(page))
    assert re.search(r"ข้อความในฉบับนี้\s*ตรวจสอบความถูกต้อง", _text(page))


def test_stages_count_every_comment_once(
    session, entry, delegate, facilitator, publication, sign_in
):
    comments = [
        factories.make_comment(session, entry, delegate, text=f"เรื่องที่ {at}")
        for at in range(5)
    ]
    show_comment(comments[1], by=facilitator)
    factories.make_disposition(comments[2], outcome="deferred")
    factories.make_disposition(comments[3], outcome="deferred", publication=publication)
    withdraw_comment(comments[4], by=delegate)
    factories.make_comment(session, entry, delegate, type="ask", parent=comments[0])
    client = sign_in(delegate)

    def shown(stage):
        return [
            way.card.comment
            for way in client.get(MINE, {"stage": stage}).context["progress_rows"]
        ]

    assert count_stages(comments_by(delegate)) == {
        "waiting": 1,
        "considering": 2,
        "answered": 1,
        "withdrawn": 1,
    }
    assert shown("waiting") == [comments[0]]
    assert shown("considering") == [comments[2], comments[1]]
    assert shown("answered") == [comments[3]]
    assert shown("withdrawn") == [comments[4]]
    assert shown("") == shown("ไม่มี") == comments[::-1]
    tabs = re.findall(
        r'tabs__link.*?class="num">(\d*)<', client.get(MINE).content.decode(), re.DOTALL
    )
    assert tabs == ["5", "1", "2", "1", "1"]


def test_mine_are_mine_alone(comment, office_head, stranger, delegate, sign_in):
    assert comment.text in _text(sign_in(delegate).get(MINE))
    for other in (office_head, stranger):
        assert "ท่านยังไม่ได้แสดงความคิดเห็น" in _text(sign_in(other).get(MINE))
    assert Client().get(MINE)["Location"].startswith(reverse("sign-in"))


def test_office_sees_its_people_with_names(
    session,
    entry,
    comment,
    delegate,
    office_head,
    secondary_delegate,
    facilitator,
    sign_in,
):
    head_said = factories.make_comment(session, entry, office_head, text="ผอ.เขตเห็นด้วย")
    factories.make_comment(session, entry, secondary_delegate, text="ของ สพท. อื่น")
    held = factories.make_comment(
        session, entry, office_head, text="ยังไม่แสดง", visibility="held"
    )

    response = sign_in(delegate).get(OFFICE)

    assert [way.card.comment for way in response.context["progress_rows"]] == [
        head_said,
        comment,
    ]
    assert office_head.get_full_name() in _text(response)
    assert [
        way.card.comment
        for way in sign_in(office_head).get(OFFICE).context["progress_rows"]
    ] == [
        held,
        head_said,
        comment,
    ]
    assert sign_in(facilitator).get(OFFICE).status_code == 403


def test_person_of_two_offices_chooses_whose_comments(
    session, entry, comment, delegate, secondary_delegate, dir_group, chonburi, sign_in
):
    theirs = factories.make_comment(session, entry, secondary_delegate)
    factories.make_role(delegate, "delegate", group=dir_group, office=chonburi)
    client = sign_in(delegate)

    def shown(**query):
        return [
            way.card.comment
            for way in client.get(OFFICE, query).context["progress_rows"]
        ]

    assert shown(office=chonburi.key) == [theirs]
    assert shown(office="ไม่มี") == [comment]


def test_objection_is_shown_to_its_author_and_no_second_one_offered(
    comment, delegate, publication, sign_in
):
    factories.make_disposition(comment, outcome="deferred", publication=publication)
    client = sign_in(delegate)
    url = reverse("comment", args=[comment.uuid])
    assert "ขอให้ทบทวนผล" in _text(client.get(url))

    factories.make_objection(comment, "เหตุผลไม่ตรง")

    said = _text(client.get(url))
    assert "เหตุผลไม่ตรง" in said
    assert "คณะทำงานกำลังพิจารณาคำขอทบทวน" in said
    assert "ส่งคำขอทบทวน" not in said


def test_answer_after_an_objection_leaves_the_first_one_to_be_read(
    comment, delegate, secondary_delegate, hearing, dir_group, drafter, sign_in
):
    url = reverse("comment", args=[comment.uuid])
    decide_comments([comment], Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    object_to_answer(comment, "รอถึงฉบับหน้าไม่ได้", by=delegate)
    decide_comments(
        [comment],
        Ruling("already_covered", FINAL_REASON, points_to=comment.entry),
        by=drafter,
    )
    # Decided again, not published: the first answer stands alone, and only its author knows of the request
    assert FINAL_REASON not in _text(sign_in(delegate).get(url))
    assert "ขอให้ทบทวนผลนี้เมื่อ" not in _text(sign_in(secondary_delegate).get(url))
    publish_answers(hearing, dir_group, by=drafter)

    for person, page, asked in (
        (delegate, url, "ท่านขอให้ทบทวนผลนี้เมื่อ"),
        (delegate, MINE, "ท่านขอให้ทบทวนผลนี้เมื่อ"),
        (secondary_delegate, url, "ผู้เสนอขอให้ทบทวนผลนี้เมื่อ"),
    ):
        said = _text(sign_in(person).get(page))
        positions = [said.rindex(words) for words in (REASON, asked, FINAL_REASON)]
        assert positions == sorted(positions)
        assert said.count(asked) == 1
        assert ("รอถึงฉบับหน้าไม่ได้" in said) is (person == delegate)


def test_answer_cites_a_clause_without_a_number(
    comment, process, publication, sign_in, delegate, admin
):
    """It has no title either: the link was empty."""
    clause = factories.clause_at(process, "5.3")
    clause.numbering = "none"
    clause.save(update_fields=["numbering"])
    covering = factories.entry_of(
        factories.make_edition("REVISED", kind="revised", by=admin), clause
    )
    factories.make_disposition(
        comment, outcome="already_covered", points_to=covering, publication=publication
    )

    said = _text(sign_in(delegate).get(reverse("comment", args=[comment.uuid])))

    part = f"ส่วนที่ {covering.part} {PARTS[covering.part]}"
    assert f"กำหนดไว้แล้วที่ {part} {process.title}" in " ".join(said.split())


def test_answer_says_that_a_newer_public_edition_has_not_what_it_cites(
    comment, edition, process, publication, sign_in, delegate, drafter, admin
):
    """And leads to what has the words; a draft, and an edition of no public, tell nobody."""
    clause = factories.clause_at(process, "5.2")
    covering = factories.entry_of(edition, clause)
    factories.make_disposition(
        comment, outcome="already_covered", points_to=covering, publication=publication
    )
    url = reverse("comment", args=[comment.uuid])
    factories.join_away(clause, factories.clause_at(process, "5.1"), by=drafter)
    newer = factories.make_edition(
        "2566", kind="revised", title="คู่มือ พ.ศ. 2566", by=admin
    )
    assert "ข้อนี้ไม่มีแล้ว" not in _text(sign_in(delegate).get(url))
    factories.make_release(newer, "public", by=admin)
    page = sign_in(delegate).get(url)
    assert "ข้อนี้ไม่มีแล้วในคู่มือ พ.ศ. 2566" in " ".join(_text(page).split())
    assert f'href="/clauses/{clause.uuid}/"' in page.content.decode()


def test_mine_costs_the_same_for_one_and_three(
    session,
    edition,
    process,
    delegate,
    drafter,
    publication,
    sign_in,
    assert_same_queries,
):
    places = iter(["5.1", "5.2", "5.3"])

    def add(number=1):
        for _ in range(number):
            clause = factories.clause_at(process, next(places))
            comment = factories.make_comment(
                session, factories.entry_of(edition, clause), delegate
            )
            factories.make_support(comment)
            adoption = Adoption(
                factories.make_amendment(comment, WORDS), clause.lock_version
            )
            disposition = adopt_amendments(
                [adoption], by=drafter, reason=REASON
            ).disposition
            disposition.publication = publication
            disposition.save()

    add()
    client = sign_in(delegate)

    assert_same_queries(15, lambda: client.get(MINE), lambda: add(2))


def test_mine_costs_the_same_for_one_and_three_that_refer_to_clauses(
    session,
    edition,
    process,
    delegate,
    drafter,
    publication,
    sign_in,
    assert_same_queries,
):
    cited = write_reference(factories.clause_at(process, "2.1").uuid)
    places = iter(["5.1", "5.2", "5.3"])

    def add(number=1):
        for _ in range(number):
            clause = factories.clause_at(process, next(places))
            comment = factories.make_comment(
                session, factories.entry_of(edition, clause), delegate
            )
            words = Text(body=f"ตรวจให้ครบตาม{cited}")
            adoption = Adoption(
                factories.make_amendment(comment, words), clause.lock_version
            )
            disposition = adopt_amendments(
                [adoption], by=drafter, reason=REASON
            ).disposition
            disposition.publication = publication
            disposition.save()

    add()
    client = sign_in(delegate)

    assert_same_queries(20, lambda: client.get(MINE), lambda: add(2))
    assert markup(client.get(MINE)).count("ตามข้อ 2.1") >= 3


def test_edits_of_a_comment_cost_the_same_for_one_and_three_that_refer_to_clauses(
    session, entry, process, delegate, sign_in, assert_same_queries
):
    cited = write_reference(factories.clause_at(process, "5.1").uuid)
    comment = factories.make_comment(session, entry, delegate)
    amendment = factories.make_amendment(comment, Text(body=f"ตรวจตาม{cited}"))
    client = sign_in(delegate)

    def edit(*words: str) -> None:
        for proposed in words:
            comment.edited_at = timezone.now()
            comment.save(update_fields=["edited_at"])
            amendment.proposed = Text(body=f"{proposed} {cited}{proposed}").as_json()
            amendment.save()

    edit("ครั้งแรก")
    url = reverse("comment", args=[comment.uuid])
    assert_same_queries(21, lambda: client.get(url), lambda: edit("ครั้งที่สอง", "ครั้งที่สาม"))
    assert "ข้อ 5.1" in markup(client.get(url))


def test_office_list_costs_the_same_for_one_and_three(
    session, entry, delegate, sign_in, assert_same_queries
):
    def add(number=1):
        for at in range(number):
            comment = factories.make_comment(
                session, entry, delegate, text=f"เรื่องที่ {at}"
            )
            factories.make_amendment(comment, f"ถ้อยคำ {at}")
            factories.make_support(comment)

    add()
    client = sign_in(delegate)

    assert_same_queries(12, lambda: client.get(OFFICE), lambda: add(2))


def test_sum_over_stages_is_the_number_of_comments(
    session, entry, delegate, facilitator
):
    for at in range(4):
        comment = factories.make_comment(session, entry, delegate, text=f"เรื่องที่ {at}")
        if at % 2:
            show_comment(comment, by=facilitator)

    assert (
        sum(count_stages(comments_by(delegate)).values())
        == Comment.objects.filter(author=delegate).count()
        == 4
    )
