"""Passwords: one's own, and the record of who gave whom one."""

from collections.abc import Iterable

from django.db import transaction

from ..models import PasswordSetting, User


def change_own_password(person: User, password: str) -> User:
    """The person's own from now on."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record_password_settings([person], by=person)
    return person


def record_password_settings(people: Iterable[User], *, by: User) -> None:
    """`by` has given each of them a password."""
    PasswordSetting.objects.bulk_create(
        [PasswordSetting(user=person, by=by) for person in people], batch_size=500
    )
