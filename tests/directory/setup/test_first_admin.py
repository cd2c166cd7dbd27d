"""From an empty portal to its first administrator: by the link, by the shell, once."""

import threading
from io import StringIO

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import PasswordSetting, RoleAssignment, User
from hearing_portal.directory.people.services import Naming
from hearing_portal.directory.permissions import load_roles
from hearing_portal.directory.setup.links import SALT, setup_path
from hearing_portal.directory.setup.services import SetupClosed, create_first_admin
from hearing_portal.launch.database import has_admin_role
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "เริ่มต้นประชาพิจารณ์-๖๕"
FILLED = {
    "given_name": "อารี",
    "family_name": "ดูแลดี",
    "username": "aree",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def signed_in_as(client: Client) -> int | None:
    return (
        int(client.session["_auth_user_id"])
        if "_auth_user_id" in client.session
        else None
    )


# -- by the link -------------------------------------------------------------------------------------------


def test_link_makes_the_first_administrator_and_signs_them_in(client):
    path = setup_path()
    page = client.get(path)
    assert page.status_code == 200
    assert page["Cache-Control"].count("no-store") == 1

    response = client.post(path, FILLED)

    admin = User.objects.get()
    assert (response.status_code, response["Location"]) == (303, "/desk/preparation/")
    assert signed_in_as(client) == admin.pk
    assert (admin.username, admin.get_full_name(), admin.check_password(PASSWORD)) == (
        "aree",
        "อารี ดูแลดี",
        True,
    )
    assert load_roles(admin).is_admin
    assert client.get("/desk/preparation/").status_code == 200
    assert client.get("/backdoor/").status_code == 200
    assert list(PasswordSetting.objects.values_list("user", "by")) == [
        (admin.pk, admin.pk)
    ]
    assert list(Act.objects.order_by("id").values_list("code", "label", "by")) == [
        ("account", "aree", None),
        ("role-granted", "aree", None),
    ]


def test_link_works_once(client):
    path = setup_path()
    client.post(path, FILLED)

    other = Client()
    for response in (other.get(path), other.post(path, {**FILLED, "username": "mana"})):
        assert response.status_code == 403
        assert "ระบบมีผู้ดูแลระบบแล้ว" in response.content.decode()
    assert User.objects.count() == 1
    assert signed_in_as(other) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "first-admin",
        signing.dumps("first-admin", salt="another"),
        signing.dumps("something else", salt=SALT),
    ],
    ids=["none", "unsigned", "signed for another page", "signed for something else"],
)
def test_without_a_valid_link_the_page_says_where_it_is(client, token):
    path = f"/setup/{token}/" if token else "/setup/"
    page = client.get(path)

    assert page.status_code == 403
    assert "./portal manage setup_link" in page.content.decode()
    if token:
        assert client.post(path, FILLED).status_code == 403
    assert not User.objects.exists()


def test_link_of_last_week_has_run_out(client, monkeypatch):
    week_ago = timezone.now().timestamp() - 8 * 24 * 3600
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: week_ago)
        path = setup_path()

    assert client.get(path).status_code == 403


def test_people_without_an_active_administrator_leave_the_link_open(client, delegate):
    closed = factories.make_admin(username="closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert client.post(setup_path(), FILLED).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("given_name", "  ", "โปรดกรอกชื่อ"),
        ("family_name", "", "โปรดกรอกนามสกุล"),
        ("username", "ชื่อ มีช่องว่าง", "ไม่มีช่องว่าง"),
        ("username", "", "โปรดกรอกชื่อผู้ใช้"),
        ("password1", "สั้น", "รหัสผ่านสองช่องไม่ตรงกัน"),
        ("password2", "", "โปรดกรอกรหัสผ่านอีกครั้ง"),
    ],
)
def test_mistakes_are_told_at_their_field_and_make_nobody(
    client, field, value, message
):
    response = client.post(setup_path(), {**FILLED, field: value})
    page = response.content.decode()

    assert response.status_code == 422
    assert message in page
    assert PASSWORD not in page
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("สั้น", "อย่างน้อย 10 ตัวอักษร"),
        ("password1234", "เดาได้ง่าย"),
        ("aree.doodee1", "มีเพียงชื่อ"),
    ],
)
def test_weak_password_is_refused_in_thai(client, password, message):
    weak = {"username": "aree.doodee", "password1": password, "password2": password}
    response = client.post(setup_path(), {**FILLED, **weak})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not User.objects.exists()


def test_password_that_is_short_and_repeated_otherwise_is_told_both(client):
    mistyped = {"password1": "สั้น", "password2": "สั้นๆ"}
    response = client.post(setup_path(), {**FILLED, **mistyped})

    errors = response.context["form"].errors
    assert "อย่างน้อย 10 ตัวอักษร" in errors["password1"][0]
    assert "สองช่องไม่ตรงกัน" in errors["password2"][0]


def test_username_of_somebody_else_is_refused(client, delegate):
    response = client.post(setup_path(), {**FILLED, "username": "Somsri"})

    assert response.status_code == 422
    assert "มีอยู่แล้ว" in response.content.decode()
    assert not RoleAssignment.objects.filter(role="admin").exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_administrator():
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def make(username: str) -> None:
        try:
            together.wait()
            create_first_admin(Naming("อารี", "ดูแลดี"), username, PASSWORD)
            outcomes.append("made")
        except SetupClosed:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=[name]) for name in ("aree", "mana")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["closed", "made"]
    assert User.objects.count() == 1


# -- the first page ----------------------------------------------------------------------------------------


def test_home_of_an_empty_portal_says_where_the_link_is(client):
    page = client.get("/").content.decode()

    assert "ยังไม่มีผู้ดูแลระบบ" in page
    assert "./portal manage setup_link" in page


def test_home_does_not_say_so_once_there_is_an_administrator(client, admin):
    assert "setup_link" not in client.get("/").content.decode()


# -- by the shell ------------------------------------------------------------------------------------------


def run(*words: str, **options: object) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_setup_link_prints_a_link_that_works(client):
    printed = run("setup_link", "--address", "http://portal.example:8001/")
    address, _, path = printed.strip().rpartition(" ")[2].partition("/setup/")

    assert address == "http://portal.example:8001"
    assert client.get(f"/setup/{path}").status_code == 200


def test_setup_link_is_refused_where_somebody_administers(admin):
    assert run("setup_link", "--if-needed") == ""
    with pytest.raises(CommandError, match="มีผู้ดูแลระบบแล้ว"):
        run("setup_link")


NAMED = ("--username", "aree", "--given-name", "อารี", "--family-name", "ดูแลดี")


def test_create_admin_with_a_password_file(tmp_path, client):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    run("create_admin", *NAMED, "--password-file", str(file))

    assert (
        client.post("/sign-in/", {"username": "aree", "password": PASSWORD}).status_code
        == 303
    )
    assert (
        client.get("/desk/preparation/").status_code == 200
    )  # no other password is asked for


def test_create_admin_with_a_password_of_the_environment_beside_another_admin(
    admin, monkeypatch
):
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", PASSWORD)
    run(
        "create_admin",
        "--username",
        "mana",
        "--given-name",
        "มานะ",
        "--family-name",
        "รักเรียน",
    )

    assert load_roles(User.objects.get(username="mana")).is_admin


def test_create_admin_tells_every_mistake_and_makes_nobody(monkeypatch):
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "สั้น")
    with pytest.raises(CommandError, match="อย่างน้อย 10 ตัวอักษร") as refused:
        run(
            "create_admin",
            "--username",
            "ชื่อ ไทย",
            "--given-name",
            "อารี",
            "--family-name",
            "ดูแลดี",
        )

    assert "ชื่อผู้ใช้: มีได้เฉพาะตัวอักษร" in str(refused.value)
    assert not User.objects.exists()


def test_superuser_of_django_administers_the_portal(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    names = {"username": "aree", "given_name": "อารี", "family_name": "ดูแลดี"}
    run("createsuperuser", "--no-input", **names)

    assert (
        client.post("/sign-in/", {"username": "aree", "password": PASSWORD}).status_code
        == 303
    )
    assert client.get("/desk/preparation/").status_code == 200
    assert [act.code for act in Act.objects.all()] == ["role-granted"]


def test_superuser_without_names_is_called_an_administrator(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    run("createsuperuser", "--no-input", username="aree")

    assert User.objects.get().get_full_name() == "ผู้ดูแลระบบ aree"


def test_superuser_needs_a_username_and_is_told_so_in_both_languages(monkeypatch):
    monkeypatch.delenv("DJANGO_SUPERUSER_USERNAME", raising=False)

    with pytest.raises(CommandError, match=r"โปรดระบุ.* / Give "):
        run("createsuperuser", "--no-input")

    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_launcher_asks_for_the_link_while_nobody_administers():
    connection.ensure_connection()
    info = connection.connection.info
    url = make_conninfo(
        host=info.host, port=info.port, user=info.user, dbname=info.dbname
    )
    assert not has_admin_role(url)

    admin = factories.make_admin(username="aree")
    assert has_admin_role(url)

    User.objects.filter(pk=admin.pk).update(is_active=False)
    assert not has_admin_role(url)
