"""Chapter 2 as a Django application."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """The handover of signed orders."""

    name = "aftersign.chapters.handover"
    label = "handover"
