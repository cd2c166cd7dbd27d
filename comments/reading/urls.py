"""Addresses for reading: the notice, a group, a process; searching and permanent links, which lead to these."""

from django.urls import path

from manuals.reading import permanent_links
from manuals.searching import views as searching

from . import views
from .presentation.links import pages_in_hearing

urlpatterns = [
    path("", views.home, name="home"),
    path("groups/<str:key>/", views.group, name="group"),
    path("groups/<str:key>/processes/<uuid:uuid>/", views.process, name="process"),
    path("guide/", views.guide, name="guide"),
    path(
        "clauses/<uuid:uuid>/",
        permanent_links.clause,
        {"pages_of": pages_in_hearing},
        name="clause",
    ),
    path("search/", searching.search, {"pages_of": pages_in_hearing}, name="search"),
]
