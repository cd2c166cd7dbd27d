"""The site map. Addresses are nouns; the act is the method."""

from django.urls import include, path

urlpatterns = [
    path("", include("hearing_portal.directory.urls")),
]

handler400 = "hearing_portal.http.bad_request"
handler403 = "hearing_portal.http.permission_denied"
handler404 = "hearing_portal.http.page_not_found"
handler500 = "hearing_portal.http.server_error"
