"""The announced facts: ten groups and those of 2553, 245 offices, and a second run that changes nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest

from hearing_portal.directory.loading import load_directory
from hearing_portal.directory.models import AreaOffice, WorkGroup

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "directory"
HEARING = date(2022, 9, 20)
LONG_AGO = date(2011, 1, 1)


@pytest.fixture
def loaded() -> tuple[int, int]:
    return load_directory(FOLDER)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything() -> list[tuple]:
    return [*WorkGroup.objects.order_by("pk").values_list(), *AreaOffice.objects.order_by("pk").values_list()]


def test_ten_groups_on_the_day_of_the_hearing_in_their_order(loaded: tuple[int, int]) -> None:
    assert [(group.key, group.name, group.kind) for group in WorkGroup.objects.valid_on(HEARING)] == [
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
    assert loaded == (WorkGroup.objects.count(), 245)


def test_seven_groups_and_a_unit_in_2554_among_them_one_that_ended(loaded: tuple[int, int]) -> None:
    then = WorkGroup.objects.valid_on(LONG_AGO)
    assert {group.key for group in then} == {"DIR", "PLAN", "FIN", "HR", "SUP", "PRO", "PRIV", "AUD"}
    assert sorted(group.kind for group in then) == ["group"] * 7 + ["unit"]
    gone = WorkGroup.objects.get(key="PRIV")
    assert (gone.valid_until, gone.aliases, gone.duties) == (date(2017, 11, 21), ["กลุ่มเอกชน"], [])


def test_a_group_ends_on_the_last_day_it_is_valid(loaded: tuple[int, int]) -> None:
    keys = [
        set(WorkGroup.objects.valid_on(day).values_list("key", flat=True))
        for day in (date(2017, 11, 21), date(2017, 11, 22), date(2018, 8, 1), date(2018, 8, 2))
    ]
    assert keys[0] - keys[1] == {"PRIV"}
    assert keys[1] - keys[0] == {"ICT", "DEV"}
    assert keys[3] - keys[2] == {"LAW"}


def test_duties_are_the_announced_ones_word_for_word(loaded: tuple[int, int]) -> None:
    numbers = {row["key"]: row["no"] for row in rows("work_groups.csv")}
    for group in WorkGroup.objects.valid_on(HEARING):
        announced = [row for row in rows("duties.csv") if row["group_no"] == numbers[group.key]]
        assert group.duties == [{"clause": row["clause"], "text": row["duty_th"]} for row in announced]
        assert len(group.duties) >= 4


def test_offices_are_183_primary_and_62_secondary(loaded: tuple[int, int]) -> None:
    offices = AreaOffice.objects.valid_on(HEARING)
    assert [offices.filter(kind=kind).count() for kind in ("primary", "secondary")] == [183, 62]
    lampang = offices.get(short_name="สพป.ลำปาง เขต 1")
    assert (lampang.name, lampang.kind, lampang.provinces, lampang.area_no) == (
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        "primary",
        ["ลำปาง"],
        1,
    )
    rayong = offices.get(short_name="สพม.ชลบุรี ระยอง")
    assert (rayong.kind, rayong.provinces, rayong.area_no) == ("secondary", ["ชลบุรี", "ระยอง"], None)


def test_keys_count_within_the_kind_in_the_published_order(loaded: tuple[int, int]) -> None:
    published = rows("area_offices.csv")
    for kind, letter in (("primary", "P"), ("secondary", "S")):
        names = [row["name_th"] for row in published if row["type"] == kind]
        by_key = AreaOffice.objects.filter(kind=kind).order_by("key").values_list("key", "name")
        assert list(by_key) == [(f"{letter}{number:03}", name) for number, name in enumerate(names, start=1)]


def test_offices_are_listed_as_thai_readers_look_them_up(loaded: tuple[int, int]) -> None:
    """Code-point order would put names that begin with a leading vowel last."""
    names = [office.short_name for office in AreaOffice.objects.filter(kind="primary")]
    assert names.index("สพป.เชียงราย เขต 1") < names.index("สพป.ตรัง เขต 1") < names.index("สพป.เลย เขต 1")
    assert names.index("สพป.เลย เขต 1") < names.index("สพป.สงขลา เขต 1")
    assert names[0] == "สพป.กระบี่"


def test_loading_again_changes_nothing_and_mends_what_was_altered(loaded: tuple[int, int]) -> None:
    before = everything()
    WorkGroup.objects.filter(key="DIR").update(name="ชื่อที่พิมพ์ผิด")
    AreaOffice.objects.filter(key="P001").update(provinces=["ผิด"])
    assert load_directory(FOLDER) == loaded
    assert everything() == before
