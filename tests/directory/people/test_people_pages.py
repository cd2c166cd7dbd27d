"""The administrators' pages of people and offices: who may come in, what lists show, what forms do."""

import html
import io
from datetime import date

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.directory.people.queries import (
    find_offices,
    list_provinces,
    people_matching,
    people_of_office,
    roles_of_person,
    thai_order,
)
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
PEOPLE = "/desk/people/"
OFFICES = "/desk/offices/"
OFFICE = "/desk/offices/P126/"


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def desk(sign_in, admin):
    client = sign_in(admin)
    return client


def person_page(person: User) -> str:
    return f"{PEOPLE}{person.pk}/"


# -- who may come in -------------------------------------------------------------------------------------


def addresses(person: User) -> list[str]:
    role = person.roles.get()
    return [
        PEOPLE,
        f"{PEOPLE}new/",
        f"{PEOPLE}import/",
        f"{PEOPLE}import/template/",
        f"{PEOPLE}import/token/",
        person_page(person),
        f"{person_page(person)}roles/",
        f"{person_page(person)}roles/{role.pk}/end/",
        "/desk/offices/",
        "/desk/offices/P126/",
    ]


def acts(person: User) -> list[str]:
    return [f"{person_page(person)}password/", f"{PEOPLE}first-passwords/"]


@pytest.mark.parametrize(
    "who", ["delegate", "office_head", "facilitator", "drafter", "expert"]
)
def test_only_admins_come_to_the_desk_of_people(
    sign_in, request, who, stranger, lampang
):
    client = sign_in(request.getfixturevalue(who))
    password = stranger.password

    assert {client.get(address).status_code for address in addresses(stranger)} == {403}
    posted = [
        client.post(address) for address in [*addresses(stranger), *acts(stranger)]
    ]
    assert {response.status_code for response in posted} == {
        403,
        405,
    }  # lists and the template take no post
    assert User.objects.get(pk=stranger.pk).password == password


def test_visitor_is_asked_to_sign_in(client, stranger, lampang):
    for address in addresses(stranger):
        response = client.get(address)
        assert (response.status_code, response["Location"].partition("?")[0]) == (
            302,
            "/sign-in/",
        )
    assert {client.post(address).status_code for address in acts(stranger)} == {401}


def test_passwords_are_never_made_by_looking(desk, stranger):
    assert {desk.get(address).status_code for address in acts(stranger)} == {405}
    assert not User.objects.get(pk=stranger.pk).has_usable_password()


def test_what_does_not_exist_is_404(desk, stranger, drafter):
    role = drafter.roles.get()
    assert desk.get(f"{PEOPLE}999999/").status_code == 404
    assert (
        desk.get(f"{person_page(stranger)}roles/{role.pk}/end/").status_code == 404
    )  # another person's role
    assert desk.get("/desk/offices/P999/").status_code == 404


# -- the list of people ----------------------------------------------------------------------------------


def usernames(**wanted: object) -> list[str]:
    return [person.username for person in people_matching(**wanted)]


def test_people_stand_in_thai_order():
    for name in ("เกรียงไกร", "กานดา", "อารีย์", "แก้วตา", "ขวัญ"):
        factories.make_user(name, given_name=name)
    assert usernames() == ["กานดา", "เกรียงไกร", "แก้วตา", "ขวัญ", "อารีย์"]


def test_people_are_found_by_words_of_name_username_and_office(
    delegate, secondary_delegate, stranger
):
    assert usernames(words="ใจดี") == ["somsri"]
    assert usernames(words="PITI") == ["piti"]
    assert usernames(words="ชลบุรี") == ["piti", "mana"]
    assert usernames(words="ชลบุรี  มานะ") == ["mana"]
    assert usernames(words="สมศรีใจดี") == ["somsri"]
    assert usernames(words="ใจ ดี") == ["somsri"]
    assert usernames(words="มานะะ ชลบุุรี") == []
    assert usernames(words="ชลบุุรี มานะ") == ["mana"]
    assert usernames(words="สพม.ชลบุรีระยอง") == ["mana"]
    assert usernames(words="ไม่มีใคร") == []
    assert usernames(words=delegate.get_full_name()) == ["somsri"]


def test_people_are_narrowed_by_role_group_kind_and_account(
    delegate, secondary_delegate, stranger, drafter, dir_group
):
    ended = factories.make_user("ended")
    factories.make_role(
        ended, "drafter", group=dir_group, valid_until=date(2022, 9, 30)
    )
    closed = factories.make_user("closed", is_active=False, password=factories.PASSWORD)

    assert usernames(role="drafter") == ["prayoon"]
    assert set(usernames(role="none")) == {"ended", "closed"}
    assert set(usernames(group=dir_group)) == {"somsri", "mana", "prayoon"}
    assert set(usernames(role="delegate", group=dir_group)) == {"somsri", "mana"}
    assert usernames(kind="secondary") == ["mana"]
    assert usernames(account="closed") == [closed.username]
    assert "closed" not in usernames(account="waiting")
    assert set(usernames(account="open")) == {
        "somsri",
        "mana",
        "piti",
        "prayoon",
        "ended",
    }


def test_list_shows_todays_roles_and_the_filters_keep_their_choice(
    desk, delegate, fin_group
):
    factories.make_role(
        delegate, "drafter", group=fin_group, valid_until=date(2022, 9, 30)
    )

    page = markup(
        desk.get(PEOPLE, {"q": "somsri", "role": "delegate", "kind": "primary"})
    )

    [shown] = page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    assert "นางสมศรี ใจดี" in shown
    assert '<span class="u-strong">ผู้แทน</span> อำนวยการ' in shown
    assert "การเงินฯ" not in shown
    assert '<option value="delegate" selected>' in page
    assert 'value="somsri"' in page


def test_names_in_the_list_are_escaped(desk):
    factories.make_user(
        "evil", given_name="<script>alert(1)</script>", family_name='"><img>'
    )
    page = desk.get(PEOPLE, {"q": "<script>"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "query",
    [
        {"role": "king"},
        {"group": "NONE"},
        {"kind": "x"},
        {"account": "x"},
        {"page": "ก"},
    ],
)
def test_wrong_filter_narrows_nothing(desk, stranger, query):
    page = desk.get(PEOPLE, query)
    assert page.status_code == 200
    assert "นายปิติ พิทักษ์ถิ่น" in page.content.decode()


def test_hostile_search_words_find_nobody_and_break_nothing(desk, stranger):
    for words in ("%", "_", "'; DROP TABLE directory_user; --", "ก" * 5000, "\u202e"):
        assert desk.get(PEOPLE, {"q": words}).status_code == 200
    assert desk.get(PEOPLE + "?q=%00").status_code == 400
    assert User.objects.filter(pk=stranger.pk).exists()


def test_list_comes_in_pages(desk, monkeypatch, stranger):
    monkeypatch.setattr("hearing_portal.directory.people.views.PAGE", 1)
    first, second = (
        desk.get(PEOPLE, {"page": number}).content.decode() for number in (1, 2)
    )
    assert ("พิทักษ์ถิ่น" in first, "พิทักษ์ถิ่น" in second) == (True, False)
    assert "1–1 จาก 2\u00a0คน" in first


def test_list_of_people_costs_the_same_for_one_and_three(
    desk, dir_group, lampang, assert_same_queries
):
    factories.make_delegate(dir_group, lampang)

    def add_two() -> None:
        for _ in range(2):
            factories.make_role(
                factories.make_delegate(dir_group, lampang),
                "office_head",
                office=lampang,
            )

    assert_same_queries(9, lambda: desk.get(PEOPLE), add_two)


# -- one person ------------------------------------------------------------------------------------------

GOOD = {
    "title": "นาง",
    "given_name": "สมหญิง",
    "family_name": "จริงใจ",
    "position": "ครู",
    "office": "",
}


def test_person_is_added_and_the_page_goes_on_to_roles(desk, lampang):
    response = desk.post(
        f"{PEOPLE}new/", {**GOOD, "given_name": "  สม   หญิง ", "office": lampang.pk}
    )

    made = User.objects.get(username="p126-01")
    assert (response.status_code, response["Location"]) == (303, person_page(made))
    assert (made.given_name, made.family_name, made.office) == (
        "สม หญิง",
        "จริงใจ",
        lampang,
    )
    assert "เพิ่มบทบาท" in desk.get(person_page(made)).content.decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"given_name": " "}, "โปรดกรอกชื่อ"),
        ({"family_name": ""}, "โปรดกรอกนามสกุล"),
        ({"given_name": "สม\x00ศรี"}, "NUL"),
        ({"given_name": "ก" * 101}, "เกิน 100 ตัวอักษร"),
        ({"username": "ก ข"}, "ไม่มีช่องว่าง"),
        ({"username": "SOMSRI"}, "มีอยู่แล้ว"),
        ({"username": "x" * 61}, "60 ตัวอักษร"),
        ({"office": "999999"}, "id_office_error"),
    ],
)
def test_wrong_form_of_a_person_says_why_and_keeps_the_words(
    desk, delegate, fields, told
):
    before = User.objects.count()
    response = desk.post(f"{PEOPLE}new/", {**GOOD, **fields})
    page = response.content.decode()

    assert response.status_code == 422
    assert told in page
    assert 'value="ครู"' in page
    assert User.objects.count() == before


def test_person_is_changed(desk, delegate, chonburi):
    response = desk.post(
        person_page(delegate), {**GOOD, "office": chonburi.pk, "is_active": "on"}
    )
    delegate.refresh_from_db()
    assert response.status_code == 303
    assert (delegate.given_name, delegate.office, delegate.is_active) == (
        "สมหญิง",
        chonburi,
        True,
    )


def test_last_admin_is_told_why_the_account_stays_open(desk, admin):
    response = desk.post(person_page(admin), GOOD)
    admin.refresh_from_db()
    assert response.status_code == 422
    assert "ไม่มีผู้ดูแลระบบเหลืออยู่" in response.content.decode()
    assert (admin.is_active, admin.given_name) == (True, "อารีย์")


def test_namesake_of_one_office_is_pointed_out_and_added_when_another_person(
    desk, delegate, lampang
):
    form = {
        **GOOD,
        "given_name": delegate.given_name,
        "family_name": f" {delegate.family_name}",
        "office": lampang.pk,
    }
    refused = desk.post(f"{PEOPLE}new/", form)
    page = markup(refused)

    assert refused.status_code == 422
    assert "มีบุคคลชื่อนี้ในสังกัดเดียวกันแล้ว ชื่อผู้ใช้ somsri" in page
    assert f'href="{person_page(delegate)}">ไปที่บัญชี somsri</a>' in page
    assert User.objects.filter(family_name=delegate.family_name).count() == 1

    assert desk.post(f"{PEOPLE}new/", {**form, "is_another": "on"}).status_code == 303
    assert (
        User.objects.filter(family_name=delegate.family_name, office=lampang).count()
        == 2
    )


def test_namesake_of_another_office_is_simply_added(desk, delegate, chonburi):
    form = {
        **GOOD,
        "given_name": delegate.given_name,
        "family_name": delegate.family_name,
        "office": chonburi.pk,
    }
    assert desk.post(f"{PEOPLE}new/", form).status_code == 303


def test_office_that_is_no_more_stays_with_its_people_only(desk, delegate, lampang):
    lampang.valid_until = date(2022, 12, 31)
    lampang.save(update_fields=["valid_until"])
    assert (
        f'<option value="{lampang.pk}" selected>'
        in desk.get(person_page(delegate)).content.decode()
    )
    assert (
        f'<option value="{lampang.pk}"'
        not in desk.get(f"{PEOPLE}new/").content.decode()
    )


def test_page_of_a_person_shows_all_roles_with_their_days(
    desk, delegate, fin_group, lampang
):
    factories.make_role(
        delegate,
        "delegate",
        group=fin_group,
        office=lampang,
        valid_until=date(2022, 9, 30),
    )
    page = markup(desk.get(person_page(delegate)))
    assert "1\u00a0ก.ย.\u00a02565 – 30\u00a0ก.ย.\u00a02565" in page
    assert "1\u00a0ก.ย.\u00a02565 – ไม่มีกำหนด" in page
    assert page.count("สิ้นสุดแล้ว") == 1
    assert page.count("/end/") == 1
    assert [row.valid_until for row in roles_of_person(delegate)] == [
        None,
        date(2022, 9, 30),
    ]


def test_page_of_a_person_costs_the_same_for_one_role_and_three(
    desk, delegate, lampang, assert_same_queries
):
    def add_two() -> None:
        for key in ("FIN", "LAW"):
            factories.make_role(
                delegate, "delegate", group=factories.make_group(key), office=lampang
            )

    assert_same_queries(6, lambda: desk.get(person_page(delegate)), add_two)


# -- roles -----------------------------------------------------------------------------------------------


def test_role_is_given_and_ended_at_its_pages(desk, admin, stranger, dir_group):
    given = desk.post(
        f"{person_page(stranger)}roles/",
        {"role": "drafter", "work_group": "DIR", "valid_from": "20/09/2565"},
    )
    row = stranger.roles.get(role="drafter")
    assert (given.status_code, row.work_group, row.valid_from) == (
        303,
        dir_group,
        date(2022, 9, 20),
    )
    assert row.history.get().history_user == admin

    ended = desk.post(
        f"{person_page(stranger)}roles/{row.pk}/end/", {"last_day": "30 กันยายน 2565"}
    )
    row.refresh_from_db()
    assert (ended.status_code, row.valid_until) == (303, date(2022, 9, 30))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "โปรดเลือกบทบาท"),
        ({"role": "king"}, "id_role_error"),
        ({"role": "drafter"}, "บทบาทคณะทำงานยกร่างต้องระบุกลุ่มงาน"),
        ({"role": "delegate", "work_group": "DIR"}, "บทบาทผู้แทนต้องระบุ สพท."),
        ({"role": "drafter", "work_group": "PRIV"}, "id_work_group_error"),
        ({"role": "admin", "valid_from": "31/02/2565"}, "ไม่มีวันที่ 31\u00a0กุมภาพันธ์"),
        (
            {"role": "admin", "valid_from": "02/09/2565", "valid_until": "01/09/2565"},
            "ต้องไม่ก่อนวันเริ่มต้น",
        ),
        ({"role": "delegate", "work_group": "FIN", "office": "own"}, "มีบทบาทนี้อยู่แล้ว"),
    ],
)
def test_wrong_role_is_refused_with_the_form_filled(
    desk, stranger, dir_group, fields, told
):
    if fields.get("office") == "own":
        fields = {**fields, "office": stranger.office_id}
    response = desk.post(
        f"{person_page(stranger)}roles/", {"valid_from": "20/09/2565", **fields}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert f'value="{fields.get("valid_from", "20/09/2565")}"' in page
    assert stranger.roles.count() == 1


def test_group_chosen_for_a_role_without_one_is_left_out(desk, stranger, dir_group):
    desk.post(
        f"{person_page(stranger)}roles/",
        {"role": "admin", "work_group": "DIR", "valid_from": "20/09/2565"},
    )
    assert stranger.roles.get(role="admin").work_group is None


def test_last_admin_is_told_why_the_role_does_not_end(desk, admin):
    row = admin.roles.get()
    response = desk.post(
        f"{person_page(admin)}roles/{row.pk}/end/", {"last_day": "20/09/2565"}
    )
    row.refresh_from_db()
    assert response.status_code == 422
    assert "ไม่มีผู้ดูแลระบบเหลืออยู่" in response.content.decode()
    assert row.valid_until is None


def test_forms_offer_today_as_the_first_day(desk, stranger):
    today = timezone.localdate()
    page = desk.get(f"{person_page(stranger)}roles/").content.decode()
    assert f'value="{today.day:02}/{today.month:02}/{today.year + 543}"' in page


# -- passwords -------------------------------------------------------------------------------------------


def test_temporary_password_is_shown_once_and_never_stored_by_browsers(desk, stranger):
    response = desk.post(f"{person_page(stranger)}password/")
    password = (
        response.content.decode()
        .partition('one-time__word" translate="no">')[2]
        .partition("<")[0]
    )

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert User.objects.get(pk=stranger.pk).check_password(password)
    assert password not in desk.get(person_page(stranger)).content.decode()


def test_own_password_is_not_reset_here(desk, admin):
    assert desk.post(f"{person_page(admin)}password/").status_code == 403
    assert not User.objects.get(pk=admin.pk).has_usable_password()


def test_first_passwords_come_as_a_file_that_opens_the_accounts(
    desk, sign_in, admin, delegate
):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    client = sign_in(User.objects.get(pk=admin.pk))
    page = client.get(f"{PEOPLE}?account=waiting").content.decode()
    assert "1\u00a0คนยังไม่มีรหัสผ่าน" in page
    # A download leaves the page as it stands
    assert f'<a href="{PEOPLE}?account=waiting">โหลดหน้านี้ใหม่</a>' in page

    response = client.post(f"{PEOPLE}first-passwords/")

    assert (
        response["Content-Disposition"] == 'attachment; filename="first-passwords.xlsx"'
    )
    assert "no-store" in response["Cache-Control"]
    head, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert head == ["ชื่อผู้ใช้", "รหัสผ่าน", "ชื่อ", "สพท."]
    assert (row[0], row[2], row[3]) == ("somsri", "นางสมศรี ใจดี", "สพป.ลำปาง เขต 1")
    assert User.objects.get(pk=delegate.pk).check_password(row[1])
    again = client.post(f"{PEOPLE}first-passwords/")
    assert (again.status_code, again["Location"]) == (303, PEOPLE)
    assert "ไฟล์ที่ดาวน์โหลดไว้ก่อนหน้านี้ยังใช้ได้" in client.get(PEOPLE).content.decode()


def test_lost_file_of_first_passwords_is_made_anew_for_those_who_never_came(
    sign_in, admin, delegate, stranger
):
    User.objects.filter(pk=admin.pk).update(password="argon2$given")
    client = sign_in(User.objects.get(pk=admin.pk))
    assert "ยังไม่เคยเข้าสู่ระบบทั้งหมด 2" not in client.get(PEOPLE).content.decode()
    client.post(f"{PEOPLE}first-passwords/")
    User.objects.filter(pk=stranger.pk).update(last_login=timezone.now())
    assert "ยังไม่เคยเข้าสู่ระบบทั้งหมด 1\u00a0คน" in client.get(PEOPLE).content.decode()

    response = client.post(f"{PEOPLE}first-passwords/", {"unused": "on"})

    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert [row[0] for row in rows[1:]] == ["somsri"]
    assert User.objects.get(pk=delegate.pk).check_password(rows[1][1])


# -- offices ---------------------------------------------------------------------------------------------


def test_offices_show_how_many_delegates_speak_for_them(
    delegate, secondary_delegate, lampang, chonburi, fin_group
):
    factories.make_role(
        delegate, "delegate", group=fin_group, office=lampang
    )  # the same person for another group
    factories.make_office_head(lampang)
    former = factories.make_user("former", office=chonburi)
    factories.make_role(
        former,
        "delegate",
        group=fin_group,
        office=chonburi,
        valid_until=date(2022, 9, 30),
    )
    empty = factories.make_office("สพม.ลำปาง ลำพูน")

    assert [(row.office, row.delegates) for row in find_offices()] == [
        (lampang, 1),
        (chonburi, 1),
        (empty, 0),
    ]
    assert [row.office for row in find_offices(kind="secondary", province="ลำปาง")] == [
        empty
    ]
    assert [row.office for row in find_offices(without_delegates=True)] == [empty]
    assert [row.office for row in find_offices(province="ลำพูน")] == [empty]


def test_offices_page_counts_both_kinds_side_by_side(desk, delegate, chonburi):
    page = markup(desk.get("/desk/offices/", {"empty": "on"}))
    assert 'office--primary">สพป.</span> 0 จาก 0\u00a0เขต' in page
    assert 'office--secondary">สพม.</span> 0 จาก 1\u00a0เขต' in page
    assert "สพม.ชลบุรี ระยอง" in page
    assert "สพป.ลำปาง เขต 1" not in page.partition("<tbody>")[2]


def test_provinces_stand_in_thai_order(db):
    factories.make_office("สพป.แพร่", provinces=["แพร่"])
    factories.make_office("สพป.เชียงใหม่", provinces=["เชียงใหม่", "กระบี่"])
    assert list_provinces() == ["กระบี่", "เชียงใหม่", "แพร่"]
    assert thai_order("แ") == "แ"


def test_office_page_lists_who_belongs_or_speaks_there(
    desk, delegate, lampang, chonburi, dir_group
):
    elsewhere = factories.make_user("elsewhere", office=chonburi)
    factories.make_role(elsewhere, "delegate", group=dir_group, office=lampang)
    former = factories.make_user("former")
    factories.make_role(
        former,
        "delegate",
        group=dir_group,
        office=lampang,
        valid_until=date(2022, 9, 30),
    )

    assert {person.username for person in people_of_office(lampang)} == {
        "somsri",
        "elsewhere",
    }
    page = desk.get("/desk/offices/P126/").content.decode()
    assert ("elsewhere" in page, "former" in page) == (True, False)


def test_lists_of_offices_cost_the_same_for_one_and_three(
    desk, delegate, dir_group, lampang, assert_same_queries
):
    def add_two() -> None:
        for name in ("สพป.แพร่", "สพป.น่าน"):
            factories.make_delegate(dir_group, factories.make_office(name))
            factories.make_delegate(dir_group, lampang)

    def show() -> None:
        desk.get("/desk/offices/")
        desk.get("/desk/offices/P126/")

    assert_same_queries(5 + 6, show, add_two)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ลำปาง", ["สพป.ลำปาง เขต 1", "สพม.ลำปาง ลำพูน"]),
        ("สพป. ลำปาง เขต ๑", ["สพป.ลำปาง เขต 1"]),
        ("p126", ["สพป.ลำปาง เขต 1"]),
        ("มัธยมศึกษา", ["สพม.ลำปาง ลำพูน", "สพม.ชลบุรี ระยอง"]),
        ("สพม. ลำปางลำพูน", ["สพม.ลำปาง ลำพูน"]),
        ("สพป.ลำปาง เขต1", ["สพป.ลำปาง เขต 1"]),
        ("กระบี่", []),
    ],
)
def test_offices_are_found_by_words_of_name_or_code(lampang, chonburi, words, found):
    factories.make_office("สพม.ลำปาง ลำพูน")
    names = {row.office.short_name for row in find_offices(words=words)}
    assert names == set(found)


def test_offices_come_in_pages_that_keep_the_filter_and_count_all(desk, lampang):
    for number in range(2, 62):
        factories.make_office(f"สพป.ลำปาง เขต {number}")

    first = markup(desk.get(OFFICES, {"q": "ลำปาง", "kind": "primary"}))
    last = markup(desk.get(OFFICES, {"q": "ลำปาง", "kind": "primary", "page": "2"}))

    assert "61\u00a0เขตตามที่กรอง" in first
    assert 'office--primary">สพป.</span> 0 จาก 61\u00a0เขต' in last
    assert (first.count('<th scope="row">'), last.count('<th scope="row">')) == (50, 11)
    assert (
        'rel="next" href="?q=%E0%B8%A5%E0%B8%B3%E0%B8%9B%E0%B8%B2%E0%B8%87&amp;kind=primary&amp;page=2"'
        in first
    )


def test_no_office_found_offers_to_clear_the_filter(desk, lampang):
    page = desk.get(OFFICES, {"q": "ไม่มีเขตนี้"}).content.decode()
    assert "ไม่พบเขตตามที่กรอง" in page
    assert f'<a class="button" href="{OFFICES}">ล้างตัวกรอง</a>' in page


def test_portal_without_offices_says_so_and_offers_no_filter_to_clear(desk, db):
    page = desk.get(OFFICES).content.decode()
    assert "ในระบบยังไม่มี สพท." in page
    assert "ล้างตัวกรอง" not in page


# -- correcting an office --------------------------------------------------------------------------------

CORRECT = {
    "name": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
    "short_name": "สพป.ลำปาง เขต 1",
    "provinces": "ลำปาง",
    "area_no": "1",
    "official_code": "",
    "valid_from": "01/09/2565",
    "valid_until": "",
}


def test_office_is_corrected_and_the_log_says_what_stood_there(desk, lampang):
    form = {
        **CORRECT,
        "provinces": "จังหวัดลำปาง, ลำพูน ลำปาง",
        "official_code": " 52010000 ",
    }
    assert desk.post(OFFICE, form)["Location"] == OFFICE

    lampang.refresh_from_db()
    assert (lampang.provinces, lampang.official_code) == (["ลำปาง", "ลำพูน"], "52010000")
    told = "แก้จังหวัดจาก “ลำปาง” เป็น “ลำปาง ลำพูน” รหัสหน่วยงานจาก “ไม่ระบุ” เป็น “52010000”"
    assert Act.objects.get(code="account").note == told
    log = html.unescape(markup(desk.get("/desk/audit/", {"object": "office:P126"})))
    assert told in log
    assert f'<a href="{OFFICE}">สพป.ลำปาง เขต 1</a>' in log


def test_unchanged_office_leaves_no_line_in_the_log(desk, lampang):
    assert desk.post(OFFICE, CORRECT).status_code == 303
    assert not Act.objects.filter(code="account").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": " "}, "โปรดกรอกชื่อเต็มของ สพท."),
        ({"short_name": "สพม.ชลบุรี ระยอง"}, "มี สพท. อื่นใช้ชื่อย่อนี้แล้ว"),
        ({"provinces": " , "}, "โปรดกรอกชื่อจังหวัด"),
        ({"provinces": "ก" * 61}, "โปรดกรอกชื่อจังหวัด"),
        ({"official_code": "1" * 21}, "เกิน 20 ตัวอักษร"),
        ({"valid_until": "31/02/2570"}, "id_valid_until_error"),
        ({"valid_until": "01/01/2400"}, "วันสิ้นสุดต้องไม่ก่อนวันนั้น"),
        ({"valid_until": "30/09/2569"}, "ยังมี 1 คนซึ่งมีบทบาทของเขตนี้หลังวันนั้น"),
        ({"short_name": "สพป.\x00"}, "NUL"),
    ],
)
def test_wrong_correction_is_refused_with_the_form_filled(
    desk, delegate, lampang, chonburi, fields, told
):
    response = desk.post(OFFICE, {**CORRECT, "official_code": "kept", **fields})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert 'value="kept"' in response.content.decode() or "official_code" in fields
    lampang.refresh_from_db()
    assert (lampang.official_code, lampang.valid_until) == (None, None)


def test_office_that_ends_with_its_roles_may_end(desk, delegate, lampang):
    with without_triggers():
        delegate.roles.update(valid_until=date(2026, 9, 30))
    assert (
        desk.post(OFFICE, {**CORRECT, "valid_until": "30/09/2569"}).status_code == 303
    )
    lampang.refresh_from_db()
    assert lampang.valid_until == date(2026, 9, 30)
    assert "ถึง 30\u00a0ก.ย.\u00a02569" in markup(desk.get(OFFICES))


# -- the back door ---------------------------------------------------------------------------------------


@pytest.fixture
def keeper(admin) -> User:
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    return admin


BACK = "/backdoor/"


@pytest.mark.parametrize("flags", [{}, {"is_staff": True}, {"is_superuser": True}])
def test_back_door_does_not_exist_for_others(sign_in, admin, flags):
    User.objects.filter(pk=admin.pk).update(**flags)
    client = sign_in(User.objects.get(pk=admin.pk))
    pages = (BACK, f"{BACK}directory/user/")
    assert {client.get(address, follow=True).status_code for address in pages} == {404}


def test_visitor_of_the_back_door_signs_in_at_the_front(client):
    response = client.get(BACK, follow=True)
    assert response.redirect_chain[-1][0].startswith("/sign-in/?next=/backdoor/")


def test_back_door_shows_but_neither_adds_nor_deletes(
    sign_in, keeper, delegate, lampang
):
    client = sign_in(keeper)
    role = delegate.roles.get()
    for model, row in (
        ("user", delegate),
        ("workgroup", role.work_group),
        ("areaoffice", lampang),
        ("roleassignment", role),
    ):
        listed = client.get(f"{BACK}directory/{model}/")
        assert listed.status_code == 200
        assert 'name="action"' not in listed.content.decode()
        assert (
            client.get(f"{BACK}directory/{model}/{row.pk}/change/").status_code == 200
        )
        assert client.get(f"{BACK}directory/{model}/add/").status_code == 403
        assert (
            client.get(f"{BACK}directory/{model}/{row.pk}/delete/").status_code == 403
        )
        assert (
            client.post(
                f"{BACK}directory/{model}/{row.pk}/delete/", {"post": "yes"}
            ).status_code
            == 403
        )
        bulk = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        client.post(f"{BACK}directory/{model}/", bulk)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_back_door_changes_nothing_of_roles_and_names(sign_in, keeper, delegate):
    client = sign_in(keeper)
    role = delegate.roles.get()
    assert (
        client.post(
            f"{BACK}directory/roleassignment/{role.pk}/change/", {"role": "admin"}
        ).status_code
        == 403
    )
    client.post(
        f"{BACK}directory/user/{delegate.pk}/change/",
        {"given_name": "อื่น", "is_staff": "on"},
    )
    delegate.refresh_from_db()
    assert (delegate.given_name, delegate.is_staff, delegate.is_superuser) == (
        "สมศรี",
        True,
        False,
    )
    assert RoleAssignment.objects.get(pk=role.pk).role == "delegate"


def test_back_door_shows_no_password(sign_in, keeper, delegate):
    User.objects.filter(pk=delegate.pk).update(password="argon2$secret-hash")
    client = sign_in(keeper)
    assert (
        "secret-hash"
        not in client.get(
            f"{BACK}directory/user/{delegate.pk}/change/"
        ).content.decode()
    )
