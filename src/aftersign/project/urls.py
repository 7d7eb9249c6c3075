"""Addresses of the whole application: each floor and room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("aftersign.api.urls")),
    path("accounts/", include("aftersign.kernel.shell.doors")),
    path("", include("aftersign.kernel.shell.urls")),
    path("", include("aftersign.desk.urls")),
    path("", include("aftersign.orders.urls")),
    path("", include("aftersign.chapters.general.urls")),
    path("", include("aftersign.chapters.handover.urls")),
    path("", include("aftersign.chapters.final.urls")),
]
handler400 = "aftersign.kernel.shell.errors.bad_request"
handler403 = "aftersign.kernel.shell.errors.forbidden"
handler404 = "aftersign.kernel.shell.errors.not_found"
handler500 = "aftersign.kernel.shell.errors.broken"
