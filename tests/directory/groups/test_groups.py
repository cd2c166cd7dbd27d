"""Work groups: the list, adding, renaming, ending one, and what is refused with a way out."""

from datetime import date, timedelta

import pytest
from django.db.models import PROTECT
from django.utils import timezone

from hearing_portal.acts.models import Act
from hearing_portal.directory.groups.queries import REFERRING, find_work_groups
from hearing_portal.directory.groups.services import GroupRefused, change_work_group
from hearing_portal.directory.models import RoleAssignment, WorkGroup
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
GROUPS = "/desk/groups/"
GROUP = "/desk/groups/DIR/"
NEW = "/desk/groups/new/"
FACTS = {
    "name": "กลุ่มอำนวยการ",
    "short_name": "อำนวยการ",
    "kind": "group",
    "order": "1",
    "aliases": "",
    "valid_from": "01/09/2565",
    "valid_until": "",
}
FRESH = {
    "key": "qa",
    "name": "กลุ่มประกันคุณภาพ",
    "short_name": "ประกันฯ",
    "kind": "group",
    "order": "11",
    "aliases": "",
    "valid_from": "01/10/2568",
}


def be(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year + 543}"


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


def test_groups_stand_in_book_order_with_their_people_and_ended_ones_last(
    delegate, drafter, fin_group
) -> None:
    factories.make_role(
        delegate, "drafter", group=fin_group, valid_until=date(2022, 9, 30)
    )  # no more
    factories.make_group("OLD", order=0, valid_until=date(2023, 1, 1))
    rows = [(row.group.key, row.people, row.has_ended) for row in find_work_groups()]
    assert rows == [("DIR", 2, False), ("FIN", 0, False), ("OLD", 0, True)]


def test_list_costs_the_same_for_one_and_three(
    desk, dir_group, delegate, assert_same_queries
) -> None:
    def add_two() -> None:
        for key in ("FIN", "LAW"):
            factories.make_drafter(factories.make_group(key))

    assert_same_queries(4, lambda: desk.get(GROUPS), add_two)


def test_admin_adds_a_group(desk, admin, dir_group) -> None:
    response = desk.post(NEW, {**FRESH, "aliases": "กลุ่มคุณภาพ , งานประกัน, กลุ่มคุณภาพ"})

    assert response["Location"] == GROUPS
    made = WorkGroup.objects.get(key="QA")
    assert (
        made.name,
        made.short_name,
        made.kind,
        made.order,
        made.aliases,
        made.valid_from,
    ) == (
        "กลุ่มประกันคุณภาพ",
        "ประกันฯ",
        "group",
        11,
        ["กลุ่มคุณภาพ", "งานประกัน"],
        date(2025, 10, 1),
    )
    line = Act.objects.get(code="directory-changed")
    assert (line.by, line.work_group, line.note) == (admin, made, "เพิ่มกลุ่มงาน รหัส QA")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"key": "กลุ่ม"}, "รหัสมีได้เฉพาะ A–Z และ 0–9"),
        ({"key": "DIR"}, "มีกลุ่มงานที่ใช้รหัส DIR แล้ว"),
        ({"key": "book"}, "รหัส BOOK ใช้กับคำนำของเล่มแล้ว"),
        ({"name": "กลุ่มอำนวยการ"}, "กลุ่มงานรหัส DIR ใช้ชื่อเต็มนี้แล้ว"),
        ({"short_name": "อำนวยการ"}, "กลุ่มงานรหัส DIR ใช้ชื่อย่อนี้แล้ว"),
        ({"order": "หนึ่ง"}, "โปรดกรอกลำดับ 1 ถึง 999"),
        ({"aliases": "ก" * 201}, "ไม่เกิน 200 ตัวอักษร"),
        ({"valid_from": "31/02/2569"}, "ในปฏิทิน"),
    ],
)
def test_wrong_group_is_refused_with_the_form_filled(
    desk, dir_group, fields, told
) -> None:
    response = desk.post(NEW, {**FRESH, **fields})
    page = response.content.decode()
    assert (response.status_code, told in page) == (422, True)
    assert 'value="ประกันฯ"' in page or "short_name" in fields
    assert WorkGroup.objects.count() == 1


def test_renaming_tells_the_log_what_stood_there(desk, admin, dir_group) -> None:
    response = desk.post(GROUP, {**FACTS, "short_name": "อก.", "order": "๓"})
    assert response["Location"] == GROUPS
    dir_group.refresh_from_db()
    assert (dir_group.short_name, dir_group.order) == ("อก.", 3)
    told = "แก้ชื่อย่อจาก “อำนวยการ” เป็น “อก.” ลำดับจาก “1” เป็น “3”"
    assert Act.objects.get(code="directory-changed").note == told
    assert told in desk.get("/desk/audit/", {"object": "group:DIR"}).content.decode()


def test_unchanged_group_leaves_no_line_in_the_log(desk, dir_group) -> None:
    assert desk.post(GROUP, FACTS).status_code == 303
    assert not Act.objects.filter(code="directory-changed").exists()


def test_former_group_may_have_had_the_name(desk, dir_group, admin) -> None:
    change_work_group(dir_group, by=admin, valid_until=date(2022, 12, 31))
    again = {**FRESH, "name": "กลุ่มอำนวยการ", "short_name": "อำนวยการ"}
    assert desk.post(NEW, again).status_code == 303


# -- ending one ------------------------------------------------------------------------------------------


def test_group_with_roles_after_its_last_day_is_refused_with_a_way_out(
    desk, delegate, dir_group
) -> None:
    response = desk.post(GROUP, {**FACTS, "valid_until": be(timezone.localdate())})
    page = markup(response)
    assert response.status_code == 422
    assert "ยังมี 1 คนซึ่งมีบทบาทของกลุ่มนี้หลังวันนั้น" in page
    assert 'name="end_roles"' in page
    assert 'href="/desk/people/?group=DIR"' in page
    dir_group.refresh_from_db()
    assert dir_group.valid_until is None


def test_roles_end_with_the_group_where_the_admin_says_so(
    desk, delegate, drafter, dir_group
) -> None:
    today = timezone.localdate()
    response = desk.post(GROUP, {**FACTS, "valid_until": be(today), "end_roles": "on"})
    assert response.status_code == 303
    dir_group.refresh_from_db()
    assert dir_group.valid_until == today
    assert set(RoleAssignment.objects.values_list("user__username", "valid_until")) == {
        ("somsri", today),
        ("prayoon", today),
        ("aree", None),  # who administers works for no group
    }
    assert Act.objects.filter(code="role-ended").count() == 2


def test_role_that_begins_after_the_last_day_is_named_and_nothing_is_stored(
    desk, delegate, dir_group
) -> None:
    today = timezone.localdate()
    later = factories.make_user("later")
    factories.make_role(
        later, "drafter", group=dir_group, valid_from=today + timedelta(days=10)
    )
    response = desk.post(GROUP, {**FACTS, "valid_until": be(today), "end_roles": "on"})
    assert response.status_code == 422
    assert "later มีบทบาทของกลุ่มนี้ที่เริ่ม" in response.content.decode()
    dir_group.refresh_from_db()
    assert (dir_group.valid_until, delegate.roles.get().valid_until) == (None, None)
    assert not Act.objects.filter(code__in=["directory-changed", "role-ended"]).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_until": date(2022, 8, 31)}, "valid_until"),
        ({"valid_from": date(2022, 9, 2)}, "valid_from"),
    ],
)
def test_days_that_contradict_are_refused(
    delegate, dir_group, admin, values, field
) -> None:
    with pytest.raises(GroupRefused) as refused:
        change_work_group(dir_group, by=admin, **values)
    assert refused.value.field == field


# -- two administrators at once --------------------------------------------------------------------------


def version_on(page) -> str:
    return str(page.context["form"]["version"].value())


def test_later_save_is_shown_what_the_other_one_wrote_and_keeps_its_words(
    desk, admin, dir_group
) -> None:
    read = version_on(desk.get(GROUP))
    other = factories.make_admin(username="boss", given_name="บุญมี")
    change_work_group(dir_group, by=other, short_name="อก.", order=7)

    late = desk.post(GROUP, {**FACTS, "name": "กลุ่มอำนวยการและบริการ", "version": read})

    assert late.status_code == 409
    page = markup(late)
    assert "นางบุญมี ใจดีแก้ไขข้อมูลนี้เมื่อ" in page
    assert [value.label for value in late.context["form"].stored_values] == [
        "ชื่อเต็ม",
        "ชื่อย่อ",
        "ลำดับ",
    ]
    assert (
        '<td data-label="ที่บันทึกไว้">อก.</td><td data-label="ที่ท่านกรอก">อำนวยการ</td>'
        in page.replace("> <", "><")
    )
    assert 'value="กลุ่มอำนวยการและบริการ"' in page
    assert WorkGroup.objects.get(key="DIR").short_name == "อก."

    # Seen, and meant
    again = desk.post(
        GROUP, {**FACTS, "name": "กลุ่มอำนวยการและบริการ", "version": version_on(late)}
    )

    assert again.status_code == 303
    assert WorkGroup.objects.get(key="DIR").name == "กลุ่มอำนวยการและบริการ"


def test_later_save_that_says_the_same_is_no_conflict(desk, admin, dir_group) -> None:
    read = version_on(desk.get(GROUP))
    facts = {
        **FACTS,
        "short_name": "อก.",
        "valid_from": be(dir_group.valid_from),
        "order": str(dir_group.order),
    }
    change_work_group(dir_group, by=admin, short_name="อก.")

    assert (
        desk.post(GROUP, {**facts, "name": dir_group.name, "version": read}).status_code
        == 303
    )


# -- one that was a mistake ------------------------------------------------------------------------------


def test_group_that_nothing_refers_to_is_removed_after_a_step_and_the_log_tells_it(
    desk,
) -> None:
    desk.post(NEW, FRESH)
    address = "/desk/groups/QA/removal/"
    assert f'action="{address}"' in desk.get("/desk/groups/QA/").content.decode()

    step = desk.post(address)
    assert (
        step.status_code,
        "นำกลุ่มประกันคุณภาพออกจากระบบหรือไม่" in step.content.decode(),
    ) == (200, True)
    assert WorkGroup.objects.filter(key="QA").exists()

    removed = desk.post(address, {"is_confirmed": "on"})

    assert (removed.status_code, removed["Location"]) == (303, GROUPS)
    assert not WorkGroup.objects.filter(key="QA").exists()
    log = desk.get("/desk/audit/?object=group:QA").content.decode()
    assert log.index("นำกลุ่มงานออก รหัส QA") < log.index("เพิ่มกลุ่มงาน รหัส QA")
    assert desk.post(NEW, FRESH).status_code == 303


def test_group_that_something_refers_to_stays_and_may_be_ended(
    desk, process, delegate
) -> None:
    assert "บทบาทของบุคคล, คู่มือ" in desk.get(GROUP).content.decode()
    assert "/removal/" not in desk.get(GROUP).content.decode()

    for sent in ({}, {"is_confirmed": "on"}):
        refused = desk.post(f"{GROUP}removal/", sent)
        page = markup(refused)
        assert refused.status_code == 409
        assert "นำกลุ่มงานออกไม่ได้ เพราะมีข้อมูลที่อ้างถึงกลุ่มนี้แล้ว ได้แก่ บทบาทของบุคคล, คู่มือ" in page
        assert '<a class="button" href="#id_valid_until">กรอกวันสิ้นสุดของกลุ่ม</a>' in page
    assert WorkGroup.objects.filter(key="DIR").exists()


def test_each_relation_that_keeps_a_group_has_words() -> None:
    relations = WorkGroup._meta.get_fields(include_hidden=True)
    keeping = [
        each
        for each in relations
        if each.auto_created and getattr(each, "on_delete", None) is PROTECT
    ]

    assert {each.get_accessor_name() for each in keeping} == set(REFERRING)
