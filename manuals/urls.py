"""Addresses of the manuals themselves."""

from django.urls import path

from .drafting import views as drafts
from .editions import views as verifying
from .reading import views as editions

urlpatterns = [
    path("editions/", editions.edition_list, name="edition-list"),
    path("editions/<str:code>/", editions.edition, name="edition"),
    path("editions/<str:code>/manuals/<str:key>/", editions.edition_manual, name="edition-manual"),
    path("editions/<str:code>/sections/<uuid:uuid>/", editions.edition_section, name="edition-section"),
    path(
        "editions/<str:code>/sections/<uuid:uuid>/compare/<str:basis>/",
        editions.section_compare,
        name="section-compare",
    ),
    path("groups/<str:key>/drafts/<uuid:uuid>/", drafts.draft, name="draft"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
]
