"""What django-allauth is told about this portal. The only module it calls, and the one that counts who signs in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from ..models import User
from .devices import known_device_key
from .limits import Source, begin_attempt, forget_attempts


class PortalAccountAdapter(DefaultAccountAdapter):
    """Accounts come from administrators, and people are told things by the portal's own pages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the library would count by the username alone, so that whoever guesses shuts the person out."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None. Raises SignInPaused after too many wrong passwords."""
        username = credentials["username"]
        source = Source(
            request.META.get("REMOTE_ADDR", ""), known_device_key(request, username)
        )
        attempt = begin_attempt(username, source)
        person: User | None = super().authenticate(request, **credentials)
        if person is not None:
            forget_attempts(attempt)
        return person

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the library speaks of every act, in its own words."""
