"""Addresses of the application together with those of the handover."""

from django.urls import include, path

from aftersign.project import urls as project

urlpatterns = [*project.urlpatterns, path("", include("aftersign.chapters.handover.urls"))]
handler400, handler403 = project.handler400, project.handler403
handler404, handler500 = project.handler404, project.handler500
