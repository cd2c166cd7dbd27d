"""Addresses of evidence packs."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "desk/editions/<str:code>/evidence/", views.evidence_pack, name="evidence-pack"
    ),
    path("evidence/verify/", views.pack_verification, name="pack-verification"),
]
