"""Sessions as Django stores them, and the person who signed in, each read by a statement that is kept: every page
begins with them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from hearing_portal.postgres.statements import kept_statement

from ..models import User


class SessionStore(db.SessionStore):
    """What it stores, and everything else, is Django's own."""

    def _get_session_from_db(self) -> Session | None:
        found = []
        if self.session_key:
            found = _find_session(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


class PortalBackend(ModelBackend):
    """Who may sign in, and how, is decided by Django's own."""

    def get_user(self, user_id: Any) -> User | None:
        for person in _find_person(user_id):
            if self.user_can_authenticate(person):
                return person
        return None


@kept_statement
def _find_session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@kept_statement
def _find_person(user_id: int) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)
