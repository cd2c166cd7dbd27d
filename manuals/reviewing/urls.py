"""Addresses of requests to look."""

from django.urls import path

from . import views

urlpatterns = [
    path("review-requests/", views.review_requests, name="review-requests"),
    path("review-requests/<uuid:uuid>/", views.review_request, name="review-request"),
    path(
        "review-requests/<uuid:uuid>/files/<uuid:clause_uuid>/",
        views.review_file,
        name="review-file",
    ),
    path(
        "review-requests/<uuid:uuid>/answer/", views.review_answer, name="review-answer"
    ),
    path(
        "review-requests/<uuid:uuid>/closing/",
        views.review_closing,
        name="review-closing",
    ),
    path(
        "groups/<str:key>/drafts/<uuid:uuid>/review-requests/new/",
        views.review_new,
        name="review-new",
    ),
]
