"""Addresses of the answers that a group gives often."""

from django.urls import path

from . import views

urlpatterns = [
    path("groups/<str:key>/answer-blocks/", views.answer_blocks, name="answer-blocks"),
    path(
        "groups/<str:key>/answer-blocks/<uuid:uuid>/",
        views.answer_block,
        name="answer-block",
    ),
    path(
        "groups/<str:key>/answer-blocks/<uuid:uuid>/putting-away/",
        views.answer_block_putting_away,
        name="answer-block-putting-away",
    ),
]
