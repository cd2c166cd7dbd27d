"""Addresses where manuals are made and files are taken into them."""

from django.urls import path

from .views import files, manuals

PREVIEW = "groups/<str:key>/drafts/files/<str:token>/"  # served by the app that knows what was decided

urlpatterns = [
    path("desk/manuals/", manuals.manuals, name="manuals"),
    path("groups/<str:key>/drafts/files/", files.manual_files, name="manual-files"),
    path(
        "groups/<str:key>/drafts/files/paste/", files.manual_paste, name="manual-paste"
    ),
    path(
        "groups/<str:key>/drafts/files/reports/<uuid:uuid>/",
        files.manual_files_report,
        name="manual-files-report",
    ),
]
