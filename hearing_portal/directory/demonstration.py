"""The accounts of the demonstration: one of every role, enough delegates for a small hearing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from hearing_portal.acts.services import act

from .acts import ROLE_GRANTED, about_role, scope_words
from .models import AreaOffice, RoleAssignment, User, WorkGroup

PASSWORD = "Hearing-2565"  # of every demonstration account; a real installation never loads them
SINCE = date(2022, 9, 1)
GROUPS = ("DIR", "PLAN", "ICT", "FIN", "HR", "DEV", "SUP", "PRO", "AUD", "LAW")
Role = RoleAssignment.Role
# Speakers of fixtures/demonstration/comments.csv: P1–P6 and S1–S6 speak for these offices, for every group
PRIMARY_OFFICES = (
    "สพป.ตาก เขต 2",
    "สพป.อุบลราชธานี เขต 5",
    "สพป.สุราษฎร์ธานี เขต 1",
    "สพป.สมุทรปราการ เขต 1",
    "สพป.นราธิวาส เขต 2",
    "สพป.พระนครศรีอยุธยา เขต 2",
)
SECONDARY_OFFICES = (
    "สพม.นครราชสีมา",
    "สพม.ศรีสะเกษ ยโสธร",
    "สพม.กรุงเทพมหานคร เขต 1",
    "สพม.บึงกาฬ",
    "สพม.พังงา ภูเก็ต ระนอง",
    "สพม.แม่ฮ่องสอน",
)
# P7–P18 and S7–S18: offices that sent one person, for the groups most spoken of
MORE_PRIMARY_OFFICES = (
    "สพป.เชียงใหม่ เขต 6",
    "สพป.นนทบุรี เขต 1",
    "สพป.กาญจนบุรี เขต 3",
    "สพป.เลย เขต 3",
    "สพป.ยะลา เขต 2",
    "สพป.ขอนแก่น เขต 4",
    "สพป.ชุมพร เขต 1",
    "สพป.น่าน เขต 2",
    "สพป.สระแก้ว เขต 2",
    "สพป.นครศรีธรรมราช เขต 3",
    "สพป.ร้อยเอ็ด เขต 2",
    "สพป.ชลบุรี เขต 3",
)
MORE_SECONDARY_OFFICES = (
    "สพม.เชียงใหม่",
    "สพม.ขอนแก่น",
    "สพม.สงขลา สตูล",
    "สพม.ชลบุรี ระยอง",
    "สพม.พิษณุโลก อุตรดิตถ์",
    "สพม.นครศรีธรรมราช",
    "สพม.ตาก",
    "สพม.ปทุมธานี",
    "สพม.เลย หนองบัวลำภู",
    "สพม.สุราษฎร์ธานี ชุมพร",
    "สพม.อุดรธานี",
    "สพม.ราชบุรี",
)
GROUPS_OF_LONE_DELEGATES = ("DIR", "PLAN", "HR", "SUP")
# Women's and men's by turns, and what they are called: two rows go together
GIVEN = (
    "สมศรี",
    "ประเสริฐ",
    "วราภรณ์",
    "ธนากร",
    "พิมพ์ใจ",
    "สุรชัย",
    "อรทัย",
    "วิเชียร",
    "จันทร์เพ็ญ",
    "ณัฐพล",
    "มาลี",
    "เกรียงไกร",
)
TITLES = ("นาง", "นาย", "นางสาว", "นาย")
FAMILY = (
    "ใจดี",
    "ศรีสุข",
    "บุญมี",
    "ทองคำ",
    "แก้วมณี",
    "วงศ์ใหญ่",
    "รักเรียน",
    "สายทอง",
    "พูลผล",
    "อินทร์แก้ว",
    "มั่นคง",
    "เจริญสุข",
)


class HeldRole(NamedTuple):
    """A role of the cast: for which group (its key) and which office (its short name)."""

    role: Role
    group: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """A person of the cast; `office` is its short name, `title` what the given name does not say."""

    username: str
    position: str
    roles: tuple[HeldRole, ...]
    office: str | None = None
    title: str = ""


def _cast() -> Iterator[DemonstrationAccount]:
    """In a fixed order: a person's name goes by the position in it."""
    admin = HeldRole(Role.ADMIN)
    yield DemonstrationAccount("admin", "ผู้อำนวยการกลุ่มพัฒนาระบบบริหาร", (admin,))
    for key in GROUPS:
        drafter = HeldRole(Role.DRAFTER, key)
        yield DemonstrationAccount(
            f"drafter-{key.lower()}", "คณะทำงานยกร่าง", (drafter,)
        )
        facilitator = HeldRole(Role.FACILITATOR, key)
        yield DemonstrationAccount(
            f"facilitator-{key.lower()}", "ผู้ดำเนินเวที", (facilitator,)
        )
    two_groups = (HeldRole(Role.DRAFTER, "DIR"), HeldRole(Role.DRAFTER, "FIN"))
    yield DemonstrationAccount("drafter-two", "คณะทำงานยกร่าง", two_groups)
    for number, office in enumerate(PRIMARY_OFFICES, start=1):
        yield from _delegates(f"p{number}", office)
    for number, office in enumerate(SECONDARY_OFFICES, start=1):
        yield from _delegates(f"s{number}", office)
    yield _office_head("head-p1", PRIMARY_OFFICES[0])
    yield _office_head("head-s1", SECONDARY_OFFICES[0])
    expert = HeldRole(Role.EXPERT)
    yield DemonstrationAccount("expert", "ผู้ทรงคุณวุฒิ", (expert,), title="รศ.ดร.")
    central = HeldRole(Role.CENTRAL_BUREAU)
    yield DemonstrationAccount("central", "สำนักนโยบายและแผนการศึกษาขั้นพื้นฐาน", (central,))
    # Last, because they came last: the others keep their names
    for number, office in enumerate(
        MORE_PRIMARY_OFFICES, start=len(PRIMARY_OFFICES) + 1
    ):
        yield _lone_delegate(f"p{number}", office)
    for number, office in enumerate(
        MORE_SECONDARY_OFFICES, start=len(SECONDARY_OFFICES) + 1
    ):
        yield _lone_delegate(f"s{number}", office)


def _delegates(stem: str, office: str) -> Iterator[DemonstrationAccount]:
    """Two of each office: the first for the first five groups, the second for the others."""
    first = tuple(HeldRole(Role.DELEGATE, key, office) for key in GROUPS[:5])
    second = tuple(HeldRole(Role.DELEGATE, key, office) for key in GROUPS[5:])
    yield DemonstrationAccount(
        f"delegate-{stem}", "ผู้อำนวยการกลุ่มอำนวยการ", first, office
    )
    yield DemonstrationAccount(f"delegate-{stem}b", "นักวิชาการศึกษา", second, office)


def _lone_delegate(stem: str, office: str) -> DemonstrationAccount:
    roles = tuple(
        HeldRole(Role.DELEGATE, key, office) for key in GROUPS_OF_LONE_DELEGATES
    )
    return DemonstrationAccount(f"delegate-{stem}", "นักจัดการงานทั่วไป", roles, office)


def _office_head(username: str, office: str) -> DemonstrationAccount:
    head = HeldRole(Role.OFFICE_HEAD, office=office)
    return DemonstrationAccount(username, "ผอ.สพท.", (head,), office)


def load_accounts() -> int:
    """Make the cast; safe to run again. Returns the number of accounts."""
    with act(by=None) as done:
        groups = {group.key: group for group in WorkGroup.objects.all()}
        offices = {office.short_name: office for office in AreaOffice.objects.all()}
        encoded = make_password(PASSWORD)
        accounts = list(_cast())
        for number, account in enumerate(accounts):
            # Each time the given names are through, the family names go on by one
            family = number * 5 + number // len(GIVEN)
            user, made = User.objects.get_or_create(
                username=account.username,
                defaults={
                    "title": account.title or TITLES[number % len(TITLES)],
                    "given_name": GIVEN[number % len(GIVEN)],
                    "family_name": FAMILY[family % len(FAMILY)],
                    "position": account.position,
                    "office": offices[account.office] if account.office else None,
                    "password": encoded,
                    "is_staff": account.username == "admin",
                    "is_superuser": account.username == "admin",
                },
            )
            if not made:
                continue
            for held in account.roles:
                row = RoleAssignment(
                    user=user,
                    role=held.role,
                    work_group=groups[held.group] if held.group else None,
                    office=offices[held.office] if held.office else None,
                    valid_from=SINCE,
                )
                row.save()
                done.record(
                    ROLE_GRANTED,
                    about_role(row),
                    detail=held.role,
                    note=scope_words(row),
                )
    return len(accounts)


def demonstration_accounts() -> list[dict[str, str | None]]:
    """One row for each role: {username, password, role, work_group, office, office_kind}."""
    position = {account.username: number for number, account in enumerate(_cast())}
    found = RoleAssignment.objects.filter(user__username__in=position)
    found = found.select_related("user", "work_group", "office")
    rows: list[dict[str, str | None]] = []
    in_order = sorted(found, key=lambda row: (position[row.user.username], row.pk))
    for row in in_order:
        described = {
            "username": row.user.username,
            "password": PASSWORD,
            "role": row.role,
            "work_group": row.work_group.key if row.work_group else None,
            "office": row.office.short_name if row.office else None,
            "office_kind": row.office.kind if row.office else None,
        }
        rows.append(described)
    return rows
