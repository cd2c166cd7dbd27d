"""Addresses where manuals are made and files are taken into them."""

from django.urls import path

from .views import files, manuals, previews

PREVIEW = "groups/<str:key>/drafts/files/<uuid:uuid>/"  # served by the app that knows what was decided

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
    path(
        f"{PREVIEW}discarding/",
        files.manual_files_discarding,
        name="manual-files-discarding",
    ),
    path(
        f"{PREVIEW}originals/<int:number>/",
        previews.manual_files_original,
        name="manual-files-original",
    ),
    path(
        "groups/<str:key>/drafts/previews/<uuid:uuid>/",
        previews.import_preview,
        name="import-preview",
    ),
    path(
        "groups/<str:key>/drafts/previews/<uuid:uuid>/rows/<uuid:row_uuid>/",
        previews.import_preview_row,
        name="import-preview-row",
    ),
    path(
        "groups/<str:key>/drafts/previews/<uuid:uuid>/pictures/<str:sha>/",
        previews.import_preview_picture,
        name="import-preview-picture",
    ),
]
