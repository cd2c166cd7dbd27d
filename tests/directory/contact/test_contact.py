"""Whom to ask, and the privacy notice: written by administrators, read by everybody, at the foot of every page."""

import html

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction

from hearing_portal.acts.models import Act
from hearing_portal.directory.contact import foot
from hearing_portal.directory.contact.queries import find_missing_contact_fields
from hearing_portal.directory.contact.texts import DEFAULT_PRIVACY_NOTICE
from hearing_portal.directory.models import ContactVersion, PrivacyNoticeVersion
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

NAME = "กลุ่มพัฒนาระบบบริหาร สพฐ."
FILLED = {
    "name": NAME,
    "telephone": "0 2288 5861 ต่อ 12",
    "email": "psd@obec.go.th",
    "line": "@obecpsd",
}


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def written(admin) -> ContactVersion:
    version = factories.make_contact(by=admin, **FILLED)
    foot.forget_foot_contact()
    return version


def foot_of(page: str) -> str:
    return page.partition('<footer class="colophon">')[2].partition("</footer>")[0]


# -- reading -----------------------------------------------------------------------------------------------


def test_telephone_stands_in_the_digits_of_the_reader(client, admin):
    factories.make_contact(by=admin, **{**FILLED, "telephone": "๐ ๒๒๘๘ ๕๘๖๑"})
    foot.forget_foot_contact()

    page = client.get("/contact/").content.decode()

    assert page.count("0 2288 5861</a>") == 2
    assert "๒๒๘๘" not in page


def test_contact_is_shown_at_sign_in_in_the_foot_and_on_its_page(client, written):
    sign_in, home, page = (
        client.get(path).content.decode() for path in ("/sign-in/", "/", "/contact/")
    )

    for text in (NAME, "0 2288 5861 ต่อ 12", "psd@obec.go.th", "@obecpsd"):
        assert text in page.partition("<main")[2].partition("</main>")[0]
        assert text in sign_in.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:022885861"' in page
    assert 'href="mailto:psd@obec.go.th"' in page
    assert f"ติดต่อ {NAME}" in foot_of(home)
    for way in ("0 2288 5861 ต่อ 12", 'href="mailto:psd@obec.go.th"', "@obecpsd"):
        assert way in foot_of(home)


def test_foot_has_the_links_before_anybody_wrote_a_contact(client):
    page = client.get("/").content.decode()

    assert 'href="/contact/"' in foot_of(page)
    assert 'href="/privacy/"' in foot_of(page)
    assert "โทร." not in foot_of(page)
    assert "ยังไม่ได้ระบุข้อมูลติดต่อ" in client.get("/contact/").content.decode()


def test_foot_is_read_once_in_half_a_minute(client, written, django_assert_num_queries):
    client.get("/sign-in/")
    with django_assert_num_queries(0):
        client.get("/sign-in/")

    ContactVersion.objects.create(name="กลุ่มอื่น", by=written.by)
    assert NAME in foot_of(client.get("/").content.decode())
    cache.delete(foot.KEY)  # half a minute later
    assert "กลุ่มอื่น" in foot_of(client.get("/").content.decode())


@pytest.mark.parametrize("path", ["/no-such-page/", "/desk/people/"])
def test_refusals_that_name_the_administrator_lead_to_the_contact(
    sign_in, delegate, path
):
    page = sign_in(delegate).get(path)
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]

    assert ('href="/contact/"' in main) == (page.status_code == 403)
    assert 'href="/contact/"' in foot_of(page.content.decode())


def test_privacy_notice_of_the_portal_is_shown_until_another_is_written(client, desk):
    assert (
        "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562"
        in client.get("/privacy/").content.decode()
    )

    response = desk.post(
        "/desk/privacy/", {"text": "ย่อหน้าแรก <b>\n\nย่อหน้าที่สอง", "based_on": ""}
    )

    assert (response.status_code, response["Location"]) == (303, "/privacy/")
    page = markup(client.get("/privacy/"))
    assert "<p>ย่อหน้าแรก &lt;b&gt;</p>" in page
    assert "<p>ย่อหน้าที่สอง</p>" in page
    assert "พ.ศ. 2562" not in page


# -- writing -----------------------------------------------------------------------------------------------


def test_writing_makes_a_version_and_a_line_of_the_log(desk, admin, written):
    response = desk.post(
        "/desk/contact/", {**FILLED, "line": "@new", "based_on": written.pk}
    )

    assert (response.status_code, response["Location"]) == (303, "/desk/contact/")
    assert list(ContactVersion.objects.values_list("line", "by")) == [
        ("@new", admin.pk),
        ("@obecpsd", admin.pk),
    ]
    [line] = Act.objects.filter(code="contact-changed")
    assert (line.label, line.note, line.by) == ("ข้อมูลติดต่อ", "LINE", admin)
    assert "@obecpsd" not in str(Act.objects.values())


def test_writing_the_same_makes_nothing(desk, written):
    assert (
        desk.post("/desk/contact/", {**FILLED, "based_on": written.pk}).status_code
        == 303
    )
    assert list(ContactVersion.objects.all()) == [written]
    assert not Act.objects.filter(code="contact-changed").exists()


def test_version_of_somebody_else_is_not_overwritten_unseen(desk, admin, written):
    ContactVersion.objects.create(**{**FILLED, "line": "@other"}, by=admin)
    response = desk.post(
        "/desk/contact/", {**FILLED, "line": "@mine", "based_on": written.pk}
    )
    page = response.content.decode()

    assert response.status_code == 409
    assert "ผู้ดูแลระบบอีกท่าน" in page
    assert 'value="@mine"' in page
    assert ContactVersion.objects.first().line == "@other"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " "}, "โปรดกรอกชื่อบุคคล"),
        ({"telephone": "", "email": "", "line": ""}, "อย่างน้อยหนึ่งช่องทาง"),
        ({"email": "psd@"}, "รูปแบบอีเมลไม่ถูกต้อง"),
        ({"telephone": "abc <script>"}, "หมายเลขโทรศัพท์มีได้เฉพาะตัวเลข"),
        ({"telephone": "ต่อ 12"}, "หมายเลขโทรศัพท์มีได้เฉพาะตัวเลข"),
        ({"telephone": "- ( ) +"}, "หมายเลขโทรศัพท์มีได้เฉพาะตัวเลข"),
    ],
)
def test_incomplete_contact_is_refused_and_kept_in_the_form(desk, fields, message):
    response = desk.post("/desk/contact/", {**FILLED, **fields, "based_on": ""})
    page = response.content.decode()

    assert response.status_code == 422
    assert message in page
    assert not ContactVersion.objects.exists()
    if fields.get("telephone"):
        assert f'value="{html.escape(fields["telephone"])}"' in page


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0 2288 5861", "022885861"),
        ("02-288-5861 ต่อ 12", "022885861"),
        ("(+66) 2288 5861", "+6622885861"),
        ("๐ ๒๒๘๘ ๕๘๖๑ ต่อ ๑๒", "022885861"),
        (" 1579 ", "1579"),
    ],
)
def test_telephone_is_taken_as_people_write_it(desk, typed, dialled):
    assert (
        desk.post(
            "/desk/contact/", {**FILLED, "telephone": typed, "based_on": ""}
        ).status_code
        == 303
    )

    contact = ContactVersion.objects.get()
    assert (contact.telephone, contact.dialled) == (typed.strip(), dialled)


def test_desk_says_what_is_missing(desk, written):
    ContactVersion.objects.create(name="", by=written.by)

    assert "ยังขาด" in desk.get("/desk/contact/").content.decode()
    assert find_missing_contact_fields() == [
        "ชื่อผู้ติดต่อ",
        "โทรศัพท์ อีเมล หรือ LINE อย่างน้อยหนึ่งช่องทาง",
    ]


def test_nothing_is_missing_of_a_name_and_one_way_to_reach_it(admin):
    ContactVersion.objects.create(name=NAME, line="@obecpsd", by=admin)

    assert find_missing_contact_fields() == []


def test_text_that_comes_with_the_portal_becomes_the_offices_only_when_somebody_says_so(
    client, desk
):
    fresh = desk.get("/desk/privacy/").context["form"]
    unchanged = {
        "text": str(fresh["text"].value()).replace("\n", "\r\n"),
        "based_on": "",
    }

    pressed = desk.post("/desk/privacy/", unchanged)
    assert pressed.status_code == 422
    assert "ข้อความยังเหมือนที่มากับระบบ" in pressed.content.decode()
    assert not PrivacyNoticeVersion.objects.exists()

    assert (
        desk.post("/desk/privacy/", {**unchanged, "takes_shipped": "on"}).status_code
        == 303
    )
    assert PrivacyNoticeVersion.objects.get().text == DEFAULT_PRIVACY_NOTICE.strip()
    assert "เบราว์เซอร์เก็บเป็นร่างไว้ในเครื่องที่ท่านใช้" in DEFAULT_PRIVACY_NOTICE
    assert 'name="takes_shipped"' not in desk.get("/desk/privacy/").content.decode()
    for page in (
        client.get("/privacy/"),
        desk.get("/desk/privacy/"),
    ):  # nobody edited it
        assert "แก้ไขล่าสุด" not in page.content.decode()
    assert "ประกาศใช้เมื่อ" in client.get("/privacy/").content.decode()


def test_empty_notice_is_refused(desk):
    assert desk.post("/desk/privacy/", {"text": " ", "based_on": ""}).status_code == 422
    assert not PrivacyNoticeVersion.objects.exists()


def test_versions_are_append_only(written):
    for act in (
        lambda: ContactVersion.objects.update(name="อื่น"),
        lambda: ContactVersion.objects.all().delete(),
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            act()
