"""Addresses of the administrators' desk of people."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/people/", views.people, name="people"),
    path("desk/people/new/", views.person_new, name="person-new"),
    path("desk/people/first-passwords/", views.first_passwords, name="first-passwords"),
    path("desk/people/<int:pk>/", views.person, name="person"),
    path(
        "desk/people/<int:pk>/password/", views.person_password, name="person-password"
    ),
    path("desk/people/<int:pk>/roles/", views.person_roles, name="person-roles"),
    path(
        "desk/people/<int:pk>/roles/<int:role_pk>/end/", views.role_end, name="role-end"
    ),
]
