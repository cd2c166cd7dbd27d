"""Addresses of comparisons."""

from django.urls import path

from .views import clauses, processes

BOTH = "comparisons/<str:old>/<str:new>/"
PROCESSES = f"{BOTH}processes/"
MANUAL = f"{BOTH}manuals/<str:key>/"

urlpatterns = [
    path("comparisons/", clauses.comparisons, name="comparisons"),
    path(BOTH, clauses.comparison, name="comparison"),
    path(PROCESSES, processes.process_comparison, name="process-comparison"),
    path(
        f"{PROCESSES}table.xlsx",
        processes.process_comparison_sheet,
        name="process-comparison-sheet",
    ),
    path(f"{PROCESSES}<uuid:uuid>/reason/", processes.drop_reason, name="drop-reason"),
    path(MANUAL, clauses.manual_comparison, name="manual-comparison"),
    path(
        f"{MANUAL}table.xlsx",
        clauses.manual_comparison_sheet,
        name="manual-comparison-sheet",
    ),
    path(f"{MANUAL}amendments/", clauses.manual_amendments, name="manual-amendments"),
]
