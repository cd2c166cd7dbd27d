"""Addresses of cards and of who is present."""

from django.urls import path

from .views import attendance, card, cards

urlpatterns = [
    path("sessions/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("desk/hearings/<str:key>/cards/", cards.cards, name="cards"),
    path("desk/cards/<uuid:uuid>/recall/", cards.card_recall, name="card-recall"),
    path("cards/<str:secret>/", card.card, name="card"),
]
