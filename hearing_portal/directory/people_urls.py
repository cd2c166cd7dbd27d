"""Addresses of the administrators' desk of people and offices, and Django's admin as the back door."""

from django.urls import path

from . import office_views, people_views
from . import people_import_views as import_views
from .admin import back_door

urlpatterns = [
    path("desk/people/", people_views.people, name="people"),
    path("desk/people/new/", people_views.person_new, name="person-new"),
    path("desk/people/first-passwords/", people_views.first_passwords, name="first-passwords"),
    path("desk/people/import/", import_views.people_import, name="people-import"),
    path("desk/people/import/template/", import_views.people_import_template, name="people-import-template"),
    path("desk/people/import/reports/<uuid:uuid>/", import_views.people_import_report, name="people-import-report"),
    path("desk/people/import/<str:token>/", import_views.people_import_preview, name="people-import-preview"),
    path("desk/people/<int:pk>/", people_views.person, name="person"),
    path("desk/people/<int:pk>/password/", people_views.person_password, name="person-password"),
    path("desk/people/<int:pk>/roles/", people_views.person_roles, name="person-roles"),
    path("desk/people/<int:pk>/roles/<int:role_pk>/end/", people_views.role_end, name="role-end"),
    path("desk/offices/", office_views.offices, name="offices"),
    path("desk/offices/<slug:key>/", office_views.office, name="office"),
    path("backdoor/", back_door.urls),
]
