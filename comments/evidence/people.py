"""Whom the log of a pack names: who acted in office, by name (product.md, "Whose name is shown"); everybody else by the
part they took, and an account by a mark that says nothing outside this installation."""

from collections.abc import Collection
from datetime import date

from django.utils.crypto import salted_hmac

from hearing_portal.acts.kinds import SubjectKind
from hearing_portal.acts.models import Act
from hearing_portal.directory.acts import ACCOUNT_CHANGED
from hearing_portal.directory.models import RoleAssignment
from hearing_portal.thai.dates import to_bangkok

from ..acts import POSITION_CONFIRMED

Role = RoleAssignment.Role
COMMENTER = "ผู้แสดงความคิดเห็น"
BY_ITSELF = "ระบบ"
IN_OFFICE = (Role.ADMIN, Role.DRAFTER, Role.FACILITATOR)
BACK_DOOR = "รายการในส่วนจัดการระบบ"


def mark_of_account(person_id: object) -> str:
    """บัญชี 3f9a01c2: the same in every pack of this installation."""
    digest = salted_hmac("comments.evidence.person", str(person_id), algorithm="sha256")
    return f"บัญชี {digest.hexdigest()[:8]}"


class PartsTaken:
    """The roles of who did some acts, as they were at that time. One query."""

    def __init__(self, acts: Collection[Act]) -> None:
        people = {each.by_id for each in acts if each.by_id is not None}
        self.roles: dict[int, list[RoleAssignment]] = {}
        for row in RoleAssignment.objects.filter(user__in=people).order_by("pk"):
            self.roles.setdefault(row.user_id, []).append(row)

    def name(self, act: Act, *, hides_person: bool) -> str:
        """Who did it. `hides_person` for what somebody did as a commenter."""
        if hides_person:
            return COMMENTER
        if act.by is None:
            return BY_ITSELF
        if act.code == POSITION_CONFIRMED.code:
            return str(Role.OFFICE_HEAD.label)
        held = self._roles_on(act.by.pk, to_bangkok(act.at).date())
        if any(role in IN_OFFICE for role in held):
            return act.by.get_full_name() or mark_of_account(act.by.pk)
        if held:
            return str(Role(held[0]).label)
        return mark_of_account(act.by.pk)

    def _roles_on(self, person_id: int, day: date) -> list[str]:
        held = []
        for row in self.roles.get(person_id, ()):
            is_over = row.valid_until is not None and row.valid_until < day
            if row.valid_from <= day and not is_over:
                held.append(row.role)
        return held


def name_subject(act: Act, words: str) -> str:
    """What it was done to: an account is no username here. `words` are those of the portal's own log."""
    if act.subject == SubjectKind.PERSON:
        return mark_of_account(act.subject_key)
    if act.subject == SubjectKind.OTHER and act.code == ACCOUNT_CHANGED.code:
        return BACK_DOOR  # as the row calls itself: it may be about anybody
    return words
