"""Addresses for reading: the notice, a group, a process; searching and permanent links, which lead to these."""

from django.urls import path

from manuals.views import clauses, search

from ..queries.reading import pages_in_hearing
from ..views import reading

urlpatterns = [
    path("", reading.home, name="home"),
    path("groups/<str:key>/", reading.group, name="group"),
    path("groups/<str:key>/processes/<uuid:uuid>/", reading.process, name="process"),
    path("guide/", reading.guide, name="guide"),
    path("clauses/<uuid:uuid>/", clauses.clause, {"pages_of": pages_in_hearing}, name="clause"),
    path("search/", search.search, {"pages_of": pages_in_hearing}, name="search"),
]
