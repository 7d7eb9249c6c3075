"""Addresses of the shell itself."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
