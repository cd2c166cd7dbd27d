"""From groups without manuals to a draft that can be frozen, in a browser without JavaScript: an administrator makes
the manuals, a drafter takes files in."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from manuals.models import Clause, Manual, Section
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> None:
    """Uploads wait for the second step where pytest cleans up."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> list[Path]:
    first = tmp_path / "01.txt"
    first.write_text(factories.PROCESS_TEXT)
    second = tmp_path / "02.txt"
    second.write_text(
        factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", "การส่งหนังสือราชการ")
    )
    return [first, second]


def test_manuals_are_made_and_files_taken_in_without_javascript(
    signed_in, admin, drafter, fin_group, folder, work_off_jobs
):
    desk = signed_in(admin, 360, java_script_enabled=False)
    desk.goto("/desk/manuals/")
    for group in (drafter.roles.get().work_group, fin_group):
        desk.get_by_label(group.name).press("Space")
    desk.get_by_role("button", name=names.MAKE_MANUALS).press("Enter")
    expect(desk.get_by_role("checkbox")).to_have_count(
        2
    )  # both are empty, so both may still be begun
    assert sorted(Manual.objects.values_list("key", flat=True)) == ["DIR", "FIN"]

    page = signed_in(drafter, 360, java_script_enabled=False)
    page.goto("/drafting/")
    page.get_by_role(
        "link", name=drafter.roles.get().work_group.name, exact=True
    ).press("Enter")
    page.get_by_role("link", name=names.TAKE_FILES_IN).press("Enter")
    page.locator("[type=file]").set_input_files(folder)
    page.get_by_role("button", name=names.CHECK_FILE).press("Enter")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    assert Section.objects.count() == 0

    page.get_by_role("checkbox").last.press("Space")  # the second one is not wanted yet
    page.get_by_role("button", name=names.TAKE_CHOSEN_IN).press("Enter")
    page.wait_for_url("**/drafts/files/reports/*/")
    work_off_jobs()
    page.get_by_role("link", name=names.LATEST_PROGRESS).press("Enter")
    page.get_by_role("link", name="การรับหนังสือราชการ").press("Enter")

    process = Section.objects.get(kind="process")
    page.wait_for_url(f"**/groups/DIR/drafts/{process.uuid}/")
    expect(page.get_by_text("ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย")).to_be_visible()
    assert process.parent.title == "งานสารบรรณ"
    assert Clause.objects.filter(section=process).count() == 17


# How far the words of a cell stand below those of the row's name, in pixels
BELOW_THE_NAME = """row => {
  const range = document.createRange();
  const bottom = element => {
    range.selectNodeContents(element);
    return range.getClientRects()[0].bottom;
  };
  const name = bottom(row.querySelector(".data-stack__name"));
  return bottom(row.querySelector(".state").lastChild) - name;
}"""


def test_state_of_a_manual_stands_on_the_line_of_its_name(
    signed_in, admin, dir_group, fin_group
):
    factories.make_manual(fin_group)
    page = signed_in(admin)
    page.goto("/desk/manuals/")

    for key in ("DIR", "FIN"):
        row = page.locator(f"#manual-{key}")
        assert abs(row.evaluate(BELOW_THE_NAME)) < 4, key  # of two sizes of letters
