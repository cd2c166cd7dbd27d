"""What a hearing came to: the figures add up and lead to their rows, the summaries are signed and kept."""

import random
from itertools import product

import lxml.html
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.conclusions.queries.editions import (
    StepShare,
    digital_by_manual,
    find_legal_conflicts,
)
from comments.conclusions.queries.figures import count_hearing
from comments.conclusions.services import (
    ConclusionOvertaken,
    ConclusionRefused,
    sign_conclusion,
)
from comments.hearings.queries import sessions_with_state
from comments.models import Comment, Conclusion
from comments.papers.values.comments import group_values
from comments.papers.values.report import report_values
from comments.results import Result, with_result
from comments.tallies import tally_offices_by_entry, tally_offices_by_section
from hearing_portal.acts.models import Act
from manuals.content import Step
from tests import factories

pytestmark = pytest.mark.django_db

OUTCOMES = (
    None,
    "accepted",
    "already_covered",
    "not_accepted",
    "out_of_scope",
    "noted",
    "referred",
    "deferred",
    "withdrawn",
)
CLASSES = (None, *Comment.IssueClass.values)
OVERVIEW = "hearing-overview"
LAW = "ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. 2517"


def found(response, path):
    return lxml.html.fromstring(response.content.decode()).xpath(path)


def words_of(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def many(session, released, delegate, secondary_delegate, drafter):
    """A comment of each class and outcome, on clauses, a process and the manual, and some replies."""
    chance = random.Random(2565)
    entries = list(released.entries.select_related("manual__work_group"))
    made = []
    for issue_class, outcome in product(CLASSES, OUTCOMES):
        comment = factories.make_comment(
            session,
            chance.choice(entries),
            chance.choice([delegate, secondary_delegate]),
            type=chance.choice(["amend", "agree", "ask", "add"]),
            issue_class=issue_class,
        )
        if outcome is not None:
            factories.make_disposition(comment, outcome=outcome, decided_by=drafter)
        made.append(comment)
    for parent in made[:3]:
        factories.make_comment(
            session, parent.entry, delegate, type="ask", parent=parent
        )
    return made


def count(hearing, manual):
    sessions = list(sessions_with_state(hearing))
    figures = count_hearing(hearing.pk, sessions).of_manual(manual.pk)
    alone = count_hearing(hearing.pk, sessions, manual.pk).of_manual(manual.pk)
    assert sorted(map(str, alone.counted)) == sorted(map(str, figures.counted))
    assert (alone.offices, alone.tallies) == (figures.offices, figures.tallies)
    return figures


def test_figures_add_up_to_all_comments(many, hearing, manual):
    figures = count(hearing, manual)
    for sees_decisions in (True, False):
        counts = figures.count(sees_decisions=sees_decisions)
        by_class = [counts.of_class(each) for each in CLASSES]
        by_result = [counts.of_result(each) for each in Result]
        assert sum(by_class) == sum(by_result) == counts.total == len(many)
        assert by_class == [len(OUTCOMES)] * len(CLASSES)


def test_results_are_those_counted_by_hand(many, hearing, manual):
    figures = count(hearing, manual)
    at_desk = figures.count(sees_decisions=True)
    elsewhere = figures.count(sees_decisions=False)
    classes = len(CLASSES)
    assert {each: at_desk.of_result(each) for each in Result} == {
        Result.SETTLED: 5 * classes,
        Result.REFERRED: classes,
        Result.DEFERRED: classes,
        Result.OPEN: classes,
        Result.WITHDRAWN: classes,
    }
    # Nothing is published: who does not work at the desk learns only what authors did themselves
    assert {each: elsewhere.of_result(each) for each in Result} == {
        Result.SETTLED: 0,
        Result.REFERRED: 0,
        Result.DEFERRED: 0,
        Result.OPEN: 8 * classes,
        Result.WITHDRAWN: classes,
    }


@pytest.mark.parametrize("sees_decisions", [True, False])
def test_lists_have_as_many_rows_as_figures_say(many, hearing, manual, sees_decisions):
    counts = count(hearing, manual).count(sees_decisions=sees_decisions)
    every = Comment.objects.filter(parent__isnull=True)
    for result in Result:
        rows = with_result(every, result, sees_decisions=sees_decisions)
        assert rows.count() == counts.of_result(result)


def test_published_answer_is_known_to_everybody(
    many, hearing, manual, dir_group, drafter
):
    publication = factories.make_publication(hearing, dir_group, by=drafter)
    referred = next(
        comment
        for comment in many
        if comment.answers.filter(disposition__outcome="referred").exists()
    )
    disposition = referred.answers.get().disposition
    disposition.publication = publication
    disposition.save(update_fields=["publication"])
    counts = count(hearing, manual).count(sees_decisions=False)
    assert counts.of_result(Result.REFERRED) == 1


def test_answer_under_review_is_not_settled(many, hearing, manual):
    accepted = Comment.objects.filter(answers__disposition__outcome="accepted").first()
    before = count(hearing, manual).count(sees_decisions=True)
    objection = factories.make_objection(accepted)
    counts = count(hearing, manual).count(sees_decisions=True)
    settled, still_open = Result.SETTLED, Result.OPEN
    assert counts.of_result(settled) == before.of_result(settled) - 1
    assert counts.of_result(still_open) == before.of_result(still_open) + 1
    every = Comment.objects.filter(parent__isnull=True)
    for result in Result:
        rows = with_result(every, result, sees_decisions=True)
        assert rows.count() == counts.of_result(result)
    objection.answered_by = accepted.answers.get(current=True).disposition
    objection.save(update_fields=["answered_by"])
    again = count(hearing, manual).count(sees_decisions=True)
    assert again.of_result(still_open) == before.of_result(still_open)


def test_every_figure_of_the_group_leads_to_its_rows(
    many, manual, facilitator, sign_in
):
    client = sign_in(facilitator)
    page = client.get(reverse("group-conclusion", args=[manual.key]))
    address = reverse("group-comments", args=[manual.key])
    links = found(page, f"//a[starts-with(@href, '{address}')]")
    checked = 0
    for link in links:
        number = words_of(link).split()[0]
        rows = client.get(link.get("href")).context["page"].paginator.count
        assert rows == int(number), link.get("href")
        checked += 1
    # Eight classes in five results with their sums, twelve figures of three classes at least, and all of them
    assert checked > 60


def test_every_figure_of_the_overview_leads_to_its_rows(many, manual, admin, sign_in):
    client = sign_in(admin)
    page = client.get(reverse(OVERVIEW))
    address = reverse("group-comments", args=[manual.key])
    tables = found(page, f"//table//a[starts-with(@href, '{address}')]")
    drawn = found(page, f"//svg//a[starts-with(@href, '{address}')]")
    assert len(tables) == len(drawn) + 1  # the comments of the class overlap
    for link in [*tables, *drawn]:
        number = words_of(link).split()[0]
        rows = client.get(link.get("href")).context["page"].paginator.count
        assert rows == int(number)


def test_phone_leaves_out_no_figure_that_another_is_compared_with(many, admin, sign_in):
    """A share of 0 before, and offices of one kind of which none spoke."""
    page = lxml.html.fromstring(sign_in(admin).get(reverse(OVERVIEW)).content)

    shown = {}
    for name in ("offices", "technology"):
        cells = page.xpath(f"//figure[@aria-labelledby='chart-{name}']//td")
        left_out = [each for each in cells if "figures__zero" in each.get("class")]
        shown[name] = (len(cells) > 0, len(left_out))
    assert shown == {"offices": (True, 0), "technology": (True, 0)}


def test_plenary_comment_counts_for_its_manual_and_another_hearing_for_none(
    hearing, released, manual, delegate, entry
):
    plenary = factories.make_session(released, kind="plenary", hearing=hearing)
    factories.make_comment(plenary, entry, delegate)
    other = factories.make_session(
        released, manual.work_group, hearing=factories.make_hearing(key="2570")
    )
    factories.make_comment(other, entry, delegate)
    assert count(hearing, manual).comments == 1


def test_named_processes_are_listed_with_what_was_said(
    session, manual, process, released, delegate, facilitator, sign_in
):
    place = factories.entry_of(released, process)
    for text in ("ผู้ลงนามห้าคนมากเกินไป", "ควรลดเหลือสามขั้น"):
        factories.make_comment(
            session, place, delegate, text=text, issue_class="complex"
        )
    whole = factories.entry_of(released, manual)
    factories.make_comment(
        session, whole, delegate, text="ขาดงานคุ้มครองข้อมูล", issue_class="new"
    )
    hidden = factories.make_comment(
        session, place, delegate, text="ข้อความไม่สุภาพ", issue_class="complex"
    )
    factories.make_moderation(hidden, "hidden")
    page = sign_in(facilitator).get(reverse("group-conclusion", args=[manual.key]))
    html = page.content.decode()
    assert "ผู้ลงนามห้าคนมากเกินไป" in html
    assert "ขาดงานคุ้มครองข้อมูล" in html
    assert "ข้อความไม่สุภาพ" not in html
    assert delegate.given_name not in html
    titles = [words_of(row) for row in found(page, "//p[@class='named__title']")]
    assert any(process.title in title and "3 เรื่อง" in title for title in titles)
    assert any(title.startswith("คู่มือทั้งเล่ม") for title in titles)


def test_position_goes_before_comments_on_the_manual(
    session, entry, manual, hearing, lampang, chonburi, delegate, secondary_delegate
):
    factories.make_comment(session, entry, delegate, type="amend")
    factories.make_comment(session, entry, secondary_delegate, type="agree")
    silent = factories.make_office("สพป.ตาก เขต 2")
    before = count(hearing, manual).tallies
    assert (before.primary.for_change, before.secondary.for_text) == (1, 1)
    factories.make_position(lampang, manual, session, "support")
    factories.make_position(silent, manual, session, "object")
    after = count(hearing, manual).tallies
    assert (after.primary.for_text, after.primary.for_change) == (1, 1)
    assert (after.secondary.for_text, after.secondary.for_change) == (1, 0)


@pytest.mark.parametrize(("changing", "differs"), [(3, True), (2, False)])
def test_offices_differ_on_the_manual_by_the_formula(
    session,
    entry,
    process,
    manual,
    hearing,
    dir_group,
    office_head,
    sign_in,
    changing,
    differs,
):
    """Ten offices of each kind; 30 points between the shares for change are enough, 20 are not."""
    for number in range(20):
        kind = "primary" if number < 10 else "secondary"
        word = "สพป." if number < 10 else "สพม."
        office = factories.make_office(f"{word}เขต {number}", kind=kind)
        person = factories.make_delegate(dir_group, office, username=f"d{number}")
        type_ = "amend" if number < changing else "agree"
        factories.make_comment(session, entry, person, type=type_)
    assert count(hearing, manual).tallies.differs is differs
    assert tally_offices_by_entry([entry.pk])[entry.pk].differs is differs
    by_section = tally_offices_by_section(entry.edition_id, manual.pk)
    assert by_section[entry.section_id].differs is differs
    client = sign_in(office_head)
    for page in (
        reverse("group", args=[manual.key]),
        reverse("process", args=[manual.key, process.uuid]),
        reverse("group-conclusion", args=[manual.key]),
        reverse(OVERVIEW),
    ):
        assert ("เห็นต่างกัน" in client.get(page).content.decode()) is differs, page


def test_change_anywhere_in_a_process_goes_before_an_agreement(
    session, released, manual, process, delegate, drafter, chonburi
):
    """Supports count, withdrawn comments do not."""
    clauses = released.entries.filter(section=process, kind="clause")[:3]
    factories.make_comment(session, clauses[0], delegate, type="agree")
    change = factories.make_comment(session, clauses[1], delegate, type="delete")
    factories.make_support(change, chonburi)
    tallies = tally_offices_by_section(released.pk, manual.pk)[process.pk]
    assert (tallies.primary.for_text, tallies.primary.for_change) == (0, 1)
    assert (tallies.secondary.for_text, tallies.secondary.for_change) == (0, 1)
    factories.make_disposition(change, outcome="withdrawn", decided_by=drafter)
    [tallies] = tally_offices_by_section(released.pk, manual.pk, process.pk).values()
    assert (tallies.primary.for_text, tallies.primary.for_change) == (1, 0)
    assert tallies.secondary.offices == 0


# -- what the editions say


def test_only_steps_with_a_named_system_are_digital(process, manual, drafter, admin):
    first = factories.make_edition("STEPS-1", by=admin)
    before = digital_by_manual(first).get(manual.pk, StepShare())
    for shape, system in (
        ("start", "AMSS++"),
        ("task", "AMSS++"),
        ("task", "ไม่มี (ทำด้วยมือ)"),
        ("decision", ""),
        ("task", "-"),
        ("end", ""),
    ):
        step = Step(body="ทำงาน", shape=shape, system=system)
        factories.make_clause(process, step, part=9, by=drafter)
    second = factories.make_edition("STEPS-2", by=admin)
    after = digital_by_manual(second)[manual.pk]
    assert after == before + StepShare(digital=1, steps=4)


def test_repealed_law_in_the_heard_edition_is_a_conflict(
    process, manual, drafter, admin
):
    law = factories.make_legal_source(
        "ระเบียบรักษาความปลอดภัย 2517", full_title=LAW, year_be=2517, status="repealed"
    )
    factories.make_clause(process, f"ปฏิบัติตาม{LAW}", by=drafter)
    edition = factories.make_edition("LAW", by=admin)
    [conflict] = find_legal_conflicts({manual.pk: edition})[manual.pk]
    assert conflict.source == law.short_title


# -- the signed summaries


def test_facilitator_signs_and_a_later_wording_is_another_row(
    hearing, session, dir_group, manual, facilitator, delegate, sign_in
):
    address = reverse("group-conclusion", args=[manual.key])
    client = sign_in(facilitator)
    response = client.post(address, {"summary": "ลดผู้ลงนามเหลือสามคน", "seen": "0"})
    assert (response.status_code, response.url) == (303, f"{address}#summary")
    first = Conclusion.objects.get()
    client.post(address, {"summary": "ลดผู้ลงนามเหลือสองคน", "seen": str(first.pk)})

    rows = Conclusion.objects.values_list("summary", "signed_by", "edition")
    assert list(rows) == [
        ("ลดผู้ลงนามเหลือสามคน", facilitator.pk, session.edition_id),
        ("ลดผู้ลงนามเหลือสองคน", facilitator.pk, session.edition_id),
    ]
    assert Act.objects.filter(code="conclusion-signed").count() == 2
    page = sign_in(delegate).get(address).content.decode()
    assert page.index("ลดผู้ลงนามเหลือสองคน") < page.index("ลดผู้ลงนามเหลือสามคน")
    assert facilitator.given_name not in page
    assert facilitator.given_name in client.get(address).content.decode()


def test_same_summary_again_is_signed_once(hearing, session, dir_group, facilitator):
    for _ in range(2):
        sign_conclusion(hearing, dir_group, session.edition, "เห็นชอบ", by=facilitator)
    assert Conclusion.objects.count() == 1


def test_figures_that_changed_after_the_signature_are_told_until_it_is_signed_anew(
    hearing, session, entry, dir_group, manual, delegate, facilitator, drafter, sign_in
):
    comment = factories.make_comment(session, entry, delegate, issue_class="new")
    words, edition = "ลดผู้ลงนามเหลือสามคน", session.edition
    sign_conclusion(hearing, dir_group, edition, words, by=facilitator)
    address = reverse("group-conclusion", args=[manual.key])

    def told(person):
        cache.clear()
        response = sign_in(person).get(address)
        return [words_of(each) for each in found(response, "//section//ul/li")[:2]]

    def printed():
        cache.clear()
        return group_values(hearing, dir_group)["summary"]

    assert "หลังลงนาม" not in sign_in(delegate).get(address).content.decode()
    assert printed() == words

    factories.make_disposition(comment, outcome="accepted", decided_by=drafter)
    assert told(facilitator) == [
        "ได้ข้อยุติ จาก 0 เป็น 1 เรื่อง",
        "ยังไม่ได้ข้อยุติ จาก 1 เป็น 0 เรื่อง",
    ]
    # What is not published yet is told at the desk alone
    assert "หลังลงนาม" not in sign_in(delegate).get(address).content.decode()
    assert printed() == words

    factories.make_comment(session, entry, delegate, issue_class="new")  # too late
    assert told(delegate) == [
        "ความคิดเห็น จาก 1 เป็น 2 เรื่อง",
        "ยังไม่ได้ข้อยุติ จาก 1 เป็น 2 เรื่อง",
    ]
    assert "ความคิดเห็น จาก 1 เป็น 2 เรื่อง" in printed()
    assert printed() in [row["summary"] for row in report_values(hearing)["groups"]]
    overview = sign_in(delegate).get(reverse(OVERVIEW)).content.decode()
    assert "ตัวเลขเปลี่ยนแปลงหลังลงนาม" in overview

    sign_conclusion(hearing, dir_group, edition, words, by=facilitator)
    assert Conclusion.objects.count() == 2
    assert "หลังลงนาม" not in sign_in(facilitator).get(address).content.decode()
    assert printed() == words


def test_overtaken_signer_is_told_and_keeps_the_words(
    hearing, session, dir_group, manual, facilitator, sign_in
):
    other = factories.make_facilitator(dir_group, username="second-facilitator")
    sign_conclusion(hearing, dir_group, session.edition, "ของอีกคน", by=other)
    with pytest.raises(ConclusionOvertaken):
        sign_conclusion(
            hearing, dir_group, session.edition, "ของฉัน", by=facilitator, seen=0
        )
    response = sign_in(facilitator).post(
        reverse("group-conclusion", args=[manual.key]),
        {"summary": "ของฉัน", "seen": "0"},
    )
    assert response.status_code == 409
    assert "ของฉัน" in response.content.decode()
    assert Conclusion.objects.count() == 1


def test_the_whole_is_signed_by_an_administrator_alone(
    hearing, session, dir_group, facilitator, admin, sign_in
):
    for person, group in ((facilitator, None), (admin, dir_group)):
        with pytest.raises(ConclusionRefused):
            sign_conclusion(hearing, group, session.edition, "เห็นชอบ", by=person)
    response = sign_in(admin).post(
        reverse(OVERVIEW), {"summary": "ทุกกลุ่มเห็นชอบ", "seen": "0"}
    )
    assert response.status_code == 303
    assert Conclusion.objects.get().work_group is None
    page = sign_in(facilitator).get(reverse(OVERVIEW)).content.decode()
    assert "ทุกกลุ่มเห็นชอบ" in page


def test_empty_summary_is_refused(manual, session, facilitator, sign_in):
    response = sign_in(facilitator).post(
        reverse("group-conclusion", args=[manual.key]), {"summary": "  ", "seen": "0"}
    )
    assert response.status_code == 422
    assert not Conclusion.objects.exists()


# -- cost


def test_pages_cost_the_same_however_much_was_said(
    many, session, entry, manual, delegate, admin, facilitator, sign_in
):
    for person, address in (
        (admin, reverse(OVERVIEW)),
        (facilitator, reverse("group-conclusion", args=[manual.key])),
    ):
        client = sign_in(person)
        client.get(address)
        numbers = []
        for _ in range(2):
            cache.delete(f"hearing-figures-{session.hearing_id}-None")
            cache.delete(f"hearing-figures-{session.hearing_id}-{manual.pk}")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            numbers.append(len(captured))
            for issue_class in ("complex", "new", "overlap"):
                factories.make_comment(
                    session, entry, delegate, issue_class=issue_class
                )
        assert numbers[0] == numbers[1] <= 26


def test_pages_before_anything_was_said(session, manual, delegate, sign_in):
    client = sign_in(delegate)
    for address in (reverse(OVERVIEW), reverse("group-conclusion", args=[manual.key])):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("person", ["delegate", "facilitator", "admin"])
def test_no_page_names_who_commented(
    request, many, manual, hearing, session, sign_in, person
):
    authors = {comment.author.given_name for comment in many}
    reader = request.getfixturevalue(person)
    client = sign_in(reader)
    for address in (reverse(OVERVIEW), reverse("group-conclusion", args=[manual.key])):
        words = lxml.html.fromstring(client.get(address).content.decode())
        [main] = words.xpath("//main")
        assert not [name for name in authors if name in main.text_content()]
