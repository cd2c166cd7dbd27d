"""The contact at the foot of every page, kept by each process for a second: no page costs a query more."""

from django.core.cache import cache

from ..models import ContactVersion
from .queries import current_contact

KEY = "foot-contact"
KEPT = 1  # second


def foot_contact() -> ContactVersion:
    """As it was a second ago at the worst."""
    contact: ContactVersion | None = cache.get(KEY)
    if contact is None:
        contact = current_contact()
        cache.set(KEY, contact, KEPT)
    return contact


def forget_foot_contact() -> None:
    """In this process, whose administrator has just changed it and wants to see that."""
    cache.delete(KEY)
