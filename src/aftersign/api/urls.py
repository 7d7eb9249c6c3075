"""Addresses of the interface for programs; whatever is no address of it is answered as it answers."""

from django.urls import path, re_path

from aftersign.api.interface import api, description
from aftersign.kernel.shell.api.doors import guarded, unknown

app_name = "api"
urlpatterns = [
    path("v1/openapi.json", guarded(description), name="openapi"),
    *(path(f"v1/{each.pattern}", each.callback, name=each.name) for each in api.routes()),
    re_path("", unknown, name="unknown"),
]
