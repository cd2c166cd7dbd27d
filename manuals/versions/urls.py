"""Addresses of the past of the working draft. Lists whose lines say what they came from,
and the page that restores a version, stand with whoever knows what was decided."""

from django.urls import path

from ..drafting.urls import SECTION
from .views import days, sections

VERSIONS = f"{SECTION}versions/"

urlpatterns = [
    path("groups/<str:key>/drafts/at/", days.manual_draft_at, name="manual-draft-at"),
    path(f"{VERSIONS}<int:number>/", sections.section_version, name="section-version"),
    path(
        f"{VERSIONS}<int:older>/compare/<int:newer>/",
        sections.versions_compared,
        name="section-versions-compared",
    ),
]
