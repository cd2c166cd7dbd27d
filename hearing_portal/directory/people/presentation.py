"""A person's account and roles in words."""

from dataclasses import dataclass
from datetime import date

from hearing_portal.thai import dates

from ..models import RoleAssignment, User


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """Whether somebody can sign in, and whether they did. `icon` is empty where nothing is amiss."""

    words: str
    icon: str = ""
    is_soft: bool = False


def account_status(person: User) -> AccountStatus:
    """For the page of one person."""
    if not person.is_active:
        return AccountStatus("ปิดบัญชีแล้ว", "x-circle")
    if not person.has_usable_password():
        return AccountStatus("ยังไม่มีรหัสผ่าน", "lock")
    if person.last_login:
        return AccountStatus(f"เข้าสู่ระบบล่าสุด {dates.be_datetime(person.last_login)}")
    return AccountStatus("ยังไม่เคยเข้าสู่ระบบ")


def account_status_in_list(person: User) -> AccountStatus:
    """The same in fewer words."""
    if not person.is_active:
        return AccountStatus("ปิดแล้ว", "x-circle")
    if not person.has_usable_password():
        return AccountStatus("ยังไม่มีรหัสผ่าน", "lock")
    if person.last_login:
        return AccountStatus(f"เข้าสู่ระบบล่าสุด {dates.be_date_short(person.last_login)}")
    return AccountStatus("ยังไม่เคยเข้าสู่ระบบ", is_soft=True)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a person as it stands on a day: past, present or to come."""

    assignment: RoleAssignment
    today: date

    @property
    def has_ended(self) -> bool:
        last_day = self.assignment.valid_until
        return last_day is not None and last_day < self.today

    @property
    def has_not_begun(self) -> bool:
        return self.assignment.valid_from > self.today
