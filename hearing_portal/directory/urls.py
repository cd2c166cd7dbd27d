"""Addresses of the directory, room by room, and Django's admin as the back door."""

from django.urls import path

from .admin import back_door
from .importing.urls import urlpatterns as importing
from .offices.urls import urlpatterns as offices
from .people.urls import urlpatterns as people
from .sign_in.urls import urlpatterns as sign_in

urlpatterns = [
    *sign_in,
    *people,
    *importing,
    *offices,
    path("backdoor/", back_door.urls),
]
