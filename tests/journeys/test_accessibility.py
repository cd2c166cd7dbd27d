"""axe-core on each distinct page: no serious or critical finding at 360 and 1280 px, in light and dark, empty and
filled, with an error shown; and no page scrolls sideways."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: rules});
  return found.violations.filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`);
}"""


@pytest.fixture
def scene(
    process, clause, dir_group, hearing, delegate, secondary_delegate, facilitator, drafter, admin
) -> dict[str, Any]:
    """A hearing with a hidden, a decided and an open comment; the edition is public."""
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "public", by=admin)
    session = factories.open_session(factories.make_session(edition, dir_group, hearing=hearing), by=facilitator)
    entry = factories.entry_of(edition, clause)
    comment = factories.make_comment(session, entry, delegate)
    factories.make_amendment(comment, "ตรวจสอบความครบถ้วนของหนังสือในระบบ")
    decided = factories.make_comment(session, entry, secondary_delegate, text="ขอให้ตัดข้อนี้", type="delete")
    factories.make_disposition(decided, decided_by=drafter)
    hidden = factories.make_comment(session, entry, secondary_delegate, text="ข้อความไม่สุภาพ", type="ask")
    factories.make_moderation(hidden, "hidden", by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    return {"process": process, "entry": entry, "comment": comment, "session": session, "edition": edition}


def pages_of(scene: dict[str, Any]) -> dict[str, list[str]]:
    """Who looks at which addresses."""
    uuid, entry, code = scene["process"].uuid, scene["entry"].pk, scene["edition"].code
    comment = scene["comment"].uuid
    return {
        "nobody": ["/", "/groups/DIR/", f"/groups/DIR/processes/{uuid}/", "/sign-in/", "/no-such-page/", "/verify/"],
        "reader": [
            "/editions/",
            f"/editions/{code}/",
            f"/editions/{code}/manuals/DIR/",
            f"/editions/{code}/sections/{uuid}/",
            "/search/?q=หนังสือ",
            "/search/?q=ไม่มีคำนี้",
        ],
        "delegate": [
            f"/groups/DIR/processes/{uuid}/",
            f"/entries/{entry}/comments/",
            f"/entries/{entry}/comments/new/",
            f"/comments/{comment}/",
            f"/comments/{comment}/edit/",
            "/my-comments/",
            "/office-comments/",
            "/groups/DIR/comments/",
            "/account/",
        ],
        "desk": [
            f"/groups/DIR/queue/?comment={comment}",
            f"/comments/{comment}/adoption/",
            f"/comments/{comment}/disposition/",
            f"/comments/{comment}/history/",
            "/groups/DIR/answers/",
            "/groups/DIR/unplaced/",
            f"/groups/DIR/drafts/{uuid}/",
            "/exports/",
        ],
        "admin": [
            "/desk/people/",
            "/desk/people/new/",
            "/desk/people/import/",
            "/desk/offices/",
            "/desk/hearing/",
            "/desk/audit/",
            "/desk/editions/",
            f"/desk/editions/{code}/gate/",
            f"/sessions/{scene['session'].pk}/",
        ],
    }


@pytest.mark.parametrize("who", ["nobody", "reader", "delegate", "desk", "admin"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_have_no_serious_finding(who, theme, scene, open_context, signed_in, delegate, drafter, admin):
    person = {"delegate": delegate, "desk": drafter, "admin": admin}.get(who)
    # axe writes styles of its own into the page, which our policy rightly refuses: the other journeys keep it on
    options = {"color_scheme": theme, "bypass_csp": True}
    page = signed_in(person, **options) if person else open_context(**options).new_page()
    found = {}
    for path in pages_of(scene)[who]:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            if problems := problems_of(page, width):
                found[f"{path} {width}"] = problems

    assert found == {}


def problems_of(page: Page, width: int) -> list[str]:
    page.evaluate(AXE)
    problems = page.evaluate(RUN)
    scroll = page.evaluate("document.documentElement.scrollWidth")
    return problems + ([f"scrolls sideways: {scroll}"] if scroll > width else [])


@pytest.mark.parametrize("width", [360, 1280])
def test_refused_forms_have_no_serious_finding(width, scene, signed_in, delegate):
    page = signed_in(delegate, width, bypass_csp=True)
    page.goto(f"/entries/{scene['entry'].pk}/comments/new/")
    page.get_by_role("radio", name="ขอแก้ไข").check(force=True)
    page.get_by_role("button", name="ส่งความเห็น").click()
    page.locator(".field__error, .error-summary").first.wait_for()

    assert problems_of(page, width) == []
