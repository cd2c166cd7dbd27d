"""Addresses where words are adopted, answers confirmed, published and objected to."""

from django.urls import path

from .views import answers, bench, objections

urlpatterns = [
    path("groups/<str:key>/answers/", answers.group_answers, name="group-answers"),
    path("comments/<uuid:uuid>/adoption/", bench.comment_adoption, name="comment-adoption"),
    path("dispositions/<int:pk>/confirmation/", answers.disposition_confirmation, name="disposition-confirmation"),
    path("dispositions/<int:pk>/drafting/", answers.disposition_drafting, name="disposition-drafting"),
    path("comments/<uuid:uuid>/objection/", objections.comment_objection, name="comment-objection"),
]
