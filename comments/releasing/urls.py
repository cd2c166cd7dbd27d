"""Addresses where editions are made and released, and of long work for everybody who asks for it."""

from django.urls import path

from .views import editions, exports

urlpatterns = [
    path("desk/editions/", editions.editions, name="editions"),
    path("desk/draft/gate/", editions.draft_gate, name="draft-gate"),
    path("desk/editions/<str:code>/gate/", editions.release_gate, name="release-gate"),
    path(
        "desk/editions/<str:code>/releases/",
        editions.edition_releases,
        name="edition-releases",
    ),
    path(
        "desk/editions/<str:code>/book/",
        editions.published_book,
        name="published-book",
    ),
    path("exports/", exports.exports, name="exports"),
    path("exports/word/", exports.word_exports, name="word-exports"),
    path("jobs/<uuid:uuid>/", exports.job_page, name="job"),
    path("jobs/<uuid:uuid>/file/", exports.job_file, name="job-file"),
    path(
        "jobs/<uuid:uuid>/cancellation/",
        exports.job_cancellation,
        name="job-cancellation",
    ),
]
