"""Addresses of what people do to duties, gates and facts, and of the requests that come of it."""

from django.urls import path

from aftersign.chapters.general.views import duties, facts, requests

app_name = "general"
urlpatterns = [
    path("duties/<uuid:pk>/hand-on/", duties.hand_on, name="hand_on"),
    path("duties/<uuid:pk>/waiver/", duties.waiver, name="waiver"),
    path("duties/<uuid:pk>/extension/", duties.extension, name="extension"),
    path("refusals/<uuid:pk>/release/", facts.release, name="release"),
    path("facts/<uuid:pk>/withdraw/", facts.withdraw, name="withdraw"),
    path("requests/", requests.all_requests, name="requests"),
    path("requests/<uuid:pk>/", requests.one_request, name="request"),
    path("requests/<uuid:pk>/approve/", requests.approve, name="approve"),
    path("requests/<uuid:pk>/refuse/", requests.refuse, name="refuse"),
    path("requests/<uuid:pk>/take-back/", requests.take_back, name="take_back"),
]
