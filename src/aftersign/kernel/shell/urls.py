"""Addresses of the shell itself."""

from django.urls import path

from aftersign.kernel.shell import keeping_views, samples, settings_pages, views

app_name = "shell"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("people/suggested/", views.people, name="people"),
    path("me/acting/", views.act_for, name="act_for"),
    path("me/preferences/", views.preferences, name="preferences"),
    path("drafts/<str:form>/<str:subject>/", views.draft, name="draft"),
    path("lists/<str:list_name>/views/", keeping_views.save, name="view_save"),
    path("lists/views/<uuid:pk>/", keeping_views.change, name="view_change"),
    path("lists/views/<uuid:pk>/delete/", keeping_views.delete, name="view_delete"),
    path("settings/", settings_pages.settings, name="settings"),
    path("settings/samples/", samples.samples, name="samples"),
]
