"""The audit log: every kind of act in one list by time, narrowed, in pages, at a constant cost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from comments.audit.presentation.log import PAGE, audit_page, read_number
from comments.audit.queries import AuditFilter
from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.hearings.services.announcing import (
    change_hearing,
    change_session,
    create_hearing,
    create_session,
)
from comments.hearings.services.session_states import close_session, open_session
from comments.models import Comment
from comments.moderating.services import (
    ModerationRefused,
    hide_comment,
    reclass_comment,
)
from comments.releasing.services import release_edition
from hearing_portal.acts.kinds import ACT_KINDS, Category, declare_act
from hearing_portal.acts.models import Act
from hearing_portal.acts.services import act, acting_person
from hearing_portal.directory.models import User
from hearing_portal.directory.people.services import (
    Naming,
    create_person,
    end_role,
    grant_role,
)
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause
from tests import factories
from tests.database import without_triggers

pytestmark = pytest.mark.django_db
AUDIT = "/desk/audit/"
LONG = "ระเบียบที่อ้างกำหนดไว้แล้ว จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"


@pytest.fixture
def desk(sign_in, admin):
    client = sign_in(admin)
    return client


def acts(**wanted: object) -> list[str]:
    """What was done, oldest first, as the page words it."""
    return [
        f"{entry.words} {entry.subject_words}".strip()
        for entry in reversed(audit_page(AuditFilter(**wanted)).entries)
    ]


def rows_of(page: str) -> list[str]:
    """The text of each row, without tags."""
    listed = (
        page.partition('<ol class="audit-list">')[2]
        .partition("</ol>")[0]
        .split("</li>")[:-1]
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in listed]


def line_written_at(label: str, *, by: User, at: datetime) -> Act:
    """A line about a hearing of that name, written at that time."""
    with without_triggers():
        return factories.make_act(label, by=by, at=at)


# -- who may come in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", ["delegate", "office_head", "facilitator", "drafter", "expert"]
)
def test_only_admins_read_the_log(sign_in, request, who, comment):
    client = sign_in(request.getfixturevalue(who))
    response = client.get(AUDIT)
    assert response.status_code == 403
    assert comment.text not in response.content.decode()


def test_visitor_is_asked_to_sign_in(client):
    assert client.get(AUDIT)["Location"] == f"/sign-in/?next={AUDIT}"


# -- every kind of act -----------------------------------------------------------------------------------


def test_acts_of_moderating_deciding_and_publishing(
    comment, facilitator, drafter, second_drafter
):
    """From the comment to the published answer; the comment's first visibility is nobody's act."""
    hide_comment(comment, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    reclass_comment(comment, "overlap", by=facilitator, reason="งานซ้ำกับกลุ่มอื่น")
    [disposition] = [
        decide_comments([comment], Ruling("not_accepted", LONG), by=drafter)
    ]
    factories.confirm_refusal(disposition, by=second_drafter)
    publish_answers(comment.session.hearing, comment.session.work_group, by=drafter)
    number = f"ความคิดเห็นเลขที่ {comment.pk}"

    assert acts(category="comment") == [
        f"แสดงความคิดเห็น ขอแก้ไข {number}",
        f"รับไว้พิจารณา {number}",
        f"ปรับข้อมูล {number}",
    ]
    assert acts(category="moderation") == [
        f"ซ่อน {number}",
        f"เปลี่ยนประเด็นเป็น “ทับซ้อน/ซ้ำซ้อน” {number}",
    ]
    assert acts(category="decision") == [
        f"บันทึกผลการพิจารณา “ไม่เห็นชอบตามที่เสนอ” {number}",
        f"ยืนยันผล “ไม่เห็นชอบตามที่เสนอ” {number}",
        f"เผยแพร่ผล “ไม่เห็นชอบตามที่เสนอ” {number}",
    ]
    assert acts(category="publication") == ["เผยแพร่ผลการพิจารณา กลุ่มอำนวยการ"]


def test_acts_of_adopting_a_proposal(session, entry, delegate, drafter):
    said = factories.say(
        session, entry, delegate, proposed=Text(body="ตรวจสอบความครบถ้วนและลงชื่อ")
    )
    adopt_amendments([Adoption(said.amendments.get(), 1)], by=drafter)

    assert f"เสนอถ้อยคำ ความคิดเห็นเลขที่ {said.pk}" in acts(category="comment")
    assert f"เห็นชอบถ้อยคำที่เสนอ ความคิดเห็นเลขที่ {said.pk}" in acts(category="comment")
    assert acts(category="text")[-1] == "แก้ไขตามข้อเสนอ เป็นรุ่นที่ 3 การรับหนังสือราชการ"
    assert f"บันทึกผลการพิจารณา “เห็นชอบตามที่เสนอ” ความคิดเห็นเลขที่ {said.pk}" in acts(
        category="decision"
    )


def test_acts_of_sessions_and_hearings(admin, edition, dir_group, facilitator):
    today = localdate()
    hearing = create_hearing(
        by=admin, key="2570", title="ประชาพิจารณ์ 2570", opens_on=today, closes_on=today
    )
    change_hearing(hearing, by=admin, venue="สพฐ.")
    session = create_session(
        hearing=hearing, kind="room", work_group=dir_group, edition=edition, by=admin
    )
    change_session(session, by=admin, venue="ห้อง 1")
    factories.make_release(edition, "hearing", by=admin)
    open_session(session, by=facilitator)
    close_session(session, by=facilitator, reason="หมดเวลา")

    assert acts(category="session") == [
        "ตั้งการประชาพิจารณ์ ประชาพิจารณ์ 2570",
        "แก้ข้อมูลการประชาพิจารณ์ ประชาพิจารณ์ 2570",
        "ตั้งเวที เวทีห้องประชุม กลุ่มอำนวยการ",
        "แก้ข้อมูลเวที เวทีห้องประชุม กลุ่มอำนวยการ",
        "เปิดรับความคิดเห็น เวทีห้องประชุม กลุ่มอำนวยการ",
        "ปิดเวที เวทีห้องประชุม กลุ่มอำนวยการ",
    ]
    [latest, *_] = audit_page(AuditFilter(category="session")).entries
    assert (latest.act.by, latest.act.reason, latest.act.work_group) == (
        facilitator,
        "หมดเวลา",
        dir_group,
    )


def test_acts_of_editions(admin, edition):
    release_edition(edition, "public", by=admin)
    assert acts(category="edition") == [
        "จัดทำฉบับ ร่างรับฟังความคิดเห็น พ.ศ. 2565",
        "เผยแพร่ฉบับแก่ประชาชน ร่างรับฟังความคิดเห็น พ.ศ. 2565",
    ]


def test_acts_on_people_name_accounts_and_scopes(admin, dir_group, lampang):
    person = create_person(Naming("กนกวลี", "ใจดี", office=lampang), by=admin)
    row = grant_role(
        person,
        "delegate",
        by=admin,
        work_group=dir_group,
        office=lampang,
        valid_from=date(2022, 9, 1),
    )
    end_role(row, date(2022, 9, 30), by=admin)

    assert acts(category="people", subject=("person", str(person.pk))) == [
        "เพิ่มบุคคล p126-01",
        "ให้บทบาท ผู้แทน สพป.ลำปาง เขต 1 กลุ่มอำนวยการ p126-01",
        "แก้วันสิ้นสุดบทบาท ผู้แทน สพป.ลำปาง เขต 1 กลุ่มอำนวยการ p126-01",
    ]


def test_acts_at_the_back_door_are_in_the_log(sign_in, admin, delegate):
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    client = sign_in(admin)
    client.post(f"/backdoor/directory/user/{delegate.pk}/change/", {"is_staff": "on"})
    client.post(
        f"/backdoor/directory/areaoffice/{delegate.office_id}/change/", {"name": "x"}
    )
    assert "แก้ไขในส่วนจัดการระบบ somsri" in acts(by=admin)
    assert client.get(AUDIT).status_code == 200


def test_change_of_words_names_version_reason_and_section(drafter, process):
    clause = factories.clause_at(process, "5.2")
    apply_changes(
        drafter,
        "edit",
        "ให้ตรงกับระเบียบใหม่",
        [ReviseClause(clause, 1, Text(body="ถ้อยคำใหม่"))],
    )

    [latest, *_] = audit_page(AuditFilter(category="text")).entries
    assert (latest.words, latest.subject_words, latest.act.reason, latest.act.by) == (
        "แก้ไข เป็นรุ่นที่ 3",
        "การรับหนังสือราชการ",
        "ให้ตรงกับระเบียบใหม่",
        drafter,
    )
    assert latest.url == f"/groups/DIR/drafts/{process.uuid}/"


def test_every_category_has_acts_and_every_act_words():
    assert {kind.category for kind in ACT_KINDS.values()} == set(Category)
    for code, kind in ACT_KINDS.items():
        assert kind.code == code
        assert kind.say("shown", "รุ่นที่ 3").strip()
        assert kind.name_subject("88", "online").strip()


def test_act_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        declare_act("decided", Category.DECISION, "พิจารณา")


def test_refused_act_leaves_no_line_and_an_act_inside_another_is_part_of_it(
    admin, comment, facilitator
):
    before = Act.objects.count()
    with pytest.raises(ModerationRefused):
        hide_comment(comment, by=facilitator, reason=" ")
    with (
        pytest.raises(RuntimeError, match="the outer act fails"),
        act(by=admin, reason="ทั้งหมดหรือไม่เลย"),
    ):
        _hide_and_fail(comment, facilitator)
    assert Act.objects.count() == before
    assert not Comment.objects.get(pk=comment.pk).is_hidden
    assert acting_person() is None


def _hide_and_fail(comment: Comment, by: User) -> None:
    hide_comment(comment, by=by, reason="ใช้ถ้อยคำไม่สุภาพ")
    raise RuntimeError("the outer act fails")


def test_log_is_append_only(comment):
    for change in ("UPDATE acts_act SET note = 'x'", "DELETE FROM acts_act"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def row_of(page: str, words: str) -> str:
    [row] = [row for row in rows_of(page) if words in row]
    return row


def test_commenter_is_named_after_a_look_that_is_logged(
    desk, admin, session, entry, delegate, facilitator
):
    said = factories.say(session, entry, delegate)
    hide_comment(said, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    page = desk.get(AUDIT).content.decode()
    written = row_of(page, f"แสดงความคิดเห็น ขอแก้ไข ความคิดเห็นเลขที่ {said.pk}")
    assert "ผู้แสดงความคิดเห็น" in written
    assert "สมศรี" not in page
    assert "นางวิภา วาจาสุภาพ" in row_of(
        page, f"ซ่อน ความคิดเห็นเลขที่ {said.pk}"
    )  # at the desk people know each other
    address = re.search(
        r'<form class="row u-gap" method="post" action="([^"]+)"', page
    )[1]

    looked = desk.post(AUDIT + address).content.decode()

    assert "somsri นางสมศรี ใจดี" in row_of(
        looked, f"แสดงความคิดเห็น ขอแก้ไข ความคิดเห็นเลขที่ {said.pk}"
    )
    assert len(rows_of(looked)) == len(
        rows_of(page)
    )  # the same page, though the look has been added
    assert acts(by=admin)[-1] == f"ดูชื่อผู้แสดงความคิดเห็น ความคิดเห็นเลขที่ {said.pk}"


NAMES = {
    "delegate": "นางสมศรี ใจดี",
    "office_head": "เมืองเหนือ",
    "expert": "รอบรู้",
    "facilitator": "วาจาสุภาพ",
    "drafter": "เขียนชัด",
    "second_drafter": "รอบคอบ",
}


@pytest.mark.parametrize("who", ["delegate", "office_head", "expert"])
def test_no_role_is_named_as_a_commenter_before_the_look(
    desk, request, session, entry, who
):
    """Whatever they do with it; the list of people's acts is another thing, and holds usernames."""
    author = request.getfixturevalue(who)
    said = factories.say(session, entry, author)
    edit_comment(said, CommentInput("ask", "ขอทราบกำหนดเวลา"), by=author)
    withdraw_comment(said, by=author)

    page = desk.get(AUDIT).content.decode()

    assert len([row for row in rows_of(page) if f"ความคิดเห็นเลขที่ {said.pk}" in row]) > 2
    assert NAMES[who] not in page
    assert NAMES[who] in desk.post(AUDIT).content.decode()


def test_who_acts_in_office_is_named_at_once(
    desk, session, entry, delegate, facilitator, drafter, second_drafter
):
    """product.md, "Whose name is shown"."""
    said = factories.say(session, entry, delegate)
    hide_comment(said, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    disposition = decide_comments([said], Ruling("not_accepted", LONG), by=drafter)
    factories.confirm_refusal(disposition, by=second_drafter)

    page = desk.get(AUDIT).content.decode()

    number = f"ความคิดเห็นเลขที่ {said.pk}"
    assert NAMES["facilitator"] in row_of(page, f"ซ่อน {number}")
    assert NAMES["drafter"] in row_of(
        page, f"บันทึกผลการพิจารณา “ไม่เห็นชอบตามที่เสนอ” {number}"
    )
    assert NAMES["second_drafter"] in row_of(
        page, f"ยืนยันผล “ไม่เห็นชอบตามที่เสนอ” {number}"
    )
    assert NAMES["delegate"] not in page


def test_log_of_one_person_tells_no_comment_of_theirs_without_a_look(
    desk, admin, session, entry, delegate
):
    said = factories.say(session, entry, delegate)
    words = f"ความคิดเห็นเลขที่ {said.pk}"
    assert words not in desk.get(AUDIT, {"by": "somsri"}).content.decode()

    looked = desk.post(f"{AUDIT}?by=somsri").content.decode()

    assert words in looked
    assert acts(by=admin)[-1] == f"ดูชื่อผู้แสดงความคิดเห็น {words}"


def test_what_the_desk_typed_in_is_named(desk, session, entry, facilitator):
    said = factories.make_comment(session, entry, facilitator, channel="paper")
    assert "นางวิภา วาจาสุภาพ" in row_of(
        desk.get(AUDIT).content.decode(), f"ขอแก้ไข ความคิดเห็นเลขที่ {said.pk}"
    )


def test_log_holds_no_names_of_its_own(desk, delegate, comment):
    """Names come from the table of people when the page is made, for the admin who may see them."""
    assert "somsri" in desk.get(AUDIT).content.decode()  # who got a role
    with connection.cursor() as cursor:
        for table in (
            "acts_act",
            "comments_historicalcomment",
            "directory_historicalroleassignment",
        ):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", ["%ใจดี%"]
            )
            assert cursor.fetchone() == (0,)


# -- narrowing -------------------------------------------------------------------------------------------


@pytest.fixture
def two_groups(session, comment, edition, stranger, fin_group, facilitator):
    """A hidden comment in กลุ่มอำนวยการ, and a role of another group."""
    hide_comment(comment, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    return comment


def test_log_is_narrowed_by_person_group_kind_and_object(
    two_groups, facilitator, fin_group, dir_group, delegate
):
    number = f"ความคิดเห็นเลขที่ {two_groups.pk}"
    assert acts(by=facilitator) == [
        "เปิดรับความคิดเห็น เวทีออนไลน์ กลุ่มอำนวยการ",
        f"รับไว้พิจารณา {number}",
        f"ซ่อน {number}",
    ]
    assert acts(group=fin_group) == [
        "ให้บทบาท ผู้แทน สพป.ชลบุรี เขต 2 กลุ่มบริหารงานการเงินและสินทรัพย์ piti"
    ]
    assert acts(subject=("comment", str(two_groups.uuid)), category="moderation") == [
        f"ซ่อน {number}"
    ]
    assert acts(subject=("comment", "x")) == []
    assert acts(subject=("person", str(delegate.pk))) == [
        "ให้บทบาท ผู้แทน สพป.ลำปาง เขต 1 กลุ่มอำนวยการ somsri"
    ]


def test_days_are_days_of_bangkok(admin, hearing):
    """23.30 น. of 20 September is 16:30 UTC of the same day; 00.30 น. of the 21st is 17:30 UTC of the 20th."""
    for at in (
        datetime(2022, 9, 20, 16, 30, tzinfo=UTC),
        datetime(2022, 9, 20, 17, 30, tzinfo=UTC),
    ):
        line_written_at(f"{at:%H:%M}", by=admin, at=at)
    from comments.audit.forms import AuditFilterForm

    form = AuditFilterForm({"since": "20/09/2565", "until": "20/09/2565"})
    assert form.is_valid()
    assert [entry.act.label for entry in audit_page(form.wanted()).entries] == ["16:30"]


def test_page_keeps_the_filters_and_shows_only_what_fits(desk, two_groups, facilitator):
    page = desk.get(
        AUDIT, {"by": "wipa", "kind": "moderation", "group": "DIR"}
    ).content.decode()
    [row] = rows_of(page)
    assert (
        f"ซ่อน ความคิดเห็นเลขที่ {two_groups.pk} ใช้ถ้อยคำไม่สุภาพ wipa นางวิภา วาจาสุภาพ การดูแลความคิดเห็น อำนวยการ"
        in row
    )
    assert 'value="wipa"' in page
    assert '<option value="moderation" selected>' in page
    assert f'href="/comments/{two_groups.uuid}/"' in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"by": "nobody"}, "ไม่พบชื่อผู้ใช้ nobody โปรดตรวจตัวสะกด"),
        ({"since": "31/02/2565"}, "ไม่มีวันที่ 31\u00a0กุมภาพันธ์"),
        ({"since": "20/09/2565", "until": "19/09/2565"}, "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น"),
        ({"kind": "weather"}, "id_kind_error"),
        ({"group": "NONE"}, "id_group_error"),
    ],
)
def test_wrong_filter_is_told_and_breaks_nothing(desk, query, told):
    response = desk.get(AUDIT, query)
    assert response.status_code == 200
    assert told in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"object": "comment"},
        {"object": "king:1"},
        {"object": "person:" + "9" * 500},
        {"object": "comment:' OR 1=1 --"},
        {"before": "x"},
        {"before": "2022-09-20T10:00:00~1~1"},
        {"before": "2022-13-40T10:00:00+07:00~1~1"},
        {"before": "2022-09-20T10:00:00+07:00~1~" + "9" * 30},
        {"before": "2022-09-20T10:00:00+07:00~๑~๑"},
        {"by": "%s", "kind": "%(x)s"},
    ],
)
def test_hostile_address_breaks_nothing(desk, comment, query):
    assert desk.get(AUDIT, query).status_code == 200


# -- pages -----------------------------------------------------------------------------------------------


def test_pages_together_are_the_whole_log_once_also_within_one_moment(desk, admin):
    """Acts of one transaction share a moment: none is left out or shown twice at the border of a page."""
    at = timezone.now() - timedelta(days=1)
    made = [
        line_written_at(f"ครั้งที่ {number}", by=admin, at=at).pk
        for number in range(PAGE + 20)
    ]
    seen, page, before = [], None, None
    while page is None or page.older:
        page = audit_page(AuditFilter(category="session"), before)
        seen += [entry.act.pk for entry in page.entries]
        before = page.older
    assert seen == sorted(made, reverse=True)


def test_next_page_is_a_link_that_keeps_the_filters(desk, admin, hearing):
    for number in range(PAGE + 1):
        change_hearing(hearing, by=admin, venue=f"ห้อง {number}")
    page = desk.get(AUDIT, {"by": "aree"}).content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "by=aree" in link

    older = desk.get(AUDIT + link).content.decode()

    assert (len(rows_of(page)), len(rows_of(older))) == (PAGE, 1)
    assert "ล่าสุด</a>" in older
    assert 'rel="next"' not in older


def test_only_a_number_of_an_act_is_read():
    texts = ["77", "", "x", "-1", "๗๗", "7" * 30, "2022-09-20T10:00:00+07:00~1~1"]
    assert [read_number(text) for text in texts] == [
        77,
        None,
        None,
        None,
        None,
        None,
        None,
    ]


def test_log_costs_the_same_queries_for_one_act_and_three(
    desk, session, entry, delegate, drafter, assert_same_queries
):
    def add_acts() -> None:
        for number in range(2):
            said = factories.say(
                session,
                entry,
                factories.make_delegate(session.work_group),
                f"ข้อเสนอที่ {number}",
            )
            decide_comments(
                [said],
                Ruling("out_of_scope", LONG),
                by=factories.make_drafter(session.work_group),
            )
        clause = Clause.objects.select_related("section").get(pk=entry.clause_id)
        apply_changes(
            drafter, "edit", "แก้", [ReviseClause(clause, 1, Text(body="ใหม่"))]
        )

    factories.say(session, entry, delegate)
    assert_same_queries(6, lambda: desk.get(AUDIT), add_acts)
