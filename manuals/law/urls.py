"""Addresses of the registry of laws."""

from django.urls import path

from hearing_portal.directory.lists import views as lists

from . import views
from .listing import LAWS, LAWS_WORDS

LAW_LIST = {"kind": LAWS, "words": LAWS_WORDS}

urlpatterns = [
    path("law/", views.legal_sources, name="legal-sources"),
    path("law/new/", views.legal_source_new, name="legal-source-new"),
    path("law/shipped/", views.legal_sources_shipped, name="legal-sources-shipped"),
    path("law/list/", views.legal_source_list, name="law-list"),
    path("law/import/", lists.list_import, LAW_LIST, name="law-import"),
    path(
        "law/import/template/",
        lists.list_import_template,
        {"kind": LAWS},
        name="law-import-template",
    ),
    path(
        "law/import/<str:token>/",
        lists.list_import_preview,
        LAW_LIST,
        name="law-import-preview",
    ),
    path("law/<int:pk>/", views.legal_source, name="legal-source"),
    path(
        "law/<int:pk>/removal/", views.legal_source_removal, name="legal-source-removal"
    ),
    path(
        "law/<int:pk>/successions/", views.legal_successions, name="legal-successions"
    ),
    path(
        "law/successions/<int:pk>/removal/",
        views.legal_succession_removal,
        name="legal-succession-removal",
    ),
]
