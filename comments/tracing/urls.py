"""Addresses that tell where words came from."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "editions/<str:code>/clauses/<uuid:uuid>/chain/",
        views.clause_chain,
        name="clause-chain",
    ),
    path("desk/editions/<str:code>/traces/", views.trace_report, name="trace-report"),
]
