"""Entering overlaps, settling them, and who sees what of them."""

import pytest

from comments.models import Overlap, OverlapComment
from comments.overlaps.forms.entering import make_overlap_form
from comments.overlaps.overlap_input import OverlapInput, OverlapSide
from comments.overlaps.queries.register import (
    count_by_agency,
    count_by_groups,
    overlaps_seen_by,
)
from comments.overlaps.refusals import CommentEntered, OverlapMovedOn, OverlapRefused
from comments.overlaps.services.registering import (
    add_comment_to_overlap,
    change_overlap,
    enter_overlap,
)
from comments.overlaps.services.settling import reopen_overlap, resolve_overlap
from hearing_portal.acts.models import Act
from hearing_portal.acts.overtaking import EditOvertaken
from hearing_portal.directory.models import User
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.undoing import undo_last_act
from manuals.models import Clause, ClauseChange, Section
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "กลุ่มนี้รับเรื่องตั้งแต่ต้น จึงให้รับผิดชอบฝ่ายเดียว"
REGISTER = "/overlaps/"
STATES = ("open", "resolved")


@pytest.fixture
def other_process(fin_group) -> Section:
    """การยืมเงิน of กลุ่มการเงิน, in the working draft only."""
    unit = factories.make_section(factories.make_manual(fin_group), "งานการเงิน")
    return factories.make_process(
        unit=unit,
        text=factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", "การยืมเงินราชการ"),
    )


@pytest.fixture
def other_clause(other_process) -> Clause:
    return factories.clause_at(other_process, "5.2")


@pytest.fixture
def overlap(clause, other_clause, facilitator) -> Overlap:
    return factories.make_overlap(clause, other_clause, by=facilitator)


@pytest.fixture
def classed(comment) -> object:
    """The comment in the class overlap, with its answers."""
    comment.issue_class = "overlap"
    comment.issue_data = {
        "process": "การยืมเงินราชการ ข้อ ๕.๒",
        "group": "การเงินฯ",
    }
    comment.save()
    return comment


def revise(clause: Clause, words: str, by: User) -> ClauseChange:
    clause.refresh_from_db()
    return revise_clause(
        clause,
        clause.lock_version,
        Text(body=words),
        numbering=clause.numbering,
        by=by,
        reason="ตามความคิดเห็น",
    )


def url_of(overlap: Overlap, act: str = "") -> str:
    return f"{REGISTER}{overlap.uuid}/{act}"


# -- entering


def test_facilitator_enters_a_comment_with_what_it_says(
    classed, released, fin_group, other_clause, facilitator, admin, sign_in
) -> None:
    factories.make_release(
        factories.make_edition("LATER", by=admin), "hearing", by=admin
    )
    client = sign_in(facilitator)
    url = f"{REGISTER}new/?comment={classed.uuid}"
    form = client.get(url).context["form"]
    data = {name: value for name, value in form.initial.items() if value}
    assert form.initial["number_a"] == form.initial["number_b"] == "5.2"
    response = client.post(url, {**data, "evidence": ""})
    overlap = Overlap.objects.get()
    assert (response.status_code, response["Location"]) == (303, url_of(overlap))
    assert (overlap.clause_a, overlap.clause_b) == (classed.entry.clause, other_clause)
    assert (overlap.kind, overlap.work_group_b) == ("same_task", fin_group)
    assert overlap.comment_rows.get().comment == classed
    codes = Act.objects.filter(subject="overlap").values_list("code", flat=True)
    assert set(codes) == {"overlap-entered", "overlap-evidenced"}


def test_comment_stands_in_the_register_once(
    classed, overlap, facilitator, sign_in
) -> None:
    add_comment_to_overlap(overlap, classed, by=facilitator)
    with pytest.raises(CommentEntered):
        add_comment_to_overlap(overlap, classed, by=facilitator)
    response = sign_in(facilitator).get(f"{REGISTER}new/?comment={classed.uuid}")
    assert (response.status_code, response["Location"]) == (303, url_of(overlap))
    assert OverlapComment.objects.count() == 1


def test_agency_is_read_from_the_comment(comment, facilitator) -> None:
    comment.issue_data = {"agency": "องค์การบริหารส่วนจังหวัด"}
    form = make_overlap_form(None, by=facilitator, comment=comment)
    assert (form.initial["place_b"], form.initial["agency"]) == (
        "",
        "องค์การบริหารส่วนจังหวัด",
    )


@pytest.mark.parametrize(
    ("side_b", "field"),
    [(OverlapSide(), "group_b"), ("same", "process_b")],
)
def test_sides_are_two(dir_group, admin, side_b, field) -> None:
    side_a = OverlapSide(dir_group)
    overlap_input = OverlapInput(
        "gap", side_a, side_a if side_b == "same" else side_b, "ไม่มีผู้ใดรับ"
    )
    with pytest.raises(OverlapRefused) as refused:
        enter_overlap(overlap_input, by=admin)
    assert (refused.value.field, Overlap.objects.count()) == (field, 0)


def test_overlap_without_anything_that_shows_it_is_refused(
    dir_group, fin_group, admin
) -> None:
    overlap_input = OverlapInput(
        "gap", OverlapSide(dir_group), OverlapSide(fin_group), " "
    )
    with pytest.raises(OverlapRefused):
        enter_overlap(overlap_input, by=admin)


def test_pairs_stand_on_the_sides_of_the_overlap(
    clause, other_clause, fin_group, dir_group, admin
) -> None:
    """The search puts กลุ่มอำนวยการ first; here it is side B."""
    pair = factories.make_similar_pair(clause, other_clause)
    sides = OverlapSide(fin_group), OverlapSide(dir_group)
    overlap = enter_overlap(
        OverlapInput("same_task", *sides, ""), by=admin, pairs=[pair]
    )
    kept = overlap.pairs.get()
    assert (kept.clause_a, kept.clause_b) == (other_clause, clause)
    assert (kept.blob_a_id, kept.blob_b_id) == (other_clause.sha, clause.sha)


def test_form_refuses_a_clause_that_is_not_there_and_another_group(
    clause, other_process, facilitator, sign_in
) -> None:
    client = sign_in(facilitator)
    data = {
        "kind": "gap",
        "place_a": f"process:{clause.section.uuid}",
        "number_a": "5.99",
        "agency": "เทศบาล",
        "evidence": "ทั้งสองแห่งไม่รับ",
    }
    page = client.post(f"{REGISTER}new/", data)
    assert page.status_code == 422
    assert "กระบวนงานนี้ไม่มีข้อ 5.99" in page.content.decode()
    page = client.post(
        f"{REGISTER}new/", {**data, "place_a": "group:FIN", "number_a": ""}
    )
    assert "ท่านบันทึกได้เฉพาะเรื่องที่มีกลุ่มงานของท่าน" in page.content.decode()
    assert Overlap.objects.count() == 0


def test_correction_has_seen_the_other_one(overlap, fin_group, admin, sign_in) -> None:
    client = sign_in(admin)
    page = client.get(url_of(overlap, "edit/"))
    form = page.context["form"]
    data = {name: value for name, value in form.initial.items() if value}
    other = OverlapInput(
        "gap", OverlapSide(overlap.work_group_a), OverlapSide(fin_group), "แก้ก่อน"
    )
    change_overlap(overlap, other, by=admin)
    response = client.post(url_of(overlap, "edit/"), {**data, "evidence": "แก้ทีหลัง"})
    assert response.status_code == 409
    overlap.refresh_from_db()
    assert overlap.evidence == "แก้ก่อน"
    with pytest.raises(EditOvertaken):
        change_overlap(overlap, other, by=admin, version="x" * 64)


# -- settling


def test_resolution_is_told_with_the_names_of_the_sides(
    overlap, admin, sign_in
) -> None:
    client = sign_in(admin)
    data = {"resolution": "owner_b", "reason": REASON}
    response = client.post(url_of(overlap, "resolution/"), data)
    assert response.status_code == 303
    overlap.refresh_from_db()
    assert (overlap.resolution, overlap.resolved_by) == ("owner_b", admin)
    page = client.get(url_of(overlap)).content.decode()
    assert "ให้กลุ่มบริหารงานการเงินและสินทรัพย์รับผิดชอบ" in page
    assert REASON in page
    assert overlap.history.count() == 2


@pytest.mark.parametrize(
    ("resolution", "reason", "field"),
    [
        ("", REASON, "resolution"),
        ("joint", "สั้น", "reason"),
        ("split", REASON, "split_at"),
    ],
)
def test_resolution_needs_its_words(overlap, admin, resolution, reason, field) -> None:
    with pytest.raises(OverlapRefused) as refused:
        resolve_overlap(overlap, resolution, by=admin, reason=reason)
    assert refused.value.field == field


def test_second_resolution_is_told_of_the_first(overlap, admin, sign_in) -> None:
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    with pytest.raises(OverlapMovedOn):
        resolve_overlap(overlap, "removed", by=admin, reason=REASON)
    data = {"resolution": "removed", "reason": REASON}
    page = sign_in(admin).post(url_of(overlap, "resolution/"), data)
    assert (page.status_code, "มีข้อยุติแล้วเมื่อ" in page.content.decode()) == (409, True)


def test_taken_up_again_the_history_keeps_what_was_settled(overlap, admin) -> None:
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    reopen_overlap(overlap, by=admin, reason="มีข้อเท็จจริงใหม่")
    overlap.refresh_from_db()
    assert (overlap.resolution, overlap.reason, overlap.resolved_at) == ("", "", None)
    kept = overlap.history.filter(resolution="joint").get()
    assert kept.reason == REASON
    assert Act.objects.get(code="overlap-reopened").reason == "มีข้อเท็จจริงใหม่"


def test_between_two_groups_neither_decides_for_the_other(
    overlap, drafter, sign_in
) -> None:
    client = sign_in(drafter)
    data = {"resolution": "owner_b", "reason": REASON}
    assert client.post(url_of(overlap, "resolution/"), data).status_code == 403
    page = client.get(url_of(overlap)).content.decode()
    assert "ผู้ดูแลระบบเป็นผู้บันทึกข้อยุติ" in page


def test_with_an_outside_agency_the_group_decides(clause, drafter, sign_in) -> None:
    overlap = factories.make_overlap(clause, "เทศบาลเมือง")
    data = {"resolution": "owner_b", "reason": REASON}
    response = sign_in(drafter).post(url_of(overlap, "resolution/"), data)
    assert response.status_code == 303


# -- what it changed


def test_changes_come_from_its_comments_and_by_name(
    overlap, comment, clause, drafter, sign_in
) -> None:
    factories.make_overlap_comment(overlap, comment)
    change = revise(clause, "ใช้ทะเบียนเดียว", drafter)
    disposition = factories.make_disposition(comment, decided_by=drafter)
    factories.make_change_cause(change, disposition)
    second = revise(clause, "ใช้ทะเบียนเดียวกัน", drafter)
    client = sign_in(drafter)
    page = client.get(url_of(overlap)).context["page"]
    assert [row.id for row in page.changes] == [change.pk]
    assert [row.id for row in page.candidates] == [second.pk]
    client.post(url_of(overlap, "changes/"), {"changes": [second.pk, "x", 0]})
    page = client.get(url_of(overlap)).context["page"]
    assert [row.id for row in page.changes] == [change.pk, second.pk]
    assert page.candidates == []

    section = Section.objects.get(pk=clause.section_id)
    undo_last_act(section, section.version, by=drafter)
    page = client.get(url_of(overlap)).context["page"]
    assert [row.id for row in page.changes] == [change.pk]


# -- who sees what


def test_all_read_the_register_and_how_it_was_settled_once_that_is_published(
    overlap, comment, delegate, expert, drafter, admin, sign_in
) -> None:
    other_desk = factories.make_drafter(factories.make_group("LAW"), username="kosol")
    factories.make_overlap_comment(overlap, comment)
    disposition = factories.make_disposition(
        comment, decided_by=drafter, outcome="deferred"
    )

    def told() -> list[str]:
        """How it stands to each: on its page, in the list, and counted."""
        states = []
        for person in (delegate, expert, other_desk, drafter, admin):
            client = sign_in(person)
            page = client.get(url_of(overlap)).content.decode()
            rows = {state: client.get(REGISTER, {"state": state}) for state in STATES}
            [state] = [each for each in STATES if rows[each].context["rows"]]
            count = rows[state].context["count"]
            assert (count.all, count.open) == (1, int(state == "open"))
            assert (REASON in page) is (state == "resolved")
            assert count_by_groups(overlaps_seen_by(person)).popitem()[1] == count
            states.append(state)
        return states

    assert told() == ["open"] * 5
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    assert told() == ["open", "open", "open", "resolved", "resolved"]
    disposition.publication = factories.make_publication(comment.session.hearing)
    disposition.save(update_fields=["publication"])
    assert told() == ["resolved"] * 5


def test_what_was_changed_for_an_open_overlap_is_its_desks_to_know(
    overlap, clause, drafter, delegate, sign_in
) -> None:
    change = revise(clause, "ใช้ทะเบียนเดียว", drafter)
    sign_in(drafter).post(url_of(overlap, "changes/"), {"changes": [change.pk]})

    def shown(person) -> list[int]:
        page = sign_in(person).get(url_of(overlap)).context["page"]
        return [row.id for row in page.changes]

    assert (shown(drafter), shown(delegate)) == ([change.pk], [])


def test_public_sees_it_once_answers_are_public(
    overlap, admin, client, edition
) -> None:
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    assert client.get(url_of(overlap)).status_code == 302
    final = factories.make_edition("FINAL", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)
    page = client.get(REGISTER).content.decode()
    assert "เรื่องที่&nbsp;" in page
    assert client.get(url_of(overlap)).status_code == 200


def test_words_of_another_groups_draft_are_not_shown(
    clause, released, other_process, drafter, admin, sign_in
) -> None:
    """กลุ่มการเงิน's process is in no edition: who drafts for กลุ่มอำนวยการ reads neither its words nor its title."""
    secret = factories.make_clause(other_process, "ถ้อยคำลับของกลุ่มการเงิน")
    overlap = factories.make_overlap(clause, secret)
    factories.make_similar_pair(clause, secret)
    for url in (url_of(overlap), REGISTER, f"{REGISTER}suggestions/"):
        page = sign_in(drafter).get(url).content.decode()
        assert other_process.title not in page
        assert secret.plain not in page
        assert "กระบวนงานในร่างที่ยังไม่เปิดให้อ่าน" in page
        page = sign_in(admin).get(url).content.decode()
        assert other_process.title in page


def test_delegate_reads_the_edition_not_the_draft(
    clause, released, fin_group, drafter, delegate, admin, sign_in
) -> None:
    overlap = factories.make_overlap(clause, fin_group)
    revise(clause, "ถ้อยคำลับในร่าง", drafter)
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    page = sign_in(delegate).get(url_of(overlap)).content.decode()
    assert "ตรวจสอบความครบถ้วนของหนังสือ" in page
    assert "ถ้อยคำลับในร่าง" not in page
    assert "ถ้อยคำลับในร่าง" in sign_in(drafter).get(url_of(overlap)).content.decode()


CANARY = "นามสกุลนกขมิ้น"


def test_no_commenters_name_is_told(
    session, entry, lampang, dir_group, fin_group, admin, sign_in, drafter
) -> None:
    author = factories.make_delegate(
        dir_group, lampang, username="canary-7", family_name=CANARY
    )
    said = factories.make_comment(session, entry, author, issue_class="overlap")
    overlap = factories.make_overlap(entry.clause, fin_group)
    factories.make_overlap_comment(overlap, said)
    disposition = factories.make_disposition(
        said, decided_by=drafter, outcome="deferred"
    )
    disposition.publication = factories.make_publication(session.hearing)
    disposition.save(update_fields=["publication"])
    resolve_overlap(overlap, "joint", by=admin, reason=REASON)
    mate = factories.make_delegate(dir_group, lampang, username="mate")
    expert = factories.make_expert(dir_group, username="expert")
    facilitator = factories.make_facilitator(dir_group, username="fac")
    for person in (mate, expert, facilitator, drafter, admin):
        client = sign_in(person)
        for path in ("", "matrix/", "agencies/", "suggestions/", f"{overlap.uuid}/"):
            page = client.get(f"{REGISTER}{path}").content.decode()
            assert CANARY not in page
            assert "canary-7" not in page
        if path == f"{overlap.uuid}/":
            assert said.text in page


# -- lists


def test_register_costs_the_same_for_one_row_and_three(
    clause, released, overlap, other_clause, admin, sign_in, assert_same_queries
) -> None:
    client = sign_in(admin)

    def add_two() -> None:
        for _ in range(2):
            factories.make_overlap(clause, other_clause)

    assert_same_queries(10, lambda: client.get(REGISTER), add_two)


def test_matrix_costs_the_same_for_one_row_and_three(
    clause, overlap, other_clause, admin, sign_in, assert_same_queries
) -> None:
    client = sign_in(admin)

    def add_two() -> None:
        for _ in range(2):
            factories.make_overlap(clause, other_clause)

    assert_same_queries(6, lambda: client.get(f"{REGISTER}matrix/"), add_two)


def test_filters_stand_in_the_address(
    clause, overlap, other_clause, dir_group, admin, sign_in
) -> None:
    outside = factories.make_overlap(dir_group, "เทศบาลเมือง", kind="gap")
    within = factories.make_overlap(dir_group, clause)
    resolve_overlap(within, "removed", by=admin, reason=REASON)
    client = sign_in(admin)

    def listed(query: str) -> list[int]:
        page = client.get(f"{REGISTER}?{query}")
        return [row.overlap.pk for row in page.context["rows"]]

    assert listed("") == [overlap.pk, outside.pk, within.pk]
    assert listed("group=FIN") == [overlap.pk]
    assert (
        listed("group=DIR&other=FIN") == listed("group=FIN&other=DIR") == [overlap.pk]
    )
    assert listed("group=DIR&other=DIR") == [within.pk]
    assert listed("group=DIR&outside=1") == [outside.pk]
    assert listed("agency=เทศบาลเมือง") == [outside.pk]
    assert listed("kind=gap&state=open") == [outside.pk]
    assert listed("state=resolved") == [within.pk]
    assert listed("group=NOBODY&kind=x") == [overlap.pk, outside.pk, within.pk]


def test_matrix_counts_lead_to_their_rows(
    overlap, clause, dir_group, admin, sign_in
) -> None:
    factories.make_overlap(dir_group, clause)
    factories.make_overlap(dir_group, "เทศบาลเมือง")
    client = sign_in(admin)
    rows = client.get(f"{REGISTER}matrix/").context["rows"]
    counted = 0
    for row in rows:
        for cell in (*row.cells, row.agencies):
            if cell.url:
                page = client.get(cell.url)
                assert page.context["page"].paginator.count == cell.count.all
                counted += cell.count.all
    assert counted == 4  # one at two places, one on the diagonal, one outside


def test_agencies_are_listed_with_their_rows(dir_group, clause, admin, sign_in) -> None:
    factories.make_overlap(dir_group, "เทศบาลเมือง")
    factories.make_overlap(clause, "เทศบาลเมือง", resolution="owner_b")
    factories.make_overlap(clause, "กรมบัญชีกลาง")
    client = sign_in(admin)
    agencies = client.get(f"{REGISTER}agencies/").context["agencies"]
    assert [(row.name, row.count.all, row.count.open) for row in agencies] == [
        ("กรมบัญชีกลาง", 1, 1),
        ("เทศบาลเมือง", 2, 1),
    ]
    page = client.get(agencies[1].url)
    assert page.context["page"].paginator.count == 2


def test_suggestion_is_entered_or_dismissed(
    clause, other_clause, drafter, sign_in
) -> None:
    pair = factories.make_similar_pair(clause, other_clause)
    client = sign_in(drafter)
    url = f"{REGISTER}suggestions/"
    refused = client.post(f"{url}dismissals/", {"pairs": [pair.pk], "reason": " "})
    assert refused.status_code == 422
    data = {"pairs": [pair.pk, "x"], "reason": "คนละเรื่อง"}
    client.post(f"{url}dismissals/", data)
    assert client.get(url).context["suggestions"] == []


def test_suggestions_cost_the_same_for_one_and_three(
    clause, process, other_process, other_clause, admin, sign_in, assert_same_queries
) -> None:
    factories.make_similar_pair(clause, other_clause)
    client = sign_in(admin)

    def add_two() -> None:
        for cite in ("5.1", "2.1"):
            factories.make_similar_pair(
                factories.clause_at(process, cite),
                factories.clause_at(other_process, cite),
            )

    assert_same_queries(12, lambda: client.get(f"{REGISTER}suggestions/"), add_two)


# -- one agency has one name -----------------------------------------------------------------------------


def entered_with(agency: str, clause, by) -> Overlap:
    section = clause.section
    side = OverlapSide(section.manual.work_group, section, clause)
    outside = OverlapSide(agency=agency)
    return enter_overlap(OverlapInput("authority", side, outside, "คำสั่งซ้อนกัน"), by=by)


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("อบจ.ลำปาง", True),
        ("องค์การ บริหารส่วนจังหวัด ลำปาง", True),
        ("องค์การบริหารส่วนจังหวัดลำพูน", False),
    ],
)
def test_agency_spelt_twice_is_one(clause, facilitator, name, is_known) -> None:
    known = "องค์การบริหารส่วนจังหวัดลำปาง"
    entered_with(known, clause, facilitator)

    overlap = entered_with(name, clause, facilitator)

    assert overlap.agency == (known if is_known else name)


def test_agency_spelt_twice_before_is_counted_and_found_as_one(
    clause, admin, sign_in
) -> None:
    rows = [
        factories.make_overlap(clause, name, kind="authority")
        for name in ("อบต. บ้านแลง", "องค์การบริหารส่วนตำบลบ้านแลง", "เทศบาลเมือง")
    ]
    seen = overlaps_seen_by(admin)

    counted = count_by_agency(seen)

    assert sorted(count.all for _, count in counted) == [1, 2]
    page = sign_in(admin).get(REGISTER, {"agency": "อบต.บ้านแลง"}).content.decode()
    found = [row.pk for row in rows if f"/overlaps/{row.uuid}/" in page]
    assert found == [rows[0].pk, rows[1].pk]


def test_who_corrects_the_only_row_of_an_agency_has_their_way(
    clause, facilitator
) -> None:
    overlap = entered_with("อบจ.ลำปาง", clause, facilitator)
    section = clause.section
    side = OverlapSide(section.manual.work_group, section, clause)
    outside = OverlapSide(agency="องค์การบริหารส่วนจังหวัดลำปาง")

    change_overlap(
        overlap,
        OverlapInput("authority", side, outside, "คำสั่งซ้อนกัน"),
        by=facilitator,
    )

    overlap.refresh_from_db()
    assert overlap.agency == "องค์การบริหารส่วนจังหวัดลำปาง"
