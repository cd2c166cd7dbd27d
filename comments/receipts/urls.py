"""Addresses of receipts."""

from django.urls import path

from . import views

OWN = "comments/<uuid:uuid>/receipt/"

urlpatterns = [
    path("receipts/<int:number>/<str:letters>/", views.receipt, name="receipt"),
    path(OWN, views.comment_receipt, name="comment-receipt"),
    path(f"{OWN}code/", views.comment_receipt_code, name="comment-receipt-code"),
    path(f"{OWN}recall/", views.receipt_recall, name="receipt-recall"),
]
