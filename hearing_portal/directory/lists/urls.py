"""Addresses where a list of groups or offices is taken in."""

from django.urls import path

from . import views
from .presentation import GROUPS_WORDS, OFFICES_WORDS
from .services import GROUPS, OFFICES

OFFICE_LIST = {"kind": OFFICES, "words": OFFICES_WORDS}
OFFICE_FILE = {"kind": OFFICES}
GROUP_LIST = {"kind": GROUPS, "words": GROUPS_WORDS}
GROUP_FILE = {"kind": GROUPS}

urlpatterns = [
    path("desk/offices/import/", views.list_import, OFFICE_LIST, name="offices-import"),
    path(
        "desk/offices/import/template/",
        views.list_import_template,
        OFFICE_FILE,
        name="offices-import-template",
    ),
    path(
        "desk/offices/import/<str:token>/",
        views.list_import_preview,
        OFFICE_LIST,
        name="offices-import-preview",
    ),
    path("desk/groups/import/", views.list_import, GROUP_LIST, name="groups-import"),
    path(
        "desk/groups/import/template/",
        views.list_import_template,
        GROUP_FILE,
        name="groups-import-template",
    ),
    path(
        "desk/groups/import/<str:token>/",
        views.list_import_preview,
        GROUP_LIST,
        name="groups-import-preview",
    ),
]
