"""Two portals on one host: a sign-in at the other changes the token's cookie, for cookies know no ports."""

import pytest
from playwright.sync_api import expect

from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)


def test_form_that_stood_open_while_the_other_portal_signed_in_is_saved(
    signed_in, admin, delegate
):
    page = signed_in(admin)
    page.goto(f"/desk/people/{delegate.pk}/")
    page.get_by_label(names.POSITION).fill("ผู้อำนวยการกลุ่ม")

    other = {
        "name": "csrftoken",
        "value": "o" * 32,
        "url": page.url.partition("/desk/")[0],
    }
    page.context.add_cookies([other])
    page.get_by_role("button", name=names.SAVE).click()

    expect(page.get_by_text(names.SAVED)).to_be_visible()
    delegate.refresh_from_db()
    assert delegate.position == "ผู้อำนวยการกลุ่ม"
