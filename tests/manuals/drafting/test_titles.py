"""Processes that are titles only: told with the way to each, and left out several in one act."""

import pytest

from manuals.models import Section, SectionVersion
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
URL = "/groups/DIR/drafts/titles/"
REASON = "กลุ่มงานไม่มีภารกิจนี้แล้ว"


@pytest.fixture
def bare(unit, drafter) -> list[Section]:
    titles = ("การส่งหนังสือ", "การยืมเงิน", "การเบิกพัสดุ")
    return [
        factories.make_section(title=title, kind="process", parent=unit, by=drafter)
        for title in titles
    ]


def test_titles_are_told_where_the_manuals_are(sign_in, admin, drafter, process, bare):
    assert f'<a href="{URL}">มีแต่ชื่อ 3' in markup(sign_in(admin).get("/desk/manuals/"))
    client = sign_in(drafter)
    for page in ("/groups/DIR/drafts/", "/drafting/"):
        assert f'<a href="{URL}">' in markup(client.get(page))
    page = markup(client.get(URL))
    for section in bare:
        assert f'href="/groups/DIR/drafts/{section.uuid}/"' in page
    assert str(process.uuid) not in page
    assert page.count(" checked") == 0
    assert markup(client.get(f"{URL}?all=1")).count(" checked") == 3


def test_several_are_left_out_in_one_act_with_one_reason(sign_in, drafter, bare):
    first, second, third = bare
    answer = sign_in(drafter).post(
        URL, {"titles": [first.uuid, third.uuid], "reason": REASON}
    )

    assert (answer.status_code, answer["Location"]) == (
        303,
        "/groups/DIR/drafts/#retired",
    )
    standing = Section.objects.filter(
        pk__in=[section.pk for section in bare], retired=None
    )
    assert list(standing) == [second]
    versions = SectionVersion.objects.filter(
        section__in=[first, third], action="retire"
    )
    assert [version.reason for version in versions] == [REASON, REASON]
    assert len({version.revision_id for version in versions}) == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"reason": REASON}, "โปรดเลือกกระบวนงานที่ไม่นำไว้ในเล่มอย่างน้อยหนึ่งกระบวนงาน"),
        ({"titles": ["first"]}, "โปรดระบุเหตุผลที่ยกเลิก"),
        ({"titles": ["first", "process"], "reason": REASON}, "โปรดเลือกจากรายการอีกครั้ง"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_left_out(
    sign_in, drafter, process, bare, sent, told
):
    """A process with words is none of the titles."""
    known = {"first": str(bare[0].uuid), "process": str(process.uuid)}
    data = {**sent, "titles": [known[name] for name in sent.get("titles", [])]}

    answer = sign_in(drafter).post(URL, data)

    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not Section.objects.filter(retired__isnull=False).exists()
    if "titles" in sent:
        assert markup(answer).count(" checked") == 1


def test_list_costs_the_same_with_one_title_and_three(
    sign_in, drafter, unit, process, assert_same_queries
):
    client = sign_in(drafter)

    def add(*titles: str) -> None:
        for title in titles:
            factories.make_section(title=title, kind="process", parent=unit, by=drafter)

    add("การส่งหนังสือ")
    assert_same_queries(
        11, lambda: client.get(URL), lambda: add("การยืมเงิน", "การเบิกพัสดุ")
    )
