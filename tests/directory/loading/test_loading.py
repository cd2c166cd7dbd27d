"""The announced facts: ten groups and those of 2553, 245 offices; a second run that changes nothing, and one that
leaves alone what somebody changed by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from hearing_portal.acts.models import Act
from hearing_portal.directory.groups.services import change_work_group
from hearing_portal.directory.loading.queries import (
    DirectoryPlan,
    find_directory_state,
    plan_directory,
)
from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.loading.shipped_files import SHIPPED_FOLDER as FOLDER
from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.directory.offices.services import (
    OfficeFacts,
    add_office,
    change_office,
)
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
SHIPPED = "/desk/directory/shipped/"
HEARING = date(2022, 9, 20)
LONG_AGO = date(2011, 1, 1)


@pytest.fixture
def loaded() -> DirectoryPlan:
    return load_directory(by=None)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything() -> list[tuple]:
    return [
        *WorkGroup.objects.order_by("pk").values_list(),
        *AreaOffice.objects.order_by("pk").values_list(),
    ]


def test_ten_groups_on_the_day_of_the_hearing_in_their_order(
    loaded: DirectoryPlan,
) -> None:
    assert [
        (group.key, group.name, group.kind)
        for group in WorkGroup.objects.valid_on(HEARING)
    ] == [
        ("DIR", "กลุ่มอำนวยการ", "group"),
        ("PLAN", "กลุ่มนโยบายและแผน", "group"),
        ("ICT", "กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร", "group"),
        ("FIN", "กลุ่มบริหารงานการเงินและสินทรัพย์", "group"),
        ("HR", "กลุ่มบริหารงานบุคคล", "group"),
        ("DEV", "กลุ่มพัฒนาครูและบุคลากรทางการศึกษา", "group"),
        ("SUP", "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา", "group"),
        ("PRO", "กลุ่มส่งเสริมการจัดการศึกษา", "group"),
        ("AUD", "หน่วยตรวจสอบภายใน", "unit"),
        ("LAW", "กลุ่มกฎหมายและคดี", "group"),
    ]
    assert (len(loaded.groups.new), len(loaded.offices.new)) == (11, 245)


def test_seven_groups_and_a_unit_in_2554_among_them_one_that_ended(
    loaded: DirectoryPlan,
) -> None:
    then = WorkGroup.objects.valid_on(LONG_AGO)
    assert {group.key for group in then} == {
        "DIR",
        "PLAN",
        "FIN",
        "HR",
        "SUP",
        "PRO",
        "PRIV",
        "AUD",
    }
    assert sorted(group.kind for group in then) == ["group"] * 7 + ["unit"]
    gone = WorkGroup.objects.get(key="PRIV")
    assert (gone.valid_until, gone.aliases, gone.duties) == (
        date(2017, 11, 21),
        ["กลุ่มเอกชน"],
        [],
    )


def test_a_group_ends_on_the_last_day_it_is_valid(loaded: DirectoryPlan) -> None:
    keys = [
        set(WorkGroup.objects.valid_on(day).values_list("key", flat=True))
        for day in (
            date(2017, 11, 21),
            date(2017, 11, 22),
            date(2018, 8, 1),
            date(2018, 8, 2),
        )
    ]
    assert keys[0] - keys[1] == {"PRIV"}
    assert keys[1] - keys[0] == {"ICT", "DEV"}
    assert keys[3] - keys[2] == {"LAW"}


def test_duties_are_those_of_the_list_and_say_whose_words_they_are(
    loaded: DirectoryPlan,
) -> None:
    numbers = {row["key"]: row["no"] for row in rows("work_groups.csv")}
    for group in WorkGroup.objects.valid_on(HEARING):
        listed = [
            row for row in rows("duties.csv") if row["group_no"] == numbers[group.key]
        ]
        assert [(duty["clause"], duty["text"]) for duty in group.duties] == [
            (row["clause"], row["duty_th"]) for row in listed
        ]
        assert len(group.duties) >= 4
        assert group.duties_are_announced == all(
            row["wording"] == "announced" for row in listed
        )
        # What an editor says of a duty is no duty
        assert [
            duty["text"]
            for duty in group.duties
            if "(" in duty["text"] or "ซึ่งต่อมา" in duty["text"]
        ] == []
    assert [
        group.key
        for group in WorkGroup.objects.valid_on(HEARING)
        if group.duties_are_announced
    ] == ["FIN"]


def test_offices_are_183_primary_and_62_secondary(loaded: DirectoryPlan) -> None:
    offices = AreaOffice.objects.valid_on(HEARING)
    assert [offices.filter(kind=kind).count() for kind in ("primary", "secondary")] == [
        183,
        62,
    ]
    lampang = offices.get(short_name="สพป.ลำปาง เขต 1")
    assert (lampang.name, lampang.kind, lampang.provinces, lampang.area_no) == (
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        "primary",
        ["ลำปาง"],
        1,
    )
    rayong = offices.get(short_name="สพม.ชลบุรี ระยอง")
    assert (rayong.kind, rayong.provinces, rayong.area_no) == (
        "secondary",
        ["ชลบุรี", "ระยอง"],
        None,
    )


def test_keys_count_within_the_kind_in_the_published_order(
    loaded: DirectoryPlan,
) -> None:
    published = rows("area_offices.csv")
    for kind, letter in (("primary", "P"), ("secondary", "S")):
        names = [row["name_th"] for row in published if row["type"] == kind]
        by_key = (
            AreaOffice.objects.filter(kind=kind)
            .order_by("key")
            .values_list("key", "name")
        )
        assert list(by_key) == [
            (f"{letter}{number:03}", name) for number, name in enumerate(names, start=1)
        ]


def test_offices_are_listed_as_thai_readers_look_them_up(loaded: DirectoryPlan) -> None:
    """Code-point order would put names that begin with a leading vowel last."""
    names = [office.short_name for office in AreaOffice.objects.filter(kind="primary")]
    assert (
        names.index("สพป.เชียงราย เขต 1")
        < names.index("สพป.ตรัง เขต 1")
        < names.index("สพป.เลย เขต 1")
    )
    assert names.index("สพป.เลย เขต 1") < names.index("สพป.สงขลา เขต 1")
    assert names[0] == "สพป.กระบี่"


def test_loading_again_changes_nothing(loaded: DirectoryPlan) -> None:
    before = everything()
    assert load_directory(by=None).does_nothing
    assert everything() == before
    assert (
        Act.objects.get(code="directory-loaded").note
        == "เพิ่มกลุ่มงาน 11 กลุ่ม เพิ่ม สพท. 245 เขต"
    )


def test_state_counts_what_is_valid_today(loaded: DirectoryPlan) -> None:
    state = find_directory_state()
    assert (
        state.groups,
        state.primary_offices,
        state.secondary_offices,
        state.offices,
    ) == (10, 183, 62, 245)
    assert state.is_complete


def test_empty_directory_is_not_complete(db: None) -> None:
    state = find_directory_state()
    assert (state.groups, state.offices, state.is_complete) == (0, 0, False)


# -- beside what people changed --------------------------------------------------------------------------


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The list as a later release may have it: two offices and a group are said to be called otherwise."""
    for path in FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_text(
            path.read_text(encoding="utf-8-sig"), encoding="utf-8"
        )
    offices = tmp_path / "area_offices.csv"
    words = offices.read_text(encoding="utf-8")
    words = words.replace("สพป.กระบี่,", "สพป.กระบี่ เขต 1,").replace(
        "สพป.กรุงเทพมหานคร,", "สพป.กทม.,"
    )
    offices.write_text(words, encoding="utf-8")
    groups = tmp_path / "work_groups.csv"
    groups.write_text(
        groups.read_text(encoding="utf-8").replace("ICT (DLICT)", "ดีแอลไอซีที"),
        encoding="utf-8",
    )
    return tmp_path


def test_later_list_is_taken_in_but_for_what_somebody_changed(
    loaded, admin, newer
) -> None:
    change_office(
        AreaOffice.objects.get(key="P001"), by=admin, short_name="สพป.กรุงเทพฯ"
    )
    done = load_directory(newer, by=admin)

    names = (
        AreaOffice.objects.filter(key__in=["P001", "P002"])
        .order_by("key")
        .values_list("short_name", flat=True)
    )
    assert list(names) == ["สพป.กรุงเทพฯ", "สพป.กระบี่ เขต 1"]
    assert WorkGroup.objects.get(key="ICT").short_name == "ดีแอลไอซีที"
    assert [row.row.key for row in done.offices.kept] == ["P001"]
    told = Act.objects.get(by=admin, code="directory-changed", subject_key="P002")
    assert told.note == "แก้ไขตามรายการที่มากับระบบ ชื่อย่อจาก “สพป.กระบี่” เป็น “สพป.กระบี่ เขต 1”"


def test_what_was_changed_by_hand_stays_through_every_later_list(
    loaded, admin, newer
) -> None:
    change_office(
        AreaOffice.objects.get(key="P001"), by=admin, short_name="สพป.กรุงเทพฯ"
    )
    for folder in (newer, FOLDER, newer):
        load_directory(folder, by=admin)
        assert AreaOffice.objects.get(key="P001").short_name == "สพป.กรุงเทพฯ"


def test_what_was_changed_back_by_hand_follows_the_list_again(
    loaded, admin, newer
) -> None:
    office = change_office(
        AreaOffice.objects.get(key="P001"), by=admin, short_name="สพป.กรุงเทพฯ"
    )
    change_office(office, by=admin, short_name="สพป.กรุงเทพมหานคร")
    load_directory(newer, by=admin)
    assert AreaOffice.objects.get(key="P001").short_name == "สพป.กทม."


def test_group_ended_by_hand_is_not_brought_back(loaded, admin) -> None:
    change_work_group(
        WorkGroup.objects.get(key="ICT"), by=admin, valid_until=date(2026, 9, 30)
    )
    done = load_directory(by=admin)
    assert WorkGroup.objects.get(key="ICT").valid_until == date(2026, 9, 30)
    assert [row.row.key for row in done.groups.kept] == ["ICT"]


def test_office_made_by_hand_before_is_the_one_of_the_list(admin) -> None:
    lampang = OfficeFacts(
        "primary",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        "สพป.ลำปาง 1",
        ["ลำปาง"],
        HEARING,
    )
    own = OfficeFacts("primary", "สำนักงานทดลอง", "สพป.ทดลอง", ["ลำปาง"], HEARING)
    made = [add_office(lampang, by=admin), add_office(own, by=admin)]
    assert [office.key for office in made] == ["P001", "P002"]

    load_directory(by=admin)

    assert AreaOffice.objects.count() == 246
    made[0].refresh_from_db()
    assert (made[0].short_name, made[0].area_no, made[0].key) == (
        "สพป.ลำปาง 1",
        1,
        "P001",
    )  # only what was empty is filled
    moved = AreaOffice.objects.filter(short_name__in=["สพป.กรุงเทพมหานคร", "สพป.กระบี่"])
    assert set(moved.values_list("key", flat=True)) == {
        "P184",
        "P185",
    }  # P001 and P002 are given already
    assert load_directory(by=admin).does_nothing


def test_list_loaded_by_an_earlier_portal_leaves_its_names_alone(
    loaded, admin, newer
) -> None:
    """That portal did not remember what the list said: whatever differs may have been changed by hand."""
    AreaOffice.objects.filter(key="P001").update(
        as_shipped={"key": "P001", "kind": "primary"}
    )
    load_directory(newer, by=admin)
    assert AreaOffice.objects.get(key="P001").short_name == "สพป.กรุงเทพมหานคร"


# -- the page --------------------------------------------------------------------------------------------


def test_empty_pages_offer_the_list_first_and_one_button_loads_it(
    sign_in, admin
) -> None:
    client = sign_in(admin)
    for path in ("/desk/offices/", "/desk/groups/"):
        assert "ใช้รายการที่มากับระบบ" in client.get(path).content.decode()

    response = client.post(SHIPPED, {"from": "groups"})

    assert response["Location"] == "/desk/groups/"
    assert find_directory_state().is_complete
    assert Act.objects.get(code="directory-loaded").by == admin
    for path in ("/desk/offices/", "/desk/groups/"):
        page = client.get(path).content.decode()
        assert "ใช้รายการที่มากับระบบ" not in page
        assert "ตรวจและเติมจากรายการที่มากับระบบ" in page


def test_page_says_beforehand_what_is_added_and_what_stays(
    sign_in, admin, loaded
) -> None:
    change_office(
        AreaOffice.objects.get(key="P001"), by=admin, short_name="สพป.กรุงเทพฯ"
    )
    WorkGroup.objects.get(key="LAW").delete()
    before = everything()
    page = markup(sign_in(admin).get(SHIPPED))

    assert everything() == before
    assert "<li>กลุ่มกฎหมายและคดี</li>" in page
    assert "ชื่อย่อ “สพป.กรุงเทพฯ”" in page
    assert "รายการที่มากับระบบเป็น “สพป.กรุงเทพมหานคร”" in page
    assert "เติมตามรายการนี้" in page


def test_complete_directory_offers_nothing_to_load(sign_in, admin, loaded) -> None:
    page = sign_in(admin).get(SHIPPED).content.decode()
    assert "ครบตามรายการที่มากับระบบแล้ว" in page
    assert "เติมตามรายการนี้" not in page


def test_looking_costs_the_same_for_one_and_three_kept_rows(
    loaded, admin, assert_same_queries
) -> None:
    def rename(*keys: str) -> None:
        for key in keys:
            change_office(
                AreaOffice.objects.get(key=key), by=admin, short_name=f"สพป.ใหม่ {key}"
            )

    rename("P001")
    assert_same_queries(2, plan_directory, lambda: rename("P002", "P003"))


def test_group_of_another_portal_with_the_same_key_is_the_one_of_the_list(
    admin,
) -> None:
    factories.make_group("DIR", name="กลุ่มบริหารทั่วไป", short_name="บริหารทั่วไป")
    load_directory(by=admin)
    group = WorkGroup.objects.get(key="DIR")
    assert (group.name, len(group.duties) > 3) == ("กลุ่มบริหารทั่วไป", True)
    assert WorkGroup.objects.count() == 11
