"""Addresses of the shell itself."""

from django.urls import path

from aftersign.kernel.shell import samples, views

app_name = "shell"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/preferences/", views.preferences, name="preferences"),
    path("drafts/<str:form>/<str:subject>/", views.draft, name="draft"),
    path("settings/samples/", samples.samples, name="samples"),
]
