"""The checklist of a hearing: what is missing is named, and it is complete only when a delegate could comment."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from comments.hearings.choosing import choose_hearing
from comments.hearings.presentation import show_hearings
from comments.hearings.services.session_states import close_session, pause_session
from comments.models import Hearing, HearingSession
from comments.preparation.presentation import Checklist, ChecklistLine, show_checklist
from comments.preparation.queries import find_preparation
from hearing_portal.directory.contact.services import (
    Contact,
    change_contact,
    change_privacy_notice,
)
from hearing_portal.directory.contact.texts import DEFAULT_PRIVACY_NOTICE
from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.directory.people.services import hand_out_first_passwords
from manuals.drafting.services.sections import retire_section
from manuals.models import Edition, LegalSource
from tests import factories
from tests.database import without_triggers

DRAFT = "ร่างรับฟังความคิดเห็น"
OPENING = "เปิดรับความคิดเห็น"
RELEASE = "เผยแพร่ร่างแก่ผู้เข้าร่วม"
SESSIONS = "เวทีของทุกกลุ่มงาน"
CONTACT = "ข้อมูลติดต่อและประกาศความเป็นส่วนตัว"
PEOPLE = "ผู้แทน ผู้ดำเนินเวที และคณะทำงานยกร่าง"


def checklist_now() -> Checklist:
    return show_checklist(find_preparation())


def line_named(name: str) -> ChecklistLine:
    return next(line for line in checklist_now().lines if line.name == name)


def give_passwords() -> None:
    """To everybody: the cast is made without."""
    User.objects.update(password="argon2$given")


def prepare_all(admin: User) -> None:
    """What the fixtures of the cast leave out."""
    change_contact(
        Contact("กลุ่มพัฒนาระบบบริหาร", "0 2288 5861", "", ""), by=admin, based_on=None
    )
    change_privacy_notice("ประกาศของหน่วยงาน", by=admin, based_on=None)
    give_passwords()
    LegalSource.objects.create(
        key="ระเบียบ",
        full_title="ระเบียบ",
        short_title="ระเบียบ",
        year_be=2526,
        kind="ระเบียบ",
        status="in_force",
    )


def test_empty_portal_has_everything_to_do_and_begins_with_the_directory(db) -> None:
    checklist = checklist_now()

    assert (checklist.done, len(checklist.lines), checklist.needs_shipped_lists) == (
        0,
        10,
        True,
    )
    first = next(line for line in checklist.lines if line.is_next)
    assert first.name == "กลุ่มงานและ สพท."
    assert first.missing == ["ยังไม่มีกลุ่มงาน", "ยังไม่มี สพท. ในระบบ จึงยังเพิ่มผู้แทนไม่ได้"]
    assert line_named(OPENING).state == "waiting"


def test_is_complete_when_a_delegate_can_comment(
    admin: User,
    released: Edition,
    session: HearingSession,
    delegate: User,
    facilitator: User,
    drafter: User,
) -> None:
    prepare_all(admin)

    checklist = checklist_now()

    assert [line.name for line in checklist.lines if not line.is_done] == []
    assert checklist.is_complete
    assert line_named(OPENING).facts == "แสดงความคิดเห็นได้แล้ว 1 จาก 1 กลุ่มงาน"


def test_is_not_complete_without_a_delegate_of_the_group(
    admin: User,
    released: Edition,
    session: HearingSession,
    stranger: User,
    facilitator: User,
    drafter: User,
) -> None:
    prepare_all(admin)

    assert not checklist_now().is_complete
    assert line_named(PEOPLE).missing == ["ยังไม่มีผู้แทน: กลุ่มอำนวยการ"]
    assert not line_named(OPENING).is_done


def test_who_may_not_sign_in_or_whose_role_has_ended_is_no_delegate(
    admin: User,
    released: Edition,
    session: HearingSession,
    delegate: User,
    secondary_delegate: User,
) -> None:
    give_passwords()
    assert line_named(OPENING).is_done

    User.objects.filter(pk=delegate.pk).update(is_active=False)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    with without_triggers():
        RoleAssignment.objects.filter(user=secondary_delegate).update(
            valid_from=yesterday, valid_until=yesterday
        )

    assert not line_named(OPENING).is_done


def test_delegate_who_never_got_a_password_cannot_comment(
    admin: User,
    released: Edition,
    session: HearingSession,
    delegate: User,
    facilitator: User,
    drafter: User,
) -> None:
    prepare_all(admin)
    User.objects.filter(pk=delegate.pk).update(password=make_password(None))

    people = line_named(PEOPLE)
    assert not people.is_done
    assert people.missing == [
        "1 คนยังไม่มีรหัสผ่าน จึงยังเข้าสู่ระบบไม่ได้ ออกรหัสผ่านแรกเข้าได้ที่หน้าบุคคล"
    ]
    assert people.ways[-1].url == "/desk/people/?account=waiting"
    assert line_named(OPENING).facts == "แสดงความคิดเห็นได้แล้ว 0 จาก 1 กลุ่มงาน"
    assert not line_named(OPENING).is_done

    hand_out_first_passwords(by=admin)

    assert checklist_now().is_complete


def test_people_are_not_complete_while_no_group_has_a_manual(
    admin: User, delegate: User, facilitator: User, drafter: User
) -> None:
    give_passwords()

    line = line_named(PEOPLE)

    assert line.state == "missing"
    assert line.missing == ["ตรวจได้ว่าครบหรือไม่เมื่อกลุ่มงานมีคู่มือแล้ว นำเข้ารายชื่อไว้ก่อนได้"]


def test_contact_is_complete_with_a_notice_that_somebody_stands_behind(
    admin: User, sign_in: Callable[..., Client]
) -> None:
    change_contact(
        Contact("กลุ่มพัฒนาระบบบริหาร", "0 2288 5861", "", ""), by=admin, based_on=None
    )

    assert line_named(CONTACT).missing == [
        "โปรดอ่านประกาศความเป็นส่วนตัว แล้วแก้ไขให้ตรงกับหน่วยงานของท่าน หรือยืนยันว่าใช้ข้อความที่มากับระบบ"
    ]
    change_privacy_notice(
        DEFAULT_PRIVACY_NOTICE.strip(), by=admin, based_on=None, takes_shipped=True
    )
    assert line_named(CONTACT).is_done


def test_paused_and_closed_sessions_are_not_open(
    released: Edition, session: HearingSession, delegate: User, facilitator: User
) -> None:
    give_passwords()
    assert line_named(OPENING).is_done

    pause_session(session, by=facilitator)
    assert not line_named(OPENING).is_done

    close_session(session, by=facilitator)
    assert not line_named(OPENING).is_done


def test_edition_that_nobody_may_read_is_named(
    edition: Edition, hearing, delegate: User
) -> None:
    factories.make_session(edition, WorkGroup.objects.get(key="DIR"), hearing=hearing)

    line = line_named(RELEASE)

    assert line.state == "missing"
    assert line.missing == ["เผยแพร่ฉบับแก่ผู้เข้าร่วมประชาพิจารณ์ หากยังไม่เผยแพร่ เวทีเปิดไม่ได้"]
    assert [way.url for way in line.ways] == [f"/desk/editions/{edition.code}/gate/"]
    assert line_named(OPENING).state == "waiting"


def test_group_of_the_edition_without_a_session_is_named(
    edition: Edition, hearing
) -> None:
    assert line_named(SESSIONS).missing == ["ยังไม่มีเวที: กลุ่มอำนวยการ"]


def test_second_hearing_needs_an_edition_of_its_own_and_is_told_why(
    admin: User, session: HearingSession, sign_in: Callable[..., Client]
) -> None:
    with without_triggers():
        Hearing.objects.filter(pk=session.hearing_id).update(
            title="ครั้งแรก", closes_on=date(2022, 9, 22)
        )
    second = factories.make_hearing(
        key="2642", title="ครั้งที่สอง", opens_on=date(2099, 1, 1)
    )

    draft = line_named(DRAFT)
    assert (draft.state, draft.facts, [way.url for way in draft.ways]) == (
        "missing",
        "ยังไม่มี",
        ["/desk/editions/"],
    )
    assert "ฉบับที่มีอยู่ใช้ใน “ครั้งแรก” แล้ว หนึ่งฉบับใช้รับฟังครั้งเดียว" in draft.missing[0]
    assert line_named("ประชาพิจารณ์").ways[0].url == f"/desk/hearings/{second.key}/"
    assert (
        line_named(SESSIONS).ways[0].url
        == f"/desk/hearing/sessions/groups/?hearing={second.key}"
    )

    later = factories.make_edition("ROUND-2", by=admin)

    assert line_named(DRAFT).is_done
    assert later.code in line_named(DRAFT).facts
    of_first = sign_in(admin).get(f"/desk/preparation/?hearing={session.hearing.key}")
    [line] = [
        line for line in of_first.context["checklist"].lines if line.name == DRAFT
    ]
    assert session.edition.code in line.facts


def test_admin_sees_the_page_and_nobody_else(
    admin: User, drafter: User, session: HearingSession, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(admin).get("/desk/preparation/")
    assert (page.status_code, page.context["checklist"].done > 0) == (200, True)
    assert sign_in(drafter).get("/desk/preparation/").status_code == 403


def test_costs_the_same_queries_with_three_groups(
    admin: User, session: HearingSession, assert_same_queries: Callable[..., None]
) -> None:
    def add_groups() -> None:
        for key in ("FIN", "PER"):
            group = factories.make_group(key)
            factories.make_session(session.edition, group, hearing=session.hearing)

    assert_same_queries(16, find_preparation, add_groups)


def test_button_takes_in_the_shipped_lists_once(
    admin: User, sign_in: Callable[..., Client]
) -> None:
    desk = sign_in(admin)
    for _ in range(2):
        assert desk.post("/desk/preparation/shipped-lists/").status_code == 303

    facts = {line.name: line.facts for line in checklist_now().lines}
    assert facts["กลุ่มงานและ สพท."] == "10 กลุ่มงาน · สพป. 183 เขต · สพม. 62 เขต"
    assert facts["ทะเบียนกฎหมาย"] == f"{LegalSource.objects.count()} ฉบับ"
    assert LegalSource.objects.count() > 90
    assert not checklist_now().needs_shipped_lists


def test_part_is_enough_only_where_the_line_says_why(
    admin: User, process, released: Edition, session: HearingSession, delegate: User
) -> None:
    """Two groups, one with a manual; a process that is a title only; one office of three with a delegate."""
    factories.make_group("FIN")
    factories.make_office("สพป.ลำพูน เขต 1")
    title = factories.make_section(
        title="การส่งหนังสือ", kind="process", parent=process.parent, by=admin
    )
    give_passwords()

    manuals = line_named("คู่มือของกลุ่มงาน")

    assert (manuals.state, manuals.state_words, manuals.is_done) == (
        "enough",
        "ยังไม่ครบ แต่ดำเนินการต่อได้",
        True,
    )
    assert manuals.left[0].startswith("ยังไม่มีคู่มือ: ")
    assert manuals.left[1] == "ประชาพิจารณ์เฉพาะกลุ่มงานที่มีคู่มือแล้วได้ กลุ่มงานที่เหลือจัดทำภายหลังได้"
    assert manuals.left[2].startswith("1 กระบวนงานมีแต่ชื่อ")
    assert manuals.ways[-1].url == "/groups/DIR/drafts/titles/"
    opening = line_named(OPENING)
    assert (opening.state, list(opening.left)) == ("done", [])
    people = line_named(PEOPLE)
    assert (
        "สพท. ที่ยังไม่มีผู้แทนยังแสดงความคิดเห็นไม่ได้ เพิ่มรายชื่อได้จนถึงวันสิ้นสุดประชาพิจารณ์"
        in people.left
    )
    assert checklist_now().enough >= 1

    retire_section(title, title.version, by=admin, reason="ไม่นำไว้ในเล่ม")
    WorkGroup.objects.filter(key="FIN").update(
        valid_from=date(2019, 1, 1), valid_until=date(2020, 1, 1)
    )
    assert line_named("คู่มือของกลุ่มงาน").state_words == "เสร็จแล้ว"


def test_opening_of_some_groups_says_which_wait(
    admin: User,
    process,
    fin_group: WorkGroup,
    delegate: User,
    facilitator: User,
    hearing: Hearing,
) -> None:
    factories.make_process(factories.make_manual(fin_group), by=admin)
    edition = factories.make_edition("BOTH", by=admin)
    for group in (WorkGroup.objects.get(key="DIR"), fin_group):
        factories.open_session(
            factories.make_session(edition, group, hearing=hearing), by=admin
        )
    give_passwords()

    opening = line_named(OPENING)

    assert (opening.facts, opening.state) == (
        "แสดงความคิดเห็นได้แล้ว 1 จาก 2 กลุ่มงาน",
        "enough",
    )
    assert opening.left[0].startswith(f"ยังแสดงความคิดเห็นไม่ได้: {fin_group.name}")


def test_release_to_the_public_is_told_as_such(
    released: Edition, hearing: Hearing, admin: User
) -> None:
    assert line_named(RELEASE).facts == "ผู้เข้าร่วมอ่านฉบับนี้ได้แล้ว"
    factories.make_release(released, "public", by=admin)
    assert line_named(RELEASE).facts == "ประชาชนอ่านฉบับนี้ได้แล้ว"


def test_finished_hearing_is_said_to_be_finished(
    released: Edition,
    session: HearingSession,
    facilitator: User,
    admin: User,
    sign_in: Callable[..., Client],
) -> None:
    close_session(session, by=facilitator)
    assert line_named(OPENING).state == "missing"
    final = factories.make_edition("2565-F", kind="final")
    factories.make_release(final, "public", by=admin)

    opening = line_named(OPENING)
    assert (opening.state, list(opening.missing)) == ("done", [])
    assert [way.label for way in opening.ways] == ["ประชาพิจารณ์"]
    assert not any(line.is_next for line in checklist_now().lines)
    assert (
        "ประชาพิจารณ์ครั้งนี้สิ้นสุดแล้ว"
        in sign_in(admin).get("/desk/preparation/").content.decode()
    )
    factories.make_hearing(
        key="2564", opens_on=date(2021, 9, 1), closes_on=date(2021, 9, 1)
    )
    assert [row.state_label for row in show_hearings(choose_hearing(""))] == [
        "สิ้นสุดแล้ว",
        "สิ้นสุดแล้ว",
    ]


def test_release_that_waits_for_an_edition_leads_to_where_one_is_made(db) -> None:
    assert [way.url for way in line_named(RELEASE).ways] == ["/desk/editions/"]
