"""Whose the password of a person is."""

from ..models import PasswordSetting, User


def has_password_of_another(person: User) -> bool:
    """Whether somebody else gave the person the password they have. Of accounts older than the record nobody knows."""
    latest = PasswordSetting.objects.filter(user=person).order_by("-id").first()
    return latest is not None and latest.by_id != person.pk
