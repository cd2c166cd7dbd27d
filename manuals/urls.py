"""Addresses of the manuals themselves."""

from django.urls import path

from .comparing.urls import urlpatterns as comparing
from .conformity.urls import urlpatterns as conformity
from .drafting.urls import urlpatterns as drafting
from .editions import views as verifying
from .exchange.urls import urlpatterns as exchange
from .importing.urls import urlpatterns as importing
from .law.urls import urlpatterns as law
from .previewing.urls import urlpatterns as previewing
from .reading import clause_files
from .reading import views as editions
from .reviewing.urls import urlpatterns as reviewing
from .teamwork.urls import urlpatterns as teamwork
from .versions.urls import urlpatterns as versions

urlpatterns = [
    *law,
    path("editions/", editions.edition_list, name="edition-list"),
    path("editions/<str:code>/", editions.edition, name="edition"),
    path("editions/<str:code>/book/", editions.edition_book, name="edition-book"),
    path(
        "editions/<str:code>/manuals/<str:key>/",
        editions.edition_manual,
        name="edition-manual",
    ),
    path(
        "editions/<str:code>/sections/<uuid:uuid>/",
        editions.edition_section,
        name="edition-section",
    ),
    path(
        "editions/<str:code>/sections/<uuid:uuid>/compare/<str:basis>/",
        editions.section_compare,
        name="section-compare",
    ),
    path(
        "clauses/<uuid:uuid>/files/<str:sha>/",
        clause_files.clause_file,
        name="clause-file",
    ),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
    *conformity,
    *drafting,
    *teamwork,
    *reviewing,
    *previewing,
    *versions,
    *comparing,
    *importing,
    *exchange,
]
