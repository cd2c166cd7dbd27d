"""Somebody whose password was right comes in: their session, their device, and whether the password is their own."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse

from hearing_portal.web.redirects import see_other

from ..models import User
from .devices import remember_device
from .own_password import ask_for_own_password
from .queries import has_password_of_another


def enter(request: HttpRequest, person: User, *, to: str) -> HttpResponse:
    """Signs the person in and leads to `to`; or to a further step, where the library asks for one."""
    response: HttpResponse = perform_login(request, person, redirect_url=to)
    if not request.user.is_authenticated:
        return response
    if has_password_of_another(person):
        ask_for_own_password(request)
    entered = see_other(to)
    remember_device(request, entered, person)
    return entered
