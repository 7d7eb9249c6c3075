"""Chapter 11 as a Django application."""

from django.apps import AppConfig


class FinalConfig(AppConfig):
    """Editions of the policy."""

    name = "aftersign.chapters.final"
    label = "final"
