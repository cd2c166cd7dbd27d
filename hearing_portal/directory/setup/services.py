"""Making administrators where nobody can sign in yet: the first one in a browser, any one from the shell."""

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind

from ..models import RoleAssignment, User
from ..people.services import Naming, create_person, grant_role, lock_people
from ..sign_in.services import change_own_password
from .queries import has_admin


class SetupClosed(Refusal):
    """The first administrator is not made this way, or not any more; `message_th` says what to do."""

    kind = RefusalKind.FORBIDDEN


def create_first_admin(naming: Naming, username: str, password: str) -> User:
    """Raises SetupClosed when there is one already (two at once: one wins), PersonRefused for a taken username."""
    with act(by=None):
        lock_people()
        if has_admin():
            raise SetupClosed("ระบบมีผู้ดูแลระบบแล้ว โปรดเข้าสู่ระบบ หรือขอบัญชีจากผู้ดูแลระบบ")
        return create_admin(naming, username, password)


def create_admin(naming: Naming, username: str, password: str) -> User:
    """Somebody who administers the portal from today, and may use the back door. Raises PersonRefused."""
    with act(by=None):
        person = create_person(naming, by=None, username=username)
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        change_own_password(person, password)
        grant_role(
            person, RoleAssignment.Role.ADMIN, by=None, valid_from=timezone.localdate()
        )
        return person
