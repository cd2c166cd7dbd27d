"""Offices made by hand: the next key of their kind, and what is refused."""

from datetime import date

import pytest

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.offices.keys import next_office_key
from hearing_portal.directory.offices.services import OfficeRefused, change_office
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "/desk/offices/new/"
GOOD = {
    "kind": "secondary",
    "name": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาแพร่",
    "short_name": "สพม.แพร่",
    "provinces": "แพร่",
    "area_no": "",
    "official_code": "",
    "valid_from": "29/01/2564",
}


def test_key_is_the_one_after_the_highest_of_its_kind(lampang, chonburi) -> None:
    factories.make_office("สพม.แพร่ พิเศษ")  # its key follows no rule
    assert (next_office_key("primary"), next_office_key("secondary")) == (
        "P127",
        "S010",
    )


def test_first_office_of_a_kind_is_number_one(db) -> None:
    assert (next_office_key("primary"), next_office_key("secondary")) == (
        "P001",
        "S001",
    )


def test_admin_adds_an_office(sign_in, admin, chonburi) -> None:
    response = sign_in(admin).post(NEW, {**GOOD, "area_no": "๒"})

    assert response["Location"] == "/desk/offices/S010/"
    made = AreaOffice.objects.get(key="S010")
    assert (
        made.kind,
        made.short_name,
        made.provinces,
        made.area_no,
        made.official_code,
        made.valid_from,
    ) == (
        "secondary",
        "สพม.แพร่",
        ["แพร่"],
        2,
        None,
        date(2021, 1, 29),
    )
    line = Act.objects.get(code="directory-changed")
    assert (line.by, line.subject_key, line.note) == (
        admin,
        "S010",
        "เพิ่ม สพม. รหัส S010",
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": ""}, "โปรดเลือก สพป. หรือ สพม."),
        ({"kind": "primary"}, "ชื่อนี้เป็นของ สพม. แต่ประเภทเป็น สพป."),
        ({"short_name": "สพป.แพร่"}, "ชื่อนี้เป็นของ สพป. แต่ประเภทเป็น สพม."),
        ({"short_name": "สพม.ชลบุรี ระยอง"}, "มี สพท. อื่นใช้ชื่อย่อนี้แล้ว"),
        ({"official_code": "20000"}, "มี สพท. อื่นใช้รหัสหน่วยงานนี้แล้ว"),
        ({"area_no": "ร้อย"}, "โปรดกรอกเลขเขต 1 ถึง 99"),
        ({"valid_from": ""}, "โปรดกรอกวันจัดตั้งของเขต"),
    ],
)
def test_wrong_office_is_refused_with_the_form_filled(
    sign_in, admin, chonburi, fields, told
) -> None:
    change_office(chonburi, by=admin, official_code="20000")
    response = sign_in(admin).post(NEW, {**GOOD, **fields})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert GOOD["name"] in response.content.decode()
    assert AreaOffice.objects.count() == 1


def test_office_cannot_begin_after_a_role_for_it(delegate, lampang, admin) -> None:
    with pytest.raises(OfficeRefused) as refused:
        change_office(lampang, by=admin, valid_from=date(2022, 9, 2))
    assert refused.value.field == "valid_from"
    assert change_office(
        lampang, by=admin, valid_from=date(2010, 8, 18)
    ).valid_from == date(2010, 8, 18)


def test_later_save_is_shown_what_the_other_one_wrote(sign_in, admin, lampang) -> None:
    desk = sign_in(admin)
    address = f"/desk/offices/{lampang.key}/"
    form = desk.get(address).context["form"]
    read = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() is not None
    }
    read["valid_from"] = f"{lampang.valid_from:%d/%m}/{lampang.valid_from.year + 543}"
    change_office(lampang, by=admin, provinces=["ลำปาง", "แพร่"])

    late = desk.post(address, {**read, "area_no": "9"})

    assert late.status_code == 409
    assert [value.label for value in late.context["form"].stored_values] == [
        "จังหวัด",
        "เลขเขต",
    ]
    assert AreaOffice.objects.get(pk=lampang.pk).provinces == ["ลำปาง", "แพร่"]
