"""Signing in and out, one's own password and roles: who gets in, who is told what, and who is sent where."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def somsri(dir_group, lampang) -> User:
    return factories.make_delegate(
        dir_group, lampang, username="somsri", password=factories.PASSWORD
    )


def sign_in(client: Client, username: str, password: str, **fields: str):
    return client.post(
        "/sign-in/", {"username": username, "password": password, **fields}
    )


def signed_in_as(client: Client) -> int | None:
    return (
        int(client.session["_auth_user_id"])
        if "_auth_user_id" in client.session
        else None
    )


# -- getting in --------------------------------------------------------------------------------------------


def test_right_password_signs_in_and_goes_where_the_person_wanted(client, somsri):
    response = sign_in(client, "somsri", factories.PASSWORD, next="/account/")

    assert (response.status_code, response["Location"]) == (303, "/account/")
    assert signed_in_as(client) == somsri.pk


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"],
)
def test_nobody_is_sent_to_another_site(client, somsri, elsewhere):
    response = sign_in(client, "somsri", factories.PASSWORD, next=elsewhere)

    assert (response.status_code, response["Location"]) == (303, "/")


def test_password_is_kept_as_argon2id(somsri):
    assert somsri.password.startswith("argon2$argon2id$")


def test_wrong_password_keeps_the_name_but_not_the_password(client, somsri):
    response = sign_in(client, "somsri", "รหัสที่ผิดของสมศรี")
    page = response.content.decode()

    assert response.status_code == 422
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in page
    assert 'value="somsri"' in page
    assert "รหัสที่ผิดของสมศรี" not in page
    assert signed_in_as(client) is None


def test_unknown_name_is_told_the_same_as_wrong_password(client, somsri):
    known = sign_in(client, "somsri", "ผิด").content.decode()
    unknown = sign_in(client, "somchai", "ผิด").content.decode()

    error = '<div class="error-summary"'
    assert (
        known.partition(error)[2].partition("</div>")[0]
        == unknown.partition(error)[2].partition("</div>")[0]
    )


def test_empty_form_names_both_fields_and_focuses_the_first(client):
    page = sign_in(client, "", "").content.decode()

    assert 'href="#id_username">ชื่อผู้ใช้: โปรดกรอกชื่อผู้ใช้' in page
    assert 'href="#id_password">รหัสผ่าน: โปรดกรอกรหัสผ่าน' in page
    assert 'aria-describedby="id_username_error"' in page
    assert 'id="id_username_error"' in page
    assert page.count("autofocus") == 1
    assert (
        "autofocus"
        in page.partition('id="id_username"')[2].partition(">")[0]
        + page.partition('id="id_username"')[0].rpartition("<input")[2]
    )


def test_closed_account_stays_out(client, somsri):
    User.objects.filter(pk=somsri.pk).update(is_active=False)

    assert sign_in(client, "somsri", factories.PASSWORD).status_code == 422
    assert signed_in_as(client) is None


# -- two portals on one host ---------------------------------------------------------------------------------


def cookie_name(**environment: str) -> str:
    """What a portal started with this environment calls its session cookie."""
    command = (
        sys.executable,
        "-c",
        "from hearing_portal.settings import SESSION_COOKIE_NAME as name; print(name)",
    )
    ran = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_two_portals_on_one_host_do_not_sign_each_other_out(client, somsri, settings):
    names = [cookie_name(SECRET_KEY="first"), cookie_name(SECRET_KEY="second")]
    for name in names:  # one browser, whose jar does not know ports
        settings.SESSION_COOKIE_NAME = name
        sign_in(client, "somsri", factories.PASSWORD)

    for name in names:
        settings.SESSION_COOKIE_NAME = name
        assert client.get("/account/").status_code == 200
    assert client.cookies[names[0]].value != client.cookies[names[1]].value


def test_machines_with_one_key_share_the_cookie_also_behind_https():
    here, there = (
        cookie_name(SECRET_KEY="one", PORTAL_VAR="/here"),
        cookie_name(SECRET_KEY="one", PORTAL_VAR="/there"),
    )

    assert here == there
    assert cookie_name(SECRET_KEY="one", PORTAL_HTTPS="1") == f"__Host-{here}"


# -- getting out, one's own account --------------------------------------------------------------------------


def test_signing_out_needs_a_post(sign_in, delegate):
    client = sign_in(delegate)

    assert client.get("/sign-out/").status_code == 405
    assert signed_in_as(client) == delegate.pk
    assert client.post("/sign-out/").status_code == 303
    assert signed_in_as(client) is None


@pytest.mark.parametrize("page", ["/account/", "/account/password/"])
def test_visitor_is_asked_to_sign_in_and_brought_back(client, page):
    response = client.get(page)

    assert (response.status_code, response["Location"]) == (
        302,
        f"/sign-in/?next={page}",
    )


def test_account_lists_the_roles_of_today_only(sign_in, delegate, fin_group, lampang):
    today = timezone.localdate()
    factories.make_role(
        delegate,
        "drafter",
        group=fin_group,
        valid_from=today - timedelta(9),
        valid_until=today - timedelta(1),
    )
    factories.make_role(
        delegate, "facilitator", group=fin_group, valid_from=today + timedelta(1)
    )
    factories.make_role(delegate, "office_head", office=lampang, valid_until=today)
    client = sign_in(delegate)
    page = client.get("/account/").content.decode()

    names = [
        part.partition("<")[0] for part in page.split('<span class="roles__name">')[1:]
    ]
    assert sorted(names) == ["ผอ.สพท.", "ผู้แทน"]


def test_account_costs_the_same_with_more_roles(sign_in, delegate, assert_same_queries):
    client = sign_in(delegate)

    def add_roles() -> None:
        for key in ("PLAN", "FIN"):
            factories.make_role(delegate, "drafter", group=factories.make_group(key))

    # session, user, roles, the person's own office
    assert_same_queries(4, lambda: client.get("/account/"), add_roles)


def test_new_password_replaces_the_old_one_and_keeps_the_session(sign_in, somsri):
    client = sign_in(somsri)
    new = "ข้อเสนอดีดี-๒๕๖๕"
    form = {
        "old_password": factories.PASSWORD,
        "new_password1": new,
        "new_password2": new,
    }
    response = client.post("/account/password/", form)

    assert (response.status_code, response["Location"]) == (303, "/account/")
    assert client.get("/account/").status_code == 200
    somsri.refresh_from_db()
    assert (somsri.check_password(new), somsri.check_password(factories.PASSWORD)) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("old", "new", "again", "message"),
    [
        ("ไม่ใช่", "ข้อเสนอดีดี-๒๕๖๕", "ข้อเสนอดีดี-๒๕๖๕", "รหัสผ่านเดิมไม่ถูกต้อง"),
        (factories.PASSWORD, "สั้น", "สั้น", "อย่างน้อย 10 ตัวอักษร"),
        (factories.PASSWORD, "password1234", "password1234", "เดาได้ง่าย"),
        (factories.PASSWORD, "somsri2565", "somsri2565", "มีเพียงชื่อ"),
        (factories.PASSWORD, "เมืองเหนือสุด", "เมืองเหนือสุด", "คล้ายชื่อ"),
        (factories.PASSWORD, "ข้อเสนอดีดี-๒๕๖๕", "ข้อเสนอดีดี-2565", "สองช่องไม่ตรงกัน"),
        (factories.PASSWORD, "", "", "โปรดกรอก"),
    ],
)
def test_unfit_password_is_refused_in_thai_and_changes_nothing(
    sign_in, somsri, old, new, again, message
):
    somsri.family_name = "เมืองเหนือ"
    somsri.save(update_fields=["family_name"])
    client = sign_in(somsri)
    form = {"old_password": old, "new_password1": new, "new_password2": again}
    response = client.post("/account/password/", form)

    errors = (
        response.content.decode()
        .partition('<div class="error-summary"')[2]
        .partition("</div>")[0]
    )
    assert response.status_code == 422
    assert message in errors
    assert "This" not in errors
    somsri.refresh_from_db()
    assert somsri.check_password(factories.PASSWORD)


@pytest.mark.parametrize(
    ("again", "where"),
    [("สั้น", ["new_password1"]), ("สั้นๆ", ["new_password1", "new_password2"])],
)
def test_unfit_password_is_told_where_it_was_chosen(sign_in, somsri, again, where):
    form = {
        "old_password": factories.PASSWORD,
        "new_password1": "สั้น",
        "new_password2": again,
    }

    response = sign_in(somsri).post("/account/password/", form)

    errors = response.context["form"].errors
    assert sorted(errors) == where
    assert "อย่างน้อย 10 ตัวอักษร" in errors["new_password1"][0]


# -- roles ---------------------------------------------------------------------------------------------------


def test_delegate_speaks_for_the_office_about_registered_groups_only(
    delegate, dir_group, fin_group, lampang
):
    roles = load_roles(delegate)

    assert (roles.delegate_offices(dir_group), roles.delegate_offices(fin_group)) == (
        [lampang],
        [],
    )
    assert (
        roles.is_delegate,
        roles.is_staff,
        roles.is_admin,
        roles.heads(lampang),
    ) == (True, False, False, False)


def test_office_head_speaks_about_every_group_for_the_own_office(
    office_head, fin_group, lampang, chonburi
):
    roles = load_roles(office_head)

    assert roles.delegate_offices(fin_group) == [lampang]
    assert (roles.heads(lampang), roles.heads(chonburi)) == (True, False)


def test_drafter_and_facilitator_work_for_their_group_only(
    drafter, facilitator, dir_group, fin_group
):
    drafting, moderating = load_roles(drafter), load_roles(facilitator)

    assert [
        drafting.drafts(dir_group),
        drafting.drafts(fin_group),
        drafting.drafts(None),
    ] == [True, False, False]
    assert [drafting.facilitates(dir_group), moderating.facilitates(dir_group)] == [
        False,
        True,
    ]
    assert moderating.groups() == [dir_group]


def test_expert_without_a_group_advises_on_all(expert, dir_group, fin_group):
    everywhere = factories.make_expert(None, username="everywhere")

    assert [load_roles(expert).advises(group) for group in (dir_group, fin_group)] == [
        True,
        False,
    ]
    assert [
        load_roles(everywhere).advises(group) for group in (dir_group, fin_group)
    ] == [True, True]


def test_roles_are_read_once(delegate, dir_group, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            [office] = load_roles(delegate).delegate_offices(dir_group)
            assert office.short_name == "สพป.ลำปาง เขต 1"


# -- how one reads -------------------------------------------------------------------------------------------


def test_choice_of_digits_and_theme_is_kept_in_a_cookie(client):
    digits = client.post("/reader/digits/", {"choice": "arabic", "next": "/sign-in/"})
    theme = client.post(
        "/reader/theme/", {"choice": "dark", "next": "https://evil.example/"}
    )
    page = markup(client.get("/sign-in/"))

    assert (digits["Location"], theme["Location"]) == ("/sign-in/", "/")
    assert client.cookies["digits"].value == "arabic"
    assert '<html lang="th" data-theme="dark">' in page
    assert 'value="arabic" aria-pressed="true"' in page


def test_reading_choice_is_not_changed_by_a_get_or_an_unknown_word(client):
    assert client.get("/reader/digits/?choice=arabic").status_code == 405
    assert client.post("/reader/digits/", {"choice": "roman"}).status_code == 403
    assert "digits" not in client.cookies
