"""Addresses of signing in, of one's own account and of the reader's choices."""

from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="password"),
    path("reader/digits/", views.reader_digits, name="reader-digits"),
    path("reader/theme/", views.reader_theme, name="reader-theme"),
]
