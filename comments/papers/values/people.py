"""What the list of registered people says: from what is recorded so far, to be signed at the door."""

from datetime import datetime

from hearing_portal.thai.dates import be_datetime_short

from ...arrivals.queries import find_arrivals
from ...models import Hearing
from ..queries.offices import find_registered
from .plain import FIELDS_OF_HEARING, Row, Values, hearing_values, in_order

REGISTER_FIELDS = {
    **FIELDS_OF_HEARING,
    "people": "จำนวนผู้ลงทะเบียน",
    "offices": "จำนวนเขต",
    "present": "จำนวนผู้มาประชุม",
    "present_offices": "จำนวนเขตที่มาประชุม",
}
REGISTER_LISTS = {
    "rows": {
        "no": "ลำดับ",
        "name": "ชื่อและนามสกุล",
        "position": "ตำแหน่ง",
        "office": "สพท.",
        "role": "บทบาท",
        "groups": "กลุ่มงาน",
        "arrived": "เวลาที่มาประชุมครั้งแรก",
    }
}


def register_values(hearing: Hearing) -> Values:
    """A person stands once for each office, with all groups and when they first came. Two
    queries."""
    people: dict[tuple[int, int | None], Row] = {}
    offices = set()
    arrivals = find_arrivals(hearing)
    present_offices = set()
    for role in find_registered(hearing):
        key = (role.user_id, role.office_id)
        group = role.work_group.short_name if role.work_group is not None else ""
        if role.office is not None:
            offices.add(role.office_id)
            if role.user_id in arrivals:
                present_offices.add(role.office_id)
        row = people.get(key)
        if row is None:
            people[key] = {
                "name": role.user.get_full_name(),
                "position": role.user.position,
                "office": role.office.short_name if role.office is not None else "",
                "role": str(role.get_role_display()),
                "groups": group or "ทุกกลุ่มงาน",
                "arrived": _say_arrival(arrivals.get(role.user_id)),
            }
        elif group and group not in row["groups"]:
            row["groups"] = f"{row['groups']}, {group}"
    return {
        **hearing_values(hearing),
        "people": str(len(people)),
        "offices": str(len(offices)),
        "present": str(len({person for person, _ in people if person in arrivals})),
        "present_offices": str(len(present_offices)),
        "rows": in_order(people.values()),
    }


def _say_arrival(at: datetime | None) -> str:
    return be_datetime_short(at) if at is not None else ""
