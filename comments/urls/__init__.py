"""Addresses of the hearing, grouped by who works there."""

from . import administering, commenting, moderating, reading

urlpatterns = [
    *reading.urlpatterns,
    *commenting.urlpatterns,
    *moderating.urlpatterns,
    *administering.urlpatterns,
]
