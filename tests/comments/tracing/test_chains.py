"""The chain of a clause, and the report that says of each change what led to it and of each acceptance what came."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.clearing_debts import clear_drafting_debt
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.releasing.presentation.margin_notes import notes_and_reasons
from comments.tracing.presentation.chain import load_clause_chain
from comments.tracing.presentation.report import Share, load_trace_report
from comments.tracing.queries.gaps import Lack, count_accepted_comments
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.text import escape_plain
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "ระเบียบกำหนดให้ตรวจชั้นความเร็วก่อนลงทะเบียนรับทุกครั้ง"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือ สิ่งที่ส่งมาด้วย และชั้นความเร็ว"
OWN_REASON = "ปรับให้ตรงกับระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ"


def revise(clause, words, *, by, reason):
    change = ReviseClause(clause, clause.lock_version, Text(body=escape_plain(words)))
    apply_changes(by, "edit", reason, [change])


@pytest.fixture
def adopted(session, comment, entry, hearing, dir_group, drafter):
    """Clause 5.2 got the words of a comment; its answer is published."""
    amendment = factories.make_amendment(comment, WORDS)
    adopt_amendments(
        [Adoption(amendment, entry.clause.lock_version)], by=drafter, reason=REASON
    )
    publish_answers(hearing, dir_group, by=drafter)


@pytest.fixture
def later(adopted, edition, admin):
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)
    factories.make_release(edition, "public", by=admin)
    factories.make_release(later, "public", by=admin)
    return later


def chain_of(edition, clause) -> str:
    return reverse("clause-chain", args=[edition.code, clause.uuid])


def test_chain_tells_words_comment_office_reason_and_who_decided(
    later, clause, comment, delegate, drafter, sign_in
):
    page = sign_in(drafter).get(chain_of(later, clause)).content.decode()
    assert REASON in page
    assert "และชั้นความเร็ว" in page  # what came in, marked
    assert comment.text in page
    assert comment.office.short_name in page
    assert reverse("comment", args=[comment.uuid]) in page
    assert f"({drafter.shown_name})" in page
    assert delegate.family_name not in page


def test_annex_and_chain_tell_the_same_reason_and_offices(
    adopted, edition, entry, session, hearing, dir_group, drafter, admin, chonburi
):
    """Also of words that were only promised: their drafter says why."""
    promised = factories.make_comment(session, entry)
    factories.make_support(promised, chonburi)
    debt = Ruling("accepted", effect="to_draft", assignee=drafter, due=localdate())
    decide_comments([promised], debt, by=drafter)
    clause = Clause.objects.get(pk=entry.clause_id)
    revise(clause, WORDS + " ทุกฉบับ", by=drafter, reason=OWN_REASON)
    change = ClauseChange.objects.filter(clause=clause).latest("pk")
    clear_drafting_debt(promised.answers.get().disposition, change, by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)

    notes, reasons = notes_and_reasons(later)
    chain = load_clause_chain(later, clause, admin)

    told = []
    for step in chain.steps:
        for each in step.decisions:
            offices = f"(สพป. {each.primary} เขต สพม. {each.secondary} เขต)"
            told.append((offices, each.reason))
    assert told == [
        ("(สพป. 1 เขต สพม. 0 เขต)", REASON),
        ("(สพป. 1 เขต สพม. 1 เขต)", OWN_REASON),
    ]
    key = str(clause.uuid)
    printed = [
        (text[text.index("(") :], reasons[key][no]) for no, text, _ in notes[key]
    ]
    assert printed == told


def test_public_reads_the_words_and_no_answer_before_the_final_edition(
    later, clause, comment, drafter, admin, client
):
    page = client.get(chain_of(later, clause)).content.decode()
    assert "และชั้นความเร็ว" in page
    assert REASON not in page
    assert comment.text not in page
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=later)
    factories.make_release(final, "public", by=admin)
    page = client.get(chain_of(later, clause)).content.decode()
    assert REASON in page
    assert comment.text in page
    assert drafter.family_name not in page


def test_chain_of_an_edition_nobody_may_read_is_not_there(
    adopted, edition, clause, admin, client
):
    hidden = factories.make_edition("HIDDEN", kind="revised", by=admin, basis=edition)
    assert client.get(chain_of(hidden, clause)).status_code == 404


def test_comment_leads_to_the_final_words(later, clause, comment, delegate, sign_in):
    page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))
    assert chain_of(later, clause) in page.content.decode()


def test_comparison_leads_to_the_chain_of_each_clause(later, clause, client):
    sides = ["HEARING-2565", later.code, "DIR"]
    page = client.get(reverse("manual-comparison", args=sides)).content.decode()
    assert chain_of(later, clause) in page


def test_history_of_a_clause_and_its_section_lead_to_the_chain(
    later, clause, process, drafter, sign_in
):
    client = sign_in(drafter)
    place = [process.manual.key, process.uuid, clause.uuid]
    history = client.get(reverse("clause-versions", args=place)).content.decode()
    assert chain_of(later, clause) in history
    sides = [later.code, process.uuid, "HEARING-2565"]
    compared = client.get(reverse("section-compare", args=sides)).content.decode()
    assert chain_of(later, clause) in compared


def test_desk_reads_the_report_of_its_group_before_the_release(
    adopted, edition, process, drafter, admin, sign_in
):
    untold = factories.clause_at(process, "5.1")
    revise(untold, "ถ้อยคำที่ไม่มีผู้ใดบอกเหตุผล", by=drafter, reason="")
    final = factories.make_edition("FINAL", kind="final", by=admin, basis=edition)
    client = sign_in(drafter)
    answer = client.get(reverse("trace-report", args=[final.code]))
    assert answer.status_code == 200
    [gap] = answer.context["report"].clause_gaps
    assert client.get(gap.url).status_code == 200
    assert client.get(chain_of(final, untold)).status_code == 404


def test_comment_without_a_change_says_why(
    session, comment, hearing, dir_group, drafter, second_drafter, delegate, sign_in
):
    factories.make_disposition(
        comment,
        reason=REASON,
        decided_by=drafter,
        confirmed_by=second_drafter,
        confirmed_at=timezone.now(),
    )
    publish_answers(hearing, dir_group, by=drafter)
    page = sign_in(delegate).get(reverse("comment", args=[comment.uuid]))
    told = " ".join(page.content.decode().split())
    assert "ไม่แก้ไข เพราะ" in told
    assert told.index("ไม่แก้ไข เพราะ") < told.index(REASON)


def test_report_names_a_change_without_a_reason(
    adopted, edition, process, drafter, admin, sign_in
):
    told = factories.clause_at(process, "5.1")
    untold = factories.clause_at(process, "5.3")
    revise(told, "ถ้อยคำที่ผู้ยกร่างแก้ไขเอง", by=drafter, reason=OWN_REASON)
    revise(untold, "ถ้อยคำที่ไม่มีผู้ใดบอกเหตุผล", by=drafter, reason="")
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)
    answer = sign_in(admin).get(reverse("trace-report", args=[later.code]))
    report = answer.context["report"]
    assert (report.clauses.caused, report.clauses.reasoned) == (1, 1)
    [gap] = report.clause_gaps
    assert gap.url == chain_of(later, untold)
    assert gap.url in answer.content.decode()
    assert report.clause_share == Share(2, 3)
    assert not report.is_whole


def test_report_is_whole_when_everything_is_explained(later, admin, sign_in):
    report = (
        sign_in(admin).get(reverse("trace-report", args=[later.code])).context["report"]
    )
    assert report.is_whole
    assert (report.clause_share, report.comment_share) == (Share(1, 1), Share(1, 1))


def test_accepted_comment_that_leads_nowhere_is_a_gap(
    session, comment, edition, manual, drafter, admin
):
    factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=localdate(),
    )
    other = factories.make_comment(session, comment.entry)
    factories.make_disposition(other, outcome="accepted")
    later = factories.make_edition("LATER", kind="revised", by=admin, basis=edition)
    counted = count_accepted_comments(later, [manual])
    assert (counted.changed, counted.stated) == (0, 1)
    [unmet] = counted.unmet
    assert (unmet.answer.comment, unmet.lack) == (comment, Lack.TO_DRAFT)


def test_share_is_never_rounded_up_to_all_of_it():
    assert Share(0, 0).percent == "100"
    assert Share(9_999, 10_000).percent == "99.9"


def test_report_of_three_gaps_asks_as_often_as_of_one(
    adopted, edition, process, drafter, admin, manual, assert_same_queries
):
    made = []

    def make(*cites):
        for cite in cites:
            clause = factories.clause_at(process, cite)
            revise(clause, f"ถ้อยคำของข้อ {cite} ที่แก้ไข", by=drafter, reason="")
        code = f"L{len(made)}"
        made.append(
            factories.make_edition(code, kind="revised", by=admin, basis=edition)
        )

    make("5.1")
    assert_same_queries(
        12,
        lambda: load_trace_report(made[-1], edition, [manual]),
        lambda: make("5.3", "2.1"),
    )


def test_chain_of_three_comments_asks_as_often_as_of_one(
    later, clause, comment, session, admin, assert_same_queries
):
    decision = comment.answers.get().disposition

    def add():
        for _ in range(2):
            factories.make_answer(
                factories.make_comment(session, comment.entry), decision
            )

    load_roles(admin)
    assert_same_queries(21, lambda: load_clause_chain(later, clause, admin), add)
