"""The accounts of the demonstration: one of every role, enough delegates for a small hearing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
GIVEN = ("สมศรี", "ประเสริฐ", "วราภรณ์", "ธนากร", "พิมพ์ใจ", "สุรชัย", "อรทัย", "วิเชียร", "จันทร์เพ็ญ", "ณัฐพล", "มาลี", "เกรียงไกร")
FAMILY = ("ใจดี", "ศรีสุข", "บุญมี", "ทองคำ", "แก้วมณี", "วงศ์ใหญ่", "รักเรียน", "สายทอง", "พูลผล", "อินทร์แก้ว", "มั่นคง", "เจริญสุข")


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the cast and the (role, group key, office short name) rows they hold."""

    username: str
    title: str
    position: str
    roles: tuple[tuple[str, str | None, str | None], ...]
    office: str | None = None


def _cast() -> Iterator[Account]:
    yield Account("admin", "นาย", "ผู้อำนวยการกลุ่มพัฒนาระบบบริหาร", ((Role.ADMIN, None, None),))
    for key in GROUPS:
        yield Account(f"drafter-{key.lower()}", "นาง", "คณะทำงานยกร่าง", ((Role.DRAFTER, key, None),))
        yield Account(f"facilitator-{key.lower()}", "นาย", "ผู้ดำเนินเวที", ((Role.FACILITATOR, key, None),))
    yield Account("drafter-two", "นางสาว", "คณะทำงานยกร่าง", ((Role.DRAFTER, "DIR", None), (Role.DRAFTER, "FIN", None)))
    for letter, offices in (("p", PRIMARY_OFFICES), ("s", SECONDARY_OFFICES)):
        for number, office in enumerate(offices, start=1):
            yield from _delegates(f"{letter}{number}", office, number)
    yield Account("head-p1", "นาย", "ผอ.สพท.", ((Role.OFFICE_HEAD, None, PRIMARY_OFFICES[0]),), PRIMARY_OFFICES[0])
    yield Account("head-s1", "นาง", "ผอ.สพท.", ((Role.OFFICE_HEAD, None, SECONDARY_OFFICES[0]),), SECONDARY_OFFICES[0])
    yield Account("expert", "รศ.ดร.", "ผู้ทรงคุณวุฒิ", ((Role.EXPERT, None, None),))
    yield Account("central", "นางสาว", "สำนักนโยบายและแผนการศึกษาขั้นพื้นฐาน", ((Role.CENTRAL_BUREAU, None, None),))
    # Last: a person's name goes by the place in this list, and the others keep theirs
    for letter, offices in (("p", MORE_PRIMARY_OFFICES), ("s", MORE_SECONDARY_OFFICES)):
        for number, office in enumerate(offices, start=len(PRIMARY_OFFICES) + 1):
            yield _lone_delegate(f"{letter}{number}", office, number)


def _delegates(stem: str, office: str, number: int) -> Iterator[Account]:
    """Two of each office: the first for the first five groups, the second for the others; all six hear DIR."""
    first = tuple((Role.DELEGATE, key, office) for key in GROUPS[:5])
    second = tuple((Role.DELEGATE, key, office) for key in GROUPS[5:])
    yield Account(f"delegate-{stem}", "นาง", "ผู้อำนวยการกลุ่มอำนวยการ", first, office)
    yield Account(f"delegate-{stem}b", "นาย", "นักวิชาการศึกษา", second, office)


def _lone_delegate(stem: str, office: str, number: int) -> Account:
    title = "นางสาว" if number % 2 else "นาย"  # GIVEN has women's and men's names by turns
    roles = tuple((Role.DELEGATE, key, office) for key in GROUPS_OF_LONE_DELEGATES)
    return Account(f"delegate-{stem}", title, "นักจัดการงานทั่วไป", roles, office)


def load_accounts() -> int:
    """Make the cast; safe to run again. Returns the number of accounts."""
    with act(by=None) as done:
        groups = {group.key: group for group in WorkGroup.objects.all()}
        offices = {office.short_name: office for office in AreaOffice.objects.all()}
        encoded = make_password(PASSWORD)
        accounts = list(_cast())
        for number, account in enumerate(accounts):
            user, made = User.objects.get_or_create(
                username=account.username,
                defaults={
                    "title": account.title,
                    "given_name": GIVEN[number % len(GIVEN)],
                    "family_name": FAMILY[(number * 5 + number // len(GIVEN)) % len(FAMILY)],
                    "position": account.position,
                    "office": offices[account.office] if account.office else None,
                    "password": encoded,
                    "is_staff": account.username == "admin",
                    "is_superuser": account.username == "admin",
                },
            )
            for role, group, office in account.roles if made else ():
                row = RoleAssignment(
                    user=user,
                    role=role,
                    work_group=groups[group] if group else None,
                    office=offices[office] if office else None,
                    valid_from=SINCE,
                )
                row.save()
                done.record(ROLE_GRANTED, about_role(row), detail=role, note=scope_words(row))
    return len(accounts)


def demonstration_accounts() -> list[dict[str, str | None]]:
    """One row for each role: {username, password, role, work_group, office, office_kind}."""
    names = [account.username for account in _cast()]
    rows = RoleAssignment.objects.filter(user__username__in=names).select_related("user", "work_group", "office")
    order = {name: position for position, name in enumerate(names)}
    return [
        {
            "username": row.user.username,
            "password": PASSWORD,
            "role": row.role,
            "work_group": row.work_group.key if row.work_group else None,
            "office": row.office.short_name if row.office else None,
            "office_kind": row.office.kind if row.office else None,
        }
        for row in sorted(rows, key=lambda row: (order[row.user.username], row.pk))
    ]
