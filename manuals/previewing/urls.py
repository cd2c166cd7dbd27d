"""Addresses of links to the working draft, and of what they show."""

from django.urls import path

from .views import links, opened

PREVIEW = "preview/<str:secret>/"

urlpatterns = [
    path("preview-links/", links.preview_links, name="preview-links"),
    path(
        "preview-links/<uuid:uuid>/recall/", links.preview_recall, name="preview-recall"
    ),
    path("groups/<str:key>/preview-links/new/", links.preview_new, name="preview-new"),
    path(PREVIEW, opened.preview, name="preview"),
    path(
        f"{PREVIEW}sections/<uuid:uuid>/",
        opened.preview_section,
        name="preview-section",
    ),
    path(
        f"{PREVIEW}sections/<uuid:uuid>/files/<uuid:clause_uuid>/",
        opened.preview_file,
        name="preview-file",
    ),
]
