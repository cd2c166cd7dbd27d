"""From an empty portal to people who sign in: the first administrator, and the first password of somebody else."""

import pytest
from playwright.sync_api import expect

from hearing_portal.directory.models import User
from hearing_portal.directory.setup.links import setup_path
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN_PASSWORD = "เริ่มต้นประชาพิจารณ์-๖๕"
OWN_PASSWORD = "ข้อเสนอดีดี-๒๕๖๕"
SHOW, HIDE = "แสดงรหัสผ่าน", "ซ่อนรหัสผ่าน"


@pytest.mark.parametrize("width", [360, 1280])
def test_first_administrator_and_a_first_password(open_context, width):
    office = open_context(width).new_page()
    office.goto("/")
    expect(office.get_by_role("heading", name="เริ่มต้นใช้ระบบ")).to_be_visible()

    office.goto(setup_path())
    main = office.get_by_role("main")
    main.get_by_label("ชื่อ", exact=True).fill("อารี")
    main.get_by_label("นามสกุล").fill("ดูแลดี")
    main.get_by_label(names.USERNAME).fill("aree")
    main.get_by_label("รหัสผ่าน", exact=True).fill(ADMIN_PASSWORD)
    main.get_by_label("รหัสผ่านอีกครั้ง").fill(ADMIN_PASSWORD)
    main.get_by_role("button", name=SHOW).first.click()
    expect(main.get_by_label("รหัสผ่าน", exact=True)).to_have_attribute("type", "text")
    main.get_by_role("button", name=HIDE).click()
    expect(main.get_by_label("รหัสผ่าน", exact=True)).to_have_attribute(
        "type", "password"
    )
    main.get_by_role("button", name="สร้างบัญชีและเข้าสู่ระบบ").click()
    office.wait_for_url("**/desk/preparation/")

    somsri = factories.make_delegate(
        factories.make_group("DIR"), factories.make_office(), username="somsri"
    )
    office.goto(f"/desk/people/{somsri.pk}/")
    office.locator("form[action$='password/'] button").click()
    temporary = office.locator(".one-time__word").inner_text()

    phone = open_context(width).new_page()
    phone.goto("/sign-in/?next=/account/")
    phone.get_by_role("main").get_by_label(names.USERNAME).fill("somsri")
    phone.get_by_role("main").get_by_label(names.PASSWORD, exact=True).fill(temporary)
    phone.get_by_role("main").get_by_role(
        "button", name=names.SIGN_IN, exact=True
    ).click()
    expect(phone.get_by_role("heading", name="ตั้งรหัสผ่านของท่าน")).to_be_visible()
    phone.goto("/")
    expect(phone.get_by_role("heading", name="ตั้งรหัสผ่านของท่าน")).to_be_visible()
    main = phone.get_by_role("main")
    main.get_by_label("รหัสผ่านที่ได้รับ").fill(temporary)
    main.get_by_label("รหัสผ่านใหม่", exact=True).fill(OWN_PASSWORD)
    main.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill(OWN_PASSWORD)
    main.get_by_role("button", name="ตั้งรหัสผ่านของท่าน").click()
    phone.wait_for_url(lambda url: "/password/" not in url)
    phone.goto("/account/")
    expect(phone.get_by_role("heading", name="บัญชีของท่าน")).to_be_visible()
    assert User.objects.get(username="somsri").check_password(OWN_PASSWORD)


def test_passwords_work_without_javascript(open_context):
    page = open_context(360, java_script_enabled=False).new_page()
    page.goto(setup_path())

    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    expect(page.get_by_label("รหัสผ่าน", exact=True)).to_have_attribute(
        "type", "password"
    )
