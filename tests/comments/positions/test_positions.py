"""What an office says as a whole: confirmed by its head, until the hearing ends, with every earlier wording kept."""

from datetime import timedelta

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone

from comments.hearings.services.session_states import close_session
from comments.models import OfficePosition
from comments.positions.presentation import load_manual_positions
from comments.positions.queries import count_positions
from comments.positions.services import (
    PositionInput,
    PositionOvertaken,
    PositionRefused,
    confirm_position,
    seen_position,
)
from comments.tallies import count_participation
from hearing_portal.acts.models import Act
from hearing_portal.refusals import RefusalKind
from tests import factories
from tests.database import without_triggers

pytestmark = pytest.mark.django_db

SUPPORT = PositionInput("support")
ROWS = "//table[contains(@class, 'data-stack')]/tbody/tr"


def found(response, path):
    """The elements of a page at an XPath."""
    return lxml.html.fromstring(response.content.decode()).xpath(path)


def words_of(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def said(session, entry, delegate, secondary_delegate):
    """Two comments of the head's office, and one of another."""
    own = factories.make_comment(session, entry, delegate, text="ขอให้ลดเวลาเหลือหนึ่งวัน")
    agreeing = factories.make_comment(session, entry, delegate, type="agree")
    other = factories.make_comment(session, entry, secondary_delegate)
    return own, agreeing, other


def sent_form(office, **fields):
    return {"office": office.key, "seen": "", "stance": "support", **fields}


def test_head_confirms_on_the_page(
    said, hearing, session, manual, lampang, office_head, sign_in
):
    own, agreeing, _ = said
    address = reverse("office-position", args=[manual.key])
    client = sign_in(office_head)
    ticked = found(client.get(address), "//input[@name='comments'][@checked]")
    assert [field.get("value") for field in ticked] == [str(own.pk), str(agreeing.pk)]

    form = sent_form(
        lampang,
        stance="support_with_changes",
        comments=[own.pk],
        words="ขอให้ลดเวลา",
    )
    response = client.post(address, form)

    assert (response.status_code, response.url) == (303, reverse("office-positions"))
    position = OfficePosition.objects.get()
    assert (position.hearing, position.edition, position.manual) == (
        hearing,
        session.edition,
        manual,
    )
    assert (position.office, position.office_kind) == (lampang, "primary")
    assert (position.stance, position.comment_ids, position.words) == (
        "support_with_changes",
        [own.pk],
        "ขอให้ลดเวลา",
    )
    assert position.confirmed_by == office_head
    told = Act.objects.get(code="position-confirmed")
    assert (told.by_id, told.detail, told.work_group_id) == (
        office_head.pk,
        "support_with_changes",
        manual.work_group_id,
    )


def test_comments_count_one_by_one_after_the_head_confirmed(
    said, hearing, manual, lampang, office_head
):
    before = count_participation(said[0].entry.edition_id)
    confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    assert count_participation(said[0].entry.edition_id) == before


def test_another_confirmation_replaces_the_first_and_keeps_it(
    said, hearing, manual, lampang, office_head, sign_in
):
    first = confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    seen = seen_position(first)
    again = PositionInput("object", [said[0].pk], "ขัดกับระเบียบ", seen)
    second = confirm_position(lampang, hearing, manual, again, by=office_head)

    assert second.pk == first.pk
    kept = second.history.order_by("history_id").values_list("stance", "words")
    assert list(kept) == [("support", ""), ("object", "ขัดกับระเบียบ")]
    page = sign_in(office_head).get(reverse("office-position", args=[manual.key]))
    assert "ที่ยืนยันไว้ก่อนหน้านี้" in page.content.decode()


def test_same_position_again_leaves_no_second_trace(
    said, hearing, manual, lampang, office_head
):
    for _ in range(2):
        confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    assert OfficePosition.history.count() == 1
    assert Act.objects.filter(code="position-confirmed").count() == 1


def test_overtaken_head_is_told_and_nothing_changes(
    said, hearing, manual, lampang, office_head, sign_in
):
    other_head = factories.make_office_head(lampang, username="other-head")
    confirm_position(lampang, hearing, manual, SUPPORT, by=other_head)
    blind = PositionInput("object", (), "ไม่เห็นด้วย", seen="")
    with pytest.raises(PositionOvertaken):
        confirm_position(lampang, hearing, manual, blind, by=office_head)
    response = sign_in(office_head).post(
        reverse("office-position", args=[manual.key]),
        sent_form(lampang, stance="object", words="ไม่เห็นด้วย"),
    )
    assert response.status_code == 409
    assert OfficePosition.objects.get().stance == "support"


@pytest.mark.parametrize("stance", ["support_with_changes", "object"])
def test_change_or_objection_says_what_it_is_about(
    said, hearing, manual, lampang, office_head, sign_in, stance
):
    response = sign_in(office_head).post(
        reverse("office-position", args=[manual.key]), sent_form(lampang, stance=stance)
    )
    assert response.status_code == 422
    assert "โปรดเลือกความคิดเห็นที่เป็นของ สพท." in response.content.decode()
    assert not OfficePosition.objects.exists()


def test_comment_of_another_office_is_refused(
    said, hearing, manual, lampang, office_head, sign_in
):
    foreign = PositionInput("object", [said[2].pk])
    with pytest.raises(PositionRefused):
        confirm_position(lampang, hearing, manual, foreign, by=office_head)
    response = sign_in(office_head).post(
        reverse("office-position", args=[manual.key]),
        sent_form(lampang, stance="object", comments=[said[2].pk]),
    )
    assert response.status_code == 422
    assert not OfficePosition.objects.exists()


def test_only_the_head_of_the_office_confirms(
    said, hearing, manual, lampang, chonburi, delegate, office_head, sign_in
):
    address = reverse("office-position", args=[manual.key])
    assert sign_in(delegate).post(address, sent_form(lampang)).status_code == 403
    with pytest.raises(PositionRefused):
        confirm_position(chonburi, hearing, manual, SUPPORT, by=office_head)
    assert not OfficePosition.objects.exists()


def test_closed_session_ends_nothing_but_the_hearing_does(
    said, hearing, session, manual, lampang, office_head, facilitator
):
    close_session(session, by=facilitator, reason="ครบเวลา")
    confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    with without_triggers():
        type(hearing).objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    hearing.refresh_from_db()
    changed = PositionInput("object", (), "ขัดกับระเบียบ")
    with pytest.raises(PositionRefused) as refused:
        confirm_position(lampang, hearing, manual, changed, by=office_head)
    assert refused.value.refusal_kind == RefusalKind.CONFLICT
    assert OfficePosition.objects.get().stance == "support"


def test_nothing_is_confirmed_before_a_session_opened_or_after_the_answers(
    said, hearing, dir_group, released, manual, lampang, office_head
):
    coming = factories.make_hearing(key="2599")
    factories.make_session(released, dir_group, hearing=coming)
    factories.make_publication(hearing, dir_group)
    for each in (coming, hearing):
        with pytest.raises(PositionRefused):
            confirm_position(lampang, each, manual, SUPPORT, by=office_head)
    assert not OfficePosition.objects.exists()


def test_rehearsal_says_nothing_for_the_hearing(
    said, hearing, released, dir_group, manual, lampang, office_head, facilitator
):
    rehearsal = factories.make_hearing(key="2565-0", objection_days=0)
    practised = factories.make_session(released, dir_group, hearing=rehearsal)
    factories.make_position(lampang, manual, practised)
    rows = load_manual_positions(lampang, hearing, office_head)
    assert [row.position for row in rows] == [None]


def test_page_of_the_office_tells_what_was_said_and_what_is_missing(
    said, hearing, manual, lampang, fin_group, released, office_head, sign_in
):
    factories.make_manual(fin_group)
    confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    factories.make_comment(said[0].session, said[0].entry, said[0].author, type="ask")

    own, other = load_manual_positions(lampang, hearing, office_head)

    assert own.types == [("เห็นชอบ", 1), ("ขอแก้ไข", 1), ("สอบถาม", 1)]
    assert own.missing == ["มีความคิดเห็นใหม่ 1 เรื่องหลังการยืนยัน"]
    assert (other.position, other.missing) == (None, [])
    page = sign_in(office_head).get(reverse("office-positions"))
    assert "ยืนยันแล้ว 1 จาก 2 เล่ม" in page.content.decode()


def test_withdrawn_comment_is_no_comment_of_the_office(
    said, hearing, manual, lampang, drafter, office_head
):
    factories.make_disposition(said[0], outcome="withdrawn", reason="")
    [row] = load_manual_positions(lampang, hearing, office_head)
    assert row.types == [("เห็นชอบ", 1)]
    withdrawn = PositionInput("object", [said[0].pk])
    with pytest.raises(PositionRefused):
        confirm_position(lampang, hearing, manual, withdrawn, by=office_head)


# -- counted, listed, reminded


def test_counts_are_of_offices_and_add_up(
    said, hearing, session, manual, lampang, chonburi, office_head
):
    second = factories.make_office("สพป.ตาก เขต 2")
    gone = factories.make_office(
        "สพป.ยุบแล้ว", valid_until=hearing.opens_on - timedelta(1)
    )
    for office, stance in (
        (lampang, "support"),
        (chonburi, "object"),
        (gone, "object"),
    ):
        factories.make_position(office, manual, session, stance)

    counts = count_positions(hearing, {manual.pk: session.edition_id})[manual.pk]

    assert counts.primary.by_stance == {"support": 1}
    assert counts.secondary.by_stance == {"object": 1}
    assert (counts.primary.silent, counts.secondary.silent) == (1, 0)
    assert counts.primary.offices + counts.secondary.offices == 3
    assert second not in (lampang, chonburi)


def test_silent_offices_are_listed_at_the_desk(
    said, hearing, session, manual, lampang, chonburi, facilitator, sign_in
):
    factories.make_office("สพป.ตาก เขต 2")
    factories.make_position(lampang, manual, session)
    address = reverse("group-positions", args=[manual.key])
    client = sign_in(facilitator)

    def listed(**query):
        rows = found(client.get(address, query), f"{ROWS}/th")
        return [words_of(row) for row in rows]

    assert listed() == ["สพป.ตาก เขต 2", "สพป.ลำปาง เขต 1", "สพม.ชลบุรี ระยอง"]
    assert listed(stance="silent") == ["สพป.ตาก เขต 2", "สพม.ชลบุรี ระยอง"]
    assert listed(stance="nothing") == ["สพป.ตาก เขต 2"]
    assert listed(stance="silent", kind="secondary") == ["สพม.ชลบุรี ระยอง"]
    assert listed(stance="support") == ["สพป.ลำปาง เขต 1"]


def test_figures_of_the_desk_lead_to_as_many_rows(
    said, hearing, session, manual, lampang, facilitator, sign_in
):
    factories.make_office("สพป.ตาก เขต 2")
    factories.make_position(lampang, manual, session, "object", words="ขัดกับระเบียบ")
    client = sign_in(facilitator)
    page = client.get(reverse("group-positions", args=[manual.key]))
    links = found(page, "//table[@class='data']//td/a")
    assert len(links) == 8
    for link in links:
        rows = found(client.get(link.get("href")), ROWS)
        assert f"{len(rows)} เขต" == words_of(link)


def test_people_of_a_silent_office_are_reminded(
    said, hearing, manual, lampang, office_head, delegate, expert, sign_in
):
    def reminder(person):
        page = sign_in(person).get(reverse("home")).content.decode()
        return f"{lampang.short_name} ยังไม่ได้ยืนยันความคิดเห็นในนาม สพท. 1 เล่ม" in page

    assert [reminder(person) for person in (office_head, delegate, expert)] == [
        True,
        True,
        False,
    ]
    confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    assert [reminder(person) for person in (office_head, delegate)] == [False, False]


def test_pages_name_nobody(
    said, hearing, session, manual, lampang, office_head, facilitator, sign_in
):
    author = said[0].author
    confirm_position(lampang, hearing, manual, SUPPORT, by=office_head)
    client = sign_in(office_head)
    pages = [
        client.get(reverse("office-positions")),
        client.get(reverse("office-position", args=[manual.key])),
        sign_in(facilitator).get(reverse("group-positions", args=[manual.key])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert author.given_name not in page.content.decode()


def test_lists_cost_the_same_with_more_rows(
    said,
    hearing,
    session,
    entry,
    manual,
    lampang,
    delegate,
    office_head,
    facilitator,
    sign_in,
    assert_same_queries,
):
    factories.make_position(lampang, manual, session)
    head = sign_in(office_head)
    desk = sign_in(facilitator)

    def add_comments():
        for _ in range(2):
            factories.make_comment(session, entry, delegate)

    def add_offices():
        for name in ("สพป.ตาก เขต 2", "สพป.เลย เขต 3"):
            factories.make_position(factories.make_office(name), manual, session)

    form = reverse("office-position", args=[manual.key])
    assert_same_queries(11, lambda: head.get(form), add_comments)
    assert_same_queries(11, lambda: head.get(reverse("office-positions")), add_comments)
    listed = reverse("group-positions", args=[manual.key])
    assert_same_queries(12, lambda: desk.get(listed), add_offices)
