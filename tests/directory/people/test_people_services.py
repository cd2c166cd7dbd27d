"""Acts on people and roles: who is kept from doing what, what history says, and which passwords hold."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import RoleAssignment, SignInAttempt, User
from hearing_portal.directory.people import services as people
from hearing_portal.directory.people.services import (
    FIRST_PASSWORD_MARK,
    Naming,
    PersonRefused,
    change_person,
    create_person,
    end_role,
    grant_role,
    hand_out_first_passwords,
    people_without_password,
    reset_password,
)
from hearing_portal.directory.permissions import load_roles
from hearing_portal.directory.sign_in.limits import Source, begin_attempt
from hearing_portal.directory.sign_in.queries import has_password_of_another
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def logged() -> list[tuple[str, str, str]]:
    """(who, about whom, what) of all acts on accounts."""
    rows = (
        Act.objects.filter(code="account")
        .order_by("pk")
        .values_list("by__username", "label", "note")
    )
    return list(rows)


def opens(person: User, password: str) -> bool:
    return check_password(password, User.objects.get(pk=person.pk).password)


# -- accounts --------------------------------------------------------------------------------------------


def test_new_person_cannot_sign_in_before_a_password_is_given(admin, lampang):
    made = create_person(Naming("สมหญิง", "จริงใจ", "นาง", "นักวิชาการ", lampang), by=admin)

    assert (made.username, made.office, made.position) == (
        "p126-01",
        lampang,
        "นักวิชาการ",
    )
    assert not made.has_usable_password()
    assert list(people_without_password().filter(pk=made.pk)) == [made]
    assert logged() == [("aree", "p126-01", "เพิ่มบุคคล")]


def test_usernames_run_on_past_those_taken(admin, lampang):
    factories.make_user("P126-01")
    factories.make_user("p126-03")
    naming = Naming("สมหญิง", "จริงใจ", office=lampang)

    assert [create_person(naming, by=admin).username for _ in range(2)] == [
        "p126-02",
        "p126-04",
    ]
    assert create_person(Naming("สม", "จริงใจ"), by=admin).username == "person-01"


def test_username_taken_in_other_letters_is_refused(admin, delegate):
    with pytest.raises(PersonRefused, match="SomSri มีอยู่แล้ว"):
        create_person(Naming("สมศรี", "สุขใจ"), by=admin, username="SomSri")
    assert not User.objects.filter(family_name="สุขใจ").exists()
    assert logged() == []


def test_change_is_logged_by_the_names_of_fields_only(admin, delegate, chonburi):
    changed = change_person(
        delegate, Naming("สมศรี", "มีสุข", "นาง", "", chonburi), is_active=False, by=admin
    )

    changed.refresh_from_db()
    assert (changed.family_name, changed.office, changed.is_active) == (
        "มีสุข",
        chonburi,
        False,
    )
    assert logged() == [("aree", "somsri", "แก้นามสกุล แก้สพท. ปิดบัญชี")]
    assert (
        changed.roles.get().office != chonburi
    )  # a role stays with the office it was given for


def test_unchanged_person_leaves_no_trace(admin, delegate):
    same = Naming(
        delegate.given_name,
        delegate.family_name,
        delegate.title,
        delegate.position,
        delegate.office,
    )
    change_person(delegate, same, is_active=True, by=admin)
    assert logged() == []


def test_account_of_the_last_admin_is_not_closed(admin):
    naming = Naming(admin.given_name, admin.family_name, admin.title, office=None)
    closed = factories.make_admin(username="closed", is_active=False)
    past = factories.make_user("past")
    factories.make_role(past, "admin", valid_until=date(2022, 9, 30))

    with pytest.raises(PersonRefused, match="ไม่มีผู้ดูแลระบบเหลืออยู่"):
        change_person(admin, naming, is_active=False, by=admin)

    admin.refresh_from_db()
    assert (admin.is_active, closed.is_active) == (True, False)
    factories.make_admin(username="second")
    assert change_person(admin, naming, is_active=False, by=admin).is_active is False


# -- roles -----------------------------------------------------------------------------------------------


def test_granted_role_holds_and_its_history_says_who_gave_it(
    admin, stranger, dir_group
):
    row = grant_role(
        stranger, "facilitator", by=admin, work_group=dir_group, valid_from=TODAY()
    )

    assert load_roles(User.objects.get(pk=stranger.pk)).facilitates(dir_group)
    [made] = row.history.all()
    assert (made.history_type, made.history_user) == ("+", admin)


@pytest.mark.parametrize(
    ("role", "scope", "told"),
    [
        ("delegate", {"work_group"}, "ต้องระบุ สพท."),
        ("delegate", {"office"}, "ต้องระบุกลุ่มงาน"),
        ("office_head", set(), "ต้องระบุ สพท."),
        ("office_head", {"office", "work_group"}, "ไม่ต้องระบุกลุ่มงาน"),
        ("drafter", set(), "ต้องระบุกลุ่มงาน"),
        ("admin", {"work_group"}, "ไม่ต้องระบุกลุ่มงาน"),
        ("expert", {"office"}, "ไม่ต้องระบุ สพท."),
        ("king", set(), "ไม่มีบทบาทนี้ในระบบ โปรดเลือกบทบาทจากรายการ"),
    ],
)
def test_role_with_the_wrong_scope_is_refused(
    admin, stranger, dir_group, lampang, role, scope, told
):
    given = {name: {"work_group": dir_group, "office": lampang}[name] for name in scope}
    with pytest.raises(PersonRefused, match=told):
        grant_role(stranger, role, by=admin, valid_from=TODAY(), **given)
    assert stranger.roles.count() == 1


def test_role_of_a_group_that_is_no_more_is_refused(admin, stranger):
    private = factories.make_group(
        "PRIV", valid_until=date(2017, 11, 21), valid_from=date(2010, 9, 13)
    )
    with pytest.raises(PersonRefused, match="ยกเลิกแล้ว"):
        grant_role(
            stranger, "drafter", by=admin, work_group=private, valid_from=TODAY()
        )


def test_role_held_already_is_not_given_twice(admin, drafter, dir_group):
    with pytest.raises(PersonRefused, match=r"มีบทบาทนี้อยู่แล้ว.*1\u00a0กันยายน\u00a02565"):
        grant_role(
            drafter, "drafter", by=admin, work_group=dir_group, valid_from=TODAY()
        )
    earlier = date(2022, 8, 1)
    with pytest.raises(
        PersonRefused, match="ยังไม่จัดตั้งหรือยกเลิกแล้ว"
    ):  # the group itself begins in September
        grant_role(
            drafter,
            "drafter",
            by=admin,
            work_group=dir_group,
            valid_from=earlier,
            valid_until=earlier,
        )
    assert drafter.roles.count() == 1


def test_role_may_be_given_again_after_it_ended(admin, drafter, dir_group):
    end_role(drafter.roles.get(), date(2022, 9, 30), by=admin)
    with pytest.raises(PersonRefused, match="ถึง 30\u00a0กันยายน\u00a02565"):
        grant_role(
            drafter,
            "drafter",
            by=admin,
            work_group=dir_group,
            valid_from=date(2022, 9, 30),
        )
    grant_role(
        drafter, "drafter", by=admin, work_group=dir_group, valid_from=date(2022, 10, 1)
    )

    spans = drafter.roles.order_by("valid_from").values_list(
        "valid_from", "valid_until"
    )
    assert list(spans) == [
        (date(2022, 9, 1), date(2022, 9, 30)),
        (date(2022, 10, 1), None),
    ]


def test_ended_role_holds_to_the_end_of_its_last_day_and_stays_in_the_table(
    admin, drafter, dir_group
):
    row = end_role(drafter.roles.get(), TODAY(), by=admin)
    assert load_roles(User.objects.get(pk=drafter.pk)).drafts(dir_group)

    end_role(row, TODAY() - timedelta(days=1), by=admin)
    assert not load_roles(User.objects.get(pk=drafter.pk)).drafts(dir_group)
    assert [
        (change.history_type, change.history_user)
        for change in row.history.order_by("pk")
    ] == [
        ("+", None),
        ("~", admin),
        ("~", admin),
    ]


def test_role_ends_neither_before_it_began_nor_later_than_it_did(admin, drafter):
    row = drafter.roles.get()
    with pytest.raises(PersonRefused, match="เริ่มวันที่ 1\u00a0กันยายน\u00a02565"):
        end_role(row, date(2022, 8, 31), by=admin)
    end_role(row, date(2022, 9, 30), by=admin)
    with pytest.raises(PersonRefused, match="เพิ่มบทบาทใหม่"):
        end_role(row, date(2022, 10, 1), by=admin)
    row.refresh_from_db()
    assert (row.valid_until, row.history.count()) == (date(2022, 9, 30), 2)


def test_same_last_day_again_writes_no_history(admin, drafter):
    row = drafter.roles.get()
    for _ in range(2):
        end_role(row, date(2022, 9, 30), by=admin)
    assert row.history.count() == 2


def test_role_of_the_last_admin_does_not_end(admin):
    for last_day in (date(2022, 9, 30), TODAY(), TODAY() + timedelta(days=400)):
        with pytest.raises(PersonRefused, match="ไม่มีผู้ดูแลระบบเหลืออยู่"):
            end_role(admin.roles.get(), last_day, by=admin)
    successor = factories.make_user("successor")
    factories.make_role(successor, "admin", valid_from=TODAY() + timedelta(days=10))
    with pytest.raises(PersonRefused):
        end_role(admin.roles.get(), TODAY() + timedelta(days=8), by=admin)
    ended = end_role(admin.roles.get(), TODAY() + timedelta(days=9), by=admin)
    assert ended.valid_until == TODAY() + timedelta(days=9)


# -- passwords -------------------------------------------------------------------------------------------


def test_reset_password_opens_the_account_and_shuts_out_old_sessions(
    admin, delegate, sign_in
):
    client = sign_in(delegate)
    begin_attempt("somsri", Source("10.0.0.1"))
    other = begin_attempt("mana", Source("10.0.0.1"))

    password = reset_password(delegate, by=admin)

    assert re.fullmatch(r"[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}", password)
    assert opens(delegate, password)
    assert client.get("/account/").status_code == 302
    assert list(SignInAttempt.objects.all()) == [other]
    assert has_password_of_another(delegate)
    assert logged() == [("aree", "somsri", "ตั้งรหัสผ่านชั่วคราว")]
    assert password not in str(list(Act.objects.values()))


def test_first_passwords_are_for_those_who_have_none(admin, lampang):
    waiting = [
        create_person(Naming(name, "ใจดี", office=lampang), by=admin)
        for name in ("ก้อง", "ขวัญ")
    ]
    closed = create_person(Naming("คม", "ใจดี", office=lampang), by=admin)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    User.objects.filter(pk=admin.pk).update(password="argon2$given")

    handed_out = hand_out_first_passwords(by=admin)

    assert [person for person, _ in handed_out] == waiting
    for person, password in handed_out:
        assert opens(person, password)
    assert [row for row in logged() if row[2] == "ออกรหัสผ่านแรกเข้า"] == [
        ("aree", "p126-01", "ออกรหัสผ่านแรกเข้า"),
        ("aree", "p126-02", "ออกรหัสผ่านแรกเข้า"),
    ]
    assert hand_out_first_passwords(by=admin) == []


def test_first_sign_in_puts_argon2_in_place_of_the_first_hash(admin, client, lampang):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    made = create_person(Naming("ก้อง", "ใจดี", office=lampang), by=admin)
    [(_, password)] = hand_out_first_passwords(by=admin)
    assert User.objects.get(pk=made.pk).password.startswith(FIRST_PASSWORD_MARK)

    assert (
        client.post(
            "/sign-in/", {"username": made.username, "password": password}
        ).status_code
        == 303
    )

    assert User.objects.get(pk=made.pk).password.startswith("argon2$argon2id$")
    assert not people_without_password(also_unused=True).exists()


def test_lost_first_passwords_are_made_anew_only_when_asked_for(admin, lampang):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    create_person(Naming("ก้อง", "ใจดี", office=lampang), by=admin)
    [(person, lost)] = hand_out_first_passwords(by=admin)

    assert hand_out_first_passwords(by=admin) == []
    [(again, password)] = hand_out_first_passwords(by=admin, also_unused=True)

    assert again == person
    assert (opens(person, lost), opens(person, password)) == (False, True)


def test_first_passwords_come_in_portions(admin, lampang, monkeypatch):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    monkeypatch.setattr(people, "MOST_FIRST_PASSWORDS", 2)
    for name in ("ก้อง", "ขวัญ", "คม"):
        create_person(Naming(name, "ใจดี", office=lampang), by=admin)

    assert [len(hand_out_first_passwords(by=admin)) for _ in range(3)] == [2, 1, 0]
    assert len(hand_out_first_passwords(by=admin, also_unused=True)) == 3


def test_roles_are_never_deleted_by_any_act(admin, drafter):
    before = RoleAssignment.objects.count()
    end_role(drafter.roles.get(), date(2022, 9, 30), by=admin)
    change_person(drafter, Naming("ประยูร", "เขียนชัด", "นาย"), is_active=False, by=admin)
    assert RoleAssignment.objects.count() == before
