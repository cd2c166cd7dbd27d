"""Addresses of the directory, room by room, and Django's admin as the back door."""

from django.urls import path

from .admin import back_door
from .contact.urls import urlpatterns as contact
from .groups.urls import urlpatterns as groups
from .importing.urls import urlpatterns as importing
from .lists.urls import urlpatterns as lists
from .loading.urls import urlpatterns as loading
from .offices.urls import urlpatterns as offices
from .people.urls import urlpatterns as people
from .setup.urls import urlpatterns as setup
from .sign_in.urls import urlpatterns as sign_in

urlpatterns = [
    *sign_in,
    *setup,
    *contact,
    *people,
    *importing,
    *lists,  # before the offices and groups themselves: "import" is nobody's key
    *loading,
    *offices,
    *groups,
    path("backdoor/", back_door.urls),
]
