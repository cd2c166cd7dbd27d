"""The site map. Addresses are nouns; the act is the method."""

from django.urls import include, path

from hearing_portal import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("hearing_portal.offline_reading.urls")),
    path("", include("hearing_portal.directory.urls")),
    path("", include("manuals.urls")),
    path("", include("comments.urls")),
]

handler400 = "hearing_portal.web.http.bad_request"
handler403 = "hearing_portal.web.http.permission_denied"
handler404 = "hearing_portal.web.http.page_not_found"
handler500 = "hearing_portal.web.http.server_error"
